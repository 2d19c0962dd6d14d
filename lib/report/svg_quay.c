/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The panel of one quay: metres upwards (or one row a berth), depth at the right edge, breaks,
 * closures hatched in space and time, and the weather. Must never draw a vessel.
 */
#include "report/delta.h"

#include <string.h>

enum { LEAST_PX = 150, MOST_PX = 860, HEAD_PX = 54 };

void qwr__panel_span(const qwr__canvas *c, const qwr__panel *p, const qwr_berth *berth,
                     int64_t from_mm, int64_t to_mm, int64_t *top, int64_t *height)
{
    if (p->quay->layout == QWR_LAYOUT_DISCRETE) {
        int64_t row = 0;
        for (uint32_t b = 0; berth != NULL && b < qwr_scenario_berth_count(c->sheet->scenario);
             b++) {
            const qwr_berth *other = qwr_scenario_berth(c->sheet->scenario, (qwr_berth_ix){b});
            if (other == berth)
                break;
            row += other->quay.v == p->ix.v;
        }
        *top = p->top + row * p->row_height;
        *height = p->row_height;
        return;
    }
    int64_t length = p->quay->length_mm;
    from_mm = from_mm < 0 ? 0 : from_mm > length ? length : from_mm;
    to_mm = to_mm < from_mm ? from_mm : to_mm > length ? length : to_mm;
    *top = p->top + p->height - qwr__ratio(to_mm, p->height, length);
    *height = p->top + p->height - qwr__ratio(from_mm, p->height, length) - *top;
}

static uint32_t count_berths(const qwr_scenario *s, uint32_t quay)
{
    uint32_t n = 0;
    for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++)
        n += qwr_scenario_berth(s, (qwr_berth_ix){b})->quay.v == quay;
    return n;
}

static qwr__panel make_panel(const qwr__canvas *c, uint32_t quay)
{
    const qwr_scenario *s = c->sheet->scenario;
    qwr__panel p = {.ix = {quay}, .quay = qwr_scenario_quay(s, (qwr_quay_ix){quay})};
    p.top = c->y + HEAD_PX * QWR__PX;
    if (p.quay->layout == QWR_LAYOUT_DISCRETE) {
        p.berths = count_berths(s, quay);
        p.row_height = (p.berths > 30 ? 20 : p.berths > 12 ? 28 : 38) * QWR__PX;
        p.height = (p.berths > 0 ? p.berths : 1) * p.row_height;
        return p;
    }
    /* A third of a pixel for each metre. */
    int64_t px = qwr__ratio(p.quay->length_mm, 1, 3000);
    p.height = (px < LEAST_PX ? LEAST_PX : px > MOST_PX ? MOST_PX : px) * QWR__PX;
    return p;
}

/* --- the axis at the left -------------------------------------------------------------------- */

static void draw_metres(const qwr__canvas *c, const qwr__panel *p)
{
    static const int64_t steps[] = {10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
    int64_t length = p->quay->length_mm, step = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        step = steps[i] * 1000;
        if (qwr__ratio(step, p->height, length) >= 30 * QWR__PX)
            break;
    }
    for (int64_t mm = 0; mm <= length; mm += step) {
        int64_t y = p->top + p->height - qwr__ratio(mm, p->height, length);
        qwr__draw_text(c, "ax", c->left - 8 * QWR__PX, y + 35);
        qwr__word_metres(c->words, mm);
        qwr__text_add(c->words, " m");
        qwr__draw_text_end(c);
    }
}

static void draw_metre_lines(const qwr__canvas *c, const qwr__panel *p)
{
    int64_t length = p->quay->length_mm, step = 100000;
    while (qwr__ratio(step, p->height, length) < 25 * QWR__PX && step < length)
        step *= 2;
    for (int64_t mm = step; mm < length; mm += step) {
        int64_t y = p->top + p->height - qwr__ratio(mm, p->height, length);
        qwr__draw_line(c, "gh", c->left, y, c->left + c->width, y);
    }
}

/** Calls `draw` for each berth of the panel with the upper edge of its row. */
static void each_berth(const qwr__canvas *c, const qwr__panel *p,
                       void (*draw)(const qwr__canvas *c, const qwr__panel *p, const qwr_berth *b,
                                    int64_t top))
{
    int64_t top = p->top;
    for (uint32_t b = 0; b < qwr_scenario_berth_count(c->sheet->scenario); b++) {
        const qwr_berth *berth = qwr_scenario_berth(c->sheet->scenario, (qwr_berth_ix){b});
        if (berth->quay.v != p->ix.v)
            continue;
        draw(c, p, berth, top);
        top += p->row_height;
    }
}

static void draw_berth_name(const qwr__canvas *c, const qwr__panel *p, const qwr_berth *b,
                            int64_t top)
{
    qwr__text_add(c->out, "<g class=\"t\"><title>Berth ");
    qwr__text_xml(c->out, b->id);
    if (b->name != NULL) {
        qwr__text_add(c->out, "\nName: ");
        qwr__text_xml(c->out, b->name);
    }
    if (b->length_mm != QWR_UNSET) {
        qwr__text_add(c->out, "\nLength: ");
        qwr__word_metres(c->out, b->length_mm);
        qwr__text_add(c->out, " m");
    }
    qwr__text_add(c->out, "</title>");
    qwr__draw_words(c, "ax", c->left - 8 * QWR__PX, top + p->row_height / 2 + 35, b->id);
    qwr__text_add(c->out, "</g>");
}

static void draw_berth_row(const qwr__canvas *c, const qwr__panel *p, const qwr_berth *b,
                           int64_t top)
{
    const qwr__sheet *s = c->sheet;
    int64_t close_s = b->close_s != QWR_UNSET ? b->close_s : s->to_s;
    if (top > p->top)
        qwr__draw_line(c, "gh", c->left, top, c->left + c->width, top);
    int64_t opens = qwr__canvas_x(c, b->open_s), closes = qwr__canvas_x(c, close_s);
    if (opens > c->left)
        qwr__draw_rect(c, "sh", c->left, top, opens - c->left, p->row_height);
    if (closes < c->left + c->width)
        qwr__draw_rect(c, "sh", closes, top, c->left + c->width - closes, p->row_height);
}

/* --- depth at the right ---------------------------------------------------------------------- */

typedef struct depth_scale {
    int64_t least, most;
} depth_scale;

static void widen(depth_scale *d, int64_t depth_mm)
{
    if (depth_mm == QWR_UNSET)
        return;
    d->least = depth_mm < d->least ? depth_mm : d->least;
    d->most = depth_mm > d->most ? depth_mm : d->most;
}

/** Over all quays, so that a shade means the same depth everywhere. */
static depth_scale scale_of(const qwr_scenario *s)
{
    depth_scale d = {INT64_MAX, INT64_MIN};
    for (uint32_t q = 0; q < qwr_scenario_quay_count(s); q++)
        widen(&d, qwr_scenario_quay(s, (qwr_quay_ix){q})->depth_mm);
    for (size_t i = 0; i < qwr_scenario_quay_depth_count(s); i++)
        widen(&d, qwr_scenario_quay_depth(s, i)->depth_mm);
    for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++)
        widen(&d, qwr_scenario_berth(s, (qwr_berth_ix){b})->depth_mm);
    return d;
}

static void draw_depth(const qwr__canvas *c, int64_t top, int64_t height, int64_t depth_mm)
{
    static const char *const shades[] = {"d0", "d1", "d2", "d3", "d4"};
    depth_scale d = scale_of(c->sheet->scenario);
    int64_t x = c->left + c->width;
    if (depth_mm == QWR_UNSET)
        return;
    int64_t shade = d.most > d.least ? qwr__ratio(depth_mm - d.least, 4, d.most - d.least) : 2;
    qwr__draw_rect(c, shades[shade < 0 ? 0 : shade > 4 ? 4 : shade], x + 30, top, 60, height);
    if (height < 12 * QWR__PX)
        return;
    qwr__draw_text(c, "dp", x + 130, top + height / 2 + 35);
    qwr__word_metres(c->words, depth_mm);
    qwr__text_add(c->words, " m");
    qwr__draw_text_end(c);
}

static void draw_berth_depth(const qwr__canvas *c, const qwr__panel *p, const qwr_berth *b,
                             int64_t top)
{
    draw_depth(c, top, p->row_height, b->depth_mm != QWR_UNSET ? b->depth_mm : p->quay->depth_mm);
}

int64_t qwr__depth_at(const qwr_scenario *s, uint32_t quay, int64_t at_mm, int64_t *until_mm)
{
    const qwr_quay *q = qwr_scenario_quay(s, (qwr_quay_ix){quay});
    int64_t least = INT64_MAX;
    *until_mm = q->length_mm;
    for (size_t i = 0; i < qwr_scenario_quay_depth_count(s); i++) {
        const qwr_quay_depth *row = qwr_scenario_quay_depth(s, i);
        if (row->quay.v != quay)
            continue;
        bool covers = row->from_mm <= at_mm && at_mm < row->to_mm;
        int64_t edge = covers ? row->to_mm : row->from_mm;
        if (edge > at_mm && edge < *until_mm)
            *until_mm = edge;
        if (covers && row->depth_mm < least)
            least = row->depth_mm;
    }
    return least != INT64_MAX ? least : q->depth_mm;
}

static void draw_depths(const qwr__canvas *c, const qwr__panel *p)
{
    if (p->quay->layout == QWR_LAYOUT_DISCRETE) {
        each_berth(c, p, draw_berth_depth);
        return;
    }
    for (int64_t at_mm = 0, until_mm; at_mm < p->quay->length_mm; at_mm = until_mm) {
        int64_t top, height,
            depth_mm = qwr__depth_at(c->sheet->scenario, p->ix.v, at_mm, &until_mm);
        qwr__panel_span(c, p, NULL, at_mm, until_mm, &top, &height);
        draw_depth(c, top, height, depth_mm);
    }
}

/* --- breaks and closures --------------------------------------------------------------------- */

static void draw_breaks(const qwr__canvas *c, const qwr__panel *p)
{
    const qwr_scenario *s = c->sheet->scenario;
    for (size_t i = 0; i < qwr_scenario_quay_break_count(s); i++) {
        const qwr_quay_break *b = qwr_scenario_quay_break(s, i);
        int64_t top, height;
        if (b->quay.v != p->ix.v || p->quay->layout == QWR_LAYOUT_DISCRETE)
            continue;
        qwr__panel_span(c, p, NULL, b->at_mm, b->at_mm, &top, &height);
        qwr__draw_line(c, "br", c->left, top, c->left + c->width, top);
    }
}

static void draw_closures(const qwr__canvas *c, const qwr__panel *p)
{
    const qwr_scenario *s = c->sheet->scenario;
    for (uint32_t i = 0; i < qwr_scenario_window_count(s); i++) {
        const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){i});
        const qwr_berth *berth = qwr_scenario_berth(s, w->berth);
        bool here = berth != NULL ? berth->quay.v == p->ix.v : w->quay.v == p->ix.v;
        if (w->kind != QWR_WINDOW_CLOSURE || !here || !qwr__canvas_shows(c, w->from_s, w->to_s))
            continue;
        int64_t top = p->top, height = p->height;
        int64_t to_mm = w->to_mm == QWR_UNSET ? p->quay->length_mm : w->to_mm;
        if (berth != NULL || p->quay->layout != QWR_LAYOUT_DISCRETE)
            qwr__panel_span(c, p, berth, w->from_mm, to_mm, &top, &height);
        int64_t x = qwr__canvas_x(c, w->from_s), width = qwr__canvas_x(c, w->to_s) - x;
        qwr__text_add(c->out, "<g class=\"t\">");
        qwr__draw_window_title(c, w);
        qwr__draw_rect(c, "cl", x, top, width, height);
        if (w->reason != NULL && (int64_t)qwr__width(w->reason) * 62 + 80 < width &&
            height >= 14 * QWR__PX)
            qwr__draw_words(c, "ct", x + 5 * QWR__PX, top + 13 * QWR__PX, w->reason);
        qwr__text_add(c->out, "</g>\n");
    }
}

/* --- all together ---------------------------------------------------------------------------- */

static void draw_heading(const qwr__canvas *c, const qwr__panel *p)
{
    int64_t y = c->y + 14 * QWR__PX;
    size_t cranes = 0;
    for (uint32_t k = 0; k < qwr_scenario_crane_count(c->sheet->scenario); k++)
        cranes += qwr_scenario_crane(c->sheet->scenario, (qwr_crane_ix){k})->quay.v == p->ix.v;
    qwr__draw_text(c, "qn", 2 * QWR__PX, y);
    qwr__text_xml(c->words, p->quay->name != NULL ? p->quay->name : p->quay->id);
    qwr__text_add(c->words, "<tspan class=\"qi\" dx=\"8\">");
    if (p->quay->name != NULL && strcmp(p->quay->name, p->quay->id) != 0) {
        qwr__text_xml(c->words, p->quay->id);
        qwr__text_add(c->words, " \xC2\xB7 ");
    }
    if (p->quay->layout == QWR_LAYOUT_DISCRETE) {
        qwr__text_add(c->words, "%u berths", (unsigned)p->berths);
    } else {
        qwr__word_metres(c->words, p->quay->length_mm);
        qwr__text_add(c->words, " m");
    }
    if (cranes > 0)
        qwr__text_add(c->words, " \xC2\xB7 %zu quay crane%s", cranes, cranes == 1 ? "" : "s");
    qwr__text_add(c->words, "</tspan>");
    qwr__draw_text_end(c);
}

void qwr__draw_quay(qwr__canvas *c, uint32_t quay)
{
    qwr__panel p = make_panel(c, quay);
    bool rows = p.quay->layout == QWR_LAYOUT_DISCRETE;
    draw_heading(c, &p);
    qwr__plot_open(c, p.top, p.height, 34 * QWR__PX);
    if (rows)
        each_berth(c, &p, draw_berth_row);
    else
        draw_metre_lines(c, &p);
    qwr__draw_weather(c, quay, p.top, p.top + p.height);
    draw_closures(c, &p);
    draw_breaks(c, &p);
    if (c->delta != NULL)
        qwr__draw_ghosts(c, &p);
    qwr__draw_vessels(c, &p);
    if (c->delta != NULL)
        qwr__draw_arrows(c, &p);
    qwr__draw_paths(c, &p);
    qwr__plot_close(c);
    qwr__text_add(c->out, "<g class=\"rt\">");
    draw_depths(c, &p);
    qwr__text_add(c->out, "</g>\n");
    if (rows)
        each_berth(c, &p, draw_berth_name);
    else
        draw_metres(c, &p);
    c->y = p.top + p.height + 10 * QWR__PX;
}
