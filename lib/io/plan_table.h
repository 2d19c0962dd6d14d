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
} qwr__plan_row;

extern const qwr__attr qwr__plan_head_rows[];
extern const size_t qwr__plan_head_count;
extern const qwr__attr qwr__plan_row_rows[];
extern const size_t qwr__plan_row_count;

/** Everything unset. */
qwr__plan_head qwr__plan_head_init(void);
qwr__plan_row qwr__plan_row_init(void);

/** Head and rows of a plan; texts are borrowed from it. */
qwr__plan_head qwr__plan_head_of(const qwr_plan *plan);
qwr__plan_row qwr__plan_row_of(const qwr_plan *plan, qwr_call_ix call);

/** Seconds since 1970 of second 0 of a scenario; 0 if it has no epoch. */
int64_t qwr__scenario_epoch(const qwr_scenario *scenario);

/** A value of a row as text; NULL: not set, so nothing is written. `number` holds short ones. */
const char *qwr__plan_value(char number[QWR__ATTR_TEXT_MAX], const qwr_scenario *scenario,
                            const qwr__attr *attr, const void *def);

/** Adds the rows that are set as XML attributes, each with a blank before it. */
void qwr__plan_put_xml(qwr__text *text, const qwr_scenario *scenario, const qwr__attr *rows,
                       size_t count, const void *def);

#endif
