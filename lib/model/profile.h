/* SPDX-License-Identifier: Apache-2.0 */
/* A stay's crane counts for people, and whether two stays have the same. Knows no rule. */
#ifndef QWR_MODEL_PROFILE_H
#define QWR_MODEL_PROFILE_H

#include "base/base.h"

#include <quaywright/plan.h>

enum { QWR__COUNTS_MAX = 48 };

/** "3", or "4-3-2" in the order of the steps; "2 to 4" where there are more than four of them. */
const char *qwr__crane_counts(char text[QWR__COUNTS_MAX], const qwr_stay *stay);
/** Fewest cranes the stay holds all through its work. */
int64_t qwr__least_cranes(const qwr_stay *stay);
/** Same counts at the same times, the second plan's clock being `shift_s` ahead? */
bool qwr__same_cranes(const qwr_stay *a, const qwr_stay *b, int64_t shift_s);

#endif
