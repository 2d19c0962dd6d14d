/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its function table is too small for its kind. */
#include "mock.h"

static const qwr_solver_functions functions = {
    .size = sizeof(uint32_t) + 2 * sizeof(void *), .create = mock_create, .destroy = mock_destroy};
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-small-table"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
