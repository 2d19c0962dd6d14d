/* SPDX-License-Identifier: Apache-2.0 */
/* The inner loops of the discrete room, compiled once per instruction set: see kernel.h. */
#include "discrete/kernel.h"

#define PASTE(a, b)  a##b
#define SUFFIX(a, b) PASTE(a, b)
#define NAME(stem)   SUFFIX(stem, QWR_KERNEL_SUFFIX)

enum { W = QWR__DENSE_LANES };

void NAME(qwr__discrete_subtract_)(double *y, const double *x, double factor, size_t count);
void NAME(qwr__discrete_push_)(int32_t *row, const int32_t *open, const int32_t *held,
                               const int32_t *slope, uint32_t channels, int32_t tick);

void NAME(qwr__discrete_subtract_)(double *restrict y, const double *restrict x, double factor,
                                   size_t count)
{
    for (size_t k = 0; k < count; k++)
        y[k] -= factor * x[k];
}

void NAME(qwr__discrete_push_)(int32_t *row, const int32_t *open, const int32_t *held,
                               const int32_t *slope, uint32_t channels, int32_t tick)
{
    int32_t here[W];
    for (int k = 0; k < W; k++)
        here[k] = row[k];
    for (uint32_t c = 0; c < channels; c++) {
        int32_t *restrict to = row + (size_t)held[c] * W;
        const int32_t *restrict price = open + (size_t)c * W;
        int32_t late = slope[c] * tick;
        for (int k = 0; k < W; k++) {
            int32_t cost = here[k] + price[k] + late;
            to[k] = cost < to[k] ? cost : to[k];
        }
    }
}
