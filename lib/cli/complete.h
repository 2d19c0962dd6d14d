/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may be offered for a value or an operand, by its declaration; the scripts of the shells
 * spell it each in its own way.
 */
#ifndef QWR_CLI_COMPLETE_H
#define QWR_CLI_COMPLETE_H

#include "cli/help.h"

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

offer offer_of_option(const arg_decl *d);
/** All extensions of the files that the synopsis names, in `extensions`; "" if one may be any. */
offer offer_of_operands(const cli_command *command, char *extensions, size_t capacity);

int takes_value(const arg_decl *d);
int has_actions(const cli_command *command);
int is_help(const cli_command *command);

/** "a|b" or "a,b" with another separator. */
void put_split(textbuf *out, const char *text, char from, const char *to);
/** Inside single quotes of a shell. `drop` are characters the shell's own syntax takes. */
void put_quoted(textbuf *out, const char *text, const char *drop);
/** Fixed first operands; names of commands; those and topics. */
void put_actions(textbuf *out, const cli_command *command, const char *separator);
void put_names(textbuf *out, const char *separator);
void put_subjects(textbuf *out, const char *separator);

/* One file a shell, but zsh and fish. */
void complete_bash(textbuf *out);
void complete_zsh(textbuf *out);
void complete_fish(textbuf *out);

#endif
