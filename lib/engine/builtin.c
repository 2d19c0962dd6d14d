/* SPDX-License-Identifier: Apache-2.0 */
/* The library's own plugins: registered like any other, by the same descriptors. */
#include "registry/builtin.h"
#include "berth/search.h"

const qwr_plugin *const qwr__builtin_plugins[] = {&qwr__search_plugin, NULL};
