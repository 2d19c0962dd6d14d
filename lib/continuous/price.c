/* SPDX-License-Identifier: Apache-2.0 */
/* Lifting, instants and the subgradient method. */
#include "continuous/price.h"

#include <string.h>

static const char WHERE[] = "continuous.price";

enum { PATIENCE = 8 };

/* Of all of a section's room: far above any plan, and no sum of it runs over. */
#define SUM_MOST 1e16

/* Sums of widths of other calls, one option a call at most, up to `most`; the largest. */
static int32_t largest_sum(const qwr__price *x, uint8_t *reach, uint8_t *now, uint32_t call,
                           int32_t most)
{
    const qwr__option *o = x->p->option + x->section->first_option;
    uint32_t count = x->section->end_option - x->section->first_option;
    memset(reach, 0, (size_t)most + 1);
    reach[0] = 1;
    for (uint32_t k = 0; k < count;) {
        uint32_t other = o[k].call;
        memcpy(now, reach, (size_t)most + 1);
        for (; k < count && o[k].call == other; k++)
            for (int32_t w = x->room[k]; other != call && (x->lifted >> other & 1) && w <= most;
                 w++)
                now[w] |= reach[w - x->room[k]];
        memcpy(reach, now, (size_t)most + 1);
    }
    while (!reach[most])
        most--;
    return most;
}

/* Widest first, each with what the others have been lifted to. Only `calls` may come. */
static qwr_status lift(qwr__price *x, qwr__calls calls)
{
    if (x->lifted == calls)
        return QWR_OK;
    x->lifted = calls;
    const qwr__option *o = x->p->option + x->section->first_option;
    uint32_t count = x->section->end_option - x->section->first_option;
    uint8_t *scratch = qwr__alloc(x->p->ctx, 2 * ((size_t)x->section->cells + 1), 1);
    bool *done = qwr__alloc(x->p->ctx, count, sizeof *done);
    for (uint32_t k = 0; k < count; k++)
        x->room[k] = o[k].width;
    for (uint32_t turn = 0; scratch && done && turn < count; turn++) {
        uint32_t widest = UINT32_MAX;
        for (uint32_t k = 0; k < count; k++)
            if (!done[k] && (calls >> o[k].call & 1) &&
                (widest == UINT32_MAX || o[k].width > o[widest].width))
                widest = k;
        if (widest == UINT32_MAX)
            break;
        done[widest] = true;
        int32_t left = x->section->cells - x->room[widest];
        x->room[widest] =
            x->section->cells -
            largest_sum(x, scratch, scratch + x->section->cells + 1, o[widest].call, left);
    }
    bool room = scratch && done;
    qwr__free(x->p->ctx, scratch);
    qwr__free(x->p->ctx, done);
    return room ? QWR_OK : qwr__no_memory(x->p->ctx, WHERE);
}

static void add_instant(qwr__price *x, const qwr__option *o, int32_t start, uint32_t *count)
{
    qwr__instant *at = &x->instant[(*count)++];
    int32_t end = start + o->occupied, from = start / x->ticks, to = end / x->ticks;
    from = from > QWR__STRETCHES ? QWR__STRETCHES : from;
    to = to > QWR__STRETCHES ? QWR__STRETCHES : to;
    *at = (qwr__instant){.start = start,
                         .from = (int16_t)from,
                         .to = (int16_t)to,
                         .from_tick = start - from * x->ticks,
                         .to_tick = end - to * x->ticks,
                         .cost = qwr__packing_cost(x->p, o, start) * QWR__PACKING_SCALE};
}

/* Is the cost not linear around `t`? */
static bool is_kink(const qwr__packing *p, const qwr__option *o, int32_t t)
{
    return qwr__packing_cost(p, o, t + 1) - qwr__packing_cost(p, o, t) !=
           qwr__packing_cost(p, o, t) - qwr__packing_cost(p, o, t - 1);
}

/* Edges of stretches and openings, and kinks of the cost, rising. With no room to write: counts. */
static uint32_t instants(qwr__price *x, const qwr__option *o, uint32_t count, bool write)
{
    const qwr__packing *p = x->p;
    for (uint32_t k = o->first_opening; k < o->end_opening; k++)
        for (int32_t t = p->opening[k].first; t <= p->opening[k].last; t++) {
            if (t > p->due - o->duration)
                break;
            if (t > QWR__STRETCHES * x->ticks && t > p->opening[k].first)
                break; /* no prices here: the first is the least */
            bool edge = t == p->opening[k].first || t == p->opening[k].last || t % x->ticks == 0 ||
                        (t + o->occupied) % x->ticks == 0;
            if (!edge && !is_kink(p, o, t))
                continue;
            if (write)
                add_instant(x, o, t, &count);
            else
                count++;
        }
    return count;
}

qwr_status qwr__price_init(qwr__price *x, const qwr__packing *p, uint32_t section)
{
    *x = (qwr__price){.p = p, .section = &p->section[section]};
    const qwr__option *o = p->option + x->section->first_option;
    uint32_t count = x->section->end_option - x->section->first_option, total = 0;
    int64_t area = 0;
    int32_t ready = 0, longest = 0;
    x->room = qwr__alloc(p->ctx, count, sizeof *x->room);
    x->first_instant = qwr__alloc(p->ctx, (size_t)count + 1, sizeof *x->first_instant);
    x->least = qwr__alloc(p->ctx, (size_t)p->calls * (QWR__STRETCHES + 1), sizeof *x->least);
    if (!x->room || !x->first_instant || !x->least)
        return qwr__no_memory(p->ctx, WHERE);
    for (uint32_t k = 0; k < count; k++)
        x->member |= qwr__call_bit(o[k].call);
    QWR_TRY(lift(x, x->member));
    for (uint32_t k = 0; k < count; k++) {
        int32_t first = p->opening[o[k].first_opening].first;
        if (k == 0 || o[k].call != o[k - 1].call)
            area += (int64_t)x->room[k] * o[k].occupied;
        ready = first > ready ? first : ready;
        longest = o[k].occupied > longest ? o[k].occupied : longest;
    }
    /* Twice what the work would take side by side, and no longer than plans are. */
    int64_t until = ready + 2 * area / x->section->cells + 2 * (int64_t)longest;
    until = until > (int64_t)p->view->tick_count ? (int64_t)p->view->tick_count : until;
    until = p->due < INT32_MAX ? p->due : until;
    x->ticks = (int32_t)((until + QWR__STRETCHES - 1) / QWR__STRETCHES);
    for (uint32_t k = 0; k < count; k++)
        total = instants(x, &o[k], total, false);
    x->instant = qwr__alloc(p->ctx, total, sizeof *x->instant);
    if (!x->instant)
        return qwr__no_memory(p->ctx, WHERE);
    total = 0;
    for (uint32_t k = 0; k < count; k++) {
        x->first_instant[k] = total;
        total = instants(x, &o[k], total, true);
    }
    x->first_instant[count] = total;
    return QWR_OK;
}

void qwr__price_free(qwr__price *x)
{
    if (!x->p)
        return;
    qwr__free(x->p->ctx, x->room);
    qwr__free(x->p->ctx, x->first_instant);
    qwr__free(x->p->ctx, x->instant);
    qwr__free(x->p->ctx, x->least);
    *x = (qwr__price){.p = NULL};
}

static void add_up(qwr__price *x)
{
    for (int k = 0; k < QWR__STRETCHES; k++)
        x->sum[k + 1] = x->sum[k] + x->rate[k] * x->ticks;
}

static int64_t paid(const qwr__price *x, const qwr__instant *at, int32_t room)
{
    return at->cost + room * (x->sum[at->to] + x->rate[at->to] * at->to_tick - x->sum[at->from] -
                              x->rate[at->from] * at->from_tick);
}

/* Ticks x cells of each stretch that a stay takes, added to use[]. */
static void take(const qwr__price *x, int64_t *use, const qwr__instant *at, int32_t room)
{
    for (int32_t k = at->from; k <= at->to && k < QWR__STRETCHES; k++) {
        int32_t from = k == at->from ? at->from_tick : 0, to = k == at->to ? at->to_tick : x->ticks;
        use[k] += (int64_t)room * (to - from);
    }
}

/* The bound at the rates at hand; use[]: room asked for, less room there is. */
static int64_t evaluate(const qwr__price *x, qwr__calls calls, const int64_t *prize, int64_t *use)
{
    const qwr__option *o = x->p->option + x->section->first_option;
    uint32_t count = x->section->end_option - x->section->first_option;
    int64_t total = -x->sum[QWR__STRETCHES] * x->section->cells;
    for (int k = 0; k < QWR__STRETCHES; k++)
        use[k] = -(int64_t)x->section->cells * x->ticks;
    for (uint32_t k = 0; k < count;) {
        uint32_t call = o[k].call;
        int64_t least = prize ? prize[call] : INT64_MAX;
        const qwr__instant *best = NULL;
        int32_t room = 0;
        for (; k < count && o[k].call == call; k++)
            for (uint32_t i = x->first_instant[k]; i < x->first_instant[k + 1]; i++) {
                int64_t cost = paid(x, &x->instant[i], x->room[k]);
                if (cost < least) {
                    least = cost;
                    best = &x->instant[i];
                    room = x->room[k];
                }
            }
        if (!(calls >> call & 1))
            continue;
        total += least - (prize ? prize[call] : 0);
        if (best)
            take(x, use, best, room);
    }
    return total;
}

/* least[]: over the instants from a stretch on; between two of them the cost is linear. */
static void fill_least(qwr__price *x, const int64_t *prize)
{
    const qwr__option *o = x->p->option + x->section->first_option;
    uint32_t count = x->section->end_option - x->section->first_option;
    for (size_t k = 0; k < (size_t)x->p->calls * (QWR__STRETCHES + 1); k++)
        x->least[k] = prize ? 0 : INT64_MAX / 256;
    for (uint32_t k = 0; k < count; k++) {
        int64_t *least = x->least + (size_t)o[k].call * (QWR__STRETCHES + 1);
        int64_t now = INT64_MAX / 256, won = prize ? prize[o[k].call] : 0;
        uint32_t i = x->first_instant[k + 1];
        for (int32_t s = QWR__STRETCHES; s >= 0; s--) {
            for (; i > x->first_instant[k] && x->instant[i - 1].from >= s; i--) {
                int64_t cost = paid(x, &x->instant[i - 1], x->room[k]) - won;
                now = cost < now ? cost : now;
            }
            least[s] = now < least[s] ? now : least[s];
        }
    }
}

qwr_status qwr__price_raise(qwr__price *x, qwr__calls calls, const int64_t *prize, int64_t target,
                            int steps)
{
    int64_t kept[QWR__STRETCHES + 1], use[QWR__STRETCHES], best = INT64_MIN;
    double step = x->settled ? 0.3 : 1.0;
    double most = SUM_MOST / ((double)x->section->cells * x->ticks * QWR__STRETCHES);
    int idle = 0;
    calls &= x->member;
    QWR_TRY(lift(x, calls));
    memcpy(kept, x->rate, sizeof kept);
    for (int turn = 0; turn < steps; turn++) {
        add_up(x);
        int64_t value = evaluate(x, calls, prize, use);
        if (value > best) {
            best = value;
            idle = 0;
            memcpy(kept, x->rate, sizeof kept);
        } else if (++idle > PATIENCE) {
            idle = 0;
            step *= 0.6;
            memcpy(x->rate, kept, sizeof kept);
            add_up(x);
            value = evaluate(x, calls, prize, use);
        }
        double norm = 0, gap = (double)target - (double)value;
        for (int k = 0; k < QWR__STRETCHES; k++) {
            if (x->rate[k] == 0 && use[k] < 0)
                use[k] = 0;
            norm += (double)use[k] * (double)use[k];
        }
        if (norm < 1)
            break;
        double scale = step * (gap > QWR__PACKING_SCALE ? gap : QWR__PACKING_SCALE) / norm;
        for (int k = 0; k < QWR__STRETCHES; k++) {
            double rate = (double)x->rate[k] + scale * (double)use[k];
            x->rate[k] = rate < 0 ? 0 : rate > most ? (int64_t)most : (int64_t)rate;
        }
    }
    memcpy(x->rate, kept, sizeof kept);
    add_up(x);
    fill_least(x, prize);
    x->settled = true;
    return QWR_OK;
}

qwr_status qwr__price_weigh(qwr__price *x, qwr__calls calls, int64_t *bound, int steps)
{
    int64_t kept[QWR__STRETCHES + 1], use[QWR__STRETCHES];
    double step = 0.05;
    int idle = 0;
    *bound = INT64_MIN;
    calls &= x->member;
    QWR_TRY(lift(x, calls));
    for (int k = 0; k < QWR__STRETCHES; k++)
        x->rate[k] = QWR__PACKING_SCALE;
    for (int turn = 0; turn < steps && *bound <= 0; turn++) {
        add_up(x);
        int64_t value = evaluate(x, calls, NULL, use);
        if (value > *bound) {
            *bound = value;
            idle = 0;
            memcpy(kept, x->rate, sizeof kept);
        } else if (++idle > PATIENCE) {
            idle = 0;
            step *= 0.6;
            memcpy(x->rate, kept, sizeof kept);
        }
        double sum = 0, rate[QWR__STRETCHES], room = (double)x->section->cells * x->ticks;
        for (int k = 0; k < QWR__STRETCHES; k++) {
            rate[k] = (double)x->rate[k] + step * QWR__PACKING_SCALE * (double)use[k] / room;
            rate[k] = rate[k] < 0 ? 0 : rate[k];
            sum += rate[k];
        }
        if (sum < 1)
            break;
        for (int k = 0; k < QWR__STRETCHES; k++)
            x->rate[k] = (int64_t)(rate[k] * (QWR__PACKING_SCALE * QWR__STRETCHES / sum));
    }
    memcpy(x->rate, kept, sizeof kept);
    add_up(x);
    fill_least(x, NULL);
    return QWR_OK;
}
