/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance check: load a module, run the suite of its kind, one line a check. Knows no kind
 * from the inside.
 */
#include "registry/conformance.h"
#include "registry/private.h"

#include <stdio.h>

#define WHERE "registry.conformance"

bool qwr__conform(qwr__conformance *c, bool passed, const char *name, const char *why, ...)
{
    char reason[400] = "";
    char line[600];
    if (!passed)
        c->failed++;
    if (c->each == NULL)
        return passed;
    if (!passed) {
        va_list args;
        va_start(args, why);
        (void)vsnprintf(reason, sizeof reason, why, args);
        va_end(args);
    }
    (void)snprintf(line, sizeof line, "%s%s%s", name, reason[0] != '\0' ? ": " : "", reason);
    c->each(passed ? 1 : 0, line, c->payload);
    return passed;
}

const char *qwr__conform_cause(const qwr__conformance *c, qwr_status status)
{
    const qwr_cause *cause = qwr_context_cause(c->ctx, 0);
    return cause != NULL ? cause->message : qwr_status_name(status);
}

bool qwr__conform_status(qwr__conformance *c, qwr_status status, const char *name)
{
    return qwr__conform(c, status == QWR_OK, name, "%s", qwr__conform_cause(c, status));
}

static void check_descriptor(qwr__conformance *c)
{
    char message[400];
    qwr_status status = qwr__handshake(c->plugin, message, sizeof message);
    (void)qwr__conform(c, status == QWR_OK, "the descriptor passes the handshake", "%s", message);
}

qwr_status qwr_plugin_conformance(int *failed, qwr_context *ctx, const char *path,
                                  qwr_conformance_fn each, void *payload)
{
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (failed == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "there is no place for the count");
    qwr__conformance c = {.ctx = ctx, .each = each, .payload = payload};
    qwr_status status = qwr__loader_load(&c.plugin, ctx, path);
    if (status != QWR_OK)
        return status == QWR_EINVAL ? qwr__cause(ctx, QWR_EPLUGIN, WHERE, "it cannot be checked")
                                    : status;
    check_descriptor(&c);
    switch ((qwr_plugin_kind)c.plugin->kind) {
    case QWR_PLUGIN_FORECAST:
        status = qwr__conform_forecast(&c);
        break;
    case QWR_PLUGIN_OPTIMISER:
        status = qwr__conform_optimiser(&c);
        break;
    case QWR_PLUGIN_SOLVER:
        status = qwr__conform_solver(&c);
        break;
    }
    if (status == QWR_OK) {
        qwr__causes_clear(ctx);
        *failed = c.failed;
    }
    return status;
}
