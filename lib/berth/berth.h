/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The berth stage as the engine sees it: one object per scenario, and steps that the engine calls
 * in its own order and under its own budgets. Between steps the object always holds the best
 * solution and the best bound so far.
 */
#ifndef QWR_BERTH_BERTH_H
#define QWR_BERTH_BERTH_H

#include "berth/board.h"
#include "berth/problem.h"
#include "cost/prices.h"

/** What a step may use. */
typedef struct qwr__budget {
    int64_t deadline_us; /**< absolute, of qwr__now_us(); negative: none */
    int64_t work;        /**< units; negative: none */
} qwr__budget;

/** Receives every better solution or bound. */
typedef void (*qwr__berth_news_fn)(void *payload);

/** A plan whose crane counts vary over a stay, made by a room above this one. */
typedef struct qwr__varied {
    qwr_context *ctx;
    qwr_stay *stay; /**< [calls] with exact costs; steps point into `step` */
    qwr_crane_step *step;
} qwr__varied;

typedef struct qwr__berth {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    qwr__problem *problem;
    uint64_t seed;
    qwr_host host; /**< for built-in optimisers: payload is this object */
    qwr__board_facts facts;
    qwr__board trial; /**< where offered solutions are checked */
    bool ready;       /**< facts and trial are made */

    uint32_t *row; /**< best solution */
    int32_t *start;
    int64_t value;     /**< its cost in units, as qwr__board_value(); INT64_MAX: none yet */
    uint32_t unplaced; /**< calls with candidates that it leaves out */
    uint32_t hopeless; /**< calls without a single candidate */
    bool confirmed;    /**< they have no place with varying crane counts either */

    qwr__varied *varied;     /**< the best solution where crane counts vary: counts, not row and
                                start; NULL: none, or not yet */
    int64_t bound;           /**< in the same units; INT64_MIN: none */
    const char *proof;       /**< how the bound was made */
    void *branch, *sequence; /**< instances of optimisers of discrete berths, or NULL */
    bool branch_done;        /**< branch and price has nothing left to do */
    char solver_proof[48];

    qwr__prices prices; /**< multipliers of the best bound (general scenarios) */
    bool priced;
    int64_t *price_limit; /**< [calls] reduced cost up to which candidates may matter */
    int64_t *multiplier;  /**< [calls] of the best interval bound (discrete berths) */
    qwr_bound_certificate certificate; /**< of the best bound, arrays owned; steps 0: none */

    qwr__budget budget; /**< of the step that runs */
    int64_t work;       /**< units used so far */
    int illegal;        /**< illegal solutions the running plugin has offered */
    bool lone;          /**< no backend was found, and that was said */
    int holders;        /**< plugin threads that may still read this object */
    bool abandoned;     /**< freed by the engine while there were holders */
    qwr__berth_news_fn news;
    void *news_payload;
} qwr__berth;

/** @param seed of the run. @param thin, deadline_us see qwr__problem_new(). The object must be
 * freed before the scenario. */
qwr_status qwr__berth_new(qwr__berth **out, qwr_context *ctx, const qwr_scenario *scenario,
                          uint64_t seed, bool thin, int64_t deadline_us);
void qwr__berth_free(qwr__berth *b);

/** First plan: each order of construction once (thin: the first only), the best kept. */
qwr_status qwr__berth_construct(qwr__berth *b);
/** Takes over the stays of a plan that are still possible; calls it leaves out are inserted. */
qwr_status qwr__berth_start(qwr__berth *b, const qwr_plan *plan);
/** Runs an OPTIMISER plugin; NULL: the built-in search. A plugin's failure is logged, not returned.
 */
qwr_status qwr__berth_improve(qwr__berth *b, const qwr_plugin *plugin, qwr__budget budget);
/** Raises the bound. */
qwr_status qwr__berth_bound(qwr__berth *b, qwr__budget budget);

/** What the proof step did. */
typedef struct qwr__proof_report {
    int64_t candidates; /**< left after the filter; -1: more than the limit */
    int64_t rows;       /**< of the MILP; 0: none was solved */
    int64_t nodes;
    bool closed; /**< the filter or the backend closed the gap */
    qwr_stop stop;
} qwr__proof_report;

/**
 * Filters by reduced cost and hands what is left to a backend, if it is small enough.
 * @param solver id, NULL for the default; @param file where the MILP is written, or NULL.
 */
qwr_status qwr__berth_prove(qwr__proof_report *report, qwr__berth *b, const char *solver,
                            const char *file, qwr__budget budget);

/** May crane counts vary over a stay? Then no bound may be drawn from the candidates here, whose
 * counts do not. */
bool qwr__berth_varies(const qwr__berth *b);
/** Takes over a plan with varying counts if `value` (in cost units, as qwr__board_value()) is
 * better than the best solution's. 0 taken, 1 no better. Owns `varied` either way. varied.c */
int32_t qwr__berth_take_varied(qwr__berth *b, qwr__varied *varied, int64_t value,
                               uint32_t unplaced);
/** Room for `calls` stays, each with QWR_CRANE_STEPS_MAX steps of its own; none is placed. */
qwr_status qwr__varied_new(qwr__varied **out, qwr_context *ctx, uint32_t calls);
void qwr__varied_free(qwr__varied *v);

/** Is the gap closed? */
bool qwr__berth_closed(const qwr__berth *b);

/** The best solution as a plan, with reasons for calls left out, cost, bound and proof. */
qwr_status qwr__berth_plan(qwr_plan **out, const qwr__berth *b);
/** Cost of the best solution in mu, exactly as <quaywright/entities.h> defines it. */
int64_t qwr__berth_cost_mu(const qwr__berth *b);
/** The bound in mu for plans that leave out as many calls; QWR_UNSET: none. */
int64_t qwr__berth_bound_mu(const qwr__berth *b);

/* --- for the files of this room ------------------------------------------------------------------
 */

/** Hook of outside plugins: their proofs by calls are replayed before they count. */
int32_t qwr__berth_submit_bound(void *payload, const qwr_bound_certificate *certificate);
/** Offers a solution; 0 taken, 1 legal but no better, negative illegal. */
int32_t qwr__berth_offer(qwr__berth *b, const uint32_t *row, const int32_t *start);
/** Offers a bound in cost units; 0 taken, 1 no better. `proof` is static text or b->solver_proof.
 */
int32_t qwr__berth_offer_bound(qwr__berth *b, int64_t bound, const char *proof);
/** True when the running step must end: cancel, deadline or work. */
bool qwr__berth_over(const qwr__berth *b);
void qwr__berth_worked(qwr__berth *b, int64_t units);
/** `percent` of what is left of a whole budget that ends at `deadline_us` (negative: never) and
 * when `work_end` units are used up (negative: no limit). */
qwr__budget qwr__berth_share(const qwr__berth *b, int64_t deadline_us, int64_t work_end,
                             int percent);

/** Hangs the certificate of the best bound on the plan, where there is one. certify.c */
qwr_status qwr__berth_certify(qwr_plan *plan, const qwr__berth *b);
/** Replays a proof by calls that a stranger offers; false: it does not hold, or cannot be told. */
qwr_status qwr__berth_replay(bool *holds, const qwr__berth *b, const qwr_bound_certificate *proof);
/** Takes over a proof by calls: "no solution costs target or less". 0 taken, 1 no better. */
int32_t qwr__berth_take_proof(qwr__berth *b, const qwr_bound_certificate *certificate);

/* bound_interval.c: every quay DISCRETE, no cranes, no turnaround split */
bool qwr__interval_applies(const qwr__berth *b);
qwr_status qwr__interval_bound(qwr__berth *b);
/** Candidates that a solution of at most `target` could use. More than `max`, or out of time: no
 * list, *count > 0. */
qwr_status qwr__interval_pick(qwr__pick **picks, size_t *count, size_t max, qwr__berth *b,
                              int64_t target);

/* bound_price.c */
qwr_status qwr__price_bound(qwr__berth *b);
qwr_status qwr__price_pick(qwr__pick **picks, size_t *count, size_t max, qwr__berth *b,
                           int64_t target);
/** Bound of a certificate's prices, in cost units, rounded up; INT64_MIN if they are malformed. */
qwr_status qwr__price_evaluate(int64_t *bound, qwr__berth *b,
                               const qwr_bound_certificate *certificate);

#endif
