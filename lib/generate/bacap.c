/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The instances of Meisel & Bierwirth (2009, Transportation Research E 45, section 7.2) after their
 * description: the originals are no longer public. Berths and cranes together, crane counts by the
 * hour. Lengths, work and crane counts of the classes are read from a source that had the paper;
 * cost rates, the interference exponent 0.9 and 1 % more work per 10 m off the preferred place are
 * recalled from it. Times are whole hours, money is counted in thousands as there.
 */
#include "generate/generate.h"

#include <stdio.h>

enum { HOURS = 168, SLACK_HOURS = 42, QUAY_M = 1000, CRANES = 10, CALLS = 40 };

typedef struct bacap_class {
    const char *id;
    int64_t share_pct;
    int64_t length_min, length_max; /* 10 m */
    int64_t work_min, work_max;     /* crane-hours */
    int64_t cranes_min, cranes_max;
    int64_t speedup, late, past_latest; /* thousands of money units: per hour, per hour, once */
} bacap_class;

static const bacap_class classes[] = {
    {"feeder", 60, 8, 21, 5, 15, 1, 2, 1, 1, 3},
    {"medium", 30, 21, 30, 15, 50, 2, 4, 2, 2, 6},
    {"jumbo", 10, 30, 40, 50, 65, 4, 6, 3, 3, 9},
};
enum {
    CLASSES = sizeof classes / sizeof classes[0],
    CRANE_HOUR_MU = 100000,
    THOUSAND_MU = 1000000
};

static qwr_status refuse_others(const qwr__making *m, const qwr_generate_options *o)
{
    bool other = o->vehicles != QWR_UNSET || o->step_s != QWR_UNSET || o->grid_mm != QWR_UNSET ||
                 o->utilisation_milli != QWR_UNSET || o->layout != NULL;
    if (!other)
        return QWR_OK;
    return qwr__fail(m->ctx, QWR_EINVAL, "generate", NULL, 0,
                     "Profile %s takes calls, quay_m, cranes and days only: its instances are "
                     "published with hours, sections of 10 m and no yard.",
                     m->profile->name);
}

static qwr_status start(qwr__making *m, const qwr_generate_options *o)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    char id[64], origin[200];
    int used =
        snprintf(origin, sizeof origin, "Synthetic: quaywright generate --profile %s --seed %llu",
                 m->profile->name, (unsigned long long)m->seed);
    const struct {
        const char *name;
        int64_t value;
    } option[] = {
        {"calls", o->calls}, {"quay-m", o->quay_m}, {"cranes", o->cranes}, {"days", o->days}};

    for (size_t i = 0; i < sizeof option / sizeof option[0] && used > 0; i++)
        if (option[i].value != QWR_UNSET && (size_t)used < sizeof origin)
            used += snprintf(origin + used, sizeof origin - (size_t)used, " --%s %lld",
                             option[i].name, (long long)option[i].value);
    snprintf(id, sizeof id, "mb-%lld-%llu", (long long)m->calls, (unsigned long long)m->seed);
    info.id = id;
    info.name = "Berths and cranes after Meisel & Bierwirth 2009";
    info.origin = origin;
    info.epoch = m->epoch;
    info.step_s = QWR__HOUR_S;
    info.horizon_s = m->horizon_s;
    info.published_unit_s = QWR__HOUR_S;
    info.profile = QWR_PROFILE_VARYING;
    info.crane_period_s = QWR__HOUR_S;
    return qwr_scenario_builder_new(&m->builder, m->ctx, &info);
}

static qwr_status add_quay(qwr__making *m, int64_t cranes, qwr_quay_ix *ix)
{
    qwr_quay quay = qwr_quay_init();

    quay.id = "Q";
    quay.length_mm = m->quay[0].length_mm;
    quay.grid_mm = 10000;
    QWR_TRY(qwr_scenario_add_quay(m->builder, &quay, ix));
    for (int64_t k = 0; k < cranes; k++) {
        qwr_crane crane = qwr_crane_init();
        char id[32];
        snprintf(id, sizeof id, "QC%02lld", (long long)k + 1);
        crane.id = id;
        crane.quay = *ix;
        crane.rail_order = k + 1;
        crane.rate_milli = 1000; /* work is counted in crane-hours */
        QWR_TRY(qwr_scenario_add_crane(m->builder, &crane, NULL));
    }
    return QWR_OK;
}

static const bacap_class *class_of(const qwr__making *m, int64_t number)
{
    int64_t share = 0;

    for (size_t k = 0; k + 1 < CLASSES; k++) {
        share += classes[k].share_pct;
        if (number * 100 < share * m->calls)
            return &classes[k];
    }
    return &classes[CLASSES - 1];
}

static qwr_status add_call(qwr__making *m, qwr_quay_ix quay, int64_t number, int64_t hours)
{
    const bacap_class *k = class_of(m, number);
    qwr__rng rng = qwr__draw(m, QWR__DRAW_CALL, (uint64_t)number);
    qwr_call call = qwr_call_init();
    char id[32];
    int64_t length = qwr__draw_between(&rng, k->length_min, k->length_max);
    int64_t work = qwr__draw_between(&rng, k->work_min, k->work_max);
    int64_t eta = qwr__draw_between(&rng, 0, hours);
    int64_t sections = m->quay[0].length_mm / 10000;
    int64_t least = (work + k->cranes_max - 1) / k->cranes_max;

    snprintf(id, sizeof id, "V%02lld", (long long)number + 1);
    call.id = id;
    call.vessel_class = k->id;
    call.loa_mm = length * 10000;
    call.eta_s = eta * QWR__HOUR_S;
    call.earliest_s = (eta * 9 + 9) / 10 * QWR__HOUR_S;
    call.desired_departure_s = (eta + least) * QWR__HOUR_S;
    call.latest_departure_s = (eta + (3 * least + 1) / 2) * QWR__HOUR_S;
    call.latest_is_soft = 1;
    call.speedup_mu_h = k->speedup * THOUSAND_MU;
    call.late_mu_h = k->late * THOUSAND_MU;
    call.past_latest_mu = k->past_latest * THOUSAND_MU;
    call.crane_mu_h = CRANE_HOUR_MU;
    call.moves = work;
    call.rate_milli = 1000;
    call.interference_milli = 900;
    call.deviation_work_ppm_m = 1000;
    call.min_cranes = k->cranes_min;
    call.max_cranes = k->cranes_max;
    call.preferred_quay = quay;
    call.preferred_mm = qwr__draw_between(&rng, 0, sections - length) * 10000;
    return qwr_scenario_add_call(m->builder, &call, NULL);
}

qwr_status qwr__make_bacap(qwr__making *m, const qwr_generate_options *o)
{
    int64_t hours = o->days != QWR_UNSET ? o->days * 24 : HOURS;
    int64_t quay_m = o->quay_m != QWR_UNSET ? o->quay_m : QUAY_M;
    qwr_quay_ix quay;

    QWR_TRY(refuse_others(m, o));
    if (quay_m < 400)
        return qwr__fail(m->ctx, QWR_EINVAL, "generate", NULL, 0,
                         "quay_m is %lld; the longest vessel of profile %s needs 400.",
                         (long long)quay_m, m->profile->name);
    if (o->cranes != QWR_UNSET && o->cranes < classes[CLASSES - 1].cranes_min)
        return qwr__fail(m->ctx, QWR_EINVAL, "generate", NULL, 0,
                         "cranes is %lld; the largest vessel of profile %s needs %lld.",
                         (long long)o->cranes, m->profile->name,
                         (long long)classes[CLASSES - 1].cranes_min);
    m->calls = o->calls != QWR_UNSET ? o->calls : CALLS;
    m->horizon_s = (hours + SLACK_HOURS) * QWR__HOUR_S;
    m->quay[0].length_mm = quay_m / 10 * 10000;
    QWR_TRY(start(m, o));
    QWR_TRY(add_quay(m, o->cranes != QWR_UNSET ? o->cranes : CRANES, &quay));
    for (int64_t i = 0; i < m->calls; i++)
        QWR_TRY(add_call(m, quay, i, hours));
    return QWR_OK;
}
