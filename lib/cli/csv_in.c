/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a CSV file with a header line. Cells are cut out of the file's bytes in place. Knows no
 * column.
 */
#include "cli/csv_in.h"

#include "cli/number.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 256 << 20 };

static csv_in_result read_all(textbuf *bytes, const char *path, textbuf *problem)
{
    char chunk[16384];
    size_t count;
    csv_in_result result = CSV_IN_BROKEN;
    FILE *file = fopen(path, "rb");
    if (!file) {
        textbuf_printf(problem, "%s: %s", path, strerror(errno));
        return errno == ENOENT ? CSV_IN_MISSING : CSV_IN_BROKEN;
    }
    errno = 0;
    while ((count = fread(chunk, 1, sizeof chunk, file)) > 0 && bytes->length <= FILE_MAX)
        textbuf_bytes(bytes, chunk, count);
    if (ferror(file))
        textbuf_printf(problem, "%s: it cannot be read: %s", path, strerror(errno));
    else if (bytes->failed)
        result = CSV_IN_MEMORY;
    else if (bytes->length > FILE_MAX)
        textbuf_printf(problem, "%s: it is larger than %d MiB", path, FILE_MAX >> 20);
    else if (bytes->length > 0 && memchr(bytes->data, '\0', bytes->length))
        textbuf_printf(problem, "%s: it holds a NUL byte; expected text", path);
    else
        result = CSV_IN_OK;
    fclose(file);
    return result;
}

/* --- cutting --- */

typedef struct cutter {
    char *at;
    size_t line; /* of *at */
} cutter;

/* Cuts the next cell, in place, and says whether another follows in this row. */
static char *next_cell(cutter *c, int *more)
{
    char *read = c->at, *write = read, *cell = read;
    int quoted = 0;
    for (; *read; read++) {
        if (quoted && read[0] == '"' && read[1] == '"')
            *write++ = *read++;
        else if (*read == '"')
            quoted = !quoted;
        else if (!quoted && (*read == ',' || *read == '\n'))
            break;
        else if (quoted || *read != '\r')
            *write++ = *read;
        c->line += quoted && *read == '\n';
    }
    *more = *read == ',';
    c->line += *read == '\n';
    c->at = *read ? read + 1 : read;
    *write = '\0';
    return cell;
}

static void skip_blank(cutter *c)
{
    while (*c->at == '\n' || *c->at == '\r')
        c->line += *c->at++ == '\n';
}

/* The cells of the next row, the first `capacity` of them kept; how many there are. */
static size_t next_row(cutter *c, char **cell, size_t capacity)
{
    size_t count = 0;
    for (int more = 1; more; count++) {
        char *text = next_cell(c, &more);
        if (count < capacity)
            cell[count] = text;
    }
    return count;
}

static size_t count_lines(const char *text)
{
    size_t count = 1;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static csv_in_result cut_header(csv_in *csv, cutter *c, const char *path, textbuf *problem)
{
    char *cell[CSV_IN_COLUMNS_MAX];
    skip_blank(c);
    if (!*c->at) {
        textbuf_printf(problem, "%s: it is empty; expected a line that names the columns", path);
        return CSV_IN_BROKEN;
    }
    csv->columns = next_row(c, cell, CSV_IN_COLUMNS_MAX);
    if (csv->columns > CSV_IN_COLUMNS_MAX) {
        textbuf_printf(problem, "%s: it has more than %d columns", path, CSV_IN_COLUMNS_MAX);
        return CSV_IN_BROKEN;
    }
    for (size_t i = 0; i < csv->columns; i++)
        csv->column[i] = cell[i];
    return CSV_IN_OK;
}

static csv_in_result cut_rows(csv_in *csv, cutter *c, const char *path, int strict,
                              textbuf *problem)
{
    static char nothing[] = "";
    const size_t most = count_lines(c->at);
    csv->cell = calloc(most * csv->columns, sizeof *csv->cell);
    csv->line = calloc(most, sizeof *csv->line);
    if (!csv->cell || !csv->line)
        return CSV_IN_MEMORY;
    for (skip_blank(c); *c->at; skip_blank(c)) {
        char **row = csv->cell + csv->rows * csv->columns;
        csv->line[csv->rows] = c->line;
        const size_t count = next_row(c, row, csv->columns);
        if (strict && count != csv->columns) {
            textbuf_printf(problem, "%s:%zu: this row has %zu cells; the header names %zu", path,
                           csv->line[csv->rows], count, csv->columns);
            return CSV_IN_BROKEN;
        }
        for (size_t i = count; i < csv->columns; i++)
            row[i] = nothing;
        csv->rows++;
    }
    return CSV_IN_OK;
}

csv_in_result csv_in_load(csv_in *out, const char *path, int strict, textbuf *problem)
{
    textbuf bytes = {0};
    *out = (csv_in){0};
    csv_in_result result = read_all(&bytes, path, problem);
    out->data = bytes.data ? bytes.data : text_copy("");
    if (!out->data)
        result = CSV_IN_MEMORY;
    if (result == CSV_IN_OK) {
        cutter c = {.at = out->data, .line = 1};
        if (strncmp(c.at, "\xEF\xBB\xBF", 3) == 0)
            c.at += 3;
        result = cut_header(out, &c, path, problem);
        if (result == CSV_IN_OK)
            result = cut_rows(out, &c, path, strict, problem);
    }
    if (result == CSV_IN_MEMORY)
        textbuf_add(problem, "out of memory");
    if (result != CSV_IN_OK)
        csv_in_free(out);
    return result;
}

void csv_in_free(csv_in *csv)
{
    free(csv->data);
    free(csv->cell);
    free(csv->line);
    *csv = (csv_in){0};
}

/* --- columns --- */

size_t csv_in_column(const csv_in *csv, const char *name)
{
    size_t i = 0;
    while (i < csv->columns && strcmp(csv->column[i], name) != 0)
        i++;
    return i;
}

int csv_in_need(size_t *column, const csv_in *csv, const char *path, const char *name,
                textbuf *problem)
{
    *column = csv_in_column(csv, name);
    if (*column < csv->columns)
        return 1;
    textbuf_printf(problem, "%s: there is no column %s", path, name);
    size_t near = word_nearest(name, csv->column, csv->columns);
    if (near < csv->columns)
        textbuf_printf(problem, "; is %s meant?", csv->column[near]);
    return 0;
}

const char *csv_in_cell(const csv_in *csv, size_t row, size_t column)
{
    return column < csv->columns ? csv->cell[row * csv->columns + column] : "";
}
