/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inner loops of the discrete room. The file kernel.c is compiled once per instruction set; all
 * give the same numbers, for every element is computed on its own and in the same order.
 */
#ifndef QWR_DISCRETE_KERNEL_H
#define QWR_DISCRETE_KERNEL_H

#include "base/base.h"

#include <quaywright/plugin.h>

/** Berths side by side in one step of the dual. */
#define QWR__DENSE_LANES 16

typedef struct qwr__discrete_kernel {
    const char *name;
    /** y[k] -= factor * x[k] for k < count. */
    void (*subtract)(double *y, const double *x, double factor, size_t count);
    /**
     * One tick of the dual: row[16] are the cheapest paths that reach it; along every channel c
     * row[held[c] * 16 + k] = min(itself, row[k] + open[c * 16 + k] + slope[c] * tick).
     */
    void (*push)(int32_t *row, const int32_t *open, const int32_t *held, const int32_t *slope,
                 uint32_t channels, int32_t tick);
} qwr__discrete_kernel;

/** The kernel for the host's option "simd"; never above what the processor runs. */
const qwr__discrete_kernel *qwr__discrete_kernel_for(const qwr_host *host);

#endif
