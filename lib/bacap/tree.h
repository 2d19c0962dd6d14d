/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bound and proof: Lagrangian prices of cells and cranes raised by a deflected subgradient, options
 * struck off by reduced cost, and depth-first branching on the place, start or end of a call.
 */
#ifndef QWR_BACAP_TREE_H
#define QWR_BACAP_TREE_H

#include "bacap/price.h"

/** A node: the options left to each call, and the prices it begins with. */
typedef struct qwr__node {
    uint32_t *list;     /**< options, those of a call together and rising */
    size_t *call_begin; /**< [calls + 1] into `list` */
    int64_t *cell, *crane;
    int64_t bound_mu;
} qwr__node;

typedef struct qwr__tree {
    qwr__berth *b;
    const qwr__bacap_facts *facts;
    qwr__choices options;
    qwr__dual dual;
    qwr__pricer *pricer;
    qwr__choice *choice; /**< [calls] of the last evaluation */
    int64_t *best_cell, *best_crane,
        *least; /**< prices of the node's best bound; [calls] cheapest */
    float *cell_step, *crane_step;
    int32_t *load, *held; /**< [cells + 1][ticks + 1], [quays][ticks] */
    float *mean[3];       /**< [calls] smoothed start, end, cell of the choices */
    float *spread[3];     /**< [calls] and their smoothed deviation */
    qwr__field *field;    /**< the best plan, replaced when a better one turns up */
    qwr__field trial;
    int64_t unplaced_mu, unit_mu;
    int64_t nodes;
} qwr__tree;

qwr_status qwr__tree_init(qwr__tree *t, qwr__field *field, qwr__berth *b);
void qwr__tree_free(qwr__tree *t);
/** Raises the bound at the root; *bound_mu is valid for every plan. Better plans go to the field.
 */
qwr_status qwr__tree_root(qwr__tree *t, qwr__node *root, int64_t *bound_mu, int rounds);
/** Searches the tree; *done: no plan is cheaper than the field's. */
qwr_status qwr__tree_search(qwr__tree *t, qwr__node *root, bool *done);
void qwr__node_free(qwr__node *n, qwr_context *ctx);

/* ascent.c */
/** Value of a plan in mu, with what is left out. */
int64_t qwr__tree_value(const qwr__tree *t, const qwr__field *x);
/**
 * At most `rounds` steps from the node's prices; raises node->bound_mu and leaves the best prices
 * in the node. Options that cannot be part of a cheaper plan are struck off as it goes. *closed:
 * nothing in the node is cheaper than the field's plan.
 */
qwr_status qwr__ascend(qwr__tree *t, qwr__node *node, int rounds, bool *closed);

#endif
