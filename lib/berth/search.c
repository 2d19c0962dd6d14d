/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ruin and recreate: lift a few calls that lie close together, put them back one by one where they
 * are cheapest, keep the result if it is not much worse. A fixed number of chains runs in rounds;
 * a chain's numbers depend on its own index only, so any number of threads gives the same plan.
 * Sees the problem view and the host table, nothing else.
 */
#include "berth/search.h"
#include "berth/construct.h"

#include <string.h>

enum { CHAINS = 4, MAX_RUIN = 12, ROUND_ITERATIONS = 128 };

/** One chain: its own board, its best, and its own stream of random numbers. */
typedef struct chain {
    qwr__board now;
    uint32_t *best_row;
    int32_t *best_start;
    int64_t best_value; /**< as qwr__board_value() */
    uint64_t stream, drawn;
    int64_t work;
    int64_t threshold; /**< how much worse a step may be, at most */
} chain;

typedef struct search {
    const qwr_host *host;
    const qwr_problem_view *view;
    qwr__board_facts facts;
    qwr__call_facts calls;
    uint32_t *order;
    uint32_t hopeless; /**< calls without a candidate: left out by every solution */
    chain chain[CHAINS];
} search;

static uint64_t draw_bits(const search *s, chain *c)
{
    return s->host->random(s->host->payload, c->stream, c->drawn++);
}

static uint64_t draw(const search *s, chain *c, uint64_t below)
{
    uint64_t r = draw_bits(s, c);
    return (uint64_t)((unsigned __int128)r * below >> 64);
}

static void remember(chain *c)
{
    qwr__board_store(&c->now, c->best_row, c->best_start);
    c->best_value = qwr__board_value(&c->now);
}

/* With a makespan objective: every later end is forbidden, and what lies there is lifted. */
static void tighten(const search *s, chain *c)
{
    if (!s->view->makespan || c->now.unplaced > s->hopeless)
        return;
    c->now.end_cap = qwr__board_makespan(&c->now) - 1;
    for (uint32_t i = 0; i < s->view->call_count; i++) {
        qwr__spot *p = &c->now.spot[i];
        if (p->row != UINT32_MAX && p->start + s->view->class_duration[p->klass] > c->now.end_cap)
            qwr__board_lift(&c->now, i);
    }
}

/* How far apart two calls lie; calls without a place are close to everything of their time. */
static int64_t distance(const search *s, const chain *c, uint32_t a, uint32_t b, int64_t along)
{
    const qwr__spot *x = &c->now.spot[a], *y = &c->now.spot[b];
    if (x->row == UINT32_MAX || y->row == UINT32_MAX)
        return 0;
    int64_t dt = x->start - y->start, dx = s->view->row_cell[x->row] - s->view->row_cell[y->row];
    return (dt < 0 ? -dt : dt) * 2 + (dx < 0 ? -dx : dx) * along;
}

/* Picks `wanted` calls near a random one; returns how many. */
static int choose_ruin(const search *s, chain *c, uint32_t *ruin, int wanted)
{
    uint32_t n = s->view->call_count, seed = (uint32_t)draw(s, c, n);
    uint32_t waiting = c->now.unplaced - s->hopeless;
    if (waiting && draw(s, c, 2)) { /* half the time start at a call that could have a place */
        uint32_t nth = (uint32_t)draw(s, c, waiting);
        for (uint32_t i = 0; i < n; i++)
            if (c->now.spot[i].row == UINT32_MAX && s->calls.options[i] > 0 && nth-- == 0) {
                seed = i;
                break;
            }
    }
    /* Sometimes whoever lies there at that time, sometimes the neighbours before and after. */
    int64_t far[MAX_RUIN],
        along = draw(s, c, 2) ? 1 : 1 + s->view->tick_count / (s->view->cell_count + 1);
    int count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i == seed)
            continue;
        bool full = count >= wanted - 1;
        int64_t d = distance(s, c, seed, i, along);
        if (full && (count == 0 || d >= far[count - 1]))
            continue; /* most calls are far away: no random number is spent on them */
        d += (int64_t)draw(s, c, 24);
        if (full && d >= far[count - 1])
            continue;
        int j = full ? count - 1 : count++;
        for (; j > 0 && far[j - 1] > d; j--) {
            far[j] = far[j - 1];
            ruin[j] = ruin[j - 1];
        }
        far[j] = d;
        ruin[j] = i;
    }
    ruin[count] = seed;
    return count + 1;
}

/* In which order the lifted calls go back: by chance, by arrival, by size or by urgency. */
static void order_ruin(const search *s, chain *c, uint32_t *ruin, int count)
{
    uint64_t kind = draw(s, c, 6);
    for (int k = count - 1; k > 0; k--) {
        int j = (int)draw(s, c, (uint64_t)k + 1);
        uint32_t swap = ruin[k];
        ruin[k] = ruin[j];
        ruin[j] = swap;
    }
    if (kind < 3)
        return;
    const int64_t *measure = kind == 4 ? s->calls.area : s->calls.slope;
    for (int k = 1; k < count; k++) {
        uint32_t i = ruin[k];
        int j = k;
        while (j > 0 &&
               (kind == 3 ? s->calls.place_in_ready[ruin[j - 1]] > s->calls.place_in_ready[i]
                          : measure[ruin[j - 1]] < measure[i])) {
            ruin[j] = ruin[j - 1];
            j--;
        }
        ruin[j] = i;
    }
}

/*
 * Where a lifted call goes: mostly to its cheapest place. Now and then some crane counts are
 * overlooked, or the cheapest start is: what is dearer for one call can be cheaper for all.
 */
static qwr__spot choose_spot(const search *s, chain *c, uint32_t call)
{
    int64_t limit = s->view->unplaced_cost;
    uint64_t kind = draw(s, c, 24);
    qwr__focus focus = {INT32_MIN, INT32_MAX, 0};
    if (kind == 0)
        focus.blink = draw_bits(s, c);
    qwr__spot spot = qwr__board_best(&c->now, call, limit, &focus);
    if (kind == 0 || kind > 2 || spot.row == UINT32_MAX)
        return spot;
    int32_t by = 1 + (int32_t)draw(s, c, 8);
    if (kind == 1)
        focus.first = spot.start + by;
    else
        focus.last = spot.start - by;
    qwr__spot other = qwr__board_best(&c->now, call, limit, &focus);
    return other.row != UINT32_MAX ? other : spot;
}

static void step(const search *s, chain *c)
{
    uint32_t n = s->view->call_count, ruin[MAX_RUIN + 1];
    qwr__spot before[MAX_RUIN + 1];
    int most = n < MAX_RUIN ? (int)n : MAX_RUIN;
    int wanted = most <= 2 ? most : 2 + (int)draw(s, c, (uint64_t)most - 1);
    int64_t old_cost = c->now.cost;
    int64_t limit = old_cost + (c->threshold ? (int64_t)draw(s, c, (uint64_t)c->threshold) : 0);
    int count = choose_ruin(s, c, ruin, wanted);
    order_ruin(s, c, ruin, count);
    int64_t hope = old_cost;
    for (int k = 0; k < count; k++) {
        before[k] = c->now.spot[ruin[k]];
        hope += s->calls.least[ruin[k]] - before[k].cost;
        qwr__board_lift(&c->now, ruin[k]);
    }
    /* `hope` is what the cost becomes if every call left lands at its cheapest: stop when even that
     * fails. */
    int placed = 0;
    for (; placed < count && hope <= limit; placed++) {
        qwr__spot spot = choose_spot(s, c, ruin[placed]);
        hope += spot.cost - s->calls.least[ruin[placed]];
        qwr__board_put(&c->now, ruin[placed], &spot);
    }
    c->work += placed + 1;
    if (placed == count && c->now.cost <= limit) {
        if (qwr__board_value(&c->now) < c->best_value && c->now.cost != old_cost) {
            remember(c);
            tighten(s, c);
        }
        return;
    }
    for (int k = 0; k < placed; k++)
        qwr__board_lift(&c->now, ruin[k]);
    for (int k = 0; k < count; k++)
        qwr__board_put(&c->now, ruin[k], &before[k]);
}

static void run_chain(const search *s, chain *c, int iterations)
{
    for (int k = 0; k < iterations; k++) {
        /* Where there are very many candidates a step takes a tenth of a second. */
        if (s->host->cancelled(s->host->payload) || s->host->remaining_us(s->host->payload) <= 0)
            break;
        step(s, c);
    }
}

static void release(search *s)
{
    for (int k = 0; k < CHAINS; k++) {
        qwr__board_free(&s->chain[k].now);
        s->host->release(s->host->payload, s->chain[k].best_row);
        s->host->release(s->host->payload, s->chain[k].best_start);
    }
    s->host->release(s->host->payload, s->order);
    qwr__call_facts_free(&s->calls);
    qwr__board_facts_free(&s->facts);
}

static int32_t prepare(search *s)
{
    const qwr_host *h = s->host;
    size_t n = s->view->call_count + 1;
    int32_t status = qwr__board_facts_init(&s->facts, h, s->view);
    if (status == QWR_PLUGIN_OK)
        status = qwr__call_facts_init(&s->calls, &s->facts);
    s->order = h->alloc(h->payload, n * sizeof *s->order);
    for (uint32_t i = 0; i < s->view->call_count; i++)
        s->hopeless += s->view->call_class_begin[i] == s->view->call_class_begin[i + 1];
    for (int k = 0; k < CHAINS && status == QWR_PLUGIN_OK; k++) {
        chain *c = &s->chain[k];
        status = qwr__board_init(&c->now, &s->facts);
        c->best_row = h->alloc(h->payload, n * sizeof *c->best_row);
        c->best_start = h->alloc(h->payload, n * sizeof *c->best_start);
        c->stream = (uint64_t)k + 1;
        if (!c->best_row || !c->best_start)
            status = QWR_PLUGIN_ENOMEM;
    }
    return s->order ? status : QWR_PLUGIN_ENOMEM;
}

/* Each chain begins at another first plan, or at the incumbent where that is better. */
static void begin(search *s)
{
    const qwr_host *h = s->host;
    qwr_solution_view incumbent = {.size = sizeof incumbent};
    bool given = h->incumbent(h->payload, &incumbent) == 0 && incumbent.row;
    for (int k = 0; k < CHAINS; k++) {
        chain *c = &s->chain[k];
        if (!given || (k > 0 && k < QWR__ORDER_COUNT)) {
            qwr__construct_order(s->order, &s->facts, &s->calls,
                                 (qwr__order)(k % QWR__ORDER_COUNT));
            qwr__construct(&c->now, s->order);
        }
        if (given &&
            (k == 0 || k >= QWR__ORDER_COUNT || qwr__board_value(&c->now) > incumbent.cost * 2))
            qwr__board_load(&c->now, &incumbent);
        remember(c);
        tighten(s, c);
    }
}

static int best_chain(const search *s)
{
    int best = 0;
    for (int k = 1; k < CHAINS; k++)
        if (s->chain[k].best_value < s->chain[best].best_value)
            best = k;
    return best;
}

static void offer(search *s)
{
    chain *c = &s->chain[best_chain(s)];
    qwr_solution_view solution = {.size = sizeof solution,
                                  .call_count = s->view->call_count,
                                  .row = c->best_row,
                                  .start = c->best_start,
                                  .cost = c->best_value};
    (void)s->host->submit(s->host->payload, &solution);
}

/* Permille of the budget that is used: by work if that is limited, else by time. */
static int64_t used_milli(const search *s, int64_t work_limit, int64_t work, int64_t time_limit)
{
    if (work_limit != INT64_MAX)
        return work_limit > 0 ? work * 1000 / work_limit : 1000;
    if (time_limit == INT64_MAX || time_limit <= 0)
        return 500;
    return 1000 - s->host->remaining_us(s->host->payload) * 1000 / time_limit;
}

/* Typical size of a step: mean excess over the cheapest candidates, falling to zero over the run.
 */
static int64_t threshold_at(const search *s, int64_t milli)
{
    const chain *c = &s->chain[best_chain(s)];
    int64_t excess = 0, left = milli < 1000 ? 1000 - milli : 0;
    for (uint32_t i = 0; i < s->view->call_count; i++)
        if (c->now.spot[i].row != UINT32_MAX)
            excess += c->now.spot[i].cost - s->calls.least[i];
    return excess / (s->view->call_count + 1) * left / 1000 * left / 1000 / 2;
}

static void share_best(search *s, uint64_t round)
{
    int best = best_chain(s), worst = best;
    for (int k = 0; k < CHAINS; k++)
        if (s->chain[k].best_value > s->chain[worst].best_value)
            worst = k;
    if (round % 16 != 15 || worst == best)
        return;
    chain *to = &s->chain[worst], *from = &s->chain[best];
    memcpy(to->best_row, from->best_row, s->view->call_count * sizeof *to->best_row);
    memcpy(to->best_start, from->best_start, s->view->call_count * sizeof *to->best_start);
    to->best_value = from->best_value;
    qwr__board_copy(&to->now, &from->now);
}

static void rounds(search *s)
{
    const qwr_host *h = s->host;
    int64_t work_limit = h->work_left(h->payload), work = 0;
    int64_t time_limit = h->remaining_us(h->payload), offered = INT64_MAX;
    int threads = h->threads ? h->threads(h->payload) : 1;
    (void)threads;
    for (uint64_t round = 0;; round++) {
        int64_t best = s->chain[best_chain(s)].best_value;
        if (best < offered) {
            offer(s);
            offered = best;
        }
        bool done = best <= h->best_bound(h->payload) || h->cancelled(h->payload) ||
                    h->remaining_us(h->payload) <= 0 || work >= work_limit;
        if (done || s->view->call_count < 2)
            break;
        /* Shorter rounds near the end keep the run inside its work limit. */
        int64_t fit =
            work_limit == INT64_MAX ? ROUND_ITERATIONS : (work_limit - work) / (CHAINS * 8);
        int iterations = fit < 1 ? 1 : fit < ROUND_ITERATIONS ? (int)fit : ROUND_ITERATIONS;
        int64_t threshold = threshold_at(s, used_milli(s, work_limit, work, time_limit));
        for (int k = 0; k < CHAINS; k++)
            s->chain[k].threshold = threshold * k / 2; /* the first only ever descends */
#ifdef _OPENMP
#pragma omp parallel for schedule(static, 1) num_threads(threads) if (threads > 1)
#endif
        for (int k = 0; k < CHAINS; k++)
            run_chain(s, &s->chain[k], iterations);
        int64_t before = work;
        for (int k = 0; k < CHAINS; k++) {
            work += s->chain[k].work;
            s->chain[k].work = 0;
        }
        h->work_done(h->payload, work - before);
        share_best(s, round);
    }
}

static int32_t create(void **instance, const qwr_host *host)
{
    search *s = host->alloc(host->payload, sizeof *s);
    if (!s)
        return QWR_PLUGIN_ENOMEM;
    memset(s, 0, sizeof *s);
    s->host = host;
    *instance = s;
    return QWR_PLUGIN_OK;
}

static void destroy(void *instance)
{
    search *s = instance;
    if (s)
        s->host->release(s->host->payload, s);
}

static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    search *s = instance;
    s->view = problem;
    if (problem->call_count == 0)
        return QWR_PLUGIN_OK;
    int32_t status = prepare(s);
    if (status == QWR_PLUGIN_OK) {
        begin(s);
        rounds(s);
    }
    release(s);
    return status;
}

static const qwr_optimiser_functions FUNCTIONS = {
    .size = sizeof FUNCTIONS, .create = create, .destroy = destroy, .improve = improve};

const qwr_plugin qwr__search_plugin = {.size = sizeof qwr__search_plugin,
                                       .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                       .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                       .kind = QWR_PLUGIN_OPTIMISER,
                                       .capabilities = QWR_CAP_BERTH,
                                       .id = "search",
                                       .version = "1",
                                       .summary =
                                           "Ruin and recreate over berths, starts and cranes.",
                                       .licence = "Apache-2.0",
                                       .optimiser = &FUNCTIONS};
