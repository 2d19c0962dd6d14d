/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ruin and recreate: lift a few calls that lie close together in time, put them back one by one
 * where they are cheapest, keep the result if it is not much worse. Chains run in rounds; a chain's
 * numbers depend on its own index only, so any number of threads gives the same plan.
 */
#include "bacap/price.h"

#include <string.h>

static const char WHERE[] = "bacap.search";

enum { CHAINS = 4, MAX_RUIN = 10, ROUND_STEPS = 128, UNLIMITED_ROUNDS = 100 };

typedef struct chain {
    qwr__field now, best;
    uint64_t stream, drawn;
    int64_t work, threshold;
    bool priced;           /**< prices count in this step */
    qwr__berthing *before; /**< [MAX_RUIN] */
} chain;

typedef struct search {
    qwr__berth *b;
    const qwr__bacap_facts *facts;
    const qwr__dual *dual;
    uint64_t turn;
    int64_t unplaced_mu;
    chain chain[CHAINS];
} search;

static uint64_t draw(const search *s, chain *c, uint64_t below)
{
    uint64_t r = (uint64_t)qwr__random(s->b->seed, c->stream, c->drawn++);
    return (uint64_t)((unsigned __int128)r * below >> 64);
}

static int64_t value_of(const search *s, const qwr__field *x)
{
    return x->mu + (int64_t)x->unplaced * s->unplaced_mu;
}

/* How far apart two calls lie in time and along the quay; without a place: by arrival alone. */
static int64_t distance(const search *s, const chain *c, uint32_t a, uint32_t b, int64_t along)
{
    const qwr__bacap_facts *f = s->facts;
    const qwr__berthing *x = &c->now.stay[a], *y = &c->now.stay[b];
    int32_t from = x->place == UINT32_MAX ? f->problem->ready_tick[a] : x->start;
    int32_t to = y->place == UINT32_MAX ? f->problem->ready_tick[b] : y->start;
    int64_t apart = from < to ? to - from : from - to, across = 0;
    if (x->place != UINT32_MAX && y->place != UINT32_MAX) {
        across = f->place[x->place].cell - f->place[y->place].cell;
        across = across < 0 ? -across : across;
    }
    return apart * 4 + across * along;
}

/* Picks `wanted` calls near a random one; returns how many. */
static int choose_ruin(const search *s, chain *c, uint32_t *ruin, int wanted)
{
    uint32_t n = s->facts->calls, seed = (uint32_t)draw(s, c, n);
    int64_t far[MAX_RUIN], along = (int64_t)draw(s, c, 2);
    int count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i == seed || s->facts->side_begin[i] == s->facts->side_begin[i + 1])
            continue;
        bool full = count >= wanted - 1;
        int64_t d = distance(s, c, seed, i, along);
        if (full && (count == 0 || d >= far[count - 1]))
            continue;
        d += (int64_t)draw(s, c, 48);
        if (full && d >= far[count - 1])
            continue;
        int j = full ? count - 1 : count++;
        for (; j > 0 && far[j - 1] > d; j--) {
            far[j] = far[j - 1];
            ruin[j] = ruin[j - 1];
        }
        far[j] = d;
        ruin[j] = i;
    }
    ruin[count] = seed;
    return count + 1;
}

/* In which order the lifted calls go back: mostly by chance, at times by arrival. */
static void order_ruin(const search *s, chain *c, uint32_t *ruin, int count)
{
    for (int k = count - 1; k > 0; k--) {
        int j = (int)draw(s, c, (uint64_t)k + 1);
        uint32_t swap = ruin[k];
        ruin[k] = ruin[j];
        ruin[j] = swap;
    }
    if (draw(s, c, 4))
        return;
    const int32_t *ready = s->facts->problem->ready_tick;
    for (int k = 1; k < count; k++) {
        uint32_t i = ruin[k];
        int j = k;
        for (; j > 0 && ready[ruin[j - 1]] > ready[i]; j--)
            ruin[j] = ruin[j - 1];
        ruin[j] = i;
    }
}

/* Mostly the cheapest stay; now and then some pairs of start and end are overlooked, or the
 * cheapest start or end is, or prices count: what is dearer for one call can be cheaper for all. */
static void choose_stay(const search *s, chain *c, uint32_t call, qwr__berthing *out)
{
    qwr__look look = {INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX, 0, s->dual, 0};
    uint64_t kind = draw(s, c, 16);
    if (kind < 3)
        look.blink = (uint64_t)qwr__random(s->b->seed, c->stream, c->drawn++);
    if (s->dual && c->priced)
        look.share_milli = (int64_t)draw(s, c, 5) * 250;
    qwr__field_best(out, &c->now, call, s->unplaced_mu, &look);
    if (kind < 3 || kind > 6 || out->place == UINT32_MAX)
        return;
    int32_t by = 1 + (int32_t)draw(s, c, 4);
    if (kind == 3)
        look.first = out->start + by;
    else if (kind == 4)
        look.last = out->start - by;
    else if (kind == 5)
        look.end_last = out->end - by;
    else
        look.end_first = out->end + by;
    qwr__berthing other;
    qwr__field_best(&other, &c->now, call, s->unplaced_mu, &look);
    if (other.place != UINT32_MAX)
        *out = other;
}

static void step(const search *s, chain *c)
{
    uint32_t n = s->facts->calls, ruin[MAX_RUIN];
    int most = n < MAX_RUIN ? (int)n : MAX_RUIN;
    int wanted = most <= 2 ? most : 2 + (int)draw(s, c, (uint64_t)most - 1);
    int64_t old = value_of(s, &c->now);
    int64_t limit = old + (c->threshold ? (int64_t)draw(s, c, (uint64_t)c->threshold) : 0);
    int count = choose_ruin(s, c, ruin, wanted);
    order_ruin(s, c, ruin, count);
    c->priced = draw(s, c, 2);
    for (int k = 0; k < count; k++) {
        c->before[k] = c->now.stay[ruin[k]];
        qwr__field_lift(&c->now, ruin[k]);
    }
    for (int k = 0; k < count; k++) {
        qwr__berthing stay;
        choose_stay(s, c, ruin[k], &stay);
        qwr__field_put(&c->now, &stay);
    }
    c->work += count + 1;
    if (value_of(s, &c->now) <= limit) {
        if (value_of(s, &c->now) < value_of(s, &c->best))
            qwr__field_copy(&c->best, &c->now);
        return;
    }
    for (int k = 0; k < count; k++)
        qwr__field_lift(&c->now, ruin[k]);
    for (int k = 0; k < count; k++)
        qwr__field_put(&c->now, &c->before[k]);
}

static void run_chain(const search *s, chain *c, int steps)
{
    for (int k = 0; k < steps && !qwr__berth_over(s->b); k++)
        step(s, c);
}

static int best_chain(const search *s)
{
    int best = 0;
    for (int k = 1; k < CHAINS; k++)
        if (value_of(s, &s->chain[k].best) < value_of(s, &s->chain[best].best))
            best = k;
    return best;
}

/* Typical excess of a call over nothing at all, falling to zero over the run. */
static int64_t threshold_at(const search *s, int64_t milli)
{
    int64_t left = milli < 1000 ? 1000 - milli : 0;
    return s->chain[best_chain(s)].best.mu / (s->facts->calls + 1) / 3 * left / 1000 * left / 1000;
}

static void share_best(search *s, int round)
{
    int best = best_chain(s), worst = best;
    for (int k = 0; k < CHAINS; k++)
        if (value_of(s, &s->chain[k].best) > value_of(s, &s->chain[worst].best))
            worst = k;
    if (round % 8 != 7 || worst == best)
        return;
    qwr__field_copy(&s->chain[worst].now, &s->chain[best].best);
    qwr__field_copy(&s->chain[worst].best, &s->chain[best].best);
}

static qwr_status begin(search *s, const qwr__field *field)
{
    for (int k = 0; k < CHAINS; k++) {
        chain *c = &s->chain[k];
        c->stream = UINT64_C(0x6261636170) + s->turn * CHAINS + (uint64_t)k;
        c->before = qwr__alloc(s->b->ctx, MAX_RUIN, sizeof *c->before);
        if (!c->before)
            return qwr__no_memory(s->b->ctx, WHERE);
        QWR_TRY(qwr__field_init(&c->now, s->facts));
        QWR_TRY(qwr__field_init(&c->best, s->facts));
        qwr__field_copy(&c->now, field);
        qwr__field_copy(&c->best, field);
    }
    return QWR_OK;
}

/* Permille of the budget that is used: by work if that is limited, else by time. */
static int64_t used_milli(const search *s, int round, int64_t work_limit, int64_t begin_us)
{
    const qwr__budget *budget = &s->b->budget;
    if (work_limit >= 0)
        return work_limit > 0 ? 1000 - budget->work * 1000 / work_limit : 1000;
    if (budget->deadline_us < 0)
        return round * 1000 / UNLIMITED_ROUNDS;
    int64_t all = budget->deadline_us - begin_us;
    return all > 0 ? (qwr__now_us() - begin_us) * 1000 / all : 1000;
}

static void rounds(search *s)
{
    int64_t work_limit = s->b->budget.work, begin_us = qwr__now_us();
    int threads = qwr__threads(s->b->ctx);
    (void)threads;
    for (int round = 0; !qwr__berth_over(s->b); round++) {
        if (work_limit < 0 && s->b->budget.deadline_us < 0 && round == UNLIMITED_ROUNDS)
            break;
        /* Shorter rounds near the end keep the run inside its work limit. */
        int64_t fit = work_limit < 0 ? ROUND_STEPS : s->b->budget.work / (CHAINS * MAX_RUIN);
        int steps = fit < 1 ? 1 : fit < ROUND_STEPS ? (int)fit : ROUND_STEPS;
        int64_t threshold = threshold_at(s, used_milli(s, round, work_limit, begin_us));
        for (int k = 0; k < CHAINS; k++)
            s->chain[k].threshold = threshold * k / 2; /* the first only ever descends */
#ifdef _OPENMP
#pragma omp parallel for schedule(static, 1) num_threads(threads) if (threads > 1)
#endif
        for (int k = 0; k < CHAINS; k++)
            run_chain(s, &s->chain[k], steps);
        for (int k = 0; k < CHAINS; k++) {
            qwr__berth_worked(s->b, s->chain[k].work);
            s->chain[k].work = 0;
        }
        share_best(s, round);
    }
}

qwr_status qwr__bacap_search(qwr__field *field, qwr__berth *b, const qwr__dual *dual, uint64_t turn)
{
    search *s = qwr__alloc(b->ctx, 1, sizeof *s);
    if (!s)
        return qwr__no_memory(b->ctx, WHERE);
    s->b = b;
    s->facts = field->facts;
    s->dual = dual;
    s->turn = turn;
    s->unplaced_mu = b->problem->cand.view.unplaced_cost * b->problem->cand.view.cost_unit_mu;
    qwr_status status = begin(s, field);
    if (status == QWR_OK && s->facts->calls > 1) {
        rounds(s);
        qwr__field_copy(field, &s->chain[best_chain(s)].best);
    }
    for (int k = 0; k < CHAINS; k++) {
        qwr__field_free(&s->chain[k].now);
        qwr__field_free(&s->chain[k].best);
        qwr__free(b->ctx, s->chain[k].before);
    }
    qwr__free(b->ctx, s);
    return status;
}
