/* SPDX-License-Identifier: Apache-2.0 */
/* Labels, level by level: all sets of k calls before those of k + 1. */
#include "continuous/labels.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "continuous.labels";

enum {
    LABELS_MOST = 3000000, /* of a level */
    FIRST_SLOTS = 1024,    /* of the table of sets, a power of two */
    LOOK_EVERY = 4096      /* labels between looks at the clock */
};

/* Room that is taken until `end`, by rising end. */
typedef struct held {
    int32_t end, room;
} held;

typedef struct label {
    qwr__calls calls;
    int64_t cost, bound;
    size_t held;   /* of the level's held[] */
    int32_t time;  /* of the last start */
    uint32_t next; /* label of the same set; UINT32_MAX: none */
    uint16_t holders;
    bool dead;
} label;

typedef struct level {
    label *at;
    held *held;
    size_t count, capacity, held_count, held_capacity;
} level;

typedef struct table {
    uint32_t *head; /* [slots] label, UINT32_MAX: empty */
    size_t slots, used;
} table;

typedef struct work {
    qwr__labelling *run;
    const qwr__packing *p;
    const qwr__price *x;
    uint32_t member[QWR__PACKED_CALLS]; /* numbers of the calls that count */
    uint32_t members;
    level now, next;
    table sets;
    int64_t made;
} work;

static qwr_status grow(qwr_context *ctx, void **at, size_t size, size_t count, size_t *capacity)
{
    size_t wanted = *capacity ? *capacity * 2 : 1024;
    void *fresh = qwr__alloc(ctx, wanted, size);
    if (!fresh)
        return qwr__no_memory(ctx, WHERE);
    if (count)
        memcpy(fresh, *at, count * size);
    qwr__free(ctx, *at);
    *at = fresh;
    *capacity = wanted;
    return QWR_OK;
}

static void level_clear(level *l)
{
    l->count = l->held_count = 0;
}

static size_t slot_of(const table *t, const level *l, qwr__calls calls)
{
    size_t k = (size_t)(qwr__calls_hash(calls) >> 20) & (t->slots - 1);
    while (t->head[k] != UINT32_MAX && l->at[t->head[k]].calls != calls)
        k = (k + 1) & (t->slots - 1);
    return k;
}

static qwr_status table_reset(table *t, qwr_context *ctx, size_t slots)
{
    if (t->slots < slots) {
        qwr__free(ctx, t->head);
        t->slots = 0;
        t->head = qwr__alloc(ctx, slots, sizeof *t->head);
        if (!t->head)
            return qwr__no_memory(ctx, WHERE);
        t->slots = slots;
    }
    memset(t->head, 0xff, t->slots * sizeof *t->head);
    t->used = 0;
    return QWR_OK;
}

/* Twice as many slots once it is half full. */
static qwr_status table_widen(table *t, qwr_context *ctx, const level *l)
{
    uint32_t *old = t->head;
    size_t slots = t->slots;
    t->head = NULL;
    t->slots = 0;
    qwr_status status = table_reset(t, ctx, slots * 2);
    for (size_t k = 0; status == QWR_OK && k < slots; k++)
        if (old[k] != UINT32_MAX) {
            t->head[slot_of(t, l, l->at[old[k]].calls)] = old[k];
            t->used++;
        }
    qwr__free(ctx, old);
    return status;
}

/* Does a take no more room than b, at any time from `tick` on? */
static bool takes_less(const held *a, int a_count, const held *b, int b_count, int32_t tick)
{
    int64_t more = 0;
    int j = b_count - 1;
    for (int i = a_count - 1; i >= 0 && a[i].end > tick; i--) {
        more += a[i].room;
        for (; j >= 0 && b[j].end >= a[i].end; j--)
            more -= b[j].room;
        if (more > 0)
            return false;
    }
    return true;
}

/* Is the label no better than one of its set? Those that are no better than it die. */
static bool is_beaten(level *l, uint32_t *head, const label *fresh, const held *h)
{
    uint32_t *link = head;
    while (*link != UINT32_MAX) {
        label *other = &l->at[*link];
        const held *g = l->held + other->held;
        if (other->cost <= fresh->cost && other->time <= fresh->time) {
            if (takes_less(g, other->holders, h, fresh->holders, fresh->time))
                return true;
        } else if (other->cost >= fresh->cost && other->time >= fresh->time &&
                   takes_less(h, fresh->holders, g, other->holders, other->time)) {
            other->dead = true;
            if (link != head || other->next != UINT32_MAX) {
                *link = other->next;
                continue;
            }
        }
        link = &other->next;
    }
    return false;
}

/* Cost of a label and the least that the calls still to come can add. */
static int64_t bound_of(const work *w, const label *l, const held *h)
{
    const qwr__price *x = w->x;
    int64_t now = qwr__price_before(x, l->time);
    int64_t bound = l->cost - x->section->cells * (x->sum[QWR__STRETCHES] - now);
    int32_t stretch = l->time / x->ticks;
    stretch = stretch > QWR__STRETCHES ? QWR__STRETCHES : stretch;
    for (uint32_t k = 0; k < l->holders; k++)
        bound += h[k].room * (qwr__price_before(x, h[k].end) - now);
    for (uint32_t k = 0; k < w->members; k++)
        if (!(l->calls >> w->member[k] & 1))
            bound += x->least[w->member[k] * (QWR__STRETCHES + 1) + (size_t)stretch];
    return bound;
}

static int by_bound(const void *a, const void *b)
{
    const label *x = a, *y = b;
    if (x->bound != y->bound)
        return x->bound < y->bound ? -1 : 1;
    return (x->held > y->held) - (x->held < y->held);
}

/* Keeps of the next level what may lead somewhere, and of that the `most` best. */
static void prune(work *w, size_t most)
{
    level *l = &w->next;
    size_t kept = 0;
    for (size_t k = 0; k < l->count; k++)
        if (!l->at[k].dead && l->at[k].bound < w->run->least)
            l->at[kept++] = l->at[k];
    l->count = kept;
    if (kept <= most)
        return;
    qsort(l->at, kept, sizeof *l->at, by_bound);
    if (l->at[most].bound < w->run->unknown)
        w->run->unknown = l->at[most].bound;
    l->count = most;
}

/* Makes room in the middle of a level, if it has grown far beyond what goes on from it. */
static qwr_status thin_out(work *w)
{
    level *l = &w->next;
    size_t most = (size_t)w->run->beam * 2, used = 0;
    if (l->count < LABELS_MOST)
        return QWR_OK;
    prune(w, most < LABELS_MOST / 2 ? most : LABELS_MOST / 2);
    held *fresh = qwr__alloc(w->p->ctx, l->held_capacity, sizeof *fresh);
    if (!fresh)
        return qwr__no_memory(w->p->ctx, WHERE);
    (void)table_reset(&w->sets, w->p->ctx, w->sets.slots); /* it has room */
    for (size_t k = 0; k < l->count; k++) {
        label *x = &l->at[k];
        memcpy(fresh + used, l->held + x->held, x->holders * sizeof *fresh);
        x->held = used;
        used += x->holders;
        size_t slot = slot_of(&w->sets, l, x->calls);
        x->next = w->sets.head[slot];
        w->sets.used += x->next == UINT32_MAX;
        w->sets.head[slot] = (uint32_t)k;
    }
    qwr__free(w->p->ctx, l->held);
    l->held = fresh;
    l->held_count = used;
    return QWR_OK;
}

/* Puts a label into the next level, unless it leads to nothing or is beaten. */
static qwr_status add(work *w, label *fresh, const held *h)
{
    level *l = &w->next;
    qwr_context *ctx = w->p->ctx;
    bool counts = w->run->prize && fresh->cost < w->run->least; /* as it stands */
    if (fresh->bound >= w->run->least && !counts)
        return QWR_OK;
    size_t slot = slot_of(&w->sets, l, fresh->calls);
    if (w->sets.head[slot] != UINT32_MAX && is_beaten(l, &w->sets.head[slot], fresh, h))
        return QWR_OK;
    if (l->count == l->capacity)
        QWR_TRY(grow(ctx, (void **)&l->at, sizeof *l->at, l->count, &l->capacity));
    while (l->held_count + fresh->holders > l->held_capacity)
        QWR_TRY(grow(ctx, (void **)&l->held, sizeof *l->held, l->held_count, &l->held_capacity));
    fresh->held = l->held_count;
    memcpy(l->held + l->held_count, h, fresh->holders * sizeof *h);
    l->held_count += fresh->holders;
    fresh->next = w->sets.head[slot];
    w->sets.used += fresh->next == UINT32_MAX;
    l->at[l->count] = *fresh;
    w->sets.head[slot] = (uint32_t)l->count++;
    if (w->sets.used * 2 > w->sets.slots)
        QWR_TRY(table_widen(&w->sets, ctx, l));
    if (counts && !w->run->all)
        w->run->least = fresh->cost;
    if (!w->run->prize && fresh->calls == w->run->calls && fresh->cost < w->run->least)
        w->run->least = fresh->cost;
    return thin_out(w);
}

/* The label with one more call, served in this way, as early as room and openings let it. */
static qwr_status extend(work *w, const label *from, uint32_t option)
{
    const qwr__packing *p = w->p;
    const qwr__option *o = &p->option[option];
    const held *h = w->now.held + from->held;
    int32_t room = w->x->room[option - w->x->section->first_option], used = 0;
    int32_t start = qwr__packing_start(p, o, from->time);
    uint32_t k = 0, count = 0;
    held fresh[QWR__PACKED_CALLS];
    for (uint32_t i = 0; i < from->holders; i++)
        used += h[i].room;
    while (start != INT32_MAX) {
        for (; k < from->holders && h[k].end <= start; k++)
            used -= h[k].room;
        if (used + room <= w->x->section->cells)
            break;
        start = qwr__packing_start(p, o, h[k].end);
    }
    if (start == INT32_MAX)
        return QWR_OK;
    held mine = {start + o->occupied, room};
    for (; k < from->holders && h[k].end < mine.end; k++)
        fresh[count++] = h[k];
    fresh[count++] = mine;
    for (; k < from->holders; k++)
        fresh[count++] = h[k];
    label l = {.calls = from->calls | qwr__call_bit(o->call),
               .cost = from->cost + qwr__packing_cost(p, o, start) * QWR__PACKING_SCALE -
                       (w->run->prize ? w->run->prize[o->call] : 0),
               .time = start,
               .holders = (uint16_t)count};
    l.bound = bound_of(w, &l, fresh);
    return add(w, &l, fresh);
}

/* Tells the sets of the level with their least costs. */
static bool tell(const work *w)
{
    const level *l = &w->next;
    for (uint32_t k = 0; k < l->count; k++) {
        size_t slot = slot_of(&w->sets, l, l->at[k].calls);
        if (w->sets.head[slot] != k)
            continue; /* once a set, at the head of its list */
        int64_t least = INT64_MAX;
        for (uint32_t i = k; i != UINT32_MAX; i = l->at[i].next)
            least = l->at[i].cost < least ? l->at[i].cost : least;
        if (least < w->run->cut && !w->run->found(w->run->payload, l->at[k].calls, least))
            return false;
    }
    return true;
}

static qwr_status one_level(work *w)
{
    level_clear(&w->next);
    QWR_TRY(table_reset(&w->sets, w->p->ctx, FIRST_SLOTS));
    for (size_t k = 0; k < w->now.count && !w->run->over; k++) {
        const label *from = &w->now.at[k];
        if (from->bound >= w->run->least)
            continue;
        for (uint32_t o = w->x->section->first_option; o < w->x->section->end_option; o++) {
            qwr__calls bit = qwr__call_bit(w->p->option[o].call);
            if (!(w->run->calls & bit) || (from->calls & bit))
                continue;
            QWR_TRY(extend(w, from, o));
            if (++w->made % LOOK_EVERY == 0) {
                qwr__berth_worked(w->p->b, LOOK_EVERY / 2);
                w->run->over = w->run->over || qwr__berth_over(w->p->b);
            }
        }
    }
    return QWR_OK;
}

qwr_status qwr__labels_run(qwr__labelling *run)
{
    const qwr__packing *p = run->price->p;
    work w = {.run = run, .p = p, .x = run->price};
    run->least = run->cut;
    run->unknown = INT64_MAX;
    run->over = false;
    for (uint32_t j = 0; j < p->calls; j++)
        if ((run->calls & run->price->member) >> j & 1)
            w.member[w.members++] = j;
    qwr_status status = grow(p->ctx, (void **)&w.now.at, sizeof *w.now.at, 0, &w.now.capacity);
    if (status == QWR_OK)
        w.now.at[w.now.count++] = (label){.bound = INT64_MIN, .next = UINT32_MAX};
    while (status == QWR_OK && w.now.count && !run->over && !(run->any && run->least < run->cut)) {
        status = one_level(&w);
        if (status == QWR_OK && run->found && !run->over && !tell(&w))
            run->over = true;
        prune(&w, run->beam);
        level swap = w.now;
        w.now = w.next;
        w.next = swap;
    }
    qwr__berth_worked(p->b, w.made % LOOK_EVERY / 2);
    qwr__free(p->ctx, w.now.at);
    qwr__free(p->ctx, w.now.held);
    qwr__free(p->ctx, w.next.at);
    qwr__free(p->ctx, w.next.held);
    qwr__free(p->ctx, w.sets.head);
    return status;
}
