/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "crane-profile": a crane count changes only where the scenario lets it. Counts vary in
 * scenarios with a varying crane profile and for calls whose handling time is not given; the first
 * step begins with the work, every later one at a multiple of the crane period, inside the work
 * and with another count than the one before; the stay's own count is the largest.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void one(const qwr__site *site, uint32_t call, const qwr__alongside *a, const char *form,
                const qwr__word *words, qwr__findings *out)
{
    qwr__fact fact = {
        &qwr__rule_crane_profile, call, site->call[call]->id, a->work_from_s, a->work_to_s, 1, ""};
    qwr__found(out, &fact, form, words);
}

static void check_steps(const qwr__site *site, uint32_t call, const qwr__alongside *a,
                        qwr__findings *out)
{
    int64_t period_s = qwr__larger(site->info->crane_period_s, 1), most = a->step[0].cranes;
    if (a->step[0].from_s != a->work_from_s)
        one(site, call, a, "The crane profile of @ begins at @; its work begins at @.",
            QWR__WORDS(QWR__CALL(call), QWR__TIME(a->step[0].from_s), QWR__TIME(a->work_from_s)),
            out);
    for (uint32_t k = 1; k < a->steps; k++) {
        const qwr__step *step = &a->step[k];
        most = qwr__larger(most, step->cranes);
        if (step->from_s <= a->step[k - 1].from_s || step->from_s >= a->work_to_s)
            one(site, call, a,
                "The crane profile of @ has a step at @, which is not between the step before and "
                "the end of the work.",
                QWR__WORDS(QWR__CALL(call), QWR__TIME(step->from_s)), out);
        else if (step->from_s % period_s != 0)
            one(site, call, a, "The cranes of @ change at @; they may change every @ only.",
                QWR__WORDS(QWR__CALL(call), QWR__TIME(step->from_s), QWR__SPAN(period_s)), out);
        else if (step->cranes == a->step[k - 1].cranes)
            one(site, call, a, "The crane profile of @ has a step at @ that changes nothing.",
                QWR__WORDS(QWR__CALL(call), QWR__TIME(step->from_s)), out);
    }
    if (most != a->cranes)
        one(site, call, a, "@ is said to hold @ cranes; the most in its crane profile is @.",
            QWR__WORDS(QWR__CALL(call), QWR__NUMBER(a->cranes), QWR__NUMBER(most)), out);
}

static bool is_fixed(const qwr__site *site, uint32_t call, const qwr__alongside *a)
{
    if (a->has_berth &&
        qwr_scenario_handling_s(site->scenario, (qwr_call_ix){call}, a->stay.berth) != QWR_UNSET)
        return true;
    return site->call[call]->handling_s != QWR_UNSET;
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    if (!qwr__has_place(a) || a->stay.step_count == 0)
        return;
    if (!a->varies)
        one(site, call, a, "@ has a crane profile, but crane counts do not vary in this scenario.",
            QWR__WORDS(QWR__CALL(call)), out);
    else if (is_fixed(site, call, a))
        one(site, call, a, "@ has a crane profile, but its handling time is given.",
            QWR__WORDS(QWR__CALL(call)), out);
    else if (a->has_time)
        check_steps(site, call, a, out);
}

const qwr__rule qwr__rule_crane_profile = {
    .name = "crane-profile",
    .sentence = "Crane counts change only where and when the scenario lets them.",
    .own = own,
};
