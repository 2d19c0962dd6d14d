/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors that live in the library itself; the table is filled by the engine, which knows the
 * stages. */
#ifndef QWR_REGISTRY_BUILTIN_H
#define QWR_REGISTRY_BUILTIN_H

#include <quaywright/plugin.h>

/** Ends with NULL. */
extern const qwr_plugin *const qwr__builtin_plugins[];

#endif
