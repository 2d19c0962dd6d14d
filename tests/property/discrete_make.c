/* SPDX-License-Identifier: Apache-2.0 */
/* Tiny random terminals of discrete berths, each a pure function of (seed, index). */
#include "discrete.h"

#include "base/base.h"

#include <stdio.h>

typedef struct maker {
    qwr_context *ctx;
    qwr_scenario_builder *b;
    qwr__rng rng;
    uint32_t features;
    qwr_scenario_info info;
    int64_t ticks;
    uint32_t calls, berths, quays;
    int64_t dear; /**< factor of every price */
    int64_t most; /**< longest handling, in ticks */
} maker;

static const char *const NAMES[DISCRETE_FEATURES] = {
    "weights", "hours",      "closures", "latest",  "soft",  "forbidden", "pin-berth", "pin-start",
    "pin-off", "turnaround", "hopeless", "unmet",   "twins", "water",     "offset",    "inclusive",
    "change",  "weather",    "off-step", "mooring", "hulls", "early",     "dear",      "scarce"};

const char *discrete_feature(int bit)
{
    return bit >= 0 && bit < DISCRETE_FEATURES ? NAMES[bit] : "none";
}

static int64_t draw(maker *m, int64_t low, int64_t high)
{
    return low + (int64_t)qwr__rng_below(&m->rng, (uint64_t)(high - low + 1));
}

static bool has(const maker *m, uint32_t feature)
{
    return (m->features & feature) != 0;
}

/* One time in `n`, for terminals that have the feature. */
static bool now_and_then(maker *m, uint32_t feature, int64_t n)
{
    return draw(m, 1, n) == 1 && has(m, feature);
}

/* A tick in seconds; with OFF_STEP, now and then a little later. */
static int64_t at(maker *m, int64_t tick)
{
    int64_t off = draw(m, 1, m->info.step_s - 1);
    return tick * m->info.step_s + (now_and_then(m, DISCRETE_OFF_STEP, 3) ? off : 0);
}

static int64_t price(maker *m, int64_t high)
{
    int64_t mu = draw(m, 0, high);
    return draw(m, 0, 3) ? mu * m->dear : 0;
}

/* --- the terminal -------------------------------------------------------------------------------
 */

static void choose(maker *m, uint64_t index)
{
    static const qwr_objective objectives[] = {QWR_OBJECTIVE_FLOW_TIME, QWR_OBJECTIVE_COST,
                                               QWR_OBJECTIVE_COMPLETION, QWR_OBJECTIVE_COST};
    static const int64_t steps[] = {3600, 1800, 900};
    bool big = index % 64 == 63;
    /* Every feature alone in turn, with a few others; every third terminal has none of them. */
    m->features = index % 3 ? 1U << (index / 3 % DISCRETE_FEATURES) : 0;
    for (int k = 0; k < 2 * (int)(index % 3); k++)
        m->features |= 1U << draw(m, 0, DISCRETE_FEATURES - 1);
    m->calls = (uint32_t)(big ? draw(m, 9, DISCRETE_CALLS) : draw(m, 1, 7));
    m->berths = (uint32_t)draw(m, 1, DISCRETE_BERTHS);
    m->quays = has(m, DISCRETE_HULLS) && m->berths > 1 ? 2 : 1;
    m->most = draw(m, 2, 6);
    m->ticks = 4 + m->most * (m->calls + m->berths - 1) / m->berths;
    if (has(m, DISCRETE_SCARCE))
        m->ticks = m->ticks * 3 / 5 + 1;
    m->ticks = m->ticks > 40 ? 40 : m->ticks < 6 ? 6 : m->ticks;
    m->dear = has(m, DISCRETE_DEAR) ? draw(m, 1, 4000) * 1000 + draw(m, 0, 1) : 1;
    m->info = qwr_scenario_info_init();
    m->info.id = "discrete";
    m->info.epoch = "2026-03-02T00:00:00Z";
    m->info.step_s = steps[draw(m, 0, 2)];
    m->info.published_unit_s = draw(m, 0, 1) ? 3600 : m->info.step_s;
    m->info.horizon_s = m->ticks * m->info.step_s;
    m->info.objective = objectives[draw(m, 0, 3)];
    if (has(m, DISCRETE_OFFSET) || has(m, DISCRETE_INCLUSIVE))
        m->info.objective = QWR_OBJECTIVE_FLOW_TIME;
    if (has(m, DISCRETE_SOFT) || has(m, DISCRETE_CHANGE))
        m->info.objective = QWR_OBJECTIVE_COST;
    m->info.offset = has(m, DISCRETE_OFFSET) ? QWR_OFFSET_MIN_HANDLING : QWR_OFFSET_NONE;
    m->info.inclusive = has(m, DISCRETE_INCLUSIVE);
    if (has(m, DISCRETE_WATER)) {
        m->info.channel_depth_mm = draw(m, 0, 2) ? 11800 : QWR_UNSET;
        m->info.ukc_channel_mm = 500;
        m->info.ukc_berth_mm = 300;
    }
}

static void add_quays(maker *m)
{
    static const char *const ids[] = {"Q1", "Q2"};
    for (uint32_t g = 0; g < m->quays; g++) {
        qwr_quay q = qwr_quay_init();
        q.id = ids[g];
        q.layout = QWR_LAYOUT_DISCRETE;
        q.length_mm = 900000;
        q.depth_mm = has(m, DISCRETE_WATER) ? 12000 : QWR_UNSET;
        qwr_test_ok(m->ctx, qwr_scenario_add_quay(m->b, &q, NULL));
    }
    if (has(m, DISCRETE_HULLS)) {
        qwr_quay_break corner = qwr_quay_break_init();
        corner.quay.v = 0;
        corner.at_mm = draw(m, 1, 8) * 100000 - 20000;
        qwr_test_ok(m->ctx, qwr_scenario_add_quay_break(m->b, &corner));
    }
}

static void add_berths(maker *m)
{
    static const char *const ids[] = {"B1", "B2", "B3"};
    add_quays(m);
    for (uint32_t k = 0; k < m->berths; k++) {
        qwr_berth berth = qwr_berth_init();
        berth.id = ids[k];
        berth.quay.v = m->quays == 2 ? k % 2 : 0;
        berth.from_mm = k * 300000;
        if (has(m, DISCRETE_HULLS) && draw(m, 0, 3))
            berth.length_mm = draw(m, 15, 30) * 10000;
        if (has(m, DISCRETE_WATER) && draw(m, 0, 1))
            berth.depth_mm = draw(m, 100, 125) * 100;
        if (has(m, DISCRETE_HOURS)) {
            berth.open_s = draw(m, 0, 1) * at(m, draw(m, 0, m->ticks / 3));
            if (draw(m, 0, 1))
                berth.close_s = at(m, draw(m, m->ticks * 2 / 3, m->ticks - 1));
        }
        if (has(m, DISCRETE_TURNAROUND))
            berth.turnaround_s = draw(m, 0, 2) * m->info.step_s;
        qwr_test_ok(m->ctx, qwr_scenario_add_berth(m->b, &berth, NULL));
    }
}

static void add_tide(maker *m)
{
    int64_t step = draw(m, 2, 5);
    for (int64_t k = 0; has(m, DISCRETE_WATER) && k * step < m->ticks; k++) {
        qwr_tide t = qwr_tide_init();
        t.at_s = at(m, k * step);
        t.level_mm = k % 2 ? draw(m, 800, 1800) : draw(m, -400, 300);
        qwr_test_ok(m->ctx, qwr_scenario_add_tide(m->b, &t));
    }
}

static void add_window(maker *m, qwr_window_kind kind, int number)
{
    char id[32];
    qwr_window w = qwr_window_init();
    (void)snprintf(id, sizeof id, "%s%d", kind == QWR_WINDOW_CLOSURE ? "closed" : "gale", number);
    w.id = id;
    w.kind = kind;
    w.quay.v = (uint32_t)draw(m, 0, m->quays - 1);
    if (kind == QWR_WINDOW_CLOSURE && draw(m, 0, 3)) {
        w.quay.v = QWR_NONE;
        w.berth.v = (uint32_t)draw(m, 0, m->berths - 1);
    } else if (kind == QWR_WINDOW_CLOSURE) {
        w.from_mm = draw(m, 0, 5) * 100000;
        w.to_mm = w.from_mm + draw(m, 1, 3) * 100000;
    }
    int64_t from = draw(m, 0, m->ticks - 2);
    w.from_s = at(m, from);
    w.to_s = at(m, from + draw(m, 1, 3));
    qwr_test_ok(m->ctx, qwr_scenario_add_window(m->b, &w, NULL));
}

static void add_windows(maker *m)
{
    int closures = has(m, DISCRETE_CLOSURES) ? (int)draw(m, 1, 5) : 0;
    int gales = has(m, DISCRETE_WEATHER) ? (int)draw(m, 1, 3) : 0;
    for (int k = 0; k < closures; k++)
        add_window(m, QWR_WINDOW_CLOSURE, k + 1);
    for (int k = 0; k < gales; k++)
        add_window(m, QWR_WINDOW_WEATHER, k + 1);
}

/* --- calls --------------------------------------------------------------------------------------
 */

static void set_times(maker *m, qwr_call *c)
{
    int64_t arrival = draw(m, 0, m->ticks / 2);
    c->eta_s = at(m, arrival);
    if (has(m, DISCRETE_EARLY)) {
        if (draw(m, 0, 3) == 0)
            c->eta_s -= m->info.step_s * draw(m, 0, 6);
        if (draw(m, 0, 2))
            c->earliest_s = c->eta_s - draw(m, 0, 3) * m->info.step_s;
        if (c->earliest_s != QWR_UNSET && c->earliest_s < -m->info.horizon_s)
            c->earliest_s = -m->info.horizon_s;
        if (c->eta_s < -m->info.horizon_s)
            c->eta_s = -m->info.horizon_s;
    }
    if (has(m, DISCRETE_LATEST) || has(m, DISCRETE_SOFT)) {
        c->latest_departure_s = at(m, arrival + draw(m, m->most, m->most * 3));
        c->latest_is_soft = has(m, DISCRETE_SOFT) && (!has(m, DISCRETE_LATEST) || draw(m, 0, 1));
    }
    if (has(m, DISCRETE_MOORING)) {
        c->mooring_s = draw(m, 0, 1) * m->info.step_s;
        c->unmooring_s = draw(m, 0, 1) * m->info.step_s;
    }
}

static void set_prices(maker *m, qwr_call *c)
{
    c->weight_milli = has(m, DISCRETE_WEIGHTS) ? draw(m, 0, 4) * draw(m, 1, 1500) : 1000;
    c->weight_milli =
        has(m, DISCRETE_DEAR) ? c->weight_milli * (m->dear / 1000 + 1) : c->weight_milli;
    c->wait_mu_h = price(m, 9999);
    c->speedup_mu_h = price(m, 5000);
    c->stay_mu_h = price(m, 3000);
    c->late_mu_h = price(m, 9999);
    c->desired_departure_s = draw(m, 0, 2) ? c->eta_s + at(m, draw(m, 1, m->most + 3)) : QWR_UNSET;
    c->past_latest_mu = price(m, 99999);
    c->deviation_mu_m = price(m, 50);
    c->preferred_quay.v = (uint32_t)draw(m, 0, m->quays - 1);
    c->preferred_mm = draw(m, 0, 1) ? draw(m, 0, 900000) : QWR_UNSET;
    if (!has(m, DISCRETE_CHANGE))
        return;
    c->base_quay.v = draw(m, 0, 1) ? 0 : QWR_NONE;
    c->base_start_s = draw(m, 0, 2) ? c->eta_s + at(m, draw(m, 0, 6)) : QWR_UNSET;
    c->base_position_mm = draw(m, 0, 1) ? draw(m, 0, 2) * 300000 : QWR_UNSET;
    if (m->quays == 1 && draw(m, 0, 1))
        c->base_berth.v = (uint32_t)draw(m, 0, m->berths - 1);
    c->change_berth_mu = price(m, 20000);
    c->change_position_mu_m = price(m, 60);
    c->change_start_mu_h = price(m, 12000);
}

static void set_pins(maker *m, qwr_call *c)
{
    int64_t start = c->eta_s / m->info.step_s * m->info.step_s + draw(m, 0, 4) * m->info.step_s;
    if (now_and_then(m, DISCRETE_PIN_BERTH, 3))
        c->pin_berth.v = (uint32_t)draw(m, 0, m->berths - 1);
    else if (now_and_then(m, DISCRETE_PIN_BERTH, 4))
        c->pin_position_mm = draw(m, 0, m->berths - 1) * 300000;
    if (now_and_then(m, DISCRETE_PIN_START, 3))
        c->pin_start_s = start;
    if (now_and_then(m, DISCRETE_PIN_OFF, 3))
        c->pin_start_s = start + draw(m, 0, m->info.step_s - 1);
}

static void set_vessel(maker *m, qwr_call *c)
{
    if (has(m, DISCRETE_HULLS) && draw(m, 0, 3))
        c->loa_mm = draw(m, 8, 28) * 10000;
    if (!has(m, DISCRETE_WATER))
        return;
    c->draught_mm = draw(m, 90, 128) * 100;
    if (draw(m, 0, 1))
        c->draught_out_mm = c->draught_mm + draw(m, -10, 5) * 100;
    if (draw(m, 0, 9) == 0)
        c->draught_mm = QWR_UNSET;
}

static int64_t handling(maker *m, bool unmet)
{
    int64_t work_s = draw(m, 1, m->most) * m->info.step_s;
    if (now_and_then(m, DISCRETE_OFF_STEP, 3))
        work_s -= draw(m, 1, m->info.step_s - 1);
    if (now_and_then(m, DISCRETE_OFF_STEP, 30))
        work_s = 0;
    return unmet ? work_s + m->info.horizon_s : work_s;
}

static void add_handling(maker *m, qwr_call_ix call, bool hopeless, bool unmet)
{
    for (uint32_t k = 0; k < m->berths; k++) {
        qwr_handling row = qwr_handling_init();
        row.call = call;
        row.berth.v = k;
        row.handling_s = handling(m, unmet);
        if (hopeless || now_and_then(m, DISCRETE_FORBIDDEN, 3))
            row.handling_s = QWR_FORBIDDEN;
        qwr_test_ok(m->ctx, qwr_scenario_add_handling(m->b, &row));
    }
    if (!now_and_then(m, DISCRETE_FORBIDDEN, 3))
        return;
    qwr_place place = qwr_place_init();
    place.call = call;
    place.berth.v = (uint32_t)draw(m, 0, m->berths - 1);
    place.forbid = (uint32_t)draw(m, 0, 1);
    qwr_test_ok(m->ctx, qwr_scenario_add_place(m->b, &place));
}

/* Twins: the same vessel under two names, drawn from the same numbers. */
static void add_call(maker *m, uint32_t i, bool hopeless, bool unmet)
{
    char id[16];
    qwr_call c = qwr_call_init();
    qwr_call_ix ix;
    (void)snprintf(id, sizeof id, "V%u", i + 1);
    c.id = c.vessel = id;
    c.min_cranes = c.max_cranes = 0;
    set_times(m, &c);
    set_prices(m, &c);
    set_pins(m, &c);
    set_vessel(m, &c);
    if (!has(m, DISCRETE_FORBIDDEN) && draw(m, 0, 5) == 0) {
        c.handling_s = handling(m, unmet || hopeless);
        qwr_test_ok(m->ctx, qwr_scenario_add_call(m->b, &c, NULL));
        return;
    }
    qwr_test_ok(m->ctx, qwr_scenario_add_call(m->b, &c, &ix));
    add_handling(m, ix, hopeless, unmet);
}

static void add_calls(maker *m)
{
    qwr__rng twin = m->rng;
    for (uint32_t i = 0; i < m->calls; i++) {
        bool odd = now_and_then(m, DISCRETE_HOPELESS, 4),
             unmet = now_and_then(m, DISCRETE_UNMET, 4);
        if (has(m, DISCRETE_TWINS) && i % 2)
            m->rng = twin;
        twin = m->rng;
        add_call(m, i, odd, unmet);
    }
}

qwr_scenario *discrete_scenario(uint32_t *features, qwr_context *ctx, discrete_key key)
{
    maker m = {.ctx = ctx, .rng = {.seed = key.seed, .stage = 1000 + key.index}};
    qwr_scenario *s = NULL;
    choose(&m, key.index);
    qwr_test_ok(ctx, qwr_scenario_builder_new(&m.b, ctx, &m.info));
    add_berths(&m);
    add_tide(&m);
    add_calls(&m);
    add_windows(&m);
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, m.b));
    qwr_scenario_builder_free(m.b);
    *features = m.features;
    return s;
}
