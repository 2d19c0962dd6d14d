/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cranes by name: a lane for each crane of a quay, in rail order upwards as the metres are, with
 * its vessels as bars and its moves between them as lines; and the paths of cranes along the quay.
 * Must never say more than the crews do: they are a suggestion.
 */
#include "report/crew.h"

enum { LANE_PX = 15, HEAD_PX = 54 };

static const char *const KINDS[] = {"b ok", "b ti", "b la", "b"};

typedef struct lanes {
    const qwr_quay *quay;
    uint32_t ix, cranes;
    int64_t top;
} lanes;

static lanes make_lanes(const qwr__canvas *c, uint32_t quay)
{
    const qwr_scenario *s = c->sheet->scenario;
    lanes l = {.quay = qwr_scenario_quay(s, (qwr_quay_ix){quay}), .ix = quay};
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++)
        l.cranes += qwr_scenario_crane(s, (qwr_crane_ix){k})->quay.v == quay;
    l.top = c->y + HEAD_PX * QWR__PX;
    return l;
}

/** Upper edge of a crane's lane: the first on the rail is at the bottom. */
static int64_t lane_top(const qwr__canvas *c, const lanes *l, const qwr_crane *crane)
{
    const qwr_scenario *s = c->sheet->scenario;
    int64_t above = 0;
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++) {
        const qwr_crane *o = qwr_scenario_crane(s, (qwr_crane_ix){k});
        above += o->quay.v == l->ix && o->rail_order > crane->rail_order;
    }
    return l->top + above * LANE_PX * QWR__PX;
}

static void draw_outages(const qwr__canvas *c, uint32_t crane, int64_t top)
{
    const qwr_scenario *s = c->sheet->scenario;
    for (uint32_t i = 0; i < qwr_scenario_window_count(s); i++) {
        const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){i});
        if (w->kind != QWR_WINDOW_MAINTENANCE || w->crane.v != crane ||
            !qwr__canvas_shows(c, w->from_s, w->to_s))
            continue;
        int64_t x = qwr__canvas_x(c, w->from_s);
        qwr__text_add(c->out, "<g class=\"t\">");
        qwr__draw_window_title(c, w);
        qwr__draw_rect(c, "mt", x, top, qwr__canvas_x(c, w->to_s) - x, LANE_PX * QWR__PX);
        qwr__text_add(c->out, "</g>\n");
    }
}

static void draw_job(const qwr__canvas *c, const qwr__job *job, int64_t top)
{
    const qwr__visit *v = &c->sheet->visit[job->call];
    int64_t x = qwr__canvas_x(c, job->from_s), width = qwr__canvas_x(c, job->to_s) - x;
    int64_t y = top + 15, height = LANE_PX * QWR__PX - 30;
    if (c->in_page) {
        qwr__draw_bar(c, KINDS[v->timely], job->call, x, y, width, height);
        return;
    }
    qwr__text_add(c->out, "<g><title>");
    qwr__text_xml(c->out, qwr__vessel_name(v->call));
    qwr__text_add(c->out, "</title>");
    qwr__draw_rect(c, KINDS[v->timely], x, y, width, height);
    qwr__text_add(c->out, "</g>");
    if ((int64_t)qwr__width(qwr__vessel_name(v->call)) * 62 + 60 < width)
        qwr__draw_words(c, "vc", x + 40, top + 105, qwr__vessel_name(v->call));
}

/** From where one job ends to where the next begins, in the middle of the lane. */
static void draw_move(const qwr__canvas *c, const qwr__job *from, const qwr__job *to, int64_t top)
{
    int64_t y = top + LANE_PX * QWR__PX / 2;
    if (from->to_s < to->from_s && qwr__canvas_shows(c, from->to_s, to->from_s))
        qwr__draw_line(c, "mv", qwr__canvas_x(c, from->to_s), y, qwr__canvas_x(c, to->from_s), y);
}

static void draw_lane(const qwr__canvas *c, const lanes *l, const qwr__crews *crews, uint32_t crane)
{
    int64_t top = lane_top(c, l, qwr_scenario_crane(c->sheet->scenario, (qwr_crane_ix){crane}));
    qwr__text_add(c->out, "<g data-c=\"");
    qwr__text_xml(c->out, qwr_scenario_crane(c->sheet->scenario, (qwr_crane_ix){crane})->id);
    qwr__text_add(c->out, "\">");
    qwr__draw_line(c, "gh", c->left, top, c->left + c->width, top);
    draw_outages(c, crane, top);
    for (uint32_t i = crews->first[crane]; i < crews->first[crane + 1]; i++) {
        const qwr__job *job = &crews->job[i];
        if (i + 1 < crews->first[crane + 1])
            draw_move(c, job, job + 1, top);
        if (qwr__canvas_shows(c, job->from_s, job->to_s))
            draw_job(c, job, top);
    }
    qwr__text_add(c->out, "</g>\n");
}

static void draw_names(const qwr__canvas *c, const lanes *l)
{
    const qwr_scenario *s = c->sheet->scenario;
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++) {
        const qwr_crane *crane = qwr_scenario_crane(s, (qwr_crane_ix){k});
        if (crane->quay.v == l->ix)
            qwr__draw_words(c, "ax", c->left - 8 * QWR__PX, lane_top(c, l, crane) + 110, crane->id);
    }
}

static void draw_heading(const qwr__canvas *c, const lanes *l)
{
    qwr__draw_text(c, "qn", 2 * QWR__PX, c->y + 14 * QWR__PX);
    qwr__text_add(c->words, "Cranes of ");
    qwr__text_xml(c->words, l->quay->name != NULL ? l->quay->name : l->quay->id);
    qwr__text_add(c->words, "<tspan class=\"qi\" dx=\"8\">names suggested from the counts of the "
                            "plan, in rail order</tspan>");
    qwr__draw_text_end(c);
}

void qwr__draw_lanes(qwr__canvas *c, uint32_t quay)
{
    lanes l = make_lanes(c, quay);
    if (l.cranes == 0)
        return;
    int64_t height = l.cranes * LANE_PX * QWR__PX;
    draw_heading(c, &l);
    qwr__plot_open(c, l.top, height, 34 * QWR__PX);
    qwr__draw_weather(c, quay, l.top, l.top + height);
    for (uint32_t k = 0; k < qwr_scenario_crane_count(c->sheet->scenario); k++)
        if (qwr_scenario_crane(c->sheet->scenario, (qwr_crane_ix){k})->quay.v == quay)
            draw_lane(c, &l, c->crews, k);
    qwr__plot_close(c);
    draw_names(c, &l);
    c->y = l.top + height + 14 * QWR__PX;
}

/* --- paths along the quay -------------------------------------------------------------------- */

static void put_point(const qwr__canvas *c, const qwr__panel *p, char step, int64_t at_s,
                      int64_t at_mm)
{
    int64_t top, height;
    qwr__panel_span(c, p, NULL, at_mm, at_mm, &top, &height);
    qwr__text_add(c->out, "%c", step);
    qwr__text_fixed(c->out, qwr__canvas_x(c, at_s), 1);
    qwr__text_add(c->out, " ");
    qwr__text_fixed(c->out, top, 1);
}

/** At work, along its part of each hull; or, dashed, from one vessel to the next. */
static void draw_path(const qwr__canvas *c, const qwr__panel *p, uint32_t crane, bool at_work)
{
    uint32_t from = c->crews->first[crane], to = c->crews->first[crane + 1];
    if (!at_work && to - from < 2)
        return;
    qwr__text_add(c->out, "<path class=\"%s\" d=\"", at_work ? "cp" : "cm");
    for (uint32_t i = from; i < to; i++) {
        const qwr__job *job = &c->crews->job[i];
        if (at_work || i > from)
            put_point(c, p, at_work ? 'M' : 'L', job->from_s, job->at_mm);
        if (at_work || i + 1 < to)
            put_point(c, p, at_work ? 'L' : 'M', job->to_s, job->at_mm);
    }
    qwr__text_add(c->out, "\"/>");
}

void qwr__draw_paths(const qwr__canvas *c, const qwr__panel *p)
{
    const qwr_scenario *s = c->sheet->scenario;
    if (c->crews == NULL || p->quay->layout == QWR_LAYOUT_DISCRETE)
        return;
    qwr__text_add(c->out, "<g class=\"paths\">");
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++) {
        if (qwr_scenario_crane(s, (qwr_crane_ix){k})->quay.v != p->ix.v ||
            c->crews->first[k] == c->crews->first[k + 1])
            continue;
        draw_path(c, p, k, true);
        draw_path(c, p, k, false);
    }
    qwr__text_add(c->out, "</g>\n");
}
