/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it replaces the arrays of the answer by longer ones of its own. */
#include "mock.h"

static double mine[1000];

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    for (uint32_t j = 0; j < model->column_count; j++)
        answer->point[j] = model->lower[j];
    for (uint32_t j = 0; j < 1000; j++)
        mine[j] = 1e9;
    answer->point = mine;
    answer->dual = mine;
    answer->state = QWR_MILP_FEASIBLE;
    answer->objective = model->offset;
    answer->bound = -QWR_MILP_INFINITY;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-own-arrays"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
