/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The models that solver backends are tried on: tiny ones by dense rows with what is true of them,
 * and one that no backend ends quickly. Plain data; knows no backend.
 */
#ifndef QWR_REGISTRY_CONFORMANCE_MODELS_H
#define QWR_REGISTRY_CONFORMANCE_MODELS_H

#include "registry/milp.h"

#define QWR__TINY_COLUMNS 9
#define QWR__TINY_ROWS    6
#define QWR__HARD_COLUMNS 45
#define QWR__HARD_ROWS    4

/** A model by dense rows, and what is true of it. */
typedef struct qwr__tiny {
    const char *name;
    uint32_t columns, rows;
    double offset;
    double cost[QWR__TINY_COLUMNS], lower[QWR__TINY_COLUMNS], upper[QWR__TINY_COLUMNS];
    double a[QWR__TINY_ROWS][QWR__TINY_COLUMNS];
    double row_lower[QWR__TINY_ROWS], row_upper[QWR__TINY_ROWS];
    qwr_milp_state state;
    double objective;
} qwr__tiny;

/** A view over arrays of its own, in columns. */
typedef struct sparse {
    qwr_milp_view view;
    uint8_t integer[QWR__TINY_COLUMNS];
    uint64_t begin[QWR__TINY_COLUMNS + 1];
    uint32_t row[QWR__TINY_COLUMNS * QWR__TINY_ROWS];
    double value[QWR__TINY_COLUMNS * QWR__TINY_ROWS];
} qwr__sparse;

/** Several equal sums at once: no backend ends this quickly by branching. */
typedef struct hard {
    qwr_milp_view view;
    double cost[QWR__HARD_COLUMNS], lower[QWR__HARD_COLUMNS], upper[QWR__HARD_COLUMNS];
    uint8_t integer[QWR__HARD_COLUMNS];
    double bound[QWR__HARD_ROWS];
    uint64_t begin[QWR__HARD_COLUMNS + 1];
    uint32_t row[QWR__HARD_COLUMNS * QWR__HARD_ROWS];
    double value[QWR__HARD_COLUMNS * QWR__HARD_ROWS];
} qwr__hard;

extern const qwr__tiny qwr__tiny_knapsack;
/** All with integer columns. */
extern const qwr__tiny qwr__tiny_models[];
extern const size_t qwr__tiny_model_count;
/** A linear program; its value is proved by multipliers. */
extern const qwr__tiny qwr__tiny_relaxation;

/** The tiny model as a view. */
void qwr__make_sparse(qwr__sparse *s, const qwr__tiny *t);
void qwr__make_hard(qwr__hard *h);

#endif
