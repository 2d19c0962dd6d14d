/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table behind scenario_table.h: every field of every entity, once. A new field of entities.h
 * gets its row here and its line in data/schema/scenario.xsd; reader and writer stay as they are.
 */
#include "io/scenario_table.h"
#include "io/entity.h"

#define REQ QWR__REQUIRED
#define OWN (QWR__OWNER | QWR__REQUIRED)

static const char *const objectives[] = {"cost", "flow-time", "completion", "makespan", NULL};
static const char *const offsets[] = {"none", "min-handling", NULL};
static const char *const clearances[] = {"max", "sum", NULL};
static const char *const profiles[] = {"constant", "varying", NULL};
static const char *const layouts[] = {"continuous", "discrete", "hybrid", NULL};
static const char *const window_kinds[] = {"closure", "maintenance", "weather", "lane", NULL};
static const char *const node_kinds[] = {"path",    "crane-buffer", "transfer",
                                         "charger", "parking",      NULL};
static const char *const task_kinds[] = {"discharge", "load", "restow", NULL};

#define T qwr_scenario_info
static const qwr__attr scenario_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__TEXT(T, "name", name, 0),
    QWR__TEXT(T, "origin", origin, 0),
    QWR__TEXT(T, "epoch", epoch, 0),
    QWR__TEXT(T, "currency", currency, 0),
    QWR__MINUTES(T, "step", step_s, 0),
    QWR__HOURS(T, "horizon", horizon_s, REQ),
    QWR__HOURS(T, "published_unit", published_unit_s, 0),
    QWR__WORD(T, "clearance", clearance, clearances, 0),
    QWR__FIXED(T, "channel_depth_m", channel_depth_mm, 3, 0),
    QWR__FIXED(T, "ukc_channel_m", ukc_channel_mm, 3, 0),
    QWR__FIXED(T, "ukc_berth_m", ukc_berth_mm, 3, 0),
    QWR__FIXED(T, "peak_kw", peak_w, 3, 0),
    QWR__FIXED(T, "shore_power_cost_kwh", shore_power_mu_kwh, 3, 0),
    QWR__WORD(T, "crane_profile", profile, profiles, 0),
    QWR__MINUTES(T, "crane_period", crane_period_s, 0),
};
static const qwr__attr objective_attrs[] = {
    QWR__WORD(T, "kind", objective, objectives, 0),
    QWR__WORD(T, "offset", offset, offsets, 0),
    QWR__BOOL(T, "inclusive", inclusive, 0),
};
#undef T

#define T qwr_quay
static const qwr__attr quay_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__TEXT(T, "name", name, 0),
    QWR__WORD(T, "layout", layout, layouts, 0),
    QWR__FIXED(T, "length_m", length_mm, 3, REQ),
    QWR__FIXED(T, "grid_m", grid_mm, 3, 0),
    QWR__FIXED(T, "depth_m", depth_mm, 3, 0),
    QWR__FIXED(T, "clearance_m", clearance_mm, 3, 0),
    QWR__INT(T, "shore_power_sockets", shore_power_sockets, 0),
    QWR__FIXED(T, "shore_power_kw", shore_power_w, 3, 0),
};
#undef T

#define T qwr_quay_depth
static const qwr__attr depth_attrs[] = {
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, OWN),
    QWR__FIXED(T, "from_m", from_mm, 3, REQ),
    QWR__FIXED(T, "to_m", to_mm, 3, REQ),
    QWR__FIXED(T, "depth_m", depth_mm, 3, REQ),
};
#undef T

#define T qwr_quay_break
static const qwr__attr break_attrs[] = {
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, OWN),
    QWR__FIXED(T, "at_m", at_mm, 3, REQ),
};
#undef T

#define T qwr_quay_position
static const qwr__attr position_attrs[] = {
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, OWN),
    QWR__FIXED(T, "at_m", at_mm, 3, REQ),
};
#undef T

#define T qwr_berth
static const qwr__attr berth_attrs[] = {
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, OWN),
    QWR__TEXT(T, "id", id, REQ),
    QWR__TEXT(T, "name", name, 0),
    QWR__FIXED(T, "from_m", from_mm, 3, REQ),
    QWR__FIXED(T, "length_m", length_mm, 3, 0),
    QWR__FIXED(T, "depth_m", depth_mm, 3, 0),
    QWR__TIME(T, "open", open_s, 0),
    QWR__TIME(T, "close", close_s, 0),
    QWR__MINUTES(T, "turnaround", turnaround_s, 0),
};
#undef T

#define T qwr_tide
static const qwr__attr tide_attrs[] = {
    QWR__TIME(T, "at", at_s, REQ),
    QWR__FIXED(T, "level_m", level_mm, 3, REQ),
};
#undef T

#define T qwr_crane
static const qwr__attr crane_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, REQ),
    QWR__INT(T, "rail_order", rail_order, REQ),
    QWR__FIXED(T, "reach_from_m", reach_from_mm, 3, 0),
    QWR__FIXED(T, "reach_to_m", reach_to_mm, 3, 0),
    QWR__FIXED(T, "outreach_m", outreach_mm, 3, 0),
    QWR__FIXED(T, "rate_moves_h", rate_milli, 3, 0),
    QWR__FIXED(T, "travel_m_s", travel_mm_s, 3, 0),
    QWR__FIXED(T, "margin_m", margin_mm, 3, 0),
    QWR__MINUTES(T, "setup", setup_s, 0),
    QWR__FIXED(T, "power_kw", power_w, 3, 0),
    QWR__FIXED(T, "start_m", start_mm, 3, 0),
};
#undef T

#define T qwr_node
static const qwr__attr node_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__WORD(T, "kind", kind, node_kinds, 0),
    QWR__FIXED(T, "x_m", x_mm, 3, 0),
    QWR__FIXED(T, "y_m", y_mm, 3, 0),
    QWR__INT(T, "capacity", capacity, 0),
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, 0),
    QWR__FIXED(T, "position_m", position_mm, 3, 0),
};
#undef T

#define T qwr_lane
static const qwr__attr lane_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__REFER(T, "from", from, QWR__REF_NODE, REQ),
    QWR__REFER(T, "to", to, QWR__REF_NODE, REQ),
    QWR__FIXED(T, "length_m", length_mm, 3, REQ),
    QWR__FIXED(T, "speed_m_s", speed_mm_s, 3, 0),
    QWR__INT(T, "capacity", capacity, 0),
    QWR__BOOL(T, "curve", curve, 0),
};
#undef T

#define T qwr_block
static const qwr__attr block_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__FIXED(T, "x_m", x_mm, 3, 0),
    QWR__FIXED(T, "y_m", y_mm, 3, 0),
    QWR__INT(T, "capacity_teu", capacity_teu, 0),
    QWR__INT(T, "used_teu", used_teu, 0),
    QWR__INT(T, "reefer_slots", reefer_slots, 0),
    QWR__FIXED(T, "rate_moves_h", rate_milli, 3, 0),
};
#undef T

#define T qwr_transfer
static const qwr__attr transfer_attrs[] = {
    QWR__REFER(T, "block", block, QWR__REF_BLOCK, OWN),
    QWR__REFER(T, "node", node, QWR__REF_NODE, REQ),
    QWR__INT(T, "capacity", capacity, 0),
};
#undef T

#define T qwr_fleet
static const qwr__attr fleet_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__INT(T, "count", count, REQ),
    QWR__FIXED(T, "speed_empty_m_s", speed_empty_mm_s, 3, 0),
    QWR__FIXED(T, "speed_loaded_m_s", speed_loaded_mm_s, 3, 0),
    QWR__FIXED(T, "speed_curve_m_s", speed_curve_mm_s, 3, 0),
    QWR__FIXED(T, "length_m", length_mm, 3, 0),
    QWR__FIXED(T, "width_m", width_mm, 3, 0),
    QWR__INT(T, "capacity_teu", capacity_teu, 0),
    QWR__FIXED(T, "capacity_t", capacity_kg, 3, 0),
    QWR__FIXED(T, "battery_kwh", battery_wh, 3, 0),
    QWR__FIXED(T, "use_empty_kwh_km", use_empty_wh_km, 3, 0),
    QWR__FIXED(T, "use_loaded_kwh_km", use_loaded_wh_km, 3, 0),
    QWR__FIXED(T, "idle_kw", idle_w, 3, 0),
    QWR__FIXED(T, "charge_critical_pct", charge_critical_milli, 1, 0),
    QWR__FIXED(T, "charge_good_pct", charge_good_milli, 1, 0),
    QWR__FIXED(T, "charge_sufficient_pct", charge_sufficient_milli, 1, 0),
};
#undef T

#define T qwr_vehicle
static const qwr__attr vehicle_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__REFER(T, "fleet", fleet, QWR__REF_FLEET, REQ),
    QWR__REFER(T, "node", node, QWR__REF_NODE, 0),
    QWR__FIXED(T, "charge_pct", charge_milli, 1, 0),
    QWR__TIME(T, "available_from", available_from_s, 0),
};
#undef T

#define T qwr_charger
static const qwr__attr charger_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__REFER(T, "node", node, QWR__REF_NODE, REQ),
    QWR__FIXED(T, "power_kw", power_w, 3, REQ),
    QWR__INT(T, "sockets", sockets, 0),
};
#undef T

#define T qwr_call
static const qwr__attr call_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__TEXT(T, "vessel", vessel, 0),
    QWR__TEXT(T, "service", service, 0),
    QWR__TEXT(T, "class", vessel_class, 0),
    QWR__FIXED(T, "loa_m", loa_mm, 3, 0),
    QWR__FIXED(T, "beam_m", beam_mm, 3, 0),
    QWR__FIXED(T, "draught_m", draught_mm, 3, 0),
    QWR__FIXED(T, "draught_out_m", draught_out_mm, 3, 0),
    QWR__FIXED(T, "clearance_m", clearance_mm, 3, 0),
    QWR__TIME(T, "eta", eta_s, REQ),
    QWR__HOURS(T, "eta_sd", eta_sd_s, 0),
    QWR__TIME(T, "earliest", earliest_s, 0),
    QWR__TIME(T, "desired_departure", desired_departure_s, 0),
    QWR__TIME(T, "latest_departure", latest_departure_s, 0),
    QWR__BOOL(T, "latest_is_soft", latest_is_soft, 0),
    QWR__FIXED(T, "weight", weight_milli, 3, 0),
    QWR__INT(T, "moves", moves, 0),
    QWR__FIXED(T, "rate_moves_h", rate_milli, 3, 0),
    QWR__HOURS(T, "handling", handling_s, 0),
    QWR__FIXED(T, "interference", interference_milli, 3, 0),
    QWR__FIXED(T, "deviation_work_pct_m", deviation_work_ppm_m, 4, 0),
    QWR__INT(T, "min_cranes", min_cranes, 0),
    QWR__INT(T, "max_cranes", max_cranes, 0),
    QWR__MINUTES(T, "mooring", mooring_s, 0),
    QWR__MINUTES(T, "unmooring", unmooring_s, 0),
    QWR__REFER(T, "preferred_quay", preferred_quay, QWR__REF_QUAY, 0),
    QWR__FIXED(T, "preferred_m", preferred_mm, 3, 0),
    QWR__FIXED(T, "shore_power_kw", shore_power_w, 3, 0),
    QWR__FIXED(T, "wait_cost_h", wait_mu_h, 3, 0),
    QWR__FIXED(T, "speedup_cost_h", speedup_mu_h, 3, 0),
    QWR__FIXED(T, "stay_cost_h", stay_mu_h, 3, 0),
    QWR__FIXED(T, "late_cost_h", late_mu_h, 3, 0),
    QWR__FIXED(T, "past_latest_cost", past_latest_mu, 3, 0),
    QWR__FIXED(T, "deviation_cost_m", deviation_mu_m, 3, 0),
    QWR__FIXED(T, "crane_cost_h", crane_mu_h, 3, 0),
    QWR__FIXED(T, "handover_cost", handover_mu, 3, 0),
};
static const qwr__attr pin_attrs[] = {
    QWR__REFER(T, "quay", pin_quay, QWR__REF_QUAY, 0),
    QWR__REFER(T, "berth", pin_berth, QWR__REF_BERTH, 0),
    QWR__FIXED(T, "position_m", pin_position_mm, 3, 0),
    QWR__TIME(T, "start", pin_start_s, 0),
    QWR__INT(T, "cranes", pin_cranes, 0),
};
static const qwr__attr base_attrs[] = {
    QWR__REFER(T, "quay", base_quay, QWR__REF_QUAY, 0),
    QWR__REFER(T, "berth", base_berth, QWR__REF_BERTH, 0),
    QWR__FIXED(T, "position_m", base_position_mm, 3, 0),
    QWR__TIME(T, "start", base_start_s, 0),
    QWR__INT(T, "cranes", base_cranes, 0),
    QWR__FIXED(T, "change_berth_cost", change_berth_mu, 3, 0),
    QWR__FIXED(T, "change_position_cost_m", change_position_mu_m, 3, 0),
    QWR__FIXED(T, "change_start_cost_h", change_start_mu_h, 3, 0),
    QWR__FIXED(T, "change_crane_cost", change_crane_mu, 3, 0),
};
#undef T

#define T qwr_place
static const qwr__attr place_attrs[] = {
    QWR__REFER(T, "call", call, QWR__REF_CALL, OWN),
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, 0),
    QWR__REFER(T, "berth", berth, QWR__REF_BERTH, 0),
    QWR__FIXED(T, "from_m", from_mm, 3, 0),
    QWR__FIXED(T, "to_m", to_mm, 3, 0),
    QWR__BOOL(T, "forbid", forbid, 0),
};
#undef T

#define T qwr_handling
static const qwr__attr handling_attrs[] = {
    QWR__REFER(T, "call", call, QWR__REF_CALL, OWN),
    QWR__REFER(T, "berth", berth, QWR__REF_BERTH, REQ),
    QWR__HOURS(T, "time", handling_s, REQ),
    {"forbidden", (uint32_t)offsetof(T, handling_s), QWR__ATTR_FORBIDDEN, 0, REQ, NULL},
};
#undef T

#define T qwr_efficiency
static const qwr__attr efficiency_attrs[] = {
    QWR__REFER(T, "call", call, QWR__REF_CALL, OWN),
    QWR__INT(T, "cranes", cranes, REQ),
    QWR__FIXED(T, "crane_hours", milli, 3, REQ),
};
#undef T

#define T qwr_task
static const qwr__attr task_attrs[] = {
    QWR__REFER(T, "call", call, QWR__REF_CALL, OWN),
    QWR__TEXT(T, "id", id, REQ),
    QWR__INT(T, "bay", bay, REQ),
    QWR__BOOL(T, "hold", hold, 0),
    QWR__WORD(T, "kind", kind, task_kinds, 0),
    QWR__INT(T, "moves_20", moves_20, 0),
    QWR__INT(T, "moves_40", moves_40, 0),
    QWR__INT(T, "moves_45", moves_45, 0),
    QWR__INT(T, "reefers", reefers, 0),
};
#undef T

#define T qwr_precedence
static const qwr__attr precedence_attrs[] = {
    QWR__REFER(T, "before", before, QWR__REF_TASK, REQ),
    QWR__REFER(T, "after", after, QWR__REF_TASK, REQ),
};
#undef T

#define T qwr_window
static const qwr__attr window_attrs[] = {
    QWR__TEXT(T, "id", id, REQ),
    QWR__WORD(T, "kind", kind, window_kinds, REQ),
    QWR__TEXT(T, "reason", reason, 0),
    QWR__REFER(T, "quay", quay, QWR__REF_QUAY, 0),
    QWR__REFER(T, "berth", berth, QWR__REF_BERTH, 0),
    QWR__REFER(T, "crane", crane, QWR__REF_CRANE, 0),
    QWR__REFER(T, "vehicle", vehicle, QWR__REF_VEHICLE, 0),
    QWR__REFER(T, "block", block, QWR__REF_BLOCK, 0),
    QWR__REFER(T, "lane", lane, QWR__REF_LANE, 0),
    QWR__TIME(T, "from", from_s, REQ),
    QWR__TIME(T, "to", to_s, REQ),
    QWR__FIXED(T, "from_m", from_mm, 3, 0),
    QWR__FIXED(T, "to_m", to_mm, 3, 0),
};
#undef T

#define T qwr_tariff
static const qwr__attr tariff_attrs[] = {
    QWR__TIME(T, "from", from_s, REQ),
    QWR__FIXED(T, "price_kwh", price_mu_kwh, 3, REQ),
    QWR__INT(T, "co2_g_kwh", co2_g_kwh, 0),
};
#undef T

#define T qwr_history
static const qwr__attr history_attrs[] = {
    QWR__TEXT(T, "vessel", vessel, 0),      QWR__TEXT(T, "service", service, 0),
    QWR__TEXT(T, "class", vessel_class, 0), QWR__TIME(T, "start", at_s, REQ),
    QWR__INT(T, "moves", moves, REQ),       QWR__INT(T, "cranes", cranes, REQ),
    QWR__HOURS(T, "work", work_s, REQ),     QWR__HOURS(T, "eta_error", eta_error_s, 0),
};
#undef T

#define FIELDS(rows)                                                                               \
    {                                                                                              \
        rows, sizeof rows / sizeof rows[0], "attribute"                                            \
    }
#define TOP(tag, rows, ref, entity)                                                                \
    {                                                                                              \
        tag, FIELDS(rows), QWR__STANDS_TOP, QWR__EL_SCENARIO, ref, entity                          \
    }
#define ROW(tag, rows, parent, ref, entity)                                                        \
    {                                                                                              \
        tag, FIELDS(rows), QWR__STANDS_ROW, parent, ref, entity                                    \
    }
#define PART(tag, rows, parent)                                                                    \
    {                                                                                              \
        tag, FIELDS(rows), QWR__STANDS_PART, parent, -1,                                           \
        {                                                                                          \
            NULL, NULL, NULL, NULL                                                                 \
        }                                                                                          \
    }

const qwr__element qwr__elements[QWR__EL_COUNT] = {
    PART("scenario", scenario_attrs, QWR__EL_SCENARIO),
    PART("objective", objective_attrs, QWR__EL_SCENARIO),
    TOP("quay", quay_attrs, QWR__REF_QUAY, QWR__ENTITY(quay)),
    ROW("depth", depth_attrs, QWR__EL_QUAY, -1, QWR__ENTITY(quay_depth)),
    ROW("break", break_attrs, QWR__EL_QUAY, -1, QWR__ENTITY(quay_break)),
    ROW("position", position_attrs, QWR__EL_QUAY, -1, QWR__ENTITY(quay_position)),
    ROW("berth", berth_attrs, QWR__EL_QUAY, QWR__REF_BERTH, QWR__ENTITY(berth)),
    TOP("tide", tide_attrs, -1, QWR__ENTITY(tide)),
    TOP("crane", crane_attrs, QWR__REF_CRANE, QWR__ENTITY(crane)),
    TOP("node", node_attrs, QWR__REF_NODE, QWR__ENTITY(node)),
    TOP("lane", lane_attrs, QWR__REF_LANE, QWR__ENTITY(lane)),
    TOP("block", block_attrs, QWR__REF_BLOCK, QWR__ENTITY(block)),
    ROW("transfer", transfer_attrs, QWR__EL_BLOCK, -1, QWR__ENTITY(transfer)),
    TOP("fleet", fleet_attrs, QWR__REF_FLEET, QWR__ENTITY(fleet)),
    TOP("vehicle", vehicle_attrs, QWR__REF_VEHICLE, QWR__ENTITY(vehicle)),
    TOP("charger", charger_attrs, QWR__REF_CHARGER, QWR__ENTITY(charger)),
    TOP("call", call_attrs, QWR__REF_CALL, QWR__ENTITY(call)),
    PART("pin", pin_attrs, QWR__EL_CALL),
    PART("base", base_attrs, QWR__EL_CALL),
    ROW("place", place_attrs, QWR__EL_CALL, -1, QWR__ENTITY(place)),
    ROW("handling", handling_attrs, QWR__EL_CALL, -1, QWR__ENTITY(handling)),
    ROW("efficiency", efficiency_attrs, QWR__EL_CALL, -1, QWR__ENTITY(efficiency)),
    ROW("task", task_attrs, QWR__EL_CALL, QWR__REF_TASK, QWR__ENTITY(task)),
    ROW("precedence", precedence_attrs, QWR__EL_CALL, -1, QWR__ENTITY(precedence)),
    TOP("window", window_attrs, QWR__REF_WINDOW, QWR__ENTITY(window)),
    TOP("tariff", tariff_attrs, -1, QWR__ENTITY(tariff)),
    TOP("history", history_attrs, -1, QWR__ENTITY(history)),
};
