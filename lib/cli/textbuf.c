/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text that grows, with one flag for every allocation that failed on the way. Knows neither
 * files nor streams.
 */
#include "cli/textbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void textbuf_free(textbuf *text)
{
    free(text->data);
    *text = (textbuf){0};
}

/* Room for `more` bytes and the final NUL. */
static int reserve(textbuf *text, size_t more)
{
    if (text->failed || more > SIZE_MAX / 4 - text->length) {
        text->failed = 1;
        return 0;
    }
    size_t need = text->length + more + 1;
    if (need <= text->capacity)
        return 1;
    size_t capacity = text->capacity < 256 ? 256 : text->capacity;
    while (capacity < need)
        capacity *= 2;
    char *data = realloc(text->data, capacity);
    if (!data) {
        text->failed = 1;
        return 0;
    }
    text->data = data;
    text->capacity = capacity;
    return 1;
}

void textbuf_bytes(textbuf *text, const char *bytes, size_t length)
{
    if (!reserve(text, length))
        return;
    if (length > 0)
        memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void textbuf_add(textbuf *text, const char *string)
{
    textbuf_bytes(text, string, strlen(string));
}

void textbuf_printf(textbuf *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0 || !reserve(text, (size_t)length)) {
        text->failed = 1;
        return;
    }
    va_start(list, format);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, list);
    va_end(list);
    text->length += (size_t)length;
}

void textbuf_csv(textbuf *text, const char *string)
{
    if (!strpbrk(string, ",\"\n\r")) {
        textbuf_add(text, string);
        return;
    }
    textbuf_add(text, "\"");
    for (const char *p = string; *p; p++) {
        if (*p == '"')
            textbuf_add(text, "\"");
        textbuf_bytes(text, p, 1);
    }
    textbuf_add(text, "\"");
}

void textbuf_wrap(textbuf *text, const char *string, size_t indent, size_t width)
{
    size_t column = 0;
    while (*string) {
        size_t word = strcspn(string, " \n");
        if (column > 0 && column + 1 + word > width) {
            textbuf_add(text, "\n");
            column = 0;
        }
        if (column == 0)
            textbuf_printf(text, "%*s", (int)indent, "");
        else
            textbuf_add(text, " ");
        column = (column == 0 ? indent : column + 1) + word;
        textbuf_bytes(text, string, word);
        string += word;
        if (*string == '\n')
            column = width;
        if (*string)
            string++;
    }
    textbuf_add(text, "\n");
}

char *text_copy(const char *string)
{
    size_t bytes = strlen(string) + 1;
    char *copy = malloc(bytes);
    if (copy)
        memcpy(copy, string, bytes);
    return copy;
}
