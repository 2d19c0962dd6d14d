/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The public add, count and get functions of each entity behind one signature, so that tables can
 * hold them. Knows no field and no file.
 */
#ifndef QWR_IO_ENTITY_H
#define QWR_IO_ENTITY_H

#include "io/scenario_table.h"

/* Entities with a typed index, and rows without. */
#define QWR__EACH_INDEXED(X)                                                                       \
    X(quay)                                                                                        \
    X(berth)                                                                                       \
    X(crane) X(node) X(lane) X(block) X(fleet) X(vehicle) X(charger) X(call) X(task) X(window)
#define QWR__EACH_ROW(X)                                                                           \
    X(quay_depth)                                                                                  \
    X(quay_break)                                                                                  \
    X(quay_position)                                                                               \
    X(tide) X(transfer) X(place) X(handling) X(efficiency) X(precedence) X(tariff) X(history)

#define QWR__ENTITY_DECLARE(noun)                                                                  \
    void qwr__##noun##_init_any(void *def);                                                        \
    qwr_status qwr__##noun##_add_any(qwr_scenario_builder *builder, const void *def,               \
                                     uint32_t *ix);                                                \
    const void *qwr__##noun##_get_any(const qwr_scenario *scenario, size_t i);
QWR__EACH_INDEXED(QWR__ENTITY_DECLARE)
QWR__EACH_ROW(QWR__ENTITY_DECLARE)

#define QWR__ENTITY(noun)                                                                          \
    {                                                                                              \
        qwr__##noun##_init_any, qwr__##noun##_add_any, qwr_scenario_##noun##_count,                \
            qwr__##noun##_get_any                                                                  \
    }

#endif
