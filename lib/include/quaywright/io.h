/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files: scenarios, plans, history and published instances. The only part of the library that
 * opens files. Everything is written to a temporary beside the target and renamed.
 */
#ifndef QUAYWRIGHT_IO_H
#define QUAYWRIGHT_IO_H

#include <quaywright/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Formats of scenario files. Recognised by content, see each reader's header comment. */
typedef enum qwr_format {
    QWR_FORMAT_AUTO = 0,
    QWR_FORMAT_XML,         /**< Quaywright scenario, data/schema/scenario.xsd. */
    QWR_FORMAT_DBAP_TEXT,   /**< Discrete berths: n, m, arrivals, openings, handling matrix, ... */
    QWR_FORMAT_HYBRID_JSON, /**< Hybrid berths: n_berths, n_ships, arrival_time[], ... */
    QWR_FORMAT_CSBAP_TEXT,  /**< A continuous quay with breaks: horizon, length, ... @since 0.3 */
    QWR_FORMAT_TIDAL_CSV    /**< A continuous quay that is left at high water. @since 0.3 */
} qwr_format;

/** Formats of plan files. */
typedef enum qwr_plan_format {
    QWR_PLAN_AUTO = 0, /**< By content when reading, by file extension when writing. */
    QWR_PLAN_XML,
    QWR_PLAN_JSON,
    QWR_PLAN_CSV,         /**< One row a call, times in UTC. */
    QWR_PLAN_SOLUTION_CSV /**< vessel,place,start,end in the published units, 1-based; quay,
                             cranes, rate_moves_h behind them where the scenario needs it. A line
                             "# value N" states the value the solution claims: it becomes the cost
                             of the plan's quality. */
} qwr_plan_format;

/** Lower-case name of a format ("xml", "dbap-text", "hybrid-json", "csbap-text", "tidal-csv");
 * static. @thread any @since 0.1 */
QWR_API const char *qwr_format_name(qwr_format format);

/** Recognises a file. QWR_FORMAT_AUTO in *format: none of ours. @return QWR_OK, QWR_EIO. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_format_detect(qwr_format *format, qwr_context *ctx,
                                                    const char *path);

/** As qwr_format_detect(), for bytes in memory; their beginning is enough. Never fails: what is
    none of ours, or NULL, is QWR_FORMAT_AUTO. @thread any @since 0.2 */
QWR_API qwr_format qwr_format_of_text(const char *data, size_t length);

/**
 * Reads a scenario file and freezes it.
 * @param out owned by caller; free with qwr_scenario_free().
 * @return QWR_OK, QWR_EIO, QWR_EFORMAT (file, line, element, what was expected, nearest valid
 *         word), QWR_ESCENARIO, QWR_EOVERFLOW, QWR_ETOOBIG, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_load(qwr_scenario **out, qwr_context *ctx,
                                                    const char *path, qwr_format format);

/** As qwr_scenario_load(), but hands out the builder, to vary it or to add history. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_builder_load(qwr_scenario_builder **out,
                                                            qwr_context *ctx, const char *path,
                                                            qwr_format format);

/** Reads a scenario from memory; `name` stands for the file in messages. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_parse(qwr_scenario_builder **out, qwr_context *ctx,
                                                     const char *data, size_t length,
                                                     const char *name, qwr_format format);

/** Writes a scenario as XML. Reading it back gives the same hash. @return QWR_OK, QWR_EIO,
 * QWR_ENOMEM. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_save(qwr_context *ctx, const qwr_scenario *scenario,
                                                    const char *path);

/**
 * The bytes qwr_scenario_save() would write.
 * @param text   owned by caller; free with qwr_text_free(). Ends in a NUL that is not counted.
 * @param length bytes; may be NULL. @return QWR_OK, QWR_EINVAL, QWR_ESCENARIO, QWR_ENOMEM.
 * @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_text(char **text, size_t *length, qwr_context *ctx,
                                                    const qwr_scenario *scenario);

/**
 * Adds the rows of a history CSV to a builder. Header line required; columns by name:
 * vessel, service, class, start (ISO 8601), moves, cranes, work_h, eta_error_h.
 * @return QWR_OK, QWR_EIO, QWR_EFORMAT, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_history_load(qwr_context *ctx, qwr_scenario_builder *builder,
                                                   const char *path);
QWR_API QWR_MUST_CHECK qwr_status qwr_history_parse(qwr_context *ctx, qwr_scenario_builder *builder,
                                                    const char *data, size_t length,
                                                    const char *name);

/** Writes a plan. Holds no run times, thread counts or paths. @return QWR_OK, QWR_EIO, QWR_ENOMEM.
 * @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_save(qwr_context *ctx, const qwr_plan *plan,
                                                const char *path, qwr_plan_format format);

/** The bytes qwr_plan_save() would write; AUTO is refused. As qwr_scenario_text(). @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_text(char **text, size_t *length, qwr_context *ctx,
                                                const qwr_plan *plan, qwr_plan_format format);

/** Reads a plan of this scenario. @return QWR_OK, QWR_EIO, QWR_EFORMAT (e.g. unknown call id),
 * QWR_ENOMEM. @since 0.1 */
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_load(qwr_plan **out, qwr_context *ctx,
                                                const qwr_scenario *scenario, const char *path,
                                                qwr_plan_format format);
QWR_API QWR_MUST_CHECK qwr_status qwr_plan_parse(qwr_plan **out, qwr_context *ctx,
                                                 const qwr_scenario *scenario, const char *data,
                                                 size_t length, const char *name,
                                                 qwr_plan_format format);

/**
 * Writes bytes to a file in one step: temporary in the same folder, then rename. For programs that
 * write beside the library and want no torn files.
 * @return QWR_OK, QWR_EIO, QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_file_write(qwr_context *ctx, const char *path,
                                                 const char *data, size_t length);

/** The published value of a cost: cost_mu / 1000, e.g. "1763" or "12.5". @param text at least 32
 * bytes. @since 0.1 */
QWR_API void qwr_value_text(char *text, size_t capacity, int64_t cost_mu);

/** "YYYY-MM-DDTHH:MM:SSZ" of an instant of this scenario. @param text at least 32 bytes. @thread
 * any @since 0.1 */
QWR_API void qwr_time_text(char *text, size_t capacity, const qwr_scenario *scenario, int64_t at_s);

#ifdef __cplusplus
}
#endif
#endif
