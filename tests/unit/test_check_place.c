/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules about where a vessel lies and beside whom: each with a plan that breaks exactly it, a legal
 * twin, and the boundary between the two.
 */
#include "check_stage.h"

#include <string.h>

/* --- placed, place --------------------------------------------------------------------------- */

START_TEST(a_call_without_a_place_breaks_placed_with_its_reason)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call call = stage_vessel("C1", "EVER A");
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 2, 0);
    stage_legal(&s);
    qwr_stay none = qwr_stay_init();
    none.reason = "too long for every quay";
    stage_set(&s, c, &none);
    const qwr_violation *v = stage_breaks(&s, "placed");
    ck_assert_uint_eq(v->call.v, c.v);
    ck_assert_str_eq(v->sentence, "EVER A (C1) has no place: too long for every quay");
    stage_close(&s);
}
END_TEST

START_TEST(a_quay_that_does_not_exist_breaks_place)
{
    stage s = stage_open();
    stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    qwr_stay stay = stage_stay((qwr_quay_ix){0}, 0, 0, 2, 0);
    stay.quay.v = 1;
    /* A plan may refuse the index; a checker's try gets it from anyone. */
    stage_put(&s, c, (qwr_quay_ix){0}, 0, 0, 2, 0);
    qwr_checker *checker;
    qwr_violation found[4];
    size_t count;
    qwr_test_ok(s.ctx, qwr_checker_new(&checker, s.ctx, s.scenario, s.plan));
    qwr_test_ok(s.ctx, qwr_checker_try(checker, c, &stay, found, 4, &count, NULL));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(found[0].rule, "place");
    qwr_checker_free(checker);
    stage_close(&s);
}
END_TEST

START_TEST(a_position_on_a_continuous_quay_need_not_be_on_the_grid)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    qwr_stay stay = stage_stay(q, 0, 0, 2, 0);
    stay.position_mm = 12345;
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

START_TEST(a_hybrid_position_that_is_not_listed_breaks_place)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_HYBRID, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    for (int64_t at_m = 600; at_m >= 0; at_m -= 300) {
        qwr_quay_position p = qwr_quay_position_init();
        p.quay = q;
        p.at_mm = at_m * METRE;
        qwr_test_ok(s.ctx, qwr_scenario_add_quay_position(s.builder, &p));
    }
    stage_freeze(&s);
    for (int64_t at_m = 0; at_m <= 600; at_m += 300) {
        stage_put(&s, c, q, at_m, 0, 2, 0);
        stage_legal(&s);
    }
    stage_put(&s, c, q, 320, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "place")->amount, 20 * METRE);
    stage_put(&s, c, q, 590, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "place")->amount, 10 * METRE);
    stage_put(&s, c, q, 700, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "place")->amount, 100 * METRE);
    stage_close(&s);
}
END_TEST

START_TEST(a_stay_at_a_discrete_quay_names_a_berth_and_begins_where_it_begins)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b = stage_berth(&s, "B1", q, 300, 250);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_put_berth(&s, c, b, 0, 2);
    stage_legal(&s);
    stage_put(&s, c, q, 300, 0, 2, 0); /* no berth named */
    stage_breaks(&s, "place");
    qwr_stay moved = stage_stay(q, 310, 0, 2, 0);
    moved.berth = b;
    stage_set(&s, c, &moved);
    ck_assert_int_eq(stage_breaks(&s, "place")->amount, 10 * METRE);
    stage_close(&s);
}
END_TEST

START_TEST(a_berth_of_another_quay_breaks_place)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_quay_ix other = stage_quay(&s, "Q2", QWR_LAYOUT_CONTINUOUS, 600);
    qwr_berth_ix b = stage_berth(&s, "B1", q, 0, 250);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    qwr_stay stay = stage_stay(other, 0, 0, 2, 0);
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stay.berth = b;
    stage_set(&s, c, &stay);
    stage_breaks(&s, "place");
    stage_close(&s);
}
END_TEST

/* --- length, break --------------------------------------------------------------------------- */

START_TEST(a_hull_may_touch_the_ends_of_the_quay_and_not_pass_them)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 800, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 801, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "length")->amount, METRE);
    stage_put(&s, c, q, -3, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "length")->amount, 3 * METRE);
    stage_close(&s);
}
END_TEST

START_TEST(a_vessel_longer_than_its_berth_breaks_length)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix fits = stage_berth(&s, "B1", q, 0, 200);
    qwr_berth_ix shorter = stage_berth(&s, "B2", q, 200, 199);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_put_berth(&s, c, fits, 0, 2);
    stage_legal(&s);
    stage_put_berth(&s, c, shorter, 0, 2);
    const qwr_violation *v = stage_breaks(&s, "length");
    ck_assert_int_eq(v->amount, METRE);
    ck_assert_str_eq(v->resource, "B2");
    stage_close(&s);
}
END_TEST

START_TEST(a_hull_may_touch_a_break_and_not_straddle_it)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    qwr_quay_break b = qwr_quay_break_init();
    b.quay = q;
    b.at_mm = 400 * METRE;
    qwr_test_ok(s.ctx, qwr_scenario_add_quay_break(s.builder, &b));
    stage_freeze(&s);
    stage_put(&s, c, q, 200, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 400, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 390, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "break")->amount, 10 * METRE);
    stage_close(&s);
}
END_TEST

/* --- overlap, clearance, berth-busy ---------------------------------------------------------- */

START_TEST(berth_overlap_touching_intervals_are_allowed)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix a = stage_plain_call(&s, "C1"), b = stage_plain_call(&s, "C2");
    stage_freeze(&s);
    stage_put(&s, a, q, 0, 0, 4, 0);
    stage_put(&s, b, q, 200, 0, 4, 0); /* side by side */
    stage_legal(&s);
    stage_put(&s, b, q, 0, 4, 8, 0); /* one after the other */
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

START_TEST(hulls_that_share_quay_and_time_break_overlap)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call first = stage_vessel("C1", "EVER A"), second = stage_vessel("C2", "MSC B");
    qwr_call_ix a = stage_call(&s, &first), b = stage_call(&s, &second);
    stage_freeze(&s);
    stage_put(&s, a, q, 0, 0, 4, 0);
    stage_put(&s, b, q, 188, 3, 8, 0);
    const qwr_violation *v = stage_breaks(&s, "overlap");
    ck_assert_uint_eq(v->call.v, a.v);
    ck_assert_str_eq(v->resource, "C2");
    ck_assert_int_eq(v->amount, 12 * METRE);
    ck_assert_str_eq(v->unit, "mm");
    ck_assert_int_eq(v->from_s, 3 * HOUR);
    ck_assert_int_eq(v->to_s, 4 * HOUR);
    ck_assert_str_eq(v->sentence, "EVER A (C1) and MSC B (C2) overlap by 12.0 m at quay Q1 from "
                                  "2026-03-02 03:00 UTC to 2026-03-02 04:00 UTC.");
    stage_close(&s);
}
END_TEST

START_TEST(hulls_at_different_quays_do_not_overlap)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_quay_ix r = stage_quay(&s, "Q2", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix a = stage_plain_call(&s, "C1"), b = stage_plain_call(&s, "C2");
    stage_freeze(&s);
    stage_put(&s, a, q, 0, 0, 4, 0);
    stage_put(&s, b, r, 0, 0, 4, 0);
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

/** Two vessels `gap_m` apart; A needs 20 m, B 15 m, the quay 10 m. */
static stage neighbours(qwr_clearance clearance, int64_t gap_m)
{
    stage s = stage_open();
    s.info.clearance = clearance;
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_quay quay = qwr_quay_init();
    quay.id = "Q1";
    quay.length_mm = 1000 * METRE;
    quay.clearance_mm = 10 * METRE;
    qwr_test_ok(s.ctx, qwr_scenario_set_quay(s.builder, q, &quay));
    qwr_call first = stage_vessel("A", NULL), second = stage_vessel("B", NULL);
    first.clearance_mm = 20 * METRE;
    second.clearance_mm = 15 * METRE;
    qwr_call_ix a = stage_call(&s, &first), b = stage_call(&s, &second);
    stage_freeze(&s);
    stage_put(&s, a, q, 0, 0, 4, 0);
    stage_put(&s, b, q, 200 + gap_m, 2, 6, 0);
    return s;
}

START_TEST(neighbours_keep_the_larger_clearance)
{
    stage s = neighbours(QWR_CLEARANCE_MAX, 20);
    stage_legal(&s);
    stage_close(&s);
    s = neighbours(QWR_CLEARANCE_MAX, 19);
    const qwr_violation *v = stage_breaks(&s, "clearance");
    ck_assert_int_eq(v->amount, METRE);
    ck_assert_int_eq(v->from_s, 2 * HOUR);
    ck_assert_int_eq(v->to_s, 4 * HOUR);
    stage_close(&s);
}
END_TEST

START_TEST(neighbours_keep_the_sum_of_clearances_where_the_scenario_says_sum)
{
    stage s = neighbours(QWR_CLEARANCE_SUM, 35);
    stage_legal(&s);
    stage_close(&s);
    s = neighbours(QWR_CLEARANCE_SUM, 34);
    ck_assert_int_eq(stage_breaks(&s, "clearance")->amount, METRE);
    stage_close(&s);
}
END_TEST

START_TEST(touching_hulls_with_a_clearance_break_clearance_and_not_overlap)
{
    stage s = neighbours(QWR_CLEARANCE_MAX, 0);
    ck_assert_int_eq(stage_breaks(&s, "clearance")->amount, 20 * METRE);
    stage_close(&s);
    s = neighbours(QWR_CLEARANCE_MAX, -1);
    ck_assert_int_eq(stage_breaks(&s, "overlap")->amount, METRE);
    stage_close(&s);
}
END_TEST

static stage one_berth(int64_t turnaround_h, qwr_berth_ix *b, qwr_call_ix *c, qwr_call_ix *d)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    *b = stage_berth(&s, "B1", q, 0, 250);
    qwr_berth berth = qwr_berth_init();
    berth.id = "B1";
    berth.quay = q;
    berth.length_mm = 250 * METRE;
    berth.turnaround_s = turnaround_h * HOUR;
    qwr_test_ok(s.ctx, qwr_scenario_set_berth(s.builder, *b, &berth));
    berth.id = "B2"; /* nobody lies there, yet its turnaround is the longest */
    berth.from_mm = 300 * METRE;
    berth.turnaround_s = 10 * HOUR;
    qwr_test_ok(s.ctx, qwr_scenario_add_berth(s.builder, &berth, NULL));
    *c = stage_plain_call(&s, "C1");
    *d = stage_plain_call(&s, "C2");
    stage_freeze(&s);
    return s;
}

START_TEST(two_stays_at_one_berth_may_touch_and_not_meet)
{
    qwr_berth_ix b;
    qwr_call_ix c, d;
    stage s = one_berth(0, &b, &c, &d);
    stage_put_berth(&s, c, b, 4, 8);
    stage_put_berth(&s, d, b, 8, 12);
    stage_legal(&s);
    stage_put_berth(&s, d, b, 7, 12);
    const qwr_violation *v = stage_breaks(&s, "berth-busy");
    ck_assert_int_eq(v->amount, HOUR);
    ck_assert_int_eq(v->from_s, 7 * HOUR);
    ck_assert_int_eq(v->to_s, 8 * HOUR);
    stage_close(&s);
}
END_TEST

START_TEST(the_turnaround_of_a_berth_lies_between_two_stays)
{
    qwr_berth_ix b;
    qwr_call_ix c, d;
    stage s = one_berth(2, &b, &c, &d);
    stage_put_berth(&s, c, b, 6, 10);
    stage_put_berth(&s, d, b, 0, 4);
    stage_legal(&s);
    stage_put_berth(&s, d, b, 0, 5);
    const qwr_violation *v = stage_breaks(&s, "berth-busy");
    ck_assert_int_eq(v->amount, HOUR);
    ck_assert_str_eq(v->sentence, "call C2 leaves berth B1 and call C1 follows after 1 h; the "
                                  "berth needs 2 h in between.");
    stage_close(&s);
}
END_TEST

/* --- closure, forbidden, pin ----------------------------------------------------------------- */

START_TEST(a_closed_stretch_may_be_touched_in_space_and_time)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    qwr_window w = stage_window("W1", QWR_WINDOW_CLOSURE, 4, 8);
    w.quay = q;
    w.from_mm = 400 * METRE;
    w.to_mm = 600 * METRE;
    w.reason = "dredging";
    stage_add_window(&s, &w);
    stage_freeze(&s);
    stage_put(&s, c, q, 200, 4, 8, 0); /* ends where it begins */
    stage_legal(&s);
    stage_put(&s, c, q, 600, 4, 8, 0); /* begins where it ends */
    stage_legal(&s);
    stage_put(&s, c, q, 500, 8, 10, 0); /* starts when it is over */
    stage_legal(&s);
    stage_put(&s, c, q, 201, 7, 10, 0);
    const qwr_violation *v = stage_breaks(&s, "closure");
    ck_assert_str_eq(v->resource, "W1");
    ck_assert_int_eq(v->amount, HOUR);
    ck_assert_ptr_nonnull(strstr(v->sentence, "dredging"));
    stage_close(&s);
}
END_TEST

START_TEST(a_closed_berth_takes_nobody)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b = stage_berth(&s, "B1", q, 0, 250), other = stage_berth(&s, "B2", q, 300, 250);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    qwr_window w = stage_window("W1", QWR_WINDOW_CLOSURE, 4, 8);
    w.berth = b;
    stage_add_window(&s, &w);
    stage_freeze(&s);
    stage_put_berth(&s, c, other, 4, 8);
    stage_legal(&s);
    stage_put_berth(&s, c, b, 2, 4);
    stage_legal(&s);
    stage_put_berth(&s, c, b, 2, 5);
    stage_breaks(&s, "closure");
    stage_close(&s);
}
END_TEST

START_TEST(a_forbidden_handling_row_forbids_the_berth)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b = stage_berth(&s, "B1", q, 0, 250), other = stage_berth(&s, "B2", q, 300, 250);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    qwr_handling row = qwr_handling_init();
    row.call = c;
    row.berth = b;
    row.handling_s = QWR_FORBIDDEN;
    qwr_test_ok(s.ctx, qwr_scenario_add_handling(s.builder, &row));
    stage_freeze(&s);
    stage_put_berth(&s, c, other, 0, 2);
    stage_legal(&s);
    stage_put_berth(&s, c, b, 0, 2);
    ck_assert_str_eq(stage_breaks(&s, "forbidden")->resource, "B1");
    stage_close(&s);
}
END_TEST

static stage with_place_row(uint32_t forbid, qwr_quay_ix *q, qwr_call_ix *c)
{
    stage s = stage_open();
    *q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    *c = stage_plain_call(&s, "C1");
    qwr_place row = qwr_place_init();
    row.call = *c;
    row.quay = *q;
    row.from_mm = 300 * METRE;
    row.to_mm = 600 * METRE;
    row.forbid = forbid;
    qwr_test_ok(s.ctx, qwr_scenario_add_place(s.builder, &row));
    stage_freeze(&s);
    return s;
}

START_TEST(a_forbidding_place_row_may_be_touched)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = with_place_row(1, &q, &c);
    stage_put(&s, c, q, 100, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 600, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 101, 0, 2, 0);
    stage_breaks(&s, "forbidden");
    stage_close(&s);
}
END_TEST

START_TEST(an_allowing_place_row_holds_the_whole_hull)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = with_place_row(0, &q, &c);
    stage_put(&s, c, q, 300, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 400, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 401, 0, 2, 0);
    stage_breaks(&s, "forbidden");
    stage_put(&s, c, q, 299, 0, 2, 0);
    stage_breaks(&s, "forbidden");
    stage_close(&s);
}
END_TEST

START_TEST(each_pin_is_kept_on_its_own)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_quay_ix r = stage_quay(&s, "Q2", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_cranes(&s, q, 4);
    stage_cranes(&s, r, 4);
    qwr_call call = stage_vessel("C1", "EVER A");
    call.pin_quay = q;
    call.pin_position_mm = 100 * METRE;
    call.pin_start_s = 4 * HOUR;
    call.pin_cranes = 2;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 100, 4, 6, 2);
    stage_legal(&s);
    stage_put(&s, c, r, 100, 4, 6, 2);
    stage_breaks(&s, "pin");
    stage_put(&s, c, q, 110, 4, 6, 2);
    ck_assert_int_eq(stage_breaks(&s, "pin")->amount, 10 * METRE);
    stage_put(&s, c, q, 100, 5, 7, 2);
    ck_assert_int_eq(stage_breaks(&s, "pin")->amount, HOUR);
    stage_put(&s, c, q, 100, 4, 6, 3);
    ck_assert_str_eq(stage_breaks(&s, "pin")->sentence,
                     "EVER A (C1) is pinned to 2 cranes but holds 3.");
    stage_close(&s);
}
END_TEST

START_TEST(a_pinned_berth_is_kept)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b = stage_berth(&s, "B1", q, 0, 250), other = stage_berth(&s, "B2", q, 300, 250);
    qwr_call call = stage_vessel("C1", NULL);
    call.pin_berth = b;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put_berth(&s, c, b, 0, 2);
    stage_legal(&s);
    stage_put_berth(&s, c, other, 0, 2);
    stage_breaks(&s, "pin");
    stage_close(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("check: places");
    TCase *one = tcase_create("one vessel"), *two = tcase_create("neighbours");
    tcase_add_test(one, a_call_without_a_place_breaks_placed_with_its_reason);
    tcase_add_test(one, a_quay_that_does_not_exist_breaks_place);
    tcase_add_test(one, a_position_on_a_continuous_quay_need_not_be_on_the_grid);
    tcase_add_test(one, a_hybrid_position_that_is_not_listed_breaks_place);
    tcase_add_test(one, a_stay_at_a_discrete_quay_names_a_berth_and_begins_where_it_begins);
    tcase_add_test(one, a_berth_of_another_quay_breaks_place);
    tcase_add_test(one, a_hull_may_touch_the_ends_of_the_quay_and_not_pass_them);
    tcase_add_test(one, a_vessel_longer_than_its_berth_breaks_length);
    tcase_add_test(one, a_hull_may_touch_a_break_and_not_straddle_it);
    tcase_add_test(one, a_closed_stretch_may_be_touched_in_space_and_time);
    tcase_add_test(one, a_closed_berth_takes_nobody);
    tcase_add_test(one, a_forbidden_handling_row_forbids_the_berth);
    tcase_add_test(one, a_forbidding_place_row_may_be_touched);
    tcase_add_test(one, an_allowing_place_row_holds_the_whole_hull);
    tcase_add_test(one, each_pin_is_kept_on_its_own);
    tcase_add_test(one, a_pinned_berth_is_kept);
    tcase_add_test(two, berth_overlap_touching_intervals_are_allowed);
    tcase_add_test(two, hulls_that_share_quay_and_time_break_overlap);
    tcase_add_test(two, hulls_at_different_quays_do_not_overlap);
    tcase_add_test(two, neighbours_keep_the_larger_clearance);
    tcase_add_test(two, neighbours_keep_the_sum_of_clearances_where_the_scenario_says_sum);
    tcase_add_test(two, touching_hulls_with_a_clearance_break_clearance_and_not_overlap);
    tcase_add_test(two, two_stays_at_one_berth_may_touch_and_not_meet);
    tcase_add_test(two, the_turnaround_of_a_berth_lies_between_two_stays);
    suite_add_tcase(suite, one);
    suite_add_tcase(suite, two);
    return qwr_test_main(suite);
}
