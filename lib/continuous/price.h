/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prices of room and time in one section, one a stretch of time: what is left of a plan costs at
 * least what its calls pay at these prices, each alone, less what all of the section's room would
 * bring (Lagrangian relaxation of its capacity). Whole numbers, in 1/QWR__PACKING_SCALE of a cost
 * unit, so that the bound is exact.
 *
 * A call takes its width or more of the room: as much more as no other calls could use beside it
 * (sequential lifting of the capacity constraint).
 */
#ifndef QWR_CONTINUOUS_PRICE_H
#define QWR_CONTINUOUS_PRICE_H

#include "continuous/packing.h"

enum { QWR__STRETCHES = 200 };

/** Instants at which a call's cost at the prices can be least: between them it is linear. */
typedef struct qwr__instant {
    int32_t start;
    int16_t from, to;           /**< stretches of start and end */
    int32_t from_tick, to_tick; /**< ticks into them */
    int64_t cost;               /**< in 1/QWR__PACKING_SCALE */
} qwr__instant;

typedef struct qwr__price {
    const qwr__packing *p;
    const qwr__section *section;
    int32_t ticks;           /**< of a stretch */
    int32_t *room;           /**< [options of the section] cells, lifted */
    qwr__calls lifted;       /**< calls that room[] holds for */
    uint32_t *first_instant; /**< [options of the section + 1] */
    qwr__instant *instant;
    int64_t rate[QWR__STRETCHES + 1]; /**< of a cell and tick; the last is 0 */
    int64_t sum[QWR__STRETCHES + 1];  /**< of a cell, before the stretch */
    int64_t *least;    /**< [calls][QWR__STRETCHES + 1] of a start in this stretch or later */
    qwr__calls member; /**< calls that fit into the section */
    bool settled;      /**< rates are those of an earlier turn */
} qwr__price;

qwr_status qwr__price_init(qwr__price *x, const qwr__packing *p, uint32_t section);
void qwr__price_free(qwr__price *x);

/**
 * Raises the bound by subgradient steps and makes least[] for it.
 * @param calls that are to be served; with a `prize` [calls] each may be left out, its prize is
 * what serving it earns; NULL: all are served.
 * @param target a value the bound can hardly exceed.
 */
qwr_status qwr__price_raise(qwr__price *x, qwr__calls calls, const int64_t *prize, int64_t target,
                            int steps);

/**
 * Where starts cost nothing (qwr__packing.due): prices at which the calls ask for as much of the
 * room as can be. A bound above 0: they cannot all end in time.
 */
qwr_status qwr__price_weigh(qwr__price *x, qwr__calls calls, int64_t *bound, int steps);

/** What a cell earns before a tick. */
static inline int64_t qwr__price_before(const qwr__price *x, int32_t tick)
{
    int32_t k = tick / x->ticks;
    return k >= QWR__STRETCHES ? x->sum[QWR__STRETCHES]
                               : x->sum[k] + x->rate[k] * (tick - k * x->ticks);
}

#endif
