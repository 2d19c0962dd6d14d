/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cranes one by one on the page: the vessels each could serve, and its moves between them. Says
 * that names are a suggestion, and for which calls there are none.
 */
#include "report/crew.h"

static int64_t distance(const qwr__job *a, const qwr__job *b)
{
    return a->at_mm > b->at_mm ? a->at_mm - b->at_mm : b->at_mm - a->at_mm;
}

static void put_metres(qwr__text *out, int64_t mm)
{
    qwr__word_metres(out, qwr__ratio(mm, 1, 1000) * 1000);
    qwr__text_add(out, " m");
}

static void put_summary(qwr__text *out, const qwr__picture *p, uint32_t crane)
{
    uint32_t from = p->crews->first[crane], to = p->crews->first[crane + 1];
    int64_t work_s = 0, way_mm = 0;
    for (uint32_t i = from; i < to; i++) {
        work_s += p->crews->job[i].to_s - p->crews->job[i].from_s;
        way_mm += i > from ? distance(&p->crews->job[i - 1], &p->crews->job[i]) : 0;
    }
    qwr__text_add(out, "<summary><b>");
    qwr__text_xml(out, qwr_scenario_crane(p->sheet->scenario, (qwr_crane_ix){crane})->id);
    qwr__text_add(out, "</b><span>%u job%s</span><span>", to - from, to - from == 1 ? "" : "s");
    qwr__word_span(out, p->sheet, work_s);
    qwr__text_add(out, " at work</span><span>%u move%s</span><span>", to > from ? to - from - 1 : 0,
                  to == from + 2 ? "" : "s");
    put_metres(out, way_mm);
    qwr__text_add(out, " along the quay</span></summary>\n");
}

/** One line a job, tabs between columns: thousands of them must not weigh on the page. */
static void put_job(qwr__text *out, const qwr__picture *p, const qwr__job *job,
                    const qwr__job *before)
{
    qwr__word_moment(out, p->sheet, job->from_s);
    qwr__text_add(out, "\t");
    qwr__word_moment(out, p->sheet, job->to_s);
    qwr__text_add(out, "\t");
    put_metres(out, job->at_mm);
    qwr__text_add(out, "\t");
    if (before != NULL && distance(before, job) > 0) {
        qwr__text_add(out, job->at_mm > before->at_mm ? "+" : "\xE2\x88\x92");
        put_metres(out, distance(before, job));
    }
    qwr__text_add(out, "\t");
    qwr__text_xml(out, qwr__vessel_name(p->sheet->visit[job->call].call));
    qwr__text_add(out, "\n");
}

static void put_crane(qwr__text *out, const qwr__picture *p, uint32_t crane)
{
    uint32_t from = p->crews->first[crane], to = p->crews->first[crane + 1];
    qwr__text_add(out, "<details class=\"crane\">");
    put_summary(out, p, crane);
    qwr__text_add(out, "<pre>from\tto\tat\tmoved\tvessel\n");
    for (uint32_t i = from; i < to; i++)
        put_job(out, p, &p->crews->job[i], i > from ? &p->crews->job[i - 1] : NULL);
    qwr__text_add(out, "</pre></details>\n");
}

static void put_note(qwr__text *out, const qwr__sheet *s, const qwr__crews *c)
{
    qwr__text_add(out, "<p class=\"hint\" style=\"padding-top:10px\">A suggestion: the plan says "
                       "how many cranes each vessel has, and these are names that fit it. Cranes "
                       "keep their order on the rail and serve only what they reach, out of "
                       "maintenance.");
    if (c->changed_calls > 0)
        qwr__text_add(out, " At %lld call%s the crew changes before the work is done.",
                      (long long)c->changed_calls, c->changed_calls == 1 ? "" : "s");
    if (c->short_calls > 0) {
        qwr__text_add(out, " At %lld call%s, for together ", (long long)c->short_calls,
                      c->short_calls == 1 ? "" : "s");
        qwr__word_span(out, s, c->short_s);
        qwr__text_add(out, " of crane work, no crane is left that could serve in rail order, "
                           "though the plan counts one.");
    }
    qwr__text_add(out, "</p>\n");
}

void qwr__page_cranes(qwr__text *out, const qwr__picture *p)
{
    if (p->crews == NULL || (p->crews->count == 0 && p->crews->short_calls == 0))
        return;
    qwr__text_add(out, "<section><h2>Crane movements<small>each crane's vessels, and how far it "
                       "moves between them</small></h2><div class=\"card cranes\">\n");
    put_note(out, p->sheet, p->crews);
    for (uint32_t k = 0; k < qwr_scenario_crane_count(p->sheet->scenario); k++)
        put_crane(out, p, k);
    qwr__text_add(out, "</div></section>\n");
}
