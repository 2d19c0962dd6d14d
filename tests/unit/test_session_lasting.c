/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions in hostile hands: what is refused leaves no trace, what lasts longer than a horizon or
 * lies across a roll of the epoch is told the same as before.
 */
#include "session_port.h"

static qwr_berthed alongside(int64_t position_mm)
{
    qwr_berthed told = qwr_berthed_init();

    told.quay = "Q1";
    told.position_mm = position_mm;
    told.start_s = 2 * HOUR;
    told.cranes = 1;
    return told;
}

START_TEST(vessels_reported_while_news_are_held_are_undone_with_them)
{
    qwr_berthed told = alongside(100000);
    qwr_call call = *qwr_session_call(session, "A");

    qwr_test_ok(ctx, qwr_session_hold(NULL, session));
    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    qwr_test_ok(ctx, qwr_session_add_call(session, &call)); /* the id is taken: refused later */
    ck_assert_int_eq(qwr_session_release(session), QWR_ESCENARIO);
    qwr_session_result r = plan();
    ck_assert_int_ne(stay_of(&r, "A")->position_mm, 100000);
    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    qwr_test_ok(ctx, qwr_session_hold(NULL, session));
    qwr_test_ok(ctx, qwr_session_remove_call(session, "A"));
    call.eta_s = 50 * HOUR;
    qwr_test_ok(ctx, qwr_session_add_call(session, &call)); /* it comes again */
    qwr_test_ok(ctx, qwr_session_release(session));
    r = plan();
    ck_assert_int_ge(stay_of(&r, "A")->start_s, 50 * HOUR);
}
END_TEST

START_TEST(refused_news_leave_no_trace_in_the_next_plan)
{
    qwr_scenario_builder *builder = NULL;
    qwr_window gale = qwr_window_init();
    qwr_berthed told = alongside(0);
    qwr_call call = *qwr_session_call(session, "B");

    qwr_test_ok(ctx, qwr_session_set_now(session, 8 * HOUR));
    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    qwr_session_result r = plan();
    int64_t end_s = stay_of(&r, "A")->end_s;
    gale.id = "gale";
    gale.kind = QWR_WINDOW_WEATHER;
    gale.quay.v = 0;
    gale.from_s = 3 * HOUR;
    gale.to_s = 7 * HOUR;
    qwr_test_ok(ctx, qwr_session_hold(&builder, session));
    qwr_test_ok(ctx, qwr_scenario_add_window(builder, &gale, NULL));
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    ck_assert_int_eq(qwr_session_release(session), QWR_ESCENARIO);
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, end_s);
}
END_TEST

START_TEST(a_roll_keeps_what_past_weather_has_cost)
{
    qwr_window gale = qwr_window_init();
    qwr_berthed told = alongside(0);

    gale.id = "gale";
    gale.kind = QWR_WINDOW_WEATHER;
    gale.quay.v = 0;
    gale.from_s = 3 * HOUR;
    gale.to_s = 5 * HOUR;
    qwr_test_ok(ctx, qwr_session_set_window(session, &gale));
    qwr_test_ok(ctx, qwr_session_set_now(session, 6 * HOUR));
    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    qwr_session_result r = plan();
    int64_t end_s = stay_of(&r, "A")->end_s;
    qwr_test_ok(ctx, qwr_session_roll(session, 6 * HOUR));
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, end_s - 6 * HOUR);
}
END_TEST

START_TEST(a_vessel_may_lie_alongside_longer_than_the_horizon)
{
    qwr_berthed told = alongside(0);

    told.end_s = INT64_MAX;
    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    for (int i = 0; i < 6; i++) {
        for (int k = 0; k < 4; k++) { /* the others come later and later */
            static const char *const ids[] = {"B", "C", "D", "E"};
            qwr_test_ok(ctx, qwr_session_set_eta(session, ids[k], 50 * HOUR));
        }
        qwr_test_ok(ctx, qwr_session_roll(session, 40 * HOUR));
        qwr_session_result r = plan();
        ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
        ck_assert_int_eq(stay_of(&r, "A")->end_s, 96 * HOUR);
        ck_assert_int_eq(stay_of(&r, "A")->position_mm, 0);
    }
    ck_assert_int_eq(qwr_session_roll(session, INT64_MAX / 900 * 900), QWR_EINVAL);
}
END_TEST

START_TEST(frozen_stays_that_lack_cranes_are_free_to_move)
{
    (void)plan();
    qwr_session_freeze_until(session, 90 * HOUR);
    for (int i = 0; i < 3; i++) {
        static const char *const cranes[] = {"K1", "K2", "K3"}, *const ids[] = {"a", "b", "c"};
        qwr_test_ok(ctx, qwr_session_crane_down(session, ids[i], cranes[i], 0, 90 * HOUR, NULL));
    }
    qwr_session_result r = plan();
    ck_assert_int_eq(qwr_plan_get_quality(r.plan)->unplaced, 0);
}
END_TEST

START_TEST(a_failed_cycle_keeps_the_last_result_whole)
{
    qwr_berthed told = alongside(-5000);
    qwr_solve_options options = qwr_solve_options_init();
    qwr_session_result last = qwr_session_result_init();

    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    qwr_session_result r = plan();
    ck_assert_uint_eq(r.conflict_count, 1);
    options.solver = "no-such-solver";
    ck_assert_int_eq(qwr_session_plan(NULL, session, &options), QWR_ENOTFOUND);
    qwr_test_ok(ctx, qwr_session_last(&last, session));
    ck_assert_uint_eq(last.conflict_count, 1);
    ck_assert_ptr_eq(last.conflicts, r.conflicts);
    ck_assert_str_eq(r.conflicts[0], last.conflicts[0]);
}
END_TEST

START_TEST(without_an_epoch_a_roll_moves_no_vessel_either)
{
    qwr_scenario_builder *builder = NULL;

    qwr_test_ok(ctx, qwr_session_hold(&builder, session));
    qwr_scenario_info info = *qwr_scenario_builder_get_info(builder);
    info.epoch = NULL;
    qwr_test_ok(ctx, qwr_scenario_builder_set_info(builder, &info));
    qwr_test_ok(ctx, qwr_session_release(session));
    (void)plan();
    qwr_test_ok(ctx, qwr_session_roll(session, HOUR));
    qwr_session_result r = plan();
    ck_assert_uint_eq(qwr_diff_count(r.diff), 0);
}
END_TEST

START_TEST(a_pin_within_the_step_that_has_begun_still_holds)
{
    qwr_pin pin = qwr_pin_init();

    pin.start_s = 2 * HOUR + 600;
    qwr_test_ok(ctx, qwr_session_pin(session, "A", &pin));
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR + 300));
    qwr_session_result r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->start_s, 2 * HOUR + 600);
}
END_TEST

START_TEST(a_vessel_too_late_for_its_latest_departure_is_news_all_the_same)
{
    qwr_call call = *qwr_session_call(session, "C");

    call.earliest_s = call.eta_s;
    call.latest_departure_s = 20 * HOUR;
    qwr_test_ok(ctx, qwr_session_set_call(session, &call));
    qwr_test_ok(ctx, qwr_session_set_eta(session, "C", 30 * HOUR));
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "C")->placed, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session_lasting");
    TCase *tc = tcase_create("lasting");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, vessels_reported_while_news_are_held_are_undone_with_them);
    tcase_add_test(tc, refused_news_leave_no_trace_in_the_next_plan);
    tcase_add_test(tc, a_roll_keeps_what_past_weather_has_cost);
    tcase_add_test(tc, a_vessel_may_lie_alongside_longer_than_the_horizon);
    tcase_add_test(tc, frozen_stays_that_lack_cranes_are_free_to_move);
    tcase_add_test(tc, a_failed_cycle_keeps_the_last_result_whole);
    tcase_add_test(tc, without_an_epoch_a_roll_moves_no_vessel_either);
    tcase_add_test(tc, a_pin_within_the_step_that_has_begun_still_holds);
    tcase_add_test(tc, a_vessel_too_late_for_its_latest_departure_is_news_all_the_same);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
