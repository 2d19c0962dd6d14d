/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The CBC backend, over CBC's C interface. Its hazards, each met here:
 *  - the solve is not safe in threads (it runs the code of CBC's command line): one at a time in
 * the process, the others wait;
 *  - it cannot be interrupted, only given seconds: it runs apart, a caller that cancels goes, and a
 *    solve without a deadline gets option max_seconds, so that a thread left behind comes to an
 * end;
 *  - it prints: the log level is 0. A message handler of our own would switch its output on again.
 * CBC is a C++ library; an exception of its would end the process.
 */
#include "../apart.h"

#include <float.h>
#include <limits.h>

#if __has_include(<coin/Cbc_C_Interface.h>)
#include <coin/Cbc_C_Interface.h>
#else
#include <Cbc_C_Interface.h>
#endif

#define RESERVE_US 50000 /* CBC looks at its clock between nodes only */

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/* Both must hold for the whole process, over all instances and contexts. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static atomic_int orphans;

/* --- the engine's thread --- */

/** Waits for the turn. false: deadline or cancel came first. */
static bool enter(apart_job *job)
{
    while (pthread_mutex_trylock(&one_at_a_time) != 0) {
        const struct timespec moment = {.tv_nsec = 2000000};
        if (apart_must_stop(job))
            return false;
        (void)nanosleep(&moment, NULL);
    }
    return true;
}

static double unbounded(double x)
{
    if (x >= QWR_MILP_INFINITY)
        return DBL_MAX;
    return x <= -QWR_MILP_INFINITY ? -DBL_MAX : x;
}

/** Arrays as CBC wants them: int indices, DBL_MAX for infinity. */
typedef struct arrays {
    int *begin, *row, *column;
    double *lower, *upper, *row_lower, *row_upper;
    double *start;
} arrays;

static void arrays_free(arrays *a)
{
    free(a->begin);
    free(a->row);
    free(a->column);
    free(a->lower);
    free(a->upper);
    free(a->row_lower);
    free(a->row_upper);
    free(a->start);
}

static bool arrays_fill(arrays *a, const qwr_milp_view *m)
{
    size_t columns = m->column_count + (size_t)1;
    size_t rows = m->row_count + (size_t)1;
    a->begin = calloc(columns, sizeof *a->begin);
    a->row = calloc((size_t)m->entry_count + 1, sizeof *a->row);
    a->column = calloc(columns, sizeof *a->column);
    a->lower = calloc(columns, sizeof *a->lower);
    a->upper = calloc(columns, sizeof *a->upper);
    a->row_lower = calloc(rows, sizeof *a->row_lower);
    a->row_upper = calloc(rows, sizeof *a->row_upper);
    a->start = calloc(columns, sizeof *a->start);
    if (!a->begin || !a->row || !a->column || !a->lower || !a->upper || !a->row_lower ||
        !a->row_upper || !a->start)
        return false;
    for (uint64_t k = 0; k < m->entry_count; k++)
        a->row[k] = (int)m->row_index[k];
    for (uint32_t j = 0; j <= m->column_count; j++)
        a->begin[j] = (int)m->column_begin[j];
    for (uint32_t j = 0; j < m->column_count; j++) {
        a->column[j] = (int)j;
        a->lower[j] = unbounded(m->integer[j] ? ceil(m->lower[j] - 1e-9) : m->lower[j]);
        a->upper[j] = unbounded(m->integer[j] ? floor(m->upper[j] + 1e-9) : m->upper[j]);
        if (m->start != NULL)
            a->start[j] = m->integer[j] ? round(m->start[j]) : m->start[j];
    }
    for (uint32_t i = 0; i < m->row_count; i++) {
        a->row_lower[i] = unbounded(m->row_lower[i]);
        a->row_upper[i] = unbounded(m->row_upper[i]);
    }
    return true;
}

enum { CBC_MAX_SECONDS = 0 }; /* index into apart_job.setting */

static void set_limits(Cbc_Model *cbc, apart_job *job)
{
    int64_t left_us = apart_left_us(job);
    int64_t longest_us = job->setting[CBC_MAX_SECONDS] * 1000000;
    int64_t use_us = left_us > 4 * RESERVE_US ? left_us - RESERVE_US : left_us / 4 * 3;
    char seconds[32];
    if (use_us > longest_us || left_us == INT64_MAX)
        use_us = longest_us;
    (void)snprintf(seconds, sizeof seconds, "%lld.%06lld", (long long)(use_us / 1000000),
                   (long long)(use_us % 1000000));
    Cbc_setLogLevel(cbc, 0);
    Cbc_setParameter(cbc, "log", "0");
    Cbc_setParameter(cbc, "timeMode", "elapsed");
    Cbc_setAllowableGap(cbc, 1e-9);
    Cbc_setAllowableFractionGap(cbc, 0.0);
    Cbc_setParameter(cbc, "sec", seconds);
    if (job->limits.node_limit >= 0 && job->limits.node_limit < INT_MAX)
        Cbc_setMaximumNodes(cbc, (int)job->limits.node_limit);
    if (job->limits.cutoff < QWR_MILP_INFINITY)
        Cbc_setCutoff(cbc, job->limits.cutoff - job->model.offset);
}

static double value_of(void *solution, uint32_t column)
{
    return ((const double *)solution)[column];
}

static void report(apart_job *job, Cbc_Model *cbc, bool integers)
{
    double offset = job->model.offset;
    bool optimal = Cbc_isProvenOptimal(cbc) != 0;
    apart_counts(job, Cbc_getNodeCount(cbc) > 0 ? Cbc_getNodeCount(cbc) : 0,
                 Cbc_getIterationCount(cbc) > 0 ? Cbc_getIterationCount(cbc) : 0);
    const double *solution = integers ? Cbc_bestSolution(cbc) : Cbc_getColSolution(cbc);
    if (!integers && !optimal)
        solution = NULL;
    if (solution != NULL) {
        double objective = offset;
        for (uint32_t j = 0; j < job->model.column_count; j++) {
            double x = solution[j];
            objective += job->model.cost[j] * (job->model.integer[j] ? round(x) : x);
        }
        (void)apart_point(job, objective, value_of, (void *)(uintptr_t)solution);
    }
    double bound = Cbc_getBestPossibleObjValue(cbc) + offset;
    if (fabs(bound) < QWR_MILP_INFINITY && integers)
        apart_bound(job, bound);
    if (Cbc_isContinuousUnbounded(cbc) != 0) {
        if (!integers)
            apart_state(job, QWR_MILP_UNBOUNDED);
    } else if (optimal && solution != NULL) {
        apart_proved(job);
    } else if (Cbc_isProvenInfeasible(cbc) != 0 && job->state == QWR_MILP_UNKNOWN) {
        apart_proved(job);
    } else if (Cbc_isAbandoned(cbc) != 0) {
        apart_fail(job, QWR_PLUGIN_ESOLVER, "CBC gave up for numerical reasons");
    }
}

static bool solve_trivial(apart_job *job)
{
    const qwr_milp_view *m = &job->model;
    if (m->column_count > 0)
        return false;
    bool feasible = true;
    for (uint32_t i = 0; i < m->row_count; i++)
        feasible = feasible && m->row_lower[i] <= 0.0 && m->row_upper[i] >= 0.0;
    if (feasible)
        (void)apart_point(job, m->offset, value_of, NULL);
    apart_proved(job);
    return true;
}

static void solve(apart_job *job)
{
    const qwr_milp_view *m = &job->model;
    arrays a = {0};
    Cbc_Model *cbc = NULL;
    bool integers = false;
    if (!arrays_fill(&a, m)) {
        apart_fail(job, QWR_PLUGIN_ENOMEM, "no memory for the model");
        goto done;
    }
    cbc = Cbc_newModel();
    Cbc_loadProblem(cbc, (int)m->column_count, (int)m->row_count, a.begin, a.row, m->value, a.lower,
                    a.upper, m->cost, a.row_lower, a.row_upper);
    Cbc_setObjSense(cbc, 1.0);
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (!m->integer[j])
            continue;
        Cbc_setInteger(cbc, (int)j);
        integers = true;
    }
    if (m->start != NULL && integers)
        Cbc_setMIPStartI(cbc, (int)m->column_count, a.column, a.start);
    set_limits(cbc, job);
    (void)Cbc_solve(cbc);
    report(job, cbc, integers);
done:
    if (cbc != NULL)
        Cbc_deleteModel(cbc);
    arrays_free(&a);
}

static void work(apart_job *job)
{
    if (solve_trivial(job) || !enter(job))
        return;
    solve(job);
    (void)pthread_mutex_unlock(&one_at_a_time);
}

/* --- the ABI --- */

static int32_t cbc_create(void **instance, const qwr_host *host)
{
    const qwr_host **mine = host->alloc(host->payload, sizeof(const qwr_host *));
    if (mine == NULL)
        return QWR_PLUGIN_ENOMEM;
    *mine = host;
    *instance = mine;
    return QWR_PLUGIN_OK;
}

static void cbc_destroy(void *instance)
{
    const qwr_host *host = *(const qwr_host **)instance;
    host->release(host->payload, instance);
}

static int32_t cbc_solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                         qwr_milp_answer *answer)
{
    const qwr_host *host = *(const qwr_host **)instance;
    if (limits->relax != 0) {
        host->error(host->payload, "CBC's C interface gives no multipliers of a relaxation");
        return QWR_PLUGIN_EUNSUPPORTED;
    }
    apart_job *job = apart_new(model, limits, answer->dual != NULL, &orphans, work);
    if (job == NULL)
        return QWR_PLUGIN_ENOMEM;
    job->setting[CBC_MAX_SECONDS] = host->option_int(host->payload, "max_seconds");
    return apart_run(job, answer, host);
}

static const char *cbc_engine(void)
{
    return "CBC";
}

static const qwr_plugin_option options[] = {
    {.size = sizeof(qwr_plugin_option),
     .name = "max_seconds",
     .type = 0,
     .unit = "s",
     .default_int = 600,
     .min_int = 1,
     .max_int = 1000000,
     .sentence = "Longest solve, deadline or not: CBC cannot be interrupted."}};

static const qwr_solver_functions functions = {.size = sizeof(qwr_solver_functions),
                                               .create = cbc_create,
                                               .destroy = cbc_destroy,
                                               .solve = cbc_solve,
                                               .engine = cbc_engine};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .capabilities = QWR_CAP_MIP | QWR_CAP_START,
                                      .option_count = sizeof options / sizeof options[0],
                                      .id = "cbc",
                                      .version = "1.0.0",
                                      .summary = "Branch and cut by COIN-OR CBC.",
                                      .licence = "Apache-2.0 AND EPL-2.0",
                                      .options = options,
                                      .solver = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
