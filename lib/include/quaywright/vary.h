/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variations of a scenario, for what-if studies: "cranes.count=8..14", "calls.eta_shift=
 * normal(0,3h)". A variation names a variable and one level or several; a level is a number or a
 * distribution. qwr_scenario_vary() makes the scenario that stands at one level of each.
 *
 * Text of a variation: VARIABLE OPERATOR LEVELS.
 *   VARIABLE   one of qwr_variation_variable_name(), with an optional selection after its first
 *              word: calls[ID].eta_shift, calls[service=AEX].moves, calls[class=feeder].rate,
 *              calls[vessel=NAME]..., cranes[ID]..., cranes[quay=Q1].count, quays[ID]...,
 *              berths[ID]..., berths[quay=Q1]..., windows[ID]..., windows[quay=Q1]...
 *   OPERATOR   =  sets,  +=  adds,  *=  multiplies.
 *   LEVELS     items with commas between them: 8   25,30,35   8..14   8..14/2   normal(0,3h)
 *   Units      s min h d (durations), mm cm m km (lengths), % (factors). Numbers without a unit
 *              take that of the last number beside them, else h, m, or none.
 *   Distributions  normal(MEAN,SD) uniform(LOW,HIGH) triangular(LOW,MODE,HIGH) exponential(MEAN);
 *              with *= also lognormal(MU,SIGMA) of the logarithm; for calls.eta_shift also
 *              history() (an ETA error of the scenario's past calls) and spread(K) (normal, K times
 *              the call's own eta_sd).
 *
 * Draws are functions of (seed, variable and selection, replication, id of the entity), never of
 * the level or of other variations: the same replication draws the same luck at every level, which
 * is what makes paired comparisons sharp (common random numbers). Normal numbers by Wichura's
 * AS 241, one uniform number each.
 */
#ifndef QUAYWRIGHT_VARY_H
#define QUAYWRIGHT_VARY_H

#include <quaywright/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_variation qwr_variation;

/**
 * Parses a variation; see above. A range may have 10 000 levels, a text 4096 bytes.
 * @param out  owned by caller; free with qwr_variation_free().
 * @return QWR_OK, QWR_EINVAL (the cause says what is wrong, names the nearest word and an example),
 *         QWR_ENOMEM.
 * @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_variation_parse(qwr_variation **out, qwr_context *ctx,
                                                      const char *text);

/** Frees a variation; NULL is allowed. @since 0.2 */
QWR_API void qwr_variation_free(qwr_variation *variation);

/** Variable with its selection, e.g. "calls[EV1].eta_shift"; borrowed. @thread any @since 0.2 */
QWR_API const char *qwr_variation_name(const qwr_variation *variation);

/** "=", "+=" or "*="; static. @thread any @since 0.2 */
QWR_API const char *qwr_variation_operator(const qwr_variation *variation);

/** Unit of qwr_variation_level_value(): "h", "m", "moves/h", "" ...; static. @thread any
 * @since 0.2 */
QWR_API const char *qwr_variation_unit(const qwr_variation *variation);

/** Number of levels, 1 or more. @thread any @since 0.2 */
QWR_API size_t qwr_variation_levels(const qwr_variation *variation);

/** A level as it may be written after the operator, e.g. "9", "1.5h", "normal(0h,3h)"; borrowed,
 * NULL past the end. @thread any @since 0.2 */
QWR_API const char *qwr_variation_level_text(const qwr_variation *variation, size_t level);

/**
 * A level as a number, for axes. @param value in qwr_variation_unit(); untouched on failure.
 * @return 1, or 0 if the level is a distribution or past the end. @thread any @since 0.2
 */
QWR_API int qwr_variation_level_value(const qwr_variation *variation, size_t level, double *value);

/** 1 if some level is a distribution. @thread any @since 0.2 */
QWR_API int qwr_variation_is_random(const qwr_variation *variation);

/**
 * The scenario that stands at `levels[i]` of `variations[i]`, applied in this order.
 * Calls whose start is pinned have arrived: shifts of all calls leave them, a shift of one such
 * call by its id is refused. Drawn values are kept inside the range of their field, and drawn
 * arrivals within a horizon of the epoch; values given as numbers are not, freezing says so.
 * @param out         owned by caller; free with qwr_scenario_free().
 * @param base        borrowed during the call.
 * @param variations  array of length `count`; may be NULL if `count` is 0.
 * @param levels      array of length `count`.
 * @param seed, replication  together with names and ids they decide every draw.
 * @return QWR_OK, QWR_EINVAL (no such level), QWR_ENOTFOUND (a variation names nothing in this
 *         scenario), QWR_ESCENARIO, QWR_EOVERFLOW (it makes an impossible scenario), QWR_ENOMEM.
 * @thread one at a time per context; `base` may be shared  @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_scenario_vary(qwr_scenario **out, qwr_context *ctx,
                                                    const qwr_scenario *base,
                                                    const qwr_variation *const *variations,
                                                    const size_t *levels, size_t count,
                                                    uint64_t seed, uint64_t replication);

/** Number of variables. @thread any @since 0.2 */
QWR_API size_t qwr_variation_variable_count(void);
/** Name of the i-th variable, what it does in a sentence, and an example of a variation; static,
 * NULL past the end. @thread any @since 0.2 */
QWR_API const char *qwr_variation_variable_name(size_t i);
QWR_API const char *qwr_variation_variable_sentence(size_t i);
QWR_API const char *qwr_variation_variable_example(size_t i);

#ifdef __cplusplus
}
#endif
#endif
