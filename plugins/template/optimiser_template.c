/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TEMPLATE of an OPTIMISER plugin: starts each call a little earlier where that is cheaper, taking
 * the first improvement. It compiles and passes the conformance suite as it is. To make your own:
 *
 *   1. Copy this file to plugins/<id>/<id>.c (or into a folder of your own). It may include
 *      <quaywright/plugin.h> and the C library, nothing else of this project.
 *   2. Change id, version, summary and licence in the descriptor at the end.
 *   3. Read the comment of qwr_problem_view: a candidate is (row, start tick); a row belongs to a
 *      class, a class to a call. Put your search into improve().
 *   4. Submit plans as you find them. The host checks each one and recomputes its cost: 0 taken,
 *      1 legal but not better, negative illegal. Three illegal ones disable the plugin.
 *   5. Count what you do with work_done() (a unit is about one candidate looked at), and stop when
 *      work_left() is 0 or cancelled() is 1. With the same host->random() seed do the same thing.
 *   6. Run `quaywright plugin check FILE.so` until every line passes.
 */
#include <quaywright/plugin.h>

#include <stdbool.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/** CHANGE: state of an instance. */
struct state {
    const qwr_host *host;
    uint32_t *row; /* [call_count] the plan being tried */
    int32_t *start;
};

static int32_t create(void **instance, const qwr_host *host)
{
    struct state *s = host->alloc(host->payload, sizeof *s);
    if (s == NULL)
        return QWR_PLUGIN_ENOMEM;
    *s = (struct state){.host = host};
    *instance = s;
    return QWR_PLUGIN_OK;
}

static void destroy(void *instance)
{
    struct state *s = instance;
    s->host->release(s->host->payload, s);
}

static bool go_on(const struct state *s)
{
    return s->host->cancelled(s->host->payload) == 0 && s->host->work_left(s->host->payload) > 0;
}

/** Class of a row, by bisection; a real plugin builds a table once. */
static uint32_t class_of(const qwr_problem_view *p, uint32_t row)
{
    uint32_t low = 0;
    uint32_t high = p->class_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (p->class_row_begin[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/** Would call `i` at tick `t` of its row meet another call on the quay? */
static bool meets_another(const struct state *s, const qwr_problem_view *p, uint32_t i, int32_t t)
{
    uint32_t k = class_of(p, s->row[i]);
    for (uint32_t j = 0; j < p->call_count; j++) {
        if (j == i || s->row[j] == UINT32_MAX)
            continue;
        uint32_t m = class_of(p, s->row[j]);
        if (t < s->start[j] + p->class_occupied[m] && s->start[j] < t + p->class_occupied[k] &&
            p->row_cell[s->row[i]] < p->row_cell[s->row[j]] + p->class_width[m] &&
            p->row_cell[s->row[j]] < p->row_cell[s->row[i]] + p->class_width[k])
            return true;
    }
    return false;
}

/** Cranes of the group at tick `t` used by all calls but `i`. */
static int32_t cranes_of_others(const struct state *s, const qwr_problem_view *p, uint32_t i,
                                uint32_t group, int32_t t)
{
    int32_t sum = 0;
    for (uint32_t j = 0; j < p->call_count; j++) {
        if (j == i || s->row[j] == UINT32_MAX)
            continue;
        uint32_t m = class_of(p, s->row[j]);
        if (p->class_group[m] == group && t >= s->start[j] + p->class_work_from[m] &&
            t < s->start[j] + p->class_work_to[m])
            sum += p->class_cranes[m];
    }
    return sum;
}

static bool lacks_cranes(const struct state *s, const qwr_problem_view *p, uint32_t i, int32_t t)
{
    uint32_t k = class_of(p, s->row[i]);
    uint32_t group = p->class_group[k];
    for (int32_t at = t + p->class_work_from[k]; at < t + p->class_work_to[k]; at++)
        if (cranes_of_others(s, p, i, group, at) + p->class_cranes[k] >
            p->crane_capacity[(size_t)group * p->tick_count + (size_t)at])
            return true;
    return false;
}

/** One call, earlier by one tick at a time, while it gets cheaper. true: it moved. */
static bool shift(struct state *s, const qwr_problem_view *p, uint32_t i)
{
    const qwr_host *h = s->host;
    int64_t now;
    bool moved = false;
    if (s->row[i] == UINT32_MAX || h->evaluate(h->payload, &s->row[i], &s->start[i], 1, &now) != 0)
        return false;
    while (go_on(s) && s->start[i] > p->row_first[s->row[i]]) {
        int32_t t = s->start[i] - 1;
        int64_t cost;
        h->work_done(h->payload, 1);
        if (h->evaluate(h->payload, &s->row[i], &t, 1, &cost) != 0 || cost >= now ||
            meets_another(s, p, i, t) || lacks_cranes(s, p, i, t))
            break;
        s->start[i] = t;
        now = cost;
        moved = true;
    }
    return moved;
}

/** CHANGE: the search. Everything found goes out through submit(); nothing is returned. */
static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    struct state *s = instance;
    const qwr_host *h = s->host;
    qwr_solution_view best = {.size = sizeof best};
    int32_t status = QWR_PLUGIN_OK;
    size_t calls = problem->call_count;
    if (calls == 0 || h->incumbent(h->payload, &best) != 0)
        return QWR_PLUGIN_OK;
    s->row = h->alloc(h->payload, calls * sizeof *s->row);
    s->start = h->alloc(h->payload, calls * sizeof *s->start);
    if (s->row == NULL || s->start == NULL) {
        status = QWR_PLUGIN_ENOMEM;
        goto done;
    }
    /* The incumbent's arrays are borrowed until the next call of the host: copy them first. */
    for (size_t i = 0; i < calls; i++) {
        s->row[i] = best.row[i];
        s->start[i] = best.start[i];
    }
    for (uint32_t i = 0; i < calls && go_on(s); i++) {
        if (!shift(s, problem, i))
            continue;
        const qwr_solution_view plan = {.size = sizeof plan,
                                        .call_count = problem->call_count,
                                        .row = s->row,
                                        .start = s->start};
        (void)h->submit(h->payload, &plan);
    }
done:
    h->release(h->payload, s->start);
    h->release(h->payload, s->row);
    s->row = NULL;
    s->start = NULL;
    return status;
}

static const qwr_optimiser_functions functions = {.size = sizeof(qwr_optimiser_functions),
                                                  .create = create,
                                                  .destroy = destroy,
                                                  .improve = improve};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_OPTIMISER,
                                      .capabilities = QWR_CAP_BERTH,
                                      .id = "template-optimiser", /* CHANGE */
                                      .version = "1.0.0",
                                      .summary = "Starts calls earlier where that is cheaper.",
                                      .licence = "Apache-2.0",
                                      .optimiser = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
