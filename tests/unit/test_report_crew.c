/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of cranes: sets that keep their order on the rail, reach the hull, are out of maintenance,
 * and serve one vessel at a time; what cannot be named is counted.
 */
#include "check_stage.h"

#include "base/base.h"
#include "report/crew.h"

#include <string.h>

enum { MANY = 24 };

typedef struct crewed {
    stage s;
    qwr__sheet sheet;
    qwr__crews crews;
} crewed;

/** A quay of 1000 m with cranes K0 ... and calls C0 ... without a place. */
static crewed berth_of(int cranes, int calls)
{
    crewed c = {.s = stage_open()};
    qwr_quay_ix q = stage_quay(&c.s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_cranes(&c.s, q, cranes);
    for (int i = 0; i < calls; i++) {
        char id[8] = {'C', (char)('a' + i), '\0'};
        stage_plain_call(&c.s, id);
    }
    return c;
}

static void put(crewed *c, uint32_t call, int64_t at_m, int64_t from_h, int64_t to_h,
                int64_t cranes)
{
    stage_put(&c->s, (qwr_call_ix){call}, (qwr_quay_ix){0}, at_m, from_h, to_h, cranes);
}

static void name(crewed *c)
{
    qwr_test_ok(c->s.ctx, qwr__sheet_init(&c->sheet, c->s.ctx, c->s.plan, NULL));
    qwr_test_ok(c->s.ctx, qwr__crews_init(&c->crews, &c->sheet));
}

static void end(crewed *c)
{
    qwr__crews_free(&c->crews);
    qwr__sheet_free(&c->sheet);
    stage_close(&c->s);
}

/** The crew of a call reads so. */
static void is_crew(const crewed *c, uint32_t call, const char *words)
{
    qwr__text text;
    qwr__text_init(&text, c->s.ctx);
    qwr__word_crew(&text, &c->sheet, &c->crews, call);
    ck_assert_str_eq(text.data != NULL ? text.data : "", words);
    qwr__text_free(&text);
}

/* --- by hand --- */

START_TEST(the_vessel_farther_along_the_quay_has_the_cranes_farther_along_the_rail)
{
    crewed c = berth_of(4, 2);
    stage_freeze(&c.s);
    put(&c, 0, 600, 0, 10, 2);
    put(&c, 1, 100, 2, 12, 2);
    name(&c);
    is_crew(&c, 0, "K0-2, K0-3");
    is_crew(&c, 1, "K0-0, K0-1");
    ck_assert_int_eq(c.crews.short_s, 0);
    ck_assert_int_eq(c.crews.changed_calls, 0);
    end(&c);
}
END_TEST

START_TEST(room_is_left_for_a_vessel_that_comes_later)
{
    crewed c = berth_of(4, 2);
    stage_freeze(&c.s);
    put(&c, 0, 0, 0, 20, 1);
    put(&c, 1, 300, 10, 20, 3);
    name(&c);
    is_crew(&c, 0, "K0-0");
    is_crew(&c, 1, "K0-1\xE2\x80\x93K0-3");
    end(&c);
    c = berth_of(4, 2);
    stage_freeze(&c.s);
    put(&c, 0, 400, 0, 20, 1); /* in the middle, yet three cranes must fit below it later */
    put(&c, 1, 100, 10, 20, 3);
    name(&c);
    is_crew(&c, 0, "K0-3");
    is_crew(&c, 1, "K0-0\xE2\x80\x93K0-2");
    end(&c);
}
END_TEST

START_TEST(a_crane_in_maintenance_has_no_vessel)
{
    crewed c = berth_of(4, 2);
    qwr_window w = stage_window("W1", QWR_WINDOW_MAINTENANCE, 4, 6);
    w.crane.v = 1;
    stage_add_window(&c.s, &w);
    stage_freeze(&c.s);
    put(&c, 0, 0, 0, 10, 3);
    put(&c, 1, 0, 10, 20, 3);
    name(&c);
    is_crew(&c, 0, "K0-0, K0-2, K0-3");
    is_crew(&c, 1, "K0-0\xE2\x80\x93K0-2");
    end(&c);
}
END_TEST

START_TEST(a_crane_serves_only_what_it_reaches)
{
    crewed c = berth_of(2, 1);
    qwr_crane far = qwr_crane_init();
    far.id = "FAR";
    far.quay.v = 0;
    far.rail_order = 99;
    far.reach_from_mm = 500 * METRE;
    qwr_test_ok(c.s.ctx, qwr_scenario_add_crane(c.s.builder, &far, NULL));
    stage_freeze(&c.s);
    put(&c, 0, 0, 0, 10, 3);
    name(&c);
    is_crew(&c, 0, "K0-0, K0-1");
    ck_assert_int_eq(c.crews.short_s, 10 * HOUR);
    ck_assert_int_eq(c.crews.short_calls, 1);
    end(&c);
}
END_TEST

START_TEST(a_crew_changes_where_no_crew_can_stay)
{
    /* Of two cranes, the middle vessel needs the lower one while another is above it, and the
     * upper one while another is below: counts are right at every instant. */
    crewed c = berth_of(2, 3);
    stage_freeze(&c.s);
    put(&c, 0, 400, 0, 20, 1);
    put(&c, 1, 700, 0, 10, 1);
    put(&c, 2, 100, 10, 20, 1);
    name(&c);
    ck_assert_int_eq(c.crews.short_s, 0);
    ck_assert_int_eq(c.crews.changed_calls, 1);
    ck_assert_uint_eq(c.crews.count, 4);
    is_crew(&c, 0, "K0-0, K0-1");
    is_crew(&c, 1, "K0-1");
    is_crew(&c, 2, "K0-0");
    end(&c);
}
END_TEST

START_TEST(a_crane_due_for_maintenance_is_relieved)
{
    crewed c = berth_of(2, 2);
    qwr_window w = stage_window("W1", QWR_WINDOW_MAINTENANCE, 5, 30);
    w.crane.v = 0;
    stage_add_window(&c.s, &w);
    w = stage_window("W2", QWR_WINDOW_MAINTENANCE, 0, 5);
    w.crane.v = 1;
    stage_add_window(&c.s, &w);
    stage_freeze(&c.s);
    put(&c, 0, 0, 0, 10, 1);
    name(&c);
    is_crew(&c, 0, "K0-0, K0-1");
    ck_assert_int_eq(c.crews.short_s, 0);
    ck_assert_int_eq(c.crews.job[0].to_s, 5 * HOUR);
    ck_assert_int_eq(c.crews.job[1].from_s, 5 * HOUR);
    end(&c);
}
END_TEST

START_TEST(more_cranes_than_there_are_are_counted_as_short)
{
    crewed c = berth_of(2, 1);
    stage_freeze(&c.s);
    put(&c, 0, 400, 0, 20, 5);
    name(&c);
    is_crew(&c, 0, "K0-0, K0-1");
    ck_assert_int_eq(c.crews.short_s, 3 * 20 * HOUR);
    end(&c);
}
END_TEST

/* --- whatever the plan --- */

static bool at_once(const qwr__job *a, const qwr__job *b)
{
    return a->from_s < b->to_s && b->from_s < a->to_s;
}

static int64_t order_of(const crewed *c, const qwr__job *job)
{
    return qwr_scenario_crane(c->s.scenario, (qwr_crane_ix){job->crane})->rail_order;
}

static void check_pair(const crewed *c, const qwr__job *a, const qwr__job *b)
{
    if (!at_once(a, b))
        return;
    ck_assert_msg(a->crane != b->crane, "crane %u is at two vessels", a->crane);
    int64_t low_a = c->sheet.visit[a->call].hull_from_mm;
    int64_t low_b = c->sheet.visit[b->call].hull_from_mm;
    if (low_a < low_b)
        ck_assert_msg(order_of(c, a) < order_of(c, b), "cranes %u and %u cross", a->crane,
                      b->crane);
}

START_TEST(whatever_the_plan_no_two_cranes_cross_and_none_is_named_twice)
{
    qwr__rng rng = {7, 3, 0};
    for (int round = 0; round < 60; round++) {
        crewed c = berth_of(2 + round % 7, MANY);
        stage_freeze(&c.s);
        int64_t wanted_s = 0, named_s = 0;
        for (uint32_t i = 0; i < MANY; i++) {
            int64_t from = (int64_t)qwr__rng_below(&rng, 60);
            int64_t cranes = (int64_t)qwr__rng_below(&rng, 4);
            int64_t hours = 2 + (int64_t)qwr__rng_below(&rng, 20);
            put(&c, i, (int64_t)qwr__rng_below(&rng, 80) * 10, from, from + hours, cranes);
            wanted_s += cranes * hours * HOUR;
        }
        name(&c);
        for (size_t i = 0; i < c.crews.count; i++)
            named_s += c.crews.job[i].to_s - c.crews.job[i].from_s;
        ck_assert_int_eq(named_s + c.crews.short_s, wanted_s);
        for (size_t i = 0; i < c.crews.count; i++)
            for (size_t k = 0; k < c.crews.count; k++)
                if (i != k)
                    check_pair(&c, &c.crews.job[i], &c.crews.job[k]);
        end(&c);
    }
}
END_TEST

START_TEST(jobs_are_listed_by_crane_and_time)
{
    crewed c = berth_of(3, 3);
    stage_freeze(&c.s);
    put(&c, 0, 400, 20, 30, 3);
    put(&c, 1, 100, 0, 10, 2);
    put(&c, 2, 100, 40, 50, 1);
    name(&c);
    for (uint32_t k = 0; k < 3; k++) {
        ck_assert_uint_lt(c.crews.first[k], c.crews.first[k + 1]);
        for (uint32_t i = c.crews.first[k]; i < c.crews.first[k + 1]; i++) {
            ck_assert_uint_eq(c.crews.job[i].crane, k);
            if (i > c.crews.first[k])
                ck_assert_int_le(c.crews.job[i - 1].to_s, c.crews.job[i].from_s);
        }
    }
    ck_assert_uint_eq(c.crews.first[3], c.crews.count);
    end(&c);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_crew");
    TCase *hand = tcase_create("hand"), *any = tcase_create("any");
    tcase_set_timeout(any, 60);
    tcase_add_test(hand, the_vessel_farther_along_the_quay_has_the_cranes_farther_along_the_rail);
    tcase_add_test(hand, room_is_left_for_a_vessel_that_comes_later);
    tcase_add_test(hand, a_crane_in_maintenance_has_no_vessel);
    tcase_add_test(hand, a_crane_serves_only_what_it_reaches);
    tcase_add_test(hand, a_crew_changes_where_no_crew_can_stay);
    tcase_add_test(hand, a_crane_due_for_maintenance_is_relieved);
    tcase_add_test(hand, more_cranes_than_there_are_are_counted_as_short);
    tcase_add_test(any, whatever_the_plan_no_two_cranes_cross_and_none_is_named_twice);
    tcase_add_test(any, jobs_are_listed_by_crane_and_time);
    suite_add_tcase(suite, hand);
    suite_add_tcase(suite, any);
    return qwr_test_main(suite);
}
