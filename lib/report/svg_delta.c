/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How changes look: a dashed outline where a vessel was, an arrow to where it is now; in red with
 * its name what has lost its place. Must never decide what counts as a change.
 */
#include "report/delta.h"

#include <string.h>

/** The block of the plan before on a panel of the plan after; false if it was elsewhere. */
static bool old_block(const qwr__canvas *c, const qwr__panel *p, uint32_t was, qwr__block *b)
{
    const qwr__delta *d = c->delta;
    const qwr__visit *v = &d->before->visit[was];
    int64_t start_s = v->start_s + d->shift_s, end_s = v->end_s + d->shift_s;
    const qwr_berth *berth = NULL;
    if (v->timely == QWR__UNPLACED || v->quay == NULL || strcmp(v->quay->id, p->quay->id) != 0 ||
        !qwr__canvas_shows(c, start_s, end_s + 1))
        return false;
    if (p->quay->layout == QWR_LAYOUT_DISCRETE) {
        if (v->berth == NULL)
            return false;
        qwr_berth_ix ix = qwr_scenario_find_berth(d->after->scenario, v->berth->id);
        berth = qwr_scenario_berth(d->after->scenario, ix);
        if (berth == NULL || berth->quay.v != p->ix.v)
            return false;
    }
    *b = (qwr__block){.v = v, .x = qwr__canvas_x(c, start_s)};
    b->width = qwr__canvas_x(c, end_s) - b->x;
    qwr__panel_span(c, p, berth, v->hull_from_mm, v->hull_to_mm, &b->y, &b->height);
    return true;
}

static void open_ghost(const qwr__canvas *c, const qwr__visit *v, const char *words)
{
    qwr__text_add(c->out, "<g class=\"t\"><title>");
    qwr__text_xml(c->out, qwr__vessel_name(v->call));
    qwr__text_add(c->out, "\n%s: ", words);
    qwr__text_xml(c->out, qwr__place_name(v));
    qwr__text_add(c->out, "\nAlongside: ");
    qwr__word_time(c->out, c->sheet, v->start_s + c->delta->shift_s);
    qwr__text_add(c->out, "\nDeparts: ");
    qwr__word_time(c->out, c->sheet, v->end_s + c->delta->shift_s);
    qwr__text_add(c->out, "\nCranes: %d</title>", (int)v->cranes);
}

void qwr__draw_ghosts(qwr__canvas *c, const qwr__panel *p)
{
    const qwr__delta *d = c->delta;
    qwr__block b;
    for (uint32_t i = 0; i < d->after->calls; i++) {
        uint32_t call = d->after->order[i];
        if (d->fate[call] != QWR__MOVED || !old_block(c, p, d->was[call], &b))
            continue;
        open_ghost(c, b.v, "Was at");
        qwr__draw_rect(c, "gb", b.x, b.y, b.width, b.height);
        qwr__text_add(c->out, "</g>\n");
    }
    for (size_t i = 0; i < d->lost_count; i++) {
        if (!old_block(c, p, d->lost[i], &b))
            continue;
        open_ghost(c, b.v, "Has lost its place at");
        qwr__draw_rect(c, "gl", b.x, b.y, b.width, b.height);
        qwr__text_add(c->out, "</g>\n");
        if (b.width > 60 * QWR__PX)
            qwr__draw_words(c, "gn", b.x + 50, b.y + 120, qwr__vessel_name(b.v->call));
    }
}

/* --- arrows ---------------------------------------------------------------------------------- */

static int64_t root(int64_t square)
{
    int64_t r = 0;
    for (int64_t bit = (int64_t)1 << 30; bit > 0; bit >>= 1)
        if ((r + bit) * (r + bit) <= square)
            r += bit;
    return r;
}

static void put_corner(qwr__text *out, char step, int64_t x, int64_t y)
{
    qwr__text_add(out, "%c", step);
    qwr__text_fixed(out, x, 1);
    qwr__text_add(out, " ");
    qwr__text_fixed(out, y, 1);
}

/** The head is not stretched: `data-a` tells the page where the arrow runs. */
static void draw_head(const qwr__canvas *c, int64_t x1, int64_t y1, int64_t x2, int64_t y2)
{
    int64_t dx = x2 - x1, dy = y2 - y1, length = root(dx * dx + dy * dy);
    const int64_t at[] = {x1, y1, x2, y2};
    if (length == 0)
        return;
    int64_t bx = x2 - 80 * dx / length, by = y2 - 80 * dy / length;
    int64_t sx = 35 * dy / length, sy = 35 * dx / length;
    qwr__text_add(c->words, "<path class=\"gx\" data-a=\"");
    for (size_t i = 0; i < 4; i++) {
        qwr__text_put(c->words, " ", i > 0);
        qwr__text_fixed(c->words, at[i], 1);
    }
    qwr__text_add(c->words, "\" d=\"");
    put_corner(c->words, 'M', x2, y2);
    put_corner(c->words, 'L', bx + sx, by - sy);
    put_corner(c->words, 'L', bx - sx, by + sy);
    qwr__text_add(c->words, "Z\"/>");
}

void qwr__draw_arrows(qwr__canvas *c, const qwr__panel *p)
{
    const qwr__delta *d = c->delta;
    qwr__block from, to;
    for (uint32_t i = 0; i < d->after->calls; i++) {
        uint32_t call = d->after->order[i];
        const qwr__visit *v = &d->after->visit[call];
        if (d->fate[call] != QWR__MOVED || v->quay != p->quay ||
            !old_block(c, p, d->was[call], &from))
            continue;
        to = (qwr__block){.v = v, .x = qwr__canvas_x(c, v->start_s)};
        to.width = qwr__canvas_x(c, v->end_s) - to.x;
        qwr__panel_span(c, p, v->berth, v->hull_from_mm, v->hull_to_mm, &to.y, &to.height);
        int64_t x1 = from.x + from.width / 2, y1 = from.y + from.height / 2;
        int64_t x2 = to.x + to.width / 2, y2 = to.y + to.height / 2;
        if (x1 == x2 && y1 == y2)
            continue;
        qwr__draw_line(c, "ga", x1, y1, x2, y2);
        draw_head(c, x1, y1, x2, y2);
    }
}
