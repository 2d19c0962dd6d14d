/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which numbers of a published berth allocation instance stand where, when there are too few or too
 * many of them. White space is all that separates numbers, so a number left out would shift all
 * that follow; but the files that are published keep a section, or a vessel, to a line, and where a
 * file does, its lines tell where the fault is. Never guesses: what could be read in two ways is
 * refused.
 */
#include "io/dbap.h"

#include <inttypes.h>
#include <stdio.h>

void qwr__dbap_describe(const qwr__dbap *d, size_t i, char *text, size_t capacity)
{
    const size_t n = (size_t)d->n, m = (size_t)d->m;
    const size_t handling = n + m, closing = handling + n * m, departure = closing + m;
    if (i < n)
        snprintf(text, capacity, "the arrival of vessel %zu of %zu", i + 1, n);
    else if (i < handling)
        snprintf(text, capacity, "the opening of berth %zu of %zu", i - n + 1, m);
    else if (i < closing)
        snprintf(text, capacity, "row %zu of %zu of the handling times, berth %zu of %zu",
                 (i - handling) / m + 1, n, (i - handling) % m + 1, m);
    else if (i < departure)
        snprintf(text, capacity, "the closing of berth %zu of %zu", i - closing + 1, m);
    else if (i < departure + n)
        snprintf(text, capacity, "the latest departure of vessel %zu of %zu", i - departure + 1, n);
    else if (i < departure + n + n)
        snprintf(text, capacity, "the weight of vessel %zu of %zu", i - departure - n + 1, n);
    else
        snprintf(text, capacity, "a number behind the last weight");
}

/* --- lines --------------------------------------------------------------------------------------
 */

/* The numbers of one line: [begin, end). */
typedef struct group {
    size_t begin, end;
} group;

static group next_line(const qwr__dbap *d, size_t begin)
{
    group g = {begin, begin};
    while (g.end < d->count && d->lines[g.end] == d->lines[begin])
        g.end++;
    return g;
}

static size_t size_of(group g)
{
    return g.end - g.begin;
}

/* What the k-th line holds, and how many numbers. */
static size_t expected(const qwr__dbap *d, size_t k, char *text, size_t capacity)
{
    const size_t n = (size_t)d->n, m = (size_t)d->m;
    const char *vessels = n == 1 ? "vessel" : "vessels", *berths = m == 1 ? "berth" : "berths";
    if (k == 0)
        snprintf(text, capacity, "the arrivals of %zu %s", n, vessels);
    else if (k == 1)
        snprintf(text, capacity, "the openings of %zu %s", m, berths);
    else if (k < n + 2)
        snprintf(text, capacity, "row %zu of %zu of the handling times at %zu %s", k - 1, n, m,
                 berths);
    else if (k == n + 2)
        snprintf(text, capacity, "the closings of %zu %s", m, berths);
    else
        snprintf(text, capacity, "the latest departures of %zu %s", n, vessels);
    return k == 0 || k > n + 2 ? n : m;
}

/* Does the file keep a section or a vessel to a line? Then the first two lines fit, or as many
 * lines as sections are there. */
static bool is_by_lines(const qwr__dbap *d)
{
    size_t lines = 0;
    for (size_t at = 0; at < d->count; at = next_line(d, at).end)
        lines++;
    group arrivals = next_line(d, 0), openings = next_line(d, arrivals.end);
    bool head = size_of(arrivals) == (size_t)d->n && size_of(openings) == (size_t)d->m;
    return head || lines == (size_t)d->n + 4 || lines == (size_t)d->n + 5;
}

/*
 * The first line with a wrong count of numbers, of those up to the handling times exactly, of
 * closings and departures when there are too few. False: every line fits; *closing and *departure
 * are those lines then.
 */
static bool find_fault(const qwr__dbap *d, size_t *k, group *at, group *closing, group *departure)
{
    char text[96];
    const size_t rows = (size_t)d->n + 2;
    size_t begin = 0;
    for (*k = 0; *k < rows + 2; ++*k) {
        *at = next_line(d, begin);
        size_t wanted = expected(d, *k, text, sizeof text);
        if (size_of(*at) < wanted || (*k < rows && size_of(*at) > wanted))
            return true;
        if (*k == rows)
            *closing = *at;
        if (*k == rows + 1)
            *departure = *at;
        begin = at->end;
    }
    return false;
}

static qwr_status refuse_line(const qwr__dbap *d, size_t k, group at)
{
    char what[96];
    size_t wanted = expected(d, k, what, sizeof what);
    return qwr__fail(d->ctx, QWR_EFORMAT, QWR__DBAP_WHERE, d->name, d->lines[at.begin],
                     "%s: %zu number%s on this line; expected %zu", what, size_of(at),
                     size_of(at) == 1 ? " stands" : "s stand", wanted);
}

static qwr_status refuse_end(const qwr__dbap *d)
{
    char what[96];
    qwr__dbap_describe(d, d->count, what, sizeof what);
    return qwr__fail(d->ctx, QWR_EFORMAT, QWR__DBAP_WHERE, d->name, d->line,
                     "the file ends before %s (%zu numbers stand behind N and M)", what, d->count);
}

/* --- surplus ------------------------------------------------------------------------------------
 */

static void warn_surplus(const qwr__dbap *d, size_t first, size_t count, const char *behind,
                         const char *otherwise)
{
    if (count > 0)
        qwr__log(d->ctx, QWR_LOG_WARNING,
                 "%s:%" PRId64 ": %zu number%s behind the %s; expected none%s: %s not read",
                 d->name, d->lines[first], count, count == 1 ? " stands" : "s stand", behind,
                 otherwise, count == 1 ? "it is" : "they are");
}

/* Lines that fit: what is too many stands at the end of a line, or on lines of its own. */
static void settle_by_lines(qwr__dbap *d, group closing, group departure)
{
    const size_t n = (size_t)d->n, m = (size_t)d->m;
    size_t rest = size_of(departure) - n;
    size_t end = departure.end;
    d->closing = closing.begin;
    d->departure = departure.begin;
    group next = next_line(d, departure.end);
    if (rest == n) {
        d->weight = departure.begin + n;
        rest = 0;
    } else if (rest == 0 && size_of(next) >= n) {
        d->weight = next.begin;
        warn_surplus(d, next.begin + n, size_of(next) - n, "weights", "");
        end = next.end;
    }
    warn_surplus(d, closing.begin + m, size_of(closing) - m, "closings", "");
    warn_surplus(d, departure.begin + n, rest, "latest departures", ", or a weight a vessel");
    warn_surplus(d, end, d->count - end, d->weight == SIZE_MAX ? "latest departures" : "weights",
                 d->weight == SIZE_MAX ? ", or a weight a vessel" : "");
}

static void settle_in_a_row(qwr__dbap *d, size_t needed)
{
    const size_t n = (size_t)d->n;
    size_t surplus = d->count - needed;
    if (surplus >= n) {
        d->weight = needed;
        warn_surplus(d, needed + n, surplus - n, "weights", "");
    } else {
        warn_surplus(d, needed, surplus, "latest departures", ", or a weight a vessel");
    }
}

static bool all_the_same(const qwr__dbap *d)
{
    for (size_t i = d->tail; i < d->count; i++)
        if (d->values[i] != d->values[d->tail])
            return false;
    return true;
}

/* As many numbers as there should be, but a line short and another one long: they may have moved.
 */
static void warn_askew(const qwr__dbap *d)
{
    size_t k;
    group at, closing, departure;
    char what[96];
    if (!is_by_lines(d) || !find_fault(d, &k, &at, &closing, &departure) || size_of(at) == 0)
        return;
    size_t wanted = expected(d, k, what, sizeof what);
    qwr__log(d->ctx, QWR_LOG_WARNING,
             "%s:%" PRId64 ": %s: %zu number%s on this line, expected %zu; as many numbers as "
             "needed are there, and they are read in a row",
             d->name, d->lines[at.begin], what, size_of(at),
             size_of(at) == 1 ? " stands" : "s stand", wanted);
}

qwr_status qwr__dbap_settle(qwr__dbap *d)
{
    const size_t n = (size_t)d->n, m = (size_t)d->m;
    /* Sums and products cannot overflow: read_values() bounds them by the length of the file. */
    d->opening = n;
    d->handling = n + m;
    d->tail = d->closing = d->handling + n * m;
    d->departure = d->closing + m;
    d->weight = SIZE_MAX;
    const size_t needed = d->departure + n;
    size_t k;
    group at, closing, departure;
    bool lines = d->count > 0 && is_by_lines(d);
    bool fault = !lines || find_fault(d, &k, &at, &closing, &departure);
    /* N numbers too many are weights, unless lines say that they stand elsewhere. */
    bool weighted = d->count == needed + n && (fault || size_of(closing) == m);
    if (d->count == needed || weighted) {
        d->weight = weighted ? needed : SIZE_MAX;
        warn_askew(d);
        return QWR_OK;
    }
    if (lines && fault && size_of(at) > 0)
        return refuse_line(d, k, at);
    if (d->count < needed)
        return refuse_end(d);
    if (all_the_same(d))
        return QWR_OK;
    if (!fault)
        settle_by_lines(d, closing, departure);
    else
        settle_in_a_row(d, needed);
    return QWR_OK;
}

/* --- doubts -------------------------------------------------------------------------------------
 */

enum { MOST_DOUBTS = 10 };

/* The earliest the vessel can be done, leaving out when it must leave; INT64_MAX: at no berth.
 * *allowed: some berth may take it. */
static int64_t earliest_end(const qwr__dbap *d, size_t vessel, bool *allowed)
{
    int64_t best = INT64_MAX;
    *allowed = false;
    for (size_t k = 0; k < (size_t)d->m; k++) {
        int64_t work = d->values[d->handling + vessel * (size_t)d->m + k];
        int64_t from = d->values[vessel], open = d->values[d->opening + k];
        if (work == QWR__DBAP_FORBIDDEN)
            continue;
        *allowed = true;
        int64_t end = (from > open ? from : open) + work;
        if (end <= d->values[d->closing + k] && end < best)
            best = end;
    }
    return best;
}

/* One sentence for a vessel without hope; false: there is hope. */
static bool doubt(const qwr__dbap *d, size_t vessel, bool say)
{
    bool allowed;
    int64_t end = earliest_end(d, vessel, &allowed), arrival = d->values[vessel];
    int64_t leave = d->values[d->departure + vessel];
    size_t row = d->handling + vessel * (size_t)d->m;
    if (end <= leave)
        return false;
    if (!say)
        return true;
    if (!allowed)
        qwr__log(d->ctx, QWR_LOG_WARNING,
                 "%s:%" PRId64 ": vessel %zu of %" PRId64 ": no berth takes it (%d at all of "
                 "them); expected a handling time at one at least",
                 d->name, d->lines[row], vessel + 1, d->n, QWR__DBAP_FORBIDDEN);
    else if (end == INT64_MAX)
        qwr__log(d->ctx, QWR_LOG_WARNING,
                 "%s:%" PRId64 ": vessel %zu of %" PRId64 " arrives at %" PRId64
                 ", too late for its handling time at any berth that takes it before that closes",
                 d->name, d->lines[vessel], vessel + 1, d->n, arrival);
    else
        qwr__log(d->ctx, QWR_LOG_WARNING,
                 "%s:%" PRId64 ": vessel %zu of %" PRId64 " must leave by %" PRId64
                 ", but arrives at %" PRId64 " and is done at %" PRId64 " at the earliest",
                 d->name, d->lines[d->departure + vessel], vessel + 1, d->n, leave, arrival, end);
    return true;
}

void qwr__dbap_doubts(const qwr__dbap *d)
{
    size_t doubts = 0;
    for (size_t k = 0; k < (size_t)d->m; k++)
        if (qwr__dbap_never_open(d, k))
            qwr__log(d->ctx, QWR_LOG_WARNING,
                     "%s:%" PRId64 ": berth %zu of %" PRId64 " closes at %" PRId64
                     ", but opens at %" PRId64 "; expected a later closing: nobody will lie there",
                     d->name, d->lines[d->closing + k], k + 1, d->m, d->values[d->closing + k],
                     d->values[d->opening + k]);
    for (size_t i = 0; i < (size_t)d->n; i++)
        doubts += doubt(d, i, doubts < MOST_DOUBTS);
    if (doubts > MOST_DOUBTS)
        qwr__log(d->ctx, QWR_LOG_WARNING, "%s: %zu more vessels can have no place", d->name,
                 doubts - MOST_DOUBTS);
}
