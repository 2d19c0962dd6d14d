/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cost kernel, compiled once per instruction set with QWR_KERNEL_SUFFIX. Nothing but kernels
 * may live here: the file is built with flags the processor may lack. Sixteen lanes are written
 * out because clang does not vectorise a min reduction by itself.
 */
#include "cost/kernel.h"

#define JOIN2(a, b) a##b
#define JOIN(a, b)  JOIN2(a, b)
#define NAME(base)  JOIN(base, QWR_KERNEL_SUFFIX)

enum { LANES = 16 };

int32_t NAME(qwr__kernel_min_)(const qwr__kernel_row *row);
int32_t NAME(qwr__kernel_pick_)(const qwr__kernel_row *row, int32_t limit, int32_t *at);

static inline int32_t value_at(const qwr__kernel_row *r, int32_t j)
{
    uint32_t area = r->high_to[j] - r->high_from[j] - (r->low_to[j] - r->low_from[j]);
    uint32_t cranes = r->crane_to[j] - r->crane_from[j];
    return (int32_t)((uint32_t)r->start_cost[j] + (uint32_t)r->end_cost[j] + area + cranes);
}

int32_t NAME(qwr__kernel_min_)(const qwr__kernel_row *row)
{
    const qwr__kernel_row r = *row;
    int32_t lane[LANES], best = INT32_MAX, j = 0;
    for (int l = 0; l < LANES; l++)
        lane[l] = INT32_MAX;
    for (; j + LANES <= r.count; j += LANES)
        for (int l = 0; l < LANES; l++) {
            int32_t v = value_at(&r, j + l);
            lane[l] = v < lane[l] ? v : lane[l];
        }
    for (; j < r.count; j++) {
        int32_t v = value_at(&r, j);
        best = v < best ? v : best;
    }
    for (int l = 0; l < LANES; l++)
        best = lane[l] < best ? lane[l] : best;
    return best;
}

int32_t NAME(qwr__kernel_pick_)(const qwr__kernel_row *row, int32_t limit, int32_t *at)
{
    const qwr__kernel_row r = *row;
    int32_t found = 0, j = 0;
    for (; j + LANES <= r.count; j += LANES) {
        int32_t any = 0;
        for (int l = 0; l < LANES; l++)
            any |= value_at(&r, j + l) <= limit;
        if (!any)
            continue;
        for (int l = 0; l < LANES; l++)
            if (value_at(&r, j + l) <= limit)
                at[found++] = j + l;
    }
    for (; j < r.count; j++)
        if (value_at(&r, j) <= limit)
            at[found++] = j;
    return found;
}
