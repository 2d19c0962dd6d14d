/* SPDX-License-Identifier: Apache-2.0 */
/* How fast the cost kernel is here: candidates a second over synthetic tables that fit the cache.
 */
#include "cost/kernel.h"

#include <quaywright/solve.h>

#include <string.h>

static const char WHERE[] = "engine.bench_kernel";

enum { STARTS = 672, CELLS = 64, STAY = 48, PASSES = 5000 };

static int32_t pass(const qwr__kernel *kernel, const int32_t *cost, const uint32_t *sums,
                    size_t stride)
{
    int32_t best = INT32_MAX;
    for (int x = 0; x + 16 <= CELLS; x++) {
        const uint32_t *low = sums + (size_t)x * stride, *high = low + 16 * stride;
        qwr__kernel_row row = {.count = STARTS - STAY,
                               .start_cost = cost,
                               .end_cost = cost + STAY,
                               .high_to = high + STAY,
                               .high_from = high,
                               .low_to = low + STAY,
                               .low_from = low,
                               .crane_to = sums + STAY,
                               .crane_from = sums};
        int32_t least = kernel->min(&row);
        best = least < best ? least : best;
    }
    return best;
}

static bool level_of(qwr__simd *level, const qwr_context *ctx, const char *name)
{
    static const char *const names[] = {"generic", "avx2", "avx512"};
    *level = qwr__cpu_level(ctx);
    if (!strcmp(name, "auto"))
        return true;
    for (int k = 0; k < 3; k++)
        if (!strcmp(name, names[k])) {
            *level = (qwr__simd)k;
            return true;
        }
    return false;
}

qwr_status qwr_bench_kernel(double *rate, qwr_context *ctx, const char *level, int threads)
{
    qwr__simd simd;
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!rate || !level || threads < 1)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "a rate, a level and at least one thread are needed");
    if (!level_of(&simd, ctx, level))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "no kernel is called %s; there are generic, avx2, avx512", level);
    if (simd > qwr__cpu_best() ||
        (simd && strcmp(qwr__kernel_get(simd)->name, level) && strcmp(level, "auto")))
        return qwr__fail(ctx, QWR_EUNSUPPORTED, WHERE, NULL, 0, "this processor or build has no %s",
                         level);
    const qwr__kernel *kernel = qwr__kernel_get(simd);
    size_t stride = STARTS + 64;
    int32_t *cost = qwr__alloc_aligned(ctx, stride, sizeof *cost);
    uint32_t *sums = qwr__alloc_aligned(ctx, (CELLS + 1) * stride, sizeof *sums);
    int32_t *least = qwr__alloc_aligned(ctx, (size_t)threads * 16, sizeof *least);
    qwr_status status = cost && sums && least ? QWR_OK : qwr__no_memory(ctx, WHERE);
    if (status == QWR_OK) {
        for (size_t k = 0; k < stride; k++)
            cost[k] = (int32_t)(qwr__random(1, 1, k) % 1000);
        for (size_t k = 0; k < (CELLS + 1) * stride; k++)
            sums[k] = (uint32_t)(k % stride * (1 + k / stride));
        least[0] = pass(kernel, cost, sums, stride);
        int64_t begin = qwr__now_us();
#ifdef _OPENMP
#pragma omp parallel for schedule(static, 1) num_threads(threads) if (threads > 1)
#endif
        for (int t = 0; t < threads; t++)
            for (int k = 0; k < PASSES; k++) {
                int32_t found = pass(kernel, cost + (k & 1), sums, stride);
                least[t * 16] = found < least[t * 16] ? found : least[t * 16];
            }
        int64_t elapsed = qwr__now_us() - begin;
        double candidates = (double)threads * PASSES * (CELLS - 16 + 1) * (STARTS - STAY);
        *rate = candidates * 1e6 / (double)(elapsed > 0 ? elapsed : 1);
    }
    qwr__free_aligned(ctx, cost);
    qwr__free_aligned(ctx, sums);
    qwr__free_aligned(ctx, least);
    return status;
}
