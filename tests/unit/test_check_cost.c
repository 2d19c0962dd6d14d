/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cost as the checker recomputes it: each term on its own with numbers worked out by hand, all
 * objectives, and the rule that a plan claims the cost it has.
 */
#include "check_stage.h"

/** Cost of one stay at [from, to) hours, 100 m, `cranes`, of a call that is given. */
static int64_t cost_of(const qwr_call *call, int64_t at_m, int64_t from_s, int64_t to_s,
                       int64_t cranes)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_quay(&s, "Q2", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_call(&s, call);
    stage_freeze(&s);
    qwr_stay stay = stage_stay(q, at_m, 0, 0, cranes);
    stay.start_s = from_s;
    stay.end_s = to_s;
    stage_set(&s, c, &stay);
    stage_check(&s);
    int64_t cost = qwr_violations_cost_mu(s.found);
    ck_assert_int_eq(qwr_violations_call_cost_mu(s.found, c), cost);
    stage_close(&s);
    return cost;
}

static qwr_call free_call(void)
{
    qwr_call call = stage_vessel("C1", NULL);
    call.eta_s = 10 * HOUR;
    call.earliest_s = 5 * HOUR;
    return call;
}

START_TEST(a_call_without_rates_costs_nothing)
{
    qwr_call call = free_call();
    ck_assert_int_eq(cost_of(&call, 100, 20 * HOUR, 30 * HOUR, 3), 0);
}
END_TEST

START_TEST(waiting_costs_from_the_eta_on_and_is_rounded_down)
{
    qwr_call call = free_call();
    call.wait_mu_h = 7;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 12 * HOUR, 0), 0);
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR + 1000, 20 * HOUR, 0), 1); /* 7000 / 3600 */
    ck_assert_int_eq(cost_of(&call, 100, 13 * HOUR, 20 * HOUR, 0), 21);
    ck_assert_int_eq(cost_of(&call, 100, 6 * HOUR, 20 * HOUR, 0), 0);
}
END_TEST

START_TEST(speeding_up_costs_until_the_eta)
{
    qwr_call call = free_call();
    call.speedup_mu_h = 11;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 12 * HOUR, 0), 0);
    ck_assert_int_eq(cost_of(&call, 100, 7 * HOUR, 20 * HOUR, 0), 33);
    ck_assert_int_eq(cost_of(&call, 100, 7 * HOUR + 1, 20 * HOUR, 0), 32);
}
END_TEST

START_TEST(time_alongside_costs)
{
    qwr_call call = free_call();
    call.stay_mu_h = 1001;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 12 * HOUR + 1800, 0), 2502); /* 2502.5 */
}
END_TEST

START_TEST(lateness_costs_after_the_desired_departure)
{
    qwr_call call = free_call();
    call.desired_departure_s = 15 * HOUR;
    call.late_mu_h = 500;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 15 * HOUR, 0), 0);
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 18 * HOUR, 0), 1500);
}
END_TEST

START_TEST(missing_a_soft_latest_departure_costs_once)
{
    qwr_call call = free_call();
    call.latest_departure_s = 15 * HOUR;
    call.latest_is_soft = 1;
    call.past_latest_mu = 777;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 15 * HOUR, 0), 0);
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 15 * HOUR + 1, 0), 777);
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 100 * HOUR, 0), 777);
    call.latest_is_soft = 0;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 100 * HOUR, 0), 0);
}
END_TEST

START_TEST(metres_off_the_preferred_position_cost_on_the_preferred_quay)
{
    qwr_call call = free_call();
    call.deviation_mu_m = 3;
    call.preferred_mm = 250 * METRE + 500;
    call.preferred_quay.v = 0;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 12 * HOUR, 0), 451); /* 150.5 m */
    ck_assert_int_eq(cost_of(&call, 300, 10 * HOUR, 12 * HOUR, 0), 148); /* 49.5 m */
    call.preferred_quay.v = 1;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 12 * HOUR, 0), 0);
}
END_TEST

START_TEST(crane_hours_cost_without_mooring)
{
    qwr_call call = free_call();
    call.crane_mu_h = 100;
    call.mooring_s = 900;
    call.unmooring_s = 900;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 3), 750); /* 3 * 2.5 h */
}
END_TEST

START_TEST(changes_against_the_base_decision_cost)
{
    qwr_call call = free_call();
    call.base_quay.v = 0;
    call.base_position_mm = 160 * METRE;
    call.base_start_s = 12 * HOUR;
    call.base_cranes = 4;
    call.change_berth_mu = 10000;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 3), 0);
    call.change_position_mu_m = 2;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 3), 120);
    call.change_start_mu_h = 50;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 3), 220);
    ck_assert_int_eq(cost_of(&call, 100, 14 * HOUR, 18 * HOUR, 3), 220);
    call.change_crane_mu = 7;
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 3), 227);
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 6), 234);
    call.base_quay.v = 1; /* another quay: the change of berth instead of metres */
    ck_assert_int_eq(cost_of(&call, 100, 10 * HOUR, 13 * HOUR, 3), 10107);
}
END_TEST

/* --- the other objectives -------------------------------------------------------------------- */

/** Three calls at berths with rows of 3, 4 and 5 hours; ends at hours 5, 6 and 9. */
static stage published(qwr_objective objective, qwr_offset offset, uint32_t inclusive)
{
    stage s = stage_open();
    s.info.objective = objective;
    s.info.offset = offset;
    s.info.inclusive = inclusive;
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b[] = {stage_berth(&s, "B1", q, 0, 250), stage_berth(&s, "B2", q, 300, 250)};
    qwr_call_ix c[3];
    for (int i = 0; i < 3; i++) {
        const char *const ids[] = {"C1", "C2", "C3"};
        qwr_call call = stage_vessel(ids[i], NULL);
        call.eta_s = (i + 1) * HOUR;
        call.weight_milli = 1000 + 500 * i;
        call.handling_s = QWR_UNSET;
        c[i] = stage_call(&s, &call);
        for (int k = 0; k < 2; k++) {
            qwr_handling row = qwr_handling_init();
            row.call = c[i];
            row.berth = b[k];
            row.handling_s = k == 0 ? (3 + i) * HOUR : i == 2 ? QWR_FORBIDDEN : 4 * HOUR;
            qwr_test_ok(s.ctx, qwr_scenario_add_handling(s.builder, &row));
        }
    }
    stage_freeze(&s);
    stage_put_berth(&s, c[0], b[0], 1, 4);
    stage_put_berth(&s, c[1], b[1], 2, 6);
    stage_put_berth(&s, c[2], b[0], 4, 9);
    stage_legal(&s);
    return s;
}

static int64_t value(qwr_objective objective, qwr_offset offset, uint32_t inclusive)
{
    stage s = published(objective, offset, inclusive);
    int64_t cost = qwr_violations_cost_mu(s.found);
    stage_close(&s);
    return cost;
}

START_TEST(flow_time_is_the_weighted_sum_of_end_minus_eta)
{
    /* 3 * 1 + 4 * 1.5 + 6 * 2 */
    ck_assert_int_eq(value(QWR_OBJECTIVE_FLOW_TIME, QWR_OFFSET_NONE, 0), 21000);
}
END_TEST

START_TEST(flow_time_may_leave_out_the_shortest_handling)
{
    /* less 3 * 1 + 4 * 1.5 + 5 * 2; the third call's other berth is forbidden */
    ck_assert_int_eq(value(QWR_OBJECTIVE_FLOW_TIME, QWR_OFFSET_MIN_HANDLING, 0), 2000);
}
END_TEST

START_TEST(inclusive_periods_count_one_unit_less_for_each_call)
{
    ck_assert_int_eq(value(QWR_OBJECTIVE_FLOW_TIME, QWR_OFFSET_NONE, 1), 21000 - 4500);
}
END_TEST

START_TEST(completion_is_the_weighted_sum_of_ends)
{
    /* 4 * 1 + 6 * 1.5 + 9 * 2 */
    ck_assert_int_eq(value(QWR_OBJECTIVE_COMPLETION, QWR_OFFSET_NONE, 0), 31000);
    ck_assert_int_eq(value(QWR_OBJECTIVE_COMPLETION, QWR_OFFSET_NONE, 1), 31000 - 4500);
}
END_TEST

START_TEST(makespan_is_the_latest_end_and_no_call_has_a_share)
{
    ck_assert_int_eq(value(QWR_OBJECTIVE_MAKESPAN, QWR_OFFSET_NONE, 0), 9000);
    ck_assert_int_eq(value(QWR_OBJECTIVE_MAKESPAN, QWR_OFFSET_NONE, 1), 8000);
    stage s = published(QWR_OBJECTIVE_MAKESPAN, QWR_OFFSET_NONE, 0);
    for (uint32_t c = 0; c < 3; c++)
        ck_assert_int_eq(qwr_violations_call_cost_mu(s.found, (qwr_call_ix){c}), 0);
    stage_close(&s);
}
END_TEST

START_TEST(the_makespan_of_an_empty_plan_is_nothing)
{
    stage s = stage_open();
    s.info.objective = QWR_OBJECTIVE_MAKESPAN;
    s.info.inclusive = 1;
    stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_breaks(&s, "placed");
    ck_assert_int_eq(qwr_violations_cost_mu(s.found), 0);
    stage_close(&s);
}
END_TEST

/* --- claims ---------------------------------------------------------------------------------- */

START_TEST(a_wrong_total_breaks_cost_wherever_an_outcome_is_claimed)
{
    stage s = published(QWR_OBJECTIVE_FLOW_TIME, QWR_OFFSET_NONE, 0);
    qwr_plan_quality quality = qwr_plan_quality_init();
    quality.cost_mu = 20999;
    qwr_test_ok(s.ctx, qwr_plan_set_quality(s.plan, &quality));
    stage_legal(&s); /* no outcome, no claim */
    quality.outcome = QWR_OUTCOME_FEASIBLE;
    qwr_test_ok(s.ctx, qwr_plan_set_quality(s.plan, &quality));
    const qwr_violation *v = stage_breaks(&s, "cost");
    ck_assert_uint_eq(v->call.v, QWR_NONE);
    ck_assert_int_eq(v->amount, 1);
    ck_assert_str_eq(v->unit, "mu");
    quality.cost_mu = 21000;
    qwr_test_ok(s.ctx, qwr_plan_set_quality(s.plan, &quality));
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

START_TEST(a_wrong_share_of_a_stay_breaks_cost)
{
    stage s = published(QWR_OBJECTIVE_FLOW_TIME, QWR_OFFSET_NONE, 0);
    qwr_call_ix c = {1};
    qwr_stay stay = *qwr_plan_stay(s.plan, c);
    stay.cost_mu = 6000;
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stay.cost_mu = 6001;
    stage_set(&s, c, &stay);
    ck_assert_uint_eq(stage_breaks(&s, "cost")->call.v, 1);
    stage_close(&s);
}
END_TEST

/* --- pricing ------------------------------------------------------------------------------------
 */

/* One call of cost 20, at `at_m` of a quay of 1000 m, in a plan that claims `claim_mu` as optimal.
 */
static qwr_plan_quality priced(int64_t claim_mu, int64_t at_m)
{
    stage s = stage_open();
    qwr_call call = free_call();
    call.wait_mu_h = 10;
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    qwr_stay stay = stage_stay(q, at_m, 0, 0, 0);
    stay.start_s = 12 * HOUR;
    stay.end_s = 20 * HOUR;
    stay.cost_mu = claim_mu;
    stage_set(&s, c, &stay);
    qwr_plan_quality q0 = qwr_plan_quality_init();
    q0.outcome = QWR_OUTCOME_OPTIMAL;
    q0.cost_mu = claim_mu;
    q0.bound_mu = claim_mu;
    q0.scenario_hash = qwr_scenario_hash(s.scenario);
    qwr_test_ok(s.ctx, qwr_plan_set_quality(s.plan, &q0));
    qwr_test_ok(s.ctx, qwr_plan_price(s.ctx, s.plan));
    ck_assert_int_eq(qwr_plan_stay(s.plan, c)->cost_mu, 20);
    qwr_plan_quality q1 = *qwr_plan_get_quality(s.plan);
    stage_close(&s);
    return q1;
}

START_TEST(a_true_claim_is_kept)
{
    qwr_plan_quality q = priced(20, 100);
    ck_assert_int_eq(q.outcome, QWR_OUTCOME_OPTIMAL);
    ck_assert_int_eq(q.cost_mu, 20);
    ck_assert_int_eq(q.bound_mu, 20);
}
END_TEST

START_TEST(a_false_claim_loses_its_proof)
{
    qwr_plan_quality q = priced(3, 100);
    ck_assert_int_eq(q.outcome, QWR_OUTCOME_NONE);
    ck_assert_int_eq(q.cost_mu, 20);
    ck_assert_int_eq(q.bound_mu, QWR_UNSET);
}
END_TEST

START_TEST(a_plan_that_breaks_a_rule_proves_nothing)
{
    qwr_plan_quality q = priced(20, 999);
    ck_assert_int_eq(q.outcome, QWR_OUTCOME_NONE);
    ck_assert_int_eq(q.bound_mu, QWR_UNSET);
    ck_assert_int_eq(qwr_plan_price(NULL, NULL), QWR_EINVAL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("check: cost");
    TCase *money = tcase_create("money"), *others = tcase_create("published objectives");
    TCase *claims = tcase_create("claims");
    tcase_add_test(money, a_call_without_rates_costs_nothing);
    tcase_add_test(money, a_true_claim_is_kept);
    tcase_add_test(money, a_false_claim_loses_its_proof);
    tcase_add_test(money, a_plan_that_breaks_a_rule_proves_nothing);
    tcase_add_test(money, waiting_costs_from_the_eta_on_and_is_rounded_down);
    tcase_add_test(money, speeding_up_costs_until_the_eta);
    tcase_add_test(money, time_alongside_costs);
    tcase_add_test(money, lateness_costs_after_the_desired_departure);
    tcase_add_test(money, missing_a_soft_latest_departure_costs_once);
    tcase_add_test(money, metres_off_the_preferred_position_cost_on_the_preferred_quay);
    tcase_add_test(money, crane_hours_cost_without_mooring);
    tcase_add_test(money, changes_against_the_base_decision_cost);
    tcase_add_test(others, flow_time_is_the_weighted_sum_of_end_minus_eta);
    tcase_add_test(others, flow_time_may_leave_out_the_shortest_handling);
    tcase_add_test(others, inclusive_periods_count_one_unit_less_for_each_call);
    tcase_add_test(others, completion_is_the_weighted_sum_of_ends);
    tcase_add_test(others, makespan_is_the_latest_end_and_no_call_has_a_share);
    tcase_add_test(others, the_makespan_of_an_empty_plan_is_nothing);
    tcase_add_test(claims, a_wrong_total_breaks_cost_wherever_an_outcome_is_claimed);
    tcase_add_test(claims, a_wrong_share_of_a_stay_breaks_cost);
    suite_add_tcase(suite, money);
    suite_add_tcase(suite, others);
    suite_add_tcase(suite, claims);
    return qwr_test_main(suite);
}
