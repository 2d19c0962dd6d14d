/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Floor 5: variations of a scenario. What the files of this room share: quantities and their units,
 * levels, the table of variables, and the work in hand while a scenario is varied. Knows no stage
 * and no plan.
 */
#ifndef QWR_VARY_VARY_H
#define QWR_VARY_VARY_H

#include "base/base.h"

#include <quaywright/edit.h>
#include <quaywright/vary.h>

#define QWR__VARY "vary"

enum { QWR__LEVELS_MAX = 10000, QWR__VARIATION_TEXT = 4096, QWR__PPM = 1000000 };

/** What a number measures; its base unit is in brackets. */
typedef enum qwr__quantity {
    QWR__COUNT = 0, /**< whole things [1] */
    QWR__DURATION,  /**< [s] */
    QWR__LENGTH,    /**< [mm] */
    QWR__RATE,      /**< moves an hour [thousandths] */
    QWR__MONEY,     /**< money units an hour [thousandths] */
    QWR__NUMBER,    /**< [thousandths] */
    QWR__FACTOR     /**< of *= [millionths] */
} qwr__quantity;

typedef enum qwr__operator { QWR__SET = 1, QWR__ADD = 2, QWR__MULTIPLY = 4 } qwr__operator;

typedef enum qwr__shape {
    QWR__FIXED = 0,
    QWR__NORMAL,
    QWR__UNIFORM,
    QWR__TRIANGULAR,
    QWR__EXPONENTIAL,
    QWR__LOGNORMAL,
    QWR__HISTORY,
    QWR__SPREAD
} qwr__shape;

/** A number, or a distribution with its parameters, in base units; K, MU, SIGMA in millionths. */
typedef struct qwr__level {
    qwr__shape shape;
    int64_t p[3];
    char *text; /**< owned by the variation */
} qwr__level;

/** What a selection in brackets may name. */
typedef enum qwr__entity {
    QWR__NO_ENTITY = 0, /**< the scenario as a whole: no selection */
    QWR__CALLS,
    QWR__CRANES,
    QWR__QUAYS,
    QWR__BERTHS,
    QWR__WINDOWS
} qwr__entity;

typedef enum qwr__key {
    QWR__KEY_NONE = 0,
    QWR__KEY_ID,
    QWR__KEY_SERVICE,
    QWR__KEY_CLASS,
    QWR__KEY_VESSEL,
    QWR__KEY_QUAY
} qwr__key;

typedef struct qwr__varying qwr__varying;

/** A variable: declared once, in variables.c. */
typedef struct qwr__variable {
    const char *name;
    const char *sentence;
    const char *example;
    qwr__entity entity;
    qwr__quantity quantity;
    unsigned operators; /**< bits of qwr__operator */
    int64_t low, high;  /**< range that drawn values are kept in */
    size_t offset;      /**< of an int64_t field of the entity, if `apply` is NULL */
    qwr_status (*apply)(qwr__varying *varying);
} qwr__variable;

struct qwr_variation {
    qwr_context *ctx;
    const qwr__variable *variable;
    char *name;
    qwr__key key;
    char *selected; /**< value of the key, or NULL */
    qwr__operator op;
    qwr__quantity quantity; /**< of the levels: the variable's, or FACTOR */
    qwr__level *level;
    size_t level_count, level_capacity;
};

/** One variation being applied to a builder. */
struct qwr__varying {
    qwr_context *ctx;
    qwr_scenario_builder *builder;
    const qwr_variation *variation;
    const qwr__level *level;
    uint64_t seed, replication;
    size_t touched; /**< entities that were changed */
};

/* --- quantity.c ------------------------------------------------------------------------------- */

/** Reads `length` bytes as a number with an optional unit. `unit` (may be empty) stands in for a
 * missing one. */
qwr_status qwr__quantity_parse(int64_t *value, qwr_context *ctx, qwr__quantity quantity,
                               const char *text, size_t length, const char *unit);
/** The unit at the end of a text, copied; empty if there is none. */
void qwr__quantity_unit_at_end(char *unit, size_t capacity, const char *text, size_t length);
void qwr__quantity_print(qwr__text *out, qwr__quantity quantity, int64_t value);
double qwr__quantity_shown(qwr__quantity quantity, int64_t value);
const char *qwr__quantity_unit(qwr__quantity quantity);
/** Step of a range that names none, 0 if it must name one. */
int64_t qwr__quantity_step(qwr__quantity quantity);

/* --- levels.c --------------------------------------------------------------------------------- */

qwr_status qwr__levels_parse(qwr_variation *variation, const char *text);

/* --- variables.c ------------------------------------------------------------------------------ */

const qwr__variable *qwr__variable_at(size_t i);
const qwr__variable *qwr__variable_find(const char *name);
/** Nearest name to a misspelt one, or NULL. */
const char *qwr__variable_nearest(const char *name);

/* --- draw.c ----------------------------------------------------------------------------------- */

/** Quantile of the standard normal distribution, 0 < p < 1. */
double qwr__normal_quantile(double p);
/** Uniform in (0, 1) for this variation, replication and owner; `index` tells several draws of one
 * owner apart. */
double qwr__vary_unit(const qwr__varying *varying, const char *owner, uint64_t index);
/** The level's number for an owner, in base units; `sd_s` is the owner's own spread. */
qwr_status qwr__vary_draw(int64_t *value, const qwr__varying *varying, const char *owner,
                          int64_t sd_s);

/* --- select.c --------------------------------------------------------------------------------- */

bool qwr__call_selected(const qwr__varying *varying, const qwr_call *call);
bool qwr__crane_selected(const qwr__varying *varying, const qwr_crane *crane);
bool qwr__quay_selected(const qwr__varying *varying, const qwr_quay *quay);
bool qwr__berth_selected(const qwr__varying *varying, const qwr_berth *berth);
bool qwr__window_selected(const qwr__varying *varying, const qwr_window *window);
/** Fails unless the selection of the variation names something; the cause has the nearest id. */
qwr_status qwr__check_selection(const qwr__varying *varying);

/* --- apply.c ---------------------------------------------------------------------------------- */

/** `old` after the operator with `value`. Keeps it in range if the level is a distribution. */
qwr_status qwr__vary_value(int64_t *out, const qwr__varying *varying, int64_t old, int64_t value);
/** Draws for `owner` and applies to `old`. */
qwr_status qwr__vary_field(int64_t *out, const qwr__varying *varying, const char *owner,
                           int64_t old);
/** "calls[EV1].eta_shift: " + message, as QWR_ENOTFOUND. */
qwr_status qwr__vary_nothing(const qwr__varying *varying, const char *message);

/* Variables that are more than a field. */
qwr_status qwr__apply_calls_count(qwr__varying *varying);
qwr_status qwr__apply_calls_eta_shift(qwr__varying *varying);
qwr_status qwr__apply_calls_shift(qwr__varying *varying);
qwr_status qwr__apply_calls_moves(qwr__varying *varying);
qwr_status qwr__apply_calls_handling(qwr__varying *varying);
qwr_status qwr__apply_calls_pinned(qwr__varying *varying);
qwr_status qwr__apply_cranes_count(qwr__varying *varying);
qwr_status qwr__apply_cranes_down(qwr__varying *varying);
qwr_status qwr__apply_quays_closed(qwr__varying *varying);
qwr_status qwr__apply_weather_stop(qwr__varying *varying);
qwr_status qwr__apply_windows_shift(qwr__varying *varying);
qwr_status qwr__apply_windows_length(qwr__varying *varying);
qwr_status qwr__apply_windows_present(qwr__varying *varying);
qwr_status qwr__apply_tide_shift(qwr__varying *varying);
qwr_status qwr__apply_channel_depth(qwr__varying *varying);
qwr_status qwr__apply_horizon(qwr__varying *varying);

#endif
