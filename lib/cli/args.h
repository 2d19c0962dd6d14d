/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of a command: declared once in a table that parses them, bounds them, and prints their
 * help. Knows no command and none of the library.
 */
#ifndef QWR_CLI_ARGS_H
#define QWR_CLI_ARGS_H

#include "cli/textbuf.h"

#include <stddef.h>
#include <stdint.h>

enum { ARGS_OPTIONS_MAX = 32, ARGS_REPEAT_MAX = 32 };

typedef enum arg_type {
    ARG_FLAG = 0, /* --json */
    ARG_INT,      /* --seed 7 */
    ARG_DECIMAL,  /* --deadline 2.5; kept, and bounded, in thousandths */
    ARG_RANGE,    /* --seeds 1..10 */
    ARG_TEXT,     /* --out DIR */
    ARG_WORD,     /* --simd avx2; one of `words` */
    ARG_PAIR,     /* --option NAME=VALUE; may be repeated */
    ARG_MANY      /* --vary TEXT; may be repeated */
} arg_type;

typedef struct arg_decl {
    const char *name; /* without the two dashes */
    arg_type type;
    const char *value;    /* how the value is called in the synopsis, NULL for a flag */
    const char *unit;     /* NULL: none */
    int64_t min, max;     /* INT and RANGE; DECIMAL in thousandths */
    const char *words;    /* WORD: "a|b|c" */
    const char *fallback; /* value when not given, as text; NULL: none */
    const char *sentence; /* what it does, without the final full stop */
    /* What a shell offers for the value, where `value` does not say it ("FILE", "DIR"): the name of
       a list of `help --words`, or "@xml,json" for files of these extensions; NULL: by `value`. */
    const char *completes;
} arg_decl;

typedef struct args {
    const char *command;
    const arg_decl *decl;
    size_t decl_count;
    const char *text[ARGS_OPTIONS_MAX]; /* NULL: not given */
    const char *pair[ARGS_REPEAT_MAX];  /* values of the ARG_PAIR option, in order */
    size_t pair_count;
    const char *many[ARGS_REPEAT_MAX]; /* values of the ARG_MANY option, in order */
    size_t many_count;
    const char **operand; /* the arguments that are no options, NULL-terminated */
    size_t operand_count;
} args;

/**
 * Parses `argv`. The strings stay borrowed from it; args_free() releases the list of operands.
 * @param problem  gets a sentence on failure.
 * @return 1 if everything fits its declaration.
 */
int args_parse(args *out, const char *command, const arg_decl *decl, size_t decl_count, int argc,
               char **argv, textbuf *problem);
void args_free(args *a);

/* By name; the name must be declared. What was not given has the declared fallback. */
int args_given(const args *a, const char *name);
int64_t args_int(const args *a, const char *name); /* INT; DECIMAL in thousandths */
void args_range(const args *a, const char *name, int64_t *from, int64_t *to);
const char *args_text(const args *a, const char *name); /* NULL: neither given nor a fallback */

/** Adds the table of options, as `help COMMAND` prints it. */
void args_describe(textbuf *out, const arg_decl *decl, size_t decl_count);

#endif
