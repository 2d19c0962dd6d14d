/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads plans from XML, JSON and CSV by the rows of plan_table.c, whoever made them: only ids and
 * ranges are judged here, the rest is the checker's. Knows no rule and no cost.
 *
 * Recognised by the first character that is not white space: '<' XML, '{' JSON, else CSV, which is
 * a solution if plan_solution.c says so.
 */
#include "io/csv.h"
#include "io/io.h"
#include "io/json.h"
#include "io/plan_solution.h"
#include "io/plan_table.h"
#include "io/scenario_table.h"
#include "io/xml.h"
#include "model/scenario_tables.h"

#include <string.h>

#define WHERE "io.plan_read"

typedef struct reader {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    qwr_plan *plan;
    qwr__ids ids;
    qwr__spot spot;
    qwr__attrs head_attrs, row_attrs;
    qwr__plan_head head;
    int64_t *lines; /**< Of each call read so far, 0 for none. */
    size_t placed, depth;
} reader;

/* --- one call ----------------------------------------------------------------------------------
 */

static qwr_status out_of_range(const qwr__spot *spot, const char *name, int64_t value,
                               int64_t least, int64_t most)
{
    if (value >= least && value <= most)
        return QWR_OK;
    return qwr__spot_fail(spot, QWR_EFORMAT, "%s is out of range", name);
}

/* A berth says its quay and position, where the file does not. */
static qwr_status complete_place(const reader *r, const qwr__spot *spot, qwr__plan_row *row)
{
    const qwr_berth *berth = qwr_scenario_berth(r->scenario, row->berth);
    if (berth && row->quay.v == QWR_NONE)
        row->quay = berth->quay;
    if (berth && row->position_mm == QWR_UNSET)
        row->position_mm = berth->from_mm;
    if (row->quay.v == QWR_NONE)
        return qwr__spot_fail(spot, QWR_EFORMAT, "quay or berth is missing");
    if (row->position_mm == QWR_UNSET)
        return qwr__spot_fail(spot, QWR_EFORMAT, "position_m is missing");
    if (row->start_s == QWR_UNSET)
        return qwr__spot_fail(spot, QWR_EFORMAT, "start is missing");
    if (row->end_s == QWR_UNSET)
        return qwr__spot_fail(spot, QWR_EFORMAT, "end is missing");
    return QWR_OK;
}

/* What later code adds up must not overflow, however wrong the plan is. */
static qwr_status check_ranges(const qwr__spot *spot, const qwr__plan_row *row)
{
    const int64_t at_most = 2 * QWR__TIME_MAX;
    QWR_TRY(out_of_range(spot, "position_m", row->position_mm, -QWR__MM_MAX, QWR__MM_MAX));
    QWR_TRY(out_of_range(spot, "start", row->start_s, -at_most, at_most));
    QWR_TRY(out_of_range(spot, "end", row->end_s, -at_most, at_most));
    QWR_TRY(out_of_range(spot, "cranes", row->cranes, 0, QWR__CRANES_MAX));
    if (row->rate_milli != QWR_UNSET)
        QWR_TRY(out_of_range(spot, "rate_moves_h", row->rate_milli, 1, 1000000000));
    return QWR_OK;
}

static qwr_status take_row(reader *r, const qwr__spot *spot, const qwr__plan_row *given)
{
    qwr__plan_row row = *given;
    qwr_stay stay = qwr_stay_init();
    qwr_crane_step steps[QWR_CRANE_STEPS_MAX];
    qwr__spot here = *spot;
    here.id = qwr_scenario_call(r->scenario, row.call)->id;
    if (r->lines[row.call.v])
        return qwr__spot_fail(&here, QWR_EFORMAT, "this call stands in line %lld already",
                              (long long)r->lines[row.call.v]);
    r->lines[row.call.v] = spot->line;
    stay.placed = row.placed;
    stay.reason = row.reason;
    if (row.placed) {
        QWR_TRY(complete_place(r, &here, &row));
        row.cranes = row.cranes == QWR_UNSET ? 0 : row.cranes;
        QWR_TRY(check_ranges(&here, &row));
        stay.quay = row.quay;
        stay.berth = row.berth;
        stay.position_mm = row.position_mm;
        stay.start_s = row.start_s;
        stay.end_s = row.end_s;
        stay.cranes = row.cranes;
        stay.rate_milli = row.rate_milli;
        stay.cost_mu = row.cost_mu == QWR_UNSET ? 0 : row.cost_mu;
        if (row.profile)
            QWR_TRY(qwr__profile_read(steps, &stay.step_count, &here, row.profile,
                                      qwr__scenario_epoch(r->scenario)));
        stay.steps = steps;
        r->placed++;
    }
    return qwr_plan_set_stay(r->plan, row.call, &stay);
}

/* --- the plan as a whole ------------------------------------------------------------------------
 */

static qwr_status check_format(const qwr__spot *spot, const char *value)
{
    if (!value)
        return qwr__spot_fail(spot, QWR_EFORMAT, "format is missing; expected format %s",
                              QWR__PLAN_FORMAT);
    if (strcmp(value, QWR__PLAN_FORMAT) != 0)
        return qwr__spot_fail(spot, QWR_EFORMAT, "format %.32s: this version reads format %s",
                              value, QWR__PLAN_FORMAT);
    return QWR_OK;
}

/* The head's texts live as long as the file's; the plan copies them. */
static qwr_status take_head(reader *r)
{
    qwr_plan_quality quality = qwr_plan_quality_init();
    const qwr__plan_head *head = &r->head;
    quality.outcome = (qwr_outcome)head->outcome;
    quality.stop = (qwr_stop)head->stop;
    quality.cost_mu = head->cost_mu != QWR_UNSET    ? head->cost_mu
                      : head->value_mu != QWR_UNSET ? head->value_mu
                                                    : 0;
    quality.bound_mu = head->bound_mu;
    quality.work = head->work == QWR_UNSET ? 0 : head->work;
    quality.seed = head->seed;
    quality.scenario_hash = head->scenario_hash;
    quality.proof = head->proof;
    quality.forecast = head->forecast;
    quality.unplaced = (int64_t)(qwr_scenario_call_count(r->scenario) - r->placed);
    uint64_t hash = qwr_scenario_hash(r->scenario);
    if (head->scenario_hash && head->scenario_hash != hash)
        qwr__log(r->ctx, QWR_LOG_INFO,
                 "event=plan_of_another_scenario file=\"%s\" plan_hash=%016llx "
                 "scenario_hash=%016llx",
                 r->spot.file ? r->spot.file : "", (unsigned long long)head->scenario_hash,
                 (unsigned long long)hash);
    return qwr_plan_set_quality(r->plan, &quality);
}

/* --- XML ----------------------------------------------------------------------------------------
 */

static qwr_status take_attributes(const qwr__spot *spot, const qwr__attrs *attrs,
                                  const qwr__xml_attribute *attributes, size_t count, void *def)
{
    uint64_t given = 0;
    for (size_t i = 0; i < count; i++) {
        size_t row;
        if (strcmp(attributes[i].name, "format") == 0 && attrs->rows == qwr__plan_head_rows)
            continue;
        QWR_TRY(qwr__attr_find(&row, spot, attrs, attributes[i].name));
        QWR_TRY(qwr__attr_read(spot, attrs, row, attributes[i].value, def, &given));
    }
    return qwr__attrs_complete(spot, attrs, given, QWR__REQUIRED);
}

static qwr_status begin_plan(reader *r, qwr__spot *spot, const char *tag,
                             const qwr__xml_attribute *attributes, size_t count)
{
    const char *format = NULL;
    if (strcmp(tag, "scenario") == 0)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, spot->file, spot->line,
                         "this file holds a scenario; expected a plan: are two files in the wrong "
                         "order?");
    if (strcmp(tag, "plan") != 0)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, spot->file, spot->line,
                         "the outermost element is <%.64s>; expected <plan>", tag);
    for (size_t i = 0; i < count; i++)
        if (strcmp(attributes[i].name, "format") == 0)
            format = attributes[i].value;
    QWR_TRY(check_format(spot, format));
    return take_attributes(spot, &r->head_attrs, attributes, count, &r->head);
}

static qwr_status on_begin(void *payload, const char *tag, const qwr__xml_attribute *attributes,
                           size_t count, int64_t line)
{
    reader *r = payload;
    qwr__spot spot = r->spot;
    spot.line = line;
    spot.element = "plan";
    if (r->depth++ == 0)
        return begin_plan(r, &spot, tag, attributes, count);
    if (r->depth > 2 || strcmp(tag, "stay") != 0)
        return qwr__spot_fail(&spot, QWR_EFORMAT, "unknown element <%.64s>; expected <stay>", tag);
    spot.element = "stay";
    qwr__plan_row row = qwr__plan_row_init();
    QWR_TRY(take_attributes(&spot, &r->row_attrs, attributes, count, &row));
    return take_row(r, &spot, &row);
}

/* The head is taken last, for the number of calls placed, but before its texts go. */
static qwr_status on_end(void *payload, int64_t line)
{
    reader *r = payload;
    (void)line;
    return --r->depth == 0 ? take_head(r) : QWR_OK;
}

static qwr_status read_xml(reader *r, const char *data, size_t length)
{
    qwr__input in;
    qwr__xml_handler handler = {on_begin, on_end, r, WHERE};
    qwr__input_memory(&in, r->ctx, data, length, r->spot.file);
    return qwr__xml_parse(r->ctx, &in, &handler);
}

/* --- JSON ---------------------------------------------------------------------------------------
 */

static qwr_status take_members(const qwr__json *json, const qwr__spot *spot,
                               const qwr__attrs *attrs, const qwr__json_node *object, void *def)
{
    uint64_t given = 0;
    const bool head = attrs->rows == qwr__plan_head_rows;
    if (object->kind != QWR__JSON_OBJECT)
        return qwr__spot_fail(spot, QWR_EFORMAT, "expected an object");
    for (const qwr__json_node *node = qwr__json_first(json, object); node;
         node = qwr__json_next(json, node)) {
        qwr__spot here = *spot;
        size_t row;
        here.line = node->line;
        if (head && (strcmp(node->key, "format") == 0 || strcmp(node->key, "stays") == 0))
            continue;
        QWR_TRY(qwr__attr_find(&row, &here, attrs, node->key));
        if (node->kind == QWR__JSON_NULL)
            continue;
        if (!node->text)
            return qwr__spot_fail(&here, QWR_EFORMAT, "%s: expected a single value", node->key);
        QWR_TRY(qwr__attr_read(&here, attrs, row, node->text, def, &given));
    }
    return qwr__attrs_complete(spot, attrs, given, QWR__REQUIRED);
}

static qwr_status take_json(reader *r, const qwr__json *json)
{
    const qwr__json_node *root = &json->nodes[0];
    qwr__spot spot = r->spot;
    spot.line = root->line;
    spot.element = "plan";
    const qwr__json_node *format = qwr__json_get(json, root, "format");
    const qwr__json_node *stays = qwr__json_get(json, root, "stays");
    QWR_TRY(check_format(&spot, format ? format->text : NULL));
    QWR_TRY(take_members(json, &spot, &r->head_attrs, root, &r->head));
    if (!stays || stays->kind != QWR__JSON_ARRAY)
        return qwr__spot_fail(&spot, QWR_EFORMAT, "member stays is missing; expected an array");
    for (const qwr__json_node *node = qwr__json_first(json, stays); node;
         node = qwr__json_next(json, node)) {
        qwr__plan_row row = qwr__plan_row_init();
        spot.line = node->line;
        spot.element = "stay";
        QWR_TRY(take_members(json, &spot, &r->row_attrs, node, &row));
        QWR_TRY(take_row(r, &spot, &row));
    }
    return take_head(r);
}

static qwr_status read_json(reader *r, const char *data, size_t length)
{
    qwr__json json;
    r->head_attrs.what = r->row_attrs.what = "member";
    qwr_status status = qwr__json_parse(&json, r->ctx, WHERE, data, length, r->spot.file);
    if (status == QWR_OK)
        status = take_json(r, &json);
    qwr__json_free(&json);
    return status;
}

/* --- CSV ----------------------------------------------------------------------------------------
 */

static void init_row(void *def)
{
    *(qwr__plan_row *)def = qwr__plan_row_init();
}

static qwr_status on_row(const qwr__spot *spot, const void *def, void *payload)
{
    return take_row(payload, spot, def);
}

static qwr_status read_csv(reader *r, const char *data, size_t length)
{
    qwr__plan_row row;
    qwr__spot spot = r->spot;
    spot.element = "stay";
    r->row_attrs.what = "column";
    qwr__csv_table table = {&r->row_attrs, init_row, &row, on_row, r};
    QWR_TRY(qwr__csv_read(&spot, data, length, &table));
    return take_head(r);
}

static qwr_status read_solution(reader *r, const char *data, size_t length)
{
    qwr__spot spot = r->spot;
    spot.element = "stay";
    QWR_TRY(qwr__solution_read(&spot, r->scenario, data, length, on_row, r, &r->head.value_mu));
    return take_head(r);
}

/* --- entry points --- */

static qwr_plan_format detect(const char *data, size_t length)
{
    size_t at = qwr__skip_space(data, length);
    if (at < length && data[at] == '<')
        return QWR_PLAN_XML;
    if (at < length && data[at] == '{')
        return QWR_PLAN_JSON;
    return qwr__solution_detect(data, length) ? QWR_PLAN_SOLUTION_CSV : QWR_PLAN_CSV;
}

static qwr_status read_plan(reader *r, const char *data, size_t length, qwr_plan_format format)
{
    switch (format == QWR_PLAN_AUTO ? detect(data, length) : format) {
    case QWR_PLAN_XML:
        return read_xml(r, data, length);
    case QWR_PLAN_JSON:
        return read_json(r, data, length);
    case QWR_PLAN_CSV:
        return read_csv(r, data, length);
    case QWR_PLAN_SOLUTION_CSV:
        return read_solution(r, data, length);
    default:
        return qwr__fail(r->ctx, QWR_EINVAL, WHERE, r->spot.file, 0,
                         "there is no plan format of this number");
    }
}

qwr_status qwr_plan_parse(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
                          const char *data, size_t length, const char *name, qwr_plan_format format)
{
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (!scenario || (!data && length))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, name, 0, "no scenario, or no data");
    reader r = {.ctx = ctx,
                .scenario = scenario,
                .ids = qwr__scenario_ids(scenario),
                .head_attrs = {qwr__plan_head_rows, qwr__plan_head_count, "attribute"},
                .row_attrs = {qwr__plan_row_rows, qwr__plan_row_count, "attribute"},
                .head = qwr__plan_head_init()};
    r.spot = (qwr__spot){.ctx = ctx,
                         .where = WHERE,
                         .file = name,
                         .element = "plan",
                         .epoch_unix_s = qwr__scenario_epoch(scenario),
                         .ids = &r.ids};
    qwr_status status = QWR_OK;
    r.lines = qwr__alloc(ctx, qwr_scenario_call_count(scenario), sizeof *r.lines);
    if (!r.lines) {
        status = qwr__no_memory(ctx, WHERE);
        goto done;
    }
    QWR_TRY_DONE(qwr_plan_new(&r.plan, ctx, scenario));
    QWR_TRY_DONE(read_plan(&r, data, length, format));
done:
    qwr__free(ctx, r.lines);
    if (status != QWR_OK) {
        qwr_plan_free(r.plan);
        r.plan = NULL;
    }
    *out = r.plan;
    return status;
}

qwr_status qwr_plan_load(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
                         const char *path, qwr_plan_format format)
{
    char *data = NULL;
    size_t length = 0;
    if (!out || !ctx)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (!scenario || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no scenario, or no path");
    QWR_TRY(qwr__file_read(&data, &length, ctx, path, QWR__TEXT_MAX_BYTES));
    qwr_status status = qwr_plan_parse(out, ctx, scenario, data, length, path, format);
    qwr__free(ctx, data);
    return status;
}
