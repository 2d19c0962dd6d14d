/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a replayed certificate proves, and what it does not, on terminals small enough to work out
 * by hand; tampered certificates. Copies and ranges of berths are in test_verify_set.c, random
 * terminals in test_verify_plans.c.
 */
#include "check/certificate.h"
#include "verify_world.h"

#include <string.h>

static qwr_context *ctx;
static qwr_scenario *scenario;
static qwr_certificate *certificate;

static void setup(void)
{
    ctx = qwr_test_context();
    scenario = NULL;
    certificate = NULL;
}

static void teardown(void)
{
    qwr_certificate_free(certificate);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

/* --- by hand -------------------------------------------------------------------------------- */

/** A call without cranes: ETA and handling in hours, weight 1, so that an hour costs 1000 mu. */
static void add_call(qwr_scenario_builder *b, const char *id, int64_t eta_h, int64_t work_h)
{
    qwr_call call = qwr_call_init();
    call.id = id;
    call.eta_s = eta_h * 3600;
    call.handling_s = work_h * 3600;
    call.min_cranes = call.max_cranes = 0;
    qwr_test_ok(ctx, qwr_scenario_add_call(b, &call, NULL));
}

/** One berth, ten hours in steps of one; flow time. Thaw it to add more. */
static qwr_scenario_builder *one_berth(void)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario_builder *b = NULL;
    qwr_quay quay = qwr_quay_init();
    qwr_berth berth = qwr_berth_init();
    qwr_quay_ix ix;
    info.id = "hand";
    info.epoch = "2026-01-01T00:00:00Z";
    info.step_s = 3600;
    info.horizon_s = 10 * 3600;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&b, ctx, &info));
    quay.id = "Q";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 1000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(b, &quay, &ix));
    berth.id = "B";
    berth.quay = ix;
    qwr_test_ok(ctx, qwr_scenario_add_berth(b, &berth, NULL));
    return b;
}

static void freeze(qwr_scenario_builder *b)
{
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, b));
    qwr_scenario_builder_free(b);
}

/** Two calls at hour 0, three and one hours of work: the short one first, 1 + 4 hours. */
static void two_calls(void)
{
    qwr_scenario_builder *b = one_berth();
    add_call(b, "LONG", 0, 3);
    add_call(b, "SHORT", 0, 1);
    freeze(b);
}

static void not_proved(const char *part)
{
    qwr_verdict v = verify_ask(ctx, scenario, certificate);
    ck_assert_uint_eq(v.proved, 0);
    ck_assert_int_eq(v.bound_mu, QWR_UNSET);
    ck_assert_msg(strstr(v.sentence, part) != NULL, "%s", v.sentence);
}

static qwr_verdict proved(int64_t bound_mu)
{
    qwr_verdict v = verify_ask(ctx, scenario, certificate);
    ck_assert_msg(v.proved == 1, "%s", v.sentence);
    ck_assert_str_eq(v.sentence, "");
    ck_assert_int_eq(v.bound_mu, bound_mu);
    return v;
}

START_TEST(one_vector_of_prices_gives_the_bound_worked_out_by_hand)
{
    /* Prices 4000 and 2000. LONG costs 3000 + 1000 s: reduced -1000 at 0, 0 at 1, 1000 at 2 ...
     * SHORT costs 1000 + 1000 s: -1000 at 0, 0 at 1, ... The cheapest chain is one of them at 0:
     * -1000. B = 6000 - 1000 = 5000, the cost of SHORT then LONG. */
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, price);
    qwr_verdict v = proved(5000);
    ck_assert_int_eq(v.steps, 1);
    ck_assert_int_eq(v.nodes, 1);
    ck_assert_int_eq(v.stays, 8 + 10);
}
END_TEST

START_TEST(prices_of_nothing_give_the_cheapest_stays_and_fractions_round_up)
{
    const int64_t none[] = {0, 0}, much[] = {3500 * 7 + 1, 0};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, none);
    proved(0); /* the empty chain */
    qwr_certificate_free(certificate);
    /* LONG may come twice, at 0 and at 3: -500 1/7 at 0, then nothing more. B = 3000. */
    certificate = verify_new(ctx, scenario, 0, 7, QWR_UNSET);
    verify_prices(certificate, much);
    proved(3000);
}
END_TEST

START_TEST(the_bound_is_rounded_up_to_a_cost_that_plans_can_have)
{
    /* All stays of both calls differ by whole hours: plans cost 4000 + 1000 k. B = 4400. */
    const int64_t price[] = {3400, 1000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, price);
    /* chains: LONG at 0 for -400; B = 4400 - 400 = 4000 */
    proved(4000);
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    const int64_t other[] = {4500, 1900};
    /* LONG at 0: -1500, SHORT at 0: -900, then LONG at 1: -500 - 900 = -1400; B = 4900 */
    verify_prices(certificate, other);
    proved(5000);
}
END_TEST

/** A leaf: prices that close it, and its end. */
static void leaf(const int64_t *price)
{
    verify_prices(certificate, price);
    verify_end(certificate);
}

START_TEST(a_target_is_proved_by_a_split_and_a_vector_for_each_node)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    leaf(price);
    leaf(price);
    qwr_verdict v = proved(5000);
    ck_assert_int_eq(v.steps, 5);
    ck_assert_int_eq(v.nodes, 2);
}
END_TEST

START_TEST(stays_that_lift_the_bound_past_the_target_are_taken_out)
{
    /* With target 5000 the prices leave LONG 0, 1 and SHORT 0 ... few; then nothing is proved, for
     * 5000 can be had. With target 4999 the first vector closes. */
    const int64_t price[] = {4000, 2000}, zero[] = {0, 0};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 5000);
    verify_prices(certificate, price);
    verify_prices(certificate, zero);
    not_proved("stops after step 2, before the end of 1 node");
    verify_end(certificate);
    not_proved("step 3 ends a node that is not closed");
    qwr_certificate_free(certificate);
    /* Target 4500: LONG keeps 0 (B - D + chain = 6000 - 1000), no: 5000 > 4500. Closed at once. */
    certificate = verify_new(ctx, scenario, 0, 1, 4500);
    leaf(price);
    proved(5000);
}
END_TEST

START_TEST(an_ordered_certificate_leaves_exchanged_chains_aside)
{
    /* From hour 3 on SHORT can follow LONG, but then it should have gone first; or come after a
     * pause, but then it should have come sooner. So an ordered replay closes the first node. */
    const int64_t zero[] = {0, 0};
    two_calls();
    for (uint32_t ordered = 0; ordered < 2; ordered++) {
        certificate = verify_new(ctx, scenario, ordered, 1, 5000);
        verify_split(certificate, 1, QWR_NONE, 3 * 3600, 9 * 3600);
        leaf(zero);
        not_proved(ordered != 0 ? "stops after step 3, before the end of 1 node"
                                : "step 3 ends a node that is not closed");
        qwr_certificate_free(certificate);
    }
    /* The same of LONG from hour 2 on; at hour 1 it follows SHORT rightly. */
    certificate = verify_new(ctx, scenario, 1, 1, 4999);
    const int64_t high[] = {4000, 2000};
    verify_split(certificate, 0, QWR_NONE, 2 * 3600, 9 * 3600);
    leaf(zero);
    leaf(high);
    proved(5000);
}
END_TEST

START_TEST(an_ordered_certificate_has_no_call_right_after_itself)
{
    /* -4000 at 0 and -1000 at 3, right after; later ones begin after a pause, for no reason. */
    const int64_t price[] = {7000};
    qwr_scenario_builder *b = one_berth();
    add_call(b, "LONG", 0, 3);
    freeze(b);
    for (uint32_t ordered = 0; ordered < 2; ordered++) {
        certificate = verify_new(ctx, scenario, ordered, 1, QWR_UNSET);
        verify_prices(certificate, price);
        proved(ordered != 0 ? 3000 : 2000);
        qwr_certificate_free(certificate);
    }
    certificate = NULL;
}
END_TEST

START_TEST(an_exchange_that_ends_later_is_none)
{
    /* ONE needs an hour, HEAVY one and a half, and a storm takes half an hour from 2 on. ONE, HEAVY
     * ends at 3; HEAVY, ONE costs less but ends at 4, where the pinned vessel lies from 3 on. */
    qwr_scenario_builder *b = one_berth();
    qwr_call heavy = qwr_call_init(), pinned = qwr_call_init();
    qwr_window storm = qwr_window_init();
    const int64_t zero[] = {0, 0, 0};
    add_call(b, "ONE", 0, 1);
    heavy.id = "HEAVY";
    heavy.eta_s = 0;
    heavy.handling_s = 5400;
    heavy.weight_milli = 10000;
    heavy.min_cranes = heavy.max_cranes = 0;
    qwr_test_ok(ctx, qwr_scenario_add_call(b, &heavy, NULL));
    pinned.id = "PINNED";
    pinned.eta_s = 3 * 3600;
    pinned.handling_s = 3600;
    pinned.pin_start_s = 3 * 3600;
    pinned.min_cranes = pinned.max_cranes = 0;
    qwr_test_ok(ctx, qwr_scenario_add_call(b, &pinned, NULL));
    storm.id = "S";
    storm.kind = QWR_WINDOW_WEATHER;
    storm.quay.v = 0;
    storm.from_s = 2 * 3600;
    storm.to_s = 2 * 3600 + 1800;
    qwr_test_ok(ctx, qwr_scenario_add_window(b, &storm, NULL));
    freeze(b);
    certificate = verify_new(ctx, scenario, 1, 1, 1000000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    verify_split(certificate, 1, QWR_NONE, 3600, 3600);
    leaf(zero);
    not_proved("step 4 ends a node that is not closed");
}
END_TEST

START_TEST(nodes_without_stays_are_closed_from_the_beginning)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, 9 * 3600, 9 * 3600); /* LONG never begins that late */
    verify_end(certificate);
    verify_split(certificate, 1, 7, INT64_MIN + 1, INT64_MAX); /* no such berth */
    verify_end(certificate);
    leaf(price);
    ck_assert_int_eq(proved(5000).nodes, 3);
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, INT64_MIN + 1, INT64_MAX); /* no others */
    leaf(price);
    not_proved("stops after step 3, before the end of 1 node");
    verify_end(certificate);
    ck_assert_int_eq(proved(5000).nodes, 2);
}
END_TEST

START_TEST(a_node_that_closed_early_stays_closed)
{
    /* Prices that would overflow, or open up what is closed, are not looked at any more; each node
     * that a split opens comes to its own end. */
    const int64_t price[] = {4000, 2000}, zero[] = {0, 0}, wild[] = {INT64_MAX, INT64_MIN};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_prices(certificate, price);
    verify_prices(certificate, wild);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    verify_prices(certificate, zero);
    verify_split(certificate, 1, QWR_NONE, 0, 0);
    verify_end(certificate);
    verify_end(certificate);
    not_proved("stops after step 7, before the end of 1 node");
    leaf(zero);
    qwr_verdict v = proved(5000);
    ck_assert_int_eq(v.steps, 9);
    ck_assert_int_eq(v.nodes, 3);
    qwr_certificate_free(certificate);
    /* Closed is the node alone, not the next one. */
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    verify_prices(certificate, price);
    verify_split(certificate, 1, QWR_NONE, 0, 0);
    verify_end(certificate);
    verify_end(certificate);
    verify_end(certificate);
    not_proved("step 6 ends a node that is not closed");
}
END_TEST

START_TEST(turnaround_hours_weather_and_pins_are_seen)
{
    qwr_scenario_builder *b = one_berth();
    qwr_berth berth = qwr_berth_init();
    qwr_window storm = qwr_window_init(), closure = qwr_window_init();
    add_call(b, "A", 0, 2);
    qwr_call pinned = qwr_call_init();
    pinned.id = "P";
    pinned.eta_s = 0;
    pinned.handling_s = 3600;
    pinned.min_cranes = pinned.max_cranes = 0;
    pinned.pin_start_s = 5 * 3600 + 1800;
    qwr_test_ok(ctx, qwr_scenario_add_call(b, &pinned, NULL));
    berth.id = "B";
    berth.quay.v = 0;
    berth.open_s = 3600;
    berth.turnaround_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_set_berth(b, (qwr_berth_ix){0}, &berth));
    storm.id = "S";
    storm.kind = QWR_WINDOW_WEATHER;
    storm.quay.v = 0;
    storm.from_s = 2 * 3600;
    storm.to_s = 2 * 3600 + 600;
    qwr_test_ok(ctx, qwr_scenario_add_window(b, &storm, NULL));
    closure.id = "C";
    closure.kind = QWR_WINDOW_CLOSURE;
    closure.berth.v = 0;
    closure.from_s = 8 * 3600;
    closure.to_s = 9 * 3600;
    qwr_test_ok(ctx, qwr_scenario_add_window(b, &closure, NULL));
    freeze(b);
    qwr__stays stays;
    qwr_test_ok(ctx, qwr__stays_init(&stays, ctx, scenario));
    /* A: 1 to 4 (storm), 2 to 5 (storm), 3 to 5, 4, 5, 6 to 8; not 7, 8 (closure). P: 5.5 to 7. */
    ck_assert_uint_eq(stays.count, 7);
    ck_assert_uint_eq(stays.rows, 2);
    ck_assert(!stays.row[0].plain);
    ck_assert_int_eq(stays.row[0].first, 1);
    ck_assert_int_eq(stays.free_at[0], 5);
    ck_assert_int_eq(stays.free_at[1], 6);
    ck_assert_int_eq(stays.free_at[2], 6);
    ck_assert_int_eq(stays.free_at[5], 9);
    ck_assert_int_eq(stays.row[1].first, 5);
    ck_assert_int_eq(stays.row[1].shift_s, 1800);
    ck_assert_int_eq(stays.free_at[stays.row[1].base], 8);
    qwr__stays_free(&stays);
    /* A first, 1 to 4: 4 hours; P: 7 hours. */
    const int64_t price[] = {4000, 7000};
    certificate = verify_new(ctx, scenario, 1, 1, QWR_UNSET);
    verify_prices(certificate, price);
    proved(11000);
}
END_TEST

START_TEST(calls_without_a_legal_stay_take_no_part)
{
    qwr_scenario_builder *b = one_berth();
    const int64_t price[] = {1000000, 2000};
    add_call(b, "GIANT", 0, 11);
    add_call(b, "A", 1, 2);
    freeze(b);
    certificate = verify_new(ctx, scenario, 0, 1, 1999);
    leaf(price);
    proved(2000);
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, 1999);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    not_proved("step 1 splits by call \"GIANT\", which has no legal stay");
}
END_TEST

START_TEST(costs_that_cannot_vary_bound_themselves)
{
    qwr_scenario_builder *b = one_berth();
    const int64_t price[] = {0};
    add_call(b, "TEN", 0, 10);
    freeze(b);
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, price);
    proved(10000);
}
END_TEST

/* --- tampering ------------------------------------------------------------------------------ */

START_TEST(a_certificate_of_another_scenario_is_refused)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    qwr_certificate_info info = *qwr_certificate_get_info(certificate);
    qwr_certificate_free(certificate);
    info.scenario_hash ^= 1;
    qwr_test_ok(ctx, qwr_certificate_new(&certificate, ctx, &info));
    verify_prices(certificate, price);
    not_proved("is about a scenario with hash");
    qwr_certificate_free(certificate);
    info.scenario_hash ^= 1;
    info.call_count = 3;
    const int64_t three[] = {4000, 2000, 0};
    qwr_test_ok(ctx, qwr_certificate_new(&certificate, ctx, &info));
    verify_prices(certificate, three);
    not_proved("is about 3 calls, the scenario has 2");
}
END_TEST

START_TEST(steps_too_few_too_many_or_out_of_place_are_named)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    not_proved("stops after step 0, before the end of 1 node");
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    not_proved("stops after step 1, before the end of 2 nodes");
    leaf(price);
    not_proved("stops after step 3, before the end of 1 node");
    verify_prices(certificate, price);
    not_proved("stops after step 4, before the end of 1 node");
    verify_end(certificate);
    proved(5000);
    verify_end(certificate);
    not_proved("step 6 is left over: every node has ended by step 5");
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    leaf(price);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    not_proved("step 3 is left over: every node has ended by step 2");
}
END_TEST

START_TEST(without_a_target_there_is_one_step_of_prices)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    not_proved("stops after step 0");
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    not_proved("step 1 is a split, but a certificate without a target is one step of prices");
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_end(certificate);
    not_proved("step 1 is an end, but a certificate without a target is one step of prices");
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, price);
    proved(5000);
    verify_end(certificate);
    not_proved("step 2 is left over");
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, price);
    verify_prices(certificate, price);
    not_proved("step 2 is left over");
}
END_TEST

START_TEST(a_node_that_is_not_closed_cannot_end)
{
    const int64_t price[] = {4000, 2000}, zero[] = {0, 0};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_end(certificate);
    not_proved("step 1 ends a node that is not closed");
    qwr_certificate_free(certificate);
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    leaf(zero);
    leaf(price);
    not_proved("step 3 ends a node that is not closed");
    qwr_certificate_free(certificate);
    /* The bound of the first node says nothing of the second. */
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    leaf(price);
    leaf(zero);
    not_proved("step 5 ends a node that is not closed");
}
END_TEST

START_TEST(a_target_that_some_plan_reaches_is_never_proved)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 1, 1, 5000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    leaf(price);
    leaf(price);
    not_proved("step 3 ends a node that is not closed");
}
END_TEST

START_TEST(prices_that_could_overflow_are_an_error)
{
    const int64_t price[] = {INT64_MAX, INT64_MIN};
    qwr_verdict v = qwr_verdict_init();
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1000000, QWR_UNSET);
    verify_prices(certificate, price);
    ck_assert_int_eq(qwr_certificate_verify(&v, ctx, scenario, certificate), QWR_EOVERFLOW);
    ck_assert(qwr_test_cause_holds(ctx, "too large to add up"));
}
END_TEST

START_TEST(what_cannot_be_replayed_is_named)
{
    qwr_verdict v = qwr_verdict_init();
    qwr_scenario_builder *b = one_berth();
    qwr_call call = qwr_call_init();
    const int64_t price[] = {0};
    call.id = "CRANED";
    call.eta_s = 0;
    call.handling_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_add_call(b, &call, NULL));
    freeze(b);
    certificate = verify_new(ctx, scenario, 0, 1, QWR_UNSET);
    verify_prices(certificate, price);
    ck_assert_int_eq(qwr_certificate_verify(&v, ctx, scenario, certificate), QWR_EUNSUPPORTED);
    ck_assert(qwr_test_cause_holds(ctx, "cranes may work at call \"CRANED\""));
    ck_assert_int_eq(qwr_certificate_verify(NULL, ctx, scenario, certificate), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_verify(&v, ctx, scenario, NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_verify(&v, ctx, NULL, certificate), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_verify(&v, NULL, scenario, certificate), QWR_EINVAL);
}
END_TEST

START_TEST(a_cancelled_replay_proves_nothing)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 0, 1, 4000);
    leaf(price);
    qwr_context_cancel(ctx);
    not_proved("cancelled");
    qwr_context_cancel_reset(ctx);
    proved(5000);
}
END_TEST

/* --- memory --------------------------------------------------------------------------------- */

static qwr_status verify_once(qwr_context *own, void *payload)
{
    qwr_verdict v = qwr_verdict_init();
    (void)payload;
    qwr_status status = qwr_certificate_verify(&v, own, scenario, certificate);
    ck_assert(status != QWR_OK || v.proved == 1);
    return status;
}

START_TEST(every_failed_allocation_is_survived)
{
    const int64_t price[] = {4000, 2000};
    two_calls();
    certificate = verify_new(ctx, scenario, 1, 1, 4000);
    verify_split(certificate, 0, QWR_NONE, 0, 0);
    leaf(price);
    leaf(price);
    ck_assert_int_gt(qwr_test_each_allocation(verify_once, NULL, 2000), 20);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("verify");
    TCase *hand = tcase_create("by hand"), *tamper = tcase_create("tampering");
    TCase *cases[] = {hand, tamper};

    for (size_t k = 0; k < 2; k++) {
        tcase_add_checked_fixture(cases[k], setup, teardown);
        tcase_set_timeout(cases[k], 120);
        suite_add_tcase(s, cases[k]);
    }
    tcase_add_test(hand, one_vector_of_prices_gives_the_bound_worked_out_by_hand);
    tcase_add_test(hand, prices_of_nothing_give_the_cheapest_stays_and_fractions_round_up);
    tcase_add_test(hand, the_bound_is_rounded_up_to_a_cost_that_plans_can_have);
    tcase_add_test(hand, a_target_is_proved_by_a_split_and_a_vector_for_each_node);
    tcase_add_test(hand, stays_that_lift_the_bound_past_the_target_are_taken_out);
    tcase_add_test(hand, an_ordered_certificate_leaves_exchanged_chains_aside);
    tcase_add_test(hand, an_ordered_certificate_has_no_call_right_after_itself);
    tcase_add_test(hand, an_exchange_that_ends_later_is_none);
    tcase_add_test(hand, nodes_without_stays_are_closed_from_the_beginning);
    tcase_add_test(hand, a_node_that_closed_early_stays_closed);
    tcase_add_test(hand, turnaround_hours_weather_and_pins_are_seen);
    tcase_add_test(hand, calls_without_a_legal_stay_take_no_part);
    tcase_add_test(hand, costs_that_cannot_vary_bound_themselves);
    tcase_add_test(tamper, a_certificate_of_another_scenario_is_refused);
    tcase_add_test(tamper, steps_too_few_too_many_or_out_of_place_are_named);
    tcase_add_test(tamper, without_a_target_there_is_one_step_of_prices);
    tcase_add_test(tamper, a_node_that_is_not_closed_cannot_end);
    tcase_add_test(tamper, a_target_that_some_plan_reaches_is_never_proved);
    tcase_add_test(tamper, prices_that_could_overflow_are_an_error);
    tcase_add_test(tamper, what_cannot_be_replayed_is_named);
    tcase_add_test(tamper, a_cancelled_replay_proves_nothing);
    tcase_add_test(tamper, every_failed_allocation_is_survived);
    return qwr_test_main(s);
}
