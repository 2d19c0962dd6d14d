/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order of bound and proof for discrete berths: multipliers for the whole table (climb.c), what
 * they leave of it near the bound, and then a search there (hunt.c) that ends with an optimum or
 * raises the bound.
 */
#include "discrete/discrete.h"
#include "discrete/engine.h"

#include <string.h>

static void engine_free(qwr__engine *e)
{
    const qwr_host *h = e->host;
    void *blocks[] = {e->pi, e->first_pi, e->visits, e->choice};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    qwr__tree_end(&e->tree);
    qwr__rises_free(&e->rises, h);
    if (e->ledger.host)
        qwr__ledger_free(&e->ledger);
    qwr__master_free(&e->master);
    qwr__dense_free(&e->dense);
    qwr__rules_free(&e->rules);
    qwr__lanes_free(&e->lanes);
    qwr__lanes_free(&e->whole);
}

void qwr__engine_look(qwr__engine *e)
{
    qwr_solution_view s = {.size = sizeof s};
    if (e->host->incumbent(e->host->payload, &s) == 0 && s.cost - e->left_out < e->value)
        e->value = s.cost - e->left_out;
}

int64_t qwr__engine_highest(const qwr__engine *e)
{
    return e->value <= e->short_one ? e->value - 1 : e->short_one - 1;
}

static int64_t cheapest(const qwr__lanes *l, uint32_t i)
{
    int64_t least = INT64_MAX;
    for (uint32_t x = 0; x < l->lanes; x++) {
        size_t pair = (size_t)i * l->lanes + x;
        for (uint32_t j = l->of[pair]; j < l->of_end[pair]; j++)
            for (int32_t t = l->first[j]; t <= l->last[j]; t += l->straight[j] ? l->ticks : 1)
                if (qwr__lane_cost(l, j, t) < least)
                    least = qwr__lane_cost(l, j, t);
    }
    return least == INT64_MAX ? 0 : least;
}

/* First multipliers: each call's cheapest candidate, and an even share of what the incumbent costs
 * beyond that. */
static void begin_at(qwr__engine *e)
{
    const qwr__lanes *l = &e->lanes;
    int64_t rest = 0, served = l->calls - l->hopeless;
    e->short_one = e->view->unplaced_cost;
    for (uint32_t i = 0; i < l->calls; i++) {
        int64_t least = cheapest(l, i);
        e->short_one += least < 0 ? least : 0;
        e->pi[i] = least * QWR__DUAL_SCALE;
        rest -= e->pi[i];
    }
    if (e->value == INT64_MAX || served == 0)
        return;
    rest += e->value * QWR__DUAL_SCALE;
    for (uint32_t i = 0; i < l->calls; i++)
        if (l->served[i])
            e->pi[i] += rest / served;
}

static int32_t engine_init(qwr__engine *e, const qwr_host *host, const qwr_problem_view *view)
{
    memset(e, 0, sizeof *e);
    e->host = host;
    e->view = view;
    e->value = INT64_MAX;
    e->bound = INT64_MIN;
    qwr__ledger_init(&e->ledger, host, view->call_count);
    int32_t status = qwr__lanes_init(&e->whole, host, view);
    if (status == QWR_PLUGIN_OK)
        status = qwr__lanes_fold(&e->lanes, &e->whole);
    if (status == QWR_PLUGIN_OK)
        status = qwr__rules_init(&e->rules, &e->lanes);
    if (status != QWR_PLUGIN_OK)
        return status;
    status = qwr__dense_init(&e->dense, &e->rules);
    e->has_dense = status == QWR_PLUGIN_OK;
    if (status == QWR_PLUGIN_ENOMEM)
        return status;
    size_t calls = (size_t)view->call_count + 1;
    e->pi = qwr__lanes_alloc(host, calls, sizeof *e->pi);
    e->first_pi = qwr__lanes_alloc(host, calls, sizeof *e->first_pi);
    e->visits = qwr__lanes_alloc(host, calls, sizeof *e->visits);
    if (!e->pi || !e->first_pi || !e->visits)
        return QWR_PLUGIN_ENOMEM;
    status = qwr__rises_init(&e->rises, &e->lanes);
    if (status == QWR_PLUGIN_OK)
        status = qwr__master_init(&e->master, &e->lanes);
    e->left_out = (int64_t)e->lanes.hopeless * view->unplaced_cost;
    qwr__engine_look(e);
    begin_at(e);
    return status;
}

static int32_t advance(qwr__engine *e)
{
    int32_t status = QWR_PLUGIN_OK;
    qwr__engine_look(e);
    if (e->stage == QWR__TO_CLIMB) {
        status = qwr__engine_climb(e);
        e->stage = qwr__lanes_over(e->host) ? QWR__TO_CLIMB : QWR__TO_CHOOSE;
    }
    while (status == QWR_PLUGIN_OK && !e->stuck && !qwr__lanes_over(e->host) &&
           e->bound < e->value && e->bound <= qwr__engine_highest(e)) {
        if (e->stage == QWR__TO_CHOOSE) {
            status = qwr__engine_choose(e);
            if (status == QWR_PLUGIN_OK && !qwr__lanes_over(e->host))
                status = qwr__engine_climb_choice(e);
            if (status == QWR_PLUGIN_OK && !qwr__lanes_over(e->host) &&
                e->bound <= e->choice_target)
                e->stage = QWR__TO_HUNT;
        } else {
            if (e->lanes.calls >= QWR__MANY_CALLS)
                status = qwr__engine_mend(e);
            if (status == QWR_PLUGIN_OK)
                status = qwr__engine_prove(e);
        }
    }
    return status;
}

static int32_t create(void **instance, const qwr_host *host)
{
    qwr__engine *e = qwr__lanes_alloc(host, 1, sizeof *e);
    *instance = e;
    if (!e)
        return QWR_PLUGIN_ENOMEM;
    e->host = host;
    return QWR_PLUGIN_OK;
}

static void destroy(void *instance)
{
    qwr__engine *e = instance;
    const qwr_host *host = e->host;
    engine_free(e);
    host->release(host->payload, e);
}

/* Makes the tables once; a second problem begins anew. */
static int32_t get_ready(qwr__engine *e, const qwr_problem_view *view)
{
    const qwr_host *host = e->host;
    if (e->ready && e->view == view)
        return QWR_PLUGIN_OK;
    engine_free(e);
    int32_t status = engine_init(e, host, view);
    e->ready = status == QWR_PLUGIN_OK;
    return status;
}

static int32_t improve_bound(void *instance, const qwr_problem_view *view)
{
    qwr__engine *e = instance;
    int32_t status = get_ready(e, view);
    return status == QWR_PLUGIN_OK ? qwr__engine_climb(e) : status;
}

static int32_t improve(void *instance, const qwr_problem_view *view)
{
    int32_t status = get_ready(instance, view);
    return status == QWR_PLUGIN_OK ? advance(instance) : status;
}

static const qwr_optimiser_functions BOUND_FUNCTIONS = {
    .size = sizeof BOUND_FUNCTIONS, .create = create, .destroy = destroy, .improve = improve_bound};

const qwr_plugin qwr__interval_plugin = {
    .size = sizeof qwr__interval_plugin,
    .abi_major = QWR_PLUGIN_ABI_MAJOR,
    .abi_minor = QWR_PLUGIN_ABI_MINOR,
    .kind = QWR_PLUGIN_OPTIMISER,
    .capabilities = QWR_CAP_BERTH,
    .id = "interval",
    .version = "1",
    .summary = "Bound for discrete berths: one cheapest path over time a berth.",
    .licence = "Apache-2.0",
    .optimiser = &BOUND_FUNCTIONS};

static const qwr_optimiser_functions FUNCTIONS = {
    .size = sizeof FUNCTIONS, .create = create, .destroy = destroy, .improve = improve};

const qwr_plugin qwr__branch_plugin = {
    .size = sizeof qwr__branch_plugin,
    .abi_major = QWR_PLUGIN_ABI_MAJOR,
    .abi_minor = QWR_PLUGIN_ABI_MINOR,
    .kind = QWR_PLUGIN_OPTIMISER,
    .capabilities = QWR_CAP_BERTH,
    .id = "branch",
    .version = "1",
    .summary = "Bound, solutions and proof for discrete berths by branch and price.",
    .licence = "Apache-2.0",
    .optimiser = &FUNCTIONS};
