/* SPDX-License-Identifier: Apache-2.0 */
/* The work of a stay period by period: cutting it up, filling it with cranes, and what that costs.
 */
#include "bacap/bacap.h"

#include <string.h>

int32_t qwr__bacap_extend(qwr__segment *out, int32_t count, const qwr__bacap_facts *f,
                          const qwr__side *side, int32_t start, int32_t end)
{
    const int64_t *pause = f->pause_s + (size_t)side->quay * ((size_t)f->ticks + 1);
    int32_t first = start + f->mooring[side->call], tick = end - f->unmooring[side->call] - 1;
    if (tick < first)
        return 0;
    int64_t paid_s = f->step_s;
    if (tick == first) /* a vessel pinned inside a tick begins later by so much */
        paid_s -= f->problem->shift_s[side->call];
    int64_t work_s = paid_s - (pause[tick + 1] - pause[tick]);
    work_s = work_s > 0 ? work_s : 0;
    if (count > 0 && tick > first && tick < f->period_end[out[count - 1].from]) {
        qwr__segment *last = &out[count - 1];
        last->to = tick + 1;
        last->work_s += work_s;
        last->paid_s += paid_s;
        return count;
    }
    if (count == QWR__BACAP_SEGMENTS)
        return -1;
    out[count] = (qwr__segment){tick, tick + 1, work_s, paid_s};
    return count + 1;
}

int32_t qwr__bacap_segments(qwr__segment *out, const qwr__bacap_facts *f, const qwr__side *side,
                            int32_t start, int32_t end)
{
    int32_t count = 0, first = start + f->mooring[side->call] + f->unmooring[side->call] + 1;
    for (int32_t e = first; e <= end && count >= 0; e++)
        count = qwr__bacap_extend(out, count, f, side, start, e);
    return count;
}

bool qwr__bacap_fill(uint8_t *cranes, const qwr__side *side, const qwr__segment *segment,
                     int32_t count, const int32_t *room, int64_t need)
{
    int64_t left = need;
    for (int32_t j = 0; j < count; j++) {
        if (room[j] < side->least)
            return false;
        cranes[j] = (uint8_t)side->least;
        left -= side->rate[side->least] * segment[j].work_s;
    }
    for (int32_t q = side->least; q < side->most && left > 0; q++) {
        int64_t more = side->rate[q + 1] - side->rate[q];
        for (int32_t j = 0; j < count && left > 0; j++) {
            if (cranes[j] != q || room[j] <= q)
                continue;
            cranes[j]++;
            left -= more * segment[j].work_s;
        }
    }
    if (left > 0)
        return false;
    /* The last crane may have made others needless: short segments at the ends above all. */
    for (int32_t j = count; j-- > 0 && left < 0;) {
        if (cranes[j] <= side->least)
            continue;
        int64_t less = (side->rate[cranes[j]] - side->rate[cranes[j] - 1]) * segment[j].work_s;
        if (less + left <= 0) {
            cranes[j]--;
            left += less;
        }
    }
    return true;
}

/* rate x amount / per, rounded down; a product that overflows is as much as can be. */
static int64_t money(int64_t rate, int64_t amount, int64_t per)
{
    int64_t v;
    return qwr__mul_div64(&v, rate, amount < 0 ? 0 : amount, per) ? v : INT64_MAX / 8;
}

int64_t qwr__bacap_cranes_mu(const qwr__bacap_facts *f, uint32_t call, int64_t crane_seconds)
{
    const qwr_call *c = qwr_scenario_call(f->problem->scenario, (qwr_call_ix){call});
    return money(c->crane_mu_h, crane_seconds, 3600);
}

int64_t qwr__bacap_times_mu(const qwr__bacap_facts *f, uint32_t call, int32_t start, int32_t end)
{
    const qwr_problem_view *v = &f->problem->cand.view;
    const qwr_call *c = qwr_scenario_call(f->problem->scenario, (qwr_call_ix){call});
    int64_t units =
        (int64_t)v->start_cost[v->call_start_offset[call] +
                               (uint64_t)(start - v->call_first_start[call])] +
        v->end_cost[v->call_end_offset[call] + (uint64_t)(end - v->call_first_end[call])];
    int64_t stay_s = (end - start) * f->step_s - f->problem->shift_s[call];
    return units * v->cost_unit_mu + money(c->stay_mu_h, stay_s, 3600);
}

int64_t qwr__bacap_mu(const qwr__bacap_facts *f, const qwr__berthing *stay)
{
    const qwr__side *side = &f->side[stay->side];
    const qwr_call *c = qwr_scenario_call(f->problem->scenario, (qwr_call_ix){side->call});
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    int32_t count = qwr__bacap_segments(segment, f, side, stay->start, stay->end);
    int64_t paid = 0, turns = 0, peak = count > 0 ? 0 : side->least;
    for (int32_t j = 0; j < count; j++) {
        paid += segment[j].paid_s * stay->cranes[j];
        peak = stay->cranes[j] > peak ? stay->cranes[j] : peak;
        if (j > 0)
            turns += stay->cranes[j] > stay->cranes[j - 1] ? stay->cranes[j] - stay->cranes[j - 1]
                                                           : stay->cranes[j - 1] - stay->cranes[j];
    }
    int64_t mu = f->place[stay->place].mu +
                 qwr__bacap_times_mu(f, side->call, stay->start, stay->end) +
                 qwr__bacap_cranes_mu(f, side->call, paid) + c->handover_mu * turns;
    if (c->base_cranes != QWR_UNSET)
        mu += c->change_crane_mu *
              (peak > c->base_cranes ? peak - c->base_cranes : c->base_cranes - peak);
    return mu;
}
