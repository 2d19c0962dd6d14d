/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pool of strings: chunks that grow, and a hash set for the texts that repeat (services, vessel
 * classes, file names). Must never move a string, and never give one back before the whole pool.
 */
#include "model/strings.h"

#include <string.h>

enum { FIRST_CHUNK = 1024, LARGEST_CHUNK = 256 * 1024, FIRST_SLOTS = 16 };

struct qwr__chunk {
    qwr__chunk *next;
    size_t capacity, used;
    char text[];
};

void qwr__strings_init(qwr__strings *strings, qwr_context *ctx)
{
    *strings = (qwr__strings){.ctx = ctx};
}

static qwr__chunk *new_chunk(qwr__strings *strings, size_t needed)
{
    size_t capacity = FIRST_CHUNK;

    if (strings->chunks != NULL) {
        capacity = strings->chunks->capacity * 2;
        if (capacity > LARGEST_CHUNK)
            capacity = LARGEST_CHUNK;
    }
    if (capacity < needed)
        capacity = needed;
    if (capacity > SIZE_MAX - sizeof(qwr__chunk))
        return NULL;
    qwr__chunk *chunk = qwr__alloc(strings->ctx, 1, sizeof(qwr__chunk) + capacity);
    if (chunk == NULL)
        return NULL;
    chunk->capacity = capacity;
    chunk->next = strings->chunks;
    strings->chunks = chunk;
    return chunk;
}

const char *qwr__strings_copy(qwr__strings *strings, const char *text)
{
    size_t bytes = strlen(text) + 1;
    qwr__chunk *chunk = strings->chunks;

    if (chunk == NULL || chunk->capacity - chunk->used < bytes)
        chunk = new_chunk(strings, bytes);
    if (chunk == NULL)
        return NULL;
    char *copy = chunk->text + chunk->used;
    memcpy(copy, text, bytes);
    chunk->used += bytes;
    return copy;
}

/* The slot that holds `text`, or the free one where it belongs. */
static const char **find_slot(const char **slots, size_t slot_count, const char *text)
{
    size_t i = (size_t)qwr__hash(0, text, strlen(text)) & (slot_count - 1);

    while (slots[i] != NULL && strcmp(slots[i], text) != 0)
        i = (i + 1) & (slot_count - 1);
    return &slots[i];
}

/* Keeps the set at most half full. */
static bool grow_slots(qwr__strings *strings)
{
    size_t grown = strings->slot_count == 0 ? FIRST_SLOTS : strings->slot_count * 2;

    if (strings->used < strings->slot_count / 2)
        return true;
    const char **slots = qwr__alloc(strings->ctx, grown, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < strings->slot_count; i++)
        if (strings->slots[i] != NULL)
            *find_slot(slots, grown, strings->slots[i]) = strings->slots[i];
    qwr__free(strings->ctx, strings->slots);
    strings->slots = slots;
    strings->slot_count = grown;
    return true;
}

const char *qwr__strings_intern(qwr__strings *strings, const char *text)
{
    if (!grow_slots(strings))
        return NULL;
    const char **slot = find_slot(strings->slots, strings->slot_count, text);
    if (*slot == NULL) {
        *slot = qwr__strings_copy(strings, text);
        if (*slot != NULL)
            strings->used++;
    }
    return *slot;
}

void qwr__strings_free(qwr__strings *strings)
{
    qwr__chunk *chunk = strings->chunks;

    while (chunk != NULL) {
        qwr__chunk *next = chunk->next;
        qwr__free(strings->ctx, chunk);
        chunk = next;
    }
    qwr__free(strings->ctx, strings->slots);
    qwr__strings_init(strings, strings->ctx);
}
