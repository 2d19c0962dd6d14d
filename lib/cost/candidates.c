/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate store: growing, closing, reading. See candidates.h. */
#include "cost/candidates.h"

#include <string.h>

static const char WHERE[] = "cost.candidates";

qwr_status qwr__candidates_init(qwr__candidates *c, qwr_context *ctx, uint32_t calls,
                                uint32_t groups, uint32_t cells, uint32_t ticks, size_t row_limit)
{
    memset(c, 0, sizeof *c);
    c->ctx = ctx;
    c->row_limit = row_limit;
    c->exact = true;
    c->view.size = sizeof c->view;
    c->view.stage = 1;
    c->view.call_count = calls;
    c->view.group_count = groups;
    c->view.cell_count = cells;
    c->view.tick_count = ticks;
    c->view.price_unit = 1;
    c->call_id = qwr__alloc(ctx, (size_t)calls + 1, sizeof *c->call_id);
    c->call_class_begin = qwr__alloc(ctx, (size_t)calls + 1, sizeof *c->call_class_begin);
    c->call_first_start = qwr__alloc(ctx, (size_t)calls + 1, sizeof(int32_t));
    c->call_last_start = qwr__alloc(ctx, (size_t)calls + 1, sizeof(int32_t));
    c->call_first_end = qwr__alloc(ctx, (size_t)calls + 1, sizeof(int32_t));
    c->call_start_offset = qwr__alloc(ctx, (size_t)calls + 1, sizeof(uint64_t));
    c->call_end_offset = qwr__alloc(ctx, (size_t)calls + 1, sizeof(uint64_t));
    c->crane_capacity = qwr__alloc(ctx, (size_t)groups * ticks + 1, sizeof(int32_t));
    if (!c->call_id || !c->call_class_begin || !c->call_first_start || !c->call_last_start ||
        !c->call_first_end || !c->call_start_offset || !c->call_end_offset || !c->crane_capacity)
        return qwr__no_memory(ctx, WHERE);
    return QWR_OK;
}

qwr_status qwr__candidates_tables(qwr__candidates *c, const int32_t *end_count)
{
    uint64_t starts = 0, ends = 0;
    for (uint32_t i = 0; i < c->view.call_count; i++) {
        int32_t n = c->call_last_start[i] - c->call_first_start[i] + 1;
        c->call_start_offset[i] = starts;
        c->call_end_offset[i] = ends;
        starts += n > 0 ? (uint64_t)n : 0;
        ends += end_count[i] > 0 ? (uint64_t)end_count[i] : 0;
    }
    c->call_start_offset[c->view.call_count] = starts;
    c->call_end_offset[c->view.call_count] = ends;
    /* A vector's worth of padding lets kernels load past the end of a run. */
    c->start_cost = qwr__alloc_aligned(c->ctx, starts + 64, sizeof(int32_t));
    c->end_cost = qwr__alloc_aligned(c->ctx, ends + 64, sizeof(int32_t));
    if (!c->start_cost || !c->end_cost)
        return qwr__no_memory(c->ctx, WHERE);
    return QWR_OK;
}

/* Grows one array to `wanted` elements or returns from the calling function. */
#define GROW(field)                                                                                \
    do {                                                                                           \
        void *block = qwr__resize(c->ctx, c->field, wanted, sizeof *c->field);                     \
        if (!block)                                                                                \
            return qwr__no_memory(c->ctx, WHERE);                                                  \
        c->field = block;                                                                          \
    } while (0)

static size_t doubled(size_t capacity, size_t needed)
{
    size_t wanted = capacity ? capacity * 2 : 256;
    while (wanted < needed)
        wanted *= 2;
    return wanted;
}

static qwr_status grow_classes(qwr__candidates *c, size_t needed)
{
    if (needed <= c->class_capacity)
        return QWR_OK;
    size_t wanted = doubled(c->class_capacity, needed);
    GROW(class_call);
    GROW(class_group);
    GROW(class_cranes);
    GROW(class_width);
    GROW(class_width_bound);
    GROW(class_duration);
    GROW(class_occupied);
    GROW(class_work_from);
    GROW(class_work_to);
    GROW(class_row_begin);
    c->class_capacity = wanted;
    return QWR_OK;
}

static qwr_status grow_rows(qwr__candidates *c, size_t needed)
{
    if (needed <= c->row_capacity)
        return QWR_OK;
    size_t wanted = doubled(c->row_capacity, needed);
    GROW(row_cell);
    GROW(row_first);
    GROW(row_last);
    GROW(row_cost);
    c->row_capacity = wanted;
    return QWR_OK;
}

qwr_status qwr__candidates_add(qwr__candidates *c, const qwr__class *cls, int32_t width_bound,
                               const qwr__row *rows, size_t row_count)
{
    size_t k = c->view.class_count, r = c->view.row_count;
    if (row_count > c->row_limit - r)
        return qwr__fail(
            c->ctx, QWR_ETOOBIG, WHERE, NULL, 0,
            "the scenario has more than %zu rows of candidates (call x place x cranes); "
            "a coarser grid_m or fewer crane counts would fit, or a larger max_memory_mb",
            c->row_limit);
    QWR_TRY(grow_classes(c, k + 2));
    QWR_TRY(grow_rows(c, r + row_count));
    c->class_call[k] = cls->call;
    c->class_group[k] = cls->group;
    c->class_cranes[k] = cls->cranes;
    c->class_width[k] = cls->width;
    c->class_width_bound[k] = width_bound;
    c->class_duration[k] = cls->duration;
    c->class_occupied[k] = cls->occupied;
    c->class_work_from[k] = cls->work_from;
    c->class_work_to[k] = cls->work_to;
    c->class_row_begin[k] = (uint32_t)r;
    if (width_bound != cls->width)
        c->exact = false;
    if (cls->cranes > c->max_cranes)
        c->max_cranes = cls->cranes;
    if (cls->occupied > c->max_occupied)
        c->max_occupied = cls->occupied;
    for (size_t j = 0; j < row_count; j++) {
        c->row_cell[r + j] = rows[j].cell;
        c->row_first[r + j] = rows[j].first;
        c->row_last[r + j] = rows[j].last;
        c->row_cost[r + j] = rows[j].cost;
    }
    c->view.class_count = (uint32_t)(k + 1);
    c->view.row_count = (uint32_t)(r + row_count);
    c->call_class_begin[cls->call + 1] = (uint32_t)(k + 1);
    return QWR_OK;
}

qwr_status qwr__candidates_finish(qwr__candidates *c)
{
    qwr_problem_view *v = &c->view;
    QWR_TRY(grow_classes(c, (size_t)v->class_count + 1));
    QWR_TRY(grow_rows(c, (size_t)v->row_count + 1));
    c->class_row_begin[v->class_count] = v->row_count;
    for (uint32_t i = 0; i < v->call_count; i++)
        if (c->call_class_begin[i + 1] < c->call_class_begin[i])
            c->call_class_begin[i + 1] = c->call_class_begin[i];
    v->call_id = c->call_id;
    v->call_class_begin = c->call_class_begin;
    v->call_first_start = c->call_first_start;
    v->call_last_start = c->call_last_start;
    v->call_start_offset = c->call_start_offset;
    v->call_first_end = c->call_first_end;
    v->call_end_offset = c->call_end_offset;
    v->start_cost = c->start_cost;
    v->end_cost = c->end_cost;
    v->class_call = c->class_call;
    v->class_group = c->class_group;
    v->class_cranes = c->class_cranes;
    v->class_width = c->class_width;
    v->class_duration = c->class_duration;
    v->class_occupied = c->class_occupied;
    v->class_work_from = c->class_work_from;
    v->class_work_to = c->class_work_to;
    v->class_row_begin = c->class_row_begin;
    v->row_cell = c->row_cell;
    v->row_first = c->row_first;
    v->row_last = c->row_last;
    v->row_cost = c->row_cost;
    v->crane_capacity = c->crane_capacity;
    return QWR_OK;
}

void qwr__candidates_free(qwr__candidates *c)
{
    qwr_context *ctx = c->ctx;
    if (!ctx)
        return;
    void *plain[] = {
        c->call_id,           c->call_class_begin,  c->call_first_start, c->call_last_start,
        c->call_first_end,    c->call_start_offset, c->call_end_offset,  c->class_call,
        c->class_group,       c->class_cranes,      c->class_width,      c->class_duration,
        c->class_occupied,    c->class_work_from,   c->class_work_to,    c->class_row_begin,
        c->class_width_bound, c->row_cell,          c->row_first,        c->row_last,
        c->row_cost,          c->crane_capacity};
    for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
        qwr__free(ctx, plain[k]);
    qwr__free_aligned(ctx, c->start_cost);
    qwr__free_aligned(ctx, c->end_cost);
    memset(c, 0, sizeof *c);
}

int64_t qwr__candidates_count(const qwr__candidates *c)
{
    int64_t count = 0;
    for (uint32_t r = 0; r < c->view.row_count; r++)
        count += c->row_last[r] - c->row_first[r] + 1;
    return count;
}

uint32_t qwr__row_class(const qwr_problem_view *view, uint32_t row)
{
    uint32_t low = 0, high = view->class_count;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (view->class_row_begin[mid] <= row)
            low = mid;
        else
            high = mid;
    }
    return low;
}

int64_t qwr__candidate_cost(const qwr_problem_view *v, uint32_t row, int32_t start)
{
    if (row >= v->row_count || start < v->row_first[row] || start > v->row_last[row])
        return INT64_MAX;
    uint32_t k = qwr__row_class(v, row), i = v->class_call[k];
    const int32_t *a = v->start_cost + v->call_start_offset[i];
    const int32_t *b = v->end_cost + v->call_end_offset[i];
    return (int64_t)v->row_cost[row] + a[start - v->call_first_start[i]] +
           b[start + v->class_duration[k] - v->call_first_end[i]];
}
