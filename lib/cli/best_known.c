/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of the literature, or claimed ones, by instance. Knows nothing of solving.
 */
#include "cli/best_known.h"

#include <string.h>

csv_in_result best_known_load(best_known *out, const char *path, const char *value,
                              textbuf *problem)
{
    *out = (best_known){0};
    csv_in_result result = csv_in_load(&out->csv, path, 0, problem);
    if (result != CSV_IN_OK)
        return result;
    if (!csv_in_need(&out->instance, &out->csv, path, "instance", problem) ||
        !csv_in_need(&out->value, &out->csv, path, value, problem)) {
        best_known_free(out);
        return CSV_IN_BROKEN;
    }
    out->proven = csv_in_column(&out->csv, "proven_optimal");
    return CSV_IN_OK;
}

void best_known_free(best_known *b)
{
    csv_in_free(&b->csv);
    *b = (best_known){0};
}

size_t best_known_find(const best_known *b, const char *instance, size_t row)
{
    while (row < b->csv.rows && strcmp(csv_in_cell(&b->csv, row, b->instance), instance) != 0)
        row++;
    return row;
}

const char *best_known_value(const best_known *b, size_t row)
{
    return csv_in_cell(&b->csv, row, b->value);
}

const char *best_known_proven(const best_known *b, size_t row)
{
    return csv_in_cell(&b->csv, row, b->proven);
}
