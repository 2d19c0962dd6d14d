/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the discrete room and what they ought to say: see discrete_table.h. */
#include "discrete_table.h"

#include "support/support.h"

#include <stdlib.h>
#include <string.h>

/* What the search's problems lack: like lanes, copies, ties, and all of it at once. */
static const features MORE[] = {
    {.equal = true},
    {.like = true, .weights = true},
    {.copies = true, .weights = true},
    {.copies = true, .like = true, .equal = true, .turnaround = true},
    {.copies = true, .like = true, .windows = true, .tight = true, .equal = true},
    {.copies = true, .like = true, .late = true, .forbidden = true, .weights = true},
    {.early = true, .weights = true, .turnaround = true},
    {.windows = true, .stays = true, .weights = true},
    {.windows = true, .stays = true, .copies = true, .equal = true},
    {.early = true, .copies = true, .windows = true, .equal = true, .forbidden = true},
};
enum { MORE_COUNT = sizeof MORE / sizeof *MORE };

const features *kind_of(size_t k)
{
    return k < KIND_COUNT ? &KINDS[k] : &MORE[k - KIND_COUNT];
}

size_t kind_count(void)
{
    return KIND_COUNT + MORE_COUNT;
}

/* Every candidate by (lane, start, rank). */
static void list_all(table *t)
{
    const qwr__lanes *l = t->l;
    t->all = calloc((size_t)l->jobs * (size_t)l->ticks + 1, sizeof *t->all);
    t->count = 0;
    for (uint32_t x = 0; x < l->lanes; x++)
        for (int32_t s = 0; s < l->ticks; s++)
            for (uint32_t k = l->begin[x]; k < l->begin[x + 1]; k++) {
                uint32_t j = t->rules.order[k];
                if (s >= l->first[j] && s <= l->last[j])
                    t->all[t->count++] = (qwr__choice){j, s};
            }
}

void table_open(table *t, world *w, bool fold, uint64_t seed)
{
    memset(t, 0, sizeof *t);
    t->w = w;
    t->rng = (qwr__rng){.seed = seed, .stage = 5};
    ck_assert_int_eq(qwr__lanes_init(&t->whole, &w->host, &w->view), QWR_PLUGIN_OK);
    t->l = &t->whole;
    if (fold) {
        ck_assert_int_eq(qwr__lanes_fold(&t->folded, &t->whole), QWR_PLUGIN_OK);
        t->l = &t->folded;
    }
    ck_assert_int_eq(qwr__rules_init(&t->rules, t->l), QWR_PLUGIN_OK);
    list_all(t);
}

void table_close(table *t)
{
    free(t->all);
    qwr__rules_free(&t->rules);
    if (t->l == &t->folded)
        qwr__lanes_free(&t->folded);
    qwr__lanes_free(&t->whole);
    ck_assert_int_eq(t->w->blocks, 0);
}

void table_draw(table *t)
{
    const qwr__lanes *l = t->l;
    for (uint32_t i = 0; i < l->calls; i++)
        t->pi[i] = 0;
    for (uint32_t c = 0; c < t->count; c++) {
        int64_t cost = qwr__lane_cost(l, t->all[c].job, t->all[c].start) * QWR__DUAL_SCALE;
        uint32_t i = l->call[t->all[c].job];
        if (t->pi[i] == 0 || cost < t->pi[i])
            t->pi[i] = cost;
    }
    int64_t wide = (INT64_C(4) << qwr__rng_below(&t->rng, 5)) * QWR__DUAL_SCALE;
    for (uint32_t i = 0; i < l->calls; i++)
        t->pi[i] += (int64_t)qwr__rng_below(&t->rng, (uint64_t)wide) - wide / 4;
}

/* --- by definition --- */

static int64_t cost_of(const qwr__lanes *l, const qwr__choice *c)
{
    return qwr__lane_cost(l, c->job, c->start);
}

static int32_t end_of(const qwr__lanes *l, const qwr__choice *c)
{
    return c->start + l->occupied[c->job];
}

/* The stay of that call at the lane from `start` on; false: none is legal. */
static bool legal(const qwr__lanes *l, uint32_t call, uint32_t lane, int32_t start, qwr__choice *c)
{
    for (uint32_t j = l->begin[lane]; j < l->begin[lane + 1]; j++)
        if (l->call[j] == call && start >= l->first[j] && start <= l->last[j]) {
            *c = (qwr__choice){j, start};
            return true;
        }
    return false;
}

bool defined_fresh(const qwr__rules *r, const qwr__choice *b)
{
    const qwr__lanes *l = r->l;
    qwr__choice earlier;
    return !legal(l, l->call[b->job], l->lane[b->job], b->start - 1, &earlier) ||
           cost_of(l, &earlier) > cost_of(l, b) || end_of(l, &earlier) > end_of(l, b);
}

static bool lower(const qwr__rules *r, uint32_t i, uint32_t other, bool by_index)
{
    if (by_index)
        return i < other;
    uint32_t a = r->first_copy[i], b = r->first_copy[other];
    return a != b ? a < b : i < other;
}

bool defined_follow(const qwr__rules *r, const qwr__choice *a, const qwr__choice *b, bool by_index)
{
    const qwr__lanes *l = r->l;
    uint32_t i = l->call[a->job], j = l->call[b->job], lane = l->lane[a->job];
    qwr__choice first, second;
    if (i == j)
        return false;
    if (!legal(l, j, lane, a->start, &first) || !legal(l, i, lane, end_of(l, &first), &second) ||
        end_of(l, &second) > end_of(l, b))
        return true;
    int64_t now = cost_of(l, a) + cost_of(l, b), then = cost_of(l, &first) + cost_of(l, &second);
    return !(then < now || (then == now && lower(r, j, i, by_index)));
}

int64_t defined_dual(const table *t, const qwr__choice *choice, uint32_t count, bool rules)
{
    const qwr__lanes *l = t->l;
    int64_t sum = 0, *ahead = calloc((size_t)count + 1, sizeof *ahead);
    int64_t *lane = calloc((size_t)l->lanes + 1, sizeof *lane);
    for (uint32_t i = 0; i < l->calls; i++)
        sum += l->served[i] ? t->pi[i] : 0;
    for (uint32_t b = 0; b < count; b++) { /* starts rise at a lane, and ends lie behind starts */
        const qwr__choice *second = &choice[b];
        bool fresh = !rules || defined_fresh(&t->rules, second);
        int64_t best = fresh ? 0 : QWR__FAR;
        for (uint32_t a = 0; a < b; a++) {
            const qwr__choice *first = &choice[a];
            if (l->lane[first->job] != l->lane[second->job] || end_of(l, first) > second->start)
                continue;
            bool pause = end_of(l, first) < second->start;
            bool may = pause ? fresh : !rules || defined_follow(&t->rules, first, second, false);
            if (may && ahead[a] < best)
                best = ahead[a];
        }
        ahead[b] = best;
        if (best < QWR__FAR / 2)
            ahead[b] += cost_of(l, second) * QWR__DUAL_SCALE - t->pi[l->call[second->job]];
        if (ahead[b] < lane[l->lane[second->job]])
            lane[l->lane[second->job]] = ahead[b];
    }
    for (uint32_t x = 0; x < l->lanes; x++)
        sum += l->many[x] * lane[x];
    free(ahead);
    free(lane);
    return sum;
}

/* --- solutions, by trying all --- */

typedef struct finder {
    const qwr__lanes *l;
    const qwr__choice *choice;
    uint32_t count;
    int64_t least[CALLS], limit;
    uint64_t held[LANES]; /**< of the lanes before folding */
} finder;

static bool find(finder *f, uint32_t call, int64_t cost)
{
    const qwr__lanes *l = f->l;
    int64_t hope = cost;
    for (uint32_t i = call; i < l->calls; i++)
        hope += l->served[i] ? f->least[i] : 0;
    if (hope > f->limit)
        return false;
    if (call == l->calls)
        return true;
    if (!l->served[call])
        return find(f, call + 1, cost);
    for (uint32_t c = 0; c < f->count; c++) {
        uint32_t j = f->choice[c].job, x = l->lane[j];
        if (l->call[j] != call)
            continue;
        uint64_t bits = ((UINT64_C(1) << l->occupied[j]) - 1) << f->choice[c].start;
        for (uint32_t k = l->first_lane[x]; k < l->first_lane[x] + l->many[x]; k++) {
            if (f->held[k] & bits)
                continue;
            f->held[k] |= bits;
            bool found = find(f, call + 1, cost + cost_of(l, &f->choice[c]));
            f->held[k] &= ~bits;
            if (found)
                return true;
        }
    }
    return false;
}

bool solution_within(const qwr__lanes *l, const qwr__choice *choice, uint32_t count, int64_t limit)
{
    finder f = {.l = l, .choice = choice, .count = count, .limit = limit};
    for (uint32_t i = 0; i < l->calls; i++)
        f.least[i] = UNPLACED;
    for (uint32_t c = 0; c < count; c++) {
        int64_t cost = cost_of(l, &choice[c]);
        uint32_t i = l->call[choice[c].job];
        f.least[i] = cost < f.least[i] ? cost : f.least[i];
    }
    return find(&f, 0, 0);
}
