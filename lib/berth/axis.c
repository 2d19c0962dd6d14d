/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The axis: all admissible positions of all quays as one row of cells, and time as ticks. A cell is
 * the stretch from one admissible position to the next, so that two vessels at admissible positions
 * overlap exactly if they share a cell. Vessels pinned between the positions of a grid make cells
 * of their own, which are admissible for them alone.
 */
#include "berth/problem.h"

#include <stdlib.h>

static const char WHERE[] = "berth.axis";

static int compare_mm(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Is the call pinned between two positions of this continuous quay? */
static bool pinned_off_grid(const qwr_call *c, const qwr_quay *q, uint32_t g)
{
    return c->pin_position_mm != QWR_UNSET && (c->pin_quay.v == QWR_NONE || c->pin_quay.v == g) &&
           c->pin_position_mm > 0 && c->pin_position_mm < q->length_mm &&
           c->pin_position_mm % q->grid_mm != 0;
}

/* At most; positions that are named twice make one cell. */
static int64_t cells_of_quay(const qwr_scenario *s, const qwr_quay *q, uint32_t g)
{
    int64_t count = 0;
    if (q->layout == QWR_LAYOUT_CONTINUOUS) {
        for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++)
            count += pinned_off_grid(qwr_scenario_call(s, (qwr_call_ix){i}), q, g);
        return count + (q->length_mm + q->grid_mm - 1) / q->grid_mm;
    }
    if (q->layout == QWR_LAYOUT_DISCRETE) {
        for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++)
            count += qwr_scenario_berth(s, (qwr_berth_ix){b})->quay.v == g;
    } else {
        for (size_t k = 0; k < qwr_scenario_quay_position_count(s); k++)
            count += qwr_scenario_quay_position(s, k)->quay.v == g;
    }
    return count;
}

/* Sorts the cells [first, at) by position, each once; returns the cell past the last. */
static int32_t sort_cells(qwr__problem *p, int32_t first, int32_t at)
{
    int32_t kept = first;
    qsort(p->cell_mm + first, (size_t)(at - first), sizeof *p->cell_mm, compare_mm);
    for (int32_t k = first; k < at; k++)
        if (k == first || p->cell_mm[k] != p->cell_mm[kept - 1])
            p->cell_mm[kept++] = p->cell_mm[k];
    return kept;
}

/* Fills the cells of one quay from `at` on; returns the cell past its last. */
static int32_t fill_quay(qwr__problem *p, const qwr_quay *q, uint32_t g, int32_t at)
{
    const qwr_scenario *s = p->scenario;
    int32_t first = at;
    if (q->layout == QWR_LAYOUT_CONTINUOUS) {
        for (int64_t mm = 0; mm < q->length_mm; mm += q->grid_mm)
            p->cell_mm[at++] = mm;
        for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++) {
            const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){i});
            if (pinned_off_grid(c, q, g))
                p->cell_mm[at++] = c->pin_position_mm;
        }
        at = sort_cells(p, first, at);
    } else if (q->layout == QWR_LAYOUT_DISCRETE) {
        for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++) {
            const qwr_berth *berth = qwr_scenario_berth(s, (qwr_berth_ix){b});
            if (berth->quay.v != g)
                continue;
            p->cell_berth[at] = b;
            p->cell_mm[at++] = berth->from_mm;
        }
    } else {
        for (size_t k = 0; k < qwr_scenario_quay_position_count(s); k++)
            if (qwr_scenario_quay_position(s, k)->quay.v == g)
                p->cell_mm[at++] = qwr_scenario_quay_position(s, k)->at_mm;
        at = sort_cells(p, first, at);
    }
    for (int32_t k = first; k < at; k++)
        p->cell_quay[k] = g;
    return at;
}

static void clearances(qwr__problem *p, const qwr_quay *q, qwr__axis_quay *a)
{
    uint32_t calls = (uint32_t)qwr_scenario_call_count(p->scenario);
    a->least_clearance_mm = INT64_MAX;
    a->most_clearance_mm = q->clearance_mm;
    for (uint32_t i = 0; i < calls; i++) {
        int64_t c = qwr_scenario_call(p->scenario, (qwr_call_ix){i})->clearance_mm;
        if (c < q->clearance_mm)
            c = q->clearance_mm;
        if (c < a->least_clearance_mm)
            a->least_clearance_mm = c;
        if (c > a->most_clearance_mm)
            a->most_clearance_mm = c;
    }
    if (a->least_clearance_mm == INT64_MAX)
        a->least_clearance_mm = q->clearance_mm;
    a->uniform_clearance = a->least_clearance_mm == a->most_clearance_mm;
}

/* First tick: second 0, or earlier if a vessel is pinned alongside since before then. */
static void time_frame(qwr__problem *p)
{
    int64_t earliest = 0, step = p->info->step_s;
    for (uint32_t i = 0; i < qwr_scenario_call_count(p->scenario); i++) {
        int64_t pin = qwr_scenario_call(p->scenario, (qwr_call_ix){i})->pin_start_s;
        if (pin != QWR_UNSET && pin < earliest)
            earliest = pin;
    }
    p->step_s = step;
    p->origin_s = -((-earliest + step - 1) / step) * step;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

/* Ready and due ticks of every call. */
static void call_windows(qwr__problem *p)
{
    for (uint32_t i = 0; i < qwr_scenario_call_count(p->scenario); i++) {
        const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){i});
        int64_t from = c->earliest_s != QWR_UNSET ? c->earliest_s : c->eta_s;
        int64_t to = p->info->horizon_s;
        if (c->latest_departure_s != QWR_UNSET && !c->latest_is_soft && c->latest_departure_s < to)
            to = c->latest_departure_s;
        int64_t ready = -floor_div(-(from - p->origin_s), p->step_s);
        if (c->pin_start_s != QWR_UNSET) {
            int64_t tick = floor_div(c->pin_start_s - p->origin_s, p->step_s);
            p->shift_s[i] = c->pin_start_s - (p->origin_s + tick * p->step_s);
            ready = c->pin_start_s >= from ? tick : INT32_MAX / 2; /* the pin breaks "arrival" */
        }
        int64_t due = floor_div(to - p->origin_s, p->step_s);
        if (ready < 0)
            ready = 0;
        p->ready_tick[i] = (int32_t)(ready > p->horizon_tick ? p->horizon_tick : ready);
        p->due_tick[i] = (int32_t)(due < 0 ? 0 : due > p->horizon_tick ? p->horizon_tick : due);
    }
}

qwr_status qwr__axis_build(qwr__problem *p)
{
    const qwr_scenario *s = p->scenario;
    uint32_t quays = (uint32_t)qwr_scenario_quay_count(s),
             calls = (uint32_t)qwr_scenario_call_count(s);
    int64_t total = 0, turnaround = 0;
    time_frame(p);
    for (uint32_t g = 0; g < quays; g++)
        total += cells_of_quay(s, qwr_scenario_quay(s, (qwr_quay_ix){g}), g);
    for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++)
        if (qwr_scenario_berth(s, (qwr_berth_ix){b})->turnaround_s > turnaround)
            turnaround = qwr_scenario_berth(s, (qwr_berth_ix){b})->turnaround_s;
    int64_t horizon = (p->info->horizon_s - p->origin_s) / p->step_s;
    int64_t ticks = horizon + (turnaround + p->step_s - 1) / p->step_s;
    if (total > 1000000 || ticks > 10000000 || total * ticks > INT64_C(1) << 31)
        return qwr__fail(
            p->ctx, QWR_ETOOBIG, WHERE, NULL, 0,
            "%lld positions x %lld time steps are more than this version plans at once; "
            "a larger step or grid_m, or a shorter horizon would fit",
            (long long)total, (long long)ticks);
    p->horizon_tick = (int32_t)horizon;
    p->ticks = (int32_t)ticks;
    p->quay = qwr__alloc(p->ctx, (size_t)quays + 1, sizeof *p->quay);
    p->cell_quay = qwr__alloc(p->ctx, (size_t)total + 1, sizeof *p->cell_quay);
    p->cell_berth = qwr__alloc(p->ctx, (size_t)total + 1, sizeof *p->cell_berth);
    p->cell_mm = qwr__alloc(p->ctx, (size_t)total + 1, sizeof *p->cell_mm);
    p->shift_s = qwr__alloc(p->ctx, (size_t)calls + 1, sizeof *p->shift_s);
    p->ready_tick = qwr__alloc(p->ctx, (size_t)calls + 1, sizeof *p->ready_tick);
    p->due_tick = qwr__alloc(p->ctx, (size_t)calls + 1, sizeof *p->due_tick);
    p->constant_mu = qwr__alloc(p->ctx, (size_t)calls + 1, sizeof *p->constant_mu);
    p->bars = qwr__alloc(p->ctx, (size_t)calls + 1, sizeof *p->bars);
    if (!p->constant_mu || !p->quay || !p->cell_quay || !p->cell_berth || !p->cell_mm ||
        !p->shift_s || !p->ready_tick || !p->due_tick || !p->bars)
        return qwr__no_memory(p->ctx, WHERE);
    int32_t at = 0;
    for (uint32_t k = 0; k < (uint32_t)total; k++)
        p->cell_berth[k] = QWR_NONE;
    for (uint32_t g = 0; g < quays; g++) {
        const qwr_quay *q = qwr_scenario_quay(s, (qwr_quay_ix){g});
        p->quay[g].first_cell = at;
        at = fill_quay(p, q, g, at);
        p->quay[g].end_cell = at;
        clearances(p, q, &p->quay[g]);
    }
    call_windows(p);
    return qwr__candidates_init(&p->cand, p->ctx, calls, quays, (uint32_t)at, (uint32_t)ticks, 0);
}
