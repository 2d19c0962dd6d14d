/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The move that goes through impossible plans: a few calls of about the same time are lifted and
 * put back one by one where they add least. Where latest departures bind, no chain of small moves
 * may lead from one possible order to the next; this one does.
 */
#include "discrete/sequence_anneal.h"

enum { LIFTED = 6 };

/* Notes the calls of every lane in order, one lane behind the other. */
static void note(qwr__anneal *a)
{
    const qwr__sequence *s = &a->now;
    uint32_t count = 0;
    for (uint32_t x = 0; x < s->lanes; x++) {
        const qwr__item *at = qwr__sequence_lane(s, x);
        a->old_begin[x] = count;
        a->old_stamp[x] = s->stamp[x];
        for (uint32_t p = 0; p < s->length[x]; p++)
            a->order[count++] = at[p].call;
    }
    a->old_begin[s->lanes] = count;
}

/* Puts the lanes back that have changed. The calls lifted lay in a lane or, with `was_out`, not. */
static void undo(qwr__anneal *a, const uint32_t *call, const bool *was_out, uint32_t count)
{
    qwr__sequence *s = &a->now;
    for (uint32_t k = 0; k < count; k++)
        if (!was_out[k] && s->lane_of[call[k]] == QWR__NOWHERE)
            qwr__sequence_let_in(s, call[k]);
    bool placed[LIFTED];
    for (uint32_t k = 0; k < count; k++)
        placed[k] = s->lane_of[call[k]] != QWR__NOWHERE;
    for (uint32_t x = 0; x < s->lanes; x++)
        if (s->stamp[x] != a->old_stamp[x])
            qwr__sequence_splice(s, x, 0, s->length[x], a->order + a->old_begin[x],
                                 a->old_begin[x + 1] - a->old_begin[x]);
    for (uint32_t k = 0; k < count; k++)
        if (was_out[k] && placed[k])
            qwr__sequence_leave_out(s, call[k]);
}

static uint32_t choose_calls(qwr__anneal *a, uint32_t *call)
{
    uint32_t wanted = 2 + (uint32_t)(qwr__anneal_next(a) % (LIFTED - 1)), count = 0;
    uint64_t bits = qwr__anneal_next(a);
    uint32_t r = (uint32_t)((bits & UINT32_MAX) * a->count >> 32), reach = 4 * LIFTED;
    uint32_t low = r > reach ? r - reach : 0;
    uint32_t width = (a->count - low < 2 * reach ? a->count - low : 2 * reach);
    if (a->now.out_count > 0)
        call[count++] = a->now.out[(bits >> 32) * a->now.out_count >> 32];
    for (uint32_t k = 0; k < 2 * LIFTED && count < wanted; k++) {
        bits = qwr__anneal_next(a) >> 32;
        uint32_t i = a->by_time[low + (uint32_t)(bits * width >> 32)], j = 0;
        while (j < count && call[j] != i)
            j++;
        if (j == count)
            call[count++] = i;
    }
    return count;
}

void qwr__anneal_ruin(qwr__anneal *a)
{
    qwr__sequence *s = &a->now;
    uint32_t call[LIFTED];
    bool was_out[LIFTED];
    uint32_t count = choose_calls(a, call);
    int64_t before = s->cost;
    int64_t limit = a->heat * a->log[qwr__anneal_next(a) & (QWR__LOGS - 1)] / QWR__HEAT / QWR__HEAT;
    qwr__anneal_keep(a);
    note(a);
    for (uint32_t k = 0; k < count; k++) {
        was_out[k] = s->lane_of[call[k]] == QWR__NOWHERE;
        if (was_out[k])
            continue;
        qwr__sequence_splice(s, s->lane_of[call[k]], s->place_of[call[k]], 1, NULL, 0);
        qwr__sequence_leave_out(s, call[k]);
    }
    for (uint32_t k = 0; k < count; k++) /* the order they were drawn in is by chance */
        qwr__sequence_insert(s, call[k], UINT32_MAX);
    if (s->cost - before > limit)
        undo(a, call, was_out, count);
}
