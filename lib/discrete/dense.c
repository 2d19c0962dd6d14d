/* SPDX-License-Identifier: Apache-2.0 */
/* The dual of all candidates: see dense.h. Source: the interval formulation of parallel machine
 * scheduling, vessels grouped by handling time. */
#include "discrete/dense.h"

#include <stdlib.h>
#include <string.h>

enum { W = QWR__DENSE_LANES };

/** Dearer than any path. */
#define NEVER (INT32_MAX / 2)

void qwr__dense_free(qwr__dense *d)
{
    if (!d->rules)
        return;
    const qwr_host *h = d->rules->l->host;
    void *blocks[] = {d->held, d->slope, d->channel, d->event,  d->event_begin,
                      d->open, d->path,  d->active,  d->visits, d->back};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    memset(d, 0, sizeof *d);
}

static int earlier(const void *a, const void *b)
{
    const qwr__dense_event *x = a, *y = b;
    if (x->tick != y->tick)
        return x->tick < y->tick ? -1 : 1;
    if (x->opens != y->opens)
        return x->opens ? 1 : -1; /* closing first: the channel is then looked at anew */
    return x->job < y->job ? -1 : x->job > y->job;
}

static void find_channels(qwr__dense *d)
{
    const qwr__lanes *l = d->rules->l;
    for (uint32_t j = 0; j < l->jobs; j++) {
        int32_t slope = (int32_t)l->slope[j] * QWR__DUAL_SCALE;
        uint32_t c = 0;
        while (c < d->channels && (d->held[c] != l->occupied[j] || d->slope[c] != slope))
            c++;
        if (c == d->channels) {
            d->held[c] = l->occupied[j];
            d->slope[c] = slope;
            d->channels++;
        }
        d->channel[j] = c;
        if (l->occupied[j] > d->longest)
            d->longest = l->occupied[j];
        if (l->occupied[j] < d->least_length)
            d->least_length = l->occupied[j];
    }
}

static void make_events(qwr__dense *d)
{
    const qwr__lanes *l = d->rules->l;
    uint32_t at = 0;
    for (uint32_t b = 0; b < d->blocks; b++) {
        uint32_t end = (b + 1) * W < l->lanes ? (b + 1) * W : l->lanes;
        d->event_begin[b] = at;
        for (uint32_t j = l->begin[b * W]; j < l->begin[end]; j++) {
            if (l->first[j] > l->last[j])
                continue;
            d->event[at++] = (qwr__dense_event){l->first[j], j, d->channel[j], true};
            if (l->last[j] + 1 < l->ticks)
                d->event[at++] = (qwr__dense_event){l->last[j] + 1, j, d->channel[j], false};
        }
        qsort(d->event + d->event_begin[b], at - d->event_begin[b], sizeof *d->event, earlier);
    }
    d->event_begin[d->blocks] = at;
}

int32_t qwr__dense_init(qwr__dense *d, const qwr__rules *rules)
{
    const qwr__lanes *l = rules->l;
    const qwr_host *h = l->host;
    memset(d, 0, sizeof *d);
    for (uint32_t j = 0; j < l->jobs; j++)
        if (l->first[j] <= l->last[j] &&
            (!l->straight[j] || l->slope[j] < 0 || l->occupied[j] < 1 ||
             l->slope[j] > NEVER / 4 / QWR__DUAL_SCALE / (l->ticks + 1)))
            return QWR_PLUGIN_EUNSUPPORTED;
    d->rules = rules;
    d->kernel = qwr__discrete_kernel_for(h);
    d->blocks = (l->lanes + W - 1) / W;
    d->least_length = INT32_MAX;
    size_t jobs = (size_t)l->jobs + 1;
    d->held = qwr__lanes_alloc(h, jobs, sizeof *d->held);
    d->slope = qwr__lanes_alloc(h, jobs, sizeof *d->slope);
    d->channel = qwr__lanes_alloc(h, jobs, sizeof *d->channel);
    d->active = qwr__lanes_alloc(h, jobs, sizeof *d->active);
    d->event = qwr__lanes_alloc(h, 2 * jobs, sizeof *d->event);
    d->event_begin = qwr__lanes_alloc(h, (size_t)d->blocks + 1, sizeof *d->event_begin);
    d->visits = qwr__lanes_alloc(h, (size_t)l->calls + 1, sizeof *d->visits);
    d->back = qwr__lanes_alloc(h, (size_t)l->ticks + 1, sizeof *d->back);
    if (!d->held || !d->slope || !d->channel || !d->active || !d->event || !d->event_begin ||
        !d->visits || !d->back)
        goto failed;
    find_channels(d);
    make_events(d);
    d->open = qwr__lanes_alloc(h, (size_t)d->channels * W + 1, sizeof *d->open);
    d->path = qwr__lanes_alloc(h, ((size_t)l->ticks + 1 + (size_t)d->longest) * W * d->blocks + 1,
                               sizeof *d->path);
    if (!d->open || !d->path)
        goto failed;
    return QWR_PLUGIN_OK;
failed:
    qwr__dense_free(d);
    return QWR_PLUGIN_ENOMEM;
}

/* Price of a job's arc at tick 0; the slope comes on top. */
static int64_t arc(const qwr__lanes *l, uint32_t j, const int64_t *pi)
{
    return l->intercept[j] * QWR__DUAL_SCALE - pi[l->call[j]];
}

/* No path has more arcs than the horizon has room for the shortest job; each is at most so dear. */
static bool fits(const qwr__dense *d, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    int64_t most = 0;
    for (uint32_t j = 0; j < l->jobs; j++) {
        if (l->first[j] > l->last[j])
            continue;
        int64_t early = arc(l, j, pi) + l->slope[j] * l->first[j] * QWR__DUAL_SCALE,
                late = arc(l, j, pi) + l->slope[j] * l->last[j] * QWR__DUAL_SCALE,
                base = arc(l, j, pi);
        early = early < 0 ? -early : early;
        late = late < 0 ? -late : late;
        base = base < 0 ? -base : base;
        most = early > most ? early : most;
        most = late > most ? late : most;
        most = base > most ? base : most;
    }
    int64_t arcs = l->ticks / d->least_length + 2;
    return most < NEVER / 4 / arcs;
}

/* The channel's price at a lane: the cheapest of its jobs that are open. */
static int32_t look_anew(const qwr__dense *d, const qwr__dense_event *e, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    uint32_t lane = l->lane[e->job];
    int64_t best = NEVER;
    for (uint32_t j = l->begin[lane]; j < l->begin[lane + 1]; j++)
        if (d->active[j] && d->channel[j] == e->channel && arc(l, j, pi) < best)
            best = arc(l, j, pi);
    return (int32_t)best;
}

static void apply(qwr__dense *d, const qwr__dense_event *e, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    int32_t *price = &d->open[(size_t)e->channel * W + l->lane[e->job] % W];
    d->active[e->job] = e->opens;
    if (e->opens) {
        int32_t mine = (int32_t)arc(l, e->job, pi);
        *price = mine < *price ? mine : *price;
    } else {
        *price = look_anew(d, e, pi);
    }
}

static int32_t *block_rows(const qwr__dense *d, uint32_t block)
{
    return d->path + (size_t)block * W * ((size_t)d->rules->l->ticks + 1 + (size_t)d->longest);
}

/* First tick from which on no arc is worth taking: costs rise with the start. */
static int32_t last_worth(const qwr__dense *d, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    int64_t last = 0;
    for (uint32_t j = 0; j < l->jobs; j++) {
        int64_t gain = -arc(l, j, pi), slope = l->slope[j] * QWR__DUAL_SCALE;
        int64_t until = gain <= 0 ? 0 : slope == 0 ? l->ticks : gain / slope + 1;
        last = until > last ? until : last;
    }
    return last > l->ticks ? l->ticks : (int32_t)last;
}

static void run_block(qwr__dense *d, uint32_t block, int32_t worth, const int64_t *pi)
{
    int32_t *rows = block_rows(d, block);
    size_t count = ((size_t)worth + 1 + (size_t)d->longest) * W;
    uint32_t e = d->event_begin[block];
    for (size_t k = 0; k < count; k++)
        rows[k] = k < W ? 0 : NEVER / 2;
    for (size_t k = 0; k < (size_t)d->channels * W; k++)
        d->open[k] = NEVER;
    for (int32_t t = 0; t <= d->end; t++) {
        int32_t *row = rows + (size_t)t * W;
        if (t > 0)
            for (int k = 0; k < W; k++)
                row[k] = row[k - W] < row[k] ? row[k - W] : row[k];
        if (t >= worth)
            continue;
        for (; e < d->event_begin[block + 1] && d->event[e].tick <= t; e++)
            apply(d, &d->event[e], pi);
        d->kernel->push(row, d->open, d->held, d->slope, d->channels, t);
    }
}

/* Counts whom the cheapest path of a lane visits. */
static void trace(qwr__dense *d, uint32_t lane, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    const int32_t *path = block_rows(d, lane / W) + lane % W;
    for (int32_t t = d->end; t > 0;) {
        int32_t value = path[(size_t)t * W];
        if (value == path[(size_t)(t - 1) * W]) {
            t--;
            continue;
        }
        uint32_t j = l->begin[lane];
        for (; j < l->begin[lane + 1]; j++) {
            int32_t start = t - l->occupied[j];
            if (start >= l->first[j] && start <= l->last[j] &&
                path[(size_t)start * W] + arc(l, j, pi) + l->slope[j] * start * QWR__DUAL_SCALE ==
                    value)
                break;
        }
        if (j == l->begin[lane + 1])
            return;
        d->visits[l->call[j]] += (int32_t)l->many[lane];
        t -= l->occupied[j];
    }
}

bool qwr__dense_dual(int64_t *dual, qwr__dense *d, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    *dual = 0;
    if (!fits(d, pi))
        return false;
    memset(d->visits, 0, l->calls * sizeof *d->visits);
    memset(d->active, 0, l->jobs * sizeof *d->active);
    for (uint32_t i = 0; i < l->calls; i++)
        if (l->served[i])
            *dual += pi[i];
    int32_t worth = last_worth(d, pi);
    d->end = worth + d->longest < l->ticks ? worth + d->longest : l->ticks;
    for (uint32_t b = 0; b < d->blocks; b++) {
        if (b > 0 && qwr__lanes_over(l->host))
            return false;
        run_block(d, b, worth, pi);
    }
    for (uint32_t x = 0; x < l->lanes; x++) {
        *dual += (int64_t)l->many[x] * block_rows(d, x / W)[(size_t)d->end * W + x % W];
        trace(d, x, pi);
    }
    return true;
}

/* Cheapest path of a lane from each tick on. */
static void run_back(qwr__dense *d, uint32_t lane, const int64_t *pi)
{
    const qwr__lanes *l = d->rules->l;
    d->back[l->ticks] = 0;
    for (int32_t t = l->ticks - 1; t >= 0; t--) {
        int64_t best = d->back[t + 1];
        for (uint32_t j = l->begin[lane]; j < l->begin[lane + 1]; j++) {
            if (t < l->first[j] || t > l->last[j])
                continue;
            int64_t cost =
                arc(l, j, pi) + l->slope[j] * t * QWR__DUAL_SCALE + d->back[t + l->occupied[j]];
            best = cost < best ? cost : best;
        }
        d->back[t] = best;
    }
}

uint32_t qwr__dense_filter(qwr__dense *d, const int64_t *pi, int64_t dual, int64_t target,
                           qwr__choice *keep, uint32_t most)
{
    const qwr__lanes *l = d->rules->l;
    int64_t room = target * QWR__DUAL_SCALE - dual;
    uint32_t kept = 0;
    for (uint32_t x = 0; x < l->lanes; x++) {
        const int32_t *path = block_rows(d, x / W) + x % W;
        int64_t whole = path[(size_t)d->end * W];
        if (qwr__lanes_over(l->host))
            return most + 1;
        run_back(d, x, pi);
        for (int32_t t = 0; t < l->ticks; t++)
            for (uint32_t k = l->begin[x]; k < l->begin[x + 1]; k++) {
                uint32_t j = d->rules->order[k];
                if (t < l->first[j] || t > l->last[j])
                    continue;
                int64_t through = path[(size_t)(t < d->end ? t : d->end) * W] + arc(l, j, pi) +
                                  l->slope[j] * t * QWR__DUAL_SCALE + d->back[t + l->occupied[j]];
                if (through - whole > room)
                    continue;
                if (kept == most)
                    return most + 1;
                keep[kept++] = (qwr__choice){j, t};
            }
    }
    return kept;
}
