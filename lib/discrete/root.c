/* SPDX-License-Identifier: Apache-2.0 */
/* The climb to the first multipliers: see root.h. */
#include "discrete/root.h"

#include <string.h>

enum { PATIENCE = 60 };

static const double KEEP = 0.7, FIRST_STEP = 0.5, LAST_STEP = 0.003, SHRINK = 0.6;

static bool evaluate(int64_t *dual, qwr__field *f, const qwr__rules *rules, const int64_t *pi)
{
    const qwr__lanes *l = rules->l;
    if (f->dense) {
        if (!qwr__dense_dual(dual, f->dense, pi))
            return false;
        memcpy(f->visits, f->dense->visits, l->calls * sizeof *f->visits);
        l->host->work_done(l->host->payload, 1 + l->jobs / 16);
        return true;
    }
    memset(f->visits, 0, l->calls * sizeof *f->visits);
    *dual = qwr__graph_dual(f->graph, pi);
    for (uint32_t x = 0; x < l->lanes; x++) {
        uint32_t length = qwr__graph_path(f->graph, x, pi, f->path, f->longest);
        for (uint32_t k = 0; k < length; k++)
            f->visits[f->graph->node[f->path[k]].call] += (int32_t)l->many[x];
    }
    l->host->work_done(l->host->payload, 1 + f->graph->count / 64);
    return true;
}

/* How far each call is from being served once; copies share what they lack. */
static double turn(double *direction, const qwr__field *f, const qwr__rules *rules, int32_t *group)
{
    const qwr__lanes *l = rules->l;
    double norm = 0;
    memset(group, 0, 2 * (size_t)l->calls * sizeof *group);
    for (uint32_t i = 0; i < l->calls; i++) {
        group[2 * rules->first_copy[i]] += 1 - f->visits[i];
        group[2 * rules->first_copy[i] + 1]++;
    }
    for (uint32_t i = 0; i < l->calls; i++) {
        const int32_t *g = group + 2 * (size_t)rules->first_copy[i];
        double lack = (double)g[0] / g[1];
        if (!l->served[i])
            lack = 0;
        direction[i] = KEEP * direction[i] + (1 - KEEP) * lack;
        norm += direction[i] * direction[i];
    }
    return norm;
}

static int64_t rounded(double value)
{
    const double most = (double)QWR__MOST_PRICE;
    value = value > most ? most : value < -most ? -most : value;
    return (int64_t)(value + (value < 0 ? -0.5 : 0.5));
}

static int64_t within(int64_t pi)
{
    return pi > QWR__MOST_PRICE ? QWR__MOST_PRICE : pi < -QWR__MOST_PRICE ? -QWR__MOST_PRICE : pi;
}

int32_t qwr__root_climb(int64_t *dual, qwr__field *f, const qwr__rules *rules, int64_t *pi,
                        int64_t upper, int64_t enough, uint32_t rounds)
{
    const qwr__lanes *l = rules->l;
    const qwr_host *h = l->host;
    int32_t status = QWR_PLUGIN_OK;
    double *direction = qwr__lanes_alloc(h, (size_t)l->calls + 1, sizeof *direction);
    int64_t *best = qwr__lanes_alloc(h, (size_t)l->calls + 1, sizeof *best);
    int32_t *group = qwr__lanes_alloc(h, 2 * (size_t)l->calls + 1, sizeof *group);
    double step = FIRST_STEP;
    uint32_t idle = 0;
    *dual = INT64_MIN;
    if (!direction || !best || !group) {
        status = QWR_PLUGIN_ENOMEM;
        goto done;
    }
    memcpy(best, pi, l->calls * sizeof *best);
    for (uint32_t round = 0; round < rounds && step > LAST_STEP && !qwr__lanes_over(h); round++) {
        int64_t value;
        if (!evaluate(&value, f, rules, pi)) {
            status = *dual == INT64_MIN ? QWR_PLUGIN_EUNSUPPORTED : QWR_PLUGIN_OK;
            break;
        }
        bool more = *dual == INT64_MIN || value - *dual > QWR__DUAL_SCALE / 16;
        idle = more ? 0 : idle + 1;
        if (value > *dual) {
            *dual = value;
            memcpy(best, pi, l->calls * sizeof *best);
            if (value > enough)
                break;
        }
        if (idle >= PATIENCE) {
            idle = 0;
            step *= SHRINK;
            memcpy(pi, best, l->calls * sizeof *pi);
            memset(direction, 0, l->calls * sizeof *direction);
            (void)evaluate(&value, f, rules, pi);
        }
        double norm = turn(direction, f, rules, group);
        if (norm < 1e-9)
            break;
        /* Far below the best value the way up is not believed in full. */
        double gap = (double)(upper - value), most = 1.5 * (double)(upper - *dual);
        gap = gap > most ? most : gap;
        gap = gap < QWR__DUAL_SCALE ? QWR__DUAL_SCALE : gap;
        for (uint32_t i = 0; i < l->calls; i++)
            pi[i] = within(pi[i] + rounded(step * gap / norm * direction[i]));
    }
    memcpy(pi, best, l->calls * sizeof *pi);
done:
    if (direction)
        h->release(h->payload, direction);
    if (best)
        h->release(h->payload, best);
    if (group)
        h->release(h->payload, group);
    return status;
}
