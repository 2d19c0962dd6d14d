/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against brute force on tiny terminals: equal optimum, no bound above it. */
#include "tiny.h"

enum { SEEDS = 12 };

static qwr_plan *solve(qwr_context *ctx, const qwr_scenario *s, const char *solver)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = 60000;
    o.solver = solver;
    qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, &stats));
    ck_assert_int_eq(stats.violations, 0);
    return plan;
}

/* One terminal: checks outcome, cost and bound against the oracle. Returns 1 if proven optimal. */
static int compare(qwr_context *ctx, const tiny_options *o, const char *solver)
{
    qwr_scenario *s = tiny_scenario(ctx, o);
    qwr_plan *plan = solve(ctx, s, solver);
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    int64_t optimum;
    bool possible = tiny_optimum(&optimum, ctx, s);
    int proven = q->outcome == QWR_OUTCOME_OPTIMAL;
    if (possible) {
        ck_assert_msg(q->unplaced == 0, "seed %llu: a plan exists, %lld calls were left out",
                      (unsigned long long)o->seed, (long long)q->unplaced);
        ck_assert_msg(q->cost_mu >= optimum, "seed %llu: %lld is below the optimum %lld",
                      (unsigned long long)o->seed, (long long)q->cost_mu, (long long)optimum);
        ck_assert_msg(q->bound_mu == QWR_UNSET || q->bound_mu <= optimum,
                      "seed %llu: bound %lld is above the optimum %lld",
                      (unsigned long long)o->seed, (long long)q->bound_mu, (long long)optimum);
        if (proven)
            ck_assert_int_eq(q->cost_mu, optimum);
    } else {
        ck_assert_int_gt(q->unplaced, 0);
        ck_assert_int_ne(q->outcome, QWR_OUTCOME_OPTIMAL);
        proven = 1;
    }
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    return proven;
}

static void sweep(const tiny_options *base, const char *solver, int must_prove)
{
    qwr_context *ctx = qwr_test_context();
    int proven = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        tiny_options o = *base;
        o.seed = seed;
        proven += compare(ctx, &o, solver);
    }
    ck_assert_msg(proven >= must_prove, "%d of %d proven, %d expected", proven, SEEDS, must_prove);
    qwr_context_free(ctx);
}

START_TEST(continuous_quay_is_optimal)
{
    sweep(&(tiny_options){.calls = 3}, NULL, SEEDS);
}
END_TEST

START_TEST(hybrid_quay_is_optimal)
{
    sweep(&(tiny_options){.calls = 3, .layout = QWR_LAYOUT_HYBRID}, NULL, SEEDS);
}
END_TEST

START_TEST(discrete_berths_with_turnaround_are_optimal)
{
    sweep(&(tiny_options){.calls = 3, .layout = QWR_LAYOUT_DISCRETE}, NULL, SEEDS);
}
END_TEST

START_TEST(berths_with_corners_closures_and_vessels_of_unknown_length_are_optimal)
{
    sweep(
        &(tiny_options){.calls = 3, .layout = QWR_LAYOUT_DISCRETE, .breaks = true, .windows = true},
        NULL, SEEDS);
    sweep(&(tiny_options){.calls = 3,
                          .layout = QWR_LAYOUT_DISCRETE,
                          .unknown_lengths = true,
                          .windows = true,
                          .objective = QWR_OBJECTIVE_MAKESPAN},
          NULL, SEEDS);
    sweep(&(tiny_options){.calls = 3, .breaks = true, .water = true}, NULL, SEEDS);
}
END_TEST

START_TEST(flow_time_and_completion_are_optimal)
{
    sweep(&(tiny_options){.calls = 3,
                          .layout = QWR_LAYOUT_DISCRETE,
                          .objective = QWR_OBJECTIVE_FLOW_TIME},
          NULL, SEEDS);
    sweep(&(tiny_options){.calls = 3, .objective = QWR_OBJECTIVE_COMPLETION}, NULL, SEEDS);
}
END_TEST

START_TEST(makespan_is_optimal)
{
    sweep(&(tiny_options){.calls = 3, .objective = QWR_OBJECTIVE_MAKESPAN}, NULL, SEEDS);
}
END_TEST

START_TEST(cranes_and_maintenance_are_optimal)
{
    sweep(&(tiny_options){.calls = 3, .cranes = true}, NULL, SEEDS);
}
END_TEST

START_TEST(tide_and_draught_are_optimal)
{
    sweep(&(tiny_options){.calls = 3, .water = true}, NULL, SEEDS);
}
END_TEST

START_TEST(closures_and_weather_are_optimal)
{
    sweep(&(tiny_options){.calls = 3, .windows = true}, NULL, SEEDS);
}
END_TEST

START_TEST(pins_and_change_costs_are_optimal)
{
    sweep(&(tiny_options){.calls = 3, .pins = true}, NULL, SEEDS);
}
END_TEST

START_TEST(everything_at_once_is_optimal)
{
    sweep(&(tiny_options){.calls = 3, .cranes = true, .water = true, .windows = true, .pins = true},
          NULL, SEEDS);
}
END_TEST

START_TEST(enum_backend_gives_the_same_optimum)
{
    sweep(&(tiny_options){.calls = 3, .cranes = true}, "enum", 1);
}
END_TEST

START_TEST(uneven_clearances_give_a_bound_that_holds)
{
    sweep(&(tiny_options){.calls = 3, .uneven_clearance = true}, NULL, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optimum");
    TCase *c = tcase_create("brute force");
    tcase_set_timeout(c, 300);
    tcase_add_test(c, continuous_quay_is_optimal);
    tcase_add_test(c, hybrid_quay_is_optimal);
    tcase_add_test(c, discrete_berths_with_turnaround_are_optimal);
    tcase_add_test(c, berths_with_corners_closures_and_vessels_of_unknown_length_are_optimal);
    tcase_add_test(c, flow_time_and_completion_are_optimal);
    tcase_add_test(c, makespan_is_optimal);
    tcase_add_test(c, cranes_and_maintenance_are_optimal);
    tcase_add_test(c, tide_and_draught_are_optimal);
    tcase_add_test(c, closures_and_weather_are_optimal);
    tcase_add_test(c, pins_and_change_costs_are_optimal);
    tcase_add_test(c, everything_at_once_is_optimal);
    tcase_add_test(c, enum_backend_gives_the_same_optimum);
    tcase_add_test(c, uneven_clearances_give_a_bound_that_holds);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
