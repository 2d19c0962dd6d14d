/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it sets the function tables of two kinds. */
#include "mock.h"

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(mock_unknown);
static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    (void)instance;
    (void)problem;
    return QWR_PLUGIN_OK;
}
static const qwr_optimiser_functions more = {sizeof more, mock_create, mock_destroy, improve};
static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .id = "mock",
                                      .version = "1",
                                      .summary = "Breaks the contract in one way.",
                                      .licence = "Apache-2.0",
                                      .optimiser = &more,
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
