/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every command shares: options common to all, output, and Ctrl-C. Messages are in message.c,
 * reading in load.c. Knows no single command.
 */
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static qwr_context *volatile interrupt_target;
static volatile sig_atomic_t interrupt_count;
static int has_printed;

static void log_line(qwr_log_level level, const char *message, void *payload)
{
    static const char *const names[] = {"none", "warning", "info", "debug"};
    (void)payload;
    fprintf(stderr, "quaywright: %s: %s\n", names[level <= QWR_LOG_DEBUG ? level : 0], message);
}

static void log_warning(qwr_log_level level, const char *message, void *payload)
{
    static char last[256]; /* of many runs each would say the same */
    if (level != QWR_LOG_WARNING || strncmp(last, message, sizeof last - 1) == 0)
        return;
    snprintf(last, sizeof last, "%s", message);
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
        return cli_fail_own(
            CLI_USAGE,
            "the name in --option %s is too long\n  hint: see 'quaywright help options' for names",
            pair);
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

cli_exit cli_print(textbuf *text)
{
    cli_exit code = CLI_OK;
    if (!text->failed && text->length > 0)
        has_printed = 1;
    if (text->failed)
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    else if ((text->length > 0 && fwrite(text->data, 1, text->length, stdout) != text->length) ||
             fflush(stdout) != 0)
        code = cli_fail_own(CLI_OUTPUT,
                            "standard output cannot be written: %s\n  hint: has the disk room, "
                            "does the reader still run?",
                            strerror(errno));
    textbuf_free(text);
    return code;
}

int cli_has_printed(void)
{
    return has_printed;
}

cli_exit cli_print_then(textbuf *text, cli_exit code)
{
    cli_exit printed = cli_print(text);
    return printed == CLI_OK ? code : printed;
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
