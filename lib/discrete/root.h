/* SPDX-License-Identifier: Apache-2.0 */
/* First multipliers for the whole table, by steps along the subgradient. */
#ifndef QWR_DISCRETE_ROOT_H
#define QWR_DISCRETE_ROOT_H

#include "discrete/dense.h"

/** Where a dual is evaluated: all candidates at once, or a graph of those that are left. */
typedef struct qwr__field {
    qwr__dense *dense; /**< NULL: the graph */
    qwr__graph *graph;
    int32_t *visits; /**< [calls] */
    uint32_t *path;  /**< scratch for paths of the graph */
    uint32_t longest;
} qwr__field;

/**
 * Raises the dual from pi[calls], in at most `rounds` evaluations, with `upper` (scaled) as what it
 * may come up to; ends when it exceeds `enough` (scaled). pi holds the best multipliers then.
 * Copies keep equal multipliers. Source: deflected subgradient, Camerini, Fratta, Maffioli 1975.
 * @return QWR_PLUGIN_OK, _ENOMEM; _EUNSUPPORTED when a number leaves 32 bits (dense only).
 */
int32_t qwr__root_climb(int64_t *dual, qwr__field *f, const qwr__rules *rules, int64_t *pi,
                        int64_t upper, int64_t enough, uint32_t rounds);

#endif
