/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Moves on berth sequences. The threshold of acceptance is drawn before the move is priced, so that
 * most moves are refused after one look: what the lane of a call saves without it is known from
 * before, and what it costs elsewhere is at least its own cost there.
 */
#include "discrete/sequence_anneal.h"
#include "discrete/sequence_walk.h"

#include <string.h>

/*
 * Calls a move within a lane may pass; how far apart in the order of time partners are, at least;
 * out of 128 batches how many move a call to any lane, and how many swap. Measured: with 200 calls
 * a reach of 20 or 120 is much worse than one of 40 to 80, with 60 calls one of 15 is best.
 */
enum { SEGMENT = 12, REACH = 15, ANY_LANE = 4, SWAPS = 60 };
/* Moves tried with one call in a row, 16 random bits each. */
enum { TRIES = 4 };

typedef enum kind { MOVE, SWAP, INNER, LET_IN } kind;

/** A move: what it changes at one lane or two. */
typedef struct move {
    kind kind;
    uint32_t i, j, lane, other;
    uint32_t place, other_place;
    uint32_t gone, count; /**< of INNER */
    uint32_t with[SEGMENT + 1];
} move;

uint64_t qwr__anneal_next(qwr__anneal *a)
{
    /* SplitMix64 (Steele, Lea, Flood 2014): one stream a stage, keyed by the host's numbers. */
    uint64_t z = a->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint32_t below(uint32_t bits, uint32_t n)
{
    return (uint32_t)((uint64_t)bits * n >> 32);
}

/* --- price of a move --- */

QWR__WALK int64_t price_move(qwr__sequence *s, const move *m, int64_t limit, bool plain)
{
    int64_t delta = -s->table->view->unplaced_cost;
    if (m->lane != QWR__NOWHERE)
        delta = -qwr__walk_saving(s, m->lane, qwr__sequence_lane(s, m->lane) + m->place, plain);
    return qwr__walk_insert(s, m->other, m->other_place, m->i, delta, limit, plain);
}

/* Both calls in each other's place. At least: both gone, each back at its own cost alone. */
QWR__WALK int64_t price_swap(qwr__sequence *s, const move *m, int64_t limit, bool plain)
{
    const qwr__item *x = qwr__sequence_lane(s, m->lane) + m->place;
    const qwr__item *y = qwr__sequence_lane(s, m->other) + m->other_place;
    qwr__fit at_y = qwr__walk_fit(s, m->other, m->i, qwr__item_end(y - 1), plain);
    qwr__fit at_x = qwr__walk_fit(s, m->lane, m->j, qwr__item_end(x - 1), plain);
    if (at_x.job == QWR__NOWHERE || at_y.job == QWR__NOWHERE)
        return QWR__TOO_DEAR;
    int64_t alone = at_x.cost + at_y.cost;
    if (alone - qwr__walk_saving(s, m->lane, x, plain) - qwr__walk_saving(s, m->other, y, plain) >
        limit)
        return QWR__TOO_DEAR;
    int64_t delta = alone - qwr__walk_cost(s, x, plain) - qwr__walk_cost(s, y, plain);
    /* The side that gets earlier first: only then does a sum over the limit mean anything. */
    if (at_x.end <= qwr__item_end(x)) {
        delta = qwr__walk(s, m->lane, x + 1, at_x.end, delta, QWR__TOO_DEAR - 1, plain);
        if (delta == QWR__TOO_DEAR)
            return delta;
        return qwr__walk(s, m->other, y + 1, at_y.end, delta, limit, plain);
    }
    int64_t most = at_y.end <= qwr__item_end(y) ? QWR__TOO_DEAR - 1 : limit;
    delta = qwr__walk(s, m->other, y + 1, at_y.end, delta, most, plain);
    if (delta == QWR__TOO_DEAR)
        return delta;
    return qwr__walk(s, m->lane, x + 1, at_x.end, delta, limit, plain);
}

QWR__WALK int64_t price(qwr__sequence *s, const move *m, int64_t limit, bool plain)
{
    switch (m->kind) {
    case MOVE:
        return price_move(s, m, limit, plain);
    case SWAP:
        return price_swap(s, m, limit, plain);
    case INNER:
    case LET_IN:
        break;
    }
    return qwr__walk_replace(s, m->lane, m->place, m->gone, m->with, m->count, 0, limit, plain);
}

/* --- making a move --- */

static void make(qwr__anneal *a, const move *m)
{
    qwr__sequence *s = &a->now;
    switch (m->kind) {
    case MOVE:
        if (m->lane != QWR__NOWHERE)
            qwr__sequence_splice(s, m->lane, m->place, 1, NULL, 0);
        else
            qwr__sequence_let_in(s, m->i);
        qwr__sequence_splice(s, m->other, m->other_place, 0, &m->i, 1);
        break;
    case SWAP:
        qwr__sequence_splice(s, m->lane, m->place, 1, &m->j, 1);
        qwr__sequence_splice(s, m->other, m->other_place, 1, &m->i, 1);
        break;
    case LET_IN:
        qwr__sequence_let_in(s, m->with[0]);
        qwr__sequence_splice(s, m->lane, m->place, 1, m->with, 1);
        qwr__sequence_leave_out(s, m->i);
        break;
    case INNER:
        qwr__sequence_splice(s, m->lane, m->place, m->gone, m->with, m->count);
        break;
    }
    a->taken++;
}

/* --- choice of a move --- */

/* Within a lane: i goes before or behind j, or they change places. */
static bool choose_inner(const qwr__sequence *s, move *m, bool swap, uint32_t behind)
{
    uint32_t p = s->place_of[m->i], q = s->place_of[m->j];
    uint32_t from = p < q ? p : q, to = p < q ? q : p;
    if (to - from >= SEGMENT)
        return false;
    const qwr__item *at = qwr__sequence_lane(s, m->lane);
    m->kind = INNER;
    m->place = from;
    m->gone = m->count = to - from + 1;
    uint32_t k = 0;
    if (swap || to == from + 1) {
        for (uint32_t r = from; r <= to; r++)
            m->with[k++] = at[r].call;
        m->with[0] = at[to].call;
        m->with[k - 1] = at[from].call;
        return true;
    }
    if (p < q) { /* the others move up; j stays last if i goes before it */
        for (uint32_t r = p + 1; r < q; r++)
            m->with[k++] = at[r].call;
        m->with[k++] = behind ? m->j : m->i;
        m->with[k++] = behind ? m->i : m->j;
        return true;
    }
    m->with[k++] = behind ? m->j : m->i;
    m->with[k++] = behind ? m->i : m->j;
    for (uint32_t r = q + 1; r < p; r++)
        m->with[k++] = at[r].call;
    return true;
}

/* Where a call would come by time at a lane that may be empty. */
static uint32_t place_by_time(const qwr__sequence *s, uint32_t lane, int32_t start)
{
    const qwr__item *at = qwr__sequence_lane(s, lane);
    uint32_t low = 0, high = s->length[lane];
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (at[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool choose_any_lane(qwr__anneal *a, move *m, uint32_t bits)
{
    const qwr__sequence *s = &a->now;
    m->kind = MOVE;
    m->other = below(bits, s->lanes);
    if (m->other == m->lane)
        return false;
    m->other_place = place_by_time(s, m->other, a->key[m->i]);
    return true;
}

/* One of the two is left out and takes the other's place. */
static void choose_let_in(const qwr__sequence *s, move *m)
{
    uint32_t in = m->lane == QWR__NOWHERE ? m->i : m->j;
    m->i = m->lane == QWR__NOWHERE ? m->j : m->i;
    m->kind = LET_IN;
    m->with[0] = in;
    m->lane = s->lane_of[m->i];
    m->place = s->place_of[m->i];
    m->gone = m->count = 1;
}

/* What i and j do together; both are set. */
static inline bool choose_pair(const qwr__sequence *s, move *m, bool swap, uint32_t behind)
{
    m->other = s->lane_of[m->j];
    m->other_place = s->place_of[m->j];
    if (m->other == m->lane)
        return m->lane != QWR__NOWHERE && m->i != m->j && choose_inner(s, m, swap, behind);
    if (m->other == QWR__NOWHERE || (m->lane == QWR__NOWHERE && swap)) {
        choose_let_in(s, m);
        return true;
    }
    m->kind = swap ? SWAP : MOVE;
    m->other_place += swap ? 0 : behind;
    return true;
}

/* --- order by time --- */

/* Sorted by insertion: the order of starts moves slowly. */
void qwr__anneal_refresh(qwr__anneal *a)
{
    const qwr__sequence *s = &a->now;
    for (uint32_t k = 0; k < a->count; k++) {
        uint32_t i = a->by_time[k];
        if (s->lane_of[i] != QWR__NOWHERE)
            a->key[i] = qwr__sequence_lane(s, s->lane_of[i])[s->place_of[i]].start;
    }
    for (uint32_t k = 1; k < a->count; k++) {
        uint32_t i = a->by_time[k], p = k;
        for (; p > 0 && a->key[a->by_time[p - 1]] > a->key[i]; p--)
            a->by_time[p] = a->by_time[p - 1];
        a->by_time[p] = i;
    }
}

/* --- runs --- */

void qwr__anneal_keep(qwr__anneal *a)
{
    if (a->now.cost >= a->best)
        return;
    qwr__sequence_store(&a->now, a->best_row, a->best_start);
    a->best = a->now.cost;
}

void qwr__anneal_back(qwr__anneal *a)
{
    qwr__sequence_load(&a->now, a->best_row, a->best_start, a->order, a->key);
}

/* Sixteen random bits of the k-th try. */
static inline uint32_t part(uint64_t bits, uint32_t k)
{
    return (uint32_t)(bits >> (k * 16)) & 65535;
}

/* The move of a batch: which call, and whether it swaps. Its partners lie in by_time from `low`. */
typedef struct batch {
    uint32_t i, low, width;
    bool swap, any_lane;
} batch;

static batch choose_batch(qwr__anneal *a)
{
    const qwr__sequence *s = &a->now;
    uint64_t bits = qwr__anneal_next(a);
    uint32_t r = below((uint32_t)bits, a->count), way = (uint32_t)(bits >> 32) & 127;
    uint32_t reach = a->count / 4 > REACH ? a->count / 4 : REACH;
    batch b = {.i = a->by_time[r], .low = r > reach ? r - reach : 0};
    uint32_t high = r + reach < a->count ? r + reach : a->count - 1;
    b.width = high - b.low + 1;
    b.any_lane = way < ANY_LANE;
    b.swap = way < ANY_LANE + SWAPS;
    if (s->out_count > 0 && (bits >> 39 & 3) == 0)
        b.i = s->out[(bits >> 41) % s->out_count];
    return b;
}

/* Tries the moves of a batch until one is made. */
QWR__WALK void run_batch(qwr__anneal *a, const batch *b, uint64_t where, uint64_t how, bool plain)
{
    qwr__sequence *s = &a->now;
    move m = {.i = b->i, .lane = s->lane_of[b->i], .place = s->place_of[b->i]};
    for (uint32_t k = 0; k < TRIES; k++) {
        uint32_t dice = part(how, k);
        if (b->any_lane) {
            if (!choose_any_lane(a, &m, part(where, k) << 16))
                continue;
        } else {
            m.j = a->by_time[b->low + ((uint64_t)part(where, k) * b->width >> 16)];
            if (!choose_pair(s, &m, b->swap, dice >> 15))
                continue;
        }
        int64_t limit = a->heat * a->log[dice & (QWR__LOGS - 1)] >> 20; /* QWR__HEAT twice */
        int64_t delta = price(s, &m, limit, plain);
        if (delta > limit) {
            m.i = b->i; /* LET_IN may have changed them */
            m.lane = s->lane_of[b->i];
            m.place = s->place_of[b->i];
            continue;
        }
        if (delta > 0)
            qwr__anneal_keep(a);
        make(a, &m);
        return;
    }
}

QWR__WALK void run(qwr__anneal *a, uint32_t moves, bool plain)
{
    for (uint32_t k = 0; k < moves; k += TRIES) {
        batch b = choose_batch(a);
        uint64_t where = qwr__anneal_next(a), how = qwr__anneal_next(a);
        run_batch(a, &b, where, how, plain);
    }
}

void qwr__anneal_run(qwr__anneal *a, uint32_t moves)
{
    if (a->now.plain)
        run(a, moves, true);
    else
        run(a, moves, false);
    qwr__anneal_keep(a);
}

int64_t qwr__anneal_sample(qwr__anneal *a, uint32_t moves)
{
    int64_t sum = 0, count = 0, most = QWR__TOO_DEAR - 1;
    qwr__anneal_refresh(a);
    for (uint32_t k = 0; k < moves; k++) {
        batch b = choose_batch(a);
        move m = {.i = b.i, .lane = a->now.lane_of[b.i], .place = a->now.place_of[b.i]};
        uint64_t where = qwr__anneal_next(a);
        m.j = a->by_time[b.low + ((uint64_t)part(where, 0) * b.width >> 16)];
        if (!choose_pair(&a->now, &m, b.swap, (uint32_t)where >> 31))
            continue;
        int64_t delta =
            a->now.plain ? price(&a->now, &m, most, true) : price(&a->now, &m, most, false);
        if (delta <= 0 || delta >= a->now.table->view->unplaced_cost / 2)
            continue;
        sum += delta;
        count++;
    }
    return count > 0 && sum > count ? sum / count : 1;
}

/* --- memory --- */

/*
 * -ln((k + 1/2) / QWR__LOGS) in 1/QWR__HEAT, without the C library, whose last digits differ from
 * one to the next: log2 by squaring, one binary digit a time.
 */
static void fill_log(int32_t *log)
{
    for (uint32_t k = 0; k < QWR__LOGS; k++) {
        uint64_t x = (uint64_t)(2 * k + 1) << 22; /* in 1/2^33 of 1 */
        int64_t log2 = 0;                         /* of x / 2^33, in 1/2^20 */
        for (; x < UINT64_C(1) << 32; x <<= 1)
            log2 -= 1 << 20;
        log2 -= 1 << 20; /* x in [2^32, 2^33): x / 2^32 in [1, 2) */
        for (int64_t bit = 1 << 19; bit > 0; bit >>= 1) {
            x = (x >> 1) * x >> 31;
            if (x >= UINT64_C(1) << 33) {
                x >>= 1;
                log2 += bit;
            }
        }
        log[k] = (int32_t)(-log2 * 726817 / (1 << 20) * QWR__HEAT / (1 << 20)); /* ln 2 * 2^20 */
    }
}

int32_t qwr__anneal_init(qwr__anneal *a, const qwr__lanes *table)
{
    const qwr_host *h = table->host;
    size_t n = (size_t)table->calls + 1;
    memset(a, 0, sizeof *a);
    a->best = INT64_MAX;
    int32_t status = qwr__sequence_init(&a->now, table);
    a->by_time = qwr__lanes_alloc(h, n, sizeof *a->by_time);
    a->key = qwr__lanes_alloc(h, n, sizeof *a->key);
    a->order = qwr__lanes_alloc(h, n, sizeof *a->order);
    a->old_begin = qwr__lanes_alloc(h, (size_t)table->lanes + 1, sizeof *a->old_begin);
    a->old_stamp = qwr__lanes_alloc(h, (size_t)table->lanes + 1, sizeof *a->old_stamp);
    a->best_row = qwr__lanes_alloc(h, n, sizeof *a->best_row);
    a->best_start = qwr__lanes_alloc(h, n, sizeof *a->best_start);
    a->log = qwr__lanes_alloc(h, QWR__LOGS, sizeof *a->log);
    if (status != QWR_PLUGIN_OK || !a->by_time || !a->key || !a->order || !a->old_begin ||
        !a->old_stamp || !a->best_row || !a->best_start || !a->log)
        return QWR_PLUGIN_ENOMEM;
    fill_log(a->log);
    for (uint32_t k = 0; k < a->now.out_count; k++)
        a->by_time[a->count++] = a->now.out[k];
    qwr__sequence_arrivals(&a->now, a->key);
    qwr__sequence_sort(a->by_time, a->count, a->key);
    return QWR_PLUGIN_OK;
}

void qwr__anneal_free(qwr__anneal *a)
{
    const qwr_host *h = a->now.table ? a->now.table->host : NULL;
    void *blocks[] = {a->old_begin, a->old_stamp, a->by_time,    a->key,
                      a->order,     a->best_row,  a->best_start, a->log};
    for (size_t k = 0; h && k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    qwr__sequence_free(&a->now);
    memset(a, 0, sizeof *a);
}
