/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An aligned table for a terminal. Widths count characters, not bytes, so that vessel names with
 * accents line up. Knows text alone.
 */
#include "cli/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void table_begin(table *t, const char *alignment, const char *const *heading)
{
    *t = (table){.columns = strlen(alignment), .alignment = alignment};
    for (size_t i = 0; i < t->columns; i++)
        table_cell(t, heading[i]);
}

void table_cell(table *t, const char *text)
{
    if (t->count == t->capacity) {
        size_t capacity = t->capacity ? 2 * t->capacity : 64;
        char **cell = realloc(t->cell, capacity * sizeof *cell);
        if (!cell) {
            t->failed = 1;
            return;
        }
        t->cell = cell;
        t->capacity = capacity;
    }
    char *copy = text_copy(text ? text : "");
    if (!copy) {
        t->failed = 1;
        return;
    }
    t->cell[t->count++] = copy;
}

void table_int(table *t, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    table_cell(t, text);
}

void table_double(table *t, double value, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    table_cell(t, text);
}

/* UTF-8 characters in a text: every byte that does not continue one. */
static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0u) != 0x80u;
    return count;
}

static void print_row(textbuf *out, const table *t, size_t row, const size_t *width, size_t indent)
{
    textbuf_printf(out, "%*s", (int)indent, "");
    for (size_t i = 0; i < t->columns; i++) {
        const char *text = t->cell[row * t->columns + i];
        size_t gap = width[i] - characters(text);
        int last = i + 1 == t->columns;
        if (t->alignment[i] == 'r')
            textbuf_printf(out, "%*s", (int)gap, "");
        textbuf_add(out, text);
        if (t->alignment[i] != 'r' && !last)
            textbuf_printf(out, "%*s", (int)gap, "");
        if (!last)
            textbuf_add(out, "  ");
    }
    while (out->length > 0 && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    textbuf_add(out, "\n");
}

void table_print(textbuf *out, table *t, size_t indent)
{
    size_t width[TABLE_COLUMNS_MAX] = {0};
    if (t->failed || t->columns == 0 || t->columns > TABLE_COLUMNS_MAX) {
        out->failed = 1;
        return;
    }
    for (size_t k = 0; k < t->count; k++) {
        size_t length = characters(t->cell[k]);
        if (length > width[k % t->columns])
            width[k % t->columns] = length;
    }
    for (size_t row = 0; row < t->count / t->columns; row++)
        print_row(out, t, row, width, indent);
}

void table_free(table *t)
{
    for (size_t k = 0; k < t->count; k++)
        free(t->cell[k]);
    free(t->cell);
    *t = (table){0};
}
