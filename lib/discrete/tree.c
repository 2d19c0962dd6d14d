/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and price, depth first: see tree.h. */
#include "discrete/tree.h"

#include <string.h>

enum { ROUNDS = 200, MOST_REPEATS = 5 };

/** A node that waits. Owns its arrays. */
struct qwr__pending {
    qwr__choice *choice;
    int64_t *pi;
    uint32_t count;
    bool dead; /**< a call has no candidate */
};

static void release(const qwr__tree *t, void *block)
{
    const qwr_host *h = t->rules->l->host;
    if (block)
        h->release(h->payload, block);
}

void qwr__tree_end(qwr__tree *t)
{
    if (!t->rules)
        return;
    while (t->depth > 0) {
        t->depth--;
        release(t, t->stack[t->depth].choice);
        release(t, t->stack[t->depth].pi);
    }
    release(t, t->stack);
    release(t, t->seen);
    release(t, t->trial);
    release(t, t->row);
    release(t, t->start);
    release(t, t->all_row);
    release(t, t->all_start);
    memset(t, 0, sizeof *t);
}

/* Puts a node on the stack; takes `choice` over. */
static int32_t push(qwr__tree *t, qwr__choice *choice, uint32_t count, const int64_t *pi)
{
    const qwr__lanes *l = t->rules->l;
    int64_t *own = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *own);
    if (own && t->depth == t->capacity) {
        uint32_t wide = t->capacity ? 2 * t->capacity : 64;
        qwr__pending *stack = qwr__lanes_alloc(l->host, wide, sizeof *stack);
        if (stack) {
            if (t->stack)
                memcpy(stack, t->stack, t->depth * sizeof *stack);
            release(t, t->stack);
            t->stack = stack;
            t->capacity = wide;
        }
    }
    if (!own || t->depth == t->capacity) {
        release(t, own);
        release(t, choice);
        return QWR_PLUGIN_ENOMEM;
    }
    memcpy(own, pi, l->calls * sizeof *own);
    bool dead = count == UINT32_MAX;
    t->stack[t->depth++] = (qwr__pending){choice, own, dead ? 0 : count, dead};
    return QWR_PLUGIN_OK;
}

static bool inside(const qwr__lanes *l, const qwr_proof_step *split, const qwr__choice *c)
{
    int32_t lane = (int32_t)l->lane[c->job];
    return lane >= split->cell && lane <= split->cell_last && c->start >= split->first &&
           c->start <= split->last;
}

uint32_t qwr__tree_side(qwr__tree *t, const qwr__graph *g, const qwr_proof_step *split, int side,
                        qwr__choice *choice)
{
    uint32_t count = 0;
    for (uint32_t c = 0; c < g->count; c++)
        if (g->node[c].call != split->call ||
            inside(t->rules->l, split, &g->choice[c]) == (side == 0))
            choice[count++] = g->choice[c];
    return qwr__copies_tighten(t->rules, choice, count, t->seen);
}

/* The two nodes of a split; the first comes to lie on top. */
static int32_t open_nodes(qwr__tree *t, const qwr__graph *g, const qwr_proof_step *split,
                          const int64_t *pi)
{
    const qwr__lanes *l = t->rules->l;
    for (int side = 1; side >= 0; side--) {
        qwr__choice *choice = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *choice);
        if (!choice)
            return QWR_PLUGIN_ENOMEM;
        uint32_t count = qwr__tree_side(t, g, split, side, choice);
        int32_t status = push(t, choice, count, pi);
        if (status != QWR_PLUGIN_OK)
            return status;
    }
    return QWR_PLUGIN_OK;
}

/* Offers row[] and start[], with the calls that are fixed; a better solution lowers the target. */
static void offer(qwr__tree *t)
{
    const qwr__lanes *l = t->rules->l;
    const qwr_host *h = l->host;
    int64_t cost = 0;
    for (uint32_t k = 0; k < l->view->call_count; k++) {
        t->all_row[k] = t->fixed_row ? t->fixed_row[k] : UINT32_MAX;
        t->all_start[k] = t->fixed_row ? t->fixed_start[k] : 0;
    }
    for (uint32_t i = 0; i < l->calls; i++) {
        int64_t mine;
        if (!l->served[i])
            continue;
        if (t->row[i] == UINT32_MAX ||
            h->evaluate(h->payload, &t->row[i], &t->start[i], 1, &mine) != 0 || mine == INT64_MAX)
            return;
        t->all_row[l->origin[i]] = t->row[i];
        t->all_start[l->origin[i]] = t->start[i];
        cost += mine;
    }
    qwr_solution_view s = {.size = sizeof s,
                           .call_count = l->view->call_count,
                           .row = t->all_row,
                           .start = t->all_start,
                           .cost = cost + t->left_out};
    if (cost > t->target || h->submit(h->payload, &s) < 0)
        return;
    t->found = true;
    t->target = cost - 1;
}

/* Solves and filters until little more falls away; *open: the node is not closed yet. */
static int32_t tighten(bool *open, qwr__tree *t, qwr__graph *g, int64_t *pi)
{
    const qwr__lanes *l = t->rules->l;
    *open = false;
    for (int repeat = 0;; repeat++) {
        qwr__master_end end;
        qwr__choice *keep;
        int32_t status = qwr__master_solve(&end, t->master, g, pi, t->target, ROUNDS);
        if (status != QWR_PLUGIN_OK)
            return status;
        qwr__ledger_prices(t->ledger, pi);
        if (end.dual > t->target * QWR__DUAL_SCALE)
            return QWR_PLUGIN_OK;
        keep = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *keep);
        if (!keep)
            return QWR_PLUGIN_ENOMEM;
        int64_t dual = qwr__graph_dual(g, pi);
        uint32_t before = g->count, kept = qwr__graph_filter(g, pi, dual, t->target, keep);
        kept = qwr__copies_tighten(t->rules, keep, kept, t->seen);
        if (kept == UINT32_MAX) {
            release(t, keep);
            return QWR_PLUGIN_OK;
        }
        if (kept < before) {
            bool ordered = g->ordered;
            qwr__graph_free(g);
            status = qwr__graph_init(g, t->rules, keep, kept, ordered);
        }
        release(t, keep);
        if (status != QWR_PLUGIN_OK)
            return status;
        if (kept > before - before / 5 || repeat == MOST_REPEATS - 1 || qwr__lanes_over(l->host))
            break;
    }
    *open = true;
    return QWR_PLUGIN_OK;
}

/* The ledger knows lanes as they were before folding. */
static void log_split(qwr__tree *t, const qwr_proof_step *split)
{
    const qwr__lanes *l = t->rules->l;
    qwr_proof_step whole = *split;
    whole.cell = (int32_t)l->first_lane[split->cell];
    whole.cell_last = (int32_t)(l->first_lane[split->cell_last] + l->many[split->cell_last] - 1);
    qwr__ledger_split(t->ledger, &whole);
}

static int32_t process(qwr__tree *t, qwr__pending *node)
{
    qwr__graph g;
    qwr__branching b;
    bool open = false;
    t->nodes++;
    if (node->dead) {
        t->closed = true;
        qwr__ledger_end(t->ledger);
        return QWR_PLUGIN_OK;
    }
    int32_t status = qwr__graph_init(&g, t->rules, node->choice, node->count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    for (;;) {
        status = tighten(&open, t, &g, node->pi);
        if (status != QWR_PLUGIN_OK || !open)
            break;
        status = qwr__branch_choose(&b, t->rules, t->whole, t->master, &g, t->row, t->start);
        if (status != QWR_PLUGIN_OK)
            break;
        int64_t target = t->target;
        if (b.whole)
            offer(t);
        if (t->target == target || qwr__lanes_over(t->rules->l->host))
            break;
        /* The same node again, under the new target. */
    }
    if (status == QWR_PLUGIN_OK && !open) {
        t->closed = true;
        qwr__ledger_end(t->ledger);
    } else if (status == QWR_PLUGIN_OK && b.count > 0) {
        uint32_t best = 0;
        if (b.count > 1 && t->closed)
            status = qwr__strong_choose(&best, t, &g, &b, node->pi, qwr__graph_dual(&g, node->pi));
        log_split(t, &b.split[best]);
        if (status == QWR_PLUGIN_OK)
            status = open_nodes(t, &g, &b.split[best], node->pi);
    } else if (status == QWR_PLUGIN_OK && qwr__lanes_over(t->rules->l->host)) {
        /* Out of time in the middle of it: its turn comes again. */
        qwr__choice *choice = node->choice;
        memcpy(choice, g.choice, g.count * sizeof *choice);
        node->choice = NULL;
        status = push(t, choice, g.count, node->pi);
    } else if (status == QWR_PLUGIN_OK) {
        t->unseen = true; /* nothing to split and not closed: never met; the bound waits */
        qwr__ledger_end(t->ledger);
    }
    qwr__graph_free(&g);
    return status;
}

int32_t qwr__tree_begin(qwr__tree *t, const qwr__choice *choice, uint32_t count, const int64_t *pi)
{
    const qwr__lanes *l = t->rules->l;
    size_t calls = (size_t)l->calls + 1, all = (size_t)l->view->call_count + 1;
    qwr__choice *own = qwr__lanes_alloc(l->host, (size_t)count + 1, sizeof *own);
    t->seen = qwr__lanes_alloc(l->host, 2 * calls, sizeof *t->seen);
    t->trial = qwr__lanes_alloc(l->host, calls, sizeof *t->trial);
    t->row = qwr__lanes_alloc(l->host, calls, sizeof *t->row);
    t->start = qwr__lanes_alloc(l->host, calls, sizeof *t->start);
    t->all_row = qwr__lanes_alloc(l->host, all, sizeof *t->all_row);
    t->all_start = qwr__lanes_alloc(l->host, all, sizeof *t->all_start);
    if (!own || !t->seen || !t->trial || !t->row || !t->start || !t->all_row || !t->all_start) {
        release(t, own);
        return QWR_PLUGIN_ENOMEM;
    }
    memcpy(own, choice, count * sizeof *own);
    count = qwr__copies_tighten(t->rules, own, count, t->seen);
    return push(t, own, count, pi);
}

int32_t qwr__tree_run(qwr__tree *t, int64_t most)
{
    const qwr__lanes *l = t->rules->l;
    for (int64_t k = 0; k < most && t->depth > 0 && t->target >= t->known; k++) {
        if (qwr__lanes_over(l->host))
            return QWR_PLUGIN_OK;
        qwr__pending node = t->stack[--t->depth];
        int32_t status = process(t, &node);
        release(t, node.choice);
        release(t, node.pi);
        if (status != QWR_PLUGIN_OK)
            return status;
    }
    t->over = t->depth == 0 || t->target < t->known;
    t->exhausted = t->depth == 0 && !t->unseen;
    return QWR_PLUGIN_OK;
}
