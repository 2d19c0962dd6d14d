/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a plan in XML, JSON, CSV or solution CSV, told apart by content. */
#include <quaywright/io.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Q1 with berths B1 and B2, calls V1 and V2, as in the corpus. */
static qwr_status add_entities(qwr_scenario_builder *builder)
{
    static const char *const berths[] = {"B1", "B2"}, *const calls[] = {"V1", "V2"};
    qwr_quay quay = qwr_quay_init();
    qwr_status status;

    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = 2000;
    status = qwr_scenario_add_quay(builder, &quay, NULL);
    for (int i = 0; i < 2 && status == QWR_OK; i++) {
        qwr_berth berth = qwr_berth_init();
        qwr_call call = qwr_call_init();

        berth.id = berths[i];
        berth.quay.v = 0;
        berth.from_mm = i * 1000;
        call.id = calls[i];
        call.eta_s = 0;
        call.handling_s = 3600;
        status = qwr_scenario_add_berth(builder, &berth, NULL);
        if (status == QWR_OK)
            status = qwr_scenario_add_call(builder, &call, NULL);
    }
    return status;
}

static qwr_scenario *make_scenario(qwr_context *ctx)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();

    info.id = "small";
    info.epoch = "2000-01-01T00:00:00Z";
    info.horizon_s = 86400;
    if (qwr_scenario_builder_new(&builder, ctx, &info) == QWR_OK &&
        add_entities(builder) == QWR_OK && qwr_scenario_freeze(&scenario, builder) != QWR_OK)
        scenario = NULL;
    qwr_scenario_builder_free(builder);
    return scenario;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qwr_context *ctx = NULL;
    qwr_plan *plan = NULL;

    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return 0;
    qwr_scenario *scenario = make_scenario(ctx);
    if (scenario == NULL)
        __builtin_trap();
    if (qwr_plan_parse(&plan, ctx, scenario, (const char *)data, size, "fuzz", QWR_PLAN_AUTO) ==
        QWR_OK)
        qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return 0;
}
