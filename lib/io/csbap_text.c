/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads published instances of the continuous berth allocation problem with quay breaks (csbap):
 * four sections of whole numbers, each behind a line that begins with '%':
 *
 *   horizon | length of the quay | breaks, one or more a line, or none
 *   | a line a vessel: index, size, arrival, processing time, weight (may be left out: 1)
 *
 * No vessel straddles a break; the weighted sum of the times from arrival to departure is to be
 * small. One time unit is an hour, one unit of length a metre here.
 *
 * Recognised by: '%' first, and the words "Berth breaks" or "Vessel index" in the first 64 KiB.
 */
#include "io/io.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WHERE   "io.csbap_text"
#define UNIT_S  3600
#define UNIT_MM 1000
/* What the limits of a scenario allow: ten years of hours, 10^9 mm. */
#define HOURS_MOST  87600
#define METRES_MOST 1000000
#define WEIGHT_MOST 1000000
#define INDEX_MOST  1000000

typedef enum section { HORIZON, LENGTH, BREAKS, VESSELS, SECTIONS } section;

static const char *const NAMES[SECTIONS] = {"the horizon", "the length of the quay",
                                            "the breaks of the quay", "the vessels"};

/* A number of a vessel's line. */
typedef struct column {
    const char *name;
    int64_t least, most;
} column;

enum { INDEX, SIZE, ARRIVAL, PROCESSING, WEIGHT, COLUMNS };
static const column COLUMN[COLUMNS] = {{"index", 0, INDEX_MOST},
                                       {"size", 1, METRES_MOST},
                                       {"arrival", 0, HOURS_MOST},
                                       {"processing time", 1, HOURS_MOST},
                                       {"weight", 0, WEIGHT_MOST}};

typedef struct reader {
    qwr_context *ctx;
    const char *name;
    const char *at, *end; /* of the line: what is left of it */
    int64_t line;
    section now; /* SECTIONS: before the first */
    int64_t horizon, length;
    qwr_scenario_builder *builder;
    qwr_quay_ix quay;
} reader;

bool qwr__csbap_text_detect(const char *head, size_t length)
{
    static const char *const words[] = {"Berth breaks", "Vessel index"};
    size_t at = qwr__skip_space(head, length);
    if (at >= length || head[at] != '%')
        return false;
    for (int i = 0; i < 2; i++)
        if (memmem(head, length, words[i], strlen(words[i])))
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool more(reader *r)
{
    while (r->at < r->end && is_blank(*r->at))
        r->at++;
    return r->at < r->end;
}

/* The next number of the line; more() said there is one. */
static qwr_status take(reader *r, int64_t *value, const char *what, int64_t least, int64_t most)
{
    char token[48];
    size_t length = 0;
    for (; r->at < r->end && !is_blank(*r->at); r->at++)
        if (length < sizeof token - 1)
            token[length++] = *r->at;
    token[length] = '\0';
    if (qwr__parse_int(value, token) && *value >= least && *value <= most)
        return QWR_OK;
    return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                     "%s: \"%s\" stands there; expected a whole number from %" PRId64
                     " to %" PRId64,
                     what, token, least, most);
}

static qwr_status start_scenario(reader *r)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    info.step_s = UNIT_S;
    info.published_unit_s = UNIT_S;
    info.horizon_s = r->horizon * UNIT_S;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    QWR_TRY(qwr__instance_begin(&r->builder, r->ctx, r->name, &info));
    qwr_quay quay = qwr_quay_init();
    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_CONTINUOUS;
    quay.length_mm = r->length * UNIT_MM;
    quay.grid_mm = UNIT_MM;
    qwr_scenario_builder_at(r->builder, r->name, r->line);
    return qwr_scenario_add_quay(r->builder, &quay, &r->quay);
}

static qwr_status take_break(reader *r)
{
    qwr_quay_break at = qwr_quay_break_init();
    QWR_TRY(take(r, &at.at_mm, "a break of the quay", 0, r->length));
    if (at.at_mm == 0 || at.at_mm == r->length)
        return QWR_OK; /* the quay ends there anyway */
    at.quay = r->quay;
    at.at_mm *= UNIT_MM;
    qwr_scenario_builder_at(r->builder, r->name, r->line);
    return qwr_scenario_add_quay_break(r->builder, &at);
}

static qwr_status take_vessel(reader *r)
{
    int64_t value[COLUMNS];
    char id[32], what[64];
    int k = 0;
    value[WEIGHT] = 1;
    for (; k < COLUMNS && more(r); k++) {
        snprintf(what, sizeof what, "%s of a vessel", COLUMN[k].name);
        QWR_TRY(take(r, &value[k], what, COLUMN[k].least, COLUMN[k].most));
    }
    if (k < WEIGHT)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "the line of a vessel ends before its %s; expected index, size, arrival, "
                         "processing time, weight",
                         COLUMN[k].name);
    snprintf(id, sizeof id, "V%" PRId64, value[INDEX]);
    qwr_call call = qwr_call_init();
    call.id = id;
    call.loa_mm = value[SIZE] * UNIT_MM;
    call.eta_s = value[ARRIVAL] * UNIT_S;
    call.handling_s = value[PROCESSING] * UNIT_S;
    call.weight_milli = value[WEIGHT] * 1000;
    call.min_cranes = 0;
    call.max_cranes = 0;
    qwr_scenario_builder_at(r->builder, r->name, r->line);
    return qwr_scenario_add_call(r->builder, &call, NULL);
}

/* One number that stands alone in its section. */
static qwr_status take_only(reader *r, int64_t *value, int64_t most)
{
    if (*value)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "%s was given before; expected a line that begins with %% and the next "
                         "section",
                         NAMES[r->now]);
    return take(r, value, NAMES[r->now], 1, most);
}

static qwr_status begin_section(reader *r)
{
    if (r->now == VESSELS)
        return QWR_OK; /* a remark among the vessels */
    bool empty = (r->now == HORIZON && !r->horizon) || (r->now == LENGTH && !r->length);
    if (empty)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "%s is missing; expected a whole number before this line", NAMES[r->now]);
    r->now = r->now == SECTIONS ? HORIZON : r->now + 1;
    return r->now == BREAKS ? start_scenario(r) : QWR_OK;
}

static qwr_status take_line(reader *r)
{
    if (more(r) && *r->at == '%')
        return begin_section(r);
    if (r->now == VESSELS && more(r))
        QWR_TRY(take_vessel(r));
    if (r->now == VESSELS && more(r))
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "more stands behind the weight of a vessel; expected the end of the line");
    while (more(r)) {
        if (r->now == HORIZON)
            QWR_TRY(take_only(r, &r->horizon, HOURS_MOST));
        else if (r->now == LENGTH)
            QWR_TRY(take_only(r, &r->length, METRES_MOST));
        else if (r->now == BREAKS)
            QWR_TRY(take_break(r));
        else
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                             "numbers before the first section; expected a line that begins "
                             "with %%");
    }
    return QWR_OK;
}

static qwr_status read_lines(reader *r, const char *data, size_t length)
{
    const char *at = data + qwr__skip_space(data, length), *end = data + length;
    r->line = 1;
    for (const char *c = data; c < at; c++)
        r->line += *c == '\n';
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        r->at = at;
        r->end = stop ? stop : end;
        QWR_TRY(take_line(r));
        if (!stop)
            break;
        at = stop + 1;
        r->line++;
    }
    if (r->now == VESSELS)
        return QWR_OK;
    return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                     "the file ends before its vessels; expected four sections, each behind a line "
                     "that begins with %%: horizon, length, breaks, vessels");
}

qwr_status qwr__csbap_text_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                                size_t length, const char *name)
{
    reader r = {.ctx = ctx, .name = name, .now = SECTIONS};
    qwr_status status = read_lines(&r, data, length);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(r.builder);
        r.builder = NULL;
    }
    *out = r.builder;
    return status;
}
