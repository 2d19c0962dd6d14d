/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "berth-busy": a berth of a DISCRETE quay holds one vessel at a time, and at least
 * turnaround_s lies between the end of one stay and the start of the next.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void pair(const qwr__board *board, uint32_t a, uint32_t b, qwr__findings *out)
{
    const qwr__alongside *x = &board->along[a], *y = &board->along[b];
    if (!x->has_berth || !y->has_berth || x->stay.berth.v != y->stay.berth.v)
        return;
    const qwr_berth *berth = qwr__berth_of(board->site, x);
    bool in_order = x->stay.start_s <= y->stay.start_s;
    const qwr_stay *first = in_order ? &x->stay : &y->stay, *next = in_order ? &y->stay : &x->stay;
    int64_t pause = qwr__sat_sub(next->start_s, first->end_s);
    if (pause >= berth->turnaround_s)
        return;
    qwr__fact fact = {&qwr__rule_berth_busy, a, board->site->call[b]->id, 0, 0, 0, "s"};
    qwr__word head[] = {QWR__CALL(in_order ? a : b), QWR__CALL(in_order ? b : a),
                        QWR__BERTH(x->stay.berth.v)};
    if (pause < 0) {
        fact.from_s = next->start_s;
        fact.to_s = qwr__smaller(first->end_s, next->end_s);
        fact.amount = qwr__sat_sub(fact.to_s, fact.from_s);
        qwr__found(
            out, &fact, "@ and @ are both at @ from @ to @.",
            QWR__WORDS(head[0], head[1], head[2], QWR__TIME(fact.from_s), QWR__TIME(fact.to_s)));
        return;
    }
    fact.from_s = first->end_s;
    fact.to_s = next->start_s;
    fact.amount = berth->turnaround_s - pause;
    qwr__found(
        out, &fact, "@ leaves @ and @ follows after @; the berth needs @ in between.",
        QWR__WORDS(head[0], head[2], head[1], QWR__SPAN(pause), QWR__SPAN(berth->turnaround_s)));
}

const qwr__rule qwr__rule_berth_busy = {
    .name = "berth-busy",
    .sentence = "A berth holds one vessel at a time, with its turnaround between two.",
    .pair = pair,
};
