/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vessels of a quay: blocks in time and space with name and cranes, a line from the ETA where
 * one waits, a mark where departure is desired, the part after it hatched, a pin where a decision
 * is pinned, and all of it in words for the tooltip. Must never judge the plan.
 */
#include "report/report.h"

#include <string.h>

/** Width of a character of the two lines of a block, in tenths of a pixel: capitals are wide. */
static const int64_t NAME_CHAR = 74, NOTE_CHAR = 58, PAD = 50;

typedef struct block {
    const qwr__visit *v;
    int64_t x, y, width, height;
} block;

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

static void title_pins(const qwr__canvas *c, const qwr_call *call)
{
    const char *comma = "\nPinned: ";
    const struct {
        bool set;
        const char *word;
    } pins[] = {{call->pin_quay.v != QWR_NONE, "quay"},
                {call->pin_berth.v != QWR_NONE, "berth"},
                {call->pin_position_mm != QWR_UNSET, "position"},
                {call->pin_start_s != QWR_UNSET, "start"},
                {call->pin_cranes != QWR_UNSET, "cranes"}};
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
        if (!pins[i].set)
            continue;
        qwr__text_add(c->out, "%s%s", comma, pins[i].word);
        comma = ", ";
    }
}

/** Lines "Label: value" after the name: what the page shows as a card. */
static void draw_title(const qwr__canvas *c, const qwr__visit *v, uint32_t call)
{
    qwr__text_add(c->out, "<title>");
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
    title_pins(c, v->call);
    qwr__text_add(c->out, "</title>");
}

/* --- marks ----------------------------------------------------------------------------------- */

/** From the ETA to the start of the stay, along the lower edge: names stand higher. */
static void draw_wait(const qwr__canvas *c, const block *b)
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
static void draw_due(const qwr__canvas *c, const block *b)
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

static void draw_overdue(const qwr__canvas *c, const block *b)
{
    int64_t due = qwr__canvas_x(c, b->v->due_s);
    if (b->v->timely != QWR__LATE)
        return;
    due = due < b->x ? b->x : due;
    qwr__draw_rect(c, "od", due, b->y, b->x + b->width - due, b->height);
}

static void draw_pin(const qwr__canvas *c, const block *b)
{
    if (!b->v->pinned || b->width < 100 || b->height < 100)
        return;
    int64_t x = b->x + b->width - 65, y = b->y + 60;
    qwr__draw_line(c, "pl", x, y, x - 20, y + 60);
    qwr__text_add(c->out, "<circle class=\"pi\" cx=\"");
    qwr__text_fixed(c->out, x, 1);
    qwr__text_add(c->out, "\" cy=\"");
    qwr__text_fixed(c->out, y, 1);
    qwr__text_add(c->out, "\" r=\"3\"/>");
}

/* --- labels ---------------------------------------------------------------------------------- */

/** The first characters of a name that fit, with an ellipsis if some do not. */
static void put_cut(const qwr__canvas *c, const char *name, int64_t room)
{
    size_t limit = (size_t)(room / NAME_CHAR), i = 0, n = 0;
    char piece[256];
    if (qwr__width(name) <= limit) {
        qwr__text_xml(c->out, name);
        return;
    }
    while (name[i] != '\0' && i + 5 < sizeof piece) {
        bool begins = ((unsigned char)name[i] & 0xC0U) != 0x80U;
        if (begins && ++n >= limit)
            break;
        piece[i] = name[i];
        i++;
    }
    piece[i] = '\0';
    qwr__text_xml(c->out, piece);
    qwr__text_add(c->out, "\xE2\x80\xA6");
}

static int64_t name_width(const char *name, size_t bytes)
{
    int64_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n += ((unsigned char)name[i] & 0xC0U) != 0x80U;
    return n * NAME_CHAR;
}

/** Bytes of the first of two lines: up to the space that leaves the shortest longer line; 0: none.
 */
static size_t best_break(const char *name)
{
    size_t best = 0, length = strlen(name);
    int64_t least = name_width(name, length);
    for (size_t i = 1; i + 1 < length; i++) {
        int64_t first = name_width(name, i), second = name_width(name + i + 1, length - i - 1);
        int64_t longer = first > second ? first : second;
        if (name[i] == ' ' && longer < least) {
            best = i;
            least = longer;
        }
    }
    return best;
}

/** Upwards, where a block is so narrow that hardly a letter fits across, and more do upwards. */
static bool goes_upright(const block *b, const char *name)
{
    int64_t length = name_width(name, strlen(name));
    int64_t across = b->width - PAD - 30, upwards = b->height - PAD - 30;
    bool hardly = across < 5 * NAME_CHAR && across < length;
    return (hardly || (across < length && upwards >= length && b->width < 450)) &&
           b->width >= 130 && upwards > across;
}

static void draw_upright(const qwr__canvas *c, const block *b, const char *name)
{
    int64_t x = b->x + b->width / 2 + 38, y = b->y + b->height - 50;
    qwr__text_add(c->out, "<text class=\"vn\" transform=\"translate(");
    qwr__text_fixed(c->out, x, 1);
    qwr__text_add(c->out, " ");
    qwr__text_fixed(c->out, y, 1);
    qwr__text_add(c->out, ") rotate(-90)\">");
    put_cut(c, name, b->height - PAD - 30);
    qwr__draw_text_end(c);
}

/** "3 QC, late 2 h 10 min" as far as it fits below the name. */
static void draw_note(const qwr__canvas *c, const block *b, int64_t y)
{
    qwr__text note;
    qwr__text_init(&note, c->sheet->ctx);
    if (b->v->cranes > 0)
        qwr__text_add(&note, "%d QC", (int)b->v->cranes);
    if (b->v->late_s > 0) {
        size_t short_length = note.length;
        qwr__text_add(&note, "%slate ", note.length > 0 ? " \xC2\xB7 " : "");
        qwr__word_span(&note, c->sheet, b->v->late_s);
        if (note.data != NULL && (int64_t)qwr__width(note.data) * NOTE_CHAR + PAD > b->width)
            note.data[short_length] = '\0';
    }
    if (note.data != NULL && note.data[0] != '\0' &&
        (int64_t)qwr__width(note.data) * NOTE_CHAR + PAD <= b->width)
        qwr__draw_words(c, "vc", b->x + 50, y, note.data);
    if (note.status != QWR_OK)
        c->out->status = note.status;
    qwr__text_free(&note);
}

static void draw_name_line(const qwr__canvas *c, const block *b, int64_t y, const char *words)
{
    int64_t room = b->width - PAD - 30 - (b->v->pinned ? 90 : 0);
    if (room < 2 * NAME_CHAR)
        return;
    qwr__draw_text(c, "vn", b->x + 50, y);
    put_cut(c, words, room);
    qwr__draw_text_end(c);
}

/** The name on one line, or on two if that shows more of it; returns where the next line goes. */
static int64_t draw_name(const qwr__canvas *c, const block *b, const char *name)
{
    static const int64_t LINE = 125;
    char first[128];
    size_t end = best_break(name);
    bool notes = b->height >= 300 && (b->v->cranes > 0 || b->v->late_s > 0);
    bool two = end > 0 && end < sizeof first && b->height >= (notes ? 430 : 300) &&
               name_width(name, strlen(name)) > b->width - PAD - 30 - (b->v->pinned ? 90 : 0);
    int64_t lines = 1 + two + notes;
    int64_t y = b->y + (b->height - lines * LINE) / 2 + 100;
    if (!two) {
        draw_name_line(c, b, y, name);
        return y + LINE;
    }
    memcpy(first, name, end);
    first[end] = '\0';
    draw_name_line(c, b, y, first);
    draw_name_line(c, b, y + LINE, name + end + 1);
    return y + 2 * LINE;
}

static void draw_label(const qwr__canvas *c, const block *b)
{
    const char *name = qwr__vessel_name(b->v->call);
    if (goes_upright(b, name)) {
        draw_upright(c, b, name);
        return;
    }
    if (b->width < 180 || b->height < 100)
        return;
    int64_t y = draw_name(c, b, name);
    if (b->height >= 300)
        draw_note(c, b, y);
}

/* --- blocks ---------------------------------------------------------------------------------- */

static block block_of(const qwr__canvas *c, const qwr__panel *p, const qwr__visit *v)
{
    block b = {.v = v, .x = qwr__canvas_x(c, v->start_s)};
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
    block b = block_of(c, p, v);
    qwr__text_add(c->out, "<g class=\"%s\" id=\"v%u\" tabindex=\"0\">", KINDS[v->timely],
                  (unsigned)call);
    draw_title(c, v, call);
    draw_due(c, &b);
    draw_wait(c, &b);
    qwr__draw_rect(c, "b", b.x, b.y, b.width, b.height);
    draw_overdue(c, &b);
    if (v->timely == QWR__LATE)
        draw_due(c, &b);
    draw_label(c, &b);
    draw_pin(c, &b);
    qwr__text_add(c->out, "</g>\n");
}

void qwr__draw_vessels(const qwr__canvas *c, const qwr__panel *p)
{
    const qwr__sheet *s = c->sheet;
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[s->order[i]];
        if (v->timely == QWR__UNPLACED || v->quay != p->quay)
            continue;
        if (p->quay->layout == QWR_LAYOUT_DISCRETE && v->berth == NULL)
            continue;
        if (qwr__canvas_shows(c, v->start_s, v->end_s + 1))
            draw_vessel(c, p, s->order[i]);
    }
}
