/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The candidate store: every way a call may be served, as a struct of arrays. A candidate is
 * (row, start tick); what the arrays mean is documented at qwr_problem_view in
 * <quaywright/plugin.h>, which is a read-only window on this store. Knows nothing of vessels, water
 * or money.
 */
#ifndef QWR_COST_CANDIDATES_H
#define QWR_COST_CANDIDATES_H

#include "base/base.h"

#include <quaywright/plugin.h>

/** A class and its first row, as a generator hands it in. */
typedef struct qwr__class {
    uint32_t call, group;
    int32_t cranes, width, duration, occupied, work_from, work_to;
} qwr__class;

typedef struct qwr__row {
    int32_t cell, first, last, cost;
} qwr__row;

/** Owns the arrays behind `view`. */
typedef struct qwr__candidates {
    qwr_context *ctx;
    qwr_problem_view view;

    const char **call_id; /* borrowed strings */
    uint32_t *call_class_begin;
    int32_t *call_first_start, *call_last_start, *call_first_end;
    uint64_t *call_start_offset, *call_end_offset;
    int32_t *start_cost, *end_cost;

    uint32_t *class_call, *class_group;
    int32_t *class_cranes, *class_width, *class_duration, *class_occupied;
    int32_t *class_work_from, *class_work_to;
    uint32_t *class_row_begin;
    size_t class_capacity;

    int32_t *row_cell, *row_first, *row_last, *row_cost;
    size_t row_capacity;
    size_t row_limit;

    int32_t *crane_capacity;

    /** Ticks a cell is held by the widest relaxation: see class_width_bound. */
    int32_t *class_width_bound; /**< width that is certainly needed; = class_width when exact */
    int32_t max_cranes, max_occupied;
    int32_t max_cost; /**< no |start|, |end| or row cost exceeds it */
    bool exact;       /**< class_width_bound equals class_width everywhere */
} qwr__candidates;

/**
 * Starts a store: tables of `calls` calls; start_cost/end_cost lengths per call are given by
 * first/last ticks that the caller has put into the two arrays.
 */
qwr_status qwr__candidates_init(qwr__candidates *c, qwr_context *ctx, uint32_t calls,
                                uint32_t groups, uint32_t cells, uint32_t ticks, size_t row_limit);
/** Lays out start_cost and end_cost once call_first_start, call_last_start, call_first_end and
 *  `end_count[call]` are known. */
qwr_status qwr__candidates_tables(qwr__candidates *c, const int32_t *end_count);
/** Appends one class with its rows (sorted by cost, cell, first). Calls must come in rising order.
 */
qwr_status qwr__candidates_add(qwr__candidates *c, const qwr__class *cls, int32_t width_bound,
                               const qwr__row *rows, size_t row_count);
/** Closes the class and row tables and points the view at them. */
qwr_status qwr__candidates_finish(qwr__candidates *c);
void qwr__candidates_free(qwr__candidates *c);

/** Number of candidates: sum over rows of last - first + 1. */
int64_t qwr__candidates_count(const qwr__candidates *c);

/** The class a row belongs to: binary search over class_row_begin. */
uint32_t qwr__row_class(const qwr_problem_view *view, uint32_t row);

/** Cost of a candidate in cost units; INT64_MAX if the start lies outside the row. */
int64_t qwr__candidate_cost(const qwr_problem_view *view, uint32_t row, int32_t start);

#endif
