/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bound and proof: Lagrangian prices of cells and cranes raised by a deflected subgradient, options
 * struck off by reduced cost, branching on start, end or place of a call, and calls that can no
 * longer meet solved apart from each other.
 */
#ifndef QWR_BACAP_TREE_H
#define QWR_BACAP_TREE_H

#include "bacap/price.h"

/** Some calls, the options left to each, and the prices to begin with. */
typedef struct qwr__node {
    uint32_t calls;
    uint32_t *call;   /**< [calls] */
    size_t *begin;    /**< [calls + 1] into `list` */
    uint32_t *list;   /**< options, those of a call together and rising */
    int32_t from, to; /**< ticks in which two of its calls can meet; prices are zero elsewhere */
    int64_t *cell;    /**< [cells][to - from] */
    int64_t *crane;   /**< [quays][to - from] */
    int64_t bound_mu; /**< no choice of options costs less */
} qwr__node;

typedef struct qwr__tree {
    qwr__berth *b;
    const qwr__bacap_facts *facts;
    qwr__choices options;
    qwr__dual dual;
    qwr__pricer *pricer;
    qwr__choice *choice;           /**< [calls] of the last evaluation */
    int64_t *least;                /**< [calls] cost of the cheapest option on its own */
    float *cell_step, *crane_step; /**< deflected directions */
    int32_t *load, *held;          /**< [cells + 1][ticks + 1], [quays][ticks] */
    float *mean[3];                /**< [calls] smoothed start, end, cell of the choices */
    float *spread[3];              /**< [calls] and their smoothed deviation */
    qwr__field trial;
    int node_rounds; /**< steps of the ascent in a node, at most */
    int64_t unplaced_mu, unit_mu;
    int64_t alone_mu; /**< of the calls that have no option */
    int64_t nodes, last_node, leaves_open;
    uint64_t improvements; /**< neighbourhoods solved so far */
    int64_t partial_mu; /**< bound that an aborted search leaves: groups solved at the root at their
                           cost, the others at their bounds; INT64_MIN: none */
    bool aborted;       /**< deadline, work or an open leaf: what follows is no proof */
} qwr__tree;

qwr_status qwr__tree_init(qwr__tree *t, const qwr__bacap_facts *f, qwr__berth *b);
void qwr__tree_free(qwr__tree *t);
/** The root: every option of a plan cheaper than the field's, and a bound for all plans. root->call
 * NULL: there are too many options, or calls to place, and the bound is all. */
qwr_status qwr__tree_root(qwr__tree *t, qwr__node *root, qwr__field *field, int rounds);
/** Puts the node's calls where `plan` has them. */
void qwr__tree_adopt(const qwr__node *n, const qwr__berthing *plan, qwr__field *field);
/** Looks in at most `nodes` nodes for plans cheaper than the field's and puts them there; *done:
 * there is none left among the options of `root`. */
qwr_status qwr__tree_search(qwr__tree *t, qwr__node *root, qwr__field *field, int64_t nodes,
                            bool *done);
/** Improves the field's plan by solving neighbourhoods of it, wider and wider. improve.c */
qwr_status qwr__tree_improve(qwr__tree *t, const qwr__node *root, qwr__field *field);

/* node.c */
void qwr__node_free(qwr__node *n, qwr_context *ctx);
/** Room for so many calls, options and ticks of prices, all zero. */
qwr_status qwr__node_new(qwr__node *n, const qwr__tree *t, uint32_t calls, size_t options,
                         int32_t from, int32_t to);
/** Numbers the groups of calls that can meet: group[k] of the k-th call. Returns how many. */
uint32_t qwr__node_groups(const qwr__node *n, const qwr__tree *t, uint32_t *group);
/** The calls of one group as a node of their own, with the prices of `n`. */
qwr_status qwr__node_part(qwr__node *part, const qwr__node *n, const qwr__tree *t,
                          const uint32_t *group, uint32_t number);

/** One call's options in two: those whose start (0), end (1) or cell (2) is at most `last`, and the
 * others. */
typedef struct qwr__split {
    uint32_t k; /**< the call's place in the node */
    int dimension;
    int32_t last;
} qwr__split;
/** Where to branch; false: every call has one option left. */
bool qwr__node_split(const qwr__node *n, const qwr__tree *t, qwr__split *s);
qwr_status qwr__node_child(qwr__node *child, const qwr__node *n, const qwr__tree *t,
                           const qwr__split *s, bool low);

/* leaf.c */
/** The cheapest crane counts of a node whose calls have one option each, as the search itself. */
qwr_status qwr__leaf_solve(qwr__tree *t, const qwr__node *n, int64_t limit, qwr__berthing *plan,
                           int64_t *value);

/* ascent.c */
/** The dual function of the node at its prices; sets node->bound_mu. */
void qwr__node_evaluate(qwr__tree *t, qwr__node *n);
/**
 * At most `rounds` steps. Strikes off options of no plan that costs *limit or less; a plan found on
 * the way that does goes to `plan` ([calls of the scenario]), its cost to *value, and *limit goes
 * below it. True: nothing in the node costs *limit or less.
 */
bool qwr__ascend(qwr__tree *t, qwr__node *n, int rounds, int64_t *limit, qwr__berthing *plan,
                 int64_t *value);

#endif
