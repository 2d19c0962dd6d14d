/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers with units: read exactly into whole base units, printed so that they read back. Knows no
 * variable.
 */
#include "vary/vary.h"

#include <string.h>

typedef struct unit {
    qwr__quantity quantity;
    const char *name;
    int64_t base; /* base units of one */
} unit;

static const unit units[] = {
    {QWR__DURATION, "s", 1},     {QWR__DURATION, "min", 60},   {QWR__DURATION, "h", 3600},
    {QWR__DURATION, "d", 86400}, {QWR__LENGTH, "mm", 1},       {QWR__LENGTH, "cm", 10},
    {QWR__LENGTH, "m", 1000},    {QWR__LENGTH, "km", 1000000}, {QWR__FACTOR, "%", QWR__PPM / 100},
};

enum { UNITS = sizeof units / sizeof units[0], DIGITS = 6 };

/* Of each quantity: base units of a number without a unit, its name, and the step of a range. */
static const struct {
    int64_t base;
    const char *name, *shown, *finest;
    int64_t step;
} plain[] = {
    [QWR__COUNT] = {1, "", "", "1", 1},
    [QWR__DURATION] = {3600, "h", "h", "1 s", 3600},
    [QWR__LENGTH] = {1000, "m", "m", "1 mm", 1000},
    [QWR__RATE] = {1000, "", "moves/h", "0.001", 1000},
    [QWR__MONEY] = {1000, "", "a h", "0.001", 1000},
    [QWR__NUMBER] = {1000, "", "", "0.001", 1000},
    [QWR__FACTOR] = {QWR__PPM, "", "", "0.000001", 0},
};

const char *qwr__quantity_unit(qwr__quantity quantity)
{
    return plain[quantity].shown;
}

int64_t qwr__quantity_step(qwr__quantity quantity)
{
    return plain[quantity].step;
}

double qwr__quantity_shown(qwr__quantity quantity, int64_t value)
{
    return (double)value / (double)plain[quantity].base;
}

static size_t number_length(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length && memchr("0123456789.+-", text[i], 13) != NULL)
        i++;
    return i;
}

void qwr__quantity_unit_at_end(char *unit_text, size_t capacity, const char *text, size_t length)
{
    size_t at = length;

    while (at > 0 && ((text[at - 1] >= 'a' && text[at - 1] <= 'z') || text[at - 1] == '%'))
        at--;
    size_t bytes = at > 0 && length - at < capacity ? length - at : 0;
    memcpy(unit_text, text + at, bytes);
    unit_text[bytes] = '\0';
}

/* Units of a quantity, for messages: "s, min, h, d". */
static void list_units(char *list, size_t capacity, qwr__quantity quantity)
{
    size_t at = 0;

    list[0] = '\0';
    for (size_t i = 0; i < UNITS; i++) {
        size_t bytes = strlen(units[i].name);
        if (units[i].quantity != quantity || at + bytes + 3 > capacity)
            continue;
        if (at > 0) {
            memcpy(list + at, ", ", 2);
            at += 2;
        }
        memcpy(list + at, units[i].name, bytes + 1);
        at += bytes;
    }
}

static qwr_status find_unit(int64_t *base, qwr_context *ctx, qwr__quantity quantity,
                            const char *name)
{
    char list[64];

    *base = plain[quantity].base;
    if (name[0] == '\0')
        return QWR_OK;
    for (size_t i = 0; i < UNITS; i++)
        if (units[i].quantity == quantity && strcmp(units[i].name, name) == 0) {
            *base = units[i].base;
            return QWR_OK;
        }
    list_units(list, sizeof list, quantity);
    if (list[0] == '\0')
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "\"%s\" is no unit here; this variable takes plain numbers", name);
    return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                     "\"%s\" is no unit here; expected one of: %s", name, list);
}

qwr_status qwr__quantity_parse(int64_t *value, qwr_context *ctx, qwr__quantity quantity,
                               const char *text, size_t length, const char *unit_text)
{
    char number[40], name[16];
    size_t digits = number_length(text, length);
    int64_t base, micro, scaled;

    if (digits == 0 || digits >= sizeof number || length - digits >= sizeof name)
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "\"%.*s\" is not a number",
                         (int)(length < 60 ? length : 60), text);
    memcpy(number, text, digits);
    number[digits] = '\0';
    memcpy(name, text + digits, length - digits);
    name[length - digits] = '\0';
    QWR_TRY(find_unit(&base, ctx, quantity, name[0] != '\0' ? name : unit_text));
    if (!qwr__parse_fixed(&micro, number[0] == '+' ? number + 1 : number, DIGITS))
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "\"%s\" is not a number with at most %d decimals", number, DIGITS);
    if (!qwr__mul64(&scaled, micro, base))
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "%.*s is too large",
                         (int)(length < 60 ? length : 60), text);
    if (scaled % QWR__PPM != 0)
        return qwr__fail(ctx, QWR_EINVAL, QWR__VARY, NULL, 0,
                         "%.*s is finer than the smallest step here, %s",
                         (int)(length < 60 ? length : 60), text, plain[quantity].finest);
    *value = scaled / QWR__PPM;
    return QWR_OK;
}

/* In the largest unit that leaves no fraction of a minute; other quantities in their plain unit. */
void qwr__quantity_print(qwr__text *out, qwr__quantity quantity, int64_t value)
{
    int digits = 0;

    if (quantity == QWR__DURATION) {
        const bool minutes = value % 3600 != 0 && value % 60 == 0;
        const bool seconds = value % 60 != 0;
        qwr__text_add(out, "%lld%s", (long long)(seconds ? value : value / (minutes ? 60 : 3600)),
                      seconds   ? "s"
                      : minutes ? "min"
                                : "h");
        return;
    }
    for (int64_t base = plain[quantity].base; base > 1; base /= 10)
        digits++;
    qwr__text_fixed(out, value, digits);
    qwr__text_add(out, "%s", plain[quantity].name);
}
