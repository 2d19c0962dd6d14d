/* SPDX-License-Identifier: Apache-2.0 */
/* Crane counts that vary over a stay: the rules, the money, copies and files. */
#include "check_stage.h"

#include <quaywright/io.h>

#include <stdio.h>
#include <string.h>

static qwr_quay_ix quay;
static qwr_call_ix first, second;

/** 120 moves at 30 an hour are four crane-hours; cranes change on the hour. */
static stage by_the_hour(qwr_profile profile)
{
    stage s = stage_open();
    s.info.profile = profile;
    quay = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_cranes(&s, quay, 4);
    for (int i = 0; i < 2; i++) {
        qwr_call call = stage_vessel(i ? "C2" : "C1", i ? "EVER B" : "EVER A");
        call.handling_s = QWR_UNSET;
        call.moves = 120;
        call.rate_milli = 30000;
        call.interference_milli = 1000;
        call.min_cranes = 1;
        call.max_cranes = 3;
        call.crane_mu_h = 1000;
        call.handover_mu = 7;
        *(i ? &second : &first) = stage_call(&s, &call);
    }
    stage_freeze(&s);
    return s;
}

static void put(stage *s, qwr_call_ix call, int64_t at_m, int64_t to_h, const qwr_crane_step *steps,
                uint32_t count)
{
    qwr_stay stay = stage_stay(quay, at_m, 0, to_h, 0);
    for (uint32_t k = 0; k < count; k++)
        stay.cranes = steps[k].cranes > stay.cranes ? steps[k].cranes : stay.cranes;
    stay.steps = steps;
    stay.step_count = count;
    stage_set(s, call, &stay);
}

START_TEST(work_is_what_the_steps_get_done_together)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const qwr_crane_step enough[] = {{0, 3}, {HOUR, 1}}, late[] = {{0, 1}, {HOUR, 2}};
    stage_put(&s, second, quay, 500, 4, 8, 1);
    put(&s, first, 0, 2, enough, 2);
    stage_legal(&s);
    put(&s, first, 0, 2, late, 2); /* three of four crane-hours */
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, 30000);
    stage_close(&s);
}
END_TEST

START_TEST(counts_hold_at_every_instant)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const qwr_crane_step falls[] = {{0, 3}, {HOUR, 1}}, rises[] = {{0, 1}, {HOUR, 3}};
    put(&s, first, 0, 2, falls, 2);
    put(&s, second, 500, 2, rises, 2);
    stage_legal(&s); /* four at any time, though the peaks add up to six */
    put(&s, second, 500, 2, falls, 2);
    stage_breaks(&s, "cranes");
    stage_close(&s);
}
END_TEST

START_TEST(a_profile_out_of_order_is_named)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const qwr_crane_step wrong[][2] = {{{60, 3}, {HOUR, 1}},
                                       {{0, 3}, {HOUR + 60, 2}},
                                       {{0, 3}, {HOUR, 3}},
                                       {{0, 3}, {3 * HOUR, 1}},
                                       {{0, 3}, {0, 2}}};
    const char *const words[] = {"begins at", "may change every", "changes nothing", "not between",
                                 "not between"};
    stage_put(&s, second, quay, 500, 4, 8, 1);
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        put(&s, first, 0, 3, wrong[k], 2);
        ck_assert_ptr_nonnull(strstr(stage_breaks(&s, "crane-profile")->sentence, words[k]));
    }
    const qwr_crane_step many[] = {{0, 3}, {HOUR, 4}}, none[] = {{0, 3}, {2 * HOUR, 0}};
    put(&s, first, 0, 2, many, 2);
    stage_breaks(&s, "crane-count");
    put(&s, first, 0, 3, none, 2);
    stage_breaks(&s, "crane-count");
    qwr_stay stay = stage_stay(quay, 0, 0, 2, 2);
    const qwr_crane_step enough[] = {{0, 3}, {HOUR, 1}};
    stay.steps = enough;
    stay.step_count = 2;
    stage_set(&s, first, &stay); /* says 2, has 3 */
    stage_breaks(&s, "crane-profile");
    stage_close(&s);
}
END_TEST

START_TEST(scenarios_with_constant_counts_allow_no_profile)
{
    stage s = by_the_hour(QWR_PROFILE_CONSTANT);
    const qwr_crane_step steps[] = {{0, 3}, {HOUR, 1}};
    stage_put(&s, second, quay, 500, 4, 8, 1);
    put(&s, first, 0, 2, steps, 2);
    ck_assert_ptr_nonnull(strstr(stage_breaks(&s, "crane-profile")->sentence, "do not vary"));
    stage_close(&s);
}
END_TEST

START_TEST(money_counts_crane_hours_and_changes)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const qwr_crane_step steps[] = {{0, 2}, {HOUR, 3}, {2 * HOUR, 1}};
    stage_put(&s, second, quay, 500, 4, 8, 1);
    put(&s, first, 0, 3, steps, 3);
    stage_legal(&s);
    ck_assert_int_eq(qwr_violations_call_cost_mu(s.found, first), 6 * 1000 + (1 + 2) * 7);
    ck_assert_int_eq(qwr_violations_call_cost_mu(s.found, second), 4 * 1000);
    stage_close(&s);
}
END_TEST

START_TEST(trying_a_stay_with_a_profile_answers_as_the_whole_check)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const qwr_crane_step falls[] = {{0, 3}, {HOUR, 1}}, rises[] = {{0, 1}, {HOUR, 3}};
    qwr_checker *checker = NULL;
    qwr_violation found[8];
    size_t count = 0;
    int64_t cost_mu = 0;
    put(&s, first, 0, 2, falls, 2);
    put(&s, second, 500, 2, rises, 2);
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    qwr_stay stay = *qwr_plan_stay(s.plan, second);
    qwr_test_ok(s.ctx, qwr_checker_try(checker, second, &stay, found, 8, &count, &cost_mu));
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(cost_mu, 4 * 1000 + 2 * 7);
    stay.steps = falls;
    qwr_test_ok(s.ctx, qwr_checker_move(checker, second, &stay));
    qwr_test_ok(s.ctx, qwr_checker_try(checker, first, qwr_plan_stay(s.plan, first), found, 8,
                                       &count, &cost_mu));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(found[0].rule, "cranes");
    qwr_checker_free(checker);
    stage_close(&s);
}
END_TEST

START_TEST(copies_and_files_keep_the_profile)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const qwr_crane_step steps[] = {{0, 2}, {HOUR, 3}, {2 * HOUR, 1}};
    stage_put(&s, second, quay, 500, 4, 8, 1);
    put(&s, first, 0, 3, steps, 3);
    qwr_stay stay = *qwr_plan_stay(s.plan, first);
    qwr_test_ok(s.ctx, qwr_plan_set_stay(s.plan, first, &stay)); /* its own steps */
    for (int format = QWR_PLAN_XML; format <= QWR_PLAN_SOLUTION_CSV; format++) {
        qwr_plan *read = NULL;
        char *text = NULL;
        size_t length = 0;
        qwr_test_ok(s.ctx, qwr_plan_text(&text, &length, s.ctx, s.plan, (qwr_plan_format)format));
        qwr_test_ok(s.ctx,
                    qwr_plan_parse(&read, s.ctx, s.scenario, text, length, "plan", QWR_PLAN_AUTO));
        ck_assert_uint_eq(qwr_plan_hash(read), qwr_plan_hash(s.plan));
        ck_assert_uint_eq(qwr_plan_stay(read, first)->step_count, 3);
        qwr_plan_free(read);
        qwr_text_free(s.ctx, text);
    }
    stay.step_count = QWR_CRANE_STEPS_MAX + 1;
    ck_assert_int_eq(qwr_plan_set_stay(s.plan, first, &stay), QWR_EINVAL);
    stay.step_count = 0;
    uint64_t hash = qwr_plan_hash(s.plan);
    qwr_test_ok(s.ctx, qwr_plan_set_stay(s.plan, first, &stay));
    ck_assert_uint_ne(qwr_plan_hash(s.plan), hash);
    stage_close(&s);
}
END_TEST

START_TEST(a_profile_that_cannot_be_read_is_named)
{
    stage s = by_the_hour(QWR_PROFILE_VARYING);
    const char *const wrong[] = {"3", "x@2026-03-02T06:00:00Z", "3@noon", "@",
                                 "99@2026-03-02T06:00:00Z"};
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        char text[300];
        qwr_plan *read = NULL;
        snprintf(text, sizeof text,
                 "call,quay,position_m,start,end,cranes,profile\n"
                 "C1,Q1,0,2026-03-02T06:00:00Z,2026-03-02T08:00:00Z,3,%s\n",
                 wrong[k]);
        ck_assert_int_eq(
            qwr_plan_parse(&read, s.ctx, s.scenario, text, strlen(text), "plan.csv", QWR_PLAN_CSV),
            QWR_EFORMAT);
        ck_assert_ptr_nonnull(strstr(qwr_context_cause(s.ctx, 0)->message, "profile"));
        ck_assert_int_eq(qwr_context_cause(s.ctx, 0)->line, 2);
    }
    stage_close(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crane profile");
    TCase *tcase = tcase_create("profile");
    tcase_add_test(tcase, work_is_what_the_steps_get_done_together);
    tcase_add_test(tcase, counts_hold_at_every_instant);
    tcase_add_test(tcase, a_profile_out_of_order_is_named);
    tcase_add_test(tcase, scenarios_with_constant_counts_allow_no_profile);
    tcase_add_test(tcase, money_counts_crane_hours_and_changes);
    tcase_add_test(tcase, trying_a_stay_with_a_profile_answers_as_the_whole_check);
    tcase_add_test(tcase, copies_and_files_keep_the_profile);
    tcase_add_test(tcase, a_profile_that_cannot_be_read_is_named);
    suite_add_tcase(suite, tcase);
    return qwr_test_main(suite);
}
