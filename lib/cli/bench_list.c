/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which instances a benchmark runs: files and folders, formats recognised by the library, names
 * filtered. Solves nothing.
 */
#include "cli/bench.h"

#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

typedef struct search {
    bench_list *list;
    qwr_context *ctx;
    const char *match; /* NULL: all */
    int64_t limit;     /* INT64_MAX: none */
} search;

static char *name_of(const char *path)
{
    char *name = text_copy(path_name(path));
    if (name)
        name[strlen(name) - strlen(path_extension(path))] = '\0';
    return name;
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

/* A file of no known format is passed over in a folder, but is an error when named. */
static cli_exit add_file(const search *s, const char *path, int named)
{
    qwr_format format = QWR_FORMAT_AUTO;
    if ((int64_t)s->list->count >= s->limit)
        return CLI_OK;
    char *name = name_of(path);
    char *copy = text_copy(path);
    cli_exit code = CLI_OK;
    if (!name || !copy) {
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
        goto done;
    }
    if (s->match && fnmatch(s->match, name, 0) != 0)
        goto done;
    qwr_status status = qwr_format_detect(&format, s->ctx, path);
    if (status && named) {
        code = cli_fail(s->ctx, status, CLI_READING, path);
    } else if (status || format == QWR_FORMAT_AUTO) {
        if (named)
            code = cli_fail_own(CLI_BAD_INPUT,
                                "%s: no known format\n  hint: see 'quaywright help formats'", path);
    } else if (add(s->list, copy, name, format)) {
        return CLI_OK;
    } else {
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    }
done:
    free(name);
    free(copy);
    return code;
}

/* Files that describe instances, and files that are hidden. */
static int is_candidate(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "SOURCE.md") != 0 &&
           strcmp(path_extension(entry->d_name), ".csv") != 0;
}

/* Names in byte order, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static cli_exit add_folder(const search *s, const char *base)
{
    struct dirent **entries = NULL;
    cli_exit code = CLI_OK;
    int count = scandir(base, &entries, is_candidate, by_name);
    if (count < 0)
        return cli_fail_own(CLI_BAD_INPUT, "%s: the folder cannot be read: %s", base,
                            strerror(errno));
    for (int i = 0; i < count; i++) {
        char *path = code == CLI_OK ? path_join(base, entries[i]->d_name, "") : NULL;
        if (code == CLI_OK && !path)
            code = cli_fail_own(CLI_INTERNAL, "out of memory");
        if (path && path_is_folder(path) == 0)
            code = add_file(s, path, 0);
        free(path);
        free(entries[i]);
    }
    free(entries);
    return code;
}

cli_exit bench_list_make(bench_list *out, qwr_context *ctx, const args *a)
{
    search s = {.list = out, .ctx = ctx, .match = args_text(a, "match"), .limit = INT64_MAX};
    cli_exit code = CLI_OK;
    if (args_given(a, "limit-instances"))
        s.limit = args_int(a, "limit-instances");
    *out = (bench_list){0};
    for (size_t i = 0; i < a->operand_count && code == CLI_OK; i++) {
        const char *path = a->operand[i];
        int kind = path_is_folder(path);
        if (kind < 0)
            code = cli_fail_own(CLI_BAD_INPUT, "%s: %s", path, strerror(errno));
        else
            code = kind == 1 ? add_folder(&s, path) : add_file(&s, path, 1);
    }
    if (code == CLI_OK && out->count == 0)
        code = cli_fail_own(CLI_BAD_INPUT, "there is no instance of a known format to run\n"
                                           "  hint: see 'quaywright help formats'");
    if (code != CLI_OK)
        bench_list_free(out);
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
