/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The small MILP. Two rectangles in space and time overlap exactly if they share the point (larger
 * first cell, larger start), so rows at such points suffice; of these only the maximal sets are
 * kept.
 */
#include "berth/formulate.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "berth.formulate";

/** A candidate as the formulation needs it. */
typedef struct box {
    uint32_t column, call, group;
    int32_t cell, cell_end, start, end, work_from, work_to, cranes;
} box;

/** Rows under construction: each is a list of columns with a common right-hand side. */
typedef struct row_list {
    qwr_context *ctx;
    uint32_t *member;
    size_t member_count, member_capacity;
    uint64_t *begin;
    double *upper;
    int32_t *weighted; /**< 1: entries are crane counts */
    size_t count, begin_capacity, upper_capacity, weighted_capacity;
    size_t max_rows, max_entries;
} row_list;

static qwr_status rows_close(row_list *r, double upper, int32_t weighted)
{
    void *block = r->begin;
    if (r->count >= r->max_rows || r->member_count > r->max_entries)
        return QWR_ETOOBIG;
    QWR_TRY(qwr__reserve(r->ctx, &block, &r->begin_capacity, r->count + 2, sizeof *r->begin));
    r->begin = block;
    block = r->upper;
    QWR_TRY(qwr__reserve(r->ctx, &block, &r->upper_capacity, r->count + 1, sizeof *r->upper));
    r->upper = block;
    block = r->weighted;
    QWR_TRY(qwr__reserve(r->ctx, &block, &r->weighted_capacity, r->count + 1, sizeof *r->weighted));
    r->weighted = block;
    r->upper[r->count] = upper;
    r->weighted[r->count] = weighted;
    r->begin[0] = 0;
    r->begin[++r->count] = r->member_count;
    return QWR_OK;
}

static qwr_status rows_push(row_list *r, uint32_t column)
{
    void *block = r->member;
    QWR_TRY(
        qwr__reserve(r->ctx, &block, &r->member_capacity, r->member_count + 1, sizeof *r->member));
    r->member = block;
    r->member[r->member_count++] = column;
    return QWR_OK;
}

static void rows_free(row_list *r)
{
    qwr__free(r->ctx, r->member);
    qwr__free(r->ctx, r->begin);
    qwr__free(r->ctx, r->upper);
    qwr__free(r->ctx, r->weighted);
}

static int compare_int32(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static size_t sort_unique(int32_t *values, size_t count)
{
    size_t out = 0;
    qsort(values, count, sizeof *values, compare_int32);
    for (size_t k = 0; k < count; k++)
        if (k == 0 || values[k] != values[out - 1])
            values[out++] = values[k];
    return out;
}

/*
 * Rows at tick t for the boxes `live` (all alive at t). A set at a cell is kept if some member ends
 * before the next first cell (else the next cell's set contains it) and some member dies before
 * `next_tick` (else the next tick's set contains it), and if it joins two calls.
 */
static qwr_status rows_at_tick(row_list *r, const box *boxes, const uint32_t *live,
                               size_t live_count, int32_t next_tick, int32_t *cells)
{
    for (size_t k = 0; k < live_count; k++)
        cells[k] = boxes[live[k]].cell;
    size_t cell_count = sort_unique(cells, live_count);
    for (size_t c = 0; c < cell_count; c++) {
        int32_t x = cells[c], next_cell = c + 1 < cell_count ? cells[c + 1] : INT32_MAX;
        bool ends = false, dies = false, two_calls = false;
        uint32_t first_call = UINT32_MAX;
        size_t before = r->member_count;
        for (size_t k = 0; k < live_count; k++) {
            const box *b = &boxes[live[k]];
            if (b->cell > x || b->cell_end <= x)
                continue;
            ends = ends || b->cell_end <= next_cell;
            dies = dies || b->end <= next_tick;
            two_calls = two_calls || (first_call != UINT32_MAX && first_call != b->call);
            first_call = b->call;
            QWR_TRY(rows_push(r, b->column));
        }
        if (!ends || !dies || !two_calls)
            r->member_count = before;
        else
            QWR_TRY(rows_close(r, 1, 0));
    }
    return QWR_OK;
}

static qwr_status crane_rows_at_tick(row_list *r, const qwr_problem_view *v, const box *boxes,
                                     const uint32_t *live, size_t live_count, int32_t tick,
                                     int32_t next_tick, uint32_t group)
{
    const int32_t *in_service = v->crane_capacity + (size_t)group * v->tick_count;
    int32_t capacity = in_service[tick];
    bool dies = next_tick >= (int32_t)v->tick_count || in_service[next_tick] > capacity;
    int64_t most = 0;
    size_t before = r->member_count;
    uint32_t last_call = UINT32_MAX;
    int32_t call_most = 0;
    for (size_t k = 0; k < live_count; k++) {
        const box *b = &boxes[live[k]];
        if (b->group != group || b->cranes == 0 || b->work_from > tick || b->work_to <= tick)
            continue;
        QWR_TRY(rows_push(r, b->column));
        dies = dies || b->work_to <= next_tick; /* else the next tick's row says it all */
        if (b->call != last_call) {             /* boxes come call by call */
            most += call_most;
            call_most = 0;
            last_call = b->call;
        }
        call_most = b->cranes > call_most ? b->cranes : call_most;
    }
    if (!dies || most + call_most <= capacity) {
        r->member_count = before;
        return QWR_OK;
    }
    return rows_close(r, capacity, 1);
}

/* Do cranes go out of service at this tick? */
static bool fewer_cranes(const qwr_problem_view *v, uint32_t group, uint32_t tick)
{
    const int32_t *in_service = v->crane_capacity + (size_t)group * v->tick_count;
    return in_service[tick] < in_service[tick - 1];
}

static qwr_status capacity_rows(row_list *r, const qwr_problem_view *v, const box *boxes,
                                size_t count)
{
    qwr_status status = QWR_OK;
    size_t drops = 0;
    for (uint32_t g = 0; g < v->group_count; g++)
        for (uint32_t t = 1; t < v->tick_count; t++)
            drops += fewer_cranes(v, g, t);
    int32_t *ticks = qwr__alloc(r->ctx, 2 * count + drops + 1, sizeof *ticks);
    int32_t *cells = qwr__alloc(r->ctx, count + 1, sizeof *cells);
    uint32_t *live = qwr__alloc(r->ctx, count + 1, sizeof *live);
    if (!ticks || !cells || !live) {
        status = qwr__no_memory(r->ctx, WHERE);
        goto done;
    }
    for (size_t k = 0; k < count; k++) {
        ticks[2 * k] = boxes[k].start;
        ticks[2 * k + 1] = boxes[k].work_from;
    }
    size_t marks = 2 * count;
    for (uint32_t g = 0; g < v->group_count; g++)
        for (uint32_t t = 1; t < v->tick_count; t++)
            if (fewer_cranes(v, g, t))
                ticks[marks++] = (int32_t)t;
    size_t tick_count = sort_unique(ticks, marks);
    for (size_t j = 0; j < tick_count; j++) {
        int32_t t = ticks[j], next = j + 1 < tick_count ? ticks[j + 1] : INT32_MAX;
        size_t live_count = 0;
        for (size_t k = 0; k < count; k++)
            if (boxes[k].start <= t && boxes[k].end > t)
                live[live_count++] = (uint32_t)k;
        QWR_TRY_DONE(rows_at_tick(r, boxes, live, live_count, next, cells));
        for (uint32_t g = 0; g < v->group_count; g++)
            QWR_TRY_DONE(crane_rows_at_tick(r, v, boxes, live, live_count, t, next, g));
    }
done:
    qwr__free(r->ctx, ticks);
    qwr__free(r->ctx, cells);
    qwr__free(r->ctx, live);
    return status;
}

static void fill_boxes(box *boxes, const qwr_problem_view *v, const qwr__pick *picks, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        uint32_t c = qwr__row_class(v, picks[k].row);
        int32_t cell = v->row_cell[picks[k].row], start = picks[k].start;
        boxes[k] = (box){.column = (uint32_t)k,
                         .call = v->class_call[c],
                         .group = v->class_group[c],
                         .cell = cell,
                         .cell_end = cell + v->class_width[c],
                         .start = start,
                         .end = start + v->class_occupied[c],
                         .work_from = start + v->class_work_from[c],
                         .work_to = start + v->class_work_to[c],
                         .cranes = v->class_cranes[c]};
    }
}

static int compare_boxes(const void *a, const void *b)
{
    const box *x = a, *y = b;
    if (x->call != y->call)
        return x->call < y->call ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Turns the row lists into the column-wise view. */
static qwr_status assemble(qwr__milp *m, const qwr__berth *b, const qwr__pick *picks,
                           size_t pick_count, const box *boxes, const row_list *r)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    size_t calls = v->call_count, columns = pick_count + calls, rows = calls + r->count;
    size_t entries = pick_count + calls + r->member_count;
    m->cost = qwr__alloc(m->ctx, columns + 1, sizeof(double));
    m->lower = qwr__alloc(m->ctx, columns + 1, sizeof(double));
    m->upper = qwr__alloc(m->ctx, columns + 1, sizeof(double));
    m->integer = qwr__alloc(m->ctx, columns + 1, 1);
    m->row_lower = qwr__alloc(m->ctx, rows + 1, sizeof(double));
    m->row_upper = qwr__alloc(m->ctx, rows + 1, sizeof(double));
    m->column_begin = qwr__alloc(m->ctx, columns + 2, sizeof(uint64_t));
    m->row_index = qwr__alloc(m->ctx, entries + 1, sizeof(uint32_t));
    m->value = qwr__alloc(m->ctx, entries + 1, sizeof(double));
    m->start = qwr__alloc(m->ctx, columns + 1, sizeof(double));
    if (!m->cost || !m->lower || !m->upper || !m->integer || !m->row_lower || !m->row_upper ||
        !m->column_begin || !m->row_index || !m->value || !m->start)
        return qwr__no_memory(m->ctx, WHERE);
    for (size_t j = 0; j < columns; j++) {
        m->integer[j] = 1;
        m->upper[j] = 1;
        if (j < pick_count) {
            m->cost[j] = (double)qwr__candidate_cost(v, picks[j].row, picks[j].start);
        } else {
            /* Leaving out costs nothing where there is no choice, and is no option where all fit.
             */
            uint32_t i = (uint32_t)(j - pick_count);
            bool hopeless = v->call_class_begin[i] == v->call_class_begin[i + 1];
            m->cost[j] = hopeless ? 0 : (double)v->unplaced_cost;
            m->upper[j] = hopeless || b->unplaced > 0 ? 1 : 0;
        }
        m->column_begin[j + 2] = 1; /* its call's row */
    }
    for (size_t i = 0; i < calls; i++)
        m->row_lower[i] = m->row_upper[i] = 1;
    for (size_t k = 0; k < r->count; k++) {
        m->row_lower[calls + k] = -QWR_MILP_INFINITY;
        m->row_upper[calls + k] = r->upper[k];
    }
    for (size_t k = 0; k < r->member_count; k++)
        m->column_begin[r->member[k] + 2]++;
    for (size_t j = 0; j < columns; j++)
        m->column_begin[j + 2] += m->column_begin[j + 1];
    for (size_t k = 0; k < pick_count; k++) {
        uint64_t at = m->column_begin[boxes[k].column + 1]++;
        m->row_index[at] = boxes[k].call;
        m->value[at] = 1;
    }
    for (size_t i = 0; i < calls; i++) {
        uint64_t at = m->column_begin[pick_count + i + 1]++;
        m->row_index[at] = (uint32_t)i;
        m->value[at] = 1;
    }
    for (size_t k = 0; k < r->count; k++)
        for (uint64_t e = r->begin[k]; e < r->begin[k + 1]; e++) {
            uint64_t at = m->column_begin[r->member[e] + 1]++;
            m->row_index[at] = (uint32_t)(calls + k);
            m->value[at] =
                r->weighted[k] ? v->class_cranes[qwr__row_class(v, picks[r->member[e]].row)] : 1;
        }
    m->view = (qwr_milp_view){.size = sizeof m->view,
                              .column_count = (uint32_t)columns,
                              .row_count = (uint32_t)rows,
                              .entry_count = m->column_begin[columns],
                              .cost = m->cost,
                              .lower = m->lower,
                              .upper = m->upper,
                              .integer = m->integer,
                              .row_lower = m->row_lower,
                              .row_upper = m->row_upper,
                              .column_begin = m->column_begin,
                              .row_index = m->row_index,
                              .value = m->value,
                              .name = "berth"};
    return QWR_OK;
}

/* The incumbent as a start, if the filter kept all of it. */
static void set_start(qwr__milp *m, const qwr__berth *b, const qwr__pick *picks, size_t pick_count)
{
    uint32_t calls = b->problem->cand.view.call_count, found = 0;
    for (uint32_t i = 0; i < calls; i++)
        if (b->row[i] == UINT32_MAX) {
            m->start[pick_count + i] = 1;
            found++;
        }
    for (size_t k = 0; k < pick_count; k++) {
        uint32_t i =
            b->problem->cand.view.class_call[qwr__row_class(&b->problem->cand.view, picks[k].row)];
        if (b->row[i] == picks[k].row && b->start[i] == picks[k].start) {
            m->start[k] = 1;
            found++;
        }
    }
    if (found == calls)
        m->view.start = m->start;
}

qwr_status qwr__formulate(qwr__milp *m, const qwr__berth *b, const qwr__pick *picks,
                          size_t pick_count, size_t max_rows, size_t max_entries)
{
    row_list r = {.ctx = b->ctx, .max_rows = max_rows, .max_entries = max_entries};
    memset(m, 0, sizeof *m);
    m->ctx = b->ctx;
    qwr_status status = QWR_OK;
    box *boxes = qwr__alloc(b->ctx, pick_count + 1, sizeof *boxes);
    if (!boxes)
        return qwr__no_memory(b->ctx, WHERE);
    fill_boxes(boxes, &b->problem->cand.view, picks, pick_count);
    qsort(boxes, pick_count, sizeof *boxes, compare_boxes);
    QWR_TRY_DONE(capacity_rows(&r, &b->problem->cand.view, boxes, pick_count));
    QWR_TRY_DONE(assemble(m, b, picks, pick_count, boxes, &r));
    set_start(m, b, picks, pick_count);
done:
    rows_free(&r);
    qwr__free(b->ctx, boxes);
    if (status != QWR_OK)
        qwr__milp_free(m);
    return status;
}

void qwr__milp_free(qwr__milp *m)
{
    void *blocks[] = {m->cost,  m->lower,   m->upper,        m->row_lower, m->row_upper,
                      m->value, m->integer, m->column_begin, m->row_index, m->start};
    for (size_t k = 0; m->ctx && k < sizeof blocks / sizeof *blocks; k++)
        qwr__free(m->ctx, blocks[k]);
    memset(m, 0, sizeof *m);
}
