/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host of the tests for optimisers of discrete berths: small problems made here, whose best plan
 * is found by trying every candidate. Checks each solution and notes each bound.
 */
#ifndef QWR_TEST_DISCRETE_WORLD_H
#define QWR_TEST_DISCRETE_WORLD_H

#include <quaywright/plugin.h>

#include <stdbool.h>

enum { CALLS = 80, LANES = 20, ROWS = CALLS * LANES * 2, TICKS = 400, UNPLACED = 1000000 };

/** A problem and the host that hands it out. */
typedef struct world {
    qwr_problem_view view;
    qwr_host host;
    uint32_t call_class[CALLS + 1], class_call[ROWS], class_row[ROWS + 1], group[ROWS];
    int32_t cranes[ROWS], width[ROWS], duration[ROWS], occupied[ROWS];
    int32_t cell[ROWS], first[ROWS], last[ROWS], cost[ROWS];
    int32_t first_start[CALLS], last_start[CALLS], first_end[CALLS];
    uint64_t start_at[CALLS], end_at[CALLS];
    int32_t start_cost[CALLS * TICKS], end_cost[CALLS * TICKS];

    uint64_t seed;
    int64_t work, worked;
    int64_t value, bound;
    uint32_t row[CALLS];
    int32_t start[CALLS];
    bool given; /**< value, row and start hold an incumbent */
    int taken, refused, blocks, allocations, fail_at, looks, cancel_at;
    int bounds, looks_after; /**< bounds offered; looks since the one that cancelled */
    const char *simd;        /**< option of that name, or NULL */
    /** Told of each certificate, if set. */
    void (*on_bound)(struct world *w, const qwr_bound_certificate *c);
    void *on_bound_payload;
} world;

typedef struct features {
    bool weights, turnaround, windows, pins, forbidden;
    bool early;  /**< starts before a wish cost too: no longer dearer with every tick */
    bool late;   /**< dearer from some tick on: no straight line */
    bool tight;  /**< deadlines that bind */
    bool like;   /**< lanes come in pairs that offer the same */
    bool copies; /**< calls come in pairs that differ by a fixed cost at most */
    bool stays;  /**< of two openings the later holds its lane for less; with `windows` */
    bool equal;  /**< few different stays: many ties */
} features;

/** Combinations of features that keep costs rising with the start. */
extern const features KINDS[];
extern const size_t KIND_COUNT;

/** An empty problem whose calls cost nothing yet. */
void open_world(world *w, uint32_t calls, uint32_t lanes, uint32_t ticks);
/** Adds a class of the next call at a lane; its rows follow. Calls come in order. */
void add_class(world *w, uint32_t call, int32_t duration, int32_t turnaround);
void add_row(world *w, int32_t lane, int32_t first, int32_t last, int32_t cost);
/** weight * (end - arrival), and `early` per tick before `wish` if that is not 0. */
void set_costs(world *w, uint32_t call, int32_t weight, int32_t arrival, int32_t early,
               int32_t wish);
/** A random problem: up to 6 calls make a short one that best_of_all() can try out. */
void make_random(world *w, const features *f, uint32_t calls, uint32_t lanes, uint64_t seed);

/** Cost of a solution; -1: it breaks a rule. */
int64_t price(const world *w, const uint32_t *row, const int32_t *start);
/** Cost of the best solution, by trying every candidate; at most 64 ticks. */
int64_t best_of_all(const world *w);

#endif
