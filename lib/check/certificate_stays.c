/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every legal stay of a scenario on its step: by the checker's own rules, run over each start one
 * after the other, save where nothing changes over time: there the starts between two legal ones
 * are legal. A stay lasts as long as its work takes and the channel then keeps it. Must never know
 * how anybody plans.
 */
#include "check/certificate.h"

#define WHERE "check.certificate"

enum { STEPS_MAX = 10000000, CELLS_MAX = 1 << 26 };

typedef struct survey {
    qwr__stays *stays;
    qwr_context *ctx;
    qwr__site site;
    qwr__board board;
    qwr_plan *plan;    /**< empty; boards are made from plans */
    int64_t *first_mu; /**< [calls] cost of the first stay found */
} survey;

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t ceil_div(int64_t a, int64_t b)
{
    return a / b + (a % b > 0);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* --- what cannot be replayed ---------------------------------------------------------------- */

static qwr_status unsupported(qwr_context *ctx, const char *what, const char *id)
{
    return qwr__fail(ctx, QWR_EUNSUPPORTED, WHERE, NULL, 0,
                     "certificates are for calls without cranes at discrete berths, but %s%s%s%s",
                     what, id != NULL ? " \"" : "", id != NULL ? id : "", id != NULL ? "\"" : "");
}

static qwr_status check_scenario(qwr_context *ctx, const qwr_scenario *scenario)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(scenario);
    if (info->objective == QWR_OBJECTIVE_MAKESPAN)
        return unsupported(ctx, "the objective is the makespan", NULL);
    for (uint32_t q = 0; q < qwr_scenario_quay_count(scenario); q++) {
        const qwr_quay *quay = qwr_scenario_quay(scenario, (qwr_quay_ix){q});
        if (quay->layout != QWR_LAYOUT_DISCRETE)
            return unsupported(ctx, "there are none at quay", quay->id);
    }
    for (uint32_t i = 0; i < qwr_scenario_call_count(scenario); i++) {
        const qwr_call *call = qwr_scenario_call(scenario, (qwr_call_ix){i});
        if ((call->pin_cranes != QWR_UNSET ? call->pin_cranes : call->max_cranes) > 0)
            return unsupported(ctx, "cranes may work at call", call->id);
    }
    return QWR_OK;
}

/* --- one stay ------------------------------------------------------------------------------- */

/** The first step from this one on at which the channel is deep enough to leave; past the horizon
 * none is looked for. */
static int64_t when_deep(const survey *v, uint32_t call, int64_t end_s)
{
    const qwr_scenario_info *info = v->site.info;
    const qwr_call *c = v->site.call[call];
    int64_t draught = c->draught_out_mm != QWR_UNSET ? c->draught_out_mm : c->draught_mm;
    if (info->channel_depth_mm == QWR_UNSET || draught == QWR_UNSET)
        return end_s;
    int64_t need =
        qwr__sat_sub(qwr__sat_add(draught, info->ukc_channel_mm), info->channel_depth_mm);
    while (end_s <= info->horizon_s && qwr__level_mm(&v->site, end_s) < need)
        end_s += v->stays->step_s;
    return end_s;
}

/** When the stay is over if the call begins there: its work is done, and the channel lets it out;
 * INT64_MAX: never. */
static int64_t end_of(const survey *v, uint32_t call, qwr_stay *stay)
{
    const qwr_call *c = v->site.call[call];
    qwr__alongside along;
    stay->end_s = qwr__sat_add(stay->start_s, v->stays->step_s); /* any; the work is asked for */
    qwr__alongside_set(&along, &v->site, call, stay);
    int64_t left = qwr__check_work_s(&v->site, call, &along);
    if (left == INT64_MAX)
        return INT64_MAX;
    int64_t at = stay->start_s + c->mooring_s;
    uint32_t quay = stay->quay.v;
    const qwr__event *storm = v->site.storm + v->site.storms.start[quay];
    for (uint32_t k = 0; k < v->site.storm_count[quay] && left > 0; k++) {
        if (storm[k].what <= at)
            continue;
        if (storm[k].at >= qwr__sat_add(at, left))
            break;
        left -= qwr__larger(storm[k].at - at, 0);
        at = storm[k].what;
    }
    int64_t end_s = qwr__sat_add(qwr__sat_add(at, left), c->unmooring_s);
    end_s = qwr__larger(end_s, stay->start_s + 1);
    if (end_s > INT64_MAX / 2)
        return INT64_MAX;
    return when_deep(v, call, ceil_div(end_s, v->stays->step_s) * v->stays->step_s);
}

/** Does no rule about one call alone object? */
static bool is_legal(survey *v, uint32_t call, const qwr_stay *stay)
{
    qwr__findings out = {.site = &v->site, .limit = SIZE_MAX};
    qwr__alongside_set(&v->board.along[call], &v->site, call, stay);
    qwr__check_own(&v->board, call, &out);
    return out.count == 0;
}

static qwr_status push_cell(survey *v, qwr__stay_row *row, const qwr_stay *stay, bool legal)
{
    qwr__stays *t = v->stays;
    const qwr_berth *berth = qwr_scenario_berth(t->scenario, stay->berth);
    void *cost = t->cost_mu, *free_at = t->free_at;
    QWR_TRY(qwr__reserve(v->ctx, &cost, &t->cost_capacity, t->cells + 1, sizeof *t->cost_mu));
    t->cost_mu = cost;
    QWR_TRY(qwr__reserve(v->ctx, &free_at, &t->free_capacity, t->cells + 1, sizeof *t->free_at));
    t->free_at = free_at;
    int64_t free_s = stay->end_s + berth->turnaround_s;
    qwr__alongside *a = &v->board.along[row->call];
    a->stay = *stay; /* with one crane count, as all stays here */
    t->cost_mu[t->cells] = legal ? qwr__check_stay_cost(&v->site, row->call, a) : 0;
    t->free_at[t->cells] =
        legal ? (int32_t)ceil_div(free_s - t->origin_s, t->step_s) : QWR__NO_STAY;
    t->cells++;
    row->count++;
    return QWR_OK;
}

/* --- one row -------------------------------------------------------------------------------- */

/** First and last start to look at; the rules themselves are asked later. */
static void window(const survey *v, const qwr__stay_row *row, int64_t *from, int64_t *until)
{
    const qwr__stays *t = v->stays;
    const qwr_call *c = v->site.call[row->call];
    const qwr_berth *berth = qwr_scenario_berth(t->scenario, (qwr_berth_ix){row->berth});
    int64_t first_s = c->earliest_s != QWR_UNSET ? c->earliest_s : c->eta_s;
    first_s = qwr__larger(qwr__larger(first_s, berth->open_s), t->origin_s);
    int64_t last_s = v->site.info->horizon_s;
    if (berth->close_s != QWR_UNSET)
        last_s = qwr__smaller(last_s, berth->close_s);
    if (c->latest_departure_s != QWR_UNSET && !c->latest_is_soft)
        last_s = qwr__smaller(last_s, c->latest_departure_s);
    *from = ceil_div(first_s - t->origin_s, t->step_s);
    *until = floor_div(last_s - t->origin_s, t->step_s) - 1;
    if (c->pin_start_s != QWR_UNSET)
        *from = *until = floor_div(c->pin_start_s - t->origin_s, t->step_s);
}

/** The stay of a row at a step; false: no step later has one either. */
static bool stay_at(const survey *v, const qwr__stay_row *row, int64_t at, qwr_stay *stay)
{
    const qwr__stays *t = v->stays;
    const qwr_berth *berth = qwr_scenario_berth(t->scenario, (qwr_berth_ix){row->berth});
    *stay = qwr_stay_init();
    stay->placed = 1;
    stay->quay = berth->quay;
    stay->berth.v = row->berth;
    stay->position_mm = berth->from_mm;
    stay->start_s = t->origin_s + at * t->step_s + row->shift_s;
    stay->end_s = end_of(v, row->call, stay);
    return stay->end_s <= v->site.info->horizon_s;
}

/** Nothing a rule about one call looks at changes over time at this quay. */
static bool is_steady(const survey *v, uint32_t quay)
{
    return v->site.tides == 0 && v->site.storm_count[quay] == 0 &&
           v->site.closures.start[quay] == v->site.closures.start[quay + 1];
}

/**
 * The last legal start at a steady quay, from - 1 if there is none. All before it are legal: from
 * `from` on no start is too early for the vessel or the berth, so that the rules left are upper
 * bounds on the end, which rises with the start, and rules in which time plays no part.
 */
static int64_t last_steady(survey *v, const qwr__stay_row *row, int64_t from, int64_t until)
{
    qwr_stay stay;
    int64_t low = from - 1, high = until;
    while (low < high) { /* `low` is legal or before all */
        int64_t middle = low + (high - low + 1) / 2;
        if (stay_at(v, row, middle, &stay) && is_legal(v, row->call, &stay))
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static qwr_status fill_row(survey *v, qwr__stay_row *row)
{
    int64_t from, until;
    qwr_stay stay;
    uint32_t used = 0;
    window(v, row, &from, &until);
    qwr_berth_ix berth = {row->berth};
    bool steady = is_steady(v, qwr_scenario_berth(v->stays->scenario, berth)->quay.v);
    if (steady)
        until = last_steady(v, row, from, until);
    for (int64_t at = from; at <= until && stay_at(v, row, at, &stay); at++) {
        bool legal = steady || is_legal(v, row->call, &stay);
        if (!legal && row->count == 0)
            continue;
        if (row->count == 0)
            row->first = (int32_t)at;
        QWR_TRY(push_cell(v, row, &stay, legal));
        if (legal)
            used = row->count;
    }
    v->stays->cells -= row->count - used;
    row->count = used;
    return QWR_OK;
}

/** Sees whether a row is plain, and adds it up. */
static void finish_row(survey *v, qwr__stay_row *row)
{
    qwr__stays *t = v->stays;
    const int64_t *cost = t->cost_mu + row->base;
    const int32_t *free_at = t->free_at + row->base;
    size_t *of_call = &t->of_call[row->call];
    row->plain = true;
    row->occupied = free_at[0] - row->first;
    row->slope_mu = row->count > 1 ? cost[1] - cost[0] : 0;
    if (*of_call == 0)
        v->first_mu[row->call] = cost[0];
    for (uint32_t k = 0; k < row->count; k++) {
        if (free_at[k] == QWR__NO_STAY) {
            row->plain = false;
            continue;
        }
        int32_t occupied = free_at[k] - row->first - (int32_t)k;
        row->plain = row->plain && occupied == row->occupied &&
                     (k == 0 || cost[k] - cost[k - 1] == row->slope_mu);
        t->shortest = occupied < t->shortest ? occupied : t->shortest;
        t->last_free = free_at[k] > t->last_free ? free_at[k] : t->last_free;
        t->most_mu = qwr__larger(t->most_mu, cost[k] < 0 ? -cost[k] : cost[k]);
        int64_t apart = cost[k] - v->first_mu[row->call];
        if (t->gcd_mu != 1 && apart != 0 && (t->gcd_mu == 0 || apart % t->gcd_mu != 0))
            t->gcd_mu = gcd(t->gcd_mu, apart);
        (*of_call)++;
        t->count++;
    }
}

static qwr_status add_row(survey *v, uint32_t call, uint32_t berth)
{
    qwr__stays *t = v->stays;
    const qwr_call *c = v->site.call[call];
    qwr__stay_row row = {.call = call, .berth = berth, .base = t->cells};
    if (c->pin_start_s != QWR_UNSET)
        row.shift_s =
            c->pin_start_s -
            (floor_div(c->pin_start_s - t->origin_s, t->step_s) * t->step_s + t->origin_s);
    QWR_TRY(fill_row(v, &row));
    if (t->cells > CELLS_MAX)
        return qwr__fail(v->ctx, QWR_ETOOBIG, WHERE, NULL, 0,
                         "there are more than %d stays, more than can be replayed at once",
                         CELLS_MAX);
    if (row.count == 0)
        return QWR_OK;
    finish_row(v, &row);
    void *rows = t->row;
    QWR_TRY(qwr__reserve(v->ctx, &rows, &t->row_capacity, t->rows + 1, sizeof *t->row));
    t->row = rows;
    t->row[t->rows++] = row;
    return QWR_OK;
}

/* --- all of them ---------------------------------------------------------------------------- */

static qwr_status take_frame(survey *v)
{
    qwr__stays *t = v->stays;
    const qwr_scenario_info *info = v->site.info;
    int64_t earliest_s = 0;
    for (uint32_t i = 0; i < v->site.calls; i++)
        if (v->site.call[i]->pin_start_s != QWR_UNSET)
            earliest_s = qwr__smaller(earliest_s, v->site.call[i]->pin_start_s);
    t->step_s = info->step_s;
    t->origin_s = floor_div(earliest_s, t->step_s) * t->step_s;
    t->calls = v->site.calls;
    t->berths = v->site.berths;
    t->shortest = INT32_MAX;
    int64_t end_s = info->horizon_s + v->site.longest_turnaround_s;
    if ((end_s - t->origin_s) / t->step_s > STEPS_MAX)
        return qwr__fail(v->ctx, QWR_ETOOBIG, WHERE, NULL, 0,
                         "the horizon has %lld steps; certificates are replayed over at most %d",
                         (long long)((end_s - t->origin_s) / t->step_s), STEPS_MAX);
    t->begin = qwr__alloc(v->ctx, (size_t)t->berths + 2, sizeof *t->begin);
    t->of_call = qwr__alloc(v->ctx, (size_t)t->calls + 1, sizeof *t->of_call);
    v->first_mu = qwr__alloc(v->ctx, (size_t)t->calls + 1, sizeof *v->first_mu);
    if (t->begin == NULL || t->of_call == NULL || v->first_mu == NULL)
        return qwr__no_memory(v->ctx, WHERE);
    return QWR_OK;
}

static qwr_status add_rows(survey *v)
{
    qwr__stays *t = v->stays;
    for (uint32_t b = 0; b < t->berths; b++) {
        t->begin[b] = (uint32_t)t->rows;
        t->cut = t->cut || qwr__cancelled(v->ctx);
        for (uint32_t i = 0; i < t->calls && !t->cut; i++)
            QWR_TRY(add_row(v, i, b));
    }
    t->begin[t->berths] = (uint32_t)t->rows;
    qwr__wide base = 0;
    for (uint32_t i = 0; i < t->calls; i++) {
        t->placeable += t->of_call[i] > 0;
        base += t->of_call[i] > 0 ? v->first_mu[i] : 0;
    }
    t->base_mu = qwr__clamp64(base);
    if (t->base_mu != base)
        return qwr__fail(v->ctx, QWR_EOVERFLOW, WHERE, NULL, 0,
                         "the stays cost too much to add up");
    return QWR_OK;
}

static qwr_status group_rows(qwr__stays *t)
{
    t->row_of = qwr__alloc(t->ctx, t->rows + 1, sizeof *t->row_of);
    t->row_begin = qwr__alloc(t->ctx, (size_t)t->calls + 2, sizeof *t->row_begin);
    if (t->row_of == NULL || t->row_begin == NULL)
        return qwr__no_memory(t->ctx, WHERE);
    for (size_t k = 0; k < t->rows; k++)
        if (t->row[k].call + 1 < t->calls)
            t->row_begin[t->row[k].call + 2]++;
    for (uint32_t i = 1; i <= t->calls; i++)
        t->row_begin[i] += t->row_begin[i - 1];
    for (size_t k = 0; k < t->rows; k++)
        t->row_of[t->row_begin[t->row[k].call + 1]++] = (uint32_t)k;
    return QWR_OK;
}

qwr_status qwr__stays_init(qwr__stays *stays, qwr_context *ctx, const qwr_scenario *scenario)
{
    survey v = {.stays = stays, .ctx = ctx};
    qwr_status status;
    *stays = (qwr__stays){.ctx = ctx, .scenario = scenario};
    QWR_TRY(check_scenario(ctx, scenario));
    QWR_TRY_DONE(qwr__site_init(&v.site, ctx, scenario));
    QWR_TRY_DONE(qwr_plan_new(&v.plan, ctx, scenario));
    QWR_TRY_DONE(qwr__check_board_init(&v.board, ctx, &v.site, v.plan));
    QWR_TRY_DONE(take_frame(&v));
    QWR_TRY_DONE(add_rows(&v));
    QWR_TRY_DONE(group_rows(stays));
done:
    qwr__free(ctx, v.first_mu);
    qwr__check_board_free(&v.board, ctx);
    qwr_plan_free(v.plan);
    qwr__site_free(&v.site, ctx);
    if (status != QWR_OK)
        qwr__stays_free(stays);
    return status;
}

void qwr__stays_free(qwr__stays *stays)
{
    void *blocks[] = {stays->begin,   stays->row,     stays->row_of, stays->row_begin,
                      stays->cost_mu, stays->free_at, stays->of_call};
    for (size_t k = 0; stays->ctx != NULL && k < sizeof blocks / sizeof blocks[0]; k++)
        qwr__free(stays->ctx, blocks[k]);
    *stays = (qwr__stays){.ctx = NULL};
}
