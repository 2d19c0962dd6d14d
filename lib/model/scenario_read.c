/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a frozen scenario: counts, rows, ids, and the numbers derived at freeze. Must never
 * change anything, so that any number of threads may read at once.
 */
#include "model/scenario_private.h"

#include <string.h>

static const void *row_at(const qwr_scenario *scenario, qwr__table table, size_t i)
{
    const qwr__rows *rows = &scenario->rows[table];

    if (i >= rows->count)
        return NULL;
    return (const char *)rows->data + i * qwr__table_info_of(table)->size;
}

static uint32_t find_id(const qwr_scenario *scenario, qwr__table table, const char *id)
{
    const qwr__id_index *ids = &scenario->ids[table];
    const qwr__table_info *info = qwr__table_info_of(table);

    if (id == NULL || ids->slot_count == 0)
        return QWR_NONE;
    size_t i = (size_t)qwr__hash(0, id, strlen(id)) & (ids->slot_count - 1);
    while (ids->slots[i] != 0) {
        uint32_t row = ids->slots[i] - 1;
        if (strcmp(qwr__field_text(row_at(scenario, table, row), &info->fields[0]), id) == 0)
            return row;
        i = (i + 1) & (ids->slot_count - 1);
    }
    return QWR_NONE;
}

#define READ_INDEXED(name, NAME)                                                                   \
    size_t qwr_scenario_##name##_count(const qwr_scenario *scenario)                               \
    {                                                                                              \
        return scenario->rows[QWR__TABLE_##NAME].count;                                            \
    }                                                                                              \
    const qwr_##name *qwr_scenario_##name(const qwr_scenario *scenario, qwr_##name##_ix ix)        \
    {                                                                                              \
        return row_at(scenario, QWR__TABLE_##NAME, ix.v);                                          \
    }                                                                                              \
    qwr_##name##_ix qwr_scenario_find_##name(const qwr_scenario *scenario, const char *id)         \
    {                                                                                              \
        return (qwr_##name##_ix){find_id(scenario, QWR__TABLE_##NAME, id)};                        \
    }
#define READ_ROWS(name, NAME)                                                                      \
    size_t qwr_scenario_##name##_count(const qwr_scenario *scenario)                               \
    {                                                                                              \
        return scenario->rows[QWR__TABLE_##NAME].count;                                            \
    }                                                                                              \
    const qwr_##name *qwr_scenario_##name(const qwr_scenario *scenario, size_t i)                  \
    {                                                                                              \
        return row_at(scenario, QWR__TABLE_##NAME, i);                                             \
    }
QWR__TABLES(READ_INDEXED, READ_ROWS)

const qwr_scenario_info *qwr_scenario_get_info(const qwr_scenario *scenario)
{
    return &scenario->info;
}

uint64_t qwr_scenario_hash(const qwr_scenario *scenario)
{
    return scenario->hash;
}

int64_t qwr_scenario_efficiency_milli(const qwr_scenario *scenario, qwr_call_ix call,
                                      int64_t cranes)
{
    if (call.v >= scenario->rows[QWR__TABLE_CALL].count || cranes <= 0)
        return 0;
    if (cranes > QWR__CRANES_MAX)
        cranes = QWR__CRANES_MAX;
    size_t row = scenario->efficiency_row[call.v];
    return scenario->efficiency[row * (QWR__CRANES_MAX + 1) + (size_t)cranes];
}

int64_t qwr_scenario_call_moves(const qwr_scenario *scenario, qwr_call_ix call)
{
    return call.v < scenario->rows[QWR__TABLE_CALL].count ? scenario->moves[call.v] : 0;
}

int64_t qwr_scenario_rate_milli(const qwr_scenario *scenario, qwr_call_ix call, qwr_quay_ix quay)
{
    if (call.v < scenario->rows[QWR__TABLE_CALL].count) {
        int64_t own = qwr__call_rows(scenario)[call.v].rate_milli;
        if (own != QWR_UNSET)
            return own;
    }
    return quay.v < scenario->rows[QWR__TABLE_QUAY].count ? scenario->rate_milli[quay.v] : 30000;
}

int64_t qwr_scenario_handling_s(const qwr_scenario *scenario, qwr_call_ix call, qwr_berth_ix berth)
{
    size_t berths = scenario->rows[QWR__TABLE_BERTH].count;

    if (call.v >= scenario->rows[QWR__TABLE_CALL].count || berth.v >= berths)
        return QWR_UNSET;
    if (scenario->handling_dense != NULL)
        return scenario->handling_dense[call.v * berths + berth.v];
    uint32_t row = qwr__handling_find(scenario, call.v, berth.v);
    return row != QWR_NONE ? qwr__handling_rows(scenario)[row].handling_s : QWR_UNSET;
}
