/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vessels alongside as part of a scenario: pinned where they are, with the work that is left. A
 * fact that breaks a rule makes the rule give way, or keeps its place free. Must never move a
 * vessel.
 */
#include "engine/session_facts.h"

#include <stdio.h>
#include <string.h>

/* --- how long it stays -------------------------------------------------------------------------
 */

static bool is_weather(const qwr_window *w, qwr_quay_ix quay)
{
    return w->kind == QWR_WINDOW_WEATHER && w->quay.v == quay.v;
}

/* The instant until which the weather that rages at `at_s` lasts; `at_s` if there is none. */
static int64_t weather_ends(const qwr_scenario_builder *b, qwr_quay_ix quay, int64_t at_s)
{
    for (bool again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < qwr_scenario_builder_window_count(b); i++) {
            const qwr_window *w = qwr_scenario_builder_window(b, (qwr_window_ix){i});
            if (is_weather(w, quay) && w->from_s <= at_s && w->to_s > at_s) {
                at_s = w->to_s;
                again = true;
            }
        }
    }
    return at_s;
}

static int64_t next_weather(const qwr_scenario_builder *b, qwr_quay_ix quay, int64_t at_s)
{
    int64_t next_s = INT64_MAX;

    for (uint32_t i = 0; i < qwr_scenario_builder_window_count(b); i++) {
        const qwr_window *w = qwr_scenario_builder_window(b, (qwr_window_ix){i});
        if (is_weather(w, quay) && w->from_s > at_s && w->from_s < next_s)
            next_s = w->from_s;
    }
    return next_s;
}

/* When work of `work_s` seconds that goes on at `at_s` is done, or how much is done by `until_s`.
 */
static int64_t work_on(const qwr_scenario_builder *b, qwr_quay_ix quay, int64_t at_s,
                       int64_t work_s, int64_t until_s, int64_t *done_s)
{
    *done_s = 0;
    while (*done_s < work_s && at_s < until_s) {
        at_s = weather_ends(b, quay, at_s);
        int64_t pause_s = next_weather(b, quay, at_s);
        int64_t stop_s = pause_s < until_s ? pause_s : until_s;
        int64_t can_s = stop_s > at_s ? stop_s - at_s : 0;
        int64_t step_s = work_s - *done_s < can_s ? work_s - *done_s : can_s;
        *done_s += step_s;
        at_s += step_s;
        if (*done_s < work_s && pause_s >= until_s)
            return until_s;
        if (*done_s < work_s)
            at_s = pause_s;
    }
    return at_s;
}

/* Working seconds for all the moves with the cranes at work; they count as one where there is none.
 */
static int64_t whole_work(const qwr_scenario *base, qwr_call_ix ix, qwr_quay_ix quay,
                          qwr_berth_ix berth, int64_t cranes)
{
    const qwr_call *call = qwr_scenario_call(base, ix);
    int64_t row = berth.v != QWR_NONE ? qwr_scenario_handling_s(base, ix, berth) : QWR_UNSET;

    if (row != QWR_UNSET && row != QWR_FORBIDDEN)
        return row;
    if (call->handling_s != QWR_UNSET)
        return call->handling_s;
    int64_t moves = qwr_scenario_call_moves(base, ix);
    int64_t rate = qwr_scenario_rate_milli(base, ix, quay);
    int64_t efficiency = qwr_scenario_efficiency_milli(base, ix, cranes > 0 ? cranes : 1);
    __int128 per_hour = (__int128)rate * efficiency;
    __int128 seconds =
        per_hour > 0 ? ((__int128)moves * INT64_C(3600000000) + per_hour - 1) / per_hour : 0;
    return seconds > QWR__LONGEST_WORK_S ? QWR__LONGEST_WORK_S : (int64_t)seconds;
}

/* Working seconds left at `at_s`. */
static int64_t work_left(const qwr_session *s, const qwr__mooring *f, qwr_call_ix base_ix,
                         int64_t work_from_s, int64_t at_s)
{
    const qwr_berthed *told = &f->moored->told;
    int64_t whole_s = whole_work(s->base, base_ix, f->stay.quay, f->stay.berth, f->stay.cranes);
    int64_t moves = qwr_scenario_call_moves(s->base, base_ix), done_s;

    if (told->moves_done != QWR_UNSET && moves > 0) {
        int64_t left = moves > told->moves_done ? moves - told->moves_done : 0;
        return (int64_t)(((__int128)whole_s * left + moves - 1) / moves);
    }
    (void)work_on(s->builder, f->stay.quay, work_from_s, whole_s, at_s, &done_s);
    done_s = done_s > f->moored->lost_s ? done_s - f->moored->lost_s : 0;
    return whole_s - done_s;
}

/* When the first crane of the quay is fit for work, from `at_s` on; `at_s` where there is none. */
static int64_t crane_is_up(const qwr_scenario_builder *b, qwr_quay_ix quay, int64_t at_s)
{
    int64_t first_s = INT64_MAX;

    for (uint32_t k = 0; k < qwr_scenario_builder_crane_count(b); k++) {
        int64_t up_s = at_s;
        if (qwr_scenario_builder_crane(b, (qwr_crane_ix){k})->quay.v != quay.v)
            continue;
        for (bool again = true; again;) {
            again = false;
            for (uint32_t i = 0; i < qwr_scenario_builder_window_count(b); i++) {
                const qwr_window *w = qwr_scenario_builder_window(b, (qwr_window_ix){i});
                if (w->crane.v == k && w->from_s <= up_s && w->to_s > up_s) {
                    up_s = w->to_s;
                    again = true;
                }
            }
        }
        first_s = up_s < first_s ? up_s : first_s;
    }
    return first_s == INT64_MAX ? at_s : first_s;
}

/* Sets the end of the stay and its work, as handling time, so that planner and checker agree. */
static void set_length(const qwr_session *s, const qwr_scenario_builder *b, qwr__mooring *f,
                       qwr_call *call)
{
    int64_t horizon_s = qwr_scenario_get_info(s->base)->horizon_s, done_s;
    int64_t work_from_s = f->stay.start_s + call->mooring_s;
    int64_t now_s = s->now_s != QWR_UNSET ? s->now_s : work_from_s;
    int64_t from_s = now_s > work_from_s ? now_s : work_from_s;
    int64_t end_s = f->moored->told.end_s;
    qwr_call_ix base_ix = qwr_scenario_find_call(s->base, call->id);

    if (end_s == QWR_UNSET) {
        int64_t left_s = work_left(s, f, base_ix, work_from_s, from_s);
        int64_t on_s = f->stay.cranes > 0 ? from_s : crane_is_up(b, f->stay.quay, from_s);
        end_s = work_on(b, f->stay.quay, on_s, left_s, horizon_s, &done_s) + call->unmooring_s;
    }
    if (end_s < from_s + call->unmooring_s)
        end_s = from_s + call->unmooring_s;
    end_s = end_s < horizon_s ? qwr__session_step_up(s, end_s) : horizon_s + (end_s > horizon_s);
    if (end_s <= f->stay.start_s)
        end_s = qwr__session_step_up(s, f->stay.start_s + 1);
    if (end_s > horizon_s) {
        end_s = horizon_s;
        call->unmooring_s = 0; /* it leaves after the horizon */
    }
    f->stay.end_s = end_s;
    (void)work_on(b, f->stay.quay, work_from_s, QWR__LONGEST_WORK_S, end_s - call->unmooring_s,
                  &done_s);
    call->handling_s = done_s;
}

/* --- a call that is alongside ------------------------------------------------------------------
 */

/* Rows that say where a call may lie, and how long it takes there, do not bind one that lies. */
static qwr_status drop_rows(qwr_scenario_builder *b, uint32_t call)
{
    for (size_t i = qwr_scenario_builder_place_count(b); i-- > 0;)
        if (qwr_scenario_builder_place(b, i)->call.v == call)
            QWR_TRY(qwr_scenario_remove_place(b, i));
    for (size_t i = qwr_scenario_builder_handling_count(b); i-- > 0;)
        if (qwr_scenario_builder_handling(b, i)->call.v == call)
            QWR_TRY(qwr_scenario_remove_handling(b, i));
    return QWR_OK;
}

static void pin_where_it_lies(qwr_call *call, const qwr_stay *stay)
{
    call->pin_quay = stay->quay;
    call->pin_berth = stay->berth;
    call->pin_position_mm = stay->berth.v == QWR_NONE ? stay->position_mm : QWR_UNSET;
    call->pin_start_s = stay->start_s;
    call->pin_cranes = stay->cranes;
    call->min_cranes = stay->cranes;
    call->max_cranes = stay->cranes;
    call->earliest_s = stay->start_s < call->eta_s ? stay->start_s : call->eta_s;
    call->deviation_work_ppm_m = 0;
}

/* A hull may stick out beyond the end of its quay, which a scenario knows nothing of: it is told as
 * far as there is quay. False: none of it lies there. */
static bool fit_to_quay(qwr__mooring *f, qwr_call *call, const qwr_quay *quay)
{
    int64_t from_mm = f->stay.position_mm, to_mm = from_mm;

    if (f->stay.berth.v != QWR_NONE)
        return true;
    if (__builtin_add_overflow(from_mm, call->loa_mm != QWR_UNSET ? call->loa_mm : 1, &to_mm) ||
        to_mm <= 0 || from_mm >= quay->length_mm)
        return false;
    f->sticks_out = from_mm < 0 || to_mm > quay->length_mm;
    from_mm = from_mm > 0 ? from_mm : 0;
    to_mm = to_mm < quay->length_mm ? to_mm : quay->length_mm;
    f->stay.position_mm = from_mm;
    if (call->loa_mm != QWR_UNSET)
        call->loa_mm = to_mm - from_mm;
    return true;
}

qwr_status qwr__mooring_apply(qwr__mooring *f, const qwr_session *s, qwr_scenario_builder *b)
{
    const qwr_berthed *told = &f->moored->told;
    qwr_call_ix ix = {f->call};
    qwr_call call = *qwr_scenario_builder_call(b, ix);

    f->stay = qwr_stay_init();
    f->stay.placed = 1;
    f->stay.quay = qwr_scenario_builder_find_quay(b, told->quay);
    if (told->berth != NULL)
        f->stay.berth = qwr_scenario_builder_find_berth(b, told->berth);
    if (f->stay.quay.v == QWR_NONE ||
        (told->berth != NULL &&
         (f->stay.berth.v == QWR_NONE ||
          qwr_scenario_builder_berth(b, f->stay.berth)->quay.v != f->stay.quay.v)))
        return drop_rows(b, f->call); /* gone since it was reported */
    f->stay.position_mm = told->berth != NULL
                              ? qwr_scenario_builder_berth(b, f->stay.berth)->from_mm
                              : told->position_mm;
    if (!fit_to_quay(f, &call, qwr_scenario_builder_quay(b, f->stay.quay))) {
        f->sticks_out = true;
        return drop_rows(b, f->call);
    }
    int64_t horizon_s = qwr_scenario_get_info(s->base)->horizon_s;
    f->stay.start_s = told->start_s > -horizon_s ? told->start_s : -horizon_s;
    f->stay.cranes = told->cranes != QWR_UNSET ? told->cranes : call.min_cranes;
    f->told_cranes = f->stay.cranes;
    pin_where_it_lies(&call, &f->stay);
    set_length(s, b, f, &call);
    f->holds = true;
    QWR_TRY(drop_rows(b, f->call));
    return qwr_scenario_set_call(b, ix, &call);
}

/* --- rules that give way ------------------------------------------------------------------------
 */

static bool is_rule(const qwr_violation *v, const char *name)
{
    return strcmp(v->rule, name) == 0;
}

/* The gap to the next hull counts as kept: this one is told that much shorter, on the side where
 * the other lies. */
static bool give_gap(qwr__mooring *f, qwr_call *call, const qwr__mooring *other, int64_t missing_mm)
{
    if (other == NULL || call->loa_mm == QWR_UNSET || missing_mm >= call->loa_mm)
        return false;
    call->loa_mm -= missing_mm;
    if (other->stay.position_mm < f->stay.position_mm) {
        f->stay.position_mm += missing_mm;
        call->pin_position_mm = f->stay.position_mm;
    }
    return true;
}

static bool give_way(qwr__mooring *f, qwr_call *call, const qwr__mooring *other,
                     const qwr_violation *v)
{
    if (is_rule(v, "cranes") || is_rule(v, "crane-reach") || is_rule(v, "crane-count")) {
        if (f->stay.cranes == 0)
            return false;
        f->stay.cranes--;
        call->pin_cranes = call->min_cranes = call->max_cranes = f->stay.cranes;
        return true;
    }
    if (is_rule(v, "draught") || is_rule(v, "channel")) {
        bool limited = call->draught_mm != QWR_UNSET || call->draught_out_mm != QWR_UNSET;
        call->draught_mm = QWR_UNSET;
        call->draught_out_mm = QWR_UNSET;
        return limited;
    }
    if (is_rule(v, "departure")) {
        bool hard = call->latest_departure_s != QWR_UNSET && !call->latest_is_soft;
        call->latest_departure_s = f->stay.end_s;
        return hard;
    }
    return is_rule(v, "clearance") && give_gap(f, call, other, v->amount);
}

qwr_status qwr__mooring_give_way(bool *gave, qwr__mooring *f, const qwr__mooring *other,
                                 const qwr_violation *v, const qwr_session *s,
                                 qwr_scenario_builder *b)
{
    qwr_call call = *qwr_scenario_builder_call(b, (qwr_call_ix){f->call});

    *gave = give_way(f, &call, other, v);
    if (*gave && call.pin_cranes != f->told_cranes)
        set_length(s, b, f, &call);
    return *gave ? qwr_scenario_set_call(b, (qwr_call_ix){f->call}, &call) : QWR_OK;
}

static int64_t loa_of(const qwr_scenario_builder *b, const qwr__mooring *f)
{
    int64_t loa_mm = qwr_scenario_builder_call(b, (qwr_call_ix){f->call})->loa_mm;

    return loa_mm != QWR_UNSET ? loa_mm : 1;
}

/* Two vessels reported in one place: the plan must not choose the one that gave way. */
static qwr_status forbid(const qwr__mooring *f, qwr_scenario_builder *b, qwr_quay_ix quay)
{
    qwr_place place = qwr_place_init();

    place.call.v = f->call;
    place.quay = quay;
    place.forbid = 1;
    return qwr_scenario_add_place(b, &place);
}

qwr_status qwr__mooring_leave_out(const qwr__mooring *f, qwr_scenario_builder *b)
{
    for (uint32_t q = 0; q < qwr_scenario_builder_quay_count(b); q++)
        QWR_TRY(forbid(f, b, (qwr_quay_ix){q}));
    return QWR_OK;
}

static qwr_status close_place(const qwr__mooring *f, qwr_scenario_builder *b, qwr_window w)
{
    char id[48];

    for (unsigned n = 0; n == 0 || qwr_scenario_builder_find_window(b, id).v != QWR_NONE; n++)
        (void)snprintf(id, sizeof id, "alongside-%u-%u", f->call, n);
    w.id = id;
    w.kind = QWR_WINDOW_CLOSURE;
    w.reason = "a vessel lies here";
    w.from_s = f->stay.start_s;
    w.to_s = f->stay.end_s;
    return w.from_s < w.to_s ? qwr_scenario_add_window(b, &w, NULL) : QWR_OK;
}

/* The stretch from *at_mm on that no vessel lies in which holds its place, or none up to `end_mm`;
 * *at_mm moves behind the vessel that ends it. */
static int64_t free_stretch(int64_t *at_mm, int64_t end_mm, const qwr__mooring *f,
                            const qwr_scenario_builder *b, const qwr__mooring *all, size_t count)
{
    int64_t stop_mm = end_mm, behind_mm = end_mm;

    for (size_t i = 0; i < count; i++) {
        int64_t from_mm = all[i].stay.position_mm, to_mm = from_mm + loa_of(b, &all[i]);
        if (!all[i].holds || all[i].stay.quay.v != f->stay.quay.v || to_mm <= *at_mm ||
            from_mm >= stop_mm)
            continue;
        stop_mm = from_mm > *at_mm ? from_mm : *at_mm;
        behind_mm = to_mm;
    }
    *at_mm = behind_mm;
    return stop_mm;
}

static qwr_status close_stretches(const qwr__mooring *f, qwr_scenario_builder *b,
                                  const qwr__mooring *all, size_t count)
{
    int64_t length_mm = qwr_scenario_builder_quay(b, f->stay.quay)->length_mm;
    int64_t end_mm = f->stay.position_mm + loa_of(b, f), at_mm = f->stay.position_mm;
    qwr_window w = qwr_window_init();

    w.quay = f->stay.quay;
    end_mm = end_mm < length_mm ? end_mm : length_mm;
    while (at_mm < end_mm) {
        w.from_mm = at_mm;
        w.to_mm = free_stretch(&at_mm, end_mm, f, b, all, count);
        if (w.from_mm < w.to_mm)
            QWR_TRY(close_place(f, b, w));
    }
    return QWR_OK;
}

qwr_status qwr__mooring_keep_free(const qwr__mooring *f, qwr_scenario_builder *b,
                                  const qwr__mooring *all, size_t count)
{
    qwr_window w = qwr_window_init();

    QWR_TRY(qwr__mooring_leave_out(f, b));
    if (f->stay.berth.v == QWR_NONE)
        return close_stretches(f, b, all, count);
    for (size_t i = 0; i < count; i++)
        if (all[i].holds && all[i].stay.berth.v == f->stay.berth.v)
            return QWR_OK;
    w.berth = f->stay.berth;
    return close_place(f, b, w);
}
