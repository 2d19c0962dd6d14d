/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads published instances of the hybrid berth allocation problem (Santini, port of Barcelona):
 *
 *   n_berths, berth_len[], n_ships, n_periods, arrival_time[], handling_time[], ship_len[]
 *
 * A ship takes ship_len metres of neighbouring berths from a boundary on, fixed handling time, and
 * the latest completion start + handling - 1 is to be early. One period is an hour here.
 *
 * Recognised by: '{' first, and the word "n_berths" or "n_ships" in the first 64 KiB.
 */
#include "io/io.h"
#include "io/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WHERE   "io.hybrid_json"
#define UNIT_S  3600
#define UNIT_MM 1000
/* Published numbers are small; these keep every product and sum far from overflow. */
#define COUNT_MAX 1000000
#define VALUE_MAX 1000000

typedef struct reader {
    qwr_context *ctx;
    const char *name;
    qwr__json json;
    int64_t berths, ships, periods;
    int64_t *berth_len, *arrival, *handling, *ship_len;
} reader;

bool qwr__hybrid_json_detect(const char *head, size_t length)
{
    static const char *const words[] = {"\"n_berths\"", "\"n_ships\""};
    size_t at = qwr__skip_space(head, length);
    if (at >= length || head[at] != '{')
        return false;
    for (int i = 0; i < 2; i++)
        if (memmem(head, length, words[i], strlen(words[i])))
            return true;
    return false;
}

static qwr_status to_number(const reader *r, const qwr__json_node *node, const char *key,
                            int64_t least, int64_t most, int64_t *value)
{
    if (node->kind != QWR__JSON_NUMBER || !qwr__parse_int(value, node->text) || *value < least ||
        *value > most)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, node->line,
                         "%s: expected a whole number from %" PRId64 " to %" PRId64, key, least,
                         most);
    return QWR_OK;
}

static const qwr__json_node *member(const reader *r, const char *key)
{
    return qwr__json_get(&r->json, &r->json.nodes[0], key);
}

static qwr_status read_count(const reader *r, const char *key, int64_t *value)
{
    const qwr__json_node *node = member(r, key);
    if (!node)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, 1,
                         "member %s is missing; expected for example \"%s\": 3", key, key);
    return to_number(r, node, key, 1, COUNT_MAX, value);
}

static qwr_status read_array(const reader *r, const char *key, int64_t count, int64_t least,
                             int64_t **values)
{
    const qwr__json_node *array = member(r, key);
    size_t i = 0;
    if (!array)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, 1,
                         "member %s is missing; expected an array of %" PRId64 " numbers", key,
                         count);
    if (array->kind != QWR__JSON_ARRAY || array->count != (uint64_t)count)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, array->line,
                         "%s: expected an array of %" PRId64 " numbers", key, count);
    *values = qwr__alloc(r->ctx, (size_t)count, sizeof **values);
    if (!*values)
        return qwr__no_memory(r->ctx, WHERE);
    for (const qwr__json_node *node = qwr__json_first(&r->json, array); node;
         node = qwr__json_next(&r->json, node))
        QWR_TRY(to_number(r, node, key, least, VALUE_MAX, &(*values)[i++]));
    return QWR_OK;
}

static qwr_status check_members(const reader *r)
{
    static const char *const known[] = {"n_berths",     "berth_len",     "n_ships",  "n_periods",
                                        "arrival_time", "handling_time", "ship_len", NULL};
    const qwr__json_node *root = &r->json.nodes[0];
    if (root->kind != QWR__JSON_OBJECT)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, root->line, "expected an object");
    for (const qwr__json_node *node = qwr__json_first(&r->json, root); node;
         node = qwr__json_next(&r->json, node)) {
        size_t i = 0;
        while (known[i] && strcmp(known[i], node->key) != 0)
            i++;
        if (known[i])
            continue;
        const char *nearest = qwr__nearest(node->key, known);
        if (nearest)
            return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, node->line,
                             "unknown member %.64s; did you mean %s?", node->key, nearest);
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->name, node->line,
                         "unknown member %.64s; expected one of n_berths, berth_len, n_ships, "
                         "n_periods, arrival_time, handling_time, ship_len",
                         node->key);
    }
    return QWR_OK;
}

static qwr_status read_members(reader *r)
{
    QWR_TRY(check_members(r));
    QWR_TRY(read_count(r, "n_berths", &r->berths));
    QWR_TRY(read_count(r, "n_ships", &r->ships));
    QWR_TRY(read_count(r, "n_periods", &r->periods));
    QWR_TRY(read_array(r, "berth_len", r->berths, 1, &r->berth_len));
    QWR_TRY(read_array(r, "arrival_time", r->ships, 0, &r->arrival));
    QWR_TRY(read_array(r, "handling_time", r->ships, 1, &r->handling));
    return read_array(r, "ship_len", r->ships, 1, &r->ship_len);
}

static qwr_status add_quay(const reader *r, qwr_scenario_builder *builder)
{
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix ix;
    int64_t at_mm = 0;
    quay.id = "Q1";
    quay.layout = QWR_LAYOUT_HYBRID;
    for (int64_t k = 0; k < r->berths; k++)
        quay.length_mm += r->berth_len[k] * UNIT_MM;
    QWR_TRY(qwr_scenario_add_quay(builder, &quay, &ix));
    for (int64_t k = 0; k < r->berths; k++) {
        qwr_quay_position position = qwr_quay_position_init();
        position.quay = ix;
        position.at_mm = at_mm;
        QWR_TRY(qwr_scenario_add_quay_position(builder, &position));
        at_mm += r->berth_len[k] * UNIT_MM;
    }
    return QWR_OK;
}

static qwr_status add_calls(const reader *r, qwr_scenario_builder *builder)
{
    for (int64_t i = 0; i < r->ships; i++) {
        char id[32];
        qwr_call call = qwr_call_init();
        snprintf(id, sizeof id, "V%" PRId64, i + 1);
        call.id = id;
        call.loa_mm = r->ship_len[i] * UNIT_MM;
        call.eta_s = r->arrival[i] * UNIT_S;
        call.handling_s = r->handling[i] * UNIT_S;
        call.min_cranes = 0;
        call.max_cranes = 0;
        QWR_TRY(qwr_scenario_add_call(builder, &call, NULL));
    }
    return QWR_OK;
}

static qwr_status build(const reader *r, qwr_scenario_builder **builder)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    info.step_s = UNIT_S;
    info.published_unit_s = UNIT_S;
    info.horizon_s = r->periods * UNIT_S;
    info.objective = QWR_OBJECTIVE_MAKESPAN;
    info.inclusive = 1;
    QWR_TRY(qwr__instance_begin(builder, r->ctx, r->name, &info));
    QWR_TRY(add_quay(r, *builder));
    return add_calls(r, *builder);
}

qwr_status qwr__hybrid_json_read(qwr_scenario_builder **out, qwr_context *ctx, const char *data,
                                 size_t length, const char *name)
{
    reader r = {.ctx = ctx, .name = name};
    qwr_scenario_builder *builder = NULL;
    qwr_status status = qwr__json_parse(&r.json, ctx, WHERE, data, length, name);
    if (status == QWR_OK)
        status = read_members(&r);
    if (status == QWR_OK)
        status = build(&r, &builder);
    qwr__json_free(&r.json);
    qwr__free(ctx, r.berth_len);
    qwr__free(ctx, r.arrival);
    qwr__free(ctx, r.handling);
    qwr__free(ctx, r.ship_len);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(builder);
        builder = NULL;
    }
    *out = builder;
    return status;
}
