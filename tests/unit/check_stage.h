/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small stage for tests of the checker and the report: build a scenario, put vessels on it,
 * check. Metres and hours go in, the library's units come out. Knows no rule.
 */
#ifndef QWR_CHECK_STAGE_H
#define QWR_CHECK_STAGE_H

#include "support.h"

#include <quaywright/check.h>

enum { METRE = 1000, HOUR = 3600 };

typedef struct stage {
    qwr_context *ctx;
    qwr_scenario_info info;
    qwr_scenario_builder *builder;
    qwr_scenario *scenario;
    qwr_plan *plan;
    qwr_violations *found;
} stage;

/** A stage with an empty scenario of ten days. Change `info` before the first entity is added. */
stage stage_open(void);
void stage_close(stage *s);

qwr_quay_ix stage_quay(stage *s, const char *id, qwr_layout layout, int64_t length_m);
qwr_berth_ix stage_berth(stage *s, const char *id, qwr_quay_ix quay, int64_t from_m,
                         int64_t length_m);
/** Cranes with ids K0, K1 ... that reach along the whole quay. */
void stage_cranes(stage *s, qwr_quay_ix quay, int count);
void stage_tide(stage *s, int64_t at_h, int64_t level_mm);
/** 200 m long, 30 m wide, ETA at hour 0, two hours of work whatever the cranes, 0 .. 8 cranes. */
qwr_call stage_vessel(const char *id, const char *vessel);
qwr_call_ix stage_call(stage *s, const qwr_call *call);
/** A 200 m vessel as stage_vessel() makes it. */
qwr_call_ix stage_plain_call(stage *s, const char *id);
qwr_window stage_window(const char *id, qwr_window_kind kind, int64_t from_h, int64_t to_h);
void stage_add_window(stage *s, const qwr_window *window);

/** Freezes the scenario and makes an empty plan. */
void stage_freeze(stage *s);

qwr_stay stage_stay(qwr_quay_ix quay, int64_t at_m, int64_t from_h, int64_t to_h, int64_t cranes);
void stage_set(stage *s, qwr_call_ix call, const qwr_stay *stay);
void stage_put(stage *s, qwr_call_ix call, qwr_quay_ix quay, int64_t at_m, int64_t from_h,
               int64_t to_h, int64_t cranes);
void stage_put_berth(stage *s, qwr_call_ix call, qwr_berth_ix berth, int64_t from_h, int64_t to_h);

/** Checks the plan; `found` holds the result until the next check. */
void stage_check(stage *s);
/** The plan is legal. */
void stage_legal(stage *s);
/** The plan breaks exactly one rule, once; returns that violation. */
const qwr_violation *stage_breaks(stage *s, const char *rule);
/** Number of violations of this rule in the last check. */
size_t stage_count(const stage *s, const char *rule);

#endif
