/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a proof as they happen: what <quaywright/certificate.h> calls a certificate. */
#ifndef QWR_DISCRETE_LEDGER_H
#define QWR_DISCRETE_LEDGER_H

#include "discrete/lanes.h"

typedef struct qwr__ledger {
    const qwr_host *host;
    uint32_t calls, steps, prices;
    size_t step_capacity, price_capacity;
    qwr_proof_step *step;
    int64_t *price; /**< [prices * calls] */
    bool full;      /**< grew past its limit and was given up: the proof stands, unwritten */
} qwr__ledger;

void qwr__ledger_init(qwr__ledger *g, const qwr_host *host, uint32_t calls);
void qwr__ledger_free(qwr__ledger *g);
/** Forgets every step. */
void qwr__ledger_clear(qwr__ledger *g);
/** Lack of memory makes it `full`; it never fails. */
void qwr__ledger_prices(qwr__ledger *g, const int64_t *pi);
void qwr__ledger_split(qwr__ledger *g, const qwr_proof_step *split);
void qwr__ledger_end(qwr__ledger *g);
/** Offers "no solution costs `target` or less". */
int32_t qwr__ledger_submit(const qwr__ledger *g, int64_t target, bool ordered);

#endif
