/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The generator: same seed same scenario, options are followed, what comes out is complete and can
 * be planned. Plans themselves are tested where they are made.
 */
#include "support.h"

#include "generate/generate.h"

#include <quaywright/check.h>
#include <quaywright/generate.h>

#include <stdlib.h>
#include <string.h>

static qwr_context *ctx;

static void set_up(void)
{
    ctx = qwr_test_context();
}

static void tear_down(void)
{
    qwr_context_free(ctx);
}

static qwr_generate_options options_of(const char *profile, uint64_t seed)
{
    qwr_generate_options options = qwr_generate_options_init();

    options.profile = profile;
    options.seed = seed;
    return options;
}

static qwr_scenario *make(const qwr_generate_options *options)
{
    qwr_scenario *scenario = NULL;

    qwr_test_ok(ctx, qwr_generate(&scenario, ctx, options));
    return scenario;
}

static uint64_t hash_of(const char *profile, uint64_t seed)
{
    const qwr_generate_options options = options_of(profile, seed);
    qwr_scenario *scenario = make(&options);
    const uint64_t hash = qwr_scenario_hash(scenario);

    qwr_scenario_free(scenario);
    return hash;
}

static const qwr_call *call_at(const qwr_scenario *s, size_t i)
{
    return qwr_scenario_call(s, (qwr_call_ix){(uint32_t)i});
}

START_TEST(same_seed_gives_the_same_scenario)
{
    ck_assert_uint_eq(hash_of("automated", 7), hash_of("automated", 7));
}
END_TEST

START_TEST(another_seed_gives_another_scenario)
{
    for (size_t i = 0; i < qwr__profile_count; i++)
        ck_assert_uint_ne(hash_of(qwr__profiles[i].name, 1), hash_of(qwr__profiles[i].name, 2));
}
END_TEST

/* A change here is a change of every generated scenario: say why in NEWS. */
START_TEST(tiny_with_seed_1_keeps_its_hash)
{
    ck_assert_uint_eq(hash_of("tiny", 1), UINT64_C(0xfe3480097da0b96a));
}
END_TEST

START_TEST(every_profile_freezes_with_many_seeds)
{
    for (size_t i = 0; i < qwr__profile_count; i++)
        for (uint64_t seed = 1; seed <= 12; seed++)
            (void)hash_of(qwr__profiles[i].name, seed);
}
END_TEST

START_TEST(every_profile_is_complete)
{
    for (size_t i = 0; i < qwr__profile_count; i++) {
        if (qwr__profiles[i].published)
            continue; /* made after a paper: see bacap_instances_are_as_published */
        const qwr_generate_options options = options_of(qwr__profiles[i].name, 3);
        qwr_scenario *s = make(&options);

        ck_assert_ptr_nonnull(qwr_scenario_get_info(s)->origin);
        ck_assert_uint_gt(qwr_scenario_quay_depth_count(s), 0);
        ck_assert_uint_gt(qwr_scenario_quay_break_count(s), 0);
        ck_assert_uint_gt(qwr_scenario_tide_count(s), 24);
        ck_assert_uint_gt(qwr_scenario_tariff_count(s), 3);
        ck_assert_uint_gt(qwr_scenario_task_count(s), 0);
        ck_assert_uint_gt(qwr_scenario_precedence_count(s), 0);
        ck_assert_uint_gt(qwr_scenario_lane_count(s), 0);
        ck_assert_uint_gt(qwr_scenario_charger_count(s), 0);
        ck_assert_uint_gt(qwr_scenario_transfer_count(s), 0);
        ck_assert_int_eq((int64_t)qwr_scenario_vehicle_count(s), qwr__profiles[i].vehicles);
        ck_assert_int_eq((int64_t)qwr_scenario_block_count(s), qwr__profiles[i].blocks);
        ck_assert_int_eq((int64_t)qwr_scenario_history_count(s), qwr__profiles[i].history);
        ck_assert_int_eq((int64_t)qwr_scenario_call_count(s), qwr__profiles[i].calls);
        qwr_scenario_free(s);
    }
}
END_TEST

static size_t windows_of(const qwr_scenario *s, qwr_window_kind kind)
{
    size_t count = 0;

    for (uint32_t i = 0; i < qwr_scenario_window_count(s); i++)
        count += qwr_scenario_window(s, (qwr_window_ix){i})->kind == kind;
    return count;
}

static void expect_refusal(const qwr_generate_options *options, qwr_status status, const char *word)
{
    qwr_scenario *scenario = (qwr_scenario *)(uintptr_t)1;

    ck_assert_int_eq(qwr_generate(&scenario, ctx, options), status);
    ck_assert_ptr_null(scenario);
    ck_assert(qwr_test_cause_holds(ctx, word));
}

START_TEST(bacap_instances_are_as_published)
{
    qwr_generate_options options = options_of("meisel-bierwirth", 3);
    options.calls = 40;
    qwr_scenario *s = make(&options);
    const qwr_scenario_info *info = qwr_scenario_get_info(s);
    size_t feeders = 0, mediums = 0;

    ck_assert_int_eq(info->profile, QWR_PROFILE_VARYING);
    ck_assert_int_eq(info->crane_period_s, 3600);
    ck_assert_int_eq(info->horizon_s, 210 * 3600);
    ck_assert_uint_eq(qwr_scenario_crane_count(s), 10);
    ck_assert_int_eq(qwr_scenario_quay(s, (qwr_quay_ix){0})->length_mm, 1000000);
    for (size_t i = 0; i < 40; i++) {
        const qwr_call *c = call_at(s, i);
        int64_t least = (c->moves + c->max_cranes - 1) / c->max_cranes;
        feeders += strcmp(c->vessel_class, "feeder") == 0;
        mediums += strcmp(c->vessel_class, "medium") == 0;
        ck_assert_int_eq(c->earliest_s, (c->eta_s / 3600 * 9 + 9) / 10 * 3600);
        ck_assert_int_eq(c->desired_departure_s, c->eta_s + least * 3600);
        ck_assert_int_le(c->preferred_mm + c->loa_mm, 1000000);
        ck_assert_int_eq(c->crane_mu_h, 100000);
    }
    ck_assert_uint_eq(feeders, 24);
    ck_assert_uint_eq(mediums, 12);
    qwr_scenario_free(s);
    options.grid_mm = 20000;
    expect_refusal(&options, QWR_EINVAL, "10 m");
    options.grid_mm = QWR_UNSET;
    options.quay_m = 300;
    expect_refusal(&options, QWR_EINVAL, "400");
    options.quay_m = QWR_UNSET;
    options.cranes = 3;
    expect_refusal(&options, QWR_EINVAL, "needs 4");
}
END_TEST

START_TEST(every_profile_has_maintenance_closure_and_weather)
{
    for (size_t i = 0; i < qwr__profile_count; i++) {
        if (qwr__profiles[i].published)
            continue; /* made after a paper: see bacap_instances_are_as_published */
        const qwr_generate_options options = options_of(qwr__profiles[i].name, 5);
        qwr_scenario *s = make(&options);

        ck_assert_uint_gt(windows_of(s, QWR_WINDOW_MAINTENANCE), 0);
        ck_assert_uint_eq(windows_of(s, QWR_WINDOW_CLOSURE), 1);
        ck_assert_uint_ge(windows_of(s, QWR_WINDOW_WEATHER), 1);
        qwr_scenario_free(s);
    }
}
END_TEST

START_TEST(sizes_follow_the_options)
{
    qwr_generate_options options = options_of("feeder", 1);
    qwr_scenario *s;

    options.calls = 17;
    options.quay_m = 1200;
    options.cranes = 9;
    options.days = 3;
    options.vehicles = 25;
    options.step_s = 1800;
    options.grid_mm = 20000;
    options.layout = "hybrid";
    options.epoch = "2027-01-01T00:00:00Z";
    s = make(&options);
    ck_assert_uint_eq(qwr_scenario_call_count(s), 17);
    ck_assert_uint_eq(qwr_scenario_crane_count(s), 9);
    ck_assert_uint_eq(qwr_scenario_vehicle_count(s), 25);
    ck_assert_int_eq(qwr_scenario_quay(s, (qwr_quay_ix){0})->length_mm, 1200000);
    ck_assert_int_eq(qwr_scenario_quay(s, (qwr_quay_ix){0})->grid_mm, 20000);
    ck_assert_int_eq(qwr_scenario_quay(s, (qwr_quay_ix){0})->layout, QWR_LAYOUT_HYBRID);
    ck_assert_uint_gt(qwr_scenario_quay_position_count(s), 10);
    ck_assert_int_eq(qwr_scenario_get_info(s)->step_s, 1800);
    ck_assert_int_eq(qwr_scenario_get_info(s)->horizon_s, 5 * 86400);
    ck_assert_str_eq(qwr_scenario_get_info(s)->epoch, "2027-01-01T00:00:00Z");
    qwr_scenario_free(s);
}
END_TEST

START_TEST(length_is_shared_over_both_quays)
{
    qwr_generate_options options = options_of("automated", 1);
    qwr_scenario *s;

    options.quay_m = 3000;
    s = make(&options);
    ck_assert_uint_eq(qwr_scenario_quay_count(s), 2);
    ck_assert_int_eq(qwr_scenario_quay(s, (qwr_quay_ix){0})->length_mm +
                         qwr_scenario_quay(s, (qwr_quay_ix){1})->length_mm,
                     3000000);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(higher_berth_use_means_more_calls)
{
    qwr_generate_options options = options_of("medium", 1);
    qwr_scenario *less, *more;

    options.utilisation_milli = 300;
    less = make(&options);
    options.utilisation_milli = 600;
    more = make(&options);
    ck_assert_uint_ge(qwr_scenario_call_count(more), 2 * qwr_scenario_call_count(less) - 1);
    ck_assert_uint_le(qwr_scenario_call_count(more), 2 * qwr_scenario_call_count(less) + 1);
    qwr_scenario_free(less);
    qwr_scenario_free(more);
}
END_TEST

START_TEST(unknown_profile_names_the_nearest)
{
    const qwr_generate_options options = options_of("gatewy", 1);

    expect_refusal(&options, QWR_ENOTFOUND, "gateway");
}
END_TEST

START_TEST(options_out_of_range_are_refused_by_name)
{
    qwr_generate_options options = options_of("feeder", 1);

    options.days = 0;
    expect_refusal(&options, QWR_EINVAL, "days");
    options = options_of("feeder", 1);
    options.step_s = 7000;
    expect_refusal(&options, QWR_EINVAL, "step_s");
    options = options_of("feeder", 1);
    options.layout = "round";
    expect_refusal(&options, QWR_EINVAL, "layout");
    options = options_of("feeder", 1);
    options.calls = 5;
    options.utilisation_milli = 500;
    expect_refusal(&options, QWR_EINVAL, "utilisation_milli");
    options = options_of("feeder", 1);
    options.quay_m = 120;
    expect_refusal(&options, QWR_EINVAL, "fits");
    options = options_of("feeder", 1);
    options.epoch = "yesterday";
    expect_refusal(&options, QWR_EINVAL, "yesterday");
}
END_TEST

/* The stay a call under way has: as pinned, as long as its work takes and two hours to spare. */
static qwr_stay stay_of(const qwr_scenario *s, qwr_call_ix ix)
{
    const qwr_call *c = qwr_scenario_call(s, ix);
    const int64_t step_s = qwr_scenario_get_info(s)->step_s;
    qwr_stay stay = qwr_stay_init();
    int64_t hourly_milli;

    stay.placed = 1;
    stay.quay = c->pin_quay;
    stay.berth = c->pin_berth;
    stay.position_mm = c->pin_berth.v == QWR_NONE ? c->pin_position_mm
                                                  : qwr_scenario_berth(s, c->pin_berth)->from_mm;
    stay.cranes = c->pin_cranes != QWR_UNSET ? c->pin_cranes : c->min_cranes;
    hourly_milli = qwr_scenario_rate_milli(s, ix, stay.quay) *
                   qwr_scenario_efficiency_milli(s, ix, stay.cranes) / 1000;
    stay.start_s = 0;
    stay.end_s = (qwr_scenario_call_moves(s, ix) * 3600000 / hourly_milli + 7200 + step_s) /
                     step_s * step_s +
                 c->unmooring_s;
    return stay;
}

/* Violations of a plan that holds the calls under way and nothing else; "placed" does not count. */
static size_t faults_alongside(const qwr_scenario *s, size_t *placed)
{
    qwr_plan *plan = NULL;
    qwr_violations *found = NULL;
    size_t faults = 0;

    qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, s));
    for (size_t i = 0; i < qwr_scenario_call_count(s); i++) {
        const qwr_call_ix ix = {(uint32_t)i};
        if (call_at(s, i)->pin_start_s == 0) {
            const qwr_stay stay = stay_of(s, ix);
            ck_assert_int_lt(call_at(s, i)->eta_s, 0);
            qwr_test_ok(ctx, qwr_plan_set_stay(plan, ix, &stay));
            (*placed)++;
        }
    }
    qwr_test_ok(ctx, qwr_plan_check(&found, ctx, s, plan));
    for (size_t i = 0; i < qwr_violations_count(found); i++)
        faults += strcmp(qwr_violations_get(found, i)->rule, "placed") != 0;
    qwr_violations_free(found);
    qwr_plan_free(plan);
    return faults;
}

START_TEST(calls_under_way_can_all_stay_where_they_are)
{
    static const char *const layouts[] = {"continuous", "hybrid", "discrete"};

    for (size_t p = 0; p < qwr__profile_count; p++) {
        if (qwr__profiles[p].published)
            continue;
        qwr_generate_options options = options_of(qwr__profiles[p].name, (uint64_t)_i);
        qwr_scenario *s;
        size_t placed = 0;

        options.layout = layouts[_i % 3];
        s = make(&options);
        ck_assert_uint_eq(faults_alongside(s, &placed), 0);
        ck_assert_msg(placed > 0 || _i % 3 == 2, "nothing is under way");
        qwr_scenario_free(s);
    }
}
END_TEST

/* Follows lanes from node 0, forwards or backwards, and counts what it reaches. */
static size_t reached_from_first(const qwr_scenario *s, int backwards)
{
    const size_t nodes = qwr_scenario_node_count(s), lanes = qwr_scenario_lane_count(s);
    char *seen = calloc(nodes, 1);
    size_t count = 1, before = 0;

    ck_assert_ptr_nonnull(seen);
    seen[0] = 1;
    while (count != before) {
        before = count;
        for (uint32_t i = 0; i < lanes; i++) {
            const qwr_lane *lane = qwr_scenario_lane(s, (qwr_lane_ix){i});
            const uint32_t from = backwards ? lane->to.v : lane->from.v;
            const uint32_t to = backwards ? lane->from.v : lane->to.v;
            if (seen[from] && !seen[to]) {
                seen[to] = 1;
                count++;
            }
        }
    }
    free(seen);
    return count;
}

START_TEST(every_node_of_the_lane_graph_reaches_every_other)
{
    for (size_t p = 0; p < qwr__profile_count; p++) {
        if (qwr__profiles[p].published)
            continue;
        const qwr_generate_options options = options_of(qwr__profiles[p].name, 1);
        qwr_scenario *s = make(&options);

        ck_assert_uint_eq(reached_from_first(s, 0), qwr_scenario_node_count(s));
        ck_assert_uint_eq(reached_from_first(s, 1), qwr_scenario_node_count(s));
        qwr_scenario_free(s);
    }
}
END_TEST

START_TEST(no_vessel_is_too_deep_for_the_channel_at_neap_high_water)
{
    const qwr_generate_options options = options_of("automated", 4);
    qwr_scenario *s = make(&options);
    const qwr_scenario_info *info = qwr_scenario_get_info(s);
    const qwr__profile *p = qwr__profile_find("automated");
    const int64_t water_mm = info->channel_depth_mm + p->tide_mean_mm + p->tide_m2_mm -
                             p->tide_s2_mm - info->ukc_channel_mm;

    for (size_t i = 0; i < qwr_scenario_call_count(s); i++) {
        ck_assert_int_lt(call_at(s, i)->draught_mm, water_mm);
        ck_assert_int_lt(call_at(s, i)->draught_out_mm, water_mm);
    }
    qwr_scenario_free(s);
}
END_TEST

START_TEST(tasks_of_a_call_sum_to_moves_of_its_class)
{
    const qwr_generate_options options = options_of("medium", 2);
    qwr_scenario *s = make(&options);
    size_t with_bays = 0;

    for (size_t i = 0; i < qwr_scenario_call_count(s); i++) {
        const qwr_call_ix ix = {(uint32_t)i};

        with_bays += call_at(s, i)->moves == QWR_UNSET;
        ck_assert_int_gt(qwr_scenario_call_moves(s, ix), 5);
        if (call_at(s, i)->moves == QWR_UNSET)
            ck_assert_int_ge(qwr_scenario_call_moves(s, ix), 5 * 28);
    }
    ck_assert_uint_gt(with_bays, 0);
    qwr_scenario_free(s);
}
END_TEST

static qwr_status generate_tiny(qwr_context *failing, void *payload)
{
    const qwr_generate_options options = options_of("tiny", 1);
    qwr_scenario *scenario = NULL;
    const qwr_status status = qwr_generate(&scenario, failing, &options);

    (void)payload;
    qwr_scenario_free(scenario);
    return status;
}

START_TEST(every_failing_allocation_is_survived)
{
    ck_assert_int_gt(qwr_test_each_allocation(generate_tiny, NULL, 20000), 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("generate");
    TCase *tcase = tcase_create("generate");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, same_seed_gives_the_same_scenario);
    tcase_add_test(tcase, another_seed_gives_another_scenario);
    tcase_add_test(tcase, tiny_with_seed_1_keeps_its_hash);
    tcase_add_test(tcase, every_profile_freezes_with_many_seeds);
    tcase_add_test(tcase, every_profile_is_complete);
    tcase_add_test(tcase, bacap_instances_are_as_published);
    tcase_add_test(tcase, every_profile_has_maintenance_closure_and_weather);
    tcase_add_test(tcase, sizes_follow_the_options);
    tcase_add_test(tcase, length_is_shared_over_both_quays);
    tcase_add_test(tcase, higher_berth_use_means_more_calls);
    tcase_add_test(tcase, unknown_profile_names_the_nearest);
    tcase_add_test(tcase, options_out_of_range_are_refused_by_name);
    tcase_add_loop_test(tcase, calls_under_way_can_all_stay_where_they_are, 1, 31);
    tcase_add_test(tcase, every_node_of_the_lane_graph_reaches_every_other);
    tcase_add_test(tcase, no_vessel_is_too_deep_for_the_channel_at_neap_high_water);
    tcase_add_test(tcase, tasks_of_a_call_sum_to_moves_of_its_class);
    tcase_add_test(tcase, every_failing_allocation_is_survived);
    suite_add_tcase(suite, tcase);
    return qwr_test_main(suite);
}
