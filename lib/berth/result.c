/* SPDX-License-Identifier: Apache-2.0 */
/* The best solution as a plan: stays, reasons, exact cost, bound. */
#include "berth/berth.h"

static const char WHERE[] = "berth.result";

static int64_t makespan_mu(const qwr__berth *b, int64_t end_s)
{
    const qwr_scenario_info *info = b->problem->info;
    if (info->inclusive)
        end_s -= info->published_unit_s;
    int64_t product = end_s * 1000;
    return product / 3600 - (product % 3600 < 0);
}

int64_t qwr__berth_cost_mu(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int64_t sum = 0, latest = INT64_MIN;
    for (uint32_t i = 0; i < v->call_count; i++) {
        qwr_stay stay;
        int64_t mu;
        if (b->row[i] == UINT32_MAX)
            continue;
        qwr__problem_stay(&stay, b->problem, b->row[i], b->start[i]);
        if (qwr__terms_stay_mu(&mu, b->problem, i, &stay))
            sum += mu;
        latest = stay.end_s > latest ? stay.end_s : latest;
    }
    if (v->makespan)
        return latest == INT64_MIN ? 0 : makespan_mu(b, latest);
    return sum;
}

int64_t qwr__berth_bound_mu(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (b->bound == INT64_MIN)
        return QWR_UNSET;
    int64_t bound = b->bound - (int64_t)(b->hopeless + b->unplaced) * v->unplaced_cost, mu;
    if (v->makespan) {
        if (b->unplaced || bound < 0)
            return QWR_UNSET;
        return makespan_mu(b, qwr__tick_s(b->problem, bound / qwr__makespan_weight(v)));
    }
    if ((bound < 0 && b->unplaced) || !qwr__mul64(&mu, bound, v->cost_unit_mu))
        return QWR_UNSET;
    for (uint32_t i = 0; i < v->call_count; i++)
        if (b->row[i] != UINT32_MAX)
            mu += b->problem->constant_mu[i];
    return mu;
}

static qwr_status fill_stays(qwr_plan *plan, const qwr__berth *b)
{
    for (uint32_t i = 0; i < b->problem->cand.view.call_count; i++) {
        qwr_stay stay = qwr_stay_init();
        char *reason = NULL;
        if (b->row[i] != UINT32_MAX) {
            qwr__problem_stay(&stay, b->problem, b->row[i], b->start[i]);
            if (!b->problem->cand.view.makespan)
                (void)qwr__terms_stay_mu(&stay.cost_mu, b->problem, i, &stay);
        } else {
            reason = qwr__problem_reason(b->problem, i);
            if (!reason)
                return qwr__no_memory(b->ctx, WHERE);
            stay.reason = reason;
        }
        qwr_status status = qwr_plan_set_stay(plan, (qwr_call_ix){i}, &stay);
        qwr__free(b->ctx, reason);
        QWR_TRY(status);
    }
    return QWR_OK;
}

qwr_status qwr__berth_plan(qwr_plan **out, const qwr__berth *b)
{
    qwr_plan *plan = NULL;
    *out = NULL;
    QWR_TRY(qwr_plan_new(&plan, b->ctx, b->scenario));
    qwr_plan_quality q = qwr_plan_quality_init();
    q.cost_mu = qwr__berth_cost_mu(b);
    q.bound_mu = qwr__berth_bound_mu(b);
    /* Tables that were cut down give a bound below the true cost: then the gap stays open. */
    bool closed = qwr__berth_closed(b) && q.bound_mu != QWR_UNSET && q.bound_mu >= q.cost_mu;
    if (closed)
        q.bound_mu = q.cost_mu;
    q.unplaced = (int64_t)b->hopeless + b->unplaced;
    q.work = b->work;
    q.seed = b->seed;
    q.scenario_hash = qwr_scenario_hash(b->scenario);
    q.proof = b->proof;
    if (b->hopeless || (b->unplaced && closed))
        q.outcome = QWR_OUTCOME_INFEASIBLE;
    else if (closed)
        q.outcome = QWR_OUTCOME_OPTIMAL;
    else
        q.outcome = b->value == INT64_MAX ? QWR_OUTCOME_NONE : QWR_OUTCOME_FEASIBLE;
    qwr_status status = fill_stays(plan, b);
    if (status == QWR_OK)
        status = qwr_plan_set_quality(plan, &q);
    if (status != QWR_OK) {
        qwr_plan_free(plan);
        return status;
    }
    *out = plan;
    return QWR_OK;
}
