/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench: runs instances, verifies solutions, compares results, measures the kernel. Only
 * the options are here, and which of them go together.
 */
#include "cli/bench.h"

#include <stdio.h>
#include <string.h>

/* Words of the options a mode takes, beside --json, --quiet and those of every command. */
typedef struct mode {
    const char *name; /* the option that chooses it; NULL: running */
    const char *takes;
    cli_exit (*run)(qwr_context *ctx, const args *a);
} mode;

static const mode modes[] = {
    {"kernel", " threads ", bench_kernel},
    {"verify", " claims csv limit-instances match recursive ", bench_verify},
    {"profile", " measure clock absolute csv ", bench_profile},
    {"gap-over-time", " measure clock csv ", bench_gap},
    {NULL,
     " csv deadline work-limit threads simd seed seeds solver optimiser solutions certificates log "
     "limit-instances match recursive ",
     bench_run},
};

static int takes(const mode *m, const char *name)
{
    static const char always[] = " json quiet option verbose help ";
    char word[64];
    snprintf(word, sizeof word, " %s ", name);
    return (m->name && strcmp(m->name, name) == 0) || strstr(m->takes, word) ||
           strstr(always, word);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    const mode *m = modes;
    while (m->name && !args_given(a, m->name))
        m++;
    for (size_t i = 0; i < a->decl_count; i++)
        if (args_given(a, a->decl[i].name) && !takes(m, a->decl[i].name))
            return m->name ? cli_usage("bench", "--%s has no meaning with --%s", a->decl[i].name,
                                       m->name)
                           : cli_usage("bench", "--%s has no meaning in a run", a->decl[i].name);
    return m->run(ctx, a);
}

static const arg_decl options[] = {
    {.name = "csv",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "Write the rows, or the points of the curves, as CSV"},
    {.name = "deadline",
     .type = ARG_DECIMAL,
     .value = "S",
     .unit = "s",
     .min = 1,
     .max = 1000000000,
     .fallback = "10",
     .sentence = "Time for each instance; none with --work-limit alone"},
    {.name = "work-limit",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .sentence = "Units of work for each instance"},
    CLI_RUN_OPTIONS,
    {.name = "seed",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .fallback = "1",
     .sentence = "Seed of every random choice"},
    {.name = "seeds",
     .type = ARG_RANGE,
     .value = "A..B",
     .max = INT32_MAX,
     .sentence = "Run every instance with each of these seeds"},
    {.name = "solver", .type = ARG_TEXT, .value = "ID", .sentence = "MILP backend, or none"},
    {.name = "optimiser",
     .type = ARG_TEXT,
     .value = "ID[,ID]",
     .sentence = "Optimiser plugins to run after the built-in search"},
    {.name = "solutions",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Write each plan as DIR/INSTANCE.csv in the units of the instance; with several "
                 "seeds the best one"},
    {.name = "certificates",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Write the proof of each bound that has one as DIR/INSTANCE.xml, for 'quaywright "
                 "verify'; with several seeds that of the best bound"},
    {.name = "log",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Write every better value and bound of each run as DIR/INSTANCE.csv, with several "
                 "seeds DIR/INSTANCE-seedN.csv: time_s,work,stage,value,bound"},
    {.name = "limit-instances",
     .type = ARG_INT,
     .value = "N",
     .min = 1,
     .max = INT32_MAX,
     .sentence = "Run the first N instances only"},
    {.name = "match",
     .type = ARG_TEXT,
     .value = "GLOB",
     .sentence = "Run instances of such names only, e.g. '25x5-*'"},
    {.name = "recursive", .type = ARG_FLAG, .sentence = "Enter the folders inside a folder"},
    {.name = "verify",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Check DIR/INSTANCE.csv, .xml or .json, made by anyone, instead of running"},
    {.name = "claims",
     .type = ARG_TEXT,
     .value = "FILE",
     .sentence = "With --verify: CSV of the values claimed, columns instance and value, such as a "
                 "result of this command; without it DIR/claims.csv if there is one"},
    {.name = "profile",
     .type = ARG_TEXT,
     .value = "SVG",
     .sentence =
         "Draw a performance profile of result files, one curve a file, instead of running"},
    {.name = "gap-over-time",
     .type = ARG_TEXT,
     .value = "SVG",
     .sentence = "Draw the gap over time of folders written by --log, one curve a folder, instead "
                 "of running"},
    {.name = "measure",
     .type = ARG_WORD,
     .value = "M",
     .words = "proof|best|gap",
     .sentence = "What is drawn: the time to the proof, the time to the best value, or the gap; "
                 "default proof in a profile, gap over time"},
    {.name = "clock",
     .type = ARG_WORD,
     .value = "C",
     .words = "wall|cpu|work",
     .fallback = "wall",
     .sentence = "Time of a picture: on the clock, of all processors, or units of work"},
    {.name = "absolute",
     .type = ARG_FLAG,
     .sentence = "With --profile: time itself, not its ratio to the fastest; with one file always"},
    {.name = "kernel",
     .type = ARG_FLAG,
     .sentence = "Measure the cost kernel instead, up to --threads"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print JSON in place of the table"},
    {.name = "quiet",
     .type = ARG_FLAG,
     .sentence = "Print no table, no progress bar and no note of files passed over"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_bench = {
    .name = "bench",
    .synopsis = "DIR|FILE... [--csv FILE] [--deadline S] [OPTIONS]\n"
                "DIR|FILE... --verify DIR [--claims FILE] [--csv FILE]\n"
                "--profile SVG RESULT.csv... [--measure proof|best|gap] [--clock wall|cpu|work]\n"
                "--gap-over-time SVG LOGDIR... [--measure gap|best] [--clock wall|work]\n"
                "--kernel [--threads N] [--json]",
    .sentence = "run published instances, check and compare",
    .operands_max = SIZE_MAX,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright bench instances --csv result.csv --deadline 10 --seed 1",
    .run = run,
    .schemas = "bench --kernel=bench-kernel --verify=bench-verify --profile=bench-profile "
               "--gap-over-time=bench-gap",
};
