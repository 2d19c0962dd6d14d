/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain of causes of the last failure, kept in fixed slots of the context.
 * Must never allocate: the sentence that matters most is the one about missing memory.
 */
#include "base/context_private.h"

#include <stdio.h>
#include <string.h>

/* Cuts at the end of a UTF-8 character, so that half a name never leaves the library. */
static void copy_text(char *to, size_t capacity, const char *from)
{
    size_t length = strnlen(from, capacity);

    if (length == capacity) {
        length = capacity - 1;
        while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

/* A full chain keeps the innermost causes and lets the outermost take the last slot. */
static void push(qwr_context *ctx, qwr_status status, const char *where, const char *file,
                 int64_t line, const char *message)
{
    size_t i = ctx->cause_count < QWR__CAUSE_MAX ? ctx->cause_count++ : QWR__CAUSE_MAX - 1;
    qwr__cause_slot *slot = &ctx->causes[i];

    copy_text(slot->where, sizeof slot->where, where != NULL ? where : "");
    copy_text(slot->message, sizeof slot->message, message);
    copy_text(slot->file, sizeof slot->file, file != NULL ? file : "");
    slot->view = (qwr_cause){.size = sizeof slot->view,
                             .status = status,
                             .where = slot->where,
                             .message = slot->message,
                             .file = file != NULL ? slot->file : NULL,
                             .line = line > 0 ? line : 0};
}

/* `format` may print text of the present chain or `file` may be one of its names, so the message
 * is made before any slot changes. One byte more than a slot shows copy_text() where to cut. */
qwr_status qwr__fail(qwr_context *ctx, qwr_status status, const char *where, const char *file,
                     int64_t line, const char *format, ...)
{
    char message[QWR__CAUSE_TEXT + 1];
    char name[QWR__CAUSE_FILE];
    va_list args;

    if (ctx == NULL)
        return status;
    va_start(args, format);
    if (vsnprintf(message, sizeof message, format, args) < 0)
        message[0] = '\0';
    va_end(args);
    if (file != NULL)
        copy_text(name, sizeof name, file);
    ctx->cause_count = 0;
    push(ctx, status, where, file != NULL ? name : NULL, line, message);
    return status;
}

qwr_status qwr__cause(qwr_context *ctx, qwr_status status, const char *where, const char *format,
                      ...)
{
    char message[QWR__CAUSE_TEXT + 1];
    va_list args;

    if (ctx == NULL)
        return status;
    va_start(args, format);
    if (vsnprintf(message, sizeof message, format, args) < 0)
        message[0] = '\0';
    va_end(args);
    push(ctx, status, where, NULL, 0, message);
    return status;
}

qwr_status qwr__no_memory(qwr_context *ctx, const char *where)
{
    return qwr__fail(ctx, QWR_ENOMEM, where, NULL, 0, "not enough memory");
}

void qwr__causes_clear(qwr_context *ctx)
{
    if (ctx != NULL)
        ctx->cause_count = 0;
}

size_t qwr_context_cause_count(const qwr_context *ctx)
{
    return ctx != NULL ? ctx->cause_count : 0;
}

const qwr_cause *qwr_context_cause(const qwr_context *ctx, size_t i)
{
    if (ctx == NULL || i >= ctx->cause_count)
        return NULL;
    return &ctx->causes[i].view;
}
