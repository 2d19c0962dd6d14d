/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sequence search against a host of the test: small problems made here, whose best plan is
 * found by trying every candidate.
 */
#include "discrete/lanes.h"
#include "discrete/sequence.h"
#include "support/support.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 40, LANES = 4, ROWS = CALLS * LANES * 2, TICKS = 400, UNPLACED = 1000000 };

/** A problem and the host that hands it out. */
typedef struct world {
    qwr_problem_view view;
    qwr_host host;
    uint32_t call_class[CALLS + 1], class_call[ROWS], class_row[ROWS + 1], group[ROWS];
    int32_t cranes[ROWS], width[ROWS], duration[ROWS], occupied[ROWS];
    int32_t cell[ROWS], first[ROWS], last[ROWS], cost[ROWS];
    int32_t first_start[CALLS], last_start[CALLS], first_end[CALLS];
    uint64_t start_at[CALLS], end_at[CALLS];
    int32_t start_cost[CALLS * TICKS], end_cost[CALLS * TICKS];

    uint64_t seed;
    int64_t work, worked;
    int64_t value, bound;
    uint32_t row[CALLS];
    int32_t start[CALLS];
    bool given; /**< value, row and start hold an incumbent */
    int taken, refused, blocks, allocations, fail_at, looks, cancel_at;
} world;

/* --- the host --- */

static void *host_alloc(void *payload, size_t bytes)
{
    world *w = payload;
    if (++w->allocations == w->fail_at)
        return NULL;
    w->blocks++;
    return malloc(bytes ? bytes : 1);
}

static void host_release(void *payload, void *block)
{
    ((world *)payload)->blocks -= block != NULL;
    free(block);
}

static int32_t host_cancelled(void *payload)
{
    world *w = payload;
    return w->cancel_at > 0 && ++w->looks >= w->cancel_at;
}

static int64_t host_remaining_us(void *payload)
{
    (void)payload;
    return INT64_MAX;
}

static uint64_t host_random(void *payload, uint64_t stream, uint64_t index)
{
    return qwr__random(((world *)payload)->seed, stream, index);
}

static int64_t host_work_left(void *payload)
{
    const world *w = payload;
    return w->worked < w->work ? w->work - w->worked : 0;
}

static void host_work_done(void *payload, int64_t units)
{
    ((world *)payload)->worked += units;
}

static int32_t host_incumbent(void *payload, qwr_solution_view *solution)
{
    const world *w = payload;
    *solution = (qwr_solution_view){.size = sizeof *solution, .call_count = w->view.call_count};
    if (!w->given)
        return 1;
    solution->row = w->row;
    solution->start = w->start;
    solution->cost = w->value;
    return 0;
}

static int64_t candidate_cost(const world *w, uint32_t row, int32_t start)
{
    uint32_t k = 0;
    while (w->class_row[k + 1] <= row)
        k++;
    uint32_t i = w->class_call[k];
    return (int64_t)w->cost[row] + w->start_cost[w->start_at[i] + (uint64_t)start] +
           w->end_cost[w->end_at[i] + (uint64_t)(start + w->duration[k])];
}

static int32_t occupied(const world *w, uint32_t row)
{
    uint32_t k = 0;
    while (w->class_row[k + 1] <= row)
        k++;
    return w->occupied[k];
}

/* Cost of a solution; -1: it breaks a rule. */
static int64_t price(const world *w, const uint32_t *row, const int32_t *start)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < w->view.call_count; i++) {
        if (row[i] == UINT32_MAX) {
            sum += UNPLACED;
            continue;
        }
        uint32_t k = w->call_class[i];
        if (row[i] < w->class_row[k] || row[i] >= w->class_row[w->call_class[i + 1]] ||
            start[i] < w->first[row[i]] || start[i] > w->last[row[i]] ||
            start[i] + occupied(w, row[i]) > (int32_t)w->view.tick_count)
            return -1;
        sum += candidate_cost(w, row[i], start[i]);
        for (uint32_t j = 0; j < i; j++)
            if (row[j] != UINT32_MAX && w->cell[row[j]] == w->cell[row[i]] &&
                start[i] < start[j] + occupied(w, row[j]) &&
                start[j] < start[i] + occupied(w, row[i]))
                return -1;
    }
    return sum;
}

static int32_t host_submit(void *payload, const qwr_solution_view *solution)
{
    world *w = payload;
    int64_t cost = price(w, solution->row, solution->start);
    ck_assert_int_ge(cost, 0);
    ck_assert_int_eq(cost, solution->cost);
    if (w->given && cost >= w->value) {
        w->refused++;
        return 1;
    }
    w->given = true;
    w->value = cost;
    memcpy(w->row, solution->row, w->view.call_count * sizeof *w->row);
    memcpy(w->start, solution->start, w->view.call_count * sizeof *w->start);
    w->taken++;
    return 0;
}

static int64_t host_best_bound(void *payload)
{
    return ((world *)payload)->bound;
}

/* --- problems --- */

static void open_world(world *w, uint32_t calls, uint32_t lanes, uint32_t ticks)
{
    memset(w, 0, sizeof *w);
    w->host = (qwr_host){.size = sizeof w->host,
                         .abi_minor = QWR_PLUGIN_ABI_MINOR,
                         .payload = w,
                         .alloc = host_alloc,
                         .release = host_release,
                         .cancelled = host_cancelled,
                         .remaining_us = host_remaining_us,
                         .random = host_random,
                         .work_left = host_work_left,
                         .work_done = host_work_done,
                         .incumbent = host_incumbent,
                         .submit = host_submit,
                         .best_bound = host_best_bound};
    w->view = (qwr_problem_view){.size = sizeof w->view,
                                 .stage = 1,
                                 .call_count = calls,
                                 .cell_count = lanes,
                                 .tick_count = ticks,
                                 .cost_unit_mu = 1,
                                 .unplaced_cost = UNPLACED,
                                 .call_class_begin = w->call_class,
                                 .call_first_start = w->first_start,
                                 .call_last_start = w->last_start,
                                 .call_start_offset = w->start_at,
                                 .call_first_end = w->first_end,
                                 .call_end_offset = w->end_at,
                                 .start_cost = w->start_cost,
                                 .end_cost = w->end_cost,
                                 .class_call = w->class_call,
                                 .class_group = w->group,
                                 .class_cranes = w->cranes,
                                 .class_width = w->width,
                                 .class_duration = w->duration,
                                 .class_occupied = w->occupied,
                                 .class_row_begin = w->class_row,
                                 .row_cell = w->cell,
                                 .row_first = w->first,
                                 .row_last = w->last,
                                 .row_cost = w->cost};
    w->work = 4000;
    w->bound = INT64_MIN;
    w->seed = 1;
    for (uint32_t i = 0; i < calls; i++) {
        w->start_at[i] = w->end_at[i] = (uint64_t)i * TICKS;
        w->last_start[i] = (int32_t)ticks;
    }
}

/* Adds a class of the next call at a lane; its rows follow. Calls come in order. */
static void add_class(world *w, uint32_t call, int32_t duration, int32_t turnaround)
{
    uint32_t k = w->view.class_count++;
    w->class_call[k] = call;
    w->width[k] = 1;
    w->duration[k] = duration;
    w->occupied[k] = duration + turnaround;
    w->class_row[k] = w->class_row[k + 1] = w->view.row_count;
    for (uint32_t i = call + 1; i <= w->view.call_count; i++)
        w->call_class[i] = k + 1;
}

static void add_row(world *w, int32_t lane, int32_t first, int32_t last, int32_t cost)
{
    uint32_t r = w->view.row_count++;
    w->cell[r] = lane;
    w->first[r] = first;
    w->last[r] = last;
    w->cost[r] = cost;
    w->class_row[w->view.class_count] = r + 1;
}

/* weight * (end - arrival), and `early` per tick before `wish` if that is not 0. */
static void set_costs(world *w, uint32_t call, int32_t weight, int32_t arrival, int32_t early,
                      int32_t wish)
{
    for (int32_t t = 0; t < TICKS; t++) {
        w->end_cost[call * TICKS + (uint32_t)t] = t > arrival ? weight * (t - arrival) : 0;
        w->start_cost[call * TICKS + (uint32_t)t] = t < wish ? early * (wish - t) : 0;
    }
}

typedef struct features {
    bool weights, turnaround, windows, pins, forbidden, early, late, tight;
} features;

static void make_random(world *w, const features *f, uint32_t calls, uint32_t lanes, uint64_t seed)
{
    qwr__rng rng = {.seed = seed, .stage = 77};
    int32_t ticks = calls <= 6 ? 26 : TICKS - 20, span = calls <= 6 ? 10 : 60;
    open_world(w, calls, lanes, (uint32_t)ticks);
    for (uint32_t i = 0; i < calls; i++) {
        int32_t arrival = (int32_t)qwr__rng_below(&rng, (uint64_t)span);
        int32_t weight = f->weights ? 1 + (int32_t)qwr__rng_below(&rng, 4) : 1;
        int32_t wish = f->early ? arrival + (int32_t)qwr__rng_below(&rng, 6) : 0;
        int32_t last = f->tight ? arrival + 3 + (int32_t)qwr__rng_below(&rng, 5) : ticks;
        bool pinned = f->pins && qwr__rng_below(&rng, 4) == 0;
        set_costs(w, i, weight, arrival, f->early ? 2 * weight : 0, wish);
        if (f->late) /* a straight line no more */
            for (int32_t t = arrival + 8; t < TICKS; t++)
                w->end_cost[i * TICKS + (uint32_t)t] += 3 * (t - arrival - 7);
        for (uint32_t x = 0; x < lanes; x++) {
            int32_t duration = 2 + (int32_t)qwr__rng_below(&rng, 6);
            int32_t gap = f->turnaround ? (int32_t)qwr__rng_below(&rng, 3) : 0;
            int32_t latest = ticks - duration - gap;
            latest = last < latest ? last : latest;
            if ((f->forbidden && qwr__rng_below(&rng, 4) == 0) || latest < arrival)
                continue;
            add_class(w, i, duration, gap);
            int32_t cost = (int32_t)qwr__rng_below(&rng, 3);
            if (pinned) {
                add_row(w, (int32_t)x, arrival, arrival, cost);
            } else if (f->windows && latest > arrival + 4) {
                add_row(w, (int32_t)x, arrival, arrival + 1, cost);
                add_row(w, (int32_t)x, arrival + 4, latest, cost);
            } else {
                add_row(w, (int32_t)x, arrival, latest, cost);
            }
        }
    }
}

/* --- the best plan, by trying everything --- */

typedef struct brute {
    const world *w;
    uint64_t held[LANES]; /**< ticks, one bit each */
    int64_t least[CALLS]; /**< cheapest candidate of a call */
    int64_t best;
} brute;

static void try_call(brute *b, uint32_t call, int64_t cost)
{
    const world *w = b->w;
    int64_t hope = cost;
    for (uint32_t i = call; i < w->view.call_count; i++)
        hope += b->least[i];
    if (hope >= b->best)
        return;
    if (call == w->view.call_count) {
        b->best = cost;
        return;
    }
    for (uint32_t k = w->call_class[call]; k < w->call_class[call + 1]; k++)
        for (uint32_t r = w->class_row[k]; r < w->class_row[k + 1]; r++)
            for (int32_t t = w->first[r]; t <= w->last[r]; t++) {
                uint64_t bits = ((UINT64_C(1) << w->occupied[k]) - 1) << t;
                if (b->held[w->cell[r]] & bits)
                    continue;
                b->held[w->cell[r]] |= bits;
                try_call(b, call + 1, cost + candidate_cost(w, r, t));
                b->held[w->cell[r]] &= ~bits;
            }
    try_call(b, call + 1, cost + UNPLACED);
}

static int64_t best_of_all(const world *w)
{
    brute b = {.w = w, .best = INT64_MAX};
    for (uint32_t i = 0; i < w->view.call_count; i++) {
        b.least[i] = UNPLACED;
        for (uint32_t r = w->class_row[w->call_class[i]]; r < w->class_row[w->call_class[i + 1]];
             r++)
            for (int32_t t = w->first[r]; t <= w->last[r]; t++)
                if (candidate_cost(w, r, t) < b.least[i])
                    b.least[i] = candidate_cost(w, r, t);
    }
    try_call(&b, 0, 0);
    return b.best;
}

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

/* --- tests --- */

static const features KINDS[] = {
    {.weights = false},
    {.weights = true, .turnaround = true},
    {.forbidden = true, .windows = true},
    {.pins = true, .weights = true, .forbidden = true},
    {.late = true, .turnaround = true, .windows = true},
    {.tight = true, .weights = true, .forbidden = true},
    {.weights = true,
     .turnaround = true,
     .windows = true,
     .pins = true,
     .forbidden = true,
     .late = true,
     .tight = true},
};

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
        for (size_t k = 0; k <= sizeof KINDS / sizeof *KINDS; k++) {
            make_random(w, k < sizeof KINDS / sizeof *KINDS ? &KINDS[k] : &early, seed % 2 ? 5 : 20,
                        3, seed);
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
        for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
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
    for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
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
