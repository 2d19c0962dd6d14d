/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "arrival": no stay starts before earliest_s if the call gives it, else before its ETA.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    const qwr_call *c = board->site->call[call];
    int64_t earliest_s = c->earliest_s != QWR_UNSET ? c->earliest_s : c->eta_s;
    if (!a->placed || a->stay.start_s >= earliest_s)
        return;
    qwr__fact fact = {&qwr__rule_arrival,
                      call,
                      c->id,
                      a->stay.start_s,
                      earliest_s,
                      qwr__sat_sub(earliest_s, a->stay.start_s),
                      "s"};
    qwr__found(out, &fact, "@ is to berth at @, but cannot be there before @.",
               QWR__WORDS(QWR__CALL(call), QWR__TIME(a->stay.start_s), QWR__TIME(earliest_s)));
}

const qwr__rule qwr__rule_arrival = {
    .name = "arrival",
    .sentence = "No stay starts before the vessel can be there.",
    .own = own,
};
