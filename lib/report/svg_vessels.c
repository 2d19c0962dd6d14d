/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vessels of a quay: blocks in time and space with name and cranes, a line from the ETA where
 * one waits, a mark where departure is desired, the part after it hatched, a pin where a decision
 * is pinned, and all of it in words for the tooltip. Must never judge the plan.
 */
#include "report/delta.h"

/** A page with more calls leaves labels to its script, which would only draw them again. */
enum { LABELS_MOST = 200 };

static const char *const KINDS[] = {"v ok", "v ti", "v la", "v"};

/* --- words ----------------------------------------------------------------------------------- */

static void title_time(const qwr__canvas *c, const char *label, int64_t at_s)
{
    qwr__text_add(c->out, "\n%s: ", label);
    qwr__word_time(c->out, c->sheet, at_s);
}

static void title_place(const qwr__canvas *c, const qwr__visit *v)
{
    qwr__text_add(c->out, v->berth != NULL ? "\nBerth: " : "\nQuay: ");
    qwr__text_xml(c->out, qwr__place_name(v));
    if (v->hull_to_mm > v->hull_from_mm && v->berth == NULL) {
        qwr__text_add(c->out, ", ");
        qwr__word_metres(c->out, v->hull_from_mm);
        qwr__text_add(c->out, " to ");
        qwr__word_metres(c->out, v->hull_to_mm);
        qwr__text_add(c->out, " m");
    }
}

/** Lines "Label: value" after the name: what the page shows as a card. */
static void draw_title(const qwr__canvas *c, const qwr__visit *v, uint32_t call)
{
    qwr__text_add(c->out, "><title>");
    qwr__text_xml(c->out, qwr__vessel_name(v->call));
    qwr__text_add(c->out, "\nCall: ");
    qwr__text_xml(c->out, v->call->id);
    title_place(c, v);
    title_time(c, "ETA", v->eta_s);
    title_time(c, "Alongside", v->start_s);
    title_time(c, "Departs", v->end_s);
    if (v->due_s != QWR_UNSET)
        title_time(c, v->call->desired_departure_s != QWR_UNSET ? "Desired" : "Latest", v->due_s);
    qwr__text_add(c->out, "\nStatus: %s", qwr__word_timeliness(v->timely));
    if (v->late_s > 0) {
        qwr__text_add(c->out, " by ");
        qwr__word_span(c->out, c->sheet, v->late_s);
    }
    if (v->wait_s > 0) {
        qwr__text_add(c->out, "\nWaits: ");
        qwr__word_span(c->out, c->sheet, v->wait_s);
    }
    if (v->cranes > 0)
        qwr__text_add(c->out, "\nCranes: %d", (int)v->cranes);
    int64_t moves = qwr_scenario_call_moves(c->sheet->scenario, (qwr_call_ix){call});
    if (moves > 0) {
        qwr__text_add(c->out, "\nMoves: ");
        qwr__word_count(c->out, moves);
    }
    if (v->call->draught_mm != QWR_UNSET) {
        qwr__text_add(c->out, "\nDraught: ");
        qwr__word_metres(c->out, v->call->draught_mm);
        qwr__text_add(c->out, " m");
    }
    if (v->pinned) {
        qwr__text_add(c->out, "\nPinned: ");
        qwr__word_pins(c->out, v->call);
    }
    qwr__text_add(c->out, "</title>");
}

/** For those who hear the page: what is told first of a vessel. The table of calls has the rest. */
static void put_name(const qwr__canvas *c, const qwr__visit *v)
{
    qwr__text_add(c->out, " tabindex=\"0\" role=\"img\" aria-label=\"");
    qwr__text_xml(c->out, qwr__vessel_name(v->call));
    qwr__text_add(c->out, ", ");
    qwr__text_xml(c->out, qwr__place_name(v));
    qwr__text_add(c->out, ", ");
    qwr__word_moment(c->out, c->sheet, v->start_s);
    qwr__text_add(c->out, " to ");
    qwr__word_moment(c->out, c->sheet, v->end_s);
    qwr__text_add(c->out, ", %s", qwr__word_timeliness(v->timely));
    if (v->late_s > 0) {
        qwr__text_add(c->out, " by ");
        qwr__word_span(c->out, c->sheet, v->late_s);
    }
    qwr__text_add(c->out, "\">");
}

/* --- marks ----------------------------------------------------------------------------------- */

/** From the ETA to the start of the stay, along the lower edge: names stand higher. */
static void draw_wait(const qwr__canvas *c, const qwr__block *b)
{
    int64_t y = b->y + b->height - (b->height > 160 ? 50 : 25);
    int64_t from = qwr__canvas_x(c, b->v->eta_s);
    if (b->v->wait_s < 60 || b->x - from < 15)
        return;
    qwr__draw_line(c, "wl", from, y, b->x, y);
    if (b->v->eta_s >= c->sheet->from_s)
        qwr__draw_line(c, "we", from, y - 35, from, y + 25);
}

/** To the desired departure, a bar at its end; where late, the bar stands in the block. */
static void draw_due(const qwr__canvas *c, const qwr__block *b)
{
    const qwr__visit *v = b->v;
    int64_t end = b->x + b->width;
    if (v->due_s == QWR_UNSET || !qwr__canvas_shows(c, v->due_s, v->due_s + 1))
        return;
    int64_t due = qwr__canvas_x(c, v->due_s), middle = b->y + b->height / 2;
    if (v->timely == QWR__LATE) {
        if (due > b->x)
            qwr__draw_line(c, "du", due, b->y, due, b->y + b->height);
        return;
    }
    qwr__draw_line(c, "dl", end, middle, due, middle);
    qwr__draw_line(c, "du", due, middle - 50, due, middle + 50);
}

static void draw_overdue(const qwr__canvas *c, const qwr__block *b)
{
    int64_t due = qwr__canvas_x(c, b->v->due_s);
    if (b->v->timely != QWR__LATE)
        return;
    due = due < b->x ? b->x : due;
    qwr__draw_rect(c, "od", due, b->y, b->x + b->width - due, b->height);
}

/* --- blocks ---------------------------------------------------------------------------------- */

static qwr__block block_of(const qwr__canvas *c, const qwr__panel *p, const qwr__visit *v)
{
    qwr__block b = {.v = v, .x = qwr__canvas_x(c, v->start_s)};
    b.width = qwr__canvas_x(c, v->end_s) - b.x;
    b.width = b.width < 15 ? 15 : b.width;
    qwr__panel_span(c, p, v->berth, v->hull_from_mm, v->hull_to_mm, &b.y, &b.height);
    /* A hair of air between neighbours. */
    int64_t air = p->quay->layout == QWR_LAYOUT_DISCRETE ? 30 : 5;
    b.y += air;
    b.height = b.height > 2 * air + 30 ? b.height - 2 * air : 30;
    return b;
}

static void draw_vessel(const qwr__canvas *c, const qwr__panel *p, uint32_t call)
{
    const qwr__visit *v = &c->sheet->visit[call];
    qwr__block b = block_of(c, p, v);
    qwr__text_add(c->out, "<g class=\"%s%s\" id=\"v%u\"",
                  c->delta != NULL ? qwr__delta_kind(c->delta, call) : KINDS[v->timely],
                  v->pinned ? " pinned" : "", (unsigned)call);
    if (c->in_page)
        put_name(c, v);
    else
        draw_title(c, v, call);
    draw_due(c, &b);
    draw_wait(c, &b);
    qwr__draw_rect(c, "b", b.x, b.y, b.width, b.height);
    draw_overdue(c, &b);
    if (v->timely == QWR__LATE)
        draw_due(c, &b);
    if (!c->in_page || c->sheet->calls <= LABELS_MOST)
        qwr__draw_label(c, &b);
    qwr__text_add(c->out, "</g>\n");
}

void qwr__draw_vessels(qwr__canvas *c, const qwr__panel *p)
{
    const qwr__sheet *s = c->sheet;
    c->words = &c->labels;
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[s->order[i]];
        if (v->timely == QWR__UNPLACED || v->quay != p->quay)
            continue;
        if (p->quay->layout == QWR_LAYOUT_DISCRETE && v->berth == NULL)
            continue;
        if (qwr__canvas_shows(c, v->start_s, v->end_s + 1))
            draw_vessel(c, p, s->order[i]);
    }
    c->words = &c->fixed;
}
