/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A call that has no place though it were the only one: smallest sets of its demands that cannot
 * hold together, by leaving out one after the other (deletion filter), and what each would have to
 * concede. A demand is left out by editing a copy of the scenario that has this call alone, so the
 * planner's own candidates say whether there is room. Must never weigh what a concession costs.
 */
#include "explain/explain_private.h"

#include <quaywright/edit.h>

#define WHERE       "explain"
#define WINDOWS_MAX 48
#define DRAUGHT_MM  10

typedef enum demand { PIN, DEPARTURE, DRAUGHT, CHANNEL, CRANES, PLACE, HOURS, WINDOW } demand;
/* The checker's names for what would be broken; of windows by their kind. */
static const char *const RULE[] = {"pin",         "departure", "draught",     "channel",
                                   "crane-count", "place",     "berth-window"};
static const char *const WINDOW_RULE[] = {"closure", "cranes", "handling"};

typedef struct search {
    qwr_explanation *e;
    const qwr_scenario *scenario; /* the call alone */
    const qwr_call *call;
    uint32_t window[WINDOWS_MAX];
    uint32_t windows;
    /* Of the last look: */
    bool room;
    int64_t first_end_s; /* of the earliest end there is */
} search;

/* --- leaving demands out ---------------------------------------------------------------------- */

static bool in(uint64_t set, uint32_t d)
{
    return (set >> d & 1) != 0;
}

static void ease_call(qwr_call *c, uint64_t out)
{
    if (in(out, PIN)) {
        c->pin_quay.v = c->pin_berth.v = QWR_NONE;
        c->pin_position_mm = c->pin_start_s = c->pin_cranes = QWR_UNSET;
    }
    if (in(out, DEPARTURE))
        c->latest_departure_s = QWR_UNSET;
    if (in(out, DRAUGHT))
        c->draught_mm = c->draught_out_mm = QWR_UNSET;
    if (in(out, CRANES) && c->min_cranes > 1)
        c->min_cranes = 1;
}

static qwr_status ease_quays(const search *x, qwr_scenario_builder *b, uint64_t out)
{
    if (in(out, CHANNEL)) {
        qwr_scenario_info info = *qwr_scenario_get_info(x->scenario);
        info.channel_depth_mm = QWR_UNSET;
        QWR_TRY(qwr_scenario_builder_set_info(b, &info));
    }
    if (in(out, PLACE))
        for (size_t i = qwr_scenario_place_count(x->scenario); i-- > 0;)
            QWR_TRY(qwr_scenario_remove_place(b, i));
    for (uint32_t i = 0; in(out, HOURS) && i < qwr_scenario_berth_count(x->scenario); i++) {
        qwr_berth berth = *qwr_scenario_berth(x->scenario, (qwr_berth_ix){i});
        berth.open_s = 0;
        berth.close_s = QWR_UNSET;
        QWR_TRY(qwr_scenario_set_berth(b, (qwr_berth_ix){i}, &berth));
    }
    for (uint32_t k = x->windows; k-- > 0;)
        if (in(out, WINDOW + k))
            QWR_TRY(qwr_scenario_remove_window(b, (qwr_window_ix){x->window[k]}));
    return QWR_OK;
}

static void look(search *x, const qwr__problem *p)
{
    const qwr_problem_view *v = &p->cand.view;

    x->room = false;
    x->first_end_s = INT64_MAX;
    for (uint32_t k = v->call_class_begin[0]; k < v->call_class_begin[1]; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            int64_t end_s = qwr__tick_s(p, (int64_t)v->row_first[r] + v->class_duration[k]);
            x->room = true;
            x->first_end_s = end_s < x->first_end_s ? end_s : x->first_end_s;
        }
}

/* Is there room for the call, so changed, with these demands left out? */
static qwr_status try_without(search *x, uint64_t out, const qwr_call *changed)
{
    qwr_call c = *changed;
    qwr_scenario_builder *b = NULL;
    qwr_scenario *eased = NULL;
    qwr__problem *p = NULL;
    qwr_status status;

    ease_call(&c, out);
    QWR_TRY(qwr_scenario_thaw(&b, x->e->ctx, x->scenario));
    status = qwr_scenario_set_call(b, (qwr_call_ix){0}, &c);
    if (status == QWR_OK)
        status = ease_quays(x, b, out);
    if (status == QWR_OK)
        status = qwr_scenario_freeze(&eased, b);
    if (status == QWR_OK)
        status = qwr__problem_new(&p, x->e->ctx, eased, false, -1);
    if (status == QWR_OK)
        look(x, p);
    qwr__problem_free(p);
    qwr_scenario_free(eased);
    qwr_scenario_builder_free(b);
    return status;
}

/* --- concessions ------------------------------------------------------------------------------ */

static int64_t deeper(const qwr_call *c)
{
    return c->draught_out_mm != QWR_UNSET && c->draught_out_mm > c->draught_mm ? c->draught_out_mm
                                                                               : c->draught_mm;
}

static int64_t less(int64_t draught_mm, int64_t by_mm)
{
    return draught_mm == QWR_UNSET ? QWR_UNSET : draught_mm > by_mm ? draught_mm - by_mm : 0;
}

/* The least that this demand has to give, were it the only one to give; 0: it has no measure. */
static qwr_status least(int64_t *amount, const char **unit, search *x, uint32_t d)
{
    qwr_call c = *x->call;

    *amount = 0;
    *unit = "";
    if (d == DEPARTURE && x->call->latest_departure_s != QWR_UNSET) {
        *amount = x->first_end_s - x->call->latest_departure_s;
        *unit = "s";
    } else if (d == CRANES) {
        for (x->room = false; !x->room && c.min_cranes > 1;) {
            c.min_cranes--;
            QWR_TRY(try_without(x, 0, &c));
        }
        *amount = x->call->min_cranes - c.min_cranes;
        *unit = "cranes";
    } else if (d == DRAUGHT) {
        int64_t no = 0, yes = qwr__magnitude(deeper(x->call)) / DRAUGHT_MM + 1;
        while (no + 1 < yes) {
            int64_t middle = no + (yes - no) / 2;
            c.draught_mm = less(x->call->draught_mm, middle * DRAUGHT_MM);
            c.draught_out_mm = less(x->call->draught_out_mm, middle * DRAUGHT_MM);
            QWR_TRY(try_without(x, 0, &c));
            *(x->room ? &yes : &no) = middle;
        }
        *amount = yes * DRAUGHT_MM;
        *unit = "mm";
    }
    return QWR_OK;
}

static void put_demand(qwr__text *out, const search *x, uint32_t d)
{
    static const char *const kind[] = {"closure", "maintenance", "weather stop"};
    const qwr_call *c = x->call;

    if (d == PIN)
        qwr__text_add(out, "its pinned decision");
    else if (d == DEPARTURE) {
        qwr__text_add(out, "its latest departure ");
        if (c->latest_departure_s != QWR_UNSET)
            qwr__diff_put_time(out, x->scenario, c->latest_departure_s);
    } else if (d == DRAUGHT) {
        qwr__text_add(out, "its draught of ");
        qwr__text_fixed(out, deeper(c), 3);
        qwr__text_add(out, " m");
    } else if (d == CHANNEL)
        qwr__text_add(out, "the water in the channel");
    else if (d == CRANES)
        qwr__text_add(out, "its least number of cranes, %lld", (long long)c->min_cranes);
    else if (d == PLACE)
        qwr__text_add(out, "the places allowed to it");
    else if (d == HOURS)
        qwr__text_add(out, "the opening hours of berths");
    else {
        const qwr_window *w =
            qwr_scenario_window(x->scenario, (qwr_window_ix){x->window[d - WINDOW]});
        qwr__text_add(out, "the %s %s from ", kind[w->kind], w->id != NULL ? w->id : "");
        qwr__diff_put_time(out, x->scenario, w->from_s);
        qwr__text_add(out, " to ");
        qwr__diff_put_time(out, x->scenario, w->to_s);
    }
}

static void put_concession(qwr__text *out, const search *x, const qwr_conflict *f, uint32_t d)
{
    if (!f->suffices) {
        qwr__text_add(out, "; giving it up alone makes no room");
    } else if (f->amount == 0) {
        qwr__text_add(out, "; without it there is room");
    } else if (d == DEPARTURE) {
        qwr__text_add(out, "; there is room if it leaves ");
        qwr__diff_put_span(out, x->scenario, f->amount);
        qwr__text_add(out, " later");
    } else if (d == DRAUGHT) {
        qwr__text_add(out, "; there is room with ");
        qwr__text_fixed(out, f->amount, 3);
        qwr__text_add(out, " m less");
    } else {
        qwr__text_add(out, "; there is room with %lld",
                      (long long)(x->call->min_cranes - f->amount));
    }
}

static const char *rule_of(const search *x, uint32_t d)
{
    if (d < WINDOW)
        return RULE[d];
    return WINDOW_RULE[qwr_scenario_window(x->scenario, (qwr_window_ix){x->window[d - WINDOW]})
                           ->kind];
}

static qwr_status tell(search *x, uint32_t d, uint32_t set)
{
    qwr_explanation *e = x->e;
    qwr_conflict f = {.size = sizeof f, .rule = rule_of(x, d), .set = set, .unit = ""};
    void *grown = e->conflicts;
    qwr__text text;
    qwr_status status;

    QWR_TRY(try_without(x, UINT64_C(1) << d, x->call));
    f.suffices = x->room;
    if (x->room)
        QWR_TRY(least(&f.amount, &f.unit, x, d));
    QWR_TRY(qwr__reserve(e->ctx, &grown, &e->conflict_capacity, e->conflict_count + 1,
                         sizeof *e->conflicts));
    e->conflicts = grown;
    qwr__text_init(&text, e->ctx);
    put_demand(&text, x, d);
    put_concession(&text, x, &f, d);
    status = text.status;
    f.sentence = status == QWR_OK ? qwr__strings_copy(&e->strings, text.data) : NULL;
    qwr__text_free(&text);
    if (f.sentence == NULL)
        return qwr__no_memory(e->ctx, WHERE);
    e->conflicts[e->conflict_count++] = f;
    return QWR_OK;
}

/* --- the search ------------------------------------------------------------------------------- */

/* A smallest set in conflict among the demands that are not out. */
static qwr_status filter(uint64_t *set, search *x, uint64_t out)
{
    uint32_t demands = WINDOW + x->windows;

    *set = 0;
    for (uint32_t d = demands; d-- > 0;) {
        if (in(out, d) || qwr__cancelled(x->e->ctx))
            continue;
        QWR_TRY(try_without(x, out | UINT64_C(1) << d, x->call));
        *(x->room ? set : &out) |= UINT64_C(1) << d;
    }
    return QWR_OK;
}

/* One set after the other, each without the demands of those before, until the rest holds. */
static qwr_status find(search *x)
{
    uint32_t demands = WINDOW + x->windows;
    uint64_t all = (UINT64_C(1) << demands) - 1, out = 0, set;

    QWR_TRY(try_without(x, all, x->call));
    if (!x->room)
        return QWR_OK; /* not a matter of these: too long, forbidden everywhere, no able crane */
    for (uint32_t number = 0;; number++) {
        QWR_TRY(try_without(x, out, x->call));
        if (x->room)
            return QWR_OK;
        QWR_TRY(filter(&set, x, out));
        if (qwr__cancelled(x->e->ctx))
            return QWR_OK; /* the set may be too large */
        for (uint32_t d = 0; d < demands; d++)
            if (in(set, d))
                QWR_TRY(tell(x, d, number));
        out |= set;
    }
}

static qwr_status leave_alone(qwr_scenario **out, qwr_context *ctx, const qwr_scenario *scenario,
                              qwr_call_ix call)
{
    qwr_scenario_builder *b = NULL;
    qwr_status status;

    QWR_TRY(qwr_scenario_thaw(&b, ctx, scenario));
    status = QWR_OK;
    for (uint32_t i = (uint32_t)qwr_scenario_call_count(scenario); i-- > 0 && status == QWR_OK;)
        if (i != call.v)
            status = qwr_scenario_remove_call(b, (qwr_call_ix){i});
    if (status == QWR_OK)
        status = qwr_scenario_freeze(out, b);
    qwr_scenario_builder_free(b);
    return status;
}

qwr_status qwr__find_conflicts(qwr_explanation *e, const qwr_scenario *scenario, qwr_call_ix call)
{
    search x = {.e = e};
    qwr_scenario *alone = NULL;
    qwr_status status;

    QWR_TRY(leave_alone(&alone, e->ctx, scenario, call));
    x.scenario = alone;
    x.call = qwr_scenario_call(alone, (qwr_call_ix){0});
    for (uint32_t i = 0; i < qwr_scenario_window_count(alone) && x.windows < WINDOWS_MAX; i++)
        if (qwr_scenario_window(alone, (qwr_window_ix){i})->kind != QWR_WINDOW_LANE)
            x.window[x.windows++] = i;
    status = find(&x);
    qwr_scenario_free(alone);
    return status;
}
