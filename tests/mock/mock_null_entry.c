/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: its entry returns no descriptor. */
#include "mock.h"

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return NULL;
}
