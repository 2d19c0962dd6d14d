/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "departure": a stay ends by latest_departure_s unless that is soft, and always by the
 * horizon.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void report(const qwr__alongside *a, const qwr_call *c, uint32_t call, int64_t limit_s,
                   const char *form, qwr__findings *out)
{
    qwr__fact fact = {&qwr__rule_departure,
                      call,
                      c->id,
                      limit_s,
                      a->stay.end_s,
                      qwr__sat_sub(a->stay.end_s, limit_s),
                      "s"};
    qwr__found(out, &fact, form,
               QWR__WORDS(QWR__CALL(call), QWR__TIME(a->stay.end_s), QWR__SPAN(fact.amount),
                          QWR__TIME(limit_s)));
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    const qwr_call *c = board->site->call[call];
    int64_t horizon_s = board->site->info->horizon_s;
    if (!a->placed)
        return;
    bool hard = c->latest_departure_s != QWR_UNSET && !c->latest_is_soft;
    if (hard && a->stay.end_s > c->latest_departure_s)
        report(a, c, call, c->latest_departure_s, "@ leaves at @, @ after its latest departure @.",
               out);
    else if (a->stay.end_s > horizon_s)
        report(a, c, call, horizon_s, "@ leaves at @, @ after the end of the planned time @.", out);
}

const qwr__rule qwr__rule_departure = {
    .name = "departure",
    .sentence = "A stay ends by the latest departure and by the horizon.",
    .own = own,
};
