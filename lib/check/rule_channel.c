/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule "channel": if the approach has a depth, that depth plus the water level less the channel's
 * under-keel clearance is at least the draught at start, and at least the draught on departure (if
 * given, else the same) at end.
 * Must never look at how a plan was made.
 */
#include "check/check.h"

static void check_at(const qwr__site *site, uint32_t call, int64_t at_s, int64_t draught,
                     const char *form, qwr__findings *out)
{
    const qwr_scenario_info *info = site->info;
    if (draught == QWR_UNSET)
        return;
    int64_t need =
        qwr__sat_sub(qwr__sat_add(draught, info->ukc_channel_mm), info->channel_depth_mm);
    int64_t level = qwr__level_mm(site, at_s);
    if (level >= need)
        return;
    qwr__fact fact = {&qwr__rule_channel, call, "channel", at_s, at_s, need - level, "mm"};
    qwr__found(out, &fact, form,
               QWR__WORDS(QWR__CALL(call), QWR__METRES(draught), QWR__TIME(at_s),
                          QWR__METRES(fact.amount)));
}

static void own(const qwr__board *board, uint32_t call, qwr__findings *out)
{
    const qwr__alongside *a = &board->along[call];
    const qwr_call *c = board->site->call[call];
    if (!a->placed || board->site->info->channel_depth_mm == QWR_UNSET)
        return;
    check_at(board->site, call, a->stay.start_s, c->draught_mm,
             "@ draws @ and comes in at @: the channel is @ too shallow then.", out);
    check_at(board->site, call, a->stay.end_s,
             c->draught_out_mm != QWR_UNSET ? c->draught_out_mm : c->draught_mm,
             "@ draws @ and leaves at @: the channel is @ too shallow then.", out);
}

const qwr__rule qwr__rule_channel = {
    .name = "channel",
    .sentence = "There is enough water in the channel on arrival and on departure.",
    .own = own,
};
