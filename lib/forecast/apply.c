/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts the medians of a forecast into a copy of the scenario. Must never know the plugin.
 */
#include "forecast/forecast.h"

/* Place of 500 in qwr_quantile_milli. */
#define MEDIAN 4

/* Half to twice what the scenario says for the call on every quay: what a checker accepts. */
static void believed_range(const qwr_scenario *s, qwr_call_ix call, int64_t *low, int64_t *high)
{
    *low = 1;
    *high = INT64_MAX;
    for (uint32_t i = 0; i < qwr_scenario_quay_count(s); i++) {
        const int64_t usual = qwr_scenario_rate_milli(s, call, (qwr_quay_ix){i});

        if ((usual + 1) / 2 > *low)
            *low = (usual + 1) / 2;
        if (usual <= INT64_MAX / 2 && 2 * usual < *high)
            *high = 2 * usual;
    }
}

static int wants_rate(const qwr_call *call)
{
    return call->rate_milli == QWR_UNSET && call->handling_s == QWR_UNSET;
}

static qwr_status set_rates(qwr_scenario_builder *builder, const qwr_scenario *s,
                            const qwr__forecast *f)
{
    for (uint32_t i = 0; i < qwr_scenario_call_count(s); i++) {
        const qwr_call_ix ix = {i};
        qwr_call call = *qwr_scenario_call(s, ix);
        int64_t rate = (int64_t)(qwr__forecast_quantile(f, ix, MEDIAN) * 1000.0 + 0.5);
        int64_t low, high;

        believed_range(s, ix, &low, &high);
        /* Two quays with rates so far apart that no number suits both: leave it to the quays. */
        if (!wants_rate(&call) || low > high)
            continue;
        rate = rate < low ? low : rate > high ? high : rate;
        call.rate_milli = rate;
        QWR_TRY(qwr_scenario_set_call(builder, ix, &call));
    }
    return QWR_OK;
}

qwr_status qwr__forecast_apply(qwr_scenario **out, qwr_context *ctx, const qwr_scenario *scenario,
                               const char *plugin_id, int64_t deadline_us)
{
    qwr__forecast *forecast = NULL;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *made = NULL;
    qwr_status status = QWR_OK;

    *out = NULL;
    QWR_TRY_DONE(qwr__forecast_run(&forecast, ctx, scenario, plugin_id, deadline_us));
    QWR_TRY_DONE(qwr_scenario_thaw(&builder, ctx, scenario));
    QWR_TRY_DONE(set_rates(builder, scenario, forecast));
    QWR_TRY_DONE(qwr_scenario_freeze(&made, builder));
done:
    qwr_scenario_builder_free(builder);
    qwr__forecast_free(forecast);
    if (status == QWR_OK)
        *out = made;
    return status;
}
