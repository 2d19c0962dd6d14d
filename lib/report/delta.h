/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The delta: two plans laid side by side, call by call. Calls, quays, berths match by id, times by
 * the clock. Must never judge which plan is better.
 */
#ifndef QWR_REPORT_DELTA_H
#define QWR_REPORT_DELTA_H

#include "report/crew.h"

#include <quaywright/diff.h>

typedef enum qwr__fate {
    QWR__SAME = 0,
    QWR__MOVED, /* another place, time or number of cranes */
    QWR__NEW,   /* has a place now */
    QWR__LOST,  /* had a place */
    QWR__NOWHERE
} qwr__fate;

struct qwr__delta {
    qwr_context *ctx;
    const qwr__sheet *before, *after;
    qwr_diff *diff;  /* the same in sentences */
    int64_t shift_s; /* seconds of `before` plus this are seconds of `after` */
    uint32_t *was;   /* by call of `after`: the call in `before`, or QWR_NONE */
    qwr__fate *fate; /* by call of `after` */
    uint32_t *lost;  /* calls of `before` that had a place and have none now */
    size_t lost_count;
    size_t count[QWR__NOWHERE + 1]; /* by fate; lost calls that are gone from the scenario, too */
};

qwr_status qwr__delta_init(qwr__delta *delta, const qwr__sheet *before, qwr__sheet *after);
void qwr__delta_free(qwr__delta *delta);
/** Class of a vessel's group. Static. */
const char *qwr__delta_kind(const qwr__delta *delta, uint32_t call);

/** Old places behind the vessels of a panel; `above`: arrows and names before them. */
void qwr__draw_ghosts(qwr__canvas *c, const qwr__panel *p);
void qwr__draw_arrows(qwr__canvas *c, const qwr__panel *p);

/** What changed, in numbers and in sentences. */
void qwr__page_changes(qwr__text *out, const qwr__picture *p);

#endif
