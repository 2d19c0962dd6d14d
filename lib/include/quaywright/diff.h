/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What moved: the difference of two plans, or of two scenarios, as data and in sentences. Entities
 * are matched by id and times by the epoch, so the two sides may come from different files, days
 * and programs.
 */
#ifndef QUAYWRIGHT_DIFF_H
#define QUAYWRIGHT_DIFF_H

#include <quaywright/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_diff qwr_diff;

typedef enum qwr_change_kind {
    QWR_CHANGE_MOVED = 0, /**< A stay is elsewhere, at another time, or has other cranes. */
    QWR_CHANGE_PLACED,    /**< A call that had no place has one. */
    QWR_CHANGE_LOST,      /**< A call that had a place has none. */
    QWR_CHANGE_ADDED,     /**< Only the later side has it. */
    QWR_CHANGE_REMOVED,   /**< Only the earlier side has it. */
    QWR_CHANGE_EDITED     /**< An attribute of an entity differs (scenarios only). */
} qwr_change_kind;

/** What of a stay moved: bits of qwr_change.moved. */
#define QWR_MOVED_PLACE  0x1u /**< Quay or berth. */
#define QWR_MOVED_ALONG  0x2u /**< Position on the same quay. */
#define QWR_MOVED_START  0x4u
#define QWR_MOVED_END    0x8u
#define QWR_MOVED_CRANES 0x10u

/** One difference. Everything is borrowed from the diff, stays from the plans. */
typedef struct qwr_change {
    uint32_t size;
    qwr_change_kind kind;
    const char *entity; /**< "stay" (plans), else the element as in files: "call", "crane", ... */
    const char *id;     /**< Of the entity; "" where rows have none. */
    const char *vessel; /**< Name of the vessel of a stay or call, or NULL. */
    const char *field;  /**< EDITED: the attribute as in files, e.g. "eta"; else NULL. */
    const char *before; /**< EDITED: its value as in files; rows: their attributes. NULL: none. */
    const char *after;
    const qwr_stay *stay_before; /**< Stays of a plan's call, NULL on a side that lacks it. */
    const qwr_stay *stay_after;
    uint32_t moved;            /**< MOVED: bits of QWR_MOVED_*. */
    int64_t start_delta_s;     /**< Later is positive. 0 unless both sides are placed. */
    int64_t end_delta_s;       /**< As above. */
    int64_t position_delta_mm; /**< On the same quay; upwards is positive. */
    int64_t cranes_delta;
    int64_t cost_delta_mu; /**< Of the stay; a stay that is not there costs nothing. */
    const char *sentence;  /**< For people. */
} qwr_change;

/** Sums over a diff of two plans. Start from qwr_diff_summary_init(). */
typedef struct qwr_diff_summary {
    uint32_t size;
    int64_t common;          /**< Calls both plans place. */
    int64_t moved;           /**< Of these, stays that changed. */
    int64_t placed;          /**< Placed now, not before (calls of both sides). */
    int64_t lost;            /**< The other way round. */
    int64_t added;           /**< Calls, or rows, of the later side only. */
    int64_t removed;         /**< Of the earlier side only. */
    int64_t edited;          /**< Attributes that differ (scenarios). */
    int64_t moved_s;         /**< Sum of |start delta|. */
    int64_t moved_mm;        /**< Sum of |position delta| on the same quay. */
    int64_t moved_place;     /**< Stays at another quay or berth. */
    int64_t moved_cranes;    /**< Sum of |crane delta|. */
    int64_t cost_delta_mu;   /**< Of the plans as wholes. */
    int64_t stability_milli; /**< Plan stability: unchanged share of `common`; 1000 if it is 0. */
} qwr_diff_summary;

QWR_API qwr_diff_summary qwr_diff_summary_init(void);

/**
 * What differs from `before` to `after`: changes in the order of the earlier plan's calls, then the
 * later plan's new ones. A stay counts as moved if quay, berth, position, start, end or cranes
 * differ; costs alone do not. O(calls).
 * @param out    owned by caller; free with qwr_diff_free() before the plans.
 * @param before may belong to another scenario than `after`; if either has no epoch, seconds are
 *               compared as they are.
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_diff(qwr_diff **out, qwr_context *ctx,
                                                const qwr_plan *before, const qwr_plan *after);

/**
 * What differs between two scenarios: attributes under their names and units in files, entities and
 * rows only one side has. Rows without an id (tide, handling, ...) are compared as sets.
 * O(n log n) for n rows.
 * @param out owned by caller; free with qwr_diff_free(). Holds no pointer into the scenarios.
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_diff(qwr_diff **out, qwr_context *ctx,
                                                    const qwr_scenario *before,
                                                    const qwr_scenario *after);

/** Frees a diff; NULL is allowed. @since 0.2 */
QWR_API void qwr_diff_free(qwr_diff *diff);
/** Number of changes; 0: the two sides say the same. @thread any @since 0.2 */
QWR_API size_t qwr_diff_count(const qwr_diff *diff);
/** The i-th change, borrowed; NULL past the end. @thread any @since 0.2 */
QWR_API const qwr_change *qwr_diff_get(const qwr_diff *diff, size_t i);
/** Fills *summary; `summary->size` must be set. @return QWR_OK, QWR_EINVAL. @thread any @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_diff_summarise(qwr_diff_summary *summary,
                                                     const qwr_diff *diff);

/** Lower-case word for a kind: moved, placed, lost, added, removed, edited. @thread any @since 0.2
 */
QWR_API const char *qwr_change_kind_name(qwr_change_kind kind);

#ifdef __cplusplus
}
#endif
#endif
