/* SPDX-License-Identifier: Apache-2.0 */
/* Plugins: loading, listing, the conformance check. */
#ifndef QUAYWRIGHT_REGISTRY_H
#define QUAYWRIGHT_REGISTRY_H

#include <quaywright/context.h>
#include <quaywright/plugin.h>
#include <quaywright/solver.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is known of a plugin. Strings are borrowed from the context. */
typedef struct qwr_plugin_info {
    uint32_t size;
    qwr_plugin_kind kind;
    uint32_t capabilities;
    const char *id, *version, *summary, *licence;
    const char *path;  /**< File, or "built-in". */
    uint32_t disabled; /**< 1: broke its contract in this context; `reason` says how. */
    const char *reason;
} qwr_plugin_info;

/**
 * Loads one module file and registers it in this context.
 * @return QWR_OK, QWR_EIO (cannot be loaded), QWR_EPLUGIN (handshake failed; the cause says what),
 *         QWR_EINVAL (id taken by another file), QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plugin_load(qwr_context *ctx, const char *path);

/**
 * Loads every module of the search path: option plugin_path, then the environment variable
 * QUAYWRIGHT_PLUGIN_PATH, then the folder of the installation. A module that fails is logged and
 * skipped. Called by the engine and qwr_plugin_count() on first need.
 * @return QWR_OK, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plugin_load_all(qwr_context *ctx);

/** Registers a descriptor that lives in the host program. @return as qwr_plugin_load(). @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plugin_register(qwr_context *ctx, const qwr_plugin *plugin);

/** Number of registered plugins, ordered by kind, then id. @since 0.1 */
QWR_API size_t qwr_plugin_count(qwr_context *ctx);
/** Fills *info; `info->size` must be set. @return QWR_OK, QWR_ENOTFOUND. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plugin_get(qwr_plugin_info *info, qwr_context *ctx, size_t i);

/** Receives one line a check: 1 passed, 0 failed. */
typedef void (*qwr_conformance_fn)(int passed, const char *line, void *payload);

/**
 * Runs the conformance suite of its kind over a module file, in this process: memory faults of the
 * module are not contained, so run it in a child process. (The command line tool does.)
 * @param failed number of failed checks.
 * @return QWR_OK, QWR_EIO, QWR_EPLUGIN (handshake), QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plugin_conformance(int *failed, qwr_context *ctx,
                                                         const char *path, qwr_conformance_fn each,
                                                         void *payload);

/** Solves a model with a backend; the answer is re-checked by the core (rows, bounds, integrality,
 * objective). @param answer arrays by the caller. @return QWR_OK, QWR_ENOTFOUND, QWR_ESOLVER,
 * QWR_EINVAL, QWR_ENOMEM. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_milp_solve(qwr_milp_answer *answer, qwr_context *ctx,
                                                 const char *solver_id, const qwr_milp_view *model,
                                                 const qwr_milp_limits *limits);

/** Writes a model as CPLEX LP (path ends in .lp) or free MPS (.mps). @return QWR_OK, QWR_EINVAL,
 * QWR_EIO, QWR_ENOMEM. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_milp_write(qwr_context *ctx, const qwr_milp_view *model,
                                                 const char *path);

#ifdef __cplusplus
}
#endif
#endif
