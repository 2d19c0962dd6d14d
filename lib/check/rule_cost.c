/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "cost": the cost a plan claims is the cost it has: its total wherever an outcome is
 * claimed, and the share of a stay wherever one is given (0 is taken as not given).
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr_stay *s = &board->along[call].stay;
    if (!s->placed || s->cost_mu == 0)
        return;
    int64_t cost_mu = qwr__check_stay_cost(board->site, call, &board->along[call]);
    if (cost_mu == s->cost_mu)
        return;
    qwr__fact fact = {&qwr__rule_cost,
                      call,
                      board->site->call[call]->id,
                      s->start_s,
                      s->end_s,
                      qwr__sat_distance(s->cost_mu, cost_mu),
                      "mu"};
    qwr__found(out, &fact, "The plan says the stay of @ costs @; it costs @.",
               QWR__WORDS(QWR__CALL(call), QWR__MONEY(s->cost_mu), QWR__MONEY(cost_mu)));
}

static void plan_rule(const qwr__board *board, const qwr_plan_quality *quality, int64_t cost_mu,
                      qwr__findings *out)
{
    if (quality->outcome == QWR_OUTCOME_NONE || quality->cost_mu == cost_mu)
        return;
    qwr__fact fact = {&qwr__rule_cost,
                      QWR_NONE,
                      "plan",
                      0,
                      board->site->info->horizon_s,
                      qwr__sat_distance(quality->cost_mu, cost_mu),
                      "mu"};
    qwr__found(out, &fact, "The plan says it costs @; it costs @.",
               QWR__WORDS(QWR__MONEY(quality->cost_mu), QWR__MONEY(cost_mu)));
}

const qwr__rule qwr__rule_cost = {
    .name = "cost",
    .sentence = "The cost a plan claims is the cost it has.",
    .own = own,
    .plan = plan_rule,
};
