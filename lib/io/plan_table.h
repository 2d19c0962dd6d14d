/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a plan file says, as two structs and their rows: XML, JSON and CSV are spellings of these.
 * Knows no file format.
 */
#ifndef QWR_IO_PLAN_TABLE_H
#define QWR_IO_PLAN_TABLE_H

#include "io/attr.h"

#include <quaywright/plan.h>

/** The version of the format. */
#define QWR__PLAN_FORMAT "1"

/** The plan as a whole. Texts are borrowed. */
typedef struct qwr__plan_head {
    const char *scenario;
    uint64_t scenario_hash;
    uint32_t outcome, stop;
    int64_t value_mu; /**< Written for people as a published value; the same as cost_mu. */
    int64_t cost_mu, bound_mu;
    int64_t gap_milli_pct;
    int64_t unplaced, work;
    uint64_t seed;
    const char *proof, *forecast;
    const char *version; /**< Of the library that wrote it. */
} qwr__plan_head;

/** One call of it. */
typedef struct qwr__plan_row {
    qwr_call_ix call;
    const char *vessel;
    uint32_t placed;
    qwr_quay_ix quay;
    qwr_berth_ix berth;
    int64_t position_mm, start_s, end_s, cranes, rate_milli, cost_mu;
    const char *reason;
    const char *profile; /**< as qwr__profile_spell() writes it */
} qwr__plan_row;

/** Room for the text of a crane profile. */
#define QWR__PROFILE_TEXT_MAX (QWR_CRANE_STEPS_MAX * 48)

/** Spells a profile; NULL: there is none. */
const char *qwr__profile_spell(char text[QWR__PROFILE_TEXT_MAX], int64_t epoch_unix_s,
                               const qwr_crane_step *steps, uint32_t count);
/** Reads one. @return QWR_OK, QWR_EFORMAT. */
qwr_status qwr__profile_read(qwr_crane_step steps[QWR_CRANE_STEPS_MAX], uint32_t *count,
                             const qwr__spot *spot, const char *text, int64_t epoch_unix_s);

extern const qwr__attr qwr__plan_head_rows[];
extern const size_t qwr__plan_head_count;
extern const qwr__attr qwr__plan_row_rows[];
extern const size_t qwr__plan_row_count;

/** Everything unset. */
qwr__plan_head qwr__plan_head_init(void);
qwr__plan_row qwr__plan_row_init(void);

/** Head and rows of a plan; texts are borrowed from it, the profile lies in
 * `profile`. */
qwr__plan_head qwr__plan_head_of(const qwr_plan *plan);
qwr__plan_row qwr__plan_row_of(const qwr_plan *plan, qwr_call_ix call,
                               char profile[QWR__PROFILE_TEXT_MAX]);

/** Seconds since 1970 of second 0 of a scenario; 0 if it has no epoch. */
int64_t qwr__scenario_epoch(const qwr_scenario *scenario);

/** A value of a row as text; NULL: not set, so nothing is written. `number` holds short ones. */
const char *qwr__plan_value(char number[QWR__ATTR_TEXT_MAX], const qwr_scenario *scenario,
                            const qwr__attr *attr, const void *def);

/** Adds the rows that are set as XML attributes, each with a blank before it. */
void qwr__plan_put_xml(qwr__text *text, const qwr_scenario *scenario, const qwr__attr *rows,
                       size_t count, const void *def);

#endif
