/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a MILP in rows view as CPLEX LP or free MPS, exactly as it was solved: rows r1.., columns
 * x1.., numbers that read back to the same double in any locale. A row bounded on both sides is two
 * rows r1_low, r1_up: readers disagree about double bounds, and a range is a rounded difference.
 * Knows no solver.
 */
#include "io/milp.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define WHERE "io.milp_write"

/* --- numbers -----------------------------------------------------------------------------------
 */

/* Integral doubles as integers; else the shortest of 15 to 17 digits that comes back the same. */
static void number_text(char text[40], double value)
{
    if (value == 0) {
        snprintf(text, 40, "0");
        return;
    }
    if (fabs(value) < 1e15 && value == floor(value)) {
        snprintf(text, 40, "%" PRId64, (int64_t)value);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        char raw[40];
        double back;
        size_t n = 0;
        snprintf(raw, sizeof raw, "%.*g", digits, value);
        for (const char *c = raw; *c; c++) {
            bool plain = (*c >= '0' && *c <= '9') || strchr("+-e", *c);
            /* What is left is the decimal point of the locale, one or more bytes. */
            if (plain)
                text[n++] = *c;
            else if (n == 0 || text[n - 1] != '.')
                text[n++] = '.';
        }
        text[n] = '\0';
        if (qwr__parse_double(&back, text) && back == value)
            return;
    }
}

void qwr__milp_put_number(qwr__milp_writer *w, double value)
{
    char text[40];
    number_text(text, value);
    qwr__text_put(&w->out.text, text, strlen(text));
}

bool qwr__milp_is_free_below(double bound)
{
    return bound <= -QWR_MILP_INFINITY;
}

bool qwr__milp_is_free_above(double bound)
{
    return bound >= QWR_MILP_INFINITY;
}

qwr__milp_sides qwr__milp_row_sides(const qwr_milp_view *model, uint32_t row)
{
    const double lower = model->row_lower[row], upper = model->row_upper[row];
    return (qwr__milp_sides){.below = !qwr__milp_is_free_below(lower),
                             .above = !qwr__milp_is_free_above(upper),
                             .fixed = lower == upper};
}

/* --- checking the view ---------------------------------------------------------------------------
 */

static qwr_status bad_model(qwr__milp_writer *w, const char *what, uint64_t i)
{
    return qwr__fail(w->ctx, QWR_EINVAL, WHERE, w->out.path, 0,
                     "the model's %s %" PRIu64 " is not valid", what, i);
}

static qwr_status check_columns(qwr__milp_writer *w)
{
    const qwr_milp_view *m = w->model;
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (!isfinite(m->cost[j]) || fabs(m->cost[j]) >= QWR_MILP_INFINITY)
            return bad_model(w, "cost of column", j);
        if (isnan(m->lower[j]) || isnan(m->upper[j]) || qwr__milp_is_free_above(m->lower[j]) ||
            qwr__milp_is_free_below(m->upper[j]))
            return bad_model(w, "bound of column", j);
        if (m->column_begin[j] > m->column_begin[j + 1] || m->column_begin[j + 1] > m->entry_count)
            return bad_model(w, "begin of column", j);
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++)
            if (m->row_index[k] >= m->row_count || !isfinite(m->value[k]) ||
                (k > m->column_begin[j] && m->row_index[k] <= m->row_index[k - 1]))
                return bad_model(w, "entry", k);
    }
    return QWR_OK;
}

static qwr_status check_model(qwr__milp_writer *w)
{
    const qwr_milp_view *m = w->model;
    if (m->size < sizeof *m)
        return qwr__fail(w->ctx, QWR_EINVAL, WHERE, w->out.path, 0, "the model's size is not set");
    if (!m->column_begin || m->column_begin[0] != 0 ||
        m->column_begin[m->column_count] != m->entry_count ||
        (m->column_count && (!m->cost || !m->lower || !m->upper || !m->integer)) ||
        (m->row_count && (!m->row_lower || !m->row_upper)) ||
        (m->entry_count && (!m->row_index || !m->value)))
        return qwr__fail(w->ctx, QWR_EINVAL, WHERE, w->out.path, 0,
                         "the model's arrays are not complete");
    if (!isfinite(m->offset))
        return qwr__fail(w->ctx, QWR_EINVAL, WHERE, w->out.path, 0,
                         "the model's offset is not finite");
    for (uint32_t i = 0; i < m->row_count; i++)
        if (isnan(m->row_lower[i]) || isnan(m->row_upper[i]) ||
            qwr__milp_is_free_above(m->row_lower[i]) || qwr__milp_is_free_below(m->row_upper[i]))
            return bad_model(w, "row", i);
    return check_columns(w);
}

/* A name of one word, whatever the model is called. */
void qwr__milp_put_name(qwr__milp_writer *w)
{
    const char *name = w->model->name && *w->model->name ? w->model->name : "model";
    for (size_t i = 0; i < 64 && name[i]; i++) {
        bool plain = (name[i] >= '0' && name[i] <= '9') || (name[i] >= 'a' && name[i] <= 'z') ||
                     (name[i] >= 'A' && name[i] <= 'Z') || name[i] == '-' || name[i] == '.';
        qwr__text_put(&w->out.text, plain ? &name[i] : "_", 1);
    }
}

qwr_status qwr_milp_write(qwr_context *ctx, const qwr_milp_view *model, const char *path)
{
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!model || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no model, or no path");
    const char *dot = strrchr(path, '.');
    const bool lp = dot && strcmp(dot, ".lp") == 0;
    if (!lp && !(dot && strcmp(dot, ".mps") == 0))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0,
                         "the format of the model is not clear; expected a path ending in .lp or "
                         ".mps");
    qwr__milp_writer w = {.ctx = ctx, .model = model, .out.path = path};
    QWR_TRY(check_model(&w));
    qwr_status status = qwr__out_open(&w.out, ctx, path);
    if (status == QWR_OK)
        status = lp ? qwr__milp_write_lp(&w) : qwr__milp_write_mps(&w);
    return qwr__out_finish(&w.out, status);
}
