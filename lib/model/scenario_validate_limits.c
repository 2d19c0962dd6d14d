/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The promise that no cost of any plan leaves 64 bits. Bounds every term of the cost definition in
 * <quaywright/entities.h> by rates and the longest span, in 128 bits, before anybody computes with
 * them. Must never be loosened without looking at every sum of the stages and the checker.
 */
#include "model/scenario_private.h"

#include <quaywright/plan.h>

__extension__ typedef __int128 wide;

/* Products and the sum over all calls stay below a quarter of the 64-bit range, so that a caller
 * may add, subtract and compare two of them. */
#define LIMIT ((wide)1 << 61)

/* The longest time between two instants of a call: eta and every start or end lie within one
 * horizon of the epoch, but its deadlines and earlier decisions may lie outside. */
static wide longest_span(const qwr_scenario *scenario, const qwr_call *call)
{
    const int64_t others[] = {call->desired_departure_s, call->latest_departure_s,
                              call->pin_start_s, call->base_start_s};
    int64_t lowest = -scenario->info.horizon_s;
    int64_t highest = scenario->info.horizon_s;

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i] == QWR_UNSET)
            continue;
        lowest = others[i] < lowest ? others[i] : lowest;
        highest = others[i] > highest ? others[i] : highest;
    }
    return (wide)highest - lowest + scenario->info.published_unit_s;
}

static wide longest_quay(const qwr_scenario *scenario)
{
    const qwr_quay *quays = qwr__quay_rows(scenario);
    wide longest = 0;

    for (size_t i = 0; i < scenario->rows[QWR__TABLE_QUAY].count; i++)
        if (quays[i].length_mm > longest)
            longest = quays[i].length_mm;
    return longest;
}

/* The rates that are multiplied by a span of time; each product has to fit by itself. */
static int64_t largest_hourly(const qwr_call *call)
{
    const int64_t rates[] = {call->wait_mu_h, call->speedup_mu_h,      call->stay_mu_h,
                             call->late_mu_h, call->change_start_mu_h, call->weight_milli};
    int64_t largest = call->crane_mu_h * QWR__CRANES_MAX;

    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
        if (rates[i] > largest)
            largest = rates[i];
    return largest;
}

static wide worst_cost(const qwr_call *call, wide span_s, wide quay_mm)
{
    wide hourly = (wide)call->wait_mu_h + call->speedup_mu_h + call->stay_mu_h + call->late_mu_h +
                  (wide)call->crane_mu_h * QWR__CRANES_MAX + call->change_start_mu_h +
                  call->weight_milli;
    wide metric = (wide)call->deviation_mu_m + call->change_position_mu_m;

    return hourly * span_s / 3600 + metric * quay_mm / 1000 + call->past_latest_mu +
           call->change_berth_mu + (wide)call->change_crane_mu * QWR__CRANES_MAX +
           (wide)call->handover_mu * QWR__CRANES_MAX * QWR_CRANE_STEPS_MAX;
}

qwr_status qwr__validate_limits(const qwr__freeze *freeze)
{
    const qwr_scenario *scenario = freeze->scenario;
    const qwr_call *calls = qwr__call_rows(scenario);
    wide quay_mm = longest_quay(scenario);
    wide total = 0;

    for (size_t i = 0; i < scenario->rows[QWR__TABLE_CALL].count; i++) {
        const qwr_call *call = &calls[i];
        wide span_s = longest_span(scenario, call);
        if ((wide)largest_hourly(call) * span_s > LIMIT ||
            (wide)call->deviation_mu_m * quay_mm > LIMIT ||
            (wide)call->change_position_mu_m * quay_mm > LIMIT)
            return qwr__freeze_fail(freeze, QWR_EOVERFLOW, QWR__TABLE_CALL, i,
                                    "a cost rate times the horizon or the quay's length leaves 64 "
                                    "bits; expected smaller rates or a shorter horizon");
        total += worst_cost(call, span_s, quay_mm);
        if (total > LIMIT)
            return qwr__freeze_fail(freeze, QWR_EOVERFLOW, QWR__TABLE_CALL, i,
                                    "with it the costs of all calls could sum beyond 64 bits; "
                                    "expected smaller cost rates or a shorter horizon");
    }
    return QWR_OK;
}
