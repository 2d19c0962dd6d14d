/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An aligned table for a terminal: cells are collected, widths follow. Knows text alone.
 */
#ifndef QWR_CLI_TABLE_H
#define QWR_CLI_TABLE_H

#include "cli/textbuf.h"

enum { TABLE_COLUMNS_MAX = 20 };

typedef struct table {
    size_t columns;
    const char *alignment; /* one letter a column: l or r */
    char **cell;
    size_t count, capacity;
    int failed;
} table;

/** Starts a table with its heading. `alignment` and `heading` are borrowed until table_free(). */
void table_begin(table *t, const char *alignment, const char *const *heading);
/** Adds the next cell, row by row; NULL stands for an empty one. */
void table_cell(table *t, const char *text);
void table_int(table *t, int64_t value);
void table_double(table *t, double value, int decimals);
/** Lays the table out, each line after `indent` spaces. The last column may run on. */
void table_print(textbuf *out, table *t, size_t indent);
void table_free(table *t);

#endif
