/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A variation as a noun: parsed from text, read, freed. Must never look at a scenario.
 */
#include "vary/vary.h"

#include <string.h>

static const struct {
    const char *word;
    qwr__key key;
    qwr__entity entity;
} keys[] = {
    {"id", QWR__KEY_ID, QWR__NO_ENTITY},   {"service", QWR__KEY_SERVICE, QWR__CALLS},
    {"class", QWR__KEY_CLASS, QWR__CALLS}, {"vessel", QWR__KEY_VESSEL, QWR__CALLS},
    {"quay", QWR__KEY_QUAY, QWR__CRANES},  {"quay", QWR__KEY_QUAY, QWR__BERTHS},
    {"quay", QWR__KEY_QUAY, QWR__WINDOWS},
};

enum { KEYS = sizeof keys / sizeof keys[0] };

static const char *const operator_text[] = {
    [QWR__SET] = "=", [QWR__ADD] = "+=", [QWR__MULTIPLY] = "*="};

static qwr_status fail(const qwr_variation *v, const char *text, const char *sentence)
{
    return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                     "\"%.100s\" %s; for example cranes.count=8..14 or "
                     "calls[ID].eta_shift=normal(0,3h)",
                     text, sentence);
}

static char *copy_part(qwr_context *ctx, const char *at, size_t length)
{
    char *copy = qwr__alloc(ctx, length + 1, 1);

    if (copy != NULL)
        memcpy(copy, at, length);
    return copy;
}

/* The name of the variable: `length` bytes with the brackets left out. */
static qwr_status find_variable(qwr_variation *v, const char *head, size_t head_length,
                                const char *tail, size_t tail_length)
{
    char name[64];

    if (head_length + tail_length >= sizeof name)
        return fail(v, head, "is no variable");
    memcpy(name, head, head_length);
    memcpy(name + head_length, tail, tail_length);
    name[head_length + tail_length] = '\0';
    v->variable = qwr__variable_find(name);
    if (v->variable != NULL)
        return QWR_OK;
    const char *near = qwr__variable_nearest(name);
    if (near == NULL)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "there is no variable \"%s\"; for example cranes.count=8..14 or "
                         "calls.eta_shift=normal(0,3h)",
                         name);
    return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                     "there is no variable \"%s\"; did you mean \"%s\"? For example %s", name, near,
                     qwr__variable_find(near)->example);
}

static qwr_status read_key(qwr_variation *v, const char *word, size_t length)
{
    bool known = false;

    for (size_t i = 0; i < KEYS; i++) {
        if (strlen(keys[i].word) != length || strncmp(keys[i].word, word, length) != 0)
            continue;
        known = true;
        if (keys[i].entity == QWR__NO_ENTITY || keys[i].entity == v->variable->entity) {
            v->key = keys[i].key;
            return QWR_OK;
        }
    }
    return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                     "%s cannot be selected by \"%.*s\"%s; expected an id%s", v->variable->name,
                     (int)(length < 40 ? length : 40), word, known ? " (other variables can)" : "",
                     v->variable->entity == QWR__CALLS   ? ", service=, class= or vessel="
                     : v->variable->entity == QWR__QUAYS ? ""
                                                         : " or quay=");
}

/* The inside of the brackets: ID or KEY=VALUE. */
static qwr_status read_selection(qwr_variation *v, const char *at, size_t length)
{
    const char *equals = memchr(at, '=', length);

    if (v->variable->entity == QWR__NO_ENTITY)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "%s is one for the whole scenario; leave the brackets out",
                         v->variable->name);
    v->key = QWR__KEY_ID;
    if (equals != NULL) {
        QWR_TRY(read_key(v, at, (size_t)(equals - at)));
        length -= (size_t)(equals + 1 - at);
        at = equals + 1;
    }
    if (length == 0)
        return fail(v, v->variable->name, "has empty brackets; expected an id");
    v->selected = copy_part(v->ctx, at, length);
    return v->selected != NULL ? QWR_OK : qwr__no_memory(v->ctx, QWR__VARY);
}

/* From the end of the name on: =, += or *=. */
static qwr_status read_operator(qwr_variation *v, const char *at, size_t length)
{
    v->op = QWR__SET;
    if (length == 2)
        v->op = at[0] == '+' ? QWR__ADD : QWR__MULTIPLY;
    v->quantity = v->op == QWR__MULTIPLY ? QWR__FACTOR : v->variable->quantity;
    if ((v->variable->operators & (unsigned)v->op) != 0)
        return QWR_OK;
    return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "%s does not take %s; for example %s",
                     v->variable->name, operator_text[v->op], v->variable->example);
}

/* Where the operator begins, NULL if there is none: the first '=' outside brackets, and the sign
 * before it. */
static const char *find_operator(const char *text, size_t *length)
{
    const char *close = strchr(text, '[') != NULL ? strchr(text, ']') : NULL;
    const char *equals = strchr(text, '=');

    if (equals != NULL && close != NULL && strchr(text, '[') < equals)
        equals = strchr(close, '=');
    if (equals == NULL || equals == text)
        return NULL;
    *length = equals[-1] == '+' || equals[-1] == '*' ? 2 : 1;
    return equals + 1 - *length;
}

static qwr_status parse(qwr_variation *v, const char *text)
{
    size_t operator_length = 1;
    const char *op = find_operator(text, &operator_length);
    const char *open = strchr(text, '[');

    if (strnlen(text, QWR__VARIATION_TEXT + 1) > QWR__VARIATION_TEXT)
        return fail(v, "this text", "is longer than 4096 bytes");
    if (op == NULL)
        return fail(v, text, "sets nothing; expected VARIABLE=LEVELS");
    size_t length = (size_t)(op - text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (open == NULL || open > op) {
        QWR_TRY(find_variable(v, text, length, "", 0));
    } else {
        const char *close = strchr(open, ']');
        if (close == NULL || close > op)
            return fail(v, text, "has no closing bracket");
        QWR_TRY(find_variable(v, text, (size_t)(open - text), close + 1,
                              (size_t)(text + length - close - 1)));
        QWR_TRY(read_selection(v, open + 1, (size_t)(close - open - 1)));
    }
    v->name = copy_part(v->ctx, text, length);
    if (v->name == NULL)
        return qwr__no_memory(v->ctx, QWR__VARY);
    QWR_TRY(read_operator(v, op, operator_length));
    return qwr__levels_parse(v, op + operator_length);
}

qwr_status qwr_variation_parse(qwr_variation **out, qwr_context *ctx, const char *text)
{
    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (text == NULL)
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "there is no text of a variation");
    qwr_variation *v = qwr__alloc(ctx, 1, sizeof *v);
    if (v == NULL)
        return qwr__no_memory(ctx, QWR__VARY);
    v->ctx = ctx;
    qwr_status status = parse(v, text);
    if (status != QWR_OK) {
        qwr_variation_free(v);
        return status;
    }
    *out = v;
    return QWR_OK;
}

void qwr_variation_free(qwr_variation *variation)
{
    if (variation == NULL)
        return;
    for (size_t i = 0; i < variation->level_count; i++)
        qwr__free(variation->ctx, variation->level[i].text);
    qwr__free(variation->ctx, variation->level);
    qwr__free(variation->ctx, variation->selected);
    qwr__free(variation->ctx, variation->name);
    qwr__free(variation->ctx, variation);
}

const char *qwr_variation_name(const qwr_variation *variation)
{
    return variation != NULL ? variation->name : NULL;
}

const char *qwr_variation_operator(const qwr_variation *variation)
{
    return variation != NULL ? operator_text[variation->op] : NULL;
}

const char *qwr_variation_unit(const qwr_variation *variation)
{
    return variation != NULL ? qwr__quantity_unit(variation->quantity) : NULL;
}

size_t qwr_variation_levels(const qwr_variation *variation)
{
    return variation != NULL ? variation->level_count : 0;
}

const char *qwr_variation_level_text(const qwr_variation *variation, size_t level)
{
    if (variation == NULL || level >= variation->level_count)
        return NULL;
    return variation->level[level].text;
}

int qwr_variation_level_value(const qwr_variation *variation, size_t level, double *value)
{
    if (variation == NULL || value == NULL || level >= variation->level_count ||
        variation->level[level].shape != QWR__FIXED)
        return 0;
    *value = qwr__quantity_shown(variation->quantity, variation->level[level].p[0]);
    return 1;
}

int qwr_variation_is_random(const qwr_variation *variation)
{
    for (size_t i = 0; variation != NULL && i < variation->level_count; i++)
        if (variation->level[i].shape != QWR__FIXED)
            return 1;
    return 0;
}
