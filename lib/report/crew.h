/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Crews: which cranes by name could serve each stay, derived from the counts a plan holds. Must
 * never be taken for part of the plan: the plan counts cranes, and nobody has decided their names.
 */
#ifndef QWR_REPORT_CREW_H
#define QWR_REPORT_CREW_H

#include "report/report.h"

/** One crane at one vessel. */
typedef struct qwr__job {
    uint32_t crane, call;
    int64_t from_s, to_s;
    int64_t at_mm; /* the middle of its share of the hull */
} qwr__job;

struct qwr__crews {
    qwr_context *ctx;
    qwr__job *job; /* by crane, then by time */
    size_t count, room;
    uint32_t *first;              /* by crane: its first job; one more at the end */
    uint32_t *of;                 /* cranes by call, in rail order ... */
    uint32_t *of_from;            /* ... from here; one more at the end */
    int64_t changed_calls;        /* calls whose crew changes before their work is done */
    int64_t short_calls, short_s; /* calls, and crane-seconds, without a name */
};

/* --- the search, one quay at a time ---------------------------------------------------------- */

/** A stay that holds cranes. `need` falls where no names are found for all of them. */
typedef struct qwr__stint {
    uint32_t call;
    int64_t from_s, to_s, low_mm, high_mm, beam_mm;
    uint32_t need, wanted;
    uint32_t below, above; /* cranes that vessels on either side need at some instant meanwhile */
    uint32_t first, last;  /* of the chosen cranes, by rank */
    int64_t named_s;       /* crane-seconds that have a name */
    bool changes;          /* some crane is not there all the time */
    size_t pool;           /* where its cranes stand in qwr__rail.chosen */
} qwr__stint;

/** A crane of the quay; rank is its place in rail order. */
typedef struct qwr__rank {
    uint32_t crane;
    int64_t reach_from_mm, reach_to_mm, outreach_mm;
    int64_t home_mm;
    int64_t at_mm; /* where the last vessel left it */
} qwr__rank;

typedef struct qwr__outage {
    uint32_t rank;
    int64_t from_s, to_s;
} qwr__outage;

/** One crane at one stint for a stretch of time. */
typedef struct qwr__piece {
    uint32_t rank, stint, place; /* the place-th crane along the hull */
    int64_t from_s, to_s;
} qwr__piece;

/** Slots a naming looks at in one interval; plans that hold more at once are far from legal. */
enum { QWR__MOST_SLOTS = 512 };

typedef struct qwr__rail {
    qwr_context *ctx;
    qwr__rank *rank;
    uint32_t ranks;
    qwr__outage *outage;
    size_t outages;
    qwr__stint *stint; /* by start of work, then along the quay */
    uint32_t stints;
    uint32_t *chosen;  /* ranks, qwr__stint.pool says whose */
    int64_t *left_mm;  /* where each chosen crane stood before */
    uint32_t *fit;     /* ranks that may serve the stint at hand */
    int64_t longest_s; /* longest stint */
    qwr__piece *piece; /* what the naming says, in time */
    size_t pieces, piece_room;
} qwr__rail;

/** Names cranes for every stint: sets of ranks that keep their order along the quay. */
qwr_status qwr__rail_search(qwr__rail *rail);
/** Names in time, from those the search found: exact at every instant, with few changes. */
qwr_status qwr__rail_fill(qwr__rail *rail);
bool qwr__rail_can_reach(const qwr__rail *rail, const qwr__stint *stint, uint32_t rank);
bool qwr__rail_is_out(const qwr__rail *rail, uint32_t rank, int64_t from_s, int64_t to_s);

qwr_status qwr__crews_init(qwr__crews *crews, const qwr__sheet *sheet);
void qwr__crews_free(qwr__crews *crews);
/** Every crane that serves a call, in rail order; more than the plan holds where they change. */
const uint32_t *qwr__crews_of(const qwr__crews *crews, uint32_t call, size_t *count);
/** "QC04 to QC06", or one by one where the rail has others between. */
void qwr__word_crew(qwr__text *out, const qwr__sheet *sheet, const qwr__crews *crews,
                    uint32_t call);

#endif
