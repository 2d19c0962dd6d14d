/* SPDX-License-Identifier: Apache-2.0 */
/* The tree: nodes, where to branch, depth-first. */
#include "bacap/tree.h"

#include <string.h>

static const char WHERE[] = "bacap.tree";

enum { NODE_ROUNDS = 40, MOST_DEPTH = 400 };

/** More options than this are not held in memory: then there is only the bound without prices. */
#define MOST_OPTIONS 12000000

static void *take(qwr__tree *t, size_t count, size_t size)
{
    return qwr__alloc(t->b->ctx, count + 1, size);
}

qwr_status qwr__tree_init(qwr__tree *t, qwr__field *field, qwr__berth *b)
{
    const qwr__bacap_facts *f = field->facts;
    memset(t, 0, sizeof *t);
    t->b = b;
    t->facts = f;
    t->field = field;
    t->unit_mu = f->exact ? b->problem->cand.view.cost_unit_mu : 1;
    t->unplaced_mu = b->problem->cand.view.unplaced_cost * b->problem->cand.view.cost_unit_mu;
    QWR_TRY(qwr__dual_init(&t->dual, f));
    QWR_TRY(qwr__field_init(&t->trial, f));
    size_t ticks = (size_t)f->ticks, cells = (size_t)t->dual.cells * ticks,
           cranes = (size_t)f->quays * ticks;
    t->pricer = take(t, 1, sizeof *t->pricer);
    t->choice = take(t, f->calls, sizeof *t->choice);
    t->least = take(t, f->calls, sizeof *t->least);
    t->cell_step = take(t, cells, sizeof *t->cell_step);
    t->crane_step = take(t, cranes, sizeof *t->crane_step);
    t->load = take(t, ((size_t)t->dual.cells + 1) * (ticks + 1), sizeof *t->load);
    t->held = take(t, cranes, sizeof *t->held);
    bool all =
        t->pricer && t->choice && t->least && t->cell_step && t->crane_step && t->load && t->held;
    for (int d = 0; d < 3; d++) {
        t->mean[d] = take(t, f->calls, sizeof *t->mean[d]);
        t->spread[d] = take(t, f->calls, sizeof *t->spread[d]);
        all = all && t->mean[d] && t->spread[d];
    }
    if (!all)
        return qwr__no_memory(b->ctx, WHERE);
    t->pricer->dual = &t->dual;
    return QWR_OK;
}

void qwr__tree_free(qwr__tree *t)
{
    if (!t->b)
        return;
    qwr_context *ctx = t->b->ctx;
    qwr__choices_free(&t->options);
    qwr__dual_free(&t->dual);
    qwr__field_free(&t->trial);
    void *blocks[] = {t->pricer,    t->choice,    t->least,    t->cell_step, t->crane_step,
                      t->load,      t->held,      t->mean[0],  t->mean[1],   t->mean[2],
                      t->spread[0], t->spread[1], t->spread[2]};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        qwr__free(ctx, blocks[k]);
    memset(t, 0, sizeof *t);
}

void qwr__node_free(qwr__node *n, qwr_context *ctx)
{
    qwr__free(ctx, n->list);
    qwr__free(ctx, n->call_begin);
    qwr__free(ctx, n->cell);
    qwr__free(ctx, n->crane);
    memset(n, 0, sizeof *n);
}

static qwr_status node_new(qwr__node *n, qwr__tree *t, size_t options)
{
    size_t ticks = (size_t)t->facts->ticks;
    *n = (qwr__node){.bound_mu = INT64_MIN};
    n->list = take(t, options, sizeof *n->list);
    n->call_begin = take(t, (size_t)t->facts->calls + 1, sizeof *n->call_begin);
    n->cell = take(t, (size_t)t->dual.cells * ticks, sizeof *n->cell);
    n->crane = take(t, (size_t)t->facts->quays * ticks, sizeof *n->crane);
    if (n->list && n->call_begin && n->cell && n->crane)
        return QWR_OK;
    qwr__node_free(n, t->b->ctx);
    return qwr__no_memory(t->b->ctx, WHERE);
}

qwr_status qwr__tree_root(qwr__tree *t, qwr__node *root, int64_t *bound_mu, int rounds)
{
    const qwr__bacap_facts *f = t->facts;
    bool closed;
    qwr_status status = qwr__choices_make(&t->options, f, qwr__tree_value(t, t->field),
                                          t->unplaced_mu, MOST_OPTIONS, t->least);
    *bound_mu = INT64_MIN;
    if (status != QWR_OK && status != QWR_ETOOBIG)
        return status;
    int64_t sum = 0;
    for (uint32_t i = 0; i < f->calls; i++)
        sum += t->least[i];
    *bound_mu = sum;
    if (status == QWR_ETOOBIG)
        return QWR_OK;
    QWR_TRY(node_new(root, t, t->options.options));
    for (size_t k = 0; k < t->options.options; k++)
        root->list[k] = (uint32_t)k;
    memcpy(root->call_begin, t->options.call_begin, (f->calls + 1) * sizeof *root->call_begin);
    QWR_TRY(qwr__ascend(t, root, rounds, &closed));
    *bound_mu = root->bound_mu > sum ? root->bound_mu : sum;
    return QWR_OK;
}

/* --- branching --- */

typedef struct split {
    uint32_t call;
    int dimension; /* 0 start, 1 end, 2 cell */
    int32_t last;  /* the low side keeps values up to this one */
} split;

static int32_t value_of(const qwr__tree *t, uint32_t option, int dimension)
{
    const qwr__option *o = &t->options.option[option];
    const qwr__window *w = &t->options.window[o->window];
    return dimension == 0 ? w->start : dimension == 1 ? w->end : t->facts->place[o->place].cell;
}

/* The call whose choices sway most, and in which dimension; false: every call has one option left.
 */
static bool choose_split(const qwr__tree *t, const qwr__node *n, split *s)
{
    static const float WEIGHT[3] = {1.0f, 0.7f, 0.15f};
    float most = -1;
    for (uint32_t i = 0; i < t->facts->calls; i++) {
        size_t begin = n->call_begin[i], end = n->call_begin[i + 1];
        if (end - begin < 2)
            continue;
        for (int d = 0; d < 3; d++) {
            int32_t low = INT32_MAX, high = INT32_MIN;
            for (size_t k = begin; k < end; k++) {
                int32_t v = value_of(t, n->list[k], d);
                low = v < low ? v : low;
                high = v > high ? v : high;
            }
            if (low == high)
                continue;
            float score = WEIGHT[d] * t->spread[d][i];
            if (score <= most)
                continue;
            most = score;
            int32_t last = (int32_t)t->mean[d][i];
            last = last < low ? low : last;
            *s = (split){i, d, last >= high ? high - 1 : last};
        }
    }
    return most >= 0;
}

static qwr_status make_child(qwr__node *child, qwr__tree *t, const qwr__node *n, const split *s,
                             bool low)
{
    const qwr__bacap_facts *f = t->facts;
    size_t ticks = (size_t)f->ticks, kept = 0;
    QWR_TRY(node_new(child, t, n->call_begin[f->calls]));
    for (uint32_t i = 0; i < f->calls; i++) {
        child->call_begin[i] = kept;
        for (size_t k = n->call_begin[i]; k < n->call_begin[i + 1]; k++)
            if (i != s->call || (value_of(t, n->list[k], s->dimension) <= s->last) == low)
                child->list[kept++] = n->list[k];
    }
    child->call_begin[f->calls] = kept;
    child->bound_mu = n->bound_mu;
    memcpy(child->cell, n->cell, (size_t)t->dual.cells * ticks * sizeof *n->cell);
    memcpy(child->crane, n->crane, (size_t)f->quays * ticks * sizeof *n->crane);
    return QWR_OK;
}

static bool has_empty_call(const qwr__tree *t, const qwr__node *n)
{
    for (uint32_t i = 0; i < t->facts->calls; i++)
        if (n->call_begin[i] == n->call_begin[i + 1] &&
            t->facts->side_begin[i] < t->facts->side_begin[i + 1] && t->field->unplaced == 0)
            return true;
    return false;
}

static qwr_status search(qwr__tree *t, qwr__node *n, int depth, bool *done)
{
    split s = {0, 0, 0};
    bool closed;
    *done = false;
    t->nodes++;
    if (has_empty_call(t, n)) {
        *done = true;
        return QWR_OK;
    }
    QWR_TRY(qwr__ascend(t, n, NODE_ROUNDS, &closed));
    if (closed || has_empty_call(t, n)) {
        *done = true;
        return QWR_OK;
    }
    if (qwr__berth_over(t->b) || depth == MOST_DEPTH || !choose_split(t, n, &s))
        return QWR_OK;
    /* First the side that the choices lean to. */
    bool first = t->mean[s.dimension][s.call] - (float)s.last < 0.5f, all = true;
    for (int side = 0; side < 2 && all; side++) {
        qwr__node child;
        bool below;
        QWR_TRY(make_child(&child, t, n, &s, side == 0 ? first : !first));
        qwr_status status = search(t, &child, depth + 1, &below);
        qwr__node_free(&child, t->b->ctx);
        QWR_TRY(status);
        all = below;
    }
    *done = all;
    return QWR_OK;
}

qwr_status qwr__tree_search(qwr__tree *t, qwr__node *root, bool *done)
{
    return search(t, root, 0, done);
}
