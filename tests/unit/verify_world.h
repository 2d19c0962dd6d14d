/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tiny discrete terminals drawn at random, every legal plan of them tried, and certificates grown
 * for them as a proof by search would, only without its wit. Shares no line with the replay.
 */
#ifndef QWR_VERIFY_WORLD_H
#define QWR_VERIFY_WORLD_H

#include "base/base.h"
#include "support.h"

#include <quaywright/certificate.h>
#include <quaywright/check.h>

enum { CALLS_MAX = 5, STAYS_MAX = 64, BERTHS_MAX = 3, STEP_S = 900 };

/** What a draw may use, or-ed. */
enum {
    WITH_COSTS = 1,   /**< objective COST with all its terms, completion, offsets */
    WITH_WINDOWS = 2, /**< berth hours, closures, latest departures, forbidden berths */
    WITH_WEATHER = 4, /**< standstills, so that stays differ in length */
    WITH_PINS = 8,    /**< pinned berths and starts, also off the step */
    WITH_EVERYTHING = 15,
    WITH_COPIES = 16, /**< every other call like the one before, arriving within the same step */
    WITH_LIKES = 32   /**< berths like each other, if windows, pins and yesterday's plan let them */
};

qwr_scenario *verify_draw(qwr_context *ctx, qwr__rng *rng, uint32_t calls, uint32_t berths,
                          int64_t steps, int features);

typedef struct stay_choice {
    uint32_t berth;
    int64_t start_s, end_s, cost_mu;
} stay_choice;

/** Every stay of every call that the checker lets pass. */
typedef struct choices {
    uint32_t calls;
    size_t count[CALLS_MAX];
    stay_choice stay[CALLS_MAX][STAYS_MAX];
    int64_t turnaround_s[BERTHS_MAX];
    int64_t best_mu; /**< of all plans that place every call with a stay; INT64_MAX: none */
} choices;

void verify_try_all(choices *out, qwr_context *ctx, const qwr_scenario *scenario);

/** Adds a step; fails the test if that does not work. */
void verify_prices(qwr_certificate *c, const int64_t *price);
void verify_split(qwr_certificate *c, uint32_t call, uint32_t berth, int64_t from_s, int64_t to_s);
void verify_split_range(qwr_certificate *c, uint32_t call, uint32_t berth, uint32_t berth_last,
                        int64_t from_s, int64_t to_s);
void verify_end(qwr_certificate *c);

qwr_certificate *verify_new(qwr_context *ctx, const qwr_scenario *scenario, uint32_t ordered,
                            int64_t price_unit, int64_t target_mu);
/**
 * Grows a certificate that no plan costs `target_mu` or less. Where that is true, it proves it in
 * the end; where it is not, it gets stuck at a plan that costs no more, or the replay is wrong.
 */
qwr_certificate *verify_grow(qwr_context *ctx, qwr__rng *rng, const qwr_scenario *scenario,
                             const choices *all, uint32_t ordered, int64_t target_mu);
/** A copy with one frame changed and the steps [from, to) left out. */
qwr_certificate *verify_cut(qwr_context *ctx, const qwr_certificate *c,
                            const qwr_certificate_info *info, size_t from, size_t to);

qwr_verdict verify_ask(qwr_context *ctx, const qwr_scenario *scenario, const qwr_certificate *c);

#endif
