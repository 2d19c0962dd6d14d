/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sheet: a plan as people read it, one visit a call, with waiting, lateness and the stretch of
 * time worth showing. Tames numbers no terminal has, so that drawing is plain arithmetic.
 * Must never know what the sheet is printed on.
 */
#include "report/report.h"

#include "model/sort.h"

#include <string.h>

int64_t qwr__tame(int64_t v)
{
    const int64_t limit = (int64_t)1 << 40;
    return v > limit ? limit : v < -limit ? -limit : v;
}

int64_t qwr__ratio(int64_t a, int64_t b, int64_t c)
{
    __extension__ typedef __int128 wide;
    wide product = (wide)a * b * 2;
    wide rounded = (product + (product < 0 ? -(wide)c : (wide)c)) / ((wide)c * 2);
    return rounded > INT64_MAX ? INT64_MAX : rounded < INT64_MIN ? INT64_MIN : (int64_t)rounded;
}

static bool has_pin(const qwr_call *c)
{
    return c->pin_quay.v != QWR_NONE || c->pin_berth.v != QWR_NONE ||
           c->pin_position_mm != QWR_UNSET || c->pin_start_s != QWR_UNSET ||
           c->pin_cranes != QWR_UNSET;
}

static qwr__timeliness timeliness(const qwr__visit *v)
{
    if (v->due_s == QWR_UNSET || v->end_s + QWR__TIGHT_S <= v->due_s)
        return QWR__ON_TIME;
    return v->end_s > v->due_s ? QWR__LATE : QWR__TIGHT;
}

static void place_hull(qwr__visit *v)
{
    int64_t length = v->call->loa_mm;
    if (length == QWR_UNSET)
        length = v->berth != NULL && v->berth->length_mm != QWR_UNSET ? v->berth->length_mm : 0;
    v->hull_from_mm = qwr__tame(v->stay->position_mm);
    v->hull_to_mm = v->hull_from_mm + qwr__tame(length);
}

static qwr__visit make_visit(const qwr__sheet *sheet, uint32_t ix)
{
    qwr__visit v = {.call = qwr_scenario_call(sheet->scenario, (qwr_call_ix){ix}),
                    .stay = qwr_plan_stay(sheet->plan, (qwr_call_ix){ix}),
                    .timely = QWR__UNPLACED};
    const qwr_call *c = v.call;
    v.eta_s = qwr__tame(c->eta_s);
    v.due_s = c->desired_departure_s != QWR_UNSET ? c->desired_departure_s : c->latest_departure_s;
    v.pinned = has_pin(c);
    if (!v.stay->placed)
        return v;
    v.quay = qwr_scenario_quay(sheet->scenario, v.stay->quay);
    if (v.quay != NULL && v.quay->layout == QWR_LAYOUT_DISCRETE)
        v.berth = qwr_scenario_berth(sheet->scenario, v.stay->berth);
    v.start_s = qwr__tame(v.stay->start_s);
    v.end_s = qwr__tame(v.stay->end_s);
    if (v.end_s < v.start_s)
        v.end_s = v.start_s;
    v.work_from_s = v.start_s + qwr__tame(c->mooring_s);
    v.work_to_s = v.end_s - qwr__tame(c->unmooring_s);
    v.cranes = v.stay->cranes < 0 ? 0 : v.stay->cranes > 9999 ? 9999 : v.stay->cranes;
    v.steady_cranes = qwr__least_cranes(v.stay) < v.cranes ? qwr__least_cranes(v.stay) : v.cranes;
    v.steady_cranes = v.steady_cranes < 0 ? 0 : v.steady_cranes;
    v.wait_s = v.start_s > v.eta_s ? v.start_s - v.eta_s : 0;
    v.timely = timeliness(&v);
    v.late_s = v.timely == QWR__LATE ? v.end_s - v.due_s : 0;
    place_hull(&v);
    return v;
}

static qwr_status sort_visits(qwr__sheet *sheet)
{
    qwr__key *keys = qwr__alloc(sheet->ctx, (size_t)sheet->calls + 1, sizeof *keys);
    if (keys == NULL)
        return qwr__no_memory(sheet->ctx, "report");
    for (uint32_t i = 0; i < sheet->calls; i++) {
        const qwr__visit *v = &sheet->visit[i];
        bool out = v->timely == QWR__UNPLACED;
        keys[i] = (qwr__key){out ? INT64_MAX : v->start_s, out ? v->eta_s : v->hull_from_mm, i};
    }
    qwr__sort_keys(keys, sheet->calls);
    for (uint32_t i = 0; i < sheet->calls; i++)
        sheet->order[i] = (uint32_t)keys[i].row;
    qwr__free(sheet->ctx, keys);
    return QWR_OK;
}

/** What there is to tell of: nothing else gets a column or an entry in the legend. */
static void find_any(qwr__sheet *sheet)
{
    const qwr_scenario *s = sheet->scenario;
    for (uint32_t i = 0; i < sheet->calls; i++) {
        const qwr__visit *v = &sheet->visit[i];
        sheet->any.due |= v->due_s != QWR_UNSET;
        sheet->any.cranes |= v->cranes > 0;
        sheet->any.moves |= qwr_scenario_call_moves(s, (qwr_call_ix){i}) > 0;
        sheet->any.metres |= v->hull_to_mm > v->hull_from_mm;
        sheet->any.lateness |= v->late_s > 0;
        sheet->any.waits |= v->wait_s > 0;
        sheet->any.costs |= v->stay->placed && v->stay->cost_mu != 0;
        sheet->any.services |= v->call->service != NULL;
        sheet->any.draughts |= v->call->draught_mm != QWR_UNSET;
        sheet->any.pins |= v->pinned;
        sheet->any.names |= strcmp(qwr__vessel_name(v->call), v->call->id) != 0;
    }
    for (uint32_t i = 0; i < qwr_scenario_window_count(s); i++) {
        qwr_window_kind kind = qwr_scenario_window(s, (qwr_window_ix){i})->kind;
        sheet->any.closures |= kind == QWR_WINDOW_CLOSURE;
        sheet->any.weather |= kind == QWR_WINDOW_WEATHER;
        sheet->any.outages |= kind == QWR_WINDOW_MAINTENANCE;
    }
}

static int64_t floor_to(int64_t v, int64_t unit)
{
    return v >= 0 ? v / unit * unit : -((-v + unit - 1) / unit * unit);
}

static const int64_t WEEK_S = 604800;

/** From the first thing worth seeing to the last, in whole quarters of a day. */
static void find_range(qwr__sheet *sheet)
{
    int64_t quarter = sheet->published ? sheet->info->published_unit_s : 21600;
    int64_t horizon_s = qwr__tame(sheet->info->horizon_s);
    int64_t from_s = 0, to_s = 0, least_s = horizon_s < 86400 ? horizon_s : 86400;
    for (uint32_t i = 0; i < sheet->calls; i++) {
        const qwr__visit *v = &sheet->visit[i];
        if (v->timely == QWR__UNPLACED)
            continue;
        from_s = v->start_s < from_s ? v->start_s : from_s;
        to_s = v->end_s > to_s ? v->end_s : to_s;
        if (v->due_s != QWR_UNSET && v->due_s > to_s && v->due_s <= v->end_s + 86400)
            to_s = v->due_s;
    }
    /* A stay far out of the planned time is shown cut off rather than all others as dots. */
    from_s = from_s < -WEEK_S ? -WEEK_S : from_s;
    to_s = to_s > horizon_s + WEEK_S ? horizon_s + WEEK_S : to_s;
    sheet->from_s = floor_to(from_s, quarter);
    to_s = to_s < sheet->from_s + least_s ? (to_s > 0 ? sheet->from_s + least_s : horizon_s) : to_s;
    sheet->to_s = -floor_to(-to_s, quarter);
    if (sheet->to_s <= sheet->from_s)
        sheet->to_s = sheet->from_s + quarter;
}

qwr_status qwr__sheet_init(qwr__sheet *sheet, qwr_context *ctx, const qwr_plan *plan,
                           const qwr_violations *violations)
{
    *sheet = (qwr__sheet){.ctx = ctx,
                          .scenario = qwr_plan_scenario(plan),
                          .plan = plan,
                          .quality = qwr_plan_get_quality(plan),
                          .violations = violations,
                          .kpi = qwr_kpi_init()};
    sheet->info = qwr_scenario_get_info(sheet->scenario);
    sheet->calls = (uint32_t)qwr_scenario_call_count(sheet->scenario);
    const char *epoch = sheet->info->epoch;
    if (epoch == NULL || !qwr__parse_time(&sheet->epoch_unix_s, epoch))
        sheet->epoch_unix_s = 0;
    /* Published sets know no dates; readers put their second 0 there. */
    sheet->published = epoch != NULL && strncmp(epoch, "2000-01-01T00:00:00", 19) == 0 &&
                       sheet->info->published_unit_s > 0;
    QWR_TRY(qwr_plan_kpi(&sheet->kpi, ctx, plan));
    sheet->visit = qwr__alloc(ctx, (size_t)sheet->calls + 1, sizeof *sheet->visit);
    sheet->order = qwr__alloc(ctx, (size_t)sheet->calls + 1, sizeof *sheet->order);
    if (sheet->visit == NULL || sheet->order == NULL)
        return qwr__no_memory(ctx, "report");
    for (uint32_t i = 0; i < sheet->calls; i++)
        sheet->visit[i] = make_visit(sheet, i);
    find_range(sheet);
    find_any(sheet);
    return sort_visits(sheet);
}

void qwr__sheet_free(qwr__sheet *sheet)
{
    qwr__free(sheet->ctx, sheet->visit);
    qwr__free(sheet->ctx, sheet->order);
}

static bool is_absence(const qwr_violation *v)
{
    return strcmp(v->rule, "placed") == 0;
}

size_t qwr__sheet_broken(const qwr__sheet *sheet)
{
    size_t count = sheet->violations != NULL ? qwr_violations_count(sheet->violations) : 0, n = 0;
    for (size_t i = 0; i < count; i++)
        n += !is_absence(qwr_violations_get(sheet->violations, i));
    return n;
}

const qwr_violation *qwr__sheet_violation(const qwr__sheet *sheet, size_t i)
{
    size_t count = sheet->violations != NULL ? qwr_violations_count(sheet->violations) : 0;
    for (size_t k = 0; k < count; k++) {
        const qwr_violation *v = qwr_violations_get(sheet->violations, k);
        if (!is_absence(v) && i-- == 0)
            return v;
    }
    return NULL;
}

qwr_status qwr__text_give(char **out, qwr__text *text, const char *where)
{
    if (text->status != QWR_OK) {
        qwr_status status = text->status;
        if (status == QWR_ENOMEM)
            return qwr__no_memory(text->ctx, where);
        return qwr__fail(text->ctx, status, where, NULL, 0, "the report could not be written");
    }
    *out = text->data;
    text->data = NULL;
    return QWR_OK;
}
