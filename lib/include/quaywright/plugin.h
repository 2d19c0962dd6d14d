/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ABI of plugins. A plugin includes this header (a backend also <quaywright/solver.h>) and links
 * nothing of ours: the host hands it a table of functions. One symbol is exported:
 *
 *     const qwr_plugin *qwr_plugin_entry_v1(uint32_t host_abi_minor);
 *
 * It is quick, allocates nothing, and returns a constant descriptor, or NULL if it cannot work with
 * this host. Structs start with their size and grow at the end only; `size` says how much is there.
 * The host trusts nothing that comes back: lengths, finiteness, ranges and feasibility are checked.
 */
#ifndef QUAYWRIGHT_PLUGIN_H
#define QUAYWRIGHT_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QWR_PLUGIN_ABI_MAJOR 1u
#define QWR_PLUGIN_ABI_MINOR 1u

/** Put this before the entry function's definition. */
#if defined(__GNUC__) || defined(__clang__)
#define QWR_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define QWR_PLUGIN_EXPORT
#endif

/* Static builds compile each module with -DQWR_PLUGIN_ENTRY=<own name>. */
#ifndef QWR_PLUGIN_ENTRY
#define QWR_PLUGIN_ENTRY qwr_plugin_entry_v1
#endif

/** Status numbers a plugin returns: 0 worked; these are the qwr_status values a plugin may use. */
enum {
    QWR_PLUGIN_OK = 0,
    QWR_PLUGIN_EINVAL = 1,
    QWR_PLUGIN_ENOMEM = 2,
    QWR_PLUGIN_ESOLVER = 10,
    QWR_PLUGIN_EUNSUPPORTED = 11,
    QWR_PLUGIN_ETOOBIG = 12
};

typedef enum qwr_plugin_kind {
    QWR_PLUGIN_FORECAST = 1,
    QWR_PLUGIN_OPTIMISER = 2,
    QWR_PLUGIN_SOLVER = 3
} qwr_plugin_kind;

/** Bits of qwr_plugin.capabilities. */
#define QWR_CAP_MIP      0x1u    /**< SOLVER: integer columns. */
#define QWR_CAP_DUALS    0x2u    /**< SOLVER: fills `dual` of the relaxation. */
#define QWR_CAP_START    0x4u    /**< SOLVER: uses `start`. */
#define QWR_CAP_BERTH    0x100u  /**< OPTIMISER: works on the berth stage. */
#define QWR_CAP_HANDLING 0x1000u /**< FORECAST: crane rates of calls. */

/** A declared option of a plugin. */
typedef struct qwr_plugin_option {
    uint32_t size;
    const char *name;
    int32_t type; /**< qwr_option_type: 0 int, 1 bool, 2 text, 3 word. */
    const char *unit;
    int64_t default_int, min_int, max_int;
    const char *default_text;
    const char *words;
    const char *sentence;
} qwr_plugin_option;

/* --- what an OPTIMISER sees ------------------------------------------------------------------ */

/**
 * The berth problem, read only. Space is one axis of cells over all quays, time is ticks of step_s.
 * A candidate is (row, start tick); a row belongs to a class, a class to a call:
 *
 *   class = (call, crane group, cranes, duration, work span)   row = (class, first cell, run of
 * starts) cost(row, t) = row_cost[row] + start_cost[call][t] + end_cost[call][t + duration]
 *
 * It holds `width` cells from row_cell on for ticks [t, t + occupied), where occupied = duration +
 * turnaround, and `cranes` of its group for ticks [t + work_from, t + work_to).
 * Costs are in units of cost_unit_mu. Tick t begins at second origin_s + t * step_s. With
 * `makespan` set, a plan is better if its latest end is earlier; the costs are only a tie-break.
 */
typedef struct qwr_problem_view {
    uint32_t size;
    uint32_t stage; /**< 1: berth. */
    uint32_t call_count, class_count, row_count, cell_count, tick_count, group_count;
    int64_t origin_s;
    int64_t step_s;
    int64_t cost_unit_mu;
    int64_t unplaced_cost; /**< Cost of leaving one call out; above any sum of candidates. */
    uint32_t makespan; /**< 1: the objective is the latest end; the costs above are a tie-break. */

    const char *const *call_id;        /**< [call_count] */
    const uint32_t *call_class_begin;  /**< [call_count + 1] */
    const int32_t *call_first_start;   /**< [call_count] first tick of start_cost */
    const int32_t *call_last_start;    /**< [call_count] last tick of start_cost, inclusive */
    const uint64_t *call_start_offset; /**< [call_count] of start_cost[] */
    const int32_t *call_first_end;     /**< [call_count] first tick of end_cost */
    const uint64_t *call_end_offset;   /**< [call_count] of end_cost[] */
    const int32_t *start_cost;
    const int32_t *end_cost;

    const uint32_t *class_call;  /**< [class_count] */
    const uint32_t *class_group; /**< [class_count] crane group (quay) */
    const int32_t *class_cranes;
    const int32_t *class_width;     /**< cells */
    const int32_t *class_duration;  /**< ticks alongside */
    const int32_t *class_occupied;  /**< ticks the cells are held */
    const int32_t *class_work_from; /**< ticks after start */
    const int32_t *class_work_to;
    const uint32_t
        *class_row_begin; /**< [class_count + 1]; rows rising by (row_cost, row_cell, row_first) */

    const int32_t *row_cell;  /**< [row_count] */
    const int32_t *row_first; /**< first start tick */
    const int32_t *row_last;  /**< last start tick, inclusive */
    const int32_t *row_cost;

    const int32_t *crane_capacity; /**< [group_count * tick_count] */

    /* Present when known, else NULL. Prices are in 1/price_unit of a cost unit. */
    int32_t price_unit;
    const int32_t *cell_price;  /**< [cell_count * tick_count] */
    const int32_t *crane_price; /**< [group_count * tick_count] */
} qwr_problem_view;

/** A solution: for each call a row and a start tick, or row = UINT32_MAX (left out). */
typedef struct qwr_solution_view {
    uint32_t size;
    uint32_t call_count;
    const uint32_t *row;  /**< [call_count] */
    const int32_t *start; /**< [call_count] */
    int64_t cost;         /**< In cost units, unplaced_cost included. */
} qwr_solution_view;

/** Steps of a proof by calls: see <quaywright/certificate.h>, here in cells and ticks. */
#define QWR_PROOF_PRICES 0u /**< the next vector of call_price */
#define QWR_PROOF_SPLIT  1u /**< in two nodes, by the fields below */
#define QWR_PROOF_END    2u /**< of a node */
typedef struct qwr_proof_step {
    uint32_t kind;
    uint32_t call;
    int32_t cell, cell_last; /**< both included */
    int32_t first, last;     /**< start ticks, both included */
} qwr_proof_step;

/**
 * A lower bound with its certificate: prices that give it when the host evaluates them. Either
 * prices of cells and cranes, or (since minor 1, `call_price` set) a proof by calls, as
 * <quaywright/certificate.h> defines it, for problems whose classes are one cell wide and need no
 * cranes.
 */
typedef struct qwr_bound_certificate {
    uint32_t size;
    int32_t price_unit;
    const int32_t *cell_price;  /**< [cell_count * tick_count], >= 0 */
    const int32_t *crane_price; /**< [group_count * tick_count], >= 0 */
    /* since minor 1 */
    const int64_t *call_price; /**< [price_count * call_count], in 1/price_unit cost units */
    uint32_t price_count;
    uint32_t step_count;
    const qwr_proof_step *step; /**< [step_count]; NULL: one step of prices, no target */
    int64_t target;             /**< with steps: no solution costs this or less, in cost units */
    uint32_t ordered;           /**< 1: chains are cut down by exchange and shift */
} qwr_bound_certificate;

/* --- what a FORECAST plugin sees ---------------------------------------------------------------
 */

typedef struct qwr_history_view {
    uint32_t size;
    uint32_t row_count;
    const char *const *service;      /**< [row_count], entries may be NULL */
    const char *const *vessel_class; /**< [row_count], entries may be NULL */
    const int64_t *moves;            /**< [row_count] > 0 */
    const int64_t *cranes;           /**< [row_count] > 0 */
    const int64_t *work_s;           /**< [row_count] > 0 */
} qwr_history_view;

typedef struct qwr_forecast_query {
    uint32_t size;
    uint32_t call_count;
    const char *const *call_id;
    const char *const *service;      /**< entries may be NULL */
    const char *const *vessel_class; /**< entries may be NULL */
    const int64_t *moves;
} qwr_forecast_query;

/** Levels of the fixed quantile grid, per mille. */
#define QWR_QUANTILE_COUNT 9
static const int32_t qwr_quantile_milli[QWR_QUANTILE_COUNT] = {25,  50,  100, 250, 500,
                                                               750, 900, 950, 975};

/** Filled by the plugin; arrays are the host's. Rates: moves per crane-hour. Quantiles must not
 * cross. */
typedef struct qwr_forecast_answer {
    uint32_t size;
    uint32_t call_count;
    double *mean;      /**< [call_count] */
    double *quantile;  /**< [call_count * QWR_QUANTILE_COUNT] */
    int64_t *evidence; /**< [call_count] history rows it rests on; 0: a prior */
} qwr_forecast_answer;

/* --- the host ----------------------------------------------------------------------------------
 */

/** Functions the host hands to `create`. Valid until `destroy` returns. @thread the plugin's own,
 * unless said. */
typedef struct qwr_host {
    uint32_t size;
    uint32_t abi_minor;
    void *payload; /**< Pass as first argument to every function below. */
    void *(*alloc)(void *payload, size_t bytes);
    void (*release)(void *payload, void *block);
    void (*log)(void *payload, int32_t level, const char *message);
    void (*error)(void *payload,
                  const char *message);     /**< Adds a cause to the chain of the failure. */
    int32_t (*cancelled)(void *payload);    /**< 1: return now. Any thread. */
    int64_t (*remaining_us)(void *payload); /**< Until the deadline; INT64_MAX: none. Any thread. */
    int64_t (*option_int)(void *payload, const char *name);
    const char *(*option_text)(void *payload, const char *name);
    /** Counter-based: same (seed of the run, stream, index), same number, whoever asks. Any thread.
     */
    uint64_t (*random)(void *payload, uint64_t stream, uint64_t index);

    /* Optimisers only; NULL for others. */
    /** Work units left; a unit is about one candidate insertion. INT64_MAX: no limit. */
    int64_t (*work_left)(void *payload);
    void (*work_done)(void *payload, int64_t units);
    /** Cost of `count` candidates (row[k], start[k]) into cost[k]; INT64_MAX for a start outside
     * the row. 0: worked. */
    int32_t (*evaluate)(void *payload, const uint32_t *row, const int32_t *start, size_t count,
                        int64_t *cost);
    /** Fills the best solution known. The arrays are borrowed until the next call of the host. */
    int32_t (*incumbent)(void *payload, qwr_solution_view *solution);
    /** Offers a solution. The host checks it and recomputes the cost: 0 taken, 1 legal but not
     * better, negative illegal (disables the plugin after 3). */
    int32_t (*submit)(void *payload, const qwr_solution_view *solution);
    /** Offers a bound; the host evaluates the certificate itself. 0 taken, 1 not better, negative
     * malformed. */
    int32_t (*submit_bound)(void *payload, const qwr_bound_certificate *certificate);
    int64_t (*best_bound)(void *payload); /**< In cost units; INT64_MIN: none. */
    int32_t (*threads)(void *payload);    /**< Threads the plugin may use, 1 or more. */
} qwr_host;

typedef struct qwr_optimiser_functions {
    uint32_t size;
    int32_t (*create)(void **instance, const qwr_host *host);
    void (*destroy)(void *instance);
    /** Improves until done, cancelled, out of work or time. Results go through the host. */
    int32_t (*improve)(void *instance, const qwr_problem_view *problem);
} qwr_optimiser_functions;

typedef struct qwr_forecast_functions {
    uint32_t size;
    int32_t (*create)(void **instance, const qwr_host *host);
    void (*destroy)(void *instance);
    int32_t (*fit)(void *instance, const qwr_history_view *history);
    int32_t (*predict)(void *instance, const qwr_forecast_query *query,
                       qwr_forecast_answer *answer);
} qwr_forecast_functions;

struct qwr_solver_functions;

/** The descriptor. Everything in it is constant and lives as long as the module. */
typedef struct qwr_plugin {
    uint32_t size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t kind;         /**< qwr_plugin_kind */
    uint32_t capabilities; /**< QWR_CAP_* */
    uint32_t option_count;
    const char *id; /**< [a-z][a-z0-9-]{0,30} */
    const char *version;
    const char *summary; /**< One sentence. */
    const char *licence; /**< SPDX expression, of the module together with what it links. */
    const qwr_plugin_option *options;
    /** Exactly one is set, after `kind`. */
    const qwr_forecast_functions *forecast;
    const qwr_optimiser_functions *optimiser;
    const struct qwr_solver_functions *solver;
} qwr_plugin;

typedef const qwr_plugin *(*qwr_plugin_entry_fn)(uint32_t host_abi_minor);

#ifdef __cplusplus
}
#endif
#endif
