/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "forbidden": a call does not lie where it may not: at a berth its handling row forbids, at
 * a berth or over a stretch of quay that a place row forbids, or, with one allowing place row or
 * more, outside all of those.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static int64_t row_end(const qwr__site *site, const qwr_place *row)
{
    return row->to_mm != QWR_UNSET ? row->to_mm
                                   : qwr_scenario_quay(site->scenario, row->quay)->length_mm;
}

static bool at_row(const qwr__site *site, const qwr_place *row, const qwr__alongside *a)
{
    if (row->berth.v != QWR_NONE)
        return a->has_berth && a->stay.berth.v == row->berth.v;
    if (row->quay.v != a->stay.quay.v)
        return false;
    if (row->forbid)
        return qwr__meets(a->hull_from_mm, a->hull_to_mm, row->from_mm, row_end(site, row));
    return a->hull_from_mm >= row->from_mm && a->hull_to_mm <= row_end(site, row);
}

static void report(const qwr__site *site, const qwr__alongside *a, uint32_t call, const char *form,
                   qwr__findings *out)
{
    qwr__fact fact = {&qwr__rule_forbidden,
                      call,
                      qwr__quay_of(site, a)->id,
                      a->stay.start_s,
                      a->stay.end_s,
                      1,
                      ""};
    if (a->has_berth) {
        fact.resource = qwr__berth_of(site, a)->id;
        qwr__found(out, &fact, form, QWR__WORDS(QWR__CALL(call), QWR__BERTH(a->stay.berth.v)));
        return;
    }
    char place[QWR__SENTENCE_SIZE];
    qwr__say(place, site, "@ from @ to @",
             QWR__WORDS(QWR__QUAY(a->stay.quay.v), QWR__METRES(a->hull_from_mm),
                        QWR__METRES(a->hull_to_mm)));
    qwr__found(out, &fact, form, QWR__WORDS(QWR__CALL(call), QWR__TEXT(place)));
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    bool any_allows = false, allowed = false, forbidden = false;
    if (!qwr__has_place(a))
        return;
    for (uint32_t i = site->places.start[call]; i < site->places.start[call + 1]; i++) {
        const qwr_place *row = qwr_scenario_place(site->scenario, site->places.rows[i]);
        bool here = at_row(site, row, a);
        any_allows = any_allows || !row->forbid;
        allowed = allowed || (here && !row->forbid);
        forbidden = forbidden || (here && row->forbid);
    }
    if (a->has_berth && qwr_scenario_handling_s(site->scenario, (qwr_call_ix){call},
                                                a->stay.berth) == QWR_FORBIDDEN)
        report(site, a, call, "@ cannot be handled at @.", out);
    else if (forbidden)
        report(site, a, call, "@ may not lie at @.", out);
    else if (any_allows && !allowed)
        report(site, a, call, "@ lies at @, which is not among the places it is allowed.", out);
}

const qwr__rule qwr__rule_forbidden = {
    .name = "forbidden",
    .sentence = "No call lies where it may not.",
    .own = own,
};
