/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files that read published berth allocation instances share: the numbers of a file with
 * the lines they stand on, and where its sections begin. Knows no scenario.
 */
#ifndef QWR_IO_DBAP_H
#define QWR_IO_DBAP_H

#include "io/io.h"

#define QWR__DBAP_WHERE     "io.dbap_text"
#define QWR__DBAP_FORBIDDEN 99999
/** Ten years of hours: the longest horizon there is. */
#define QWR__DBAP_HOURS_MAX  87600
#define QWR__DBAP_WEIGHT_MAX 1000000

typedef struct qwr__dbap {
    qwr_context *ctx;
    const char *name;
    int64_t line;    /**< of the number read last; of the file's end when all are read */
    int64_t n, m;    /**< vessels, berths */
    int64_t *values; /**< everything behind N and M ... */
    int64_t *lines;  /**< ... and the lines it stands on */
    size_t count;
    /* Where the sections begin in `values`; the first three follow one another. */
    size_t opening, handling, tail;
    size_t closing, departure, weight; /**< weight: SIZE_MAX where there are none */
} qwr__dbap;

/** What number `i` stands for, if no number before it is missing or too many. */
void qwr__dbap_describe(const qwr__dbap *d, size_t i, char *text, size_t capacity);

/**
 * Finds the sections behind the handling times. Refuses what is missing, and what would be read
 * askew; warns of surplus numbers, but not of those that published files hold: behind the handling
 * times all numbers are the same there.
 */
qwr_status qwr__dbap_settle(qwr__dbap *d);

/** Warns of vessels and berths that the numbers leave no hope, and of what that is. */
void qwr__dbap_doubts(const qwr__dbap *d);

/** Does the berth close before it opens, or at once? */
static inline bool qwr__dbap_never_open(const qwr__dbap *d, size_t berth)
{
    return d->values[d->closing + berth] <= d->values[d->opening + berth];
}

#endif
