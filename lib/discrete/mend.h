/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large moves for a solution: a few lanes with the calls that lie there are taken out and planned
 * anew by branch and price, as a problem of their own with the multipliers of the whole.
 */
#ifndef QWR_DISCRETE_MEND_H
#define QWR_DISCRETE_MEND_H

#include "discrete/lanes.h"

/**
 * Plans one choice of lanes anew, from the host's incumbent; what is better goes to the host.
 * @param index tells one choice from the others. @param pi [calls] multipliers of the whole.
 * @return QWR_PLUGIN_OK, _ENOMEM.
 */
int32_t qwr__mend(bool *found, const qwr__lanes *whole, const int64_t *pi, uint64_t index);

#endif
