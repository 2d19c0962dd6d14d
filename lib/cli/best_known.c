/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of the literature, from best_known.csv: quoted fields, commas inside quotes, either line
 * end. Knows CSV, nothing of solving.
 */
#include "cli/best_known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 32, FILE_MAX = 16 << 20 };

/* Cuts the next field out of *at, in place, and says whether the line goes on. */
static char *next_field(char **at, int *more)
{
    char *read = *at, *write = read, *field = read;
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
    }
    *more = *read == ',';
    *at = *read ? read + 1 : read;
    *write = '\0';
    return field;
}

/* Fields of the next line; the rest of a longer line is dropped. */
static size_t next_line(char **at, char **field)
{
    size_t count = 0;
    int more = 1;
    while (more) {
        char *text = next_field(at, &more);
        if (count < COLUMNS_MAX)
            field[count++] = text;
    }
    return count;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    long size;
    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && size < FILE_MAX &&
        fseek(file, 0, SEEK_SET) == 0) {
        data = malloc((size_t)size + 1);
        if (data) {
            size_t length = fread(data, 1, (size_t)size, file);
            data[length] = '\0';
        }
    }
    fclose(file);
    return data;
}

static size_t column_of(char *const *field, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcmp(field[i], name) != 0)
        i++;
    return i;
}

static int reserve(best_known *b, size_t capacity)
{
    b->instance = calloc(capacity, sizeof *b->instance);
    b->value = calloc(capacity, sizeof *b->value);
    b->proven = calloc(capacity, sizeof *b->proven);
    return b->instance && b->value && b->proven;
}

static size_t count_lines(const char *text)
{
    size_t count = 1;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

int best_known_load(best_known *out, const char *path)
{
    static char nothing[] = "";
    char *field[COLUMNS_MAX];
    *out = (best_known){0};
    out->data = read_file(path);
    if (!out->data)
        return 0;
    if (!reserve(out, count_lines(out->data))) {
        best_known_free(out);
        return -1;
    }
    char *at = out->data;
    size_t count = next_line(&at, field);
    size_t instance = column_of(field, count, "instance");
    size_t value = column_of(field, count, "best_known");
    size_t proven = column_of(field, count, "proven_optimal");
    if (instance == count || value == count) {
        best_known_free(out);
        return 0;
    }
    while (*at) {
        count = next_line(&at, field);
        if (instance >= count || value >= count)
            continue;
        out->instance[out->count] = field[instance];
        out->value[out->count] = field[value];
        out->proven[out->count] = proven < count ? field[proven] : nothing;
        out->count++;
    }
    return 1;
}

void best_known_free(best_known *b)
{
    free(b->data);
    free(b->instance);
    free(b->value);
    free(b->proven);
    *b = (best_known){0};
}

size_t best_known_find(const best_known *b, const char *instance)
{
    size_t i = 0;
    while (i < b->count && strcmp(b->instance[i], instance) != 0)
        i++;
    return i;
}
