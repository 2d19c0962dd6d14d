/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The quarantine of libxml2 (2.9.14 tried). Its hazards, and what is done here:
 *  - Entities: a DTD can read local files or blow up memory. A DOCTYPE stops the parser before
 *    anything in it is read; XML_PARSE_NONET is set, XML_PARSE_NOENT and XML_PARSE_HUGE never are.
 *  - The tree takes 18 times the file, and caps lines at 65535. The SAX interface has neither.
 *  - Global error handlers belong to the host: messages come through the parser's own.
 *  - xmlCleanupParser() would pull the rug from under the host: never called.
 *  - Its memory is its own: allocations by libxml2 are not counted by the context.
 */
#include "io/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <string.h>

/* Names and values of one open element; one block for the texts, one for the pointers. */
typedef struct level {
    char *text;
    size_t text_capacity;
    qwr__xml_attribute *attributes;
    size_t attribute_capacity;
} level;

typedef struct parse {
    qwr_context *ctx;
    qwr__input *in;
    const qwr__xml_handler *handler;
    xmlParserCtxtPtr parser;
    qwr_status status;
    size_t depth;
    level levels[QWR__XML_DEPTH];
} parse;

static void stop(parse *p, qwr_status status)
{
    if (p->status == QWR_OK)
        p->status = status;
    xmlStopParser(p->parser);
}

static void stop_at(parse *p, int64_t line, const char *sentence)
{
    if (p->status == QWR_OK)
        stop(p,
             qwr__fail(p->ctx, QWR_EFORMAT, p->handler->where, p->in->name, line, "%s", sentence));
}

static int64_t line_now(const parse *p)
{
    return p->parser->input ? p->parser->input->line : 0;
}

/*
 * Without XML_PARSE_NOENT libxml2 hands out the ampersand as "&#38;", to be parsed once more by its
 * tree builder; no other reference is left over. Returns the length after undoing that in place.
 */
static size_t unescape(char *text, size_t length)
{
    size_t to = 0;
    for (size_t from = 0; from < length; to++) {
        bool reference = length - from >= 5 && memcmp(text + from, "&#38;", 5) == 0;
        text[to] = text[from];
        from += reference ? 5 : 1;
    }
    text[to] = '\0';
    return to;
}

static char *put_text(char *to, const xmlChar *from, size_t length)
{
    memcpy(to, from, length);
    return to + unescape(to, length) + 1;
}

/* libxml2 passes five pointers an attribute: name, prefix, URI, begin and end of the value. */
static bool keep_attribute(parse *p, const xmlChar **a)
{
    static const char *const skipped[] = {"http://www.w3.org/2001/XMLSchema-instance",
                                          "http://www.w3.org/XML/1998/namespace"};
    if (!a[2])
        return true;
    for (size_t i = 0; i < 2; i++)
        if (strcmp((const char *)a[2], skipped[i]) == 0)
            return false;
    stop_at(p, line_now(p), "an attribute with a namespace is not expected here");
    return false;
}

static qwr_status copy_attributes(parse *p, level *at, size_t *kept, int count, const xmlChar **raw)
{
    void *text = at->text, *attributes = at->attributes;
    size_t bytes = 1, n = 0;
    for (int i = 0; i < count; i++)
        bytes += strlen((const char *)raw[5 * i]) + (size_t)(raw[5 * i + 4] - raw[5 * i + 3]) + 2;
    qwr_status status = qwr__reserve(p->ctx, &text, &at->text_capacity, bytes, 1);
    at->text = text;
    if (status == QWR_OK)
        status = qwr__reserve(p->ctx, &attributes, &at->attribute_capacity, (size_t)count + 1,
                              sizeof *at->attributes);
    at->attributes = attributes;
    QWR_TRY(status);
    char *end = at->text;
    for (int i = 0; i < count; i++) {
        const xmlChar **a = raw + 5 * i;
        if (!keep_attribute(p, a))
            continue;
        at->attributes[n].name = end;
        end = put_text(end, a[0], strlen((const char *)a[0]));
        at->attributes[n].value = end;
        end = put_text(end, a[3], (size_t)(a[4] - a[3]));
        n++;
    }
    *kept = n;
    return QWR_OK;
}

static void on_begin(void *payload, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    parse *p = payload;
    (void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (p->status != QWR_OK)
        return;
    if (uri) {
        stop_at(p, line_now(p), "an element with a namespace is not expected here");
        return;
    }
    if (p->depth >= QWR__XML_DEPTH) {
        stop_at(p, line_now(p), "elements are nested too deep");
        return;
    }
    level *at = &p->levels[p->depth++];
    size_t kept = 0;
    qwr_status status = copy_attributes(p, at, &kept, attribute_count, attributes);
    if (status == QWR_OK && p->status == QWR_OK)
        status = p->handler->begin(p->handler->payload, (const char *)name, at->attributes, kept,
                                   line_now(p));
    if (status != QWR_OK)
        stop(p, status);
}

static void on_end(void *payload, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    parse *p = payload;
    (void)name, (void)prefix, (void)uri;
    if (p->status != QWR_OK)
        return;
    p->depth--;
    qwr_status status = p->handler->end(p->handler->payload, line_now(p));
    if (status != QWR_OK)
        stop(p, status);
}

static void on_text(void *payload, const xmlChar *text, int length)
{
    parse *p = payload;
    for (int i = 0; i < length; i++)
        if (!strchr(" \t\r\n", text[i]) || !text[i]) {
            stop_at(p, line_now(p),
                    "text between the elements is not expected; values are "
                    "written as attributes");
            return;
        }
}

static void on_doctype(void *payload, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    parse *p = payload;
    (void)name, (void)external, (void)system;
    stop_at(p, line_now(p), "a DOCTYPE is refused: it is not needed, and it can hide entities");
}

/* The first error is the one that helps; what follows is mostly its echo. */
static void on_error(void *payload, xmlErrorPtr error)
{
    parse *p = payload;
    if (p->status != QWR_OK || !error || error->level < XML_ERR_ERROR)
        return;
    if (p->in->status != QWR_OK) {
        stop(p, p->in->status);
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        stop(p, qwr__no_memory(p->ctx, p->handler->where));
        return;
    }
    const char *message = error->message ? error->message : "not well-formed";
    size_t length = strcspn(message, "\n");
    stop(p, qwr__fail(p->ctx, QWR_EFORMAT, p->handler->where, p->in->name, error->line,
                      "not well-formed XML: %.*s", length > 200 ? 200 : (int)length, message));
}

static int on_read(void *payload, char *buffer, int length)
{
    return qwr__input_read(payload, buffer, length);
}

static int on_close(void *payload)
{
    (void)payload; /* the caller of qwr__xml_parse() closes its input */
    return 0;
}

static void parse_document(parse *p)
{
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_begin,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .internalSubset = on_doctype,
        .serror = on_error,
    };
    xmlInitParser();
    p->parser = xmlCreateIOParserCtxt(&sax, p, on_read, on_close, p->in, XML_CHAR_ENCODING_NONE);
    if (!p->parser) {
        p->status =
            p->in->status != QWR_OK ? p->in->status : qwr__no_memory(p->ctx, p->handler->where);
        return;
    }
    xmlCtxtUseOptions(p->parser, XML_PARSE_NONET | XML_PARSE_NOWARNING);
    int broken = xmlParseDocument(p->parser);
    if (p->status == QWR_OK && p->in->status != QWR_OK)
        p->status = p->in->status;
    if (p->status == QWR_OK && (broken != 0 || !p->parser->wellFormed))
        stop_at(p, line_now(p), "not well-formed XML");
    xmlFreeParserCtxt(p->parser);
}

qwr_status qwr__xml_parse(qwr_context *ctx, qwr__input *in, const qwr__xml_handler *handler)
{
    parse p = {.ctx = ctx, .in = in, .handler = handler};
    parse_document(&p);
    for (size_t i = 0; i < QWR__XML_DEPTH; i++) {
        qwr__free(ctx, p.levels[i].text);
        qwr__free(ctx, p.levels[i].attributes);
    }
    return p.status;
}
