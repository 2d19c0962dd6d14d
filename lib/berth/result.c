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

static bool is_placed(const qwr__berth *b, uint32_t call)
{
    return b->varied ? b->varied->stay[call].placed : b->row[call] != UINT32_MAX;
}

int64_t qwr__berth_cost_mu(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int64_t sum = 0, latest = INT64_MIN;
    for (uint32_t i = 0; i < v->call_count; i++) {
        qwr_stay stay;
        int64_t mu;
        if (!is_placed(b, i))
            continue;
        if (b->varied) {
            sum += b->varied->stay[i].cost_mu;
            continue;
        }
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
    if ((bound < 0 && b->unplaced && !qwr__berth_closed(b)) ||
        !qwr__mul64(&mu, bound, v->cost_unit_mu))
        return QWR_UNSET;
    for (uint32_t i = 0; i < v->call_count; i++)
        if (is_placed(b, i))
            mu += b->problem->constant_mu[i];
    return mu;
}

/* The cheapest candidate of a call, whatever lies there. */
static bool cheapest(const qwr_problem_view *v, uint32_t call, uint32_t *row, int32_t *start)
{
    int64_t least = INT64_MAX;
    uint32_t first = v->call_class_begin[call], last = v->call_class_begin[call + 1];
    for (uint32_t r = v->class_row_begin[first]; r < v->class_row_begin[last]; r++)
        for (int32_t t = v->row_first[r]; t <= v->row_last[r]; t++) {
            int64_t cost = qwr__candidate_cost(v, r, t);
            if (cost >= least)
                continue;
            least = cost;
            *row = r;
            *start = t;
        }
    return least != INT64_MAX;
}

/* Do the candidate and the stay of another call need a cell at the same time? */
static bool in_the_way(const qwr__berth *b, uint32_t row, int32_t start, uint32_t other)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (b->varied || b->row[other] == UINT32_MAX)
        return false;
    uint32_t k = qwr__row_class(v, row), o = qwr__row_class(v, b->row[other]);
    int32_t cell = v->row_cell[row], other_cell = v->row_cell[b->row[other]];
    return cell < other_cell + v->class_width[o] && other_cell < cell + v->class_width[k] &&
           start < b->start[other] + v->class_occupied[o] &&
           b->start[other] < start + v->class_occupied[k];
}

/* Why a call with candidates has no place: who lies where it would lie best, or that cranes lack.
 */
static char *blocked_reason(const qwr__berth *b, uint32_t call)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    const qwr_call *c = qwr_scenario_call(b->scenario, (qwr_call_ix){call});
    bool pinned = c->pin_start_s != QWR_UNSET || c->pin_position_mm != QWR_UNSET ||
                  c->pin_quay.v != QWR_NONE || c->pin_berth.v != QWR_NONE;
    uint32_t row = 0;
    int32_t start = 0, named = 0;
    qwr__text text;
    qwr_stay stay;
    qwr__text_init(&text, b->ctx);
    if (!cheapest(v, call, &row, &start))
        return qwr__problem_reason(b->problem, call);
    qwr__problem_stay(&stay, b->problem, row, start);
    const char *place = stay.berth.v != QWR_NONE ? qwr_scenario_berth(b->scenario, stay.berth)->id
                                                 : qwr_scenario_quay(b->scenario, stay.quay)->id;
    qwr__text_add(&text,
                  "no place is free of other calls and has cranes at any time %s; where it %s (%s",
                  pinned ? "its pins allow" : "it could come",
                  pinned ? "is pinned" : "would cost least", place);
    if (stay.berth.v == QWR_NONE) {
        qwr__text_add(&text, " at ");
        qwr__text_fixed(&text, stay.position_mm, 3);
        qwr__text_add(&text, " m");
    }
    qwr__text_add(&text, ") ");
    for (uint32_t i = 0; i < v->call_count && named < 3; i++)
        if (i != call && in_the_way(b, row, start, i))
            qwr__text_add(&text, "%s%s", named++ ? ", " : "rule overlap: in the way are ",
                          v->call_id[i]);
    if (!named)
        qwr__text_add(&text, "rule cranes: other calls hold the cranes it needs");
    return text.data;
}

static qwr_status fill_stays(qwr_plan *plan, const qwr__berth *b)
{
    for (uint32_t i = 0; i < b->problem->cand.view.call_count; i++) {
        qwr_stay stay = qwr_stay_init();
        char *reason = NULL;
        if (b->varied && is_placed(b, i)) {
            stay = b->varied->stay[i];
        } else if (is_placed(b, i)) {
            qwr__problem_stay(&stay, b->problem, b->row[i], b->start[i]);
            if (!b->problem->cand.view.makespan)
                (void)qwr__terms_stay_mu(&stay.cost_mu, b->problem, i, &stay);
        } else {
            bool hopeless = b->problem->cand.view.call_class_begin[i] ==
                            b->problem->cand.view.call_class_begin[i + 1];
            reason = hopeless ? qwr__problem_reason(b->problem, i) : blocked_reason(b, i);
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
    bool doubtful = qwr__berth_varies(b) && !b->confirmed;
    if ((b->hopeless && !doubtful) || (b->unplaced && closed))
        q.outcome = QWR_OUTCOME_INFEASIBLE;
    else if (closed)
        q.outcome = QWR_OUTCOME_OPTIMAL;
    else
        q.outcome = b->value == INT64_MAX ? QWR_OUTCOME_NONE : QWR_OUTCOME_FEASIBLE;
    qwr_status status = fill_stays(plan, b);
    if (status == QWR_OK)
        status = qwr_plan_set_quality(plan, &q);
    if (status == QWR_OK && q.bound_mu != QWR_UNSET)
        status = qwr__berth_certify(plan, b);
    if (status != QWR_OK) {
        qwr_plan_free(plan);
        return status;
    }
    *out = plan;
    return QWR_OK;
}
