/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entities with their documented defaults. Must never depend on anything but the header: the same
 * values hold for every caller and every scenario.
 */
#include <quaywright/scenario.h>

#define NONE                                                                                       \
    {                                                                                              \
        QWR_NONE                                                                                   \
    }

qwr_scenario_info qwr_scenario_info_init(void)
{
    return (qwr_scenario_info){.size = sizeof(qwr_scenario_info),
                               .step_s = 900,
                               .published_unit_s = 3600,
                               .channel_depth_mm = QWR_UNSET,
                               .peak_w = QWR_UNSET,
                               .crane_period_s = 3600};
}

qwr_quay qwr_quay_init(void)
{
    return (qwr_quay){.size = sizeof(qwr_quay), .grid_mm = 10000, .depth_mm = QWR_UNSET};
}

qwr_quay_depth qwr_quay_depth_init(void)
{
    return (qwr_quay_depth){.size = sizeof(qwr_quay_depth), .quay = NONE};
}

qwr_quay_break qwr_quay_break_init(void)
{
    return (qwr_quay_break){.size = sizeof(qwr_quay_break), .quay = NONE};
}

qwr_quay_position qwr_quay_position_init(void)
{
    return (qwr_quay_position){.size = sizeof(qwr_quay_position), .quay = NONE};
}

qwr_berth qwr_berth_init(void)
{
    return (qwr_berth){.size = sizeof(qwr_berth),
                       .quay = NONE,
                       .length_mm = QWR_UNSET,
                       .depth_mm = QWR_UNSET,
                       .close_s = QWR_UNSET};
}

qwr_tide qwr_tide_init(void)
{
    return (qwr_tide){.size = sizeof(qwr_tide)};
}

/* 30 moves an hour and 45 m a minute along the rail are ordinary figures of quay cranes. */
qwr_crane qwr_crane_init(void)
{
    return (qwr_crane){.size = sizeof(qwr_crane),
                       .quay = NONE,
                       .reach_to_mm = QWR_UNSET,
                       .outreach_mm = QWR_UNSET,
                       .rate_milli = 30000,
                       .travel_mm_s = 750,
                       .start_mm = QWR_UNSET};
}

qwr_call qwr_call_init(void)
{
    return (qwr_call){.size = sizeof(qwr_call),
                      .loa_mm = QWR_UNSET,
                      .beam_mm = QWR_UNSET,
                      .draught_mm = QWR_UNSET,
                      .draught_out_mm = QWR_UNSET,
                      .eta_s = QWR_UNSET,
                      .eta_sd_s = QWR_UNSET,
                      .earliest_s = QWR_UNSET,
                      .desired_departure_s = QWR_UNSET,
                      .latest_departure_s = QWR_UNSET,
                      .weight_milli = 1000,
                      .handling_s = QWR_UNSET,
                      .moves = QWR_UNSET,
                      .rate_milli = QWR_UNSET,
                      .interference_milli = 900,
                      .min_cranes = 1,
                      .max_cranes = 1,
                      .preferred_quay = NONE,
                      .preferred_mm = QWR_UNSET,
                      .shore_power_w = QWR_UNSET,
                      .pin_quay = NONE,
                      .pin_berth = NONE,
                      .pin_position_mm = QWR_UNSET,
                      .pin_start_s = QWR_UNSET,
                      .pin_cranes = QWR_UNSET,
                      .base_quay = NONE,
                      .base_berth = NONE,
                      .base_position_mm = QWR_UNSET,
                      .base_start_s = QWR_UNSET,
                      .base_cranes = QWR_UNSET};
}

qwr_handling qwr_handling_init(void)
{
    return (qwr_handling){.size = sizeof(qwr_handling), .call = NONE, .berth = NONE};
}

qwr_efficiency qwr_efficiency_init(void)
{
    return (qwr_efficiency){.size = sizeof(qwr_efficiency), .call = NONE};
}

qwr_place qwr_place_init(void)
{
    return (qwr_place){
        .size = sizeof(qwr_place), .call = NONE, .quay = NONE, .berth = NONE, .to_mm = QWR_UNSET};
}

qwr_task qwr_task_init(void)
{
    return (qwr_task){.size = sizeof(qwr_task), .call = NONE};
}

qwr_precedence qwr_precedence_init(void)
{
    return (qwr_precedence){.size = sizeof(qwr_precedence), .before = NONE, .after = NONE};
}

qwr_window qwr_window_init(void)
{
    return (qwr_window){.size = sizeof(qwr_window),
                        .quay = NONE,
                        .berth = NONE,
                        .crane = NONE,
                        .vehicle = NONE,
                        .block = NONE,
                        .lane = NONE,
                        .to_mm = QWR_UNSET};
}

qwr_tariff qwr_tariff_init(void)
{
    return (qwr_tariff){.size = sizeof(qwr_tariff)};
}

qwr_node qwr_node_init(void)
{
    return (qwr_node){
        .size = sizeof(qwr_node), .capacity = 1, .quay = NONE, .position_mm = QWR_UNSET};
}

qwr_lane qwr_lane_init(void)
{
    return (qwr_lane){
        .size = sizeof(qwr_lane), .from = NONE, .to = NONE, .speed_mm_s = QWR_UNSET, .capacity = 1};
}

qwr_block qwr_block_init(void)
{
    return (qwr_block){.size = sizeof(qwr_block)};
}

qwr_transfer qwr_transfer_init(void)
{
    return (qwr_transfer){.size = sizeof(qwr_transfer), .block = NONE, .node = NONE, .capacity = 1};
}

qwr_fleet qwr_fleet_init(void)
{
    return (qwr_fleet){.size = sizeof(qwr_fleet),
                       .speed_empty_mm_s = 6000,
                       .speed_loaded_mm_s = 5000,
                       .speed_curve_mm_s = 3000,
                       .length_mm = 15000,
                       .width_mm = 3000,
                       .capacity_teu = 2,
                       .capacity_kg = QWR_UNSET,
                       .battery_wh = QWR_UNSET,
                       .charge_critical_milli = 150,
                       .charge_good_milli = 400,
                       .charge_sufficient_milli = 800};
}

qwr_vehicle qwr_vehicle_init(void)
{
    return (qwr_vehicle){
        .size = sizeof(qwr_vehicle), .fleet = NONE, .node = NONE, .charge_milli = 1000};
}

qwr_charger qwr_charger_init(void)
{
    return (qwr_charger){.size = sizeof(qwr_charger), .node = NONE, .sockets = 1};
}

qwr_history qwr_history_init(void)
{
    return (qwr_history){.size = sizeof(qwr_history), .eta_error_s = QWR_UNSET};
}
