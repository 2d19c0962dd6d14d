/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For backends whose engine cannot be stopped at once: a solve on a thread apart, on its own copy
 * of the model, whose best point so far the caller can take at any moment. The caller goes when the
 * time is up; the thread is told to stop and frees the job when it gets there. The number of such
 * threads is bounded a module.
 *
 * Functions are static: each backend compiles its own, and modules share no symbol. Memory is the C
 * library's, because the host's must not be touched once the instance is destroyed.
 */
#ifndef QWR_SOLVERS_APART_H
#define QWR_SOLVERS_APART_H

#include <quaywright/plugin.h>
#include <quaywright/solver.h>

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define APART_POLL_US     5000  /* how often the caller looks at cancel and deadline */
#define APART_GRACE_US    20000 /* how long it then waits for the engine to stop by itself */
#define APART_ORPHANS_MAX 4

/** One solve. Owned by caller and thread together; the last one frees it. */
typedef struct apart_job {
    atomic_int owners;
    atomic_int stop;     /* the engine is to come back as soon as it can */
    int64_t deadline_us; /* absolute, negative: none */
    qwr_milp_view model; /* arrays are the job's */
    qwr_milp_limits limits;
    void *block; /* all arrays */
    void (*work)(struct apart_job *job);
    int64_t setting[4]; /* options of the backend, read before the thread starts */
    atomic_int *orphans;

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t finished;
    bool done;
    bool left_behind;
    int32_t status;
    char message[200];
    qwr_milp_state state;
    double objective, bound;
    int64_t nodes, iterations;
    double *point;
    double *dual; /* NULL unless wanted */
} apart_job;

static inline int64_t apart_now_us(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/** Microseconds the engine may still use; INT64_MAX: no deadline. */
static inline int64_t apart_left_us(const apart_job *job)
{
    if (job->deadline_us < 0)
        return INT64_MAX;
    int64_t left_us = job->deadline_us - apart_now_us();
    return left_us > 0 ? left_us : 0;
}

/** For the engine's callbacks. */
static inline bool apart_must_stop(apart_job *job)
{
    return atomic_load(&job->stop) != 0 || apart_left_us(job) == 0;
}

/* --- what the engine's thread reports -----------------------------------------------------------
 */

/** A sentence for the failure; the first one stays. */
static inline void apart_fail(apart_job *job, int32_t status, const char *sentence)
{
    (void)pthread_mutex_lock(&job->lock);
    if (job->status == QWR_PLUGIN_OK) {
        job->status = status;
        (void)snprintf(job->message, sizeof job->message, "%s", sentence);
    }
    (void)pthread_mutex_unlock(&job->lock);
}

/** A proved lower bound; keeps the best. */
static inline void apart_bound(apart_job *job, double bound)
{
    (void)pthread_mutex_lock(&job->lock);
    if (isfinite(bound) && bound > job->bound)
        job->bound = bound;
    (void)pthread_mutex_unlock(&job->lock);
}

/** A feasible point by a function of the engine; keeps the best below the cutoff. true: kept. */
static inline bool apart_point(apart_job *job, double objective,
                               double (*value)(void *engine, uint32_t column), void *engine)
{
    bool kept = false;
    (void)pthread_mutex_lock(&job->lock);
    if (isfinite(objective) && objective < job->objective && objective < job->limits.cutoff) {
        for (uint32_t j = 0; j < job->model.column_count; j++)
            job->point[j] = value(engine, j);
        job->objective = objective;
        if (job->state == QWR_MILP_UNKNOWN)
            job->state = QWR_MILP_FEASIBLE;
        kept = true;
    }
    (void)pthread_mutex_unlock(&job->lock);
    return kept;
}

static inline void apart_counts(apart_job *job, int64_t nodes, int64_t iterations)
{
    (void)pthread_mutex_lock(&job->lock);
    job->nodes = nodes;
    job->iterations = iterations;
    (void)pthread_mutex_unlock(&job->lock);
}

/** The search has looked at everything: optimum, nothing below the cutoff, or nothing at all. */
static inline void apart_proved(apart_job *job)
{
    (void)pthread_mutex_lock(&job->lock);
    if (job->state == QWR_MILP_FEASIBLE) {
        job->state = QWR_MILP_OPTIMAL;
        job->bound = job->objective;
    } else if (job->limits.cutoff < QWR_MILP_INFINITY) {
        job->state = QWR_MILP_UNKNOWN;
        job->bound = fmax(job->bound, job->limits.cutoff);
    } else {
        job->state = QWR_MILP_INFEASIBLE;
        job->bound = QWR_MILP_INFINITY;
    }
    (void)pthread_mutex_unlock(&job->lock);
}

static inline void apart_state(apart_job *job, qwr_milp_state state)
{
    (void)pthread_mutex_lock(&job->lock);
    job->state = state;
    (void)pthread_mutex_unlock(&job->lock);
}

/* --- the job ------------------------------------------------------------------------------------
 */

static inline void apart_drop(apart_job *job)
{
    if (atomic_fetch_sub(&job->owners, 1) != 1)
        return;
    (void)pthread_cond_destroy(&job->finished);
    (void)pthread_mutex_destroy(&job->lock);
    free(job->block);
    free(job);
}

/** Moves `bytes` of `from` (NULL: zeros) into the block. */
static inline void *apart_take(char **at, const void *from, size_t bytes)
{
    char *mine = *at;
    if (from != NULL && bytes > 0)
        memcpy(mine, from, bytes);
    *at += (bytes + 7) / 8 * 8;
    return mine;
}

static inline bool apart_copy(apart_job *job, const qwr_milp_view *m, bool wants_dual)
{
    size_t columns = m->column_count;
    size_t rows = m->row_count;
    size_t entries = (size_t)m->entry_count;
    size_t bytes = (6 * columns + 3 * rows + entries + 2) * 8 + entries * 4 + columns + 64;
    job->block = calloc(bytes, 1);
    if (job->block == NULL)
        return false;
    char *at = job->block;
    job->model = *m;
    job->model.cost = apart_take(&at, m->cost, columns * 8);
    job->model.lower = apart_take(&at, m->lower, columns * 8);
    job->model.upper = apart_take(&at, m->upper, columns * 8);
    job->model.row_lower = apart_take(&at, m->row_lower, rows * 8);
    job->model.row_upper = apart_take(&at, m->row_upper, rows * 8);
    job->model.column_begin = apart_take(&at, m->column_begin, (columns + 1) * 8);
    job->model.value = apart_take(&at, m->value, entries * 8);
    job->model.start = m->start != NULL ? apart_take(&at, m->start, columns * 8) : NULL;
    job->point = apart_take(&at, NULL, columns * 8);
    job->dual = wants_dual ? apart_take(&at, NULL, rows * 8) : NULL;
    job->model.row_index = apart_take(&at, m->row_index, entries * 4);
    job->model.integer = apart_take(&at, m->integer, columns);
    job->model.name = "";
    return true;
}

static inline bool apart_locks(apart_job *job)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    bool made = pthread_cond_init(&job->finished, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    if (made && pthread_mutex_init(&job->lock, NULL) != 0) {
        (void)pthread_cond_destroy(&job->finished);
        made = false;
    }
    return made;
}

/** Is x, with integers rounded, within bounds and rows? Some engines believe a start unseen. */
static inline bool apart_is_feasible(const qwr_milp_view *m, const double *x, double *activity)
{
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (!(x[j] >= m->lower[j] - 1e-6 && x[j] <= m->upper[j] + 1e-6))
            return false;
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++)
            activity[m->row_index[k]] += m->value[k] * x[j];
    }
    for (uint32_t i = 0; i < m->row_count; i++) {
        double slack = 1e-6 * fmax(1.0, fabs(activity[i]));
        if (!(activity[i] >= m->row_lower[i] - slack && activity[i] <= m->row_upper[i] + slack))
            return false;
    }
    return true;
}

/** Makes the start the first point. Without memory, or if it is not feasible, there is no start. */
static inline void apart_take_start(apart_job *job)
{
    qwr_milp_view *m = &job->model;
    if (m->start == NULL || job->limits.relax != 0)
        return;
    double *activity = calloc(m->row_count + (size_t)1, sizeof *activity);
    double objective = m->offset;
    for (uint32_t j = 0; j < m->column_count; j++) {
        job->point[j] = m->integer[j] ? round(m->start[j]) : m->start[j];
        objective += m->cost[j] * job->point[j];
    }
    if (activity == NULL || !apart_is_feasible(m, job->point, activity)) {
        m->start = NULL;
    } else if (objective < job->limits.cutoff) {
        job->objective = objective;
        job->state = QWR_MILP_FEASIBLE;
    }
    free(activity);
}

/** NULL: no memory. */
static inline apart_job *apart_new(const qwr_milp_view *model, const qwr_milp_limits *limits,
                                   bool wants_dual, atomic_int *orphans,
                                   void (*work)(apart_job *job))
{
    apart_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return NULL;
    if (!apart_copy(job, model, wants_dual) || !apart_locks(job)) {
        free(job->block);
        free(job);
        return NULL;
    }
    atomic_init(&job->owners, 1);
    atomic_init(&job->stop, 0);
    job->limits = *limits;
    job->deadline_us = limits->deadline_us < 0 ? -1 : apart_now_us() + limits->deadline_us;
    job->work = work;
    job->orphans = orphans;
    job->objective = QWR_MILP_INFINITY;
    job->bound = -QWR_MILP_INFINITY;
    apart_take_start(job);
    return job;
}

static inline void *apart_main(void *payload)
{
    apart_job *job = payload;
    job->work(job);
    (void)pthread_mutex_lock(&job->lock);
    job->done = true;
    if (job->left_behind)
        (void)atomic_fetch_sub(job->orphans, 1);
    (void)pthread_cond_signal(&job->finished);
    (void)pthread_mutex_unlock(&job->lock);
    apart_drop(job);
    return NULL;
}

/** Waits until done, or deadline or cancel and a moment more. true: the thread has finished. */
static inline bool apart_wait(apart_job *job, const qwr_host *host)
{
    int64_t patience_us = -1;
    (void)pthread_mutex_lock(&job->lock);
    while (!job->done) {
        int64_t now_us = apart_now_us();
        if (patience_us >= 0 && now_us >= patience_us)
            break;
        if (patience_us < 0 && (apart_left_us(job) == 0 || host->cancelled(host->payload) != 0)) {
            atomic_store(&job->stop, 1);
            patience_us = now_us + APART_GRACE_US;
        }
        int64_t next_us = now_us + APART_POLL_US;
        struct timespec at = {.tv_sec = (time_t)(next_us / 1000000),
                              .tv_nsec = (long)(next_us % 1000000) * 1000};
        (void)pthread_cond_timedwait(&job->finished, &job->lock, &at);
    }
    bool done = job->done;
    if (!done) {
        job->left_behind = true;
        (void)atomic_fetch_add(job->orphans, 1);
    }
    (void)pthread_mutex_unlock(&job->lock);
    return done;
}

/** Copies what is known at this moment. */
static inline int32_t apart_answer(apart_job *job, qwr_milp_answer *answer, const qwr_host *host)
{
    (void)pthread_mutex_lock(&job->lock);
    int32_t status = job->status;
    bool has_point = job->state == QWR_MILP_FEASIBLE || job->state == QWR_MILP_OPTIMAL;
    if (status != QWR_PLUGIN_OK && has_point) { /* found before the engine failed: still a point */
        host->log(host->payload, 1, job->message);
        status = QWR_PLUGIN_OK;
    } else if (status != QWR_PLUGIN_OK) {
        host->error(host->payload, job->message);
    }
    answer->state = job->state;
    answer->objective = job->objective;
    answer->bound = has_point ? fmin(job->bound, job->objective) : job->bound;
    answer->nodes = job->nodes;
    answer->iterations = job->iterations;
    if (has_point && job->model.column_count > 0)
        memcpy(answer->point, job->point, job->model.column_count * sizeof *answer->point);
    if (answer->dual != NULL && job->model.row_count > 0)
        memcpy(answer->dual, job->dual, job->model.row_count * sizeof *answer->dual);
    (void)pthread_mutex_unlock(&job->lock);
    return status;
}

/** Runs the job and fills the answer; frees the job, now or when its thread has come back. */
static inline int32_t apart_run(apart_job *job, qwr_milp_answer *answer, const qwr_host *host)
{
    pthread_t thread;
    int32_t status;
    if (atomic_load(job->orphans) >= APART_ORPHANS_MAX) {
        host->error(host->payload, "too many earlier solves are still being interrupted");
        status = QWR_PLUGIN_ESOLVER;
        goto done;
    }
    atomic_store(&job->owners, 2);
    if (pthread_create(&thread, NULL, apart_main, job) != 0) {
        atomic_store(&job->owners, 1);
        status = QWR_PLUGIN_ENOMEM;
        goto done;
    }
    if (apart_wait(job, host))
        (void)pthread_join(thread, NULL);
    else
        (void)pthread_detach(thread);
    status = apart_answer(job, answer, host);
done:
    apart_drop(job);
    return status;
}

#endif
