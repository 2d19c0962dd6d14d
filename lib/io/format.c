/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The doors of this room for scenarios: recognising a format, loading, and the two spellings that
 * every report shares (values and instants). Knows formats by name only.
 */
#include "io/attr.h"
#include "io/io.h"
#include "io/plan_table.h"

#include <string.h>

#define WHERE "io.format"

/* Enough to tell every format from the others. */
#define HEAD_BYTES ((size_t)64 << 10)

size_t qwr__skip_space(const char *data, size_t length)
{
    size_t at = length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < length && memchr(" \t\r\n", data[at], 4))
        at++;
    return at;
}

/* File name without folder and extension. Owned by caller. */
static char *instance_id(qwr_context *ctx, const char *name)
{
    const char *slash = strrchr(name, '/');
    char *id = qwr__strdup(ctx, slash ? slash + 1 : name);
    char *dot = id ? strrchr(id, '.') : NULL;
    if (dot && dot != id)
        *dot = '\0';
    return id;
}

qwr_status qwr__instance_begin(qwr_scenario_builder **out, qwr_context *ctx, const char *name,
                               qwr_scenario_info *info)
{
    char *id = instance_id(ctx, name);
    if (!id)
        return qwr__no_memory(ctx, WHERE);
    info->id = id;
    info->epoch = "2000-01-01T00:00:00Z";
    qwr_status status = qwr_scenario_builder_new(out, ctx, info);
    info->id = NULL;
    qwr__free(ctx, id);
    return status;
}

const char *qwr_format_name(qwr_format format)
{
    switch (format) {
    case QWR_FORMAT_XML:
        return "xml";
    case QWR_FORMAT_DBAP_TEXT:
        return "dbap-text";
    case QWR_FORMAT_HYBRID_JSON:
        return "hybrid-json";
    case QWR_FORMAT_CSBAP_TEXT:
        return "csbap-text";
    case QWR_FORMAT_TIDAL_CSV:
        return "tidal-csv";
    case QWR_FORMAT_AUTO:
        break;
    }
    return "auto";
}

static qwr_format detect(const char *head, size_t length)
{
    if (qwr__scenario_xml_detect(head, length))
        return QWR_FORMAT_XML;
    if (qwr__hybrid_json_detect(head, length))
        return QWR_FORMAT_HYBRID_JSON;
    if (qwr__csbap_text_detect(head, length))
        return QWR_FORMAT_CSBAP_TEXT;
    if (qwr__tidal_csv_detect(head, length))
        return QWR_FORMAT_TIDAL_CSV;
    if (qwr__dbap_text_detect(head, length))
        return QWR_FORMAT_DBAP_TEXT;
    return QWR_FORMAT_AUTO;
}

qwr_status qwr_format_detect(qwr_format *format, qwr_context *ctx, const char *path)
{
    qwr__input in;
    size_t length = 0;
    int got = 1;
    if (!ctx || !format)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "no path");
    QWR_TRY(qwr__input_open(&in, ctx, path, QWR__XML_MAX_BYTES));
    char *head = qwr__alloc(ctx, HEAD_BYTES, 1);
    if (!head) {
        qwr__input_close(&in);
        return qwr__no_memory(ctx, WHERE);
    }
    while (got > 0 && length < HEAD_BYTES) {
        got = qwr__input_read(&in, head + length, (int)(HEAD_BYTES - length));
        length += got > 0 ? (size_t)got : 0;
    }
    if (got >= 0)
        *format = detect(head, length);
    qwr__free(ctx, head);
    qwr__input_close(&in);
    return got < 0 ? in.status : QWR_OK;
}

qwr_format qwr_format_of_text(const char *data, size_t length)
{
    return data ? detect(data, length < HEAD_BYTES ? length : HEAD_BYTES) : QWR_FORMAT_AUTO;
}

static qwr_status unknown_format(qwr_context *ctx, const char *name)
{
    return qwr__fail(
        ctx, QWR_EFORMAT, WHERE, name, 1,
        "the format is not known; expected a scenario in XML, a berth allocation "
        "instance in text (dbap-text, csbap-text, tidal-csv) or in JSON (hybrid-json)");
}

qwr_status qwr_scenario_parse(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                              size_t length, const char *name, qwr_format format)
{
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (!data && length)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, name, 0, "no data");
    if (!name)
        name = "scenario";
    if (format == QWR_FORMAT_AUTO)
        format = detect(data, length < HEAD_BYTES ? length : HEAD_BYTES);
    qwr__input in;
    switch (format) {
    case QWR_FORMAT_XML:
        qwr__input_memory(&in, ctx, data, length, name);
        return qwr__scenario_xml_read(out, ctx, &in);
    case QWR_FORMAT_DBAP_TEXT:
        return qwr__dbap_text_read(out, ctx, data, length, name);
    case QWR_FORMAT_HYBRID_JSON:
        return qwr__hybrid_json_read(out, ctx, data, length, name);
    case QWR_FORMAT_CSBAP_TEXT:
        return qwr__csbap_text_read(out, ctx, data, length, name);
    case QWR_FORMAT_TIDAL_CSV:
        return qwr__tidal_csv_read(out, ctx, data, length, name);
    case QWR_FORMAT_AUTO:
        break;
    }
    return unknown_format(ctx, name);
}

/* XML streams from the file; the other formats are small and are held in memory, and so is what
 * comes through a pipe: it cannot be looked at and then read again. */
qwr_status qwr_scenario_builder_load(qwr_scenario_builder **out, qwr_context *ctx, const char *path,
                                     qwr_format format)
{
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (!path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "no path");
    bool once = format == QWR_FORMAT_AUTO && qwr__file_reads_once(path);
    if (format == QWR_FORMAT_AUTO && !once)
        QWR_TRY(qwr_format_detect(&format, ctx, path));
    if (format == QWR_FORMAT_AUTO && !once)
        return unknown_format(ctx, path);
    qwr_status status;
    if (format == QWR_FORMAT_XML) {
        qwr__input in;
        QWR_TRY(qwr__input_open(&in, ctx, path, QWR__XML_MAX_BYTES));
        status = qwr__scenario_xml_read(out, ctx, &in);
        qwr__input_close(&in);
        return status;
    }
    char *data = NULL;
    size_t length = 0;
    QWR_TRY(qwr__file_read(&data, &length, ctx, path, QWR__TEXT_MAX_BYTES));
    status = qwr_scenario_parse(out, ctx, data, length, path, format);
    qwr__free(ctx, data);
    return status;
}

qwr_status qwr_scenario_load(qwr_scenario **out, qwr_context *ctx, const char *path,
                             qwr_format format)
{
    qwr_scenario_builder *builder = NULL;
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    QWR_TRY(qwr_scenario_builder_load(&builder, ctx, path, format));
    qwr_status status = qwr_scenario_freeze(out, builder);
    if (status != QWR_OK)
        status = qwr__cause(ctx, status, WHERE, "the scenario in %s is not valid", path);
    qwr_scenario_builder_free(builder);
    return status;
}

void qwr_value_text(char *text, size_t capacity, int64_t cost_mu)
{
    if (text && capacity)
        qwr__format_fixed(text, capacity, cost_mu, 3);
}

void qwr_time_text(char *text, size_t capacity, const qwr_scenario *scenario, int64_t at_s)
{
    int64_t unix_s;
    if (!text || !capacity)
        return;
    text[0] = '\0';
    if (scenario && qwr__add64(&unix_s, qwr__scenario_epoch(scenario), at_s))
        qwr__format_time(text, capacity, unix_s);
}
