/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "overlap": on a quay that is not DISCRETE no two hulls share a point of the quay at the
 * same time. Intervals are half-open: touching is allowed (see rule "clearance").
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void pair(const qwr__board *board, uint32_t a, uint32_t b, qwr__findings *out)
{
    const qwr__alongside *x = &board->along[a], *y = &board->along[b];
    if (qwr__quay_of(board->site, x)->layout == QWR_LAYOUT_DISCRETE ||
        !qwr__meets(x->stay.start_s, x->stay.end_s, y->stay.start_s, y->stay.end_s) ||
        !qwr__meets(x->hull_from_mm, x->hull_to_mm, y->hull_from_mm, y->hull_to_mm))
        return;
    int64_t from_s = qwr__larger(x->stay.start_s, y->stay.start_s);
    int64_t to_s = qwr__smaller(x->stay.end_s, y->stay.end_s);
    int64_t shared = qwr__sat_sub(qwr__smaller(x->hull_to_mm, y->hull_to_mm),
                                  qwr__larger(x->hull_from_mm, y->hull_from_mm));
    qwr__fact fact = {&qwr__rule_overlap, a, board->site->call[b]->id, from_s, to_s, shared, "mm"};
    qwr__found(out, &fact, "@ and @ overlap by @ at @ from @ to @.",
               QWR__WORDS(QWR__CALL(a), QWR__CALL(b), QWR__METRES(shared),
                          QWR__QUAY(x->stay.quay.v), QWR__TIME(from_s), QWR__TIME(to_s)));
}

const qwr__rule qwr__rule_overlap = {
    .name = "overlap",
    .sentence = "No two hulls overlap on a quay at the same time.",
    .pair = pair,
};
