/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Telling a builder's instants from a later epoch. Follows the field tables: what counts as an
 * instant is said there. Must never drop what still says something.
 */
#include "model/scenario_private.h"

#include <quaywright/edit.h>

#include <string.h>

#define WHERE "model.epoch"

static bool is_instant(const qwr__field *field)
{
    return field->type == QWR__FIELD_INT && field->unit == QWR__UNIT_AT;
}

/* Shifts one row; false: an instant would leave its range. */
static bool shift_row(char *row, const qwr__table_info *info, int64_t by_s, bool really)
{
    for (size_t f = 0; f < info->field_count; f++) {
        const qwr__field *field = &info->fields[f];
        int64_t at_s = is_instant(field) ? qwr__field_int(row, field) : QWR_UNSET;
        if (at_s == QWR_UNSET)
            continue;
        if (!qwr__add64(&at_s, at_s, -by_s) || at_s < field->min)
            return false;
        if (really)
            memcpy(row + field->offset, &at_s, sizeof at_s);
    }
    return true;
}

static qwr_status shift_rows(qwr_scenario_builder *builder, int64_t by_s, bool really)
{
    for (int t = 0; t < QWR__TABLE_COUNT; t++) {
        const qwr__table_info *info = qwr__table_info_of((qwr__table)t);
        for (size_t i = 0; i < builder->rows[t].count; i++)
            if (!shift_row((char *)builder->rows[t].data + i * info->size, info, by_s, really))
                return qwr__fail(builder->ctx, QWR_EOVERFLOW, WHERE, NULL, 0,
                                 "an instant of a %s leaves its range", info->name);
    }
    return QWR_OK;
}

/* Rows that end, or are followed by another, before second 0. */
static qwr_status drop_past(qwr_scenario_builder *builder, int64_t at_s)
{
    for (size_t i = qwr_scenario_builder_window_count(builder); i-- > 0;)
        if (qwr_scenario_builder_window(builder, (qwr_window_ix){(uint32_t)i})->to_s <= at_s)
            QWR_TRY(qwr_scenario_remove_window(builder, (qwr_window_ix){(uint32_t)i}));
    /* Rows out of order do not freeze; which of them says something is not known here. */
    while (qwr_scenario_builder_tide_count(builder) > 1 &&
           qwr_scenario_builder_tide(builder, 1)->at_s <= at_s &&
           qwr_scenario_builder_tide(builder, 0)->at_s <
               qwr_scenario_builder_tide(builder, 1)->at_s)
        QWR_TRY(qwr_scenario_remove_tide(builder, 0));
    while (qwr_scenario_builder_tariff_count(builder) > 1 &&
           qwr_scenario_builder_tariff(builder, 1)->from_s <= at_s &&
           qwr_scenario_builder_tariff(builder, 0)->from_s <
               qwr_scenario_builder_tariff(builder, 1)->from_s)
        QWR_TRY(qwr_scenario_remove_tariff(builder, 0));
    return QWR_OK;
}

/* The text of the later epoch; untouched where there is none. */
static qwr_status later_epoch(char *text, size_t capacity, qwr_scenario_builder *builder,
                              int64_t by_s)
{
    int64_t unix_s;

    if (builder->info.epoch == NULL)
        return QWR_OK;
    if (qwr__parse_time(&unix_s, builder->info.epoch) && qwr__add64(&unix_s, unix_s, by_s)) {
        qwr__format_time(text, capacity, unix_s);
        if (qwr__parse_time(&unix_s, text))
            return QWR_OK;
    }
    return qwr__fail(builder->ctx, QWR_EOVERFLOW, WHERE, NULL, 0, "the epoch leaves its range");
}

qwr_status qwr_scenario_builder_shift(qwr_scenario_builder *builder, int64_t by_s)
{
    char text[32] = "";

    if (builder == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(builder->ctx);
    if (by_s < 0)
        return qwr__fail(builder->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the epoch moves on, not back: %lld s", (long long)by_s);
    QWR_TRY(shift_rows(builder, by_s, false));
    QWR_TRY(later_epoch(text, sizeof text, builder, by_s));
    const char *epoch = qwr__strings_intern(&builder->strings, text);
    if (epoch == NULL)
        return qwr__no_memory(builder->ctx, WHERE);
    QWR_TRY(drop_past(builder, by_s));
    if (builder->info.epoch != NULL)
        builder->info.epoch = epoch;
    return shift_rows(builder, by_s, true);
}
