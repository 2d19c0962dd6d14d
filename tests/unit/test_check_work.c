/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules about time, water, work and cranes: each with a plan that breaks exactly it, a legal twin,
 * and the boundary between the two.
 */
#include "check_stage.h"

#include <string.h>

static qwr_quay_ix plain_quay(stage *s)
{
    return stage_quay(s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
}

/* --- water ----------------------------------------------------------------------------------- */

/** Quay 12 m deep, vessel of 11.5 m, 1 m under the keel: needs a level of 500 mm. */
static stage shallow(qwr_quay_ix *q, qwr_call_ix *c, int64_t draught_out_mm)
{
    stage s = stage_open();
    s.info.ukc_berth_mm = 1000;
    *q = plain_quay(&s);
    qwr_quay quay = qwr_quay_init();
    quay.id = "Q1";
    quay.length_mm = 1000 * METRE;
    quay.depth_mm = 12000;
    qwr_test_ok(s.ctx, qwr_scenario_set_quay(s.builder, *q, &quay));
    qwr_call call = stage_vessel("C1", "EVER A");
    call.draught_mm = 11500;
    call.draught_out_mm = draught_out_mm;
    *c = stage_call(&s, &call);
    return s;
}

START_TEST(without_tide_the_depth_alone_must_do)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = shallow(&q, &c, QWR_UNSET);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 2, 0);
    const qwr_violation *v = stage_breaks(&s, "draught");
    ck_assert_int_eq(v->amount, 500);
    ck_assert_int_eq(v->from_s, 0);
    ck_assert_int_eq(v->to_s, 2 * HOUR);
    stage_close(&s);
}
END_TEST

START_TEST(a_tide_dip_between_the_ends_of_a_stay_breaks_draught)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = shallow(&q, &c, QWR_UNSET);
    stage_tide(&s, 0, 2000);
    stage_tide(&s, 6, 0);
    stage_tide(&s, 12, 2000);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 2, 10, 0);
    const qwr_violation *v = stage_breaks(&s, "draught");
    ck_assert_int_eq(v->amount, 500);
    /* 500 mm are passed a quarter of the slope before and after the low at hour 6. */
    ck_assert_int_eq(v->from_s, 6 * HOUR - 5400 + 1);
    ck_assert_int_eq(v->to_s, 6 * HOUR + 5400 - 1);
    stage_put(&s, c, q, 0, 2, 4, 0);
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

START_TEST(water_between_table_points_is_a_straight_line_to_the_second)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = shallow(&q, &c, QWR_UNSET);
    stage_tide(&s, 0, 2000);
    stage_tide(&s, 8, 0); /* exactly 500 mm at hour 6 */
    stage_freeze(&s);
    qwr_stay stay = stage_stay(q, 0, 4, 6, 0);
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stay.end_s++;
    stage_set(&s, c, &stay);
    const qwr_violation *v = stage_breaks(&s, "draught");
    ck_assert_int_eq(v->amount, 1);
    ck_assert_int_eq(v->from_s, 6 * HOUR + 1);
    stage_close(&s);
}
END_TEST

START_TEST(the_larger_of_the_two_draughts_counts_alongside)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = shallow(&q, &c, 11600);
    stage_tide(&s, 0, 599);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "draught")->amount, 1);
    stage_close(&s);
}
END_TEST

START_TEST(depth_rows_count_where_they_lie_under_the_hull)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = shallow(&q, &c, QWR_UNSET);
    const int64_t rows[][3] = {{0, 300, 13000}, {300, 600, 12500}, {700, 800, 11000}};
    for (size_t i = 0; i < 3; i++) {
        qwr_quay_depth d = qwr_quay_depth_init();
        d.quay = q;
        d.from_mm = rows[i][0] * METRE;
        d.to_mm = rows[i][1] * METRE;
        d.depth_mm = rows[i][2];
        qwr_test_ok(s.ctx, qwr_scenario_add_quay_depth(s.builder, &d));
    }
    stage_freeze(&s);
    stage_put(&s, c, q, 200, 0, 2, 0); /* rows cover the hull: the quay's 12 m do not count */
    stage_legal(&s);
    stage_put(&s, c, q, 400, 0, 2, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 410, 0, 2, 0); /* a part over the quay's own depth */
    ck_assert_int_eq(stage_breaks(&s, "draught")->amount, 500);
    stage_put(&s, c, q, 550, 0, 2, 0);
    ck_assert_int_eq(stage_breaks(&s, "draught")->amount, 1500);
    stage_close(&s);
}
END_TEST

START_TEST(a_berth_with_a_depth_decides_alone)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth berth = qwr_berth_init();
    qwr_berth_ix deep, flat;
    berth.quay = q;
    berth.id = "DEEP";
    berth.depth_mm = 14000;
    qwr_test_ok(s.ctx, qwr_scenario_add_berth(s.builder, &berth, &deep));
    berth.id = "FLAT";
    berth.from_mm = 300 * METRE;
    berth.depth_mm = 13999;
    qwr_test_ok(s.ctx, qwr_scenario_add_berth(s.builder, &berth, &flat));
    qwr_call call = stage_vessel("C1", NULL);
    call.draught_mm = 14000;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put_berth(&s, c, deep, 0, 2);
    stage_legal(&s);
    stage_put_berth(&s, c, flat, 0, 2);
    ck_assert_str_eq(stage_breaks(&s, "draught")->resource, "FLAT");
    stage_close(&s);
}
END_TEST

START_TEST(the_channel_counts_at_start_and_end_only)
{
    stage s = stage_open();
    s.info.channel_depth_mm = 12000;
    s.info.ukc_channel_mm = 1000;
    qwr_quay_ix q = plain_quay(&s);
    qwr_call call = stage_vessel("C1", NULL);
    call.draught_mm = 11500;
    call.draught_out_mm = 11800;
    qwr_call_ix c = stage_call(&s, &call);
    stage_tide(&s, 0, 500);
    stage_tide(&s, 4, -2000);
    stage_tide(&s, 8, 800);
    stage_tide(&s, 9, 799);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 8, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 0, 9, 0);
    const qwr_violation *v = stage_breaks(&s, "channel");
    ck_assert_int_eq(v->amount, 1);
    ck_assert_int_eq(v->from_s, 9 * HOUR);
    stage_put(&s, c, q, 0, 2, 8, 0);
    v = stage_breaks(&s, "channel");
    ck_assert_int_eq(v->from_s, 2 * HOUR);
    ck_assert_int_eq(v->amount, 500 + 750);
    stage_close(&s);
}
END_TEST

/* --- arrival, departure, berth window -------------------------------------------------------- */

START_TEST(a_stay_may_start_at_the_eta_and_not_before)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    qwr_call call = stage_vessel("C1", NULL);
    call.eta_s = 5 * HOUR;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 5, 7, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 4, 7, 0);
    ck_assert_int_eq(stage_breaks(&s, "arrival")->amount, HOUR);
    stage_close(&s);
}
END_TEST

START_TEST(a_vessel_that_can_speed_up_may_start_before_its_eta)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    qwr_call call = stage_vessel("C1", NULL);
    call.eta_s = 5 * HOUR;
    call.earliest_s = 3 * HOUR;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 3, 7, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 2, 7, 0);
    stage_breaks(&s, "arrival");
    stage_close(&s);
}
END_TEST

static stage leaving_by(int64_t latest_h, uint32_t soft, int64_t end_h)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    qwr_call call = stage_vessel("C1", NULL);
    call.latest_departure_s = latest_h * HOUR;
    call.latest_is_soft = soft;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, end_h, 0);
    return s;
}

START_TEST(a_stay_may_end_at_the_latest_departure_and_not_after)
{
    stage s = leaving_by(10, 0, 10);
    stage_legal(&s);
    stage_close(&s);
    s = leaving_by(10, 0, 11);
    ck_assert_int_eq(stage_breaks(&s, "departure")->amount, HOUR);
    stage_close(&s);
}
END_TEST

START_TEST(a_soft_latest_departure_may_be_missed_and_the_horizon_may_not)
{
    stage s = leaving_by(10, 1, 240);
    stage_legal(&s);
    stage_close(&s);
    s = leaving_by(10, 1, 241);
    stage_breaks(&s, "departure");
    stage_close(&s);
}
END_TEST

START_TEST(a_stay_lies_within_the_window_of_its_berth)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth berth = qwr_berth_init();
    berth.id = "B1";
    berth.quay = q;
    berth.open_s = 4 * HOUR;
    berth.close_s = 9 * HOUR;
    qwr_berth_ix b;
    qwr_test_ok(s.ctx, qwr_scenario_add_berth(s.builder, &berth, &b));
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_put_berth(&s, c, b, 4, 9);
    stage_legal(&s);
    stage_put_berth(&s, c, b, 3, 9);
    ck_assert_str_eq(stage_breaks(&s, "berth-window")->sentence,
                     "call C1 comes to berth B1 at 2026-03-02 03:00 UTC, but it opens at "
                     "2026-03-02 04:00 UTC.");
    stage_put_berth(&s, c, b, 4, 11);
    ck_assert_int_eq(stage_breaks(&s, "berth-window")->amount, 2 * HOUR);
    stage_close(&s);
}
END_TEST

/* --- handling -------------------------------------------------------------------------------- */

START_TEST(a_stay_lasts_mooring_work_and_unmooring)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    qwr_call call = stage_vessel("C1", NULL);
    call.mooring_s = HOUR;
    call.unmooring_s = HOUR;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 4, 0);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 0, 3, 0);
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, HOUR);
    stage_put(&s, c, q, 0, 0, 1, 0); /* not even moored */
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, 2 * HOUR);
    stage_close(&s);
}
END_TEST

START_TEST(a_stay_that_ends_no_later_than_it_starts_breaks_handling)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 4, 4, 0);
    stage_breaks(&s, "handling");
    stage_put(&s, c, q, 0, 4, 3, 0);
    stage_breaks(&s, "handling");
    stage_close(&s);
}
END_TEST

START_TEST(weather_stretches_work_and_windows_that_meet_count_once)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s), r = stage_quay(&s, "Q2", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    const int64_t hours[][2] = {{2, 4}, {3, 5}, {5, 6}};
    const char *const ids[] = {"W1", "W2", "W3"};
    for (size_t i = 0; i < 3; i++) {
        qwr_window w = stage_window(ids[i], QWR_WINDOW_WEATHER, hours[i][0], hours[i][1]);
        w.quay = q;
        stage_add_window(&s, &w);
    }
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 1, 7, 0); /* one hour before, one after four hours of standstill */
    stage_legal(&s);
    stage_put(&s, c, q, 0, 1, 6, 0);
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, HOUR);
    stage_put(&s, c, r, 0, 1, 3, 0); /* another quay, another wind */
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

/** 120 moves at 30 an hour: four crane-hours. */
static stage by_moves(qwr_quay_ix *q, qwr_call_ix *c, int64_t ppm_m)
{
    stage s = stage_open();
    *q = plain_quay(&s);
    stage_cranes(&s, *q, 4);
    qwr_call call = stage_vessel("C1", "EVER A");
    call.handling_s = QWR_UNSET;
    call.moves = 120;
    call.rate_milli = 30000;
    call.interference_milli = 1000;
    call.deviation_work_ppm_m = ppm_m;
    if (ppm_m > 0) {
        call.preferred_quay = *q;
        call.preferred_mm = 0;
    }
    *c = stage_call(&s, &call);
    stage_freeze(&s);
    return s;
}

START_TEST(work_of_moves_takes_fewer_hours_with_more_cranes)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = by_moves(&q, &c, 0);
    stage_put(&s, c, q, 0, 0, 4, 1);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 0, 2, 2);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 0, 1, 3);
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, 1200);
    stage_put(&s, c, q, 0, 0, 4, 0);
    stage_breaks(&s, "handling"); /* nobody works */
    stage_close(&s);
}
END_TEST

START_TEST(work_grows_off_the_preferred_position_and_is_rounded_up)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = by_moves(&q, &c, 1000); /* a thousandth more for each metre */
    qwr_stay stay = stage_stay(q, 100, 0, 2, 2);
    stay.end_s = 7920;
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stay.position_mm++; /* 7200 * 1.100001 = 7920.0072 */
    stage_set(&s, c, &stay);
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, 1);
    stay.end_s++;
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

START_TEST(a_rate_of_the_stay_replaces_the_scenarios_within_a_factor_of_two)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = by_moves(&q, &c, 0);
    qwr_stay stay = stage_stay(q, 0, 0, 2, 1);
    stay.rate_milli = 60000;
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stay.rate_milli = 60001;
    stage_set(&s, c, &stay);
    stage_breaks(&s, "handling");
    stay.rate_milli = 15000;
    stay.end_s = 8 * HOUR;
    stage_set(&s, c, &stay);
    stage_legal(&s);
    stay.rate_milli = 14999;
    stay.end_s = 9 * HOUR;
    stage_set(&s, c, &stay);
    ck_assert_ptr_nonnull(strstr(stage_breaks(&s, "handling")->sentence, "factor of two"));
    stay.rate_milli = 15000;
    stay.end_s = 8 * HOUR - 1;
    stage_set(&s, c, &stay);
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, 1);
    stage_close(&s);
}
END_TEST

START_TEST(a_handling_row_overrides_every_other_rule_for_the_work)
{
    stage s = stage_open();
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b = stage_berth(&s, "B1", q, 0, 250), other = stage_berth(&s, "B2", q, 300, 250);
    qwr_call_ix c = stage_plain_call(&s, "C1");
    qwr_handling row = qwr_handling_init();
    row.call = c;
    row.berth = b;
    row.handling_s = 5 * HOUR;
    qwr_test_ok(s.ctx, qwr_scenario_add_handling(s.builder, &row));
    stage_freeze(&s);
    stage_put_berth(&s, c, other, 0, 2);
    stage_legal(&s);
    stage_put_berth(&s, c, b, 0, 5);
    stage_legal(&s);
    stage_put_berth(&s, c, b, 0, 4);
    ck_assert_int_eq(stage_breaks(&s, "handling")->amount, HOUR);
    stage_close(&s);
}
END_TEST

/* --- cranes ---------------------------------------------------------------------------------- */

START_TEST(a_stay_holds_between_least_and_most_cranes)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    stage_cranes(&s, q, 6);
    qwr_call call = stage_vessel("C1", NULL);
    call.min_cranes = 2;
    call.max_cranes = 4;
    qwr_call_ix c = stage_call(&s, &call);
    stage_freeze(&s);
    for (int64_t cranes = 2; cranes <= 4; cranes++) {
        stage_put(&s, c, q, 0, 0, 2, cranes);
        stage_legal(&s);
    }
    stage_put(&s, c, q, 0, 0, 2, 1);
    ck_assert_int_eq(stage_breaks(&s, "crane-count")->amount, 1);
    stage_put(&s, c, q, 0, 0, 2, 5);
    ck_assert_int_eq(stage_breaks(&s, "crane-count")->amount, 1);
    stage_close(&s);
}
END_TEST

START_TEST(stays_that_work_together_share_the_cranes_of_the_quay)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    stage_cranes(&s, q, 4);
    qwr_call call = stage_vessel("C1", "EVER A");
    call.mooring_s = HOUR;
    qwr_call_ix a = stage_call(&s, &call);
    call.id = "C2";
    call.vessel = "MSC B";
    qwr_call_ix b = stage_call(&s, &call);
    stage_freeze(&s);
    stage_put(&s, a, q, 0, 0, 6, 2);
    stage_put(&s, b, q, 300, 2, 9, 2);
    stage_legal(&s);
    stage_put(&s, b, q, 300, 5, 9, 4); /* moors while A works to its end */
    stage_legal(&s);
    stage_put(&s, b, q, 300, 2, 9, 4);
    const qwr_violation *v = stage_breaks(&s, "cranes");
    ck_assert_uint_eq(v->call.v, QWR_NONE);
    ck_assert_str_eq(v->resource, "Q1");
    ck_assert_int_eq(v->amount, 2);
    ck_assert_int_eq(v->from_s, 3 * HOUR);
    ck_assert_int_eq(v->to_s, 6 * HOUR);
    ck_assert_str_eq(v->sentence,
                     "At quay Q1 up to 6 cranes are held where 4 are fit for work, from 2026-03-02 "
                     "03:00 UTC to 2026-03-02 06:00 UTC: EVER A (C1), MSC B (C2).");
    stage_close(&s);
}
END_TEST

START_TEST(maintenance_windows_of_one_crane_that_meet_take_it_once)
{
    stage s = stage_open();
    qwr_quay_ix q = plain_quay(&s);
    stage_cranes(&s, q, 3);
    qwr_call_ix a = stage_plain_call(&s, "C1"), b = stage_plain_call(&s, "C2");
    const int64_t hours[][2] = {{4, 8}, {6, 10}};
    const char *const ids[] = {"W1", "W2"};
    for (size_t i = 0; i < 2; i++) {
        qwr_window w = stage_window(ids[i], QWR_WINDOW_MAINTENANCE, hours[i][0], hours[i][1]);
        w.crane.v = 1;
        stage_add_window(&s, &w);
    }
    stage_freeze(&s);
    stage_put(&s, a, q, 0, 0, 12, 1);
    stage_put(&s, b, q, 300, 0, 12, 1);
    stage_legal(&s);
    stage_put(&s, b, q, 300, 0, 4, 2);
    stage_legal(&s);
    stage_put(&s, b, q, 300, 10, 12, 2);
    stage_legal(&s);
    stage_put(&s, b, q, 300, 0, 12, 2);
    const qwr_violation *v = stage_breaks(&s, "cranes");
    ck_assert_int_eq(v->from_s, 4 * HOUR);
    ck_assert_int_eq(v->to_s, 10 * HOUR);
    ck_assert_int_eq(v->amount, 1);
    stage_close(&s);
}
END_TEST

/** Three cranes: two reach [0, 300) m, the third all; outreach 30, 30 and 40 m. */
static stage reaching(qwr_quay_ix *q, qwr_call_ix *c, int64_t beam_m)
{
    stage s = stage_open();
    *q = plain_quay(&s);
    for (int i = 0; i < 3; i++) {
        const char *const ids[] = {"K1", "K2", "K3"};
        qwr_crane crane = qwr_crane_init();
        crane.id = ids[i];
        crane.quay = *q;
        crane.rail_order = i;
        crane.reach_to_mm = i < 2 ? 300 * METRE : QWR_UNSET;
        crane.outreach_mm = (i < 2 ? 30 : 40) * METRE;
        qwr_test_ok(s.ctx, qwr_scenario_add_crane(s.builder, &crane, NULL));
    }
    qwr_call call = stage_vessel("C1", NULL);
    call.beam_mm = beam_m * METRE;
    *c = stage_call(&s, &call);
    return s;
}

START_TEST(a_crane_must_reach_some_part_of_the_hull)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = reaching(&q, &c, 30);
    stage_freeze(&s);
    stage_put(&s, c, q, 299, 0, 2, 3);
    stage_legal(&s);
    stage_put(&s, c, q, 300, 0, 2, 3);
    ck_assert_int_eq(stage_breaks(&s, "crane-reach")->amount, 2);
    stage_put(&s, c, q, 300, 0, 2, 1);
    stage_legal(&s);
    stage_close(&s);
}
END_TEST

START_TEST(a_crane_must_have_the_outreach_for_the_beam)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = reaching(&q, &c, 31);
    stage_freeze(&s);
    stage_put(&s, c, q, 0, 0, 2, 1);
    stage_legal(&s);
    stage_put(&s, c, q, 0, 0, 2, 2);
    ck_assert_int_eq(stage_breaks(&s, "crane-reach")->amount, 1);
    stage_close(&s);
}
END_TEST

START_TEST(an_able_crane_must_not_go_into_maintenance_during_the_work)
{
    qwr_quay_ix q;
    qwr_call_ix c;
    stage s = reaching(&q, &c, 30);
    qwr_window w = stage_window("W1", QWR_WINDOW_MAINTENANCE, 4, 6);
    w.crane.v = 2;
    stage_add_window(&s, &w);
    stage_freeze(&s);
    stage_put(&s, c, q, 500, 2, 4, 1);
    stage_legal(&s);
    stage_put(&s, c, q, 500, 6, 8, 1);
    stage_legal(&s);
    stage_put(&s, c, q, 500, 3, 6, 1); /* two others stand at the far end */
    const qwr_violation *v = stage_breaks(&s, "crane-reach");
    ck_assert_int_eq(v->from_s, 4 * HOUR);
    stage_put(&s, c, q, 500, 5, 8, 1); /* out already when the work begins */
    ck_assert_int_eq(stage_breaks(&s, "crane-reach")->from_s, 5 * HOUR);
    stage_close(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("check: time, water, work");
    TCase *water = tcase_create("water"), *times = tcase_create("time");
    TCase *work = tcase_create("work"), *cranes = tcase_create("cranes");
    tcase_add_test(water, without_tide_the_depth_alone_must_do);
    tcase_add_test(water, a_tide_dip_between_the_ends_of_a_stay_breaks_draught);
    tcase_add_test(water, water_between_table_points_is_a_straight_line_to_the_second);
    tcase_add_test(water, the_larger_of_the_two_draughts_counts_alongside);
    tcase_add_test(water, depth_rows_count_where_they_lie_under_the_hull);
    tcase_add_test(water, a_berth_with_a_depth_decides_alone);
    tcase_add_test(water, the_channel_counts_at_start_and_end_only);
    tcase_add_test(times, a_stay_may_start_at_the_eta_and_not_before);
    tcase_add_test(times, a_vessel_that_can_speed_up_may_start_before_its_eta);
    tcase_add_test(times, a_stay_may_end_at_the_latest_departure_and_not_after);
    tcase_add_test(times, a_soft_latest_departure_may_be_missed_and_the_horizon_may_not);
    tcase_add_test(times, a_stay_lies_within_the_window_of_its_berth);
    tcase_add_test(work, a_stay_lasts_mooring_work_and_unmooring);
    tcase_add_test(work, a_stay_that_ends_no_later_than_it_starts_breaks_handling);
    tcase_add_test(work, weather_stretches_work_and_windows_that_meet_count_once);
    tcase_add_test(work, work_of_moves_takes_fewer_hours_with_more_cranes);
    tcase_add_test(work, work_grows_off_the_preferred_position_and_is_rounded_up);
    tcase_add_test(work, a_rate_of_the_stay_replaces_the_scenarios_within_a_factor_of_two);
    tcase_add_test(work, a_handling_row_overrides_every_other_rule_for_the_work);
    tcase_add_test(cranes, a_stay_holds_between_least_and_most_cranes);
    tcase_add_test(cranes, stays_that_work_together_share_the_cranes_of_the_quay);
    tcase_add_test(cranes, maintenance_windows_of_one_crane_that_meet_take_it_once);
    tcase_add_test(cranes, a_crane_must_reach_some_part_of_the_hull);
    tcase_add_test(cranes, a_crane_must_have_the_outreach_for_the_beam);
    tcase_add_test(cranes, an_able_crane_must_not_go_into_maintenance_during_the_work);
    suite_add_tcase(suite, water);
    suite_add_tcase(suite, times);
    suite_add_tcase(suite, work);
    suite_add_tcase(suite, cranes);
    return qwr_test_main(suite);
}
