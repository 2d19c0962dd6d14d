/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files around instances that every mode of `bench` uses: best known values beside them, outputs
 * named after them. Solves and judges nothing.
 */
#include "cli/bench.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void bench_note(const args *a, const char *format, ...)
{
    va_list list;
    if (args_given(a, "quiet"))
        return;
    fprintf(stderr, "quaywright: ");
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\n");
}

void bench_hash_text(char *text, size_t capacity, const qwr_scenario *scenario)
{
    snprintf(text, capacity, "%016" PRIx64, qwr_scenario_hash(scenario));
}

/* --- best known values --- */

/* Reads best_known.csv of a folder. That there is none is no fault; that it is no such file is
 * said, once, and the benchmark goes on without. */
static int load(bench_known *b)
{
    textbuf problem = {0};
    char *path = path_join(*b->base ? b->base : ".", "best_known.csv", "");
    best_known_free(&b->values);
    csv_in_result result =
        path ? best_known_load(&b->values, path, "best_known", &problem) : CSV_IN_MEMORY;
    if (result == CSV_IN_BROKEN)
        fprintf(stderr, "quaywright: %s; best known values are left out\n", problem.data);
    textbuf_free(&problem);
    free(path);
    return result != CSV_IN_MEMORY;
}

int bench_known_find(bench_known *b, const bench_instance *instance, size_t *row)
{
    const char *file = path_name(instance->path);
    const size_t length = (size_t)(file - instance->path);
    char *base = text_copy(instance->path);
    char *name = text_copy(file);
    int fine = base && name;
    if (fine) {
        base[length] = '\0';
        name[strlen(name) - strlen(path_extension(file))] = '\0';
        if (!b->base || strcmp(b->base, base) != 0) {
            char *before = b->base;
            b->base = base;
            base = before;
            fine = load(b);
        }
    }
    if (fine)
        *row = best_known_find(&b->values, name, 0);
    free(name);
    free(base);
    return fine;
}

void bench_known_free(bench_known *b)
{
    best_known_free(&b->values);
    free(b->base);
    *b = (bench_known){0};
}

/* --- outputs --- */

static cli_exit make_parents(const char *path)
{
    folder made = {0};
    char *parent = text_copy(path);
    if (!parent)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    parent[path_name(path) - path] = '\0';
    int error = folder_make(&made, parent);
    cli_exit code = error ? cli_fail_own(CLI_OUTPUT, "the folder %s cannot be made or written: %s",
                                         parent, strerror(error))
                          : CLI_OK;
    folder_free(&made);
    free(parent);
    return code;
}

cli_exit bench_output_path(char **path, const char *base, const bench_instance *instance,
                           const char *suffix)
{
    cli_exit code = CLI_OK;
    *path = path_join(base, instance->name, suffix);
    if (!*path)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    if (strchr(instance->name, '/'))
        code = make_parents(*path);
    if (code != CLI_OK) {
        free(*path);
        *path = NULL;
    }
    return code;
}

cli_exit bench_writable(const char *path)
{
    struct stat info;
    cli_exit code = CLI_OK;
    int there = path && stat(path, &info) == 0;
    if (!path || (there && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)))
        return CLI_OK; /* a device or pipe is written as it stands */
    char *parent = text_copy(path);
    if (!parent)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    parent[path_name(path) - path] = '\0';
    const char *base = *parent ? parent : ".";
    if (there && S_ISDIR(info.st_mode))
        code = cli_fail_own(CLI_OUTPUT, "%s is a folder; expected the name of a file", path);
    else if (access(base, W_OK | X_OK) != 0)
        code = cli_fail_own(CLI_OUTPUT,
                            "%s cannot be written: %s\n  hint: check that the folder exists and "
                            "may be written",
                            path, strerror(errno));
    free(parent);
    return code;
}

cli_exit bench_save(qwr_context *ctx, const char *path, textbuf *text)
{
    cli_exit code = CLI_OK;
    if (text->failed) {
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    } else if (path) {
        qwr_status status = qwr_file_write(ctx, path, text->data ? text->data : "", text->length);
        code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    }
    textbuf_free(text);
    return code;
}
