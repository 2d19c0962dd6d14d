/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is to be planned now: the terminal as the news tell it, with the time, the vessels alongside
 * and what is frozen; and the last plan as a beginning. Must never search.
 */
#include "engine/session_facts.h"

#include <string.h>

static const char WHERE[] = "engine.session";

typedef struct deriving {
    qwr_session *session;
    qwr_scenario_builder *builder;
    qwr_scenario *scenario; /* frozen from the builder */
    qwr__mooring *moorings;
    size_t mooring_count;
} deriving;

/* --- time ----------------------------------------------------------------------------------------
 */

/* What a window stopped before now is over; what it stops from now on is not. */
static qwr_status trim_windows(deriving *d)
{
    int64_t now_s = d->session->now_s;

    for (size_t i = qwr_scenario_builder_window_count(d->builder); i-- > 0;) {
        qwr_window_ix ix = {(uint32_t)i};
        qwr_window w = *qwr_scenario_builder_window(d->builder, ix);
        if (w.to_s <= now_s) {
            QWR_TRY(qwr_scenario_remove_window(d->builder, ix));
        } else if (w.from_s < now_s) {
            w.from_s = now_s;
            QWR_TRY(qwr_scenario_set_window(d->builder, ix, &w));
        }
    }
    return QWR_OK;
}

static qwr_status hold_back(deriving *d)
{
    int64_t soonest_s = qwr__session_step_up(d->session, d->session->now_s);

    for (uint32_t i = 0; i < qwr_scenario_builder_call_count(d->builder); i++) {
        qwr_call call = *qwr_scenario_builder_call(d->builder, (qwr_call_ix){i});
        int64_t earliest_s = call.earliest_s != QWR_UNSET ? call.earliest_s : call.eta_s;
        bool has_begun = call.pin_start_s != QWR_UNSET && call.pin_start_s < d->session->now_s;
        if (earliest_s >= soonest_s || has_begun ||
            qwr__session_moored(d->session, call.id) != NULL)
            continue;
        call.earliest_s = soonest_s;
        /* What can no longer leave in time has no place, which is for the plan to say. */
        if (call.latest_departure_s != QWR_UNSET && !call.latest_is_soft &&
            call.latest_departure_s < soonest_s)
            call.latest_departure_s = soonest_s;
        QWR_TRY(qwr_scenario_set_call(d->builder, (qwr_call_ix){i}, &call));
    }
    return QWR_OK;
}

/* --- conflicts
 * ------------------------------------------------------------------------------------ */

static qwr_status note_conflict(qwr_session *s, const char *sentence)
{
    const char *kept = qwr__strings_intern(&s->sentences, sentence);
    void *conflicts = s->conflicts;

    if (kept == NULL)
        return qwr__no_memory(s->ctx, WHERE);
    for (size_t i = 0; i < s->conflict_count; i++)
        if (s->conflicts[i] == kept)
            return QWR_OK;
    QWR_TRY(qwr__reserve(s->ctx, &conflicts, &s->conflict_capacity, s->conflict_count + 1,
                         sizeof *s->conflicts));
    s->conflicts = conflicts;
    s->conflicts[s->conflict_count++] = kept;
    qwr__log(s->ctx, QWR_LOG_WARNING, "event=fact_breaks_rule sentence=\"%s\"", kept);
    return QWR_OK;
}

static qwr_status note_sticking_out(deriving *d, const qwr__mooring *m)
{
    const qwr_berthed *told = &m->moored->told;
    qwr__text text;

    qwr__text_init(&text, d->session->ctx);
    qwr__text_add(&text, "%s lies at ", m->moored->call);
    qwr__text_fixed(&text, told->position_mm, 3);
    qwr__text_add(&text, " m of %s, partly or wholly beyond the end of the quay", told->quay);
    qwr_status status = text.status == QWR_OK ? note_conflict(d->session, text.data) : text.status;
    qwr__text_free(&text);
    return status;
}

/* --- plans of the derived scenario
 * ---------------------------------------------------------------- */

static qwr_status freeze(deriving *d)
{
    qwr_scenario *scenario = NULL;

    QWR_TRY(qwr_scenario_freeze(&scenario, d->builder));
    qwr_scenario_free(d->scenario);
    d->scenario = scenario;
    return QWR_OK;
}

static qwr_status put_moorings(qwr_plan *plan, const deriving *d)
{
    for (size_t i = 0; i < d->mooring_count; i++)
        if (d->moorings[i].holds)
            QWR_TRY(
                qwr_plan_set_stay(plan, (qwr_call_ix){d->moorings[i].call}, &d->moorings[i].stay));
    return QWR_OK;
}

/* The stay as a stay of the derived scenario; false: its place is not there any more. */
static bool translate(qwr_stay *stay, const deriving *d, const qwr_stay *last)
{
    const qwr_scenario *then = d->session->last.scenario;
    const qwr_quay *quay = qwr_scenario_quay(then, last->quay);
    const qwr_berth *berth = qwr_scenario_berth(then, last->berth);
    int64_t shift_s = qwr__session_shift_s(d->session);

    *stay = *last;
    stay->quay = qwr_scenario_find_quay(d->scenario, quay->id);
    if (berth != NULL)
        stay->berth = qwr_scenario_find_berth(d->scenario, berth->id);
    stay->start_s += shift_s;
    stay->end_s += shift_s;
    return stay->quay.v != QWR_NONE && (berth == NULL || stay->berth.v != QWR_NONE);
}

static qwr_status put_last_stays(qwr_plan *plan, const deriving *d, int64_t *count)
{
    const qwr__edition *last = &d->session->last;

    *count = 0;
    if (last->plan == NULL)
        return QWR_OK;
    for (uint32_t i = 0; i < qwr_scenario_call_count(d->scenario); i++) {
        const char *id = qwr_scenario_call(d->scenario, (qwr_call_ix){i})->id;
        qwr_call_ix then = qwr_scenario_find_call(last->scenario, id);
        qwr_stay stay;
        if (then.v == QWR_NONE || qwr__session_moored(d->session, id) != NULL ||
            !qwr_plan_stay(last->plan, then)->placed ||
            !translate(&stay, d, qwr_plan_stay(last->plan, then)))
            continue;
        QWR_TRY(qwr_plan_set_stay(plan, (qwr_call_ix){i}, &stay));
        ++*count;
    }
    return QWR_OK;
}

/* Rules about a stay on its way to be planned: places are still to come, costs to be computed. */
static bool is_binding(const qwr_violation *v)
{
    return strcmp(v->rule, "placed") != 0 && strcmp(v->rule, "cost") != 0;
}

/* --- facts against rules
 * --------------------------------------------------------------------------- */

static qwr__mooring *mooring_of(deriving *d, qwr_call_ix call)
{
    for (size_t i = 0; i < d->mooring_count; i++)
        if (d->moorings[i].call == call.v)
            return &d->moorings[i];
    return NULL;
}

/* A rule that names a quay and no call (cranes) is held against the last vessel to have come. */
static qwr__mooring *culprit(deriving *d, const qwr_violation *v)
{
    qwr__mooring *last = NULL;

    if (v->call.v != QWR_NONE)
        return mooring_of(d, v->call);
    for (size_t i = 0; i < d->mooring_count; i++) {
        qwr__mooring *m = &d->moorings[i];
        if (m->holds && m->stay.cranes > 0 &&
            strcmp(qwr_scenario_quay(d->scenario, m->stay.quay)->id, v->resource) == 0 &&
            (last == NULL || m->stay.start_s >= last->stay.start_s))
            last = m;
    }
    return last;
}

/* The first broken rule gives way; *settled: there was none. */
static qwr_status settle_first(bool *settled, deriving *d, const qwr_violations *found)
{
    *settled = true;
    for (size_t i = 0; i < qwr_violations_count(found); i++) {
        const qwr_violation *v = qwr_violations_get(found, i);
        qwr__mooring *m = is_binding(v) ? culprit(d, v) : NULL;
        bool gave = false;
        if (m == NULL || !m->holds)
            continue;
        *settled = false;
        QWR_TRY(note_conflict(d->session, v->sentence));
        qwr__mooring *other = mooring_of(d, qwr_scenario_find_call(d->scenario, v->resource));
        QWR_TRY(qwr__mooring_give_way(&gave, m, other, v, d->builder));
        m->holds = gave;
        return QWR_OK;
    }
    return QWR_OK;
}

/* Each round takes a crane, a limit or a vessel away, so it ends. */
static qwr_status settle(deriving *d)
{
    for (bool settled = d->mooring_count == 0; !settled;) {
        qwr_plan *plan = NULL;
        qwr_violations *found = NULL;
        QWR_TRY(qwr_plan_new(&plan, d->session->ctx, d->scenario));
        qwr_status status = put_moorings(plan, d);
        if (status == QWR_OK)
            status = qwr_plan_check(&found, d->session->ctx, d->scenario, plan);
        if (status == QWR_OK)
            status = settle_first(&settled, d, found);
        qwr_violations_free(found);
        qwr_plan_free(plan);
        QWR_TRY(status);
        if (!settled)
            QWR_TRY(freeze(d));
    }
    return QWR_OK;
}

static qwr_status keep_places_free(deriving *d)
{
    bool any = false;

    for (size_t i = 0; i < d->mooring_count; i++) {
        if (d->moorings[i].holds)
            continue;
        QWR_TRY(qwr__mooring_keep_free(&d->moorings[i], d->builder, d->moorings, d->mooring_count));
        any = true;
    }
    return any ? freeze(d) : QWR_OK;
}

static qwr_status apply_facts(deriving *d)
{
    qwr_session *s = d->session;

    d->moorings = qwr__alloc(s->ctx, s->moored_count + 1, sizeof *d->moorings);
    if (d->moorings == NULL)
        return qwr__no_memory(s->ctx, WHERE);
    for (size_t i = 0; i < s->moored_count; i++) {
        qwr_call_ix ix = qwr_scenario_builder_find_call(d->builder, s->moored[i].call);
        qwr__mooring *m = &d->moorings[d->mooring_count];
        if (ix.v == QWR_NONE)
            continue;
        *m = (qwr__mooring){.moored = &s->moored[i], .call = ix.v};
        QWR_TRY(qwr__mooring_apply(m, s, d->builder));
        if (m->sticks_out)
            QWR_TRY(note_sticking_out(d, m));
        d->mooring_count += m->holds;
    }
    return QWR_OK;
}

/* --- what is frozen
 * ---------------------------------------------------------------------------------- */

static bool breaks_a_rule(const qwr_violations *found, uint32_t call, const char *id)
{
    for (size_t k = 0; k < qwr_violations_count(found); k++) {
        const qwr_violation *v = qwr_violations_get(found, k);
        if (is_binding(v) &&
            (v->call.v == call || (v->resource != NULL && strcmp(v->resource, id) == 0)))
            return true;
    }
    return false;
}

static qwr_status pin_stay(deriving *d, uint32_t i, const qwr_stay *stay)
{
    qwr_call call = *qwr_scenario_builder_call(d->builder, (qwr_call_ix){i});

    call.pin_quay = stay->quay;
    call.pin_berth = stay->berth;
    call.pin_position_mm = stay->berth.v == QWR_NONE ? stay->position_mm : QWR_UNSET;
    call.pin_start_s = stay->start_s;
    call.pin_cranes = stay->cranes;
    return qwr_scenario_set_call(d->builder, (qwr_call_ix){i}, &call);
}

static qwr_status freeze_stays(deriving *d, const qwr_plan *plan, const qwr_violations *found)
{
    qwr_session *s = d->session;

    for (uint32_t i = 0; i < qwr_scenario_call_count(d->scenario); i++) {
        const char *id = qwr_scenario_call(d->scenario, (qwr_call_ix){i})->id;
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (!stay->placed || stay->start_s >= s->freeze_until_s ||
            qwr__session_moored(s, id) != NULL || breaks_a_rule(found, i, id))
            continue;
        QWR_TRY(pin_stay(d, i, stay));
        s->frozen++;
    }
    return s->frozen > 0 ? freeze(d) : QWR_OK;
}

static qwr_status make_start(qwr_plan **out, deriving *d, int64_t *carried)
{
    qwr_plan *plan = NULL;

    QWR_TRY(qwr_plan_new(&plan, d->session->ctx, d->scenario));
    qwr_status status = put_last_stays(plan, d, carried);
    if (status == QWR_OK)
        status = put_moorings(plan, d);
    if (status != QWR_OK) {
        qwr_plan_free(plan);
        return status;
    }
    *out = plan;
    return QWR_OK;
}

static qwr_status freeze_what_is_near(deriving *d)
{
    qwr_session *s = d->session;
    qwr_plan *plan = NULL;
    qwr_violations *found = NULL;
    int64_t carried;

    if (s->freeze_until_s == QWR_UNSET || s->last.plan == NULL)
        return QWR_OK;
    QWR_TRY(make_start(&plan, d, &carried));
    qwr_status status = qwr_plan_check(&found, s->ctx, d->scenario, plan);
    if (status == QWR_OK)
        status = freeze_stays(d, plan, found);
    qwr_violations_free(found);
    qwr_plan_free(plan);
    return status;
}

/* --- the whole
 * ---------------------------------------------------------------------------------------- */

qwr_status qwr__session_outlook(qwr__outlook *out, qwr_session *session)
{
    deriving d = {.session = session};
    qwr_status status;

    *out = (qwr__outlook){NULL, NULL};
    session->conflict_count = 0;
    session->frozen = 0;
    session->carried = 0;
    qwr__strings_free(&session->sentences);
    qwr__strings_init(&session->sentences, session->ctx);
    QWR_TRY_DONE(qwr_scenario_thaw(&d.builder, session->ctx, session->base));
    if (session->now_s != QWR_UNSET) {
        QWR_TRY_DONE(trim_windows(&d));
        QWR_TRY_DONE(hold_back(&d));
    }
    QWR_TRY_DONE(apply_facts(&d));
    QWR_TRY_DONE(freeze(&d));
    QWR_TRY_DONE(settle(&d));
    QWR_TRY_DONE(keep_places_free(&d));
    QWR_TRY_DONE(freeze_what_is_near(&d));
    QWR_TRY_DONE(make_start(&out->start, &d, &session->carried));
done:
    qwr_scenario_builder_free(d.builder);
    qwr__free(session->ctx, d.moorings);
    if (status != QWR_OK) {
        qwr_scenario_free(d.scenario);
        return status;
    }
    out->scenario = d.scenario;
    return QWR_OK;
}
