/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building, freezing, reading, thawing and hashing of scenarios. What freeze refuses is in
 * test_model_faults.c, plans are in test_model_plan.c.
 */
#include "base/base.h"
#include "model_world.h"
#include "support/support.h"

#include <quaywright/plan.h>

#include <stdio.h>
#include <string.h>

static qwr_context *ctx;
static qwr_scenario *scenario;

static void setup(void)
{
    world w = world_good();

    ctx = qwr_test_context();
    qwr_test_ok(ctx, world_freeze(&scenario, ctx, &w));
}

static void teardown(void)
{
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static qwr_call_ix call_ix(uint32_t i)
{
    return (qwr_call_ix){i};
}

static uint64_t hash_of(const world *w)
{
    qwr_scenario *frozen = NULL;

    qwr_test_ok(ctx, world_freeze(&frozen, ctx, w));
    uint64_t hash = qwr_scenario_hash(frozen);
    qwr_scenario_free(frozen);
    return hash;
}

static qwr_scenario_builder *empty_builder(void)
{
    qwr_scenario_builder *builder = NULL;
    world w = world_good();

    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &w.info));
    return builder;
}

/* --- builder --- */

START_TEST(builder_refuses_a_frame_without_id_step_horizon_or_epoch)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = world_good().info;

    info.id = "";
    ck_assert_int_eq(qwr_scenario_builder_new(&builder, ctx, &info), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "needs an id"));
    info = world_good().info;
    info.step_s = 0;
    ck_assert_int_eq(qwr_scenario_builder_new(&builder, ctx, &info), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "step 0 s must be above 0"));
    info = world_good().info;
    info.horizon_s = -1;
    ck_assert_int_eq(qwr_scenario_builder_new(&builder, ctx, &info), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "horizon -1 s must be above 0"));
    info = world_good().info;
    info.epoch = "tomorrow";
    ck_assert_int_eq(qwr_scenario_builder_new(&builder, ctx, &info), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "epoch \"tomorrow\" is not an instant"));
    ck_assert_int_eq(qwr_scenario_builder_new(&builder, ctx, NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_builder_new(&builder, NULL, &info), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_builder_new(NULL, ctx, &info), QWR_EINVAL);
    ck_assert_ptr_null(builder);
}
END_TEST

START_TEST(adding_needs_a_size_and_an_id)
{
    qwr_scenario_builder *builder = NULL;
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix ix = {77};

    builder = empty_builder();
    ck_assert_int_eq(qwr_scenario_add_quay(builder, &quay, &ix), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "a quay needs an id"));
    quay.id = "Q";
    quay.size = 0;
    ck_assert_int_eq(qwr_scenario_add_quay(builder, &quay, &ix), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_add_quay(builder, NULL, &ix), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_add_quay(NULL, &quay, &ix), QWR_EINVAL);
    ck_assert_uint_eq(ix.v, 77);
    quay.size = sizeof quay;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, &ix));
    ck_assert_uint_eq(ix.v, 0);
    ck_assert_uint_eq(qwr_context_cause_count(ctx), 0);
    qwr_scenario_builder_free(builder);
    qwr_scenario_builder_free(NULL);
}
END_TEST

/* A caller compiled against an older header knows fewer fields. */
START_TEST(shorter_struct_gets_defaults_for_what_it_lacks)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix ix;

    quay.id = "Q";
    quay.length_mm = 1000;
    quay.grid_mm = 77;
    quay.depth_mm = 5;
    quay.size = (uint32_t)offsetof(qwr_quay, grid_mm);
    builder = empty_builder();
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, &ix));
    qwr_test_ok(ctx, qwr_scenario_freeze(&frozen, builder));
    const qwr_quay *read = qwr_scenario_quay(frozen, ix);
    ck_assert_int_eq(read->length_mm, 1000);
    ck_assert_int_eq(read->grid_mm, 10000);
    ck_assert_int_eq(read->depth_mm, QWR_UNSET);
    ck_assert_uint_eq(read->size, sizeof(qwr_quay));
    qwr_scenario_free(frozen);
    qwr_scenario_builder_free(builder);
}
END_TEST

/* A caller compiled against a newer header may run as long as it asks for nothing new. */
START_TEST(longer_struct_is_taken_only_if_its_rest_is_zero)
{
    struct {
        qwr_tide tide;
        int64_t later;
    } newer;
    qwr_scenario_builder *builder = NULL;

    memset(&newer, 0, sizeof newer);
    newer.tide = qwr_tide_init();
    newer.tide.size = sizeof newer;
    builder = empty_builder();
    qwr_test_ok(ctx, qwr_scenario_add_tide(builder, (const qwr_tide *)(const void *)&newer));
    newer.later = 1;
    ck_assert_int_eq(qwr_scenario_add_tide(builder, (const qwr_tide *)(const void *)&newer),
                     QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "it asks for something newer"));
    qwr_scenario_builder_free(builder);
}
END_TEST

START_TEST(strings_are_copied_when_they_are_added)
{
    char id[] = "Q9";
    char name[] = "name";
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;
    qwr_quay quay = qwr_quay_init();

    quay.id = id;
    quay.name = name;
    quay.length_mm = 1000;
    builder = empty_builder();
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    memset(id, 'x', 2);
    memset(name, 'x', 4);
    qwr_test_ok(ctx, qwr_scenario_freeze(&frozen, builder));
    qwr_scenario_builder_free(builder);
    const qwr_quay *read = qwr_scenario_quay(frozen, (qwr_quay_ix){0});
    ck_assert_str_eq(read->id, "Q9");
    ck_assert_str_eq(read->name, "name");
    qwr_scenario_free(frozen);
}
END_TEST

START_TEST(set_replaces_an_entity_and_refuses_an_unknown_index)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;

    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    w.quays[0].id = "Q1-new";
    w.quays[0].length_mm = 450000;
    qwr_test_ok(ctx, qwr_scenario_set_quay(builder, (qwr_quay_ix){0}, &w.quays[0]));
    ck_assert_int_eq(qwr_scenario_set_quay(builder, (qwr_quay_ix){3}, &w.quays[0]), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "there is no quay with index 3; the builder holds 3"));
    ck_assert_int_eq(qwr_scenario_set_quay(NULL, (qwr_quay_ix){0}, &w.quays[0]), QWR_EINVAL);
    qwr_test_ok(ctx, qwr_scenario_freeze(&frozen, builder));
    ck_assert_int_eq(qwr_scenario_quay(frozen, (qwr_quay_ix){0})->length_mm, 450000);
    ck_assert_uint_eq(qwr_scenario_find_quay(frozen, "Q1-new").v, 0);
    ck_assert_uint_eq(qwr_scenario_find_quay(frozen, "Q1").v, QWR_NONE);
    qwr_scenario_free(frozen);
    qwr_scenario_builder_free(builder);
}
END_TEST

START_TEST(failed_freeze_leaves_a_builder_that_can_be_mended)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = scenario;

    w.quays[0].length_mm = 0;
    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    ck_assert_int_eq(qwr_scenario_freeze(&frozen, builder), QWR_ESCENARIO);
    ck_assert_ptr_null(frozen);
    w.quays[0].length_mm = 400000;
    qwr_test_ok(ctx, qwr_scenario_set_quay(builder, (qwr_quay_ix){0}, &w.quays[0]));
    qwr_test_ok(ctx, qwr_scenario_freeze(&frozen, builder));
    ck_assert_uint_eq(qwr_scenario_hash(frozen), qwr_scenario_hash(scenario));
    qwr_scenario_free(frozen);
    qwr_scenario_builder_free(builder);
    ck_assert_int_eq(qwr_scenario_freeze(&frozen, NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_scenario_freeze(NULL, NULL), QWR_EINVAL);
}
END_TEST

START_TEST(entity_may_have_no_origin)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;
    qwr_quay quay = qwr_quay_init();

    qwr_scenario_builder_at(NULL, "x", 1);
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &w.info));
    qwr_scenario_builder_at(builder, "nothing was added yet", 1);
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"a", "b", "c"};
        quay.id = ids[i];
        quay.length_mm = i == 1 ? 0 : 5;
        qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
        if (i == 2)
            qwr_scenario_builder_at(builder, "third.xml", 3);
    }
    ck_assert_int_eq(qwr_scenario_freeze(&frozen, builder), QWR_ESCENARIO);
    ck_assert_ptr_null(qwr_context_cause(ctx, 0)->file);
    ck_assert_int_eq(qwr_context_cause(ctx, 0)->line, 0);
    qwr_scenario_builder_free(builder);
}
END_TEST

/* --- reading --- */

START_TEST(frozen_scenario_gives_back_what_was_added)
{
    world w = world_good();

    ck_assert_str_eq(qwr_scenario_get_info(scenario)->id, "world");
    ck_assert_uint_eq(qwr_scenario_quay_count(scenario), 3);
    ck_assert_uint_eq(qwr_scenario_call_count(scenario), 3);
    ck_assert_uint_eq(qwr_scenario_window_count(scenario), 4);
    ck_assert_str_eq(qwr_scenario_call(scenario, call_ix(1))->id, "B");
    ck_assert_int_eq(qwr_scenario_tide(scenario, 1)->level_mm, w.tides[1].level_mm);
    ck_assert_int_eq(qwr_scenario_quay_position(scenario, 1)->at_mm, 250000);
    ck_assert_int_eq(qwr_scenario_history(scenario, 0)->eta_error_s, QWR_UNSET);
    ck_assert_uint_eq(qwr_scenario_lane(scenario, (qwr_lane_ix){0})->to.v, 1);
    ck_assert_ptr_null(qwr_scenario_call(scenario, call_ix(3)));
    ck_assert_ptr_null(qwr_scenario_call(scenario, call_ix(QWR_NONE)));
    ck_assert_ptr_null(qwr_scenario_tide(scenario, 2));
}
END_TEST

START_TEST(ids_are_found_in_their_own_table)
{
    ck_assert_uint_eq(qwr_scenario_find_call(scenario, "C").v, 2);
    ck_assert_uint_eq(qwr_scenario_find_berth(scenario, "B2").v, 1);
    ck_assert_uint_eq(qwr_scenario_find_charger(scenario, "E1").v, 0);
    ck_assert_uint_eq(qwr_scenario_find_call(scenario, "B1").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_find_call(scenario, "").v, QWR_NONE);
    ck_assert_uint_eq(qwr_scenario_find_call(scenario, NULL).v, QWR_NONE);
}
END_TEST

START_TEST(every_one_of_many_ids_is_found)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;
    qwr_call call = qwr_call_init();
    char id[24];
    enum { CALLS = 5000 };

    builder = empty_builder();
    call.loa_mm = 1000;
    call.eta_s = 0;
    call.moves = 0;
    for (int i = 0; i < CALLS; i++) {
        snprintf(id, sizeof id, "call-%d", i);
        call.id = id;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    }
    qwr_test_ok(ctx, qwr_scenario_freeze(&frozen, builder));
    for (uint32_t i = 0; i < CALLS; i++) {
        snprintf(id, sizeof id, "call-%u", i);
        ck_assert_uint_eq(qwr_scenario_find_call(frozen, id).v, i);
    }
    ck_assert_uint_eq(qwr_scenario_find_call(frozen, "call-5000").v, QWR_NONE);
    qwr_scenario_free(frozen);
    qwr_scenario_builder_free(builder);
}
END_TEST

/* --- derived numbers --- */

START_TEST(efficiency_is_the_power_rounded_half_up)
{
    static const struct {
        int64_t interference_milli, cranes, milli;
    } cases[] = {
        {900, 0, 0},    {900, -1, 0},     {900, 1, 1000},   {900, 2, 1866},    {900, 3, 2688},
        {900, 4, 3482}, {900, 64, 42224}, {1000, 1, 1000},  {1000, 64, 64000}, {1, 64, 1004},
        {500, 4, 2000}, {500, 2, 1414},   {900, 65, 42224}, /* beyond the limit: as for 64 */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world w = world_good();
        qwr_scenario *frozen = NULL;
        w.calls[1].interference_milli = cases[i].interference_milli;
        qwr_test_ok(ctx, world_freeze(&frozen, ctx, &w));
        ck_assert_int_eq(qwr_scenario_efficiency_milli(frozen, call_ix(1), cases[i].cranes),
                         cases[i].milli);
        qwr_scenario_free(frozen);
    }
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(9), 2), 0);
}
END_TEST

START_TEST(efficiency_rows_override_the_power_for_their_call_only)
{
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(0), 1), 1000);
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(0), 2), 1900);
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(0), 3), 2700);
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(0), 4), 3482);
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(1), 2), 1866);
    ck_assert_int_eq(qwr_scenario_efficiency_milli(scenario, call_ix(2), 2), 1866);
}
END_TEST

START_TEST(moves_are_the_calls_own_else_the_sum_of_its_tasks)
{
    ck_assert_int_eq(qwr_scenario_call_moves(scenario, call_ix(0)), 600);
    ck_assert_int_eq(qwr_scenario_call_moves(scenario, call_ix(1)), 90);
    ck_assert_int_eq(qwr_scenario_call_moves(scenario, call_ix(2)), 0);
    ck_assert_int_eq(qwr_scenario_call_moves(scenario, call_ix(3)), 0);
}
END_TEST

START_TEST(rate_is_the_calls_own_else_the_mean_of_the_quay_else_30_an_hour)
{
    world w = world_good();
    qwr_scenario *frozen = NULL;

    w.cranes[2].rate_milli = 35001;
    w.calls[1].rate_milli = 22000;
    qwr_test_ok(ctx, world_freeze(&frozen, ctx, &w));
    ck_assert_int_eq(qwr_scenario_rate_milli(frozen, call_ix(0), (qwr_quay_ix){0}), 30000);
    ck_assert_int_eq(qwr_scenario_rate_milli(frozen, call_ix(1), (qwr_quay_ix){0}), 22000);
    ck_assert_int_eq(qwr_scenario_rate_milli(frozen, call_ix(0), (qwr_quay_ix){1}), 30000);
    qwr_scenario_free(frozen);
    w.cranes[0].rate_milli = 20001;
    qwr_test_ok(ctx, world_freeze(&frozen, ctx, &w));
    ck_assert_int_eq(qwr_scenario_rate_milli(frozen, call_ix(0), (qwr_quay_ix){0}), 28334);
    qwr_scenario_free(frozen);
}
END_TEST

START_TEST(handling_table_tells_time_forbidden_and_nothing)
{
    ck_assert_int_eq(qwr_scenario_handling_s(scenario, call_ix(2), (qwr_berth_ix){0}), 36000);
    ck_assert_int_eq(qwr_scenario_handling_s(scenario, call_ix(2), (qwr_berth_ix){1}),
                     QWR_FORBIDDEN);
    ck_assert_int_eq(qwr_scenario_handling_s(scenario, call_ix(0), (qwr_berth_ix){0}), QWR_UNSET);
    ck_assert_int_eq(qwr_scenario_handling_s(scenario, call_ix(2), (qwr_berth_ix){2}), QWR_UNSET);
    ck_assert_int_eq(qwr_scenario_handling_s(scenario, call_ix(3), (qwr_berth_ix){0}), QWR_UNSET);
}
END_TEST

/* 3000 calls x 2000 berths are too many for a table of all pairs: the rows are hashed. */
static qwr_status large_handling(qwr_scenario **out, bool twice)
{
    enum { CALLS = 3000, BERTHS = 2000 };
    qwr_scenario_builder *builder = NULL;
    char id[24];

    builder = empty_builder();
    qwr_quay quay = qwr_quay_init();
    quay.id = "Q";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = BERTHS;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    for (int i = 0; i < BERTHS; i++) {
        qwr_berth berth = qwr_berth_init();
        snprintf(id, sizeof id, "b%d", i);
        berth.id = id;
        berth.quay.v = 0;
        berth.from_mm = i;
        qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &berth, NULL));
    }
    for (uint32_t i = 0; i < CALLS; i++) {
        qwr_call call = qwr_call_init();
        qwr_handling handling = qwr_handling_init();
        snprintf(id, sizeof id, "c%u", i);
        call.id = id;
        call.eta_s = 0;
        call.handling_s = 3600;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
        handling.call.v = i;
        for (uint32_t b = 0; b < 4; b++) {
            handling.berth.v = (i + b * 500) % BERTHS;
            handling.handling_s = i * 10 + b;
            qwr_test_ok(ctx, qwr_scenario_add_handling(builder, &handling));
        }
        if (twice && i == CALLS - 1)
            qwr_test_ok(ctx, qwr_scenario_add_handling(builder, &handling));
    }
    qwr_status status = qwr_scenario_freeze(out, builder);
    qwr_scenario_builder_free(builder);
    return status;
}

START_TEST(large_handling_tables_are_looked_up_by_hash)
{
    qwr_scenario *frozen = NULL;

    qwr_test_ok(ctx, large_handling(&frozen, false));
    for (uint32_t i = 0; i < 3000; i++) {
        for (uint32_t b = 0; b < 4; b++)
            ck_assert_int_eq(
                qwr_scenario_handling_s(frozen, call_ix(i), (qwr_berth_ix){(i + b * 500) % 2000}),
                i * 10 + b);
        ck_assert_int_eq(
            qwr_scenario_handling_s(frozen, call_ix(i), (qwr_berth_ix){(i + 1) % 2000}), QWR_UNSET);
    }
    qwr_scenario_free(frozen);
    ck_assert_int_eq(large_handling(&frozen, true), QWR_ESCENARIO);
    ck_assert(qwr_test_cause_holds(ctx, "there is a row for berth"));
}
END_TEST

START_TEST(length_may_be_left_out_where_every_quay_is_discrete)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;

    w.calls[0].loa_mm = QWR_UNSET;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &w.info));
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &w.quays[1], NULL));
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &w.calls[0], NULL));
    qwr_test_ok(ctx, qwr_scenario_freeze(&frozen, builder));
    qwr_scenario_free(frozen);
    qwr_scenario_builder_free(builder);
}
END_TEST

/* --- hash and thaw --- */

START_TEST(hash_sees_every_kind_of_field)
{
    world w = world_good();
    const uint64_t good = qwr_scenario_hash(scenario);

    ck_assert_uint_eq(hash_of(&w), good);
    w.info.name = "another";
    ck_assert_uint_ne(hash_of(&w), good);
    w = world_good();
    w.calls[0].vessel = "Vessel2";
    ck_assert_uint_ne(hash_of(&w), good);
    w = world_good();
    w.calls[0].vessel = NULL;
    ck_assert_uint_ne(hash_of(&w), good);
    w = world_good();
    w.calls[0].wait_mu_h++;
    ck_assert_uint_ne(hash_of(&w), good);
    w = world_good();
    w.nodes[1].kind = QWR_NODE_PARKING;
    ck_assert_uint_ne(hash_of(&w), good);
    w = world_good();
    w.places[1].forbid = 1;
    ck_assert_uint_ne(hash_of(&w), good);
    w = world_good();
    w.calls[0].base_quay.v = 1;
    ck_assert_uint_ne(hash_of(&w), good);
}
END_TEST

START_TEST(hash_does_not_see_where_strings_lie_or_how_nothing_is_spelt)
{
    char vessel[] = "Vessel";
    world w = world_good();

    w.calls[0].vessel = vessel;
    w.quays[1].name = ""; /* the same as NULL */
    ck_assert_uint_eq(hash_of(&w), qwr_scenario_hash(scenario));
}
END_TEST

START_TEST(thaw_keeps_indices_content_and_hash)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *again = NULL;

    qwr_test_ok(ctx, qwr_scenario_thaw(&builder, ctx, scenario));
    qwr_test_ok(ctx, qwr_scenario_freeze(&again, builder));
    ck_assert_uint_eq(qwr_scenario_hash(again), qwr_scenario_hash(scenario));
    ck_assert_uint_eq(qwr_scenario_find_task(again, "T3").v, 2);
    ck_assert_int_eq(qwr_scenario_efficiency_milli(again, call_ix(0), 2), 1900);
    qwr_scenario_free(again);
    qwr_scenario_builder_free(builder);
    ck_assert_int_eq(qwr_scenario_thaw(&builder, ctx, NULL), QWR_EINVAL);
    ck_assert_ptr_null(builder);
}
END_TEST

START_TEST(thawed_scenario_outlives_and_may_differ_from_the_first)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *first = NULL;
    qwr_scenario *second = NULL;
    world w = world_good();

    qwr_test_ok(ctx, world_freeze(&first, ctx, &w));
    qwr_test_ok(ctx, qwr_scenario_thaw(&builder, ctx, first));
    qwr_scenario_free(first);
    w.calls[0].pin_start_s = 7200;
    qwr_test_ok(ctx, qwr_scenario_set_call(builder, call_ix(0), &w.calls[0]));
    w.info.name = "what if";
    qwr_test_ok(ctx, qwr_scenario_builder_set_info(builder, &w.info));
    qwr_test_ok(ctx, qwr_scenario_freeze(&second, builder));
    qwr_scenario_builder_free(builder);
    ck_assert_int_eq(qwr_scenario_call(second, call_ix(0))->pin_start_s, 7200);
    ck_assert_str_eq(qwr_scenario_get_info(second)->name, "what if");
    ck_assert_str_eq(qwr_scenario_call(second, call_ix(1))->service, "North");
    qwr_scenario_free(second);
    qwr_scenario_free(NULL);
}
END_TEST

/* --- memory --- */

static qwr_status make_all(qwr_context *fresh, void *payload)
{
    world w = world_good();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *frozen = NULL;
    qwr_plan *plan = NULL;
    qwr_plan *copy = NULL;
    qwr_stay stay = qwr_stay_init();
    qwr_status status = world_freeze(&frozen, fresh, &w);

    (void)payload;
    stay.reason = "no berth is deep enough";
    if (status == QWR_OK)
        status = qwr_scenario_thaw(&builder, fresh, frozen);
    if (status == QWR_OK)
        status = qwr_plan_new(&plan, fresh, frozen);
    if (status == QWR_OK)
        status = qwr_plan_set_stay(plan, call_ix(0), &stay);
    if (status == QWR_OK)
        status = qwr_plan_copy(&copy, fresh, plan);
    ck_assert((status == QWR_OK) == (copy != NULL));
    qwr_plan_free(copy);
    qwr_plan_free(plan);
    qwr_scenario_builder_free(builder);
    qwr_scenario_free(frozen);
    return status;
}

START_TEST(scenario_and_plan_survive_every_failing_allocation)
{
    ck_assert_int_gt(qwr_test_each_allocation(make_all, NULL, 1000), 60);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *build = tcase_create("build");
    TCase *read = tcase_create("read");

    tcase_add_checked_fixture(build, setup, teardown);
    tcase_add_test(build, builder_refuses_a_frame_without_id_step_horizon_or_epoch);
    tcase_add_test(build, adding_needs_a_size_and_an_id);
    tcase_add_test(build, shorter_struct_gets_defaults_for_what_it_lacks);
    tcase_add_test(build, longer_struct_is_taken_only_if_its_rest_is_zero);
    tcase_add_test(build, strings_are_copied_when_they_are_added);
    tcase_add_test(build, set_replaces_an_entity_and_refuses_an_unknown_index);
    tcase_add_test(build, failed_freeze_leaves_a_builder_that_can_be_mended);
    tcase_add_test(build, entity_may_have_no_origin);
    tcase_add_test(build, scenario_and_plan_survive_every_failing_allocation);
    suite_add_tcase(suite, build);

    tcase_add_checked_fixture(read, setup, teardown);
    tcase_add_test(read, frozen_scenario_gives_back_what_was_added);
    tcase_add_test(read, ids_are_found_in_their_own_table);
    tcase_add_test(read, every_one_of_many_ids_is_found);
    tcase_add_test(read, efficiency_is_the_power_rounded_half_up);
    tcase_add_test(read, efficiency_rows_override_the_power_for_their_call_only);
    tcase_add_test(read, moves_are_the_calls_own_else_the_sum_of_its_tasks);
    tcase_add_test(read, rate_is_the_calls_own_else_the_mean_of_the_quay_else_30_an_hour);
    tcase_add_test(read, handling_table_tells_time_forbidden_and_nothing);
    tcase_add_test(read, large_handling_tables_are_looked_up_by_hash);
    tcase_add_test(read, length_may_be_left_out_where_every_quay_is_discrete);
    tcase_add_test(read, hash_sees_every_kind_of_field);
    tcase_add_test(read, hash_does_not_see_where_strings_lie_or_how_nothing_is_spelt);
    tcase_add_test(read, thaw_keeps_indices_content_and_hash);
    tcase_add_test(read, thawed_scenario_outlives_and_may_differ_from_the_first);
    suite_add_tcase(suite, read);
    return qwr_test_main(suite);
}
