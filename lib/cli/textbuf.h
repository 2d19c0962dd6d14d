/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text that grows. A failed allocation is remembered, so that callers check once at the end.
 * Knows no format; json_out.h and table.h build on it.
 */
#ifndef QWR_CLI_TEXTBUF_H
#define QWR_CLI_TEXTBUF_H

#include <stddef.h>
#include <stdint.h>

typedef struct textbuf {
    char *data; /* NUL-terminated once something was added, else NULL */
    size_t length;
    size_t capacity;
    int failed; /* 1: out of memory; the text is not complete */
} textbuf;

void textbuf_free(textbuf *text);
void textbuf_bytes(textbuf *text, const char *bytes, size_t length);
void textbuf_add(textbuf *text, const char *string);
void textbuf_printf(textbuf *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Adds `string` as a CSV field: quoted where it holds a comma, a quote or a line end. */
void textbuf_csv(textbuf *text, const char *string);

/** Adds `string` broken at spaces into lines of at most `width`, each after `indent` spaces. */
void textbuf_wrap(textbuf *text, const char *string, size_t indent, size_t width);

/** A copy of `string` that the caller frees with free(), NULL when out of memory. */
char *text_copy(const char *string);

#endif
