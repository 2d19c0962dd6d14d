/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright plan: loads a scenario, plans it, has the plan checked, writes the files and prints
 * the summary. Never writes a plan the checker rejects, and nothing at all when the input is bad.
 */
#include "cli/cli.h"

#include "cli/files.h"
#include "cli/machine.h"
#include "cli/plan_json.h"
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct job {
    qwr_scenario *scenario;
    qwr_plan *start;
    qwr_plan *plan;
    qwr_violations *violations;
    qwr_solve_stats stats;
    folder out; /* path NULL: print only */
} job;

static cli_exit load(job *j, qwr_context *ctx, const args *a)
{
    const char *start = args_text(a, "start");
    cli_exit code = cli_load_scenario(&j->scenario, ctx, a->operand[0], args_text(a, "history"));
    if (code == CLI_OK && start)
        code = cli_load_plan(&j->start, ctx, j->scenario, start);
    if (code == CLI_OK && start)
        code = cli_warn_of_broken_rules(ctx, j->start, start,
                                        ": the search begins with its legal stays only");
    return code;
}

static cli_exit prepare_out(job *j, const char *path)
{
    int error = path ? folder_make(&j->out, path) : 0;
    if (error)
        return cli_fail_own(CLI_OUTPUT,
                            "the folder %s cannot be made or written: %s\n  hint: name another "
                            "folder with --out, or change its permissions",
                            path, strerror(error));
    return CLI_OK;
}

/* The file as it stands; a file that is written anew has another inode. */
static ino_t inode_of(const char *path)
{
    struct stat info;
    return path && stat(path, &info) == 0 ? info.st_ino : 0;
}

static cli_exit check_milp_file(const args *a)
{
    const char *path = args_text(a, "milp-file");
    const char *extension = path ? path_extension(path) : ".lp";
    if (strcmp(extension, ".lp") == 0 || strcmp(extension, ".mps") == 0)
        return CLI_OK;
    return cli_usage("plan", "--milp-file %s must end in .lp or .mps", path);
}

static cli_exit solve(job *j, qwr_context *ctx, const args *a)
{
    qwr_solve_options options = qwr_solve_options_init();
    int quiet = args_given(a, "quiet") || args_given(a, "verbose");
    progress bar = progress_begin(path_name(a->operand[0]), quiet, NULL);
    options.deadline_ms = args_int(a, "deadline");
    if (args_given(a, "work-limit")) {
        options.work_limit = args_int(a, "work-limit");
        if (!args_given(a, "deadline"))
            options.deadline_ms = -1;
    }
    options.seed = (uint64_t)args_int(a, "seed");
    options.solver = args_text(a, "solver");
    options.optimisers = args_text(a, "optimiser");
    options.forecast = args_text(a, "forecast");
    options.start = j->start;
    options.milp_file = args_text(a, "milp-file");
    options.progress = progress_update;
    options.payload = &bar;
    ino_t milp_before = inode_of(options.milp_file);
    j->stats = qwr_solve_stats_init();
    qwr_status status = qwr_solve(&j->plan, ctx, j->scenario, &options, &j->stats);
    progress_end(&bar);
    if (status == QWR_EIO) /* the one file a solve writes is the MILP */
        return cli_fail(ctx, status, CLI_WRITING, options.milp_file);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    if (options.milp_file && inode_of(options.milp_file) == milp_before)
        fprintf(stderr, "quaywright: %s is not written: no MILP was needed, or it was too large\n",
                options.milp_file);
    return CLI_OK;
}

/* The engine's word is not enough: a plan with a broken rule goes nowhere. */
static cli_exit check(job *j, qwr_context *ctx)
{
    qwr_status status = qwr_plan_check(&j->violations, ctx, j->scenario, j->plan);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    for (size_t i = 0; i < qwr_violations_count(j->violations); i++) {
        const qwr_violation *v = qwr_violations_get(j->violations, i);
        if (strcmp(v->rule, "placed") != 0)
            return cli_fail_own(CLI_INTERNAL,
                                "the plan found breaks the rule \"%s\" and is not written: %s",
                                v->rule, v->sentence);
    }
    return CLI_OK;
}

static cli_exit write_plan(const job *j, qwr_context *ctx, const char *name, qwr_plan_format format)
{
    char *path = path_join(j->out.path, name, "");
    if (!path)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    qwr_status status = qwr_plan_save(ctx, j->plan, path, format);
    cli_exit code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    free(path);
    return code;
}

static cli_exit write_report(const job *j, qwr_context *ctx)
{
    char *html = NULL;
    char *path = path_join(j->out.path, "report.html", "");
    if (!path)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    qwr_status status = qwr_report_html(&html, ctx, j->plan, j->violations);
    if (status == QWR_OK)
        status = qwr_file_write(ctx, path, html, strlen(html));
    cli_exit code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    qwr_text_free(ctx, html);
    free(path);
    return code;
}

static cli_exit write_files(const job *j, qwr_context *ctx)
{
    cli_exit code = write_plan(j, ctx, "plan.xml", QWR_PLAN_XML);
    if (code == CLI_OK)
        code = write_plan(j, ctx, "plan.json", QWR_PLAN_JSON);
    if (code == CLI_OK)
        code = write_plan(j, ctx, "plan.csv", QWR_PLAN_CSV);
    if (code == CLI_OK)
        code = write_report(j, ctx);
    return code;
}

/* The proof of the plan's bound, where the run made one that can be replayed. */
static cli_exit write_certificate(const job *j, qwr_context *ctx, const char *path)
{
    const qwr_certificate *certificate = qwr_plan_certificate(j->plan);
    if (!certificate) {
        const char *proof = qwr_plan_get_quality(j->plan)->proof;
        fprintf(stderr,
                "quaywright: warning: %s is not written: the bound of this run (%s) has no "
                "certificate\n",
                path, proof ? proof : "none");
        return CLI_OK;
    }
    qwr_status status = qwr_certificate_write(ctx, certificate, j->scenario, path);
    return status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
}

static void stage_table(textbuf *out, const qwr_solve_stats *stats)
{
    static const char *const heading[] = {"stage", "time s", "work", "items",
                                          "value", "bound",  "stop"};
    table t;
    table_begin(&t, "lrrrrrl", heading);
    for (uint32_t i = 0; i < stats->stage_count; i++) {
        const qwr_stage_stats *stage = &stats->stage[i];
        char value[32] = "", bound[32] = "";
        if (stage->cost_mu != QWR_UNSET)
            qwr_value_text(value, sizeof value, stage->cost_mu);
        if (stage->bound_mu != QWR_UNSET)
            qwr_value_text(bound, sizeof bound, stage->bound_mu);
        table_cell(&t, stage->stage);
        table_double(&t, (double)stage->elapsed_us / 1e6, 3);
        table_int(&t, stage->work);
        table_int(&t, stage->items);
        table_cell(&t, value);
        table_cell(&t, bound);
        table_cell(&t, qwr_stop_name(stage->stop));
    }
    textbuf_printf(out,
                   "\nFirst plan after %.3f s, done after %.3f s; %lld candidates, %lld left\n",
                   (double)stats->first_plan_us / 1e6, (double)stats->elapsed_us / 1e6,
                   (long long)stats->candidates, (long long)stats->candidates_left);
    table_print(out, &t, 2);
    table_free(&t);
}

static cli_exit print_text(const job *j, qwr_context *ctx, const args *a)
{
    textbuf out = {0};
    char *summary = NULL;
    qwr_status status =
        qwr_report_text(&summary, ctx, j->plan, j->violations, machine_columns(STDOUT_FILENO));
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    textbuf_add(&out, summary);
    qwr_text_free(ctx, summary);
    if (args_given(a, "stats"))
        stage_table(&out, &j->stats);
    if (j->out.path)
        textbuf_printf(&out,
                       "\nWritten to %s: plan.xml plan.json plan.csv\nReport: %s/report.html\n",
                       j->out.path, j->out.path);
    return cli_print(&out);
}

static cli_exit print_json(const job *j, qwr_context *ctx, const args *a)
{
    json_out json = {0};
    json_object(&json, NULL);
    qwr_status status = plan_json(&json, ctx, j->plan);
    violations_json(&json, j->scenario, j->violations);
    if (args_given(a, "stats"))
        stats_json(&json, &j->stats);
    json_object_end(&json);
    if (status == QWR_OK)
        return cli_print(&json.text);
    textbuf_free(&json.text);
    return cli_fail(ctx, status, CLI_WORKING, NULL);
}

static cli_exit print(const job *j, qwr_context *ctx, const args *a)
{
    if (args_given(a, "json"))
        return print_json(j, ctx, a);
    return args_given(a, "quiet") ? CLI_OK : print_text(j, ctx, a);
}

/* How the plan stands, once everything is written. */
static cli_exit verdict(const job *j)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(j->plan);
    if (quality->stop == QWR_STOP_CANCEL || cli_interrupted())
        return CLI_CANCELLED;
    return quality->unplaced > 0 ? CLI_BROKEN : CLI_OK;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    job j = {0};
    cli_exit code = check_milp_file(a);
    if (code == CLI_OK)
        code = load(&j, ctx, a);
    if (code == CLI_OK)
        code = prepare_out(&j, args_text(a, "out"));
    if (code == CLI_OK) {
        cli_cancel_on_interrupt(ctx);
        code = solve(&j, ctx, a);
        if (code == CLI_OK)
            code = check(&j, ctx);
        if (code != CLI_OK)
            folder_undo(&j.out);
    }
    if (code == CLI_OK && j.out.path)
        code = write_files(&j, ctx);
    if (code == CLI_OK && args_given(a, "certificate"))
        code = write_certificate(&j, ctx, args_text(a, "certificate"));
    if (code == CLI_OK)
        code = print(&j, ctx, a);
    if (code == CLI_OK)
        code = verdict(&j);
    folder_free(&j.out);
    qwr_violations_free(j.violations);
    qwr_plan_free(j.plan);
    qwr_plan_free(j.start);
    qwr_scenario_free(j.scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "out",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Write plan.xml, plan.json, plan.csv and report.html into this folder, which is "
                 "made if needed; without it the plan is only printed"},
    {.name = "deadline",
     .type = ARG_DECIMAL,
     .value = "S",
     .unit = "s",
     .min = 1,
     .max = 1000000000,
     .fallback = "2",
     .sentence = "Come back within this time with the best plan; none with --work-limit alone"},
    {.name = "work-limit",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .sentence = "Stop after N units of work: the same plan on every machine, whatever the "
                 "number of threads"},
    {.name = "seed",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .fallback = "1",
     .sentence = "Seed of every random choice"},
    CLI_RUN_OPTIONS,
    {.name = "solver",
     .type = ARG_TEXT,
     .value = "ID",
     .sentence = "MILP backend, or none; without it glpk, else cbc, else enum",
     .completes = "solvers"},
    {.name = "optimiser",
     .type = ARG_TEXT,
     .value = "ID[,ID]",
     .sentence = "Optimiser plugins to run after the built-in search, in this order",
     .completes = "optimisers"},
    {.name = "forecast",
     .type = ARG_TEXT,
     .value = "ID",
     .sentence = "Forecast plugin that gives the crane rates; without it those of the scenario",
     .completes = "forecasts"},
    {.name = "start",
     .type = ARG_TEXT,
     .value = "PLAN",
     .sentence = "Plan to start from; the result is never worse"},
    {.name = "history",
     .type = ARG_TEXT,
     .value = "CSV",
     .sentence = "Past calls to add to the scenario, for forecasts"},
    {.name = "milp-file",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "Write the last MILP handed to the backend, as .lp or .mps",
     .completes = "@lp,mps"},
    {.name = "certificate",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "Write the proof of the bound for 'quaywright verify', where there is one: for "
                 "calls without cranes at discrete berths",
     .completes = "@xml"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print the plan as JSON"},
    {.name = "stats",
     .type = ARG_FLAG,
     .sentence = "Print what each stage did and how long it took"},
    {.name = "quiet", .type = ARG_FLAG, .sentence = "Print nothing but errors; no progress bar"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_plan = {
    .name = "plan",
    .synopsis = "FILE [--out DIR] [--deadline S] [OPTIONS]",
    .sentence = "plan a scenario, check the plan, write it and a report",
    .operands_min = 1,
    .operands_max = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright plan week.xml --out plan --deadline 5",
    .details =
        "With --work-limit and no --deadline nothing depends on the clock: same input, same seed,\n"
        "same bytes. Ctrl-C ends the search; the best plan so far is checked and written and the\n"
        "exit code is 130. A second Ctrl-C ends the program at once.\n"
        "Exit code 3: some calls have no place; the summary names the rules in the way.\n"
        "FILE may be '-', standard input.\n",
    .schemas = "plan",
    .files = "xml,txt,json,dat",
    .run = run,
};
