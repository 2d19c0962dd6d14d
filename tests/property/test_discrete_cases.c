/* SPDX-License-Identifier: Apache-2.0 */
/* Corners of discrete berths that random terminals found, each in its smallest form. */
#include "discrete.h"

#include <string.h>

enum { HOUR = 3600 };

static qwr_context *ctx;
static qwr_scenario_builder *builder;

static void setup(void)
{
    ctx = qwr_test_context();
}

static void teardown(void)
{
    qwr_scenario_builder_free(builder);
    builder = NULL;
    qwr_context_free(ctx);
}

static qwr_scenario_info frame(int64_t hours, qwr_objective objective)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "case";
    info.epoch = "2026-03-02T00:00:00Z";
    info.step_s = HOUR;
    info.horizon_s = hours * HOUR;
    info.objective = objective;
    return info;
}

/* A quay of berths B1, B2 ... 100 m apart. */
static void begin(const qwr_scenario_info *info, int berths)
{
    static const char *const ids[] = {"B1", "B2", "B3"};
    qwr_quay quay = qwr_quay_init();
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, info));
    quay.id = "Q";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 300000;
    quay.depth_mm = 12000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    for (int k = 0; k < berths; k++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = ids[k];
        berth.quay.v = 0;
        berth.from_mm = k * 100000;
        qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &berth, NULL));
    }
}

static qwr_call ship(const char *id, int64_t eta_h, int64_t handling_h)
{
    qwr_call call = qwr_call_init();
    call.id = id;
    call.eta_s = eta_h * HOUR;
    call.handling_s = handling_h * HOUR;
    call.min_cranes = call.max_cranes = 0;
    return call;
}

static void add(const qwr_call *call)
{
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, call, NULL));
}

static void add_window(qwr_window_kind kind, int64_t from_s, int64_t to_s)
{
    qwr_window w = qwr_window_init();
    w.id = kind == QWR_WINDOW_CLOSURE ? "closed" : "gale";
    w.kind = kind;
    w.quay.v = 0;
    w.from_s = from_s;
    w.to_s = to_s;
    qwr_test_ok(ctx, qwr_scenario_add_window(builder, &w, NULL));
}

static void add_tide(int64_t at_h, int64_t level_mm)
{
    qwr_tide t = qwr_tide_init();
    t.at_s = at_h * HOUR;
    t.level_mm = level_mm;
    qwr_test_ok(ctx, qwr_scenario_add_tide(builder, &t));
}

static qwr_plan *solve(const qwr_scenario *s, const qwr_plan *start)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = 5000;
    o.start = start;
    qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, &stats));
    ck_assert_int_eq(stats.violations, 0);
    return plan;
}

/* Freezes and plans: as many calls placed as can be, at the least cost, and known to be so. */
static void expect_optimum(int64_t placed, int64_t cost_mu)
{
    qwr_scenario *s = NULL;
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, builder));
    discrete_oracle *o = discrete_oracle_new(s, true);
    ck_assert_int_eq(discrete_oracle_most(o), placed);
    ck_assert_int_eq(discrete_oracle_least(o, (int)placed), cost_mu);
    qwr_plan *plan = solve(s, NULL);
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    ck_assert_int_eq((int64_t)o->calls - q->unplaced, placed);
    ck_assert_int_eq(q->cost_mu, cost_mu);
    ck_assert_int_eq(q->bound_mu, cost_mu);
    qwr_plan_free(plan);
    discrete_oracle_free(o);
    qwr_scenario_free(s);
}

START_TEST(moving_along_the_quay_costs_though_the_base_names_no_quay)
{
    qwr_scenario_info info = frame(10, QWR_OBJECTIVE_COST);
    qwr_call c = ship("V1", 0, 2);
    begin(&info, 2);
    c.pin_berth.v = 1;
    c.base_position_mm = 0;
    c.change_position_mu_m = 50;
    add(&c);
    expect_optimum(1, 5000);
}
END_TEST

/* Both cannot be served; what is taken off each decides which. */
START_TEST(offsets_decide_which_call_is_left_out)
{
    qwr_scenario_info info = frame(5, QWR_OBJECTIVE_FLOW_TIME);
    info.offset = QWR_OFFSET_MIN_HANDLING;
    begin(&info, 1);
    qwr_call c = ship("V1", 0, 5), d = ship("V2", 0, 4);
    d.earliest_s = HOUR;
    add(&c);
    add(&d);
    expect_optimum(1, 0);
}
END_TEST

START_TEST(nothing_to_do_is_done_in_any_weather)
{
    qwr_scenario_info info = frame(4, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 1, 0);
    begin(&info, 1);
    add_window(QWR_WINDOW_WEATHER, 0, 9 * HOUR);
    add(&c);
    expect_optimum(1, 1000);
}
END_TEST

START_TEST(a_pin_off_the_step_does_not_meet_a_closure_that_ended_before)
{
    qwr_scenario_info info = frame(8, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 1, 2);
    begin(&info, 1);
    add_window(QWR_WINDOW_CLOSURE, 0, 3 * HOUR / 2);
    c.pin_start_s = 3 * HOUR / 2;
    add(&c);
    expect_optimum(1, 3000);
}
END_TEST

START_TEST(a_pin_off_the_step_does_not_meet_low_water_that_ended_before)
{
    qwr_scenario_info info = frame(8, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 1, 2);
    begin(&info, 1);
    add_tide(1, 0);
    add_tide(2, 2000);
    c.draught_mm = 13000;
    c.pin_start_s = 3 * HOUR / 2;
    add(&c);
    expect_optimum(1, 3000);
}
END_TEST

START_TEST(a_draught_on_departure_counts_without_one_on_arrival)
{
    qwr_scenario_info info = frame(8, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 0, 2);
    begin(&info, 1);
    add_tide(0, 0);
    add_tide(1, 0);
    add_tide(2, 1000);
    c.draught_out_mm = 13000;
    add(&c);
    expect_optimum(1, 4000);
}
END_TEST

START_TEST(costs_below_zero_have_a_bound_when_calls_are_left_out)
{
    qwr_scenario_info info = frame(3, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 3, 2), d = ship("V2", 3, 2);
    c.earliest_s = d.earliest_s = 0;
    begin(&info, 1);
    add(&c);
    add(&d);
    expect_optimum(1, -1000);
}
END_TEST

START_TEST(a_vessel_waits_alongside_for_water_in_the_channel)
{
    qwr_scenario_info info = frame(24, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 0, 5);
    info.channel_depth_mm = 12000;
    begin(&info, 1);
    add_tide(0, 2000);
    add_tide(6, 0);
    add_tide(12, 2000);
    add_tide(18, 0);
    c.draught_mm = 13500;
    c.draught_out_mm = 13500;
    qwr_berth b = qwr_berth_init();
    b.id = "DEEP";
    b.quay.v = 0;
    b.from_mm = 200000;
    b.depth_mm = 20000;
    qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &b, NULL));
    c.pin_berth.v = 1;
    add(&c);
    expect_optimum(1, 11000);
}
END_TEST

/* The engine's stays begin on the step; one that does not is still no reason to answer worse. */
START_TEST(a_start_between_two_steps_is_kept_if_nothing_better_is_found)
{
    qwr_scenario_info info = frame(8, QWR_OBJECTIVE_FLOW_TIME);
    qwr_call c = ship("V1", 0, 2);
    qwr_scenario *s = NULL;
    qwr_plan *start = NULL;
    begin(&info, 1);
    c.eta_s = HOUR / 2;
    c.weight_milli = 2000;
    add(&c);
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, builder));
    qwr_test_ok(ctx, qwr_plan_new(&start, ctx, s));
    qwr_stay x = qwr_stay_init();
    x.placed = 1;
    x.quay.v = 0;
    x.berth.v = 0;
    x.position_mm = 0;
    x.start_s = HOUR / 2;
    x.end_s = x.start_s + 2 * HOUR;
    qwr_test_ok(ctx, qwr_plan_set_stay(start, (qwr_call_ix){0}, &x));
    qwr_plan *plan = solve(s, start);
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    ck_assert_int_eq(q->cost_mu, 4000);
    ck_assert_int_eq(qwr_plan_stay(plan, (qwr_call_ix){0})->start_s, HOUR / 2);
    ck_assert_int_eq(qwr_plan_stay(plan, (qwr_call_ix){0})->cost_mu, 4000);
    ck_assert_int_eq(q->outcome, QWR_OUTCOME_FEASIBLE);
    ck_assert_int_eq(q->bound_mu, QWR_UNSET); /* 5000 on the step */
    qwr_plan_free(plan);
    qwr_plan_free(start);
    qwr_scenario_free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("discrete-cases");
    TCase *c = tcase_create("corners");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, moving_along_the_quay_costs_though_the_base_names_no_quay);
    tcase_add_test(c, offsets_decide_which_call_is_left_out);
    tcase_add_test(c, nothing_to_do_is_done_in_any_weather);
    tcase_add_test(c, a_pin_off_the_step_does_not_meet_a_closure_that_ended_before);
    tcase_add_test(c, a_pin_off_the_step_does_not_meet_low_water_that_ended_before);
    tcase_add_test(c, a_draught_on_departure_counts_without_one_on_arrival);
    tcase_add_test(c, costs_below_zero_have_a_bound_when_calls_are_left_out);
    tcase_add_test(c, a_vessel_waits_alongside_for_water_in_the_channel);
    tcase_add_test(c, a_start_between_two_steps_is_kept_if_nothing_better_is_found);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
