/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The builder: growing tables of entities, their strings, and where each was read. Must never judge
 * an entity beyond its size and id: a scenario is judged as a whole when it freezes.
 */
#include "model/scenario_private.h"

#include <string.h>

#define WHERE "model.builder"

/* A newer caller's struct may be longer than ours as long as it asks for nothing we do not know. */
qwr_status qwr__read_struct(qwr_context *ctx, const char *where, void *ours, size_t ours_size,
                            const void *theirs)
{
    uint32_t size;
    uint32_t our_size = (uint32_t)ours_size;

    if (theirs == NULL)
        return qwr__fail(ctx, QWR_EINVAL, where, NULL, 0, "a struct was expected, got NULL");
    memcpy(&size, theirs, sizeof size);
    if (size < sizeof size)
        return qwr__fail(ctx, QWR_EINVAL, where, NULL, 0,
                         "size is %u; set it by starting from the _init() function", size);
    for (size_t i = ours_size; i < size; i++)
        if (((const unsigned char *)theirs)[i] != 0)
            return qwr__fail(ctx, QWR_EINVAL, where, NULL, 0,
                             "the struct has %u bytes, this library knows %u, and byte %zu of the "
                             "rest is not 0: it asks for something newer",
                             size, our_size, i);
    memcpy(ours, theirs, size < ours_size ? size : ours_size);
    memcpy(ours, &our_size, sizeof our_size);
    return QWR_OK;
}

/* Empty optional texts become NULL, so that "not given" has one spelling. */
qwr_status qwr__rows_copy_text(qwr_context *ctx, qwr__strings *strings, qwr__table table, void *row)
{
    const qwr__table_info *info = qwr__table_info_of(table);

    for (size_t i = 0; i < info->field_count; i++) {
        const qwr__field *field = &info->fields[i];
        if (field->type != QWR__FIELD_ID && field->type != QWR__FIELD_TEXT)
            continue;
        const char *text = qwr__field_text(row, field);
        if (text == NULL)
            continue;
        const char *copy = NULL;
        if (text[0] != '\0') {
            copy = field->type == QWR__FIELD_ID ? qwr__strings_copy(strings, text)
                                                : qwr__strings_intern(strings, text);
            if (copy == NULL)
                return qwr__no_memory(ctx, WHERE);
        }
        qwr__field_set_text(row, field, copy);
    }
    return QWR_OK;
}

/* A caller's entity as a row of ours, with strings of ours. */
static qwr_status make_row(qwr_scenario_builder *builder, qwr__table table, const void *def,
                           qwr__row *row)
{
    const qwr__table_info *info = qwr__table_info_of(table);

    memset(row, 0, sizeof *row);
    info->init(row);
    QWR_TRY(qwr__read_struct(builder->ctx, WHERE, row, info->size, def));
    if (info->indexed) {
        const char *id = qwr__field_text(row, &info->fields[0]);
        if (id == NULL || id[0] == '\0')
            return qwr__fail(builder->ctx, QWR_EINVAL, WHERE, NULL, 0, "a %s needs an id",
                             info->name);
    }
    return qwr__rows_copy_text(builder->ctx, &builder->strings, table, row);
}

static qwr_status add_row(qwr_scenario_builder *builder, qwr__table table, const void *def,
                          uint32_t *ix)
{
    const qwr__table_info *info = qwr__table_info_of(table);
    qwr__row row;

    if (builder == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(builder->ctx);
    qwr__rows *rows = &builder->rows[table];
    if (rows->count >= info->max_rows)
        return qwr__fail(builder->ctx, QWR_EOVERFLOW, WHERE, NULL, 0,
                         "a scenario holds at most %zu rows of kind %s", info->max_rows,
                         info->name);
    QWR_TRY(make_row(builder, table, def, &row));
    QWR_TRY(qwr__reserve(builder->ctx, &rows->data, &rows->capacity, rows->count + 1, info->size));
    memcpy((char *)rows->data + rows->count * info->size, &row, info->size);
    if (ix != NULL)
        *ix = (uint32_t)rows->count;
    rows->count++;
    builder->last_table = table;
    return QWR_OK;
}

static qwr_status set_row(qwr_scenario_builder *builder, qwr__table table, uint32_t ix,
                          const void *def)
{
    const qwr__table_info *info = qwr__table_info_of(table);
    qwr__row row;

    if (builder == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(builder->ctx);
    if (ix >= builder->rows[table].count)
        return qwr__fail(builder->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "there is no %s with index %u; the builder holds %zu", info->name, ix,
                         builder->rows[table].count);
    QWR_TRY(make_row(builder, table, def, &row));
    memcpy((char *)builder->rows[table].data + ix * info->size, &row, info->size);
    return QWR_OK;
}

#define ADD_AND_SET(name, NAME)                                                                    \
    qwr_status qwr_scenario_add_##name(qwr_scenario_builder *builder, const qwr_##name *def,       \
                                       qwr_##name##_ix *out)                                       \
    {                                                                                              \
        return add_row(builder, QWR__TABLE_##NAME, def, out != NULL ? &out->v : NULL);             \
    }                                                                                              \
    qwr_status qwr_scenario_set_##name(qwr_scenario_builder *builder, qwr_##name##_ix ix,          \
                                       const qwr_##name *def)                                      \
    {                                                                                              \
        return set_row(builder, QWR__TABLE_##NAME, ix.v, def);                                     \
    }
#define ADD(name, NAME)                                                                            \
    qwr_status qwr_scenario_add_##name(qwr_scenario_builder *builder, const qwr_##name *def)       \
    {                                                                                              \
        return add_row(builder, QWR__TABLE_##NAME, def, NULL);                                     \
    }
QWR__TABLES(ADD_AND_SET, ADD)

/* The frame is judged at once: nothing can be made of a scenario without a clock. */
static qwr_status check_info(qwr_context *ctx, const qwr_scenario_info *info)
{
    int64_t epoch_s;

    if (info->id == NULL || info->id[0] == '\0')
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "a scenario needs an id");
    if (info->step_s <= 0)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "scenario \"%.100s\": step %lld s must be above 0", info->id,
                         (long long)info->step_s);
    if (info->horizon_s <= 0)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "scenario \"%.100s\": horizon %lld s must be above 0", info->id,
                         (long long)info->horizon_s);
    if (info->epoch != NULL && info->epoch[0] != '\0' && !qwr__parse_time(&epoch_s, info->epoch))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "scenario \"%.100s\": epoch \"%.60s\" is not an instant like "
                         "2026-03-01T00:00:00Z",
                         info->id, info->epoch);
    return QWR_OK;
}

qwr_status qwr_scenario_builder_set_info(qwr_scenario_builder *builder,
                                         const qwr_scenario_info *info)
{
    qwr_scenario_info ours = qwr_scenario_info_init();

    if (builder == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(builder->ctx);
    QWR_TRY(qwr__read_struct(builder->ctx, WHERE, &ours, sizeof ours, info));
    QWR_TRY(check_info(builder->ctx, &ours));
    QWR_TRY(qwr__rows_copy_text(builder->ctx, &builder->strings, QWR__TABLE_INFO, &ours));
    builder->info = ours;
    return QWR_OK;
}

qwr_status qwr_scenario_builder_new(qwr_scenario_builder **out, qwr_context *ctx,
                                    const qwr_scenario_info *info)
{
    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    qwr_scenario_builder *builder = qwr__alloc(ctx, 1, sizeof *builder);
    if (builder == NULL)
        return qwr__no_memory(ctx, WHERE);
    builder->ctx = ctx;
    builder->last_table = QWR__TABLE_COUNT;
    qwr__strings_init(&builder->strings, ctx);
    qwr_status status = qwr_scenario_builder_set_info(builder, info);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(builder);
        return status;
    }
    *out = builder;
    return QWR_OK;
}

void qwr_scenario_builder_free(qwr_scenario_builder *builder)
{
    if (builder == NULL)
        return;
    for (int table = 0; table < QWR__TABLE_COUNT; table++) {
        qwr__free(builder->ctx, builder->rows[table].data);
        qwr__free(builder->ctx, builder->origins[table].data);
    }
    qwr__strings_free(&builder->strings);
    qwr__free(builder->ctx, builder);
}

/* Rows without an origin in between stay all zero. Without memory the message will lack its line,
 * which is no reason to fail here. */
void qwr_scenario_builder_at(qwr_scenario_builder *builder, const char *file, int64_t line)
{
    if (builder == NULL || builder->last_table == QWR__TABLE_COUNT)
        return;
    qwr__origins *origins = &builder->origins[builder->last_table];
    size_t count = builder->rows[builder->last_table].count;
    void *data = origins->data;
    if (qwr__reserve(builder->ctx, &data, &origins->capacity, count, sizeof *origins->data) !=
        QWR_OK) {
        qwr__causes_clear(builder->ctx);
        return;
    }
    origins->data = data;
    if (origins->count < count)
        memset(origins->data + origins->count, 0, (count - origins->count) * sizeof *origins->data);
    origins->count = count;
    origins->data[count - 1] = (qwr__origin){
        .file = file != NULL ? qwr__strings_intern(&builder->strings, file) : NULL, .line = line};
}

static qwr_status thaw_rows(qwr_scenario_builder *builder, const qwr_scenario *scenario,
                            qwr__table table)
{
    const qwr__rows *from = &scenario->rows[table];
    qwr__rows *to = &builder->rows[table];
    size_t size = qwr__table_info_of(table)->size;

    if (from->count == 0)
        return QWR_OK;
    QWR_TRY(qwr__reserve(builder->ctx, &to->data, &to->capacity, from->count, size));
    memcpy(to->data, from->data, from->count * size);
    to->count = from->count;
    for (size_t i = 0; i < to->count; i++)
        QWR_TRY(qwr__rows_copy_text(builder->ctx, &builder->strings, table,
                                    (char *)to->data + i * size));
    return QWR_OK;
}

qwr_status qwr_scenario_thaw(qwr_scenario_builder **out, qwr_context *ctx,
                             const qwr_scenario *scenario)
{
    qwr_scenario_builder *builder;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL || scenario == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "there is no scenario to thaw");
    QWR_TRY(qwr_scenario_builder_new(&builder, ctx, &scenario->info));
    for (int table = 0; table < QWR__TABLE_COUNT; table++) {
        qwr_status status = thaw_rows(builder, scenario, (qwr__table)table);
        if (status != QWR_OK) {
            qwr_scenario_builder_free(builder);
            return status;
        }
    }
    *out = builder;
    return QWR_OK;
}
