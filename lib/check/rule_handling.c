/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "handling": a stay is long enough for its work. Work begins at start + mooring, stands
 * still in the WEATHER windows of the quay, and is done by end - unmooring. The work is the
 * handling row of (call, berth), else handling_s, else moves / (rate x efficiency of the cranes),
 * the last two longer off the preferred position. A rate the stay itself relies on replaces the
 * scenario's, but lies within half and twice of it. With a crane profile the work is counted in
 * moves: what every step gets done, all steps together.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

/** ceil(a / b), a >= 0, b > 0 */
static int64_t ceil_div(qwr__wide a, qwr__wide b)
{
    return qwr__clamp64((a + b - 1) / b);
}

static int64_t rate_of(const qwr__site *site, uint32_t call, const qwr_stay *s)
{
    return s->rate_milli != QWR_UNSET
               ? s->rate_milli
               : qwr_scenario_rate_milli(site->scenario, (qwr_call_ix){call}, s->quay);
}

/** Seconds the cranes need for the moves; INT64_MAX: never done. */
static int64_t work_of_moves(const qwr__site *site, uint32_t call, const qwr__alongside *a)
{
    qwr_call_ix ix = {call};
    int64_t moves = qwr_scenario_call_moves(site->scenario, ix);
    int64_t rate = rate_of(site, call, &a->stay);
    int64_t efficiency = qwr_scenario_efficiency_milli(site->scenario, ix, a->cranes);
    if (moves <= 0)
        return 0;
    if (rate <= 0 || efficiency <= 0)
        return INT64_MAX;
    return ceil_div((qwr__wide)moves * 3600000000, (qwr__wide)rate * efficiency);
}

static int64_t grow(const qwr_call *c, const qwr_stay *s, int64_t work_s)
{
    if (c->preferred_mm == QWR_UNSET || c->preferred_quay.v == QWR_NONE ||
        c->preferred_quay.v != s->quay.v || c->deviation_work_ppm_m <= 0)
        return work_s;
    qwr__wide off = qwr__sat_distance(s->position_mm, c->preferred_mm);
    int64_t factor = qwr__clamp64(1000000000 + off * c->deviation_work_ppm_m);
    return ceil_div((qwr__wide)work_s * factor, 1000000000);
}

static int64_t work_needed(const qwr__site *site, uint32_t call, const qwr__alongside *a,
                           bool *by_rate)
{
    const qwr_call *c = site->call[call];
    *by_rate = false;
    if (a->has_berth) {
        int64_t row = qwr_scenario_handling_s(site->scenario, (qwr_call_ix){call}, a->stay.berth);
        if (row == QWR_FORBIDDEN) /* rule "forbidden" speaks of it */
            return 0;
        if (row != QWR_UNSET)
            return row;
    }
    *by_rate = c->handling_s == QWR_UNSET;
    int64_t work_s = *by_rate ? work_of_moves(site, call, a) : c->handling_s;
    return work_s == INT64_MAX ? work_s : grow(c, &a->stay, work_s);
}

int64_t qwr__check_work_s(const qwr__site *site, uint32_t call, const qwr__alongside *along)
{
    bool by_rate;
    return work_needed(site, call, along, &by_rate);
}

/** Seconds of an interval that the weather leaves. */
static int64_t work_offered(const qwr__site *site, const qwr__alongside *a, int64_t from_s,
                            int64_t to_s)
{
    int64_t left = qwr__sat_sub(to_s, from_s);
    const qwr__event *storm = site->storm + site->storms.start[a->stay.quay.v];
    for (uint32_t i = 0; i < site->storm_count[a->stay.quay.v] && storm[i].at < to_s; i++)
        if (storm[i].what > from_s)
            left -= qwr__smaller(storm[i].what, to_s) - qwr__larger(storm[i].at, from_s);
    return left;
}

static void check_rate(const qwr__site *site, uint32_t call, const qwr_stay *s, qwr__fact fact,
                       qwr__findings *out)
{
    if (s->rate_milli == QWR_UNSET)
        return;
    int64_t usual = qwr_scenario_rate_milli(site->scenario, (qwr_call_ix){call}, s->quay);
    if ((qwr__wide)s->rate_milli * 2 >= usual && s->rate_milli <= (qwr__wide)usual * 2)
        return;
    char given[32], known[32];
    qwr__format_fixed(given, sizeof given, s->rate_milli, 3);
    qwr__format_fixed(known, sizeof known, usual, 3);
    fact.amount = qwr__sat_distance(s->rate_milli, usual);
    fact.unit = "";
    qwr__found(out, &fact,
               "@ relies on @ moves per crane-hour; the scenario says @, and the plan may differ "
               "from that by a factor of two at most.",
               QWR__WORDS(QWR__CALL(call), QWR__TEXT(given), QWR__TEXT(known)));
}

static void report(const qwr__site *site, const qwr__alongside *a, uint32_t call, int64_t need,
                   int64_t offered, qwr__fact fact, qwr__findings *out)
{
    if (need == INT64_MAX) {
        fact.amount = need;
        qwr__found(
            out, &fact, "@ has @ moves, which @ cranes never get done.",
            QWR__WORDS(QWR__CALL(call),
                       QWR__NUMBER(qwr_scenario_call_moves(site->scenario, (qwr_call_ix){call})),
                       QWR__NUMBER(a->cranes)));
        return;
    }
    offered = qwr__larger(offered, 0);
    fact.amount = qwr__sat_sub(need, offered);
    qwr__found(out, &fact,
               "@ needs @ of work at @ with @ cranes, but has only @ between mooring and "
               "unmooring, standstills taken off.",
               QWR__WORDS(QWR__CALL(call), QWR__SPAN(need), QWR__QUAY(a->stay.quay.v),
                          QWR__NUMBER(a->cranes), QWR__SPAN(offered)));
}

/** With a crane profile: moves x 3600 x 10^6 that are to be done, and that the steps do. */
static void check_profile(const qwr__site *site, uint32_t call, const qwr__alongside *a,
                          qwr__fact fact, qwr__findings *out)
{
    qwr_call_ix ix = {call};
    qwr__wide done = 0, need = (qwr__wide)qwr_scenario_call_moves(site->scenario, ix) * 3600000000;
    int64_t rate = rate_of(site, call, &a->stay);
    need = grow(site->call[call], &a->stay, qwr__clamp64(need));
    for (uint32_t k = 0; k < a->steps; k++) {
        const qwr__step *s = &a->step[k];
        int64_t efficiency = qwr_scenario_efficiency_milli(site->scenario, ix, s->cranes);
        int64_t seconds = qwr__larger(work_offered(site, a, s->from_s, s->to_s), 0);
        if (rate > 0 && efficiency > 0 && s->from_s < s->to_s)
            done += (qwr__wide)qwr__clamp64((qwr__wide)rate * efficiency) * seconds;
    }
    if (done >= need)
        return;
    int64_t milli = qwr__clamp64(done / 3600000), wanted = qwr__clamp64((need + 3599999) / 3600000);
    char moves[32], all[32];
    qwr__format_fixed(moves, sizeof moves, milli, 3);
    qwr__format_fixed(all, sizeof all, wanted, 3);
    fact.amount = qwr__sat_sub(wanted, milli);
    fact.unit = "moves x 1000";
    qwr__found(
        out, &fact,
        "@ needs cranes for @ moves at its place at @, but its crane profile gets only @ "
        "done.",
        QWR__WORDS(QWR__CALL(call), QWR__TEXT(all), QWR__QUAY(a->stay.quay.v), QWR__TEXT(moves)));
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    bool by_rate;
    if (!a->placed)
        return;
    qwr__fact fact = {
        &qwr__rule_handling, call, site->call[call]->id, a->stay.start_s, a->stay.end_s, 0, "s"};
    if (!a->has_time) {
        fact.amount = qwr__sat_sub(a->stay.start_s, a->stay.end_s);
        qwr__found(
            out, &fact, "@ is to leave at @, no later than it berths (@).",
            QWR__WORDS(QWR__CALL(call), QWR__TIME(a->stay.end_s), QWR__TIME(a->stay.start_s)));
        return;
    }
    if (!a->has_quay)
        return;
    int64_t need = work_needed(site, call, a, &by_rate);
    int64_t offered = work_offered(site, a, a->work_from_s, a->work_to_s);
    if (by_rate)
        check_rate(site, call, &a->stay, fact, out);
    if (a->varies && by_rate)
        check_profile(site, call, a, fact, out);
    else if (offered < need)
        report(site, a, call, need, offered, fact, out);
}

const qwr__rule qwr__rule_handling = {
    .name = "handling",
    .sentence = "A stay is long enough for its work.",
    .own = own,
};
