/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Free MPS. The offset is the objective coefficient of a column "offset" fixed at 1: readers
 * disagree about the sign of a right-hand side of the objective (GLPK 5.0 and CPLEX do). Knows no
 * solver.
 */
#include "io/milp.h"

#include <inttypes.h>

/* The one or two names a row has. */
static const char *const no_suffix[] = {"", NULL};
static const char *const two_suffixes[] = {"_low", "_up", NULL};

static const char *const *suffixes(const qwr_milp_view *m, uint32_t i)
{
    const qwr__milp_sides sides = qwr__milp_row_sides(m, i);
    return sides.below && sides.above && !sides.fixed ? two_suffixes : no_suffix;
}

/* `which` of the two rows of a row bounded on both sides. */
static char row_sense(const qwr_milp_view *m, uint32_t i, int which)
{
    const qwr__milp_sides sides = qwr__milp_row_sides(m, i);
    if (sides.fixed)
        return 'E';
    if (sides.below && which == 0)
        return 'G';
    return sides.above ? 'L' : 'N';
}

static qwr_status put_mps_rows(qwr__milp_writer *w)
{
    qwr__text_add(&w->out.text, "ROWS\n N obj\n");
    for (uint32_t i = 0; i < w->model->row_count; i++) {
        const char *const *suffix = suffixes(w->model, i);
        for (int which = 0; suffix[which]; which++)
            qwr__text_add(&w->out.text, " %c r%" PRIu32 "%s\n", row_sense(w->model, i, which),
                          i + 1, suffix[which]);
        QWR_TRY(qwr__out_flush(&w->out));
    }
    return QWR_OK;
}

static void put_mps_entry(qwr__milp_writer *w, uint32_t j, uint64_t k)
{
    const uint32_t row = w->model->row_index[k];
    for (const char *const *suffix = suffixes(w->model, row); *suffix; suffix++) {
        qwr__text_add(&w->out.text, " x%" PRIu32 " r%" PRIu32 "%s ", j + 1, row + 1, *suffix);
        qwr__milp_put_number(w, w->model->value[k]);
        qwr__text_add(&w->out.text, "\n");
    }
}

static qwr_status put_mps_columns(qwr__milp_writer *w)
{
    const qwr_milp_view *m = w->model;
    bool integer = false;
    unsigned marker = 0;
    qwr__text_add(&w->out.text, "COLUMNS\n");
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (integer != (m->integer[j] != 0)) {
            integer = !integer;
            qwr__text_add(&w->out.text, " m%u 'MARKER' '%s'\n", ++marker,
                          integer ? "INTORG" : "INTEND");
        }
        qwr__text_add(&w->out.text, " x%" PRIu32 " obj ", j + 1);
        qwr__milp_put_number(w, m->cost[j]);
        qwr__text_add(&w->out.text, "\n");
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++)
            put_mps_entry(w, j, k);
        QWR_TRY(qwr__out_flush(&w->out));
    }
    if (integer)
        qwr__text_add(&w->out.text, " m%u 'MARKER' 'INTEND'\n", ++marker);
    qwr__text_add(&w->out.text, " offset obj ");
    qwr__milp_put_number(w, m->offset);
    qwr__text_add(&w->out.text, "\n");
    return QWR_OK;
}

static qwr_status put_mps_sides(qwr__milp_writer *w)
{
    const qwr_milp_view *m = w->model;
    qwr__text_add(&w->out.text, "RHS\n");
    for (uint32_t i = 0; i < m->row_count; i++) {
        const char *const *suffix = suffixes(m, i);
        for (int which = 0; suffix[which] && row_sense(m, i, which) != 'N'; which++) {
            qwr__text_add(&w->out.text, " rhs r%" PRIu32 "%s ", i + 1, suffix[which]);
            qwr__milp_put_number(w,
                                 row_sense(m, i, which) == 'L' ? m->row_upper[i] : m->row_lower[i]);
            qwr__text_add(&w->out.text, "\n");
        }
        QWR_TRY(qwr__out_flush(&w->out));
    }
    return QWR_OK;
}

static void put_mps_bound(qwr__milp_writer *w, const char *kind, uint32_t j, const double *value)
{
    qwr__text_add(&w->out.text, " %s bnd x%" PRIu32, kind, j + 1);
    if (value) {
        qwr__text_add(&w->out.text, " ");
        qwr__milp_put_number(w, *value);
    }
    qwr__text_add(&w->out.text, "\n");
}

/* Lower before upper, and the lower written out even where it is 0: readers disagree otherwise. */
static qwr_status put_mps_bounds(qwr__milp_writer *w, uint32_t j)
{
    const double *lower = &w->model->lower[j], *upper = &w->model->upper[j];
    if (qwr__milp_is_free_below(*lower) && qwr__milp_is_free_above(*upper)) {
        put_mps_bound(w, "FR", j, NULL);
        return QWR_OK;
    }
    if (*lower == *upper) {
        put_mps_bound(w, "FX", j, lower);
        return QWR_OK;
    }
    if (qwr__milp_is_free_below(*lower))
        put_mps_bound(w, "MI", j, NULL);
    else
        put_mps_bound(w, "LO", j, lower);
    if (qwr__milp_is_free_above(*upper))
        put_mps_bound(w, "PL", j, NULL);
    else
        put_mps_bound(w, "UP", j, upper);
    return qwr__out_flush(&w->out);
}

qwr_status qwr__milp_write_mps(qwr__milp_writer *w)
{
    qwr__text_add(&w->out.text, "NAME ");
    qwr__milp_put_name(w);
    qwr__text_add(&w->out.text, "\n");
    QWR_TRY(put_mps_rows(w));
    QWR_TRY(put_mps_columns(w));
    QWR_TRY(put_mps_sides(w));
    qwr__text_add(&w->out.text, "BOUNDS\n FX bnd offset 1\n");
    for (uint32_t j = 0; j < w->model->column_count; j++)
        QWR_TRY(put_mps_bounds(w, j));
    qwr__text_add(&w->out.text, "ENDATA\n");
    return QWR_OK;
}
