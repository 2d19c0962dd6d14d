/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The declarations as manual pages in roff: one of the tool, one a command, one a topic. Knows no
 * command and no topic by name. Nothing in a page depends on the machine or the day.
 */
#include "cli/help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Text inside a line. Dashes are those of the keyboard, so that options can be copied. */
static void put_bytes(textbuf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '\\':
            textbuf_add(out, "\\(rs");
            break;
        case '-':
            textbuf_add(out, "\\-");
            break;
        case '\'':
            textbuf_add(out, "\\(aq");
            break;
        case '`':
            textbuf_add(out, "\\(ga");
            break;
        case '^':
            textbuf_add(out, "\\(ha");
            break;
        case '|': /* long lists of words may be broken here */
            textbuf_add(out, "|\\:");
            break;
        case '~':
            textbuf_add(out, "\\(ti");
            break;
        case '"':
            textbuf_add(out, "\\(dq");
            break;
        default:
            textbuf_bytes(out, &text[i], 1);
        }
    }
}

/* A line of its own: neither a dot nor a quote at its beginning is a request. */
static void put_line(textbuf *out, const char *text, size_t length)
{
    if (length > 0 && text[0] == '.')
        textbuf_add(out, "\\&");
    put_bytes(out, text, length);
    textbuf_add(out, "\n");
}

static void put_string(textbuf *out, const char *text)
{
    put_bytes(out, text, strlen(text));
}

static void put_literal(textbuf *out, const char *lines)
{
    size_t length;
    textbuf_add(out, ".nf\n");
    for (const char *line = lines; (line = help_line(line, &length));
         line = help_line_next(line, length))
        put_line(out, line, length);
    textbuf_add(out, ".fi\n");
}

/* A sentence with a capital and a full stop, as a paragraph of its own. */
static void put_sentence(textbuf *out, const char *sentence)
{
    char first[2] = {(char)toupper((unsigned char)sentence[0]), '\0'};
    size_t length = strlen(sentence);
    put_string(out, first);
    put_string(out, sentence + 1);
    textbuf_add(out, length > 0 && sentence[length - 1] == '.' ? "\n" : ".\n");
}

static int is_indented(const char *line)
{
    return line[0] == ' ';
}

/* A line alone, without a full stop: what stands below is its. */
static int is_heading(const char *line, size_t length, int first)
{
    const char *next = help_line_next(line, length);
    char end = length > 0 ? line[length - 1] : '.';
    return first && end != '.' && end != ':' && end != ',' && isupper((unsigned char)line[0]) &&
           length < 60 && (is_indented(next) || (*next == '\n' && is_indented(next + 1)));
}

/* Paragraphs are filled, what is indented stays as it is, headings become subsections. `fresh`: a
   heading stands before, so that no paragraph has to be begun. */
static void put_text(textbuf *out, const char *text, int fresh)
{
    int first = 1, literal = 0;
    size_t length;
    for (const char *line = text; (line = help_line(line, &length));
         line = help_line_next(line, length)) {
        if (length > 0 && !is_indented(line) && literal) {
            textbuf_add(out, ".fi\n");
            literal = 0;
        }
        if (length == 0) {
            if (literal && is_indented(line + 1))
                textbuf_add(out, "\n");
            first = 1;
            continue;
        }
        if (is_indented(line) && !literal) {
            textbuf_add(out, fresh ? ".nf\n" : ".PP\n.nf\n");
            literal = 1;
        } else if (is_heading(line, length, first)) {
            textbuf_add(out, ".SS \"");
            put_bytes(out, line, length);
            textbuf_add(out, "\"\n");
            first = 0;
            fresh = 1;
            continue;
        } else if (first && !literal && !fresh) {
            textbuf_add(out, ".PP\n");
        }
        first = fresh = 0;
        put_line(out, line, length);
    }
    if (literal)
        textbuf_add(out, ".fi\n");
}

static void put_heading(textbuf *out, const char *name, int section, const char *sentence)
{
    textbuf_add(out, ".\\\" SPDX-License-Identifier: Apache-2.0\n.\\\" Made by quaywright help "
                     "--man.\n.TH QUAYWRIGHT");
    for (const char *p = name; *p; p++)
        textbuf_printf(out, "%s%c",
                       p == name   ? "\\-"
                       : *p == '-' ? "\\"
                                   : "",
                       toupper((unsigned char)*p));
    textbuf_printf(out, " %d \"\" \"quaywright %s\" \"%s\"\n.nh\n.ad l\n.SH NAME\nquaywright%s",
                   section, qwr_version(),
                   section == 1   ? "User commands"
                   : section == 5 ? "File formats"
                                  : "Miscellaneous",
                   *name ? "\\-" : "");
    put_string(out, name);
    textbuf_add(out, " \\- ");
    put_string(out, sentence);
    textbuf_add(out, "\n");
}

static void put_options(textbuf *out, const arg_decl *decl, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const arg_decl *d = &decl[i];
        textbuf sentence = {0};
        textbuf_add(out, ".TP\n.B ");
        put_string(out, "--");
        put_string(out, d->name);
        if (d->value) {
            textbuf_add(out, " \\fI");
            put_string(out, d->value);
            textbuf_add(out, "\\fP");
        }
        textbuf_add(out, "\n");
        textbuf_add(&sentence, d->sentence);
        if (d->type == ARG_WORD)
            textbuf_printf(&sentence, " (%s)", d->words);
        if (d->unit)
            textbuf_printf(&sentence, " [%s]", d->unit);
        if (d->fallback)
            textbuf_printf(&sentence, "; default %s", d->fallback);
        if (sentence.failed)
            out->failed = 1;
        else
            put_sentence(out, sentence.data);
        textbuf_free(&sentence);
    }
}

static void put_exit_codes(textbuf *out)
{
    textbuf_add(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; cli_exit_at(i); i++) {
        textbuf_printf(out, ".TP\n.B %d\n", (int)cli_exit_at(i)->code);
        put_sentence(out, cli_exit_at(i)->sentence);
    }
}

static void put_examples(textbuf *out, const char *lines)
{
    if (!lines)
        return;
    textbuf_add(out, ".SH EXAMPLES\n");
    put_literal(out, lines);
}

/* Every other page, in order. */
static void put_see_also(textbuf *out, const char *but)
{
    const char *separator = "";
    textbuf_add(out, ".SH SEE ALSO\n");
    if (*but) {
        textbuf_add(out, ".BR quaywright (1)");
        separator = ",\n";
    }
    for (size_t i = 0; cli_command_at(i); i++) {
        if (strcmp(cli_command_at(i)->name, but) == 0)
            continue;
        textbuf_printf(out, "%s.BR quaywright\\-%s (1)", separator, cli_command_at(i)->name);
        separator = ",\n";
    }
    for (size_t i = 0; help_topic_at(i); i++) {
        const help_topic *topic = help_topic_at(i);
        if (topic->section == 0 || strcmp(topic->name, but) == 0)
            continue;
        textbuf_printf(out, "%s.BR quaywright\\-", separator);
        put_string(out, topic->name);
        textbuf_printf(out, " (%d)", topic->section);
        separator = ",\n";
    }
    textbuf_add(out, "\n");
}

static qwr_status put_topic(textbuf *out, qwr_context *ctx, const help_topic *topic)
{
    textbuf body = {0};
    qwr_status status = help_topic_body(&body, ctx, topic);
    if (body.failed)
        out->failed = 1;
    else if (status == QWR_OK && body.data)
        put_text(out, body.data, 1);
    textbuf_free(&body);
    if (status == QWR_OK && topic->sample) {
        textbuf_add(out, ".SH SAMPLE\nThis small file is printed by\n.B quaywright help ");
        put_string(out, topic->name);
        textbuf_add(out, " \\-\\-sample\n.PP\n");
        put_literal(out, topic->sample);
    }
    return status;
}

static qwr_status command_page(textbuf *out, qwr_context *ctx, help_subject subject)
{
    const cli_command *command = subject.command;
    qwr_status status = QWR_OK;
    size_t length;
    put_heading(out, command->name, 1, command->sentence);
    textbuf_add(out, ".SH SYNOPSIS\n");
    for (const char *line = command->synopsis; (line = help_line(line, &length));
         line = help_line_next(line, length)) {
        textbuf_printf(out, "%s.B quaywright %s\n", line == command->synopsis ? "" : ".br\n",
                       command->name);
        if (length > 0)
            put_line(out, line, length);
    }
    textbuf_add(out, ".SH DESCRIPTION\n");
    put_sentence(out, command->sentence);
    if (command->details)
        put_text(out, command->details, 0);
    textbuf_add(out, ".SH OPTIONS\n");
    put_options(out, command->options, command->option_count);
    if (subject.topic) {
        textbuf_add(out, ".SH NOTES\n");
        status = put_topic(out, ctx, subject.topic);
    }
    put_exit_codes(out);
    put_examples(out, command->example);
    put_see_also(out, command->name);
    return status;
}

static qwr_status topic_page(textbuf *out, qwr_context *ctx, const help_topic *topic)
{
    put_heading(out, topic->name, topic->section, topic->sentence);
    textbuf_add(out, ".SH DESCRIPTION\n");
    qwr_status status = put_topic(out, ctx, topic);
    put_examples(out, topic->example);
    put_see_also(out, topic->name);
    return status;
}

static void main_page(textbuf *out)
{
    put_heading(out, "", 1, "plan the berths and quay cranes of a container terminal");
    textbuf_add(out, ".SH SYNOPSIS\n.B quaywright\n.I COMMAND\n.RI [ ARGUMENTS ]\n"
                     ".SH DESCRIPTION\n");
    put_text(out,
             "Quaywright decides which berth and how many cranes each vessel gets, and when.\n"
             "It reads a scenario (terminal, vessel calls, equipment, prices), plans it under\n"
             "one deadline, has the plan checked by code that shares nothing with the planner,\n"
             "and writes the plan and a report. It checks plans made by anyone, and runs\n"
             "published benchmark instances.\n"
             "\n"
             "Options may stand before or after the other arguments, as --NAME VALUE or\n"
             "--NAME=VALUE. After -- everything is an argument. Every command and every\n"
             "topic has a page of its own, and the same text in 'quaywright help NAME'.\n",
             1);
    textbuf_add(out, ".SH COMMANDS\n");
    for (size_t i = 0; cli_command_at(i); i++) {
        textbuf_printf(out, ".TP\n.BR quaywright\\-%s (1)\n", cli_command_at(i)->name);
        put_sentence(out, cli_command_at(i)->sentence);
    }
    textbuf_add(out, ".SH TOPICS\n");
    for (size_t i = 0; help_topic_at(i); i++) {
        textbuf_add(out, ".TP\n.B quaywright help ");
        put_string(out, help_topic_at(i)->name);
        textbuf_add(out, "\n");
        put_sentence(out, help_topic_at(i)->sentence);
    }
    textbuf_add(out, ".SH OPTIONS\nEvery command has these.\n");
    put_options(out, cmd_help.options + cmd_help.option_count - CLI_COMMON_COUNT, CLI_COMMON_COUNT);
    put_exit_codes(out);
    textbuf_add(out, ".SH ENVIRONMENT\n.TP\n.B QUAYWRIGHT_PLUGIN_PATH\n");
    put_sentence(out, "Folders with modules, separated by colons, searched after those of the "
                      "option plugin_path and before the folder of the installation.");
    textbuf_add(out, ".TP\n.B OMP_WAIT_POLICY\n");
    put_sentence(out, "Belongs to the OpenMP runtime; passive keeps idle threads from using the "
                      "processor between calls.");
    put_examples(out, "quaywright generate --profile medium --seed 1 --out week.xml\n"
                      "quaywright plan week.xml --out plan");
    textbuf_add(out, ".SH LICENCE\n");
    put_text(out,
             "The core is under the Apache License 2.0. With the glpk module (or any module\n"
             "that uses GSL) loaded, or in a static build that contains one, the process as a\n"
             "whole is under GPL-3.0-or-later; 'quaywright version' says which is the case.\n",
             1);
    put_see_also(out, "");
}

int help_man_section(help_subject subject)
{
    if (subject.command || !subject.topic)
        return 1;
    return subject.topic->section;
}

qwr_status help_man(textbuf *out, qwr_context *ctx, help_subject subject)
{
    if (subject.command)
        return command_page(out, ctx, subject);
    if (subject.topic)
        return topic_page(out, ctx, subject.topic);
    main_page(out);
    return QWR_OK;
}
