/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cost of a plan, recomputed to the integer from the definitions in <quaywright/entities.h>.
 * Must never see how the optimiser prices anything.
 */
#include "check/check.h"

/** floor(a * b / c) with c > 0, at the nearest int64_t. */
static int64_t share(int64_t a, int64_t b, int64_t c)
{
    qwr__wide product = (qwr__wide)a * b;
    qwr__wide quotient = product / c;
    if (product % c < 0)
        quotient--;
    return qwr__clamp64(quotient);
}

/** Rate per hour times a duration. */
static int64_t per_hour(int64_t rate, int64_t seconds)
{
    return share(rate, seconds, 3600);
}

static int64_t per_hour_after(int64_t rate, int64_t from_s, int64_t to_s)
{
    return to_s > from_s ? per_hour(rate, qwr__sat_sub(to_s, from_s)) : 0;
}

static int64_t time_terms(const qwr_call *c, const qwr_stay *s)
{
    int64_t sum = per_hour_after(c->wait_mu_h, c->eta_s, s->start_s);
    sum = qwr__sat_add(sum, per_hour_after(c->speedup_mu_h, s->start_s, c->eta_s));
    sum = qwr__sat_add(sum, per_hour(c->stay_mu_h, qwr__sat_sub(s->end_s, s->start_s)));
    if (c->desired_departure_s != QWR_UNSET)
        sum = qwr__sat_add(sum, per_hour_after(c->late_mu_h, c->desired_departure_s, s->end_s));
    if (c->latest_is_soft && c->latest_departure_s != QWR_UNSET && s->end_s > c->latest_departure_s)
        sum = qwr__sat_add(sum, c->past_latest_mu);
    return sum;
}

static int64_t place_terms(const qwr_call *c, const qwr_stay *s)
{
    if (c->preferred_mm == QWR_UNSET || c->preferred_quay.v == QWR_NONE ||
        c->preferred_quay.v != s->quay.v)
        return 0;
    return share(c->deviation_mu_m, qwr__sat_distance(s->position_mm, c->preferred_mm), 1000);
}

/** Crane time, and what it costs that the count changes during the work. */
static int64_t crane_terms(const qwr_call *c, const qwr__alongside *a)
{
    const qwr_stay *s = &a->stay;
    if (!a->varies) {
        int64_t work_s = qwr__sat_sub(s->end_s, s->start_s);
        work_s = qwr__sat_sub(qwr__sat_sub(work_s, c->mooring_s), c->unmooring_s);
        int64_t crane_s = qwr__clamp64((qwr__wide)s->cranes * work_s);
        return per_hour(c->crane_mu_h, crane_s);
    }
    int64_t crane_s = 0, changed = 0;
    for (uint32_t k = 0; k < a->steps; k++) {
        const qwr__step *step = &a->step[k];
        int64_t span_s = qwr__sat_sub(step->to_s, step->from_s);
        crane_s = qwr__sat_add(crane_s, qwr__clamp64((qwr__wide)step->cranes * span_s));
        if (k > 0)
            changed += qwr__sat_distance(step->cranes, a->step[k - 1].cranes);
    }
    return qwr__sat_add(per_hour(c->crane_mu_h, crane_s), share(c->handover_mu, changed, 1));
}

static int64_t change_terms(const qwr_call *c, const qwr_stay *s)
{
    int64_t sum = 0;
    bool other_quay = c->base_quay.v != QWR_NONE && c->base_quay.v != s->quay.v;
    bool other_berth = c->base_berth.v != QWR_NONE && c->base_berth.v != s->berth.v;
    if (other_quay || other_berth)
        sum = c->change_berth_mu;
    else if (c->base_position_mm != QWR_UNSET)
        sum = share(c->change_position_mu_m, qwr__sat_distance(s->position_mm, c->base_position_mm),
                    1000);
    if (c->base_start_s != QWR_UNSET)
        sum = qwr__sat_add(
            sum, per_hour(c->change_start_mu_h, qwr__sat_distance(s->start_s, c->base_start_s)));
    if (c->base_cranes != QWR_UNSET)
        sum = qwr__sat_add(
            sum, share(c->change_crane_mu, qwr__sat_distance(s->cranes, c->base_cranes), 1));
    return sum;
}

/** The completion a published set means: one unit less where periods count inclusively. */
static int64_t completion_s(const qwr_scenario_info *info, int64_t end_s)
{
    return info->inclusive ? qwr__sat_sub(end_s, info->published_unit_s) : end_s;
}

static int64_t flow_time(const qwr__site *site, uint32_t call, const qwr_stay *s)
{
    const qwr_call *c = site->call[call];
    int64_t flow_s = qwr__sat_sub(completion_s(site->info, s->end_s), c->eta_s);
    int64_t cost = per_hour(c->weight_milli, flow_s);
    if (site->shortest_s != NULL)
        cost = qwr__sat_sub(cost, per_hour(c->weight_milli, site->shortest_s[call]));
    return cost;
}

int64_t qwr__check_stay_cost(const qwr__site *site, uint32_t call, const qwr__alongside *along)
{
    const qwr_stay *stay = &along->stay;
    const qwr_call *c = site->call[call];
    if (!stay->placed)
        return 0;
    switch (site->info->objective) {
    case QWR_OBJECTIVE_COST:
        return qwr__sat_add(qwr__sat_add(time_terms(c, stay), place_terms(c, stay)),
                            qwr__sat_add(crane_terms(c, along), change_terms(c, stay)));
    case QWR_OBJECTIVE_FLOW_TIME:
        return flow_time(site, call, stay);
    case QWR_OBJECTIVE_COMPLETION:
        return per_hour(c->weight_milli, completion_s(site->info, stay->end_s));
    case QWR_OBJECTIVE_MAKESPAN:
        break;
    }
    return 0;
}

int64_t qwr__check_plan_cost(const qwr__board *board, int64_t *call_cost_mu)
{
    const qwr__site *site = board->site;
    int64_t sum = 0, last_s = INT64_MIN;
    for (uint32_t c = 0; c < site->calls; c++) {
        const qwr__alongside *a = &board->along[c];
        call_cost_mu[c] = qwr__check_stay_cost(site, c, a);
        sum = qwr__sat_add(sum, call_cost_mu[c]);
        if (a->placed)
            last_s = qwr__larger(last_s, a->stay.end_s);
    }
    if (site->info->objective != QWR_OBJECTIVE_MAKESPAN)
        return sum;
    return last_s == INT64_MIN ? 0 : share(1000, completion_s(site->info, last_s), 3600);
}
