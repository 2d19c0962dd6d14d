/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Turns visits into calls: hull, water, work, wishes, money. Must never know plans; pins.c says
 * what is settled already, bays.c where in the ship the work lies.
 */
#include "generate/generate.h"

#include <stdio.h>

enum {
    MOVES_AN_HOUR = 28,        /* of the crane-hours in the class table: Goussiatiner, 27 to 30 */
    WAIT_MU_H = 1000000,       /* 1000 an hour: Correcher et al. */
    DEVIATION_MU_M = 20000,    /* 200 per section of 10 m: Correcher et al. */
    CRANE_MU_H = 100000,       /* 100 per crane-hour: Meisel & Bierwirth 2009 */
    EARLIER_AT_MOST_S = 86400, /* a tenth of the lead (M&B 2009), but a day at most: assumption */
    UKC_MARGIN_MM = 300,       /* so that a high water at neaps leaves hours, not minutes */
    OWN_RATE_MILLI = 80,       /* share of calls whose crane rate is known from the stowage plan */
    DANGEROUS_MILLI = 20,      /* PortManager: 2 % of boxes; here of calls: assumption */
    SHORE_POWER_MILLI = 500
};

/** What is being made of one visit. */
typedef struct draft {
    const qwr__visit *visit;
    const qwr__vessel_class *vessel_class;
    qwr_call call;
    int64_t moves;
    char id[16], vessel[48], service[16];
} draft;

static int64_t between_scaled(int64_t low, int64_t high, int64_t share_milli)
{
    return low + (high - low) * share_milli / 1000;
}

/* Where in its class a length lies: 0 the shortest, 1000 the longest. */
static int64_t size_milli(const qwr__vessel_class *c, int64_t loa_mm)
{
    return (loa_mm / 1000 - c->loa_min_m) * 1000 / (c->loa_max_m - c->loa_min_m);
}

static int64_t length_m(const qwr__making *m, const qwr__vessel_class *c, qwr__rng *rng)
{
    if (!m->profile->lognormal)
        return qwr__draw_between(rng, c->loa_min_m, c->loa_max_m);
    for (int i = 0; i < 16; i++) {
        const int64_t loa_m = qwr__draw_lognormal(rng, 5246, 103);
        if (loa_m >= c->loa_min_m && loa_m <= c->loa_max_m)
            return loa_m;
    }
    return c->loa_min_m < 200 ? 190 : c->loa_min_m + 10;
}

/* A ship of this slot: the same in every fifth week, its sisters between. */
static void draw_hull(const qwr__making *m, draft *d)
{
    const uint64_t ship = (uint64_t)d->visit->slot * 5 + d->visit->week % 5;
    const qwr__vessel_class *c = d->vessel_class;
    qwr__rng rng = qwr__draw(m, QWR__DRAW_SERVICE, ship);
    const int64_t loa_m = length_m(m, c, &rng);

    qwr__draw_vessel_name(d->vessel, sizeof d->vessel, ship);
    qwr__service_name(d->service, sizeof d->service, d->visit->vessel_class, d->visit->service);
    d->call.vessel = d->vessel;
    d->call.service = d->service[0] != '\0' ? d->service : NULL;
    d->call.vessel_class = c->id;
    d->call.loa_mm = loa_m * 1000;
    d->call.beam_mm =
        between_scaled(c->beam_min_dm, c->beam_max_dm, size_milli(c, d->call.loa_mm)) * 100;
}

/* No vessel is sent here deeper than the port can take at a neap high water. */
static void draw_draught(const qwr__making *m, draft *d, qwr__rng *rng)
{
    const qwr__vessel_class *c = d->vessel_class;
    const int64_t berth_mm =
        qwr__site_deepest_mm(&m->quay[0], d->call.loa_mm) + m->low_water_mm - m->ukc_berth_mm;
    const int64_t channel_mm = m->channel_mm + m->neap_high_mm - m->ukc_channel_mm - UKC_MARGIN_MM;
    const int64_t limit_mm = qwr__round_down(berth_mm < channel_mm ? berth_mm : channel_mm, 100);
    /* Half by size, half by what she carries. */
    const int64_t share_milli =
        (size_milli(c, d->call.loa_mm) + qwr__draw_between(rng, 0, 1000)) / 2;
    const int64_t in_mm = between_scaled(c->draught_min_dm, c->draught_max_dm, share_milli) * 100;
    const int64_t out_mm = in_mm + qwr__draw_between(rng, -15, 5) * 100;

    d->call.draught_mm = in_mm < limit_mm ? in_mm : limit_mm;
    d->call.draught_out_mm = out_mm < limit_mm ? out_mm : limit_mm;
}

static void draw_work(const qwr__making *m, draft *d, qwr__rng *rng)
{
    const qwr__vessel_class *c = d->vessel_class;
    int64_t work_min = qwr__draw_between(rng, c->work_min_h * 60, c->work_max_h * 60);

    if (m->profile->lognormal) {
        /* log-normal (2.571, 0.831) hours, in minutes; 2 to 36 h are kept. */
        work_min = qwr__draw_lognormal(rng, 2571 + 4094, 831);
        work_min = work_min < 120 ? 120 : work_min > 2160 ? 2160 : work_min;
    }
    d->moves = work_min * MOVES_AN_HOUR / 60;
    d->call.moves = d->moves;
    d->call.min_cranes = c->cranes_min;
    d->call.max_cranes = c->cranes_max;
    d->call.mooring_s = qwr__round_up(c->cranes_max <= 2 ? 1800 : QWR__HOUR_S, m->step_s);
    d->call.unmooring_s = d->call.mooring_s;
    d->call.deviation_work_ppm_m = m->profile->deviation_work_ppm_m;
    if (qwr__draw_chance(rng, OWN_RATE_MILLI))
        d->call.rate_milli = qwr__draw_between(rng, 230, 320) * 100;
    if (qwr__draw_chance(rng, SHORE_POWER_MILLI))
        d->call.shore_power_w = c->hotel_w;
}

/* The feeder quay first for those it takes, three times in four. */
static void draw_place(const qwr__making *m, draft *d, qwr__rng *rng)
{
    const int64_t draught_mm =
        d->call.draught_mm > d->call.draught_out_mm ? d->call.draught_mm : d->call.draught_out_mm;
    const int64_t need_mm = draught_mm + m->ukc_berth_mm - m->low_water_mm;
    const int on_second = qwr__draw_chance(rng, 750);
    const qwr__made_quay *q = &m->quay[0];
    int64_t places;

    if (on_second && m->quay_count > 1) {
        const int64_t hull_mm = d->call.loa_mm + m->clearance_mm;
        if (hull_mm <= m->quay[1].berth_mm && need_mm <= m->quay[1].depth_mm[1] &&
            d->call.min_cranes <= m->quay[1].cranes)
            q = &m->quay[1];
    }
    places = (q->length_mm - d->call.loa_mm) / qwr__site_step_mm(q) + 1;
    d->call.preferred_quay = q->ix;
    for (int i = 0; i < 64; i++) {
        const int64_t at = qwr__draw_between(rng, 0, places - 1) * qwr__site_step_mm(q);
        if (qwr__site_fits(q, at, d->call.loa_mm) &&
            qwr__site_depth_mm(q, at, d->call.loa_mm) >= need_mm) {
            d->call.preferred_mm = at;
            return;
        }
    }
}

static int64_t shortest_stay_s(const qwr__making *m, const draft *d)
{
    const qwr__made_quay *q = &m->quay[d->call.preferred_quay.v == m->quay[0].ix.v ? 0 : 1];
    const int64_t cranes = d->call.max_cranes < q->cranes ? d->call.max_cranes : q->cranes;
    const int64_t hourly = MOVES_AN_HOUR * qwr__crowd_milli(cranes);
    const int64_t work_s = (d->moves * 3600 * 1000 + hourly - 1) / hourly;

    return qwr__round_up(work_s + d->call.mooring_s + d->call.unmooring_s, m->step_s);
}

/* Meisel & Bierwirth 2009: wished end = arrival + shortest stay, latest = 1.5 times that. */
static void set_times(const qwr__making *m, draft *d)
{
    const int64_t eta_s = d->visit->eta_s, stay_s = shortest_stay_s(m, d);
    const int64_t lead_s = eta_s / 10 < EARLIER_AT_MOST_S ? eta_s / 10 : EARLIER_AT_MOST_S;
    const int64_t spread_s = QWR__HOUR_S + eta_s / 24;

    d->call.eta_s = eta_s;
    /* An hour, and an hour more for each day ahead up to six: assumption. */
    d->call.eta_sd_s = qwr__round_up(spread_s < 21600 ? spread_s : 21600, 60);
    d->call.earliest_s = qwr__round_up(eta_s - lead_s, m->step_s);
    if (d->call.earliest_s > eta_s)
        d->call.earliest_s = eta_s;
    d->call.desired_departure_s = qwr__round_up(eta_s + stay_s, m->step_s);
    d->call.latest_departure_s = qwr__round_up(eta_s + stay_s * 3 / 2, m->step_s);
    d->call.latest_is_soft = 1;
    if (m->profile->hard_latest_h > 0) {
        d->call.latest_departure_s =
            qwr__round_up(eta_s + m->profile->hard_latest_h * QWR__HOUR_S, m->step_s);
        d->call.latest_is_soft = 0;
    }
    if (d->call.latest_departure_s > m->horizon_s)
        d->call.latest_departure_s = m->horizon_s;
}

static void set_money(draft *d)
{
    const qwr__vessel_class *c = d->vessel_class;

    d->call.weight_milli = c->late_h;
    d->call.wait_mu_h = WAIT_MU_H;
    d->call.speedup_mu_h = c->speedup_h * 1000;
    d->call.late_mu_h = c->late_h * 1000;
    d->call.past_latest_mu = c->past_latest * 1000;
    d->call.deviation_mu_m = DEVIATION_MU_M;
    d->call.crane_mu_h = CRANE_MU_H;
}

/* Dangerous goods keep away from the quay's first stretch (offices, ferry): assumption. */
static qwr_status add_places(qwr__making *m, const draft *d, qwr_call_ix ix, qwr__rng *rng)
{
    const qwr__made_quay *q = &m->quay[0];
    qwr_place row = qwr_place_init();

    row.call = ix;
    row.quay = q->ix;
    if (qwr__draw_chance(rng, DANGEROUS_MILLI) && q->layout != QWR_LAYOUT_DISCRETE) {
        row.from_mm = 0;
        row.to_mm = qwr__round_down(q->length_mm / 10, 1000);
        row.forbid = 1;
        QWR_TRY(qwr_scenario_add_place(m->builder, &row));
    } else if (m->quay_count > 1 && d->visit->service == 1 &&
               d->call.preferred_quay.v == m->quay[1].ix.v) {
        /* The first feeder service has a contract for the feeder quay. */
        row.quay = m->quay[1].ix;
        QWR_TRY(qwr_scenario_add_place(m->builder, &row));
    }
    return QWR_OK;
}

/* The gain of the 7th and 8th crane falls off sharply: Liftech 2002. The numbers: assumption. */
static qwr_status add_efficiency(qwr__making *m, const draft *d, qwr_call_ix ix)
{
    static const int64_t milli[] = {5600, 6000};

    for (int64_t cranes = 7; cranes <= 8 && cranes <= d->call.max_cranes; cranes++) {
        qwr_efficiency row = qwr_efficiency_init();

        row.call = ix;
        row.cranes = cranes;
        row.milli = milli[cranes - 7];
        QWR_TRY(qwr_scenario_add_efficiency(m->builder, &row));
    }
    return QWR_OK;
}

static void draw_call(const qwr__making *m, draft *d, qwr__rng *rng, size_t number)
{
    snprintf(d->id, sizeof d->id, m->calls < 1000 ? "C%03zu" : "C%05zu", number + 1);
    d->call = qwr_call_init();
    d->call.id = d->id;
    draw_hull(m, d);
    draw_draught(m, d, rng);
    draw_work(m, d, rng);
    draw_place(m, d, rng);
    set_times(m, d);
    set_money(d);
}

qwr_status qwr__make_calls(qwr__making *m)
{
    qwr__mooring mooring = qwr__mooring_start(m);

    for (size_t i = 0; i < m->visit_count; i++) {
        qwr__rng rng = qwr__draw(m, QWR__DRAW_CALL, i);
        draft d = {.visit = &m->visit[i],
                   .vessel_class = &qwr__vessel_classes[m->visit[i].vessel_class]};
        qwr_call_ix ix;
        int alongside = 0, bays;

        draw_call(m, &d, &rng, i);
        bays = qwr__draw_chance(&rng, m->profile->bay_calls_milli);
        if (mooring.taken < (size_t)m->profile->in_progress && d.visit->vessel_class <= 1)
            alongside = qwr__pin_alongside(&mooring, m, &d.call);
        if (alongside)
            bays = 0;
        else
            qwr__pin_later(m, i, &d.call);
        if (bays)
            d.call.moves = QWR_UNSET;
        QWR_TRY(qwr_scenario_add_call(m->builder, &d.call, &ix));
        if (!alongside)
            QWR_TRY(add_places(m, &d, ix, &rng));
        QWR_TRY(add_efficiency(m, &d, ix));
        if (bays)
            QWR_TRY(qwr__make_bays(m, ix, &d.call, d.moves));
    }
    return QWR_OK;
}
