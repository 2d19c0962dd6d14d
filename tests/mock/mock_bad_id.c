/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its id is not a lower-case name. */
#include "mock.h"

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(mock_unknown);
static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .id = "Mock Solver",
                                      .version = "1",
                                      .summary = "Breaks the contract in one way.",
                                      .licence = "Apache-2.0",
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
