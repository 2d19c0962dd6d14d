/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its answer is in a state that does not exist. */
#include "mock.h"

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    (void)model;
    answer->state = (qwr_milp_state)42;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-weird-state"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
