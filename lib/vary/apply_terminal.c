/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variables of the terminal that are more than one field: how many cranes, breakdowns, closures,
 * weather, tide, the frame. Knows no call but its arrival.
 */
#include "vary/vary.h"

#include <stdio.h>
#include <string.h>

/* --- cranes ----------------------------------------------------------------------------------- */

/* Of the quay: its cranes that are selected, and the one last in rail order. */
static size_t count_cranes(qwr_crane_ix *last, const qwr__varying *varying, uint32_t quay)
{
    const size_t count = qwr_scenario_builder_crane_count(varying->builder);
    int64_t order = INT64_MIN;
    size_t found = 0;

    for (uint32_t i = 0; i < count; i++) {
        const qwr_crane *crane = qwr_scenario_builder_crane(varying->builder, (qwr_crane_ix){i});
        if (crane->quay.v != quay || !qwr__crane_selected(varying, crane))
            continue;
        found++;
        if (crane->rail_order < order)
            continue;
        order = crane->rail_order;
        *last = (qwr_crane_ix){i};
    }
    return found;
}

/* The last crane of the quay with the most (or, to add one, the fewest) cranes; ties: the quay
 * that comes first. */
static qwr_crane_ix pick(const qwr__varying *varying, bool most)
{
    const size_t quays = qwr_scenario_builder_quay_count(varying->builder);
    qwr_crane_ix best = {QWR_NONE};
    size_t best_count = 0;

    for (uint32_t i = 0; i < quays; i++) {
        qwr_crane_ix last = {QWR_NONE};
        const size_t count = count_cranes(&last, varying, i);
        if (count == 0 ||
            (best.v != QWR_NONE && (most ? count <= best_count : count >= best_count)))
            continue;
        best = last;
        best_count = count;
    }
    return best;
}

/* The highest place in rail order of the quay, selected or not: orders are unique there. */
static int64_t top_order(const qwr__varying *varying, qwr_quay_ix quay)
{
    int64_t order = 0;

    for (uint32_t i = 0; i < qwr_scenario_builder_crane_count(varying->builder); i++) {
        const qwr_crane *crane = qwr_scenario_builder_crane(varying->builder, (qwr_crane_ix){i});
        if (crane->quay.v == quay.v && crane->rail_order > order)
            order = crane->rail_order;
    }
    return order;
}

static qwr_status add_crane(const qwr__varying *varying)
{
    const qwr_crane_ix from = pick(varying, false);
    char id[160];

    if (from.v == QWR_NONE)
        return qwr__fail(varying->ctx, QWR_ESCENARIO, QWR__VARY, NULL, 0,
                         "there is no crane to copy");
    qwr_crane crane = *qwr_scenario_builder_crane(varying->builder, from);
    const size_t length = strcspn(crane.id, "+");
    for (unsigned n = 2;; n++) {
        snprintf(id, sizeof id, "%.*s+%u", (int)length, crane.id, n);
        if (qwr_scenario_builder_find_crane(varying->builder, id).v == QWR_NONE)
            break;
    }
    crane.id = id;
    crane.rail_order = top_order(varying, crane.quay) + 1;
    crane.start_mm = QWR_UNSET;
    return qwr_scenario_add_crane(varying->builder, &crane, NULL);
}

qwr_status qwr__apply_cranes_count(qwr__varying *varying)
{
    const size_t quays = qwr_scenario_builder_quay_count(varying->builder);
    qwr_crane_ix last;
    int64_t count = 0, wanted;

    for (uint32_t i = 0; i < quays; i++)
        count += (int64_t)count_cranes(&last, varying, i);
    if (count == 0)
        return QWR_OK;
    QWR_TRY(qwr__vary_field(&wanted, varying, "", count));
    if (wanted < 0 || wanted > varying->variation->variable->high)
        return qwr__fail(varying->ctx, QWR_ESCENARIO, QWR__VARY, NULL, 0,
                         "%lld is no number of cranes", (long long)wanted);
    varying->touched++;
    for (; count > wanted; count--)
        QWR_TRY(qwr_scenario_remove_crane(varying->builder, pick(varying, true)));
    for (; count < wanted; count++)
        QWR_TRY(add_crane(varying));
    return QWR_OK;
}

/* --- windows that come by chance ------------------------------------------------------------- */

/* An instant between first and last arrival, the same for every level of the variation. */
static int64_t begin_s(const qwr__varying *varying, const char *owner)
{
    const size_t count = qwr_scenario_builder_call_count(varying->builder);
    int64_t first = 0, last = 0;

    for (uint32_t i = 0; i < count; i++) {
        const int64_t eta_s = qwr_scenario_builder_call(varying->builder, (qwr_call_ix){i})->eta_s;
        first = i == 0 || eta_s < first ? eta_s : first;
        last = i == 0 || eta_s > last ? eta_s : last;
    }
    if (first < 0)
        first = 0;
    if (last <= first)
        return first;
    return first + (int64_t)(qwr__vary_unit(varying, owner, 1) * (double)(last - first));
}

static qwr_status free_window_id(char *id, size_t capacity, const qwr__varying *varying,
                                 const char *word, const char *owner)
{
    for (unsigned n = 1; n < 1000000; n++) {
        if (strlen(owner) < 80)
            snprintf(id, capacity, "%s-%s-%u", word, owner, n);
        else
            snprintf(id, capacity, "%s-%u", word, n);
        if (qwr_scenario_builder_find_window(varying->builder, id).v == QWR_NONE)
            return QWR_OK;
    }
    return qwr__fail(varying->ctx, QWR_EOVERFLOW, QWR__VARY, NULL, 0,
                     "there are too many windows of %s", owner);
}

/* `window` says kind and target; length and instant are drawn. A length of 0 adds none. */
static qwr_status add_window(qwr__varying *varying, qwr_window window, const char *word,
                             const char *owner)
{
    int64_t length_s;
    char id[128];

    varying->touched++;
    QWR_TRY(qwr__vary_field(&length_s, varying, owner, 0));
    if (length_s == 0)
        return QWR_OK;
    QWR_TRY(free_window_id(id, sizeof id, varying, word, owner));
    window.id = id;
    window.reason = "what if";
    window.from_s = begin_s(varying, owner);
    if (!qwr__add64(&window.to_s, window.from_s, length_s))
        return qwr__fail(varying->ctx, QWR_EOVERFLOW, QWR__VARY, NULL, 0, "it is too long");
    return qwr_scenario_add_window(varying->builder, &window, NULL);
}

qwr_status qwr__apply_cranes_down(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_crane_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        const qwr_crane crane = *qwr_scenario_builder_crane(varying->builder, (qwr_crane_ix){i});
        qwr_window window = qwr_window_init();
        if (!qwr__crane_selected(varying, &crane))
            continue;
        window.kind = QWR_WINDOW_MAINTENANCE;
        window.crane.v = i;
        QWR_TRY(add_window(varying, window, "down", crane.id));
    }
    return QWR_OK;
}

qwr_status qwr__apply_quays_closed(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_quay_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        const qwr_quay quay = *qwr_scenario_builder_quay(varying->builder, (qwr_quay_ix){i});
        qwr_window window = qwr_window_init();
        if (!qwr__quay_selected(varying, &quay))
            continue;
        window.kind = QWR_WINDOW_CLOSURE;
        window.quay.v = i;
        QWR_TRY(add_window(varying, window, "closed", quay.id));
    }
    return QWR_OK;
}

/* One storm for all quays: they share the draw, so the owner is no quay. */
qwr_status qwr__apply_weather_stop(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_quay_count(varying->builder);

    for (uint32_t i = 0; i < count; i++) {
        qwr_window window = qwr_window_init();
        window.kind = QWR_WINDOW_WEATHER;
        window.quay.v = i;
        QWR_TRY(add_window(varying, window, "weather", "stop"));
    }
    return QWR_OK;
}

/* --- windows that are there ------------------------------------------------------------------ */

typedef qwr_status (*window_fn)(qwr__varying *varying, qwr_window *window, bool *keep);

/* From the last to the first, so that a window taken away moves none still to come. */
static qwr_status each_window(qwr__varying *varying, window_fn change)
{
    for (size_t i = qwr_scenario_builder_window_count(varying->builder); i-- > 0;) {
        const qwr_window_ix ix = {(uint32_t)i};
        qwr_window window = *qwr_scenario_builder_window(varying->builder, ix);
        bool keep = true;
        if (!qwr__window_selected(varying, &window))
            continue;
        QWR_TRY(change(varying, &window, &keep));
        varying->touched++;
        if (keep)
            QWR_TRY(qwr_scenario_set_window(varying->builder, ix, &window));
        else
            QWR_TRY(qwr_scenario_remove_window(varying->builder, ix));
    }
    return QWR_OK;
}

static qwr_status shift_window(qwr__varying *varying, qwr_window *window, bool *keep)
{
    int64_t by_s;

    (void)keep;
    QWR_TRY(qwr__vary_draw(&by_s, varying, window->id, QWR_UNSET));
    window->from_s += by_s;
    window->to_s += by_s;
    return QWR_OK;
}

static qwr_status stretch_window(qwr__varying *varying, qwr_window *window, bool *keep)
{
    int64_t length_s;

    QWR_TRY(qwr__vary_field(&length_s, varying, window->id, window->to_s - window->from_s));
    *keep = length_s > 0;
    if (!qwr__add64(&window->to_s, window->from_s, length_s))
        return qwr__fail(varying->ctx, QWR_EOVERFLOW, QWR__VARY, NULL, 0, "it is too long");
    return QWR_OK;
}

static qwr_status keep_window(qwr__varying *varying, qwr_window *window, bool *keep)
{
    int64_t present;

    QWR_TRY(qwr__vary_draw(&present, varying, window->id, QWR_UNSET));
    if (present < 0 || present > 1)
        return qwr__fail(varying->ctx, QWR_EINVAL, QWR__VARY, NULL, 0, "%s is 0 or 1",
                         varying->variation->name);
    *keep = present == 1;
    return QWR_OK;
}

qwr_status qwr__apply_windows_shift(qwr__varying *varying)
{
    return each_window(varying, shift_window);
}

qwr_status qwr__apply_windows_length(qwr__varying *varying)
{
    return each_window(varying, stretch_window);
}

qwr_status qwr__apply_windows_present(qwr__varying *varying)
{
    return each_window(varying, keep_window);
}

/* --- water and frame ------------------------------------------------------------------------- */

/* A scenario without tide has its water at chart datum; one row lifts it for good. */
qwr_status qwr__apply_tide_shift(qwr__varying *varying)
{
    const size_t count = qwr_scenario_builder_tide_count(varying->builder);
    int64_t by_mm;

    QWR_TRY(qwr__vary_draw(&by_mm, varying, "", QWR_UNSET));
    varying->touched++;
    if (count == 0) {
        qwr_tide row = qwr_tide_init();
        row.at_s = 0;
        row.level_mm = by_mm;
        return qwr_scenario_add_tide(varying->builder, &row);
    }
    for (size_t i = 0; i < count; i++) {
        qwr_tide row = *qwr_scenario_builder_tide(varying->builder, 0);
        row.level_mm += by_mm;
        QWR_TRY(qwr_scenario_remove_tide(varying->builder, 0));
        QWR_TRY(qwr_scenario_add_tide(varying->builder, &row));
    }
    return QWR_OK;
}

qwr_status qwr__apply_channel_depth(qwr__varying *varying)
{
    qwr_scenario_info info = *qwr_scenario_builder_get_info(varying->builder);

    if (info.channel_depth_mm == QWR_UNSET && varying->variation->op != QWR__SET)
        return QWR_OK;
    QWR_TRY(qwr__vary_field(&info.channel_depth_mm, varying, "", info.channel_depth_mm));
    varying->touched++;
    return qwr_scenario_builder_set_info(varying->builder, &info);
}

qwr_status qwr__apply_horizon(qwr__varying *varying)
{
    qwr_scenario_info info = *qwr_scenario_builder_get_info(varying->builder);
    int64_t rest;

    QWR_TRY(qwr__vary_field(&info.horizon_s, varying, "", info.horizon_s));
    varying->touched++;
    rest = info.horizon_s % info.step_s;
    if (rest > 0)
        info.horizon_s += info.step_s - rest;
    return qwr_scenario_builder_set_info(varying->builder, &info);
}
