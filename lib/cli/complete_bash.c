/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The completion script of bash: options and words from the declarations, without the package
 * bash-completion. Knows no command by name.
 */
#include "cli/complete.h"

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

void complete_bash(textbuf *out)
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
