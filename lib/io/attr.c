/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text to attrs and attrs to text, by the rows of a table. Every sentence about a wrong value is
 * made here, so that XML, JSON and CSV complain alike. Knows no file format and no entity.
 */
#include "io/attr.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* As many ids are listed where none is near; more would help nobody. */
#define REFS_SHOWN 8

int64_t qwr__attr_int64(const qwr__attr *attr, const void *def)
{
    int64_t value;
    memcpy(&value, (const char *)def + attr->offset, sizeof value);
    return value;
}

uint32_t qwr__attr_uint32(const qwr__attr *attr, const void *def)
{
    uint32_t value;
    memcpy(&value, (const char *)def + attr->offset, sizeof value);
    return value;
}

const char *qwr__attr_chars(const qwr__attr *attr, const void *def)
{
    const char *value;
    memcpy(&value, (const char *)def + attr->offset, sizeof value);
    return value;
}

void qwr__attr_set_uint32(const qwr__attr *attr, void *def, uint32_t value)
{
    memcpy((char *)def + attr->offset, &value, sizeof value);
}

static void set_int64(const qwr__attr *attr, void *def, int64_t value)
{
    memcpy((char *)def + attr->offset, &value, sizeof value);
}

qwr_status qwr__spot_fail(const qwr__spot *spot, qwr_status status, const char *format, ...)
{
    char sentence[420];
    va_list args;
    va_start(args, format);
    int written = vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    if (written < 0)
        sentence[0] = '\0';
    if (spot->id)
        return qwr__fail(spot->ctx, status, spot->where, spot->file, spot->line, "%s \"%.64s\": %s",
                         spot->element, spot->id, sentence);
    return qwr__fail(spot->ctx, status, spot->where, spot->file, spot->line, "%s: %s",
                     spot->element, sentence);
}

/* --- names ----------------------------------------------------------------------------------- */

qwr_status qwr__attr_find(size_t *row, const qwr__spot *spot, const qwr__attrs *attrs,
                          const char *name)
{
    const char *words[QWR__ATTR_MAX + 1];
    size_t n = 0;
    for (size_t i = 0; i < attrs->count; i++) {
        if (strcmp(attrs->rows[i].name, name) == 0) {
            *row = i;
            return QWR_OK;
        }
        if (n < QWR__ATTR_MAX)
            words[n++] = attrs->rows[i].name;
    }
    words[n] = NULL;
    const char *nearest = qwr__nearest(name, words);
    if (nearest)
        return qwr__spot_fail(spot, QWR_EFORMAT, "unknown %s %.64s; did you mean %s?", attrs->what,
                              name, nearest);
    char known[300] = "";
    for (size_t i = 0, used = 0; i < n && used < sizeof known; i++)
        used +=
            (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", words[i]);
    return qwr__spot_fail(spot, QWR_EFORMAT, "unknown %s %.64s; expected one of %s", attrs->what,
                          name, known);
}

qwr_status qwr__attrs_complete(const qwr__spot *spot, const qwr__attrs *attrs, uint64_t given,
                               uint32_t flags)
{
    for (size_t i = 0; i < attrs->count; i++) {
        if (!(attrs->rows[i].flags & flags))
            continue;
        bool found = false;
        for (size_t j = 0; j < attrs->count; j++)
            if (attrs->rows[j].offset == attrs->rows[i].offset && (given >> j & 1))
                found = true;
        if (!found)
            return qwr__spot_fail(spot, QWR_EFORMAT, "%s %s is missing", attrs->what,
                                  attrs->rows[i].name);
    }
    return QWR_OK;
}

/* --- values in -------------------------------------------------------------------------------- */

static qwr_status wrong(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                        const char *expected)
{
    return qwr__spot_fail(spot, QWR_EFORMAT, "%s=\"%.64s\": expected %s", attr->name, value,
                          expected);
}

static qwr_status wrong_number(const qwr__spot *spot, const qwr__attr *attr, const char *value)
{
    char expected[96];
    int digits = attr->kind != QWR__ATTR_SPAN ? attr->scale : spot->rounds ? 9 : 3;
    if (attr->kind == QWR__ATTR_INT || digits == 0)
        return wrong(spot, attr, value, "a whole number below 9.2e18");
    snprintf(expected, sizeof expected,
             "a decimal number with at most %d digits after the point, below 9.2e%d", digits,
             18 - digits);
    return wrong(spot, attr, value, expected);
}

static qwr_status wrong_word(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                             const char *const *words)
{
    const char *nearest = qwr__nearest(value, words);
    char known[200] = "";
    for (size_t i = 0, used = 0; words[i] && used < sizeof known; i++)
        used +=
            (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", words[i]);
    if (nearest)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "%s=\"%.64s\": expected one of %s; did you mean %s?", attr->name,
                              value, known, nearest);
    return qwr__spot_fail(spot, QWR_EFORMAT, "%s=\"%.64s\": expected one of %s", attr->name, value,
                          known);
}

/* QWR_UNSET and QWR_FORBIDDEN are values of their own and cannot be written as numbers. */
static bool is_plain(int64_t value)
{
    return value != QWR_UNSET && value != QWR_FORBIDDEN;
}

static qwr_status read_span(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                            void *def)
{
    const int digits = spot->rounds ? 9 : 3;
    const int64_t one = spot->rounds ? 1000000000 : 1000;
    int64_t parts, scaled;
    if (!qwr__parse_fixed(&parts, value, digits) || !qwr__mul64(&scaled, parts, attr->scale))
        return wrong_number(spot, attr, value);
    if (scaled % one != 0 && !spot->rounds)
        return wrong(spot, attr, value,
                     "a whole number of seconds; the same in minutes or seconds would be exact");
    int64_t rest = scaled % one;
    set_int64(attr, def, scaled / one + (2 * rest >= one ? 1 : 2 * rest < -one ? -1 : 0));
    return QWR_OK;
}

static qwr_status read_time(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                            void *def)
{
    int64_t unix_s, at;
    if (!qwr__parse_time(&unix_s, value))
        return wrong(spot, attr, value, "a date and time such as 2027-03-01T06:00:00Z");
    if (!qwr__add64(&at, unix_s, -spot->epoch_unix_s))
        return wrong(spot, attr, value, "a date and time near the scenario's epoch");
    set_int64(attr, def, at);
    return QWR_OK;
}

static qwr_status read_unsigned(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                                void *def)
{
    const bool hex = attr->kind == QWR__ATTR_HEX;
    const uint64_t base = hex ? 16 : 10;
    uint64_t number = 0;
    bool good = *value != '\0';
    for (const char *c = value; *c && good; c++) {
        uint64_t d = base;
        if (*c >= '0' && *c <= '9')
            d = (uint64_t)(*c - '0');
        else if (*c >= 'a' && *c <= 'f')
            d = (uint64_t)(*c - 'a') + 10;
        good = d < base && number <= (UINT64_MAX - d) / base;
        number = number * base + d;
    }
    if (!good)
        return wrong(spot, attr, value,
                     hex ? "up to 16 hexadecimal digits, lower case"
                         : "a whole number from 0 to 18446744073709551615");
    memcpy((char *)def + attr->offset, &number, sizeof number);
    return QWR_OK;
}

static qwr_status read_word(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                            const char *const *words, uint32_t *out)
{
    for (uint32_t i = 0; words[i]; i++)
        if (strcmp(words[i], value) == 0) {
            *out = i;
            return QWR_OK;
        }
    return wrong_word(spot, attr, value, words);
}

static qwr_status read_bool(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                            uint32_t *out)
{
    /* Every pair is no, yes; the first one is what messages show. */
    static const char *const words[] = {"no", "yes", NULL};
    if (strcmp(value, "0") == 0 || strcmp(value, "false") == 0)
        *out = 0;
    else if (strcmp(value, "1") == 0 || strcmp(value, "true") == 0)
        *out = 1;
    else
        return read_word(spot, attr, value, words, out);
    return QWR_OK;
}

/* The list of ids is made only once something is wrong. */
static qwr_status wrong_ref(const qwr__spot *spot, const qwr__attr *attr, const char *value)
{
    static const char *const nouns[QWR__REF_COUNT] = {"quay",  "berth",  "crane",   "call",
                                                      "task",  "window", "node",    "lane",
                                                      "block", "fleet",  "vehicle", "charger"};
    const qwr__ref kind = (qwr__ref)attr->scale;
    const char *best = NULL;
    char some[160] = "";
    size_t cursor = 0, used = 0, count = 0;
    for (const char *id; (id = spot->ids->next(spot->ids->payload, kind, &cursor)); count++) {
        const char *pair[] = {best ? best : id, id, NULL};
        const char *nearest = qwr__nearest(value, pair);
        best = nearest ? nearest : best;
        if (used < sizeof some)
            used += (size_t)snprintf(some + used, sizeof some - used, "%s%.32s",
                                     count > 0 ? ", " : "", id);
    }
    if (best)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "%s=\"%.64s\": there is no %s with this id %s; did you mean %s?",
                              attr->name, value, nouns[kind], spot->ids->scope, best);
    if (count == 0 || count > REFS_SHOWN || used >= sizeof some)
        return qwr__spot_fail(spot, QWR_EFORMAT, "%s=\"%.64s\": there is no %s with this id %s",
                              attr->name, value, nouns[kind], spot->ids->scope);
    return qwr__spot_fail(spot, QWR_EFORMAT,
                          "%s=\"%.64s\": there is no %s with this id %s; expected one of %s",
                          attr->name, value, nouns[kind], spot->ids->scope, some);
}

static qwr_status read_ref(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                           void *def)
{
    uint32_t ix = spot->ids->find(spot->ids->payload, (qwr__ref)attr->scale, value);
    if (ix == QWR_NONE)
        return wrong_ref(spot, attr, value);
    qwr__attr_set_uint32(attr, def, ix);
    return QWR_OK;
}

static qwr_status read_flag(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                            void *def)
{
    uint32_t flag = 0;
    QWR_TRY(read_bool(spot, attr, value, &flag));
    if (attr->kind == QWR__ATTR_BOOL)
        qwr__attr_set_uint32(attr, def, flag);
    else if (flag)
        set_int64(attr, def, QWR_FORBIDDEN);
    else
        return wrong(spot, attr, value, "yes, or a time instead");
    return QWR_OK;
}

static qwr_status read_number(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                              void *def)
{
    int64_t number;
    bool good = attr->kind == QWR__ATTR_INT ? qwr__parse_int(&number, value)
                                            : qwr__parse_fixed(&number, value, attr->scale);
    if (!good || !is_plain(number))
        return wrong_number(spot, attr, value);
    set_int64(attr, def, number);
    return QWR_OK;
}

static qwr_status convert(const qwr__spot *spot, const qwr__attr *attr, const char *value,
                          void *def)
{
    uint32_t word = 0;
    switch (attr->kind) {
    case QWR__ATTR_TEXT:
        if ((attr->flags & QWR__REQUIRED) && !*value)
            return wrong(spot, attr, value, "a text that is not empty");
        memcpy((char *)def + attr->offset, &value, sizeof value);
        return QWR_OK;
    case QWR__ATTR_INT:
    case QWR__ATTR_FIXED:
        return read_number(spot, attr, value, def);
    case QWR__ATTR_SPAN:
        return read_span(spot, attr, value, def);
    case QWR__ATTR_TIME:
        return read_time(spot, attr, value, def);
    case QWR__ATTR_SEED:
    case QWR__ATTR_HEX:
        return read_unsigned(spot, attr, value, def);
    case QWR__ATTR_WORD:
        QWR_TRY(read_word(spot, attr, value, attr->words, &word));
        qwr__attr_set_uint32(attr, def, word);
        return QWR_OK;
    case QWR__ATTR_BOOL:
    case QWR__ATTR_FORBIDDEN:
        return read_flag(spot, attr, value, def);
    case QWR__ATTR_REF:
        return read_ref(spot, attr, value, def);
    }
    return QWR_EINVAL;
}

qwr_status qwr__attr_read(const qwr__spot *spot, const qwr__attrs *attrs, size_t row,
                          const char *value, void *def, uint64_t *given)
{
    const qwr__attr *attr = &attrs->rows[row];
    for (size_t j = 0; j < attrs->count; j++)
        if ((*given >> j & 1) && attrs->rows[j].offset == attr->offset)
            return qwr__spot_fail(spot, QWR_EFORMAT, "%s and %s say the same thing twice",
                                  attrs->rows[j].name, attr->name);
    *given |= UINT64_C(1) << row;
    return convert(spot, attr, value, def);
}
