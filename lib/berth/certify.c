/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificate of the best bound: what branch and price put down in cells, ticks and cost units,
 * in berths, seconds and money.
 */
#include "berth/berth.h"
#include "model/certificate.h"

/* Do cells stand for berths, in the same order? */
static bool berth_by_berth(const qwr__problem *p)
{
    for (uint32_t x = 0; x < p->cand.view.cell_count; x++)
        if (p->cell_berth[x] == QWR_NONE || (x > 0 && p->cell_berth[x] <= p->cell_berth[x - 1]))
            return false;
    return p->cand.view.cell_count > 0;
}

/* In mu; false: too large. */
static bool target_of(int64_t *target_mu, const qwr__berth *b, int64_t target)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    int64_t units = target - (int64_t)b->hopeless * v->unplaced_cost;
    if (!qwr__mul64(target_mu, units, v->cost_unit_mu))
        return false;
    for (uint32_t i = 0; i < v->call_count; i++)
        if (v->call_class_begin[i] < v->call_class_begin[i + 1] &&
            !qwr__add64(target_mu, *target_mu, b->problem->constant_mu[i]))
            return false;
    return true;
}

static bool prices_of(int64_t *price, const qwr__berth *b, const int64_t *pi, int32_t price_unit)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    for (uint32_t i = 0; i < v->call_count; i++) {
        int64_t constant;
        if (!qwr__mul64(&price[i], pi[i], v->cost_unit_mu) ||
            !qwr__mul64(&constant, b->problem->constant_mu[i], price_unit) ||
            !qwr__add64(&price[i], price[i], constant))
            return false;
        if (v->call_class_begin[i] == v->call_class_begin[i + 1])
            price[i] = 0;
    }
    return true;
}

static qwr_certificate_step split_of(const qwr__berth *b, const qwr_proof_step *s)
{
    const qwr__problem *p = b->problem;
    qwr_certificate_step step = qwr_certificate_step_init();
    step.call = (qwr_call_ix){s->call};
    step.berth = (qwr_berth_ix){p->cell_berth[s->cell]};
    step.berth_last = (qwr_berth_ix){p->cell_berth[s->cell_last]};
    step.from_s = qwr__tick_s(p, s->first);
    step.to_s =
        s->last >= p->ticks ? qwr__tick_s(p, p->ticks) : qwr__tick_s(p, (int64_t)s->last + 1) - 1;
    return step;
}

static qwr_status add_steps(qwr_certificate *c, const qwr__berth *b,
                            const qwr_bound_certificate *from, int64_t *price)
{
    uint32_t calls = b->problem->cand.view.call_count;
    const int64_t *pi = from->call_price;
    for (uint32_t k = 0; k < from->step_count; k++) {
        const qwr_proof_step *s = &from->step[k];
        qwr_certificate_step step = qwr_certificate_step_init();
        if (s->kind == QWR_PROOF_PRICES) {
            if (!prices_of(price, b, pi, from->price_unit))
                return QWR_EOVERFLOW;
            step.price = price;
            pi += calls;
        } else if (s->kind == QWR_PROOF_SPLIT) {
            step = split_of(b, s);
        }
        QWR_TRY(qwr_certificate_add(c, &step));
    }
    return QWR_OK;
}

/* The proof as a certificate of the scenario; NULL: it cannot be put into one. */
static qwr_status translate(qwr_certificate **out, const qwr__berth *b,
                            const qwr_bound_certificate *from)
{
    uint32_t calls = b->problem->cand.view.call_count;
    qwr_certificate_info info = qwr_certificate_info_init();
    qwr_certificate *c = NULL;
    *out = NULL;
    if (!berth_by_berth(b->problem) || !target_of(&info.target_mu, b, from->target))
        return QWR_OK;
    info.ordered = from->ordered != 0;
    info.scenario_hash = qwr_scenario_hash(b->scenario);
    info.call_count = calls;
    info.price_unit = from->price_unit;
    int64_t *price = qwr__alloc(b->ctx, (size_t)calls + 1, sizeof *price);
    qwr_status status = price ? qwr_certificate_new(&c, b->ctx, &info) : QWR_ENOMEM;
    if (status == QWR_OK)
        status = add_steps(c, b, from, price);
    qwr__free(b->ctx, price);
    if (status != QWR_OK)
        qwr_certificate_free(c);
    else
        *out = c;
    return status == QWR_ENOMEM ? QWR_ENOMEM : QWR_OK;
}

qwr_status qwr__berth_certify(qwr_plan *plan, const qwr__berth *b)
{
    qwr_certificate *c;
    if (b->certificate.step_count == 0 || b->certificate.target + 1 < b->bound || b->unplaced)
        return QWR_OK;
    QWR_TRY(translate(&c, b, &b->certificate));
    if (!c)
        return QWR_OK;
    qwr_status status = qwr__plan_set_certificate(plan, c);
    if (status != QWR_OK)
        qwr_certificate_free(c);
    return status;
}

/* Are counts, indices and ranges of a stranger's proof what they should be? */
static bool well_formed(const qwr__berth *b, const qwr_bound_certificate *c)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    uint32_t prices = 0;
    if (c->price_unit < 1 || !c->step || c->target >= INT64_MAX / 2 || c->target < INT64_MIN / 2)
        return false;
    for (uint32_t k = 0; k < c->step_count; k++) {
        const qwr_proof_step *s = &c->step[k];
        if (s->kind > QWR_PROOF_END)
            return false;
        prices += s->kind == QWR_PROOF_PRICES;
        if (s->kind == QWR_PROOF_SPLIT &&
            (s->call >= v->call_count || s->cell < 0 || s->cell_last < s->cell ||
             (uint32_t)s->cell_last >= v->cell_count || s->first < 0 || s->last < s->first))
            return false;
    }
    return prices == c->price_count;
}

qwr_status qwr__berth_replay(bool *holds, const qwr__berth *b, const qwr_bound_certificate *proof)
{
    qwr_verdict verdict = qwr_verdict_init();
    qwr_certificate *c = NULL;
    *holds = false;
    if (!well_formed(b, proof))
        return QWR_OK;
    QWR_TRY(translate(&c, b, proof));
    qwr_status status = QWR_OK;
    if (c)
        status = qwr_certificate_verify(&verdict, b->ctx, b->scenario, c);
    *holds = c && status == QWR_OK && verdict.proved;
    qwr_certificate_free(c);
    return status == QWR_ENOMEM ? status : QWR_OK;
}
