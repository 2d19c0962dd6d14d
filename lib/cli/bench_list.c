/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which instances a benchmark runs: files and folders, formats recognised by the library, names
 * filtered. Solves nothing.
 */
#include "cli/bench.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 32 };

typedef struct search {
    bench_list *list;
    qwr_context *ctx;
    const args *a;
    const char *match; /* NULL: all */
    int64_t limit;     /* INT64_MAX: none */
    int recursive;
    int folders; /* 1: a folder was passed over */
} search;

static cli_exit no_memory(void)
{
    return cli_fail_own(CLI_INTERNAL, "out of memory");
}

/* Takes over path and name. */
static int add(bench_list *list, char *path, char *name, qwr_format format)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 64;
        bench_instance *item = realloc(list->item, capacity * sizeof *item);
        if (!item)
            return 0;
        list->item = item;
        list->capacity = capacity;
    }
    list->item[list->count++] = (bench_instance){.path = path, .name = name, .format = format};
    return 1;
}

/* "sub/a" is meant by "a*" and by "sub/a*". */
static int is_wanted(const search *s, const char *name)
{
    return !s->match || fnmatch(s->match, name, 0) == 0 ||
           fnmatch(s->match, path_name(name), 0) == 0;
}

/* A file of no known format is passed over in a folder, but is an error when named; one that
 * cannot be opened is an instance all the same, whose row will say so. */
static cli_exit recognise(qwr_format *format, const search *s, const char *path, int named)
{
    struct stat info;
    *format = QWR_FORMAT_AUTO;
    if (!named && stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        bench_note(s->a, "%s: it is no regular file, skipped", path);
        return CLI_BAD_INPUT;
    }
    qwr_status status = qwr_format_detect(format, s->ctx, path);
    if (status && named)
        return cli_fail(s->ctx, status, CLI_READING, path);
    if (status || *format != QWR_FORMAT_AUTO)
        return CLI_OK;
    if (named)
        return cli_fail_own(CLI_BAD_INPUT,
                            "%s: no known format\n  hint: see 'quaywright help formats'", path);
    if (strcmp(path_extension(path), ".csv") != 0) /* tables beside the instances are no surprise */
        bench_note(s->a, "%s: no known format, skipped", path);
    return CLI_BAD_INPUT;
}

/* `prefix` is the folder below the operand, with a slash behind it, or "". */
static cli_exit add_file(const search *s, const char *path, const char *prefix, int named)
{
    qwr_format format;
    if ((int64_t)s->list->count >= s->limit)
        return CLI_OK;
    char *copy = text_copy(path);
    char *name = path_join(prefix, path_name(path), "");
    cli_exit code = CLI_OK;
    if (!name || !copy) {
        code = no_memory();
        goto done;
    }
    name[strlen(name) - strlen(path_extension(path))] = '\0';
    if (!is_wanted(s, name))
        goto done;
    code = recognise(&format, s, path, named);
    if (code != CLI_OK) {
        code = named ? code : CLI_OK;
        goto done;
    }
    if (add(s->list, copy, name, format))
        return CLI_OK;
    code = no_memory();
done:
    free(name);
    free(copy);
    return code;
}

/* Files that describe instances, and files that are hidden. */
static int is_candidate(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "SOURCE.md") != 0 &&
           strcmp(entry->d_name, "best_known.csv") != 0;
}

/* Names in byte order, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static cli_exit add_folder(search *s, const char *base, const char *prefix, int depth);

/* Folders behind a symbolic link are not entered: they may lead back. */
static cli_exit add_entry(search *s, const char *base, const char *entry, const char *prefix,
                          int depth)
{
    struct stat info;
    char *path = path_join(base, entry, "");
    char *below = path_join(prefix, entry, "/");
    cli_exit code = CLI_OK;
    if (!path || !below) {
        code = no_memory();
    } else if (path_is_folder(path) != 1) {
        code = add_file(s, path, prefix, 0);
    } else if (!s->recursive || depth >= DEPTH_MAX || lstat(path, &info) != 0 ||
               !S_ISDIR(info.st_mode)) {
        s->folders = 1;
    } else {
        code = add_folder(s, path, below, depth + 1);
    }
    free(below);
    free(path);
    return code;
}

static cli_exit add_folder(search *s, const char *base, const char *prefix, int depth)
{
    struct dirent **entries = NULL;
    cli_exit code = CLI_OK;
    int count = scandir(base, &entries, is_candidate, by_name);
    if (count < 0)
        return cli_fail_own(CLI_BAD_INPUT, "%s: the folder cannot be read: %s", base,
                            strerror(errno));
    for (int i = 0; i < count; i++) {
        if (code == CLI_OK && (int64_t)s->list->count < s->limit)
            code = add_entry(s, base, entries[i]->d_name, prefix, depth);
        free(entries[i]);
    }
    free(entries);
    return code;
}

cli_exit bench_list_make(bench_list *out, qwr_context *ctx, const args *a)
{
    search s = {.list = out,
                .ctx = ctx,
                .a = a,
                .match = args_text(a, "match"),
                .limit = INT64_MAX,
                .recursive = args_given(a, "recursive")};
    cli_exit code = CLI_OK;
    if (args_given(a, "limit-instances"))
        s.limit = args_int(a, "limit-instances");
    *out = (bench_list){0};
    for (size_t i = 0; i < a->operand_count && code == CLI_OK; i++) {
        const char *path = a->operand[i];
        int kind = path_is_folder(path);
        if (kind < 0)
            code = cli_fail_missing(path);
        else
            code = kind == 1 ? add_folder(&s, path, "", 0) : add_file(&s, path, "", 1);
    }
    if (code == CLI_OK && out->count == 0)
        code = cli_fail_own(
            CLI_BAD_INPUT, "there is no instance of a known format to run\n  hint: %s",
            s.folders && !s.recursive ? "folders inside a folder are searched with --recursive"
                                      : "see 'quaywright help formats'");
    if (code != CLI_OK)
        bench_list_free(out);
    return code;
}

static int by_instance(const void *a, const void *b)
{
    const bench_instance *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

cli_exit bench_list_distinct(const bench_list *list, const char *folder_option)
{
    cli_exit code = CLI_OK;
    const bench_instance **order = malloc(list->count * sizeof *order);
    if (!order)
        return no_memory();
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->item[i];
    qsort(order, list->count, sizeof *order, by_instance);
    for (size_t i = 1; i < list->count && code == CLI_OK; i++)
        if (strcmp(order[i - 1]->name, order[i]->name) == 0)
            code = cli_fail_own(CLI_USAGE,
                                "%s and %s are both called %s, and would share one file in --%s\n"
                                "  hint: run them one after the other, each with a folder of its "
                                "own, or their common folder with --recursive",
                                order[i - 1]->path, order[i]->path, order[i]->name, folder_option);
    free(order);
    return code;
}

void bench_list_free(bench_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->item[i].path);
        free(list->item[i].name);
    }
    free(list->item);
    *list = (bench_list){0};
}
