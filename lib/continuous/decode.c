/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder and the annealing. */
#include "continuous/decode.h"

#include <string.h>

static const char WHERE[] = "continuous.decode";

enum {
    STEPS_PER_CALL = 1200, /* of a round */
    HEAT_PERCENT = 2,      /* of the plan's cost, where a round begins */
    HEAT_TICKS = 2,        /* where it begins with the makespan */
    COLD_LOG = 8,          /* the heat falls to e^-8 of it */
    STAGE = 0x70616b       /* of the random numbers */
};

/* A rectangle that is taken. */
typedef struct box {
    int32_t cell, end_cell, start, end;
} box;

/* What is annealed: the sequence, and for each call a section or UINT32_MAX: any. */
typedef struct genes {
    uint8_t order[QWR__PACKED_CALLS];
    uint32_t section[QWR__PACKED_CALLS];
} genes;

typedef struct decoder {
    const qwr__packing *p;
    box *box;        /* [sections][calls] */
    uint32_t *boxes; /* [sections] */
    uint32_t first[QWR__PACKED_CALLS + 1];
    uint32_t option[QWR__PACKED_CALLS * QWR__CALL_OPTIONS]; /* by call */
    qwr__placed placed[QWR__PACKED_CALLS];
    genes last; /* what was decoded last, as far as `done` calls of its sequence */
    uint32_t done;
    int64_t sum[QWR__PACKED_CALLS + 1]; /* cost of so many calls of the sequence */
    bool makespan; /* the latest end counts: what ends after `due` is to be nothing */
    int32_t due;   /* a tick before the latest end of the best plan */
} decoder;

static void insert_sorted(int32_t *at, int *count, int32_t value)
{
    int k = (*count)++;
    for (; k > 0 && at[k - 1] > value; k--)
        at[k] = at[k - 1];
    at[k] = value;
}

/* What a start costs. With the makespan: the earlier the better, wherever. */
static int64_t cost_at(const decoder *d, const qwr__option *o, int32_t start)
{
    return d->makespan ? start + o->duration : qwr__packing_cost(d->p, o, start);
}

/* The cell for a rectangle at `start` in the tightest gap; -1: none. */
static int32_t find_gap(const decoder *d, const qwr__option *o, int32_t start)
{
    const box *boxes = d->box + (size_t)o->section * d->p->calls;
    int32_t end = start + o->occupied, free_from = o->low, last = o->high + o->width;
    int32_t best = -1, least = INT32_MAX;
    struct {
        int32_t from, to;
    } busy[QWR__PACKED_CALLS + 1];
    uint32_t count = 0;
    for (uint32_t k = 0; k < d->boxes[o->section]; k++) {
        if (boxes[k].start >= end || boxes[k].end <= start)
            continue;
        uint32_t i = count++;
        for (; i > 0 && busy[i - 1].from > boxes[k].cell; i--)
            busy[i] = busy[i - 1];
        busy[i].from = boxes[k].cell;
        busy[i].to = boxes[k].end_cell;
    }
    for (uint32_t k = 0; k <= count; k++) {
        int32_t to = k < count && busy[k].from < last ? busy[k].from : last;
        if (to - free_from >= o->width && to - free_from < least) {
            least = to - free_from;
            best = k == count && count > 0 ? last - o->width : free_from;
        }
        if (k < count && busy[k].to > free_from)
            free_from = busy[k].to;
    }
    return best;
}

/* The earliest place of an option that costs less than `limit`. */
static int64_t earliest(qwr__placed *placed, const decoder *d, uint32_t option, int64_t limit)
{
    const qwr__packing *p = d->p;
    const qwr__option *o = &p->option[option];
    const box *boxes = d->box + (size_t)o->section * p->calls;
    int32_t at[QWR__PACKED_CALLS + 1], ready = p->opening[o->first_opening].first, before = -1;
    int count = 1;
    at[0] = ready;
    for (uint32_t k = 0; k < d->boxes[o->section]; k++)
        if (boxes[k].end > ready)
            insert_sorted(at, &count, boxes[k].end);
    for (int k = 0; k < count; k++) {
        int32_t start = qwr__packing_start(p, o, at[k]);
        if (start == INT32_MAX)
            return INT64_MAX;
        if (start == before)
            continue;
        before = start;
        int64_t cost = cost_at(d, o, start);
        if (cost >= limit)
            return INT64_MAX;
        int32_t cell = find_gap(d, o, start);
        if (cell >= 0) {
            *placed = (qwr__placed){option, cell, start};
            return cost;
        }
    }
    return INT64_MAX;
}

static void forget(decoder *d)
{
    memset(d->boxes, 0, d->p->section_count * sizeof *d->boxes);
    d->done = 0;
}

/* Goes back to where the sequences part; the plan of the calls before is the same. */
static uint32_t go_back(decoder *d, const genes *g)
{
    uint32_t k = 0;
    while (k < d->done && g->order[k] == d->last.order[k] &&
           g->section[g->order[k]] == d->last.section[g->order[k]])
        k++;
    for (uint32_t i = k; i < d->done; i++) {
        uint32_t option = d->placed[d->last.order[i]].option;
        if (option != UINT32_MAX)
            d->boxes[d->p->option[option].section]--;
    }
    d->last = *g;
    return k;
}

/* Where the call costs least; nowhere: option UINT32_MAX, at the cost of leaving it out. */
static int64_t cheapest(qwr__placed *placed, const decoder *d, uint32_t call, uint32_t section)
{
    int64_t least = d->p->view->unplaced_cost;
    placed->option = UINT32_MAX;
    for (uint32_t i = d->first[call]; i < d->first[call + 1]; i++) {
        if (section != UINT32_MAX && section != d->p->option[d->option[i]].section)
            continue;
        qwr__placed here;
        int64_t cost = earliest(&here, d, d->option[i], least);
        if (cost < least) {
            least = cost;
            *placed = here;
        }
    }
    return least;
}

/* Cost of the plan the genes describe; a number of at least `limit` once it costs as much. */
static int64_t decode(decoder *d, const genes *g, int64_t limit)
{
    const qwr__packing *p = d->p;
    for (d->done = go_back(d, g); d->done < p->calls; d->done++) {
        uint32_t j = g->order[d->done];
        int64_t total = d->sum[d->done];
        if (total >= limit)
            return total;
        int64_t cost = cheapest(&d->placed[j], d, j, g->section[j]);
        if (d->placed[j].option != UINT32_MAX) {
            const qwr__option *o = &p->option[d->placed[j].option];
            d->box[(size_t)o->section * p->calls + d->boxes[o->section]++] =
                (box){d->placed[j].cell, d->placed[j].cell + o->width, d->placed[j].start,
                      d->placed[j].start + o->occupied};
        }
        if (d->makespan)
            cost = cost > d->due ? cost - d->due : 0;
        d->sum[d->done + 1] = total + cost;
    }
    return d->sum[p->calls];
}

static void change(genes *g, const decoder *d, qwr__rng *rng)
{
    uint32_t calls = d->p->calls, dice = (uint32_t)qwr__rng_below(rng, 10);
    uint32_t i = (uint32_t)qwr__rng_below(rng, calls), j = (uint32_t)qwr__rng_below(rng, calls);
    uint8_t moved = g->order[i];
    if (dice < 4) { /* elsewhere in the sequence */
        if (i < j)
            memmove(g->order + i, g->order + i + 1, j - i);
        else
            memmove(g->order + j + 1, g->order + j, i - j);
        g->order[j] = moved;
    } else if (dice < 8) {
        g->order[i] = g->order[j];
        g->order[j] = moved;
    } else { /* another section, or any */
        uint32_t count = d->first[moved + 1] - d->first[moved];
        uint32_t k = (uint32_t)qwr__rng_below(rng, count + 1);
        g->section[moved] =
            k == count ? UINT32_MAX : d->p->option[d->option[d->first[moved] + k]].section;
    }
}

/* About an exponential number of mean 1.44, in 1/1024. */
static int64_t luck(qwr__rng *rng)
{
    uint64_t r = qwr__rng_next(rng);
    return ((int64_t)__builtin_ctzll(r | (UINT64_C(1) << 40)) << 10) + (int64_t)(r >> 54);
}

/* By first start, then by what a unit of work is worth. */
static void first_order(genes *g, const decoder *d)
{
    const qwr__packing *p = d->p;
    int64_t key[QWR__PACKED_CALLS];
    for (uint32_t j = 0; j < p->calls; j++) {
        const qwr__option *o = &p->option[d->option[d->first[j]]];
        key[j] = p->opening[o->first_opening].first + (int64_t)o->duration / 2;
        uint32_t k = j;
        for (; k > 0 && key[g->order[k - 1]] > key[j]; k--)
            g->order[k] = g->order[k - 1];
        g->order[k] = (uint8_t)j;
        g->section[j] = UINT32_MAX;
    }
}

static int64_t cost_of(const decoder *d, uint32_t j)
{
    return qwr__packing_cost(d->p, &d->p->option[d->placed[j].option], d->placed[j].start);
}

static void tell_parts(const decoder *d, qwr__part_fn part, void *payload)
{
    const qwr__packing *p = d->p;
    for (uint32_t s = 0; s < p->section_count; s++) {
        qwr__calls calls = 0;
        int64_t cost = 0;
        for (uint32_t j = 0; j < p->calls; j++)
            if (d->placed[j].option != UINT32_MAX && p->option[d->placed[j].option].section == s) {
                calls |= qwr__call_bit(j);
                cost += cost_of(d, j);
            }
        if (calls)
            part(payload, s, calls, cost);
    }
}

/* Latest end of what was decoded last. */
static int32_t latest_end(const decoder *d)
{
    int32_t latest = 0;
    for (uint32_t j = 0; j < d->p->calls; j++) {
        const qwr__placed *x = &d->placed[j];
        int32_t end = x->start + d->p->option[x->option].duration;
        latest = end > latest ? end : latest;
    }
    return latest;
}

/* One step: a change is kept, or not. True: the plan is better than all of this round. */
static bool anneal_step(decoder *d, genes *now, int64_t *value, int64_t best, double heat,
                        qwr__rng *rng)
{
    genes next = *now;
    change(&next, d, rng);
    int64_t limit = *value + (int64_t)(heat / 1024.0 * (double)luck(rng)) + 1;
    int64_t cost = decode(d, &next, limit);
    if (cost >= limit)
        return false;
    *now = next;
    *value = cost;
    return d->makespan ? cost == 0 : cost < best;
}

/* One round of cooling; its best plan is offered at the end. */
static void cool(decoder *d, int round, qwr__part_fn part, void *payload)
{
    const qwr__packing *p = d->p;
    qwr__rng rng = {p->b->seed, STAGE, (uint64_t)round << 40};
    qwr__placed placed[QWR__PACKED_CALLS];
    genes now;
    first_order(&now, d);
    int64_t value = decode(d, &now, INT64_MAX), best = d->makespan ? 1 : value;
    int64_t steps = (int64_t)STEPS_PER_CALL * p->calls;
    /* Calls left out are in no trade for anything else. */
    double heat =
        d->makespan ? HEAT_TICKS : (double)(value % p->view->unplaced_cost) / 100 * HEAT_PERCENT;
    double fall = 1.0 - COLD_LOG / (double)steps;
    memcpy(placed, d->placed, sizeof placed);
    for (int64_t k = 0; k < steps; k++, heat *= fall) {
        if (k % 64 == 0) {
            qwr__berth_worked(p->b, 64 * (int64_t)p->calls);
            if (qwr__berth_over(p->b))
                break;
        }
        if (!anneal_step(d, &now, &value, best, heat, &rng))
            continue;
        best = value;
        memcpy(placed, d->placed, sizeof placed);
        if (part)
            tell_parts(d, part, payload);
        if (!d->makespan)
            continue;
        qwr__packing_offer(p, placed);
        if (qwr__berth_closed(p->b))
            return;
        d->due = latest_end(d) - 1;
        forget(d); /* what counts has changed */
        value = decode(d, &now, INT64_MAX);
    }
    if (!d->makespan)
        qwr__packing_offer(p, placed);
}

qwr_status qwr__packing_anneal(const qwr__packing *p, int first, int rounds, qwr__part_fn part,
                               void *payload)
{
    decoder *d = qwr__alloc(p->ctx, 1, sizeof *d);
    if (!d)
        return qwr__no_memory(p->ctx, WHERE);
    d->p = p;
    d->makespan = p->view->makespan;
    d->box = qwr__alloc(p->ctx, (size_t)p->section_count * p->calls, sizeof *d->box);
    d->boxes = qwr__alloc(p->ctx, p->section_count, sizeof *d->boxes);
    uint32_t count = 0;
    for (uint32_t j = 0; j < p->calls; j++) {
        d->first[j] = count;
        for (uint32_t o = 0; o < p->option_count; o++)
            if (p->option[o].call == j)
                d->option[count++] = o;
    }
    d->first[p->calls] = count;
    bool room = d->box && d->boxes;
    d->due = room && d->makespan ? qwr__packing_end(p) - 1 : 0;
    for (int k = 0; room && k < rounds && !qwr__berth_over(p->b) && !qwr__berth_closed(p->b); k++)
        cool(d, first + k, part, payload);
    qwr__free(p->ctx, d->box);
    qwr__free(p->ctx, d->boxes);
    qwr__free(p->ctx, d);
    return room ? QWR_OK : qwr__no_memory(p->ctx, WHERE);
}
