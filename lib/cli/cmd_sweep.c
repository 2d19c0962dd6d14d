/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright sweep: a base scenario varied many ways, planned, kept, merged and compared. This file
 * holds the declaration; each verb has a file of its own, sweep_<verb>.c.
 */
#include "cli/sweep.h"

#include "cli/number.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { RUN = 1, MERGE = 2, REPORT = 4, LIST = 8, SHOW = 16, SCENARIO = 32 };

static const struct verb {
    const char *name;
    unsigned bit;
    size_t operands_max;
    cli_exit (*run)(qwr_context *ctx, const args *a);
} verbs[] = {
    {"merge", MERGE, 10002, sweep_do_merge},
    {"report", REPORT, 2, sweep_do_report},
    {"list", LIST, 2, sweep_do_list},
    {"show", SHOW, 3, sweep_do_show},
    {"scenario", SCENARIO, 3, sweep_do_scenario},
};

static const struct verb planning = {"", RUN, 1, sweep_do_run};

/* Which verbs an option belongs to; what stands here for none belongs to running alone. */
static const struct {
    const char *option;
    unsigned verbs;
} belongs[] = {
    {"json", RUN | MERGE | REPORT | LIST | SHOW},
    {"quiet", RUN},
    {"failed", LIST},
    {"out", SCENARIO},
    {"baseline", REPORT},
    {"kpi", REPORT},
    {"confidence", REPORT},
    {"html", REPORT},
    {"csv", REPORT},
    {"verbose", RUN | MERGE | REPORT | LIST | SHOW | SCENARIO},
    {"help", RUN | MERGE | REPORT | LIST | SHOW | SCENARIO},
};

static unsigned verbs_of(const char *option)
{
    for (size_t i = 0; i < sizeof belongs / sizeof *belongs; i++)
        if (strcmp(belongs[i].option, option) == 0)
            return belongs[i].verbs;
    return RUN;
}

static const struct verb *find_verb(const char *word)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, word) == 0)
            return &verbs[i];
    return &planning;
}

static cli_exit unknown_verb(const char *word)
{
    const char *names[sizeof verbs / sizeof *verbs];
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        names[i] = verbs[i].name;
    return cli_unknown_action(&cmd_sweep, word, names, sizeof verbs / sizeof *verbs);
}

/* An option that would do nothing is a misunderstanding. */
static cli_exit check_options(const args *a, const struct verb *verb)
{
    for (size_t i = 0; i < a->decl_count; i++) {
        if (!args_given(a, a->decl[i].name) || (verbs_of(a->decl[i].name) & verb->bit) != 0)
            continue;
        return cli_usage("sweep", "--%s does not go with 'sweep %s'", a->decl[i].name,
                         verb == &planning ? "BASE" : verb->name);
    }
    if (a->operand_count > verb->operands_max && verb == &planning &&
        access(a->operand[0], F_OK) != 0)
        return unknown_verb(a->operand[0]);
    if (a->operand_count > verb->operands_max)
        return cli_usage("sweep", "\"%s\" is one argument too many",
                         a->operand[verb->operands_max]);
    return CLI_OK;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    const struct verb *verb = find_verb(a->operand[0]);
    cli_exit code = check_options(a, verb);
    return code == CLI_OK ? verb->run(ctx, a) : code;
}

static const arg_decl options[] = {
    {.name = "vary",
     .type = ARG_MANY,
     .value = "VARIABLE=LEVELS",
     .sentence = "What to vary, see 'quaywright help variables'; may be repeated"},
    {.name = "store",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Folder that keeps the results, in sweep.sqlite; the same command goes on there"},
    {.name = "replications",
     .type = ARG_INT,
     .value = "N",
     .min = 1,
     .max = SWEEP_TASKS_MAX,
     .fallback = "1",
     .sentence = "Runs of each point; the n-th has the same luck at every point"},
    {.name = "design",
     .type = ARG_WORD,
     .value = "WORD",
     .words = "grid|random",
     .fallback = "grid",
     .sentence = "Points: every combination of levels, or --points of them drawn evenly"},
    {.name = "points",
     .type = ARG_INT,
     .value = "N",
     .min = 1,
     .max = SWEEP_POINTS_MAX,
     .sentence = "Number of points of a random design"},
    {.name = "jobs",
     .type = ARG_INT,
     .value = "N",
     .max = 1024,
     .fallback = "1",
     .sentence = "Processes that plan side by side; 0: one a processor"},
    {.name = "shard",
     .type = ARG_TEXT,
     .value = "I/N",
     .sentence = "Run the I-th of N equal parts alone, for a job array"},
    {.name = "retry", .type = ARG_FLAG, .sentence = "Run failed runs again"},
    {.name = "work-limit",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .fallback = "20000",
     .sentence = "Units of work a run; none with --deadline alone"},
    {.name = "deadline",
     .type = ARG_DECIMAL,
     .value = "S",
     .unit = "s",
     .min = 1,
     .max = 1000000000,
     .sentence = "Time a run; results then depend on the machine"},
    {.name = "seed",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .fallback = "1",
     .sentence = "Seed of every draw and every plan"},
    {.name = "threads",
     .type = ARG_INT,
     .value = "N",
     .max = 1024,
     .fallback = "1",
     .sentence = "Threads a run"},
    {.name = "simd",
     .type = ARG_WORD,
     .value = "LEVEL",
     .words = "auto|generic|avx2|avx512",
     .fallback = "auto",
     .sentence = "Vector instructions to use"},
    {.name = "solver", .type = ARG_TEXT, .value = "ID", .sentence = "MILP backend, or none"},
    {.name = "optimiser",
     .type = ARG_TEXT,
     .value = "ID[,ID]",
     .sentence = "Optimiser plugins to run after the built-in search"},
    {.name = "forecast",
     .type = ARG_TEXT,
     .value = "ID",
     .sentence = "Forecast plugin that gives the crane rates"},
    {.name = "history",
     .type = ARG_TEXT,
     .value = "CSV",
     .sentence = "Past calls to add to the base"},
    {.name = "baseline",
     .type = ARG_TEXT,
     .value = "LEVELS",
     .sentence = "With report: the point to compare with, by its number or its levels, such as "
                 "'cranes.count=10'; without it the first"},
    {.name = "kpi",
     .type = ARG_TEXT,
     .value = "NAME[,NAME]",
     .sentence = "With report: key figures to compare, or all; see 'quaywright help sweep-store'"},
    {.name = "confidence",
     .type = ARG_DECIMAL,
     .value = "PCT",
     .unit = "%",
     .min = 50000,
     .max = 99990,
     .fallback = "95",
     .sentence = "With report: confidence of the intervals"},
    {.name = "html",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "With report: write a page with a small chart for each key figure"},
    {.name = "csv",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "With report: write the comparison as CSV"},
    {.name = "failed", .type = ARG_FLAG, .sentence = "With list: failed runs alone"},
    {.name = "out",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "With scenario: write it here, else to standard output"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print JSON"},
    {.name = "quiet", .type = ARG_FLAG, .sentence = "Print nothing but errors; no progress line"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_sweep = {
    .name = "sweep",
    .synopsis = "BASE --vary VARIABLE=LEVELS... --store DIR [OPTIONS]\n"
                "report STORE [--baseline LEVELS] [--kpi NAMES] [--html FILE] [--csv FILE]\n"
                "merge OUT STORE...\n"
                "list STORE [--failed]\n"
                "show STORE TASK\n"
                "scenario STORE TASK [--out FILE]",
    .sentence = "vary a scenario many ways, plan each, compare",
    .operands_min = 1,
    .operands_max = 10002,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright sweep week.xml --vary cranes.count=10..12 "
               "--vary 'calls.eta_shift=normal(0,3h)' --replications 3 --store study\n"
               "quaywright sweep report study --kpi value,wait_hours",
    .details =
        "A run is a pair (point, replication). Its result depends on base, variations, seed and\n"
        "work limit alone, so that one process or many machines fill the same store. A run that\n"
        "fails is a row with its message. Whatever ends a sweep, even kill -9, the same command\n"
        "goes on; at most the runs in hand are lost. Ctrl-C and SIGTERM keep what is done, with\n"
        "exit code 130. Exit code 3: some runs failed, or a merge misses tasks.\n"
        "\n"
        "On several machines: one --shard I/N with a --store of its own each, then merge.\n"
        "examples/slurm and examples/mpi do that.\n",
    .run = run,
    .schemas = "sweep merge=sweep-merge report=sweep-report list=sweep-list show=sweep-show",
    .files = "xml,txt,json,dat",
};
