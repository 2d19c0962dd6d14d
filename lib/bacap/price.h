/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prices of quay cells and cranes, the options a call has, and the cheapest option of each call at
 * given prices. Prices are in mu; any prices >= 0 give a valid bound.
 */
#ifndef QWR_BACAP_PRICE_H
#define QWR_BACAP_PRICE_H

#include "bacap/bacap.h"

/** No price is higher: sums over all cells and ticks stay far from 64 bits. */
#define QWR__MOST_PRICE 1e12

/** A start and an end of a call at one side. */
typedef struct qwr__window {
    uint32_t side;
    int32_t start, end;
    int64_t times_mu; /**< what start and end cost by themselves */
} qwr__window;

/** A window at a place: all that is open is the crane profile. */
typedef struct qwr__option {
    uint32_t window, place;
} qwr__option;

/** Every option of every call, those of a call together and ordered by window. */
typedef struct qwr__choices {
    const qwr__bacap_facts *facts;
    qwr__window *window;
    qwr__option *option;
    size_t windows, options, window_room, option_room;
    size_t *call_begin; /**< [calls + 1] into `option` */
} qwr__choices;

/** Prices and their summed tables. */
typedef struct qwr__dual {
    const qwr__bacap_facts *facts;
    uint32_t cells;
    int64_t *cell;    /**< [cells][ticks] */
    int64_t *crane;   /**< [quays][ticks] */
    int64_t *area;    /**< [cells + 1][ticks + 1] summed over cells and ticks of the range */
    int32_t from, to; /**< prices are zero, and not read, outside these ticks */
    int64_t total;    /**< price x capacity over everything */
} qwr__dual;

/** The cheapest option of a call and its profile. */
typedef struct qwr__choice {
    uint32_t option; /**< position in the list given; UINT32_MAX: the call is left out */
    int64_t reduced;
    int32_t segments;
    uint8_t cranes[QWR__BACAP_SEGMENTS];
} qwr__choice;

/** Work space of pricing. */
typedef struct qwr__pricer {
    const qwr__dual *dual;
    uint32_t side;
    int32_t start, end, count;
    bool uniform; /**< every segment is one tick of full work */
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    int64_t cost[QWR__BACAP_SEGMENTS];    /**< of one crane in a segment */
    int64_t sorted[QWR__BACAP_SEGMENTS];  /**< the same, rising */
    int64_t sum[QWR__BACAP_SEGMENTS + 1]; /**< of the cheapest so many */
    int64_t base_mu, base_work;           /**< with the fewest cranes throughout */
    int64_t need, need_mu;                /**< the last answer */
} qwr__pricer;

/**
 * Options that a plan cheaper than `best_mu` could use. QWR_ETOOBIG: more than `most`, or b's
 * budget is spent; what least_mu could not be filled with is INT64_MIN then.
 * @param least_mu [calls] filled with the cheapest cost of each call on its own.
 */
qwr_status qwr__choices_make(qwr__choices *o, const qwr__bacap_facts *f, const qwr__berth *b,
                             int64_t best_mu, int64_t unplaced_mu, size_t most, int64_t *least_mu);
void qwr__choices_free(qwr__choices *o);

qwr_status qwr__dual_init(qwr__dual *d, const qwr__bacap_facts *f);
void qwr__dual_free(qwr__dual *d);
/** Price of the cells of a stay. */
int64_t qwr__dual_rectangle(const qwr__dual *d, const qwr__place *place, int32_t start,
                            int32_t end);
/** Sums the tables anew after prices changed. */
void qwr__dual_sum(qwr__dual *d);

/** Are all segments of this side single ticks of full work, with at most two cranes above the
 * fewest, each of which adds no more than the one before? */
bool qwr__side_is_uniform(const qwr__bacap_facts *f, const qwr__side *side);
/** Readies the pricer for a window. */
void qwr__pricer_window(qwr__pricer *p, const qwr__window *w);
/** Least price of the cranes that do `need` in this window; INT64_MAX: they cannot. A lower bound
 * where segments differ. */
int64_t qwr__pricer_cranes(qwr__pricer *p, int64_t need);
/** Reduced cost of an option, its window being readied; INT64_MAX: impossible. */
int64_t qwr__pricer_option(qwr__pricer *p, const qwr__window *w, const qwr__place *place);
/** A profile that has the price qwr__pricer_cranes() gave, or near it. */
void qwr__pricer_profile(qwr__pricer *p, int64_t need, uint8_t *cranes);
/** The cheapest of the listed options. */
void qwr__pricer_best(qwr__choice *best, qwr__pricer *p, const qwr__choices *o,
                      const uint32_t *list, size_t count, int64_t unplaced_mu);

#endif
