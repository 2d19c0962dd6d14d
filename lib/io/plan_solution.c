/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads solutions of published instances, whoever made them:
 *
 *   vessel,place,start,end   number of the vessel, from 1; number of the berth or of the first
 * cell, from 1, or metres on a continuous quay; times in published units quay, cranes, rate_moves_h
 * columns that may follow where the scenario needs them # value 713              a remark; this one
 * states the value the solution claims
 *
 * `end` may be left out where the instance fixes the handling time. Knows no rule and no cost.
 */
#include "io/plan_solution.h"

#include <stdlib.h>
#include <string.h>

#define MICRO 1000000

typedef struct solution_row {
    int64_t vessel, place_milli, start_micro, end_micro;
    qwr_quay_ix quay;
    int64_t cranes, rate_milli;
    const char *profile;
} solution_row;

#define T solution_row
static const qwr__attr solution_rows[] = {
    QWR__INT(T, "vessel", vessel, QWR__REQUIRED),
    QWR__FIXED(T, "place", place_milli, 3, QWR__REQUIRED),
    QWR__FIXED(T, "start", start_micro, 6, QWR__REQUIRED),
    QWR__FIXED(T, "end", end_micro, 6, 0),
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, 0),
    QWR__INT(T, "cranes", cranes, 0),
    QWR__FIXED(T, "rate_moves_h", rate_milli, 3, 0),
    QWR__TEXT(T, "profile", profile, 0),
};
#undef T

typedef struct reader {
    const qwr_scenario *scenario;
    qwr__csv_row_fn row;
    void *payload;
    qwr_quay_position *cells; /**< By quay, then along it: the order they are counted in. */
    size_t cell_count;
} reader;

/* --- telling a solution from a plan --- */

static bool is_separator(char c)
{
    return c == ',' || c == '\r' || c == '\n';
}

/* Whether one of the cells of the line at `data` is this word. */
static bool line_names(const char *data, size_t length, const char *word)
{
    const size_t size = strlen(word);
    for (size_t at = 0, cell = 0; at <= length; at++) {
        if (at < length && !is_separator(data[at]))
            continue;
        if (at - cell == size && memcmp(data + cell, word, size) == 0)
            return true;
        if (at < length && data[at] == '\n')
            return false;
        cell = at + 1;
    }
    return false;
}

bool qwr__solution_detect(const char *data, size_t length)
{
    if (length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        length -= 3;
    }
    while (length > 0 && (*data == '\n' || *data == '\r')) {
        data++;
        length--;
    }
    if (length > 0 && *data == '#')
        return true;
    return line_names(data, length, "place") && !line_names(data, length, "call");
}

/* --- units --- */

bool qwr__solution_units(int64_t *micro, const qwr_scenario *scenario, int64_t at_s)
{
    const int64_t unit_s = qwr_scenario_get_info(scenario)->published_unit_s;
    int64_t twice;
    if (!qwr__mul_div64(&twice, at_s, 2 * MICRO, unit_s) || twice == INT64_MAX)
        return false;
    *micro = (twice + 1) >> 1; /* rounds half up, also below 0 */
    return true;
}

static qwr_status to_seconds(const qwr__spot *spot, const qwr_scenario *scenario, const char *name,
                             int64_t micro, int64_t *at_s)
{
    const int64_t unit_s = qwr_scenario_get_info(scenario)->published_unit_s;
    int64_t twice;
    if (!qwr__mul_div64(&twice, micro, 2 * unit_s, MICRO) || twice == INT64_MAX)
        return qwr__spot_fail(spot, QWR_EFORMAT, "%s is out of range", name);
    *at_s = (twice + 1) >> 1;
    return QWR_OK;
}

/* --- places --- */

bool qwr__solution_names_quay(const qwr_scenario *scenario)
{
    const size_t count = qwr_scenario_quay_count(scenario);
    for (uint32_t i = 0; i < count; i++)
        if (qwr_scenario_quay(scenario, (qwr_quay_ix){i})->layout != QWR_LAYOUT_DISCRETE)
            return count > 1;
    return false;
}

static qwr_status whole_number(const qwr__spot *spot, const char *what, int64_t milli, size_t count,
                               size_t *index)
{
    if (milli % 1000 != 0 || milli < 1000 || (uint64_t)milli / 1000 > count)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "place: expected the number of a %s, from 1 to %zu", what, count);
    *index = (size_t)(milli / 1000) - 1;
    return QWR_OK;
}

static qwr_status take_berth(const qwr__spot *spot, const qwr_scenario *scenario, int64_t milli,
                             qwr__plan_row *row)
{
    size_t index = 0;
    QWR_TRY(whole_number(spot, "berth", milli, qwr_scenario_berth_count(scenario), &index));
    row->berth.v = (uint32_t)index;
    const qwr_quay_ix quay = qwr_scenario_berth(scenario, row->berth)->quay;
    if (row->quay.v != QWR_NONE && row->quay.v != quay.v)
        return qwr__spot_fail(spot, QWR_EFORMAT, "berth %zu is not at this quay", index + 1);
    row->quay = quay;
    return QWR_OK;
}

static qwr_status take_cell(const qwr__spot *spot, const reader *r, int64_t milli,
                            qwr__plan_row *row)
{
    size_t from = 0, to, index = 0;
    while (from < r->cell_count && r->cells[from].quay.v != row->quay.v)
        from++;
    for (to = from; to < r->cell_count && r->cells[to].quay.v == row->quay.v;)
        to++;
    QWR_TRY(whole_number(spot, "cell", milli, to - from, &index));
    row->position_mm = r->cells[from + index].at_mm;
    return QWR_OK;
}

static qwr_status take_place(const qwr__spot *spot, const reader *r, int64_t milli,
                             qwr__plan_row *row)
{
    const qwr_scenario *scenario = r->scenario;
    if (row->quay.v == QWR_NONE && qwr__solution_names_quay(scenario))
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "quay is missing; the scenario has several, and a place does not say "
                              "which");
    qwr_quay_ix quay = row->quay;
    if (quay.v == QWR_NONE)
        quay.v = 0;
    if (quay.v >= qwr_scenario_quay_count(scenario))
        return qwr__spot_fail(spot, QWR_EFORMAT, "a place is given, but the scenario has no quay");
    switch (qwr_scenario_quay(scenario, quay)->layout) {
    case QWR_LAYOUT_DISCRETE:
        return take_berth(spot, scenario, milli, row);
    case QWR_LAYOUT_HYBRID:
        row->quay = quay;
        return take_cell(spot, r, milli, row);
    case QWR_LAYOUT_CONTINUOUS:
        break;
    }
    row->quay = quay;
    row->position_mm = milli;
    return QWR_OK;
}

static int by_place(const void *a, const void *b)
{
    const qwr_quay_position *x = a, *y = b;
    if (x->quay.v != y->quay.v)
        return x->quay.v < y->quay.v ? -1 : 1;
    return (x->at_mm > y->at_mm) - (x->at_mm < y->at_mm);
}

static qwr_status order_cells(reader *r, qwr_context *ctx)
{
    r->cell_count = qwr_scenario_quay_position_count(r->scenario);
    if (r->cell_count == 0)
        return QWR_OK;
    r->cells = qwr__alloc(ctx, r->cell_count, sizeof *r->cells);
    if (!r->cells)
        return QWR_ENOMEM;
    for (size_t i = 0; i < r->cell_count; i++)
        r->cells[i] = *qwr_scenario_quay_position(r->scenario, i);
    qsort(r->cells, r->cell_count, sizeof *r->cells, by_place);
    return QWR_OK;
}

/* --- rows --- */

/* The end that a fixed handling time gives. */
static qwr_status complete_end(const qwr__spot *spot, const qwr_scenario *scenario,
                               qwr__plan_row *row)
{
    int64_t handling_s = qwr_scenario_call(scenario, row->call)->handling_s;
    if (row->berth.v != QWR_NONE) {
        const int64_t at_berth_s = qwr_scenario_handling_s(scenario, row->call, row->berth);
        handling_s = at_berth_s == QWR_UNSET ? handling_s : at_berth_s;
    }
    if (handling_s == QWR_FORBIDDEN)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "end is missing, and the vessel must not lie at this berth");
    if (handling_s == QWR_UNSET || !qwr__add64(&row->end_s, row->start_s, handling_s))
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "end is missing, and the instance does not fix the handling time");
    return QWR_OK;
}

static qwr_status on_row(const qwr__spot *spot, const void *def, void *payload)
{
    const reader *r = payload;
    const solution_row *given = def;
    const size_t calls = qwr_scenario_call_count(r->scenario);
    qwr__plan_row row = qwr__plan_row_init();
    if (given->vessel < 1 || (uint64_t)given->vessel > calls)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "vessel: expected the number of a vessel, from 1 to %zu", calls);
    row.call.v = (uint32_t)given->vessel - 1;
    row.quay = given->quay;
    row.cranes = given->cranes;
    row.rate_milli = given->rate_milli;
    row.profile = given->profile;
    QWR_TRY(take_place(spot, r, given->place_milli, &row));
    QWR_TRY(to_seconds(spot, r->scenario, "start", given->start_micro, &row.start_s));
    if (given->end_micro == QWR_UNSET)
        QWR_TRY(complete_end(spot, r->scenario, &row));
    else
        QWR_TRY(to_seconds(spot, r->scenario, "end", given->end_micro, &row.end_s));
    return r->row(spot, &row, r->payload);
}

static void init_row(void *def)
{
    *(solution_row *)def = (solution_row){.vessel = QWR_UNSET,
                                          .place_milli = QWR_UNSET,
                                          .start_micro = QWR_UNSET,
                                          .end_micro = QWR_UNSET,
                                          .quay = {QWR_NONE},
                                          .cranes = QWR_UNSET,
                                          .rate_milli = QWR_UNSET};
}

/* --- remarks --- */

/* "# value 713", "# value: 713" or "# value = 713"; other remarks are passed over. */
static qwr_status take_remark(const qwr__spot *spot, const char *remark, size_t length,
                              int64_t *value_mu)
{
    char text[64] = "";
    while (length > 0 && (*remark == '#' || *remark == ' ' || *remark == '\t')) {
        remark++;
        length--;
    }
    if (length < 6 || memcmp(remark, "value", 5) != 0 || !strchr(" \t:=", remark[5]))
        return QWR_OK;
    remark += 5;
    length -= 5;
    while (length > 0 && strchr(" \t:=", *remark)) {
        remark++;
        length--;
    }
    while (length > 0 && strchr(" \t\r", remark[length - 1]))
        length--;
    if (length < sizeof text)
        memcpy(text, remark, length);
    if (!qwr__parse_fixed(value_mu, text, 3))
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "expected a number of at most three decimals behind \"# value\"");
    return QWR_OK;
}

/* Empties lines that begin with '#', so that the others keep their numbers. */
static qwr_status take_remarks(const qwr__spot *spot, char *text, size_t *length, int64_t *value_mu)
{
    qwr__spot here = *spot;
    size_t to = 0;
    here.line = 1;
    for (size_t at = 0; at < *length; here.line++) {
        const char *end = memchr(text + at, '\n', *length - at);
        const size_t next = end ? (size_t)(end - text) : *length;
        if (text[at] == '#') {
            QWR_TRY(take_remark(&here, text + at, next - at, value_mu));
        } else {
            memmove(text + to, text + at, next - at);
            to += next - at;
        }
        if (end)
            text[to++] = '\n';
        at = next + 1;
    }
    *length = to;
    return QWR_OK;
}

qwr_status qwr__solution_read(const qwr__spot *spot, const qwr_scenario *scenario, const char *data,
                              size_t length, qwr__csv_row_fn row, void *payload, int64_t *value_mu)
{
    solution_row def;
    reader r = {.scenario = scenario, .row = row, .payload = payload};
    const qwr__attrs columns = {solution_rows, sizeof solution_rows / sizeof *solution_rows,
                                "column"};
    qwr__csv_table table = {&columns, init_row, &def, on_row, &r};
    qwr_status status = QWR_OK;
    *value_mu = QWR_UNSET;
    char *text = qwr__alloc(spot->ctx, length + 1, 1);
    if (!text || order_cells(&r, spot->ctx) != QWR_OK) {
        status = qwr__no_memory(spot->ctx, spot->where);
        goto done;
    }
    if (length)
        memcpy(text, data, length);
    QWR_TRY_DONE(take_remarks(spot, text, &length, value_mu));
    QWR_TRY_DONE(qwr__csv_read(spot, text, length, &table));
done:
    qwr__free(spot->ctx, r.cells);
    qwr__free(spot->ctx, text);
    return status;
}
