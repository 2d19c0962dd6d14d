/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it calls a point optimal that breaks a row. */
#include "mock.h"

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    double objective = model->offset;
    for (uint32_t j = 0; j < model->column_count; j++) {
        answer->point[j] = model->upper[j];
        objective += model->cost[j] * model->upper[j];
    }
    answer->state = QWR_MILP_OPTIMAL;
    answer->objective = objective;
    answer->bound = objective;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-infeasible-point"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
