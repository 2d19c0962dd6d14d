/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search for names: cranes share a rail and cannot pass one another, so of two vessels worked
 * at once the one farther along the quay has the cranes farther along the rail. Stays are taken by
 * start of work; each gets the run of fit cranes that is nearest, leaving room for those beside
 * it, and a dead end takes back the last stay that is in the way. Steps are counted, so the same
 * plan has the same names everywhere. Must never look at anything but the stints and the rail.
 */
#include "report/crew.h"

/** Steps back before a stint that finds too few cranes is left with what there is. */
enum { PATIENCE = 1000, PATIENCE_IN_ALL = 40000 };

typedef struct choice {
    int64_t cost;
    uint32_t from; /* index into `fit` */
} choice;

static bool overlap(const qwr__stint *a, const qwr__stint *b)
{
    return a->from_s < b->to_s && b->from_s < a->to_s;
}

static bool is_below(const qwr__stint *a, const qwr__stint *b)
{
    return a->low_mm != b->low_mm ? a->low_mm < b->low_mm : a->call < b->call;
}

/** First stint that may still be at work when `i` begins. */
static uint32_t first_near(const qwr__rail *r, uint32_t i)
{
    uint32_t k = i;
    while (k > 0 && r->stint[k - 1].from_s > r->stint[i].from_s - r->longest_s)
        k--;
    return k;
}

/** Cranes that stints on one side of `i` need at the instant `at_s`. */
static uint32_t need_at(const qwr__rail *r, uint32_t i, uint32_t from, int64_t at_s, bool below)
{
    uint32_t sum = 0;
    for (uint32_t k = from; k < r->stints && r->stint[k].from_s <= at_s; k++)
        if (k != i && r->stint[k].to_s > at_s && is_below(&r->stint[k], &r->stint[i]) == below)
            sum += r->stint[k].need;
    return sum;
}

/** The most that is needed on either side while `i` works: it changes where a stint begins. */
static void find_room(qwr__rail *r, uint32_t i)
{
    qwr__stint *s = &r->stint[i];
    uint32_t from = first_near(r, i);
    s->below = need_at(r, i, from, s->from_s, true);
    s->above = need_at(r, i, from, s->from_s, false);
    for (uint32_t k = i + 1; k < r->stints && r->stint[k].from_s < s->to_s; k++) {
        uint32_t below = need_at(r, i, from, r->stint[k].from_s, true);
        uint32_t above = need_at(r, i, from, r->stint[k].from_s, false);
        s->below = below > s->below ? below : s->below;
        s->above = above > s->above ? above : s->above;
    }
}

static bool is_fit(const qwr__rail *r, const qwr__stint *s, uint32_t k)
{
    return qwr__rail_can_reach(r, s, k) && !qwr__rail_is_out(r, k, s->from_s, s->to_s);
}

/** Ranks that may serve stint `i` beside those already chosen and those still to come. */
static uint32_t find_fit(qwr__rail *r, uint32_t i)
{
    const qwr__stint *s = &r->stint[i];
    uint32_t low = s->below, high = r->ranks > s->above ? r->ranks - s->above : 0, count = 0;
    for (uint32_t k = first_near(r, i); k < i; k++) {
        const qwr__stint *o = &r->stint[k];
        if (o->need == 0 || !overlap(o, s))
            continue;
        if (is_below(o, s))
            low = o->last + 1 > low ? o->last + 1 : low;
        else
            high = o->first < high ? o->first : high;
    }
    for (uint32_t k = low; k < high; k++)
        if (is_fit(r, s, k))
            r->fit[count++] = k;
    return count;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

/** Far from home takes room from others for long; far from where it stands is a long way now. */
static int64_t cost_of(const qwr__rail *r, const qwr__stint *s, uint32_t from)
{
    int64_t middle = s->low_mm + (s->high_mm - s->low_mm) / 2, sum = 0;
    for (uint32_t k = from; k < from + s->need; k++) {
        const qwr__rank *c = &r->rank[r->fit[k]];
        sum += 2 * distance(c->home_mm, middle) + distance(c->at_mm, middle);
    }
    return sum;
}

/** The best choice that comes after `last` in order; false if there is none. */
static bool next_choice(qwr__rail *r, uint32_t i, const choice *last, choice *next)
{
    const qwr__stint *s = &r->stint[i];
    uint32_t count = find_fit(r, i);
    bool found = false;
    for (uint32_t from = 0; from + s->need <= count; from++) {
        choice c = {cost_of(r, s, from), from};
        if (last != NULL && (c.cost < last->cost || (c.cost == last->cost && c.from <= last->from)))
            continue;
        if (!found || c.cost < next->cost)
            *next = c;
        found = true;
    }
    return found;
}

static void take(qwr__rail *r, uint32_t i, uint32_t from)
{
    qwr__stint *s = &r->stint[i];
    for (uint32_t k = 0; k < s->need; k++) {
        qwr__rank *c = &r->rank[r->fit[from + k]];
        r->chosen[s->pool + k] = r->fit[from + k];
        r->left_mm[s->pool + k] = c->at_mm;
        c->at_mm = s->low_mm + (s->high_mm - s->low_mm) * (2 * (int64_t)k + 1) / (2 * s->need);
    }
    s->first = s->need > 0 ? r->chosen[s->pool] : 0;
    s->last = s->need > 0 ? r->chosen[s->pool + s->need - 1] : 0;
}

static void take_back(qwr__rail *r, uint32_t i)
{
    const qwr__stint *s = &r->stint[i];
    for (uint32_t k = s->need; k-- > 0;)
        r->rank[r->chosen[s->pool + k]].at_mm = r->left_mm[s->pool + k];
}

/** The last stint before `i` that works at the same time; `i` if there is none. */
static uint32_t in_the_way(const qwr__rail *r, uint32_t i)
{
    for (uint32_t k = i; k-- > first_near(r, i);)
        if (r->stint[k].need > 0 && overlap(&r->stint[k], &r->stint[i]))
            return k;
    return i;
}

/** As many as there are; what others beside it are left changes, too. */
static void give_up(qwr__rail *r, uint32_t i)
{
    qwr__stint *s = &r->stint[i];
    uint32_t count = find_fit(r, i);
    s->need = count < s->need ? count : s->need - 1;
    for (uint32_t k = first_near(r, i); k < r->stints && r->stint[k].from_s < s->to_s; k++)
        find_room(r, k);
}

qwr_status qwr__rail_search(qwr__rail *r)
{
    choice *tried = qwr__alloc(r->ctx, (size_t)r->stints + 1, sizeof *tried);
    uint32_t reached = 0, steps = 0, in_all = 0;
    bool again = false; /* look for what comes after tried[i] */
    if (tried == NULL)
        return qwr__no_memory(r->ctx, "report");
    for (uint32_t i = 0; i < r->stints; i++)
        find_room(r, i);
    for (uint32_t i = 0; i < r->stints;) {
        choice next;
        if (i > reached) {
            reached = i;
            steps = 0;
        }
        if (next_choice(r, i, again ? &tried[i] : NULL, &next)) {
            tried[i] = next;
            take(r, i, next.from);
            again = false;
            i++;
            continue;
        }
        uint32_t back = steps < PATIENCE && in_all < PATIENCE_IN_ALL ? in_the_way(r, i) : i;
        if (back == i && !again)
            give_up(r, i);
        again = back != i;
        steps += again;
        in_all += again;
        while (i > back)
            take_back(r, --i);
    }
    qwr__free(r->ctx, tried);
    return QWR_OK;
}
