/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields to text: the spelling each reader takes back to the same value. Knows no file format.
 */
#include "io/attr.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool exact(const qwr__attr *attr, const void *def)
{
    if (attr->kind == QWR__ATTR_FORBIDDEN)
        return qwr__attr_int64(attr, def) == QWR_FORBIDDEN;
    if (attr->kind != QWR__ATTR_SPAN)
        return true;
    int64_t seconds = qwr__attr_int64(attr, def), milli;
    if (seconds == QWR_FORBIDDEN)
        return false;
    if (attr->scale == 1)
        return true;
    return qwr__mul64(&milli, seconds, 1000) && milli % attr->scale == 0;
}

bool qwr__attr_says(const qwr__attrs *attrs, size_t row, const void *def)
{
    if (!exact(&attrs->rows[row], def))
        return false;
    for (size_t i = row; i-- > 0 && attrs->rows[i].offset == attrs->rows[row].offset;)
        if (exact(&attrs->rows[i], def))
            return false;
    return true;
}

bool qwr__attr_same(const qwr__attr *attr, const void *a, const void *b)
{
    const char *x, *y;
    switch (attr->kind) {
    case QWR__ATTR_TEXT:
        x = qwr__attr_chars(attr, a);
        y = qwr__attr_chars(attr, b);
        return x == y || (x && y && strcmp(x, y) == 0);
    case QWR__ATTR_WORD:
    case QWR__ATTR_BOOL:
    case QWR__ATTR_REF:
        return qwr__attr_uint32(attr, a) == qwr__attr_uint32(attr, b);
    default:
        return qwr__attr_int64(attr, a) == qwr__attr_int64(attr, b);
    }
}

static bool spell_span(char *text, const qwr__attr *attr, int64_t seconds)
{
    int64_t milli;
    if (attr->scale == 1)
        return qwr__format_fixed(text, QWR__ATTR_TEXT_MAX, seconds, 0) > 0;
    return qwr__mul64(&milli, seconds, 1000) &&
           qwr__format_fixed(text, QWR__ATTR_TEXT_MAX, milli / attr->scale, 3) > 0;
}

/* Years outside the range of qwr__parse_time() have no spelling that comes back. */
static bool spell_time(char *text, int64_t at_s, int64_t epoch_unix_s)
{
    int64_t unix_s, back;
    if (!qwr__add64(&unix_s, at_s, epoch_unix_s))
        return false;
    qwr__format_time(text, QWR__ATTR_TEXT_MAX, unix_s);
    return qwr__parse_time(&back, text) && back == unix_s;
}

static bool spell_word(char *text, const qwr__attr *attr, uint32_t value)
{
    for (uint32_t i = 0; attr->words[i]; i++)
        if (i == value)
            return snprintf(text, QWR__ATTR_TEXT_MAX, "%s", attr->words[i]) > 0;
    return false;
}

bool qwr__attr_spell(char *text, const qwr__attr *attr, const void *def, int64_t epoch_unix_s)
{
    uint64_t number;
    switch (attr->kind) {
    case QWR__ATTR_INT:
    case QWR__ATTR_FIXED: {
        int64_t value = qwr__attr_int64(attr, def);
        return value != QWR_UNSET &&
               qwr__format_fixed(text, QWR__ATTR_TEXT_MAX, value, attr->scale) > 0;
    }
    case QWR__ATTR_SPAN:
        return qwr__attr_int64(attr, def) != QWR_UNSET &&
               spell_span(text, attr, qwr__attr_int64(attr, def));
    case QWR__ATTR_TIME:
        return spell_time(text, qwr__attr_int64(attr, def), epoch_unix_s);
    case QWR__ATTR_SEED:
    case QWR__ATTR_HEX:
        memcpy(&number, (const char *)def + attr->offset, sizeof number);
        snprintf(text, QWR__ATTR_TEXT_MAX, attr->kind == QWR__ATTR_HEX ? "%016" PRIx64 : "%" PRIu64,
                 number);
        return true;
    case QWR__ATTR_WORD:
        return spell_word(text, attr, qwr__attr_uint32(attr, def));
    case QWR__ATTR_BOOL:
        snprintf(text, QWR__ATTR_TEXT_MAX, "%s", qwr__attr_uint32(attr, def) ? "yes" : "no");
        return true;
    case QWR__ATTR_FORBIDDEN:
        snprintf(text, QWR__ATTR_TEXT_MAX, "yes");
        return true;
    case QWR__ATTR_TEXT:
    case QWR__ATTR_REF:
        break;
    }
    return false;
}
