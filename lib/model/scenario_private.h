/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a builder and of a frozen scenario. Only this folder sees it; every other folder
 * reads scenarios through <quaywright/scenario.h>.
 */
#ifndef QWR_SCENARIO_PRIVATE_H
#define QWR_SCENARIO_PRIVATE_H

#include "model/scenario_tables.h"
#include "model/strings.h"

/** The rows of one table, one after the other. */
typedef struct qwr__rows {
    void *data;
    size_t count, capacity;
} qwr__rows;

/** Where an entity was read; file NULL: not known. */
typedef struct qwr__origin {
    const char *file;
    int64_t line;
} qwr__origin;

/** Origins of the first rows of a table; it stays empty for scenarios made by hand. */
typedef struct qwr__origins {
    qwr__origin *data;
    size_t count, capacity;
} qwr__origins;

struct qwr_scenario_builder {
    qwr_context *ctx;
    qwr_scenario_info info;
    qwr__rows rows[QWR__TABLE_COUNT];
    qwr__origins origins[QWR__TABLE_COUNT];
    qwr__strings strings;
    qwr__table last_table; /**< of the entity added last; QWR__TABLE_COUNT: none yet */
};

/** What else says something about a call. */
enum qwr__call_has { QWR__CALL_HAS_TASKS = 1, QWR__CALL_HAS_PLACES = 2 };

/** Open-addressing hash from ids to rows: row + 1, 0 for a free slot. */
typedef struct qwr__id_index {
    uint32_t *slots;
    size_t slot_count; /**< a power of two, at least twice the rows; 0: no rows */
} qwr__id_index;

struct qwr_scenario {
    qwr_context *ctx;
    qwr_scenario_info info;
    qwr__rows rows[QWR__TABLE_COUNT];
    qwr__id_index ids[QWR__TABLE_COUNT];
    qwr__strings strings;

    /* Derived at freeze, see derived.c. */
    int64_t epoch_s; /**< seconds since 1970 of second 0; only if has_epoch */
    bool has_epoch;
    int64_t *moves;           /**< per call */
    uint32_t *handling_rows;  /**< per call: handling rows it has */
    unsigned char *call_has;  /**< per call: which rows hang on it, bits of qwr__call_has */
    int64_t *handling_dense;  /**< calls x berths, or NULL */
    uint32_t *handling_slots; /**< else a hash of (call, berth) to row + 1, or NULL without rows */
    size_t handling_slot_count;
    int64_t *rate_milli;      /**< per quay: mean over its cranes, or 30000 */
    uint32_t *efficiency_row; /**< per call: its row in `efficiency` */
    int32_t *efficiency;      /**< rows of QWR__CRANES_MAX + 1 */
    uint64_t hash;
};

/** What the steps of a freeze share. */
typedef struct qwr__freeze {
    qwr_context *ctx;
    const qwr_scenario_builder *builder;
    qwr_scenario *scenario; /**< copied already; validation reads this copy */
} qwr__freeze;

/** Texts for messages, by value so that several fit into one call. */
typedef struct qwr__shown {
    char s[48];
} qwr__shown;

/** "12.5 m" */
qwr__shown qwr__show_mm(int64_t mm);
/** "2026-03-01T06:00:00Z", or "21600 s" in a scenario without an epoch. */
qwr__shown qwr__show_at(const qwr_scenario *scenario, int64_t at_s);
qwr__shown qwr__show_int(int64_t value);

/** Names a row: `call "EVER-1"`, or `tide row 3`. */
void qwr__row_name(char *name, size_t capacity, const qwr_scenario *scenario, qwr__table table,
                   size_t row);
/** Fails with "ROW: message" and the file and line the row came from. */
qwr_status qwr__freeze_fail(const qwr__freeze *freeze, qwr_status status, qwr__table table,
                            size_t row, const char *format, ...) QWR_PRINTF(5, 6);
/** Room for one key per row of a table, for the checks that sort. */
qwr_status qwr__freeze_keys(const qwr__freeze *freeze, qwr__table table, void **keys, size_t size);

/** Fails, naming the nearest multiples, unless `value_s` lies on the step. */
qwr_status qwr__check_step(const qwr__freeze *freeze, qwr__table table, size_t row,
                           const char *field, int64_t value_s);

/* Steps of a freeze, in this order; each relies on the ones before. */
qwr_status qwr__validate_fields(const qwr__freeze *freeze);
qwr_status qwr__build_ids(const qwr__freeze *freeze);
qwr_status qwr__validate_time(const qwr__freeze *freeze);
qwr_status qwr__validate_geometry(const qwr__freeze *freeze);
qwr_status qwr__validate_terminal(const qwr__freeze *freeze);
qwr_status qwr__derive_work(const qwr__freeze *freeze);
qwr_status qwr__derive_handling(const qwr__freeze *freeze);
qwr_status qwr__validate_calls(const qwr__freeze *freeze);
qwr_status qwr__validate_precedence(const qwr__freeze *freeze);
qwr_status qwr__validate_limits(const qwr__freeze *freeze);
qwr_status qwr__derive_efficiency(const qwr__freeze *freeze);
qwr_status qwr__derive_rates(const qwr__freeze *freeze);
void qwr__derive_hash(qwr_scenario *scenario);

/** Row of the handling table by hash, QWR_NONE if there is none; only without the dense table. */
uint32_t qwr__handling_find(const qwr_scenario *scenario, uint32_t call, uint32_t berth);

/* Copying, shared by adding, freezing and thawing. */
qwr_status qwr__rows_copy_text(qwr_context *ctx, qwr__strings *strings, qwr__table table,
                               void *row);
/** Copies a caller's struct of any size over `ours`, which holds the defaults. */
qwr_status qwr__read_struct(qwr_context *ctx, const char *where, void *ours, size_t ours_size,
                            const void *theirs);

/** Typed rows of a table. */
#define QWR__TYPED_ROWS(name, NAME)                                                                \
    static inline const qwr_##name *qwr__##name##_rows(const qwr_scenario *scenario)               \
    {                                                                                              \
        return scenario->rows[QWR__TABLE_##NAME].data;                                             \
    }
QWR__TABLES(QWR__TYPED_ROWS, QWR__TYPED_ROWS)
#undef QWR__TYPED_ROWS

#endif
