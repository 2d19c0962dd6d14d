/* SPDX-License-Identifier: Apache-2.0 */
/* A call at a place, at no particular time: does it fit, is it allowed, how much room and water it
 * needs. */
#include "berth/maker.h"

void qwr__maker_bar(qwr__maker *m, uint32_t call, qwr__bar rule)
{
    m->p->bars[call][rule]++;
}

/* Is the hull allowed here by the call's place rows? */
static bool place_allowed(const qwr__maker *m, const qwr__site *x)
{
    const qwr_scenario *s = m->p->scenario;
    bool any_allow = false, allowed = false;
    for (uint32_t k = m->place_head[x->call]; k != QWR_NONE; k = m->place_next[k]) {
        const qwr_place *r = qwr_scenario_place(s, k);
        uint32_t quay =
            r->berth.v != QWR_NONE ? qwr_scenario_berth(s, r->berth)->quay.v : r->quay.v;
        int64_t to = r->to_mm == QWR_UNSET ? INT64_MAX : r->to_mm;
        bool same = quay == x->quay && (r->berth.v == QWR_NONE || r->berth.v == x->berth);
        if (r->forbid) {
            bool meets = r->berth.v != QWR_NONE || (r->from_mm < x->to_mm && to > x->from_mm);
            if (same && meets)
                return false;
        } else {
            any_allow = true;
            bool inside = r->berth.v != QWR_NONE || (r->from_mm <= x->from_mm && x->to_mm <= to);
            allowed = allowed || (same && inside);
        }
    }
    return !any_allow || allowed;
}

/* Do depth rows lie under the whole hull? Goes from the end of one row into another. */
static bool rows_cover(const qwr_scenario *s, const qwr__site *x)
{
    int64_t at = x->from_mm, next = x->from_mm;
    do {
        at = next;
        for (size_t k = 0; k < qwr_scenario_quay_depth_count(s); k++) {
            const qwr_quay_depth *d = qwr_scenario_quay_depth(s, k);
            if (d->quay.v == x->quay && d->from_mm <= at && d->to_mm > next)
                next = d->to_mm;
        }
    } while (next > at && next < x->to_mm);
    return next >= x->to_mm;
}

static int64_t depth_under(const qwr_scenario *s, const qwr__site *x, bool *limited)
{
    const qwr_quay *q = qwr_scenario_quay(s, (qwr_quay_ix){x->quay});
    if (x->berth != QWR_NONE &&
        qwr_scenario_berth(s, (qwr_berth_ix){x->berth})->depth_mm != QWR_UNSET) {
        *limited = true;
        return qwr_scenario_berth(s, (qwr_berth_ix){x->berth})->depth_mm;
    }
    int64_t least = INT64_MAX;
    for (size_t k = 0; k < qwr_scenario_quay_depth_count(s); k++) {
        const qwr_quay_depth *d = qwr_scenario_quay_depth(s, k);
        bool under = d->quay.v == x->quay && d->from_mm < x->to_mm && d->to_mm > x->from_mm;
        if (under && d->depth_mm < least)
            least = d->depth_mm;
    }
    if (q->depth_mm != QWR_UNSET && q->depth_mm < least && !rows_cover(s, x))
        least = q->depth_mm;
    *limited = least != INT64_MAX;
    return least;
}

static bool crosses_break(const qwr_scenario *s, const qwr__site *x)
{
    for (size_t k = 0; k < qwr_scenario_quay_break_count(s); k++) {
        const qwr_quay_break *b = qwr_scenario_quay_break(s, k);
        if (b->quay.v == x->quay && b->at_mm > x->from_mm && b->at_mm < x->to_mm)
            return true;
    }
    return false;
}

/* Cells from x->cell to the first admissible position at or past `end_mm`. */
static int32_t width_to(const qwr__problem *p, const qwr__site *x, int64_t end_mm)
{
    const qwr__axis_quay *a = &p->quay[x->quay];
    if (x->berth != QWR_NONE)
        return 1;
    int32_t low = x->cell + 1, high = a->end_cell;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (p->cell_mm[mid] >= end_mm)
            high = mid;
        else
            low = mid + 1;
    }
    return low - x->cell;
}

static void widths(const qwr__problem *p, qwr__site *x)
{
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){x->call});
    const qwr_quay *q = qwr_scenario_quay(p->scenario, (qwr_quay_ix){x->quay});
    const qwr__axis_quay *a = &p->quay[x->quay];
    int64_t own = c->clearance_mm > q->clearance_mm ? c->clearance_mm : q->clearance_mm;
    bool sum = p->info->clearance == QWR_CLEARANCE_SUM;
    x->width = width_to(p, x, x->to_mm + (sum ? own : 0) + a->most_clearance_mm);
    x->width_bound = width_to(p, x, x->to_mm + (sum ? own + a->least_clearance_mm : own));
    if (x->from_mm != p->cell_mm[x->cell])
        x->width_bound = 0; /* pinned between two positions: the bound leaves it out */
}

/* Pins: is this the pinned place? Moves the hull to a pinned position between two cells. */
static bool pin_allows(const qwr__problem *p, const qwr_call *c, qwr__site *x)
{
    if (c->pin_quay.v != QWR_NONE && c->pin_quay.v != x->quay)
        return false;
    if (c->pin_berth.v != QWR_NONE && c->pin_berth.v != x->berth)
        return false;
    if (c->pin_position_mm == QWR_UNSET || x->berth != QWR_NONE)
        return c->pin_position_mm == QWR_UNSET || c->pin_position_mm == x->from_mm;
    const qwr_quay *q = qwr_scenario_quay(p->scenario, (qwr_quay_ix){x->quay});
    bool last = x->cell + 1 == p->quay[x->quay].end_cell;
    if (p->cell_mm[x->cell] > c->pin_position_mm ||
        (!last && p->cell_mm[x->cell + 1] <= c->pin_position_mm))
        return false;
    if (q->layout == QWR_LAYOUT_HYBRID && p->cell_mm[x->cell] != c->pin_position_mm)
        return false;
    x->from_mm = c->pin_position_mm;
    return true;
}

/* Everything about a place that holds at all times. False: some rule forbids it (and was counted).
 */
bool qwr__maker_examine(qwr__maker *m, qwr__site *x)
{
    const qwr__problem *p = m->p;
    const qwr_scenario *s = p->scenario;
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){x->call});
    const qwr_quay *q = qwr_scenario_quay(s, (qwr_quay_ix){x->quay});
    int64_t loa = c->loa_mm == QWR_UNSET ? 0 : c->loa_mm;
    x->berth = p->cell_berth[x->cell];
    x->from_mm = p->cell_mm[x->cell];
    if (q->layout == QWR_LAYOUT_CONTINUOUS && x->from_mm % q->grid_mm != 0 &&
        x->from_mm != c->pin_position_mm)
        return false; /* the cell of a vessel pinned off the grid */
    if (!pin_allows(p, c, x)) {
        qwr__maker_bar(m, x->call, QWR__BAR_PIN);
        return false;
    }
    x->to_mm = x->from_mm + (loa ? loa : 1);
    bool fits = loa == 0 || x->to_mm <= q->length_mm;
    if (x->berth != QWR_NONE) {
        const qwr_berth *b = qwr_scenario_berth(s, (qwr_berth_ix){x->berth});
        fits = b->length_mm == QWR_UNSET || loa <= b->length_mm;
        if (loa == 0 && b->length_mm != QWR_UNSET)
            x->to_mm = x->from_mm + b->length_mm; /* a vessel of unknown length fills its berth */
        if (qwr_scenario_handling_s(s, (qwr_call_ix){x->call}, (qwr_berth_ix){x->berth}) ==
            QWR_FORBIDDEN) {
            qwr__maker_bar(m, x->call, QWR__BAR_FORBIDDEN);
            return false;
        }
    }
    if (!fits) {
        /* Positions too near the end say nothing about a vessel that fits further down. */
        if (x->berth != QWR_NONE || loa > q->length_mm)
            qwr__maker_bar(m, x->call, QWR__BAR_LENGTH);
        return false;
    }
    if (crosses_break(s, x)) {
        qwr__maker_bar(m, x->call, QWR__BAR_BREAK);
        return false;
    }
    if (!place_allowed(m, x)) {
        qwr__maker_bar(m, x->call, QWR__BAR_PLACE);
        return false;
    }
    bool limited;
    int64_t depth = depth_under(s, x, &limited);
    x->tidal = false;
    int64_t draught = c->draught_mm; /* QWR_UNSET is less than every draught */
    if (c->draught_out_mm > draught)
        draught = c->draught_out_mm;
    if (draught != QWR_UNSET && limited) {
        x->need_mm = draught + p->info->ukc_berth_mm - depth;
        x->tidal = x->need_mm > m->water.lowest_mm;
    }
    x->cranes = qwr__maker_cranes(m, x->quay, c, x->from_mm, x->to_mm);
    widths(p, x);
    return true;
}
