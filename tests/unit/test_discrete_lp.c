/* SPDX-License-Identifier: Apache-2.0 */
/* The small linear programme, against every basis of tiny ones. */
#include "discrete_world.h"

#include "discrete/lp.h"
#include "support/support.h"

#include "base/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 4, MOST_COLUMNS = 14, PENALTY = 50 };

/** A programme as a full matrix: first one unit column a row, then random ones. */
typedef struct tiny {
    uint32_t rows, columns;
    double cost[MOST_COLUMNS];
    double a[MOST_COLUMNS][MOST_ROWS];
    double demand[MOST_ROWS];
} tiny;

static void draw(tiny *t, qwr__rng *rng, bool whole)
{
    *t = (tiny){.rows = 2 + (uint32_t)qwr__rng_below(rng, MOST_ROWS - 1)};
    t->columns = 2 * t->rows + 1 + (uint32_t)qwr__rng_below(rng, MOST_COLUMNS - 2 * MOST_ROWS);
    for (uint32_t r = 0; r < t->rows; r++)
        t->demand[r] = whole && r + 1 == t->rows ? 2 : 1;
    for (uint32_t j = 0; j < t->columns; j++) {
        t->cost[j] = j < t->rows ? PENALTY : (double)qwr__rng_below(rng, 20) - 4;
        for (uint32_t r = 0; r < t->rows; r++) {
            bool met = j < t->rows ? j == r : qwr__rng_below(rng, 2) == 0;
            t->a[j][r] = !met ? 0 : j < t->rows || qwr__rng_below(rng, 4) > 0 ? 1 : 2;
        }
        if (j >= t->rows)
            t->a[j][qwr__rng_below(rng, t->rows)] = 1; /* none is empty */
    }
}

/* Solves the basis; false: none, or a negative value. */
static bool basic_value(const tiny *t, const uint32_t *basis, double *objective)
{
    double m[MOST_ROWS][MOST_ROWS + 1] = {{0}};
    uint32_t n = t->rows;
    for (uint32_t r = 0; r < n; r++) {
        for (uint32_t k = 0; k < n; k++)
            m[r][k] = t->a[basis[k]][r];
        m[r][n] = t->demand[r];
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t p = k;
        for (uint32_t r = k + 1; r < n; r++)
            p = fabs(m[r][k]) > fabs(m[p][k]) ? r : p;
        if (fabs(m[p][k]) < 1e-9)
            return false;
        for (uint32_t c = 0; c <= n; c++) {
            double swap = m[k][c];
            m[k][c] = m[p][c];
            m[p][c] = swap;
        }
        for (uint32_t r = 0; r < n; r++) {
            double factor = r == k ? 0 : m[r][k] / m[k][k];
            for (uint32_t c = 0; c <= n; c++)
                m[r][c] -= factor * m[k][c];
        }
    }
    *objective = 0;
    for (uint32_t k = 0; k < n; k++) {
        double value = m[k][n] / m[k][k];
        if (value < -1e-9)
            return false;
        *objective += t->cost[basis[k]] * value;
    }
    return true;
}

/* The least objective over all bases; columns with out[j] set are left out. */
static double best_basis(const tiny *t, const bool *out)
{
    uint32_t basis[MOST_ROWS];
    double best = INFINITY, value;
    for (uint32_t set = 0; set < UINT32_C(1) << t->columns; set++) {
        uint32_t count = 0;
        for (uint32_t j = 0; j < t->columns && count <= t->rows; j++)
            if (set >> j & 1) {
                if (count == t->rows || (out && out[j])) {
                    count = UINT32_MAX;
                    break;
                }
                basis[count++] = j;
            }
        if (count == t->rows && basic_value(t, basis, &value) && value < best)
            best = value;
    }
    return best;
}

static void add_column(qwr__lp *p, const tiny *t, uint32_t j)
{
    uint16_t row[MOST_ROWS];
    double entry[MOST_ROWS];
    uint32_t count = 0;
    for (uint32_t r = 0; r < t->rows; r++)
        if (t->a[j][r] != 0) {
            row[count] = (uint16_t)r;
            entry[count++] = t->a[j][r];
        }
    ck_assert_uint_ne(qwr__lp_add(p, t->cost[j], count, row, entry), UINT32_MAX);
}

static void begin(qwr__lp *p, const tiny *t, world *w)
{
    ck_assert_int_eq(qwr__lp_init(p, &w->host, t->rows), QWR_PLUGIN_OK);
    for (uint32_t r = 0; r < t->rows; r++)
        qwr__lp_set_demand(p, r, t->demand[r]);
    qwr__lp_clear(p);
    for (uint32_t j = 0; j < t->rows; j++)
        add_column(p, t, j);
}

/* Rows are off by some millionths, so is the objective. */
static void expect_best(qwr__lp *p, const tiny *t, const bool *out)
{
    ck_assert_int_eq(qwr__lp_solve(p, 1000), QWR__LP_OPTIMAL);
    ck_assert_double_eq_tol(qwr__lp_objective(p), best_basis(t, out), 0.002);
    double dual = 0;
    for (uint32_t r = 0; r < t->rows; r++)
        dual += p->dual[r] * p->demand[r];
    ck_assert_double_eq_tol(dual, qwr__lp_objective(p), 1e-6);
}

static world *new_world(void)
{
    world *w = malloc(sizeof *w);
    ck_assert_ptr_nonnull(w);
    open_world(w, 1, 1, 10);
    return w;
}

START_TEST(the_objective_is_that_of_the_best_basis)
{
    world *w = new_world();
    qwr__rng rng = {.seed = 1, .stage = 3};
    for (int k = 0; k < 60; k++) {
        tiny t;
        qwr__lp p;
        draw(&t, &rng, k % 2);
        begin(&p, &t, w);
        ck_assert_int_eq(qwr__lp_solve(&p, 1000), QWR__LP_OPTIMAL); /* the units alone */
        for (uint32_t j = t.rows; j < t.columns; j++) {
            add_column(&p, &t, j);
            if (j % 3 == 0)
                ck_assert_int_eq(qwr__lp_solve(&p, 1000), QWR__LP_OPTIMAL);
        }
        expect_best(&p, &t, NULL);
        qwr__lp_free(&p);
        ck_assert_int_eq(w->blocks, 0);
    }
    free(w);
}
END_TEST

START_TEST(costs_may_change_and_columns_be_shut_out)
{
    world *w = new_world();
    qwr__rng rng = {.seed = 2, .stage = 3};
    for (int k = 0; k < 40; k++) {
        tiny t;
        qwr__lp p;
        bool out[MOST_COLUMNS] = {false};
        draw(&t, &rng, k % 2);
        begin(&p, &t, w);
        for (uint32_t j = t.rows; j < t.columns; j++)
            add_column(&p, &t, j);
        expect_best(&p, &t, NULL);
        for (uint32_t j = t.rows; j < t.columns; j++) {
            t.cost[j] += (double)qwr__rng_below(&rng, 16) - 8;
            qwr__lp_set_cost(&p, j, t.cost[j]);
        }
        expect_best(&p, &t, NULL);
        /* What is out and basic must be priced out too. */
        qwr__lp_allow_none(&p);
        for (uint32_t j = 0; j < t.columns; j++) {
            out[j] = j >= t.rows && qwr__rng_below(&rng, 2) == 0;
            if (!out[j])
                qwr__lp_allow(&p, j);
            else
                qwr__lp_set_cost(&p, j, 1e4);
        }
        expect_best(&p, &t, out);
        qwr__lp_free(&p);
    }
    free(w);
}
END_TEST

START_TEST(dropped_columns_leave_the_others_where_they_are)
{
    world *w = new_world();
    qwr__rng rng = {.seed = 3, .stage = 3};
    int dropped = 0;
    for (int k = 0; k < 40; k++) {
        tiny t;
        qwr__lp p;
        bool drop[MOST_COLUMNS] = {false};
        draw(&t, &rng, k % 2);
        begin(&p, &t, w);
        for (uint32_t j = t.rows; j < t.columns; j++)
            add_column(&p, &t, j);
        expect_best(&p, &t, NULL);
        double before = qwr__lp_objective(&p);
        uint32_t kept = 0;
        for (uint32_t j = 0; j < t.columns; j++) {
            drop[j] = j >= t.rows && p.place[j] < 0 && qwr__rng_below(&rng, 2) == 0;
            dropped += drop[j];
            if (drop[j])
                continue;
            t.cost[kept] = t.cost[j];
            memcpy(t.a[kept++], t.a[j], sizeof t.a[j]);
        }
        t.columns = kept;
        qwr__lp_drop(&p, drop);
        ck_assert_uint_eq(p.columns, kept);
        ck_assert_double_eq_tol(qwr__lp_objective(&p), before, 1e-9);
        /* A drop leaves no column that may enter: all are allowed anew. */
        for (uint32_t j = 0; j < kept; j++) {
            qwr__lp_allow(&p, j);
            t.cost[j] += (double)qwr__rng_below(&rng, 6);
            qwr__lp_set_cost(&p, j, t.cost[j]);
        }
        expect_best(&p, &t, NULL);
        qwr__lp_free(&p);
    }
    ck_assert_int_gt(dropped, 40);
    free(w);
}
END_TEST

/* Set partitioning with many ties: assignment of n calls to n lanes, all costs alike but few. */
START_TEST(degenerate_programmes_are_solved_to_the_end)
{
    enum { N = 40 };
    world *w = new_world();
    qwr__rng rng = {.seed = 4, .stage = 3};
    for (int k = 0; k < 3; k++) {
        qwr__lp p;
        const double one = 1, pair[2] = {1, 1};
        ck_assert_int_eq(qwr__lp_init(&p, &w->host, 2 * N), QWR_PLUGIN_OK);
        qwr__lp_clear(&p);
        for (uint16_t r = 0; r < 2 * N; r++)
            ck_assert_uint_eq(qwr__lp_add(&p, PENALTY, 1, &r, &one), r);
        for (uint16_t i = 0; i < N; i++)
            for (uint16_t x = 0; x < N; x++) {
                const uint16_t row[2] = {i, (uint16_t)(N + x)};
                double cost = i == (x + 1) % N ? 1 : 2 + (double)qwr__rng_below(&rng, 2);
                ck_assert_uint_ne(qwr__lp_add(&p, cost, 2, row, pair), UINT32_MAX);
            }
        ck_assert_int_eq(qwr__lp_solve(&p, 3), QWR__LP_LIMIT);
        ck_assert_int_eq(qwr__lp_solve(&p, 100000), QWR__LP_OPTIMAL);
        ck_assert_double_eq_tol(qwr__lp_objective(&p), N, 0.1);
        qwr__lp_free(&p);
    }
    free(w);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("discrete_lp");
    TCase *c = tcase_create("discrete_lp");
    tcase_set_timeout(c, 120);
    tcase_add_test(c, the_objective_is_that_of_the_best_basis);
    tcase_add_test(c, costs_may_change_and_columns_be_shut_out);
    tcase_add_test(c, dropped_columns_leave_the_others_where_they_are);
    tcase_add_test(c, degenerate_programmes_are_solved_to_the_end);
    suite_add_tcase(s, c);
    return qwr_test_main(s);
}
