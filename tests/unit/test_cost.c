/* SPDX-License-Identifier: Apache-2.0 */
/* The cost room: every kernel gives the same integers, narrow and wide prices agree, passes find
 * the least. */
#include "cost/prices.h"
#include "support/support.h"

#include <string.h>

enum { ROOM = 1100 };

static int32_t small(uint64_t stage, uint64_t k, uint64_t below)
{
    return (int32_t)(qwr__random(42, stage, k) % below);
}

/* A row of `count` starts over random tables; the sums wrap on purpose. */
typedef struct tables {
    int32_t start[ROOM], end[ROOM];
    uint32_t sum[4][ROOM + 64], crane[2][ROOM + 64];
} tables;

static void fill(tables *t, uint64_t seed)
{
    uint32_t run[6] = {0};
    for (size_t k = 0; k < ROOM; k++) {
        t->start[k] = small(seed, k, 100000) - 50000;
        t->end[k] = small(seed + 1, k, 100000);
    }
    for (size_t k = 0; k < ROOM + 64; k++)
        for (size_t j = 0; j < 6; j++) {
            run[j] += (uint32_t)small(seed + 2 + j, k, 1000) + (k == 0 ? UINT32_MAX - 5000 : 0);
            if (j < 4)
                t->sum[j][k] = run[j];
            else
                t->crane[j - 4][k] = run[j];
        }
}

static qwr__kernel_row row_of(const tables *t, int32_t count)
{
    return (qwr__kernel_row){count,          t->start,  t->end,           t->sum[0] + 40, t->sum[0],
                             t->sum[1] + 40, t->sum[1], t->crane[0] + 40, t->crane[0]};
}

START_TEST(kernels_agree_on_odd_sizes)
{
    static const int32_t sizes[] = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 255, 1023};
    static tables t;
    static int32_t plain[ROOM], fast[ROOM];
    for (uint64_t seed = 0; seed < 20; seed++) {
        fill(&t, 100 * seed);
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            qwr__kernel_row row = row_of(&t, sizes[k]);
            const qwr__kernel *generic = qwr__kernel_get(QWR__SIMD_GENERIC);
            int32_t least = generic->min(&row);
            for (int level = 0; level <= (int)qwr__cpu_best(); level++) {
                const qwr__kernel *kernel = qwr__kernel_get((qwr__simd)level);
                ck_assert_int_eq(kernel->min(&row), least);
                int32_t limit = least == INT32_MAX ? 0 : least + 20000;
                int32_t n = generic->pick(&row, limit, plain), m = kernel->pick(&row, limit, fast);
                ck_assert_int_eq(n, m);
                ck_assert_mem_eq(plain, fast, (size_t)n * sizeof *plain);
            }
        }
    }
}
END_TEST

START_TEST(kernel_value_is_the_documented_sum)
{
    static tables t;
    fill(&t, 5);
    qwr__kernel_row row = row_of(&t, 1);
    int64_t expected = (int64_t)t.start[0] + t.end[0] + (int32_t)(t.sum[0][40] - t.sum[0][0]) -
                       (int32_t)(t.sum[1][40] - t.sum[1][0]) +
                       (int32_t)(t.crane[0][40] - t.crane[0][0]);
    ck_assert_int_eq(qwr__kernel_get(QWR__SIMD_GENERIC)->min(&row), expected);
}
END_TEST

/* A store of 3 calls, 2 classes each, on 6 cells and 40 ticks, with one crane group. */
static void build(qwr__candidates *c, qwr_context *ctx)
{
    int32_t ends[3] = {31, 31, 31};
    qwr_test_ok(ctx, qwr__candidates_init(c, ctx, 3, 1, 6, 40, 1000));
    for (uint32_t i = 0; i < 3; i++) {
        c->call_id[i] = "V";
        c->call_first_start[i] = c->call_first_end[i] = (int32_t)i;
        c->call_last_start[i] = (int32_t)i + 30;
    }
    qwr_test_ok(ctx, qwr__candidates_tables(c, ends));
    for (uint64_t k = 0; k < 93; k++) {
        c->start_cost[k] = small(1, k, 50);
        c->end_cost[k] = small(2, k, 50);
    }
    for (uint32_t i = 0; i < 3; i++)
        for (int32_t q = 1; q <= 2; q++) {
            qwr__class cls = {i, 0, q, 2, 8 - q, 9 - q, 1, 7 - q};
            qwr__row rows[4];
            for (int32_t r = 0; r < 4; r++)
                rows[r] = (qwr__row){r, (int32_t)i, (int32_t)i + 20, r + 3 * q};
            qwr_test_ok(ctx, qwr__candidates_add(c, &cls, 2, rows, 4));
        }
    qwr_test_ok(ctx, qwr__candidates_finish(c));
    for (int32_t t = 0; t < 40; t++)
        c->crane_capacity[t] = 2;
}

/* Reduced cost by the definition, cell by cell and tick by tick. */
static int64_t plain_value(const qwr__prices *pr, uint32_t row, int32_t start)
{
    const qwr_problem_view *v = &pr->cand->view;
    uint32_t k = qwr__row_class(v, row);
    int64_t sum = qwr__candidate_cost(v, row, start) * pr->unit;
    for (int32_t x = v->row_cell[row]; x < v->row_cell[row] + v->class_width[k]; x++)
        for (int32_t t = start; t < start + v->class_occupied[k]; t++)
            sum += pr->cell[x * 40 + t];
    for (int32_t t = start + v->class_work_from[k]; t < start + v->class_work_to[k]; t++)
        sum += (int64_t)pr->crane[t] * v->class_cranes[k];
    return sum;
}

static void expect_least(qwr__prices *pr)
{
    const qwr_problem_view *v = &pr->cand->view;
    qwr__pick best[3];
    qwr_test_ok(pr->ctx, qwr__prices_sum(pr));
    qwr_test_ok(pr->ctx, qwr__pass_min(best, pr));
    for (uint32_t i = 0; i < 3; i++) {
        int64_t least = INT64_MAX;
        uint32_t row = 0;
        int32_t start = 0;
        for (uint32_t r = v->class_row_begin[v->call_class_begin[i]];
             r < v->class_row_begin[v->call_class_begin[i + 1]]; r++)
            for (int32_t t = v->row_first[r]; t <= v->row_last[r]; t++)
                if (plain_value(pr, r, t) < least) {
                    least = plain_value(pr, r, t);
                    row = r;
                    start = t;
                }
        ck_assert_int_eq(best[i].reduced, least);
        ck_assert_uint_eq(best[i].row, row);
        ck_assert_int_eq(best[i].start, start);
    }
}

START_TEST(pass_finds_the_least_reduced_cost_of_each_call)
{
    qwr_context *ctx = qwr_test_context();
    qwr__candidates c;
    qwr__prices pr;
    build(&c, ctx);
    qwr_test_ok(ctx, qwr__prices_init(&pr, &c));
    expect_least(&pr);
    for (size_t k = 0; k < 240; k++)
        pr.cell[k] = small(3, k, 900);
    for (size_t k = 0; k < 40; k++)
        pr.crane[k] = small(4, k, 900);
    expect_least(&pr);
    ck_assert(pr.narrow);
    qwr__prices_free(&pr);
    qwr__candidates_free(&c);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(prices_too_large_for_31_bits_use_the_wide_kernel_and_agree)
{
    qwr_context *ctx = qwr_test_context();
    qwr__candidates c;
    qwr__prices pr;
    build(&c, ctx);
    qwr_test_ok(ctx, qwr__prices_init(&pr, &c));
    for (size_t k = 0; k < 240; k++)
        pr.cell[k] = (1 << 26) - small(3, k, 1 << 20);
    for (size_t k = 0; k < 40; k++)
        pr.crane[k] = (1 << 26) - small(4, k, 1 << 20);
    expect_least(&pr);
    ck_assert(!pr.narrow);
    qwr__prices_free(&pr);
    qwr__candidates_free(&c);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(pick_lists_exactly_the_candidates_within_the_limit)
{
    qwr_context *ctx = qwr_test_context();
    qwr__candidates c;
    qwr__prices pr;
    qwr__pick *picks = NULL;
    size_t count = 0, expected = 0;
    build(&c, ctx);
    qwr_test_ok(ctx, qwr__prices_init(&pr, &c));
    int64_t limit[3] = {40 * pr.unit, 25 * pr.unit, -1};
    qwr_test_ok(ctx, qwr__pass_pick(&picks, &count, 10000, &pr, limit));
    for (uint32_t r = 0; r < c.view.row_count; r++)
        for (int32_t t = c.row_first[r]; t <= c.row_last[r]; t++) {
            if (plain_value(&pr, r, t) > limit[c.class_call[qwr__row_class(&c.view, r)]])
                continue;
            ck_assert_uint_lt(expected, count);
            ck_assert_uint_eq(picks[expected].row, r);
            ck_assert_int_eq(picks[expected].start, t);
            expected++;
        }
    ck_assert_uint_eq(expected, count);
    qwr__free(ctx, picks);
    qwr_test_ok(ctx, qwr__pass_pick(&picks, &count, expected - 1, &pr, limit));
    ck_assert_ptr_null(picks);
    ck_assert_uint_ge(count, expected);
    qwr__prices_free(&pr);
    qwr__candidates_free(&c);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(more_rows_than_the_limit_is_refused_with_advice)
{
    qwr_context *ctx = qwr_test_context();
    qwr__candidates c;
    int32_t ends[1] = {3};
    qwr__row rows[3] = {{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 0, 0, 0}};
    qwr_test_ok(ctx, qwr__candidates_init(&c, ctx, 1, 1, 3, 3, 2));
    qwr_test_ok(ctx, qwr__candidates_tables(&c, ends));
    qwr__class cls = {.call = 0, .width = 1, .duration = 1, .occupied = 1, .work_to = 1};
    ck_assert_int_eq(qwr__candidates_add(&c, &cls, 1, rows, 3), QWR_ETOOBIG);
    ck_assert(qwr_test_cause_holds(ctx, "grid_m"));
    qwr__candidates_free(&c);
    qwr_context_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cost");
    TCase *c = tcase_create("cost");
    tcase_add_test(c, kernels_agree_on_odd_sizes);
    tcase_add_test(c, kernel_value_is_the_documented_sum);
    tcase_add_test(c, pass_finds_the_least_reduced_cost_of_each_call);
    tcase_add_test(c, prices_too_large_for_31_bits_use_the_wide_kernel_and_agree);
    tcase_add_test(c, pick_lists_exactly_the_candidates_within_the_limit);
    tcase_add_test(c, more_rows_than_the_limit_is_refused_with_advice);
    suite_add_tcase(suite, c);
    return qwr_test_main(suite);
}
