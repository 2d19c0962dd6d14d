/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan: for every call a stay (place, start, end, cranes) or a reason why it has none, and what
 * is known about its quality. The engine makes one; anybody can make one by hand and have it
 * checked.
 */
#ifndef QUAYWRIGHT_PLAN_H
#define QUAYWRIGHT_PLAN_H

#include <quaywright/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_plan qwr_plan;

enum {
    QWR_CRANE_STEPS_MAX = 96 /**< Steps a stay may have. */
};

/** From this second on the stay holds so many cranes, until its next step. @since 0.3 */
typedef struct qwr_crane_step {
    int64_t from_s;
    int64_t cranes;
} qwr_crane_step;

/** What the plan says about one call. Start from qwr_stay_init(). */
typedef struct qwr_stay {
    uint32_t size;
    uint32_t placed; /**< 1: the fields below hold; 0: the call has no place. */
    qwr_quay_ix quay;
    qwr_berth_ix berth;  /**< v == QWR_NONE unless the quay is DISCRETE. */
    int64_t position_mm; /**< Lower end of the hull along the quay. */
    int64_t start_s;     /**< Alongside from here ... */
    int64_t end_s;       /**< ... until here. */
    int64_t cranes;      /**< Held from start + mooring to end - unmooring; with steps: the most. */
    int64_t rate_milli;  /**< Moves per crane-hour x 1000 the stay relies on; QWR_UNSET: the
                            scenario's. */
    int64_t cost_mu;     /**< Its share of the cost (0 for MAKESPAN); filled by the engine. */
    const char *reason;  /**< Not placed: a sentence naming the rules in the way. Else NULL. */
    const qwr_crane_step *steps; /**< [step_count] its crane profile, see <quaywright/entities.h>;
                                    NULL: `cranes` all the time. Since 0.3. */
    uint32_t step_count;         /**< 0, or 2 to QWR_CRANE_STEPS_MAX. Since 0.3. */
} qwr_stay;

/** What is known about the plan as a whole. Start from qwr_plan_quality_init(). */
typedef struct qwr_plan_quality {
    uint32_t size;
    qwr_outcome outcome;
    qwr_stop stop;
    int64_t cost_mu;  /**< Cost of the placed calls. */
    int64_t bound_mu; /**< No plan on the step and grid placing as many costs less; QWR_UNSET: none
                         known. */
    int64_t unplaced; /**< Calls without a place. */
    int64_t work;     /**< Work units used (deterministic, unlike time). */
    uint64_t seed;
    uint64_t scenario_hash;
    const char *proof;    /**< How the bound was made: "none", "area", "lagrangian", "interval-dp",
                             "branch-and-price", "labels" and "column-generation"
                             (continuous quays), "milp:ID". */
    const char *forecast; /**< Plugin whose rates the stays rely on, or NULL. */
} qwr_plan_quality;

/** Structs with `size` set and every field unset or 0. @thread any @since 0.1 */
QWR_API qwr_stay qwr_stay_init(void);
QWR_API qwr_plan_quality qwr_plan_quality_init(void);

/**
 * An empty plan: no call is placed.
 * @param out      owned by caller; free with qwr_plan_free().
 * @param scenario borrowed; must outlive the plan.
 * @return QWR_OK, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_new(qwr_plan **out, qwr_context *ctx,
                                               const qwr_scenario *scenario);

/** A copy, owned by caller. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_copy(qwr_plan **out, qwr_context *ctx,
                                                const qwr_plan *plan);

/** Frees a plan; NULL is allowed. @since 0.1 */
QWR_API void qwr_plan_free(qwr_plan *plan);

/** The scenario it belongs to, borrowed. @thread any @since 0.1 */
QWR_API const qwr_scenario *qwr_plan_scenario(const qwr_plan *plan);

/**
 * Sets the stay of a call. Nothing is checked but the indices and the number of steps; strings and
 * steps are copied.
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_set_stay(qwr_plan *plan, qwr_call_ix call,
                                                    const qwr_stay *stay);

/** The stay of a call, borrowed from the plan until it changes; NULL past the end. @thread any
 * @since 0.1 */
QWR_API const qwr_stay *qwr_plan_stay(const qwr_plan *plan, qwr_call_ix call);

/** Sets what is known about the plan; strings are copied. @return QWR_OK, QWR_EINVAL, QWR_ENOMEM.
 * @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_set_quality(qwr_plan *plan,
                                                       const qwr_plan_quality *quality);

/** What is known about the plan, borrowed. @thread any @since 0.1 */
QWR_API const qwr_plan_quality *qwr_plan_get_quality(const qwr_plan *plan);

/** 100 (cost - bound) / cost, in percent; 0 when both are equal; -1 when no bound is known. @since
 * 0.1 */
QWR_API double qwr_plan_gap_pct(const qwr_plan *plan);

/** Hash over every stay; equal plans, equal hash. @thread any @since 0.1 */
QWR_API uint64_t qwr_plan_hash(const qwr_plan *plan);

#ifdef __cplusplus
}
#endif
#endif
