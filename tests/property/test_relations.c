/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the optima of related ports of discrete berths relate, at sizes no oracle reaches: the same
 * week later, berths in another order, another spelling of the same objective, one vessel more, one
 * berth less. Each run gives an interval [bound, cost] that holds the optimum, so every relation is
 * tested, proven or not: intervals that cannot hold related optima show a fault.
 */
#include "support/support.h"

#include <quaywright/quaywright.h>

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, MOST_VESSELS = 61, MOST_BERTHS = 14, WORK = 120000 };

/** A port in whole hours; handling 0: forbidden. */
typedef struct port {
    uint32_t vessels, berths;
    int64_t arrival[MOST_VESSELS], latest[MOST_VESSELS], weight[MOST_VESSELS];
    int64_t handling[MOST_VESSELS][MOST_BERTHS];
    int64_t open[MOST_BERTHS], close[MOST_BERTHS];
    int64_t horizon, hour_s; /**< hour_s: how long an hour is taken to be */
    qwr_objective objective;
    qwr_offset offset;
} port;

/** What a run found: the optimum lies in [bound_mu, cost_mu]. */
typedef struct found {
    int64_t bound_mu, cost_mu;
    bool complete;
} found;

typedef struct trial {
    qwr_context *ctx;
    uint64_t seed;
    port base;
    found before;
    int proven, solved;
} trial;

static int64_t draw(qwr__rng *rng, int64_t low, int64_t high)
{
    return low + (int64_t)qwr__rng_below(rng, (uint64_t)(high - low + 1));
}

/* Berths of differing speed, one pair in seven forbidden, some weights, some hours that bind; ports
 * of odd seeds have room enough for proofs. */
static port make_port(uint64_t seed)
{
    qwr__rng rng = {.seed = seed, .stage = 2000};
    port p = {.hour_s = HOUR, .objective = QWR_OBJECTIVE_FLOW_TIME};
    bool light = seed % 2 == 1;
    p.vessels = (uint32_t)draw(&rng, 30, light ? 40 : MOST_VESSELS - 1);
    p.berths = light ? p.vessels / 4 + 2 : (uint32_t)draw(&rng, p.vessels / 6, MOST_BERTHS - 2);
    p.horizon = 260;
    for (uint32_t k = 0; k < p.berths; k++) {
        p.open[k] = draw(&rng, 0, 3) ? 0 : draw(&rng, 1, 12);
        p.close[k] = draw(&rng, 0, 3) ? p.horizon : draw(&rng, 150, p.horizon);
    }
    for (uint32_t i = 0; i < p.vessels; i++) {
        int64_t work = draw(&rng, 4, 40);
        p.arrival[i] = draw(&rng, 0, 110);
        p.weight[i] = draw(&rng, 0, 2) ? 1 : draw(&rng, 1, 4);
        p.latest[i] = draw(&rng, 0, 4) ? p.horizon : p.arrival[i] + draw(&rng, 80, 120);
        for (uint32_t k = 0; k < p.berths; k++)
            p.handling[i][k] = draw(&rng, 1, 7) == 1 && (k + i) % p.berths != 0
                                   ? 0
                                   : work + work * draw(&rng, 0, 6) / 10;
    }
    return p;
}

static void add_calls(qwr_context *ctx, qwr_scenario_builder *b, const port *p)
{
    for (uint32_t i = 0; i < p->vessels; i++) {
        char id[16];
        qwr_call call = qwr_call_init();
        qwr_call_ix ix;
        (void)snprintf(id, sizeof id, "V%u", i + 1);
        call.id = id;
        call.eta_s = p->arrival[i] * p->hour_s;
        call.latest_departure_s = p->latest[i] * p->hour_s;
        call.weight_milli = 1000 * p->weight[i];
        call.wait_mu_h = call.stay_mu_h = 1000 * p->weight[i];
        call.min_cranes = call.max_cranes = 0;
        qwr_test_ok(ctx, qwr_scenario_add_call(b, &call, &ix));
        for (uint32_t k = 0; k < p->berths; k++) {
            qwr_handling row = qwr_handling_init();
            row.call = ix;
            row.berth.v = k;
            row.handling_s = p->handling[i][k] ? p->handling[i][k] * p->hour_s : QWR_FORBIDDEN;
            qwr_test_ok(ctx, qwr_scenario_add_handling(b, &row));
        }
    }
}

static qwr_scenario *build(qwr_context *ctx, const port *p)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario_builder *b = NULL;
    qwr_scenario *s = NULL;
    qwr_quay quay = qwr_quay_init();
    info.id = "port";
    info.epoch = "2026-03-02T00:00:00Z";
    info.step_s = p->hour_s;
    info.horizon_s = p->horizon * p->hour_s;
    info.objective = p->objective;
    info.offset = p->offset;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&b, ctx, &info));
    quay.id = "Q";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 1000 * (int64_t)p->berths;
    qwr_test_ok(ctx, qwr_scenario_add_quay(b, &quay, NULL));
    for (uint32_t k = 0; k < p->berths; k++) {
        char id[16];
        qwr_berth berth = qwr_berth_init();
        (void)snprintf(id, sizeof id, "B%u", k + 1);
        berth.id = id;
        berth.quay.v = 0;
        berth.from_mm = 1000 * (int64_t)k;
        berth.open_s = p->open[k] * p->hour_s;
        berth.close_s = p->close[k] * p->hour_s;
        qwr_test_ok(ctx, qwr_scenario_add_berth(b, &berth, NULL));
    }
    add_calls(ctx, b, p);
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, b));
    qwr_scenario_builder_free(b);
    return s;
}

static found solve(trial *t, const port *p)
{
    qwr_scenario *s = build(t->ctx, p);
    qwr_solve_options o = qwr_solve_options_init();
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = WORK;
    qwr_test_ok(t->ctx, qwr_solve(&plan, t->ctx, s, &o, &stats));
    const qwr_plan_quality *q = qwr_plan_get_quality(plan);
    found f = {q->bound_mu, q->cost_mu, q->unplaced == 0};
    ck_assert_int_eq(stats.violations, 0);
    ck_assert_msg(f.bound_mu <= f.cost_mu, "seed %llu: bound %lld is above the cost %lld",
                  (unsigned long long)t->seed, (long long)f.bound_mu, (long long)f.cost_mu);
    t->solved++;
    t->proven += f.complete && f.bound_mu == f.cost_mu;
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    return f;
}

/* The new optimum is factor * (the old one) + more. */
static void expect_same(const trial *t, const found *a, const found *b, int64_t factor,
                        int64_t more, const char *what)
{
    if (!a->complete || !b->complete)
        return;
    bool low = b->bound_mu == QWR_UNSET || b->bound_mu <= factor * a->cost_mu + more;
    bool high = a->bound_mu == QWR_UNSET || factor * a->bound_mu + more <= b->cost_mu;
    ck_assert_msg(
        low && high,
        "seed %llu, %s: optimum in [%lld, %lld], was in [%lld, %lld]; expected %lld times "
        "that and %lld more",
        (unsigned long long)t->seed, what, (long long)b->bound_mu, (long long)b->cost_mu,
        (long long)a->bound_mu, (long long)a->cost_mu, (long long)factor, (long long)more);
}

/* The optimum of `harder` is no less than that of `easier`. */
static void expect_no_less(const trial *t, const found *easier, const found *harder,
                           const char *what)
{
    if (!easier->complete || !harder->complete || easier->bound_mu == QWR_UNSET)
        return;
    ck_assert_msg(easier->bound_mu <= harder->cost_mu,
                  "seed %llu, %s: a plan at %lld, but without that none costs less than %lld",
                  (unsigned long long)t->seed, what, (long long)harder->cost_mu,
                  (long long)easier->bound_mu);
}

/* --- relations ----------------------------------------------------------------------------------
 */

static void later(trial *t)
{
    port p = t->base;
    const int64_t by = 7;
    for (uint32_t i = 0; i < p.vessels; i++) {
        p.arrival[i] += by;
        p.latest[i] += by;
    }
    for (uint32_t k = 0; k < p.berths; k++) {
        p.open[k] += by;
        p.close[k] += by;
    }
    p.horizon += by;
    found f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, 0, "everything seven hours later");
}

static void longer_hours(trial *t)
{
    port p = t->base;
    p.hour_s = 2 * HOUR;
    found f = solve(t, &p);
    expect_same(t, &t->before, &f, 2, 0, "every time doubled");
}

static void other_order(trial *t)
{
    port p = t->base;
    for (uint32_t k = 0; k < p.berths; k++) {
        uint32_t from = (k + 2) % p.berths;
        p.open[k] = t->base.open[from];
        p.close[k] = t->base.close[from];
        for (uint32_t i = 0; i < p.vessels; i++)
            p.handling[i][k] = t->base.handling[i][from];
    }
    found f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, 0, "berths in another order");
    p = t->base;
    for (uint32_t i = 0; i < p.vessels; i++) {
        uint32_t from = p.vessels - 1 - i;
        p.arrival[i] = t->base.arrival[from];
        p.latest[i] = t->base.latest[from];
        p.weight[i] = t->base.weight[from];
        memcpy(p.handling[i], t->base.handling[from], sizeof p.handling[i]);
    }
    f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, 0, "vessels in another order");
}

static void heavier(trial *t)
{
    port p = t->base;
    for (uint32_t i = 0; i < p.vessels; i++)
        p.weight[i] *= 7;
    found f = solve(t, &p);
    expect_same(t, &t->before, &f, 7, 0, "every weight seven times");
}

/* Flow is completion less the weighted arrivals, waiting and staying at the same price, and what
 * the shortest handling takes off is the same for every plan. */
static void other_words(trial *t)
{
    port p = t->base;
    int64_t arrivals = 0, shortest = 0;
    for (uint32_t i = 0; i < p.vessels; i++) {
        int64_t least = INT64_MAX;
        for (uint32_t k = 0; k < p.berths; k++)
            if (p.handling[i][k] && p.handling[i][k] < least)
                least = p.handling[i][k];
        arrivals += 1000 * p.weight[i] * p.arrival[i];
        shortest += 1000 * p.weight[i] * least;
    }
    p.objective = QWR_OBJECTIVE_COMPLETION;
    found f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, arrivals, "completion instead of flow");
    p.objective = QWR_OBJECTIVE_COST;
    f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, 0, "waiting and staying instead of flow");
    p.objective = QWR_OBJECTIVE_FLOW_TIME;
    p.offset = QWR_OFFSET_MIN_HANDLING;
    f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, -shortest, "flow less shortest handling");
}

static void one_berth_more(trial *t)
{
    port p = t->base;
    uint32_t last = p.berths++;
    p.open[last] = 0;
    p.close[last] = p.horizon;
    for (uint32_t i = 0; i < p.vessels; i++)
        p.handling[i][last] = 0;
    found f = solve(t, &p);
    expect_same(t, &t->before, &f, 1, 0, "one more berth that takes nobody");
    p.open[last] = p.open[0];
    p.close[last] = p.close[0];
    for (uint32_t i = 0; i < p.vessels; i++)
        p.handling[i][last] = p.handling[i][0];
    f = solve(t, &p);
    expect_no_less(t, &f, &t->before, "one more berth like the first");
}

static void one_berth_less(trial *t)
{
    port p = t->base;
    p.berths--;
    found f = solve(t, &p);
    expect_no_less(t, &t->before, &f, "one berth less");
}

static void one_vessel_more(trial *t)
{
    port p = t->base;
    uint32_t last = p.vessels++;
    p.arrival[last] = 40;
    p.latest[last] = p.horizon;
    p.weight[last] = 1;
    memcpy(p.handling[last], p.handling[0], sizeof p.handling[last]);
    found f = solve(t, &p);
    expect_no_less(t, &t->before, &f, "one vessel more");
}

static void less_room(trial *t)
{
    port p = t->base;
    for (uint32_t i = 0; i < p.vessels; i += 3)
        p.latest[i] = p.arrival[i] + 90 < p.latest[i] ? p.arrival[i] + 90 : p.latest[i];
    found f = solve(t, &p);
    expect_no_less(t, &t->before, &f, "earlier latest departures");
    p = t->base;
    for (uint32_t i = 0; i < p.vessels; i += 2)
        for (uint32_t k = 0; k < p.berths; k++)
            p.handling[i][k] += p.handling[i][k] > 0;
    f = solve(t, &p);
    expect_no_less(t, &t->before, &f, "longer handling times");
}

/* --- the sweep ----------------------------------------------------------------------------------
 */

static uint64_t number(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void sweep(void (*relation)(trial *t))
{
    trial t = {.ctx = qwr_test_context()};
    uint64_t first = number("QWR_TEST_SEED", 1), count = number("QWR_TEST_PORTS", 2);
    for (t.seed = first; t.seed < first + count; t.seed++) {
        t.base = make_port(t.seed);
        t.before = solve(&t, &t.base);
        relation(&t);
    }
    (void)fprintf(stderr, "# %d of %d proven\n", t.proven, t.solved);
    qwr_context_free(t.ctx);
}

START_TEST(a_later_week_and_longer_hours_cost_what_they_must)
{
    sweep(later);
    sweep(longer_hours);
}
END_TEST

START_TEST(the_order_of_berths_and_vessels_does_not_matter)
{
    sweep(other_order);
}
END_TEST

START_TEST(weights_scale_the_cost)
{
    sweep(heavier);
}
END_TEST

START_TEST(the_same_objective_in_other_words_gives_the_same_optimum)
{
    sweep(other_words);
}
END_TEST

START_TEST(one_berth_more_or_less_moves_the_optimum_the_right_way)
{
    sweep(one_berth_more);
    sweep(one_berth_less);
}
END_TEST

START_TEST(one_vessel_more_or_less_room_costs_no_less)
{
    sweep(one_vessel_more);
    sweep(less_room);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("relations");
    TCase *c = tcase_create("ports");
    tcase_set_timeout(c, (double)number("QWR_TEST_TIMEOUT_S", 600));
    tcase_add_test(c, a_later_week_and_longer_hours_cost_what_they_must);
    tcase_add_test(c, the_order_of_berths_and_vessels_does_not_matter);
    tcase_add_test(c, weights_scale_the_cost);
    tcase_add_test(c, the_same_objective_in_other_words_gives_the_same_optimum);
    tcase_add_test(c, one_berth_more_or_less_moves_the_optimum_the_right_way);
    tcase_add_test(c, one_vessel_more_or_less_room_costs_no_less);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
