/* SPDX-License-Identifier: Apache-2.0 */
/* Values of the literature: best_known.csv beside the instances. Knows CSV, nothing of solving. */
#ifndef QWR_CLI_BEST_KNOWN_H
#define QWR_CLI_BEST_KNOWN_H

#include <stddef.h>

typedef struct best_known {
    char *data;      /* the file; fields point into it */
    char **instance; /* [count] */
    char **value;    /* [count] as written */
    char **proven;   /* [count] "1", "0" or "" */
    size_t count;
} best_known;

/**
 * Reads a file. Columns are found by their names: instance, best_known, proven_optimal.
 * @return 1; 0 if there is no such file or it lacks the columns (then `out` is empty);
 *         -1 when out of memory.
 */
int best_known_load(best_known *out, const char *path);
void best_known_free(best_known *b);

/** Row of an instance, or b->count. */
size_t best_known_find(const best_known *b, const char *instance);

#endif
