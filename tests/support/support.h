/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What unit tests share: running a suite with TAP on stdout, an allocator that fails on demand and
 * counts live blocks, a folder for files, and where things lie. Knows no domain word.
 */
#ifndef QWR_TEST_SUPPORT_H
#define QWR_TEST_SUPPORT_H

#include <quaywright/context.h>

#include <check.h>
#include <stdatomic.h>
#include <stdbool.h>

/**
 * Runs a suite and prints TAP on stdout (for people: set CK_VERBOSITY=verbose). CK_FORK=no runs the
 * tests in this process, CK_RUN_CASE=name one case.
 * @return value for main(): 0 when all passed, or when a harness (HARNESS_ACTIVE set) counts
 * itself.
 */
int qwr_test_main(Suite *suite);

/**
 * An allocator that counts and may fail. Give `hooks` to qwr_context_new() and keep the struct
 * until the context is gone. Safe to use from several threads.
 */
typedef struct qwr_test_allocator {
    qwr_allocator hooks;
    atomic_long count;   /**< Allocations and resizes asked for so far. */
    atomic_long live;    /**< Blocks handed out and not yet released. */
    atomic_long fail_at; /**< The allocation with this number (from 1) fails; 0: none does. */
    bool fail_after;     /**< Every later one fails too. */
    atomic_bool failed;  /**< One was refused. */
} qwr_test_allocator;

/** Prepares `allocator`: its `fail_at`-th allocation fails (0: none), and if `fail_after` all
 * later. */
void qwr_test_allocator_init(qwr_test_allocator *allocator, long fail_at, bool fail_after);

/**
 * What the n-th-allocation test runs: uses a fresh context and releases all it made. It must return
 * QWR_ENOMEM if an allocation failed that mattered, and QWR_OK if it worked; it may also work
 * around a failed allocation.
 */
typedef qwr_status (*qwr_test_allocating_fn)(qwr_context *ctx, void *payload);

/**
 * Runs `fn` with the 1st, 2nd, 3rd ... allocation failing, each time on a new context, until it
 * gets by without a failure (at most `limit` times), once with that one failing and once with all
 * later ones too. Fails the test on another status, on a leaked block, and when `limit` is reached.
 * @return allocations a run needs.
 */
long qwr_test_each_allocation(qwr_test_allocating_fn fn, void *payload, long limit);

/** A new, empty folder, removed with all it holds when the test program ends. Static text. */
const char *qwr_test_folder(void);

/** Path of `name` in that folder; valid until the 8th call after this one. */
const char *qwr_test_file(const char *name);

/** Path of a file of the source tree ("data/scenarios/small-day.xml"); valid as qwr_test_file(). */
const char *qwr_test_source(const char *relative);

/** Path of a file of the build tree; valid as qwr_test_file(). */
const char *qwr_test_build(const char *relative);

/** Path below the folder of published instances, or NULL if it is not there. Valid as above. */
const char *qwr_test_benchmark(const char *relative);

/** Writes a file; fails the test if that does not work. */
void qwr_test_write(const char *path, const char *bytes, size_t length);

/** The whole file as NUL-terminated text, to be freed with free(); fails the test if not readable.
 */
char *qwr_test_read(const char *path, size_t *length);

/** A new context with the default allocator; fails the test if there is none. */
qwr_context *qwr_test_context(void);

/** Fails the test and prints the chain of causes unless `status` is QWR_OK. */
#define qwr_test_ok(ctx, expr) qwr_test_ok_at((ctx), (expr), #expr, __FILE__, __LINE__)
void qwr_test_ok_at(const qwr_context *ctx, qwr_status status, const char *text, const char *file,
                    int line);

/** True if a message of the chain of causes holds `part`. */
bool qwr_test_cause_holds(const qwr_context *ctx, const char *part);

#endif
