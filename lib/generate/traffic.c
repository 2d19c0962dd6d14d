/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who comes when: a weekly pattern of services, repeated with spread. Makes visits only; lengths,
 * work and money are added by calls.c.
 */
#include "generate/generate.h"

#include <stdio.h>
#include <stdlib.h>

enum { WEEK_S = 7 * QWR__DAY_S, ETA_STEP_S = 900, SPREAD_S = 2 * 3600 };

/** One place in the weekly pattern. */
typedef struct slot {
    uint32_t vessel_class, service;
    int64_t offset_s;
} slot;

/* Shares become whole numbers by largest remainder on the running sum, then get shuffled. */
static void deal_classes(const qwr__making *m, slot *slots, size_t count)
{
    qwr__rng rng = qwr__draw(m, QWR__DRAW_CLASS, 0);
    int64_t reached = 0, total = 0;
    size_t next = 0;

    for (size_t c = 0; c < QWR__CLASS_COUNT; c++)
        total += m->share_milli[c];
    for (uint32_t c = 0; c < QWR__CLASS_COUNT; c++) {
        reached += m->share_milli[c];
        const size_t until = (size_t)((2 * reached * (int64_t)count + total) / (2 * total));
        while (next < until)
            slots[next++].vessel_class = c;
    }
    for (size_t i = count; i > 1; i--) {
        const size_t j = (size_t)qwr__rng_below(&rng, i);
        const uint32_t c = slots[i - 1].vessel_class;
        slots[i - 1].vessel_class = slots[j].vessel_class;
        slots[j].vessel_class = c;
    }
}

/* Arrivals uniform over the week: Meisel & Bierwirth 2009. */
static void fill_slots(const qwr__making *m, slot *slots, size_t count, int64_t span_s)
{
    uint32_t seen[QWR__CLASS_COUNT] = {0};

    deal_classes(m, slots, count);
    for (size_t j = 0; j < count; j++) {
        const uint32_t c = slots[j].vessel_class;
        qwr__rng rng = qwr__draw(m, QWR__DRAW_SLOT, j);

        slots[j].service = 1 + seen[c]++ / (uint32_t)qwr__vessel_classes[c].visits_a_week;
        slots[j].offset_s =
            qwr__round_down(qwr__draw_between(&rng, 0, span_s - ETA_STEP_S), ETA_STEP_S);
    }
}

static void add_visit(qwr__making *m, const slot *s, size_t j, int64_t week, int64_t eta_s)
{
    m->visit[m->visit_count++] = (qwr__visit){.vessel_class = s->vessel_class,
                                              .slot = (uint32_t)j,
                                              .week = (uint32_t)week,
                                              .service = s->service,
                                              .eta_s = eta_s};
}

/* Week by week until enough calls; what then lacks are extra loaders without a service. */
static void repeat_weeks(qwr__making *m, const slot *slots, size_t count)
{
    const int64_t end_s = m->days * QWR__DAY_S;
    const size_t wanted = (size_t)m->calls;

    for (int64_t week = 0; week * WEEK_S < end_s; week++) {
        for (size_t j = 0; j < count && m->visit_count < wanted; j++) {
            qwr__rng rng = qwr__draw(m, QWR__DRAW_VISIT, (uint64_t)week * 1000003 + j);
            int64_t eta_s =
                week * WEEK_S + slots[j].offset_s + SPREAD_S * qwr__draw_normal_milli(&rng) / 1000;

            eta_s = qwr__round_down(eta_s, ETA_STEP_S);
            if (eta_s < 0)
                eta_s = 0;
            if (week * WEEK_S + slots[j].offset_s < end_s)
                add_visit(m, &slots[j], j, week, eta_s < end_s ? eta_s : end_s - ETA_STEP_S);
        }
    }
    for (size_t k = 0; m->visit_count < wanted; k++) {
        qwr__rng rng = qwr__draw(m, QWR__DRAW_EXTRA, k);
        slot extra = slots[k % count];

        extra.service = 0;
        add_visit(m, &extra, count + k, 0,
                  qwr__round_down(qwr__draw_between(&rng, 0, end_s - ETA_STEP_S), ETA_STEP_S));
    }
}

static int by_arrival(const void *a, const void *b)
{
    const qwr__visit *x = a, *y = b;

    if (x->eta_s != y->eta_s)
        return x->eta_s < y->eta_s ? -1 : 1;
    if (x->week != y->week)
        return x->week < y->week ? -1 : 1;
    return x->slot < y->slot ? -1 : x->slot > y->slot;
}

qwr_status qwr__make_visits(qwr__making *m)
{
    const int64_t span_s = m->days < 7 ? m->days * QWR__DAY_S : WEEK_S;
    const size_t count = (size_t)(m->days <= 7 ? m->calls : (m->calls * 7 + m->days - 1) / m->days);
    slot *slots = qwr__alloc(m->ctx, count, sizeof *slots);

    m->visit = qwr__alloc(m->ctx, (size_t)m->calls, sizeof *m->visit);
    if (slots == NULL || m->visit == NULL) {
        qwr__free(m->ctx, slots);
        return qwr__no_memory(m->ctx, "generate.traffic");
    }
    fill_slots(m, slots, count, span_s);
    repeat_weeks(m, slots, count);
    qsort(m->visit, m->visit_count, sizeof *m->visit, by_arrival);
    qwr__free(m->ctx, slots);
    return QWR_OK;
}

void qwr__service_name(char *text, size_t capacity, uint32_t vessel_class, uint32_t service)
{
    if (service == 0)
        text[0] = '\0';
    else
        snprintf(text, capacity, "%s%02u", qwr__vessel_classes[vessel_class].code, service);
}

void qwr__draw_vessel_name(char *text, size_t capacity, uint64_t number)
{
    static const char *const first[] = {
        "AMBER",  "ARCTIC",  "AUTUMN",  "BALTIC",   "BOREAL",  "BRIGHT", "COBALT",  "CORAL",
        "COPPER", "CRYSTAL", "DISTANT", "EASTERN",  "EMERALD", "GOLDEN", "GRANITE", "HARVEST",
        "INDIGO", "IVORY",   "LUNAR",   "MERIDIAN", "NORDIC",  "OCEAN",  "PACIFIC", "PEARL",
        "POLAR",  "QUIET",   "SILVER",  "SOLAR",    "SUMMER",  "VELVET", "WESTERN", "WINTER"};
    static const char *const second[] = {
        "ALBATROSS", "ANCHOR", "BEACON", "BREEZE", "CAPE",    "COMPASS", "CREST",   "CURRENT",
        "DOLPHIN",   "FJORD",  "GANNET", "GULL",   "HARRIER", "HERON",   "HORIZON", "KESTREL",
        "LANTERN",   "MARLIN", "OSPREY", "PETREL", "PIONEER", "REEF",    "SEXTANT", "SKERRY",
        "SPIRIT",    "STRAIT", "TERN",   "TIDE",   "TRADER",  "VOYAGER", "WAVE",    "ZENITH"};
    const size_t firsts = sizeof first / sizeof first[0];
    const size_t seconds = sizeof second / sizeof second[0];
    /* 389 is prime to 1024: every pair comes once before one comes twice. */
    const size_t pair = (size_t)(number * 389 % (firsts * seconds));
    const uint64_t round = number / (firsts * seconds);

    if (round == 0)
        snprintf(text, capacity, "%s %s", first[pair / seconds], second[pair % seconds]);
    else
        snprintf(text, capacity, "%s %s %d", first[pair / seconds], second[pair % seconds],
                 (int)round + 1);
}
