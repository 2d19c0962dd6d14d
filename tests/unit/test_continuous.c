/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Continuous quays without cranes against every plan there is: tiny quays with breaks, closures and
 * crowds, every cell and start of each call, tried one after the other with room checked here.
 */
#include "support.h"

#include <quaywright/check.h>
#include <quaywright/solve.h>

#include <stdio.h>
#include <string.h>

enum { MOST_CALLS = 6, HOURS = 16, CELLS = 7, SEEDS = 400 };

static qwr_context *ctx;
static uint64_t seed, drawn;

/* The same instance in whole numbers, for the enumeration. */
typedef struct world {
    int calls;
    int64_t width[MOST_CALLS], arrival[MOST_CALLS], hours[MOST_CALLS], weight[MOST_CALLS];
    bool edge[CELLS + 1]; /* a break before this cell */
    bool shut[CELLS][HOURS];
    bool makespan;
    int64_t cell[MOST_CALLS], start[MOST_CALLS], best;
} world;

static int64_t draw(int64_t low, int64_t high)
{
    uint64_t x = (seed * 0x9e3779b97f4a7c15u + ++drawn) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 29) * 0x94d049bb133111ebu;
    return low + (int64_t)((x ^ x >> 32) % (uint64_t)(high - low + 1));
}

static void make(world *w)
{
    memset(w, 0, sizeof *w);
    w->makespan = draw(0, 9) == 0;
    w->calls = w->makespan ? (int)draw(2, 4) : (int)draw(2, MOST_CALLS);
    for (int i = 0; i < w->calls; i++) {
        w->width[i] = draw(1, 4);
        w->arrival[i] = draw(0, 4);
        w->hours[i] = draw(1, 3);
        w->weight[i] = draw(0, 5) ? draw(1, 6) : 1;
    }
    for (int c = 1; c < CELLS; c++)
        w->edge[c] = draw(0, 6) == 0;
    if (draw(0, 3) == 0) { /* works on a stretch of the quay */
        int64_t from = draw(0, CELLS - 2), first = draw(1, 5);
        for (int64_t c = from; c <= from + 1; c++)
            for (int64_t t = first; t < first + 2; t++)
                w->shut[c][t] = true;
    }
}

static qwr_status add_quay(qwr_scenario_builder *b, const world *w)
{
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix q;
    quay.id = "Q";
    quay.length_mm = CELLS * 1000;
    quay.grid_mm = 1000;
    qwr_status status = qwr_scenario_add_quay(b, &quay, &q);
    for (int c = 1; c < CELLS && status == QWR_OK; c++) {
        qwr_quay_break at = qwr_quay_break_init();
        at.quay = q;
        at.at_mm = c * 1000;
        if (w->edge[c])
            status = qwr_scenario_add_quay_break(b, &at);
    }
    for (int k = 0; k < CELLS * HOURS && status == QWR_OK; k++) {
        qwr_window x = qwr_window_init();
        int c = k / HOURS, t = k % HOURS;
        char id[16];
        snprintf(id, sizeof id, "W%d", k);
        x.id = id;
        x.kind = QWR_WINDOW_CLOSURE;
        x.quay = q;
        x.from_mm = c * 1000;
        x.to_mm = (c + 1) * 1000;
        x.from_s = t * 3600;
        x.to_s = (t + 1) * 3600;
        if (w->shut[c][t])
            status = qwr_scenario_add_window(b, &x, NULL);
    }
    return status;
}

static qwr_status build(qwr_scenario **out, qwr_context *given, const world *w)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario_builder *b = NULL;
    info.id = "tiny";
    info.step_s = 3600;
    info.horizon_s = HOURS * 3600;
    info.objective = w->makespan ? QWR_OBJECTIVE_MAKESPAN : QWR_OBJECTIVE_FLOW_TIME;
    qwr_status status = qwr_scenario_builder_new(&b, given, &info);
    if (status == QWR_OK)
        status = add_quay(b, w);
    for (int i = 0; i < w->calls && status == QWR_OK; i++) {
        qwr_call call = qwr_call_init();
        char id[16];
        snprintf(id, sizeof id, "V%d", i);
        call.id = id;
        call.loa_mm = w->width[i] * 1000;
        call.eta_s = w->arrival[i] * 3600;
        call.handling_s = w->hours[i] * 3600;
        call.weight_milli = w->weight[i] * 1000;
        call.min_cranes = call.max_cranes = 0;
        status = qwr_scenario_add_call(b, &call, NULL);
    }
    if (status == QWR_OK)
        status = qwr_scenario_freeze(out, b);
    qwr_scenario_builder_free(b);
    return status;
}

static qwr_scenario *scenario_of(const world *w)
{
    qwr_scenario *s = NULL;
    qwr_test_ok(ctx, build(&s, ctx, w));
    return s;
}

static bool is_free(const world *w, int i, int64_t cell, int64_t start)
{
    for (int64_t c = cell; c < cell + w->width[i]; c++) {
        if (c > cell && w->edge[c])
            return false;
        for (int64_t t = start; t < start + w->hours[i]; t++)
            if (w->shut[c][t])
                return false;
    }
    for (int k = 0; k < i; k++)
        if (w->cell[k] < cell + w->width[i] && cell < w->cell[k] + w->width[k] &&
            w->start[k] < start + w->hours[i] && start < w->start[k] + w->hours[k])
            return false;
    return true;
}

/* Every plan that is not dearer than the best so far; hours since arrival, or the latest end. */
static void try_all(world *w, int i, int64_t cost)
{
    if (cost >= w->best)
        return;
    if (i == w->calls) {
        w->best = cost;
        return;
    }
    for (int64_t start = w->arrival[i]; start + w->hours[i] <= HOURS; start++) {
        int64_t end = start + w->hours[i], then = w->makespan
                                                      ? (end > cost ? end : cost)
                                                      : cost + w->weight[i] * (end - w->arrival[i]);
        if (then >= w->best)
            break;
        for (int64_t cell = 0; cell + w->width[i] <= CELLS; cell++) {
            if (!is_free(w, i, cell, start))
                continue;
            w->cell[i] = cell;
            w->start[i] = start;
            try_all(w, i + 1, then);
        }
    }
}

static qwr_plan *solve(const qwr_scenario *s, int64_t work)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = work;
    o.solver = "none";
    qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, NULL));
    return plan;
}

/* Value in the units of the enumeration; -1: a call has no place. */
static int64_t value_of(const world *w, const qwr_plan *plan)
{
    int64_t sum = 0, latest = 0;
    for (int i = 0; i < w->calls; i++) {
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){(uint32_t)i});
        if (!stay->placed)
            return -1;
        int64_t end = stay->end_s / 3600;
        sum += w->weight[i] * (end - w->arrival[i]);
        latest = end > latest ? end : latest;
    }
    return w->makespan ? latest : sum;
}

START_TEST(plans_are_as_cheap_as_the_cheapest_of_all)
{
    int compared = 0, optimal = 0, provable = 0;
    for (seed = 1; seed <= SEEDS; seed++) {
        world w;
        drawn = 0;
        make(&w);
        w.best = INT64_MAX;
        try_all(&w, 0, 0);
        if (w.best == INT64_MAX)
            continue; /* not everybody finds room */
        qwr_scenario *s = scenario_of(&w);
        qwr_plan *plan = solve(s, w.makespan ? 300000 : 3000000);
        const qwr_plan_quality *q = qwr_plan_get_quality(plan);
        compared++;
        ck_assert_msg(value_of(&w, plan) == w.best, "seed %d: %lld, not %lld", (int)seed,
                      (long long)value_of(&w, plan), (long long)w.best);
        bool whole = true; /* one section: ends are proved there */
        for (int c = 1; c < CELLS; c++)
            whole = whole && !w.edge[c];
        if (!w.makespan || whole) {
            provable++;
            optimal += q->outcome == QWR_OUTCOME_OPTIMAL;
        }
        ck_assert(w.makespan || q->bound_mu == QWR_UNSET || q->bound_mu <= q->cost_mu);
        qwr_plan_free(plan);
        qwr_scenario_free(s);
    }
    ck_assert_int_gt(compared, SEEDS / 2);
    ck_assert_int_eq(optimal, provable);
}
END_TEST

static qwr_status plan_one(qwr_context *given, void *payload)
{
    const world *w = payload;
    qwr_solve_options o = qwr_solve_options_init();
    qwr_plan *plan = NULL;
    o.deadline_ms = -1;
    o.work_limit = 20000;
    o.solver = "none";
    qwr_scenario *s = NULL;
    qwr_status status = build(&s, given, w);
    if (status == QWR_OK)
        status = qwr_solve(&plan, given, s, &o, NULL);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    return status;
}

/* Two sections, so that both kinds of labels and the programme run. */
START_TEST(every_allocation_may_fail)
{
    world w = {.calls = 5,
               .width = {2, 2, 3, 1, 2},
               .hours = {3, 2, 2, 3, 1},
               .weight = {1, 3, 2, 5, 4},
               .edge = {[4] = true}};
    long count = qwr_test_each_allocation(plan_one, &w, 100000);
    ck_assert_int_gt(count, 100);
}
END_TEST

static void open_ctx(void)
{
    ctx = qwr_test_context();
}

static void close_ctx(void)
{
    qwr_context_free(ctx);
}

int main(void)
{
    Suite *suite = suite_create("continuous");
    TCase *tcase = tcase_create("every plan");
    tcase_add_checked_fixture(tcase, open_ctx, close_ctx);
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, plans_are_as_cheap_as_the_cheapest_of_all);
    tcase_add_test(tcase, every_allocation_may_fail);
    suite_add_tcase(suite, tcase);
    return qwr_test_main(suite);
}
