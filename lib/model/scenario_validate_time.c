/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of time and of windows: the step divides what must lie on it, tables of instants rise,
 * windows begin before they end and say what they stop. Must never look at a call.
 */
#include "model/scenario_private.h"

static qwr_status check_frame(const qwr__freeze *freeze)
{
    const qwr_scenario_info *info = &freeze->scenario->info;
    int64_t below = info->horizon_s / info->step_s * info->step_s;

    if (info->profile == QWR_PROFILE_VARYING && info->crane_period_s % info->step_s != 0)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_INFO, 0,
                                "crane_period %lld s is not a multiple of the step %lld s; crane "
                                "counts can change on steps only",
                                (long long)info->crane_period_s, (long long)info->step_s);
    if (below == info->horizon_s)
        return QWR_OK;
    if (below == 0)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_INFO, 0,
                                "horizon %lld s is shorter than the step %lld s",
                                (long long)info->horizon_s, (long long)info->step_s);
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_INFO, 0,
                            "horizon %lld s is not a multiple of the step %lld s; nearest: %lld s "
                            "and %lld s",
                            (long long)info->horizon_s, (long long)info->step_s, (long long)below,
                            (long long)(below + info->step_s));
}

qwr_status qwr__check_step(const qwr__freeze *freeze, qwr__table table, size_t row,
                           const char *field, int64_t value_s)
{
    int64_t step_s = freeze->scenario->info.step_s;
    int64_t below = value_s / step_s * step_s;

    if (below == value_s)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row,
                            "%s %lld s is not a multiple of the step %lld s; nearest: %lld s and "
                            "%lld s",
                            field, (long long)value_s, (long long)step_s, (long long)below,
                            (long long)(below + step_s));
}

static qwr_status check_tide(const qwr__freeze *freeze)
{
    const qwr_tide *rows = qwr__tide_rows(freeze->scenario);

    for (size_t i = 1; i < freeze->scenario->rows[QWR__TABLE_TIDE].count; i++)
        if (rows[i].at_s <= rows[i - 1].at_s)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_TIDE, i,
                                    "at %s does not come after the row before, at %s; tide times "
                                    "must rise",
                                    qwr__show_at(freeze->scenario, rows[i].at_s).s,
                                    qwr__show_at(freeze->scenario, rows[i - 1].at_s).s);
    return QWR_OK;
}

static qwr_status check_tariff(const qwr__freeze *freeze)
{
    const qwr_tariff *rows = qwr__tariff_rows(freeze->scenario);

    for (size_t i = 1; i < freeze->scenario->rows[QWR__TABLE_TARIFF].count; i++)
        if (rows[i].from_s <= rows[i - 1].from_s)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_TARIFF, i,
                                    "from %s does not come after the row before, from %s; tariff "
                                    "times must rise",
                                    qwr__show_at(freeze->scenario, rows[i].from_s).s,
                                    qwr__show_at(freeze->scenario, rows[i - 1].from_s).s);
    return QWR_OK;
}

/* Targets a window names, as a set of bits. */
enum { QUAY = 1, BERTH = 2, CRANE = 4, VEHICLE = 8, BLOCK = 16, LANE = 32 };

static unsigned targets_of(const qwr_window *window)
{
    unsigned targets = 0;

    targets |= window->quay.v != QWR_NONE ? QUAY : 0U;
    targets |= window->berth.v != QWR_NONE ? BERTH : 0U;
    targets |= window->crane.v != QWR_NONE ? CRANE : 0U;
    targets |= window->vehicle.v != QWR_NONE ? VEHICLE : 0U;
    targets |= window->block.v != QWR_NONE ? BLOCK : 0U;
    targets |= window->lane.v != QWR_NONE ? LANE : 0U;
    return targets;
}

/* A target that its kind does not use would be ignored silently, so it is refused. */
static const char *target_fault(const qwr_window *window)
{
    unsigned targets = targets_of(window);

    switch (window->kind) {
    case QWR_WINDOW_CLOSURE:
        if ((targets & (QUAY | BERTH)) == 0 || (targets & ~(unsigned)(QUAY | BERTH)) != 0)
            return "a closure needs a quay or a berth, and nothing else";
        break;
    case QWR_WINDOW_MAINTENANCE:
        if (targets != CRANE && targets != VEHICLE && targets != BLOCK)
            return "maintenance needs one crane, vehicle or block, and nothing else";
        break;
    case QWR_WINDOW_WEATHER:
        if (targets != QUAY)
            return "weather needs a quay, and nothing else";
        break;
    case QWR_WINDOW_LANE:
        if (targets != LANE)
            return "a lane window needs a lane, and nothing else";
        break;
    }
    return NULL;
}

/* The part of the quay a closure takes. */
static qwr_status check_window_space(const qwr__freeze *freeze, size_t row,
                                     const qwr_window *window)
{
    const qwr_scenario *scenario = freeze->scenario;

    if (window->kind != QWR_WINDOW_CLOSURE)
        return QWR_OK;
    qwr_quay_ix quay = window->quay;
    if (window->berth.v != QWR_NONE) {
        quay = qwr__berth_rows(scenario)[window->berth.v].quay;
        if (window->quay.v != QWR_NONE && window->quay.v != quay.v)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_WINDOW, row,
                                    "berth \"%s\" is not at quay \"%s\"",
                                    qwr__berth_rows(scenario)[window->berth.v].id,
                                    qwr__quay_rows(scenario)[window->quay.v].id);
    }
    const qwr_quay *at = &qwr__quay_rows(scenario)[quay.v];
    int64_t to_mm = window->to_mm != QWR_UNSET ? window->to_mm : at->length_mm;
    if (window->from_mm < to_mm && to_mm <= at->length_mm)
        return QWR_OK;
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_WINDOW, row,
                            "from %s to %s is not a part of quay \"%s\", which is %s long",
                            qwr__show_mm(window->from_mm).s, qwr__show_mm(to_mm).s, at->id,
                            qwr__show_mm(at->length_mm).s);
}

static qwr_status check_window(const qwr__freeze *freeze, size_t row, const qwr_window *window)
{
    const char *fault = target_fault(window);

    if (fault != NULL)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_WINDOW, row, "%s", fault);
    if (window->from_s >= window->to_s)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_WINDOW, row,
                                "from %s is not before to %s",
                                qwr__show_at(freeze->scenario, window->from_s).s,
                                qwr__show_at(freeze->scenario, window->to_s).s);
    return check_window_space(freeze, row, window);
}

qwr_status qwr__validate_time(const qwr__freeze *freeze)
{
    const qwr_window *windows = qwr__window_rows(freeze->scenario);

    QWR_TRY(check_frame(freeze));
    QWR_TRY(check_tide(freeze));
    QWR_TRY(check_tariff(freeze));
    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_WINDOW].count; i++)
        QWR_TRY(check_window(freeze, i, &windows[i]));
    return QWR_OK;
}
