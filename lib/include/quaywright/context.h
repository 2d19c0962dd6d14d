/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context: allocator, log, options, plugins, cancel flag, and the chain of causes of the last
 * failure. Every other call takes one. One context is used by one thread at a time; only
 * qwr_context_cancel() may be called from anywhere, a signal handler included.
 */
#ifndef QUAYWRIGHT_CONTEXT_H
#define QUAYWRIGHT_CONTEXT_H

#include <quaywright/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_context qwr_context;

/**
 * Memory hooks. All three functions must be set, and must be callable from several threads at
 * once. `release` accepts NULL. The library never assumes that an allocation works.
 */
typedef struct qwr_allocator {
    uint32_t size; /**< sizeof(qwr_allocator) of the caller. */
    void *(*alloc)(void *payload, size_t bytes);
    void *(*resize)(void *payload, void *block, size_t bytes);
    void (*release)(void *payload, void *block);
    void *payload;
} qwr_allocator;

/** Severity of a log line. Info: once per run or stage. Debug: per object. */
typedef enum qwr_log_level {
    QWR_LOG_NONE = 0,
    QWR_LOG_WARNING,
    QWR_LOG_INFO,
    QWR_LOG_DEBUG
} qwr_log_level;

/**
 * Receives log lines, each `key=value` pairs without a newline.
 * @param message  borrowed until the function returns.
 * @thread the thread that called into the library; it must not call back into the context.
 */
typedef void (*qwr_log_fn)(qwr_log_level level, const char *message, void *payload);

/** One link of a failure: the innermost cause first. All strings are borrowed from the context. */
typedef struct qwr_cause {
    uint32_t size;
    qwr_status status;
    const char *where;   /**< The part that noticed, e.g. "io.scenario_xml". */
    const char *message; /**< A sentence: what is wrong, what was expected. */
    const char *file;    /**< Input file, or NULL. */
    int64_t line;        /**< 1-based line in `file`, or 0. */
} qwr_cause;

/** Kinds of declared options. */
typedef enum qwr_option_type {
    QWR_OPTION_INT = 0,
    QWR_OPTION_BOOL, /**< 0 or 1; text "yes"/"no"/"true"/"false" is accepted too. */
    QWR_OPTION_TEXT, /**< Any text. */
    QWR_OPTION_WORD  /**< One of the words listed in `words`, separated by '|'. */
} qwr_option_type;

/** Declaration of an option: also its documentation. Growth at the end only. */
typedef struct qwr_option_decl {
    uint32_t size;
    const char *name; /**< e.g. "threads", or "PLUGIN.NAME" once a plugin is loaded. */
    qwr_option_type type;
    const char *unit;    /**< "" when it has none. */
    int64_t default_int; /**< For INT and BOOL. */
    int64_t min_int;
    int64_t max_int;
    const char *default_text; /**< For TEXT and WORD. */
    const char *words;        /**< For WORD: "a|b|c". */
    const char *sentence;     /**< What it does. */
} qwr_option_decl;

/**
 * Makes a context.
 * @param out        owned by caller; free with qwr_context_free().
 * @param allocator  memory hooks, copied; NULL means malloc, realloc, free.
 * @return QWR_OK, QWR_EINVAL (a hook is NULL), QWR_ENOMEM.
 * @thread any  @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_context_new(qwr_context **out,
                                                  const qwr_allocator *allocator);

/** Frees a context; NULL is allowed. Objects made with it must be freed before. @since 0.1 */
QWR_API void qwr_context_free(qwr_context *ctx);

/** Sends log lines up to `level` to `fn` (NULL: silence, the default). @since 0.1 */
QWR_API void qwr_context_set_log(qwr_context *ctx, qwr_log_fn fn, qwr_log_level level,
                                 void *payload);

/**
 * Sets a declared option from text.
 * Core options: `threads` (int, 0 = all processors the process may use), `simd`
 * (auto|generic|avx2|avx512), `plugin_path` (text, folders separated by ':'), `max_memory_mb`
 * (int), `after_fork` (serial|threads: what a process may do that was forked after the library was
 * loaded). Options of a loaded plugin are named "ID.NAME".
 * @return QWR_OK, QWR_ENOTFOUND (the cause names the nearest option), QWR_EINVAL (the cause names
 *         the range), QWR_ENOMEM.
 * @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_context_set_option(qwr_context *ctx, const char *name,
                                                         const char *value);

/** Value of an option as text, borrowed until the option changes; NULL if unknown. @since 0.1 */
QWR_API const char *qwr_context_option(const qwr_context *ctx, const char *name);

/** Number of declared options. @since 0.1 */
QWR_API size_t qwr_context_option_count(const qwr_context *ctx);

/** The i-th declaration in name order, borrowed from the context; NULL past the end. @since 0.1 */
QWR_API const qwr_option_decl *qwr_context_option_decl(const qwr_context *ctx, size_t i);

/**
 * Asks the running call to come back with the best it has. Sets an atomic flag and nothing else.
 * @thread any, signal handlers included  @since 0.1
 */
QWR_API void qwr_context_cancel(qwr_context *ctx);

/** Clears the cancel flag; needed before the next call that should run to its end. @since 0.1 */
QWR_API void qwr_context_cancel_reset(qwr_context *ctx);

/** Frees text that a function of the library handed out; NULL is allowed. @since 0.1 */
QWR_API void qwr_text_free(qwr_context *ctx, char *text);

/** Number of causes of the last failure, 0 after a success. @since 0.1 */
QWR_API size_t qwr_context_cause_count(const qwr_context *ctx);

/** The i-th cause, innermost first, borrowed until the next call; NULL past the end. @since 0.1 */
QWR_API const qwr_cause *qwr_context_cause(const qwr_context *ctx, size_t i);

/** Run-time version, "MAJOR.MINOR.PATCH". @thread any @since 0.1 */
QWR_API const char *qwr_version(void);

/** 1 if the library is at least this version. @thread any @since 0.1 */
QWR_API int qwr_version_at_least(int major, int minor, int patch);

#ifdef __cplusplus
}
#endif
#endif
