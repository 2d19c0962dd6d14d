/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that generate rows share: the scenario's windows in ticks, and scratch space. */
#ifndef QWR_BERTH_MAKER_H
#define QWR_BERTH_MAKER_H

#include "berth/problem.h"

/** A closure of a stretch of quay (or of one berth's cell) for ticks [from, to). */
typedef struct qwr__closure {
    uint32_t quay, berth;
    int32_t from, to;
    int64_t from_mm, to_mm;
    int64_t from_s, to_s; /**< to the second, for vessels pinned off the step */
} qwr__closure;

/** A crane out of service for ticks [from, to); `bit` is its place in the quay's rail order. */
typedef struct qwr__outage {
    uint32_t quay, bit;
    int32_t from, to;
} qwr__outage;

/** A weather stop of a quay, in seconds; sorted by quay, then time; disjoint within a quay. */
typedef struct qwr__stop {
    uint32_t quay;
    int64_t from_s, to_s;
} qwr__stop;

/** One stretch of starts with the same duration. */
typedef struct qwr__stretch {
    int32_t first, last, duration;
} qwr__stretch;

/**
 * What makes a class: rows with the same run of starts share one, so that a search meets only the
 * classes open at its time.
 */
typedef struct qwr__group {
    int32_t duration, width, width_bound, turnaround, first, last;
    size_t rows, begin;
} qwr__group;

/** A row under construction and its class. */
typedef struct qwr__draft {
    size_t group;
    qwr__row row;
} qwr__draft;

/** When enough of these cranes are in service: an answer of qwr__maker_able(). */
typedef struct qwr__able {
    bool used;
    uint32_t quay;
    uint64_t mask;
    int64_t cranes;
    qwr__spans spans;
} qwr__able;

/** A place under examination. */
typedef struct qwr__site {
    uint32_t call, quay, berth;
    int32_t cell;
    int64_t from_mm, to_mm; /**< hull */
    int32_t width, width_bound;
    int64_t need_mm; /**< water level needed alongside */
    bool tidal;      /**< need_mm can be missed at low water */
    uint64_t cranes; /**< able cranes */
} qwr__site;

typedef struct qwr__maker {
    qwr__problem *p;
    qwr__water water;
    qwr__closure *closures;
    size_t closure_count;
    qwr__outage *outages;
    size_t outage_count;
    qwr__stop *stops;
    size_t stop_count;
    uint32_t *place_head, *place_next; /**< qwr_place rows of each call; QWR_NONE ends a list */
    uint64_t *quay_cranes;             /**< [quays] mask of its cranes */
    uint32_t *crane_bit;               /**< [cranes] place in its quay's rail order */
    int64_t *need_cache;               /**< distinct levels asked for ... */
    qwr__spans *water_cache;           /**< ... and the ticks that have them */
    size_t cache_count, cache_capacity;

    qwr__able *able_cache; /**< open hash table of answered questions */
    size_t able_count, able_capacity;

    qwr__spans runs, scratch, channel_in, channel_out;
    qwr__site *sites; /**< places of the call and quay at hand */
    size_t site_count, site_capacity;
    qwr__stretch *stretches;
    size_t stretch_count, stretch_capacity;
    qwr__group *groups;
    size_t group_count, group_capacity, last_group;
    qwr__draft *drafts;
    size_t draft_count, draft_capacity;
    qwr__row *sorted;
    size_t sorted_capacity;
} qwr__maker;

/* windows.c */
qwr_status qwr__maker_init(qwr__maker *m, qwr__problem *p);
void qwr__maker_free(qwr__maker *m);
/** Ticks in which at least `cranes` of the cranes in `mask` are in service; cached, valid until the
 * next call. */
qwr_status qwr__maker_able(const qwr__spans **out, qwr__maker *m, uint32_t quay, uint64_t mask,
                           int64_t cranes);
/** Ticks with at least this level; cached. */
qwr_status qwr__maker_alongside(const qwr__spans **out, qwr__maker *m, int64_t need_mm);
/** Cranes of the quay that meet the hull and have the outreach. */
uint64_t qwr__maker_cranes(const qwr__maker *m, uint32_t quay, const qwr_call *c, int64_t from_mm,
                           int64_t to_mm);

/* sites.c */
/** Counts that `rule` took an option from the call. */
void qwr__maker_bar(qwr__maker *m, uint32_t call, qwr__bar rule);
/** Fills the site from its call, quay and cell. False: a rule forbids it at all times (and was
 * counted). */
bool qwr__maker_examine(qwr__maker *m, qwr__site *x);

/* generate.c */
/** Fills m->sites with the places of the call at this quay, the cheapest first. */
qwr_status qwr__maker_sites(qwr__maker *m, uint32_t call, uint32_t quay);
/** Fills m->channel_in and m->channel_out: ticks at which the call can pass the channel. */
qwr_status qwr__maker_channel(qwr__maker *m, uint32_t call);
/** Leaves in m->runs the ticks in which the vessel may lie at the site: hours, closures, water. */
qwr_status qwr__maker_open_ticks(qwr__maker *m, const qwr__site *x);

/* durations.c */
/** Working seconds at this place with these cranes; false: cannot be worked there. */
bool qwr__work_s(int64_t *work_s, const qwr_scenario *s, uint32_t call, uint32_t quay,
                 uint32_t berth, int64_t position_mm, int64_t cranes);
/** Fills m->stretches with durations in ticks for starts [first, last]. */
qwr_status qwr__maker_stretches(qwr__maker *m, uint32_t call, uint32_t quay, int64_t work_s,
                                int32_t first, int32_t last);

#endif
