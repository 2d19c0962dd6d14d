/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "closure": no vessel is alongside during a closure, neither at the closed berth nor on the
 * closed stretch [from_mm, to_mm) of the quay.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static bool applies(const qwr_window *w, const qwr__alongside *a, const qwr_quay *quay)
{
    if (!qwr__meets(a->stay.start_s, a->stay.end_s, w->from_s, w->to_s))
        return false;
    if (w->berth.v != QWR_NONE)
        return a->has_berth && a->stay.berth.v == w->berth.v;
    int64_t to_mm = w->to_mm == QWR_UNSET ? quay->length_mm : w->to_mm;
    return qwr__meets(a->hull_from_mm, a->hull_to_mm, w->from_mm, to_mm);
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    if (!qwr__has_place(a) || !a->has_time)
        return;
    uint32_t q = a->stay.quay.v;
    for (uint32_t i = site->closures.start[q]; i < site->closures.start[q + 1]; i++) {
        qwr_window_ix ix = {site->closures.rows[i]};
        const qwr_window *w = qwr_scenario_window(site->scenario, ix);
        if (!applies(w, a, qwr__quay_of(site, a)))
            continue;
        int64_t from_s = qwr__larger(w->from_s, a->stay.start_s);
        int64_t to_s = qwr__smaller(w->to_s, a->stay.end_s);
        qwr__fact fact = {&qwr__rule_closure,         call, w->id, from_s, to_s,
                          qwr__sat_sub(to_s, from_s), "s"};
        qwr__found(out, &fact, "@ lies at @ from @ to @, which is closed (@).",
                   QWR__WORDS(QWR__CALL(call),
                              w->berth.v != QWR_NONE ? QWR__BERTH(w->berth.v) : QWR__QUAY(q),
                              QWR__TIME(from_s), QWR__TIME(to_s),
                              QWR__TEXT(w->reason != NULL ? w->reason : w->id)));
    }
}

const qwr__rule qwr__rule_closure = {
    .name = "closure",
    .sentence = "Nobody lies at a closed berth or on a closed stretch of quay.",
    .own = own,
};
