/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of a call and of the rows that hang on it: times in order, cranes, pins that agree with
 * each other, places on their quay, and some source for the work. Must never refuse a call because
 * it cannot be placed: that is for the plan to say.
 */
#include "model/scenario_private.h"

static qwr_status fail(const qwr__freeze *freeze, size_t row, const char *sentence)
{
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row, "%s", sentence);
}

static qwr_status check_hull(const qwr__freeze *freeze, size_t row, const qwr_call *call)
{
    const qwr_quay *quays = qwr__quay_rows(freeze->scenario);

    if (call->loa_mm != QWR_UNSET)
        return QWR_OK;
    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_QUAY].count; i++)
        if (quays[i].layout != QWR_LAYOUT_DISCRETE)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                    "loa is missing; it may be left out only where every quay is "
                                    "discrete, and quay \"%s\" is not",
                                    quays[i].id);
    return QWR_OK;
}

/* Arrivals further off are a slip of the pen, and they would widen every sum. */
static qwr_status check_arrival(const qwr__freeze *freeze, size_t row, const char *field,
                                int64_t at_s)
{
    int64_t horizon_s = freeze->scenario->info.horizon_s;

    if (at_s == QWR_UNSET || (at_s >= -horizon_s && at_s <= horizon_s))
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                            "%s %s is out of range; expected %s to %s, one horizon either way",
                            field, qwr__show_at(freeze->scenario, at_s).s,
                            qwr__show_at(freeze->scenario, -horizon_s).s,
                            qwr__show_at(freeze->scenario, horizon_s).s);
}

static qwr_status check_times(const qwr__freeze *freeze, size_t row, const qwr_call *call)
{
    QWR_TRY(check_arrival(freeze, row, "eta", call->eta_s));
    QWR_TRY(check_arrival(freeze, row, "earliest", call->earliest_s));
    if (call->earliest_s != QWR_UNSET && call->latest_departure_s != QWR_UNSET &&
        call->latest_is_soft == 0 && call->earliest_s > call->latest_departure_s)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                "earliest %s is after latest_departure %s",
                                qwr__show_at(freeze->scenario, call->earliest_s).s,
                                qwr__show_at(freeze->scenario, call->latest_departure_s).s);
    QWR_TRY(qwr__check_step(freeze, QWR__TABLE_CALL, row, "mooring", call->mooring_s));
    return qwr__check_step(freeze, QWR__TABLE_CALL, row, "unmooring", call->unmooring_s);
}

static qwr_status check_cranes(const qwr__freeze *freeze, size_t row, const qwr_call *call)
{
    if (call->min_cranes > call->max_cranes)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                "min_cranes %lld is more than max_cranes %lld",
                                (long long)call->min_cranes, (long long)call->max_cranes);
    if (call->pin_cranes != QWR_UNSET &&
        (call->pin_cranes < call->min_cranes || call->pin_cranes > call->max_cranes))
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                "pin_cranes %lld is not between min_cranes %lld and max_cranes "
                                "%lld",
                                (long long)call->pin_cranes, (long long)call->min_cranes,
                                (long long)call->max_cranes);
    return QWR_OK;
}

/* One decision in three parts, pinned or remembered: berth, quay and position must agree. */
static qwr_status check_decision(const qwr__freeze *freeze, size_t row, const char *what,
                                 qwr_quay_ix quay, qwr_berth_ix berth, int64_t position_mm)
{
    const qwr_scenario *scenario = freeze->scenario;
    const qwr_quay *quays = qwr__quay_rows(scenario);

    if (berth.v != QWR_NONE) {
        const qwr_berth *at = &qwr__berth_rows(scenario)[berth.v];
        if (quay.v != QWR_NONE && at->quay.v != quay.v)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                    "%s_berth \"%s\" is at quay \"%s\", but %s_quay is \"%s\"",
                                    what, at->id, quays[at->quay.v].id, what, quays[quay.v].id);
        quay = at->quay;
    }
    if (position_mm == QWR_UNSET || quay.v == QWR_NONE || position_mm < quays[quay.v].length_mm)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                            "%s_position %s lies outside quay \"%s\", which is %s long", what,
                            qwr__show_mm(position_mm).s, quays[quay.v].id,
                            qwr__show_mm(quays[quay.v].length_mm).s);
}

static qwr_status check_preference(const qwr__freeze *freeze, size_t row, const qwr_call *call)
{
    if (call->preferred_mm == QWR_UNSET)
        return QWR_OK;
    if (call->preferred_quay.v == QWR_NONE)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                "preferred %s needs preferred_quay, which it is measured along",
                                qwr__show_mm(call->preferred_mm).s);
    const qwr_quay *quay = &qwr__quay_rows(freeze->scenario)[call->preferred_quay.v];
    if (call->preferred_mm <= quay->length_mm)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                            "preferred %s lies outside quay \"%s\", which is %s long",
                            qwr__show_mm(call->preferred_mm).s, quay->id,
                            qwr__show_mm(quay->length_mm).s);
}

/* A call whose only source of work is its handling rows would need no time at all where it has
 * none. With place rows the call says itself where it may lie. */
static qwr_status check_handling_complete(const qwr__freeze *freeze, size_t row)
{
    const qwr_scenario *scenario = freeze->scenario;
    size_t berths = scenario->rows[QWR__TABLE_BERTH].count;

    if ((scenario->call_has[row] & QWR__CALL_HAS_PLACES) != 0)
        return QWR_OK;
    for (uint32_t berth = 0; berth < berths; berth++)
        if (qwr_scenario_handling_s(scenario, (qwr_call_ix){(uint32_t)row},
                                    (qwr_berth_ix){berth}) == QWR_UNSET)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                    "its handling rows leave out berth \"%s\"; expected a row "
                                    "for every berth (forbidden where it may not lie), or "
                                    "handling, moves or tasks",
                                    qwr__berth_rows(scenario)[berth].id);
    for (size_t i = 0; i < scenario->rows[QWR__TABLE_QUAY].count; i++)
        if (qwr__quay_rows(scenario)[i].layout != QWR_LAYOUT_DISCRETE)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                    "its handling rows say nothing about quay \"%s\", which has "
                                    "no berths; expected handling, moves or tasks too",
                                    qwr__quay_rows(scenario)[i].id);
    return QWR_OK;
}

static qwr_status check_work(const qwr__freeze *freeze, size_t row, const qwr_call *call)
{
    const qwr_scenario *scenario = freeze->scenario;
    int64_t moves = scenario->moves[row];

    if (call->handling_s != QWR_UNSET)
        return QWR_OK;
    if (call->moves == QWR_UNSET && (scenario->call_has[row] & QWR__CALL_HAS_TASKS) == 0) {
        if (scenario->handling_rows[row] == 0)
            return fail(freeze, row,
                        "there is no work; expected moves, tasks, handling or handling rows (0 "
                        "moves is fine)");
        return check_handling_complete(freeze, row);
    }
    if (moves > QWR__MOVES_MAX)
        return qwr__freeze_fail(freeze, QWR_EOVERFLOW, QWR__TABLE_CALL, row,
                                "its tasks have %lld moves; expected at most %lld",
                                (long long)moves, (long long)QWR__MOVES_MAX);
    if (moves > 0 && call->max_cranes == 0 && scenario->handling_rows[row] == 0)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CALL, row,
                                "%lld moves need a crane, but max_cranes is 0", (long long)moves);
    return QWR_OK;
}

static qwr_status check_call(const qwr__freeze *freeze, size_t row, const qwr_call *call)
{
    QWR_TRY(check_hull(freeze, row, call));
    QWR_TRY(check_times(freeze, row, call));
    QWR_TRY(check_cranes(freeze, row, call));
    QWR_TRY(check_preference(freeze, row, call));
    QWR_TRY(
        check_decision(freeze, row, "pin", call->pin_quay, call->pin_berth, call->pin_position_mm));
    QWR_TRY(check_decision(freeze, row, "base", call->base_quay, call->base_berth,
                           call->base_position_mm));
    return check_work(freeze, row, call);
}

static qwr_status check_place(const qwr__freeze *freeze, size_t row, const qwr_place *place)
{
    const qwr_scenario *scenario = freeze->scenario;
    qwr_quay_ix ix = place->quay;

    if (ix.v == QWR_NONE && place->berth.v == QWR_NONE)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_PLACE, row,
                                "it names neither a quay nor a berth");
    if (place->berth.v != QWR_NONE) {
        const qwr_berth *berth = &qwr__berth_rows(scenario)[place->berth.v];
        if (ix.v != QWR_NONE && ix.v != berth->quay.v)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_PLACE, row,
                                    "berth \"%s\" is not at quay \"%s\"", berth->id,
                                    qwr__quay_rows(scenario)[ix.v].id);
        ix = berth->quay;
    }
    const qwr_quay *quay = &qwr__quay_rows(scenario)[ix.v];
    int64_t to_mm = place->to_mm != QWR_UNSET ? place->to_mm : quay->length_mm;
    if (place->from_mm < to_mm && to_mm <= quay->length_mm)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_PLACE, row,
                            "from %s to %s is not a part of quay \"%s\", which is %s long",
                            qwr__show_mm(place->from_mm).s, qwr__show_mm(to_mm).s, quay->id,
                            qwr__show_mm(quay->length_mm).s);
}

static qwr_status check_tasks(const qwr__freeze *freeze)
{
    const qwr_task *rows = qwr__task_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_TASK].count; i++) {
        int64_t moves = rows[i].moves_20 + rows[i].moves_40 + rows[i].moves_45;
        if (rows[i].reefers > moves)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_TASK, i,
                                    "%lld of its %lld moves cannot be reefers",
                                    (long long)rows[i].reefers, (long long)moves);
    }
    return QWR_OK;
}

qwr_status qwr__validate_calls(const qwr__freeze *freeze)
{
    const qwr_scenario *scenario = freeze->scenario;

    QWR_TRY(check_tasks(freeze));
    for (size_t i = 0; i < scenario->rows[QWR__TABLE_PLACE].count; i++)
        QWR_TRY(check_place(freeze, i, &qwr__place_rows(scenario)[i]));
    for (size_t i = 0; i < scenario->rows[QWR__TABLE_CALL].count; i++)
        QWR_TRY(check_call(freeze, i, &qwr__call_rows(scenario)[i]));
    return QWR_OK;
}
