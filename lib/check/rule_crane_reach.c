/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "crane-reach": all through its work a stay holds at most as many cranes as are out of
 * maintenance, reach over some part of its hull, and have the outreach for its beam.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static bool able(const qwr__site *site, uint32_t crane, uint32_t call, const qwr__alongside *a)
{
    const qwr_crane *k = site->crane[crane];
    int64_t beam = site->call[call]->beam_mm;
    int64_t to_mm = k->reach_to_mm;
    if (to_mm == QWR_UNSET)
        to_mm = qwr__larger(qwr__quay_of(site, a)->length_mm, a->hull_to_mm);
    return qwr__meets(k->reach_from_mm, to_mm, a->hull_from_mm, a->hull_to_mm) &&
           (k->outreach_mm == QWR_UNSET || beam == QWR_UNSET || k->outreach_mm >= beam);
}

static int64_t count_able(const qwr__site *site, uint32_t call, const qwr__alongside *a)
{
    uint32_t q = a->stay.quay.v;
    int64_t count = 0;
    for (uint32_t i = site->quay_cranes.start[q]; i < site->quay_cranes.start[q + 1]; i++)
        count += able(site, site->quay_cranes.rows[i], call, a);
    return count;
}

/** Most able cranes that are out at once during [from_s, to_s), and since when. */
static int64_t most_out(const qwr__site *site, uint32_t call, const qwr__alongside *a,
                        int64_t from_s, int64_t to_s, int64_t *since_s)
{
    int64_t out = 0, most = 0;
    uint32_t i = site->outage_start[a->stay.quay.v], end = site->outage_start[a->stay.quay.v + 1];
    *since_s = from_s;
    while (i < end && site->outage[i].at < to_s) {
        int64_t at_s = site->outage[i].at;
        for (; i < end && site->outage[i].at == at_s; i++)
            if (able(site, (uint32_t)(site->outage[i].what >> 1), call, a))
                out += site->outage[i].what & 1 ? 1 : -1;
        /* What is out before the work begins counts from its beginning on, if it lasts so long. */
        bool lasts = at_s >= from_s || i == end || site->outage[i].at > from_s;
        if (lasts && out > most) {
            most = out;
            *since_s = qwr__larger(at_s, from_s);
        }
    }
    return most;
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__site *site = board->site;
    const qwr__alongside *a = &board->along[call];
    if (!qwr__has_place(a) || a->cranes == 0 || a->work_from_s >= a->work_to_s)
        return;
    int64_t able_cranes = count_able(site, call, a), since_s;
    for (uint32_t k = 0; k < a->steps; k++) {
        const qwr__step *s = &a->step[k];
        int64_t fit = able_cranes - most_out(site, call, a, s->from_s, s->to_s, &since_s);
        if (s->cranes <= fit || s->from_s >= s->to_s)
            continue;
        qwr__fact fact = {
            &qwr__rule_crane_reach, call,    qwr__quay_of(site, a)->id, since_s, s->to_s,
            s->cranes - fit,        "cranes"};
        qwr__found(out, &fact,
                   "@ holds @ cranes at @, but from @ on only @ are fit for work and reach it.",
                   QWR__WORDS(QWR__CALL(call), QWR__NUMBER(s->cranes), QWR__QUAY(a->stay.quay.v),
                              QWR__TIME(since_s), QWR__NUMBER(fit)));
        return;
    }
}

const qwr__rule qwr__rule_crane_reach = {
    .name = "crane-reach",
    .sentence = "Enough cranes can reach the vessel all through its work.",
    .own = own,
};
