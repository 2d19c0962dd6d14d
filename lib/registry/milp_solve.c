/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Solving a MILP with a backend: choose it, run it on a copy of the model, look at its answer
 * again, disable it if the answer is wrong. Knows no berth and no candidate.
 */
#include "registry/milp.h"

#include <stdio.h>
#include <string.h>

#define WHERE "registry.milp"

/** All that the backend's thread reads and writes. Owns every array. */
typedef struct job {
    qwr_context *ctx; /* for release only */
    const qwr_plugin *plugin;
    qwr__host_data *host;
    qwr_milp_view model;
    qwr_milp_limits limits;
    qwr_milp_answer answer;
    double *number;  /* block of all doubles */
    uint64_t *begin; /* block of column_begin */
    uint32_t *index;
    uint8_t *integer;
    char *name;
} job;

static void job_free(void *arg)
{
    job *j = arg;
    if (j == NULL)
        return;
    qwr_context *ctx = j->ctx;
    qwr__host_free(ctx, j->host);
    qwr__free(ctx, j->number);
    qwr__free(ctx, j->begin);
    qwr__free(ctx, j->index);
    qwr__free(ctx, j->integer);
    qwr__free(ctx, j->name);
    qwr__free(ctx, j);
}

/** Hands out `count` doubles of the block, copied from `from` if there is one. */
static double *take(double **at, const double *from, size_t count)
{
    double *mine = *at;
    if (from != NULL && count > 0)
        memcpy(mine, from, count * sizeof *mine);
    *at += count;
    return mine;
}

static void copy_numbers(job *j, const qwr_milp_view *m, bool wants_dual)
{
    double *at = j->number;
    j->model.cost = take(&at, m->cost, m->column_count);
    j->model.lower = take(&at, m->lower, m->column_count);
    j->model.upper = take(&at, m->upper, m->column_count);
    j->model.row_lower = take(&at, m->row_lower, m->row_count);
    j->model.row_upper = take(&at, m->row_upper, m->row_count);
    j->model.value = take(&at, m->value, (size_t)m->entry_count);
    j->model.start = m->start != NULL ? take(&at, m->start, m->column_count) : NULL;
    j->answer.point = take(&at, NULL, m->column_count);
    j->answer.dual = wants_dual ? take(&at, NULL, m->row_count) : NULL;
}

/** The model copied and the answer empty: what a backend that writes nothing has answered. */
static qwr_status job_new(job **out, qwr_context *ctx, const qwr_plugin *plugin,
                          const qwr_milp_view *m, const qwr_milp_limits *limits, bool wants_dual)
{
    size_t columns = m->column_count;
    size_t entries = (size_t)m->entry_count;
    job *j = qwr__alloc(ctx, 1, sizeof *j);
    if (j == NULL)
        return qwr__no_memory(ctx, WHERE);
    j->ctx = ctx;
    j->plugin = plugin;
    j->number =
        qwr__alloc(ctx, 5 * columns + 3 * (size_t)m->row_count + entries + 1, sizeof *j->number);
    j->begin = qwr__alloc(ctx, columns + 1, sizeof *j->begin);
    j->index = qwr__alloc(ctx, entries + 1, sizeof *j->index);
    j->integer = qwr__alloc(ctx, columns + 1, sizeof *j->integer);
    j->name = qwr__strdup(ctx, m->name != NULL ? m->name : "");
    if (!j->number || !j->begin || !j->index || !j->integer || !j->name) {
        job_free(j);
        return qwr__no_memory(ctx, WHERE);
    }
    j->model = *m;
    j->limits = *limits;
    j->answer = (qwr_milp_answer){
        .size = sizeof j->answer, .objective = QWR_MILP_INFINITY, .bound = -QWR_MILP_INFINITY};
    copy_numbers(j, m, wants_dual);
    memcpy(j->begin, m->column_begin, (columns + 1) * sizeof *j->begin);
    if (entries > 0)
        memcpy(j->index, m->row_index, entries * sizeof *j->index);
    if (columns > 0)
        memcpy(j->integer, m->integer, columns * sizeof *j->integer);
    j->model.size = sizeof j->model;
    j->limits.size = sizeof j->limits;
    j->model.column_begin = j->begin;
    j->model.row_index = j->index;
    j->model.integer = j->integer;
    j->model.name = j->name;
    qwr_status status = qwr__host_new(&j->host, ctx, plugin, 1);
    if (status != QWR_OK) {
        job_free(j);
        return status;
    }
    *out = j;
    return QWR_OK;
}

/** On the backend's thread. */
static qwr_status solve_body(void *arg)
{
    job *j = arg;
    void *instance = NULL;
    const qwr_solver_functions *f = j->plugin->solver;
    qwr_status status = qwr__plugin_status(f->create(&instance, &j->host->table));
    if (status != QWR_OK)
        return status;
    double *point = j->answer.point;
    double *dual = j->answer.dual;
    status = qwr__plugin_status(f->solve(instance, &j->model, &j->limits, &j->answer));
    f->destroy(instance);
    j->answer.point = point;
    j->answer.dual = dual;
    return status;
}

qwr_status qwr__milp_run(qwr_milp_answer *answer, qwr_context *ctx, const qwr_plugin *plugin,
                         const qwr_milp_view *model, const qwr_milp_limits *limits)
{
    int64_t deadline_us = -1;
    job *j = NULL;
    if (limits->deadline_us >= 0 && !qwr__add64(&deadline_us, qwr__now_us(), limits->deadline_us))
        deadline_us = -1;
    QWR_TRY(job_new(&j, ctx, plugin, model, limits, answer->dual != NULL));
    QWR_TRY(
        qwr__plugin_run(ctx, plugin, deadline_us, QWR__PLUGIN_GRACE_US, solve_body, job_free, j));
    answer->state = j->answer.state;
    answer->objective = j->answer.objective;
    answer->bound = j->answer.bound;
    answer->nodes = j->answer.nodes;
    answer->iterations = j->answer.iterations;
    if (model->column_count > 0)
        memcpy(answer->point, j->answer.point, model->column_count * sizeof *answer->point);
    if (answer->dual != NULL && model->row_count > 0)
        memcpy(answer->dual, j->answer.dual, model->row_count * sizeof *answer->dual);
    job_free(j);
    return QWR_OK;
}

/* --- the public call ---------------------------------------------------------------------------
 */

/** NULL: the best backend that is there. */
static const qwr_plugin *choose(qwr_context *ctx, const char *id)
{
    static const char *const order[] = {"glpk", "cbc", "enum"};
    if (id != NULL && strcmp(id, "none") != 0)
        return qwr__registry_find(ctx, QWR_PLUGIN_SOLVER, id);
    for (size_t i = 0; id == NULL && i < sizeof order / sizeof order[0]; i++) {
        const qwr_plugin *p = qwr__registry_look(ctx, QWR_PLUGIN_SOLVER, order[i]);
        if (p != NULL)
            return p;
    }
    (void)qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0, "there is no MILP backend");
    return NULL;
}

/** A backend's trouble as the statuses of qwr_milp_solve(); the chain keeps the reason. */
static qwr_status as_solver_status(qwr_context *ctx, const qwr_plugin *p, qwr_status status)
{
    if (status == QWR_OK || status == QWR_ENOMEM)
        return status;
    return qwr__cause(ctx, QWR_ESOLVER, WHERE, "backend %s gave no answer", p->id);
}

static qwr_status refuse_answer(qwr_context *ctx, const qwr_plugin *p, const char *why)
{
    char reason[480];
    (void)snprintf(reason, sizeof reason, "its answer is wrong: %s", why);
    qwr__registry_disable(ctx, p, reason);
    return qwr__fail(ctx, QWR_ESOLVER, WHERE, NULL, 0, "backend %s is disabled: %s", p->id, reason);
}

static qwr_status check_question(qwr_context *ctx, const qwr_milp_answer *answer,
                                 const qwr_milp_view *model, const qwr_milp_limits *limits,
                                 double *scratch)
{
    char message[400];
    if (qwr__milp_check_model(model, scratch, message, sizeof message) != QWR_OK)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "the model is not sound: %s", message);
    if (qwr__milp_check_limits(limits, message, sizeof message) != QWR_OK)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "%s", message);
    if (answer->size < sizeof *answer || (answer->point == NULL && model->column_count > 0))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the answer has no size or no array for the point");
    return QWR_OK;
}

qwr_status qwr_milp_solve(qwr_milp_answer *answer, qwr_context *ctx, const char *solver_id,
                          const qwr_milp_view *model, const qwr_milp_limits *limits)
{
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (answer == NULL || model == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "there is no model or no answer");
    qwr_milp_limits free_limits = qwr__milp_no_limits();
    if (limits == NULL)
        limits = &free_limits;

    char message[400];
    /* A model with more rows than a backend can count is refused before scratch is touched. */
    size_t needed = model->row_count <= QWR__MILP_COUNT_MAX ? QWR__MILP_SCRATCH(model) : 0;
    double *scratch = qwr__alloc(ctx, needed + 1, sizeof *scratch);
    if (scratch == NULL)
        return qwr__no_memory(ctx, WHERE);
    qwr_status status = QWR_OK;
    QWR_TRY_DONE(check_question(ctx, answer, model, limits, scratch));
    const qwr_plugin *plugin = choose(ctx, solver_id);
    if (plugin == NULL) {
        const qwr_cause *cause = qwr_context_cause(ctx, 0);
        status = cause != NULL ? cause->status : QWR_ENOTFOUND;
        if (status == QWR_EPLUGIN)
            status = QWR_ESOLVER;
        goto done;
    }
    QWR_TRY_DONE(as_solver_status(ctx, plugin, qwr__milp_run(answer, ctx, plugin, model, limits)));
    if (qwr__milp_check_answer(answer, model, limits, scratch, message, sizeof message) != QWR_OK)
        status = refuse_answer(ctx, plugin, message);
done:
    qwr__free(ctx, scratch);
    return status;
}
