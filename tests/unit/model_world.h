/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small scenario with one of everything, as plain structs that a test may spoil before they go to
 * a builder. Used by the tests of the model room.
 */
#ifndef QWR_MODEL_WORLD_H
#define QWR_MODEL_WORLD_H

#include <quaywright/scenario.h>

/** Q1 continuous, 400 m; Q2 discrete with B1, B2; Q3 hybrid. Calls A (moves), B (tasks), C (rows).
 */
typedef struct world {
    qwr_scenario_info info;
    qwr_quay quays[3];
    qwr_quay_depth depth;
    qwr_quay_break brk;
    qwr_quay_position positions[2];
    qwr_berth berths[2];
    qwr_tide tides[2];
    qwr_crane cranes[3];
    qwr_call calls[3];
    qwr_handling handlings[2];
    qwr_efficiency efficiencies[2];
    qwr_place places[2];
    qwr_task tasks[3];
    qwr_precedence precedences[2];
    qwr_window windows[4];
    qwr_tariff tariffs[2];
    qwr_node nodes[2];
    qwr_lane lane;
    qwr_block block;
    qwr_transfer transfer;
    qwr_fleet fleet;
    qwr_vehicle vehicle;
    qwr_charger charger;
    qwr_history history;
} world;

world world_good(void);
/** Adds everything; each entity is said to come from line 10 * table + row of "world.xml". */
qwr_status world_build(qwr_scenario_builder **out, qwr_context *ctx, const world *w);
/** Builds and freezes. */
qwr_status world_freeze(qwr_scenario **out, qwr_context *ctx, const world *w);

#endif
