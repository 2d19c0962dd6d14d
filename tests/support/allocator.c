/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The allocator that counts and fails on demand, and the loop that lets each allocation of an
 * operation fail in turn. Knows no domain word.
 */
#include "support.h"

#include <stdlib.h>

static bool refuses(qwr_test_allocator *a)
{
    long number = atomic_fetch_add(&a->count, 1) + 1;
    long fail_at = atomic_load(&a->fail_at);

    if (fail_at == 0 || number < fail_at || (number > fail_at && !a->fail_after))
        return false;
    atomic_store(&a->failed, true);
    return true;
}

static void *test_alloc(void *payload, size_t bytes)
{
    qwr_test_allocator *a = payload;
    void *block = refuses(a) ? NULL : malloc(bytes == 0 ? 1 : bytes);

    if (block != NULL)
        atomic_fetch_add(&a->live, 1);
    return block;
}

static void *test_resize(void *payload, void *block, size_t bytes)
{
    qwr_test_allocator *a = payload;
    void *grown = refuses(a) ? NULL : realloc(block, bytes == 0 ? 1 : bytes);

    if (block == NULL && grown != NULL)
        atomic_fetch_add(&a->live, 1);
    return grown;
}

static void test_release(void *payload, void *block)
{
    qwr_test_allocator *a = payload;

    if (block != NULL)
        atomic_fetch_sub(&a->live, 1);
    free(block);
}

void qwr_test_allocator_init(qwr_test_allocator *allocator, long fail_at, bool fail_after)
{
    allocator->hooks = (qwr_allocator){.size = sizeof(qwr_allocator),
                                       .alloc = test_alloc,
                                       .resize = test_resize,
                                       .release = test_release,
                                       .payload = allocator};
    atomic_init(&allocator->count, 0);
    atomic_init(&allocator->live, 0);
    atomic_init(&allocator->fail_at, fail_at);
    allocator->fail_after = fail_after;
    atomic_init(&allocator->failed, false);
}

/* One run with allocation `fail_at` failing. Returns whether any allocation was refused. */
static bool run_failing(qwr_test_allocating_fn fn, void *payload, long fail_at, bool fail_after,
                        long *count)
{
    qwr_test_allocator allocator;
    qwr_context *ctx = NULL;
    qwr_status status;

    qwr_test_allocator_init(&allocator, fail_at, fail_after);
    status = qwr_context_new(&ctx, &allocator.hooks);
    if (status == QWR_OK)
        status = fn(ctx, payload);
    qwr_context_free(ctx);
    if (status != QWR_OK && !(status == QWR_ENOMEM && atomic_load(&allocator.failed)))
        ck_abort_msg("with allocation %ld failing%s: %s", fail_at,
                     fail_after ? " and all later" : "", qwr_status_name(status));
    if (atomic_load(&allocator.live) != 0)
        ck_abort_msg("with allocation %ld failing%s: %ld blocks leaked", fail_at,
                     fail_after ? " and all later" : "", atomic_load(&allocator.live));
    *count = atomic_load(&allocator.count);
    return atomic_load(&allocator.failed);
}

long qwr_test_each_allocation(qwr_test_allocating_fn fn, void *payload, long limit)
{
    long count = 0;

    for (long fail_at = 1; fail_at <= limit; fail_at++) {
        if (!run_failing(fn, payload, fail_at, false, &count))
            return count;
        (void)run_failing(fn, payload, fail_at, true, &count);
    }
    ck_abort_msg("still failing after %ld allocations", limit);
    return 0;
}
