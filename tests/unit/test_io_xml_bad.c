/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scenario XML that is refused: each with its status, its line and a piece of the sentence, and
 * with nothing on stderr. Round trips are in test_io_xml.c. Knows no other format.
 */
#include "io/io.h"
#include "support/support.h"

#include <quaywright/io.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static qwr_context *ctx;

static void setup(void)
{
    ctx = qwr_test_context();
}

static void teardown(void)
{
    qwr_context_free(ctx);
}

typedef struct bad {
    const char *text;
    const char *sentence; /**< A piece of it. */
    qwr_status status;
    int64_t line;
} bad;

static qwr_status read_text(const char *text, size_t length)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_status status = qwr_scenario_parse(&builder, ctx, text, length, "bad.xml", QWR_FORMAT_XML);
    if (status == QWR_OK)
        status = qwr_scenario_freeze(&scenario, builder);
    else
        ck_assert_ptr_null(builder);
    ck_assert_ptr_null(scenario);
    qwr_scenario_builder_free(builder);
    return status;
}

static void refuse(const bad *b)
{
    qwr_status status = read_text(b->text, strlen(b->text));
    const qwr_cause *cause = qwr_context_cause(ctx, 0);
    ck_assert_msg(status == b->status, "%s: %s: %s", b->text, qwr_status_name(status),
                  cause ? cause->message : "");
    ck_assert_msg(qwr_test_cause_holds(ctx, b->sentence), "\"%s\" does not hold \"%s\"",
                  cause->message, b->sentence);
    ck_assert_ptr_nonnull(cause->file);
    ck_assert_str_eq(cause->file, "bad.xml");
    ck_assert_msg(cause->line == b->line, "%s: line %lld, expected %lld", b->text,
                  (long long)cause->line, (long long)b->line);
}

static void refuse_all(const bad *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        refuse(&list[i]);
}

#define REFUSE_ALL(list) refuse_all(list, sizeof(list) / sizeof((list)[0]))

#define OPEN "<scenario format=\"1\" id=\"s\" epoch=\"2027-03-01T00:00:00Z\" horizon_h=\"24\">\n"
#define QUAY "<quay id=\"Q1\" length_m=\"400\"/>\n"
#define SHUT "</scenario>"

START_TEST(broken_markup_is_named_with_its_line)
{
    static const bad list[] = {
        {"", "not well-formed XML", QWR_EFORMAT, 1},
        {"hello", "not well-formed XML", QWR_EFORMAT, 1},
        {"\n\n<scenario id", "not well-formed XML", QWR_EFORMAT, 3},
        {OPEN QUAY, "not well-formed XML", QWR_EFORMAT, 3},
        {OPEN "<quay id=\"Q1\" length_m=\"400\">\n" SHUT, "mismatch", QWR_EFORMAT, 3},
        {OPEN "<quay id=\"Q1\" id=\"Q1\"/>" SHUT, "not well-formed XML", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"&nothing;\"/>" SHUT, "nothing", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"\xFF\xFE\"/>" SHUT, "not well-formed XML", QWR_EFORMAT, 2},
        {OPEN SHUT "<scenario/>", "not well-formed XML", QWR_EFORMAT, 2},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(doctype_is_refused_whatever_is_in_it)
{
    static const bad list[] = {
        {"<!DOCTYPE scenario>\n" OPEN SHUT, "DOCTYPE is refused", QWR_EFORMAT, 1},
        {"<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">\n"
         "<!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>\n" OPEN "<quay id=\"&c;\"/>" SHUT,
         "DOCTYPE is refused", QWR_EFORMAT, 1},
        {"<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" OPEN "<quay id=\"&x;\"/>" SHUT,
         "DOCTYPE is refused", QWR_EFORMAT, 1},
        {"<!DOCTYPE s SYSTEM \"http://localhost/s.dtd\">" OPEN SHUT, "DOCTYPE is refused",
         QWR_EFORMAT, 1},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(wrong_root_and_format_are_named)
{
    static const bad list[] = {
        {"<terminal/>", "outermost element is <terminal>; expected <scenario>", QWR_EFORMAT, 1},
        {"<plan format=\"1\"/>", "holds a plan; expected a scenario", QWR_EFORMAT, 1},
        {"<scenario id=\"s\"/>", "attribute format is missing", QWR_EFORMAT, 1},
        {"<scenario format=\"2\" id=\"s\"/>", "this version reads format=\"1\"", QWR_EFORMAT, 1},
        {"<scenario format=\"1\" horizon_h=\"1\"/>", "attribute id is missing", QWR_EFORMAT, 1},
        {"<scenario format=\"1\" id=\"s\"/>", "attribute horizon_h is missing", QWR_EFORMAT, 1},
        {"<scenario format=\"1\" id=\"\" horizon_h=\"1\"/>", "not empty", QWR_EFORMAT, 1},
        {"<scenario format=\"1\" id=\"s\" horizon_h=\"0\"/>", "horizon", QWR_ESCENARIO, 1},
        {"<scenario format=\"1\" id=\"s\" horizon_h=\"1\" epoch=\"noon\"/>",
         "expected a date and time", QWR_EFORMAT, 1},
        {"<q:scenario xmlns:q=\"urn:q\" format=\"1\"/>", "namespace", QWR_EFORMAT, 1},
        {"<scenario xmlns:q=\"urn:q\" q:format=\"1\"/>", "namespace", QWR_EFORMAT, 1},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(unknown_names_come_with_the_nearest_word)
{
    static const bad list[] = {
        {OPEN "\n<kuay id=\"Q1\"/>" SHUT, "unknown element <kuay>; did you mean <quay>?",
         QWR_EFORMAT, 3},
        {OPEN "<elephant/>" SHUT, "unknown element <elephant>; expected one like", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" lenght_m=\"400\"/>" SHUT,
         "quay \"Q1\": unknown attribute lenght_m; did you mean length_m?", QWR_EFORMAT, 2},
        {OPEN "<tide colour=\"red\"/>" SHUT,
         "unknown attribute colour; expected one of at, level_m", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"4\" layout=\"discrte\"/>" SHUT,
         "expected one of continuous, discrete, hybrid; did you mean discrete?", QWR_EFORMAT, 2},
        {OPEN "<objective inclusive=\"ja\"/>" SHUT, "expected one of no, yes", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"400\"><brake at_m=\"1\"/></quay>" SHUT,
         "unknown element <brake>; did you mean <break>?", QWR_EFORMAT, 2},
        {OPEN QUAY "<tide at=\"2027-03-01T00:00Z\" level_m=\"1\"><x/></tide>" SHUT,
         "it holds no elements", QWR_EFORMAT, 3},
        {OPEN "<quay id=\"Q1\" length_m=\"4\"><break at_m=\"1\"><x/></break></quay>" SHUT,
         "no element is expected here", QWR_EFORMAT, 2},
        {OPEN "<objective><x/></objective>" SHUT, "it holds no elements", QWR_EFORMAT, 2},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(references_point_at_ids_above)
{
    static const bad list[] = {
        {OPEN QUAY "<crane id=\"K1\" quay=\"Q2\" rail_order=\"1\"/>" SHUT,
         "quay=\"Q2\": there is no quay with this id above this line; did you mean Q1?",
         QWR_EFORMAT, 3},
        {OPEN "<crane id=\"K1\" quay=\"Q2\" rail_order=\"1\"/>" SHUT,
         "there is no quay with this id above", QWR_EFORMAT, 2},
        {OPEN QUAY QUAY SHUT, "quay \"Q1\": this id is taken by the quay in line 2", QWR_ESCENARIO,
         3},
        {OPEN QUAY "<crane id=\"K1\" quay=\"Q1\" rail_order=\"1\"/>\n" QUAY SHUT,
         "<quay> comes too late: expected before <crane>", QWR_EFORMAT, 4},
        {OPEN "<quay id=\"Q1\" length_m=\"4\"><break quay=\"Q1\" at_m=\"1\"/></quay>" SHUT,
         "quay is not given here", QWR_EFORMAT, 2},
        {OPEN "<break at_m=\"1\"/>" SHUT, "attribute quay is missing", QWR_EFORMAT, 2},
        {OPEN "<call id=\"V1\" eta=\"2027-03-01T09:00Z\"><task id=\"A\"/></call>" SHUT,
         "task \"A\": attribute bay is missing", QWR_EFORMAT, 2},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(wrong_values_say_what_was_expected)
{
    static const bad list[] = {
        {OPEN "<quay id=\"Q1\" length_m=\"NaN\"/>" SHUT, "length_m=\"NaN\": expected a decimal",
         QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"inf\"/>" SHUT, "expected a decimal", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"1e3\"/>" SHUT, "expected a decimal", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"0x10\"/>" SHUT, "expected a decimal", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"\"/>" SHUT, "expected a decimal", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"1,5\"/>" SHUT, "expected a decimal", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"1.0005\"/>" SHUT, "at most 3 digits", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"99999999999999999999\"/>" SHUT, "below 9.2e15",
         QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"4\" shore_power_sockets=\"1.5\"/>" SHUT,
         "expected a whole number", QWR_EFORMAT, 2},
        {OPEN "<quay id=\"Q1\" length_m=\"4\" shore_power_sockets=\"-9223372036854775808\"/>" SHUT,
         "expected a whole number", QWR_EFORMAT, 2},
        {OPEN "<tide at=\"2027-02-30T00:00:00Z\" level_m=\"1\"/>" SHUT, "expected a date and time",
         QWR_EFORMAT, 2},
        {OPEN "<tide at=\"2027-03-01 00:00\" level_m=\"1\"/>" SHUT, "expected a date and time",
         QWR_EFORMAT, 2},
        {"<scenario format=\"1\" id=\"s\" horizon_h=\"0.333\"/>", "a whole number of seconds",
         QWR_EFORMAT, 1},
        {"<scenario format=\"1\" id=\"s\" horizon_h=\"1\" horizon_s=\"3600\"/>",
         "horizon_h and horizon_s say the same thing twice", QWR_EFORMAT, 1},
        {OPEN "some text" SHUT, "values are written as attributes", QWR_EFORMAT, 2},
        {OPEN "<![CDATA[text]]>" SHUT, "values are written as attributes", QWR_EFORMAT, 2},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(what_freeze_refuses_is_named_with_its_line)
{
    static const bad list[] = {
        {OPEN "<quay id=\"Q1\" length_m=\"-400\"/>" SHUT, "quay \"Q1\"", QWR_ESCENARIO, 2},
        {OPEN QUAY "<quay id=\"Q2\" length_m=\"999999999999\"/>" SHUT, "quay \"Q2\"", QWR_EOVERFLOW,
         3},
        {OPEN QUAY "\n<window id=\"W\" kind=\"closure\" quay=\"Q1\" from=\"2027-03-01T09:00Z\" "
                   "to=\"2027-03-01T08:00Z\"/>" SHUT,
         "window \"W\"", QWR_ESCENARIO, 4},
        {OPEN QUAY
         "<call id=\"V1\" loa_m=\"100\" eta=\"2027-03-01T09:00Z\">\n"
         "<task id=\"A\" bay=\"1\" moves_20=\"1\"/>\n<task id=\"B\" bay=\"1\"/>\n"
         "<precedence before=\"A\" after=\"B\"/>\n<precedence before=\"B\" after=\"A\"/>\n"
         "</call>" SHUT,
         "task \"A\"", QWR_ESCENARIO, 4},
    };
    REFUSE_ALL(list);
}
END_TEST

START_TEST(parts_come_first_and_once)
{
    static const bad list[] = {
        {OPEN QUAY "<call id=\"V1\" loa_m=\"9\" eta=\"2027-03-01T09:00Z\"><pin/><pin/></call>" SHUT,
         "pin \"V1\": it is given twice", QWR_EFORMAT, 3},
        {OPEN QUAY "<call id=\"V1\" loa_m=\"9\" eta=\"2027-03-01T09:00Z\">"
                   "<efficiency cranes=\"1\" crane_hours=\"1\"/>\n<pin/></call>" SHUT,
         "it comes before the other elements of its <call>", QWR_EFORMAT, 4},
        {OPEN "<objective/><objective/>" SHUT, "it is given twice", QWR_EFORMAT, 2},
        {OPEN QUAY "<objective/>" SHUT, "<objective> comes too late", QWR_EFORMAT, 3},
    };
    REFUSE_ALL(list);
}
END_TEST

/* libxml2's tree stops counting at 65535. */
START_TEST(lines_are_right_far_down_the_file)
{
    const size_t lines = 200000;
    char *text = malloc(2 * lines + 1000);
    size_t length = (size_t)snprintf(text, 500, "%s", OPEN QUAY);
    memset(text + length, '\n', lines);
    length += lines;
    length += (size_t)snprintf(text + length, 500, "<quay id=\"Q2\" length=\"1\"/>\n\n\n\n" SHUT);
    ck_assert_int_eq(read_text(text, length), QWR_EFORMAT);
    ck_assert_int_eq(qwr_context_cause(ctx, 0)->line, (int64_t)lines + 3);
    free(text);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    size_t length;
    char *text =
        qwr_test_read(qwr_test_source("tests/fuzz/corpus/scenario_xml/every-field.xml"), &length);
    while (text[length - 1] != '>')
        length--;
    for (size_t cut = 0; cut < length; cut += 37) {
        ck_assert_int_eq(read_text(text, cut), QWR_EFORMAT);
        ck_assert_uint_gt(qwr_context_cause_count(ctx), 0);
    }
    free(text);
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
    char text[4000] = "";
    size_t length = 0;
    for (int i = 0; i < 300; i++)
        length += (size_t)snprintf(text + length, 7, "<quay>");
    ck_assert_int_eq(read_text(text, length), QWR_EFORMAT);
}
END_TEST

START_TEST(file_above_the_limit_is_refused)
{
    static const char text[] = OPEN QUAY SHUT;
    qwr__input in;
    qwr_scenario_builder *builder = NULL;
    qwr_test_write(qwr_test_file("large.xml"), text, sizeof text - 1);
    qwr_test_ok(ctx, qwr__input_open(&in, ctx, qwr_test_file("large.xml"), 20));
    ck_assert_int_eq(qwr__scenario_xml_read(&builder, ctx, &in), QWR_ETOOBIG);
    ck_assert_ptr_null(builder);
    ck_assert(qwr_test_cause_holds(ctx, "larger than the limit"));
    qwr__input_close(&in);
}
END_TEST

START_TEST(missing_file_and_folder_are_named)
{
    qwr_scenario *scenario = NULL;
    ck_assert_int_eq(qwr_scenario_load(&scenario, ctx, "/nonexistent/s.xml", QWR_FORMAT_XML),
                     QWR_EIO);
    ck_assert_str_eq(qwr_context_cause(ctx, 0)->file, "/nonexistent/s.xml");
    ck_assert_int_eq(qwr_scenario_load(&scenario, ctx, qwr_test_folder(), QWR_FORMAT_XML), QWR_EIO);
    ck_assert(qwr_test_cause_holds(ctx, "folder"));
    ck_assert_ptr_null(scenario);
}
END_TEST

/* libxml2 prints by default; the handlers of the parser keep it quiet. */
START_TEST(refusals_print_nothing)
{
    static const char *const texts[] = {"",
                                        "<",
                                        "<a><b></a>",
                                        "<!DOCTYPE a [",
                                        "\xFF\xFE<a",
                                        "<?xml version=\"1.0\" encoding=\"none\"?><a/>",
                                        "<a xmlns:b='::'/>",
                                        "<a b:c='1'/>"};
    const char *path = qwr_test_file("stderr.txt");
    size_t length;
    fflush(stderr);
    int kept = dup(STDERR_FILENO), file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, STDERR_FILENO);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        (void)read_text(texts[i], strlen(texts[i]));
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(file);
    free(qwr_test_read(path, &length));
    ck_assert_uint_eq(length, 0);
}
END_TEST

START_TEST(text_that_xml_cannot_hold_is_not_written)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "s";
    info.name = "bell \a";
    info.horizon_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    if (qwr_scenario_freeze(&scenario, builder) == QWR_OK) {
        ck_assert_int_eq(qwr_scenario_save(ctx, scenario, qwr_test_file("bell.xml")),
                         QWR_ESCENARIO);
        ck_assert_int_ne(access(qwr_test_file("bell.xml"), F_OK), 0);
    }
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io_xml_bad");
    TCase *tc = tcase_create("refused");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, broken_markup_is_named_with_its_line);
    tcase_add_test(tc, doctype_is_refused_whatever_is_in_it);
    tcase_add_test(tc, wrong_root_and_format_are_named);
    tcase_add_test(tc, unknown_names_come_with_the_nearest_word);
    tcase_add_test(tc, references_point_at_ids_above);
    tcase_add_test(tc, wrong_values_say_what_was_expected);
    tcase_add_test(tc, what_freeze_refuses_is_named_with_its_line);
    tcase_add_test(tc, parts_come_first_and_once);
    tcase_add_test(tc, lines_are_right_far_down_the_file);
    tcase_add_test(tc, every_truncation_is_refused);
    tcase_add_test(tc, deep_nesting_is_refused);
    tcase_add_test(tc, file_above_the_limit_is_refused);
    tcase_add_test(tc, missing_file_and_folder_are_named);
    tcase_add_test(tc, refusals_print_nothing);
    tcase_add_test(tc, text_that_xml_cannot_hold_is_not_written);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
