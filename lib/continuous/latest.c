/* SPDX-License-Identifier: Apache-2.0 */
/* From below: ticks by which no plan can end. From above: plans that end a tick earlier. */
#include "continuous/latest.h"

#include "continuous/cover.h"
#include "continuous/decode.h"
#include "continuous/exact.h"

enum {
    STEPS = 200, /* of prices */
    FIRST_BEAM = 500,
    BEAM_GROWTH = 4,
    PLACES_BEAM = 2000, /* wider ones find no more plans */
    MOST_BEAM = 4000000,
    EXACT_LABELS = 2000000,
    STEPS_OF_ROUND = 1200 /* of annealing and call, about */
};

typedef enum answer { NO, YES, UNKNOWN } answer;

/* Room by its size alone. */
static qwr_status ask_labels(answer *out, qwr__price *price, uint32_t beam)
{
    int64_t bound;
    *out = NO;
    QWR_TRY(qwr__price_weigh(price, price->member, &bound, STEPS));
    if (bound > 0)
        return QWR_OK;
    qwr__labelling run = {
        .price = price, .calls = price->member, .cut = 1, .beam = beam, .any = true};
    QWR_TRY(qwr__labels_run(&run));
    if (run.least < run.cut)
        *out = YES;
    else if (run.over || run.unknown < INT64_MAX)
        *out = UNKNOWN;
    return QWR_OK;
}

/* True places; a plan is offered. */
static qwr_status ask_places(answer *out, const qwr__packing *p, qwr__price *price, uint32_t beam)
{
    int64_t bound;
    QWR_TRY(qwr__price_weigh(price, price->member, &bound, STEPS));
    qwr__exact run = {.price = price,
                      .priced = true,
                      .calls = price->member,
                      .cut = 1,
                      .beam = beam,
                      .most = EXACT_LABELS};
    QWR_TRY(qwr__exact_run(&run));
    *out = run.least < run.cut ? YES : run.over ? UNKNOWN : NO;
    if (*out == YES)
        qwr__packing_offer(p, run.placed);
    return QWR_OK;
}

/* Can every call end by then, alone? */
static bool all_can(const qwr__packing *p)
{
    qwr__calls can = 0;
    for (uint32_t o = 0; o < p->option_count; o++)
        if (qwr__packing_start(p, &p->option[o], 0) != INT32_MAX)
            can |= qwr__call_bit(p->option[o].call);
    return qwr__count_calls(can) == p->calls;
}

static qwr_status ask(answer *out, qwr__packing *p, uint32_t section, int32_t due, bool places,
                      uint32_t beam)
{
    qwr__price price = {.p = NULL};
    p->due = due;
    *out = NO;
    qwr_status status = QWR_OK;
    if (all_can(p)) {
        status = qwr__price_init(&price, p, section);
        if (status == QWR_OK)
            status = places ? ask_places(out, p, &price, beam) : ask_labels(out, &price, beam);
        qwr__price_free(&price);
    }
    p->due = INT32_MAX;
    return status;
}

static void offer_bound(const qwr__packing *p, int32_t end)
{
    (void)qwr__berth_offer_bound(
        p->b, end * qwr__makespan_weight(p->view) + qwr__packing_hopeless(p), "labels");
}

qwr_status qwr__latest_prove(qwr__packing *p, uint32_t section)
{
    int round = 1;
    int32_t low = 0; /* no plan ends before it */
    answer told = NO;
    for (uint32_t beam = FIRST_BEAM; beam <= MOST_BEAM; beam *= BEAM_GROWTH) {
        int64_t before = p->b->work;
        for (told = NO; told == NO && low < qwr__packing_end(p) && !qwr__berth_over(p->b);) {
            QWR_TRY(ask(&told, p, section, low, false, beam));
            low += told == NO;
            offer_bound(p, low);
        }
        if (told == YES && beam > PLACES_BEAM)
            break; /* the bound is at its end: the rest of the time is for plans */
        for (told = YES; told == YES && low < qwr__packing_end(p) && !qwr__berth_over(p->b);)
            QWR_TRY(ask(&told, p, section, qwr__packing_end(p) - 1, true, beam));
        if (told == NO)
            offer_bound(p, qwr__packing_end(p));
        if (qwr__berth_closed(p->b) || qwr__berth_over(p->b))
            break;
        /* As much again for better plans. */
        int64_t rounds =
            (p->b->work - before) / ((int64_t)STEPS_OF_ROUND * p->calls * p->calls) + 1;
        QWR_TRY(qwr__packing_anneal(p, round, (int)rounds, NULL, NULL));
        round += (int)rounds;
    }
    return QWR_OK;
}
