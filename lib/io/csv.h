/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of comma-separated values: RFC 4180 quotes, LF or CRLF, a byte order mark, blank lines
 * skipped; and a table of named columns on top. Knows no column.
 */
#ifndef QWR_IO_CSV_H
#define QWR_IO_CSV_H

#include "io/attr.h"

typedef struct qwr__csv {
    const qwr__spot *spot; /**< For messages; its line is kept up to date here. */
    char *text;            /**< Copy of the data; cells are cut out of it in place. */
    char *at, *end;
    int64_t line; /**< Of the row read last. */
    int64_t next_line;
    char **cells; /**< Of the row read last, NUL-terminated. */
    size_t count, capacity;
} qwr__csv;

/** Copies `data`; close it in any case. */
qwr_status qwr__csv_open(qwr__csv *csv, const qwr__spot *spot, const char *data, size_t length);
/** Reads a row; `*more` is false at the end. */
qwr_status qwr__csv_next(qwr__csv *csv, bool *more);
void qwr__csv_close(qwr__csv *csv);

/** Called for each row; `def` as qwr__csv_table() left it. */
typedef qwr_status (*qwr__csv_row_fn)(const qwr__spot *spot, const void *def, void *payload);

/** What a table of named columns is made of. */
typedef struct qwr__csv_table {
    const qwr__attrs *columns;
    void (*init)(void *def);
    void *def; /**< Struct the columns lie in. */
    qwr__csv_row_fn row;
    void *payload;
} qwr__csv_table;

/** Reads a header line, then every row into `table->def`. An empty cell is a value not given. */
qwr_status qwr__csv_read(const qwr__spot *spot, const char *data, size_t length,
                         const qwr__csv_table *table);

/** Adds a cell, in quotes where it needs them. */
void qwr__csv_put(qwr__text *text, const char *cell);

#endif
