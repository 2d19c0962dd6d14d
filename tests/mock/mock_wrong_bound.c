/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its bound is above the value of its own point. */
#include "mock.h"

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    for (uint32_t j = 0; j < model->column_count; j++)
        answer->point[j] = model->lower[j];
    answer->state = QWR_MILP_FEASIBLE;
    answer->objective = model->offset;
    answer->bound = model->offset + 5.0;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-wrong-bound"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
