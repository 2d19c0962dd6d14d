/* SPDX-License-Identifier: Apache-2.0 */
/* Tiny random terminals for tests that compare with brute force, and the brute force itself. */
#ifndef QWR_TEST_TINY_H
#define QWR_TEST_TINY_H

#include "support/support.h"

#include <quaywright/quaywright.h>

/** What a tiny terminal may hold. Zero: a plain continuous quay with fixed handling times. */
typedef struct tiny_options {
    uint64_t seed;
    uint32_t calls;
    qwr_layout layout;
    qwr_objective objective;
    bool cranes;      /**< cranes, moves, one maintenance window */
    bool water;       /**< tide, draughts, a channel */
    bool windows;     /**< a closure and a weather stop */
    bool pins;        /**< a pinned call and a base decision with change costs */
    int64_t shift_s;  /**< everything happens so much later */
    bool even_hulls;  /**< lengths are whole cells, so that mirrored positions lie on the grid */
    bool mirrored;    /**< the quay seen from its other end */
    bool spare_berth; /**< one more berth (DISCRETE) that nobody fits */
    bool unknown_lengths;  /**< calls without loa_mm (DISCRETE only) */
    bool breaks;           /**< the quay has a corner */
    bool uneven_clearance; /**< calls differ in clearance */
} tiny_options;

/** Builds and freezes; fails the test on any error. Owned by caller. */
qwr_scenario *tiny_scenario(qwr_context *ctx, const tiny_options *o);

/**
 * Least cost over all plans that place every call, by trying every place, start and crane count,
 * with the checker as the only judge. @return false: no such plan exists.
 */
bool tiny_optimum(int64_t *cost_mu, qwr_context *ctx, const qwr_scenario *s);

#endif
