/* SPDX-License-Identifier: Apache-2.0 */
/* One call of qwr_solve(): what its files share. */
#ifndef QWR_ENGINE_RUN_H
#define QWR_ENGINE_RUN_H

#include "berth/berth.h"

#include <quaywright/solve.h>

typedef struct qwr__run {
    qwr_context *ctx;
    const qwr_scenario *given; /**< the caller's */
    qwr_scenario *forecasted;  /**< with forecast rates, or NULL */
    qwr_solve_options options;
    qwr_solve_stats *stats;
    qwr__berth *berth;
    int64_t begin_us, deadline_us, work_limit;
    const char *stage;
} qwr__run;

/** Where a stage began; qwr__stage_end() turns it into a line of the stats. */
typedef struct qwr__mark {
    int64_t at_us, work;
} qwr__mark;

/** Tells the caller that a stage begins. */
qwr__mark qwr__stage_begin(qwr__run *r, const char *stage);
/** Adds the stage to log and stats. @param items what the stage counts */
void qwr__stage_end(qwr__run *r, qwr__mark m, int64_t items, qwr_stop stop);

/** finish.c: makes the plan, owned by caller, and has it checked. */
qwr_status qwr__run_finish(qwr_plan **out, qwr__run *r, qwr_stop stop);

#endif
