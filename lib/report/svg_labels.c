/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labels of vessels: the name on one line, on two, upwards or cut, as a block has room, with cranes
 * and lateness below and a pin in the corner. The page fits them in the same way when it zooms.
 * Must never know where the block comes from.
 */
#include "report/report.h"

#include <string.h>

/** Width of a character of the two lines of a block, in tenths of a pixel: capitals are wide. */
static const int64_t NAME_CHAR = 74, NOTE_CHAR = 58, PAD = 50;

/* --- labels ---------------------------------------------------------------------------------- */

/** The first characters of a name that fit, with an ellipsis if some do not. */
static void put_cut(const qwr__canvas *c, const char *name, int64_t room)
{
    size_t limit = (size_t)(room / NAME_CHAR), i = 0, n = 0;
    char piece[256];
    if (qwr__width(name) <= limit) {
        qwr__text_xml(c->words, name);
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
    qwr__text_xml(c->words, piece);
    qwr__text_add(c->words, "\xE2\x80\xA6");
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
static bool goes_upright(const qwr__block *b, const char *name)
{
    int64_t length = name_width(name, strlen(name));
    int64_t across = b->width - PAD - 30, upwards = b->height - PAD - 30;
    bool hardly = across < 5 * NAME_CHAR && across < length;
    return (hardly || (across < length && upwards >= length && b->width < 450)) &&
           b->width >= 130 && upwards > across;
}

static void draw_upright(const qwr__canvas *c, const qwr__block *b, const char *name)
{
    int64_t x = b->x + b->width / 2 + 38, y = b->y + b->height - 50;
    qwr__text_add(c->words, "<text class=\"vn\" transform=\"translate(");
    qwr__text_fixed(c->words, x, 1);
    qwr__text_add(c->words, " ");
    qwr__text_fixed(c->words, y, 1);
    qwr__text_add(c->words, ") rotate(-90)\">");
    put_cut(c, name, b->height - PAD - 30);
    qwr__draw_text_end(c);
}

/** "3 QC, late 2 h 10 min" as far as it fits below the name. */
static void draw_note(const qwr__canvas *c, const qwr__block *b, int64_t y)
{
    qwr__text note;
    char counts[QWR__COUNTS_MAX];
    qwr__text_init(&note, c->sheet->ctx);
    if (b->v->cranes > 0)
        qwr__text_add(&note, "%s QC", qwr__crane_counts(counts, b->v->stay));
    if (b->v->late_s > 0) {
        size_t short_length = note.length;
        qwr__text_add(&note, "%slate ", note.length > 0 ? " \xC2\xB7 " : "");
        qwr__word_span(&note, c->sheet, b->v->late_s);
        if (note.data != NULL && (int64_t)qwr__width(note.data) * NOTE_CHAR + PAD > b->width)
            note.data[short_length] = '\0';
    }
    if (note.data != NULL && note.data[0] != '\0' &&
        (int64_t)qwr__width(note.data) * NOTE_CHAR + PAD <= b->width)
        qwr__draw_words(c, b->v->late_s > 0 ? "vc vl" : "vc", b->x + 50, y, note.data);
    if (note.status != QWR_OK)
        c->words->status = note.status;
    qwr__text_free(&note);
}

static void draw_name_line(const qwr__canvas *c, const qwr__block *b, int64_t y, const char *words)
{
    int64_t room = b->width - PAD - 30 - (b->v->pinned ? 90 : 0);
    if (room < 2 * NAME_CHAR)
        return;
    qwr__draw_text(c, "vn", b->x + 50, y);
    put_cut(c, words, room);
    qwr__draw_text_end(c);
}

/** The name on one line, or on two if that shows more of it; returns where the next line goes. */
static int64_t draw_name(const qwr__canvas *c, const qwr__block *b, const char *name)
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

/** A pin in the upper right corner: a needle with a head. */
static void draw_pin(const qwr__canvas *c, const qwr__block *b)
{
    if (!b->v->pinned || b->width < 100 || b->height < 100)
        return;
    qwr__text_add(c->words, "<g class=\"pn1\" transform=\"translate(");
    qwr__text_fixed(c->words, b->x + b->width - 65, 1);
    qwr__text_put(c->words, " ", 1);
    qwr__text_fixed(c->words, b->y + 60, 1);
    qwr__text_add(c->words, ")\"><path class=\"pl\" d=\"M0 0L-2 6\"/>"
                            "<circle class=\"pi\" r=\"3\"/></g>");
}

void qwr__draw_label(const qwr__canvas *c, const qwr__block *b)
{
    draw_pin(c, b);
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
