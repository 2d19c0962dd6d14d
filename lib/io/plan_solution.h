/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Solutions of published instances: a row a vessel, numbers from 1, times in published units. Knows
 * no rule and no cost.
 */
#ifndef QWR_IO_PLAN_SOLUTION_H
#define QWR_IO_PLAN_SOLUTION_H

#include "io/csv.h"
#include "io/plan_table.h"

/** Whether a CSV is a solution: it begins with a remark, or its header names a place and no call.
 */
bool qwr__solution_detect(const char *data, size_t length);

/**
 * Hands over a qwr__plan_row for each vessel, in the order of the file.
 * @param spot      with the ids of the scenario.
 * @param value_mu  gets the value that the file claims, QWR_UNSET if it claims none.
 */
qwr_status qwr__solution_read(const qwr__spot *spot, const qwr_scenario *scenario, const char *data,
                              size_t length, qwr__csv_row_fn row, void *payload, int64_t *value_mu);

/** A time in published units x 10^6, rounded; false when it does not fit. */
bool qwr__solution_units(int64_t *micro, const qwr_scenario *scenario, int64_t at_s);

/** Whether a place alone does not say the quay: there are several, and not all are discrete. */
bool qwr__solution_names_quay(const qwr_scenario *scenario);

#endif
