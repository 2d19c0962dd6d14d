/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report: key figures worked out by hand, words about quality, text that fits its columns,
 * diagrams and pages that are well-formed whatever a scenario calls its vessels.
 */
#include "check_stage.h"

#include "base/base.h"

#include <quaywright/report.h>

#include <stdio.h>
#include <string.h>

/* --- a small plan --- */

/** Two vessels at a quay with cranes, one at a berth, one without a place; tide and windows. */
static stage port(void)
{
    stage s = stage_open();
    s.info.name = "Port & Sons";
    s.info.currency = "EUR";
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    qwr_quay_ix d = stage_quay(&s, "Q2", QWR_LAYOUT_DISCRETE, 600);
    stage_berth(&s, "B1", d, 0, 250);
    stage_berth(&s, "B2", d, 300, 250);
    stage_cranes(&s, q, 4);
    stage_tide(&s, 0, 0);
    stage_tide(&s, 6, 1500);
    stage_tide(&s, 12, -400);
    const char *const names[] = {"EVER A", "MSC B", "TERN <C>", "GULL D"};
    for (int i = 0; i < 4; i++) {
        char id[16];
        snprintf(id, sizeof id, "C%d", i + 1);
        qwr_call call = stage_vessel(id, names[i]);
        call.moves = 100;
        call.mooring_s = HOUR;
        call.unmooring_s = HOUR;
        call.desired_departure_s = 10 * HOUR;
        call.preferred_quay = q;
        call.preferred_mm = 0;
        call.wait_mu_h = 1000000;
        stage_call(&s, &call);
    }
    qwr_window w = stage_window("W1", QWR_WINDOW_CLOSURE, 20, 24);
    w.quay = q;
    w.reason = "dredging";
    stage_add_window(&s, &w);
    w = stage_window("W2", QWR_WINDOW_WEATHER, 13, 14);
    w.quay = q;
    w.reason = "wind";
    stage_add_window(&s, &w);
    w = stage_window("W3", QWR_WINDOW_MAINTENANCE, 2, 6);
    w.crane.v = 0;
    stage_add_window(&s, &w);
    stage_freeze(&s);
    stage_put(&s, (qwr_call_ix){0}, q, 0, 0, 6, 2);
    stage_put(&s, (qwr_call_ix){1}, q, 300, 2, 12, 1);
    stage_put_berth(&s, (qwr_call_ix){2}, (qwr_berth_ix){1}, 3, 9);
    qwr_stay none = qwr_stay_init();
    none.reason = "rule \"length\" stops it at every berth";
    stage_set(&s, (qwr_call_ix){3}, &none);
    return s;
}

typedef enum format { TEXT, SVG, HTML } format;

static char *report(const stage *s, format f, int columns)
{
    char *text = NULL;
    if (f == TEXT)
        qwr_test_ok(s->ctx, qwr_report_text(&text, s->ctx, s->plan, s->found, columns));
    else if (f == SVG)
        qwr_test_ok(s->ctx, qwr_report_svg(&text, s->ctx, s->plan));
    else
        qwr_test_ok(s->ctx, qwr_report_html(&text, s->ctx, s->plan, s->found));
    ck_assert_ptr_nonnull(text);
    return text;
}

/** Whether the report holds every one of the words, separated by '|'. */
static void holds(const stage *s, format f, const char *words)
{
    char *text = report(s, f, 0);
    char word[128];
    for (const char *end; *words != '\0'; words = *end == '|' ? end + 1 : end) {
        end = words + strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int)(end - words), words);
        ck_assert_msg(strstr(text, word) != NULL, "report lacks: %s\n%.3000s", word, text);
    }
    qwr_text_free(s->ctx, text);
}

static void lacks(const stage *s, format f, const char *words)
{
    char *text = report(s, f, 0);
    ck_assert_msg(strstr(text, words) == NULL, "report holds: %s", words);
    qwr_text_free(s->ctx, text);
}

/* --- well-formed --- */

/** As ck_assert_msg(), which tells the parent of every line it passes: too slow for each character.
 */
#define REQUIRE(condition, ...)                                                                    \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

static size_t name_length(const char *p)
{
    return strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
}

/** Skips one tag from '<'; attributes are quoted and hold no '<'. Returns what follows. */
static const char *skip_tag(const char *p, bool *empty)
{
    char quote = '\0';
    for (p++; *p != '\0'; p++) {
        if (quote == '\0' && *p == '>')
            break;
        REQUIRE(*p != '<', "'<' in a tag: %.80s", p);
        if (quote != '\0' && *p == quote)
            quote = '\0';
        else if (quote == '\0' && (*p == '"' || *p == '\''))
            quote = *p;
    }
    REQUIRE(*p == '>', "a tag does not end");
    *empty = p[-1] == '/';
    return p + 1;
}

/** Every element is closed in order, every '&' begins a reference, no control characters. */
static void check_balance(const char *from, const char *to)
{
    enum { DEPTH = 32 };
    const char *open[DEPTH];
    size_t depth = 0;
    for (const char *p = from; p < to;) {
        REQUIRE((unsigned char)*p >= 0x20 || *p == '\n' || *p == '\t', "a control character");
        if (*p == '&')
            REQUIRE(p[1 + strcspn(p + 1, "; <&\n")] == ';', "a bare '&': %.40s", p);
        if (*p != '<') {
            p++;
            continue;
        }
        bool closing = p[1] == '/', empty;
        const char *name = p + 1 + closing;
        p = skip_tag(p, &empty);
        if (name[0] == '?' || empty)
            continue;
        if (!closing) {
            REQUIRE(depth < DEPTH, "too deep: %.40s", name);
            open[depth++] = name;
            continue;
        }
        REQUIRE(depth > 0, "nothing is open before %.40s", name);
        depth--;
        REQUIRE(name_length(name) == name_length(open[depth]) &&
                    strncmp(name, open[depth], name_length(name)) == 0,
                "<%.20s> is closed by </%.20s>", open[depth], name);
    }
    ck_assert_uint_eq(depth, 0);
}

static void check_reports(const stage *s)
{
    char *svg = report(s, SVG, 0), *html = report(s, HTML, 0);
    check_balance(svg, svg + strlen(svg));
    const char *body = strstr(html, "<main>"), *end = strstr(html, "</main>");
    ck_assert(body != NULL && end != NULL);
    check_balance(body, end + 7);
    qwr_text_free(s->ctx, svg);
    qwr_text_free(s->ctx, html);
}

START_TEST(diagram_and_page_are_well_formed)
{
    stage s = port();
    stage_check(&s);
    check_reports(&s);
    stage_close(&s);
}
END_TEST

START_TEST(each_placed_vessel_is_drawn_and_each_call_is_in_the_table)
{
    stage s = port();
    holds(&s, SVG, "EVER A|MSC B|TERN &lt;C&gt;|dredging|wind|Water level");
    lacks(&s, SVG, "GULL D");
    holds(&s, HTML, "id=\"v0\"|id=\"v1\"|id=\"v2\"|id=\"r0\"|id=\"r1\"|id=\"r2\"|id=\"r3\"|GULL D");
    holds(&s, TEXT, "EVER A|MSC B|TERN <C>|GULL D");
    stage_close(&s);
}
END_TEST

START_TEST(hostile_names_stay_text)
{
    static const char *const names[] = {
        "<script>alert(1)</script>", "\" onload=\"x", "a\x1b[31mb\x07", "]]><b>",
        "\xff\xfe bad bytes",        "&amp;"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        stage s = stage_open();
        s.info.name = names[i];
        s.info.origin = names[i];
        s.info.currency = names[i];
        qwr_quay quay = qwr_quay_init();
        quay.id = "Q1";
        quay.name = names[i];
        quay.length_mm = 1000 * METRE;
        stage_quay(&s, "Q0", QWR_LAYOUT_CONTINUOUS, 500);
        qwr_status added = qwr_scenario_add_quay(s.builder, &quay, NULL);
        qwr_call call = stage_vessel("C1", names[i]);
        call.service = names[i];
        qwr_call_ix c = {QWR_NONE};
        /* The model may refuse a name; what it takes, the report must stand. */
        if (added == QWR_OK && qwr_scenario_add_call(s.builder, &call, &c) == QWR_OK &&
            qwr_scenario_freeze(&s.scenario, s.builder) == QWR_OK) {
            qwr_test_ok(s.ctx, qwr_plan_new(&s.plan, s.ctx, s.scenario));
            stage_put(&s, c, (qwr_quay_ix){1}, 0, 0, 2, 0);
            stage_check(&s);
            check_reports(&s);
            lacks(&s, HTML, "<script>alert");
            lacks(&s, HTML, "\" onload=\"x");
            lacks(&s, TEXT, "\x1b");
            lacks(&s, TEXT, "\x07");
        }
        stage_close(&s);
    }
}
END_TEST

START_TEST(the_page_loads_nothing_from_elsewhere)
{
    stage s = port();
    char *html = report(&s, HTML, 0);
    ck_assert_ptr_null(strstr(html, "http://"));
    ck_assert_ptr_null(strstr(html, "https://"));
    ck_assert_ptr_null(strstr(html, "src="));
    ck_assert_ptr_null(strstr(html, "@import"));
    ck_assert_ptr_nonnull(strstr(html, "default-src 'none'"));
    qwr_text_free(s.ctx, html);
    stage_close(&s);
}
END_TEST

START_TEST(the_same_plan_gives_the_same_bytes)
{
    stage s = port();
    for (int f = TEXT; f <= HTML; f++) {
        char *once = report(&s, (format)f, 0), *again = report(&s, (format)f, 0);
        ck_assert_str_eq(once, again);
        qwr_text_free(s.ctx, once);
        qwr_text_free(s.ctx, again);
    }
    stage_close(&s);
}
END_TEST

START_TEST(an_empty_plan_has_a_report)
{
    stage s = stage_open();
    stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_plain_call(&s, "C1");
    stage_freeze(&s);
    stage_check(&s);
    check_reports(&s);
    holds(&s, TEXT, "No plan.|0 of 1 calls|- C1: no reason is given");
    stage_close(&s);
    s = stage_open(); /* not even a call */
    stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 1000);
    stage_freeze(&s);
    check_reports(&s);
    holds(&s, TEXT, "0 of 0 calls");
    stage_close(&s);
}
END_TEST

START_TEST(calls_without_a_place_are_listed_with_their_reason)
{
    stage s = port();
    stage_check(&s);
    holds(&s, TEXT,
          "Without a place|GULL D (C4): rule \"length\" stops it|every stay keeps the rules");
    holds(&s, HTML,
          "1 call without a place|rule &quot;length&quot; stops it at every berth|no place");
    stage_close(&s);
}
END_TEST

START_TEST(broken_rules_are_told_in_words)
{
    stage s = port();
    stage_put(&s, (qwr_call_ix){1}, (qwr_quay_ix){0}, 100, 2, 12, 1);
    stage_check(&s);
    holds(&s, TEXT, "BREAKS 1 RULE|overlap: EVER A (C1) and MSC B (C2) overlap by 100.0 m");
    holds(&s, HTML, "1 broken rule|overlap by 100.0 m");
    stage_close(&s);
}
END_TEST

/* --- words --- */

START_TEST(quality_is_told_in_words)
{
    static const struct {
        qwr_outcome outcome;
        int64_t cost_mu, bound_mu;
        const char *words;
        int64_t unplaced;
    } cases[] = {
        {QWR_OUTCOME_OPTIMAL, 1234567890, 1234567890, "Cost 1,234,567.89 EUR, proven optimal.", 0},
        {QWR_OUTCOME_FEASIBLE, 100000, 98500, "Cost 100 EUR, within 1.5 % of the best possible (no",
         0},
        {QWR_OUTCOME_FEASIBLE, 300000, 200000, "within 33.34 % of the best", 0}, /* rounded up */
        {QWR_OUTCOME_FEASIBLE, 100000, QWR_UNSET, "how far from the best possible is not known", 0},
        {QWR_OUTCOME_FEASIBLE, 0, 0, "Cost 0 EUR, proven optimal.", 0},
        {QWR_OUTCOME_FEASIBLE, INT64_MAX, INT64_MIN + 1, "is not known", 0},
        {QWR_OUTCOME_INFEASIBLE, 5000, 5000, "proven optimal for the calls that have a place", 1},
    };
    stage s = port();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        qwr_plan_quality q = qwr_plan_quality_init();
        q.outcome = cases[i].outcome;
        q.cost_mu = cases[i].cost_mu;
        q.bound_mu = cases[i].bound_mu;
        q.unplaced = cases[i].unplaced;
        qwr_test_ok(s.ctx, qwr_plan_set_quality(s.plan, &q));
        char *text = report(&s, TEXT, 300);
        ck_assert_msg(strstr(text, cases[i].words) != NULL, "%s\nlacks %s", text, cases[i].words);
        qwr_text_free(s.ctx, text);
    }
    stage_close(&s);
}
END_TEST

START_TEST(times_are_dates_in_english)
{
    stage s = port();
    holds(&s, TEXT, "Mon 2 Mar 02:00|Mon 2 Mar 12:00");
    holds(&s, HTML, "Mon 2 Mar 2026|2 Mar 12:00|late by 2 h|>3 h</td>");
    stage_close(&s);
}
END_TEST

START_TEST(published_sets_are_told_in_their_own_unit)
{
    stage s = stage_open();
    s.info.epoch = "2000-01-01T00:00:00Z";
    s.info.objective = QWR_OBJECTIVE_MAKESPAN;
    s.info.published_unit_s = 1800;
    s.info.step_s = 1800;
    qwr_quay_ix d = stage_quay(&s, "Q1", QWR_LAYOUT_DISCRETE, 600);
    qwr_berth_ix b = stage_berth(&s, "1", d, 0, 250);
    qwr_call_ix c = stage_plain_call(&s, "V1");
    stage_freeze(&s);
    stage_put_berth(&s, c, b, 3, 17);
    stage_check(&s);
    holds(&s, TEXT, "Makespan|  6 |  34");
    holds(&s, HTML, ">Makespan<|units of the published set|>6</td>|>34</td>|, 1, 6 to 34, on time");
    lacks(&s, HTML, "1 Jan");
    check_reports(&s);
    stage_close(&s);
}
END_TEST

static size_t characters(const char *from, const char *to)
{
    size_t n = 0;
    for (; from < to; from++)
        n += ((unsigned char)*from & 0xC0U) != 0x80U;
    return n;
}

START_TEST(no_line_of_the_text_is_wider_than_asked)
{
    stage s = port();
    stage_put(&s, (qwr_call_ix){1}, (qwr_quay_ix){0}, 100, 2, 12, 1);
    stage_check(&s);
    for (int columns = 40; columns <= 130; columns++) {
        char *text = report(&s, TEXT, columns);
        for (const char *line = text, *end; *line != '\0'; line = end + 1) {
            end = strchr(line, '\n');
            ck_assert_ptr_nonnull(end);
            ck_assert_msg(characters(line, end) <= (size_t)columns, "%d columns: %.*s", columns,
                          (int)(end - line), line);
            ck_assert_msg(end == line || end[-1] != ' ', "a line ends in a space");
        }
        qwr_text_free(s.ctx, text);
    }
    stage_close(&s);
}
END_TEST

/* --- key figures --- */

START_TEST(key_figures_are_what_a_planner_works_out_by_hand)
{
    stage s = port();
    qwr_kpi k;
    qwr_test_ok(s.ctx, qwr_plan_kpi(&k, s.ctx, s.plan));
    ck_assert_int_eq(k.calls, 4);
    ck_assert_int_eq(k.placed, 3);
    ck_assert_int_eq(k.on_time, 2);
    ck_assert_int_eq(k.late, 1);
    ck_assert_int_eq(k.late_s, 2 * HOUR);
    ck_assert_int_eq(k.gross_berth_s, (6 + 10 + 6) * HOUR);
    ck_assert_int_eq(k.wait_s, (0 + 2 + 3) * HOUR);
    ck_assert_int_eq(k.crane_work_s, (2 * 4 + 1 * 8) * HOUR);
    ck_assert_int_eq(k.moves, 300);
    ck_assert_int_eq(k.makespan_s, 12 * HOUR);
    ck_assert_int_eq(k.deviation_mm, 300 * METRE);
    /* 200 m x 22 h over (1000 + 600) m x 12 h */
    ck_assert_int_eq(k.berth_use_milli, 229);
    /* 16 crane-hours of 4 x 12 less 4 in maintenance */
    ck_assert_int_eq(k.crane_use_milli, 363);
    /* 16 crane-hours in 12 vessel-hours of work with cranes */
    ck_assert_int_eq(k.crane_density_milli, 1333);
    ck_assert_int_eq(k.qcm_milli, 18750); /* 300 moves in 16 crane-hours */
    ck_assert_int_eq(qwr_plan_kpi(NULL, s.ctx, s.plan), QWR_EINVAL);
    stage_close(&s);
}
END_TEST

START_TEST(key_figures_of_an_empty_plan_are_nothing)
{
    stage s = stage_open();
    stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_plain_call(&s, "C1");
    stage_freeze(&s);
    qwr_kpi k;
    qwr_test_ok(s.ctx, qwr_plan_kpi(&k, s.ctx, s.plan));
    ck_assert_int_eq(k.calls, 1);
    ck_assert_int_eq(k.placed + k.late + k.on_time + k.makespan_s + k.berth_use_milli + k.moves, 0);
    stage_close(&s);
}
END_TEST

/* --- odd, large, without memory --- */

START_TEST(odd_stays_are_reported_without_harm)
{
    static const int64_t odd[] = {INT64_MIN, -1, 0, 7200, INT64_MAX};
    stage s = port();
    qwr__rng rng = {1, 2, 0};
    for (int i = 0; i < 200; i++) {
        qwr_stay stay = qwr_stay_init();
        stay.placed = 1;
        stay.quay.v = (uint32_t)qwr__rng_below(&rng, 2);
        stay.berth.v = stay.quay.v == 1 ? (uint32_t)qwr__rng_below(&rng, 2) : QWR_NONE;
        stay.position_mm = odd[qwr__rng_below(&rng, 5)];
        stay.start_s = odd[qwr__rng_below(&rng, 5)];
        stay.end_s = odd[qwr__rng_below(&rng, 5)];
        stay.cranes = odd[qwr__rng_below(&rng, 5)];
        stay.cost_mu = odd[qwr__rng_below(&rng, 5)];
        stage_set(&s, (qwr_call_ix){(uint32_t)i % 4}, &stay);
        stage_check(&s);
        check_reports(&s);
        qwr_text_free(s.ctx, report(&s, TEXT, 0));
    }
    stage_close(&s);
}
END_TEST

START_TEST(a_thousand_calls_make_a_page_of_less_than_two_megabytes)
{
    enum { MANY = 1000 };
    stage s = stage_open();
    s.info.horizon_s = 24 * 250 * HOUR;
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_cranes(&s, q, 8);
    for (int i = 0; i < MANY; i++) {
        char id[16], vessel[40];
        snprintf(id, sizeof id, "CALL%04d", i);
        snprintf(vessel, sizeof vessel, "VESSEL OF THE LINE %d", i);
        qwr_call call = stage_vessel(id, vessel);
        call.service = "AE7";
        call.moves = 500;
        call.draught_mm = 9000;
        call.desired_departure_s = (i / 4 * 20 + 18) * HOUR;
        stage_call(&s, &call);
    }
    stage_freeze(&s);
    for (uint32_t i = 0; i < MANY; i++) {
        qwr_stay stay = stage_stay(q, i % 4 * 220, i / 4 * 20, i / 4 * 20 + 19, 2);
        stay.cost_mu = 123456789;
        stage_set(&s, (qwr_call_ix){i}, &stay);
    }
    char *html = report(&s, HTML, 0);
    ck_assert_uint_lt(strlen(html), 2000000);
    qwr_text_free(s.ctx, html);
    char *text = report(&s, TEXT, 100);
    ck_assert_ptr_nonnull(strstr(text, "more calls"));
    ck_assert_uint_lt(strlen(text), 12000);
    qwr_text_free(s.ctx, text);
    stage_close(&s);
}
END_TEST

static qwr_status all_reports(qwr_context *ctx, void *payload)
{
    const stage *s = payload;
    char *text = NULL;
    qwr_status status = qwr_report_text(&text, ctx, s->plan, s->found, 80);
    ck_assert(status == QWR_OK ? text != NULL : text == NULL);
    qwr_text_free(ctx, text);
    if (status == QWR_OK)
        status = qwr_report_html(&text, ctx, s->plan, s->found);
    if (status == QWR_OK)
        qwr_text_free(ctx, text);
    if (status == QWR_OK)
        status = qwr_report_svg(&text, ctx, s->plan);
    if (status == QWR_OK)
        qwr_text_free(ctx, text);
    return status;
}

START_TEST(a_failing_allocation_gives_no_memory_and_leaks_nothing)
{
    stage s = port();
    stage_check(&s);
    ck_assert_int_gt(qwr_test_each_allocation(all_reports, &s, 2000), 20);
    stage_close(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *shape = tcase_create("shape"), *words = tcase_create("words");
    TCase *figures = tcase_create("figures"), *odd = tcase_create("odd");
    tcase_set_timeout(odd, 60);
    tcase_add_test(shape, diagram_and_page_are_well_formed);
    tcase_add_test(shape, each_placed_vessel_is_drawn_and_each_call_is_in_the_table);
    tcase_add_test(shape, hostile_names_stay_text);
    tcase_add_test(shape, the_page_loads_nothing_from_elsewhere);
    tcase_add_test(shape, the_same_plan_gives_the_same_bytes);
    tcase_add_test(words, an_empty_plan_has_a_report);
    tcase_add_test(words, calls_without_a_place_are_listed_with_their_reason);
    tcase_add_test(words, broken_rules_are_told_in_words);
    tcase_add_test(words, quality_is_told_in_words);
    tcase_add_test(words, times_are_dates_in_english);
    tcase_add_test(words, published_sets_are_told_in_their_own_unit);
    tcase_add_test(words, no_line_of_the_text_is_wider_than_asked);
    tcase_add_test(figures, key_figures_are_what_a_planner_works_out_by_hand);
    tcase_add_test(figures, key_figures_of_an_empty_plan_are_nothing);
    tcase_add_test(odd, odd_stays_are_reported_without_harm);
    tcase_add_test(odd, a_thousand_calls_make_a_page_of_less_than_two_megabytes);
    tcase_add_test(odd, a_failing_allocation_gives_no_memory_and_leaks_nothing);
    suite_add_tcase(suite, shape);
    suite_add_tcase(suite, words);
    suite_add_tcase(suite, figures);
    suite_add_tcase(suite, odd);
    return qwr_test_main(suite);
}
