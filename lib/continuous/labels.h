/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a set of calls costs in one section, by dynamic programming in the order of starts: a label
 * is a set of calls with the time of its last start and the room its stays still take. Room counts
 * by its size alone, wherever it lies: every cost is a bound. A label goes when another of the same
 * set costs no more, is no later and takes no more room at any time, or when prices of room
 * (price.h) say that it leads to nothing.
 */
#ifndef QWR_CONTINUOUS_LABELS_H
#define QWR_CONTINUOUS_LABELS_H

#include "continuous/price.h"

/** Receives a set of calls and the least cost found for it, once a set. False: stop. */
typedef bool (*qwr__set_fn)(void *payload, qwr__calls calls, int64_t cost);

typedef struct qwr__labelling {
    qwr__price *price; /**< raised for the same calls and prizes */
    qwr__calls calls;
    const int64_t *prize; /**< [calls], or NULL: all calls are served */
    int64_t cut;          /**< only costs below it matter */
    uint32_t beam;        /**< labels kept of each size of sets; the rest is cut off, and told */
    bool any;             /**< the first plan below the cut will do */
    bool all;             /**< every set below the cut, not only better and better ones */
    qwr__set_fn found;    /**< sets below the cut, or NULL; with prizes only */
    void *payload;

    int64_t least;   /**< cost of the cheapest set (with prizes) or of all calls; cut: none below */
    int64_t unknown; /**< no set cut off costs less than this; INT64_MAX: none was */
    bool over;       /**< out of time or memory's bounds: least and unknown are of no use */
} qwr__labelling;

qwr_status qwr__labels_run(qwr__labelling *run);

#endif
