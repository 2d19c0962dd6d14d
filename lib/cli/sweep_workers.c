/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Worker processes of a sweep. They are forked before this process opened any parallel region, make
 * a context of their own, read task numbers from one pipe and write runs to another, and end with
 * their parent. A worker that dies takes its one run with it, as a row that says so.
 */
#include "cli/sweep_workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whole or not at all; 0 at the end of the pipe. */
static int read_all(int from, void *data, size_t size)
{
    char *at = data;
    while (size > 0) {
        ssize_t got = read(from, at, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        at += got;
        size -= (size_t)got;
    }
    return 1;
}

static int write_all(int to, const void *data, size_t size)
{
    const char *at = data;
    while (size > 0) {
        ssize_t put = write(to, at, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return 0;
        at += put;
        size -= (size_t)put;
    }
    return 1;
}

/* A context made after the fork, which may use threads: this process opened no parallel region
 * before it. */
static qwr_context *worker_context(const args *a)
{
    qwr_context *ctx = NULL;
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return NULL;
    if (qwr_context_set_option(ctx, "after_fork", "threads") != QWR_OK ||
        qwr_context_set_option(ctx, "threads", "1") != QWR_OK ||
        cli_apply_options(ctx, a) != CLI_OK) {
        qwr_context_free(ctx);
        return NULL;
    }
    return ctx;
}

static void work(const sweep_workers *w, int tasks, int runs)
{
    qwr_context *ctx = worker_context(w->a);
    sweep_run run;
    int64_t task;
    while (ctx && read_all(tasks, &task, sizeof task)) {
        sweep_plan_task(&run, ctx, w->design, w->a, task);
        if (!write_all(runs, &run, sizeof run))
            break;
    }
    qwr_context_free(ctx);
}

/* In the child: keeps its own two ends alone, and ends when its parent does. */
static void become_worker(const sweep_workers *w, int tasks, int runs, pid_t parent)
{
    signal(SIGINT, SIG_IGN); /* Ctrl-C goes to the parent, who decides */
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    for (size_t i = 0; i < w->count; i++)
        if (w->worker[i].process > 0) {
            close(w->worker[i].tasks);
            close(w->worker[i].runs);
        }
    if (w->close_too >= 0)
        close(w->close_too);
    work(w, tasks, runs);
    _exit(0);
}

static cli_exit start(sweep_workers *w, size_t i)
{
    int tasks[2], runs[2];
    const pid_t parent = getpid();
    if (pipe(tasks) != 0)
        return cli_fail_own(CLI_INTERNAL, "a pipe cannot be made: %s", strerror(errno));
    if (pipe(runs) != 0) {
        close(tasks[0]);
        close(tasks[1]);
        return cli_fail_own(CLI_INTERNAL, "a pipe cannot be made: %s", strerror(errno));
    }
    fflush(NULL);
    const pid_t process = fork();
    if (process == 0) {
        close(tasks[1]);
        close(runs[0]);
        become_worker(w, tasks[0], runs[1], parent);
    }
    close(tasks[0]);
    close(runs[1]);
    if (process < 0) {
        close(tasks[1]);
        close(runs[0]);
        return cli_fail_own(CLI_INTERNAL, "a worker cannot be started: %s; use fewer --jobs",
                            strerror(errno));
    }
    w->worker[i] = (sweep_worker){process, tasks[1], runs[0], -1};
    return CLI_OK;
}

cli_exit sweep_workers_init(sweep_workers *w, const sweep_design *design, const args *a,
                            size_t count, int close_too)
{
    *w = (sweep_workers){.design = design, .a = a, .close_too = close_too, .count = count};
    w->worker = calloc(count, sizeof *w->worker);
    for (size_t i = 0; w->worker && i < count; i++)
        w->worker[i].task = -1;
    return w->worker ? CLI_OK : cli_fail_own(CLI_INTERNAL, "out of memory");
}

cli_exit sweep_workers_give(sweep_workers *w, size_t i, int64_t task)
{
    sweep_worker *worker = &w->worker[i];
    cli_exit code = worker->process > 0 ? CLI_OK : start(w, i);
    if (code != CLI_OK)
        return code;
    worker->task = task;
    write_all(worker->tasks, &task, sizeof task); /* a dead worker is seen when its end is read */
    return CLI_OK;
}

int sweep_workers_wait(sweep_workers *w, int timeout_ms)
{
    struct pollfd *list = calloc(w->count, sizeof *list);
    if (!list)
        return 1; /* reading blocks, which is as good */
    for (size_t i = 0; i < w->count; i++) {
        list[i].fd = w->worker[i].task >= 0 ? w->worker[i].runs : -1;
        list[i].events = POLLIN;
    }
    int ready = poll(list, (nfds_t)w->count, timeout_ms);
    free(list);
    return ready > 0;
}

/* How a worker ended, as the run it owes. */
static void bury(sweep_workers *w, size_t i, sweep_run *run)
{
    sweep_worker *worker = &w->worker[i];
    int state = 0;
    const int64_t replications = w->design->replications;
    close(worker->tasks);
    close(worker->runs);
    waitpid(worker->process, &state, 0);
    memset(run, 0, sizeof *run);
    run->task = worker->task;
    run->point = worker->task / replications;
    run->replication = worker->task % replications;
    run->seed = sweep_plan_seed(w->design, worker->task);
    for (size_t k = 0; k < SWEEP_FIELDS; k++)
        run->field[k] = QWR_UNSET;
    snprintf(run->version, sizeof run->version, "%s", qwr_version());
    snprintf(run->status, sizeof run->status, "ENDED");
    if (WIFSIGNALED(state))
        snprintf(run->message, sizeof run->message,
                 "the process of the run ended with signal %d (%s)", WTERMSIG(state),
                 strsignal(WTERMSIG(state)));
    else
        snprintf(run->message, sizeof run->message, "the process of the run ended with code %d",
                 WEXITSTATUS(state));
    *worker = (sweep_worker){.task = -1};
}

int sweep_workers_take(sweep_workers *w, size_t i, sweep_run *run)
{
    sweep_worker *worker = &w->worker[i];
    struct pollfd one = {.fd = worker->runs, .events = POLLIN};
    if (worker->task < 0 || poll(&one, 1, 0) <= 0)
        return 0;
    if (read_all(worker->runs, run, sizeof *run))
        worker->task = -1;
    else
        bury(w, i, run);
    return 1;
}

void sweep_workers_end(sweep_workers *w)
{
    for (size_t i = 0; w->worker && i < w->count; i++)
        if (w->worker[i].process > 0) {
            kill(w->worker[i].process, SIGKILL);
            close(w->worker[i].tasks);
            close(w->worker[i].runs);
            waitpid(w->worker[i].process, NULL, 0);
        }
    free(w->worker);
    *w = (sweep_workers){0};
}
