/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "berth-window": a stay at a berth of a DISCRETE quay lies within [open_s, close_s]; without
 * close_s the horizon ends it.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    const qwr_berth *berth = qwr__berth_of(board->site, a);
    const qwr_stay *s = &a->stay;
    if (berth == NULL)
        return;
    int64_t open_s = berth->open_s;
    int64_t close_s = berth->close_s != QWR_UNSET ? berth->close_s : board->site->info->horizon_s;
    qwr__fact fact = {&qwr__rule_berth_window, call, berth->id, s->start_s, open_s, 0, "s"};
    fact.amount = qwr__sat_sub(open_s, s->start_s);
    if (fact.amount > 0)
        qwr__found(out, &fact, "@ comes to @ at @, but it opens at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__BERTH(s->berth.v), QWR__TIME(s->start_s),
                              QWR__TIME(open_s)));
    fact.from_s = close_s;
    fact.to_s = s->end_s;
    fact.amount = qwr__sat_sub(s->end_s, close_s);
    if (fact.amount > 0)
        qwr__found(out, &fact, "@ leaves @ at @, but it closes at @.",
                   QWR__WORDS(QWR__CALL(call), QWR__BERTH(s->berth.v), QWR__TIME(s->end_s),
                              QWR__TIME(close_s)));
}

const qwr__rule qwr__rule_berth_window = {
    .name = "berth-window",
    .sentence = "A stay lies within the opening hours of its berth.",
    .own = own,
};
