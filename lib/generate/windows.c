/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times when something cannot be used: cranes in maintenance, a stretch of quay closed, a gale.
 * Nothing here touches the first day (of a single day: its morning), so that the calls under way at
 * second 0 stay feasible.
 */
#include "generate/generate.h"

#include <stdio.h>

enum {
    SERVICE_S = 6 * 3600,  /* planned service of a crane; repairs take 2 to 8 h (Jo & Kim 2020) */
    CLOSURE_S = 18 * 3600, /* fender repair: assumption */
    CLOSURE_MM = 120000,
    WEEK_S = 7 * 86400
};

static int64_t quiet_s(const qwr__making *m)
{
    return m->days > 1 ? QWR__DAY_S : QWR__DAY_S / 2;
}

/* A step through 0 .. count - 1 that meets every number. */
static int64_t coprime_step(int64_t count)
{
    for (int64_t step = count * 3 / 8 + 1; step < count; step++) {
        int64_t a = step, b = count;

        while (b != 0) {
            const int64_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1)
            return step;
    }
    return 1;
}

/* Half the cranes are serviced each week, one after the other (assumption: a fortnightly service).
 */
static qwr_status add_maintenance(qwr__making *m)
{
    const int64_t first_s = quiet_s(m), last_s = m->days * QWR__DAY_S;
    int64_t cranes = 0, windows;
    char id[32];

    for (size_t i = 0; i < m->quay_count; i++)
        cranes += m->quay[i].cranes;
    windows = cranes * m->days / 14;
    if (windows == 0)
        windows = 1;
    for (int64_t k = 0; k < windows; k++) {
        qwr__rng rng = qwr__draw(m, QWR__DRAW_WINDOW, (uint64_t)k);
        const int64_t span_s = (last_s - first_s) / windows;
        const int64_t play_s = span_s > SERVICE_S ? span_s - SERVICE_S : 0;
        qwr_window window = qwr_window_init();

        snprintf(id, sizeof id, "service-%d", (int)k + 1);
        window.id = id;
        window.kind = QWR_WINDOW_MAINTENANCE;
        window.reason = "planned service";
        window.crane.v = (uint32_t)(k * coprime_step(cranes) % cranes);
        window.from_s =
            first_s + k * span_s + qwr__round_down(qwr__draw_between(&rng, 0, play_s), QWR__HOUR_S);
        window.to_s = window.from_s + SERVICE_S;
        QWR_TRY(qwr_scenario_add_window(m->builder, &window, NULL));
    }
    return QWR_OK;
}

static qwr_status add_closure(qwr__making *m)
{
    const qwr__made_quay *q = &m->quay[0];
    qwr__rng rng = qwr__draw(m, QWR__DRAW_WINDOW, 1000000);
    const int64_t room_mm = q->length_mm / 4;
    const int64_t width_mm = CLOSURE_MM < room_mm ? CLOSURE_MM : room_mm;
    qwr_window window = qwr_window_init();

    window.id = "closure-1";
    window.kind = QWR_WINDOW_CLOSURE;
    window.reason = "fender repair";
    if (q->layout == QWR_LAYOUT_DISCRETE)
        window.berth = q->berth_first;
    else {
        window.quay = q->ix;
        window.from_mm = qwr__round_down(qwr__draw_between(&rng, 0, q->length_mm / 3), q->grid_mm);
        window.to_mm = window.from_mm + width_mm;
    }
    window.from_s =
        quiet_s(m) + qwr__round_down((m->days * QWR__DAY_S - quiet_s(m)) * 2 / 5, QWR__HOUR_S);
    window.to_s = window.from_s + CLOSURE_S;
    return qwr_scenario_add_window(m->builder, &window, NULL);
}

/* Cranes stop at 20 m/s (ISO 4302, in PortManager); one gale of 3 to 6 h a week: assumption. */
static qwr_status add_gales(qwr__making *m)
{
    char id[32];

    for (int64_t week = 0; week * WEEK_S < m->days * QWR__DAY_S; week++) {
        qwr__rng rng = qwr__draw(m, QWR__DRAW_WINDOW, 2000000 + (uint64_t)week);
        const int64_t left_s = m->days * QWR__DAY_S - week * WEEK_S;
        const int64_t span_s = left_s < WEEK_S ? left_s : WEEK_S;
        const int64_t from_s =
            week * WEEK_S + quiet_s(m) +
            QWR__HOUR_S * qwr__draw_between(&rng, 0, (span_s - quiet_s(m)) / QWR__HOUR_S);
        const int64_t to_s = from_s + QWR__HOUR_S * qwr__draw_between(&rng, 3, 6);

        for (size_t i = 0; i < m->quay_count; i++) {
            qwr_window window = qwr_window_init();

            snprintf(id, sizeof id, "gale-%d-%zu", (int)week + 1, i + 1);
            window.id = id;
            window.kind = QWR_WINDOW_WEATHER;
            window.reason = "wind above 20 m/s";
            window.quay = m->quay[i].ix;
            window.from_s = from_s;
            window.to_s = to_s;
            QWR_TRY(qwr_scenario_add_window(m->builder, &window, NULL));
        }
    }
    return QWR_OK;
}

qwr_status qwr__make_windows(qwr__making *m)
{
    QWR_TRY(add_maintenance(m));
    QWR_TRY(add_closure(m));
    return add_gales(m);
}
