/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FORECAST plugin "class-mean": the mean crane rate of a vessel class over past calls, and how far
 * single calls lay from it. Needs nothing but the C library: what a build without GSL falls back
 * on. Must never know the model of the plugin "handling".
 */
#include <quaywright/plugin.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/* Rows outside are typing errors, not ships. */
#define RATE_LEAST 2.0
#define RATE_MOST  150.0
/* What is assumed of a class before a row of it is seen, and how many rows that is worth. */
#define PRIOR_RATE 27.0
#define PRIOR_ROWS 3.0

/* Rates over their class's mean, at the levels of qwr_quantile_milli, when there are few rows: a
 * spread of 20 %, about what published crane rates show (Liftech 2002: 20 to 40 around 30). */
static const double usual_ratio[QWR_QUANTILE_COUNT] = {0.66, 0.71, 0.77, 0.87, 0.99,
                                                       1.12, 1.25, 1.34, 1.42};
enum { ENOUGH_ROWS = 24 };

typedef struct row {
    const char *vessel_class;
    double rate;
} row;

/** Rows [begin, end) are of one class. */
typedef struct class_level {
    const char *vessel_class;
    size_t begin, end;
    double mean;
} class_level;

typedef struct instance {
    const qwr_host *host;
    size_t row_count, class_count;
    row *rows;
    class_level *classes;
    double *ratio; /* sorted: rate over the class's mean */
    char *texts;
    double mean; /* of all */
} instance;

static void forget(instance *self)
{
    const qwr_host *host = self->host;

    host->release(host->payload, self->rows);
    host->release(host->payload, self->classes);
    host->release(host->payload, self->ratio);
    host->release(host->payload, self->texts);
    *self = (instance){.host = host, .mean = PRIOR_RATE};
}

static int32_t create(void **out, const qwr_host *host)
{
    instance *self = host->alloc(host->payload, sizeof *self);

    if (self == NULL)
        return QWR_PLUGIN_ENOMEM;
    *self = (instance){.host = host, .mean = PRIOR_RATE};
    *out = self;
    return QWR_PLUGIN_OK;
}

static void destroy(void *payload)
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

static int compare_rows(const void *a, const void *b)
{
    const row *x = a, *y = b;
    const int by_class = strcmp(x->vessel_class, y->vessel_class);

    /* By rate within a class, so that sums do not depend on how the rows came in. */
    return by_class != 0 ? by_class : (x->rate > y->rate) - (x->rate < y->rate);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static int32_t make_room(instance *self, const qwr_history_view *history)
{
    const qwr_host *host = self->host;
    const size_t rows = (size_t)history->row_count + 1;
    size_t bytes = 1;

    for (size_t i = 0; i < history->row_count; i++)
        bytes += strlen(or_empty(history->vessel_class[i])) + 1;
    self->rows = host->alloc(host->payload, rows * sizeof *self->rows);
    self->classes = host->alloc(host->payload, rows * sizeof *self->classes);
    self->ratio = host->alloc(host->payload, rows * sizeof *self->ratio);
    self->texts = host->alloc(host->payload, bytes);
    return self->rows == NULL || self->classes == NULL || self->ratio == NULL || self->texts == NULL
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
    char *at = self->texts;

    for (size_t i = 0; i < history->row_count; i++) {
        const double rate = single_rate(history, i, exponent);
        const size_t length = strlen(or_empty(history->vessel_class[i])) + 1;

        if (!(rate >= RATE_LEAST && rate <= RATE_MOST))
            continue;
        memcpy(at, or_empty(history->vessel_class[i]), length);
        self->rows[self->row_count++] = (row){.vessel_class = at, .rate = rate};
        at += length;
    }
    qsort(self->rows, self->row_count, sizeof *self->rows, compare_rows);
}

/* Mean of rows [begin, end), drawn towards `above` as if that were PRIOR_ROWS rows more. */
static double drawn_mean(const instance *self, size_t begin, size_t end, double above)
{
    double sum = PRIOR_ROWS * above;

    for (size_t i = begin; i < end; i++)
        sum += self->rows[i].rate;
    return sum / (PRIOR_ROWS + (double)(end - begin));
}

static void find_levels(instance *self)
{
    self->mean = drawn_mean(self, 0, self->row_count, PRIOR_RATE);
    for (size_t begin = 0, end; begin < self->row_count; begin = end) {
        class_level *level = &self->classes[self->class_count++];

        for (end = begin; end < self->row_count && strcmp(self->rows[end].vessel_class,
                                                          self->rows[begin].vessel_class) == 0;)
            end++;
        *level = (class_level){.vessel_class = self->rows[begin].vessel_class,
                               .begin = begin,
                               .end = end,
                               .mean = drawn_mean(self, begin, end, self->mean)};
        for (size_t i = begin; i < end; i++)
            self->ratio[i] = self->rows[i].rate / level->mean;
    }
    qsort(self->ratio, self->row_count, sizeof *self->ratio, compare_doubles);
}

static int32_t fit(void *payload, const qwr_history_view *history)
{
    instance *self = payload;

    forget(self);
    if (make_room(self, history) != QWR_PLUGIN_OK) {
        forget(self);
        return QWR_PLUGIN_ENOMEM;
    }
    take_rows(self, history);
    find_levels(self);
    return QWR_PLUGIN_OK;
}

static double ratio_at(const instance *self, size_t k)
{
    /* Between the two rows next to the level, as most statistics packages do it. */
    const double place = (double)(self->row_count - 1) * qwr_quantile_milli[k] / 1000.0;
    const size_t below = (size_t)place;
    const size_t above = below + 1 < self->row_count ? below + 1 : below;

    return self->ratio[below] + (place - (double)below) * (self->ratio[above] - self->ratio[below]);
}

static double believable(double rate)
{
    return rate < RATE_LEAST ? RATE_LEAST : rate > RATE_MOST ? RATE_MOST : rate;
}

static int32_t predict(void *payload, const qwr_forecast_query *query, qwr_forecast_answer *answer)
{
    const instance *self = payload;
    double ratio[QWR_QUANTILE_COUNT];

    for (size_t k = 0; k < QWR_QUANTILE_COUNT; k++)
        ratio[k] = self->row_count >= ENOUGH_ROWS ? ratio_at(self, k) : usual_ratio[k];
    for (size_t i = 0; i < query->call_count; i++) {
        const char *wanted = or_empty(query->vessel_class[i]);

        answer->mean[i] = self->mean;
        answer->evidence[i] = (int64_t)self->row_count;
        for (size_t c = 0; c < self->class_count; c++)
            if (strcmp(self->classes[c].vessel_class, wanted) == 0) {
                answer->mean[i] = self->classes[c].mean;
                answer->evidence[i] = (int64_t)(self->classes[c].end - self->classes[c].begin);
            }
        for (size_t k = 0; k < QWR_QUANTILE_COUNT; k++)
            answer->quantile[i * QWR_QUANTILE_COUNT + k] = believable(answer->mean[i] * ratio[k]);
    }
    return QWR_PLUGIN_OK;
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
                                                 .create = create,
                                                 .destroy = destroy,
                                                 .fit = fit,
                                                 .predict = predict};

static const qwr_plugin descriptor = {.size = sizeof(qwr_plugin),
                                      .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                      .abi_minor = QWR_PLUGIN_ABI_MINOR,
                                      .kind = QWR_PLUGIN_FORECAST,
                                      .capabilities = QWR_CAP_HANDLING,
                                      .option_count = sizeof options / sizeof options[0],
                                      .id = "class-mean",
                                      .version = "1.0.0",
                                      .summary =
                                          "Mean crane rate of the vessel class over past calls.",
                                      .licence = "Apache-2.0",
                                      .options = options,
                                      .forecast = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
