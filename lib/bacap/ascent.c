/* SPDX-License-Identifier: Apache-2.0 */
/* The dual ascent of one node, and a plan from the choices it ends with. */
#include "bacap/tree.h"

#include <math.h>
#include <string.h>

enum { PATIENCE = 12, PLAN_EVERY = 20 };

int64_t qwr__tree_value(const qwr__tree *t, const qwr__field *x)
{
    return x->mu + (int64_t)x->unplaced * t->unplaced_mu;
}

/* The dual function of the node's options at the current prices. */
static int64_t evaluate(qwr__tree *t, const qwr__node *n)
{
    const qwr__bacap_facts *f = t->facts;
    qwr__dual_sum(&t->dual);
    t->pricer->count = 0;
    int64_t sum = -t->dual.total;
    for (uint32_t i = 0; i < f->calls; i++) {
        size_t begin = n->call_begin[i];
        qwr__pricer_best(&t->choice[i], t->pricer, &t->options, n->list + begin,
                         n->call_begin[i + 1] - begin, t->unplaced_mu);
        sum += t->choice[i].reduced;
    }
    return sum;
}

/* Vessels per cell and tick, cranes per quay and tick, if every call took its choice. */
static void count_load(qwr__tree *t)
{
    const qwr__bacap_facts *f = t->facts;
    size_t stride = (size_t)f->ticks + 1;
    memset(t->load, 0, ((size_t)t->dual.cells + 1) * stride * sizeof *t->load);
    memset(t->held, 0, (size_t)f->quays * (size_t)f->ticks * sizeof *t->held);
    for (uint32_t i = 0; i < f->calls; i++) {
        const qwr__choice *c = &t->choice[i];
        if (c->option == UINT32_MAX)
            continue;
        const qwr__option *o = &t->options.option[c->option];
        const qwr__window *w = &t->options.window[o->window];
        const qwr__side *side = &f->side[w->side];
        const qwr__place *p = &f->place[o->place];
        size_t x = (size_t)p->cell, top = x + (size_t)p->width_bound, from = (size_t)w->start,
               to = (size_t)(w->end + p->tail < f->ticks ? w->end + p->tail : f->ticks);
        t->load[x * stride + from]++;
        t->load[x * stride + to]--;
        t->load[top * stride + from]--;
        t->load[top * stride + to]++;
        int32_t *held = t->held + (size_t)side->quay * (size_t)f->ticks;
        qwr__segment segment[QWR__BACAP_SEGMENTS];
        int32_t count = qwr__bacap_segments(segment, f, side, w->start, w->end);
        for (int32_t j = 0; j < count; j++)
            for (int32_t k = segment[j].from; k < segment[j].to; k++)
                held[k] += c->cranes[j];
    }
    for (size_t x = 0; x < t->dual.cells; x++) {
        int32_t *row = t->load + x * stride, run = 0;
        const int32_t *below = x ? row - stride : NULL;
        for (size_t k = 0; k < (size_t)f->ticks; k++) {
            run += row[k];
            row[k] = run + (below ? below[k] : 0);
        }
    }
}

/* New direction; returns its squared length. Free capacity counts only where a price can fall. */
static double direct(qwr__tree *t)
{
    const qwr__bacap_facts *f = t->facts;
    const int32_t *capacity = f->problem->cand.view.crane_capacity;
    size_t ticks = (size_t)f->ticks;
    double norm = 0;
    for (size_t x = 0; x < t->dual.cells; x++) {
        const int32_t *load = t->load + x * (ticks + 1);
        const int64_t *price = t->dual.cell + x * ticks;
        float *step = t->cell_step + x * ticks, part = 0;
        for (size_t k = 0; k < ticks; k++) {
            float g = (float)(load[k] - 1);
            g = g < 0 && price[k] == 0 ? 0 : g;
            float d = 0.6f * step[k] + 0.4f * g;
            step[k] = d;
            part += d * d;
        }
        norm += (double)part;
    }
    for (size_t k = 0; k < (size_t)f->quays * ticks; k++) {
        float g = (float)(t->held[k] - capacity[k]);
        g = g < 0 && t->dual.crane[k] == 0 ? 0 : g;
        float d = 0.6f * t->crane_step[k] + 0.4f * g;
        t->crane_step[k] = d;
        norm += (double)(d * d);
    }
    return norm;
}

static void move(qwr__tree *t, double length)
{
    size_t cells = (size_t)t->dual.cells * (size_t)t->facts->ticks,
           cranes = (size_t)t->facts->quays * (size_t)t->facts->ticks;
    for (size_t k = 0; k < cells; k++) {
        double next = (double)t->dual.cell[k] + length * (double)t->cell_step[k];
        t->dual.cell[k] = next > 0 ? (int64_t)next : 0;
    }
    for (size_t k = 0; k < cranes; k++) {
        double next = (double)t->dual.crane[k] + length * (double)t->crane_step[k];
        t->dual.crane[k] = next > 0 ? (int64_t)next : 0;
    }
}

static void keep(qwr__tree *t, qwr__node *n)
{
    size_t ticks = (size_t)t->facts->ticks;
    memcpy(n->cell, t->dual.cell, (size_t)t->dual.cells * ticks * sizeof *n->cell);
    memcpy(n->crane, t->dual.crane, (size_t)t->facts->quays * ticks * sizeof *n->crane);
}

static void back(qwr__tree *t, const qwr__node *n)
{
    size_t ticks = (size_t)t->facts->ticks, cells = (size_t)t->dual.cells * ticks,
           cranes = (size_t)t->facts->quays * ticks;
    memcpy(t->dual.cell, n->cell, cells * sizeof *n->cell);
    memcpy(t->dual.crane, n->crane, cranes * sizeof *n->crane);
    memset(t->cell_step, 0, cells * sizeof *t->cell_step);
    memset(t->crane_step, 0, cranes * sizeof *t->crane_step);
}

/* Strikes off what no plan cheaper than the field's can use, at the current prices; `value` is the
 * dual function there. */
static void filter(qwr__tree *t, qwr__node *n, int64_t value)
{
    const qwr__bacap_facts *f = t->facts;
    int64_t room = qwr__tree_value(t, t->field) - t->unit_mu - value;
    size_t kept = 0;
    t->pricer->count = 0;
    for (uint32_t i = 0; i < f->calls; i++) {
        size_t begin = n->call_begin[i], end = n->call_begin[i + 1];
        uint32_t window = UINT32_MAX;
        n->call_begin[i] = kept;
        for (size_t k = begin; k < end; k++) {
            const qwr__option *x = &t->options.option[n->list[k]];
            const qwr__window *w = &t->options.window[x->window];
            if (x->window != window) {
                window = x->window;
                qwr__pricer_window(t->pricer, w);
            }
            int64_t reduced = qwr__pricer_option(t->pricer, w, &f->place[x->place]);
            if (reduced != INT64_MAX && reduced - t->choice[i].reduced <= room)
                n->list[kept++] = n->list[k];
        }
    }
    n->call_begin[f->calls] = kept;
}

/* Smooths what the calls choose: where it sways, branching pays. */
static void smooth(qwr__tree *t, bool first)
{
    for (uint32_t i = 0; i < t->facts->calls; i++) {
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

/* Puts every call where it chose, or else where that is cheapest; a better plan becomes the best.
 */
static void try_plan(qwr__tree *t)
{
    const qwr__bacap_facts *f = t->facts;
    qwr__field *x = &t->trial;
    qwr__field_clear(x);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < f->calls; i++) {
            const qwr__choice *c = &t->choice[i];
            qwr__berthing s;
            if (x->stay[i].place != UINT32_MAX)
                continue;
            if (pass == 0 && c->option != UINT32_MAX) {
                const qwr__option *o = &t->options.option[c->option];
                const qwr__window *w = &t->options.window[o->window];
                s = (qwr__berthing){.side = w->side,
                                    .place = o->place,
                                    .start = w->start,
                                    .end = w->end,
                                    .segments = c->segments};
                memcpy(s.cranes, c->cranes, sizeof s.cranes);
                s.mu = qwr__bacap_mu(f, &s);
                if (!qwr__field_free_at(x, &s))
                    continue;
            } else if (pass == 1) {
                qwr__field_best(&s, x, i, t->unplaced_mu, NULL);
            } else {
                continue;
            }
            qwr__field_put(x, &s);
        }
    if (qwr__tree_value(t, x) < qwr__tree_value(t, t->field))
        qwr__field_copy(t->field, x);
}

static bool is_closed(const qwr__tree *t, int64_t bound_mu)
{
    return bound_mu > qwr__tree_value(t, t->field) - t->unit_mu;
}

qwr_status qwr__ascend(qwr__tree *t, qwr__node *n, int rounds, bool *closed)
{
    int64_t best = INT64_MIN, filtered = INT64_MIN / 2;
    double step = 1.0;
    int idle = 0;
    *closed = false;
    back(t, n);
    for (int round = 0; round < rounds; round++) {
        int64_t value = evaluate(t, n);
        qwr__berth_worked(t->b, (int64_t)(n->call_begin[t->facts->calls] / 2048) + 1);
        smooth(t, round == 0);
        if (value > best) {
            idle = best != INT64_MIN && value - best <= t->unit_mu / 64 ? idle + 1 : 0;
            best = value;
            keep(t, n);
            n->bound_mu = best > n->bound_mu ? best : n->bound_mu;
        } else {
            idle++;
        }
        if (is_closed(t, n->bound_mu)) {
            *closed = true;
            return QWR_OK;
        }
        if (round % PLAN_EVERY == PLAN_EVERY - 1)
            try_plan(t);
        int64_t gap_mu = qwr__tree_value(t, t->field) - best;
        if (value == best && best - filtered > gap_mu / 8) {
            filter(t, n, value);
            filtered = best;
        }
        if (qwr__berth_over(t->b))
            return QWR_OK;
        if (idle >= PATIENCE) {
            idle = 0;
            step *= 0.6;
            back(t, n);
            value = evaluate(t, n);
        }
        count_load(t);
        double norm = direct(t);
        double target = (double)qwr__tree_value(t, t->field);
        double gap = 0.3 * (target - (double)best) + ((double)best - (double)value);
        if (norm < 1e-9 || step < 0.02)
            break;
        move(t, step * gap / norm);
    }
    back(t, n);
    return QWR_OK;
}
