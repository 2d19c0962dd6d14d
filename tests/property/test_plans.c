/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold from one run to another: threads, instruction sets, repeated runs, changed
 * terminals. */
#include "tiny.h"

#include <stdio.h>
#include <string.h>

static qwr_plan *plan_of(qwr_context *ctx, const qwr_scenario *s, int64_t work,
                         const qwr_plan *start)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = work;
    o.start = start;
    qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, &stats));
    ck_assert_int_eq(stats.violations, 0);
    return plan;
}

static qwr_scenario *generated(qwr_context *ctx, const char *profile, uint64_t seed, int64_t calls)
{
    qwr_generate_options o = qwr_generate_options_init();
    qwr_scenario *s = NULL;
    o.profile = profile;
    o.seed = seed;
    o.calls = calls;
    qwr_test_ok(ctx, qwr_generate(&s, ctx, &o));
    return s;
}

/* Stays and quality of a plan as text: equal text, equal plan. */
static void describe(char *text, size_t capacity, const qwr_plan *plan)
{
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    (void)snprintf(text, capacity, "%016llx %lld %lld %lld %s",
                   (unsigned long long)qwr_plan_hash(plan), (long long)q->cost_mu,
                   (long long)q->bound_mu, (long long)q->work, q->proof);
}

static void expect_same_with(const char *option, const char *const *values, size_t count)
{
    static const char *const profiles[] = {"feeder", "automated"};
    for (size_t p = 0; p < 2; p++) {
        char first[160] = "";
        for (size_t k = 0; k < count; k++) {
            char now[160];
            qwr_context *ctx = qwr_test_context();
            qwr_test_ok(ctx, qwr_context_set_option(ctx, option, values[k]));
            qwr_scenario *s = generated(ctx, profiles[p], 7, QWR_UNSET);
            qwr_plan *plan = plan_of(ctx, s, 40000, NULL);
            describe(now, sizeof now, plan);
            if (k == 0)
                memcpy(first, now, sizeof first);
            ck_assert_str_eq(first, now);
            qwr_plan_free(plan);
            qwr_scenario_free(s);
            qwr_context_free(ctx);
        }
    }
}

START_TEST(threads_do_not_change_the_plan)
{
    static const char *const values[] = {"1", "2", "4", "1"};
    expect_same_with("threads", values, 4);
}
END_TEST

START_TEST(instruction_set_does_not_change_the_plan)
{
    static const char *const values[] = {"generic", "avx2", "avx512", "auto"};
    qwr_context *ctx = qwr_test_context();
    size_t known = 0;
    while (known < 4 && qwr_context_set_option(ctx, "simd", values[known]) == QWR_OK)
        known++;
    qwr_context_free(ctx);
    expect_same_with("simd", values, known);
}
END_TEST

START_TEST(every_generated_terminal_gets_a_plan_the_checker_accepts)
{
    static const char *const profiles[] = {"tiny", "feeder", "medium", "automated"};
    qwr_context *ctx = qwr_test_context();
    for (int k = 0; k < 4; k++)
        for (uint64_t seed = 1; seed <= 4; seed++) {
            qwr_scenario *s = generated(ctx, profiles[k], seed, QWR_UNSET);
            qwr_plan *plan = plan_of(ctx, s, 6000, NULL);
            qwr_violations *found = NULL;
            qwr_test_ok(ctx, qwr_plan_check(&found, ctx, s, plan));
            for (size_t v = 0; v < qwr_violations_count(found); v++)
                ck_assert_str_eq(qwr_violations_get(found, v)->rule, "placed");
            ck_assert_int_eq(qwr_violations_cost_mu(found), qwr_plan_get_quality(plan)->cost_mu);
            qwr_violations_free(found);
            qwr_plan_free(plan);
            qwr_scenario_free(s);
        }
    qwr_context_free(ctx);
}
END_TEST

START_TEST(a_start_plan_is_never_made_worse)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = generated(ctx, "automated", 3, QWR_UNSET);
    qwr_plan *good = plan_of(ctx, s, 60000, NULL), *again = plan_of(ctx, s, 500, good);
    ck_assert_int_le(qwr_plan_get_quality(again)->cost_mu, qwr_plan_get_quality(good)->cost_mu);
    qwr_plan_free(again);
    qwr_plan_free(good);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

static int64_t optimum(qwr_context *ctx, const tiny_options *o)
{
    qwr_scenario *s = tiny_scenario(ctx, o);
    qwr_plan *plan = plan_of(ctx, s, 60000, NULL);
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    int64_t cost = q->unplaced ? -q->unplaced : q->cost_mu;
    ck_assert_int_ne(q->outcome, QWR_OUTCOME_FEASIBLE);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    return cost;
}

START_TEST(a_later_week_costs_the_same)
{
    qwr_context *ctx = qwr_test_context();
    for (uint64_t seed = 1; seed <= 8; seed++) {
        tiny_options o = {.seed = seed, .calls = 4, .cranes = true, .water = true, .windows = true};
        int64_t now = optimum(ctx, &o);
        o.shift_s = 48 * 3600;
        ck_assert_int_eq(optimum(ctx, &o), now);
    }
    qwr_context_free(ctx);
}
END_TEST

START_TEST(a_mirrored_quay_costs_the_same)
{
    qwr_context *ctx = qwr_test_context();
    for (uint64_t seed = 1; seed <= 8; seed++) {
        tiny_options o = {.seed = seed,
                          .calls = 4,
                          .even_hulls = true,
                          .cranes = true,
                          .water = true,
                          .windows = true};
        int64_t now = optimum(ctx, &o);
        o.mirrored = true;
        ck_assert_int_eq(optimum(ctx, &o), now);
    }
    qwr_context_free(ctx);
}
END_TEST

START_TEST(a_useless_berth_changes_nothing)
{
    qwr_context *ctx = qwr_test_context();
    for (uint64_t seed = 1; seed <= 8; seed++) {
        tiny_options o = {.seed = seed, .calls = 4, .layout = QWR_LAYOUT_DISCRETE};
        int64_t now = optimum(ctx, &o);
        o.spare_berth = true;
        ck_assert_int_eq(optimum(ctx, &o), now);
    }
    qwr_context_free(ctx);
}
END_TEST

/* The terminal of `o` with its second call made longer than every quay. */
static qwr_scenario *with_a_giant(qwr_context *ctx, const tiny_options *o)
{
    qwr_scenario *s = tiny_scenario(ctx, o), *longer = NULL;
    qwr_scenario_builder *b = NULL;
    qwr_test_ok(ctx, qwr_scenario_thaw(&b, ctx, s));
    qwr_call c = *qwr_scenario_call(s, (qwr_call_ix){1});
    c.loa_mm = 400000;
    c.preferred_mm = 0;
    qwr_test_ok(ctx, qwr_scenario_set_call(b, (qwr_call_ix){1}, &c));
    qwr_test_ok(ctx, qwr_scenario_freeze(&longer, b));
    qwr_scenario_builder_free(b);
    qwr_scenario_free(s);
    return longer;
}

START_TEST(a_call_nobody_can_serve_is_named_and_the_rest_planned)
{
    static const qwr_objective objectives[] = {QWR_OBJECTIVE_COST, QWR_OBJECTIVE_MAKESPAN};
    qwr_context *ctx = qwr_test_context();
    for (int k = 0; k < 2; k++) {
        qwr_scenario *s =
            with_a_giant(ctx, &(tiny_options){.seed = 5, .calls = 3, .objective = objectives[k]});
        qwr_plan *plan = plan_of(ctx, s, 20000, NULL);
        const qwr_plan_quality *q = qwr_plan_get_quality(plan);
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){1});
        ck_assert_uint_eq(stay->placed, 0);
        ck_assert_ptr_nonnull(strstr(stay->reason, "length"));
        ck_assert_int_eq(q->unplaced, 1);
        ck_assert_int_eq(q->outcome, QWR_OUTCOME_INFEASIBLE);
        ck_assert_int_eq(q->bound_mu, q->cost_mu); /* the rest is planned to the proven best */
        ck_assert_uint_eq(qwr_plan_stay(plan, (qwr_call_ix){0})->placed, 1);
        qwr_plan_free(plan);
        qwr_scenario_free(s);
    }
    qwr_context_free(ctx);
}
END_TEST

/* Two vessels pinned to one place at one time: one stays out, and the reason names the other. */
START_TEST(of_two_calls_pinned_to_one_place_the_one_left_out_names_the_other)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = tiny_scenario(ctx, &(tiny_options){.seed = 2, .calls = 2}), *pinned = NULL;
    qwr_scenario_builder *b = NULL;
    qwr_test_ok(ctx, qwr_scenario_thaw(&b, ctx, s));
    for (uint32_t i = 0; i < 2; i++) {
        qwr_call c = *qwr_scenario_call(s, (qwr_call_ix){i});
        c.eta_s = c.earliest_s = c.pin_start_s = 7200;
        c.pin_quay = (qwr_quay_ix){0};
        c.pin_position_mm = 0;
        qwr_test_ok(ctx, qwr_scenario_set_call(b, (qwr_call_ix){i}, &c));
    }
    qwr_test_ok(ctx, qwr_scenario_freeze(&pinned, b));
    qwr_plan *plan = plan_of(ctx, pinned, 20000, NULL);
    ck_assert_int_eq(qwr_plan_get_quality(plan)->unplaced, 1);
    for (uint32_t i = 0; i < 2; i++) {
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (stay->placed)
            continue;
        ck_assert_ptr_nonnull(strstr(stay->reason, i ? "V1" : "V2"));
        ck_assert_ptr_nonnull(strstr(stay->reason, "pinned"));
    }
    qwr_plan_free(plan);
    qwr_scenario_free(pinned);
    qwr_scenario_builder_free(b);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

static qwr_status solve_once(qwr_context *ctx, void *payload)
{
    (void)payload;
    qwr_generate_options g = qwr_generate_options_init();
    qwr_solve_options o = qwr_solve_options_init();
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    g.profile = "tiny";
    o.deadline_ms = -1;
    o.work_limit = 300;
    o.solver = "none";
    qwr_status status = qwr_generate(&s, ctx, &g);
    if (status == QWR_OK)
        status = qwr_solve(&plan, ctx, s, &o, NULL);
    if (status != QWR_OK)
        ck_assert_ptr_null(plan);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    return status;
}

START_TEST(every_failing_allocation_is_survived)
{
    ck_assert_int_gt(qwr_test_each_allocation(solve_once, NULL, 20000), 0);
}
END_TEST

static void cancel_at_once(const qwr_progress *progress, void *payload)
{
    (void)progress;
    qwr_context_cancel(payload);
}

START_TEST(cancel_returns_a_legal_plan)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *s = generated(ctx, "automated", 2, QWR_UNSET);
    qwr_solve_options o = qwr_solve_options_init();
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = 60000;
    o.progress = cancel_at_once;
    o.payload = ctx;
    qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, &stats));
    ck_assert_int_eq(qwr_plan_get_quality(plan)->stop, QWR_STOP_CANCEL);
    ck_assert_int_eq(stats.violations, 0);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    qwr_context_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plans");
    TCase *c = tcase_create("properties");
    tcase_set_timeout(c, 600);
    tcase_add_test(c, threads_do_not_change_the_plan);
    tcase_add_test(c, instruction_set_does_not_change_the_plan);
    tcase_add_test(c, every_generated_terminal_gets_a_plan_the_checker_accepts);
    tcase_add_test(c, a_start_plan_is_never_made_worse);
    tcase_add_test(c, a_later_week_costs_the_same);
    tcase_add_test(c, a_mirrored_quay_costs_the_same);
    tcase_add_test(c, a_useless_berth_changes_nothing);
    tcase_add_test(c, a_call_nobody_can_serve_is_named_and_the_rest_planned);
    tcase_add_test(c, of_two_calls_pinned_to_one_place_the_one_left_out_names_the_other);
    tcase_add_test(c, every_failing_allocation_is_survived);
    tcase_add_test(c, cancel_returns_a_legal_plan);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
