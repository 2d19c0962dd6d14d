/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids met while a scenario file streams by, and the index each got: a builder has no look-up, and
 * a reference may only point at what stands above it. Knows kinds of entities, no field.
 */
#ifndef QWR_IO_IDMAP_H
#define QWR_IO_IDMAP_H

#include "io/attr.h"

typedef struct qwr__idmap_entry {
    size_t text; /**< Offset of the id in `pool`. */
    uint32_t kind, ix;
    int64_t line;
} qwr__idmap_entry;

/** Zero it, set ctx. */
typedef struct qwr__idmap {
    qwr_context *ctx;
    char *pool;
    size_t pool_used, pool_capacity;
    qwr__idmap_entry *entries;
    size_t count, capacity;
    uint32_t *slots; /**< Entry number + 1, 0 for empty; open addressing. */
    size_t slot_count;
} qwr__idmap;

/** Line of an id that is taken, else 0. */
int64_t qwr__idmap_line(const qwr__idmap *map, qwr__ref kind, const char *id);
qwr_status qwr__idmap_add(qwr__idmap *map, qwr__ref kind, const char *id, uint32_t ix,
                          int64_t line);
qwr__ids qwr__idmap_ids(const qwr__idmap *map);
void qwr__idmap_free(qwr__idmap *map);

#endif
