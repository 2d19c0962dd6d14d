/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A host program that uses GSL itself, with an error handler of its own, beside the module
 * "handling": each keeps seeing its own errors. Every case runs in a child process, because GSL's
 * handler is one for the whole process.
 */
#include "support.h"

#include "forecast/forecast.h"

#include "handler.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static atomic_int host_errors;

static void host_handler(const char *reason, const char *file, int line, int number)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)number;
    atomic_fetch_add(&host_errors, 1);
}

/* An error as any GSL program makes one: the logarithm of a negative number. */
static int make_error(void)
{
    gsl_sf_result result;

    return gsl_sf_log_e(-1.0, &result);
}

/* --- what the host does with the library -------------------------------------------------------
 */

static qwr_scenario *small_scenario(qwr_context *ctx)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    qwr_quay quay = qwr_quay_init();
    qwr_call call = qwr_call_init();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;

    info.id = "gsl-host";
    info.epoch = "2026-03-02T00:00:00Z";
    info.horizon_s = 86400;
    quay.id = "Q1";
    quay.length_mm = 500000;
    call.id = "C1";
    call.loa_mm = 100000;
    call.eta_s = 0;
    call.moves = 100;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    qwr_test_ok(ctx, qwr_scenario_add_quay(builder, &quay, NULL));
    qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    for (int i = 0; i < 60; i++) {
        qwr_history row = qwr_history_init();

        row.vessel_class = i % 2 ? "feeder" : "ulcv";
        row.at_s = -3600 * (i + 1);
        row.moves = 200 + i;
        row.cranes = 1 + i % 3;
        row.work_s = 20000;
        qwr_test_ok(ctx, qwr_scenario_add_history(builder, &row));
    }
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_scenario_builder_free(builder);
    return scenario;
}

/* One forecast with the module, on a context of its own. 1: it worked. */
static int forecast_once(void)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *scenario = small_scenario(ctx);
    qwr__forecast *forecast = NULL;
    const qwr_status status = qwr__forecast_run(&forecast, ctx, scenario, "handling", -1);

    qwr__forecast_free(forecast);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return status == QWR_OK;
}

/* --- cases, each in a child; 0: as it should be --- */

static int host_sets_its_handler_first(void)
{
    (void)gsl_set_error_handler(host_handler);
    if (!forecast_once() || host_errors != 0)
        return 1;
    return make_error() == GSL_EDOM && host_errors == 1 ? 0 : 2;
}

static int host_sets_its_handler_later(void)
{
    if (!forecast_once())
        return 1;
    (void)gsl_set_error_handler(host_handler);
    if (!forecast_once() || host_errors != 0)
        return 2;
    return make_error() == GSL_EDOM && host_errors == 1 ? 0 : 3;
}

static int host_switches_handlers_off_first(void)
{
    (void)gsl_set_error_handler_off();
    return forecast_once() && make_error() == GSL_EDOM ? 0 : 1;
}

static int host_keeps_the_default(void)
{
    const struct rlimit no_core = {0, 0};

    (void)setrlimit(RLIMIT_CORE, &no_core);
    (void)signal(SIGABRT, SIG_DFL);
    /* GSL says so on stderr, as it always does. */
    if (!forecast_once() || freopen("/dev/null", "w", stderr) == NULL)
        return 1;
    (void)make_error();
    return 2;
}

static void *errors_of_the_host(void *payload)
{
    (void)payload;
    for (int i = 0; i < 2000; i++)
        (void)make_error();
    return NULL;
}

static int host_makes_errors_meanwhile(void)
{
    pthread_t thread;
    int worked = 1;

    (void)gsl_set_error_handler(host_handler);
    if (pthread_create(&thread, NULL, errors_of_the_host, NULL) != 0)
        return 1;
    for (int i = 0; i < 20; i++)
        worked = worked && forecast_once();
    (void)pthread_join(thread, NULL);
    return worked && host_errors == 2000 ? 0 : 2;
}

static int error_inside_is_recorded(void)
{
    qwr_gsl_error error;

    (void)gsl_set_error_handler(host_handler);
    qwr_gsl_enter(&error);
    if (make_error() != GSL_EDOM || host_errors != 0)
        return 1;
    if (qwr_gsl_leave() != GSL_EDOM || error.number != GSL_EDOM || error.reason[0] == '\0')
        return 2;
    (void)make_error();
    return host_errors == 1 && error.number == GSL_EDOM ? 0 : 3;
}

static int error_inside_does_not_abort(void)
{
    qwr_gsl_error error;

    qwr_gsl_enter(&error);
    (void)make_error();
    return qwr_gsl_leave() == GSL_EDOM ? 0 : 1;
}

static int only_our_thread_is_inside(void)
{
    pthread_t thread;
    qwr_gsl_error error;

    (void)gsl_set_error_handler(host_handler);
    qwr_gsl_enter(&error);
    if (pthread_create(&thread, NULL, errors_of_the_host, NULL) != 0)
        return 1;
    (void)pthread_join(thread, NULL);
    return qwr_gsl_leave() == 0 && host_errors == 2000 ? 0 : 2;
}

/* --- tests --- */

/* Status of waitpid() after `body` ran in a child. */
static int in_child(int (*body)(void))
{
    int status = -1;
    const pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(body());
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

static void expect_exit_0(int (*body)(void))
{
    const int status = in_child(body);

    ck_assert_msg(WIFEXITED(status), "the child was killed");
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}

START_TEST(handler_set_before_the_module_came_gets_the_hosts_errors)
{
    expect_exit_0(host_sets_its_handler_first);
}
END_TEST

START_TEST(handler_set_after_the_module_came_gets_the_hosts_errors)
{
    expect_exit_0(host_sets_its_handler_later);
}
END_TEST

START_TEST(handlers_switched_off_stay_off)
{
    expect_exit_0(host_switches_handlers_off_first);
}
END_TEST

START_TEST(host_without_a_handler_still_aborts_on_its_own_errors)
{
    const int status = in_child(host_keeps_the_default);

    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGABRT);
}
END_TEST

START_TEST(errors_of_host_threads_during_a_forecast_reach_the_host)
{
    expect_exit_0(host_makes_errors_meanwhile);
}
END_TEST

START_TEST(error_inside_our_calls_is_recorded_and_returned)
{
    expect_exit_0(error_inside_is_recorded);
}
END_TEST

START_TEST(error_inside_our_calls_does_not_abort)
{
    expect_exit_0(error_inside_does_not_abort);
}
END_TEST

START_TEST(only_the_thread_inside_our_calls_is_shielded)
{
    expect_exit_0(only_our_thread_is_inside);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gsl_host");
    TCase *tcase = tcase_create("gsl_host");

    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, handler_set_before_the_module_came_gets_the_hosts_errors);
    tcase_add_test(tcase, handler_set_after_the_module_came_gets_the_hosts_errors);
    tcase_add_test(tcase, handlers_switched_off_stay_off);
    tcase_add_test(tcase, host_without_a_handler_still_aborts_on_its_own_errors);
    tcase_add_test(tcase, errors_of_host_threads_during_a_forecast_reach_the_host);
    tcase_add_test(tcase, error_inside_our_calls_is_recorded_and_returned);
    tcase_add_test(tcase, error_inside_our_calls_does_not_abort);
    tcase_add_test(tcase, only_the_thread_inside_our_calls_is_shielded);
    suite_add_tcase(suite, tcase);
    return qwr_test_main(suite);
}
