/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Log lines to the host's hook, or nowhere. Must never write to a stream, never allocate, and
 * never be the place where an error is reported: errors are returned.
 */
#include "base/context_private.h"

#include <stdio.h>

enum { LINE_BYTES = 1024 };

void qwr_context_set_log(qwr_context *ctx, qwr_log_fn fn, qwr_log_level level, void *payload)
{
    if (ctx == NULL)
        return;
    ctx->log = fn;
    ctx->log_level = fn != NULL ? level : QWR_LOG_NONE;
    ctx->log_payload = payload;
}

void qwr__log_tap(qwr_context *ctx, qwr_log_fn fn, void *payload)
{
    ctx->tap = fn;
    ctx->tap_payload = payload;
}

void qwr__log(qwr_context *ctx, qwr_log_level level, const char *format, ...)
{
    char line[LINE_BYTES];
    va_list args;

    if (ctx == NULL || level == QWR_LOG_NONE)
        return;
    bool to_host = ctx->log != NULL && level <= ctx->log_level;
    bool to_tap = ctx->tap != NULL && level <= QWR_LOG_INFO;
    if (!to_host && !to_tap)
        return;
    va_start(args, format);
    int written = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (written < 0)
        return;
    if (to_tap)
        ctx->tap(level, line, ctx->tap_payload);
    if (to_host)
        ctx->log(level, line, ctx->log_payload);
}
