/* SPDX-License-Identifier: Apache-2.0 */
/* Making the graph of the candidates that are left: who may follow whom at each lane. */
#include "discrete/graph.h"

#include <string.h>

void qwr__graph_free(qwr__graph *g)
{
    if (!g->rules)
        return;
    const qwr_host *h = g->rules->l->host;
    if (g->by_held != g->by_rank && g->by_held)
        h->release(h->payload, g->by_held);
    void *blocks[] = {g->choice, g->node,   g->moment,    g->lane_moment, g->lane_begin, g->by_rank,
                      g->ahead,  g->behind, g->lane_cost, g->low,         g->high};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    memset(g, 0, sizeof *g);
}

static bool make_arrays(qwr__graph *g, uint32_t count)
{
    const qwr__lanes *l = g->rules->l;
    const qwr_host *h = l->host;
    size_t n = (size_t)count + 1, lanes = (size_t)l->lanes + 1;
    g->choice = qwr__lanes_alloc(h, n, sizeof *g->choice);
    g->node = qwr__lanes_alloc(h, n, sizeof *g->node);
    g->moment = qwr__lanes_alloc(h, 2 * n + lanes, sizeof *g->moment);
    g->lane_moment = qwr__lanes_alloc(h, lanes, sizeof *g->lane_moment);
    g->lane_begin = qwr__lanes_alloc(h, lanes, sizeof *g->lane_begin);
    g->by_rank = qwr__lanes_alloc(h, n, sizeof *g->by_rank);
    g->by_held = g->rules->one_order ? g->by_rank : qwr__lanes_alloc(h, n, sizeof *g->by_held);
    g->ahead = qwr__lanes_alloc(h, n, sizeof *g->ahead);
    g->behind = qwr__lanes_alloc(h, n, sizeof *g->behind);
    g->lane_cost = qwr__lanes_alloc(h, lanes, sizeof *g->lane_cost);
    return g->choice && g->node && g->moment && g->lane_moment && g->lane_begin && g->by_rank &&
           g->by_held && g->ahead && g->behind && g->lane_cost;
}

/* May the candidate begin after a pause? Not if a step earlier is as good and over no later. */
static bool is_fresh(const qwr__lanes *l, uint32_t job, int32_t start)
{
    size_t pair = (size_t)l->call[job] * l->lanes + l->lane[job];
    int64_t cost = qwr__lane_cost(l, job, start);
    for (uint32_t j = l->of[pair]; j < l->of_end[pair]; j++)
        if (start - 1 >= l->first[j] && start - 1 <= l->last[j] &&
            l->occupied[j] - 1 <= l->occupied[job] && qwr__lane_cost(l, j, start - 1) <= cost)
            return false;
    return true;
}

static void fill_nodes(qwr__graph *g)
{
    const qwr__lanes *l = g->rules->l;
    for (uint32_t c = 0; c < g->count; c++) {
        uint32_t j = g->choice[c].job;
        int32_t start = g->choice[c].start;
        uint32_t lane = l->lane[j];
        g->lane_begin[lane + 1] = c + 1;
        /* As a predecessor it is exempt if it could be too late for its new place. */
        bool late = start + g->rules->longest[lane] > l->last[j];
        g->node[c] = (qwr__node){.cost = qwr__lane_cost(l, j, start) * QWR__DUAL_SCALE,
                                 .call = l->call[j],
                                 .fresh = !g->ordered || is_fresh(l, j, start),
                                 .exempt = g->ordered && (late || !g->rules->plain[j])};
    }
    for (uint32_t x = 0; x < l->lanes; x++)
        if (g->lane_begin[x + 1] < g->lane_begin[x])
            g->lane_begin[x + 1] = g->lane_begin[x];
}

static int32_t end_of(const qwr__graph *g, uint32_t c)
{
    return g->choice[c].start + g->rules->l->occupied[g->choice[c].job];
}

/* The moments of one lane from `at` on, and the places of its ends; returns where they stop. */
static uint32_t lane_moments(qwr__graph *g, uint32_t x, uint32_t at, uint32_t *starts,
                             uint32_t *ends)
{
    size_t ticks = (size_t)g->rules->l->ticks + 1;
    memset(starts, 0, ticks * sizeof *starts);
    memset(ends, 0, ticks * sizeof *ends);
    for (uint32_t c = g->lane_begin[x]; c < g->lane_begin[x + 1]; c++) {
        starts[g->choice[c].start]++;
        ends[end_of(g, c)]++;
    }
    uint32_t begin = g->lane_begin[x], end = g->lane_begin[x];
    for (size_t t = 0; t < ticks; t++) {
        uint32_t b = starts[t], e = ends[t];
        if (b || e)
            g->moment[at++] = (qwr__moment){(int32_t)t, begin, end};
        ends[t] = end;
        begin += b;
        end += e;
    }
    g->moment[at++] = (qwr__moment){INT32_MAX, begin, end};
    for (uint32_t c = g->lane_begin[x]; c < g->lane_begin[x + 1]; c++)
        g->by_rank[ends[end_of(g, c)]++] = c;
    return at;
}

static int64_t key(const qwr__graph *g, uint32_t c, bool held)
{
    uint32_t j = g->choice[c].job;
    return held ? g->rules->l->occupied[j] : (int64_t)g->rules->rank[j];
}

/* Lists are short: a few dozen at most. */
static void sort_ends(const qwr__graph *g, uint32_t *list, uint32_t count, bool held)
{
    for (uint32_t k = 1; k < count; k++) {
        uint32_t c = list[k], at = k;
        int64_t mine = key(g, c, held);
        for (; at > 0 && key(g, list[at - 1], held) > mine; at--)
            list[at] = list[at - 1];
        list[at] = c;
    }
}

/* Whom each candidate of the moment may follow. */
static void link_moment(qwr__graph *g, const qwr__moment *m)
{
    const qwr__lanes *l = g->rules->l;
    uint32_t ends = m[1].end - m->end;
    const uint32_t *rank = g->by_rank + m->end, *held = g->by_held + m->end;
    for (uint32_t c = m->begin; c < m[1].begin; c++) {
        qwr__node *node = &g->node[c];
        uint32_t j = g->choice[c].job, below = 0, above = 0, top = ends;
        node->below = node->above = ends;
        if (!g->ordered || !g->rules->plain[j])
            continue;
        while (below < ends && g->rules->rank[g->choice[rank[below]].job] < g->rules->rank[j])
            below++;
        /* first place whose vessel began before this one could have */
        int32_t waited = m->tick - l->first[j];
        while (above < top) {
            uint32_t mid = (above + top) / 2;
            if (l->occupied[g->choice[held[mid]].job] > waited)
                top = mid;
            else
                above = mid + 1;
        }
        node->below = below;
        node->above = above;
    }
}

int32_t qwr__graph_init(qwr__graph *g, const qwr__rules *rules, const qwr__choice *choice,
                        uint32_t count, bool ordered)
{
    const qwr__lanes *l = rules->l;
    const qwr_host *h = l->host;
    uint32_t at = 0, widest = 0;
    memset(g, 0, sizeof *g);
    g->rules = rules;
    g->count = count;
    g->ordered = ordered;
    uint32_t *scratch = qwr__lanes_alloc(h, 2 * ((size_t)l->ticks + 1), sizeof *scratch);
    if (!scratch || !make_arrays(g, count))
        goto failed;
    memcpy(g->choice, choice, count * sizeof *choice);
    fill_nodes(g);
    for (uint32_t x = 0; x < l->lanes; x++) {
        g->lane_moment[x] = at;
        at = lane_moments(g, x, at, scratch, scratch + l->ticks + 1);
    }
    g->lane_moment[l->lanes] = at;
    if (g->by_held != g->by_rank)
        memcpy(g->by_held, g->by_rank, count * sizeof *g->by_held);
    for (uint32_t x = 0; x < l->lanes; x++)
        for (uint32_t m = g->lane_moment[x]; m + 1 < g->lane_moment[x + 1]; m++) {
            uint32_t ends = g->moment[m + 1].end - g->moment[m].end;
            widest = ends > widest ? ends : widest;
            sort_ends(g, g->by_rank + g->moment[m].end, ends, false);
            if (g->by_held != g->by_rank)
                sort_ends(g, g->by_held + g->moment[m].end, ends, true);
            link_moment(g, &g->moment[m]);
        }
    g->low = qwr__lanes_alloc(h, (size_t)widest + 2, sizeof *g->low);
    g->high = qwr__lanes_alloc(h, (size_t)widest + 2, sizeof *g->high);
    if (!g->low || !g->high)
        goto failed;
    h->release(h->payload, scratch);
    return QWR_PLUGIN_OK;
failed:
    if (scratch)
        h->release(h->payload, scratch);
    qwr__graph_free(g);
    return QWR_PLUGIN_ENOMEM;
}
