/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A session's life: made, fed, freed; news that are taken together or not at all. Must never plan.
 */
#include "engine/session.h"

#include <string.h>

static const char WHERE[] = "engine.session";

/** News after which the builder is made anew, so that the strings of what is gone do not pile up.
 */
#define NEWS_MAX 256

qwr_berthed qwr_berthed_init(void)
{
    return (qwr_berthed){.size = sizeof(qwr_berthed),
                         .position_mm = QWR_UNSET,
                         .start_s = QWR_UNSET,
                         .cranes = QWR_UNSET,
                         .moves_done = QWR_UNSET,
                         .end_s = QWR_UNSET};
}

qwr_pin qwr_pin_init(void)
{
    return (qwr_pin){.size = sizeof(qwr_pin),
                     .position_mm = QWR_UNSET,
                     .start_s = QWR_UNSET,
                     .cranes = QWR_UNSET};
}

static void edition_free(qwr__edition *edition)
{
    qwr_plan_free(edition->plan);
    qwr_scenario_free(edition->scenario);
    *edition = (qwr__edition){NULL, NULL, 0};
}

static void moored_free(qwr_context *ctx, qwr__moored *moored)
{
    qwr__free(ctx, moored->call);
    qwr__free(ctx, moored->quay);
    qwr__free(ctx, moored->berth);
}

void qwr_session_free(qwr_session *session)
{
    if (session == NULL)
        return;
    qwr_context *ctx = session->ctx;
    qwr_diff_free(session->diff);
    edition_free(&session->last);
    edition_free(&session->before);
    for (size_t i = 0; i < session->moored_count; i++)
        moored_free(ctx, &session->moored[i]);
    qwr__free(ctx, session->moored);
    qwr__free(ctx, session->conflicts);
    qwr__strings_free(&session->sentences);
    qwr_scenario_builder_free(session->builder);
    qwr_scenario_free(session->base);
    qwr__watch_free(session);
    qwr__free(ctx, session);
}

qwr_status qwr_session_new(qwr_session **out, qwr_context *ctx, const qwr_scenario *scenario)
{
    qwr_status status;

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (scenario == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "a session begins with a scenario");
    qwr_session *session = qwr__alloc(ctx, 1, sizeof *session);
    if (session == NULL)
        return qwr__no_memory(ctx, WHERE);
    session->ctx = ctx;
    session->now_s = QWR_UNSET;
    session->freeze_until_s = QWR_UNSET;
    session->stats = qwr_solve_stats_init();
    atomic_init(&session->planning, 0);
    qwr__strings_init(&session->sentences, ctx);
    QWR_TRY_DONE(qwr__watch_init(session));
    QWR_TRY_DONE(qwr_scenario_thaw(&session->builder, ctx, scenario));
    QWR_TRY_DONE(qwr_scenario_freeze(&session->base, session->builder));
done:
    if (status != QWR_OK) {
        qwr_session_free(session);
        return status;
    }
    *out = session;
    return QWR_OK;
}

/* --- taking news ---------------------------------------------------------------------------------
 */

qwr_status qwr__session_open(qwr_session *session)
{
    qwr_scenario_builder *builder = NULL;

    if (session == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(session->ctx);
    if (!session->stale)
        return QWR_OK;
    QWR_TRY(qwr_scenario_thaw(&builder, session->ctx, session->base));
    qwr_scenario_builder_free(session->builder);
    session->builder = builder;
    session->stale = false;
    session->news = 0;
    return QWR_OK;
}

/* Facts about calls that are gone go with them. */
static void forget_moored(qwr_session *session)
{
    size_t kept = 0;

    for (size_t i = 0; i < session->moored_count; i++) {
        qwr__moored *moored = &session->moored[i];
        if (qwr_scenario_find_call(session->base, moored->call).v == QWR_NONE)
            moored_free(session->ctx, moored);
        else
            session->moored[kept++] = *moored;
    }
    session->moored_count = kept;
}

static qwr_status take(qwr_session *session)
{
    qwr_scenario *base = NULL;
    qwr_status status = qwr_scenario_freeze(&base, session->builder);

    if (status != QWR_OK)
        return status;
    qwr_scenario_free(session->base);
    session->base = base;
    forget_moored(session);
    if (++session->news >= NEWS_MAX)
        session->stale = true;
    return QWR_OK;
}

qwr_status qwr__session_close(qwr_session *session, qwr_status status)
{
    if (session->held)
        return status;
    if (status == QWR_OK)
        status = take(session);
    if (status != QWR_OK)
        session->stale = true; /* the cause must survive: the builder is made anew later */
    return status;
}

qwr_status qwr_session_hold(qwr_scenario_builder **builder, qwr_session *session)
{
    if (builder != NULL)
        *builder = NULL;
    QWR_TRY(qwr__session_open(session));
    if (session->held)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "news are held already; qwr_session_release() takes them");
    session->held = true;
    if (builder != NULL)
        *builder = session->builder;
    return QWR_OK;
}

qwr_status qwr_session_release(qwr_session *session)
{
    if (session == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(session->ctx);
    if (!session->held)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "no news are held; qwr_session_hold() comes first");
    session->held = false;
    return qwr__session_close(session, QWR_OK);
}

/* --- time
 * ------------------------------------------------------------------------------------------ */

qwr_status qwr_session_set_now(qwr_session *session, int64_t now_s)
{
    if (session == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(session->ctx);
    int64_t horizon_s = qwr_scenario_get_info(session->base)->horizon_s;
    if (session->now_s != QWR_UNSET && now_s < session->now_s)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "it was second %lld already; time does not go back to %lld",
                         (long long)session->now_s, (long long)now_s);
    if (now_s < 0 || now_s >= horizon_s)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "second %lld lies outside the horizon of %lld s; qwr_session_roll() moves "
                         "the epoch on",
                         (long long)now_s, (long long)horizon_s);
    session->now_s = now_s;
    return QWR_OK;
}

void qwr_session_freeze_until(qwr_session *session, int64_t until_s)
{
    if (session != NULL)
        session->freeze_until_s = until_s;
}

static void shift(int64_t *at_s, int64_t by_s, int64_t least_s)
{
    if (*at_s == QWR_UNSET)
        return;
    *at_s -= by_s;
    if (*at_s < least_s)
        *at_s = least_s;
}

qwr_status qwr_session_roll(qwr_session *session, int64_t by_s)
{
    QWR_TRY(qwr__session_open(session));
    int64_t step_s = qwr_scenario_get_info(session->base)->step_s;
    if (session->held)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "news are held; qwr_session_release() comes first");
    if (by_s <= 0 || by_s % step_s != 0)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the epoch moves by a positive multiple of the step of %lld s, not by "
                         "%lld s",
                         (long long)step_s, (long long)by_s);
    QWR_TRY(qwr__session_close(session, qwr_scenario_builder_shift(session->builder, by_s)));
    for (size_t i = 0; i < session->moored_count; i++) {
        shift(&session->moored[i].told.start_s, by_s, INT64_MIN / 2);
        shift(&session->moored[i].told.end_s, by_s, 0);
    }
    session->rolled_s += by_s;
    shift(&session->now_s, by_s, 0);
    shift(&session->freeze_until_s, by_s, INT64_MIN / 2);
    session->stale = true; /* rows that went leave their strings behind */
    return QWR_OK;
}

int64_t qwr__session_shift_s(const qwr_session *session)
{
    return session->last.rolled_s - session->rolled_s;
}

int64_t qwr__session_step_up(const qwr_session *session, int64_t at_s)
{
    int64_t step_s = qwr_scenario_get_info(session->base)->step_s;
    int64_t over = at_s % step_s;

    if (over == 0)
        return at_s;
    return over > 0 ? at_s + step_s - over : at_s - over;
}
