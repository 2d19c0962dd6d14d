/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in search: an OPTIMISER like any other, registered under the id "search". */
#ifndef QWR_BERTH_SEARCH_H
#define QWR_BERTH_SEARCH_H

#include <quaywright/plugin.h>

extern const qwr_plugin qwr__search_plugin;

#endif
