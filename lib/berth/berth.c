/* SPDX-License-Identifier: Apache-2.0 */
/* The berth stage's object: best solution, best bound, and the host table optimisers see. */
#include "berth/berth.h"
#include "berth/construct.h"
#include "berth/search.h"
#include "discrete/discrete.h"
#include "discrete/sequence.h"
#include "registry/registry.h"

#include <string.h>

static const char WHERE[] = "berth";

int32_t qwr__berth_offer(qwr__berth *b, const uint32_t *row, const int32_t *start)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    qwr_solution_view s = {
        .size = sizeof s, .call_count = v->call_count, .row = row, .start = start};
    uint32_t wanted = 0;
    for (uint32_t i = 0; i < v->call_count; i++)
        wanted += row[i] != UINT32_MAX;
    qwr__board_load(&b->trial, &s);
    if (v->call_count - b->trial.unplaced != wanted)
        return -1;
    int64_t value = qwr__board_value(&b->trial);
    if (value >= b->value)
        return 1;
    qwr__board_store(&b->trial, b->row, b->start);
    b->value = value;
    b->unplaced = b->trial.unplaced - b->hopeless;
    qwr__varied_free(b->varied);
    b->varied = NULL;
    if (b->news)
        b->news(b->news_payload);
    return 0;
}

int32_t qwr__berth_offer_bound(qwr__berth *b, int64_t bound, const char *proof)
{
    if (bound <= b->bound)
        return 1;
    b->bound = bound;
    b->proof = proof;
    if (b->news)
        b->news(b->news_payload);
    return 0;
}

qwr__budget qwr__berth_share(const qwr__berth *b, int64_t deadline_us, int64_t work_end,
                             int percent)
{
    qwr__budget budget = {-1, -1};
    int64_t now = qwr__now_us(), left = deadline_us > now ? deadline_us - now : 0;
    if (deadline_us >= 0)
        budget.deadline_us = now + left / 100 * percent;
    if (work_end >= 0)
        budget.work = work_end > b->work ? (work_end - b->work) * percent / 100 : 0;
    return budget;
}

bool qwr__berth_over(const qwr__berth *b)
{
    return qwr__cancelled(b->ctx) || b->budget.work == 0 ||
           (b->budget.deadline_us >= 0 && qwr__now_us() >= b->budget.deadline_us);
}

void qwr__berth_worked(qwr__berth *b, int64_t units)
{
    b->work += units;
    if (b->budget.work >= 0)
        b->budget.work = b->budget.work > units ? b->budget.work - units : 0;
}

bool qwr__berth_closed(const qwr__berth *b)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (b->value == INT64_MAX || b->bound == INT64_MIN)
        return false;
    if (!v->makespan)
        return b->bound >= b->value;
    int64_t left_out = b->hopeless * v->unplaced_cost, weight = qwr__makespan_weight(v);
    return b->unplaced == 0 && (b->bound - left_out) / weight >= (b->value - left_out) / weight;
}

/* --- the host table of built-in optimisers, and the hooks of the others --- */

static void *host_alloc(void *payload, size_t bytes)
{
    return qwr__alloc_aligned(((qwr__berth *)payload)->ctx, bytes, 1);
}

static void host_release(void *payload, void *block)
{
    qwr__free_aligned(((qwr__berth *)payload)->ctx, block);
}

static void host_log(void *payload, int32_t level, const char *message)
{
    qwr__log(((qwr__berth *)payload)->ctx, (qwr_log_level)level, "%s", message);
}

static void host_error(void *payload, const char *message)
{
    (void)qwr__cause(((qwr__berth *)payload)->ctx, QWR_EPLUGIN, WHERE, "%s", message);
}

static int32_t host_cancelled(void *payload)
{
    return qwr__cancelled(((qwr__berth *)payload)->ctx);
}

static int64_t host_remaining_us(void *payload)
{
    const qwr__berth *b = payload;
    return b->budget.deadline_us < 0 ? INT64_MAX : b->budget.deadline_us - qwr__now_us();
}

static int64_t host_option_int(void *payload, const char *name)
{
    return qwr__option_int(((qwr__berth *)payload)->ctx, name);
}

static const char *host_option_text(void *payload, const char *name)
{
    return qwr__option_text(((qwr__berth *)payload)->ctx, name);
}

static uint64_t host_random(void *payload, uint64_t stream, uint64_t index)
{
    return qwr__random(((qwr__berth *)payload)->seed, stream, index);
}

static int32_t host_threads(void *payload)
{
    return qwr__threads(((qwr__berth *)payload)->ctx);
}

static int64_t work_left(void *payload)
{
    const qwr__berth *b = payload;
    return b->budget.work < 0 ? INT64_MAX : b->budget.work;
}

static void work_done(void *payload, int64_t units)
{
    if (units > 0)
        qwr__berth_worked(payload, units);
}

static int32_t evaluate(void *payload, const uint32_t *row, const int32_t *start, size_t count,
                        int64_t *cost)
{
    const qwr__berth *b = payload;
    for (size_t k = 0; k < count; k++)
        cost[k] = qwr__candidate_cost(&b->problem->cand.view, row[k], start[k]);
    return 0;
}

static int32_t incumbent(void *payload, qwr_solution_view *solution)
{
    const qwr__berth *b = payload;
    *solution = (qwr_solution_view){.size = sizeof *solution,
                                    .call_count = b->problem->cand.view.call_count,
                                    .row = b->value == INT64_MAX ? NULL : b->row,
                                    .start = b->value == INT64_MAX ? NULL : b->start,
                                    .cost = b->value};
    return b->value == INT64_MAX;
}

static int32_t submit(void *payload, const qwr_solution_view *solution)
{
    qwr__berth *b = payload;
    if (!solution || !solution->row || !solution->start ||
        solution->call_count != b->problem->cand.view.call_count) {
        b->illegal++;
        return -1;
    }
    int32_t answer = qwr__berth_offer(b, solution->row, solution->start);
    b->illegal += answer < 0;
    return answer;
}

static void drop_certificate(qwr__berth *b)
{
    qwr_bound_certificate *c = &b->certificate;
    qwr__free(b->ctx, (void *)(uintptr_t)c->step);
    qwr__free(b->ctx, (void *)(uintptr_t)c->call_price);
    memset(c, 0, sizeof *c);
}

int32_t qwr__berth_take_proof(qwr__berth *b, const qwr_bound_certificate *certificate)
{
    const qwr_bound_certificate *c = certificate;
    size_t prices = (size_t)c->price_count * b->problem->cand.view.call_count;
    bool search = c->step_count == 0 || c->step_count > 3;
    if (c->target + 1 <= b->bound)
        return 1;
    drop_certificate(b);
    /* Without memory for the copy the bound stands alone. */
    qwr_proof_step *step = qwr__alloc(b->ctx, (size_t)c->step_count + 1, sizeof *step);
    int64_t *price = qwr__alloc(b->ctx, prices + 1, sizeof *price);
    if (step && price) {
        memcpy(step, c->step, c->step_count * sizeof *step);
        memcpy(price, c->call_price, prices * sizeof *price);
        b->certificate = *c;
        b->certificate.step = step;
        b->certificate.call_price = price;
    } else {
        qwr__free(b->ctx, step);
        qwr__free(b->ctx, price);
    }
    return qwr__berth_offer_bound(b, c->target + 1, search ? "branch-and-price" : "interval-dp");
}

static int32_t submit_bound(void *payload, const qwr_bound_certificate *certificate)
{
    qwr__berth *b = payload;
    int64_t bound;
    if (certificate && certificate->size >= sizeof *certificate && certificate->call_price &&
        certificate->step)
        return qwr__berth_take_proof(b, certificate);
    if (qwr__price_evaluate(&bound, b, certificate) != QWR_OK || bound == INT64_MIN) {
        b->illegal++;
        return -1;
    }
    return qwr__berth_offer_bound(b, bound, "lagrangian");
}

int32_t qwr__berth_submit_bound(void *payload, const qwr_bound_certificate *certificate)
{
    qwr__berth *b = payload;
    bool by_calls = certificate && certificate->size >= sizeof *certificate &&
                    certificate->call_price && certificate->step;
    bool holds = true;
    /* A proof by calls is about plans that place every call that can be: there must be one. */
    if (by_calls && (b->value == INT64_MAX || b->unplaced ||
                     qwr__berth_replay(&holds, b, certificate) != QWR_OK || !holds)) {
        b->illegal++;
        return -1;
    }
    return submit_bound(payload, certificate);
}

static int64_t best_bound(void *payload)
{
    const qwr__berth *b = payload;
    return qwr__berth_closed(b) ? b->value : b->bound;
}

static void fill_host(qwr__berth *b)
{
    b->host = (qwr_host){.size = sizeof b->host,
                         .abi_minor = QWR_PLUGIN_ABI_MINOR,
                         .payload = b,
                         .alloc = host_alloc,
                         .release = host_release,
                         .log = host_log,
                         .error = host_error,
                         .cancelled = host_cancelled,
                         .remaining_us = host_remaining_us,
                         .option_int = host_option_int,
                         .option_text = host_option_text,
                         .random = host_random,
                         .work_left = work_left,
                         .work_done = work_done,
                         .evaluate = evaluate,
                         .incumbent = incumbent,
                         .submit = submit,
                         .submit_bound = submit_bound,
                         .best_bound = best_bound,
                         .threads = host_threads};
}

/* --- life --- */

qwr_status qwr__berth_new(qwr__berth **out, qwr_context *ctx, const qwr_scenario *scenario,
                          uint64_t seed, bool thin, int64_t deadline_us)
{
    *out = NULL;
    qwr_status status = QWR_OK;
    qwr__berth *b = qwr__alloc(ctx, 1, sizeof *b);
    if (!b)
        return qwr__no_memory(ctx, WHERE);
    b->ctx = ctx;
    b->scenario = scenario;
    b->seed = seed;
    b->value = INT64_MAX;
    b->bound = INT64_MIN;
    b->proof = "none";
    b->budget = (qwr__budget){-1, -1};
    fill_host(b);
    QWR_TRY_DONE(qwr__problem_new(&b->problem, ctx, scenario, thin, deadline_us));
    const qwr_problem_view *v = &b->problem->cand.view;
    b->row = qwr__alloc(ctx, (size_t)v->call_count + 1, sizeof *b->row);
    b->start = qwr__alloc(ctx, (size_t)v->call_count + 1, sizeof *b->start);
    b->multiplier = qwr__alloc(ctx, (size_t)v->call_count + 1, sizeof *b->multiplier);
    b->price_limit = qwr__alloc(ctx, (size_t)v->call_count + 1, sizeof *b->price_limit);
    if (!b->row || !b->start || !b->multiplier || !b->price_limit ||
        qwr__board_facts_init(&b->facts, &b->host, v) != QWR_PLUGIN_OK ||
        qwr__board_init(&b->trial, &b->facts) != QWR_PLUGIN_OK) {
        status = qwr__no_memory(ctx, WHERE);
        goto done;
    }
    for (uint32_t i = 0; i < v->call_count; i++) {
        b->row[i] = UINT32_MAX;
        b->hopeless += v->call_class_begin[i] == v->call_class_begin[i + 1];
    }
done:
    if (status != QWR_OK) {
        qwr__berth_free(b);
        return status;
    }
    *out = b;
    return QWR_OK;
}

void qwr__berth_free(qwr__berth *b)
{
    if (!b)
        return;
    if (b->holders > 0) {
        b->abandoned = true; /* a plugin left behind on its thread still reads the view */
        return;
    }
    if (b->branch)
        qwr__branch_plugin.optimiser->destroy(b->branch);
    if (b->sequence)
        qwr__sequence_plugin.optimiser->destroy(b->sequence);
    drop_certificate(b);
    qwr__varied_free(b->varied);
    qwr__board_free(&b->trial);
    qwr__board_facts_free(&b->facts);
    qwr__prices_free(&b->prices);
    qwr__free(b->ctx, b->row);
    qwr__free(b->ctx, b->start);
    qwr__free(b->ctx, b->multiplier);
    qwr__free(b->ctx, b->price_limit);
    qwr__problem_free(b->problem);
    qwr__free(b->ctx, b);
}

/* --- steps --- */

qwr_status qwr__berth_construct(qwr__berth *b)
{
    uint32_t calls = b->problem->cand.view.call_count;
    qwr__call_facts facts;
    qwr__board board = {.facts = NULL};
    qwr_status status = QWR_OK;
    uint32_t *order = qwr__alloc(b->ctx, (size_t)calls + 1, sizeof *order);
    uint32_t *row = qwr__alloc(b->ctx, (size_t)calls + 1, sizeof *row);
    int32_t *start = qwr__alloc(b->ctx, (size_t)calls + 1, sizeof *start);
    memset(&facts, 0, sizeof facts);
    if (!order || !row || !start || qwr__call_facts_init(&facts, &b->facts) != QWR_PLUGIN_OK ||
        qwr__board_init(&board, &b->facts) != QWR_PLUGIN_OK) {
        status = qwr__no_memory(b->ctx, WHERE);
        goto done;
    }
    int orders = b->problem->thin ? 1 : QWR__ORDER_COUNT;
    for (int kind = 0; kind < orders; kind++) {
        qwr__construct_order(order, &b->facts, &facts, (qwr__order)kind);
        qwr__construct(&board, order);
        qwr__board_store(&board, row, start);
        (void)qwr__berth_offer(b, row, start);
        qwr__berth_worked(b, calls);
        if (qwr__berth_over(b))
            break;
    }
done:
    qwr__board_free(&board);
    qwr__call_facts_free(&facts);
    qwr__free(b->ctx, order);
    qwr__free(b->ctx, row);
    qwr__free(b->ctx, start);
    return status;
}

qwr_status qwr__berth_start(qwr__berth *b, const qwr_plan *plan)
{
    uint32_t calls = b->problem->cand.view.call_count;
    qwr__board board = {.facts = NULL};
    qwr_status status = QWR_OK;
    uint32_t *row = qwr__alloc(b->ctx, (size_t)calls + 1, sizeof *row);
    int32_t *start = qwr__alloc(b->ctx, (size_t)calls + 1, sizeof *start);
    if (!row || !start || qwr__board_init(&board, &b->facts) != QWR_PLUGIN_OK) {
        status = qwr__no_memory(b->ctx, WHERE);
        goto done;
    }
    for (uint32_t i = 0; i < calls; i++)
        if (!qwr__problem_candidate(&row[i], &start[i], b->problem, i,
                                    qwr_plan_stay(plan, (qwr_call_ix){i})))
            row[i] = UINT32_MAX;
    qwr_solution_view given = {
        .size = sizeof given, .call_count = calls, .row = row, .start = start};
    qwr__board_load(&board, &given);
    for (uint32_t i = 0; i < calls; i++) {
        if (board.spot[i].row != UINT32_MAX)
            continue;
        qwr__spot spot = qwr__board_best(&board, i, b->problem->cand.view.unplaced_cost, NULL);
        qwr__board_put(&board, i, &spot);
    }
    qwr__board_store(&board, row, start);
    (void)qwr__berth_offer(b, row, start);
    qwr__berth_worked(b, calls);
done:
    qwr__board_free(&board);
    qwr__free(b->ctx, row);
    qwr__free(b->ctx, start);
    return status;
}
