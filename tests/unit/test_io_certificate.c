/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates as files: what is written comes back the same, what is wrong is named with its line.
 * What they prove is in test_verify.c.
 */
#include "support/support.h"

#include <quaywright/certificate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qwr_context *ctx;
static qwr_scenario *scenario;

/* Q1 with B1 and B2, calls V1 to V3; another horizon makes another scenario. */
static qwr_status make_scenario(qwr_scenario **out, qwr_context *own, int64_t horizon_s)
{
    static const char *const calls[] = {"V1", "V<2>", "V3"}, *const berths[] = {"B1", "B2"};
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_quay quay = qwr_quay_init();
    info.id = "port";
    info.epoch = "2027-03-01T00:00:00Z";
    info.horizon_s = horizon_s;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    qwr_status status = qwr_scenario_builder_new(&builder, own, &info);
    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 400000;
    if (status == QWR_OK)
        status = qwr_scenario_add_quay(builder, &quay, NULL);
    for (int i = 0; i < 2 && status == QWR_OK; i++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = berths[i];
        berth.quay.v = 0;
        berth.from_mm = i * 200000;
        status = qwr_scenario_add_berth(builder, &berth, NULL);
    }
    for (int i = 0; i < 3 && status == QWR_OK; i++) {
        qwr_call call = qwr_call_init();
        call.id = calls[i];
        call.eta_s = i * 3600;
        call.handling_s = 3600;
        call.min_cranes = call.max_cranes = 0;
        status = qwr_scenario_add_call(builder, &call, NULL);
    }
    if (status == QWR_OK)
        status = qwr_scenario_freeze(out, builder);
    qwr_scenario_builder_free(builder);
    return status;
}

static void setup(void)
{
    ctx = qwr_test_context();
    qwr_test_ok(ctx, make_scenario(&scenario, ctx, 86400));
}

static void teardown(void)
{
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static qwr_status add_prices(qwr_certificate *c, int64_t a, int64_t b, int64_t d)
{
    const int64_t price[] = {a, b, d};
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

static qwr_status add_range(qwr_certificate *c, uint32_t call, uint32_t berth, uint32_t berth_last)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.call.v = call;
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

static qwr_status make_certificate(qwr_certificate **out, qwr_context *own, const qwr_scenario *s,
                                   int64_t target_mu)
{
    qwr_certificate_info info = qwr_certificate_info_init();
    qwr_certificate *c = NULL;
    info.scenario_hash = qwr_scenario_hash(s);
    info.call_count = 3;
    info.price_unit = 12;
    info.ordered = target_mu == QWR_UNSET ? 0 : 1;
    info.target_mu = target_mu;
    qwr_status status = qwr_certificate_new(&c, own, &info);
    if (status == QWR_OK)
        status = add_prices(c, INT64_MAX, INT64_MIN + 1, 0);
    if (status == QWR_OK)
        status = add_split(c, 1, 1, -900, INT64_C(9000000000000000000));
    if (status == QWR_OK)
        status = add_split(c, 2, QWR_NONE, 3600, 3600);
    if (status == QWR_OK)
        status = add_range(c, 0, 0, 1);
    if (status == QWR_OK)
        status = add_end(c);
    if (status == QWR_OK)
        status = add_prices(c, 1, 2, 3);
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

static void same(const qwr_certificate *a, const qwr_certificate *b)
{
    same_info(qwr_certificate_get_info(a), qwr_certificate_get_info(b));
    ck_assert_uint_eq(qwr_certificate_count(a), qwr_certificate_count(b));
    for (size_t k = 0; k < qwr_certificate_count(a); k++) {
        qwr_certificate_step x = qwr_certificate_step_init(), y = x;
        qwr_test_ok(ctx, qwr_certificate_get(&x, a, k));
        qwr_test_ok(ctx, qwr_certificate_get(&y, b, k));
        ck_assert_int_eq(x.price == NULL, y.price == NULL);
        ck_assert_uint_eq(x.call.v, y.call.v);
        ck_assert_uint_eq(x.berth.v, y.berth.v);
        ck_assert_uint_eq(x.berth_last.v, y.berth_last.v);
        ck_assert_int_eq(x.from_s, y.from_s);
        ck_assert_int_eq(x.to_s, y.to_s);
        if (x.price != NULL)
            ck_assert_mem_eq(x.price, y.price, 3 * sizeof *x.price);
    }
}

START_TEST(a_certificate_survives_a_round_trip_to_the_byte)
{
    const int64_t targets[] = {QWR_UNSET, 4999, -1, 0};
    for (size_t i = 0; i < 4; i++) {
        qwr_certificate *c = NULL, *back = NULL, *parsed = NULL;
        size_t length;
        qwr_test_ok(ctx, make_certificate(&c, ctx, scenario, targets[i]));
        qwr_test_ok(ctx, qwr_certificate_write(ctx, c, scenario, qwr_test_file("a.xml")));
        qwr_test_ok(ctx, qwr_certificate_read(&back, ctx, scenario, qwr_test_file("a.xml")));
        same(c, back);
        qwr_test_ok(ctx, qwr_certificate_write(ctx, back, scenario, qwr_test_file("b.xml")));
        char *a = qwr_test_read(qwr_test_file("a.xml"), &length);
        char *b = qwr_test_read(qwr_test_file("b.xml"), NULL);
        ck_assert_str_eq(a, b);
        qwr_test_ok(ctx, qwr_certificate_parse(&parsed, ctx, scenario, a, length, "a"));
        same(c, parsed);
        free(a);
        free(b);
        qwr_certificate_free(parsed);
        qwr_certificate_free(back);
        qwr_certificate_free(c);
    }
}
END_TEST

START_TEST(the_file_holds_what_the_schema_says)
{
    char command[13000], head[256];
    qwr_certificate *c = NULL;
    qwr_test_ok(ctx, make_certificate(&c, ctx, scenario, 4999));
    qwr_test_ok(ctx, qwr_certificate_write(ctx, c, scenario, qwr_test_file("a.xml")));
    char *text = qwr_test_read(qwr_test_file("a.xml"), NULL);
    snprintf(head, sizeof head,
             "<certificate format=\"1\" scenario=\"port\" scenario_hash=\"%016llx\" calls=\"3\" "
             "price_unit=\"12\" target=\"4.999\" ordered=\"yes\" version=\"",
             (unsigned long long)qwr_scenario_hash(scenario));
    ck_assert_ptr_nonnull(strstr(text, head));
    ck_assert_ptr_nonnull(strstr(text, "  <prices values=\"1 2 3\"/>\n"));
    ck_assert_ptr_nonnull(strstr(text, "  <split call=\"V&lt;2&gt;\" berth=\"B2\" from_s=\"-900\" "
                                       "to_s=\"9000000000000000000\"/>\n"));
    ck_assert_ptr_nonnull(strstr(text, "  <split call=\"V3\" from_s=\"3600\" to_s=\"3600\"/>\n"));
    ck_assert_ptr_nonnull(strstr(text, "  <split call=\"V1\" berth=\"B1\" berth_last=\"B2\" "
                                       "from_s=\"0\" to_s=\"0\"/>\n  <end/>\n"));
    free(text);
    snprintf(command, sizeof command, "xmllint --nonet --noout --schema '%s' '%s' >'%s' 2>&1",
             qwr_test_source("data/schema/certificate.xsd"), qwr_test_file("a.xml"),
             qwr_test_file("xmllint.txt"));
    ck_assert_int_eq(system(command), 0);
    qwr_certificate_free(c);
}
END_TEST

START_TEST(certificates_of_other_scenarios_are_neither_written_nor_read)
{
    qwr_scenario *other = NULL;
    qwr_certificate *c = NULL, *back = NULL;
    qwr_test_ok(ctx, make_scenario(&other, ctx, 2 * 86400));
    qwr_test_ok(ctx, make_certificate(&c, ctx, scenario, 4999));
    ck_assert_int_eq(qwr_certificate_write(ctx, c, other, qwr_test_file("o.xml")), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "the certificate is about another scenario"));
    qwr_test_ok(ctx, qwr_certificate_write(ctx, c, scenario, qwr_test_file("o.xml")));
    ck_assert_int_eq(qwr_certificate_read(&back, ctx, other, qwr_test_file("o.xml")), QWR_EFORMAT);
    ck_assert_ptr_null(back);
    ck_assert(qwr_test_cause_holds(ctx, "it is about a scenario with hash "));
    qwr_certificate_free(c);
    qwr_scenario_free(other);
}
END_TEST

START_TEST(what_cannot_be_written_leaves_no_file)
{
    qwr_certificate *c = NULL, *back = NULL;
    qwr_test_ok(ctx, make_certificate(&c, ctx, scenario, 4999));
    qwr_test_ok(ctx, add_split(c, 0, 2, 0, 0));
    ck_assert_int_eq(qwr_certificate_write(ctx, c, scenario, qwr_test_file("n.xml")), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "step 7 splits by berth number 2; the scenario has 2"));
    ck_assert_int_eq(qwr_certificate_read(&back, ctx, scenario, qwr_test_file("n.xml")), QWR_EIO);
    qwr_certificate_free(c);
    qwr_test_ok(ctx, make_certificate(&c, ctx, scenario, 4999));
    qwr_test_ok(ctx, add_range(c, 0, 1, 3));
    ck_assert_int_eq(qwr_certificate_write(ctx, c, scenario, qwr_test_file("n.xml")), QWR_EINVAL);
    ck_assert(qwr_test_cause_holds(ctx, "step 7 splits by berth number 3; the scenario has 2"));
    ck_assert_int_eq(qwr_certificate_write(ctx, NULL, scenario, "x"), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_write(ctx, c, NULL, "x"), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_write(ctx, c, scenario, NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_write(NULL, c, scenario, "x"), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_read(NULL, ctx, scenario, "x"), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_read(&back, ctx, NULL, "x"), QWR_EINVAL);
    ck_assert_int_eq(qwr_certificate_parse(&back, ctx, scenario, NULL, 1, "x"), QWR_EINVAL);
    qwr_certificate_free(c);
}
END_TEST

#define HEAD     "<certificate format=\"1\" scenario_hash=\"@\" "
#define REST     "calls=\"3\" price_unit=\"1\" ordered=\"no\""
#define OPEN     HEAD REST ">\n"
#define CLOSE    "</certificate>"
#define SPLIT(a) OPEN "<split " a "/>" CLOSE

START_TEST(wrong_certificates_are_named_with_line_and_nearest_word)
{
    static const struct {
        const char *text, *sentence;
        int64_t line;
    } list[] = {
        {"<certificate/>", "format is missing; expected format 1", 1},
        {"<certificate format=\"2\"/>", "format 2: this version reads format 1", 1},
        {"<certificate format=\"1\"/>", "scenario_hash is missing", 1},
        {"<plan/>", "expected <certificate>: are two files in the wrong order?", 1},
        {"<!DOCTYPE c><certificate/>", "DOCTYPE", 1},
        {"<certificate format=\"1\" scenario_hash=\"1\" " REST "/>",
         "it is about a scenario with hash 0000000000000001, \"port\" has ", 1},
        {HEAD "calls=\"4\" price_unit=\"1\" ordered=\"no\"/>", "calls is 4; the scenario has 3", 1},
        {HEAD "calls=\"-1\" price_unit=\"1\" ordered=\"no\"/>", "calls is -1", 1},
        {HEAD "calls=\"3\" price_unit=\"0\" ordered=\"no\"/>", "price_unit is 0; expected 1 to", 1},
        {HEAD "calls=\"3\" price_unit=\"1000001\" ordered=\"no\"/>", "price_unit is 1000001", 1},
        {HEAD "calls=\"3\" price_unit=\"1\"/>", "ordered is missing", 1},
        {HEAD "calls=\"3\" price_unit=\"1\" ordered=\"2\"/>", "expected one of no, yes", 1},
        {HEAD REST " target=\"1.2345\"/>", "target", 1},
        {HEAD REST " targte=\"1\"/>", "unknown attribute targte; did you mean target?", 1},
        {HEAD REST " calls=\"3\"/>", "not well-formed XML: Attribute calls redefined", 1},
        {OPEN "<price/>" CLOSE, "unknown element <price>; expected <prices>, <split> or <end>", 2},
        {OPEN "<prices values=\"1 2 3\"><split/></prices>" CLOSE, "unknown element <split>", 2},
        {OPEN "<prices/>" CLOSE, "attribute values is missing", 2},
        {OPEN "<prices values=\"1 2\"/>" CLOSE, "there are 2 prices; expected one a call, 3", 2},
        {OPEN "\n<prices values=\"1 2 3 4\"/>" CLOSE, "there are 4 prices", 3},
        {OPEN "<prices values=\" \"/>" CLOSE, "there are 0 prices", 2},
        {OPEN "<prices values=\"1 2.5 3\"/>" CLOSE, "price 2 is \"2.5\"; expected a whole number",
         2},
        {OPEN "<prices values=\"1 2 99999999999999999999\"/>" CLOSE, "price 3 is", 2},
        {OPEN "<prices values=\"1 2 -9223372036854775808\"/>" CLOSE, "price 3 is", 2},
        {OPEN "<prices value=\"1 2 3\"/>" CLOSE, "unknown attribute value; did you mean values?",
         2},
        {OPEN "<prices>1 2 3</prices>" CLOSE, "attribute values is missing", 2},
        {OPEN "1 2 3" CLOSE, "text between the elements is not expected", 2},
        {SPLIT("call=\"V4\" from_s=\"0\" to_s=\"1\""), "there is no call with this id", 2},
        {SPLIT("call=\"V1\" berth=\"B3\" from_s=\"0\" to_s=\"1\""), "berth=\"B3\": there is no", 2},
        {SPLIT("from_s=\"0\" to_s=\"1\""), "attribute call is missing", 2},
        {SPLIT("call=\"V1\" to_s=\"1\""), "from_s is missing", 2},
        {SPLIT("call=\"V1\" from_s=\"0\""), "to_s is missing", 2},
        {SPLIT("call=\"V1\" from_s=\"2\" to_s=\"1\""), "from_s 2 is after to_s 1", 2},
        {SPLIT("call=\"V1\" from_s=\"a\" to_s=\"1\""), "from_s=\"a\"", 2},
        {SPLIT("call=\"V1\" berth=\"B2\" berth_last=\"B1\" from_s=\"0\" to_s=\"1\""),
         "berth_last \"B1\" comes before berth \"B2\"", 2},
        {SPLIT("call=\"V1\" berth_last=\"B1\" from_s=\"0\" to_s=\"1\""),
         "attribute berth_last needs berth", 2},
        {SPLIT("call=\"V1\" berth=\"B1\" berth_last=\"B3\" from_s=\"0\" to_s=\"1\""),
         "berth_last=\"B3\": there is no", 2},
        {OPEN "<end of=\"1\"/>" CLOSE, "unknown attribute of; expected none", 2},
        {OPEN "<end>\n<end/></end>" CLOSE, "unknown element <end>", 3},
        {OPEN "<prices values=\"1 2 3\"/>\n", "not well-formed XML", 3},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        char text[512];
        qwr_certificate *c = NULL;
        const char *at = strchr(list[i].text, '@');
        int before = at != NULL ? (int)(at - list[i].text) : 0;
        snprintf(text, sizeof text, "%.*s%016llx%s", before, list[i].text,
                 (unsigned long long)qwr_scenario_hash(scenario), at != NULL ? at + 1 : "");
        const char *given = at != NULL ? text : list[i].text;
        ck_assert_msg(qwr_certificate_parse(&c, ctx, scenario, given, strlen(given), "hand") ==
                          QWR_EFORMAT,
                      "%s", given);
        ck_assert_ptr_null(c);
        const qwr_cause *cause = qwr_context_cause(ctx, 0);
        ck_assert_msg(qwr_test_cause_holds(ctx, list[i].sentence), "\"%s\" does not hold \"%s\"",
                      cause->message, list[i].sentence);
        ck_assert_msg(cause->line == list[i].line, "%s: line %lld", given, (long long)cause->line);
        ck_assert_str_eq(cause->file, "hand");
    }
}
END_TEST

START_TEST(spaces_between_prices_may_be_any)
{
    char text[512];
    qwr_certificate *c = NULL;
    qwr_certificate_step step = qwr_certificate_step_init();
    snprintf(text, sizeof text,
             "<certificate format=\"1\" scenario_hash=\"%016llx\" " REST
             ">\n<prices values=\"  1\n\t-2   3 \"/></certificate>\n",
             (unsigned long long)qwr_scenario_hash(scenario));
    qwr_test_ok(ctx, qwr_certificate_parse(&c, ctx, scenario, text, strlen(text), "hand"));
    qwr_test_ok(ctx, qwr_certificate_get(&step, c, 0));
    ck_assert_int_eq(step.price[1], -2);
    ck_assert_int_eq(step.price[2], 3);
    qwr_certificate_free(c);
}
END_TEST

static qwr_status write_and_read(qwr_context *own, void *payload)
{
    qwr_scenario *s = NULL;
    qwr_certificate *c = NULL, *back = NULL;
    const char *path = payload;
    qwr_status status = make_scenario(&s, own, 86400);
    if (status == QWR_OK)
        status = make_certificate(&c, own, s, 7);
    if (status == QWR_OK)
        status = qwr_certificate_write(own, c, s, path);
    if (status == QWR_OK)
        status = qwr_certificate_read(&back, own, s, path);
    qwr_certificate_free(back);
    qwr_certificate_free(c);
    qwr_scenario_free(s);
    return status;
}

START_TEST(every_failed_allocation_is_survived)
{
    char path[4096];
    snprintf(path, sizeof path, "%s", qwr_test_file("oom.xml"));
    ck_assert_int_gt(qwr_test_each_allocation(write_and_read, path, 2000), 10);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("io certificate");
    TCase *c = tcase_create("files");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, a_certificate_survives_a_round_trip_to_the_byte);
    tcase_add_test(c, the_file_holds_what_the_schema_says);
    tcase_add_test(c, certificates_of_other_scenarios_are_neither_written_nor_read);
    tcase_add_test(c, what_cannot_be_written_leaves_no_file);
    tcase_add_test(c, wrong_certificates_are_named_with_line_and_nearest_word);
    tcase_add_test(c, spaces_between_prices_may_be_any);
    tcase_add_test(c, every_failed_allocation_is_survived);
    suite_add_tcase(s, c);
    return qwr_test_main(s);
}
