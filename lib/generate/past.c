/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of the past months: what a forecast learns from. Rates differ by class and by service, and
 * scatter as they do in practice.
 */
#include "generate/generate.h"

#include <stdlib.h>

enum {
    SPACING_S = 4 * 3600,
    NOISE_MILLI = 140,      /* spread of the logarithm; U(0.85, 1.15) in PortManager, with tails */
    SERVICE_MILLI = 80,     /* spread between services: assumption */
    ON_TIME_MILLI = 530,    /* 50 to 55 % on time: Sea-Intelligence 2024, in PortManager */
    LATE_MEAN_MIN = 18 * 60 /* Erlang-type delays: Song & Wang 2019; the mean is an assumption */
};

static uint32_t draw_class(const qwr__making *m, qwr__rng *rng)
{
    int64_t left = qwr__draw_between(rng, 0, 999);

    for (uint32_t c = 0; c < QWR__CLASS_COUNT; c++) {
        left -= m->share_milli[c];
        if (left < 0)
            return c;
    }
    /* Shares are rounded down; what is left over goes to the first class there is. */
    for (uint32_t c = 0; c < QWR__CLASS_COUNT; c++)
        if (m->share_milli[c] > 0)
            return c;
    return 0;
}

static int64_t arrival_error_s(qwr__rng *rng)
{
    if (qwr__draw_chance(rng, ON_TIME_MILLI))
        return 60 * (120 * qwr__draw_normal_milli(rng) / 1000);
    return 60 * qwr__draw_erlang2_min(rng, LATE_MEAN_MIN);
}

/* exp of a small number as a factor x 1000, by its series: whole numbers only. */
static int64_t factor_milli(int64_t log_milli)
{
    return 1000 + log_milli + log_milli * log_milli / 2000 +
           log_milli * log_milli * log_milli / 6000000;
}

/* Services of a class number as many as the weekly pattern has. */
static uint32_t draw_service(const qwr__making *m, qwr__rng *rng, uint32_t c)
{
    const int64_t weekly = m->days < 7 ? m->calls : m->calls * 7 / m->days;
    const int64_t of_class = weekly * m->share_milli[c] / 1000;
    const int64_t services = of_class / qwr__vessel_classes[c].visits_a_week;

    return (uint32_t)qwr__draw_between(rng, 1, services > 1 ? services : 1);
}

static qwr_status add_row(qwr__making *m, int64_t i)
{
    qwr__rng rng = qwr__draw(m, QWR__DRAW_PAST, (uint64_t)i);
    const uint32_t c = draw_class(m, &rng);
    const qwr__vessel_class *kind = &qwr__vessel_classes[c];
    const uint32_t service = draw_service(m, &rng, c);
    qwr__rng habit = qwr__draw(m, QWR__DRAW_SERVICE, UINT64_C(1) << 32 | c << 16 | service);
    const int64_t log_milli = SERVICE_MILLI * qwr__draw_normal_milli(&habit) / 1000 +
                              NOISE_MILLI * qwr__draw_normal_milli(&rng) / 1000;
    const int64_t rate_milli = kind->rate_milli * factor_milli(log_milli) / 1000;
    const int64_t work_min = qwr__draw_between(&rng, kind->work_min_h * 60, kind->work_max_h * 60);
    qwr_history row = qwr_history_init();
    char vessel[48], name[16];

    qwr__draw_vessel_name(vessel, sizeof vessel, 7919 * (uint64_t)(i + 1) % 1024);
    qwr__service_name(name, sizeof name, c, service);
    row.vessel = vessel;
    row.service = name;
    row.vessel_class = kind->id;
    row.at_s = -(i + 1) * SPACING_S - 60 * qwr__draw_between(&rng, 0, 200);
    row.moves = work_min * 28 / 60;
    row.cranes = qwr__draw_between(&rng, kind->cranes_min, kind->cranes_max);
    row.work_s = qwr__round_up(
        row.moves * 3600 * 1000 / rate_milli * 1000 / qwr__crowd_milli(row.cranes), 60);
    row.eta_error_s = arrival_error_s(&rng);
    return qwr_scenario_add_history(m->builder, &row);
}

qwr_status qwr__make_past(qwr__making *m)
{
    for (int64_t i = 0; i < m->profile->history; i++)
        QWR_TRY(add_row(m, i));
    return QWR_OK;
}
