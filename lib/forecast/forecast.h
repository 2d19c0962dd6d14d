/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Floor 5: crane rates of calls as a FORECAST plugin sees them. Hands the scenario's history to the
 * plugin, checks the answer, and puts medians into a copy of the scenario. Knows no plan.
 */
#ifndef QWR_FORECAST_H
#define QWR_FORECAST_H

#include "base/base.h"

#include <quaywright/plugin.h>
#include <quaywright/scenario.h>

/** Crane rates of every call with quantiles. Read only once made. */
typedef struct qwr__forecast qwr__forecast;

/**
 * Runs the plugin on the history of `scenario`. Calls without moves are asked for too.
 * @param out          owned by caller; free with qwr__forecast_free().
 * @param deadline_us  absolute, of qwr__now_us(); negative: none.
 * @return QWR_OK, QWR_ENOTFOUND (no such plugin), QWR_EPLUGIN (broke its contract, now disabled),
 *         the plugin's own status, QWR_ENOMEM.
 */
qwr_status qwr__forecast_run(qwr__forecast **out, qwr_context *ctx, const qwr_scenario *scenario,
                             const char *plugin_id, int64_t deadline_us);
/** NULL is allowed. */
void qwr__forecast_free(qwr__forecast *forecast);

/** Id of the plugin, borrowed from the forecast. */
const char *qwr__forecast_plugin(const qwr__forecast *forecast);
size_t qwr__forecast_count(const qwr__forecast *forecast);
/** Moves per crane-hour; 0 past the end. */
double qwr__forecast_mean(const qwr__forecast *forecast, qwr_call_ix call);
/** `level` is a place in qwr_quantile_milli. */
double qwr__forecast_quantile(const qwr__forecast *forecast, qwr_call_ix call, size_t level);
/** History rows it rests on; 0: a prior. */
int64_t qwr__forecast_evidence(const qwr__forecast *forecast, qwr_call_ix call);

/**
 * The scenario with the forecast's medians: calls that have neither a rate of their own nor a fixed
 * handling time get rate_milli, kept within half to twice the scenario's rate for them.
 * @param out  owned by caller; free with qwr_scenario_free(). Call indices stay the same.
 * @return as qwr__forecast_run(), QWR_EOVERFLOW.
 */
qwr_status qwr__forecast_apply(qwr_scenario **out, qwr_context *ctx, const qwr_scenario *scenario,
                               const char *plugin_id, int64_t deadline_us);

/* --- inside the room ------------------------------------------------------------------------- */

/** Everything a plugin run reads and writes: it must outlive a plugin that never comes back. */
typedef struct qwr__forecast_job {
    qwr_context *ctx;
    const qwr_plugin *plugin;
    struct qwr__host_data *host;
    qwr_history_view history;
    qwr_forecast_query query;
    qwr_forecast_answer answer;
    void **blocks; /* what the views point into */
    size_t block_count, block_capacity;
} qwr__forecast_job;

qwr_status qwr__forecast_job_new(qwr__forecast_job **out, qwr_context *ctx,
                                 const qwr_plugin *plugin, const qwr_scenario *scenario);
void qwr__forecast_job_free(void *job);
/** Body of the plugin's thread. */
qwr_status qwr__forecast_job_body(void *job);

/** Is the answer one to rely on? Pure. `message` says what is wrong; empty on QWR_OK. */
qwr_status qwr__forecast_check(const qwr_forecast_answer *answer, uint32_t call_count,
                               const char *const *call_id, char *message, size_t capacity);
/** Range of rates that are believed, moves per crane-hour. */
#define QWR__RATE_LEAST 0.5
#define QWR__RATE_MOST  250.0

#endif
