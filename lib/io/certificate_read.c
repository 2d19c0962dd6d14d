/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads certificates from XML, as a stream: an element is a step and is gone once the noun has it.
 * What is not as data/schema/certificate.xsd has it, or is about another scenario, is refused with
 * its line. Knows nothing of proofs.
 */
#include "io/certificate_table.h"
#include "io/io.h"
#include "io/plan_table.h"
#include "io/scenario_table.h"
#include "io/xml.h"

#include <string.h>

#define WHERE "io.certificate_read"

enum { UNIT_MAX = 1000000 };

typedef struct reader {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    qwr_certificate *certificate;
    int64_t *price; /**< [calls] */
    qwr__ids ids;
    qwr__spot spot;
    size_t depth;
} reader;

static qwr_status take_attributes(const qwr__spot *spot, const qwr__attr *rows, size_t row_count,
                                  const qwr__xml_attribute *attributes, size_t count, void *def)
{
    const qwr__attrs attrs = {rows, row_count, "attribute"};
    uint64_t given = 0;
    for (size_t i = 0; i < count; i++) {
        size_t row;
        if (rows == qwr__certificate_head_rows && strcmp(attributes[i].name, "format") == 0)
            continue;
        QWR_TRY(qwr__attr_find(&row, spot, &attrs, attributes[i].name));
        QWR_TRY(qwr__attr_read(spot, &attrs, row, attributes[i].value, def, &given));
    }
    return qwr__attrs_complete(spot, &attrs, given, QWR__REQUIRED);
}

/* --- the frame ------------------------------------------------------------------------------ */

static qwr_status check_format(const qwr__spot *spot, const qwr__xml_attribute *attributes,
                               size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(attributes[i].name, "format") != 0)
            continue;
        if (strcmp(attributes[i].value, QWR__CERTIFICATE_FORMAT) == 0)
            return QWR_OK;
        return qwr__spot_fail(spot, QWR_EFORMAT, "format %.32s: this version reads format %s",
                              attributes[i].value, QWR__CERTIFICATE_FORMAT);
    }
    return qwr__spot_fail(spot, QWR_EFORMAT, "format is missing; expected format %s",
                          QWR__CERTIFICATE_FORMAT);
}

static qwr_status check_head(const reader *r, const qwr__spot *spot,
                             const qwr__certificate_head *head)
{
    uint64_t hash = qwr_scenario_hash(r->scenario);
    size_t calls = qwr_scenario_call_count(r->scenario);
    if (head->scenario_hash != hash)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "it is about a scenario with hash %016llx, \"%.100s\" has %016llx",
                              (unsigned long long)head->scenario_hash,
                              qwr_scenario_get_info(r->scenario)->id, (unsigned long long)hash);
    if (head->calls < 1 || (uint64_t)head->calls != calls)
        return qwr__spot_fail(spot, QWR_EFORMAT, "calls is %lld; the scenario has %zu",
                              (long long)head->calls, calls);
    if (head->price_unit < 1 || head->price_unit > UNIT_MAX)
        return qwr__spot_fail(spot, QWR_EFORMAT, "price_unit is %lld; expected 1 to %d",
                              (long long)head->price_unit, UNIT_MAX);
    return QWR_OK;
}

static qwr_status begin_certificate(reader *r, qwr__spot *spot, const char *tag,
                                    const qwr__xml_attribute *attributes, size_t count)
{
    qwr__certificate_head head = {
        .calls = QWR_UNSET, .price_unit = QWR_UNSET, .target_mu = QWR_UNSET};
    qwr_certificate_info info = qwr_certificate_info_init();
    if (strcmp(tag, "certificate") != 0)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, spot->file, spot->line,
                         "the outermost element is <%.64s>; expected <certificate>%s", tag,
                         strcmp(tag, "plan") == 0 || strcmp(tag, "scenario") == 0
                             ? ": are two files in the wrong order?"
                             : "");
    QWR_TRY(check_format(spot, attributes, count));
    QWR_TRY(take_attributes(spot, qwr__certificate_head_rows, qwr__certificate_head_count,
                            attributes, count, &head));
    QWR_TRY(check_head(r, spot, &head));
    info.ordered = head.ordered;
    info.scenario_hash = head.scenario_hash;
    info.call_count = (uint32_t)head.calls;
    info.price_unit = head.price_unit;
    info.target_mu = head.target_mu;
    r->price = qwr__alloc(r->ctx, (size_t)head.calls, sizeof *r->price);
    if (!r->price)
        return qwr__no_memory(r->ctx, WHERE);
    return qwr_certificate_new(&r->certificate, r->ctx, &info);
}

/* --- the steps ------------------------------------------------------------------------------ */

/* The next whole number of a list, which is `*end` bytes long; false: it is none. */
static bool next_number(int64_t *value, const char *text, size_t *length)
{
    char number[24];
    *length = strcspn(text, " \t\r\n");
    if (*length >= sizeof number)
        return false;
    memcpy(number, text, *length);
    number[*length] = '\0';
    return qwr__parse_int(value, number);
}

static qwr_status take_prices(reader *r, const qwr__spot *spot, const char *values)
{
    size_t calls = qwr_scenario_call_count(r->scenario), count = 0, length;
    qwr_certificate_step step = qwr_certificate_step_init();
    for (const char *at = values + strspn(values, " \t\r\n"); *at;
         at += length, at += strspn(at, " \t\r\n")) {
        int64_t value = 0;
        if (!next_number(&value, at, &length))
            return qwr__spot_fail(spot, QWR_EFORMAT,
                                  "price %zu is \"%.*s\"; expected a whole number", count + 1,
                                  length > 32 ? 32 : (int)length, at);
        if (count < calls)
            r->price[count] = value;
        count++;
    }
    if (count != calls)
        return qwr__spot_fail(spot, QWR_EFORMAT, "there are %zu prices; expected one a call, %zu",
                              count, calls);
    step.price = r->price;
    return qwr_certificate_add(r->certificate, &step);
}

static qwr_status check_berths(const reader *r, const qwr__spot *spot,
                               const qwr__certificate_split *split)
{
    if (split->berth_last.v == QWR_NONE)
        return QWR_OK;
    if (split->berth.v == QWR_NONE)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "attribute berth_last needs berth, where its range begins");
    if (split->berth.v > split->berth_last.v)
        return qwr__spot_fail(spot, QWR_EFORMAT,
                              "berth_last \"%.100s\" comes before berth \"%.100s\"",
                              qwr_scenario_berth(r->scenario, split->berth_last)->id,
                              qwr_scenario_berth(r->scenario, split->berth)->id);
    return QWR_OK;
}

static qwr_status take_split(reader *r, const qwr__spot *spot, const qwr__certificate_split *split)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    QWR_TRY(check_berths(r, spot, split));
    if (split->from_s > split->to_s)
        return qwr__spot_fail(spot, QWR_EFORMAT, "from_s %lld is after to_s %lld",
                              (long long)split->from_s, (long long)split->to_s);
    step.call = split->call;
    step.berth = split->berth;
    step.berth_last = split->berth_last;
    step.from_s = split->from_s;
    step.to_s = split->to_s;
    return qwr_certificate_add(r->certificate, &step);
}

static qwr_status begin_step(reader *r, qwr__spot *spot, const char *tag,
                             const qwr__xml_attribute *attributes, size_t count)
{
    if (r->depth == 2 && strcmp(tag, "prices") == 0) {
        qwr__certificate_prices prices = {NULL};
        spot->element = "prices";
        QWR_TRY(take_attributes(spot, qwr__certificate_prices_rows, qwr__certificate_prices_count,
                                attributes, count, &prices));
        return take_prices(r, spot, prices.values);
    }
    if (r->depth == 2 && strcmp(tag, "split") == 0) {
        qwr__certificate_split split = {{QWR_NONE}, {QWR_NONE}, {QWR_NONE}, QWR_UNSET, QWR_UNSET};
        spot->element = "split";
        QWR_TRY(take_attributes(spot, qwr__certificate_split_rows, qwr__certificate_split_count,
                                attributes, count, &split));
        return take_split(r, spot, &split);
    }
    if (r->depth == 2 && strcmp(tag, "end") == 0) {
        const qwr_certificate_step end = qwr_certificate_step_init();
        spot->element = "end";
        if (count > 0)
            return qwr__spot_fail(spot, QWR_EFORMAT, "unknown attribute %.64s; expected none",
                                  attributes[0].name);
        return qwr_certificate_add(r->certificate, &end);
    }
    return qwr__spot_fail(spot, QWR_EFORMAT,
                          "unknown element <%.64s>; expected <prices>, <split> or <end>", tag);
}

static qwr_status on_begin(void *payload, const char *tag, const qwr__xml_attribute *attributes,
                           size_t count, int64_t line)
{
    reader *r = payload;
    qwr__spot spot = r->spot;
    spot.line = line;
    if (r->depth++ == 0)
        return begin_certificate(r, &spot, tag, attributes, count);
    return begin_step(r, &spot, tag, attributes, count);
}

static qwr_status on_end(void *payload, int64_t line)
{
    reader *r = payload;
    (void)line;
    r->depth--;
    return QWR_OK;
}

/* --- entry points --------------------------------------------------------------------------- */

static qwr_status read_input(qwr_certificate **out, qwr_context *ctx, const qwr_scenario *scenario,
                             qwr__input *in)
{
    reader r = {.ctx = ctx, .scenario = scenario, .ids = qwr__scenario_ids(scenario)};
    qwr__xml_handler handler = {on_begin, on_end, &r, WHERE};
    r.spot = (qwr__spot){.ctx = ctx,
                         .where = WHERE,
                         .file = in->name,
                         .element = "certificate",
                         .epoch_unix_s = qwr__scenario_epoch(scenario),
                         .ids = &r.ids};
    qwr_status status = qwr__xml_parse(ctx, in, &handler);
    qwr__free(ctx, r.price);
    if (status != QWR_OK) {
        qwr_certificate_free(r.certificate);
        return status;
    }
    *out = r.certificate;
    return QWR_OK;
}

qwr_status qwr_certificate_read(qwr_certificate **out, qwr_context *ctx,
                                const qwr_scenario *scenario, const char *path)
{
    qwr__input in;
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (!scenario || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no scenario, or no path");
    QWR_TRY(qwr__input_open(&in, ctx, path, QWR__XML_MAX_BYTES));
    qwr_status status = read_input(out, ctx, scenario, &in);
    qwr__input_close(&in);
    return status;
}

qwr_status qwr_certificate_parse(qwr_certificate **out, qwr_context *ctx,
                                 const qwr_scenario *scenario, const char *data, size_t length,
                                 const char *name)
{
    qwr__input in;
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (!scenario || (!data && length))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, name, 0, "no scenario, or no data");
    qwr__input_memory(&in, ctx, data, length, name);
    return read_input(out, ctx, scenario, &in);
}
