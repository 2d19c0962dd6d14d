/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checker that remembers a plan, for dragging one vessel around: a try puts the stay on the
 * board, asks the rules about this one call, and puts the old stay back. Allocates when made only.
 * Must never answer differently from a check of the whole plan.
 */
#include "check/check.h"

enum { BUFFER_SIZE = 65536 };

struct qwr_checker {
    qwr_context *ctx;
    qwr__site site;
    qwr__board board;
    char *buffer;
};

void qwr_checker_free(qwr_checker *checker)
{
    if (checker == NULL)
        return;
    qwr_context *ctx = checker->ctx;
    qwr__free(ctx, checker->buffer);
    qwr__check_board_free(&checker->board, ctx);
    qwr__site_free(&checker->site, ctx);
    qwr__free(ctx, checker);
}

qwr_status qwr_checker_new(qwr_checker **out, qwr_context *ctx, const qwr_scenario *scenario,
                           const qwr_plan *plan)
{
    qwr_status status;
    qwr_checker *checker = NULL;
    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    QWR_TRY(qwr__check_arguments(ctx, scenario, plan));
    checker = qwr__alloc(ctx, 1, sizeof *checker);
    if (checker == NULL)
        return qwr__no_memory(ctx, "check");
    checker->ctx = ctx;
    QWR_TRY_DONE(qwr__site_init(&checker->site, ctx, scenario));
    QWR_TRY_DONE(qwr__check_board_init(&checker->board, ctx, &checker->site, plan));
    checker->buffer = qwr__alloc(ctx, 1, BUFFER_SIZE);
    if (checker->buffer == NULL) {
        status = qwr__no_memory(ctx, "check");
        goto done;
    }
    /* Reasons and steps are borrowed from the plan, which may change or go while the checker lives.
     */
    for (uint32_t c = 0; c < checker->site.calls; c++) {
        checker->board.along[c].stay.reason = NULL;
        checker->board.along[c].stay.steps = NULL;
    }
    *out = checker;
    checker = NULL;
done:
    qwr_checker_free(checker);
    return status;
}

static void look_at_pairs(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    if (!qwr__has_place(a) || !a->has_time)
        return;
    for (uint32_t other = 0; other < board->site->calls; other++) {
        const qwr__alongside *b = &board->along[other];
        if (other != call && b->stay.quay.v == a->stay.quay.v && qwr__has_place(b) && b->has_time)
            qwr__check_pair(board, call, other, out);
    }
}

static qwr_status check_arguments(const qwr_checker *checker, qwr_call_ix call,
                                  const qwr_stay *stay)
{
    if (checker == NULL || stay == NULL || stay->size == 0)
        return QWR_EINVAL;
    qwr__causes_clear(checker->ctx);
    if (call.v >= checker->site.calls)
        return qwr__fail(checker->ctx, QWR_EINVAL, "check", NULL, 0,
                         "the scenario has %u calls; there is no call number %u",
                         (unsigned)checker->site.calls, (unsigned)call.v);
    return QWR_OK;
}

qwr_status qwr_checker_try(qwr_checker *checker, qwr_call_ix call, const qwr_stay *stay,
                           qwr_violation *found, size_t capacity, size_t *count, int64_t *cost_mu)
{
    QWR_TRY(check_arguments(checker, call, stay));
    if (count == NULL || (found == NULL && capacity > 0))
        return QWR_EINVAL;
    qwr__board *board = &checker->board;
    qwr__findings out = {.site = &checker->site,
                         .limit = SIZE_MAX,
                         .fixed = found,
                         .fixed_capacity = capacity,
                         .buffer = checker->buffer,
                         .buffer_size = BUFFER_SIZE};
    qwr__alongside old = board->along[call.v], tried;
    qwr__alongside_set(&tried, &checker->site, call.v, stay);
    qwr__check_board_put(board, call.v, &tried);
    qwr__check_own(board, call.v, &out);
    look_at_pairs(board, call.v, &out);
    if (qwr__has_place(&tried))
        qwr__check_quay(board, tried.stay.quay.v, call.v, &out);
    if (cost_mu != NULL)
        *cost_mu = qwr__check_stay_cost(&checker->site, call.v, &tried);
    qwr__check_board_put(board, call.v, &old);
    *count = out.count;
    return QWR_OK;
}

qwr_status qwr_checker_move(qwr_checker *checker, qwr_call_ix call, const qwr_stay *stay)
{
    qwr__alongside moved;
    QWR_TRY(check_arguments(checker, call, stay));
    qwr__alongside_set(&moved, &checker->site, call.v, stay);
    moved.stay.reason = NULL;
    moved.stay.steps = NULL;
    qwr__check_board_put(&checker->board, call.v, &moved);
    return QWR_OK;
}
