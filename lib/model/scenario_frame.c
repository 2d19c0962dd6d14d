/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking at the frame of a builder: io needs the epoch to place instants of further files. Must
 * never show more of the inside.
 */
#include "model/scenario_frame.h"
#include "model/scenario_private.h"

const qwr_scenario_info *qwr__builder_info(const qwr_scenario_builder *builder)
{
    return &builder->info;
}
