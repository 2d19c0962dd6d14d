/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads published instances of berth allocation at a tidal terminal (Ernst, Oguz, Singh and
 * Taherkhani 2017): a line a row of the model, its name first, then the values, commas between:
 *
 *   Vessels,n          how many
 *   Quay,l             length of the quay; 3 if the line is left out, as published
 *   Begin,b1,b2,...    high water begins
 *   End,e1,e2,...      and ends
 *   Processing,p1,...  of each vessel ("Processin" in some of the files)
 *   Length,l1,...      of each vessel, in the unit of the quay
 *   Arrival,a1,...     of each vessel
 *
 * A vessel lies anywhere on the quay and leaves at high water when its processing ends; the sum of
 * the times of departure is to be small. A unit of time is an hour, a unit of length 100 m here.
 * Decimals: lengths count to the millimetre, places to 1/500 of a unit (1/200 beyond 40 vessels);
 * arrivals and processing times are rounded up to a hundredth of an hour: a plan here is one of the
 * instance.
 *
 * Recognised by: "Vessels," first.
 */
#include "io/io.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WHERE       "io.tidal_csv"
#define HOUR_S      3600
#define STEP_S      36
#define UNIT_MM     100000
#define GRID_MM     200 /* of places; fewer of them where there are many vessels */
#define MANY_CALLS  40
#define MANY_MM     500
#define TENTH_9     1000000000 /* decimals are read in 1e-9 */
#define HOURS_MOST  87600
#define LENGTH_MOST 10000
#define CALLS_MOST  100000
#define WATER_MM    1000 /* what a vessel needs to leave, and high water is */

typedef enum row { VESSELS, QUAY, BEGIN, END, PROCESSING, LENGTH, ARRIVAL, ROWS } row;

static const char *const NAMES[ROWS] = {"Vessels",    "Quay",   "Begin",  "End",
                                        "Processing", "Length", "Arrival"};

/* The values of a row, in 1e-9. */
typedef struct values {
    int64_t *at;
    size_t count;
    int64_t line; /* 0: not read yet */
} values;

typedef struct reader {
    qwr_context *ctx;
    const char *name;
    int64_t line;
    values row[ROWS];
    qwr_scenario_builder *builder;
    qwr_quay_ix quay;
} reader;

bool qwr__tidal_csv_detect(const char *head, size_t length)
{
    static const char word[] = "Vessels,";
    size_t at = qwr__skip_space(head, length);
    return length - at >= sizeof word - 1 && memcmp(head + at, word, sizeof word - 1) == 0;
}

/* A decimal without sign or exponent, rounded up to 1e-9; false: it is none, or 1e9 or more. */
static bool parse_decimal(int64_t *out, const char *at, const char *end)
{
    int64_t value = 0;
    int digits = 0, places = -1;
    bool more = false;
    for (; at < end; at++) {
        if (*at == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (*at < '0' || *at > '9' || value >= INT64_MAX / 100)
            return false;
        digits++;
        if (places >= 9) {
            more = more || *at != '0';
            continue;
        }
        value = value * 10 + (*at - '0');
        places += places >= 0;
    }
    if (digits == 0)
        return false;
    for (places = places < 0 ? 0 : places; places < 9; places++)
        if (!qwr__mul64(&value, value, 10))
            return false;
    *out = value + more;
    return true;
}

static qwr_status take_values(reader *r, row k, const char *at, const char *end)
{
    static const int64_t most[ROWS] = {CALLS_MOST, LENGTH_MOST, HOURS_MOST, HOURS_MOST,
                                       HOURS_MOST, LENGTH_MOST, HOURS_MOST};
    values *v = &r->row[k];
    size_t count = 1;
    for (const char *c = at; c < end; c++)
        count += *c == ',';
    v->at = qwr__alloc(r->ctx, count, sizeof *v->at);
    if (!v->at)
        return qwr__no_memory(r->ctx, WHERE);
    v->line = r->line;
    while (v->count < count) {
        const char *comma = memchr(at, ',', (size_t)(end - at)), *stop = comma ? comma : end;
        const char *first = at, *last = stop;
        while (first < last && (*first == ' ' || *first == '\t'))
            first++;
        while (last > first && (last[-1] == ' ' || last[-1] == '\t'))
            last--;
        int64_t value;
        if (!parse_decimal(&value, first, last) || value > most[k] * TENTH_9)
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                             "%s, value %zu: \"%.*s\" stands there; expected a number from 0 to "
                             "%" PRId64,
                             NAMES[k], v->count + 1, (int)(last - first > 40 ? 40 : last - first),
                             first, most[k]);
        v->at[v->count++] = value;
        at = stop + 1;
    }
    return QWR_OK;
}

static qwr_status take_line(reader *r, const char *at, const char *end)
{
    while (end > at && (end[-1] == '\r' || end[-1] == ' ' || end[-1] == ','))
        end--;
    if (at == end)
        return QWR_OK;
    const char *comma = memchr(at, ',', (size_t)(end - at));
    size_t length = (size_t)((comma ? comma : end) - at);
    for (row k = VESSELS; k < ROWS; k++) {
        size_t whole = strlen(NAMES[k]);
        bool short_one = k == PROCESSING && length == whole - 1; /* as some of the files spell it */
        if ((length != whole && !short_one) || memcmp(at, NAMES[k], length) != 0)
            continue;
        if (r->row[k].line)
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                             "%s was given before, in line %" PRId64, NAMES[k], r->row[k].line);
        if (!comma)
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                             "%s stands alone; expected its values behind it", NAMES[k]);
        return take_values(r, k, comma + 1, end);
    }
    return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                     "the line begins with \"%.*s\"; expected Vessels, Quay, Begin, End, "
                     "Processing, Length or Arrival",
                     (int)(length > 40 ? 40 : length), at);
}

static qwr_status read_lines(reader *r, const char *data, size_t length)
{
    const char *at = data + qwr__skip_space(data, length), *end = data + length;
    r->line = 1;
    for (const char *c = data; c < at; c++)
        r->line += *c == '\n';
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        QWR_TRY(take_line(r, at, stop ? stop : end));
        if (!stop)
            break;
        at = stop + 1;
        r->line++;
    }
    return QWR_OK;
}

/* Are all rows there, with as many values as there are vessels, and the windows in order? */
static qwr_status check_rows(const reader *r)
{
    const values *begin = &r->row[BEGIN], *end = &r->row[END];
    for (row k = VESSELS; k < ROWS; k++)
        if (!r->row[k].line && k != QUAY)
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                             "the file ends without a line that begins with %s", NAMES[k]);
    int64_t calls = r->row[VESSELS].at[0] / TENTH_9;
    for (row k = PROCESSING; k < ROWS; k++)
        if ((int64_t)r->row[k].count != calls)
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->row[k].line,
                             "%s has %zu values; expected %" PRId64 ", one a vessel", NAMES[k],
                             r->row[k].count, calls);
    if (begin->count != end->count)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, end->line,
                         "End has %zu values; expected %zu, as many as Begin", end->count,
                         begin->count);
    for (size_t k = 0; k < end->count; k++)
        if (begin->at[k] > end->at[k] || (k && begin->at[k] <= end->at[k - 1]))
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, begin->line,
                             "high water %zu begins before it may; expected windows one after the "
                             "other",
                             k + 1);
    return QWR_OK;
}

/* Hours in 1e-9 as seconds: rounded up to a step, or down to a second. */
static int64_t seconds_up(int64_t value)
{
    int64_t steps = HOUR_S / STEP_S;
    return (value / TENTH_9 * steps + (value % TENTH_9 * steps + TENTH_9 - 1) / TENTH_9) * STEP_S;
}

static int64_t seconds(int64_t value)
{
    return value / TENTH_9 * HOUR_S + value % TENTH_9 * HOUR_S / TENTH_9;
}

static int64_t millimetres_up(int64_t value)
{
    return value / TENTH_9 * UNIT_MM + (value % TENTH_9 * UNIT_MM + TENTH_9 - 1) / TENTH_9;
}

static qwr_status add_tide(const reader *r, int64_t at_s, int64_t level_mm)
{
    qwr_tide tide = qwr_tide_init();
    tide.at_s = at_s;
    tide.level_mm = level_mm;
    return qwr_scenario_add_tide(r->builder, &tide);
}

/* Water enough from each beginning to the end, none a second before and after. */
static qwr_status add_water(const reader *r)
{
    int64_t free_s = INT64_MIN; /* second up to which the table is made */
    for (size_t k = 0; k < r->row[BEGIN].count; k++) {
        int64_t from = seconds(r->row[BEGIN].at[k]), to = seconds(r->row[END].at[k]);
        qwr_scenario_builder_at(r->builder, r->name, r->row[BEGIN].line);
        if (from - 1 > free_s && from > 0)
            QWR_TRY(add_tide(r, from - 1, 0));
        if (from > free_s)
            QWR_TRY(add_tide(r, from, WATER_MM));
        if (to > from)
            QWR_TRY(add_tide(r, to, WATER_MM));
        QWR_TRY(add_tide(r, to + 1, 0));
        free_s = to + 1;
    }
    return QWR_OK;
}

static qwr_status start_scenario(reader *r)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    info.step_s = STEP_S;
    info.published_unit_s = HOUR_S;
    info.horizon_s = seconds_up(r->row[END].at[r->row[END].count - 1]);
    info.objective = QWR_OBJECTIVE_COMPLETION;
    info.channel_depth_mm = 0;
    info.ukc_channel_mm = 0;
    QWR_TRY(qwr__instance_begin(&r->builder, r->ctx, r->name, &info));
    qwr_quay quay = qwr_quay_init();
    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_CONTINUOUS;
    quay.length_mm = r->row[QUAY].line ? millimetres_up(r->row[QUAY].at[0]) : 3 * UNIT_MM;
    quay.grid_mm = r->row[LENGTH].count > MANY_CALLS ? MANY_MM : GRID_MM;
    qwr_scenario_builder_at(r->builder, r->name, r->row[QUAY].line);
    return qwr_scenario_add_quay(r->builder, &quay, &r->quay);
}

static qwr_status add_call(const reader *r, size_t i)
{
    char id[32];
    snprintf(id, sizeof id, "V%zu", i + 1);
    qwr_call call = qwr_call_init();
    call.id = id;
    call.loa_mm = millimetres_up(r->row[LENGTH].at[i]);
    call.eta_s = seconds_up(r->row[ARRIVAL].at[i]);
    call.handling_s = seconds_up(r->row[PROCESSING].at[i]);
    call.draught_out_mm = WATER_MM;
    call.min_cranes = 0;
    call.max_cranes = 0;
    qwr_scenario_builder_at(r->builder, r->name, r->row[LENGTH].line);
    return qwr_scenario_add_call(r->builder, &call, NULL);
}

static qwr_status build(reader *r)
{
    QWR_TRY(check_rows(r));
    QWR_TRY(start_scenario(r));
    QWR_TRY(add_water(r));
    for (size_t i = 0; i < r->row[LENGTH].count; i++)
        QWR_TRY(add_call(r, i));
    return QWR_OK;
}

qwr_status qwr__tidal_csv_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                               size_t length, const char *name)
{
    reader r = {.ctx = ctx, .name = name};
    qwr_status status = read_lines(&r, data, length);
    if (status == QWR_OK)
        status = build(&r);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(r.builder);
        r.builder = NULL;
    }
    for (row k = VESSELS; k < ROWS; k++)
        qwr__free(ctx, r.row[k].at);
    *out = r.builder;
    return status;
}
