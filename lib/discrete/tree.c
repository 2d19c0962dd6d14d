/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and price, depth first: see tree.h. */
#include "discrete/tree.h"

#include <string.h>

enum { ROUNDS = 200, MOST_REPEATS = 5 };

/** A node that waits. Owns its arrays. */
typedef struct pending {
    qwr__choice *choice;
    int64_t *pi;
    uint32_t count;
    bool dead; /**< a call has no candidate */
} pending;

typedef struct walk {
    qwr__tree *t;
    pending *stack;
    uint32_t depth, capacity;
    uint64_t *seen; /**< [2 * calls] scratch */
    uint32_t *row;  /**< [calls] of a solution */
    int32_t *start;
} walk;

static void release(const walk *w, void *block)
{
    const qwr_host *h = w->t->rules->l->host;
    if (block)
        h->release(h->payload, block);
}

static void walk_free(walk *w)
{
    while (w->depth > 0) {
        w->depth--;
        release(w, w->stack[w->depth].choice);
        release(w, w->stack[w->depth].pi);
    }
    release(w, w->stack);
    release(w, w->seen);
    release(w, w->row);
    release(w, w->start);
}

static bool over(const qwr_host *h)
{
    return h->cancelled(h->payload) || h->remaining_us(h->payload) <= 0 ||
           h->work_left(h->payload) <= 0;
}

/* Puts a node on the stack; takes `choice` over. */
static int32_t push(walk *w, qwr__choice *choice, uint32_t count, const int64_t *pi)
{
    const qwr__lanes *l = w->t->rules->l;
    int64_t *own = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *own);
    if (own && w->depth == w->capacity) {
        uint32_t wide = w->capacity ? 2 * w->capacity : 64;
        pending *stack = qwr__lanes_alloc(l->host, wide, sizeof *stack);
        if (stack) {
            if (w->stack)
                memcpy(stack, w->stack, w->depth * sizeof *stack);
            release(w, w->stack);
            w->stack = stack;
            w->capacity = wide;
        }
    }
    if (!own || w->depth == w->capacity) {
        release(w, own);
        release(w, choice);
        return QWR_PLUGIN_ENOMEM;
    }
    memcpy(own, pi, l->calls * sizeof *own);
    bool dead = count == UINT32_MAX;
    w->stack[w->depth++] = (pending){choice, own, dead ? 0 : count, dead};
    return QWR_PLUGIN_OK;
}

static bool inside(const qwr__lanes *l, const qwr_proof_step *split, const qwr__choice *c)
{
    int32_t lane = l->view->row_cell[l->row[c->job]];
    return lane >= split->cell && lane <= split->cell_last && c->start >= split->first &&
           c->start <= split->last;
}

/* The two nodes of a split; the first comes to lie on top. */
static int32_t open_nodes(walk *w, const qwr__graph *g, const qwr_proof_step *split,
                          const int64_t *pi)
{
    const qwr__lanes *l = w->t->rules->l;
    for (int side = 1; side >= 0; side--) {
        qwr__choice *choice = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *choice);
        uint32_t count = 0;
        if (!choice)
            return QWR_PLUGIN_ENOMEM;
        for (uint32_t c = 0; c < g->count; c++)
            if (g->node[c].call != split->call || inside(l, split, &g->choice[c]) == (side == 0))
                choice[count++] = g->choice[c];
        count = qwr__copies_tighten(w->t->rules, choice, count, w->seen);
        int32_t status = push(w, choice, count, pi);
        if (status != QWR_PLUGIN_OK)
            return status;
    }
    return QWR_PLUGIN_OK;
}

/* Offers row[] and start[]; a better solution lowers the target. */
static void offer(walk *w)
{
    qwr__tree *t = w->t;
    const qwr__lanes *l = t->rules->l;
    const qwr_host *h = l->host;
    int64_t cost = 0;
    for (uint32_t i = 0; i < l->calls; i++) {
        bool has = l->view->call_class_begin[i] < l->view->call_class_begin[i + 1];
        if (has && w->row[i] == UINT32_MAX)
            return;
        int64_t mine = l->view->unplaced_cost;
        if (has &&
            (h->evaluate(h->payload, &w->row[i], &w->start[i], 1, &mine) != 0 || mine == INT64_MAX))
            return;
        cost += mine;
    }
    qwr_solution_view s = {
        .size = sizeof s, .call_count = l->calls, .row = w->row, .start = w->start, .cost = cost};
    if (cost - t->left_out > t->target || h->submit(h->payload, &s) < 0)
        return;
    t->found = true;
    t->target = cost - t->left_out - 1;
}

/* Solves and filters until little more falls away; *open: the node is not closed yet. */
static int32_t tighten(bool *open, walk *w, qwr__graph *g, int64_t *pi)
{
    qwr__tree *t = w->t;
    const qwr__lanes *l = t->rules->l;
    *open = false;
    for (int repeat = 0;; repeat++) {
        qwr__master_end end;
        qwr__choice *keep;
        int32_t status = qwr__master_solve(&end, t->master, g, pi, t->target, ROUNDS);
        if (status != QWR_PLUGIN_OK)
            return status;
        if (t->nodes == 1)
            t->root_dual = end.dual > t->root_dual ? end.dual : t->root_dual;
        qwr__ledger_prices(t->ledger, pi);
        if (end.dual > t->target * QWR__DUAL_SCALE)
            return QWR_PLUGIN_OK;
        keep = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *keep);
        if (!keep)
            return QWR_PLUGIN_ENOMEM;
        int64_t dual = qwr__graph_dual(g, pi);
        uint32_t before = g->count, kept = qwr__graph_filter(g, pi, dual, t->target, keep);
        kept = qwr__copies_tighten(t->rules, keep, kept, w->seen);
        if (kept == UINT32_MAX) {
            release(w, keep);
            return QWR_PLUGIN_OK;
        }
        if (kept < before) {
            bool ordered = g->ordered;
            qwr__graph_free(g);
            status = qwr__graph_init(g, t->rules, keep, kept, ordered);
        }
        release(w, keep);
        if (status != QWR_PLUGIN_OK)
            return status;
        if (kept > before - before / 5 || repeat == MOST_REPEATS - 1 || over(l->host))
            break;
    }
    *open = true;
    return QWR_PLUGIN_OK;
}

static int32_t process(walk *w, pending *node)
{
    qwr__tree *t = w->t;
    qwr__graph g;
    qwr__branching b;
    bool open = false;
    t->nodes++;
    if (node->dead) {
        qwr__ledger_end(t->ledger);
        return QWR_PLUGIN_OK;
    }
    int32_t status = qwr__graph_init(&g, t->rules, node->choice, node->count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    for (;;) {
        status = tighten(&open, w, &g, node->pi);
        if (status != QWR_PLUGIN_OK || !open)
            break;
        status = qwr__branch_choose(&b, t->rules, t->master, &g, w->row, w->start);
        if (status != QWR_PLUGIN_OK)
            break;
        int64_t target = t->target;
        if (b.whole)
            offer(w);
        if (t->target == target || over(t->rules->l->host))
            break;
        /* The same node again, under the new target. */
    }
    if (status == QWR_PLUGIN_OK && !open) {
        qwr__ledger_end(t->ledger);
    } else if (status == QWR_PLUGIN_OK && b.split.kind == QWR_PROOF_SPLIT) {
        qwr__ledger_split(t->ledger, &b.split);
        status = open_nodes(w, &g, &b.split, node->pi);
    } else if (status == QWR_PLUGIN_OK) {
        t->exhausted = false; /* nothing to split and not closed: never seen; the bound waits */
        qwr__ledger_end(t->ledger);
    }
    qwr__graph_free(&g);
    return status;
}

int32_t qwr__tree_run(qwr__tree *t, const qwr__choice *choice, uint32_t count, const int64_t *pi,
                      int64_t most)
{
    const qwr__lanes *l = t->rules->l;
    walk w = {.t = t};
    int32_t status = QWR_PLUGIN_ENOMEM;
    qwr__choice *own = qwr__lanes_alloc(l->host, (size_t)count + 1, sizeof *own);
    w.seen = qwr__lanes_alloc(l->host, 2 * (size_t)l->calls + 1, sizeof *w.seen);
    w.row = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *w.row);
    w.start = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *w.start);
    t->exhausted = true;
    t->found = false;
    t->nodes = 0;
    t->root_dual = INT64_MIN;
    if (!own || !w.seen || !w.row || !w.start) {
        release(&w, own);
        goto done;
    }
    memcpy(own, choice, count * sizeof *own);
    count = qwr__copies_tighten(t->rules, own, count, w.seen);
    status = push(&w, own, count, pi);
    while (status == QWR_PLUGIN_OK && w.depth > 0) {
        if (t->nodes >= most || over(l->host)) {
            t->exhausted = false;
            break;
        }
        pending node = w.stack[--w.depth];
        status = process(&w, &node);
        release(&w, node.choice);
        release(&w, node.pi);
    }
    if (status != QWR_PLUGIN_OK)
        t->exhausted = false;
done:
    walk_free(&w);
    return status;
}
