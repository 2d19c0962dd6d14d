/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it was made for another plugin ABI. */
#include "mock.h"

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(mock_unknown);
static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR + 1,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .id = "mock",
                                      .version = "1",
                                      .summary = "Breaks the contract in one way.",
                                      .licence = "Apache-2.0",
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
