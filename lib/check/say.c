/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences: a form with '@' where the words go, and how each kind of word is written for a planner
 * (vessel with call id, metres, UTC times, hours and minutes). Never allocates, never uses the
 * locale, never cuts a UTF-8 character in two. Must never know which rules there are.
 */
#include "check/check.h"

#include <string.h>

enum { NAME_LIMIT = 64, REASON_LIMIT = 240 };

/** 9999-12-31T23:59:59Z: dates beyond have no four-digit year. */
static const int64_t LAST_DATE_S = 253402300799;

typedef struct pen {
    char *text;
    size_t used;
} pen;

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0U) == 0x80U;
}

/** Largest length up to `limit` that does not end inside a character. */
static size_t cut(const char *s, size_t length, size_t limit)
{
    if (length <= limit)
        return length;
    while (limit > 0 && is_continuation(s[limit]))
        limit--;
    return limit;
}

static void put(pen *p, const char *s, size_t length)
{
    length = cut(s, length, QWR__SENTENCE_SIZE - 1 - p->used);
    memcpy(p->text + p->used, s, length);
    p->used += length;
}

static void put_text(pen *p, const char *s)
{
    put(p, s, strlen(s));
}

/** A name made by strangers: shortened when it would fill the sentence. */
static void put_short(pen *p, const char *s, size_t limit)
{
    size_t length = strlen(s);
    put(p, s, cut(s, length, limit));
    if (length > limit)
        put_text(p, "...");
}

static void put_name(pen *p, const char *s)
{
    put_short(p, s, NAME_LIMIT);
}

static void put_number(pen *p, int64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    uint64_t rest = n < 0 ? 0U - (uint64_t)n : (uint64_t)n;
    do {
        digits[--i] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0)
        put(p, "-", 1);
    put(p, digits + i, sizeof digits - i);
}

static void put_call(pen *p, const qwr__site *site, int64_t ix)
{
    const qwr_call *call = site->call[ix];
    if (call->vessel == NULL || strcmp(call->vessel, call->id) == 0) {
        put_text(p, "call ");
        put_name(p, call->id);
        return;
    }
    put_name(p, call->vessel);
    put_text(p, " (");
    put_name(p, call->id);
    put_text(p, ")");
}

static void put_quay(pen *p, const qwr__site *site, int64_t ix)
{
    const qwr_quay *quay = qwr_scenario_quay(site->scenario, (qwr_quay_ix){(uint32_t)ix});
    put_text(p, quay != NULL ? "quay " : "no quay");
    if (quay != NULL)
        put_name(p, quay->id);
}

static void put_berth(pen *p, const qwr__site *site, int64_t ix)
{
    const qwr_berth *berth = qwr_scenario_berth(site->scenario, (qwr_berth_ix){(uint32_t)ix});
    put_text(p, berth != NULL ? "berth " : "no berth");
    if (berth != NULL)
        put_name(p, berth->id);
}

/** One decimal; less than 0.1 m would read as nothing and is told in millimetres. */
static void put_metres(pen *p, int64_t mm)
{
    uint64_t size = mm < 0 ? 0U - (uint64_t)mm : (uint64_t)mm;
    if (size > 0 && size < 100) {
        put_number(p, mm);
        put_text(p, " mm");
        return;
    }
    uint64_t tenths = size / 100 + (size % 100 >= 50 ? 1 : 0);
    if (mm < 0)
        put_text(p, "-");
    put_number(p, (int64_t)(tenths / 10));
    put_text(p, ".");
    put_number(p, (int64_t)(tenths % 10));
    put_text(p, " m");
}

static void put_time(pen *p, const qwr__site *site, int64_t at_s)
{
    int64_t unix_s = qwr__sat_add(site->epoch_unix_s, at_s);
    char text[32];
    if (unix_s < 0 || unix_s > LAST_DATE_S) {
        put_text(p, "second ");
        put_number(p, at_s);
        return;
    }
    qwr__format_time(text, sizeof text, unix_s);
    put(p, text, 10);
    put_text(p, " ");
    put(p, text + 11, unix_s % 60 == 0 ? 5 : 8);
    put_text(p, " UTC");
}

static void put_span(pen *p, int64_t seconds)
{
    uint64_t size = seconds < 0 ? 0U - (uint64_t)seconds : (uint64_t)seconds;
    const struct {
        uint64_t value;
        const char *unit;
    } parts[] = {{size / 3600, " h"}, {size / 60 % 60, " min"}, {size % 60, " s"}};
    bool any = false;
    if (seconds < 0)
        put_text(p, "-");
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].value == 0 && (any || i < 2))
            continue;
        put_text(p, any ? " " : "");
        put_number(p, (int64_t)parts[i].value);
        put_text(p, parts[i].unit);
        any = true;
    }
}

static void put_money(pen *p, const qwr__site *site, int64_t mu)
{
    char text[32];
    int length = qwr__format_fixed(text, sizeof text, mu, 3);
    put(p, text, length > 0 ? (size_t)length : 0);
    if (site->info->objective == QWR_OBJECTIVE_COST && site->info->currency != NULL) {
        put_text(p, " ");
        put_name(p, site->info->currency);
    }
}

static void put_word(pen *p, const qwr__site *site, const qwr__word *word)
{
    switch (word->kind) {
    case QWR__WORD_TEXT:
        put_short(p, word->text, REASON_LIMIT);
        break;
    case QWR__WORD_CALL:
        put_call(p, site, word->value);
        break;
    case QWR__WORD_QUAY:
        put_quay(p, site, word->value);
        break;
    case QWR__WORD_BERTH:
        put_berth(p, site, word->value);
        break;
    case QWR__WORD_METRES:
        put_metres(p, word->value);
        break;
    case QWR__WORD_TIME:
        put_time(p, site, word->value);
        break;
    case QWR__WORD_SPAN:
        put_span(p, word->value);
        break;
    case QWR__WORD_NUMBER:
        put_number(p, word->value);
        break;
    case QWR__WORD_MONEY:
        put_money(p, site, word->value);
        break;
    }
}

size_t qwr__say(char text[QWR__SENTENCE_SIZE], const qwr__site *site, const char *form,
                const qwr__word *words)
{
    pen p = {text, 0};
    for (const char *at; (at = strchr(form, '@')) != NULL; form = at + 1) {
        put(&p, form, (size_t)(at - form));
        put_word(&p, site, words++);
    }
    put_text(&p, form);
    text[p.used] = '\0';
    return p.used;
}
