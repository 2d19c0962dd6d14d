/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CPLEX LP. The offset is the coefficient of a column "offset" fixed at 1, because readers disagree
 * about constants in the objective. Knows no solver.
 */
#include "io/milp.h"

#include <inttypes.h>
#include <math.h>

#define WHERE "io.milp_lp"
/* The oldest readers stop at 560 characters a line. */
#define LINE_TERMS 8

/* The entries by row: LP is written row by row, the view is by column. */
typedef struct rows {
    uint64_t *begin;
    uint32_t *column;
    double *value;
} rows;

static bool is_binary(const qwr_milp_view *model, uint32_t j)
{
    return model->integer[j] && model->lower[j] == 0 && model->upper[j] == 1;
}

static qwr_status transpose(qwr__milp_writer *w, rows *r)
{
    const qwr_milp_view *m = w->model;
    if (m->entry_count >= SIZE_MAX / sizeof(double))
        return qwr__fail(w->ctx, QWR_ETOOBIG, WHERE, w->out.path, 0, "too many entries");
    r->begin = qwr__alloc(w->ctx, (size_t)m->row_count + 2, sizeof *r->begin);
    r->column = qwr__alloc(w->ctx, (size_t)m->entry_count + 1, sizeof *r->column);
    r->value = qwr__alloc(w->ctx, (size_t)m->entry_count + 1, sizeof *r->value);
    if (!r->begin || !r->column || !r->value)
        return qwr__no_memory(w->ctx, WHERE);
    /* Counts stand two places ahead; filling moves each begin up to the next row's, so that in the
     * end begin[i] is where row i begins. */
    for (uint64_t k = 0; k < m->entry_count; k++)
        r->begin[(size_t)m->row_index[k] + 2]++;
    for (size_t i = 2; i < (size_t)m->row_count + 2; i++)
        r->begin[i] += r->begin[i - 1];
    for (uint32_t j = 0; j < m->column_count; j++)
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++) {
            uint64_t to = r->begin[(size_t)m->row_index[k] + 1]++;
            r->column[to] = j;
            r->value[to] = m->value[k];
        }
    return QWR_OK;
}

static void put_term(qwr__milp_writer *w, size_t place, double value, uint32_t j)
{
    qwr__text_add(&w->out.text, place && place % LINE_TERMS == 0 ? "\n  %s " : " %s ",
                  value < 0 ? "-" : "+");
    qwr__milp_put_number(w, fabs(value));
    qwr__text_add(&w->out.text, " x%" PRIu32, j + 1);
}

static void put_lp_objective(qwr__milp_writer *w)
{
    size_t place = 0;
    qwr__text_add(&w->out.text, "Minimize\n obj:");
    for (uint32_t j = 0; j < w->model->column_count; j++)
        if (w->model->cost[j] != 0)
            put_term(w, place++, w->model->cost[j], j);
    qwr__text_add(&w->out.text, w->model->offset < 0 ? " - " : " + ");
    qwr__milp_put_number(w, fabs(w->model->offset));
    qwr__text_add(&w->out.text, " offset\n");
}

static qwr_status put_lp_row(qwr__milp_writer *w, const rows *r, uint32_t i, const char *suffix,
                             const char *sense, double right)
{
    qwr__text_add(&w->out.text, " r%" PRIu32 "%s:", i + 1, suffix);
    for (uint64_t k = r->begin[i]; k < r->begin[(size_t)i + 1]; k++)
        put_term(w, (size_t)(k - r->begin[i]), r->value[k], r->column[k]);
    if (r->begin[i] == r->begin[(size_t)i + 1])
        qwr__text_add(&w->out.text, " 0 offset");
    qwr__text_add(&w->out.text, " %s ", sense);
    qwr__milp_put_number(w, right);
    qwr__text_add(&w->out.text, "\n");
    return qwr__out_flush(&w->out);
}

static qwr_status put_lp_rows(qwr__milp_writer *w, const rows *r)
{
    const qwr_milp_view *m = w->model;
    qwr__text_add(&w->out.text, "Subject To\n");
    for (uint32_t i = 0; i < m->row_count; i++) {
        const qwr__milp_sides sides = qwr__milp_row_sides(m, i);
        if (sides.fixed) {
            QWR_TRY(put_lp_row(w, r, i, "", "=", m->row_lower[i]));
            continue;
        }
        if (sides.below)
            QWR_TRY(put_lp_row(w, r, i, sides.above ? "_low" : "", ">=", m->row_lower[i]));
        if (sides.above)
            QWR_TRY(put_lp_row(w, r, i, sides.below ? "_up" : "", "<=", m->row_upper[i]));
        if (!sides.below && !sides.above)
            qwr__text_add(&w->out.text, "\\ r%" PRIu32 " has no bounds\n", i + 1);
    }
    return QWR_OK;
}

static qwr_status put_lp_bound(qwr__milp_writer *w, uint32_t j)
{
    const double lower = w->model->lower[j], upper = w->model->upper[j];
    qwr__text_add(&w->out.text, " ");
    if (qwr__milp_is_free_below(lower) && qwr__milp_is_free_above(upper)) {
        qwr__text_add(&w->out.text, "x%" PRIu32 " free\n", j + 1);
        return QWR_OK;
    }
    if (qwr__milp_is_free_below(lower))
        qwr__text_add(&w->out.text, "-inf");
    else
        qwr__milp_put_number(w, lower);
    qwr__text_add(&w->out.text, " <= x%" PRIu32, j + 1);
    if (!qwr__milp_is_free_above(upper)) {
        qwr__text_add(&w->out.text, " <= ");
        qwr__milp_put_number(w, upper);
    }
    qwr__text_add(&w->out.text, "\n");
    return qwr__out_flush(&w->out);
}

static void put_lp_integers(qwr__milp_writer *w, const char *section, bool binary)
{
    size_t place = 0;
    for (uint32_t j = 0; j < w->model->column_count; j++) {
        if (!w->model->integer[j] || is_binary(w->model, j) != binary)
            continue;
        if (place == 0)
            qwr__text_add(&w->out.text, "%s\n", section);
        qwr__text_add(&w->out.text, " x%" PRIu32 "%s", j + 1, ++place % LINE_TERMS ? "" : "\n");
    }
    if (place % LINE_TERMS)
        qwr__text_add(&w->out.text, "\n");
}

static qwr_status write_lp(qwr__milp_writer *w, rows *r)
{
    QWR_TRY(transpose(w, r));
    qwr__text_add(&w->out.text, "\\ ");
    qwr__milp_put_name(w);
    qwr__text_add(&w->out.text, "\n");
    put_lp_objective(w);
    QWR_TRY(put_lp_rows(w, r));
    qwr__text_add(&w->out.text, "Bounds\n offset = 1\n");
    for (uint32_t j = 0; j < w->model->column_count; j++)
        if (!is_binary(w->model, j))
            QWR_TRY(put_lp_bound(w, j));
    put_lp_integers(w, "Generals", false);
    put_lp_integers(w, "Binaries", true);
    qwr__text_add(&w->out.text, "End\n");
    return QWR_OK;
}

qwr_status qwr__milp_write_lp(qwr__milp_writer *w)
{
    rows r = {NULL, NULL, NULL};
    qwr_status status = write_lp(w, &r);
    qwr__free(w->ctx, r.begin);
    qwr__free(w->ctx, r.column);
    qwr__free(w->ctx, r.value);
    return status;
}
