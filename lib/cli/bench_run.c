/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs published instances and keeps a row of every run, the checker's verdict included. What the
 * rows look like is in bench_rows.c.
 */
#include "cli/bench.h"

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
    folder solutions, certificates, log; /* path NULL: none */
    bench_known known;
    int64_t best_mu;  /* best value of the instance in hand, over its seeds */
    int64_t bound_mu; /* best bound of it that has a certificate */
} bench;

/* A run in hand. */
typedef struct job {
    const bench_instance *instance;
    bench_row row;
    progress bar;
    textbuf log;
    qwr_scenario *scenario;
    qwr_plan *plan;
} job;

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

/* --- files of a run --- */

static cli_exit save_log(bench *b, job *j)
{
    char suffix[48] = ".csv";
    char *path = NULL;
    if (b->seed_from != b->seed_to)
        snprintf(suffix, sizeof suffix, "-seed%llu.csv", (unsigned long long)j->row.seed);
    cli_exit code = bench_output_path(&path, b->log.path, j->instance, suffix);
    if (code == CLI_OK)
        code = bench_save(b->ctx, path, &j->log);
    free(path);
    return code;
}

/* The best plan over all seeds stays. */
static cli_exit save_solution(bench *b, const job *j)
{
    const int64_t cost_mu = j->row.cost_mu;
    char *path = NULL;
    if (cost_mu == QWR_UNSET || (b->best_mu != QWR_UNSET && cost_mu >= b->best_mu))
        return CLI_OK;
    b->best_mu = cost_mu;
    cli_exit code = bench_output_path(&path, b->solutions.path, j->instance, ".csv");
    if (code == CLI_OK) {
        qwr_status status = qwr_plan_save(b->ctx, j->plan, path, QWR_PLAN_SOLUTION_CSV);
        code = status ? cli_fail(b->ctx, status, CLI_WRITING, path) : CLI_OK;
    }
    free(path);
    return code;
}

/* The certificate of the best bound over all seeds stays. */
static cli_exit save_certificate(bench *b, const job *j)
{
    const qwr_certificate *certificate = qwr_plan_certificate(j->plan);
    const int64_t bound_mu = j->row.bound_mu;
    char *path = NULL;
    if (!certificate || bound_mu == QWR_UNSET ||
        (b->bound_mu != QWR_UNSET && bound_mu <= b->bound_mu))
        return CLI_OK;
    b->bound_mu = bound_mu;
    cli_exit code = bench_output_path(&path, b->certificates.path, j->instance, ".xml");
    if (code == CLI_OK) {
        qwr_status status = qwr_certificate_write(b->ctx, certificate, j->scenario, path);
        code = status ? cli_fail(b->ctx, status, CLI_WRITING, path) : CLI_OK;
    }
    free(path);
    return code;
}

static cli_exit save_files(bench *b, job *j)
{
    cli_exit code = CLI_OK;
    if (j->plan && b->solutions.path)
        code = save_solution(b, j);
    if (j->plan && b->certificates.path && code == CLI_OK)
        code = save_certificate(b, j);
    if (j->plan && b->log.path) {
        cli_exit saved = save_log(b, j);
        code = saved == CLI_OK ? code : saved;
    }
    return code;
}

/* A table of every row so far: an interrupted benchmark keeps them. */
static cli_exit save_csv(bench *b)
{
    const char *path = args_text(b->a, "csv");
    textbuf csv = {0};
    if (!path)
        return CLI_OK;
    bench_rows_csv(&csv, &b->rows);
    return bench_save(b->ctx, path, &csv);
}

/* --- one run --- */

static int begin(bench *b, job *j)
{
    bench_row *row = &j->row;
    size_t known;
    row->cost_mu = row->bound_mu = QWR_UNSET;
    row->value_us = -1;
    row->instance = text_copy(j->instance->name);
    j->bar =
        progress_begin(j->instance->name, args_given(b->a, "quiet"), b->log.path ? &j->log : NULL);
    if (!row->instance || !bench_known_find(&b->known, j->instance, &known))
        return 0;
    if (known < b->known.values.csv.rows) {
        snprintf(row->best_known, sizeof row->best_known, "%s",
                 best_known_value(&b->known.values, known));
        snprintf(row->best_known_proven, sizeof row->best_known_proven, "%s",
                 best_known_proven(&b->known.values, known));
    }
    return 1;
}

static qwr_status solve(bench *b, job *j)
{
    qwr_solve_options options = options_of(b, j->row.seed, &j->bar);
    int64_t begin_us = machine_wall_us();
    bench_hash_text(j->row.hash, sizeof j->row.hash, j->scenario);
    qwr_status status = qwr_solve(&j->plan, b->ctx, j->scenario, &options, NULL);
    int64_t elapsed_us = machine_wall_us() - begin_us;
    progress_end(&j->bar);
    if (status == QWR_OK)
        status = judge(&j->row, b->ctx, j->scenario, j->plan);
    if (status == QWR_OK) {
        const bench_row *row = &j->row;
        progress_finish(&j->bar, elapsed_us, row->work, row->cost_mu,
                        row->cost_mu == QWR_UNSET ? QWR_UNSET : row->bound_mu);
        j->row.value_us = row->cost_mu == QWR_UNSET ? -1 : j->bar.value_us;
    }
    return status;
}

/* A scenario that cannot be read makes a row of status "error" and its exit code. */
static cli_exit run_job(bench *b, job *j)
{
    int64_t cpu_us = machine_cpu_us(), wall_us = machine_wall_us();
    cli_exit code = cli_load_scenario(&j->scenario, b->ctx, j->instance->path, NULL);
    if (code != CLI_OK)
        return code;
    qwr_status status = solve(b, j);
    j->row.cpu_us = machine_cpu_us() - cpu_us;
    j->row.wall_us = machine_wall_us() - wall_us;
    if (status)
        return cli_fail(b->ctx, status, CLI_WORKING, j->instance->path);
    return j->row.checked ? CLI_OK : CLI_BROKEN;
}

static cli_exit run_one(bench *b, const bench_instance *instance, uint64_t seed)
{
    job j = {.instance = instance,
             .row = {.format = instance->format, .status = "error", .seed = seed}};
    cli_exit code;
    if (!begin(b, &j)) {
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
        free(j.row.instance);
        goto done;
    }
    code = run_job(b, &j);
    cli_exit saved = save_files(b, &j);
    code = saved == CLI_OK ? code : saved;
    if (code == CLI_USAGE) { /* an unknown solver: no run, no row */
        free(j.row.instance);
    } else if (!bench_rows_add(&b->rows, &j.row)) {
        free(j.row.instance);
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    }
done:
    textbuf_free(&j.log);
    qwr_plan_free(j.plan);
    qwr_scenario_free(j.scenario);
    return code;
}

/* --- all runs --- */

/* What is wrong with one instance does not stop the rest; a full disk does. */
static int goes_on(cli_exit code)
{
    return code == CLI_OK || code == CLI_BROKEN || code == CLI_BAD_INPUT;
}

static cli_exit run_all(bench *b, const bench_list *list)
{
    cli_exit worst = CLI_OK;
    for (size_t i = 0; i < list->count; i++) {
        b->best_mu = b->bound_mu = QWR_UNSET;
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
    bench_rows_groups(&out, &b->rows);
    bench_rows_summary(&out, &b->rows);
    bench_rows_news(&out, &b->rows);
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
    static const char *const names[] = {"solutions", "certificates", "log"};
    for (size_t i = 0; i < 3 && code == CLI_OK; i++)
        if (args_given(a, names[i]))
            code = bench_list_distinct(list, names[i]);
    if (code == CLI_OK)
        code = prepare_folder(&b->solutions, args_text(a, "solutions"));
    if (code == CLI_OK)
        code = prepare_folder(&b->certificates, args_text(a, "certificates"));
    if (code == CLI_OK)
        code = prepare_folder(&b->log, args_text(a, "log"));
    return code == CLI_OK ? bench_writable(args_text(a, "csv")) : code;
}

cli_exit bench_run(qwr_context *ctx, const args *a)
{
    bench b = {.ctx = ctx, .a = a};
    bench_list list = {0};
    cli_exit code = prepare(&b, &list);
    if (code == CLI_OK) {
        cli_cancel_on_interrupt(ctx);
        code = run_all(&b, &list);
        cli_exit printed = code == CLI_USAGE ? CLI_OK : print(&b);
        code = printed == CLI_OK ? code : printed;
    }
    bench_list_free(&list);
    bench_rows_free(&b.rows);
    bench_known_free(&b.known);
    folder_free(&b.solutions);
    folder_free(&b.certificates);
    folder_free(&b.log);
    return code;
}
