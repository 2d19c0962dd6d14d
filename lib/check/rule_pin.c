/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "pin": decisions the planner has pinned stay as they are: quay, berth, position, start and
 * cranes, each on its own.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    const qwr_call *c = board->site->call[call];
    const qwr_stay *s = &a->stay;
    if (!a->placed)
        return;
    qwr__fact fact = {&qwr__rule_pin, call, c->id, s->start_s, s->end_s, 1, ""};
    if (c->pin_quay.v != QWR_NONE && c->pin_quay.v != s->quay.v)
        qwr__found(out, &fact, "@ is pinned to @ but lies at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__QUAY(c->pin_quay.v), QWR__QUAY(s->quay.v)));
    if (c->pin_berth.v != QWR_NONE && c->pin_berth.v != s->berth.v)
        qwr__found(out, &fact, "@ is pinned to @ but lies at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__BERTH(c->pin_berth.v), QWR__BERTH(s->berth.v)));
    if (c->pin_position_mm != QWR_UNSET && c->pin_position_mm != s->position_mm) {
        fact.amount = qwr__sat_distance(c->pin_position_mm, s->position_mm);
        fact.unit = "mm";
        qwr__found(out, &fact, "@ is pinned to position @ but lies at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__METRES(c->pin_position_mm),
                              QWR__METRES(s->position_mm)));
    }
    if (c->pin_start_s != QWR_UNSET && c->pin_start_s != s->start_s) {
        fact.amount = qwr__sat_distance(c->pin_start_s, s->start_s);
        fact.unit = "s";
        qwr__found(out, &fact, "@ is pinned to start at @ but starts at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__TIME(c->pin_start_s), QWR__TIME(s->start_s)));
    }
    int64_t cranes = s->cranes;
    for (uint32_t k = 0; k < a->steps && a->varies && cranes == c->pin_cranes; k++)
        cranes = a->step[k].cranes;
    if (c->pin_cranes != QWR_UNSET && c->pin_cranes != cranes) {
        fact.amount = qwr__sat_distance(c->pin_cranes, cranes);
        fact.unit = "cranes";
        qwr__found(out, &fact, "@ is pinned to @ cranes but holds @.",
                   QWR__WORDS(QWR__CALL(call), QWR__NUMBER(c->pin_cranes), QWR__NUMBER(cranes)));
    }
}

const qwr__rule qwr__rule_pin = {
    .name = "pin",
    .sentence = "Pinned decisions are kept.",
    .own = own,
};
