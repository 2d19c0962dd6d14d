/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of an explanation: its lists, and the part that looks for rules in conflict.
 */
#ifndef QWR_EXPLAIN_PRIVATE_H
#define QWR_EXPLAIN_PRIVATE_H

#include "berth/problem.h"
#include "diff/diff.h"

#include <quaywright/explain.h>

typedef struct qwr__told {
    qwr_alternative alternative;
    qwr_stay stay;
    size_t first_obstacle; /* in qwr_explanation.obstacles */
} qwr__told;

struct qwr_explanation {
    qwr_context *ctx;
    qwr__told *list;
    size_t count, capacity;
    qwr_violation *obstacles;
    size_t obstacle_count, obstacle_capacity;
    qwr_conflict *conflicts;
    size_t conflict_count, conflict_capacity;
    qwr__strings strings;
};

/** Fills the conflicts of a call that no quay could take were it the only one. */
qwr_status qwr__find_conflicts(qwr_explanation *e, const qwr_scenario *scenario, qwr_call_ix call);

#endif
