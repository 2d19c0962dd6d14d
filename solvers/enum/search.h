/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the exhaustive backend: the model by rows, the domains of the columns, and the trail
 * that takes changes back. Knows no floor of the library.
 */
#ifndef QWR_SOLVER_ENUM_SEARCH_H
#define QWR_SOLVER_ENUM_SEARCH_H

#include <quaywright/plugin.h>
#include <quaywright/solver.h>

#include <stdbool.h>

/** One `sum value * x` with bounds; the last one is the objective, below the best point. */
typedef struct enum_row {
    uint32_t count;
    const uint32_t *column;
    const double *value;
    double lower, upper;
} enum_row;

/** A domain before a change. */
typedef struct enum_change {
    uint32_t column;
    double lower, upper;
} enum_change;

/** A decision: which half of a domain is still to be tried. */
typedef struct enum_branch {
    size_t trail; /* changes to keep when it is taken back */
    uint32_t column;
    double lower, upper; /* the other half */
    bool other_left;
} enum_branch;

typedef struct enum_search {
    const qwr_host *host;
    uint32_t columns, rows; /* rows: with the objective, which is the last */
    const double *cost;
    double offset;
    enum_row *row;
    uint32_t *entry_column;
    double *entry_value;
    double *lower, *upper; /* domains, integer values in doubles */
    enum_change *trail;
    size_t trail_count, trail_capacity;
    enum_branch *branch;
    size_t branch_count, branch_capacity;
    double *best;
    double best_cost; /* without offset; QWR_MILP_INFINITY: none */
    bool found;
    int64_t nodes;
} enum_search;

typedef enum enum_end { ENUM_DONE = 0, ENUM_STOPPED, ENUM_NO_MEMORY } enum_end;

/** Tightens domains until nothing changes. false: some row cannot hold. */
bool qwr__enum_propagate(enum_search *s, enum_end *end);
/** Notes the old domain and sets the new one. */
bool qwr__enum_narrow(enum_search *s, uint32_t column, double lower, double upper);
/** Takes changes back until `count` are left. */
void qwr__enum_undo(enum_search *s, size_t count);
/** Depth-first search over all points cheaper than s->best_cost. */
enum_end qwr__enum_run(enum_search *s, int64_t node_limit, int64_t deadline_us);
/** Smallest cost the domains allow, without offset. */
double qwr__enum_cheapest(const enum_search *s);
/** Monotonic microseconds. */
int64_t qwr__enum_now_us(void);

#endif
