/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof step asks for solutions up to a target between bound and incumbent: the filter keeps
 * the candidates such a solution could use, a backend settles what is left, if that is small. A
 * solution is optimal; none lifts the bound past the target, and the next target is further up.
 */
#include "berth/formulate.h"
#include "registry/registry.h"

#include <stdio.h>
#include <string.h>

static const char WHERE[] = "berth.prove";

/** What a backend gets at most: beyond it, the search makes better use of the time. */
enum { MOST_PICKS = 12000, MOST_ROWS = 4000, MOST_ENTRIES = 400000 };

/** Costs beyond this are not told apart reliably by a backend's floating point. */
#define MOST_COST (INT64_C(1) << 36)

/* Every candidate that ends before the incumbent does: what a shorter makespan could use. */
static qwr_status pick_shorter(qwr__pick **picks, size_t *count, size_t max, qwr__berth *b,
                               int32_t latest)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    qwr__pick *list = NULL;
    size_t capacity = 0, n = 0;
    *picks = NULL;
    for (uint32_t k = 0; k < v->class_count && n <= max; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1] && n <= max; r++) {
            int32_t last = latest - 1 - v->class_duration[k];
            last = v->row_last[r] < last ? v->row_last[r] : last;
            for (int32_t t = v->row_first[r]; t <= last && n <= max; t++) {
                void *block = list;
                qwr_status status = qwr__reserve(b->ctx, &block, &capacity, n + 1, sizeof *list);
                if (status != QWR_OK) {
                    qwr__free(b->ctx, list);
                    return status;
                }
                list = block;
                list[n++] = (qwr__pick){r, t, 0};
            }
        }
    *count = n;
    if (n > max)
        qwr__free(b->ctx, list);
    else
        *picks = list;
    return QWR_OK;
}

static int32_t latest_end(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int32_t latest = 0;
    for (uint32_t i = 0; i < v->call_count; i++) {
        if (b->row[i] == UINT32_MAX)
            continue;
        int32_t end = b->start[i] + v->class_duration[qwr__row_class(v, b->row[i])];
        latest = end > latest ? end : latest;
    }
    return latest;
}

static qwr_status filter(qwr__pick **picks, size_t *count, qwr__berth *b, int64_t target)
{
    if (b->problem->cand.view.makespan)
        return pick_shorter(picks, count, MOST_PICKS, b, latest_end(b));
    if (qwr__interval_applies(b))
        return qwr__interval_pick(picks, count, MOST_PICKS, b, target);
    return qwr__price_pick(picks, count, MOST_PICKS, b, target);
}

/* No solution costs `cost` or less: for a makespan, none is as short as the incumbent's is less a
 * tick. */
static void raise_bound(qwr__berth *b, int64_t cost, const char *proof)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (!b->problem->cand.exact)
        return;
    int64_t bound = cost + 1;
    if (v->makespan) { /* the latest end is settled; the tie-break is not */
        int64_t left_out = b->hopeless * v->unplaced_cost, weight = qwr__makespan_weight(v);
        bound = (b->value - left_out) / weight * weight + left_out;
    }
    (void)qwr__berth_offer_bound(b, bound, proof);
}

static qwr_status offer_point(qwr__berth *b, const qwr__pick *picks, size_t count,
                              const double *point)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    uint32_t *row = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *row);
    int32_t *start = qwr__alloc(b->ctx, (size_t)v->call_count + 1, sizeof *start);
    if (!row || !start) {
        qwr__free(b->ctx, row);
        qwr__free(b->ctx, start);
        return qwr__no_memory(b->ctx, WHERE);
    }
    for (uint32_t i = 0; i < v->call_count; i++)
        row[i] = UINT32_MAX;
    for (size_t k = 0; k < count; k++)
        if (point[k] > 0.5) {
            uint32_t i = v->class_call[qwr__row_class(v, picks[k].row)];
            row[i] = picks[k].row;
            start[i] = picks[k].start;
        }
    int32_t answer = qwr__berth_offer(b, row, start);
    qwr__free(b->ctx, row);
    qwr__free(b->ctx, start);
    return answer < 0 ? qwr__fail(b->ctx, QWR_ESOLVER, WHERE, NULL, 0,
                                  "the backend's answer is not a legal plan")
                      : QWR_OK;
}

/* Names the backend that will be taken, for the proof text. */
static const char *backend_id(qwr_context *ctx, const char *solver)
{
    static const char *const order[] = {"glpk", "cbc", "enum"};
    if (solver)
        return strcmp(solver, "none") ? solver : NULL;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        if (qwr__registry_look(ctx, QWR_PLUGIN_SOLVER, order[k]))
            return order[k];
    return NULL;
}

/* Work units of one search node: its linear programme touches every entry some times over. */
static int64_t node_work(const qwr__milp *m)
{
    return 1 + (int64_t)m->view.entry_count / 16;
}

static void set_limits(qwr_milp_limits *limits, const qwr__berth *b, const qwr__milp *m,
                       int64_t target)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    *limits = (qwr_milp_limits){
        .size = sizeof *limits, .deadline_us = -1, .node_limit = -1, .cutoff = QWR_MILP_INFINITY};
    if (b->budget.work >= 0)
        limits->node_limit = b->budget.work / node_work(m) + 1;
    if (b->budget.deadline_us >= 0) {
        limits->deadline_us = b->budget.deadline_us - qwr__now_us();
        if (limits->deadline_us < 1000)
            limits->deadline_us = 1000;
    }
    if (!v->makespan)
        limits->cutoff = (double)(target - b->hopeless * v->unplaced_cost) + 0.5;
}

static qwr_status solve(qwr__proof_report *report, qwr__berth *b, const qwr__milp *m,
                        const qwr__pick *picks, size_t count, const char *solver, int64_t target)
{
    qwr_milp_limits limits;
    set_limits(&limits, b, m, target);
    double *point = qwr__alloc(b->ctx, (size_t)m->view.column_count + 1, sizeof *point);
    if (!point)
        return qwr__no_memory(b->ctx, WHERE);
    qwr_milp_answer answer = {.size = sizeof answer, .point = point};
    qwr_status status = qwr_milp_solve(&answer, b->ctx, solver, &m->view, &limits);
    if (status == QWR_OK) {
        report->nodes += answer.nodes;
        qwr__berth_worked(b, (answer.nodes + 1) * node_work(m));
        bool found = answer.state == QWR_MILP_OPTIMAL || answer.state == QWR_MILP_FEASIBLE;
        if (found)
            status = offer_point(b, picks, count, point);
        /* The cutoff lies half a unit past the target: rounding cannot carry a bound across it. */
        bool none =
            answer.state == QWR_MILP_INFEASIBLE || (!found && answer.bound >= limits.cutoff);
        (void)snprintf(b->solver_proof, sizeof b->solver_proof, "milp:%s", solver);
        if (status == QWR_OK && none)
            raise_bound(b, target, b->solver_proof);
        else if (status == QWR_OK && answer.state == QWR_MILP_OPTIMAL &&
                 !b->problem->cand.view.makespan)
            raise_bound(b, b->value - 1, b->solver_proof);
        else if (!found || !b->problem->cand.view.makespan)
            report->stop = qwr__cancelled(b->ctx)       ? QWR_STOP_CANCEL
                           : b->budget.deadline_us >= 0 ? QWR_STOP_DEADLINE
                                                        : QWR_STOP_WORK;
    }
    qwr__free(b->ctx, point);
    return status;
}

static qwr_status attempt(qwr__proof_report *report, qwr__berth *b, const char *solver,
                          const char *file, int64_t target)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    qwr__pick *picks = NULL;
    size_t count = 0;
    qwr__milp m = {.ctx = NULL};
    QWR_TRY(filter(&picks, &count, b, target));
    qwr_status status = QWR_OK;
    report->candidates = picks ? (int64_t)count : count ? -1 : 0;
    if (count == 0) {
        raise_bound(b, target, b->proof);
        goto done;
    }
    bool too_big = !picks || b->value > MOST_COST;
    if (!too_big) {
        status = qwr__formulate(&m, b, picks, count, MOST_ROWS, MOST_ENTRIES);
        too_big = status == QWR_ETOOBIG;
        status = too_big ? QWR_OK : status;
    }
    const char *id = backend_id(b->ctx, solver);
    if (!id && !solver && !b->lone)
        qwr__log(b->ctx, QWR_LOG_WARNING,
                 "stage=milp reason=\"no MILP backend is loaded: the plan comes from search, the "
                 "bound from prices\"");
    b->lone = !id;
    if (too_big || !id || status != QWR_OK) {
        report->stop = QWR_STOP_LIMIT;
        goto done;
    }
    if (v->makespan)
        for (uint32_t i = 0; i < v->call_count; i++) /* only "all of them fit" is asked */
            if (v->call_class_begin[i] < v->call_class_begin[i + 1])
                m.upper[count + i] = 0;
    report->rows = m.view.row_count;
    if (file)
        QWR_TRY_DONE(qwr_milp_write(b->ctx, &m.view, file));
    status = solve(report, b, &m, picks, count, id, target);
done:
    qwr__milp_free(&m);
    qwr__free(b->ctx, picks);
    return status;
}

/* First a target close to the bound, where little is left to settle; then twice as far, and so on.
 */
static int64_t next_target(const qwr__berth *b, int64_t *reach)
{
    int64_t gap = b->value - b->bound;
    if (b->bound == INT64_MIN || b->problem->cand.view.makespan)
        return b->value - 1;
    if (*reach < 0)
        *reach = gap / 64;
    else
        *reach += *reach > 0 ? *reach : 1;
    return *reach < gap ? b->bound + *reach : b->value - 1;
}

qwr_status qwr__berth_prove(qwr__proof_report *report, qwr__berth *b, const char *solver,
                            const char *file, qwr__budget budget)
{
    int64_t reach = -1;
    *report = (qwr__proof_report){.candidates = -1, .stop = QWR_STOP_DONE};
    b->budget = budget;
    while (report->stop == QWR_STOP_DONE && b->value != INT64_MAX && !qwr__berth_closed(b)) {
        int64_t value = b->value, bound = b->bound;
        if (qwr__berth_over(b)) {
            report->stop = QWR_STOP_DEADLINE;
            break;
        }
        QWR_TRY(attempt(report, b, solver, file, next_target(b, &reach)));
        if (b->value == value && b->bound == bound)
            break; /* clearances that differ: the model is a little tighter than the truth */
    }
    report->closed = qwr__berth_closed(b);
    return QWR_OK;
}
