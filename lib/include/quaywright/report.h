/* SPDX-License-Identifier: Apache-2.0 */
/* The report: a plan for people's eyes. Text for the terminal, SVG, one self-contained HTML file.
 */
#ifndef QUAYWRIGHT_REPORT_H
#define QUAYWRIGHT_REPORT_H

#include <quaywright/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Key figures of a plan under their TIC 4.0 names. Rates are milli (x 1000). Start from
 * qwr_kpi_init(). */
typedef struct qwr_kpi {
    uint32_t size;
    int64_t calls, placed, on_time, late; /**< Late: end after desired (else latest) departure. */
    int64_t gross_berth_s;                /**< Gross Berth Hours, in s: sum of (end - start). */
    int64_t wait_s, late_s;               /**< Sums. */
    int64_t crane_work_s;                 /**< Crane-seconds held. */
    int64_t moves;
    int64_t berth_use_milli;     /**< Hull metres x time over quay metres x span of the plan. */
    int64_t crane_use_milli;     /**< Cranes held over cranes available, same span. */
    int64_t crane_density_milli; /**< Mean cranes per vessel being worked. */
    int64_t qcm_milli;           /**< Moves per crane-hour held. */
    int64_t deviation_mm;        /**< Sum of |position - preferred|. */
    int64_t makespan_s;
} qwr_kpi;

QWR_API qwr_kpi qwr_kpi_init(void);

/** Computes the key figures. @return QWR_OK, QWR_EINVAL. @thread any @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_kpi(qwr_kpi *kpi, qwr_context *ctx,
                                               const qwr_plan *plan);

/**
 * Summary for a terminal window, about a screenful. @param columns width to fit, 0: 100.
 * @param text owned by caller; free with qwr_text_free(). @return QWR_OK, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_report_text(char **text, qwr_context *ctx,
                                                  const qwr_plan *plan,
                                                  const qwr_violations *violations, int columns);

/** The time-quay diagram as SVG, owned by caller. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_report_svg(char **svg, qwr_context *ctx,
                                                 const qwr_plan *plan);

/**
 * One HTML file that needs nothing else: time-quay diagram, cranes over time, table of calls, key
 * figures, violations if any. Holds no run times, paths or thread counts. Owned by caller.
 * @param violations may be NULL. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_report_html(char **html, qwr_context *ctx,
                                                  const qwr_plan *plan,
                                                  const qwr_violations *violations);

/** What a report draws, each a diagram of its own. @since 0.2 */
typedef enum qwr_chart {
    QWR_CHART_TIME_QUAY = 0, /**< Vessels in time and along the quays. */
    QWR_CHART_CRANES,        /**< A lane for each crane, named by a suggestion from the counts. */
    QWR_CHART_USE,           /**< Metres or berths taken, and cranes held, over time. */
    QWR_CHART_TIDE,          /**< Water level over time. */
    QWR_CHART_DEPTH          /**< Depth along the quays, and the draughts planned there. */
} qwr_chart;

/** "time-quay", "cranes", "use", "tide", "depth": good names for files. Static; NULL past the last.
 * @thread any @since 0.2 */
QWR_API const char *qwr_chart_name(qwr_chart chart);

/**
 * One diagram as an SVG document that stands alone.
 * @param svg owned by caller; free with qwr_text_free(). NULL, with QWR_OK, where the plan has
 *            nothing to show in this chart: no cranes, no tide, no depth.
 * @return QWR_OK, QWR_EINVAL (no such chart), QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_report_chart(char **svg, qwr_context *ctx,
                                                   const qwr_plan *plan, qwr_chart chart);

/**
 * One HTML file on two plans: the diagram of `after` with its changes from `before` marked (an
 * outline and an arrow from where a vessel was, colours for what moved, is new, or has lost its
 * place), and the changes in sentences. Calls and places match by id, times by the clock.
 * @param before     may belong to another scenario.
 * @param violations of `after`; may be NULL.
 * @param html       owned by caller; free with qwr_text_free().
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_report_diff_html(char **html, qwr_context *ctx,
                                                       const qwr_plan *before,
                                                       const qwr_plan *after,
                                                       const qwr_violations *violations);

#ifdef __cplusplus
}
#endif
#endif
