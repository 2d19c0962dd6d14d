/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the files of the conformance suites: how a check is reported. One suite a kind of plugin.
 */
#ifndef QWR_REGISTRY_CONFORMANCE_H
#define QWR_REGISTRY_CONFORMANCE_H

#include "registry/registry.h"

/** One run of a suite. */
typedef struct qwr__conformance {
    qwr_context *ctx;
    const qwr_plugin *plugin;
    qwr_conformance_fn each; /* may be NULL */
    void *payload;
    int failed;
} qwr__conformance;

/** Reports a check; `why` (printf-like) is added when it failed. Returns `passed`. */
bool qwr__conform(qwr__conformance *c, bool passed, const char *name, const char *why, ...)
    QWR_PRINTF(4, 5);
/** Reports a check that is a call: passed on QWR_OK, else the innermost cause tells why. */
bool qwr__conform_status(qwr__conformance *c, qwr_status status, const char *name);
/** Message of the innermost cause, or the name of the status. */
const char *qwr__conform_cause(const qwr__conformance *c, qwr_status status);

/** The suites. @return QWR_OK, QWR_ENOMEM; what the plugin did wrong is counted, not returned. */
qwr_status qwr__conform_solver(qwr__conformance *c);
qwr_status qwr__conform_optimiser(qwr__conformance *c);
qwr_status qwr__conform_forecast(qwr__conformance *c);

#endif
