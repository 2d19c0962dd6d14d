/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forecast as a noun, the check of what a plugin answered, and the run that makes one. Must
 * never know what the rates are used for.
 */
#include "forecast/forecast.h"
#include "registry/registry.h"

#include <math.h>
#include <stdio.h>

#define WHERE "forecast"
/* What a plugin gets to come back after the deadline. */
#define GRACE_US 50000

struct qwr__forecast {
    qwr_context *ctx;
    char *plugin;
    size_t count;
    double *mean, *quantile;
    int64_t *evidence;
};

const char *qwr__forecast_plugin(const qwr__forecast *forecast)
{
    return forecast->plugin;
}

size_t qwr__forecast_count(const qwr__forecast *forecast)
{
    return forecast->count;
}

double qwr__forecast_mean(const qwr__forecast *forecast, qwr_call_ix call)
{
    return call.v < forecast->count ? forecast->mean[call.v] : 0.0;
}

double qwr__forecast_quantile(const qwr__forecast *forecast, qwr_call_ix call, size_t level)
{
    if (call.v >= forecast->count || level >= QWR_QUANTILE_COUNT)
        return 0.0;
    return forecast->quantile[call.v * (size_t)QWR_QUANTILE_COUNT + level];
}

int64_t qwr__forecast_evidence(const qwr__forecast *forecast, qwr_call_ix call)
{
    return call.v < forecast->count ? forecast->evidence[call.v] : 0;
}

void qwr__forecast_free(qwr__forecast *forecast)
{
    if (forecast == NULL)
        return;
    qwr__free(forecast->ctx, forecast->evidence);
    qwr__free(forecast->ctx, forecast->quantile);
    qwr__free(forecast->ctx, forecast->mean);
    qwr__free(forecast->ctx, forecast->plugin);
    qwr__free(forecast->ctx, forecast);
}

static int believable(double rate)
{
    return isfinite(rate) && rate >= QWR__RATE_LEAST && rate <= QWR__RATE_MOST;
}

static qwr_status check_call(const qwr_forecast_answer *answer, size_t i, const char *id,
                             char *message, size_t capacity)
{
    const double *quantile = &answer->quantile[i * QWR_QUANTILE_COUNT];

    if (!believable(answer->mean[i])) {
        snprintf(message, capacity,
                 "forecast for call %s: the mean is not a rate between 0.5 and 250", id);
        return QWR_EPLUGIN;
    }
    for (size_t k = 0; k < QWR_QUANTILE_COUNT; k++) {
        if (!believable(quantile[k])) {
            snprintf(message, capacity,
                     "forecast for call %s: quantile %d/1000 is not a rate between 0.5 and 250", id,
                     (int)qwr_quantile_milli[k]);
            return QWR_EPLUGIN;
        }
        if (k > 0 && quantile[k] < quantile[k - 1]) {
            snprintf(message, capacity,
                     "forecast for call %s: quantile %d/1000 lies below quantile %d/1000", id,
                     (int)qwr_quantile_milli[k], (int)qwr_quantile_milli[k - 1]);
            return QWR_EPLUGIN;
        }
    }
    if (answer->evidence[i] < 0) {
        snprintf(message, capacity, "forecast for call %s: the evidence count is negative", id);
        return QWR_EPLUGIN;
    }
    return QWR_OK;
}

qwr_status qwr__forecast_check(const qwr_forecast_answer *answer, uint32_t call_count,
                               const char *const *call_id, char *message, size_t capacity)
{
    message[0] = '\0';
    if (answer->call_count != call_count) {
        snprintf(message, capacity, "the forecast answers for %u calls, asked were %u",
                 (unsigned)answer->call_count, (unsigned)call_count);
        return QWR_EPLUGIN;
    }
    for (size_t i = 0; i < call_count; i++)
        QWR_TRY(check_call(answer, i, call_id[i], message, capacity));
    return QWR_OK;
}

static qwr_status copy_answer(qwr__forecast **out, qwr_context *ctx, const qwr__forecast_job *job)
{
    const size_t count = job->query.call_count;
    qwr__forecast *f = qwr__alloc(ctx, 1, sizeof *f);

    if (f == NULL)
        return qwr__no_memory(ctx, WHERE);
    f->ctx = ctx;
    f->count = count;
    f->plugin = qwr__strdup(ctx, job->plugin->id);
    f->mean = qwr__alloc(ctx, count + 1, sizeof *f->mean);
    f->quantile = qwr__alloc(ctx, count + 1, QWR_QUANTILE_COUNT * sizeof *f->quantile);
    f->evidence = qwr__alloc(ctx, count + 1, sizeof *f->evidence);
    if (f->plugin == NULL || f->mean == NULL || f->quantile == NULL || f->evidence == NULL) {
        qwr__forecast_free(f);
        return qwr__no_memory(ctx, WHERE);
    }
    for (size_t i = 0; i < count; i++) {
        f->mean[i] = job->answer.mean[i];
        f->evidence[i] = job->answer.evidence[i];
    }
    for (size_t i = 0; i < count * QWR_QUANTILE_COUNT; i++)
        f->quantile[i] = job->answer.quantile[i];
    *out = f;
    return QWR_OK;
}

qwr_status qwr__forecast_run(qwr__forecast **out, qwr_context *ctx, const qwr_scenario *scenario,
                             const char *plugin_id, int64_t deadline_us)
{
    const qwr_plugin *plugin = qwr__registry_find(ctx, QWR_PLUGIN_FORECAST, plugin_id);
    qwr__forecast_job *job = NULL;
    qwr_status status;

    *out = NULL;
    if (plugin == NULL) {
        const qwr_cause *cause = qwr_context_cause(ctx, 0);
        return cause != NULL ? cause->status : QWR_ENOTFOUND;
    }
    QWR_TRY(qwr__forecast_job_new(&job, ctx, plugin, scenario));
    /* On failure the job belongs to the registry. */
    QWR_TRY(qwr__plugin_run(ctx, plugin, deadline_us, GRACE_US, qwr__forecast_job_body,
                            qwr__forecast_job_free, job));
    status = copy_answer(out, ctx, job);
    qwr__forecast_job_free(job);
    return status;
}
