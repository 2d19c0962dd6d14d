/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One small chart of the page: a key figure over the levels of one variation, as SVG. The mean with
 * its confidence band, and thin lines for each combination of the other levels where they are few.
 * Knows no table and no page.
 */
#include "cli/sweep_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 340, HEIGHT = 210, LEFT = 62, RIGHT = 14, TOP = 14, BOTTOM = 42, THIN_MAX = 12 };

typedef struct chart {
    textbuf *out;
    const sweep_compare *c;
    size_t k, variation;
    size_t levels;
    sample *at;           /* per level */
    int numeric;          /* 1: levels stand at their number */
    double x_low, x_high; /* of the levels */
    double y_low, y_high;
    double step; /* between marks of the y axis */
    int decimals;
} chart;

static double level_at(const chart *g, size_t level)
{
    double value = (double)level;
    if (g->numeric)
        qwr_variation_level_value(g->c->design.variation[g->variation], level, &value);
    return value;
}

static double px(const chart *g, double x)
{
    const double pad = g->numeric ? 0.04 : 0.12, width = WIDTH - LEFT - RIGHT;
    const double share = g->x_high > g->x_low ? (x - g->x_low) / (g->x_high - g->x_low) : 0.5;
    return LEFT + width * (pad + (1 - 2 * pad) * share);
}

static double py(const chart *g, double y)
{
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (y - g->y_low) / (g->y_high - g->y_low));
}

/* The combination of the other levels that a point belongs to, as a number. */
static size_t combination(const chart *g, size_t point)
{
    const sweep_design *d = &g->c->design;
    size_t key = 0;
    for (size_t i = 0; i < d->count; i++)
        if (i != g->variation)
            key = key * qwr_variation_levels(d->variation[i]) + d->level[point * d->count + i];
    return key;
}

/* Combinations of the levels of all variations but one, THIN_MAX + 1 if they are more. */
static size_t combinations(const sweep_design *d, size_t variation)
{
    size_t count = 1;
    for (size_t i = 0; i < d->count; i++)
        if (i != variation && count <= THIN_MAX)
            count *= qwr_variation_levels(d->variation[i]);
    return count <= THIN_MAX ? count : THIN_MAX + 1;
}

static int has_thin_lines(const sweep_design *d, size_t variation)
{
    const size_t count = combinations(d, variation);
    return count > 1 && count <= THIN_MAX;
}

/* --- scales ---------------------------------------------------------------------------------- */

static void widen(sweep_range *range, double low, double high)
{
    if (!isnan(low) && low < range->low)
        range->low = low;
    if (!isnan(high) && high > range->high)
        range->high = high;
}

/* Charts of one key figure share their scale, so that the eye can compare them. */
sweep_range sweep_chart_range(const sweep_compare *c, size_t k)
{
    const sweep_design *d = &c->design;
    sweep_range range = {INFINITY, -INFINITY};
    int thin = 0;
    for (size_t i = 0; i < d->count; i++) {
        thin |= has_thin_lines(d, i);
        for (size_t l = 0; l < qwr_variation_levels(d->variation[i]); l++) {
            const sample s = sweep_compare_level(c, k, i, (uint32_t)l);
            const double half = isnan(s.half) ? 0 : s.half;
            widen(&range, s.mean - half, s.mean + half);
        }
    }
    for (size_t p = 0; thin && p < d->points; p++) {
        const sample s = sweep_compare_mean(c, k, p);
        widen(&range, s.mean, s.mean);
    }
    return range;
}

/* Marks at 1, 2 or 5 times a power of ten, four or so of them; about one value that all share. */
static void settle_y(chart *g)
{
    double span = g->y_high - g->y_low;
    if (!(span > 0)) {
        const double all = g->y_high;
        span = fabs(all) > 0 ? fabs(all) : 1;
        g->y_low = all == 0 ? 0 : all - span / 2;
        g->y_high = g->y_low + span;
    }
    const double raw = span / 4;
    const double power = pow(10, floor(log10(raw)));
    const double lead = raw / power;
    g->step = power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
    g->y_low = g->step * floor(g->y_low / g->step);
    g->y_high = g->step * ceil(g->y_high / g->step);
    g->decimals = g->step >= 1 ? 0 : (int)ceil(-log10(g->step) - 1e-9);
}

static void settle_x(chart *g)
{
    const qwr_variation *v = g->c->design.variation[g->variation];
    g->levels = qwr_variation_levels(v);
    g->numeric = !qwr_variation_is_random(v) && g->levels > 1;
    g->x_low = level_at(g, 0);
    g->x_high = g->x_low;
    for (size_t l = 0; l < g->levels; l++) {
        const double x = level_at(g, l);
        g->x_low = x < g->x_low ? x : g->x_low;
        g->x_high = x > g->x_high ? x : g->x_high;
    }
}

/* --- parts ----------------------------------------------------------------------------------- */

static void escaped(textbuf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            textbuf_add(out, "&amp;");
        else if (*p == '<')
            textbuf_add(out, "&lt;");
        else if (*p == '>')
            textbuf_add(out, "&gt;");
        else if (*p == '"')
            textbuf_add(out, "&quot;");
        else
            textbuf_bytes(out, p, 1);
    }
}

void sweep_escape(textbuf *out, const char *text)
{
    escaped(out, text);
}

static void y_axis(const chart *g)
{
    const int marks = (int)floor((g->y_high - g->y_low) / g->step + 0.5);
    for (int i = 0; i <= marks; i++) {
        const double value = g->y_low + i * g->step, y = py(g, value);
        textbuf_printf(g->out,
                       "<line class=\"gd\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                       "<text class=\"ax\" x=\"%d\" y=\"%.1f\">%.*f</text>\n",
                       LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 3.5, g->decimals,
                       fabs(value) < g->step / 1e6 ? 0.0 : value);
    }
}

/* At most about six texts fit beside each other; long ones fewer. */
static size_t label_stride(const chart *g)
{
    size_t longest = 1;
    const qwr_variation *v = g->c->design.variation[g->variation];
    for (size_t l = 0; l < g->levels; l++) {
        const size_t length = strlen(qwr_variation_level_text(v, l));
        longest = length > longest ? length : longest;
    }
    const size_t fit = (WIDTH - LEFT - RIGHT) / (longest * 6 + 10);
    return fit == 0 ? g->levels : (g->levels + fit - 1) / fit;
}

static void x_axis(const chart *g)
{
    const qwr_variation *v = g->c->design.variation[g->variation];
    const size_t stride = label_stride(g);
    for (size_t l = 0; l < g->levels; l++) {
        const double x = px(g, level_at(g, l));
        textbuf_printf(g->out, "<line class=\"tk\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                       x, x, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4);
        if (l % stride != 0)
            continue;
        textbuf_printf(g->out, "<text class=\"tx\" x=\"%.1f\" y=\"%d\">", x, HEIGHT - BOTTOM + 16);
        escaped(g->out, qwr_variation_level_text(v, l));
        textbuf_add(g->out, "</text>\n");
    }
    textbuf_printf(g->out, "<text class=\"xn\" x=\"%d\" y=\"%d\">", (LEFT + WIDTH - RIGHT) / 2,
                   HEIGHT - 8);
    escaped(g->out, qwr_variation_name(v));
    /* "=" is what an axis says anyway; "+=" and "*=" are news. */
    const char *word = qwr_variation_operator(v);
    textbuf_printf(g->out, "%s%s</text>\n", strcmp(word, "=") == 0 ? "" : " ",
                   strcmp(word, "=") == 0 ? "" : word);
}

/* A line through the points of one combination of the other levels. */
static void thin_line(const chart *g, size_t key)
{
    const sweep_design *d = &g->c->design;
    int drawn = 0;
    textbuf_add(g->out, "<path class=\"th\" d=\"");
    for (size_t l = 0; l < g->levels; l++)
        for (size_t p = 0; p < d->points; p++) {
            if (d->level[p * d->count + g->variation] != l || combination(g, p) != key)
                continue;
            const sample s = sweep_compare_mean(g->c, g->k, p);
            if (!isnan(s.mean))
                textbuf_printf(g->out, "%c%.1f %.1f", drawn++ ? 'L' : 'M', px(g, level_at(g, l)),
                               py(g, s.mean));
        }
    textbuf_add(g->out, "\"/>\n");
}

/* Upper edge forth, lower edge back, over each run of levels that have an interval. */
static void band(const chart *g)
{
    for (size_t first = 0; first < g->levels;) {
        size_t last = first;
        while (last < g->levels && !isnan(g->at[last].half))
            last++;
        if (last - first > 1) {
            textbuf_add(g->out, "<path class=\"ci\" d=\"");
            for (size_t l = first; l < last; l++) {
                const sample s = g->at[l];
                textbuf_printf(g->out, "%c%.1f %.1f", l > first ? 'L' : 'M', px(g, level_at(g, l)),
                               py(g, s.mean + s.half));
            }
            for (size_t l = last; l-- > first;) {
                const sample s = g->at[l];
                textbuf_printf(g->out, "L%.1f %.1f", px(g, level_at(g, l)), py(g, s.mean - s.half));
            }
            textbuf_add(g->out, "Z\"/>\n");
        }
        first = last + 1;
    }
}

static void mean_line(const chart *g)
{
    int drawn = 0;
    textbuf_add(g->out, "<path class=\"mn\" d=\"");
    for (size_t l = 0; l < g->levels; l++) {
        const sample s = g->at[l];
        if (isnan(s.mean))
            drawn = 0;
        else
            textbuf_printf(g->out, "%c%.1f %.1f", drawn++ ? 'L' : 'M', px(g, level_at(g, l)),
                           py(g, s.mean));
    }
    textbuf_add(g->out, "\"/>\n");
}

/* Dots with whiskers, and what they say on hover. */
static void dots(const chart *g)
{
    const qwr_variation *v = g->c->design.variation[g->variation];
    const sweep_kpi *kpi = sweep_kpi_at(g->c->kpi[g->k]);
    const sweep_design *d = &g->c->design;
    const uint32_t base = d->level[g->c->baseline * d->count + g->variation];
    for (size_t l = 0; l < g->levels; l++) {
        const sample s = g->at[l];
        const double x = px(g, level_at(g, l));
        if (isnan(s.mean))
            continue;
        textbuf_printf(g->out, "<g class=\"pt%s\"><title>", l == base ? " bs" : "");
        escaped(g->out, qwr_variation_name(v));
        textbuf_printf(g->out, " %s ", qwr_variation_operator(v));
        escaped(g->out, qwr_variation_level_text(v, l));
        textbuf_printf(g->out, ": %.*f", kpi->decimals, s.mean);
        if (!isnan(s.half))
            textbuf_printf(g->out, " \302\261 %.*f", kpi->decimals, s.half);
        textbuf_printf(g->out, " %s (%zu replications)%s</title>", kpi->unit, s.n,
                       l == base ? ", baseline" : "");
        if (!isnan(s.half))
            textbuf_printf(g->out,
                           "<line class=\"wh\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                           x, x, py(g, s.mean - s.half), py(g, s.mean + s.half));
        textbuf_printf(g->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"/></g>\n", x, py(g, s.mean),
                       l == base ? "4.5" : "3.5");
    }
}

static void draw(const chart *g)
{
    const size_t count = combinations(&g->c->design, g->variation);
    y_axis(g);
    x_axis(g);
    if (has_thin_lines(&g->c->design, g->variation))
        for (size_t key = 0; key < count; key++)
            thin_line(g, key);
    band(g);
    mean_line(g);
    dots(g);
}

void sweep_chart(textbuf *out, const sweep_compare *c, size_t k, size_t variation,
                 sweep_range range)
{
    chart g = {.out = out, .c = c, .k = k, .variation = variation};
    settle_x(&g);
    g.at = calloc(g.levels, sizeof *g.at);
    if (!g.at) {
        out->failed = 1;
        return;
    }
    for (size_t l = 0; l < g.levels; l++)
        g.at[l] = sweep_compare_level(c, k, variation, (uint32_t)l);
    textbuf_printf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
    escaped(out, sweep_kpi_at(c->kpi[k])->name);
    textbuf_add(out, " over ");
    escaped(out, qwr_variation_name(c->design.variation[variation]));
    textbuf_add(out, "\">\n");
    if (range.low <= range.high) {
        g.y_low = range.low;
        g.y_high = range.high;
        settle_y(&g);
        draw(&g);
    } else {
        textbuf_printf(out, "<text class=\"xn\" x=\"%d\" y=\"%d\">no run has a value</text>",
                       WIDTH / 2, HEIGHT / 2);
    }
    textbuf_add(out, "</svg>\n");
    free(g.at);
}
