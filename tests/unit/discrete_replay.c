/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A proof replayed by the words of <quaywright/certificate.h>, slowly: all pairs of stays are
 * looked at. Shares nothing with the graphs of the discrete room but the list of copies.
 */
#include "discrete_table.h"

#include "support/support.h"

#include <stdlib.h>
#include <string.h>

typedef struct replay {
    const qwr__lanes *l;
    qwr__rules rules;
    const qwr_bound_certificate *c;
    int64_t target;
    uint32_t step, price;
    qwr__choice *all; /**< [count] every stay, by (lane, start) */
    uint32_t count;
    uint32_t *begin, *end; /**< [count] stays of its lane */
    bool *fresh;           /**< [count] */
    bool *follow;          /**< [count * count] the second may come at some time after the first */
    int64_t *cost;         /**< [count] scaled */
    int64_t *ahead, *behind;
    bool holds;
} replay;

static uint64_t place(const replay *r, uint32_t c)
{
    return (uint64_t)r->l->lane[r->all[c].job] << 32 | (uint32_t)r->all[c].start;
}

static uint32_t call_of(const replay *r, uint32_t c)
{
    return r->l->call[r->all[c].job];
}

static int by_place(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return x[0] < y[0] ? -1 : x[0] > y[0];
}

static void list_stays(replay *r)
{
    const qwr__lanes *l = r->l;
    uint64_t(*key)[2] = calloc((size_t)l->jobs * (size_t)l->ticks + 1, sizeof *key);
    r->all = calloc((size_t)l->jobs * (size_t)l->ticks + 1, sizeof *r->all);
    for (uint32_t j = 0; j < l->jobs; j++)
        for (int32_t s = l->first[j]; s <= l->last[j]; s++) {
            key[r->count][0] = (uint64_t)l->lane[j] << 32 | (uint32_t)s;
            key[r->count++][1] = j;
        }
    qsort(key, r->count, sizeof *key, by_place);
    for (uint32_t c = 0; c < r->count; c++)
        r->all[c] = (qwr__choice){(uint32_t)key[c][1], (int32_t)(key[c][0] & UINT32_MAX)};
    free(key);
    r->begin = calloc((size_t)r->count + 1, sizeof *r->begin);
    r->end = calloc((size_t)r->count + 1, sizeof *r->end);
    for (uint32_t c = 0; c < r->count; c++)
        r->begin[c] = c > 0 && place(r, c) >> 32 == place(r, c - 1) >> 32 ? r->begin[c - 1] : c;
    for (uint32_t c = r->count; c-- > 0;)
        r->end[c] = c + 1 < r->count && r->begin[c + 1] == r->begin[c] ? r->end[c + 1] : c + 1;
}

static void link_stays(replay *r)
{
    const qwr__lanes *l = r->l;
    size_t n = r->count;
    r->fresh = calloc(n + 1, sizeof *r->fresh);
    r->follow = calloc(n * n + 1, sizeof *r->follow);
    r->cost = calloc(n + 1, sizeof *r->cost);
    r->ahead = calloc(n + 1, sizeof *r->ahead);
    r->behind = calloc(n + 1, sizeof *r->behind);
    for (uint32_t b = 0; b < n; b++) {
        r->cost[b] = qwr__lane_cost(l, r->all[b].job, r->all[b].start) * (int64_t)r->c->price_unit;
        r->fresh[b] = !r->c->ordered || defined_fresh(&r->rules, &r->all[b]);
        for (uint32_t a = r->begin[b]; a < b; a++) {
            int32_t end = r->all[a].start + l->occupied[r->all[a].job];
            if (end > r->all[b].start)
                continue;
            r->follow[a * n + b] =
                end < r->all[b].start
                    ? r->fresh[b]
                    : !r->c->ordered || defined_follow(&r->rules, &r->all[a], &r->all[b], true);
        }
    }
}

/* Of copies i < j: stays of j before the first of i, and of i after the last of j, are out. */
static void order_copies(const replay *r, bool *in)
{
    for (bool again = r->c->ordered; again;) {
        again = false;
        for (uint32_t i = 0; i < r->l->calls; i++) {
            uint32_t j = r->rules.next_copy[i];
            uint64_t first = UINT64_MAX, last = 0;
            if (j == QWR__NO_CALL)
                continue;
            for (uint32_t c = 0; c < r->count; c++) {
                if (in[c] && call_of(r, c) == i && place(r, c) < first)
                    first = place(r, c);
                if (in[c] && call_of(r, c) == j && place(r, c) > last)
                    last = place(r, c);
            }
            for (uint32_t c = 0; c < r->count; c++) {
                bool out = in[c] && ((call_of(r, c) == j && place(r, c) < first) ||
                                     (call_of(r, c) == i && place(r, c) > last));
                in[c] = in[c] && !out;
                again = again || out;
            }
        }
    }
}

static bool lacks_a_call(const replay *r, const bool *in)
{
    bool met[CALLS] = {false};
    for (uint32_t c = 0; c < r->count; c++)
        met[call_of(r, c)] = met[call_of(r, c)] || in[c];
    for (uint32_t i = 0; i < r->l->calls; i++)
        if (r->l->served[i] && !met[i])
            return true;
    return false;
}

static void chains(replay *r, const bool *in, const int64_t *p)
{
    size_t n = r->count;
    for (size_t b = 0; b < n; b++) {
        int64_t best = r->fresh[b] ? 0 : QWR__FAR;
        for (size_t a = r->begin[b]; a < b; a++)
            if (in[a] && r->follow[a * n + b] && r->ahead[a] < best)
                best = r->ahead[a];
        r->ahead[b] =
            best >= QWR__FAR / 2 ? QWR__FAR : best + r->cost[b] - p[call_of(r, (uint32_t)b)];
    }
    for (size_t a = n; a-- > 0;) {
        r->behind[a] = 0;
        for (size_t b = a + 1; b < r->end[a]; b++) {
            int64_t value = r->cost[b] - p[call_of(r, (uint32_t)b)] + r->behind[b];
            if (in[b] && r->follow[a * n + b] && value < r->behind[a])
                r->behind[a] = value;
        }
    }
}

/* A step of prices; returns whether it closes the node. */
static bool apply_prices(replay *r, bool *in, const int64_t *p)
{
    int64_t bound = 0, least[LANES] = {0}, most = r->target * r->c->price_unit;
    chains(r, in, p);
    for (uint32_t i = 0; i < r->l->calls; i++)
        bound += r->l->served[i] ? p[i] : 0;
    for (uint32_t c = 0; c < r->count; c++) {
        int64_t *mine = &least[r->l->lane[r->all[c].job]];
        *mine = in[c] && r->ahead[c] < *mine ? r->ahead[c] : *mine;
    }
    for (uint32_t x = 0; x < r->l->lanes; x++)
        bound += least[x];
    for (uint32_t c = 0; c < r->count; c++) {
        int64_t through = r->ahead[c] + r->behind[c] - least[r->l->lane[r->all[c].job]];
        in[c] = in[c] && bound + through <= most;
    }
    order_copies(r, in);
    return bound > most || lacks_a_call(r, in);
}

static bool inside(const replay *r, const qwr_proof_step *s, uint32_t c)
{
    int32_t lane = (int32_t)r->l->lane[r->all[c].job], start = r->all[c].start;
    return lane >= s->cell && lane <= s->cell_last && start >= s->first && start <= s->last;
}

static void node(replay *r, const bool *stays, bool closed)
{
    bool *in = calloc((size_t)r->count + 1, sizeof *in), *part = calloc((size_t)r->count + 1, 1);
    memcpy(in, stays, r->count * sizeof *in);
    order_copies(r, in);
    closed = closed || lacks_a_call(r, in);
    while (r->holds) {
        if (r->step == r->c->step_count) {
            r->holds = false;
            break;
        }
        const qwr_proof_step *s = &r->c->step[r->step++];
        if (s->kind == QWR_PROOF_PRICES) {
            const int64_t *p = r->c->call_price + (size_t)r->price++ * r->l->calls;
            closed = closed || apply_prices(r, in, p);
            continue;
        }
        for (int side = 0; s->kind == QWR_PROOF_SPLIT && side < 2; side++) {
            for (uint32_t c = 0; c < r->count; c++)
                part[c] = in[c] && (call_of(r, c) != s->call || inside(r, s, c) == (side == 0));
            node(r, part, closed);
        }
        if (s->kind == QWR_PROOF_END && !closed)
            r->holds = false;
        break;
    }
    free(in);
    free(part);
}

bool replay_holds(const qwr__lanes *whole, const qwr_bound_certificate *c, int64_t target)
{
    replay r = {.l = whole, .c = c, .target = target, .holds = true};
    ck_assert_int_eq(qwr__rules_init(&r.rules, whole), QWR_PLUGIN_OK);
    list_stays(&r);
    link_stays(&r);
    bool *every = calloc((size_t)r.count + 1, sizeof *every);
    for (uint32_t k = 0; k < r.count; k++)
        every[k] = true;
    node(&r, every, false);
    bool holds = r.holds && r.step == c->step_count;
    void *blocks[] = {every, r.all, r.begin, r.end, r.fresh, r.follow, r.cost, r.ahead, r.behind};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        free(blocks[k]);
    qwr__rules_free(&r.rules);
    return holds;
}
