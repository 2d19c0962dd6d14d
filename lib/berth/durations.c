/* SPDX-License-Identifier: Apache-2.0 */
/* How long a stay takes: work from moves and cranes, stretched by weather stops, in ticks. */
#include "berth/maker.h"

bool qwr__work_s(int64_t *work_s, const qwr_scenario *s, uint32_t call, uint32_t quay,
                 uint32_t berth, int64_t position_mm, int64_t cranes)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    if (berth != QWR_NONE) {
        int64_t h = qwr_scenario_handling_s(s, (qwr_call_ix){call}, (qwr_berth_ix){berth});
        if (h == QWR_FORBIDDEN)
            return false;
        if (h != QWR_UNSET) {
            *work_s = h;
            return true;
        }
    }
    int64_t w = c->handling_s;
    if (w == QWR_UNSET) {
        int64_t moves = qwr_scenario_call_moves(s, (qwr_call_ix){call});
        int64_t rate = qwr_scenario_rate_milli(s, (qwr_call_ix){call}, (qwr_quay_ix){quay});
        int64_t efficiency = qwr_scenario_efficiency_milli(s, (qwr_call_ix){call}, cranes), product;
        if (moves == 0) {
            w = 0;
        } else {
            if (efficiency <= 0 || !qwr__mul64(&product, rate, efficiency) || product <= 0 ||
                !qwr__mul_div64(&w, moves, INT64_C(3600000000), product))
                return false;
            /* Round up without a second 128-bit division: w is the floor of the same quotient. */
            __int128 exact = (__int128)moves * INT64_C(3600000000);
            w += (__int128)w * product != exact;
        }
    }
    if (c->deviation_work_ppm_m && c->preferred_mm != QWR_UNSET && c->preferred_quay.v == quay) {
        int64_t off = position_mm - c->preferred_mm;
        off = off < 0 ? -off : off;
        __int128 grown =
            (__int128)w * (INT64_C(1000000000) + (__int128)c->deviation_work_ppm_m * off);
        grown = (grown + 999999999) / 1000000000;
        if (grown > INT64_C(1) << 40)
            return false;
        w = (int64_t)grown;
    }
    *work_s = w;
    return true;
}

/*
 * When work of `work_s` seconds ends if it begins at `from_s`; *free_s: how much later it could
 * begin without meeting another stop (INT64_MAX: for ever), 0 when it meets one.
 */
static int64_t work_end(const qwr__maker *m, uint32_t quay, int64_t from_s, int64_t work_s,
                        int64_t *free_s)
{
    int64_t at = from_s;
    *free_s = INT64_MAX;
    if (work_s == 0)
        return at; /* nothing to do is done in any weather */
    for (size_t k = 0; k < m->stop_count; k++) {
        const qwr__stop *w = &m->stops[k];
        if (w->quay != quay || w->to_s <= at)
            continue;
        if (w->from_s >= at + work_s) {
            if (*free_s == INT64_MAX)
                *free_s = w->from_s - (at + work_s);
            break;
        }
        *free_s = 0;
        if (w->from_s > at)
            work_s -= w->from_s - at;
        at = w->to_s;
    }
    return at + work_s;
}

static qwr_status push_stretch(qwr__maker *m, int32_t first, int32_t last, int32_t duration)
{
    if (m->stretch_count && m->stretches[m->stretch_count - 1].duration == duration) {
        m->stretches[m->stretch_count - 1].last = last;
        return QWR_OK;
    }
    void *block = m->stretches;
    QWR_TRY(qwr__reserve(m->p->ctx, &block, &m->stretch_capacity, m->stretch_count + 1,
                         sizeof *m->stretches));
    m->stretches = block;
    m->stretches[m->stretch_count++] = (qwr__stretch){first, last, duration};
    return QWR_OK;
}

qwr_status qwr__maker_stretches(qwr__maker *m, uint32_t call, uint32_t quay, int64_t work_s,
                                int32_t first, int32_t last)
{
    const qwr__problem *p = m->p;
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    m->stretch_count = 0;
    for (int64_t t = first; t <= last;) {
        int64_t start = qwr__tick_s(p, t) + p->shift_s[call], free_s;
        int64_t end = work_end(m, quay, start + c->mooring_s, work_s, &free_s) + c->unmooring_s;
        int64_t ticks = (end - qwr__tick_s(p, t) + p->step_s - 1) / p->step_s;
        int64_t until = free_s == INT64_MAX ? last : t + free_s / p->step_s;
        if (until > last)
            until = last;
        if (ticks < 1)
            ticks = 1; /* nothing to do still takes a tick of quay */
        if (ticks > p->ticks)
            break; /* later starts only end later */
        QWR_TRY(push_stretch(m, (int32_t)t, (int32_t)until, (int32_t)ticks));
        t = until + 1;
    }
    return QWR_OK;
}
