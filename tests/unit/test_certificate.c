/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates as nouns: made, added to, read back, hung on a plan. What they prove is in
 * test_verify.c, their files in test_io_certificate.c.
 */
#include "base/base.h"
#include "model/certificate.h"
#include "model_world.h"
#include "support/support.h"

#include <quaywright/check.h>

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

static qwr_certificate_info info_of(uint32_t calls)
{
    qwr_certificate_info info = qwr_certificate_info_init();
    info.call_count = calls;
    info.price_unit = 60;
    info.target_mu = 1000;
    info.scenario_hash = 7;
    return info;
}

static qwr_status add_prices(qwr_certificate *c, const int64_t *price)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.price = price;
    return qwr_certificate_add(c, &step);
}

static qwr_status add_split(qwr_certificate *c, uint32_t call, uint32_t berth, int64_t from_s,
                            int64_t to_s)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.call.v = call;
    step.berth.v = berth;
    step.from_s = from_s;
    step.to_s = to_s;
    return qwr_certificate_add(c, &step);
}

static qwr_status add_range(qwr_certificate *c, uint32_t berth, uint32_t berth_last)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.call.v = 0;
    step.berth.v = berth;
    step.berth_last.v = berth_last;
    step.from_s = step.to_s = 0;
    return qwr_certificate_add(c, &step);
}

static qwr_status add_end(qwr_certificate *c)
{
    const qwr_certificate_step step = qwr_certificate_step_init();
    return qwr_certificate_add(c, &step);
}

static qwr_status make(qwr_certificate **out, qwr_context *own, uint32_t calls, int64_t vectors)
{
    qwr_certificate_info info = info_of(calls);
    int64_t price[3] = {0, INT64_MAX, INT64_MIN + 1};
    qwr_certificate *c = NULL;
    qwr_status status = qwr_certificate_new(&c, own, &info);

    for (int64_t k = 0; status == QWR_OK && k < vectors; k++) {
        price[0] = k;
        status = add_prices(c, price);
        if (status == QWR_OK)
            status = add_split(c, (uint32_t)(k % calls), k % 2 == 0 ? QWR_NONE : 5, -k, k);
    }
    if (status != QWR_OK) {
        qwr_certificate_free(c);
        c = NULL;
    }
    *out = c;
    return status;
}

static void same_info(const qwr_certificate_info *a, const qwr_certificate_info *b)
{
    ck_assert_uint_eq(a->size, b->size);
    ck_assert_uint_eq(a->ordered, b->ordered);
    ck_assert_uint_eq(a->scenario_hash, b->scenario_hash);
    ck_assert_uint_eq(a->call_count, b->call_count);
    ck_assert_int_eq(a->price_unit, b->price_unit);
    ck_assert_int_eq(a->target_mu, b->target_mu);
}

START_TEST(a_new_certificate_is_empty_and_knows_its_frame)
{
    qwr_certificate_info info = info_of(3);
    qwr_certificate_step step = qwr_certificate_step_init();
    qwr_certificate *c = NULL;

    qwr_test_ok(ctx, qwr_certificate_new(&c, ctx, &info));
    ck_assert_uint_eq(qwr_certificate_count(c), 0);
    same_info(qwr_certificate_get_info(c), &info);
    ck_assert_int_eq(qwr_certificate_get(&step, c, 0), QWR_EINVAL);
    qwr_certificate_free(c);
    qwr_certificate_free(NULL);
}
END_TEST

START_TEST(steps_come_back_as_they_were_added)
{
    qwr_certificate *c = NULL;

    qwr_test_ok(ctx, make(&c, ctx, 3, 100));
    ck_assert_uint_eq(qwr_certificate_count(c), 200);
    for (size_t k = 0; k < 200; k++) {
        qwr_certificate_step step = qwr_certificate_step_init();
        int64_t i = (int64_t)k / 2;
        qwr_test_ok(ctx, qwr_certificate_get(&step, c, k));
        if (k % 2 == 0) {
            ck_assert_int_eq(step.price[0], i);
            ck_assert_int_eq(step.price[1], INT64_MAX);
            continue;
        }
        ck_assert_ptr_null(step.price);
        ck_assert_uint_eq(step.call.v, (uint32_t)(i % 3));
        ck_assert_uint_eq(step.berth.v, i % 2 == 0 ? QWR_NONE : 5);
        ck_assert_uint_eq(step.berth_last.v, i % 2 == 0 ? QWR_NONE : 5);
        ck_assert_int_eq(step.from_s, -i);
        ck_assert_int_eq(step.to_s, i);
    }
    qwr_certificate_free(c);
}
END_TEST

START_TEST(ends_and_ranges_of_berths_come_back_as_they_were_added)
{
    qwr_certificate *c = NULL;
    qwr_certificate_step step = qwr_certificate_step_init();

    qwr_test_ok(ctx, make(&c, ctx, 3, 0));
    qwr_test_ok(ctx, add_range(c, 2, 4));
    qwr_test_ok(ctx, add_range(c, 0, 0));
    qwr_test_ok(ctx, add_end(c));
    qwr_test_ok(ctx, qwr_certificate_get(&step, c, 0));
    ck_assert_uint_eq(step.berth.v, 2);
    ck_assert_uint_eq(step.berth_last.v, 4);
    qwr_test_ok(ctx, qwr_certificate_get(&step, c, 1));
    ck_assert_uint_eq(step.berth.v, 0);
    ck_assert_uint_eq(step.berth_last.v, 0);
    qwr_test_ok(ctx, qwr_certificate_get(&step, c, 2));
    ck_assert_ptr_null(step.price);
    ck_assert_uint_eq(step.call.v, QWR_NONE);
    ck_assert_uint_eq(step.berth.v, QWR_NONE);
    ck_assert_uint_eq(step.berth_last.v, QWR_NONE);
    ck_assert_int_eq(step.from_s, QWR_UNSET);
    ck_assert_int_eq(step.to_s, QWR_UNSET);
    qwr_certificate_free(c);
}
END_TEST

START_TEST(an_older_callers_step_gets_no_more_than_it_has_room_for)
{
    qwr_certificate *c = NULL;
    qwr_certificate_step step = qwr_certificate_step_init();

    qwr_test_ok(ctx, make(&c, ctx, 3, 1));
    step.size = offsetof(qwr_certificate_step, from_s);
    step.from_s = 42;
    qwr_test_ok(ctx, qwr_certificate_get(&step, c, 1));
    ck_assert_int_eq(step.from_s, 42);
    ck_assert_uint_eq(step.size, offsetof(qwr_certificate_step, from_s));
    step.size = 0;
    ck_assert_int_eq(qwr_certificate_get(&step, c, 1), QWR_EINVAL);
    qwr_certificate_free(c);
}
END_TEST

START_TEST(frames_and_steps_out_of_range_are_refused)
{
    qwr_certificate *c = NULL;
    qwr_certificate_info info = info_of(3);

    ck_assert_int_eq(qwr_certificate_new(NULL, ctx, &info), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_new(&c, NULL, &info), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_new(&c, ctx, NULL), QWR_EINVAL);
    info.price_unit = 1000001;
    ck_assert_int_eq(qwr_certificate_new(&c, ctx, &info), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "price_unit is 1000001"));
    info = info_of(0);
    ck_assert_int_eq(qwr_certificate_new(&c, ctx, &info), QWR_EINVAL);
    info = info_of(3);
    info.ordered = 2;
    ck_assert_int_eq(qwr_certificate_new(&c, ctx, &info), QWR_EINVAL);
    qwr_test_ok(ctx, make(&c, ctx, 3, 0));
    ck_assert_int_eq(add_split(c, 3, QWR_NONE, 0, 0), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "step 1 splits by call number 3"));
    ck_assert_int_eq(add_split(c, 0, QWR_NONE, 0, QWR_UNSET), QWR_EINVAL);
    ck_assert_int_eq(add_split(c, 0, QWR_NONE, 2, 1), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "from 2 to 1, which is before"));
    ck_assert_int_eq(add_range(c, 3, 2), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "step 1 splits by berths up to number 2"));
    ck_assert_int_eq(add_range(c, QWR_NONE, 2), QWR_EINVAL);
    ck_assert_int_eq(add_split(c, QWR_NONE, QWR_NONE, 0, 0), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "step 1 has no prices and splits by no call"));
    ck_assert_int_eq(add_split(c, QWR_NONE, 1, QWR_UNSET, QWR_UNSET), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_add(c, NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_add(NULL, NULL), QWR_EINVAL);
    ck_assert_uint_eq(qwr_certificate_count(c), 0);
    qwr_certificate_free(c);
}
END_TEST

static size_t steps_of(const qwr_plan *p)
{
    const qwr_certificate *c = qwr_plan_certificate(p);
    return c == NULL ? SIZE_MAX : qwr_certificate_count(c);
}

START_TEST(a_plan_owns_its_certificate_and_copies_it)
{
    qwr_certificate *c = NULL, *other = NULL;
    qwr_plan *copy = NULL;
    qwr_certificate_step step = qwr_certificate_step_init();

    ck_assert_ptr_null(qwr_plan_certificate(plan));
    qwr_test_ok(ctx, make(&c, ctx, 3, 2));
    qwr_test_ok(ctx, qwr__plan_set_certificate(plan, c));
    ck_assert_ptr_eq(qwr_plan_certificate(plan), c);
    qwr_stay stay = *qwr_plan_stay(plan, (qwr_call_ix){0});
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, (qwr_call_ix){0}, &stay));
    qwr_test_ok(ctx, qwr_plan_copy(&copy, ctx, plan));
    qwr_test_ok(ctx, make(&other, ctx, 3, 1));
    qwr_test_ok(ctx, qwr__plan_set_certificate(plan, other));
    ck_assert_uint_eq(steps_of(plan), 2);
    ck_assert_uint_eq(steps_of(copy), 4);
    qwr_test_ok(ctx, qwr_certificate_get(&step, qwr_plan_certificate(copy), 2));
    ck_assert_int_eq(step.price[0], 1);
    qwr_test_ok(ctx, add_prices(other, step.price));
    ck_assert_uint_eq(steps_of(copy), 4);
    qwr_plan_free(copy);
}
END_TEST

START_TEST(a_certificate_about_other_calls_stays_with_its_owner)
{
    qwr_certificate *c = NULL;

    qwr_test_ok(ctx, make(&c, ctx, 2, 0));
    ck_assert_int_eq(qwr__plan_set_certificate(plan, c), QWR_EINVAL);
    ck_assert_int_eq(qwr__plan_set_certificate(NULL, c), QWR_EINVAL);
    ck_assert_ptr_null(qwr_plan_certificate(plan));
    qwr_certificate_free(c);
}
END_TEST

START_TEST(pricing_a_plan_whose_bound_falls_takes_the_certificate_along)
{
    qwr_certificate *c = NULL;
    qwr_plan_quality quality = *qwr_plan_get_quality(plan);

    qwr_test_ok(ctx, make(&c, ctx, 3, 1));
    qwr_test_ok(ctx, qwr__plan_set_certificate(plan, c));
    quality.bound_mu = quality.cost_mu = 0;
    qwr_test_ok(ctx, qwr_plan_set_quality(plan, &quality));
    qwr_test_ok(ctx, qwr_plan_price(ctx, plan));
    ck_assert_uint_eq(steps_of(plan), 2);
    quality.cost_mu = 1;
    qwr_test_ok(ctx, qwr_plan_set_quality(plan, &quality));
    qwr_test_ok(ctx, qwr_plan_price(ctx, plan));
    ck_assert_int_eq(qwr_plan_get_quality(plan)->bound_mu, QWR_UNSET);
    ck_assert_ptr_null(qwr_plan_certificate(plan));
}
END_TEST

static qwr_status make_and_copy(qwr_context *own, void *payload)
{
    qwr_scenario *s = NULL;
    qwr_plan *p = NULL, *copy = NULL;
    qwr_certificate *c = NULL;
    world w = world_good();
    qwr_status status = world_freeze(&s, own, &w);

    (void)payload;
    if (status == QWR_OK)
        status = qwr_plan_new(&p, own, s);
    if (status == QWR_OK)
        status = make(&c, own, 3, 40);
    if (status == QWR_OK) {
        status = qwr__plan_set_certificate(p, c);
        if (status == QWR_OK)
            status = qwr_plan_copy(&copy, own, p);
    }
    qwr_plan_free(copy);
    qwr_plan_free(p);
    qwr_scenario_free(s);
    return status;
}

START_TEST(every_failed_allocation_is_survived)
{
    ck_assert_int_gt(qwr_test_each_allocation(make_and_copy, NULL, 2000), 5);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("certificate");
    TCase *c = tcase_create("noun");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, a_new_certificate_is_empty_and_knows_its_frame);
    tcase_add_test(c, steps_come_back_as_they_were_added);
    tcase_add_test(c, ends_and_ranges_of_berths_come_back_as_they_were_added);
    tcase_add_test(c, an_older_callers_step_gets_no_more_than_it_has_room_for);
    tcase_add_test(c, frames_and_steps_out_of_range_are_refused);
    tcase_add_test(c, a_plan_owns_its_certificate_and_copies_it);
    tcase_add_test(c, a_certificate_about_other_calls_stays_with_its_owner);
    tcase_add_test(c, pricing_a_plan_whose_bound_falls_takes_the_certificate_along);
    tcase_add_test(c, every_failed_allocation_is_survived);
    suite_add_tcase(s, c);
    return qwr_test_main(s);
}
