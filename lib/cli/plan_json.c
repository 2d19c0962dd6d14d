/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans, key figures and violations as JSON for programs: times in UTC, lengths in metres, costs
 * in the published unit. Knows the nouns, reads no file.
 */
#include "cli/plan_json.h"

#include <stdio.h>

const char *stay_place(const qwr_scenario *scenario, const qwr_stay *stay)
{
    const qwr_berth *berth = qwr_scenario_berth(scenario, stay->berth);
    const qwr_quay *quay = qwr_scenario_quay(scenario, stay->quay);
    return berth ? berth->id : quay ? quay->id : "";
}

static void cost_json(json_out *json, const char *key, int64_t cost_mu)
{
    char text[32];
    if (cost_mu == QWR_UNSET) {
        json_null(json, key);
        return;
    }
    qwr_value_text(text, sizeof text, cost_mu);
    json_number(json, key, text);
}

static void time_json(json_out *json, const char *key, const qwr_scenario *scenario, int64_t at_s)
{
    char text[32];
    qwr_time_text(text, sizeof text, scenario, at_s);
    json_string(json, key, text);
}

static void hash_json(json_out *json, const char *key, uint64_t hash)
{
    char text[32];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    json_string(json, key, text);
}

void scenario_json(json_out *json, const qwr_scenario *scenario)
{
    json_string(json, "scenario", qwr_scenario_get_info(scenario)->id);
    hash_json(json, "hash", qwr_scenario_hash(scenario));
    json_int(json, "calls", (int64_t)qwr_scenario_call_count(scenario));
    json_int(json, "quays", (int64_t)qwr_scenario_quay_count(scenario));
    json_int(json, "berths", (int64_t)qwr_scenario_berth_count(scenario));
    json_int(json, "cranes", (int64_t)qwr_scenario_crane_count(scenario));
}

static void stay_json(json_out *json, const qwr_scenario *scenario, const qwr_call *call,
                      const qwr_stay *stay)
{
    json_object(json, NULL);
    json_string(json, "call", call->id);
    json_string(json, "vessel", call->vessel);
    json_bool(json, "placed", stay->placed != 0);
    if (stay->placed) {
        const qwr_quay *quay = qwr_scenario_quay(scenario, stay->quay);
        const qwr_berth *berth = qwr_scenario_berth(scenario, stay->berth);
        json_string(json, "quay", quay ? quay->id : NULL);
        json_string(json, "berth", berth ? berth->id : NULL);
        json_milli(json, "position_m", stay->position_mm);
        time_json(json, "start", scenario, stay->start_s);
        time_json(json, "end", scenario, stay->end_s);
        json_int(json, "cranes", stay->cranes);
        cost_json(json, "cost", stay->cost_mu);
    } else {
        json_string(json, "reason", stay->reason);
    }
    json_object_end(json);
}

static qwr_status kpi_json(json_out *json, qwr_context *ctx, const qwr_plan *plan)
{
    qwr_kpi kpi = qwr_kpi_init();
    qwr_status status = qwr_plan_kpi(&kpi, ctx, plan);
    if (status)
        return status;
    json_object(json, "kpi");
    json_int(json, "calls", kpi.calls);
    json_int(json, "placed", kpi.placed);
    json_int(json, "on_time", kpi.on_time);
    json_int(json, "late", kpi.late);
    json_double(json, "gross_berth_h", (double)kpi.gross_berth_s / 3600, 3);
    json_double(json, "wait_h", (double)kpi.wait_s / 3600, 3);
    json_double(json, "late_h", (double)kpi.late_s / 3600, 3);
    json_double(json, "crane_work_h", (double)kpi.crane_work_s / 3600, 3);
    json_int(json, "moves", kpi.moves);
    json_milli(json, "berth_use", kpi.berth_use_milli);
    json_milli(json, "crane_use", kpi.crane_use_milli);
    json_milli(json, "crane_density", kpi.crane_density_milli);
    json_milli(json, "qcm", kpi.qcm_milli);
    json_milli(json, "deviation_m", kpi.deviation_mm);
    json_double(json, "makespan_h", (double)kpi.makespan_s / 3600, 3);
    json_object_end(json);
    return QWR_OK;
}

qwr_status plan_json(json_out *json, qwr_context *ctx, const qwr_plan *plan)
{
    const qwr_scenario *scenario = qwr_plan_scenario(plan);
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
    double gap_pct = qwr_plan_gap_pct(plan);
    json_string(json, "scenario", qwr_scenario_get_info(scenario)->id);
    hash_json(json, "scenario_hash", qwr_scenario_hash(scenario));
    hash_json(json, "plan_hash", qwr_plan_hash(plan));
    json_string(json, "outcome", qwr_outcome_name(quality->outcome));
    json_string(json, "stop", qwr_stop_name(quality->stop));
    cost_json(json, "value", quality->cost_mu);
    cost_json(json, "bound", quality->bound_mu);
    if (gap_pct < 0)
        json_null(json, "gap_pct");
    else
        json_double(json, "gap_pct", gap_pct, 4);
    json_string(json, "proof", quality->proof);
    json_string(json, "forecast", quality->forecast);
    json_int(json, "unplaced", quality->unplaced);
    json_int(json, "work", quality->work);
    json_int(json, "seed", (int64_t)quality->seed);
    qwr_status status = kpi_json(json, ctx, plan);
    if (status)
        return status;
    json_list(json, "stays");
    for (uint32_t i = 0; i < qwr_scenario_call_count(scenario); i++) {
        qwr_call_ix ix = {i};
        stay_json(json, scenario, qwr_scenario_call(scenario, ix), qwr_plan_stay(plan, ix));
    }
    json_list_end(json);
    return QWR_OK;
}

void when_where_json(json_out *json, const char *key, const qwr_scenario *scenario,
                     const qwr_stay *stay)
{
    char text[32];
    if (!stay || !stay->placed) {
        json_null(json, key);
        return;
    }
    const qwr_quay *quay = qwr_scenario_quay(scenario, stay->quay);
    const qwr_berth *berth = qwr_scenario_berth(scenario, stay->berth);
    json_object(json, key);
    json_string(json, "quay", quay ? quay->id : NULL);
    json_string(json, "berth", berth ? berth->id : NULL);
    json_milli(json, "position_m", stay->position_mm);
    qwr_time_text(text, sizeof text, scenario, stay->start_s);
    json_string(json, "start", text);
    qwr_time_text(text, sizeof text, scenario, stay->end_s);
    json_string(json, "end", text);
    json_int(json, "cranes", stay->cranes);
    json_object_end(json);
}

void violation_json(json_out *json, const qwr_scenario *scenario, const qwr_violation *v)
{
    const qwr_call *call = qwr_scenario_call(scenario, v->call);
    json_object(json, NULL);
    json_string(json, "rule", v->rule);
    json_string(json, "call", call ? call->id : NULL);
    json_string(json, "resource", v->resource);
    time_json(json, "from", scenario, v->from_s);
    time_json(json, "to", scenario, v->to_s);
    json_int(json, "amount", v->amount);
    json_string(json, "unit", v->unit);
    json_string(json, "sentence", v->sentence);
    json_object_end(json);
}

void violations_json(json_out *json, const qwr_scenario *scenario, const qwr_violations *violations)
{
    json_list(json, "violations");
    for (size_t i = 0; i < qwr_violations_count(violations); i++)
        violation_json(json, scenario, qwr_violations_get(violations, i));
    json_list_end(json);
}

void stats_json(json_out *json, const qwr_solve_stats *stats)
{
    json_object(json, "run");
    json_double(json, "elapsed_s", (double)stats->elapsed_us / 1e6, 6);
    json_double(json, "first_plan_s", (double)stats->first_plan_us / 1e6, 6);
    json_int(json, "candidates", stats->candidates);
    json_int(json, "candidates_left", stats->candidates_left);
    json_list(json, "stages");
    for (uint32_t i = 0; i < stats->stage_count; i++) {
        const qwr_stage_stats *stage = &stats->stage[i];
        json_object(json, NULL);
        json_string(json, "stage", stage->stage);
        json_double(json, "elapsed_s", (double)stage->elapsed_us / 1e6, 6);
        json_int(json, "work", stage->work);
        json_int(json, "items", stage->items);
        cost_json(json, "value", stage->cost_mu);
        cost_json(json, "bound", stage->bound_mu);
        json_string(json, "stop", qwr_stop_name(stage->stop));
        json_object_end(json);
    }
    json_list_end(json);
    json_object_end(json);
}
