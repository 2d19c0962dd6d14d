/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright sweep BASE: gives the missing tasks of a design to worker processes and writes what
 * they send, the only writer of the store. Whatever ends it, the same command goes on where it was.
 */
#include "cli/sweep.h"

#include "cli/machine.h"
#include "cli/number.h"
#include "cli/sweep_workers.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COMMIT_US = 50000 };

typedef struct sweeping {
    sweep_design design;
    sweep_store *store;
    sweep_workers workers;
    char *done;                       /* per task: 1 if it has a row */
    int64_t shard, shards;            /* this one, from 0, of so many */
    int64_t total, before, now, next; /* tasks of the shard; with a row at the start; since then */
    int64_t failed, unplaced;
    int64_t begin_us, drawn_us;
    int64_t open_us; /* since when a transaction is open; 0: none is */
    int bar;
} sweeping;

static volatile sig_atomic_t stop_asked;

static void on_terminate(int number)
{
    (void)number;
    stop_asked = 1;
}

static int stopping(void)
{
    return stop_asked || cli_interrupted();
}

/* Ends of a batch system come as SIGTERM; a file that hits its limit is an error, not a signal. */
static void catch_signals(qwr_context *ctx)
{
    struct sigaction action = {0};
    action.sa_handler = on_terminate;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    cli_cancel_on_interrupt(ctx);
}

/* "2/8": the second of eight. */
static cli_exit read_shard(sweeping *s, const char *text)
{
    char first[24] = "";
    const char *slash = text ? strchr(text, '/') : NULL;
    s->shard = 0;
    s->shards = 1;
    if (!text)
        return CLI_OK;
    if (slash && (size_t)(slash - text) < sizeof first)
        memcpy(first, text, (size_t)(slash - text));
    if (!slash || !number_int(&s->shard, first) || !number_int(&s->shards, slash + 1) ||
        s->shard < 1 || s->shard > s->shards || s->shards > SWEEP_TASKS_MAX)
        return cli_usage("sweep",
                         "--shard needs i/n, the i-th of n from 1 on, such as 2/8, not "
                         "\"%s\"",
                         text);
    s->shard--;
    return CLI_OK;
}

static int mine(const sweeping *s, int64_t task)
{
    return task % s->shards == s->shard;
}

static cli_exit mark(const sweep_run *run, void *payload)
{
    sweeping *s = payload;
    if (run->task < 0 || run->task >= sweep_tasks(&s->design))
        return cli_fail_own(CLI_BAD_INPUT, "%s has a run of task %lld, which is none of this sweep",
                            sweep_store_path(s->store), (long long)run->task);
    s->done[run->task] = 1;
    if (mine(s, run->task)) {
        s->before++;
        s->failed += !sweep_run_ok(run);
        s->unplaced += sweep_run_ok(run) && run->field[SWEEP_UNPLACED] > 0;
    }
    return CLI_OK;
}

static cli_exit put_new_design(sweeping *s)
{
    cli_exit code = sweep_store_begin(s->store);
    if (code == CLI_OK)
        code = sweep_store_put_design(s->store, &s->design);
    return code == CLI_OK ? sweep_store_commit(s->store) : code;
}

static cli_exit open_store(sweeping *s, const args *a)
{
    if (!args_given(a, "store"))
        return cli_usage("sweep", "--store DIR is missing: the folder that keeps the results");
    cli_exit code = sweep_store_open(&s->store, args_text(a, "store"), SWEEP_WRITE);
    if (code != CLI_OK)
        return code;
    code = sweep_store_is_new(s->store) ? put_new_design(s)
                                        : sweep_store_same_design(s->store, &s->design);
    if (code == CLI_OK && args_given(a, "retry"))
        code = sweep_store_forget_failed(s->store);
    s->done = calloc((size_t)sweep_tasks(&s->design), 1);
    if (code == CLI_OK && !s->done)
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    for (int64_t task = 0; task < sweep_tasks(&s->design); task++)
        s->total += mine(s, task);
    return code == CLI_OK ? sweep_store_each(s->store, mark, s) : code;
}

/* --- progress -------------------------------------------------------------------------------- */

static void left_text(char *text, size_t capacity, double seconds)
{
    if (seconds < 90)
        snprintf(text, capacity, "%.0f s", seconds);
    else if (seconds < 5400)
        snprintf(text, capacity, "%.0f min", seconds / 60);
    else
        snprintf(text, capacity, "%.1f h", seconds / 3600);
}

static void draw(sweeping *s, int64_t now_us)
{
    char left[32] = "-";
    const double seconds = (double)(now_us - s->begin_us) / 1e6;
    const double rate = seconds > 0 ? (double)s->now / seconds : 0;
    if (rate > 0)
        left_text(left, sizeof left, (double)(s->total - s->before - s->now) / rate);
    fprintf(stderr, "\r\033[K%lld/%lld runs, %lld failed, %.1f a second, %s left",
            (long long)(s->before + s->now), (long long)s->total, (long long)s->failed, rate, left);
    fflush(stderr);
    s->drawn_us = now_us;
}

static void draw_if_due(sweeping *s)
{
    const int64_t now_us = machine_wall_us();
    if (s->bar && now_us - s->drawn_us > 200000)
        draw(s, now_us);
}

static void draw_end(const sweeping *s)
{
    if (s->bar && s->drawn_us > 0)
        fprintf(stderr, "\r\033[K");
}

/* --- the loop -------------------------------------------------------------------------------- */

/* The next task of the shard without a row; -1 at the end. */
static int64_t next_task(sweeping *s)
{
    for (; s->next < sweep_tasks(&s->design); s->next++)
        if (mine(s, s->next) && !s->done[s->next])
            return s->next++;
    return -1;
}

/* Gives work to idle workers. @return how many are busy then, -1 on failure. */
static int feed(sweeping *s, cli_exit *code)
{
    int busy = 0;
    for (size_t i = 0; i < s->workers.count; i++) {
        if (s->workers.worker[i].task < 0) {
            const int64_t task = next_task(s);
            if (task < 0)
                continue;
            *code = sweep_workers_give(&s->workers, i, task);
            if (*code != CLI_OK)
                return -1;
        }
        busy++;
    }
    return busy;
}

static void count(sweeping *s, const sweep_run *run)
{
    s->now++;
    s->failed += !sweep_run_ok(run);
    s->unplaced += sweep_run_ok(run) && run->field[SWEEP_UNPLACED] > 0;
}

/* Results that come within a twentieth of a second share a transaction: the disk would hold up runs
 * of a millisecond, and nobody misses so few. */
static cli_exit commit_if_due(sweeping *s, int at_once)
{
    if (s->open_us == 0 || (!at_once && machine_wall_us() - s->open_us < COMMIT_US))
        return CLI_OK;
    s->open_us = 0;
    return sweep_store_commit(s->store);
}

static cli_exit put(sweeping *s, const sweep_run *run)
{
    cli_exit code = CLI_OK;
    if (s->open_us == 0) {
        code = sweep_store_begin(s->store);
        s->open_us = machine_wall_us();
    }
    if (code == CLI_OK)
        code = sweep_store_put(s->store, run, 1);
    count(s, run);
    return code;
}

/* Takes what is ready. Each worker gets its next task before that is written, so that nobody waits
 * for the disk. */
static cli_exit collect(sweeping *s)
{
    sweep_run *batch = calloc(s->workers.count, sizeof *batch);
    size_t size = 0;
    cli_exit code = batch ? CLI_OK : cli_fail_own(CLI_INTERNAL, "out of memory");
    for (size_t i = 0; code == CLI_OK && i < s->workers.count; i++)
        size += (size_t)sweep_workers_take(&s->workers, i, &batch[size]);
    if (code == CLI_OK && size > 0 && !stopping())
        feed(s, &code);
    for (size_t i = 0; code == CLI_OK && i < size; i++)
        code = put(s, &batch[i]);
    free(batch);
    return code;
}

static cli_exit loop(sweeping *s)
{
    cli_exit code = CLI_OK;
    while (code == CLI_OK && !stopping()) {
        const int busy = feed(s, &code);
        if (busy <= 0)
            return code == CLI_OK ? commit_if_due(s, 1) : code;
        if (sweep_workers_wait(&s->workers, s->open_us ? COMMIT_US / 1000 : 200))
            code = collect(s);
        if (code == CLI_OK)
            code = commit_if_due(s, 0);
        draw_if_due(s);
    }
    if (code == CLI_OK)
        code = commit_if_due(s, 1);
    return code == CLI_OK ? CLI_CANCELLED : code;
}

/* --- the end --------------------------------------------------------------------------------- */

static cli_exit print_json(const sweeping *s)
{
    json_out json = {0};
    json_object(&json, NULL);
    json_string(&json, "store", sweep_store_path(s->store));
    json_int(&json, "points", (int64_t)s->design.points);
    json_int(&json, "replications", s->design.replications);
    json_int(&json, "tasks", s->total);
    json_int(&json, "done", s->before + s->now);
    json_int(&json, "run_now", s->now);
    json_int(&json, "failed", s->failed);
    json_int(&json, "with_unplaced_calls", s->unplaced);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit print_text(const sweeping *s, const args *a)
{
    textbuf out = {0};
    const double seconds = (double)(machine_wall_us() - s->begin_us) / 1e6;
    const char *store = args_text(a, "store");
    textbuf_printf(&out, "%lld of %lld runs are in %s", (long long)(s->before + s->now),
                   (long long)s->total, store);
    textbuf_printf(&out, " (%lld now, in %.1f s)", (long long)s->now, seconds);
    if (s->failed > 0)
        textbuf_printf(&out, "; %lld failed, see: quaywright sweep list %s --failed",
                       (long long)s->failed, store);
    if (s->unplaced > 0)
        textbuf_printf(&out, "\n%lld have calls without a place", (long long)s->unplaced);
    if (s->before + s->now < s->total)
        textbuf_add(&out, "\nThe same command goes on with the rest");
    else if (s->shards == 1)
        textbuf_printf(&out, "\nCompare them: quaywright sweep report %s", store);
    textbuf_add(&out, "\n");
    return cli_print(&out);
}

static cli_exit finish(const sweeping *s, const args *a, cli_exit code)
{
    cli_exit printed = CLI_OK;
    if (code != CLI_OK && code != CLI_CANCELLED)
        return code;
    if (args_given(a, "json"))
        printed = print_json(s);
    else if (!args_given(a, "quiet"))
        printed = print_text(s, a);
    if (printed != CLI_OK)
        return printed;
    return code == CLI_OK && s->failed > 0 ? CLI_BROKEN : code;
}

static cli_exit sweep_all(sweeping *s, qwr_context *ctx, const args *a)
{
    size_t jobs = (size_t)args_int(a, "jobs");
    if (jobs == 0)
        jobs = (size_t)machine_threads();
    if ((int64_t)jobs > s->total - s->before)
        jobs = (size_t)(s->total - s->before) + 1;
    cli_exit code =
        sweep_workers_init(&s->workers, &s->design, a, jobs, sweep_store_lock(s->store));
    s->bar = isatty(STDERR_FILENO) && !args_given(a, "quiet") && !args_given(a, "verbose");
    s->begin_us = machine_wall_us();
    catch_signals(ctx);
    if (code == CLI_OK)
        code = loop(s);
    draw_end(s);
    sweep_workers_end(&s->workers);
    return finish(s, a, code);
}

cli_exit sweep_do_run(qwr_context *ctx, const args *a)
{
    sweeping s = {0};
    qwr_scenario *base = NULL;
    cli_exit code = read_shard(&s, args_text(a, "shard"));
    if (code == CLI_OK)
        code = cli_load_scenario(&base, ctx, a->operand[0], args_text(a, "history"));
    if (code == CLI_OK)
        code = sweep_design_make(&s.design, ctx, base, a);
    if (code == CLI_OK)
        code = open_store(&s, a);
    if (code == CLI_OK)
        code = sweep_all(&s, ctx, a);
    sweep_store_close(s.store);
    free(s.done);
    if (!s.design.base)
        qwr_scenario_free(base);
    sweep_design_free(&s.design);
    return code;
}
