/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes: room for them, taking them apart, and where to branch. */
#include "bacap/tree.h"

#include <string.h>

static const char WHERE[] = "bacap.node";

void qwr__node_free(qwr__node *n, qwr_context *ctx)
{
    qwr__free(ctx, n->call);
    qwr__free(ctx, n->begin);
    qwr__free(ctx, n->list);
    qwr__free(ctx, n->cell);
    qwr__free(ctx, n->crane);
    memset(n, 0, sizeof *n);
}

qwr_status qwr__node_new(qwr__node *n, const qwr__tree *t, uint32_t calls, size_t options,
                         int32_t from, int32_t to)
{
    qwr_context *ctx = t->b->ctx;
    size_t ticks = (size_t)(to - from);
    *n = (qwr__node){.calls = calls, .from = from, .to = to, .bound_mu = INT64_MIN};
    n->call = qwr__alloc(ctx, (size_t)calls + 1, sizeof *n->call);
    n->begin = qwr__alloc(ctx, (size_t)calls + 2, sizeof *n->begin);
    n->list = qwr__alloc(ctx, options + 1, sizeof *n->list);
    n->cell = qwr__alloc(ctx, t->dual.cells * ticks + 1, sizeof *n->cell);
    n->crane = qwr__alloc(ctx, t->facts->quays * ticks + 1, sizeof *n->crane);
    if (n->call && n->begin && n->list && n->cell && n->crane)
        return QWR_OK;
    qwr__node_free(n, ctx);
    return qwr__no_memory(ctx, WHERE);
}

/* --- who can meet whom --- */

/** The ticks and cells a call may take. */
typedef struct reach {
    int32_t from, to, low, high;
    int32_t most; /* cranes */
} reach;

static reach reach_of(const qwr__node *n, const qwr__tree *t, uint32_t k)
{
    reach r = {INT32_MAX, 0, INT32_MAX, 0, 0};
    for (size_t j = n->begin[k]; j < n->begin[k + 1]; j++) {
        const qwr__option *o = &t->options.option[n->list[j]];
        const qwr__window *w = &t->options.window[o->window];
        const qwr__place *p = &t->facts->place[o->place];
        int32_t end = w->end + p->tail < t->facts->ticks ? w->end + p->tail : t->facts->ticks;
        r.from = w->start < r.from ? w->start : r.from;
        r.to = end > r.to ? end : r.to;
        r.low = p->cell < r.low ? p->cell : r.low;
        r.high = p->cell + p->width > r.high ? p->cell + p->width : r.high;
        int32_t most = t->facts->side[w->side].most;
        r.most = most > r.most ? most : r.most;
    }
    return r;
}

/* In which ticks could all calls together want more cranes than the poorest quay has? */
static void find_scarce(const qwr__tree *t, const reach *r, uint32_t calls, int32_t *wanted)
{
    const qwr__bacap_facts *f = t->facts;
    const int32_t *capacity = f->problem->cand.view.crane_capacity;
    memset(wanted, 0, ((size_t)f->ticks + 1) * sizeof *wanted);
    for (uint32_t k = 0; k < calls; k++)
        for (int32_t x = r[k].from; x < r[k].to; x++)
            wanted[x] += r[k].most;
    for (int32_t x = 0; x < f->ticks; x++) {
        int32_t least = INT32_MAX;
        for (size_t g = 0; g < f->quays; g++) {
            int32_t c = capacity[g * (size_t)f->ticks + (size_t)x];
            least = c < least ? c : least;
        }
        wanted[x] = wanted[x] > least;
    }
}

static bool can_meet(const reach *a, const reach *b, const int32_t *scarce)
{
    int32_t from = a->from > b->from ? a->from : b->from, to = a->to < b->to ? a->to : b->to;
    if (from >= to)
        return false;
    if (a->low < b->high && b->low < a->high)
        return true;
    for (int32_t x = from; x < to; x++)
        if (scarce[x])
            return true;
    return false;
}

uint32_t qwr__node_groups(const qwr__node *n, const qwr__tree *t, uint32_t *group)
{
    reach *r = qwr__alloc(t->b->ctx, (size_t)n->calls + 1, sizeof *r);
    int32_t *scarce = t->load; /* scratch that nothing lives in between steps */
    uint32_t groups = 0;
    if (!r) {
        memset(group, 0, n->calls * sizeof *group);
        return 1; /* without memory all of them stay together */
    }
    for (uint32_t k = 0; k < n->calls; k++) {
        r[k] = reach_of(n, t, k);
        group[k] = UINT32_MAX;
    }
    find_scarce(t, r, n->calls, scarce);
    for (uint32_t k = 0; k < n->calls; k++) {
        if (group[k] != UINT32_MAX)
            continue;
        group[k] = groups;
        for (bool grown = true; grown;) {
            grown = false;
            for (uint32_t i = 0; i < n->calls; i++)
                for (uint32_t j = 0; group[i] == groups && j < n->calls; j++)
                    if (group[j] == UINT32_MAX && can_meet(&r[i], &r[j], scarce)) {
                        group[j] = groups;
                        grown = true;
                    }
        }
        groups++;
    }
    qwr__free(t->b->ctx, r);
    return groups;
}

/* The ticks in which two calls of the node overlap at all. */
static void meeting_ticks(const qwr__node *n, const qwr__tree *t, int32_t *from, int32_t *to)
{
    *from = INT32_MAX;
    *to = 0;
    for (uint32_t a = 0; a < n->calls; a++) {
        reach x = reach_of(n, t, a);
        for (uint32_t b = 0; b < a; b++) {
            reach y = reach_of(n, t, b);
            int32_t first = x.from > y.from ? x.from : y.from, last = x.to < y.to ? x.to : y.to;
            if (first >= last)
                continue;
            *from = first < *from ? first : *from;
            *to = last > *to ? last : *to;
        }
    }
    if (*from >= *to)
        *from = *to = 0;
}

static void copy_prices(qwr__node *to, const qwr__node *from, const qwr__tree *t)
{
    int32_t first = to->from > from->from ? to->from : from->from,
            last = to->to < from->to ? to->to : from->to;
    size_t wide = (size_t)(to->to - to->from), narrow = (size_t)(from->to - from->from);
    if (first >= last)
        return;
    size_t bytes = (size_t)(last - first) * sizeof *to->cell, a = (size_t)(first - to->from),
           b = (size_t)(first - from->from);
    for (size_t x = 0; x < t->dual.cells; x++)
        memcpy(to->cell + x * wide + a, from->cell + x * narrow + b, bytes);
    for (size_t g = 0; g < t->facts->quays; g++)
        memcpy(to->crane + g * wide + a, from->crane + g * narrow + b, bytes);
}

qwr_status qwr__node_part(qwr__node *part, const qwr__node *n, const qwr__tree *t,
                          const uint32_t *group, uint32_t number)
{
    qwr__node found;
    uint32_t calls = 0;
    size_t options = 0;
    for (uint32_t k = 0; k < n->calls; k++)
        if (group[k] == number) {
            calls++;
            options += n->begin[k + 1] - n->begin[k];
        }
    QWR_TRY(qwr__node_new(&found, t, calls, options, 0, 0));
    calls = 0;
    options = 0;
    for (uint32_t k = 0; k < n->calls; k++) {
        size_t count = n->begin[k + 1] - n->begin[k];
        if (group[k] != number)
            continue;
        found.call[calls] = n->call[k];
        memcpy(found.list + options, n->list + n->begin[k], count * sizeof *found.list);
        options += count;
        found.begin[++calls] = options;
    }
    int32_t from, to;
    meeting_ticks(&found, t, &from, &to);
    qwr__node prices;
    qwr_status status = qwr__node_new(&prices, t, 0, 0, from, to);
    if (status != QWR_OK) {
        qwr__node_free(&found, t->b->ctx);
        return status;
    }
    copy_prices(&prices, n, t);
    int64_t *empty_cell = found.cell, *empty_crane = found.crane;
    found.cell = prices.cell;
    found.crane = prices.crane;
    found.from = from;
    found.to = to;
    prices.cell = empty_cell;
    prices.crane = empty_crane;
    qwr__node_free(&prices, t->b->ctx);
    *part = found;
    return QWR_OK;
}

/* --- branching --- */

static int32_t value_of(const qwr__tree *t, uint32_t option, int dimension)
{
    const qwr__option *o = &t->options.option[option];
    const qwr__window *w = &t->options.window[o->window];
    return dimension == 0 ? w->start : dimension == 1 ? w->end : t->facts->place[o->place].cell;
}

bool qwr__node_split(const qwr__node *n, const qwr__tree *t, qwr__split *s)
{
    /* Measured: ends tell most, and a cell is far less than a tick. */
    static const float WEIGHT[3] = {1.0f, 1.5f, 0.05f};
    float most = -1;
    for (uint32_t k = 0; k < n->calls; k++) {
        if (n->begin[k + 1] - n->begin[k] < 2)
            continue;
        for (int d = 0; d < 3; d++) {
            float score = WEIGHT[d] * t->spread[d][n->call[k]];
            if (score <= most)
                continue;
            int32_t low = INT32_MAX, high = INT32_MIN;
            for (size_t j = n->begin[k]; j < n->begin[k + 1]; j++) {
                int32_t v = value_of(t, n->list[j], d);
                low = v < low ? v : low;
                high = v > high ? v : high;
            }
            if (low == high)
                continue;
            most = score;
            int32_t last = (int32_t)t->mean[d][n->call[k]];
            last = last < low ? low : last;
            *s = (qwr__split){k, d, last >= high ? high - 1 : last};
        }
    }
    return most >= 0;
}

qwr_status qwr__node_child(qwr__node *child, const qwr__node *n, const qwr__tree *t,
                           const qwr__split *s, bool low)
{
    size_t kept = 0, ticks = (size_t)(n->to - n->from);
    QWR_TRY(qwr__node_new(child, t, n->calls, n->begin[n->calls], n->from, n->to));
    for (uint32_t k = 0; k < n->calls; k++) {
        child->call[k] = n->call[k];
        child->begin[k] = kept;
        for (size_t j = n->begin[k]; j < n->begin[k + 1]; j++)
            if (k != s->k || (value_of(t, n->list[j], s->dimension) <= s->last) == low)
                child->list[kept++] = n->list[j];
    }
    child->begin[n->calls] = kept;
    child->bound_mu = n->bound_mu;
    memcpy(child->cell, n->cell, t->dual.cells * ticks * sizeof *n->cell);
    memcpy(child->crane, n->crane, t->facts->quays * ticks * sizeof *n->crane);
    return QWR_OK;
}
