/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as history CSV: added and frozen, or refused. */
#include <quaywright/io.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qwr_context *ctx = NULL;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();

    info.id = "fuzz";
    info.epoch = "2027-03-01T00:00:00Z";
    info.horizon_s = 86400;
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return 0;
    if (qwr_scenario_builder_new(&builder, ctx, &info) == QWR_OK &&
        qwr_history_parse(ctx, builder, (const char *)data, size, "fuzz.csv") == QWR_OK &&
        qwr_scenario_freeze(&scenario, builder) == QWR_OK)
        qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
    return 0;
}
