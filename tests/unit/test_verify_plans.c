/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replayed certificates on random terminals: against every plan there is, against the candidates of
 * the planner, and the fast way of ordered chains against the plain one. By hand: test_verify.c.
 */
#include "berth/problem.h"
#include "check/certificate.h"
#include "verify_world.h"

#include <stdlib.h>
#include <string.h>

static qwr_context *ctx;
static qwr_scenario *scenario;
static qwr_certificate *certificate;

static void setup(void)
{
    ctx = qwr_test_context();
    scenario = NULL;
    certificate = NULL;
}

static void teardown(void)
{
    qwr_certificate_free(certificate);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}

static void not_proved(const char *part)
{
    qwr_verdict v = verify_ask(ctx, scenario, certificate);
    ck_assert_uint_eq(v.proved, 0);
    ck_assert_int_eq(v.bound_mu, QWR_UNSET);
    ck_assert_msg(strstr(v.sentence, part) != NULL, "%s", v.sentence);
}

static qwr_verdict proved(int64_t bound_mu)
{
    qwr_verdict v = verify_ask(ctx, scenario, certificate);
    ck_assert_msg(v.proved == 1, "%s", v.sentence);
    ck_assert_str_eq(v.sentence, "");
    ck_assert_int_eq(v.bound_mu, bound_mu);
    return v;
}

/* --- against every plan --------------------------------------------------------------------- */

/** The replay sees the stays the checker lets pass, neither more nor fewer. */
static void same_stays(const choices *all)
{
    qwr__stays stays;
    size_t count = 0;
    qwr_test_ok(ctx, qwr__stays_init(&stays, ctx, scenario));
    for (uint32_t i = 0; i < all->calls; i++) {
        ck_assert_uint_eq(stays.of_call[i], all->count[i]);
        count += all->count[i];
    }
    ck_assert_uint_eq(stays.count, count);
    for (size_t r = 0; r < stays.rows; r++) {
        const qwr__stay_row *row = &stays.row[r];
        for (size_t k = 0; k < all->count[row->call]; k++) {
            const stay_choice *s = &all->stay[row->call][k];
            if (s->berth != row->berth)
                continue;
            int32_t at = (int32_t)((s->start_s - row->shift_s - stays.origin_s) / STEP_S);
            size_t cell = qwr__cell_at(&stays, row, at);
            ck_assert_uint_ne(cell, SIZE_MAX);
            ck_assert_int_eq(qwr__cell_start_s(&stays, row, cell), s->start_s);
            ck_assert_int_eq(stays.cost_mu[cell], s->cost_mu);
            ck_assert_int_eq(stays.free_at[cell] * STEP_S + stays.origin_s,
                             s->end_s + all->turnaround_s[s->berth]);
        }
    }
    qwr__stays_free(&stays);
}

static void bounds_hold(qwr__rng *rng, const choices *all)
{
    for (int k = 0; k < 8; k++) {
        int64_t price[CALLS_MAX], unit = 1 + (int64_t)qwr__rng_below(rng, 9);
        for (uint32_t i = 0; i < all->calls; i++)
            price[i] = (int64_t)qwr__rng_below(rng, 6000) - 500;
        qwr_certificate *c = verify_new(ctx, scenario, (uint32_t)k % 2, unit, QWR_UNSET);
        verify_prices(c, price);
        qwr_verdict v = verify_ask(ctx, scenario, c);
        ck_assert_uint_eq(v.proved, 1);
        ck_assert_int_le(v.bound_mu, all->best_mu);
        qwr_certificate_free(c);
    }
}

/** A copy with the steps [from, to) left out proves nothing. */
static void useless(const qwr_certificate_info *info, size_t from, size_t to)
{
    qwr_certificate *c = verify_cut(ctx, certificate, info, from, to);
    ck_assert_uint_eq(verify_ask(ctx, scenario, c).proved, 0);
    qwr_certificate_free(c);
}

/** A grown proof gives the cost of the best plan, and none of its mutilations proves more. */
static void proofs_hold(qwr__rng *rng, const choices *all, uint32_t ordered)
{
    certificate = verify_grow(ctx, rng, scenario, all, ordered, all->best_mu - 1);
    proved(all->best_mu);
    size_t count = qwr_certificate_count(certificate);
    qwr_certificate_info info = *qwr_certificate_get_info(certificate);
    info.target_mu = all->best_mu;
    useless(&info, 0, 0);
    info.target_mu = all->best_mu - 1;
    useless(&info, count - 1, count);
    size_t gone = (size_t)qwr__rng_below(rng, count);
    qwr_certificate_step step = qwr_certificate_step_init();
    qwr_test_ok(ctx, qwr_certificate_get(&step, certificate, gone));
    if (step.price == NULL)
        useless(&info, gone, gone + 1); /* the tree is torn */
    qwr_certificate *holed = verify_cut(ctx, certificate, &info, gone, gone + 1);
    qwr_verdict v = verify_ask(ctx, scenario, holed);
    ck_assert(v.proved == 0 || v.bound_mu <= all->best_mu);
    qwr_certificate_free(holed);
    verify_end(certificate);
    not_proved("left over");
    qwr_certificate_free(certificate);
    certificate = NULL;
}

/** What the best plan costs, or more, is never proved out of reach, however the tree grows. */
static void plans_stay(qwr__rng *rng, const choices *all, uint32_t ordered)
{
    int64_t above_mu = qwr__rng_below(rng, 4) == 0 ? (int64_t)qwr__rng_below(rng, 500) : 0;
    certificate = verify_grow(ctx, rng, scenario, all, ordered, all->best_mu + above_mu);
    ck_assert_uint_eq(verify_ask(ctx, scenario, certificate).proved, 0);
    verify_end(certificate);
    not_proved("ends a node that is not closed");
    qwr_certificate_free(certificate);
    certificate = NULL;
}

/** Calls with a copy of a lower index, and berths like the one before. */
typedef struct tally {
    int copies, likes;
} tally;

static void count_likes(tally *seen)
{
    qwr__stays stays;
    qwr__likes likes;
    qwr_test_ok(ctx, qwr__stays_init(&stays, ctx, scenario));
    qwr_test_ok(ctx, qwr__likes_init(&likes, &stays));
    for (uint32_t i = 0; i < stays.calls; i++)
        seen->copies += likes.class_of[i] != i;
    for (uint32_t b = 0; b < stays.berths; b++)
        seen->likes += likes.group_of[b] != b;
    qwr__likes_free(&likes);
    qwr__stays_free(&stays);
}

static tally against_every_plan(uint64_t seed, int rounds, int features)
{
    qwr__rng rng = {seed, 0, 0};
    static choices all;
    tally seen = {0, 0};
    int solved = 0;
    for (int k = 0; k < rounds; k++) {
        uint32_t calls = 2 + (uint32_t)qwr__rng_below(&rng, 3);
        uint32_t berths = 1 + (uint32_t)qwr__rng_below(&rng, 2);
        if ((features & WITH_LIKES) != 0) { /* two berths, and trees that stay small */
            berths = 2;
            calls = calls > 3 ? 3 : calls;
        }
        scenario = verify_draw(ctx, &rng, calls, berths,
                               calls > 3   ? 6
                               : calls > 2 ? 8
                                           : 12,
                               features);
        verify_try_all(&all, ctx, scenario);
        same_stays(&all);
        if (all.best_mu != INT64_MAX) {
            bounds_hold(&rng, &all);
            proofs_hold(&rng, &all, (uint32_t)k % 2);
            plans_stay(&rng, &all, (uint32_t)k % 4 != 0);
            count_likes(&seen);
            solved++;
        }
        qwr_scenario_free(scenario);
        scenario = NULL;
    }
    ck_assert_int_gt(solved, rounds / 4);
    return seen;
}

START_TEST(plain_terminals_against_every_plan)
{
    against_every_plan(1, 60, 0);
}
END_TEST

START_TEST(terminals_with_windows_against_every_plan)
{
    against_every_plan(2, 60, WITH_WINDOWS);
}
END_TEST

START_TEST(terminals_with_costs_against_every_plan)
{
    against_every_plan(3, 60, WITH_COSTS);
}
END_TEST

START_TEST(terminals_with_weather_against_every_plan)
{
    against_every_plan(4, 60, WITH_WEATHER);
}
END_TEST

START_TEST(terminals_with_everything_against_every_plan)
{
    against_every_plan(5, 200, WITH_EVERYTHING);
}
END_TEST

START_TEST(terminals_with_copies_against_every_plan)
{
    ck_assert_int_gt(against_every_plan(8, 200, WITH_COPIES).copies, 40);
    ck_assert_int_gt(against_every_plan(9, 300, WITH_COPIES | WITH_COSTS | WITH_WINDOWS).copies,
                     40);
    ck_assert_int_gt(against_every_plan(10, 400, WITH_COPIES | WITH_EVERYTHING).copies, 40);
}
END_TEST

START_TEST(terminals_with_like_berths_and_copies_against_every_plan)
{
    const int features[] = {0, WITH_WINDOWS, WITH_COSTS, WITH_EVERYTHING};
    for (int k = 0; k < 4; k++) {
        tally seen =
            against_every_plan(11 + (uint64_t)k, 100, WITH_COPIES | WITH_LIKES | features[k]);
        ck_assert_int_gt(seen.copies, 20);
        ck_assert_int_gt(seen.likes, 5);
    }
}
END_TEST

/* --- the planner's candidates -------------------------------------------------------------------
 */

/** A candidate of the planner is a stay of the replay, at the same cost. */
static void same_candidate(const qwr__stays *stays, const qwr__problem *p, uint32_t klass,
                           uint32_t row, int32_t at)
{
    const qwr_problem_view *v = &p->cand.view;
    uint32_t call = v->class_call[klass], berth = p->cell_berth[v->row_cell[row]];
    int32_t end = at + v->class_duration[klass];
    const qwr__stay_row *x = NULL;
    for (uint32_t r = stays->begin[berth]; r < stays->begin[berth + 1]; r++)
        if (stays->row[r].call == call)
            x = &stays->row[r];
    ck_assert_ptr_nonnull(x);
    size_t cell = qwr__cell_at(stays, x, at);
    ck_assert_uint_ne(cell, SIZE_MAX);
    ck_assert_int_eq(stays->free_at[cell], at + v->class_occupied[klass]);
    int32_t start_at = at - v->call_first_start[call], end_at = end - v->call_first_end[call];
    int64_t units = v->row_cost[row];
    units += v->start_cost[v->call_start_offset[call] + (size_t)start_at];
    units += v->end_cost[v->call_end_offset[call] + (size_t)end_at];
    ck_assert_int_eq(stays->cost_mu[cell], units * v->cost_unit_mu + p->constant_mu[call]);
}

/** Pinned between two steps the planner sees fewer: it takes hours and closures by whole steps. */
static bool pinned_off_the_step(uint32_t call)
{
    int64_t pin_s = qwr_scenario_call(scenario, (qwr_call_ix){call})->pin_start_s;
    return pin_s != QWR_UNSET && pin_s % STEP_S != 0;
}

START_TEST(the_planner_weighs_the_stays_that_the_replay_enumerates)
{
    qwr__rng rng = {7, 0, 0};
    for (int k = 0; k < 400; k++) {
        qwr__problem *p = NULL;
        qwr__stays stays;
        size_t of_call[CALLS_MAX] = {0};
        scenario = verify_draw(ctx, &rng, 4, 2, 12, k % 2 == 0 ? WITH_EVERYTHING : k / 2 % 16);
        qwr_test_ok(ctx, qwr__stays_init(&stays, ctx, scenario));
        qwr_test_ok(ctx, qwr__problem_new(&p, ctx, scenario, false, -1));
        ck_assert_int_eq(p->origin_s, stays.origin_s);
        const qwr_problem_view *v = &p->cand.view;
        for (uint32_t c = 0; c < v->class_count; c++)
            for (uint32_t r = v->class_row_begin[c]; r < v->class_row_begin[c + 1]; r++)
                for (int32_t at = v->row_first[r]; at <= v->row_last[r]; at++) {
                    same_candidate(&stays, p, c, r, at);
                    of_call[v->class_call[c]]++;
                }
        for (uint32_t i = 0; i < 4; i++)
            if (!pinned_off_the_step(i))
                ck_assert_uint_eq(of_call[i], stays.of_call[i]);
        qwr__problem_free(p);
        qwr__stays_free(&stays);
        qwr_scenario_free(scenario);
        scenario = NULL;
    }
}
END_TEST

/* --- the fast way and the plain way --------------------------------------------------------- */

static void same_chains(const qwr__stays *stays, qwr__rng *rng, int64_t spread)
{
    qwr__likes likes;
    qwr__chain_order order[2];
    qwr__chains chains[2];
    uint64_t *alive = calloc(stays->cells / 64 + 1, sizeof *alive);
    int64_t *price = calloc(stays->calls, sizeof *price);
    for (size_t cell = 0; cell < stays->cells; cell++)
        if (stays->free_at[cell] != QWR__NO_STAY && qwr__rng_below(rng, 8) != 0)
            alive[cell / 64] |= UINT64_C(1) << (cell % 64);
    for (uint32_t i = 0; i < stays->calls; i++)
        price[i] = (int64_t)qwr__rng_below(rng, (uint64_t)spread);
    qwr_test_ok(ctx, qwr__likes_init(&likes, stays));
    for (int k = 0; k < 2; k++) {
        qwr_test_ok(ctx, qwr__chain_order_init(&order[k], &likes));
        order[k].pairwise = k == 1;
        qwr_test_ok(ctx, qwr__chains_init(&chains[k], stays, &order[k], 3));
        qwr_test_ok(ctx, qwr__chains_forward(&chains[k], alive, price));
        qwr__chains_backward(&chains[k]);
    }
    for (uint32_t b = 0; b < stays->berths; b++) {
        int64_t least = 0;
        ck_assert_int_eq(chains[0].cheapest[b], chains[1].cheapest[b]);
        for (size_t k = chains[0].begin[b]; k < chains[0].begin[b + 1]; k++) {
            int64_t through = chains[0].before[k] + chains[0].after[k];
            ck_assert_int_eq(through, chains[1].before[k] + chains[1].after[k]);
            least = through < least ? through : least;
        }
        ck_assert_int_eq(least, chains[0].cheapest[b]); /* forward and backward agree */
    }
    for (int k = 0; k < 2; k++) {
        qwr__chains_free(&chains[k], ctx);
        qwr__chain_order_free(&order[k]);
    }
    qwr__likes_free(&likes);
    free(alive);
    free(price);
}

START_TEST(running_minima_and_pairs_give_the_same_numbers)
{
    qwr__rng rng = {6, 0, 0};
    const int features[] = {0, WITH_WINDOWS, WITH_COSTS, WITH_WEATHER, WITH_EVERYTHING};
    for (int k = 0; k < 40; k++) {
        qwr__stays stays;
        scenario =
            verify_draw(ctx, &rng, 5 + (uint32_t)qwr__rng_below(&rng, 40), 2, 60, features[k % 5]);
        qwr_test_ok(ctx, qwr__stays_init(&stays, ctx, scenario));
        same_chains(&stays, &rng, 3000);
        same_chains(&stays, &rng, 60000);
        qwr__stays_free(&stays);
        qwr_scenario_free(scenario);
        scenario = NULL;
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("verify plans");
    TCase *c = tcase_create("every plan");

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 120);
    suite_add_tcase(s, c);
    tcase_add_test(c, plain_terminals_against_every_plan);
    tcase_add_test(c, terminals_with_windows_against_every_plan);
    tcase_add_test(c, terminals_with_costs_against_every_plan);
    tcase_add_test(c, terminals_with_weather_against_every_plan);
    tcase_add_test(c, terminals_with_everything_against_every_plan);
    tcase_add_test(c, terminals_with_copies_against_every_plan);
    tcase_add_test(c, terminals_with_like_berths_and_copies_against_every_plan);
    tcase_add_test(c, the_planner_weighs_the_stays_that_the_replay_enumerates);
    tcase_add_test(c, running_minima_and_pairs_give_the_same_numbers);
    return qwr_test_main(s);
}
