/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads published instances of the dynamic berth allocation problem (Cordeau et al. 2005,
 * Lalla-Ruiz et al. 2012, Kramer et al. 2019). White-space separated integers:
 *
 *   N M | N arrivals | M openings | N x M handling times, 99999: forbidden | M closings
 *   | N latest departures | optionally N weights
 *
 * Some published files hold more numbers than that behind the handling times, all the same; they
 * are taken if they are all the same, and refused otherwise. One time unit is an hour here.
 *
 * Recognised by: nothing but integers and white space in the first 64 KiB, two of them at least.
 */
#include "io/io.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WHERE     "io.dbap_text"
#define UNIT_S    3600
#define FORBIDDEN 99999
/* Published times are below 100000; this keeps every product far from overflow. */
#define TIME_MAX 1000000

typedef struct reader {
    qwr_context *ctx;
    const char *name;
    const char *at, *end;
    int64_t line;
    int64_t n, m;
    int64_t *values; /**< Everything behind N and M. */
    size_t count;
} reader;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool qwr__dbap_text_detect(const char *head, size_t length)
{
    size_t tokens = 0;
    for (size_t i = qwr__skip_space(head, length); i < length; i++) {
        bool digit = head[i] >= '0' && head[i] <= '9';
        if (!digit && !is_space(head[i]))
            return false;
        tokens += digit && (i == 0 || head[i - 1] < '0' || head[i - 1] > '9');
    }
    return tokens >= 2;
}

/* --- numbers -----------------------------------------------------------------------------------
 */

static bool skip(reader *r)
{
    for (; r->at < r->end && is_space(*r->at); r->at++)
        r->line += *r->at == '\n';
    return r->at < r->end;
}

/* The next number; skip() said there is one. */
static qwr_status take(reader *r, int64_t *value)
{
    char token[24];
    size_t length = 0;
    while (r->at < r->end && !is_space(*r->at) && length < sizeof token - 1)
        token[length++] = *r->at++;
    token[length] = '\0';
    if (!qwr__parse_int(value, token) || (r->at < r->end && !is_space(*r->at)))
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "\"%s\": expected a whole number", token);
    if (*value < 0 || *value > TIME_MAX)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "%s: expected a number from 0 to %d", token, TIME_MAX);
    return QWR_OK;
}

/* What number `i` behind N and M stands for, for messages. */
static void describe(const reader *r, size_t i, char *text, size_t capacity)
{
    const size_t n = (size_t)r->n, m = (size_t)r->m;
    const size_t handling = n + m, closing = handling + n * m, departure = closing + m;
    if (i < n)
        snprintf(text, capacity, "the arrival of vessel %zu of %zu", i + 1, n);
    else if (i < handling)
        snprintf(text, capacity, "the opening of berth %zu of %zu", i - n + 1, m);
    else if (i < closing)
        snprintf(text, capacity, "row %zu of %zu of the handling times, berth %zu of %zu",
                 (i - handling) / m + 1, n, (i - handling) % m + 1, m);
    else if (i < departure)
        snprintf(text, capacity, "the closing of berth %zu of %zu", i - closing + 1, m);
    else
        snprintf(text, capacity, "the latest departure of vessel %zu of %zu", i - departure + 1, n);
}

static qwr_status missing(const reader *r)
{
    char what[96];
    describe(r, r->count, what, sizeof what);
    return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                     "the file ends before %s (%zu numbers stand behind N and M)", what, r->count);
}

static qwr_status read_values(reader *r)
{
    if (!skip(r))
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "the file is empty; expected N, the number of vessels");
    QWR_TRY(take(r, &r->n));
    if (!skip(r))
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "the file ends before M, the number of berths");
    QWR_TRY(take(r, &r->m));
    if (r->n < 1 || r->m < 1)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "N is %" PRId64 " and M is %" PRId64 "; expected 1 or more of each", r->n,
                         r->m);
    /* Every number takes two bytes at least, so the file bounds what is allocated. */
    size_t most = (size_t)(r->end - r->at) / 2 + 1;
    r->values = qwr__alloc(r->ctx, most, sizeof *r->values);
    if (!r->values)
        return qwr__no_memory(r->ctx, WHERE);
    while (skip(r) && r->count < most)
        QWR_TRY(take(r, &r->values[r->count++]));
    return QWR_OK;
}

/* Behind the handling times: N + M or N + M + N numbers, or more that are all the same. */
static qwr_status check_tail(reader *r, bool *weighted)
{
    const size_t n = (size_t)r->n, m = (size_t)r->m;
    const size_t tail = n + m + n * m, needed = tail + m + n;
    *weighted = false;
    if (r->count < needed)
        return missing(r);
    *weighted = r->count == needed + n;
    if (r->count == needed || *weighted)
        return QWR_OK;
    for (size_t i = tail; i < r->count; i++)
        if (r->values[i] != r->values[tail])
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                             "%zu numbers stand behind the handling times; expected %zu, or %zu "
                             "with weights, or all of them the same",
                             r->count - tail, m + n, m + n + n);
    return QWR_OK;
}

/* --- the scenario -------------------------------------------------------------------------------
 */

static qwr_status add_berths(const reader *r, qwr_scenario_builder *builder, const int64_t *open,
                             const int64_t *close)
{
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix quay_ix;
    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = r->m * 1000;
    QWR_TRY(qwr_scenario_add_quay(builder, &quay, &quay_ix));
    for (int64_t k = 0; k < r->m; k++) {
        char id[32];
        qwr_berth berth = qwr_berth_init();
        snprintf(id, sizeof id, "B%" PRId64, k + 1);
        berth.id = id;
        berth.quay = quay_ix;
        berth.from_mm = k * 1000;
        berth.open_s = open[k] * UNIT_S;
        berth.close_s = close[k] * UNIT_S;
        QWR_TRY(qwr_scenario_add_berth(builder, &berth, NULL));
    }
    return QWR_OK;
}

static qwr_status add_handling(const reader *r, qwr_scenario_builder *builder, qwr_call_ix call,
                               const int64_t *row)
{
    for (int64_t k = 0; k < r->m; k++) {
        qwr_handling handling = qwr_handling_init();
        handling.call = call;
        handling.berth.v = (uint32_t)k;
        handling.handling_s = row[k] == FORBIDDEN ? QWR_FORBIDDEN : row[k] * UNIT_S;
        QWR_TRY(qwr_scenario_add_handling(builder, &handling));
    }
    return QWR_OK;
}

static qwr_status add_calls(const reader *r, qwr_scenario_builder *builder, bool weighted)
{
    const size_t n = (size_t)r->n, m = (size_t)r->m;
    const int64_t *arrival = r->values, *handling = arrival + n + m;
    const int64_t *departure = handling + n * m + m, *weight = departure + n;
    for (size_t i = 0; i < n; i++) {
        char id[32];
        qwr_call call = qwr_call_init();
        qwr_call_ix ix;
        snprintf(id, sizeof id, "V%zu", i + 1);
        call.id = id;
        call.eta_s = arrival[i] * UNIT_S;
        call.latest_departure_s = departure[i] * UNIT_S;
        call.weight_milli = weighted ? 1000 * weight[i] : 1000;
        call.min_cranes = 0;
        call.max_cranes = 0;
        QWR_TRY(qwr_scenario_add_call(builder, &call, &ix));
        QWR_TRY(add_handling(r, builder, ix, handling + i * m));
    }
    return QWR_OK;
}

static qwr_status build(const reader *r, qwr_scenario_builder **builder, bool weighted)
{
    const size_t n = (size_t)r->n, m = (size_t)r->m;
    const int64_t *open = r->values + n, *close = open + m + n * m;
    qwr_scenario_info info = qwr_scenario_info_init();
    for (size_t k = 0; k < m; k++)
        info.horizon_s = close[k] * UNIT_S > info.horizon_s ? close[k] * UNIT_S : info.horizon_s;
    if (info.horizon_s == 0)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, r->line,
                         "every berth closes at 0; expected a later time");
    char *id = qwr__instance_id(r->ctx, r->name);
    if (!id)
        return qwr__no_memory(r->ctx, WHERE);
    info.id = id;
    info.epoch = "2000-01-01T00:00:00Z";
    info.step_s = UNIT_S;
    info.published_unit_s = UNIT_S;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    qwr_status status = qwr_scenario_builder_new(builder, r->ctx, &info);
    qwr__free(r->ctx, id);
    QWR_TRY(status);
    QWR_TRY(add_berths(r, *builder, open, close));
    return add_calls(r, *builder, weighted);
}

qwr_status qwr__dbap_text_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                               size_t length, const char *name)
{
    reader r = {.ctx = ctx, .name = name, .line = 1};
    qwr_scenario_builder *builder = NULL;
    qwr_status status = QWR_OK;
    bool weighted = false;
    r.at = length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? data + 3 : data;
    r.end = data + length;
    QWR_TRY_DONE(read_values(&r));
    QWR_TRY_DONE(check_tail(&r, &weighted));
    QWR_TRY_DONE(build(&r, &builder, weighted));
done:
    qwr__free(ctx, r.values);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(builder);
        builder = NULL;
    }
    *out = builder;
    return status;
}
