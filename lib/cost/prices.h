/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prices of quay cells and cranes per tick, their summed tables, and the pass that prices every
 * candidate: the least reduced cost of each call, or all candidates up to a limit. The only file
 * of this room that opens parallel regions is pass.c.
 */
#ifndef QWR_COST_PRICES_H
#define QWR_COST_PRICES_H

#include "cost/candidates.h"
#include "cost/kernel.h"

typedef struct qwr__prices {
    qwr_context *ctx;
    const qwr__candidates *cand;
    int32_t unit;                   /**< prices and scaled costs are in 1/unit of a cost unit */
    int32_t *cell;                  /**< [cells][ticks], >= 0 */
    int32_t *crane;                 /**< [groups][ticks], >= 0 */
    int32_t *start_cost, *end_cost; /**< the store's tables times `unit` */
    size_t stride;                  /**< entries of one summed row: ticks + 1 + padding */
    uint32_t *area; /**< [cells + 1][stride] summed over cells and ticks, wrapping */
    uint32_t
        *crane_sum; /**< [max_cranes + 1][groups][stride] times the number of cranes, wrapping */
    int64_t *area_wide, *crane_wide; /**< the same in 64 bits; made on first need */
    int64_t *column;                 /**< [ticks] scratch: price of the whole quay at a tick */
    int64_t total;                   /**< sum of price x capacity over everything */
    bool narrow;                     /**< 32-bit sums proven exact for the current prices */
    int64_t deadline_us;             /**< passes give up past it (absolute); negative: never */
    atomic_bool cut;                 /**< the last pass gave up: its result is incomplete */
} qwr__prices;

/** One candidate. */
typedef struct qwr__pick {
    uint32_t row;
    int32_t start;
    int64_t reduced; /**< in price units */
} qwr__pick;

qwr_status qwr__prices_init(qwr__prices *pr, const qwr__candidates *cand);
void qwr__prices_free(qwr__prices *pr);

/** Rebuilds the summed tables after `cell` or `crane` changed. @return QWR_OK, QWR_ENOMEM. */
qwr_status qwr__prices_sum(qwr__prices *pr);

/**
 * Least reduced cost of each call over all its candidates (if pr->cut stays false), ties to the
 * lowest row, then the earliest start. Calls without candidates get row = UINT32_MAX. Uses
 * class_width_bound.
 * @param best [call_count]
 */
qwr_status qwr__pass_min(qwr__pick *best, qwr__prices *pr);

/**
 * Every candidate of every call with reduced cost <= limit[call]; `picks` is owned by caller
 * (qwr__free), ordered by row, then start. Stops with *count > max (and no list) when there are
 * more.
 */
qwr_status qwr__pass_pick(qwr__pick **picks, size_t *count, size_t max, qwr__prices *pr,
                          const int64_t *limit);

#endif
