/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright plugin: what is loaded, its options, and the conformance suite, run in a child
 * process. What a plugin must do is the library's; here is how it is asked and shown.
 */
#include "cli/cli.h"

#include "cli/number.h"
#include "cli/plugin_child.h"

#include <stdio.h>
#include <string.h>

static const char *kind_name(qwr_plugin_kind kind)
{
    switch (kind) {
    case QWR_PLUGIN_FORECAST:
        return "forecast";
    case QWR_PLUGIN_OPTIMISER:
        return "optimiser";
    case QWR_PLUGIN_SOLVER:
        return "solver";
    }
    return "unknown";
}

static void list_table(textbuf *out, qwr_context *ctx)
{
    static const char *const heading[] = {"id",    "kind", "version", "licence",
                                          "state", "file", "summary"};
    qwr_plugin_info info = {.size = sizeof info};
    table t;
    table_begin(&t, "lllllll", heading);
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        table_cell(&t, info.id);
        table_cell(&t, kind_name(info.kind));
        table_cell(&t, info.version);
        table_cell(&t, info.licence);
        table_cell(&t, info.disabled ? "disabled" : "ready");
        table_cell(&t, info.path);
        table_cell(&t, info.disabled && info.reason ? info.reason : info.summary);
    }
    table_print(out, &t, 0);
    table_free(&t);
}

static void list_json(json_out *json, qwr_context *ctx)
{
    qwr_plugin_info info = {.size = sizeof info};
    json_list(json, NULL);
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        json_object(json, NULL);
        json_string(json, "id", info.id);
        json_string(json, "kind", kind_name(info.kind));
        json_string(json, "version", info.version);
        json_string(json, "licence", info.licence);
        json_string(json, "file", info.path);
        json_string(json, "summary", info.summary);
        json_bool(json, "disabled", info.disabled != 0);
        json_string(json, "reason", info.disabled ? info.reason : NULL);
        json_object_end(json);
    }
    json_list_end(json);
}

static cli_exit list(qwr_context *ctx, int as_json)
{
    textbuf out = {0};
    json_out json = {0};
    qwr_status status = qwr_plugin_load_all(ctx);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    if (as_json) {
        list_json(&json, ctx);
        return cli_print(&json.text);
    }
    list_table(&out, ctx);
    return cli_print(&out);
}

static cli_exit unknown_id(qwr_context *ctx, const char *id)
{
    enum { IDS_MAX = 64 };
    const char *ids[IDS_MAX];
    size_t count = 0;
    qwr_plugin_info info = {.size = sizeof info};
    while (count < IDS_MAX && qwr_plugin_get(&info, ctx, count) == QWR_OK)
        ids[count++] = info.id;
    size_t near = word_nearest(id, ids, count);
    if (near < count)
        return cli_usage("plugin", "there is no plugin \"%s\"; did you mean \"%s\"?", id,
                         ids[near]);
    textbuf list = {0};
    for (size_t i = 0; i < count; i++)
        textbuf_printf(&list, "%s%s", i > 0 ? ", " : "", ids[i]);
    cli_exit code = cli_usage("plugin", "there is no plugin \"%s\"; loaded are: %s", id,
                              count ? list.data : "none");
    textbuf_free(&list);
    return code;
}

static int is_loaded(qwr_context *ctx, const char *id)
{
    qwr_plugin_info info = {.size = sizeof info};
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++)
        if (strcmp(info.id, id) == 0)
            return 1;
    return 0;
}

static void option_row(table *t, const qwr_option_decl *d)
{
    int is_text = d->type == QWR_OPTION_TEXT || d->type == QWR_OPTION_WORD;
    char range[80] = "", number[32];
    snprintf(number, sizeof number, "%lld", (long long)d->default_int);
    if (d->type == QWR_OPTION_INT)
        snprintf(range, sizeof range, "%lld to %lld", (long long)d->min_int, (long long)d->max_int);
    table_cell(t, d->name);
    table_cell(t, d->type == QWR_OPTION_BOOL   ? "yes|no"
                  : d->type == QWR_OPTION_WORD ? d->words
                                               : range);
    table_cell(t, d->unit);
    table_cell(t, is_text                      ? d->default_text
                  : d->type == QWR_OPTION_BOOL ? (d->default_int ? "yes" : "no")
                                               : number);
    table_cell(t, d->sentence);
}

static void option_json(json_out *json, const qwr_option_decl *d)
{
    static const char *const types[] = {"int", "bool", "text", "word"};
    int is_text = d->type == QWR_OPTION_TEXT || d->type == QWR_OPTION_WORD;
    json_object(json, NULL);
    json_string(json, "name", d->name);
    json_string(json, "type", types[d->type <= QWR_OPTION_WORD ? d->type : QWR_OPTION_TEXT]);
    json_string(json, "unit", d->unit);
    if (is_text)
        json_string(json, "default", d->default_text);
    else
        json_int(json, "default", d->default_int);
    if (d->type == QWR_OPTION_INT) {
        json_int(json, "min", d->min_int);
        json_int(json, "max", d->max_int);
    }
    if (d->type == QWR_OPTION_WORD)
        json_string(json, "words", d->words);
    json_string(json, "about", d->sentence);
    json_object_end(json);
}

/* Options of one plugin, or of all; those of the core have no dot in their names. */
static cli_exit show_options(qwr_context *ctx, const char *id, int as_json)
{
    static const char *const heading[] = {"option", "values", "unit", "default", "about"};
    textbuf out = {0};
    json_out json = {0};
    table t;
    qwr_status status = qwr_plugin_load_all(ctx);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    if (id && !is_loaded(ctx, id))
        return unknown_id(ctx, id);
    table_begin(&t, "lllll", heading);
    json_list(&json, NULL);
    for (size_t i = 0; i < qwr_context_option_count(ctx); i++) {
        const qwr_option_decl *d = qwr_context_option_decl(ctx, i);
        const char *dot = strchr(d->name, '.');
        size_t length = dot ? (size_t)(dot - d->name) : 0;
        if (!dot || (id && (strlen(id) != length || strncmp(id, d->name, length) != 0)))
            continue;
        option_row(&t, d);
        option_json(&json, d);
    }
    json_list_end(&json);
    table_print(&out, &t, 0);
    table_free(&t);
    cli_exit code = cli_print(as_json ? &json.text : &out);
    textbuf_free(&json.text);
    textbuf_free(&out);
    return code;
}

/* Each line at once, so that a crash leaves those before it. */
static void print_line(int passed, const char *line, void *payload)
{
    (void)payload;
    printf("%s - %s\n", passed ? "ok" : "not ok", line);
    fflush(stdout);
}

static cli_exit check_in_process(qwr_context *ctx, const char *file)
{
    int failed = 0;
    qwr_status status = qwr_plugin_conformance(&failed, ctx, file, print_line, NULL);
    if (status)
        return cli_fail(ctx, status, CLI_READING, file);
    return failed ? CLI_INTERNAL : CLI_OK;
}

static void verdict(textbuf *out, const char *file, const child_result *child)
{
    size_t passed = 0, failed = 0;
    const char *line = child->lines.data ? child->lines.data : "", *last = NULL;
    for (; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        last = line;
        passed += strncmp(line, "ok ", 3) == 0 ? 1 : 0;
        failed += strncmp(line, "not ok ", 7) == 0 ? 1 : 0;
    }
    if (child->timed_out)
        textbuf_printf(out, "%s: did not end in time and was killed", file);
    else if (child->signal)
        textbuf_printf(out, "%s: crashed, signal %d (%s)", file, child->signal,
                       strsignal(child->signal));
    else if (child->exit_code == CLI_OK)
        textbuf_printf(out, "%s: all %zu checks passed", file, passed);
    else if (failed > 0)
        textbuf_printf(out, "%s: %zu of %zu checks failed", file, failed, passed + failed);
    else
        textbuf_printf(out, "%s: refused", file);
    if ((child->timed_out || child->signal) && last)
        textbuf_printf(out, "; the last check done was: %.*s", (int)strcspn(last, "\n"), last);
    textbuf_add(out, "\n");
}

static cli_exit exit_of(const child_result *child)
{
    if (child->exit_code == CLI_OK && !child->timed_out && !child->signal)
        return CLI_OK;
    return child->exit_code == CLI_BAD_INPUT ? CLI_BAD_INPUT : CLI_INTERNAL;
}

/* The lines of the child as a list: whether each check passed, and its name. */
static void lines_json(json_out *json, const child_result *child)
{
    const char *line = child->lines.data ? child->lines.data : "";
    json_list(json, "checks");
    for (; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        int failed = strncmp(line, "not ok - ", 9) == 0;
        char name[256];
        if (!failed && strncmp(line, "ok - ", 5) != 0)
            continue;
        const char *text = line + (failed ? 9 : 5);
        snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "\n"), text);
        json_object(json, NULL);
        json_bool(json, "passed", !failed);
        json_string(json, "check", name);
        json_object_end(json);
    }
    json_list_end(json);
}

static void child_json(json_out *json, const char *file, const child_result *child)
{
    json_object(json, NULL);
    json_string(json, "file", file);
    json_bool(json, "passed", exit_of(child) == CLI_OK);
    json_bool(json, "timed_out", child->timed_out != 0);
    if (child->signal)
        json_int(json, "signal", child->signal);
    else
        json_null(json, "signal");
    lines_json(json, child);
    json_object_end(json);
}

static cli_exit check_in_child(const char *file, int64_t timeout_ms, int as_json)
{
    textbuf out = {0};
    json_out json = {0};
    child_result child;
    cli_exit code = child_run(&child, file, timeout_ms);
    if (code != CLI_OK)
        return code;
    if (child.exit_code == 127)
        cli_fail_own(CLI_INTERNAL, "the child could not be started from /proc/self/exe");
    if (as_json) {
        child_json(&json, file, &child);
    } else {
        if (child.lines.data)
            textbuf_add(&out, child.lines.data);
        verdict(&out, file, &child);
    }
    textbuf_free(&child.lines);
    return cli_print_then(as_json ? &json.text : &out, exit_of(&child));
}

static cli_exit check(qwr_context *ctx, const args *a)
{
    if (a->operand_count < 2)
        return cli_usage("plugin", "the module is missing: quaywright plugin check FILE.so");
    if (args_given(a, "in-process") && args_given(a, "json"))
        return cli_usage("plugin", "--in-process prints lines only; leave it or --json out");
    if (args_given(a, "in-process"))
        return check_in_process(ctx, a->operand[1]);
    return check_in_child(a->operand[1], args_int(a, "timeout"), args_given(a, "json"));
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    static const char *const actions[] = {"list", "check", "options"};
    const char *action = a->operand[0];
    int as_json = args_given(a, "json");
    if (strcmp(action, "list") == 0 && a->operand_count > 1)
        return cli_usage("plugin",
                         "\"plugin list\" takes no further argument; is \"plugin options "
                         "%s\" meant?",
                         a->operand[1]);
    if (strcmp(action, "list") == 0)
        return list(ctx, as_json);
    if (strcmp(action, "check") == 0)
        return check(ctx, a);
    if (strcmp(action, "options") == 0)
        return show_options(ctx, a->operand[1], as_json);
    return cli_unknown_action(&cmd_plugin, action, actions, sizeof actions / sizeof *actions);
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print JSON"},
    {.name = "timeout",
     .type = ARG_DECIMAL,
     .value = "S",
     .unit = "s",
     .min = 100,
     .max = 86400000,
     .fallback = "120",
     .sentence = "With check: kill the child after this time"},
    {.name = "in-process",
     .type = ARG_FLAG,
     .sentence = "With check: no child process, for use under a debugger"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_plugin = {
    .name = "plugin",
    .synopsis = "list [--json]\noptions [ID] [--json]\ncheck FILE.so [--timeout S] [--json]",
    .sentence = "list plugins, their options, check a module",
    .operands_min = 1,
    .operands_max = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright plugin list\n"
               "quaywright plugin options",
    .details = "'check' runs the conformance suite of the module's kind in a child process, so a\n"
               "crash or a hang is reported and ends nothing else. Exit code 5: it failed.\n",
    .schemas = "list=plugin-list options=plugin-options check=plugin-check",
    .run = run,
};
