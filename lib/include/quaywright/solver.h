/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ABI of MILP solver backends. A backend includes this header and <quaywright/plugin.h> alone and
 * links nothing of ours. Doubles only here: the core scales its integers and re-checks every
 * answer in integers.
 *
 *   minimise   offset + sum_j cost[j] x[j]
 *   such that  row_lower[i] <= sum_j a[i][j] x[j] <= row_upper[i]
 *              lower[j] <= x[j] <= upper[j],  x[j] integer where integer[j] is 1
 */
#ifndef QUAYWRIGHT_SOLVER_H
#define QUAYWRIGHT_SOLVER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Rows view of a model, read only. Infinite bounds are +-QWR_MILP_INFINITY. All numbers finite. */
#define QWR_MILP_INFINITY 1e30

typedef struct qwr_milp_view {
    uint32_t size;
    uint32_t column_count;
    uint32_t row_count;
    uint64_t entry_count;
    double offset;
    const double *cost;           /**< [column_count] */
    const double *lower;          /**< [column_count] */
    const double *upper;          /**< [column_count] */
    const uint8_t *integer;       /**< [column_count] */
    const double *row_lower;      /**< [row_count] */
    const double *row_upper;      /**< [row_count] */
    const uint64_t *column_begin; /**< [column_count + 1] into row_index and value */
    const uint32_t *row_index;    /**< [entry_count] rows of each column, rising */
    const double *value;          /**< [entry_count] */
    const double *start; /**< [column_count] a feasible point checked by the core, or NULL */
    const char *name;    /**< For messages and files. */
} qwr_milp_view;

typedef enum qwr_milp_state {
    QWR_MILP_UNKNOWN = 0, /**< No point, no proof. */
    QWR_MILP_FEASIBLE,    /**< A point; `bound` may be -QWR_MILP_INFINITY. */
    QWR_MILP_OPTIMAL,
    QWR_MILP_INFEASIBLE,
    QWR_MILP_UNBOUNDED
} qwr_milp_state;

typedef struct qwr_milp_limits {
    uint32_t size;
    int64_t deadline_us; /**< Wall time from the call on; negative: none. */
    int64_t node_limit;  /**< Search nodes; negative: none. */
    /** Only points cheaper than this are wanted; QWR_MILP_INFINITY: any. Where none is cheaper the
     *  state is UNKNOWN and the bound not below the cutoff. */
    double cutoff;
    uint32_t relax; /**< 1: solve the linear relaxation only, and fill `dual` if given. */
} qwr_milp_limits;

/** Filled by the backend. Arrays are the host's; `dual` may be NULL. */
typedef struct qwr_milp_answer {
    uint32_t size;
    qwr_milp_state state;
    double objective;
    double bound; /**< Best proven lower bound. */
    int64_t nodes;
    int64_t iterations;
    double *point; /**< [column_count] */
    double *dual;  /**< [row_count] multipliers of the rows of the relaxation, or NULL */
} qwr_milp_answer;

struct qwr_host;

/**
 * Functions of a SOLVER plugin. An instance is created, used and freed on one thread.
 * Statuses are qwr_status numbers (0 = worked).
 */
typedef struct qwr_solver_functions {
    uint32_t size;
    /** @param instance private state, NULL on failure. */
    int32_t (*create)(void **instance, const struct qwr_host *host);
    void (*destroy)(void *instance);
    /**
     * Solves. Must poll host->cancelled() at least every 50 ms where it can, and return within
     * 100 ms of deadline or cancel; a backend that cannot runs its engine on a thread of its own.
     */
    int32_t (*solve)(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer);
    /** Name and version of the engine behind, static text. */
    const char *(*engine)(void);
} qwr_solver_functions;

#ifdef __cplusplus
}
#endif
#endif
