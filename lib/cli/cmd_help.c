/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright help: the overview, a command (from its declaration), or a topic; as text, manual
 * page, JSON or completion script. Knows no command by name.
 */
#include "cli/help.h"

#include "cli/number.h"
#include "cli/schema_table.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_MAX = 128 };

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
    return cli_usage("help", "there is no command or topic \"%s\"; 'quaywright help' lists them",
                     name);
}

/* Finds NAME: a command, a topic, both; or a page such as quaywright-plan.1. */
static cli_exit find(help_subject *subject, const char *name)
{
    char page[64];
    *subject = (help_subject){0};
    if (!name)
        return CLI_OK;
    if (strncmp(name, "quaywright", 10) == 0 && (name[10] == '-' || name[10] == '.')) {
        snprintf(page, sizeof page, "%s", name + 11);
        page[strcspn(page, ".")] = '\0';
        if (name[10] == '.')
            return CLI_OK;
        name = page;
    } else if (strcmp(name, "quaywright") == 0) {
        return CLI_OK;
    }
    subject->command = cli_command_find(name);
    subject->topic = help_topic_find(name);
    return subject->command || subject->topic ? CLI_OK : unknown(name);
}

/* One element of the topic scenario-xml, plan-xml or certificate-xml. */
static cli_exit print_element(const help_topic *topic, const char *name)
{
    const schema_table *schema = NULL;
    textbuf out = {0};
    if (topic && strcmp(topic->name, "scenario-xml") == 0)
        schema = &schema_scenario;
    if (topic && strcmp(topic->name, "plan-xml") == 0)
        schema = &schema_plan;
    if (topic && strcmp(topic->name, "certificate-xml") == 0)
        schema = &schema_certificate;
    if (!schema)
        return cli_usage("help",
                         "\"%s\" is one argument too many; parts have scenario-xml, plan-xml "
                         "and certificate-xml: quaywright help scenario-xml call",
                         name);
    if (schema_describe_element(&out, schema, name))
        return cli_print(&out);
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (; count < schema->element_count && count < NAMES_MAX; count++)
        names[count] = schema->element[count].name;
    size_t near = word_nearest(name, names, count);
    return cli_usage("help", "there is no element <%s>; %s <%s>%s", name,
                     near < count ? "did you mean" : "there is for example",
                     names[near < count ? near : 0], near < count ? "?" : "");
}

static cli_exit print_sample(const help_topic *topic, const char *name)
{
    textbuf out = {0}, list = {0};
    if (topic && topic->sample) {
        textbuf_add(&out, topic->sample);
        return cli_print(&out);
    }
    for (size_t i = 0; help_topic_at(i); i++)
        if (help_topic_at(i)->sample)
            textbuf_printf(&list, "%s%s", list.length > 0 ? ", " : "", help_topic_at(i)->name);
    cli_exit code = cli_usage("help", "%s%s%s has no small file; these have one: %s",
                              name ? "\"" : "--sample without a topic", name ? name : "",
                              name ? "\"" : "", list.data ? list.data : "");
    textbuf_free(&list);
    return code;
}

static qwr_status describe(textbuf *out, qwr_context *ctx, help_subject subject)
{
    qwr_status status = QWR_OK;
    if (!subject.command && !subject.topic)
        help_overview(out);
    if (subject.command)
        help_command_text(out, subject.command);
    if (subject.command && subject.topic)
        textbuf_add(out, "\n");
    if (subject.topic)
        status = help_topic_text(out, ctx, subject.topic);
    return status;
}

static cli_exit print_subject(qwr_context *ctx, const args *a, help_subject subject)
{
    textbuf out = {0};
    qwr_status status;
    if (args_given(a, "man") && help_man_section(subject) == 0)
        return cli_usage("help",
                         "\"%s\" has no manual page; 'quaywright help --words pages' lists "
                         "them",
                         a->operand[0]);
    if (args_given(a, "man"))
        status = help_man(&out, ctx, subject);
    else if (args_given(a, "json"))
        status = help_json(&out, ctx, subject);
    else
        status = describe(&out, ctx, subject);
    if (status == QWR_OK)
        return cli_print(&out);
    textbuf_free(&out);
    return cli_fail(ctx, status, CLI_WORKING, NULL);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    textbuf out = {0};
    help_subject subject;
    const char *words = args_text(a, "words"), *shell = args_text(a, "completion");
    if (words) {
        cli_exit listed = help_words(&out, ctx, words);
        return listed == CLI_OK ? cli_print(&out) : listed;
    }
    if (shell) {
        help_completion(&out, shell);
        return cli_print(&out);
    }
    cli_exit code = find(&subject, a->operand[0]);
    if (code != CLI_OK)
        return code;
    if (a->operand_count > 1)
        return print_element(subject.topic, a->operand[1]);
    if (args_given(a, "sample"))
        return print_sample(subject.topic, a->operand[0]);
    return print_subject(ctx, a, subject);
}

static const arg_decl options[] = {
    {.name = "sample", .type = ARG_FLAG, .sentence = "Print the small file of a format"},
    {.name = "json",
     .type = ARG_FLAG,
     .sentence = "Print the declarations of all commands, options and topics, or of one, as JSON"},
    {.name = "man", .type = ARG_FLAG, .sentence = "Print a manual page in roff"},
    {.name = "completion",
     .type = ARG_WORD,
     .value = "SHELL",
     .words = "bash|zsh|fish",
     .sentence = "Print a completion script instead"},
    {.name = "words",
     .type = ARG_WORD,
     .value = "LIST",
     .words = HELP_LISTS,
     .sentence = "Print the words of a list, one a line, instead"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_help = {
    .name = "help",
    .synopsis = "[COMMAND|TOPIC [ELEMENT]] [OPTIONS]\n--completion SHELL\n--words LIST",
    .sentence = "explain a command or a topic",
    .operands_max = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright help plan\n"
               "quaywright help scenario-xml call\n"
               "quaywright help plan-csv --sample\n"
               "quaywright help --words pages",
    .details = "The manual pages, the completion scripts and the JSON are made from the same\n"
               "declarations as this text.\n",
    .schemas = "help",
    .run = run,
};
