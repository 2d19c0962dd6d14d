/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a plugin on a thread of its own under a deadline. A plugin that does not come back is left
 * behind on its thread and disabled; the context goes on without it. Memory faults are not
 * contained. Knows nothing of what the body does.
 */
#include "registry/private.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#define WHERE   "registry.run"
#define POLL_US 2000 /* how often deadline and cancel are looked at */

typedef struct qwr__run {
    struct qwr__run *next; /* list of stragglers */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    bool done; /* guarded by lock */
    qwr_status status;
    qwr_status (*body)(void *arg);
    void (*release)(void *arg);
    void *arg;
} qwr__run;

qwr_status qwr__plugin_status(int32_t status)
{
    switch (status) {
    case QWR_PLUGIN_OK:
        return QWR_OK;
    case QWR_PLUGIN_EINVAL:
        return QWR_EINVAL;
    case QWR_PLUGIN_ENOMEM:
        return QWR_ENOMEM;
    case QWR_PLUGIN_ESOLVER:
        return QWR_ESOLVER;
    case QWR_PLUGIN_EUNSUPPORTED:
        return QWR_EUNSUPPORTED;
    case QWR_PLUGIN_ETOOBIG:
        return QWR_ETOOBIG;
    default:
        return QWR_EPLUGIN;
    }
}

static void *run_main(void *payload)
{
    qwr__run *run = payload;
    qwr_status status = run->body(run->arg);
    (void)pthread_mutex_lock(&run->lock);
    run->status = status;
    run->done = true;
    (void)pthread_cond_signal(&run->finished);
    (void)pthread_mutex_unlock(&run->lock);
    return NULL;
}

static void run_free(qwr_context *ctx, qwr__run *run)
{
    (void)pthread_cond_destroy(&run->finished);
    (void)pthread_mutex_destroy(&run->lock);
    qwr__free(ctx, run);
}

static qwr__run *run_new(qwr_context *ctx)
{
    qwr__run *run = qwr__alloc(ctx, 1, sizeof *run);
    if (run == NULL)
        return NULL;
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) {
        qwr__free(ctx, run);
        return NULL;
    }
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    bool made = pthread_cond_init(&run->finished, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    if (made && pthread_mutex_init(&run->lock, NULL) != 0) {
        (void)pthread_cond_destroy(&run->finished);
        made = false;
    }
    if (!made) {
        qwr__free(ctx, run);
        return NULL;
    }
    return run;
}

/** Starts the thread with every signal blocked: the host's handlers run on the host's threads. */
static bool start_thread(qwr__run *run)
{
    pthread_attr_t attributes;
    sigset_t all;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    (void)sigfillset(&all);
    bool started = pthread_attr_setsigmask_np(&attributes, &all) == 0 &&
                   pthread_create(&run->thread, &attributes, run_main, run) == 0;
    (void)pthread_attr_destroy(&attributes);
    return started;
}

/** Waits until the body is done or `until_us` has come; true: done. The lock is held. */
static bool wait_until(qwr__run *run, int64_t until_us)
{
    struct timespec at = {.tv_sec = (time_t)(until_us / 1000000),
                          .tv_nsec = (long)(until_us % 1000000) * 1000};
    while (!run->done)
        if (pthread_cond_timedwait(&run->finished, &run->lock, &at) != 0)
            break;
    return run->done;
}

/**
 * Waits for the body. Grace is counted from the moment this thread has noticed deadline or cancel,
 * so that a pause of the whole machine is not charged to the plugin.
 */
static bool wait_for_body(qwr_context *ctx, qwr__registry *r, const qwr_plugin *p, qwr__run *run,
                          int64_t deadline_us, int64_t grace_us)
{
    int64_t patience_us = -1; /* when to give up; negative: not yet decided */
    (void)pthread_mutex_lock(&run->lock);
    while (!run->done) {
        int64_t now_us = qwr__now_us();
        if (patience_us >= 0 && now_us >= patience_us)
            break;
        if (patience_us < 0 &&
            (qwr__cancelled(ctx) || (deadline_us >= 0 && now_us >= deadline_us))) {
            patience_us = now_us + grace_us;
            /* The hosts have gates of their own; no lock is ever taken the other way round. */
            qwr__hosts_cancel(r, p);
        }
        int64_t next_us = now_us + POLL_US;
        if (patience_us < 0 && deadline_us >= 0 && deadline_us < next_us)
            next_us = deadline_us;
        (void)wait_until(run, next_us);
    }
    bool done = run->done;
    (void)pthread_mutex_unlock(&run->lock);
    return done;
}

static qwr_status leave_behind(qwr_context *ctx, qwr__registry *r, const qwr_plugin *p,
                               qwr__run *run, int64_t grace_us)
{
    char reason[160];
    qwr__hosts_close(r, p);
    run->next = r->stragglers;
    r->stragglers = run;
    r->straggler_count++;
    (void)snprintf(reason, sizeof reason,
                   "it had not returned %lld ms after its deadline or a cancel and was left behind",
                   (long long)(grace_us / 1000));
    qwr__registry_disable_late(ctx, p, reason);
    return qwr__fail(ctx, QWR_EPLUGIN, WHERE, NULL, 0, "plugin %s is disabled: %s", p->id, reason);
}

/** Why this plugin may not be run now, or QWR_OK. */
static qwr_status may_run(qwr_context *ctx, const qwr__registry *r, const qwr_plugin *p)
{
    const qwr__entry *e = qwr__registry_entry(ctx, p);
    if (e != NULL && e->disabled)
        return qwr__fail(ctx, QWR_EPLUGIN, WHERE, NULL, 0, "plugin %s is disabled: %s", p->id,
                         e->reason != NULL ? e->reason : "it broke its contract");
    if (r->straggler_count >= QWR__STRAGGLER_LIMIT)
        return qwr__fail(ctx, QWR_EPLUGIN, WHERE, NULL, 0,
                         "plugin %s is not run: %d plugins of this context have never come back",
                         p->id, QWR__STRAGGLER_LIMIT);
    return QWR_OK;
}

qwr_status qwr__plugin_run(qwr_context *ctx, const qwr_plugin *plugin, int64_t deadline_us,
                           int64_t grace_us, qwr_status (*body)(void *arg),
                           void (*release)(void *arg), void *arg)
{
    qwr__run *run = NULL;
    qwr_status status = QWR_OK;
    qwr__registry *r = qwr__registry_get(ctx);
    if (r == NULL) {
        status = QWR_ENOMEM;
        goto refused;
    }
    qwr__stragglers_reap(ctx, r);
    status = may_run(ctx, r, plugin);
    if (status != QWR_OK)
        goto refused;
    run = run_new(ctx);
    if (run == NULL) {
        status = qwr__no_memory(ctx, WHERE);
        goto refused;
    }
    run->body = body;
    run->release = release;
    run->arg = arg;
    qwr__hosts_open(r, plugin, deadline_us);
    if (!start_thread(run)) {
        status = qwr__fail(ctx, QWR_ENOMEM, WHERE, NULL, 0, "no thread could be made for plugin %s",
                           plugin->id);
        goto refused;
    }
    if (!wait_for_body(ctx, r, plugin, run, deadline_us, grace_us))
        return leave_behind(ctx, r, plugin, run, grace_us);
    (void)pthread_join(run->thread, NULL);
    status = qwr__hosts_merge(ctx, r, plugin, run->status);
    run_free(ctx, run);
    if (status == QWR_EPLUGIN)
        qwr__registry_disable(ctx, plugin, qwr_context_cause(ctx, 0)->message);
    if (status != QWR_OK)
        release(arg);
    return status;

refused:
    if (run != NULL)
        run_free(ctx, run);
    release(arg);
    return status;
}

/* --- threads left behind -----------------------------------------------------------------------
 */

void qwr__stragglers_reap(qwr_context *ctx, qwr__registry *registry)
{
    for (qwr__run **at = &registry->stragglers; *at != NULL;) {
        qwr__run *run = *at;
        (void)pthread_mutex_lock(&run->lock);
        bool done = run->done;
        (void)pthread_mutex_unlock(&run->lock);
        if (!done) {
            at = &run->next;
            continue;
        }
        (void)pthread_join(run->thread, NULL);
        *at = run->next;
        registry->straggler_count--;
        run->release(run->arg);
        run_free(ctx, run);
    }
}

void qwr__stragglers_abandon(qwr_context *ctx, qwr__registry *registry)
{
    (void)ctx;
    /* What such a thread still reads can never be freed: neither its arg nor its host. */
    for (qwr__run *run = registry->stragglers; run != NULL;) {
        qwr__run *next = run->next;
        (void)pthread_detach(run->thread);
        run = next;
    }
    registry->stragglers = NULL;
    registry->straggler_count = 0;
}

size_t qwr__registry_stragglers(qwr_context *ctx)
{
    qwr__registry *r = qwr__context_registry(ctx);
    if (r == NULL)
        return 0;
    qwr__stragglers_reap(ctx, r);
    return r->straggler_count;
}
