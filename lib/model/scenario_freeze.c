/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Freezing: copy the builder's tables into a compact scenario, judge it, derive what reading needs.
 * Must never change the builder, and never hold a rule itself.
 */
#include "model/scenario_private.h"

#include <string.h>

#define WHERE "model.freeze"

void qwr_scenario_free(qwr_scenario *scenario)
{
    if (scenario == NULL)
        return;
    qwr_context *ctx = scenario->ctx;
    for (int table = 0; table < QWR__TABLE_COUNT; table++) {
        qwr__free(ctx, scenario->rows[table].data);
        qwr__free(ctx, scenario->ids[table].slots);
    }
    qwr__free(ctx, scenario->moves);
    qwr__free(ctx, scenario->handling_rows);
    qwr__free(ctx, scenario->call_has);
    qwr__free(ctx, scenario->handling_dense);
    qwr__free(ctx, scenario->handling_slots);
    qwr__free(ctx, scenario->rate_milli);
    qwr__free(ctx, scenario->efficiency_row);
    qwr__free(ctx, scenario->efficiency);
    qwr__strings_free(&scenario->strings);
    qwr__free(ctx, scenario);
}

static qwr_status copy_rows(qwr_scenario *scenario, const qwr_scenario_builder *builder,
                            qwr__table table)
{
    size_t size = qwr__table_info_of(table)->size;
    size_t count = builder->rows[table].count;
    qwr__rows *rows = &scenario->rows[table];

    if (count == 0)
        return QWR_OK;
    rows->data = qwr__alloc(scenario->ctx, count, size);
    if (rows->data == NULL)
        return qwr__no_memory(scenario->ctx, WHERE);
    memcpy(rows->data, builder->rows[table].data, count * size);
    rows->count = count;
    rows->capacity = count;
    for (size_t i = 0; i < count; i++)
        QWR_TRY(qwr__rows_copy_text(scenario->ctx, &scenario->strings, table,
                                    (char *)rows->data + i * size));
    return QWR_OK;
}

static qwr_status copy_tables(qwr_scenario *scenario, const qwr_scenario_builder *builder)
{
    scenario->info = builder->info;
    QWR_TRY(
        qwr__rows_copy_text(scenario->ctx, &scenario->strings, QWR__TABLE_INFO, &scenario->info));
    scenario->has_epoch =
        scenario->info.epoch != NULL && qwr__parse_time(&scenario->epoch_s, scenario->info.epoch);
    for (int table = 0; table < QWR__TABLE_COUNT; table++)
        QWR_TRY(copy_rows(scenario, builder, (qwr__table)table));
    return QWR_OK;
}

static qwr_status judge_and_derive(const qwr__freeze *freeze)
{
    static qwr_status (*const steps[])(const qwr__freeze *) = {
        qwr__validate_fields,   qwr__build_ids,         qwr__validate_time,
        qwr__validate_geometry, qwr__validate_terminal, qwr__derive_work,
        qwr__derive_handling,   qwr__validate_calls,    qwr__validate_precedence,
        qwr__validate_limits,   qwr__derive_efficiency, qwr__derive_rates,
    };

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        QWR_TRY(steps[i](freeze));
    qwr__derive_hash(freeze->scenario);
    return QWR_OK;
}

qwr_status qwr_scenario_freeze(qwr_scenario **out, qwr_scenario_builder *builder)
{
    qwr_scenario *scenario = NULL;
    qwr_status status = QWR_OK;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (builder == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(builder->ctx);
    scenario = qwr__alloc(builder->ctx, 1, sizeof *scenario);
    if (scenario == NULL)
        return qwr__no_memory(builder->ctx, WHERE);
    scenario->ctx = builder->ctx;
    qwr__strings_init(&scenario->strings, builder->ctx);
    QWR_TRY_DONE(copy_tables(scenario, builder));
    QWR_TRY_DONE(judge_and_derive(
        &(qwr__freeze){.ctx = builder->ctx, .builder = builder, .scenario = scenario}));
done:
    if (status != QWR_OK) {
        qwr_scenario_free(scenario);
        return status;
    }
    *out = scenario;
    return QWR_OK;
}
