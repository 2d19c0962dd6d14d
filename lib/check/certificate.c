/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The replay of a certificate, step by step from front to back, on the set of all legal stays. What
 * a node takes out of the set goes on a trail, and is put back when the node is done, so that the
 * memory does not grow with the tree. Must never know how anybody found the proof.
 */
#include "check/certificate.h"

#include <stdio.h>
#include <string.h>

#define WHERE "check.certificate"

/** A split whose nodes are being replayed. */
typedef struct frame {
    size_t step;  /**< of the split */
    size_t trail; /**< length of the trail before it */
    bool second;  /**< the first node is done */
} frame;

typedef struct replay {
    qwr_context *ctx;
    const qwr_certificate *certificate;
    const qwr_certificate_info *info;
    qwr__stays stays;
    qwr__chain_order order;
    qwr__chains chains;
    uint64_t *alive;     /**< a bit a cell */
    size_t *of_call;     /**< [calls] stays left */
    uint32_t *row_of;    /**< [rows] rows by call ... */
    uint32_t *row_begin; /**< [calls + 1] ... from here */
    uint64_t *trail;     /**< row << 32 | cell within it, of what was taken out */
    size_t trail_count;
    frame *stack;
    size_t depth, stack_capacity;
    size_t step; /**< at hand */
    bool done;   /**< every node is closed */
    int64_t nodes;
    qwr__wide bound; /**< B of the last step of prices */
    char sentence[sizeof((qwr_verdict *)NULL)->sentence];
} replay;

/* --- the set of stays ---------------------------------------------------------------------------
 */

static void take_out(replay *r, uint32_t row, size_t cell)
{
    const qwr__stay_row *x = &r->stays.row[row];
    r->alive[cell / 64] &= ~(UINT64_C(1) << (cell % 64));
    r->of_call[x->call]--;
    r->trail[r->trail_count++] = (uint64_t)row << 32 | (cell - x->base);
}

static void put_back(replay *r, size_t trail)
{
    while (r->trail_count > trail) {
        uint64_t entry = r->trail[--r->trail_count];
        const qwr__stay_row *x = &r->stays.row[entry >> 32];
        size_t cell = x->base + (size_t)(entry & UINT32_MAX);
        r->alive[cell / 64] |= UINT64_C(1) << (cell % 64);
        r->of_call[x->call]++;
    }
}

static bool is_alive(const replay *r, size_t cell)
{
    return (r->alive[cell / 64] >> (cell % 64) & 1) != 0;
}

/** Leaves the call only the stays a split names, or only the others. */
static void restrict_call(replay *r, const qwr_certificate_step *split, bool others)
{
    uint32_t call = split->call.v;
    for (uint32_t k = r->row_begin[call]; k < r->row_begin[call + 1]; k++) {
        uint32_t row = r->row_of[k];
        const qwr__stay_row *x = &r->stays.row[row];
        bool berth = split->berth.v == QWR_NONE || split->berth.v == x->berth;
        for (size_t cell = x->base; cell < x->base + x->count; cell++) {
            int64_t start_s = qwr__cell_start_s(&r->stays, x, cell);
            bool named = berth && start_s >= split->from_s && start_s <= split->to_s;
            if (named == others && is_alive(r, cell))
                take_out(r, row, cell);
        }
    }
}

/* --- steps --------------------------------------------------------------------------------------
 */

static const char *call_id(const replay *r, uint32_t call)
{
    return qwr_scenario_call(r->stays.scenario, (qwr_call_ix){call})->id;
}

static qwr_certificate_step step_at(const replay *r, size_t k)
{
    qwr_certificate_step step = qwr_certificate_step_init();
    if (qwr_certificate_get(&step, r->certificate, k) != QWR_OK)
        step = qwr_certificate_step_init(); /* never: k is below the count */
    return step;
}

/** The node at hand is closed: goes on with the next one that is open. */
static void close_node(replay *r)
{
    r->nodes++;
    while (r->depth > 0) {
        frame *top = &r->stack[r->depth - 1];
        put_back(r, top->trail);
        if (top->second) {
            r->depth--;
            continue;
        }
        qwr_certificate_step split = step_at(r, top->step);
        top->second = true;
        restrict_call(r, &split, true);
        if (r->of_call[split.call.v] > 0)
            return;
        r->nodes++; /* no other stay: closed as it opens */
    }
    r->done = true;
}

static qwr_status replay_split(replay *r, const qwr_certificate_step *split)
{
    if (r->stays.of_call[split->call.v] == 0) {
        snprintf(r->sentence, sizeof r->sentence,
                 "step %zu splits by call \"%.100s\", which has no legal stay", r->step + 1,
                 call_id(r, split->call.v));
        return QWR_OK;
    }
    void *stack = r->stack;
    QWR_TRY(qwr__reserve(r->ctx, &stack, &r->stack_capacity, r->depth + 1, sizeof *r->stack));
    r->stack = stack;
    r->stack[r->depth++] = (frame){r->step, r->trail_count, false};
    restrict_call(r, split, false);
    if (r->of_call[split->call.v] == 0)
        close_node(r);
    return QWR_OK;
}

/** Takes out every stay whose cheapest chain lifts the bound past the target; true: some call has
 * none left. */
static bool filter(replay *r, qwr__wide limit)
{
    const qwr__chains *c = &r->chains;
    bool bare = false;
    qwr__chains_backward(&r->chains);
    for (uint32_t b = 0; b < r->stays.berths; b++) {
        qwr__wide room = limit - r->bound + c->cheapest[b];
        for (size_t k = c->begin[b]; k < c->begin[b + 1]; k++) {
            const qwr__link *link = &c->link[k];
            if ((qwr__wide)c->before[k] + c->after[k] <= room)
                continue;
            take_out(r, link->row, qwr__link_cell(&r->stays, link));
            bare = bare || r->of_call[r->stays.row[link->row].call] == 0;
        }
    }
    return bare;
}

static qwr_status replay_prices(replay *r, const int64_t *price)
{
    QWR_TRY(qwr__chains_forward(&r->chains, r->alive, price));
    r->bound = 0;
    for (uint32_t i = 0; i < r->stays.calls; i++)
        r->bound += r->stays.of_call[i] > 0 ? price[i] : 0;
    for (uint32_t b = 0; b < r->stays.berths; b++)
        r->bound += r->chains.cheapest[b];
    if (r->info->target_mu == QWR_UNSET) {
        close_node(r);
        return QWR_OK;
    }
    qwr__wide limit = (qwr__wide)r->info->target_mu * r->info->price_unit;
    if (r->bound > limit || filter(r, limit))
        close_node(r);
    return QWR_OK;
}

static size_t open_nodes(const replay *r)
{
    size_t count = 1;
    for (size_t k = 0; k < r->depth; k++)
        count += !r->stack[k].second;
    return count;
}

/** Says what is wrong with the list of steps as a whole, as far as that can be seen by now. */
static bool fails_here(replay *r)
{
    size_t count = qwr_certificate_count(r->certificate), open = open_nodes(r);
    if (r->step == count && !r->stays.cut)
        snprintf(r->sentence, sizeof r->sentence,
                 "the certificate ends after step %zu with %zu node%s still open", count, open,
                 open == 1 ? "" : "s");
    else if (r->info->target_mu == QWR_UNSET && step_at(r, r->step).price == NULL)
        snprintf(r->sentence, sizeof r->sentence,
                 "step %zu is a split, but a certificate without a target is one step of prices",
                 r->step + 1);
    else if (r->stays.cut || qwr__cancelled(r->ctx))
        snprintf(r->sentence, sizeof r->sentence, "the replay was cancelled before step %zu",
                 r->step + 1);
    return r->sentence[0] != '\0';
}

static qwr_status replay_steps(replay *r)
{
    size_t count = qwr_certificate_count(r->certificate);
    while (!r->done && !fails_here(r)) {
        qwr_certificate_step step = step_at(r, r->step);
        if (step.price != NULL)
            QWR_TRY(replay_prices(r, step.price));
        else
            QWR_TRY(replay_split(r, &step));
        if (r->sentence[0] != '\0')
            return QWR_OK;
        r->step++;
    }
    if (r->done && r->step < count)
        snprintf(r->sentence, sizeof r->sentence,
                 "step %zu is left over: every node is closed after step %zu", r->step + 1,
                 r->step);
    return QWR_OK;
}

/* --- the verdict --------------------------------------------------------------------------------
 */

static qwr__wide ceil_div(qwr__wide a, qwr__wide b)
{
    return a / b + (a % b > 0);
}

/** The least cost from `least` on that some plan could have. */
static bool next_cost(const qwr__stays *stays, qwr__wide least, int64_t *cost_mu)
{
    qwr__wide gcd = stays->gcd_mu, base = stays->base_mu;
    if (gcd > 0)
        least = base + ceil_div(least - base, gcd) * gcd;
    else if (least < base)
        least = base; /* all plans cost the same */
    *cost_mu = qwr__clamp64(least);
    return *cost_mu == least && least > INT64_MIN;
}

static qwr_status conclude(const replay *r, qwr_verdict *verdict)
{
    verdict->steps = (int64_t)r->step;
    verdict->nodes = r->nodes;
    verdict->stays = (int64_t)r->stays.count;
    verdict->calls = r->stays.placeable;
    memcpy(verdict->sentence, r->sentence, sizeof verdict->sentence);
    if (r->sentence[0] != '\0')
        return QWR_OK;
    qwr__wide least = r->info->target_mu == QWR_UNSET ? ceil_div(r->bound, r->info->price_unit)
                                                      : (qwr__wide)r->info->target_mu + 1;
    if (!next_cost(&r->stays, least, &verdict->bound_mu))
        return qwr__fail(r->ctx, QWR_EOVERFLOW, WHERE, NULL, 0, "the bound leaves 64 bits");
    verdict->proved = 1;
    return QWR_OK;
}

static qwr_status group_rows(replay *r)
{
    const qwr__stays *t = &r->stays;
    r->row_of = qwr__alloc(r->ctx, t->rows + 1, sizeof *r->row_of);
    r->row_begin = qwr__alloc(r->ctx, (size_t)t->calls + 2, sizeof *r->row_begin);
    if (r->row_of == NULL || r->row_begin == NULL)
        return qwr__no_memory(r->ctx, WHERE);
    for (size_t k = 0; k < t->rows; k++)
        if (t->row[k].call + 1 < t->calls)
            r->row_begin[t->row[k].call + 2]++;
    for (uint32_t i = 1; i <= t->calls; i++)
        r->row_begin[i] += r->row_begin[i - 1];
    for (size_t k = 0; k < t->rows; k++)
        r->row_of[r->row_begin[t->row[k].call + 1]++] = (uint32_t)k;
    return QWR_OK;
}

static qwr_status prepare(replay *r, const qwr_scenario *scenario)
{
    QWR_TRY(qwr__stays_init(&r->stays, r->ctx, scenario));
    const qwr__stays *t = &r->stays;
    size_t words = t->cells / 64 + 1;
    QWR_TRY(group_rows(r));
    r->alive = qwr__alloc(r->ctx, words, sizeof *r->alive);
    r->of_call = qwr__alloc(r->ctx, (size_t)t->calls + 1, sizeof *r->of_call);
    r->trail = qwr__alloc(r->ctx, t->count + 1, sizeof *r->trail);
    if (r->alive == NULL || r->of_call == NULL || r->trail == NULL)
        return qwr__no_memory(r->ctx, WHERE);
    for (size_t cell = 0; cell < t->cells; cell++)
        if (t->free_at[cell] != QWR__NO_STAY)
            r->alive[cell / 64] |= UINT64_C(1) << (cell % 64);
    memcpy(r->of_call, t->of_call, t->calls * sizeof *r->of_call);
    if (r->info->ordered)
        QWR_TRY(qwr__chain_order_init(&r->order, t));
    return qwr__chains_init(&r->chains, t, r->info->ordered ? &r->order : NULL,
                            r->info->price_unit);
}

static void release(replay *r)
{
    void *blocks[] = {r->alive, r->of_call, r->row_of, r->row_begin, r->trail, r->stack};
    qwr__chains_free(&r->chains, r->ctx);
    qwr__chain_order_free(&r->order);
    qwr__stays_free(&r->stays);
    for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++)
        qwr__free(r->ctx, blocks[k]);
}

/** Is the certificate about this scenario at all? Else says so. */
static bool belongs(replay *r, const qwr_scenario *scenario)
{
    size_t calls = qwr_scenario_call_count(scenario);
    uint64_t hash = qwr_scenario_hash(scenario);
    if (r->info->scenario_hash != hash)
        snprintf(r->sentence, sizeof r->sentence,
                 "the certificate is about a scenario with hash %016llx, this one has %016llx",
                 (unsigned long long)r->info->scenario_hash, (unsigned long long)hash);
    else if (r->info->call_count != calls)
        snprintf(r->sentence, sizeof r->sentence,
                 "the certificate is about %u calls, the scenario has %zu",
                 (unsigned)r->info->call_count, calls);
    return r->sentence[0] == '\0';
}

static qwr_status verify(qwr_verdict *verdict, qwr_context *ctx, const qwr_scenario *scenario,
                         const qwr_certificate *certificate)
{
    replay r = {.ctx = ctx, .certificate = certificate};
    qwr_status status = QWR_OK;
    r.info = qwr_certificate_get_info(certificate);
    if (belongs(&r, scenario)) {
        QWR_TRY_DONE(prepare(&r, scenario));
        QWR_TRY_DONE(replay_steps(&r));
    }
    QWR_TRY_DONE(conclude(&r, verdict));
done:
    release(&r);
    return status;
}

qwr_status qwr_certificate_verify(qwr_verdict *verdict, qwr_context *ctx,
                                  const qwr_scenario *scenario, const qwr_certificate *certificate)
{
    qwr_verdict ours = qwr_verdict_init();
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (verdict == NULL || verdict->size < sizeof verdict->size || scenario == NULL ||
        certificate == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0,
                         "a verdict from qwr_verdict_init(), a scenario and a certificate are "
                         "needed");
    QWR_TRY(verify(&ours, ctx, scenario, certificate));
    ours.size = verdict->size < sizeof ours ? verdict->size : (uint32_t)sizeof ours;
    memcpy(verdict, &ours, ours.size);
    return QWR_OK;
}
