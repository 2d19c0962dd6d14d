/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Basic types: status codes, outcomes, typed indices, and what "not set" looks like.
 * Everything else in <quaywright/...> builds on this header; it includes nothing of ours.
 */
#ifndef QUAYWRIGHT_TYPES_H
#define QUAYWRIGHT_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define QWR_API          __attribute__((visibility("default")))
#define QWR_MUST_CHECK   __attribute__((warn_unused_result))
#define QWR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define QWR_API
#define QWR_MUST_CHECK
#define QWR_PRINTF(f, a)
#endif

/** Marks a symbol whose shape may still change in a minor version (see NEWS.md). */
#define QWR_EXPERIMENTAL

/** Value of an optional integer field that was not given. */
#define QWR_UNSET INT64_MIN

/** Value of a typed index that points at nothing. */
#define QWR_NONE UINT32_MAX

/** Handling time that says "this vessel may not use this berth". */
#define QWR_FORBIDDEN INT64_MAX

/**
 * Whether a call worked. What was found is a qwr_outcome: an infeasible scenario is an answer,
 * not an error. On any status but QWR_OK out-parameters are NULL or untouched, and the context
 * holds a chain of causes (qwr_context_cause()).
 */
typedef enum qwr_status {
    QWR_OK = 0,       /**< It worked. */
    QWR_EINVAL,       /**< An argument is outside its documented range. */
    QWR_ENOMEM,       /**< An allocation failed; nothing was changed. */
    QWR_EIO,          /**< A file could not be opened, read, written or renamed. */
    QWR_EFORMAT,      /**< A file's content does not follow its format; the cause names the line. */
    QWR_ESCENARIO,    /**< The scenario contradicts itself; the cause names the element. */
    QWR_EOVERFLOW,    /**< A quantity left its 64-bit or documented range. */
    QWR_ENOTFOUND,    /**< Nothing has this name. */
    QWR_ESTATE,       /**< The object is not in the state this call needs (e.g. already frozen). */
    QWR_EPLUGIN,      /**< A plugin broke its contract and was disabled. */
    QWR_ESOLVER,      /**< A solver backend broke its contract or cannot take this model. */
    QWR_EUNSUPPORTED, /**< This build or version cannot do it. */
    QWR_ETOOBIG       /**< The problem exceeds a stated limit (memory, rows, file size). */
} qwr_status;

/** What a search found. */
typedef enum qwr_outcome {
    QWR_OUTCOME_NONE = 0,  /**< No plan and no proof. */
    QWR_OUTCOME_FEASIBLE,  /**< A plan that passes the checker; the gap is not closed. */
    QWR_OUTCOME_OPTIMAL,   /**< A plan whose cost equals a proven bound. */
    QWR_OUTCOME_INFEASIBLE /**< No plan serves every call; the plan holds what can be placed. */
} qwr_outcome;

/** Why a search ended. */
typedef enum qwr_stop {
    QWR_STOP_DONE = 0, /**< Nothing was left to do. */
    QWR_STOP_DEADLINE, /**< The deadline came. */
    QWR_STOP_WORK,     /**< The work limit was used up. */
    QWR_STOP_CANCEL,   /**< qwr_context_cancel() was called. */
    QWR_STOP_LIMIT     /**< A size limit kept a stage from running to its end. */
} qwr_stop;

/* Typed indices: a berth index cannot be passed where a crane index is meant. */
typedef struct qwr_quay_ix {
    uint32_t v;
} qwr_quay_ix;
typedef struct qwr_berth_ix {
    uint32_t v;
} qwr_berth_ix;
typedef struct qwr_crane_ix {
    uint32_t v;
} qwr_crane_ix;
typedef struct qwr_call_ix {
    uint32_t v;
} qwr_call_ix;
typedef struct qwr_task_ix {
    uint32_t v;
} qwr_task_ix;
typedef struct qwr_node_ix {
    uint32_t v;
} qwr_node_ix;
typedef struct qwr_lane_ix {
    uint32_t v;
} qwr_lane_ix;
typedef struct qwr_block_ix {
    uint32_t v;
} qwr_block_ix;
typedef struct qwr_fleet_ix {
    uint32_t v;
} qwr_fleet_ix;
typedef struct qwr_vehicle_ix {
    uint32_t v;
} qwr_vehicle_ix;
typedef struct qwr_charger_ix {
    uint32_t v;
} qwr_charger_ix;
typedef struct qwr_window_ix {
    uint32_t v;
} qwr_window_ix;

/** Short name of a status, e.g. "QWR_ENOMEM". Never NULL. @thread any @since 0.1 */
QWR_API const char *qwr_status_name(qwr_status status);

/** Lower-case word for an outcome: none, feasible, optimal, infeasible. @thread any @since 0.1 */
QWR_API const char *qwr_outcome_name(qwr_outcome outcome);

/** Lower-case word for a stop reason: done, deadline, work, cancel, limit. @thread any @since 0.1
 */
QWR_API const char *qwr_stop_name(qwr_stop stop);

#ifdef __cplusplus
}
#endif
#endif
