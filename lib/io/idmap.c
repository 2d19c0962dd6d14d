/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash table of (kind, id). Texts lie in one pool, so that a million ids cost few bytes each.
 * Knows no field.
 */
#include "io/idmap.h"

#include <string.h>

static uint64_t hash_of(qwr__ref kind, const char *id)
{
    uint32_t k = (uint32_t)kind;
    return qwr__hash(qwr__hash(0, &k, sizeof k), id, strlen(id));
}

/* The slot of this id, or the empty one where it would go. */
static size_t slot_of(const qwr__idmap *map, qwr__ref kind, const char *id)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash_of(kind, id) & mask;
    while (map->slots[slot]) {
        const qwr__idmap_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->kind == (uint32_t)kind && strcmp(map->pool + entry->text, id) == 0)
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static const qwr__idmap_entry *entry_of(const qwr__idmap *map, qwr__ref kind, const char *id)
{
    if (map->slot_count == 0)
        return NULL;
    uint32_t number = map->slots[slot_of(map, kind, id)];
    return number ? &map->entries[number - 1] : NULL;
}

int64_t qwr__idmap_line(const qwr__idmap *map, qwr__ref kind, const char *id)
{
    const qwr__idmap_entry *entry = entry_of(map, kind, id);
    return entry ? entry->line : 0;
}

static qwr_status grow_slots(qwr__idmap *map)
{
    size_t count = map->slot_count ? 2 * map->slot_count : 64;
    uint32_t *old = map->slots;
    uint32_t *slots = qwr__alloc(map->ctx, count, sizeof *slots);
    if (!slots)
        return qwr__no_memory(map->ctx, "io.idmap");
    map->slots = slots;
    map->slot_count = count;
    for (size_t i = 0; i < map->count; i++) {
        const qwr__idmap_entry *entry = &map->entries[i];
        size_t slot = slot_of(map, (qwr__ref)entry->kind, map->pool + entry->text);
        map->slots[slot] = (uint32_t)i + 1;
    }
    qwr__free(map->ctx, old);
    return QWR_OK;
}

qwr_status qwr__idmap_add(qwr__idmap *map, qwr__ref kind, const char *id, uint32_t ix, int64_t line)
{
    size_t length = strlen(id) + 1;
    void *pool = map->pool, *entries = map->entries;
    if (map->count >= UINT32_MAX - 1)
        return qwr__fail(map->ctx, QWR_ETOOBIG, "io.idmap", NULL, line, "more than 2^32 ids");
    qwr_status status =
        qwr__reserve(map->ctx, &pool, &map->pool_capacity, map->pool_used + length, 1);
    map->pool = pool;
    QWR_TRY(status);
    status = qwr__reserve(map->ctx, &entries, &map->capacity, map->count + 1, sizeof *map->entries);
    map->entries = entries;
    QWR_TRY(status);
    if (2 * (map->count + 1) > map->slot_count)
        QWR_TRY(grow_slots(map));
    memcpy(map->pool + map->pool_used, id, length);
    map->entries[map->count] = (qwr__idmap_entry){map->pool_used, (uint32_t)kind, ix, line};
    map->pool_used += length;
    map->slots[slot_of(map, kind, id)] = (uint32_t)++map->count;
    return QWR_OK;
}

static uint32_t find_id(const void *payload, qwr__ref kind, const char *id)
{
    const qwr__idmap_entry *entry = entry_of(payload, kind, id);
    return entry ? entry->ix : QWR_NONE;
}

static const char *next_id(const void *payload, qwr__ref kind, size_t *cursor)
{
    const qwr__idmap *map = payload;
    while (*cursor < map->count) {
        const qwr__idmap_entry *entry = &map->entries[(*cursor)++];
        if (entry->kind == (uint32_t)kind)
            return map->pool + entry->text;
    }
    return NULL;
}

qwr__ids qwr__idmap_ids(const qwr__idmap *map)
{
    return (qwr__ids){map, find_id, next_id, "above this line"};
}

void qwr__idmap_free(qwr__idmap *map)
{
    qwr__free(map->ctx, map->pool);
    qwr__free(map->ctx, map->entries);
    qwr__free(map->ctx, map->slots);
    *map = (qwr__idmap){.ctx = map->ctx};
}
