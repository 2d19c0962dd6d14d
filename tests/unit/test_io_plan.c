/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans as XML, JSON and CSV: what is written comes back the same, what is wrong is named. Reading
 * of solution CSV is in test_io_solution.c. Knows no engine: plans are made by hand.
 */
#include "support/support.h"

#include <quaywright/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600

static qwr_context *ctx;
static qwr_scenario *scenario;

/* Q1 continuous, Q2 discrete with B1 and B2, Q3 hybrid with cells at 0, 10, 20 m; calls V1 to V4.
 */
static void add_terminal(qwr_scenario_builder *builder)
{
    static const char *const ids[] = {"Q1", "Q2", "Q3"};
    for (uint32_t i = 0; i < 3; i++) {
        qwr_quay quay = qwr_quay_init();
        quay.id = ids[i];
        quay.layout = (qwr_layout)i;
        quay.length_mm = 400000;
        qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    }
    for (int i = 0; i < 2; i++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = i ? "B2" : "B1";
        berth.quay.v = 1;
        berth.from_mm = i * 200000;
        berth.length_mm = 200000;
        qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &berth, NULL));
    }
    for (int i = 0; i < 3; i++) {
        qwr_quay_position position = qwr_quay_position_init();
        position.quay.v = 2;
        position.at_mm = i * 10000;
        qwr_test_ok(ctx, qwr_scenario_add_quay_position(builder, &position));
    }
}

static void setup(void)
{
    static const char *const ids[] = {"V1", "V2", "V3", "V4"};
    static const char *const vessels[] = {"One, \"first\" & <best>", "Two", NULL, "Four"};
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    ctx = qwr_test_context();
    info.id = "port";
    info.epoch = "2027-03-01T00:00:00Z";
    info.horizon_s = 96 * HOUR;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    add_terminal(builder);
    for (int i = 0; i < 4; i++) {
        qwr_call call = qwr_call_init();
        call.id = ids[i];
        call.vessel = vessels[i];
        call.loa_mm = 100000;
        call.eta_s = i * HOUR;
        call.handling_s = 5 * HOUR;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    }
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_scenario_builder_free(builder);
}

static void teardown(void)
{
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static void place(qwr_plan *plan, uint32_t call, uint32_t quay, uint32_t berth, int64_t position_mm,
                  int64_t start_s)
{
    qwr_stay stay = qwr_stay_init();
    stay.placed = 1;
    stay.quay.v = quay;
    stay.berth.v = berth;
    stay.position_mm = position_mm;
    stay.start_s = start_s;
    stay.end_s = start_s + 5 * HOUR;
    stay.cranes = 1 + call;
    stay.rate_milli = call == 1 ? 27500 : QWR_UNSET;
    stay.cost_mu = 12345 + call;
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, (qwr_call_ix){call}, &stay));
}

static qwr_plan *make_plan(void)
{
    qwr_plan *plan = NULL;
    qwr_stay none = qwr_stay_init();
    qwr_plan_quality quality = qwr_plan_quality_init();
    qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, scenario));
    place(plan, 0, 0, QWR_NONE, 123456, 3 * HOUR);
    place(plan, 1, 1, 1, 200000, 4 * HOUR);
    place(plan, 2, 2, QWR_NONE, 20000, 5 * HOUR + 900);
    none.reason = "too long, \"too\" deep & <closed>";
    qwr_test_ok(ctx, qwr_plan_set_stay(plan, (qwr_call_ix){3}, &none));
    quality.outcome = QWR_OUTCOME_INFEASIBLE;
    quality.stop = QWR_STOP_WORK;
    quality.cost_mu = 37038;
    quality.bound_mu = 37000;
    quality.unplaced = 1;
    quality.work = 1000;
    quality.seed = UINT64_MAX;
    quality.scenario_hash = qwr_scenario_hash(scenario);
    quality.proof = "lagrangian";
    quality.forecast = "crane-rates";
    qwr_test_ok(ctx, qwr_plan_set_quality(plan, &quality));
    return plan;
}

static char *save(const qwr_plan *plan, const char *name, qwr_plan_format format)
{
    qwr_test_ok(ctx, qwr_plan_save(ctx, plan, qwr_test_file(name), format));
    return qwr_test_read(qwr_test_file(name), NULL);
}

/* --- round trips --- */

static void check_same_quality(const qwr_plan *a, const qwr_plan *b)
{
    const qwr_plan_quality *x = qwr_plan_get_quality(a), *y = qwr_plan_get_quality(b);
    ck_assert_int_eq(x->outcome, y->outcome);
    ck_assert_int_eq(x->stop, y->stop);
    ck_assert_int_eq(x->cost_mu, y->cost_mu);
    ck_assert_int_eq(x->bound_mu, y->bound_mu);
    ck_assert_int_eq(x->unplaced, y->unplaced);
    ck_assert_int_eq(x->work, y->work);
    ck_assert_uint_eq(x->seed, y->seed);
    ck_assert_uint_eq(x->scenario_hash, y->scenario_hash);
    ck_assert_str_eq(x->proof, y->proof);
    ck_assert_str_eq(x->forecast, y->forecast);
}

static qwr_plan *round_trip(const char *name, qwr_plan_format format)
{
    qwr_plan *plan = make_plan(), *back = NULL;
    free(save(plan, name, format));
    qwr_test_ok(ctx, qwr_plan_load(&back, ctx, scenario, qwr_test_file(name), QWR_PLAN_AUTO));
    ck_assert_uint_eq(qwr_plan_hash(back), qwr_plan_hash(plan));
    for (uint32_t i = 0; i < 4; i++)
        ck_assert_int_eq(qwr_plan_stay(back, (qwr_call_ix){i})->cost_mu,
                         qwr_plan_stay(plan, (qwr_call_ix){i})->cost_mu);
    ck_assert_str_eq(qwr_plan_stay(back, (qwr_call_ix){3})->reason,
                     "too long, \"too\" deep & <closed>");
    ck_assert_int_eq(qwr_plan_stay(back, (qwr_call_ix){1})->rate_milli, 27500);
    if (format != QWR_PLAN_CSV)
        check_same_quality(plan, back);
    qwr_plan_free(plan);
    return back;
}

START_TEST(xml_plan_survives_a_round_trip)
{
    qwr_plan_free(round_trip("p.xml", QWR_PLAN_AUTO));
}
END_TEST

START_TEST(json_plan_survives_a_round_trip)
{
    qwr_plan_free(round_trip("p.json", QWR_PLAN_AUTO));
}
END_TEST

START_TEST(csv_plan_survives_a_round_trip_but_for_the_head)
{
    qwr_plan *back = round_trip("p.csv", QWR_PLAN_CSV);
    ck_assert_int_eq(qwr_plan_get_quality(back)->unplaced, 1);
    ck_assert_int_eq(qwr_plan_get_quality(back)->bound_mu, QWR_UNSET);
    qwr_plan_free(back);
}
END_TEST

START_TEST(plan_files_hold_what_a_planner_reads)
{
    qwr_plan *plan = make_plan();
    char *xml = save(plan, "p.xml", QWR_PLAN_XML);
    ck_assert_ptr_nonnull(strstr(xml, " scenario=\"port\""));
    ck_assert_ptr_nonnull(strstr(xml, " value=\"37.038\" cost_mu=\"37038\" bound_mu=\"37000\" "
                                      "gap_pct=\"0.102\" unplaced=\"1\""));
    ck_assert_ptr_nonnull(strstr(xml, "<stay call=\"V2\" vessel=\"Two\" placed=\"yes\" quay=\"Q2\" "
                                      "berth=\"B2\" position_m=\"200\" "
                                      "start=\"2027-03-01T04:00:00Z\" end=\"2027-03-01T09:00:00Z\" "
                                      "cranes=\"2\" rate_moves_h=\"27.5\" cost=\"12.346\"/>"));
    ck_assert_ptr_nonnull(strstr(xml, "<stay call=\"V4\" vessel=\"Four\" placed=\"no\" reason="));
    free(xml);
    char *json = save(plan, "p.json", QWR_PLAN_JSON);
    ck_assert_ptr_nonnull(strstr(json, "\"seed\": 18446744073709551615,"));
    ck_assert_ptr_nonnull(strstr(json, "\"placed\": true, \"quay\": \"Q2\", \"berth\": \"B2\", "
                                       "\"position_m\": 200, \"start\": "));
    free(json);
    char *csv = save(plan, "p.csv", QWR_PLAN_CSV);
    ck_assert_ptr_nonnull(strstr(csv, "call,vessel,placed,quay,berth,position_m,start,end,cranes,"
                                      "rate_moves_h,cost,reason,profile\n"));
    ck_assert_ptr_nonnull(strstr(csv, "V1,\"One, \"\"first\"\" & <best>\",yes,Q1,,123.456,"));
    free(csv);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(plan_without_a_bound_has_no_gap)
{
    qwr_plan *plan = NULL;
    qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, scenario));
    char *xml = save(plan, "p.xml", QWR_PLAN_XML);
    ck_assert_ptr_null(strstr(xml, "bound_mu"));
    ck_assert_ptr_null(strstr(xml, "gap_pct"));
    free(xml);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(plan_files_follow_the_schema)
{
    char command[13000];
    qwr_plan *plan = make_plan();
    free(save(plan, "p.xml", QWR_PLAN_XML));
    qwr_plan_free(plan);
    snprintf(command, sizeof command, "xmllint --nonet --noout --schema '%s' '%s' >'%s' 2>&1",
             qwr_test_source("data/schema/plan.xsd"), qwr_test_file("p.xml"),
             qwr_test_file("xmllint.txt"));
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(solution_csv_counts_from_one_in_published_units)
{
    qwr_plan *plan = make_plan();
    char *csv = save(plan, "p.csv", QWR_PLAN_SOLUTION_CSV);
    ck_assert_str_eq(csv, "vessel,place,start,end,quay,cranes,rate_moves_h\n"
                          "1,123.456,3,8,Q1,1,\n"
                          "2,2,4,9,Q2,2,27.5\n"
                          "3,3,5.25,10.25,Q3,3,\n");
    free(csv);
    qwr_plan_free(plan);
}
END_TEST

/* --- plans made by hand --- */

static qwr_status parse(qwr_plan **out, const char *text)
{
    return qwr_plan_parse(out, ctx, scenario, text, strlen(text), "hand", QWR_PLAN_AUTO);
}

START_TEST(a_berth_says_quay_and_position_and_missing_calls_have_no_place)
{
    qwr_plan *plan = NULL;
    qwr_test_ok(ctx, parse(&plan, "call,berth,start,end\n"
                                  "V3,B2,2027-03-01T06:00Z,2027-03-01T12:00Z\n"));
    const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){2});
    ck_assert_uint_eq(stay->quay.v, 1);
    ck_assert_int_eq(stay->position_mm, 200000);
    ck_assert_int_eq(stay->start_s, 6 * HOUR);
    ck_assert_int_eq(stay->cranes, 0);
    ck_assert_uint_eq(qwr_plan_stay(plan, (qwr_call_ix){0})->placed, 0);
    ck_assert_int_eq(qwr_plan_get_quality(plan)->unplaced, 3);
    qwr_plan_free(plan);
}
END_TEST

#define XML  "<plan format=\"1\">\n"
#define JSON "{\"format\": 1,\n\"stays\": ["
#define STAY "quay=\"Q1\" position_m=\"5\" start=\"2027-03-01T06:00Z\" end=\"2027-03-01T07:00Z\""

START_TEST(wrong_plans_are_named_with_line_and_nearest_word)
{
    static const struct {
        const char *text, *sentence;
        int64_t line;
    } list[] = {
        {"<plan>", "format is missing", 1},
        {"<plan format=\"9\"/>", "this version reads format 1", 1},
        {"<scenario/>", "holds a scenario; expected a plan", 1},
        {"<!DOCTYPE p><plan format=\"1\"/>", "DOCTYPE", 1},
        {XML "<visit/></plan>", "unknown element <visit>; expected <stay>", 2},
        {XML "<stay call=\"V1\" " STAY "><stay/></stay></plan>", "unknown element <stay>", 2},
        {XML "<stay call=\"V9\"/></plan>",
         "call=\"V9\": there is no call with this id in the scenario; did you mean V", 2},
        {XML "<stay call=\"V1\" bert=\"B1\"/></plan>", "unknown attribute bert; did you mean berth",
         2},
        {XML "<stay/></plan>", "attribute call is missing", 2},
        {XML "<stay call=\"V1\"/></plan>", "stay \"V1\": quay or berth is missing", 2},
        {XML "<stay call=\"V1\" quay=\"Q1\"/></plan>", "position_m is missing", 2},
        {XML "<stay call=\"V1\" berth=\"B1\"/></plan>", "start is missing", 2},
        {XML "<stay call=\"V1\" berth=\"B1\" start=\"2027-03-01T06:00Z\"/></plan>",
         "end is missing", 2},
        {XML "<stay call=\"V1\" " STAY "/>\n<stay call=\"V1\" " STAY "/></plan>",
         "this call stands in line 2 already", 3},
        {XML "<stay call=\"V1\" " STAY " cranes=\"99999\"/></plan>", "cranes is out of range", 2},
        {XML "<stay call=\"V1\" " STAY " cranes=\"-1\"/></plan>", "cranes is out of range", 2},
        {XML "<stay call=\"V1\" " STAY " rate_moves_h=\"0\"/></plan>", "rate_moves_h is out of", 2},
        {XML "<stay call=\"V1\" placed=\"maybe\"/></plan>", "expected one of no, yes", 2},
        {"{\"format\": 1}", "member stays is missing", 1},
        {"{\"stays\": []}", "format is missing", 1},
        {JSON "\n{\"call\": \"V1\", \"cal\": 1}]}", "unknown member cal; did you mean call?", 3},
        {JSON "\n1]}", "expected an object", 3},
        {JSON "\n{\"call\": [1]}]}", "call: expected a single value", 3},
        {JSON "{\"call\": \"V1\", \"call\": \"V2\"}]}", "say the same thing twice", 2},
        {JSON, "the file ends here", 2},
        {"call,place\n", "unknown column place; did you mean placed?", 1},
        {"vessel\n", "column call is missing", 1},
        {"call,placed\nV1\n", "this row has 1 cells; the header names 2", 2},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        qwr_plan *plan = NULL;
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

static void keep_log(qwr_log_level level, const char *message, void *payload)
{
    (void)level;
    snprintf(payload, 200, "%s", message);
}

START_TEST(plan_of_another_scenario_is_read_and_logged)
{
    char log[200] = "";
    qwr_plan *plan = NULL;
    qwr_context_set_log(ctx, keep_log, QWR_LOG_INFO, log);
    qwr_test_ok(ctx, parse(&plan, "<plan format=\"1\" scenario_hash=\"00000000000000ab\"/>"));
    ck_assert_ptr_nonnull(strstr(log, "plan_hash=00000000000000ab"));
    ck_assert_uint_eq(qwr_plan_get_quality(plan)->scenario_hash, 0xab);
    qwr_plan_free(plan);
}
END_TEST

/* --- doors --- */

START_TEST(text_in_memory_holds_the_bytes_of_the_file)
{
    qwr_plan *plan = make_plan();
    for (int f = QWR_PLAN_XML; f <= QWR_PLAN_SOLUTION_CSV; f++) {
        char *text = NULL, *file = save(plan, "p.bytes", (qwr_plan_format)f);
        size_t length = 0;
        qwr_test_ok(ctx, qwr_plan_text(&text, &length, ctx, plan, (qwr_plan_format)f));
        ck_assert_str_eq(text, file);
        ck_assert_uint_eq(length, strlen(file));
        qwr_text_free(ctx, text);
        free(file);
    }
    char *text = NULL, *file;
    qwr_test_ok(ctx, qwr_scenario_save(ctx, scenario, qwr_test_file("s.xml")));
    file = qwr_test_read(qwr_test_file("s.xml"), NULL);
    qwr_test_ok(ctx, qwr_scenario_text(&text, NULL, ctx, scenario));
    ck_assert_str_eq(text, file);
    qwr_text_free(ctx, text);
    free(file);
    ck_assert_int_eq(qwr_plan_text(&text, NULL, ctx, plan, QWR_PLAN_AUTO), QWR_EINVAL);
    ck_assert_ptr_null(text);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(unclear_formats_are_refused)
{
    qwr_plan *plan = make_plan(), *back = NULL;
    ck_assert_int_eq(qwr_plan_save(ctx, plan, qwr_test_file("p.txt"), QWR_PLAN_AUTO), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, ".json"));
    ck_assert_int_eq(qwr_plan_parse(&back, ctx, scenario, "", 0, "n", QWR_PLAN_SOLUTION_CSV + 1),
                     QWR_EINVAL);
    ck_assert_int_eq(qwr_plan_load(&back, ctx, scenario, "/nonexistent/p.xml", QWR_PLAN_AUTO),
                     QWR_EIO);
    ck_assert_ptr_null(back);
    qwr_plan_free(plan);
}
END_TEST

START_TEST(values_and_instants_as_text)
{
    char text[32];
    qwr_value_text(text, sizeof text, 1763000);
    ck_assert_str_eq(text, "1763");
    qwr_value_text(text, sizeof text, -12500);
    ck_assert_str_eq(text, "-12.5");
    qwr_time_text(text, sizeof text, scenario, 90061);
    ck_assert_str_eq(text, "2027-03-02T01:01:01Z");
}
END_TEST

static qwr_status write_to_memory(qwr_context *failing, void *payload)
{
    char *text = NULL;
    qwr_plan *plan = NULL;
    (void)payload;
    qwr_status status = qwr_plan_new(&plan, failing, scenario);
    if (status == QWR_OK)
        status = qwr_plan_text(&text, NULL, failing, plan, QWR_PLAN_JSON);
    qwr_text_free(failing, text);
    qwr_plan_free(plan);
    return status;
}

static qwr_status write_and_read(qwr_context *failing, void *payload)
{
    const char *name = payload;
    qwr_plan *plan = NULL, *back = NULL;
    qwr_status status = qwr_plan_new(&plan, failing, scenario);
    if (status == QWR_OK)
        status = qwr_plan_save(failing, plan, qwr_test_file(name), QWR_PLAN_AUTO);
    if (status == QWR_OK)
        status = qwr_plan_load(&back, failing, scenario, qwr_test_file(name), QWR_PLAN_AUTO);
    qwr_plan_free(back);
    qwr_plan_free(plan);
    return status;
}

START_TEST(every_failed_allocation_is_reported)
{
    char names[3][8] = {"p.xml", "p.json", "p.csv"};
    for (int i = 0; i < 3; i++)
        ck_assert_int_gt(qwr_test_each_allocation(write_and_read, names[i], 1000), 5);
    ck_assert_int_gt(qwr_test_each_allocation(write_to_memory, NULL, 1000), 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io_plan");
    TCase *tc = tcase_create("plan");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, xml_plan_survives_a_round_trip);
    tcase_add_test(tc, json_plan_survives_a_round_trip);
    tcase_add_test(tc, csv_plan_survives_a_round_trip_but_for_the_head);
    tcase_add_test(tc, plan_files_hold_what_a_planner_reads);
    tcase_add_test(tc, plan_without_a_bound_has_no_gap);
    if (system("xmllint --version >/dev/null 2>&1") == 0)
        tcase_add_test(tc, plan_files_follow_the_schema);
    else
        puts("# skipped: plan_files_follow_the_schema; xmllint is not installed");
    tcase_add_test(tc, solution_csv_counts_from_one_in_published_units);
    tcase_add_test(tc, a_berth_says_quay_and_position_and_missing_calls_have_no_place);
    tcase_add_test(tc, wrong_plans_are_named_with_line_and_nearest_word);
    tcase_add_test(tc, plan_of_another_scenario_is_read_and_logged);
    tcase_add_test(tc, text_in_memory_holds_the_bytes_of_the_file);
    tcase_add_test(tc, unclear_formats_are_refused);
    tcase_add_test(tc, values_and_instants_as_text);
    tcase_add_test(tc, every_failed_allocation_is_reported);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
