/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads published instances of the dynamic berth allocation problem (Cordeau et al. 2005,
 * Lalla-Ruiz et al. 2012, Kramer et al. 2019). White-space separated integers:
 *
 *   N M | N arrivals | M openings | N x M handling times, 99999: forbidden | M closings
 *   | N latest departures | optionally N weights
 *
 * Some published files hold more numbers than that behind the handling times, all the same; what
 * else is too many or too few is settled in dbap_lines.c. One time unit is an hour here. What the
 * numbers leave no hope (a vessel forbidden everywhere, a berth that closes before it opens, a
 * latest departure that cannot be met) is warned of, and is for the plan to leave out.
 *
 * Recognised by: two whole numbers first, and almost nothing but whole numbers and white space in
 * the first 64 KiB, so that a letter among them is named and does not make the file a stranger.
 */
#include "io/dbap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define UNIT_S 3600

typedef struct reader {
    qwr__dbap d;
    const char *at, *end;
} reader;

/* More vessels or berths than fit into any file that is read. */
#define SIZE_MOST 1000000

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Tokens of another kind are faults of this format as long as they are few. */
enum { NUMBERS_A_STRANGER = 4 };

bool qwr__dbap_text_detect(const char *head, size_t length)
{
    size_t numbers = 0, strangers = 0;
    for (size_t i = qwr__skip_space(head, length); i < length;) {
        bool digits = true;
        for (; i < length && !is_space(head[i]); i++)
            digits = digits && head[i] >= '0' && head[i] <= '9';
        if (!digits && numbers < 2)
            return false;
        numbers += digits;
        strangers += !digits;
        while (i < length && is_space(head[i]))
            i++;
    }
    return numbers >= 2 && strangers <= numbers / NUMBERS_A_STRANGER;
}

/* --- numbers -----------------------------------------------------------------------------------
 */

static bool skip(reader *r)
{
    for (; r->at < r->end && is_space(*r->at); r->at++)
        r->d.line += *r->at == '\n';
    return r->at < r->end;
}

/* The next number; skip() said there is one. Messages say what it stands for. */
static qwr_status take(reader *r, int64_t *value, const char *what, int64_t most,
                       const char *otherwise)
{
    char token[48];
    size_t length = 0;
    while (r->at < r->end && !is_space(*r->at)) {
        if (length < sizeof token - 1)
            token[length++] = *r->at;
        r->at++;
    }
    token[length] = '\0';
    bool number = qwr__parse_int(value, token);
    if (number && *value >= 0 && (*value <= most || (*otherwise && *value == QWR__DBAP_FORBIDDEN)))
        return QWR_OK;
    return qwr__fail(r->d.ctx, QWR_EFORMAT, QWR__DBAP_WHERE, r->d.name, r->d.line,
                     "%s: \"%s\" stands there; expected a whole number from 0 to %" PRId64 "%s",
                     what, token, most, otherwise);
}

/* The next number behind N and M: its section says how large it may be. */
static qwr_status take_value(reader *r)
{
    const qwr__dbap *d = &r->d;
    const size_t i = d->count, n = (size_t)d->n, m = (size_t)d->m;
    const size_t handling = n + m, departure = handling + n * m + m;
    char what[96];
    qwr__dbap_describe(d, i, what, sizeof what);
    bool work = i >= handling && i < handling + n * m;
    bool weight = i >= departure + n;
    QWR_TRY(take(r, &d->values[i], what, weight ? QWR__DBAP_WEIGHT_MAX : QWR__DBAP_HOURS_MAX,
                 work ? ", or 99999 (it may not lie there)" : ""));
    d->lines[i] = d->line;
    r->d.count++;
    return QWR_OK;
}

static qwr_status read_sizes(reader *r)
{
    qwr__dbap *d = &r->d;
    if (!skip(r))
        return qwr__fail(d->ctx, QWR_EFORMAT, QWR__DBAP_WHERE, d->name, d->line,
                         "the file is empty; expected N, the number of vessels");
    QWR_TRY(take(r, &d->n, "N, the number of vessels", SIZE_MOST, ""));
    if (!skip(r))
        return qwr__fail(d->ctx, QWR_EFORMAT, QWR__DBAP_WHERE, d->name, d->line,
                         "the file ends before M, the number of berths");
    QWR_TRY(take(r, &d->m, "M, the number of berths", SIZE_MOST, ""));
    if (d->n < 1 || d->m < 1)
        return qwr__fail(d->ctx, QWR_EFORMAT, QWR__DBAP_WHERE, d->name, d->line,
                         "N is %" PRId64 " and M is %" PRId64 "; expected 1 or more of each", d->n,
                         d->m);
    return QWR_OK;
}

static qwr_status read_values(reader *r)
{
    qwr__dbap *d = &r->d;
    QWR_TRY(read_sizes(r));
    /* Every number takes two bytes at least, so the file bounds what is allocated. */
    size_t most = (size_t)(r->end - r->at) / 2 + 1;
    d->values = qwr__alloc(d->ctx, most, sizeof *d->values);
    d->lines = qwr__alloc(d->ctx, most, sizeof *d->lines);
    if (!d->values || !d->lines)
        return qwr__no_memory(d->ctx, QWR__DBAP_WHERE);
    while (skip(r) && d->count < most)
        QWR_TRY(take_value(r));
    return QWR_OK;
}

/* --- the scenario -------------------------------------------------------------------------------
 */

/* A berth that closes before it opens would be no berth of a scenario: it is closed all the time.
 */
static qwr_status add_closure(qwr_scenario_builder *builder, size_t berth, int64_t horizon_s)
{
    char id[48];
    qwr_window window = qwr_window_init();
    snprintf(id, sizeof id, "never-open-B%zu", berth + 1);
    window.id = id;
    window.kind = QWR_WINDOW_CLOSURE;
    window.reason = "it closes before it opens";
    window.berth.v = (uint32_t)berth;
    window.to_s = horizon_s;
    return qwr_scenario_add_window(builder, &window, NULL);
}

static qwr_status add_berths(const qwr__dbap *d, qwr_scenario_builder *builder, int64_t horizon_s)
{
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix quay_ix;
    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_DISCRETE;
    quay.length_mm = d->m * 1000;
    QWR_TRY(qwr_scenario_add_quay(builder, &quay, &quay_ix));
    for (size_t k = 0; k < (size_t)d->m; k++) {
        char id[32];
        qwr_berth berth = qwr_berth_init();
        bool shut = qwr__dbap_never_open(d, k);
        snprintf(id, sizeof id, "B%zu", k + 1);
        berth.id = id;
        berth.quay = quay_ix;
        berth.from_mm = (int64_t)k * 1000;
        berth.open_s = shut ? 0 : d->values[d->opening + k] * UNIT_S;
        berth.close_s = shut ? QWR_UNSET : d->values[d->closing + k] * UNIT_S;
        QWR_TRY(qwr_scenario_add_berth(builder, &berth, NULL));
        if (shut)
            QWR_TRY(add_closure(builder, k, horizon_s));
    }
    return QWR_OK;
}

static qwr_status add_handling(const qwr__dbap *d, qwr_scenario_builder *builder, qwr_call_ix call)
{
    const int64_t *row = d->values + d->handling + (size_t)call.v * (size_t)d->m;
    for (int64_t k = 0; k < d->m; k++) {
        qwr_handling handling = qwr_handling_init();
        handling.call = call;
        handling.berth.v = (uint32_t)k;
        handling.handling_s = row[k] == QWR__DBAP_FORBIDDEN ? QWR_FORBIDDEN : row[k] * UNIT_S;
        QWR_TRY(qwr_scenario_add_handling(builder, &handling));
    }
    return QWR_OK;
}

static qwr_status add_calls(const qwr__dbap *d, qwr_scenario_builder *builder)
{
    for (size_t i = 0; i < (size_t)d->n; i++) {
        char id[32];
        qwr_call call = qwr_call_init();
        qwr_call_ix ix;
        snprintf(id, sizeof id, "V%zu", i + 1);
        call.id = id;
        call.eta_s = d->values[i] * UNIT_S;
        call.latest_departure_s = d->values[d->departure + i] * UNIT_S;
        call.weight_milli = d->weight == SIZE_MAX ? 1000 : 1000 * d->values[d->weight + i];
        call.min_cranes = 0;
        call.max_cranes = 0;
        QWR_TRY(qwr_scenario_add_call(builder, &call, &ix));
        QWR_TRY(add_handling(d, builder, ix));
    }
    return QWR_OK;
}

/* Until the last berth closes; a vessel that comes later still is one of the scenario. */
static int64_t horizon(const qwr__dbap *d)
{
    int64_t last = 0;
    for (size_t k = 0; k < (size_t)d->m; k++)
        if (d->values[d->closing + k] > last)
            last = d->values[d->closing + k];
    for (size_t i = 0; i < (size_t)d->n && last > 0; i++)
        if (d->values[i] > last)
            last = d->values[i];
    return last * UNIT_S;
}

static qwr_status build(const qwr__dbap *d, qwr_scenario_builder **builder)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    info.horizon_s = horizon(d);
    if (info.horizon_s == 0)
        return qwr__fail(d->ctx, QWR_EFORMAT, QWR__DBAP_WHERE, d->name, d->lines[d->closing],
                         "every berth closes at 0; expected a later time");
    info.step_s = UNIT_S;
    info.published_unit_s = UNIT_S;
    info.objective = QWR_OBJECTIVE_FLOW_TIME;
    QWR_TRY(qwr__instance_begin(builder, d->ctx, d->name, &info));
    QWR_TRY(add_berths(d, *builder, info.horizon_s));
    return add_calls(d, *builder);
}

qwr_status qwr__dbap_text_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                               size_t length, const char *name)
{
    reader r = {.d = {.ctx = ctx, .name = name, .line = 1}};
    qwr_scenario_builder *builder = NULL;
    qwr_status status = QWR_OK;
    r.at = length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? data + 3 : data;
    r.end = data + length;
    QWR_TRY_DONE(read_values(&r));
    QWR_TRY_DONE(qwr__dbap_settle(&r.d));
    QWR_TRY_DONE(build(&r.d, &builder));
    qwr__dbap_doubts(&r.d);
done:
    qwr__free(ctx, r.d.values);
    qwr__free(ctx, r.d.lines);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(builder);
        builder = NULL;
    }
    *out = builder;
    return status;
}
