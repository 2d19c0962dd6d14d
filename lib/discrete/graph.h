/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left of the candidates, as a graph of each lane: which may follow which. Paths leave
 * aside what <quaywright/certificate.h> calls exchange and shift. The dual of "each call once"
 * costs one cheapest path a lane; cheapest paths both ways give the reduced cost of every
 * candidate.
 */
#ifndef QWR_DISCRETE_GRAPH_H
#define QWR_DISCRETE_GRAPH_H

#include "discrete/lanes.h"

/** Multipliers and path costs are in 1/SCALE cost units. */
#define QWR__DUAL_SCALE 64
/** Multipliers stay within this either way, so that no sum of them leaves 64 bits. */
#define QWR__MOST_PRICE (INT64_C(1) << 42)
/** No path costs as much. */
#define QWR__FAR (INT64_MAX / 4)

/** What graphs of one table share: the order that the exchange rule sorts jobs by. */
typedef struct qwr__rules {
    const qwr__lanes *l;
    uint32_t *rank;       /**< [jobs] place in its lane by (occupied / slope, call) */
    uint32_t *order;      /**< [jobs] jobs of a lane by rank, from l->begin[lane] on */
    int32_t *longest;     /**< [lanes] most ticks a job holds it */
    bool *plain;          /**< [jobs] straight costs, one run of starts at its lane */
    bool one_order;       /**< rank rises with the ticks held */
    uint32_t *next_copy;  /**< [calls] next call with the same jobs and costs, QWR__NO_CALL: none */
    uint32_t *first_copy; /**< [calls] */
} qwr__rules;
#define QWR__NO_CALL UINT32_MAX

int32_t qwr__rules_init(qwr__rules *r, const qwr__lanes *l);
void qwr__rules_free(qwr__rules *r);

/** A candidate: job and start. */
typedef struct qwr__choice {
    uint32_t job;
    int32_t start;
} qwr__choice;

/** An instant of a lane at which candidates begin or end. */
typedef struct qwr__moment {
    int32_t tick;
    uint32_t begin; /**< candidates that begin: [begin, next moment's begin) */
    uint32_t end;   /**< candidates that end: by_rank[end .. next moment's end) */
} qwr__moment;

/** One candidate, laid out for the passes over paths. */
typedef struct qwr__node {
    int64_t cost; /**< scaled */
    uint32_t call;
    uint32_t
        below; /**< of those that end at its start, how many of the least rank may precede it */
    uint32_t above; /**< ... and from which place on, by ticks held */
    bool fresh;     /**< may begin after a pause */
    bool exempt;    /**< the exchange rule says nothing of it as a predecessor */
} qwr__node;

typedef struct qwr__graph {
    const qwr__rules *rules;
    uint32_t count;
    qwr__choice *choice;   /**< [count] by (lane, start, rank) */
    qwr__node *node;       /**< [count] */
    qwr__moment *moment;   /**< a lane's are together, rising; one more behind each lane's last */
    uint32_t *lane_moment; /**< [lanes + 1] */
    uint32_t *lane_begin;  /**< [lanes + 1] candidates of a lane */
    uint32_t *by_rank;     /**< [count] candidates by (lane, end, rank) */
    uint32_t *by_held;     /**< [count] ... by (lane, end, ticks held); by_rank where they agree */
    int64_t *ahead;        /**< [count] cheapest path from the beginning through the candidate */
    int64_t *behind;       /**< [count] cheapest path from its end on */
    int64_t *lane_cost;    /**< [lanes] cheapest path */
    int64_t *low, *high;   /**< scratch */
    bool ordered;          /**< exchange and shift are left aside */
} qwr__graph;

/** Makes the graph of `count` candidates, by (lane, start, rank) as qwr__graph.choice. */
int32_t qwr__graph_init(qwr__graph *g, const qwr__rules *rules, const qwr__choice *choice,
                        uint32_t count, bool ordered);
void qwr__graph_free(qwr__graph *g);

/** Cheapest path of one lane under multipliers pi[calls]; fills `ahead` and lane_cost. */
int64_t qwr__graph_forward(qwr__graph *g, uint32_t lane, const int64_t *pi);
/** Fills `behind` of one lane. */
void qwr__graph_backward(qwr__graph *g, uint32_t lane, const int64_t *pi);
/** The path qwr__graph_forward() found, last candidate first; returns its length. `path` has room
 * for `most`; 0 if it is longer. */
uint32_t qwr__graph_path(const qwr__graph *g, uint32_t lane, const int64_t *pi, uint32_t *path,
                         uint32_t most);
/** Dual value at pi: sum of multipliers of the calls that have jobs, and of the cheapest paths. */
int64_t qwr__graph_dual(qwr__graph *g, const int64_t *pi);
/**
 * Candidates that a solution of cost `target` or less may use, after qwr__graph_dual(), into keep[]
 * (room for g->count). Returns their number.
 */
uint32_t qwr__graph_filter(qwr__graph *g, const int64_t *pi, int64_t dual, int64_t target,
                           qwr__choice *keep);

/**
 * Drops what the order of copies rules out; in place, keeps the order.
 * @param seen scratch [2 * calls] @return number left; UINT32_MAX: a call has none left
 */
uint32_t qwr__copies_tighten(const qwr__rules *r, qwr__choice *choice, uint32_t count,
                             uint64_t *seen);

#endif
