/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine: one call that runs the stages under one deadline and returns the best checked plan.
 */
#ifndef QUAYWRIGHT_SOLVE_H
#define QUAYWRIGHT_SOLVE_H

#include <quaywright/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A moment of a run. Costs are QWR_UNSET while unknown. */
typedef struct qwr_progress {
    uint32_t size;
    const char *stage;  /**< "forecast", "draft", "construct", "search", "branch", "bound", "milp",
                             "check", or the id of an optimiser. */
    double fraction;    /**< Share of the budget used, 0 to 1. */
    int64_t elapsed_us; /**< Since the call began. */
    int64_t work;       /**< Work units so far. */
    int64_t cost_mu;    /**< Best plan so far. */
    int64_t bound_mu;   /**< Best bound so far. */
    int64_t unplaced;   /**< Calls the best plan leaves out. */
} qwr_progress;

/** Called now and then, and at every better plan or bound. Must not call into the context, except
 * qwr_context_cancel(). */
typedef void (*qwr_progress_fn)(const qwr_progress *progress, void *payload);

/** Start from qwr_solve_options_init(). */
typedef struct qwr_solve_options {
    uint32_t size;
    int64_t deadline_ms; /**< Wall time from the call on; negative: none. The call returns within
                            100 ms of it. Default 2000. */
    int64_t work_limit; /**< Work units; negative: none (default). With a work limit and no deadline
                           the plan is reproducible. */
    uint64_t seed;      /**< Default 1. */
    const char
        *solver; /**< Id of the MILP backend; NULL: glpk, else cbc, else enum. "none": no MILP. */
    const char *optimisers; /**< Ids of OPTIMISER plugins run after the built-in search, separated
                               by ','; NULL: none. */
    const char *forecast;   /**< Id of the FORECAST plugin that gives crane rates; NULL: the
                               scenario's rates. */
    const qwr_plan *start;  /**< A plan of the same scenario to start from; the result is never
                               worse. NULL: none. */
    const char
        *milp_file; /**< Write the last MILP handed to the backend here (.lp or .mps); NULL: no. */
    qwr_progress_fn progress; /**< NULL: none. */
    void *payload;
} qwr_solve_options;

/** Defaults. @thread any @since 0.1 */
QWR_API qwr_solve_options qwr_solve_options_init(void);

/** What one stage did. Borrowed from the stats. */
typedef struct qwr_stage_stats {
    uint32_t size;
    const char *stage;
    int64_t elapsed_us;
    int64_t work;
    int64_t items;    /**< What the stage counts: candidates priced, rows kept, nodes ... */
    int64_t cost_mu;  /**< Best plan after it. */
    int64_t bound_mu; /**< Best bound after it. */
    qwr_stop stop;
} qwr_stage_stats;

/** How a run went; separate from the plan because it holds times. Start from
 * qwr_solve_stats_init(). */
typedef struct qwr_solve_stats {
    uint32_t size;
    uint32_t stage_count;
    qwr_stage_stats stage[16];
    int64_t elapsed_us;
    int64_t first_plan_us;   /**< When the first complete plan existed. */
    int64_t candidates;      /**< Candidates described (call, place, start, cranes). */
    int64_t candidates_left; /**< Left after reduced-cost filtering. */
    int64_t violations; /**< Found by the checker in the returned plan; 0 unless the library has a
                           fault. */
} qwr_solve_stats;

QWR_API qwr_solve_stats qwr_solve_stats_init(void);

/**
 * Plans a scenario.
 * The returned plan always passes the checker, except that calls may be left out ("placed"). With
 * an infeasible scenario the outcome is QWR_OUTCOME_INFEASIBLE, the stays of calls left out name
 * the rules in the way, and the rest is planned.
 * @param out      owned by caller; free with qwr_plan_free(). Belongs to `scenario`.
 * @param options  NULL: defaults.
 * @param stats    filled if not NULL.
 * @return QWR_OK (whatever was found, also after cancel or deadline), QWR_EINVAL, QWR_ENOTFOUND
 *         (a plugin or solver id), QWR_ETOOBIG, QWR_ENOMEM.
 * @thread one at a time per context  @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_solve(qwr_plan **out, qwr_context *ctx,
                                            const qwr_scenario *scenario,
                                            const qwr_solve_options *options,
                                            qwr_solve_stats *stats);

/**
 * Measures the cost kernel on this machine with synthetic tables.
 * @param level   "generic", "avx2", "avx512" or "auto".
 * @param threads 1 or more.
 * @param rate    candidates per second.
 * @return QWR_OK, QWR_EUNSUPPORTED (the processor lacks the level), QWR_EINVAL, QWR_ENOMEM. @since
 * 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_bench_kernel(double *rate, qwr_context *ctx,
                                                   const char *level, int threads);

#ifdef __cplusplus
}
#endif
#endif
