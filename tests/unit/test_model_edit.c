/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a builder back and removing rows, with what hangs on them. Knows no judgement of the
 * scenario but that it freezes.
 */
#include "base/base.h"
#include "model_world.h"
#include "support/support.h"

#include <quaywright/edit.h>

#include <string.h>

static qwr_context *ctx;
static qwr_scenario_builder *builder;

static void setup(void)
{
    world w = world_good();

    ctx = qwr_test_context();
    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
}

static void teardown(void)
{
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
}

static void freezes(void)
{
    qwr_scenario *scenario = NULL;

    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_scenario_free(scenario);
}

START_TEST(a_builder_reads_back_what_was_added)
{
    qwr_call_ix b = qwr_scenario_builder_find_call(builder, "B");

    ck_assert_uint_eq(qwr_scenario_builder_call_count(builder), 3);
    ck_assert_uint_eq(b.v, 1);
    ck_assert_int_eq(qwr_scenario_builder_call(builder, b)->eta_s, 3600);
    ck_assert_str_eq(qwr_scenario_builder_get_info(builder)->id, "world");
    ck_assert_uint_eq(qwr_scenario_builder_tide_count(builder), 2);
    ck_assert_int_eq(qwr_scenario_builder_tide(builder, 1)->level_mm, 3000);
    ck_assert_ptr_null(qwr_scenario_builder_call(builder, (qwr_call_ix){3}));
    ck_assert_ptr_null(qwr_scenario_builder_tide(builder, 2));
    ck_assert_uint_eq(qwr_scenario_builder_find_call(builder, "Z").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_builder_find_call(builder, NULL).v, QWR_NONE);
}
END_TEST

START_TEST(removing_a_call_takes_its_tasks_and_their_order)
{
    qwr_test_ok(ctx, qwr_scenario_remove_call(builder, (qwr_call_ix){1}));
    ck_assert_uint_eq(qwr_scenario_builder_call_count(builder), 2);
    ck_assert_uint_eq(qwr_scenario_builder_task_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_precedence_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_find_call(builder, "C").v, 1);
    freezes();
}
END_TEST

START_TEST(removing_a_call_renumbers_what_refers_to_later_ones)
{
    qwr_test_ok(ctx, qwr_scenario_remove_call(builder, (qwr_call_ix){0}));
    ck_assert_uint_eq(qwr_scenario_builder_efficiency_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_place_count(builder), 1);
    ck_assert_uint_eq(qwr_scenario_builder_place(builder, 0)->call.v, 1);
    ck_assert_uint_eq(qwr_scenario_builder_handling(builder, 0)->call.v, 1);
    ck_assert_uint_eq(qwr_scenario_builder_task(builder, (qwr_task_ix){2})->call.v, 0);
    freezes();
}
END_TEST

START_TEST(removing_a_crane_takes_its_windows)
{
    qwr_test_ok(ctx, qwr_scenario_remove_crane(builder, (qwr_crane_ix){0}));
    ck_assert_uint_eq(qwr_scenario_builder_crane_count(builder), 2);
    ck_assert_uint_eq(qwr_scenario_builder_window_count(builder), 3);
    ck_assert_uint_eq(qwr_scenario_builder_find_window(builder, "W2").v, QWR_NONE);
    freezes();
}
END_TEST

START_TEST(removing_a_quay_takes_all_on_it_and_is_forgotten_by_the_rest)
{
    qwr_call call = *qwr_scenario_builder_call(builder, (qwr_call_ix){2});

    call.preferred_quay.v = 0;
    call.preferred_mm = 50000;
    call.pin_quay.v = 1;
    qwr_test_ok(ctx, qwr_scenario_set_call(builder, (qwr_call_ix){2}, &call));
    qwr_test_ok(ctx, qwr_scenario_remove_quay(builder, (qwr_quay_ix){0}));
    ck_assert_uint_eq(qwr_scenario_builder_quay_count(builder), 2);
    ck_assert_uint_eq(qwr_scenario_builder_quay_depth_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_quay_break_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_crane_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_berth(builder, (qwr_berth_ix){1})->quay.v, 0);
    ck_assert_uint_eq(qwr_scenario_builder_quay_position(builder, 1)->quay.v, 1);
    ck_assert_uint_eq(qwr_scenario_builder_window_count(builder), 1);
    ck_assert_uint_eq(qwr_scenario_builder_node(builder, (qwr_node_ix){0})->quay.v, QWR_NONE);
    ck_assert_int_eq(qwr_scenario_builder_node(builder, (qwr_node_ix){0})->position_mm, QWR_UNSET);
    const qwr_call *left = qwr_scenario_builder_call(builder, (qwr_call_ix){2});
    ck_assert_uint_eq(left->preferred_quay.v, QWR_NONE);
    ck_assert_int_eq(left->preferred_mm, QWR_UNSET);
    ck_assert_uint_eq(left->pin_quay.v, 0);
}
END_TEST

START_TEST(removing_a_row_leaves_the_others)
{
    qwr_test_ok(ctx, qwr_scenario_remove_tide(builder, 0));
    ck_assert_uint_eq(qwr_scenario_builder_tide_count(builder), 1);
    ck_assert_int_eq(qwr_scenario_builder_tide(builder, 0)->level_mm, 3000);
    freezes();
}
END_TEST

START_TEST(removing_what_is_not_there_names_the_count)
{
    ck_assert_int_eq(qwr_scenario_remove_call(builder, (qwr_call_ix){7}), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "there is no call with index 7; the builder holds 3"));
    ck_assert_int_eq(qwr_scenario_remove_tide(builder, 2), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_remove_call(NULL, (qwr_call_ix){0}), QWR_EINVAL);
}
END_TEST

START_TEST(a_reference_to_nothing_survives_removals)
{
    qwr_call call = *qwr_scenario_builder_call(builder, (qwr_call_ix){2});

    call.pin_quay.v = 0x7fffffff;
    qwr_test_ok(ctx, qwr_scenario_set_call(builder, (qwr_call_ix){2}, &call));
    qwr_test_ok(ctx, qwr_scenario_remove_quay(builder, (qwr_quay_ix){0}));
    ck_assert_uint_eq(qwr_scenario_builder_call(builder, (qwr_call_ix){2})->pin_quay.v, 0x7fffffff);
}
END_TEST

START_TEST(shifting_the_epoch_keeps_what_still_says_something)
{
    qwr_test_ok(ctx, qwr_scenario_builder_shift(builder, 9000));
    ck_assert_str_eq(qwr_scenario_builder_get_info(builder)->epoch, "2026-03-01T02:30:00Z");
    ck_assert_uint_eq(qwr_scenario_builder_window_count(builder), 4);
    ck_assert_int_eq(qwr_scenario_builder_window(builder, (qwr_window_ix){0})->from_s, -1800);
    qwr_test_ok(ctx, qwr_scenario_builder_shift(builder, 21600));
    ck_assert_uint_eq(qwr_scenario_builder_window_count(builder), 0);
    ck_assert_uint_eq(qwr_scenario_builder_tide_count(builder), 1);
    ck_assert_int_eq(qwr_scenario_builder_tide(builder, 0)->at_s, 22320 - 30600);
    ck_assert_int_eq(qwr_scenario_builder_shift(builder, -1), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_builder_shift(builder, INT64_MAX), QWR_EOVERFLOW);
    freezes();
}
END_TEST

START_TEST(messages_still_name_the_line_a_later_row_came_from)
{
    qwr_scenario *scenario = NULL;
    qwr_call call = *qwr_scenario_builder_call(builder, (qwr_call_ix){2});

    call.max_cranes = -1;
    qwr_test_ok(ctx, qwr_scenario_set_call(builder, (qwr_call_ix){2}, &call));
    qwr_test_ok(ctx, qwr_scenario_remove_call(builder, (qwr_call_ix){0}));
    ck_assert_int_eq(qwr_scenario_freeze(&scenario, builder), QWR_ESCENARIO);
    ck_assert_int_eq(qwr_context_cause(ctx, 0)->line, 82);
}
END_TEST

/* What is left equals a scenario that never had the row. */
START_TEST(removal_equals_never_having_added)
{
    world w = world_good();
    qwr_scenario *never = NULL, *removed = NULL;

    qwr_test_ok(ctx, qwr_scenario_remove_crane(builder, (qwr_crane_ix){2}));
    qwr_test_ok(ctx, qwr_scenario_freeze(&removed, builder));
    qwr_scenario_builder_free(builder);
    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    qwr_crane extra = qwr_crane_init();
    extra.id = "K9";
    extra.quay.v = 0;
    extra.rail_order = 9;
    qwr_test_ok(ctx, qwr_scenario_add_crane(builder, &extra, NULL));
    qwr_test_ok(ctx, qwr_scenario_remove_crane(builder, (qwr_crane_ix){3}));
    qwr_test_ok(ctx, qwr_scenario_remove_crane(builder, (qwr_crane_ix){2}));
    qwr_test_ok(ctx, qwr_scenario_freeze(&never, builder));
    ck_assert_uint_eq(qwr_scenario_hash(never), qwr_scenario_hash(removed));
    qwr_scenario_free(never);
    qwr_scenario_free(removed);
}
END_TEST

static qwr_status allocating(qwr_context *own, void *payload)
{
    world w = world_good();
    qwr_scenario_builder *b = NULL;
    (void)payload;

    qwr_status status = world_build(&b, own, &w);
    if (status == QWR_OK) {
        status = qwr_scenario_remove_quay(b, (qwr_quay_ix){0});
        size_t left = qwr_scenario_builder_quay_count(b);
        ck_assert_uint_eq(left, status == QWR_OK ? 2 : 3);
        ck_assert_uint_eq(qwr_scenario_builder_crane_count(b), status == QWR_OK ? 0 : 3);
    }
    qwr_scenario_builder_free(b);
    return status;
}

START_TEST(removal_survives_each_failing_allocation)
{
    ck_assert_int_gt(qwr_test_each_allocation(allocating, NULL, 1000), 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model.edit");
    TCase *tc = tcase_create("edit");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_builder_reads_back_what_was_added);
    tcase_add_test(tc, removing_a_call_takes_its_tasks_and_their_order);
    tcase_add_test(tc, removing_a_call_renumbers_what_refers_to_later_ones);
    tcase_add_test(tc, removing_a_crane_takes_its_windows);
    tcase_add_test(tc, removing_a_quay_takes_all_on_it_and_is_forgotten_by_the_rest);
    tcase_add_test(tc, removing_a_row_leaves_the_others);
    tcase_add_test(tc, removing_what_is_not_there_names_the_count);
    tcase_add_test(tc, a_reference_to_nothing_survives_removals);
    tcase_add_test(tc, shifting_the_epoch_keeps_what_still_says_something);
    tcase_add_test(tc, messages_still_name_the_line_a_later_row_came_from);
    tcase_add_test(tc, removal_equals_never_having_added);
    tcase_add_test(tc, removal_survives_each_failing_allocation);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
