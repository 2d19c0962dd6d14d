/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of a schema as text: an element, then its attributes with type, unit and meaning. Knows no
 * element by name.
 */
#include "cli/schema_table.h"

#include <string.h>

enum { WIDTH = 78, COLUMN = 27 };

const char *schema_unit(const char *name)
{
    /* Longer endings first: "speed_m_s" is a speed, not a time. */
    static const struct {
        const char *end, *unit;
    } units[] = {
        {"rate_moves_h", "moves/h"},
        {"_cost_kwh", "money/kWh"},
        {"price_kwh", "money/kWh"},
        {"_g_kwh", "g/kWh"},
        {"_kwh_km", "kWh/km"},
        {"_pct_m", "%/m"},
        {"_cost_h", "money/h"},
        {"_cost_m", "money/m"},
        {"_cost", "money"},
        {"_m_s", "m/s"},
        {"_mu", "money/1000"},
        {"_kwh", "kWh"},
        {"_kw", "kW"},
        {"_pct", "%"},
        {"_teu", "TEU"},
        {"_hours", "h"},
        {"_min", "min"},
        {"_h", "h"},
        {"_s", "s"},
        {"_m", "m"},
        {"_t", "t"},
    };
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t end = strlen(units[i].end);
        if (length >= end && strcmp(name + length - end, units[i].end) == 0)
            return units[i].unit;
    }
    return "";
}

static const char *type_text(const char *type)
{
    static const char *const texts[][2] = {
        {"id", "id"},
        {"time", "date and time"},
        {"whole", "whole number"},
        {"long", "whole number"},
        {"unsignedInt", "whole number"},
        {"unsignedLong", "whole number"},
        {"decimal1", "number"},
        {"decimal3", "number"},
        {"decimal4", "number"},
        {"yes-no", "yes or no"},
        {"hash", "hexadecimal digits"},
        {"numbers", "whole numbers"},
        {"string", "text"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i][0], type) == 0)
            return texts[i][1];
    return "one of";
}

/* "one of cost (money ...), flow-time (...)" for types that list their words. */
static void put_type(textbuf *line, const schema_table *t, const schema_attribute *a)
{
    const char *text = type_text(a->type);
    const char *unit = schema_unit(a->name);
    const char *separator = " ";
    int lists_words = strcmp(text, "one of") == 0;
    textbuf_add(line, text);
    for (size_t i = 0; lists_words && i < t->word_count; i++) {
        const schema_word *w = &t->word[i];
        if (strcmp(w->type, a->type) != 0)
            continue;
        textbuf_printf(line, "%s%s", separator, w->word);
        if (*w->sentence)
            textbuf_printf(line, " (%s)", w->sentence);
        separator = ", ";
    }
    if (*unit && strcmp(text, "number") == 0)
        textbuf_printf(line, " [%s]", unit);
    textbuf_printf(line, "%s", a->required ? ", required. " : ". ");
}

static void put_attribute(textbuf *out, const schema_table *t, const schema_attribute *a)
{
    textbuf sentence = {0}, lines = {0};
    size_t used = 4 + strlen(a->name);
    put_type(&sentence, t, a);
    textbuf_add(&sentence, a->sentence);
    textbuf_printf(out, "    %s", a->name);
    if (!sentence.failed)
        textbuf_wrap(&lines, sentence.data, COLUMN, WIDTH);
    if (sentence.failed || lines.failed) {
        out->failed = 1;
    } else if (used + 2 > COLUMN) {
        textbuf_add(out, "\n");
        textbuf_add(out, lines.data);
    } else {
        textbuf_add(out, lines.data + used);
    }
    textbuf_free(&lines);
    textbuf_free(&sentence);
}

void schema_describe_attributes(textbuf *out, const schema_table *t, const char *element)
{
    for (size_t i = 0; i < t->attribute_count; i++)
        if (strcmp(t->attribute[i].element, element) == 0)
            put_attribute(out, t, &t->attribute[i]);
}

static void put_element(textbuf *out, const schema_table *t, const schema_element *e)
{
    textbuf sentence = {0};
    textbuf_printf(out, "\n  <%s>", e->name);
    if (*e->parents)
        textbuf_printf(out, " in %s", e->parents);
    textbuf_printf(&sentence, "%s", e->sentence);
    textbuf_add(out, "\n");
    if (sentence.failed)
        out->failed = 1;
    else
        textbuf_wrap(out, sentence.data, 4, WIDTH);
    textbuf_free(&sentence);
    schema_describe_attributes(out, t, e->name);
}

void schema_describe(textbuf *out, const schema_table *t)
{
    for (size_t i = 0; i < t->element_count; i++)
        put_element(out, t, &t->element[i]);
}

int schema_describe_element(textbuf *out, const schema_table *t, const char *name)
{
    for (size_t i = 0; i < t->element_count; i++)
        if (strcmp(t->element[i].name, name) == 0) {
            put_element(out, t, &t->element[i]);
            return 1;
        }
    return 0;
}
