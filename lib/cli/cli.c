/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every command shares: options common to all, error messages with the chain of causes,
 * output, and Ctrl-C. Knows no single command.
 */
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static qwr_context *volatile interrupt_target;
static volatile sig_atomic_t interrupt_count;

static void log_line(qwr_log_level level, const char *message, void *payload)
{
    static const char *const names[] = {"none", "warning", "info", "debug"};
    (void)payload;
    fprintf(stderr, "quaywright: %s: %s\n", names[level <= QWR_LOG_DEBUG ? level : 0], message);
}

static void log_warning(qwr_log_level level, const char *message, void *payload)
{
    if (level == QWR_LOG_WARNING)
        log_line(level, message, payload);
}

static int declares(const args *a, const char *name)
{
    for (size_t i = 0; i < a->decl_count; i++)
        if (strcmp(a->decl[i].name, name) == 0)
            return 1;
    return 0;
}

/* Sets NAME=VALUE. Names of plugin options hold a dot and need the plugins. */
static cli_exit set_pair(qwr_context *ctx, const char *pair)
{
    char name[128];
    size_t length = strcspn(pair, "=");
    if (length >= sizeof name)
        return cli_fail_own(CLI_USAGE, "the name in --option %s is too long", pair);
    memcpy(name, pair, length);
    name[length] = '\0';
    qwr_status status = qwr_context_set_option(ctx, name, pair + length + 1);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

/* Options of the core first, so that plugin_path counts when plugins are loaded. */
static cli_exit set_pairs(qwr_context *ctx, const args *a)
{
    cli_exit code = CLI_OK;
    int of_plugins = 0;
    for (size_t i = 0; i < a->pair_count && code == CLI_OK; i++) {
        if (memchr(a->pair[i], '.', strcspn(a->pair[i], "=")))
            of_plugins = 1;
        else
            code = set_pair(ctx, a->pair[i]);
    }
    if (code == CLI_OK && of_plugins) {
        qwr_status status = qwr_plugin_load_all(ctx);
        if (status)
            return cli_fail(ctx, status, CLI_WORKING, NULL);
        for (size_t i = 0; i < a->pair_count && code == CLI_OK; i++)
            if (memchr(a->pair[i], '.', strcspn(a->pair[i], "=")))
                code = set_pair(ctx, a->pair[i]);
    }
    return code;
}

cli_exit cli_apply_options(qwr_context *ctx, const args *a)
{
    static const char *const shared[] = {"threads", "simd"};
    if (declares(a, "verbose") && args_given(a, "verbose"))
        qwr_context_set_log(ctx, log_line, QWR_LOG_INFO, NULL);
    else
        qwr_context_set_log(ctx, log_warning, QWR_LOG_WARNING, NULL);
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        if (!declares(a, shared[i]) || !args_given(a, shared[i]))
            continue;
        qwr_status status = qwr_context_set_option(ctx, shared[i], args_text(a, shared[i]));
        if (status)
            return cli_fail(ctx, status, CLI_WORKING, NULL);
    }
    return set_pairs(ctx, a);
}

cli_exit cli_usage(const char *command, const char *format, ...)
{
    const cli_command *known = cli_command_find(command);
    va_list list;
    fprintf(stderr, "quaywright %s: ", command);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\n");
    if (known)
        fprintf(stderr, "  for example: %s\n  read on with: quaywright help %s\n", known->example,
                command);
    return CLI_USAGE;
}

cli_exit cli_fail_own(cli_exit code, const char *format, ...)
{
    va_list list;
    fprintf(stderr, "quaywright: ");
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\n");
    return code;
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

static const char *hint_of(qwr_status status, cli_phase phase)
{
    switch (status) {
    case QWR_EIO:
        return phase == CLI_WRITING ? "check that the folder exists, may be written and has room"
                                    : "check the name of the file and that it may be read";
    case QWR_EFORMAT:
        return "formats are described in 'quaywright help formats'";
    case QWR_ESCENARIO:
    case QWR_EOVERFLOW:
        return "correct the file, then try it with 'quaywright validate FILE'";
    case QWR_ETOOBIG:
        return "make the scenario smaller or coarser, or raise max_memory_mb with --option";
    case QWR_ENOTFOUND:
        return "see 'quaywright plugin list' and 'quaywright help options' for what there is";
    case QWR_EINVAL:
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

cli_exit cli_fail(qwr_context *ctx, qwr_status status, cli_phase phase, const char *file)
{
    size_t count = qwr_context_cause_count(ctx);
    const qwr_cause *place = place_of(ctx, count);
    const char *hint = hint_of(status, phase);
    fprintf(stderr, "quaywright: ");
    if (place)
        print_place(place->file, place->line);
    else if (file)
        print_place(file, 0);
    if (count == 0)
        fprintf(stderr, "it failed with %s\n", qwr_status_name(status));
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
    if (hint)
        fprintf(stderr, "  hint: %s\n", hint);
    return exit_of(status, phase);
}

cli_exit cli_print(textbuf *text)
{
    cli_exit code = CLI_OK;
    if (text->failed)
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    else if ((text->length > 0 && fwrite(text->data, 1, text->length, stdout) != text->length) ||
             fflush(stdout) != 0)
        code = cli_fail_own(CLI_OUTPUT, "standard output cannot be written: %s", strerror(errno));
    textbuf_free(text);
    return code;
}

cli_exit cli_print_then(textbuf *text, cli_exit code)
{
    cli_exit printed = cli_print(text);
    return printed == CLI_OK ? code : printed;
}

cli_exit cli_load_scenario(qwr_scenario **out, qwr_context *ctx, const char *path,
                           const char *history)
{
    qwr_scenario_builder *builder = NULL;
    const char *file = path;
    qwr_status status;
    if (!history) {
        status = qwr_scenario_load(out, ctx, path, QWR_FORMAT_AUTO);
    } else {
        status = qwr_scenario_builder_load(&builder, ctx, path, QWR_FORMAT_AUTO);
        if (status == QWR_OK) {
            file = history;
            status = qwr_history_load(ctx, builder, history);
        }
        if (status == QWR_OK)
            status = qwr_scenario_freeze(out, builder);
    }
    cli_exit code = status ? cli_fail(ctx, status, CLI_READING, file) : CLI_OK;
    qwr_scenario_builder_free(builder);
    return code;
}

static void on_interrupt(int number)
{
    (void)number;
    interrupt_count = 1;
    qwr_context_cancel(interrupt_target);
}

void cli_cancel_on_interrupt(qwr_context *ctx)
{
    struct sigaction action = {0}, before;
    interrupt_target = ctx;
    if (sigaction(SIGINT, NULL, &before) != 0 || before.sa_handler == SIG_IGN)
        return; /* started in the background by a shell: Ctrl-C is meant for others */
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

int cli_interrupted(void)
{
    return interrupt_count != 0;
}
