/* SPDX-License-Identifier: Apache-2.0 */
/*
 * qwr_scenario_vary(): thaws the base, applies one variation after the other, freezes. Variables
 * that are one integer of an entity are applied here, by their row in the table. Must never touch
 * the base.
 */
#include "vary/vary.h"

#include <string.h>

qwr_status qwr__vary_nothing(const qwr__varying *varying, const char *message)
{
    return qwr__fail(varying->ctx, QWR_ENOTFOUND, QWR__VARY, NULL, 0, "%s: %s",
                     varying->variation->name, message);
}

static int64_t kept(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

qwr_status qwr__vary_value(int64_t *out, const qwr__varying *varying, int64_t old, int64_t value)
{
    const qwr_variation *v = varying->variation;
    bool fits = true;

    *out = value;
    if (v->op == QWR__ADD)
        fits = qwr__add64(out, old, value);
    if (v->op == QWR__MULTIPLY)
        fits = qwr__mul_div64(out, old, 2 * value, QWR__PPM) && *out < INT64_MAX;
    if (!fits)
        return qwr__fail(varying->ctx, QWR_EOVERFLOW, QWR__VARY, NULL, 0,
                         "%s: the value is too large", v->name);
    if (v->op == QWR__MULTIPLY)
        *out = (*out + 1) >> 1; /* rounded half up: the product above is doubled and floored */
    if (varying->level->shape != QWR__FIXED)
        *out = kept(*out, v->variable->low, v->variable->high);
    return QWR_OK;
}

qwr_status qwr__vary_field(int64_t *out, const qwr__varying *varying, const char *owner,
                           int64_t old)
{
    int64_t value;

    QWR_TRY(qwr__vary_draw(&value, varying, owner, QWR_UNSET));
    return qwr__vary_value(out, varying, old, value);
}

/* Changes the field of one entity; a value that was never given can only be set. */
static qwr_status vary_at(qwr__varying *varying, void *entity, const char *id)
{
    int64_t old, fresh;
    char *field = (char *)entity + varying->variation->variable->offset;

    memcpy(&old, field, sizeof old);
    if (old == QWR_UNSET && varying->variation->op != QWR__SET)
        return QWR_OK;
    QWR_TRY(qwr__vary_field(&fresh, varying, id, old));
    memcpy(field, &fresh, sizeof fresh);
    varying->touched++;
    return QWR_OK;
}

static qwr_status vary_calls(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        qwr_call call = *qwr_scenario_builder_call(varying->builder, (qwr_call_ix){i});
        if (!qwr__call_selected(varying, &call))
            continue;
        QWR_TRY(vary_at(varying, &call, call.id));
        QWR_TRY(qwr_scenario_set_call(varying->builder, (qwr_call_ix){i}, &call));
    }
    return QWR_OK;
}

static qwr_status vary_cranes(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_crane_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        qwr_crane crane = *qwr_scenario_builder_crane(varying->builder, (qwr_crane_ix){i});
        if (!qwr__crane_selected(varying, &crane))
            continue;
        QWR_TRY(vary_at(varying, &crane, crane.id));
        QWR_TRY(qwr_scenario_set_crane(varying->builder, (qwr_crane_ix){i}, &crane));
    }
    return QWR_OK;
}

static qwr_status vary_quays(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_quay_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        qwr_quay quay = *qwr_scenario_builder_quay(varying->builder, (qwr_quay_ix){i});
        if (!qwr__quay_selected(varying, &quay))
            continue;
        QWR_TRY(vary_at(varying, &quay, quay.id));
        QWR_TRY(qwr_scenario_set_quay(varying->builder, (qwr_quay_ix){i}, &quay));
    }
    return QWR_OK;
}

static qwr_status vary_berths(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_berth_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        qwr_berth berth = *qwr_scenario_builder_berth(varying->builder, (qwr_berth_ix){i});
        if (!qwr__berth_selected(varying, &berth))
            continue;
        QWR_TRY(vary_at(varying, &berth, berth.id));
        QWR_TRY(qwr_scenario_set_berth(varying->builder, (qwr_berth_ix){i}, &berth));
    }
    return QWR_OK;
}

static qwr_status vary_fields(qwr__varying *varying)
{
    switch (varying->variation->variable->entity) {
    case QWR__CALLS:
        return vary_calls(varying);
    case QWR__CRANES:
        return vary_cranes(varying);
    case QWR__QUAYS:
        return vary_quays(varying);
    case QWR__BERTHS:
        return vary_berths(varying);
    case QWR__WINDOWS:
    case QWR__NO_ENTITY:
        break;
    }
    return QWR_OK;
}

static qwr_status apply(qwr__varying *varying)
{
    const qwr__variable *variable = varying->variation->variable;

    QWR_TRY(qwr__check_selection(varying));
    if (variable->apply != NULL)
        QWR_TRY(variable->apply(varying));
    else
        QWR_TRY(vary_fields(varying));
    if (varying->touched > 0)
        return QWR_OK;
    if (variable->entity == QWR__NO_ENTITY || varying->variation->op == QWR__SET)
        return qwr__vary_nothing(varying, "this scenario has nothing that it could change");
    return qwr__vary_nothing(varying, "no value is given that it could change; set one with =");
}

/* The cause chain says which level made the trouble. */
static qwr_status blame(qwr_context *ctx, qwr_status status, const qwr_variation *v, size_t level)
{
    if (status == QWR_ENOTFOUND || status == QWR_ENOMEM)
        return status;
    return qwr__cause(ctx, status, QWR__VARY, "%s%s%s makes no valid scenario", v->name,
                      qwr_variation_operator(v), v->level[level].text);
}

static qwr_status check_arguments(qwr_context *ctx, const qwr_scenario *base,
                                  const qwr_variation *const *variations, const size_t *levels,
                                  size_t count)
{
    if (base == NULL || (count > 0 && (variations == NULL || levels == NULL)))
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "a scenario, variations or levels are missing");
    for (size_t i = 0; i < count; i++) {
        if (variations[i] == NULL)
            return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "variation %zu is missing", i);
        if (levels[i] >= variations[i]->level_count)
            return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                             "%s has %zu levels; there is no level %zu", variations[i]->name,
                             variations[i]->level_count, levels[i]);
    }
    return QWR_OK;
}

/* A frozen scenario that fails to freeze again is the fault of what was varied. */
static qwr_status freeze(qwr_scenario **out, qwr_context *ctx, qwr_scenario_builder *builder,
                         const qwr_variation *const *variations, const size_t *levels, size_t count)
{
    qwr_status status = qwr_scenario_freeze(out, builder);

    if (status != QWR_OK && count == 1)
        return blame(ctx, status, variations[0], levels[0]);
    return status;
}

qwr_status qwr_scenario_vary(qwr_scenario **out, qwr_context *ctx, const qwr_scenario *base,
                             const qwr_variation *const *variations, const size_t *levels,
                             size_t count, uint64_t seed, uint64_t replication)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_status status = QWR_OK;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    QWR_TRY(check_arguments(ctx, base, variations, levels, count));
    QWR_TRY_DONE(qwr_scenario_thaw(&builder, ctx, base));
    for (size_t i = 0; i < count; i++) {
        qwr__varying varying = {.ctx = ctx,
                                .builder = builder,
                                .variation = variations[i],
                                .level = &variations[i]->level[levels[i]],
                                .seed = seed,
                                .replication = replication};
        status = apply(&varying);
        if (status != QWR_OK) {
            status = blame(ctx, status, variations[i], levels[i]);
            goto done;
        }
    }
    QWR_TRY_DONE(freeze(&scenario, ctx, builder, variations, levels, count));
done:
    qwr_scenario_builder_free(builder);
    if (status == QWR_OK)
        *out = scenario;
    return status;
}
