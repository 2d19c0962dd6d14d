/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of a host table that only optimisers get: each looks at its arguments, passes the
 * gate and calls the hook that the stage has hung in. Knows no stage.
 */
#include "registry/host.h"

#define HOOK(host, name, result, ...)                                                              \
    do {                                                                                           \
        if ((host)->name != NULL && qwr__host_enter((host)->inside)) {                             \
            result = (host)->name(__VA_ARGS__);                                                    \
            qwr__host_leave((host)->inside);                                                       \
        }                                                                                          \
    } while (0)

static int64_t host_work_left(void *payload)
{
    qwr__host_data *host = payload;
    int64_t left = host->work_left == NULL ? INT64_MAX : 0;
    HOOK(host, work_left, left, host->payload);
    return left;
}

static void host_work_done(void *payload, int64_t units)
{
    qwr__host_data *host = payload;
    if (units <= 0 || host->work_done == NULL || !qwr__host_enter(host->inside))
        return;
    host->work_done(host->payload, units);
    qwr__host_leave(host->inside);
}

static int32_t host_evaluate(void *payload, const uint32_t *row, const int32_t *start, size_t count,
                             int64_t *cost)
{
    qwr__host_data *host = payload;
    int32_t result = -1;
    if (count > 0 && (row == NULL || start == NULL || cost == NULL))
        return result;
    HOOK(host, evaluate, result, host->payload, row, start, count, cost);
    return result;
}

static int32_t host_incumbent(void *payload, qwr_solution_view *solution)
{
    qwr__host_data *host = payload;
    int32_t result = -1;
    if (solution == NULL || solution->size < sizeof *solution)
        return result;
    HOOK(host, incumbent, result, host->payload, solution);
    return result;
}

static int32_t host_submit(void *payload, const qwr_solution_view *solution)
{
    qwr__host_data *host = payload;
    int32_t result = -1;
    if (solution == NULL || solution->size < sizeof *solution || solution->row == NULL ||
        solution->start == NULL)
        return result;
    HOOK(host, submit, result, host->payload, solution);
    return result;
}

static int32_t host_submit_bound(void *payload, const qwr_bound_certificate *certificate)
{
    qwr__host_data *host = payload;
    int32_t result = -1;
    /* What minor 1 added may be missing. */
    const size_t first = offsetof(qwr_bound_certificate, call_price);
    bool by_calls = certificate != NULL && certificate->size >= sizeof *certificate &&
                    certificate->call_price != NULL && certificate->step != NULL;
    if (certificate == NULL || certificate->size < first ||
        (!by_calls && (certificate->cell_price == NULL || certificate->crane_price == NULL)))
        return result;
    HOOK(host, submit_bound, result, host->payload, certificate);
    return result;
}

static int64_t host_best_bound(void *payload)
{
    qwr__host_data *host = payload;
    int64_t bound = INT64_MIN;
    HOOK(host, best_bound, bound, host->payload);
    return bound;
}

void qwr__host_fill_hooks(qwr_host *table)
{
    table->work_left = host_work_left;
    table->work_done = host_work_done;
    table->evaluate = host_evaluate;
    table->incumbent = host_incumbent;
    table->submit = host_submit;
    table->submit_bound = host_submit_bound;
    table->best_bound = host_best_bound;
}
