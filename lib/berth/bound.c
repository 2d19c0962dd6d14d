/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bounds: which method runs, and the makespan's own, which needs no prices. Costs here are in the
 * units and with the weights of qwr__board_value().
 */
#include "berth/berth.h"

#include <string.h>

/* With a makespan the candidates' costs only break ties: each call's least is at a row's first
 * start. */
static int64_t least_tie_break(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int64_t sum = 0;
    for (uint32_t i = 0; i < v->call_count; i++) {
        int64_t least = v->unplaced_cost;
        for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++)
            for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
                int64_t cost = qwr__candidate_cost(v, r, v->row_first[r]);
                least = cost < least ? cost : least;
            }
        sum += least;
    }
    return sum;
}

/* Earliest end and least area (cells x ticks) of a call; false: no candidate. */
static bool earliest(const qwr__berth *b, uint32_t i, int32_t *ready, int32_t *end, int64_t *area)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    *ready = *end = INT32_MAX;
    *area = INT64_MAX;
    for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++) {
        int64_t cells = (int64_t)b->problem->cand.class_width_bound[k] * v->class_occupied[k];
        *area = cells < *area ? cells : *area;
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            *ready = v->row_first[r] < *ready ? v->row_first[r] : *ready;
            if (v->row_first[r] + v->class_duration[k] < *end)
                *end = v->row_first[r] + v->class_duration[k];
        }
    }
    return *end != INT32_MAX;
}

/*
 * Latest end: no earlier than any call's earliest end, and from each instant on the quay has only
 * so many cells for the work that cannot begin before it. The work's last turnaround may lie past
 * the end.
 */
static int64_t makespan(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int64_t latest = 0, slack = b->problem->ticks - b->problem->horizon_tick;
    int32_t ready, end, from, other_end;
    int64_t area, other_area;
    for (uint32_t i = 0; i < v->call_count; i++) {
        if (!earliest(b, i, &ready, &end, &area))
            continue;
        int64_t work = 0;
        latest = end > latest ? end : latest;
        for (uint32_t j = 0; j < v->call_count; j++)
            if (earliest(b, j, &from, &other_end, &other_area) && from >= ready)
                work += other_area;
        int64_t need = ready + (work + (int64_t)v->cell_count - 1) / v->cell_count - slack;
        latest = need > latest ? need : latest;
    }
    return latest * qwr__makespan_weight(v);
}

qwr_status qwr__berth_bound(qwr__berth *b, qwr__budget budget)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    b->budget = budget;
    if (v->makespan)
        (void)qwr__berth_offer_bound(b, least_tie_break(b) + makespan(b), "area");
    if (qwr__berth_closed(b) || qwr__berth_over(b) || v->makespan || v->row_count == 0)
        return QWR_OK;
    return qwr__interval_applies(b) ? qwr__interval_bound(b) : qwr__price_bound(b);
}
