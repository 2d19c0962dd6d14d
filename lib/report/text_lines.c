/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines for a terminal: columns cut and padded by characters, paragraphs broken at words, control
 * characters of foreign names replaced, for a terminal obeys them. Must never know what is told.
 */
#include "report/text.h"

#include "base/utf8.h"

#include <string.h>

/** One character of a name, made harmless; returns the bytes taken. */
static size_t put_char(qwr__text *out, const char *s)
{
    size_t step = qwr__utf8_step(s);
    bool control = (unsigned char)*s < 0x20 || *s == 0x7F ||
                   ((unsigned char)s[0] == 0xC2 && (unsigned char)s[1] < 0xA0);
    if (step == 0 || control)
        qwr__text_put(out, "?", 1);
    else
        qwr__text_put(out, s, step);
    return step == 0 ? 1 : step;
}

/** Characters of `s` as put_char() writes them. */
size_t qwr__shown_width(const char *s)
{
    size_t n = 0;
    while (*s != '\0') {
        size_t step = qwr__utf8_step(s);
        s += step == 0 ? 1 : step;
        n++;
    }
    return n;
}

/** `s` in a column of `width` characters, cut with ".." where it is longer. */
void qwr__put_column(qwr__text *out, const char *s, size_t width, bool right)
{
    size_t length = qwr__shown_width(s), kept = length <= width ? length
                                                : width > 2     ? width - 2
                                                                : width;
    for (size_t pad = length; right && pad < width; pad++)
        qwr__text_put(out, " ", 1);
    for (size_t i = 0; i < kept; i++)
        s += put_char(out, s);
    if (kept < length && width > 2)
        qwr__text_put(out, "..", 2);
    for (size_t pad = length; !right && pad < width; pad++)
        qwr__text_put(out, " ", 1);
}

/** Words broken into lines of the page's width, each after the first indented. */
static void put_paragraph(const qwr__page *p, const char *words, size_t indent)
{
    size_t at = 0;
    while (*words != '\0') {
        const char *end = words;
        size_t length = 0;
        for (; *end != '\0' && *end != ' '; length++)
            end += qwr__utf8_step(end) == 0 ? 1 : qwr__utf8_step(end);
        if (at > 0 && at + 1 + length > p->columns) {
            qwr__text_add(p->out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > 0) {
            qwr__text_put(p->out, " ", 1);
            at++;
        }
        while (words < end) {
            if (at >= p->columns) { /* a word longer than a line */
                qwr__text_add(p->out, "\n%*s", (int)indent, "");
                at = indent;
            }
            words += put_char(p->out, words);
            at++;
        }
        while (*words == ' ')
            words++;
    }
    qwr__text_put(p->out, "\n", 1);
}

/** A paragraph of what was gathered in `words`, which is emptied. */
void qwr__flush(const qwr__page *p, qwr__text *words, size_t indent)
{
    if (words->status != QWR_OK)
        p->out->status = words->status;
    else
        put_paragraph(p, words->data != NULL ? words->data : "", indent);
    qwr__text_free(words);
}
