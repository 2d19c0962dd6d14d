/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The declarations as text for a terminal. Knows no command and no topic by name.
 */
#include "cli/help.h"

#include <string.h>

const char *help_line(const char *lines, size_t *length)
{
    if (!lines || !*lines)
        return NULL;
    *length = strcspn(lines, "\n");
    return lines;
}

const char *help_line_next(const char *line, size_t length)
{
    return line[length] == '\n' ? line + length + 1 : line + length;
}

const char *help_action(const cli_command *command, size_t i, size_t *length)
{
    size_t line_length;
    for (const char *line = command->synopsis; (line = help_line(line, &line_length));
         line = help_line_next(line, line_length)) {
        *length = strspn(line, "abcdefghijklmnopqrstuvwxyz-");
        int is_word =
            *length > 0 && line[0] != '-' && (*length == line_length || line[*length] == ' ');
        if (is_word && i-- == 0)
            return line;
    }
    return NULL;
}

static void put_lines(textbuf *out, const char *before, const char *lines)
{
    size_t length;
    for (const char *line = lines; (line = help_line(line, &length));
         line = help_line_next(line, length))
        textbuf_printf(out, "  %s%.*s\n", before, (int)length, line);
}

static void put_examples(textbuf *out, const char *lines)
{
    textbuf_add(out, "\nExample\n");
    put_lines(out, "", lines);
}

void help_overview(textbuf *out)
{
    textbuf_add(out, "quaywright plans a container terminal: which berth and how many cranes each "
                     "vessel gets,\nand when. It checks plans made by anyone, too.\n\nCommands\n");
    for (size_t i = 0; cli_command_at(i); i++)
        textbuf_printf(out, "  %-13s %s\n", cli_command_at(i)->name, cli_command_at(i)->sentence);
    textbuf_add(out, "\nTopics\n");
    for (size_t i = 0; help_topic_at(i); i++)
        textbuf_printf(out, "  %-13s %s\n", help_topic_at(i)->name, help_topic_at(i)->sentence);
    textbuf_add(out, "\nTo begin\n"
                     "  quaywright generate --profile medium --seed 1 --out week.xml\n"
                     "  quaywright plan week.xml --out plan\n"
                     "  quaywright help plan\n");
}

void help_command_text(textbuf *out, const cli_command *command)
{
    textbuf before = {0};
    textbuf_printf(&before, "quaywright %s ", command->name);
    textbuf_printf(out, "%s\n\n", command->sentence);
    if (before.failed)
        out->failed = 1;
    else
        put_lines(out, before.data, command->synopsis);
    textbuf_free(&before);
    textbuf_add(out, "\nOptions\n");
    args_describe(out, command->options, command->option_count);
    if (command->details) {
        textbuf_add(out, "\n");
        textbuf_add(out, command->details);
    }
    if (command->schemas)
        textbuf_add(out, "\nWhat --json prints follows a schema, see 'quaywright help json'.\n");
    put_examples(out, command->example);
}

qwr_status help_topic_body(textbuf *out, qwr_context *ctx, const help_topic *topic)
{
    if (topic->text)
        textbuf_add(out, topic->text);
    return topic->print ? topic->print(out, ctx) : QWR_OK;
}

qwr_status help_topic_text(textbuf *out, qwr_context *ctx, const help_topic *topic)
{
    qwr_status status = help_topic_body(out, ctx, topic);
    if (status)
        return status;
    if (topic->sample) {
        textbuf_printf(out, "\nA small file, printed by 'quaywright help %s --sample'\n\n",
                       topic->name);
        put_lines(out, "", topic->sample);
    }
    if (topic->example)
        put_examples(out, topic->example);
    return QWR_OK;
}
