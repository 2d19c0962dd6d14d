/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright validate: reads scenario files and says what is in them or what is wrong. Writes
 * nothing, solves nothing.
 */
#include "cli/cli.h"

#include <stdio.h>

static void describe(textbuf *out, const char *path, qwr_format format,
                     const qwr_scenario *scenario)
{
    textbuf_printf(out, "%s: good %s, \"%s\", %zu calls, %zu quays, %zu berths, %zu cranes\n", path,
                   qwr_format_name(format), qwr_scenario_get_info(scenario)->id,
                   qwr_scenario_call_count(scenario), qwr_scenario_quay_count(scenario),
                   qwr_scenario_berth_count(scenario), qwr_scenario_crane_count(scenario));
}

static void describe_json(json_out *json, const char *path, qwr_format format,
                          const qwr_scenario *scenario)
{
    json_object(json, NULL);
    json_string(json, "file", path);
    json_bool(json, "valid", scenario != NULL);
    if (scenario) {
        char hash[32];
        snprintf(hash, sizeof hash, "%016llx", (unsigned long long)qwr_scenario_hash(scenario));
        json_string(json, "format", qwr_format_name(format));
        json_string(json, "scenario", qwr_scenario_get_info(scenario)->id);
        json_string(json, "hash", hash);
        json_int(json, "calls", (int64_t)qwr_scenario_call_count(scenario));
        json_int(json, "quays", (int64_t)qwr_scenario_quay_count(scenario));
        json_int(json, "berths", (int64_t)qwr_scenario_berth_count(scenario));
        json_int(json, "cranes", (int64_t)qwr_scenario_crane_count(scenario));
    }
    json_object_end(json);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    textbuf out = {0};
    json_out json = {0};
    cli_exit worst = CLI_OK;
    int as_json = args_given(a, "json");
    if (as_json)
        json_list(&json, NULL);
    for (size_t i = 0; i < a->operand_count; i++) {
        const char *path = a->operand[i];
        qwr_scenario *scenario = NULL;
        qwr_format format = QWR_FORMAT_AUTO;
        qwr_status status = qwr_format_detect(&format, ctx, path);
        cli_exit code = status ? cli_fail(ctx, status, CLI_READING, path)
                               : cli_load_scenario(&scenario, ctx, path, NULL);
        if (as_json)
            describe_json(&json, path, format, scenario);
        else if (code == CLI_OK)
            describe(&out, path, format, scenario);
        if (code > worst)
            worst = code;
        qwr_scenario_free(scenario);
    }
    if (!as_json)
        return cli_print_then(&out, worst);
    json_list_end(&json);
    return cli_print_then(&json.text, worst);
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print what is in the files as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_validate = {
    .name = "validate",
    .synopsis = "FILE... [--json]",
    .sentence = "read scenario files and say what is wrong with them",
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright validate week.xml",
    .details = "Every file is read, also after one that is bad; exit code 2 if any is.\n"
               "Plans are checked by 'quaywright check'.\n",
    .run = run,
};
