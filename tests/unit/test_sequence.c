/* SPDX-License-Identifier: Apache-2.0 */
/* The sequence search on small problems whose best plan is found by trying every candidate. */
#include "discrete_world.h"

#include "discrete/lanes.h"
#include "discrete/sequence.h"
#include "support/support.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t search(world *w)
{
    const qwr_optimiser_functions *f = qwr__sequence_plugin.optimiser;
    void *instance = NULL;
    int32_t status = f->create(&instance, &w->host);
    if (status != QWR_PLUGIN_OK)
        return status;
    status = f->improve(instance, &w->view);
    f->destroy(instance);
    return status;
}

/* What the table says about a job's costs, tick by tick. */
static void expect_facts(const qwr__lanes *l)
{
    bool linear = true, regular = true;
    for (uint32_t j = 0; j < l->jobs; j++) {
        bool straight = l->first[j] <= l->last[j];
        int64_t step = l->first[j] < l->last[j] ? qwr__lane_cost(l, j, l->first[j] + 1) -
                                                      qwr__lane_cost(l, j, l->first[j])
                                                : 0;
        for (int32_t t = l->first[j]; t < l->last[j]; t++) {
            int64_t d = qwr__lane_cost(l, j, t + 1) - qwr__lane_cost(l, j, t);
            straight = straight && d == step;
            regular = regular && d >= 0;
        }
        linear = linear && straight && step > 0;
        ck_assert_int_eq(l->straight[j], straight);
        if (!straight)
            continue;
        ck_assert_int_eq(l->slope[j], step);
        ck_assert_int_eq(l->intercept[j] + step * l->last[j], qwr__lane_cost(l, j, l->last[j]));
    }
    ck_assert_int_eq(l->linear, linear);
    ck_assert_int_eq(l->regular, regular);
}

START_TEST(the_table_tells_straight_costs_from_bent_ones)
{
    world *w = malloc(sizeof *w);
    const features early = {.early = true, .windows = true};
    for (uint64_t seed = 0; seed < 20; seed++)
        for (size_t k = 0; k <= KIND_COUNT; k++) {
            make_random(w, k < KIND_COUNT ? &KINDS[k] : &early, seed % 2 ? 5 : 20, 3, seed);
            qwr__lanes l;
            ck_assert_int_eq(qwr__lanes_init(&l, &w->host, &w->view), QWR_PLUGIN_OK);
            expect_facts(&l);
            qwr__lanes_free(&l);
        }
    free(w);
}
END_TEST

START_TEST(small_problems_reach_the_best_plan)
{
    world *w = malloc(sizeof *w);
    for (uint64_t seed = 0; seed < 40; seed++)
        for (size_t k = 0; k < KIND_COUNT; k++) {
            make_random(w, &KINDS[k], 5, 1 + (uint32_t)(seed % 3), seed * 16 + k);
            ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
            ck_assert_msg(w->value == best_of_all(w), "kind %zu seed %d: %lld, best %lld", k,
                          (int)seed, (long long)w->value, (long long)best_of_all(w));
            ck_assert_int_eq(w->blocks, 0);
        }
    free(w);
}
END_TEST

START_TEST(a_call_waits_for_its_cheapest_start)
{
    world *w = malloc(sizeof *w);
    int best = 0, all = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        const features f = {.early = true, .weights = seed % 2, .windows = seed % 3 == 0};
        make_random(w, &f, 4, 2, seed);
        ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
        int64_t least = best_of_all(w);
        ck_assert_int_ge(w->value, least);
        best += w->value == least;
        all++;
    }
    ck_assert_int_ge(best, all * 8 / 10);
    free(w);
}
END_TEST

START_TEST(a_given_plan_never_gets_worse)
{
    world *w = malloc(sizeof *w);
    for (uint64_t seed = 0; seed < 20; seed++) {
        const features f = {.weights = true, .turnaround = true, .early = seed % 2 == 1};
        make_random(w, &f, 30, 3, seed);
        w->work = 20;
        ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
        int64_t before = w->value;
        w->work += 1000;
        w->refused = 0;
        ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
        ck_assert_int_le(w->value, before);
        ck_assert_int_eq(w->refused, 0);
        ck_assert_int_eq(price(w, w->row, w->start), w->value);
    }
    free(w);
}
END_TEST

START_TEST(the_same_seed_and_work_give_the_same_plan)
{
    world *a = malloc(sizeof *a), *b = malloc(sizeof *b);
    for (size_t k = 0; k < KIND_COUNT; k++) {
        make_random(a, &KINDS[k], 35, 4, k);
        make_random(b, &KINDS[k], 35, 4, k);
        a->work = b->work = 1000;
        ck_assert_int_eq(search(a), QWR_PLUGIN_OK);
        ck_assert_int_eq(search(b), QWR_PLUGIN_OK);
        ck_assert_int_eq(a->value, b->value);
        ck_assert_int_eq(a->taken, b->taken);
        ck_assert_mem_eq(a->row, b->row, sizeof a->row);
        ck_assert_mem_eq(a->start, b->start, sizeof a->start);
    }
    free(a);
    free(b);
}
END_TEST

START_TEST(work_is_counted_and_its_limit_kept)
{
    world *w = malloc(sizeof *w);
    const features f = {.weights = true};
    make_random(w, &f, 30, 3, 5);
    w->work = 777;
    ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
    ck_assert_int_eq(w->worked, 777);
    free(w);
}
END_TEST

START_TEST(it_stops_when_cancelled_and_when_the_bound_is_met)
{
    world *w = malloc(sizeof *w);
    const features f = {.weights = true};
    make_random(w, &f, 30, 3, 6);
    w->work = INT64_MAX;
    w->cancel_at = 50;
    ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
    ck_assert_int_lt(w->looks, 56);
    ck_assert(w->given);
    make_random(w, &f, 5, 2, 6);
    w->bound = best_of_all(w);
    w->work = INT64_MAX;
    ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
    ck_assert_int_eq(w->value, w->bound);
    free(w);
}
END_TEST

START_TEST(other_problems_are_not_taken)
{
    world *w = malloc(sizeof *w);
    const features f = {.weights = true};
    make_random(w, &f, 5, 2, 1);
    w->view.makespan = 1;
    ck_assert_int_eq(search(w), QWR_PLUGIN_EUNSUPPORTED);
    make_random(w, &f, 5, 2, 1);
    w->cranes[0] = 1;
    ck_assert_int_eq(search(w), QWR_PLUGIN_EUNSUPPORTED);
    make_random(w, &f, 5, 2, 1);
    w->width[0] = 2;
    ck_assert_int_eq(search(w), QWR_PLUGIN_EUNSUPPORTED);
    ck_assert_int_eq(w->blocks, 0);
    free(w);
}
END_TEST

START_TEST(calls_that_no_lane_takes_are_left_out)
{
    world *w = malloc(sizeof *w);
    open_world(w, 3, 1, 20);
    for (uint32_t i = 0; i < 3; i++)
        set_costs(w, i, 1, 0, 0, 0);
    add_class(w, 0, 4, 0);
    add_row(w, 0, 0, 10, 0);
    add_class(w, 2, 4, 0); /* the second has none */
    add_row(w, 0, 0, 3, 0);
    ck_assert_int_eq(search(w), QWR_PLUGIN_OK);
    ck_assert_int_eq(w->value, UNPLACED + 4 + 8);
    ck_assert_uint_eq(w->row[1], UINT32_MAX);
    ck_assert_int_eq(w->start[0], 4);
    ck_assert_int_eq(w->start[2], 0);
    free(w);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    world *w = malloc(sizeof *w);
    const features f = {.weights = true, .early = true};
    for (int n = 1;; n++) {
        make_random(w, &f, 5, 2, 1);
        w->work = 16;
        w->fail_at = n;
        int32_t status = search(w);
        ck_assert_int_eq(w->blocks, 0);
        if (w->allocations < n) {
            ck_assert_int_eq(status, QWR_PLUGIN_OK);
            ck_assert_int_gt(n, 20);
            break;
        }
        ck_assert_int_eq(status, QWR_PLUGIN_ENOMEM);
    }
    free(w);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sequence");
    TCase *c = tcase_create("sequence");
    tcase_set_timeout(c, 120);
    tcase_add_test(c, the_table_tells_straight_costs_from_bent_ones);
    tcase_add_test(c, small_problems_reach_the_best_plan);
    tcase_add_test(c, a_call_waits_for_its_cheapest_start);
    tcase_add_test(c, a_given_plan_never_gets_worse);
    tcase_add_test(c, the_same_seed_and_work_give_the_same_plan);
    tcase_add_test(c, work_is_counted_and_its_limit_kept);
    tcase_add_test(c, it_stops_when_cancelled_and_when_the_bound_is_met);
    tcase_add_test(c, other_problems_are_not_taken);
    tcase_add_test(c, calls_that_no_lane_takes_are_left_out);
    tcase_add_test(c, every_allocation_may_fail);
    suite_add_tcase(s, c);
    return qwr_test_main(s);
}
