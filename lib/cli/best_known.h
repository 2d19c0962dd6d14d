/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of the literature, or values that somebody claims: a CSV with a row an instance. Knows
 * nothing of solving.
 */
#ifndef QWR_CLI_BEST_KNOWN_H
#define QWR_CLI_BEST_KNOWN_H

#include "cli/csv_in.h"

typedef struct best_known {
    csv_in csv;
    size_t instance, value, proven; /* columns */
} best_known;

/**
 * Reads a file. Columns are found by their names: instance, `value` (such as best_known),
 * proven_optimal, which may be missing.
 * @param problem gets a sentence, unless the result is CSV_IN_OK. `out` is then empty.
 */
csv_in_result best_known_load(best_known *out, const char *path, const char *value,
                              textbuf *problem);
void best_known_free(best_known *b);

/** First row of an instance from `row` on; b->csv.rows if there is none. */
size_t best_known_find(const best_known *b, const char *instance, size_t row);

/** Values as written; proven is "1", "0" or "". */
const char *best_known_value(const best_known *b, size_t row);
const char *best_known_proven(const best_known *b, size_t row);

#endif
