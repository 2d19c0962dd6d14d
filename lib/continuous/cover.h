/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs for many sections: "each call in one set, one set a section" by column generation over
 * sets of calls that share a section (labels.h prices them), then every set that a better plan
 * could hold is listed with its true cost (exact.h) and the best choice of sets is found.
 */
#ifndef QWR_CONTINUOUS_COVER_H
#define QWR_CONTINUOUS_COVER_H

#include "continuous/labels.h"

/** A set of calls that share a section, and its cost in cost units. */
typedef struct qwr__column {
    uint32_t section;
    qwr__calls calls;
    int64_t cost;
} qwr__column;

typedef struct qwr__cover {
    const qwr__packing *p;
    qwr__price *price; /**< [sections]; those without options have none */
    qwr__column *column;
    size_t count, capacity;
    bool failed; /**< no memory for a column */

    int64_t prize[QWR__PACKED_CALLS]; /**< of the best bound, in 1/QWR__PACKING_SCALE */
    int64_t total;                    /**< the bound at these, in the same; INT64_MIN: none */
    uint32_t beam;
} qwr__cover;

qwr_status qwr__cover_init(qwr__cover *c, const qwr__packing *p);
void qwr__cover_free(qwr__cover *c);
/** Adds a set, unless it is there at no higher cost. A qwr__part_fn. */
void qwr__cover_add(void *cover, uint32_t section, qwr__calls calls, int64_t cost);
/** Raises the bound by column generation; offers what it finds to the berth stage. */
qwr_status qwr__cover_climb(qwr__cover *c);
/** Lists the sets a better plan could hold and chooses: afterwards the gap is closed, or there was
 * no room or time. list.c */
qwr_status qwr__cover_close(qwr__cover *c);

/** What plans cost beside the calls that are packed: calls without any place. */
static inline int64_t qwr__packing_hopeless(const qwr__packing *p)
{
    return (int64_t)p->b->hopeless * p->view->unplaced_cost;
}

#endif
