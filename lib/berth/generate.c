/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows: for every call, place and crane count the runs of start ticks that break no rule of the
 * call on its own. What only two calls can break together (overlap, total cranes) is not seen here,
 * and what a place forbids at all times is in sites.c.
 */
#include "berth/maker.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "berth.generate";

/** A thin problem offers every so many-th place. */
enum { THIN = 8 };

/* Cuts from m->runs the starts whose stay [t, t + duration) meets a tick outside `good`. */
static qwr_status need_all(qwr__maker *m, const qwr__spans *good, int32_t from, int32_t length)
{
    int32_t gap = -from - length; /* starts t with a bad tick b in [t+from, t+from+length) */
    int32_t bad_first = 0;
    if (length <= 0)
        return QWR_OK;
    for (size_t k = 0; k <= good->count && m->runs.count; k++) {
        int32_t bad_last = k < good->count ? good->at[k].first - 1 : INT32_MAX / 2;
        if (bad_last >= bad_first)
            QWR_TRY(qwr__spans_cut(&m->runs, bad_first + gap + 1, bad_last - from));
        if (k < good->count)
            bad_first = good->at[k].last + 1;
    }
    return QWR_OK;
}

/* True when nothing is left; counts the rule for the message then. */
static bool emptied(qwr__maker *m, uint32_t call, qwr__bar rule)
{
    if (m->runs.count)
        return false;
    qwr__maker_bar(m, call, rule);
    return true;
}

static int64_t draught_out(const qwr_call *c)
{
    return c->draught_out_mm != QWR_UNSET ? c->draught_out_mm : c->draught_mm;
}

static bool closes(const qwr__closure *w, const qwr__site *x)
{
    return w->berth != QWR_NONE
               ? w->berth == x->berth
               : w->quay == x->quay && w->from_mm < x->to_mm && w->to_mm > x->from_mm;
}

static bool water_lasts(const qwr_scenario *s, int64_t need_mm, int64_t from_s, int64_t to_s)
{
    for (size_t k = 0; k < qwr_scenario_tide_count(s); k++) {
        const qwr_tide *row = qwr_scenario_tide(s, k);
        if (row->at_s > from_s && row->at_s < to_s && row->level_mm < need_mm)
            return false;
    }
    return qwr__water_level(s, from_s) >= need_mm && qwr__water_level(s, to_s) >= need_mm;
}

/*
 * A vessel pinned inside a tick comes then, not at the tick's beginning: what ends before is none
 * of its business. Leaves the run of its one start or nothing.
 */
static qwr_status pinned_run(qwr__maker *m, const qwr__site *x, int32_t t, int32_t dur)
{
    const qwr__problem *p = m->p;
    int64_t start_s = qwr__tick_s(p, t) + p->shift_s[x->call], end_s = qwr__tick_s(p, t + dur);
    qwr__bar rule = QWR__BAR_COUNT;
    if (x->berth != QWR_NONE) {
        const qwr_berth *b = qwr_scenario_berth(p->scenario, (qwr_berth_ix){x->berth});
        if (b->open_s > start_s || (b->close_s != QWR_UNSET && b->close_s < end_s))
            rule = QWR__BAR_WINDOW;
    }
    for (size_t k = 0; k < m->closure_count; k++) {
        const qwr__closure *w = &m->closures[k];
        if (closes(w, x) && w->from_s < end_s && w->to_s > start_s)
            rule = QWR__BAR_CLOSURE;
    }
    if (x->tidal && !water_lasts(p->scenario, x->need_mm, start_s, end_s))
        rule = QWR__BAR_DRAUGHT;
    if (rule == QWR__BAR_COUNT)
        return QWR_OK;
    QWR_TRY(qwr__spans_set(&m->runs, 0, -1));
    (void)emptied(m, x->call, rule);
    return QWR_OK;
}

/* Leaves in m->runs the starts that keep clear of hours, closures and low water. */
static qwr_status free_runs(qwr__maker *m, const qwr__site *x, int32_t dur)
{
    const qwr__problem *p = m->p;
    if (x->berth != QWR_NONE) {
        const qwr_berth *b = qwr_scenario_berth(p->scenario, (qwr_berth_ix){x->berth});
        int64_t open = (b->open_s - p->origin_s + p->step_s - 1) / p->step_s;
        int64_t close =
            b->close_s == QWR_UNSET ? p->horizon_tick : (b->close_s - p->origin_s) / p->step_s;
        if (b->open_s - p->origin_s > 0)
            QWR_TRY(qwr__spans_cut(&m->runs, INT32_MIN / 2, (int32_t)open - 1));
        QWR_TRY(qwr__spans_cut(&m->runs, (int32_t)close - dur + 1, INT32_MAX / 2));
        if (emptied(m, x->call, QWR__BAR_WINDOW))
            return QWR_OK;
    }
    for (size_t k = 0; k < m->closure_count; k++) {
        const qwr__closure *w = &m->closures[k];
        if (closes(w, x) && w->from < w->to)
            QWR_TRY(qwr__spans_cut(&m->runs, w->from - dur + 1, w->to - 1));
    }
    if (emptied(m, x->call, QWR__BAR_CLOSURE) || !x->tidal)
        return QWR_OK;
    const qwr__spans *good;
    QWR_TRY(qwr__maker_alongside(&good, m, x->need_mm));
    QWR_TRY(need_all(m, good, 0, dur));
    (void)emptied(m, x->call, QWR__BAR_DRAUGHT);
    return QWR_OK;
}

qwr_status qwr__maker_open_ticks(qwr__maker *m, const qwr__site *x)
{
    QWR_TRY(qwr__spans_set(&m->runs, 0, m->p->ticks - 1));
    return free_runs(m, x, 1);
}

/* Leaves in m->runs the starts in `stretch` that break no rule at this site. */
static qwr_status feasible_runs(qwr__maker *m, const qwr__site *x, const qwr__stretch *stretch,
                                int64_t cranes)
{
    const qwr__problem *p = m->p;
    const qwr_scenario *s = p->scenario;
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){x->call});
    int32_t dur = stretch->duration, last = p->due_tick[x->call] - dur;
    QWR_TRY(qwr__spans_set(&m->runs, stretch->first, stretch->last < last ? stretch->last : last));
    if (emptied(m, x->call, QWR__BAR_DEPARTURE))
        return QWR_OK;
    if (p->shift_s[x->call] == 0)
        QWR_TRY(free_runs(m, x, dur));
    else
        QWR_TRY(pinned_run(m, x, m->runs.at[0].first, dur));
    if (m->runs.count == 0)
        return QWR_OK;
    if (p->info->channel_depth_mm != QWR_UNSET && draught_out(c) != QWR_UNSET) {
        QWR_TRY(qwr__spans_and(&m->runs, &m->channel_in, 0, &m->scratch));
        QWR_TRY(qwr__spans_and(&m->runs, &m->channel_out, dur, &m->scratch));
        if (emptied(m, x->call, QWR__BAR_CHANNEL))
            return QWR_OK;
    }
    if (cranes > 0) {
        const qwr__spans *good;
        int32_t from = (int32_t)(c->mooring_s / p->step_s),
                to = dur - (int32_t)(c->unmooring_s / p->step_s);
        QWR_TRY(qwr__maker_able(&good, m, x->quay, x->cranes, cranes));
        QWR_TRY(need_all(m, good, from, to - from));
        (void)emptied(m, x->call, QWR__BAR_CRANES);
    }
    return QWR_OK;
}

static bool same_group(const qwr__group *a, const qwr__group *b)
{
    return a->first == b->first && a->last == b->last && a->duration == b->duration &&
           a->width == b->width && a->width_bound == b->width_bound &&
           a->turnaround == b->turnaround;
}

/* The group with this key. Neighbouring places have the same runs in the same order: try the next
 * one first. */
static qwr_status group_of(size_t *at, qwr__maker *m, const qwr__group *key)
{
    for (size_t k = 0; k < m->group_count; k++) {
        size_t g = (m->last_group + 1 + k) % m->group_count;
        if (same_group(&m->groups[g], key)) {
            *at = m->last_group = g;
            return QWR_OK;
        }
    }
    void *block = m->groups;
    QWR_TRY(
        qwr__reserve(m->p->ctx, &block, &m->group_capacity, m->group_count + 1, sizeof *m->groups));
    m->groups = block;
    m->groups[m->group_count] = *key;
    *at = m->last_group = m->group_count++;
    return QWR_OK;
}

static qwr_status push_draft(qwr__maker *m, const qwr__site *x, const qwr__span *run,
                             int32_t duration, int64_t cost)
{
    const qwr__problem *p = m->p;
    int64_t turnaround = 0;
    size_t group;
    if (x->berth != QWR_NONE)
        turnaround = qwr_scenario_berth(p->scenario, (qwr_berth_ix){x->berth})->turnaround_s;
    qwr__group key = {.duration = duration,
                      .width = x->width,
                      .width_bound = x->width_bound,
                      .turnaround = (int32_t)((turnaround + p->step_s - 1) / p->step_s),
                      .first = run->first,
                      .last = run->last};
    QWR_TRY(group_of(&group, m, &key));
    m->groups[group].rows++;
    void *block = m->drafts;
    QWR_TRY(
        qwr__reserve(p->ctx, &block, &m->draft_capacity, m->draft_count + 1, sizeof *m->drafts));
    m->drafts = block;
    m->drafts[m->draft_count++] =
        (qwr__draft){group, {x->cell, run->first, run->last, (int32_t)cost}};
    return QWR_OK;
}

/* Drafts of one site and crane count, for starts that need the same time. */
static qwr_status draft_stretch(qwr__maker *m, const qwr__site *x, int64_t cranes,
                                const qwr__stretch *stretch)
{
    qwr__problem *p = m->p;
    int64_t mu, units;
    if (!qwr__terms_row_mu(&mu, p, x->call, x->quay, x->berth, x->from_mm, cranes,
                           stretch->duration))
        return qwr__fail(p->ctx, QWR_EOVERFLOW, WHERE, NULL, 0,
                         "call \"%s\": its cost rates overflow",
                         qwr_scenario_call(p->scenario, (qwr_call_ix){x->call})->id);
    units = mu / p->cand.view.cost_unit_mu;
    if (units > QWR__COST_LIMIT || mu % p->cand.view.cost_unit_mu != 0) {
        p->clipped = true;
        units = units > QWR__COST_LIMIT ? QWR__COST_LIMIT : units;
    }
    QWR_TRY(feasible_runs(m, x, stretch, cranes));
    for (size_t j = 0; j < m->runs.count; j++)
        QWR_TRY(push_draft(m, x, &m->runs.at[j], stretch->duration, units));
    return QWR_OK;
}

/*
 * Starts whose work ends when the channel is too shallow to leave: the vessel stays until it is
 * deep enough. Every such start has a duration of its own, which is why only berths of a DISCRETE
 * quay offer that: along a continuous one there would be a class a start and place.
 */
static qwr_status draft_waiting(qwr__maker *m, const qwr__site *x, int64_t cranes,
                                const qwr__stretch *stretch)
{
    const qwr__spans *out = &m->channel_out;
    qwr__problem *p = m->p;
    int64_t kept[QWR__BAR_COUNT];
    memcpy(kept, p->bars[x->call], sizeof kept);
    size_t k = 0;
    for (int32_t t = stretch->first; t <= stretch->last; t++) {
        int32_t end = t + stretch->duration;
        while (k < out->count && out->at[k].last < end)
            k++;
        if (k == out->count || out->at[k].first > p->due_tick[x->call])
            break;
        if (out->at[k].first > end)
            QWR_TRY(draft_stretch(m, x, cranes, &(qwr__stretch){t, t, out->at[k].first - t}));
    }
    memcpy(p->bars[x->call], kept, sizeof kept); /* these starts were counted once */
    return QWR_OK;
}

/* Drafts of one site and crane count. */
static qwr_status draft_site(qwr__maker *m, const qwr__site *x, int64_t cranes)
{
    qwr__problem *p = m->p;
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){x->call});
    int64_t work_s;
    if (cranes > __builtin_popcountll(x->cranes)) {
        qwr__maker_bar(m, x->call, QWR__BAR_CRANES);
        return QWR_OK;
    }
    if (!qwr__work_s(&work_s, p->scenario, x->call, x->quay, x->berth, x->from_mm, cranes)) {
        qwr__maker_bar(m, x->call, QWR__BAR_CRANES);
        return QWR_OK;
    }
    int32_t first = p->ready_tick[x->call], last = p->due_tick[x->call];
    if (c->pin_start_s != QWR_UNSET)
        last = first < last ? first : last;
    QWR_TRY(qwr__maker_stretches(m, x->call, x->quay, work_s, first, last));
    if (m->stretch_count == 0)
        qwr__maker_bar(m, x->call, QWR__BAR_DEPARTURE);
    bool waits = x->berth != QWR_NONE && p->info->channel_depth_mm != QWR_UNSET &&
                 draught_out(c) != QWR_UNSET;
    for (size_t k = 0; k < m->stretch_count; k++) {
        qwr__stretch stretch = m->stretches[k];
        QWR_TRY(draft_stretch(m, x, cranes, &stretch));
        if (waits)
            QWR_TRY(draft_waiting(m, x, cranes, &stretch));
    }
    return QWR_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const qwr__row *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static qwr_status emit_class(qwr__maker *m, const qwr__group *g, uint32_t call, uint32_t quay,
                             int64_t cranes)
{
    qwr__problem *p = m->p;
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    qwr__row *rows = m->sorted + g->begin;
    bool sorted = true;
    for (size_t k = 1; k < g->rows && sorted; k++)
        sorted = compare_rows(&rows[k - 1], &rows[k]) <= 0;
    if (!sorted)
        qsort(rows, g->rows, sizeof *rows, compare_rows);
    qwr__class cls = {.call = call,
                      .group = quay,
                      .cranes = (int32_t)cranes,
                      .width = g->width,
                      .duration = g->duration,
                      .occupied = g->duration + g->turnaround,
                      .work_from = (int32_t)(c->mooring_s / p->step_s),
                      .work_to = g->duration - (int32_t)(c->unmooring_s / p->step_s)};
    if (cls.work_to < cls.work_from)
        cls.work_to = cls.work_from;
    return qwr__candidates_add(&p->cand, &cls, g->width_bound, rows, g->rows);
}

/* Hands the drafts of one (call, quay, cranes) over, class by class. */
static qwr_status emit_classes(qwr__maker *m, uint32_t call, uint32_t quay, int64_t cranes)
{
    void *block = m->sorted;
    QWR_TRY(qwr__reserve(m->p->ctx, &block, &m->sorted_capacity, m->draft_count + 1,
                         sizeof *m->sorted));
    m->sorted = block;
    for (size_t k = 0, begin = 0; k < m->group_count; k++) {
        m->groups[k].begin = begin;
        begin += m->groups[k].rows;
        m->groups[k].rows = 0;
    }
    for (size_t k = 0; k < m->draft_count; k++) {
        qwr__group *g = &m->groups[m->drafts[k].group];
        m->sorted[g->begin + g->rows++] = m->drafts[k].row;
    }
    for (size_t k = 0; k < m->group_count; k++)
        QWR_TRY(emit_class(m, &m->groups[k], call, quay, cranes));
    return QWR_OK;
}

/* A thin problem keeps every THIN-th place, all places near the preferred one, and pinned ones. */
static bool thinned_out(const qwr__problem *p, const qwr_call *c, int32_t cell,
                        int32_t preferred_cell)
{
    int32_t off = cell < preferred_cell ? preferred_cell - cell : cell - preferred_cell;
    return p->thin && off > 4 && off % THIN && p->cell_berth[cell] == QWR_NONE &&
           c->pin_position_mm == QWR_UNSET;
}

/* Examines the cells of a quay outwards from the cheapest one, so that rows come out nearly sorted.
 */
qwr_status qwr__maker_sites(qwr__maker *m, uint32_t call, uint32_t quay)
{
    const qwr__problem *p = m->p;
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    const qwr__axis_quay *a = &p->quay[quay];
    int32_t up = a->first_cell, down;
    if (c->preferred_mm != QWR_UNSET && c->preferred_quay.v == quay)
        while (up < a->end_cell && p->cell_mm[up] < c->preferred_mm)
            up++;
    int32_t preferred_cell = up;
    down = up - 1;
    m->site_count = 0;
    while (up < a->end_cell || down >= a->first_cell) {
        bool rise = down < a->first_cell ||
                    (up < a->end_cell &&
                     p->cell_mm[up] - c->preferred_mm < c->preferred_mm - p->cell_mm[down]);
        qwr__site x = {.call = call, .quay = quay, .cell = rise ? up++ : down--};
        if (thinned_out(p, c, x.cell, preferred_cell) || !qwr__maker_examine(m, &x))
            continue;
        void *block = m->sites;
        QWR_TRY(
            qwr__reserve(p->ctx, &block, &m->site_capacity, m->site_count + 1, sizeof *m->sites));
        m->sites = block;
        m->sites[m->site_count++] = x;
    }
    return QWR_OK;
}

qwr_status qwr__maker_channel(qwr__maker *m, uint32_t call)
{
    const qwr__problem *p = m->p;
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    int64_t out = draught_out(c);
    if (p->info->channel_depth_mm == QWR_UNSET || out == QWR_UNSET)
        return QWR_OK;
    int64_t base = p->info->ukc_channel_mm - p->info->channel_depth_mm;
    QWR_TRY(qwr__water_edges(&m->channel_out, &m->water, out + base));
    if (c->draught_mm == QWR_UNSET)
        return qwr__spans_set(&m->channel_in, 0, p->ticks);
    if (p->shift_s[call] == 0)
        return qwr__water_edges(&m->channel_in, &m->water, c->draught_mm + base);
    /* A pinned start inside a tick: ask for the water at that very second. */
    bool enough = qwr__water_level(p->scenario, c->pin_start_s) >= c->draught_mm + base;
    return qwr__spans_set(&m->channel_in, 0, enough ? p->ticks : -1);
}

static qwr_status generate_call(qwr__maker *m, uint32_t call)
{
    const qwr__problem *p = m->p;
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    int64_t least = c->min_cranes, most = c->max_cranes;
    QWR_TRY(qwr__maker_channel(m, call));
    if (c->pin_cranes != QWR_UNSET)
        least = most = c->pin_cranes >= least && c->pin_cranes <= most ? c->pin_cranes : -1;
    if (least < 0)
        qwr__maker_bar(m, call, QWR__BAR_PIN);
    if (p->thin && least > 0)
        least = most = (least + most + 1) / 2;
    for (uint32_t quay = 0; quay < p->cand.view.group_count && least >= 0; quay++) {
        QWR_TRY(qwr__maker_sites(m, call, quay));
        for (int64_t cranes = least; cranes <= most; cranes++) {
            m->draft_count = m->group_count = m->last_group = 0;
            for (size_t k = 0; k < m->site_count; k++)
                QWR_TRY(draft_site(m, &m->sites[k], cranes));
            QWR_TRY(emit_classes(m, call, quay, cranes));
        }
    }
    return QWR_OK;
}

qwr_status qwr__generate_rows(qwr__problem *p)
{
    qwr__maker m;
    qwr_status status = qwr__maker_init(&m, p);
    for (uint32_t i = 0; status == QWR_OK && i < p->cand.view.call_count; i++) {
        p->cut = p->deadline_us >= 0 && (qwr__cancelled(p->ctx) || qwr__now_us() >= p->deadline_us);
        if (p->cut)
            break;
        if (p->ready_tick[i] < p->due_tick[i])
            status = generate_call(&m, i);
        else
            qwr__maker_bar(&m, i,
                           qwr_scenario_call(p->scenario, (qwr_call_ix){i})->pin_start_s !=
                                   QWR_UNSET
                               ? QWR__BAR_PIN
                               : QWR__BAR_DEPARTURE);
    }
    if (status == QWR_OK)
        status = qwr__candidates_finish(&p->cand);
    qwr__maker_free(&m);
    return status;
}
