/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variables of calls that are more than one field: how many there are, when they arrive, how much
 * work they bring, what is pinned. Knows no equipment.
 */
#include "vary/vary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static qwr_call call_at(const qwr__varying *varying, uint32_t i)
{
    return *qwr_scenario_builder_call(varying->builder, (qwr_call_ix){i});
}

static qwr_status set_call(const qwr__varying *varying, uint32_t i, const qwr_call *call)
{
    return qwr_scenario_set_call(varying->builder, (qwr_call_ix){i}, call);
}

/* --- arrivals --------------------------------------------------------------------------------- */

static void move(int64_t *at_s, int64_t by_s)
{
    if (*at_s != QWR_UNSET)
        *at_s += by_s;
}

/* Arrivals a draw throws past the frame stay at its edge. */
static int64_t within_frame(const qwr__varying *varying, int64_t eta_s, int64_t by_s)
{
    const int64_t horizon_s = qwr_scenario_builder_get_info(varying->builder)->horizon_s;
    int64_t at_s = eta_s + by_s;

    if (varying->level->shape != QWR__FIXED)
        at_s = at_s > horizon_s ? horizon_s : at_s < -horizon_s ? -horizon_s : at_s;
    return at_s - eta_s;
}

/* A vessel that arrives after its last departure has no place; that is for the plan to say. */
static void shift_arrival(qwr_call *call, int64_t by_s)
{
    move(&call->eta_s, by_s);
    move(&call->earliest_s, by_s);
    if (call->earliest_s != QWR_UNSET && call->latest_departure_s != QWR_UNSET &&
        call->latest_is_soft == 0 && call->earliest_s > call->latest_departure_s)
        call->earliest_s = call->latest_departure_s;
}

static void shift_departure(qwr_call *call, int64_t by_s)
{
    move(&call->desired_departure_s, by_s);
    move(&call->latest_departure_s, by_s);
}

static qwr_status shift_calls(qwr__varying *varying, bool departures)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);
    const bool spread = varying->level->shape == QWR__SPREAD;
    size_t arrived = 0, certain = 0;

    for (uint32_t i = 0; i < count; i++) {
        qwr_call call = call_at(varying, i);
        int64_t by_s;
        if (!qwr__call_selected(varying, &call))
            continue;
        arrived += call.pin_start_s != QWR_UNSET;
        certain += call.eta_sd_s == QWR_UNSET;
        if (call.pin_start_s != QWR_UNSET || (spread && call.eta_sd_s == QWR_UNSET))
            continue;
        QWR_TRY(qwr__vary_draw(&by_s, varying, call.id, call.eta_sd_s));
        by_s = within_frame(varying, call.eta_s, by_s);
        if (departures)
            shift_departure(&call, by_s);
        shift_arrival(&call, by_s);
        QWR_TRY(set_call(varying, i, &call));
        varying->touched++;
    }
    if (varying->touched > 0)
        return QWR_OK;
    if (arrived > 0)
        return qwr__vary_nothing(varying, "the start of every call meant is pinned, so it has "
                                          "arrived; take the pin away first, with calls.pinned=0");
    if (spread && certain > 0)
        return qwr__vary_nothing(varying, "no call meant has a spread of its arrival (eta_sd); use "
                                          "a distribution such as normal(0,3h)");
    return QWR_OK;
}

qwr_status qwr__apply_calls_eta_shift(qwr__varying *varying)
{
    return shift_calls(varying, false);
}

qwr_status qwr__apply_calls_shift(qwr__varying *varying)
{
    return shift_calls(varying, true);
}

/* --- work ------------------------------------------------------------------------------------- */

/* Per call the moves of its tasks, QWR_UNSET if it has none; owned by caller. */
static qwr_status sum_tasks(int64_t **out, const qwr__varying *varying)
{
    const size_t calls = qwr_scenario_builder_call_count(varying->builder);
    const size_t tasks = qwr_scenario_builder_task_count(varying->builder);
    int64_t *sum = qwr__alloc(varying->ctx, calls + 1, sizeof *sum);

    if (sum == NULL)
        return qwr__no_memory(varying->ctx, QWR__VARY);
    for (size_t i = 0; i < calls; i++)
        sum[i] = QWR_UNSET;
    for (uint32_t i = 0; i < tasks; i++) {
        const qwr_task *task = qwr_scenario_builder_task(varying->builder, (qwr_task_ix){i});
        int64_t *of_call = &sum[task->call.v];
        *of_call = (*of_call == QWR_UNSET ? 0 : *of_call) + task->moves_20 + task->moves_40 +
                   task->moves_45;
    }
    *out = sum;
    return QWR_OK;
}

/* The total is set; tasks keep their own numbers and share it out in proportion where it counts. */
qwr_status qwr__apply_calls_moves(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);
    int64_t *sum = NULL;
    qwr_status status = QWR_OK;

    QWR_TRY(sum_tasks(&sum, varying));
    for (uint32_t i = 0; i < count; i++) {
        qwr_call call = call_at(varying, i);
        /* A handling time that is given does not follow from the moves. */
        if (!qwr__call_selected(varying, &call) || call.handling_s != QWR_UNSET)
            continue;
        int64_t old = call.moves != QWR_UNSET ? call.moves : sum[i];
        if (old == QWR_UNSET && varying->variation->op != QWR__SET)
            continue;
        QWR_TRY_DONE(qwr__vary_field(&call.moves, varying, call.id, old));
        QWR_TRY_DONE(set_call(varying, i, &call));
        varying->touched++;
    }
done:
    qwr__free(varying->ctx, sum);
    return status;
}

/* A call's time at each berth grows by one factor, so its rows share one draw. Rows are replaced at
 * the end of the table, in their order. */
static qwr_status vary_rows(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_handling_count(varying->builder);

    for (size_t i = 0; i < count; i++) {
        qwr_handling row = *qwr_scenario_builder_handling(varying->builder, 0);
        const qwr_call call = call_at(varying, row.call.v);
        if (qwr__call_selected(varying, &call) && row.handling_s != QWR_FORBIDDEN) {
            QWR_TRY(qwr__vary_field(&row.handling_s, varying, call.id, row.handling_s));
            varying->touched++;
        }
        QWR_TRY(qwr_scenario_remove_handling(varying->builder, 0));
        QWR_TRY(qwr_scenario_add_handling(varying->builder, &row));
    }
    return QWR_OK;
}

qwr_status qwr__apply_calls_handling(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        qwr_call call = call_at(varying, i);
        if (!qwr__call_selected(varying, &call) || call.handling_s == QWR_UNSET)
            continue;
        QWR_TRY(qwr__vary_field(&call.handling_s, varying, call.id, call.handling_s));
        QWR_TRY(set_call(varying, i, &call));
        varying->touched++;
    }
    return vary_rows(varying);
}

qwr_status qwr__apply_calls_pinned(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);
    int64_t keep;

    QWR_TRY(qwr__vary_draw(&keep, varying, "", QWR_UNSET));
    if (keep < 0 || keep > 1)
        return qwr__fail(varying->ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "%s is 0 or 1",
                         varying->variation->name);
    for (uint32_t i = 0; i < count; i++) {
        qwr_call call = call_at(varying, i);
        if (!qwr__call_selected(varying, &call))
            continue;
        varying->touched++;
        if (keep == 1)
            continue;
        call.pin_quay.v = QWR_NONE;
        call.pin_berth.v = QWR_NONE;
        call.pin_position_mm = QWR_UNSET;
        call.pin_start_s = QWR_UNSET;
        call.pin_cranes = QWR_UNSET;
        QWR_TRY(set_call(varying, i, &call));
    }
    return QWR_OK;
}

/* --- how many -------------------------------------------------------------------------------- */

typedef struct arrival {
    int64_t eta_s;
    uint32_t call;
} arrival;

static int by_arrival(const void *a, const void *b)
{
    const arrival *x = a, *y = b;

    if (x->eta_s != y->eta_s)
        return x->eta_s < y->eta_s ? -1 : 1;
    return (x->call > y->call) - (x->call < y->call);
}

/* The selected calls in order of arrival, owned by caller. */
static qwr_status list_arrivals(arrival **out, size_t *selected, const qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);
    arrival *list = qwr__alloc(varying->ctx, count + 1, sizeof *list);

    if (list == NULL)
        return qwr__no_memory(varying->ctx, QWR__VARY);
    *selected = 0;
    for (uint32_t i = 0; i < count; i++) {
        const qwr_call call = call_at(varying, i);
        if (qwr__call_selected(varying, &call))
            list[(*selected)++] = (arrival){call.eta_s, i};
    }
    qsort(list, *selected, sizeof *list, by_arrival);
    *out = list;
    return QWR_OK;
}

static int by_index(const void *a, const void *b)
{
    const arrival *x = a, *y = b;

    return (x->call > y->call) - (x->call < y->call);
}

/* The last to arrive go; highest index first, so that the others keep theirs. */
static qwr_status remove_calls(const qwr__varying *varying, arrival *list, size_t count,
                               size_t wanted)
{
    qsort(list + wanted, count - wanted, sizeof *list, by_index);
    for (size_t i = count; i > wanted; i--)
        QWR_TRY(qwr_scenario_remove_call(varying->builder, (qwr_call_ix){list[i - 1].call}));
    return QWR_OK;
}

static qwr_status copy_rows(const qwr__varying *varying, uint32_t from, qwr_call_ix to)
{
    qwr_scenario_builder *b = varying->builder;
    const size_t handling = qwr_scenario_builder_handling_count(b);
    const size_t efficiency = qwr_scenario_builder_efficiency_count(b);
    const size_t places = qwr_scenario_builder_place_count(b);

    for (size_t i = 0; i < handling; i++) {
        qwr_handling row = *qwr_scenario_builder_handling(b, i);
        if (row.call.v != from)
            continue;
        row.call = to;
        QWR_TRY(qwr_scenario_add_handling(b, &row));
    }
    for (size_t i = 0; i < efficiency; i++) {
        qwr_efficiency row = *qwr_scenario_builder_efficiency(b, i);
        if (row.call.v != from)
            continue;
        row.call = to;
        QWR_TRY(qwr_scenario_add_efficiency(b, &row));
    }
    for (size_t i = 0; i < places; i++) {
        qwr_place row = *qwr_scenario_builder_place(b, i);
        if (row.call.v != from)
            continue;
        row.call = to;
        QWR_TRY(qwr_scenario_add_place(b, &row));
    }
    return QWR_OK;
}

/* "EV1+2", or the next number that is free. Only a scenario varied before holds such ids. */
static void name_copy(char *id, size_t capacity, const qwr__varying *varying, const char *of,
                      size_t nth, bool varied_before)
{
    do
        snprintf(id, capacity, "%s+%zu", of, nth++);
    while (varied_before && qwr_scenario_builder_find_call(varying->builder, id).v != QWR_NONE);
}

/* A copy of a call: its tasks as a total, no pins, no yesterday. */
static qwr_status copy_call(const qwr__varying *varying, uint32_t from, int64_t shift_s, size_t nth,
                            bool varied_before, const int64_t *moves)
{
    qwr_call call = call_at(varying, from);
    char id[160];
    qwr_call_ix to;

    name_copy(id, sizeof id, varying, call.id, nth, varied_before);
    call.id = id;
    if (call.moves == QWR_UNSET)
        call.moves = moves[from];
    call.pin_quay.v = call.base_quay.v = QWR_NONE;
    call.pin_berth.v = call.base_berth.v = QWR_NONE;
    call.pin_position_mm = call.base_position_mm = QWR_UNSET;
    call.pin_start_s = call.base_start_s = QWR_UNSET;
    call.pin_cranes = call.base_cranes = QWR_UNSET;
    shift_departure(&call, shift_s);
    shift_arrival(&call, shift_s);
    QWR_TRY(qwr_scenario_add_call(varying->builder, &call, &to));
    return copy_rows(varying, from, to);
}

/* Each round repeats the calls in order of arrival, half a mean gap after the round before. */
static qwr_status add_calls(const qwr__varying *varying, const arrival *list, size_t count,
                            size_t wanted)
{
    const int64_t span_s = list[count - 1].eta_s - list[0].eta_s;
    const int64_t half_gap_s = count > 1 ? span_s / (int64_t)(2 * (count - 1)) : 1800;
    bool varied_before = false;
    int64_t *moves = NULL;
    qwr_status status = QWR_OK;

    QWR_TRY(sum_tasks(&moves, varying));
    for (uint32_t i = 0; i < qwr_scenario_builder_call_count(varying->builder); i++)
        varied_before = varied_before || strchr(call_at(varying, i).id, '+') != NULL;
    for (size_t k = count; k < wanted; k++) {
        const size_t round = k / count;
        QWR_TRY_DONE(copy_call(varying, list[k % count].call, (int64_t)round * half_gap_s,
                               round + 1, varied_before, moves));
    }
done:
    qwr__free(varying->ctx, moves);
    return status;
}

qwr_status qwr__apply_calls_count(qwr__varying *varying)
{
    arrival *list = NULL;
    size_t count = 0;
    int64_t wanted;
    qwr_status status = QWR_OK;

    QWR_TRY_DONE(list_arrivals(&list, &count, varying));
    if (count == 0)
        goto done;
    QWR_TRY_DONE(qwr__vary_field(&wanted, varying, "", (int64_t)count));
    if (wanted < 0 || wanted > varying->variation->variable->high)
        QWR_TRY_DONE(qwr__fail(varying->ctx, QWR_ESCENARIO, QWR__VARY, NULL, 0,
                               "%lld is no number of calls", (long long)wanted));
    varying->touched++;
    if ((size_t)wanted < count)
        QWR_TRY_DONE(remove_calls(varying, list, count, (size_t)wanted));
    else
        QWR_TRY_DONE(add_calls(varying, list, count, (size_t)wanted));
done:
    qwr__free(varying->ctx, list);
    return status;
}
