/* SPDX-License-Identifier: Apache-2.0 */
/* Tiny random terminals, and an exhaustive search judged by the checker alone. */
#include "tiny.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_S = 3600, HOURS = 14, CELLS = 5, CELL_MM = 10000, MAX_CALLS = 4 };

typedef struct maker {
    qwr_context *ctx;
    const tiny_options *o;
    qwr_scenario_builder *b;
    qwr__rng rng;
} maker;

static int64_t draw(maker *m, int64_t low, int64_t high)
{
    return low + (int64_t)qwr__rng_below(&m->rng, (uint64_t)(high - low + 1));
}

static int64_t at(const maker *m, int64_t hour)
{
    return hour * STEP_S + m->o->shift_s;
}

/* An interval of the quay, turned round when the quay is mirrored. */
static int64_t place(const maker *m, int64_t from_mm, int64_t length_mm)
{
    return m->o->mirrored ? CELLS * CELL_MM - from_mm - length_mm : from_mm;
}

static void add_quay(maker *m)
{
    qwr_quay q = qwr_quay_init();
    q.id = "Q";
    q.layout = m->o->layout;
    q.length_mm = CELLS * CELL_MM;
    q.grid_mm = CELL_MM;
    q.depth_mm = 12000;
    q.clearance_mm = m->o->layout == QWR_LAYOUT_DISCRETE ? 0 : draw(m, 0, 1) * CELL_MM / 2;
    qwr_test_ok(m->ctx, qwr_scenario_add_quay(m->b, &q, NULL));
    for (int k = 0; k < CELLS && m->o->layout == QWR_LAYOUT_HYBRID; k++) {
        qwr_quay_position p = qwr_quay_position_init();
        p.quay = (qwr_quay_ix){0};
        p.at_mm = k * CELL_MM;
        qwr_test_ok(m->ctx, qwr_scenario_add_quay_position(m->b, &p));
    }
    for (int k = 0; k < 2 && m->o->layout == QWR_LAYOUT_DISCRETE; k++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = k ? "B2" : "B1";
        berth.quay = (qwr_quay_ix){0};
        berth.length_mm = (k ? 3 : 2) * CELL_MM;
        berth.from_mm = place(m, k ? 2 * CELL_MM : 0, berth.length_mm);
        berth.turnaround_s = draw(m, 0, 1) * STEP_S;
        qwr_test_ok(m->ctx, qwr_scenario_add_berth(m->b, &berth, NULL));
    }
    if (m->o->breaks) {
        qwr_quay_break corner = qwr_quay_break_init();
        corner.quay = (qwr_quay_ix){0};
        corner.at_mm = draw(m, 1, 4) * CELL_MM - CELL_MM / 2;
        qwr_test_ok(m->ctx, qwr_scenario_add_quay_break(m->b, &corner));
    }
    if (m->o->water) {
        qwr_quay_depth d = qwr_quay_depth_init();
        d.quay = (qwr_quay_ix){0};
        d.from_mm = place(m, 0, 2 * CELL_MM);
        d.to_mm = d.from_mm + 2 * CELL_MM;
        d.depth_mm = 10000;
        qwr_test_ok(m->ctx, qwr_scenario_add_quay_depth(m->b, &d));
    }
}

static void add_spare(maker *m)
{
    qwr_quay q = qwr_quay_init();
    qwr_berth berth = qwr_berth_init();
    qwr_quay_ix ix;
    q.id = "SPARE";
    q.layout = QWR_LAYOUT_DISCRETE;
    q.length_mm = CELL_MM;
    q.depth_mm = 1000;
    qwr_test_ok(m->ctx, qwr_scenario_add_quay(m->b, &q, &ix));
    berth.id = "S1";
    berth.quay = ix;
    berth.length_mm = 1000; /* shorter than every vessel */
    qwr_test_ok(m->ctx, qwr_scenario_add_berth(m->b, &berth, NULL));
}

static void add_cranes(maker *m)
{
    for (int k = 0; k < 3; k++) {
        qwr_crane c = qwr_crane_init();
        static const char *const ids[] = {"K1", "K2", "K3"};
        c.id = ids[k];
        c.quay = (qwr_quay_ix){0};
        c.rail_order = m->o->mirrored ? 3 - k : k + 1;
        c.rate_milli = 20000;
        if (k == 2) {
            c.reach_from_mm = place(m, 2 * CELL_MM, 3 * CELL_MM);
            c.reach_to_mm = c.reach_from_mm + 3 * CELL_MM;
        }
        qwr_test_ok(m->ctx, qwr_scenario_add_crane(m->b, &c, NULL));
    }
    qwr_window w = qwr_window_init();
    w.id = "greasing";
    w.kind = QWR_WINDOW_MAINTENANCE;
    w.crane = (qwr_crane_ix){0};
    w.from_s = at(m, draw(m, 0, 6));
    w.to_s = w.from_s + draw(m, 1, 3) * STEP_S;
    qwr_test_ok(m->ctx, qwr_scenario_add_window(m->b, &w, NULL));
}

static void add_windows(maker *m)
{
    qwr_window w = qwr_window_init();
    w.id = "fender";
    w.kind = QWR_WINDOW_CLOSURE;
    w.quay = (qwr_quay_ix){0};
    w.from_s = at(m, draw(m, 0, 5));
    w.to_s = w.from_s + draw(m, 1, 3) * STEP_S;
    w.from_mm = place(m, draw(m, 0, 3) * CELL_MM, CELL_MM);
    w.to_mm = w.from_mm + CELL_MM;
    qwr_test_ok(m->ctx, qwr_scenario_add_window(m->b, &w, NULL));
    w = qwr_window_init();
    w.id = "gale";
    w.kind = QWR_WINDOW_WEATHER;
    w.quay = (qwr_quay_ix){0};
    w.from_s = at(m, draw(m, 2, 6)) + STEP_S / 2;
    w.to_s = w.from_s + draw(m, 1, 2) * STEP_S;
    qwr_test_ok(m->ctx, qwr_scenario_add_window(m->b, &w, NULL));
}

static void add_water(maker *m)
{
    for (int k = 0; k <= 4; k++) {
        qwr_tide t = qwr_tide_init();
        t.at_s = at(m, 4 * k);
        t.level_mm = k % 2 ? 1500 : -200;
        qwr_test_ok(m->ctx, qwr_scenario_add_tide(m->b, &t));
    }
}

static void add_call(maker *m, uint32_t i)
{
    static const char *const ids[] = {"V1", "V2", "V3", "V4"};
    qwr_call c = qwr_call_init();
    c.id = ids[i];
    c.vessel = ids[i];
    c.loa_mm = draw(m, 1, 3) * CELL_MM - draw(m, 0, 1) * (m->o->even_hulls ? 0 : 3000);
    c.eta_s = at(m, draw(m, 0, 4));
    c.earliest_s = c.eta_s > m->o->shift_s + STEP_S ? c.eta_s - draw(m, 0, 1) * STEP_S : c.eta_s;
    c.desired_departure_s = c.eta_s + draw(m, 2, 5) * STEP_S;
    c.latest_departure_s = at(m, HOURS);
    c.wait_mu_h = draw(m, 1, 9) * 1000;
    c.speedup_mu_h = draw(m, 1, 5) * 1000;
    c.late_mu_h = draw(m, 0, 9) * 1000;
    c.stay_mu_h = draw(m, 0, 1) * 500;
    c.deviation_mu_m = draw(m, 0, 2) * 100;
    c.weight_milli = draw(m, 1, 3) * 1000;
    c.preferred_quay = (qwr_quay_ix){0};
    int64_t hull = (c.loa_mm + CELL_MM - 1) / CELL_MM * CELL_MM;
    c.preferred_mm = draw(m, 0, (CELLS * CELL_MM - hull) / CELL_MM) * CELL_MM;
    if (m->o->mirrored)
        c.preferred_mm = CELLS * CELL_MM - c.preferred_mm - c.loa_mm;
    if (m->o->unknown_lengths)
        c.loa_mm = QWR_UNSET;
    c.clearance_mm = m->o->uneven_clearance ? draw(m, 0, 2) * CELL_MM / 2 : 0;
    if (m->o->cranes) {
        c.moves = draw(m, 10, 60);
        c.min_cranes = 1;
        c.max_cranes = 2;
        c.crane_mu_h = draw(m, 0, 3) * 500;
        c.deviation_work_ppm_m = draw(m, 0, 1) * 2000;
    } else {
        c.min_cranes = c.max_cranes = 0;
        c.handling_s = draw(m, 1, 4) * STEP_S;
    }
    if (m->o->water) {
        c.draught_mm = draw(m, 90, 125) * 100;
        c.draught_out_mm = c.draught_mm - draw(m, 0, 10) * 100;
    }
    if (m->o->pins && i == 0) {
        c.pin_start_s = c.eta_s;
        c.base_quay = (qwr_quay_ix){0};
    }
    if (m->o->pins && i == 1) {
        c.base_start_s = c.eta_s + STEP_S;
        c.change_start_mu_h = 3000;
    }
    qwr_test_ok(m->ctx, qwr_scenario_add_call(m->b, &c, NULL));
}

qwr_scenario *tiny_scenario(qwr_context *ctx, const tiny_options *o)
{
    maker m = {.ctx = ctx, .o = o, .rng = {.seed = o->seed, .stage = 77}};
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario *s = NULL;
    info.id = "tiny";
    info.epoch = "2026-03-02T00:00:00Z";
    info.step_s = STEP_S;
    info.horizon_s = at(&m, HOURS);
    info.objective = o->objective;
    info.ukc_berth_mm = o->water ? 300 : 0;
    if (o->water) {
        info.channel_depth_mm = 11800;
        info.ukc_channel_mm = 500;
    }
    qwr_test_ok(ctx, qwr_scenario_builder_new(&m.b, ctx, &info));
    add_quay(&m);
    if (o->spare_berth)
        add_spare(&m);
    if (o->water)
        add_water(&m);
    if (o->cranes)
        add_cranes(&m);
    for (uint32_t i = 0; i < o->calls; i++)
        add_call(&m, i);
    if (o->windows)
        add_windows(&m);
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, m.b));
    qwr_scenario_builder_free(m.b);
    return s;
}

/* --- brute force --------------------------------------------------------------------------------
 */

typedef struct option {
    qwr_stay stay;
    int64_t cost_mu;
} option;

typedef struct oracle {
    qwr_context *ctx;
    const qwr_scenario *s;
    qwr_plan *plan;
    option *options[MAX_CALLS];
    size_t count[MAX_CALLS];
    int64_t best;
    bool found;
} oracle;

/* Violations of the plan but for calls without a place; -1 when only those. */
static bool legal(const oracle *o, int64_t *cost_mu, bool *too_short)
{
    qwr_violations *v;
    bool clean = true;
    qwr_test_ok(o->ctx, qwr_plan_check(&v, o->ctx, o->s, o->plan));
    *too_short = false;
    for (size_t k = 0; k < qwr_violations_count(v); k++) {
        const char *rule = qwr_violations_get(v, k)->rule;
        if (!strcmp(rule, "placed"))
            continue;
        clean = false;
        *too_short = *too_short || !strcmp(rule, "handling");
    }
    *cost_mu = qwr_violations_cost_mu(v);
    qwr_violations_free(v);
    return clean;
}

static void set(const oracle *o, uint32_t call, const qwr_stay *stay)
{
    qwr_test_ok(o->ctx, qwr_plan_set_stay(o->plan, (qwr_call_ix){call}, stay));
}

/* Every stay that breaks no rule alone; the shortest for each place, start and crane count. */
static void list_options(oracle *o, uint32_t call)
{
    const qwr_call *c = qwr_scenario_call(o->s, (qwr_call_ix){call});
    int64_t begin = qwr_scenario_get_info(o->s)->horizon_s - HOURS * STEP_S;
    qwr_stay none = qwr_stay_init();
    o->options[call] = calloc(CELLS * HOURS * 3 + 8, sizeof(option));
    ck_assert_ptr_nonnull(o->options[call]);
    bool discrete = qwr_scenario_quay(o->s, (qwr_quay_ix){0})->layout == QWR_LAYOUT_DISCRETE;
    uint32_t places = discrete ? (uint32_t)qwr_scenario_berth_count(o->s) : CELLS;
    for (uint32_t k = 0; k < places; k++)
        for (int64_t t = 0; t < HOURS; t++)
            for (int64_t q = c->min_cranes; q <= c->max_cranes; q++)
                for (int64_t length = 1; length <= HOURS - t; length++) {
                    qwr_stay x = qwr_stay_init();
                    int64_t cost;
                    bool too_short;
                    x.placed = 1;
                    x.quay = (qwr_quay_ix){0};
                    x.berth = (qwr_berth_ix){QWR_NONE};
                    x.position_mm = k * CELL_MM;
                    if (discrete) {
                        x.berth = (qwr_berth_ix){k};
                        x.quay = qwr_scenario_berth(o->s, x.berth)->quay;
                        x.position_mm = qwr_scenario_berth(o->s, x.berth)->from_mm;
                    }
                    x.start_s = begin + t * STEP_S;
                    x.end_s = x.start_s + length * STEP_S;
                    x.cranes = q;
                    set(o, call, &x);
                    bool good = legal(o, &cost, &too_short);
                    if (good)
                        o->options[call][o->count[call]++] = (option){x, cost};
                    if (good || !too_short)
                        break;
                }
    set(o, call, &none);
}

static void descend(oracle *o, uint32_t call, int64_t cost_mu)
{
    qwr_stay none = qwr_stay_init();
    int64_t whole;
    bool too_short;
    if (call == qwr_scenario_call_count(o->s)) {
        o->found = true;
        if (!legal(o, &whole, &too_short))
            ck_abort_msg("a plan whose parts were all legal is not");
        o->best = whole < o->best ? whole : o->best;
        return;
    }
    bool makespan = qwr_scenario_get_info(o->s)->objective == QWR_OBJECTIVE_MAKESPAN;
    for (size_t k = 0; k < o->count[call]; k++) {
        const option *x = &o->options[call][k];
        int64_t sum =
            makespan ? (x->cost_mu > cost_mu ? x->cost_mu : cost_mu) : cost_mu + x->cost_mu;
        if (o->found && sum >= o->best)
            continue;
        set(o, call, &x->stay);
        if (legal(o, &whole, &too_short))
            descend(o, call + 1, sum);
    }
    set(o, call, &none);
}

bool tiny_optimum(int64_t *cost_mu, qwr_context *ctx, const qwr_scenario *s)
{
    oracle o = {.ctx = ctx, .s = s, .best = INT64_MAX};
    ck_assert_uint_le(qwr_scenario_call_count(s), MAX_CALLS);
    qwr_test_ok(ctx, qwr_plan_new(&o.plan, ctx, s));
    for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++)
        list_options(&o, i);
    descend(&o, 0, 0);
    for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++)
        free(o.options[i]);
    qwr_plan_free(o.plan);
    *cost_mu = o.best;
    return o.found;
}
