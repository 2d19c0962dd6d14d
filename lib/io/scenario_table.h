/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The elements of a scenario file: which attributes each has, where it may stand, and how it is
 * added to a builder and read from a scenario. Reader and writer work from these rows alone; the
 * schema in data/schema/scenario.xsd says the same for people. Knows nothing of XML itself.
 */
#ifndef QWR_IO_SCENARIO_TABLE_H
#define QWR_IO_SCENARIO_TABLE_H

#include "io/attr.h"

/** The version of the format, in <scenario format="1">. */
#define QWR__SCENARIO_FORMAT "1"

/* In the order of the table, which is the order of the file. */
typedef enum qwr__element_id {
    QWR__EL_SCENARIO = 0,
    QWR__EL_OBJECTIVE,
    QWR__EL_QUAY,
    QWR__EL_DEPTH,
    QWR__EL_BREAK,
    QWR__EL_POSITION,
    QWR__EL_BERTH,
    QWR__EL_TIDE,
    QWR__EL_CRANE,
    QWR__EL_NODE,
    QWR__EL_LANE,
    QWR__EL_BLOCK,
    QWR__EL_TRANSFER,
    QWR__EL_FLEET,
    QWR__EL_VEHICLE,
    QWR__EL_CHARGER,
    QWR__EL_CALL,
    QWR__EL_PIN,
    QWR__EL_BASE,
    QWR__EL_PLACE,
    QWR__EL_HANDLING,
    QWR__EL_EFFICIENCY,
    QWR__EL_TASK,
    QWR__EL_PRECEDENCE,
    QWR__EL_WINDOW,
    QWR__EL_TARIFF,
    QWR__EL_HISTORY,
    QWR__EL_COUNT
} qwr__element_id;

/** Where an element may stand. */
typedef enum qwr__standing {
    QWR__STANDS_TOP = 0, /**< Directly in <scenario>. */
    QWR__STANDS_PART, /**< In its parent, whose own struct it completes; before other children. */
    QWR__STANDS_ROW   /**< In its parent; or directly in <scenario>, naming the parent by id. */
} qwr__standing;

/** Functions of an entity; all NULL for parts. */
typedef struct qwr__entity {
    void (*init)(void *def);
    qwr_status (*add)(qwr_scenario_builder *builder, const void *def, uint32_t *ix);
    size_t (*count)(const qwr_scenario *scenario);
    const void *(*get)(const qwr_scenario *scenario, size_t i);
} qwr__entity;

typedef struct qwr__element {
    const char *tag;
    qwr__attrs attrs;
    qwr__standing standing;
    qwr__element_id parent; /**< For parts and rows. */
    int ref;                /**< qwr__ref of its ids, or -1 if it has none. */
    qwr__entity entity;
} qwr__element;

/** Room for any entity struct. */
typedef union qwr__any {
    qwr_scenario_info info;
    qwr_quay quay;
    qwr_berth berth;
    qwr_crane crane;
    qwr_call call;
    qwr_place place;
    qwr_window window;
    qwr_task task;
    qwr_node node;
    qwr_lane lane;
    qwr_block block;
    qwr_fleet fleet;
    qwr_vehicle vehicle;
    qwr_charger charger;
    qwr_history history;
} qwr__any;

extern const qwr__element qwr__elements[QWR__EL_COUNT];

/** Row by tag among those that may stand directly in `parent`; QWR__EL_COUNT if there is none. */
qwr__element_id qwr__element_find(const char *tag, qwr__element_id parent);
/** Index of the entity that holds row `i` of `element`, or QWR_NONE. */
uint32_t qwr__element_owner(const qwr_scenario *scenario, qwr__element_id element, size_t i);
/** Id of entity `ix` of this kind, or NULL. */
const char *qwr__scenario_id(const qwr_scenario *scenario, qwr__ref kind, uint32_t ix);
/** The ids of a frozen scenario. */
qwr__ids qwr__scenario_ids(const qwr_scenario *scenario);

#endif
