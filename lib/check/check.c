/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of rules, and running them all over a plan. Pairs are found by a sweep in order of
 * start, so a plan of n calls costs O(n log n) as long as few vessels lie at one quay at once. Must
 * never know what a rule says, nor any optimiser.
 */
#include "check/check.h"

#include <string.h>

const qwr__rule *const qwr__rules[] = {
    &qwr__rule_placed,    &qwr__rule_place,       &qwr__rule_length,       &qwr__rule_break,
    &qwr__rule_overlap,   &qwr__rule_clearance,   &qwr__rule_berth_busy,   &qwr__rule_draught,
    &qwr__rule_channel,   &qwr__rule_closure,     &qwr__rule_berth_window, &qwr__rule_arrival,
    &qwr__rule_departure, &qwr__rule_handling,    &qwr__rule_crane_count,  &qwr__rule_crane_profile,
    &qwr__rule_cranes,    &qwr__rule_crane_reach, &qwr__rule_forbidden,    &qwr__rule_pin,
    &qwr__rule_cost,
};

enum { RULES = sizeof qwr__rules / sizeof qwr__rules[0] };

size_t qwr_rule_count(void)
{
    return RULES;
}

const char *qwr_rule_name(size_t i)
{
    return i < RULES ? qwr__rules[i]->name : NULL;
}

const char *qwr_rule_sentence(size_t i)
{
    return i < RULES ? qwr__rules[i]->sentence : NULL;
}

void qwr__check_own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    for (size_t r = 0; r < RULES; r++)
        if (qwr__rules[r]->own != NULL)
            qwr__rules[r]->own(board, call, out);
}

/** Whether two stays meet in time or lie closer than any turnaround. */
static bool near_in_time(const qwr__site *site, const qwr_stay *a, const qwr_stay *b)
{
    int64_t pause = site->longest_turnaround_s;
    return a->start_s < qwr__sat_add(b->end_s, pause) && b->start_s < qwr__sat_add(a->end_s, pause);
}

void qwr__check_pair(const qwr__board *board, uint32_t a, uint32_t b, qwr__findings *out)
{
    const qwr__alongside *x = &board->along[a], *y = &board->along[b];
    if (!near_in_time(board->site, &x->stay, &y->stay))
        return;
    for (size_t r = 0; r < RULES; r++)
        if (qwr__rules[r]->pair != NULL)
            qwr__rules[r]->pair(board, a < b ? a : b, a < b ? b : a, out);
}

void qwr__check_quay(qwr__board *board, uint32_t quay, uint32_t only, qwr__findings *out)
{
    size_t count = qwr__board_quay_work(board, quay);
    for (size_t r = 0; r < RULES; r++)
        if (qwr__rules[r]->quay != NULL)
            qwr__rules[r]->quay(board, quay, board->scratch, count, only, out);
}

/** Stays in order of start, those that can meet others. */
static size_t order_stays(qwr__board *board)
{
    size_t count = 0;
    for (uint32_t c = 0; c < board->site->calls; c++) {
        const qwr__alongside *a = &board->along[c];
        if (qwr__has_place(a) && a->has_time)
            board->scratch[count++] = (qwr__event){a->stay.start_s, c};
    }
    qwr__sort_events(board->scratch, count);
    return count;
}

static void sweep_pairs(qwr__board *board, qwr__findings *out)
{
    const qwr__site *site = board->site;
    size_t count = order_stays(board);
    for (uint32_t q = 0; q < site->quays; q++) {
        size_t alive = 0;
        for (size_t i = 0; i < count && out->count < out->limit; i++) {
            uint32_t call = (uint32_t)board->scratch[i].what;
            const qwr_stay *s = &board->along[call].stay;
            if (s->quay.v != q)
                continue;
            size_t kept = 0;
            for (size_t k = 0; k < alive; k++) {
                uint32_t other = board->active[k];
                int64_t free_s =
                    qwr__sat_add(board->along[other].stay.end_s, site->longest_turnaround_s);
                if (free_s <= s->start_s)
                    continue;
                qwr__check_pair(board, other, call, out);
                board->active[kept++] = other;
            }
            board->active[kept] = call;
            alive = kept + 1;
        }
    }
}

static void check_plan(qwr_violations *v, qwr__board *board, const qwr_plan *plan)
{
    qwr__findings *out = &v->findings;
    v->cost_mu = qwr__check_plan_cost(board, v->call_cost_mu);
    for (uint32_t c = 0; c < board->site->calls; c++)
        qwr__check_own(board, c, out);
    sweep_pairs(board, out);
    for (uint32_t q = 0; q < board->site->quays; q++)
        qwr__check_quay(board, q, QWR_NONE, out);
    for (size_t r = 0; r < RULES; r++)
        if (qwr__rules[r]->plan != NULL)
            qwr__rules[r]->plan(board, qwr_plan_get_quality(plan), v->cost_mu, out);
    qwr__findings_sort(out);
}

static qwr_violations *violations_new(qwr_context *ctx, const qwr__site *site)
{
    /* Vessels all heaped on one spot break a rule for every pair: enough is enough. */
    enum { PER_CALL = 64, AT_LEAST = 1024 };
    qwr_violations *v = qwr__alloc(ctx, 1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->ctx = ctx;
    v->calls = site->calls;
    v->findings.ctx = ctx;
    v->findings.site = site;
    v->findings.limit = (size_t)site->calls * PER_CALL + AT_LEAST;
    v->call_cost_mu = qwr__alloc(ctx, (size_t)site->calls + 1, sizeof *v->call_cost_mu);
    if (v->call_cost_mu == NULL) {
        qwr_violations_free(v);
        return NULL;
    }
    return v;
}

qwr_status qwr__check_arguments(qwr_context *ctx, const qwr_scenario *scenario,
                                const qwr_plan *plan)
{
    if (ctx == NULL || scenario == NULL || plan == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (qwr_plan_scenario(plan) != scenario)
        return qwr__fail(ctx, QWR_EINVAL, "check", NULL, 0,
                         "the plan belongs to another scenario than the one it is checked with");
    return QWR_OK;
}

qwr_status qwr_plan_check(qwr_violations **out, qwr_context *ctx, const qwr_scenario *scenario,
                          const qwr_plan *plan)
{
    qwr_status status;
    qwr__site site;
    qwr__board board = {.site = NULL};
    qwr_violations *v = NULL;
    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    QWR_TRY(qwr__check_arguments(ctx, scenario, plan));
    QWR_TRY_DONE(qwr__site_init(&site, ctx, scenario));
    QWR_TRY_DONE(qwr__check_board_init(&board, ctx, &site, plan));
    v = violations_new(ctx, &site);
    if (v == NULL) {
        status = qwr__no_memory(ctx, "check");
        goto done;
    }
    check_plan(v, &board, plan);
    QWR_TRY_DONE(v->findings.status);
    v->findings.site = NULL;
    *out = v;
    v = NULL;
done:
    qwr_violations_free(v);
    qwr__check_board_free(&board, ctx);
    qwr__site_free(&site, ctx);
    return status;
}
