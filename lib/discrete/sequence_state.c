/* SPDX-License-Identifier: Apache-2.0 */
/* Berth sequences: memory, timing of a lane, changes, and the first plan. */
#include "discrete/sequence_state.h"

#include <string.h>

/* Above any tick, and far enough from INT32_MAX for sums. */
#define NEVER (INT32_MAX / 2)
/* 256 MiB of starts. */
#define CHEAPEST_MOST ((size_t)1 << 26)

/* --- memory --- */

static bool usable(const qwr__lanes *t, uint32_t job)
{
    return t->first[job] <= t->last[job];
}

static void make_models(qwr__sequence *s)
{
    const qwr__lanes *t = s->table;
    s->plain = t->single && t->regular;
    for (uint32_t j = 0; j < t->jobs; j++)
        s->plain = s->plain && (t->straight[j] || !usable(t, j));
    for (size_t pair = 0; pair < (size_t)s->calls * s->lanes; pair++) {
        qwr__model *m = s->model + pair;
        *m = (qwr__model){.first = NEVER, .last = -1, .job = QWR__NOWHERE};
        for (uint32_t j = t->of[pair]; j < t->of_end[pair]; j++) {
            if (!usable(t, j))
                continue;
            if (m->job == QWR__NOWHERE) {
                m->job = j;
                m->occupied = t->occupied[j];
                m->price = s->plain ? t->slope[j] : 0;
                m->intercept = s->plain ? t->intercept[j] : 0;
            }
            m->first = t->first[j] < m->first ? t->first[j] : m->first;
            m->last = t->last[j] > m->last ? t->last[j] : m->last;
        }
    }
}

/*
 * For each job and tick the cheapest start from there on; the earliest of equal ones. Where that
 * would take too much memory (a month in minutes at twenty berths) calls start as early as they
 * can.
 */
static int32_t make_cheapest(qwr__sequence *s)
{
    const qwr__lanes *t = s->table;
    if (t->regular)
        return QWR_PLUGIN_OK;
    size_t total = 0;
    for (uint32_t j = 0; j < t->jobs; j++)
        total += usable(t, j) ? (size_t)(t->last[j] - t->first[j]) + 1 : 0;
    if (total > CHEAPEST_MOST)
        return QWR_PLUGIN_OK;
    s->cheapest = qwr__lanes_alloc(t->host, total, sizeof *s->cheapest);
    s->cheapest_at = qwr__lanes_alloc(t->host, (size_t)t->jobs + 1, sizeof *s->cheapest_at);
    if (!s->cheapest || !s->cheapest_at)
        return QWR_PLUGIN_ENOMEM;
    size_t begin = 0;
    for (uint32_t j = 0; j < t->jobs; j++) {
        if (!usable(t, j))
            continue;
        s->cheapest_at[j] = begin - (size_t)t->first[j];
        int32_t best = t->last[j];
        for (int32_t k = t->last[j]; k >= t->first[j]; k--) {
            if (qwr__lane_cost(t, j, k) <= qwr__lane_cost(t, j, best))
                best = k;
            s->cheapest[s->cheapest_at[j] + (size_t)k] = best;
        }
        begin += (size_t)(t->last[j] - t->first[j]) + 1;
    }
    return QWR_PLUGIN_OK;
}

int32_t qwr__sequence_init(qwr__sequence *s, const qwr__lanes *table)
{
    const qwr_host *h = table->host;
    size_t n = (size_t)table->calls + 1, m = (size_t)table->lanes + 1;
    memset(s, 0, sizeof *s);
    s->table = table;
    s->calls = table->calls;
    s->lanes = table->lanes;
    s->stride = (size_t)table->calls + 2;
    s->model = qwr__lanes_alloc(h, n * m, sizeof *s->model);
    s->at = qwr__lanes_alloc(h, s->stride * m, sizeof *s->at);
    s->length = qwr__lanes_alloc(h, m, sizeof *s->length);
    s->stamp = qwr__lanes_alloc(h, m, sizeof *s->stamp);
    s->lane_of = qwr__lanes_alloc(h, n, sizeof *s->lane_of);
    s->place_of = qwr__lanes_alloc(h, n, sizeof *s->place_of);
    s->out = qwr__lanes_alloc(h, n, sizeof *s->out);
    s->saving = qwr__lanes_alloc(h, n, sizeof *s->saving);
    if (!s->model || !s->at || !s->length || !s->stamp || !s->lane_of || !s->place_of || !s->out ||
        !s->saving)
        return QWR_PLUGIN_ENOMEM;
    make_models(s);
    int32_t status = make_cheapest(s);
    if (status == QWR_PLUGIN_OK)
        qwr__sequence_clear(s);
    return status;
}

void qwr__sequence_free(qwr__sequence *s)
{
    if (!s->table)
        return;
    const qwr_host *h = s->table->host;
    void *blocks[] = {s->model,    s->at,  s->length, s->stamp,    s->lane_of,
                      s->place_of, s->out, s->saving, s->cheapest, s->cheapest_at};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    memset(s, 0, sizeof *s);
}

/* --- timing --- */

qwr__fit qwr__fit_any(const qwr__sequence *s, uint32_t lane, uint32_t call, int32_t free)
{
    const qwr__lanes *t = s->table;
    size_t pair = (size_t)call * s->lanes + lane;
    qwr__fit best = {0, 0, INT64_MAX, QWR__NOWHERE};
    for (uint32_t j = t->of[pair]; j < t->of_end[pair]; j++) {
        int32_t start = free > t->first[j] ? free : t->first[j];
        if (start > t->last[j])
            continue;
        if (s->cheapest)
            start = s->cheapest[s->cheapest_at[j] + (size_t)start];
        int64_t cost = qwr__lane_cost(t, j, start);
        if (cost < best.cost || (cost == best.cost && start < best.start))
            best = (qwr__fit){start, start + t->occupied[j], cost, j};
    }
    return best;
}

static qwr__fit fit(const qwr__sequence *s, uint32_t lane, uint32_t call, int32_t free)
{
    return s->plain ? qwr__fit_plain(qwr__sequence_model(s, lane, call), free)
                    : qwr__fit_any(s, lane, call, free);
}

static int64_t item_cost(const qwr__sequence *s, const qwr__item *item)
{
    return s->plain ? s->table->intercept[item->job] + item->price * item->start : item->price;
}

static void put_item(qwr__item *at, const qwr__model *model, uint32_t call)
{
    *at = (qwr__item){.first = model->first,
                      .last = model->last,
                      .occupied = model->occupied,
                      .price = model->price,
                      .call = call,
                      .job = model->job};
}

static void put_sentinel(qwr__item *at)
{
    *at = (qwr__item){
        .first = NEVER, .last = NEVER, .start = NEVER, .call = QWR__NOWHERE, .job = QWR__NOWHERE};
}

void qwr__sequence_clear(qwr__sequence *s)
{
    s->out_count = 0;
    s->cost = 0;
    for (uint32_t i = 0; i < s->calls; i++)
        qwr__sequence_leave_out(s, i);
    for (uint32_t x = 0; x < s->lanes; x++) {
        qwr__item *at = qwr__sequence_lane(s, x);
        at[-1] = (qwr__item){.call = QWR__NOWHERE, .job = QWR__NOWHERE};
        put_sentinel(at);
        s->length[x] = 0;
        s->stamp[x] = ++s->stamps;
    }
}

static bool hopeless(const qwr__sequence *s, uint32_t call)
{
    for (uint32_t x = 0; x < s->lanes; x++)
        if (qwr__sequence_model(s, x, call)->job != QWR__NOWHERE)
            return false;
    return true;
}

void qwr__sequence_leave_out(qwr__sequence *s, uint32_t call)
{
    s->cost += s->table->view->unplaced_cost;
    s->lane_of[call] = QWR__NOWHERE;
    s->place_of[call] = QWR__NOWHERE;
    if (hopeless(s, call))
        return;
    s->place_of[call] = s->out_count;
    s->out[s->out_count++] = call;
}

void qwr__sequence_let_in(qwr__sequence *s, uint32_t call)
{
    uint32_t k = s->place_of[call], other = s->out[--s->out_count];
    s->cost -= s->table->view->unplaced_cost;
    s->out[k] = other;
    s->place_of[other] = k;
}

/* Times the lane from `from` on until an untouched item begins as before. */
static void time_lane(qwr__sequence *s, uint32_t lane, uint32_t from, uint32_t changed)
{
    qwr__item *at = qwr__sequence_lane(s, lane);
    int32_t free = qwr__item_end(at + (ptrdiff_t)from - 1);
    for (uint32_t p = from; p < s->length[lane]; p++) {
        bool old = p >= changed;
        qwr__fit f = fit(s, lane, at[p].call, free);
        if (old) {
            if (f.start == at[p].start && f.job == at[p].job)
                return;
            s->cost -= item_cost(s, at + p);
        }
        s->cost += f.cost;
        at[p].start = f.start;
        at[p].job = f.job;
        at[p].occupied = f.end - f.start;
        if (!s->plain)
            at[p].price = f.cost;
        free = f.end;
    }
}

void qwr__sequence_splice(qwr__sequence *s, uint32_t lane, uint32_t from, uint32_t gone,
                          const uint32_t *with, uint32_t count)
{
    qwr__item *at = qwr__sequence_lane(s, lane);
    uint32_t length = s->length[lane];
    for (uint32_t p = from; p < from + gone; p++)
        s->cost -= item_cost(s, at + p);
    if (gone != count) /* the sentinel moves along */
        memmove(at + from + count, at + from + gone,
                (size_t)(length - from - gone + 1) * sizeof *at);
    for (uint32_t k = 0; k < count; k++)
        put_item(at + from + k, qwr__sequence_model(s, lane, with[k]), with[k]);
    s->length[lane] = length = length - gone + count;
    uint32_t to = gone == count ? from + count : length;
    for (uint32_t p = from; p < to; p++) {
        s->lane_of[at[p].call] = lane;
        s->place_of[at[p].call] = p;
    }
    s->stamp[lane] = ++s->stamps;
    time_lane(s, lane, from, from + count);
}
