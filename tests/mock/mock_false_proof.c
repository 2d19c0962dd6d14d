/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it says there is no feasible point where there is one. */
#include "mock.h"

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    (void)model;
    answer->state = QWR_MILP_INFEASIBLE;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-false-proof"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
