/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "cranes": at every instant the cranes held by the stays of a quay are at most its cranes
 * out of maintenance. One finding is one longest stretch of time with too many; it concerns
 * everybody at work then, so it names no single call.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

enum { NAMED = 3 };

typedef struct sweep {
    const qwr__board *board;
    uint32_t quay, only;
    int64_t held, fit; /* now */
    bool open;
    int64_t from_s, worst, worst_s, worst_held, worst_fit;
} sweep;

static bool at_work(const qwr__alongside *a, uint32_t quay, int64_t at_s)
{
    return qwr__has_place(a) && a->stay.quay.v == quay && a->cranes > 0 && a->work_from_s <= at_s &&
           at_s < a->work_to_s;
}

static bool concerns(const sweep *s, int64_t to_s)
{
    if (s->only == QWR_NONE)
        return true;
    const qwr__alongside *a = &s->board->along[s->only];
    return a->cranes > 0 && a->work_from_s < a->work_to_s &&
           qwr__meets(a->work_from_s, a->work_to_s, s->from_s, to_s);
}

static void report(const sweep *s, int64_t to_s, qwr__findings *out)
{
    const qwr__site *site = s->board->site;
    qwr__fact fact = {
        &qwr__rule_cranes, QWR_NONE, qwr_scenario_quay(site->scenario, (qwr_quay_ix){s->quay})->id,
        s->from_s,         to_s,     s->worst,
        "cranes"};
    qwr__word words[5 + NAMED] = {QWR__QUAY(s->quay), QWR__NUMBER(s->worst_held),
                                  QWR__NUMBER(s->worst_fit), QWR__TIME(s->from_s), QWR__TIME(to_s)};
    static const char *const forms[NAMED + 2] = {
        "At @ up to @ cranes are held where @ are fit for work, from @ to @.",
        "At @ up to @ cranes are held where @ are fit for work, from @ to @: @.",
        "At @ up to @ cranes are held where @ are fit for work, from @ to @: @, @.",
        "At @ up to @ cranes are held where @ are fit for work, from @ to @: @, @, @.",
        "At @ up to @ cranes are held where @ are fit for work, from @ to @: @, @, @ and others."};
    size_t named = 0;
    for (uint32_t c = 0; c < site->calls && named <= NAMED; c++)
        if (at_work(&s->board->along[c], s->quay, s->worst_s) && named++ < NAMED)
            words[4 + named] = QWR__CALL(c);
    qwr__found(out, &fact, forms[named], words);
}

/** What holds from `at_s` on is complete: opens, worsens or closes a stretch. */
static void settle(sweep *s, int64_t at_s, qwr__findings *out)
{
    int64_t excess = s->held - s->fit;
    if (excess <= 0) {
        if (s->open && concerns(s, at_s))
            report(s, at_s, out);
        s->open = false;
        return;
    }
    if (!s->open) {
        s->open = true;
        s->from_s = at_s;
        s->worst = 0;
    }
    if (excess > s->worst) {
        s->worst = excess;
        s->worst_s = at_s;
        s->worst_held = s->held;
        s->worst_fit = s->fit;
    }
}

static void quay_rule(const qwr__board *board, uint32_t quay, const qwr__event *work, size_t works,
                      uint32_t only, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__event *outage = site->outage + site->outage_start[quay];
    size_t outages = site->outage_start[quay + 1] - site->outage_start[quay], i = 0, j = 0;
    sweep s = {.board = board, .quay = quay, .only = only};
    s.fit = site->quay_cranes.start[quay + 1] - site->quay_cranes.start[quay];
    while (i < works) {
        int64_t at_s = work[i].at;
        if (j < outages)
            at_s = qwr__smaller(at_s, outage[j].at);
        for (; i < works && work[i].at == at_s; i++)
            s.held += qwr__work_change(&work[i]);
        for (; j < outages && outage[j].at == at_s; j++)
            s.fit += outage[j].what & 1 ? -1 : 1;
        settle(&s, at_s, out);
    }
}

const qwr__rule qwr__rule_cranes = {
    .name = "cranes",
    .sentence = "A quay has the cranes that its vessels hold at the same time.",
    .quay = quay_rule,
};
