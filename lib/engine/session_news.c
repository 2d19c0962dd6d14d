/* SPDX-License-Identifier: Apache-2.0 */
/*
 * News: what changed at the terminal, each taken whole or refused with a sentence. Must never look
 * at a plan, but to announce it.
 */
#include "engine/session.h"

#include <string.h>

static const char WHERE[] = "engine.session";

/* --- ids ---------------------------------------------------------------------------------------
 */

/** How the ids of one kind of entity are listed. */
typedef struct kind {
    const char *noun;
    size_t (*count)(const qwr_scenario_builder *builder);
    const char *(*id)(const qwr_scenario_builder *builder, uint32_t i);
} kind;

#define KIND(name)                                                                                 \
    static const char *name##_id(const qwr_scenario_builder *builder, uint32_t i)                  \
    {                                                                                              \
        return qwr_scenario_builder_##name(builder, (qwr_##name##_ix){i})->id;                     \
    }                                                                                              \
    static const kind name##_kind = {#name, qwr_scenario_builder_##name##_count, name##_id};
KIND(call)
KIND(quay)
KIND(berth)
KIND(crane)
KIND(window)

/* The failure that names the nearest id. */
static qwr_status unknown(qwr_session *session, const kind *k, const char *id)
{
    qwr_context *ctx = session->ctx;
    size_t count = k->count(session->builder);
    const char **ids = qwr__alloc(ctx, count + 1, sizeof *ids);
    const char *near = NULL;

    for (uint32_t i = 0; ids != NULL && i < count; i++)
        ids[i] = k->id(session->builder, i);
    if (ids != NULL && id != NULL)
        near = qwr__nearest(id, ids);
    qwr__free(ctx, ids);
    return qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0,
                     near != NULL ? "there is no %s \"%.100s\"; did you mean \"%.100s\"?"
                                  : "there is no %s \"%.100s\"%.0s",
                     k->noun, id != NULL ? id : "", near != NULL ? near : "");
}

#define FIND(name)                                                                                 \
    static qwr_status find_##name(qwr_##name##_ix *ix, qwr_session *session, const char *id)       \
    {                                                                                              \
        *ix = qwr_scenario_builder_find_##name(session->builder, id);                              \
        return ix->v != QWR_NONE ? QWR_OK : unknown(session, &name##_kind, id);                    \
    }
FIND(call)
FIND(quay)
FIND(berth)
FIND(crane)
FIND(window)

/* --- calls -------------------------------------------------------------------------------------
 */

static qwr_status set_eta(qwr_session *session, const char *id, int64_t eta_s)
{
    qwr_call_ix ix;

    QWR_TRY(find_call(&ix, session, id));
    qwr_call call = *qwr_scenario_builder_call(session->builder, ix);
    int64_t by_s;
    if (call.earliest_s != QWR_UNSET && (!qwr__add64(&by_s, eta_s, -call.eta_s) ||
                                         !qwr__add64(&call.earliest_s, call.earliest_s, by_s)))
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "the arrival of call \"%.100s\" is out of range", id);
    call.eta_s = eta_s;
    /* Too late to leave in time: that it has no place is for the plan to say. */
    if (call.earliest_s != QWR_UNSET && call.latest_departure_s != QWR_UNSET &&
        !call.latest_is_soft && call.earliest_s > call.latest_departure_s)
        call.earliest_s = call.latest_departure_s;
    return qwr_scenario_set_call(session->builder, ix, &call);
}

qwr_status qwr_session_set_eta(qwr_session *session, const char *call, int64_t eta_s)
{
    QWR_TRY(qwr__session_open(session));
    return qwr__session_close(session, set_eta(session, call, eta_s));
}

qwr_status qwr_session_add_call(qwr_session *session, const qwr_call *call)
{
    QWR_TRY(qwr__session_open(session));
    return qwr__session_close(session, qwr_scenario_add_call(session->builder, call, NULL));
}

static qwr_status set_call(qwr_session *session, const qwr_call *call)
{
    qwr_call_ix ix;

    if (call == NULL || call->size < offsetof(qwr_call, vessel))
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "no call is given, or its size is not set; start from qwr_call_init()");
    QWR_TRY(find_call(&ix, session, call->id));
    return qwr_scenario_set_call(session->builder, ix, call);
}

qwr_status qwr_session_set_call(qwr_session *session, const qwr_call *call)
{
    QWR_TRY(qwr__session_open(session));
    return qwr__session_close(session, set_call(session, call));
}

const qwr_call *qwr_session_call(const qwr_session *session, const char *call)
{
    if (session == NULL || call == NULL)
        return NULL;
    if (session->held)
        return qwr_scenario_builder_call(session->builder,
                                         qwr_scenario_builder_find_call(session->builder, call));
    return qwr_scenario_call(session->base, qwr_scenario_find_call(session->base, call));
}

static void forget(qwr_session *session, const char *call)
{
    qwr__moored *known = qwr__session_moored(session, call);

    if (known == NULL)
        return;
    qwr__moored_free(session->ctx, known);
    *known = session->moored.data[--session->moored.count];
}

static qwr_status remove_call(qwr_session *session, const char *id)
{
    qwr_call_ix ix;

    QWR_TRY(find_call(&ix, session, id));
    return qwr_scenario_remove_call(session->builder, ix);
}

qwr_status qwr_session_remove_call(qwr_session *session, const char *call)
{
    QWR_TRY(qwr__session_open(session));
    QWR_TRY(qwr__session_close(session, remove_call(session, call)));
    forget(session,
           call); /* also where news are held: the id may come again before they are taken */
    return QWR_OK;
}

/* --- vessels alongside ---------------------------------------------------------------------------
 */

qwr__moored *qwr__session_moored(const qwr_session *session, const char *call)
{
    for (size_t i = 0; i < session->moored.count; i++)
        if (strcmp(session->moored.data[i].call, call) == 0)
            return &session->moored.data[i];
    return NULL;
}

static qwr_status check_berthed(qwr_session *session, const char *id, const qwr_berthed *told)
{
    qwr_call_ix call;
    qwr_quay_ix quay;
    qwr_berth_ix berth = {QWR_NONE};
    const char *missing = NULL;

    QWR_TRY(find_call(&call, session, id));
    if (told->quay == NULL)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "call \"%.100s\" is alongside, but its quay is not told", id);
    QWR_TRY(find_quay(&quay, session, told->quay));
    if (told->berth != NULL)
        QWR_TRY(find_berth(&berth, session, told->berth));
    bool at_berths =
        qwr_scenario_builder_quay(session->builder, quay)->layout == QWR_LAYOUT_DISCRETE;
    if (told->berth != NULL &&
        qwr_scenario_builder_berth(session->builder, berth)->quay.v != quay.v)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "call \"%.100s\" is alongside at berth \"%.100s\", which is not at quay "
                         "\"%.100s\"",
                         id, told->berth, told->quay);
    if (told->start_s == QWR_UNSET)
        missing = "start_s";
    else if (told->berth == NULL && at_berths)
        missing = "berth";
    else if (told->berth == NULL && told->position_mm == QWR_UNSET)
        missing = "position_mm";
    if (missing != NULL)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "call \"%.100s\" is alongside, but %s is not told", id, missing);
    int64_t horizon_s = qwr_scenario_builder_get_info(session->builder)->horizon_s;
    if (told->start_s < -horizon_s || told->start_s >= horizon_s ||
        (told->cranes != QWR_UNSET && (told->cranes < 0 || told->cranes > 64)) ||
        (told->moves_done != QWR_UNSET && told->moves_done < 0))
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "call \"%.100s\" is alongside, but start_s %lld, cranes %lld or "
                         "moves_done %lld is out of range",
                         id, (long long)told->start_s, (long long)told->cranes,
                         (long long)told->moves_done);
    return QWR_OK;
}

/* Not told: as the last plan says. Settled when the vessel is reported, so that later plans, which
 * may leave it out, do not change what is believed of it. */
static int64_t planned_cranes(const qwr_session *session, const char *call)
{
    const qwr__edition *last = &session->last;

    if (last->plan == NULL)
        return QWR_UNSET;
    qwr_call_ix ix = qwr_scenario_find_call(last->scenario, call);
    const qwr_stay *stay = ix.v != QWR_NONE ? qwr_plan_stay(last->plan, ix) : NULL;
    return stay != NULL && stay->placed ? stay->cranes : QWR_UNSET;
}

qwr_status qwr_session_set_berthed(qwr_session *session, const char *call,
                                   const qwr_berthed *berthed)
{
    qwr_berthed told = qwr_berthed_init();
    qwr__moored fresh;

    QWR_TRY(qwr__session_open(session));
    if (berthed == NULL || berthed->size < offsetof(qwr_berthed, cranes))
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "qwr_berthed.size is not set; start from qwr_berthed_init()");
    memcpy(&told, berthed, berthed->size < sizeof told ? berthed->size : sizeof told);
    told.size = sizeof told;
    QWR_TRY(check_berthed(session, call, &told));
    if (told.cranes == QWR_UNSET)
        told.cranes = planned_cranes(session, call);
    void *moored = session->moored.data;
    QWR_TRY(qwr__reserve(session->ctx, &moored, &session->moored.capacity,
                         session->moored.count + 1, sizeof *session->moored.data));
    session->moored.data = moored;
    /* The copy is what owns its strings; these are read only. */
    qwr__moored given = {.call = (char *)(uintptr_t)call,
                         .quay = (char *)(uintptr_t)told.quay,
                         .berth = (char *)(uintptr_t)told.berth,
                         .told = told};
    QWR_TRY(qwr__moored_copy(&fresh, session->ctx, &given));
    qwr__moored *known = qwr__session_moored(session, call);
    if (known == NULL) {
        session->moored.data[session->moored.count++] = fresh;
        return QWR_OK;
    }
    if (known->told.start_s == told.start_s)
        fresh.lost_s = known->lost_s;
    qwr__moored_free(session->ctx, known);
    *known = fresh;
    return QWR_OK;
}

/* --- decisions
 * ------------------------------------------------------------------------------------ */

static qwr_status pin(qwr_session *session, const char *id, const qwr_pin *p)
{
    qwr_call_ix ix;

    QWR_TRY(find_call(&ix, session, id));
    qwr_call call = *qwr_scenario_builder_call(session->builder, ix);
    call.pin_quay.v = QWR_NONE;
    call.pin_berth.v = QWR_NONE;
    if (p->quay != NULL)
        QWR_TRY(find_quay(&call.pin_quay, session, p->quay));
    if (p->berth != NULL)
        QWR_TRY(find_berth(&call.pin_berth, session, p->berth));
    call.pin_position_mm = p->position_mm;
    call.pin_start_s = p->start_s;
    call.pin_cranes = p->cranes;
    return qwr_scenario_set_call(session->builder, ix, &call);
}

qwr_status qwr_session_pin(qwr_session *session, const char *call, const qwr_pin *given)
{
    qwr_pin p = qwr_pin_init();

    QWR_TRY(qwr__session_open(session));
    if (given != NULL && given->size < sizeof given->size)
        return qwr__fail(session->ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "qwr_pin.size is not set; start from qwr_pin_init()");
    if (given != NULL)
        memcpy(&p, given, given->size < sizeof p ? given->size : sizeof p);
    return qwr__session_close(session, pin(session, call, &p));
}

static qwr_status announce(qwr_session *session)
{
    const qwr_scenario *planned = session->last.scenario;

    for (uint32_t i = 0; i < qwr_scenario_call_count(planned); i++) {
        const qwr_stay *stay = qwr_plan_stay(session->last.plan, (qwr_call_ix){i});
        qwr_call_ix ix = qwr_scenario_builder_find_call(
            session->builder, qwr_scenario_call(planned, (qwr_call_ix){i})->id);
        if (ix.v == QWR_NONE || !stay->placed)
            continue;
        qwr_call call = *qwr_scenario_builder_call(session->builder, ix);
        call.base_quay = qwr_scenario_builder_find_quay(session->builder,
                                                        qwr_scenario_quay(planned, stay->quay)->id);
        const qwr_berth *berth = qwr_scenario_berth(planned, stay->berth);
        call.base_berth.v = QWR_NONE;
        call.base_position_mm = QWR_UNSET;
        if (berth != NULL)
            call.base_berth = qwr_scenario_builder_find_berth(session->builder, berth->id);
        else
            call.base_position_mm = stay->position_mm;
        call.base_start_s = stay->start_s + qwr__session_shift_s(session);
        call.base_cranes = stay->cranes;
        if (call.base_quay.v != QWR_NONE && (berth == NULL || call.base_berth.v != QWR_NONE))
            QWR_TRY(qwr_scenario_set_call(session->builder, ix, &call));
    }
    return QWR_OK;
}

qwr_status qwr_session_announce(qwr_session *session)
{
    QWR_TRY(qwr__session_open(session));
    if (session->last.plan == NULL)
        return qwr__fail(session->ctx, QWR_ESTATE, WHERE, NULL, 0,
                         "there is no plan to announce; qwr_session_plan() makes one");
    return qwr__session_close(session, announce(session));
}

/* --- windows
 * -------------------------------------------------------------------------------------- */

static qwr_status set_window(qwr_session *session, const qwr_window *window)
{
    qwr_window_ix ix = {QWR_NONE};

    if (window != NULL && window->size >= offsetof(qwr_window, kind) && window->id != NULL)
        ix = qwr_scenario_builder_find_window(session->builder, window->id);
    return ix.v != QWR_NONE ? qwr_scenario_set_window(session->builder, ix, window)
                            : qwr_scenario_add_window(session->builder, window, NULL);
}

qwr_status qwr_session_set_window(qwr_session *session, const qwr_window *window)
{
    QWR_TRY(qwr__session_open(session));
    return qwr__session_close(session, set_window(session, window));
}

static qwr_status remove_window(qwr_session *session, const char *id)
{
    qwr_window_ix ix;

    QWR_TRY(find_window(&ix, session, id));
    return qwr_scenario_remove_window(session->builder, ix);
}

qwr_status qwr_session_remove_window(qwr_session *session, const char *window)
{
    QWR_TRY(qwr__session_open(session));
    return qwr__session_close(session, remove_window(session, window));
}

qwr_status qwr_session_crane_down(qwr_session *session, const char *window, const char *crane,
                                  int64_t from_s, int64_t to_s, const char *reason)
{
    qwr_window w = qwr_window_init();

    QWR_TRY(qwr__session_open(session));
    QWR_TRY(find_crane(&w.crane, session, crane));
    w.id = window;
    w.kind = QWR_WINDOW_MAINTENANCE;
    w.reason = reason;
    w.from_s = from_s;
    w.to_s = to_s;
    return qwr__session_close(session, set_window(session, &w));
}

qwr_status qwr_session_close_quay(qwr_session *session, const char *window, const char *quay,
                                  int64_t from_mm, int64_t to_mm, int64_t from_s, int64_t to_s,
                                  const char *reason)
{
    qwr_window w = qwr_window_init();

    QWR_TRY(qwr__session_open(session));
    QWR_TRY(find_quay(&w.quay, session, quay));
    w.id = window;
    w.kind = QWR_WINDOW_CLOSURE;
    w.reason = reason;
    w.from_s = from_s;
    w.to_s = to_s;
    w.from_mm = from_mm;
    w.to_mm = to_mm;
    return qwr__session_close(session, set_window(session, &w));
}
