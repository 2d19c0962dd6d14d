/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "template": what a planner may rely on, in one sentence, with the units and which ends of an
 * interval count. Copy this file to start a new rule; it is compiled, but listed nowhere.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

/* A real rule is declared in check.h and listed in check.c. */
extern const qwr__rule qwr__rule_TEMPLATE;

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr_call *c = board->site->call[call];
    const qwr_stay *s = &board->along[call].stay;
    if (s->placed)
        return;
    qwr__fact fact = {&qwr__rule_TEMPLATE, call, c->id, c->eta_s, c->eta_s, 1, ""};
    if (s->reason != NULL && s->reason[0] != '\0')
        qwr__found(out, &fact, "@ has no place: @",
                   QWR__WORDS(QWR__CALL(call), QWR__TEXT(s->reason)));
    else
        qwr__found(out, &fact, "@ has no place.", QWR__WORDS(QWR__CALL(call)));
}

const qwr__rule qwr__rule_TEMPLATE = {
    .name = "template",
    .sentence = "Every call has a place in the plan.",
    .own = own,
};
