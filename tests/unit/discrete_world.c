/* SPDX-License-Identifier: Apache-2.0 */
/* The host of the discrete tests and its problems: see discrete_world.h. */
#include "discrete_world.h"
#include "support/support.h"

#include "base/base.h"

#include <stdlib.h>
#include <string.h>

/* --- the host --- */

static void *host_alloc(void *payload, size_t bytes)
{
    world *w = payload;
    if (++w->allocations == w->fail_at)
        return NULL;
    w->blocks++;
    return malloc(bytes ? bytes : 1);
}

static void host_release(void *payload, void *block)
{
    ((world *)payload)->blocks -= block != NULL;
    free(block);
}

static int32_t host_cancelled(void *payload)
{
    world *w = payload;
    if (w->cancel_at == 0 || ++w->looks < w->cancel_at)
        return 0;
    w->looks_after = w->looks - w->cancel_at;
    return 1;
}

static int64_t host_remaining_us(void *payload)
{
    (void)payload;
    return INT64_MAX;
}

static uint64_t host_random(void *payload, uint64_t stream, uint64_t index)
{
    return qwr__random(((world *)payload)->seed, stream, index);
}

static int64_t host_work_left(void *payload)
{
    const world *w = payload;
    return w->worked < w->work ? w->work - w->worked : 0;
}

static void host_work_done(void *payload, int64_t units)
{
    ((world *)payload)->worked += units;
}

static int32_t host_incumbent(void *payload, qwr_solution_view *solution)
{
    const world *w = payload;
    *solution = (qwr_solution_view){.size = sizeof *solution, .call_count = w->view.call_count};
    if (!w->given)
        return 1;
    solution->row = w->row;
    solution->start = w->start;
    solution->cost = w->value;
    return 0;
}

static int64_t candidate_cost(const world *w, uint32_t row, int32_t start)
{
    uint32_t k = 0;
    while (w->class_row[k + 1] <= row)
        k++;
    uint32_t i = w->class_call[k];
    return (int64_t)w->cost[row] + w->start_cost[w->start_at[i] + (uint64_t)start] +
           w->end_cost[w->end_at[i] + (uint64_t)(start + w->duration[k])];
}

static int32_t occupied(const world *w, uint32_t row)
{
    uint32_t k = 0;
    while (w->class_row[k + 1] <= row)
        k++;
    return w->occupied[k];
}

int64_t price(const world *w, const uint32_t *row, const int32_t *start)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < w->view.call_count; i++) {
        if (row[i] == UINT32_MAX) {
            sum += UNPLACED;
            continue;
        }
        uint32_t k = w->call_class[i];
        if (row[i] < w->class_row[k] || row[i] >= w->class_row[w->call_class[i + 1]] ||
            start[i] < w->first[row[i]] || start[i] > w->last[row[i]] ||
            start[i] + occupied(w, row[i]) > (int32_t)w->view.tick_count)
            return -1;
        sum += candidate_cost(w, row[i], start[i]);
        for (uint32_t j = 0; j < i; j++)
            if (row[j] != UINT32_MAX && w->cell[row[j]] == w->cell[row[i]] &&
                start[i] < start[j] + occupied(w, row[j]) &&
                start[j] < start[i] + occupied(w, row[i]))
                return -1;
    }
    return sum;
}

static int32_t host_submit(void *payload, const qwr_solution_view *solution)
{
    world *w = payload;
    int64_t cost = price(w, solution->row, solution->start);
    ck_assert_int_ge(cost, 0);
    ck_assert_int_eq(cost, solution->cost);
    if (w->given && cost >= w->value) {
        w->refused++;
        return 1;
    }
    w->given = true;
    w->value = cost;
    memcpy(w->row, solution->row, w->view.call_count * sizeof *w->row);
    memcpy(w->start, solution->start, w->view.call_count * sizeof *w->start);
    w->taken++;
    return 0;
}

static int32_t host_evaluate(void *payload, const uint32_t *row, const int32_t *start, size_t count,
                             int64_t *cost)
{
    const world *w = payload;
    for (size_t k = 0; k < count; k++) {
        ck_assert_uint_lt(row[k], w->view.row_count);
        bool inside = start[k] >= w->first[row[k]] && start[k] <= w->last[row[k]];
        cost[k] = inside ? candidate_cost(w, row[k], start[k]) : INT64_MAX;
    }
    return 0;
}

/* Takes every bound: whether it holds is for the test to say. */
static int32_t host_submit_bound(void *payload, const qwr_bound_certificate *c)
{
    world *w = payload;
    uint32_t prices = 0;
    for (uint32_t k = 0; k < c->step_count; k++)
        prices += c->step[k].kind == QWR_PROOF_PRICES;
    /* Without memory for its steps a proof is offered by its result alone. */
    ck_assert(c->step_count > 0 || (w->fail_at > 0 && w->allocations >= w->fail_at));
    ck_assert_uint_eq(prices, c->price_count);
    w->bounds++;
    if (w->on_bound)
        w->on_bound(w, c);
    if (c->target + 1 <= w->bound)
        return 1;
    w->bound = c->target + 1;
    return 0;
}

static const char *host_option_text(void *payload, const char *name)
{
    return !strcmp(name, "simd") ? ((world *)payload)->simd : NULL;
}

static void host_log(void *payload, int32_t level, const char *message)
{
    (void)payload;
    (void)level;
    ck_assert_ptr_nonnull(message);
}

static int32_t host_threads(void *payload)
{
    (void)payload;
    return 1;
}

static int64_t host_best_bound(void *payload)
{
    return ((world *)payload)->bound;
}

/* --- problems --- */

void open_world(world *w, uint32_t calls, uint32_t lanes, uint32_t ticks)
{
    memset(w, 0, sizeof *w);
    w->host = (qwr_host){.size = sizeof w->host,
                         .abi_minor = QWR_PLUGIN_ABI_MINOR,
                         .payload = w,
                         .alloc = host_alloc,
                         .release = host_release,
                         .cancelled = host_cancelled,
                         .remaining_us = host_remaining_us,
                         .random = host_random,
                         .work_left = host_work_left,
                         .work_done = host_work_done,
                         .incumbent = host_incumbent,
                         .submit = host_submit,
                         .best_bound = host_best_bound,
                         .evaluate = host_evaluate,
                         .submit_bound = host_submit_bound,
                         .option_text = host_option_text,
                         .log = host_log,
                         .threads = host_threads};
    w->view = (qwr_problem_view){.size = sizeof w->view,
                                 .stage = 1,
                                 .call_count = calls,
                                 .cell_count = lanes,
                                 .tick_count = ticks,
                                 .cost_unit_mu = 1,
                                 .unplaced_cost = UNPLACED,
                                 .call_class_begin = w->call_class,
                                 .call_first_start = w->first_start,
                                 .call_last_start = w->last_start,
                                 .call_start_offset = w->start_at,
                                 .call_first_end = w->first_end,
                                 .call_end_offset = w->end_at,
                                 .start_cost = w->start_cost,
                                 .end_cost = w->end_cost,
                                 .class_call = w->class_call,
                                 .class_group = w->group,
                                 .class_cranes = w->cranes,
                                 .class_width = w->width,
                                 .class_duration = w->duration,
                                 .class_occupied = w->occupied,
                                 .class_row_begin = w->class_row,
                                 .row_cell = w->cell,
                                 .row_first = w->first,
                                 .row_last = w->last,
                                 .row_cost = w->cost};
    w->work = 4000;
    w->bound = INT64_MIN;
    w->seed = 1;
    for (uint32_t i = 0; i < calls; i++) {
        w->start_at[i] = w->end_at[i] = (uint64_t)i * TICKS;
        w->last_start[i] = (int32_t)ticks;
    }
}

void add_class(world *w, uint32_t call, int32_t duration, int32_t turnaround)
{
    uint32_t k = w->view.class_count++;
    w->class_call[k] = call;
    w->width[k] = 1;
    w->duration[k] = duration;
    w->occupied[k] = duration + turnaround;
    w->class_row[k] = w->class_row[k + 1] = w->view.row_count;
    for (uint32_t i = call + 1; i <= w->view.call_count; i++)
        w->call_class[i] = k + 1;
}

void add_row(world *w, int32_t lane, int32_t first, int32_t last, int32_t cost)
{
    uint32_t r = w->view.row_count++;
    w->cell[r] = lane;
    w->first[r] = first;
    w->last[r] = last;
    w->cost[r] = cost;
    w->class_row[w->view.class_count] = r + 1;
}

void set_costs(world *w, uint32_t call, int32_t weight, int32_t arrival, int32_t early,
               int32_t wish)
{
    for (int32_t t = 0; t < TICKS; t++) {
        w->end_cost[call * TICKS + (uint32_t)t] = t > arrival ? weight * (t - arrival) : 0;
        w->start_cost[call * TICKS + (uint32_t)t] = t < wish ? early * (wish - t) : 0;
    }
}

const features KINDS[] = {
    {.weights = false},
    {.weights = true, .turnaround = true},
    {.forbidden = true, .windows = true},
    {.pins = true, .weights = true, .forbidden = true},
    {.late = true, .turnaround = true, .windows = true},
    {.tight = true, .weights = true, .forbidden = true},
    {.weights = true,
     .turnaround = true,
     .windows = true,
     .pins = true,
     .forbidden = true,
     .late = true,
     .tight = true},
};
const size_t KIND_COUNT = sizeof KINDS / sizeof *KINDS;

/* What a lane offers a call that arrives then and has to begin by `last`. */
static void offer_lane(world *w, const features *f, qwr__rng *rng, uint32_t call, uint32_t lane,
                       int32_t arrival, int32_t last, bool pinned, int32_t more)
{
    int32_t ticks = (int32_t)w->view.tick_count;
    int32_t duration = 2 + (int32_t)qwr__rng_below(rng, f->equal ? 2 : 6);
    int32_t gap = f->turnaround ? (int32_t)qwr__rng_below(rng, 3) : 0;
    int32_t latest = ticks - duration - gap;
    latest = last < latest ? last : latest;
    if ((f->forbidden && qwr__rng_below(rng, 4) == 0) || latest < arrival)
        return;
    bool stays = f->stays && f->windows && latest > arrival + 4;
    add_class(w, call, duration, stays ? gap + 2 : gap);
    int32_t cost = more + (int32_t)qwr__rng_below(rng, 3);
    if (pinned) {
        add_row(w, (int32_t)lane, arrival, arrival, cost);
    } else if (stays) {
        add_row(w, (int32_t)lane, arrival, arrival + 2, cost);
        add_class(w, call, duration, gap);
        add_row(w, (int32_t)lane, arrival + 3, latest, cost);
    } else if (f->windows && latest > arrival + 4) {
        add_row(w, (int32_t)lane, arrival, arrival + 1, cost);
        add_row(w, (int32_t)lane, arrival + 4, latest, cost);
    } else {
        add_row(w, (int32_t)lane, arrival, latest, cost);
    }
}

/* A call; the same draws with another `more` make a copy of it. */
static void make_call(world *w, const features *f, qwr__rng *rng, uint32_t call, int32_t span,
                      int32_t more)
{
    int32_t arrival = (int32_t)qwr__rng_below(rng, (uint64_t)span);
    int32_t weight = f->weights ? 1 + (int32_t)qwr__rng_below(rng, 4) : 1;
    int32_t wish = f->early ? arrival + (int32_t)qwr__rng_below(rng, 6) : 0;
    int32_t last =
        f->tight ? arrival + 3 + (int32_t)qwr__rng_below(rng, 5) : (int32_t)w->view.tick_count;
    bool pinned = f->pins && qwr__rng_below(rng, 4) == 0;
    qwr__rng before = *rng;
    set_costs(w, call, weight, arrival, f->early ? 2 * weight : 0, wish);
    if (f->late)
        for (int32_t t = arrival + 8; t < TICKS; t++)
            w->end_cost[call * TICKS + (uint32_t)t] += 3 * (t - arrival - 7);
    for (uint32_t x = 0; x < w->view.cell_count; x++) {
        if (f->like && x % 2 == 1)
            *rng = before;
        before = *rng;
        offer_lane(w, f, rng, call, x, arrival, last, pinned, more);
    }
}

void make_random(world *w, const features *f, uint32_t calls, uint32_t lanes, uint64_t seed)
{
    qwr__rng rng = {.seed = seed, .stage = 77}, before = rng;
    int32_t ticks = calls <= 6 ? 26 : TICKS - 20, span = calls <= 6 ? 10 : 60;
    open_world(w, calls, lanes, (uint32_t)ticks);
    for (uint32_t i = 0; i < calls; i++) {
        bool copy = f->copies && i % 2 == 1;
        if (copy)
            rng = before;
        before = rng;
        make_call(w, f, &rng, i, span, copy ? (int32_t)(seed % 3) : 0);
    }
}

/* --- the best plan, by trying everything --- */

typedef struct brute {
    const world *w;
    uint64_t held[LANES]; /**< ticks, one bit each */
    int64_t least[CALLS]; /**< cheapest candidate of a call */
    int64_t best;
} brute;

static void try_call(brute *b, uint32_t call, int64_t cost)
{
    const world *w = b->w;
    int64_t hope = cost;
    for (uint32_t i = call; i < w->view.call_count; i++)
        hope += b->least[i];
    if (hope >= b->best)
        return;
    if (call == w->view.call_count) {
        b->best = cost;
        return;
    }
    for (uint32_t k = w->call_class[call]; k < w->call_class[call + 1]; k++)
        for (uint32_t r = w->class_row[k]; r < w->class_row[k + 1]; r++)
            for (int32_t t = w->first[r]; t <= w->last[r]; t++) {
                uint64_t bits = ((UINT64_C(1) << w->occupied[k]) - 1) << t;
                if (b->held[w->cell[r]] & bits)
                    continue;
                b->held[w->cell[r]] |= bits;
                try_call(b, call + 1, cost + candidate_cost(w, r, t));
                b->held[w->cell[r]] &= ~bits;
            }
    try_call(b, call + 1, cost + UNPLACED);
}

int64_t best_of_all(const world *w)
{
    brute b = {.w = w, .best = INT64_MAX};
    for (uint32_t i = 0; i < w->view.call_count; i++) {
        b.least[i] = UNPLACED;
        for (uint32_t r = w->class_row[w->call_class[i]]; r < w->class_row[w->call_class[i + 1]];
             r++)
            for (int32_t t = w->first[r]; t <= w->last[r]; t++)
                if (candidate_cost(w, r, t) < b.least[i])
                    b.least[i] = candidate_cost(w, r, t);
    }
    try_call(&b, 0, 0);
    return b.best;
}
