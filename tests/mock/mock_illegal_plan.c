/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it submits plans in which all calls lie at one place. */
#include "mock.h"

static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    const qwr_host *host = instance;
    uint32_t row[16];
    int32_t start[16];
    const qwr_solution_view plan = {sizeof plan, problem->call_count, row, start, 0};
    for (uint32_t i = 0; i < problem->call_count && i < 16; i++) {
        row[i] = 0;
        start[i] = problem->row_first[0];
    }
    for (int k = 0; k < 5 && problem->call_count <= 16; k++)
        (void)host->submit(host->payload, &plan);
    return QWR_PLUGIN_OK;
}

static const qwr_optimiser_functions functions = {sizeof functions, mock_create, mock_destroy,
                                                  improve};
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_OPTIMISER, "mock-illegal-plan"),
                                      .capabilities = QWR_CAP_BERTH, .optimiser = &functions};
MOCK_ENTRY(descriptor)
