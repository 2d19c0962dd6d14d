/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * FORECAST plugin "handling": crane rate of a call from past calls of its service, its class, or
 * all, with quantiles. This file is the ABI side: it copies what it is handed, calls the model
 * between qwr_gsl_enter() and qwr_gsl_leave(), and hands errors to the host.
 */
#include "handling.h"

#include "../gsl/handler.h"

#include <quaywright/plugin.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

typedef struct instance {
    const qwr_host *host;
    handling_model model;
    char *texts;
} instance;

static void forget(instance *self)
{
    const qwr_host *host = self->host;

    host->release(host->payload, self->model.rows);
    host->release(host->payload, self->model.classes);
    host->release(host->payload, self->model.services);
    host->release(host->payload, self->model.scatter);
    host->release(host->payload, self->texts);
    memset(&self->model, 0, sizeof self->model);
    self->texts = NULL;
}

static int32_t handling_create(void **out, const qwr_host *host)
{
    instance *self = host->alloc(host->payload, sizeof *self);

    if (self == NULL)
        return QWR_PLUGIN_ENOMEM;
    memset(self, 0, sizeof *self);
    self->host = host;
    handling_fit(&self->model);
    *out = self;
    return QWR_PLUGIN_OK;
}

static void handling_destroy(void *payload)
{
    instance *self = payload;

    if (self == NULL)
        return;
    forget(self);
    self->host->release(self->host->payload, self);
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static void *make(const qwr_host *host, size_t count, size_t size)
{
    return host->alloc(host->payload, (count > 0 ? count : 1) * size);
}

/* Copies a text to the end of the block; the view lives no longer than fit(). */
static const char *keep(instance *self, size_t *used, const char *text)
{
    char *at = self->texts + *used;
    const size_t length = strlen(or_empty(text)) + 1;

    memcpy(at, or_empty(text), length);
    *used += length;
    return at;
}

static int32_t make_room(instance *self, const qwr_history_view *history)
{
    const qwr_host *host = self->host;
    const size_t rows = history->row_count;
    size_t bytes = 0;

    for (size_t i = 0; i < rows; i++)
        bytes +=
            strlen(or_empty(history->service[i])) + strlen(or_empty(history->vessel_class[i])) + 2;
    self->model.rows = make(host, rows, sizeof *self->model.rows);
    self->model.classes = make(host, rows, sizeof *self->model.classes);
    self->model.services = make(host, rows, sizeof *self->model.services);
    self->model.scatter = make(host, rows, sizeof *self->model.scatter);
    self->texts = make(host, bytes, 1);
    return self->model.rows == NULL || self->model.classes == NULL ||
                   self->model.services == NULL || self->model.scatter == NULL ||
                   self->texts == NULL
               ? QWR_PLUGIN_ENOMEM
               : QWR_PLUGIN_OK;
}

/* What one crane alone would have done an hour: q cranes do the work of q^a (Meisel & Bierwirth).
 */
static double single_rate(const qwr_history_view *h, size_t i, double exponent)
{
    if (h->moves[i] <= 0 || h->cranes[i] <= 0 || h->work_s[i] <= 0)
        return 0.0;
    return (double)h->moves[i] * 3600.0 / (double)h->work_s[i] /
           pow((double)h->cranes[i], exponent);
}

static void take_rows(instance *self, const qwr_history_view *history)
{
    const double exponent =
        (double)self->host->option_int(self->host->payload, "interference_milli") / 1000.0;
    size_t used = 0, n = 0;

    for (size_t i = 0; i < history->row_count; i++) {
        const double rate = single_rate(history, i, exponent);

        if (!(rate >= HANDLING_RATE_LEAST && rate <= HANDLING_RATE_MOST))
            continue;
        self->model.rows[n].vessel_class = keep(self, &used, history->vessel_class[i]);
        self->model.rows[n].service = keep(self, &used, history->service[i]);
        self->model.rows[n++].log_rate = log(rate);
    }
    self->model.row_count = n;
}

static int32_t report(const instance *self, const qwr_gsl_error *error)
{
    char message[220];

    (void)snprintf(message, sizeof message, "the rates could not be computed: %s",
                   error->number != 0 ? error->reason : "a value left its range");
    self->host->error(self->host->payload, message);
    return QWR_PLUGIN_ESOLVER;
}

static int32_t handling_fit_rows(void *payload, const qwr_history_view *history)
{
    instance *self = payload;
    qwr_gsl_error error;

    forget(self);
    if (make_room(self, history) != QWR_PLUGIN_OK) {
        forget(self);
        handling_fit(&self->model);
        return QWR_PLUGIN_ENOMEM;
    }
    take_rows(self, history);
    qwr_gsl_enter(&error);
    handling_fit(&self->model);
    return qwr_gsl_leave() != 0 ? report(self, &error) : QWR_PLUGIN_OK;
}

static int32_t handling_answer(void *payload, const qwr_forecast_query *query,
                               qwr_forecast_answer *answer)
{
    const instance *self = payload;
    qwr_gsl_error error;
    int own = 0, gsl;

    qwr_gsl_enter(&error);
    for (size_t i = 0; i < query->call_count && own == 0; i++)
        own = handling_predict(&self->model, or_empty(query->vessel_class[i]),
                               or_empty(query->service[i]), &answer->mean[i],
                               &answer->quantile[i * QWR_QUANTILE_COUNT], &answer->evidence[i]);
    gsl = qwr_gsl_leave();
    return own != 0 || gsl != 0 ? report(self, &error) : QWR_PLUGIN_OK;
}

static const qwr_plugin_option options[] = {
    {.size = sizeof(qwr_plugin_option),
     .name = "interference_milli",
     .type = 0,
     .unit = "",
     .default_int = 900,
     .min_int = 500,
     .max_int = 1000,
     .sentence = "Exponent x 1000 by which cranes at one vessel hinder each other; taken off past "
                 "rates."}};

static const qwr_forecast_functions functions = {.size = sizeof(qwr_forecast_functions),
                                                 .create = handling_create,
                                                 .destroy = handling_destroy,
                                                 .fit = handling_fit_rows,
                                                 .predict = handling_answer};

static const qwr_plugin descriptor = {
    .size = sizeof(qwr_plugin),
    .abi_major = QWR_PLUGIN_ABI_MAJOR,
    .abi_minor = QWR_PLUGIN_ABI_MINOR,
    .kind = QWR_PLUGIN_FORECAST,
    .capabilities = QWR_CAP_HANDLING,
    .option_count = sizeof options / sizeof options[0],
    .id = "handling",
    .version = "1.0.0",
    .summary = "Crane rates from past calls by service, class and all, with quantiles (empirical "
               "Bayes, GSL).",
    .licence = "GPL-3.0-or-later",
    .options = options,
    .forecast = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
