/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every way a scenario may contradict itself: a good one, one thing spoiled, and the sentence that
 * must say so. What is right is in test_model.c.
 */
#include "model_world.h"
#include "support/support.h"

#include <stdio.h>
#include <string.h>

#define YEARS_11 INT64_C(346896000)
#define E        QWR_ESCENARIO
#define O        QWR_EOVERFLOW
#define LONG_ID  "12345678901234567890123456789012345678901234567890"

/* name, what is spoiled, status, part of the sentence, line it must name (0: none) */
#define FAULTS(F)                                                                                  \
    /* the frame */                                                                                \
    F(horizon_off_step, w->info.horizon_s = 100000, E,                                             \
      "horizon 100000 s is not a multiple of the step 900 s; nearest: 99900 s and 100800 s", 0)    \
    F(horizon_below_step, w->info.horizon_s = 600, E, "is shorter than the step", 0)               \
    F(horizon_too_long, w->info.horizon_s = YEARS_11, O, "horizon_s 346896000 is out of range", 0) \
    F(info_objective, w->info.objective = (qwr_objective)9, E, "objective 9 is unknown", 0)        \
    F(info_ukc, w->info.ukc_berth_mm = -1, E, "ukc_berth_m -0.001 is out of range", 0)             \
    F(info_unit, w->info.published_unit_s = 0, E, "published_unit_s 0 is out of range", 0)         \
    F(info_profile, w->info.profile = (qwr_profile)2, E, "profile 2 is unknown", 0)                \
    F(info_period, w->info.crane_period_s = 0, E, "crane_period_s 0 is out of range", 0)           \
    F(info_period_step, (w->info.profile = QWR_PROFILE_VARYING, w->info.crane_period_s = 1000), E, \
      "crane_period 1000 s is not a multiple of the step 900 s", 0)                                \
    F(info_id_control, w->info.id = "a\nb", E, "holds a control character", 0)                     \
    /* ids and texts */                                                                            \
    F(id_too_long, w->calls[1].id = LONG_ID LONG_ID "x", E,                                        \
      "call number 2: its id is too long; expected 1 to 100 bytes", 81)                            \
    F(id_not_utf8, w->berths[0].id = "B\xFF", E, "berth number 1: its id is not valid UTF-8", 50)  \
    F(id_control, w->tasks[2].id = "T\t3", E, "task number 3: its id holds a control", 122)        \
    F(text_not_utf8, w->quays[0].name = "\xC3(", E, "quay \"Q1\": name is not valid UTF-8", 10)    \
    F(text_control, w->calls[0].vessel = "a\x07", E, "vessel holds a control character", 80)       \
    F(id_twice_call, w->calls[2].id = "A", E,                                                      \
      "call \"A\": its id is taken; call number 1 and number 3 share it", 82)                      \
    F(id_twice_window, w->windows[3].id = "W1", E, "window number 1 and number 4", 143)            \
    F(lane_length, w->lane.length_mm = 0, E, "lane \"L1\": length_m 0 is out of range", 170)       \
    /* quays */                                                                                    \
    F(quay_length, w->quays[0].length_mm = 0, E, "quay \"Q1\": length_m 0 is out of range", 10)    \
    F(quay_length_huge, w->quays[0].length_mm = INT64_MAX, O, "expected 0.001 to 1000000", 10)     \
    F(quay_grid, w->quays[0].grid_mm = 0, E, "grid_m 0", 10)                                       \
    F(quay_layout, w->quays[2].layout = (qwr_layout)3, E, "layout 3 is unknown; expected 0 to 2",  \
      12)                                                                                          \
    F(depth_order, w->depth.to_mm = 100000, E, "from 100 m is not below to 100 m", 20)             \
    F(depth_outside, w->depth.to_mm = 400001, E, "to 400.001 m lies outside quay \"Q1\"", 20)      \
    F(depth_quay, w->depth.quay.v = 3, E, "quay points at quay 3, but the scenario has 3", 20)     \
    F(depth_no_quay, w->depth.quay.v = QWR_NONE, E, "quay_depth row 1: quay is missing", 20)       \
    F(break_at_start, w->brk.at_mm = 0, E, "at 0 m is not between the ends", 30)                   \
    F(break_at_end, w->brk.at_mm = 400000, E, "quay_break row 1 (quay \"Q1\"): at 400 m", 30)      \
    F(position_outside, w->positions[1].at_mm = 500000, E, "at 500 m lies outside quay \"Q3\"",    \
      41)                                                                                          \
    F(position_twice, w->positions[1].at_mm = 0, E, "at 0 m is listed twice", 41)                  \
    F(position_not_hybrid, w->positions[0].quay.v = 0, E, "quay \"Q1\" is not hybrid", 40)         \
    /* berths and cranes */                                                                        \
    F(berth_not_discrete, w->berths[0].quay.v = 0, E, "quay \"Q1\" is not discrete", 50)           \
    F(berth_from, w->berths[1].from_mm = 600000, E, "from 600 m lies outside quay \"Q2\"", 51)     \
    F(berth_end, w->berths[1].length_mm = 300001, E, "its end 600.001 m lies outside", 51)         \
    F(berth_overlap, w->berths[0].length_mm = 300001, E,                                           \
      "berth \"B2\": from 300 m overlaps berth \"B1\", which ends at 300.001 m", 51)               \
    F(berth_hours, (w->berths[0].open_s = 7200, w->berths[0].close_s = 7200), E,                   \
      "open 2026-03-01T02:00:00Z is not before close 2026-03-01T02:00:00Z", 50)                    \
    F(berth_turnaround, w->berths[0].turnaround_s = 1000, E,                                       \
      "turnaround 1000 s is not a multiple of the step 900 s; nearest: 900 s and 1800 s", 50)      \
    F(berth_no_quay, w->berths[0].quay.v = QWR_NONE, E, "quay is missing; expected a quay", 50)    \
    F(crane_order, w->cranes[2].rail_order = 1, E,                                                 \
      "crane \"K3\": rail_order 1 is taken by crane \"K1\"", 72)                                   \
    F(crane_reach, w->cranes[0].reach_to_mm = 400001, E, "reach to 400.001 m lies outside", 70)    \
    F(crane_reach_order, w->cranes[0].reach_from_mm = 400000, E, "is not below reach to 400 m",    \
      70)                                                                                          \
    F(crane_start, w->cranes[0].start_mm = 400001, E, "start 400.001 m lies outside", 70)          \
    F(crane_rate, w->cranes[0].rate_milli = 0, E, "rate_milli 0 is out of range", 70)              \
    /* instants */                                                                                 \
    F(tide_order, w->tides[1].at_s = 0, E, "tide row 2: at 2026-03-01T00:00:00Z does not come",    \
      61)                                                                                          \
    F(tide_far, w->tides[1].at_s = YEARS_11, O, "out of range", 61)                                \
    F(tariff_order, w->tariffs[1].from_s = -1, E, "tariff times must rise", 151)                   \
    F(window_order, w->windows[1].to_s = 7200, E, "is not before to 2026-03-01T02:00:00Z", 141)    \
    F(window_kind, w->windows[1].kind = (qwr_window_kind)4, E, "kind 4 is unknown", 141)           \
    F(closure_target, w->windows[0].quay.v = QWR_NONE, E, "a closure needs a quay or a berth",     \
      140)                                                                                         \
    F(closure_extra, w->windows[0].crane.v = 0, E, "and nothing else", 140)                        \
    F(closure_space, w->windows[0].to_mm = 300000, E, "is not a part of quay \"Q1\"", 140)         \
    F(closure_outside, w->windows[0].to_mm = 400001, E, "is not a part of quay \"Q1\"", 140)       \
    F(closure_berth, w->windows[0].berth.v = 0, E, "berth \"B1\" is not at quay \"Q1\"", 140)      \
    F(maintenance_target, w->windows[1].crane.v = QWR_NONE, E, "maintenance needs one crane", 141) \
    F(maintenance_two, w->windows[1].block.v = 0, E, "maintenance needs one crane", 141)           \
    F(weather_target, w->windows[2].quay.v = QWR_NONE, E, "weather needs a quay", 142)             \
    F(lane_target, w->windows[3].lane.v = QWR_NONE, E, "a lane window needs a lane", 143)          \
    F(window_crane, w->windows[1].crane.v = 9, E, "crane points at crane 9", 141)                  \
    /* calls */                                                                                    \
    F(call_loa, w->calls[0].loa_mm = -5000, E,                                                     \
      "call \"A\": loa_m -5 is out of range; expected 0.001 to 1000000", 80)                       \
    F(call_no_loa, w->calls[0].loa_mm = QWR_UNSET, E, "loa is missing", 80)                        \
    F(call_no_eta, w->calls[0].eta_s = QWR_UNSET, E, "call \"A\": eta is missing", 80)             \
    F(call_eta_late, w->calls[0].eta_s = 172801, E,                                                \
      "eta 2026-03-03T00:00:01Z is out of range; expected 2026-02-27T00:00:00Z to", 80)            \
    F(call_eta_early, w->calls[0].eta_s = -172801, E, "one horizon either way", 80)                \
    F(call_eta_far, w->calls[0].eta_s = -YEARS_11, O, "eta 2015-", 80)                             \
    F(call_earliest, w->calls[0].earliest_s = 172801, E, "earliest 2026-03-03T00:00:01Z is out",   \
      80)                                                                                          \
    F(call_earliest_latest,                                                                        \
      (w->calls[0].earliest_s = 7200, w->calls[0].latest_departure_s = 3600), E,                   \
      "earliest 2026-03-01T02:00:00Z is after latest_departure 2026-03-01T01:00:00Z", 80)          \
    F(call_spread, w->calls[0].eta_sd_s = -1, E, "eta_sd_s -1", 80)                                \
    F(call_soft, w->calls[0].latest_is_soft = 2, E, "latest_is_soft 2 is unknown", 80)             \
    F(call_rate, w->calls[0].wait_mu_h = -1, E, "wait_mu_h -1 is out of range", 80)                \
    F(call_rate_huge, w->calls[0].wait_mu_h = INT64_C(1000000000001), O, "wait_mu_h", 80)          \
    F(call_moves, w->calls[0].moves = 10000001, E, "moves 10000001 is out of range", 80)           \
    F(call_moves_negative, w->calls[0].moves = -1, E, "moves -1", 80)                              \
    F(call_interference, w->calls[0].interference_milli = 1001, E, "expected 1 to 1000", 80)       \
    F(call_cranes, w->calls[0].min_cranes = 4, E, "min_cranes 4 is more than max_cranes 3", 80)    \
    F(call_many_cranes, w->calls[0].max_cranes = 65, E, "expected 0 to 64", 80)                    \
    F(call_no_cranes, (w->calls[0].min_cranes = 0, w->calls[0].max_cranes = 0), E,                 \
      "600 moves need a crane, but max_cranes is 0", 80)                                           \
    F(call_mooring, w->calls[0].mooring_s = 100, E,                                                \
      "mooring 100 s is not a multiple of the step 900 s; nearest: 0 s and 900 s", 80)             \
    F(call_unmooring, w->calls[0].unmooring_s = 901, E, "nearest: 900 s and 1800 s", 80)           \
    F(call_preferred, w->calls[0].preferred_mm = 5, E, "preferred 0.005 m needs preferred_quay",   \
      80)                                                                                          \
    F(call_preferred_far, (w->calls[0].preferred_quay.v = 0, w->calls[0].preferred_mm = 400001),   \
      E, "preferred 400.001 m lies outside quay \"Q1\"", 80)                                       \
    F(call_no_work, w->calls[0].moves = QWR_UNSET, E,                                              \
      "there is no work; expected moves, tasks, handling or handling rows", 80)                    \
    F(pin_ref, w->calls[0].pin_berth.v = 2, E, "pin_berth points at berth 2", 80)                  \
    F(pin_berth_quay, (w->calls[0].pin_berth.v = 1, w->calls[0].pin_quay.v = 0), E,                \
      "pin_berth \"B2\" is at quay \"Q2\", but pin_quay is \"Q1\"", 80)                            \
    F(pin_position, (w->calls[0].pin_quay.v = 0, w->calls[0].pin_position_mm = 400000), E,         \
      "pin_position 400 m lies outside quay \"Q1\", which is 400 m long", 80)                      \
    F(pin_position_berth, (w->calls[0].pin_berth.v = 0, w->calls[0].pin_position_mm = 600000), E,  \
      "pin_position 600 m lies outside quay \"Q2\"", 80)                                           \
    F(pin_cranes, w->calls[0].pin_cranes = 4, E, "pin_cranes 4 is not between min_cranes 1 and",   \
      80)                                                                                          \
    F(base_berth_quay, (w->calls[0].base_berth.v = 1, w->calls[0].base_quay.v = 0), E,             \
      "base_berth \"B2\" is at quay \"Q2\"", 80)                                                   \
    F(rates_times_horizon,                                                                         \
      (w->info.horizon_s = 150000 * 900, w->info.step_s = 900,                                     \
       w->calls[0].late_mu_h = INT64_C(1000000000000)),                                            \
      O, "a cost rate times the horizon or the quay's length leaves 64 bits", 80)                  \
    F(deviation_times_quay,                                                                        \
      (w->quays[1].length_mm = 1000000000, w->calls[1].deviation_mu_m = INT64_C(1000000000000)),   \
      O, "leaves 64 bits", 81)                                                                     \
    /* rows of calls */                                                                            \
    F(handling_twice, w->handlings[1].berth.v = 0, E,                                              \
      "handling row 2 (call \"C\"): there is a row for berth \"B1\" already", 91)                  \
    F(handling_negative, w->handlings[0].handling_s = -1, E, "handling_s -1", 90)                  \
    F(handling_missing, w->handlings[0].handling_s = QWR_UNSET, E, "handling_s is missing", 90)    \
    F(handling_huge, w->handlings[0].handling_s = YEARS_11, O, "or forbidden", 90)                 \
    F(handling_call, w->handlings[0].call.v = 3, E, "call points at call 3", 90)                   \
    F(efficiency_twice, w->efficiencies[1].cranes = 2, E, "there is a row for 2 cranes already",   \
      101)                                                                                         \
    F(efficiency_cranes, w->efficiencies[0].cranes = 65, E, "cranes 65 is out of range", 100)      \
    F(efficiency_zero, w->efficiencies[0].milli = 0, E, "milli 0", 100)                            \
    F(place_nowhere, w->places[0].quay.v = QWR_NONE, E, "it names neither a quay nor a berth",     \
      110)                                                                                         \
    F(place_berth, w->places[1].quay.v = 0, E, "berth \"B1\" is not at quay \"Q1\"", 111)          \
    F(place_order, w->places[0].to_mm = 100000, E, "from 100 m to 100 m is not a part of", 110)    \
    F(place_outside, w->places[0].to_mm = 400001, E, "to 400.001 m is not a part of quay", 110)    \
    F(handling_rows_alone, w->places[1].call.v = 0, E,                                             \
      "call \"C\": its handling rows say nothing about quay \"Q1\"", 82)                           \
    F(handling_rows_leave_a_berth_out, (w->places[1].call.v = 0, w->handlings[1].call.v = 0), E,   \
      "its handling rows leave out berth \"B2\"", 82)                                              \
    F(task_reefers, w->tasks[0].reefers = 31, E, "31 of its 30 moves cannot be reefers", 120)      \
    F(task_bay, w->tasks[0].bay = 0, E, "bay 0 is out of range", 120)                              \
    F(task_call, w->tasks[0].call.v = QWR_NONE, E, "call is missing; expected a call", 120)        \
    F(task_sum, (w->tasks[0].moves_20 = 9000000, w->tasks[1].moves_20 = 9000000), O,               \
      "call \"B\": its tasks have 18000070 moves; expected at most 10000000", 81)                  \
    F(precedence_other_call, (w->tasks[2].call.v = 0, w->calls[0].moves = 1), E,                   \
      "task \"T3\" belongs to another call than task \"T2\"", 131)                                 \
    F(precedence_circle, (w->precedences[1].before.v = 1, w->precedences[1].after.v = 0), E,       \
      "precedence runs in a circle: \"T1\" -> \"T2\" -> \"T1\"", 120)                              \
    F(precedence_self, w->precedences[0].after.v = 0, E,                                           \
      "task \"T1\": precedence runs in a circle: \"T1\" -> \"T1\"", 120)                           \
    F(precedence_ref, w->precedences[0].after.v = 3, E, "after points at task 3", 130)             \
    /* land side */                                                                                \
    F(node_position, w->nodes[1].position_mm = 5, E, "needs the quay it is measured along", 161)   \
    F(node_outside, w->nodes[0].position_mm = 400001, E, "lies outside quay \"Q1\"", 160)          \
    F(node_capacity, w->nodes[0].capacity = 0, E, "capacity 0", 160)                               \
    F(lane_loop, w->lane.to.v = 0, E, "it leads from node \"N1\" to the same node", 170)           \
    F(lane_ref, w->lane.to.v = 2, E, "to points at node 2, but the scenario has 2", 170)           \
    F(lane_speed, w->lane.speed_mm_s = 0, E, "speed_mm_s 0", 170)                                  \
    F(block_used, w->block.used_teu = 501, E, "used_teu 501 is more than capacity_teu 500", 180)   \
    F(transfer_ref, w->transfer.block.v = 1, E, "block points at block 1", 190)                    \
    F(fleet_charge, w->fleet.charge_good_milli = 100, E, "charge levels must rise", 200)           \
    F(fleet_speed, w->fleet.speed_curve_mm_s = 0, E, "speed_curve_mm_s 0", 200)                    \
    F(vehicle_fleet, w->vehicle.fleet.v = QWR_NONE, E, "fleet is missing; expected a fleet", 210)  \
    F(vehicle_charge, w->vehicle.charge_milli = 1001, E, "charge_milli 1001", 210)                 \
    F(charger_node, w->charger.node.v = 7, E, "node points at node 7", 220)                        \
    F(history_moves, w->history.moves = -1, E, "history row 1: moves -1", 230)                     \
    F(history_error, w->history.eta_error_s = YEARS_11, O, "eta_error_s", 230)

#define FUNCTION(name, change, status, part, line)                                                 \
    static void spoil_##name(world *w)                                                             \
    {                                                                                              \
        change;                                                                                    \
    }
FAULTS(FUNCTION)

static const struct fault {
    const char *name;
    void (*spoil)(world *w);
    qwr_status status;
    const char *part;
    int64_t line;
} faults[] = {
#define ROW(name, change, status, part, line) {#name, spoil_##name, status, part, line},
    FAULTS(ROW)
#undef ROW
};

START_TEST(spoiled_scenario_is_refused_with_its_sentence)
{
    const struct fault *fault = &faults[_i];
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *scenario = NULL;
    world w = world_good();

    fault->spoil(&w);
    qwr_status status = world_freeze(&scenario, ctx, &w);
    const qwr_cause *cause = qwr_context_cause(ctx, 0);
    const char *message = cause != NULL ? cause->message : "(no cause)";
    ck_assert_msg(status == fault->status, "%s: %s: %s", fault->name, qwr_status_name(status),
                  message);
    ck_assert_ptr_null(scenario);
    ck_assert_msg(strstr(message, fault->part) != NULL, "%s: %s", fault->name, message);
    ck_assert_msg(cause->line == fault->line, "%s: line %lld", fault->name, (long long)cause->line);
    if (fault->line != 0)
        ck_assert_str_eq(cause->file, "world.xml");
    qwr_context_free(ctx);
}
END_TEST

START_TEST(unspoiled_scenario_is_accepted)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *scenario = NULL;
    world w = world_good();

    qwr_test_ok(ctx, world_freeze(&scenario, ctx, &w));
    ck_assert_uint_eq(qwr_context_cause_count(ctx), 0);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}
END_TEST

/* What looks odd but has a meaning: each of these must freeze. */
#define ODDITIES(F)                                                                                \
    F(longer_than_every_quay, w->calls[0].loa_mm = 900000)                                         \
    F(arrived_before_the_epoch, (w->calls[0].eta_s = -172800, w->calls[0].base_start_s = -999999)) \
    F(latest_departure_already_over, w->calls[0].latest_departure_s = -3600)                       \
    F(soft_latest_before_earliest,                                                                 \
      (w->calls[0].earliest_s = 7200, w->calls[0].latest_departure_s = 3600,                       \
       w->calls[0].latest_is_soft = 1))                                                            \
    F(no_moves_no_cranes,                                                                          \
      (w->calls[0].moves = 0, w->calls[0].min_cranes = 0, w->calls[0].max_cranes = 0))             \
    F(berths_that_touch, w->berths[0].length_mm = 300000)                                          \
    F(berths_without_length, (w->berths[0].length_mm = QWR_UNSET,                                  \
                              w->berths[1].length_mm = QWR_UNSET, w->berths[1].from_mm = 0))       \
    F(same_id_for_a_crane_and_a_call, w->cranes[0].id = "A")                                       \
    F(id_of_a_hundred_bytes, w->calls[0].id = LONG_ID LONG_ID)                                     \
    F(quay_in_utf8, w->quays[0].id = "Quai \xC3\xA0 flot")                                         \
    F(two_cranes_with_one_order_at_two_quays,                                                      \
      (w->cranes[1].quay.v = 1, w->cranes[1].rail_order = 1))                                      \
    F(everything_at_its_limit, (w->history.at_s = -315360000, w->block.x_mm = 1000000000,          \
                                w->calls[0].moves = 10000000, w->calls[0].max_cranes = 64))        \
    F(closure_of_one_berth,                                                                        \
      (w->windows[0].quay.v = QWR_NONE, w->windows[0].berth.v = 1, w->windows[0].from_mm = 0))     \
    F(no_epoch, w->info.epoch = NULL)

#define ODD_FUNCTION(name, change)                                                                 \
    static void odd_##name(world *w)                                                               \
    {                                                                                              \
        change;                                                                                    \
    }
ODDITIES(ODD_FUNCTION)

static const struct oddity {
    const char *name;
    void (*change)(world *w);
} oddities[] = {
#define ROW(name, change) {#name, odd_##name},
    ODDITIES(ROW)
#undef ROW
};

START_TEST(odd_but_meaningful_scenario_is_accepted)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *scenario = NULL;
    world w = world_good();

    oddities[_i].change(&w);
    qwr_status status = world_freeze(&scenario, ctx, &w);
    ck_assert_msg(status == QWR_OK, "%s: %s", oddities[_i].name,
                  status != QWR_OK ? qwr_context_cause(ctx, 0)->message : "");
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(instants_are_shown_in_seconds_without_an_epoch)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario *scenario = NULL;
    world w = world_good();

    w.info.epoch = NULL;
    w.windows[1].to_s = 3600;
    ck_assert_int_eq(world_freeze(&scenario, ctx, &w), QWR_ESCENARIO);
    ck_assert(qwr_test_cause_holds(ctx, "from 7200 s is not before to 3600 s"));
    qwr_context_free(ctx);
}
END_TEST

/* A circle of many tasks names its first and last ones and stays one sentence. */
START_TEST(long_circle_is_cut_in_its_middle)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    world w = world_good();
    enum { TASKS = 1000 };

    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    for (uint32_t i = 0; i < TASKS; i++) {
        char id[16];
        qwr_task task = qwr_task_init();
        qwr_precedence precedence = qwr_precedence_init();
        snprintf(id, sizeof id, "X%u", i);
        task.id = id;
        task.call.v = 0;
        task.bay = 1;
        qwr_test_ok(ctx, qwr_scenario_add_task(builder, &task, NULL));
        precedence.before.v = 3 + i;
        precedence.after.v = 3 + (i + 1) % TASKS;
        qwr_test_ok(ctx, qwr_scenario_add_precedence(builder, &precedence));
    }
    ck_assert_int_eq(qwr_scenario_freeze(&scenario, builder), QWR_ESCENARIO);
    ck_assert(qwr_test_cause_holds(ctx, "\"X0\" -> ... -> \"X995\" -> \"X996\" -> \"X997\" -> "
                                        "\"X998\" -> \"X999\" -> \"X0\""));
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
}
END_TEST

/* The sum over calls is bounded, not only each call. */
START_TEST(costs_that_could_sum_beyond_64_bits_are_refused)
{
    qwr_context *ctx = qwr_test_context();
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    world w = world_good();
    qwr_call call = qwr_call_init();

    w.info.horizon_s = 900 * 1000;
    qwr_test_ok(ctx, world_build(&builder, ctx, &w));
    call.loa_mm = 1000;
    call.eta_s = 0;
    call.moves = 1;
    call.crane_mu_h = INT64_C(10000000000);
    call.change_berth_mu = INT64_C(1000000000000);
    for (int i = 0; i < 9000; i++) {
        char id[16];
        snprintf(id, sizeof id, "Z%d", i);
        call.id = id;
        qwr_test_ok(ctx, qwr_scenario_add_call(builder, &call, NULL));
    }
    ck_assert_int_eq(qwr_scenario_freeze(&scenario, builder), QWR_EOVERFLOW);
    ck_assert(qwr_test_cause_holds(ctx, "the costs of all calls could sum beyond 64 bits"));
    qwr_scenario_builder_free(builder);
    qwr_context_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model_faults");
    TCase *refused = tcase_create("refused");
    TCase *accepted = tcase_create("accepted");

    tcase_add_loop_test(refused, spoiled_scenario_is_refused_with_its_sentence, 0,
                        (int)(sizeof faults / sizeof faults[0]));
    tcase_add_test(refused, instants_are_shown_in_seconds_without_an_epoch);
    tcase_add_test(refused, long_circle_is_cut_in_its_middle);
    tcase_add_test(refused, costs_that_could_sum_beyond_64_bits_are_refused);
    suite_add_tcase(suite, refused);
    tcase_add_test(accepted, unspoiled_scenario_is_accepted);
    tcase_add_loop_test(accepted, odd_but_meaningful_scenario_is_accepted, 0,
                        (int)(sizeof oddities / sizeof oddities[0]));
    suite_add_tcase(suite, accepted);
    return qwr_test_main(suite);
}
