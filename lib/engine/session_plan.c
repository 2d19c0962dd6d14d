/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cycle of a session: derive what is to be planned, plan it from the last plan on, tell what
 * moved, and keep both. A cycle that fails leaves the last one as it was.
 */
#include "diff/diff.h"
#include "engine/session.h"
#include "registry/registry.h"

#include <string.h>

static const char WHERE[] = "engine.session";

qwr_session_result qwr_session_result_init(void)
{
    return (qwr_session_result){.size = sizeof(qwr_session_result),
                                .stats = qwr_solve_stats_init()};
}

static qwr_status take_options(qwr_solve_options *own, qwr_session *session,
                               const qwr_solve_options *given)
{
    *own = qwr_solve_options_init();
    if (given == NULL)
        return QWR_OK;
    if (given->size < sizeof given->size)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "qwr_solve_options.size is not set; start from qwr_solve_options_init()");
    memcpy(own, given, given->size < sizeof *own ? given->size : sizeof *own);
    own->size = sizeof *own;
    if (own->start != NULL)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "a session starts from its own last plan: options.start must be NULL");
    return QWR_OK;
}

/* The new plan becomes the last one, the last one the one before. Takes all parts of the outlook.
 */
static void keep(qwr_session *session, qwr__outlook *outlook, qwr_plan *plan, qwr_diff *diff,
                 const qwr_solve_stats *stats)
{
    qwr_diff_free(session->diff);
    qwr_plan_free(session->before.plan);
    qwr_scenario_free(session->before.scenario);
    qwr_plan_free(outlook->start);
    qwr__conflicts_free(session->ctx, &session->conflicts);
    session->before = session->last;
    session->last = (qwr__edition){outlook->scenario, plan, session->rolled_s};
    session->diff = diff;
    session->conflicts = outlook->conflicts;
    session->carried = outlook->carried;
    session->frozen = outlook->frozen;
    session->stats = *stats;
    session->cycle++;
}

static qwr_status cycle(qwr_session *session, qwr_solve_options *options, int64_t begin_us)
{
    qwr__outlook outlook;
    qwr_solve_stats stats = qwr_solve_stats_init();
    qwr_plan *plan = NULL;
    qwr_diff *diff = NULL;
    qwr_status status;

    QWR_TRY(qwr__session_outlook(&outlook, session));
    options->start = outlook.start;
    if (options->deadline_ms >= 0) {
        options->deadline_ms -= (qwr__now_us() - begin_us) / 1000;
        options->deadline_ms = options->deadline_ms < 0 ? 0 : options->deadline_ms;
    }
    QWR_TRY_DONE(qwr_solve(&plan, session->ctx, outlook.scenario, options, &stats));
    if (session->last.plan != NULL)
        QWR_TRY_DONE(qwr__plan_diff(&diff, session->ctx, session->last.plan, plan,
                                    qwr__session_shift_s(session)));
    stats.elapsed_us = qwr__now_us() - begin_us;
    keep(session, &outlook, plan, diff, &stats);
    return QWR_OK;
done:
    qwr_plan_free(plan);
    qwr__outlook_free(session->ctx, &outlook);
    return status;
}

qwr_status qwr_session_last(qwr_session_result *result, const qwr_session *session)
{
    if (result == NULL || session == NULL || result->size < sizeof result->size)
        return QWR_EINVAL;
    if (session->last.plan == NULL)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "there is no plan yet; qwr_session_plan() makes one");
    qwr_session_result own = {.size = sizeof own,
                              .conflict_count = (uint32_t)session->conflicts.count,
                              .scenario = session->last.scenario,
                              .plan = session->last.plan,
                              .diff = session->diff,
                              .conflicts = session->conflicts.data,
                              .cycle = session->cycle,
                              .carried = session->carried,
                              .frozen = session->frozen,
                              .stats = session->stats};
    uint32_t size = result->size < sizeof own ? result->size : (uint32_t)sizeof own;
    memcpy(result, &own, size);
    result->size = size;
    return QWR_OK;
}

qwr_status qwr_session_plan(qwr_session_result *result, qwr_session *session,
                            const qwr_solve_options *options)
{
    int64_t begin_us = qwr__now_us();
    qwr_solve_options own;

    if (session == NULL)
        return QWR_EINVAL;
    QWR_TRY(qwr__session_open(session)); /* refused news leave no trace */
    if (session->held)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "news are held; qwr_session_release() takes them before a plan is made");
    QWR_TRY(take_options(&own, session, options));
    qwr__watch_begin(session, &own);
    qwr__registry_forgive(session->ctx);
    qwr_status status = cycle(session, &own, begin_us);
    qwr__watch_end(session);
    if (status == QWR_OK && result != NULL)
        status = qwr_session_last(result, session);
    return status;
}

qwr_status qwr_session_plan_text(char **text, size_t *length, qwr_session *session,
                                 qwr_plan_format format)
{
    if (text == NULL || session == NULL)
        return QWR_EINVAL;
    *text = NULL;
    if (session->last.plan == NULL)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "there is no plan yet; qwr_session_plan() makes one");
    return qwr_plan_text(text, length, session->ctx, session->last.plan, format);
}
