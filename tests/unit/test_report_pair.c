/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports on two plans, and diagrams one by one: what moved, is new or lost is marked, times match
 * by the clock, each chart stands alone or says that there is nothing to show.
 */
#include "check_stage.h"

#include "base/base.h"

#include <quaywright/report.h>

#include <stdio.h>
#include <string.h>

typedef struct pair {
    stage before, after;
} pair;

/** Four calls, cranes, tide and depth; `shift_h`: how much earlier second 0 is. */
static stage port(const char *epoch, int calls)
{
    stage s = stage_open();
    s.info.epoch = epoch;
    qwr_quay_ix q = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_cranes(&s, q, 4);
    stage_tide(&s, 0, 0);
    stage_tide(&s, 6, 1500);
    for (int i = 0; i < calls; i++) {
        char id[16], vessel[24];
        snprintf(id, sizeof id, "C%d", i);
        snprintf(vessel, sizeof vessel, "VESSEL <%d>", i);
        qwr_call call = stage_vessel(id, vessel);
        call.draught_mm = 9000;
        call.service = "AE7";
        stage_call(&s, &call);
    }
    stage_freeze(&s);
    return s;
}

static void put(stage *s, uint32_t call, int64_t at_m, int64_t from_h, int64_t to_h, int64_t cranes)
{
    stage_put(s, (qwr_call_ix){call}, (qwr_quay_ix){0}, at_m, from_h, to_h, cranes);
}

/** C0 stays, C1 moves along the quay, C2 loses its place, C3 gets one, C4 is new. */
static pair plans(void)
{
    pair p = {.before = port("2026-03-02T00:00:00Z", 4), .after = port("2026-03-02T00:00:00Z", 5)};
    put(&p.before, 0, 0, 0, 6, 1);
    put(&p.before, 1, 300, 0, 6, 1);
    put(&p.before, 2, 600, 0, 6, 1);
    put(&p.after, 0, 0, 0, 6, 1);
    put(&p.after, 1, 400, 3, 9, 2);
    put(&p.after, 3, 700, 0, 6, 1);
    put(&p.after, 4, 0, 12, 18, 1);
    return p;
}

static void close_pair(pair *p)
{
    stage_close(&p->before);
    stage_close(&p->after);
}

static char *page(const pair *p)
{
    char *html = NULL;
    qwr_test_ok(p->after.ctx, qwr_report_diff_html(&html, p->after.ctx, p->before.plan,
                                                   p->after.plan, p->after.found));
    ck_assert_ptr_nonnull(html);
    return html;
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
        n++;
    return n;
}

START_TEST(what_moved_is_new_or_lost_is_marked)
{
    pair p = plans();
    char *html = page(&p);
    ck_assert_uint_eq(count(html, "class=\"v same\""), 1 + 1); /* and once in the legend */
    ck_assert_uint_eq(count(html, "class=\"v moved\""), 1 + 1);
    ck_assert_uint_eq(count(html, "class=\"v new\""), 2 + 1);
    ck_assert_uint_eq(count(html, "class=\"gb\""), 1 + 1);
    ck_assert_uint_eq(count(html, "class=\"gl\""), 1 + 1);
    ck_assert_uint_eq(count(html, "class=\"ga\""), 1);
    ck_assert_uint_eq(count(html, "data-a=\""), 1);
    ck_assert_ptr_nonnull(strstr(html, "4 changes from the first plan to the second"));
    ck_assert_ptr_nonnull(strstr(html, "<span class=\"kind moved\">moved</span>"));
    ck_assert_ptr_nonnull(strstr(html, "VESSEL &lt;2&gt;"));
    ck_assert_ptr_null(strstr(html, "VESSEL <"));
    qwr_text_free(p.after.ctx, html);
    close_pair(&p);
}
END_TEST

START_TEST(the_same_plan_twice_has_no_changes)
{
    pair p = plans();
    char *html = NULL;
    qwr_test_ok(p.after.ctx,
                qwr_report_diff_html(&html, p.after.ctx, p.after.plan, p.after.plan, NULL));
    ck_assert_ptr_nonnull(strstr(html, "Both plans place every call alike"));
    ck_assert_uint_eq(count(html, "class=\"v same\""), 4 + 1);
    ck_assert_uint_eq(count(html, "class=\"v moved\""), 1);
    qwr_text_free(p.after.ctx, html);
    close_pair(&p);
}
END_TEST

START_TEST(times_match_by_the_clock)
{
    pair p = {.before = port("2026-03-01T00:00:00Z", 2), .after = port("2026-03-02T00:00:00Z", 2)};
    put(&p.before, 0, 0, 24, 30, 1); /* the same hours, told from a day earlier */
    put(&p.before, 1, 300, 0, 6, 1); /* a day earlier indeed */
    put(&p.after, 0, 0, 0, 6, 1);
    put(&p.after, 1, 300, 0, 6, 1);
    char *html = page(&p);
    ck_assert_uint_eq(count(html, "class=\"v same\""), 1 + 1);
    ck_assert_uint_eq(count(html, "class=\"v moved\""), 1 + 1);
    qwr_text_free(p.after.ctx, html);
    close_pair(&p);
}
END_TEST

START_TEST(two_plans_give_the_same_bytes_twice)
{
    pair p = plans();
    char *once = page(&p), *again = page(&p);
    ck_assert_str_eq(once, again);
    qwr_text_free(p.after.ctx, once);
    qwr_text_free(p.after.ctx, again);
    close_pair(&p);
}
END_TEST

/* --- charts --- */

START_TEST(each_chart_stands_alone)
{
    static const char *const holds[] = {"VESSEL &lt;1&gt;", "Cranes of Q1", "Use of Q1",
                                        "Water level", ""};
    pair p = plans();
    for (int k = 0; qwr_chart_name((qwr_chart)k) != NULL; k++) {
        char *svg = NULL;
        qwr_test_ok(p.after.ctx, qwr_report_chart(&svg, p.after.ctx, p.after.plan, (qwr_chart)k));
        if (k == QWR_CHART_DEPTH) { /* this quay has none */
            ck_assert_ptr_null(svg);
            continue;
        }
        ck_assert_msg(strncmp(svg, "<?xml", 5) == 0, "%.40s", svg);
        ck_assert_msg(strstr(svg, holds[k]) != NULL, "%s lacks %s", qwr_chart_name((qwr_chart)k),
                      holds[k]);
        ck_assert_uint_eq(count(svg, "<svg"), count(svg, "</svg>"));
        ck_assert_ptr_null(strstr(svg, "<script"));
        qwr_text_free(p.after.ctx, svg);
    }
    close_pair(&p);
}
END_TEST

START_TEST(depth_is_drawn_however_small)
{
    static const int64_t depths_mm[] = {1, 4, 12000, 1000000000};
    for (size_t i = 0; i < sizeof depths_mm / sizeof depths_mm[0]; i++) {
        stage s = stage_open();
        qwr_quay_depth row = qwr_quay_depth_init();
        row.quay = stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
        row.to_mm = 500 * METRE;
        row.depth_mm = depths_mm[i];
        qwr_test_ok(s.ctx, qwr_scenario_add_quay_depth(s.builder, &row));
        qwr_call call = stage_vessel("C0", "VESSEL");
        call.draught_mm = depths_mm[i];
        stage_call(&s, &call);
        stage_freeze(&s);
        put(&s, 0, 0, 0, 6, 0);
        char *svg = NULL;
        qwr_test_ok(s.ctx, qwr_report_chart(&svg, s.ctx, s.plan, QWR_CHART_DEPTH));
        ck_assert_ptr_nonnull(strstr(svg, "Depth along Q1"));
        ck_assert_uint_eq(count(svg, "class=\"dr\""), 1);
        ck_assert_uint_eq(count(svg, "class=\"ta\""), 1);
        qwr_text_free(s.ctx, svg);
        stage_close(&s);
    }
}
END_TEST

START_TEST(there_is_no_chart_of_what_a_plan_has_not)
{
    stage s = stage_open();
    stage_quay(&s, "Q1", QWR_LAYOUT_CONTINUOUS, 1000);
    stage_plain_call(&s, "C0");
    stage_freeze(&s);
    char *svg = NULL;
    const qwr_chart none[] = {QWR_CHART_CRANES, QWR_CHART_TIDE, QWR_CHART_DEPTH};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        qwr_test_ok(s.ctx, qwr_report_chart(&svg, s.ctx, s.plan, none[i]));
        ck_assert_ptr_null(svg);
    }
    ck_assert_int_eq(qwr_report_chart(&svg, s.ctx, s.plan, (qwr_chart)5), QWR_EINVAL);
    ck_assert_ptr_null(qwr_chart_name((qwr_chart)5));
    ck_assert_int_eq(qwr_report_diff_html(&svg, s.ctx, NULL, s.plan, NULL), QWR_EINVAL);
    stage_close(&s);
}
END_TEST

/* --- without memory --- */

static qwr_status all_of_it(qwr_context *ctx, void *payload)
{
    const pair *p = payload;
    char *text = NULL;
    qwr_status status = qwr_report_diff_html(&text, ctx, p->before.plan, p->after.plan, NULL);
    ck_assert(status == QWR_OK ? text != NULL : text == NULL);
    if (status == QWR_OK)
        qwr_text_free(ctx, text);
    for (int k = 0; status == QWR_OK && qwr_chart_name((qwr_chart)k) != NULL; k++) {
        status = qwr_report_chart(&text, ctx, p->after.plan, (qwr_chart)k);
        if (status == QWR_OK)
            qwr_text_free(ctx, text);
    }
    return status;
}

START_TEST(a_failing_allocation_gives_no_memory_and_leaks_nothing)
{
    pair p = plans();
    ck_assert_int_gt(qwr_test_each_allocation(all_of_it, &p, 4000), 40);
    close_pair(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_pair");
    TCase *two = tcase_create("two"), *charts = tcase_create("charts"), *odd = tcase_create("odd");
    tcase_set_timeout(odd, 60);
    tcase_add_test(two, what_moved_is_new_or_lost_is_marked);
    tcase_add_test(two, the_same_plan_twice_has_no_changes);
    tcase_add_test(two, times_match_by_the_clock);
    tcase_add_test(two, two_plans_give_the_same_bytes_twice);
    tcase_add_test(charts, each_chart_stands_alone);
    tcase_add_test(charts, depth_is_drawn_however_small);
    tcase_add_test(charts, there_is_no_chart_of_what_a_plan_has_not);
    tcase_add_test(odd, a_failing_allocation_gives_no_memory_and_leaks_nothing);
    suite_add_tcase(suite, two);
    suite_add_tcase(suite, charts);
    suite_add_tcase(suite, odd);
    return qwr_test_main(suite);
}
