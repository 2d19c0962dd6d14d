/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers computed once at freeze, so that reading them later costs nothing: moves, the handling
 * lookup, crane rates, efficiency of several cranes. Must never be asked before the references of
 * the tables are known to be good.
 */
#include "model/scenario_private.h"

#include <math.h>
#include <string.h>

#define WHERE "model.freeze"

enum {
    DEFAULT_RATE_MILLI = 30000,
    DENSE_CELLS = 4000000,
    EFFICIENCY_COLUMNS = QWR__CRANES_MAX + 1,
    INTERFERENCE_VALUES = 1001 /* 0 to 1000 thousandths */
};

static size_t count_of(const qwr__freeze *freeze, qwr__table table)
{
    return freeze->scenario->rows[table].count;
}

qwr_status qwr__derive_work(const qwr__freeze *freeze)
{
    qwr_scenario *scenario = freeze->scenario;
    const qwr_call *calls = qwr__call_rows(scenario);
    const qwr_task *tasks = qwr__task_rows(scenario);
    const qwr_place *places = qwr__place_rows(scenario);
    size_t count = count_of(freeze, QWR__TABLE_CALL);

    scenario->moves = qwr__alloc(freeze->ctx, count, sizeof *scenario->moves);
    scenario->call_has = qwr__alloc(freeze->ctx, count, sizeof *scenario->call_has);
    if (scenario->moves == NULL || scenario->call_has == NULL)
        return qwr__no_memory(freeze->ctx, WHERE);
    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_PLACE); i++)
        scenario->call_has[places[i].call.v] |= QWR__CALL_HAS_PLACES;
    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_TASK); i++) {
        uint32_t call = tasks[i].call.v;
        scenario->call_has[call] |= QWR__CALL_HAS_TASKS;
        scenario->moves[call] += tasks[i].moves_20 + tasks[i].moves_40 + tasks[i].moves_45;
    }
    for (size_t i = 0; i < count; i++)
        if (calls[i].moves != QWR_UNSET)
            scenario->moves[i] = calls[i].moves;
    return QWR_OK;
}

static size_t handling_slot(const qwr_scenario *scenario, uint32_t call, uint32_t berth)
{
    uint64_t pair = ((uint64_t)call << 32) | berth;

    return (size_t)qwr__random(0, 0, pair) & (scenario->handling_slot_count - 1);
}

uint32_t qwr__handling_find(const qwr_scenario *scenario, uint32_t call, uint32_t berth)
{
    const qwr_handling *rows = qwr__handling_rows(scenario);

    if (scenario->handling_slots == NULL)
        return QWR_NONE;
    size_t i = handling_slot(scenario, call, berth);
    for (; scenario->handling_slots[i] != 0; i = (i + 1) & (scenario->handling_slot_count - 1)) {
        uint32_t row = scenario->handling_slots[i] - 1;
        if (rows[row].call.v == call && rows[row].berth.v == berth)
            return row;
    }
    return QWR_NONE;
}

/* A table as large as all pairs where that is small, else a hash of the rows there are. */
static qwr_status make_lookup(const qwr__freeze *freeze, size_t cells, size_t rows)
{
    qwr_scenario *scenario = freeze->scenario;

    if (cells <= DENSE_CELLS) {
        scenario->handling_dense = qwr__alloc(freeze->ctx, cells, sizeof *scenario->handling_dense);
        if (scenario->handling_dense == NULL)
            return qwr__no_memory(freeze->ctx, WHERE);
        for (size_t i = 0; i < cells; i++)
            scenario->handling_dense[i] = QWR_UNSET;
        return QWR_OK;
    }
    scenario->handling_slot_count = 8;
    while (scenario->handling_slot_count < 2 * rows)
        scenario->handling_slot_count *= 2;
    scenario->handling_slots =
        qwr__alloc(freeze->ctx, scenario->handling_slot_count, sizeof *scenario->handling_slots);
    return scenario->handling_slots != NULL ? QWR_OK : qwr__no_memory(freeze->ctx, WHERE);
}

/* Enters a row; false if the pair is there already. */
static bool enter_handling(qwr_scenario *scenario, const qwr_handling *handling, size_t row)
{
    size_t berths = scenario->rows[QWR__TABLE_BERTH].count;

    if (scenario->handling_dense != NULL) {
        int64_t *cell = &scenario->handling_dense[handling->call.v * berths + handling->berth.v];
        if (*cell != QWR_UNSET)
            return false;
        *cell = handling->handling_s;
        return true;
    }
    if (qwr__handling_find(scenario, handling->call.v, handling->berth.v) != QWR_NONE)
        return false;
    size_t i = handling_slot(scenario, handling->call.v, handling->berth.v);
    while (scenario->handling_slots[i] != 0)
        i = (i + 1) & (scenario->handling_slot_count - 1);
    scenario->handling_slots[i] = (uint32_t)(row + 1);
    return true;
}

qwr_status qwr__derive_handling(const qwr__freeze *freeze)
{
    qwr_scenario *scenario = freeze->scenario;
    const qwr_handling *rows = qwr__handling_rows(scenario);
    size_t calls = count_of(freeze, QWR__TABLE_CALL);
    size_t count = count_of(freeze, QWR__TABLE_HANDLING);

    scenario->handling_rows = qwr__alloc(freeze->ctx, calls, sizeof *scenario->handling_rows);
    if (scenario->handling_rows == NULL)
        return qwr__no_memory(freeze->ctx, WHERE);
    if (count == 0)
        return QWR_OK;
    QWR_TRY(make_lookup(freeze, calls * count_of(freeze, QWR__TABLE_BERTH), count));
    for (size_t i = 0; i < count; i++) {
        const char *berth = qwr__berth_rows(scenario)[rows[i].berth.v].id;
        if (rows[i].handling_s > QWR__TIME_MAX && rows[i].handling_s != QWR_FORBIDDEN)
            return qwr__freeze_fail(freeze, QWR_EOVERFLOW, QWR__TABLE_HANDLING, i,
                                    "handling %lld s at berth \"%s\" is out of range; expected 0 "
                                    "to %lld, or forbidden",
                                    (long long)rows[i].handling_s, berth, (long long)QWR__TIME_MAX);
        if (!enter_handling(scenario, &rows[i], i))
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_HANDLING, i,
                                    "there is a row for berth \"%s\" already", berth);
        scenario->handling_rows[rows[i].call.v]++;
    }
    return QWR_OK;
}

qwr_status qwr__derive_rates(const qwr__freeze *freeze)
{
    qwr_scenario *scenario = freeze->scenario;
    const qwr_crane *cranes = qwr__crane_rows(scenario);
    size_t quays = count_of(freeze, QWR__TABLE_QUAY);

    scenario->rate_milli = qwr__alloc(freeze->ctx, quays, sizeof *scenario->rate_milli);
    int64_t *crane_count = qwr__alloc(freeze->ctx, quays, sizeof *crane_count);
    if (scenario->rate_milli == NULL || crane_count == NULL) {
        qwr__free(freeze->ctx, crane_count);
        return qwr__no_memory(freeze->ctx, WHERE);
    }
    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_CRANE); i++) {
        scenario->rate_milli[cranes[i].quay.v] += cranes[i].rate_milli;
        crane_count[cranes[i].quay.v]++;
    }
    for (size_t q = 0; q < quays; q++)
        scenario->rate_milli[q] =
            crane_count[q] > 0 ? scenario->rate_milli[q] / crane_count[q] : DEFAULT_RATE_MILLI;
    qwr__free(freeze->ctx, crane_count);
    return QWR_OK;
}

/* round(1000 q^a), half up. The extended precision leaves the rounding to thousandths some 50 bits
 * of slack, so a last bit that differs between C libraries does not reach the result. */
static void fill_efficiency(int32_t *row, int64_t interference_milli)
{
    row[0] = 0;
    for (int q = 1; q <= QWR__CRANES_MAX; q++) {
        long double exponent = (long double)interference_milli / 1000.0L;
        row[q] = (int32_t)floorl(1000.0L * powl((long double)q, exponent) + 0.5L);
    }
}

/* Gives each call its row: one of its own where efficiency rows say so, else the row all calls with
 * its exponent share. `shared` holds row + 1 per exponent. Returns the rows needed. */
static size_t assign_rows(const qwr__freeze *freeze, uint32_t *shared, const unsigned char *own)
{
    const qwr_call *calls = qwr__call_rows(freeze->scenario);
    uint32_t rows = 0;

    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_CALL); i++) {
        uint32_t *seen = &shared[calls[i].interference_milli];
        if (own[i] == 0 && *seen == 0)
            *seen = rows + 1;
        freeze->scenario->efficiency_row[i] = own[i] != 0 || *seen == rows + 1 ? rows++ : *seen - 1;
    }
    return rows;
}

static qwr_status enter_efficiency(const qwr__freeze *freeze)
{
    qwr_scenario *scenario = freeze->scenario;
    const qwr_efficiency *rows = qwr__efficiency_rows(scenario);

    /* A value is entered negative first: that tells a second row for the same crane count from the
     * value of the exponent. */
    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_EFFICIENCY); i++) {
        size_t row = scenario->efficiency_row[rows[i].call.v];
        int32_t *cell = &scenario->efficiency[row * EFFICIENCY_COLUMNS + (size_t)rows[i].cranes];
        if (*cell < 0)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_EFFICIENCY, i,
                                    "there is a row for %lld cranes already",
                                    (long long)rows[i].cranes);
        *cell = (int32_t)-rows[i].milli;
    }
    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_EFFICIENCY); i++) {
        size_t row = scenario->efficiency_row[rows[i].call.v];
        scenario->efficiency[row * EFFICIENCY_COLUMNS + (size_t)rows[i].cranes] =
            (int32_t)rows[i].milli;
    }
    return QWR_OK;
}

qwr_status qwr__derive_efficiency(const qwr__freeze *freeze)
{
    qwr_scenario *scenario = freeze->scenario;
    const qwr_efficiency *rows = qwr__efficiency_rows(scenario);
    const qwr_call *calls = qwr__call_rows(scenario);
    size_t count = count_of(freeze, QWR__TABLE_CALL);
    uint32_t shared[INTERFERENCE_VALUES] = {0};
    qwr_status status = QWR_OK;
    size_t made = 0;

    unsigned char *own = qwr__alloc(freeze->ctx, count, sizeof *own);
    scenario->efficiency_row = qwr__alloc(freeze->ctx, count, sizeof *scenario->efficiency_row);
    if (own == NULL || scenario->efficiency_row == NULL) {
        status = qwr__no_memory(freeze->ctx, WHERE);
        goto done;
    }
    for (size_t i = 0; i < count_of(freeze, QWR__TABLE_EFFICIENCY); i++)
        own[rows[i].call.v] = 1;
    made = assign_rows(freeze, shared, own);
    scenario->efficiency =
        qwr__alloc(freeze->ctx, made * EFFICIENCY_COLUMNS, sizeof *scenario->efficiency);
    if (scenario->efficiency == NULL) {
        status = qwr__no_memory(freeze->ctx, WHERE);
        goto done;
    }
    /* Rows are met in rising order, so a row at or beyond `made` is one to fill. */
    made = 0;
    for (size_t i = 0; i < count; i++)
        if (scenario->efficiency_row[i] == made)
            fill_efficiency(&scenario->efficiency[made++ * EFFICIENCY_COLUMNS],
                            calls[i].interference_milli);
    status = enter_efficiency(freeze);
done:
    qwr__free(freeze->ctx, own);
    return status;
}
