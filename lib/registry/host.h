/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of a host table, between host.c (memory, messages, options, life) and host_hooks.c (what
 * only optimisers may call). Nobody else includes this.
 */
#ifndef QWR_REGISTRY_HOST_H
#define QWR_REGISTRY_HOST_H

#include "registry/private.h"

#include <pthread.h>

/** Precedes each block, so that all of them can be given back whatever the plugin forgets. */
typedef struct qwr__host_block {
    _Alignas(max_align_t) struct qwr__host_block *next;
    struct qwr__host_block *previous;
    uint32_t mark;
} qwr__host_block;

/** An option's value as it was when the host was made. */
typedef struct qwr__host_option {
    const char *name; /* of the descriptor */
    int64_t number;
    char *text;
} qwr__host_option;

struct qwr__host_inside {
    qwr_context *ctx;
    qwr__registry *registry; /* the context no longer knows it while it is being freed */
    const qwr_plugin *plugin;
    qwr__host_data *next; /* list of the registry */
    uint64_t seed;
    int threads; /* cap at the time the host was made */
    qwr__host_option *options;
    size_t option_count;

    atomic_int cancelled;
    _Atomic int64_t deadline_us; /* absolute, negative: none */

    pthread_mutex_t gate; /* guards what follows, and each call of a hook */
    bool open;
    qwr__host_block blocks; /* ring */
    qwr__host_message message[QWR__HOST_MESSAGE_COUNT];
    size_t message_count, dropped;
};

/** Enters the gate; false: the run is over, touch nothing. */
bool qwr__host_enter(struct qwr__host_inside *in);
void qwr__host_leave(struct qwr__host_inside *in);

/** Sets the functions of the table that only optimisers get. */
void qwr__host_fill_hooks(qwr_host *table);

#endif
