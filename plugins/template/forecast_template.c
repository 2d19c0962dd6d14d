/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TEMPLATE of a FORECAST plugin: the mean crane rate of all history, with plain quantiles. It
 * compiles and passes the conformance suite as it is. To make your own:
 *
 *   1. Copy this file to plugins/<id>/<id>.c (or into a folder of your own; see the example of an
 *      out-of-tree plugin). It may include <quaywright/plugin.h> and the C library, nothing else of
 *      this project, and it links nothing of this project.
 *   2. Change id, version, summary and licence in the descriptor at the end. The licence is that of
 *      the module together with all it links.
 *   3. Put what you learn from the history into `struct model`, in fit(); use it in predict().
 *   4. Declare options if you need some (see solver_template.c); users set them as "ID.NAME".
 *   5. Run `quaywright plugin check FILE.so` until every line passes.
 *
 * Rules of the road: no printing, no global that changes, no exit; memory through the host; say why
 * something failed with host->error() and return a QWR_PLUGIN_* status.
 */
#include <quaywright/plugin.h>

/* The prototype keeps -Wmissing-prototypes quiet; the macro gives a static build its own name. */
QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/** CHANGE: what fit() learns. One instance may be fitted and asked several times. */
struct model {
    const qwr_host *host; /* valid until destroy() returns */
    double rate;          /* moves per crane-hour */
    double spread;        /* relative half width of the outer quantiles */
    int64_t rows;
};

/** What is believed without any history: CHANGE it to what fits your terminal, with its source. */
static const double prior_rate = 25.0;

static int32_t create(void **instance, const qwr_host *host)
{
    struct model *m = host->alloc(host->payload, sizeof *m);
    if (m == NULL)
        return QWR_PLUGIN_ENOMEM;
    *m = (struct model){.host = host, .rate = prior_rate, .spread = 0.3};
    *instance = m;
    return QWR_PLUGIN_OK;
}

static void destroy(void *instance)
{
    struct model *m = instance;
    m->host->release(m->host->payload, m);
}

/** CHANGE: learn. The view is read only and gone after the call: copy what you need. */
static int32_t fit(void *instance, const qwr_history_view *history)
{
    struct model *m = instance;
    double moves = 0.0;
    double crane_hours = 0.0;
    for (uint32_t i = 0; i < history->row_count; i++) {
        moves += (double)history->moves[i];
        crane_hours += (double)history->cranes[i] * (double)history->work_s[i] / 3600.0;
    }
    if (crane_hours > 0.0) {
        m->rate = moves / crane_hours;
        m->rows = history->row_count;
    }
    return QWR_PLUGIN_OK;
}

/**
 * CHANGE: answer. Arrays of `answer` are the host's; write call_count means and evidences, and
 * call_count * QWR_QUANTILE_COUNT quantiles that do not fall. All rates are above zero.
 */
static int32_t predict(void *instance, const qwr_forecast_query *query, qwr_forecast_answer *answer)
{
    const struct model *m = instance;
    for (uint32_t i = 0; i < query->call_count; i++) {
        answer->mean[i] = m->rate;
        answer->evidence[i] = m->rows; /* 0 says: this is a prior */
        for (int k = 0; k < QWR_QUANTILE_COUNT; k++) {
            double level = (double)qwr_quantile_milli[k] / 1000.0; /* 0.025 to 0.975 */
            answer->quantile[(size_t)i * QWR_QUANTILE_COUNT + (size_t)k] =
                m->rate * (1.0 + m->spread * (2.0 * level - 1.0));
        }
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
                                      .id = "template-forecast", /* CHANGE */
                                      .version = "1.0.0",
                                      .summary = "Mean crane rate of all history.",
                                      .licence = "Apache-2.0",
                                      .forecast = &functions};

/** Quick, allocates nothing. Return NULL if host_abi_minor is too old for you. */
const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
