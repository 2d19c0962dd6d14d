/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long a cycle of a session takes: one vessel's arrival changes, a plan is made from the last
 * one. Prints the median and the 99th percentile of many cycles in milliseconds, for the news
 * alone, for the first complete plan, and for whole cycles of some work limits. make
 * tests/bench/bench_session && tests/bench/bench_session [CALLS [CYCLES]]
 */
#include "base/base.h"

#include <quaywright/generate.h>
#include <quaywright/session.h>

#include <stdio.h>
#include <stdlib.h>

enum { CYCLES_MAX = 5000 };

typedef struct series {
    int64_t us[CYCLES_MAX];
    int count;
} series;

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void print_series(const char *what, series *s)
{
    qsort(s->us, (size_t)s->count, sizeof s->us[0], by_size);
    printf("%-28s %9.3f %9.3f %9.3f\n", what, (double)s->us[s->count / 2] / 1e3,
           (double)s->us[s->count * 99 / 100] / 1e3, (double)s->us[s->count - 1] / 1e3);
}

/* The arrival of one call moves by up to three hours either way, and back with the next cycle. */
static qwr_status change(qwr_session *session, const qwr_scenario *scenario, qwr__rng *rng)
{
    uint32_t i = (uint32_t)qwr__rng_below(rng, qwr_scenario_call_count(scenario));
    const qwr_call *call = qwr_scenario_call(scenario, (qwr_call_ix){i});
    int64_t by_s = ((int64_t)qwr__rng_below(rng, 25) - 12) * 900;
    int64_t eta_s = call->eta_s + by_s > 0 ? call->eta_s + by_s : 0;

    return qwr_session_set_eta(session, call->id, eta_s);
}

static qwr_status measure(qwr_context *ctx, const qwr_scenario *scenario, int cycles, int64_t work)
{
    static series news, first, whole;
    qwr_session *session = NULL;
    qwr_session_result r = qwr_session_result_init();
    qwr_solve_options options = qwr_solve_options_init();
    qwr__rng rng = {1, 2, 0};
    char what[64];

    options.deadline_ms = -1;
    options.work_limit = 200000;
    QWR_TRY(qwr_session_new(&session, ctx, scenario));
    qwr_status status = qwr_session_plan(&r, session, &options);
    options.work_limit = work;
    news.count = first.count = whole.count = 0;
    for (int i = 0; i < cycles && status == QWR_OK; i++) {
        int64_t begin_us = qwr__now_us();
        status = change(session, scenario, &rng);
        int64_t fed_us = qwr__now_us();
        if (status == QWR_OK)
            status = qwr_session_plan(&r, session, &options);
        int64_t done_us = qwr__now_us();
        news.us[news.count++] = fed_us - begin_us;
        first.us[first.count++] = r.stats.first_plan_us;
        whole.us[whole.count++] = done_us - begin_us;
    }
    qwr_session_free(session);
    if (status != QWR_OK)
        return status;
    print_series("news alone", &news);
    print_series("to the first complete plan", &first);
    (void)snprintf(what, sizeof what, "whole cycle, work %lld", (long long)work);
    print_series(what, &whole);
    return QWR_OK;
}

int main(int argc, char **argv)
{
    static const int64_t works[] = {1000, 10000, 100000};
    int cycles = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 500;
    qwr_context *ctx = NULL;
    qwr_scenario *scenario = NULL;
    qwr_generate_options options = qwr_generate_options_init();

    options.profile = "medium";
    options.seed = 1;
    options.calls = argc > 1 ? strtol(argv[1], NULL, 10) : 60;
    options.days = 7;
    cycles = cycles < 1 ? 1 : cycles > CYCLES_MAX ? CYCLES_MAX : cycles;
    qwr_status status = qwr_context_new(&ctx, NULL);
    if (status == QWR_OK)
        status = qwr_generate(&scenario, ctx, &options);
    printf("%-28s %9s %9s %9s\n", "milliseconds", "p50", "p99", "worst");
    for (size_t i = 0; i < sizeof works / sizeof works[0] && status == QWR_OK; i++)
        status = measure(ctx, scenario, works[i] > 10000 ? cycles / 5 + 1 : cycles, works[i]);
    if (status != QWR_OK)
        fprintf(stderr, "%s\n",
                qwr_context_cause_count(ctx) ? qwr_context_cause(ctx, 0)->message
                                             : qwr_status_name(status));
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return status == QWR_OK ? 0 : 1;
}
