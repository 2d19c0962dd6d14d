/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a proof: all sets that a better plan could hold, and the best choice among them. */
#include "continuous/cover.h"
#include "continuous/exact.h"

#include <string.h>

static const char WHERE[] = "continuous.list";

enum {
    SETS_MOST = 300000,
    LABELS_MOST = 2000000, /* of the true cost of one set */
    PRICED_CALLS = 9,      /* sets as large as this are worth prices of their own */
    PRICE_STEPS = 100,
    LOOK_EVERY = 4096
};

/* A set with its true cost; `extra`: what that is above its prizes and its section's least. */
typedef struct set {
    uint64_t calls;
    int64_t cost, extra;
    uint32_t section, next; /* of the sets whose lowest call is the same */
} set;

typedef struct list {
    qwr__cover *c;
    set *at;
    size_t count, capacity;
    int64_t *least; /* [sections] of the prices, 0 or less */
    int64_t gap;    /* what a better plan may cost beyond the bound */
    uint32_t section;
    bool failed, whole;
    uint32_t first[QWR__PACKED_CALLS];
    uint32_t taken[QWR__PACKED_CALLS], best[QWR__PACKED_CALLS], best_count;
    bool *busy; /* [sections] */
    int64_t value;
    int64_t nodes;
} list;

static bool put(void *payload, uint64_t calls, int64_t cost)
{
    list *l = payload;
    if (l->count >= SETS_MOST)
        return false;
    if (l->count == l->capacity) {
        size_t wanted = l->capacity ? l->capacity * 2 : 1024;
        set *fresh = qwr__alloc(l->c->p->ctx, wanted, sizeof *fresh);
        l->failed = l->failed || !fresh;
        if (!fresh)
            return false;
        if (l->count)
            memcpy(fresh, l->at, l->count * sizeof *fresh);
        qwr__free(l->c->p->ctx, l->at);
        l->at = fresh;
        l->capacity = wanted;
    }
    l->at[l->count++] = (set){.calls = calls, .section = l->section, .extra = cost};
    return true;
}

static int64_t prizes_of(const qwr__cover *c, uint64_t calls)
{
    int64_t sum = 0;
    for (uint32_t j = 0; j < c->p->calls; j++)
        if (calls >> j & 1)
            sum += c->prize[j];
    return sum;
}

/* The cheapest set of every section at the best prizes, exactly; so the bound is as well. */
static qwr_status find_least(list *l)
{
    qwr__cover *c = l->c;
    int64_t total = prizes_of(c, UINT64_MAX);
    for (uint32_t s = 0; s < c->p->section_count; s++) {
        if (!c->price[s].p)
            continue;
        qwr__price_raise(&c->price[s], UINT64_MAX, c->prize, 0, PRICE_STEPS);
        qwr__labelling run = {.price = &c->price[s],
                              .calls = c->price[s].member,
                              .prize = c->prize,
                              .beam = UINT32_MAX};
        QWR_TRY(qwr__labels_run(&run));
        if (run.over) {
            l->whole = false;
            return QWR_OK;
        }
        l->least[s] = run.least;
        total += run.least;
    }
    l->gap = (c->p->b->value - qwr__packing_hopeless(c->p) - 1) * QWR__PACKING_SCALE - total;
    int64_t bound = total / QWR__PACKING_SCALE + (total % QWR__PACKING_SCALE > 0);
    (void)qwr__berth_offer_bound(c->p->b, bound + qwr__packing_hopeless(c->p),
                                 "column-generation");
    return QWR_OK;
}

static qwr_status true_cost(qwr__exact *run, const list *l, const set *x)
{
    qwr__cover *c = l->c;
    *run = (qwr__exact){.price = &c->price[x->section], .calls = x->calls, .most = LABELS_MOST};
    int64_t most = l->least[x->section] + l->gap + 1 + prizes_of(c, x->calls);
    run->cut = most / QWR__PACKING_SCALE + (most % QWR__PACKING_SCALE > 0);
    run->priced = __builtin_popcountll(x->calls) >= PRICED_CALLS;
    if (run->priced)
        qwr__price_raise(run->price, x->calls, NULL, run->cut * QWR__PACKING_SCALE, PRICE_STEPS);
    return qwr__exact_run(run);
}

/* All sets whose cost leaves the rest of a better plan something. */
static qwr_status fill(list *l)
{
    qwr__cover *c = l->c;
    for (uint32_t s = 0; s < c->p->section_count; s++) {
        if (!c->price[s].p)
            continue;
        size_t before = l->count, kept = before;
        l->section = s;
        qwr__labelling run = {.price = &c->price[s],
                              .calls = c->price[s].member,
                              .prize = c->prize,
                              .cut = l->least[s] + l->gap + 1,
                              .beam = UINT32_MAX,
                              .all = true,
                              .found = put,
                              .payload = l};
        qwr__price_raise(&c->price[s], UINT64_MAX, c->prize, 0, PRICE_STEPS);
        QWR_TRY(qwr__labels_run(&run));
        if (l->failed)
            return qwr__no_memory(c->p->ctx, WHERE);
        l->whole = l->whole && !run.over;
        for (size_t k = before; k < l->count && l->whole; k++) {
            qwr__exact cost;
            QWR_TRY(true_cost(&cost, l, &l->at[k]));
            l->whole = !cost.over;
            if (cost.least == cost.cut)
                continue;
            l->at[kept] = l->at[k];
            l->at[kept].cost = cost.least;
            l->at[kept].extra = cost.least * QWR__PACKING_SCALE - prizes_of(c, l->at[k].calls) -
                                l->least[s];
            kept++;
        }
        l->count = kept;
        if (!l->whole)
            return QWR_OK;
    }
    return QWR_OK;
}

/* Lists of the sets by their lowest call. */
static void link_sets(list *l)
{
    memset(l->first, 0xff, sizeof l->first);
    for (size_t k = l->count; k-- > 0;) {
        uint32_t low = (uint32_t)__builtin_ctzll(l->at[k].calls);
        l->at[k].next = l->first[low];
        l->first[low] = (uint32_t)k;
    }
}

/* Serves the lowest call left, in every way that is left; `spent`: beyond the bound so far. */
static void choose(list *l, uint64_t left, int64_t cost, int64_t spent, uint32_t depth)
{
    const qwr__packing *p = l->c->p;
    if (left == 0) {
        if (cost < l->value) {
            l->value = cost;
            l->best_count = depth;
            memcpy(l->best, l->taken, sizeof l->best);
        }
        return;
    }
    if (++l->nodes % LOOK_EVERY == 0) {
        qwr__berth_worked(p->b, LOOK_EVERY / 16);
        l->whole = l->whole && !qwr__berth_over(p->b);
    }
    for (uint32_t k = l->first[__builtin_ctzll(left)]; k != UINT32_MAX && l->whole;
         k = l->at[k].next) {
        const set *x = &l->at[k];
        if ((x->calls & ~left) || l->busy[x->section] || spent + x->extra > l->gap)
            continue;
        l->busy[x->section] = true;
        l->taken[depth] = k;
        choose(l, left & ~x->calls, cost + x->cost, spent + x->extra, depth + 1);
        l->busy[x->section] = false;
    }
}

static qwr_status offer(list *l)
{
    qwr__placed placed[QWR__PACKED_CALLS];
    for (uint32_t k = 0; k < l->best_count; k++) {
        qwr__exact run;
        const set *x = &l->at[l->best[k]];
        QWR_TRY(true_cost(&run, l, x));
        if (run.least == run.cut)
            return QWR_OK; /* out of time */
        for (uint32_t j = 0; j < l->c->p->calls; j++)
            if (x->calls >> j & 1)
                placed[j] = run.placed[j];
    }
    qwr__packing_offer(l->c->p, placed);
    return QWR_OK;
}

static qwr_status close_gap(list *l)
{
    const qwr__packing *p = l->c->p;
    int64_t hopeless = qwr__packing_hopeless(p);
    QWR_TRY(find_least(l));
    if (!l->whole || l->gap < 0)
        return QWR_OK;
    QWR_TRY(fill(l));
    if (!l->whole)
        return QWR_OK;
    link_sets(l);
    l->value = p->b->value - hopeless;
    uint64_t all = p->calls == 64 ? UINT64_MAX : (UINT64_C(1) << p->calls) - 1;
    choose(l, all, 0, 0, 0);
    bool proven = l->whole;
    if (l->best_count)
        QWR_TRY(offer(l));
    if (proven)
        (void)qwr__berth_offer_bound(p->b, l->value + hopeless, "column-generation");
    return QWR_OK;
}

qwr_status qwr__cover_close(qwr__cover *c)
{
    list l = {.c = c, .whole = true};
    if (c->total == INT64_MIN)
        return QWR_OK;
    l.least = qwr__alloc(c->p->ctx, c->p->section_count, sizeof *l.least);
    l.busy = qwr__alloc(c->p->ctx, c->p->section_count, sizeof *l.busy);
    qwr_status status =
        l.least && l.busy ? close_gap(&l) : qwr__no_memory(c->p->ctx, WHERE);
    qwr__free(c->p->ctx, l.least);
    qwr__free(c->p->ctx, l.busy);
    qwr__free(c->p->ctx, l.at);
    return status;
}
