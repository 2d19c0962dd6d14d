/* SPDX-License-Identifier: Apache-2.0 */
/* First plans. See construct.h. */
#include "berth/construct.h"

#include <stdlib.h>
#include <string.h>

static void *take(const qwr_host *host, size_t count, size_t size)
{
    void *block = host->alloc(host->payload, count * size + 64);
    if (block)
        memset(block, 0, count * size + 64);
    return block;
}

static void call_facts(qwr__call_facts *c, const qwr__board_facts *f, uint32_t i)
{
    const qwr_problem_view *v = f->view;
    c->area[i] = INT64_MAX;
    c->least[i] = v->unplaced_cost;
    for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++) {
        int64_t area = (int64_t)v->class_width[k] * v->class_occupied[k];
        if (area < c->area[i])
            c->area[i] = area;
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++)
            c->options[i] += v->row_last[r] - v->row_first[r] + 1;
        const int32_t *a = v->start_cost + v->call_start_offset[i] - v->call_first_start[i];
        const int32_t *e =
            v->end_cost + v->call_end_offset[i] - v->call_first_end[i] + v->class_duration[k];
        int64_t cheapest = v->row_cost[v->class_row_begin[k]];
        for (int32_t t = f->class_first[k]; t <= f->class_last[k]; t++) {
            if (cheapest + a[t] + e[t] < c->least[i])
                c->least[i] = cheapest + a[t] + e[t];
            if (t == f->class_first[k] + 8 || t == f->class_last[k]) {
                int64_t rise = (int64_t)a[t] + e[t] - a[f->class_first[k]] - e[f->class_first[k]];
                if (rise > c->slope[i])
                    c->slope[i] = rise;
                break;
            }
        }
    }
}

/* A sort key with the call in its low bits; ties go to the lower call. */
typedef struct keyed {
    int64_t key;
    uint32_t call;
} keyed;

static int compare_keyed(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->call > y->call) - (x->call < y->call);
}

int32_t qwr__call_facts_init(qwr__call_facts *c, const qwr__board_facts *f)
{
    uint32_t n = f->view->call_count;
    memset(c, 0, sizeof *c);
    c->host = f->host;
    c->options = take(f->host, n, sizeof(int64_t));
    c->area = take(f->host, n, sizeof(int64_t));
    c->slope = take(f->host, n, sizeof(int64_t));
    c->least = take(f->host, n, sizeof(int64_t));
    c->by_ready = take(f->host, n, sizeof(uint32_t));
    c->place_in_ready = take(f->host, n, sizeof(uint32_t));
    keyed *keys = take(f->host, n, sizeof *keys);
    if (!c->options || !c->area || !c->slope || !c->least || !c->by_ready || !c->place_in_ready ||
        !keys) {
        f->host->release(f->host->payload, keys);
        qwr__call_facts_free(c);
        return QWR_PLUGIN_ENOMEM;
    }
    for (uint32_t i = 0; i < n; i++) {
        call_facts(c, f, i);
        keys[i] = (keyed){f->view->call_first_start[i], i};
    }
    qsort(keys, n, sizeof *keys, compare_keyed);
    for (uint32_t k = 0; k < n; k++) {
        c->by_ready[k] = keys[k].call;
        c->place_in_ready[keys[k].call] = k;
    }
    f->host->release(f->host->payload, keys);
    return QWR_PLUGIN_OK;
}

void qwr__call_facts_free(qwr__call_facts *c)
{
    void *blocks[] = {c->options, c->area, c->slope, c->least, c->by_ready, c->place_in_ready};
    for (size_t k = 0; c->host && k < sizeof blocks / sizeof *blocks; k++)
        c->host->release(c->host->payload, blocks[k]);
    memset(c, 0, sizeof *c);
}

void qwr__construct_order(uint32_t *calls, const qwr__board_facts *f, const qwr__call_facts *c,
                          qwr__order order)
{
    uint32_t n = f->view->call_count, out = 0;
    int64_t day = f->view->step_s > 0 ? 86400 / f->view->step_s : 1;
    if (day < 1)
        day = 1;
    /* Pinned calls have one start at each place: fewer options than a day has ticks. */
    for (uint32_t k = 0; k < n; k++)
        if (c->options[c->by_ready[k]] < day)
            calls[out++] = c->by_ready[k];
    uint32_t first = out;
    for (uint32_t k = 0; k < n; k++)
        if (c->options[c->by_ready[k]] >= day)
            calls[out++] = c->by_ready[k];
    const int64_t *measure = order == QWR__ORDER_AREA   ? c->area
                             : order == QWR__ORDER_DEAR ? c->slope
                                                        : NULL;
    if (!measure)
        return;
    /* Insertion sort inside the window of a day: later arrivals never pass earlier days. */
    for (uint32_t k = first + 1; k < n; k++) {
        uint32_t i = calls[k], j = k;
        while (j > first && measure[calls[j - 1]] < measure[i] &&
               f->view->call_first_start[calls[j - 1]] / day ==
                   f->view->call_first_start[i] / day) {
            calls[j] = calls[j - 1];
            j--;
        }
        calls[j] = i;
    }
}

void qwr__construct(qwr__board *b, const uint32_t *calls)
{
    uint32_t n = b->facts->view->call_count;
    qwr__board_clear(b);
    for (uint32_t k = 0; k < n; k++) {
        qwr__spot s = qwr__board_best(b, calls[k], b->facts->view->unplaced_cost, NULL);
        qwr__board_put(b, calls[k], &s);
    }
}
