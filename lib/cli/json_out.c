/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON into a text, two blanks a level, so that people can read it and diff it. Knows JSON alone,
 * nothing of plans.
 */
#include "cli/json_out.h"

#include <stdio.h>

/* Length of the UTF-8 character at `p`, 0 if there is none: file names may hold any bytes, JSON may
   not. Overlong forms, halves of pairs and what lies beyond U+10FFFF are none. */
static size_t character(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    size_t length = b[0] < 0x80 ? 1 : b[0] < 0xC2 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    if (b[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((b[i] & 0xC0) != 0x80)
            return 0;
    if ((b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F) ||
        (b[0] == 0xF0 && b[1] < 0x90) || (b[0] == 0xF4 && b[1] > 0x8F))
        return 0;
    return length;
}

static void quoted(textbuf *text, const char *value)
{
    textbuf_add(text, "\"");
    for (const char *p = value; *p; p++) {
        unsigned char c = (unsigned char)*p;
        size_t length = character(p);
        if (c == '"' || c == '\\')
            textbuf_printf(text, "\\%c", c);
        else if (c == '\n')
            textbuf_add(text, "\\n");
        else if (c == '\t')
            textbuf_add(text, "\\t");
        else if (c < 0x20)
            textbuf_printf(text, "\\u%04x", c);
        else if (length == 0)
            textbuf_add(text, "\\ufffd");
        else
            textbuf_bytes(text, p, length);
        p += length > 1 ? length - 1 : 0;
    }
    textbuf_add(text, "\"");
}

/* Comma, new line and indent, then the key. */
static void begin(json_out *json, const char *key)
{
    if (json->depth > 0) {
        if (!json->fresh)
            textbuf_add(&json->text, ",");
        textbuf_printf(&json->text, "\n%*s", 2 * json->depth, "");
    }
    json->fresh = 0;
    if (key) {
        quoted(&json->text, key);
        textbuf_add(&json->text, ": ");
    }
}

static void open_level(json_out *json, const char *key, const char *bracket)
{
    begin(json, key);
    textbuf_add(&json->text, bracket);
    json->depth++;
    json->fresh = 1;
}

static void close_level(json_out *json, const char *bracket)
{
    json->depth--;
    if (!json->fresh)
        textbuf_printf(&json->text, "\n%*s", 2 * json->depth, "");
    textbuf_add(&json->text, bracket);
    json->fresh = 0;
    if (json->depth == 0)
        textbuf_add(&json->text, "\n");
}

void json_object(json_out *json, const char *key)
{
    open_level(json, key, "{");
}

void json_object_end(json_out *json)
{
    close_level(json, "}");
}

void json_list(json_out *json, const char *key)
{
    open_level(json, key, "[");
}

void json_list_end(json_out *json)
{
    close_level(json, "]");
}

void json_string(json_out *json, const char *key, const char *value)
{
    if (!value) {
        json_null(json, key);
        return;
    }
    begin(json, key);
    quoted(&json->text, value);
}

void json_int(json_out *json, const char *key, int64_t value)
{
    begin(json, key);
    textbuf_printf(&json->text, "%lld", (long long)value);
}

void json_double(json_out *json, const char *key, double value, int decimals)
{
    begin(json, key);
    textbuf_printf(&json->text, "%.*f", decimals, value);
}

void json_bool(json_out *json, const char *key, int value)
{
    begin(json, key);
    textbuf_add(&json->text, value ? "true" : "false");
}

void json_null(json_out *json, const char *key)
{
    begin(json, key);
    textbuf_add(&json->text, "null");
}

void json_number(json_out *json, const char *key, const char *digits)
{
    begin(json, key);
    textbuf_add(&json->text, digits);
}

void json_milli(json_out *json, const char *key, int64_t milli)
{
    char text[40];
    uint64_t size = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
    int length = snprintf(text, sizeof text, "%s%llu.%03llu", milli < 0 ? "-" : "",
                          (unsigned long long)(size / 1000), (unsigned long long)(size % 1000));
    while (length > 0 && text[length - 1] == '0')
        text[--length] = '\0';
    if (length > 0 && text[length - 1] == '.')
        text[--length] = '\0';
    json_number(json, key, text);
}
