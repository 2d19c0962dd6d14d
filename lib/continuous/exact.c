/* SPDX-License-Identifier: Apache-2.0 */
/* Labels with places, level by level. */
#include "continuous/exact.h"

#include <stdlib.h>
#include <string.h>

static const char WHERE[] = "continuous.exact";

enum {
    ALONGSIDE = 14,        /* vessels side by side, at most; more: given up */
    NODES = ALONGSIDE + 2, /* and the two ends of the section */
    FIRST_SLOTS = 1024,
    LOOK_EVERY = 1024,
    COMPARED = 8 /* such steps are a unit of work */
};

/* Vessels alongside from left to right. Node 0 is the left end of the section, 1 the first vessel,
 * count + 1 the right end; gap[i][j], i < j: least clear room between nodes i and j. */
typedef struct quayside {
    int32_t count;
    uint8_t call[ALONGSIDE];
    int32_t end[ALONGSIDE], width[ALONGSIDE], room[ALONGSIDE];
    int32_t gap[NODES][NODES];
} quayside;

typedef struct label {
    qwr__calls calls;
    int64_t cost, bound;
    int32_t time;
    uint32_t parent, next, option;
    uint8_t call, left, right; /* neighbours when it came; UINT8_MAX: the end of the section */
    bool dead;
    uint8_t count;
    size_t side; /* of the numbers that hold its quayside */
} label;

typedef struct work {
    qwr__exact *run;
    const qwr__packing *p;
    const qwr__section *section;
    label *at;
    size_t count, capacity;
    int32_t *number; /* quaysides: calls, ends, widths, gaps */
    size_t numbers, number_capacity;
    uint32_t *head;
    size_t slots, used, level_begin;
    int64_t made;  /* extensions and comparisons, not yet told */
    uint32_t best; /* label; UINT32_MAX: none */
    bool cut_off;  /* by the beam */
    quayside from, left, fresh, other;
} work;

static size_t size_of(int32_t count)
{
    return (size_t)count * 4 + (size_t)(count + 2) * (size_t)(count + 1) / 2;
}

static void store(int32_t *to, const quayside *q)
{
    for (int32_t k = 0; k < q->count; k++) {
        *to++ = q->call[k];
        *to++ = q->end[k];
        *to++ = q->width[k];
        *to++ = q->room[k];
    }
    for (int32_t i = 0; i < q->count + 2; i++)
        for (int32_t j = i + 1; j < q->count + 2; j++)
            *to++ = q->gap[i][j];
}

static void load(quayside *q, const int32_t *from, int32_t count)
{
    q->count = count;
    for (int32_t k = 0; k < count; k++) {
        q->call[k] = (uint8_t)*from++;
        q->end[k] = *from++;
        q->width[k] = *from++;
        q->room[k] = *from++;
    }
    for (int32_t i = 0; i < count + 2; i++)
        for (int32_t j = i + 1; j < count + 2; j++)
            q->gap[i][j] = *from++;
}

/* Takes out the vessels that have left by `tick`; what they fixed between the others stays. */
static void leave(quayside *q, int32_t tick)
{
    int32_t stays[NODES], count = 0;
    stays[count++] = 0;
    for (int32_t k = 0; k < q->count; k++)
        if (q->end[k] > tick)
            stays[count++] = k + 1;
    stays[count++] = q->count + 1;
    if (count == q->count + 2)
        return;
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = i + 1; j < count; j++)
            q->gap[i][j] = q->gap[stays[i]][stays[j]];
    for (int32_t k = 1; k < count - 1; k++) {
        q->call[k - 1] = q->call[stays[k] - 1];
        q->end[k - 1] = q->end[stays[k] - 1];
        q->width[k - 1] = q->width[stays[k] - 1];
        q->room[k - 1] = q->room[stays[k] - 1];
    }
    q->count = count - 2;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t width_of(const quayside *q, int32_t node)
{
    return node == 0 || node == q->count + 1 ? 0 : q->width[node - 1];
}

/* `to`: `from` with a vessel between nodes `slot` and `slot + 1`. False: there is no room. */
static bool insert(quayside *to, const quayside *from, int32_t slot, const qwr__option *o,
                   int32_t room, int32_t end, int32_t cells)
{
    int32_t before[NODES], after[NODES], last = from->count + 1;
    if (from->count == ALONGSIDE)
        return false;
    for (int32_t k = 0; k <= slot; k++)
        before[k] = k == slot ? 0 : from->gap[k][slot] + width_of(from, slot);
    for (int32_t k = slot + 1; k <= last; k++)
        after[k] = k == slot + 1 ? 0 : width_of(from, slot + 1) + from->gap[slot + 1][k];
    before[0] = most(before[0], o->low);
    after[last] = most(after[last], cells - o->high - o->width);
    if (before[0] + o->width + after[last] > cells)
        return false;
    to->count = from->count + 1;
    for (int32_t i = 0; i <= last + 1; i++)
        for (int32_t j = i + 1; j <= last + 1; j++) {
            int32_t a = i <= slot ? i : i - 1, b = j <= slot ? j : j - 1;
            if (i == slot + 1)
                to->gap[i][j] = after[b];
            else if (j == slot + 1)
                to->gap[i][j] = before[a];
            else if (i <= slot && j > slot + 1)
                to->gap[i][j] = most(from->gap[a][b], before[a] + o->width + after[b]);
            else
                to->gap[i][j] = from->gap[a][b];
        }
    for (int32_t k = 0; k < to->count; k++) {
        int32_t a = k < slot ? k : k - 1;
        to->call[k] = k == slot ? (uint8_t)o->call : from->call[a];
        to->end[k] = k == slot ? end : from->end[a];
        to->width[k] = k == slot ? o->width : from->width[a];
        to->room[k] = k == slot ? room : from->room[a];
    }
    return to->gap[0][last + 1] <= cells;
}

/* Can whatever follows b from `tick` on follow a as well, read from the other end if `mirrored`?
 * Vessels that have left by then do not matter. */
static bool leaves_more(const quayside *a, const quayside *b, int32_t tick, bool mirrored)
{
    int32_t in_a[NODES], in_b[NODES], count = 1;
    in_a[0] = 0;
    in_b[0] = mirrored ? b->count + 1 : 0;
    for (int32_t k = 0; k < a->count; k++) {
        int32_t i = 0;
        if (a->end[k] <= tick)
            continue;
        while (i < b->count && b->call[i] != a->call[k])
            i++;
        if (i == b->count || b->end[i] < a->end[k] || b->width[i] < a->width[k])
            return false;
        in_a[count] = k + 1;
        in_b[count] = i + 1;
        if (mirrored ? in_b[count] > in_b[count - 1] : in_b[count] < in_b[count - 1])
            return false;
        count++;
    }
    in_a[count] = a->count + 1;
    in_b[count++] = mirrored ? 0 : b->count + 1;
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = i + 1; j < count; j++)
            if (a->gap[in_a[i]][in_a[j]] >
                (mirrored ? b->gap[in_b[j]][in_b[i]] : b->gap[in_b[i]][in_b[j]]))
                return false;
    return true;
}

static size_t slot_of(const work *w, qwr__calls calls)
{
    size_t k = (size_t)(qwr__calls_hash(calls) >> 20) & (w->slots - 1);
    while (w->head[k] != UINT32_MAX && w->at[w->head[k]].calls != calls)
        k = (k + 1) & (w->slots - 1);
    return k;
}

static qwr_status reset(work *w, size_t slots)
{
    qwr__free(w->p->ctx, w->head);
    w->head = qwr__alloc(w->p->ctx, slots, sizeof *w->head);
    w->slots = w->head ? slots : 0;
    w->used = 0;
    if (!w->head)
        return qwr__no_memory(w->p->ctx, WHERE);
    memset(w->head, 0xff, slots * sizeof *w->head);
    return QWR_OK;
}

static qwr_status widen(work *w)
{
    uint32_t *old = w->head;
    size_t slots = w->slots;
    w->head = NULL;
    qwr_status status = reset(w, slots * 2);
    for (size_t k = 0; status == QWR_OK && k < slots; k++)
        if (old[k] != UINT32_MAX) {
            w->head[slot_of(w, w->at[old[k]].calls)] = old[k];
            w->used++;
        }
    qwr__free(w->p->ctx, old);
    return status;
}

/* A mirrored order is as good where every call may lie anywhere in the section. */
static bool is_symmetric(const work *w)
{
    for (uint32_t o = w->section->first_option; o < w->section->end_option; o++) {
        const qwr__option *x = &w->p->option[o];
        if (w->run->calls >> x->call & 1 && x->low + x->high + x->width != w->section->cells)
            return false;
    }
    return true;
}

/* Is the label no better than one of its set? Those that are no better than it die. */
static bool is_beaten(work *w, size_t slot, const label *l, bool symmetric)
{
    for (uint32_t k = w->head[slot]; k != UINT32_MAX; k = w->at[k].next) {
        label *o = &w->at[k];
        if (o->dead)
            continue;
        w->made++;
        if (o->cost <= l->cost && o->time <= l->time) {
            load(&w->other, w->number + o->side, o->count);
            if (leaves_more(&w->other, &w->fresh, l->time, false) ||
                (symmetric && leaves_more(&w->other, &w->fresh, l->time, true)))
                return true;
        } else if (o->cost >= l->cost && o->time >= l->time) {
            load(&w->other, w->number + o->side, o->count);
            quayside later = w->fresh;
            leave(&later, o->time);
            o->dead = leaves_more(&later, &w->other, o->time, false) ||
                      (symmetric && leaves_more(&later, &w->other, o->time, true));
        }
    }
    return false;
}

/* In 1/QWR__PACKING_SCALE: cost of the label and the least that is still to come. */
static int64_t bound_of(const work *w, const label *l, const quayside *q)
{
    const qwr__price *x = w->run->price;
    int64_t bound = l->cost * QWR__PACKING_SCALE;
    if (!w->run->priced) {
        for (uint32_t o = w->section->first_option; o < w->section->end_option;) {
            uint32_t call = w->p->option[o].call;
            int64_t least = INT64_MAX / 256;
            for (; o < w->section->end_option && w->p->option[o].call == call; o++) {
                int32_t start = qwr__packing_start(w->p, &w->p->option[o], l->time);
                if (start == INT32_MAX)
                    continue;
                int64_t cost =
                    qwr__packing_cost(w->p, &w->p->option[o], start) * QWR__PACKING_SCALE;
                least = cost < least ? cost : least;
            }
            if ((w->run->calls & ~l->calls) >> call & 1)
                bound += least;
        }
        return bound;
    }
    int64_t now = qwr__price_before(x, l->time);
    int32_t stretch = l->time / x->ticks;
    stretch = stretch > QWR__STRETCHES ? QWR__STRETCHES : stretch;
    bound -= x->section->cells * (x->sum[QWR__STRETCHES] - now);
    for (int32_t k = 0; k < q->count; k++)
        bound += q->room[k] * (qwr__price_before(x, q->end[k]) - now);
    for (uint32_t j = 0; j < w->p->calls; j++)
        if ((w->run->calls & ~l->calls) >> j & 1)
            bound += x->least[j * (QWR__STRETCHES + 1) + (size_t)stretch];
    return bound;
}

static qwr_status grow(work *w, size_t extra)
{
    if (w->count == w->capacity) {
        size_t wanted = w->capacity ? w->capacity * 2 : 1024;
        label *fresh = qwr__alloc(w->p->ctx, wanted, sizeof *fresh);
        if (!fresh)
            return qwr__no_memory(w->p->ctx, WHERE);
        if (w->count)
            memcpy(fresh, w->at, w->count * sizeof *fresh);
        qwr__free(w->p->ctx, w->at);
        w->at = fresh;
        w->capacity = wanted;
    }
    if (w->numbers + extra > w->number_capacity) {
        size_t wanted = w->number_capacity ? w->number_capacity * 2 : 16384;
        int32_t *fresh = qwr__alloc(w->p->ctx, wanted, sizeof *fresh);
        if (!fresh)
            return qwr__no_memory(w->p->ctx, WHERE);
        if (w->numbers)
            memcpy(fresh, w->number, w->numbers * sizeof *fresh);
        qwr__free(w->p->ctx, w->number);
        w->number = fresh;
        w->number_capacity = wanted;
    }
    return QWR_OK;
}

static qwr_status add(work *w, label *l, bool symmetric)
{
    size_t slot = slot_of(w, l->calls), size = size_of(w->fresh.count);
    if (w->head[slot] != UINT32_MAX && is_beaten(w, slot, l, symmetric))
        return QWR_OK;
    QWR_TRY(grow(w, size));
    l->count = (uint8_t)w->fresh.count;
    l->side = w->numbers;
    store(w->number + w->numbers, &w->fresh);
    w->numbers += size;
    l->next = w->head[slot];
    w->used += l->next == UINT32_MAX;
    w->at[w->count] = *l;
    w->head[slot] = (uint32_t)w->count;
    if (l->calls == w->run->calls && l->cost < w->run->least) {
        w->run->least = l->cost;
        w->best = (uint32_t)w->count;
    }
    w->count++;
    w->run->over = w->run->over || w->count >= w->run->most;
    return w->used * 2 > w->slots ? widen(w) : QWR_OK;
}

/* All ways to bring in one more call by one option: at once, or when one of those alongside has
 * left, then somewhere in the stretch where it lay. */
static qwr_status extend(work *w, uint32_t parent, uint32_t option, bool symmetric)
{
    const qwr__option *o = &w->p->option[option];
    label base = w->at[parent];
    int32_t room = w->run->price->room[option - w->section->first_option];
    int32_t at[NODES], count = 0, before = -1;
    at[count++] = base.time;
    for (int32_t k = 0; k < w->from.count; k++) {
        int32_t i = count++;
        for (; i > 1 && at[i - 1] > w->from.end[k]; i--)
            at[i] = at[i - 1];
        at[i] = w->from.end[k];
    }
    for (int32_t k = 0; k < count; k++) {
        int32_t start = qwr__packing_start(w->p, o, at[k]), node = 0;
        bool fresh[NODES] = {false}; /* slots where somebody has left since the start before */
        if (start == INT32_MAX)
            return QWR_OK;
        if (start == before)
            continue;
        label l = {.calls = base.calls | qwr__call_bit(o->call),
                   .cost = base.cost + qwr__packing_cost(w->p, o, start),
                   .time = start,
                   .parent = parent,
                   .option = option,
                   .call = (uint8_t)o->call};
        if (l.cost >= w->run->least)
            return QWR_OK;
        for (int32_t i = 0; i < w->from.count; i++) {
            if (w->from.end[i] > start)
                node++;
            else if (w->from.end[i] > before)
                fresh[node] = true;
        }
        w->left = w->from;
        leave(&w->left, start);
        for (int32_t slot = 0; slot <= w->left.count; slot++) {
            if ((before >= 0 && !fresh[slot]) ||
                !insert(&w->fresh, &w->left, slot, o, room, start + o->occupied, w->section->cells))
                continue;
            l.bound = bound_of(w, &l, &w->fresh);
            if (l.bound >= w->run->least * QWR__PACKING_SCALE)
                continue;
            l.left = slot == 0 ? UINT8_MAX : w->left.call[slot - 1];
            l.right = slot == w->left.count ? UINT8_MAX : w->left.call[slot];
            QWR_TRY(add(w, &l, symmetric));
        }
        if (w->left.count == ALONGSIDE)
            w->run->over = true;
        before = start;
    }
    return QWR_OK;
}

/* Cells from left to right: each vessel clears those that lay to its left while it came. */
static void place(work *w)
{
    uint32_t chain[QWR__PACKED_CALLS] = {0}, count = 0;
    qwr__placed *placed = w->run->placed;
    for (uint32_t k = w->best; k != 0; k = w->at[k].parent) {
        const label *l = &w->at[k];
        placed[l->call] = (qwr__placed){l->option, w->p->option[l->option].low, l->time};
        chain[count++] = k;
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (uint32_t k = count; k-- > 0;) {
            const label *l = &w->at[chain[k]];
            qwr__placed *me = &placed[l->call];
            if (l->left != UINT8_MAX) {
                const qwr__placed *left = &placed[l->left];
                int32_t edge = left->cell + w->p->option[left->option].width;
                moved = moved || edge > me->cell;
                me->cell = most(me->cell, edge);
            }
            if (l->right != UINT8_MAX) {
                qwr__placed *right = &placed[l->right];
                int32_t edge = me->cell + w->p->option[me->option].width;
                moved = moved || edge > right->cell;
                right->cell = most(right->cell, edge);
            }
        }
    }
}

static int by_bound(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Of the labels from `begin` on the best go on. */
static qwr_status keep_beam(work *w, size_t begin)
{
    size_t count = 0, beam = w->run->beam;
    if (!beam || w->count - begin <= beam)
        return QWR_OK;
    int64_t *bound = qwr__alloc(w->p->ctx, w->count - begin, sizeof *bound);
    if (!bound)
        return qwr__no_memory(w->p->ctx, WHERE);
    for (size_t k = begin; k < w->count; k++)
        if (!w->at[k].dead)
            bound[count++] = w->at[k].bound;
    qsort(bound, count, sizeof *bound, by_bound);
    int64_t worst = count > beam ? bound[beam - 1] : INT64_MAX;
    qwr__free(w->p->ctx, bound);
    for (size_t k = begin; k < w->count; k++)
        if (w->at[k].bound > worst)
            w->at[k].dead = true;
    w->cut_off = w->cut_off || count > beam;
    return QWR_OK;
}

static qwr_status search(work *w)
{
    bool symmetric = is_symmetric(w);
    size_t begin = 0;
    w->from.count = 0;
    w->from.gap[0][1] = 0;
    QWR_TRY(grow(w, size_of(0)));
    store(w->number, &w->from);
    w->numbers = size_of(0);
    w->at[w->count++] = (label){.next = UINT32_MAX};
    while (begin < w->count && !w->run->over) {
        size_t end = w->count;
        QWR_TRY(reset(w, FIRST_SLOTS));
        for (size_t k = begin; k < end && !w->run->over; k++) {
            if (w->at[k].dead || w->at[k].cost >= w->run->least)
                continue;
            load(&w->from, w->number + w->at[k].side, w->at[k].count);
            for (uint32_t o = w->section->first_option; o < w->section->end_option; o++) {
                uint32_t call = w->p->option[o].call;
                if (w->run->calls >> call & 1 && !(w->at[k].calls >> call & 1))
                    QWR_TRY(extend(w, (uint32_t)k, o, symmetric));
                if (++w->made >= LOOK_EVERY) {
                    qwr__berth_worked(w->p->b, w->made / COMPARED);
                    w->made = 0;
                    w->run->over = w->run->over || qwr__berth_over(w->p->b);
                }
            }
        }
        begin = end;
        QWR_TRY(keep_beam(w, begin));
    }
    qwr__berth_worked(w->p->b, w->made / COMPARED);
    return QWR_OK;
}

qwr_status qwr__exact_run(qwr__exact *run)
{
    work *w = qwr__alloc(run->price->p->ctx, 1, sizeof *w);
    if (!w)
        return qwr__no_memory(run->price->p->ctx, WHERE);
    *w = (work){.run = run, .p = run->price->p, .section = run->price->section, .best = UINT32_MAX};
    run->least = run->cut;
    run->over = false;
    qwr_status status = search(w);
    run->over = run->over || w->cut_off;
    if (status == QWR_OK && w->best != UINT32_MAX)
        place(w);
    qwr__free(w->p->ctx, w->at);
    qwr__free(w->p->ctx, w->number);
    qwr__free(w->p->ctx, w->head);
    qwr__free(run->price->p->ctx, w);
    return status;
}
