/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "draught": at every instant of [start, end] the least depth under the hull plus the water
 * level, less the under-keel clearance alongside, is at least the larger draught of the call. A
 * berth with a depth of its own decides alone; else rows of differing depth count where they lie
 * under the hull, and the quay's depth elsewhere.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

/** End of the stretch from `at_mm` that depth rows cover, given the row's least depth in `*least`.
 */
static int64_t covered_to(const qwr__site *site, uint32_t quay, int64_t at_mm)
{
    int64_t to_mm = at_mm;
    for (uint32_t i = site->depths.start[quay]; i < site->depths.start[quay + 1]; i++) {
        const qwr_quay_depth *row = qwr_scenario_quay_depth(site->scenario, site->depths.rows[i]);
        if (row->from_mm <= at_mm && row->to_mm > to_mm)
            to_mm = row->to_mm;
    }
    return to_mm;
}

static bool rows_cover_hull(const qwr__site *site, const qwr__alongside *a)
{
    int64_t at_mm = a->hull_from_mm;
    while (at_mm < a->hull_to_mm) {
        int64_t next_mm = covered_to(site, a->stay.quay.v, at_mm);
        if (next_mm == at_mm)
            return false;
        at_mm = next_mm;
    }
    return true;
}

/** Least depth under the hull; QWR_UNSET: no limit. */
static int64_t least_depth(const qwr__site *site, const qwr__alongside *a)
{
    const qwr_berth *berth = qwr__berth_of(site, a);
    if (berth != NULL && berth->depth_mm != QWR_UNSET)
        return berth->depth_mm;
    uint32_t q = a->stay.quay.v;
    int64_t least = INT64_MAX;
    for (uint32_t i = site->depths.start[q]; i < site->depths.start[q + 1]; i++) {
        const qwr_quay_depth *row = qwr_scenario_quay_depth(site->scenario, site->depths.rows[i]);
        if (qwr__meets(a->hull_from_mm, a->hull_to_mm, row->from_mm, row->to_mm))
            least = qwr__smaller(least, row->depth_mm);
    }
    int64_t depth_mm = qwr__quay_of(site, a)->depth_mm;
    if (depth_mm != QWR_UNSET && depth_mm < least && !rows_cover_hull(site, a))
        least = depth_mm;
    return least == INT64_MAX ? QWR_UNSET : least;
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    const qwr_call *c = site->call[call];
    int64_t draught = qwr__larger(c->draught_mm, c->draught_out_mm); /* QWR_UNSET is the smallest */
    if (!qwr__has_place(a) || draught == QWR_UNSET || a->stay.end_s < a->stay.start_s)
        return;
    int64_t depth = least_depth(site, a);
    if (depth == QWR_UNSET)
        return;
    int64_t need = qwr__sat_sub(qwr__sat_add(draught, site->info->ukc_berth_mm), depth);
    qwr__fact fact = {&qwr__rule_draught, call, qwr__quay_of(site, a)->id, 0, 0, 0, "mm"};
    if (need <= site->lowest_tide_mm ||
        !qwr__level_below(site, a->stay.start_s, a->stay.end_s, need, &fact.from_s, &fact.to_s))
        return;
    fact.amount = need - qwr__lowest_level_mm(site, a->stay.start_s, a->stay.end_s);
    if (a->has_berth)
        fact.resource = qwr__berth_of(site, a)->id;
    qwr__found(out, &fact,
               "@ draws @ at @, where the depth is @: with the under-keel clearance up to @ of "
               "water is missing between @ and @.",
               QWR__WORDS(QWR__CALL(call), QWR__METRES(draught),
                          a->has_berth ? QWR__BERTH(a->stay.berth.v) : QWR__QUAY(a->stay.quay.v),
                          QWR__METRES(depth), QWR__METRES(fact.amount), QWR__TIME(fact.from_s),
                          QWR__TIME(fact.to_s)));
}

const qwr__rule qwr__rule_draught = {
    .name = "draught",
    .sentence = "There is enough water under the keel all the time alongside.",
    .own = own,
};
