/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench: runs published instances and keeps a row of every run, the checker's verdict
 * included. What the rows look like is in bench_rows.c.
 */
#include "cli/bench.h"

#include "cli/best_known.h"
#include "cli/files.h"
#include "cli/machine.h"
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct bench {
    qwr_context *ctx;
    const args *a;
    bench_rows rows;
    int64_t seed_from, seed_to;
    folder solutions, log; /* path NULL: none */
    best_known known;      /* of the folder below */
    char *known_folder;
    int64_t best_mu; /* best value of the instance in hand, over its seeds */
} bench;

/* Reads best_known.csv of the instance's folder, once for a folder. */
static int find_known(bench *b, const bench_instance *instance, bench_row *row)
{
    size_t length = (size_t)(path_name(instance->path) - instance->path);
    char *base = text_copy(instance->path);
    int loaded = 0;
    if (!base)
        return 0;
    base[length] = '\0';
    if (!b->known_folder || strcmp(b->known_folder, base) != 0) {
        char *path = path_join(length > 0 ? base : ".", "best_known.csv", "");
        best_known_free(&b->known);
        free(b->known_folder);
        b->known_folder = base;
        loaded = path ? best_known_load(&b->known, path) : -1;
        free(path);
    } else {
        free(base);
    }
    size_t i = best_known_find(&b->known, instance->name);
    if (i < b->known.count) {
        snprintf(row->best_known, sizeof row->best_known, "%s", b->known.value[i]);
        snprintf(row->best_known_proven, sizeof row->best_known_proven, "%s", b->known.proven[i]);
    }
    return loaded >= 0;
}

static qwr_solve_options options_of(const bench *b, uint64_t seed, progress *p)
{
    qwr_solve_options options = qwr_solve_options_init();
    options.deadline_ms = args_int(b->a, "deadline");
    if (args_given(b->a, "work-limit")) {
        options.work_limit = args_int(b->a, "work-limit");
        if (!args_given(b->a, "deadline"))
            options.deadline_ms = -1;
    }
    options.seed = seed;
    options.solver = args_text(b->a, "solver");
    options.optimisers = args_text(b->a, "optimiser");
    options.progress = progress_update;
    options.payload = p;
    return options;
}

/* Legal, complete, and of the cost the engine claims. */
static qwr_status judge(bench_row *row, qwr_context *ctx, const qwr_scenario *scenario,
                        const qwr_plan *plan)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
    qwr_violations *violations = NULL;
    qwr_status status = qwr_plan_check(&violations, ctx, scenario, plan);
    if (status)
        return status;
    row->checked = qwr_violations_count(violations) == 0 &&
                   qwr_violations_cost_mu(violations) == quality->cost_mu;
    qwr_violations_free(violations);
    row->work = quality->work;
    row->bound_mu = quality->bound_mu;
    row->status = qwr_outcome_name(quality->outcome);
    if (quality->unplaced == 0)
        row->cost_mu = quality->cost_mu;
    else if (quality->outcome != QWR_OUTCOME_INFEASIBLE)
        row->status = qwr_outcome_name(QWR_OUTCOME_NONE);
    return QWR_OK;
}

static cli_exit save_text(bench *b, const folder *where, const bench_instance *instance,
                          uint64_t seed, const textbuf *text)
{
    char suffix[48] = ".csv";
    if (b->seed_from != b->seed_to)
        snprintf(suffix, sizeof suffix, "-seed%llu.csv", (unsigned long long)seed);
    char *path = path_join(where->path, instance->name, suffix);
    if (!path || text->failed) {
        free(path);
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    }
    qwr_status status = qwr_file_write(b->ctx, path, text->data, text->length);
    cli_exit code = status ? cli_fail(b->ctx, status, CLI_WRITING, path) : CLI_OK;
    free(path);
    return code;
}

/* The best plan over all seeds stays. */
static cli_exit save_solution(bench *b, const bench_instance *instance, const bench_row *row,
                              const qwr_plan *plan)
{
    if (row->cost_mu == QWR_UNSET || (b->best_mu != QWR_UNSET && row->cost_mu >= b->best_mu))
        return CLI_OK;
    b->best_mu = row->cost_mu;
    char *path = path_join(b->solutions.path, instance->name, ".csv");
    if (!path)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    qwr_status status = qwr_plan_save(b->ctx, plan, path, QWR_PLAN_SOLUTION_CSV);
    cli_exit code = status ? cli_fail(b->ctx, status, CLI_WRITING, path) : CLI_OK;
    free(path);
    return code;
}

static cli_exit save_csv(bench *b)
{
    const char *path = args_text(b->a, "csv");
    textbuf csv = {0};
    if (!path)
        return CLI_OK;
    bench_rows_csv(&csv, &b->rows);
    if (csv.failed) {
        textbuf_free(&csv);
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    }
    qwr_status status = qwr_file_write(b->ctx, path, csv.data, csv.length);
    textbuf_free(&csv);
    return status ? cli_fail(b->ctx, status, CLI_WRITING, path) : CLI_OK;
}

/* One run. A scenario that cannot be read makes a row of status "error" and its exit code. */
static cli_exit run_one(bench *b, const bench_instance *instance, uint64_t seed)
{
    bench_row row = {.format = instance->format, .status = "error", .seed = seed};
    textbuf incumbents = {0};
    progress p =
        progress_begin(instance->name, args_given(b->a, "quiet"), b->log.path ? &incumbents : NULL);
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    int64_t cpu_us = machine_cpu_us(), wall_us = machine_wall_us();
    row.cost_mu = row.bound_mu = QWR_UNSET;
    row.instance = text_copy(instance->name);
    if (!row.instance || !find_known(b, instance, &row)) {
        free(row.instance);
        textbuf_free(&incumbents);
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    }
    cli_exit code = cli_load_scenario(&scenario, b->ctx, instance->path, NULL);
    if (code == CLI_OK) {
        qwr_solve_options options = options_of(b, seed, &p);
        qwr_status status = qwr_solve(&plan, b->ctx, scenario, &options, NULL);
        progress_end(&p);
        row.cpu_us = machine_cpu_us() - cpu_us;
        row.wall_us = machine_wall_us() - wall_us;
        if (status == QWR_OK)
            status = judge(&row, b->ctx, scenario, plan);
        if (status)
            code = cli_fail(b->ctx, status, CLI_WORKING, instance->path);
    }
    if (code == CLI_OK && !row.checked)
        code = CLI_BROKEN;
    if (plan && b->solutions.path) {
        cli_exit saved = save_solution(b, instance, &row, plan);
        code = saved == CLI_OK ? code : saved;
    }
    if (plan && b->log.path) {
        cli_exit saved = save_text(b, &b->log, instance, seed, &incumbents);
        code = saved == CLI_OK ? code : saved;
    }
    if (code == CLI_USAGE) { /* an unknown solver: no run, no row */
        free(row.instance);
    } else if (!bench_rows_add(&b->rows, &row)) {
        free(row.instance);
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    }
    textbuf_free(&incumbents);
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    return code;
}

/* What is wrong with one instance does not stop the rest; a full disk does. */
static int goes_on(cli_exit code)
{
    return code == CLI_OK || code == CLI_BROKEN || code == CLI_BAD_INPUT;
}

static cli_exit run_all(bench *b, const bench_list *list)
{
    cli_exit worst = CLI_OK;
    for (size_t i = 0; i < list->count; i++) {
        b->best_mu = QWR_UNSET;
        for (int64_t seed = b->seed_from; seed <= b->seed_to; seed++) {
            cli_exit code = run_one(b, &list->item[i], (uint64_t)seed);
            cli_exit saved = code == CLI_USAGE ? CLI_OK : save_csv(b);
            if (code == CLI_OK)
                code = saved;
            if (code > worst)
                worst = code;
            if (!goes_on(code) || !goes_on(saved))
                return worst;
            if (cli_interrupted())
                return CLI_CANCELLED;
        }
    }
    return worst;
}

static cli_exit print(const bench *b)
{
    textbuf out = {0};
    json_out json = {0};
    if (args_given(b->a, "json")) {
        bench_rows_json(&json, &b->rows);
        return cli_print(&json.text);
    }
    if (args_given(b->a, "quiet"))
        return CLI_OK;
    bench_rows_table(&out, &b->rows);
    bench_rows_summary(&out, &b->rows);
    return cli_print(&out);
}

static cli_exit prepare_folder(folder *f, const char *path)
{
    int error = path ? folder_make(f, path) : 0;
    if (error)
        return cli_fail_own(CLI_OUTPUT, "the folder %s cannot be made or written: %s", path,
                            strerror(error));
    return CLI_OK;
}

static cli_exit prepare(bench *b, bench_list *list)
{
    const args *a = b->a;
    if (a->operand_count == 0)
        return cli_usage("bench", "a folder or file of instances is missing");
    if (args_given(a, "seed") && args_given(a, "seeds"))
        return cli_usage("bench", "give either --seed or --seeds");
    args_range(a, args_given(a, "seeds") ? "seeds" : "seed", &b->seed_from, &b->seed_to);
    b->rows.threads = machine_threads_of(b->ctx);
    machine_name(b->rows.machine, sizeof b->rows.machine);
    cli_exit code = bench_list_make(list, b->ctx, a);
    if (code == CLI_OK)
        code = prepare_folder(&b->solutions, args_text(a, "solutions"));
    if (code == CLI_OK)
        code = prepare_folder(&b->log, args_text(a, "log"));
    return code;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    bench b = {.ctx = ctx, .a = a};
    bench_list list = {0};
    if (args_given(a, "kernel"))
        return bench_kernel(ctx, a);
    cli_exit code = prepare(&b, &list);
    if (code == CLI_OK) {
        cli_cancel_on_interrupt(ctx);
        code = run_all(&b, &list);
        cli_exit printed = code == CLI_USAGE ? CLI_OK : print(&b);
        code = printed == CLI_OK ? code : printed;
    }
    bench_list_free(&list);
    bench_rows_free(&b.rows);
    best_known_free(&b.known);
    free(b.known_folder);
    folder_free(&b.solutions);
    folder_free(&b.log);
    return code;
}

static const arg_decl options[] = {
    {.name = "csv", .type = ARG_TEXT, .value = "FILE", .sentence = "Write the rows as CSV"},
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
    {.name = "log",
     .type = ARG_TEXT,
     .value = "DIR",
     .sentence = "Write the incumbents of each run as DIR/INSTANCE.csv: time_s,work,value,bound"},
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
    {.name = "kernel",
     .type = ARG_FLAG,
     .sentence = "Measure the cost kernel instead, up to --threads"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print the rows as JSON"},
    {.name = "quiet", .type = ARG_FLAG, .sentence = "Print no table and no progress bar"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_bench = {
    .name = "bench",
    .synopsis =
        "DIR|FILE... [--csv FILE] [--deadline S] [OPTIONS]\n--kernel [--threads N] [--json]",
    .sentence = "run published instances, check and compare",
    .operands_max = SIZE_MAX,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright bench instances --csv result.csv --deadline 10 --seed 1",
    .run = run,
};
