/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in optimiser of discrete berths: annealing on berth sequences. */
#ifndef QWR_DISCRETE_SEQUENCE_H
#define QWR_DISCRETE_SEQUENCE_H

#include <quaywright/plugin.h>

/** Answers QWR_PLUGIN_EUNSUPPORTED to problems that qwr__lanes_init() does not take. */
extern const qwr_plugin qwr__sequence_plugin;

#endif
