/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a call lies where it does: what else it could do, what that would cost, and which vessels or
 * rules stand in the way.
 */
#ifndef QUAYWRIGHT_EXPLAIN_H
#define QUAYWRIGHT_EXPLAIN_H

#include <quaywright/check.h>
#include <quaywright/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_explanation qwr_explanation;

typedef enum qwr_alternative_kind {
    QWR_ALTERNATIVE_FREE = 0, /**< Breaks no rule, all other calls as they are. */
    QWR_ALTERNATIVE_BLOCKED   /**< Legal by itself; other calls or shared means stand in the way. */
} qwr_alternative_kind;

/** One other stay of a call. Everything is borrowed from the explanation. */
typedef struct qwr_alternative {
    uint32_t size;
    qwr_alternative_kind kind;
    const qwr_stay *stay;          /**< `cost_mu` as the checker computes it. */
    int64_t cost_delta_mu;         /**< Against the stay the call has; without one, the cost. */
    const qwr_violation *obstacle; /**< [obstacle_count] BLOCKED: the rules it would break. */
    uint32_t obstacle_count;       /**< At most QWR_OBSTACLES_MAX are told. */
    const char *sentence;          /**< For people. */
} qwr_alternative;

#define QWR_OBSTACLES_MAX 16

/**
 * One demand of a call that could not have a place were it the only one. Demands of one set cannot
 * hold together, and with any of them given up the others of it can; each set is found without the
 * demands of those before, until the rest holds: one demand at least of each set has to give.
 * Everything is borrowed from the explanation.
 */
typedef struct qwr_conflict {
    uint32_t size;
    const char *rule;  /**< As qwr_rule_name() has it: "draught", "pin", "closure", ... */
    uint32_t set;      /**< Number of the set from 0 on. */
    uint32_t suffices; /**< 1: giving up this one alone makes room, whatever else is asked. */
    int64_t amount;    /**< Then the least that makes room, in `unit`; 0: it has no measure. */
    const char *unit;  /**< "mm" of draught (to 10 mm), "s" past the latest departure, "cranes". */
    const char *sentence; /**< For people. */
} qwr_conflict;

/**
 * What else a call of a plan could do, all other calls staying as they are. For each berth, or quay
 * without berths, and each number of cranes held all through: the cheapest other stay that breaks
 * no rule; and the cheapest one altogether where others stand in its way and it is cheaper than
 * both that and the stay the call has. Ordered by cost, free ones first. Stays begin on the
 * scenario's steps and places, as the planner's do. A pin or a closed berth leaves nothing to tell
 * of places it forbids. The checker judges every stay, 200 000 at most and as many for each berth
 * and number of cranes; where none of those is free, none is told. For one call at a time; a month
 * of a large terminal takes seconds. A cancel ends it with what was found. Objective makespan: no
 * stay has a cost of its own, deltas are 0.
 * @param out   owned by caller; free with qwr_explanation_free() before the plan.
 * @param plan  the call may have no place in it.
 * @return QWR_OK, QWR_EINVAL (no such call), QWR_ETOOBIG, QWR_EOVERFLOW, QWR_ENOMEM. @since 0.3
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_explain(qwr_explanation **out, qwr_context *ctx,
                                                   const qwr_plan *plan, qwr_call_ix call);
/** Frees an explanation; NULL is allowed. @since 0.3 */
QWR_API void qwr_explanation_free(qwr_explanation *explanation);
/** Number of alternatives; 0: there is none. @thread any @since 0.3 */
QWR_API size_t qwr_explanation_count(const qwr_explanation *explanation);
/** The i-th, borrowed; NULL past the end. @thread any @since 0.3 */
QWR_API const qwr_alternative *qwr_explanation_get(const qwr_explanation *explanation, size_t i);
/**
 * Demands in conflict, if the call could not have a place were it the only one; else 0. Also 0 if
 * no demand can help: no quay is long enough, a berth is forbidden. Of windows the first 48 are
 * tried. @thread any @since 0.3
 */
QWR_API size_t qwr_explanation_conflict_count(const qwr_explanation *explanation);
/** The i-th, borrowed; NULL past the end. @thread any @since 0.3 */
QWR_API const qwr_conflict *qwr_explanation_conflict(const qwr_explanation *explanation, size_t i);
/** Lower-case word for a kind: free, blocked. @thread any @since 0.3 */
QWR_API const char *qwr_alternative_kind_name(qwr_alternative_kind kind);

#ifdef __cplusplus
}
#endif
#endif
