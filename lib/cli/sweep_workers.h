/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Worker processes of a sweep: each plans one task at a time and sends the run back. Knows no
 * store.
 */
#ifndef QWR_CLI_SWEEP_WORKERS_H
#define QWR_CLI_SWEEP_WORKERS_H

#include "cli/sweep.h"

#include <sys/types.h>

enum { SWEEP_WORKERS_MAX = 1024 };

typedef struct sweep_worker {
    pid_t process; /* 0: none */
    int tasks, runs;
    int64_t task; /* it works on; -1: none */
} sweep_worker;

typedef struct sweep_workers {
    const sweep_design *design;
    const args *a;
    int close_too; /* a descriptor that workers must not hold; -1: none */
    sweep_worker *worker;
    size_t count;
} sweep_workers;

/** Starts none yet; sweep_workers_give() does on need. */
cli_exit sweep_workers_init(sweep_workers *w, const sweep_design *design, const args *a,
                            size_t count, int close_too);
/** Gives a task to an idle worker. */
cli_exit sweep_workers_give(sweep_workers *w, size_t i, int64_t task);
/** Waits up to `timeout_ms` for results. @return 1 if some worker has one (or has ended). */
int sweep_workers_wait(sweep_workers *w, int timeout_ms);
/** Takes the result of worker i, if it has one; a worker that ended makes a failed run. @return 1
 * if `run` was filled. */
int sweep_workers_take(sweep_workers *w, size_t i, sweep_run *run);
/** Ends every worker, whatever it does. */
void sweep_workers_end(sweep_workers *w);

#endif
