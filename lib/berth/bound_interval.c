/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bound for discrete berths: the rows "each call once" are relaxed with integer multipliers; what
 * is left is one shortest path over time per berth. Any multipliers give a valid bound, and
 * integers make it exact. Sources: the interval formulation of parallel machine scheduling;
 * deflected subgradient after Camerini, Fratta, Maffioli 1975.
 */
#include "berth/berth.h"

#include <string.h>

static const char WHERE[] = "berth.bound_interval";

enum { SCALE = 64, PATIENCE = 40, MOST_ROUNDS = 4000 };

/** One row at one berth, with everything the path needs next to each other. */
typedef struct job {
    uint32_t call, row;
    int32_t first, last, occupied;
    const int32_t *start_cost, *end_cost; /**< moved: index by start tick */
    int64_t constant;                     /**< row cost, scaled */
} job;

typedef struct paths {
    qwr__berth *b;
    const qwr_problem_view *v;
    job *jobs;         /**< grouped by berth */
    uint32_t *begin;   /**< [cells + 1] */
    int64_t *forward;  /**< [ticks + 1] cheapest path to a tick */
    int64_t *backward; /**< [ticks + 1] cheapest path from a tick */
    uint32_t *chosen;  /**< [ticks + 1] job ending here, UINT32_MAX: idle */
    int64_t *pi;       /**< [calls] multipliers, scaled */
    int32_t *visits;   /**< [calls] */
    double *direction; /**< [calls] */
} paths;

bool qwr__interval_applies(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (v->makespan || v->call_count == 0)
        return false;
    for (uint32_t g = 0; g < v->group_count; g++)
        if (qwr_scenario_quay(b->scenario, (qwr_quay_ix){g})->layout != QWR_LAYOUT_DISCRETE)
            return false;
    for (uint32_t k = 0; k < v->class_count; k++)
        if (v->class_cranes[k] > 0)
            return false;
    return true;
}

static void paths_free(paths *p)
{
    void *blocks[] = {p->jobs,   p->begin, p->forward, p->backward,
                      p->chosen, p->pi,    p->visits,  p->direction};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        qwr__free(p->b->ctx, blocks[k]);
}

static qwr_status paths_init(paths *p, qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    memset(p, 0, sizeof *p);
    p->b = b;
    p->v = v;
    p->jobs = qwr__alloc(b->ctx, (size_t)v->row_count + 1, sizeof *p->jobs);
    p->begin = qwr__alloc(b->ctx, (size_t)v->cell_count + 2, sizeof *p->begin);
    p->forward = qwr__alloc(b->ctx, (size_t)v->tick_count + 2, sizeof *p->forward);
    p->backward = qwr__alloc(b->ctx, (size_t)v->tick_count + 2, sizeof *p->backward);
    p->chosen = qwr__alloc(b->ctx, (size_t)v->tick_count + 2, sizeof *p->chosen);
    p->pi = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *p->pi);
    p->visits = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *p->visits);
    p->direction = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *p->direction);
    if (!p->jobs || !p->begin || !p->forward || !p->backward || !p->chosen || !p->pi ||
        !p->visits || !p->direction) {
        paths_free(p);
        return qwr__no_memory(b->ctx, WHERE);
    }
    for (uint32_t r = 0; r < v->row_count; r++)
        p->begin[v->row_cell[r] + 2]++;
    for (uint32_t x = 0; x < v->cell_count; x++)
        p->begin[x + 2] += p->begin[x + 1];
    for (uint32_t k = 0; k < v->class_count; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            uint32_t i = v->class_call[k];
            p->jobs[p->begin[v->row_cell[r] + 1]++] = (job){
                i,
                r,
                v->row_first[r],
                v->row_last[r],
                v->class_occupied[k],
                v->start_cost + v->call_start_offset[i] - v->call_first_start[i],
                v->end_cost + v->call_end_offset[i] - v->call_first_end[i] + v->class_duration[k],
                (int64_t)v->row_cost[r] * SCALE};
        }
    return QWR_OK;
}

static inline int64_t arc(const job *j, int32_t start, const int64_t *pi)
{
    return j->constant + ((int64_t)j->start_cost[start] + j->end_cost[start]) * SCALE - pi[j->call];
}

/* Cheapest path of one berth over all ticks. */
static int64_t path_forward(paths *p, uint32_t cell)
{
    int32_t ticks = (int32_t)p->v->tick_count;
    p->forward[0] = 0;
    for (int32_t t = 1; t <= ticks; t++) {
        int64_t best = p->forward[t - 1];
        uint32_t chosen = UINT32_MAX;
        for (uint32_t k = p->begin[cell]; k < p->begin[cell + 1]; k++) {
            const job *j = &p->jobs[k];
            int32_t start = t - j->occupied;
            if (start < j->first || start > j->last)
                continue;
            int64_t cost = p->forward[start] + arc(j, start, p->pi);
            if (cost < best) {
                best = cost;
                chosen = k;
            }
        }
        p->forward[t] = best;
        p->chosen[t] = chosen;
    }
    return p->forward[ticks];
}

static void path_backward(paths *p, uint32_t cell)
{
    int32_t ticks = (int32_t)p->v->tick_count;
    p->backward[ticks] = 0;
    for (int32_t t = ticks - 1; t >= 0; t--) {
        int64_t best = p->backward[t + 1];
        for (uint32_t k = p->begin[cell]; k < p->begin[cell + 1]; k++) {
            const job *j = &p->jobs[k];
            if (t < j->first || t > j->last || t + j->occupied > ticks)
                continue;
            int64_t cost = p->backward[t + j->occupied] + arc(j, t, p->pi);
            best = cost < best ? cost : best;
        }
        p->backward[t] = best;
    }
}

/* The dual function at p->pi, in 1/SCALE units; fills visits. INT64_MIN: out of time. */
static int64_t evaluate(paths *p)
{
    const qwr_problem_view *v = p->v;
    int64_t sum = 0;
    memset(p->visits, 0, v->call_count * sizeof *p->visits);
    for (uint32_t i = 0; i < v->call_count; i++)
        sum += p->pi[i];
    for (uint32_t x = 0; x < v->cell_count; x++) {
        if (x > 0 && qwr__berth_over(p->b))
            return INT64_MIN;
        sum += path_forward(p, x);
        for (int32_t t = (int32_t)v->tick_count; t > 0;) {
            uint32_t k = p->chosen[t];
            if (k == UINT32_MAX) {
                t--;
            } else {
                p->visits[p->jobs[k].call]++;
                t -= p->jobs[k].occupied;
            }
        }
    }
    return sum;
}

static int64_t ceil_div(int64_t a, int64_t b)
{
    return a / b + (a % b != 0 && a > 0);
}

/* One subgradient step towards `target`; returns false when there is nothing to move along. */
static bool move(paths *p, double gap, double step)
{
    const qwr_problem_view *v = p->v;
    double norm = 0;
    for (uint32_t i = 0; i < v->call_count; i++) {
        double g = 1 - p->visits[i];
        if (v->call_class_begin[i] == v->call_class_begin[i + 1])
            g = 0;
        p->direction[i] = 0.7 * p->direction[i] + 0.3 * g;
        norm += p->direction[i] * p->direction[i];
    }
    if (norm < 1e-9)
        return false;
    int64_t most =
        v->unplaced_cost < INT64_MAX / SCALE / 2 ? v->unplaced_cost * SCALE : INT64_MAX / 2;
    for (uint32_t i = 0; i < v->call_count; i++) {
        double d = step * gap / norm * p->direction[i];
        int64_t pi = p->pi[i] + (int64_t)(d + (d < 0 ? -0.5 : 0.5));
        p->pi[i] = pi > most ? most : pi < -most ? -most : pi;
    }
    return true;
}

/* First multipliers: what the call costs in the incumbent, or its cheapest candidate. */
static void begin_at(paths *p)
{
    const qwr_problem_view *v = p->v;
    for (uint32_t i = 0; i < v->call_count; i++) {
        if (v->call_class_begin[i] == v->call_class_begin[i + 1])
            p->pi[i] = v->unplaced_cost * SCALE; /* left out by everybody */
        else if (p->b->multiplier[i] != 0)
            p->pi[i] = p->b->multiplier[i];
        else if (p->b->row[i] != UINT32_MAX)
            p->pi[i] = qwr__candidate_cost(v, p->b->row[i], p->b->start[i]) * SCALE;
    }
}

qwr_status qwr__interval_bound(qwr__berth *b)
{
    paths p;
    QWR_TRY(paths_init(&p, b));
    const qwr_problem_view *v = p.v;
    int64_t best = INT64_MIN;
    double step = 1.0;
    int idle = 0;
    begin_at(&p);
    for (int round = 0; round < MOST_ROUNDS && !qwr__berth_over(b) && !qwr__berth_closed(b);
         round++) {
        int64_t value = evaluate(&p);
        if (value == INT64_MIN)
            break;
        qwr__berth_worked(b, (int64_t)v->call_count);
        if (value > best) {
            idle = best != INT64_MIN && value - best <= SCALE / 8 ? idle + 1 : 0;
            best = value;
            memcpy(b->multiplier, p.pi, v->call_count * sizeof *p.pi);
            (void)qwr__berth_offer_bound(b, ceil_div(value, SCALE), "interval-dp");
        } else {
            idle++;
        }
        if (idle >= PATIENCE) {
            idle = 0;
            step *= 0.6;
            memcpy(p.pi, b->multiplier, v->call_count * sizeof *p.pi);
            memset(p.direction, 0, v->call_count * sizeof *p.direction);
            value = evaluate(&p);
            if (value == INT64_MIN)
                break;
        }
        double target = b->value == INT64_MAX ? (double)best * 1.05 : (double)b->value * SCALE;
        double gap = target - (double)value;
        if (step < 0.004 || !move(&p, gap > SCALE ? gap : SCALE, step))
            break;
    }
    paths_free(&p);
    return QWR_OK;
}

qwr_status qwr__interval_pick(qwr__pick **picks, size_t *count, size_t max, qwr__berth *b,
                              int64_t target)
{
    paths p;
    qwr__pick *list = NULL;
    size_t capacity = 0, n = 0;
    qwr_status status = QWR_OK;
    *picks = NULL;
    *count = 0;
    QWR_TRY(paths_init(&p, b));
    memcpy(p.pi, b->multiplier, p.v->call_count * sizeof *p.pi);
    int64_t bound = evaluate(&p), room = bound == INT64_MIN ? 0 : target * SCALE - bound;
    if (bound == INT64_MIN)
        n = max + 1;
    for (uint32_t x = 0; x < p.v->cell_count && n <= max; x++) {
        if (qwr__berth_over(b)) {
            n = max + 1;
            break;
        }
        int64_t whole = path_forward(&p, x);
        path_backward(&p, x);
        for (uint32_t k = p.begin[x]; k < p.begin[x + 1] && n <= max; k++) {
            const job *j = &p.jobs[k];
            for (int32_t t = j->first; t <= j->last; t++) {
                if (t + j->occupied > (int32_t)p.v->tick_count)
                    break;
                int64_t reduced =
                    p.forward[t] + arc(j, t, p.pi) + p.backward[t + j->occupied] - whole;
                if (reduced > room)
                    continue;
                void *block = list;
                QWR_TRY_DONE(qwr__reserve(b->ctx, &block, &capacity, n + 1, sizeof *list));
                list = block;
                list[n++] = (qwr__pick){j->row, t, reduced};
            }
        }
    }
    *count = n;
    if (n <= max) {
        *picks = list;
        list = NULL;
    }
done:
    qwr__free(b->ctx, list);
    paths_free(&p);
    return status;
}
