/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completion scripts for bash, zsh and fish from the declarations: commands, their fixed words,
 * options, values, topics, files by extension. Knows no command by name, help excepted: its
 * operands are the names of the others.
 */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

enum { EXTENSIONS_MAX = 128 };

/* What may stand for a value or an operand. */
typedef enum offer_kind {
    OFFER_NOTHING,
    OFFER_WORDS,
    OFFER_LIST,
    OFFER_FILES,
    OFFER_FOLDERS
} offer_kind;

typedef struct offer {
    offer_kind kind;
    const char *text; /* WORDS: "a|b|c"; LIST: name for `help --words`; FILES: "xml,json", "" all */
} offer;

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

static offer offer_of_option(const arg_decl *d)
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
static offer offer_of_operands(const cli_command *command, char *extensions, size_t capacity)
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

static int takes_value(const arg_decl *d)
{
    return d->type != ARG_FLAG;
}

/* "a|b" or "a,b" with another separator. */
static void put_split(textbuf *out, const char *text, char from, const char *to)
{
    for (const char *p = text; *p; p++)
        if (*p == from)
            textbuf_add(out, to);
        else
            textbuf_bytes(out, p, 1);
}

/* Inside single quotes of a shell. `drop` are characters the shell's own syntax takes. */
static void put_quoted(textbuf *out, const char *text, const char *drop)
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

static void put_actions(textbuf *out, const cli_command *command, const char *separator)
{
    size_t length;
    for (size_t i = 0; help_action(command, i, &length); i++)
        textbuf_printf(out, "%s%.*s", i > 0 ? separator : "", (int)length,
                       help_action(command, i, &length));
}

static int has_actions(const cli_command *command)
{
    size_t length;
    return help_action(command, 0, &length) != NULL;
}

static int is_help(const cli_command *command)
{
    return command == &cmd_help;
}

static void put_names(textbuf *out, const char *separator)
{
    for (size_t i = 0; cli_command_at(i); i++)
        textbuf_printf(out, "%s%s", i > 0 ? separator : "", cli_command_at(i)->name);
}

static void put_subjects(textbuf *out, const char *separator)
{
    put_names(out, separator);
    for (size_t i = 0; help_topic_at(i); i++)
        textbuf_printf(out, "%s%s", separator, help_topic_at(i)->name);
}

/* --- bash --- */

static const char bash_head[] =
    "# bash completion for quaywright. Made by 'quaywright help --completion bash'.\n"
    "\n"
    "_quaywright_words()\n"
    "{\n"
    "    local IFS=$' \\t\\n'\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$2\")\n"
    "}\n"
    "\n"
    "_quaywright_list()\n"
    "{\n"
    "    _quaywright_words \"$(\"${COMP_WORDS[0]}\" help --words \"$1\" 2>/dev/null)\" \"$2\"\n"
    "}\n"
    "\n"
    "_quaywright_folders()\n"
    "{\n"
    "    mapfile -t COMPREPLY < <(compgen -d -- \"$1\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n"
    "\n"
    "# Files of these extensions (none: all), and folders.\n"
    "_quaywright_files()\n"
    "{\n"
    "    local file\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r file; do\n"
    "        if [[ -z $1 || -d $file || $file =~ \\.($1)$ ]]; then\n"
    "            COMPREPLY+=(\"$file\")\n"
    "        fi\n"
    "    done < <(compgen -f -- \"$2\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n"
    "\n"
    "_quaywright()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} option='' command=${COMP_WORDS[1]}\n"
    "    COMPREPLY=()\n";

static const char bash_option[] = "    # --NAME=VALUE comes as three words.\n"
                                  "    if [[ $cur == = ]]; then\n"
                                  "        option=${COMP_WORDS[COMP_CWORD - 1]} cur=\n"
                                  "    elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then\n"
                                  "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
                                  "    elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == --* ]]; then\n"
                                  "        option=${COMP_WORDS[COMP_CWORD - 1]}\n"
                                  "    fi\n"
                                  "    case $command:$option in\n";

static void bash_offer(textbuf *out, offer o)
{
    switch (o.kind) {
    case OFFER_WORDS:
        textbuf_add(out, "_quaywright_words '");
        put_split(out, o.text, '|', " ");
        textbuf_add(out, "' \"$cur\"");
        break;
    case OFFER_LIST:
        textbuf_printf(out, "_quaywright_list %s \"$cur\"", o.text);
        break;
    case OFFER_FILES:
        textbuf_add(out, "_quaywright_files '");
        put_split(out, o.text, ',', "|");
        textbuf_add(out, "' \"$cur\"");
        break;
    case OFFER_FOLDERS:
        textbuf_add(out, "_quaywright_folders \"$cur\"");
        break;
    case OFFER_NOTHING:
        textbuf_add(out, ":");
    }
}

static void bash_values(textbuf *out)
{
    textbuf_add(out, bash_option);
    for (size_t c = 0; cli_command_at(c); c++) {
        const cli_command *command = cli_command_at(c);
        for (size_t i = 0; i < command->option_count; i++) {
            if (!takes_value(&command->options[i]))
                continue;
            textbuf_printf(out, "        %s:--%s) ", command->name, command->options[i].name);
            bash_offer(out, offer_of_option(&command->options[i]));
            textbuf_add(out, "; return ;;\n");
        }
    }
    textbuf_add(out, "    esac\n");
}

static void bash_options(textbuf *out)
{
    textbuf_add(out, "    if [[ $cur == -* ]]; then\n        case $command in\n");
    for (size_t c = 0; cli_command_at(c); c++) {
        const cli_command *command = cli_command_at(c);
        textbuf_printf(out, "            %s) _quaywright_words '", command->name);
        for (size_t i = 0; i < command->option_count; i++)
            textbuf_printf(out, "%s--%s", i > 0 ? " " : "", command->options[i].name);
        textbuf_add(out, "' \"$cur\" ;;\n");
    }
    textbuf_add(out, "        esac\n        return\n    fi\n");
}

static void bash_operands(textbuf *out)
{
    textbuf_add(out, "    case $command in\n");
    for (size_t c = 0; cli_command_at(c); c++) {
        const cli_command *command = cli_command_at(c);
        char extensions[EXTENSIONS_MAX];
        offer files = offer_of_operands(command, extensions, sizeof extensions);
        textbuf_printf(out, "        %s)\n", command->name);
        if (is_help(command)) {
            textbuf_add(out, "            if ((COMP_CWORD == 2)); then _quaywright_words '");
            put_subjects(out, " ");
            textbuf_add(out, "' \"$cur\"; else _quaywright_list elements \"$cur\"; fi ;;\n");
            continue;
        }
        if (has_actions(command)) {
            textbuf_add(out, "            if ((COMP_CWORD == 2)); then _quaywright_words '");
            put_actions(out, command, " ");
            textbuf_add(out, "' \"$cur\"; fi\n");
            textbuf_add(out, files.kind == OFFER_NOTHING
                                 ? "            return ;;\n"
                                 : "            ((COMP_CWORD > 2 || ${#COMPREPLY[@]} == 0)) && ");
            if (files.kind == OFFER_NOTHING)
                continue;
        } else {
            textbuf_add(out, "            ");
        }
        bash_offer(out, files);
        textbuf_add(out, " ;;\n");
    }
    textbuf_add(out, "    esac\n");
}

static void bash(textbuf *out)
{
    textbuf_add(out, bash_head);
    textbuf_add(out, "    if ((COMP_CWORD == 1)); then\n        _quaywright_words '");
    put_names(out, " ");
    textbuf_add(out, " --help --version' \"$cur\"\n        return\n    fi\n");
    bash_values(out);
    bash_options(out);
    bash_operands(out);
    textbuf_add(out, "}\n\ncomplete -F _quaywright quaywright\n");
}

/* --- zsh --- */

static void zsh_offer(textbuf *out, offer o)
{
    switch (o.kind) {
    case OFFER_WORDS:
        textbuf_add(out, "(");
        put_split(out, o.text, '|', " ");
        textbuf_add(out, ")");
        break;
    case OFFER_LIST:
        textbuf_printf(out, "{compadd -- ${(f)\"$($service help --words %s 2>/dev/null)\"}}",
                       o.text);
        break;
    case OFFER_FILES:
        textbuf_add(out, "_files");
        if (*o.text) {
            textbuf_add(out, " -g \"*.(");
            put_split(out, o.text, ',', "|");
            textbuf_add(out, ")(-.)\"");
        }
        break;
    case OFFER_FOLDERS:
        textbuf_add(out, "_files -/");
        break;
    case OFFER_NOTHING:
        textbuf_add(out, " ");
    }
}

static void zsh_option(textbuf *out, const arg_decl *d)
{
    textbuf_printf(out, " \\\n                '%s--%s%s[",
                   d->type == ARG_PAIR || d->type == ARG_MANY ? "*" : "", d->name,
                   takes_value(d) ? "=" : "");
    put_quoted(out, d->sentence, "[]:");
    textbuf_add(out, "]");
    if (takes_value(d)) {
        textbuf_add(out, ":");
        put_quoted(out, d->value, "[]:");
        textbuf_add(out, ":");
        zsh_offer(out, offer_of_option(d));
    }
    textbuf_add(out, "'");
}

static void zsh_command(textbuf *out, const cli_command *command)
{
    char extensions[EXTENSIONS_MAX];
    offer files = offer_of_operands(command, extensions, sizeof extensions);
    textbuf_printf(out, "        %s)\n            _arguments", command->name);
    for (size_t i = 0; i < command->option_count; i++)
        zsh_option(out, &command->options[i]);
    if (is_help(command)) {
        textbuf_add(out, " \\\n                '1:subject:(");
        put_subjects(out, " ");
        textbuf_add(out, ")' \\\n                '2:element:");
        zsh_offer(out, (offer){OFFER_LIST, "elements"});
        textbuf_add(out, "'");
    } else if (has_actions(command)) {
        textbuf_add(out, " \\\n                '1:action:(");
        put_actions(out, command, " ");
        textbuf_add(out, ")'");
    }
    if (!is_help(command) && files.kind != OFFER_NOTHING) {
        textbuf_add(out, " \\\n                '*:file:");
        zsh_offer(out, files);
        textbuf_add(out, "'");
    }
    textbuf_add(out, "\n            ;;\n");
}

static void zsh(textbuf *out)
{
    textbuf_add(out, "#compdef quaywright\n"
                     "# Made by 'quaywright help --completion zsh'.\n"
                     "\n"
                     "_quaywright()\n"
                     "{\n"
                     "    local curcontext=\"$curcontext\" state line\n"
                     "    local -a commands\n"
                     "    commands=(\n");
    for (size_t i = 0; cli_command_at(i); i++) {
        textbuf_printf(out, "        '%s:", cli_command_at(i)->name);
        put_quoted(out, cli_command_at(i)->sentence, ":");
        textbuf_add(out, "'\n");
    }
    textbuf_add(out, "    )\n"
                     "    _arguments -C '(- *)--version[Print the version]' \\\n"
                     "        '(- *)--help[Print the overview]' \\\n"
                     "        '1:command:->command' '*::argument:->argument'\n"
                     "    if [[ $state == command ]]; then\n"
                     "        _describe -t commands command commands\n"
                     "        return\n"
                     "    fi\n"
                     "    case $words[1] in\n");
    for (size_t i = 0; cli_command_at(i); i++)
        zsh_command(out, cli_command_at(i));
    textbuf_add(out, "    esac\n}\n\n_quaywright \"$@\"\n");
}

/* --- fish --- */

static void fish_offer(textbuf *out, offer o)
{
    switch (o.kind) {
    case OFFER_WORDS:
        textbuf_add(out, " -x -a '");
        put_split(out, o.text, '|', " ");
        textbuf_add(out, "'");
        break;
    case OFFER_LIST:
        textbuf_printf(out, " -x -a '(quaywright help --words %s 2>/dev/null)'", o.text);
        break;
    case OFFER_FILES:
        textbuf_add(out, " -r -F");
        break;
    case OFFER_FOLDERS:
        textbuf_add(out, " -x -a '(__fish_complete_directories)'");
        break;
    case OFFER_NOTHING:
        textbuf_add(out, " -x");
    }
}

static void fish_command(textbuf *out, const cli_command *command)
{
    char extensions[EXTENSIONS_MAX];
    offer files = offer_of_operands(command, extensions, sizeof extensions);
    textbuf_printf(out, "\ncomplete -c quaywright -n __fish_use_subcommand -a %s -d '",
                   command->name);
    put_quoted(out, command->sentence, "");
    textbuf_add(out, "'\n");
    for (size_t i = 0; i < command->option_count; i++) {
        const arg_decl *d = &command->options[i];
        textbuf_printf(out, "complete -c quaywright -n '__fish_seen_subcommand_from %s' -l %s -d '",
                       command->name, d->name);
        put_quoted(out, d->sentence, "");
        textbuf_add(out, "'");
        if (takes_value(d))
            fish_offer(out, offer_of_option(d));
        textbuf_add(out, "\n");
    }
    if (is_help(command) || has_actions(command)) {
        textbuf_printf(out, "complete -c quaywright -n '__fish_seen_subcommand_from %s' -a '",
                       command->name);
        if (is_help(command))
            put_subjects(out, " ");
        else
            put_actions(out, command, " ");
        textbuf_add(out, "'\n");
    }
    if (files.kind != OFFER_NOTHING)
        textbuf_printf(out, "complete -c quaywright -n '__fish_seen_subcommand_from %s' -F\n",
                       command->name);
}

static void fish(textbuf *out)
{
    textbuf_add(out, "# Made by 'quaywright help --completion fish'.\n"
                     "complete -c quaywright -f\n"
                     "complete -c quaywright -n __fish_use_subcommand -l version -d 'Print the "
                     "version'\n");
    for (size_t i = 0; cli_command_at(i); i++)
        fish_command(out, cli_command_at(i));
}

void help_completion(textbuf *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        bash(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else
        fish(out);
}
