/* SPDX-License-Identifier: Apache-2.0 */
/* The small scenario of the model tests, see model_world.h. Knows no file. */
#include "model_world.h"

#include "base/base.h"

static void terminal(world *w)
{
    w->quays[0] = qwr_quay_init();
    w->quays[0].id = "Q1";
    w->quays[0].name = "Long quay";
    w->quays[0].length_mm = 400000;
    w->quays[0].depth_mm = 15000;
    w->quays[1] = qwr_quay_init();
    w->quays[1].id = "Q2";
    w->quays[1].layout = QWR_LAYOUT_DISCRETE;
    w->quays[1].length_mm = 600000;
    w->quays[2] = qwr_quay_init();
    w->quays[2].id = "Q3";
    w->quays[2].layout = QWR_LAYOUT_HYBRID;
    w->quays[2].length_mm = 500000;
    w->depth = qwr_quay_depth_init();
    w->depth.quay.v = 0;
    w->depth.from_mm = 100000;
    w->depth.to_mm = 200000;
    w->depth.depth_mm = 12000;
    w->brk = qwr_quay_break_init();
    w->brk.quay.v = 0;
    w->brk.at_mm = 250000;
    for (int i = 0; i < 2; i++) {
        w->positions[i] = qwr_quay_position_init();
        w->positions[i].quay.v = 2;
        w->positions[i].at_mm = i * 250000;
        w->berths[i] = qwr_berth_init();
        w->berths[i].id = i == 0 ? "B1" : "B2";
        w->berths[i].quay.v = 1;
        w->berths[i].from_mm = i * 300000;
        w->berths[i].length_mm = 300000;
        w->tides[i] = qwr_tide_init();
        w->tides[i].at_s = i * 22320;
        w->tides[i].level_mm = 1000 + i * 2000;
        w->tariffs[i] = qwr_tariff_init();
        w->tariffs[i].from_s = i * 43200;
        w->tariffs[i].price_mu_kwh = 100 - 150 * i;
    }
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"K1", "K2", "K3"};
        w->cranes[i] = qwr_crane_init();
        w->cranes[i].id = ids[i];
        w->cranes[i].quay.v = 0;
        w->cranes[i].rail_order = i + 1;
        w->cranes[i].rate_milli = 25000 + i * 5000;
    }
}

static void calls(world *w)
{
    static const char *const ids[] = {"A", "B", "C"};

    for (int i = 0; i < 3; i++) {
        w->calls[i] = qwr_call_init();
        w->calls[i].id = ids[i];
        w->calls[i].vessel = "Vessel";
        w->calls[i].service = "North";
        w->calls[i].vessel_class = "feeder";
        w->calls[i].loa_mm = 200000;
        w->calls[i].eta_s = i * 3600;
        w->calls[i].wait_mu_h = 1000000;
        w->calls[i].max_cranes = 3;
        w->handlings[i % 2] = qwr_handling_init();
        w->handlings[i % 2].call.v = 2;
        w->handlings[i % 2].berth.v = (uint32_t)(i % 2);
        w->handlings[i % 2].handling_s = 36000;
    }
    w->calls[0].moves = 600;
    w->handlings[1].handling_s = QWR_FORBIDDEN;
    for (int i = 0; i < 2; i++) {
        w->efficiencies[i] = qwr_efficiency_init();
        w->efficiencies[i].call.v = 0;
        w->efficiencies[i].cranes = 2 + i;
        w->efficiencies[i].milli = 1900 + 800 * i;
        w->places[i] = qwr_place_init();
        w->places[i].call.v = (uint32_t)(2 * i);
    }
    w->places[0].quay.v = 0;
    w->places[0].from_mm = 100000;
    w->places[1].berth.v = 0;
}

static void work(world *w)
{
    static const char *const ids[] = {"T1", "T2", "T3"};
    static const char *const windows[] = {"W1", "W2", "W3", "W4"};

    for (int i = 0; i < 3; i++) {
        w->tasks[i] = qwr_task_init();
        w->tasks[i].id = ids[i];
        w->tasks[i].call.v = 1;
        w->tasks[i].bay = i + 1;
        w->tasks[i].moves_20 = 10;
        w->tasks[i].moves_40 = 20;
        w->tasks[i].reefers = 5;
    }
    for (int i = 0; i < 2; i++) {
        w->precedences[i] = qwr_precedence_init();
        w->precedences[i].before.v = (uint32_t)i;
        w->precedences[i].after.v = (uint32_t)i + 1;
    }
    for (int i = 0; i < 4; i++) {
        w->windows[i] = qwr_window_init();
        w->windows[i].id = windows[i];
        w->windows[i].kind = (qwr_window_kind)i;
        w->windows[i].reason = "planned";
        w->windows[i].from_s = 7200;
        w->windows[i].to_s = 10800;
    }
    w->windows[0].quay.v = 0;
    w->windows[0].from_mm = 300000;
    w->windows[1].crane.v = 0;
    w->windows[2].quay.v = 0;
    w->windows[3].lane.v = 0;
}

static void land(world *w)
{
    for (int i = 0; i < 2; i++) {
        w->nodes[i] = qwr_node_init();
        w->nodes[i].id = i == 0 ? "N1" : "N2";
        w->nodes[i].x_mm = -5000;
    }
    w->nodes[0].kind = QWR_NODE_CRANE_BUFFER;
    w->nodes[0].quay.v = 0;
    w->nodes[0].position_mm = 50000;
    w->lane = qwr_lane_init();
    w->lane.id = "L1";
    w->lane.from.v = 0;
    w->lane.to.v = 1;
    w->lane.length_mm = 80000;
    w->block = qwr_block_init();
    w->block.id = "Y1";
    w->block.capacity_teu = 500;
    w->block.used_teu = 200;
    w->transfer = qwr_transfer_init();
    w->transfer.block.v = 0;
    w->transfer.node.v = 1;
    w->fleet = qwr_fleet_init();
    w->fleet.id = "F1";
    w->fleet.count = 4;
    w->vehicle = qwr_vehicle_init();
    w->vehicle.id = "V1";
    w->vehicle.fleet.v = 0;
    w->charger = qwr_charger_init();
    w->charger.id = "E1";
    w->charger.node.v = 1;
    w->charger.power_w = 150000;
    w->history = qwr_history_init();
    w->history.vessel = "Vessel";
    w->history.service = "North";
    w->history.vessel_class = "feeder";
    w->history.at_s = -86400;
    w->history.moves = 800;
    w->history.cranes = 3;
    w->history.work_s = 36000;
}

world world_good(void)
{
    world w;

    w.info = qwr_scenario_info_init();
    w.info.id = "world";
    w.info.epoch = "2026-03-01T00:00:00Z";
    w.info.horizon_s = 2 * 86400;
    terminal(&w);
    calls(&w);
    work(&w);
    land(&w);
    return w;
}

/* Lines count up so that a test can ask for the place an entity came from. */
#define ADD_TYPED(name, array, line)                                                               \
    for (size_t i = 0; i < sizeof(array) / sizeof((array)[0]); i++) {                              \
        QWR_TRY_DONE(qwr_scenario_add_##name(builder, &(array)[i], NULL));                         \
        qwr_scenario_builder_at(builder, "world.xml", (line) + (int64_t)i);                        \
    }
#define ADD_ROWS(name, array, line)                                                                \
    for (size_t i = 0; i < sizeof(array) / sizeof((array)[0]); i++) {                              \
        QWR_TRY_DONE(qwr_scenario_add_##name(builder, &(array)[i]));                               \
        qwr_scenario_builder_at(builder, "world.xml", (line) + (int64_t)i);                        \
    }
#define ADD_TYPED_ONE(name, member, line)                                                          \
    QWR_TRY_DONE(qwr_scenario_add_##name(builder, &w->member, NULL));                              \
    qwr_scenario_builder_at(builder, "world.xml", line)
#define ADD_ROW(name, member, line)                                                                \
    QWR_TRY_DONE(qwr_scenario_add_##name(builder, &w->member));                                    \
    qwr_scenario_builder_at(builder, "world.xml", line)

qwr_status world_build(qwr_scenario_builder **out, qwr_context *ctx, const world *w)
{
    qwr_scenario_builder *builder = NULL;
    qwr_status status = QWR_OK;

    *out = NULL;
    QWR_TRY_DONE(qwr_scenario_builder_new(&builder, ctx, &w->info));
    ADD_TYPED(quay, w->quays, 10)
    ADD_ROW(quay_depth, depth, 20);
    ADD_ROW(quay_break, brk, 30);
    ADD_ROWS(quay_position, w->positions, 40)
    ADD_TYPED(berth, w->berths, 50)
    ADD_ROWS(tide, w->tides, 60)
    ADD_TYPED(crane, w->cranes, 70)
    ADD_TYPED(call, w->calls, 80)
    ADD_ROWS(handling, w->handlings, 90)
    ADD_ROWS(efficiency, w->efficiencies, 100)
    ADD_ROWS(place, w->places, 110)
    ADD_TYPED(task, w->tasks, 120)
    ADD_ROWS(precedence, w->precedences, 130)
    ADD_ROWS(tariff, w->tariffs, 150)
    ADD_TYPED(node, w->nodes, 160)
    ADD_TYPED_ONE(lane, lane, 170);
    ADD_TYPED_ONE(block, block, 180);
    ADD_ROW(transfer, transfer, 190);
    ADD_TYPED_ONE(fleet, fleet, 200);
    ADD_TYPED_ONE(vehicle, vehicle, 210);
    ADD_TYPED_ONE(charger, charger, 220);
    ADD_TYPED(window, w->windows, 140)
    ADD_ROW(history, history, 230);
done:
    if (status != QWR_OK) {
        qwr_scenario_builder_free(builder);
        return status;
    }
    *out = builder;
    return QWR_OK;
}

qwr_status world_freeze(qwr_scenario **out, qwr_context *ctx, const world *w)
{
    qwr_scenario_builder *builder;

    *out = NULL;
    QWR_TRY(world_build(&builder, ctx, w));
    qwr_status status = qwr_scenario_freeze(out, builder);
    qwr_scenario_builder_free(builder);
    return status;
}
