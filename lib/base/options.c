/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Declared options of a context: name order, ranges, nearest names. Must never read a value that
 * was not declared, and never know what an option does.
 */
#include "base/context_private.h"

#include <stdio.h>
#include <string.h>

#define WHERE "base.options"

static void free_option(qwr_context *ctx, qwr__option *option)
{
    if (option == NULL)
        return;
    const char *strings[] = {option->decl.name, option->decl.unit, option->decl.default_text,
                             option->decl.words, option->decl.sentence};
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        qwr__free(ctx, (void *)(uintptr_t)strings[i]);
    qwr__free(ctx, option->text);
    qwr__free(ctx, option);
}

void qwr__options_free(qwr_context *ctx)
{
    for (size_t i = 0; i < ctx->option_count; i++)
        free_option(ctx, ctx->options[i]);
    qwr__free(ctx, ctx->options);
    ctx->options = NULL;
    ctx->option_count = 0;
    ctx->option_capacity = 0;
}

/* Index of the first option whose name is not below `name`. */
static size_t lower_bound(const qwr_context *ctx, const char *name)
{
    size_t low = 0;
    size_t high = ctx->option_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(ctx->options[middle]->decl.name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static qwr__option *find(const qwr_context *ctx, const char *name)
{
    size_t i = lower_bound(ctx, name);

    if (i < ctx->option_count && strcmp(ctx->options[i]->decl.name, name) == 0)
        return ctx->options[i];
    return NULL;
}

/* Whether `value` is one of "a|b|c". */
static bool has_word(const char *words, const char *value)
{
    size_t length = strlen(value);

    while (length > 0 && *words != '\0') {
        size_t word = strcspn(words, "|");
        if (word == length && memcmp(words, value, length) == 0)
            return true;
        words += word;
        words += *words == '|';
    }
    return false;
}

/* Copies the words one by one: qwr__nearest() wants them apart. */
static bool nearest_word(char *nearest, size_t capacity, const char *words, const char *value)
{
    char all[16][32];
    const char *list[17];
    size_t count = 0;

    while (*words != '\0' && count < 16) {
        size_t length = strcspn(words, "|");
        if (length < sizeof all[0]) {
            memcpy(all[count], words, length);
            all[count][length] = '\0';
            list[count] = all[count];
            count++;
        }
        words += length;
        words += *words == '|';
    }
    list[count] = NULL;
    const char *word = qwr__nearest(value, list);
    if (word != NULL)
        snprintf(nearest, capacity, "%s", word);
    return word != NULL;
}

static bool parse_bool(int64_t *value, const char *text)
{
    if (strcmp(text, "1") == 0 || strcmp(text, "yes") == 0 || strcmp(text, "true") == 0) {
        *value = 1;
        return true;
    }
    if (strcmp(text, "0") == 0 || strcmp(text, "no") == 0 || strcmp(text, "false") == 0) {
        *value = 0;
        return true;
    }
    return false;
}

static qwr_status check_int(qwr_context *ctx, const qwr_option_decl *decl, const char *text,
                            int64_t *value)
{
    if (qwr__parse_int(value, text) && *value >= decl->min_int && *value <= decl->max_int)
        return QWR_OK;
    return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                     "option %s: \"%s\" is not a whole number from %lld to %lld%s%s", decl->name,
                     text, (long long)decl->min_int, (long long)decl->max_int,
                     decl->unit[0] != '\0' ? " " : "", decl->unit);
}

static qwr_status check_word(qwr_context *ctx, const qwr_option_decl *decl, const char *text)
{
    char nearest[32];

    if (has_word(decl->words, text))
        return QWR_OK;
    if (nearest_word(nearest, sizeof nearest, decl->words, text))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "option %s: \"%s\" is none of %s; did you mean \"%s\"?", decl->name, text,
                         decl->words, nearest);
    return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "option %s: \"%s\" is none of %s", decl->name,
                     text, decl->words);
}

/* Checks text against a declaration; INT and BOOL also give a value. */
static qwr_status check_value(qwr_context *ctx, const qwr_option_decl *decl, const char *text,
                              int64_t *value)
{
    *value = 0;
    switch (decl->type) {
    case QWR_OPTION_INT:
        return check_int(ctx, decl, text, value);
    case QWR_OPTION_BOOL:
        if (parse_bool(value, text))
            return QWR_OK;
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "option %s: \"%s\" is none of yes, no, true, false, 1, 0", decl->name,
                         text);
    case QWR_OPTION_TEXT:
        return QWR_OK;
    case QWR_OPTION_WORD:
        return check_word(ctx, decl, text);
    }
    return QWR_EINVAL;
}

/* Stores a checked value; INT and BOOL in one spelling. The old value stays on failure. */
static qwr_status store(qwr_context *ctx, qwr__option *option, const char *text, int64_t value)
{
    char number[32];

    if (option->decl.type == QWR_OPTION_INT || option->decl.type == QWR_OPTION_BOOL) {
        qwr__format_fixed(number, sizeof number, value, 0);
        text = number;
    }
    char *copy = qwr__strdup(ctx, text);
    if (copy == NULL)
        return qwr__no_memory(ctx, WHERE);
    qwr__free(ctx, option->text);
    option->text = copy;
    option->value = value;
    return QWR_OK;
}

static qwr_status check_decl(qwr_context *ctx, const qwr_option_decl *decl)
{
    const char *reason = NULL;

    if (decl->name == NULL || decl->name[0] == '\0')
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "an option has no name");
    if (decl->name[strspn(decl->name, "abcdefghijklmnopqrstuvwxyz0123456789_.-")] != '\0')
        reason = "its name may hold a-z, 0-9, '_', '.' and '-' only";
    else if (decl->type == QWR_OPTION_INT &&
             (decl->min_int > decl->max_int || decl->default_int < decl->min_int ||
              decl->default_int > decl->max_int))
        reason = "its default does not lie between its bounds";
    else if (decl->type == QWR_OPTION_BOOL && decl->default_int != 0 && decl->default_int != 1)
        reason = "its default must be 0 or 1";
    else if (decl->type == QWR_OPTION_WORD && (decl->words == NULL || decl->default_text == NULL ||
                                               !has_word(decl->words, decl->default_text)))
        reason = "its default is not one of its words";
    else if ((unsigned)decl->type > QWR_OPTION_WORD)
        reason = "its type is unknown";
    if (reason == NULL)
        return QWR_OK;
    return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "option %.100s is declared wrongly: %s",
                     decl->name, reason);
}

/* Absent texts become "", so that no reader has to look. */
static bool copy_text(qwr_context *ctx, const char **to, const char *from)
{
    *to = qwr__strdup(ctx, from != NULL ? from : "");
    return *to != NULL;
}

static char *full_name(qwr_context *ctx, const char *prefix, const char *name)
{
    if (prefix == NULL)
        return qwr__strdup(ctx, name);
    size_t bytes = strlen(prefix) + 1 + strlen(name) + 1;
    char *full = qwr__alloc(ctx, bytes, 1);
    if (full != NULL)
        snprintf(full, bytes, "%s.%s", prefix, name);
    return full;
}

static qwr__option *new_option(qwr_context *ctx, const char *prefix, const qwr_option_decl *decl)
{
    qwr__option *option = qwr__alloc(ctx, 1, sizeof *option);

    if (option == NULL)
        return NULL;
    option->decl = *decl;
    option->decl.size = sizeof option->decl;
    option->decl.unit = NULL;
    option->decl.default_text = NULL;
    option->decl.words = NULL;
    option->decl.sentence = NULL;
    option->decl.name = full_name(ctx, prefix, decl->name);
    if (option->decl.name == NULL || !copy_text(ctx, &option->decl.unit, decl->unit) ||
        !copy_text(ctx, &option->decl.default_text, decl->default_text) ||
        !copy_text(ctx, &option->decl.words, decl->words) ||
        !copy_text(ctx, &option->decl.sentence, decl->sentence) ||
        store(ctx, option, option->decl.default_text, decl->default_int) != QWR_OK) {
        free_option(ctx, option);
        return NULL;
    }
    return option;
}

static qwr_status declare(qwr_context *ctx, const char *prefix, const qwr_option_decl *given)
{
    qwr_option_decl decl = {0};
    void *array = ctx->options;

    memcpy(&decl, given, given->size < sizeof decl ? given->size : sizeof decl);
    QWR_TRY(check_decl(ctx, &decl));
    qwr__option *option = new_option(ctx, prefix, &decl);
    if (option == NULL)
        return qwr__no_memory(ctx, WHERE);
    size_t at = lower_bound(ctx, option->decl.name);
    qwr_status status = QWR_OK;
    if (find(ctx, option->decl.name) != NULL)
        status = qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "option %.200s is declared twice",
                           option->decl.name);
    else
        status = qwr__reserve(ctx, &array, &ctx->option_capacity, ctx->option_count + 1,
                              sizeof(qwr__option *));
    if (status != QWR_OK) {
        free_option(ctx, option);
        return status;
    }
    ctx->options = array;
    memmove(ctx->options + at + 1, ctx->options + at,
            (ctx->option_count - at) * sizeof(qwr__option *));
    ctx->options[at] = option;
    ctx->option_count++;
    return QWR_OK;
}

/* Takes back the first `count` declarations. Prefix and name are compared one after the other, so
 * that taking back never needs memory. */
static void take_back(qwr_context *ctx, const char *prefix, const qwr_option_decl *decls,
                      size_t count)
{
    size_t kept = 0;
    size_t prefix_length = prefix != NULL ? strlen(prefix) + 1 : 0;

    for (size_t i = 0; i < ctx->option_count; i++) {
        qwr__option *option = ctx->options[i];
        bool ours = false;
        for (size_t j = 0; j < count && !ours; j++)
            ours = strlen(option->decl.name) > prefix_length &&
                   (prefix == NULL || strncmp(option->decl.name, prefix, prefix_length - 1) == 0) &&
                   strcmp(option->decl.name + prefix_length, decls[j].name) == 0;
        if (ours)
            free_option(ctx, option);
        else
            ctx->options[kept++] = option;
    }
    ctx->option_count = kept;
}

qwr_status qwr__options_declare(qwr_context *ctx, const char *prefix, const qwr_option_decl *decls,
                                size_t count)
{
    for (size_t i = 0; i < count; i++) {
        qwr_status status = declare(ctx, prefix, &decls[i]);
        if (status != QWR_OK) {
            take_back(ctx, prefix, decls, i);
            return status;
        }
    }
    return QWR_OK;
}

int64_t qwr__option_int(const qwr_context *ctx, const char *name)
{
    const qwr__option *option = find(ctx, name);

    return option != NULL ? option->value : 0;
}

const char *qwr__option_text(const qwr_context *ctx, const char *name)
{
    const qwr__option *option = find(ctx, name);

    return option != NULL ? option->text : NULL;
}

/* The nearest option by name, tried one at a time: no list has to be made. */
static const char *nearest_name(const qwr_context *ctx, const char *name)
{
    const char *pair[3] = {NULL, NULL, NULL};

    for (size_t i = 0; i < ctx->option_count; i++) {
        pair[pair[0] != NULL] = ctx->options[i]->decl.name;
        pair[0] = qwr__nearest(name, pair);
        pair[1] = NULL;
    }
    return pair[0];
}

/* Options of the plugin named before the dot, in the order they were declared; "" if it has none.
 */
static void list_of_plugin(const qwr_context *ctx, const char *name, char *list, size_t capacity)
{
    const char *dot = strchr(name, '.');
    size_t length = dot != NULL ? (size_t)(dot - name) + 1 : 0, used = 0;

    list[0] = '\0';
    for (size_t i = 0; length > 0 && i < ctx->option_count && used < capacity; i++) {
        const char *known = ctx->options[i]->decl.name;
        if (strncmp(known, name, length) == 0)
            used +=
                (size_t)snprintf(list + used, capacity - used, "%s%s", used > 0 ? ", " : "", known);
    }
}

static qwr_status fail_unknown(qwr_context *ctx, const char *name)
{
    char list[300];
    const char *nearest = nearest_name(ctx, name);

    if (nearest != NULL)
        return qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0,
                         "there is no option \"%.200s\"; did you mean \"%s\"?", name, nearest);
    list_of_plugin(ctx, name, list, sizeof list);
    return qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0, "there is no option \"%.200s\"%s%s", name,
                     list[0] != '\0' ? "; its plugin has " : "", list);
}

qwr_status qwr_context_set_option(qwr_context *ctx, const char *name, const char *value)
{
    int64_t number;

    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (name == NULL || value == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "an option needs a name and a value");
    qwr__option *option = find(ctx, name);
    if (option == NULL)
        return fail_unknown(ctx, name);
    QWR_TRY(check_value(ctx, &option->decl, value, &number));
    return store(ctx, option, value, number);
}

const char *qwr_context_option(const qwr_context *ctx, const char *name)
{
    return ctx != NULL && name != NULL ? qwr__option_text(ctx, name) : NULL;
}

size_t qwr_context_option_count(const qwr_context *ctx)
{
    return ctx != NULL ? ctx->option_count : 0;
}

const qwr_option_decl *qwr_context_option_decl(const qwr_context *ctx, size_t i)
{
    if (ctx == NULL || i >= ctx->option_count)
        return NULL;
    return &ctx->options[i]->decl;
}
