/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of a command, parsed by their declarations. A name that is not declared gets its nearest
 * neighbour, a value out of bounds gets the bounds. Knows no command and none of the library.
 */
#include "cli/args.h"

#include "cli/number.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t find(const args *a, const char *name, size_t length)
{
    for (size_t i = 0; i < a->decl_count; i++)
        if (strlen(a->decl[i].name) == length && strncmp(a->decl[i].name, name, length) == 0)
            return i;
    return a->decl_count;
}

static void complain_unknown(const args *a, const char *name, size_t length, textbuf *problem)
{
    const char *names[ARGS_OPTIONS_MAX];
    char word[48];
    snprintf(word, sizeof word, "%.*s", (int)(length < 40 ? length : 40), name);
    for (size_t i = 0; i < a->decl_count; i++)
        names[i] = a->decl[i].name;
    textbuf_printf(problem, "there is no option --%s", word);
    size_t near = word_nearest(word, names, a->decl_count);
    if (near < a->decl_count)
        textbuf_printf(problem, "; did you mean --%s?", names[near]);
}

/* "-out" is meant as "--out". */
static void complain_dash(const args *a, const char *text, textbuf *problem)
{
    size_t length = strcspn(text + 1, "=");
    textbuf_printf(problem, "there is no option %s; options begin with two dashes", text);
    size_t which = find(a, text + 1, length);
    if (which < a->decl_count)
        textbuf_printf(problem, ": --%s", a->decl[which].name);
}

/* A word of "a|b|c"? */
static int listed(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = words; p; p = strchr(p, '|')) {
        if (*p == '|')
            p++;
        if (strncmp(p, word, length) == 0 && (p[length] == '|' || p[length] == '\0'))
            return length > 0;
    }
    return 0;
}

/* The nearest word of "a|b|c", or NULL. It is copied to `near`. */
static const char *nearest_listed(char *near, size_t capacity, const char *words, const char *word)
{
    size_t best_distance = SIZE_MAX;
    char candidate[48];
    const char *list[] = {candidate};
    for (const char *p = words; *p; p += *p == '|') {
        size_t length = strcspn(p, "|");
        snprintf(candidate, sizeof candidate, "%.*s", (int)length, p);
        p += length;
        if (word_nearest(word, list, 1) != 0 || word_distance(word, candidate) >= best_distance)
            continue;
        best_distance = word_distance(word, candidate);
        snprintf(near, capacity, "%s", candidate);
    }
    return best_distance < SIZE_MAX ? near : NULL;
}

static void complain_word(const arg_decl *d, const char *text, textbuf *problem)
{
    char near[48];
    textbuf_printf(problem, "--%s must be one of %s, not \"%s\"", d->name, d->words, text);
    if (nearest_listed(near, sizeof near, d->words, text))
        textbuf_printf(problem, "; did you mean %s?", near);
}

static const char *bound_text(char *text, size_t capacity, const arg_decl *d, int64_t value)
{
    if (d->type == ARG_DECIMAL && value % 1000 != 0)
        snprintf(text, capacity, "%lld.%03lld", (long long)(value / 1000),
                 (long long)(value % 1000));
    else
        snprintf(text, capacity, "%lld",
                 (long long)(d->type == ARG_DECIMAL ? value / 1000 : value));
    return text;
}

static int check_bounds(const arg_decl *d, int64_t from, int64_t to, const char *text,
                        textbuf *problem)
{
    char low[32], high[32];
    if (from >= d->min && to <= d->max)
        return 1;
    textbuf_printf(problem, "--%s %s is out of range; it must lie between %s and %s%s%s", d->name,
                   text, bound_text(low, sizeof low, d, d->min),
                   bound_text(high, sizeof high, d, d->max), d->unit ? " " : "",
                   d->unit ? d->unit : "");
    return 0;
}

static int check_value(const arg_decl *d, const char *text, textbuf *problem)
{
    int64_t from = 0, to = 0;
    switch (d->type) {
    case ARG_INT:
        if (!number_int(&from, text)) {
            textbuf_printf(problem, "--%s needs a whole number such as --%s %s, not \"%s\"",
                           d->name, d->name, d->fallback ? d->fallback : "7", text);
            return 0;
        }
        return check_bounds(d, from, from, text, problem);
    case ARG_DECIMAL:
        if (!number_milli(&from, text)) {
            textbuf_printf(problem, "--%s needs a number such as 2 or 0.5, not \"%s\"", d->name,
                           text);
            return 0;
        }
        return check_bounds(d, from, from, text, problem);
    case ARG_RANGE:
        if (!number_range(&from, &to, text)) {
            textbuf_printf(problem, "--%s needs a range such as 1..10, not \"%s\"", d->name, text);
            return 0;
        }
        return check_bounds(d, from, to, text, problem);
    case ARG_WORD:
        if (!listed(d->words, text)) {
            complain_word(d, text, problem);
            return 0;
        }
        return 1;
    case ARG_PAIR:
        if (!strchr(text, '=') || text[0] == '=') {
            textbuf_printf(problem, "--%s needs %s, not \"%s\"; is --%s %s=VALUE meant?", d->name,
                           d->value, text, d->name, text[0] == '=' ? "NAME" : text);
            return 0;
        }
        return 1;
    case ARG_TEXT:
    case ARG_MANY:
        if (text[0] == '\0') {
            textbuf_printf(problem, "--%s needs a value, not an empty text", d->name);
            return 0;
        }
        return 1;
    case ARG_FLAG:
        break;
    }
    return 1;
}

static int store(args *a, size_t which, const char *value, textbuf *problem)
{
    const arg_decl *d = &a->decl[which];
    if (value && !check_value(d, value, problem))
        return 0;
    if (d->type == ARG_PAIR || d->type == ARG_MANY) {
        size_t *count = d->type == ARG_PAIR ? &a->pair_count : &a->many_count;
        if (*count == ARGS_REPEAT_MAX) {
            textbuf_printf(problem, "--%s may be given %d times at most", d->name, ARGS_REPEAT_MAX);
            return 0;
        }
        (d->type == ARG_PAIR ? a->pair : a->many)[(*count)++] = value;
    } else if (a->text[which]) {
        textbuf_printf(problem, "--%s is given twice; leave one of them out", d->name);
        return 0;
    }
    a->text[which] = value ? value : "";
    return 1;
}

/* Parses argv[*at], an option, and moves *at to the last argument it took. */
static int parse_option(args *a, int argc, char **argv, int *at, textbuf *problem)
{
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    size_t which = find(a, name, length);
    if (which == a->decl_count) {
        complain_unknown(a, name, length, problem);
        return 0;
    }
    const arg_decl *d = &a->decl[which];
    if (d->type == ARG_FLAG) {
        if (equals)
            textbuf_printf(problem, "--%s takes no value; write --%s alone", d->name, d->name);
        return !equals && store(a, which, NULL, problem);
    }
    if (equals)
        return store(a, which, equals + 1, problem);
    if (*at + 1 >= argc) {
        textbuf_printf(problem, "--%s needs a value: --%s %s", d->name, d->name, d->value);
        return 0;
    }
    ++*at;
    return store(a, which, argv[*at], problem);
}

int args_parse(args *out, const char *command, const arg_decl *decl, size_t decl_count, int argc,
               char **argv, textbuf *problem)
{
    int only_operands = 0;
    assert(decl_count <= ARGS_OPTIONS_MAX);
    *out = (args){.command = command, .decl = decl, .decl_count = decl_count};
    out->operand = calloc((size_t)argc + 1, sizeof *out->operand);
    if (!out->operand) {
        textbuf_add(problem, "out of memory");
        return 0;
    }
    for (int i = 0; i < argc; i++) {
        const char *text = argv[i];
        if (only_operands || text[0] != '-' || text[1] == '\0') {
            out->operand[out->operand_count++] = text;
        } else if (strcmp(text, "--") == 0) {
            only_operands = 1;
        } else if (strcmp(text, "-h") == 0) {
            size_t which = find(out, "help", 4);
            if (which < decl_count)
                out->text[which] = "";
        } else if (text[1] != '-') {
            complain_dash(out, text, problem);
            return 0;
        } else if (!parse_option(out, argc, argv, &i, problem)) {
            return 0;
        }
    }
    return 1;
}

void args_free(args *a)
{
    free(a->operand);
    a->operand = NULL;
}

static size_t declared(const args *a, const char *name)
{
    size_t which = find(a, name, strlen(name));
    assert(which < a->decl_count);
    return which;
}

int args_given(const args *a, const char *name)
{
    return a->text[declared(a, name)] != NULL;
}

const char *args_text(const args *a, const char *name)
{
    size_t which = declared(a, name);
    return a->text[which] ? a->text[which] : a->decl[which].fallback;
}

int64_t args_int(const args *a, const char *name)
{
    int64_t value = 0;
    const arg_decl *d = &a->decl[declared(a, name)];
    const char *text = args_text(a, name);
    int ok =
        text && (d->type == ARG_DECIMAL ? number_milli(&value, text) : number_int(&value, text));
    assert(ok);
    return ok ? value : 0;
}

void args_range(const args *a, const char *name, int64_t *from, int64_t *to)
{
    const char *text = args_text(a, name);
    int ok = text && number_range(from, to, text);
    assert(ok);
    (void)ok;
}

void args_describe(textbuf *out, const arg_decl *decl, size_t decl_count)
{
    enum { COLUMN = 26, WIDTH = 96 };
    for (size_t i = 0; i < decl_count; i++) {
        const arg_decl *d = &decl[i];
        textbuf sentence = {0};
        size_t before = out->length;
        textbuf_printf(out, "  --%s%s%s", d->name, d->value ? " " : "", d->value ? d->value : "");
        size_t used = out->length - before;
        textbuf_add(&sentence, d->sentence);
        if (d->type == ARG_WORD)
            textbuf_printf(&sentence, " (%s)", d->words);
        if (d->unit)
            textbuf_printf(&sentence, " [%s]", d->unit);
        if (d->fallback)
            textbuf_printf(&sentence, "; default %s", d->fallback);
        if (sentence.failed) {
            out->failed = 1;
        } else if (used + 2 > COLUMN) {
            textbuf_add(out, "\n");
            textbuf_wrap(out, sentence.data, COLUMN, WIDTH);
        } else {
            textbuf lines = {0};
            textbuf_wrap(&lines, sentence.data, COLUMN, WIDTH);
            if (lines.failed)
                out->failed = 1;
            else
                textbuf_add(out, lines.data + used);
            textbuf_free(&lines);
        }
        textbuf_free(&sentence);
    }
}
