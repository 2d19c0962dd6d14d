/* SPDX-License-Identifier: Apache-2.0 */
/* Plans, key figures and violations as JSON for programs. Knows the nouns, reads no file. */
#ifndef QWR_CLI_PLAN_JSON_H
#define QWR_CLI_PLAN_JSON_H

#include "cli/json_out.h"

#include <quaywright/quaywright.h>

/** Fields of the plan as a whole, its key figures and its stays, into the open object. */
qwr_status plan_json(json_out *json, qwr_context *ctx, const qwr_plan *plan);

/** Id, hash and sizes of a scenario into the open object. */
void scenario_json(json_out *json, const qwr_scenario *scenario);

/** Member `key`: where and when a stay is, and its cranes; null without a place. */
void when_where_json(json_out *json, const char *key, const qwr_scenario *scenario,
                     const qwr_stay *stay);
/** An object for one violation. */
void violation_json(json_out *json, const qwr_scenario *scenario, const qwr_violation *v);
/** "violations": [...] into the open object. */
void violations_json(json_out *json, const qwr_scenario *scenario,
                     const qwr_violations *violations);

/** "run": {...}: times and stages, which differ from run to run. */
void stats_json(json_out *json, const qwr_solve_stats *stats);

/** Name of the resource a stay lies at: berth, else quay. Borrowed. */
const char *stay_place(const qwr_scenario *scenario, const qwr_stay *stay);

#endif
