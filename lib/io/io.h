/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of this room share: whole-file reading, write-and-rename, and the readers by
 * format. Knows files and bytes; never a stage, a cost or a solver.
 */
#ifndef QWR_IO_IO_H
#define QWR_IO_IO_H

#include "base/base.h"

#include <quaywright/io.h>

/** Largest XML file read; it streams, so this only guards against endless input. */
#define QWR__XML_MAX_BYTES ((uint64_t)2 << 30)
/** Largest file of the formats that are held in memory while read. */
#define QWR__TEXT_MAX_BYTES ((uint64_t)256 << 20)

/* --- bytes in ------------------------------------------------------------------------------- */

/** Where bytes come from: a file, or memory when `file` is NULL. `name` is for messages. */
typedef struct qwr__input {
    qwr_context *ctx;
    const char *name;
    void *file; /**< FILE * */
    const char *data;
    size_t length, at;
    uint64_t taken, limit;
    qwr_status status; /**< First failure of qwr__input_read(). */
} qwr__input;

qwr_status qwr__input_open(qwr__input *in, qwr_context *ctx, const char *path, uint64_t limit);
/** Whether this is a pipe or device, which a second opening would not read from its beginning. */
bool qwr__file_reads_once(const char *path);
void qwr__input_memory(qwr__input *in, qwr_context *ctx, const char *data, size_t length,
                       const char *name);
/** Up to `capacity` bytes; 0 at the end; -1 after a failure, whose cause is set. */
int qwr__input_read(qwr__input *in, char *buffer, int capacity);
void qwr__input_close(qwr__input *in);

/** Whole file with a NUL behind it, owned by caller (qwr__free). QWR_ETOOBIG past the limit. */
qwr_status qwr__file_read(char **data, size_t *length, qwr_context *ctx, const char *path,
                          uint64_t limit);

/* --- bytes out ------------------------------------------------------------------------------ */

/**
 * A file being written: add to `text`, call qwr__out_flush() now and then, end with
 * qwr__out_finish(), which renames or, after any failure, leaves nothing behind.
 */
typedef struct qwr__out {
    qwr_context *ctx;
    const char *path; /**< NULL: the bytes stay in memory. */
    char *temporary;  /**< NULL: the target is a device or pipe and is written directly. */
    int fd;
    qwr__text text;
} qwr__out;

qwr_status qwr__out_open(qwr__out *out, qwr_context *ctx, const char *path);
/** Keeps all bytes in memory instead; end with qwr__out_take(). */
void qwr__out_memory(qwr__out *out, qwr_context *ctx);
/** Hands the bytes over, owned by caller, or frees them after a failure. `length` may be NULL. */
qwr_status qwr__out_take(char **bytes, size_t *length, qwr__out *out, qwr_status status);
/** Writes what `text` holds once that is worth a system call. */
qwr_status qwr__out_flush(qwr__out *out);
/** `status` is how the writing went so far; returns it, or how the end went. */
qwr_status qwr__out_finish(qwr__out *out, qwr_status status);

/* --- readers and writers, one a format ------------------------------------------------------- */

qwr_status qwr__scenario_xml_read(qwr_scenario_builder **out, qwr_context *ctx, qwr__input *in);
qwr_status qwr__dbap_text_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                               size_t length, const char *name);
qwr_status qwr__hybrid_json_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                                 size_t length, const char *name);
qwr_status qwr__csbap_text_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                                size_t length, const char *name);
qwr_status qwr__tidal_csv_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                               size_t length, const char *name);

/** Whether the first bytes of a file look like this format; each rule stands in its reader. */
bool qwr__scenario_xml_detect(const char *head, size_t length);
bool qwr__dbap_text_detect(const char *head, size_t length);
bool qwr__hybrid_json_detect(const char *head, size_t length);
bool qwr__csbap_text_detect(const char *head, size_t length);
bool qwr__tidal_csv_detect(const char *head, size_t length);

/** Starts the scenario of a published instance: `info` with the file's name, without folder and
 * extension, as its id, and an epoch of no meaning. */
qwr_status qwr__instance_begin(qwr_scenario_builder **out, qwr_context *ctx, const char *name,
                               qwr_scenario_info *info);
/** First byte that is neither a byte order mark nor white space; `length` if there is none. */
size_t qwr__skip_space(const char *data, size_t length);

#endif
