/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The second look at models and answers: each fault is named, sound ones pass, integers are
 * rounded. Pure functions on one small model:  min 2 x + 3 y,  x + y >= 3,  x, y in 0..5, both
 * integer.
 */
#include "registry/milp.h"
#include "support.h"

#include <math.h>
#include <string.h>

typedef struct model {
    qwr_milp_view view;
    double cost[2], lower[2], upper[2], row_lower[1], row_upper[1], value[2];
    uint8_t integer[2];
    uint64_t begin[3];
    uint32_t row[2];
    double start[2], point[2], dual[1];
    qwr_milp_answer answer;
    qwr_milp_limits limits;
    double scratch[2];
    char message[300];
} model;

/** The model with its optimal answer: x = 3, y = 0, cost 6 + offset 10. */
static void make(model *m)
{
    memset(m, 0, sizeof *m);
    m->cost[0] = 2;
    m->cost[1] = 3;
    m->upper[0] = m->upper[1] = 5;
    m->row_lower[0] = 3;
    m->row_upper[0] = QWR_MILP_INFINITY;
    m->value[0] = m->value[1] = 1;
    m->integer[0] = m->integer[1] = 1;
    m->begin[1] = 1;
    m->begin[2] = 2;
    m->start[0] = 3;
    m->start[1] = 1;
    m->point[0] = 3;
    m->view = (qwr_milp_view){.size = sizeof m->view,
                              .column_count = 2,
                              .row_count = 1,
                              .entry_count = 2,
                              .offset = 10,
                              .cost = m->cost,
                              .lower = m->lower,
                              .upper = m->upper,
                              .integer = m->integer,
                              .row_lower = m->row_lower,
                              .row_upper = m->row_upper,
                              .column_begin = m->begin,
                              .row_index = m->row,
                              .value = m->value};
    m->answer = (qwr_milp_answer){.size = sizeof m->answer,
                                  .state = QWR_MILP_OPTIMAL,
                                  .objective = 16,
                                  .bound = 16,
                                  .point = m->point};
    m->limits = qwr__milp_no_limits();
}

#define CHANGE(name, change)                                                                       \
    static void name(model *m)                                                                     \
    {                                                                                              \
        change;                                                                                    \
    }

typedef struct fault {
    const char *part; /* NULL: sound */
    void (*make)(model *m);
} fault;

CHANGE(nothing, (void)m)
CHANGE(short_view, m->view.size = 8)
CHANGE(many_rows, m->view.row_count = UINT32_MAX)
CHANGE(no_cost, m->view.cost = NULL)
CHANGE(no_rows, m->view.row_lower = NULL)
CHANGE(no_entries, m->view.value = NULL)
CHANGE(nan_offset, m->view.offset = NAN)
CHANGE(nan_cost, m->cost[1] = NAN)
CHANGE(endless_cost, m->cost[1] = INFINITY)
CHANGE(huge_cost, m->cost[1] = 1e30)
CHANGE(nan_lower, m->lower[0] = NAN)
CHANGE(endless_upper, m->upper[0] = INFINITY)
CHANGE(crossed_bounds, m->lower[0] = 6)
CHANGE(wrong_infinity, (m->lower[0] = 1e30, m->upper[0] = 1e30))
CHANGE(crossed_row, m->row_upper[0] = 2)
CHANGE(half_integer, m->integer[1] = 2)
CHANGE(first_begin, m->begin[0] = 1)
CHANGE(last_begin, m->begin[2] = 1)
CHANGE(falling_begin, (m->begin[1] = 3))
CHANGE(row_outside, m->row[1] = 1)
CHANGE(row_twice, (m->begin[1] = 2))
CHANGE(nan_value, m->value[0] = NAN)
CHANGE(good_start, m->view.start = m->start)
CHANGE(low_start, (m->view.start = m->start, m->start[0] = 1))
CHANGE(nan_start, (m->view.start = m->start, m->start[0] = NAN))
CHANGE(split_start, (m->view.start = m->start, m->start[0] = 2.5))

static const fault model_faults[] = {{NULL, nothing},
                                     {NULL, good_start},
                                     {"has size 8", short_view},
                                     {"more than 2^30", many_rows},
                                     {"columns is missing", no_cost},
                                     {"rows is missing", no_rows},
                                     {"entries is missing", no_entries},
                                     {"offset", nan_offset},
                                     {"column 1 has a cost", nan_cost},
                                     {"column 1 has a cost", endless_cost},
                                     {"column 1 has a cost", huge_cost},
                                     {"column 0 has a bound", nan_lower},
                                     {"column 0 has a bound", endless_upper},
                                     {"column 0 has a lower bound above", crossed_bounds},
                                     {"wrong side", wrong_infinity},
                                     {"row 0 has a lower bound above", crossed_row},
                                     {"integer is 2", half_integer},
                                     {"from 0 to entry_count", first_begin},
                                     {"from 0 to entry_count", last_begin},
                                     {"column_begin falls", falling_begin},
                                     {"names row 1 of 1", row_outside},
                                     {"do not rise", row_twice},
                                     {"not finite", nan_value},
                                     {"row 0 is violated", low_start},
                                     {"column 0 is not finite", nan_start},
                                     {"column 0 is not integer", split_start}};

START_TEST(model_with_one_fault_is_refused_with_its_sentence)
{
    model m;
    const fault *f = &model_faults[_i];
    make(&m);
    f->make(&m);
    qwr_status status = qwr__milp_check_model(&m.view, m.scratch, m.message, sizeof m.message);
    ck_assert_msg(status == (f->part == NULL ? QWR_OK : QWR_EINVAL), "%d %s", _i, m.message);
    if (f->part != NULL)
        ck_assert_msg(strstr(m.message, f->part) != NULL, "\"%s\" not in \"%s\"", f->part,
                      m.message);
}
END_TEST

CHANGE(feasible_only, (m->answer.state = QWR_MILP_FEASIBLE, m->answer.bound = -1e30))
CHANGE(unknown, (m->answer.state = QWR_MILP_UNKNOWN, m->answer.bound = 12))
CHANGE(nearly, (m->point[0] = 3 + 1e-8, m->answer.objective = 16 + 2e-8))
CHANGE(no_state, m->answer.state = (qwr_milp_state)9)
CHANGE(nan_bound, m->answer.bound = NAN)
CHANGE(nan_objective, m->answer.objective = NAN)
CHANGE(nan_point, m->point[1] = NAN)
CHANGE(split_point, m->point[0] = 3.5)
CHANGE(outside, (m->point[0] = 6, m->answer.objective = 22))
CHANGE(breaks_row, (m->point[0] = 2, m->answer.objective = 14))
CHANGE(cheaper, m->answer.objective = 15)
CHANGE(high_bound, (m->answer.state = QWR_MILP_FEASIBLE, m->answer.bound = 17))
CHANGE(open_optimum, m->answer.bound = 15)
CHANGE(denies_start, (m->view.start = m->start, m->answer.state = QWR_MILP_INFEASIBLE))
CHANGE(bound_above_start,
       (m->view.start = m->start, m->answer.state = QWR_MILP_UNKNOWN, m->answer.bound = 50))
CHANGE(negative_nodes, m->answer.nodes = -1)
CHANGE(nan_dual, (m->answer.dual = m->dual, m->dual[0] = NAN))

static const fault answer_faults[] = {{NULL, nothing},
                                      {NULL, feasible_only},
                                      {NULL, unknown},
                                      {NULL, nearly},
                                      {"state 9", no_state},
                                      {"not a number", nan_bound},
                                      {"not a number", nan_objective},
                                      {"column 1 is not finite", nan_point},
                                      {"column 0 is not integer", split_point},
                                      {"column 0 is outside", outside},
                                      {"row 0 is violated", breaks_row},
                                      {"not that of its point", cheaper},
                                      {"above the objective", high_bound},
                                      {"claims an optimum", open_optimum},
                                      {"but the start point is one", denies_start},
                                      {"objective of the start", bound_above_start},
                                      {"below zero", negative_nodes},
                                      {"multiplier of row 0", nan_dual}};

START_TEST(answer_with_one_fault_is_refused_with_its_sentence)
{
    model m;
    const fault *f = &answer_faults[_i];
    make(&m);
    f->make(&m);
    qwr_status status = qwr__milp_check_answer(&m.answer, &m.view, &m.limits, m.scratch, m.message,
                                               sizeof m.message);
    ck_assert_msg(status == (f->part == NULL ? QWR_OK : QWR_ESOLVER), "%d %s", _i, m.message);
    if (f->part != NULL)
        ck_assert_msg(strstr(m.message, f->part) != NULL, "\"%s\" not in \"%s\"", f->part,
                      m.message);
}
END_TEST

START_TEST(integers_are_rounded_and_the_objective_recomputed)
{
    model m;
    make(&m);
    nearly(&m);
    ck_assert_int_eq(qwr__milp_check_answer(&m.answer, &m.view, &m.limits, m.scratch, m.message,
                                            sizeof m.message),
                     QWR_OK);
    ck_assert(m.point[0] == 3.0);
    ck_assert(m.answer.objective == 16.0);
    ck_assert(m.answer.bound <= 16.0);
}
END_TEST

START_TEST(relaxed_point_may_be_split)
{
    model m;
    make(&m);
    m.limits.relax = 1;
    m.point[0] = 2.5;
    m.point[1] = 0.5;
    m.answer.objective = m.answer.bound = 16.5;
    ck_assert_int_eq(qwr__milp_check_answer(&m.answer, &m.view, &m.limits, m.scratch, m.message,
                                            sizeof m.message),
                     QWR_OK);
    ck_assert(m.point[0] == 2.5);
}
END_TEST

START_TEST(point_at_the_cutoff_is_taken_out)
{
    model m;
    make(&m);
    m.limits.cutoff = 16;
    ck_assert_int_eq(qwr__milp_check_answer(&m.answer, &m.view, &m.limits, m.scratch, m.message,
                                            sizeof m.message),
                     QWR_OK);
    ck_assert_int_eq(m.answer.state, QWR_MILP_UNKNOWN);
    ck_assert(m.answer.objective == QWR_MILP_INFINITY);
    ck_assert(m.answer.bound == 16.0);
}
END_TEST

START_TEST(proof_must_be_closer_than_one_unit_of_a_large_cost)
{
    model m;
    make(&m);
    m.view.offset = 5e7;
    m.answer.objective = 5e7 + 6;
    m.answer.bound = 5e7 + 5;
    ck_assert_int_eq(qwr__milp_check_answer(&m.answer, &m.view, &m.limits, m.scratch, m.message,
                                            sizeof m.message),
                     QWR_ESOLVER);
}
END_TEST

START_TEST(limits_that_are_not_numbers_are_refused)
{
    char message[200];
    qwr_milp_limits limits = qwr__milp_no_limits();
    ck_assert_int_eq(qwr__milp_check_limits(&limits, message, sizeof message), QWR_OK);
    limits.cutoff = NAN;
    ck_assert_int_eq(qwr__milp_check_limits(&limits, message, sizeof message), QWR_EINVAL);
    limits = qwr__milp_no_limits();
    limits.relax = 2;
    ck_assert_int_eq(qwr__milp_check_limits(&limits, message, sizeof message), QWR_EINVAL);
    limits = qwr__milp_no_limits();
    limits.size = 4;
    ck_assert_int_eq(qwr__milp_check_limits(&limits, message, sizeof message), QWR_EINVAL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("milp_check");
    TCase *tests = tcase_create("milp_check");
    tcase_add_loop_test(tests, model_with_one_fault_is_refused_with_its_sentence, 0,
                        (int)(sizeof model_faults / sizeof model_faults[0]));
    tcase_add_loop_test(tests, answer_with_one_fault_is_refused_with_its_sentence, 0,
                        (int)(sizeof answer_faults / sizeof answer_faults[0]));
    tcase_add_test(tests, integers_are_rounded_and_the_objective_recomputed);
    tcase_add_test(tests, relaxed_point_may_be_split);
    tcase_add_test(tests, point_at_the_cutoff_is_taken_out);
    tcase_add_test(tests, proof_must_be_closer_than_one_unit_of_a_large_cost);
    tcase_add_test(tests, limits_that_are_not_numbers_are_refused);
    suite_add_tcase(suite, tests);
    return qwr_test_main(suite);
}
