/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions: news are taken whole or not at all, plans start from the last one and are never worse,
 * the epoch rolls on, and memory stays flat. Work limits only, so that nothing depends on the
 * clock.
 */
#include "session_port.h"

#include <stdio.h>
#include <string.h>

/* --- plans ------------------------------------------------------------------------------------ */

START_TEST(first_plan_has_no_difference_and_places_all)
{
    qwr_session_result r = plan();

    ck_assert_int_eq(r.cycle, 1);
    ck_assert_ptr_null(r.diff);
    ck_assert_int_eq(r.carried, 0);
    ck_assert_int_eq(qwr_plan_get_quality(r.plan)->unplaced, 0);
}
END_TEST

START_TEST(equal_news_give_an_equal_or_better_plan)
{
    int64_t cost = qwr_plan_get_quality(plan_with(5000).plan)->cost_mu;

    for (int i = 0; i < 5; i++) {
        qwr_session_result r = plan_with(200);
        ck_assert_int_le(qwr_plan_get_quality(r.plan)->cost_mu, cost);
        ck_assert_int_eq(r.carried, 5);
        cost = qwr_plan_get_quality(r.plan)->cost_mu;
    }
}
END_TEST

START_TEST(a_late_vessel_moves_and_the_difference_says_so)
{
    qwr_session_result before = plan();
    int64_t start_s = stay_of(&before, "B")->start_s;

    qwr_test_ok(ctx, qwr_session_set_eta(session, "B", start_s + 6 * HOUR));
    qwr_session_result r = plan();
    ck_assert_int_ge(stay_of(&r, "B")->start_s, start_s + 6 * HOUR);
    bool named = false;
    for (size_t i = 0; i < qwr_diff_count(r.diff); i++)
        named = named || strcmp(qwr_diff_get(r.diff, i)->id, "B") == 0;
    ck_assert(named);
}
END_TEST

START_TEST(an_earliest_start_moves_with_the_arrival)
{
    qwr_call call = *qwr_session_call(session, "C");

    call.earliest_s = call.eta_s - HOUR;
    qwr_test_ok(ctx, qwr_session_set_call(session, &call));
    qwr_test_ok(ctx, qwr_session_set_eta(session, "C", call.eta_s + 2 * HOUR));
    ck_assert_int_eq(qwr_session_call(session, "C")->earliest_s, call.eta_s + HOUR);
}
END_TEST

START_TEST(calls_come_and_go)
{
    qwr_call call = *qwr_session_call(session, "A");

    (void)plan();
    call.id = "F";
    call.eta_s = 10 * HOUR;
    qwr_test_ok(ctx, qwr_session_add_call(session, &call));
    qwr_test_ok(ctx, qwr_session_remove_call(session, "D"));
    qwr_session_result r = plan();
    qwr_diff_summary s = qwr_diff_summary_init();
    qwr_test_ok(ctx, qwr_diff_summarise(&s, r.diff));
    ck_assert_int_eq(s.added, 1);
    ck_assert_int_eq(s.removed, 1);
    ck_assert_ptr_null(qwr_session_call(session, "D"));
    ck_assert_int_eq(r.carried, 4);
}
END_TEST

START_TEST(pins_hold_until_they_are_set_free)
{
    qwr_pin pin = qwr_pin_init();

    pin.quay = "Q1";
    pin.position_mm = 500000;
    pin.start_s = 20 * HOUR;
    qwr_test_ok(ctx, qwr_session_pin(session, "A", &pin));
    qwr_session_result r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->start_s, 20 * HOUR);
    ck_assert_int_eq(stay_of(&r, "A")->position_mm, 500000);
    qwr_test_ok(ctx, qwr_session_pin(session, "A", NULL));
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->start_s, 2 * HOUR);
}
END_TEST

START_TEST(windows_stop_what_they_name_until_they_are_removed)
{
    qwr_test_ok(ctx, qwr_session_close_quay(session, "dredging", "Q1", 0, QWR_UNSET, 0, 30 * HOUR,
                                            "dredging"));
    qwr_session_result r = plan();
    ck_assert_int_ge(stay_of(&r, "A")->start_s, 30 * HOUR);
    qwr_test_ok(ctx, qwr_session_remove_window(session, "dredging"));
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->start_s, 2 * HOUR);
    for (int i = 0; i < 4; i++) {
        static const char *const cranes[] = {"K1", "K2", "K3", "K4"};
        static const char *const windows[] = {"down1", "down2", "down3", "down4"};
        qwr_test_ok(
            ctx, qwr_session_crane_down(session, windows[i], cranes[i], 0, 40 * HOUR, "lightning"));
    }
    r = plan();
    ck_assert_int_ge(stay_of(&r, "A")->start_s, 40 * HOUR);
}
END_TEST

START_TEST(announced_plans_are_the_base_of_change_prices)
{
    ck_assert_int_eq(qwr_session_announce(session), QWR_ESTATE);
    qwr_session_result r = plan();
    qwr_stay stay = *stay_of(&r, "E");
    qwr_test_ok(ctx, qwr_session_announce(session));
    const qwr_call *call = qwr_session_call(session, "E");
    ck_assert_int_eq(call->base_start_s, stay.start_s);
    ck_assert_int_eq(call->base_position_mm, stay.position_mm);
    ck_assert_int_eq(call->base_cranes, stay.cranes);
}
END_TEST

/* --- time ------------------------------------------------------------------------------------- */

START_TEST(nothing_begins_in_the_past)
{
    (void)plan();
    qwr_test_ok(ctx, qwr_session_set_now(session, 10 * HOUR + 1));
    qwr_session_result r = plan();
    for (uint32_t i = 0; i < 5; i++)
        ck_assert_int_ge(qwr_plan_stay(r.plan, (qwr_call_ix){i})->start_s, 10 * HOUR + 900);
    ck_assert_int_eq(qwr_session_set_now(session, 9 * HOUR), QWR_EINVAL);
    ck_assert_int_eq(qwr_session_set_now(session, 96 * HOUR), QWR_EINVAL);
}
END_TEST

START_TEST(a_start_pinned_in_the_past_has_happened)
{
    qwr_pin pin = qwr_pin_init();

    pin.start_s = 2 * HOUR;
    qwr_test_ok(ctx, qwr_session_pin(session, "A", &pin));
    (void)plan();
    qwr_test_ok(ctx, qwr_session_set_now(session, 4 * HOUR));
    qwr_session_result r = plan();
    ck_assert_uint_eq(stay_of(&r, "A")->placed, 1);
    ck_assert_int_eq(stay_of(&r, "A")->start_s, 2 * HOUR);
}
END_TEST

START_TEST(frozen_stays_are_kept_though_moving_would_pay)
{
    qwr_session_result r = plan();
    qwr_stay stay = *stay_of(&r, "A");
    qwr_call call = *qwr_session_call(session, "A");

    /* Lying anywhere else would be far cheaper now. */
    call.preferred_quay.v = 0;
    call.preferred_mm = stay.position_mm > 300000 ? 0 : 500000;
    call.deviation_mu_m = 1000000;
    qwr_test_ok(ctx, qwr_session_set_call(session, &call));
    qwr_session_freeze_until(session, stay.start_s + 1);
    r = plan();
    ck_assert_int_eq(stay_of(&r, "A")->position_mm, stay.position_mm);
    ck_assert_int_eq(r.frozen, 1);
    qwr_session_freeze_until(session, QWR_UNSET);
    r = plan();
    ck_assert_int_ne(stay_of(&r, "A")->position_mm, stay.position_mm);
    ck_assert_int_eq(r.frozen, 0);
}
END_TEST

START_TEST(rolling_the_epoch_moves_no_vessel)
{
    qwr_test_ok(ctx, qwr_session_set_now(session, HOUR));
    (void)plan();
    qwr_test_ok(ctx, qwr_session_roll(session, HOUR));
    ck_assert_int_eq(qwr_session_call(session, "A")->eta_s, HOUR);
    qwr_session_result r = plan();
    ck_assert_uint_eq(qwr_diff_count(r.diff), 0);
    ck_assert_int_eq(r.carried, 5);
    ck_assert_str_eq(qwr_scenario_get_info(r.scenario)->epoch, "2026-03-02T01:00:00Z");
    ck_assert_int_eq(qwr_session_roll(session, 100), QWR_EINVAL);
    ck_assert_int_eq(qwr_session_roll(session, -3600), QWR_EINVAL);
}
END_TEST

/* --- news that are refused -----------------------------------------------------------------------
 */

START_TEST(unknown_ids_name_the_nearest)
{
    ck_assert_int_eq(qwr_session_crane_down(session, "w", "k2", 0, HOUR, NULL), QWR_ENOTFOUND);
    ck_assert(qwr_test_cause_holds(ctx, "there is no crane \"k2\"; did you mean \"K2\"?"));
    ck_assert_int_eq(qwr_session_set_eta(session, "nowhere", 0), QWR_ENOTFOUND);
    ck_assert(qwr_test_cause_holds(ctx, "there is no call \"nowhere\""));
    ck_assert_int_eq(qwr_session_remove_window(session, NULL), QWR_ENOTFOUND);
    ck_assert_int_eq(qwr_session_set_eta(NULL, "A", 0), QWR_EINVAL);
}
END_TEST

START_TEST(news_that_contradict_the_scenario_change_nothing)
{
    qwr_session_result r = plan();
    uint64_t hash = qwr_scenario_hash(r.scenario);
    qwr_call call = *qwr_session_call(session, "A");

    ck_assert_int_eq(qwr_session_set_eta(session, "A", 1000 * HOUR), QWR_ESCENARIO);
    ck_assert(qwr_test_cause_holds(ctx, "eta"));
    ck_assert_int_eq(qwr_session_add_call(session, &call), QWR_ESCENARIO);
    call.min_cranes = 5;
    ck_assert_int_eq(qwr_session_set_call(session, &call), QWR_ESCENARIO);
    r = plan();
    ck_assert_uint_eq(qwr_scenario_hash(r.scenario), hash);
    ck_assert_uint_eq(qwr_diff_count(r.diff), 0);
}
END_TEST

START_TEST(held_news_are_taken_together_or_not_at_all)
{
    qwr_scenario_builder *builder = NULL;
    qwr_tide tide = qwr_tide_init();

    ck_assert_int_eq(qwr_session_release(session), QWR_ESTATE);
    qwr_test_ok(ctx, qwr_session_hold(&builder, session));
    ck_assert_int_eq(qwr_session_hold(NULL, session), QWR_ESTATE);
    ck_assert_int_eq(qwr_session_plan(NULL, session, NULL), QWR_ESTATE);
    qwr_test_ok(ctx, qwr_session_set_eta(session, "A", 5 * HOUR));
    ck_assert_int_eq(qwr_session_call(session, "A")->eta_s, 5 * HOUR);
    qwr_test_ok(ctx, qwr_scenario_add_tide(builder, &tide));
    qwr_test_ok(ctx, qwr_session_release(session));
    ck_assert_int_eq(qwr_session_call(session, "A")->eta_s, 5 * HOUR);

    qwr_test_ok(ctx, qwr_session_hold(&builder, session));
    qwr_test_ok(ctx, qwr_session_set_eta(session, "A", 6 * HOUR));
    qwr_test_ok(ctx, qwr_scenario_add_tide(builder, &tide)); /* at the same instant: refused */
    ck_assert_int_eq(qwr_session_release(session), QWR_ESCENARIO);
    ck_assert(qwr_test_cause_holds(ctx, "tide times must rise"));
    ck_assert_int_eq(qwr_session_call(session, "A")->eta_s, 5 * HOUR);
    (void)plan();
}
END_TEST

START_TEST(a_cycle_that_fails_keeps_the_last_plan)
{
    qwr_session_result r = plan(), again = qwr_session_result_init();
    qwr_solve_options options = qwr_solve_options_init();

    options.solver = "no-such-solver";
    ck_assert_int_eq(qwr_session_plan(&again, session, &options), QWR_ENOTFOUND);
    qwr_test_ok(ctx, qwr_session_last(&again, session));
    ck_assert_ptr_eq(again.plan, r.plan);
    ck_assert_int_eq(again.cycle, 1);
    options = qwr_solve_options_init();
    options.start = r.plan;
    ck_assert_int_eq(qwr_session_plan(NULL, session, &options), QWR_EINVAL);
}
END_TEST

START_TEST(there_is_nothing_before_the_first_plan)
{
    qwr_session_result r = qwr_session_result_init();
    char *text = NULL;

    ck_assert_int_eq(qwr_session_last(&r, session), QWR_ESTATE);
    ck_assert_int_eq(qwr_session_plan_text(&text, NULL, session, QWR_PLAN_XML), QWR_ESTATE);
    ck_assert_ptr_null(text);
    (void)plan();
    qwr_test_ok(ctx, qwr_session_plan_text(&text, NULL, session, QWR_PLAN_CSV));
    ck_assert_ptr_nonnull(strstr(text, "call,vessel"));
    qwr_text_free(ctx, text);
}
END_TEST

/* --- determinism and memory ----------------------------------------------------------------------
 */

START_TEST(same_news_same_plans_for_any_number_of_threads)
{
    uint64_t hash[3];
    static const char *const threads[] = {"1", "2", "4"};

    for (int t = 0; t < 3; t++) {
        qwr_session *own = NULL;
        qwr_session_result r = qwr_session_result_init();
        qwr_solve_options options = qwr_solve_options_init();
        qwr_test_ok(ctx, qwr_context_set_option(ctx, "threads", threads[t]));
        qwr_test_ok(ctx, qwr_session_new(&own, ctx, scenario));
        options.deadline_ms = -1;
        options.work_limit = 3000;
        options.solver = "none";
        hash[t] = 0;
        for (int cycle = 0; cycle < 4; cycle++) {
            qwr_test_ok(ctx, qwr_session_set_eta(own, "C", (4 + cycle) * HOUR));
            qwr_test_ok(ctx, qwr_session_plan(&r, own, &options));
            hash[t] = hash[t] * 31 + qwr_plan_hash(r.plan);
        }
        qwr_session_free(own);
    }
    ck_assert_uint_eq(hash[0], hash[1]);
    ck_assert_uint_eq(hash[0], hash[2]);
}
END_TEST

/* One of every kind of news, and a plan. */
static qwr_status full_cycle(qwr_session *own, int i)
{
    char id[24];
    qwr_call call = *qwr_session_call(own, "E");
    qwr_berthed berthed = qwr_berthed_init();
    qwr_solve_options options = qwr_solve_options_init();

    (void)snprintf(id, sizeof id, "X%d", i);
    call.id = id;
    call.vessel = id;
    call.moves = 20;
    options.deadline_ms = -1;
    options.work_limit = 20;
    options.solver = "none";
    berthed.quay = "Q1";
    berthed.position_mm = 0;
    berthed.start_s = 2 * HOUR;
    berthed.cranes = 1;
    QWR_TRY(qwr_session_add_call(own, &call));
    QWR_TRY(qwr_session_set_eta(own, "B", (3 + i % 5) * HOUR));
    QWR_TRY(qwr_session_crane_down(own, id, "K4", 8 * HOUR, 9 * HOUR, id));
    QWR_TRY(qwr_session_set_berthed(own, "A", &berthed));
    QWR_TRY(qwr_session_plan(NULL, own, &options));
    QWR_TRY(qwr_session_remove_window(own, id));
    return qwr_session_remove_call(own, id);
}

START_TEST(memory_stays_flat)
{
    enum { CYCLES = 10000, WARM = 600, SLACK = 8 }; /* longer ids fill their blocks sooner */
    qwr_test_allocator allocator;
    qwr_context *own = NULL;
    qwr_scenario *port = NULL;
    qwr_session *s = NULL;
    long high = 0;

    qwr_test_allocator_init(&allocator, 0, false);
    ck_assert_int_eq(qwr_context_new(&own, &allocator.hooks), QWR_OK);
    qwr_test_ok(own, qwr_context_set_option(own, "threads", "1"));
    qwr_test_ok(own, make_port(&port, own));
    qwr_test_ok(own, qwr_session_new(&s, own, port));
    for (int i = 0; i < CYCLES; i++) {
        qwr_test_ok(own, full_cycle(s, i));
        long live = atomic_load(&allocator.live);
        if (i < WARM)
            high = live > high ? live : high;
        else
            ck_assert_msg(live <= high + SLACK, "cycle %d holds %ld blocks, %ld at most before", i,
                          live, high);
    }
    qwr_session_free(s);
    qwr_scenario_free(port);
    qwr_context_free(own);
    ck_assert_int_eq(atomic_load(&allocator.live), 0);
}
END_TEST

static qwr_status allocating(qwr_context *own, void *payload)
{
    qwr_scenario *port = NULL;
    qwr_session *s = NULL;
    (void)payload;

    qwr_status status = qwr_context_set_option(own, "threads", "1");
    if (status == QWR_OK)
        status = make_port(&port, own);
    if (status == QWR_OK)
        status = qwr_session_new(&s, own, port);
    for (int i = 0; i < 2 && status == QWR_OK; i++)
        status = full_cycle(s, i);
    qwr_session_free(s);
    qwr_scenario_free(port);
    return status;
}

START_TEST(sessions_survive_each_failing_allocation)
{
    ck_assert_int_gt(qwr_test_each_allocation(allocating, NULL, 20000), 100);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session");
    TCase *tc = tcase_create("session"), *lasting = tcase_create("lasting");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, first_plan_has_no_difference_and_places_all);
    tcase_add_test(tc, equal_news_give_an_equal_or_better_plan);
    tcase_add_test(tc, a_late_vessel_moves_and_the_difference_says_so);
    tcase_add_test(tc, an_earliest_start_moves_with_the_arrival);
    tcase_add_test(tc, calls_come_and_go);
    tcase_add_test(tc, pins_hold_until_they_are_set_free);
    tcase_add_test(tc, windows_stop_what_they_name_until_they_are_removed);
    tcase_add_test(tc, announced_plans_are_the_base_of_change_prices);
    tcase_add_test(tc, nothing_begins_in_the_past);
    tcase_add_test(tc, a_start_pinned_in_the_past_has_happened);
    tcase_add_test(tc, frozen_stays_are_kept_though_moving_would_pay);
    tcase_add_test(tc, rolling_the_epoch_moves_no_vessel);
    tcase_add_test(tc, unknown_ids_name_the_nearest);
    tcase_add_test(tc, news_that_contradict_the_scenario_change_nothing);
    tcase_add_test(tc, held_news_are_taken_together_or_not_at_all);
    tcase_add_test(tc, a_cycle_that_fails_keeps_the_last_plan);
    tcase_add_test(tc, there_is_nothing_before_the_first_plan);
    tcase_add_test(tc, same_news_same_plans_for_any_number_of_threads);
    tcase_set_timeout(lasting, 300);
    tcase_add_test(lasting, memory_stays_flat);
    tcase_add_test(lasting, sessions_survive_each_failing_allocation);
    suite_add_tcase(suite, tc);
    suite_add_tcase(suite, lasting);
    return qwr_test_main(suite);
}
