/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Optimisers for discrete berths. Each runs on its own through the plugin ABI: "interval" makes a
 * bound, "branch" bound, solutions and proof. They return QWR_PLUGIN_EUNSUPPORTED for problems
 * whose berths do not hold one vessel at a time.
 */
#ifndef QWR_DISCRETE_DISCRETE_H
#define QWR_DISCRETE_DISCRETE_H

#include <quaywright/plugin.h>

extern const qwr_plugin qwr__interval_plugin;
extern const qwr_plugin qwr__branch_plugin;

#endif
