/* SPDX-License-Identifier: Apache-2.0 */
/* The dual ascent of one node, and a plan from the choices it ends with. */
#include "bacap/tree.h"

#include <math.h>
#include <string.h>

enum { PATIENCE = 12, PLAN_EVERY = 20, PLAN_FIRST = 7, MOST_TRIED = 50000 };

/* The dual function of the node's options at the current prices. */
static int64_t evaluate(qwr__tree *t, const qwr__node *n)
{
    qwr__dual_sum(&t->dual);
    t->pricer->count = 0;
    int64_t sum = -t->dual.total;
    for (uint32_t k = 0; k < n->calls; k++) {
        qwr__choice *c = &t->choice[n->call[k]];
        qwr__pricer_best(c, t->pricer, &t->options, n->list + n->begin[k],
                         n->begin[k + 1] - n->begin[k], t->unplaced_mu);
        sum += c->reduced;
    }
    return sum;
}

/* Vessels per cell and tick, cranes per quay and tick, if every call took its choice. */
static void count_load(qwr__tree *t, const qwr__node *n)
{
    const qwr__bacap_facts *f = t->facts;
    size_t stride = (size_t)f->ticks + 1, range = (size_t)(n->to - n->from);
    for (size_t x = 0; x <= t->dual.cells; x++)
        memset(t->load + x * stride + n->from, 0, (range + 1) * sizeof *t->load);
    for (size_t g = 0; g < f->quays; g++)
        memset(t->held + g * (size_t)f->ticks + n->from, 0, range * sizeof *t->held);
    for (uint32_t i = 0; i < n->calls; i++) {
        const qwr__choice *c = &t->choice[n->call[i]];
        if (c->option == UINT32_MAX)
            continue;
        const qwr__option *o = &t->options.option[c->option];
        const qwr__window *w = &t->options.window[o->window];
        const qwr__side *side = &f->side[w->side];
        const qwr__place *p = &f->place[o->place];
        int32_t start = w->start > n->from ? w->start : n->from,
                end = w->end + p->tail < n->to ? w->end + p->tail : n->to;
        if (start >= end)
            continue;
        size_t x = (size_t)p->cell, top = x + (size_t)p->width_bound, from = (size_t)start,
               to = (size_t)end;
        t->load[x * stride + from]++;
        t->load[x * stride + to]--;
        t->load[top * stride + from]--;
        t->load[top * stride + to]++;
        int32_t *held = t->held + (size_t)side->quay * (size_t)f->ticks;
        qwr__segment segment[QWR__BACAP_SEGMENTS];
        int32_t count = qwr__bacap_segments(segment, f, side, w->start, w->end);
        for (int32_t j = 0; j < count; j++)
            for (int32_t k = segment[j].from > n->from ? segment[j].from : n->from;
                 k < segment[j].to && k < n->to; k++)
                held[k] += c->cranes[j];
    }
    for (size_t x = 0; x < t->dual.cells; x++) {
        int32_t *row = t->load + x * stride, run = 0;
        const int32_t *below = x ? row - stride : NULL;
        for (int32_t k = n->from; k < n->to; k++) {
            run += row[k];
            row[k] = run + (below ? below[k] : 0);
        }
    }
}

/* New direction; returns its squared length. Free capacity counts only where a price can fall. */
static double direct(qwr__tree *t, const qwr__node *n)
{
    const qwr__bacap_facts *f = t->facts;
    const int32_t *capacity = f->problem->cand.view.crane_capacity;
    size_t ticks = (size_t)f->ticks, from = (size_t)n->from, to = (size_t)n->to;
    double norm = 0;
    for (size_t x = 0; x < t->dual.cells; x++) {
        const int32_t *load = t->load + x * (ticks + 1);
        const int64_t *price = t->dual.cell + x * ticks;
        float *step = t->cell_step + x * ticks, part = 0;
        for (size_t k = from; k < to; k++) {
            float g = (float)(load[k] - 1);
            g = g < 0 && price[k] == 0 ? 0 : g;
            float d = 0.6f * step[k] + 0.4f * g;
            step[k] = d;
            part += d * d;
        }
        norm += (double)part;
    }
    for (size_t q = 0; q < f->quays; q++)
        for (size_t k = q * ticks + from; k < q * ticks + to; k++) {
            float g = (float)(t->held[k] - capacity[k]);
            g = g < 0 && t->dual.crane[k] == 0 ? 0 : g;
            float d = 0.6f * t->crane_step[k] + 0.4f * g;
            t->crane_step[k] = d;
            norm += (double)(d * d);
        }
    return norm;
}

static void move_row(int64_t *price, const float *step, size_t from, size_t to, double length)
{
    for (size_t k = from; k < to; k++) {
        double next = (double)price[k] + length * (double)step[k];
        price[k] = next <= 0                ? 0
                   : next < QWR__MOST_PRICE ? (int64_t)next
                                            : (int64_t)QWR__MOST_PRICE;
    }
}

static void move(qwr__tree *t, const qwr__node *n, double length)
{
    size_t ticks = (size_t)t->facts->ticks, from = (size_t)n->from, to = (size_t)n->to;
    for (size_t x = 0; x < t->dual.cells; x++)
        move_row(t->dual.cell + x * ticks, t->cell_step + x * ticks, from, to, length);
    for (size_t q = 0; q < t->facts->quays; q++)
        move_row(t->dual.crane + q * ticks, t->crane_step + q * ticks, from, to, length);
}

/* Prices of the node to the tables, or back. */
static void keep(const qwr__tree *t, qwr__node *n)
{
    size_t ticks = (size_t)t->facts->ticks, range = (size_t)(n->to - n->from);
    for (size_t x = 0; x < t->dual.cells; x++)
        memcpy(n->cell + x * range, t->dual.cell + x * ticks + n->from, range * sizeof *n->cell);
    for (size_t q = 0; q < t->facts->quays; q++)
        memcpy(n->crane + q * range, t->dual.crane + q * ticks + n->from, range * sizeof *n->crane);
}

static void back(qwr__tree *t, const qwr__node *n)
{
    size_t ticks = (size_t)t->facts->ticks, range = (size_t)(n->to - n->from);
    t->dual.from = n->from;
    t->dual.to = n->to;
    for (size_t x = 0; x < t->dual.cells; x++) {
        memcpy(t->dual.cell + x * ticks + n->from, n->cell + x * range, range * sizeof *n->cell);
        memset(t->cell_step + x * ticks + n->from, 0, range * sizeof *t->cell_step);
    }
    for (size_t q = 0; q < t->facts->quays; q++) {
        memcpy(t->dual.crane + q * ticks + n->from, n->crane + q * range, range * sizeof *n->crane);
        memset(t->crane_step + q * ticks + n->from, 0, range * sizeof *t->crane_step);
    }
}

/* Strikes off what no plan of `room` more than the current dual function can use. */
static void filter(qwr__tree *t, qwr__node *n, int64_t room)
{
    size_t kept = 0;
    t->pricer->count = 0;
    for (uint32_t i = 0; i < n->calls; i++) {
        size_t begin = n->begin[i], end = n->begin[i + 1];
        int64_t limit = t->choice[n->call[i]].reduced + room;
        uint32_t window = UINT32_MAX;
        n->begin[i] = kept;
        for (size_t k = begin; k < end; k++) {
            const qwr__option *x = &t->options.option[n->list[k]];
            const qwr__window *w = &t->options.window[x->window];
            if (x->window != window) {
                window = x->window;
                qwr__pricer_window(t->pricer, w);
            }
            int64_t reduced = qwr__pricer_option(t->pricer, w, &t->facts->place[x->place]);
            if (reduced != INT64_MAX && reduced <= limit)
                n->list[kept++] = n->list[k];
        }
    }
    n->begin[n->calls] = kept;
}

/* Smooths what the calls choose: where it sways, branching pays. */
static void smooth(qwr__tree *t, const qwr__node *n, bool first)
{
    for (uint32_t k = 0; k < n->calls; k++) {
        uint32_t i = n->call[k];
        const qwr__choice *c = &t->choice[i];
        if (c->option == UINT32_MAX)
            continue;
        const qwr__option *o = &t->options.option[c->option];
        const qwr__window *w = &t->options.window[o->window];
        float at[3] = {(float)w->start, (float)w->end, (float)t->facts->place[o->place].cell};
        for (int d = 0; d < 3; d++) {
            if (first) {
                t->mean[d][i] = at[d];
                t->spread[d][i] = 0;
            }
            float off = at[d] - t->mean[d][i];
            t->mean[d][i] += 0.1f * off;
            t->spread[d][i] = 0.9f * t->spread[d][i] + 0.1f * fabsf(off);
        }
    }
}

static bool stay_of(const qwr__tree *t, uint32_t call, qwr__berthing *s)
{
    const qwr__choice *c = &t->choice[call];
    if (c->option == UINT32_MAX)
        return false;
    const qwr__option *o = &t->options.option[c->option];
    const qwr__window *w = &t->options.window[o->window];
    *s = (qwr__berthing){.side = w->side,
                         .place = o->place,
                         .start = w->start,
                         .end = w->end,
                         .segments = c->segments};
    memcpy(s->cranes, c->cranes, sizeof s->cranes);
    s->mu = qwr__bacap_mu(t->facts, s);
    return true;
}

/* The cheapest of the call's options that is free, at most as dear as `limit`. Other stays would
 * not do: calls of other groups may count on not meeting them. */
static bool best_option(const qwr__tree *t, const qwr__node *n, uint32_t k, int64_t limit,
                        qwr__berthing *best)
{
    bool any = false;
    for (size_t j = n->begin[k]; j < n->begin[k + 1]; j++) {
        const qwr__option *o = &t->options.option[n->list[j]];
        const qwr__window *w = &t->options.window[o->window];
        qwr__berthing s = {.side = w->side, .place = o->place, .start = w->start, .end = w->end};
        if (w->times_mu + t->facts->place[o->place].mu > limit ||
            !qwr__field_serve(&t->trial, &s) || s.mu > limit)
            continue;
        *best = s;
        limit = s.mu - 1;
        any = true;
    }
    return any;
}

/* Puts the calls of the node where they chose, or else where that is cheapest. True: all have a
 * place, and together cost at most `limit`. */
static bool try_plan(qwr__tree *t, const qwr__node *n, int64_t limit)
{
    qwr__field *x = &t->trial;
    qwr__berthing s;
    bool all = n->begin[n->calls] <= MOST_TRIED;
    for (uint32_t k = 0; k < n->calls && all; k++)
        if (stay_of(t, n->call[k], &s) && qwr__field_free_at(x, &s))
            qwr__field_put(x, &s);
    for (uint32_t k = 0; k < n->calls && all; k++) {
        if (x->stay[n->call[k]].place != UINT32_MAX)
            continue;
        all = best_option(t, n, k, limit - x->mu, &s);
        if (all)
            qwr__field_put(x, &s);
    }
    return all && x->mu <= limit;
}

/* Tries for a plan; one at most as dear as *limit lowers it. */
static void look_for_plan(qwr__tree *t, const qwr__node *n, int64_t *limit, qwr__berthing *plan,
                          int64_t *value)
{
    if (try_plan(t, n, *limit)) {
        *value = t->trial.mu;
        *limit = t->trial.mu - t->unit_mu;
        for (uint32_t k = 0; k < n->calls; k++)
            plan[n->call[k]] = t->trial.stay[n->call[k]];
    }
    for (uint32_t k = 0; k < n->calls; k++)
        qwr__field_lift(&t->trial, n->call[k]);
}

void qwr__node_evaluate(qwr__tree *t, qwr__node *n)
{
    back(t, n);
    n->bound_mu = evaluate(t, n);
}

bool qwr__ascend(qwr__tree *t, qwr__node *n, int rounds, int64_t *limit, qwr__berthing *plan,
                 int64_t *value)
{
    int64_t best = INT64_MIN, filtered = INT64_MIN / 2;
    double step = 1.0;
    int idle = 0;
    back(t, n);
    for (int round = 0; round < rounds; round++) {
        int64_t now = evaluate(t, n);
        qwr__berth_worked(t->b, (int64_t)(n->begin[n->calls] / 512) + 2);
        smooth(t, n, round == 0);
        if (now > best) {
            idle = best != INT64_MIN && now - best <= t->unit_mu / 64 ? idle + 1 : 0;
            best = now;
            keep(t, n);
            n->bound_mu = best > n->bound_mu ? best : n->bound_mu;
        } else {
            idle++;
        }
        if (round % PLAN_EVERY == PLAN_FIRST)
            look_for_plan(t, n, limit, plan, value);
        if (n->bound_mu > *limit)
            return true;
        if (now == best && best - filtered > (*limit - best) / 8) {
            filter(t, n, *limit - best);
            filtered = best;
        }
        if (qwr__berth_over(t->b))
            return false;
        if (idle >= PATIENCE) {
            idle = 0;
            step *= 0.6;
            back(t, n);
            now = evaluate(t, n);
        }
        count_load(t, n);
        double norm = direct(t, n);
        double gap = 0.3 * (double)(*limit + t->unit_mu - best) + (double)(best - now);
        if (norm < 1e-9 || step < 0.02)
            break;
        move(t, n, step * gap / norm);
    }
    /* What the best prices choose, once more: with nothing to share it is a plan as it stands. */
    back(t, n);
    (void)evaluate(t, n);
    look_for_plan(t, n, limit, plan, value);
    return n->bound_mu > *limit;
}
