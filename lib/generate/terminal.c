/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Quays with their depths, breaks, berths or positions; the tide; the price of energy. Must never
 * know the calls that will use them.
 */
#include "generate/generate.h"

#include <math.h>
#include <stdio.h>

enum {
    HYBRID_PITCH_MM = 30000, /* every second bollard of a 15 m pitch (smart-data-models example) */
    SOCKET_METRES = 350,     /* one shore-power socket for about each large ship */
    SOCKET_W = 2000000,      /* above the hotel power of every class */
    TURNAROUND_S = 1800,     /* between two vessels at a berth: assumption */
    M2_S = 44712,            /* 12.42 h */
    S2_S = 43200             /* 12 h; with M2 it gives springs and neaps every 14.8 days */
};

static qwr_status add_depths(qwr__making *m, const qwr__made_quay *q)
{
    qwr_quay_depth row = qwr_quay_depth_init();

    row.quay = q->ix;
    if (q->depth_mm[0] != q->depth_mm[1]) {
        row.from_mm = 0;
        row.to_mm = q->depth_at_mm[0];
        row.depth_mm = q->depth_mm[0];
        QWR_TRY(qwr_scenario_add_quay_depth(m->builder, &row));
    }
    if (q->depth_mm[2] != q->depth_mm[1]) {
        row.from_mm = q->depth_at_mm[1];
        row.to_mm = q->length_mm;
        row.depth_mm = q->depth_mm[2];
        QWR_TRY(qwr_scenario_add_quay_depth(m->builder, &row));
    }
    return QWR_OK;
}

static qwr_status add_breaks(qwr__making *m, const qwr__made_quay *q)
{
    qwr_quay_break row = qwr_quay_break_init();

    row.quay = q->ix;
    if (q->segment_mm == 0 || q->layout == QWR_LAYOUT_DISCRETE)
        return QWR_OK;
    /* The last part takes the rest, so it is never shorter than the others. */
    for (int64_t at = q->segment_mm; at + q->segment_mm <= q->length_mm; at += q->segment_mm) {
        row.at_mm = at;
        QWR_TRY(qwr_scenario_add_quay_break(m->builder, &row));
    }
    return QWR_OK;
}

static qwr_status add_positions(qwr__making *m, const qwr__made_quay *q)
{
    qwr_quay_position row = qwr_quay_position_init();

    row.quay = q->ix;
    if (q->layout != QWR_LAYOUT_HYBRID)
        return QWR_OK;
    for (row.at_mm = 0; row.at_mm < q->length_mm; row.at_mm += HYBRID_PITCH_MM)
        QWR_TRY(qwr_scenario_add_quay_position(m->builder, &row));
    return QWR_OK;
}

static qwr_status add_berths(qwr__making *m, qwr__made_quay *q, size_t quay_number)
{
    char id[40], name[64];

    for (uint32_t b = 0; b < q->berth_count; b++) {
        qwr_berth berth = qwr_berth_init();
        qwr_berth_ix ix;

        snprintf(id, sizeof id, "Q%zu-B%u", quay_number + 1, b + 1);
        snprintf(name, sizeof name, "Berth %u of quay %zu", b + 1, quay_number + 1);
        berth.id = id;
        berth.name = name;
        berth.quay = q->ix;
        berth.from_mm = (int64_t)b * q->berth_mm;
        berth.length_mm = q->berth_mm;
        berth.turnaround_s = qwr__round_up(TURNAROUND_S, m->step_s);
        QWR_TRY(qwr_scenario_add_berth(m->builder, &berth, &ix));
        if (b == 0)
            q->berth_first = ix;
    }
    return QWR_OK;
}

static qwr_status add_quay(qwr__making *m, size_t number)
{
    static const char *const names[QWR__HARBOUR_QUAYS] = {"Main quay", "Feeder quay"};
    qwr__made_quay *q = &m->quay[number];
    qwr_quay quay = qwr_quay_init();
    char id[24];

    snprintf(id, sizeof id, "Q%zu", number + 1);
    quay.id = id;
    quay.name = names[number];
    quay.layout = q->layout;
    quay.length_mm = q->length_mm;
    quay.grid_mm = q->grid_mm;
    quay.depth_mm = q->depth_mm[1];
    quay.clearance_mm = m->clearance_mm;
    quay.shore_power_sockets = q->length_mm / (SOCKET_METRES * INT64_C(1000));
    if (quay.shore_power_sockets > 0)
        quay.shore_power_w = SOCKET_W;
    QWR_TRY(qwr_scenario_add_quay(m->builder, &quay, &q->ix));
    QWR_TRY(add_depths(m, q));
    QWR_TRY(add_breaks(m, q));
    QWR_TRY(add_positions(m, q));
    return add_berths(m, q, number);
}

qwr_status qwr__make_quays(qwr__making *m)
{
    for (size_t i = 0; i < m->quay_count; i++)
        QWR_TRY(add_quay(m, i));
    return QWR_OK;
}

static int64_t water_level_mm(const qwr__profile *p, int64_t at_s, const int64_t phase_s[2])
{
    const double turn = 6.283185307179586;
    const double m2 = sin(turn * (double)((at_s + phase_s[0]) % M2_S) / M2_S);
    const double s2 = sin(turn * (double)((at_s + phase_s[1]) % S2_S) / S2_S);
    const double level =
        (double)p->tide_mean_mm + (double)p->tide_m2_mm * m2 + (double)p->tide_s2_mm * s2;

    /* Whole centimetres: the last digit of a sine then never shows. */
    return 10 * (int64_t)floor(level / 10.0 + 0.5);
}

qwr_status qwr__make_tide(qwr__making *m)
{
    qwr__rng rng = qwr__draw(m, QWR__DRAW_TIDE, 0);
    const int64_t phase_s[2] = {qwr__draw_between(&rng, 0, M2_S - 1),
                                qwr__draw_between(&rng, 0, S2_S - 1)};
    qwr_tide row = qwr_tide_init();

    for (row.at_s = 0; row.at_s <= m->horizon_s; row.at_s += QWR__HOUR_S) {
        row.level_mm = water_level_mm(m->profile, row.at_s, phase_s);
        QWR_TRY(qwr_scenario_add_tide(m->builder, &row));
    }
    return QWR_OK;
}

/*
 * Price and carbon of electric energy over a day. Day and night levels of a Central European spot
 * market, rounded; grid intensity 250 to 380 g/kWh: assumptions.
 */
qwr_status qwr__make_tariff(qwr__making *m)
{
    static const struct {
        int64_t hour, price_mu_kwh, co2_g_kwh;
    } day[] = {{0, 80, 260}, {6, 120, 330}, {17, 165, 380}, {21, 105, 300}};

    for (int64_t d = 0; d * QWR__DAY_S < m->horizon_s; d++) {
        qwr__rng rng = qwr__draw(m, QWR__DRAW_TARIFF, (uint64_t)d);
        const int64_t shift = qwr__draw_between(&rng, -15, 15);

        for (size_t i = 0; i < sizeof day / sizeof day[0]; i++) {
            qwr_tariff row = qwr_tariff_init();

            row.from_s = d * QWR__DAY_S + day[i].hour * QWR__HOUR_S;
            row.price_mu_kwh = day[i].price_mu_kwh + shift;
            row.co2_g_kwh = day[i].co2_g_kwh;
            QWR_TRY(qwr_scenario_add_tariff(m->builder, &row));
        }
    }
    return QWR_OK;
}
