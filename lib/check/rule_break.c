/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "break": no hull straddles a break of its quay: not position < break < position + LOA.
 * Touching it is allowed.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    if (!qwr__has_place(a))
        return;
    uint32_t q = a->stay.quay.v;
    for (uint32_t i = site->breaks.start[q]; i < site->breaks.start[q + 1]; i++) {
        int64_t at_mm = qwr_scenario_quay_break(site->scenario, site->breaks.rows[i])->at_mm;
        if (at_mm <= a->hull_from_mm || at_mm >= a->hull_to_mm)
            continue;
        int64_t across =
            qwr__smaller(qwr__sat_sub(at_mm, a->hull_from_mm), qwr__sat_sub(a->hull_to_mm, at_mm));
        qwr__fact fact = {
            &qwr__rule_break, call, qwr__quay_of(site, a)->id, a->stay.start_s, a->stay.end_s,
            across,           "mm"};
        qwr__found(out, &fact, "@ lies from @ to @ across the break of @ at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__METRES(a->hull_from_mm),
                              QWR__METRES(a->hull_to_mm), QWR__QUAY(q), QWR__METRES(at_mm)));
    }
}

const qwr__rule qwr__rule_break = {
    .name = "break",
    .sentence = "No hull straddles a corner or gap of the quay.",
    .own = own,
};
