/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of a scenario that is still being built, for readers that add to it. */
#ifndef QWR_SCENARIO_FRAME_H
#define QWR_SCENARIO_FRAME_H

#include <quaywright/scenario.h>

/** Borrowed until qwr_scenario_builder_set_info() or the builder's end. */
const qwr_scenario_info *qwr__builder_info(const qwr_scenario_builder *builder);

#endif
