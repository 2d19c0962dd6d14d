/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan: one stay per call and what is known about the whole. Must never judge a stay; that is
 * the checker's business, and a broken plan is a legal noun.
 */
#include "model/certificate.h"
#include "model/scenario_private.h"

#include <quaywright/plan.h>

#include <string.h>

#define WHERE "model.plan"

struct qwr_plan {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    size_t count;
    qwr_stay *stays;
    qwr_crane_step **steps; /**< [count] owned copies of the stays' steps, or NULL */
    qwr_plan_quality quality;
    qwr_certificate *certificate; /**< owned; NULL: none */
    qwr__strings strings;         /**< reasons repeat, so they are interned and never pile up */
};

qwr_stay qwr_stay_init(void)
{
    return (qwr_stay){.size = sizeof(qwr_stay),
                      .quay = {QWR_NONE},
                      .berth = {QWR_NONE},
                      .position_mm = QWR_UNSET,
                      .start_s = QWR_UNSET,
                      .end_s = QWR_UNSET,
                      .rate_milli = QWR_UNSET};
}

qwr_plan_quality qwr_plan_quality_init(void)
{
    return (qwr_plan_quality){.size = sizeof(qwr_plan_quality), .bound_mu = QWR_UNSET};
}

void qwr_plan_free(qwr_plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; plan->steps != NULL && i < plan->count; i++)
        qwr__free(plan->ctx, plan->steps[i]);
    qwr__free(plan->ctx, plan->steps);
    qwr__free(plan->ctx, plan->stays);
    qwr_certificate_free(plan->certificate);
    qwr__strings_free(&plan->strings);
    qwr__free(plan->ctx, plan);
}

qwr_status qwr_plan_new(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario)
{
    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (ctx == NULL || scenario == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "a plan needs a scenario");
    qwr_plan *plan = qwr__alloc(ctx, 1, sizeof *plan);
    if (plan == NULL)
        return qwr__no_memory(ctx, WHERE);
    plan->ctx = ctx;
    plan->scenario = scenario;
    plan->count = qwr_scenario_call_count(scenario);
    qwr__strings_init(&plan->strings, ctx);
    plan->stays = qwr__alloc(ctx, plan->count, sizeof *plan->stays);
    plan->steps = qwr__alloc(ctx, plan->count + 1, sizeof(qwr_crane_step *));
    if (plan->stays == NULL || plan->steps == NULL) {
        qwr_plan_free(plan);
        return qwr__no_memory(ctx, WHERE);
    }
    for (size_t i = 0; i < plan->count; i++)
        plan->stays[i] = qwr_stay_init();
    plan->quality = qwr_plan_quality_init();
    plan->quality.unplaced = (int64_t)plan->count;
    plan->quality.scenario_hash = qwr_scenario_hash(scenario);
    *out = plan;
    return QWR_OK;
}

static qwr_status take_text(qwr_plan *plan, const char **text)
{
    if (*text == NULL)
        return QWR_OK;
    *text = qwr__strings_intern(&plan->strings, *text);
    return *text != NULL ? QWR_OK : qwr__no_memory(plan->ctx, WHERE);
}

static qwr_status check_stay(const qwr_plan *plan, qwr_call_ix call, const qwr_stay *stay)
{
    const char *id = qwr_scenario_call(plan->scenario, call)->id;

    if (stay->placed == 0)
        return QWR_OK;
    if (stay->quay.v >= qwr_scenario_quay_count(plan->scenario))
        return qwr__fail(plan->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "stay of call \"%s\": there is no quay with index %u", id, stay->quay.v);
    if (stay->berth.v != QWR_NONE && stay->berth.v >= qwr_scenario_berth_count(plan->scenario))
        return qwr__fail(plan->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "stay of call \"%s\": there is no berth with index %u", id, stay->berth.v);
    if (stay->step_count > QWR_CRANE_STEPS_MAX || (stay->step_count > 0 && stay->steps == NULL))
        return qwr__fail(plan->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "stay of call \"%s\": %u steps of its crane profile; expected at most %d",
                         id, stay->step_count, QWR_CRANE_STEPS_MAX);
    return QWR_OK;
}

/* Copies the steps before the old ones go: they may be the same. */
static qwr_status take_steps(qwr_plan *plan, size_t call, qwr_stay *stay)
{
    qwr_crane_step *copy = NULL;
    if (stay->placed != 0 && stay->step_count > 0) {
        copy = qwr__alloc(plan->ctx, stay->step_count, sizeof *copy);
        if (copy == NULL)
            return qwr__no_memory(plan->ctx, WHERE);
        memcpy(copy, stay->steps, stay->step_count * sizeof *copy);
    } else {
        stay->step_count = 0;
    }
    qwr__free(plan->ctx, plan->steps[call]);
    plan->steps[call] = copy;
    stay->steps = copy;
    return QWR_OK;
}

qwr_status qwr_plan_set_stay(qwr_plan *plan, qwr_call_ix call, const qwr_stay *stay)
{
    qwr_stay ours = qwr_stay_init();

    if (plan == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(plan->ctx);
    if (call.v >= plan->count)
        return qwr__fail(plan->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "there is no call with index %u; the scenario has %zu", call.v,
                         plan->count);
    QWR_TRY(qwr__read_struct(plan->ctx, WHERE, &ours, sizeof ours, stay));
    QWR_TRY(check_stay(plan, call, &ours));
    QWR_TRY(take_text(plan, &ours.reason));
    QWR_TRY(take_steps(plan, call.v, &ours));
    plan->stays[call.v] = ours;
    return QWR_OK;
}

const qwr_stay *qwr_plan_stay(const qwr_plan *plan, qwr_call_ix call)
{
    return call.v < plan->count ? &plan->stays[call.v] : NULL;
}

qwr_status qwr_plan_set_quality(qwr_plan *plan, const qwr_plan_quality *quality)
{
    qwr_plan_quality ours = qwr_plan_quality_init();

    if (plan == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(plan->ctx);
    QWR_TRY(qwr__read_struct(plan->ctx, WHERE, &ours, sizeof ours, quality));
    QWR_TRY(take_text(plan, &ours.proof));
    QWR_TRY(take_text(plan, &ours.forecast));
    plan->quality = ours;
    return QWR_OK;
}

const qwr_plan_quality *qwr_plan_get_quality(const qwr_plan *plan)
{
    return &plan->quality;
}

qwr_status qwr__plan_set_certificate(qwr_plan *plan, qwr_certificate *taken)
{
    if (plan == NULL)
        return QWR_EINVAL;
    if (taken != NULL && qwr_certificate_get_info(taken)->call_count != plan->count)
        return qwr__fail(plan->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the certificate is about %u calls, the plan about %zu",
                         (unsigned)qwr_certificate_get_info(taken)->call_count, plan->count);
    if (taken != plan->certificate)
        qwr_certificate_free(plan->certificate);
    plan->certificate = taken;
    return QWR_OK;
}

const qwr_certificate *qwr_plan_certificate(const qwr_plan *plan)
{
    return plan->certificate;
}

const qwr_scenario *qwr_plan_scenario(const qwr_plan *plan)
{
    return plan->scenario;
}

qwr_status qwr_plan_copy(qwr_plan **out, qwr_context *ctx, const qwr_plan *plan)
{
    qwr_plan *copy = NULL;
    qwr_status status = QWR_OK;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (plan == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "there is no plan to copy");
    QWR_TRY(qwr_plan_new(&copy, ctx, plan->scenario));
    for (size_t i = 0; i < plan->count; i++) {
        qwr_stay stay = plan->stays[i];
        QWR_TRY_DONE(take_text(copy, &stay.reason));
        QWR_TRY_DONE(take_steps(copy, i, &stay));
        copy->stays[i] = stay;
    }
    QWR_TRY_DONE(qwr_plan_set_quality(copy, &plan->quality));
    if (plan->certificate != NULL)
        QWR_TRY_DONE(qwr__certificate_copy(&copy->certificate, ctx, plan->certificate));
done:
    if (status != QWR_OK) {
        qwr_plan_free(copy);
        return status;
    }
    *out = copy;
    return QWR_OK;
}

double qwr_plan_gap_pct(const qwr_plan *plan)
{
    int64_t cost = plan->quality.cost_mu;
    int64_t bound = plan->quality.bound_mu;

    if (bound == QWR_UNSET)
        return -1.0;
    if (bound >= cost)
        return 0.0;
    if (cost == 0)
        return 100.0; /* the quotient has no value; the gap is as open as it can be */
    double magnitude = cost > 0 ? (double)cost : -(double)cost;
    return 100.0 * ((double)cost - (double)bound) / magnitude;
}

static uint64_t hash_int(uint64_t h, int64_t value)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
    return qwr__hash(h, bytes, sizeof bytes);
}

/* What was decided counts; costs and sentences follow from it and do not. */
uint64_t qwr_plan_hash(const qwr_plan *plan)
{
    uint64_t h = hash_int(0, (int64_t)plan->count);

    for (size_t i = 0; i < plan->count; i++) {
        const qwr_stay *stay = &plan->stays[i];
        h = hash_int(h, stay->placed != 0);
        if (stay->placed == 0)
            continue;
        const int64_t fields[] = {stay->quay.v, stay->berth.v, stay->position_mm, stay->start_s,
                                  stay->end_s,  stay->cranes,  stay->rate_milli};
        for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
            h = hash_int(h, fields[f]);
        for (uint32_t k = 0; k < stay->step_count; k++) {
            h = hash_int(h, stay->steps[k].from_s);
            h = hash_int(h, stay->steps[k].cranes);
        }
    }
    return h;
}
