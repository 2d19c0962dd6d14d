/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is to be planned now: the terminal as the news tell it, with the time, the vessels alongside
 * and what is frozen; and the last plan as a beginning. Must never search.
 */
#include "engine/session_facts.h"

#include <string.h>

static const char WHERE[] = "engine.session";

typedef struct deriving {
    const qwr_session *session;
    qwr_context *ctx;
    qwr__outlook *out; /* gets conflicts and counts; scenario and start at the end */
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

/* The soonest this call may berth from now on. */
static int64_t soonest(const deriving *d, const qwr_call *call, int64_t earliest_s)
{
    int64_t now_s = d->session->now_s, soonest_s = qwr__session_step_up(d->session, now_s);
    int64_t pin_s = call->pin_start_s;

    if (pin_s == QWR_UNSET || pin_s >= soonest_s)
        return earliest_s > soonest_s ? earliest_s : soonest_s;
    if (pin_s < now_s) /* it has happened, even if before the vessel was due */
        return earliest_s < pin_s ? earliest_s : pin_s;
    return earliest_s > pin_s ? earliest_s : pin_s; /* within the step that has begun */
}

static qwr_status hold_back(deriving *d)
{
    for (uint32_t i = 0; i < qwr_scenario_builder_call_count(d->builder); i++) {
        qwr_call call = *qwr_scenario_builder_call(d->builder, (qwr_call_ix){i});
        int64_t earliest_s = call.earliest_s != QWR_UNSET ? call.earliest_s : call.eta_s;
        int64_t soonest_s = soonest(d, &call, earliest_s);
        if (earliest_s == soonest_s || qwr__session_moored(d->session, call.id) != NULL)
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

static qwr_status note_conflict(deriving *d, const char *sentence)
{
    qwr__conflicts *c = &d->out->conflicts;
    const char *kept = qwr__strings_intern(&c->sentences, sentence);
    void *data = c->data;

    if (kept == NULL)
        return qwr__no_memory(d->ctx, WHERE);
    for (size_t i = 0; i < c->count; i++)
        if (c->data[i] == kept)
            return QWR_OK;
    QWR_TRY(qwr__reserve(d->ctx, &data, &c->capacity, c->count + 1, sizeof *c->data));
    c->data = data;
    c->data[c->count++] = kept;
    qwr__log(d->ctx, QWR_LOG_WARNING, "event=fact_breaks_rule sentence=\"%s\"", kept);
    return QWR_OK;
}

/* A vessel that lies, in part or as a whole, where the scenario knows no quay. */
static qwr_status note_beyond(deriving *d, const qwr__mooring *m)
{
    const qwr_berthed *told = &m->moored->told;
    qwr__text text;

    qwr__text_init(&text, d->ctx);
    qwr__text_add(&text, "%s lies at ", m->moored->call);
    if (told->berth != NULL) {
        qwr__text_add(&text, "berth %s of %s", told->berth, told->quay);
    } else {
        qwr__text_fixed(&text, told->position_mm, 3);
        qwr__text_add(&text, " m of %s", told->quay);
    }
    qwr__text_add(&text, m->sticks_out ? ", partly or wholly beyond the end of the quay"
                                       : ", which is not there any more");
    qwr_status status =
        text.status == QWR_OK ? note_conflict(d, text.data) : qwr__no_memory(d->ctx, WHERE);
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
        if (m->noted != v->rule)
            QWR_TRY(note_conflict(d, v->sentence));
        m->noted = v->rule;
        qwr__mooring *other = mooring_of(d, qwr_scenario_find_call(d->scenario, v->resource));
        QWR_TRY(qwr__mooring_give_way(&gave, m, other, v, d->session, d->builder));
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
        QWR_TRY(qwr_plan_new(&plan, d->ctx, d->scenario));
        qwr_status status = put_moorings(plan, d);
        if (status == QWR_OK)
            status = qwr_plan_check(&found, d->ctx, d->scenario, plan);
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

static qwr_status apply_fact(deriving *d, qwr__mooring *m)
{
    QWR_TRY(qwr__mooring_apply(m, d->session, d->builder));
    if (m->sticks_out || !m->holds)
        QWR_TRY(note_beyond(d, m));
    if (!m->holds)
        return qwr__mooring_leave_out(m, d->builder);
    d->mooring_count++;
    return QWR_OK;
}

static qwr_status apply_facts(deriving *d)
{
    const qwr__moorings *moored = &d->session->moored;

    d->moorings = qwr__alloc(d->ctx, moored->count + 1, sizeof *d->moorings);
    if (d->moorings == NULL)
        return qwr__no_memory(d->ctx, WHERE);
    for (size_t i = 0; i < moored->count; i++) {
        qwr_call_ix ix = qwr_scenario_builder_find_call(d->builder, moored->data[i].call);
        qwr__mooring *m = &d->moorings[d->mooring_count];
        if (ix.v == QWR_NONE)
            continue;
        *m = (qwr__mooring){.moored = &moored->data[i], .call = ix.v};
        QWR_TRY(apply_fact(d, m));
    }
    return QWR_OK;
}

/* --- what is frozen
 * ---------------------------------------------------------------------------------- */

/* Is the stay part of what is broken? Rules of a quay as a whole (cranes) concern all who lie there
 * at the time. */
static bool breaks_a_rule(const qwr_violations *found, const deriving *d, uint32_t call,
                          const qwr_stay *stay)
{
    const char *id = qwr_scenario_call(d->scenario, (qwr_call_ix){call})->id;
    const char *quay = qwr_scenario_quay(d->scenario, stay->quay)->id;

    for (size_t k = 0; k < qwr_violations_count(found); k++) {
        const qwr_violation *v = qwr_violations_get(found, k);
        const char *resource = v->resource != NULL ? v->resource : "";
        if (!is_binding(v))
            continue;
        if (v->call.v == QWR_NONE
                ? strcmp(resource, quay) == 0 && stay->start_s < v->to_s && stay->end_s > v->from_s
                : v->call.v == call || strcmp(resource, id) == 0)
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
    const qwr_session *s = d->session;

    for (uint32_t i = 0; i < qwr_scenario_call_count(d->scenario); i++) {
        const char *id = qwr_scenario_call(d->scenario, (qwr_call_ix){i})->id;
        const qwr_stay *stay = qwr_plan_stay(plan, (qwr_call_ix){i});
        if (!stay->placed || stay->start_s >= s->freeze_until_s ||
            qwr__session_moored(s, id) != NULL || breaks_a_rule(found, d, i, stay))
            continue;
        QWR_TRY(pin_stay(d, i, stay));
        d->out->frozen++;
    }
    return d->out->frozen > 0 ? freeze(d) : QWR_OK;
}

static qwr_status make_start(qwr_plan **out, deriving *d, int64_t *carried)
{
    qwr_plan *plan = NULL;

    QWR_TRY(qwr_plan_new(&plan, d->ctx, d->scenario));
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
    const qwr_session *s = d->session;
    qwr_plan *plan = NULL;
    qwr_violations *found = NULL;
    int64_t carried;

    if (s->freeze_until_s == QWR_UNSET || s->last.plan == NULL)
        return QWR_OK;
    QWR_TRY(make_start(&plan, d, &carried));
    qwr_status status = qwr_plan_check(&found, d->ctx, d->scenario, plan);
    if (status == QWR_OK)
        status = freeze_stays(d, plan, found);
    qwr_violations_free(found);
    qwr_plan_free(plan);
    return status;
}

/* --- the whole
 * ---------------------------------------------------------------------------------------- */

void qwr__conflicts_free(qwr_context *ctx, qwr__conflicts *conflicts)
{
    qwr__free(ctx, conflicts->data);
    qwr__strings_free(&conflicts->sentences);
    *conflicts = (qwr__conflicts){.count = 0};
    qwr__strings_init(&conflicts->sentences, ctx);
}

void qwr__outlook_free(qwr_context *ctx, qwr__outlook *outlook)
{
    qwr_plan_free(outlook->start);
    qwr_scenario_free(outlook->scenario);
    qwr__conflicts_free(ctx, &outlook->conflicts);
}

static qwr_status derive(deriving *d)
{
    QWR_TRY(qwr_scenario_thaw(&d->builder, d->ctx, d->session->base));
    if (d->session->now_s != QWR_UNSET) {
        QWR_TRY(trim_windows(d));
        QWR_TRY(hold_back(d));
    }
    QWR_TRY(apply_facts(d));
    QWR_TRY(freeze(d));
    QWR_TRY(settle(d));
    QWR_TRY(keep_places_free(d));
    QWR_TRY(freeze_what_is_near(d));
    return make_start(&d->out->start, d, &d->out->carried);
}

qwr_status qwr__session_outlook(qwr__outlook *out, const qwr_session *session)
{
    deriving d = {.session = session, .ctx = session->ctx, .out = out};

    *out = (qwr__outlook){.scenario = NULL};
    qwr__strings_init(&out->conflicts.sentences, session->ctx);
    qwr_status status = derive(&d);
    qwr_scenario_builder_free(d.builder);
    qwr__free(session->ctx, d.moorings);
    out->scenario = d.scenario;
    if (status != QWR_OK)
        qwr__outlook_free(session->ctx, out);
    return status;
}
