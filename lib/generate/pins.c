/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is settled before planning starts: calls alongside at second 0, single pinned decisions of
 * later calls, and the berths announced yesterday. Everything pinned is feasible together.
 */
#include "generate/generate.h"

/* Cost of telling a vessel something else than yesterday, in money units: assumptions. */
enum { CHANGE_BERTH = 1500, CHANGE_METRE = 5, CHANGE_HOUR = 200, CHANGE_CRANE = 100 };

qwr__mooring qwr__mooring_start(const qwr__making *m)
{
    const qwr__made_quay *q = &m->quay[0];

    /* One crane stays free for whoever comes next. */
    return (qwr__mooring){.end_mm = q->length_mm,
                          .cranes_left = q->cranes > 1 ? q->cranes - 1 : q->cranes};
}

/* The deep end fills first: every hull has water there. */
static int64_t find_place_mm(const qwr__mooring *mooring, const qwr__making *m,
                             const qwr_call *call)
{
    const qwr__made_quay *q = &m->quay[0];
    const int64_t step_mm = qwr__site_step_mm(q);
    const int64_t larger_mm =
        call->draught_mm > call->draught_out_mm ? call->draught_mm : call->draught_out_mm;

    for (int64_t at = qwr__round_down(mooring->end_mm - call->loa_mm, step_mm); at >= 0;
         at -= step_mm)
        if (qwr__site_fits(q, at, call->loa_mm) &&
            qwr__site_depth_mm(q, at, call->loa_mm) + m->low_water_mm - m->ukc_berth_mm >=
                larger_mm)
            return at;
    return -1;
}

/*
 * It came up to six hours ago, waiting for it is past money, and part of its boxes are ashore. A
 * vessel that would need the tide to leave is not chosen.
 */
int qwr__pin_alongside(qwr__mooring *mooring, const qwr__making *m, qwr_call *call)
{
    const qwr__made_quay *q = &m->quay[0];
    const int64_t hours = 1 + (int64_t)(mooring->taken * 2 % 6);
    const int64_t at_mm = find_place_mm(mooring, m, call);
    const int64_t shift_s = call->eta_s + hours * QWR__HOUR_S;

    if (at_mm < 0 || call->min_cranes > mooring->cranes_left ||
        call->draught_out_mm > m->channel_mm + m->low_water_mm - m->ukc_channel_mm)
        return 0;
    call->draught_mm = call->draught_out_mm;
    call->eta_s -= shift_s;
    call->eta_sd_s = QWR_UNSET;
    call->earliest_s = 0;
    call->desired_departure_s = qwr__round_up(call->desired_departure_s - shift_s, m->step_s);
    call->latest_departure_s = qwr__round_up(call->latest_departure_s - shift_s, m->step_s);
    if (call->desired_departure_s < 2 * m->step_s)
        call->desired_departure_s = 2 * m->step_s;
    if (call->latest_departure_s < call->desired_departure_s || !call->latest_is_soft)
        call->latest_departure_s = call->desired_departure_s + QWR__DAY_S;
    call->wait_mu_h = 0;
    call->moves = 1 + call->moves * (7 - hours) / 8;
    call->mooring_s = 0;
    call->preferred_quay = q->ix;
    call->preferred_mm = at_mm;
    call->pin_quay = q->ix;
    if (q->layout == QWR_LAYOUT_DISCRETE)
        call->pin_berth.v = q->berth_first.v + (uint32_t)(at_mm / q->berth_mm);
    else
        call->pin_position_mm = at_mm;
    call->pin_start_s = 0;
    /* Every other one has its cranes settled too. */
    if (mooring->taken % 2 == 0)
        call->pin_cranes = call->min_cranes;
    mooring->cranes_left -= call->min_cranes;
    mooring->end_mm = at_mm - m->clearance_mm;
    mooring->taken++;
    return 1;
}

static void set_base(const qwr__making *m, qwr_call *call)
{
    const qwr__made_quay *q = &m->quay[call->preferred_quay.v == m->quay[0].ix.v ? 0 : 1];

    if (call->preferred_mm == QWR_UNSET)
        return;
    call->base_quay = q->ix;
    if (q->layout == QWR_LAYOUT_DISCRETE)
        call->base_berth.v = q->berth_first.v + (uint32_t)(call->preferred_mm / q->berth_mm);
    else
        call->base_position_mm = call->preferred_mm;
    call->base_start_s = qwr__round_up(call->eta_s, m->step_s);
    call->base_cranes = call->min_cranes;
    call->change_berth_mu = CHANGE_BERTH * INT64_C(1000);
    call->change_position_mu_m = CHANGE_METRE * INT64_C(1000);
    call->change_start_mu_h = CHANGE_HOUR * INT64_C(1000);
    call->change_crane_mu = CHANGE_CRANE * INT64_C(1000);
}

void qwr__pin_later(const qwr__making *m, size_t number, qwr_call *call)
{
    const size_t third = m->visit_count / 3;

    if (call->eta_s < QWR__DAY_S)
        set_base(m, call);
    else if (number == third)
        call->pin_quay = call->preferred_quay;
    else if (number == 2 * third)
        call->pin_cranes = call->min_cranes;
}
