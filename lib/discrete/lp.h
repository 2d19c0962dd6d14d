/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small linear programme, min cost x, A x = b (rows are off by some millionths, which keeps
 * the method from standing still), x >= 0, by the primal simplex method with a dense
 * inverse: a few hundred rows, some thousand sparse columns that come one after another. It only
 * guides: every bound drawn from its prices is evaluated again in whole numbers.
 */
#ifndef QWR_DISCRETE_LP_H
#define QWR_DISCRETE_LP_H

#include "discrete/kernel.h"

#include <quaywright/plugin.h>

typedef struct qwr__lp {
    const qwr_host *host;
    const qwr__discrete_kernel *kernel;
    uint32_t rows, columns, capacity;
    size_t entries, entry_capacity;
    double *cost;  /**< [columns] */
    size_t *begin; /**< [columns + 1] of row[] and coefficient[] */
    uint16_t *row;
    double *coefficient;
    int32_t *place;       /**< [columns] row it is basic in; -1: not basic */
    uint32_t *basis;      /**< [rows] */
    double *inverse;      /**< [rows * rows] column after column */
    double *value;        /**< [rows] of the basic columns */
    double *demand;       /**< [rows] right-hand sides */
    double *dual;         /**< [rows] */
    double *direction;    /**< [rows] scratch */
    uint32_t *kept_basis; /**< [rows] as qwr__lp_keep() found them */
    double *kept_inverse, *kept_value;
    bool stale;     /**< dual must be made anew: costs have changed */
    uint32_t *live; /**< [lives] columns that may enter */
    uint32_t lives;
    bool *plain;     /**< [columns] every coefficient is 1 */
    uint32_t listed; /**< columns found worth entering */
    uint32_t looked; /**< in live[]: where the next look for columns begins */
    uint32_t list[16];
} qwr__lp;

typedef enum qwr__lp_end { QWR__LP_OPTIMAL, QWR__LP_LIMIT, QWR__LP_TROUBLE } qwr__lp_end;

int32_t qwr__lp_init(qwr__lp *p, const qwr_host *host, uint32_t rows);
void qwr__lp_free(qwr__lp *p);
/** Right-hand side of a row, 1 unless set; before qwr__lp_clear(). */
void qwr__lp_set_demand(qwr__lp *p, uint32_t row, double demand);
/** Forgets all columns. The first `rows` columns added after it must be unit columns, one a row in
 * order: they are the first basis. */
void qwr__lp_clear(qwr__lp *p);
/** Adds a column; returns its index, UINT32_MAX: no memory. */
uint32_t qwr__lp_add(qwr__lp *p, double cost, uint32_t count, const uint16_t *row,
                     const double *coefficient);
/** Drops the columns with drop[column] set; none of them may be basic. Later columns move down. */
void qwr__lp_drop(qwr__lp *p, const bool *drop);
/** Begins a new list of columns that may enter the basis; qwr__lp_allow() and _add() lengthen it.
 */
void qwr__lp_allow_none(qwr__lp *p);
void qwr__lp_allow(qwr__lp *p, uint32_t column);
void qwr__lp_set_cost(qwr__lp *p, uint32_t column, double cost);
/** Keeps the basis at hand; qwr__lp_return() goes back to it. No column may be dropped in between.
 */
void qwr__lp_keep(qwr__lp *p);
void qwr__lp_return(qwr__lp *p);
/** Solves from the basis at hand, in at most `most` pivots. */
qwr__lp_end qwr__lp_solve(qwr__lp *p, int64_t most);
double qwr__lp_objective(const qwr__lp *p);

#endif
