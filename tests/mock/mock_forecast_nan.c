/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its means are not numbers. */
#include "mock.h"

#include <math.h>

static int32_t fit(void *instance, const qwr_history_view *history)
{
    (void)instance;
    (void)history;
    return QWR_PLUGIN_OK;
}

static int32_t predict(void *instance, const qwr_forecast_query *query, qwr_forecast_answer *answer)
{
    (void)instance;
    for (uint32_t i = 0; i < query->call_count; i++) {
        answer->mean[i] = NAN;
        answer->evidence[i] = 0;
        for (uint32_t k = 0; k < QWR_QUANTILE_COUNT; k++)
            answer->quantile[i * QWR_QUANTILE_COUNT + k] = 25.0;
    }
    return QWR_PLUGIN_OK;
}

static const qwr_forecast_functions functions = {sizeof functions, mock_create, mock_destroy, fit,
                                                 predict};
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_FORECAST, "mock-forecast-nan"),
                                      .capabilities = QWR_CAP_HANDLING, .forecast = &functions};
MOCK_ENTRY(descriptor)
