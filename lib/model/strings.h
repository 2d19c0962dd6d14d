/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pool of strings that live and die together. Must never know whose strings they are.
 */
#ifndef QWR_STRINGS_H
#define QWR_STRINGS_H

#include "base/base.h"

typedef struct qwr__chunk qwr__chunk;

/** Zero it and set ctx (qwr__strings_init()). Strings stay where they are until the pool is freed.
 */
typedef struct qwr__strings {
    qwr_context *ctx;
    qwr__chunk *chunks; /**< the newest first */
    const char **slots; /**< hash set of the interned strings, a power of two */
    size_t slot_count, used;
} qwr__strings;

void qwr__strings_init(qwr__strings *strings, qwr_context *ctx);
/** A copy of its own, for strings that hardly repeat (ids). NULL without memory. */
const char *qwr__strings_copy(qwr__strings *strings, const char *text);
/** The pool's one copy of this text. NULL without memory. */
const char *qwr__strings_intern(qwr__strings *strings, const char *text);
void qwr__strings_free(qwr__strings *strings);

#endif
