/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GLPK's hazards, met where they arise: this program links GLPK and the engine of the backend
 * itself, hands the engine models that make GLPK abort, and uses GLPK on its own thread meanwhile.
 */
#include "../../solvers/glpk/engine.h"
#include "support.h"

#include <quaywright/registry.h>

#include <glpk.h>
#include <time.h>

static atomic_int orphans;

/** min -x - y,  x + y <= 3,  x, y in 0..2 integer. Optimum -3. */
typedef struct question {
    double cost[2], lower[2], upper[2], row_lower[1], row_upper[1], value[2], point[2];
    uint8_t integer[2];
    uint64_t begin[3];
    uint32_t row[2];
    qwr_milp_view view;
    qwr_milp_limits limits;
} question;

static void make(question *q)
{
    *q = (question){.cost = {-1, -1},
                    .upper = {2, 2},
                    .row_lower = {-QWR_MILP_INFINITY},
                    .row_upper = {3},
                    .value = {1, 1},
                    .integer = {1, 1},
                    .begin = {0, 1, 2}};
    q->view = (qwr_milp_view){.size = sizeof q->view,
                              .column_count = 2,
                              .row_count = 1,
                              .entry_count = 2,
                              .cost = q->cost,
                              .lower = q->lower,
                              .upper = q->upper,
                              .integer = q->integer,
                              .row_lower = q->row_lower,
                              .row_upper = q->row_upper,
                              .column_begin = q->begin,
                              .row_index = q->row,
                              .value = q->value};
    q->limits = (qwr_milp_limits){
        .size = sizeof q->limits, .deadline_us = -1, .node_limit = -1, .cutoff = QWR_MILP_INFINITY};
}

static void *work_on_thread(void *payload)
{
    qwr__glpk_work(payload);
    return NULL;
}

/** Runs the engine on a thread of its own, as the backend does, without waiting for a deadline. */
static apart_job *run(question *q)
{
    pthread_t thread;
    apart_job *job = apart_new(&q->view, &q->limits, false, &orphans, qwr__glpk_work);
    ck_assert_ptr_nonnull(job);
    ck_assert_int_eq(pthread_create(&thread, NULL, work_on_thread, job), 0);
    (void)pthread_join(thread, NULL);
    return job;
}

static void check_good_solve(void)
{
    question q;
    make(&q);
    apart_job *job = run(&q);
    ck_assert_int_eq(job->status, QWR_PLUGIN_OK);
    ck_assert_int_eq(job->state, QWR_MILP_OPTIMAL);
    ck_assert(fabs(job->objective + 3) < 1e-9);
    apart_drop(job);
}

START_TEST(glpk_abort_becomes_a_status_and_the_next_solve_works)
{
    question q;
    for (int round = 0; round < 5; round++) {
        make(&q);
        q.row[1] = 7; /* a row that is not there: GLPK would end the process */
        apart_job *job = run(&q);
        ck_assert_int_eq(job->status, QWR_PLUGIN_ESOLVER);
        ck_assert_msg(strstr(job->message, "GLPK gave up") != NULL, "%s", job->message);
        ck_assert_ptr_nonnull(strstr(job->message, "row index"));
        apart_drop(job);
        check_good_solve();
    }
}
END_TEST

START_TEST(stop_before_the_relaxation_leaves_no_answer_and_no_damage)
{
    question q;
    make(&q);
    q.limits.deadline_us = 0;
    apart_job *job = run(&q);
    ck_assert_int_eq(job->status, QWR_PLUGIN_OK);
    ck_assert(job->state == QWR_MILP_UNKNOWN || job->state == QWR_MILP_OPTIMAL);
    apart_drop(job);
    check_good_solve();
}
END_TEST

START_TEST(start_that_is_not_feasible_is_not_believed)
{
    static const double start[] = {2, 2};
    question q;
    make(&q);
    q.view.start = start;
    apart_job *job = run(&q);
    ck_assert_int_eq(job->state, QWR_MILP_OPTIMAL);
    ck_assert(fabs(job->objective + 3) < 1e-9);
    apart_drop(job);
}
END_TEST

static int lines_of_host;

static int hook_of_host(void *info, const char *text)
{
    (void)info;
    (void)text;
    lines_of_host++;
    return 1;
}

/** The program's own problem, solved before and after; the backend must not free or change it. */
static void check_own_problem(glp_prob *own)
{
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    lines_of_host = 0;
    ck_assert_int_eq(glp_simplex(own, &parameters), 0);
    ck_assert(fabs(glp_get_obj_val(own) - 4.0) < 1e-9);
    ck_assert_int_gt(lines_of_host, 0);
}

START_TEST(program_that_uses_glpk_itself_is_left_alone)
{
    glp_term_hook(hook_of_host, NULL);
    glp_prob *own = glp_create_prob();
    glp_set_obj_dir(own, GLP_MAX);
    (void)glp_add_cols(own, 1);
    (void)glp_add_rows(own, 1);
    glp_set_col_bnds(own, 1, GLP_DB, 0, 4);
    glp_set_row_bnds(own, 1, GLP_FR, 0, 0);
    glp_set_obj_coef(own, 1, 1);
    check_own_problem(own);
    check_good_solve();
    question q;
    make(&q);
    q.row[1] = 7;
    apart_drop(run(&q));
    qwr_context *ctx = qwr_test_context();
    make(&q);
    qwr_milp_answer answer = {.size = sizeof answer, .point = q.point};
    qwr_test_ok(ctx, qwr_milp_solve(&answer, ctx, "glpk", &q.view, NULL));
    ck_assert(fabs(answer.objective + 3) < 1e-9);
    qwr_context_free(ctx);
    glp_std_basis(own);
    check_own_problem(own);
    glp_delete_prob(own);
    (void)glp_free_env();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("glpk_engine");
    TCase *tests = tcase_create("glpk_engine");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, glpk_abort_becomes_a_status_and_the_next_solve_works);
    tcase_add_test(tests, stop_before_the_relaxation_leaves_no_answer_and_no_damage);
    tcase_add_test(tests, start_that_is_not_feasible_is_not_believed);
    tcase_add_test(tests, program_that_uses_glpk_itself_is_left_alone);
    suite_add_tcase(suite, tests);
    return qwr_test_main(suite);
}
