/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a change costs, without making it: walks along a lane behind the change until somebody
 * begins when he did before, or until the change is dearer than it may be. Every function is
 * compiled twice, for plain tables and for any (`plain` is a constant at each call).
 */
#ifndef QWR_DISCRETE_SEQUENCE_WALK_H
#define QWR_DISCRETE_SEQUENCE_WALK_H

#include "discrete/sequence_state.h"

/** A change that cannot be, or is dearer than its limit. */
#define QWR__TOO_DEAR INT64_MAX

#define QWR__WALK static inline __attribute__((always_inline))

QWR__WALK qwr__fit qwr__walk_fit(const qwr__sequence *s, uint32_t lane, uint32_t call, int32_t free,
                                 bool plain)
{
    return plain ? qwr__fit_plain(qwr__sequence_model(s, lane, call), free)
                 : qwr__fit_any(s, lane, call, free);
}

QWR__WALK int64_t qwr__walk_cost(const qwr__sequence *s, const qwr__item *item, bool plain)
{
    return plain ? s->table->intercept[item->job] + item->price * item->start : item->price;
}

/** Items from `i` on begin later, if at all: the sum only grows. */
QWR__WALK int64_t qwr__walk_later(const qwr__item *i, int32_t free, int64_t delta, int64_t limit)
{
    for (int32_t start = free; start > i->start; start = free > i->first ? free : i->first) {
        if (start > i->last)
            return QWR__TOO_DEAR;
        delta += i->price * (start - i->start);
        if (delta > limit)
            return QWR__TOO_DEAR;
        free = start + i->occupied;
        i++;
    }
    return delta;
}

QWR__WALK int64_t qwr__walk_earlier(const qwr__item *i, int32_t free, int64_t delta)
{
    for (;;) {
        int32_t start = free > i->first ? free : i->first;
        if (start >= i->start)
            return delta;
        delta += i->price * (start - i->start);
        free = start + i->occupied;
        i++;
    }
}

QWR__WALK int64_t qwr__walk_any(const qwr__sequence *s, uint32_t lane, const qwr__item *i,
                                int32_t free, int64_t delta, int64_t limit)
{
    bool later = free > qwr__item_end(i - 1);
    for (; i->call != QWR__NOWHERE; i++) {
        qwr__fit fit = qwr__fit_any(s, lane, i->call, free);
        if (fit.job == QWR__NOWHERE)
            return QWR__TOO_DEAR;
        if (fit.job == i->job && fit.start == i->start)
            break;
        delta += fit.cost - i->price;
        if (later && delta > limit)
            return QWR__TOO_DEAR;
        free = fit.end;
    }
    return delta;
}

/**
 * The lane is free at `free` where the item before `i` used to leave it at its end, or at some
 * other time: what that changes from `i` on, added to `delta`.
 */
QWR__WALK int64_t qwr__walk(const qwr__sequence *s, uint32_t lane, const qwr__item *i, int32_t free,
                            int64_t delta, int64_t limit, bool plain)
{
    if (!plain)
        return qwr__walk_any(s, lane, i, free, delta, limit);
    if (free > i->start)
        delta = qwr__walk_later(i, free, delta, limit);
    else
        delta = qwr__walk_earlier(i, free, delta);
    return delta > limit ? QWR__TOO_DEAR : delta;
}

/** What the lane costs less without this item; kept until the lane changes. */
QWR__WALK int64_t qwr__walk_saving(qwr__sequence *s, uint32_t lane, const qwr__item *i, bool plain)
{
    qwr__saving *known = &s->saving[i->call];
    if (known->stamp != s->stamp[lane]) {
        int64_t delta = -qwr__walk_cost(s, i, plain);
        known->cost = -qwr__walk(s, lane, i + 1, qwr__item_end(i - 1), delta, INT64_MAX - 1, plain);
        known->stamp = s->stamp[lane];
    }
    return known->cost;
}

/** What `call` adds when it goes in before the item at `place`. */
QWR__WALK int64_t qwr__walk_insert(const qwr__sequence *s, uint32_t lane, uint32_t place,
                                   uint32_t call, int64_t delta, int64_t limit, bool plain)
{
    const qwr__item *at = qwr__sequence_lane(s, lane) + place;
    qwr__fit fit = qwr__walk_fit(s, lane, call, qwr__item_end(at - 1), plain);
    if (fit.job == QWR__NOWHERE || delta + fit.cost > limit)
        return QWR__TOO_DEAR;
    return qwr__walk(s, lane, at, fit.end, delta + fit.cost, limit, plain);
}

/**
 * Replaces `gone` items from `place` on by `count` others (calls `with`, of this lane or of any).
 * The sum is compared with the limit only once nothing can become cheaper any more.
 */
QWR__WALK int64_t qwr__walk_replace(const qwr__sequence *s, uint32_t lane, uint32_t place,
                                    uint32_t gone, const uint32_t *with, uint32_t count,
                                    int64_t delta, int64_t limit, bool plain)
{
    const qwr__item *at = qwr__sequence_lane(s, lane) + place;
    int32_t free = qwr__item_end(at - 1);
    for (uint32_t k = 0; k < gone; k++)
        delta -= qwr__walk_cost(s, at + k, plain);
    for (uint32_t k = 0; k < count; k++) {
        qwr__fit fit = qwr__walk_fit(s, lane, with[k], free, plain);
        if (fit.job == QWR__NOWHERE)
            return QWR__TOO_DEAR;
        delta += fit.cost;
        free = fit.end;
    }
    return qwr__walk(s, lane, at + gone, free, delta, limit, plain);
}

#endif
