/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The OPTIMISER plugin "swap": improves the best berth plan by moving one call or two, always by
 * the best such move, until none helps. It asks the host for costs and offers it plans, and keeps
 * its own books of what is occupied. No random choice: the same plan in, the same plan out.
 */
#include <quaywright/plugin.h>

#include <stdbool.h>
#include <string.h>

#define BATCH 256 /* candidates priced in one call of the host */

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/** Where a call lies. row == UINT32_MAX: nowhere. */
typedef struct place {
    uint32_t row;
    int32_t start;
    int64_t cost;
} place;

typedef struct board {
    const qwr_host *host;
    const qwr_problem_view *view;
    uint32_t *row_class; /* [row_count] */
    int32_t *used;       /* [group_count * tick_count] cranes at work */
    place *at;           /* [call_count] the plan */
    uint32_t *row;       /* [call_count] the plan as it is submitted */
    int32_t *start;
    bool pairs; /* option */
    bool stop;  /* cancelled or out of work */
} board;

/* --- books of what is occupied --- */

static void add_cranes(board *b, const place *p, int32_t sign)
{
    const qwr_problem_view *v = b->view;
    uint32_t k = b->row_class[p->row];
    int32_t *used = b->used + (size_t)v->class_group[k] * v->tick_count;
    for (int32_t t = p->start + v->class_work_from[k]; t < p->start + v->class_work_to[k]; t++)
        if (t >= 0 && (uint32_t)t < v->tick_count)
            used[t] += sign * v->class_cranes[k];
}

static void put(board *b, uint32_t call, place p)
{
    b->at[call] = p;
    if (p.row != UINT32_MAX)
        add_cranes(b, &p, 1);
}

/** Takes a call off the quay; returns where it lay. */
static place take(board *b, uint32_t call)
{
    place p = b->at[call];
    if (p.row != UINT32_MAX)
        add_cranes(b, &p, -1);
    b->at[call] = (place){UINT32_MAX, 0, b->view->unplaced_cost};
    return p;
}

static bool cranes_suffice(const board *b, uint32_t k, int32_t start)
{
    const qwr_problem_view *v = b->view;
    size_t first = (size_t)v->class_group[k] * v->tick_count;
    for (int32_t t = start + v->class_work_from[k]; t < start + v->class_work_to[k]; t++) {
        if (t < 0 || (uint32_t)t >= v->tick_count)
            return false;
        if (b->used[first + (size_t)t] + v->class_cranes[k] > v->crane_capacity[first + (size_t)t])
            return false;
    }
    return true;
}

/** Do two stays want the same cell at the same tick? */
static bool collide(const board *b, const place *p, const place *q)
{
    const qwr_problem_view *v = b->view;
    uint32_t k = b->row_class[p->row];
    uint32_t m = b->row_class[q->row];
    return p->start < q->start + v->class_occupied[m] &&
           q->start < p->start + v->class_occupied[k] &&
           v->row_cell[p->row] < v->row_cell[q->row] + v->class_width[m] &&
           v->row_cell[q->row] < v->row_cell[p->row] + v->class_width[k];
}

static bool fits(const board *b, const place *p)
{
    if (!cranes_suffice(b, b->row_class[p->row], p->start))
        return false;
    for (uint32_t i = 0; i < b->view->call_count; i++)
        if (b->at[i].row != UINT32_MAX && collide(b, p, &b->at[i]))
            return false;
    return true;
}

/* --- the cheapest place of a call --- */

static bool may_go_on(board *b)
{
    if (!b->stop)
        b->stop =
            b->host->cancelled(b->host->payload) != 0 || b->host->work_left(b->host->payload) <= 0;
    return !b->stop;
}

/** Prices up to BATCH starts of a row and keeps the cheapest that fits and is below *best. */
static void try_starts(board *b, uint32_t row, int32_t first, int32_t count, place *best)
{
    uint32_t rows[BATCH];
    int32_t starts[BATCH];
    int64_t cost[BATCH];
    for (int32_t k = 0; k < count; k++) {
        rows[k] = row;
        starts[k] = first + k;
    }
    b->host->work_done(b->host->payload, count);
    if (b->host->evaluate(b->host->payload, rows, starts, (size_t)count, cost) != 0)
        return;
    for (int32_t k = 0; k < count; k++) {
        place p = {row, starts[k], cost[k]};
        if (p.cost < best->cost && fits(b, &p))
            *best = p;
    }
}

/** Cheapest place of a call that is off the quay, if it is below `limit`; else row is UINT32_MAX.
 */
static place cheapest(board *b, uint32_t call, int64_t limit)
{
    const qwr_problem_view *v = b->view;
    place best = {UINT32_MAX, 0, limit};
    uint32_t from = v->class_row_begin[v->call_class_begin[call]];
    uint32_t to = v->class_row_begin[v->call_class_begin[call + 1]];
    for (uint32_t row = from; row < to; row++) {
        for (int32_t t = v->row_first[row]; t <= v->row_last[row]; t += BATCH) {
            int32_t left = v->row_last[row] - t + 1;
            if (!may_go_on(b))
                return (place){UINT32_MAX, 0, limit};
            try_starts(b, row, t, left < BATCH ? left : BATCH, &best);
        }
    }
    return best;
}

/* --- moves --- */

/** A change of one call or two. gain 0: none. */
typedef struct move {
    int64_t gain;
    uint32_t count;
    uint32_t call[2];
    place to[2];
} move;

static void best_relocation(board *b, move *best)
{
    for (uint32_t i = 0; i < b->view->call_count && !b->stop; i++) {
        place old = take(b, i);
        place new = cheapest(b, i, old.cost);
        put(b, i, old);
        if (new.row != UINT32_MAX && old.cost - new.cost > best->gain)
            *best = (move){old.cost - new.cost, 1, {i}, {new}};
    }
}

/** Both off, `first` to its cheapest place without the other, then `second` to what is left. */
static void try_pair(board *b, uint32_t first, uint32_t second, move *best)
{
    place old_first = take(b, first);
    place old_second = take(b, second);
    int64_t before = old_first.cost + old_second.cost;
    place p = cheapest(b, first, before - best->gain);
    if (p.row != UINT32_MAX) {
        put(b, first, p);
        place q = cheapest(b, second, before - best->gain - p.cost);
        (void)take(b, first);
        if (q.row != UINT32_MAX)
            *best = (move){before - p.cost - q.cost, 2, {first, second}, {p, q}};
    }
    put(b, first, old_first);
    put(b, second, old_second);
}

static void best_exchange(board *b, move *best)
{
    for (uint32_t i = 0; i < b->view->call_count; i++) {
        for (uint32_t k = 0; k < b->view->call_count && !b->stop; k++)
            if (i != k)
                try_pair(b, i, k, best);
    }
}

static void apply(board *b, const move *m)
{
    for (uint32_t k = 0; k < m->count; k++)
        (void)take(b, m->call[k]);
    for (uint32_t k = 0; k < m->count; k++)
        put(b, m->call[k], m->to[k]);
}

static int32_t submit(board *b)
{
    int64_t cost = 0;
    uint32_t calls = b->view->call_count;
    for (uint32_t i = 0; i < calls; i++) {
        b->row[i] = b->at[i].row;
        b->start[i] = b->at[i].start;
        cost += b->at[i].cost;
    }
    const qwr_solution_view solution = {sizeof solution, calls, b->row, b->start, cost};
    return b->host->submit(b->host->payload, &solution);
}

static int32_t climb(board *b)
{
    while (may_go_on(b)) {
        move best = {0};
        best_relocation(b, &best);
        if (best.gain == 0 && b->pairs)
            best_exchange(b, &best);
        /* What was found before the work ran out is an improvement all the same. */
        if (best.gain == 0)
            break;
        apply(b, &best);
        if (submit(b) < 0) {
            b->host->error(b->host->payload, "the host calls a plan illegal that fits the books");
            return QWR_PLUGIN_EINVAL;
        }
    }
    return QWR_PLUGIN_OK;
}

/* --- the life of an instance --- */

static bool board_alloc(board *b)
{
    const qwr_host *h = b->host;
    const qwr_problem_view *v = b->view;
    size_t calls = v->call_count + (size_t)1;
    size_t used = (size_t)v->group_count * v->tick_count + 1;
    b->row_class = h->alloc(h->payload, (v->row_count + (size_t)1) * sizeof *b->row_class);
    b->used = h->alloc(h->payload, used * sizeof *b->used);
    b->at = h->alloc(h->payload, calls * sizeof *b->at);
    b->row = h->alloc(h->payload, calls * sizeof *b->row);
    b->start = h->alloc(h->payload, calls * sizeof *b->start);
    if (!b->row_class || !b->used || !b->at || !b->row || !b->start)
        return false;
    memset(b->used, 0, used * sizeof *b->used);
    for (uint32_t k = 0; k < v->class_count; k++)
        for (uint32_t row = v->class_row_begin[k]; row < v->class_row_begin[k + 1]; row++)
            b->row_class[row] = k;
    return true;
}

static void board_free(board *b)
{
    void *block[] = {b->row_class, b->used, b->at, b->row, b->start};
    for (size_t i = 0; i < sizeof block / sizeof block[0]; i++)
        b->host->release(b->host->payload, block[i]);
}

/** Copies the best plan known into the books. false: there is none. */
static bool load(board *b)
{
    qwr_solution_view best = {.size = sizeof best};
    uint32_t calls = b->view->call_count;
    if (b->host->incumbent(b->host->payload, &best) != 0 || best.call_count != calls)
        return false;
    for (uint32_t i = 0; i < calls; i++) {
        b->row[i] = best.row[i];
        b->start[i] = best.start[i];
    }
    for (uint32_t i = 0; i < calls; i++) {
        place p = {b->row[i], b->start[i], b->view->unplaced_cost};
        if (p.row != UINT32_MAX &&
            b->host->evaluate(b->host->payload, &p.row, &p.start, 1, &p.cost) != 0)
            return false;
        put(b, i, p);
    }
    return true;
}

static int32_t swap_create(void **instance, const qwr_host *host)
{
    const qwr_host **mine = host->alloc(host->payload, sizeof(const qwr_host *));
    if (mine == NULL)
        return QWR_PLUGIN_ENOMEM;
    *mine = host;
    *instance = mine;
    return QWR_PLUGIN_OK;
}

static void swap_destroy(void *instance)
{
    const qwr_host *host = *(const qwr_host **)instance;
    host->release(host->payload, instance);
}

static int32_t swap_improve(void *instance, const qwr_problem_view *problem)
{
    const qwr_host *host = *(const qwr_host **)instance;
    board b = {.host = host, .view = problem};
    int32_t status = QWR_PLUGIN_ENOMEM;
    if (problem->stage != 1 || problem->call_count == 0)
        return QWR_PLUGIN_OK;
    if (problem->makespan !=
        0) { /* the sum of costs, which the moves look at, is not the aim then */
        host->log(host->payload, 2, "event=skipped reason=\"the objective is the makespan\"");
        return QWR_PLUGIN_OK;
    }
    b.pairs = host->option_int(host->payload, "pairs") != 0;
    if (!board_alloc(&b))
        goto done;
    status = QWR_PLUGIN_OK;
    if (load(&b))
        status = climb(&b);
done:
    board_free(&b);
    return status;
}

static const qwr_plugin_option options[] = {
    {.size = sizeof(qwr_plugin_option),
     .name = "pairs",
     .type = 1,
     .unit = "",
     .default_int = 1,
     .min_int = 0,
     .max_int = 1,
     .sentence = "Move two calls at once where moving one no longer helps."}};

static const qwr_optimiser_functions functions = {.size = sizeof(qwr_optimiser_functions),
                                                  .create = swap_create,
                                                  .destroy = swap_destroy,
                                                  .improve = swap_improve};

static const qwr_plugin descriptor = {
    .size = sizeof(qwr_plugin),
    .abi_major = QWR_PLUGIN_ABI_MAJOR,
    .abi_minor = QWR_PLUGIN_ABI_MINOR,
    .kind = QWR_PLUGIN_OPTIMISER,
    .capabilities = QWR_CAP_BERTH,
    .option_count = sizeof options / sizeof options[0],
    .id = "swap",
    .version = "1.0.0",
    .summary = "Improves a berth plan by the best move of one call or two.",
    .licence = "Apache-2.0",
    .options = options,
    .optimiser = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
