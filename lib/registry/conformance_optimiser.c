/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance suite of OPTIMISER plugins for the berth stage: a small berth problem with a host
 * that checks and counts what is submitted. Says nothing about how much a plugin improves.
 */
#include "registry/conformance.h"

#include <stdio.h>
#include <string.h>

#define CALLS   6
#define CELLS   6
#define TICKS   160
#define CRANES  4
#define CLASSES (CALLS * 2)
#define ROWS    (CLASSES * CELLS)
#define STARTS  100 /* allowed start ticks of a call */

/** The problem, the incumbent, the count. Owns everything the plugin's thread touches. */
typedef struct world {
    qwr_context *ctx;
    const qwr_plugin *plugin;
    qwr__host_data *host;
    qwr_problem_view view;

    const char *call_id[CALLS];
    uint32_t call_class_begin[CALLS + 1];
    int32_t first_start[CALLS], last_start[CALLS], first_end[CALLS];
    uint64_t start_offset[CALLS], end_offset[CALLS];
    int32_t start_cost[CALLS * STARTS], end_cost[CALLS * TICKS];
    uint32_t class_call[CLASSES], class_group[CLASSES], class_row_begin[CLASSES + 1];
    int32_t cranes[CLASSES], width[CLASSES], duration[CLASSES], occupied[CLASSES];
    int32_t work_from[CLASSES], work_to[CLASSES];
    int32_t row_cell[ROWS], row_first[ROWS], row_last[ROWS], row_cost[ROWS];
    uint32_t row_class[ROWS];
    int32_t capacity[TICKS];

    uint32_t best_row[CALLS];
    int32_t best_start[CALLS];
    int64_t best_cost, first_cost;
    int64_t work_left;
    int64_t calls_after_stop; /* of the host, after the work was used up */
    uint32_t submitted, illegal;
    uint64_t hash; /* of everything submitted, in order */
} world;

static void world_free(void *arg)
{
    world *w = arg;
    qwr__host_free(w->ctx, w->host);
    qwr__free(w->ctx, w);
}

/* --- the problem --- */

/** Rows of a class by rising cost: cells by their distance from the call's favourite, lower first.
 */
static uint32_t add_rows(world *w, uint32_t k, uint32_t at, int32_t favourite)
{
    uint32_t call = w->class_call[k];
    int32_t last_cell = CELLS - w->width[k];
    w->class_row_begin[k] = at;
    for (int32_t distance = 0; distance <= CELLS; distance++) {
        for (int side = 0; side < (distance == 0 ? 1 : 2); side++) {
            int32_t cell = side == 0 ? favourite - distance : favourite + distance;
            if (cell < 0 || cell > last_cell)
                continue;
            w->row_cell[at] = cell;
            w->row_cost[at] = 3 * distance;
            w->row_first[at] = w->first_start[call];
            w->row_last[at] = w->last_start[call];
            w->row_class[at] = k;
            at++;
        }
    }
    return at;
}

static void add_call(world *w, uint32_t i, uint32_t *classes, uint32_t *rows)
{
    static const char *const id[CALLS] = {"ant", "bee", "cod", "doe", "eel", "fox"};
    int32_t work = 12 + (int32_t)(qwr__random(3, 1, i) % 12);
    int32_t arrival = (int32_t)(qwr__random(3, 2, i) % 20);
    w->call_id[i] = id[i];
    w->call_class_begin[i] = *classes;
    w->first_start[i] = arrival;
    w->last_start[i] = arrival + STARTS - 1;
    w->start_offset[i] = (uint64_t)i * STARTS;
    w->end_offset[i] = (uint64_t)i * TICKS;
    for (int32_t t = 0; t < STARTS; t++)
        w->start_cost[w->start_offset[i] + (uint64_t)t] = 2 * t;
    for (int32_t t = 0; t < TICKS; t++)
        w->end_cost[w->end_offset[i] + (uint64_t)t] = t > arrival + 20 ? 5 * (t - arrival - 20) : 0;
    w->first_end[i] = 0;
    for (int32_t cranes = 1; cranes <= 2; cranes++) {
        uint32_t k = (*classes)++;
        w->class_call[k] = i;
        w->cranes[k] = cranes;
        w->width[k] = 1 + (int32_t)(i % 3);
        w->duration[k] = (work + cranes - 1) / cranes;
        w->occupied[k] = w->duration[k] + 1;
        w->work_to[k] = w->duration[k];
        *rows = add_rows(w, k, *rows, (int32_t)(qwr__random(3, 4, i) % CELLS));
    }
}

static void make_problem(world *w, uint32_t calls)
{
    uint32_t classes = 0;
    uint32_t rows = 0;
    for (uint32_t i = 0; i < calls; i++)
        add_call(w, i, &classes, &rows);
    w->call_class_begin[calls] = classes;
    w->class_row_begin[classes] = rows;
    for (int t = 0; t < TICKS; t++)
        w->capacity[t] = CRANES;
    w->view = (qwr_problem_view){.size = sizeof w->view,
                                 .stage = 1,
                                 .call_count = calls,
                                 .class_count = classes,
                                 .row_count = rows,
                                 .cell_count = CELLS,
                                 .tick_count = TICKS,
                                 .group_count = 1,
                                 .step_s = 3600,
                                 .cost_unit_mu = 1000,
                                 .unplaced_cost = 100000,
                                 .call_id = w->call_id,
                                 .call_class_begin = w->call_class_begin,
                                 .call_first_start = w->first_start,
                                 .call_last_start = w->last_start,
                                 .call_start_offset = w->start_offset,
                                 .call_first_end = w->first_end,
                                 .call_end_offset = w->end_offset,
                                 .start_cost = w->start_cost,
                                 .end_cost = w->end_cost,
                                 .class_call = w->class_call,
                                 .class_group = w->class_group,
                                 .class_cranes = w->cranes,
                                 .class_width = w->width,
                                 .class_duration = w->duration,
                                 .class_occupied = w->occupied,
                                 .class_work_from = w->work_from,
                                 .class_work_to = w->work_to,
                                 .class_row_begin = w->class_row_begin,
                                 .row_cell = w->row_cell,
                                 .row_first = w->row_first,
                                 .row_last = w->row_last,
                                 .row_cost = w->row_cost,
                                 .crane_capacity = w->capacity};
}

/* --- the second look --- */

static bool in_row(const world *w, uint32_t row, int32_t start)
{
    return row < w->view.row_count && start >= w->row_first[row] && start <= w->row_last[row];
}

static int64_t cost_of(const world *w, uint32_t row, int32_t start)
{
    uint32_t k = w->row_class[row];
    uint32_t call = w->class_call[k];
    int64_t sum = w->row_cost[row];
    sum += w->start_cost[w->start_offset[call] + (uint64_t)(start - w->first_start[call])];
    sum += w->end_cost[w->end_offset[call] + (uint64_t)(start + w->duration[k])];
    return sum;
}

/** Cost of a solution, or -1 if it breaks a rule. */
static int64_t judge(const world *w, const uint32_t *row, const int32_t *start)
{
    uint8_t busy[CELLS * TICKS] = {0};
    int32_t used[TICKS] = {0};
    int64_t sum = 0;
    for (uint32_t i = 0; i < w->view.call_count; i++) {
        if (row[i] == UINT32_MAX) {
            sum += w->view.unplaced_cost;
            continue;
        }
        if (!in_row(w, row[i], start[i]) || w->class_call[w->row_class[row[i]]] != i)
            return -1;
        uint32_t k = w->row_class[row[i]];
        for (int32_t t = start[i]; t < start[i] + w->occupied[k]; t++) {
            for (int32_t cell = w->row_cell[row[i]]; cell < w->row_cell[row[i]] + w->width[k];
                 cell++)
                if (busy[cell * TICKS + t]++ != 0)
                    return -1;
            if (t < start[i] + w->work_to[k] && (used[t] += w->cranes[k]) > CRANES)
                return -1;
        }
        sum += cost_of(w, row[i], start[i]);
    }
    return sum;
}

/** A poor plan: one after the other, with one crane, each at the worst cell of its class. */
static void make_incumbent(world *w)
{
    int32_t free_from = 0;
    for (uint32_t i = 0; i < w->view.call_count; i++) {
        uint32_t k = w->call_class_begin[i];
        w->best_row[i] = w->class_row_begin[k + 1] - 1;
        w->best_start[i] = free_from > w->first_start[i] ? free_from : w->first_start[i];
        free_from = w->best_start[i] + w->occupied[k];
        if (w->best_start[i] > w->last_start[i])
            w->best_row[i] = UINT32_MAX;
    }
    w->best_cost = w->first_cost = judge(w, w->best_row, w->best_start);
}

/* --- hooks of the host --- */

static int64_t hook_work_left(void *payload)
{
    const world *w = payload;
    return w->work_left;
}

static void hook_work_done(void *payload, int64_t units)
{
    world *w = payload;
    if (w->work_left <= 0)
        w->calls_after_stop++;
    w->work_left = units < w->work_left ? w->work_left - units : 0;
}

static int32_t hook_evaluate(void *payload, const uint32_t *row, const int32_t *start, size_t count,
                             int64_t *cost)
{
    world *w = payload;
    for (size_t k = 0; k < count; k++)
        cost[k] = in_row(w, row[k], start[k]) ? cost_of(w, row[k], start[k]) : INT64_MAX;
    return 0;
}

static int32_t hook_incumbent(void *payload, qwr_solution_view *solution)
{
    const world *w = payload;
    solution->call_count = w->view.call_count;
    solution->row = w->best_row;
    solution->start = w->best_start;
    solution->cost = w->best_cost;
    return 0;
}

static int32_t hook_submit(void *payload, const qwr_solution_view *solution)
{
    world *w = payload;
    w->submitted++;
    int64_t cost =
        solution->call_count == w->view.call_count ? judge(w, solution->row, solution->start) : -1;
    if (cost < 0) {
        w->illegal++;
        return -1;
    }
    w->hash = qwr__hash(w->hash, solution->row, w->view.call_count * sizeof *solution->row);
    w->hash = qwr__hash(w->hash, solution->start, w->view.call_count * sizeof *solution->start);
    if (cost >= w->best_cost)
        return 1;
    memcpy(w->best_row, solution->row, w->view.call_count * sizeof *w->best_row);
    memcpy(w->best_start, solution->start, w->view.call_count * sizeof *w->best_start);
    w->best_cost = cost;
    return 0;
}

/** No prices are evaluated here: a sound certificate never beats the best bound. */
static int32_t hook_submit_bound(void *payload, const qwr_bound_certificate *certificate)
{
    (void)payload;
    return certificate->price_unit > 0 ? 1 : -1;
}

static int64_t hook_best_bound(void *payload)
{
    (void)payload;
    return INT64_MIN;
}

/* --- runs
 * --------------------------------------------------------------------------------------------------
 */

static qwr_status world_body(void *arg)
{
    world *w = arg;
    void *instance = NULL;
    const qwr_optimiser_functions *f = w->plugin->optimiser;
    qwr_status status = qwr__plugin_status(f->create(&instance, &w->host->table));
    if (status != QWR_OK)
        return status;
    status = qwr__plugin_status(f->improve(instance, &w->view));
    f->destroy(instance);
    return status;
}

/** `*ran`: status of the plugin. `*out` is NULL unless that is QWR_OK. */
static qwr_status run_world(world **out, qwr_status *ran, qwr__conformance *c, uint32_t calls,
                            int64_t work)
{
    *out = NULL;
    world *w = qwr__alloc(c->ctx, 1, sizeof *w);
    if (w == NULL)
        return qwr__no_memory(c->ctx, "registry.conformance");
    w->ctx = c->ctx;
    w->plugin = c->plugin;
    w->work_left = work;
    make_problem(w, calls);
    make_incumbent(w);
    qwr_status status = qwr__host_new(&w->host, c->ctx, c->plugin, 1);
    if (status != QWR_OK) {
        qwr__free(c->ctx, w);
        return status;
    }
    w->host->payload = w;
    w->host->work_left = hook_work_left;
    w->host->work_done = hook_work_done;
    w->host->evaluate = hook_evaluate;
    w->host->incumbent = hook_incumbent;
    w->host->submit = hook_submit;
    w->host->submit_bound = hook_submit_bound;
    w->host->best_bound = hook_best_bound;
    *ran = qwr__plugin_run(c->ctx, c->plugin, qwr__now_us() + 20000000, QWR__PLUGIN_GRACE_US,
                           world_body, world_free, w);
    if (*ran == QWR_OK)
        *out = w;
    return QWR_OK;
}

static qwr_status check_improving(qwr__conformance *c)
{
    world *first = NULL;
    world *second = NULL;
    qwr_status ran;
    QWR_TRY(run_world(&first, &ran, c, CALLS, 200000));
    if (!qwr__conform_status(c, ran, "works on a berth problem") || first == NULL)
        return QWR_OK;
    (void)qwr__conform(c, first->illegal == 0, "submits legal plans only", "%u of %u break a rule",
                       (unsigned)first->illegal, (unsigned)first->submitted);
    (void)qwr__conform(c, first->best_cost <= first->first_cost, "makes nothing worse", "it did");
    (void)qwr__conform(c, first->calls_after_stop <= 1, "stops when the work is used up",
                       "it went on %lld times", (long long)first->calls_after_stop);
    qwr_status status = run_world(&second, &ran, c, CALLS, 200000);
    if (status == QWR_OK && second != NULL)
        (void)qwr__conform(c,
                           first->hash == second->hash && first->submitted == second->submitted &&
                               first->best_cost == second->best_cost,
                           "does the same with the same seed", "two runs differ");
    else if (status == QWR_OK)
        (void)qwr__conform_status(c, ran, "does the same with the same seed");
    if (second != NULL)
        world_free(second);
    world_free(first);
    return status;
}

static qwr_status check_stopping(qwr__conformance *c)
{
    static const struct {
        const char *name;
        uint32_t calls;
        int64_t work;
        bool cancel;
    } cases[] = {{"comes back when there is no work left", CALLS, 0, false},
                 {"comes back after a little work", CALLS, 5, false},
                 {"works on a problem without calls", 0, 1000, false},
                 {"comes back when cancelled", CALLS, INT64_MAX, true}};
    bool was_cancelled = qwr__cancelled(c->ctx);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world *w = NULL;
        qwr_status ran;
        if (cases[i].cancel)
            qwr_context_cancel(c->ctx);
        qwr_status status = run_world(&w, &ran, c, cases[i].calls, cases[i].work);
        if (cases[i].cancel && !was_cancelled)
            qwr_context_cancel_reset(c->ctx);
        QWR_TRY(status);
        if (w != NULL) {
            (void)qwr__conform(c, w->illegal == 0 && w->calls_after_stop <= 1, cases[i].name,
                               "it went on or broke a rule");
            world_free(w);
        } else {
            (void)qwr__conform_status(c, ran, cases[i].name);
        }
    }
    return QWR_OK;
}

qwr_status qwr__conform_optimiser(qwr__conformance *c)
{
    if ((c->plugin->capabilities & QWR_CAP_BERTH) == 0) {
        (void)qwr__conform(c, true, "works on no stage that this version can check", "-");
        return QWR_OK;
    }
    QWR_TRY(check_improving(c));
    return check_stopping(c);
}
