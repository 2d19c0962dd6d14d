/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening, reading and writing files: limits on the way in; a temporary beside the target, fsync
 * and rename on the way out, so that no reader ever sees half a file. Knows no format.
 */
#include "io/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Below this a write waits for more. */
#define FLUSH_BYTES ((size_t)64 << 10)

static qwr_status fail_errno(qwr_context *ctx, const char *path, const char *what)
{
    int error = errno;
    char buffer[160];
    const char *text = strerror_r(error, buffer, sizeof buffer);
    if (error == ENOMEM)
        return qwr__no_memory(ctx, "io.file");
    return qwr__fail(ctx, QWR_EIO, "io.file", path, 0, "cannot %s: %s", what, text);
}

qwr_status qwr__input_open(qwr__input *in, qwr_context *ctx, const char *path, uint64_t limit)
{
    *in = (qwr__input){.ctx = ctx, .name = path, .limit = limit};
    FILE *file = fopen(path, "rbe");
    if (!file)
        return fail_errno(ctx, path, "open the file");
    struct stat st;
    if (fstat(fileno(file), &st) == 0 && S_ISDIR(st.st_mode)) {
        fclose(file);
        return qwr__fail(ctx, QWR_EIO, "io.file", path, 0, "this is a folder, not a file");
    }
    in->file = file;
    return QWR_OK;
}

bool qwr__file_reads_once(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

void qwr__input_memory(qwr__input *in, qwr_context *ctx, const char *data, size_t length,
                       const char *name)
{
    *in = (qwr__input){
        .ctx = ctx, .name = name, .data = data, .length = length, .limit = QWR__XML_MAX_BYTES};
}

int qwr__input_read(qwr__input *in, char *buffer, int capacity)
{
    size_t got = 0, wanted = capacity > 0 ? (size_t)capacity : 0;
    if (in->status != QWR_OK)
        return -1;
    if (in->file) {
        got = fread(buffer, 1, wanted, in->file);
        if (got < wanted && ferror((FILE *)in->file)) {
            in->status = fail_errno(in->ctx, in->name, "read the file");
            return -1;
        }
    } else {
        got = in->length - in->at < wanted ? in->length - in->at : wanted;
        if (got)
            memcpy(buffer, in->data + in->at, got);
        in->at += got;
    }
    in->taken += got;
    if (in->taken > in->limit) {
        in->status = qwr__fail(in->ctx, QWR_ETOOBIG, "io.file", in->name, 0,
                               "the file is larger than the limit of %llu MiB",
                               (unsigned long long)(in->limit >> 20));
        return -1;
    }
    return (int)got;
}

void qwr__input_close(qwr__input *in)
{
    if (in->file)
        fclose(in->file);
    in->file = NULL;
}

qwr_status qwr__file_read(char **data, size_t *length, qwr_context *ctx, const char *path,
                          uint64_t limit)
{
    qwr_status status = QWR_OK;
    char *block = NULL;
    size_t used = 0, capacity = 0;
    qwr__input in;
    QWR_TRY(qwr__input_open(&in, ctx, path, limit));
    for (;;) {
        if (capacity - used < 2) {
            size_t more = capacity ? 2 * capacity : FLUSH_BYTES;
            char *grown = qwr__resize(ctx, block, more, 1);
            if (!grown) {
                status = qwr__no_memory(ctx, "io.file");
                goto done;
            }
            block = grown;
            capacity = more;
        }
        size_t room = capacity - used - 1;
        int got = qwr__input_read(&in, block + used, room < 1 << 20 ? (int)room : 1 << 20);
        if (got < 0) {
            status = in.status;
            goto done;
        }
        if (got == 0)
            break;
        used += (size_t)got;
    }
    block[used] = '\0';
done:
    qwr__input_close(&in);
    if (status != QWR_OK) {
        qwr__free(ctx, block);
        block = NULL;
        used = 0;
    }
    *length = used;
    *data = block;
    return status;
}

/* ".NAME.PID-N.tmp" beside the target, NAME cut short so that a long one still fits; created with
 * O_EXCL, so nobody else's file is touched. */
static qwr_status open_temporary(qwr__out *out)
{
    const char *slash = strrchr(out->path, '/');
    int folder = slash ? (int)(slash - out->path + 1) : 0;
    size_t capacity = strlen(out->path) + 64;
    out->temporary = qwr__alloc(out->ctx, capacity, 1);
    if (!out->temporary)
        return qwr__no_memory(out->ctx, "io.file");
    uint64_t seed = (uint64_t)qwr__now_us();
    for (unsigned i = 0; i < 64; i++) {
        uint32_t number = (uint32_t)qwr__random(seed, (uint64_t)getpid(), i);
        snprintf(out->temporary, capacity, "%.*s.%.64s.%ld-%08x.tmp", folder, out->path,
                 out->path + folder, (long)getpid(), number);
        out->fd = open(out->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (out->fd >= 0)
            return QWR_OK;
        if (errno != EEXIST)
            break;
    }
    qwr_status status = fail_errno(out->ctx, out->path, "create a temporary beside the file");
    qwr__free(out->ctx, out->temporary);
    out->temporary = NULL;
    return status;
}

qwr_status qwr__out_open(qwr__out *out, qwr_context *ctx, const char *path)
{
    *out = (qwr__out){.ctx = ctx, .path = path, .fd = -1};
    qwr__text_init(&out->text, ctx);
    struct stat st;
    if (!*path)
        return qwr__fail(ctx, QWR_EIO, "io.file", NULL, 0, "the path to write to is empty");
    if (stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            return qwr__fail(ctx, QWR_EIO, "io.file", path, 0, "cannot write: this is a folder");
        if (!S_ISREG(st.st_mode)) {
            /* Renaming over a device or pipe would remove it. */
            out->fd = open(path, O_WRONLY | O_CLOEXEC);
            return out->fd >= 0 ? QWR_OK : fail_errno(ctx, path, "open for writing");
        }
    }
    return open_temporary(out);
}

void qwr__out_memory(qwr__out *out, qwr_context *ctx)
{
    *out = (qwr__out){.ctx = ctx, .fd = -1};
    qwr__text_init(&out->text, ctx);
}

qwr_status qwr__out_take(char **bytes, size_t *length, qwr__out *out, qwr_status status)
{
    if (status == QWR_OK && out->text.status != QWR_OK)
        status = qwr__no_memory(out->ctx, "io.file");
    if (status != QWR_OK) {
        qwr__text_free(&out->text);
        return status;
    }
    *bytes = out->text.data;
    if (length)
        *length = out->text.length;
    return QWR_OK;
}

static qwr_status write_all(qwr__out *out)
{
    size_t at = 0;
    if (out->text.status != QWR_OK)
        return qwr__no_memory(out->ctx, "io.file");
    if (!out->path)
        return QWR_OK;
    while (at < out->text.length) {
        ssize_t put = write(out->fd, out->text.data + at, out->text.length - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return fail_errno(out->ctx, out->path, "write the file");
        at += (size_t)put;
    }
    out->text.length = 0;
    return QWR_OK;
}

qwr_status qwr__out_flush(qwr__out *out)
{
    if (out->text.status == QWR_OK && out->text.length < FLUSH_BYTES)
        return QWR_OK;
    return write_all(out);
}

/* The rename itself is made durable by syncing the folder; file systems that cannot are fine. */
static void sync_folder(qwr__out *out)
{
    char *slash = strrchr(out->temporary, '/');
    if (slash)
        slash[1] = '\0';
    int fd = open(slash ? out->temporary : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!fsync(fd);
        close(fd);
    }
}

qwr_status qwr__out_finish(qwr__out *out, qwr_status status)
{
    if (status == QWR_OK)
        status = write_all(out);
    if (status == QWR_OK && out->temporary && fsync(out->fd) != 0)
        status = fail_errno(out->ctx, out->path, "write the file to the disk");
    if (out->fd >= 0 && close(out->fd) != 0 && status == QWR_OK)
        status = fail_errno(out->ctx, out->path, "close the file");
    out->fd = -1;
    if (status == QWR_OK && out->temporary) {
        if (rename(out->temporary, out->path) == 0)
            sync_folder(out);
        else
            status = fail_errno(out->ctx, out->path, "rename the temporary to the file");
    }
    if (status != QWR_OK && out->temporary)
        unlink(out->temporary);
    qwr__free(out->ctx, out->temporary);
    out->temporary = NULL;
    qwr__text_free(&out->text);
    return status;
}

qwr_status qwr_file_write(qwr_context *ctx, const char *path, const char *data, size_t length)
{
    qwr__causes_clear(ctx);
    if (!path || (!data && length))
        return qwr__fail(ctx, QWR_EINVAL, "io.file", path, 0, "no path, or no data");
    qwr__out out;
    qwr_status status = qwr__out_open(&out, ctx, path);
    if (status == QWR_OK && length) {
        qwr__text_put(&out.text, data, length);
        status = qwr__out_flush(&out);
    }
    return qwr__out_finish(&out, status);
}
