/* SPDX-License-Identifier: Apache-2.0 */
/* The library's own plugins: registered like any other, by the same descriptors. */
#include "registry/builtin.h"
#include "berth/search.h"
#include "discrete/discrete.h"
#include "discrete/sequence.h"

const qwr_plugin *const qwr__builtin_plugins[] = {&qwr__search_plugin, &qwr__sequence_plugin,
                                                  &qwr__interval_plugin, &qwr__branch_plugin, NULL};
