/* SPDX-License-Identifier: Apache-2.0 */
/* Which compiled kernel runs, and the plain 64-bit one for prices that do not fit the others. */
#include "config.h"

#include "cost/kernel.h"

int32_t qwr__kernel_min_generic(const qwr__kernel_row *row);
int32_t qwr__kernel_pick_generic(const qwr__kernel_row *row, int32_t limit, int32_t *at);
#ifdef QWR_HAVE_AVX2
int32_t qwr__kernel_min_avx2(const qwr__kernel_row *row);
int32_t qwr__kernel_pick_avx2(const qwr__kernel_row *row, int32_t limit, int32_t *at);
#endif
#ifdef QWR_HAVE_AVX512
int32_t qwr__kernel_min_avx512(const qwr__kernel_row *row);
int32_t qwr__kernel_pick_avx512(const qwr__kernel_row *row, int32_t limit, int32_t *at);
#endif

static const qwr__kernel KERNELS[QWR__SIMD_COUNT] = {
    [QWR__SIMD_GENERIC] = {"generic", qwr__kernel_min_generic, qwr__kernel_pick_generic},
#ifdef QWR_HAVE_AVX2
    [QWR__SIMD_AVX2] = {"avx2", qwr__kernel_min_avx2, qwr__kernel_pick_avx2},
#endif
#ifdef QWR_HAVE_AVX512
    [QWR__SIMD_AVX512] = {"avx512", qwr__kernel_min_avx512, qwr__kernel_pick_avx512},
#endif
};

const qwr__kernel *qwr__kernel_get(qwr__simd level)
{
    int k = (int)level;
    while (k > 0 && !KERNELS[k].min)
        k--;
    return &KERNELS[k];
}

static int64_t wide_value(const qwr__kernel_wide_row *r, int32_t j)
{
    return (int64_t)r->start_cost[j] + r->end_cost[j] + (r->high_to[j] - r->high_from[j]) -
           (r->low_to[j] - r->low_from[j]) + (r->crane_to[j] - r->crane_from[j]);
}

int64_t qwr__kernel_min_wide(const qwr__kernel_wide_row *row)
{
    int64_t best = INT64_MAX;
    for (int32_t j = 0; j < row->count; j++) {
        int64_t v = wide_value(row, j);
        best = v < best ? v : best;
    }
    return best;
}

int32_t qwr__kernel_pick_wide(const qwr__kernel_wide_row *row, int64_t limit, int32_t *at)
{
    int32_t found = 0;
    for (int32_t j = 0; j < row->count; j++)
        if (wide_value(row, j) <= limit)
            at[found++] = j;
    return found;
}
