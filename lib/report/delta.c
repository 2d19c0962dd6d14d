/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Laying two plans side by side: which call was which, and what became of each.
 * Must never know how changes look.
 */
#include "report/delta.h"

#include <string.h>

static bool same_id(const char *a, const char *b)
{
    return a != NULL && b != NULL ? strcmp(a, b) == 0 : a == b;
}

static bool same_stay(const qwr__delta *d, const qwr__visit *a, const qwr__visit *b)
{
    return same_id(a->quay != NULL ? a->quay->id : NULL, b->quay != NULL ? b->quay->id : NULL) &&
           same_id(a->berth != NULL ? a->berth->id : NULL,
                   b->berth != NULL ? b->berth->id : NULL) &&
           a->hull_from_mm == b->hull_from_mm && a->start_s + d->shift_s == b->start_s &&
           a->end_s + d->shift_s == b->end_s && qwr__same_cranes(a->stay, b->stay, d->shift_s);
}

static qwr__fate fate_of(const qwr__delta *d, uint32_t call)
{
    const qwr__visit *now = &d->after->visit[call];
    const qwr__visit *was = d->was[call] != QWR_NONE ? &d->before->visit[d->was[call]] : NULL;
    bool had = was != NULL && was->timely != QWR__UNPLACED, has = now->timely != QWR__UNPLACED;
    if (!has)
        return had ? QWR__LOST : QWR__NOWHERE;
    if (!had)
        return QWR__NEW;
    return same_stay(d, was, now) ? QWR__SAME : QWR__MOVED;
}

static void find_lost(qwr__delta *d)
{
    for (uint32_t i = 0; i < d->before->calls; i++) {
        const qwr__visit *was = &d->before->visit[i];
        qwr_call_ix now = qwr_scenario_find_call(d->after->scenario, was->call->id);
        if (was->timely == QWR__UNPLACED)
            continue;
        if (now.v == QWR_NONE)
            d->count[QWR__LOST]++;
        else if (d->after->visit[now.v].timely != QWR__UNPLACED)
            continue;
        d->lost[d->lost_count++] = i;
    }
}

/** The diagram shows where vessels were, too. */
static void widen(const qwr__delta *d, qwr__sheet *after)
{
    int64_t from_s = d->before->from_s + d->shift_s, to_s = d->before->to_s + d->shift_s;
    if (from_s >= after->to_s || to_s <= after->from_s)
        return;
    after->from_s = from_s < after->from_s ? from_s : after->from_s;
    after->to_s = to_s > after->to_s ? to_s : after->to_s;
}

qwr_status qwr__delta_init(qwr__delta *d, const qwr__sheet *before, qwr__sheet *after)
{
    *d = (qwr__delta){.ctx = after->ctx, .before = before, .after = after};
    d->shift_s = qwr__tame(before->epoch_unix_s) - qwr__tame(after->epoch_unix_s);
    d->was = qwr__alloc(d->ctx, (size_t)after->calls + 1, sizeof *d->was);
    d->fate = qwr__alloc(d->ctx, (size_t)after->calls + 1, sizeof *d->fate);
    d->lost = qwr__alloc(d->ctx, (size_t)before->calls + 1, sizeof *d->lost);
    if (d->was == NULL || d->fate == NULL || d->lost == NULL)
        return qwr__no_memory(d->ctx, "report");
    for (uint32_t i = 0; i < after->calls; i++) {
        d->was[i] = qwr_scenario_find_call(before->scenario, after->visit[i].call->id).v;
        d->fate[i] = fate_of(d, i);
        d->count[d->fate[i]]++;
    }
    find_lost(d);
    widen(d, after);
    return qwr_plan_diff(&d->diff, d->ctx, before->plan, after->plan);
}

void qwr__delta_free(qwr__delta *d)
{
    qwr_diff_free(d->diff);
    qwr__free(d->ctx, d->was);
    qwr__free(d->ctx, d->fate);
    qwr__free(d->ctx, d->lost);
}

const char *qwr__delta_kind(const qwr__delta *d, uint32_t call)
{
    static const char *const kinds[] = {"v same", "v moved", "v new", "v", "v"};
    return kinds[d->fate[call]];
}
