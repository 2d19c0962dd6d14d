/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pricing. Cranes in a window: with segments of one length, the least price of nested counts
 * k_1 >= k_2 >= ... (so many segments with one, two, ... cranes above the fewest) is the sum of the
 * k_l cheapest segments over l, whatever their order in time. Otherwise the fractional relaxation.
 */
#include "bacap/price.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "bacap.price";

qwr_status qwr__dual_init(qwr__dual *d, const qwr__bacap_facts *f)
{
    memset(d, 0, sizeof *d);
    d->facts = f;
    d->cells = f->problem->cand.view.cell_count;
    d->cell = qwr__alloc(f->ctx, (size_t)d->cells * (size_t)f->ticks + 1, sizeof *d->cell);
    d->crane = qwr__alloc(f->ctx, (size_t)f->quays * (size_t)f->ticks + 1, sizeof *d->crane);
    d->to = f->ticks;
    d->area = qwr__alloc(f->ctx, ((size_t)d->cells + 1) * ((size_t)f->ticks + 1), sizeof *d->area);
    if (!d->cell || !d->crane || !d->area) {
        qwr__dual_free(d);
        return qwr__no_memory(f->ctx, WHERE);
    }
    return QWR_OK;
}

void qwr__dual_free(qwr__dual *d)
{
    if (!d->facts)
        return;
    qwr__free(d->facts->ctx, d->cell);
    qwr__free(d->facts->ctx, d->crane);
    qwr__free(d->facts->ctx, d->area);
    memset(d, 0, sizeof *d);
}

void qwr__dual_sum(qwr__dual *d)
{
    const qwr__bacap_facts *f = d->facts;
    size_t ticks = (size_t)f->ticks, stride = ticks + 1;
    const int32_t *capacity = f->problem->cand.view.crane_capacity;
    d->total = 0;
    for (size_t x = 0; x < d->cells; x++) {
        const int64_t *price = d->cell + x * ticks, *below = d->area + x * stride;
        int64_t *row = d->area + (x + 1) * stride, run = 0;
        row[d->from] = 0;
        for (int32_t t = d->from; t < d->to; t++) {
            run += price[t];
            row[t + 1] = below[t + 1] + run;
        }
        d->total += run;
    }
    for (size_t g = 0; g < f->quays; g++)
        for (int32_t t = d->from; t < d->to; t++)
            d->total += d->crane[g * ticks + (size_t)t] * capacity[g * ticks + (size_t)t];
}

/* --- one window --- */

static int64_t crane_price(const qwr__pricer *p, const qwr__segment *s)
{
    const qwr__bacap_facts *f = p->dual->facts;
    const qwr__side *side = &f->side[p->side];
    const int64_t *price = p->dual->crane + (size_t)side->quay * (size_t)f->ticks;
    int64_t sum = qwr__bacap_cranes_mu(f, side->call, s->paid_s);
    int32_t from = s->from > p->dual->from ? s->from : p->dual->from,
            to = s->to < p->dual->to ? s->to : p->dual->to;
    for (int32_t t = from; t < to; t++)
        sum += price[t];
    return sum;
}

/* Puts the costs of the segments from `first` on into order. */
static void sort_costs(qwr__pricer *p, int32_t first)
{
    for (int32_t k = first; k < p->count; k++) {
        int32_t j = k;
        for (; j > 0 && p->sorted[j - 1] > p->cost[k]; j--)
            p->sorted[j] = p->sorted[j - 1];
        p->sorted[j] = p->cost[k];
    }
    p->sum[0] = 0;
    for (int32_t k = 0; k < p->count; k++)
        p->sum[k + 1] = p->sum[k] + p->sorted[k];
}

bool qwr__side_is_uniform(const qwr__bacap_facts *f, const qwr__side *side)
{
    const int64_t *pause = f->pause_s + (size_t)side->quay * ((size_t)f->ticks + 1);
    if (f->period_s != f->step_s || pause[f->ticks] != 0 || f->problem->shift_s[side->call] != 0 ||
        side->most - side->least > 2)
        return false;
    for (int32_t q = side->least + 2; q <= side->most; q++)
        if (side->rate[q] - side->rate[q - 1] > side->rate[q - 1] - side->rate[q - 2])
            return false;
    return true;
}

void qwr__pricer_window(qwr__pricer *p, const qwr__window *w)
{
    const qwr__bacap_facts *f = p->dual->facts;
    const qwr__side *side = &f->side[w->side];
    bool grows =
        p->count > 0 && p->uniform && p->side == w->side && p->start == w->start && p->end < w->end;
    int32_t known = grows ? p->count : 0, last = p->end;
    if (!grows)
        p->uniform = qwr__side_is_uniform(f, side);
    p->side = w->side;
    p->start = w->start;
    p->end = w->end;
    if (grows)
        for (int32_t e = last + 1; e <= w->end && p->count >= 0; e++)
            p->count = qwr__bacap_extend(p->segment, p->count, f, side, w->start, e);
    else
        p->count = qwr__bacap_segments(p->segment, f, side, w->start, w->end);
    if (!grows)
        p->base_mu = p->base_work = 0;
    for (int32_t k = known; k < p->count; k++) {
        p->cost[k] = crane_price(p, &p->segment[k]);
        p->base_mu += side->least * p->cost[k];
        p->base_work += side->rate[side->least] * p->segment[k].work_s;
    }
    if (p->uniform)
        sort_costs(p, known);
    p->need = -1;
}

/* Two more cranes at most: every number of segments with two, and as few with one as that allows.
 */
static int64_t uniform_cranes(const qwr__pricer *p, const qwr__side *side, int64_t extra,
                              int32_t *one, int32_t *two)
{
    int64_t step_s = p->dual->facts->step_s, best = INT64_MAX;
    int64_t a = side->most > side->least
                    ? (side->rate[side->least + 1] - side->rate[side->least]) * step_s
                    : 0;
    int64_t b = side->most > side->least + 1
                    ? (side->rate[side->least + 2] - side->rate[side->least + 1]) * step_s
                    : 0;
    *one = *two = 0;
    if (extra <= 0)
        return 0;
    if (a <= 0)
        return INT64_MAX;
    int64_t left = extra, k = (extra + a - 1) / a;
    for (int32_t j = 0; j <= (b > 0 ? p->count : 0); j++, left -= b) {
        while (k > 0 && (k - 1) * a >= left)
            k--;
        int64_t first = k > j ? k : j;
        if (first <= p->count && p->sum[first] + p->sum[j] < best) {
            best = p->sum[first] + p->sum[j];
            *one = (int32_t)first;
            *two = j;
        }
        if (k <= j)
            break;
    }
    return best;
}

typedef struct item {
    double ratio;
    int64_t mu, work;
} item;

static int compare_items(const void *a, const void *b)
{
    const item *x = a, *y = b;
    return (x->ratio > y->ratio) - (x->ratio < y->ratio);
}

/* Fractional: single cranes of single segments, the cheapest work first. */
static int64_t fractional_cranes(const qwr__pricer *p, const qwr__side *side, int64_t extra)
{
    item items[QWR__BACAP_SEGMENTS * 4];
    size_t count = 0, most = sizeof items / sizeof *items;
    double mu = 0;
    if (extra <= 0)
        return 0;
    for (int32_t j = 0; j < p->count; j++)
        for (int32_t q = side->least; q < side->most; q++) {
            int64_t work = (side->rate[q + 1] - side->rate[q]) * p->segment[j].work_s;
            if (work <= 0)
                continue;
            if (count == most)
                return 0; /* too many to sort here: no bound from them */
            items[count++] = (item){(double)p->cost[j] / (double)work, p->cost[j], work};
        }
    qsort(items, count, sizeof *items, compare_items);
    for (size_t k = 0; k < count; k++) {
        if (items[k].work >= extra) {
            mu += (double)items[k].mu * ((double)extra / (double)items[k].work);
            return (int64_t)(mu * (1 - 1e-12));
        }
        mu += (double)items[k].mu;
        extra -= items[k].work;
    }
    return INT64_MAX;
}

int64_t qwr__pricer_cranes(qwr__pricer *p, int64_t need)
{
    const qwr__side *side = &p->dual->facts->side[p->side];
    int32_t one, two;
    if (need == p->need)
        return p->need_mu;
    int64_t extra = need - p->base_work;
    int64_t mu =
        p->uniform ? uniform_cranes(p, side, extra, &one, &two) : fractional_cranes(p, side, extra);
    p->need = need;
    p->need_mu = mu == INT64_MAX ? mu : mu + p->base_mu;
    return p->need_mu;
}

void qwr__pricer_profile(qwr__pricer *p, int64_t need, uint8_t *cranes)
{
    const qwr__side *side = &p->dual->facts->side[p->side];
    int32_t room[QWR__BACAP_SEGMENTS], one = 0, two = 0;
    memset(cranes, side->least, (size_t)p->count);
    if (!p->uniform) {
        for (int32_t j = 0; j < p->count; j++)
            room[j] = side->most;
        (void)qwr__bacap_fill(cranes, side, p->segment, p->count, room, need);
        return;
    }
    (void)uniform_cranes(p, side, need - p->base_work, &one, &two);
    /* The cheapest segments get the cranes: find the price up to which, and split ties in time. */
    int32_t wanted[2] = {one, two};
    for (int level = 0; level < 2; level++) {
        int32_t k = wanted[level];
        if (k == 0)
            break;
        int64_t limit = p->sorted[k - 1];
        int32_t ties = 0;
        for (int32_t j = 0; j < k; j++)
            ties += p->sorted[j] == limit;
        for (int32_t j = 0; j < p->count; j++)
            if (p->cost[j] < limit || (p->cost[j] == limit && ties-- > 0))
                cranes[j]++;
    }
}

int64_t qwr__dual_rectangle(const qwr__dual *d, const qwr__place *place, int32_t start, int32_t end)
{
    size_t stride = (size_t)d->facts->ticks + 1;
    int32_t first = start > d->from ? start : d->from,
            last = end + place->tail < d->to ? end + place->tail : d->to;
    if (first >= last)
        return 0;
    const int64_t *low = d->area + (size_t)place->cell * stride,
                  *high = low + (size_t)place->width_bound * stride;
    return high[last] - high[first] - low[last] + low[first];
}

int64_t qwr__pricer_option(qwr__pricer *p, const qwr__window *w, const qwr__place *place)
{
    int64_t cranes = qwr__pricer_cranes(p, place->need);
    if (cranes == INT64_MAX)
        return INT64_MAX;
    return w->times_mu + place->mu + cranes + qwr__dual_rectangle(p->dual, place, w->start, w->end);
}

void qwr__pricer_best(qwr__choice *best, qwr__pricer *p, const qwr__choices *o,
                      const uint32_t *list, size_t count, int64_t unplaced_mu)
{
    const qwr__bacap_facts *f = o->facts;
    uint32_t window = UINT32_MAX;
    bool skip = false;
    *best = (qwr__choice){.option = UINT32_MAX, .reduced = unplaced_mu};
    for (size_t k = 0; k < count; k++) {
        const qwr__option *x = &o->option[list[k]];
        const qwr__window *w = &o->window[x->window];
        if (x->window != window) {
            window = x->window;
            qwr__pricer_window(p, w);
            /* Nothing in this window is cheaper than its times with the least work. */
            int64_t cranes = qwr__pricer_cranes(p, f->side[w->side].least_need);
            skip = cranes == INT64_MAX || w->times_mu + cranes >= best->reduced;
        }
        if (skip)
            continue;
        /* Cells only add to what the place and its cranes cost. */
        const qwr__place *place = &f->place[x->place];
        int64_t cranes = qwr__pricer_cranes(p, place->need);
        if (cranes == INT64_MAX || w->times_mu + place->mu + cranes >= best->reduced)
            continue;
        int64_t reduced = w->times_mu + place->mu + cranes +
                          qwr__dual_rectangle(p->dual, place, w->start, w->end);
        if (reduced < best->reduced) {
            best->reduced = reduced;
            best->option = list[k];
        }
    }
    if (best->option == UINT32_MAX)
        return;
    const qwr__option *x = &o->option[best->option];
    qwr__pricer_window(p, &o->window[x->window]);
    best->segments = p->count;
    qwr__pricer_profile(p, f->place[x->place].need, best->cranes);
}

/* --- options --- */

void qwr__choices_free(qwr__choices *o)
{
    if (!o->facts)
        return;
    qwr__free(o->facts->ctx, o->window);
    qwr__free(o->facts->ctx, o->option);
    qwr__free(o->facts->ctx, o->call_begin);
    memset(o, 0, sizeof *o);
}

static qwr_status push_option(qwr__choices *o, uint32_t window, uint32_t place)
{
    void *block = o->option;
    QWR_TRY(
        qwr__reserve(o->facts->ctx, &block, &o->option_room, o->options + 1, sizeof *o->option));
    o->option = block;
    o->option[o->options++] = (qwr__option){window, place};
    return QWR_OK;
}

static qwr_status push_window(qwr__choices *o, const qwr__window *w)
{
    void *block = o->window;
    QWR_TRY(
        qwr__reserve(o->facts->ctx, &block, &o->window_room, o->windows + 1, sizeof *o->window));
    o->window = block;
    o->window[o->windows++] = *w;
    return QWR_OK;
}

/* Visits every window of a call that is no dearer than `limit` on its own. With `o` NULL only the
 * least cost is found. */
static qwr_status visit(qwr__choices *o, qwr__pricer *p, const qwr__berth *b, uint32_t call,
                        int64_t limit, size_t most, int64_t *least_mu)
{
    const qwr__bacap_facts *f = p->dual->facts;
    const uint8_t *comes = f->comes + (size_t)call * ((size_t)f->ticks + 1),
                  *leaves = f->leaves + (size_t)call * ((size_t)f->ticks + 1);
    int32_t ready = f->problem->ready_tick[call], due = f->problem->due_tick[call];
    for (uint32_t k = f->side_begin[call]; k < f->side_begin[call + 1]; k++) {
        const qwr__side *side = &f->side[k];
        for (int32_t start = ready; start < due; start++) {
            if (start % 16 == 0 && qwr__berth_over(b))
                return QWR_ETOOBIG;
            for (int32_t end = start + 1; comes[start] && end <= due; end++) {
                qwr__window w = {k, start, end, qwr__bacap_times_mu(f, call, start, end)};
                if (w.times_mu > limit)
                    break;
                qwr__pricer_window(p, &w);
                if (p->count < 0)
                    break;
                /* Once the fewest cranes do all the work there is, later ends only cost more. */
                if (p->base_work - side->rate[side->least] * f->step_s >= side->most_need &&
                    leaves[end - 1])
                    break;
                if (!leaves[end])
                    continue;
                bool pushed = false;
                for (uint32_t x = side->first_place; x < side->end_place; x++) {
                    const qwr__place *place = &f->place[x];
                    const int32_t *bad = f->bad[place->window];
                    if (bad[start] != bad[end])
                        continue;
                    int64_t mu = qwr__pricer_option(p, &w, place);
                    if (mu == INT64_MAX || mu > limit)
                        continue;
                    *least_mu = mu < *least_mu ? mu : *least_mu;
                    limit = o ? limit : *least_mu;
                    if (!o)
                        continue;
                    if (!pushed)
                        QWR_TRY(push_window(o, &w));
                    pushed = true;
                    if (o->options == most)
                        return QWR_ETOOBIG;
                    QWR_TRY(push_option(o, (uint32_t)o->windows - 1, x));
                }
            }
        }
    }
    return QWR_OK;
}

static qwr_status make(qwr__choices *o, qwr__pricer *p, const qwr__berth *b, int64_t best_mu,
                       int64_t unplaced_mu, size_t most, int64_t *least_mu)
{
    const qwr__bacap_facts *f = o->facts;
    int64_t sum = 0;
    for (uint32_t i = 0; i < f->calls; i++)
        least_mu[i] = INT64_MIN;
    for (uint32_t i = 0; i < f->calls; i++) {
        if (qwr__berth_over(b))
            return QWR_ETOOBIG;
        least_mu[i] = unplaced_mu;
        qwr_status status = visit(NULL, p, b, i, unplaced_mu, most, &least_mu[i]);
        if (status != QWR_OK) {
            least_mu[i] = INT64_MIN;
            return status;
        }
        sum += least_mu[i];
    }
    for (uint32_t i = 0; i < f->calls; i++) {
        int64_t again = INT64_MAX;
        if (qwr__berth_over(b))
            return QWR_ETOOBIG;
        o->call_begin[i] = o->options;
        if (least_mu[i] < unplaced_mu)
            QWR_TRY(visit(o, p, b, i, best_mu - sum + least_mu[i], most, &again));
    }
    o->call_begin[f->calls] = o->options;
    return QWR_OK;
}

qwr_status qwr__choices_make(qwr__choices *o, const qwr__bacap_facts *f, const qwr__berth *b,
                             int64_t best_mu, int64_t unplaced_mu, size_t most, int64_t *least_mu)
{
    qwr__dual free_of_charge = {.facts = NULL};
    memset(o, 0, sizeof *o);
    o->facts = f;
    o->call_begin = qwr__alloc(f->ctx, (size_t)f->calls + 2, sizeof *o->call_begin);
    qwr__pricer *p = qwr__alloc(f->ctx, 1, sizeof *p);
    qwr_status status =
        o->call_begin && p ? qwr__dual_init(&free_of_charge, f) : qwr__no_memory(f->ctx, WHERE);
    if (status == QWR_OK) {
        p->dual = &free_of_charge;
        status = make(o, p, b, best_mu, unplaced_mu, most, least_mu);
    }
    qwr__dual_free(&free_of_charge);
    qwr__free(f->ctx, p);
    return status;
}
