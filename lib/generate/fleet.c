/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Guided vehicles: their type and where each stands at second 0.
 */
#include "generate/generate.h"

#include <stdio.h>

/*
 * Speeds 6 / 5 / 3 m/s empty, loaded, in curves: usual figures, not confirmed. 40 t single, 60 t
 * twin and a battery of 288 to 331 kWh that lasts about 17 h: Gottwald 2013. Use per km: 300 kWh
 * over 17 h at a mean of 4 m/s gives 1.2 kWh, half as much again loaded: derived. Thresholds
 * 15/40/80 %: structure of openTCS, numbers assumed.
 */
static qwr_fleet fleet_type(const qwr__making *m)
{
    qwr_fleet fleet = qwr_fleet_init();

    fleet.id = "AGV";
    fleet.count = m->vehicles;
    fleet.speed_empty_mm_s = 6000;
    fleet.speed_loaded_mm_s = 5000;
    fleet.speed_curve_mm_s = 3000;
    fleet.length_mm = 15000;
    fleet.width_mm = 3000;
    fleet.capacity_teu = 2;
    fleet.capacity_kg = 60000;
    fleet.battery_wh = 300000;
    fleet.use_empty_wh_km = 1200;
    fleet.use_loaded_wh_km = 1800;
    fleet.idle_w = 2000;
    fleet.charge_critical_milli = 150;
    fleet.charge_good_milli = 400;
    fleet.charge_sufficient_milli = 800;
    return fleet;
}

qwr_status qwr__make_fleet(qwr__making *m, const qwr_node_ix *parking, size_t parking_count)
{
    const qwr_fleet fleet = fleet_type(m);
    qwr_fleet_ix fleet_ix;

    if (m->vehicles == 0)
        return QWR_OK;
    QWR_TRY(qwr_scenario_add_fleet(m->builder, &fleet, &fleet_ix));
    for (int64_t i = 0; i < m->vehicles; i++) {
        qwr__rng rng = qwr__draw(m, QWR__DRAW_VEHICLE, (uint64_t)i);
        qwr_vehicle vehicle = qwr_vehicle_init();
        char id[32];

        snprintf(id, sizeof id, "AGV%03d", (int)i + 1);
        vehicle.id = id;
        vehicle.fleet = fleet_ix;
        vehicle.node = parking[(size_t)i % parking_count];
        vehicle.charge_milli = qwr__draw_between(&rng, 45, 100) * 10;
        /* One in twenty comes back from the workshop during the first day. */
        if (qwr__draw_chance(&rng, 50))
            vehicle.available_from_s = QWR__HOUR_S * qwr__draw_between(&rng, 1, 24);
        QWR_TRY(qwr_scenario_add_vehicle(m->builder, &vehicle, NULL));
    }
    return QWR_OK;
}
