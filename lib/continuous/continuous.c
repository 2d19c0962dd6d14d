/* SPDX-License-Identifier: Apache-2.0 */
/* The room's turn: a plan by annealing, then the proof. */
#include "continuous/continuous.h"

#include "continuous/cover.h"
#include "continuous/decode.h"
#include "continuous/exact.h"
#include "continuous/latest.h"

enum {
    FIRST_ROUNDS = 1, /* of cooling, before the bound */
    NEXT_ROUNDS = 4,  /* and before the sets are listed: a better plan, fewer sets */
    MORE_ROUNDS = 1000,
    ONE_STEPS = 600, /* of prices where there is one section */
    FIRST_BEAM = 1000,
    BEAM_GROWTH = 8,
    EXACT_LABELS = 4000000,
    PROOF_PERCENT = 80
};

/* The section that all options lie in; UINT32_MAX: there are several. */
static uint32_t only_section(const qwr__packing *p)
{
    uint32_t section = p->option[0].section;
    return p->option[p->option_count - 1].section == section ? section : UINT32_MAX;
}

/* Must every call be served? Leaving one out costs more than the whole plan. */
static bool all_served(const qwr__packing *p)
{
    int64_t value = p->b->value - qwr__packing_hopeless(p);
    return p->b->value != INT64_MAX && p->b->unplaced == 0 && value >= 0 &&
           value < p->view->unplaced_cost && value < QWR__PACKING_COST_MOST;
}

static void offer_bound(const qwr__packing *p, int64_t scaled)
{
    int64_t bound = scaled / QWR__PACKING_SCALE + (scaled % QWR__PACKING_SCALE > 0);
    (void)qwr__berth_offer_bound(p->b, bound + qwr__packing_hopeless(p), "labels");
}

/* True places, once room by its size alone leaves the gap open. */
static qwr_status settle_one(const qwr__packing *p, qwr__price *price)
{
    int64_t hopeless = qwr__packing_hopeless(p);
    qwr__exact run = {.price = price,
                      .priced = true,
                      .calls = price->member,
                      .cut = p->b->value - hopeless,
                      .most = EXACT_LABELS};
    QWR_TRY(qwr__exact_run(&run));
    if (run.least < run.cut)
        qwr__packing_offer(p, run.placed);
    if (!run.over)
        (void)qwr__berth_offer_bound(p->b, run.least + hopeless, "labels");
    return QWR_OK;
}

/* One section: labels of all calls, wider and wider. */
static qwr_status prove_one(const qwr__packing *p, uint32_t section)
{
    qwr__price price;
    qwr_status status = qwr__price_init(&price, p, section);
    int64_t value = (p->b->value - qwr__packing_hopeless(p)) * QWR__PACKING_SCALE;
    bool relaxed = false;
    if (status == QWR_OK)
        status = qwr__price_raise(&price, price.member, NULL, value, ONE_STEPS);
    for (int64_t beam = FIRST_BEAM;
         status == QWR_OK && !relaxed && !qwr__berth_over(p->b) && !qwr__berth_closed(p->b);
         beam *= BEAM_GROWTH) {
        qwr__labelling run = {.price = &price,
                              .calls = price.member,
                              .cut = value,
                              .beam = beam > UINT32_MAX ? UINT32_MAX : (uint32_t)beam};
        status = qwr__labels_run(&run);
        if (status != QWR_OK || run.over)
            break;
        offer_bound(p, run.least < run.unknown ? run.least : run.unknown);
        relaxed = run.unknown >= run.least;
    }
    if (status == QWR_OK && relaxed && !qwr__berth_closed(p->b))
        status = settle_one(p, &price);
    qwr__price_free(&price);
    return status;
}

static qwr_status prove_many(const qwr__packing *p, qwr__cover *c)
{
    QWR_TRY(qwr__cover_climb(c));
    QWR_TRY(qwr__packing_anneal(p, FIRST_ROUNDS, NEXT_ROUNDS, qwr__cover_add, c));
    if (qwr__berth_closed(p->b) || qwr__berth_over(p->b))
        return QWR_OK;
    return qwr__cover_close(c);
}

static qwr_status solve(qwr__packing *p, qwr__cover *c)
{
    qwr__berth *b = p->b;
    int64_t deadline_us = b->budget.deadline_us;
    int64_t work_end = b->budget.work >= 0 ? b->work + b->budget.work : -1;
    qwr__part_fn part = p->view->makespan ? NULL : qwr__cover_add;
    QWR_TRY(qwr__packing_anneal(p, 0, FIRST_ROUNDS, part, c));
    if (!all_served(p)) /* no proof here: the general search and bound have the rest */
        return qwr__packing_anneal(p, FIRST_ROUNDS, NEXT_ROUNDS, part, c);
    b->budget = qwr__berth_share(b, deadline_us, work_end, PROOF_PERCENT);
    uint32_t section = only_section(p);
    if (!qwr__berth_closed(b) && p->view->makespan && section != UINT32_MAX)
        QWR_TRY(qwr__latest_prove(p, section));
    else if (!qwr__berth_closed(b) && !p->view->makespan)
        QWR_TRY(section != UINT32_MAX ? prove_one(p, section) : prove_many(p, c));
    b->budget = qwr__berth_share(b, deadline_us, work_end, 100);
    return qwr__packing_anneal(p, FIRST_ROUNDS + NEXT_ROUNDS, MORE_ROUNDS, part, c);
}

qwr_status qwr__continuous_solve(qwr__berth *b, qwr__budget budget)
{
    qwr__packing p;
    qwr__cover c = {.p = NULL};
    QWR_TRY(qwr__packing_init(&p, b));
    b->budget = budget;
    qwr_status status = qwr__cover_init(&c, &p);
    if (status == QWR_OK)
        status = solve(&p, &c);
    qwr__cover_free(&c);
    qwr__packing_free(&p);
    return status;
}
