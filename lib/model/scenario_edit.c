/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a builder back and taking rows out of it, with all that hangs on them. Follows the tables
 * of scenario_tables.h: which row hangs on which is said there by its reference fields. Must never
 * judge what is left.
 */
#include "model/scenario_private.h"

#include <quaywright/edit.h>

#include <string.h>

#define WHERE "model.edit"

/** Which rows go: one flag a row, by table; NULL: none of that table. */
typedef struct removal {
    qwr_scenario_builder *builder;
    bool *gone[QWR__TABLE_COUNT];
    size_t count[QWR__TABLE_COUNT];    /* rows before the first one moved */
    uint32_t *moved[QWR__TABLE_COUNT]; /* new index of each row, QWR_NONE if it goes */
} removal;

static char *row_of(const qwr_scenario_builder *builder, qwr__table table, size_t i)
{
    return (char *)builder->rows[table].data + i * qwr__table_info_of(table)->size;
}

static void set_reference(void *row, const qwr__field *field, uint32_t ix)
{
    memcpy((char *)row + field->offset, &ix, sizeof ix);
}

/* A window or a place is about what it refers to, even where the reference may be left open. */
static bool hangs_on(qwr__table table, const qwr__field *field)
{
    return !field->optional || table == QWR__TABLE_WINDOW || table == QWR__TABLE_PLACE;
}

static bool is_gone(const removal *r, const qwr__field *field, uint32_t ix)
{
    const bool *gone = r->gone[field->table];

    return ix != QWR_NONE && gone != NULL && ix < r->builder->rows[field->table].count && gone[ix];
}

static qwr_status mark(removal *r, qwr__table table, size_t i)
{
    if (r->gone[table] == NULL) {
        r->gone[table] =
            qwr__alloc(r->builder->ctx, r->builder->rows[table].count, sizeof *r->gone[table]);
        if (r->gone[table] == NULL)
            return qwr__no_memory(r->builder->ctx, WHERE);
    }
    r->gone[table][i] = true;
    return QWR_OK;
}

/* Does the row refer to something that goes, in a way that takes it along? */
static bool goes_along(const removal *r, qwr__table table, const char *row)
{
    const qwr__table_info *info = qwr__table_info_of(table);

    for (size_t f = 0; f < info->field_count; f++) {
        const qwr__field *field = &info->fields[f];
        if (field->type == QWR__FIELD_REF && hangs_on(table, field) &&
            is_gone(r, field, qwr__field_word(row, field)))
            return true;
    }
    return false;
}

static qwr_status spread_once(removal *r, bool *again)
{
    for (int t = 0; t < QWR__TABLE_COUNT; t++) {
        qwr__table table = (qwr__table)t;
        for (size_t i = 0; i < r->builder->rows[table].count; i++) {
            if ((r->gone[table] != NULL && r->gone[table][i]) ||
                !goes_along(r, table, row_of(r->builder, table, i)))
                continue;
            QWR_TRY(mark(r, table, i));
            *again = true;
        }
    }
    return QWR_OK;
}

/* Everything that can fail happens before the first row moves. */
static qwr_status plan_moves(removal *r)
{
    for (int t = 0; t < QWR__TABLE_COUNT; t++) {
        if (r->gone[t] == NULL)
            continue;
        size_t count = r->builder->rows[t].count;
        r->count[t] = count;
        r->moved[t] = qwr__alloc(r->builder->ctx, count, sizeof *r->moved[t]);
        if (r->moved[t] == NULL)
            return qwr__no_memory(r->builder->ctx, WHERE);
        uint32_t next = 0;
        for (size_t i = 0; i < count; i++)
            r->moved[t][i] = r->gone[t][i] ? QWR_NONE : next++;
    }
    return QWR_OK;
}

static void compact(removal *r, qwr__table table)
{
    qwr__rows *rows = &r->builder->rows[table];
    qwr__origins *origins = &r->builder->origins[table];
    size_t size = qwr__table_info_of(table)->size, kept = 0, kept_origins = 0;

    for (size_t i = 0; i < rows->count; i++) {
        if (r->gone[table][i])
            continue;
        if (kept != i)
            memcpy(row_of(r->builder, table, kept), row_of(r->builder, table, i), size);
        if (i < origins->count) {
            origins->data[kept] = origins->data[i];
            kept_origins = kept + 1;
        }
        kept++;
    }
    rows->count = kept;
    origins->count = kept_origins;
}

/* A place on a quay that is gone says nothing any more. */
static void forget_places(qwr__table table, void *row)
{
    if (table == QWR__TABLE_CALL) {
        qwr_call *call = row;
        if (call->preferred_quay.v == QWR_NONE)
            call->preferred_mm = QWR_UNSET;
        if (call->pin_quay.v == QWR_NONE)
            call->pin_position_mm = QWR_UNSET;
        if (call->base_quay.v == QWR_NONE)
            call->base_position_mm = QWR_UNSET;
    } else if (table == QWR__TABLE_NODE) {
        qwr_node *node = row;
        if (node->quay.v == QWR_NONE)
            node->position_mm = QWR_UNSET;
    }
}

static void renumber(removal *r, qwr__table table)
{
    const qwr__table_info *info = qwr__table_info_of(table);

    for (size_t i = 0; i < r->builder->rows[table].count; i++) {
        char *row = row_of(r->builder, table, i);
        bool forgot = false;
        for (size_t f = 0; f < info->field_count; f++) {
            const qwr__field *field = &info->fields[f];
            const uint32_t *moved = field->type == QWR__FIELD_REF ? r->moved[field->table] : NULL;
            uint32_t ix = moved != NULL ? qwr__field_word(row, field) : QWR_NONE;
            if (ix == QWR_NONE || ix >= r->count[field->table])
                continue; /* a reference to nothing is for freezing to name */
            set_reference(row, field, moved[ix]);
            forgot = forgot || (moved[ix] == QWR_NONE && field->table == QWR__TABLE_QUAY);
        }
        if (forgot)
            forget_places(table, row);
    }
}

static qwr_status remove_row(qwr_scenario_builder *builder, qwr__table table, size_t i)
{
    removal r = {.builder = builder};
    qwr_status status = QWR_OK;
    bool again = true;

    if (builder == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(builder->ctx);
    if (i >= builder->rows[table].count)
        return qwr__fail(builder->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "there is no %s with index %zu; the builder holds %zu",
                         qwr__table_info_of(table)->name, i, builder->rows[table].count);
    QWR_TRY_DONE(mark(&r, table, i));
    while (again) {
        again = false;
        QWR_TRY_DONE(spread_once(&r, &again));
    }
    QWR_TRY_DONE(plan_moves(&r));
    for (int t = 0; t < QWR__TABLE_COUNT; t++)
        if (r.gone[t] != NULL)
            compact(&r, (qwr__table)t);
    for (int t = 0; t < QWR__TABLE_COUNT; t++)
        renumber(&r, (qwr__table)t);
    builder->last_table = QWR__TABLE_COUNT;
done:
    for (int t = 0; t < QWR__TABLE_COUNT; t++) {
        qwr__free(builder->ctx, r.gone[t]);
        qwr__free(builder->ctx, r.moved[t]);
    }
    return status;
}

static const void *row_at(const qwr_scenario_builder *builder, qwr__table table, size_t i)
{
    return i < builder->rows[table].count ? row_of(builder, table, i) : NULL;
}

static uint32_t find_id(const qwr_scenario_builder *builder, qwr__table table, const char *id)
{
    const qwr__field *field = &qwr__table_info_of(table)->fields[0];

    for (size_t i = 0; id != NULL && i < builder->rows[table].count; i++)
        if (strcmp(qwr__field_text(row_of(builder, table, i), field), id) == 0)
            return (uint32_t)i;
    return QWR_NONE;
}

const qwr_scenario_info *qwr_scenario_builder_get_info(const qwr_scenario_builder *builder)
{
    return &builder->info;
}

#define EDIT_INDEXED(name, NAME)                                                                   \
    size_t qwr_scenario_builder_##name##_count(const qwr_scenario_builder *builder)                \
    {                                                                                              \
        return builder->rows[QWR__TABLE_##NAME].count;                                             \
    }                                                                                              \
    const qwr_##name *qwr_scenario_builder_##name(const qwr_scenario_builder *builder,             \
                                                  qwr_##name##_ix ix)                              \
    {                                                                                              \
        return row_at(builder, QWR__TABLE_##NAME, ix.v);                                           \
    }                                                                                              \
    qwr_##name##_ix qwr_scenario_builder_find_##name(const qwr_scenario_builder *builder,          \
                                                     const char *id)                               \
    {                                                                                              \
        return (qwr_##name##_ix){find_id(builder, QWR__TABLE_##NAME, id)};                         \
    }                                                                                              \
    qwr_status qwr_scenario_remove_##name(qwr_scenario_builder *builder, qwr_##name##_ix ix)       \
    {                                                                                              \
        return remove_row(builder, QWR__TABLE_##NAME, ix.v);                                       \
    }
#define EDIT_ROWS(name, NAME)                                                                      \
    size_t qwr_scenario_builder_##name##_count(const qwr_scenario_builder *builder)                \
    {                                                                                              \
        return builder->rows[QWR__TABLE_##NAME].count;                                             \
    }                                                                                              \
    const qwr_##name *qwr_scenario_builder_##name(const qwr_scenario_builder *builder, size_t i)   \
    {                                                                                              \
        return row_at(builder, QWR__TABLE_##NAME, i);                                              \
    }                                                                                              \
    qwr_status qwr_scenario_remove_##name(qwr_scenario_builder *builder, size_t i)                 \
    {                                                                                              \
        return remove_row(builder, QWR__TABLE_##NAME, i);                                          \
    }
QWR__TABLES(EDIT_INDEXED, EDIT_ROWS)
