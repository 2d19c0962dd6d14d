/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages: what went wrong, because of what, and what to do next; as sentences on standard error,
 * and kept for JSON. Knows statuses and formats, no single command.
 */
#include "cli/cli.h"

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/number.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- a wrong command line ------------------------------------------------------------------------
 */

/* A copy of the first example line that is of the command itself, without the remark on the code.
 */
static char *own_example(const cli_command *command)
{
    const char *line = command->example;
    size_t name = strlen(command->name);
    while (strncmp(line, "quaywright ", 11) != 0 || strncmp(line + 11, command->name, name) != 0) {
        const char *end = strchr(line, '\n');
        if (!end)
            break;
        line = end + 1;
    }
    char *copy = text_copy(line);
    if (copy) {
        copy[strcspn(copy, "\n#")] = '\0';
        for (size_t n = strlen(copy); n > 0 && copy[n - 1] == ' '; n--)
            copy[n - 1] = '\0';
    }
    return copy;
}

/* `prefix`: the command that complains, or NULL; `shown`: the one whose example helps, or NULL. */
static cli_exit complain(const char *prefix, const cli_command *shown, const char *message)
{
    char hint[96];
    char *example = shown ? own_example(shown) : NULL;
    snprintf(hint, sizeof hint, "quaywright help%s%s", prefix ? " " : "", prefix ? prefix : "");
    fprintf(stderr, "quaywright%s%s: %s\n", prefix ? " " : "", prefix ? prefix : "", message);
    if (example)
        fprintf(stderr, "  for example: %s\n", example);
    fprintf(stderr, "  read on with: %s\n", hint);
    failure_keep(CLI_USAGE, cli_exit_name(CLI_USAGE), message, NULL, hint, example);
    free(example);
    return CLI_USAGE;
}

cli_exit cli_usage(const char *command, const char *format, ...)
{
    char message[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    return complain(command, cli_command_find(command), message);
}

cli_exit cli_unknown_action(const cli_command *command, const char *action,
                            const char *const *actions, size_t count)
{
    textbuf list = {0};
    cli_exit code;
    size_t near = word_nearest(action, actions, count);
    for (size_t i = 0; i < count; i++)
        textbuf_printf(&list, "%s%s", i > 0 ? ", " : "", actions[i]);
    if (near < count)
        code = cli_usage(command->name, "there is no \"%s %s\"; did you mean \"%s %s\"?",
                         command->name, action, command->name, actions[near]);
    else
        code = cli_usage(command->name, "there is no \"%s %s\"; after %s comes one of %s",
                         command->name, action, command->name, list.data ? list.data : "");
    textbuf_free(&list);
    return code;
}

cli_exit cli_unknown_command(const char *name)
{
    enum { NAMES_MAX = 64 };
    const char *names[NAMES_MAX];
    char message[512];
    size_t count = 0;
    for (; cli_command_at(count) && count < NAMES_MAX; count++)
        names[count] = cli_command_at(count)->name;
    size_t near = word_nearest(name, names, count);
    const char *meant = near < count ? names[near] : NULL;
    if (!meant && path_is_folder(name) == 0) /* the command was left out */
        snprintf(message, sizeof message,
                 "there is no command \"%s\", but a file; is \"quaywright plan %s\" meant?", name,
                 name);
    else
        snprintf(message, sizeof message, "there is no command \"%s\"%s%s%s", name,
                 meant ? "; did you mean \"" : "", meant ? meant : "", meant ? "\"?" : "");
    return complain(NULL, meant ? cli_command_find(meant) : NULL, message);
}

/* --- failures of the tool and of the library
 * ------------------------------------------------------
 */

/* Where the sentence brings no hint of its own. */
static const char *usual_hint(cli_exit code, const char *message)
{
    if (code == CLI_OUTPUT)
        return "check that the folder exists, may be written and has room";
    if (strcmp(message, "out of memory") == 0)
        return "free memory, or plan a smaller scenario";
    if (code == CLI_BAD_INPUT)
        return "check the name of the file and that it may be read";
    return NULL;
}

cli_exit cli_fail_own(cli_exit code, const char *format, ...)
{
    static const char mark[] = "\n  hint: ";
    char message[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    char *split = strstr(message, mark);
    const char *hint = split ? split + sizeof mark - 1 : usual_hint(code, message);
    if (split)
        *split = '\0';
    fprintf(stderr, "quaywright: %s\n", message);
    if (hint)
        fprintf(stderr, "  hint: %s\n", hint);
    failure_keep(code, cli_exit_name(code), message, NULL, hint, NULL);
    return code;
}

cli_exit cli_fail_missing(const char *path)
{
    int error = errno;
    char *near = error == ENOENT || error == ENOTDIR ? path_nearest(path) : NULL;
    char message[512];
    snprintf(message, sizeof message, "%s", strerror(error));
    fprintf(stderr, "quaywright: %s: %s\n", path, message);
    char hint[512] = "check the name of the file and that it may be read";
    if (near)
        snprintf(hint, sizeof hint, "did you mean %s?", near);
    fprintf(stderr, "  hint: %s\n", hint);
    failure_keep(CLI_BAD_INPUT, cli_exit_name(CLI_BAD_INPUT), message, path, hint, NULL);
    free(near);
    return CLI_BAD_INPUT;
}

static cli_exit exit_of(qwr_status status, cli_phase phase)
{
    switch (status) {
    case QWR_EIO:
        return phase == CLI_WRITING ? CLI_OUTPUT : CLI_BAD_INPUT;
    case QWR_EFORMAT:
    case QWR_ESCENARIO:
    case QWR_EOVERFLOW:
    case QWR_ETOOBIG:
        return CLI_BAD_INPUT;
    case QWR_EINVAL:
    case QWR_ENOTFOUND:
        return phase == CLI_READING ? CLI_BAD_INPUT : CLI_USAGE;
    default:
        return CLI_INTERNAL;
    }
}

/* Which topic explains the file that a part of the library could not read. */
static const char *format_hint(const char *where)
{
    static const struct {
        const char *where, *hint;
    } known[] = {
        {"io.scenario_xml", "elements, attributes and units: 'quaywright help scenario-xml'"},
        {"io.dbap_text", "the order of the numbers: 'quaywright help dbap-text'"},
        {"io.tidal_csv", "the seven lines: 'quaywright help tidal-csv'"},
        {"io.csbap_text", "the four sections: 'quaywright help csbap-text'"},
        {"io.hybrid_json", "the members: 'quaywright help hybrid-json'"},
        {"io.history_csv", "the columns: 'quaywright help history-csv'"},
        {"io.plan_read", "what a plan holds: 'quaywright help plan-csv', or plan-xml, plan-json"},
        {"io.certificate_read", "elements and attributes: 'quaywright help certificate-xml'"},
    };
    for (size_t i = 0; where && i < sizeof known / sizeof *known; i++)
        if (strcmp(where, known[i].where) == 0)
            return known[i].hint;
    return "formats are described in 'quaywright help formats'";
}

static const char *hint_of(qwr_status status, cli_phase phase, const char *where)
{
    int is_generate = where && strcmp(where, "generate") == 0;
    switch (status) {
    case QWR_EIO:
        return phase == CLI_WRITING ? "check that the folder exists, may be written and has room"
                                    : "check the name of the file and that it may be read";
    case QWR_EFORMAT:
        return format_hint(where);
    case QWR_ESCENARIO:
    case QWR_EOVERFLOW:
        return "correct the file, then try it with 'quaywright validate FILE'";
    case QWR_ETOOBIG:
        return "make the scenario smaller or coarser, or raise max_memory_mb with --option";
    case QWR_ENOTFOUND:
        if (is_generate)
            return "'quaywright generate --list' explains each profile";
        return "see 'quaywright plugin list' and 'quaywright help options' for what there is";
    case QWR_EINVAL:
        if (is_generate)
            return "see 'quaywright help generate' for ranges";
        return "see 'quaywright help options' for ranges";
    case QWR_EPLUGIN:
    case QWR_ESOLVER:
        if (phase == CLI_READING)
            return "<quaywright/plugin.h> is the contract; plugins/template holds modules that "
                   "keep it";
        return "try it alone with 'quaywright plugin check FILE.so', or do without it";
    case QWR_EUNSUPPORTED:
        return "see 'quaywright version' for what this build can do";
    case QWR_ENOMEM:
        return "free memory, or plan a smaller scenario";
    default:
        return NULL;
    }
}

/* The most precise place known: the innermost cause that names a file. */
static const qwr_cause *place_of(const qwr_context *ctx, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const qwr_cause *cause = qwr_context_cause(ctx, i);
        if (cause && cause->file)
            return cause;
    }
    return NULL;
}

static void print_place(const char *file, int64_t line)
{
    if (line > 0)
        fprintf(stderr, "%s:%lld: ", file, (long long)line);
    else
        fprintf(stderr, "%s: ", file);
}

static void print_causes(const qwr_context *ctx, size_t count, const qwr_cause *place)
{
    for (size_t i = count; i-- > 0;) {
        const qwr_cause *cause = qwr_context_cause(ctx, i);
        if (!cause)
            continue;
        if (i + 1 < count)
            fprintf(stderr, "  because ");
        if (i + 1 < count && cause != place && cause->file)
            print_place(cause->file, cause->line);
        fprintf(stderr, "%s\n", cause->message);
    }
}

/* A file to read that is not there, or the folder of a file to write. NULL: nothing near it. */
static char *nearest_path(const char *path, cli_phase phase)
{
    if (phase != CLI_WRITING)
        return path_nearest(path);
    size_t length = (size_t)(path_name(path) - path);
    char *base = length > 1 ? text_copy(path) : NULL;
    if (!base)
        return NULL;
    base[length - 1] = '\0';
    char *near = path_nearest(base);
    free(base);
    return near;
}

cli_exit cli_fail(qwr_context *ctx, qwr_status status, cli_phase phase, const char *file)
{
    size_t count = qwr_context_cause_count(ctx);
    const qwr_cause *place = place_of(ctx, count);
    const qwr_cause *innermost = count > 0 ? qwr_context_cause(ctx, 0) : NULL;
    const qwr_cause *outermost = count > 0 ? qwr_context_cause(ctx, count - 1) : NULL;
    const char *hint = hint_of(status, phase, innermost ? innermost->where : NULL);
    const char *path = place ? place->file : file;
    char message[64], meant[512];
    snprintf(message, sizeof message, "it failed with %s", qwr_status_name(status));
    fprintf(stderr, "quaywright: ");
    if (path)
        print_place(path, place ? place->line : 0);
    if (count == 0)
        fprintf(stderr, "%s\n", message);
    print_causes(ctx, count, place);
    char *near = status == QWR_EIO && path ? nearest_path(path, phase) : NULL;
    if (near) {
        snprintf(meant, sizeof meant, "did you mean %s?", near);
        hint = meant;
        free(near);
    }
    if (hint)
        fprintf(stderr, "  hint: %s\n", hint);
    cli_exit code = exit_of(status, phase);
    failure_keep(code, qwr_status_name(status), outermost ? outermost->message : message, path,
                 hint, NULL);
    failure_keep_causes(ctx, place ? place->line : 0);
    return code;
}
