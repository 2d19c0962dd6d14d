/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands after the operator: numbers, ranges and distributions with commas between them.
 * Knows the quantity, not the variable.
 */
#include "vary/vary.h"

#include <string.h>

enum { UNIT = 16, PARAMETERS = 3, SHOWN = 60 };

typedef struct shape {
    const char *name;
    qwr__shape shape;
    int parameters;
    const char *usage;
} shape;

static const shape shapes[] = {
    {"normal", QWR__NORMAL, 2, "normal(MEAN,SD)"},
    {"uniform", QWR__UNIFORM, 2, "uniform(LOW,HIGH)"},
    {"triangular", QWR__TRIANGULAR, 3, "triangular(LOW,MODE,HIGH)"},
    {"exponential", QWR__EXPONENTIAL, 1, "exponential(MEAN)"},
    {"lognormal", QWR__LOGNORMAL, 2, "lognormal(MU,SIGMA)"},
    {"history", QWR__HISTORY, 0, "history()"},
    {"spread", QWR__SPREAD, 1, "spread(K)"},
};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

/* A part of the text being read. */
typedef struct part {
    const char *at;
    size_t length;
} part;

static int shown(part p)
{
    return (int)(p.length < SHOWN ? p.length : SHOWN);
}

static part trimmed(part p)
{
    while (p.length > 0 && p.at[0] == ' ') {
        p.at++;
        p.length--;
    }
    while (p.length > 0 && p.at[p.length - 1] == ' ')
        p.length--;
    return p;
}

/* Takes what stands before the next comma outside parentheses off the front. */
static part take_item(part *rest)
{
    int depth = 0;
    size_t i = 0;

    for (; i < rest->length; i++) {
        depth += (rest->at[i] == '(') - (rest->at[i] == ')');
        if (rest->at[i] == ',' && depth == 0)
            break;
    }
    part item = trimmed((part){rest->at, i});
    size_t step = i < rest->length ? i + 1 : i;
    rest->at += step;
    rest->length -= step;
    return item;
}

static const shape *find_shape(part name)
{
    for (size_t i = 0; i < SHAPES; i++)
        if (strlen(shapes[i].name) == name.length &&
            strncmp(shapes[i].name, name.at, name.length) == 0)
            return &shapes[i];
    return NULL;
}

static qwr_status unknown_shape(const qwr_variation *v, part name)
{
    const char *names[SHAPES + 1];
    char word[32];

    for (size_t i = 0; i < SHAPES; i++)
        names[i] = shapes[i].name;
    names[SHAPES] = NULL;
    size_t bytes = name.length < sizeof word ? name.length : sizeof word - 1;
    memcpy(word, name.at, bytes);
    word[bytes] = '\0';
    const char *near = qwr__nearest(word, names);
    return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                     "there is no distribution \"%s\"%s%s%s; for example normal(0,%s)", word,
                     near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                     near != NULL ? "\"?" : "", v->quantity == QWR__DURATION ? "3h" : "1");
}

static qwr_status fits_here(const qwr_variation *v, const shape *s)
{
    const bool arrivals = v->variable->apply == qwr__apply_calls_eta_shift;

    if (s->shape == QWR__LOGNORMAL && v->quantity != QWR__FACTOR)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "lognormal(MU,SIGMA) is a factor; write it after *=, for example "
                         "calls.moves*=lognormal(0,0.2)");
    if ((s->shape == QWR__HISTORY || s->shape == QWR__SPREAD) && !arrivals)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "%s draws errors of arrival; it fits calls.eta_shift alone", s->usage);
    return QWR_OK;
}

static qwr_status check_parameters(const qwr_variation *v, const shape *s, const qwr__level *level)
{
    const int64_t *p = level->p;
    const char *fault = NULL;

    if ((s->shape == QWR__NORMAL || s->shape == QWR__LOGNORMAL) && p[1] < 0)
        fault = "a spread is not negative";
    else if (s->shape == QWR__UNIFORM && p[0] > p[1])
        fault = "LOW is above HIGH";
    else if (s->shape == QWR__TRIANGULAR && (p[0] > p[1] || p[1] > p[2]))
        fault = "the numbers must rise";
    else if ((s->shape == QWR__EXPONENTIAL || s->shape == QWR__SPREAD) && p[0] < 0)
        fault = "it is not negative";
    else if (s->shape == QWR__LOGNORMAL &&
             (p[0] > 20 * QWR__PPM || p[0] < -20 * QWR__PPM || p[1] > 20 * QWR__PPM))
        fault = "MU and SIGMA are logarithms; expected at most 20";
    if (fault == NULL)
        return QWR_OK;
    return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "%s: %s", s->usage, fault);
}

static qwr_status make_text(qwr_variation *v, qwr__level *level, const shape *s,
                            qwr__quantity quantity)
{
    qwr__text text;

    qwr__text_init(&text, v->ctx);
    if (s == NULL) {
        qwr__quantity_print(&text, quantity, level->p[0]);
    } else {
        qwr__text_add(&text, "%s(", s->name);
        for (int i = 0; i < s->parameters; i++) {
            qwr__text_add(&text, "%s", i > 0 ? "," : "");
            qwr__quantity_print(&text, quantity, level->p[i]);
        }
        qwr__text_add(&text, ")");
    }
    if (text.status != QWR_OK) {
        qwr__text_free(&text);
        return qwr__no_memory(v->ctx, QWR__VARY);
    }
    level->text = text.data;
    return QWR_OK;
}

static qwr_status add_level(qwr_variation *v, qwr__level level, const shape *s,
                            qwr__quantity quantity)
{
    void *array = v->level;

    if (v->level_count == QWR__LEVELS_MAX)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "more than %d levels; make the range shorter or its step larger",
                         QWR__LEVELS_MAX);
    QWR_TRY(qwr__reserve(v->ctx, &array, &v->level_capacity, v->level_count + 1, sizeof level));
    v->level = array;
    QWR_TRY(make_text(v, &level, s, quantity));
    for (size_t i = 0; i < v->level_count; i++)
        if (strcmp(v->level[i].text, level.text) == 0) {
            qwr_status status = qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                                          "the level %s is given twice", level.text);
            qwr__free(v->ctx, level.text);
            return status;
        }
    v->level[v->level_count++] = level;
    return QWR_OK;
}

static qwr_status read_distribution(qwr_variation *v, part item, size_t open)
{
    part name = trimmed((part){item.at, open});
    part inside = {item.at + open + 1, item.length - open - 2};
    const shape *s = find_shape(name);
    qwr__level level = {0};
    char unit[UNIT];
    int count = 0;

    if (s == NULL)
        return unknown_shape(v, name);
    QWR_TRY(fits_here(v, s));
    level.shape = s->shape;
    const qwr__quantity quantity =
        s->shape == QWR__LOGNORMAL || s->shape == QWR__SPREAD ? QWR__FACTOR : v->quantity;
    inside = trimmed(inside);
    qwr__quantity_unit_at_end(unit, sizeof unit, inside.at, inside.length);
    while (inside.length > 0 && count < PARAMETERS) {
        part number = take_item(&inside);
        QWR_TRY(qwr__quantity_parse(&level.p[count++], v->ctx, quantity, number.at, number.length,
                                    unit));
    }
    if (count != s->parameters || inside.length > 0)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "%.*s has %s numbers; expected %s",
                         shown(item), item.at, count < s->parameters ? "too few" : "too many",
                         s->usage);
    QWR_TRY(check_parameters(v, s, &level));
    return add_level(v, level, s, quantity);
}

static qwr_status read_range(qwr_variation *v, part item, size_t dots, const char *list_unit)
{
    part first = trimmed((part){item.at, dots});
    part last = {item.at + dots + 2, item.length - dots - 2};
    const char *slash = memchr(last.at, '/', last.length);
    int64_t from, to, step = qwr__quantity_step(v->quantity);
    char unit[UNIT];

    if (slash != NULL) {
        part stride = {slash + 1, (size_t)(last.at + last.length - slash - 1)};
        last.length = (size_t)(slash - last.at);
        stride = trimmed(stride);
        qwr__quantity_unit_at_end(unit, sizeof unit, stride.at, stride.length);
        QWR_TRY(
            qwr__quantity_parse(&step, v->ctx, v->quantity, stride.at, stride.length, list_unit));
    }
    last = trimmed(last);
    qwr__quantity_unit_at_end(unit, sizeof unit, last.at, last.length);
    const char *shared = unit[0] != '\0' ? unit : list_unit;
    QWR_TRY(qwr__quantity_parse(&to, v->ctx, v->quantity, last.at, last.length, shared));
    QWR_TRY(qwr__quantity_parse(&from, v->ctx, v->quantity, first.at, first.length, shared));
    if (step <= 0)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "the range %.*s needs a step above 0, for example 0.9..1.1/0.05",
                         shown(item), item.at);
    if (from > to)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "the range %.*s falls; write its smaller end first", shown(item), item.at);
    if ((to - from) / step >= QWR__LEVELS_MAX)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "the range %.*s has more than %d levels", shown(item), item.at,
                         QWR__LEVELS_MAX);
    for (int64_t at = from; at <= to; at += step)
        QWR_TRY(add_level(v, (qwr__level){.p = {at}}, NULL, v->quantity));
    return QWR_OK;
}

static qwr_status read_item(qwr_variation *v, part item, const char *list_unit)
{
    const char *open = memchr(item.at, '(', item.length);
    const char *dots = memmem(item.at, item.length, "..", 2);
    int64_t value;

    if (item.length == 0)
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "a level is missing; for example %s", v->variable->example);
    if (open != NULL && item.at[item.length - 1] != ')')
        return qwr__fail(v->ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "%.*s does not end with a parenthesis", shown(item), item.at);
    if (open != NULL)
        return read_distribution(v, item, (size_t)(open - item.at));
    if (dots != NULL)
        return read_range(v, item, (size_t)(dots - item.at), list_unit);
    QWR_TRY(qwr__quantity_parse(&value, v->ctx, v->quantity, item.at, item.length, list_unit));
    return add_level(v, (qwr__level){.p = {value}}, NULL, v->quantity);
}

qwr_status qwr__levels_parse(qwr_variation *variation, const char *text)
{
    part rest = trimmed((part){text, strlen(text)});
    char unit[UNIT];

    qwr__quantity_unit_at_end(unit, sizeof unit, rest.at, rest.length);
    do {
        const bool more = rest.length > 0 && rest.at[rest.length - 1] == ',';
        part item = take_item(&rest);
        QWR_TRY(read_item(variation, item, unit));
        if (more && rest.length == 0)
            return read_item(variation, rest, unit);
    } while (rest.length > 0);
    return QWR_OK;
}
