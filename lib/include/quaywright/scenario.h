/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scenario: build it from entities, freeze it, read it. What the entities are and how a plan of
 * them is judged stands in <quaywright/entities.h>.
 */
#ifndef QUAYWRIGHT_SCENARIO_H
#define QUAYWRIGHT_SCENARIO_H

#include <quaywright/context.h>
#include <quaywright/entities.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_scenario_builder qwr_scenario_builder;
typedef struct qwr_scenario qwr_scenario;

/**
 * Starts a scenario.
 * @param out owned by caller; free with qwr_scenario_builder_free() or hand to
 *            qwr_scenario_freeze(), after which it must still be freed.
 * @return QWR_OK, QWR_EINVAL (no id, step or horizon not positive, bad epoch), QWR_ENOMEM. @since
 * 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_builder_new(qwr_scenario_builder **out,
                                                           qwr_context *ctx,
                                                           const qwr_scenario_info *info);

/** Frees a builder; NULL is allowed. @since 0.1 */
QWR_API void qwr_scenario_builder_free(qwr_scenario_builder *builder);

/** Copies a frozen scenario into a new builder, to vary it. Indices stay valid. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_thaw(qwr_scenario_builder **out, qwr_context *ctx,
                                                    const qwr_scenario *scenario);

/** Replaces the frame. @return as qwr_scenario_builder_new(). @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_builder_set_info(qwr_scenario_builder *builder,
                                                                const qwr_scenario_info *info);

/**
 * Says from which line of which file the entity added last came, for messages of freeze.
 * @since 0.1
 */
QWR_API void qwr_scenario_builder_at(qwr_scenario_builder *builder, const char *file, int64_t line);

/**
 * Validates everything and makes the read-only scenario. The builder stays usable.
 * Checks: references, ranges, overflow-safe magnitudes, unique ids, geometry (berths inside quays,
 * positions inside, breaks inside), windows (from < to, earliest <= latest), crane order, rising
 * tide and tariff times, acyclic precedence inside one call, pins that exist. A call that merely
 * cannot be placed is not an error here: the plan will say so.
 * @param out owned by caller; free with qwr_scenario_free().
 * @return QWR_OK, QWR_ESCENARIO (cause: element, field, what was expected, file and line if
 *         known), QWR_EOVERFLOW, QWR_ENOMEM.
 * @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_freeze(qwr_scenario **out,
                                                      qwr_scenario_builder *builder);

/** Frees a scenario; NULL is allowed. Plans made from it must be freed before. @since 0.1 */
QWR_API void qwr_scenario_free(qwr_scenario *scenario);

/** The frame, borrowed from the scenario. @thread any @since 0.1 */
QWR_API const qwr_scenario_info *qwr_scenario_get_info(const qwr_scenario *scenario);

/** Hash over the content (not over ids' spelling order or file layout); same data, same hash.
 * @since 0.1 */
QWR_API uint64_t qwr_scenario_hash(const qwr_scenario *scenario);

/**
 * Crane-hours x 1000 of work that `cranes` cranes do in one hour on this call: its efficiency row,
 * else round(1000 * cranes^(interference)), half up. 0 cranes: 0; beyond 64: as for 64. Computed
 * once at freeze.
 * Source of the formula: Meisel & Bierwirth 2009. @thread any @since 0.1
 */
QWR_API int64_t qwr_scenario_efficiency_milli(const qwr_scenario *scenario, qwr_call_ix call,
                                              int64_t cranes);

/** Total moves of a call: `moves`, else the sum of its tasks, else 0. @thread any @since 0.1 */
QWR_API int64_t qwr_scenario_call_moves(const qwr_scenario *scenario, qwr_call_ix call);

/**
 * Moves per crane-hour x 1000 on this call at this quay: the call's own rate, else the mean over
 * the quay's cranes (rounded down), else 30000. @thread any @since 0.1
 */
QWR_API int64_t qwr_scenario_rate_milli(const qwr_scenario *scenario, qwr_call_ix call,
                                        qwr_quay_ix quay);

/** Row of the handling table for (call, berth): seconds, QWR_FORBIDDEN, or QWR_UNSET. O(1). @since
 * 0.1 */
QWR_API int64_t qwr_scenario_handling_s(const qwr_scenario *scenario, qwr_call_ix call,
                                        qwr_berth_ix berth);

/*
 * Adding. Each copies *def. References must point at entities added before.
 * @return QWR_OK, QWR_EINVAL (def->size is 0 or asks for fields this library does not know, or an
 *         id is missing), QWR_EOVERFLOW (the table is full), QWR_ENOMEM. @since 0.1
 */
/** Adds a quay; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_quay(qwr_scenario_builder *builder,
                                                        const qwr_quay *def, qwr_quay_ix *out);
/** Adds a quay_depth row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_quay_depth(qwr_scenario_builder *builder,
                                                              const qwr_quay_depth *def);
/** Adds a quay_break row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_quay_break(qwr_scenario_builder *builder,
                                                              const qwr_quay_break *def);
/** Adds a quay_position row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_quay_position(qwr_scenario_builder *builder,
                                                                 const qwr_quay_position *def);
/** Adds a berth; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_berth(qwr_scenario_builder *builder,
                                                         const qwr_berth *def, qwr_berth_ix *out);
/** Adds a tide row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_tide(qwr_scenario_builder *builder,
                                                        const qwr_tide *def);
/** Adds a crane; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_crane(qwr_scenario_builder *builder,
                                                         const qwr_crane *def, qwr_crane_ix *out);
/** Adds a call; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_call(qwr_scenario_builder *builder,
                                                        const qwr_call *def, qwr_call_ix *out);
/** Adds a handling row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_handling(qwr_scenario_builder *builder,
                                                            const qwr_handling *def);
/** Adds a efficiency row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_efficiency(qwr_scenario_builder *builder,
                                                              const qwr_efficiency *def);
/** Adds a place row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_place(qwr_scenario_builder *builder,
                                                         const qwr_place *def);
/** Adds a task; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_task(qwr_scenario_builder *builder,
                                                        const qwr_task *def, qwr_task_ix *out);
/** Adds a precedence row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_precedence(qwr_scenario_builder *builder,
                                                              const qwr_precedence *def);
/** Adds a window; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_window(qwr_scenario_builder *builder,
                                                          const qwr_window *def,
                                                          qwr_window_ix *out);
/** Adds a tariff row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_tariff(qwr_scenario_builder *builder,
                                                          const qwr_tariff *def);
/** Adds a node; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_node(qwr_scenario_builder *builder,
                                                        const qwr_node *def, qwr_node_ix *out);
/** Adds a lane; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_lane(qwr_scenario_builder *builder,
                                                        const qwr_lane *def, qwr_lane_ix *out);
/** Adds a block; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_block(qwr_scenario_builder *builder,
                                                         const qwr_block *def, qwr_block_ix *out);
/** Adds a transfer row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_transfer(qwr_scenario_builder *builder,
                                                            const qwr_transfer *def);
/** Adds a fleet; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_fleet(qwr_scenario_builder *builder,
                                                         const qwr_fleet *def, qwr_fleet_ix *out);
/** Adds a vehicle; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_vehicle(qwr_scenario_builder *builder,
                                                           const qwr_vehicle *def,
                                                           qwr_vehicle_ix *out);
/** Adds a charger; its index goes to *out (may be NULL). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_charger(qwr_scenario_builder *builder,
                                                           const qwr_charger *def,
                                                           qwr_charger_ix *out);
/** Adds a history row. */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_add_history(qwr_scenario_builder *builder,
                                                           const qwr_history *def);

/*
 * Reading. Counts; the entity at an index, borrowed from the scenario, NULL past the end; the
 * index of an id (v == QWR_NONE if there is none). Tide, tariff rows are in rising time; other
 * rows in the order added. @thread any @since 0.1
 */
QWR_API size_t qwr_scenario_quay_count(const qwr_scenario *scenario);
QWR_API const qwr_quay *qwr_scenario_quay(const qwr_scenario *scenario, qwr_quay_ix ix);
QWR_API qwr_quay_ix qwr_scenario_find_quay(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_quay(qwr_scenario_builder *builder,
                                                        qwr_quay_ix ix, const qwr_quay *def);
QWR_API size_t qwr_scenario_quay_depth_count(const qwr_scenario *scenario);
QWR_API const qwr_quay_depth *qwr_scenario_quay_depth(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_quay_break_count(const qwr_scenario *scenario);
QWR_API const qwr_quay_break *qwr_scenario_quay_break(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_quay_position_count(const qwr_scenario *scenario);
QWR_API const qwr_quay_position *qwr_scenario_quay_position(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_berth_count(const qwr_scenario *scenario);
QWR_API const qwr_berth *qwr_scenario_berth(const qwr_scenario *scenario, qwr_berth_ix ix);
QWR_API qwr_berth_ix qwr_scenario_find_berth(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_berth(qwr_scenario_builder *builder,
                                                         qwr_berth_ix ix, const qwr_berth *def);
QWR_API size_t qwr_scenario_tide_count(const qwr_scenario *scenario);
QWR_API const qwr_tide *qwr_scenario_tide(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_crane_count(const qwr_scenario *scenario);
QWR_API const qwr_crane *qwr_scenario_crane(const qwr_scenario *scenario, qwr_crane_ix ix);
QWR_API qwr_crane_ix qwr_scenario_find_crane(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_crane(qwr_scenario_builder *builder,
                                                         qwr_crane_ix ix, const qwr_crane *def);
QWR_API size_t qwr_scenario_call_count(const qwr_scenario *scenario);
QWR_API const qwr_call *qwr_scenario_call(const qwr_scenario *scenario, qwr_call_ix ix);
QWR_API qwr_call_ix qwr_scenario_find_call(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_call(qwr_scenario_builder *builder,
                                                        qwr_call_ix ix, const qwr_call *def);
QWR_API size_t qwr_scenario_handling_count(const qwr_scenario *scenario);
QWR_API const qwr_handling *qwr_scenario_handling(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_efficiency_count(const qwr_scenario *scenario);
QWR_API const qwr_efficiency *qwr_scenario_efficiency(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_place_count(const qwr_scenario *scenario);
QWR_API const qwr_place *qwr_scenario_place(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_task_count(const qwr_scenario *scenario);
QWR_API const qwr_task *qwr_scenario_task(const qwr_scenario *scenario, qwr_task_ix ix);
QWR_API qwr_task_ix qwr_scenario_find_task(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_task(qwr_scenario_builder *builder,
                                                        qwr_task_ix ix, const qwr_task *def);
QWR_API size_t qwr_scenario_precedence_count(const qwr_scenario *scenario);
QWR_API const qwr_precedence *qwr_scenario_precedence(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_window_count(const qwr_scenario *scenario);
QWR_API const qwr_window *qwr_scenario_window(const qwr_scenario *scenario, qwr_window_ix ix);
QWR_API qwr_window_ix qwr_scenario_find_window(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_window(qwr_scenario_builder *builder,
                                                          qwr_window_ix ix, const qwr_window *def);
QWR_API size_t qwr_scenario_tariff_count(const qwr_scenario *scenario);
QWR_API const qwr_tariff *qwr_scenario_tariff(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_node_count(const qwr_scenario *scenario);
QWR_API const qwr_node *qwr_scenario_node(const qwr_scenario *scenario, qwr_node_ix ix);
QWR_API qwr_node_ix qwr_scenario_find_node(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_node(qwr_scenario_builder *builder,
                                                        qwr_node_ix ix, const qwr_node *def);
QWR_API size_t qwr_scenario_lane_count(const qwr_scenario *scenario);
QWR_API const qwr_lane *qwr_scenario_lane(const qwr_scenario *scenario, qwr_lane_ix ix);
QWR_API qwr_lane_ix qwr_scenario_find_lane(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_lane(qwr_scenario_builder *builder,
                                                        qwr_lane_ix ix, const qwr_lane *def);
QWR_API size_t qwr_scenario_block_count(const qwr_scenario *scenario);
QWR_API const qwr_block *qwr_scenario_block(const qwr_scenario *scenario, qwr_block_ix ix);
QWR_API qwr_block_ix qwr_scenario_find_block(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_block(qwr_scenario_builder *builder,
                                                         qwr_block_ix ix, const qwr_block *def);
QWR_API size_t qwr_scenario_transfer_count(const qwr_scenario *scenario);
QWR_API const qwr_transfer *qwr_scenario_transfer(const qwr_scenario *scenario, size_t i);
QWR_API size_t qwr_scenario_fleet_count(const qwr_scenario *scenario);
QWR_API const qwr_fleet *qwr_scenario_fleet(const qwr_scenario *scenario, qwr_fleet_ix ix);
QWR_API qwr_fleet_ix qwr_scenario_find_fleet(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_fleet(qwr_scenario_builder *builder,
                                                         qwr_fleet_ix ix, const qwr_fleet *def);
QWR_API size_t qwr_scenario_vehicle_count(const qwr_scenario *scenario);
QWR_API const qwr_vehicle *qwr_scenario_vehicle(const qwr_scenario *scenario, qwr_vehicle_ix ix);
QWR_API qwr_vehicle_ix qwr_scenario_find_vehicle(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_vehicle(qwr_scenario_builder *builder,
                                                           qwr_vehicle_ix ix,
                                                           const qwr_vehicle *def);
QWR_API size_t qwr_scenario_charger_count(const qwr_scenario *scenario);
QWR_API const qwr_charger *qwr_scenario_charger(const qwr_scenario *scenario, qwr_charger_ix ix);
QWR_API qwr_charger_ix qwr_scenario_find_charger(const qwr_scenario *scenario, const char *id);
/** Changes an entity that was added before (its id included). */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_set_charger(qwr_scenario_builder *builder,
                                                           qwr_charger_ix ix,
                                                           const qwr_charger *def);
QWR_API size_t qwr_scenario_history_count(const qwr_scenario *scenario);
QWR_API const qwr_history *qwr_scenario_history(const qwr_scenario *scenario, size_t i);

#ifdef __cplusplus
}
#endif
#endif
