/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small port for the tests of sessions, and planning it with a check of every plan. Each test
 * program includes it once. Knows no news.
 */
#ifndef QWR_TEST_SESSION_PORT_H
#define QWR_TEST_SESSION_PORT_H

#include "base/base.h"
#include "support/support.h"

#include <quaywright/check.h>
#include <quaywright/session.h>

#include <string.h>

#define HOUR 3600

static qwr_context *ctx;
static qwr_scenario *scenario;
static qwr_session *session;

/* Q1, 700 m, four cranes; calls A to E of 200 m, an hour apart. */
static qwr_status make_port(qwr_scenario **out, qwr_context *own)
{
    static const char *const calls[] = {"A", "B", "C", "D", "E"};
    static const char *const cranes[] = {"K1", "K2", "K3", "K4"};
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_quay quay = qwr_quay_init();
    qwr_status status = QWR_OK;

    *out = NULL;
    info.id = "port";
    info.epoch = "2026-03-02T00:00:00Z";
    info.horizon_s = 96 * HOUR;
    quay.id = "Q1";
    quay.length_mm = 700000;
    quay.clearance_mm = 20000;
    QWR_TRY_DONE(qwr_scenario_builder_new(&builder, own, &info));
    QWR_TRY_DONE(qwr_scenario_add_quay(builder, &quay, NULL));
    for (int i = 0; i < 4; i++) {
        qwr_crane crane = qwr_crane_init();
        crane.id = cranes[i];
        crane.quay.v = 0;
        crane.rail_order = i + 1;
        QWR_TRY_DONE(qwr_scenario_add_crane(builder, &crane, NULL));
    }
    for (int i = 0; i < 5; i++) {
        qwr_call call = qwr_call_init();
        call.id = calls[i];
        call.loa_mm = 200000;
        call.draught_mm = 10000;
        call.eta_s = (2 + i) * HOUR;
        call.moves = 300;
        call.max_cranes = 2;
        call.wait_mu_h = 1000000;
        call.stay_mu_h = 100000;
        QWR_TRY_DONE(qwr_scenario_add_call(builder, &call, NULL));
    }
    QWR_TRY_DONE(qwr_scenario_freeze(out, builder));
done:
    qwr_scenario_builder_free(builder);
    return status;
}

static void setup(void)
{
    ctx = qwr_test_context();
    qwr_test_ok(ctx, make_port(&scenario, ctx));
    qwr_test_ok(ctx, qwr_session_new(&session, ctx, scenario));
}

static void teardown(void)
{
    qwr_session_free(session);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static qwr_session_result plan_with(int64_t work)
{
    qwr_solve_options options = qwr_solve_options_init();
    qwr_session_result result = qwr_session_result_init();
    qwr_violations *found = NULL;

    options.deadline_ms = -1;
    options.work_limit = work;
    options.solver = "none";
    qwr_test_ok(ctx, qwr_session_plan(&result, session, &options));
    qwr_test_ok(ctx, qwr_plan_check(&found, ctx, result.scenario, result.plan));
    for (size_t i = 0; i < qwr_violations_count(found); i++)
        ck_assert_str_eq(qwr_violations_get(found, i)->rule, "placed");
    qwr_violations_free(found);
    return result;
}

static qwr_session_result plan(void)
{
    return plan_with(20000);
}

static const qwr_stay *stay_of(const qwr_session_result *result, const char *id)
{
    return qwr_plan_stay(result->plan, qwr_scenario_find_call(result->scenario, id));
}

#endif
