/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Continuous and hybrid quays where a stay's length depends on its place alone and no cranes are
 * shared: up to 128 calls, solved to a proof.
 */
#ifndef QWR_CONTINUOUS_CONTINUOUS_H
#define QWR_CONTINUOUS_CONTINUOUS_H

#include "berth/berth.h"

/**
 * Improves plan and bound until the gap is closed or the budget is used up; may be run again.
 * @return QWR_EUNSUPPORTED: the scenario is of another kind, nothing was done.
 */
qwr_status qwr__continuous_solve(qwr__berth *b, qwr__budget budget);

#endif
