/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The content hash: every field of every entity in table order, strings by content, numbers byte by
 * byte from the lowest, so that every machine gets the same. Must never see an address or padding.
 */
#include "model/scenario_private.h"

#include <string.h>

static uint64_t hash_int(uint64_t h, uint64_t value)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    return qwr__hash(h, bytes, sizeof bytes);
}

/* The length goes first, so that "ab" + "c" is not "a" + "bc"; NULL has a length of its own. */
static uint64_t hash_text(uint64_t h, const char *text)
{
    if (text == NULL)
        return hash_int(h, UINT64_MAX);
    size_t length = strlen(text);
    return qwr__hash(hash_int(h, length), text, length);
}

static bool is_default(const qwr__field *field, const void *row, const void *usual)
{
    return field->type == QWR__FIELD_INT
               ? qwr__field_int(row, field) == qwr__field_int(usual, field)
               : qwr__field_word(row, field) == qwr__field_word(usual, field);
}

/* `usual`: a row with every field at its default. */
static uint64_t hash_row(uint64_t h, const qwr__table_info *info, const void *row,
                         const void *usual)
{
    for (size_t i = 0; i < info->field_count; i++) {
        const qwr__field *field = &info->fields[i];
        if (field->later && is_default(field, row, usual))
            continue;
        switch (field->type) {
        case QWR__FIELD_ID:
        case QWR__FIELD_TEXT:
            h = hash_text(h, qwr__field_text(row, field));
            break;
        case QWR__FIELD_INT:
            h = hash_int(h, (uint64_t)qwr__field_int(row, field));
            break;
        case QWR__FIELD_WORD:
        case QWR__FIELD_REF:
            h = hash_int(h, qwr__field_word(row, field));
            break;
        }
    }
    return h;
}

void qwr__derive_hash(qwr_scenario *scenario)
{
    const qwr_scenario_info frame = qwr_scenario_info_init();
    uint64_t h = hash_row(0, qwr__table_info_of(QWR__TABLE_INFO), &scenario->info, &frame);

    for (int table = 0; table < QWR__TABLE_COUNT; table++) {
        const qwr__table_info *info = qwr__table_info_of((qwr__table)table);
        const qwr__rows *rows = &scenario->rows[table];
        qwr__row usual;
        info->init(&usual);
        h = hash_int(h, rows->count);
        for (size_t i = 0; i < rows->count; i++)
            h = hash_row(h, info, (const char *)rows->data + i * info->size, &usual);
    }
    scenario->hash = h;
}
