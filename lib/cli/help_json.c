/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The declarations for programs: wrappers can offer the same commands, options and bounds. Knows no
 * command and no topic by name.
 */
#include "cli/help.h"

#include <string.h>

static const char *type_name(arg_type type)
{
    switch (type) {
    case ARG_FLAG:
        return "flag";
    case ARG_INT:
        return "int";
    case ARG_DECIMAL:
        return "decimal";
    case ARG_RANGE:
        return "range";
    case ARG_WORD:
        return "word";
    case ARG_PAIR:
    case ARG_MANY:
        return "pair";
    case ARG_TEXT:
        break;
    }
    return "text";
}

/* Parts of a text between separators, as a list. */
static void put_parts(json_out *json, const char *key, const char *text, char separator)
{
    const char stop[] = {separator, '\0'};
    json_list(json, key);
    for (const char *p = text; p && *p; p += *p == separator) {
        size_t length = strcspn(p, stop);
        textbuf part = {0};
        textbuf_bytes(&part, p, length);
        if (part.failed)
            json->text.failed = 1;
        else
            json_string(json, NULL, part.data);
        textbuf_free(&part);
        p += length;
    }
    json_list_end(json);
}

static void put_bound(json_out *json, const char *key, const arg_decl *d, int64_t value)
{
    if (d->type == ARG_INT || d->type == ARG_RANGE)
        json_int(json, key, value);
    else if (d->type == ARG_DECIMAL)
        json_milli(json, key, value);
    else
        json_null(json, key);
}

static void put_option(json_out *json, const arg_decl *d)
{
    json_object(json, NULL);
    json_string(json, "name", d->name);
    json_string(json, "type", type_name(d->type));
    json_string(json, "value", d->value);
    json_string(json, "unit", d->unit);
    put_bound(json, "min", d, d->min);
    put_bound(json, "max", d, d->max);
    put_parts(json, "words", d->words, '|');
    json_string(json, "default", d->fallback);
    json_bool(json, "repeats", d->type == ARG_PAIR || d->type == ARG_MANY);
    json_string(json, "sentence", d->sentence);
    json_object_end(json);
}

static void put_command(json_out *json, const cli_command *command)
{
    size_t length;
    json_object(json, NULL);
    json_string(json, "name", command->name);
    json_string(json, "sentence", command->sentence);
    put_parts(json, "synopsis", command->synopsis, '\n');
    json_list(json, "actions");
    for (size_t i = 0; help_action(command, i, &length); i++) {
        textbuf word = {0};
        textbuf_bytes(&word, help_action(command, i, &length), length);
        if (!word.failed)
            json_string(json, NULL, word.data);
        textbuf_free(&word);
    }
    json_list_end(json);
    json_int(json, "operands_min", (int64_t)command->operands_min);
    if (command->operands_max == SIZE_MAX)
        json_null(json, "operands_max");
    else
        json_int(json, "operands_max", (int64_t)command->operands_max);
    json_list(json, "options");
    for (size_t i = 0; i < command->option_count; i++)
        put_option(json, &command->options[i]);
    json_list_end(json);
    json_string(json, "details", command->details);
    put_parts(json, "examples", command->example, '\n');
    put_parts(json, "schemas", command->schemas, ' ');
    json_object_end(json);
}

static qwr_status put_topic(json_out *json, qwr_context *ctx, const help_topic *topic,
                            int with_text)
{
    textbuf text = {0};
    qwr_status status = with_text ? help_topic_body(&text, ctx, topic) : QWR_OK;
    json_object(json, NULL);
    json_string(json, "name", topic->name);
    json_string(json, "sentence", topic->sentence);
    if (topic->section > 0)
        json_int(json, "section", topic->section);
    else
        json_null(json, "section");
    json_string(json, "text", text.data);
    json_string(json, "sample", topic->sample);
    put_parts(json, "examples", topic->example, '\n');
    json_object_end(json);
    if (text.failed)
        json->text.failed = 1;
    textbuf_free(&text);
    return status;
}

static void put_exits(json_out *json)
{
    json_list(json, "exit_codes");
    for (size_t i = 0; cli_exit_at(i); i++) {
        json_object(json, NULL);
        json_int(json, "code", cli_exit_at(i)->code);
        json_string(json, "name", cli_exit_at(i)->name);
        json_string(json, "sentence", cli_exit_at(i)->sentence);
        json_object_end(json);
    }
    json_list_end(json);
}

qwr_status help_json(textbuf *out, qwr_context *ctx, help_subject subject)
{
    json_out json = {0};
    qwr_status status = QWR_OK;
    int all = !subject.command && !subject.topic;
    json_object(&json, NULL);
    json_string(&json, "version", qwr_version());
    json_list(&json, "commands");
    for (size_t i = 0; cli_command_at(i); i++)
        if (all || cli_command_at(i) == subject.command)
            put_command(&json, cli_command_at(i));
    json_list_end(&json);
    json_list(&json, "topics");
    for (size_t i = 0; help_topic_at(i) && status == QWR_OK; i++)
        if (all || help_topic_at(i) == subject.topic)
            status = put_topic(&json, ctx, help_topic_at(i), !all);
    json_list_end(&json);
    put_exits(&json);
    json_object_end(&json);
    *out = json.text;
    return status;
}
