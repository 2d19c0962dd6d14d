/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be said of a field on its own: ids and texts that can be printed, integers in range,
 * references that point at something; and ids that name one entity each. Must never compare two
 * fields.
 */
#include "base/utf8.h"
#include "model/scenario_private.h"

#include <stdio.h>
#include <string.h>

/* Why a text cannot be taken, or NULL. Line breaks are fine in a text, not in an id. */
static const char *text_fault(const char *text, size_t longest, bool is_id)
{
    if (strnlen(text, longest + 1) > longest)
        return "is too long";
    if (!qwr__utf8_valid(text))
        return "is not valid UTF-8";
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == 0x7F || (c < 0x20 && (is_id || (c != '\t' && c != '\n' && c != '\r'))))
            return "holds a control character";
    }
    return NULL;
}

/* A bad id cannot be printed, so the row is named by its number. */
static qwr_status check_id(const qwr__freeze *freeze, qwr__table table, size_t row, const char *id)
{
    const char *fault = text_fault(id, QWR__ID_BYTES, true);

    if (fault == NULL)
        return QWR_OK;
    const qwr__origins *origins =
        table == QWR__TABLE_INFO ? NULL : &freeze->builder->origins[table];
    const qwr__origin *origin =
        origins != NULL && row < origins->count ? &origins->data[row] : NULL;
    return qwr__fail(freeze->ctx, QWR_ESCENARIO, "model.freeze",
                     origin != NULL ? origin->file : NULL, origin != NULL ? origin->line : 0,
                     "%s number %zu: its id %s; expected 1 to %d bytes of UTF-8 without control "
                     "characters",
                     qwr__table_info_of(table)->name, row + 1, fault, QWR__ID_BYTES);
}

static qwr_status check_text(const qwr__freeze *freeze, qwr__table table, size_t row,
                             const qwr__field *field, const char *text)
{
    const char *fault = text != NULL ? text_fault(text, QWR__TEXT_BYTES, false) : NULL;

    if (fault == NULL)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row,
                            "%s %s; expected at most %d bytes of UTF-8", field->name, fault,
                            QWR__TEXT_BYTES);
}

/* "loa_mm" is spoken of as "loa_m", and "eta_s" as "eta": values are shown that way. */
static void field_label(char *label, size_t capacity, const qwr__field *field)
{
    size_t length = strlen(field->name);

    if (field->unit == QWR__UNIT_MM)
        length -= 1;
    if (field->unit == QWR__UNIT_AT)
        length -= 2;
    snprintf(label, capacity, "%.*s", (int)length, field->name);
}

static qwr__shown show_value(const qwr_scenario *scenario, const qwr__field *field, int64_t value)
{
    qwr__shown shown;

    switch (field->unit) {
    case QWR__UNIT_MM:
        qwr__format_fixed(shown.s, sizeof shown.s, value, 3);
        return shown;
    case QWR__UNIT_AT:
        return qwr__show_at(scenario, value);
    case QWR__UNIT_PLAIN:
    case QWR__UNIT_SECONDS:
    case QWR__UNIT_MU:
        break;
    }
    return qwr__show_int(value);
}

/* Beyond these a sum somewhere could leave 64 bits, which is another fault than a wrong value. */
static int64_t magnitude_limit(qwr__unit unit)
{
    switch (unit) {
    case QWR__UNIT_MM:
        return QWR__MM_MAX;
    case QWR__UNIT_AT:
    case QWR__UNIT_SECONDS:
        return QWR__TIME_MAX;
    case QWR__UNIT_PLAIN:
    case QWR__UNIT_MU:
        break;
    }
    return QWR__MU_MAX;
}

static qwr_status check_int(const qwr__freeze *freeze, qwr__table table, size_t row,
                            const qwr__field *field, int64_t value)
{
    char label[64];

    if (value >= field->min && value <= field->max && value != QWR_UNSET)
        return QWR_OK;
    if (value == QWR_UNSET && field->optional)
        return QWR_OK;
    field_label(label, sizeof label, field);
    if (value == QWR_UNSET)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row, "%s is missing", label);
    int64_t limit = magnitude_limit(field->unit);
    qwr_status status = value > limit || value < -limit ? QWR_EOVERFLOW : QWR_ESCENARIO;
    return qwr__freeze_fail(freeze, status, table, row, "%s %s is out of range; expected %s to %s",
                            label, show_value(freeze->scenario, field, value).s,
                            show_value(freeze->scenario, field, field->min).s,
                            show_value(freeze->scenario, field, field->max).s);
}

static qwr_status check_ref(const qwr__freeze *freeze, qwr__table table, size_t row,
                            const qwr__field *field, uint32_t ix)
{
    size_t count = freeze->scenario->rows[field->table].count;

    if (ix < count || (ix == QWR_NONE && field->optional))
        return QWR_OK;
    if (ix == QWR_NONE)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row, "%s is missing; expected a %s",
                                field->name, qwr__table_info_of(field->table)->name);
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row,
                            "%s points at %s %u, but the scenario has %zu of them", field->name,
                            qwr__table_info_of(field->table)->name, ix, count);
}

static qwr_status check_field(const qwr__freeze *freeze, qwr__table table, size_t row,
                              const void *data, const qwr__field *field)
{
    switch (field->type) {
    case QWR__FIELD_ID:
        return check_id(freeze, table, row, qwr__field_text(data, field));
    case QWR__FIELD_TEXT:
        return check_text(freeze, table, row, field, qwr__field_text(data, field));
    case QWR__FIELD_INT:
        return check_int(freeze, table, row, field, qwr__field_int(data, field));
    case QWR__FIELD_REF:
        return check_ref(freeze, table, row, field, qwr__field_word(data, field));
    case QWR__FIELD_WORD:
        break;
    }
    uint32_t word = qwr__field_word(data, field);
    if (word <= field->max)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row,
                            "%s %u is unknown; expected 0 to %lld", field->name, word,
                            (long long)field->max);
}

/* Ids first and everywhere: every later message may print any of them. */
static qwr_status check_rows(const qwr__freeze *freeze, qwr__table table, bool ids)
{
    const qwr__table_info *info = qwr__table_info_of(table);
    const qwr__rows *rows = &freeze->scenario->rows[table];

    for (size_t row = 0; row < rows->count; row++) {
        const char *data = (const char *)rows->data + row * info->size;
        for (size_t i = 0; i < info->field_count; i++)
            if ((info->fields[i].type == QWR__FIELD_ID) == ids)
                QWR_TRY(check_field(freeze, table, row, data, &info->fields[i]));
    }
    return QWR_OK;
}

qwr_status qwr__validate_fields(const qwr__freeze *freeze)
{
    const qwr__table_info *info = qwr__table_info_of(QWR__TABLE_INFO);

    for (size_t i = 0; i < info->field_count; i++)
        QWR_TRY(check_field(freeze, QWR__TABLE_INFO, 0, &freeze->scenario->info, &info->fields[i]));
    for (int table = 0; table < QWR__TABLE_COUNT; table++)
        QWR_TRY(check_rows(freeze, (qwr__table)table, true));
    for (int table = 0; table < QWR__TABLE_COUNT; table++)
        QWR_TRY(check_rows(freeze, (qwr__table)table, false));
    return QWR_OK;
}

static qwr_status build_index(const qwr__freeze *freeze, qwr__table table)
{
    const qwr__table_info *info = qwr__table_info_of(table);
    const qwr__rows *rows = &freeze->scenario->rows[table];
    qwr__id_index *ids = &freeze->scenario->ids[table];
    size_t slot_count = 8;

    if (!info->indexed || rows->count == 0)
        return QWR_OK;
    while (slot_count < 2 * rows->count)
        slot_count *= 2;
    ids->slots = qwr__alloc(freeze->ctx, slot_count, sizeof *ids->slots);
    if (ids->slots == NULL)
        return qwr__no_memory(freeze->ctx, "model.freeze");
    ids->slot_count = slot_count;
    for (size_t row = 0; row < rows->count; row++) {
        const char *data = rows->data;
        const char *id = qwr__field_text(data + row * info->size, &info->fields[0]);
        size_t i = (size_t)qwr__hash(0, id, strlen(id)) & (slot_count - 1);
        for (; ids->slots[i] != 0; i = (i + 1) & (slot_count - 1)) {
            size_t other = ids->slots[i] - 1;
            if (strcmp(qwr__field_text(data + other * info->size, &info->fields[0]), id) == 0)
                return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row,
                                        "its id is taken; %s number %zu and number %zu share it",
                                        info->name, other + 1, row + 1);
        }
        ids->slots[i] = (uint32_t)(row + 1);
    }
    return QWR_OK;
}

qwr_status qwr__build_ids(const qwr__freeze *freeze)
{
    for (int table = 0; table < QWR__TABLE_COUNT; table++)
        QWR_TRY(build_index(freeze, (qwr__table)table));
    return QWR_OK;
}
