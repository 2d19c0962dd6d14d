/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a proof: all sets that a better plan could hold, and the best choice among them. */
#include "continuous/cover.h"
#include "continuous/exact.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "continuous.list";

enum {
    SETS_MOST = 100000,
    LABELS_MOST = 2000000, /* of the true cost of one set */
    PRICED_CALLS = 9,      /* sets as large as this are worth prices of their own */
    PRICE_STEPS = 100,
    QUICK_BEAM = 200, /* labels of a quick look */
    FIRST_PART = 64,  /* of the gap, and how it grows */
    PART_GROWTH = 2,
    LOOK_EVERY = 1 << 20
};

/* A set with its cost; `extra`: what that is above its prizes and its section's least. */
typedef struct set {
    qwr__calls calls;
    int64_t cost, extra;
    uint32_t section;
    bool sure; /* the cost is true; else it may be more */
} set;

typedef struct list {
    qwr__cover *c;
    set *at;
    size_t count, capacity;
    int64_t *least; /* [sections] of the prices, 0 or less */
    int64_t total;  /* the bound at the prizes */
    int64_t gap;    /* what a plan looked for may cost beyond it */
    uint32_t section;
    bool failed, whole;
    uint32_t *left; /* [depths][sets] sets that go with the choice so far */
    uint32_t taken[QWR__PACKED_CALLS], best[QWR__PACKED_CALLS], best_count;
    bool *busy; /* [sections] */
    int64_t value;
    int64_t looked; /* sets, since the last look at the clock */
} list;

static bool put(void *payload, qwr__calls calls, int64_t cost)
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

static int64_t prizes_of(const qwr__cover *c, qwr__calls calls)
{
    int64_t sum = 0;
    for (uint32_t j = 0; j < c->p->calls; j++)
        if (calls >> j & 1)
            sum += c->prize[j];
    return sum;
}

static void offer_bound(const list *l, int64_t scaled)
{
    const qwr__packing *p = l->c->p;
    int64_t bound = scaled / QWR__PACKING_SCALE + (scaled % QWR__PACKING_SCALE > 0);
    (void)qwr__berth_offer_bound(p->b, bound + qwr__packing_hopeless(p), "column-generation");
}

/* The cheapest set of every section at the best prizes, exactly; so the bound is as well. */
static qwr_status find_least(list *l)
{
    qwr__cover *c = l->c;
    int64_t total = prizes_of(c, QWR__ALL_CALLS);
    for (uint32_t s = 0; s < c->p->section_count; s++) {
        if (!c->price[s].p)
            continue;
        QWR_TRY(qwr__price_raise(&c->price[s], QWR__ALL_CALLS, c->prize, 0, PRICE_STEPS));
        qwr__labelling run = {.price = &c->price[s],
                              .calls = c->price[s].member,
                              .prize = c->prize,
                              .beam = UINT32_MAX};
        QWR_TRY(qwr__labels_run(&run));
        if (run.over || run.unknown < run.least) {
            l->whole = false;
            return QWR_OK;
        }
        l->least[s] = run.least;
        total += run.least;
    }
    l->total = total;
    offer_bound(l, total);
    return QWR_OK;
}

/* Lays a set out for less than `cut`. @param beam 0: without fail, else a quick look. */
static qwr_status lay_set(qwr__exact *run, const list *l, const set *x, int64_t cut, uint32_t beam)
{
    qwr__cover *c = l->c;
    *run = (qwr__exact){.price = &c->price[x->section],
                        .calls = x->calls,
                        .cut = cut,
                        .beam = beam,
                        .most = LABELS_MOST};
    run->priced = qwr__count_calls(x->calls) >= PRICED_CALLS;
    if (run->priced)
        QWR_TRY(qwr__price_raise(run->price, x->calls, NULL, run->cut * QWR__PACKING_SCALE,
                                 PRICE_STEPS));
    return qwr__exact_run(run);
}

/* All sets whose cost leaves the rest of a better plan something. */
static qwr_status fill(list *l)
{
    qwr__cover *c = l->c;
    for (uint32_t s = 0; s < c->p->section_count; s++) {
        if (!c->price[s].p)
            continue;
        size_t before = l->count;
        l->section = s;
        qwr__labelling run = {.price = &c->price[s],
                              .calls = c->price[s].member,
                              .prize = c->prize,
                              .cut = l->least[s] + l->gap + 1,
                              .beam = UINT32_MAX,
                              .all = true,
                              .found = put,
                              .payload = l};
        QWR_TRY(qwr__price_raise(&c->price[s], QWR__ALL_CALLS, c->prize, 0, PRICE_STEPS));
        QWR_TRY(qwr__labels_run(&run));
        if (l->failed)
            return qwr__no_memory(c->p->ctx, WHERE);
        l->whole = l->whole && !run.over && run.unknown >= run.cut;
        for (size_t k = before; k < l->count; k++) {
            set *x = &l->at[k];
            x->cost = (x->extra + prizes_of(c, x->calls)) / QWR__PACKING_SCALE;
            x->extra -= l->least[s];
        }
        if (!l->whole)
            return QWR_OK;
    }
    return QWR_OK;
}

static int by_extra(const void *a, const void *b)
{
    const set *x = a, *y = b;
    if (x->extra != y->extra)
        return x->extra < y->extra ? -1 : 1;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    return (x->calls > y->calls) - (x->calls < y->calls);
}

/* The best first; and room for what is left of them at every depth. */
static qwr_status get_ready(list *l)
{
    qwr_context *ctx = l->c->p->ctx;
    qsort(l->at, l->count, sizeof *l->at, by_extra);
    qwr__free(ctx, l->left);
    l->left = qwr__alloc(ctx, l->count * ((size_t)l->c->p->calls + 1) + 1, sizeof *l->left);
    if (!l->left)
        return qwr__no_memory(ctx, WHERE);
    for (size_t k = 0; k < l->count; k++)
        l->left[k] = (uint32_t)k;
    return QWR_OK;
}

/* Of the sets of the depth before, those that go with the choice so far. Returns the call that the
 * fewest of them serve; UINT32_MAX: nobody serves one of them. */
static uint32_t filter(list *l, const uint32_t *from, size_t from_count, uint32_t *to,
                       size_t *to_count, qwr__calls calls, int64_t room)
{
    uint32_t serves[QWR__PACKED_CALLS] = {0}, fewest = UINT32_MAX, count = 0;
    for (size_t k = 0; k < from_count; k++) {
        const set *x = &l->at[from[k]];
        if ((x->calls & ~calls) || l->busy[x->section] || x->extra > room)
            continue;
        to[count++] = from[k];
        for (qwr__calls left = x->calls; left; left &= left - 1)
            serves[qwr__first_call(left)]++;
    }
    *to_count = count;
    for (qwr__calls left = calls; left; left &= left - 1) {
        uint32_t call = qwr__first_call(left);
        if (serves[call] == 0)
            return UINT32_MAX;
        if (fewest == UINT32_MAX || serves[call] < serves[fewest])
            fewest = call;
    }
    return fewest;
}

/* Serves one of the calls left in every way there is; `spent`: beyond the bound so far. */
static void choose(list *l, uint32_t *from, size_t from_count, qwr__calls calls, int64_t cost,
                   int64_t spent, uint32_t depth)
{
    const qwr__packing *p = l->c->p;
    uint32_t *mine = from + from_count;
    size_t count;
    if (calls == 0) {
        if (cost < l->value) {
            l->value = cost;
            l->gap = (cost - 1) * QWR__PACKING_SCALE - l->total; /* only better ones from here */
            l->best_count = depth;
            memcpy(l->best, l->taken, sizeof l->best);
        }
        return;
    }
    l->looked += (int64_t)from_count + 1;
    if (l->looked > LOOK_EVERY) {
        qwr__berth_worked(p->b, l->looked / 64);
        l->looked = 0;
        l->whole = l->whole && !qwr__berth_over(p->b);
    }
    uint32_t call = filter(l, from, from_count, mine, &count, calls, l->gap - spent);
    for (size_t k = 0; k < count && call != UINT32_MAX && l->whole; k++) {
        const set *x = &l->at[mine[k]];
        if (!(x->calls >> call & 1) || x->extra > l->gap - spent)
            continue;
        l->busy[x->section] = true;
        l->taken[depth] = mine[k];
        choose(l, mine, count, calls & ~x->calls, cost + x->cost, spent + x->extra, depth + 1);
        l->busy[x->section] = false;
    }
}

/* Finds out what a set costs: nearly always what the labels say. False in
 * *known: there was no time or memory to tell. */
static qwr_status make_sure(list *l, set *x, bool *known)
{
    qwr__exact run;
    int64_t prizes = prizes_of(l->c, x->calls) + l->least[x->section];
    int64_t most = prizes + l->gap + 1;
    int64_t cut = most / QWR__PACKING_SCALE + (most % QWR__PACKING_SCALE > 0);
    *known = true;
    QWR_TRY(lay_set(&run, l, x, x->cost + 1, QUICK_BEAM));
    if (run.least > x->cost)
        QWR_TRY(lay_set(&run, l, x, cut, 0));
    if (run.over && run.least > x->cost) { /* there may be a cheaper way */
        *known = false;
        return QWR_OK;
    }
    x->sure = true;
    x->cost = run.least;
    x->extra = run.least == cut ? INT64_MAX / 2 : run.least * QWR__PACKING_SCALE - prizes;
    return QWR_OK;
}

static qwr_status offer(const list *l)
{
    qwr__placed placed[QWR__PACKED_CALLS];
    for (uint32_t k = 0; k < l->best_count; k++) {
        qwr__exact run;
        const set *x = &l->at[l->best[k]];
        QWR_TRY(lay_set(&run, l, x, x->cost + 1, QUICK_BEAM));
        if (run.least > x->cost)
            QWR_TRY(lay_set(&run, l, x, x->cost + 1, 0));
        if (run.least > x->cost)
            return QWR_OK; /* out of time */
        for (uint32_t j = 0; j < l->c->p->calls; j++)
            if (x->calls >> j & 1)
                placed[j] = run.placed[j];
    }
    qwr__packing_offer(l->c->p, placed);
    return QWR_OK;
}

/* The best plan within `gap` of the bound. Costs are those of the labels until a set is chosen.
 * *found: there is one, the best of all. */
static qwr_status within(list *l, bool *found)
{
    const qwr__packing *p = l->c->p;
    int64_t gap = l->gap;
    qwr__calls all = p->calls == QWR__PACKED_CALLS ? QWR__ALL_CALLS : qwr__call_bit(p->calls) - 1;
    *found = false;
    l->count = 0;
    QWR_TRY(fill(l));
    QWR_TRY(get_ready(l));
    while (l->whole) {
        l->best_count = 0;
        l->value = p->b->value - qwr__packing_hopeless(p);
        l->gap = gap;
        choose(l, l->left, l->count, all, 0, 0, 0);
        l->gap = gap;
        if (!l->whole)
            return QWR_OK;
        if (!l->best_count) {
            offer_bound(l, l->total + gap + 1);
            return QWR_OK;
        }
        bool known = true, sure = true;
        for (uint32_t k = 0; k < l->best_count && known; k++) {
            sure = sure && l->at[l->best[k]].sure;
            if (!l->at[l->best[k]].sure)
                QWR_TRY(make_sure(l, &l->at[l->best[k]], &known));
        }
        offer_bound(l, l->value * QWR__PACKING_SCALE);
        l->whole = known;
        if (!sure)
            continue;
        *found = true;
        return offer(l);
    }
    return QWR_OK;
}

/* Nearer plans first: a wide gap holds many sets, and the best plan is seldom far. */
static qwr_status close_gap(list *l)
{
    const qwr__packing *p = l->c->p;
    bool found = false;
    QWR_TRY(find_least(l));
    int64_t value = (p->b->value - qwr__packing_hopeless(p) - 1) * QWR__PACKING_SCALE - l->total;
    l->gap = value / FIRST_PART;
    while (l->whole && !found && value >= 0 && !qwr__berth_closed(p->b)) {
        l->gap = l->gap < value ? l->gap : value;
        QWR_TRY(within(l, &found));
        l->gap *= PART_GROWTH;
    }
    return QWR_OK;
}

qwr_status qwr__cover_close(qwr__cover *c)
{
    list l = {.c = c, .whole = true};
    if (c->total == INT64_MIN)
        return QWR_OK;
    l.least = qwr__alloc(c->p->ctx, c->p->section_count, sizeof *l.least);
    l.busy = qwr__alloc(c->p->ctx, c->p->section_count, sizeof *l.busy);
    qwr_status status = l.least && l.busy ? close_gap(&l) : qwr__no_memory(c->p->ctx, WHERE);
    qwr__free(c->p->ctx, l.least);
    qwr__free(c->p->ctx, l.busy);
    qwr__free(c->p->ctx, l.at);
    qwr__free(c->p->ctx, l.left);
    return status;
}
