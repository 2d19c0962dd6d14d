/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every field of every entity: where it lies, what it is, the range it may have on its own. Must
 * never hold a rule that needs a second field; those are in scenario_validate_*.c.
 */
#include "model/scenario_tables.h"

#include <string.h>

#define ANY_RATE  1000000000
#define ANY_MILLI INT64_C(1000000000)
#define ANY_POWER QWR__MU_MAX

#define FIELD(e, f, t, u, ref, opt, lo, hi)                                                        \
    {                                                                                              \
        .name = #f, .offset = offsetof(qwr_##e, f), .type = QWR__FIELD_##t, .unit = QWR__UNIT_##u, \
        .table = QWR__TABLE_##ref, .optional = (opt), .min = (lo), .max = (hi)                     \
    }
#define ID(e)              FIELD(e, id, ID, PLAIN, INFO, false, 0, 0)
#define TEXT(e, f)         FIELD(e, f, TEXT, PLAIN, INFO, true, 0, 0)
#define WORD(e, f, hi)     FIELD(e, f, WORD, PLAIN, INFO, false, 0, hi)
#define FLAG(e, f)         WORD(e, f, 1)
#define NEED(e, f, ref)    FIELD(e, f, REF, PLAIN, ref, false, 0, 0)
#define MAY(e, f, ref)     FIELD(e, f, REF, PLAIN, ref, true, 0, 0)
#define INT(e, f, lo, hi)  FIELD(e, f, INT, PLAIN, INFO, false, lo, hi)
#define OPT(e, f, lo, hi)  FIELD(e, f, INT, PLAIN, INFO, true, lo, hi)
#define MM(e, f, lo)       FIELD(e, f, INT, MM, INFO, false, lo, QWR__MM_MAX)
#define OPT_MM(e, f, lo)   FIELD(e, f, INT, MM, INFO, true, lo, QWR__MM_MAX)
#define AT(e, f)           FIELD(e, f, INT, AT, INFO, false, -QWR__TIME_MAX, QWR__TIME_MAX)
#define OPT_AT(e, f)       FIELD(e, f, INT, AT, INFO, true, -QWR__TIME_MAX, QWR__TIME_MAX)
#define SPAN(e, f, lo)     FIELD(e, f, INT, SECONDS, INFO, false, lo, QWR__TIME_MAX)
#define OPT_SPAN(e, f, lo) FIELD(e, f, INT, SECONDS, INFO, true, lo, QWR__TIME_MAX)
#define MU(e, f)           FIELD(e, f, INT, MU, INFO, false, 0, QWR__MU_MAX)

/* A field that came after files were written: at its default it leaves the content hash alone. */
#define LATER(e, f, t, u, lo, hi)                                                                  \
    {                                                                                              \
        .name = #f, .offset = offsetof(qwr_##e, f), .type = QWR__FIELD_##t, .unit = QWR__UNIT_##u, \
        .table = QWR__TABLE_INFO, .later = true, .min = (lo), .max = (hi)                          \
    }

static const qwr__field info_fields[] = {
    ID(scenario_info),
    TEXT(scenario_info, name),
    TEXT(scenario_info, origin),
    TEXT(scenario_info, epoch),
    TEXT(scenario_info, currency),
    SPAN(scenario_info, step_s, 1),
    SPAN(scenario_info, horizon_s, 1),
    WORD(scenario_info, objective, QWR_OBJECTIVE_MAKESPAN),
    WORD(scenario_info, offset, QWR_OFFSET_MIN_HANDLING),
    FLAG(scenario_info, inclusive),
    SPAN(scenario_info, published_unit_s, 1),
    WORD(scenario_info, clearance, QWR_CLEARANCE_SUM),
    OPT_MM(scenario_info, channel_depth_mm, 0),
    MM(scenario_info, ukc_channel_mm, 0),
    MM(scenario_info, ukc_berth_mm, 0),
    OPT(scenario_info, peak_w, 0, ANY_POWER),
    MU(scenario_info, shore_power_mu_kwh),
    LATER(scenario_info, profile, WORD, PLAIN, 0, QWR_PROFILE_VARYING),
    LATER(scenario_info, crane_period_s, INT, SECONDS, 1, QWR__TIME_MAX),
};

static const qwr__field quay_fields[] = {
    ID(quay),
    TEXT(quay, name),
    WORD(quay, layout, QWR_LAYOUT_HYBRID),
    MM(quay, length_mm, 1),
    MM(quay, grid_mm, 1),
    OPT_MM(quay, depth_mm, 0),
    MM(quay, clearance_mm, 0),
    INT(quay, shore_power_sockets, 0, 10000),
    INT(quay, shore_power_w, 0, ANY_POWER),
};

static const qwr__field quay_depth_fields[] = {
    NEED(quay_depth, quay, QUAY),
    MM(quay_depth, from_mm, 0),
    MM(quay_depth, to_mm, 0),
    MM(quay_depth, depth_mm, 0),
};

static const qwr__field quay_break_fields[] = {
    NEED(quay_break, quay, QUAY),
    MM(quay_break, at_mm, 0),
};

static const qwr__field quay_position_fields[] = {
    NEED(quay_position, quay, QUAY),
    MM(quay_position, at_mm, 0),
};

static const qwr__field berth_fields[] = {
    ID(berth),
    TEXT(berth, name),
    NEED(berth, quay, QUAY),
    MM(berth, from_mm, 0),
    OPT_MM(berth, length_mm, 1),
    OPT_MM(berth, depth_mm, 0),
    AT(berth, open_s),
    OPT_AT(berth, close_s),
    SPAN(berth, turnaround_s, 0),
};

static const qwr__field tide_fields[] = {
    AT(tide, at_s),
    MM(tide, level_mm, -QWR__MM_MAX),
};

static const qwr__field crane_fields[] = {
    ID(crane),
    NEED(crane, quay, QUAY),
    INT(crane, rail_order, -1000000, 1000000),
    MM(crane, reach_from_mm, 0),
    OPT_MM(crane, reach_to_mm, 0),
    OPT_MM(crane, outreach_mm, 1),
    INT(crane, rate_milli, 1, ANY_RATE),
    INT(crane, travel_mm_s, 1, 1000000),
    MM(crane, margin_mm, 0),
    SPAN(crane, setup_s, 0),
    INT(crane, power_w, 0, ANY_POWER),
    OPT_MM(crane, start_mm, 0),
};

static const qwr__field call_fields[] = {
    ID(call),
    TEXT(call, vessel),
    TEXT(call, service),
    TEXT(call, vessel_class),
    OPT_MM(call, loa_mm, 1),
    OPT_MM(call, beam_mm, 1),
    OPT_MM(call, draught_mm, 0),
    OPT_MM(call, draught_out_mm, 0),
    MM(call, clearance_mm, 0),
    AT(call, eta_s),
    OPT_SPAN(call, eta_sd_s, 0),
    OPT_AT(call, earliest_s),
    OPT_AT(call, desired_departure_s),
    OPT_AT(call, latest_departure_s),
    FLAG(call, latest_is_soft),
    INT(call, weight_milli, 0, QWR__MU_MAX),
    MU(call, wait_mu_h),
    MU(call, speedup_mu_h),
    MU(call, stay_mu_h),
    MU(call, late_mu_h),
    MU(call, past_latest_mu),
    MU(call, deviation_mu_m),
    MU(call, crane_mu_h),
    OPT_SPAN(call, handling_s, 0),
    OPT(call, moves, 0, QWR__MOVES_MAX),
    OPT(call, rate_milli, 1, ANY_RATE),
    INT(call, interference_milli, 1, 1000),
    INT(call, deviation_work_ppm_m, 0, 1000000),
    INT(call, min_cranes, 0, QWR__CRANES_MAX),
    INT(call, max_cranes, 0, QWR__CRANES_MAX),
    SPAN(call, mooring_s, 0),
    SPAN(call, unmooring_s, 0),
    MAY(call, preferred_quay, QUAY),
    OPT_MM(call, preferred_mm, 0),
    OPT(call, shore_power_w, 0, ANY_POWER),
    MAY(call, pin_quay, QUAY),
    MAY(call, pin_berth, BERTH),
    OPT_MM(call, pin_position_mm, 0),
    OPT_AT(call, pin_start_s),
    OPT(call, pin_cranes, 0, QWR__CRANES_MAX),
    MAY(call, base_quay, QUAY),
    MAY(call, base_berth, BERTH),
    OPT_MM(call, base_position_mm, 0),
    OPT_AT(call, base_start_s),
    OPT(call, base_cranes, 0, QWR__CRANES_MAX),
    MU(call, change_berth_mu),
    MU(call, change_position_mu_m),
    MU(call, change_start_mu_h),
    MU(call, change_crane_mu),
    LATER(call, handover_mu, INT, MU, 0, QWR__MU_MAX),
};

static const qwr__field handling_fields[] = {
    NEED(handling, call, CALL),
    NEED(handling, berth, BERTH),
    /* QWR_FORBIDDEN lies outside every range, so the range is checked with the calls. */
    FIELD(handling, handling_s, INT, SECONDS, INFO, false, 0, QWR_FORBIDDEN),
};

static const qwr__field efficiency_fields[] = {
    NEED(efficiency, call, CALL),
    INT(efficiency, cranes, 1, QWR__CRANES_MAX),
    INT(efficiency, milli, 1, 1000000),
};

static const qwr__field place_fields[] = {
    NEED(place, call, CALL), MAY(place, quay, QUAY),  MAY(place, berth, BERTH),
    MM(place, from_mm, 0),   OPT_MM(place, to_mm, 0), FLAG(place, forbid),
};

static const qwr__field task_fields[] = {
    ID(task),
    NEED(task, call, CALL),
    INT(task, bay, 1, 10000),
    FLAG(task, hold),
    WORD(task, kind, QWR_TASK_RESTOW),
    INT(task, moves_20, 0, QWR__MOVES_MAX),
    INT(task, moves_40, 0, QWR__MOVES_MAX),
    INT(task, moves_45, 0, QWR__MOVES_MAX),
    INT(task, reefers, 0, QWR__MOVES_MAX),
};

static const qwr__field precedence_fields[] = {
    NEED(precedence, before, TASK),
    NEED(precedence, after, TASK),
};

static const qwr__field window_fields[] = {
    ID(window),
    WORD(window, kind, QWR_WINDOW_LANE),
    TEXT(window, reason),
    MAY(window, quay, QUAY),
    MAY(window, berth, BERTH),
    MAY(window, crane, CRANE),
    MAY(window, vehicle, VEHICLE),
    MAY(window, block, BLOCK),
    MAY(window, lane, LANE),
    AT(window, from_s),
    AT(window, to_s),
    MM(window, from_mm, 0),
    OPT_MM(window, to_mm, 0),
};

static const qwr__field tariff_fields[] = {
    AT(tariff, from_s),
    /* Energy prices below zero happen. */
    FIELD(tariff, price_mu_kwh, INT, MU, INFO, false, -QWR__MU_MAX, QWR__MU_MAX),
    INT(tariff, co2_g_kwh, 0, ANY_MILLI),
};

static const qwr__field node_fields[] = {
    ID(node),
    WORD(node, kind, QWR_NODE_PARKING),
    MM(node, x_mm, -QWR__MM_MAX),
    MM(node, y_mm, -QWR__MM_MAX),
    INT(node, capacity, 1, 100000),
    MAY(node, quay, QUAY),
    OPT_MM(node, position_mm, 0),
};

static const qwr__field lane_fields[] = {
    ID(lane),
    NEED(lane, from, NODE),
    NEED(lane, to, NODE),
    MM(lane, length_mm, 1),
    OPT(lane, speed_mm_s, 1, 1000000),
    INT(lane, capacity, 1, 100000),
    FLAG(lane, curve),
};

static const qwr__field block_fields[] = {
    ID(block),
    MM(block, x_mm, -QWR__MM_MAX),
    MM(block, y_mm, -QWR__MM_MAX),
    INT(block, capacity_teu, 0, ANY_MILLI),
    INT(block, used_teu, 0, ANY_MILLI),
    INT(block, reefer_slots, 0, ANY_MILLI),
    INT(block, rate_milli, 0, ANY_RATE),
};

static const qwr__field transfer_fields[] = {
    NEED(transfer, block, BLOCK),
    NEED(transfer, node, NODE),
    INT(transfer, capacity, 1, 100000),
};

static const qwr__field fleet_fields[] = {
    ID(fleet),
    INT(fleet, count, 0, 1000000),
    INT(fleet, speed_empty_mm_s, 1, 1000000),
    INT(fleet, speed_loaded_mm_s, 1, 1000000),
    INT(fleet, speed_curve_mm_s, 1, 1000000),
    MM(fleet, length_mm, 1),
    MM(fleet, width_mm, 1),
    INT(fleet, capacity_teu, 1, 1000),
    OPT(fleet, capacity_kg, 1, ANY_MILLI),
    OPT(fleet, battery_wh, 1, ANY_POWER),
    INT(fleet, use_empty_wh_km, 0, ANY_MILLI),
    INT(fleet, use_loaded_wh_km, 0, ANY_MILLI),
    INT(fleet, idle_w, 0, ANY_POWER),
    INT(fleet, charge_critical_milli, 0, 1000),
    INT(fleet, charge_good_milli, 0, 1000),
    INT(fleet, charge_sufficient_milli, 0, 1000),
};

static const qwr__field vehicle_fields[] = {
    ID(vehicle),
    NEED(vehicle, fleet, FLEET),
    MAY(vehicle, node, NODE),
    INT(vehicle, charge_milli, 0, 1000),
    AT(vehicle, available_from_s),
};

static const qwr__field charger_fields[] = {
    ID(charger),
    NEED(charger, node, NODE),
    INT(charger, power_w, 1, ANY_POWER),
    INT(charger, sockets, 1, 10000),
};

static const qwr__field history_fields[] = {
    TEXT(history, vessel),
    TEXT(history, service),
    TEXT(history, vessel_class),
    AT(history, at_s),
    INT(history, moves, 0, QWR__MOVES_MAX),
    INT(history, cranes, 0, QWR__CRANES_MAX),
    SPAN(history, work_s, 0),
    FIELD(history, eta_error_s, INT, SECONDS, INFO, true, -QWR__TIME_MAX, QWR__TIME_MAX),
};

enum {
    MAX_QUAY = 1000,
    MAX_BERTH = 10000,
    MAX_CRANE = 10000,
    MAX_CALL = 200000,
    MAX_WINDOW = 1000000,
    MAX_FLEET = 1000,
    MAX_NODE = 1000000,
    MAX_LANE = 1000000,
    MAX_BLOCK = 1000000,
    MAX_VEHICLE = 1000000,
    MAX_CHARGER = 1000000,
    MAX_TASK = 50000000,
    MAX_ROWS = 50000000
};

#define INIT(name, NAME)                                                                           \
    static void init_##name(qwr__row *row)                                                         \
    {                                                                                              \
        row->name = qwr_##name##_init();                                                           \
    }
QWR__TABLES(INIT, INIT)

#define TABLE(entity, has_id, limit)                                                               \
    {                                                                                              \
        .name = #entity, .size = sizeof(qwr_##entity), .max_rows = (limit), .indexed = (has_id),   \
        .init = init_##entity, .fields = entity##_fields,                                          \
        .field_count = sizeof entity##_fields / sizeof entity##_fields[0]                          \
    }
#define INDEXED_TABLE(name, NAME) TABLE(name, true, MAX_##NAME),
#define ROWS_TABLE(name, NAME)    TABLE(name, false, MAX_ROWS),

const qwr__table_info *qwr__table_info_of(qwr__table table)
{
    static const qwr__table_info tables[QWR__TABLE_COUNT] = {
        QWR__TABLES(INDEXED_TABLE, ROWS_TABLE)};
    static const qwr__table_info frame = {.name = "scenario",
                                          .size = sizeof(qwr_scenario_info),
                                          .max_rows = 1,
                                          .indexed = true,
                                          .fields = info_fields,
                                          .field_count =
                                              sizeof info_fields / sizeof info_fields[0]};

    return table == QWR__TABLE_INFO ? &frame : &tables[table];
}

int64_t qwr__field_int(const void *row, const qwr__field *field)
{
    int64_t value;

    memcpy(&value, (const char *)row + field->offset, sizeof value);
    return value;
}

uint32_t qwr__field_word(const void *row, const qwr__field *field)
{
    uint32_t value;

    memcpy(&value, (const char *)row + field->offset, sizeof value);
    return value;
}

const char *qwr__field_text(const void *row, const qwr__field *field)
{
    const char *value;

    memcpy(&value, (const char *)row + field->offset, sizeof value);
    return value;
}

void qwr__field_set_text(void *row, const qwr__field *field, const char *text)
{
    memcpy((char *)row + field->offset, &text, sizeof text);
}
