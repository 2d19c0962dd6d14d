/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Quaywright: berths, quay cranes and vehicles of a container terminal. This header includes the
 * whole API; <quaywright/plugin.h> and <quaywright/solver.h> are what plugins include.
 */
#ifndef QUAYWRIGHT_QUAYWRIGHT_H
#define QUAYWRIGHT_QUAYWRIGHT_H

#include <quaywright/certificate.h>
#include <quaywright/check.h>
#include <quaywright/context.h>
#include <quaywright/diff.h>
#include <quaywright/edit.h>
#include <quaywright/entities.h>
#include <quaywright/explain.h>
#include <quaywright/generate.h>
#include <quaywright/io.h>
#include <quaywright/plan.h>
#include <quaywright/registry.h>
#include <quaywright/report.h>
#include <quaywright/scenario.h>
#include <quaywright/session.h>
#include <quaywright/solve.h>
#include <quaywright/types.h>
#include <quaywright/vary.h>
#include <quaywright/version.h>

#endif
