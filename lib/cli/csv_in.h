/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CSV file with a header line, held in memory, its columns found by name. Knows no column and
 * prints nothing; what is wrong becomes a sentence.
 */
#ifndef QWR_CLI_CSV_IN_H
#define QWR_CLI_CSV_IN_H

#include "cli/textbuf.h"

enum { CSV_IN_COLUMNS_MAX = 64 };

typedef enum csv_in_result {
    CSV_IN_OK = 0,
    CSV_IN_MISSING, /* there is no such file */
    CSV_IN_BROKEN,  /* it cannot be read, or is no CSV with these columns */
    CSV_IN_MEMORY
} csv_in_result;

typedef struct csv_in {
    char *data; /* the file; cells point into it */
    const char *column[CSV_IN_COLUMNS_MAX];
    size_t columns;
    char **cell;  /* [rows * columns]; cells that a short row lacks are "" */
    size_t *line; /* [rows] */
    size_t rows;
} csv_in;

/**
 * Reads a file. Quoted cells, LF or CRLF, a byte order mark; blank lines are passed over.
 * @param strict  1: a row with another number of cells than the header is an error.
 * @param problem gets a sentence that names file and line, unless the result is CSV_IN_OK.
 */
csv_in_result csv_in_load(csv_in *out, const char *path, int strict, textbuf *problem);
void csv_in_free(csv_in *csv);

/** Number of a column; csv->columns if there is none of this name. */
size_t csv_in_column(const csv_in *csv, const char *name);

/**
 * As csv_in_column(), and a sentence that names the nearest column of the file if there is none.
 * @return 1 if there is one.
 */
int csv_in_need(size_t *column, const csv_in *csv, const char *path, const char *name,
                textbuf *problem);

/** A cell; "" where the file has no such column. */
const char *csv_in_cell(const csv_in *csv, size_t row, size_t column);

#endif
