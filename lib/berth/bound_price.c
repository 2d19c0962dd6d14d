/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bound for every kind of quay: the rows "a cell holds one vessel at a time" and "so many cranes at
 * a time" are relaxed with integer prices; what is left is the cheapest candidate of each call,
 * found by the pricing pass. Any prices >= 0 give a valid bound. Deflected subgradient.
 */
#include "berth/berth.h"

#include <string.h>

static const char WHERE[] = "berth.bound_price";

enum { PATIENCE = 15, MOST_ROUNDS = 2000 };

/** Share of the way from the best bound to the incumbent that a step aims at. */
#define AIM 0.2

typedef struct ascent {
    qwr__berth *b;
    const qwr_problem_view *v;
    qwr__pick *best; /**< [calls] cheapest candidate at the current prices */
    int32_t *load;   /**< [cells + 1][ticks + 1] differences, then vessels per cell and tick */
    int32_t *cranes; /**< [groups][ticks] cranes in use */
    float *cell_step, *crane_step;   /**< deflected directions */
    int32_t *cell_best, *crane_best; /**< prices of the best bound */
    size_t cells, groups;
} ascent;

static void ascent_free(ascent *a)
{
    void *blocks[] = {a->best,       a->load,      a->cranes,    a->cell_step,
                      a->crane_step, a->cell_best, a->crane_best};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        qwr__free(a->b->ctx, blocks[k]);
}

static qwr_status ascent_init(ascent *a, qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    memset(a, 0, sizeof *a);
    a->b = b;
    a->v = v;
    a->cells = (size_t)v->cell_count * v->tick_count;
    a->groups = (size_t)v->group_count * v->tick_count;
    a->best = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *a->best);
    a->load =
        qwr__alloc(b->ctx, ((size_t)v->cell_count + 1) * (v->tick_count + 1), sizeof *a->load);
    a->cranes = qwr__alloc(b->ctx, a->groups + 1, sizeof *a->cranes);
    a->cell_step = qwr__alloc(b->ctx, a->cells + 1, sizeof *a->cell_step);
    a->crane_step = qwr__alloc(b->ctx, a->groups + 1, sizeof *a->crane_step);
    a->cell_best = qwr__alloc(b->ctx, a->cells + 1, sizeof *a->cell_best);
    a->crane_best = qwr__alloc(b->ctx, a->groups + 1, sizeof *a->crane_best);
    if (!a->best || !a->load || !a->cranes || !a->cell_step || !a->crane_step || !a->cell_best ||
        !a->crane_best) {
        ascent_free(a);
        return qwr__no_memory(b->ctx, WHERE);
    }
    return QWR_OK;
}

static int64_t ceil_div(int64_t a, int64_t b)
{
    return a / b + (a % b != 0 && a > 0);
}

/* The dual function at the current prices, in price units. */
static qwr_status evaluate(int64_t *value, qwr__pick *best, const qwr_problem_view *v,
                           qwr__prices *pr)
{
    QWR_TRY(qwr__prices_sum(pr));
    QWR_TRY(qwr__pass_min(best, pr));
    int64_t sum = -pr->total, left_out = v->unplaced_cost * pr->unit;
    for (uint32_t i = 0; i < v->call_count; i++)
        sum += best[i].row == UINT32_MAX || best[i].reduced > left_out ? left_out : best[i].reduced;
    *value = sum;
    return QWR_OK;
}

/* Vessels per cell and tick, cranes per quay and tick, if every call took its cheapest candidate.
 */
static void count_load(ascent *a)
{
    const qwr_problem_view *v = a->v;
    size_t stride = (size_t)v->tick_count + 1;
    memset(a->load, 0, ((size_t)v->cell_count + 1) * stride * sizeof *a->load);
    memset(a->cranes, 0, a->groups * sizeof *a->cranes);
    for (uint32_t i = 0; i < v->call_count; i++) {
        const qwr__pick *p = &a->best[i];
        if (p->row == UINT32_MAX)
            continue;
        uint32_t k = qwr__row_class(v, p->row);
        size_t x = (size_t)v->row_cell[p->row],
               top = x + (size_t)a->b->problem->cand.class_width_bound[k];
        size_t from = (size_t)p->start, to = from + (size_t)v->class_occupied[k];
        a->load[x * stride + from]++;
        a->load[x * stride + to]--;
        a->load[top * stride + from]--;
        a->load[top * stride + to]++;
        int32_t *used = a->cranes + (size_t)v->class_group[k] * v->tick_count + p->start;
        for (int32_t t = v->class_work_from[k]; t < v->class_work_to[k]; t++)
            used[t] += v->class_cranes[k];
    }
    for (size_t x = 0; x < v->cell_count; x++) {
        int32_t *row = a->load + x * stride, run = 0;
        const int32_t *below = x ? row - stride : NULL;
        for (size_t t = 0; t < v->tick_count; t++) {
            run += row[t];
            row[t] = run + (below ? below[t] : 0);
        }
    }
}

/* New direction; returns its squared length. Free capacity counts only where a price can fall. */
static double direct(ascent *a)
{
    const qwr_problem_view *v = a->v;
    const qwr__prices *pr = &a->b->prices;
    double norm = 0;
    for (size_t x = 0; x < v->cell_count; x++) {
        const int32_t *load = a->load + x * ((size_t)v->tick_count + 1);
        for (size_t t = 0; t < v->tick_count; t++) {
            size_t k = x * v->tick_count + t;
            int32_t g = load[t] - 1;
            if (g < 0 && pr->cell[k] == 0)
                g = 0;
            float d = 0.6f * a->cell_step[k] + 0.4f * (float)g;
            a->cell_step[k] = d;
            norm += (double)d * (double)d;
        }
    }
    for (size_t k = 0; k < a->groups; k++) {
        int32_t g = a->cranes[k] - v->crane_capacity[k];
        if (g < 0 && pr->crane[k] == 0)
            g = 0;
        float d = 0.6f * a->crane_step[k] + 0.4f * (float)g;
        a->crane_step[k] = d;
        norm += (double)d * (double)d;
    }
    return norm;
}

static int32_t moved(int32_t price, double by)
{
    double next = price + by;
    if (next < 0)
        return 0;
    return next > (1 << 26) ? 1 << 26 : (int32_t)(next + 0.5);
}

static void move(ascent *a, double length)
{
    qwr__prices *pr = &a->b->prices;
    for (size_t k = 0; k < a->cells; k++)
        pr->cell[k] = moved(pr->cell[k], length * (double)a->cell_step[k]);
    for (size_t k = 0; k < a->groups; k++)
        pr->crane[k] = moved(pr->crane[k], length * (double)a->crane_step[k]);
}

static void keep(ascent *a, int64_t value)
{
    qwr__berth *b = a->b;
    memcpy(a->cell_best, b->prices.cell, a->cells * sizeof *a->cell_best);
    memcpy(a->crane_best, b->prices.crane, a->groups * sizeof *a->crane_best);
    (void)qwr__berth_offer_bound(b, ceil_div(value, b->prices.unit), "lagrangian");
}

static void back_to_best(ascent *a)
{
    memcpy(a->b->prices.cell, a->cell_best, a->cells * sizeof *a->cell_best);
    memcpy(a->b->prices.crane, a->crane_best, a->groups * sizeof *a->crane_best);
    memset(a->cell_step, 0, a->cells * sizeof *a->cell_step);
    memset(a->crane_step, 0, a->groups * sizeof *a->crane_step);
}

static qwr_status climb(ascent *a)
{
    qwr__berth *b = a->b;
    int64_t best = INT64_MIN, cost = qwr__candidates_count(&b->problem->cand) / 4096 + 1;
    double step = 1.0;
    int idle = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        int64_t value;
        QWR_TRY(evaluate(&value, a->best, a->v, &b->prices));
        if (atomic_load(&b->prices.cut))
            break;
        qwr__berth_worked(b, cost);
        if (value > best) {
            idle = best != INT64_MIN && value - best <= b->prices.unit ? idle + 1 : 0;
            best = value;
            keep(a, value);
        } else {
            idle++;
        }
        if (qwr__berth_over(b) || qwr__berth_closed(b))
            break;
        if (idle >= PATIENCE) {
            idle = 0;
            step *= 0.6;
            back_to_best(a);
            QWR_TRY(evaluate(&value, a->best, a->v, &b->prices));
            if (atomic_load(&b->prices.cut))
                break;
        }
        count_load(a);
        double norm = direct(a);
        double target =
            b->value == INT64_MAX ? (double)best * 1.1 : (double)b->value * b->prices.unit;
        /* The incumbent is far above what prices can prove: aim at a part of the way only. */
        double gap = AIM * (target - (double)best) + ((double)best - (double)value);
        if (norm < 1e-6 || step < 0.004)
            break;
        move(a, step * (gap > b->prices.unit ? gap : b->prices.unit) / norm);
    }
    back_to_best(a);
    return qwr__prices_sum(&b->prices);
}

/* Makes the prices on first need; from then on optimisers see them in the view. */
static qwr_status need_prices(qwr__berth *b)
{
    qwr_problem_view *v = &b->problem->cand.view;
    if (b->priced)
        return QWR_OK;
    QWR_TRY(qwr__prices_init(&b->prices, &b->problem->cand));
    b->priced = true;
    v->price_unit = b->prices.unit;
    v->cell_price = b->prices.cell;
    v->crane_price = b->prices.crane;
    return QWR_OK;
}

qwr_status qwr__price_bound(qwr__berth *b)
{
    ascent a;
    QWR_TRY(need_prices(b));
    b->prices.deadline_us = b->budget.deadline_us;
    QWR_TRY(ascent_init(&a, b));
    qwr_status status = climb(&a);
    ascent_free(&a);
    return status;
}

qwr_status qwr__price_pick(qwr__pick **picks, size_t *count, size_t max, qwr__berth *b,
                           int64_t target)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int64_t value;
    *picks = NULL;
    *count = 0;
    QWR_TRY(need_prices(b));
    b->prices.deadline_us = b->budget.deadline_us;
    qwr__pick *best = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *best);
    if (!best)
        return qwr__no_memory(b->ctx, WHERE);
    *count = SIZE_MAX; /* not known yet: too many */
    qwr_status status = evaluate(&value, best, v, &b->prices);
    if (status == QWR_OK && !atomic_load(&b->prices.cut)) {
        int64_t room = target * b->prices.unit - value;
        for (uint32_t i = 0; i < v->call_count; i++)
            b->price_limit[i] = best[i].row == UINT32_MAX ? INT64_MIN / 2 : best[i].reduced + room;
        status = qwr__pass_pick(picks, count, max, &b->prices, b->price_limit);
    }
    qwr__free(b->ctx, best);
    return status;
}

qwr_status qwr__price_evaluate(int64_t *bound, qwr__berth *b,
                               const qwr_bound_certificate *certificate)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    qwr__prices pr;
    qwr__pick *best = NULL;
    int64_t value;
    *bound = INT64_MIN;
    if (!certificate || certificate->size < offsetof(qwr_bound_certificate, call_price) ||
        !certificate->cell_price || !certificate->crane_price || certificate->price_unit < 1)
        return QWR_OK;
    qwr_status status = qwr__prices_init(&pr, &b->problem->cand);
    if (status != QWR_OK)
        goto done;
    size_t cells = (size_t)v->cell_count * v->tick_count,
           groups = (size_t)v->group_count * v->tick_count;
    for (size_t k = 0; k < cells; k++) {
        int64_t price = (int64_t)certificate->cell_price[k] * pr.unit / certificate->price_unit;
        if (price < 0 || price > 1 << 26)
            goto done;
        pr.cell[k] = (int32_t)price;
    }
    for (size_t k = 0; k < groups; k++) {
        int64_t price = (int64_t)certificate->crane_price[k] * pr.unit / certificate->price_unit;
        if (price < 0 || price > 1 << 26)
            goto done;
        pr.crane[k] = (int32_t)price;
    }
    best = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *best);
    if (!best) {
        status = qwr__no_memory(b->ctx, WHERE);
        goto done;
    }
    status = evaluate(&value, best, v, &pr);
    if (status == QWR_OK)
        *bound = ceil_div(value, pr.unit);
done:
    qwr__free(b->ctx, best);
    qwr__prices_free(&pr);
    return status;
}
