/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it works for a second and asks nobody whether it should. */
#include "mock.h"

#include <time.h>

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    const struct timespec second = {.tv_sec = 1};
    (void)model;
    (void)nanosleep(&second, NULL);
    answer->state = QWR_MILP_UNKNOWN;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-ignores-cancel"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
