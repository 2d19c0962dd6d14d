/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cheapest way to lay a set of calls into one section, by dynamic programming in the order of
 * starts with true places: a label keeps the vessels alongside in their order along the quay, and
 * between any two of them the least room that vessels which lay there have fixed. Places themselves
 * follow at the end, so no grid of positions is searched.
 */
#ifndef QWR_CONTINUOUS_EXACT_H
#define QWR_CONTINUOUS_EXACT_H

#include "continuous/price.h"

typedef struct qwr__exact {
    qwr__price *price; /**< raised without prizes for these calls, or not at all (see priced) */
    bool priced;       /**< prices bound what is to come */
    qwr__calls calls;
    int64_t cut;   /**< in cost units; only plans below it matter */
    size_t most;   /**< labels */
    uint32_t beam; /**< labels kept of each number of calls: a quick look for a plan; 0: all */

    int64_t least; /**< cost; cut: no plan below it */
    bool over;     /**< labels were cut off, or time was out: a plan may have been missed */
    qwr__placed placed[QWR__PACKED_CALLS]; /**< of `calls`, where least < cut */
} qwr__exact;

qwr_status qwr__exact_run(qwr__exact *run);

#endif
