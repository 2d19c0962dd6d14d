/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof: a search for solutions at the bound, which either ends with one, that is optimal then,
 * or raises the bound. Close to the bound little is left to search. A hunt that takes long waits
 * while the incumbent has its turn, by a dive below it and parts planned anew.
 */
#include "discrete/engine.h"
#include "discrete/mend.h"

#include <string.h>

/* Nodes of a hunt before the incumbent has its turn, at first; how many times as many each time
 * after; nodes of a dive. */
enum { FIRST_NODES = 100, MORE_NODES = 2, MOST_NODES = 1 << 24, DIVE_NODES = 40 };
/* A hunt of so few nodes makes the next reach farther. So does one of hardly more than the one
 * before; one of many more makes it reach less far. */
enum { EASY_NODES = 4, MANY_MORE = 3 };
/* With as many lanes at least parts are planned anew. That ends when so many tries a lane have
 * failed (once a lane with few calls). */
enum { MEND_LANES = 6, MEND_TRIES = 4 };

/* Begins a tree on what the choice has for `target`. */
static int32_t begin(qwr__engine *e, qwr__tree *t, int64_t target)
{
    qwr__graph g;
    *t = (qwr__tree){.rules = &e->rules,
                     .whole = &e->whole,
                     .master = &e->master,
                     .ledger = t->ledger,
                     .rises = &e->rises,
                     .target = target,
                     .known = e->bound,
                     .left_out = e->left_out};
    qwr__ledger_clear(t->ledger);
    if (e->has_dense)
        qwr__ledger_prices(t->ledger, e->first_pi);
    /* The best multipliers leave less than those that made the choice. */
    int32_t status = qwr__graph_init(&g, &e->rules, e->choice, e->count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    qwr__choice *keep = qwr__lanes_alloc(e->host, (size_t)e->count + 1, sizeof *keep);
    if (keep) {
        int64_t dual = qwr__graph_dual(&g, e->pi);
        uint32_t kept = qwr__graph_filter(&g, e->pi, dual, target, keep);
        qwr__ledger_prices(t->ledger, e->pi);
        status = qwr__tree_begin(t, keep, kept, e->pi);
        e->host->release(e->host->payload, keep);
    } else {
        status = QWR_PLUGIN_ENOMEM;
    }
    qwr__graph_free(&g);
    return status;
}

/* Goes on with a tree; what it finds is the incumbent. */
static int32_t go_on(qwr__engine *e, qwr__tree *t, int64_t nodes)
{
    int64_t highest = qwr__engine_highest(e);
    t->target = t->target < highest ? t->target : highest;
    int32_t status = qwr__tree_run(t, nodes);
    qwr__engine_look(e);
    return status;
}

/* The hunt is over: what it proves, and how far the next one reaches. */
static void end_hunt(qwr__engine *e)
{
    qwr__tree *t = &e->tree;
    if (t->exhausted && t->target >= e->bound) {
        e->bound = t->target + 1;
        (void)qwr__ledger_submit(&e->ledger, t->target + e->left_out, true);
    }
    e->stuck = t->unseen && t->target >= e->bound;
    if (t->nodes < EASY_NODES || t->nodes < e->hunted + e->hunted / 2)
        e->reach += e->reach < INT64_MAX / 4 ? e->reach + 1 : 0;
    else if (t->nodes > MANY_MORE * e->hunted)
        e->reach /= 2;
    e->hunted = t->nodes;
    qwr__tree_end(t);
}

/* A first dive below the incumbent, and what lies next to it. */
static int32_t dive(qwr__engine *e, int64_t highest)
{
    qwr__ledger ledger;
    qwr__tree t = {.ledger = &ledger};
    qwr__ledger_init(&ledger, e->host, e->lanes.calls);
    ledger.full = true; /* nothing is proved here */
    int32_t status = begin(e, &t, highest);
    if (status == QWR_PLUGIN_OK)
        status = go_on(e, &t, DIVE_NODES);
    qwr__tree_end(&t);
    qwr__ledger_free(&ledger);
    return status;
}

int32_t qwr__engine_mend(qwr__engine *e)
{
    uint32_t failed = 0,
             most = e->whole.lanes * (e->lanes.calls < QWR__MANY_CALLS ? 1 : MEND_TRIES);
    if (e->whole.lanes < MEND_LANES)
        return QWR_PLUGIN_OK;
    while (failed < most && !qwr__lanes_over(e->host) && e->bound < e->value) {
        bool found;
        int32_t status = qwr__mend(&found, &e->whole, e->pi, (uint64_t)e->mends++);
        if (status != QWR_PLUGIN_OK)
            return status;
        failed = found ? 0 : failed + 1;
        qwr__engine_look(e);
    }
    return QWR_PLUGIN_OK;
}

int32_t qwr__engine_prove(qwr__engine *e)
{
    int32_t status = QWR_PLUGIN_OK;
    if (e->nodes == 0)
        e->nodes = FIRST_NODES;
    while (status == QWR_PLUGIN_OK && !e->stuck && !qwr__lanes_over(e->host) &&
           e->bound < e->value && e->bound <= qwr__engine_highest(e)) {
        int64_t highest = qwr__engine_highest(e);
        highest = highest < e->choice_target ? highest : e->choice_target;
        if (!e->tree.rules) {
            if (highest < e->bound) { /* what was chosen has been searched: choose anew */
                e->stage = QWR__TO_CHOOSE;
                break;
            }
            e->tree.ledger = &e->ledger;
            status =
                begin(e, &e->tree, e->reach < highest - e->bound ? e->bound + e->reach : highest);
        }
        if (status == QWR_PLUGIN_OK)
            status = go_on(e, &e->tree, e->nodes);
        if (status != QWR_PLUGIN_OK || qwr__lanes_over(e->host)) {
            if (e->tree.over && status == QWR_PLUGIN_OK)
                end_hunt(e);
            break;
        }
        if (e->tree.over) {
            end_hunt(e);
            continue;
        }
        e->nodes *= e->nodes < MOST_NODES ? MORE_NODES : 1;
        status = dive(e, highest);
        if (status == QWR_PLUGIN_OK)
            status = qwr__engine_mend(e);
    }
    return status;
}
