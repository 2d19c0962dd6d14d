/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers in text: integers, decimals as thousandths, ranges A..B, and the distance between words.
 * Independent of the locale. Knows no command and prints nothing.
 */
#ifndef QWR_CLI_NUMBER_H
#define QWR_CLI_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/** Reads a whole text as an integer; 0 if it is none or does not fit. */
int number_int(int64_t *out, const char *text);

/** Reads a whole text such as "2", "0.25" or "-1.5" as thousandths; 0 if it is none, has more than
    three decimals, or does not fit. */
int number_milli(int64_t *out, const char *text);

/** Reads "A..B" (or "A") with A <= B; 0 if it is none. */
int number_range(int64_t *from, int64_t *to, const char *text);

/** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
size_t word_distance(const char *a, const char *b);

/** Index of the word nearest to `word`, or `count` if none is near enough to be meant. */
size_t word_nearest(const char *word, const char *const *words, size_t count);

#endif
