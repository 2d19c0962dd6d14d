/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a proof as they happen. */
#include "discrete/ledger.h"
#include "discrete/graph.h"

#include <string.h>

/** Multipliers kept at most: 256 MB of them. */
#define MOST_PRICES ((size_t)1 << 25)

void qwr__ledger_init(qwr__ledger *g, const qwr_host *host, uint32_t calls)
{
    memset(g, 0, sizeof *g);
    g->host = host;
    g->calls = calls;
}

void qwr__ledger_free(qwr__ledger *g)
{
    if (g->step)
        g->host->release(g->host->payload, g->step);
    if (g->price)
        g->host->release(g->host->payload, g->price);
    g->step = NULL;
    g->price = NULL;
}

void qwr__ledger_clear(qwr__ledger *g)
{
    g->steps = g->prices = 0;
    g->full = false;
}

static bool reserve(qwr__ledger *g, void **block, size_t *capacity, size_t count, size_t size)
{
    size_t wide = 2 * *capacity > count ? 2 * *capacity : 2 * count;
    if (count <= *capacity)
        return true;
    if (!qwr__lanes_widen(g->host, block, *capacity, wide, size))
        return false;
    *capacity = wide;
    return true;
}

static void add(qwr__ledger *g, const qwr_proof_step *step)
{
    void *block = g->step;
    if (g->full)
        return;
    if (!reserve(g, &block, &g->step_capacity, (size_t)g->steps + 1, sizeof *g->step)) {
        g->full = true;
        return;
    }
    g->step = block;
    g->step[g->steps++] = *step;
}

void qwr__ledger_prices(qwr__ledger *g, const int64_t *pi)
{
    size_t need = ((size_t)g->prices + 1) * g->calls;
    void *block = g->price;
    if (g->full)
        return;
    if (need > MOST_PRICES || !reserve(g, &block, &g->price_capacity, need, sizeof *g->price)) {
        g->full = true;
        return;
    }
    g->price = block;
    memcpy(g->price + (size_t)g->prices++ * g->calls, pi, g->calls * sizeof *pi);
    add(g, &(qwr_proof_step){.kind = QWR_PROOF_PRICES, .call = UINT32_MAX});
}

void qwr__ledger_split(qwr__ledger *g, const qwr_proof_step *split)
{
    add(g, split);
}

void qwr__ledger_end(qwr__ledger *g)
{
    add(g, &(qwr_proof_step){.kind = QWR_PROOF_END, .call = UINT32_MAX});
}

int32_t qwr__ledger_submit(const qwr__ledger *g, int64_t target, bool ordered)
{
    /* A proof too long to keep is offered by its result alone. */
    qwr_bound_certificate certificate = {.size = sizeof certificate,
                                         .price_unit = QWR__DUAL_SCALE,
                                         .call_price = g->price,
                                         .price_count = g->full ? 0 : g->prices,
                                         .step_count = g->full ? 0 : g->steps,
                                         .step = g->step,
                                         .target = target,
                                         .ordered = ordered};
    return g->host->submit_bound(g->host->payload, &certificate);
}
