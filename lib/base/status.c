/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words for status codes, outcomes and stop reasons, and the version of the library.
 * Must never allocate, and never hold a sentence: sentences belong to the place that failed.
 */
#include <quaywright/context.h>
#include <quaywright/version.h>

const char *qwr_status_name(qwr_status status)
{
    switch (status) {
    case QWR_OK:
        return "QWR_OK";
    case QWR_EINVAL:
        return "QWR_EINVAL";
    case QWR_ENOMEM:
        return "QWR_ENOMEM";
    case QWR_EIO:
        return "QWR_EIO";
    case QWR_EFORMAT:
        return "QWR_EFORMAT";
    case QWR_ESCENARIO:
        return "QWR_ESCENARIO";
    case QWR_EOVERFLOW:
        return "QWR_EOVERFLOW";
    case QWR_ENOTFOUND:
        return "QWR_ENOTFOUND";
    case QWR_ESTATE:
        return "QWR_ESTATE";
    case QWR_EPLUGIN:
        return "QWR_EPLUGIN";
    case QWR_ESOLVER:
        return "QWR_ESOLVER";
    case QWR_EUNSUPPORTED:
        return "QWR_EUNSUPPORTED";
    case QWR_ETOOBIG:
        return "QWR_ETOOBIG";
    }
    return "QWR_STATUS_UNKNOWN";
}

const char *qwr_outcome_name(qwr_outcome outcome)
{
    switch (outcome) {
    case QWR_OUTCOME_NONE:
        return "none";
    case QWR_OUTCOME_FEASIBLE:
        return "feasible";
    case QWR_OUTCOME_OPTIMAL:
        return "optimal";
    case QWR_OUTCOME_INFEASIBLE:
        return "infeasible";
    }
    return "unknown";
}

const char *qwr_stop_name(qwr_stop stop)
{
    switch (stop) {
    case QWR_STOP_DONE:
        return "done";
    case QWR_STOP_DEADLINE:
        return "deadline";
    case QWR_STOP_WORK:
        return "work";
    case QWR_STOP_CANCEL:
        return "cancel";
    case QWR_STOP_LIMIT:
        return "limit";
    }
    return "unknown";
}

const char *qwr_version(void)
{
    return QWR_VERSION;
}

int qwr_version_at_least(int major, int minor, int patch)
{
    if (major != QWR_VERSION_MAJOR)
        return major < QWR_VERSION_MAJOR;
    if (minor != QWR_VERSION_MINOR)
        return minor < QWR_VERSION_MINOR;
    return patch <= QWR_VERSION_PATCH;
}
