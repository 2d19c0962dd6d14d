/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Costs of a plan as the checker computes them, in place of what it claims; a claim that does not
 * hold takes its proof along. Must never change a stay itself.
 */
#include "base/base.h"
#include "model/certificate.h"

#include <quaywright/check.h>

#include <string.h>

/* Is a rule broken besides calls without a place, and costs that are about to be put right? */
static bool breaks_a_rule(const qwr_violations *found)
{
    for (size_t i = 0; i < qwr_violations_count(found); i++) {
        const char *rule = qwr_violations_get(found, i)->rule;
        if (strcmp(rule, "placed") != 0 && strcmp(rule, "cost") != 0)
            return true;
    }
    return false;
}

static qwr_status price_stays(qwr_plan *plan, const qwr_violations *found, int64_t *unplaced)
{
    size_t calls = qwr_scenario_call_count(qwr_plan_scenario(plan));

    *unplaced = 0;
    for (uint32_t i = 0; i < calls; i++) {
        qwr_stay stay = *qwr_plan_stay(plan, (qwr_call_ix){i});
        stay.cost_mu = qwr_violations_call_cost_mu(found, (qwr_call_ix){i});
        *unplaced += stay.placed == 0;
        QWR_TRY(qwr_plan_set_stay(plan, (qwr_call_ix){i}, &stay));
    }
    return QWR_OK;
}

static qwr_status price(qwr_plan *plan, const qwr_violations *found)
{
    qwr_plan_quality q = *qwr_plan_get_quality(plan);
    int64_t cost_mu = qwr_violations_cost_mu(found), unplaced;

    QWR_TRY(price_stays(plan, found, &unplaced));
    bool same_data = q.scenario_hash == 0 || /* not told */
                     q.scenario_hash == qwr_scenario_hash(qwr_plan_scenario(plan));
    if (breaks_a_rule(found) || q.cost_mu != cost_mu || q.unplaced != unplaced || !same_data) {
        q.outcome = QWR_OUTCOME_NONE;
        q.bound_mu = QWR_UNSET;
        q.proof = NULL;
        QWR_TRY(qwr__plan_set_certificate(plan, NULL));
    }
    q.cost_mu = cost_mu;
    q.unplaced = unplaced;
    return qwr_plan_set_quality(plan, &q);
}

qwr_status qwr_plan_price(qwr_context *ctx, qwr_plan *plan)
{
    qwr_violations *found = NULL;

    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (plan == NULL)
        return qwr__fail(ctx, QWR_EINVAL, "check.price", NULL, 0, "there is no plan to price");
    QWR_TRY(qwr_plan_check(&found, ctx, qwr_plan_scenario(plan), plan));
    qwr_status status = price(plan, found);
    qwr_violations_free(found);
    return status;
}
