/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plugin made outside the tree: a FORECAST that says of every call what past calls showed on the
 * whole. It includes one header of ours and links nothing of ours: the host hands in its functions.
 */
#include <quaywright/plugin.h>

#include <stdlib.h>
#include <string.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/* Without any history: moves per crane-hour, and how far apart the quantiles lie. */
#define USUAL_RATE 27.0
static const double usual_share[QWR_QUANTILE_COUNT] = {0.7, 0.75, 0.8,  0.9, 1.0,
                                                       1.1, 1.2,  1.25, 1.3};

typedef struct instance {
    const qwr_host *host;
    uint32_t count;
    double *rate; /* sorted */
} instance;

static int32_t create(void **out, const qwr_host *host)
{
    instance *self = host->alloc(host->payload, sizeof *self);

    if (self == NULL)
        return QWR_PLUGIN_ENOMEM;
    memset(self, 0, sizeof *self);
    self->host = host;
    *out = self;
    return QWR_PLUGIN_OK;
}

static void destroy(void *payload)
{
    instance *self = payload;

    if (self == NULL)
        return;
    self->host->release(self->host->payload, self->rate);
    self->host->release(self->host->payload, self);
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* What the view points to is the host's, and only until fit() returns: keep what is needed. */
static int32_t fit(void *payload, const qwr_history_view *history)
{
    instance *self = payload;
    double *rate =
        self->host->alloc(self->host->payload, ((size_t)history->row_count + 1) * sizeof *rate);

    if (rate == NULL)
        return QWR_PLUGIN_ENOMEM;
    self->host->release(self->host->payload, self->rate);
    self->rate = rate;
    self->count = 0;
    for (uint32_t i = 0; i < history->row_count; i++) {
        const double hours = (double)history->work_s[i] / 3600.0 * (double)history->cranes[i];
        const double moves = (double)history->moves[i];

        if (hours > 0 && moves / hours > 2.0 && moves / hours < 150.0)
            self->rate[self->count++] = moves / hours;
    }
    qsort(self->rate, self->count, sizeof *self->rate, compare);
    return QWR_PLUGIN_OK;
}

static double quantile(const instance *self, int level)
{
    if (self->count == 0)
        return USUAL_RATE * usual_share[level];
    return self->rate[(size_t)(self->count - 1) * (size_t)qwr_quantile_milli[level] / 1000];
}

static double mean(const instance *self)
{
    double sum = 0.0;

    for (uint32_t i = 0; i < self->count; i++)
        sum += self->rate[i];
    return self->count > 0 ? sum / self->count : USUAL_RATE;
}

static int32_t predict(void *payload, const qwr_forecast_query *query, qwr_forecast_answer *answer)
{
    const instance *self = payload;

    for (uint32_t i = 0; i < query->call_count; i++) {
        answer->mean[i] = mean(self);
        answer->evidence[i] = self->count;
        for (int k = 0; k < QWR_QUANTILE_COUNT; k++)
            answer->quantile[(size_t)i * QWR_QUANTILE_COUNT + (size_t)k] = quantile(self, k);
    }
    return QWR_PLUGIN_OK;
}

static const qwr_forecast_functions functions = {.size = sizeof(qwr_forecast_functions),
                                                 .create = create,
                                                 .destroy = destroy,
                                                 .fit = fit,
                                                 .predict = predict};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_FORECAST,
                                      .capabilities = QWR_CAP_HANDLING,
                                      .id = "median",
                                      .version = "1.0.0",
                                      .summary = "Crane rate of all past calls, whatever the call.",
                                      .licence = "Apache-2.0",
                                      .forecast = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
