/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long the checker takes: a whole plan, and one moved call. Prints microseconds a call, the
 * least of several rounds. Build with optimisation and run on an idle machine:
 *   make tests/bench/bench_check && tests/bench/bench_check
 */
#include "base/base.h"

#include <quaywright/check.h>

#include <stdio.h>

enum { METRE = 1000, HOUR = 3600, QUAYS = 2, CRANES = 12, ROUNDS = 7 };

static qwr_status add_terminal(qwr_scenario_builder *builder)
{
    for (uint32_t q = 0; q < QUAYS; q++) {
        char id[16];
        qwr_quay quay = qwr_quay_init();
        snprintf(id, sizeof id, "Q%u", (unsigned)q);
        quay.id = id;
        quay.length_mm = 1400 * METRE;
        quay.depth_mm = 13500;
        QWR_TRY(qwr_scenario_add_quay(builder, &quay, NULL));
        for (int k = 0; k < CRANES; k++) {
            qwr_crane crane = qwr_crane_init();
            snprintf(id, sizeof id, "K%u-%d", (unsigned)q, k);
            crane.id = id;
            crane.quay.v = q;
            crane.rail_order = k;
            QWR_TRY(qwr_scenario_add_crane(builder, &crane, NULL));
        }
    }
    for (int i = 0; i < 24 * 14 * 6; i++) { /* every ten minutes for two weeks */
        qwr_tide tide = qwr_tide_init();
        tide.at_s = 600 * i;
        tide.level_mm = 2000 - 50 * ((i % 74 < 37 ? i % 74 : 74 - i % 74) * 2 - 37);
        QWR_TRY(qwr_scenario_add_tide(builder, &tide));
    }
    for (int i = 0; i < 6; i++) {
        char id[16];
        qwr_window window = qwr_window_init();
        snprintf(id, sizeof id, "W%d", i);
        window.id = id;
        window.kind = i < 3 ? QWR_WINDOW_MAINTENANCE : QWR_WINDOW_WEATHER;
        if (i < 3)
            window.crane.v = (uint32_t)i;
        else
            window.quay.v = (uint32_t)i % QUAYS;
        window.from_s = (20 * i + 1) * HOUR;
        window.to_s = (20 * i + 4) * HOUR;
        QWR_TRY(qwr_scenario_add_window(builder, &window, NULL));
    }
    return QWR_OK;
}

static qwr_status add_calls(qwr_scenario_builder *builder, uint32_t calls)
{
    for (uint32_t c = 0; c < calls; c++) {
        char id[16];
        qwr_call call = qwr_call_init();
        snprintf(id, sizeof id, "C%u", (unsigned)c);
        call.id = id;
        call.vessel = id;
        call.loa_mm = 300 * METRE;
        call.beam_mm = 40 * METRE;
        call.draught_mm = 12500; /* so that the tide must be looked up */
        call.clearance_mm = 15 * METRE;
        call.eta_s = c / 8 * 12 * HOUR;
        call.moves = 400;
        call.max_cranes = 4;
        call.wait_mu_h = 1000000;
        call.stay_mu_h = 500000;
        QWR_TRY(qwr_scenario_add_call(builder, &call, NULL));
    }
    return QWR_OK;
}

/** Eight vessels at a time, four a quay, twelve hours each. */
static qwr_stay stay_of(uint32_t call)
{
    qwr_stay stay = qwr_stay_init();
    stay.placed = 1;
    stay.quay.v = call % QUAYS;
    stay.position_mm = call / QUAYS % 4 * 330 * METRE;
    stay.start_s = call / 8 * 12 * HOUR;
    stay.end_s = stay.start_s + 12 * HOUR;
    stay.cranes = 2;
    return stay;
}

static qwr_status make(qwr_context *ctx, uint32_t calls, qwr_scenario **scenario, qwr_plan **plan)
{
    qwr_status status;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "bench";
    info.epoch = "2026-03-02T00:00:00Z";
    info.horizon_s = (int64_t)(calls / 8 + 2) * 12 * HOUR;
    QWR_TRY_DONE(qwr_scenario_builder_new(&builder, ctx, &info));
    QWR_TRY_DONE(add_terminal(builder));
    QWR_TRY_DONE(add_calls(builder, calls));
    QWR_TRY_DONE(qwr_scenario_freeze(scenario, builder));
    QWR_TRY_DONE(qwr_plan_new(plan, ctx, *scenario));
    for (uint32_t c = 0; c < calls; c++) {
        qwr_stay stay = stay_of(c);
        QWR_TRY_DONE(qwr_plan_set_stay(*plan, (qwr_call_ix){c}, &stay));
    }
done:
    qwr_scenario_builder_free(builder);
    return status;
}

static double time_checks(qwr_context *ctx, const qwr_scenario *scenario, const qwr_plan *plan,
                          int count, size_t *found)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start_us = qwr__now_us();
        for (int i = 0; i < count; i++) {
            qwr_violations *v = NULL;
            if (qwr_plan_check(&v, ctx, scenario, plan) != QWR_OK)
                return -1;
            *found = qwr_violations_count(v);
            qwr_violations_free(v);
        }
        double us = (double)(qwr__now_us() - start_us) / count;
        best = us < best ? us : best;
    }
    return best;
}

/** Tries every call in its own place (legal) or in its neighbour's (broken). */
static double time_tries(qwr_checker *checker, uint32_t calls, int count, uint32_t shift)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start_us = qwr__now_us();
        for (int i = 0; i < count; i++) {
            qwr_violation found[16];
            size_t number;
            uint32_t call = (uint32_t)i % calls;
            qwr_stay stay = stay_of((call + shift) % calls);
            if (qwr_checker_try(checker, (qwr_call_ix){call}, &stay, found, 16, &number, NULL) !=
                QWR_OK)
                return -1;
        }
        double us = (double)(qwr__now_us() - start_us) / count;
        best = us < best ? us : best;
    }
    return best;
}

int main(void)
{
    static const uint32_t sizes[] = {60, 250, 1000};
    qwr_context *ctx = NULL;
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return 1;
    printf("calls,check_us,try_legal_us,try_broken_us,violations\n");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        qwr_scenario *scenario = NULL;
        qwr_plan *plan = NULL;
        qwr_checker *checker = NULL;
        size_t found = 0;
        if (make(ctx, sizes[i], &scenario, &plan) != QWR_OK ||
            qwr_checker_new(&checker, ctx, scenario, plan) != QWR_OK)
            return 1;
        double check = time_checks(ctx, scenario, plan, 60000 / (int)sizes[i], &found);
        printf("%u,%.1f,%.2f,%.2f,%zu\n", (unsigned)sizes[i], check,
               time_tries(checker, sizes[i], 60000, 0), time_tries(checker, sizes[i], 60000, 2),
               found);
        qwr_checker_free(checker);
        qwr_plan_free(plan);
        qwr_scenario_free(scenario);
    }
    qwr_context_free(ctx);
    return 0;
}
