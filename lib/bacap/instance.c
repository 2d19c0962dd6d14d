/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of the room, read once from the scenario by way of the berth problem's own examination of
 * places: what a place costs and needs, which ticks it allows, which cranes reach it.
 */
#include "bacap/bacap.h"
#include "berth/maker.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "bacap.instance";

/* Makes room for one more entry of a growing array. */
#define GROW(f, array, room, count)                                                                \
    do {                                                                                           \
        void *block = (f)->array;                                                                  \
        QWR_TRY(qwr__reserve((f)->ctx, &block, &(f)->room, (count) + 1, sizeof *(f)->array));      \
        (f)->array = block;                                                                        \
    } while (0)

static int64_t draught_out(const qwr_call *c)
{
    return c->draught_out_mm != QWR_UNSET ? c->draught_out_mm : c->draught_mm;
}

/* The window with these bad ticks: one that is there already, or a new one. Takes over `bad`. */
static qwr_status window_of(uint32_t *out, qwr__bacap_facts *f, int32_t *bad)
{
    size_t bytes = ((size_t)f->ticks + 1) * sizeof *bad;
    for (size_t k = f->windows; k-- > 0;)
        if (memcmp(f->bad[k], bad, bytes) == 0) {
            qwr__free(f->ctx, bad);
            *out = (uint32_t)k;
            return QWR_OK;
        }
    void *block = f->bad;
    qwr_status status =
        qwr__reserve(f->ctx, &block, &f->window_room, f->windows + 1, sizeof *f->bad);
    if (status != QWR_OK) {
        qwr__free(f->ctx, bad);
        return status;
    }
    f->bad = block;
    *out = (uint32_t)f->windows;
    f->bad[f->windows++] = bad;
    return QWR_OK;
}

/* Which ticks allow the vessel of the site to lie there. */
static qwr_status make_window(uint32_t *out, qwr__bacap_facts *f, qwr__maker *m, const qwr__site *x)
{
    QWR_TRY(qwr__maker_open_ticks(m, x));
    int32_t *bad = qwr__alloc(f->ctx, (size_t)f->ticks + 1, sizeof *bad);
    if (!bad)
        return qwr__no_memory(f->ctx, WHERE);
    int32_t count = 0, t = 0;
    for (size_t k = 0; k <= m->runs.count; k++) {
        int32_t first = k < m->runs.count ? m->runs.at[k].first : f->ticks;
        for (; t < first; t++)
            bad[t] = count++;
        int32_t last = k < m->runs.count ? m->runs.at[k].last : f->ticks - 1;
        for (; t <= last; t++)
            bad[t] = count;
    }
    bad[f->ticks] = count;
    return window_of(out, f, bad);
}

/* Cranes of this mask in service, tick by tick. */
static qwr_status make_gang(uint32_t *out, qwr__bacap_facts *f, qwr__maker *m, uint32_t quay,
                            uint64_t mask)
{
    for (size_t k = f->gangs; k-- > 0;)
        if (f->gang_quay[k] == quay && f->gang_mask[k] == mask) {
            *out = (uint32_t)k;
            return QWR_OK;
        }
    GROW(f, gang, gang_room, f->gangs);
    GROW(f, gang_mask, mask_room, f->gangs);
    GROW(f, gang_quay, gang_quay_room, f->gangs);
    int16_t *count = qwr__alloc(f->ctx, (size_t)f->ticks + 1, sizeof *count);
    if (!count)
        return qwr__no_memory(f->ctx, WHERE);
    f->gang[f->gangs] = count;
    f->gang_mask[f->gangs] = mask;
    f->gang_quay[f->gangs] = quay;
    *out = (uint32_t)f->gangs++;
    for (int32_t t = 0; t < f->ticks; t++)
        count[t] = (int16_t)__builtin_popcountll(mask);
    for (size_t k = 0; k < m->outage_count; k++) {
        const qwr__outage *o = &m->outages[k];
        if (o->quay != quay || !(mask >> o->bit & 1))
            continue;
        for (int32_t t = o->from; t < o->to; t++) {
            bool counted = false; /* overlapping outages of one crane count once */
            for (size_t j = 0; j < k && !counted; j++)
                counted = m->outages[j].quay == quay && m->outages[j].bit == o->bit &&
                          m->outages[j].from <= t && t < m->outages[j].to;
            count[t] = (int16_t)(count[t] - !counted);
        }
    }
    return QWR_OK;
}

/* Moves x 3600 x 10^6, grown by the deviation from the preferred position and rounded up. */
static bool work_needed(int64_t *need, const qwr_scenario *s, const qwr__site *x)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){x->call});
    __int128 work =
        (__int128)qwr_scenario_call_moves(s, (qwr_call_ix){x->call}) * INT64_C(3600000000);
    if (c->deviation_work_ppm_m && c->preferred_mm != QWR_UNSET && c->preferred_quay.v == x->quay) {
        int64_t off = x->from_mm - c->preferred_mm;
        off = off < 0 ? -off : off;
        if (off > INT64_C(1000000000))
            return false;
        work = work * (INT64_C(1000000000) + (__int128)c->deviation_work_ppm_m * off);
        work = (work + 999999999) / 1000000000;
    }
    if (work > INT64_C(1) << 60)
        return false;
    *need = (int64_t)work;
    return true;
}

static qwr_status push_place(qwr__bacap_facts *f, qwr__maker *m, const qwr__site *x, int64_t need)
{
    int64_t tail_s = 0;
    qwr__place place = {
        .cell = x->cell, .width = x->width, .width_bound = x->width_bound, .need = need};
    if (x->berth != QWR_NONE)
        tail_s = qwr_scenario_berth(f->problem->scenario, (qwr_berth_ix){x->berth})->turnaround_s;
    place.tail = (int32_t)((tail_s + f->step_s - 1) / f->step_s);
    if (!qwr__terms_place_mu(&place.mu, f->problem, x->call, x->quay, x->berth, x->from_mm))
        return qwr__fail(f->ctx, QWR_EOVERFLOW, WHERE, NULL, 0,
                         "call \"%s\": its cost rates overflow",
                         qwr_scenario_call(f->problem->scenario, (qwr_call_ix){x->call})->id);
    QWR_TRY(make_window(&place.window, f, m, x));
    QWR_TRY(make_gang(&place.gang, f, m, x->quay, x->cranes));
    GROW(f, place, place_room, f->place_count);
    f->place[f->place_count++] = place;
    return QWR_OK;
}

static int compare_places(const void *a, const void *b)
{
    const qwr__place *x = a, *y = b;
    if (x->mu != y->mu)
        return x->mu < y->mu ? -1 : 1;
    if (x->need != y->need)
        return x->need < y->need ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Closes a side once its places are pushed; a side without any is dropped. */
static qwr_status push_side(qwr__bacap_facts *f, qwr__side side)
{
    side.end_place = (uint32_t)f->place_count;
    if (side.end_place == side.first_place)
        return QWR_OK;
    qwr__place *first = f->place + side.first_place;
    qsort(first, side.end_place - side.first_place, sizeof *first, compare_places);
    side.least_need = INT64_MAX;
    for (uint32_t k = side.first_place; k < side.end_place; k++) {
        const qwr__place *x = &f->place[k];
        side.least_need = x->need < side.least_need ? x->need : side.least_need;
        side.most_need = x->need > side.most_need ? x->need : side.most_need;
    }
    int64_t a_tick = side.rate[side.most] * f->step_s, work = side.least_need;
    /* A pinned start inside its tick and weather only make it longer. */
    work = a_tick > 0 ? (work + a_tick - 1) / a_tick : 0;
    work += f->mooring[side.call] + f->unmooring[side.call];
    side.shortest = work < 1 ? 1 : work > f->ticks ? f->ticks : (int32_t)work;
    GROW(f, side, side_room, f->side_count);
    f->side[f->side_count++] = side;
    return QWR_OK;
}

/* Is the handling time of the call at this place given, so that its crane count cannot vary? */
static bool is_fixed(const qwr_scenario *s, const qwr__site *x)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){x->call});
    if (x->berth != QWR_NONE &&
        qwr_scenario_handling_s(s, (qwr_call_ix){x->call}, (qwr_berth_ix){x->berth}) != QWR_UNSET)
        return true;
    return c->handling_s != QWR_UNSET;
}

/* Crane counts may vary: one side with them all. */
static qwr_status varying_side(qwr__bacap_facts *f, qwr__maker *m, qwr__side side)
{
    const qwr_scenario *s = f->problem->scenario;
    int64_t rate = qwr_scenario_rate_milli(s, (qwr_call_ix){side.call}, (qwr_quay_ix){side.quay});
    for (int32_t q = side.least; q <= side.most; q++) {
        int64_t efficiency = qwr_scenario_efficiency_milli(s, (qwr_call_ix){side.call}, q);
        if (efficiency < 0 || !qwr__mul64(&side.rate[q], rate, efficiency) ||
            (q > side.least && side.rate[q] < side.rate[q - 1]))
            return QWR_EUNSUPPORTED; /* more cranes that do less: nothing here expects that */
    }
    for (size_t k = 0; k < m->site_count; k++) {
        int64_t need;
        if (!is_fixed(s, &m->sites[k]) && work_needed(&need, s, &m->sites[k]) &&
            (side.rate[side.most] > 0 || need == 0))
            QWR_TRY(push_place(f, m, &m->sites[k], need));
    }
    return push_side(f, side);
}

/* Given handling times: a side for each count, its work counted in seconds. */
static qwr_status fixed_sides(qwr__bacap_facts *f, qwr__maker *m, const qwr__side *whole)
{
    for (int32_t q = whole->least; q <= whole->most; q++) {
        qwr__side side = *whole;
        side.least = side.most = q;
        side.rate[q] = 1;
        side.first_place = (uint32_t)f->place_count;
        for (size_t k = 0; k < m->site_count; k++) {
            const qwr__site *x = &m->sites[k];
            int64_t need;
            if (is_fixed(f->problem->scenario, x) &&
                qwr__work_s(&need, f->problem->scenario, x->call, x->quay, x->berth, x->from_mm, q))
                QWR_TRY(push_place(f, m, x, need));
        }
        QWR_TRY(push_side(f, side));
    }
    return QWR_OK;
}

static qwr_status make_call(qwr__bacap_facts *f, qwr__maker *m, uint32_t i)
{
    const qwr_call *c = qwr_scenario_call(f->problem->scenario, (qwr_call_ix){i});
    int64_t least = c->min_cranes, most = c->max_cranes;
    uint8_t *comes = f->comes + (size_t)i * ((size_t)f->ticks + 1),
            *leaves = f->leaves + (size_t)i * ((size_t)f->ticks + 1);
    f->side_begin[i] = (uint32_t)f->side_count;
    if (most >= QWR__BACAP_CRANES)
        return QWR_EUNSUPPORTED;
    if (f->problem->ready_tick[i] >= f->problem->due_tick[i])
        return QWR_OK; /* the berth problem has said why */
    if (c->pin_cranes != QWR_UNSET) {
        if (c->pin_cranes < least || c->pin_cranes > most)
            return QWR_OK;
        least = most = c->pin_cranes;
    }
    QWR_TRY(qwr__maker_channel(m, i));
    bool channel = f->problem->info->channel_depth_mm != QWR_UNSET && draught_out(c) != QWR_UNSET;
    int32_t last =
        c->pin_start_s != QWR_UNSET ? f->problem->ready_tick[i] : f->problem->due_tick[i];
    for (int32_t t = f->problem->ready_tick[i]; t <= last; t++)
        comes[t] = !channel;
    for (int32_t t = f->problem->ready_tick[i] + 1; t <= f->problem->due_tick[i]; t++)
        leaves[t] = !channel;
    for (size_t k = 0; channel && k < m->channel_in.count; k++)
        for (int32_t t = m->channel_in.at[k].first; t <= m->channel_in.at[k].last; t++)
            if (t >= f->problem->ready_tick[i] && t <= last)
                comes[t] = 1;
    for (size_t k = 0; channel && k < m->channel_out.count; k++)
        for (int32_t t = m->channel_out.at[k].first; t <= m->channel_out.at[k].last; t++)
            if (t > f->problem->ready_tick[i] && t <= f->problem->due_tick[i])
                leaves[t] = 1;
    f->mooring[i] = (int32_t)(c->mooring_s / f->step_s);
    f->unmooring[i] = (int32_t)(c->unmooring_s / f->step_s);
    int64_t kept[QWR__BAR_COUNT]; /* the places were counted once already */
    memcpy(kept, m->p->bars[i], sizeof kept);
    for (uint32_t quay = 0; quay < f->quays; quay++) {
        qwr__side side = {.call = i,
                          .quay = quay,
                          .least = (int32_t)least,
                          .most = (int32_t)most,
                          .first_place = (uint32_t)f->place_count};
        QWR_TRY(qwr__maker_sites(m, i, quay));
        QWR_TRY(varying_side(f, m, side));
        QWR_TRY(fixed_sides(f, m, &side));
    }
    memcpy(m->p->bars[i], kept, sizeof kept);
    return QWR_OK;
}

/* Seconds of weather stops at each quay before each tick. */
static void count_pauses(qwr__bacap_facts *f, const qwr__maker *m)
{
    for (size_t k = 0; k < m->stop_count; k++) {
        const qwr__stop *w = &m->stops[k];
        int64_t *pause = f->pause_s + (size_t)w->quay * ((size_t)f->ticks + 1);
        for (int32_t t = 0; t < f->ticks; t++) {
            int64_t from = qwr__tick_s(f->problem, t), to = from + f->step_s;
            from = w->from_s > from ? w->from_s : from;
            to = w->to_s < to ? w->to_s : to;
            pause[t + 1] += to > from ? to - from : 0;
        }
    }
    for (uint32_t g = 0; g < f->quays; g++) {
        int64_t *pause = f->pause_s + (size_t)g * ((size_t)f->ticks + 1);
        for (int32_t t = 0; t < f->ticks; t++)
            pause[t + 1] += pause[t];
    }
}

static qwr_status allocate(qwr__bacap_facts *f)
{
    size_t ticks = (size_t)f->ticks + 1;
    f->side_begin = qwr__alloc(f->ctx, (size_t)f->calls + 2, sizeof *f->side_begin);
    f->comes = qwr__alloc(f->ctx, ((size_t)f->calls + 1) * ticks, 1);
    f->leaves = qwr__alloc(f->ctx, ((size_t)f->calls + 1) * ticks, 1);
    f->pause_s = qwr__alloc(f->ctx, ((size_t)f->quays + 1) * ticks, sizeof *f->pause_s);
    f->mooring = qwr__alloc(f->ctx, (size_t)f->calls + 1, sizeof *f->mooring);
    f->unmooring = qwr__alloc(f->ctx, (size_t)f->calls + 1, sizeof *f->unmooring);
    f->period_end = qwr__alloc(f->ctx, ticks, sizeof *f->period_end);
    bool all = f->period_end && f->side_begin && f->comes && f->leaves && f->pause_s &&
               f->mooring && f->unmooring;
    return all ? QWR_OK : qwr__no_memory(f->ctx, WHERE);
}

static void find_periods(qwr__bacap_facts *f)
{
    int64_t ticks = f->period_s / f->step_s, origin = f->problem->origin_s / f->step_s;
    for (int32_t t = 0; t <= f->ticks; t++) {
        int64_t into = (origin + t) % ticks;
        f->period_end[t] = t + (int32_t)(ticks - (into < 0 ? into + ticks : into));
    }
}

/* Periods must begin where ticks do, and a plan must not count its makespan. */
static bool supported(const qwr__problem *p)
{
    int64_t period = p->info->crane_period_s;
    return p->info->profile == QWR_PROFILE_VARYING && p->info->objective == QWR_OBJECTIVE_COST &&
           !p->thin && !p->cut && period > 0 && period % p->step_s == 0 &&
           p->origin_s % p->step_s == 0;
}

qwr_status qwr__bacap_facts_init(qwr__bacap_facts *f, const qwr__berth *b)
{
    qwr__problem *p = b->problem;
    qwr__maker m;
    memset(f, 0, sizeof *f);
    if (!supported(p))
        return QWR_EUNSUPPORTED;
    const qwr_problem_view *v = &p->cand.view;
    f->ctx = p->ctx;
    f->problem = p;
    f->calls = v->call_count;
    f->quays = v->group_count;
    f->ticks = p->ticks;
    f->words = (int32_t)((v->cell_count + 63) / 64);
    f->step_s = p->step_s;
    f->period_s = p->info->crane_period_s;
    f->exact = !p->clipped;
    f->whole = true;
    QWR_TRY(allocate(f));
    find_periods(f);
    qwr_status status = qwr__maker_init(&m, p);
    for (uint32_t i = 0; i < f->calls && status == QWR_OK; i++) {
        status = qwr__berth_over(b) ? QWR_EUNSUPPORTED : make_call(f, &m, i);
        /* A start inside a tick is held to whole ticks here, and is one option of many there. */
        f->exact = f->exact && p->shift_s[i] == 0;
        f->whole = f->whole && p->shift_s[i] == 0;
        bool there = v->call_class_begin[i] < v->call_class_begin[i + 1],
             here = f->side_begin[i] < f->side_count;
        if (status == QWR_OK && there && !here)
            status = QWR_EUNSUPPORTED;
        if (!there && here) { /* what the berth stage takes for hopeless stays out */
            f->side_count = f->side_begin[i];
            f->whole = false;
        }
    }
    if (status == QWR_OK) {
        f->side_begin[f->calls] = (uint32_t)f->side_count;
        count_pauses(f, &m);
    }
    qwr__maker_free(&m);
    return status;
}

void qwr__bacap_facts_free(qwr__bacap_facts *f)
{
    if (!f->ctx)
        return;
    for (size_t k = 0; k < f->windows; k++)
        qwr__free(f->ctx, f->bad[k]);
    for (size_t k = 0; k < f->gangs; k++)
        qwr__free(f->ctx, f->gang[k]);
    void *blocks[] = {f->bad,        f->gang,      f->gang_mask, f->gang_quay, f->side,
                      f->side_begin, f->place,     f->comes,     f->leaves,    f->pause_s,
                      f->mooring,    f->unmooring, f->period_end};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        qwr__free(f->ctx, blocks[k]);
    memset(f, 0, sizeof *f);
}
