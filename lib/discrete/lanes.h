/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The candidate table of discrete berths, which search, bound and proof share: a lane is a berth
 * that holds one vessel at a time, a job is a call at a lane with a run of starts. Sees nothing but
 * the problem view and the host, as any optimiser plugin does.
 */
#ifndef QWR_DISCRETE_LANES_H
#define QWR_DISCRETE_LANES_H

#include "base/base.h"

#include <quaywright/plugin.h>

typedef struct qwr__lanes {
    const qwr_host *host;
    const qwr_problem_view *view;
    uint32_t calls, lanes, jobs;
    int32_t ticks;   /**< starts lie in [0, ticks) and no job holds its lane past it */
    uint32_t *begin; /**< [lanes + 1] jobs of a lane, by (call, first start) */
    uint32_t *of; /**< [calls * lanes + 1] first job of (call, lane); jobs of a pair are together */
    uint32_t *of_end;

    uint32_t *call, *row;       /**< [jobs] */
    int32_t *first, *last;      /**< [jobs] start ticks, both included */
    int32_t *occupied;          /**< [jobs] ticks the lane is held, turnaround included */
    const int32_t **start_cost; /**< [jobs] moved, so that the start tick is the index */
    const int32_t **end_cost;   /**< [jobs] likewise by start tick */
    int32_t *constant;          /**< [jobs] cost that depends on the lane alone */
    int64_t *slope, *intercept; /**< [jobs] cost = intercept + slope * start, where `linear` */
    bool *straight;             /**< [jobs] that holds for this job */
    bool linear;                /**< ... for all jobs, with slope > 0 */
    bool regular;               /**< no job gets cheaper by beginning later */
    bool single;                /**< no pair of call and lane has two jobs */
    uint32_t *lane;             /**< [jobs] */
    uint32_t *many;             /**< [lanes] lanes it stands for: more than 1 only when folded */
    uint32_t *first_lane;       /**< [lanes] index before folding */
    bool *served;               /**< [calls] has a job somewhere */
    uint32_t *origin;           /**< [calls] index in the view */
    uint32_t hopeless;          /**< calls without a job */
} qwr__lanes;

/**
 * Gathers the table.
 * @return QWR_PLUGIN_OK; QWR_PLUGIN_EUNSUPPORTED when the objective is a makespan, a class needs
 * cranes or is more than one cell wide; QWR_PLUGIN_ENOMEM.
 */
int32_t qwr__lanes_init(qwr__lanes *l, const qwr_host *host, const qwr_problem_view *view);
/**
 * Folds like lanes: of a run of neighbours that offer every call the same jobs at the same costs,
 * only the first is left and stands for all. @return QWR_PLUGIN_OK, _ENOMEM.
 */
int32_t qwr__lanes_fold(qwr__lanes *folded, const qwr__lanes *l);
/**
 * The part of a table at some lanes, of some calls: in[lane] and of[call] say which. Lanes and
 * calls keep their order and are numbered anew. @return QWR_PLUGIN_OK, _ENOMEM.
 */
int32_t qwr__lanes_part(qwr__lanes *part, const qwr__lanes *l, const bool *in, const bool *of);
void qwr__lanes_free(qwr__lanes *l);

/** Cost of job j beginning at tick t, in cost units; t within [first, last]. */
static inline int64_t qwr__lane_cost(const qwr__lanes *l, uint32_t j, int32_t t)
{
    return (int64_t)l->constant[j] + l->start_cost[j][t] + l->end_cost[j][t];
}

/** Zeroed memory of the host; NULL: none left. */
void *qwr__lanes_alloc(const qwr_host *host, size_t count, size_t size);
/** Moves a block to a wider one of `count` elements, the first `kept` of which it keeps, the others
 * zeroed; false: no memory, and nothing has changed. */
bool qwr__lanes_widen(const qwr_host *host, void **block, size_t kept, size_t count, size_t size);
/** Cancelled, out of time or out of work? */
bool qwr__lanes_over(const qwr_host *host);

#endif
