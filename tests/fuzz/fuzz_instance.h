/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a scenario of one format: read, frozen, or refused. */
#ifndef QWR_TESTS_FUZZ_INSTANCE_H
#define QWR_TESTS_FUZZ_INSTANCE_H

#include <quaywright/io.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fuzz_instance(const uint8_t *data, size_t size, qwr_format format)
{
    qwr_context *ctx = NULL;
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;

    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return;
    if (qwr_scenario_parse(&builder, ctx, (const char *)data, size, "fuzz.txt", format) == QWR_OK &&
        qwr_scenario_freeze(&scenario, builder) == QWR_OK)
        qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
}

#endif
