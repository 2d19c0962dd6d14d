/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns of a run, and its key figures in the units people read. Knows neither store nor planner.
 */
#include "cli/sweep_compare.h"

#include <math.h>
#include <string.h>

const char *const sweep_field_names[SWEEP_FIELDS] = {
    "value_mu",  "bound_mu",        "unplaced",        "work",
    "calls",     "placed",          "on_time",         "late",
    "berth_s",   "wait_s",          "late_s",          "crane_work_s",
    "moves",     "berth_use_milli", "crane_use_milli", "crane_density_milli",
    "qcm_milli", "deviation_mm",    "makespan_s"};

int sweep_run_ok(const sweep_run *run)
{
    return strcmp(run->status, "QWR_OK") == 0;
}

static const struct {
    sweep_kpi kpi;
    sweep_field field; /* SWEEP_FIELDS: made from several */
    double unit;       /* field units in one unit shown */
} figures[] = {
    {{"value", "", 0, -1, 1, "cost of the plan, in the unit of its objective"}, SWEEP_VALUE, 1000},
    {{"bound", "", 0, 0, 1, "no plan costs less"}, SWEEP_BOUND, 1000},
    {{"gap_pct", "%", 2, -1, 1, "100 (value - bound) / value"}, SWEEP_FIELDS, 1},
    {{"unplaced", "calls", 2, -1, 0, "calls without a place"}, SWEEP_UNPLACED, 1},
    {{"on_time", "calls", 2, 1, 0, "calls that leave by their desired departure"},
     SWEEP_ON_TIME,
     1},
    {{"late", "calls", 2, -1, 0, "calls that leave after it"}, SWEEP_LATE, 1},
    {{"wait_hours", "h", 2, -1, 1, "sum of waiting for a berth"}, SWEEP_WAIT_S, 3600},
    {{"late_hours", "h", 2, -1, 1, "sum of lateness at departure"}, SWEEP_LATE_S, 3600},
    {{"berth_hours", "h", 1, -1, 1, "Gross Berth Hours: sum of times alongside"},
     SWEEP_BERTH_S,
     3600},
    {{"crane_hours", "h", 1, -1, 1, "crane-hours held"}, SWEEP_CRANE_S, 3600},
    {{"moves", "moves", 0, 0, 0, "crane moves of the calls with a place"}, SWEEP_MOVES, 1},
    {{"berth_use_pct", "%", 2, 0, 0, "hull metres times hours over quay metres times span"},
     SWEEP_BERTH_USE,
     10},
    {{"crane_use_pct", "%", 2, 0, 0, "cranes held over cranes there are, same span"},
     SWEEP_CRANE_USE,
     10},
    {{"crane_density", "cranes", 2, 0, 0, "mean cranes a vessel being worked"},
     SWEEP_DENSITY,
     1000},
    {{"moves_per_crane_hour", "", 2, 1, 0, "moves over crane-hours held"}, SWEEP_QCM, 1000},
    {{"deviation_m", "m", 0, -1, 1, "sum of distances from preferred positions"},
     SWEEP_DEVIATION,
     1000},
    {{"makespan_hours", "h", 2, -1, 1, "end of the last stay"}, SWEEP_MAKESPAN_S, 3600},
    {{"work", "", 0, 0, 0, "units of work of the planner"}, SWEEP_WORK, 1},
};

const sweep_kpi *sweep_kpi_at(size_t k)
{
    return k < sizeof figures / sizeof *figures ? &figures[k].kpi : NULL;
}

static double gap(const sweep_run *run)
{
    const int64_t value = run->field[SWEEP_VALUE], bound = run->field[SWEEP_BOUND];
    if (value == QWR_UNSET || bound == QWR_UNSET)
        return NAN;
    return value == 0 ? 0 : 100.0 * (double)(value - bound) / (double)value;
}

double sweep_kpi_value(size_t k, const sweep_run *run)
{
    const sweep_field field = figures[k].field;
    if (!sweep_run_ok(run) || (figures[k].kpi.complete && run->field[SWEEP_UNPLACED] > 0))
        return NAN;
    if (field == SWEEP_FIELDS)
        return gap(run);
    return run->field[field] == QWR_UNSET ? NAN : (double)run->field[field] / figures[k].unit;
}
