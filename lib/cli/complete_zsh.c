/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The completion scripts of zsh and fish, which explain each option beside its name. Knows no
 * command by name.
 */
#include "cli/complete.h"

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

void complete_zsh(textbuf *out)
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

void complete_fish(textbuf *out)
{
    textbuf_add(out, "# Made by 'quaywright help --completion fish'.\n"
                     "complete -c quaywright -f\n"
                     "complete -c quaywright -n __fish_use_subcommand -l version -d 'Print the "
                     "version'\n");
    for (size_t i = 0; cli_command_at(i); i++)
        fish_command(out, cli_command_at(i));
}
