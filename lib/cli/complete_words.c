/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of words for shells and scripts: what is declared, and what is loaded. Knows no shell.
 */
#include "cli/help.h"

#include "cli/schema_table.h"

#include <string.h>

static void put_plugins(textbuf *out, qwr_context *ctx, int kind)
{
    qwr_plugin_info info = {.size = sizeof info};
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++)
        if (kind == 0 || (int)info.kind == kind)
            textbuf_printf(out, "%s\n", info.id);
    if (kind == QWR_PLUGIN_SOLVER)
        textbuf_add(out, "none\n");
}

/* Lists of what is loaded. */
static cli_exit loaded(textbuf *out, qwr_context *ctx, const char *list)
{
    qwr_status status = qwr_plugin_load_all(ctx);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    if (strcmp(list, "options") == 0)
        for (size_t i = 0; i < qwr_context_option_count(ctx); i++)
            textbuf_printf(out, "%s\n", qwr_context_option_decl(ctx, i)->name);
    else
        put_plugins(out, ctx,
                    strcmp(list, "solvers") == 0      ? QWR_PLUGIN_SOLVER
                    : strcmp(list, "optimisers") == 0 ? QWR_PLUGIN_OPTIMISER
                    : strcmp(list, "forecasts") == 0  ? QWR_PLUGIN_FORECAST
                                                      : 0);
    return CLI_OK;
}

static void put_page(textbuf *out, const char *name, help_subject subject)
{
    int section = help_man_section(subject);
    if (section > 0)
        textbuf_printf(out, "quaywright%s%s.%d\n", *name ? "-" : "", name, section);
}

static void put_pages(textbuf *out)
{
    put_page(out, "", (help_subject){0});
    for (size_t i = 0; cli_command_at(i); i++)
        put_page(out, cli_command_at(i)->name, (help_subject){.command = cli_command_at(i)});
    for (size_t i = 0; help_topic_at(i); i++)
        put_page(out, help_topic_at(i)->name, (help_subject){.topic = help_topic_at(i)});
}

cli_exit help_words(textbuf *out, qwr_context *ctx, const char *list)
{
    if (strcmp(list, "commands") == 0) {
        for (size_t i = 0; cli_command_at(i); i++)
            textbuf_printf(out, "%s\n", cli_command_at(i)->name);
    } else if (strcmp(list, "topics") == 0) {
        for (size_t i = 0; help_topic_at(i); i++)
            textbuf_printf(out, "%s\n", help_topic_at(i)->name);
    } else if (strcmp(list, "pages") == 0) {
        put_pages(out);
    } else if (strcmp(list, "profiles") == 0) {
        for (size_t i = 0; qwr_generate_profile_name(i); i++)
            textbuf_printf(out, "%s\n", qwr_generate_profile_name(i));
    } else if (strcmp(list, "rules") == 0) {
        for (size_t i = 0; i < qwr_rule_count(); i++)
            textbuf_printf(out, "%s\n", qwr_rule_name(i));
    } else if (strcmp(list, "elements") == 0) {
        for (size_t i = 0; i < schema_scenario.element_count; i++)
            textbuf_printf(out, "%s\n", schema_scenario.element[i].name);
    } else {
        return loaded(out, ctx, list);
    }
    return CLI_OK;
}
