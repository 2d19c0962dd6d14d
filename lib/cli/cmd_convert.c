/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright convert: a scenario of any known format to XML, or a plan to another plan format.
 * Solves nothing.
 */
#include "cli/cli.h"

#include "cli/files.h"

#include <string.h>

/* What was made, for programs; people see the file. */
static cli_exit announce(const args *a, const char *kind, const char *from, const char *to)
{
    json_out json = {0};
    if (!args_given(a, "json"))
        return CLI_OK;
    json_object(&json, NULL);
    json_string(&json, "kind", kind);
    json_string(&json, "in", a->operand[0]);
    json_string(&json, "from", from);
    json_string(&json, "out", a->operand[1]);
    json_string(&json, "to", to);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit convert_scenario(qwr_context *ctx, const args *a)
{
    const char *in = a->operand[0], *out = a->operand[1];
    qwr_scenario *scenario = NULL;
    qwr_format format;
    const char *extension = path_extension(out);
    if ((args_given(a, "to") && strcmp(args_text(a, "to"), "xml") != 0) ||
        strcmp(extension, ".json") == 0 || strcmp(extension, ".csv") == 0)
        return cli_usage("convert", "scenarios are written as xml only; for a plan give its "
                                    "scenario with --scenario");
    cli_exit code = cli_load_scenario_format(&scenario, &format, ctx, in);
    if (code == CLI_OK) {
        qwr_status status = qwr_scenario_save(ctx, scenario, out);
        code = status ? cli_fail(ctx, status, CLI_WRITING, out) : CLI_OK;
    }
    qwr_scenario_free(scenario);
    return code == CLI_OK ? announce(a, "scenario", qwr_format_name(format), "xml") : code;
}

/* The word of the format to write, and the format; NULL if nothing says it. */
static const char *plan_format(qwr_plan_format *format, const args *a, const char *out)
{
    static const struct {
        const char *word, *extension;
        qwr_plan_format format;
    } known[] = {
        {"xml", ".xml", QWR_PLAN_XML},
        {"json", ".json", QWR_PLAN_JSON},
        {"csv", ".csv", QWR_PLAN_CSV},
        {"solution-csv", NULL, QWR_PLAN_SOLUTION_CSV},
    };
    const char *word = args_text(a, "to");
    const char *extension = path_extension(out);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int fits = word ? strcmp(word, known[i].word) == 0
                        : known[i].extension && strcmp(extension, known[i].extension) == 0;
        if (fits) {
            *format = known[i].format;
            return known[i].word;
        }
    }
    return NULL;
}

static cli_exit convert_plan(qwr_context *ctx, const args *a)
{
    const char *in = a->operand[0], *out = a->operand[1];
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    qwr_plan_format format;
    const char *to = plan_format(&format, a, out);
    if (!to)
        return cli_usage("convert",
                         "the name %s does not say the format; end it in .xml, .json "
                         "or .csv, or give --to",
                         out);
    cli_exit code = cli_load_scenario(&scenario, ctx, args_text(a, "scenario"), NULL);
    if (code != CLI_OK)
        return code;
    code = cli_load_plan(&plan, ctx, scenario, in);
    if (code == CLI_OK) {
        qwr_status status = qwr_plan_save(ctx, plan, out, format);
        code = status ? cli_fail(ctx, status, CLI_WRITING, out) : CLI_OK;
    }
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    return code == CLI_OK ? announce(a, "plan", NULL, to) : code;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    return args_given(a, "scenario") ? convert_plan(ctx, a) : convert_scenario(ctx, a);
}

static const arg_decl options[] = {
    {.name = "scenario",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "Convert a plan of this scenario, not a scenario"},
    {.name = "to",
     .type = ARG_WORD,
     .value = "FORMAT",
     .words = "xml|json|csv|solution-csv",
     .sentence = "Format to write; without it the extension of OUT decides"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print what was made as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_convert = {
    .name = "convert",
    .synopsis = "IN OUT.xml\n"
                "IN OUT --scenario FILE [--to FORMAT]",
    .sentence = "turn a scenario into XML, or a plan into another format",
    .operands_min = 2,
    .operands_max = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright convert plan/plan.xml mine.csv --scenario week.xml",
    .details =
        "Scenarios in any known format become XML; 'quaywright help formats' lists them. IN may\n"
        "be '-', standard input.\n",
    .schemas = "convert",
    .run = run,
};
