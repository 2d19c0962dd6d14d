/* SPDX-License-Identifier: Apache-2.0 */
/* First plans: calls are put on the board one after the other, each where it is cheapest. */
#ifndef QWR_BERTH_CONSTRUCT_H
#define QWR_BERTH_CONSTRUCT_H

#include "berth/board.h"

/** In which order calls are put down. Calls with few options (pinned ones) always go first. */
typedef enum qwr__order {
    QWR__ORDER_READY = 0, /**< earliest first */
    QWR__ORDER_AREA,      /**< most quay x time first within a day's window */
    QWR__ORDER_DEAR,      /**< dearest to delay first within a day's window */
    QWR__ORDER_COUNT
} qwr__order;

/** Facts about calls that orders are made from. */
typedef struct qwr__call_facts {
    const qwr_host *host;
    int64_t *options;         /**< candidates */
    int64_t *area;            /**< least cells x ticks */
    int64_t *slope;           /**< rise of the cost over the first day's starts */
    int64_t *least;           /**< cheapest candidate, or unplaced_cost */
    uint32_t *by_ready;       /**< calls by first possible start */
    uint32_t *place_in_ready; /**< inverse of by_ready */
} qwr__call_facts;

int32_t qwr__call_facts_init(qwr__call_facts *c, const qwr__board_facts *facts);
void qwr__call_facts_free(qwr__call_facts *c);

/** Fills `calls` with all calls in the given order. */
void qwr__construct_order(uint32_t *calls, const qwr__board_facts *facts, const qwr__call_facts *c,
                          qwr__order order);

/** Clears the board and puts the calls down in this order: milliseconds for a thousand, so never
 * cut short. */
void qwr__construct(qwr__board *b, const uint32_t *calls);

#endif
