/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The latest end (makespan) in one section: is there a plan that ends by a tick? With room by its
 * size alone "no" is a proof; with true places "yes" is a plan.
 */
#ifndef QWR_CONTINUOUS_LATEST_H
#define QWR_CONTINUOUS_LATEST_H

#include "continuous/packing.h"

/** Lowers the latest end and raises its bound until they meet, or the budget is used up. */
qwr_status qwr__latest_prove(qwr__packing *p, uint32_t section);

#endif
