/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Branch and price: the search for a solution of cost `target` or less, depth first. Either it
 * finds some, and goes on below the best, or it proves that there is none.
 */
#ifndef QWR_DISCRETE_TREE_H
#define QWR_DISCRETE_TREE_H

#include "discrete/ledger.h"
#include "discrete/master.h"

/** By how much splits have raised the dual so far, a share of 1 moved. strong.c */
typedef struct qwr__rises {
    size_t keys;     /**< of splits: a call at a lane, or its start */
    double *sum;     /**< [2 * keys] cost units, of each side */
    uint32_t *times; /**< [2 * keys] */
} qwr__rises;

int32_t qwr__rises_init(qwr__rises *r, const qwr__lanes *l);
void qwr__rises_free(qwr__rises *r, const qwr_host *host);

typedef struct qwr__pending qwr__pending;

typedef struct qwr__tree {
    const qwr__rules *rules; /**< of the folded lanes */
    const qwr__lanes *whole; /**< lanes before folding */
    qwr__master *master;
    qwr__ledger *ledger;
    qwr__rises *rises;
    int64_t target; /**< in: looked for; out: proved to be out of reach, when exhausted */
    int64_t known;  /**< no solution costs less: it ends when the target comes below */
    const uint32_t *fixed_row; /**< [view calls] of a part: where the other calls lie, or NULL */
    const int32_t *fixed_start;
    int64_t left_out; /**< cost of the calls without jobs, in every solution */
    int64_t nodes;    /**< processed */
    bool found;       /**< a solution was taken by the host */
    bool over;        /**< no node waits, or the target came below what is known */
    bool exhausted;   /**< every node was closed */

    /* Its own: */
    qwr__pending *stack;
    uint32_t depth, capacity;
    bool closed;    /**< a node was closed: the first dive is over */
    bool unseen;    /**< a node was given up: neither closed nor anything to split */
    uint64_t *seen; /**< [2 * calls] scratch */
    int64_t *trial; /**< [calls] scratch */
    uint32_t *row;  /**< [calls] of a solution */
    int32_t *start;
    uint32_t *all_row; /**< [view calls] the same with those fixed */
    int32_t *all_start;
} qwr__tree;

/**
 * Begins with a first node of `count` candidates and multipliers pi[calls]; what comes before
 * "its own" has been set. qwr__tree_end() is due however it ends. @return QWR_PLUGIN_OK, _ENOMEM.
 */
int32_t qwr__tree_begin(qwr__tree *t, const qwr__choice *choice, uint32_t count, const int64_t *pi);
void qwr__tree_end(qwr__tree *t);
/** Goes on for `most` nodes, or until it is over. The ledger gets the steps.
 * @return QWR_PLUGIN_OK, _ENOMEM. */
int32_t qwr__tree_run(qwr__tree *t, int64_t most);

/** Candidates of g on one side (0: inside) of a split, into choice[] (room for g->count); returns
 * their number, UINT32_MAX: a call has none left. */
uint32_t qwr__tree_side(qwr__tree *t, const qwr__graph *g, const qwr_proof_step *split, int side,
                        qwr__choice *choice);

enum { QWR__MOST_SPLITS = 24 };

/** Where one might branch, by the fractions of the master at a node, most promising first. branch.c
 */
typedef struct qwr__branching {
    bool whole;     /**< nothing is fractional: row[] and start[] hold a solution */
    uint32_t count; /**< of split[]; 0: one candidate a call, nothing to split */
    qwr_proof_step split[QWR__MOST_SPLITS];
    double score[QWR__MOST_SPLITS];
    double inside[QWR__MOST_SPLITS]; /**< share on the inner side */
} qwr__branching;
int32_t qwr__branch_choose(qwr__branching *b, const qwr__rules *rules, const qwr__lanes *whole,
                           const qwr__master *m, const qwr__graph *g, uint32_t *row,
                           int32_t *start);

/** The split whose sides are to raise the dual most: tried where little has been learned of it,
 * guessed where enough has. strong.c. @return QWR_PLUGIN_OK, _ENOMEM. */
int32_t qwr__strong_choose(uint32_t *best, qwr__tree *t, const qwr__graph *g,
                           const qwr__branching *b, const int64_t *pi, int64_t dual);

#endif
