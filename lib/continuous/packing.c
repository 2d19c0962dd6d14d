/* SPDX-License-Identifier: Apache-2.0 */
/* From candidates to sections and options. */
#include "continuous/packing.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "continuous.packing";

/* Rows of one class in the order of their cells. */
typedef struct item {
    int32_t cell, first, last, cost;
    uint32_t row;
} item;

/* A stretch of cells with one run of starts. */
typedef struct raw {
    qwr__option option;
    qwr__span opening;
    size_t first_row;
} raw;

typedef struct maker {
    qwr__packing *p;
    uint32_t *cell_section; /* [cells] */
    item *item;             /* [rows] of the class at hand */
    raw *raw;               /* [rows] */
    size_t raws;
} maker;

static int by_cell(const void *a, const void *b)
{
    const item *x = a, *y = b;
    return x->cell != y->cell ? (x->cell < y->cell ? -1 : 1)
                              : (x->first > y->first) - (x->first < y->first);
}

/* Whether two options differ in their starts alone. */
static int by_place(const qwr__option *x, const qwr__option *y)
{
    const int64_t a[] = {x->section, x->call,     x->low,      x->high,
                         x->width,   x->occupied, x->duration, x->cost};
    const int64_t b[] = {y->section, y->call,     y->low,      y->high,
                         y->width,   y->occupied, y->duration, y->cost};
    for (size_t k = 0; k < sizeof a / sizeof *a; k++)
        if (a[k] != b[k])
            return a[k] < b[k] ? -1 : 1;
    return 0;
}

/* Options in the making have one opening each, told by its first start. */
static int by_section(const void *a, const void *b)
{
    const raw *x = a, *y = b;
    int order = by_place(&x->option, &y->option);
    return order ? order
                 : (x->opening.first > y->opening.first) - (x->opening.first < y->opening.first);
}

/* Does waiting never pay? Then the earliest start is the best of a place. */
static bool never_falls(const int32_t *cost, int64_t count)
{
    for (int64_t k = 1; k < count; k++)
        if (cost[k] < cost[k - 1])
            return false;
    return true;
}

static bool suits(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (!b->problem->cand.exact || b->problem->thin || b->problem->clipped || v->row_count == 0)
        return false;
    for (uint32_t k = 0; k < v->class_count; k++)
        if (v->class_cranes[k] > 0)
            return false;
    uint32_t calls = 0;
    for (uint32_t i = 0; i < v->call_count; i++) {
        if (v->call_class_begin[i] == v->call_class_begin[i + 1])
            continue;
        int32_t last_end = v->call_first_end[i];
        for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++)
            for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++)
                if (v->row_last[r] + v->class_duration[k] > last_end)
                    last_end = v->row_last[r] + v->class_duration[k];
        if (!never_falls(v->start_cost + v->call_start_offset[i],
                         (int64_t)v->call_last_start[i] - v->call_first_start[i] + 1) ||
            !never_falls(v->end_cost + v->call_end_offset[i],
                         (int64_t)last_end - v->call_first_end[i] + 1))
            return false;
        calls++;
    }
    return calls > 0 && calls <= QWR__PACKED_CALLS;
}

/* Sections are what hangs together: cells that some row covers both of. */
static qwr_status make_sections(maker *m)
{
    qwr__packing *p = m->p;
    const qwr_problem_view *v = p->view;
    int32_t *cover = qwr__alloc(p->ctx, (size_t)v->cell_count + 1, sizeof *cover);
    if (!cover)
        return qwr__no_memory(p->ctx, WHERE);
    for (uint32_t k = 0; k < v->class_count; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            cover[v->row_cell[r] + 1]++; /* the edge before this cell lies inside */
            cover[v->row_cell[r] + v->class_width[k]]--;
        }
    for (uint32_t c = 0; c < v->cell_count; c++) {
        cover[c + 1] += cover[c];
        if (c == 0 || cover[c] == 0)
            p->section[p->section_count++] = (qwr__section){.first_cell = (int32_t)c};
        p->section[p->section_count - 1].cells++;
        m->cell_section[c] = p->section_count - 1;
    }
    qwr__free(p->ctx, cover);
    return QWR_OK;
}

static bool alike(const item *a, const item *b, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (a[k].first != b[k].first || a[k].last != b[k].last || a[k].cost != b[k].cost)
            return false;
    return true;
}

/* `count` runs of starts over `cells` cells. False: costs differ from run to run. */
static bool add_stretch(maker *m, uint32_t klass, uint32_t call, const item *at, size_t cells,
                        size_t count, size_t *rows)
{
    qwr__packing *p = m->p;
    const qwr_problem_view *v = p->view;
    uint32_t section = m->cell_section[at->cell];
    int32_t low = at->cell - p->section[section].first_cell;
    for (size_t k = 0; k < count; k++) {
        if (at[k].cost != at->cost)
            return false;
        m->raw[m->raws++] = (raw){.option = {.call = call,
                                             .section = section,
                                             .low = low,
                                             .high = low + (int32_t)cells - 1,
                                             .width = v->class_width[klass],
                                             .occupied = v->class_occupied[klass],
                                             .duration = v->class_duration[klass],
                                             .cost = at->cost},
                                  .opening = {at[k].first, at[k].last},
                                  .first_row = *rows};
        for (size_t c = 0; c < cells; c++)
            p->row[(*rows)++] = at[c * count + k].row;
    }
    return true;
}

/* Stretches that differ in their starts alone become one option. False: too many. */
static bool join(maker *m)
{
    qwr__packing *p = m->p;
    uint32_t of_call[QWR__PACKED_CALLS] = {0};
    qsort(m->raw, m->raws, sizeof *m->raw, by_section);
    for (size_t k = 0; k < m->raws; k++) {
        const raw *x = &m->raw[k];
        if (k == 0 || by_place(&x->option, &m->raw[k - 1].option)) {
            if (++of_call[x->option.call] > QWR__CALL_OPTIONS)
                return false;
            p->option[p->option_count] = x->option;
            p->option[p->option_count++].first_opening = p->opening_count;
        }
        p->opening[p->opening_count] = x->opening;
        p->first_row[p->opening_count++] = x->first_row;
        p->option[p->option_count - 1].end_opening = p->opening_count;
    }
    for (uint32_t o = 0, s = 0; s < p->section_count; s++) {
        p->section[s].first_option = o;
        while (o < p->option_count && p->option[o].section == s)
            o++;
        p->section[s].end_option = o;
    }
    return true;
}

static bool add_class(maker *m, uint32_t klass, uint32_t call, size_t *rows)
{
    const qwr_problem_view *v = m->p->view;
    size_t count = 0;
    for (uint32_t r = v->class_row_begin[klass]; r < v->class_row_begin[klass + 1]; r++)
        m->item[count++] =
            (item){v->row_cell[r], v->row_first[r], v->row_last[r], v->row_cost[r], r};
    qsort(m->item, count, sizeof *m->item, by_cell);
    for (size_t k = 0; k < count;) {
        const item *at = m->item + k;
        size_t openings = 1, cells = 1;
        while (k + openings < count && at[openings].cell == at->cell)
            openings++;
        for (;; cells++) {
            const item *next = at + cells * openings;
            if (k + (cells + 1) * openings > count || next->cell != at->cell + (int32_t)cells ||
                next[openings - 1].cell != next->cell || !alike(at, next, openings) ||
                m->cell_section[next->cell] != m->cell_section[at->cell])
                break;
            if (k + (cells + 1) * openings < count && next[openings].cell == next->cell)
                break; /* it has more openings */
        }
        if (!add_stretch(m, klass, call, at, cells, openings, rows))
            return false;
        k += cells * openings;
    }
    return true;
}

static bool make_options(maker *m)
{
    qwr__packing *p = m->p;
    const qwr_problem_view *v = p->view;
    size_t rows = 0;
    for (uint32_t i = 0; i < v->call_count; i++) {
        if (v->call_class_begin[i] == v->call_class_begin[i + 1])
            continue;
        p->call[p->calls] = i;
        for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++)
            if (!add_class(m, k, p->calls, &rows))
                return false;
        p->calls++;
    }
    return join(m);
}

qwr_status qwr__packing_init(qwr__packing *p, qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    *p = (qwr__packing){.ctx = b->ctx, .b = b, .view = v, .due = INT32_MAX};
    if (!suits(b))
        return QWR_EUNSUPPORTED;
    maker m = {.p = p};
    size_t most = (size_t)QWR__PACKED_CALLS * QWR__CALL_OPTIONS;
    p->section = qwr__alloc(b->ctx, v->cell_count, sizeof *p->section);
    p->option = qwr__alloc(b->ctx, most, sizeof *p->option);
    p->opening = qwr__alloc(b->ctx, v->row_count, sizeof *p->opening);
    p->row = qwr__alloc(b->ctx, v->row_count, sizeof *p->row);
    m.cell_section = qwr__alloc(b->ctx, v->cell_count, sizeof *m.cell_section);
    m.item = qwr__alloc(b->ctx, v->row_count, sizeof *m.item);
    m.raw = qwr__alloc(b->ctx, v->row_count, sizeof *m.raw);
    p->first_row = qwr__alloc(b->ctx, v->row_count, sizeof *p->first_row);
    qwr_status status = QWR_OK;
    if (!p->section || !p->option || !p->opening || !p->row || !m.cell_section || !m.item ||
        !m.raw || !p->first_row)
        status = qwr__no_memory(b->ctx, WHERE);
    if (status == QWR_OK)
        status = make_sections(&m);
    if (status == QWR_OK && !make_options(&m))
        status = QWR_EUNSUPPORTED;
    qwr__free(b->ctx, m.cell_section);
    qwr__free(b->ctx, m.item);
    qwr__free(b->ctx, m.raw);
    if (status != QWR_OK)
        qwr__packing_free(p);
    return status;
}

void qwr__packing_free(qwr__packing *p)
{
    if (!p->ctx)
        return;
    qwr__free(p->ctx, p->section);
    qwr__free(p->ctx, p->option);
    qwr__free(p->ctx, p->opening);
    qwr__free(p->ctx, p->first_row);
    qwr__free(p->ctx, p->row);
    *p = (qwr__packing){.ctx = NULL};
}

static uint32_t row_of(const qwr__packing *p, const qwr__placed *placed)
{
    const qwr__option *o = &p->option[placed->option];
    uint32_t k = o->first_opening;
    while (placed->start > p->opening[k].last)
        k++;
    return p->row[p->first_row[k] + (size_t)(placed->cell - o->low)];
}

void qwr__packing_offer(const qwr__packing *p, const qwr__placed *placed)
{
    const qwr_problem_view *v = p->view;
    uint32_t *row = qwr__alloc(p->ctx, v->call_count, sizeof *row);
    int32_t *start = qwr__alloc(p->ctx, v->call_count, sizeof *start);
    if (row && start) {
        for (uint32_t i = 0; i < v->call_count; i++)
            row[i] = UINT32_MAX;
        for (uint32_t j = 0; j < p->calls; j++) {
            if (placed[j].option == UINT32_MAX)
                continue;
            row[p->call[j]] = row_of(p, &placed[j]);
            start[p->call[j]] = placed[j].start;
        }
        (void)qwr__berth_offer(p->b, row, start);
    }
    qwr__free(p->ctx, row);
    qwr__free(p->ctx, start);
}

int32_t qwr__packing_end(const qwr__packing *p)
{
    const qwr__berth *b = p->b;
    const qwr_problem_view *v = p->view;
    int32_t latest = 0;
    if (b->value == INT64_MAX || b->unplaced)
        return (int32_t)v->tick_count;
    for (uint32_t j = 0; j < p->calls; j++) {
        uint32_t row = b->row[p->call[j]];
        int32_t end = b->start[p->call[j]] + v->class_duration[qwr__row_class(v, row)];
        latest = end > latest ? end : latest;
    }
    return latest;
}
