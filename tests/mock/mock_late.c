/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it comes back half a second after the deadline, with a sound answer. */
#include "mock.h"

#include <time.h>

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    const struct timespec late = {.tv_nsec = 500000000};
    (void)model;
    const qwr_host *host = instance;
    while (limits->deadline_us >= 0 && host->remaining_us(host->payload) > 0) {
        const struct timespec moment = {.tv_nsec = 1000000};
        (void)nanosleep(&moment, NULL);
    }
    (void)nanosleep(&late, NULL);
    void *after = host->alloc(host->payload, 64); /* the host must bear calls from the past */
    host->release(host->payload, after);
    host->error(host->payload, "too late");
    answer->state = QWR_MILP_UNKNOWN;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-late"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
