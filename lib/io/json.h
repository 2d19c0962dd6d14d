/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small JSON reader (RFC 8259): nodes in one array, texts in one block, depth and size limited,
 * every node with its line. Knows no member.
 */
#ifndef QWR_IO_JSON_H
#define QWR_IO_JSON_H

#include "base/base.h"

/** Arrays and objects may be nested this deep. */
#define QWR__JSON_DEPTH 32
/** Longest text parsed: "[1,1,1…" takes 24 times its length in nodes. */
#define QWR__JSON_MAX_BYTES ((size_t)64 << 20)

typedef enum qwr__json_kind {
    QWR__JSON_NULL = 0,
    QWR__JSON_BOOL,
    QWR__JSON_NUMBER,
    QWR__JSON_STRING,
    QWR__JSON_ARRAY,
    QWR__JSON_OBJECT
} qwr__json_kind;

typedef struct qwr__json_node {
    qwr__json_kind kind;
    uint32_t count; /**< Elements or members. */
    uint32_t first; /**< First child, 0: none (node 0 is the root and nobody's child). */
    uint32_t next;  /**< Next sibling, 0: none. */
    int64_t line;
    const char *key;  /**< In an object. */
    const char *text; /**< As written, or the string itself; "true", "false", "null". */
} qwr__json_node;

typedef struct qwr__json {
    qwr_context *ctx;
    const char *where, *name;
    char *text;
    qwr__json_node *nodes;
    size_t count, capacity;
} qwr__json;

/** Parses; `where` and `name` are for messages. Free it in any case. */
qwr_status qwr__json_parse(qwr__json *json, qwr_context *ctx, const char *where, const char *data,
                           size_t length, const char *name);
void qwr__json_free(qwr__json *json);

/** Member of an object, or NULL. */
const qwr__json_node *qwr__json_get(const qwr__json *json, const qwr__json_node *object,
                                    const char *key);
/** First child and next sibling, NULL at the end. */
const qwr__json_node *qwr__json_first(const qwr__json *json, const qwr__json_node *node);
const qwr__json_node *qwr__json_next(const qwr__json *json, const qwr__json_node *node);

#endif
