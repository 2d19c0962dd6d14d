/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a shell offers, from the declarations: words, lists to ask for, files by extension. Knows no
 * shell's syntax, and no command by name, help excepted: its operands are the names of the others.
 */
#include "cli/complete.h"

#include <stdio.h>
#include <string.h>

/* By the name that the synopsis gives it. */
static offer offer_of_name(const char *name, size_t length)
{
    static const struct {
        const char *name;
        offer offer;
    } known[] = {
        {"DIR", {OFFER_FOLDERS, ""}},
        {"FILE", {OFFER_FILES, ""}},
        {"PLAN", {OFFER_FILES, "xml,json,csv"}},
        {"SCENARIO", {OFFER_FILES, "xml,txt,json,dat"}},
        {"CSV", {OFFER_FILES, "csv"}},
        {"FILE.so", {OFFER_FILES, "so"}},
        {"STORE", {OFFER_FOLDERS, ""}},
        {"SVG", {OFFER_FILES, "svg"}},
        {"IN", {OFFER_FILES, ""}},
        {"OUT", {OFFER_FILES, ""}},
        {"OUT.xml", {OFFER_FILES, "xml"}},
        {"FILE.html", {OFFER_FILES, "html,svg"}},
    };
    if (length > 2 && name[length - 2] == '_') /* PLAN_A and PLAN_B are plans */
        length -= 2;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == length && strncmp(known[i].name, name, length) == 0)
            return known[i].offer;
    return (offer){OFFER_NOTHING, ""};
}

offer offer_of_option(const arg_decl *d)
{
    if (d->completes && d->completes[0] == '@')
        return (offer){OFFER_FILES, d->completes + 1};
    if (d->completes)
        return (offer){OFFER_LIST, d->completes};
    if (d->type == ARG_WORD)
        return (offer){OFFER_WORDS, d->words};
    if (d->type == ARG_PAIR)
        return (offer){OFFER_LIST, "options"};
    if (d->type != ARG_TEXT || !d->value)
        return (offer){OFFER_NOTHING, ""};
    return offer_of_name(d->value, strcspn(d->value, "|"));
}

/* The name of the next operand in a synopsis from *at on; options and their values are passed over.
   NULL at the end. */
static const char *next_operand(const char **at, size_t *length)
{
    for (const char *p = *at; *p;) {
        p += strspn(p, " \n|.[]");
        const char *name = p;
        *length = strcspn(p, " \n|[]");
        p += *length;
        if (name[0] == '-') {
            if (*p == ' ' && p[1] != '-' && p[1] != '[')
                p += 1 + strcspn(p + 1, " \n]");
            continue;
        }
        while (*length > 0 && name[*length - 1] == '.')
            --*length;
        *at = p;
        return *length > 0 ? name : NULL;
    }
    return NULL;
}

/* All extensions of the files that the synopsis names, in `extensions`; "" if one may be any. */
offer offer_of_operands(const cli_command *command, char *extensions, size_t capacity)
{
    offer result = {OFFER_NOTHING, extensions};
    const char *at = command->synopsis, *name;
    size_t length;
    extensions[0] = '\0';
    if (command->files)
        return (offer){OFFER_FILES, command->files};
    while ((name = next_operand(&at, &length))) {
        offer here = offer_of_name(name, length);
        size_t used = strlen(extensions);
        if (here.kind == OFFER_NOTHING)
            continue;
        if (here.kind == OFFER_FOLDERS || !*here.text)
            return (offer){OFFER_FILES, ""};
        result.kind = OFFER_FILES;
        snprintf(extensions + used, capacity - used, "%s%s", used > 0 ? "," : "", here.text);
    }
    return result;
}

int takes_value(const arg_decl *d)
{
    return d->type != ARG_FLAG;
}

/* "a|b" or "a,b" with another separator. */
void put_split(textbuf *out, const char *text, char from, const char *to)
{
    for (const char *p = text; *p; p++)
        if (*p == from)
            textbuf_add(out, to);
        else
            textbuf_bytes(out, p, 1);
}

/* Inside single quotes of a shell. `drop` are characters the shell's own syntax takes. */
void put_quoted(textbuf *out, const char *text, const char *drop)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            textbuf_add(out, "'\\''");
        else if (strchr(drop, *p))
            textbuf_printf(out, "\\%c", *p);
        else
            textbuf_bytes(out, p, 1);
    }
}

void put_actions(textbuf *out, const cli_command *command, const char *separator)
{
    size_t length;
    for (size_t i = 0; help_action(command, i, &length); i++)
        textbuf_printf(out, "%s%.*s", i > 0 ? separator : "", (int)length,
                       help_action(command, i, &length));
}

int has_actions(const cli_command *command)
{
    size_t length;
    return help_action(command, 0, &length) != NULL;
}

int is_help(const cli_command *command)
{
    return command == &cmd_help;
}

void put_names(textbuf *out, const char *separator)
{
    for (size_t i = 0; cli_command_at(i); i++)
        textbuf_printf(out, "%s%s", i > 0 ? separator : "", cli_command_at(i)->name);
}

void put_subjects(textbuf *out, const char *separator)
{
    put_names(out, separator);
    for (size_t i = 0; help_topic_at(i); i++)
        textbuf_printf(out, "%s%s", separator, help_topic_at(i)->name);
}

void help_completion(textbuf *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        complete_bash(out);
    else if (strcmp(shell, "zsh") == 0)
        complete_zsh(out);
    else
        complete_fish(out);
}
