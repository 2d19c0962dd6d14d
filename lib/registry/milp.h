/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A MILP handed to a backend: is the model sound, is the answer true? Pure functions over the
 * views, and the run of one backend. Knows no berth and no candidate.
 */
#ifndef QWR_REGISTRY_MILP_H
#define QWR_REGISTRY_MILP_H

#include "registry/registry.h"

/** Feasibility and objective tolerance, relative to max(1, size of the numbers compared). */
#define QWR__MILP_TOLERANCE 1e-6

/** Columns, rows, entries at most: backends count with int. */
#define QWR__MILP_COUNT_MAX (UINT32_C(1) << 30)

/** Doubles of scratch space the checks below need. */
#define QWR__MILP_SCRATCH(model) (2 * (size_t)(model)->row_count)

/**
 * Sizes, finiteness, order of rows, bounds; `start`, if given, is feasible.
 * @param scratch  [QWR__MILP_SCRATCH], used only if there is a start.
 * @return QWR_OK, QWR_EINVAL with a sentence.
 */
qwr_status qwr__milp_check_model(const qwr_milp_view *model, double *scratch, char *message,
                                 size_t capacity);

/** Sizes and finiteness of the limits. QWR_OK, or QWR_EINVAL with a sentence. */
qwr_status qwr__milp_check_limits(const qwr_milp_limits *limits, char *message, size_t capacity);

/** Is `point`, once rounded and clamped, within bounds, rows and (unless `relax`) integrality? */
bool qwr__milp_check_point(double *objective, const double *point, const qwr_milp_view *model,
                           bool relax, double *scratch, char *message, size_t capacity);

/**
 * Is the answer true as far as it can be seen? Rounds integer columns, clamps columns to their
 * bounds, recomputes the objective, lowers a bound that rounding put above it. A point that is not
 * below the cutoff is taken out of the answer without complaint.
 * @return QWR_OK, QWR_ESOLVER with a sentence.
 */
qwr_status qwr__milp_check_answer(qwr_milp_answer *answer, const qwr_milp_view *model,
                                  const qwr_milp_limits *limits, double *scratch, char *message,
                                  size_t capacity);

/** Limits without a limit. */
qwr_milp_limits qwr__milp_no_limits(void);

/**
 * Creates an instance of the backend, solves, destroys it, on a thread of its own and on a copy of
 * the model; the answer is NOT checked. Model and limits must have passed their checks.
 * @return QWR_OK, the backend's status, QWR_EPLUGIN, QWR_ENOMEM.
 */
qwr_status qwr__milp_run(qwr_milp_answer *answer, qwr_context *ctx, const qwr_plugin *plugin,
                         const qwr_milp_view *model, const qwr_milp_limits *limits);

#endif
