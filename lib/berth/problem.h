/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The berth problem of a scenario: its axis of cells and ticks, and the candidate store made from
 * it. The bridge between vessels, water, money and the plain integers of cost/candidates.h.
 */
#ifndef QWR_BERTH_PROBLEM_H
#define QWR_BERTH_PROBLEM_H

#include "berth/spans.h"
#include "cost/candidates.h"

#include <quaywright/plan.h>

/** Rules that can take candidates away from a call, for the sentence when none is left. */
typedef enum qwr__bar {
    QWR__BAR_LENGTH = 0,
    QWR__BAR_BREAK,
    QWR__BAR_PLACE,
    QWR__BAR_FORBIDDEN,
    QWR__BAR_PIN,
    QWR__BAR_DRAUGHT,
    QWR__BAR_CHANNEL,
    QWR__BAR_CLOSURE,
    QWR__BAR_WINDOW,
    QWR__BAR_CRANES,
    QWR__BAR_DEPARTURE,
    QWR__BAR_COUNT
} qwr__bar;

/** One quay on the axis. Its cells are [first_cell, end_cell). */
typedef struct qwr__axis_quay {
    int32_t first_cell, end_cell;
    bool uniform_clearance; /**< every call has the same effective clearance here */
    int64_t least_clearance_mm, most_clearance_mm;
} qwr__axis_quay;

typedef struct qwr__problem {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    const qwr_scenario_info *info;
    qwr__candidates cand;

    int64_t origin_s, step_s;
    int32_t ticks;        /**< of stays: [0, ticks) */
    int32_t horizon_tick; /**< stays end by then */
    qwr__axis_quay *quay; /**< [quays] */
    uint32_t *cell_quay;  /**< [cells] */
    uint32_t *cell_berth; /**< [cells] berth index or QWR_NONE */
    int64_t *cell_mm;     /**< [cells] position */
    int64_t *shift_s;     /**< [calls] a pinned start's offset inside its tick */
    int32_t *ready_tick;  /**< [calls] */
    int32_t *due_tick;    /**< [calls] stays end by then */

    char *id_text;        /**< copies of the calls' ids */
    int64_t *constant_mu; /**< [calls] part of the cost no decision changes */
    bool thin;            /**< a part of the candidates only */
    int64_t deadline_us;  /**< generation gives up past it or on cancel; negative: never */
    bool cut;             /**< it gave up: calls are missing */
    bool clipped;         /**< a table entry was cut down to the 32-bit limit */
    int64_t (*bars)[QWR__BAR_COUNT]; /**< [calls] places or starts each rule took away */
} qwr__problem;

/** Largest absolute value in the cost tables, in cost units. */
#define QWR__COST_LIMIT (INT32_C(1) << 28)

/**
 * Builds axis and candidates.
 * @param thin  one crane count a call and every THIN-th place only: good enough for a first plan,
 * made in a small part of the time. No bound may be drawn from it.
 * @param deadline_us  absolute; past it, or when cancelled, the problem comes back with `cut` set,
 * of no use. Negative: it is completed whatever happens.
 * @return QWR_OK, QWR_ETOOBIG, QWR_EOVERFLOW, QWR_ENOMEM.
 */
qwr_status qwr__problem_new(qwr__problem **out, qwr_context *ctx, const qwr_scenario *scenario,
                            bool thin, int64_t deadline_us);
void qwr__problem_free(qwr__problem *p);

/** Second at which tick t begins. */
int64_t qwr__tick_s(const qwr__problem *p, int64_t t);

/** Fills a stay from a candidate. */
void qwr__problem_stay(qwr_stay *stay, const qwr__problem *p, uint32_t row, int32_t start);

/** The candidate of a stay: row and start tick, or false when the stay is not one. */
bool qwr__problem_candidate(uint32_t *row, int32_t *start, const qwr__problem *p, uint32_t call,
                            const qwr_stay *stay);

/** A sentence that names the rules that leave call i without a candidate. Owned by caller. */
char *qwr__problem_reason(const qwr__problem *p, uint32_t call);

/* --- parts, shared by the files of this room ----------------------------------------------------
 */

/* axis.c */
qwr_status qwr__axis_build(qwr__problem *p);

/* water.c: ticks in which the level is too low */
typedef struct qwr__water {
    qwr_context *ctx;
    int64_t *least_mm; /**< [ticks] least level during the tick */
    int64_t *edge_mm;  /**< [ticks + 1] level at the tick's edge */
    int32_t ticks;
    int64_t lowest_mm;
} qwr__water;
qwr_status qwr__water_init(qwr__water *w, const qwr__problem *p);
void qwr__water_free(qwr__water *w);
/** Level at an instant, rounded down. */
int64_t qwr__water_level(const qwr_scenario *s, int64_t at_s);
/** Ticks during which the level stays at or above `need_mm`. */
qwr_status qwr__water_alongside(qwr__spans *out, const qwr__water *w, int64_t need_mm);
/** Tick edges at which the level is at or above `need_mm`. */
qwr_status qwr__water_edges(qwr__spans *out, const qwr__water *w, int64_t need_mm);

/* terms.c: cost tables over start and end ticks, and the cost unit */
qwr_status qwr__terms_fill(qwr__problem *p);
/** Cost of the place alone; false on overflow. */
bool qwr__terms_place_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call, uint32_t quay,
                         uint32_t berth, int64_t position_mm);
/** What start and end cost by themselves; false on overflow. */
bool qwr__terms_times_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call, int64_t start_s,
                         int64_t end_s);
/** Cost of lying at a place with these cranes and this duration: what depends on neither start nor
 * end. */
bool qwr__terms_row_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call, uint32_t quay,
                       uint32_t berth, int64_t position_mm, int64_t cranes, int64_t duration_ticks);
/** Cost of a stay exactly as <quaywright/entities.h> defines it (0 for MAKESPAN); false on
 * overflow. */
bool qwr__terms_stay_mu(int64_t *cost_mu, const qwr__problem *p, uint32_t call,
                        const qwr_stay *stay);
/** Greatest common divisor, gcd(0, x) = |x|. */
int64_t qwr__gcd(int64_t a, int64_t b);

/* generate.c */
qwr_status qwr__generate_rows(qwr__problem *p);

#endif
