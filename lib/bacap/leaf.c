/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Leaves: every call has one place, start and end left, and what is open is who gets how many
 * cranes when. Prices of cranes per tick, and branching on the cranes of one call in one tick. For
 * calls with up to two cranes above their fewest, all segments of one length.
 *
 * At given prices a call takes so many ticks with one crane more and so many with two, the cheapest
 * ones. Two more in a tick without one more there is one more in truth: it costs the same and gets
 * no less done.
 */
#include "bacap/tree.h"

#include <string.h>

static const char WHERE[] = "bacap.leaf";

enum { ROUNDS = 60, RAY_EVERY = 10, MOST_NODES = 4000, MOST_CALLS = 64 };

typedef struct leaf {
    qwr__tree *t;
    const qwr__node *n;
    int32_t from, to; /**< ticks that all stays together span */
    int64_t fixed_mu; /**< cost of places and times */
    int64_t one[MOST_CALLS], two[MOST_CALLS],
        extra[MOST_CALLS];        /**< work by the tick; to be done */
    int64_t price_mu[MOST_CALLS]; /**< of a crane in a tick */
    const qwr__window *window[MOST_CALLS];
    const qwr__side *side[MOST_CALLS];
    uint8_t *count; /**< [calls][to - from] extra cranes of the last evaluation */
    int64_t *held;  /**< [to - from] */
    int64_t nodes;
} leaf;

/** What the calls may hold, and the prices to begin with. */
typedef struct choice_node {
    uint8_t *low, *high; /**< [calls][to - from] extra cranes */
    int64_t *price;      /**< [to - from] */
} choice_node;

static int32_t first_tick(const leaf *x, uint32_t k)
{
    return x->window[k]->start + x->t->facts->mooring[x->n->call[k]] - x->from;
}

static int32_t end_tick(const leaf *x, uint32_t k)
{
    return x->window[k]->end - x->t->facts->unmooring[x->n->call[k]] - x->from;
}

/* Ticks where one level of cranes may be added, the cheapest first; forced ones are summed up. */
typedef struct level {
    int64_t cost[QWR__BACAP_SEGMENTS];
    int32_t tick[QWR__BACAP_SEGMENTS];
    int32_t free, forced;
    int64_t forced_mu;
} level;

static void fill_level(level *v, const leaf *x, const choice_node *c, uint32_t k, int above)
{
    size_t range = (size_t)(x->to - x->from);
    v->free = v->forced = 0;
    v->forced_mu = 0;
    for (int32_t j = first_tick(x, k); j < end_tick(x, k); j++) {
        size_t at = k * range + (size_t)j;
        int64_t mu = x->price_mu[k] + c->price[j];
        if (c->low[at] >= above) {
            v->forced++;
            v->forced_mu += mu;
        } else if (c->high[at] >= above) {
            int32_t i = v->free++;
            for (; i > 0 && v->cost[i - 1] > mu; i--) {
                v->cost[i] = v->cost[i - 1];
                v->tick[i] = v->tick[i - 1];
            }
            v->cost[i] = mu;
            v->tick[i] = j;
        }
    }
}

/* Least price of one call's cranes, and its counts. INT64_MAX: it cannot be served. */
static int64_t price_call(leaf *x, const choice_node *c, uint32_t k)
{
    level first, second;
    size_t range = (size_t)(x->to - x->from);
    uint8_t *count = x->count + k * range;
    fill_level(&first, x, c, k, 1);
    fill_level(&second, x, c, k, 2);
    int64_t base = 0, best = INT64_MAX, sum_two = 0;
    int32_t ones = 0, twos = 0;
    for (int32_t j = first_tick(x, k); j < end_tick(x, k); j++)
        base += x->side[k]->least * (x->price_mu[k] + c->price[j]);
    for (int32_t j = 0; j <= second.free; j++) {
        int64_t left = x->extra[k] - x->two[k] * (second.forced + j);
        int64_t wanted = left > 0 && x->one[k] > 0 ? (left + x->one[k] - 1) / x->one[k] : 0;
        wanted = wanted > second.forced + j ? wanted : second.forced + j;
        int64_t more = wanted > first.forced ? wanted - first.forced : 0;
        bool possible = more <= first.free && (left <= 0 || x->one[k] > 0);
        int64_t mu = first.forced_mu + second.forced_mu + sum_two;
        for (int32_t i = 0; possible && i < more; i++)
            mu += first.cost[i];
        if (possible && mu < best) {
            best = mu;
            ones = (int32_t)more;
            twos = j;
        }
        if (j < second.free)
            sum_two += second.cost[j];
        if (left <= 0)
            break;
    }
    if (best == INT64_MAX)
        return best;
    for (size_t j = 0; j < range; j++)
        count[j] = c->low[k * range + j];
    for (int32_t i = 0; i < ones; i++)
        count[first.tick[i]]++;
    for (int32_t i = 0; i < twos; i++)
        count[second.tick[i]]++;
    return base + best;
}

static int64_t capacity_at(const leaf *x, size_t j)
{
    const qwr__bacap_facts *f = x->t->facts;
    return f->problem->cand.view
        .crane_capacity[(size_t)x->side[0]->quay * (size_t)f->ticks + (size_t)x->from + j];
}

/* The dual function, INT64_MAX: nothing is possible. Fills x->held. */
static int64_t evaluate(leaf *x, const choice_node *c)
{
    size_t range = (size_t)(x->to - x->from);
    int64_t sum = x->fixed_mu;
    memset(x->held, 0, range * sizeof *x->held);
    for (uint32_t k = 0; k < x->n->calls; k++) {
        int64_t mu = price_call(x, c, k);
        if (mu == INT64_MAX)
            return mu;
        sum += mu;
        for (int32_t j = first_tick(x, k); j < end_tick(x, k); j++)
            x->held[j] += x->side[k]->least + x->count[k * range + (size_t)j];
    }
    for (size_t j = 0; j < range; j++)
        sum -= c->price[j] * capacity_at(x, j);
    return sum;
}

static void adopt_trial(leaf *x, int64_t *limit, qwr__berthing *plan, int64_t *value)
{
    *value = x->t->trial.mu;
    *limit = x->t->trial.mu - x->t->unit_mu;
    for (uint32_t k = 0; k < x->n->calls; k++)
        plan[x->n->call[k]] = x->t->trial.stay[x->n->call[k]];
}

/* The counts as a plan, if no tick has too many; a better one is kept. */
static void keep_plan(leaf *x, int64_t *limit, qwr__berthing *plan, int64_t *value)
{
    const qwr__bacap_facts *f = x->t->facts;
    size_t range = (size_t)(x->to - x->from);
    for (size_t j = 0; j < range; j++)
        if (x->held[j] > capacity_at(x, j))
            return;
    qwr__field *trial = &x->t->trial;
    bool all = true;
    for (uint32_t k = 0; k < x->n->calls && all; k++) {
        qwr__segment segment[QWR__BACAP_SEGMENTS];
        const qwr__option *o = &x->t->options.option[x->n->list[x->n->begin[k]]];
        qwr__berthing s = {.side = x->window[k]->side,
                           .place = o->place,
                           .start = x->window[k]->start,
                           .end = x->window[k]->end};
        s.segments = qwr__bacap_segments(segment, f, x->side[k], s.start, s.end);
        for (int32_t j = 0; j < s.segments; j++)
            s.cranes[j] = (uint8_t)(x->side[k]->least +
                                    x->count[k * range + (size_t)(segment[j].from - x->from)]);
        s.mu = qwr__bacap_mu(f, &s);
        all = qwr__field_free_at(trial, &s);
        if (all)
            qwr__field_put(trial, &s);
    }
    if (all && trial->mu <= *limit)
        adopt_trial(x, limit, plan, value);
    for (uint32_t k = 0; k < x->n->calls; k++)
        qwr__field_lift(trial, x->n->call[k]);
}

/*
 * Do these prices alone tell that the cranes do not suffice? With nothing else to pay for, no plan
 * costs anything: a dual function above zero is one that grows without end as prices do.
 */
static bool is_impossible(leaf *x, const choice_node *c)
{
    int64_t kept[MOST_CALLS], fixed_mu = x->fixed_mu;
    memcpy(kept, x->price_mu, sizeof kept);
    memset(x->price_mu, 0, sizeof x->price_mu);
    x->fixed_mu = 0;
    int64_t value = evaluate(x, c);
    memcpy(x->price_mu, kept, sizeof kept);
    x->fixed_mu = fixed_mu;
    return value > 0;
}

/* The calls served one after the other, beginning with each of them in turn. */
static void serve_in_turn(leaf *x, int64_t *limit, qwr__berthing *plan, int64_t *value)
{
    qwr__field *trial = &x->t->trial;
    for (uint32_t first = 0; first < 2 * x->n->calls; first++) {
        bool all = true;
        for (uint32_t j = 0; j < x->n->calls && all; j++) {
            /* Half the turns go through the calls backwards. */
            uint32_t k = first < x->n->calls ? (first + j) % x->n->calls
                                             : (first + x->n->calls - j) % x->n->calls;
            qwr__berthing s = {.side = x->window[k]->side,
                               .place = x->t->options.option[x->n->list[x->n->begin[k]]].place,
                               .start = x->window[k]->start,
                               .end = x->window[k]->end};
            all = qwr__field_serve(trial, &s);
            if (all)
                qwr__field_put(trial, &s);
        }
        if (all && trial->mu <= *limit)
            adopt_trial(x, limit, plan, value);
        for (uint32_t k = 0; k < x->n->calls; k++)
            qwr__field_lift(trial, x->n->call[k]);
    }
}

/* Raises the prices; true: nothing here costs *limit or less. */
static bool climb(leaf *x, choice_node *c, int64_t *limit, qwr__berthing *plan, int64_t *value)
{
    size_t range = (size_t)(x->to - x->from);
    int64_t best = INT64_MIN;
    double step = 1.0;
    int idle = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t now = evaluate(x, c);
        if (now == INT64_MAX)
            return true;
        keep_plan(x, limit, plan, value);
        idle = now > best ? 0 : idle + 1;
        best = now > best ? now : best;
        if (best > *limit || (round % RAY_EVERY == RAY_EVERY - 1 && is_impossible(x, c)))
            return true;
        if (round % RAY_EVERY == RAY_EVERY - 1)
            (void)evaluate(x, c);
        if (idle > 4) {
            step *= 0.6;
            idle = 0;
        }
        double norm = 0;
        for (size_t j = 0; j < range; j++) {
            int64_t over = x->held[j] - capacity_at(x, j);
            norm += over > 0 || c->price[j] > 0 ? (double)(over * over) : 0;
        }
        if (norm == 0)
            break;
        double length = step * (double)(*limit + x->t->unit_mu - now) / norm;
        for (size_t j = 0; j < range; j++) {
            double next = (double)c->price[j] + length * (double)(x->held[j] - capacity_at(x, j));
            c->price[j] = next <= 0                ? 0
                          : next < QWR__MOST_PRICE ? (int64_t)next
                                                   : (int64_t)QWR__MOST_PRICE;
        }
    }
    return false;
}

/* A tick with too many cranes, or with a price and cranes to spare, and a call that can change it.
 * The call's count there is *count; *rise: the other side is more of them. */
static bool choose(const leaf *x, const choice_node *c, uint32_t *call, size_t *tick, bool *rise)
{
    size_t range = (size_t)(x->to - x->from);
    int64_t most = 0;
    for (size_t j = 0; j < range; j++) {
        int64_t over = x->held[j] - capacity_at(x, j);
        int64_t weight = over > 0 ? over * (x->t->unit_mu + c->price[j]) : -over * c->price[j];
        if (weight <= most)
            continue;
        for (uint32_t k = 0; k < x->n->calls; k++) {
            size_t at = k * range + j;
            if ((int32_t)j < first_tick(x, k) || (int32_t)j >= end_tick(x, k))
                continue;
            if (over > 0 ? x->count[at] <= c->low[at] : x->count[at] >= c->high[at])
                continue;
            most = weight;
            *call = k;
            *tick = j;
            *rise = over <= 0;
            break;
        }
    }
    return most > 0;
}

static qwr_status solve(leaf *x, const choice_node *from, int64_t *limit, qwr__berthing *plan,
                        int64_t *value)
{
    qwr_context *ctx = x->t->b->ctx;
    size_t range = (size_t)(x->to - x->from), cells = x->n->calls * range;
    if (++x->nodes > MOST_NODES || qwr__berth_over(x->t->b)) {
        x->t->aborted = true;
        return QWR_OK;
    }
    choice_node c = {qwr__alloc(ctx, cells + 1, 1), qwr__alloc(ctx, cells + 1, 1),
                     qwr__alloc(ctx, range + 1, sizeof *c.price)};
    qwr_status status = c.low && c.high && c.price ? QWR_OK : qwr__no_memory(ctx, WHERE);
    uint32_t call = 0;
    size_t tick = 0;
    bool rise = false;
    if (status == QWR_OK) {
        memcpy(c.low, from->low, cells);
        memcpy(c.high, from->high, cells);
        memcpy(c.price, from->price, range * sizeof *c.price);
        if (climb(x, &c, limit, plan, value))
            goto done;
        if (evaluate(x, &c) == INT64_MAX)
            goto done;
        if (!choose(x, &c, &call, &tick, &rise)) {
            x->t->leaves_open++; /* what costs more than the prices tell: changes of the count */
            x->t->aborted = true;
            goto done;
        }
        size_t at = call * range + tick;
        uint8_t low = c.low[at], high = c.high[at], count = x->count[at];
        uint8_t cut = rise ? count : (uint8_t)(count - 1); /* below or at it; above it */
        c.high[at] = cut;
        status = solve(x, &c, limit, plan, value);
        c.high[at] = high;
        c.low[at] = (uint8_t)(cut + 1);
        if (status == QWR_OK && !x->t->aborted)
            status = solve(x, &c, limit, plan, value);
        c.low[at] = low;
    }
done:
    qwr__free(ctx, c.low);
    qwr__free(ctx, c.high);
    qwr__free(ctx, c.price);
    return status;
}

/* Reads the one option of each call. False: not for this room, or no two stays may go together. */
static bool read_calls(leaf *x, bool *clash)
{
    qwr__tree *t = x->t;
    const qwr__bacap_facts *f = t->facts;
    *clash = false;
    if (x->n->calls > MOST_CALLS)
        return false;
    x->from = f->ticks;
    for (uint32_t k = 0; k < x->n->calls; k++) {
        const qwr__option *o = &t->options.option[x->n->list[x->n->begin[k]]];
        const qwr__place *p = &f->place[o->place];
        const qwr__window *w = x->window[k] = &t->options.window[o->window];
        const qwr__side *s = x->side[k] = &f->side[w->side];
        if (!qwr__side_is_uniform(f, s) || s->quay != x->side[0]->quay)
            return false;
        x->one[k] =
            s->most > s->least ? (s->rate[s->least + 1] - s->rate[s->least]) * f->step_s : 0;
        x->two[k] = s->most > s->least + 1
                        ? (s->rate[s->least + 2] - s->rate[s->least + 1]) * f->step_s
                        : 0;
        x->price_mu[k] = qwr__bacap_cranes_mu(f, s->call, f->step_s);
        x->from = w->start < x->from ? w->start : x->from;
        x->to = w->end > x->to ? w->end : x->to;
        x->fixed_mu += w->times_mu + p->mu;
        int64_t ticks = w->end - w->start - f->mooring[s->call] - f->unmooring[s->call];
        x->extra[k] = p->need - s->rate[s->least] * f->step_s * ticks;
        for (uint32_t i = 0; i < k; i++) {
            const qwr__place *q = &f->place[t->options.option[x->n->list[x->n->begin[i]]].place];
            /* As bounds must see it: with no more clearance than these two keep. */
            bool apart = p->cell + p->width_bound <= q->cell || q->cell + q->width_bound <= p->cell;
            *clash = *clash || (!apart && w->start < x->window[i]->end + q->tail &&
                                x->window[i]->start < w->end + p->tail);
        }
    }
    return true;
}

qwr_status qwr__leaf_solve(qwr__tree *t, const qwr__node *n, int64_t limit, qwr__berthing *plan,
                           int64_t *value)
{
    qwr_context *ctx = t->b->ctx;
    bool clash;
    leaf *x = qwr__alloc(ctx, 1, sizeof *x);
    if (!x)
        return qwr__no_memory(ctx, WHERE);
    x->t = t;
    x->n = n;
    if (!read_calls(x, &clash)) {
        t->leaves_open++;
        t->aborted = true;
        qwr__free(ctx, x);
        return QWR_OK;
    }
    size_t range = (size_t)(x->to - x->from), cells = n->calls * range;
    choice_node c = {qwr__alloc(ctx, cells + 1, 1), qwr__alloc(ctx, cells + 1, 1),
                     qwr__alloc(ctx, range + 1, sizeof *c.price)};
    x->count = qwr__alloc(ctx, cells + 1, 1);
    x->held = qwr__alloc(ctx, range + 1, sizeof *x->held);
    qwr_status status =
        c.low && c.high && c.price && x->count && x->held ? QWR_OK : qwr__no_memory(ctx, WHERE);
    if (status == QWR_OK && !clash) {
        for (uint32_t k = 0; k < n->calls; k++)
            memset(c.high + k * range, x->side[k]->most - x->side[k]->least, range);
        serve_in_turn(x, &limit, plan, value);
        status = solve(x, &c, &limit, plan, value);
        qwr__berth_worked(t->b, x->nodes);
    }
    qwr__free(ctx, c.low);
    qwr__free(ctx, c.high);
    qwr__free(ctx, c.price);
    qwr__free(ctx, x->count);
    qwr__free(ctx, x->held);
    qwr__free(ctx, x);
    return status;
}
