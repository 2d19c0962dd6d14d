/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "crane-count": a stay holds at least min_cranes and at most max_cranes of its call.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    const qwr_call *c = board->site->call[call];
    int64_t cranes = a->stay.cranes;
    /* Of a crane profile the first count that is out of range speaks for all. */
    for (uint32_t k = 0; k < a->steps && a->varies; k++) {
        cranes = a->step[k].cranes;
        if (cranes < c->min_cranes || cranes > c->max_cranes)
            break;
    }
    if (!a->placed || (cranes >= c->min_cranes && cranes <= c->max_cranes))
        return;
    bool few = cranes < c->min_cranes;
    int64_t limit = few ? c->min_cranes : c->max_cranes;
    qwr__fact fact = {
        &qwr__rule_crane_count,           call,    c->id, a->work_from_s, a->work_to_s,
        qwr__sat_distance(cranes, limit), "cranes"};
    qwr__found(out, &fact,
               few ? "@ is given @ cranes but needs at least @."
                   : "@ is given @ cranes but can take at most @.",
               QWR__WORDS(QWR__CALL(call), QWR__NUMBER(cranes), QWR__NUMBER(limit)));
}

const qwr__rule qwr__rule_crane_count = {
    .name = "crane-count",
    .sentence = "A stay holds as many cranes as its vessel can work with.",
    .own = own,
};
