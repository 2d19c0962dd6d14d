/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TEMPLATE of a SOLVER backend: tries one point, every column at its cheaper bound, and proves it
 * optimal if it is feasible. It compiles and passes the conformance suite as it is. To make your
 * own:
 *
 *   1. Copy this file to solvers/<id>/<id>.c (or into a folder of your own). It may include
 *      <quaywright/plugin.h>, <quaywright/solver.h> and the solver you wrap, nothing else of this
 *      project.
 *   2. Change id, version, summary, licence and capabilities in the descriptor at the end. Claim
 *      QWR_CAP_MIP only if you find the optimum of every small model, QWR_CAP_DUALS only if you
 * fill `dual` when limits->relax is 1, QWR_CAP_START only if you use `start`.
 *   3. Put your solver into solve(). It must be back within 100 ms of deadline or cancel; a solver
 *      that cannot be interrupted runs on a thread apart (see solvers/apart.h).
 *   4. Never lie about a point: the core recomputes rows, bounds, integrality and objective, and
 * one wrong answer disables the backend. "Unknown" is always a right answer.
 *   5. Run `quaywright plugin check FILE.so` until every line passes.
 */
#include <quaywright/plugin.h>
#include <quaywright/solver.h>

#include <stdbool.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/** CHANGE: state of an instance. */
struct state {
    const qwr_host *host;
};

static int32_t create(void **instance, const qwr_host *host)
{
    struct state *s = host->alloc(host->payload, sizeof *s);
    if (s == NULL)
        return QWR_PLUGIN_ENOMEM;
    s->host = host;
    *instance = s;
    return QWR_PLUGIN_OK;
}

static void destroy(void *instance)
{
    struct state *s = instance;
    s->host->release(s->host->payload, s);
}

/** Every column at its cheaper bound. false: the bound is infinite, or not an integer that must be.
 */
static bool cheapest_point(const qwr_milp_view *m, double *point)
{
    for (uint32_t j = 0; j < m->column_count; j++) {
        double x = m->cost[j] >= 0.0 ? m->lower[j] : m->upper[j];
        if (x <= -QWR_MILP_INFINITY || x >= QWR_MILP_INFINITY)
            return false;
        if (m->integer[j] && (x > 1e15 || x < -1e15 || x != (double)(int64_t)x))
            return false;
        point[j] = x;
    }
    return true;
}

/** activity: one double a row, zeroed. */
static bool rows_hold(const qwr_milp_view *m, const double *point, double *activity)
{
    for (uint32_t j = 0; j < m->column_count; j++)
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++)
            activity[m->row_index[k]] += m->value[k] * point[j];
    for (uint32_t i = 0; i < m->row_count; i++)
        if (activity[i] < m->row_lower[i] || activity[i] > m->row_upper[i])
            return false;
    return true;
}

/** CHANGE: solve. Arrays of `answer` are the host's; `dual` may be NULL. */
static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    const struct state *s = instance;
    const qwr_host *h = s->host;
    bool try_it = h->option_int(h->payload, "try") != 0 && limits->relax == 0;

    answer->state = QWR_MILP_UNKNOWN; /* until something better is known */
    answer->objective = QWR_MILP_INFINITY;
    answer->bound = -QWR_MILP_INFINITY;
    answer->nodes = 0;
    answer->iterations = 0;
    if (!try_it || h->cancelled(h->payload) != 0 || !cheapest_point(model, answer->point))
        return QWR_PLUGIN_OK;

    double objective = model->offset;
    for (uint32_t j = 0; j < model->column_count; j++)
        objective += model->cost[j] * answer->point[j];
    answer->bound = objective; /* no point is cheaper than every column at its cheaper bound */

    double *activity = h->alloc(h->payload, (model->row_count + (size_t)1) * sizeof *activity);
    if (activity == NULL)
        return QWR_PLUGIN_ENOMEM;
    for (uint32_t i = 0; i < model->row_count; i++)
        activity[i] = 0.0;
    if (rows_hold(model, answer->point, activity) && objective < limits->cutoff) {
        answer->state = QWR_MILP_OPTIMAL;
        answer->objective = objective;
    }
    h->release(h->payload, activity);
    return QWR_PLUGIN_OK;
}

static const char *engine(void)
{
    return "one point";
}

/** CHANGE: options. Types: 0 int, 1 bool, 2 text, 3 word. Users set them as "ID.NAME". */
static const qwr_plugin_option options[] = {{.size = sizeof(qwr_plugin_option),
                                             .name = "try",
                                             .type = 1,
                                             .unit = "",
                                             .default_int = 1,
                                             .min_int = 0,
                                             .max_int = 1,
                                             .sentence = "Try the cheapest point at all."}};

static const qwr_solver_functions functions = {.size = sizeof(qwr_solver_functions),
                                               .create = create,
                                               .destroy = destroy,
                                               .solve = solve,
                                               .engine = engine};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_SOLVER,
                                      .option_count = sizeof options / sizeof options[0],
                                      .id = "template-solver", /* CHANGE */
                                      .version = "1.0.0",
                                      .summary = "Tries the point where every column is cheapest.",
                                      .licence = "Apache-2.0",
                                      .options = options,
                                      .solver = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
