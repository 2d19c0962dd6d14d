/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright report: the HTML report or SVG diagrams of a plan made by anyone, or of two plans with
 * what changed. Solves nothing.
 */
#include "cli/cli.h"

#include "cli/files.h"

#include <stdlib.h>
#include <string.h>

/* One side: with two plans, the first is what was and the second what is reported. */
typedef struct side {
    qwr_scenario *scenario; /* NULL on the second side: that of the first */
    qwr_plan *plan;
} side;

typedef struct job {
    side before, after;
    qwr_violations *violations;
    json_out json; /* what was written, for --json */
} job;

static cli_exit load_side(side *s, qwr_context *ctx, const char *scenario, const char *plan,
                          const qwr_scenario *shared)
{
    if (scenario) {
        cli_exit code = cli_load_scenario(&s->scenario, ctx, scenario, NULL);
        if (code != CLI_OK)
            return code;
        shared = s->scenario;
    }
    return cli_load_plan(&s->plan, ctx, shared, plan);
}

static cli_exit check_side(qwr_violations **out, qwr_context *ctx, const side *s)
{
    qwr_status status = qwr_plan_price(ctx, s->plan);
    if (status == QWR_OK)
        status = qwr_plan_check(out, ctx, qwr_plan_scenario(s->plan), s->plan);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

/* The operands by their number: SCENARIO PLAN; SCENARIO A B; SCENARIO A SCENARIO_B B. */
static cli_exit load(job *j, qwr_context *ctx, const args *a)
{
    size_t n = a->operand_count;
    cli_exit code = CLI_OK;
    if (n > 2)
        code = load_side(&j->before, ctx, a->operand[0], a->operand[1], NULL);
    if (code == CLI_OK)
        code = load_side(&j->after, ctx, n == 3 ? NULL : a->operand[n - 2], a->operand[n - 1],
                         j->before.scenario);
    if (code != CLI_OK)
        return code;
    if (n > 2) {
        qwr_violations *before = NULL;
        code = check_side(&before, ctx, &j->before);
        qwr_violations_free(before);
        if (code == CLI_OK)
            code = cli_warn_of_broken_rules(ctx, j->before.plan, a->operand[1],
                                            ": costs of illegal plans are not comparable");
    }
    return code == CLI_OK ? check_side(&j->violations, ctx, &j->after) : code;
}

static cli_exit write_text(job *j, qwr_context *ctx, qwr_status status, const char *path,
                           char *text)
{
    if (status == QWR_OK)
        status = qwr_file_write(ctx, path, text, strlen(text));
    cli_exit code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    if (code == CLI_OK)
        json_string(&j->json, NULL, path);
    qwr_text_free(ctx, text);
    return code;
}

static cli_exit write_report(job *j, qwr_context *ctx, const char *path)
{
    char *text = NULL;
    qwr_status status;
    if (strcmp(path_extension(path), ".svg") == 0)
        status = qwr_report_svg(&text, ctx, j->after.plan);
    else if (j->before.plan)
        status = qwr_report_diff_html(&text, ctx, j->before.plan, j->after.plan, j->violations);
    else
        status = qwr_report_html(&text, ctx, j->after.plan, j->violations);
    return write_text(j, ctx, status, path, text);
}

/* Whether the plan has something to show in this chart is known only when it is drawn. */
static cli_exit write_chart(job *j, qwr_context *ctx, const char *folder_path, qwr_chart chart)
{
    char *text = NULL;
    char *path = path_join(folder_path, qwr_chart_name(chart), ".svg");
    if (!path)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    qwr_status status = qwr_report_chart(&text, ctx, j->after.plan, chart);
    cli_exit code = CLI_OK;
    if (status || text)
        code = write_text(j, ctx, status, path, text);
    free(path);
    return code;
}

static cli_exit write_charts(job *j, qwr_context *ctx, const char *path)
{
    folder out = {0};
    int error = folder_make(&out, path);
    cli_exit code = CLI_OK;
    if (error)
        code = cli_fail_own(CLI_OUTPUT, "the folder %s cannot be made or written: %s", path,
                            strerror(error));
    for (int k = 0; code == CLI_OK && qwr_chart_name((qwr_chart)k); k++)
        code = write_chart(j, ctx, path, (qwr_chart)k);
    if (code != CLI_OK)
        folder_undo(&out);
    folder_free(&out);
    return code;
}

static cli_exit check_usage(const args *a)
{
    const char *path = args_text(a, "out");
    const char *extension = path ? path_extension(path) : "";
    if (!path && !args_given(a, "svg"))
        return cli_usage("report", "--out FILE.html, --out FILE.svg or --svg DIR is missing");
    if (path && strcmp(extension, ".svg") != 0 && strcmp(extension, ".html") != 0)
        return cli_usage("report", "--out %s must end in .html or .svg", path);
    if (a->operand_count > 2 && (args_given(a, "svg") || strcmp(extension, ".svg") == 0))
        return cli_usage("report", "two plans are drawn as HTML: --out FILE.html");
    return CLI_OK;
}

/* Ends the list of files that were written. */
static cli_exit print_json(job *j)
{
    json_list_end(&j->json);
    json_bool(&j->json, "legal", qwr_violations_count(j->violations) == 0);
    json_int(&j->json, "violations", (int64_t)qwr_violations_count(j->violations));
    json_object_end(&j->json);
    return cli_print(&j->json.text);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    job j = {0};
    cli_exit code = check_usage(a);
    json_object(&j.json, NULL);
    json_list(&j.json, "files");
    if (code == CLI_OK)
        code = load(&j, ctx, a);
    if (code == CLI_OK && args_given(a, "out"))
        code = write_report(&j, ctx, args_text(a, "out"));
    if (code == CLI_OK && args_given(a, "svg"))
        code = write_charts(&j, ctx, args_text(a, "svg"));
    if (code == CLI_OK && args_given(a, "json"))
        code = print_json(&j);
    if (code == CLI_OK && qwr_violations_count(j.violations) > 0)
        code = CLI_BROKEN;
    textbuf_free(&j.json.text);
    qwr_violations_free(j.violations);
    qwr_plan_free(j.after.plan);
    qwr_plan_free(j.before.plan);
    qwr_scenario_free(j.after.scenario);
    qwr_scenario_free(j.before.scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "out",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "File to write: .html for the whole report, .svg for the time-quay diagram"},
    {.name = "svg",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Write each diagram as an SVG file into this folder, which is made if needed: "
                 "time-quay, cranes, use, tide, depth, as far as the plan has them"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print what was written as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_report = {
    .name = "report",
    .synopsis = "SCENARIO PLAN [--out FILE.html|FILE.svg] [--svg DIR]\n"
                "SCENARIO PLAN_A PLAN_B --out FILE.html\n"
                "SCENARIO_A PLAN_A SCENARIO_B PLAN_B --out FILE.html",
    .sentence = "draw a plan made by anyone, or two and what changed",
    .operands_min = 2,
    .operands_max = 4,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright report week.xml plan/plan.csv --out week.html",
    .details = "The report is one file that needs nothing else, with the violations if there are\n"
               "any; exit code 3 then. With two plans the second is reported, and every change\n"
               "from the first is marked and told in a sentence; the second may belong to another\n"
               "scenario. Names of cranes are a suggestion that fits the counts of the plan.\n",
    .run = run,
    .schemas = "report",
};
