/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pricing pass: every row through the kernel. Calls are dealt to threads in fixed blocks and
 * each thread writes its own calls only, so the result is the same for any number of threads.
 */
#include "cost/prices.h"

#include <string.h>

static const char WHERE[] = "cost.pass";

/* Below about 2 ms of work a parallel region costs more than it brings (algorithms of the
 * field: 1.4). */
enum { PARALLEL_CANDIDATES = 2000000 };

static qwr__kernel_row narrow_row(const qwr__prices *pr, uint32_t k, uint32_t r)
{
    const qwr_problem_view *v = &pr->cand->view;
    uint32_t i = v->class_call[k];
    size_t cell = (size_t)v->row_cell[r], top = cell + (size_t)pr->cand->class_width_bound[k];
    size_t t = (size_t)v->row_first[r];
    const uint32_t *high = pr->area + top * pr->stride + t, *low = pr->area + cell * pr->stride + t;
    const uint32_t *crane =
        pr->crane_sum +
        ((size_t)v->class_cranes[k] * v->group_count + v->class_group[k]) * pr->stride + t;
    return (qwr__kernel_row){.count = v->row_last[r] - v->row_first[r] + 1,
                             .start_cost = pr->start_cost + v->call_start_offset[i] +
                                           (v->row_first[r] - v->call_first_start[i]),
                             .end_cost =
                                 pr->end_cost + v->call_end_offset[i] +
                                 (v->row_first[r] + v->class_duration[k] - v->call_first_end[i]),
                             .high_to = high + v->class_occupied[k],
                             .high_from = high,
                             .low_to = low + v->class_occupied[k],
                             .low_from = low,
                             .crane_to = crane + v->class_work_to[k],
                             .crane_from = crane + v->class_work_from[k]};
}

static qwr__kernel_wide_row wide_row(const qwr__prices *pr, uint32_t k, uint32_t r)
{
    const qwr_problem_view *v = &pr->cand->view;
    qwr__kernel_row n = narrow_row(pr, k, r);
    size_t cell = (size_t)v->row_cell[r], top = cell + (size_t)pr->cand->class_width_bound[k];
    size_t t = (size_t)v->row_first[r];
    const int64_t *high = pr->area_wide + top * pr->stride + t,
                  *low = pr->area_wide + cell * pr->stride + t;
    const int64_t *crane =
        pr->crane_wide +
        ((size_t)v->class_cranes[k] * v->group_count + v->class_group[k]) * pr->stride + t;
    return (qwr__kernel_wide_row){.count = n.count,
                                  .start_cost = n.start_cost,
                                  .end_cost = n.end_cost,
                                  .high_to = high + v->class_occupied[k],
                                  .high_from = high,
                                  .low_to = low + v->class_occupied[k],
                                  .low_from = low,
                                  .crane_to = crane + v->class_work_to[k],
                                  .crane_from = crane + v->class_work_from[k]};
}

static int64_t row_min(const qwr__prices *pr, const qwr__kernel *kernel, uint32_t k, uint32_t r)
{
    int64_t constant = (int64_t)pr->cand->row_cost[r] * pr->unit;
    if (pr->narrow) {
        qwr__kernel_row row = narrow_row(pr, k, r);
        return kernel->min(&row) + constant;
    }
    qwr__kernel_wide_row row = wide_row(pr, k, r);
    return qwr__kernel_min_wide(&row) + constant;
}

static int32_t row_pick(const qwr__prices *pr, const qwr__kernel *kernel, uint32_t k, uint32_t r,
                        int64_t limit, int32_t *at)
{
    limit -= (int64_t)pr->cand->row_cost[r] * pr->unit;
    if (pr->narrow) {
        if (limit < INT32_MIN)
            return 0;
        qwr__kernel_row row = narrow_row(pr, k, r);
        return kernel->pick(&row, limit > INT32_MAX ? INT32_MAX : (int32_t)limit, at);
    }
    qwr__kernel_wide_row row = wide_row(pr, k, r);
    return qwr__kernel_pick_wide(&row, limit, at);
}

static qwr__pick call_min(const qwr__prices *pr, const qwr__kernel *kernel, uint32_t i)
{
    const qwr_problem_view *v = &pr->cand->view;
    qwr__pick best = {UINT32_MAX, 0, INT64_MAX};
    uint32_t best_class = 0;
    for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            int64_t least = row_min(pr, kernel, k, r);
            if (least < best.reduced) {
                best = (qwr__pick){r, 0, least};
                best_class = k;
            }
        }
    if (best.row == UINT32_MAX)
        return best;
    /* The winning row once more, for the earliest start that has the least value. */
    int64_t limit = best.reduced - (int64_t)pr->cand->row_cost[best.row] * pr->unit;
    int32_t count = v->row_last[best.row] - v->row_first[best.row] + 1, at[64], from = 0;
    for (; from < count; from += 64) {
        int32_t part = count - from < 64 ? count - from : 64, found;
        if (pr->narrow) {
            qwr__kernel_row row = narrow_row(pr, best_class, best.row);
            row = (qwr__kernel_row){part,
                                    row.start_cost + from,
                                    row.end_cost + from,
                                    row.high_to + from,
                                    row.high_from + from,
                                    row.low_to + from,
                                    row.low_from + from,
                                    row.crane_to + from,
                                    row.crane_from + from};
            found = kernel->pick(&row, (int32_t)limit, at);
        } else {
            qwr__kernel_wide_row row = wide_row(pr, best_class, best.row);
            row = (qwr__kernel_wide_row){part,
                                         row.start_cost + from,
                                         row.end_cost + from,
                                         row.high_to + from,
                                         row.high_from + from,
                                         row.low_to + from,
                                         row.low_from + from,
                                         row.crane_to + from,
                                         row.crane_from + from};
            found = qwr__kernel_pick_wide(&row, limit, at);
        }
        if (found) {
            best.start = v->row_first[best.row] + from + at[0];
            break;
        }
    }
    return best;
}

static int pass_threads(const qwr__prices *pr)
{
    int threads = qwr__threads(pr->ctx);
    return qwr__candidates_count(pr->cand) < PARALLEL_CANDIDATES ? 1 : threads;
}

/* Cancel and deadline are looked at once a call: a month's pass takes most of a second. */
static bool time_is_up(qwr__prices *pr)
{
    if (!qwr__cancelled(pr->ctx) && (pr->deadline_us < 0 || qwr__now_us() < pr->deadline_us))
        return false;
    atomic_store(&pr->cut, true);
    return true;
}

qwr_status qwr__pass_min(qwr__pick *best, qwr__prices *pr)
{
    const qwr__kernel *kernel = qwr__kernel_get(qwr__cpu_level(pr->ctx));
    int calls = (int)pr->cand->view.call_count;
    int threads = pass_threads(pr);
    (void)threads;
    atomic_store(&pr->cut, false);
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads) if (threads > 1)
#endif
    for (int i = 0; i < calls; i++)
        best[i] = time_is_up(pr) ? (qwr__pick){UINT32_MAX, 0, INT64_MAX}
                                 : call_min(pr, kernel, (uint32_t)i);
    return QWR_OK;
}

qwr_status qwr__pass_pick(qwr__pick **picks, size_t *count, size_t max, qwr__prices *pr,
                          const int64_t *limit)
{
    const qwr_problem_view *v = &pr->cand->view;
    const qwr__kernel *kernel = qwr__kernel_get(qwr__cpu_level(pr->ctx));
    qwr__pick *list = NULL;
    size_t capacity = 0, n = 0;
    qwr_status status = QWR_OK;
    int32_t *at = qwr__alloc(pr->ctx, (size_t)v->tick_count + 1, sizeof *at);
    *picks = NULL;
    *count = 0;
    if (!at)
        return qwr__no_memory(pr->ctx, WHERE);
    atomic_store(&pr->cut, false);
    for (uint32_t k = 0; k < v->class_count && n <= max && !time_is_up(pr); k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1] && n <= max; r++) {
            int32_t found = row_pick(pr, kernel, k, r, limit[v->class_call[k]], at);
            if (found == 0)
                continue;
            void *block = list;
            QWR_TRY_DONE(qwr__reserve(pr->ctx, &block, &capacity, n + (size_t)found, sizeof *list));
            list = block;
            for (int32_t j = 0; j < found; j++)
                list[n++] = (qwr__pick){r, v->row_first[r] + at[j], 0};
        }
    *count = atomic_load(&pr->cut) ? SIZE_MAX : n;
    if (n <= max && !atomic_load(&pr->cut)) {
        *picks = list;
        list = NULL;
    }
done:
    qwr__free(pr->ctx, list);
    qwr__free(pr->ctx, at);
    return status;
}
