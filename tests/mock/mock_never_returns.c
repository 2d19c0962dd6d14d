/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it never comes back. */
#include "mock.h"

#include <time.h>

static volatile int for_ever = 1; /* so that no compiler proves the end unreachable */

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    (void)model;
    (void)answer;
    while (for_ever) {
        const struct timespec moment = {.tv_nsec = 10000000};
        (void)nanosleep(&moment, NULL);
    }
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-never-returns"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
