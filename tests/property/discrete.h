/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tiny random terminals of discrete berths, and their exact optimum by a dynamic programme over
 * sets of calls. The programme goes by the definitions in <quaywright/entities.h> and shares no
 * line with the engine or the checker.
 */
#ifndef QWR_TEST_DISCRETE_H
#define QWR_TEST_DISCRETE_H

#include "support/support.h"

#include <quaywright/quaywright.h>

enum { DISCRETE_CALLS = 12, DISCRETE_BERTHS = 3, DISCRETE_TICKS = 48 };

/** What a terminal may hold besides berths, arrivals and handling times. */
enum {
    DISCRETE_WEIGHTS = 1 << 0,    /**< weights, 0 among them */
    DISCRETE_HOURS = 1 << 1,      /**< berths open late and close early */
    DISCRETE_CLOSURES = 1 << 2,   /**< several closures: a berth with several openings */
    DISCRETE_LATEST = 1 << 3,     /**< latest departures that bind */
    DISCRETE_SOFT = 1 << 4,       /**< ... that may be missed at a price */
    DISCRETE_FORBIDDEN = 1 << 5,  /**< forbidden pairs, by handling rows and place rows */
    DISCRETE_PIN_BERTH = 1 << 6,  /**< pinned berths */
    DISCRETE_PIN_START = 1 << 7,  /**< pinned starts */
    DISCRETE_PIN_OFF = 1 << 8,    /**< pinned starts off the step */
    DISCRETE_TURNAROUND = 1 << 9, /**< time between two stays */
    DISCRETE_HOPELESS = 1 << 10,  /**< a call that no berth takes */
    DISCRETE_UNMET = 1 << 11,     /**< a call whose window is too short everywhere */
    DISCRETE_TWINS = 1 << 12,     /**< identical calls */
    DISCRETE_WATER = 1 << 13,     /**< tide, draughts, depths, a channel */
    DISCRETE_OFFSET = 1 << 14,    /**< service less shortest handling */
    DISCRETE_INCLUSIVE = 1 << 15, /**< periods count inclusively */
    DISCRETE_CHANGE = 1 << 16,    /**< yesterday's decisions and prices of change */
    DISCRETE_WEATHER = 1 << 17,   /**< work stands still now and then */
    DISCRETE_OFF_STEP = 1 << 18,  /**< arrivals, handling times and windows off the step */
    DISCRETE_MOORING = 1 << 19,   /**< mooring and unmooring */
    DISCRETE_HULLS = 1 << 20,     /**< lengths, corners, two quays */
    DISCRETE_EARLY = 1 << 21,     /**< starts before the ETA, and ETAs before the epoch */
    DISCRETE_DEAR = 1 << 22,      /**< prices near the limits of the engine's tables */
    DISCRETE_SCARCE = 1 << 23,    /**< a horizon that is too short for all */
    DISCRETE_FEATURES = 24
};

/** Name of a feature, for messages. */
const char *discrete_feature(int bit);

/** What to make; counter-based, so that the same pair gives the same terminal alone or in a row. */
typedef struct discrete_key {
    uint64_t seed;
    uint64_t index;
} discrete_key;

/**
 * Builds and freezes; fails the test on any error. Owned by caller.
 * @param features  what it holds, out.
 */
qwr_scenario *discrete_scenario(uint32_t *features, qwr_context *ctx, discrete_key key);

/** A legal stay of a call at a berth: alone at the terminal it breaks no rule. */
typedef struct discrete_stay {
    bool legal;
    int64_t start_s, end_s;
    int64_t cost_mu;
    int32_t from; /**< tick at which the berth must be free */
    int32_t free; /**< ... and is free again, turnaround included */
} discrete_stay;

typedef struct discrete_oracle {
    const qwr_scenario *scenario;
    bool patient; /**< vessels may stay on until the channel is deep enough to leave */
    uint32_t calls, berths;
    int64_t step_s;
    int32_t ticks; /**< up to where a berth may be held */
    discrete_stay stay[DISCRETE_CALLS][DISCRETE_BERTHS][DISCRETE_TICKS];
    int64_t *best; /**< [2^calls] least cost of serving exactly that set; INT64_MAX: impossible */
    uint32_t hopeful; /**< set of calls that have a legal stay */
} discrete_oracle;

/** Owned by caller; free with discrete_oracle_free(). */
discrete_oracle *discrete_oracle_new(const qwr_scenario *scenario, bool patient);
void discrete_oracle_free(discrete_oracle *o);

/** Most calls that any plan places. */
int discrete_oracle_most(const discrete_oracle *o);
/** Least cost of any plan that places `count` calls; INT64_MAX: there is none. */
int64_t discrete_oracle_least(const discrete_oracle *o, int count);

#endif
