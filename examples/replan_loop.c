/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rhythm of a terminal operating system: export every 30 s, plan within 20 s, and never move
 * what has begun. Here the clock is simulated, an hour a cycle, and each cycle brings news: an
 * arrival that slips. What has started is pinned, what was announced costs something to change, and
 * the old plan is the starting point of the new one. Prints what moved.
 *
 *     replan_loop SCENARIO.xml [CYCLES [WORK]]
 *
 * With a work limit instead of a deadline the output is the same on every machine.
 */
#include <quaywright/quaywright.h>

#include <stdio.h>
#include <stdlib.h>

enum { CYCLE_S = 3600, SLIP_S = 2 * 3600, AHEAD_S = 24 * 3600 };

/** What goes from cycle to cycle. */
typedef struct terminal {
    qwr_context *ctx;
    qwr_scenario *scenario;
    qwr_plan *plan;
    int64_t now_s;
    int64_t work;
} terminal;

static int64_t next_step(const qwr_scenario *scenario, int64_t at_s)
{
    const int64_t step_s = qwr_scenario_get_info(scenario)->step_s;

    return (at_s + step_s - 1) / step_s * step_s;
}

/* Alongside or gone: nothing of it can change any more. */
static void pin(qwr_call *call, const qwr_stay *stay)
{
    call->pin_quay = stay->quay;
    if (stay->berth.v != QWR_NONE)
        call->pin_berth = stay->berth;
    else
        call->pin_position_mm = stay->position_mm;
    call->pin_start_s = stay->start_s;
    call->pin_cranes = stay->cranes;
    if (call->earliest_s == QWR_UNSET || call->earliest_s > stay->start_s)
        call->earliest_s = stay->start_s;
}

/* Announced, not begun: may move, at a price, and not into the past. */
static void announce(qwr_call *call, const qwr_stay *stay, int64_t soonest_s)
{
    if (stay->placed) {
        call->base_quay = stay->quay;
        if (stay->berth.v != QWR_NONE)
            call->base_berth = stay->berth;
        else
            call->base_position_mm = stay->position_mm;
        call->base_start_s = stay->start_s;
        call->base_cranes = stay->cranes;
        call->change_berth_mu = 500000;
        call->change_position_mu_m = 2000;
        call->change_start_mu_h = 100000;
    }
    if (call->earliest_s == QWR_UNSET)
        call->earliest_s = call->eta_s;
    if (call->earliest_s < soonest_s)
        call->earliest_s = soonest_s;
}

/* The news of this cycle: the next vessel still at sea that is due within a day slips two hours. */
static uint32_t slipping_call(const terminal *t, int cycle)
{
    const uint32_t count = (uint32_t)qwr_scenario_call_count(t->scenario);

    for (uint32_t k = 0; k < count; k++) {
        const qwr_call_ix ix = {(k + (uint32_t)cycle * 3) % count};
        const qwr_call *call = qwr_scenario_call(t->scenario, ix);
        const qwr_stay *stay = qwr_plan_stay(t->plan, ix);

        if (call->eta_s > t->now_s && call->eta_s < t->now_s + AHEAD_S && stay->placed &&
            stay->start_s > t->now_s)
            return ix.v;
    }
    return QWR_NONE;
}

static void slip(const terminal *t, qwr_call *call)
{
    char before[32], after[32];

    qwr_time_text(before, sizeof before, t->scenario, call->eta_s);
    call->eta_s += SLIP_S;
    call->earliest_s = call->eta_s; /* late already: it cannot speed up any more */
    qwr_time_text(after, sizeof after, t->scenario, call->eta_s);
    printf("  news: %s is due %s, not %s\n", call->id, after, before);
}

/* The scenario as it looks now. */
static qwr_status next_scenario(qwr_scenario **out, const terminal *t, int cycle)
{
    const uint32_t slipped = slipping_call(t, cycle);
    qwr_scenario_builder *builder = NULL;
    qwr_status status = qwr_scenario_thaw(&builder, t->ctx, t->scenario);

    for (uint32_t i = 0; status == QWR_OK && i < qwr_scenario_call_count(t->scenario); i++) {
        const qwr_call_ix ix = {i};
        const qwr_stay *stay = qwr_plan_stay(t->plan, ix);
        qwr_call call = *qwr_scenario_call(t->scenario, ix);

        if (i == slipped)
            slip(t, &call);
        if (stay->placed && stay->start_s <= t->now_s)
            pin(&call, stay);
        else
            announce(&call, stay, next_step(t->scenario, t->now_s));
        status = qwr_scenario_set_call(builder, ix, &call);
    }
    if (status == QWR_OK)
        status = qwr_scenario_freeze(out, builder);
    qwr_scenario_builder_free(builder);
    return status;
}

/* The old plan as a plan of the new scenario: where the search starts. */
static qwr_status carry_over(qwr_plan **out, const terminal *t, const qwr_scenario *next)
{
    qwr_plan *plan = NULL;
    qwr_status status = qwr_plan_new(&plan, t->ctx, next);

    for (uint32_t i = 0; status == QWR_OK && i < qwr_scenario_call_count(next); i++) {
        const qwr_stay *stay = qwr_plan_stay(t->plan, (qwr_call_ix){i});
        const qwr_call *call = qwr_scenario_call(next, (qwr_call_ix){i});

        /* A vessel that comes later than its old start has lost its place. */
        if (stay->placed && stay->start_s >= call->earliest_s)
            status = qwr_plan_set_stay(plan, (qwr_call_ix){i}, stay);
    }
    if (status != QWR_OK) {
        qwr_plan_free(plan);
        plan = NULL;
    }
    *out = plan;
    return status;
}

static qwr_status solve(qwr_plan **out, const terminal *t, const qwr_scenario *scenario,
                        const qwr_plan *start)
{
    qwr_solve_options options = qwr_solve_options_init();

    /* Beside a terminal operating system: deadline_ms = 20000 and no work limit. */
    options.deadline_ms = -1;
    options.work_limit = t->work;
    options.start = start;
    options.solver = "none";
    return qwr_solve(out, t->ctx, scenario, &options, NULL);
}

static void print_moved(const terminal *t, const qwr_plan *next)
{
    const qwr_scenario *scenario = qwr_plan_scenario(next);
    size_t moved = 0;

    for (uint32_t i = 0; i < qwr_scenario_call_count(scenario); i++) {
        const qwr_stay *old = qwr_plan_stay(t->plan, (qwr_call_ix){i});
        const qwr_stay *new = qwr_plan_stay(next, (qwr_call_ix){i});
        char start[32];

        if (old->placed == new->placed &&
            (!new->placed || (old->quay.v == new->quay.v && old->start_s == new->start_s &&
                              old->position_mm == new->position_mm && old->cranes == new->cranes)))
            continue;
        moved++;
        qwr_time_text(start, sizeof start, scenario, new->start_s);
        if (new->placed)
            printf("  %s: now %s at %lld m, %lld cranes (start %+.2f h)\n",
                   qwr_scenario_call(scenario, (qwr_call_ix){i})->id, start,
                   (long long)(new->position_mm / 1000), (long long)new->cranes,
                   old->placed ? (double)(new->start_s - old->start_s) / 3600 : 0.0);
        else
            printf("  %s: no place any more: %s\n",
                   qwr_scenario_call(scenario, (qwr_call_ix){i})->id, new->reason);
    }
    if (moved == 0)
        printf("  nothing moves\n");
}

/* One cycle; the clock moves, the world changes, the plan follows. */
static qwr_status replan(terminal *t, int cycle)
{
    qwr_scenario *scenario = NULL;
    qwr_plan *start = NULL, *plan = NULL;
    char now[32];
    qwr_status status;

    t->now_s += CYCLE_S;
    qwr_time_text(now, sizeof now, t->scenario, t->now_s);
    printf("%s\n", now);
    status = next_scenario(&scenario, t, cycle);
    if (status == QWR_OK)
        status = carry_over(&start, t, scenario);
    if (status == QWR_OK)
        status = solve(&plan, t, scenario, start);
    qwr_plan_free(start);
    if (status != QWR_OK) {
        qwr_scenario_free(scenario);
        return status;
    }
    print_moved(t, plan);
    qwr_plan_free(t->plan);
    qwr_scenario_free(t->scenario);
    t->plan = plan;
    t->scenario = scenario;
    return QWR_OK;
}

static int rules_broken(const terminal *t)
{
    qwr_violations *violations = NULL;
    int broken = 1;

    if (qwr_plan_check(&violations, t->ctx, t->scenario, t->plan) == QWR_OK) {
        broken = qwr_violations_count(violations) > 0;
        printf("%zu rules broken in the last plan\n", qwr_violations_count(violations));
    }
    qwr_violations_free(violations);
    return broken;
}

int main(int argc, char **argv)
{
    const int cycles = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 8;
    terminal t = {.work = argc > 3 ? strtol(argv[3], NULL, 10) : 200000};
    qwr_status status;
    int code = EXIT_FAILURE;

    if (argc < 2) {
        fprintf(stderr, "usage: replan_loop SCENARIO.xml [CYCLES [WORK]]\n");
        return EXIT_FAILURE;
    }
    if (qwr_context_new(&t.ctx, NULL) != QWR_OK)
        return EXIT_FAILURE;
    status = qwr_scenario_load(&t.scenario, t.ctx, argv[1], QWR_FORMAT_AUTO);
    if (status == QWR_OK)
        status = solve(&t.plan, &t, t.scenario, NULL);
    for (int cycle = 0; status == QWR_OK && cycle < cycles; cycle++)
        status = replan(&t, cycle);
    if (status == QWR_OK)
        code = rules_broken(&t) ? EXIT_FAILURE : EXIT_SUCCESS;
    else
        fprintf(stderr, "%s: %s\n", qwr_status_name(status),
                qwr_context_cause_count(t.ctx) > 0 ? qwr_context_cause(t.ctx, 0)->message : "");
    qwr_plan_free(t.plan);
    qwr_scenario_free(t.scenario);
    qwr_context_free(t.ctx);
    return code;
}
