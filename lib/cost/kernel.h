/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hot loop: reduced costs of one row's starts. The file kernel.c is compiled once per
 * instruction set; all give the same integers. Unsigned sums wrap: a difference of two wrapped
 * sums is exact as long as the true difference fits 31 bits, which qwr__prices_sum() proves.
 *
 *   value(j) = start_cost[j] + end_cost[j]
 *            + (high_to[j] - high_from[j]) - (low_to[j] - low_from[j])   price of the rectangle
 *            + (crane_to[j] - crane_from[j])                             price of the cranes
 */
#ifndef QWR_COST_KERNEL_H
#define QWR_COST_KERNEL_H

#include "base/base.h"

/** One row: pointers already moved to the first start. Every array has 16 readable entries past
 * `count`. */
typedef struct qwr__kernel_row {
    int32_t count;
    const int32_t *start_cost, *end_cost;
    const uint32_t *high_to, *high_from, *low_to, *low_from;
    const uint32_t *crane_to, *crane_from;
} qwr__kernel_row;

/** The same over 64-bit sums, for prices too large for the narrow one. */
typedef struct qwr__kernel_wide_row {
    int32_t count;
    const int32_t *start_cost, *end_cost;
    const int64_t *high_to, *high_from, *low_to, *low_from;
    const int64_t *crane_to, *crane_from;
} qwr__kernel_wide_row;

/** Least value over the row; INT32_MAX for an empty row. */
typedef int32_t (*qwr__kernel_min_fn)(const qwr__kernel_row *row);
/** Writes the offsets j with value(j) <= limit, rising, into `at` (room for `count`); returns how
 * many. */
typedef int32_t (*qwr__kernel_pick_fn)(const qwr__kernel_row *row, int32_t limit, int32_t *at);

typedef struct qwr__kernel {
    const char *name;
    qwr__kernel_min_fn min;
    qwr__kernel_pick_fn pick;
} qwr__kernel;

/** Kernel of a level; a level not compiled in gives the next lower one. */
const qwr__kernel *qwr__kernel_get(qwr__simd level);

int64_t qwr__kernel_min_wide(const qwr__kernel_wide_row *row);
int32_t qwr__kernel_pick_wide(const qwr__kernel_wide_row *row, int64_t limit, int32_t *at);

#endif
