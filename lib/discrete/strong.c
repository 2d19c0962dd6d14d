/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which split to take. A split that has not been tried is: some rounds of the master on both sides.
 * What it brought is kept, by the share that had to move, and stands for it from then on. Source:
 * reliability branching, Achterberg, Koch and Martin 2005.
 */
#include "discrete/tree.h"

#include <string.h>

/* Rounds of a try; tries after which a split is taken at its word; how many splits in a row may
 * be no better than the best; tries at a node. */
enum { TRY_ROUNDS = 3, RELIABLE = 1, LOOK_AHEAD = 3, MOST_TRIES = 10 };

/** Added to both sides, as a part of the way to the target: neither counts for nothing. */
static const double EVEN = 0.01;

int32_t qwr__rises_init(qwr__rises *r, const qwr__lanes *l)
{
    *r = (qwr__rises){.keys = (size_t)l->calls * (l->lanes + 1)};
    r->sum = qwr__lanes_alloc(l->host, 2 * r->keys + 1, sizeof *r->sum);
    r->times = qwr__lanes_alloc(l->host, 2 * r->keys + 1, sizeof *r->times);
    return r->sum && r->times ? QWR_PLUGIN_OK : QWR_PLUGIN_ENOMEM;
}

void qwr__rises_free(qwr__rises *r, const qwr_host *host)
{
    if (r->sum)
        host->release(host->payload, r->sum);
    if (r->times)
        host->release(host->payload, r->times);
    memset(r, 0, sizeof *r);
}

static size_t key_of(const qwr__lanes *l, const qwr_proof_step *split)
{
    bool by_start = split->last != INT32_MAX;
    return (size_t)split->call * (l->lanes + 1) + (by_start ? l->lanes : (size_t)split->cell_last);
}

/** What is known of the splits of a node. */
typedef struct ranking {
    double room; /**< from the dual to the target, cost units */
    double score[QWR__MOST_SPLITS];
    size_t key[QWR__MOST_SPLITS];
    bool done[QWR__MOST_SPLITS];
} ranking;

static double product(const ranking *k, double inside, double outside)
{
    double a = inside < k->room ? inside : k->room, b = outside < k->room ? outside : k->room;
    return (a + EVEN * k->room) * (b + EVEN * k->room);
}

/* Guesses for every split; what nothing is known of gets the mean of the others. */
static void guess(ranking *k, const qwr__rises *r, const qwr__lanes *l, const qwr__branching *b)
{
    double mean[2], sum[2] = {0, 0};
    uint32_t count[2] = {0, 0};
    for (size_t at = 0; at < 2 * r->keys; at++)
        if (r->times[at]) {
            sum[at & 1] += r->sum[at] / r->times[at];
            count[at & 1]++;
        }
    for (int side = 0; side < 2; side++)
        mean[side] = count[side] ? sum[side] / count[side] : 1;
    for (uint32_t s = 0; s < b->count; s++) {
        double rise[2];
        k->key[s] = key_of(l, &b->split[s]);
        k->done[s] = false;
        for (size_t side = 0; side < 2; side++) {
            size_t at = 2 * k->key[s] + side;
            rise[side] = r->times[at] ? r->sum[at] / r->times[at] : mean[side];
            rise[side] *= side ? b->inside[s] : 1 - b->inside[s];
        }
        k->score[s] = product(k, rise[0], rise[1]);
    }
}

/* How far one side of a split raises the dual, in a few rounds; past the target: `room`. */
static int32_t try_side(double *rise, qwr__tree *t, const qwr__graph *g,
                        const qwr_proof_step *split, int side, const int64_t *pi, int64_t dual,
                        double room, qwr__choice *choice)
{
    qwr__graph child;
    qwr__master_end end;
    uint32_t count = qwr__tree_side(t, g, split, side, choice);
    *rise = room;
    if (count == UINT32_MAX)
        return QWR_PLUGIN_OK;
    int32_t status = qwr__graph_init(&child, t->rules, choice, count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    memcpy(t->trial, pi, t->rules->l->calls * sizeof *pi);
    qwr__master_return(t->master);
    status = qwr__master_solve(&end, t->master, &child, t->trial, t->target, TRY_ROUNDS);
    qwr__graph_free(&child);
    double risen = end.dual > dual ? (double)(end.dual - dual) / QWR__DUAL_SCALE : 0;
    *rise = risen < room ? risen : room;
    return status;
}

/* Tries both sides of split `s` and learns from them. */
static int32_t try_split(ranking *k, qwr__tree *t, const qwr__graph *g, const qwr__branching *b,
                         uint32_t s, const int64_t *pi, int64_t dual, qwr__choice *choice)
{
    double rise[2] = {0, 0};
    for (int side = 0; side < 2; side++) {
        double share = side ? b->inside[s] : 1 - b->inside[s];
        size_t at = 2 * k->key[s] + (size_t)side;
        int32_t status = try_side(&rise[side], t, g, &b->split[s], side, pi, dual, k->room, choice);
        if (status != QWR_PLUGIN_OK)
            return status;
        if (share > QWR__SMALL_SHARE) {
            t->rises->sum[at] += rise[side] / share;
            t->rises->times[at]++;
        }
    }
    k->score[s] = product(k, rise[0], rise[1]);
    return QWR_PLUGIN_OK;
}

static bool is_reliable(const qwr__rises *r, size_t key)
{
    return r->times[2 * key] >= RELIABLE && r->times[2 * key + 1] >= RELIABLE;
}

int32_t qwr__strong_choose(uint32_t *best, qwr__tree *t, const qwr__graph *g,
                           const qwr__branching *b, const int64_t *pi, int64_t dual)
{
    const qwr__lanes *l = t->rules->l;
    int32_t status = QWR_PLUGIN_OK;
    ranking k = {.room = (double)(t->target * QWR__DUAL_SCALE - dual + 1) / QWR__DUAL_SCALE};
    double most = -1, all = product(&k, k.room, k.room);
    qwr__choice *choice = qwr__lanes_alloc(l->host, (size_t)g->count + 1, sizeof *choice);
    if (!choice)
        return QWR_PLUGIN_ENOMEM;
    *best = 0;
    guess(&k, t->rises, l, b);
    qwr__master_keep(t->master);
    for (uint32_t idle = 0, tries = 0; idle < LOOK_AHEAD && !qwr__lanes_over(l->host);) {
        uint32_t s = UINT32_MAX;
        for (uint32_t other = 0; other < b->count; other++)
            if (!k.done[other] && (s == UINT32_MAX || k.score[other] > k.score[s]))
                s = other;
        if (s == UINT32_MAX)
            break;
        k.done[s] = true;
        bool trying = !is_reliable(t->rises, k.key[s]) && tries < MOST_TRIES;
        if (trying) {
            tries++;
            status = try_split(&k, t, g, b, s, pi, dual, choice);
            if (status != QWR_PLUGIN_OK)
                break;
        }
        idle = k.score[s] > most ? 0 : idle + 1;
        if (k.score[s] > most) {
            most = k.score[s];
            *best = s;
        }
        if (trying && most >= all)
            break; /* both sides are closed */
    }
    qwr__master_return(t->master);
    t->master->held = false;
    l->host->release(l->host->payload, choice);
    return status;
}
