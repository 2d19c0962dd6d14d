/* SPDX-License-Identifier: Apache-2.0 */
/* Windows of the scenario in ticks: closures, crane outages, weather; and who is able when. */
#include "berth/maker.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "berth.windows";

static int32_t clamp_tick(const qwr__problem *p, int64_t t)
{
    return (int32_t)(t < 0 ? 0 : t > p->ticks ? p->ticks : t);
}

/* First tick touched by, and first tick past, the interval of seconds. */
static void tick_range(const qwr__problem *p, const qwr_window *w, int32_t *from, int32_t *to)
{
    int64_t a = w->from_s - p->origin_s, b = w->to_s - p->origin_s;
    *from = clamp_tick(p, a <= 0 ? 0 : a / p->step_s);
    *to = clamp_tick(p, b <= 0 ? 0 : (b + p->step_s - 1) / p->step_s);
}

static int compare_stops(const void *a, const void *b)
{
    const qwr__stop *x = a, *y = b;
    if (x->quay != y->quay)
        return x->quay < y->quay ? -1 : 1;
    return (x->from_s > y->from_s) - (x->from_s < y->from_s);
}

static void merge_stops(qwr__maker *m)
{
    qsort(m->stops, m->stop_count, sizeof *m->stops, compare_stops);
    size_t out = 0;
    for (size_t k = 0; k < m->stop_count; k++) {
        qwr__stop *last = out ? &m->stops[out - 1] : NULL;
        if (last && last->quay == m->stops[k].quay && last->to_s >= m->stops[k].from_s) {
            if (m->stops[k].to_s > last->to_s)
                last->to_s = m->stops[k].to_s;
        } else {
            m->stops[out++] = m->stops[k];
        }
    }
    m->stop_count = out;
}

/* Each crane's place among the cranes of its quay, by rail order: its bit in a mask of 64. */
static qwr_status number_cranes(qwr__maker *m)
{
    const qwr_scenario *s = m->p->scenario;
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++) {
        const qwr_crane *c = qwr_scenario_crane(s, (qwr_crane_ix){k});
        for (uint32_t j = 0; j < qwr_scenario_crane_count(s); j++) {
            const qwr_crane *o = qwr_scenario_crane(s, (qwr_crane_ix){j});
            m->crane_bit[k] += o->quay.v == c->quay.v && o->rail_order < c->rail_order;
        }
        if (m->crane_bit[k] >= 64)
            return qwr__fail(m->p->ctx, QWR_ETOOBIG, WHERE, NULL, 0,
                             "quay \"%s\" has more than 64 cranes; split it into two quays",
                             qwr_scenario_quay(s, c->quay)->id);
        m->quay_cranes[c->quay.v] |= UINT64_C(1) << m->crane_bit[k];
    }
    return QWR_OK;
}

static void collect(qwr__maker *m)
{
    const qwr__problem *p = m->p;
    const qwr_scenario *s = p->scenario;
    for (uint32_t k = 0; k < qwr_scenario_window_count(s); k++) {
        const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){k});
        int32_t from, to;
        tick_range(p, w, &from, &to);
        if (w->kind == QWR_WINDOW_CLOSURE) {
            uint32_t quay = w->quay.v;
            if (w->berth.v != QWR_NONE)
                quay = qwr_scenario_berth(s, w->berth)->quay.v;
            m->closures[m->closure_count++] =
                (qwr__closure){quay,      w->berth.v, from,
                               to,        w->from_mm, w->to_mm == QWR_UNSET ? INT64_MAX : w->to_mm,
                               w->from_s, w->to_s};
        } else if (w->kind == QWR_WINDOW_MAINTENANCE && w->crane.v != QWR_NONE) {
            const qwr_crane *c = qwr_scenario_crane(s, w->crane);
            m->outages[m->outage_count++] =
                (qwr__outage){c->quay.v, m->crane_bit[w->crane.v], from, to};
        } else if (w->kind == QWR_WINDOW_WEATHER) {
            for (uint32_t g = 0; g < qwr_scenario_quay_count(s); g++)
                if (w->quay.v == QWR_NONE || w->quay.v == g)
                    m->stops[m->stop_count++] = (qwr__stop){g, w->from_s, w->to_s};
        }
    }
    merge_stops(m);
}

static void link_places(qwr__maker *m)
{
    const qwr_scenario *s = m->p->scenario;
    for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++)
        m->place_head[i] = QWR_NONE;
    for (size_t k = qwr_scenario_place_count(s); k-- > 0;) {
        uint32_t i = qwr_scenario_place(s, k)->call.v;
        m->place_next[k] = m->place_head[i];
        m->place_head[i] = (uint32_t)k;
    }
}

/* Cranes in service per quay and tick. */
static void capacity(qwr__maker *m)
{
    qwr__problem *p = m->p;
    int32_t *cap = p->cand.crane_capacity;
    memset(cap, 0, p->cand.view.group_count * (size_t)p->ticks * sizeof *cap);
    for (uint32_t k = 0; k < qwr_scenario_crane_count(p->scenario); k++) {
        uint32_t g = qwr_scenario_crane(p->scenario, (qwr_crane_ix){k})->quay.v;
        for (int32_t t = 0; t < p->ticks; t++)
            cap[(size_t)g * (size_t)p->ticks + (size_t)t]++;
    }
    for (size_t k = 0; k < m->outage_count; k++) {
        const qwr__outage *o = &m->outages[k];
        for (int32_t t = o->from; t < o->to; t++) {
            bool counted = false; /* overlapping outages of one crane count once */
            for (size_t j = 0; j < k && !counted; j++)
                counted = m->outages[j].quay == o->quay && m->outages[j].bit == o->bit &&
                          m->outages[j].from <= t && t < m->outages[j].to;
            if (!counted)
                cap[(size_t)o->quay * (size_t)p->ticks + (size_t)t]--;
        }
    }
}

qwr_status qwr__maker_init(qwr__maker *m, qwr__problem *p)
{
    const qwr_scenario *s = p->scenario;
    size_t windows = qwr_scenario_window_count(s), quays = qwr_scenario_quay_count(s);
    memset(m, 0, sizeof *m);
    m->p = p;
    m->runs.ctx = m->scratch.ctx = m->channel_in.ctx = m->channel_out.ctx = p->ctx;
    m->closures = qwr__alloc(p->ctx, windows + 1, sizeof *m->closures);
    m->outages = qwr__alloc(p->ctx, windows + 1, sizeof *m->outages);
    m->stops = qwr__alloc(p->ctx, windows * quays + 1, sizeof *m->stops);
    m->place_head = qwr__alloc(p->ctx, qwr_scenario_call_count(s) + 1, sizeof *m->place_head);
    m->place_next = qwr__alloc(p->ctx, qwr_scenario_place_count(s) + 1, sizeof *m->place_next);
    m->quay_cranes = qwr__alloc(p->ctx, quays + 1, sizeof *m->quay_cranes);
    m->crane_bit = qwr__alloc(p->ctx, qwr_scenario_crane_count(s) + 1, sizeof *m->crane_bit);
    if (!m->crane_bit || !m->closures || !m->outages || !m->stops || !m->place_head ||
        !m->place_next || !m->quay_cranes)
        return qwr__no_memory(p->ctx, WHERE);
    QWR_TRY(qwr__water_init(&m->water, p));
    QWR_TRY(number_cranes(m));
    collect(m);
    link_places(m);
    capacity(m);
    return QWR_OK;
}

void qwr__maker_free(qwr__maker *m)
{
    if (!m->p)
        return;
    qwr_context *ctx = m->p->ctx;
    qwr__spans *spans[] = {&m->runs, &m->scratch, &m->channel_in, &m->channel_out};
    void *plain[] = {m->closures,   m->outages,     m->stops,     m->place_head,
                     m->place_next, m->quay_cranes, m->crane_bit, m->stretches,
                     m->drafts,     m->sorted,      m->need_cache};
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++)
        qwr__spans_free(spans[k]);
    for (size_t k = 0; k < m->cache_count; k++)
        qwr__spans_free(&m->water_cache[k]);
    qwr__free(ctx, m->water_cache);
    for (size_t k = 0; k < m->able_capacity; k++)
        qwr__spans_free(&m->able_cache[k].spans);
    qwr__free(ctx, m->able_cache);
    qwr__free(ctx, m->sites);
    qwr__free(ctx, m->groups);
    for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
        qwr__free(ctx, plain[k]);
    qwr__water_free(&m->water);
}

/* Fills `able` with the ticks in which at least `cranes` of `mask` are in service. */
static qwr_status count_able(const qwr__maker *m, qwr__spans *able, uint32_t quay, uint64_t mask,
                             int64_t cranes)
{
    QWR_TRY(qwr__spans_set(able, 0, m->p->ticks - 1));
    int64_t all = __builtin_popcountll(mask);
    if (all < cranes)
        able->count = 0;
    /* Where k outages of able cranes overlap, all - k are left: check each outage's start on. */
    for (size_t k = 0; k < m->outage_count && able->count; k++) {
        const qwr__outage *o = &m->outages[k];
        if (o->quay != quay || !(mask >> o->bit & 1))
            continue;
        int32_t t = o->from;
        while (t < o->to) {
            int32_t next = o->to;
            uint64_t out_of_service = 0;
            for (size_t j = 0; j < m->outage_count; j++) {
                const qwr__outage *x = &m->outages[j];
                if (x->quay != quay || !(mask >> x->bit & 1))
                    continue;
                if (x->from <= t && t < x->to)
                    out_of_service |= UINT64_C(1) << x->bit;
                if (x->from > t && x->from < next)
                    next = x->from;
                if (x->to > t && x->to < next)
                    next = x->to;
            }
            if (all - __builtin_popcountll(out_of_service) < cranes)
                QWR_TRY(qwr__spans_cut(able, t, next - 1));
            t = next;
        }
    }
    return QWR_OK;
}

/* The slot of a question in the hash table: the one that holds it, or a free one. */
static qwr__able *able_slot(qwr__able *table, size_t capacity, uint32_t quay, uint64_t mask,
                            int64_t cranes)
{
    uint64_t h =
        (mask ^ (uint64_t)cranes << 56 ^ (uint64_t)quay << 40) * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t k = (size_t)(h >> 32);; k++) {
        qwr__able *a = &table[k & (capacity - 1)];
        if (!a->used || (a->quay == quay && a->mask == mask && a->cranes == cranes))
            return a;
    }
}

static qwr_status able_grow(qwr__maker *m)
{
    size_t capacity = m->able_capacity ? m->able_capacity * 2 : 256;
    qwr__able *table = qwr__alloc(m->p->ctx, capacity, sizeof *table);
    if (!table)
        return qwr__no_memory(m->p->ctx, WHERE);
    for (size_t k = 0; k < m->able_capacity; k++) {
        const qwr__able *a = &m->able_cache[k];
        if (a->used)
            *able_slot(table, capacity, a->quay, a->mask, a->cranes) = *a;
    }
    qwr__free(m->p->ctx, m->able_cache);
    m->able_cache = table;
    m->able_capacity = capacity;
    return QWR_OK;
}

qwr_status qwr__maker_able(const qwr__spans **out, qwr__maker *m, uint32_t quay, uint64_t mask,
                           int64_t cranes)
{
    if (m->able_count * 2 >= m->able_capacity)
        QWR_TRY(able_grow(m));
    qwr__able *a = able_slot(m->able_cache, m->able_capacity, quay, mask, cranes);
    if (!a->used) {
        *a = (qwr__able){.used = true,
                         .quay = quay,
                         .mask = mask,
                         .cranes = cranes,
                         .spans = {.ctx = m->p->ctx}};
        m->able_count++;
        QWR_TRY(count_able(m, &a->spans, quay, mask, cranes));
    }
    *out = &a->spans;
    return QWR_OK;
}

qwr_status qwr__maker_alongside(const qwr__spans **out, qwr__maker *m, int64_t need_mm)
{
    for (size_t k = 0; k < m->cache_count; k++)
        if (m->need_cache[k] == need_mm) {
            *out = &m->water_cache[k];
            return QWR_OK;
        }
    if (m->cache_count == m->cache_capacity) {
        size_t wanted = m->cache_capacity ? m->cache_capacity * 2 : 32;
        void *needs = qwr__resize(m->p->ctx, m->need_cache, wanted, sizeof *m->need_cache);
        if (!needs)
            return qwr__no_memory(m->p->ctx, WHERE);
        m->need_cache = needs;
        void *spans = qwr__resize(m->p->ctx, m->water_cache, wanted, sizeof *m->water_cache);
        if (!spans)
            return qwr__no_memory(m->p->ctx, WHERE);
        m->water_cache = spans;
        m->cache_capacity = wanted;
    }
    size_t k = m->cache_count++;
    m->need_cache[k] = need_mm;
    m->water_cache[k] = (qwr__spans){.ctx = m->p->ctx};
    *out = &m->water_cache[k];
    return qwr__water_alongside(&m->water_cache[k], &m->water, need_mm);
}

uint64_t qwr__maker_cranes(const qwr__maker *m, uint32_t quay, const qwr_call *c, int64_t from_mm,
                           int64_t to_mm)
{
    const qwr_scenario *s = m->p->scenario;
    uint64_t mask = 0;
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++) {
        const qwr_crane *crane = qwr_scenario_crane(s, (qwr_crane_ix){k});
        if (crane->quay.v != quay)
            continue;
        bool reaches = crane->reach_from_mm < to_mm &&
                       (crane->reach_to_mm == QWR_UNSET || crane->reach_to_mm > from_mm);
        bool wide = crane->outreach_mm == QWR_UNSET || c->beam_mm == QWR_UNSET ||
                    crane->outreach_mm >= c->beam_mm;
        if (reaches && wide)
            mask |= UINT64_C(1) << m->crane_bit[k];
    }
    return mask;
}
