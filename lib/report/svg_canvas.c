/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canvas: elements of SVG, the place of an instant, and the lines and dates of time. Lengths
 * are whole tenths of a pixel, so the same plan gives the same bytes everywhere. Must never know
 * what a vessel is.
 */
#include "report/report.h"

#include <string.h>

int64_t qwr__canvas_x(const qwr__canvas *c, int64_t at_s)
{
    const qwr__sheet *s = c->sheet;
    at_s = at_s < s->from_s ? s->from_s : at_s > s->to_s ? s->to_s : at_s;
    return c->left + qwr__ratio(at_s - s->from_s, c->width, s->to_s - s->from_s);
}

bool qwr__canvas_shows(const qwr__canvas *c, int64_t from_s, int64_t to_s)
{
    return from_s < c->sheet->to_s && to_s > c->sheet->from_s && from_s < to_s;
}

static void attribute(qwr__text *out, const char *name, int64_t value)
{
    qwr__text_add(out, " %s=\"", name);
    qwr__text_fixed(out, value, 1);
    qwr__text_put(out, "\"", 1);
}

static void put_box(const qwr__canvas *c, int64_t x, int64_t y, int64_t width, int64_t height)
{
    attribute(c->out, "x", x);
    attribute(c->out, "y", y);
    attribute(c->out, "width", width > 0 ? width : 0);
    attribute(c->out, "height", height > 0 ? height : 0);
    qwr__text_add(c->out, "/>");
}

void qwr__draw_rect(const qwr__canvas *c, const char *kind, int64_t x, int64_t y, int64_t width,
                    int64_t height)
{
    qwr__text_add(c->out, "<rect class=\"%s\"", kind);
    put_box(c, x, y, width, height);
}

void qwr__draw_bar(const qwr__canvas *c, const char *kind, uint32_t call, int64_t x, int64_t y,
                   int64_t width, int64_t height)
{
    qwr__text_add(c->out, "<rect class=\"%s\" data-v=\"%u\"", kind, (unsigned)call);
    put_box(c, x, y, width, height);
}

void qwr__draw_line(const qwr__canvas *c, const char *kind, int64_t x1, int64_t y1, int64_t x2,
                    int64_t y2)
{
    qwr__text_add(c->out, "<line class=\"%s\"", kind);
    attribute(c->out, "x1", x1);
    attribute(c->out, "y1", y1);
    attribute(c->out, "x2", x2);
    attribute(c->out, "y2", y2);
    qwr__text_add(c->out, "/>");
}

void qwr__draw_text(const qwr__canvas *c, const char *kind, int64_t x, int64_t y)
{
    qwr__text_add(c->words, "<text class=\"%s\"", kind);
    attribute(c->words, "x", x);
    attribute(c->words, "y", y);
    qwr__text_add(c->words, ">");
}

void qwr__draw_text_end(const qwr__canvas *c)
{
    qwr__text_add(c->words, "</text>");
}

void qwr__draw_words(const qwr__canvas *c, const char *kind, int64_t x, int64_t y,
                     const char *words)
{
    qwr__draw_text(c, kind, x, y);
    qwr__text_xml(c->words, words);
    qwr__draw_text_end(c);
}

/* --- time ------------------------------------------------------------------------------------ */

/** Time between two lines of the grid: the least of the usual ones that leaves `px` pixels. */
static int64_t grid_step(const qwr__canvas *c, int px)
{
    static const int64_t hours[] = {1, 2, 3, 6, 12, 24, 48, 168, 336, 672};
    static const int64_t tens[] = {1, 2, 5};
    const qwr__sheet *s = c->sheet;
    int64_t span_s = s->to_s - s->from_s, step = 0;
    for (int i = 0; i < 60; i++) {
        if (s->published) {
            step = s->info->published_unit_s * tens[i % 3];
            for (int k = 0; k < i / 3 && step < span_s; k++)
                step *= 10;
        } else {
            step = i < 10 ? hours[i] * 3600 : step * 2;
        }
        if (step >= span_s || qwr__ratio(step, c->width, span_s) >= px * QWR__PX)
            break;
    }
    return step > 0 ? step : span_s;
}

static int64_t first_line(const qwr__canvas *c, int64_t step)
{
    int64_t epoch = c->sheet->published ? 0 : c->sheet->epoch_unix_s % 86400;
    int64_t from = c->sheet->from_s + epoch, rest = from % step;
    return c->sheet->from_s + (rest == 0 ? 0 : rest > 0 ? step - rest : -rest);
}

static void draw_clock(const qwr__canvas *c, int64_t at_s, int64_t y)
{
    int64_t hour = (at_s + c->sheet->epoch_unix_s % 86400) / 3600 % 24;
    qwr__draw_text(c, "ck", qwr__canvas_x(c, at_s), y);
    qwr__text_add(c->words, "%02d", (int)(hour < 0 ? hour + 24 : hour));
    qwr__draw_text_end(c);
}

/** Thin lines at hours, with the hour above them where there is room. */
static void draw_hours(const qwr__canvas *c, int64_t top, int64_t bottom, bool labels)
{
    int64_t step = grid_step(c, 26);
    if (c->sheet->published || step >= 86400)
        return;
    for (int64_t t = first_line(c, step); t <= c->sheet->to_s; t += step) {
        if ((t + c->sheet->epoch_unix_s) % 86400 == 0)
            continue;
        qwr__draw_line(c, "gh", qwr__canvas_x(c, t), top, qwr__canvas_x(c, t), bottom);
        if (labels)
            draw_clock(c, t, top - 5 * QWR__PX);
    }
}

void qwr__draw_time_grid(const qwr__canvas *c, int64_t top, int64_t bottom, bool labels)
{
    int64_t step = grid_step(c, c->sheet->published ? 48 : 66);
    if (!c->sheet->published && step < 86400)
        step = 86400;
    draw_hours(c, top, bottom, labels);
    for (int64_t t = first_line(c, step); t <= c->sheet->to_s; t += step) {
        int64_t x = qwr__canvas_x(c, t);
        qwr__draw_line(c, "gd", x, labels ? top - 17 * QWR__PX : top, x, bottom);
        if (!labels || x > c->left + c->width - 30 * QWR__PX)
            continue;
        qwr__draw_text(c, "dt", x + 4 * QWR__PX,
                       top - 18 * QWR__PX + (c->sheet->published ? 80 : 0));
        qwr__word_date(c->words, c->sheet, t);
        qwr__draw_text_end(c);
    }
}

/* --- plots -------------------------------------------------------------------------------- */

void qwr__plot_open(qwr__canvas *c, int64_t top, int64_t height, int64_t head)
{
    qwr__text_add(c->out, "<svg class=\"plot\"");
    attribute(c->out, "x", c->left);
    attribute(c->out, "y", top - head);
    attribute(c->out, "width", c->width);
    attribute(c->out, "height", height + head);
    qwr__text_add(c->out, " viewBox=\"");
    const int64_t box[] = {c->left, top - head, c->width, height + head};
    for (size_t i = 0; i < sizeof box / sizeof box[0]; i++) {
        qwr__text_put(c->out, " ", i > 0);
        qwr__text_fixed(c->out, box[i], 1);
    }
    qwr__text_put(c->out, "\"", 1);
    attribute(c->out, "data-top", top);
    attribute(c->out, "data-head", head);
    qwr__text_add(c->out, "><rect class=\"pn\"");
    attribute(c->out, "x", c->left);
    attribute(c->out, "y", top);
    attribute(c->out, "height", height);
    qwr__text_add(c->out, " width=\"100%%\"/>\n<g class=\"tg\">");
    qwr__draw_time_grid(c, top, top + height, head > 0);
    qwr__text_add(c->out, "</g>\n<g class=\"st\">\n");
    qwr__text_init(&c->fixed, c->sheet->ctx);
    qwr__text_init(&c->labels, c->sheet->ctx);
    c->words = &c->fixed;
    c->top = top;
    c->height = height;
}

static void put_layer(qwr__canvas *c, const char *kind, qwr__text *layer)
{
    qwr__text_add(c->out, "<g class=\"%s\">", kind);
    if (layer->data != NULL)
        qwr__text_put(c->out, layer->data, layer->length);
    qwr__text_add(c->out, "</g>\n");
    if (layer->status != QWR_OK)
        c->out->status = layer->status;
    qwr__text_free(layer);
}

void qwr__plot_close(qwr__canvas *c)
{
    qwr__text_add(c->out, "</g>\n");
    put_layer(c, "fx", &c->fixed);
    put_layer(c, "lb", &c->labels);
    c->words = c->out;
    qwr__text_add(c->out, "<rect class=\"fr\"");
    attribute(c->out, "x", c->left);
    attribute(c->out, "y", c->top);
    attribute(c->out, "height", c->height);
    qwr__text_add(c->out, " width=\"100%%\"/></svg>\n");
}

/* --- windows --------------------------------------------------------------------------------- */

void qwr__draw_window_title(const qwr__canvas *c, const qwr_window *w)
{
    static const char *const kinds[] = {"Closed", "Maintenance", "Weather standstill", "Lane"};
    qwr__text_add(c->out, "<title>%s", kinds[w->kind]);
    if (w->reason != NULL) {
        qwr__text_add(c->out, ": ");
        qwr__text_xml(c->out, w->reason);
    }
    qwr__text_add(c->out, "\nFrom: ");
    qwr__word_time(c->out, c->sheet, w->from_s);
    qwr__text_add(c->out, "\nTo: ");
    qwr__word_time(c->out, c->sheet, w->to_s);
    qwr__text_add(c->out, "\nId: ");
    qwr__text_xml(c->out, w->id);
    qwr__text_add(c->out, "</title>");
}

void qwr__draw_weather(const qwr__canvas *c, uint32_t quay, int64_t top, int64_t bottom)
{
    const qwr_scenario *s = c->sheet->scenario;
    for (uint32_t i = 0; i < qwr_scenario_window_count(s); i++) {
        const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){i});
        if (w->kind != QWR_WINDOW_WEATHER || w->quay.v != quay ||
            !qwr__canvas_shows(c, w->from_s, w->to_s))
            continue;
        int64_t x = qwr__canvas_x(c, w->from_s), width = qwr__canvas_x(c, w->to_s) - x;
        qwr__text_add(c->out, "<g class=\"t\">");
        qwr__draw_window_title(c, w);
        qwr__draw_rect(c, "wx", x, top, width, bottom - top);
        if (w->reason != NULL && (int64_t)qwr__width(w->reason) * 62 + 60 < width &&
            bottom - top > 100 * QWR__PX)
            qwr__draw_words(c, "wt", x + 3 * QWR__PX, top + 11 * QWR__PX, w->reason);
        qwr__text_add(c->out, "</g>\n");
    }
}
