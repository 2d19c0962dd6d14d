/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The restricted master: a linear programme over paths of lanes, "each call once, each lane at most
 * one path", that grows by the paths the multipliers ask for. Its prices, smoothed, raise the dual;
 * its fractions say where to branch.
 */
#ifndef QWR_DISCRETE_MASTER_H
#define QWR_DISCRETE_MASTER_H

#include "discrete/graph.h"
#include "discrete/lp.h"

/** A share of a path no larger than this is none: rows of the programme differ by less. */
#define QWR__SMALL_SHARE 1e-3

/** Paths found so far; the master of a node takes those that are still possible. */
typedef struct qwr__pool {
    uint32_t count, capacity;
    uint32_t *lane, *length; /**< [count] */
    size_t *begin;           /**< [count] of choice[] */
    int64_t *cost;           /**< [count] cost units */
    uint32_t *used;          /**< [count] number of the node it was last basic in */
    qwr__choice *choice;
    size_t choices, choice_capacity;
} qwr__pool;

typedef struct qwr__master {
    const qwr__lanes *l;
    qwr__lp lp;
    qwr__pool pool;
    uint32_t *row;      /**< [calls] of the programme; UINT32_MAX: a call without jobs */
    uint32_t *row_call; /**< [rows] */
    uint32_t call_rows;
    uint32_t first_path; /**< lp column from which on columns are the paths of the pool */
    double ban;          /**< added to the cost of paths that the node cannot use */
    size_t *bit;         /**< [jobs] of `alive` for its first start */
    uint64_t *alive;     /**< candidates of the node, a bit each */
    size_t alive_words;
    int64_t *trial; /**< [calls] */
    uint32_t *path; /**< [longest] scratch */
    uint16_t *entry_row;
    double *entry;
    uint32_t longest; /**< most jobs on a path */
    bool held;        /**< a basis is kept to return to: no path is dropped */
    uint32_t nodes;   /**< masters solved */
} qwr__master;

int32_t qwr__master_init(qwr__master *m, const qwr__lanes *l);
void qwr__master_free(qwr__master *m);

/** What a solve ended with. */
typedef struct qwr__master_end {
    int64_t dual;     /**< best dual value, scaled; its multipliers are in pi[] */
    double objective; /**< of the programme, cost units */
    bool converged;   /**< no path is missing and no unit column is left */
} qwr__master_end;

/**
 * Raises the dual from pi[calls] on the graph until it passes `target` (cost units) or is closed.
 * @param rounds at most so many. @return QWR_PLUGIN_OK or _ENOMEM.
 */
int32_t qwr__master_solve(qwr__master_end *end, qwr__master *m, qwr__graph *g, int64_t *pi,
                          int64_t target, uint32_t rounds);

/** Keeps the programme's basis for qwr__master_return(), until held is set to false. */
void qwr__master_keep(qwr__master *m);
void qwr__master_return(qwr__master *m);

/** Is the column one that a solution of the node may use? */
bool qwr__master_settled(const qwr__master *m, uint32_t column);

#endif
