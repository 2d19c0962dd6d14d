/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two MILP formats share: the file being written, and numbers, names and bounds as text.
 * Knows no solver.
 */
#ifndef QWR_IO_MILP_H
#define QWR_IO_MILP_H

#include "io/io.h"

#include <quaywright/registry.h>

/** A model on its way into a file. */
typedef struct qwr__milp_writer {
    qwr_context *ctx;
    const qwr_milp_view *model;
    qwr__out out;
} qwr__milp_writer;

/** Which sides of a row are bounded. A row bounded on both, and not fixed, is written as two. */
typedef struct qwr__milp_sides {
    bool below, above, fixed;
} qwr__milp_sides;

qwr__milp_sides qwr__milp_row_sides(const qwr_milp_view *model, uint32_t row);
bool qwr__milp_is_free_below(double bound);
bool qwr__milp_is_free_above(double bound);
/** The text that every locale and reader takes back to the same double. */
void qwr__milp_put_number(qwr__milp_writer *w, double value);
/** The model's name in one word. */
void qwr__milp_put_name(qwr__milp_writer *w);

qwr_status qwr__milp_write_lp(qwr__milp_writer *w);
qwr_status qwr__milp_write_mps(qwr__milp_writer *w);

#endif
