/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers as text, and the word nearest to a misspelt one. Must never depend on the locale, and
 * never accept a number that is not wholly understood.
 */
#include "base/base.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_MAX = 18, /* 10^18 is the largest power of ten in 64 bits */
    WORD_MAX = 63
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Appends a digit to a magnitude. INT64_MIN is left out: it means "not set" everywhere. */
static bool append(int64_t *magnitude, int digit)
{
    return qwr__mul64(magnitude, *magnitude, 10) && qwr__add64(magnitude, *magnitude, digit);
}

bool qwr__parse_int(int64_t *value, const char *s)
{
    return s != NULL && strchr(s, '.') == NULL && qwr__parse_fixed(value, s, 0);
}

bool qwr__parse_fixed(int64_t *value, const char *s, int digits)
{
    int64_t magnitude = 0;
    int decimals = 0;
    bool any = false;

    if (s == NULL || digits < 0 || digits > DIGITS_MAX)
        return false;
    bool negative = *s == '-';
    if (*s == '-' || *s == '+')
        s++;
    for (; is_digit(*s); s++, any = true)
        if (!append(&magnitude, *s - '0'))
            return false;
    if (*s == '.')
        for (s++; is_digit(*s); s++, any = true) {
            if (decimals == digits && *s == '0')
                continue; /* still exact */
            if (decimals == digits || !append(&magnitude, *s - '0'))
                return false;
            decimals++;
        }
    if (!any || *s != '\0')
        return false;
    for (; decimals < digits; decimals++)
        if (!append(&magnitude, 0))
            return false;
    *value = negative ? -magnitude : magnitude;
    return true;
}

/* strtod_l() would also take spaces, hexadecimal, "inf" and "nan": only plain decimals reach it. */
bool qwr__parse_double(double *value, const char *s)
{
    char *end;

    if (s == NULL || s[0] == '\0' || s[strspn(s, "0123456789+-.eE")] != '\0')
        return false;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return false;
    double parsed = strtod_l(s, &end, plain);
    freelocale(plain);
    if (*end != '\0' || end == s || !isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

int qwr__format_fixed(char *s, size_t capacity, int64_t value, int digits)
{
    char text[48];
    char *end = text + sizeof text - 1;
    char *p = end;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    if (capacity == 0)
        return 0;
    if (digits < 0 || digits > DIGITS_MAX)
        digits = 0;
    while (digits > 0 && magnitude % 10 == 0 && magnitude != 0) {
        magnitude /= 10;
        digits--;
    }
    if (magnitude == 0)
        digits = 0;
    int left = digits;
    do {
        *--p = (char)('0' + magnitude % 10);
        magnitude /= 10;
        if (--left == 0)
            *--p = '.';
    } while (magnitude != 0 || left >= 0);
    if (value < 0)
        *--p = '-';
    size_t length = (size_t)(end - p);
    if (length >= capacity)
        length = 0; /* half a number is worse than none */
    memcpy(s, p, length);
    s[length] = '\0';
    return (int)length;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edit distance without regard to case; swapping two neighbours counts as one edit. Three rows of
 * the usual table are enough for that. */
static int distance(const char *a, int a_length, const char *b, int b_length)
{
    int rows[3][WORD_MAX + 1];

    for (int j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a_length; i++) {
        const int *last = rows[(i + 2) % 3];
        const int *before = rows[(i + 1) % 3];
        int *row = rows[i % 3];
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            char ca = lower(a[i - 1]);
            char cb = lower(b[j - 1]);
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (ca != cb));
            if (i > 1 && j > 1 && ca == lower(b[j - 2]) && lower(a[i - 2]) == cb)
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

const char *qwr__nearest(const char *s, const char *const *words)
{
    const char *nearest = NULL;
    int best = WORD_MAX;

    if (s == NULL)
        return NULL;
    size_t length = strnlen(s, WORD_MAX + 1);
    if (length > WORD_MAX)
        return NULL;
    int limit = length / 3 > 2 ? (int)(length / 3) : 2;
    for (; *words != NULL; words++) {
        size_t other = strnlen(*words, WORD_MAX + 1);
        if (other > WORD_MAX)
            continue;
        int d = distance(s, (int)length, *words, (int)other);
        /* A word with every letter changed is no neighbour, however short. */
        if (d <= limit && d < best && d < (int)(length > other ? length : other)) {
            best = d;
            nearest = *words;
        }
    }
    return nearest;
}
