/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The GLPK backend, the side of the plugin ABI: options, job, answer. GLPK itself is seen by
 * engine.c alone.
 */
#include "engine.h"

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/* Threads of this process still on their way out of GLPK: the bound must hold over all instances.
 */
static atomic_int orphans;

static int32_t backend_create(void **instance, const qwr_host *host)
{
    if (!qwr__glpk_is_threaded()) {
        host->error(host->payload, "this GLPK was built without thread-local storage");
        return QWR_PLUGIN_EUNSUPPORTED;
    }
    const qwr_host **mine = host->alloc(host->payload, sizeof(const qwr_host *));
    if (mine == NULL)
        return QWR_PLUGIN_ENOMEM;
    *mine = host;
    *instance = mine;
    return QWR_PLUGIN_OK;
}

static void backend_destroy(void *instance)
{
    const qwr_host *host = *(const qwr_host **)instance;
    host->release(host->payload, instance);
}

static int64_t word_index(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; word != NULL && i < count; i++)
        if (strcmp(words[i], word) == 0)
            return (int64_t)i;
    return 0;
}

static int32_t backend_solve(void *instance, const qwr_milp_view *model,
                             const qwr_milp_limits *limits, qwr_milp_answer *answer)
{
    static const char *const backtrack[] = {"bound", "projection", "depth", "breadth"};
    const qwr_host *host = *(const qwr_host **)instance;
    apart_job *job = apart_new(model, limits, answer->dual != NULL, &orphans, qwr__glpk_work);
    if (job == NULL)
        return QWR_PLUGIN_ENOMEM;
    job->setting[GLPK_CUTS] = host->option_int(host->payload, "cuts");
    job->setting[GLPK_LP_PRESOLVE] = host->option_int(host->payload, "lp_presolve");
    job->setting[GLPK_BACKTRACK] =
        word_index(host->option_text(host->payload, "backtrack"), backtrack, 4);
    return apart_run(job, answer, host);
}

static const qwr_plugin_option options[] = {
    {.size = sizeof(qwr_plugin_option),
     .name = "cuts",
     .type = 1,
     .unit = "",
     .default_int = 0, /* on set partitioning and knapsack models they cost more than they gave */
     .min_int = 0,
     .max_int = 1,
     .sentence = "Add clique, rounding and Gomory cuts. (Cover cuts race between threads: never.)"},
    {.size = sizeof(qwr_plugin_option),
     .name = "lp_presolve",
     .type = 1,
     .unit = "",
     .default_int = 0,
     .min_int = 0,
     .max_int = 1,
     .sentence = "Reduce the root relaxation before it is solved."},
    {.size = sizeof(qwr_plugin_option),
     .name = "backtrack",
     .type = 3,
     .unit = "",
     .default_text = "bound",
     .words = "bound|projection|depth|breadth",
     .sentence = "Which open node is searched next."}};

static const qwr_solver_functions functions = {.size = sizeof(qwr_solver_functions),
                                               .create = backend_create,
                                               .destroy = backend_destroy,
                                               .solve = backend_solve,
                                               .engine = qwr__glpk_version};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .capabilities = QWR_CAP_MIP | QWR_CAP_DUALS | QWR_CAP_START,
                                      .option_count = sizeof options / sizeof options[0],
                                      .id = "glpk",
                                      .version = "1.0.0",
                                      .summary = "Branch and cut by GLPK.",
                                      .licence = "GPL-3.0-or-later",
                                      .options = options,
                                      .solver = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
