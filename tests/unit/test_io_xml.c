/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scenarios as XML: what is written comes back the same, field by field, and the schema agrees.
 * What is refused is in test_io_xml_bad.c. Knows no other format.
 */
#include "io/scenario_table.h"
#include "support/support.h"

#include <quaywright/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qwr_context *ctx;
static char *every_field; /* the corpus file that holds every attribute */

static void setup(void)
{
    ctx = qwr_test_context();
    every_field =
        qwr_test_read(qwr_test_source("tests/fuzz/corpus/scenario_xml/every-field.xml"), NULL);
}

static void teardown(void)
{
    free(every_field);
    qwr_context_free(ctx);
}

static qwr_status parse(qwr_scenario **out, const char *text)
{
    qwr_scenario_builder *builder = NULL;
    qwr_status status =
        qwr_scenario_parse(&builder, ctx, text, strlen(text), "test.xml", QWR_FORMAT_XML);
    *out = NULL;
    if (status == QWR_OK)
        status = qwr_scenario_freeze(out, builder);
    qwr_scenario_builder_free(builder);
    return status;
}

/* Saves and loads; returns the hash of what came back. */
static uint64_t hash_after_file(const qwr_scenario *scenario, const char *name)
{
    qwr_scenario *back = NULL;
    qwr_test_ok(ctx, qwr_scenario_save(ctx, scenario, qwr_test_file(name)));
    qwr_test_ok(ctx, qwr_scenario_load(&back, ctx, qwr_test_file(name), QWR_FORMAT_AUTO));
    uint64_t hash = qwr_scenario_hash(back);
    qwr_scenario_free(back);
    return hash;
}

/* --- round trips --------------------------------------------------------------------------------
 */

START_TEST(every_field_survives_a_round_trip)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, every_field));
    ck_assert(hash_after_file(scenario, "every.xml") == qwr_scenario_hash(scenario));
    qwr_scenario_free(scenario);
}
END_TEST

START_TEST(writing_what_was_read_gives_the_same_bytes)
{
    qwr_scenario *first = NULL, *second = NULL;
    qwr_test_ok(ctx, parse(&first, every_field));
    qwr_test_ok(ctx, qwr_scenario_save(ctx, first, qwr_test_file("1.xml")));
    qwr_test_ok(ctx, qwr_scenario_load(&second, ctx, qwr_test_file("1.xml"), QWR_FORMAT_XML));
    qwr_test_ok(ctx, qwr_scenario_save(ctx, second, qwr_test_file("2.xml")));
    char *a = qwr_test_read(qwr_test_file("1.xml"), NULL);
    char *b = qwr_test_read(qwr_test_file("2.xml"), NULL);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
    qwr_scenario_free(first);
    qwr_scenario_free(second);
}
END_TEST

/* Without this, a new row of the table would go untested below. */
START_TEST(corpus_file_uses_every_attribute_of_the_table)
{
    for (int e = 0; e < QWR__EL_COUNT; e++) {
        const qwr__element *element = &qwr__elements[e];
        char tag[32], name[64];
        snprintf(tag, sizeof tag, "<%s ", element->tag);
        for (size_t i = 0; i < element->attrs.count; i++) {
            bool found = element->attrs.rows[i].flags & QWR__OWNER;
            for (size_t j = 0; j < element->attrs.count; j++) {
                if (element->attrs.rows[j].offset != element->attrs.rows[i].offset)
                    continue;
                snprintf(name, sizeof name, " %s=\"", element->attrs.rows[j].name);
                for (const char *at = every_field; (at = strstr(at, tag)); at++) {
                    const char *end = strchr(at, '>'), *here = strstr(at, name);
                    found = found || (here && here < end);
                }
            }
            ck_assert_msg(found, "<%s %s> is missing", element->tag, element->attrs.rows[i].name);
        }
    }
}
END_TEST

/* Takes out each attribute in turn: either it was required, or the scenario is another one. */
START_TEST(every_attribute_counts)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, every_field));
    uint64_t hash = qwr_scenario_hash(scenario);
    int left_out = 0;
    char *text = malloc(strlen(every_field) + 1);
    qwr_scenario_free(scenario);
    for (const char *at = strstr(every_field, "<scenario"); (at = strstr(at, "=\"")); at += 2) {
        const char *from = at, *end = strchr(at + 2, '"') + 1;
        while (from[-1] != ' ')
            from--;
        size_t head = (size_t)(from - every_field);
        memcpy(text, every_field, head);
        memcpy(text + head, end, strlen(end) + 1);
        if (parse(&scenario, text) != QWR_OK)
            continue;
        ck_assert_msg(qwr_scenario_hash(scenario) != hash, "%.20s makes no difference", from);
        left_out++;
        qwr_scenario_free(scenario);
    }
    free(text);
    ck_assert_int_gt(left_out, 120);
}
END_TEST

START_TEST(scenario_without_optional_fields_survives_a_round_trip)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, "<scenario format=\"1\" id=\"s\" horizon_h=\"24\"/>"));
    ck_assert_int_eq(qwr_scenario_get_info(scenario)->horizon_s, 86400);
    ck_assert_int_eq(qwr_scenario_get_info(scenario)->step_s, 900);
    ck_assert(hash_after_file(scenario, "small.xml") == qwr_scenario_hash(scenario));
    qwr_scenario_free(scenario);
}
END_TEST

static qwr_scenario_builder *new_builder(void)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "made";
    info.epoch = "2027-03-01T00:00:00Z";
    info.horizon_s = 86400;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    return builder;
}

static void add_quay(qwr_scenario_builder *builder, const char *id, const char *name)
{
    qwr_quay quay = qwr_quay_init();
    quay.id = id;
    quay.name = name;
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 600000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
}

static void add_berth(qwr_scenario_builder *builder, const char *id, uint32_t quay, int64_t from_mm)
{
    qwr_berth berth = qwr_berth_init();
    berth.id = id;
    berth.quay.v = quay;
    berth.from_mm = from_mm;
    berth.length_mm = 200000;
    qwr_test_ok(ctx, qwr_scenario_add_berth(builder, &berth, NULL));
}

/* Nesting would put B3 before B2, and every berth index would point elsewhere. */
START_TEST(berths_that_alternate_between_quays_keep_their_order)
{
    qwr_scenario_builder *builder = new_builder();
    qwr_scenario *scenario = NULL, *back = NULL;
    add_quay(builder, "Q1", NULL);
    add_quay(builder, "Q2", NULL);
    add_berth(builder, "B1", 0, 0);
    add_berth(builder, "B2", 1, 0);
    add_berth(builder, "B3", 0, 300000);
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    ck_assert(hash_after_file(scenario, "alternate.xml") == qwr_scenario_hash(scenario));
    qwr_test_ok(ctx, qwr_scenario_load(&back, ctx, qwr_test_file("alternate.xml"), QWR_FORMAT_XML));
    ck_assert_str_eq(qwr_scenario_berth(back, (qwr_berth_ix){2})->id, "B3");
    qwr_scenario_free(back);
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
}
END_TEST

START_TEST(tasks_that_alternate_between_calls_keep_their_order_and_precedence)
{
    qwr_scenario_builder *builder = new_builder();
    qwr_scenario *scenario = NULL;
    add_quay(builder, "Q1", NULL);
    for (int i = 0; i < 2; i++) {
        qwr_call call = qwr_call_init();
        call.id = i ? "V2" : "V1";
        call.eta_s = 0;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    }
    for (int i = 0; i < 4; i++) {
        static const char *const ids[] = {"T1", "T2", "T3", "T4"};
        qwr_task task = qwr_task_init();
        task.id = ids[i];
        task.call.v = (uint32_t)i % 2;
        task.bay = 1;
        task.moves_20 = 10 + i;
        qwr_test_ok(ctx, qwr_scenario_add_task(builder, &task, NULL));
    }
    qwr_precedence precedence = qwr_precedence_init();
    precedence.before.v = 2;
    precedence.after.v = 0;
    qwr_test_ok(ctx, qwr_scenario_add_precedence(builder, &precedence));
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    ck_assert(hash_after_file(scenario, "tasks.xml") == qwr_scenario_hash(scenario));
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
}
END_TEST

START_TEST(markup_newlines_and_other_scripts_in_texts_survive)
{
    static const char *const names[] = {"a & b <c> \"d\" 'e'", "&#38; &amp;amp;", "line\none\ttwo",
                                        "Ærø – 東京"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        qwr_scenario_builder *builder = new_builder();
        qwr_scenario *scenario = NULL, *back = NULL;
        add_quay(builder, "Q1", names[i]);
        qwr_status status = qwr_scenario_freeze(&scenario, builder);
        qwr_scenario_builder_free(builder);
        if (status == QWR_ESCENARIO)
            continue; /* the model refuses it already */
        qwr_test_ok(ctx, status);
        qwr_test_ok(ctx, qwr_scenario_save(ctx, scenario, qwr_test_file("names.xml")));
        qwr_test_ok(ctx, qwr_scenario_load(&back, ctx, qwr_test_file("names.xml"), QWR_FORMAT_XML));
        ck_assert_str_eq(qwr_scenario_quay(back, (qwr_quay_ix){0})->name, names[i]);
        qwr_scenario_free(back);
        qwr_scenario_free(scenario);
    }
}
END_TEST

START_TEST(odd_durations_are_written_in_the_unit_that_says_them_exactly)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, "<scenario format=\"1\" id=\"s\" step_s=\"7\" "
                                      "horizon_s=\"700\" published_unit_min=\"5\"/>"));
    ck_assert_int_eq(qwr_scenario_get_info(scenario)->step_s, 7);
    ck_assert_int_eq(qwr_scenario_get_info(scenario)->published_unit_s, 300);
    qwr_test_ok(ctx, qwr_scenario_save(ctx, scenario, qwr_test_file("odd.xml")));
    char *text = qwr_test_read(qwr_test_file("odd.xml"), NULL);
    ck_assert_ptr_nonnull(strstr(text, " step_s=\"7\""));
    ck_assert_ptr_nonnull(strstr(text, " horizon_s=\"700\""));
    ck_assert_ptr_nonnull(strstr(text, " published_unit_min=\"5\""));
    free(text);
    qwr_scenario_free(scenario);
}
END_TEST

START_TEST(other_encodings_are_read)
{
    static const char latin[] = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
                                "<scenario format=\"1\" id=\"s\" name=\"M\xFCller\" "
                                "horizon_h=\"1\"/>";
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, latin));
    ck_assert_str_eq(qwr_scenario_get_info(scenario)->name, "Müller");
    qwr_scenario_free(scenario);
}
END_TEST

START_TEST(comments_instructions_and_a_schema_hint_are_skipped)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario,
                           "<?xml version=\"1.0\"?><!-- note --><?style none?>\n"
                           "<scenario xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                           "xsi:noNamespaceSchemaLocation=\"scenario.xsd\" format=\"1\" id=\"s\" "
                           "horizon_h=\"1\"><!-- note --></scenario>"));
    qwr_scenario_free(scenario);
}
END_TEST

START_TEST(rows_may_stand_behind_their_parents_and_name_them)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, "<scenario format=\"1\" id=\"s\" horizon_h=\"1\">"
                                      "<quay id=\"Q1\" length_m=\"90\" layout=\"discrete\"/>"
                                      "<berth quay=\"Q1\" id=\"B1\" from_m=\"0\"/>"
                                      "</scenario>"));
    ck_assert_uint_eq(qwr_scenario_berth(scenario, (qwr_berth_ix){0})->quay.v, 0);
    qwr_scenario_free(scenario);
}
END_TEST

/* --- schema -------------------------------------------------------------------------------------
 */

/* `</xs:…>` or `/>`: the text of the complex type or of the root element. */
static const char *type_of(const char *schema, const char *tag, const char **end)
{
    char open[64];
    bool root = strcmp(tag, "scenario") == 0;
    snprintf(open, sizeof open, root ? "<xs:element name=\"%s\">" : "<xs:complexType name=\"%s\">",
             tag);
    const char *from = strstr(schema, open);
    ck_assert_msg(from != NULL, "the schema has no type for <%s>", tag);
    *end = strstr(from, "</xs:complexType>");
    return from;
}

START_TEST(schema_names_every_attribute_of_the_table)
{
    char *schema = qwr_test_read(qwr_test_source("data/schema/scenario.xsd"), NULL);
    for (int e = 0; e < QWR__EL_COUNT; e++) {
        const qwr__element *element = &qwr__elements[e];
        const char *end, *from = type_of(schema, element->tag, &end);
        size_t named = 0;
        for (size_t i = 0; i < element->attrs.count; i++) {
            char name[64];
            snprintf(name, sizeof name, "<xs:attribute name=\"%s\"", element->attrs.rows[i].name);
            const char *at = strstr(from, name);
            ck_assert_msg(at && at < end, "the schema lacks <%s %s>", element->tag,
                          element->attrs.rows[i].name);
        }
        for (const char *at = from; (at = strstr(at, "<xs:attribute ")) && at < end; at++)
            named++;
        ck_assert_uint_eq(named, element->attrs.count + (e == QWR__EL_SCENARIO ? 1 : 0));
    }
    free(schema);
}
END_TEST

static int xmllint(const char *path)
{
    char command[9000];
    snprintf(command, sizeof command, "xmllint --nonet --noout --schema '%s' '%s' >'%s' 2>&1",
             qwr_test_source("data/schema/scenario.xsd"), path, qwr_test_file("xmllint.txt"));
    return system(command);
}

START_TEST(schema_accepts_what_is_written_and_refuses_what_is_not_known)
{
    qwr_scenario *scenario = NULL;
    qwr_test_ok(ctx, parse(&scenario, every_field));
    qwr_test_ok(ctx, qwr_scenario_save(ctx, scenario, qwr_test_file("valid.xml")));
    ck_assert_int_eq(xmllint(qwr_test_file("valid.xml")), 0);
    qwr_scenario_free(scenario);
    static const char broken[] = "<scenario format=\"1\" id=\"s\" horizon_h=\"1\" colour=\"red\"/>";
    qwr_test_write(qwr_test_file("broken.xml"), broken, sizeof broken - 1);
    ck_assert_int_ne(xmllint(qwr_test_file("broken.xml")), 0);
}
END_TEST

/* --- memory -------------------------------------------------------------------------------------
 */

static qwr_status read_and_write(qwr_context *failing, void *payload)
{
    const char *text = payload;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_status status =
        qwr_scenario_parse(&builder, failing, text, strlen(text), "test.xml", QWR_FORMAT_XML);
    if (status == QWR_OK)
        status = qwr_scenario_freeze(&scenario, builder);
    if (status == QWR_OK)
        status = qwr_scenario_save(failing, scenario, qwr_test_file("memory.xml"));
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
    return status;
}

START_TEST(every_failed_allocation_is_reported)
{
    ck_assert_int_gt(qwr_test_each_allocation(read_and_write, every_field, 5000), 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io_xml");
    TCase *tc = tcase_create("scenario");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, every_field_survives_a_round_trip);
    tcase_add_test(tc, writing_what_was_read_gives_the_same_bytes);
    tcase_add_test(tc, corpus_file_uses_every_attribute_of_the_table);
    tcase_add_test(tc, every_attribute_counts);
    tcase_add_test(tc, scenario_without_optional_fields_survives_a_round_trip);
    tcase_add_test(tc, berths_that_alternate_between_quays_keep_their_order);
    tcase_add_test(tc, tasks_that_alternate_between_calls_keep_their_order_and_precedence);
    tcase_add_test(tc, markup_newlines_and_other_scripts_in_texts_survive);
    tcase_add_test(tc, odd_durations_are_written_in_the_unit_that_says_them_exactly);
    tcase_add_test(tc, other_encodings_are_read);
    tcase_add_test(tc, comments_instructions_and_a_schema_hint_are_skipped);
    tcase_add_test(tc, rows_may_stand_behind_their_parents_and_name_them);
    tcase_add_test(tc, schema_names_every_attribute_of_the_table);
    if (system("xmllint --version >/dev/null 2>&1") == 0)
        tcase_add_test(tc, schema_accepts_what_is_written_and_refuses_what_is_not_known);
    else
        puts("# skipped: schema_accepts_what_is_written_and_refuses_what_is_not_known; xmllint is "
             "not installed");
    tcase_add_test(tc, every_failed_allocation_is_reported);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
