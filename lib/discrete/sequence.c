/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The optimiser: stages of annealing, each several times as long as the one before, so that a good
 * plan is there early and most of the budget goes into the longest stage. The last stage is cut to
 * what is left. A unit of work is UNIT moves tried. Sees the problem view and the host, no more.
 */
#include "discrete/sequence.h"
#include "discrete/sequence_anneal.h"

#include <string.h>

/*
 * TURN moves share one large move and one order of time; between two looks at the clock BLOCK of
 * them, about 12 us. STREAM keeps our random numbers apart from those of others.
 */
enum { UNIT = 64, BLOCK = 256, TURN = 1024, STREAM = 0x5e9, SAMPLE = 1024 };
/* A ruin is dear where there are many places: then one in so many turns. */
enum { RUIN = 8, FEW = 64 };
/* The first stage has this many moves a call, the next ones GROW times as many each. */
enum { FIRST_STAGE = 200, GROW = 4 };
/*
 * GROW was measured: 2 is best for 30 to 60 calls in 250 ms, 8 for 200 calls in 6 s. HOT below 30
 * leaves congested berths stuck (f200x15-03), above 80 wastes the time of all others.
 */
/* Temperatures of a stage, in thousandths of the mean worsening by a random move. */
enum { HOT = 50, COLD = 2 };

typedef struct search {
    const qwr_host *host;
    qwr__lanes table;
    qwr__anneal anneal;
    int64_t offered;     /**< what the host has been offered, or has itself */
    int64_t hot, cold;   /**< temperatures in 1/QWR__HEAT */
    int64_t tried;       /**< moves */
    int64_t work_limit;  /**< moves; INT64_MAX: none */
    int64_t began_work;  /**< tells this improvement from others of the run */
    int64_t began_us;    /**< remaining_us() at the beginning; INT64_MAX: no deadline */
    int64_t stage_moves; /**< of the next stage; goes on where improve() ended before */
    uint64_t turns;
    uint64_t round; /**< stages begun by this instance: no two share random numbers */
} search;

static int64_t remaining_us(const search *s)
{
    return s->host->remaining_us(s->host->payload);
}

static bool over(const search *s)
{
    const qwr_host *h = s->host;
    return h->cancelled(h->payload) || remaining_us(s) <= 0 || s->tried >= s->work_limit ||
           (s->anneal.best < s->offered ? s->anneal.best : s->offered) <= h->best_bound(h->payload);
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

/* 2^(-x / 2^16) in 1/2^16, x >= 0: a straight line between sixteenths of an octave is within 0.03
 * %. */
static int64_t power(int64_t x)
{
    static const int32_t sixteenth[17] = {65536, 62757, 60097, 57549, 55109, 52772,
                                          50535, 48393, 46341, 44376, 42495, 40693,
                                          38968, 37316, 35734, 34219, 32768};
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
    int64_t
        begin_us; /**< remaining_us() then, where the clock rules the last stage; else INT64_MAX */
    bool last;
} stage;

static int64_t progress(const search *s, const stage *g, int64_t done)
{
    if (g->begin_us == INT64_MAX)
        return done * 65536 / g->moves;
    return (g->begin_us - remaining_us(s)) * 65536 / (g->begin_us + 1);
}

/* One turn at a temperature; how many moves that were. */
static int64_t turn(search *s, int64_t heat)
{
    qwr__anneal *a = &s->anneal;
    int64_t done = 0;
    a->heat = heat;
    qwr__anneal_refresh(a);
    qwr__anneal_match(a);
    if (s->turns++ % RUIN == 0 || s->table.calls <= FEW || a->now.out_count > 0)
        qwr__anneal_ruin(a);
    while (done < TURN && !over(s)) {
        int64_t left = s->work_limit - s->tried;
        uint32_t moves = left < BLOCK ? (uint32_t)left : BLOCK;
        qwr__anneal_run(a, moves);
        done += moves;
        s->tried += moves;
        s->host->work_done(s->host->payload, (moves + UNIT - 1) / UNIT);
    }
    return done;
}

static void anneal(search *s, const stage *g)
{
    int64_t range = octaves(s->hot, s->cold), done = 0, offered_at = 0;
    for (int64_t x = 0; x < 65536 && !over(s); x = progress(s, g, done)) {
        done += turn(s, s->hot * power(x * range >> 16) >> 16);
        if (done - offered_at >= 64 * TURN) {
            offered_at = done;
            offer(s);
        }
    }
    offer(s);
}

/* How many moves are left, as far as known. */
static int64_t moves_left(const search *s)
{
    if (s->work_limit != INT64_MAX)
        return s->work_limit - s->tried;
    int64_t time = remaining_us(s);
    if (time == INT64_MAX || s->tried == 0)
        return INT64_MAX;
    int64_t rate = s->tried * 1024 / (s->began_us - time + 1) + 1; /* moves in 1024 us */
    return time > INT64_MAX / rate ? INT64_MAX : time * rate / 1024;
}

/* The next stage; it is the last if less than half of another one after it would fit. */
static stage plan_stage(const search *s)
{
    stage g = {.moves = s->stage_moves, .begin_us = INT64_MAX};
    int64_t left = moves_left(s);
    g.last = left < g.moves + g.moves / 2 * GROW;
    if (g.last) {
        g.moves = left > BLOCK ? left : BLOCK;
        g.begin_us = s->work_limit == INT64_MAX ? remaining_us(s) : INT64_MAX;
    }
    return g;
}

static void stages(search *s)
{
    qwr__anneal *a = &s->anneal;
    const qwr_host *h = s->host;
    bool first = true;
    while (!over(s)) {
        /* A later call of another instance must not repeat the walk of an earlier one. */
        a->random = h->random(h->payload, STREAM + s->round++, (uint64_t)s->began_work);
        if (!first)
            qwr__anneal_back(a);
        first = false;
        stage g = plan_stage(s);
        anneal(s, &g);
        if (s->stage_moves < INT64_MAX / (4 * GROW))
            s->stage_moves *= GROW;
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
    s->began_work = h->work_left(h->payload) ^ a->best;
    a->random = h->random(h->payload, STREAM, UINT64_MAX);
    int64_t mean = qwr__anneal_sample(a, SAMPLE), most = INT64_MAX / QWR__HEAT / HOT / 65536;
    mean = mean < most ? mean : most;
    s->hot = mean * QWR__HEAT * HOT / 1000 + 2;
    s->cold = mean * QWR__HEAT * COLD / 1000 + 1;
    if (s->stage_moves == 0)
        s->stage_moves = (int64_t)s->table.calls * FIRST_STAGE;
    s->tried = 0;
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
