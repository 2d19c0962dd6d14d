/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Crews: a rail for each quay with cranes, the search on it, and what comes out by crane and by
 * call. Quays of odd size are left without names rather than searched for long.
 */
#include "report/crew.h"

#include "model/sort.h"

enum { MOST_RANKS = 512, MOST_STINTS = 20000 };
/** Bound on stints x (stints at once)^2 and on instants x cranes^2, which is what naming costs. */
static const int64_t MOST_WORK = 200000000;

/* --- the rail of a quay ---------------------------------------------------------------------- */

static qwr_status find_ranks(qwr__rail *r, const qwr__sheet *s, uint32_t quay)
{
    uint32_t all = (uint32_t)qwr_scenario_crane_count(s->scenario);
    qwr__key *keys = qwr__alloc(s->ctx, (size_t)all + 1, sizeof *keys);
    r->rank = qwr__alloc(s->ctx, (size_t)all + 1, sizeof *r->rank);
    r->fit = qwr__alloc(s->ctx, (size_t)all + 1, sizeof *r->fit);
    if (keys == NULL || r->rank == NULL || r->fit == NULL) {
        qwr__free(s->ctx, keys);
        return qwr__no_memory(s->ctx, "report");
    }
    for (uint32_t k = 0; k < all; k++) {
        const qwr_crane *c = qwr_scenario_crane(s->scenario, (qwr_crane_ix){k});
        if (c->quay.v == quay)
            keys[r->ranks++] = (qwr__key){c->rail_order, 0, k};
    }
    qwr__sort_keys(keys, r->ranks);
    int64_t length = qwr_scenario_quay(s->scenario, (qwr_quay_ix){quay})->length_mm;
    for (uint32_t k = 0; k < r->ranks; k++) {
        const qwr_crane *c = qwr_scenario_crane(s->scenario, (qwr_crane_ix){(uint32_t)keys[k].row});
        qwr__rank *rank = &r->rank[k];
        *rank = (qwr__rank){.crane = (uint32_t)keys[k].row,
                            .reach_from_mm = c->reach_from_mm,
                            .reach_to_mm = c->reach_to_mm != QWR_UNSET ? c->reach_to_mm : length,
                            .outreach_mm = c->outreach_mm};
        rank->home_mm = length * (2 * (int64_t)k + 1) / (2 * (int64_t)r->ranks);
        rank->at_mm = c->start_mm != QWR_UNSET ? c->start_mm : rank->home_mm;
    }
    qwr__free(s->ctx, keys);
    return QWR_OK;
}

static qwr_status find_outages(qwr__rail *r, const qwr__sheet *s)
{
    uint32_t windows = (uint32_t)qwr_scenario_window_count(s->scenario);
    r->outage = qwr__alloc(s->ctx, (size_t)windows + 1, sizeof *r->outage);
    if (r->outage == NULL)
        return qwr__no_memory(s->ctx, "report");
    for (uint32_t i = 0; i < windows; i++) {
        const qwr_window *w = qwr_scenario_window(s->scenario, (qwr_window_ix){i});
        if (w->kind != QWR_WINDOW_MAINTENANCE || w->crane.v == QWR_NONE)
            continue;
        for (uint32_t k = 0; k < r->ranks; k++)
            if (r->rank[k].crane == w->crane.v)
                r->outage[r->outages++] = (qwr__outage){k, w->from_s, w->to_s};
    }
    return QWR_OK;
}

static bool holds_cranes(const qwr__visit *v, uint32_t quay)
{
    return v->timely != QWR__UNPLACED && v->stay->quay.v == quay && v->steady_cranes > 0 &&
           v->work_from_s < v->work_to_s;
}

static qwr__stint make_stint(const qwr__visit *v, uint32_t call, uint32_t ranks)
{
    qwr__stint t = {.call = call,
                    .from_s = v->work_from_s,
                    .to_s = v->work_to_s,
                    .low_mm = v->hull_from_mm,
                    .high_mm =
                        v->hull_to_mm > v->hull_from_mm ? v->hull_to_mm : v->hull_from_mm + 1,
                    .beam_mm = v->call->beam_mm,
                    .wanted = (uint32_t)v->steady_cranes};
    t.need = t.wanted < ranks ? t.wanted : ranks;
    return t;
}

static qwr_status find_stints(qwr__rail *r, const qwr__sheet *s, uint32_t quay)
{
    size_t pool = 0;
    qwr__key *keys = qwr__alloc(s->ctx, (size_t)s->calls + 1, sizeof *keys);
    r->stint = qwr__alloc(s->ctx, (size_t)s->calls + 1, sizeof *r->stint);
    if (keys == NULL || r->stint == NULL) {
        qwr__free(s->ctx, keys);
        return qwr__no_memory(s->ctx, "report");
    }
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[i];
        if (holds_cranes(v, quay))
            keys[r->stints++] = (qwr__key){v->work_from_s, v->hull_from_mm, i};
    }
    qwr__sort_keys(keys, r->stints);
    for (uint32_t i = 0; i < r->stints; i++) {
        uint32_t call = (uint32_t)keys[i].row;
        qwr__stint *t = &r->stint[i];
        *t = make_stint(&s->visit[call], call, r->ranks);
        t->pool = pool;
        pool += t->need;
        r->longest_s = t->to_s - t->from_s > r->longest_s ? t->to_s - t->from_s : r->longest_s;
    }
    qwr__free(s->ctx, keys);
    r->chosen = qwr__alloc(s->ctx, pool + 1, sizeof *r->chosen);
    r->left_mm = qwr__alloc(s->ctx, pool + 1, sizeof *r->left_mm);
    return r->chosen != NULL && r->left_mm != NULL ? QWR_OK : qwr__no_memory(s->ctx, "report");
}

/** Whether the search is short enough to be worth it. */
static bool is_usual(const qwr__rail *r)
{
    int64_t at_once = 0;
    if (r->ranks > MOST_RANKS || r->stints > MOST_STINTS)
        return false;
    for (uint32_t i = 0, k = 0; i < r->stints; i++) {
        while (r->stint[k].from_s + r->longest_s <= r->stint[i].from_s)
            k++;
        at_once = (int64_t)(i - k) + 1 > at_once ? (int64_t)(i - k) + 1 : at_once;
    }
    int64_t instants = 2 * ((int64_t)r->stints + (int64_t)r->outages) + 1;
    return at_once * at_once < MOST_WORK / ((int64_t)r->stints + 1) &&
           (int64_t)r->ranks * r->ranks < MOST_WORK / instants;
}

static void rail_free(qwr__rail *r)
{
    qwr__free(r->ctx, r->rank);
    qwr__free(r->ctx, r->fit);
    qwr__free(r->ctx, r->outage);
    qwr__free(r->ctx, r->stint);
    qwr__free(r->ctx, r->chosen);
    qwr__free(r->ctx, r->left_mm);
    qwr__free(r->ctx, r->piece);
}

/* --- what comes out -------------------------------------------------------------------------- */

static qwr_status add_job(qwr__crews *c, const qwr__rail *r, const qwr__piece *p)
{
    const qwr__stint *t = &r->stint[p->stint];
    int64_t at_mm =
        t->low_mm + (t->high_mm - t->low_mm) * (2 * (int64_t)p->place + 1) / (2 * t->wanted);
    QWR_TRY(qwr__reserve(c->ctx, (void **)&c->job, &c->room, c->count + 1, sizeof *c->job));
    c->job[c->count++] = (qwr__job){r->rank[p->rank].crane, t->call, p->from_s, p->to_s, at_mm};
    return QWR_OK;
}

/** What has no name, and where crews change. */
static void count_stints(qwr__crews *c, qwr__rail *r)
{
    for (size_t k = 0; k < r->pieces; k++) {
        const qwr__piece *p = &r->piece[k];
        qwr__stint *t = &r->stint[p->stint];
        t->named_s += p->to_s - p->from_s;
        t->changes |= p->from_s > t->from_s || p->to_s < t->to_s;
    }
    for (uint32_t i = 0; i < r->stints; i++) {
        const qwr__stint *t = &r->stint[i];
        int64_t left_s = (t->to_s - t->from_s) * t->wanted - t->named_s;
        c->short_calls += left_s > 0;
        c->short_s += left_s;
        c->changed_calls += t->changes;
    }
}

static qwr_status name_quay(qwr__crews *c, const qwr__sheet *s, uint32_t quay)
{
    qwr__rail r = {.ctx = s->ctx};
    qwr_status status;
    QWR_TRY_DONE(find_ranks(&r, s, quay));
    QWR_TRY_DONE(find_outages(&r, s));
    QWR_TRY_DONE(find_stints(&r, s, quay));
    if (is_usual(&r)) {
        QWR_TRY_DONE(qwr__rail_search(&r));
        QWR_TRY_DONE(qwr__rail_fill(&r));
    }
    for (size_t i = 0; i < r.pieces; i++)
        QWR_TRY_DONE(add_job(c, &r, &r.piece[i]));
    count_stints(c, &r);
    status = QWR_OK;
done:
    rail_free(&r);
    return status;
}

/** Jobs by crane, then by time. */
static qwr_status sort_jobs(qwr__crews *c)
{
    qwr__key *keys = qwr__alloc(c->ctx, c->count + 1, sizeof *keys);
    qwr__job *sorted = qwr__alloc(c->ctx, c->count + 1, sizeof *sorted);
    qwr_status status = QWR_ENOMEM;
    if (keys != NULL && sorted != NULL) {
        for (size_t i = 0; i < c->count; i++)
            keys[i] = (qwr__key){c->job[i].crane, c->job[i].from_s, i};
        qwr__sort_keys(keys, c->count);
        for (size_t i = 0; i < c->count; i++)
            sorted[i] = c->job[keys[i].row];
        qwr__free(c->ctx, c->job);
        c->job = sorted;
        sorted = NULL;
        status = QWR_OK;
    }
    qwr__free(c->ctx, keys);
    qwr__free(c->ctx, sorted);
    return status;
}

/** Cranes by call in rail order, each once. */
static qwr_status list_by_call(qwr__crews *c, const qwr__sheet *s)
{
    qwr__key *keys = qwr__alloc(c->ctx, c->count + 1, sizeof *keys);
    uint32_t count = 0;
    size_t i = 0;
    if (keys == NULL)
        return QWR_ENOMEM;
    for (size_t k = 0; k < c->count; k++) {
        const qwr_crane *crane = qwr_scenario_crane(s->scenario, (qwr_crane_ix){c->job[k].crane});
        keys[k] = (qwr__key){c->job[k].call, crane->rail_order, k};
    }
    qwr__sort_keys(keys, c->count);
    for (uint32_t call = 0; call <= s->calls; call++) {
        c->of_from[call] = count;
        for (; i < c->count && keys[i].first == call; i++)
            if (count == c->of_from[call] || c->of[count - 1] != c->job[keys[i].row].crane)
                c->of[count++] = c->job[keys[i].row].crane;
    }
    qwr__free(c->ctx, keys);
    return QWR_OK;
}

qwr_status qwr__crews_init(qwr__crews *c, const qwr__sheet *s)
{
    uint32_t cranes = (uint32_t)qwr_scenario_crane_count(s->scenario);
    *c = (qwr__crews){.ctx = s->ctx};
    for (uint32_t q = 0; q < qwr_scenario_quay_count(s->scenario); q++)
        QWR_TRY(name_quay(c, s, q));
    c->of = qwr__alloc(s->ctx, c->count + 1, sizeof *c->of);
    c->of_from = qwr__alloc(s->ctx, (size_t)s->calls + 1, sizeof *c->of_from);
    c->first = qwr__alloc(s->ctx, (size_t)cranes + 1, sizeof *c->first);
    if (c->of == NULL || c->of_from == NULL || c->first == NULL || sort_jobs(c) != QWR_OK ||
        list_by_call(c, s) != QWR_OK)
        return qwr__no_memory(s->ctx, "report");
    for (uint32_t k = 0, i = 0; k <= cranes; k++) {
        while (i < c->count && c->job[i].crane < k)
            i++;
        c->first[k] = i;
    }
    return QWR_OK;
}

void qwr__crews_free(qwr__crews *c)
{
    qwr__free(c->ctx, c->job);
    qwr__free(c->ctx, c->of);
    qwr__free(c->ctx, c->of_from);
    qwr__free(c->ctx, c->first);
}

const uint32_t *qwr__crews_of(const qwr__crews *c, uint32_t call, size_t *count)
{
    *count = c->of_from[call + 1] - c->of_from[call];
    return c->of + c->of_from[call];
}

/* --- words ----------------------------------------------------------------------------------- */

/** Cranes of the quay that stand between two of them on the rail. */
static bool has_between(const qwr_scenario *s, uint32_t a, uint32_t b)
{
    const qwr_crane *from = qwr_scenario_crane(s, (qwr_crane_ix){a});
    const qwr_crane *to = qwr_scenario_crane(s, (qwr_crane_ix){b});
    for (uint32_t k = 0; k < qwr_scenario_crane_count(s); k++) {
        const qwr_crane *c = qwr_scenario_crane(s, (qwr_crane_ix){k});
        if (c->quay.v == from->quay.v && c->rail_order > from->rail_order &&
            c->rail_order < to->rail_order)
            return true;
    }
    return false;
}

void qwr__word_crew(qwr__text *out, const qwr__sheet *s, const qwr__crews *crews, uint32_t call)
{
    size_t count;
    const uint32_t *crane = qwr__crews_of(crews, call, &count);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end + 1 < count && !has_between(s->scenario, crane[end], crane[end + 1]))
            end++;
        qwr__text_add(out, i > 0 ? ", " : "");
        qwr__text_xml(out, qwr_scenario_crane(s->scenario, (qwr_crane_ix){crane[i]})->id);
        if (end > i) {
            qwr__text_add(out, end > i + 1 ? "\xE2\x80\x93" : ", ");
            qwr__text_xml(out, qwr_scenario_crane(s->scenario, (qwr_crane_ix){crane[end]})->id);
        }
        i = end + 1;
    }
}
