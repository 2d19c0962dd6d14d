/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate table of discrete berths, gathered from the problem view. */
#include "discrete/lanes.h"

#include <string.h>

void *qwr__lanes_alloc(const qwr_host *host, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    size_t bytes = count * size;
    void *block = host->alloc(host->payload, bytes ? bytes : 1);
    if (block)
        memset(block, 0, bytes);
    return block;
}

void qwr__lanes_free(qwr__lanes *l)
{
    void *blocks[] = {l->begin,
                      l->of,
                      l->of_end,
                      l->call,
                      l->row,
                      l->first,
                      l->last,
                      l->occupied,
                      (void *)l->start_cost,
                      (void *)l->end_cost,
                      l->constant,
                      l->slope,
                      l->intercept,
                      l->straight,
                      l->lane,
                      l->many,
                      l->served,
                      l->origin,
                      l->first_lane};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            l->host->release(l->host->payload, blocks[k]);
    memset(l, 0, sizeof *l);
}

static bool applies(const qwr_problem_view *v)
{
    if (v->makespan || v->call_count == 0 || v->cell_count == 0)
        return false;
    for (uint32_t k = 0; k < v->class_count; k++)
        if (v->class_cranes[k] > 0 || v->class_width[k] != 1)
            return false;
    return true;
}

static bool make_arrays(qwr__lanes *l)
{
    const qwr_host *h = l->host;
    size_t jobs = (size_t)l->jobs + 1, pairs = (size_t)l->calls * l->lanes + 1;
    l->begin = qwr__lanes_alloc(h, (size_t)l->lanes + 2, sizeof *l->begin);
    l->of = qwr__lanes_alloc(h, pairs, sizeof *l->of);
    l->of_end = qwr__lanes_alloc(h, pairs, sizeof *l->of_end);
    l->call = qwr__lanes_alloc(h, jobs, sizeof *l->call);
    l->row = qwr__lanes_alloc(h, jobs, sizeof *l->row);
    l->first = qwr__lanes_alloc(h, jobs, sizeof *l->first);
    l->last = qwr__lanes_alloc(h, jobs, sizeof *l->last);
    l->occupied = qwr__lanes_alloc(h, jobs, sizeof *l->occupied);
    l->start_cost = qwr__lanes_alloc(h, jobs, sizeof *l->start_cost);
    l->end_cost = qwr__lanes_alloc(h, jobs, sizeof *l->end_cost);
    l->constant = qwr__lanes_alloc(h, jobs, sizeof *l->constant);
    l->slope = qwr__lanes_alloc(h, jobs, sizeof *l->slope);
    l->intercept = qwr__lanes_alloc(h, jobs, sizeof *l->intercept);
    l->straight = qwr__lanes_alloc(h, jobs, sizeof *l->straight);
    l->lane = qwr__lanes_alloc(h, jobs, sizeof *l->lane);
    l->served = qwr__lanes_alloc(h, (size_t)l->calls + 1, sizeof *l->served);
    l->origin = qwr__lanes_alloc(h, (size_t)l->calls + 1, sizeof *l->origin);
    l->many = qwr__lanes_alloc(h, (size_t)l->lanes + 1, sizeof *l->many);
    l->first_lane = qwr__lanes_alloc(h, (size_t)l->lanes + 1, sizeof *l->first_lane);
    return l->begin && l->of && l->of_end && l->call && l->row && l->first && l->last &&
           l->occupied && l->start_cost && l->end_cost && l->constant && l->slope && l->intercept &&
           l->straight && l->lane && l->served && l->origin && l->many && l->first_lane;
}

static void fill_job(qwr__lanes *l, uint32_t j, uint32_t klass, uint32_t row)
{
    const qwr_problem_view *v = l->view;
    uint32_t i = v->class_call[klass];
    l->call[j] = i;
    l->row[j] = row;
    l->first[j] = v->row_first[row];
    l->occupied[j] = v->class_occupied[klass];
    /* A stay that would hold its lane past the last tick is not one. */
    int32_t latest = l->ticks - l->occupied[j];
    l->last[j] = v->row_last[row] < latest ? v->row_last[row] : latest;
    l->start_cost[j] = v->start_cost + v->call_start_offset[i] - v->call_first_start[i];
    l->end_cost[j] =
        v->end_cost + v->call_end_offset[i] - v->call_first_end[i] + v->class_duration[klass];
    l->constant[j] = v->row_cost[row];
}

/* Counting sort by lane; the view's calls rise, so a pair's jobs come together. */
static void fill_jobs(qwr__lanes *l)
{
    const qwr_problem_view *v = l->view;
    for (uint32_t r = 0; r < v->row_count; r++)
        l->begin[v->row_cell[r] + 2]++;
    for (uint32_t x = 0; x < l->lanes; x++)
        l->begin[x + 2] += l->begin[x + 1];
    for (uint32_t k = 0; k < v->class_count; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            uint32_t lane = (uint32_t)v->row_cell[r], j = l->begin[lane + 1]++;
            size_t pair = (size_t)v->class_call[k] * l->lanes + lane;
            fill_job(l, j, k, r);
            l->lane[j] = lane;
            if (l->of_end[pair] == 0)
                l->of[pair] = j;
            l->of_end[pair] = j + 1;
        }
}

/* Start costs and end costs of a call, each where some job of it reads them. */
typedef struct reach {
    int32_t first_start, last_start, first_end, last_end;
    uint32_t job; /**< the last of the jobs seen; UINT32_MAX: none */
} reach;

static int32_t duration(const qwr__lanes *l, uint32_t j)
{
    const qwr_problem_view *v = l->view;
    uint32_t i = l->call[j];
    return (int32_t)(l->end_cost[j] - (v->end_cost + v->call_end_offset[i] - v->call_first_end[i]));
}

static bool is_straight(const int32_t *cost, int32_t first, int32_t last)
{
    for (int32_t t = first + 1; t < last; t++)
        if ((int64_t)cost[t + 1] - cost[t] != (int64_t)cost[first + 1] - cost[first])
            return false;
    return true;
}

/*
 * Most calls cost the same for every tick they wait, wherever they lie: two looks at the call's
 * costs then tell about all its jobs, and none is walked tick by tick.
 */
static bool call_is_straight(const qwr__lanes *l, uint32_t call)
{
    reach r = {INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN, UINT32_MAX};
    for (uint32_t x = 0; x < l->lanes; x++) {
        size_t pair = (size_t)call * l->lanes + x;
        for (uint32_t j = l->of[pair]; j < l->of_end[pair]; j++) {
            if (l->first[j] > l->last[j])
                continue;
            int32_t stay = duration(l, j);
            r.first_start = l->first[j] < r.first_start ? l->first[j] : r.first_start;
            r.last_start = l->last[j] > r.last_start ? l->last[j] : r.last_start;
            r.first_end = l->first[j] + stay < r.first_end ? l->first[j] + stay : r.first_end;
            r.last_end = l->last[j] + stay > r.last_end ? l->last[j] + stay : r.last_end;
            r.job = j;
        }
    }
    if (r.job == UINT32_MAX)
        return false;
    return is_straight(l->start_cost[r.job], r.first_start, r.last_start) &&
           is_straight(l->end_cost[r.job] - duration(l, r.job), r.first_end, r.last_end);
}

/* Whether a job's cost is a straight line, and how steep; false: it falls somewhere. */
static bool look_at_job(qwr__lanes *l, uint32_t j, bool call_straight)
{
    bool rising = true;
    int64_t before = qwr__lane_cost(l, j, l->first[j]), step = 0;
    l->straight[j] = true;
    l->intercept[j] = before;
    int32_t last = call_straight && l->last[j] > l->first[j] ? l->first[j] + 1 : l->last[j];
    for (int32_t t = l->first[j] + 1; t <= last; t++) {
        int64_t cost = qwr__lane_cost(l, j, t);
        if (t == l->first[j] + 1)
            step = cost - before;
        l->straight[j] = l->straight[j] && cost - before == step;
        rising = rising && cost >= before;
        before = cost;
    }
    l->slope[j] = step;
    l->intercept[j] -= step * l->first[j];
    return rising;
}

static void look_at_costs(qwr__lanes *l)
{
    for (uint32_t x = 0; x < l->lanes; x++) {
        l->many[x] = 1;
        l->first_lane[x] = x;
    }
    l->linear = l->regular = l->single = true;
    for (uint32_t i = 0; i < l->calls; i++) {
        bool straight = call_is_straight(l, i);
        for (uint32_t x = 0; x < l->lanes; x++) {
            size_t pair = (size_t)i * l->lanes + x;
            l->single = l->single && l->of_end[pair] - l->of[pair] <= 1;
            for (uint32_t j = l->of[pair]; j < l->of_end[pair]; j++) {
                if (l->first[j] <= l->last[j])
                    l->regular = look_at_job(l, j, straight) && l->regular;
                l->linear = l->linear && l->straight[j] && l->slope[j] > 0;
            }
        }
    }
    for (uint32_t i = 0; i < l->calls; i++) {
        l->served[i] = l->view->call_class_begin[i] < l->view->call_class_begin[i + 1];
        l->origin[i] = i;
        l->hopeless += !l->served[i];
    }
}

int32_t qwr__lanes_init(qwr__lanes *l, const qwr_host *host, const qwr_problem_view *view)
{
    memset(l, 0, sizeof *l);
    l->host = host;
    if (!applies(view))
        return QWR_PLUGIN_EUNSUPPORTED;
    l->view = view;
    l->calls = view->call_count;
    l->lanes = view->cell_count;
    l->jobs = view->row_count;
    l->ticks = (int32_t)view->tick_count;
    if (!make_arrays(l)) {
        qwr__lanes_free(l);
        return QWR_PLUGIN_ENOMEM;
    }
    fill_jobs(l);
    look_at_costs(l);
    return QWR_PLUGIN_OK;
}

/* Do two lanes offer the same jobs? */
static bool alike(const qwr__lanes *l, uint32_t a, uint32_t b)
{
    uint32_t count = l->begin[a + 1] - l->begin[a];
    if (l->begin[b + 1] - l->begin[b] != count)
        return false;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = l->begin[a] + k, j = l->begin[b] + k;
        if (l->call[i] != l->call[j] || l->first[i] != l->first[j] || l->last[i] != l->last[j] ||
            l->occupied[i] != l->occupied[j] || l->constant[i] != l->constant[j] ||
            l->start_cost[i] != l->start_cost[j] || l->end_cost[i] != l->end_cost[j])
            return false;
    }
    return true;
}

static void copy_job(qwr__lanes *to, uint32_t j, const qwr__lanes *from, uint32_t i, uint32_t lane)
{
    to->call[j] = from->call[i];
    to->row[j] = from->row[i];
    to->first[j] = from->first[i];
    to->last[j] = from->last[i];
    to->occupied[j] = from->occupied[i];
    to->start_cost[j] = from->start_cost[i];
    to->end_cost[j] = from->end_cost[i];
    to->constant[j] = from->constant[i];
    to->slope[j] = from->slope[i];
    to->intercept[j] = from->intercept[i];
    to->straight[j] = from->straight[i];
    to->lane[j] = lane;
}

/* Takes over what is not an array. */
static void like(qwr__lanes *to, const qwr__lanes *l)
{
    to->host = l->host;
    to->view = l->view;
    to->calls = l->calls;
    to->lanes = l->lanes;
    to->jobs = l->jobs;
    to->ticks = l->ticks;
    to->linear = l->linear;
    to->regular = l->regular;
    to->single = l->single;
    to->hopeless = l->hopeless;
}

static void pair_jobs(qwr__lanes *l)
{
    for (uint32_t j = 0; j < l->jobs; j++) {
        size_t pair = (size_t)l->call[j] * l->lanes + l->lane[j];
        if (l->of_end[pair] == 0)
            l->of[pair] = j;
        l->of_end[pair] = j + 1;
    }
}

int32_t qwr__lanes_fold(qwr__lanes *folded, const qwr__lanes *l)
{
    memset(folded, 0, sizeof *folded);
    like(folded, l);
    if (!make_arrays(folded)) {
        qwr__lanes_free(folded);
        return QWR_PLUGIN_ENOMEM;
    }
    uint32_t jobs = 0, lanes = 0;
    for (uint32_t x = 0; x < l->lanes; lanes++) {
        uint32_t end = x + 1;
        while (end < l->lanes && alike(l, x, end))
            end++;
        folded->many[lanes] = end - x;
        folded->first_lane[lanes] = x;
        folded->begin[lanes] = jobs;
        for (uint32_t i = l->begin[x]; i < l->begin[x + 1]; i++)
            copy_job(folded, jobs++, l, i, lanes);
        x = end;
    }
    folded->begin[lanes] = jobs;
    folded->lanes = lanes;
    folded->jobs = jobs;
    memcpy(folded->served, l->served, l->calls * sizeof *l->served);
    memcpy(folded->origin, l->origin, l->calls * sizeof *l->origin);
    pair_jobs(folded);
    return QWR_PLUGIN_OK;
}

int32_t qwr__lanes_part(qwr__lanes *part, const qwr__lanes *l, const bool *in, const bool *of)
{
    memset(part, 0, sizeof *part);
    uint32_t *number = qwr__lanes_alloc(l->host, (size_t)l->calls + 1, sizeof *number);
    like(part, l);
    if (!number || !make_arrays(part)) {
        if (number)
            l->host->release(l->host->payload, number);
        qwr__lanes_free(part);
        return QWR_PLUGIN_ENOMEM;
    }
    uint32_t jobs = 0, lanes = 0, calls = 0;
    for (uint32_t i = 0; i < l->calls; i++)
        if (of[i]) {
            part->served[calls] = l->served[i];
            part->origin[calls] = l->origin[i];
            number[i] = calls++;
        }
    for (uint32_t x = 0; x < l->lanes; x++) {
        if (!in[x])
            continue;
        part->many[lanes] = 1;
        part->first_lane[lanes] = lanes;
        part->begin[lanes] = jobs;
        for (uint32_t j = l->begin[x]; j < l->begin[x + 1]; j++)
            if (of[l->call[j]]) {
                copy_job(part, jobs, l, j, lanes);
                part->call[jobs++] = number[l->call[j]];
            }
        lanes++;
    }
    part->begin[lanes] = jobs;
    part->lanes = lanes;
    part->jobs = jobs;
    part->calls = calls;
    part->hopeless = 0;
    pair_jobs(part);
    l->host->release(l->host->payload, number);
    return QWR_PLUGIN_OK;
}
