/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a context. Only the files of this folder see it; every other folder goes through
 * base.h. It must never learn a domain word.
 */
#ifndef QWR_CONTEXT_PRIVATE_H
#define QWR_CONTEXT_PRIVATE_H

#include "base/base.h"

#include <sys/types.h>

/* Fixed sizes: reporting a failed allocation must not need one. */
enum { QWR__CAUSE_MAX = 8, QWR__CAUSE_TEXT = 512, QWR__CAUSE_FILE = 512, QWR__CAUSE_WHERE = 64 };

/** One link of the chain with room for its own text. */
typedef struct qwr__cause_slot {
    qwr_cause view;
    char where[QWR__CAUSE_WHERE];
    char message[QWR__CAUSE_TEXT];
    char file[QWR__CAUSE_FILE];
} qwr__cause_slot;

/** A declared option and its value. Every string belongs to the option. */
typedef struct qwr__option {
    qwr_option_decl decl;
    char *text;    /**< value as text; for INT and BOOL in its canonical spelling */
    int64_t value; /**< for INT and BOOL */
} qwr__option;

struct qwr_context {
    qwr_allocator allocator;
    qwr_log_fn log;
    qwr_log_level log_level;
    void *log_payload;
    qwr_log_fn tap; /**< gets every line beside `log`, or NULL */
    void *tap_payload;
    atomic_int cancel;
    pid_t pid;             /**< of the process that made the context */
    qwr__option **options; /**< in name order; one block each, so that declarations stay put */
    size_t option_count, option_capacity;
    void *registry;
    void (*registry_release)(qwr_context *ctx, void *registry);
    size_t cause_count;
    qwr__cause_slot causes[QWR__CAUSE_MAX];
};

/** Frees every option. */
void qwr__options_free(qwr_context *ctx);

#endif
