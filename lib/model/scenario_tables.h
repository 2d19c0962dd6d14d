/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of a scenario and what their columns are: one list that building, validation, reading
 * and hashing all follow. A new entity or field is added here and in scenario_fields.c, nowhere
 * else. Must never hold a rule that looks at more than one field.
 */
#ifndef QWR_SCENARIO_TABLES_H
#define QWR_SCENARIO_TABLES_H

#include "base/base.h"

#include <quaywright/scenario.h>

/** Every table: INDEXED has an id and a typed index, ROWS is just rows. The order is the hash's. */
#define QWR__TABLES(INDEXED, ROWS)                                                                 \
    INDEXED(quay, QUAY)                                                                            \
    ROWS(quay_depth, QUAY_DEPTH)                                                                   \
    ROWS(quay_break, QUAY_BREAK)                                                                   \
    ROWS(quay_position, QUAY_POSITION)                                                             \
    INDEXED(berth, BERTH)                                                                          \
    ROWS(tide, TIDE)                                                                               \
    INDEXED(crane, CRANE)                                                                          \
    INDEXED(call, CALL)                                                                            \
    ROWS(handling, HANDLING)                                                                       \
    ROWS(efficiency, EFFICIENCY)                                                                   \
    ROWS(place, PLACE)                                                                             \
    INDEXED(task, TASK)                                                                            \
    ROWS(precedence, PRECEDENCE)                                                                   \
    INDEXED(window, WINDOW)                                                                        \
    ROWS(tariff, TARIFF)                                                                           \
    INDEXED(node, NODE)                                                                            \
    INDEXED(lane, LANE)                                                                            \
    INDEXED(block, BLOCK)                                                                          \
    ROWS(transfer, TRANSFER)                                                                       \
    INDEXED(fleet, FLEET)                                                                          \
    INDEXED(vehicle, VEHICLE)                                                                      \
    INDEXED(charger, CHARGER)                                                                      \
    ROWS(history, HISTORY)

#define QWR__TABLE_ENUM(name, NAME) QWR__TABLE_##NAME,
typedef enum qwr__table {
    QWR__TABLES(QWR__TABLE_ENUM, QWR__TABLE_ENUM) QWR__TABLE_COUNT,
    QWR__TABLE_INFO = QWR__TABLE_COUNT /**< the frame, where a table is asked for in messages */
} qwr__table;
#undef QWR__TABLE_ENUM

/** Room for one row of any table. */
#define QWR__ROW_MEMBER(name, NAME) qwr_##name name;
typedef union qwr__row {
    uint32_t size;
    QWR__TABLES(QWR__ROW_MEMBER, QWR__ROW_MEMBER)
} qwr__row;
#undef QWR__ROW_MEMBER

/* Limits, stated in <quaywright/entities.h>. */
#define QWR__TIME_MAX   INT64_C(315360000)
#define QWR__MM_MAX     INT64_C(1000000000)
#define QWR__MU_MAX     INT64_C(1000000000000)
#define QWR__MOVES_MAX  INT64_C(10000000)
#define QWR__CRANES_MAX 64
#define QWR__ID_BYTES   100
#define QWR__TEXT_BYTES 4096

typedef enum qwr__field_type {
    QWR__FIELD_ID,   /**< required text, unique in its table */
    QWR__FIELD_TEXT, /**< optional text */
    QWR__FIELD_INT,  /**< int64_t */
    QWR__FIELD_WORD, /**< an enum or a 0/1 flag: 32 bits, 0 to max */
    QWR__FIELD_REF   /**< a typed index into `table` */
} qwr__field_type;

/** How an integer is spoken of in messages, and how large it may ever be. */
typedef enum qwr__unit {
    QWR__UNIT_PLAIN,
    QWR__UNIT_MM,
    QWR__UNIT_AT,      /**< an instant in seconds since the epoch */
    QWR__UNIT_SECONDS, /**< a duration */
    QWR__UNIT_MU
} qwr__unit;

typedef struct qwr__field {
    const char *name;
    size_t offset;
    qwr__field_type type;
    qwr__unit unit;
    qwr__table table; /**< REF: what it points at */
    bool optional;    /**< INT may be QWR_UNSET, REF may be QWR_NONE */
    bool later;       /**< hashed only where it differs from its default */
    int64_t min, max;
} qwr__field;

typedef struct qwr__table_info {
    const char *name;
    size_t size; /**< of a row */
    size_t max_rows;
    bool indexed;
    void (*init)(qwr__row *row);
    const qwr__field *fields;
    size_t field_count;
} qwr__table_info;

/** What is known about a table. QWR__TABLE_INFO: the frame, without init. */
const qwr__table_info *qwr__table_info_of(qwr__table table);

/* One field of a row. The row need not be aligned as its own type. */
int64_t qwr__field_int(const void *row, const qwr__field *field);
uint32_t qwr__field_word(const void *row, const qwr__field *field); /* WORD and REF */
const char *qwr__field_text(const void *row, const qwr__field *field);
void qwr__field_set_text(void *row, const qwr__field *field, const char *text);

#endif
