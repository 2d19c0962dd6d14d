/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One signature for the functions of every entity, and finding elements, owners and ids with them.
 * Knows no file format.
 */
#include "io/entity.h"

#include <string.h>

#define INIT_ANY(noun)                                                                             \
    _Static_assert(sizeof(qwr_##noun) <= sizeof(qwr__any), "qwr__any lacks an entity");            \
    void qwr__##noun##_init_any(void *def)                                                         \
    {                                                                                              \
        qwr_##noun init = qwr_##noun##_init();                                                     \
        memcpy(def, &init, sizeof init);                                                           \
    }

#define DEFINE_INDEXED(noun)                                                                       \
    INIT_ANY(noun)                                                                                 \
    qwr_status qwr__##noun##_add_any(qwr_scenario_builder *builder, const void *def, uint32_t *ix) \
    {                                                                                              \
        qwr_##noun##_ix added = {QWR_NONE};                                                        \
        qwr_status status = qwr_scenario_add_##noun(builder, def, &added);                         \
        *ix = added.v;                                                                             \
        return status;                                                                             \
    }                                                                                              \
    const void *qwr__##noun##_get_any(const qwr_scenario *scenario, size_t i)                      \
    {                                                                                              \
        return qwr_scenario_##noun(scenario, (qwr_##noun##_ix){(uint32_t)i});                      \
    }

#define DEFINE_ROW(noun)                                                                           \
    INIT_ANY(noun)                                                                                 \
    qwr_status qwr__##noun##_add_any(qwr_scenario_builder *builder, const void *def, uint32_t *ix) \
    {                                                                                              \
        *ix = QWR_NONE;                                                                            \
        return qwr_scenario_add_##noun(builder, def);                                              \
    }                                                                                              \
    const void *qwr__##noun##_get_any(const qwr_scenario *scenario, size_t i)                      \
    {                                                                                              \
        return qwr_scenario_##noun(scenario, i);                                                   \
    }

QWR__EACH_INDEXED(DEFINE_INDEXED)
QWR__EACH_ROW(DEFINE_ROW)

qwr__element_id qwr__element_find(const char *tag, qwr__element_id parent)
{
    for (int i = 1; i < QWR__EL_COUNT; i++) {
        const qwr__element *e = &qwr__elements[i];
        bool here =
            e->parent == parent || (e->standing == QWR__STANDS_ROW && parent == QWR__EL_SCENARIO);
        if (here && strcmp(e->tag, tag) == 0)
            return (qwr__element_id)i;
    }
    return QWR__EL_COUNT;
}

uint32_t qwr__element_owner(const qwr_scenario *scenario, qwr__element_id element, size_t i)
{
    const qwr__element *e = &qwr__elements[element];
    const void *row = e->entity.get(scenario, i);
    if (!row)
        return QWR_NONE;
    if (element == QWR__EL_PRECEDENCE) {
        const qwr_precedence *precedence = row;
        const qwr_task *before = qwr_scenario_task(scenario, precedence->before);
        return before ? before->call.v : QWR_NONE;
    }
    for (size_t f = 0; f < e->attrs.count; f++)
        if (e->attrs.rows[f].flags & QWR__OWNER)
            return qwr__attr_uint32(&e->attrs.rows[f], row);
    return QWR_NONE;
}

static const qwr__element *element_of_ref(qwr__ref kind)
{
    for (int i = 0; i < QWR__EL_COUNT; i++)
        if (qwr__elements[i].ref == (int)kind)
            return &qwr__elements[i];
    return NULL;
}

const char *qwr__scenario_id(const qwr_scenario *scenario, qwr__ref kind, uint32_t ix)
{
    const qwr__element *e = element_of_ref(kind);
    const void *def = e ? e->entity.get(scenario, ix) : NULL;
    for (size_t f = 0; def && f < e->attrs.count; f++)
        if (strcmp(e->attrs.rows[f].name, "id") == 0)
            return qwr__attr_chars(&e->attrs.rows[f], def);
    return NULL;
}

static uint32_t find_id(const void *payload, qwr__ref kind, const char *id)
{
    const qwr_scenario *scenario = payload;
    switch (kind) {
#define FIND(noun, name)                                                                           \
    case QWR__REF_##name:                                                                          \
        return qwr_scenario_find_##noun(scenario, id).v;
        FIND(quay, QUAY)
        FIND(berth, BERTH)
        FIND(crane, CRANE)
        FIND(call, CALL)
        FIND(task, TASK)
        FIND(window, WINDOW)
        FIND(node, NODE)
        FIND(lane, LANE)
        FIND(block, BLOCK)
        FIND(fleet, FLEET)
        FIND(vehicle, VEHICLE)
        FIND(charger, CHARGER)
#undef FIND
    case QWR__REF_COUNT:
        break;
    }
    return QWR_NONE;
}

static const char *next_id(const void *payload, qwr__ref kind, size_t *cursor)
{
    return qwr__scenario_id(payload, kind, (uint32_t)(*cursor)++);
}

qwr__ids qwr__scenario_ids(const qwr_scenario *scenario)
{
    return (qwr__ids){scenario, find_id, next_id, "in the scenario"};
}
