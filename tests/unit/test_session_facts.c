/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vessels alongside: facts stay what they are, whatever the plan would like, and a fact that breaks
 * a rule is believed and named. Every plan here passes the checker.
 */
#include "base/base.h"
#include "support/support.h"

#include <quaywright/check.h>
#include <quaywright/session.h>

#include <string.h>

#define HOUR 3600

static qwr_context *ctx;
static qwr_session *session;
static qwr_scenario_info info;
static qwr_quay quay;
static qwr_call calls[4];
static int crane_count;

/* Q1, 600 m, 14 m deep, gaps of 20 m; three cranes of 30 moves an hour; calls of 200 m, 240 moves.
 */
static void setup(void)
{
    static const char *const ids[] = {"A", "B", "C", "D"};

    ctx = qwr_test_context();
    session = NULL;
    info = qwr_scenario_info_init();
    info.id = "port";
    info.epoch = "2026-03-02T00:00:00Z";
    info.horizon_s = 96 * HOUR;
    quay = qwr_quay_init();
    quay.id = "Q1";
    quay.length_mm = 600000;
    quay.depth_mm = 14000;
    quay.clearance_mm = 20000;
    crane_count = 3;
    for (int i = 0; i < 4; i++) {
        calls[i] = qwr_call_init();
        calls[i].id = ids[i];
        calls[i].loa_mm = 200000;
        calls[i].draught_mm = 10000;
        calls[i].eta_s = (1 + i) * HOUR;
        calls[i].moves = 240;
        calls[i].max_cranes = 2;
        calls[i].interference_milli = 1000;
        calls[i].wait_mu_h = 1000000;
        calls[i].stay_mu_h = 100000;
    }
}

static void teardown(void)
{
    qwr_session_free(session);
    qwr_context_free(ctx);
}

/* The session of the world as the test has changed it. */
static void begin(void)
{
    static const char *const cranes[] = {"K1", "K2", "K3"};
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;

    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    for (int i = 0; i < crane_count; i++) {
        qwr_crane crane = qwr_crane_init();
        crane.id = cranes[i];
        crane.quay.v = 0;
        crane.rail_order = i + 1;
        qwr_test_ok(ctx, qwr_scenario_add_crane(builder, &crane, NULL));
    }
    for (int i = 0; i < 4; i++)
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &calls[i], NULL));
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_test_ok(ctx, qwr_session_new(&session, ctx, scenario));
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
}

static void berthed(const char *call, int64_t position_mm, int64_t start_s, int64_t cranes,
                    int64_t moves_done)
{
    qwr_berthed told = qwr_berthed_init();

    told.quay = "Q1";
    told.position_mm = position_mm;
    told.start_s = start_s;
    told.cranes = cranes;
    told.moves_done = moves_done;
    qwr_test_ok(ctx, qwr_session_set_berthed(session, call, &told));
}

static qwr_session_result plan(void)
{
    qwr_solve_options options = qwr_solve_options_init();
    qwr_session_result result = qwr_session_result_init();
    qwr_violations *found = NULL;

    options.deadline_ms = -1;
    options.work_limit = 5000;
    options.solver = "none";
    qwr_test_ok(ctx, qwr_session_plan(&result, session, &options));
    qwr_test_ok(ctx, qwr_plan_check(&found, ctx, result.scenario, result.plan));
    for (size_t i = 0; i < qwr_violations_count(found); i++)
        ck_assert_str_eq(qwr_violations_get(found, i)->rule, "placed");
    qwr_violations_free(found);
    return result;
}

static const qwr_stay *stay_of(const qwr_session_result *result, const char *id)
{
    return qwr_plan_stay(result->plan, qwr_scenario_find_call(result->scenario, id));
}

static bool conflict_says(const qwr_session_result *result, const char *part)
{
    for (uint32_t i = 0; i < result->conflict_count; i++)
        if (strstr(result->conflicts[i], part) != NULL)
            return true;
    return false;
}

/* --- what is left to do -------------------------------------------------------------------------
 */

START_TEST(a_vessel_alongside_stays_where_it_is_though_off_grid_and_off_step)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 3 * HOUR));
    berthed("A", 123456, HOUR + 421, 2, 60);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->position_mm, 123456);
    ck_assert_int_eq(stay_of(&r, "A")->start_s, HOUR + 421);
    ck_assert_int_eq(stay_of(&r, "A")->cranes, 2);
    ck_assert_uint_eq(r.conflict_count, 0);
}
END_TEST

/* 180 moves left at 60 an hour: three hours from now on. */
START_TEST(the_end_follows_from_the_moves_left)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 4 * HOUR));
    berthed("A", 0, HOUR, 2, 60);
    qwr_session_result r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 7 * HOUR);
    berthed("A", 0, HOUR, 1, 60);
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 10 * HOUR);
    berthed("A", 0, HOUR, 2, 240);
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 4 * HOUR);
}
END_TEST

START_TEST(without_a_report_the_work_goes_as_planned)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 2, QWR_UNSET);
    qwr_session_result r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 5 * HOUR);
    qwr_test_ok(ctx, qwr_session_set_now(session, 20 * HOUR)); /* still there long after */
    r = plan();
    ck_assert_int_ge(stay_of(&r, "A")->end_s, 20 * HOUR);
}
END_TEST

START_TEST(weather_to_come_stretches_the_stay_and_weather_gone_by_does_not)
{
    qwr_window gale = qwr_window_init();

    begin();
    gale.id = "gale";
    gale.kind = QWR_WINDOW_WEATHER;
    gale.quay.v = 0;
    gale.from_s = 3 * HOUR;
    gale.to_s = 5 * HOUR;
    qwr_test_ok(ctx, qwr_session_set_window(session, &gale));
    qwr_test_ok(ctx, qwr_session_set_now(session, 4 * HOUR));
    berthed("A", 0, HOUR, 2, 120); /* two hours of work left, an hour of gale */
    qwr_session_result r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 7 * HOUR);
}
END_TEST

START_TEST(a_told_departure_is_believed)
{
    qwr_berthed told = qwr_berthed_init();

    begin();
    told.quay = "Q1";
    told.position_mm = 0;
    told.start_s = HOUR;
    told.end_s = 30 * HOUR;
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    qwr_test_ok(ctx, qwr_session_set_berthed(session, "A", &told));
    qwr_session_result r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 30 * HOUR);
}
END_TEST

START_TEST(others_keep_clear_of_it)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 200000, HOUR, 2, 0); /* in the middle: 180 m are left on either side */
    qwr_session_result r = plan();
    ck_assert_int_ge(stay_of(&r, "B")->start_s, stay_of(&r, "A")->end_s);
}
END_TEST

/* --- facts against rules
 * --------------------------------------------------------------------------- */

START_TEST(too_deep_a_draught_gives_way_and_is_named)
{
    calls[0].draught_mm = 15000;
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 2, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_uint_eq(r.conflict_count, 1);
    ck_assert(conflict_says(&r, "15"));
}
END_TEST

START_TEST(a_latest_departure_that_cannot_be_kept_gives_way)
{
    calls[0].latest_departure_s = 4 * HOUR;
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 3 * HOUR));
    berthed("A", 0, HOUR, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 11 * HOUR);
    ck_assert_uint_eq(r.conflict_count, 1);
}
END_TEST

START_TEST(a_crane_that_is_down_is_taken_off_the_vessel)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 2, 0);
    berthed("B", 300000, HOUR + 900, 1, 0);
    qwr_test_ok(ctx, qwr_session_crane_down(session, "down", "K1", HOUR, 60 * HOUR, "hoist"));
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_uint_eq(stay_of(&r, "B")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->cranes + stay_of(&r, "B")->cranes, 2);
    ck_assert(conflict_says(&r, "cranes"));
}
END_TEST

START_TEST(all_cranes_down_leave_the_vessel_alongside)
{
    static const char *const cranes[] = {"K1", "K2", "K3"}, *const windows[] = {"a", "b", "c"};

    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 2, 0);
    for (int i = 0; i < 3; i++)
        qwr_test_ok(ctx,
                    qwr_session_crane_down(session, windows[i], cranes[i], HOUR, 95 * HOUR, NULL));
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->cranes, 0);
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 96 * HOUR); /* nothing gets done before they are up */
    ck_assert_uint_eq(r.conflict_count, 1);
}
END_TEST

START_TEST(neighbours_closer_than_their_clearance_are_believed)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 1, 0);
    berthed("B", 208000, HOUR + 900, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_uint_eq(stay_of(&r, "B")->placed, 1);
    ck_assert_uint_eq(r.conflict_count, 1);
    ck_assert(conflict_says(&r, "8.0 m apart"));
}
END_TEST

START_TEST(neighbours_off_the_grid_with_just_their_clearance_break_no_rule)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 3000, HOUR, 1, 0);
    berthed("B", 223000, HOUR + 900, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_uint_eq(stay_of(&r, "B")->placed, 1);
    ck_assert_uint_eq(r.conflict_count, 0);
    for (uint32_t i = 2; i < 4; i++)
        ck_assert_int_eq(qwr_plan_stay(r.plan, (qwr_call_ix){i})->position_mm % 10000, 0);
}
END_TEST

START_TEST(a_hull_beyond_the_end_of_the_quay_is_believed)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", -5500, HOUR, 1, 0);
    berthed("B", 410000, HOUR, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->position_mm, 0);
    ck_assert_uint_eq(stay_of(&r, "B")->placed, 1);
    ck_assert_uint_eq(r.conflict_count, 2);
    ck_assert(conflict_says(&r, "A lies at -5.5 m of Q1, partly or wholly beyond the end"));
    berthed("A", INT64_MAX, HOUR, 1, 0); /* nowhere: and no plan moves it to somewhere */
    r = plan();
    ck_assert(conflict_says(&r, "A lies at"));
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 0);
}
END_TEST

START_TEST(a_vessel_whose_quay_is_gone_is_planned_nowhere_else)
{
    qwr_scenario_builder *builder = NULL;
    qwr_quay other = qwr_quay_init();

    begin();
    berthed("A", 0, HOUR, 1, 0);
    qwr_test_ok(ctx, qwr_session_hold(&builder, session));
    other.id = "Q9";
    other.length_mm = 500000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &other, NULL));
    qwr_test_ok(ctx, qwr_scenario_remove_quay(builder, (qwr_quay_ix){0}));
    qwr_test_ok(ctx, qwr_session_release(session));
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 0);
    ck_assert(conflict_says(&r, "which is not there any more"));
}
END_TEST

START_TEST(every_stretch_of_a_place_is_kept_free)
{
    calls[0].loa_mm = 400000;
    calls[1].loa_mm = 100000;
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 0, 0);
    berthed("B", 100000, HOUR + 900, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "B")->placed, 1);
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 0);
    for (uint32_t i = 2; i < 4; i++) { /* both need 200 m: there is room beyond A alone */
        const qwr_stay *stay = qwr_plan_stay(r.plan, (qwr_call_ix){i});
        ck_assert(!stay->placed || stay->position_mm >= 400000 || stay->start_s >= 9 * HOUR);
    }
}
END_TEST

/* Two hulls cannot lie in one place: one is left out, and nobody else is planned there. */
START_TEST(what_cannot_give_way_is_left_out_and_its_place_kept_free)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 1, 0);
    berthed("B", 150000, HOUR + 900, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed + stay_of(&r, "B")->placed, 1);
    ck_assert_uint_ge(r.conflict_count, 1);
    for (uint32_t i = 2; i < 4; i++) {
        const qwr_stay *stay = qwr_plan_stay(r.plan, (qwr_call_ix){i});
        ck_assert(stay->placed && (stay->position_mm >= 350000 || stay->start_s >= 9 * HOUR));
    }
}
END_TEST

START_TEST(a_vessel_in_a_closed_place_keeps_it_from_others)
{
    begin();
    qwr_test_ok(ctx, qwr_session_close_quay(session, "dredger", "Q1", 0, 300000, HOUR, 4 * HOUR,
                                            "dredging"));
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 50000, HOUR, 1, 0);
    qwr_session_result r = plan();
    ck_assert(conflict_says(&r, "dredging"));
    for (uint32_t i = 1; i < 4; i++) {
        const qwr_stay *stay = qwr_plan_stay(r.plan, (qwr_call_ix){i});
        ck_assert(stay->position_mm >= 250000 || stay->start_s >= 10 * HOUR);
    }
}
END_TEST

/* --- their life
 * --------------------------------------------------------------------------------------- */

START_TEST(a_vessel_that_has_left_is_forgotten)
{
    begin();
    berthed("A", 0, HOUR, 1, 0);
    qwr_test_ok(ctx, qwr_session_remove_call(session, "A"));
    qwr_test_ok(ctx, qwr_session_add_call(session, &calls[0])); /* it comes again next week */
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_uint_eq(r.conflict_count, 0);
}
END_TEST

START_TEST(facts_roll_with_the_epoch)
{
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 5 * HOUR));
    berthed("A", 0, HOUR, 2, 60);
    qwr_session_result r = plan();
    int64_t end_s = stay_of(&r, "A")->end_s;
    qwr_test_ok(ctx, qwr_session_roll(session, 4 * HOUR));
    r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->start_s, -3 * HOUR);
    ck_assert_int_eq(stay_of(&r, "A")->end_s, end_s - 4 * HOUR);
    for (size_t i = 0; i < qwr_diff_count(r.diff); i++)
        ck_assert_str_ne(qwr_diff_get(r.diff, i)->id, "A");
}
END_TEST

START_TEST(work_that_outlasts_the_horizon_ends_with_it)
{
    calls[0].moves = 9000;
    begin();
    qwr_test_ok(ctx, qwr_session_set_now(session, 2 * HOUR));
    berthed("A", 0, HOUR, 1, 0);
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->end_s, 96 * HOUR);
}
END_TEST

START_TEST(reports_that_lack_what_they_need_are_refused)
{
    qwr_berthed told = qwr_berthed_init();

    begin();
    told.quay = "Q2";
    ck_assert_int_eq(qwr_session_set_berthed(session, "A", &told), QWR_ENOTFOUND);
    ck_assert(qwr_test_cause_holds(ctx, "did you mean \"Q1\"?"));
    told.quay = "Q1";
    ck_assert_int_eq(qwr_session_set_berthed(session, "A", &told), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "start_s is not told"));
    told.start_s = 0;
    ck_assert_int_eq(qwr_session_set_berthed(session, "A", &told), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "position_mm is not told"));
    told.position_mm = 0;
    told.cranes = -1;
    ck_assert_int_eq(qwr_session_set_berthed(session, "A", &told), QWR_EINVAL);
    told.size = 0;
    ck_assert_int_eq(qwr_session_set_berthed(session, "A", &told), QWR_EINVAL);
    ck_assert_int_eq(qwr_session_set_berthed(session, "A", NULL), QWR_EINVAL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session_facts");
    TCase *tc = tcase_create("facts");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_vessel_alongside_stays_where_it_is_though_off_grid_and_off_step);
    tcase_add_test(tc, the_end_follows_from_the_moves_left);
    tcase_add_test(tc, without_a_report_the_work_goes_as_planned);
    tcase_add_test(tc, weather_to_come_stretches_the_stay_and_weather_gone_by_does_not);
    tcase_add_test(tc, a_told_departure_is_believed);
    tcase_add_test(tc, others_keep_clear_of_it);
    tcase_add_test(tc, too_deep_a_draught_gives_way_and_is_named);
    tcase_add_test(tc, a_latest_departure_that_cannot_be_kept_gives_way);
    tcase_add_test(tc, a_crane_that_is_down_is_taken_off_the_vessel);
    tcase_add_test(tc, all_cranes_down_leave_the_vessel_alongside);
    tcase_add_test(tc, neighbours_closer_than_their_clearance_are_believed);
    tcase_add_test(tc, neighbours_off_the_grid_with_just_their_clearance_break_no_rule);
    tcase_add_test(tc, a_hull_beyond_the_end_of_the_quay_is_believed);
    tcase_add_test(tc, a_vessel_whose_quay_is_gone_is_planned_nowhere_else);
    tcase_add_test(tc, every_stretch_of_a_place_is_kept_free);
    tcase_add_test(tc, what_cannot_give_way_is_left_out_and_its_place_kept_free);
    tcase_add_test(tc, a_vessel_in_a_closed_place_keeps_it_from_others);
    tcase_add_test(tc, a_vessel_that_has_left_is_forgotten);
    tcase_add_test(tc, facts_roll_with_the_epoch);
    tcase_add_test(tc, work_that_outlasts_the_horizon_ends_with_it);
    tcase_add_test(tc, reports_that_lack_what_they_need_are_refused);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
