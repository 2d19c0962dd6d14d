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

void qwr__moored_free(qwr_context *ctx, qwr__moored *moored)
{
    qwr__free(ctx, moored->call);
    qwr__free(ctx, moored->quay);
    qwr__free(ctx, moored->berth);
}

static void moorings_free(qwr_context *ctx, qwr__moorings *m)
{
    for (size_t i = 0; i < m->count; i++)
        qwr__moored_free(ctx, &m->data[i]);
    qwr__free(ctx, m->data);
    *m = (qwr__moorings){NULL, 0, 0};
}

qwr_status qwr__moored_copy(qwr__moored *to, qwr_context *ctx, const qwr__moored *from)
{
    *to = *from;
    to->call = qwr__strdup(ctx, from->call);
    to->quay = qwr__strdup(ctx, from->quay);
    to->berth = from->berth != NULL ? qwr__strdup(ctx, from->berth) : NULL;
    if (to->call == NULL || to->quay == NULL || (from->berth != NULL && to->berth == NULL)) {
        qwr__moored_free(ctx, to);
        return qwr__no_memory(ctx, WHERE);
    }
    to->told.quay = to->quay;
    to->told.berth = to->berth;
    return QWR_OK;
}

static qwr_status moorings_copy(qwr__moorings *to, qwr_context *ctx, const qwr__moorings *from)
{
    *to = (qwr__moorings){NULL, 0, from->count};
    to->data = qwr__alloc(ctx, from->count, sizeof *to->data);
    if (to->data == NULL)
        return qwr__no_memory(ctx, WHERE);
    for (; to->count < from->count; to->count++) {
        qwr_status status = qwr__moored_copy(&to->data[to->count], ctx, &from->data[to->count]);
        if (status != QWR_OK) {
            moorings_free(ctx, to);
            return status;
        }
    }
    return QWR_OK;
}

void qwr_session_free(qwr_session *session)
{
    if (session == NULL)
        return;
    qwr_context *ctx = session->ctx;
    qwr_diff_free(session->diff);
    edition_free(&session->last);
    edition_free(&session->before);
    moorings_free(ctx, &session->moored);
    moorings_free(ctx, &session->moored_before);
    qwr__conflicts_free(ctx, &session->conflicts);
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
    qwr__strings_init(&session->conflicts.sentences, ctx);
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

    for (size_t i = 0; i < session->moored.count; i++) {
        qwr__moored *moored = &session->moored.data[i];
        if (qwr_scenario_find_call(session->base, moored->call).v == QWR_NONE)
            qwr__moored_free(session->ctx, moored);
        else
            session->moored.data[kept++] = *moored;
    }
    session->moored.count = kept;
}

static qwr_status take(qwr_session *session)
{
    qwr_scenario *base = NULL;

    QWR_TRY(qwr_scenario_freeze(&base, session->builder));
    int64_t horizon_s = qwr_scenario_get_info(base)->horizon_s;
    if (session->now_s != QWR_UNSET && horizon_s <= session->now_s) {
        qwr_scenario_free(base);
        return qwr__fail(session->ctx, QWR_ESCENARIO, WHERE, NULL, 0,
                         "the horizon of %lld s lies before the present, second %lld",
                         (long long)horizon_s, (long long)session->now_s);
    }
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
    QWR_TRY(moorings_copy(&session->moored_before, session->ctx, &session->moored));
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
    qwr_status status = qwr__session_close(session, QWR_OK);
    if (status != QWR_OK) {
        qwr__moorings refused = session->moored;
        session->moored = session->moored_before;
        session->moored_before = refused;
    }
    moorings_free(session->ctx, &session->moored_before);
    return status;
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
    if (!qwr__add64(at_s, *at_s, -by_s) || *at_s < least_s)
        *at_s = least_s;
}

/* A vessel may lie alongside for longer than the horizon, though a call may not come that early. */
static qwr_status keep_arrivals(qwr_session *session, int64_t by_s)
{
    int64_t least_s = by_s - qwr_scenario_get_info(session->base)->horizon_s;

    for (size_t i = 0; i < session->moored.count; i++) {
        qwr_call_ix ix =
            qwr_scenario_builder_find_call(session->builder, session->moored.data[i].call);
        if (ix.v == QWR_NONE)
            continue;
        qwr_call call = *qwr_scenario_builder_call(session->builder, ix);
        call.eta_s = call.eta_s > least_s ? call.eta_s : least_s;
        if (call.earliest_s != QWR_UNSET && call.earliest_s < least_s)
            call.earliest_s = least_s;
        QWR_TRY(qwr_scenario_set_call(session->builder, ix, &call));
    }
    return QWR_OK;
}

/* Weather that is forgotten with the past has cost a vessel alongside so much of its time. */
static void find_lost_time(qwr_session *session, int64_t by_s)
{
    for (size_t i = 0; i < session->moored.count; i++) {
        qwr__moored *m = &session->moored.data[i];
        qwr_quay_ix quay = qwr_scenario_find_quay(session->base, m->quay);
        qwr_call_ix call = qwr_scenario_find_call(session->base, m->call);
        if (quay.v == QWR_NONE || call.v == QWR_NONE)
            continue;
        int64_t since_s = m->told.start_s + qwr_scenario_call(session->base, call)->mooring_s;
        m->lost_more_s = 0;
        for (uint32_t k = 0; k < qwr_scenario_window_count(session->base); k++) {
            const qwr_window *w = qwr_scenario_window(session->base, (qwr_window_ix){k});
            int64_t from_s = w->from_s > since_s ? w->from_s : since_s;
            if (w->kind == QWR_WINDOW_WEATHER && w->quay.v == quay.v && w->to_s <= by_s &&
                w->to_s > from_s)
                m->lost_more_s += w->to_s - from_s;
        }
    }
}

qwr_status qwr_session_roll(qwr_session *session, int64_t by_s)
{
    QWR_TRY(qwr__session_open(session));
    const int64_t step_s = qwr_scenario_get_info(session->base)->step_s;
    if (session->held)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "news are held; qwr_session_release() comes first");
    if (by_s <= 0 || by_s % step_s != 0 || by_s > qwr_scenario_get_info(session->base)->horizon_s)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the epoch moves by a positive multiple of the step of %lld s, by one "
                         "horizon at most, not by %lld s",
                         (long long)step_s, (long long)by_s);
    const int64_t now_s = session->now_s;
    qwr_status status = keep_arrivals(session, by_s);
    if (status == QWR_OK)
        status = qwr_scenario_builder_shift(session->builder, by_s);
    find_lost_time(session, by_s);
    shift(&session->now_s, by_s, 0);
    status = qwr__session_close(session, status);
    if (status != QWR_OK) {
        session->now_s = now_s;
        return status;
    }
    session->rolled_s += by_s;
    for (size_t i = 0; i < session->moored.count; i++) {
        qwr__moored *m = &session->moored.data[i];
        m->lost_s += m->lost_more_s;
        shift(&m->told.start_s, by_s, INT64_MIN / 2);
        shift(&m->told.end_s, by_s, 0);
    }
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
