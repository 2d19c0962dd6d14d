/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The berth problem as a packing of rectangles: calls with one length and one duration a place, on
 * stretches of quay that no vessel straddles (sections), each start dearer than the one before.
 * Made from the candidates of the berth stage, for up to 128 calls, so that a set of calls is one
 * number. Cells are counted from the section's first, time in ticks.
 */
#ifndef QWR_CONTINUOUS_PACKING_H
#define QWR_CONTINUOUS_PACKING_H

#include "berth/berth.h"

enum {
    QWR__PACKED_CALLS = 128,
    QWR__CALL_OPTIONS = 32 /**< ways to serve a call, at most */
};

/** A set of calls, a bit each. */
typedef unsigned __int128 qwr__calls;
#define QWR__ALL_CALLS (~(qwr__calls)0)

static inline qwr__calls qwr__call_bit(uint32_t call)
{
    return (qwr__calls)1 << call;
}

static inline uint32_t qwr__count_calls(qwr__calls calls)
{
    return (uint32_t)(__builtin_popcountll((uint64_t)calls) +
                      __builtin_popcountll((uint64_t)(calls >> 64)));
}

/** The lowest call of a set that is not empty. */
static inline uint32_t qwr__first_call(qwr__calls calls)
{
    uint64_t low = (uint64_t)calls;
    return (uint32_t)(low ? __builtin_ctzll(low) : 64 + __builtin_ctzll((uint64_t)(calls >> 64)));
}

static inline uint64_t qwr__calls_hash(qwr__calls calls)
{
    return ((uint64_t)calls ^ (uint64_t)(calls >> 64) * UINT64_C(0xD6E8FEB86659FD93)) *
           UINT64_C(0x9E3779B97F4A7C15);
}

/** Costs and prices are counted in 1/QWR__PACKING_SCALE of a cost unit wherever prices meet them:
 * whole numbers, so that a bound is exact. */
#define QWR__PACKING_SCALE     (INT64_C(1) << 20)
#define QWR__PACKING_COST_MOST (INT64_C(1) << 37) /**< of a plan, in cost units */

/** A way to serve a call: a stretch of one section where its left edge may lie, and its starts. */
typedef struct qwr__option {
    uint32_t call, section;
    int32_t low, high; /**< cells of the left edge, inclusive */
    int32_t width, occupied, duration;
    int32_t cost;                        /**< of the place */
    uint32_t first_opening, end_opening; /**< of opening[] */
} qwr__option;

/** A stretch of quay. Its options are [first_option, end_option), by call. */
typedef struct qwr__section {
    int32_t first_cell, cells;
    uint32_t first_option, end_option;
} qwr__section;

typedef struct qwr__packing {
    qwr_context *ctx;
    qwr__berth *b;
    const qwr_problem_view *view;
    int32_t due;    /**< no stay ends later; then starts cost nothing. INT32_MAX: costs count */
    uint32_t calls; /**< that have candidates */
    uint32_t call[QWR__PACKED_CALLS]; /**< of the view */
    uint32_t section_count, option_count, opening_count;
    qwr__section *section;
    qwr__option *option;
    qwr__span *opening; /**< first and last start, rising within an option */
    size_t *first_row;  /**< [openings] of row[]: the row at the cell `low` */
    uint32_t *row;      /**< of the view, cell by cell */
} qwr__packing;

/** Where a call lies. */
typedef struct qwr__placed {
    uint32_t option;
    int32_t cell, start;
} qwr__placed;

/** @return QWR_OK, QWR_EUNSUPPORTED: not a problem of this kind, QWR_ENOMEM. */
qwr_status qwr__packing_init(qwr__packing *p, qwr__berth *b);
void qwr__packing_free(qwr__packing *p);

/** Cost of a start in cost units; it must lie in one of the option's openings. */
static inline int64_t qwr__packing_cost(const qwr__packing *p, const qwr__option *o, int32_t start)
{
    const qwr_problem_view *v = p->view;
    uint32_t call = p->call[o->call];
    if (p->due != INT32_MAX)
        return 0;
    return (int64_t)v->start_cost[v->call_start_offset[call] +
                                  (uint64_t)(start - v->call_first_start[call])] +
           v->end_cost[v->call_end_offset[call] +
                       (uint64_t)(start + o->duration - v->call_first_end[call])] +
           o->cost;
}

/** The first start at or after `tick`; INT32_MAX: none. */
static inline int32_t qwr__packing_start(const qwr__packing *p, const qwr__option *o, int32_t tick)
{
    uint32_t low = o->first_opening, high = o->end_opening;
    while (low < high) { /* the first opening that ends no earlier */
        uint32_t mid = low + (high - low) / 2;
        if (p->opening[mid].last < tick)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == o->end_opening)
        return INT32_MAX;
    int32_t start = tick > p->opening[low].first ? tick : p->opening[low].first;
    return start <= p->due - o->duration ? start : INT32_MAX;
}

/** Offers places to the berth stage; a call whose option is UINT32_MAX is left out. */
void qwr__packing_offer(const qwr__packing *p, const qwr__placed *placed);
/** Latest end of the berth stage's plan; the last tick if it leaves a call out. */
int32_t qwr__packing_end(const qwr__packing *p);

#endif
