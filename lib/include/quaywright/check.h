/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checker: a second opinion on a plan made by anyone. It shares no line with the optimiser.
 */
#ifndef QUAYWRIGHT_CHECK_H
#define QUAYWRIGHT_CHECK_H

#include <quaywright/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_violations qwr_violations;
typedef struct qwr_checker qwr_checker;

/** One broken rule, in the planner's words. Strings are borrowed from the qwr_violations. */
typedef struct qwr_violation {
    uint32_t size;
    const char *rule;     /**< Name of the rule, e.g. "overlap", "draught", "cranes". */
    qwr_call_ix call;     /**< The call, or v == QWR_NONE. */
    const char *resource; /**< Id of the quay, berth, crane, window or other call concerned. */
    int64_t from_s;       /**< Interval in which the rule is broken. */
    int64_t to_s;
    int64_t amount;   /**< By how much, in `unit`. */
    const char *unit; /**< "mm", "s", "cranes", "mu", "". */
    const char
        *sentence; /**< E.g. "EVER A and MSC B overlap by 12.0 m at quay Q1 from ... to ...". */
} qwr_violation;

/**
 * Checks every rule and recomputes the cost. Violations are ordered by rule, call, from_s.
 * A plan that leaves a call out breaks the rule "placed". Of a plan that breaks thousands of rules
 * (all vessels on one spot) the first 1024 + 64 for each call are listed.
 * O(n log n) for n calls, as long as few of them lie at one quay at once.
 * @param out owned by caller; free with qwr_violations_free(). Empty when the plan is legal.
 * @return QWR_OK (also when rules are broken), QWR_EINVAL (plan of another scenario), QWR_ENOMEM.
 * @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_check(qwr_violations **out, qwr_context *ctx,
                                                 const qwr_scenario *scenario,
                                                 const qwr_plan *plan);
QWR_API void qwr_violations_free(qwr_violations *violations);
/** Number of violations. @thread any @since 0.1 */
QWR_API size_t qwr_violations_count(const qwr_violations *violations);
/** The i-th, borrowed; NULL past the end. @thread any @since 0.1 */
QWR_API const qwr_violation *qwr_violations_get(const qwr_violations *violations, size_t i);
/** Cost of the placed calls as the checker computes it. @thread any @since 0.1 */
QWR_API int64_t qwr_violations_cost_mu(const qwr_violations *violations);
/** The checker's cost of one call's stay (0 for MAKESPAN or not placed). @thread any @since 0.1 */
QWR_API int64_t qwr_violations_call_cost_mu(const qwr_violations *violations, qwr_call_ix call);

/**
 * Puts the checker's costs in place of what a plan says: of each stay, of the plan, and how many
 * calls have no place. If that differs from what the plan claimed, if a rule is broken, or if the
 * plan was made for other data, its outcome becomes NONE and its bound unset: a plan changed by
 * hand proves nothing. For plans from files, before they are shown or compared.
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. As long as qwr_plan_check(). @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_price(qwr_context *ctx, qwr_plan *plan);

/**
 * A checker that remembers a plan, for dragging one vessel around: qwr_checker_try() answers in
 * microseconds and allocates nothing.
 * @param out owned by caller; free with qwr_checker_free().
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_checker_new(qwr_checker **out, qwr_context *ctx,
                                                  const qwr_scenario *scenario,
                                                  const qwr_plan *plan);
QWR_API void qwr_checker_free(qwr_checker *checker);

/**
 * What if `call` had this stay, all others as they are? Reports the violations this call takes
 * part in (sentences included).
 * @param count    number of violations found, may exceed `capacity`.
 * @param found    array of length `capacity`, filled; strings borrowed until the next try.
 * @param cost_mu  cost of the call's stay, may be NULL.
 * @return QWR_OK, QWR_EINVAL. O(calls) at worst. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_checker_try(qwr_checker *checker, qwr_call_ix call,
                                                  const qwr_stay *stay, qwr_violation *found,
                                                  size_t capacity, size_t *count, int64_t *cost_mu);

/** As qwr_checker_try() and keeps the stay. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_checker_move(qwr_checker *checker, qwr_call_ix call,
                                                   const qwr_stay *stay);

/** Number of rules. @thread any @since 0.1 */
QWR_API size_t qwr_rule_count(void);
/** Name and one-sentence meaning of the i-th rule; static strings. @thread any @since 0.1 */
QWR_API const char *qwr_rule_name(size_t i);
QWR_API const char *qwr_rule_sentence(size_t i);

#ifdef __cplusplus
}
#endif
#endif
