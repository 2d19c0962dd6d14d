/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The solver backends through qwr_milp_solve(): agreement with exhaustive search on random tiny
 * models, multipliers, start points, deadline and cancel in a long solve, and models that must be
 * refused before a backend sees them. No assertion on time is tight: the machine may be busy.
 */
#include "base/base.h"
#include "support.h"

#include <quaywright/registry.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TRIALS 200

/** A model with arrays of its own, of any size. */
typedef struct model {
    qwr_milp_view view;
    double *cost, *lower, *upper, *row_lower, *row_upper, *value, *point;
    uint8_t *integer;
    uint64_t *begin;
    uint32_t *row;
} model;

static void model_init(model *m, uint32_t columns, uint32_t rows, size_t entries)
{
    m->cost = calloc(columns + 1, sizeof(double));
    m->lower = calloc(columns + 1, sizeof(double));
    m->upper = calloc(columns + 1, sizeof(double));
    m->point = calloc(columns + 1, sizeof(double));
    m->row_lower = calloc(rows + 1, sizeof(double));
    m->row_upper = calloc(rows + 1, sizeof(double));
    m->value = calloc(entries + 1, sizeof(double));
    m->integer = calloc(columns + 1, 1);
    m->begin = calloc(columns + 2, sizeof(uint64_t));
    m->row = calloc(entries + 1, sizeof(uint32_t));
    m->view = (qwr_milp_view){.size = sizeof m->view,
                              .column_count = columns,
                              .row_count = rows,
                              .cost = m->cost,
                              .lower = m->lower,
                              .upper = m->upper,
                              .integer = m->integer,
                              .row_lower = m->row_lower,
                              .row_upper = m->row_upper,
                              .column_begin = m->begin,
                              .row_index = m->row,
                              .value = m->value};
}

static void model_free(model *m)
{
    free(m->cost);
    free(m->lower);
    free(m->upper);
    free(m->point);
    free(m->row_lower);
    free(m->row_upper);
    free(m->value);
    free(m->integer);
    free(m->begin);
    free(m->row);
}

static int below(qwr__rng *rng, uint64_t n)
{
    return (int)qwr__rng_below(rng, n);
}

/** 3 to 10 bounded integer columns, 1 to 6 rows of every type. */
static void make_tiny(model *m, uint64_t seed)
{
    qwr__rng rng = {.seed = seed, .stage = 77};
    uint32_t columns = 3 + (uint32_t)below(&rng, 8);
    uint32_t rows = 1 + (uint32_t)below(&rng, 6);
    uint64_t k = 0;
    model_init(m, columns, rows, (size_t)columns * rows);
    m->view.offset = below(&rng, 10);
    for (uint32_t j = 0; j < columns; j++) {
        m->cost[j] = below(&rng, 41) - 20;
        m->lower[j] = -below(&rng, 4);
        m->upper[j] = m->lower[j] + below(&rng, 5);
        m->integer[j] = 1;
        m->begin[j] = k;
        for (uint32_t i = 0; i < rows; i++) {
            if (below(&rng, 3) == 0)
                continue;
            m->row[k] = i;
            m->value[k++] = below(&rng, 13) - 4;
        }
    }
    m->begin[columns] = k;
    m->view.entry_count = k;
    for (uint32_t i = 0; i < rows; i++) {
        double b = below(&rng, 24) - 4;
        int type = below(&rng, 4);
        m->row_lower[i] = type == 0 ? b : type == 1 ? b - 6 : type == 2 ? b - 9 : -1e30;
        m->row_upper[i] = type == 2 ? 1e30 : b;
    }
}

/** Set partitioning with many columns: the relaxation alone takes long. */
static void make_long(model *m, uint32_t rows, uint32_t columns)
{
    qwr__rng rng = {.seed = 3, .stage = 78};
    uint64_t k = 0;
    model_init(m, columns + rows, rows, (size_t)columns * 12 + rows);
    for (uint32_t j = 0; j < columns + rows; j++) {
        m->begin[j] = k;
        m->upper[j] = 1;
        m->integer[j] = 1;
        if (j >= columns) { /* a dear column of its own for each row, so that there is a point */
            m->cost[j] = 10000;
            m->row[k] = j - columns;
            m->value[k++] = 1;
            continue;
        }
        m->cost[j] = 10 + below(&rng, 200);
        uint32_t step = rows / 10;
        for (uint32_t i = (uint32_t)below(&rng, step); i < rows;
             i += 1 + (uint32_t)below(&rng, 2 * step)) {
            if (k >= m->begin[j] + 12)
                break;
            m->row[k] = i;
            m->value[k++] = 1;
        }
    }
    m->begin[columns + rows] = k;
    m->view.entry_count = k;
    for (uint32_t i = 0; i < rows; i++)
        m->row_lower[i] = m->row_upper[i] = 1;
}

static qwr_milp_limits no_limits(void)
{
    return (qwr_milp_limits){.size = sizeof(qwr_milp_limits),
                             .deadline_us = -1,
                             .node_limit = -1,
                             .cutoff = QWR_MILP_INFINITY};
}

static qwr_status ask(qwr_milp_answer *answer, qwr_context *ctx, const char *id, model *m,
                      const qwr_milp_limits *limits)
{
    *answer = (qwr_milp_answer){.size = sizeof *answer, .point = m->point};
    return qwr_milp_solve(answer, ctx, id, &m->view, limits);
}

/** Also called outside of tests: asserts nothing. */
static bool has_solver(const char *id)
{
    bool found = false;
    qwr_context *ctx = NULL;
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return false;
    for (size_t i = 0; i < qwr_plugin_count(ctx); i++) {
        qwr_plugin_info info = {.size = sizeof info};
        if (qwr_plugin_get(&info, ctx, i) == QWR_OK)
            found = found || strcmp(info.id, id) == 0;
    }
    qwr_context_free(ctx);
    return found;
}

/* --- agreement --- */

static const char *const branchers[] = {"glpk", "cbc"};

START_TEST(backend_agrees_with_exhaustive_search_on_random_tiny_models)
{
    qwr_context *ctx = qwr_test_context();
    int optimal = 0;
    int infeasible = 0;
    for (uint64_t seed = 1; seed <= TRIALS; seed++) {
        model m;
        qwr_milp_answer truth, answer;
        make_tiny(&m, seed);
        qwr_test_ok(ctx, ask(&truth, ctx, "enum", &m, NULL));
        qwr_test_ok(ctx, ask(&answer, ctx, branchers[_i], &m, NULL));
        ck_assert_msg(truth.state == answer.state, "seed %d: state %d, truth %d", (int)seed,
                      (int)answer.state, (int)truth.state);
        optimal += truth.state == QWR_MILP_OPTIMAL;
        infeasible += truth.state == QWR_MILP_INFEASIBLE;
        if (truth.state == QWR_MILP_OPTIMAL)
            ck_assert_msg(fabs(truth.objective - answer.objective) < 1e-6, "seed %d: %f, truth %f",
                          (int)seed, answer.objective, truth.objective);
        model_free(&m);
    }
    ck_assert_int_gt(optimal, TRIALS / 4);
    ck_assert_int_gt(infeasible, TRIALS / 20);
    qwr_context_free(ctx);
}
END_TEST

/** Value of the best of all points, by counting through them; infinite: there is none. */
static double brute_force(const model *m)
{
    double best = INFINITY;
    double x[16];
    uint32_t n = m->view.column_count;
    memcpy(x, m->lower, n * sizeof *x);
    for (;;) {
        double sum = m->view.offset;
        bool feasible = true;
        double activity[8] = {0};
        for (uint32_t j = 0; j < n; j++) {
            sum += m->cost[j] * x[j];
            for (uint64_t k = m->begin[j]; k < m->begin[j + 1]; k++)
                activity[m->row[k]] += m->value[k] * x[j];
        }
        for (uint32_t i = 0; i < m->view.row_count; i++)
            feasible = feasible && activity[i] >= m->row_lower[i] && activity[i] <= m->row_upper[i];
        if (feasible && sum < best)
            best = sum;
        uint32_t j = 0;
        while (j < n && x[j] >= m->upper[j]) {
            x[j] = m->lower[j];
            j++;
        }
        if (j == n)
            return best;
        x[j] += 1;
    }
}

START_TEST(exhaustive_search_agrees_with_counting_through_all_points)
{
    qwr_context *ctx = qwr_test_context();
    for (uint64_t seed = 1; seed <= TRIALS; seed++) {
        model m;
        qwr_milp_answer answer;
        make_tiny(&m, seed);
        if (m.view.column_count <= 6) {
            double best = brute_force(&m);
            qwr_test_ok(ctx, ask(&answer, ctx, "enum", &m, NULL));
            ck_assert_int_eq(answer.state, isfinite(best) ? QWR_MILP_OPTIMAL : QWR_MILP_INFEASIBLE);
            if (isfinite(best))
                ck_assert_msg(fabs(answer.objective - best) < 1e-9, "seed %d", (int)seed);
        }
        model_free(&m);
    }
    qwr_context_free(ctx);
}
END_TEST

START_TEST(null_knows_nothing_of_any_model)
{
    model m;
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    make_tiny(&m, 1);
    qwr_test_ok(ctx, ask(&answer, ctx, "null", &m, NULL));
    ck_assert_int_eq(answer.state, QWR_MILP_UNKNOWN);
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(exhaustive_search_refuses_what_it_cannot_enumerate)
{
    model m;
    qwr_milp_answer answer;
    qwr_milp_limits limits = no_limits();
    qwr_context *ctx = qwr_test_context();
    make_tiny(&m, 1);
    limits.relax = 1;
    ck_assert_int_eq(ask(&answer, ctx, "enum", &m, &limits), QWR_ESOLVER);
    ck_assert(qwr_test_cause_holds(ctx, "no linear relaxation"));
    m.integer[0] = 0;
    m.upper[0] = m.lower[0] + 1;
    ck_assert_int_eq(ask(&answer, ctx, "enum", &m, NULL), QWR_ESOLVER);
    ck_assert(qwr_test_cause_holds(ctx, "continuous"));
    m.integer[0] = 1;
    m.upper[0] = QWR_MILP_INFINITY;
    ck_assert_int_eq(ask(&answer, ctx, "enum", &m, NULL), QWR_ESOLVER);
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "enum.max_columns", "2"));
    ck_assert_int_eq(ask(&answer, ctx, "enum", &m, NULL), QWR_ESOLVER);
    ck_assert(qwr_test_cause_holds(ctx, "enum.max_columns"));
    m.upper[0] = m.lower[0];
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "enum.max_columns", "100"));
    qwr_test_ok(ctx, ask(&answer, ctx, "enum", &m, NULL)); /* none of this disabled it */
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(exhaustive_search_stopped_early_is_honest)
{
    model m;
    qwr_milp_answer answer;
    qwr_milp_limits limits = no_limits();
    qwr_context *ctx = qwr_test_context();
    make_long(&m, 40, 200);
    limits.node_limit = 50;
    qwr_test_ok(ctx, ask(&answer, ctx, "enum", &m, &limits));
    ck_assert(answer.state == QWR_MILP_UNKNOWN || answer.state == QWR_MILP_FEASIBLE);
    ck_assert_int_le(answer.nodes, 50);
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

/* --- the choice and the question --- */

START_TEST(unknown_backend_and_none_are_not_found)
{
    model m;
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    make_tiny(&m, 1);
    ck_assert_int_eq(ask(&answer, ctx, "none", &m, NULL), QWR_ENOTFOUND);
    ck_assert_int_eq(ask(&answer, ctx, "enumm", &m, NULL), QWR_ENOTFOUND);
    ck_assert(qwr_test_cause_holds(ctx, "nearest is \"enum\""));
    qwr_test_ok(ctx, ask(&answer, ctx, NULL, &m, NULL));
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(model_with_nan_reaches_no_backend)
{
    model m;
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    make_tiny(&m, 1);
    m.cost[0] = NAN;
    ck_assert_int_eq(ask(&answer, ctx, NULL, &m, NULL), QWR_EINVAL);
    m.cost[0] = 1;
    m.value[0] = INFINITY;
    ck_assert_int_eq(ask(&answer, ctx, NULL, &m, NULL), QWR_EINVAL);
    m.value[0] = 1;
    qwr_test_ok(ctx, ask(&answer, ctx, NULL, &m, NULL));
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

static qwr_status solve_once(qwr_context *ctx, void *payload)
{
    model *m = payload;
    qwr_milp_answer answer;
    qwr_status status = ask(&answer, ctx, "enum", m, NULL);
    /* A module that could not be registered for want of memory is then not found. */
    return status == QWR_ENOTFOUND || status == QWR_ESOLVER ? QWR_ENOMEM : status;
}

START_TEST(solving_survives_every_failed_allocation)
{
    model m;
    make_tiny(&m, 3);
    ck_assert_int_gt(qwr_test_each_allocation(solve_once, &m, 3000), 10);
    model_free(&m);
}
END_TEST

/* --- GLPK
 * -------------------------------------------------------------------------------------------------
 */

START_TEST(multipliers_of_a_relaxation_price_every_column)
{
    model m;
    double dual[60];
    qwr_milp_limits limits = no_limits();
    qwr_context *ctx = qwr_test_context();
    make_long(&m, 60, 300);
    qwr_milp_answer answer = {.size = sizeof answer, .point = m.point, .dual = dual};
    limits.relax = 1;
    qwr_test_ok(ctx, qwr_milp_solve(&answer, ctx, "glpk", &m.view, &limits));
    ck_assert_int_eq(answer.state, QWR_MILP_OPTIMAL);
    double bound = 0;
    for (uint32_t i = 0; i < 60; i++)
        bound += dual[i]; /* right sides are 1 */
    for (uint32_t j = 0; j < m.view.column_count; j++) {
        double reduced = m.cost[j];
        for (uint64_t k = m.begin[j]; k < m.begin[j + 1]; k++)
            reduced -= dual[m.row[k]];
        bound += fmin(reduced, 0.0);
    }
    ck_assert_msg(fabs(bound - answer.objective) < 1e-6 * fabs(answer.objective), "%f %f", bound,
                  answer.objective);
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(deadline_in_a_long_relaxation_returns_the_start_point)
{
    model m;
    qwr_milp_answer answer;
    qwr_milp_limits limits = no_limits();
    qwr_context *ctx = qwr_test_context();
    make_long(&m, 400, 12000);
    double *start = calloc(m.view.column_count, sizeof *start);
    for (uint32_t i = 0; i < 400; i++)
        start[12000 + i] = 1;
    m.view.start = start;
    limits.deadline_us = 100000;
    int64_t before_us = qwr__now_us();
    qwr_test_ok(ctx, ask(&answer, ctx, "glpk", &m, &limits));
    ck_assert_int_lt(qwr__now_us() - before_us, 20000000);
    ck_assert_int_eq(answer.state, QWR_MILP_FEASIBLE);
    ck_assert(answer.objective <= 400 * 10000.0);
    free(start);
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

static void *cancel_soon(void *payload)
{
    const struct timespec moment = {.tv_nsec = 50000000};
    (void)nanosleep(&moment, NULL);
    qwr_context_cancel(payload);
    return NULL;
}

START_TEST(cancel_in_a_long_relaxation_returns_and_the_next_solve_works)
{
    model large, small;
    pthread_t thread;
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    make_long(&large, 400, 12000);
    make_tiny(&small, 2);
    ck_assert_int_eq(pthread_create(&thread, NULL, cancel_soon, ctx), 0);
    int64_t before_us = qwr__now_us();
    qwr_test_ok(ctx, ask(&answer, ctx, "glpk", &large, NULL));
    ck_assert_int_lt(qwr__now_us() - before_us, 20000000);
    ck_assert_int_ne(answer.state, QWR_MILP_OPTIMAL);
    (void)pthread_join(thread, NULL);
    qwr_context_cancel_reset(ctx);
    qwr_milp_answer truth;
    qwr_test_ok(ctx, ask(&truth, ctx, "enum", &small, NULL));
    qwr_test_ok(ctx, ask(&answer, ctx, "glpk", &small, NULL));
    ck_assert_int_eq(answer.state, truth.state);
    model_free(&large);
    model_free(&small);
    qwr_context_free(ctx);
}
END_TEST

/** Repeated on one context: threads on their way out must not pile up until solves are refused. */
START_TEST(cancelled_solves_in_a_row_leave_the_backend_usable)
{
    model large, small;
    qwr_milp_answer answer;
    qwr_milp_limits limits = no_limits();
    qwr_context *ctx = qwr_test_context();
    make_long(&large, 300, 6000);
    make_tiny(&small, 2);
    limits.deadline_us = 20000;
    for (int i = 0; i < 6; i++) {
        qwr_status status = ask(&answer, ctx, "glpk", &large, &limits);
        ck_assert(status == QWR_OK || status == QWR_ESOLVER); /* refused while too many are out */
    }
    qwr_status status = QWR_ESOLVER;
    for (int i = 0; i < 1000 && status != QWR_OK; i++) {
        const struct timespec moment = {.tv_nsec = 10000000};
        status = ask(&answer, ctx, "glpk", &small, NULL);
        if (status != QWR_OK)
            (void)nanosleep(&moment, NULL);
    }
    qwr_test_ok(ctx, status);
    model_free(&large);
    model_free(&small);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(start_point_is_never_made_worse)
{
    model m;
    qwr_milp_answer answer;
    qwr_milp_limits limits = no_limits();
    qwr_context *ctx = qwr_test_context();
    make_long(&m, 30, 120);
    double *start = calloc(m.view.column_count, sizeof *start);
    for (uint32_t i = 0; i < 30; i++)
        start[120 + i] = 1;
    qwr_test_ok(ctx, ask(&answer, ctx, "glpk", &m, &limits));
    ck_assert_int_eq(answer.state, QWR_MILP_OPTIMAL);
    double best = answer.objective;
    m.view.start = start;
    qwr_test_ok(ctx, ask(&answer, ctx, "glpk", &m, &limits));
    ck_assert(fabs(answer.objective - best) < 1e-6);
    limits.node_limit = 1;
    qwr_test_ok(ctx, ask(&answer, ctx, "glpk", &m, &limits));
    ck_assert(answer.state == QWR_MILP_FEASIBLE || answer.state == QWR_MILP_OPTIMAL);
    ck_assert(answer.objective <= 30 * 10000.0);
    free(start);
    model_free(&m);
    qwr_context_free(ctx);
}
END_TEST

typedef struct parallel {
    uint64_t from;
    int wrong;
} parallel;

static void *solve_many(void *payload)
{
    parallel *p = payload;
    qwr_context *ctx = NULL;
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return NULL;
    for (uint64_t seed = p->from; seed < p->from + 40; seed++) {
        model m;
        qwr_milp_answer truth, answer;
        make_tiny(&m, seed);
        if (ask(&truth, ctx, "enum", &m, NULL) != QWR_OK ||
            ask(&answer, ctx, "glpk", &m, NULL) != QWR_OK || truth.state != answer.state ||
            (truth.state == QWR_MILP_OPTIMAL && fabs(truth.objective - answer.objective) > 1e-6))
            p->wrong++;
        model_free(&m);
    }
    qwr_context_free(ctx);
    return NULL;
}

START_TEST(contexts_on_several_threads_solve_at_once)
{
    pthread_t thread[3];
    parallel work[3] = {{1000, 0}, {2000, 0}, {3000, 0}};
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(pthread_create(&thread[i], NULL, solve_many, &work[i]), 0);
    for (int i = 0; i < 3; i++) {
        (void)pthread_join(thread[i], NULL);
        ck_assert_int_eq(work[i].wrong, 0);
    }
}
END_TEST

/* The leak checker asks for this: CoinUtils, below CBC, forgets a block of its presolve. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libCoinUtils\n";
}

int main(void)
{
    Suite *suite = suite_create("solvers");
    TCase *tests = tcase_create("solvers");
    tcase_set_timeout(tests, 120);
    for (int i = 0; i < (int)(sizeof branchers / sizeof branchers[0]); i++)
        if (has_solver(branchers[i])) /* a build may lack it */
            tcase_add_loop_test(tests, backend_agrees_with_exhaustive_search_on_random_tiny_models,
                                i, i + 1);
    tcase_add_test(tests, exhaustive_search_agrees_with_counting_through_all_points);
    tcase_add_test(tests, null_knows_nothing_of_any_model);
    tcase_add_test(tests, exhaustive_search_refuses_what_it_cannot_enumerate);
    tcase_add_test(tests, exhaustive_search_stopped_early_is_honest);
    tcase_add_test(tests, unknown_backend_and_none_are_not_found);
    tcase_add_test(tests, model_with_nan_reaches_no_backend);
    tcase_add_test(tests, solving_survives_every_failed_allocation);
    suite_add_tcase(suite, tests);
    if (has_solver("glpk")) {
        TCase *glpk = tcase_create("glpk");
        tcase_set_timeout(glpk, 120);
        tcase_add_test(glpk, multipliers_of_a_relaxation_price_every_column);
        tcase_add_test(glpk, deadline_in_a_long_relaxation_returns_the_start_point);
        tcase_add_test(glpk, cancel_in_a_long_relaxation_returns_and_the_next_solve_works);
        tcase_add_test(glpk, cancelled_solves_in_a_row_leave_the_backend_usable);
        tcase_add_test(glpk, start_point_is_never_made_worse);
        tcase_add_test(glpk, contexts_on_several_threads_solve_at_once);
        suite_add_tcase(suite, glpk);
    }
    return qwr_test_main(suite);
}
