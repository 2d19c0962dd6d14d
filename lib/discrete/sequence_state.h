/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Berth sequences: the order of calls at each lane, timed left to right. A call starts at the
 * cheapest tick that is not before its predecessor left, so a later predecessor never makes anybody
 * earlier or cheaper; every bound used by the moves rests on that. Knows no move and no
 * temperature.
 */
#ifndef QWR_DISCRETE_SEQUENCE_STATE_H
#define QWR_DISCRETE_SEQUENCE_STATE_H

#include "discrete/lanes.h"

#define QWR__NOWHERE UINT32_MAX

/** A call at a lane, everything a walk along the lane needs: half a cache line. */
typedef struct qwr__item {
    int32_t first, last, occupied, start;
    int64_t price; /**< plain tables: cost of one tick later; others: cost at `start` */
    uint32_t call, job;
} qwr__item;

/** What a call looks like at a lane, half a cache line; the models of a call lie together. */
typedef struct qwr__model {
    int32_t first, last, occupied; /**< over all its jobs there */
    uint32_t job;                  /**< the first of them; NOWHERE: never at this lane */
    int64_t price, intercept;      /**< plain tables: cost = intercept + price * start */
} qwr__model;

/** What a lane saves without this call, true while the lane still has this stamp. */
typedef struct qwr__saving {
    int64_t cost;
    uint64_t stamp;
} qwr__saving;

typedef struct qwr__sequence {
    const qwr__lanes *table;
    uint32_t calls, lanes;
    size_t stride;
    bool plain; /**< one job a pair, cost rising in a straight line: no table is read in a walk */
    qwr__model *model;  /**< [calls * lanes] */
    qwr__item *at;      /**< [lanes * stride] sentinel, items in order, sentinel */
    uint32_t *length;   /**< [lanes] */
    uint64_t *stamp;    /**< [lanes] changes whenever the lane does */
    uint32_t *lane_of;  /**< [calls] NOWHERE: left out */
    uint32_t *place_of; /**< [calls] index in its lane, or among the left out */
    uint32_t *out;      /**< [calls] calls left out that could have a place */
    uint32_t out_count;
    uint64_t stamps;
    qwr__saving *saving; /**< [calls] */
    int64_t cost;        /**< unplaced_cost of every call left out included */
    int32_t *cheapest;   /**< cheapest start from here on, by job and tick; NULL: earliest is */
    size_t *cheapest_at; /**< [jobs] moved so that the start tick is the index (wraps) */
} qwr__sequence;

/** A call fitted in behind `free`. */
typedef struct qwr__fit {
    int32_t start, end;
    int64_t cost;
    uint32_t job; /**< NOWHERE: it does not fit */
} qwr__fit;

int32_t qwr__sequence_init(qwr__sequence *s, const qwr__lanes *table);
void qwr__sequence_free(qwr__sequence *s);

/** Empties every lane. */
void qwr__sequence_clear(qwr__sequence *s);
/** Replaces `gone` items from place `from` on by `count` others, in their order, and times anew.
 * A call of `with` must not lie elsewhere; calls that go must be put somewhere by the caller. */
void qwr__sequence_splice(qwr__sequence *s, uint32_t lane, uint32_t from, uint32_t gone,
                          const uint32_t *with, uint32_t count);
/** Puts a call among those left out, or takes it from there; does not touch lanes. */
void qwr__sequence_leave_out(qwr__sequence *s, uint32_t call);
void qwr__sequence_let_in(qwr__sequence *s, uint32_t call);
/** Puts a call that is left out where it adds least, at most so many places from the end of a lane;
 * it stays out if there is none. */
void qwr__sequence_insert(qwr__sequence *s, uint32_t call, uint32_t places);
/** First tick at which each call can begin at all; INT32_MAX / 2: never. */
void qwr__sequence_arrivals(const qwr__sequence *s, int32_t *first);
/** Sorts what `order` holds by rising key; equal ones by index. */
void qwr__sequence_sort(uint32_t *order, uint32_t count, const int32_t *key);
/** Puts every call where it adds least, by arrival; calls without such a place stay out. Both ways
 * to begin need two arrays of [calls] to scribble in. */
void qwr__sequence_construct(qwr__sequence *s, uint32_t *order, int32_t *key);
/** The lane orders of a solution of the host; calls it cannot place so are left out. */
void qwr__sequence_load(qwr__sequence *s, const uint32_t *row, const int32_t *start,
                        uint32_t *order, int32_t *key);
void qwr__sequence_store(const qwr__sequence *s, uint32_t *row, int32_t *start);

static inline qwr__item *qwr__sequence_lane(const qwr__sequence *s, uint32_t lane)
{
    return s->at + lane * s->stride + 1;
}

static inline const qwr__model *qwr__sequence_model(const qwr__sequence *s, uint32_t lane,
                                                    uint32_t call)
{
    return s->model + (size_t)call * s->lanes + lane;
}

static inline int32_t qwr__item_end(const qwr__item *i)
{
    return i->start + i->occupied;
}

/** Fits a call in behind `free` at its cheapest start. */
qwr__fit qwr__fit_any(const qwr__sequence *s, uint32_t lane, uint32_t call, int32_t free);

/** The same for plain tables: the earliest start, and no table is read. */
static inline qwr__fit qwr__fit_plain(const qwr__model *model, int32_t free)
{
    int32_t start = free > model->first ? free : model->first;
    qwr__fit fit = {start, start + model->occupied, model->intercept + model->price * start,
                    start > model->last ? QWR__NOWHERE : model->job};
    return fit;
}

#endif
