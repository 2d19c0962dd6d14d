/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers in text and the distance between words. Written out digit by digit, because strtod
 * follows the locale and strtol accepts what nobody meant. Knows no command and prints nothing.
 */
#include "cli/number.h"

#include <string.h>

enum { WORD_MAX = 40 };

/* Digits from *text on, appended to *value; 0 on overflow. The end goes to *text. */
static int digits(uint64_t *value, const char **text, int *count)
{
    const char *p = *text;
    for (; *p >= '0' && *p <= '9'; p++) {
        uint64_t digit = (uint64_t)(*p - '0');
        if (*value > ((uint64_t)INT64_MAX - digit) / 10)
            return 0;
        *value = *value * 10 + digit;
        ++*count;
    }
    *text = p;
    return 1;
}

static int sign(const char **text)
{
    int negative = **text == '-';
    if (negative || **text == '+')
        ++*text;
    return negative;
}

int number_int(int64_t *out, const char *text)
{
    uint64_t value = 0;
    int count = 0;
    int negative = sign(&text);
    if (!digits(&value, &text, &count) || count == 0 || *text != '\0')
        return 0;
    *out = negative ? -(int64_t)value : (int64_t)value;
    return 1;
}

int number_milli(int64_t *out, const char *text)
{
    uint64_t value = 0;
    int whole = 0, decimals = 0;
    int negative = sign(&text);
    if (!digits(&value, &text, &whole))
        return 0;
    if (*text == '.') {
        text++;
        if (!digits(&value, &text, &decimals) || decimals == 0 || decimals > 3)
            return 0;
    }
    if (whole + decimals == 0 || *text != '\0')
        return 0;
    for (; decimals < 3; decimals++) {
        if (value > (uint64_t)INT64_MAX / 10)
            return 0;
        value *= 10;
    }
    *out = negative ? -(int64_t)value : (int64_t)value;
    return 1;
}

int number_range(int64_t *from, int64_t *to, const char *text)
{
    char first[32];
    const char *dots = strstr(text, "..");
    if (!dots) {
        if (!number_int(from, text))
            return 0;
        *to = *from;
        return 1;
    }
    size_t length = (size_t)(dots - text);
    if (length == 0 || length >= sizeof first)
        return 0;
    memcpy(first, text, length);
    first[length] = '\0';
    return number_int(from, first) && number_int(to, dots + 2) && *from <= *to;
}

size_t word_distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    size_t n = strlen(a), m = strlen(b);
    if (n > WORD_MAX || m > WORD_MAX)
        return n > m ? n : m;
    for (size_t j = 0; j <= m; j++) {
        before[j] = 0;
        last[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[m];
}

size_t word_nearest(const char *word, const char *const *words, size_t count)
{
    size_t best = count, best_distance = strlen(word) / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t distance = word_distance(word, words[i]);
        size_t length = strlen(word);
        /* A beginning of a word is meant as that word, however long the rest. */
        if (length >= 2 && strncmp(word, words[i], length) == 0)
            distance = 1;
        if (distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    return best;
}
