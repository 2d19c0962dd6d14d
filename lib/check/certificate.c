/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The replay of a certificate, step by step from front to back, on the set of all legal stays. The
 * set goes back to what it was when a node ends, so that the memory does not grow with the tree.
 * Must never know how anybody found the proof.
 */
#include "check/certificate.h"

#include <stdio.h>
#include <string.h>

#define WHERE "check.certificate"

/** A split whose nodes are being replayed. */
typedef struct frame {
    size_t step;  /**< of the split */
    size_t trail; /**< length of the trail before it */
    bool closed;  /**< the node it splits */
    bool second;  /**< the first node has ended */
} frame;

typedef struct replay {
    qwr_context *ctx;
    const qwr_certificate *certificate;
    const qwr_certificate_info *info;
    qwr__stays stays;
    qwr__likes likes;
    qwr__stay_set set;
    qwr__chain_order order;
    qwr__chains chains;
    frame *stack;
    size_t depth, stack_capacity;
    size_t step; /**< at hand */
    bool closed; /**< the node at hand */
    bool done;   /**< every node has ended */
    int64_t nodes;
    qwr__wide bound; /**< B of the last step of prices */
    char sentence[sizeof((qwr_verdict *)NULL)->sentence];
} replay;

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

/** The node at hand opens: copies are put in order. */
static void open_node(replay *r, bool closed)
{
    if (!closed)
        qwr__stay_set_tighten(&r->set);
    r->closed = closed || r->set.bare > 0;
}

/** The node at hand is over: goes on with the next one, if there is one left. */
static void leave_node(replay *r)
{
    r->nodes++;
    while (r->depth > 0) {
        frame *top = &r->stack[r->depth - 1];
        qwr__stay_set_put_back(&r->set, top->trail);
        if (top->second) {
            r->depth--;
            continue;
        }
        qwr_certificate_step split = step_at(r, top->step);
        top->second = true;
        if (!top->closed)
            qwr__stay_set_split(&r->set, &split, true);
        open_node(r, top->closed);
        return;
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
    r->stack[r->depth++] = (frame){r->step, r->set.trail_count, r->closed, false};
    if (!r->closed)
        qwr__stay_set_split(&r->set, split, false);
    open_node(r, r->closed);
    return QWR_OK;
}

static void replay_end(replay *r)
{
    if (r->closed)
        leave_node(r);
    else
        snprintf(r->sentence, sizeof r->sentence,
                 "step %zu ends a node that is not closed: plans that cost the target or less are "
                 "not ruled out there",
                 r->step + 1);
}

/** Takes out every stay whose cheapest chain lifts the bound past the target. */
static void filter(replay *r, qwr__wide limit)
{
    const qwr__chains *c = &r->chains;
    qwr__chains_backward(&r->chains);
    for (uint32_t b = 0; b < r->stays.berths; b++) {
        qwr__wide room = limit - r->bound + c->cheapest[b];
        for (size_t k = c->begin[b]; k < c->begin[b + 1]; k++) {
            const qwr__link *link = &c->link[k];
            if ((qwr__wide)c->before[k] + c->after[k] > room)
                qwr__stay_set_take_out(&r->set, link->row, qwr__link_cell(&r->stays, link));
        }
    }
}

static qwr_status replay_prices(replay *r, const int64_t *price)
{
    if (r->closed)
        return QWR_OK;
    QWR_TRY(qwr__chains_forward(&r->chains, r->set.alive, price));
    r->bound = 0;
    for (uint32_t i = 0; i < r->stays.calls; i++)
        r->bound += r->stays.of_call[i] > 0 ? price[i] : 0;
    for (uint32_t b = 0; b < r->stays.berths; b++)
        r->bound += r->chains.cheapest[b];
    if (r->info->target_mu == QWR_UNSET) {
        leave_node(r); /* its bound is what counts */
        return QWR_OK;
    }
    qwr__wide limit = (qwr__wide)r->info->target_mu * r->info->price_unit;
    if (r->bound > limit) {
        r->closed = true;
        return QWR_OK;
    }
    filter(r, limit);
    if (r->set.bare == 0)
        qwr__stay_set_tighten(&r->set);
    r->closed = r->set.bare > 0;
    return QWR_OK;
}

/** The node at hand and the second nodes still to come. */
static size_t nodes_left(const replay *r)
{
    size_t count = 1;
    for (size_t k = 0; k < r->depth; k++)
        count += !r->stack[k].second;
    return count;
}

/** Says what is wrong with the list of steps as a whole, as far as that can be seen by now. */
static bool fails_here(replay *r)
{
    size_t count = qwr_certificate_count(r->certificate), left = nodes_left(r);
    if (r->step == count && !r->stays.cut)
        snprintf(r->sentence, sizeof r->sentence,
                 "the certificate stops after step %zu, before the end of %zu node%s", count, left,
                 left == 1 ? "" : "s");
    else if (r->info->target_mu == QWR_UNSET && step_at(r, r->step).price == NULL)
        snprintf(r->sentence, sizeof r->sentence,
                 "step %zu is %s, but a certificate without a target is one step of prices",
                 r->step + 1, step_at(r, r->step).call.v != QWR_NONE ? "a split" : "an end");
    else if (r->stays.cut || qwr__cancelled(r->ctx))
        snprintf(r->sentence, sizeof r->sentence, "the replay was cancelled before step %zu",
                 r->step + 1);
    return r->sentence[0] != '\0';
}

static qwr_status replay_steps(replay *r)
{
    size_t count = qwr_certificate_count(r->certificate);
    open_node(r, false);
    while (!r->done && !fails_here(r)) {
        qwr_certificate_step step = step_at(r, r->step);
        if (step.price != NULL)
            QWR_TRY(replay_prices(r, step.price));
        else if (step.call.v != QWR_NONE)
            QWR_TRY(replay_split(r, &step));
        else
            replay_end(r);
        if (r->sentence[0] != '\0')
            return QWR_OK;
        r->step++;
    }
    if (r->done && r->step < count)
        snprintf(r->sentence, sizeof r->sentence,
                 "step %zu is left over: every node has ended by step %zu", r->step + 1, r->step);
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

static qwr_status prepare(replay *r, const qwr_scenario *scenario)
{
    QWR_TRY(qwr__stays_init(&r->stays, r->ctx, scenario));
    if (!r->info->ordered) {
        QWR_TRY(qwr__stay_set_init(&r->set, &r->stays, NULL));
        return qwr__chains_init(&r->chains, &r->stays, NULL, r->info->price_unit);
    }
    QWR_TRY(qwr__likes_init(&r->likes, &r->stays));
    QWR_TRY(qwr__stay_set_init(&r->set, &r->stays, &r->likes));
    QWR_TRY(qwr__chain_order_init(&r->order, &r->likes));
    return qwr__chains_init(&r->chains, &r->stays, &r->order, r->info->price_unit);
}

static void release(replay *r)
{
    qwr__chains_free(&r->chains, r->ctx);
    qwr__chain_order_free(&r->order);
    qwr__stay_set_free(&r->set);
    qwr__likes_free(&r->likes);
    qwr__stays_free(&r->stays);
    qwr__free(r->ctx, r->stack);
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
