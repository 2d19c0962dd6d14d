/* SPDX-License-Identifier: Apache-2.0 */
/* Prices and their summed tables. See prices.h. */
#include "cost/prices.h"

#include <string.h>

static const char WHERE[] = "cost.prices";

enum { PADDING = 32 };

/* Largest power of two that keeps scaled costs a factor of 8 away from 31 bits. */
static int32_t choose_unit(const qwr__candidates *c)
{
    int64_t most = 1;
    uint64_t starts = c->call_start_offset[c->view.call_count],
             ends = c->call_end_offset[c->view.call_count];
    for (uint64_t k = 0; k < starts; k++)
        most = c->start_cost[k] > most    ? c->start_cost[k]
               : -c->start_cost[k] > most ? -c->start_cost[k]
                                          : most;
    for (uint64_t k = 0; k < ends; k++)
        most = c->end_cost[k] > most    ? c->end_cost[k]
               : -c->end_cost[k] > most ? -c->end_cost[k]
                                        : most;
    for (uint32_t k = 0; k < c->view.row_count; k++)
        most = c->row_cost[k] > most ? c->row_cost[k] : most;
    int32_t unit = 1;
    while (unit < 256 && most * unit * 2 < INT64_C(1) << 27)
        unit *= 2;
    return unit;
}

qwr_status qwr__prices_init(qwr__prices *pr, const qwr__candidates *cand)
{
    const qwr_problem_view *v = &cand->view;
    size_t cells = v->cell_count, ticks = v->tick_count, groups = v->group_count;
    uint64_t starts = cand->call_start_offset[v->call_count],
             ends = cand->call_end_offset[v->call_count];
    memset(pr, 0, sizeof *pr);
    pr->ctx = cand->ctx;
    pr->cand = cand;
    pr->deadline_us = -1;
    pr->unit = choose_unit(cand);
    pr->stride = ticks + 1 + PADDING;
    pr->cell = qwr__alloc_aligned(pr->ctx, cells * ticks + 1, sizeof *pr->cell);
    pr->crane = qwr__alloc_aligned(pr->ctx, groups * ticks + 1, sizeof *pr->crane);
    pr->start_cost = qwr__alloc_aligned(pr->ctx, starts + 64, sizeof *pr->start_cost);
    pr->end_cost = qwr__alloc_aligned(pr->ctx, ends + 64, sizeof *pr->end_cost);
    pr->area = qwr__alloc_aligned(pr->ctx, (cells + 1) * pr->stride, sizeof *pr->area);
    pr->column = qwr__alloc_aligned(pr->ctx, ticks + 1, sizeof *pr->column);
    pr->crane_sum = qwr__alloc_aligned(
        pr->ctx, ((size_t)cand->max_cranes + 1) * groups * pr->stride + 1, sizeof *pr->crane_sum);
    if (!pr->column || !pr->cell || !pr->crane || !pr->start_cost || !pr->end_cost || !pr->area ||
        !pr->crane_sum)
        return qwr__no_memory(pr->ctx, WHERE);
    for (uint64_t k = 0; k < starts; k++)
        pr->start_cost[k] = cand->start_cost[k] * pr->unit;
    for (uint64_t k = 0; k < ends; k++)
        pr->end_cost[k] = cand->end_cost[k] * pr->unit;
    return qwr__prices_sum(pr);
}

void qwr__prices_free(qwr__prices *pr)
{
    if (!pr->ctx)
        return;
    void *blocks[] = {pr->cell,      pr->crane,     pr->start_cost, pr->end_cost, pr->area,
                      pr->crane_sum, pr->area_wide, pr->crane_wide, pr->column};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        qwr__free_aligned(pr->ctx, blocks[k]);
    memset(pr, 0, sizeof *pr);
}

static void sum_area(qwr__prices *pr)
{
    const qwr_problem_view *v = &pr->cand->view;
    for (size_t x = 0; x < v->cell_count; x++) {
        const int32_t *price = pr->cell + x * v->tick_count;
        const uint32_t *below = pr->area + x * pr->stride;
        uint32_t *row = pr->area + (x + 1) * pr->stride, sum = 0;
        for (size_t t = 0; t < v->tick_count; t++) {
            sum += (uint32_t)price[t];
            row[t + 1] = below[t + 1] + sum;
        }
    }
}

static void sum_cranes(qwr__prices *pr)
{
    const qwr_problem_view *v = &pr->cand->view;
    for (size_t q = 1; q <= (size_t)pr->cand->max_cranes; q++)
        for (size_t g = 0; g < v->group_count; g++) {
            const int32_t *price = pr->crane + g * v->tick_count;
            uint32_t *row = pr->crane_sum + (q * v->group_count + g) * pr->stride, sum = 0;
            for (size_t t = 0; t < v->tick_count; t++) {
                sum += (uint32_t)price[t] * (uint32_t)q;
                row[t + 1] = sum;
            }
        }
}

/*
 * The proof that 32 bits suffice: no rectangle costs more than the longest stay times the dearest
 * tick over the whole quay, no cranes more than likewise, and scaled costs stay below 3 * 2^27.
 */
static bool narrow_enough(qwr__prices *pr)
{
    const qwr_problem_view *v = &pr->cand->view;
    int64_t dearest = 0, dearest_crane = 0, total = 0, *column = pr->column;
    memset(column, 0, v->tick_count * sizeof *column);
    for (size_t x = 0; x < v->cell_count; x++)
        for (size_t t = 0; t < v->tick_count; t++)
            column[t] += pr->cell[x * v->tick_count + t];
    for (size_t t = 0; t < v->tick_count; t++) {
        dearest = column[t] > dearest ? column[t] : dearest;
        total += column[t];
    }
    for (size_t k = 0; k < (size_t)v->group_count * v->tick_count; k++) {
        int64_t price = pr->crane[k];
        dearest_crane = price > dearest_crane ? price : dearest_crane;
        total += price * (v->crane_capacity[k] > 0 ? v->crane_capacity[k] : 0);
    }
    pr->total = total;
    int64_t longest = pr->cand->max_occupied, rectangle, cranes;
    if (!qwr__mul64(&rectangle, dearest, longest) ||
        !qwr__mul64(&cranes, dearest_crane, longest * pr->cand->max_cranes))
        return false;
    return rectangle < INT64_C(1) << 30 && cranes < INT64_C(1) << 29;
}

static qwr_status sum_wide(qwr__prices *pr)
{
    const qwr_problem_view *v = &pr->cand->view;
    size_t groups = v->group_count;
    if (!pr->area_wide) {
        pr->area_wide =
            qwr__alloc_aligned(pr->ctx, (v->cell_count + 1) * pr->stride, sizeof *pr->area_wide);
        if (!pr->area_wide)
            return qwr__no_memory(pr->ctx, WHERE);
    }
    if (!pr->crane_wide) {
        pr->crane_wide = qwr__alloc_aligned(
            pr->ctx, ((size_t)pr->cand->max_cranes + 1) * groups * pr->stride + 1,
            sizeof *pr->crane_wide);
        if (!pr->crane_wide)
            return qwr__no_memory(pr->ctx, WHERE);
    }
    for (size_t x = 0; x < v->cell_count; x++) {
        int64_t sum = 0;
        for (size_t t = 0; t < v->tick_count; t++) {
            sum += pr->cell[x * v->tick_count + t];
            pr->area_wide[(x + 1) * pr->stride + t + 1] =
                pr->area_wide[x * pr->stride + t + 1] + sum;
        }
    }
    for (size_t q = 1; q <= (size_t)pr->cand->max_cranes; q++)
        for (size_t g = 0; g < groups; g++) {
            int64_t sum = 0, *row = pr->crane_wide + (q * groups + g) * pr->stride;
            for (size_t t = 0; t < v->tick_count; t++) {
                sum += (int64_t)pr->crane[g * v->tick_count + t] * (int64_t)q;
                row[t + 1] = sum;
            }
        }
    return QWR_OK;
}

qwr_status qwr__prices_sum(qwr__prices *pr)
{
    pr->narrow = narrow_enough(pr);
    if (!pr->narrow)
        return sum_wide(pr);
    sum_area(pr);
    sum_cranes(pr);
    return QWR_OK;
}
