/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public entry of the generator: options to numbers, then the steps in order. Must never know what
 * a step draws.
 */
#include "generate/generate.h"

#include <stdio.h>
#include <string.h>

qwr_generate_options qwr_generate_options_init(void)
{
    return (qwr_generate_options){.size = sizeof(qwr_generate_options),
                                  .profile = "medium",
                                  .seed = 1,
                                  .calls = QWR_UNSET,
                                  .quay_m = QWR_UNSET,
                                  .cranes = QWR_UNSET,
                                  .days = QWR_UNSET,
                                  .vehicles = QWR_UNSET,
                                  .step_s = QWR_UNSET,
                                  .grid_mm = QWR_UNSET,
                                  .utilisation_milli = QWR_UNSET};
}

const char *qwr_generate_profile_name(size_t i)
{
    return i < qwr__profile_count ? qwr__profiles[i].name : NULL;
}

const char *qwr_generate_profile_sentence(size_t i)
{
    return i < qwr__profile_count ? qwr__profiles[i].sentence : NULL;
}

static qwr_status no_such_profile(qwr_context *ctx, const char *name)
{
    const char *words[16] = {NULL};
    const char *near;
    char list[200] = "";
    size_t used = 0;

    for (size_t i = 0; i < qwr__profile_count && i + 1 < sizeof words / sizeof words[0]; i++) {
        words[i] = qwr__profiles[i].name;
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                                     words[i]);
    }
    near = qwr__nearest(name, words);
    if (near != NULL)
        return qwr__fail(ctx, QWR_ENOTFOUND, "generate", NULL, 0,
                         "There is no profile named %.64s; did you mean %s?", name, near);
    return qwr__fail(ctx, QWR_ENOTFOUND, "generate", NULL, 0,
                     "There is no profile named %.64s; there are %s.", name, list);
}

static qwr_status check_ranges(qwr_context *ctx, const qwr_generate_options *o)
{
    const struct {
        const char *name;
        int64_t value, low, high;
    } field[] = {{"calls", o->calls, 1, 100000},
                 {"quay_m", o->quay_m, 100, 20000},
                 {"cranes", o->cranes, 1, 500},
                 {"days", o->days, 1, 366},
                 {"vehicles", o->vehicles, 0, 5000},
                 {"step_s", o->step_s, 60, 21600},
                 {"grid_mm", o->grid_mm, 1000, 100000},
                 {"utilisation_milli", o->utilisation_milli, 50, 950}};

    for (size_t i = 0; i < sizeof field / sizeof field[0]; i++)
        if (field[i].value != QWR_UNSET &&
            (field[i].value < field[i].low || field[i].value > field[i].high))
            return qwr__fail(ctx, QWR_EINVAL, "generate", NULL, 0,
                             "%s is %lld, expected %lld to %lld.", field[i].name,
                             (long long)field[i].value, (long long)field[i].low,
                             (long long)field[i].high);
    if (o->step_s != QWR_UNSET && QWR__DAY_S % o->step_s != 0)
        return qwr__fail(ctx, QWR_EINVAL, "generate", NULL, 0,
                         "step_s is %lld, expected a whole part of a day.", (long long)o->step_s);
    if (o->calls != QWR_UNSET && o->utilisation_milli != QWR_UNSET)
        return qwr__fail(ctx, QWR_EINVAL, "generate", NULL, 0,
                         "Both calls and utilisation_milli are set: one follows from the other.");
    return QWR_OK;
}

static qwr_status read_layout(qwr_context *ctx, const char *word, qwr_layout *layout)
{
    static const char *const words[] = {"continuous", "discrete", "hybrid"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i]) == 0) {
            *layout = (qwr_layout)i;
            return QWR_OK;
        }
    return qwr__fail(ctx, QWR_EINVAL, "generate", NULL, 0,
                     "layout is %s, expected continuous, discrete or hybrid.", word);
}

static int64_t or_else(int64_t value, int64_t other)
{
    return value != QWR_UNSET ? value : other;
}

/* A berth holds the longest vessel of the profile, as far as the quay allows. */
static void lay_berths(const qwr__making *m, qwr__made_quay *q, const qwr__quay_plan *plan)
{
    q->berth_mm = plan->berth_m * 1000;
    if (q->berth_mm == 0)
        for (size_t c = 0; c < QWR__CLASS_COUNT; c++)
            if (m->profile->share_milli[c] > 0)
                q->berth_mm = qwr__round_up((qwr__vessel_classes[c].loa_max_m + 30) * 1000, 10000);
    if (q->berth_mm > q->length_mm)
        q->berth_mm = q->length_mm;
    q->berth_count = (uint32_t)(q->length_mm / q->berth_mm);
}

static void lay_quay(qwr__making *m, size_t number, int64_t length_m, int64_t cranes,
                     int64_t grid_mm)
{
    const qwr__quay_plan *plan = &m->profile->quay[number];
    qwr__made_quay *q = &m->quay[number];
    const int64_t parts = plan->segment_m > 0 ? length_m / plan->segment_m : 0;

    q->length_mm = length_m * 1000;
    q->cranes = cranes;
    q->grid_mm = grid_mm;
    q->segment_mm = parts > 1 ? qwr__round_down(q->length_mm / parts, grid_mm) : 0;
    for (int i = 0; i < 3; i++)
        q->depth_mm[i] = plan->depth_dm[i] * 100;
    q->depth_at_mm[0] = qwr__round_down(q->length_mm * 3 / 10, grid_mm);
    q->depth_at_mm[1] = qwr__round_down(q->length_mm / 2, grid_mm);
    if (q->layout == QWR_LAYOUT_DISCRETE)
        lay_berths(m, q, plan);
}

/* Length and cranes are shared over the quays as in the profile; too little goes to the main quay.
 */
static void lay_quays(qwr__making *m, const qwr_generate_options *o)
{
    const qwr__quay_plan *main_plan = &m->profile->quay[0], *side = &m->profile->quay[1];
    const int64_t plan_m = main_plan->length_m + side->length_m;
    const int64_t plan_cranes = main_plan->cranes + side->cranes;
    const int64_t length_m = or_else(o->quay_m, plan_m), cranes = or_else(o->cranes, plan_cranes);
    const int64_t grid_mm = or_else(o->grid_mm, m->profile->grid_mm);
    int64_t side_m = side->length_m * length_m / plan_m, side_cranes = 0;

    m->quay_count = 1;
    if (side->berth_m > 0)
        side_m -= side_m % side->berth_m;
    if (side_m > 0 && cranes > 2) {
        side_cranes = side->cranes * cranes / plan_cranes;
        if (side_cranes == 0)
            side_cranes = 1;
        m->quay_count = 2;
        m->quay[1].layout = side->layout;
        lay_quay(m, 1, side_m, side_cranes, grid_mm);
    } else {
        side_m = 0;
    }
    lay_quay(m, 0, length_m - side_m, cranes - side_cranes, grid_mm);
}

static void set_water(qwr__making *m)
{
    const qwr__profile *p = m->profile;

    m->clearance_mm = 20000; /* 15 to 30 m between ships: usual practice, assumption */
    m->ukc_berth_mm = 500;   /* max(1.5 % of the beam, 0.3 m): China Shipping */
    m->channel_mm = p->channel_dm * 100;
    m->ukc_channel_mm = p->channel_dm * 10; /* 10 % in the channel: port of Nelson, in BIMCO */
    m->low_water_mm = p->tide_mean_mm - p->tide_m2_mm - p->tide_s2_mm;
    m->neap_high_mm = p->tide_mean_mm + p->tide_m2_mm - p->tide_s2_mm;
}

static qwr_status settle(qwr__making *m, qwr_context *ctx, const qwr_generate_options *o)
{
    const qwr__profile *p = qwr__profile_find(o->profile);

    if (p == NULL)
        return no_such_profile(ctx, o->profile);
    QWR_TRY(check_ranges(ctx, o));
    m->ctx = ctx;
    m->profile = p;
    m->seed = o->seed;
    m->epoch = o->epoch != NULL ? o->epoch : "2026-03-02T00:00:00Z";
    m->days = or_else(o->days, p->days);
    if (p->published)
        return QWR_OK; /* the rest is its own business */
    m->vehicles = or_else(o->vehicles, p->vehicles);
    m->step_s = or_else(o->step_s, p->step_s);
    m->horizon_s = (m->days + p->slack_days) * QWR__DAY_S;
    m->quay[0].layout = p->quay[0].layout;
    if (o->layout != NULL)
        QWR_TRY(read_layout(ctx, o->layout, &m->quay[0].layout));
    set_water(m);
    lay_quays(m, o);
    QWR_TRY(qwr__fit_classes(m));
    m->calls = (2 * p->calls * m->days + p->days) / (2 * p->days);
    /* A vessel takes a whole berth: fewer calls than on a continuous quay. */
    if (m->quay[0].layout == QWR_LAYOUT_DISCRETE && m->calls > qwr__calls_bearable(m))
        m->calls = qwr__calls_bearable(m);
    m->calls = or_else(o->calls, m->calls);
    if (o->utilisation_milli != QWR_UNSET)
        m->calls = qwr__calls_for_use(m, o->utilisation_milli);
    if (m->calls < 1)
        m->calls = 1;
    return QWR_OK;
}

/* The command that makes this scenario again, and where its numbers come from. */
static void write_origin(qwr__text *text, const qwr__making *m, const qwr_generate_options *o)
{
    const struct {
        const char *name;
        int64_t value;
    } option[] = {{"calls", o->calls},    {"quay-m", o->quay_m},     {"cranes", o->cranes},
                  {"days", o->days},      {"vehicles", o->vehicles}, {"step-s", o->step_s},
                  {"grid-mm", o->grid_mm}};

    qwr__text_add(text, "Synthetic: quaywright generate --profile %s --seed %llu", m->profile->name,
                  (unsigned long long)m->seed);
    for (size_t i = 0; i < sizeof option / sizeof option[0]; i++)
        if (option[i].value != QWR_UNSET)
            qwr__text_add(text, " --%s %lld", option[i].name, (long long)option[i].value);
    if (o->utilisation_milli != QWR_UNSET) {
        qwr__text_add(text, " --utilisation ");
        qwr__text_fixed(text, o->utilisation_milli, 1);
    }
    if (o->layout != NULL)
        qwr__text_add(text, " --layout %s", o->layout);
    if (o->epoch != NULL)
        qwr__text_add(text, " --epoch %s", o->epoch);
    qwr__text_add(text, ". %s No real vessel or terminal.", m->profile->sentence);
}

static int64_t peak_w(const qwr__making *m)
{
    int64_t cranes = 0, sockets = 0;

    for (size_t i = 0; i < m->quay_count; i++) {
        cranes += m->quay[i].cranes;
        sockets += m->quay[i].length_mm / 350000;
    }
    /* A cap on lifts at once costs little (Geerlings 2018); here 80 % of all cranes: assumption. */
    return cranes * 225000 * 8 / 10 + sockets * 2000000;
}

static qwr_status start_scenario(qwr__making *m, const qwr_generate_options *o)
{
    qwr_scenario_info info = qwr_scenario_info_init();
    char id[64], name[80];
    qwr__text origin;
    qwr_status status = QWR_OK;

    qwr__text_init(&origin, m->ctx);
    write_origin(&origin, m, o);
    snprintf(id, sizeof id, "%s-%llu", m->profile->name, (unsigned long long)m->seed);
    snprintf(name, sizeof name, "Generated terminal, profile %s", m->profile->name);
    if (origin.status != QWR_OK) {
        status = qwr__no_memory(m->ctx, "generate");
        goto done;
    }
    info.id = id;
    info.name = name;
    info.origin = origin.data;
    info.epoch = m->epoch;
    info.currency = "EUR";
    info.step_s = m->step_s;
    info.horizon_s = m->horizon_s;
    info.channel_depth_mm = m->channel_mm;
    info.ukc_channel_mm = m->ukc_channel_mm;
    info.ukc_berth_mm = m->ukc_berth_mm;
    info.peak_w = peak_w(m);
    info.shore_power_mu_kwh = 220; /* 0.22 a kWh: assumption */
    status = qwr_scenario_builder_new(&m->builder, m->ctx, &info);
done:
    qwr__text_free(&origin);
    return status;
}

static qwr_status make_all(qwr__making *m)
{
    QWR_TRY(qwr__make_quays(m));
    QWR_TRY(qwr__make_tide(m));
    QWR_TRY(qwr__make_cranes(m));
    QWR_TRY(qwr__make_tariff(m));
    QWR_TRY(qwr__make_windows(m));
    QWR_TRY(qwr__make_visits(m));
    QWR_TRY(qwr__make_calls(m));
    QWR_TRY(qwr__make_yard(m));
    return qwr__make_past(m);
}

qwr_status qwr_generate(qwr_scenario **out, qwr_context *ctx, const qwr_generate_options *options)
{
    qwr__making m = {0};
    qwr_scenario *scenario = NULL;
    qwr_status status = QWR_OK;

    if (out == NULL || ctx == NULL)
        return QWR_EINVAL;
    *out = NULL;
    qwr__causes_clear(ctx);
    if (options == NULL || options->size < sizeof *options || options->profile == NULL)
        return qwr__fail(ctx, QWR_EINVAL, "generate", NULL, 0,
                         "Options are missing: start from qwr_generate_options_init().");
    QWR_TRY(settle(&m, ctx, options));
    if (m.profile->published) {
        QWR_TRY_DONE(qwr__make_bacap(&m, options));
    } else {
        QWR_TRY_DONE(start_scenario(&m, options));
        QWR_TRY_DONE(make_all(&m));
    }
    QWR_TRY_DONE(qwr_scenario_freeze(&scenario, m.builder));
done:
    qwr__free(ctx, m.visit);
    qwr_scenario_builder_free(m.builder);
    if (status == QWR_OK)
        *out = scenario;
    return status;
}
