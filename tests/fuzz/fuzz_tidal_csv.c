/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a published instance of a quay that is left at high water: read, frozen, or refused.
 */
#include <quaywright/io.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qwr_context *ctx = NULL;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;

    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return 0;
    if (qwr_scenario_parse(&builder, ctx, (const char *)data, size, "fuzz.csv",
                           QWR_FORMAT_TIDAL_CSV) == QWR_OK &&
        qwr_scenario_freeze(&scenario, builder) == QWR_OK)
        qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
    return 0;
}
