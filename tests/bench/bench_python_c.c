/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The yardstick of bench_python.py: qwr_solve() over and over in C, the median in milliseconds on
 * standard output. Knows the public headers only.
 *
 *     bench_python_c SCENARIO.xml WORK_LIMIT RUNS wall|cpu
 */
#include <quaywright/quaywright.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS_MAX = 100000 };

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int measure(qwr_context *ctx, const qwr_scenario *scenario, long long work, size_t runs,
                   clockid_t clock, double *times)
{
    qwr_solve_options options = qwr_solve_options_init();
    options.deadline_ms = -1;
    options.work_limit = work;
    for (size_t i = 0; i < runs; i++) {
        qwr_plan *plan = NULL;
        double begin = now_ms(clock);
        if (qwr_solve(&plan, ctx, scenario, &options, NULL))
            return 1;
        times[i] = now_ms(clock) - begin;
        qwr_plan_free(plan);
    }
    qsort(times, runs, sizeof *times, by_value);
    printf("%.6f\n", times[runs / 2]);
    return 0;
}

int main(int argc, char **argv)
{
    static double times[RUNS_MAX];
    qwr_context *ctx = NULL;
    qwr_scenario *scenario = NULL;
    int cpu = argc == 5 && strcmp(argv[4], "cpu") == 0;
    long long work = argc == 5 ? strtoll(argv[2], NULL, 10) : 0;
    long long runs = argc == 5 ? strtoll(argv[3], NULL, 10) : 0;
    int failed = 1;
    if (work < 1 || runs < 1 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: bench_python_c SCENARIO.xml WORK_LIMIT RUNS wall|cpu\n");
        return 2;
    }
    if (qwr_context_new(&ctx, NULL) == QWR_OK &&
        qwr_context_set_option(ctx, "threads", "1") == QWR_OK &&
        qwr_scenario_load(&scenario, ctx, argv[1], QWR_FORMAT_AUTO) == QWR_OK)
        failed = measure(ctx, scenario, work, (size_t)runs,
                         cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, times);
    if (failed && ctx && qwr_context_cause(ctx, 0))
        fprintf(stderr, "bench_python_c: %s\n", qwr_context_cause(ctx, 0)->message);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return failed;
}
