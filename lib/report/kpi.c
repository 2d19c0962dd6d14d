/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Key figures of a plan, under names of the TIC 4.0 data model: Gross Berth Hours, Quay Container
 * Moves per crane-hour, Crane Density. Allocates nothing; odd stays cannot overflow it.
 * Must never judge whether the plan is legal.
 */
#include "report/report.h"

__extension__ typedef __int128 wide;

typedef struct sums {
    const qwr_scenario *scenario;
    const qwr_plan *plan;
    int64_t from_s, to_s;   /* span of the plan */
    wide hull_mm_s;         /* hull metres x time alongside */
    wide crane_s, worked_s; /* cranes held x time, vessel time with cranes */
    wide gross_s, wait_s, late_s, moves, deviation_mm;
} sums;

qwr_kpi qwr_kpi_init(void)
{
    return (qwr_kpi){.size = sizeof(qwr_kpi)};
}

static int64_t fit(wide v)
{
    return v > INT64_MAX ? INT64_MAX : v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

/** v * 1000 / of, rounded down; 0 without anything to compare with. */
static int64_t milli(wide v, wide of)
{
    return of <= 0 ? 0 : fit(v * 1000 / of);
}

static int64_t hull_length(const sums *s, const qwr_call *c, const qwr_stay *stay)
{
    const qwr_berth *berth = qwr_scenario_berth(s->scenario, stay->berth);
    if (c->loa_mm != QWR_UNSET)
        return qwr__tame(c->loa_mm);
    return berth != NULL && berth->length_mm != QWR_UNSET ? qwr__tame(berth->length_mm) : 0;
}

/* Cranes x time of the work [from_s, from_s + work_s). */
static wide crane_time(const qwr_stay *stay, int64_t from_s, int64_t work_s, int64_t cranes)
{
    wide sum = 0;
    if (stay->step_count == 0)
        return (wide)cranes * work_s;
    for (uint32_t k = 0; k < stay->step_count; k++) {
        int64_t at = qwr__tame(stay->steps[k].from_s), to = from_s + work_s;
        if (k + 1 < stay->step_count)
            to = qwr__tame(stay->steps[k + 1].from_s);
        sum += (wide)qwr__tame(stay->steps[k].cranes) * (to > at ? to - at : 0);
    }
    return sum;
}

static void add_stay(sums *s, qwr_kpi *kpi, qwr_call_ix ix)
{
    const qwr_call *c = qwr_scenario_call(s->scenario, ix);
    const qwr_stay *stay = qwr_plan_stay(s->plan, ix);
    if (!stay->placed)
        return;
    int64_t start_s = qwr__tame(stay->start_s), end_s = qwr__tame(stay->end_s);
    int64_t work_s = end_s - start_s - qwr__tame(c->mooring_s) - qwr__tame(c->unmooring_s);
    int64_t cranes = stay->cranes > 0 ? qwr__tame(stay->cranes) : 0;
    int64_t due_s =
        c->desired_departure_s != QWR_UNSET ? c->desired_departure_s : c->latest_departure_s;
    bool late = due_s != QWR_UNSET && end_s > due_s;
    s->from_s = kpi->placed == 0 || start_s < s->from_s ? start_s : s->from_s;
    s->to_s = kpi->placed == 0 || end_s > s->to_s ? end_s : s->to_s;
    kpi->placed++;
    kpi->late += late;
    kpi->on_time += !late;
    s->gross_s += end_s - start_s;
    s->wait_s += start_s > c->eta_s ? start_s - qwr__tame(c->eta_s) : 0;
    s->late_s += late ? end_s - qwr__tame(due_s) : 0;
    s->hull_mm_s += (wide)hull_length(s, c, stay) * (end_s - start_s);
    if (cranes > 0 && work_s > 0) {
        s->crane_s += crane_time(stay, start_s + qwr__tame(c->mooring_s), work_s, cranes);
        s->worked_s += work_s;
    }
    s->moves += qwr_scenario_call_moves(s->scenario, ix);
    if (c->preferred_mm != QWR_UNSET && c->preferred_quay.v == stay->quay.v) {
        int64_t off = qwr__tame(stay->position_mm) - qwr__tame(c->preferred_mm);
        s->deviation_mm += off < 0 ? -off : off;
    }
}

/** End of the outage that covers `at_s`, or `at_s`; `*next_s` is when the next one begins. */
static int64_t outage_end(const sums *s, uint32_t crane, int64_t at_s, int64_t *next_s)
{
    int64_t end_s = at_s;
    *next_s = s->to_s;
    for (uint32_t i = 0; i < qwr_scenario_window_count(s->scenario); i++) {
        const qwr_window *w = qwr_scenario_window(s->scenario, (qwr_window_ix){i});
        if (w->kind != QWR_WINDOW_MAINTENANCE || w->crane.v != crane)
            continue;
        if (w->from_s <= at_s && w->to_s > end_s)
            end_s = w->to_s;
        if (w->from_s > at_s && w->from_s < *next_s)
            *next_s = w->from_s;
    }
    return end_s < s->to_s ? end_s : s->to_s;
}

/** Seconds of the span in which the crane is fit for work. */
static int64_t available_s(const sums *s, uint32_t crane)
{
    int64_t sum = 0;
    for (int64_t at_s = s->from_s; at_s < s->to_s;) {
        int64_t next_s, end_s = outage_end(s, crane, at_s, &next_s);
        if (end_s == at_s) {
            sum += next_s - at_s;
            end_s = next_s;
        }
        at_s = end_s;
    }
    return sum;
}

static wide all_cranes_s(const sums *s)
{
    wide sum = 0;
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s->scenario); k++)
        sum += available_s(s, k);
    return sum;
}

static wide all_quays_mm(const qwr_scenario *scenario)
{
    wide sum = 0;
    for (uint32_t q = 0; q < qwr_scenario_quay_count(scenario); q++)
        sum += qwr_scenario_quay(scenario, (qwr_quay_ix){q})->length_mm;
    return sum;
}

qwr_status qwr_plan_kpi(qwr_kpi *kpi, qwr_context *ctx, const qwr_plan *plan)
{
    if (kpi == NULL || ctx == NULL || plan == NULL)
        return QWR_EINVAL;
    sums s = {.scenario = qwr_plan_scenario(plan), .plan = plan};
    qwr_kpi k = qwr_kpi_init();
    k.calls = (int64_t)qwr_scenario_call_count(s.scenario);
    for (uint32_t i = 0; i < (uint32_t)k.calls; i++)
        add_stay(&s, &k, (qwr_call_ix){i});
    k.gross_berth_s = fit(s.gross_s);
    k.wait_s = fit(s.wait_s);
    k.late_s = fit(s.late_s);
    k.crane_work_s = fit(s.crane_s);
    k.moves = fit(s.moves);
    k.deviation_mm = fit(s.deviation_mm);
    k.makespan_s = k.placed > 0 ? s.to_s : 0;
    k.berth_use_milli = milli(s.hull_mm_s, all_quays_mm(s.scenario) * (s.to_s - s.from_s));
    k.crane_use_milli = milli(s.crane_s, all_cranes_s(&s));
    k.crane_density_milli = milli(s.crane_s, s.worked_s);
    k.qcm_milli = milli(s.moves * 3600, s.crane_s);
    *kpi = k;
    return QWR_OK;
}
