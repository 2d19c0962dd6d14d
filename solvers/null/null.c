/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The backend that solves nothing: every answer is "unknown", which is always true. It shows what a
 * plan is worth without a MILP, and it is the smallest backend there can be.
 */
#include <quaywright/plugin.h>
#include <quaywright/solver.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

static const char nothing = 0; /* an instance without state, but not NULL */

static int32_t null_create(void **instance, const qwr_host *host)
{
    (void)host;
    *instance = (void *)(uintptr_t)&nothing;
    return QWR_PLUGIN_OK;
}

static void null_destroy(void *instance)
{
    (void)instance;
}

static int32_t null_solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                          qwr_milp_answer *answer)
{
    (void)instance;
    (void)model;
    (void)limits;
    answer->state = QWR_MILP_UNKNOWN;
    answer->objective = QWR_MILP_INFINITY;
    answer->bound = -QWR_MILP_INFINITY;
    answer->nodes = 0;
    answer->iterations = 0;
    for (uint32_t i = 0; answer->dual != NULL && i < model->row_count; i++)
        answer->dual[i] = 0.0;
    return QWR_PLUGIN_OK;
}

static const char *null_engine(void)
{
    return "none";
}

static const qwr_solver_functions functions = {.size = sizeof(qwr_solver_functions),
                                               .create = null_create,
                                               .destroy = null_destroy,
                                               .solve = null_solve,
                                               .engine = null_engine};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .id = "null",
                                      .version = "1.0.0",
                                      .summary = "Solves nothing; every answer is unknown.",
                                      .licence = "Apache-2.0",
                                      .solver = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
