/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running an optimiser: the built-in search on the caller's thread, any other on a thread of its
 * own under a deadline. A plugin that fails or never comes back costs its share of the time, not
 * the plan.
 */
#include "berth/berth.h"
#include "berth/search.h"
#include "discrete/discrete.h"
#include "discrete/sequence.h"
#include "registry/registry.h"

static const char WHERE[] = "berth.improve";

enum { ILLEGAL_LIMIT = 3 };

/** Owned by the run: see qwr__plugin_run(). */
typedef struct improvement {
    qwr__berth *berth;
    const qwr_plugin *plugin;
    qwr__host_data *host;
} improvement;

static qwr_status run_functions(const qwr_plugin *plugin, const qwr_host *host,
                                const qwr_problem_view *view)
{
    void *instance = NULL;
    int32_t status = plugin->optimiser->create(&instance, host);
    if (status != QWR_PLUGIN_OK)
        return qwr__plugin_status(status);
    status = plugin->optimiser->improve(instance, view);
    plugin->optimiser->destroy(instance);
    return qwr__plugin_status(status);
}

static qwr_status body(void *arg)
{
    improvement *x = arg;
    return run_functions(x->plugin, &x->host->table, &x->berth->problem->cand.view);
}

static void release(void *arg)
{
    improvement *x = arg;
    qwr__berth *b = x->berth;
    qwr_context *ctx = b->ctx;
    qwr__host_free(ctx, x->host);
    qwr__free(ctx, x);
    b->holders--;
    if (b->abandoned && b->holders == 0)
        qwr__berth_free(b);
}

/* The hooks of the stage in the host table of an outside plugin. */
static void hang_in(qwr__host_data *host, qwr__berth *b)
{
    host->payload = b;
    host->work_left = b->host.work_left;
    host->work_done = b->host.work_done;
    host->evaluate = b->host.evaluate;
    host->incumbent = b->host.incumbent;
    host->submit = b->host.submit;
    host->submit_bound = qwr__berth_submit_bound;
    host->best_bound = b->host.best_bound;
}

static qwr_status run_outside(qwr__berth *b, const qwr_plugin *plugin)
{
    improvement *x = qwr__alloc(b->ctx, 1, sizeof *x);
    if (!x)
        return qwr__no_memory(b->ctx, WHERE);
    x->berth = b;
    x->plugin = plugin;
    qwr_status status = qwr__host_new(&x->host, b->ctx, plugin, b->seed);
    if (status != QWR_OK) {
        qwr__free(b->ctx, x);
        return status;
    }
    hang_in(x->host, b);
    b->holders++;
    status = qwr__plugin_run(b->ctx, plugin, b->budget.deadline_us, QWR__PLUGIN_GRACE_US, body,
                             release, x);
    if (status == QWR_OK)
        release(x);
    return status;
}

/* The optimisers of discrete berths keep their instances from one call to the next: they go on
 * where they stopped. */
static qwr_status run_kept(qwr__berth *b, const qwr_plugin *plugin, void **instance)
{
    int32_t status = QWR_PLUGIN_OK;
    if (!*instance)
        status = plugin->optimiser->create(instance, &b->host);
    if (status == QWR_PLUGIN_OK)
        status = plugin->optimiser->improve(*instance, &b->problem->cand.view);
    return qwr__plugin_status(status);
}

qwr_status qwr__berth_improve(qwr__berth *b, const qwr_plugin *plugin, qwr__budget budget)
{
    b->budget = budget;
    b->illegal = 0;
    if (b->problem->cand.view.row_count == 0 || qwr__berth_over(b) || qwr__berth_closed(b))
        return QWR_OK;
    if (!plugin) {
        qwr_status status = run_kept(b, &qwr__sequence_plugin, &b->sequence);
        if (status != QWR_EUNSUPPORTED)
            return status;
    }
    if (!plugin || plugin == &qwr__search_plugin)
        return run_functions(&qwr__search_plugin, &b->host, &b->problem->cand.view);
    if (plugin == &qwr__branch_plugin) {
        qwr_status own = run_kept(b, plugin, &b->branch);
        b->branch_done = !qwr__berth_over(b);
        return own == QWR_EUNSUPPORTED ? QWR_OK : own;
    }
    qwr_status status = run_outside(b, plugin);
    if (b->illegal >= ILLEGAL_LIMIT)
        qwr__registry_disable(b->ctx, plugin,
                              "it offered illegal solutions or malformed bounds three times");
    if (status == QWR_ENOMEM)
        return status;
    if (status != QWR_OK)
        qwr__log(b->ctx, QWR_LOG_WARNING, "stage=improve plugin=%s status=%s", plugin->id,
                 qwr_status_name(status));
    return QWR_OK;
}
