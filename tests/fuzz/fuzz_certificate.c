/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a certificate; one that can be read is replayed, whatever it claims. */
#include <quaywright/certificate.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Q1 with berths B1 and B2, calls V1 and V2, as in the corpus, which holds the hash of this. */
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
        call.handling_s = 3600 * (i + 1);
        call.min_cranes = call.max_cranes = 0;
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
    info.step_s = 3600;
    info.horizon_s = 28800;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    if (qwr_scenario_builder_new(&builder, ctx, &info) == QWR_OK &&
        add_entities(builder) == QWR_OK && qwr_scenario_freeze(&scenario, builder) != QWR_OK)
        scenario = NULL;
    qwr_scenario_builder_free(builder);
    return scenario;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qwr_context *ctx = NULL;
    qwr_certificate *certificate = NULL;

    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return 0;
    qwr_scenario *scenario = make_scenario(ctx);
    if (scenario == NULL)
        __builtin_trap();
    if (qwr_certificate_parse(&certificate, ctx, scenario, (const char *)data, size, "fuzz") ==
        QWR_OK) {
        qwr_verdict verdict = qwr_verdict_init();
        /* Both vessels at a berth of their own from hour 0 on cost 3000: nothing proves more. */
        if (qwr_certificate_verify(&verdict, ctx, scenario, certificate) == QWR_OK &&
            verdict.proved != 0 && verdict.bound_mu > 3000)
            __builtin_trap();
        qwr_certificate_free(certificate);
    }
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return 0;
}
