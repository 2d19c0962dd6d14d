/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The registry's own parts, shared by its files and nobody else: the list of plugins, the list of
 * host tables, the threads left behind. All of it belongs to the context's thread.
 */
#ifndef QWR_REGISTRY_PRIVATE_H
#define QWR_REGISTRY_PRIVATE_H

#include "registry/registry.h"

/** One registered plugin. */
typedef struct qwr__entry {
    const qwr_plugin *plugin; /* lives in its module, which is never unloaded */
    char *path;               /* owned; "built-in" for a descriptor of the program */
    char *reason;             /* owned; why it is disabled, or NULL */
    bool disabled;
    bool late;              /* disabled because it had not returned in time */
    unsigned strikes, wait; /* how often it was late; calls until it is forgiven */
} qwr__entry;

struct qwr__run;

typedef struct qwr__registry {
    qwr__entry *entries; /* ordered by kind, then id */
    size_t count, capacity;
    bool scanned; /* the search path was read once */

    qwr__host_data *hosts;       /* every living host table */
    struct qwr__run *stragglers; /* threads left behind */
    size_t straggler_count;
} qwr__registry;

/** The registry of a context, made on first need; NULL without memory (the cause is set). */
qwr__registry *qwr__registry_get(qwr_context *ctx);
/** Entry of a descriptor, or NULL. */
qwr__entry *qwr__registry_entry(qwr_context *ctx, const qwr_plugin *plugin);
/** Registers a descriptor from `path`, after the handshake. QWR_OK too if it is there already. */
qwr_status qwr__registry_add(qwr_context *ctx, const qwr_plugin *plugin, const char *path);

/** Asks the module for its descriptor and registers it; `*plugin` may be NULL. */
qwr_status qwr__loader_load(const qwr_plugin **plugin, qwr_context *ctx, const char *path);
/** Every module of the search path; a bad one is logged and skipped. */
qwr_status qwr__loader_scan(qwr_context *ctx);

/** Gives all hosts of `plugin` a deadline and opens them for a run. */
void qwr__hosts_open(qwr__registry *registry, const qwr_plugin *plugin, int64_t deadline_us);
/** Tells all hosts of `plugin` that the run is to end. */
void qwr__hosts_cancel(qwr__registry *registry, const qwr_plugin *plugin);
/** Bars all hosts of `plugin`: from here on no function of theirs touches anything of ours. */
void qwr__hosts_close(qwr__registry *registry, const qwr_plugin *plugin);
/** Logs what the plugin logged; with a failure its error sentences become causes. Returns `status`.
 */
qwr_status qwr__hosts_merge(qwr_context *ctx, qwr__registry *registry, const qwr_plugin *plugin,
                            qwr_status status);

/** Frees what belonged to threads that have come back since. */
void qwr__stragglers_reap(qwr_context *ctx, qwr__registry *registry);
/** Lets go of the threads that have not: the context is about to be freed. */
void qwr__stragglers_abandon(qwr_context *ctx, qwr__registry *registry);

#endif
