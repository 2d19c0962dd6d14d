/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: the default of its option is outside the bounds. */
#include "mock.h"

static const qwr_solver_functions functions = MOCK_SOLVER_TABLE(mock_unknown);
static const qwr_plugin_option option = {.size = sizeof option,
                                         .name = "depth",
                                         .unit = "",
                                         .default_int = 11,
                                         .min_int = 0,
                                         .max_int = 10,
                                         .sentence = "How deep it goes."};
static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .id = "mock",
                                      .version = "1",
                                      .summary = "Breaks the contract in one way.",
                                      .licence = "Apache-2.0",
                                      .option_count = 1,
                                      .options = &option,
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
