/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Allocation through the context's hooks: zeroed, overflow-checked, never assumed to work.
 * Must never report a cause itself, except qwr__reserve(): several threads may allocate at once,
 * while the chain of causes belongs to one.
 */
#include "base/context_private.h"

#include <string.h>

#define ALIGNMENT ((size_t)64)

/* Sizes above PTRDIFF_MAX break pointer differences, so they count as overflow. */
static bool size_of_block(size_t *bytes, size_t count, size_t size)
{
    if (__builtin_mul_overflow(count, size, bytes) || *bytes > (size_t)PTRDIFF_MAX)
        return false;
    if (*bytes == 0)
        *bytes = 1; /* NULL then always means failure, whatever malloc(0) does */
    return true;
}

void *qwr__alloc(qwr_context *ctx, size_t count, size_t size)
{
    size_t bytes;

    if ((count == 0 && size == 0) || !size_of_block(&bytes, count, size))
        return NULL;
    void *block = ctx->allocator.alloc(ctx->allocator.payload, bytes);
    if (block != NULL)
        memset(block, 0, bytes);
    return block;
}

void *qwr__resize(qwr_context *ctx, void *block, size_t count, size_t size)
{
    size_t bytes;

    if (!size_of_block(&bytes, count, size))
        return NULL;
    if (block == NULL)
        return ctx->allocator.alloc(ctx->allocator.payload, bytes);
    return ctx->allocator.resize(ctx->allocator.payload, block, bytes);
}

void qwr__free(qwr_context *ctx, void *block)
{
    if (block != NULL)
        ctx->allocator.release(ctx->allocator.payload, block);
}

void qwr_text_free(qwr_context *ctx, char *text)
{
    if (ctx != NULL)
        qwr__free(ctx, text);
}

char *qwr__strdup(qwr_context *ctx, const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = qwr__alloc(ctx, bytes, 1);

    if (copy != NULL)
        memcpy(copy, text, bytes);
    return copy;
}

/* The block the hooks gave is remembered in the word before the aligned part. */
void *qwr__alloc_aligned(qwr_context *ctx, size_t count, size_t size)
{
    size_t bytes;

    if ((count == 0 && size == 0) || !size_of_block(&bytes, count, size) ||
        bytes > (size_t)PTRDIFF_MAX - ALIGNMENT - sizeof(void *))
        return NULL;
    char *block = qwr__alloc(ctx, bytes + ALIGNMENT + sizeof(void *), 1);
    if (block == NULL)
        return NULL;
    char *aligned = block + sizeof(void *);
    aligned += (ALIGNMENT - (uintptr_t)aligned % ALIGNMENT) % ALIGNMENT;
    memcpy(aligned - sizeof(void *), &block, sizeof block);
    return aligned;
}

void qwr__free_aligned(qwr_context *ctx, void *block)
{
    void *whole;

    if (block == NULL)
        return;
    memcpy(&whole, (char *)block - sizeof(void *), sizeof whole);
    qwr__free(ctx, whole);
}

qwr_status qwr__reserve(qwr_context *ctx, void **array, size_t *capacity, size_t needed,
                        size_t size)
{
    if (needed <= *capacity)
        return QWR_OK;
    size_t grown = *capacity < 8 ? 8 : *capacity;
    while (grown < needed) {
        if (grown > SIZE_MAX / 2)
            return qwr__no_memory(ctx, "base.memory");
        grown *= 2;
    }
    if (grown == *capacity)
        grown *= 2;
    void *block = qwr__resize(ctx, *array, grown, size);
    if (block == NULL)
        return qwr__no_memory(ctx, "base.memory");
    *array = block;
    *capacity = grown;
    return QWR_OK;
}
