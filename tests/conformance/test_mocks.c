/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Misbehaving modules: each is refused at the door or contained in use, with a sentence of its own,
 * and the context goes on working. The modules lie in tests/mock.
 */
#include "registry/registry.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void load(qwr_context *ctx, const char *name, qwr_status expected)
{
    char relative[120];
    (void)snprintf(relative, sizeof relative, "tests/mock/.libs/mock_%s.so", name);
    qwr_status status = qwr_plugin_load(ctx, qwr_test_build(relative));
    ck_assert_msg(status == expected, "%s: %s: %s", name, qwr_status_name(status),
                  qwr_context_cause_count(ctx) > 0 ? qwr_context_cause(ctx, 0)->message : "");
}

/* --- at the door --- */

static const struct {
    const char *name, *part;
} refused[] = {{"wrong_size", "descriptor has size 40"},
               {"wrong_abi", "made for plugin ABI 2"},
               {"no_entry", "no symbol qwr_plugin_entry_v1"},
               {"null_entry", "returned no descriptor"},
               {"bad_id", "id is not of the form"},
               {"bad_option", "the default is outside its bounds"},
               {"two_tables", "sets 2 function tables"},
               {"small_table", "function table of plugin mock-small-table has size"}};

START_TEST(module_that_breaks_the_handshake_is_refused_with_its_sentence)
{
    qwr_context *ctx = qwr_test_context();
    size_t count = qwr_plugin_count(ctx);
    load(ctx, refused[_i].name, QWR_EPLUGIN);
    ck_assert_msg(qwr_test_cause_holds(ctx, refused[_i].part), "%s: %s", refused[_i].name,
                  qwr_context_cause(ctx, 0)->message);
    ck_assert_uint_eq(qwr_plugin_count(ctx), count);
    qwr_context_free(ctx);
}
END_TEST

/* --- solvers in use --- */

/** min x + y,  x + y <= 1,  x, y in 0..1; start at 0. Optimum 0 at (0, 0). */
static qwr_status solve(qwr_context *ctx, const char *id, int64_t deadline_us,
                        qwr_milp_answer *answer)
{
    static const double cost[] = {1, 1}, lower[] = {0, 0}, upper[] = {1, 1};
    static const double row_lower[] = {-1e30}, row_upper[] = {1}, value[] = {1, 1};
    static const double start[] = {0, 0};
    static const uint8_t integer[] = {1, 1};
    static const uint64_t begin[] = {0, 1, 2};
    static const uint32_t row[] = {0, 0};
    static double point[2], dual[1];
    const qwr_milp_view model = {.size = sizeof model,
                                 .column_count = 2,
                                 .row_count = 1,
                                 .entry_count = 2,
                                 .cost = cost,
                                 .lower = lower,
                                 .upper = upper,
                                 .integer = integer,
                                 .row_lower = row_lower,
                                 .row_upper = row_upper,
                                 .column_begin = begin,
                                 .row_index = row,
                                 .value = value,
                                 .start = start};
    const qwr_milp_limits limits = {.size = sizeof limits,
                                    .deadline_us = deadline_us,
                                    .node_limit = -1,
                                    .cutoff = QWR_MILP_INFINITY};
    *answer = (qwr_milp_answer){.size = sizeof *answer, .point = point, .dual = dual};
    return qwr_milp_solve(answer, ctx, id, &model, &limits);
}

static const char *reason_of(qwr_context *ctx, const char *id)
{
    for (size_t i = 0; i < qwr_plugin_count(ctx); i++) {
        qwr_plugin_info info = {.size = sizeof info};
        qwr_test_ok(ctx, qwr_plugin_get(&info, ctx, i));
        if (strcmp(info.id, id) == 0)
            return info.disabled ? info.reason : NULL;
    }
    ck_abort_msg("%s is not registered", id);
    return NULL;
}

static const struct {
    const char *name, *id, *part;
} caught[] = {{"weird_status", "mock-weird-status", "a status number that a plugin may not use"},
              {"nan", "mock-nan", "column 0 is not finite"},
              {"infeasible_point", "mock-infeasible-point", "row 0 is violated"},
              {"wrong_objective", "mock-wrong-objective", "not that of its point"},
              {"wrong_bound", "mock-wrong-bound", "its bound is above"},
              {"false_proof", "mock-false-proof", "but the start point is one"},
              {"weird_state", "mock-weird-state", "state 42 has no meaning"}};

START_TEST(backend_that_lies_is_caught_disabled_and_not_asked_again)
{
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    load(ctx, caught[_i].name, QWR_OK);
    ck_assert_int_eq(solve(ctx, caught[_i].id, -1, &answer), QWR_ESOLVER);
    const char *reason = reason_of(ctx, caught[_i].id);
    ck_assert_ptr_nonnull(reason);
    ck_assert_msg(strstr(reason, caught[_i].part) != NULL, "%s", reason);
    ck_assert_int_eq(solve(ctx, caught[_i].id, -1, &answer), QWR_ESOLVER);
    ck_assert(qwr_test_cause_holds(ctx, "is disabled"));
    qwr_context_free(ctx);
}
END_TEST

START_TEST(arrays_a_backend_puts_in_place_of_ours_are_ignored)
{
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    load(ctx, "own_arrays", QWR_OK);
    qwr_test_ok(ctx, solve(ctx, "mock-own-arrays", -1, &answer));
    ck_assert_int_eq(answer.state, QWR_MILP_FEASIBLE);
    ck_assert(answer.point[0] == 0.0 && answer.point[1] == 0.0);
    ck_assert(answer.dual[0] == 0.0);
    qwr_context_free(ctx);
}
END_TEST

static size_t wait_for_stragglers(qwr_context *ctx)
{
    const struct timespec moment = {.tv_nsec = 5000000};
    for (int i = 0; i < 4000 && qwr__registry_stragglers(ctx) > 0; i++)
        (void)nanosleep(&moment, NULL);
    return qwr__registry_stragglers(ctx);
}

START_TEST(late_backend_is_left_behind_and_its_answer_dropped)
{
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    load(ctx, "late", QWR_OK);
    ck_assert_int_eq(solve(ctx, "mock-late", 20000, &answer), QWR_ESOLVER);
    ck_assert_ptr_nonnull(strstr(reason_of(ctx, "mock-late"), "left behind"));
    ck_assert_uint_eq(wait_for_stragglers(ctx), 0);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(backend_that_never_returns_costs_its_deadline_and_no_more)
{
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    load(ctx, "never_returns", QWR_OK);
    int64_t before_us = qwr__now_us();
    ck_assert_int_eq(solve(ctx, "mock-never-returns", 50000, &answer), QWR_ESOLVER);
    ck_assert_int_lt(qwr__now_us() - before_us, 20000000); /* far above 0.15 s, far below never */
    ck_assert_ptr_nonnull(strstr(reason_of(ctx, "mock-never-returns"), "left behind"));
    ck_assert_uint_eq(qwr__registry_stragglers(ctx), 1);
    load(ctx, "own_arrays", QWR_OK); /* the context goes on */
    qwr_test_ok(ctx, solve(ctx, "mock-own-arrays", -1, &answer));
    qwr_context_free(ctx);
}
END_TEST

START_TEST(backend_that_ignores_cancel_is_left_behind)
{
    qwr_milp_answer answer;
    qwr_context *ctx = qwr_test_context();
    load(ctx, "ignores_cancel", QWR_OK);
    qwr_context_cancel(ctx);
    ck_assert_int_eq(solve(ctx, "mock-ignores-cancel", -1, &answer), QWR_ESOLVER);
    ck_assert_ptr_nonnull(strstr(reason_of(ctx, "mock-ignores-cancel"), "left behind"));
    ck_assert_uint_eq(wait_for_stragglers(ctx), 0);
    qwr_context_free(ctx);
}
END_TEST

/* --- what the conformance suites say --- */

typedef struct report {
    const char *part; /* of a failing line that must appear */
    bool seen;
} report;

static void each_line(int passed, const char *line, void *payload)
{
    report *r = payload;
    if (!passed && strstr(line, r->part) != NULL)
        r->seen = true;
}

static const struct {
    const char *name, *part;
} failing[] = {{"illegal_plan", "submits legal plans only"},
               {"crossing", "the quantiles of call"},
               {"forecast_nan", "is not above zero"},
               {"past_the_end", "writes within its arrays"},
               {"nan", "column 0 is not finite"},
               {"false_proof", "solves a knapsack"},
               {"weird_status", "a status number that a plugin may not use"}};

START_TEST(conformance_suite_names_what_a_module_does_wrong)
{
    char relative[120];
    int failed = 0;
    report r = {failing[_i].part, false};
    qwr_context *ctx = qwr_test_context();
    (void)snprintf(relative, sizeof relative, "tests/mock/.libs/mock_%s.so", failing[_i].name);
    qwr_test_ok(ctx, qwr_plugin_conformance(&failed, ctx, qwr_test_build(relative), each_line, &r));
    ck_assert_int_gt(failed, 0);
    ck_assert_msg(r.seen, "%s: no failing line holds \"%s\"", failing[_i].name, r.part);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(conformance_of_a_refused_module_is_a_status)
{
    int failed = -1;
    qwr_context *ctx = qwr_test_context();
    ck_assert_int_eq(qwr_plugin_conformance(&failed, ctx,
                                            qwr_test_build("tests/mock/.libs/mock_wrong_abi.so"),
                                            NULL, NULL),
                     QWR_EPLUGIN);
    ck_assert_int_eq(qwr_plugin_conformance(&failed, ctx, "/no/such/module.so", NULL, NULL),
                     QWR_EIO);
    ck_assert_int_eq(failed, -1);
    qwr_context_free(ctx);
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof(table)[0])

int main(void)
{
    Suite *suite = suite_create("mocks");
    TCase *tests = tcase_create("mocks");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, module_that_breaks_the_handshake_is_refused_with_its_sentence, 0,
                        COUNT(refused));
    tcase_add_loop_test(tests, backend_that_lies_is_caught_disabled_and_not_asked_again, 0,
                        COUNT(caught));
    tcase_add_test(tests, arrays_a_backend_puts_in_place_of_ours_are_ignored);
    tcase_add_test(tests, late_backend_is_left_behind_and_its_answer_dropped);
    tcase_add_test(tests, backend_that_never_returns_costs_its_deadline_and_no_more);
    tcase_add_test(tests, backend_that_ignores_cancel_is_left_behind);
    tcase_add_loop_test(tests, conformance_suite_names_what_a_module_does_wrong, 0, COUNT(failing));
    tcase_add_test(tests, conformance_of_a_refused_module_is_a_status);
    suite_add_tcase(suite, tests);
    return qwr_test_main(suite);
}
