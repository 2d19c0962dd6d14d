/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Depth along each quay, below chart datum, with the draughts that the plan brings alongside.
 * Metres to the right, depth downwards; no time. Must never decide whether a vessel floats.
 */
#include "report/report.h"

enum { HEIGHT_PX = 96 };

typedef struct profile {
    uint32_t ix;
    const qwr_quay *quay;
    int64_t top, height;
    int64_t least_mm, most_mm; /* depths at the upper and the lower edge */
} profile;

static int64_t x_of(const qwr__canvas *c, const profile *p, int64_t mm)
{
    mm = mm < 0 ? 0 : mm > p->quay->length_mm ? p->quay->length_mm : mm;
    return c->left + qwr__ratio(mm, c->width, p->quay->length_mm);
}

static int64_t y_of(const profile *p, int64_t depth_mm)
{
    return p->top + qwr__ratio(depth_mm - p->least_mm, p->height, p->most_mm - p->least_mm);
}

static int64_t draught(const qwr__visit *v)
{
    int64_t in = v->call->draught_mm, out = v->call->draught_out_mm;
    return out != QWR_UNSET && out > in ? out : in;
}

static bool is_here(const qwr__visit *v, const profile *p)
{
    return v->timely != QWR__UNPLACED && v->quay == p->quay && draught(v) != QWR_UNSET &&
           v->hull_to_mm > v->hull_from_mm;
}

/** Calls `draw` for each stretch of the quay with one depth. */
static void each_depth(const qwr__canvas *c, profile *p,
                       void (*draw)(const qwr__canvas *c, profile *p, int64_t from_mm,
                                    int64_t to_mm, int64_t depth_mm))
{
    const qwr_scenario *s = c->sheet->scenario;
    if (p->quay->layout != QWR_LAYOUT_DISCRETE) {
        for (int64_t at_mm = 0, until_mm; at_mm < p->quay->length_mm; at_mm = until_mm) {
            int64_t depth_mm = qwr__depth_at(s, p->ix, at_mm, &until_mm);
            draw(c, p, at_mm, until_mm, depth_mm);
        }
        return;
    }
    for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++) {
        const qwr_berth *berth = qwr_scenario_berth(s, (qwr_berth_ix){b});
        if (berth->quay.v == p->ix)
            draw(c, p, berth->from_mm,
                 berth->from_mm + (berth->length_mm != QWR_UNSET ? qwr__tame(berth->length_mm) : 0),
                 berth->depth_mm != QWR_UNSET ? berth->depth_mm : p->quay->depth_mm);
    }
}

static void deepen(const qwr__canvas *c, profile *p, int64_t from_mm, int64_t to_mm,
                   int64_t depth_mm)
{
    (void)c;
    (void)from_mm;
    (void)to_mm;
    if (depth_mm == QWR_UNSET || depth_mm <= 0)
        return;
    p->most_mm = depth_mm > p->most_mm ? depth_mm : p->most_mm;
    p->least_mm = depth_mm < p->least_mm ? depth_mm : p->least_mm;
}

static void draw_part(const qwr__canvas *c, profile *p, int64_t from_mm, int64_t to_mm,
                      int64_t depth_mm)
{
    if (depth_mm == QWR_UNSET || depth_mm <= 0 || to_mm <= from_mm)
        return;
    int64_t x = x_of(c, p, from_mm), width = x_of(c, p, to_mm) - x;
    qwr__draw_rect(c, "ta", x, p->top, width, y_of(p, depth_mm) - p->top);
    qwr__draw_line(c, "tc", x, y_of(p, depth_mm), x + width, y_of(p, depth_mm));
    if (width < 40 * QWR__PX)
        return;
    qwr__draw_text(c, "dp", x + 4 * QWR__PX, y_of(p, depth_mm) - 4 * QWR__PX);
    qwr__word_metres(c->words, depth_mm);
    qwr__text_add(c->words, " m");
    qwr__draw_text_end(c);
}

static void draw_draughts(const qwr__canvas *c, const profile *p)
{
    for (uint32_t i = 0; i < c->sheet->calls; i++) {
        const qwr__visit *v = &c->sheet->visit[c->sheet->order[i]];
        if (!is_here(v, p) || draught(v) <= 0)
            continue;
        int64_t y = y_of(p, qwr__tame(draught(v)));
        qwr__text_add(c->out, "<g class=\"t\"><title>");
        qwr__text_xml(c->out, qwr__vessel_name(v->call));
        qwr__text_add(c->out, "\nDraught: ");
        qwr__word_metres(c->out, draught(v));
        qwr__text_add(c->out, " m</title>");
        qwr__draw_line(c, "dr", x_of(c, p, v->hull_from_mm), y, x_of(c, p, v->hull_to_mm), y);
        qwr__text_add(c->out, "</g>\n");
    }
}

static void draw_level(const qwr__canvas *c, const profile *p, int64_t depth_mm)
{
    qwr__draw_text(c, "ax", c->left - 8 * QWR__PX, y_of(p, depth_mm) + 35);
    qwr__text_add(c->words, depth_mm > 0 ? "\xE2\x88\x92" : "");
    qwr__word_metres(c->words, depth_mm);
    qwr__text_add(c->words, " m");
    qwr__draw_text_end(c);
}

static void draw_axis(const qwr__canvas *c, const profile *p)
{
    static const int64_t steps[] = {50, 100, 200, 500, 1000, 5000, 20000, 100000};
    int64_t step = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        step = steps[i] * 1000;
        if (qwr__ratio(step, c->width, p->quay->length_mm) >= 60 * QWR__PX)
            break;
    }
    for (int64_t mm = 0; mm <= p->quay->length_mm && step > 0; mm += step) {
        qwr__draw_text(c, "am", x_of(c, p, mm), p->top - 5 * QWR__PX);
        qwr__word_metres(c->words, mm);
        qwr__text_add(c->words, " m");
        qwr__draw_text_end(c);
    }
    draw_level(c, p, p->least_mm);
    draw_level(c, p, p->most_mm);
}

/** Nothing is drawn where no depth is known. */
void qwr__draw_depth(qwr__canvas *c, uint32_t quay)
{
    const qwr_scenario *s = c->sheet->scenario;
    profile p = {.ix = quay,
                 .quay = qwr_scenario_quay(s, (qwr_quay_ix){quay}),
                 .top = c->y + 42 * QWR__PX,
                 .height = HEIGHT_PX * QWR__PX,
                 .least_mm = INT64_MAX};
    each_depth(c, &p, deepen);
    if (p.most_mm <= 0)
        return;
    for (uint32_t i = 0; i < c->sheet->calls; i++)
        if (is_here(&c->sheet->visit[i], &p))
            deepen(c, &p, 0, 0, qwr__tame(draught(&c->sheet->visit[i])));
    p.least_mm -= p.least_mm / 4 + 1; /* above all that is drawn */
    qwr__draw_text(c, "qn", 2 * QWR__PX, c->y + 14 * QWR__PX);
    qwr__text_add(c->words, "Depth along ");
    qwr__text_xml(c->words, p.quay->name != NULL ? p.quay->name : p.quay->id);
    qwr__text_add(c->words, "<tspan class=\"qi\" dx=\"8\">below chart datum; bars: draughts of the "
                            "vessels planned there</tspan>");
    qwr__draw_text_end(c);
    qwr__draw_rect(c, "pn", c->left, p.top, c->width, p.height);
    each_depth(c, &p, draw_part);
    draw_draughts(c, &p);
    draw_axis(c, &p);
    c->y = p.top + p.height + 16 * QWR__PX;
}
