/* SPDX-License-Identifier: Apache-2.0 */
/* Past calls from CSV. Knows no stage. */
#include "support/support.h"

#include <quaywright/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qwr_context *ctx;

static void setup(void)
{
    ctx = qwr_test_context();
}

static void teardown(void)
{
    qwr_context_free(ctx);
}

static qwr_status history(qwr_scenario **out, const char *text)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "h";
    info.epoch = "2027-03-01T00:00:00Z";
    info.horizon_s = 86400;
    *out = NULL;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    qwr_status status = qwr_history_parse(ctx, builder, text, strlen(text), "h.csv");
    if (status == QWR_OK)
        status = qwr_scenario_freeze(out, builder);
    qwr_scenario_builder_free(builder);
    return status;
}

START_TEST(history_columns_are_found_by_name)
{
    qwr_scenario *s = NULL;
    qwr_test_ok(ctx, history(&s, "work_h,vessel,start,cranes,moves,class,eta_error_h\n"
                                 "8.5,\"Ever, \"\"G\"\"\",2027-02-28T12:00:00Z,3,640,feeder,-0.5\n"
                                 "1.33333333,,2027-02-01T00:00Z,1,5,,\n"));
    ck_assert_uint_eq(qwr_scenario_history_count(s), 2);
    const qwr_history *first = qwr_scenario_history(s, 0), *second = qwr_scenario_history(s, 1);
    ck_assert_str_eq(first->vessel, "Ever, \"G\"");
    ck_assert_str_eq(first->vessel_class, "feeder");
    ck_assert_ptr_null(first->service);
    ck_assert_int_eq(first->at_s, -43200);
    ck_assert_int_eq(first->work_s, 30600);
    ck_assert_int_eq(first->eta_error_s, -1800);
    ck_assert_int_eq(second->work_s, 4800);
    ck_assert_int_eq(second->eta_error_s, QWR_UNSET);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(history_survives_crlf_byte_order_mark_and_quoted_newlines)
{
    qwr_scenario *s = NULL;
    qwr_test_ok(ctx, history(&s, "\xEF\xBB\xBFvessel,start,moves,cranes,work_h\r\n\r\n"
                                 "\"two\r\nlines\",2027-02-28T12:00:00Z,3,1,1\r\n"
                                 "b,\"2027-02-28T12:00:00Z\",4,1,1"));
    ck_assert_uint_eq(qwr_scenario_history_count(s), 2);
    ck_assert_int_eq(qwr_scenario_history(s, 1)->moves, 4);
    qwr_scenario_free(s);
}
END_TEST

START_TEST(history_errors_name_the_line)
{
    static const char head[] = "start,moves,cranes,work_h\n";
    static const struct {
        const char *text, *sentence;
        int64_t line;
    } list[] = {
        {"", "the file is empty", 1},
        {"start,moves,cranes\n", "column work_h is missing", 1},
        {"start,moves,cranes,work_h,cranes\n", "column cranes is named twice", 1},
        {"start,move,cranes,work_h\n", "unknown column move; did you mean moves?", 1},
        {"%s2027-02-28T12:00:00Z,3,1\n", "this row has 3 cells; the header names 4", 2},
        {"%s2027-02-28T12:00:00Z,3,1,1,\n", "this row has 5 cells; the header names 4", 2},
        {"%s\n\n2027-02-28T12:00:00Z,0,1,1\n", "moves is 0; expected more than 0", 4},
        {"%s2027-02-28T12:00:00Z,3,1,0\n", "work is 0; expected more than 0", 2},
        {"%s2027-02-28T12:00:00Z,3,-1,1\n", "cranes is -1", 2},
        {"%s2027-02-28T12:00:00Z,NaN,1,1\n", "moves=\"NaN\": expected a whole number", 2},
        {"%s2027-02-28T12:00:00Z,,1,1\n", "column moves is missing", 2},
        {"%syesterday,3,1,1\n", "start=\"yesterday\": expected a date and time", 2},
        {"%s\"2027-02-28T12:00:00Z,3,1,1\n", "a quote opens here and is never closed", 2},
        {"%s\"2027-02-28T12:00:00Z\"x,3,1,1\n", "text follows a closing quote", 2},
        {"%s2027-02-28T12:00:00Z,3\",1,1\n", "a quote inside a cell", 2},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        char text[200];
        qwr_scenario *s = NULL;
        bool headed = strncmp(list[i].text, "%s", 2) == 0;
        snprintf(text, sizeof text, "%s%s", headed ? head : "", list[i].text + (headed ? 2 : 0));
        ck_assert_msg(history(&s, text) == QWR_EFORMAT, "%s", text);
        const qwr_cause *cause = qwr_context_cause(ctx, 0);
        ck_assert_msg(qwr_test_cause_holds(ctx, list[i].sentence), "\"%s\" does not hold \"%s\"",
                      cause->message, list[i].sentence);
        ck_assert_msg(cause->line == list[i].line, "%s: line %lld", text, (long long)cause->line);
    }
}
END_TEST

START_TEST(history_with_a_nul_byte_is_refused)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "h";
    info.horizon_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    ck_assert_int_eq(qwr_history_parse(ctx, builder, "start\0,", 7, "h.csv"), QWR_EFORMAT);
    qwr_scenario_builder_free(builder);
}
END_TEST

START_TEST(history_is_read_from_a_file)
{
    static const char text[] = "start,moves,cranes,work_h\n2027-02-28T12:00:00Z,3,1,1\n";
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "h";
    info.horizon_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    qwr_test_write(qwr_test_file("h.csv"), text, sizeof text - 1);
    qwr_test_ok(ctx, qwr_history_load(ctx, builder, qwr_test_file("h.csv")));
    ck_assert_int_eq(qwr_history_load(ctx, builder, "/nonexistent/h.csv"), QWR_EIO);
    qwr_scenario_builder_free(builder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io_history");
    TCase *tc = tcase_create("history");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, history_columns_are_found_by_name);
    tcase_add_test(tc, history_survives_crlf_byte_order_mark_and_quoted_newlines);
    tcase_add_test(tc, history_errors_name_the_line);
    tcase_add_test(tc, history_with_a_nul_byte_is_refused);
    tcase_add_test(tc, history_is_read_from_a_file);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
