/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "place": the stay names a place that exists. DISCRETE: one of the quay's berths, at its
 * from_mm. HYBRID: a listed position. CONTINUOUS: any position (the grid is a habit of planning,
 * not a rule). A berth is named at a DISCRETE quay only. Whether the hull fits is rule "length".
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void bad_index(const qwr__alongside *a, uint32_t call, qwr__findings *out)
{
    qwr__fact fact = {&qwr__rule_place, call, "", a->stay.start_s, a->stay.end_s, 1, ""};
    qwr__found(out, &fact, "@ is put at quay number @, which the terminal does not have.",
               QWR__WORDS(QWR__CALL(call), QWR__NUMBER(a->stay.quay.v)));
}

static void check_berth(const qwr__site *site, const qwr__alongside *a, uint32_t call,
                        qwr__findings *out)
{
    const qwr_stay *s = &a->stay;
    const qwr_berth *berth = qwr__berth_of(site, a);
    qwr__fact fact = {
        &qwr__rule_place, call, qwr__quay_of(site, a)->id, s->start_s, s->end_s, 1, ""};
    if (berth == NULL) {
        qwr__found(out, &fact, "@ needs a berth of @, but the plan names @, which is none.",
                   QWR__WORDS(QWR__CALL(call), QWR__QUAY(s->quay.v), QWR__BERTH(s->berth.v)));
        return;
    }
    if (s->position_mm == berth->from_mm)
        return;
    fact.resource = berth->id;
    fact.amount = qwr__sat_distance(s->position_mm, berth->from_mm);
    fact.unit = "mm";
    qwr__found(out, &fact, "@ lies at @ of @, but @ begins at @.",
               QWR__WORDS(QWR__CALL(call), QWR__METRES(s->position_mm), QWR__QUAY(s->quay.v),
                          QWR__BERTH(s->berth.v), QWR__METRES(berth->from_mm)));
}

static void check_no_berth(const qwr__site *site, const qwr__alongside *a, uint32_t call,
                           qwr__findings *out)
{
    if (a->stay.berth.v == QWR_NONE)
        return;
    qwr__fact fact = {
        &qwr__rule_place, call, qwr__quay_of(site, a)->id, a->stay.start_s, a->stay.end_s, 1, ""};
    qwr__found(out, &fact, "@ is given a berth at @, which has none.",
               QWR__WORDS(QWR__CALL(call), QWR__QUAY(a->stay.quay.v)));
}

/** Listed position nearest to the stay's, or QWR_UNSET without any. */
static int64_t nearest_position(const qwr__site *site, const qwr_stay *s)
{
    int64_t best = QWR_UNSET;
    uint32_t low = site->positions.start[s->quay.v], end = site->positions.start[s->quay.v + 1];
    uint32_t first = low, high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (site->position[middle].at < s->position_mm)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < end)
        best = site->position[low].at;
    if (low > first &&
        (low == end || qwr__sat_distance(site->position[low - 1].at, s->position_mm) <
                           qwr__sat_distance(best, s->position_mm)))
        best = site->position[low - 1].at;
    return best;
}

static void check_listed(const qwr__site *site, const qwr__alongside *a, uint32_t call,
                         qwr__findings *out)
{
    const qwr_stay *s = &a->stay;
    int64_t nearest = nearest_position(site, s);
    if (nearest == s->position_mm && nearest != QWR_UNSET)
        return;
    qwr__fact fact = {
        &qwr__rule_place, call, qwr__quay_of(site, a)->id, s->start_s, s->end_s, 0, "mm"};
    if (nearest == QWR_UNSET) {
        qwr__found(out, &fact, "@ lies at @, which offers no position at all.",
                   QWR__WORDS(QWR__CALL(call), QWR__QUAY(s->quay.v)));
        return;
    }
    fact.amount = qwr__sat_distance(nearest, s->position_mm);
    qwr__found(out, &fact, "@ lies at @ of @, which is no position of it; the nearest is @.",
               QWR__WORDS(QWR__CALL(call), QWR__METRES(s->position_mm), QWR__QUAY(s->quay.v),
                          QWR__METRES(nearest)));
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    if (!a->placed)
        return;
    if (!a->has_quay) {
        bad_index(a, call, out);
        return;
    }
    qwr_layout layout = qwr__quay_of(board->site, a)->layout;
    if (layout == QWR_LAYOUT_DISCRETE)
        check_berth(board->site, a, call, out);
    else
        check_no_berth(board->site, a, call, out);
    if (layout == QWR_LAYOUT_HYBRID)
        check_listed(board->site, a, call, out);
}

const qwr__rule qwr__rule_place = {
    .name = "place",
    .sentence = "The quay, berth or position of a stay is one the terminal offers.",
    .own = own,
};
