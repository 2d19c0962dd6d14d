/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Modules that are linked into the library in a static build (--disable-shared): their entry
 * functions. The table is made by make (lib/registry/static_modules.c in the build tree) and empty
 * in a shared build, so that code that walks it needs no #ifdef.
 */
#ifndef QWR_REGISTRY_STATIC_MODULES_H
#define QWR_REGISTRY_STATIC_MODULES_H

#include <quaywright/plugin.h>

/** `qwr__static_module_count` entries, then NULL. */
extern const qwr_plugin_entry_fn qwr__static_modules[];
extern const size_t qwr__static_module_count;

#endif
