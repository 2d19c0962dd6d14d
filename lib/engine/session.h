/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of a session: what its files share. News change the builder (session_news.c), facts and
 * time make the scenario to plan of it (session_facts.c), session_plan.c plans, session_watch.c is
 * what other threads see.
 */
#ifndef QWR_ENGINE_SESSION_H
#define QWR_ENGINE_SESSION_H

#include "base/base.h"
#include "model/strings.h"

#include <quaywright/session.h>

#include <pthread.h>

/** A vessel alongside; the strings are owned by the session. */
typedef struct qwr__moored {
    char *call, *quay, *berth;
    qwr_berthed told;    /* its strings are those above */
    int64_t lost_s;      /* working time that weather took before the epoch was rolled */
    int64_t lost_more_s; /* and what the roll under way adds */
} qwr__moored;

typedef struct qwr__moorings {
    qwr__moored *data;
    size_t count, capacity;
} qwr__moorings;

/** Sentences about facts that break a rule. */
typedef struct qwr__conflicts {
    qwr__strings sentences;
    const char **data;
    size_t count, capacity;
} qwr__conflicts;

/** A plan with the scenario it belongs to. */
typedef struct qwr__edition {
    qwr_scenario *scenario;
    qwr_plan *plan;
    int64_t rolled_s; /* how far the epoch had moved when it was made */
} qwr__edition;

enum { QWR__LOG_LINES = 64, QWR__LOG_BYTES = 256 };

/** What other threads may read, all of it under `lock`. */
typedef struct qwr__watch {
    pthread_mutex_t lock;
    bool made;
    bool running;
    qwr_progress progress;
    qwr_progress_fn host_progress;
    void *host_payload;
    uint32_t first, count; /* of the lines not taken yet */
    char line[QWR__LOG_LINES][QWR__LOG_BYTES];
} qwr__watch;

struct qwr_session {
    qwr_context *ctx;
    qwr_scenario_builder *builder; /* the terminal as the news tell it */
    qwr_scenario *base;            /* the same, valid: frozen after the last news */
    bool held;                     /* news are being gathered */
    bool stale;                    /* the builder holds refused news: make it anew from `base` */
    size_t news;                   /* taken since the builder was made */
    int64_t now_s, freeze_until_s; /* QWR_UNSET: not told */
    int64_t rolled_s;              /* how far the epoch has moved */

    qwr__moorings moored;
    qwr__moorings moored_before; /* while news are held: as it was before them */

    qwr__edition last, before; /* the diff's stays lie in both */
    qwr_diff *diff;
    qwr__conflicts conflicts;
    int64_t cycle, carried, frozen;
    qwr_solve_stats stats;

    atomic_int planning; /* read by qwr_session_cancel() */
    qwr__watch watch;
};

/** What is to be planned: the news, the time and the facts as one scenario. */
typedef struct qwr__outlook {
    qwr_scenario *scenario;
    qwr_plan *start; /* where the search begins: facts, and the last plan's stays */
    qwr__conflicts conflicts;
    int64_t carried, frozen;
} qwr__outlook;

void qwr__conflicts_free(qwr_context *ctx, qwr__conflicts *conflicts);
void qwr__moored_free(qwr_context *ctx, qwr__moored *moored);
/** A copy with strings of its own; nothing to free after a failure. */
qwr_status qwr__moored_copy(qwr__moored *to, qwr_context *ctx, const qwr__moored *from);

/** session.c: before news change the builder; clears the causes. */
qwr_status qwr__session_open(qwr_session *session);
/** After they did: takes them if `status` is QWR_OK and they make a valid terminal, else undoes. */
qwr_status qwr__session_close(qwr_session *session, qwr_status status);

/** session_outlook.c: derives the scenario with every fact, and gathers the conflicts. Changes
 * nothing of the session; free with qwr__outlook_free() unless its parts are taken. */
qwr_status qwr__session_outlook(qwr__outlook *out, const qwr_session *session);
void qwr__outlook_free(qwr_context *ctx, qwr__outlook *outlook);

/** The vessel alongside with this call's id, or NULL. */
qwr__moored *qwr__session_moored(const qwr_session *session, const char *call);
/** What is added to an instant of the last plan to tell it from the epoch of today. */
int64_t qwr__session_shift_s(const qwr_session *session);
/** First multiple of the step at or after an instant. */
int64_t qwr__session_step_up(const qwr_session *session, int64_t at_s);

/** session_watch.c */
qwr_status qwr__watch_init(qwr_session *session);
void qwr__watch_free(qwr_session *session);
/** Begins and ends what is seen of a plan; `options` then report to the watch first. */
void qwr__watch_begin(qwr_session *session, qwr_solve_options *options);
void qwr__watch_end(qwr_session *session);

#endif
