/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans with varying crane counts against every plan there is: tiny quays, every place, start, end
 * and profile of each call, judged by the checker.
 */
#include "support.h"

#include <quaywright/check.h>
#include <quaywright/generate.h>
#include <quaywright/solve.h>

#include <stdio.h>
#include <string.h>

enum { CALLS = 3, HOURS = 6, CELLS = 4, MOST_STAYS = 3000 };

static qwr_context *ctx;
static uint64_t seed, drawn;

static int64_t draw(int64_t low, int64_t high)
{
    uint64_t x = (seed * 0x9e3779b97f4a7c15u + ++drawn) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 29) * 0x94d049bb133111ebu;
    return low + (int64_t)((x ^ x >> 32) % (uint64_t)(high - low + 1));
}

static qwr_scenario *tiny(void)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_scenario_builder *b = NULL;
    qwr_scenario *s = NULL;
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix q;
    info.id = "tiny";
    info.step_s = 3600;
    info.horizon_s = HOURS * 3600;
    info.profile = QWR_PROFILE_VARYING;
    info.crane_period_s = draw(0, 3) ? 3600 : 7200;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&b, ctx, &info));
    quay.id = "Q";
    quay.length_mm = CELLS * 10000;
    qwr_test_ok(ctx, qwr_scenario_add_quay(b, &quay, &q));
    for (int k = 0; k < 3; k++) {
        qwr_crane crane = qwr_crane_init();
        char id[16];
        snprintf(id, sizeof id, "K%d", k);
        crane.id = id;
        crane.quay = q;
        crane.rail_order = k;
        crane.rate_milli = 1000;
        qwr_test_ok(ctx, qwr_scenario_add_crane(b, &crane, NULL));
    }
    for (int i = 0; i < CALLS; i++) {
        qwr_call call = qwr_call_init();
        char id[16];
        snprintf(id, sizeof id, "V%d", i);
        call.id = id;
        call.loa_mm = draw(1, 3) * 10000;
        call.eta_s = draw(0, 3) * 3600;
        call.earliest_s = draw(0, call.eta_s / 3600) * 3600;
        call.desired_departure_s = call.eta_s + draw(1, 3) * 3600;
        call.speedup_mu_h = draw(0, 5);
        call.wait_mu_h = draw(0, 3);
        call.late_mu_h = draw(0, 20);
        call.crane_mu_h = draw(0, 3);
        call.handover_mu = draw(0, 2) ? 0 : draw(1, 4);
        call.moves = draw(1, 5);
        call.interference_milli = draw(0, 1) ? 900 : 1000;
        call.deviation_work_ppm_m = draw(0, 1) * 10000;
        call.preferred_quay = q;
        call.preferred_mm = draw(0, CELLS - call.loa_mm / 10000) * 10000;
        call.min_cranes = draw(1, 2);
        call.max_cranes = draw(call.min_cranes, 3);
        call.mooring_s = draw(0, 3) ? 0 : 3600;
        qwr_test_ok(ctx, qwr_scenario_add_call(b, &call, NULL));
    }
    if (draw(0, 2) == 0) {
        qwr_window w = qwr_window_init();
        w.id = "W";
        w.kind = draw(0, 1) ? QWR_WINDOW_WEATHER : QWR_WINDOW_CLOSURE;
        w.quay = q;
        w.from_s = draw(1, 4) * 3600;
        w.to_s = w.from_s + 3600;
        qwr_test_ok(ctx, qwr_scenario_add_window(b, &w, NULL));
    }
    qwr_test_ok(ctx, qwr_scenario_freeze(&s, b));
    qwr_scenario_builder_free(b);
    return s;
}

typedef struct option {
    qwr_stay stay;
    qwr_crane_step step[HOURS];
    int64_t cost_mu;
    int64_t count[HOURS];
} option;

static option options[CALLS][MOST_STAYS];
static size_t option_count[CALLS];

/* Does another stay in the same hours at the same place do with fewer cranes and no more money? */
static bool is_dominated(const option *by, const option *o)
{
    if (by->stay.position_mm != o->stay.position_mm || by->stay.start_s != o->stay.start_s ||
        by->stay.end_s != o->stay.end_s || by->cost_mu > o->cost_mu)
        return false;
    for (int h = 0; h < HOURS; h++)
        if (by->count[h] > o->count[h])
            return false;
    return true;
}

static void keep_if_legal(qwr_checker *checker, uint32_t call, const option *given)
{
    qwr_violation found[4];
    size_t count = 0;
    option o = *given;
    o.stay.steps = o.step;
    qwr_test_ok(
        ctx, qwr_checker_try(checker, (qwr_call_ix){call}, &o.stay, found, 4, &count, &o.cost_mu));
    if (count > 0)
        return;
    for (size_t k = 0; k < option_count[call]; k++)
        if (is_dominated(&options[call][k], &o))
            return;
    ck_assert_uint_lt(option_count[call], MOST_STAYS);
    options[call][option_count[call]] = o;
    option *kept = &options[call][option_count[call]++];
    kept->stay.steps = kept->step;
}

/* Every count in every hour of the work, as steps. */
static void every_profile(qwr_checker *checker, const qwr_scenario *s, uint32_t call, option *o)
{
    const qwr_call *c = qwr_scenario_call(s, (qwr_call_ix){call});
    int64_t from = (o->stay.start_s + c->mooring_s) / 3600, to = o->stay.end_s / 3600, all = 1;
    for (int64_t h = from; h < to; h++)
        all *= c->max_cranes - c->min_cranes + 1;
    for (int64_t code = 0; code < all; code++) {
        int64_t rest = code, last = -1;
        o->stay.step_count = 0;
        o->stay.cranes = 0;
        for (int64_t h = from; h < to; h++) {
            int64_t q = c->min_cranes + rest % (c->max_cranes - c->min_cranes + 1);
            o->count[h] = q;
            rest /= c->max_cranes - c->min_cranes + 1;
            o->stay.cranes = q > o->stay.cranes ? q : o->stay.cranes;
            if (q != last)
                o->step[o->stay.step_count++] = (qwr_crane_step){h * 3600, q};
            last = q;
        }
        if (o->stay.step_count < 2)
            o->stay.step_count = 0;
        keep_if_legal(checker, call, o);
    }
}

static void every_stay(qwr_checker *checker, const qwr_scenario *s, uint32_t call)
{
    option_count[call] = 0;
    for (int cell = 0; cell < CELLS; cell++)
        for (int from = 0; from < HOURS; from++)
            for (int to = from + 1; to <= HOURS; to++) {
                option o = {.stay = qwr_stay_init()};
                o.stay.placed = 1;
                o.stay.quay = (qwr_quay_ix){0};
                o.stay.position_mm = cell * 10000;
                o.stay.start_s = from * 3600;
                o.stay.end_s = to * 3600;
                every_profile(checker, s, call, &o);
            }
}

/* The cheapest way to place the calls from `call` on, given those before; -1: they do not fit. */
static int64_t cheapest(qwr_checker *checker, uint32_t call, int64_t so_far, int64_t best)
{
    if (call == CALLS)
        return best < 0 || so_far < best ? so_far : best;
    for (size_t k = 0; k < option_count[call]; k++) {
        qwr_violation found[4];
        size_t count = 0;
        const option *o = &options[call][k];
        if (best >= 0 && so_far + o->cost_mu >= best)
            continue;
        qwr_test_ok(
            ctx, qwr_checker_try(checker, (qwr_call_ix){call}, &o->stay, found, 4, &count, NULL));
        if (count > 0)
            continue;
        qwr_test_ok(ctx, qwr_checker_move(checker, (qwr_call_ix){call}, &o->stay));
        best = cheapest(checker, call + 1, so_far + o->cost_mu, best);
    }
    qwr_stay none = qwr_stay_init();
    qwr_test_ok(ctx, qwr_checker_move(checker, (qwr_call_ix){call}, &none));
    return best;
}

START_TEST(plans_are_as_cheap_as_the_cheapest_of_all)
{
    qwr_solve_options o = qwr_solve_options_init();
    int optimal = 0, all_placed = 0;
    o.deadline_ms = -1;
    o.work_limit = 30000;
    for (seed = 1; seed <= 60; seed++) {
        drawn = 0;
        qwr_scenario *s = tiny();
        qwr_plan *empty = NULL, *plan = NULL;
        qwr_checker *checker = NULL;
        qwr_test_ok(ctx, qwr_plan_new(&empty, ctx, s));
        qwr_test_ok(ctx, qwr_checker_new(&checker, ctx, s, empty));
        for (uint32_t i = 0; i < CALLS; i++)
            every_stay(checker, s, i);
        int64_t best = cheapest(checker, 0, 0, -1);
        qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, NULL));
        const qwr_plan_quality *q = qwr_plan_get_quality(plan);
        if (best >= 0) {
            all_placed++;
            ck_assert_msg(q->unplaced == 0 && q->cost_mu == best, "seed %d: %lld, not %lld",
                          (int)seed, (long long)q->cost_mu, (long long)best);
            ck_assert_msg(q->bound_mu == QWR_UNSET || q->bound_mu <= best, "seed %d: bound %lld",
                          (int)seed, (long long)q->bound_mu);
            optimal += q->outcome == QWR_OUTCOME_OPTIMAL;
        } else {
            ck_assert_int_gt(q->unplaced, 0);
        }
        qwr_plan_free(plan);
        qwr_plan_free(empty);
        qwr_checker_free(checker);
        qwr_scenario_free(s);
    }
    ck_assert_int_gt(all_placed, 20);
    ck_assert_int_gt(optimal, all_placed / 5);
}
END_TEST

static qwr_status plan_one(qwr_context *given, void *payload)
{
    qwr_solve_options o = qwr_solve_options_init();
    qwr_scenario *s = NULL;
    qwr_plan *plan = NULL;
    qwr_generate_options *g = payload;
    qwr_status status = qwr_generate(&s, given, g);
    o.deadline_ms = -1;
    o.work_limit = 60;
    if (status == QWR_OK)
        status = qwr_solve(&plan, given, s, &o, NULL);
    qwr_plan_free(plan);
    qwr_scenario_free(s);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    qwr_generate_options g = qwr_generate_options_init();
    g.profile = "meisel-bierwirth";
    g.calls = 2;
    g.quay_m = 400;
    g.days = 1;
    long count = qwr_test_each_allocation(plan_one, &g, 100000);
    ck_assert_int_gt(count, 200);
}
END_TEST

START_TEST(the_same_plan_whatever_the_threads)
{
    qwr_generate_options g = qwr_generate_options_init();
    qwr_solve_options o = qwr_solve_options_init();
    qwr_scenario *s = NULL;
    uint64_t hash = 0;
    g.profile = "meisel-bierwirth";
    g.calls = 12;
    g.seed = 4;
    o.deadline_ms = -1;
    o.work_limit = 30000;
    qwr_test_ok(ctx, qwr_generate(&s, ctx, &g));
    for (int threads = 1; threads <= 2; threads++) {
        qwr_plan *plan = NULL;
        char text[16];
        snprintf(text, sizeof text, "%d", threads);
        qwr_test_ok(ctx, qwr_context_set_option(ctx, "threads", text));
        qwr_test_ok(ctx, qwr_solve(&plan, ctx, s, &o, NULL));
        ck_assert_int_eq(qwr_plan_get_quality(plan)->unplaced, 0);
        ck_assert(hash == 0 || qwr_plan_hash(plan) == hash);
        hash = qwr_plan_hash(plan);
        qwr_plan_free(plan);
    }
    qwr_scenario_free(s);
}
END_TEST

START_TEST(a_plan_to_start_from_is_never_made_worse)
{
    qwr_generate_options g = qwr_generate_options_init();
    qwr_solve_options o = qwr_solve_options_init();
    qwr_scenario *s = NULL;
    qwr_plan *good = NULL, *again = NULL;
    g.profile = "meisel-bierwirth";
    g.calls = 16;
    g.seed = 2;
    o.deadline_ms = -1;
    o.work_limit = 40000;
    qwr_test_ok(ctx, qwr_generate(&s, ctx, &g));
    qwr_test_ok(ctx, qwr_solve(&good, ctx, s, &o, NULL));
    o.work_limit = 300;
    qwr_test_ok(ctx, qwr_solve(&again, ctx, s, &o, NULL));
    ck_assert_int_gt(qwr_plan_get_quality(again)->cost_mu, qwr_plan_get_quality(good)->cost_mu);
    qwr_plan_free(again);
    o.start = good;
    qwr_test_ok(ctx, qwr_solve(&again, ctx, s, &o, NULL));
    ck_assert_int_le(qwr_plan_get_quality(again)->cost_mu, qwr_plan_get_quality(good)->cost_mu);
    qwr_plan_free(again);
    qwr_plan_free(good);
    qwr_scenario_free(s);
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
    Suite *suite = suite_create("bacap");
    TCase *tcase = tcase_create("every plan");
    tcase_add_checked_fixture(tcase, open_ctx, close_ctx);
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, plans_are_as_cheap_as_the_cheapest_of_all);
    tcase_add_test(tcase, every_allocation_may_fail);
    tcase_add_test(tcase, the_same_plan_whatever_the_threads);
    tcase_add_test(tcase, a_plan_to_start_from_is_never_made_worse);
    suite_add_tcase(suite, tcase);
    return qwr_test_main(suite);
}
