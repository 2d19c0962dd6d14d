/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its point is not a number. */
#include "mock.h"

#include <math.h>

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)limits;
    for (uint32_t j = 0; j < model->column_count; j++)
        answer->point[j] = NAN;
    answer->state = QWR_MILP_OPTIMAL;
    answer->objective = 0.0;
    answer->bound = 0.0;
    return QWR_PLUGIN_OK;
}

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(solve);
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-nan"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
