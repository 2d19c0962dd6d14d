/* SPDX-License-Identifier: Apache-2.0 */
/* Tide: the least water level in each tick and at each tick edge, and when it suffices. */
#include "berth/problem.h"

int64_t qwr__water_level(const qwr_scenario *s, int64_t at_s)
{
    size_t n = qwr_scenario_tide_count(s), low = 0, high = n;
    if (n == 0)
        return 0;
    if (at_s <= qwr_scenario_tide(s, 0)->at_s)
        return qwr_scenario_tide(s, 0)->level_mm;
    if (at_s >= qwr_scenario_tide(s, n - 1)->at_s)
        return qwr_scenario_tide(s, n - 1)->level_mm;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (qwr_scenario_tide(s, mid)->at_s <= at_s)
            low = mid;
        else
            high = mid;
    }
    const qwr_tide *a = qwr_scenario_tide(s, low), *b = qwr_scenario_tide(s, low + 1);
    int64_t rise = (b->level_mm - a->level_mm) * (at_s - a->at_s), span = b->at_s - a->at_s;
    int64_t part = rise / span - (rise % span < 0); /* rounded down: never promises water */
    return a->level_mm + part;
}

qwr_status qwr__water_init(qwr__water *w, const qwr__problem *p)
{
    size_t n = qwr_scenario_tide_count(p->scenario), k = 0;
    w->ctx = p->ctx;
    w->ticks = p->ticks;
    w->lowest_mm = INT64_MAX;
    w->least_mm = qwr__alloc(p->ctx, (size_t)p->ticks + 1, sizeof *w->least_mm);
    w->edge_mm = qwr__alloc(p->ctx, (size_t)p->ticks + 1, sizeof *w->edge_mm);
    if (!w->least_mm || !w->edge_mm)
        return qwr__no_memory(p->ctx, "berth.water");
    for (int32_t t = 0; t <= p->ticks; t++)
        w->edge_mm[t] = n ? qwr__water_level(p->scenario, qwr__tick_s(p, t)) : 0;
    for (int32_t t = 0; t < p->ticks; t++) {
        int64_t from = qwr__tick_s(p, t), to = from + p->step_s;
        int64_t least = w->edge_mm[t] < w->edge_mm[t + 1] ? w->edge_mm[t] : w->edge_mm[t + 1];
        while (k < n && qwr_scenario_tide(p->scenario, k)->at_s < from)
            k++;
        for (size_t j = k; j < n && qwr_scenario_tide(p->scenario, j)->at_s <= to; j++)
            if (qwr_scenario_tide(p->scenario, j)->level_mm < least)
                least = qwr_scenario_tide(p->scenario, j)->level_mm;
        w->least_mm[t] = least;
        if (least < w->lowest_mm)
            w->lowest_mm = least;
    }
    return QWR_OK;
}

void qwr__water_free(qwr__water *w)
{
    if (!w->ctx)
        return;
    qwr__free(w->ctx, w->least_mm);
    qwr__free(w->ctx, w->edge_mm);
}

static qwr_status at_least(qwr__spans *out, const int64_t *level, int32_t count, int64_t need)
{
    out->count = 0;
    for (int32_t t = 0; t < count;) {
        if (level[t] < need) {
            t++;
            continue;
        }
        int32_t first = t;
        while (t < count && level[t] >= need)
            t++;
        QWR_TRY(qwr__spans_push(out, first, t - 1));
    }
    return QWR_OK;
}

qwr_status qwr__water_alongside(qwr__spans *out, const qwr__water *w, int64_t need_mm)
{
    return at_least(out, w->least_mm, w->ticks, need_mm);
}

qwr_status qwr__water_edges(qwr__spans *out, const qwr__water *w, int64_t need_mm)
{
    return at_least(out, w->edge_mm, w->ticks + 1, need_mm);
}
