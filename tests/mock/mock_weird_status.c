/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: create returns a number that is no status. */
#include "mock.h"

static int32_t create(void **instance, const qwr_host *host)
{
    (void)host;
    *instance = NULL;
    return 77;
}

static const qwr_solver_functions functions = {sizeof functions, create, mock_destroy, mock_unknown,
                                               mock_engine};
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_SOLVER, "mock-weird-status"),
                                      .solver = &functions};
MOCK_ENTRY(descriptor)
