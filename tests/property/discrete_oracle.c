/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exact optimum of a terminal of discrete berths, from the definitions in
 * <quaywright/entities.h> alone.
 *
 * Why it is exact. Stays at one berth do not overlap, so a plan orders them, and no berth feels
 * what happens at another. For one berth let F(S, t) be the least cost of serving exactly the set S
 * there and having the berth free again, turnaround included, at tick t. The berth may wait before
 * any vessel (F(S, t) <= F(S, t - 1)), and the last vessel i of S came at some start s:
 *     F(S, t) = min( F(S, t - 1), min over i in S and legal s with free(i, s) = t of
 *                                 F(S without i, s) + cost(i, s) ).
 * Nothing here needs costs to rise with time: every start of every call is tried. Ends, and with
 * them free(), lie on the step, so a start between two ticks (a pin) only asks for a berth that is
 * free at the tick before. Of the ends possible for a start only the earliest is tried: a longer
 * stay costs no less (no price is negative), holds the berth longer and meets no fewer rules. The
 * one exception is the water in the channel on departure, which may come back: a `patient` oracle
 * takes the earliest end that the channel allows, any other the end of the work or none.
 * The berths then share the calls out: best(S) = min over parts T of S of rest(S without T) +
 * F(T, end).
 */
#include "discrete.h"

#include <stdlib.h>

__extension__ typedef __int128 wide;

static int64_t floor_share(int64_t a, int64_t b, int64_t c)
{
    wide product = (wide)a * b, quotient = product / c;
    return (int64_t)(quotient - (product % c < 0));
}

static int64_t positive(int64_t x)
{
    return x > 0 ? x : 0;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

/* --- what a stay costs --------------------------------------------------------------------------
 */

static int64_t change_cost(const qwr_call *c, const qwr_berth *berth, uint32_t b, int64_t start_s)
{
    bool quay = c->base_quay.v != QWR_NONE && c->base_quay.v != berth->quay.v;
    bool place = c->base_berth.v != QWR_NONE && c->base_berth.v != b;
    int64_t sum = 0;
    if (quay || place)
        sum = c->change_berth_mu;
    else if (c->base_position_mm != QWR_UNSET)
        sum = floor_share(c->change_position_mu_m, distance(berth->from_mm, c->base_position_mm),
                          1000);
    if (c->base_start_s != QWR_UNSET)
        sum += floor_share(c->change_start_mu_h, distance(start_s, c->base_start_s), 3600);
    return sum;
}

static int64_t money(const qwr_call *c, const qwr_berth *berth, uint32_t b, int64_t start_s,
                     int64_t end_s)
{
    int64_t sum = floor_share(c->wait_mu_h, positive(start_s - c->eta_s), 3600) +
                  floor_share(c->speedup_mu_h, positive(c->eta_s - start_s), 3600) +
                  floor_share(c->stay_mu_h, end_s - start_s, 3600);
    if (c->desired_departure_s != QWR_UNSET)
        sum += floor_share(c->late_mu_h, positive(end_s - c->desired_departure_s), 3600);
    if (c->latest_is_soft && c->latest_departure_s != QWR_UNSET && end_s > c->latest_departure_s)
        sum += c->past_latest_mu;
    if (c->preferred_mm != QWR_UNSET && c->preferred_quay.v == berth->quay.v)
        sum += floor_share(c->deviation_mu_m, distance(berth->from_mm, c->preferred_mm), 1000);
    return sum + change_cost(c, berth, b, start_s);
}

/* Work at a berth in seconds; QWR_FORBIDDEN. */
static int64_t work_at(const qwr_scenario *s, uint32_t call, uint32_t b)
{
    int64_t row = qwr_scenario_handling_s(s, (qwr_call_ix){call}, (qwr_berth_ix){b});
    return row != QWR_UNSET ? row : qwr_scenario_call(s, (qwr_call_ix){call})->handling_s;
}

static int64_t shortest_work(const qwr_scenario *s, uint32_t call)
{
    int64_t least = QWR_FORBIDDEN;
    for (uint32_t b = 0; b < qwr_scenario_berth_count(s); b++) {
        int64_t work_s = work_at(s, call, b);
        least = work_s < least ? work_s : least;
    }
    return least == QWR_FORBIDDEN ? 0 : least;
}

static int64_t stay_cost(const qwr_scenario *s, uint32_t call, uint32_t b, int64_t start_s,
                         int64_t end_s)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(s);
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    int64_t done_s = end_s - (info->inclusive ? info->published_unit_s : 0);
    if (info->objective == QWR_OBJECTIVE_COST)
        return money(c, qwr_scenario_berth(s, (qwr_berth_ix){b}), b, start_s, end_s);
    if (info->objective == QWR_OBJECTIVE_COMPLETION)
        return floor_share(c->weight_milli, done_s, 3600);
    int64_t cost = floor_share(c->weight_milli, done_s - c->eta_s, 3600);
    if (info->offset == QWR_OFFSET_MIN_HANDLING)
        cost -= floor_share(c->weight_milli, shortest_work(s, call), 3600);
    return cost;
}

/* --- where a call may lie -----------------------------------------------------------------------
 */

static void hull(const qwr_call *c, const qwr_berth *berth, int64_t *from_mm, int64_t *to_mm)
{
    int64_t loa_mm = c->loa_mm;
    if (loa_mm == QWR_UNSET)
        loa_mm = berth->length_mm == QWR_UNSET ? 1 : berth->length_mm;
    *from_mm = berth->from_mm;
    *to_mm = berth->from_mm + loa_mm;
}

static bool rows_allow(const qwr_scenario *s, uint32_t call, uint32_t b)
{
    bool any = false, allowed = false;
    for (size_t k = 0; k < qwr_scenario_place_count(s); k++) {
        const qwr_place *row = qwr_scenario_place(s, k);
        if (row->call.v != call)
            continue;
        ck_assert_uint_ne(row->berth.v, QWR_NONE); /* stretches of quay are not made here */
        if (row->forbid && row->berth.v == b)
            return false;
        any = any || !row->forbid;
        allowed = allowed || (!row->forbid && row->berth.v == b);
    }
    return !any || allowed;
}

static bool pinned_elsewhere(const qwr_call *c, const qwr_berth *berth, uint32_t b)
{
    return (c->pin_berth.v != QWR_NONE && c->pin_berth.v != b) ||
           (c->pin_quay.v != QWR_NONE && c->pin_quay.v != berth->quay.v) ||
           (c->pin_position_mm != QWR_UNSET && c->pin_position_mm != berth->from_mm);
}

/* May the call ever lie there? */
static bool place_allowed(const qwr_scenario *s, uint32_t call, uint32_t b)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    const qwr_berth *berth = qwr_scenario_berth(s, (qwr_berth_ix){b});
    int64_t from_mm, to_mm;
    if (work_at(s, call, b) == QWR_FORBIDDEN || !rows_allow(s, call, b) ||
        pinned_elsewhere(c, berth, b))
        return false;
    if (c->loa_mm != QWR_UNSET && berth->length_mm != QWR_UNSET && c->loa_mm > berth->length_mm)
        return false;
    hull(c, berth, &from_mm, &to_mm);
    for (size_t k = 0; k < qwr_scenario_quay_break_count(s); k++) {
        const qwr_quay_break *corner = qwr_scenario_quay_break(s, k);
        if (corner->quay.v == berth->quay.v && corner->at_mm > from_mm && corner->at_mm < to_mm)
            return false;
    }
    return true;
}

/* --- when ---------------------------------------------------------------------------------------
 */

static bool closed(const qwr_scenario *s, uint32_t call, uint32_t b, int64_t start_s, int64_t end_s)
{
    const qwr_berth *berth = qwr_scenario_berth(s, (qwr_berth_ix){b});
    int64_t from_mm, to_mm;
    hull(qwr_scenario_call(s, (qwr_call_ix){call}), berth, &from_mm, &to_mm);
    for (uint32_t k = 0; k < qwr_scenario_window_count(s); k++) {
        const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){k});
        if (w->kind != QWR_WINDOW_CLOSURE || w->from_s >= end_s || w->to_s <= start_s)
            continue;
        bool stretch = w->berth.v == QWR_NONE && w->quay.v == berth->quay.v && w->from_mm < to_mm &&
                       (w->to_mm == QWR_UNSET || w->to_mm > from_mm);
        if (w->berth.v == b || stretch)
            return true;
    }
    return false;
}

/* Level above datum, times the length of its stretch between two rows, which is the result. */
static int64_t level_part(const qwr_scenario *s, int64_t at_s, wide *level)
{
    size_t rows = qwr_scenario_tide_count(s);
    if (rows == 0) {
        *level = 0;
        return 1;
    }
    const qwr_tide *last = qwr_scenario_tide(s, 0);
    for (size_t k = 0; k < rows; k++) {
        const qwr_tide *next = qwr_scenario_tide(s, k);
        if (next->at_s > at_s && k > 0) {
            int64_t span_s = next->at_s - last->at_s;
            *level = (wide)last->level_mm * span_s +
                     (wide)(next->level_mm - last->level_mm) * (at_s - last->at_s);
            return span_s;
        }
        last = next;
        if (next->at_s >= at_s)
            break;
    }
    *level = last->level_mm;
    return 1;
}

static bool deep(const qwr_scenario *s, int64_t at_s, int64_t need_mm)
{
    wide level;
    int64_t unit = level_part(s, at_s, &level);
    return level >= (wide)need_mm * unit;
}

static bool channel_open(const qwr_scenario *s, int64_t at_s, int64_t draught_mm)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(s);
    return info->channel_depth_mm == QWR_UNSET || draught_mm == QWR_UNSET ||
           deep(s, at_s, draught_mm + info->ukc_channel_mm - info->channel_depth_mm);
}

static int64_t draught_out(const qwr_call *c)
{
    return c->draught_out_mm != QWR_UNSET ? c->draught_out_mm : c->draught_mm;
}

/* Depth rows of a part of the quay are not made here. */
static bool afloat(const qwr_scenario *s, uint32_t call, uint32_t b, int64_t start_s, int64_t end_s)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    const qwr_berth *berth = qwr_scenario_berth(s, (qwr_berth_ix){b});
    int64_t depth_mm = berth->depth_mm;
    int64_t draught = c->draught_mm > draught_out(c) ? c->draught_mm : draught_out(c);
    if (depth_mm == QWR_UNSET)
        depth_mm = qwr_scenario_quay(s, berth->quay)->depth_mm;
    if (depth_mm == QWR_UNSET || draught == QWR_UNSET)
        return true;
    int64_t need_mm = draught + qwr_scenario_get_info(s)->ukc_berth_mm - depth_mm;
    for (size_t k = 0; k < qwr_scenario_tide_count(s); k++) {
        const qwr_tide *row = qwr_scenario_tide(s, k);
        if (row->at_s > start_s && row->at_s < end_s && row->level_mm < need_mm)
            return false;
    }
    return deep(s, start_s, need_mm) && deep(s, end_s, need_mm);
}

/* Seconds of [from_s, to_s) without a weather stop. */
static int64_t working(const qwr_scenario *s, qwr_quay_ix quay, int64_t from_s, int64_t to_s)
{
    int64_t sum = 0;
    for (int64_t at_s = from_s; at_s < to_s;) {
        int64_t next_s = to_s;
        bool still = false;
        for (uint32_t k = 0; k < qwr_scenario_window_count(s); k++) {
            const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){k});
            if (w->kind != QWR_WINDOW_WEATHER || w->quay.v != quay.v)
                continue;
            still = still || (w->from_s <= at_s && at_s < w->to_s);
            if (w->from_s > at_s && w->from_s < next_s)
                next_s = w->from_s;
            if (w->to_s > at_s && w->to_s < next_s)
                next_s = w->to_s;
        }
        sum += still ? 0 : next_s - at_s;
        at_s = next_s;
    }
    return sum;
}

static bool long_enough(const qwr_scenario *s, uint32_t call, uint32_t b, int64_t start_s,
                        int64_t end_s)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    int64_t from_s = start_s + c->mooring_s, to_s = end_s - c->unmooring_s;
    return end_s > start_s && to_s >= from_s &&
           working(s, qwr_scenario_berth(s, (qwr_berth_ix){b})->quay, from_s, to_s) >=
               work_at(s, call, b);
}

static bool start_allowed(const qwr_scenario *s, uint32_t call, uint32_t b, int64_t start_s)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    int64_t earliest_s = c->earliest_s != QWR_UNSET ? c->earliest_s : c->eta_s;
    return start_s >= earliest_s && start_s >= qwr_scenario_berth(s, (qwr_berth_ix){b})->open_s &&
           channel_open(s, start_s, c->draught_mm);
}

static int64_t latest_end(const qwr_scenario *s, uint32_t call, uint32_t b)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    const qwr_berth *berth = qwr_scenario_berth(s, (qwr_berth_ix){b});
    int64_t latest_s = qwr_scenario_get_info(s)->horizon_s;
    if (berth->close_s != QWR_UNSET && berth->close_s < latest_s)
        latest_s = berth->close_s;
    if (c->latest_departure_s != QWR_UNSET && !c->latest_is_soft &&
        c->latest_departure_s < latest_s)
        latest_s = c->latest_departure_s;
    return latest_s;
}

/* The earliest legal end of a stay that begins then; QWR_UNSET: none. */
static int64_t end_of(const discrete_oracle *o, uint32_t call, uint32_t b, int64_t start_s)
{
    const qwr_scenario *s = o->scenario;
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    int64_t latest_s = latest_end(s, call, b);
    if (!start_allowed(s, call, b, start_s))
        return QWR_UNSET;
    for (int64_t end_s = start_s / o->step_s * o->step_s + o->step_s; end_s <= latest_s;
         end_s += o->step_s) {
        if (!long_enough(s, call, b, start_s, end_s))
            continue;
        if (closed(s, call, b, start_s, end_s) || !afloat(s, call, b, start_s, end_s))
            return QWR_UNSET;
        if (channel_open(s, end_s, draught_out(c)))
            return end_s;
        if (!o->patient)
            return QWR_UNSET;
    }
    return QWR_UNSET;
}

static void list_stays(discrete_oracle *o, uint32_t call, uint32_t b)
{
    const qwr_call *c = qwr_scenario_call(o->scenario, (qwr_call_ix){call});
    int64_t turnaround_s = qwr_scenario_berth(o->scenario, (qwr_berth_ix){b})->turnaround_s;
    int64_t horizon_s = qwr_scenario_get_info(o->scenario)->horizon_s;
    if (!place_allowed(o->scenario, call, b))
        return;
    for (int64_t t = 0; t * o->step_s < horizon_s; t++) {
        int64_t start_s = t * o->step_s;
        if (c->pin_start_s != QWR_UNSET) {
            if (c->pin_start_s < start_s || c->pin_start_s >= start_s + o->step_s)
                continue;
            start_s = c->pin_start_s;
        }
        int64_t end_s = end_of(o, call, b, start_s);
        if (end_s == QWR_UNSET)
            continue;
        o->hopeful |= 1U << call;
        o->stay[call][b][t] = (discrete_stay){
            .legal = true,
            .start_s = start_s,
            .end_s = end_s,
            .cost_mu = stay_cost(o->scenario, call, b, start_s, end_s),
            .from = (int32_t)t,
            .free = (int32_t)((end_s + turnaround_s) / o->step_s),
        };
    }
}

/* --- the programme ------------------------------------------------------------------------------
 */

/* Extends every set by one more call at its end. */
static void extend(const discrete_oracle *o, uint32_t b, uint32_t set, int64_t *table)
{
    size_t width = (size_t)o->ticks + 1;
    for (uint32_t i = 0; i < o->calls; i++) {
        if (set & 1U << i)
            continue;
        int64_t *into = table + (set | 1U << i) * width;
        for (int32_t t = 0; t < o->ticks; t++) {
            const discrete_stay *x = &o->stay[i][b][t];
            int64_t before = table[set * width + (size_t)t];
            if (x->legal && before != INT64_MAX && before + x->cost_mu < into[x->free])
                into[x->free] = before + x->cost_mu;
        }
    }
}

/* least[S]: serving exactly S at berth b. */
static void serve(const discrete_oracle *o, uint32_t b, int64_t *table, int64_t *least)
{
    size_t width = (size_t)o->ticks + 1;
    uint32_t sets = 1U << o->calls;
    for (size_t k = 0; k < sets * width; k++)
        table[k] = INT64_MAX;
    table[0] = 0;
    for (uint32_t set = 0; set < sets; set++) {
        int64_t *row = table + set * width;
        for (size_t t = 1; t < width; t++)
            row[t] = row[t - 1] < row[t] ? row[t - 1] : row[t];
        least[set] = row[width - 1];
        if (least[set] != INT64_MAX)
            extend(o, b, set, table);
    }
}

/* best[S] over the berths so far and one more. Sets fall, so that smaller ones are still old. */
static void share_out(const discrete_oracle *o, const int64_t *least)
{
    for (uint32_t set = 1U << o->calls; set-- > 0;) {
        int64_t best = INT64_MAX;
        for (uint32_t part = set;; part = (part - 1) & set) {
            int64_t here = least[part], rest = o->best[set & ~part];
            if (here != INT64_MAX && rest != INT64_MAX && here + rest < best)
                best = here + rest;
            if (part == 0)
                break;
        }
        o->best[set] = best;
    }
}

discrete_oracle *discrete_oracle_new(const qwr_scenario *scenario, bool patient)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(scenario);
    discrete_oracle *o = calloc(1, sizeof *o);
    ck_assert_ptr_nonnull(o);
    o->scenario = scenario;
    o->patient = patient;
    o->calls = (uint32_t)qwr_scenario_call_count(scenario);
    o->berths = (uint32_t)qwr_scenario_berth_count(scenario);
    o->step_s = info->step_s;
    ck_assert(o->calls <= DISCRETE_CALLS && o->berths <= DISCRETE_BERTHS);
    int64_t last_s = info->horizon_s;
    for (uint32_t b = 0; b < o->berths; b++) {
        int64_t turnaround_s = qwr_scenario_berth(scenario, (qwr_berth_ix){b})->turnaround_s;
        if (info->horizon_s + turnaround_s > last_s)
            last_s = info->horizon_s + turnaround_s;
    }
    o->ticks = (int32_t)(last_s / o->step_s);
    ck_assert_int_lt(o->ticks, DISCRETE_TICKS);
    for (uint32_t i = 0; i < o->calls; i++)
        for (uint32_t b = 0; b < o->berths; b++)
            list_stays(o, i, b);
    size_t sets = (size_t)1 << o->calls;
    int64_t *table = malloc(sets * ((size_t)o->ticks + 1) * sizeof *table);
    int64_t *least = malloc(sets * sizeof *least);
    o->best = malloc(sets * sizeof *o->best);
    ck_assert(table && least && o->best);
    for (size_t set = 0; set < sets; set++)
        o->best[set] = set ? INT64_MAX : 0;
    for (uint32_t b = 0; b < o->berths; b++) {
        serve(o, b, table, least);
        share_out(o, least);
    }
    free(table);
    free(least);
    return o;
}

void discrete_oracle_free(discrete_oracle *o)
{
    if (!o)
        return;
    free(o->best);
    free(o);
}

int discrete_oracle_most(const discrete_oracle *o)
{
    int most = 0;
    for (uint32_t set = 0; set < 1U << o->calls; set++)
        if (o->best[set] != INT64_MAX && __builtin_popcount(set) > most)
            most = __builtin_popcount(set);
    return most;
}

int64_t discrete_oracle_least(const discrete_oracle *o, int count)
{
    int64_t least = INT64_MAX;
    for (uint32_t set = 0; set < 1U << o->calls; set++)
        if (__builtin_popcount(set) == count && o->best[set] < least)
            least = o->best[set];
    return least;
}
