/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cheapest chains of stays at each berth, forward and backward over time. All numbers are
 * whole, and a check beforehand shows that none leaves 62 bits. Must never know of steps or nodes.
 */
#include "check/certificate.h"

#define WHERE "check.certificate"

qwr_status qwr__chains_init(qwr__chains *chains, const qwr__stays *stays, qwr__chain_order *order,
                            int64_t price_unit)
{
    qwr_context *ctx = stays->ctx;
    size_t n = stays->count + 1;
    *chains = (qwr__chains){.stays = stays, .order = order, .price_unit = price_unit};
    chains->link = qwr__alloc(ctx, n, sizeof *chains->link);
    chains->sorted = qwr__alloc(ctx, n, sizeof *chains->sorted);
    chains->by_end = qwr__alloc(ctx, n, sizeof *chains->by_end);
    chains->cost = qwr__alloc(ctx, n, sizeof *chains->cost);
    chains->before = qwr__alloc(ctx, n, sizeof *chains->before);
    chains->after = qwr__alloc(ctx, n, sizeof *chains->after);
    chains->through = qwr__alloc(ctx, n, sizeof *chains->through);
    chains->tally = qwr__alloc(ctx, (size_t)stays->last_free + 3, sizeof *chains->tally);
    chains->begin = qwr__alloc(ctx, (size_t)stays->berths + 1, sizeof *chains->begin);
    chains->cheapest = qwr__alloc(ctx, (size_t)stays->berths + 1, sizeof *chains->cheapest);
    bool good = chains->link != NULL && chains->sorted != NULL && chains->by_end != NULL &&
                chains->cost != NULL && chains->before != NULL && chains->after != NULL &&
                chains->through != NULL && chains->tally != NULL && chains->begin != NULL &&
                chains->cheapest != NULL;
    if (good)
        return QWR_OK;
    qwr__chains_free(chains, ctx);
    return qwr__no_memory(ctx, WHERE);
}

void qwr__chains_free(qwr__chains *chains, qwr_context *ctx)
{
    void *blocks[] = {chains->link,   chains->sorted,  chains->by_end,  chains->cost,
                      chains->before, chains->after,   chains->through, chains->tally,
                      chains->begin,  chains->cheapest};
    for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++)
        qwr__free(ctx, blocks[k]);
    *chains = (qwr__chains){.stays = NULL};
}

/* --- gathering the stays that are left ----------------------------------------------------------
 */

/** Appends the stays of a row that are alive. */
static size_t gather_row(const qwr__chains *c, uint32_t row_ix, const uint64_t *alive, size_t count)
{
    const qwr__stay_row *row = &c->stays->row[row_ix];
    size_t cell = row->base, end = row->base + row->count;
    while (cell < end) {
        uint64_t word = alive[cell / 64] >> (cell % 64);
        if (word == 0) {
            cell = (cell / 64 + 1) * 64;
            continue;
        }
        cell += (size_t)__builtin_ctzll(word);
        if (cell >= end)
            break;
        int32_t at = row->first + (int32_t)(cell - row->base);
        c->sorted[count++] = (qwr__link){row_ix, at, c->stays->free_at[cell]};
        cell++;
    }
    return count;
}

/** Turns counts by step into the first place of each step. */
static void sum_up(uint32_t *tally, int32_t steps)
{
    uint32_t sum = 0;
    for (int32_t t = 0; t <= steps; t++) {
        uint32_t here = tally[t];
        tally[t] = sum;
        sum += here;
    }
}

/** The links of a berth in order of start (then of row), and their order by end (then by start). */
static size_t gather_berth(qwr__chains *c, uint32_t berth, const uint64_t *alive)
{
    const qwr__stays *t = c->stays;
    size_t count = 0, begin = c->begin[berth];
    uint32_t *tally = c->tally;
    for (uint32_t r = t->begin[berth]; r < t->begin[berth + 1]; r++)
        count = gather_row(c, r, alive, count);
    for (int32_t k = 0; k <= t->last_free; k++)
        tally[k] = 0;
    for (size_t k = 0; k < count; k++)
        tally[c->sorted[k].at]++;
    sum_up(tally, t->last_free);
    for (size_t k = 0; k < count; k++)
        c->link[begin + tally[c->sorted[k].at]++] = c->sorted[k];
    for (int32_t k = 0; k <= t->last_free; k++)
        tally[k] = 0;
    for (size_t k = 0; k < count; k++)
        tally[c->link[begin + k].free_at]++;
    sum_up(tally, t->last_free);
    for (size_t k = 0; k < count; k++)
        c->by_end[begin + tally[c->link[begin + k].free_at]++] = (uint32_t)k;
    return count;
}

/** Can no sum over a chain leave 62 bits? */
static bool fits(const qwr__chains *c, const int64_t *price)
{
    const qwr__stays *t = c->stays;
    qwr__wide most = 0;
    for (uint32_t i = 0; i < t->calls; i++) {
        qwr__wide size = price[i] < 0 ? -(qwr__wide)price[i] : price[i];
        most = size > most ? size : most;
    }
    most += (qwr__wide)t->most_mu * c->price_unit;
    int64_t longest = t->shortest > 0 ? t->last_free / t->shortest + 2 : INT64_MAX;
    return most * longest < QWR__NO_CHAIN / 4;
}

/* --- forward -------------------------------------------------------------------------------- */

typedef struct sweep {
    qwr__link *link;
    uint32_t *by_end;
    size_t count;
    int64_t *cost, *before, *after;
} sweep;

static sweep sweep_of(const qwr__chains *c, uint32_t berth)
{
    size_t begin = c->begin[berth];
    return (sweep){c->link + begin, c->by_end + begin, c->begin[berth + 1] - begin,
                   c->cost + begin, c->before + begin, c->after + begin};
}

/** Links from `first` on that begin at the same step. */
static size_t starts_with(const sweep *s, size_t first)
{
    size_t end = first;
    while (end < s->count && s->link[end].at == s->link[first].at)
        end++;
    return end;
}

/** Least value of links by_end[from] ... by_end[to - 1], at most `least`. */
static int64_t least_ended(const sweep *s, size_t from, size_t to, int64_t least)
{
    for (size_t k = from; k < to; k++)
        least = qwr__smaller(least, s->before[s->by_end[k]]);
    return least;
}

/** Cheapest chains up to each link that begins at one step, without the link itself. */
static void precede(const qwr__chains *c, uint32_t berth, sweep *s, size_t first, size_t end,
                    size_t ended, size_t ending, int64_t past)
{
    const qwr__bundle before = {s->link, s->by_end + ended, ending - ended, s->before};
    const qwr__bundle next = {s->link + first, NULL, end - first, s->before + first};
    for (size_t k = first; k < end; k++)
        s->before[k] =
            c->order == NULL || qwr__may_pause(c->stays, &s->link[k]) ? past : QWR__NO_CHAIN;
    if (c->order != NULL)
        qwr__chain_order_forward(c->order, berth, &before, &next);
}

static int64_t berth_forward(const qwr__chains *c, uint32_t berth)
{
    sweep s = sweep_of(c, berth);
    size_t ended = 0; /* by_end[0] ... are over before the step at hand, with a pause */
    int64_t past = 0; /* cheapest chain of those, the empty one counts */
    for (size_t first = 0; first < s.count;) {
        size_t end = starts_with(&s, first), ending = ended;
        int32_t at = s.link[first].at;
        while (ending < s.count && s.link[s.by_end[ending]].free_at < at)
            ending++;
        past = least_ended(&s, ended, ending, past);
        ended = ending;
        while (ending < s.count && s.link[s.by_end[ending]].free_at == at)
            ending++;
        if (c->order == NULL) { /* a pause or none is all the same */
            past = least_ended(&s, ended, ending, past);
            ended = ending;
        }
        precede(c, berth, &s, first, end, ended, ending, past);
        for (size_t k = first; k < end; k++)
            s.before[k] = s.before[k] >= QWR__NO_CHAIN ? QWR__NO_CHAIN : s.before[k] + s.cost[k];
        first = end;
    }
    return least_ended(&s, ended, s.count, past);
}

static int64_t reduced_cost(const qwr__chains *c, const qwr__link *link, const int64_t *price)
{
    const qwr__stay_row *row = &c->stays->row[link->row];
    int64_t cost_mu;
    if (row->plain) /* the same number without a walk through memory */
        cost_mu = c->stays->cost_mu[row->base] + row->slope_mu * (link->at - row->first);
    else
        cost_mu = c->stays->cost_mu[qwr__link_cell(c->stays, link)];
    return cost_mu * c->price_unit - price[row->call];
}

qwr_status qwr__chains_forward(qwr__chains *chains, const uint64_t *alive, const int64_t *price)
{
    const qwr__stays *t = chains->stays;
    if (!fits(chains, price))
        return qwr__fail(t->ctx, QWR_EOVERFLOW, WHERE, NULL, 0,
                         "prices and costs are too large to add up");
    chains->begin[0] = 0;
    for (uint32_t b = 0; b < t->berths; b++) {
        size_t begin = chains->begin[b];
        chains->begin[b + 1] = begin + gather_berth(chains, b, alive);
        for (size_t k = begin; k < chains->begin[b + 1]; k++)
            chains->cost[k] = reduced_cost(chains, &chains->link[k], price);
        chains->cheapest[b] = berth_forward(chains, b);
    }
    return QWR_OK;
}

/* --- backward ------------------------------------------------------------------------------- */

/** First link that begins at the same step as link `end - 1`. */
static size_t starts_from(const sweep *s, size_t end)
{
    size_t first = end;
    while (first > 0 && s->link[first - 1].at == s->link[end - 1].at)
        first--;
    return first;
}

/** Cheapest chains past the links by_end[from] ... by_end[to - 1], which all end at one step. */
static void follow(const qwr__chains *c, uint32_t berth, sweep *s, int64_t *through, size_t first,
                   size_t end, size_t from, size_t to, int64_t past)
{
    const qwr__bundle before = {s->link, s->by_end + from, to - from, s->after};
    const qwr__bundle next = {s->link + first, NULL, end - first, through + first};
    for (size_t k = from; k < to; k++)
        s->after[s->by_end[k]] = past;
    if (c->order != NULL && first < end)
        qwr__chain_order_backward(c->order, berth, &before, &next);
}

/** Cheapest chain that begins with one of the links, after a pause; at most `least`. */
static int64_t least_begun(const qwr__chains *c, const sweep *s, const int64_t *through,
                           size_t first, size_t end, int64_t least)
{
    for (size_t k = first; k < end; k++)
        if (through[k] < least && (c->order == NULL || qwr__may_pause(c->stays, &s->link[k])))
            least = through[k];
    return least;
}

static void berth_backward(const qwr__chains *c, uint32_t berth, int64_t *through)
{
    sweep s = sweep_of(c, berth);
    size_t begun = s.count; /* links from here on begin later than the step at hand */
    int64_t past = 0;
    for (size_t to = s.count; to > 0;) {
        int32_t at = s.link[s.by_end[to - 1]].free_at;
        size_t from = to;
        while (from > 0 && s.link[s.by_end[from - 1]].free_at == at)
            from--;
        /* Links that begin later than `at` are all known: they end later still. */
        while (begun > 0 && s.link[begun - 1].at > at) {
            size_t first = starts_from(&s, begun);
            for (size_t k = first; k < begun; k++)
                through[k] = s.cost[k] + s.after[k];
            past = least_begun(c, &s, through, first, begun, past);
            begun = first;
        }
        size_t end = begun,
               first = end > 0 && s.link[end - 1].at == at ? starts_from(&s, end) : end;
        for (size_t k = first; k < end; k++)
            through[k] = s.cost[k] + s.after[k];
        int64_t here = c->order == NULL ? least_begun(c, &s, through, first, end, past) : past;
        follow(c, berth, &s, through, first, end, from, to, here);
        to = from;
    }
}

void qwr__chains_backward(qwr__chains *chains)
{
    for (uint32_t b = 0; b < chains->stays->berths; b++)
        berth_backward(chains, b, chains->through + chains->begin[b]);
}
