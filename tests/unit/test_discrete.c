/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables and duals of discrete berths, against what they ought to be by definition: random
 * problems, small enough to try every pair of candidates and every solution.
 */
#include "discrete_table.h"

#include "discrete/root.h"
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

static world *new_world(void)
{
    world *w = malloc(sizeof *w);
    ck_assert_ptr_nonnull(w);
    return w;
}

/* Keeps each candidate with a chance of share / 8. */
static uint32_t thin(table *t, qwr__choice *keep, uint64_t share)
{
    uint32_t kept = 0;
    for (uint32_t c = 0; c < t->count; c++)
        if (qwr__rng_below(&t->rng, 8) < share)
            keep[kept++] = t->all[c];
    return kept;
}

/* --- lanes --- */

static void expect_same_job(const qwr__lanes *a, uint32_t i, const qwr__lanes *b, uint32_t j)
{
    ck_assert_int_eq(a->first[i], b->first[j]);
    ck_assert_int_eq(a->last[i], b->last[j]);
    ck_assert_int_eq(a->occupied[i], b->occupied[j]);
    ck_assert_int_eq(a->slope[i], b->slope[j]);
    ck_assert_int_eq(a->straight[i], b->straight[j]);
    for (int32_t t = a->first[i]; t <= a->last[i]; t++)
        ck_assert_int_eq(qwr__lane_cost(a, i, t), qwr__lane_cost(b, j, t));
}

static void expect_pairs(const qwr__lanes *l)
{
    for (uint32_t x = 0; x < l->lanes; x++)
        for (uint32_t j = l->begin[x]; j < l->begin[x + 1]; j++) {
            size_t pair = (size_t)l->call[j] * l->lanes + x;
            ck_assert_uint_eq(l->lane[j], x);
            ck_assert(j >= l->of[pair] && j < l->of_end[pair]);
        }
}

START_TEST(folded_lanes_stand_for_like_ones)
{
    world *w = new_world();
    for (uint64_t seed = 0; seed < 30; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            make_random(w, kind_of(k), seed % 2 ? 5 : 12, 4, seed);
            table_open(&t, w, true, seed);
            const qwr__lanes *l = &t.whole, *f = &t.folded;
            uint32_t lanes = 0;
            expect_pairs(f);
            for (uint32_t x = 0; x < f->lanes; x++) {
                ck_assert_uint_eq(f->first_lane[x], lanes);
                for (uint32_t to = lanes; to < lanes + f->many[x]; to++)
                    for (uint32_t j = f->begin[x]; j < f->begin[x + 1]; j++) {
                        uint32_t i = l->begin[to] + j - f->begin[x];
                        expect_same_job(f, j, l, i);
                        ck_assert_uint_eq(f->call[j], l->call[i]);
                        ck_assert_int_eq(w->cell[l->row[i]], (int32_t)to);
                    }
                lanes += f->many[x];
            }
            ck_assert_uint_eq(lanes, l->lanes);
            ck_assert(!kind_of(k)->like || f->lanes <= 2);
            table_close(&t);
        }
    free(w);
}
END_TEST

START_TEST(a_part_has_the_jobs_of_its_lanes_and_calls)
{
    world *w = new_world();
    for (uint64_t seed = 0; seed < 30; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            qwr__lanes part;
            bool in[LANES], of[CALLS];
            make_random(w, kind_of(k), 12, 4, seed);
            table_open(&t, w, false, seed * 16 + k);
            const qwr__lanes *l = t.l;
            for (uint32_t x = 0; x < l->lanes; x++)
                in[x] = qwr__rng_below(&t.rng, 2) == 0;
            for (uint32_t i = 0; i < l->calls; i++)
                of[i] = qwr__rng_below(&t.rng, 3) > 0;
            ck_assert_int_eq(qwr__lanes_part(&part, l, in, of), QWR_PLUGIN_OK);
            expect_pairs(&part);
            uint32_t at = 0;
            for (uint32_t j = 0; j < l->jobs; j++)
                if (in[l->lane[j]] && of[l->call[j]]) {
                    ck_assert_uint_lt(at, part.jobs);
                    expect_same_job(&part, at, l, j);
                    ck_assert_uint_eq(part.row[at], l->row[j]);
                    ck_assert_uint_eq(part.origin[part.call[at]], l->call[j]);
                    at++;
                }
            ck_assert_uint_eq(at, part.jobs);
            for (uint32_t i = 0; i < part.calls; i++)
                ck_assert(of[part.origin[i]] && (i == 0 || part.origin[i] > part.origin[i - 1]));
            qwr__lanes_free(&part);
            table_close(&t);
        }
    free(w);
}
END_TEST

/* The difference between the costs of two calls where they have the same stays. */
static bool defined_copies(const qwr__lanes *l, uint32_t a, uint32_t b)
{
    int64_t offset = INT64_MIN;
    uint32_t met = 0, all = 0;
    for (uint32_t i = 0; i < l->jobs; i++)
        for (int32_t t = l->first[i]; t <= l->last[i]; t++) {
            all += l->call[i] == a || l->call[i] == b;
            for (uint32_t j = 0; j < l->jobs && l->call[i] == a; j++) {
                if (l->call[j] != b || l->lane[j] != l->lane[i] || t < l->first[j] ||
                    t > l->last[j] || l->occupied[j] != l->occupied[i])
                    continue;
                int64_t d = qwr__lane_cost(l, j, t) - qwr__lane_cost(l, i, t);
                if (offset != INT64_MIN && d != offset)
                    return false;
                offset = d;
                met++;
            }
        }
    return met > 0 && 2 * met == all;
}

START_TEST(copies_are_calls_with_the_same_stays_and_a_fixed_difference)
{
    world *w = new_world();
    int copies = 0, others = 0;
    for (uint64_t seed = 0; seed < 30; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            make_random(w, kind_of(k), 6, 2, seed);
            table_open(&t, w, seed % 2, seed);
            for (uint32_t i = 0; i < t.l->calls; i++) {
                uint32_t first = i, next = QWR__NO_CALL;
                for (uint32_t j = i; j-- > 0;)
                    first = defined_copies(t.l, j, i) ? j : first;
                for (uint32_t j = t.l->calls; --j > i;)
                    next = defined_copies(t.l, i, j) ? j : next;
                ck_assert_uint_eq(t.rules.first_copy[i], first);
                ck_assert_uint_eq(t.rules.next_copy[i], next);
                copies += first != i;
                others += first == i;
            }
            table_close(&t);
        }
    ck_assert_int_gt(copies, 100);
    ck_assert_int_gt(others, 100);
    free(w);
}
END_TEST

/* --- the dense dual --- */

static bool open_dense(qwr__dense *d, table *t)
{
    int32_t status = qwr__dense_init(d, &t->rules);
    ck_assert(status == QWR_PLUGIN_OK || status == QWR_PLUGIN_EUNSUPPORTED);
    for (uint32_t j = 0; j < t->l->jobs; j++)
        if (t->l->first[j] <= t->l->last[j] && (!t->l->straight[j] || t->l->slope[j] < 0))
            ck_assert_int_eq(status, QWR_PLUGIN_EUNSUPPORTED);
    return status == QWR_PLUGIN_OK;
}

/* The visits are a subgradient: the dual lies below the plane they make. */
static void expect_plane(const table *t, const int64_t *from, int64_t value, const int32_t *visits,
                         int64_t dual)
{
    int64_t plane = value;
    for (uint32_t i = 0; i < t->l->calls; i++)
        plane += ((int64_t)t->l->served[i] - visits[i]) * (t->pi[i] - from[i]);
    ck_assert_int_le(dual, plane);
}

static void compare_duals(table *t, qwr__dense *d, qwr__graph *g)
{
    int64_t before[CALLS], value = 0;
    int32_t visits[CALLS];
    qwr__choice *a = calloc((size_t)t->count + 1, sizeof *a);
    qwr__choice *b = calloc((size_t)t->count + 1, sizeof *b);
    for (int draw = 0; draw < 6; draw++) {
        int64_t dual;
        table_draw(t);
        ck_assert(qwr__dense_dual(&dual, d, t->pi));
        ck_assert_int_eq(dual, qwr__graph_dual(g, t->pi));
        if (draw > 0)
            expect_plane(t, before, value, visits, dual);
        for (int k = 0; k < 3; k++) {
            int64_t target = dual / QWR__DUAL_SCALE + (k - 1) * 20;
            uint32_t kept = qwr__graph_filter(g, t->pi, dual, target, a);
            ck_assert_uint_eq(qwr__dense_filter(d, t->pi, dual, target, b, t->count), kept);
            ck_assert_mem_eq(a, b, kept * sizeof *a);
            if (kept > 0)
                ck_assert_uint_eq(qwr__dense_filter(d, t->pi, dual, target, b, kept - 1), kept);
        }
        memcpy(before, t->pi, sizeof before);
        memcpy(visits, d->visits, t->l->calls * sizeof *visits);
        value = dual;
    }
    free(a);
    free(b);
}

START_TEST(the_dense_dual_is_that_of_the_graph_of_all_candidates)
{
    world *w = new_world();
    int met = 0;
    for (uint64_t seed = 0; seed < 24; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            qwr__dense d;
            qwr__graph g;
            bool large = seed % 12 == 0;
            make_random(w, kind_of(k), large ? 14 : 5, large ? 17 : 3, seed);
            table_open(&t, w, seed % 2, seed * 32 + k);
            if (open_dense(&d, &t)) {
                ck_assert_int_eq(qwr__graph_init(&g, &t.rules, t.all, t.count, false),
                                 QWR_PLUGIN_OK);
                compare_duals(&t, &d, &g);
                qwr__graph_free(&g);
                met++;
            }
            qwr__dense_free(&d);
            table_close(&t);
        }
    ck_assert_int_gt(met, 150);
    free(w);
}
END_TEST

START_TEST(numbers_that_do_not_fit_are_refused)
{
    world *w = new_world();
    const features f = {.weights = true};
    table t;
    qwr__dense d;
    qwr__graph g;
    int fitted = 0, refused = 0;
    make_random(w, &f, 12, 3, 3);
    table_open(&t, w, false, 3);
    ck_assert(open_dense(&d, &t));
    ck_assert_int_eq(qwr__graph_init(&g, &t.rules, t.all, t.count, false), QWR_PLUGIN_OK);
    for (int sign = -1; sign <= 1; sign += 2)
        for (int power = 0; power < 56; power++) {
            int64_t dual;
            for (uint32_t i = 0; i < t.l->calls; i++)
                t.pi[i] = sign * ((INT64_C(1) << power) + (int64_t)qwr__rng_below(&t.rng, 1000));
            if (qwr__dense_dual(&dual, &d, t.pi)) {
                ck_assert_int_eq(dual, qwr__graph_dual(&g, t.pi));
                fitted++;
            } else {
                refused++;
            }
        }
    ck_assert_int_gt(fitted, 30);
    ck_assert_int_gt(refused, 40);
    qwr__graph_free(&g);
    qwr__dense_free(&d);
    table_close(&t);
    free(w);
}
END_TEST

START_TEST(all_kernels_give_the_same_numbers)
{
    static const char *const NAMES[] = {"generic", "avx2", NULL};
    static const size_t COUNTS[] = {0, 1, 7, 8, 9, 1023};
    world *w = new_world();
    open_world(w, 1, 1, 10);
    qwr__rng rng = {.seed = 9, .stage = 9};
    w->simd = NAMES[0];
    const qwr__discrete_kernel *plain = qwr__discrete_kernel_for(&w->host);
    ck_assert_str_eq(plain->name, "generic");
    for (size_t k = 1; k < sizeof NAMES / sizeof *NAMES; k++)
        for (size_t n = 0; n < sizeof COUNTS / sizeof *COUNTS; n++) {
            enum { W = QWR__DENSE_LANES, ROOM = 12 };
            double y[2][1024], x[1024];
            int32_t row[2][(ROOM + 1) * W], open[9 * W], held[9], slope[9];
            w->simd = NAMES[k];
            const qwr__discrete_kernel *fast = qwr__discrete_kernel_for(&w->host);
            for (size_t e = 0; e < 1024; e++) {
                x[e] = qwr__rng_unit(&rng) - 0.5;
                y[0][e] = y[1][e] = qwr__rng_unit(&rng) * 100;
            }
            plain->subtract(y[0], x, 1.0 / 3, COUNTS[n]);
            fast->subtract(y[1], x, 1.0 / 3, COUNTS[n]);
            ck_assert_mem_eq(y[0], y[1], sizeof y[0]);
            for (size_t e = 0; e < (ROOM + 1) * W; e++)
                row[0][e] = row[1][e] = (int32_t)qwr__rng_below(&rng, 2000) - 1000;
            for (size_t e = 0; e < 9 * W; e++)
                open[e] = (int32_t)qwr__rng_below(&rng, 2000) - 1000;
            for (size_t c = 0; c < 9; c++) {
                held[c] = 1 + (int32_t)qwr__rng_below(&rng, ROOM);
                slope[c] = (int32_t)qwr__rng_below(&rng, 5);
            }
            uint32_t channels = COUNTS[n] < 9 ? (uint32_t)COUNTS[n] : 9;
            plain->push(row[0], open, held, slope, channels, 17);
            fast->push(row[1], open, held, slope, channels, 17);
            ck_assert_mem_eq(row[0], row[1], sizeof row[0]);
        }
    free(w);
}
END_TEST

/* --- graphs --- */

/* The path's own costs, and that each of its pairs is one that may be. */
static void expect_path(const qwr__graph *g, uint32_t x, const int64_t *pi)
{
    enum { MOST = 400 };
    const qwr__lanes *l = g->rules->l;
    uint32_t path[MOST], length = qwr__graph_path(g, x, pi, path, MOST);
    int64_t sum = 0;
    for (uint32_t k = 0; k < length; k++) {
        const qwr__choice *b = &g->choice[path[k]];
        sum += qwr__lane_cost(l, b->job, b->start) * QWR__DUAL_SCALE - pi[l->call[b->job]];
        ck_assert_uint_eq(l->lane[b->job], x);
        ck_assert_int_eq(g->ahead[path[k]] + g->behind[path[k]], g->lane_cost[x]);
        const qwr__choice *a = k + 1 < length ? &g->choice[path[k + 1]] : NULL;
        bool right_after = a && a->start + l->occupied[a->job] == b->start;
        if (a)
            ck_assert_int_le(a->start + l->occupied[a->job], b->start);
        if (!g->ordered)
            continue;
        if (!right_after)
            ck_assert(defined_fresh(g->rules, b));
        else if (!g->node[path[k + 1]].exempt && g->rules->plain[b->job])
            ck_assert(defined_follow(g->rules, a, b, false));
    }
    ck_assert_int_eq(sum, g->lane_cost[x]);
    if (length > 1)
        ck_assert_uint_eq(qwr__graph_path(g, x, pi, path, length - 1), 0);
}

static void expect_graph(qwr__graph *g, const int64_t *pi)
{
    const qwr__lanes *l = g->rules->l;
    for (uint32_t x = 0; x < l->lanes; x++) {
        int64_t back = 0;
        qwr__graph_backward(g, x, pi);
        for (uint32_t c = g->lane_begin[x]; c < g->lane_begin[x + 1]; c++) {
            int64_t from = g->node[c].cost - pi[g->node[c].call] + g->behind[c];
            back = g->node[c].fresh && from < back ? from : back;
            ck_assert_int_ge(g->ahead[c] + g->behind[c], g->lane_cost[x]);
        }
        ck_assert_int_eq(back, g->lane_cost[x]);
        expect_path(g, x, pi);
    }
}

START_TEST(paths_forth_and_back_agree_and_keep_the_rules)
{
    world *w = new_world();
    for (uint64_t seed = 0; seed < 40; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            qwr__graph plain, ordered;
            bool large = seed % 10 == 9;
            make_random(w, kind_of(k), large ? 20 : 5, 1 + (uint32_t)(seed % 3), seed * 16 + k);
            table_open(&t, w, seed % 2, seed);
            qwr__choice *keep = calloc((size_t)t.count + 1, sizeof *keep);
            uint32_t count = thin(&t, keep, large ? 2 : 3 + seed % 6);
            ck_assert_int_eq(qwr__graph_init(&plain, &t.rules, keep, count, false), QWR_PLUGIN_OK);
            ck_assert_int_eq(qwr__graph_init(&ordered, &t.rules, keep, count, true), QWR_PLUGIN_OK);
            for (int draw = 0; draw < 4; draw++) {
                table_draw(&t);
                int64_t low = qwr__graph_dual(&plain, t.pi), high = qwr__graph_dual(&ordered, t.pi);
                ck_assert_int_le(low, high);
                expect_graph(&plain, t.pi);
                expect_graph(&ordered, t.pi);
                if (large)
                    continue;
                ck_assert_int_eq(low, defined_dual(&t, keep, count, false));
                ck_assert_int_le(high, defined_dual(&t, keep, count, true));
            }
            qwr__graph_free(&plain);
            qwr__graph_free(&ordered);
            free(keep);
            table_close(&t);
        }
    free(w);
}
END_TEST

/* Where all costs are straight and no candidate is late, nothing that is ruled out is let by. */
START_TEST(straight_costs_and_loose_deadlines_leave_aside_all_that_the_rules_do)
{
    world *w = new_world();
    int raised = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        const features f = {.weights = seed % 2,
                            .turnaround = seed % 3 == 0,
                            .forbidden = seed % 5 == 0,
                            .copies = seed % 7 == 0,
                            .like = seed % 11 == 0,
                            .equal = seed % 4 < 2};
        table t;
        qwr__graph g;
        make_random(w, &f, 6, 2, seed);
        table_open(&t, w, f.like, seed);
        qwr__choice *keep = calloc((size_t)t.count + 1, sizeof *keep);
        uint32_t count = thin(&t, keep, 4 + seed % 5), kept = 0;
        for (uint32_t c = 0; c < count; c++) {
            uint32_t j = keep[c].job;
            if (t.rules.plain[j] && keep[c].start + t.rules.longest[t.l->lane[j]] <= t.l->last[j])
                keep[kept++] = keep[c];
        }
        ck_assert_int_eq(qwr__graph_init(&g, &t.rules, keep, kept, true), QWR_PLUGIN_OK);
        for (int draw = 0; draw < 4; draw++) {
            table_draw(&t);
            int64_t dual = qwr__graph_dual(&g, t.pi);
            ck_assert_int_eq(dual, defined_dual(&t, keep, kept, true));
            raised += dual > defined_dual(&t, keep, kept, false);
        }
        qwr__graph_free(&g);
        free(keep);
        table_close(&t);
    }
    ck_assert_int_gt(raised, 300);
    free(w);
}
END_TEST

/* --- bound and filter against every solution --- */

static uint32_t cut(table *t, qwr__choice *keep, uint32_t count, int64_t optimum, uint64_t round)
{
    qwr__graph g;
    int32_t visits[CALLS];
    uint32_t path[64];
    uint64_t seen[2 * CALLS];
    int64_t dual;
    ck_assert_int_eq(qwr__graph_init(&g, &t->rules, keep, count, true), QWR_PLUGIN_OK);
    qwr__field f = {.graph = &g, .visits = visits, .path = path, .longest = 64};
    table_draw(t);
    if (round > 0)
        ck_assert_int_eq(qwr__root_climb(&dual, &f, &t->rules, t->pi,
                                         (optimum + 1) * QWR__DUAL_SCALE, INT64_MAX,
                                         (uint32_t)(1 + 20 * round)),
                         QWR_PLUGIN_OK);
    int64_t again = qwr__graph_dual(&g, t->pi);
    ck_assert(round == 0 || again == dual);
    ck_assert_int_le(again, optimum * QWR__DUAL_SCALE);
    uint32_t kept = qwr__graph_filter(&g, t->pi, again, optimum, keep);
    kept = qwr__copies_tighten(&t->rules, keep, kept, seen);
    ck_assert_uint_ne(kept, UINT32_MAX);
    qwr__graph_free(&g);
    return kept;
}

START_TEST(no_dual_exceeds_the_optimum_and_filters_leave_an_optimal_solution)
{
    world *w = new_world();
    int met = 0, dropped = 0;
    for (uint64_t seed = 0; seed < 50; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            uint64_t seen[2 * CALLS];
            make_random(w, kind_of(k), 4 + (uint32_t)(seed % 3), 1 + (uint32_t)(seed % 4),
                        seed * 16 + k);
            table_open(&t, w, seed % 4 < 2, seed);
            int64_t optimum = best_of_all(w) - (int64_t)t.l->hopeless * UNPLACED;
            if (optimum < UNPLACED) {
                uint32_t count = qwr__copies_tighten(&t.rules, t.all, t.count, seen);
                ck_assert_uint_ne(count, UINT32_MAX);
                ck_assert(solution_within(t.l, t.all, count, optimum));
                ck_assert(!solution_within(t.l, t.all, count, optimum - 1));
                for (uint64_t round = 0; round < 5; round++)
                    count = cut(&t, t.all, count, optimum, round);
                ck_assert_msg(solution_within(t.l, t.all, count, optimum), "kind %zu seed %d", k,
                              (int)seed);
                dropped += count < t.count / 2;
                met++;
            }
            table_close(&t);
        }
    ck_assert_int_gt(met, 400);
    ck_assert_int_gt(dropped, 300);
    free(w);
}
END_TEST

/* Each piece with its n-th allocation failing. */
static int32_t make_all(const world *w)
{
    qwr__lanes l, folded = {.host = NULL}, part = {.host = NULL};
    qwr__rules r = {.l = NULL};
    qwr__dense d = {.rules = NULL};
    qwr__graph g = {.rules = NULL};
    const bool every[CALLS] = {true, true, true};
    const qwr__choice one = {0, w->first[0]};
    int32_t status = qwr__lanes_init(&l, &w->host, &w->view);
    if (status == QWR_PLUGIN_OK)
        status = qwr__lanes_part(&part, &l, every, every);
    if (status == QWR_PLUGIN_OK)
        status = qwr__lanes_fold(&folded, &l);
    if (status == QWR_PLUGIN_OK)
        status = qwr__rules_init(&r, &folded);
    if (status == QWR_PLUGIN_OK)
        status = qwr__dense_init(&d, &r);
    if (status == QWR_PLUGIN_OK)
        status = qwr__graph_init(&g, &r, &one, 1, true);
    qwr__graph_free(&g);
    qwr__dense_free(&d);
    qwr__rules_free(&r);
    qwr__lanes_free(&part);
    qwr__lanes_free(&folded);
    qwr__lanes_free(&l);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    world *w = new_world();
    const features f = {.weights = true};
    for (int n = 1;; n++) {
        make_random(w, &f, 5, 2, 1);
        w->fail_at = n;
        int32_t status = make_all(w);
        ck_assert_int_eq(w->blocks, 0);
        if (w->allocations < n) {
            ck_assert_int_eq(status, QWR_PLUGIN_OK);
            ck_assert_int_gt(n, 80);
            break;
        }
        ck_assert_int_eq(status, QWR_PLUGIN_ENOMEM);
    }
    free(w);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("discrete");
    TCase *c = tcase_create("discrete");
    tcase_set_timeout(c, 120);
    tcase_add_test(c, folded_lanes_stand_for_like_ones);
    tcase_add_test(c, a_part_has_the_jobs_of_its_lanes_and_calls);
    tcase_add_test(c, copies_are_calls_with_the_same_stays_and_a_fixed_difference);
    tcase_add_test(c, the_dense_dual_is_that_of_the_graph_of_all_candidates);
    tcase_add_test(c, numbers_that_do_not_fit_are_refused);
    tcase_add_test(c, all_kernels_give_the_same_numbers);
    tcase_add_test(c, paths_forth_and_back_agree_and_keep_the_rules);
    tcase_add_test(c, straight_costs_and_loose_deadlines_leave_aside_all_that_the_rules_do);
    tcase_add_test(c, no_dual_exceeds_the_optimum_and_filters_leave_an_optimal_solution);
    tcase_add_test(c, every_allocation_may_fail);
    suite_add_tcase(s, c);
    return qwr_test_main(s);
}
