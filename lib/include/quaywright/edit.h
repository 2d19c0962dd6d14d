/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Editing: what a builder holds, read back, and rows taken out of it again. With
 * qwr_scenario_add_<name>() and qwr_scenario_set_<name>() of <quaywright/scenario.h> this is all a
 * program needs to follow a terminal that changes.
 */
#ifndef QUAYWRIGHT_EDIT_H
#define QUAYWRIGHT_EDIT_H

#include <quaywright/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The frame, borrowed from the builder until it changes. @since 0.2 */
QWR_API const qwr_scenario_info *qwr_scenario_builder_get_info(const qwr_scenario_builder *builder);

/**
 * Moves the epoch `by_s` seconds on and tells every instant from there, so that the same world
 * begins later. Windows that have ended by then go, as do tide and tariff rows but the last before
 * the new second 0.
 * @return QWR_OK, QWR_EINVAL (by_s is negative), QWR_EOVERFLOW (nothing was changed), QWR_ENOMEM
 * (some rows of the past may be gone). @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_builder_shift(qwr_scenario_builder *builder,
                                                             int64_t by_s);

/*
 * Reading. Counts; the entity at an index, borrowed from the builder until it changes in any way,
 * NULL past the end; the first index with an id (v == QWR_NONE if there is none), O(rows). Rows are
 * in the order added.
 *
 * Removing. What hangs on the row goes with it: the tasks of a call and their order, the rows of a
 * berth in tables of handling times and places, the windows of a crane, the berths and cranes of a
 * quay. What merely mentions it forgets it: pins, base and preferred places, the quay of a node.
 * Later rows of every table move up, so indices taken before are void.
 * @return QWR_OK, QWR_EINVAL (no such row), QWR_ENOMEM (nothing was changed). O(all rows).
 * @since 0.2
 */
QWR_API size_t qwr_scenario_builder_quay_count(const qwr_scenario_builder *builder);
QWR_API const qwr_quay *qwr_scenario_builder_quay(const qwr_scenario_builder *builder,
                                                  qwr_quay_ix ix);
QWR_API qwr_quay_ix qwr_scenario_builder_find_quay(const qwr_scenario_builder *builder,
                                                   const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_quay(qwr_scenario_builder *builder,
                                                           qwr_quay_ix ix);

QWR_API size_t qwr_scenario_builder_berth_count(const qwr_scenario_builder *builder);
QWR_API const qwr_berth *qwr_scenario_builder_berth(const qwr_scenario_builder *builder,
                                                    qwr_berth_ix ix);
QWR_API qwr_berth_ix qwr_scenario_builder_find_berth(const qwr_scenario_builder *builder,
                                                     const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_berth(qwr_scenario_builder *builder,
                                                            qwr_berth_ix ix);

QWR_API size_t qwr_scenario_builder_crane_count(const qwr_scenario_builder *builder);
QWR_API const qwr_crane *qwr_scenario_builder_crane(const qwr_scenario_builder *builder,
                                                    qwr_crane_ix ix);
QWR_API qwr_crane_ix qwr_scenario_builder_find_crane(const qwr_scenario_builder *builder,
                                                     const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_crane(qwr_scenario_builder *builder,
                                                            qwr_crane_ix ix);

QWR_API size_t qwr_scenario_builder_call_count(const qwr_scenario_builder *builder);
QWR_API const qwr_call *qwr_scenario_builder_call(const qwr_scenario_builder *builder,
                                                  qwr_call_ix ix);
QWR_API qwr_call_ix qwr_scenario_builder_find_call(const qwr_scenario_builder *builder,
                                                   const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_call(qwr_scenario_builder *builder,
                                                           qwr_call_ix ix);

QWR_API size_t qwr_scenario_builder_task_count(const qwr_scenario_builder *builder);
QWR_API const qwr_task *qwr_scenario_builder_task(const qwr_scenario_builder *builder,
                                                  qwr_task_ix ix);
QWR_API qwr_task_ix qwr_scenario_builder_find_task(const qwr_scenario_builder *builder,
                                                   const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_task(qwr_scenario_builder *builder,
                                                           qwr_task_ix ix);

QWR_API size_t qwr_scenario_builder_window_count(const qwr_scenario_builder *builder);
QWR_API const qwr_window *qwr_scenario_builder_window(const qwr_scenario_builder *builder,
                                                      qwr_window_ix ix);
QWR_API qwr_window_ix qwr_scenario_builder_find_window(const qwr_scenario_builder *builder,
                                                       const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_window(qwr_scenario_builder *builder,
                                                             qwr_window_ix ix);

QWR_API size_t qwr_scenario_builder_node_count(const qwr_scenario_builder *builder);
QWR_API const qwr_node *qwr_scenario_builder_node(const qwr_scenario_builder *builder,
                                                  qwr_node_ix ix);
QWR_API qwr_node_ix qwr_scenario_builder_find_node(const qwr_scenario_builder *builder,
                                                   const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_node(qwr_scenario_builder *builder,
                                                           qwr_node_ix ix);

QWR_API size_t qwr_scenario_builder_lane_count(const qwr_scenario_builder *builder);
QWR_API const qwr_lane *qwr_scenario_builder_lane(const qwr_scenario_builder *builder,
                                                  qwr_lane_ix ix);
QWR_API qwr_lane_ix qwr_scenario_builder_find_lane(const qwr_scenario_builder *builder,
                                                   const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_lane(qwr_scenario_builder *builder,
                                                           qwr_lane_ix ix);

QWR_API size_t qwr_scenario_builder_block_count(const qwr_scenario_builder *builder);
QWR_API const qwr_block *qwr_scenario_builder_block(const qwr_scenario_builder *builder,
                                                    qwr_block_ix ix);
QWR_API qwr_block_ix qwr_scenario_builder_find_block(const qwr_scenario_builder *builder,
                                                     const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_block(qwr_scenario_builder *builder,
                                                            qwr_block_ix ix);

QWR_API size_t qwr_scenario_builder_fleet_count(const qwr_scenario_builder *builder);
QWR_API const qwr_fleet *qwr_scenario_builder_fleet(const qwr_scenario_builder *builder,
                                                    qwr_fleet_ix ix);
QWR_API qwr_fleet_ix qwr_scenario_builder_find_fleet(const qwr_scenario_builder *builder,
                                                     const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_fleet(qwr_scenario_builder *builder,
                                                            qwr_fleet_ix ix);

QWR_API size_t qwr_scenario_builder_vehicle_count(const qwr_scenario_builder *builder);
QWR_API const qwr_vehicle *qwr_scenario_builder_vehicle(const qwr_scenario_builder *builder,
                                                        qwr_vehicle_ix ix);
QWR_API qwr_vehicle_ix qwr_scenario_builder_find_vehicle(const qwr_scenario_builder *builder,
                                                         const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_vehicle(qwr_scenario_builder *builder,
                                                              qwr_vehicle_ix ix);

QWR_API size_t qwr_scenario_builder_charger_count(const qwr_scenario_builder *builder);
QWR_API const qwr_charger *qwr_scenario_builder_charger(const qwr_scenario_builder *builder,
                                                        qwr_charger_ix ix);
QWR_API qwr_charger_ix qwr_scenario_builder_find_charger(const qwr_scenario_builder *builder,
                                                         const char *id);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_charger(qwr_scenario_builder *builder,
                                                              qwr_charger_ix ix);

QWR_API size_t qwr_scenario_builder_quay_depth_count(const qwr_scenario_builder *builder);
QWR_API const qwr_quay_depth *qwr_scenario_builder_quay_depth(const qwr_scenario_builder *builder,
                                                              size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_quay_depth(qwr_scenario_builder *builder,
                                                                 size_t i);

QWR_API size_t qwr_scenario_builder_quay_break_count(const qwr_scenario_builder *builder);
QWR_API const qwr_quay_break *qwr_scenario_builder_quay_break(const qwr_scenario_builder *builder,
                                                              size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_quay_break(qwr_scenario_builder *builder,
                                                                 size_t i);

QWR_API size_t qwr_scenario_builder_quay_position_count(const qwr_scenario_builder *builder);
QWR_API const qwr_quay_position *
qwr_scenario_builder_quay_position(const qwr_scenario_builder *builder, size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_quay_position(qwr_scenario_builder *builder,
                                                                    size_t i);

QWR_API size_t qwr_scenario_builder_tide_count(const qwr_scenario_builder *builder);
QWR_API const qwr_tide *qwr_scenario_builder_tide(const qwr_scenario_builder *builder, size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_tide(qwr_scenario_builder *builder, size_t i);

QWR_API size_t qwr_scenario_builder_handling_count(const qwr_scenario_builder *builder);
QWR_API const qwr_handling *qwr_scenario_builder_handling(const qwr_scenario_builder *builder,
                                                          size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_handling(qwr_scenario_builder *builder,
                                                               size_t i);

QWR_API size_t qwr_scenario_builder_efficiency_count(const qwr_scenario_builder *builder);
QWR_API const qwr_efficiency *qwr_scenario_builder_efficiency(const qwr_scenario_builder *builder,
                                                              size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_efficiency(qwr_scenario_builder *builder,
                                                                 size_t i);

QWR_API size_t qwr_scenario_builder_place_count(const qwr_scenario_builder *builder);
QWR_API const qwr_place *qwr_scenario_builder_place(const qwr_scenario_builder *builder, size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_place(qwr_scenario_builder *builder,
                                                            size_t i);

QWR_API size_t qwr_scenario_builder_precedence_count(const qwr_scenario_builder *builder);
QWR_API const qwr_precedence *qwr_scenario_builder_precedence(const qwr_scenario_builder *builder,
                                                              size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_precedence(qwr_scenario_builder *builder,
                                                                 size_t i);

QWR_API size_t qwr_scenario_builder_tariff_count(const qwr_scenario_builder *builder);
QWR_API const qwr_tariff *qwr_scenario_builder_tariff(const qwr_scenario_builder *builder,
                                                      size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_tariff(qwr_scenario_builder *builder,
                                                             size_t i);

QWR_API size_t qwr_scenario_builder_transfer_count(const qwr_scenario_builder *builder);
QWR_API const qwr_transfer *qwr_scenario_builder_transfer(const qwr_scenario_builder *builder,
                                                          size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_transfer(qwr_scenario_builder *builder,
                                                               size_t i);

QWR_API size_t qwr_scenario_builder_history_count(const qwr_scenario_builder *builder);
QWR_API const qwr_history *qwr_scenario_builder_history(const qwr_scenario_builder *builder,
                                                        size_t i);
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_remove_history(qwr_scenario_builder *builder,
                                                              size_t i);

#ifdef __cplusplus
}
#endif
#endif
