/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans from sequences: one call after the other goes where it costs least, or where it costs least
 * within one section. Annealing over sequence and sections finds the plan.
 */
#ifndef QWR_CONTINUOUS_DECODE_H
#define QWR_CONTINUOUS_DECODE_H

#include "continuous/packing.h"

/** Calls of one section with their cost: a part of a plan. */
typedef void (*qwr__part_fn)(void *payload, uint32_t section, qwr__calls calls, int64_t cost);

/**
 * Anneals within the berth stage's budget and offers it the best plan of each round; what each
 * section holds in the plans on the way to it goes to `part` (NULL: nowhere).
 * @param first number of the first round of cooling: another number, other dice.
 * @param rounds at most.
 */
qwr_status qwr__packing_anneal(const qwr__packing *p, int first, int rounds, qwr__part_fn part,
                               void *payload);

#endif
