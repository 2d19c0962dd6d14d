/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Quay cranes: order on the rail, reach, outreach, rate, power. Must never know the calls.
 */
#include "generate/generate.h"

#include <stdio.h>

enum {
    OUTREACH_WIDE_MM = 62000,   /* serves every class: 24 rows, beam up to 61 m */
    OUTREACH_NARROW_MM = 46000, /* serves a beam of 18 rows */
    REACH_MM = 500000,          /* to either side of its place; cables end there: assumption */
    TRAVEL_MM_S = 750,          /* 45 m/min: usual gantry speed */
    MARGIN_MM = 14000,          /* one 40 ft bay; qcspgen instances keep one bay */
    SETUP_S = 3600,             /* an hour to another berth: PortManager */
    POWER_W = 225000            /* 8 kWh a move (RHDHV, in OpenTISim) at 28 moves an hour */
};

/* The widest cranes stand at the deep end, where the widest ships lie. */
static int is_wide(const qwr__making *m, const qwr__made_quay *q, int64_t order)
{
    const int64_t narrow = q->cranes - (q->cranes * m->profile->wide_cranes_milli + 999) / 1000;

    return order > narrow;
}

static qwr_status add_crane(qwr__making *m, const qwr__made_quay *q, int64_t order, int64_t number)
{
    qwr__rng rng = qwr__draw(m, QWR__DRAW_CRANE, (uint64_t)number);
    const int64_t place_mm =
        qwr__round_down((2 * order - 1) * q->length_mm / (2 * q->cranes), 1000);
    qwr_crane crane = qwr_crane_init();
    char id[32];

    snprintf(id, sizeof id, "QC%02d", (int)number);
    crane.id = id;
    crane.quay = q->ix;
    crane.rail_order = order;
    if (q->length_mm > 2 * (int64_t)REACH_MM) {
        crane.reach_from_mm = place_mm > REACH_MM ? place_mm - REACH_MM : 0;
        if (place_mm + REACH_MM < q->length_mm)
            crane.reach_to_mm = place_mm + REACH_MM;
    }
    crane.outreach_mm = is_wide(m, q, order) ? OUTREACH_WIDE_MM : OUTREACH_NARROW_MM;
    crane.rate_milli = qwr__draw_between(&rng, m->profile->crane_rate_min_milli / 100,
                                         m->profile->crane_rate_max_milli / 100) *
                       100;
    crane.travel_mm_s = TRAVEL_MM_S;
    crane.margin_mm = MARGIN_MM;
    crane.setup_s = SETUP_S;
    crane.power_w = POWER_W;
    crane.start_mm = place_mm;
    return qwr_scenario_add_crane(m->builder, &crane, NULL);
}

qwr_status qwr__make_cranes(qwr__making *m)
{
    int64_t number = 0;

    for (size_t i = 0; i < m->quay_count; i++)
        for (int64_t order = 1; order <= m->quay[i].cranes; order++)
            QWR_TRY(add_crane(m, &m->quay[i], order, ++number));
    return QWR_OK;
}
