/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The water level over time, below the quays, and the legend of the whole diagram.
 * Must never decide whether a vessel floats.
 */
#include "report/delta.h"

enum { HEIGHT_PX = 62 };

typedef struct strip {
    int64_t top, height, least, most;
} strip;

static int64_t y_of(const strip *t, int64_t level_mm)
{
    int64_t room = t->height - 14 * QWR__PX;
    return t->top + 7 * QWR__PX + room - qwr__ratio(level_mm - t->least, room, t->most - t->least);
}

/** Level at an instant, linear between rows. */
static int64_t level_at(const qwr_scenario *s, int64_t at_s)
{
    size_t n = qwr_scenario_tide_count(s), i = 0;
    while (i < n && qwr_scenario_tide(s, i)->at_s < at_s)
        i++;
    if (i == 0 || i == n)
        return qwr_scenario_tide(s, i == 0 ? 0 : n - 1)->level_mm;
    const qwr_tide *a = qwr_scenario_tide(s, i - 1), *b = qwr_scenario_tide(s, i);
    return a->level_mm + qwr__ratio(b->level_mm - a->level_mm, at_s - a->at_s, b->at_s - a->at_s);
}

static void put_point(const qwr__canvas *c, const strip *t, int64_t at_s, int64_t level_mm)
{
    qwr__text_fixed(c->out, qwr__canvas_x(c, at_s), 1);
    qwr__text_put(c->out, " ", 1);
    qwr__text_fixed(c->out, y_of(t, level_mm), 1);
}

static void draw_curve(const qwr__canvas *c, const strip *t, const char *kind, bool area)
{
    const qwr__sheet *s = c->sheet;
    int64_t last_x = c->left, last_y = y_of(t, level_at(s->scenario, s->from_s));
    qwr__text_add(c->out, "<path class=\"%s\" d=\"M", kind);
    put_point(c, t, s->from_s, level_at(s->scenario, s->from_s));
    for (size_t i = 0; i < qwr_scenario_tide_count(s->scenario); i++) {
        const qwr_tide *row = qwr_scenario_tide(s->scenario, i);
        int64_t x = qwr__canvas_x(c, row->at_s), y = y_of(t, row->level_mm);
        bool near = x - last_x < 20 && y - last_y < 20 && last_y - y < 20;
        if (row->at_s <= s->from_s || row->at_s >= s->to_s || near)
            continue; /* closer points than two pixels add nothing to see */
        qwr__text_put(c->out, "L", 1);
        put_point(c, t, row->at_s, row->level_mm);
        last_x = x;
        last_y = y;
    }
    qwr__text_put(c->out, "L", 1);
    put_point(c, t, s->to_s, level_at(s->scenario, s->to_s));
    if (area) {
        qwr__text_put(c->out, "V", 1);
        qwr__text_fixed(c->out, t->top + t->height, 1);
        qwr__text_put(c->out, "H", 1);
        qwr__text_fixed(c->out, c->left, 1);
        qwr__text_put(c->out, "Z", 1);
    }
    qwr__text_add(c->out, "\"/>");
}

static void draw_level(const qwr__canvas *c, const strip *t, int64_t level_mm)
{
    qwr__draw_text(c, "ax", c->left - 8 * QWR__PX, y_of(t, level_mm) + 35);
    qwr__text_add(c->words, level_mm > 0 ? "+" : "");
    qwr__word_metres(c->words, level_mm);
    qwr__text_add(c->words, " m");
    qwr__draw_text_end(c);
}

void qwr__draw_tide(qwr__canvas *c)
{
    const qwr_scenario *s = c->sheet->scenario;
    size_t n = qwr_scenario_tide_count(s);
    strip t = {.top = c->y + 18 * QWR__PX, .height = HEIGHT_PX * QWR__PX};
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        int64_t level = qwr__tame(qwr_scenario_tide(s, i)->level_mm);
        t.least = level < t.least ? level : t.least;
        t.most = level > t.most ? level : t.most;
    }
    t.most = t.most > t.least ? t.most : t.least + 1;
    qwr__draw_words(c, "qn", 2 * QWR__PX, c->y + 9 * QWR__PX, "Water level");
    qwr__plot_open(c, t.top, t.height, 0);
    draw_curve(c, &t, "ta", true);
    qwr__draw_line(c, "gd", c->left, y_of(&t, 0), c->left + c->width, y_of(&t, 0));
    draw_curve(c, &t, "tc", false);
    qwr__plot_close(c);
    draw_level(c, &t, t.most);
    draw_level(c, &t, t.least);
    c->y = t.top + t.height + 10 * QWR__PX;
}

/* --- legend ---------------------------------------------------------------------------------- */

/** One swatch with its words; moves x on. */
static void draw_entry(const qwr__canvas *c, int64_t *x, const char *group, const char *kind,
                       const char *words)
{
    int64_t y = c->y + 4 * QWR__PX;
    qwr__text_add(c->out, "<g class=\"%s\">", group);
    qwr__draw_rect(c, kind, *x, y, 18 * QWR__PX, 11 * QWR__PX);
    qwr__text_add(c->out, "</g>");
    qwr__draw_words(c, "lg", *x + 24 * QWR__PX, y + 95, words);
    *x += 24 * QWR__PX + (int64_t)qwr__width(words) * 56 + 18 * QWR__PX;
}

static void draw_line_entry(const qwr__canvas *c, int64_t *x, const char *line, const char *bar,
                            bool bar_first, const char *words)
{
    int64_t y = c->y + 4 * QWR__PX + 55, at = bar_first ? *x : *x + 18 * QWR__PX;
    qwr__draw_line(c, line, *x, y, *x + 18 * QWR__PX, y);
    qwr__draw_line(c, bar, at, y - 45, at, y + 45);
    qwr__draw_words(c, "lg", *x + 24 * QWR__PX, y + 40, words);
    *x += 24 * QWR__PX + (int64_t)qwr__width(words) * 56 + 18 * QWR__PX;
}

static void draw_pin_entry(const qwr__canvas *c, int64_t *x)
{
    int64_t y = c->y + 4 * QWR__PX;
    qwr__draw_line(c, "pl", *x + 90, y + 20, *x + 70, y + 100);
    qwr__text_add(c->out, "<circle class=\"pi\" cx=\"");
    qwr__text_fixed(c->out, *x + 90, 1);
    qwr__text_add(c->out, "\" cy=\"");
    qwr__text_fixed(c->out, y + 25, 1);
    qwr__text_add(c->out, "\" r=\"3\"/>");
    qwr__draw_words(c, "lg", *x + 18 * QWR__PX, y + 95, "pinned");
}

/* A new line where the next entry would not fit. */
static void wrap_legend(qwr__canvas *c, int64_t *x)
{
    enum { WIDEST_PX = 150, LINE_PX = 18 };
    if (*x + WIDEST_PX * QWR__PX <= c->total_width)
        return;
    *x = c->left;
    c->y += LINE_PX * QWR__PX;
}

static void draw_changes_legend(qwr__canvas *c, int64_t *x)
{
    draw_entry(c, x, "v same", "b", "as before");
    draw_entry(c, x, "v moved", "b", "changed");
    draw_entry(c, x, "t", "gb", "where it was");
    draw_entry(c, x, "v new", "b", "has a place now");
    draw_entry(c, x, "t", "gl", "has lost its place");
}

void qwr__draw_legend(qwr__canvas *c)
{
    int64_t x = c->left;
    qwr__text_add(c->out, "<g class=\"legend\">");
    if (c->delta != NULL) {
        draw_changes_legend(c, &x);
    } else if (c->sheet->any.due) {
        draw_entry(c, &x, "v ok", "b", "on time");
        draw_entry(c, &x, "v ti", "b", "under 2 h to spare");
        draw_entry(c, &x, "v la", "b", "late");
    }
    if (c->sheet->any.due) {
        wrap_legend(c, &x);
        draw_line_entry(c, &x, "dl", "du", false, "desired departure");
    }
    if (c->sheet->any.waits) {
        wrap_legend(c, &x);
        draw_line_entry(c, &x, "wl", "we", true, "waits since ETA");
    }
    if (c->sheet->any.closures) {
        wrap_legend(c, &x);
        draw_entry(c, &x, "t", "cl", "closed");
    }
    if (c->sheet->any.weather) {
        wrap_legend(c, &x);
        draw_entry(c, &x, "t", "wx", "weather standstill");
    }
    if (c->sheet->any.cranes) {
        wrap_legend(c, &x);
        draw_entry(c, &x, "t", "hd", "held");
    }
    if (c->sheet->any.outages) {
        wrap_legend(c, &x);
        draw_entry(c, &x, "t", "mt", "in maintenance");
    }
    if (c->sheet->any.cranes) {
        wrap_legend(c, &x);
        draw_entry(c, &x, "t", "ex", "too many held");
    }
    if (c->sheet->any.pins) {
        wrap_legend(c, &x);
        draw_pin_entry(c, &x);
    }
    qwr__text_add(c->out, "</g>\n");
    c->y += 26 * QWR__PX;
}
