/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans as nouns: stays, quality, copies, hashes and the gap. Knows no rule of a plan.
 */
#include "base/base.h"
#include "model_world.h"
#include "support/support.h"

#include <quaywright/plan.h>

#include <math.h>
#include <string.h>

static qwr_context *ctx;
static qwr_scenario *scenario;
static qwr_plan *plan;

static void setup(void)
{
    world w = world_good();

    ctx = qwr_test_context();
    qwr_test_ok(ctx, world_freeze(&scenario, ctx, &w));
    qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, scenario));
}

static void teardown(void)
{
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static qwr_call_ix call_ix(uint32_t i)
{
    return (qwr_call_ix){i};
}

static qwr_stay good_stay(void)
{
    qwr_stay stay = qwr_stay_init();

    stay.placed = 1;
    stay.quay.v = 0;
    stay.position_mm = 10000;
    stay.start_s = 3600;
    stay.end_s = 36000;
    stay.cranes = 2;
    return stay;
}

START_TEST(new_plan_places_no_call)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);

    ck_assert_ptr_eq(qwr_plan_scenario(plan), scenario);
    ck_assert_uint_eq(qwr_plan_stay(plan, call_ix(2))->placed, 0);
    ck_assert_ptr_null(qwr_plan_stay(plan, call_ix(3)));
    ck_assert_int_eq(quality->outcome, QWR_OUTCOME_NONE);
    ck_assert_int_eq(quality->unplaced, 3);
    ck_assert_int_eq(quality->bound_mu, QWR_UNSET);
    ck_assert_uint_eq(quality->scenario_hash, qwr_scenario_hash(scenario));
    qwr_plan_free(NULL);
}
END_TEST

START_TEST(stay_is_kept_with_its_own_copy_of_the_reason)
{
    char reason[] = "too deep";
    qwr_stay stay = qwr_stay_init();

    stay.reason = reason;
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(1), &stay));
    memset(reason, 'x', 3);
    ck_assert_str_eq(qwr_plan_stay(plan, call_ix(1))->reason, "too deep");
    stay = good_stay();
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(1), &stay));
    ck_assert_int_eq(qwr_plan_stay(plan, call_ix(1))->end_s, 36000);
    ck_assert_ptr_null(qwr_plan_stay(plan, call_ix(1))->reason);
}
END_TEST

START_TEST(stay_with_a_wrong_index_is_refused_and_changes_nothing)
{
    qwr_stay stay = good_stay();
    uint64_t hash = qwr_plan_hash(plan);

    ck_assert_int_eq(qwr_plan_set_stay(plan, call_ix(3), &stay), QWR_EINVAL);
    stay.quay.v = 3;
    ck_assert_int_eq(qwr_plan_set_stay(plan, call_ix(0), &stay), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "stay of call \"A\": there is no quay with index 3"));
    stay = good_stay();
    stay.berth.v = 2;
    ck_assert_int_eq(qwr_plan_set_stay(plan, call_ix(0), &stay), QWR_EINVAL);
    stay = good_stay();
    stay.size = 0;
    ck_assert_int_eq(qwr_plan_set_stay(plan, call_ix(0), &stay), QWR_EINVAL);
    ck_assert_int_eq(qwr_plan_set_stay(NULL, call_ix(0), &stay), QWR_EINVAL);
    ck_assert_uint_eq(qwr_plan_hash(plan), hash);
}
END_TEST

START_TEST(broken_stay_is_a_legal_noun)
{
    qwr_stay stay = good_stay();

    stay.end_s = -5;
    stay.cranes = 99;
    stay.position_mm = INT64_MAX;
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(0), &stay));
}
END_TEST

START_TEST(plan_hash_sees_decisions_and_not_costs)
{
    qwr_stay stay = good_stay();
    uint64_t empty = qwr_plan_hash(plan);

    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(0), &stay));
    uint64_t placed = qwr_plan_hash(plan);
    ck_assert_uint_ne(placed, empty);
    stay.cost_mu = 12345;
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(0), &stay));
    ck_assert_uint_eq(qwr_plan_hash(plan), placed);
    stay.cranes++;
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(0), &stay));
    ck_assert_uint_ne(qwr_plan_hash(plan), placed);
}
END_TEST

START_TEST(same_stay_at_another_call_has_another_hash)
{
    qwr_stay stay = good_stay();
    qwr_plan *other = NULL;

    qwr_test_ok(ctx, qwr_plan_new(&other, ctx, scenario));
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(0), &stay));
    qwr_test_ok(ctx, qwr_plan_set_stay(other, call_ix(1), &stay));
    ck_assert_uint_ne(qwr_plan_hash(plan), qwr_plan_hash(other));
    qwr_plan_free(other);
}
END_TEST

START_TEST(copy_is_equal_and_independent)
{
    qwr_plan_quality quality = qwr_plan_quality_init();
    qwr_stay stay = good_stay();
    qwr_plan *copy = NULL;

    quality.proof = "trivial";
    quality.cost_mu = 5;
    qwr_test_ok(ctx, qwr_plan_set_quality(plan, &quality));
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(0), &stay));
    stay = qwr_stay_init();
    stay.reason = "closed";
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(1), &stay));
    qwr_test_ok(ctx, qwr_plan_copy(&copy, ctx, plan));
    uint64_t hash = qwr_plan_hash(plan);
    stay = good_stay();
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, call_ix(1), &stay));
    ck_assert_uint_eq(qwr_plan_hash(copy), hash);
    ck_assert_str_eq(qwr_plan_stay(copy, call_ix(1))->reason, "closed");
    ck_assert_str_eq(qwr_plan_get_quality(copy)->proof, "trivial");
    ck_assert_int_eq(qwr_plan_get_quality(copy)->cost_mu, 5);
    qwr_plan_free(copy);
    ck_assert_int_eq(qwr_plan_copy(&copy, ctx, NULL), QWR_EINVAL);
    ck_assert_ptr_null(copy);
    ck_assert_int_eq(qwr_plan_new(&copy, ctx, NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_plan_new(&copy, NULL, scenario), QWR_EINVAL);
}
END_TEST

START_TEST(gap_is_in_percent_of_the_cost)
{
    static const struct {
        int64_t cost, bound;
        double gap;
    } cases[] = {
        {1000, QWR_UNSET, -1}, {1000, 1000, 0},  {1000, 900, 10}, {0, 0, 0},
        {0, -5, 100},          {-100, -110, 10}, {1000, 0, 100},  {1000, 1001, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        qwr_plan_quality quality = qwr_plan_quality_init();
        quality.cost_mu = cases[i].cost;
        quality.bound_mu = cases[i].bound;
        qwr_test_ok(ctx, qwr_plan_set_quality(plan, &quality));
        ck_assert_double_lt(fabs(qwr_plan_gap_pct(plan) - cases[i].gap), 1e-9);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model_plan");
    TCase *plans = tcase_create("plan");

    tcase_add_checked_fixture(plans, setup, teardown);
    tcase_add_test(plans, new_plan_places_no_call);
    tcase_add_test(plans, stay_is_kept_with_its_own_copy_of_the_reason);
    tcase_add_test(plans, stay_with_a_wrong_index_is_refused_and_changes_nothing);
    tcase_add_test(plans, broken_stay_is_a_legal_noun);
    tcase_add_test(plans, plan_hash_sees_decisions_and_not_costs);
    tcase_add_test(plans, same_stay_at_another_call_has_another_hash);
    tcase_add_test(plans, copy_is_equal_and_independent);
    tcase_add_test(plans, gap_is_in_percent_of_the_cost);
    suite_add_tcase(suite, plans);
    return qwr_test_main(suite);
}
