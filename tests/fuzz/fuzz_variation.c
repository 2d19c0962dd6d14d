/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any text as a variation: read and applied to a small scenario at each of its first levels, or
 * refused. What its levels print reads back as one level of the same text.
 */
#include <quaywright/vary.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Q1 with cranes K1, K2 and calls A, B of service North, a window, tide and past. */
static qwr_status add_entities(qwr_scenario_builder *builder)
{
    qwr_quay quay = qwr_quay_init();
    qwr_crane crane = qwr_crane_init();
    qwr_call call = qwr_call_init();
    qwr_window window = qwr_window_init();
    qwr_tide tide = qwr_tide_init();
    qwr_history past = qwr_history_init();
    qwr_status status;

    quay.id = "Q1";
    quay.length_mm = 400000;
    quay.depth_mm = 15000;
    status = qwr_scenario_add_quay(builder, &quay, NULL);
    crane.quay.v = 0;
    call.loa_mm = 100000;
    call.service = "North";
    call.eta_sd_s = 600;
    call.moves = 100;
    call.max_cranes = 2;
    for (int i = 0; i < 2 && status == QWR_OK; i++) {
        crane.id = i == 0 ? "K1" : "K2";
        crane.rail_order = i + 1;
        call.id = i == 0 ? "A" : "B";
        call.eta_s = i * 3600;
        status = qwr_scenario_add_crane(builder, &crane, NULL);
        if (status == QWR_OK)
            status = qwr_scenario_add_call(builder, &call, NULL);
    }
    window.id = "W1";
    window.kind = QWR_WINDOW_MAINTENANCE;
    window.crane.v = 0;
    window.from_s = 0;
    window.to_s = 3600;
    tide.at_s = 0;
    tide.level_mm = 1000;
    past.at_s = -86400;
    past.moves = 10;
    past.cranes = 1;
    past.work_s = 3600;
    past.eta_error_s = 60;
    if (status == QWR_OK)
        status = qwr_scenario_add_window(builder, &window, NULL);
    if (status == QWR_OK)
        status = qwr_scenario_add_tide(builder, &tide);
    return status == QWR_OK ? qwr_scenario_add_history(builder, &past) : status;
}

static qwr_scenario *make_scenario(qwr_context *ctx)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();

    info.id = "small";
    info.horizon_s = 86400;
    if (qwr_scenario_builder_new(&builder, ctx, &info) == QWR_OK &&
        add_entities(builder) == QWR_OK && qwr_scenario_freeze(&scenario, builder) != QWR_OK)
        scenario = NULL;
    qwr_scenario_builder_free(builder);
    return scenario;
}

/* The text of a level, written after name and operator, is one level with the same text. */
static void check_reads_back(qwr_context *ctx, const qwr_variation *v, size_t level)
{
    static char text[8192];
    qwr_variation *again = NULL;

    snprintf(text, sizeof text, "%s%s%s", qwr_variation_name(v), qwr_variation_operator(v),
             qwr_variation_level_text(v, level));
    if (qwr_variation_parse(&again, ctx, text) != QWR_OK || qwr_variation_levels(again) != 1 ||
        strcmp(qwr_variation_level_text(again, 0), qwr_variation_level_text(v, level)) != 0)
        __builtin_trap();
    qwr_variation_free(again);
}

static void apply(qwr_context *ctx, const qwr_scenario *base, const qwr_variation *v)
{
    for (size_t level = 0; level < qwr_variation_levels(v) && level < 4; level++) {
        qwr_scenario *varied = NULL;
        double value = 0;

        check_reads_back(ctx, v, level);
        /* Thousands of calls or cranes are legal, and slow. */
        if (strstr(qwr_variation_name(v), ".count") != NULL &&
            (!qwr_variation_level_value(v, level, &value) || value > 100))
            continue;
        if (qwr_scenario_vary(&varied, ctx, base, &v, &level, 1, 1, 0) == QWR_OK)
            qwr_scenario_free(varied);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qwr_context *ctx = NULL;
    qwr_variation *variation = NULL;
    char *text = malloc(size + 1);

    if (text == NULL || qwr_context_new(&ctx, NULL) != QWR_OK) {
        free(text);
        return 0;
    }
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    qwr_scenario *base = make_scenario(ctx);
    if (base == NULL)
        __builtin_trap();
    if (qwr_variation_parse(&variation, ctx, text) == QWR_OK)
        apply(ctx, base, variation);
    qwr_variation_free(variation);
    qwr_scenario_free(base);
    qwr_context_free(ctx);
    free(text);
    return 0;
}
