/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How freeze speaks: the name of a row, quantities in metres and UTC, and the file and line the row
 * came from. Must never judge anything.
 */
#include "model/scenario_private.h"

#include <stdio.h>
#include <string.h>

#define WHERE "model.freeze"

qwr__shown qwr__show_mm(int64_t mm)
{
    qwr__shown shown;
    int length = qwr__format_fixed(shown.s, sizeof shown.s, mm, 3);

    snprintf(shown.s + length, sizeof shown.s - (size_t)length, " m");
    return shown;
}

qwr__shown qwr__show_int(int64_t value)
{
    qwr__shown shown;

    snprintf(shown.s, sizeof shown.s, "%lld", (long long)value);
    return shown;
}

qwr__shown qwr__show_at(const qwr_scenario *scenario, int64_t at_s)
{
    qwr__shown shown = {""};
    int64_t unix_s;

    if (scenario->has_epoch && qwr__add64(&unix_s, scenario->epoch_s, at_s))
        qwr__format_time(shown.s, sizeof shown.s, unix_s);
    else
        snprintf(shown.s, sizeof shown.s, "%lld s", (long long)at_s);
    return shown;
}

static const void *row_of(const qwr_scenario *scenario, qwr__table table, size_t row)
{
    if (table == QWR__TABLE_INFO)
        return &scenario->info;
    return (const char *)scenario->rows[table].data + row * qwr__table_info_of(table)->size;
}

/* Whether an id can stand in a message: freeze may not have looked at it yet. */
static bool fit_to_print(const char *id)
{
    return id != NULL && strlen(id) <= QWR__ID_BYTES;
}

/* Rows without an id are named by their number and by what they point at first. */
static void name_plain_row(char *name, size_t capacity, const qwr_scenario *scenario,
                           qwr__table table, size_t row)
{
    const qwr__table_info *info = qwr__table_info_of(table);
    const qwr__field *first = &info->fields[0];

    if (first->type == QWR__FIELD_REF) {
        uint32_t ix = qwr__field_word(row_of(scenario, table, row), first);
        const qwr__table_info *target = qwr__table_info_of(first->table);
        if (ix < scenario->rows[first->table].count) {
            const void *to = row_of(scenario, first->table, ix);
            const char *id = qwr__field_text(to, &target->fields[0]);
            if (fit_to_print(id)) {
                snprintf(name, capacity, "%s row %zu (%s \"%s\")", info->name, row + 1,
                         target->name, id);
                return;
            }
        }
    }
    snprintf(name, capacity, "%s row %zu", info->name, row + 1);
}

void qwr__row_name(char *name, size_t capacity, const qwr_scenario *scenario, qwr__table table,
                   size_t row)
{
    const qwr__table_info *info = qwr__table_info_of(table);

    if (info->indexed) {
        const char *id = qwr__field_text(row_of(scenario, table, row), &info->fields[0]);
        if (fit_to_print(id))
            snprintf(name, capacity, "%s \"%s\"", info->name, id);
        else
            snprintf(name, capacity, "%s %zu", info->name, row + 1);
        return;
    }
    name_plain_row(name, capacity, scenario, table, row);
}

static const qwr__origin *origin_of(const qwr__freeze *freeze, qwr__table table, size_t row)
{
    static const qwr__origin unknown = {NULL, 0};

    if (table == QWR__TABLE_INFO || row >= freeze->builder->origins[table].count)
        return &unknown;
    return &freeze->builder->origins[table].data[row];
}

qwr_status qwr__freeze_fail(const qwr__freeze *freeze, qwr_status status, qwr__table table,
                            size_t row, const char *format, ...)
{
    char name[2 * QWR__ID_BYTES];
    char message[512];
    va_list args;

    va_start(args, format);
    if (vsnprintf(message, sizeof message, format, args) < 0)
        message[0] = '\0';
    va_end(args);
    qwr__row_name(name, sizeof name, freeze->scenario, table, row);
    const qwr__origin *origin = origin_of(freeze, table, row);
    return qwr__fail(freeze->ctx, status, WHERE, origin->file, origin->line, "%s: %s", name,
                     message);
}

qwr_status qwr__freeze_keys(const qwr__freeze *freeze, qwr__table table, void **keys, size_t size)
{
    *keys = qwr__alloc(freeze->ctx, freeze->scenario->rows[table].count, size);
    return *keys != NULL ? QWR_OK : qwr__no_memory(freeze->ctx, WHERE);
}
