/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every graph of a table goes by: the order of jobs that the exchange rule prefers, and which
 * calls are copies of each other. Both are explained in <quaywright/certificate.h>.
 */
#include "discrete/graph.h"

#include <string.h>

void qwr__rules_free(qwr__rules *r)
{
    if (!r->l)
        return;
    void *blocks[] = {r->rank, r->order, r->longest, r->plain, r->next_copy, r->first_copy};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            r->l->host->release(r->l->host->payload, blocks[k]);
    memset(r, 0, sizeof *r);
}

/* Does job a come before job b of the same lane? Smith's rule, ties to the lower class of copies,
 * then call. */
static bool before(const qwr__rules *r, uint32_t a, uint32_t b)
{
    const qwr__lanes *l = r->l;
    int64_t left = l->slope[b] * l->occupied[a], right = l->slope[a] * l->occupied[b];
    uint32_t i = l->call[a], other = l->call[b];
    if (left != right)
        return left < right;
    return r->first_copy[i] != r->first_copy[other] ? r->first_copy[i] < r->first_copy[other]
                                                    : i < other;
}

static void sort_lane(const qwr__rules *r, uint32_t *order, uint32_t count)
{
    for (uint32_t k = 1; k < count; k++) {
        uint32_t job = order[k], at = k;
        for (; at > 0 && before(r, job, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = job;
    }
}

static void rank_jobs(qwr__rules *r)
{
    const qwr__lanes *l = r->l;
    int64_t slope = -1;
    r->one_order = true;
    for (uint32_t x = 0; x < l->lanes; x++) {
        uint32_t count = 0, *order = r->order + l->begin[x];
        for (uint32_t j = l->begin[x]; j < l->begin[x + 1]; j++) {
            size_t pair = (size_t)l->call[j] * l->lanes + x;
            r->plain[j] = l->straight[j] && l->slope[j] > 0 && l->of_end[pair] - l->of[pair] == 1 &&
                          l->slope[j] < INT32_MAX;
            if (l->occupied[j] > r->longest[x])
                r->longest[x] = l->occupied[j];
            if (r->plain[j]) {
                r->one_order = r->one_order && (slope < 0 || slope == l->slope[j]);
                slope = l->slope[j];
                order[count++] = j;
            } else {
                r->one_order = false;
            }
        }
        sort_lane(r, order, count);
        for (uint32_t j = l->begin[x]; j < l->begin[x + 1]; j++)
            if (!r->plain[j])
                order[count++] = j;
        for (uint32_t k = 0; k < count; k++)
            r->rank[order[k]] = k;
    }
}

/* Same runs of starts, same ticks held, costs that differ by `offset` everywhere. */
static bool same_job(const qwr__lanes *l, uint32_t a, uint32_t b, int64_t *offset, bool *known)
{
    if (l->first[a] != l->first[b] || l->last[a] != l->last[b] || l->occupied[a] != l->occupied[b])
        return false;
    for (int32_t t = l->first[a]; t <= l->last[a]; t++) {
        int64_t d = qwr__lane_cost(l, b, t) - qwr__lane_cost(l, a, t);
        if (*known && d != *offset)
            return false;
        *offset = d;
        *known = true;
        if (l->straight[a] && l->straight[b] && l->slope[a] == l->slope[b])
            break;
    }
    return true;
}

static bool are_copies(const qwr__lanes *l, uint32_t i, uint32_t other)
{
    int64_t offset = 0;
    bool known = false;
    for (uint32_t x = 0; x < l->lanes; x++) {
        size_t a = (size_t)i * l->lanes + x, b = (size_t)other * l->lanes + x;
        if (l->of_end[a] - l->of[a] != l->of_end[b] - l->of[b])
            return false;
        for (uint32_t k = 0; k < l->of_end[a] - l->of[a]; k++)
            if (!same_job(l, l->of[a] + k, l->of[b] + k, &offset, &known))
                return false;
    }
    return known;
}

static void find_copies(qwr__rules *r)
{
    uint32_t calls = r->l->calls;
    for (uint32_t i = 0; i < calls; i++) {
        r->next_copy[i] = QWR__NO_CALL;
        r->first_copy[i] = i;
    }
    for (uint32_t i = 0; i < calls; i++)
        for (uint32_t other = i + 1; other < calls; other++)
            if (r->first_copy[other] == other && are_copies(r->l, i, other)) {
                r->next_copy[i] = other;
                r->first_copy[other] = r->first_copy[i];
                break;
            }
}

int32_t qwr__rules_init(qwr__rules *r, const qwr__lanes *l)
{
    memset(r, 0, sizeof *r);
    r->l = l;
    r->rank = qwr__lanes_alloc(l->host, (size_t)l->jobs + 1, sizeof *r->rank);
    r->order = qwr__lanes_alloc(l->host, (size_t)l->jobs + 1, sizeof *r->order);
    r->longest = qwr__lanes_alloc(l->host, (size_t)l->lanes + 1, sizeof *r->longest);
    r->plain = qwr__lanes_alloc(l->host, (size_t)l->jobs + 1, sizeof *r->plain);
    r->next_copy = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *r->next_copy);
    r->first_copy = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *r->first_copy);
    if (!r->rank || !r->order || !r->longest || !r->plain || !r->next_copy || !r->first_copy) {
        qwr__rules_free(r);
        return QWR_PLUGIN_ENOMEM;
    }
    find_copies(r);
    rank_jobs(r);
    return QWR_PLUGIN_OK;
}

/* Where a candidate stands in the order of copies: by (lane, start). */
static uint64_t place(const qwr__lanes *l, const qwr__choice *c)
{
    return ((uint64_t)l->lane[c->job] << 32) | (uint32_t)c->start;
}

uint32_t qwr__copies_tighten(const qwr__rules *r, qwr__choice *choice, uint32_t count,
                             uint64_t *seen)
{
    const qwr__lanes *l = r->l;
    uint64_t *first = seen, *last = seen + l->calls;
    for (;;) {
        for (uint32_t i = 0; i < l->calls; i++) {
            first[i] = UINT64_MAX;
            last[i] = 0;
        }
        for (uint32_t k = 0; k < count; k++) {
            uint64_t at = place(l, &choice[k]);
            uint32_t i = l->call[choice[k].job];
            first[i] = at < first[i] ? at : first[i];
            last[i] = at > last[i] ? at : last[i];
        }
        for (uint32_t i = 0; i < l->calls; i++)
            if (first[i] == UINT64_MAX && l->served[i])
                return UINT32_MAX;
        for (uint32_t i = 0; i < l->calls; i++) {
            uint32_t next = r->next_copy[i];
            if (next != QWR__NO_CALL && first[next] < first[i])
                first[next] = first[i];
        }
        for (uint32_t i = l->calls; i-- > 0;) {
            uint32_t next = r->next_copy[i];
            if (next != QWR__NO_CALL && last[next] < last[i])
                last[i] = last[next];
        }
        uint32_t left = 0;
        for (uint32_t k = 0; k < count; k++) {
            uint64_t at = place(l, &choice[k]);
            uint32_t i = l->call[choice[k].job];
            if (at >= first[i] && at <= last[i])
                choice[left++] = choice[k];
        }
        if (left == count)
            return count;
        count = left;
    }
}
