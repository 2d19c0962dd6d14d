/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which classes of vessel this harbour can take, and how many calls make it as busy as wanted.
 * Works on the quays as planned, before the builder has them.
 */
#include "generate/generate.h"

static int64_t longest_mm(const qwr__made_quay *q, int64_t clearance_mm)
{
    if (q->layout == QWR_LAYOUT_DISCRETE)
        return q->berth_mm - clearance_mm;
    if (q->segment_mm == 0)
        return q->length_mm;
    return q->length_mm - (q->length_mm / q->segment_mm - 1) * q->segment_mm;
}

/* Cranes wide enough for every beam stand on the main quay; one may be in service. */
static int takes(const qwr__making *m, const qwr__made_quay *q, const qwr__vessel_class *c)
{
    const int64_t wide = (q->cranes * m->profile->wide_cranes_milli + 999) / 1000;
    const int64_t cranes = c->beam_max_dm > 440 ? wide : q->cranes;

    return c->loa_max_m * 1000 <= longest_mm(q, m->clearance_mm) && c->cranes_min <= cranes;
}

qwr_status qwr__fit_classes(qwr__making *m)
{
    int64_t sum = 0;

    for (size_t c = 0; c < QWR__CLASS_COUNT; c++) {
        m->share_milli[c] = 0;
        for (size_t i = 0; i < m->quay_count && m->share_milli[c] == 0; i++)
            if (takes(m, &m->quay[i], &qwr__vessel_classes[c]))
                m->share_milli[c] = m->profile->share_milli[c];
        sum += m->share_milli[c];
    }
    if (sum == 0)
        return qwr__fail(m->ctx, QWR_EINVAL, "generate", NULL, 0,
                         "No vessel class of profile %s fits this harbour: quay or cranes too few.",
                         m->profile->name);
    for (size_t c = 0; c < QWR__CLASS_COUNT; c++)
        m->share_milli[c] = m->share_milli[c] * 1000 / sum;
    return QWR_OK;
}

/* Quay length times time one call of class c takes on average, in metre-minutes. */
static int64_t metre_minutes(const qwr__making *m, const qwr__vessel_class *c)
{
    const qwr__made_quay *q = &m->quay[0];
    const int64_t hull_m = (c->loa_min_m + c->loa_max_m) / 2 + m->clearance_mm / 1000;
    const int64_t length_m = q->layout == QWR_LAYOUT_DISCRETE ? q->berth_mm / 1000 : hull_m;
    const int64_t crowd = qwr__crowd_milli((c->cranes_min + c->cranes_max + 1) / 2);
    const int64_t work_min = (c->work_min_h + c->work_max_h) * 30 * 1000 / crowd;

    return length_m * (work_min + 2 * 60);
}

int64_t qwr__calls_for_use(const qwr__making *m, int64_t utilisation_milli)
{
    int64_t length_m = 0, one_milli = 0;

    for (size_t i = 0; i < m->quay_count; i++)
        length_m += m->quay[i].length_mm / 1000;
    for (size_t c = 0; c < QWR__CLASS_COUNT; c++)
        one_milli += m->share_milli[c] * metre_minutes(m, &qwr__vessel_classes[c]);
    return length_m * m->days * 24 * 60 * utilisation_milli / one_milli;
}

/*
 * Use at which a vessel waits a tenth of its service on average, by number of berths: a usual port
 * planning table (45 % for two berths to 75 % for more than five); one berth: assumption.
 */
int64_t qwr__calls_bearable(const qwr__making *m)
{
    static const int64_t use_milli[] = {400, 400, 450, 600, 650, 700, 750};
    const uint32_t berths = m->quay[0].berth_count;

    return qwr__calls_for_use(m, use_milli[berths < 6 ? berths : 6]);
}
