/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its descriptor says it is shorter than it must be. */
#include "mock.h"

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(mock_unknown);
static const qwr_plugin descriptor = {.size = 40,
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .id = "mock",
                                      .version = "1",
                                      .summary = "Breaks the contract in one way.",
                                      .licence = "Apache-2.0",
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
