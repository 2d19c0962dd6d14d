/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Branch and price: the search for a solution of cost `target` or less, depth first. Either it
 * finds some, and goes on below the best, or it proves that there is none.
 */
#ifndef QWR_DISCRETE_TREE_H
#define QWR_DISCRETE_TREE_H

#include "discrete/ledger.h"
#include "discrete/master.h"

typedef struct qwr__tree {
    const qwr__rules *rules; /**< of the folded lanes */
    const qwr__lanes *whole; /**< lanes before folding */
    qwr__master *master;
    qwr__ledger *ledger;
    int64_t target; /**< in: looked for; out: proved to be out of reach, when exhausted */
    const uint32_t *fixed_row; /**< [view calls] of a part: where the other calls lie, or NULL */
    const int32_t *fixed_start;
    int64_t left_out; /**< cost of the calls without jobs, in every solution */
    int64_t nodes;    /**< processed */
    bool found;       /**< a solution was taken by the host */
    bool exhausted;   /**< every node was closed */
} qwr__tree;

/**
 * Runs from a first node of `count` candidates and multipliers pi[calls].
 * @param most nodes. The ledger gets the steps. @return QWR_PLUGIN_OK, _ENOMEM.
 */
int32_t qwr__tree_run(qwr__tree *t, const qwr__choice *choice, uint32_t count, const int64_t *pi,
                      int64_t most);

enum { QWR__MOST_SPLITS = 24 };

/** Where one might branch, by the fractions of the master at a node, most promising first. branch.c
 */
typedef struct qwr__branching {
    bool whole;     /**< nothing is fractional: row[] and start[] hold a solution */
    uint32_t count; /**< of split[]; 0: one candidate a call, nothing to split */
    qwr_proof_step split[QWR__MOST_SPLITS];
    double score[QWR__MOST_SPLITS];
} qwr__branching;
int32_t qwr__branch_choose(qwr__branching *b, const qwr__rules *rules, const qwr__lanes *whole,
                           const qwr__master *m, const qwr__graph *g, uint32_t *row,
                           int32_t *start);

#endif
