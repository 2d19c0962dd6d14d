/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "length": the hull lies inside the quay, [position, position + LOA] within [0, length]. At
 * a DISCRETE quay the LOA is at most the berth's length, if it has one.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void check_berth(const qwr__site *site, const qwr__alongside *a, uint32_t call,
                        qwr__findings *out)
{
    const qwr_berth *berth = qwr__berth_of(site, a);
    int64_t loa = site->call[call]->loa_mm;
    if (berth == NULL || berth->length_mm == QWR_UNSET || loa == QWR_UNSET ||
        loa <= berth->length_mm)
        return;
    qwr__fact fact = {&qwr__rule_length,      call, berth->id, a->stay.start_s, a->stay.end_s,
                      loa - berth->length_mm, "mm"};
    qwr__found(out, &fact, "@ is @ long, but @ takes at most @.",
               QWR__WORDS(QWR__CALL(call), QWR__METRES(loa), QWR__BERTH(a->stay.berth.v),
                          QWR__METRES(berth->length_mm)));
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    if (!qwr__has_place(a))
        return;
    const qwr_quay *quay = qwr__quay_of(board->site, a);
    if (quay->layout == QWR_LAYOUT_DISCRETE) {
        check_berth(board->site, a, call, out);
        return;
    }
    int64_t below = qwr__sat_sub(0, a->hull_from_mm);
    int64_t beyond = qwr__sat_sub(a->hull_to_mm, quay->length_mm);
    if (below <= 0 && beyond <= 0)
        return;
    qwr__fact fact = {&qwr__rule_length,          call, quay->id, a->stay.start_s, a->stay.end_s,
                      qwr__larger(below, beyond), "mm"};
    qwr__found(out, &fact, "@ lies from @ to @, @ outside @, which is @ long.",
               QWR__WORDS(QWR__CALL(call), QWR__METRES(a->hull_from_mm), QWR__METRES(a->hull_to_mm),
                          QWR__METRES(fact.amount), QWR__QUAY(a->stay.quay.v),
                          QWR__METRES(quay->length_mm)));
}

const qwr__rule qwr__rule_length = {
    .name = "length",
    .sentence = "The hull fits into the quay, or the vessel into the berth.",
    .own = own,
};
