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
    size_t count;
    uint32_t *first;                   /* by crane: its first job; one more at the end */
    uint32_t *of;                      /* cranes by call, in rail order ... */
    uint32_t *of_from;                 /* ... from here; one more at the end */
    int64_t short_calls, short_cranes; /* what could not be named */
};

/* --- the search, one quay at a time ---------------------------------------------------------- */

/** A stay that holds cranes. `need` falls where no names are found for all of them. */
typedef struct qwr__stint {
    uint32_t call;
    int64_t from_s, to_s, low_mm, high_mm, beam_mm;
    uint32_t need, wanted;
    uint32_t below, above; /* cranes that vessels on either side need at some instant meanwhile */
    uint32_t first, last;  /* of the chosen cranes, by rank */
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
} qwr__rail;

/** Names cranes for every stint: sets of ranks that keep their order along the quay. */
qwr_status qwr__rail_search(qwr__rail *rail);

qwr_status qwr__crews_init(qwr__crews *crews, const qwr__sheet *sheet);
void qwr__crews_free(qwr__crews *crews);
/** Cranes of a call in rail order; `*count` may be less than the plan holds. */
const uint32_t *qwr__crews_of(const qwr__crews *crews, uint32_t call, size_t *count);
/** "QC04 to QC06", or one by one where the rail has others between. */
void qwr__word_crew(qwr__text *out, const qwr__sheet *sheet, const qwr__crews *crews,
                    uint32_t call);

#endif
