/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of a FORECAST plugin: copies of all it reads, arrays for all it writes, and the body of
 * its thread. Nothing here points into the scenario, because a plugin may be left behind on its
 * thread.
 */
#include "forecast/forecast.h"
#include "registry/registry.h"

#include <string.h>

#define WHERE "forecast.job"

/* A block owned by the job; NULL without memory. */
static void *job_alloc(qwr__forecast_job *job, size_t count, size_t size)
{
    void *block;

    if (qwr__reserve(job->ctx, (void **)&job->blocks, &job->block_capacity, job->block_count + 1,
                     sizeof *job->blocks) != QWR_OK)
        return NULL;
    block = qwr__alloc(job->ctx, count > 0 ? count : 1, size);
    if (block != NULL)
        job->blocks[job->block_count++] = block;
    return block;
}

void qwr__forecast_job_free(void *payload)
{
    qwr__forecast_job *job = payload;
    qwr_context *ctx;

    if (job == NULL)
        return;
    ctx = job->ctx;
    qwr__host_free(ctx, job->host);
    while (job->block_count > 0)
        qwr__free(ctx, job->blocks[--job->block_count]);
    qwr__free(ctx, job->blocks);
    qwr__free(ctx, job);
}

/** Texts of a view, packed into one block. */
typedef struct packer {
    char *block;
    size_t used;
} packer;

static const char *pack(packer *p, const char *text)
{
    char *at = p->block + p->used;
    size_t length;

    if (text == NULL)
        return NULL;
    length = strlen(text) + 1;
    memcpy(at, text, length);
    p->used += length;
    return at;
}

static size_t packed_size(const char *text)
{
    return text != NULL ? strlen(text) + 1 : 0;
}

/* Rows a rate can be computed from. */
static int row_counts(const qwr_history *row)
{
    return row->moves > 0 && row->cranes > 0 && row->work_s > 0;
}

static qwr_status copy_history(qwr__forecast_job *job, const qwr_scenario *s)
{
    const size_t rows = qwr_scenario_history_count(s);
    const char **service = job_alloc(job, rows, sizeof *service);
    const char **vessel_class = job_alloc(job, rows, sizeof *vessel_class);
    int64_t *moves = job_alloc(job, rows, sizeof *moves);
    int64_t *cranes = job_alloc(job, rows, sizeof *cranes);
    int64_t *work_s = job_alloc(job, rows, sizeof *work_s);
    size_t bytes = 1;
    packer texts = {0};
    uint32_t n = 0;

    for (size_t i = 0; i < rows; i++) {
        const qwr_history *row = qwr_scenario_history(s, i);
        bytes += packed_size(row->service) + packed_size(row->vessel_class);
    }
    texts.block = job_alloc(job, bytes, 1);
    if (service == NULL || vessel_class == NULL || moves == NULL || cranes == NULL ||
        work_s == NULL || texts.block == NULL)
        return qwr__no_memory(job->ctx, WHERE);
    for (size_t i = 0; i < rows; i++) {
        const qwr_history *row = qwr_scenario_history(s, i);
        if (!row_counts(row))
            continue;
        service[n] = pack(&texts, row->service);
        vessel_class[n] = pack(&texts, row->vessel_class);
        moves[n] = row->moves;
        cranes[n] = row->cranes;
        work_s[n++] = row->work_s;
    }
    job->history = (qwr_history_view){.size = sizeof job->history,
                                      .row_count = n,
                                      .service = service,
                                      .vessel_class = vessel_class,
                                      .moves = moves,
                                      .cranes = cranes,
                                      .work_s = work_s};
    return QWR_OK;
}

static qwr_status copy_calls(qwr__forecast_job *job, const qwr_scenario *s)
{
    const size_t calls = qwr_scenario_call_count(s);
    const char **id = job_alloc(job, calls, sizeof *id);
    const char **service = job_alloc(job, calls, sizeof *service);
    const char **vessel_class = job_alloc(job, calls, sizeof *vessel_class);
    int64_t *moves = job_alloc(job, calls, sizeof *moves);
    size_t bytes = 1;
    packer texts = {0};

    for (uint32_t i = 0; i < calls; i++) {
        const qwr_call *call = qwr_scenario_call(s, (qwr_call_ix){i});
        bytes +=
            packed_size(call->id) + packed_size(call->service) + packed_size(call->vessel_class);
    }
    texts.block = job_alloc(job, bytes, 1);
    if (id == NULL || service == NULL || vessel_class == NULL || moves == NULL ||
        texts.block == NULL)
        return qwr__no_memory(job->ctx, WHERE);
    for (uint32_t i = 0; i < calls; i++) {
        const qwr_call *call = qwr_scenario_call(s, (qwr_call_ix){i});
        id[i] = pack(&texts, call->id);
        service[i] = pack(&texts, call->service);
        vessel_class[i] = pack(&texts, call->vessel_class);
        moves[i] = qwr_scenario_call_moves(s, (qwr_call_ix){i});
    }
    job->query = (qwr_forecast_query){.size = sizeof job->query,
                                      .call_count = (uint32_t)calls,
                                      .call_id = id,
                                      .service = service,
                                      .vessel_class = vessel_class,
                                      .moves = moves};
    return QWR_OK;
}

/* Fields a plugin forgets stay negative, which the check refuses. */
static qwr_status make_answer(qwr__forecast_job *job)
{
    const size_t calls = job->query.call_count;
    double *mean = job_alloc(job, calls, sizeof *mean);
    double *quantile = job_alloc(job, calls, QWR_QUANTILE_COUNT * sizeof *quantile);
    int64_t *evidence = job_alloc(job, calls, sizeof *evidence);

    if (mean == NULL || quantile == NULL || evidence == NULL)
        return qwr__no_memory(job->ctx, WHERE);
    for (size_t i = 0; i < calls; i++) {
        mean[i] = -1.0;
        evidence[i] = -1;
        for (size_t k = 0; k < QWR_QUANTILE_COUNT; k++)
            quantile[i * QWR_QUANTILE_COUNT + k] = -1.0;
    }
    job->answer = (qwr_forecast_answer){.size = sizeof job->answer,
                                        .call_count = job->query.call_count,
                                        .mean = mean,
                                        .quantile = quantile,
                                        .evidence = evidence};
    return QWR_OK;
}

qwr_status qwr__forecast_job_new(qwr__forecast_job **out, qwr_context *ctx,
                                 const qwr_plugin *plugin, const qwr_scenario *scenario)
{
    qwr__forecast_job *job = qwr__alloc(ctx, 1, sizeof *job);
    qwr_status status = QWR_OK;

    *out = NULL;
    if (job == NULL)
        return qwr__no_memory(ctx, WHERE);
    job->ctx = ctx;
    job->plugin = plugin;
    QWR_TRY_DONE(copy_history(job, scenario));
    QWR_TRY_DONE(copy_calls(job, scenario));
    QWR_TRY_DONE(make_answer(job));
    QWR_TRY_DONE(qwr__host_new(&job->host, ctx, plugin, qwr_scenario_hash(scenario)));
    *out = job;
done:
    if (status != QWR_OK)
        qwr__forecast_job_free(job);
    return status;
}

qwr_status qwr__forecast_job_body(void *payload)
{
    qwr__forecast_job *job = payload;
    const qwr_forecast_functions *functions = job->plugin->forecast;
    const qwr_host *host = &job->host->table;
    /* The plugin gets copies of the small structs too: it cannot turn our pointers. */
    qwr_history_view history = job->history;
    qwr_forecast_query query = job->query;
    qwr_forecast_answer answer = job->answer;
    void *instance = NULL;
    char message[QWR__HOST_MESSAGE_BYTES];
    qwr_status status = qwr__plugin_status(functions->create(&instance, host));

    if (status != QWR_OK)
        return status;
    status = qwr__plugin_status(functions->fit(instance, &history));
    if (status == QWR_OK)
        status = qwr__plugin_status(functions->predict(instance, &query, &answer));
    functions->destroy(instance);
    if (status != QWR_OK)
        return status;
    job->answer.call_count = answer.call_count;
    status = qwr__forecast_check(&job->answer, job->query.call_count, job->query.call_id, message,
                                 sizeof message);
    if (status != QWR_OK)
        host->error(host->payload, message);
    return status;
}
