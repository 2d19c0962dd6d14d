/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Planning without a deadline, stopped from another thread: the call comes back at once with the
 * best plan it has. qwr_context_cancel() is the one function that may be called from any thread, a
 * signal handler included.
 *
 *     cancel SCENARIO.xml [AFTER_MS]
 */
#include <quaywright/quaywright.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct stopper {
    qwr_context *ctx;
    long after_ms;
    struct timespec asked; /* when it cancelled */
} stopper;

static void *stop_later(void *payload)
{
    stopper *self = payload;
    const struct timespec pause = {self->after_ms / 1000, self->after_ms % 1000 * 1000000};

    nanosleep(&pause, NULL);
    clock_gettime(CLOCK_MONOTONIC, &self->asked);
    qwr_context_cancel(self->ctx);
    return NULL;
}

static double since_ms(const struct timespec *then)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) * 1e3 + (double)(now.tv_nsec - then->tv_nsec) / 1e6;
}

/* Plans until the other thread says stop. */
static qwr_status plan_until_stopped(qwr_plan **plan, qwr_context *ctx,
                                     const qwr_scenario *scenario, long after_ms)
{
    stopper stop = {.ctx = ctx, .after_ms = after_ms};
    qwr_solve_options options = qwr_solve_options_init();
    pthread_t thread;
    qwr_status status;

    options.deadline_ms = -1;
    if (pthread_create(&thread, NULL, stop_later, &stop) != 0)
        return QWR_ENOMEM;
    status = qwr_solve(plan, ctx, scenario, &options, NULL);
    if (status == QWR_OK && qwr_plan_get_quality(*plan)->stop == QWR_STOP_CANCEL)
        printf("back %.0f ms after the cancel\n", since_ms(&stop.asked));
    pthread_join(thread, NULL);
    /* The flag stays up until it is taken down: the next call would return at once. */
    qwr_context_cancel_reset(ctx);
    return status;
}

int main(int argc, char **argv)
{
    qwr_context *ctx = NULL;
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    qwr_status status;

    if (argc < 2) {
        fprintf(stderr, "usage: cancel SCENARIO.xml [AFTER_MS]\n");
        return EXIT_FAILURE;
    }
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return EXIT_FAILURE;
    status = qwr_scenario_load(&scenario, ctx, argv[1], QWR_FORMAT_AUTO);
    if (status == QWR_OK)
        status =
            plan_until_stopped(&plan, ctx, scenario, argc > 2 ? strtol(argv[2], NULL, 10) : 500);
    if (status == QWR_OK) {
        const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
        char cost[32];

        qwr_value_text(cost, sizeof cost, quality->cost_mu);
        printf("stopped by: %s; %s plan, cost %s, %lld calls without a place\n",
               qwr_stop_name(quality->stop), qwr_outcome_name(quality->outcome), cost,
               (long long)quality->unplaced);
    } else {
        fprintf(stderr, "%s: %s\n", qwr_status_name(status),
                qwr_context_cause_count(ctx) > 0 ? qwr_context_cause(ctx, 0)->message : "");
    }
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return status == QWR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
