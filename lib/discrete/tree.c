/* SPDX-License-Identifier: Apache-2.0 */
/* Branch and price, depth first: see tree.h. */
#include "discrete/tree.h"

#include <string.h>

enum { ROUNDS = 200, MOST_REPEATS = 5, TRY_ROUNDS = 3, TRIED = 2 };

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
    bool closed;    /**< a node was closed: the first dive is over */
    uint64_t *seen; /**< [2 * calls] scratch */
    int64_t *trial; /**< [calls] scratch */
    uint32_t *row;  /**< [calls] of a solution */
    int32_t *start;
    uint32_t *all_row; /**< [view calls] the same with those fixed */
    int32_t *all_start;
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
    release(w, w->trial);
    release(w, w->row);
    release(w, w->start);
    release(w, w->all_row);
    release(w, w->all_start);
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
    int32_t lane = (int32_t)l->lane[c->job];
    return lane >= split->cell && lane <= split->cell_last && c->start >= split->first &&
           c->start <= split->last;
}

/* Candidates of one side of a split into choice[]; UINT32_MAX: a call has none left. */
static uint32_t side_of(walk *w, const qwr__graph *g, const qwr_proof_step *split, int side,
                        qwr__choice *choice)
{
    uint32_t count = 0;
    for (uint32_t c = 0; c < g->count; c++)
        if (g->node[c].call != split->call ||
            inside(w->t->rules->l, split, &g->choice[c]) == (side == 0))
            choice[count++] = g->choice[c];
    return qwr__copies_tighten(w->t->rules, choice, count, w->seen);
}

/* The two nodes of a split; the first comes to lie on top. */
static int32_t open_nodes(walk *w, const qwr__graph *g, const qwr_proof_step *split,
                          const int64_t *pi)
{
    const qwr__lanes *l = w->t->rules->l;
    for (int side = 1; side >= 0; side--) {
        qwr__choice *choice = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *choice);
        if (!choice)
            return QWR_PLUGIN_ENOMEM;
        uint32_t count = side_of(w, g, split, side, choice);
        int32_t status = push(w, choice, count, pi);
        if (status != QWR_PLUGIN_OK)
            return status;
    }
    return QWR_PLUGIN_OK;
}

/* How far one side of a split raises the dual, in a few rounds; past the target: far. */
static int32_t try_side(double *rise, walk *w, const qwr__graph *g, const qwr_proof_step *split,
                        int side, const int64_t *pi, int64_t dual, qwr__choice *choice)
{
    qwr__tree *t = w->t;
    qwr__graph child;
    qwr__master_end end;
    uint32_t count = side_of(w, g, split, side, choice);
    double room = (double)(t->target * QWR__DUAL_SCALE - dual) + 1;
    *rise = 2 * room;
    if (count == UINT32_MAX)
        return QWR_PLUGIN_OK;
    int32_t status = qwr__graph_init(&child, t->rules, choice, count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    memcpy(w->trial, pi, t->rules->l->calls * sizeof *pi);
    qwr__master_return(t->master);
    status = qwr__master_solve(&end, t->master, &child, w->trial, t->target, TRY_ROUNDS);
    qwr__graph_free(&child);
    if (end.dual <= t->target * QWR__DUAL_SCALE)
        *rise = end.dual > dual ? (double)(end.dual - dual) : 0;
    return status;
}

/* Peeks at every split and brings the TRIED that promise most to the front. */
static void sort_splits(walk *w, const qwr__graph *g, qwr__branching *b, const int64_t *pi,
                        int64_t dual, qwr__choice *choice)
{
    qwr__tree *t = w->t;
    int64_t room = t->target * QWR__DUAL_SCALE - dual;
    double base = (double)dual / QWR__DUAL_SCALE, wide = (double)room / QWR__DUAL_SCALE + 0.1;
    for (uint32_t k = 0; k < b->count; k++) {
        double rise[2];
        for (int side = 0; side < 2; side++) {
            uint32_t count = side_of(w, g, &b->split[k], side, choice);
            qwr__master_return(t->master);
            double objective = count == UINT32_MAX
                                   ? base + 4 * wide
                                   : qwr__master_peek(t->master, g, choice, count, pi, room);
            rise[side] = objective > base ? objective - base : 0;
        }
        b->score[k] = (rise[0] + 0.02) * (rise[1] + 0.02);
    }
    for (uint32_t k = 0; k < TRIED && k < b->count; k++)
        for (uint32_t later = k + 1; later < b->count; later++)
            if (b->score[later] > b->score[k]) {
                qwr_proof_step split = b->split[k];
                double score = b->score[k];
                b->split[k] = b->split[later];
                b->score[k] = b->score[later];
                b->split[later] = split;
                b->score[later] = score;
            }
}

/* The split whose sides raise the dual most, by trying the most promising ones. */
static int32_t strongest(uint32_t *best, walk *w, const qwr__graph *g, qwr__branching *b,
                         const int64_t *pi, int64_t dual)
{
    const qwr__lanes *l = w->t->rules->l;
    int32_t status = QWR_PLUGIN_OK;
    double most = -1, room = (double)(w->t->target * QWR__DUAL_SCALE - dual) + 1;
    qwr__choice *choice = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *choice);
    if (!choice)
        return QWR_PLUGIN_ENOMEM;
    *best = 0;
    qwr__master_keep(w->t->master);
    sort_splits(w, g, b, pi, dual, choice);
    for (uint32_t k = 0; k < b->count && k < TRIED && !qwr__lanes_over(l->host); k++) {
        double rise[2];
        for (int side = 0; side < 2 && status == QWR_PLUGIN_OK; side++)
            status = try_side(&rise[side], w, g, &b->split[k], side, pi, dual, choice);
        if (status != QWR_PLUGIN_OK)
            break;
        double score = (rise[0] + room / 100) * (rise[1] + room / 100);
        if (score > most) {
            most = score;
            *best = k;
        }
        if (rise[0] >= 2 * room && rise[1] >= 2 * room)
            break;
    }
    qwr__master_return(w->t->master);
    w->t->master->held = false;
    release(w, choice);
    return status;
}

/* Offers row[] and start[], with the calls that are fixed; a better solution lowers the target. */
static void offer(walk *w)
{
    qwr__tree *t = w->t;
    const qwr__lanes *l = t->rules->l;
    const qwr_host *h = l->host;
    int64_t cost = 0;
    for (uint32_t k = 0; k < l->view->call_count; k++) {
        w->all_row[k] = t->fixed_row ? t->fixed_row[k] : UINT32_MAX;
        w->all_start[k] = t->fixed_row ? t->fixed_start[k] : 0;
    }
    for (uint32_t i = 0; i < l->calls; i++) {
        int64_t mine;
        if (!l->served[i])
            continue;
        if (w->row[i] == UINT32_MAX ||
            h->evaluate(h->payload, &w->row[i], &w->start[i], 1, &mine) != 0 || mine == INT64_MAX)
            return;
        w->all_row[l->origin[i]] = w->row[i];
        w->all_start[l->origin[i]] = w->start[i];
        cost += mine;
    }
    qwr_solution_view s = {.size = sizeof s,
                           .call_count = l->view->call_count,
                           .row = w->all_row,
                           .start = w->all_start,
                           .cost = cost + t->left_out};
    if (cost > t->target || h->submit(h->payload, &s) < 0)
        return;
    t->found = true;
    t->target = cost - 1;
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
        if (kept > before - before / 5 || repeat == MOST_REPEATS - 1 || qwr__lanes_over(l->host))
            break;
    }
    *open = true;
    return QWR_PLUGIN_OK;
}

/* The ledger knows lanes as they were before folding. */
static void log_split(walk *w, const qwr_proof_step *split)
{
    const qwr__lanes *l = w->t->rules->l;
    qwr_proof_step whole = *split;
    whole.cell = (int32_t)l->first_lane[split->cell];
    whole.cell_last = (int32_t)(l->first_lane[split->cell_last] + l->many[split->cell_last] - 1);
    qwr__ledger_split(w->t->ledger, &whole);
}

static int32_t process(walk *w, pending *node)
{
    qwr__tree *t = w->t;
    qwr__graph g;
    qwr__branching b;
    bool open = false;
    t->nodes++;
    if (node->dead) {
        w->closed = true;
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
        status = qwr__branch_choose(&b, t->rules, t->whole, t->master, &g, w->row, w->start);
        if (status != QWR_PLUGIN_OK)
            break;
        int64_t target = t->target;
        if (b.whole)
            offer(w);
        if (t->target == target || qwr__lanes_over(t->rules->l->host))
            break;
        /* The same node again, under the new target. */
    }
    if (status == QWR_PLUGIN_OK && !open) {
        w->closed = true;
        qwr__ledger_end(t->ledger);
    } else if (status == QWR_PLUGIN_OK && b.count > 0) {
        uint32_t best = 0;
        if (b.count > 1 && w->closed)
            status = strongest(&best, w, &g, &b, node->pi, qwr__graph_dual(&g, node->pi));
        log_split(w, &b.split[best]);
        if (status == QWR_PLUGIN_OK)
            status = open_nodes(w, &g, &b.split[best], node->pi);
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
    w.trial = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *w.trial);
    w.row = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *w.row);
    w.start = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *w.start);
    w.all_row = qwr__lanes_alloc(l->host, (size_t)l->view->call_count + 1, sizeof *w.all_row);
    w.all_start = qwr__lanes_alloc(l->host, (size_t)l->view->call_count + 1, sizeof *w.all_start);
    t->exhausted = true;
    t->found = false;
    t->nodes = 0;
    if (!own || !w.seen || !w.trial || !w.row || !w.start || !w.all_row || !w.all_start) {
        release(&w, own);
        goto done;
    }
    memcpy(own, choice, count * sizeof *own);
    count = qwr__copies_tighten(t->rules, own, count, w.seen);
    status = push(&w, own, count, pi);
    while (status == QWR_PLUGIN_OK && w.depth > 0) {
        if (t->nodes >= most || qwr__lanes_over(l->host)) {
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
