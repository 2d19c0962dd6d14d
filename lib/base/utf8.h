/* SPDX-License-Identifier: Apache-2.0 */
/* One step through UTF-8 text. Must never know what the text is for. */
#ifndef QWR_UTF8_H
#define QWR_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/** Bytes of the well-formed character at `s` (1 to 4), or 0 if there is none; at a NUL, 0. */
size_t qwr__utf8_step(const char *s);
/** Whether the whole NUL-terminated text is well-formed. */
bool qwr__utf8_valid(const char *s);

#endif
