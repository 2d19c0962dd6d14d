/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making and freeing a context, its core options, its cancel flag, and the slot other floors may
 * hang something on. Must never know what hangs there.
 */
#include "base/context_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *default_alloc(void *payload, size_t bytes)
{
    (void)payload;
    return malloc(bytes);
}

static void *default_resize(void *payload, void *block, size_t bytes)
{
    (void)payload;
    return realloc(block, bytes);
}

static void default_release(void *payload, void *block)
{
    (void)payload;
    free(block);
}

static const qwr_option_decl core_options[] = {
    {.size = sizeof(qwr_option_decl),
     .name = "after_fork",
     .type = QWR_OPTION_WORD,
     .unit = "",
     .default_text = "serial",
     .words = "serial|threads",
     .sentence = "In a process forked after the library was loaded: serial is always safe; threads "
                 "if no OpenMP ran before the fork, as in a daemon. A context that is older than "
                 "the fork runs serially in any case."},
    {.size = sizeof(qwr_option_decl),
     .name = "threads",
     .type = QWR_OPTION_INT,
     .unit = "",
     .default_int = 0,
     .min_int = 0,
     .max_int = 1024,
     .sentence = "Threads a call may use; 0: every processor the process may run on."},
    {.size = sizeof(qwr_option_decl),
     .name = "simd",
     .type = QWR_OPTION_WORD,
     .unit = "",
     .default_text = "auto",
     .words = "auto|generic|avx2|avx512",
     .sentence = "Instruction set of the kernels; never above what the processor runs."},
    {.size = sizeof(qwr_option_decl),
     .name = "plugin_path",
     .type = QWR_OPTION_TEXT,
     .unit = "",
     .default_text = "",
     .sentence = "Folders searched for plugins before the built-in ones, separated by ':'."},
    {.size = sizeof(qwr_option_decl),
     .name = "max_memory_mb",
     .type = QWR_OPTION_INT,
     .unit = "MB",
     .default_int = 0,
     .min_int = 0,
     .max_int = INT64_C(1) << 30,
     .sentence = "Memory a search may plan for its candidates; 0: no limit of its own."},
};

/* An older caller's struct is shorter; what it lacks is zero. */
static bool read_allocator(qwr_allocator *ours, const qwr_allocator *theirs)
{
    if (theirs == NULL) {
        *ours = (qwr_allocator){.size = sizeof *ours,
                                .alloc = default_alloc,
                                .resize = default_resize,
                                .release = default_release};
        return true;
    }
    memset(ours, 0, sizeof *ours);
    memcpy(ours, theirs, theirs->size < sizeof *ours ? theirs->size : sizeof *ours);
    ours->size = sizeof *ours;
    return ours->alloc != NULL && ours->resize != NULL && ours->release != NULL;
}

qwr_status qwr_context_new(qwr_context **out, const qwr_allocator *allocator)
{
    qwr_allocator hooks;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (!read_allocator(&hooks, allocator))
        return QWR_EINVAL;
    qwr_context *ctx = hooks.alloc(hooks.payload, sizeof *ctx);
    if (ctx == NULL)
        return QWR_ENOMEM;
    memset(ctx, 0, sizeof *ctx);
    ctx->allocator = hooks;
    ctx->pid = getpid();
    atomic_init(&ctx->cancel, 0);
    qwr_status status =
        qwr__options_declare(ctx, NULL, core_options, sizeof core_options / sizeof core_options[0]);
    if (status != QWR_OK) {
        qwr_context_free(ctx);
        return status;
    }
    *out = ctx;
    return QWR_OK;
}

void qwr_context_free(qwr_context *ctx)
{
    if (ctx == NULL)
        return;
    qwr__context_set_registry(ctx, NULL, NULL);
    qwr__options_free(ctx);
    qwr_allocator hooks = ctx->allocator;
    hooks.release(hooks.payload, ctx);
}

void qwr_context_cancel(qwr_context *ctx)
{
    if (ctx != NULL)
        atomic_store_explicit(&ctx->cancel, 1, memory_order_relaxed);
}

void qwr_context_cancel_reset(qwr_context *ctx)
{
    if (ctx != NULL)
        atomic_store_explicit(&ctx->cancel, 0, memory_order_relaxed);
}

bool qwr__cancelled(const qwr_context *ctx)
{
    return atomic_load_explicit(&ctx->cancel, memory_order_relaxed) != 0;
}

const atomic_int *qwr__cancel_flag(const qwr_context *ctx)
{
    return &ctx->cancel;
}

void *qwr__context_registry(const qwr_context *ctx)
{
    return ctx->registry;
}

void qwr__context_set_registry(qwr_context *ctx, void *registry,
                               void (*release)(qwr_context *ctx, void *registry))
{
    void *old = ctx->registry;
    void (*old_release)(qwr_context *, void *) = ctx->registry_release;

    ctx->registry = registry;
    ctx->registry_release = release;
    if (old != NULL && old != registry && old_release != NULL)
        old_release(ctx, old);
}
