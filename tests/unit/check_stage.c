/* SPDX-License-Identifier: Apache-2.0 */
/* The stage of check_stage.h. */
#include "check_stage.h"

#include <stdio.h>
#include <string.h>

stage stage_open(void)
{
    stage s = {.ctx = qwr_test_context()};
    s.info = qwr_scenario_info_init();
    s.info.id = "stage";
    s.info.epoch = "2026-03-02T00:00:00Z";
    s.info.horizon_s = 240 * HOUR;
    return s;
}

void stage_close(stage *s)
{
    qwr_violations_free(s->found);
    qwr_plan_free(s->plan);
    qwr_scenario_free(s->scenario);
    qwr_scenario_builder_free(s->builder);
    qwr_context_free(s->ctx);
}

static qwr_scenario_builder *builder(stage *s)
{
    if (s->builder == NULL)
        qwr_test_ok(s->ctx, qwr_scenario_builder_new(&s->builder, s->ctx, &s->info));
    return s->builder;
}

qwr_quay_ix stage_quay(stage *s, const char *id, qwr_layout layout, int64_t length_m)
{
    qwr_quay quay = qwr_quay_init();
    qwr_quay_ix ix;
    quay.id = id;
    quay.layout = layout;
    quay.length_mm = length_m * METRE;
    qwr_test_ok(s->ctx, qwr_scenario_add_quay(builder(s), &quay, &ix));
    return ix;
}

qwr_berth_ix stage_berth(stage *s, const char *id, qwr_quay_ix quay, int64_t from_m,
                         int64_t length_m)
{
    qwr_berth berth = qwr_berth_init();
    qwr_berth_ix ix;
    berth.id = id;
    berth.quay = quay;
    berth.from_mm = from_m * METRE;
    berth.length_mm = length_m * METRE;
    qwr_test_ok(s->ctx, qwr_scenario_add_berth(builder(s), &berth, &ix));
    return ix;
}

void stage_cranes(stage *s, qwr_quay_ix quay, int count)
{
    for (int i = 0; i < count; i++) {
        char id[16];
        qwr_crane crane = qwr_crane_init();
        snprintf(id, sizeof id, "K%u-%d", (unsigned)quay.v, i);
        crane.id = id;
        crane.quay = quay;
        crane.rail_order = i;
        qwr_test_ok(s->ctx, qwr_scenario_add_crane(builder(s), &crane, NULL));
    }
}

void stage_tide(stage *s, int64_t at_h, int64_t level_mm)
{
    qwr_tide tide = qwr_tide_init();
    tide.at_s = at_h * HOUR;
    tide.level_mm = level_mm;
    qwr_test_ok(s->ctx, qwr_scenario_add_tide(builder(s), &tide));
}

qwr_call stage_vessel(const char *id, const char *vessel)
{
    qwr_call call = qwr_call_init();
    call.id = id;
    call.vessel = vessel;
    call.loa_mm = 200 * METRE;
    call.beam_mm = 30 * METRE;
    call.eta_s = 0;
    call.handling_s = 2 * HOUR;
    call.min_cranes = 0;
    call.max_cranes = 8;
    return call;
}

qwr_call_ix stage_call(stage *s, const qwr_call *call)
{
    qwr_call_ix ix;
    qwr_test_ok(s->ctx, qwr_scenario_add_call(builder(s), call, &ix));
    return ix;
}

qwr_call_ix stage_plain_call(stage *s, const char *id)
{
    qwr_call call = stage_vessel(id, NULL);
    return stage_call(s, &call);
}

qwr_window stage_window(const char *id, qwr_window_kind kind, int64_t from_h, int64_t to_h)
{
    qwr_window window = qwr_window_init();
    window.id = id;
    window.kind = kind;
    window.from_s = from_h * HOUR;
    window.to_s = to_h * HOUR;
    return window;
}

void stage_add_window(stage *s, const qwr_window *window)
{
    qwr_test_ok(s->ctx, qwr_scenario_add_window(builder(s), window, NULL));
}

void stage_freeze(stage *s)
{
    qwr_test_ok(s->ctx, qwr_scenario_freeze(&s->scenario, builder(s)));
    qwr_test_ok(s->ctx, qwr_plan_new(&s->plan, s->ctx, s->scenario));
}

qwr_stay stage_stay(qwr_quay_ix quay, int64_t at_m, int64_t from_h, int64_t to_h, int64_t cranes)
{
    qwr_stay stay = qwr_stay_init();
    stay.placed = 1;
    stay.quay = quay;
    stay.position_mm = at_m * METRE;
    stay.start_s = from_h * HOUR;
    stay.end_s = to_h * HOUR;
    stay.cranes = cranes;
    return stay;
}

void stage_set(stage *s, qwr_call_ix call, const qwr_stay *stay)
{
    qwr_test_ok(s->ctx, qwr_plan_set_stay(s->plan, call, stay));
}

void stage_put(stage *s, qwr_call_ix call, qwr_quay_ix quay, int64_t at_m, int64_t from_h,
               int64_t to_h, int64_t cranes)
{
    qwr_stay stay = stage_stay(quay, at_m, from_h, to_h, cranes);
    stage_set(s, call, &stay);
}

void stage_put_berth(stage *s, qwr_call_ix call, qwr_berth_ix berth, int64_t from_h, int64_t to_h)
{
    const qwr_berth *b = qwr_scenario_berth(s->scenario, berth);
    qwr_stay stay = stage_stay(b->quay, b->from_mm / METRE, from_h, to_h, 0);
    stay.berth = berth;
    stage_set(s, call, &stay);
}

void stage_check(stage *s)
{
    qwr_violations_free(s->found);
    s->found = NULL;
    qwr_test_ok(s->ctx, qwr_plan_check(&s->found, s->ctx, s->scenario, s->plan));
}

/** What was found, for the message of a failed test. */
static const char *listed(const stage *s)
{
    static char text[4096];
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < qwr_violations_count(s->found) && used < sizeof text - 600; i++) {
        const qwr_violation *v = qwr_violations_get(s->found, i);
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "\n    %s: %s", v->rule, v->sentence);
    }
    return text;
}

void stage_legal(stage *s)
{
    stage_check(s);
    ck_assert_msg(qwr_violations_count(s->found) == 0, "a legal plan breaks:%s", listed(s));
}

const qwr_violation *stage_breaks(stage *s, const char *rule)
{
    stage_check(s);
    ck_assert_msg(qwr_violations_count(s->found) == 1, "not exactly rule %s:%s", rule, listed(s));
    const qwr_violation *v = qwr_violations_get(s->found, 0);
    ck_assert_str_eq(v->rule, rule);
    return v;
}

size_t stage_count(const stage *s, const char *rule)
{
    size_t count = 0;
    for (size_t i = 0; i < qwr_violations_count(s->found); i++)
        count += strcmp(qwr_violations_get(s->found, i)->rule, rule) == 0;
    return count;
}
