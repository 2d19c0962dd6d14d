/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright validate: reads scenario files and says what is in them or what is wrong. Writes
 * nothing, solves nothing.
 */
#include "cli/cli.h"

#include "cli/plan_json.h"

#include <stdio.h>

/* One finding that is no error: the planner should look at it. */
typedef void warn_fn(const char *sentence, void *payload);

static void warn_departure(const qwr_scenario *scenario, const qwr_call *call, int64_t at_s,
                           const char *what, warn_fn *warn, void *payload)
{
    char sentence[400], eta[32], at[32];
    if (at_s == QWR_UNSET || at_s >= call->eta_s)
        return;
    qwr_time_text(eta, sizeof eta, scenario, call->eta_s);
    qwr_time_text(at, sizeof at, scenario, at_s);
    snprintf(sentence, sizeof sentence,
             "call \"%.64s\"%s%.64s%s: its %s %s lies before its eta %s; is one of them mistyped?",
             call->id, call->vessel ? " (" : "", call->vessel ? call->vessel : "",
             call->vessel ? ")" : "", what, at, eta);
    warn(sentence, payload);
}

static void warnings(const qwr_scenario *scenario, warn_fn *warn, void *payload)
{
    for (uint32_t i = 0; i < qwr_scenario_call_count(scenario); i++) {
        const qwr_call *call = qwr_scenario_call(scenario, (qwr_call_ix){i});
        warn_departure(scenario, call, call->latest_departure_s, "latest departure", warn, payload);
        warn_departure(scenario, call, call->desired_departure_s, "desired departure", warn,
                       payload);
    }
}

typedef struct place {
    textbuf *out;
    const char *path;
} place;

static void warn_text(const char *sentence, void *payload)
{
    const place *p = payload;
    textbuf_printf(p->out, "%s: warning: %s\n", p->path, sentence);
}

static void warn_json(const char *sentence, void *payload)
{
    json_string(payload, NULL, sentence);
}

static void describe(textbuf *out, const char *path, qwr_format format,
                     const qwr_scenario *scenario)
{
    place here = {out, path};
    textbuf_printf(out, "%s: good %s, \"%s\", %zu calls, %zu quays, %zu berths, %zu cranes\n", path,
                   qwr_format_name(format), qwr_scenario_get_info(scenario)->id,
                   qwr_scenario_call_count(scenario), qwr_scenario_quay_count(scenario),
                   qwr_scenario_berth_count(scenario), qwr_scenario_crane_count(scenario));
    warnings(scenario, warn_text, &here);
}

static void describe_json(json_out *json, const char *path, qwr_format format,
                          const qwr_scenario *scenario)
{
    json_object(json, NULL);
    json_string(json, "file", path);
    json_bool(json, "valid", scenario != NULL);
    if (scenario) {
        json_string(json, "format", qwr_format_name(format));
        scenario_json(json, scenario);
        json_list(json, "warnings");
        warnings(scenario, warn_json, json);
        json_list_end(json);
    } else {
        cli_failure_json(json, "error");
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
        cli_exit code = cli_load_scenario_format(&scenario, &format, ctx, path);
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
    .details =
        "Every file is read, also after one that is bad; exit code 2 if any is. Files that are\n"
        "good but odd, such as a departure before the arrival, get a warning. The file '-' is\n"
        "standard input. Plans are checked by 'quaywright check'.\n",
    .schemas = "validate",
    .files = "xml,txt,json,dat",
    .run = run,
};
