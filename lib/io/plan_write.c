/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes plans as XML, JSON and CSV by the rows of plan_table.c, and the solution CSV that
 * published instances are compared by. Knows no rule and no cost.
 */
#include "io/csv.h"
#include "io/io.h"
#include "io/plan_solution.h"
#include "io/plan_table.h"

#include <string.h>

#define WHERE "io.plan_write"

typedef struct writer {
    qwr_context *ctx;
    const qwr_plan *plan;
    const qwr_scenario *scenario;
    qwr__out out;
    char profile[QWR__PROFILE_TEXT_MAX]; /**< of the stay at hand */
} writer;

static size_t call_count(const writer *w)
{
    return qwr_scenario_call_count(w->scenario);
}

/* --- XML -------------------------------------------------------------------------------------- */

static qwr_status write_xml(writer *w)
{
    qwr__plan_head head = qwr__plan_head_of(w->plan);
    qwr__text_add(&w->out.text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plan format=\"%s\"",
                  QWR__PLAN_FORMAT);
    qwr__plan_put_xml(&w->out.text, w->scenario, qwr__plan_head_rows, qwr__plan_head_count, &head);
    qwr__text_add(&w->out.text, ">\n");
    for (uint32_t i = 0; i < call_count(w); i++) {
        qwr__plan_row row = qwr__plan_row_of(w->plan, (qwr_call_ix){i}, w->profile);
        qwr__text_add(&w->out.text, "  <stay");
        qwr__plan_put_xml(&w->out.text, w->scenario, qwr__plan_row_rows, qwr__plan_row_count, &row);
        qwr__text_add(&w->out.text, "/>\n");
        QWR_TRY(qwr__out_flush(&w->out));
    }
    qwr__text_add(&w->out.text, "</plan>\n");
    return QWR_OK;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void put_json_value(qwr__text *text, const qwr__attr *attr, const char *value,
                           const void *def)
{
    switch (attr->kind) {
    case QWR__ATTR_INT:
    case QWR__ATTR_FIXED:
    case QWR__ATTR_SEED:
        qwr__text_put(text, value, strlen(value));
        return;
    case QWR__ATTR_BOOL:
        qwr__text_add(text, "%s", qwr__attr_uint32(attr, def) ? "true" : "false");
        return;
    default:
        qwr__text_json(text, value);
    }
}

static void put_json(writer *w, const qwr__attr *rows, size_t count, const void *def,
                     const char *between)
{
    char number[QWR__ATTR_TEXT_MAX];
    const char *separator = "";
    for (size_t i = 0; i < count; i++) {
        const char *value = qwr__plan_value(number, w->scenario, &rows[i], def);
        if (!value)
            continue;
        qwr__text_add(&w->out.text, "%s\"%s\": ", separator, rows[i].name);
        put_json_value(&w->out.text, &rows[i], value, def);
        separator = between;
    }
}

static qwr_status write_json(writer *w)
{
    qwr__plan_head head = qwr__plan_head_of(w->plan);
    qwr__text_add(&w->out.text, "{\n  \"format\": %s,\n  ", QWR__PLAN_FORMAT);
    put_json(w, qwr__plan_head_rows, qwr__plan_head_count, &head, ",\n  ");
    qwr__text_add(&w->out.text, ",\n  \"stays\": [");
    for (uint32_t i = 0; i < call_count(w); i++) {
        qwr__plan_row row = qwr__plan_row_of(w->plan, (qwr_call_ix){i}, w->profile);
        qwr__text_add(&w->out.text, "%s\n    {", i ? "," : "");
        put_json(w, qwr__plan_row_rows, qwr__plan_row_count, &row, ", ");
        qwr__text_add(&w->out.text, "}");
        QWR_TRY(qwr__out_flush(&w->out));
    }
    qwr__text_add(&w->out.text, "\n  ]\n}\n");
    return QWR_OK;
}

/* --- CSV -------------------------------------------------------------------------------------- */

static qwr_status write_csv(writer *w)
{
    char number[QWR__ATTR_TEXT_MAX];
    for (size_t i = 0; i < qwr__plan_row_count; i++)
        qwr__text_add(&w->out.text, "%s%s", i ? "," : "", qwr__plan_row_rows[i].name);
    qwr__text_add(&w->out.text, "\n");
    for (uint32_t c = 0; c < call_count(w); c++) {
        qwr__plan_row row = qwr__plan_row_of(w->plan, (qwr_call_ix){c}, w->profile);
        for (size_t i = 0; i < qwr__plan_row_count; i++) {
            const char *value = qwr__plan_value(number, w->scenario, &qwr__plan_row_rows[i], &row);
            qwr__text_add(&w->out.text, "%s", i ? "," : "");
            qwr__csv_put(&w->out.text, value ? value : "");
        }
        qwr__text_add(&w->out.text, "\n");
        QWR_TRY(qwr__out_flush(&w->out));
    }
    return QWR_OK;
}

/* --- solution CSV ------------------------------------------------------------------------------
 */

/* 1-based number of the cell of a hybrid quay that begins at this position, 0 if none does. */
static size_t cell_number(const qwr_scenario *scenario, qwr_quay_ix quay, int64_t position_mm)
{
    size_t below = 0;
    bool found = false;
    for (size_t i = 0; i < qwr_scenario_quay_position_count(scenario); i++) {
        const qwr_quay_position *position = qwr_scenario_quay_position(scenario, i);
        if (position->quay.v != quay.v)
            continue;
        below += position->at_mm < position_mm;
        found = found || position->at_mm == position_mm;
    }
    return found ? below + 1 : 0;
}

/* Berth number, cell number, or the position in metres on a continuous quay. */
static void put_place(writer *w, const qwr_stay *stay)
{
    const qwr_quay *quay = qwr_scenario_quay(w->scenario, stay->quay);
    size_t cell = quay && quay->layout == QWR_LAYOUT_HYBRID
                      ? cell_number(w->scenario, stay->quay, stay->position_mm)
                      : 0;
    if (stay->berth.v != QWR_NONE)
        qwr__text_add(&w->out.text, "%lu", (unsigned long)stay->berth.v + 1);
    else if (cell)
        qwr__text_add(&w->out.text, "%zu", cell);
    else
        qwr__text_fixed(&w->out.text, stay->position_mm, 3);
}

/* An instant in published units; six digits where it is not a whole number of them, so that
 * reading it gives the same second. */
static qwr_status put_units(writer *w, int64_t at_s)
{
    int64_t micro;
    if (!qwr__solution_units(&micro, w->scenario, at_s))
        return qwr__fail(w->ctx, QWR_EOVERFLOW, WHERE, w->out.path, 0,
                         "an instant is too large for the published unit");
    qwr__text_add(&w->out.text, ",");
    qwr__text_fixed(&w->out.text, micro, 6);
    return QWR_OK;
}

/* Columns beyond the four published ones, for scenarios that need them. */
typedef struct solution_extra {
    bool quay, cranes, rate, profile;
} solution_extra;

static solution_extra extra_of(const writer *w)
{
    solution_extra extra = {.quay = qwr__solution_names_quay(w->scenario)};
    for (uint32_t c = 0; c < call_count(w); c++) {
        const qwr_stay *stay = qwr_plan_stay(w->plan, (qwr_call_ix){c});
        extra.cranes = extra.cranes || (stay->placed && stay->cranes > 0);
        extra.rate = extra.rate || (stay->placed && stay->rate_milli != QWR_UNSET);
        extra.profile = extra.profile || (stay->placed && stay->step_count > 0);
    }
    return extra;
}

static void put_extra(writer *w, const solution_extra *extra, const qwr_stay *stay)
{
    if (extra->quay) {
        qwr__text_add(&w->out.text, ",");
        qwr__csv_put(&w->out.text, qwr_scenario_quay(w->scenario, stay->quay)->id);
    }
    if (extra->cranes)
        qwr__text_add(&w->out.text, ",%lld", (long long)stay->cranes);
    if (extra->rate)
        qwr__text_add(&w->out.text, ",");
    if (extra->rate && stay->rate_milli != QWR_UNSET)
        qwr__text_fixed(&w->out.text, stay->rate_milli, 3);
    if (extra->profile)
        qwr__text_add(&w->out.text, ",");
    if (extra->profile && stay->step_count > 0)
        qwr__csv_put(&w->out.text, qwr__profile_spell(w->profile, qwr__scenario_epoch(w->scenario),
                                                      stay->steps, stay->step_count));
}

static qwr_status write_solution(writer *w)
{
    const solution_extra extra = extra_of(w);
    qwr__text_add(&w->out.text, "vessel,place,start,end%s%s%s%s\n", extra.quay ? ",quay" : "",
                  extra.cranes ? ",cranes" : "", extra.rate ? ",rate_moves_h" : "",
                  extra.profile ? ",profile" : "");
    for (uint32_t c = 0; c < call_count(w); c++) {
        const qwr_stay *stay = qwr_plan_stay(w->plan, (qwr_call_ix){c});
        if (!stay->placed)
            continue;
        qwr__text_add(&w->out.text, "%lu,", (unsigned long)c + 1);
        put_place(w, stay);
        QWR_TRY(put_units(w, stay->start_s));
        QWR_TRY(put_units(w, stay->end_s));
        put_extra(w, &extra, stay);
        qwr__text_add(&w->out.text, "\n");
        QWR_TRY(qwr__out_flush(&w->out));
    }
    return QWR_OK;
}

/* --- choosing -----------------------------------------------------------------------------------
 */

static qwr_plan_format format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot && strcmp(dot, ".xml") == 0)
        return QWR_PLAN_XML;
    if (dot && strcmp(dot, ".json") == 0)
        return QWR_PLAN_JSON;
    if (dot && strcmp(dot, ".csv") == 0)
        return QWR_PLAN_CSV;
    return QWR_PLAN_AUTO;
}

static qwr_status (*const writers[])(writer *) = {NULL, write_xml, write_json, write_csv,
                                                  write_solution};

static bool is_format(qwr_plan_format format)
{
    return format > QWR_PLAN_AUTO && format <= QWR_PLAN_SOLUTION_CSV;
}

qwr_status qwr_plan_text(char **text, size_t *length, qwr_context *ctx, const qwr_plan *plan,
                         qwr_plan_format format)
{
    if (!ctx || !text)
        return QWR_EINVAL;
    *text = NULL;
    qwr__causes_clear(ctx);
    if (!plan || !is_format(format))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         plan ? "a plan in memory needs its format named" : "no plan");
    writer w = {.ctx = ctx, .plan = plan, .scenario = qwr_plan_scenario(plan)};
    qwr__out_memory(&w.out, ctx);
    return qwr__out_take(text, length, &w.out, writers[format](&w));
}

qwr_status qwr_plan_save(qwr_context *ctx, const qwr_plan *plan, const char *path,
                         qwr_plan_format format)
{
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!plan || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no plan, or no path");
    if (format == QWR_PLAN_AUTO)
        format = format_of(path);
    if (!is_format(format))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0,
                         "the format of the plan is not clear; expected a path ending in .xml, "
                         ".json or .csv");
    writer w = {.ctx = ctx, .plan = plan, .scenario = qwr_plan_scenario(plan)};
    qwr_status status = qwr__out_open(&w.out, ctx, path);
    if (status == QWR_OK)
        status = writers[format](&w);
    return qwr__out_finish(&w.out, status);
}
