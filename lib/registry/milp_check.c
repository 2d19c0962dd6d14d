/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Second look at what goes into a solver backend and at what comes out of it. Pure: no context, no
 * allocation. Must never know which backend it was.
 */
#include "registry/milp.h"

#include <math.h>
#include <stdio.h>

typedef struct sentence {
    char *text;
    size_t capacity;
    qwr_status status; /* returned with every sentence */
} sentence;

static qwr_status refuse(const sentence *out, const char *format, ...) QWR_PRINTF(2, 3);

static qwr_status refuse(const sentence *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (out->capacity > 0)
        (void)vsnprintf(out->text, out->capacity, format, args);
    va_end(args);
    return out->status;
}

static double tolerance_at(double size)
{
    return QWR__MILP_TOLERANCE * fmax(1.0, fabs(size));
}

/** A proof is worth nothing if a whole cost unit fits between bound and value. */
static double proof_tolerance(double objective)
{
    return fmax(QWR__MILP_TOLERANCE, 1e-9 * fabs(objective));
}

/* --- the model -------------------------------------------------------------------------------- */

static qwr_status check_bounds(const sentence *out, const char *what, uint32_t i, double lower,
                               double upper)
{
    if (isnan(lower) || isnan(upper) || fabs(lower) > QWR_MILP_INFINITY ||
        fabs(upper) > QWR_MILP_INFINITY)
        return refuse(out, "%s %u has a bound that is not a number from -1e30 to 1e30", what,
                      (unsigned)i);
    if (lower > upper)
        return refuse(out, "%s %u has a lower bound above its upper bound", what, (unsigned)i);
    if (lower >= QWR_MILP_INFINITY || upper <= -QWR_MILP_INFINITY)
        return refuse(out, "%s %u has an infinite bound on the wrong side", what, (unsigned)i);
    return QWR_OK;
}

static qwr_status check_columns(const sentence *out, const qwr_milp_view *m)
{
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (!isfinite(m->cost[j]) || fabs(m->cost[j]) >= QWR_MILP_INFINITY)
            return refuse(out, "column %u has a cost that is not finite", (unsigned)j);
        if (m->integer[j] > 1)
            return refuse(out, "column %u: integer is %u, expected 0 or 1", (unsigned)j,
                          (unsigned)m->integer[j]);
        QWR_TRY(check_bounds(out, "column", j, m->lower[j], m->upper[j]));
    }
    return QWR_OK;
}

static qwr_status check_entries(const sentence *out, const qwr_milp_view *m)
{
    if (m->column_begin[0] != 0 || m->column_begin[m->column_count] != m->entry_count)
        return refuse(out, "column_begin does not run from 0 to entry_count");
    for (uint32_t j = 0; j < m->column_count; j++) {
        uint64_t begin = m->column_begin[j];
        uint64_t end = m->column_begin[j + 1];
        if (begin > end || end > m->entry_count)
            return refuse(out, "column_begin falls at column %u", (unsigned)j);
        for (uint64_t k = begin; k < end; k++) {
            if (m->row_index[k] >= m->row_count)
                return refuse(out, "column %u names row %u of %u", (unsigned)j,
                              (unsigned)m->row_index[k], (unsigned)m->row_count);
            if (k > begin && m->row_index[k] <= m->row_index[k - 1])
                return refuse(out, "the rows of column %u do not rise", (unsigned)j);
            if (!isfinite(m->value[k]) || fabs(m->value[k]) >= QWR_MILP_INFINITY)
                return refuse(out, "column %u has a value in row %u that is not finite",
                              (unsigned)j, (unsigned)m->row_index[k]);
        }
    }
    return QWR_OK;
}

static qwr_status check_arrays(const sentence *out, const qwr_milp_view *m)
{
    if (m->size < sizeof *m)
        return refuse(out, "the model has size %u, expected %zu", (unsigned)m->size, sizeof *m);
    if (m->column_count > QWR__MILP_COUNT_MAX || m->row_count > QWR__MILP_COUNT_MAX ||
        m->entry_count > QWR__MILP_COUNT_MAX)
        return refuse(out, "the model has more than 2^30 columns, rows or entries");
    if (m->column_count > 0 &&
        (m->cost == NULL || m->lower == NULL || m->upper == NULL || m->integer == NULL))
        return refuse(out, "an array of the columns is missing");
    if (m->row_count > 0 && (m->row_lower == NULL || m->row_upper == NULL))
        return refuse(out, "an array of the rows is missing");
    if (m->column_begin == NULL ||
        (m->entry_count > 0 && (m->row_index == NULL || m->value == NULL)))
        return refuse(out, "an array of the entries is missing");
    if (!isfinite(m->offset))
        return refuse(out, "the offset is not finite");
    return QWR_OK;
}

qwr_status qwr__milp_check_model(const qwr_milp_view *model, double *scratch, char *message,
                                 size_t capacity)
{
    const sentence out = {message, capacity, QWR_EINVAL};
    if (model == NULL)
        return refuse(&out, "there is no model");
    QWR_TRY(check_arrays(&out, model));
    QWR_TRY(check_entries(&out, model));
    QWR_TRY(check_columns(&out, model));
    for (uint32_t i = 0; i < model->row_count; i++)
        QWR_TRY(check_bounds(&out, "row", i, model->row_lower[i], model->row_upper[i]));
    if (model->start == NULL)
        return QWR_OK;
    char why[200];
    double objective;
    if (!qwr__milp_check_point(&objective, model->start, model, false, scratch, why, sizeof why))
        return refuse(&out, "the start point is not feasible: %s", why);
    return QWR_OK;
}

qwr_milp_limits qwr__milp_no_limits(void)
{
    return (qwr_milp_limits){.size = sizeof(qwr_milp_limits),
                             .deadline_us = -1,
                             .node_limit = -1,
                             .cutoff = QWR_MILP_INFINITY};
}

qwr_status qwr__milp_check_limits(const qwr_milp_limits *limits, char *message, size_t capacity)
{
    const sentence out = {message, capacity, QWR_EINVAL};
    if (limits->size < sizeof *limits)
        return refuse(&out, "the limits have size %u, expected %zu", (unsigned)limits->size,
                      sizeof *limits);
    if (!isfinite(limits->cutoff))
        return refuse(&out, "the cutoff is not finite; 1e30 stands for none");
    if (limits->relax > 1)
        return refuse(&out, "relax is %u, expected 0 or 1", (unsigned)limits->relax);
    return QWR_OK;
}

/* --- a point ---------------------------------------------------------------------------------- */

/** The value meant by x: on the integer it is near, within the bounds it touches. */
static double snapped(const qwr_milp_view *m, bool relax, uint32_t j, double x)
{
    if (m->integer[j] && !relax)
        return round(x);
    return fmin(fmax(x, m->lower[j]), m->upper[j]);
}

static qwr_status check_values(const sentence *out, const double *point, const qwr_milp_view *m,
                               bool relax)
{
    for (uint32_t j = 0; j < m->column_count; j++) {
        double x = point[j];
        if (!isfinite(x))
            return refuse(out, "column %u is not finite", (unsigned)j);
        if (m->integer[j] && !relax && fabs(x - round(x)) > QWR__MILP_TOLERANCE)
            return refuse(out, "column %u is not integer", (unsigned)j);
        double meant = m->integer[j] && !relax ? round(x) : x;
        if (meant < m->lower[j] - tolerance_at(m->lower[j]) ||
            meant > m->upper[j] + tolerance_at(m->upper[j]))
            return refuse(out, "column %u is outside its bounds", (unsigned)j);
    }
    return QWR_OK;
}

/** scratch: activities of the rows, then the sums of the absolute terms, for the rounding they
 * carry. */
static void sum_rows(double *scratch, const double *point, const qwr_milp_view *m, bool relax)
{
    double *activity = scratch;
    double *terms = scratch + m->row_count;
    for (uint32_t i = 0; i < m->row_count; i++)
        activity[i] = terms[i] = 0.0;
    for (uint32_t j = 0; j < m->column_count; j++) {
        double x = snapped(m, relax, j, point[j]);
        for (uint64_t k = m->column_begin[j]; x != 0.0 && k < m->column_begin[j + 1]; k++) {
            activity[m->row_index[k]] += m->value[k] * x;
            terms[m->row_index[k]] += fabs(m->value[k] * x);
        }
    }
}

bool qwr__milp_check_point(double *objective, const double *point, const qwr_milp_view *model,
                           bool relax, double *scratch, char *message, size_t capacity)
{
    const sentence out = {message, capacity, QWR_ESOLVER};
    if (check_values(&out, point, model, relax) != QWR_OK)
        return false;
    sum_rows(scratch, point, model, relax);
    for (uint32_t i = 0; i < model->row_count; i++) {
        double rounding = 1e-9 * scratch[model->row_count + i];
        double lower = model->row_lower[i];
        double upper = model->row_upper[i];
        if (!isfinite(scratch[i]) || scratch[i] < lower - tolerance_at(lower) - rounding ||
            scratch[i] > upper + tolerance_at(upper) + rounding) {
            (void)refuse(&out, "row %u is violated", (unsigned)i);
            return false;
        }
    }
    double sum = model->offset;
    for (uint32_t j = 0; j < model->column_count; j++)
        sum += model->cost[j] * snapped(model, relax, j, point[j]);
    *objective = sum;
    return true;
}

/* --- the answer ------------------------------------------------------------------------------- */

/** Empties the answer of its point, keeping what was proved. */
static void take_point_out(qwr_milp_answer *answer, const qwr_milp_view *m)
{
    for (uint32_t j = 0; j < m->column_count; j++)
        answer->point[j] = 0.0;
    answer->objective = QWR_MILP_INFINITY;
}

static qwr_status check_found(const sentence *out, qwr_milp_answer *answer, const qwr_milp_view *m,
                              const qwr_milp_limits *limits, double *scratch)
{
    char why[200];
    double objective;
    bool relax = limits->relax != 0;
    if (!qwr__milp_check_point(&objective, answer->point, m, relax, scratch, why, sizeof why))
        return refuse(out, "it claims a feasible point, but %s", why);
    if (!isfinite(answer->objective) ||
        fabs(answer->objective - objective) > tolerance_at(objective))
        return refuse(out, "its objective is not that of its point");
    answer->objective = objective;
    for (uint32_t j = 0; j < m->column_count; j++)
        answer->point[j] = snapped(m, relax, j, answer->point[j]);
    if (answer->bound > objective + tolerance_at(objective))
        return refuse(out, "its bound is above the objective of its own point");
    answer->bound = fmin(answer->bound, objective);
    if (answer->state == QWR_MILP_OPTIMAL && answer->bound < objective - proof_tolerance(objective))
        return refuse(out, "it claims an optimum, but its bound is below the objective");
    if (limits->cutoff < QWR_MILP_INFINITY && objective >= limits->cutoff) {
        answer->state = QWR_MILP_UNKNOWN;
        take_point_out(answer, m);
    }
    return QWR_OK;
}

/** What a feasible start point contradicts. It has been checked with the model. */
static qwr_status check_against_start(const sentence *out, const qwr_milp_answer *answer,
                                      const qwr_milp_view *m, const qwr_milp_limits *limits,
                                      double *scratch)
{
    char why[200];
    double objective;
    if (m->start == NULL ||
        !qwr__milp_check_point(&objective, m->start, m, false, scratch, why, sizeof why))
        return QWR_OK;
    if (objective >= limits->cutoff)
        return QWR_OK;
    if (answer->state == QWR_MILP_INFEASIBLE)
        return refuse(out, "it claims there is no feasible point, but the start point is one");
    if (answer->bound > objective + tolerance_at(objective))
        return refuse(out, "its bound is above the objective of the start point");
    return QWR_OK;
}

qwr_status qwr__milp_check_answer(qwr_milp_answer *answer, const qwr_milp_view *model,
                                  const qwr_milp_limits *limits, double *scratch, char *message,
                                  size_t capacity)
{
    const sentence out = {message, capacity, QWR_ESOLVER};
    if ((int)answer->state < QWR_MILP_UNKNOWN || answer->state > QWR_MILP_UNBOUNDED)
        return refuse(&out, "its state %d has no meaning", (int)answer->state);
    if (isnan(answer->bound) || isnan(answer->objective))
        return refuse(&out, "its objective or bound is not a number");
    if (answer->nodes < 0 || answer->iterations < 0)
        return refuse(&out, "it counts nodes or iterations below zero");
    answer->bound = fmin(fmax(answer->bound, -QWR_MILP_INFINITY), QWR_MILP_INFINITY);
    if (answer->state == QWR_MILP_FEASIBLE || answer->state == QWR_MILP_OPTIMAL)
        QWR_TRY(check_found(&out, answer, model, limits, scratch));
    else
        take_point_out(answer, model);
    QWR_TRY(check_against_start(&out, answer, model, limits, scratch));
    for (uint32_t i = 0; answer->dual != NULL && i < model->row_count; i++)
        if (!isfinite(answer->dual[i]))
            return refuse(&out, "the multiplier of row %u is not finite", (unsigned)i);
    return QWR_OK;
}
