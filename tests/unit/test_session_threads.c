/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a host may rely on around a session: other threads watch and cancel it, calls need little
 * stack, a forked child plans without hanging, a late module gets another chance. Asserts no time.
 */
#include "base/base.h"
#include "registry/registry.h"
#include "support/support.h"

#include <quaywright/check.h>
#include <quaywright/generate.h>
#include <quaywright/report.h>
#include <quaywright/session.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_THREAD__)
#define IS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define IS_TSAN 1
#endif
#endif
#ifndef IS_TSAN
#define IS_TSAN 0
#endif

static qwr_scenario *make_week(qwr_context *ctx, int64_t calls)
{
    qwr_generate_options options = qwr_generate_options_init();
    qwr_scenario *scenario = NULL;

    options.profile = "medium";
    options.calls = calls;
    options.seed = 3;
    qwr_test_ok(ctx, qwr_generate(&scenario, ctx, &options));
    return scenario;
}

static qwr_session *begin(qwr_context *ctx, int64_t calls)
{
    qwr_scenario *scenario = make_week(ctx, calls);
    qwr_session *session = NULL;

    qwr_test_ok(ctx, qwr_session_new(&session, ctx, scenario));
    qwr_scenario_free(scenario);
    return session;
}

static qwr_solve_options work(int64_t units)
{
    qwr_solve_options options = qwr_solve_options_init();

    options.deadline_ms = -1;
    options.work_limit = units;
    options.solver = "none";
    return options;
}

static void a_moment(void)
{
    const struct timespec moment = {.tv_nsec = 1000000};

    (void)nanosleep(&moment, NULL);
}

/* --- watching ------------------------------------------------------------------------------------
 */

/* Waits until a plan runs and has said something, then asks it to come back. */
static void *cancel_when_running(void *payload)
{
    qwr_session *session = payload;
    qwr_progress p = {.size = sizeof p};

    while (!qwr_session_progress(&p, session) || p.stage[0] == '\0')
        a_moment();
    qwr_session_cancel(session);
    return NULL;
}

START_TEST(another_thread_watches_and_cancels)
{
    qwr_context *ctx = qwr_test_context();
    qwr_session *session = begin(ctx, 40);
    qwr_session_result r = qwr_session_result_init();
    qwr_solve_options options = qwr_solve_options_init();
    qwr_progress p = {.size = sizeof p};
    pthread_t watcher;
    char line[64];

    options.deadline_ms = 600000;
    ck_assert_int_eq(qwr_session_progress(&p, session), 0);
    ck_assert_str_eq(p.stage, "");
    ck_assert_int_eq(pthread_create(&watcher, NULL, cancel_when_running, session), 0);
    qwr_test_ok(ctx, qwr_session_plan(&r, session, &options));
    ck_assert_int_eq(pthread_join(watcher, NULL), 0);
    ck_assert_int_eq(qwr_plan_get_quality(r.plan)->stop, QWR_STOP_CANCEL);
    ck_assert_int_eq(qwr_session_progress(&p, session), 0);
    ck_assert_uint_gt(qwr_session_log(line, sizeof line, session), 0);
    ck_assert_ptr_nonnull(strstr(line, "stage="));
    while (qwr_session_log(line, sizeof line, session) > 0)
        ck_assert_uint_lt(strlen(line), sizeof line);
    ck_assert_uint_eq(qwr_session_log(NULL, 0, session), 0);
    qwr_session_free(session);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(a_cancel_between_plans_cancels_nothing)
{
    qwr_context *ctx = qwr_test_context();
    qwr_session *session = begin(ctx, 10);
    qwr_session_result r = qwr_session_result_init();
    qwr_solve_options options = work(2000);

    qwr_session_cancel(session);
    qwr_test_ok(ctx, qwr_session_plan(&r, session, &options));
    ck_assert_int_ne(qwr_plan_get_quality(r.plan)->stop, QWR_STOP_CANCEL);
    qwr_session_cancel(NULL);
    qwr_session_free(session);
    qwr_context_free(ctx);
}
END_TEST

/* --- stack
 * ----------------------------------------------------------------------------------------- */

static void all_calls(qwr_context *ctx, const char *path)
{
    qwr_scenario *scenario = NULL;
    qwr_session *session = NULL;
    qwr_session_result r = qwr_session_result_init();
    qwr_violations *found = NULL;
    qwr_solve_options options = work(5000);
    char *text = NULL;

    options.solver = NULL;
    qwr_test_ok(ctx, qwr_scenario_load(&scenario, ctx, path, QWR_FORMAT_AUTO));
    qwr_test_ok(ctx, qwr_session_new(&session, ctx, scenario));
    qwr_test_ok(ctx, qwr_session_plan(&r, session, &options));
    const qwr_call *call = qwr_scenario_call(r.scenario, (qwr_call_ix){0});
    qwr_test_ok(ctx, qwr_session_set_eta(session, call->id, call->eta_s + 900));
    qwr_test_ok(ctx, qwr_session_plan(&r, session, &options));
    qwr_test_ok(ctx, qwr_plan_check(&found, ctx, r.scenario, r.plan));
    qwr_test_ok(ctx, qwr_report_html(&text, ctx, r.plan, found));
    qwr_text_free(ctx, text);
    qwr_test_ok(ctx, qwr_session_plan_text(&text, NULL, session, QWR_PLAN_JSON));
    qwr_text_free(ctx, text);
    qwr_violations_free(found);
    qwr_session_free(session);
    qwr_scenario_free(scenario);
}

static void *with_little_stack(void *payload)
{
    qwr_context *ctx = qwr_test_context();

    all_calls(ctx, payload);
    qwr_context_free(ctx);
    return NULL;
}

START_TEST(every_call_gets_by_with_256_kib_of_stack)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *scenario = make_week(ctx, 40);
    pthread_attr_t attributes;
    pthread_t thread;
    size_t bytes = 256 * 1024;
    char *path = (char *)(uintptr_t)qwr_test_file("week.xml");

    qwr_test_ok(ctx, qwr_scenario_save(ctx, scenario, path));
#if defined(__SANITIZE_ADDRESS__) || IS_TSAN || !defined(__OPTIMIZE__)
    bytes *= 4; /* instrumented and unoptimised frames are larger */
#endif
    ck_assert_int_eq(pthread_attr_init(&attributes), 0);
    ck_assert_int_eq(pthread_attr_setstacksize(&attributes, bytes), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, with_little_stack, path), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    (void)pthread_attr_destroy(&attributes);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}
END_TEST

/* --- fork
 * ------------------------------------------------------------------------------------------ */

static uint64_t plan_hash(qwr_session *session)
{
    qwr_session_result r = qwr_session_result_init();
    qwr_solve_options options = work(3000);

    return qwr_session_plan(&r, session, &options) == QWR_OK ? qwr_plan_hash(r.plan) : 0;
}

/* The parent has used OpenMP; its child plans with the session it inherits, and with a new one. */
START_TEST(a_forked_child_plans_the_same_without_hanging)
{
    qwr_context *ctx = qwr_test_context();
    qwr_test_ok(ctx, qwr_context_set_option(ctx, "threads", "2"));
    qwr_session *session = begin(ctx, 30);
    int status;

    (void)plan_hash(session);
    pid_t child = fork();
    if (child == 0) {
        qwr_context *own = NULL;
        uint64_t inherited = plan_hash(session);
        if (qwr_context_new(&own, NULL) != QWR_OK)
            _exit(2);
        qwr_session *fresh = begin(own, 30);
        (void)plan_hash(fresh);
        _exit(inherited != 0 && plan_hash(fresh) == inherited ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
    qwr_session_free(session);
    qwr_context_free(ctx);
}
END_TEST

/* --- several sessions
 * ------------------------------------------------------------------------------ */

static void *plan_alone(void *payload)
{
    uint64_t *hash = payload;
    qwr_context *ctx = qwr_test_context();
    qwr_session *session = begin(ctx, 20);

    for (int i = 0; i < 3; i++)
        *hash = plan_hash(session);
    qwr_session_free(session);
    qwr_context_free(ctx);
    return NULL;
}

START_TEST(sessions_on_two_threads_do_not_meet)
{
    uint64_t hash[3] = {0, 0, 0};
    pthread_t other;

    ck_assert_int_eq(pthread_create(&other, NULL, plan_alone, &hash[0]), 0);
    (void)plan_alone(&hash[1]);
    ck_assert_int_eq(pthread_join(other, NULL), 0);
    (void)plan_alone(&hash[2]);
    ck_assert_uint_ne(hash[0], 0);
    ck_assert_uint_eq(hash[0], hash[1]);
    ck_assert_uint_eq(hash[0], hash[2]);
}
END_TEST

/* --- late modules
 * ------------------------------------------------------------------------------------ */

static bool is_disabled(qwr_context *ctx, const char *id)
{
    qwr_plugin_info info = {.size = sizeof info};

    for (size_t i = 0; i < qwr_plugin_count(ctx); i++)
        if (qwr_plugin_get(&info, ctx, i) == QWR_OK && strcmp(info.id, id) == 0)
            return info.disabled != 0;
    return true;
}

START_TEST(a_module_that_was_late_is_tried_again_after_two_plans)
{
    qwr_context *ctx = qwr_test_context();
    qwr_session *session = begin(ctx, 5);
    qwr_solve_options options = work(50);
    const char *path = qwr_test_build("tests/mock/.libs/mock_late.so");

    qwr_test_ok(ctx, qwr_plugin_load(ctx, path));
    const qwr_plugin *late = qwr__registry_find(ctx, QWR_PLUGIN_SOLVER, "mock-late");
    ck_assert_ptr_nonnull(late);
    qwr__registry_disable_late(ctx, late, "it had not returned");
    qwr_test_ok(ctx, qwr_session_plan(NULL, session, &options));
    ck_assert(is_disabled(ctx, "mock-late"));
    qwr_test_ok(ctx, qwr_session_plan(NULL, session, &options));
    ck_assert(!is_disabled(ctx, "mock-late"));
    qwr__registry_disable_late(ctx, late, "it had not returned again");
    for (int i = 0; i < 4; i++) {
        ck_assert(is_disabled(ctx, "mock-late"));
        qwr_test_ok(ctx, qwr_session_plan(NULL, session, &options));
    }
    ck_assert(!is_disabled(ctx, "mock-late"));
    qwr__registry_disable(ctx, late, "it broke its contract");
    for (int i = 0; i < 20; i++)
        qwr__registry_forgive(ctx);
    ck_assert(is_disabled(ctx, "mock-late"));
    qwr_session_free(session);
    qwr_context_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session_threads");
    TCase *tc = tcase_create("threads");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, another_thread_watches_and_cancels);
    tcase_add_test(tc, a_cancel_between_plans_cancels_nothing);
    tcase_add_test(tc, every_call_gets_by_with_256_kib_of_stack);
#if !IS_TSAN /* which does not follow a process with threads into its children */
    tcase_add_test(tc, a_forked_child_plans_the_same_without_hanging);
#endif
    tcase_add_test(tc, sessions_on_two_threads_do_not_meet);
    if (access(qwr_test_build("tests/mock/.libs/mock_late.so"), R_OK) == 0)
        tcase_add_test(tc, a_module_that_was_late_is_tried_again_after_two_plans);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
