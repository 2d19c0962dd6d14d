/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other threads may see of a session and ask of it: progress, log lines, cancel. Everything
 * shared lies under one lock that is held for a copy and never longer. Must never call the host
 * while it holds that lock.
 */
#include "engine/session.h"

#include <string.h>

qwr_status qwr__watch_init(qwr_session *session)
{
    qwr__watch *w = &session->watch;

    w->progress = (qwr_progress){
        .size = sizeof w->progress, .stage = "", .cost_mu = QWR_UNSET, .bound_mu = QWR_UNSET};
    w->made = pthread_mutex_init(&w->lock, NULL) == 0;
    return w->made ? QWR_OK : qwr__no_memory(session->ctx, "engine.session");
}

void qwr__watch_free(qwr_session *session)
{
    if (session->watch.made)
        (void)pthread_mutex_destroy(&session->watch.lock);
}

static void keep_progress(const qwr_progress *progress, void *payload)
{
    qwr__watch *w = payload;

    (void)pthread_mutex_lock(&w->lock);
    w->progress = *progress;
    (void)pthread_mutex_unlock(&w->lock);
    if (w->host_progress != NULL)
        w->host_progress(progress, w->host_payload);
}

/* A full ring forgets its oldest line. */
static void keep_line(qwr_log_level level, const char *message, void *payload)
{
    qwr__watch *w = payload;

    if (level > QWR_LOG_INFO)
        return;
    (void)pthread_mutex_lock(&w->lock);
    if (w->count == QWR__LOG_LINES) {
        w->first = (w->first + 1) % QWR__LOG_LINES;
        w->count--;
    }
    char *line = w->line[(w->first + w->count) % QWR__LOG_LINES];
    size_t length = strnlen(message, QWR__LOG_BYTES - 1);
    memcpy(line, message, length);
    line[length] = '\0';
    w->count++;
    (void)pthread_mutex_unlock(&w->lock);
}

static void set_running(qwr__watch *w, bool running)
{
    (void)pthread_mutex_lock(&w->lock);
    w->running = running;
    (void)pthread_mutex_unlock(&w->lock);
}

void qwr__watch_begin(qwr_session *session, qwr_solve_options *options)
{
    qwr__watch *w = &session->watch;

    w->host_progress = options->progress;
    w->host_payload = options->payload;
    options->progress = keep_progress;
    options->payload = w;
    qwr__log_tap(session->ctx, keep_line, w);
    qwr_context_cancel_reset(session->ctx);
    set_running(w, true);
    atomic_store(&session->planning, 1);
}

void qwr__watch_end(qwr_session *session)
{
    atomic_store(&session->planning, 0);
    set_running(&session->watch, false);
    qwr__log_tap(session->ctx, NULL, NULL);
    qwr_context_cancel_reset(session->ctx);
}

void qwr_session_cancel(qwr_session *session)
{
    if (session != NULL && atomic_load(&session->planning) != 0)
        qwr_context_cancel(session->ctx);
}

int qwr_session_progress(qwr_progress *progress, qwr_session *session)
{
    if (progress == NULL || session == NULL || progress->size < sizeof progress->size)
        return 0;
    qwr__watch *w = &session->watch;
    uint32_t size = progress->size < sizeof *progress ? progress->size : (uint32_t)sizeof *progress;
    (void)pthread_mutex_lock(&w->lock);
    memcpy(progress, &w->progress, size);
    bool running = w->running;
    (void)pthread_mutex_unlock(&w->lock);
    progress->size = size;
    return running;
}

size_t qwr_session_log(char *line, size_t capacity, qwr_session *session)
{
    size_t length = 0;

    if (line == NULL || capacity == 0 || session == NULL)
        return 0;
    qwr__watch *w = &session->watch;
    line[0] = '\0';
    (void)pthread_mutex_lock(&w->lock);
    if (w->count > 0) {
        length = strnlen(w->line[w->first], capacity - 1);
        memcpy(line, w->line[w->first], length);
        line[length] = '\0';
        w->first = (w->first + 1) % QWR__LOG_LINES;
        w->count--;
    }
    (void)pthread_mutex_unlock(&w->lock);
    return length;
}
