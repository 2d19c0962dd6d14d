/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Past calls from CSV: columns by name, the same names as the attributes of <history>. Durations
 * are measurements and rounded to the second. Knows no forecast.
 */
#include "io/csv.h"
#include "io/io.h"
#include "io/scenario_table.h"
#include "model/scenario_frame.h"

#include <string.h>

#define WHERE "io.history_csv"

static void init_history(void *def)
{
    qwr__elements[QWR__EL_HISTORY].entity.init(def);
}

static qwr_status positive(const qwr__spot *spot, const char *column, int64_t value)
{
    if (value > 0)
        return QWR_OK;
    return qwr__spot_fail(spot, QWR_EFORMAT, "%s is %lld; expected more than 0", column,
                          (long long)value);
}

/* A rate cannot be made of a call without moves, cranes or time. */
static qwr_status add_history(const qwr__spot *spot, const void *def, void *payload)
{
    qwr_scenario_builder *builder = payload;
    const qwr_history *history = def;
    QWR_TRY(positive(spot, "moves", history->moves));
    QWR_TRY(positive(spot, "cranes", history->cranes));
    QWR_TRY(positive(spot, "work", history->work_s));
    QWR_TRY(qwr_scenario_add_history(builder, history));
    qwr_scenario_builder_at(builder, spot->file, spot->line);
    return QWR_OK;
}

qwr_status qwr_history_parse(qwr_context *ctx, qwr_scenario_builder *builder, const char *data,
                             size_t length, const char *name)
{
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!builder || (!data && length))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, name, 0, "no builder, or no data");
    const qwr_scenario_info *info = qwr__builder_info(builder);
    qwr__attrs columns = qwr__elements[QWR__EL_HISTORY].attrs;
    qwr__any def;
    columns.what = "column";
    qwr__spot spot = {
        .ctx = ctx, .where = WHERE, .file = name, .element = "history", .rounds = true};
    if (info->epoch && !qwr__parse_time(&spot.epoch_unix_s, info->epoch))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, name, 0, "the epoch of the scenario is not valid");
    qwr__csv_table table = {&columns, init_history, &def, add_history, builder};
    return qwr__csv_read(&spot, data, length, &table);
}

qwr_status qwr_history_load(qwr_context *ctx, qwr_scenario_builder *builder, const char *path)
{
    char *data = NULL;
    size_t length = 0;
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!builder || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no builder, or no path");
    QWR_TRY(qwr__file_read(&data, &length, ctx, path, QWR__TEXT_MAX_BYTES));
    qwr_status status = qwr_history_parse(ctx, builder, data, length, path);
    qwr__free(ctx, data);
    return status;
}
