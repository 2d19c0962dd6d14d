/* SPDX-License-Identifier: Apache-2.0 */
/* Drawing, trying and growing for verify_world.h. */
#include "verify_world.h"

#include <stdio.h>
#include <string.h>

static int64_t below(qwr__rng *rng, int64_t n)
{
    return (int64_t)qwr__rng_below(rng, (uint64_t)n);
}

static bool chance(qwr__rng *rng, int64_t one_in)
{
    return below(rng, one_in) == 0;
}

/* --- drawing -------------------------------------------------------------------------------- */

/** What is drawn for one berth after the other may begin anew for each of them. */
static void like_the_first(qwr__rng *rng, const qwr__rng *first, int features)
{
    if ((features & WITH_LIKES) != 0)
        *rng = *first;
}

static void draw_berths(qwr_context *ctx, qwr_scenario_builder *b, qwr__rng *rng, uint32_t berths,
                        int64_t steps, int features)
{
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix ix;
    qwr__rng first = *rng;
    quay.id = "Q";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 1000 * (int64_t)berths;
    qwr_test_ok(ctx, qwr_scenario_add_quay(b, &quay, &ix));
    for (uint32_t k = 0; k < berths; k++) {
        char id[16];
        qwr_berth berth = qwr_berth_init();
        like_the_first(rng, &first, features);
        snprintf(id, sizeof id, "B%u", (unsigned)k);
        berth.id = id;
        berth.quay = ix;
        berth.from_mm = 1000 * (int64_t)k;
        berth.length_mm = 1000;
        berth.turnaround_s = chance(rng, 2) ? 0 : STEP_S * (1 + below(rng, 2));
        if ((features & WITH_WINDOWS) != 0 && chance(rng, 3))
            berth.open_s = STEP_S * below(rng, 3) + below(rng, 2) * 100;
        if ((features & WITH_WINDOWS) != 0 && chance(rng, 3))
            berth.close_s = STEP_S * (steps - below(rng, 3)) - below(rng, 2) * 100;
        qwr_test_ok(ctx, qwr_scenario_add_berth(b, &berth, NULL));
    }
}

static void draw_windows(qwr_context *ctx, qwr_scenario_builder *b, qwr__rng *rng, uint32_t berths,
                         int64_t steps, int features)
{
    for (int k = 0; k < 4; k++) {
        char id[16];
        qwr_window w = qwr_window_init();
        snprintf(id, sizeof id, "W%d", k);
        w.id = id;
        w.from_s = below(rng, steps * STEP_S - 900);
        w.to_s = w.from_s + 1 + below(rng, 2 * STEP_S);
        w.kind = k < 2 ? QWR_WINDOW_CLOSURE : QWR_WINDOW_WEATHER;
        if (k == 1)
            w.berth.v = (uint32_t)below(rng, berths);
        else
            w.quay.v = 0;
        if (k == 0)
            w.to_mm = 1000;
        int wanted = k < 2 ? WITH_WINDOWS : WITH_WEATHER;
        if ((features & wanted) != 0 && chance(rng, 2))
            qwr_test_ok(ctx, qwr_scenario_add_window(b, &w, NULL));
    }
}

static void draw_money(qwr_call *c, qwr__rng *rng)
{
    c->wait_mu_h = 4 * below(rng, 500);
    c->speedup_mu_h = 4 * below(rng, 300);
    c->stay_mu_h = 4 * below(rng, 200);
    c->late_mu_h = 4 * below(rng, 1000);
    if (chance(rng, 2))
        c->desired_departure_s = c->eta_s + below(rng, 8 * STEP_S);
    if (chance(rng, 3))
        c->earliest_s = c->eta_s - below(rng, 3 * STEP_S);
    if (chance(rng, 3)) {
        c->base_start_s = below(rng, 8) * STEP_S;
        c->change_start_mu_h = 400;
        c->base_berth.v = 0;
        c->change_berth_mu = 77;
    }
    if (chance(rng, 4)) {
        c->latest_departure_s = c->eta_s + below(rng, 8 * STEP_S);
        c->latest_is_soft = 1;
        c->past_latest_mu = 500;
    }
}

/** Some time in the same step: those who arrive there may begin at the same steps. */
static int64_t same_step(qwr__rng *rng, int64_t eta_s)
{
    return eta_s < 1 ? eta_s : eta_s - below(rng, (eta_s - 1) % STEP_S + 1);
}

/** With `move` the call arrives at another time of its step, which that draws. */
static void draw_call(qwr_context *ctx, qwr_scenario_builder *b, qwr__rng *rng, uint32_t i,
                      uint32_t berths, int64_t steps, int features, qwr__rng *move)
{
    char id[16];
    qwr_call c = qwr_call_init();
    qwr_call_ix ix;
    snprintf(id, sizeof id, "C%u", (unsigned)i);
    c.id = id;
    c.max_cranes = c.min_cranes = 0;
    c.loa_mm = 1000;
    c.eta_s = below(rng, steps / 2) * STEP_S + (chance(rng, 4) ? below(rng, STEP_S) : 0);
    c.handling_s = STEP_S * (1 + below(rng, 4)) - (chance(rng, 4) ? below(rng, STEP_S) : 0);
    c.weight_milli = 4 * below(rng, 4);
    if ((features & WITH_WINDOWS) != 0 && chance(rng, 3))
        c.latest_departure_s = c.eta_s + below(rng, steps * STEP_S);
    if ((features & WITH_COSTS) != 0)
        draw_money(&c, rng);
    if ((features & WITH_PINS) != 0 && chance(rng, 4))
        c.pin_berth.v = (uint32_t)below(rng, berths);
    if ((features & WITH_PINS) != 0 && chance(rng, 4))
        c.pin_start_s = c.eta_s + below(rng, 4 * STEP_S) - (chance(rng, 8) ? 5000 : 0);
    if (move != NULL)
        c.eta_s = same_step(move, c.eta_s);
    qwr_test_ok(ctx, qwr_scenario_add_call(b, &c, &ix));
    qwr__rng first = *rng;
    for (uint32_t k = 0; k < berths; k++) {
        qwr_handling h = qwr_handling_init();
        like_the_first(rng, &first, features);
        h.call = ix;
        h.berth.v = k;
        h.handling_s = STEP_S * (1 + below(rng, 4));
        if ((features & WITH_WINDOWS) != 0 && chance(rng, 5))
            h.handling_s = QWR_FORBIDDEN;
        if (chance(rng, 2))
            qwr_test_ok(ctx, qwr_scenario_add_handling(b, &h));
    }
}

qwr_scenario *verify_draw(qwr_context *ctx, qwr__rng *rng, uint32_t calls, uint32_t berths,
                          int64_t steps, int features)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario_builder *b = NULL;
    qwr_scenario *scenario = NULL;
    info.id = "tiny";
    info.epoch = "2026-01-01T00:00:00Z";
    info.step_s = STEP_S;
    info.horizon_s = steps * STEP_S;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    if ((features & WITH_COSTS) != 0) {
        const qwr_objective kinds[] = {QWR_OBJECTIVE_COST, QWR_OBJECTIVE_FLOW_TIME,
                                       QWR_OBJECTIVE_COMPLETION};
        info.objective = kinds[below(rng, 3)];
        info.offset = chance(rng, 2) ? QWR_OFFSET_MIN_HANDLING : QWR_OFFSET_NONE;
    }
    qwr_test_ok(ctx, qwr_scenario_builder_new(&b, ctx, &info));
    draw_berths(ctx, b, rng, berths, steps, features);
    qwr__rng before = *rng;
    for (uint32_t i = 0; i < calls; i++) {
        if (i > 0 && (features & WITH_COPIES) != 0 && chance(rng, 2)) {
            qwr__rng again = before;
            draw_call(ctx, b, &again, i, berths, steps, features, rng);
            continue;
        }
        before = *rng;
        draw_call(ctx, b, rng, i, berths, steps, features, NULL);
    }
    draw_windows(ctx, b, rng, berths, steps, features);
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, b));
    qwr_scenario_builder_free(b);
    return scenario;
}

/* --- trying --------------------------------------------------------------------------------- */

/** Rules a longer stay could please: the shortest one that pleases them counts. */
static bool only_too_short(const qwr_violation *found, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(found[k].rule, "handling") == 0)
            return true;
    return false;
}

static void try_start(choices *out, qwr_checker *checker, const qwr_scenario *scenario,
                      uint32_t call, uint32_t berth, int64_t start_s)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(scenario);
    qwr_stay stay = qwr_stay_init();
    qwr_violation found[24];
    size_t count = 0;
    int64_t cost_mu = 0;
    stay.placed = 1;
    stay.quay.v = 0;
    stay.berth.v = berth;
    stay.position_mm = qwr_scenario_berth(scenario, stay.berth)->from_mm;
    stay.start_s = start_s;
    stay.end_s = start_s - (start_s % STEP_S + STEP_S) % STEP_S + STEP_S;
    for (; stay.end_s <= info->horizon_s; stay.end_s += STEP_S) {
        ck_assert_int_eq(
            qwr_checker_try(checker, (qwr_call_ix){call}, &stay, found, 24, &count, &cost_mu),
            QWR_OK);
        if (!only_too_short(found, count))
            break;
    }
    if (stay.end_s > info->horizon_s || count > 0)
        return;
    ck_assert_uint_lt(out->count[call], STAYS_MAX);
    out->stay[call][out->count[call]++] = (stay_choice){berth, start_s, stay.end_s, cost_mu};
}

static bool meet(const choices *all, const stay_choice *a, const stay_choice *b)
{
    int64_t pause_s = all->turnaround_s[a->berth];
    return a->berth == b->berth && a->start_s < b->end_s + pause_s &&
           b->start_s < a->end_s + pause_s;
}

static void search(choices *all, uint32_t call, const stay_choice **chosen, int64_t cost_mu)
{
    if (call == all->calls) {
        all->best_mu = cost_mu < all->best_mu ? cost_mu : all->best_mu;
        return;
    }
    chosen[call] = NULL;
    for (size_t k = 0; k < all->count[call]; k++) {
        bool free = true;
        for (uint32_t i = 0; i < call && free; i++)
            free = chosen[i] == NULL || !meet(all, chosen[i], &all->stay[call][k]);
        if (!free)
            continue;
        chosen[call] = &all->stay[call][k];
        search(all, call + 1, chosen, cost_mu + chosen[call]->cost_mu);
    }
    if (all->count[call] == 0)
        search(all, call + 1, chosen, cost_mu);
}

void verify_try_all(choices *out, qwr_context *ctx, const qwr_scenario *scenario)
{
    const stay_choice *chosen[CALLS_MAX];
    qwr_plan *plan = NULL;
    qwr_checker *checker = NULL;
    memset(out, 0, sizeof *out);
    out->calls = (uint32_t)qwr_scenario_call_count(scenario);
    out->best_mu = INT64_MAX;
    qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, scenario));
    qwr_test_ok(ctx, qwr_checker_new(&checker, ctx, scenario, plan));
    for (uint32_t i = 0; i < out->calls; i++) {
        int64_t pin_s = qwr_scenario_call(scenario, (qwr_call_ix){i})->pin_start_s;
        for (uint32_t b = 0; b < qwr_scenario_berth_count(scenario); b++) {
            out->turnaround_s[b] = qwr_scenario_berth(scenario, (qwr_berth_ix){b})->turnaround_s;
            for (int64_t t = 0; t < qwr_scenario_get_info(scenario)->horizon_s; t += STEP_S)
                if (pin_s == QWR_UNSET)
                    try_start(out, checker, scenario, i, b, t);
            if (pin_s != QWR_UNSET)
                try_start(out, checker, scenario, i, b, pin_s);
        }
    }
    qwr_checker_free(checker);
    qwr_plan_free(plan);
    search(out, 0, chosen, 0);
}

/* --- growing -------------------------------------------------------------------------------- */

void verify_prices(qwr_certificate *c, const int64_t *price)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.price = price;
    ck_assert_int_eq(qwr_certificate_add(c, &step), QWR_OK);
}

void verify_split_range(qwr_certificate *c, uint32_t call, uint32_t berth, uint32_t berth_last,
                        int64_t from_s, int64_t to_s)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    step.call.v = call;
    step.berth.v = berth;
    step.berth_last.v = berth_last;
    step.from_s = from_s;
    step.to_s = to_s;
    ck_assert_int_eq(qwr_certificate_add(c, &step), QWR_OK);
}

void verify_split(qwr_certificate *c, uint32_t call, uint32_t berth, int64_t from_s, int64_t to_s)
{
    verify_split_range(c, call, berth, QWR_NONE, from_s, to_s);
}

void verify_end(qwr_certificate *c)
{
    const qwr_certificate_step step = qwr_certificate_step_init();
    ck_assert_int_eq(qwr_certificate_add(c, &step), QWR_OK);
}

qwr_certificate *verify_new(qwr_context *ctx, const qwr_scenario *scenario, uint32_t ordered,
                            int64_t price_unit, int64_t target_mu)
{
    qwr_certificate_info info = qwr_certificate_info_init();
    qwr_certificate *c = NULL;
    info.ordered = ordered;
    info.scenario_hash = qwr_scenario_hash(scenario);
    info.call_count = (uint32_t)qwr_scenario_call_count(scenario);
    info.price_unit = price_unit;
    info.target_mu = target_mu;
    qwr_test_ok(ctx, qwr_certificate_new(&c, ctx, &info));
    return c;
}

qwr_certificate *verify_cut(qwr_context *ctx, const qwr_certificate *c,
                            const qwr_certificate_info *info, size_t from, size_t to)
{
    qwr_certificate *out = NULL;
    qwr_test_ok(ctx, qwr_certificate_new(&out, ctx, info));
    for (size_t k = 0; k < qwr_certificate_count(c); k++) {
        qwr_certificate_step step = qwr_certificate_step_init();
        qwr_test_ok(ctx, qwr_certificate_get(&step, c, k));
        if (k < from || k >= to)
            qwr_test_ok(ctx, qwr_certificate_add(out, &step));
    }
    return out;
}

qwr_verdict verify_ask(qwr_context *ctx, const qwr_scenario *scenario, const qwr_certificate *c)
{
    qwr_verdict verdict = qwr_verdict_init();
    qwr_test_ok(ctx, qwr_certificate_verify(&verdict, ctx, scenario, c));
    return verdict;
}

/** A node: a bit a stay and call. Knows of splits only, not of what prices and copies take out. */
typedef struct node {
    uint64_t left[CALLS_MAX];
} node;

typedef struct growth {
    qwr_context *ctx;
    qwr__rng *rng;
    const qwr_scenario *scenario;
    const choices *all;
    qwr_certificate *c;
    int64_t unit, target_mu;
    node stack[401];
    size_t depth;
} growth;

static void add_prices(growth *g, bool large)
{
    int64_t price[CALLS_MAX];
    int64_t size = large ? 1000000 : INT64_C(1) << below(g->rng, 20);
    for (uint32_t i = 0; i < g->all->calls; i++) {
        int64_t least = INT64_MAX;
        for (size_t k = 0; k < g->all->count[i]; k++)
            if ((g->stack[g->depth - 1].left[i] >> k & 1) != 0 &&
                g->all->stay[i][k].cost_mu < least)
                least = g->all->stay[i][k].cost_mu;
        int64_t more = large ? size * g->unit : below(g->rng, size * g->unit);
        price[i] = least == INT64_MAX ? 0 : least * g->unit + more;
    }
    verify_prices(g->c, price);
}

static bool named(const stay_choice *s, uint32_t berth, uint32_t berth_last, int64_t from_s,
                  int64_t to_s)
{
    return (berth == QWR_NONE || (s->berth >= berth && s->berth <= berth_last)) &&
           s->start_s >= from_s && s->start_s <= to_s;
}

/** Splits the node on top of the stack, mostly in two that both have stays; false: it has none to
 * split, or bad luck. */
static bool split_top(growth *g)
{
    qwr__rng *rng = g->rng;
    node *top = &g->stack[g->depth - 1];
    bool empty = chance(rng, 8);
    for (int tries = 0; tries < 100; tries++) {
        uint32_t i = (uint32_t)below(rng, g->all->calls);
        if (g->all->count[i] == 0)
            continue;
        const stay_choice *s = &g->all->stay[i][below(rng, (int64_t)g->all->count[i])];
        uint32_t berth = chance(rng, 2) ? QWR_NONE : (uint32_t)below(rng, s->berth + 1);
        uint32_t berth_last = berth == QWR_NONE ? QWR_NONE : s->berth + (uint32_t)below(rng, 2);
        int64_t from_s = s->start_s - (chance(rng, 2) ? below(rng, 4000) : 0);
        int64_t to_s = s->start_s + (chance(rng, 2) ? below(rng, 4000) : 0);
        uint64_t mask = 0;
        for (size_t k = 0; k < g->all->count[i]; k++)
            mask |= (uint64_t)named(&g->all->stay[i][k], berth, berth_last, from_s, to_s) << k;
        if (!empty && ((top->left[i] & mask) == 0 || (top->left[i] & ~mask) == 0))
            continue;
        verify_split_range(g->c, i, berth, berth_last, from_s, to_s);
        ck_assert_uint_lt(g->depth, 400);
        g->stack[g->depth] = *top;
        top->left[i] &= ~mask;
        g->stack[g->depth++].left[i] &= mask;
        return true;
    }
    return false;
}

/** Would the replay let the node at hand end? */
static bool is_closed(const growth *g)
{
    qwr_certificate *trial = verify_cut(g->ctx, g->c, qwr_certificate_get_info(g->c), 0, 0);
    verify_end(trial);
    qwr_verdict v = verify_ask(g->ctx, g->scenario, trial);
    bool refused = strstr(v.sentence, "ends a node that is not closed") != NULL;
    ck_assert_msg(v.proved != 0 || refused || strstr(v.sentence, "before the end of") != NULL, "%s",
                  v.sentence);
    ck_assert(v.proved == (uint32_t)(!refused && g->depth == 1));
    qwr_certificate_free(trial);
    return !refused;
}

/** Is just one plan left at the node, and does it cost the target or less? */
static bool is_a_plan(const growth *g)
{
    const node *top = &g->stack[g->depth - 1];
    const stay_choice *at[CALLS_MAX];
    int64_t cost_mu = 0;
    for (uint32_t i = 0; i < g->all->calls; i++) {
        at[i] = NULL;
        if (g->all->count[i] == 0)
            continue;
        if (__builtin_popcountll(top->left[i]) != 1)
            return false;
        at[i] = &g->all->stay[i][__builtin_ctzll(top->left[i])];
        for (uint32_t j = 0; j < i; j++)
            if (at[j] != NULL && meet(g->all, at[i], at[j]))
                return false;
        cost_mu += at[i]->cost_mu;
    }
    return cost_mu <= g->target_mu;
}

/** Closed nodes mostly end, but may go on for a while. @return false: stuck */
static bool grow(growth *g)
{
    if (is_closed(g) && (g->depth > 100 || !chance(g->rng, 4))) {
        verify_end(g->c);
        g->depth--;
        return true;
    }
    if (is_a_plan(g)) {
        add_prices(g, true); /* a plan that is left aside is not worth its prices */
        return is_closed(g);
    }
    if (!chance(g->rng, 2) || !split_top(g))
        add_prices(g, false);
    return true;
}

qwr_certificate *verify_grow(qwr_context *ctx, qwr__rng *rng, const qwr_scenario *scenario,
                             const choices *all, uint32_t ordered, int64_t target_mu)
{
    static growth g;
    g = (growth){.ctx = ctx, .rng = rng, .scenario = scenario, .all = all, .depth = 1};
    g.unit = 1 + below(rng, 10);
    g.target_mu = target_mu;
    g.c = verify_new(ctx, scenario, ordered, g.unit, target_mu);
    for (uint32_t i = 0; i < all->calls; i++)
        g.stack[0].left[i] = all->count[i] == 0 ? 0 : UINT64_MAX >> (64 - all->count[i]);
    for (int steps = 0; steps < 20000; steps++)
        if (g.depth == 0 || !grow(&g))
            return g.c;
    ck_abort_msg("the tree does not come to an end");
    return g.c;
}
