/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run: the scenario of a task varied, planned, checked and measured, whatever happens as a row.
 * Knows neither store nor process.
 */
#include "cli/sweep.h"

#include "cli/machine.h"

#include <stdio.h>
#include <string.h>

/* The chain of causes, outermost first, in one line. */
static void failed(sweep_run *out, const qwr_context *ctx, qwr_status status)
{
    textbuf text = {0};
    for (size_t i = qwr_context_cause_count(ctx); i-- > 0;)
        textbuf_printf(&text, "%s%s", text.length > 0 ? " because " : "",
                       qwr_context_cause(ctx, i)->message);
    snprintf(out->status, sizeof out->status, "%s", qwr_status_name(status));
    snprintf(out->message, sizeof out->message, "%s", text.data ? text.data : "");
    textbuf_free(&text);
}

static void fill_kpi(sweep_run *out, const qwr_kpi *k)
{
    const int64_t values[] = {
        k->calls,         k->placed,          k->on_time,         k->late,
        k->gross_berth_s, k->wait_s,          k->late_s,          k->crane_work_s,
        k->moves,         k->berth_use_milli, k->crane_use_milli, k->crane_density_milli,
        k->qcm_milli,     k->deviation_mm,    k->makespan_s};
    memcpy(&out->field[SWEEP_CALLS], values, sizeof values);
}

static qwr_solve_options options_of(const sweep_design *d, const args *a, int64_t task)
{
    qwr_solve_options options = qwr_solve_options_init();
    options.deadline_ms = args_given(a, "deadline") ? args_int(a, "deadline") : -1;
    if (!args_given(a, "deadline") || args_given(a, "work-limit"))
        options.work_limit = args_int(a, "work-limit");
    options.seed = sweep_plan_seed(d, task);
    options.solver = args_text(a, "solver");
    options.optimisers = args_text(a, "optimiser");
    options.forecast = args_text(a, "forecast");
    return options;
}

/* The engine's word is not enough: a plan with a broken rule is a failed run. */
static qwr_status judge(sweep_run *out, qwr_context *ctx, const qwr_scenario *scenario,
                        const qwr_plan *plan)
{
    qwr_violations *violations = NULL;
    qwr_status status = qwr_plan_check(&violations, ctx, scenario, plan);
    if (status)
        return status;
    for (size_t i = 0; i < qwr_violations_count(violations); i++) {
        const qwr_violation *v = qwr_violations_get(violations, i);
        if (strcmp(v->rule, "placed") == 0)
            continue;
        snprintf(out->status, sizeof out->status, "QWR_ESTATE");
        snprintf(out->message, sizeof out->message, "the plan breaks the rule \"%s\": %.400s",
                 v->rule, v->sentence);
        break;
    }
    qwr_violations_free(violations);
    return QWR_OK;
}

/* Why the first call without a place has none. */
static void say_unplaced(sweep_run *out, const qwr_scenario *scenario, const qwr_plan *plan)
{
    for (uint32_t i = 0; i < qwr_scenario_call_count(scenario); i++) {
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (stay->placed)
            continue;
        snprintf(out->message, sizeof out->message, "%.100s has no place: %.400s",
                 qwr_scenario_call(scenario, (qwr_call_ix){i})->id,
                 stay->reason ? stay->reason : "no reason is known");
        return;
    }
}

static qwr_status measure(sweep_run *out, qwr_context *ctx, const qwr_scenario *scenario,
                          const qwr_plan *plan)
{
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    qwr_kpi kpi = qwr_kpi_init();
    qwr_status status = qwr_plan_kpi(&kpi, ctx, plan);
    if (status)
        return status;
    fill_kpi(out, &kpi);
    out->plan_hash = qwr_plan_hash(plan);
    out->field[SWEEP_VALUE] = q->cost_mu;
    out->field[SWEEP_BOUND] = q->bound_mu;
    out->field[SWEEP_UNPLACED] = q->unplaced;
    out->field[SWEEP_WORK] = q->work;
    snprintf(out->outcome, sizeof out->outcome, "%s", qwr_outcome_name(q->outcome));
    snprintf(out->stop, sizeof out->stop, "%s", qwr_stop_name(q->stop));
    say_unplaced(out, scenario, plan);
    return judge(out, ctx, scenario, plan);
}

void sweep_plan_task(sweep_run *out, qwr_context *ctx, const sweep_design *d, const args *a,
                     int64_t task)
{
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    const int64_t begin_us = machine_wall_us();
    memset(out, 0, sizeof *out);
    out->task = task;
    out->point = task / d->replications;
    out->replication = task % d->replications;
    out->seed = sweep_plan_seed(d, task);
    for (size_t i = 0; i < SWEEP_FIELDS; i++)
        out->field[i] = QWR_UNSET;
    snprintf(out->version, sizeof out->version, "%s", qwr_version());
    snprintf(out->status, sizeof out->status, "%s", qwr_status_name(QWR_OK));
    qwr_status status = sweep_scenario(&scenario, ctx, d, task);
    if (status == QWR_OK) {
        const qwr_solve_options options = options_of(d, a, task);
        out->scenario_hash = qwr_scenario_hash(scenario);
        status = qwr_solve(&plan, ctx, scenario, &options, NULL);
    }
    if (status == QWR_OK)
        status = measure(out, ctx, scenario, plan);
    if (status)
        failed(out, ctx, status);
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    out->elapsed_us = machine_wall_us() - begin_us;
}
