/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cheapest paths over the graph of a lane, both ways. At a moment a candidate may follow those that
 * end there and rank below it, or hold the lane so long that they began before it could have: two
 * running minima over the ends, in order of rank and of ticks held.
 */
#include "discrete/graph.h"

#include <string.h>

static inline int64_t less(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Minima over the moment's ends: low[k] of the first k by rank, high[k] of those from k on by ticks
 * held; returns the least of all, `exempt` that of the exempt ones. */
static int64_t gather(qwr__graph *g, const qwr__moment *m, int64_t *exempt)
{
    uint32_t ends = m[1].end - m->end;
    const uint32_t *rank = g->by_rank + m->end, *held = g->by_held + m->end;
    int64_t least = QWR__FAR, open = QWR__FAR;
    g->low[0] = QWR__FAR;
    for (uint32_t k = 0; k < ends; k++) {
        int64_t value = g->ahead[rank[k]];
        least = less(least, value);
        if (g->node[rank[k]].exempt)
            open = less(open, value);
        g->low[k + 1] = least;
    }
    int64_t tail = QWR__FAR;
    g->high[ends] = tail;
    for (uint32_t k = ends; k-- > 0;) {
        tail = less(tail, g->ahead[held[k]]);
        g->high[k] = tail;
    }
    *exempt = open;
    return least;
}

int64_t qwr__graph_forward(qwr__graph *g, uint32_t lane, const int64_t *pi)
{
    int64_t paused = 0, ended = QWR__FAR, exempt;
    for (uint32_t k = g->lane_moment[lane]; k + 1 < g->lane_moment[lane + 1]; k++) {
        const qwr__moment *m = &g->moment[k];
        paused = less(paused, ended);
        ended = gather(g, m, &exempt);
        for (uint32_t c = m->begin; c < m[1].begin; c++) {
            const qwr__node *n = &g->node[c];
            int64_t best = less(less(g->low[n->below], g->high[n->above]), exempt);
            if (n->fresh)
                best = less(best, paused);
            g->ahead[c] = best >= QWR__FAR / 2 ? QWR__FAR : best + n->cost - pi[n->call];
        }
    }
    return g->lane_cost[lane] = less(paused, ended);
}

void qwr__graph_backward(qwr__graph *g, uint32_t lane, const int64_t *pi)
{
    int64_t rest = 0, fresh = QWR__FAR; /* cheapest from a pause on; of the moment after */
    for (uint32_t k = g->lane_moment[lane + 1] - 1; k-- > g->lane_moment[lane];) {
        const qwr__moment *m = &g->moment[k];
        uint32_t ends = m[1].end - m->end;
        const uint32_t *rank = g->by_rank + m->end, *held = g->by_held + m->end;
        int64_t any = QWR__FAR, next_fresh = QWR__FAR;
        rest = less(rest, fresh);
        for (uint32_t e = 0; e <= ends; e++)
            g->low[e] = g->high[e] = QWR__FAR;
        for (uint32_t c = m->begin; c < m[1].begin; c++) {
            const qwr__node *n = &g->node[c];
            int64_t value = n->cost - pi[n->call] + g->behind[c];
            any = less(any, value);
            next_fresh = n->fresh ? less(next_fresh, value) : next_fresh;
            g->low[n->below] = less(g->low[n->below], value);
            g->high[n->above] = less(g->high[n->above], value);
        }
        fresh = next_fresh;
        /* The end at place e precedes those with below > e, or above <= e. */
        int64_t best = QWR__FAR;
        for (uint32_t e = ends; e-- > 0;) {
            best = less(best, g->low[e + 1]);
            g->behind[rank[e]] = less(g->node[rank[e]].exempt ? any : best, rest);
        }
        best = QWR__FAR;
        for (uint32_t e = 0; e < ends; e++) {
            best = less(best, g->high[e]);
            g->behind[held[e]] = less(g->behind[held[e]], best);
        }
    }
}

/* May candidate c follow the one that ends at its start, at place `rank_at` by rank? */
static bool may_follow(const qwr__graph *g, const qwr__moment *m, uint32_t c, uint32_t rank_at)
{
    uint32_t before = g->by_rank[m->end + rank_at];
    if (rank_at < g->node[c].below || g->node[before].exempt)
        return true;
    for (uint32_t k = m->end + g->node[c].above; k < m[1].end; k++)
        if (g->by_held[k] == before)
            return true;
    return false;
}

/* The last candidate of the lane that ends before moment `k` with this path cost. */
static uint32_t find_before(const qwr__graph *g, uint32_t lane, uint32_t k, int64_t cost)
{
    for (; k > g->lane_moment[lane]; k--)
        for (uint32_t e = g->moment[k - 1].end; e < g->moment[k].end; e++)
            if (g->ahead[g->by_rank[e]] == cost)
                return g->by_rank[e];
    return UINT32_MAX;
}

static uint32_t moment_at(const qwr__graph *g, uint32_t lane, int32_t tick)
{
    uint32_t low = g->lane_moment[lane], high = g->lane_moment[lane + 1] - 1;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (g->moment[mid].tick < tick)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

uint32_t qwr__graph_path(const qwr__graph *g, uint32_t lane, const int64_t *pi, uint32_t *path,
                         uint32_t most)
{
    uint32_t length = 0;
    int64_t want = g->lane_cost[lane];
    uint32_t c = want == 0 ? UINT32_MAX : find_before(g, lane, g->lane_moment[lane + 1] - 1, want);
    while (c != UINT32_MAX) {
        if (length == most)
            return 0;
        path[length++] = c;
        const qwr__node *n = &g->node[c];
        want = g->ahead[c] - n->cost + pi[n->call];
        uint32_t k = moment_at(g, lane, g->choice[c].start), next = UINT32_MAX;
        const qwr__moment *m = &g->moment[k];
        if (n->fresh && want == 0)
            return length;
        for (uint32_t e = 0; e < m[1].end - m->end && next == UINT32_MAX; e++)
            if (g->ahead[g->by_rank[m->end + e]] == want && may_follow(g, m, c, e))
                next = g->by_rank[m->end + e];
        c = next == UINT32_MAX ? find_before(g, lane, k, want) : next;
    }
    return length;
}

int64_t qwr__graph_dual(qwr__graph *g, const int64_t *pi)
{
    const qwr__lanes *l = g->rules->l;
    int64_t sum = 0;
    for (uint32_t i = 0; i < l->calls; i++)
        if (l->served[i])
            sum += pi[i];
    for (uint32_t x = 0; x < l->lanes; x++)
        sum += l->many[x] * qwr__graph_forward(g, x, pi);
    return sum;
}

uint32_t qwr__graph_filter(qwr__graph *g, const int64_t *pi, int64_t dual, int64_t target,
                           qwr__choice *keep)
{
    int64_t room = target * QWR__DUAL_SCALE - dual;
    uint32_t kept = 0;
    for (uint32_t x = 0; x < g->rules->l->lanes; x++) {
        qwr__graph_backward(g, x, pi);
        for (uint32_t c = g->lane_begin[x]; c < g->lane_begin[x + 1]; c++)
            if (g->ahead[c] + g->behind[c] - g->lane_cost[x] <= room)
                keep[kept++] = g->choice[c];
    }
    return kept;
}
