/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Differences of plans and scenarios: what counts as moved, by how much, in which words. Plans are
 * made by hand; nothing is solved.
 */
#include "base/base.h"
#include "model_world.h"
#include "support/support.h"

#include <quaywright/diff.h>
#include <quaywright/edit.h>

#include <string.h>

#define HOUR 3600

static qwr_context *ctx;
static qwr_scenario *scenario, *other;
static qwr_plan *before, *after;
static qwr_diff *diff;

static qwr_stay stay_at(int64_t position_mm, int64_t start_s, int64_t end_s, int64_t cranes)
{
    qwr_stay stay = qwr_stay_init();

    stay.placed = 1;
    stay.quay.v = 0;
    stay.position_mm = position_mm;
    stay.start_s = start_s;
    stay.end_s = end_s;
    stay.cranes = cranes;
    stay.cost_mu = 1000000;
    return stay;
}

static void set(qwr_plan *plan, uint32_t call, qwr_stay stay)
{
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, (qwr_call_ix){call}, &stay));
}

static void setup(void)
{
    world w = world_good();

    w.calls[1].vessel = "EVER A";
    ctx = qwr_test_context();
    other = NULL;
    diff = NULL;
    qwr_test_ok(ctx, world_freeze(&scenario, ctx, &w));
    qwr_test_ok(ctx, qwr_plan_new(&before, ctx, scenario));
    set(before, 0, stay_at(10000, 2 * HOUR, 10 * HOUR, 2));
    set(before, 1, stay_at(250000, 3 * HOUR, 12 * HOUR, 3));
    qwr_test_ok(ctx, qwr_plan_copy(&after, ctx, before));
}

static void teardown(void)
{
    qwr_diff_free(diff);
    qwr_plan_free(before);
    qwr_plan_free(after);
    qwr_scenario_free(other);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static const qwr_change *only_change(void)
{
    ck_assert_uint_eq(qwr_diff_count(diff), 1);
    return qwr_diff_get(diff, 0);
}

static qwr_diff_summary sums(void)
{
    qwr_diff_summary summary = qwr_diff_summary_init();

    qwr_test_ok(ctx, qwr_diff_summarise(&summary, diff));
    return summary;
}

/* --- plans ------------------------------------------------------------------------------------ */

START_TEST(equal_plans_have_no_difference)
{
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, after));
    ck_assert_uint_eq(qwr_diff_count(diff), 0);
    ck_assert_ptr_null(qwr_diff_get(diff, 0));
    ck_assert_int_eq(sums().common, 2);
    ck_assert_int_eq(sums().stability_milli, 1000);
}
END_TEST

START_TEST(a_moved_stay_says_metres_hours_cranes_and_cost)
{
    qwr_stay stay = stay_at(280000, 5 * HOUR, 14 * HOUR + 1800, 2);

    stay.cost_mu = 1250500;
    set(after, 1, stay);
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, after));
    const qwr_change *c = only_change();
    ck_assert_int_eq(c->kind, QWR_CHANGE_MOVED);
    ck_assert_uint_eq(c->moved,
                      QWR_MOVED_ALONG | QWR_MOVED_START | QWR_MOVED_END | QWR_MOVED_CRANES);
    ck_assert_int_eq(c->position_delta_mm, 30000);
    ck_assert_int_eq(c->start_delta_s, 2 * HOUR);
    ck_assert_int_eq(c->end_delta_s, 2 * HOUR + 1800);
    ck_assert_int_eq(c->cranes_delta, -1);
    ck_assert_int_eq(c->cost_delta_mu, 250500);
    ck_assert_str_eq(c->sentence,
                     "EVER A (B) moves: from Q1 at 250 m to Q1 at 280 m (+30 m), starts "
                     "2026-03-01 05:00, 2 h later, leaves 2026-03-01 14:30, 2 h 30 min later, "
                     "2 cranes instead of 3; it costs 250.5 more");
    ck_assert_int_eq(sums().moved, 1);
    ck_assert_int_eq(sums().moved_mm, 30000);
    ck_assert_int_eq(sums().stability_milli, 500);
}
END_TEST

START_TEST(a_stay_that_merely_shifts_says_so_once)
{
    set(after, 1, stay_at(250000, 2 * HOUR, 11 * HOUR, 3));
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, after));
    ck_assert_str_eq(only_change()->sentence, "EVER A (B): starts 2026-03-01 02:00, 1 h earlier");
}
END_TEST

START_TEST(another_quay_counts_as_another_place_and_not_as_metres)
{
    qwr_stay stay = stay_at(300000, 3 * HOUR, 12 * HOUR, 3);

    stay.quay.v = 1;
    stay.berth.v = 1;
    set(after, 1, stay);
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, after));
    ck_assert_uint_eq(only_change()->moved, QWR_MOVED_PLACE);
    ck_assert_int_eq(only_change()->position_delta_mm, 0);
    ck_assert_str_eq(only_change()->sentence, "EVER A (B) moves: from Q1 at 250 m to B2");
    ck_assert_int_eq(sums().moved_place, 1);
}
END_TEST

START_TEST(places_lost_and_won_are_told_with_their_reason)
{
    qwr_stay none = qwr_stay_init();

    none.reason = "too deep for every quay";
    set(after, 0, none);
    set(after, 2, stay_at(10000, 2 * HOUR, 9 * HOUR, 1));
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, after));
    ck_assert_uint_eq(qwr_diff_count(diff), 2);
    ck_assert_int_eq(qwr_diff_get(diff, 0)->kind, QWR_CHANGE_LOST);
    ck_assert_str_eq(qwr_diff_get(diff, 0)->sentence,
                     "Vessel (A) has no place any more: too deep for every quay");
    ck_assert_str_eq(qwr_diff_get(diff, 1)->sentence,
                     "Vessel (C) has a place now: Q1 at 10 m from 2026-03-01 02:00 to 2026-03-01 "
                     "09:00 with 1 crane");
    ck_assert_int_eq(sums().lost, 1);
    ck_assert_int_eq(sums().placed, 1);
}
END_TEST

/* The same instants told from an epoch six hours later, with one call fewer and one more. */
START_TEST(plans_of_two_scenarios_are_matched_by_id_and_instant)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_call call = qwr_call_init();
    qwr_plan *moved = NULL;

    w.info.epoch = "2026-02-28T18:00:00Z";
    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    qwr_test_ok(ctx, qwr_scenario_remove_call(builder, (qwr_call_ix){0}));
    call.id = "D";
    call.loa_mm = 100000;
    call.moves = 10;
    call.eta_s = 0;
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    qwr_test_ok(ctx, qwr_scenario_freeze(&other, builder));
    qwr_scenario_builder_free(builder);
    qwr_test_ok(ctx, qwr_plan_new(&moved, ctx, other));
    set(moved, 0, stay_at(250000, 9 * HOUR, 18 * HOUR, 3));
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, moved));
    ck_assert_uint_eq(qwr_diff_count(diff), 2);
    ck_assert_int_eq(qwr_diff_get(diff, 0)->kind, QWR_CHANGE_REMOVED);
    ck_assert_str_eq(qwr_diff_get(diff, 0)->sentence, "Vessel (A) does not call any more");
    ck_assert_ptr_null(qwr_diff_get(diff, 0)->stay_after);
    ck_assert_int_eq(qwr_diff_get(diff, 1)->kind, QWR_CHANGE_ADDED);
    ck_assert_str_eq(qwr_diff_get(diff, 1)->id, "D");
    ck_assert_str_eq(qwr_diff_get(diff, 1)->sentence, "D is new: it has no place");
    qwr_diff_free(diff);
    diff = NULL;
    qwr_plan_free(moved);
}
END_TEST

START_TEST(an_epoch_on_one_side_only_compares_seconds)
{
    world w = world_good();
    qwr_plan *timeless = NULL;

    w.info.epoch = NULL;
    qwr_test_ok(ctx, world_freeze(&other, ctx, &w));
    qwr_test_ok(ctx, qwr_plan_new(&timeless, ctx, other));
    set(timeless, 0, stay_at(10000, 2 * HOUR, 10 * HOUR, 2));
    set(timeless, 1, stay_at(250000, 3 * HOUR, 12 * HOUR, 3));
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, timeless));
    ck_assert_uint_eq(qwr_diff_count(diff), 0);
    qwr_plan_free(timeless);
}
END_TEST

START_TEST(numbers_at_their_ends_stay_within_64_bits)
{
    set(before, 0, stay_at(INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN));
    set(after, 0, stay_at(INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX));
    qwr_test_ok(ctx, qwr_plan_diff(&diff, ctx, before, after));
    ck_assert_int_gt(only_change()->start_delta_s, 0);
    ck_assert_int_gt(sums().moved_mm, 0);
}
END_TEST

START_TEST(no_plan_is_refused)
{
    ck_assert_int_eq(qwr_plan_diff(&diff, ctx, before, NULL), QWR_EINVAL);
    ck_assert_ptr_null(diff);
    ck_assert_int_eq(qwr_scenario_diff(&diff, ctx, NULL, scenario), QWR_EINVAL);
    ck_assert_int_eq(qwr_diff_summarise(NULL, diff), QWR_EINVAL);
}
END_TEST

/* --- scenarios -------------------------------------------------------------------------------- */

static bool says(const char *sentence)
{
    for (size_t i = 0; i < qwr_diff_count(diff); i++)
        if (strcmp(qwr_diff_get(diff, i)->sentence, sentence) == 0)
            return true;
    return false;
}

START_TEST(equal_scenarios_have_no_difference)
{
    world w = world_good();

    w.calls[1].vessel = "EVER A";
    qwr_test_ok(ctx, world_freeze(&other, ctx, &w));
    qwr_test_ok(ctx, qwr_scenario_diff(&diff, ctx, scenario, other));
    ck_assert_uint_eq(qwr_diff_count(diff), 0);
}
END_TEST

START_TEST(edited_attributes_are_told_as_files_spell_them)
{
    world w = world_good();

    w.calls[1].vessel = "EVER A";
    w.calls[1].eta_s = 9000;
    w.calls[1].draught_mm = 12500;
    w.calls[2].pin_cranes = 2;
    w.quays[0].depth_mm = QWR_UNSET;
    w.info.clearance = QWR_CLEARANCE_SUM;
    qwr_test_ok(ctx, world_freeze(&other, ctx, &w));
    qwr_test_ok(ctx, qwr_scenario_diff(&diff, ctx, scenario, other));
    ck_assert(says("call B (EVER A): eta is 2026-03-01T02:30:00Z, was 2026-03-01T01:00:00Z"));
    ck_assert(says("call B (EVER A): draught_m is 12.5, was not set"));
    ck_assert(says("call C (Vessel): pin cranes is 2, was not set"));
    ck_assert(says("quay Q1: depth_m is not set any more, was 15"));
    ck_assert(says("scenario world: clearance is sum, was max"));
    ck_assert_uint_eq(qwr_diff_count(diff), 5);
    ck_assert_int_eq(sums().edited, 5);
}
END_TEST

START_TEST(entities_and_rows_of_one_side_are_named)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_tide tide = qwr_tide_init();

    w.calls[1].vessel = "EVER A";
    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    qwr_test_ok(ctx, qwr_scenario_remove_crane(builder, (qwr_crane_ix){2}));
    tide.at_s = 40000;
    tide.level_mm = -500;
    qwr_test_ok(ctx, qwr_scenario_add_tide(builder, &tide));
    qwr_test_ok(ctx, qwr_scenario_freeze(&other, builder));
    qwr_scenario_builder_free(builder);
    qwr_test_ok(ctx, qwr_scenario_diff(&diff, ctx, scenario, other));
    ck_assert_uint_eq(qwr_diff_count(diff), 2);
    ck_assert(says("crane K3 is gone"));
    ck_assert(says("tide at=2026-03-01T11:06:40Z level_m=-0.5 is new"));
    qwr_diff_free(diff);
    qwr_test_ok(ctx, qwr_scenario_diff(&diff, ctx, other, scenario));
    ck_assert(says("crane K3 is new"));
    ck_assert(says("tide at=2026-03-01T11:06:40Z level_m=-0.5 is gone"));
}
END_TEST

/* --- memory -------------------------------------------------------------------------------------
 */

static qwr_status allocating(qwr_context *own, void *payload)
{
    world w = world_good();
    qwr_scenario *a = NULL, *b = NULL;
    qwr_plan *p = NULL, *q = NULL;
    qwr_diff *plans = NULL, *scenarios = NULL;
    qwr_stay stay = stay_at(0, 0, HOUR, 1);
    (void)payload;

    qwr_status status = world_freeze(&a, own, &w);
    w.calls[0].eta_s += HOUR;
    w.tides[0].level_mm = 0;
    if (status == QWR_OK)
        status = world_freeze(&b, own, &w);
    if (status == QWR_OK)
        status = qwr_scenario_diff(&scenarios, own, a, b);
    if (status == QWR_OK)
        status = qwr_plan_new(&p, own, a);
    if (status == QWR_OK)
        status = qwr_plan_new(&q, own, b);
    if (status == QWR_OK)
        status = qwr_plan_set_stay(q, (qwr_call_ix){0}, &stay);
    if (status == QWR_OK)
        status = qwr_plan_diff(&plans, own, p, q);
    qwr_diff_free(plans);
    qwr_diff_free(scenarios);
    qwr_plan_free(p);
    qwr_plan_free(q);
    qwr_scenario_free(a);
    qwr_scenario_free(b);
    return status;
}

START_TEST(diffs_survive_each_failing_allocation)
{
    ck_assert_int_gt(qwr_test_each_allocation(allocating, NULL, 2000), 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diff");
    TCase *tc = tcase_create("diff");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, equal_plans_have_no_difference);
    tcase_add_test(tc, a_moved_stay_says_metres_hours_cranes_and_cost);
    tcase_add_test(tc, a_stay_that_merely_shifts_says_so_once);
    tcase_add_test(tc, another_quay_counts_as_another_place_and_not_as_metres);
    tcase_add_test(tc, places_lost_and_won_are_told_with_their_reason);
    tcase_add_test(tc, plans_of_two_scenarios_are_matched_by_id_and_instant);
    tcase_add_test(tc, an_epoch_on_one_side_only_compares_seconds);
    tcase_add_test(tc, numbers_at_their_ends_stay_within_64_bits);
    tcase_add_test(tc, no_plan_is_refused);
    tcase_add_test(tc, equal_scenarios_have_no_difference);
    tcase_add_test(tc, edited_attributes_are_told_as_files_spell_them);
    tcase_add_test(tc, entities_and_rows_of_one_side_are_named);
    tcase_add_test(tc, diffs_survive_each_failing_allocation);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
