/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML as elements that begin and end: all this room needs of it, and the only door to libxml2.
 * Knows no element of ours.
 */
#ifndef QWR_IO_XML_H
#define QWR_IO_XML_H

#include "io/io.h"

/** Elements may be nested this deep. */
#define QWR__XML_DEPTH 8

/** An attribute; both strings are NUL-terminated UTF-8. */
typedef struct qwr__xml_attribute {
    const char *name, *value;
} qwr__xml_attribute;

/** Strings are borrowed until the element ends. A failure stops the parser and is passed on. */
typedef struct qwr__xml_handler {
    qwr_status (*begin)(void *payload, const char *tag, const qwr__xml_attribute *attributes,
                        size_t count, int64_t line);
    qwr_status (*end)(void *payload, int64_t line);
    void *payload;
    const char *where; /**< Part of the library, for messages. */
} qwr__xml_handler;

/**
 * Reads a document to its end. Refused: a DOCTYPE (and with it every entity attack), text between
 * elements, elements and attributes with a namespace (those of xsi and xml are skipped).
 */
qwr_status qwr__xml_parse(qwr_context *ctx, qwr__input *in, const qwr__xml_handler *handler);

#endif
