/* SPDX-License-Identifier: Apache-2.0 */
/* Annealing of berth sequences: moves, temperature, the best found. Knows no budget and no host. */
#ifndef QWR_DISCRETE_SEQUENCE_ANNEAL_H
#define QWR_DISCRETE_SEQUENCE_ANNEAL_H

#include "discrete/sequence_state.h"

typedef struct qwr__anneal {
    qwr__sequence now;
    uint64_t random;   /**< state of the generator */
    int64_t heat;      /**< temperature in 1/QWR__HEAT cost units */
    uint32_t *by_time; /**< calls that can have a place, by start as it was not long ago */
    int32_t *key;      /**< [calls] that start */
    uint32_t count;
    uint32_t *order;     /**< [calls] to scribble in */
    uint32_t *old_begin; /**< [lanes + 1] of the lanes in `order`, while a move may be undone */
    uint64_t *old_stamp; /**< [lanes] */
    int64_t best;        /**< cost of what is stored; INT64_MAX: nothing */
    uint32_t *best_row;
    int32_t *best_start;
    int64_t taken; /**< moves made */
    int32_t *log;  /**< [QWR__LOGS] -ln u for equally likely u, in 1/QWR__HEAT */
} qwr__anneal;

enum { QWR__HEAT = 1024, QWR__LOGS = 1024 };

int32_t qwr__anneal_init(qwr__anneal *a, const qwr__lanes *table);
void qwr__anneal_free(qwr__anneal *a);
/** Mean size of a worsening by a random move from here, in cost units; at least 1. */
int64_t qwr__anneal_sample(qwr__anneal *a, uint32_t moves);
/** Tries this many moves at the present temperature. */
void qwr__anneal_run(qwr__anneal *a, uint32_t moves);
/** Tries one large move: see sequence_match.c. */
void qwr__anneal_match(qwr__anneal *a);
/** Tries one move through impossible plans: see sequence_ruin.c. */
void qwr__anneal_ruin(qwr__anneal *a);
/** Sorts the calls by time anew; a stale order only makes proposals a little worse. */
void qwr__anneal_refresh(qwr__anneal *a);
uint64_t qwr__anneal_next(qwr__anneal *a);
/** Stores `now` if it is the best so far. */
void qwr__anneal_keep(qwr__anneal *a);
/** Goes back to the best. */
void qwr__anneal_back(qwr__anneal *a);

#endif
