/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names where crews must change in the middle of a stay. Between two instants at which anything
 * begins or ends, cranes in rail order meet slots in quay order, and one table finds the naming
 * that leaves the fewest slots empty and then changes the least. What the search found for whole
 * stays is kept where it can be. Must never look farther back than one interval.
 */
#include "report/crew.h"

#include "model/sort.h"

/** Prices: an empty slot outweighs every change, a change outweighs the way. */
enum { EMPTY = 1000000000, NEWCOMER = 200000, LEAVER = 100000, STRANGER = 40000, FAR_MOST = 400 };

typedef struct slot {
    uint32_t stint, place; /* the place-th crane along the hull */
} slot;

typedef struct table {
    qwr__rail *r;
    slot *slot;
    uint32_t slots;
    int64_t *cost;   /* [ranks + 1][slots + 1] */
    uint32_t *prev;  /* by rank: stint served in the interval before, or QWR_NONE */
    size_t *open;    /* by rank: its piece that may go on */
    uint32_t *taken; /* by rank: slot taken now, or QWR_NONE */
    int64_t from_s, to_s;
} table;

bool qwr__rail_can_reach(const qwr__rail *r, const qwr__stint *s, uint32_t rank)
{
    const qwr__rank *c = &r->rank[rank];
    return c->reach_from_mm < s->high_mm && c->reach_to_mm > s->low_mm &&
           (c->outreach_mm == QWR_UNSET || s->beam_mm == QWR_UNSET || c->outreach_mm >= s->beam_mm);
}

bool qwr__rail_is_out(const qwr__rail *r, uint32_t rank, int64_t from_s, int64_t to_s)
{
    for (size_t i = 0; i < r->outages; i++)
        if (r->outage[i].rank == rank && r->outage[i].from_s < to_s && r->outage[i].to_s > from_s)
            return true;
    return false;
}

static bool was_chosen(const qwr__rail *r, const qwr__stint *s, uint32_t rank)
{
    for (uint32_t k = 0; k < s->need; k++)
        if (r->chosen[s->pool + k] == rank)
            return true;
    return false;
}

static int64_t price(const table *t, uint32_t rank, const slot *at)
{
    const qwr__stint *s = &t->r->stint[at->stint];
    uint32_t prev = t->prev[rank];
    int64_t middle = s->low_mm + (s->high_mm - s->low_mm) / 2;
    int64_t far_mm = t->r->rank[rank].home_mm - middle;
    int64_t far = (far_mm < 0 ? -far_mm : far_mm) / 10000;
    if (prev == at->stint)
        return 0;
    return (s->from_s < t->from_s ? NEWCOMER : 0) +
           (prev != QWR_NONE && t->r->stint[prev].to_s > t->from_s ? LEAVER : 0) +
           (was_chosen(t->r, s, rank) ? 0 : STRANGER) + (far < FAR_MOST ? far : FAR_MOST);
}

static int64_t *cell(const table *t, uint32_t rank, uint32_t k)
{
    return &t->cost[(size_t)rank * (t->slots + 1) + k];
}

/** Least price of serving slots k.. with ranks rank..; filled from the end. */
static void fill_table(const table *t, const bool *works)
{
    uint32_t ranks = t->r->ranks;
    for (uint32_t rank = ranks + 1; rank-- > 0;)
        for (uint32_t k = t->slots + 1; k-- > 0;) {
            int64_t best = k == t->slots ? 0 : *cell(t, rank, k + 1) + EMPTY;
            if (rank < ranks && *cell(t, rank + 1, k) < best)
                best = *cell(t, rank + 1, k);
            if (rank < ranks && k < t->slots && works[rank] &&
                qwr__rail_can_reach(t->r, &t->r->stint[t->slot[k].stint], rank)) {
                int64_t with = *cell(t, rank + 1, k + 1) + price(t, rank, &t->slot[k]);
                best = with < best ? with : best;
            }
            *cell(t, rank, k) = best;
        }
}

/** Walks the table; of equal prices a crane is put to work rather than left idle. */
static void walk(table *t, const bool *works)
{
    uint32_t k = 0;
    for (uint32_t rank = 0; rank < t->r->ranks; rank++) {
        t->taken[rank] = QWR_NONE;
        while (k < t->slots && *cell(t, rank, k) == *cell(t, rank, k + 1) + EMPTY)
            k++;
        if (k < t->slots && works[rank] &&
            qwr__rail_can_reach(t->r, &t->r->stint[t->slot[k].stint], rank) &&
            *cell(t, rank, k) == *cell(t, rank + 1, k + 1) + price(t, rank, &t->slot[k]))
            t->taken[rank] = k++;
    }
}

static qwr_status add_piece(qwr__rail *r, qwr__piece piece)
{
    QWR_TRY(
        qwr__reserve(r->ctx, (void **)&r->piece, &r->piece_room, r->pieces + 1, sizeof *r->piece));
    r->piece[r->pieces++] = piece;
    return QWR_OK;
}

static qwr_status keep(table *t)
{
    for (uint32_t rank = 0; rank < t->r->ranks; rank++) {
        uint32_t k = t->taken[rank], stint = k == QWR_NONE ? QWR_NONE : t->slot[k].stint;
        if (stint != QWR_NONE && stint == t->prev[rank]) {
            t->r->piece[t->open[rank]].to_s = t->to_s;
        } else if (stint != QWR_NONE) {
            t->open[rank] = t->r->pieces;
            QWR_TRY(
                add_piece(t->r, (qwr__piece){rank, stint, t->slot[k].place, t->from_s, t->to_s}));
        }
        t->prev[rank] = stint;
    }
    return QWR_OK;
}

/** Slots of the stints at work in the interval, in quay order. */
static uint32_t find_slots(table *t, uint32_t from, qwr__key *keys)
{
    const qwr__rail *r = t->r;
    size_t at_work = 0;
    uint32_t count = 0;
    for (uint32_t i = from; i < r->stints && r->stint[i].from_s <= t->from_s; i++)
        if (r->stint[i].to_s > t->from_s)
            keys[at_work++] = (qwr__key){r->stint[i].low_mm, r->stint[i].call, i};
    qwr__sort_keys(keys, at_work);
    for (size_t i = 0; i < at_work; i++) {
        uint32_t stint = (uint32_t)keys[i].row;
        for (uint32_t place = 0; place < r->stint[stint].wanted; place++) {
            if (count == QWR__MOST_SLOTS || count == 2 * r->ranks)
                return count;
            t->slot[count++] = (slot){stint, place};
        }
    }
    return count;
}

static qwr_status name_interval(table *t, uint32_t from, qwr__key *keys, bool *works)
{
    for (uint32_t rank = 0; rank < t->r->ranks; rank++)
        works[rank] = !qwr__rail_is_out(t->r, rank, t->from_s, t->to_s);
    t->slots = find_slots(t, from, keys);
    fill_table(t, works);
    walk(t, works);
    return keep(t);
}

/** Instants at which a stint or an outage begins or ends, rising. */
static size_t find_instants(const qwr__rail *r, qwr__key *keys)
{
    size_t n = 0, kept = 0;
    for (uint32_t i = 0; i < r->stints; i++) {
        keys[n++] = (qwr__key){r->stint[i].from_s, 0, 0};
        keys[n++] = (qwr__key){r->stint[i].to_s, 0, 0};
    }
    for (size_t i = 0; i < r->outages; i++) {
        keys[n++] = (qwr__key){r->outage[i].from_s, 0, 0};
        keys[n++] = (qwr__key){r->outage[i].to_s, 0, 0};
    }
    qwr__sort_keys(keys, n);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || keys[kept - 1].first != keys[i].first)
            keys[kept++] = keys[i];
    return kept;
}

static qwr_status sweep(table *t, const qwr__key *instants, size_t count, qwr__key *keys,
                        bool *works)
{
    uint32_t from = 0;
    for (uint32_t rank = 0; rank < t->r->ranks; rank++)
        t->prev[rank] = QWR_NONE;
    for (size_t i = 0; i + 1 < count; i++) {
        t->from_s = instants[i].first;
        t->to_s = instants[i + 1].first;
        while (from < t->r->stints && t->r->stint[from].from_s + t->r->longest_s <= t->from_s)
            from++;
        QWR_TRY(name_interval(t, from, keys, works));
    }
    return QWR_OK;
}

qwr_status qwr__rail_fill(qwr__rail *r)
{
    size_t most = 2 * ((size_t)r->stints + r->outages) + 1;
    qwr_status status = QWR_ENOMEM;
    table t = {.r = r};
    qwr__key *instants = qwr__alloc(r->ctx, most, sizeof *instants);
    qwr__key *keys = qwr__alloc(r->ctx, (size_t)r->stints + 1, sizeof *keys);
    bool *works = qwr__alloc(r->ctx, (size_t)r->ranks + 1, sizeof *works);
    t.slot = qwr__alloc(r->ctx, QWR__MOST_SLOTS, sizeof *t.slot);
    t.cost = qwr__alloc(r->ctx, ((size_t)r->ranks + 1) * (QWR__MOST_SLOTS + 1), sizeof *t.cost);
    t.prev = qwr__alloc(r->ctx, (size_t)r->ranks + 1, sizeof *t.prev);
    t.open = qwr__alloc(r->ctx, (size_t)r->ranks + 1, sizeof *t.open);
    t.taken = qwr__alloc(r->ctx, (size_t)r->ranks + 1, sizeof *t.taken);
    if (instants != NULL && keys != NULL && works != NULL && t.slot != NULL && t.cost != NULL &&
        t.prev != NULL && t.open != NULL && t.taken != NULL)
        status = sweep(&t, instants, find_instants(r, instants), keys, works);
    qwr__free(r->ctx, instants);
    qwr__free(r->ctx, keys);
    qwr__free(r->ctx, works);
    qwr__free(r->ctx, t.slot);
    qwr__free(r->ctx, t.cost);
    qwr__free(r->ctx, t.prev);
    qwr__free(r->ctx, t.open);
    qwr__free(r->ctx, t.taken);
    return status == QWR_OK ? QWR_OK : qwr__no_memory(r->ctx, "report");
}
