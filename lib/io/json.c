/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recursive descent over a private copy of the text, which is cut into NUL-terminated strings in
 * place. Knows no member.
 */
#include "io/json.h"

#include <string.h>

typedef struct parser {
    qwr__json *json;
    char *at, *end;
    int64_t line;
} parser;

static qwr_status fail(const parser *p, const char *expected)
{
    const qwr__json *json = p->json;
    if (p->at >= p->end)
        return qwr__fail(json->ctx, QWR_EFORMAT, json->where, json->name, p->line,
                         "the file ends here; expected %s", expected);
    unsigned char c = (unsigned char)*p->at;
    if (c < 0x20 || c >= 0x7f)
        return qwr__fail(json->ctx, QWR_EFORMAT, json->where, json->name, p->line,
                         "byte 0x%02x; expected %s", c, expected);
    return qwr__fail(json->ctx, QWR_EFORMAT, json->where, json->name, p->line, "'%c'; expected %s",
                     c, expected);
}

static void skip_space(parser *p)
{
    for (; p->at < p->end && memchr(" \t\r\n", *p->at, 4); p->at++)
        p->line += *p->at == '\n';
}

static bool take(parser *p, char c)
{
    if (p->at >= p->end || *p->at != c)
        return false;
    p->at++;
    return true;
}

/* --- strings ---------------------------------------------------------------------------------- */

static bool take_hex4(parser *p, uint32_t *code)
{
    *code = 0;
    if (p->end - p->at < 4)
        return false;
    for (int i = 0; i < 4; i++, p->at++) {
        const char *digits = "0123456789abcdef";
        char c = *p->at;
        if (c >= 'A' && c <= 'F')
            c = (char)(c - 'A' + 'a');
        const char *digit = memchr(digits, c, 16);
        if (!digit)
            return false;
        *code = *code * 16 + (uint32_t)(digit - digits);
    }
    return true;
}

static char *put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    } else {
        *to++ = (char)(0xf0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    }
    return to;
}

/* Behind "\u": one unit, or the two of a surrogate pair. Six bytes of text give at most three. */
static qwr_status take_unicode(parser *p, char **to)
{
    uint32_t code, low;
    if (!take_hex4(p, &code))
        return fail(p, "four hexadecimal digits");
    if (code >= 0xd800 && code < 0xdc00) {
        if (!take(p, '\\') || !take(p, 'u') || !take_hex4(p, &low) || low < 0xdc00 || low > 0xdfff)
            return fail(p, "the second half of a surrogate pair");
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code == 0 || (code >= 0xdc00 && code <= 0xdfff)) {
        return fail(p, "a character other than NUL or half a surrogate pair before this");
    }
    *to = put_utf8(*to, code);
    return QWR_OK;
}

static qwr_status take_escape(parser *p, char **to)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (take(p, 'u'))
        return take_unicode(p, to);
    const char *name = p->at < p->end ? memchr(names, *p->at, sizeof names - 1) : NULL;
    if (!name)
        return fail(p, "an escape such as \\n or \\u00e9");
    *(*to)++ = values[name - names];
    p->at++;
    return QWR_OK;
}

/* Behind the opening quote; leaves the string NUL-terminated where it stood. */
static qwr_status take_string(parser *p, const char **out)
{
    char *to = p->at;
    *out = to;
    for (;;) {
        if (p->at >= p->end || (unsigned char)*p->at < 0x20)
            return fail(p, "the closing quote of a string");
        if (take(p, '"'))
            break;
        if (take(p, '\\'))
            QWR_TRY(take_escape(p, &to));
        else
            *to++ = *p->at++;
    }
    *to = '\0';
    return QWR_OK;
}

/* --- values ----------------------------------------------------------------------------------- */

static qwr_status new_node(parser *p, qwr__json_kind kind, uint32_t *ix)
{
    qwr__json *json = p->json;
    void *nodes = json->nodes;
    qwr_status status =
        qwr__reserve(json->ctx, &nodes, &json->capacity, json->count + 1, sizeof *json->nodes);
    json->nodes = nodes;
    QWR_TRY(status);
    *ix = (uint32_t)json->count;
    json->nodes[json->count++] = (qwr__json_node){.kind = kind, .line = p->line};
    return QWR_OK;
}

static bool take_digits(parser *p)
{
    char *from = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
        p->at++;
    return p->at > from;
}

/*
 * The byte before a number is done with, so the number moves there and its own last byte makes room
 * for the NUL. The copy has a spare byte in front for a document that is one number.
 */
static qwr_status take_number(parser *p, uint32_t ix)
{
    char *from = p->at;
    (void)take(p, '-');
    char first = p->at < p->end ? *p->at : '\0';
    bool good = take_digits(p) && (first != '0' || p->at - from == 1 + (*from == '-'));
    if (good && take(p, '.'))
        good = take_digits(p);
    if (good && (take(p, 'e') || take(p, 'E'))) {
        (void)(take(p, '+') || take(p, '-'));
        good = take_digits(p);
    }
    if (!good)
        return fail(p, "a number");
    size_t length = (size_t)(p->at - from);
    memmove(from - 1, from, length);
    from[length - 1] = '\0';
    p->json->nodes[ix].text = from - 1;
    return QWR_OK;
}

static qwr_status take_word(parser *p, uint32_t ix)
{
    static const char *const words[] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(p->end - p->at) >= length && memcmp(p->at, words[i], length) == 0) {
            p->at += length;
            p->json->nodes[ix].kind = i < 2 ? QWR__JSON_BOOL : QWR__JSON_NULL;
            p->json->nodes[ix].text = words[i];
            return QWR_OK;
        }
    }
    return fail(p, "a value");
}

static qwr_status take_value(parser *p, uint32_t *ix, int depth);

static qwr_status take_children(parser *p, uint32_t parent, int depth)
{
    const bool object = p->json->nodes[parent].kind == QWR__JSON_OBJECT;
    const char close = object ? '}' : ']';
    uint32_t last = 0, child = 0;
    if (depth >= QWR__JSON_DEPTH)
        return fail(p, "less nesting");
    skip_space(p);
    if (take(p, close))
        return QWR_OK;
    do {
        const char *key = NULL;
        skip_space(p);
        if (object) {
            if (!take(p, '"'))
                return fail(p, "the name of a member in quotes");
            QWR_TRY(take_string(p, &key));
            skip_space(p);
            if (!take(p, ':'))
                return fail(p, "a colon");
        }
        QWR_TRY(take_value(p, &child, depth + 1));
        qwr__json_node *nodes = p->json->nodes;
        nodes[child].key = key;
        *(last ? &nodes[last].next : &nodes[parent].first) = child;
        nodes[parent].count++;
        last = child;
        skip_space(p);
    } while (take(p, ','));
    return take(p, close) ? QWR_OK : fail(p, object ? "a comma or '}'" : "a comma or ']'");
}

static qwr_status take_value(parser *p, uint32_t *ix, int depth)
{
    skip_space(p);
    char c = p->at < p->end ? *p->at : '\0';
    if (c == '{' || c == '[') {
        QWR_TRY(new_node(p, c == '{' ? QWR__JSON_OBJECT : QWR__JSON_ARRAY, ix));
        p->at++;
        return take_children(p, *ix, depth);
    }
    if (c == '"') {
        const char *text = NULL;
        QWR_TRY(new_node(p, QWR__JSON_STRING, ix));
        p->at++;
        qwr_status status = take_string(p, &text);
        p->json->nodes[*ix].text = text;
        return status;
    }
    QWR_TRY(new_node(p, QWR__JSON_NUMBER, ix));
    return c == '-' || (c >= '0' && c <= '9') ? take_number(p, *ix) : take_word(p, *ix);
}

qwr_status qwr__json_parse(qwr__json *json, qwr_context *ctx, const char *where, const char *data,
                           size_t length, const char *name)
{
    *json = (qwr__json){.ctx = ctx, .where = where, .name = name};
    if (length > QWR__JSON_MAX_BYTES)
        return qwr__fail(ctx, QWR_ETOOBIG, where, name, 0, "the text is larger than %zu MiB",
                         QWR__JSON_MAX_BYTES >> 20);
    json->text = qwr__alloc(ctx, length + 2, 1);
    if (!json->text)
        return qwr__no_memory(ctx, where);
    if (length)
        memcpy(json->text + 1, data, length);
    parser p = {json, json->text + 1, json->text + 1 + length, 1};
    if (length >= 3 && memcmp(p.at, "\xEF\xBB\xBF", 3) == 0)
        p.at += 3;
    uint32_t root = 0;
    QWR_TRY(take_value(&p, &root, 0));
    skip_space(&p);
    return p.at == p.end ? QWR_OK : fail(&p, "the end of the file");
}

void qwr__json_free(qwr__json *json)
{
    qwr__free(json->ctx, json->nodes);
    qwr__free(json->ctx, json->text);
}

/* --- looking ---------------------------------------------------------------------------------- */

const qwr__json_node *qwr__json_first(const qwr__json *json, const qwr__json_node *node)
{
    return node->first ? &json->nodes[node->first] : NULL;
}

const qwr__json_node *qwr__json_next(const qwr__json *json, const qwr__json_node *node)
{
    return node->next ? &json->nodes[node->next] : NULL;
}

const qwr__json_node *qwr__json_get(const qwr__json *json, const qwr__json_node *object,
                                    const char *key)
{
    if (object->kind != QWR__JSON_OBJECT)
        return NULL;
    const qwr__json_node *node = qwr__json_first(json, object);
    while (node && strcmp(node->key, key) != 0)
        node = qwr__json_next(json, node);
    return node;
}
