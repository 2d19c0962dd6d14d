/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order of bound and proof for discrete berths: multipliers for the whole table, what they
 * leave of it, and then targets from the bound upwards. Close to the bound little is left to
 * search, and what is found there is nearly optimal; what is not raises the bound.
 */
#include "discrete/discrete.h"
#include "discrete/mend.h"
#include "discrete/root.h"
#include "discrete/tree.h"

#include <string.h>

/* Evaluations of the first climb, with many calls and with few, and of the second. */
enum { CLIMB_ROUNDS = 4000, SHORT_ROUNDS = 400, GRAPH_ROUNDS = 60 };
/* More candidates than this are not made a graph of: about 100 bytes each, while it lasts. */
enum { MOST_CHOICES = 400000 };
/* Nodes of a run of the tree: at first, how many times as many later, and when to give up. */
enum { FIRST_NODES = 100, MORE_NODES = 8, MOST_NODES = 100000000 };
/* With many calls parts are planned anew at once; then, or with as many lanes at least, again
 * between the runs. They end when so many tries a lane have failed (once a lane with few calls). */
enum { MANY_CALLS = 100, MEND_LANES = 6, MEND_TRIES = 4 };

/** What an instance works with. */
typedef struct engine {
    const qwr_host *host;
    const qwr_problem_view *view;
    qwr__lanes whole; /**< lanes as the view has them */
    qwr__lanes lanes; /**< folded */
    qwr__rules rules;
    qwr__dense dense;
    bool has_dense;
    qwr__master master;
    qwr__ledger ledger;
    int64_t *pi;       /**< [calls] */
    int64_t *first_pi; /**< [calls] multipliers that chose `choice` from the whole table */
    int32_t *visits;
    qwr__choice *choice; /**< what solutions up to `choice_target` may use */
    uint32_t count;
    int64_t choice_target;
    int64_t left_out;  /**< cost of the calls without jobs */
    int stage;         /**< done: 0 nothing, 1 the first climb, 2 the second */
    bool ready;        /**< tables are made */
    int64_t nodes;     /**< of a run of the tree, at most */
    int64_t mends;     /**< parts planned anew so far */
    int64_t reach;     /**< of its target beyond the bound */
    int64_t short_one; /**< what leaving out a call that has jobs costs at least */
    int64_t value;     /**< best solution without left_out; INT64_MAX: none */
    int64_t bound;     /**< no solution costs less; without left_out */
} engine;

static void engine_free(engine *e)
{
    const qwr_host *h = e->host;
    void *blocks[] = {e->pi, e->first_pi, e->visits, e->choice};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    if (e->ledger.host)
        qwr__ledger_free(&e->ledger);
    qwr__master_free(&e->master);
    qwr__dense_free(&e->dense);
    qwr__rules_free(&e->rules);
    qwr__lanes_free(&e->lanes);
    qwr__lanes_free(&e->whole);
}

static void look_at_incumbent(engine *e)
{
    qwr_solution_view s = {.size = sizeof s};
    if (e->host->incumbent(e->host->payload, &s) == 0 && s.cost - e->left_out < e->value)
        e->value = s.cost - e->left_out;
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
static void begin_at(engine *e)
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

static int32_t engine_init(engine *e, const qwr_host *host, const qwr_problem_view *view)
{
    memset(e, 0, sizeof *e);
    e->host = host;
    e->view = view;
    e->value = INT64_MAX;
    e->bound = INT64_MIN;
    e->nodes = FIRST_NODES;
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
    status = qwr__master_init(&e->master, &e->lanes);
    e->left_out = (int64_t)e->lanes.hopeless * view->unplaced_cost;
    look_at_incumbent(e);
    begin_at(e);
    return status;
}

/* The highest cost worth looking for: below the incumbent, and nobody left out. */
static int64_t highest_target(const engine *e)
{
    return e->value <= e->short_one ? e->value - 1 : e->short_one - 1;
}

static int64_t ceil_units(int64_t dual)
{
    return dual / QWR__DUAL_SCALE + (dual % QWR__DUAL_SCALE > 0);
}

/* Offers the bound of the multipliers at hand; `chosen`: of what the first ones left. */
static void offer_bound(engine *e, int64_t dual, bool chosen)
{
    if (dual == INT64_MIN)
        return;
    int64_t bound = ceil_units(dual);
    /* The dual is about solutions that leave nobody out; others cost short_one at least. */
    bound = bound < e->short_one ? bound : e->short_one;
    if (bound <= e->bound)
        return;
    e->bound = bound;
    qwr__ledger_clear(&e->ledger);
    if (chosen && e->has_dense)
        qwr__ledger_prices(&e->ledger, e->first_pi);
    qwr__ledger_prices(&e->ledger, e->pi);
    qwr__ledger_end(&e->ledger);
    (void)qwr__ledger_submit(&e->ledger, bound - 1 + e->left_out, chosen);
}

/* Every candidate, in the order of a graph's; more than the limit: UINT32_MAX. */
static uint32_t all_choices(const engine *e, qwr__choice *keep, uint32_t most)
{
    const qwr__lanes *l = &e->lanes;
    uint32_t count = 0;
    for (uint32_t x = 0; x < l->lanes; x++)
        for (int32_t t = 0; t < l->ticks; t++)
            for (uint32_t k = l->begin[x]; k < l->begin[x + 1]; k++) {
                uint32_t j = e->rules.order[k];
                if (t < l->first[j] || t > l->last[j])
                    continue;
                if (count == most)
                    return UINT32_MAX;
                keep[count++] = (qwr__choice){j, t};
            }
    return count;
}

/* The climb on the whole table, and what its multipliers leave for `target`. */
static int32_t first_climb(engine *e, int64_t *dual)
{
    qwr__field f = {.dense = e->has_dense ? &e->dense : NULL, .visits = e->visits};
    int64_t upper = e->value == INT64_MAX ? 0 : e->value;
    if (upper == 0)
        for (uint32_t i = 0; i < e->lanes.calls; i++)
            upper += e->pi[i] / QWR__DUAL_SCALE * 2;
    *dual = INT64_MIN;
    if (!e->has_dense)
        return QWR_PLUGIN_OK;
    return qwr__root_climb(dual, &f, &e->rules, e->pi, upper * QWR__DUAL_SCALE,
                           (upper - 1) * QWR__DUAL_SCALE,
                           e->lanes.calls > 100 ? CLIMB_ROUNDS : SHORT_ROUNDS);
}

static int32_t choose(engine *e, int64_t target)
{
    int64_t dual;
    uint32_t most = MOST_CHOICES;
    if (!e->choice)
        e->choice = qwr__lanes_alloc(e->host, most, sizeof *e->choice);
    if (!e->choice)
        return QWR_PLUGIN_ENOMEM;
    if (!e->has_dense) {
        e->count = all_choices(e, e->choice, most);
        e->choice_target = QWR__FAR;
        return e->count == UINT32_MAX ? QWR_PLUGIN_EUNSUPPORTED : QWR_PLUGIN_OK;
    }
    if (!qwr__dense_dual(&dual, &e->dense, e->pi))
        return QWR_PLUGIN_EUNSUPPORTED;
    /* Too many: a target nearer to the bound leaves fewer. */
    for (;;) {
        e->count = qwr__dense_filter(&e->dense, e->pi, dual, target, e->choice, most);
        int64_t gap = target - ceil_units(dual);
        if (e->count <= most || gap <= 0 || qwr__lanes_over(e->host))
            break;
        target -= gap / 2 + 1;
    }
    memcpy(e->first_pi, e->pi, e->lanes.calls * sizeof *e->pi);
    e->choice_target = target;
    if (e->count > most && qwr__lanes_over(e->host))
        return QWR_PLUGIN_OK; /* what stands in choice[] is of no use */
    if (target < e->bound)
        return QWR_PLUGIN_EUNSUPPORTED; /* too many even there */
    return e->count <= most ? QWR_PLUGIN_OK : QWR_PLUGIN_EUNSUPPORTED;
}

/* One run of the tree for solutions of cost `target` or less. */
static int32_t hunt(engine *e, int64_t target, int64_t nodes, bool *exhausted)
{
    qwr__tree t = {.rules = &e->rules,
                   .whole = &e->whole,
                   .master = &e->master,
                   .ledger = &e->ledger,
                   .target = target,
                   .left_out = e->left_out};
    qwr__graph g;
    qwr__ledger_clear(&e->ledger);
    if (e->has_dense)
        qwr__ledger_prices(&e->ledger, e->first_pi);
    /* The best multipliers leave less than those that made the choice. */
    int32_t status = qwr__graph_init(&g, &e->rules, e->choice, e->count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    qwr__choice *keep = qwr__lanes_alloc(e->host, (size_t)e->count + 1, sizeof *keep);
    if (!keep) {
        qwr__graph_free(&g);
        return QWR_PLUGIN_ENOMEM;
    }
    int64_t dual = qwr__graph_dual(&g, e->pi);
    uint32_t kept = qwr__graph_filter(&g, e->pi, dual, target, keep);
    qwr__ledger_prices(&e->ledger, e->pi);
    qwr__graph_free(&g);
    int64_t *pi = qwr__lanes_alloc(e->host, (size_t)e->lanes.calls + 1, sizeof *pi);
    if (pi) {
        memcpy(pi, e->pi, e->lanes.calls * sizeof *pi);
        status = qwr__tree_run(&t, keep, kept, pi, nodes);
    } else {
        status = QWR_PLUGIN_ENOMEM;
    }
    *exhausted = t.exhausted;
    if (t.found)
        e->value = t.target + 1;
    if (t.exhausted && status == QWR_PLUGIN_OK) {
        e->bound = t.target + 1 > e->bound ? t.target + 1 : e->bound;
        (void)qwr__ledger_submit(&e->ledger, t.target + e->left_out, true);
    }
    if (pi)
        e->host->release(e->host->payload, pi);
    e->host->release(e->host->payload, keep);
    return status;
}

/* The bound of the ordered graph: a few steps, then column generation. */
static int32_t second_climb(engine *e)
{
    qwr__graph g;
    qwr__master_end end;
    int64_t dual;
    int32_t status = qwr__graph_init(&g, &e->rules, e->choice, e->count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    qwr__field f = {
        .graph = &g, .visits = e->visits, .path = e->master.path, .longest = e->master.longest};
    int64_t upper = (highest_target(e) + 1) * QWR__DUAL_SCALE;
    status =
        qwr__root_climb(&dual, &f, &e->rules, e->pi, upper, upper - QWR__DUAL_SCALE, GRAPH_ROUNDS);
    int64_t target = highest_target(e);
    target = e->choice_target < target ? e->choice_target : target;
    if (status == QWR_PLUGIN_OK)
        status = qwr__master_solve(&end, &e->master, &g, e->pi, target, 200);
    if (status == QWR_PLUGIN_OK) {
        /* What was left out of the choice costs more than choice_target. */
        int64_t most =
            e->choice_target == QWR__FAR ? end.dual : (e->choice_target + 1) * QWR__DUAL_SCALE;
        offer_bound(e, end.dual < most ? end.dual : most, true);
    }
    qwr__graph_free(&g);
    return status;
}

/* Large problems: parts of the solution are planned anew until that has long brought nothing. */
static int32_t mend(engine *e)
{
    uint32_t failed = 0, most = e->whole.lanes * (e->lanes.calls < MANY_CALLS ? 1 : MEND_TRIES);
    while (failed < most && !qwr__lanes_over(e->host) && e->bound < e->value) {
        bool found;
        int32_t status = qwr__mend(&found, &e->whole, e->pi, (uint64_t)e->mends++);
        if (status != QWR_PLUGIN_OK)
            return status;
        failed = found ? 0 : failed + 1;
        look_at_incumbent(e);
    }
    return QWR_PLUGIN_OK;
}

/* Targets from the bound upwards; once the highest has had its nodes, all over with more nodes. */
static int32_t prove(engine *e)
{
    while (!qwr__lanes_over(e->host) && e->bound < e->value && e->bound <= highest_target(e)) {
        bool exhausted = false;
        int64_t highest = highest_target(e);
        if (highest > e->choice_target)
            highest = e->choice_target;
        int64_t target = e->reach < highest - e->bound ? e->bound + e->reach : highest;
        if (target < e->bound) { /* what was chosen has been searched: choose anew */
            e->stage = 1;
            return QWR_PLUGIN_OK;
        }
        int32_t status = hunt(e, target, e->nodes, &exhausted);
        if (status != QWR_PLUGIN_OK)
            return status;
        look_at_incumbent(e);
        if (qwr__lanes_over(e->host) && !exhausted)
            break;
        bool last = !exhausted && target >= highest;
        e->reach = last ? 0 : 2 * e->reach + 1;
        e->nodes *= last && e->nodes < MOST_NODES ? MORE_NODES : 1;
        if (last && e->nodes >= MOST_NODES)
            break;
        if (last && e->whole.lanes >= MEND_LANES)
            status = mend(e);
        if (status != QWR_PLUGIN_OK)
            return status;
    }
    return QWR_PLUGIN_OK;
}

static int32_t advance(engine *e)
{
    int64_t dual;
    int32_t status = QWR_PLUGIN_OK;
    look_at_incumbent(e);
    if (e->stage == 0) {
        status = first_climb(e, &dual);
        if (status != QWR_PLUGIN_OK)
            return status;
        offer_bound(e, dual, false);
        e->stage = qwr__lanes_over(e->host) ? 0 : 1;
    }
    while (status == QWR_PLUGIN_OK && !qwr__lanes_over(e->host) && e->bound < e->value &&
           e->bound <= highest_target(e)) {
        int64_t bound = e->bound;
        if (e->stage == 1) {
            status = choose(e, highest_target(e));
            if (status == QWR_PLUGIN_OK && e->count > MOST_CHOICES)
                break; /* out of time in the middle of it */
            if (status == QWR_PLUGIN_OK)
                status = second_climb(e);
            if (status == QWR_PLUGIN_OK && qwr__lanes_over(e->host))
                break;
            /* With a target that had to be lowered, better multipliers leave room for more. */
            bool again = e->choice_target < highest_target(e) && e->bound > bound;
            e->stage = again && e->bound > e->choice_target ? 1 : 2;
        } else {
            if (e->whole.lanes >= MEND_LANES && e->lanes.calls >= MANY_CALLS)
                status = mend(e);
            if (status == QWR_PLUGIN_OK)
                status = prove(e);
        }
    }
    return status;
}

static int32_t create(void **instance, const qwr_host *host)
{
    engine *e = qwr__lanes_alloc(host, 1, sizeof *e);
    *instance = e;
    if (!e)
        return QWR_PLUGIN_ENOMEM;
    e->host = host;
    return QWR_PLUGIN_OK;
}

static void destroy(void *instance)
{
    engine *e = instance;
    const qwr_host *host = e->host;
    engine_free(e);
    host->release(host->payload, e);
}

/* Makes the tables once; a second problem begins anew. */
static int32_t get_ready(engine *e, const qwr_problem_view *view)
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
    engine *e = instance;
    int64_t dual;
    int32_t status = get_ready(e, view);
    if (status == QWR_PLUGIN_OK)
        status = first_climb(e, &dual);
    if (status == QWR_PLUGIN_OK)
        offer_bound(e, dual, false);
    return status;
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
