/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spellings of the declarations of commands, options and topics: text, manual pages, JSON, and
 * completion scripts. All come from the same tables, so that none says what another does not.
 */
#ifndef QWR_CLI_HELP_H
#define QWR_CLI_HELP_H

#include "cli/cli.h"
#include "cli/help_topics.h"

/** Of nothing (the overview), a command, a topic, or both of one name; `part` is an element, option
    or rule of a topic, or NULL. */
typedef struct help_subject {
    const cli_command *command;
    const help_topic *topic;
} help_subject;

/* --- text, in help_text.c --- */

void help_overview(textbuf *out);
void help_command_text(textbuf *out, const cli_command *command);
/** Text of the topic without its sample and examples. */
qwr_status help_topic_body(textbuf *out, qwr_context *ctx, const help_topic *topic);
qwr_status help_topic_text(textbuf *out, qwr_context *ctx, const help_topic *topic);

/** A synopsis or example, line by line: the next line's length goes to *length; NULL at the end. */
const char *help_line(const char *lines, size_t *length);
const char *help_line_next(const char *line, size_t length);

/* --- other spellings --- */

/** A manual page in roff, in help_man.c. The subject is empty for quaywright(1). */
qwr_status help_man(textbuf *out, qwr_context *ctx, help_subject subject);
/** Section of the page of this subject; 0: it has none. */
int help_man_section(help_subject subject);

/** Declarations for programs, in help_json.c: of everything, or of the subject with its text. */
qwr_status help_json(textbuf *out, qwr_context *ctx, help_subject subject);

/** A script for "bash", "zsh" or "fish", in complete.c. */
void help_completion(textbuf *out, const char *shell);
/** Words of a list, one a line, in complete_words.c. */
cli_exit help_words(textbuf *out, qwr_context *ctx, const char *list);
#define HELP_LISTS                                                                                 \
    "commands|topics|pages|profiles|plugins|solvers|optimisers|forecasts|options|rules|elements"

/** First operands of a command that are fixed words, such as list and check: the i-th one's length
    goes to *length; NULL past the end. */
const char *help_action(const cli_command *command, size_t i, size_t *length);

#endif
