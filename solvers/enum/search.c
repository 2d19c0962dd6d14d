/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exhaustive search with bounds propagation: simple enough to be believed, because tests take it
 * for the truth. No cuts, no relaxation, no heuristic that could be wrong.
 */
#include "search.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define ROW_TOLERANCE    1e-9 /* relative; far below what the core accepts */
#define COST_TOLERANCE   1e-9 /* a point must be cheaper by this to count as cheaper */
#define INTEGER_ROUNDING 1e-7 /* of a quotient that should be a whole number */
#define POLL_NODES       256

int64_t qwr__enum_now_us(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- domains ---------------------------------------------------------------------------------- */

/** Doubles a block of the host; false: no memory, the old block stays. */
static bool grow(const qwr_host *host, void **block, size_t *capacity, size_t size)
{
    size_t next = *capacity == 0 ? 256 : *capacity * 2;
    void *bigger = host->alloc(host->payload, next * size);
    if (bigger == NULL)
        return false;
    if (*capacity > 0)
        memcpy(bigger, *block, *capacity * size);
    host->release(host->payload, *block);
    *block = bigger;
    *capacity = next;
    return true;
}

bool qwr__enum_narrow(enum_search *s, uint32_t column, double lower, double upper)
{
    if (s->trail_count == s->trail_capacity &&
        !grow(s->host, (void **)&s->trail, &s->trail_capacity, sizeof *s->trail))
        return false;
    s->trail[s->trail_count++] = (enum_change){column, s->lower[column], s->upper[column]};
    s->lower[column] = lower;
    s->upper[column] = upper;
    return true;
}

void qwr__enum_undo(enum_search *s, size_t count)
{
    while (s->trail_count > count) {
        const enum_change *c = &s->trail[--s->trail_count];
        s->lower[c->column] = c->lower;
        s->upper[c->column] = c->upper;
    }
}

double qwr__enum_cheapest(const enum_search *s)
{
    double sum = 0.0;
    for (uint32_t j = 0; j < s->columns; j++)
        sum += s->cost[j] > 0.0 ? s->cost[j] * s->lower[j] : s->cost[j] * s->upper[j];
    return sum;
}

/* --- propagation ------------------------------------------------------------------------------ */

/** Least and greatest activity of a row; `scale` is the size of the numbers in it. */
static void span_of(const enum_search *s, const enum_row *r, double *least, double *greatest,
                    double *scale)
{
    *least = *greatest = 0.0;
    *scale = 1.0;
    for (uint32_t k = 0; k < r->count; k++) {
        double a = r->value[k] * s->lower[r->column[k]];
        double b = r->value[k] * s->upper[r->column[k]];
        *least += fmin(a, b);
        *greatest += fmax(a, b);
        *scale += fmax(fabs(a), fabs(b));
    }
}

/** Tightens one column of a row from what the others can reach at least and at most. */
static bool tighten(enum_search *s, const enum_row *r, uint32_t k, double least, double greatest,
                    double slack, bool *changed, enum_end *end)
{
    uint32_t j = r->column[k];
    double a = r->value[k];
    double low = s->lower[j];
    double high = s->upper[j];
    double mine_least = fmin(a * low, a * high);
    double mine_greatest = fmax(a * low, a * high);
    double room_up = r->upper - (least - mine_least) + slack;
    double room_down = r->lower - (greatest - mine_greatest) - slack;
    if (r->upper < QWR_MILP_INFINITY) {
        if (a > 0.0)
            high = fmin(high, floor(room_up / a + INTEGER_ROUNDING));
        else
            low = fmax(low, ceil(room_up / a - INTEGER_ROUNDING));
    }
    if (r->lower > -QWR_MILP_INFINITY) {
        if (a > 0.0)
            low = fmax(low, ceil(room_down / a - INTEGER_ROUNDING));
        else
            high = fmin(high, floor(room_down / a + INTEGER_ROUNDING));
    }
    if (low > high)
        return false;
    if (low > s->lower[j] || high < s->upper[j]) {
        if (!qwr__enum_narrow(s, j, low, high)) {
            *end = ENUM_NO_MEMORY;
            return false;
        }
        *changed = true;
    }
    return true;
}

static bool propagate_row(enum_search *s, const enum_row *r, bool *changed, enum_end *end)
{
    double least, greatest, scale;
    span_of(s, r, &least, &greatest, &scale);
    double slack = ROW_TOLERANCE * scale;
    if (least > r->upper + slack || greatest < r->lower - slack)
        return false;
    if (greatest <= r->upper && least >= r->lower)
        return true;
    for (uint32_t k = 0; k < r->count; k++) {
        bool here = false;
        if (s->lower[r->column[k]] == s->upper[r->column[k]])
            continue;
        if (!tighten(s, r, k, least, greatest, slack, &here, end))
            return false;
        if (here) {
            *changed = true;
            span_of(s, r, &least, &greatest, &scale);
        }
    }
    return true;
}

bool qwr__enum_propagate(enum_search *s, enum_end *end)
{
    bool changed = true;
    if (s->found || s->best_cost < QWR_MILP_INFINITY)
        s->row[s->rows - 1].upper = s->best_cost - COST_TOLERANCE * fmax(1.0, fabs(s->best_cost));
    /* Domains are finite, so this ends; a slow creep over a wide domain is cut off, which only
       leaves more to search. */
    for (int round = 0; changed && round < 100; round++) {
        changed = false;
        for (uint32_t i = 0; i < s->rows; i++)
            if (!propagate_row(s, &s->row[i], &changed, end))
                return false;
    }
    return true;
}

/* --- search ----------------------------------------------------------------------------------- */

/** The open column with the fewest values, the lower index on a tie; `columns` when all are fixed.
 */
static uint32_t pick(const enum_search *s)
{
    uint32_t best = s->columns;
    double width = INFINITY;
    for (uint32_t j = 0; j < s->columns; j++) {
        double w = s->upper[j] - s->lower[j];
        if (w > 0.0 && w < width) {
            width = w;
            best = j;
        }
    }
    return best;
}

/** Halves a domain, the cheaper half first. */
static bool branch_on(enum_search *s, uint32_t j)
{
    if (s->branch_count == s->branch_capacity &&
        !grow(s->host, (void **)&s->branch, &s->branch_capacity, sizeof *s->branch))
        return false;
    double low = s->lower[j];
    double high = s->upper[j];
    double middle = floor(low + (high - low) / 2.0);
    bool low_first = s->cost[j] >= 0.0;
    enum_branch *b = &s->branch[s->branch_count++];
    *b = (enum_branch){.trail = s->trail_count,
                       .column = j,
                       .lower = low_first ? middle + 1.0 : low,
                       .upper = low_first ? high : middle,
                       .other_left = true};
    return low_first ? qwr__enum_narrow(s, j, low, middle)
                     : qwr__enum_narrow(s, j, middle + 1.0, high);
}

/** Goes back to the last decision with a half left and takes it. false: there is none. */
static bool step_back(enum_search *s, enum_end *end)
{
    while (s->branch_count > 0) {
        enum_branch *b = &s->branch[s->branch_count - 1];
        qwr__enum_undo(s, b->trail);
        if (!b->other_left) {
            s->branch_count--;
            continue;
        }
        b->other_left = false;
        if (!qwr__enum_narrow(s, b->column, b->lower, b->upper))
            *end = ENUM_NO_MEMORY;
        return true;
    }
    return false;
}

/** All columns are fixed and every row holds: the propagated objective row says it is cheaper. */
static void keep_point(enum_search *s)
{
    memcpy(s->best, s->lower, s->columns * sizeof *s->best);
    s->best_cost = qwr__enum_cheapest(s);
    s->found = true;
}

static bool must_stop(const enum_search *s, int64_t node_limit, int64_t deadline_us)
{
    if (node_limit >= 0 && s->nodes >= node_limit)
        return true;
    if (s->nodes % POLL_NODES != 0)
        return false;
    return (deadline_us >= 0 && qwr__enum_now_us() >= deadline_us) ||
           s->host->cancelled(s->host->payload) != 0;
}

enum_end qwr__enum_run(enum_search *s, int64_t node_limit, int64_t deadline_us)
{
    enum_end end = ENUM_DONE;
    for (;;) {
        if (must_stop(s, node_limit, deadline_us))
            return ENUM_STOPPED;
        s->nodes++;
        if (qwr__enum_propagate(s, &end)) {
            uint32_t j = pick(s);
            if (j < s->columns) {
                if (!branch_on(s, j))
                    return ENUM_NO_MEMORY;
                continue;
            }
            keep_point(s);
        }
        if (end != ENUM_DONE)
            return end;
        if (!step_back(s, &end))
            return ENUM_DONE;
        if (end != ENUM_DONE)
            return end;
    }
}
