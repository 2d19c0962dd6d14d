/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where to branch: on the lane of a call, and where lanes are settled on its start. Copies of a
 * call are told apart by their order: "at least k of them lie at the lanes up to x" is a split of
 * the k-th copy.
 */
#include "discrete/tree.h"

#include <math.h>
#include <string.h>

static const double SMALL = QWR__SMALL_SHARE;

/** What the programme says of each call. */
typedef struct shares {
    double *lane;        /**< [calls * lanes] share at each lane */
    double *mean;        /**< [calls] start */
    double *square;      /**< [calls] */
    int32_t *low, *high; /**< [calls] least and greatest start */
    uint32_t *met;       /**< [calls] job it has on the paths */
    uint32_t *order;     /**< [calls] scratch */
    int32_t *free;       /**< [lanes before folding] tick from which on nobody lies there */
    bool whole;
} shares;

static void shares_free(shares *s, const qwr_host *h)
{
    void *blocks[] = {s->lane, s->mean, s->square, s->low, s->high, s->met, s->order, s->free};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
}

static bool shares_init(shares *s, const qwr__lanes *l, const qwr__lanes *whole)
{
    const qwr_host *h = l->host;
    size_t calls = (size_t)l->calls + 1;
    s->lane = qwr__lanes_alloc(h, calls * l->lanes, sizeof *s->lane);
    s->mean = qwr__lanes_alloc(h, calls, sizeof *s->mean);
    s->square = qwr__lanes_alloc(h, calls, sizeof *s->square);
    s->low = qwr__lanes_alloc(h, calls, sizeof *s->low);
    s->high = qwr__lanes_alloc(h, calls, sizeof *s->high);
    s->met = qwr__lanes_alloc(h, calls, sizeof *s->met);
    s->order = qwr__lanes_alloc(h, calls, sizeof *s->order);
    s->free = qwr__lanes_alloc(h, (size_t)whole->lanes + 1, sizeof *s->free);
    if (!s->lane || !s->mean || !s->square || !s->low || !s->high || !s->met || !s->order ||
        !s->free)
        return false;
    for (uint32_t i = 0; i < l->calls; i++) {
        s->low[i] = INT32_MAX;
        s->high[i] = INT32_MIN;
        s->met[i] = UINT32_MAX;
    }
    return true;
}

static void take_path(shares *s, const qwr__lanes *l, const qwr__master *m, uint32_t path,
                      double value, int32_t *start)
{
    const qwr__pool *p = &m->pool;
    for (uint32_t e = 0; e < p->length[path]; e++) {
        qwr__choice c = p->choice[p->begin[path] + e];
        uint32_t i = l->call[c.job];
        if (s->met[i] != UINT32_MAX && (s->met[i] != c.job || start[i] != c.start))
            s->whole = false; /* elsewhere too, or twice on this path */
        s->met[i] = c.job;
        start[i] = c.start;
        s->lane[(size_t)i * l->lanes + p->lane[path]] += value;
        s->mean[i] += value * c.start;
        s->square[i] += value * c.start * c.start;
        s->low[i] = c.start < s->low[i] ? c.start : s->low[i];
        s->high[i] = c.start > s->high[i] ? c.start : s->high[i];
    }
}

/* Calls by start. */
static uint32_t sort_calls(uint32_t *order, const qwr__lanes *l, const int32_t *start)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < l->calls; i++) {
        uint32_t at = count;
        if (!l->served[i])
            continue;
        for (; at > 0 && start[order[at - 1]] > start[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
        count++;
    }
    return count;
}

/*
 * Each call has one lane and start: of lanes folded into one, it goes to the first that is free.
 * The paths need not be whole for that: like lanes may share two ways to pair the same calls.
 */
static bool settle(shares *s, const qwr__lanes *l, const qwr__lanes *whole, uint32_t *row,
                   const int32_t *start)
{
    uint32_t count = sort_calls(s->order, l, start);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = s->order[k], j = s->met[i];
        if (j == UINT32_MAX)
            return false;
        uint32_t x = l->lane[j], to = l->first_lane[x], end = to + l->many[x];
        while (to < end && s->free[to] > start[i])
            to++;
        if (to == end)
            return false;
        s->free[to] = start[i] + l->occupied[j];
        row[i] = whole->row[whole->begin[to] + j - l->begin[x]];
    }
    return true;
}

static void gather(shares *s, const qwr__lanes *l, const qwr__lanes *whole, const qwr__master *m,
                   uint32_t *row, int32_t *start)
{
    s->whole = true;
    for (uint32_t i = 0; i < l->calls; i++)
        row[i] = UINT32_MAX;
    for (uint32_t r = 0; r < m->lp.rows; r++) {
        uint32_t j = m->lp.basis[r];
        if (m->lp.value[r] < SMALL)
            continue;
        if (!qwr__master_settled(m, j))
            s->whole = false; /* the box still binds */
        else if (j >= m->first_path)
            take_path(s, l, m, j - m->first_path, m->lp.value[r], start);
    }
    s->whole = s->whole && settle(s, l, whole, row, start);
}

static double fraction_of(double x)
{
    double f = x - floor(x + SMALL);
    return f < 1 - f ? f : 1 - f;
}

/* Keeps the best of what is offered, best first. */
static void offer(qwr__branching *b, uint32_t most, const qwr_proof_step *split, double score,
                  double inside)
{
    uint32_t at = b->count < most ? b->count++ : most;
    if (at == most && score <= b->score[most - 1])
        return;
    if (at == most)
        at--;
    for (; at > 0 && b->score[at - 1] < score; at--) {
        b->score[at] = b->score[at - 1];
        b->split[at] = b->split[at - 1];
        b->inside[at] = b->inside[at - 1];
    }
    b->score[at] = score;
    b->inside[at] = inside;
    b->split[at] = *split;
}

/* Shares near to a half. */
static void by_lane(qwr__branching *b, const shares *s, const qwr__rules *r)
{
    const qwr__lanes *l = r->l;
    for (uint32_t i = 0; i < l->calls; i++) {
        bool alone = r->first_copy[i] == i && r->next_copy[i] == QWR__NO_CALL;
        double sum = 0;
        if (r->first_copy[i] != i)
            continue;
        for (uint32_t x = 0; x < l->lanes; x++) {
            uint32_t who = i;
            if (alone)
                sum = s->lane[(size_t)i * l->lanes + x];
            else
                for (uint32_t k = i; k != QWR__NO_CALL; k = r->next_copy[k])
                    sum += s->lane[(size_t)k * l->lanes + x];
            double f = fraction_of(sum);
            if (f <= 0.02)
                continue;
            for (int k = (int)floor(sum + SMALL); k > 0 && r->next_copy[who] != QWR__NO_CALL; k--)
                who = r->next_copy[who];
            offer(b, QWR__MOST_SPLITS * 2 / 3,
                  &(qwr_proof_step){.kind = QWR_PROOF_SPLIT,
                                    .call = who,
                                    .cell = alone ? (int32_t)x : 0,
                                    .cell_last = (int32_t)x,
                                    .first = 0,
                                    .last = INT32_MAX},
                  1 + f, sum - floor(sum + SMALL));
        }
    }
}

/* Starts that vary much. */
static void by_start(qwr__branching *b, const shares *s, const qwr__lanes *l)
{
    for (uint32_t i = 0; i < l->calls; i++) {
        double spread = s->square[i] - s->mean[i] * s->mean[i];
        if (s->high[i] <= s->low[i])
            continue;
        int32_t at = (int32_t)floor(s->mean[i]);
        at = at >= s->high[i] ? s->high[i] - 1 : at < s->low[i] ? s->low[i] : at;
        offer(b, QWR__MOST_SPLITS,
              &(qwr_proof_step){.kind = QWR_PROOF_SPLIT,
                                .call = i,
                                .cell = 0,
                                .cell_last = (int32_t)l->lanes - 1,
                                .first = 0,
                                .last = at},
              spread / (1e6 + spread), 0.5);
    }
}

/* Without fractions to go by: halves the candidates of the call that has most. */
static bool by_count(qwr_proof_step *split, const qwr__lanes *l, const qwr__graph *g,
                     uint32_t *count)
{
    uint32_t most = 0, seen = 0;
    memset(count, 0, l->calls * sizeof *count);
    for (uint32_t c = 0; c < g->count; c++)
        if (++count[g->node[c].call] > count[most])
            most = g->node[c].call;
    if (count[most] < 2)
        return false;
    for (uint32_t c = 0; c + 1 < g->count; c++) {
        if (g->node[c].call != most || 2 * ++seen < count[most])
            continue;
        int32_t lane = (int32_t)l->lane[g->choice[c].job];
        /* Lanes before this one and this one; if there is no other, the starts at it. */
        *split = (qwr_proof_step){QWR_PROOF_SPLIT, most, 0, lane, 0, INT32_MAX};
        for (uint32_t later = c + 1; later < g->count; later++)
            if (g->node[later].call == most && (int32_t)l->lane[g->choice[later].job] > lane)
                return true;
        *split = (qwr_proof_step){QWR_PROOF_SPLIT, most, lane, lane, 0, g->choice[c].start};
        return true;
    }
    return false;
}

/* Drops splits that leave one side whole: copies may all lie on one. */
static void drop_useless(qwr__branching *b, const qwr__lanes *l, const qwr__graph *g)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < b->count; k++) {
        const qwr_proof_step *s = &b->split[k];
        bool side[2] = {false, false};
        for (uint32_t c = 0; c < g->count && !(side[0] && side[1]); c++) {
            int32_t lane = (int32_t)l->lane[g->choice[c].job], start = g->choice[c].start;
            if (g->node[c].call == s->call)
                side[lane >= s->cell && lane <= s->cell_last && start >= s->first &&
                     start <= s->last] = true;
        }
        if (side[0] && side[1]) {
            b->inside[kept] = b->inside[k];
            b->score[kept] = b->score[k];
            b->split[kept++] = *s;
        }
    }
    b->count = kept;
}

int32_t qwr__branch_choose(qwr__branching *b, const qwr__rules *rules, const qwr__lanes *whole,
                           const qwr__master *m, const qwr__graph *g, uint32_t *row, int32_t *start)
{
    const qwr__lanes *l = rules->l;
    shares s = {.lane = NULL};
    memset(b, 0, sizeof *b);
    if (!shares_init(&s, l, whole)) {
        shares_free(&s, l->host);
        return QWR_PLUGIN_ENOMEM;
    }
    gather(&s, l, whole, m, row, start);
    b->whole = s.whole;
    by_lane(b, &s, rules);
    by_start(b, &s, l);
    drop_useless(b, l, g);
    if (b->count == 0 && by_count(&b->split[0], l, g, s.met))
        b->count = 1;
    shares_free(&s, l->host);
    return QWR_PLUGIN_OK;
}
