/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Solutions of published instances, read: places and times come back as they were written, a value
 * claimed is kept, what is wrong is named. Knows no engine: solutions are made by hand.
 */
#include "support/support.h"

#include <quaywright/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600

static qwr_context *ctx;
static qwr_scenario *scenario; /* what the test in hand reads solutions of */

static void add_quay(qwr_scenario_builder *builder, const char *id, qwr_layout layout)
{
    qwr_quay quay = qwr_quay_init();
    quay.id = id;
    quay.layout = layout;
    quay.length_mm = 400000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
}

static void add_berths(qwr_scenario_builder *builder, uint32_t quay)
{
    static const char *const ids[] = {"B1", "B2"};
    for (int i = 0; i < 2; i++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = ids[i];
        berth.quay.v = quay;
        berth.from_mm = i * 200000;
        berth.length_mm = 200000;
        qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &berth, NULL));
    }
}

/* Cells at 20, 0 and 10 m: they count along the quay, not in the order of the file. */
static void add_cells(qwr_scenario_builder *builder, uint32_t quay)
{
    for (int i = 0; i < 3; i++) {
        qwr_quay_position position = qwr_quay_position_init();
        position.quay.v = quay;
        position.at_mm = (i + 2) % 3 * 10000;
        qwr_test_ok(ctx, qwr_scenario_add_quay_position(builder, &position));
    }
}

static void add_calls(qwr_scenario_builder *builder, int discrete)
{
    static const char *const ids[] = {"V1", "V2"};
    for (uint32_t i = 0; i < 2; i++) {
        qwr_call call = qwr_call_init();
        call.id = ids[i];
        call.loa_mm = 100000;
        call.eta_s = 0;
        call.handling_s = 5 * HOUR;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
        for (uint32_t k = 0; discrete && k < 2; k++) {
            qwr_handling handling = qwr_handling_init();
            handling.call.v = i;
            handling.berth.v = k;
            handling.handling_s = i == 1 && k == 0 ? QWR_FORBIDDEN : (3 + k) * HOUR;
            qwr_test_ok(ctx, qwr_scenario_add_handling(builder, &handling));
        }
    }
}

/* Quays of these layouts, in this order. */
static void make(const qwr_layout *layouts, uint32_t count)
{
    static const char *const ids[] = {"Q1", "Q2", "Q3"};
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    int discrete = 0;
    info.id = "port";
    info.epoch = "2027-03-01T00:00:00Z";
    info.horizon_s = 96 * HOUR;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    for (uint32_t i = 0; i < count; i++) {
        add_quay(builder, ids[i], layouts[i]);
        if (layouts[i] == QWR_LAYOUT_DISCRETE)
            add_berths(builder, i);
        if (layouts[i] == QWR_LAYOUT_HYBRID)
            add_cells(builder, i);
        discrete = discrete || layouts[i] == QWR_LAYOUT_DISCRETE;
    }
    add_calls(builder, discrete);
    qwr_scenario_free(scenario);
    scenario = NULL;
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_scenario_builder_free(builder);
}

static void make_one(qwr_layout layout)
{
    make(&layout, 1);
}

static void make_three(void)
{
    static const qwr_layout layouts[] = {QWR_LAYOUT_CONTINUOUS, QWR_LAYOUT_DISCRETE,
                                         QWR_LAYOUT_HYBRID};
    make(layouts, 3);
}

static void setup(void)
{
    ctx = qwr_test_context();
    scenario = NULL;
}

static void teardown(void)
{
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static qwr_status parse(qwr_plan **out, const char *text)
{
    return qwr_plan_parse(out, ctx, scenario, text, strlen(text), "hand", QWR_PLAN_AUTO);
}

static const qwr_stay *stay_of(const qwr_plan *plan, uint32_t call)
{
    return qwr_plan_stay(plan, (qwr_call_ix){call});
}

/* --- places and times --- */

START_TEST(a_place_of_a_discrete_quay_is_a_berth)
{
    qwr_plan *plan = NULL;
    make_one(QWR_LAYOUT_DISCRETE);
    qwr_test_ok(ctx, parse(&plan, "place,vessel,end,start\n2,1,9.5,5.5\n"));
    ck_assert_uint_eq(stay_of(plan, 0)->berth.v, 1);
    ck_assert_int_eq(stay_of(plan, 0)->position_mm, 200000);
    ck_assert_int_eq(stay_of(plan, 0)->start_s, 5 * HOUR + 1800);
    ck_assert_int_eq(stay_of(plan, 0)->end_s, 9 * HOUR + 1800);
    ck_assert_uint_eq(stay_of(plan, 1)->placed, 0);
    ck_assert_int_eq(qwr_plan_get_quality(plan)->unplaced, 1);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(a_place_of_a_hybrid_quay_is_a_cell_counted_along_it)
{
    qwr_plan *plan = NULL;
    make_one(QWR_LAYOUT_HYBRID);
    qwr_test_ok(ctx, parse(&plan, "vessel,place,start,end\n1,1,0,5\n2,3,0,5\n"));
    ck_assert_int_eq(stay_of(plan, 0)->position_mm, 0);
    ck_assert_int_eq(stay_of(plan, 1)->position_mm, 20000);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(a_place_of_a_continuous_quay_is_in_metres)
{
    qwr_plan *plan = NULL;
    make_one(QWR_LAYOUT_CONTINUOUS);
    qwr_test_ok(ctx, parse(&plan, "vessel,place,start,end\r\n1,12.5,0,5\r\n"));
    ck_assert_int_eq(stay_of(plan, 0)->position_mm, 12500);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(an_end_left_out_follows_from_the_handling_time)
{
    qwr_plan *plan = NULL;
    make_one(QWR_LAYOUT_DISCRETE);
    qwr_test_ok(ctx, parse(&plan, "vessel,place,start\n1,2,1\n"));
    ck_assert_int_eq(stay_of(plan, 0)->end_s, 5 * HOUR);
    qwr_plan_free(plan);
    make_one(QWR_LAYOUT_CONTINUOUS);
    qwr_test_ok(ctx, parse(&plan, "vessel,place,start,end\n1,2,1,\n"));
    ck_assert_int_eq(stay_of(plan, 0)->end_s, 6 * HOUR);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(every_second_of_every_layout_survives_a_round_trip)
{
    static const int64_t seconds[] = {0, 1, 59, 100, 1799, 3599, 7 * HOUR + 13, 95 * HOUR + 3001};
    make_three();
    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
        qwr_plan *plan = NULL, *back = NULL;
        qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, scenario));
        for (uint32_t c = 0; c < 2; c++) {
            qwr_stay stay = qwr_stay_init();
            stay.placed = 1;
            stay.quay.v = (uint32_t)(i + c) % 3;
            stay.berth.v = stay.quay.v == 1 ? 1 : QWR_NONE;
            stay.position_mm = stay.quay.v == 1 ? 200000 : stay.quay.v == 2 ? 10000 : 123457;
            stay.start_s = seconds[i];
            stay.end_s = seconds[i] + 3601;
            stay.cranes = c;
            stay.rate_milli = c ? 27500 : QWR_UNSET;
            qwr_test_ok(ctx, qwr_plan_set_stay(plan, (qwr_call_ix){c}, &stay));
        }
        const char *path = qwr_test_file("s.csv");
        qwr_test_ok(ctx, qwr_plan_save(ctx, plan, path, QWR_PLAN_SOLUTION_CSV));
        qwr_test_ok(ctx, qwr_plan_load(&back, ctx, scenario, path, QWR_PLAN_AUTO));
        ck_assert_uint_eq(qwr_plan_hash(back), qwr_plan_hash(plan));
        qwr_plan_free(back);
        qwr_plan_free(plan);
    }
}
END_TEST

/* --- claims and remarks --- */

START_TEST(a_remark_states_the_value_that_is_claimed)
{
    static const char *const remarks[] = {"# value 12.5\n", "#value: 12.5\n",
                                          "\n# value = 12.5 \r\n"};
    make_one(QWR_LAYOUT_CONTINUOUS);
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        char text[200];
        qwr_plan *plan = NULL;
        snprintf(text, sizeof text,
                 "%s# by \"hand\", today\nvessel,place,start,end\n# half\n1,0,0,5\n", remarks[i]);
        qwr_test_ok(ctx, parse(&plan, text));
        ck_assert_int_eq(qwr_plan_get_quality(plan)->cost_mu, 12500);
        ck_assert_uint_eq(stay_of(plan, 0)->placed, 1);
        qwr_plan_free(plan);
    }
    qwr_plan *plan = NULL;
    qwr_test_ok(ctx, parse(&plan, "# values come later\nvessel,place,start,end\n1,0,0,5\n"));
    ck_assert_int_eq(qwr_plan_get_quality(plan)->cost_mu, 0);
    qwr_plan_free(plan);
}
END_TEST

/* --- what is wrong --- */

#define HEAD "vessel,place,start,end\n"

START_TEST(wrong_solutions_are_named_with_their_line)
{
    static const struct {
        qwr_layout layout;
        const char *text, *sentence;
        int64_t line;
    } list[] = {
        {QWR_LAYOUT_DISCRETE, "vessel,place,startt,end\n",
         "unknown column startt; did you mean start", 1},
        {QWR_LAYOUT_DISCRETE, "vessel,place\n", "column start is missing", 1},
        {QWR_LAYOUT_DISCRETE, HEAD "3,1,0,5\n", "number of a vessel, from 1 to 2", 2},
        {QWR_LAYOUT_DISCRETE, HEAD "0,1,0,5\n", "number of a vessel, from 1 to 2", 2},
        {QWR_LAYOUT_DISCRETE, HEAD "1,3,0,5\n", "number of a berth, from 1 to 2", 2},
        {QWR_LAYOUT_DISCRETE, HEAD "1,1.5,0,5\n", "number of a berth, from 1 to 2", 2},
        {QWR_LAYOUT_DISCRETE, HEAD "1,-1,0,5\n", "number of a berth, from 1 to 2", 2},
        {QWR_LAYOUT_HYBRID, HEAD "1,4,0,5\n", "number of a cell, from 1 to 3", 2},
        {QWR_LAYOUT_HYBRID, "# kept\n" HEAD "\n1,1,0,5\n1,2,5,9\n", "stands in line 4 already", 5},
        {QWR_LAYOUT_CONTINUOUS, HEAD "1,0,soon,5\n", "start=\"soon\"", 2},
        {QWR_LAYOUT_CONTINUOUS, HEAD "1,0,9000000000000,5\n", "start is out of range", 2},
        {QWR_LAYOUT_CONTINUOUS, HEAD "1,0,0,9000000\n", "end is out of range", 2},
        {QWR_LAYOUT_CONTINUOUS, HEAD "1,,0,5\n", "column place is missing", 2},
        {QWR_LAYOUT_CONTINUOUS, HEAD "1,0\n", "this row has 2 cells; the header names 4", 2},
        {QWR_LAYOUT_CONTINUOUS, "\n# value many\n" HEAD, "behind \"# value\"", 2},
        {QWR_LAYOUT_CONTINUOUS, "# nothing else", "the file is empty", 1},
        {QWR_LAYOUT_DISCRETE, "vessel,place,start\n2,1,0\n", "must not lie at this berth", 2},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        qwr_plan *plan = NULL;
        make_one(list[i].layout);
        ck_assert_msg(parse(&plan, list[i].text) == QWR_EFORMAT, "%s", list[i].text);
        ck_assert_ptr_null(plan);
        const qwr_cause *cause = qwr_context_cause(ctx, 0);
        ck_assert_msg(qwr_test_cause_holds(ctx, list[i].sentence), "\"%s\" does not hold \"%s\"",
                      cause->message, list[i].sentence);
        ck_assert_msg(cause->line == list[i].line, "%s: line %lld", list[i].text,
                      (long long)cause->line);
    }
}
END_TEST

START_TEST(several_quays_need_a_column_that_names_them)
{
    qwr_plan *plan = NULL;
    make_three();
    ck_assert_int_eq(parse(&plan, HEAD "1,1,0,5\n"), QWR_EFORMAT);
    ck_assert(qwr_test_cause_holds(ctx, "quay is missing; the scenario has several"));
    ck_assert_int_eq(parse(&plan, "vessel,place,start,end,quay\n1,1,0,5,Q4\n"), QWR_EFORMAT);
    ck_assert(qwr_test_cause_holds(ctx, "there is no quay with this id"));
    qwr_test_ok(ctx, parse(&plan, "vessel,place,start,end,quay\n1,2,0,5,Q3\n2,2,0,5,Q2\n"));
    ck_assert_int_eq(stay_of(plan, 0)->position_mm, 10000);
    ck_assert_uint_eq(stay_of(plan, 1)->berth.v, 1);
    qwr_plan_free(plan);
}
END_TEST

static qwr_status read_solution(qwr_context *failing, void *payload)
{
    qwr_plan *plan = NULL;
    qwr_status status = qwr_plan_parse(&plan, failing, scenario, payload, strlen(payload), "hand",
                                       QWR_PLAN_SOLUTION_CSV);
    qwr_plan_free(plan);
    return status;
}

START_TEST(every_failed_allocation_is_reported)
{
    char text[] = "# value 5\n" HEAD "1,1,0,5\n2,3,0,5\n";
    make_one(QWR_LAYOUT_HYBRID);
    ck_assert_int_gt(qwr_test_each_allocation(read_solution, text, 1000), 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io_solution");
    TCase *tc = tcase_create("solution");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_place_of_a_discrete_quay_is_a_berth);
    tcase_add_test(tc, a_place_of_a_hybrid_quay_is_a_cell_counted_along_it);
    tcase_add_test(tc, a_place_of_a_continuous_quay_is_in_metres);
    tcase_add_test(tc, an_end_left_out_follows_from_the_handling_time);
    tcase_add_test(tc, every_second_of_every_layout_survives_a_round_trip);
    tcase_add_test(tc, a_remark_states_the_value_that_is_claimed);
    tcase_add_test(tc, wrong_solutions_are_named_with_their_line);
    tcase_add_test(tc, several_quays_need_a_column_that_names_them);
    tcase_add_test(tc, every_failed_allocation_is_reported);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
