/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "clearance": on a quay that is not DISCRETE the gap between two hulls alongside at the same
 * time is at least the larger (or the sum, by the scenario's clearance) of their clearances, each
 * the larger of the call's and the quay's. Hulls that overlap are rule "overlap".
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static int64_t own_clearance(const qwr__site *site, uint32_t call, const qwr_quay *quay)
{
    return qwr__larger(site->call[call]->clearance_mm, quay->clearance_mm);
}

static int64_t required_gap(const qwr__site *site, uint32_t a, uint32_t b, const qwr_quay *quay)
{
    int64_t x = own_clearance(site, a, quay), y = own_clearance(site, b, quay);
    return site->info->clearance == QWR_CLEARANCE_SUM ? qwr__sat_add(x, y) : qwr__larger(x, y);
}

static void pair(const qwr__board *board, uint32_t a, uint32_t b, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *x = &board->along[a], *y = &board->along[b];
    const qwr_quay *quay = qwr__quay_of(site, x);
    if (quay->layout == QWR_LAYOUT_DISCRETE ||
        !qwr__meets(x->stay.start_s, x->stay.end_s, y->stay.start_s, y->stay.end_s))
        return;
    int64_t gap = qwr__larger(qwr__sat_sub(x->hull_from_mm, y->hull_to_mm),
                              qwr__sat_sub(y->hull_from_mm, x->hull_to_mm));
    int64_t required = required_gap(site, a, b, quay);
    if (gap < 0 || gap >= required)
        return;
    int64_t from_s = qwr__larger(x->stay.start_s, y->stay.start_s);
    int64_t to_s = qwr__smaller(x->stay.end_s, y->stay.end_s);
    qwr__fact fact = {&qwr__rule_clearance, a,   site->call[b]->id, from_s, to_s,
                      required - gap,       "mm"};
    qwr__found(out, &fact, "@ and @ lie @ apart at @ from @ to @; they need @.",
               QWR__WORDS(QWR__CALL(a), QWR__CALL(b), QWR__METRES(gap), QWR__QUAY(x->stay.quay.v),
                          QWR__TIME(from_s), QWR__TIME(to_s), QWR__METRES(required)));
}

const qwr__rule qwr__rule_clearance = {
    .name = "clearance",
    .sentence = "Neighbours on a quay keep their clearance.",
    .pair = pair,
};
