/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the floors above use of the registry: find a plugin, hand it a host table, run it on a
 * thread of its own under a deadline, and disable it when it breaks its contract.
 * Knows no stage: what an optimiser may ask of the berth problem arrives as function pointers.
 */
#ifndef QWR_REGISTRY_REGISTRY_H
#define QWR_REGISTRY_REGISTRY_H

#include "base/base.h"

#include <quaywright/registry.h>

/** Plugins of one context that may be left behind on their threads; then no further one is run. */
#define QWR__STRAGGLER_LIMIT 4

/** Grace that the milp and conformance runs give after deadline or cancel. */
#define QWR__PLUGIN_GRACE_US 100000

/* --- finding and disabling -------------------------------------------------------------------- */

/**
 * The plugin of this kind and id, loading the search path on first need.
 * @return borrowed for the life of the context; NULL if there is none or it is disabled: the cause
 *         then names the nearest id or the reason (QWR_ENOTFOUND, QWR_EPLUGIN).
 */
const qwr_plugin *qwr__registry_find(qwr_context *ctx, qwr_plugin_kind kind, const char *id);

/** As qwr__registry_find() without a cause, for "use it if it is there". */
const qwr_plugin *qwr__registry_look(qwr_context *ctx, qwr_plugin_kind kind, const char *id);

/** Refuses the plugin from now on in this context. The first reason stays; logged once. */
void qwr__registry_disable(qwr_context *ctx, const qwr_plugin *plugin, const char *reason);

/** As qwr__registry_disable(), for a plugin that did not return in time: it may be forgiven. */
void qwr__registry_disable_late(qwr_context *ctx, const qwr_plugin *plugin, const char *reason);

/**
 * Another chance for those that were disabled because they had not returned in time: after 2, 4, 8,
 * ... calls of this function, once their threads have come back. Other reasons stand.
 */
void qwr__registry_forgive(qwr_context *ctx);

/** Plugin threads of this context that were left behind and have not come back yet. */
size_t qwr__registry_stragglers(qwr_context *ctx);

/* --- the host table of one plugin instance ---------------------------------------------------- */

#define QWR__HOST_MESSAGE_BYTES 240
#define QWR__HOST_MESSAGE_COUNT 16

/** One log line or error sentence of a plugin, kept until its run has ended. */
typedef struct qwr__host_message {
    int32_t level; /* qwr_log_level; 0: an error sentence */
    char text[QWR__HOST_MESSAGE_BYTES];
} qwr__host_message;

/**
 * Host side of one plugin instance. Make it with qwr__host_new(), set the hooks wanted, hand
 * &host->table to the plugin's create() inside a body run by qwr__plugin_run().
 *
 * Hooks may be NULL. They are called on the plugin's thread while the caller waits in
 * qwr__plugin_run(), one at a time, and never after it has returned: what they touch may belong
 * to the caller. They must not touch the context, except to allocate.
 */
typedef struct qwr__host_data {
    qwr_host table;

    void *payload; /* first argument of the hooks */
    int64_t (*work_left)(void *payload);
    void (*work_done)(void *payload, int64_t units);
    int32_t (*evaluate)(void *payload, const uint32_t *row, const int32_t *start, size_t count,
                        int64_t *cost);
    int32_t (*incumbent)(void *payload, qwr_solution_view *solution);
    int32_t (*submit)(void *payload, const qwr_solution_view *solution);
    int32_t (*submit_bound)(void *payload, const qwr_bound_certificate *certificate);
    int64_t (*best_bound)(void *payload);

    struct qwr__host_inside *inside; /* of host.c */
} qwr__host_data;

/**
 * @param seed  of the run: what table.random() is a function of.
 * The options "ID.NAME" are read now; later changes do not reach the plugin.
 * @return QWR_OK, QWR_ENOMEM. Owned by caller; free with qwr__host_free() (usually in `release`).
 */
qwr_status qwr__host_new(qwr__host_data **out, qwr_context *ctx, const qwr_plugin *plugin,
                         uint64_t seed);
/** Frees it with every block the plugin allocated through it. NULL is allowed. */
void qwr__host_free(qwr_context *ctx, qwr__host_data *host);

/* --- running ---------------------------------------------------------------------------------- */

/**
 * Runs `body(arg)` on a thread of its own and waits for it. Every host of `plugin` in this context
 * gets this deadline and the context's cancel flag.
 *
 * If the body has not returned `grace_us` after deadline or cancel, it is left behind on its
 * thread, the plugin is disabled and QWR_EPLUGIN returned. `arg` must therefore OWN every piece of
 * memory that the body or the plugin reads or writes (copies of views, answer arrays, the host);
 * what hooks touch is excepted. The body must not touch the context; it reports by its status and
 * the host's error(). QWR_EPLUGIN from the body means a broken contract: the plugin is disabled
 * with that sentence.
 *
 * Who owns `arg` afterwards:
 *   QWR_OK            the caller, as before: read the results, then release it;
 *   any other status  taken: `release(arg)` was called, or will be on the context's own thread once
 * the body has come back (never, if the context is freed before that). So `release` may use the
 * context, kept in `arg`, to free.
 *
 * @param deadline_us  absolute, of qwr__now_us(); negative: none.
 * @return QWR_OK, the body's status, QWR_EPLUGIN (disabled, left behind, too many left behind),
 *         QWR_ENOMEM (no thread).
 */
qwr_status qwr__plugin_run(qwr_context *ctx, const qwr_plugin *plugin, int64_t deadline_us,
                           int64_t grace_us, qwr_status (*body)(void *arg),
                           void (*release)(void *arg), void *arg);

/** Status of a plugin's function as ours: a number a plugin may not use becomes QWR_EPLUGIN. */
qwr_status qwr__plugin_status(int32_t status);

/* --- pieces with a test of their own -----------------------------------------------------------
 */

/**
 * Is this descriptor one we can work with? Pure: reads only what it is given.
 * @param message  gets the sentence that says what is wrong; empty on QWR_OK.
 * @return QWR_OK, QWR_EPLUGIN.
 */
qwr_status qwr__handshake(const qwr_plugin *plugin, char *message, size_t capacity);

/** The i-th declared option; the stride is the plugin's own size field. */
const qwr_plugin_option *qwr__plugin_option_at(const qwr_plugin *plugin, size_t i);

#endif
