/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Splitting and joining comma-separated values, and reading them by named columns. Ragged rows,
 * open quotes and unknown columns are errors with their line. Knows no column.
 */
#include "io/csv.h"

#include <string.h>

static qwr_status fail_at(const qwr__csv *csv, int64_t line, const char *sentence)
{
    qwr__spot spot = *csv->spot;
    spot.line = line;
    return qwr__spot_fail(&spot, QWR_EFORMAT, "%s", sentence);
}

qwr_status qwr__csv_open(qwr__csv *csv, const qwr__spot *spot, const char *data, size_t length)
{
    *csv = (qwr__csv){.spot = spot, .next_line = 1};
    csv->text = qwr__alloc(spot->ctx, length + 1, 1);
    if (!csv->text)
        return qwr__no_memory(spot->ctx, spot->where);
    if (length)
        memcpy(csv->text, data, length);
    csv->at = csv->text;
    csv->end = csv->text + length;
    if (length >= 3 && memcmp(csv->text, "\xEF\xBB\xBF", 3) == 0)
        csv->at += 3;
    if (memchr(csv->text, '\0', length))
        return fail_at(csv, 1, "the file holds a NUL byte; expected text");
    return QWR_OK;
}

void qwr__csv_close(qwr__csv *csv)
{
    qwr__free(csv->spot->ctx, csv->cells);
    qwr__free(csv->spot->ctx, csv->text);
}

static qwr_status add_cell(qwr__csv *csv, char *cell)
{
    void *cells = csv->cells;
    qwr_status status =
        qwr__reserve(csv->spot->ctx, &cells, &csv->capacity, csv->count + 1, sizeof *csv->cells);
    csv->cells = cells;
    if (status == QWR_OK)
        csv->cells[csv->count++] = cell;
    return status;
}

/* Cuts a quoted cell; `at` ends on what follows the closing quote. */
static qwr_status cut_quoted(qwr__csv *csv, char **cell)
{
    char *from = csv->at + 1, *to = from;
    int64_t line = csv->next_line;
    *cell = to;
    for (;; from++) {
        if (from >= csv->end)
            return fail_at(csv, line, "a quote opens here and is never closed");
        if (*from == '"' && (from + 1 >= csv->end || from[1] != '"'))
            break;
        if (*from == '"')
            from++;
        if (*from == '\n')
            csv->next_line++;
        *to++ = *from;
    }
    csv->at = from + 1;
    /* At worst `to` is on the closing quote, which is done with. */
    *to = '\0';
    if (csv->at < csv->end && !strchr(",\r\n", *csv->at))
        return fail_at(csv, csv->next_line, "text follows a closing quote; expected a comma");
    return QWR_OK;
}

static qwr_status cut_plain(qwr__csv *csv, char **cell)
{
    *cell = csv->at;
    while (csv->at < csv->end && !strchr(",\r\n", *csv->at)) {
        if (*csv->at == '"')
            return fail_at(csv, csv->next_line, "a quote inside a cell that has none around it");
        csv->at++;
    }
    return QWR_OK;
}

/* Ends the row or the cell; true when another cell follows. The separator becomes the cell's NUL.
 */
static bool cut_separator(qwr__csv *csv)
{
    char separator = csv->at < csv->end ? *csv->at : '\n';
    *csv->at = '\0';
    if (csv->at < csv->end)
        csv->at++;
    if (separator == ',')
        return true;
    if (separator == '\r' && csv->at < csv->end && *csv->at == '\n')
        csv->at++;
    csv->next_line++;
    return false;
}

qwr_status qwr__csv_next(qwr__csv *csv, bool *more)
{
    while (csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r')) {
        csv->next_line += *csv->at == '\n' || csv->at + 1 >= csv->end || csv->at[1] != '\n';
        csv->at++;
    }
    *more = csv->at < csv->end;
    csv->line = csv->next_line;
    csv->count = 0;
    if (!*more)
        return QWR_OK;
    for (bool another = true; another;) {
        char *cell = NULL;
        QWR_TRY(csv->at < csv->end && *csv->at == '"' ? cut_quoted(csv, &cell)
                                                      : cut_plain(csv, &cell));
        QWR_TRY(add_cell(csv, cell));
        another = cut_separator(csv);
    }
    return QWR_OK;
}

/* --- named columns --------------------------------------------------------------------------- */

/* Rows of the table in the order of the columns of the file. */
typedef struct header {
    size_t rows[QWR__ATTR_MAX];
    size_t count;
} header;

static qwr_status read_header(header *head, qwr__csv *csv, const qwr__spot *spot,
                              const qwr__csv_table *table)
{
    bool more;
    uint64_t seen = 0;
    QWR_TRY(qwr__csv_next(csv, &more));
    if (!more)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "the file is empty; expected a line that names the columns");
    for (size_t i = 0; i < csv->count; i++) {
        size_t row;
        QWR_TRY(qwr__attr_find(&row, spot, table->columns, csv->cells[i]));
        if (seen >> row & 1)
            return qwr__spot_fail(spot, QWR_EFORMAT, "column %s is named twice", csv->cells[i]);
        seen |= UINT64_C(1) << row;
        head->rows[head->count++] = row;
    }
    return qwr__attrs_complete(spot, table->columns, seen, QWR__REQUIRED);
}

static qwr_status read_row(const header *head, qwr__csv *csv, const qwr__spot *spot,
                           const qwr__csv_table *table)
{
    uint64_t given = 0;
    if (csv->count != head->count)
        return qwr__spot_fail(spot, QWR_EFORMAT, "this row has %zu cells; the header names %zu",
                              csv->count, head->count);
    table->init(table->def);
    for (size_t i = 0; i < csv->count; i++)
        if (*csv->cells[i])
            QWR_TRY(qwr__attr_read(spot, table->columns, head->rows[i], csv->cells[i], table->def,
                                   &given));
    QWR_TRY(qwr__attrs_complete(spot, table->columns, given, QWR__REQUIRED));
    return table->row(spot, table->def, table->payload);
}

qwr_status qwr__csv_read(const qwr__spot *spot, const char *data, size_t length,
                         const qwr__csv_table *table)
{
    qwr_status status = QWR_OK;
    qwr__csv csv;
    header head = {.count = 0};
    qwr__spot here = *spot;
    bool more = true;
    QWR_TRY_DONE(qwr__csv_open(&csv, spot, data, length));
    here.line = 1;
    QWR_TRY_DONE(read_header(&head, &csv, &here, table));
    for (;;) {
        QWR_TRY_DONE(qwr__csv_next(&csv, &more));
        if (!more)
            break;
        here.line = csv.line;
        QWR_TRY_DONE(read_row(&head, &csv, &here, table));
    }
done:
    qwr__csv_close(&csv);
    return status;
}

void qwr__csv_put(qwr__text *text, const char *cell)
{
    size_t length = strlen(cell);
    if (length == 0 || (!strpbrk(cell, ",\"\r\n") && cell[0] != ' ' && cell[length - 1] != ' ')) {
        qwr__text_put(text, cell, length);
        return;
    }
    qwr__text_put(text, "\"", 1);
    for (const char *c = cell; *c; c++) {
        if (*c == '"')
            qwr__text_put(text, "\"", 1);
        qwr__text_put(text, c, 1);
    }
    qwr__text_put(text, "\"", 1);
}
