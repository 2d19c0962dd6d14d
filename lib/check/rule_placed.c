/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "placed": every call has a place in the plan. A plan that leaves one out says so with the
 * reason it gives.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr_call *c = board->site->call[call];
    const qwr_stay *s = &board->along[call].stay;
    if (s->placed)
        return;
    qwr__fact fact = {&qwr__rule_placed, call, c->id, c->eta_s, c->eta_s, 1, ""};
    if (s->reason != NULL && s->reason[0] != '\0')
        qwr__found(out, &fact, "@ has no place: @",
                   QWR__WORDS(QWR__CALL(call), QWR__TEXT(s->reason)));
    else
        qwr__found(out, &fact, "@ has no place.", QWR__WORDS(QWR__CALL(call)));
}

const qwr__rule qwr__rule_placed = {
    .name = "placed",
    .sentence = "Every call has a place in the plan.",
    .own = own,
};
