/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Precedence between the tasks of a call: both ends in one call, and no way round in a circle. Must
 * never recurse: chains of a million tasks are legal.
 */
#include "model/scenario_private.h"

#include <stdio.h>

/* The rows as a graph: successors of task t are to[first[t]] to to[first[t + 1] - 1]. */
typedef struct graph {
    size_t tasks;
    uint32_t *first;   /* tasks + 2 */
    uint32_t *to;      /* one per row */
    uint32_t *waiting; /* per task: predecessors not yet done */
    uint32_t *queue;   /* per task */
} graph;

static qwr_status check_rows(const qwr__freeze *freeze)
{
    const qwr_precedence *rows = qwr__precedence_rows(freeze->scenario);
    const qwr_task *tasks = qwr__task_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_PRECEDENCE].count; i++) {
        const qwr_task *before = &tasks[rows[i].before.v];
        const qwr_task *after = &tasks[rows[i].after.v];
        if (before->call.v != after->call.v)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_PRECEDENCE, i,
                                    "task \"%s\" belongs to another call than task \"%s\"",
                                    after->id, before->id);
    }
    return QWR_OK;
}

static void graph_free(graph *g, qwr_context *ctx)
{
    qwr__free(ctx, g->first);
    qwr__free(ctx, g->to);
    qwr__free(ctx, g->waiting);
    qwr__free(ctx, g->queue);
}

static qwr_status graph_make(graph *g, const qwr__freeze *freeze)
{
    const qwr_precedence *rows = qwr__precedence_rows(freeze->scenario);
    size_t count = freeze->scenario->rows[QWR__TABLE_PRECEDENCE].count;

    g->tasks = freeze->scenario->rows[QWR__TABLE_TASK].count;
    g->first = qwr__alloc(freeze->ctx, g->tasks + 2, sizeof *g->first);
    g->to = qwr__alloc(freeze->ctx, count, sizeof *g->to);
    g->waiting = qwr__alloc(freeze->ctx, g->tasks, sizeof *g->waiting);
    g->queue = qwr__alloc(freeze->ctx, g->tasks, sizeof *g->queue);
    if (g->first == NULL || g->to == NULL || g->waiting == NULL || g->queue == NULL)
        return qwr__no_memory(freeze->ctx, "model.freeze");
    /* Counting sort, one place further on: after filling, first[t + 1] has moved to where it
     * belongs. */
    for (size_t i = 0; i < count; i++)
        g->first[rows[i].before.v + 2]++;
    for (size_t t = 2; t < g->tasks + 2; t++)
        g->first[t] += g->first[t - 1];
    for (size_t i = 0; i < count; i++) {
        g->to[g->first[rows[i].before.v + 1]++] = rows[i].after.v;
        g->waiting[rows[i].after.v]++;
    }
    return QWR_OK;
}

/* Does every task whose predecessors are done; returns how many that were (Kahn 1962). */
static size_t graph_finish(graph *g)
{
    size_t done = 0;
    size_t queued = 0;

    for (uint32_t t = 0; t < g->tasks; t++)
        if (g->waiting[t] == 0)
            g->queue[queued++] = t;
    while (done < queued) {
        uint32_t t = g->queue[done++];
        for (uint32_t i = g->first[t]; i < g->first[t + 1]; i++)
            if (--g->waiting[g->to[i]] == 0)
                g->queue[queued++] = g->to[i];
    }
    return done;
}

/* Every task left over has a predecessor left over. Walking backwards would need the reversed
 * graph, so each left-over task remembers one left-over predecessor in `queue`, and the walk along
 * those must run into a circle. Gives the circle's first task. */
static uint32_t find_circle(graph *g)
{
    uint32_t t = 0;

    for (uint32_t from = 0; from < g->tasks; from++)
        for (uint32_t i = g->first[from]; g->waiting[from] > 0 && i < g->first[from + 1]; i++)
            if (g->waiting[g->to[i]] > 0)
                g->queue[g->to[i]] = from;
    while (g->waiting[t] == 0)
        t++;
    for (size_t steps = 0; steps < g->tasks; steps++)
        t = g->queue[t];
    uint32_t lowest = t;
    for (uint32_t u = g->queue[t]; u != t; u = g->queue[u])
        lowest = u < lowest ? u : lowest;
    return lowest;
}

/* "A -> B -> A", read forwards although it is walked backwards; a long circle loses its middle. */
static void name_circle(char *text, size_t capacity, const graph *g, const qwr_task *tasks,
                        uint32_t start)
{
    enum { SHOWN = 5 };
    uint32_t before[SHOWN] = {0};
    size_t length = 0;

    for (uint32_t t = g->queue[start]; t != start; t = g->queue[t]) {
        if (length < SHOWN)
            before[length] = t;
        length++;
    }
    size_t used = (size_t)snprintf(text, capacity, "\"%.40s\"", tasks[start].id);
    if (length > SHOWN)
        used += (size_t)snprintf(text + used, capacity - used, " -> ...");
    for (size_t i = length < SHOWN ? length : SHOWN; i-- > 0;)
        used +=
            (size_t)snprintf(text + used, capacity - used, " -> \"%.40s\"", tasks[before[i]].id);
    snprintf(text + used, capacity - used, " -> \"%.40s\"", tasks[start].id);
}

qwr_status qwr__validate_precedence(const qwr__freeze *freeze)
{
    graph g = {0};
    char circle[400]; /* seven ids of 40 bytes and the arrows */
    qwr_status status = QWR_OK;

    if (freeze->scenario->rows[QWR__TABLE_PRECEDENCE].count == 0)
        return QWR_OK;
    QWR_TRY(check_rows(freeze));
    QWR_TRY_DONE(graph_make(&g, freeze));
    if (graph_finish(&g) < g.tasks) {
        const qwr_task *tasks = qwr__task_rows(freeze->scenario);
        uint32_t start = find_circle(&g);
        name_circle(circle, sizeof circle, &g, tasks, start);
        status = qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_TASK, start,
                                  "precedence runs in a circle: %s", circle);
    }
done:
    graph_free(&g, freeze->ctx);
    return status;
}
