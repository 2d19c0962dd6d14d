/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright help: the overview, a command (from its declaration), or a topic. Knows no command by
 * name.
 */
#include "cli/cli.h"

#include "cli/help_topics.h"
#include "cli/number.h"

#include <string.h>

enum { WIDTH = 96, NAMES_MAX = 32 };

static void overview(textbuf *out)
{
    textbuf_add(out, "quaywright plans a container terminal: which berth and how many cranes each "
                     "vessel gets,\nand when. It checks plans made by anyone, too.\n\nCommands\n");
    for (size_t i = 0; cli_command_at(i); i++)
        textbuf_printf(out, "  %-11s %s\n", cli_command_at(i)->name, cli_command_at(i)->sentence);
    textbuf_add(out, "\nTopics\n");
    for (size_t i = 0; help_topic_at(i); i++)
        textbuf_printf(out, "  %-11s %s\n", help_topic_at(i)->name, help_topic_at(i)->sentence);
    textbuf_add(out, "\nTo begin\n"
                     "  quaywright generate --profile medium --seed 1 --out week.xml\n"
                     "  quaywright plan week.xml --out plan\n"
                     "  quaywright help plan\n");
}

static void describe_command(textbuf *out, const cli_command *command)
{
    const char *line = command->synopsis;
    textbuf_printf(out, "%s\n\n", command->sentence);
    for (;;) {
        size_t length = strcspn(line, "\n");
        textbuf_printf(out, "  quaywright %s %.*s\n", command->name, (int)length, line);
        if (line[length] == '\0')
            break;
        line += length + 1;
    }
    textbuf_add(out, "\nOptions\n");
    args_describe(out, command->options, command->option_count);
    if (command->details) {
        textbuf_add(out, "\n");
        textbuf_add(out, command->details);
    }
    textbuf_printf(out, "\nExample\n  %s\n", command->example);
}

static cli_exit unknown(const char *name)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; cli_command_at(i) && count < NAMES_MAX; i++)
        names[count++] = cli_command_at(i)->name;
    for (size_t i = 0; help_topic_at(i) && count < NAMES_MAX; i++)
        names[count++] = help_topic_at(i)->name;
    size_t near = word_nearest(name, names, count);
    if (near < count)
        return cli_usage("help", "there is no command or topic \"%s\"; did you mean \"%s\"?", name,
                         names[near]);
    return cli_usage("help", "there is no command or topic \"%s\"", name);
}

static const help_topic *topic_find(const char *name)
{
    for (size_t i = 0; help_topic_at(i); i++)
        if (strcmp(help_topic_at(i)->name, name) == 0)
            return help_topic_at(i);
    return NULL;
}

static cli_exit describe_topic(textbuf *out, qwr_context *ctx, const help_topic *topic)
{
    if (topic->text) {
        textbuf_add(out, topic->text);
        return CLI_OK;
    }
    qwr_status status = topic->print(out, ctx);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    textbuf out = {0};
    cli_exit code = CLI_OK;
    const char *name = a->operand[0];
    const cli_command *command = name ? cli_command_find(name) : NULL;
    const help_topic *topic = name ? topic_find(name) : NULL;
    if (name && !command && !topic)
        return unknown(name);
    if (!name)
        overview(&out);
    if (command)
        describe_command(&out, command);
    if (command && topic)
        textbuf_add(&out, "\n");
    if (topic)
        code = describe_topic(&out, ctx, topic);
    if (code == CLI_OK)
        return cli_print(&out);
    textbuf_free(&out);
    return code;
}

static const arg_decl options[] = {CLI_COMMON_OPTIONS};

const cli_command cmd_help = {
    .name = "help",
    .synopsis = "[COMMAND|TOPIC]",
    .sentence = "explain a command or a topic",
    .operands_max = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright help plan",
    .run = run,
};
