/* SPDX-License-Identifier: Apache-2.0 */
/* A plan in the making: which cells and cranes are taken when, and the cheapest stay left for a
 * call. */
#include "bacap/price.h"

#include <string.h>

static const char WHERE[] = "bacap.field";

/** Free places that are weighed against each other where prices count. */
enum { MOST_PLACES = 12 };

/** Periods of ends tried in a row that are no cheaper than the best so far. */
enum { MOST_WORSE = 6 };

qwr_status qwr__field_init(qwr__field *x, const qwr__bacap_facts *f)
{
    size_t cells = (size_t)f->ticks * (size_t)f->words,
           cranes = (size_t)f->quays * (size_t)f->ticks;
    memset(x, 0, sizeof *x);
    x->facts = f;
    x->busy = qwr__alloc(f->ctx, cells + 1, sizeof *x->busy);
    x->used = qwr__alloc(f->ctx, cranes + 1, sizeof *x->used);
    x->stay = qwr__alloc(f->ctx, (size_t)f->calls + 1, sizeof *x->stay);
    x->mask = qwr__alloc(f->ctx, (size_t)f->words + 1, sizeof *x->mask);
    if (!x->busy || !x->used || !x->stay || !x->mask) {
        qwr__field_free(x);
        return qwr__no_memory(f->ctx, WHERE);
    }
    qwr__field_clear(x);
    return QWR_OK;
}

void qwr__field_free(qwr__field *x)
{
    if (!x->facts)
        return;
    qwr__free(x->facts->ctx, x->busy);
    qwr__free(x->facts->ctx, x->used);
    qwr__free(x->facts->ctx, x->stay);
    qwr__free(x->facts->ctx, x->mask);
    memset(x, 0, sizeof *x);
}

void qwr__field_clear(qwr__field *x)
{
    const qwr__bacap_facts *f = x->facts;
    memset(x->busy, 0, (size_t)f->ticks * (size_t)f->words * sizeof *x->busy);
    memset(x->used, 0, (size_t)f->quays * (size_t)f->ticks * sizeof *x->used);
    for (uint32_t i = 0; i < f->calls; i++)
        x->stay[i].place = UINT32_MAX;
    x->unplaced = f->calls;
    x->mu = 0;
}

void qwr__field_copy(qwr__field *to, const qwr__field *from)
{
    const qwr__bacap_facts *f = from->facts;
    memcpy(to->busy, from->busy, (size_t)f->ticks * (size_t)f->words * sizeof *to->busy);
    memcpy(to->used, from->used, (size_t)f->quays * (size_t)f->ticks * sizeof *to->used);
    memcpy(to->stay, from->stay, f->calls * sizeof *to->stay);
    to->unplaced = from->unplaced;
    to->mu = from->mu;
}

/* Bits of the cells [cell, end) that lie in word w. */
static uint64_t bits_of(int32_t w, int32_t cell, int32_t end)
{
    int32_t low = cell > w * 64 ? cell - w * 64 : 0, high = end - w * 64 < 64 ? end - w * 64 : 64;
    return (high == 64 ? ~UINT64_C(0) : (UINT64_C(1) << high) - 1) & ~((UINT64_C(1) << low) - 1);
}

/* Sets or clears the cells and adds the cranes of a stay. */
static void mark(qwr__field *x, const qwr__berthing *s, int sign)
{
    const qwr__bacap_facts *f = x->facts;
    const qwr__side *side = &f->side[s->side];
    const qwr__place *p = &f->place[s->place];
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    int32_t end = p->cell + p->width, last = s->end + p->tail;
    last = last > f->ticks ? f->ticks : last;
    for (int32_t w = p->cell / 64; w * 64 < end; w++) {
        uint64_t bits = bits_of(w, p->cell, end);
        for (int32_t t = s->start; t < last; t++) {
            uint64_t *at = x->busy + (size_t)t * (size_t)f->words + (size_t)w;
            *at = sign > 0 ? *at | bits : *at & ~bits;
        }
    }
    int32_t *used = x->used + (size_t)side->quay * (size_t)f->ticks;
    int32_t count = qwr__bacap_segments(segment, f, side, s->start, s->end);
    for (int32_t j = 0; j < count; j++)
        for (int32_t t = segment[j].from; t < segment[j].to; t++)
            used[t] += sign * s->cranes[j];
}

void qwr__field_put(qwr__field *x, const qwr__berthing *stay)
{
    if (stay->place == UINT32_MAX)
        return;
    mark(x, stay, 1);
    x->stay[x->facts->side[stay->side].call] = *stay;
    x->mu += stay->mu;
    x->unplaced--;
}

void qwr__field_lift(qwr__field *x, uint32_t call)
{
    qwr__berthing *s = &x->stay[call];
    if (s->place == UINT32_MAX)
        return;
    mark(x, s, -1);
    x->mu -= s->mu;
    x->unplaced++;
    s->place = UINT32_MAX;
}

static bool cells_free(const uint64_t *mask, int32_t cell, int32_t end)
{
    for (int32_t w = cell / 64; w * 64 < end; w++)
        if (mask[w] & bits_of(w, cell, end))
            return false;
    return true;
}

/* Most cranes that a segment may have at this place. */
static int32_t room_in(const qwr__field *x, const qwr__side *side, const qwr__place *p,
                       const qwr__segment *segment)
{
    const qwr__bacap_facts *f = x->facts;
    const int32_t *used = x->used + (size_t)side->quay * (size_t)f->ticks;
    const int32_t *all =
        f->problem->cand.view.crane_capacity + (size_t)side->quay * (size_t)f->ticks;
    const int16_t *gang = f->gang[p->gang];
    int32_t room = side->most;
    for (int32_t t = segment->from; t < segment->to; t++) {
        int32_t free_here = all[t] - used[t];
        free_here = gang[t] < free_here ? gang[t] : free_here;
        room = free_here < room ? free_here : room;
    }
    return room;
}

static bool open_for(const qwr__bacap_facts *f, const qwr__place *p, int32_t start, int32_t end)
{
    const int32_t *bad = f->bad[p->window];
    return bad[start] == bad[end];
}

bool qwr__field_free_at(const qwr__field *x, const qwr__berthing *s)
{
    const qwr__bacap_facts *f = x->facts;
    const qwr__side *side = &f->side[s->side];
    const qwr__place *p = &f->place[s->place];
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    const uint8_t *comes = f->comes + (size_t)side->call * ((size_t)f->ticks + 1),
                  *leaves = f->leaves + (size_t)side->call * ((size_t)f->ticks + 1);
    if (s->start < 0 || s->end > f->ticks || s->start >= s->end || !comes[s->start] ||
        !leaves[s->end] || !open_for(f, p, s->start, s->end))
        return false;
    if (!qwr__field_has_room(x, p, s->start, s->end))
        return false;
    int32_t count = qwr__bacap_segments(segment, f, side, s->start, s->end);
    int64_t work = 0;
    for (int32_t j = 0; j < count; j++) {
        if (s->cranes[j] < side->least || s->cranes[j] > room_in(x, side, p, &segment[j]))
            return false;
        work += side->rate[s->cranes[j]] * segment[j].work_s;
    }
    return count >= 0 && work >= p->need;
}

bool qwr__field_has_room(const qwr__field *x, const qwr__place *p, int32_t start, int32_t end)
{
    const qwr__bacap_facts *f = x->facts;
    for (int32_t t = start; t < end + p->tail && t < f->ticks; t++)
        if (!cells_free(x->busy + (size_t)t * (size_t)f->words, p->cell, p->cell + p->width))
            return false;
    return true;
}

bool qwr__field_serve(const qwr__field *x, qwr__berthing *s)
{
    const qwr__bacap_facts *f = x->facts;
    const qwr__side *side = &f->side[s->side];
    const qwr__place *p = &f->place[s->place];
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    int32_t room[QWR__BACAP_SEGMENTS];
    if (!qwr__field_has_room(x, p, s->start, s->end))
        return false;
    s->segments = qwr__bacap_segments(segment, f, side, s->start, s->end);
    for (int32_t j = 0; j < s->segments; j++)
        room[j] = room_in(x, side, p, &segment[j]);
    if (s->segments < 0 || !qwr__bacap_fill(s->cranes, side, segment, s->segments, room, p->need))
        return false;
    s->mu = qwr__bacap_mu(f, s);
    return true;
}

/* --- the cheapest stay --- */

/** What places came to. */
enum outcome { NO_PLACE, NO_CRANES, FOUND };

/** One look over the ends of a start. */
typedef struct sweep {
    const qwr__field *field;
    const qwr__side *side;
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    int32_t room[QWR__BACAP_SEGMENTS];
    uint8_t cranes[QWR__BACAP_SEGMENTS];
    int32_t count;
} sweep;

/* What the others would give for the cells and cranes of a stay, as far as that counts. */
static int64_t worth(const sweep *w, const qwr__look *look, const qwr__place *p, int32_t start,
                     int32_t end)
{
    const qwr__dual *d = look->dual;
    if (!d || look->share_milli == 0)
        return 0;
    const int64_t *price = d->crane + (size_t)w->side->quay * (size_t)d->facts->ticks;
    int64_t sum = qwr__dual_rectangle(d, p, start, end);
    for (int32_t j = 0; j < w->count; j++)
        for (int32_t t = w->segment[j].from; t < w->segment[j].to; t++)
            sum += price[t] * w->cranes[j];
    return sum / 1000 * look->share_milli;
}

/*
 * The cheapest of the places, cheapest first, where the cells are free during [start, end) and the
 * cranes can do the work: the first, or where prices count the best of some. `mask` holds the cells
 * busy then. Sets *spent when even the fewest cranes do.
 */
static enum outcome try_places(qwr__berthing *best, sweep *w, const uint64_t *mask, int32_t start,
                               int32_t end, int64_t times_mu, int64_t *limit, const qwr__look *look,
                               bool *spent)
{
    const qwr__bacap_facts *f = w->field->facts;
    const qwr__side *side = w->side;
    uint32_t gang = UINT32_MAX;
    int tried = 0, most = look->dual && look->share_milli ? MOST_PLACES : 1;
    int64_t too_much = INT64_MAX; /* work that the cranes left cannot do */
    bool any = false;
    for (uint32_t k = side->first_place; k < side->end_place && tried < most; k++) {
        const qwr__place *p = &f->place[k];
        if (times_mu + p->mu >= *limit)
            break;
        if (!cells_free(mask, p->cell, p->cell + p->width) || !open_for(f, p, start, end))
            continue;
        bool tail_free = true;
        for (int32_t t = end; tail_free && t < end + p->tail && t < f->ticks; t++)
            tail_free = cells_free(w->field->busy + (size_t)t * (size_t)f->words, p->cell,
                                   p->cell + p->width);
        if (!tail_free)
            continue;
        any = true;
        if (p->gang != gang) {
            gang = p->gang;
            too_much = INT64_MAX;
            for (int32_t j = 0; j < w->count; j++)
                w->room[j] = room_in(w->field, side, p, &w->segment[j]);
        }
        if (p->need >= too_much)
            continue;
        if (!qwr__bacap_fill(w->cranes, side, w->segment, w->count, w->room, p->need)) {
            too_much = p->need;
            continue;
        }
        tried++;
        qwr__berthing s = {.side = (uint32_t)(side - f->side),
                           .place = k,
                           .start = start,
                           .end = end,
                           .segments = w->count};
        memcpy(s.cranes, w->cranes, (size_t)w->count);
        s.mu = qwr__bacap_mu(f, &s);
        int32_t above = 0;
        for (int32_t j = 0; j < w->count; j++)
            above += w->cranes[j] > side->least;
        *spent = *spent || above == 0;
        int64_t priced = s.mu + worth(w, look, p, start, end);
        if (priced < *limit) {
            *best = s;
            *limit = priced;
        }
    }
    return tried > 0 ? FOUND : any ? NO_CRANES : NO_PLACE;
}

/* Are the fewest cranes left in the tick of work that the stay has grown by? */
static bool has_least(const qwr__field *x, const qwr__side *side, int32_t tick, int32_t start)
{
    const qwr__bacap_facts *f = x->facts;
    size_t at = (size_t)side->quay * (size_t)f->ticks + (size_t)tick;
    if (tick < start + f->mooring[side->call])
        return true;
    return f->problem->cand.view.crane_capacity[at] - x->used[at] >= side->least;
}

/* All ends of one start. */
static void try_ends(qwr__berthing *best, sweep *w, int32_t start, int64_t least_cranes_mu,
                     int64_t *limit, const qwr__look *look)
{
    const qwr__bacap_facts *f = w->field->facts;
    const qwr__side *side = w->side;
    const uint8_t *leaves = f->leaves + (size_t)side->call * ((size_t)f->ticks + 1);
    uint64_t *mask = w->field->mask;
    int32_t due = f->problem->due_tick[side->call];
    int32_t last = look->end_last < due ? look->end_last : due, covered = start;
    bool spent = false;
    int64_t worse = 0;
    w->count = 0;
    if (start + side->shortest > last ||
        qwr__bacap_times_mu(f, side->call, start, start + side->shortest) + least_cranes_mu +
                f->place[side->first_place].mu >=
            *limit)
        return;
    memset(mask, 0, (size_t)f->words * sizeof *mask);
    for (int32_t end = start + 1; end <= last && !spent; end++) {
        int64_t times = qwr__bacap_times_mu(f, side->call, start, end);
        if (times + least_cranes_mu + f->place[side->first_place].mu >= *limit)
            break;
        w->count = qwr__bacap_extend(w->segment, w->count, f, side, start, end);
        if (w->count < 0 || !has_least(w->field, side, end - f->unmooring[side->call] - 1, start))
            break;
        for (; covered < end; covered++)
            for (int32_t k = 0; k < f->words; k++)
                mask[k] |= w->field->busy[(size_t)covered * (size_t)f->words + (size_t)k];
        if (!leaves[end] || end < look->end_first ||
            ((look->blink >> ((uint32_t)(start + end) % 21 * 3)) & 7) == 7)
            continue;
        int64_t most = 0;
        for (int32_t j = 0; j < w->count; j++)
            most += side->rate[side->most] * w->segment[j].work_s;
        if (most < side->least_need)
            continue;
        int64_t before = *limit;
        enum outcome found =
            try_places(best, w, mask, start, end, times + least_cranes_mu, limit, look, &spent);
        if (found == NO_PLACE)
            break; /* nor will a longer stay find one */
        if (found == NO_CRANES)
            continue;
        worse = *limit < before ? 0 : worse + 1;
        if (worse > MOST_WORSE * (f->period_s / f->step_s))
            break; /* longer stays save little more */
    }
}

/* No plan has fewer crane-seconds than work at the best rate a crane. */
static int64_t least_cranes_mu(const qwr__bacap_facts *f, const qwr__side *side)
{
    int64_t least = INT64_MAX;
    for (int32_t q = side->least > 0 ? side->least : 1; q <= side->most; q++) {
        int64_t seconds;
        if (side->rate[q] > 0 && qwr__mul_div64(&seconds, side->least_need, q, side->rate[q]))
            least = seconds < least ? seconds : least;
    }
    return least == INT64_MAX ? 0 : qwr__bacap_cranes_mu(f, side->call, least);
}

void qwr__field_best(qwr__berthing *best, const qwr__field *x, uint32_t call, int64_t limit,
                     const qwr__look *look)
{
    static const qwr__look everything = {INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX, 0, NULL, 0};
    const qwr__bacap_facts *f = x->facts;
    sweep w = {.field = x};
    best->place = UINT32_MAX;
    look = look ? look : &everything;
    const qwr_call *c = qwr_scenario_call(f->problem->scenario, (qwr_call_ix){call});
    int64_t ideal_s = c->base_start_s > c->eta_s ? c->base_start_s : c->eta_s;
    int64_t rises = (ideal_s - f->problem->origin_s) / f->step_s;
    for (uint32_t k = f->side_begin[call]; k < f->side_begin[call + 1]; k++) {
        const uint8_t *comes = f->comes + (size_t)call * ((size_t)f->ticks + 1);
        int32_t first = f->problem->ready_tick[call], last = f->problem->due_tick[call];
        w.side = &f->side[k];
        int64_t least = least_cranes_mu(f, w.side);
        first = look->first > first ? look->first : first;
        last = look->last < last ? look->last : last;
        for (int32_t start = first; start <= last; start++) {
            if (start > rises && start < last &&
                qwr__bacap_times_mu(f, call, start, start + 1) + least >= limit)
                break; /* from here on later starts only cost more */
            if (comes[start])
                try_ends(best, &w, start, least, &limit, look);
        }
    }
}
