/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Growing text with one remembered status, and escaping for XML, HTML and JSON. Must never format
 * floating point: numbers go through qwr__text_fixed(), which no locale touches.
 */
#include "base/base.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

void qwr__text_init(qwr__text *text, qwr_context *ctx)
{
    *text = (qwr__text){.ctx = ctx};
}

static void give_up(qwr__text *text, qwr_status status)
{
    qwr__free(text->ctx, text->data);
    text->data = NULL;
    text->length = 0;
    text->capacity = 0;
    text->status = status;
}

/* Room for `more` bytes and the NUL. */
static bool make_room(qwr__text *text, size_t more)
{
    void *data = text->data;
    qwr_status status = QWR_EOVERFLOW;

    if (text->status != QWR_OK)
        return false;
    if (more < SIZE_MAX - text->length - 1)
        status = qwr__reserve(text->ctx, &data, &text->capacity, text->length + more + 1, 1);
    if (status != QWR_OK) {
        give_up(text, status);
        return false;
    }
    text->data = data;
    return true;
}

void qwr__text_put(qwr__text *text, const char *bytes, size_t length)
{
    if (!make_room(text, length))
        return;
    if (length > 0)
        memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void qwr__text_add(qwr__text *text, const char *format, ...)
{
    va_list args;
    va_list again;

    if (!make_room(text, 64))
        return;
    va_start(args, format);
    va_copy(again, args);
    size_t room = text->capacity - text->length;
    int written = vsnprintf(text->data + text->length, room, format, args);
    if (written < 0) {
        give_up(text, QWR_EOVERFLOW);
    } else if ((size_t)written < room) {
        text->length += (size_t)written;
    } else if (make_room(text, (size_t)written)) {
        vsnprintf(text->data + text->length, (size_t)written + 1, format, again);
        text->length += (size_t)written;
    }
    va_end(again);
    va_end(args);
}

static const char *xml_escape(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
        return "&#9;"; /* as references, else attribute normalisation turns them into spaces */
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

/* XML 1.0 has no way to write the other control characters, nor bytes that are not UTF-8. */
void qwr__text_xml(qwr__text *text, const char *s)
{
    while (s != NULL && *s != '\0') {
        size_t step = qwr__utf8_step(s);
        const char *escape = xml_escape(*s);
        if (escape != NULL)
            qwr__text_put(text, escape, strlen(escape));
        else if (step == 0 || (unsigned char)*s < 0x20 || *s == 0x7F)
            qwr__text_put(text, "\xEF\xBF\xBD", 3);
        else
            qwr__text_put(text, s, step);
        s += step > 0 ? step : 1;
    }
}

void qwr__text_json(qwr__text *text, const char *s)
{
    if (s == NULL) {
        qwr__text_put(text, "null", 4);
        return;
    }
    qwr__text_put(text, "\"", 1);
    while (*s != '\0') {
        size_t step = qwr__utf8_step(s);
        if (*s == '"' || *s == '\\')
            qwr__text_add(text, "\\%c", *s);
        else if (step == 0)
            qwr__text_put(text, "\\ufffd", 6);
        else if ((unsigned char)*s < 0x20 || *s == 0x7F)
            qwr__text_add(text, "\\u%04x", (unsigned)(unsigned char)*s);
        else
            qwr__text_put(text, s, step);
        s += step > 0 ? step : 1;
    }
    qwr__text_put(text, "\"", 1);
}

void qwr__text_fixed(qwr__text *text, int64_t value, int digits)
{
    char number[48];
    int length = qwr__format_fixed(number, sizeof number, value, digits);

    qwr__text_put(text, number, (size_t)length);
}

void qwr__text_free(qwr__text *text)
{
    qwr__free(text->ctx, text->data);
    *text = (qwr__text){.ctx = text->ctx};
}
