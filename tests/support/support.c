/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runner, context and file helpers of the unit tests, see support.h. The failing allocator is in
 * allocator.c. Knows no domain word.
 */
#include "support.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_COUNT 8
#define PATH_SIZE  4096

static char folder[PATH_SIZE];
static pid_t folder_owner;

int qwr_test_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    srunner_set_tap(runner, "-");
    srunner_run_all(runner, getenv("CK_VERBOSITY") != NULL ? CK_ENV : CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 || getenv("HARNESS_ACTIVE") != NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* --- files ------------------------------------------------------------------------------------ */

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static void remove_folder(void)
{
    /* Check's children inherit the handler; only the process that made the folder removes it. */
    if (folder[0] != '\0' && folder_owner == getpid())
        (void)nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    folder[0] = '\0';
}

const char *qwr_test_folder(void)
{
    const char *base = getenv("TMPDIR");

    if (folder[0] != '\0' && folder_owner == getpid())
        return folder;
    snprintf(folder, sizeof folder, "%s/qwr-test-XXXXXX",
             base != NULL && *base != '\0' ? base : "/tmp");
    if (mkdtemp(folder) == NULL)
        ck_abort_msg("no folder for test files: %s", strerror(errno));
    folder_owner = getpid();
    atexit(remove_folder);
    return folder;
}

/* Joins into one of a ring of buffers, so that a few paths can be used in one expression. */
static const char *join(const char *base, const char *name)
{
    static char paths[PATH_COUNT][PATH_SIZE];
    static unsigned next;
    char *path = paths[next++ % PATH_COUNT];

    snprintf(path, PATH_SIZE, "%s/%s", base, name);
    return path;
}

static const char *from_environment(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && *value != '\0' ? value : ".";
}

const char *qwr_test_file(const char *name)
{
    return join(qwr_test_folder(), name);
}

const char *qwr_test_source(const char *relative)
{
    return join(from_environment("QWR_SRCDIR"), relative);
}

const char *qwr_test_build(const char *relative)
{
    return join(from_environment("QWR_BUILDDIR"), relative);
}

const char *qwr_test_benchmark(const char *relative)
{
    const char *base = getenv("QWR_BENCHMARKS");
    const char *path;

    if (base == NULL || *base == '\0')
        return NULL;
    path = join(base, relative);
    return access(path, R_OK) == 0 ? path : NULL;
}

void qwr_test_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL) {
        ck_abort_msg("cannot write %s: %s", path, strerror(errno));
        return;
    }
    if (fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        ck_abort_msg("cannot write all of %s", path);
}

char *qwr_test_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    size_t capacity = 65536, used = 0, got;
    char *data = malloc(capacity);

    if (file == NULL)
        ck_abort_msg("cannot read %s: %s", path, strerror(errno));
    while (data != NULL && (got = fread(data + used, 1, capacity - used - 1, file)) > 0) {
        used += got;
        if (used + 1 == capacity) {
            char *grown = realloc(data, capacity *= 2);

            if (grown == NULL)
                free(data);
            data = grown;
        }
    }
    fclose(file);
    if (data == NULL)
        ck_abort_msg("no memory for %s", path);
    data[used] = '\0';
    if (length != NULL)
        *length = used;
    return data;
}

/* --- contexts -----------------------------------------------------------------------------------
 */

qwr_context *qwr_test_context(void)
{
    qwr_context *ctx = NULL;

    ck_assert_int_eq(qwr_context_new(&ctx, NULL), QWR_OK);
    ck_assert_ptr_nonnull(ctx);
    /* Each test runs in a forked child, whose parent never enters a parallel region. */
    ck_assert_int_eq(qwr_context_set_option(ctx, "after_fork", "threads"), QWR_OK);
    return ctx;
}

void qwr_test_ok_at(const qwr_context *ctx, qwr_status status, const char *text, const char *file,
                    int line)
{
    char chain[2048] = "";
    size_t used = 0;

    if (status == QWR_OK)
        return;
    for (size_t i = 0; ctx != NULL && i < qwr_context_cause_count(ctx); i++) {
        const qwr_cause *cause = qwr_context_cause(ctx, i);
        int written =
            snprintf(chain + used, sizeof chain - used, "; %s: %s", cause->where, cause->message);

        if (written < 0 || used + (size_t)written >= sizeof chain)
            break;
        used += (size_t)written;
    }
    /* What ck_abort_msg() does, with the place of the test instead of this one. */
    _ck_assert_failed(file, line, text, "%s gave %s%s", text, qwr_status_name(status), chain);
}

bool qwr_test_cause_holds(const qwr_context *ctx, const char *part)
{
    for (size_t i = 0; i < qwr_context_cause_count(ctx); i++) {
        const qwr_cause *cause = qwr_context_cause(ctx, i);

        if (cause->message != NULL && strstr(cause->message, part) != NULL)
            return true;
    }
    return false;
}
