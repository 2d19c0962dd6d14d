/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright report: the HTML report or the SVG picture of a plan made by anyone. Solves nothing.
 */
#include "cli/cli.h"

#include "cli/files.h"

#include <string.h>

typedef struct job {
    qwr_scenario *scenario;
    qwr_plan *plan;
    qwr_violations *violations;
} job;

static cli_exit load(job *j, qwr_context *ctx, const args *a)
{
    cli_exit code = cli_load_scenario(&j->scenario, ctx, a->operand[0], NULL);
    if (code != CLI_OK)
        return code;
    qwr_status status = qwr_plan_load(&j->plan, ctx, j->scenario, a->operand[1], QWR_PLAN_AUTO);
    if (status)
        return cli_fail(ctx, status, CLI_READING, a->operand[1]);
    status = qwr_plan_check(&j->violations, ctx, j->scenario, j->plan);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

static cli_exit write_report(const job *j, qwr_context *ctx, const char *path, int as_svg)
{
    char *text = NULL;
    qwr_status status = as_svg ? qwr_report_svg(&text, ctx, j->plan)
                               : qwr_report_html(&text, ctx, j->plan, j->violations);
    if (status == QWR_OK)
        status = qwr_file_write(ctx, path, text, strlen(text));
    cli_exit code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    qwr_text_free(ctx, text);
    return code;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    job j = {0};
    const char *path = args_text(a, "out");
    const char *extension = path ? path_extension(path) : "";
    int as_svg = strcmp(extension, ".svg") == 0;
    if (!path)
        return cli_usage("report", "--out FILE.html or --out FILE.svg is missing");
    if (!as_svg && strcmp(extension, ".html") != 0)
        return cli_usage("report", "--out %s must end in .html or .svg", path);
    cli_exit code = load(&j, ctx, a);
    if (code == CLI_OK)
        code = write_report(&j, ctx, path, as_svg);
    if (code == CLI_OK && qwr_violations_count(j.violations) > 0)
        code = CLI_BROKEN;
    qwr_violations_free(j.violations);
    qwr_plan_free(j.plan);
    qwr_scenario_free(j.scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "out",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "File to write: .html for the whole report, .svg for the time-quay diagram"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_report = {
    .name = "report",
    .synopsis = "SCENARIO PLAN --out FILE.html|FILE.svg",
    .sentence = "draw a plan made by anyone",
    .operands_min = 2,
    .operands_max = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright report week.xml plan/plan.csv --out week.html",
    .details = "The report is one file that needs nothing else, with the violations if there are\n"
               "any; exit code 3 then.\n",
    .run = run,
};
