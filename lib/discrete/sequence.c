/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The optimiser: stages of annealing, each several times as long as the one before, so that a good
 * plan is there early and most of the budget goes into the longest stage. The last stage is cut to
 * what is left. A unit of work is UNIT moves tried. Sees the problem view and the host, no more.
 */
#include "discrete/sequence.h"
#include "discrete/sequence_anneal.h"

#include <string.h>

#ifdef SEQ_TUNE
extern int seq_tune[16];
#define TUNE(k, d) seq_tune[k]
#else
#define TUNE(k, d) d
#endif

/* Moves tried between two looks at the clock: about 40 us. STREAM keeps our numbers apart. */
enum { UNIT = 64, BLOCK = 1024, STREAM = 0x5e9 };

typedef struct search {
    const qwr_host *host;
    qwr__lanes table;
    qwr__anneal anneal;
    int64_t offered;          /**< what the host has been offered, or has itself */
    int64_t hot, cold;        /**< temperatures in 1/QWR__HEAT */
    int64_t tried;            /**< moves */
    int64_t work_limit;       /**< moves; INT64_MAX: none */
    int64_t began_us, time_us; /**< remaining_us at the beginning; INT64_MAX: no deadline */
} search;

static int64_t remaining_us(const search *s)
{
    return s->host->remaining_us(s->host->payload);
}

static bool over(const search *s)
{
    const qwr_host *h = s->host;
    return h->cancelled(h->payload) || remaining_us(s) <= 0 || s->tried >= s->work_limit ||
           s->anneal.best <= h->best_bound(h->payload);
}

static void offer(search *s)
{
    qwr__anneal *a = &s->anneal;
    if (a->best >= s->offered)
        return;
    qwr_solution_view solution = {.size = sizeof solution,
                                  .call_count = s->table.calls,
                                  .row = a->best_row,
                                  .start = a->best_start,
                                  .cost = a->best};
    (void)s->host->submit(s->host->payload, &solution);
    s->offered = a->best;
}

/* 2^(-x / 2^16) in 1/2^16, x >= 0: a straight line between sixteenths of an octave is within 0.03 %. */
static int64_t power(int64_t x)
{
    static const int32_t sixteenth[17] = {65536, 62757, 60097, 57549, 55109, 52772, 50535, 48393,
                                          46341, 44376, 42495, 40693, 38968, 37316, 35734, 34219,
                                          32768};
    int64_t whole = x >> 16, part = x & 65535, k = part >> 12;
    if (whole > 40)
        return 0;
    return (sixteenth[k] - (((sixteenth[k] - sixteenth[k + 1]) * (part & 4095)) >> 12)) >> whole;
}

/* How many octaves lie between the temperatures, in 1/2^16. */
static int64_t octaves(int64_t hot, int64_t cold)
{
    int64_t count = 0;
    for (; hot >= 2 * cold; cold *= 2)
        count += 65536;
    return count + (hot - cold) * 65536 / cold;
}

typedef struct stage {
    int64_t moves;
    int64_t begin_us, end_us; /**< remaining_us: the last stage of a limited time runs by the clock */
    bool last;
} stage;

static int64_t progress(const search *s, const stage *g, int64_t done)
{
    if (!g->last || g->begin_us == INT64_MAX)
        return done * 65536 / g->moves;
    return (g->begin_us - remaining_us(s)) * 65536 / (g->begin_us - g->end_us + 1);
}

static void anneal(search *s, const stage *g, int64_t hot, int64_t cold)
{
    qwr__anneal *a = &s->anneal;
    int64_t range = octaves(hot, cold), done = 0, offered_at = 0;
    for (int64_t x = 0; x < 65536; x = progress(s, g, done)) {
        int64_t left = s->work_limit - s->tried;
        uint32_t moves = left < BLOCK ? (uint32_t)left : BLOCK;
        a->heat = (hot * power(x * range >> 16)) >> 16;
        qwr__anneal_run(a, moves);
        done += moves;
        s->tried += moves;
        s->host->work_done(s->host->payload, (moves + UNIT - 1) / UNIT);
        if (done - offered_at >= 64 * BLOCK) {
            offered_at = done;
            offer(s);
        }
        if (over(s))
            break;
    }
    offer(s);
}

/* The next stage, or the last one when what would be left is less than another such stage. */
static stage plan_stage(const search *s, int64_t moves)
{
    stage g = {.moves = moves, .begin_us = INT64_MAX};
    int64_t left = s->work_limit - s->tried, grow = TUNE(5, 4);
    if (s->work_limit != INT64_MAX) {
        g.last = left < moves + moves * grow / 2;
        g.moves = g.last ? left : moves;
        return g;
    }
    int64_t time = remaining_us(s);
    if (time == INT64_MAX || s->tried == 0)
        return g;
    int64_t rate = s->tried * 1024 / (s->began_us - time + 1) + 1; /* moves in 1024 us */
    int64_t fit = time > INT64_MAX / rate ? INT64_MAX : time * rate / 1024;
    if (fit < moves + moves * grow / 2) {
        g.last = true;
        g.moves = fit > BLOCK ? fit : BLOCK;
        g.begin_us = time;
        g.end_us = 0;
    }
    return g;
}

static void stages(search *s)
{
    qwr__anneal *a = &s->anneal;
    const qwr_host *h = s->host;
    int64_t moves = (int64_t)s->table.calls * TUNE(6, 200), grow = TUNE(5, 4);
    moves = moves < 4 * BLOCK ? 4 * BLOCK : moves;
    for (uint64_t k = 0; !over(s); k++) {
        a->random = h->random(h->payload, STREAM, k);
        if (k == 0 || TUNE(9, 0) == 0)
            ;
        else
            qwr__anneal_back(a);
        stage g = plan_stage(s, moves);
        anneal(s, &g, s->hot, s->cold);
        if (g.last && s->work_limit != INT64_MAX)
            break;
        moves *= grow;
    }
}

static void begin(search *s)
{
    const qwr_host *h = s->host;
    qwr__anneal *a = &s->anneal;
    qwr_solution_view incumbent = {.size = sizeof incumbent};
    s->offered = INT64_MAX;
    if (h->incumbent(h->payload, &incumbent) == 0 && incumbent.row) {
        qwr__sequence_load(&a->now, incumbent.row, incumbent.start, a->order, a->key);
        s->offered = incumbent.cost;
    } else {
        qwr__sequence_construct(&a->now, a->order, a->key);
    }
    qwr__anneal_keep(a);
    offer(s);
    s->work_limit = h->work_left(h->payload);
    if (s->work_limit < INT64_MAX / UNIT)
        s->work_limit *= UNIT;
    else
        s->work_limit = INT64_MAX;
    s->began_us = remaining_us(s);
    a->random = h->random(h->payload, STREAM, UINT64_MAX);
    int64_t mean = qwr__anneal_sample(a, 4 * BLOCK);
    if (TUNE(8,0)) __builtin_printf("mean %ld cost %ld\n",(long)mean,(long)a->best);
    s->hot = mean * QWR__HEAT * TUNE(3, 30) / 100;
    s->cold = mean * QWR__HEAT * TUNE(4, 10) / 1000;
    s->hot = s->hot < 2 ? 2 : s->hot;
    s->cold = s->cold < 1 ? 1 : s->cold;
}

static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    search *s = instance;
    int32_t status = qwr__lanes_init(&s->table, s->host, problem);
    if (status != QWR_PLUGIN_OK)
        return status;
    status = qwr__anneal_init(&s->anneal, &s->table);
    if (status == QWR_PLUGIN_OK) {
        begin(s);
        if (s->anneal.count > 1)
            stages(s);
    }
    qwr__anneal_free(&s->anneal);
    qwr__lanes_free(&s->table);
    return status;
}

static int32_t create(void **instance, const qwr_host *host)
{
    search *s = qwr__lanes_alloc(host, 1, sizeof *s);
    if (!s)
        return QWR_PLUGIN_ENOMEM;
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

static const qwr_optimiser_functions FUNCTIONS = {
    .size = sizeof FUNCTIONS, .create = create, .destroy = destroy, .improve = improve};

const qwr_plugin qwr__sequence_plugin = {.size = sizeof qwr__sequence_plugin,
                                         .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                         .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                         .kind = QWR_PLUGIN_OPTIMISER,
                                         .capabilities = QWR_CAP_BERTH,
                                         .id = "sequence",
                                         .version = "1",
                                         .summary = "Annealing of berth sequences, for berths that "
                                                    "hold one vessel at a time.",
                                         .licence = "Apache-2.0",
                                         .optimiser = &FUNCTIONS};
