/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a run: the best solution becomes a plan of the caller's scenario, and the checker has
 * the last word on it. Knows nothing of how the solution was found.
 */
#include "engine/run.h"
#include "model/certificate.h"

#include <quaywright/check.h>

#include <string.h>

/* The stays of a plan of the forecasted scenario, as a plan of the caller's, with the rates they
 * rest on. */
static qwr_status carry_over(qwr_plan **plan, qwr__run *r)
{
    qwr_plan *own = NULL;
    QWR_TRY(qwr_plan_new(&own, r->ctx, r->given));
    qwr_status status = QWR_OK;
    for (uint32_t i = 0; i < qwr_scenario_call_count(r->given) && status == QWR_OK; i++) {
        qwr_stay stay = *qwr_plan_stay(*plan, (qwr_call_ix){i});
        int64_t rate = qwr_scenario_call(r->forecasted, (qwr_call_ix){i})->rate_milli;
        if (stay.placed && rate != qwr_scenario_call(r->given, (qwr_call_ix){i})->rate_milli)
            stay.rate_milli = rate;
        status = qwr_plan_set_stay(own, (qwr_call_ix){i}, &stay);
    }
    qwr_plan_quality q = *qwr_plan_get_quality(*plan);
    q.forecast = r->options.forecast;
    q.scenario_hash = qwr_scenario_hash(r->given);
    if (status == QWR_OK)
        status = qwr_plan_set_quality(own, &q);
    qwr_plan_free(status == QWR_OK ? *plan : own);
    if (status == QWR_OK)
        *plan = own;
    return status;
}

/*
 * The call a violation is held against: its own, or, where a rule names a quay only (cranes), the
 * last to come of the stays that hold cranes there at the time. v == QWR_NONE: nobody.
 */
static qwr_call_ix culprit(const qwr__run *r, const qwr_plan *plan, const qwr_violation *v)
{
    qwr_call_ix last = v->call;
    int64_t latest_s = INT64_MIN;
    if (last.v != QWR_NONE || !strcmp(v->rule, "cost"))
        return last;
    for (uint32_t i = 0; i < qwr_scenario_call_count(r->given); i++) {
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (!stay->placed || stay->cranes == 0 || stay->start_s >= v->to_s ||
            stay->end_s <= v->from_s || stay->start_s < latest_s ||
            strcmp(qwr_scenario_quay(r->given, stay->quay)->id, v->resource) != 0)
            continue;
        latest_s = stay->start_s;
        last = (qwr_call_ix){i};
    }
    return last;
}

/* Takes a stay that breaks a rule out of the plan. */
static qwr_status take_out(qwr_plan *plan, qwr_call_ix call, const qwr_violation *v)
{
    qwr_stay stay = qwr_stay_init();
    qwr_plan_quality q = *qwr_plan_get_quality(plan);
    stay.reason = v->sentence;
    q.bound_mu = QWR_UNSET;
    q.outcome = QWR_OUTCOME_FEASIBLE;
    q.unplaced++;
    QWR_TRY(qwr_plan_set_stay(plan, call, &stay));
    QWR_TRY(qwr__plan_set_certificate(plan, NULL));
    return qwr_plan_set_quality(plan, &q);
}

static qwr_status restate_cost(qwr_plan *plan, int64_t cost_mu)
{
    qwr_plan_quality q = *qwr_plan_get_quality(plan);
    q.cost_mu = cost_mu;
    return qwr_plan_set_quality(plan, &q);
}

/* No plan leaves that the checker finds fault with: what breaks a rule is taken out, and counted.
 */
static qwr_status check_stage(qwr__run *r, qwr_plan *plan)
{
    qwr__mark m = qwr__stage_begin(r, "check");
    qwr_status status = QWR_OK;
    for (size_t round = 0; round <= qwr_scenario_call_count(r->given) && status == QWR_OK;
         round++) {
        qwr_violations *found = NULL;
        bool clean = true;
        QWR_TRY(qwr_plan_check(&found, r->ctx, r->given, plan));
        for (size_t k = 0; k < qwr_violations_count(found) && clean; k++) {
            const qwr_violation *v = qwr_violations_get(found, k);
            qwr_call_ix call = culprit(r, plan, v);
            if (!strcmp(v->rule, "placed") || call.v == QWR_NONE)
                continue;
            qwr__log(r->ctx, QWR_LOG_WARNING, "stage=check rule=%s sentence=\"%s\"", v->rule,
                     v->sentence);
            r->stats->violations++;
            clean = false;
            status = take_out(plan, call, v);
        }
        if (clean && r->stats->violations && status == QWR_OK)
            status = restate_cost(plan, qwr_violations_cost_mu(found));
        qwr_violations_free(found);
        if (clean)
            break;
    }
    qwr__stage_end(r, m, (int64_t)qwr_rule_count(), QWR_STOP_DONE);
    return status;
}

/* Does a plan break no rule? What it leaves out is counted; what it says it costs does not matter.
 */
static bool sound(const qwr_violations *found, int64_t *unplaced)
{
    *unplaced = 0;
    for (size_t k = 0; k < qwr_violations_count(found); k++) {
        const char *rule = qwr_violations_get(found, k)->rule;
        bool left_out = strcmp(rule, "placed") == 0;
        if (!left_out && strcmp(rule, "cost") != 0)
            return false;
        *unplaced += left_out;
    }
    return true;
}

/* Puts the stays of the caller's plan in place of those found. */
static qwr_status take_start(qwr_plan *plan, const qwr__run *r, const qwr_violations *found,
                             int64_t unplaced)
{
    qwr_plan_quality q = *qwr_plan_get_quality(plan);
    for (uint32_t i = 0; i < qwr_scenario_call_count(r->given); i++) {
        qwr_stay stay = *qwr_plan_stay(r->options.start, (qwr_call_ix){i});
        stay.cost_mu = stay.placed ? qwr_violations_call_cost_mu(found, (qwr_call_ix){i}) : 0;
        if (!stay.placed) {
            const qwr_stay *own = qwr_plan_stay(plan, (qwr_call_ix){i});
            stay.reason = !own->placed ? own->reason
                                       : "the plan to start from leaves it out, and no better one "
                                         "was found";
        }
        QWR_TRY(qwr_plan_set_stay(plan, (qwr_call_ix){i}, &stay));
    }
    q.cost_mu = qwr_violations_cost_mu(found);
    /* A start off the step or the grid may cost less than the bound of those on it. */
    if (unplaced != q.unplaced || q.bound_mu > q.cost_mu)
        q.bound_mu = QWR_UNSET;
    q.unplaced = unplaced;
    if (q.outcome != QWR_OUTCOME_INFEASIBLE || unplaced == 0)
        q.outcome = QWR_OUTCOME_FEASIBLE;
    return qwr_plan_set_quality(plan, &q);
}

/*
 * The result is never worse than the plan the caller started from, not even where that holds stays
 * the engine does not describe (off the step or the grid), or costs its tables cut down.
 */
static qwr_status keep_start(qwr__run *r, qwr_plan *plan)
{
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    qwr_violations *found = NULL;
    int64_t unplaced;
    if (!r->options.start)
        return QWR_OK;
    qwr_status status = qwr_plan_check(&found, r->ctx, r->given, r->options.start);
    if (status == QWR_OK && sound(found, &unplaced) &&
        (unplaced < q->unplaced ||
         (unplaced == q->unplaced && qwr_violations_cost_mu(found) < q->cost_mu)))
        status = take_start(plan, r, found, unplaced);
    qwr_violations_free(found);
    return status;
}

qwr_status qwr__run_finish(qwr_plan **out, qwr__run *r, qwr_stop stop)
{
    qwr_plan *plan = NULL;
    QWR_TRY(qwr__berth_plan(&plan, r->berth));
    qwr_plan_quality q = *qwr_plan_get_quality(plan);
    q.stop = stop;
    qwr_status status = qwr_plan_set_quality(plan, &q);
    if (status == QWR_OK && r->forecasted)
        status = carry_over(&plan, r);
    if (status == QWR_OK)
        status = check_stage(r, plan);
    if (status == QWR_OK)
        status = keep_start(r, plan);
    if (status != QWR_OK) {
        qwr_plan_free(plan);
        return status;
    }
    *out = plan;
    return QWR_OK;
}
