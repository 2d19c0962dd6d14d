/* SPDX-License-Identifier: Apache-2.0 */
/* The small MILP over the candidates that the filter left. */
#ifndef QWR_BERTH_FORMULATE_H
#define QWR_BERTH_FORMULATE_H

#include "berth/berth.h"

#include <quaywright/solver.h>

/** Owns the arrays behind `view`. Columns 0 .. pick_count-1 are the picks; then one per call for
 * "left out". */
typedef struct qwr__milp {
    qwr_context *ctx;
    qwr_milp_view view;
    double *cost, *lower, *upper, *row_lower, *row_upper, *value, *start;
    uint8_t *integer;
    uint64_t *column_begin;
    uint32_t *row_index;
} qwr__milp;

/**
 * One row a call ("exactly once or left out"), one row for each maximal set of candidates that
 * share a cell at a tick, one for each tick at which cranes could run short.
 * @return QWR_OK, QWR_ETOOBIG (more than max_rows rows or max_entries entries), QWR_ENOMEM.
 */
qwr_status qwr__formulate(qwr__milp *m, const qwr__berth *b, const qwr__pick *picks,
                          size_t pick_count, size_t max_rows, size_t max_entries);
void qwr__milp_free(qwr__milp *m);

#endif
