/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dual of all candidates at once, without a graph: jobs of equal length and slope share one
 * arc, so that a tick costs as many steps as there are lengths, not jobs; sixteen lanes go side by
 * side. For tables whose costs are straight lines and small enough for 32 bits.
 */
#ifndef QWR_DISCRETE_DENSE_H
#define QWR_DISCRETE_DENSE_H

#include "discrete/graph.h"
#include "discrete/kernel.h"

/** Something that changes the price of a channel at one lane: a job opens or closes. */
typedef struct qwr__dense_event {
    int32_t tick;
    uint32_t job;
    uint32_t channel;
    bool opens;
} qwr__dense_event;

typedef struct qwr__dense {
    const qwr__rules *rules;
    const qwr__discrete_kernel *kernel;
    uint32_t channels;       /**< distinct (ticks held, slope) */
    int32_t *held, *slope;   /**< [channels] slope scaled */
    uint32_t *channel;       /**< [jobs] */
    qwr__dense_event *event; /**< by (block of lanes, tick) */
    uint32_t *event_begin;   /**< [blocks + 1] */
    uint32_t blocks;
    int32_t longest;
    int32_t end;          /**< tick from which on paths stay as they are, of the last evaluation */
    int32_t *open;        /**< [channels * 16] price of the channel at each lane */
    int32_t *path;        /**< [blocks][(ticks + longest + 1) * 16] cheapest path to a tick */
    bool *active;         /**< [jobs] open at the tick at hand */
    int32_t *visits;      /**< [calls] of the last evaluation */
    int64_t *back;        /**< [ticks + 1] scratch of the filter */
    int64_t least_length; /**< ticks the shortest job holds */
} qwr__dense;

/** @return QWR_PLUGIN_OK, _ENOMEM; _EUNSUPPORTED when costs are not straight lines. */
int32_t qwr__dense_init(qwr__dense *d, const qwr__rules *rules);
void qwr__dense_free(qwr__dense *d);
/** Dual value at pi, scaled, and how often each call is visited. False: a number would not fit. */
bool qwr__dense_dual(int64_t *dual, qwr__dense *d, const int64_t *pi);
/**
 * Candidates that a solution of cost `target` or less may use, after qwr__dense_dual(), in the
 * order of qwr__graph.choice. More than `most`, or out of time: returns most + 1 and what stands in
 * keep[] is of no use.
 */
uint32_t qwr__dense_filter(qwr__dense *d, const int64_t *pi, int64_t dual, int64_t target,
                           qwr__choice *keep, uint32_t most);

#endif
