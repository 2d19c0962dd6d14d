/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a plan file and how they are filled from a plan. Nothing here depends on the machine:
 * no run time, thread count or path. Knows no file format.
 */
#include "io/plan_table.h"
#include "io/scenario_table.h"

#include <quaywright/context.h>

static const char *const outcomes[] = {"none", "feasible", "optimal", "infeasible", NULL};
static const char *const stops[] = {"done", "deadline", "work", "cancel", "limit", NULL};

#define T qwr__plan_head
const qwr__attr qwr__plan_head_rows[] = {
    QWR__TEXT(T, "scenario", scenario, 0),
    {"scenario_hash", (uint32_t)offsetof(T, scenario_hash), QWR__ATTR_HEX, 0, 0, NULL},
    QWR__WORD(T, "outcome", outcome, outcomes, 0),
    QWR__WORD(T, "stop", stop, stops, 0),
    QWR__FIXED(T, "value", value_mu, 3, 0),
    QWR__INT(T, "cost_mu", cost_mu, 0),
    QWR__INT(T, "bound_mu", bound_mu, 0),
    QWR__FIXED(T, "gap_pct", gap_milli_pct, 3, 0),
    QWR__INT(T, "unplaced", unplaced, 0),
    QWR__TEXT(T, "proof", proof, 0),
    QWR__TEXT(T, "forecast", forecast, 0),
    QWR__INT(T, "work", work, 0),
    {"seed", (uint32_t)offsetof(T, seed), QWR__ATTR_SEED, 0, 0, NULL},
    QWR__TEXT(T, "version", version, 0),
};
#undef T
const size_t qwr__plan_head_count = sizeof qwr__plan_head_rows / sizeof qwr__plan_head_rows[0];

#define T qwr__plan_row
const qwr__attr qwr__plan_row_rows[] = {
    QWR__REFER(T, "call", call, QWR__REF_CALL, QWR__REQUIRED),
    QWR__TEXT(T, "vessel", vessel, 0),
    QWR__BOOL(T, "placed", placed, 0),
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, 0),
    QWR__REFER(T, "berth", berth, QWR__REF_BERTH, 0),
    QWR__FIXED(T, "position_m", position_mm, 3, 0),
    QWR__TIME(T, "start", start_s, 0),
    QWR__TIME(T, "end", end_s, 0),
    QWR__INT(T, "cranes", cranes, 0),
    QWR__FIXED(T, "rate_moves_h", rate_milli, 3, 0),
    QWR__FIXED(T, "cost", cost_mu, 3, 0),
    QWR__TEXT(T, "reason", reason, 0),
    QWR__TEXT(T, "profile", profile, 0),
};
#undef T
const size_t qwr__plan_row_count = sizeof qwr__plan_row_rows / sizeof qwr__plan_row_rows[0];

qwr__plan_head qwr__plan_head_init(void)
{
    return (qwr__plan_head){.value_mu = QWR_UNSET,
                            .cost_mu = QWR_UNSET,
                            .bound_mu = QWR_UNSET,
                            .gap_milli_pct = QWR_UNSET,
                            .unplaced = QWR_UNSET,
                            .work = QWR_UNSET};
}

qwr__plan_row qwr__plan_row_init(void)
{
    return (qwr__plan_row){.call = {QWR_NONE},
                           .placed = 1,
                           .quay = {QWR_NONE},
                           .berth = {QWR_NONE},
                           .position_mm = QWR_UNSET,
                           .start_s = QWR_UNSET,
                           .end_s = QWR_UNSET,
                           .cranes = QWR_UNSET,
                           .rate_milli = QWR_UNSET,
                           .cost_mu = QWR_UNSET};
}

/* 100 (cost - bound) / cost in thousandths, rounded down, in integers so that every machine agrees.
 */
static int64_t gap_milli_pct(int64_t cost_mu, int64_t bound_mu)
{
    int64_t difference, gap;
    if (bound_mu == QWR_UNSET)
        return QWR_UNSET;
    if (cost_mu == bound_mu)
        return 0;
    if (cost_mu <= 0 || !qwr__add64(&difference, cost_mu, -bound_mu) ||
        !qwr__mul_div64(&gap, difference, 100000, cost_mu))
        return QWR_UNSET;
    return gap;
}

qwr__plan_head qwr__plan_head_of(const qwr_plan *plan)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
    const qwr_scenario_info *info = qwr_scenario_get_info(qwr_plan_scenario(plan));
    return (qwr__plan_head){
        .scenario = info->id,
        .scenario_hash = quality->scenario_hash,
        .outcome = (uint32_t)quality->outcome,
        .stop = (uint32_t)quality->stop,
        .value_mu = quality->cost_mu,
        .cost_mu = quality->cost_mu,
        .bound_mu = quality->bound_mu,
        .gap_milli_pct = gap_milli_pct(quality->cost_mu, quality->bound_mu),
        .unplaced = quality->unplaced,
        .work = quality->work,
        .seed = quality->seed,
        .proof = quality->proof,
        .forecast = quality->forecast,
        .version = qwr_version(),
    };
}

qwr__plan_row qwr__plan_row_of(const qwr_plan *plan, qwr_call_ix call,
                               char profile[QWR__PROFILE_TEXT_MAX])
{
    const qwr_stay *stay = qwr_plan_stay(plan, call);
    qwr__plan_row row = qwr__plan_row_init();
    row.call = call;
    row.vessel = qwr_scenario_call(qwr_plan_scenario(plan), call)->vessel;
    row.placed = stay->placed ? 1 : 0;
    row.reason = stay->reason;
    if (!stay->placed)
        return row;
    row.quay = stay->quay;
    row.berth = stay->berth;
    row.position_mm = stay->position_mm;
    row.start_s = stay->start_s;
    row.end_s = stay->end_s;
    row.cranes = stay->cranes;
    row.rate_milli = stay->rate_milli;
    row.cost_mu = stay->cost_mu;
    row.profile = qwr__profile_spell(profile, qwr__scenario_epoch(qwr_plan_scenario(plan)),
                                     stay->steps, stay->step_count);
    return row;
}

int64_t qwr__scenario_epoch(const qwr_scenario *scenario)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(scenario);
    int64_t unix_s;
    return info->epoch && qwr__parse_time(&unix_s, info->epoch) ? unix_s : 0;
}

const char *qwr__plan_value(char number[QWR__ATTR_TEXT_MAX], const qwr_scenario *scenario,
                            const qwr__attr *attr, const void *def)
{
    switch (attr->kind) {
    case QWR__ATTR_TEXT:
        return qwr__attr_chars(attr, def);
    case QWR__ATTR_REF:
        return qwr__scenario_id(scenario, (qwr__ref)attr->scale, qwr__attr_uint32(attr, def));
    case QWR__ATTR_INT:
    case QWR__ATTR_FIXED:
    case QWR__ATTR_TIME:
    case QWR__ATTR_SPAN:
        if (qwr__attr_int64(attr, def) == QWR_UNSET)
            return NULL;
        break;
    default:
        break;
    }
    return qwr__attr_spell(number, attr, def, qwr__scenario_epoch(scenario)) ? number : NULL;
}

void qwr__plan_put_xml(qwr__text *text, const qwr_scenario *scenario, const qwr__attr *rows,
                       size_t count, const void *def)
{
    char number[QWR__ATTR_TEXT_MAX];
    for (size_t i = 0; i < count; i++) {
        const char *value = qwr__plan_value(number, scenario, &rows[i], def);
        if (!value)
            continue;
        qwr__text_add(text, " %s=\"", rows[i].name);
        qwr__text_xml(text, value);
        qwr__text_put(text, "\"", 1);
    }
}
