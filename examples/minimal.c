/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The least a program needs: load a scenario, plan it, have the plan checked, print it.
 *
 *     minimal SCENARIO.xml [DEADLINE_S]
 */
#include <quaywright/quaywright.h>

#include <stdio.h>
#include <stdlib.h>

static int fail(const qwr_context *ctx, qwr_status status)
{
    fprintf(stderr, "failed: %s\n", qwr_status_name(status));
    for (size_t i = 0; i < qwr_context_cause_count(ctx); i++) {
        const qwr_cause *cause = qwr_context_cause(ctx, i);
        if (cause->file != NULL)
            fprintf(stderr, "  %s:%lld: %s\n", cause->file, (long long)cause->line, cause->message);
        else
            fprintf(stderr, "  %s: %s\n", cause->where, cause->message);
    }
    return EXIT_FAILURE;
}

static void print_stay(const qwr_scenario *scenario, const qwr_plan *plan, qwr_call_ix ix)
{
    const qwr_call *call = qwr_scenario_call(scenario, ix);
    const qwr_stay *stay = qwr_plan_stay(plan, ix);
    char start[32], end[32];

    if (!stay->placed) {
        printf("%-6s %-20s no place: %s\n", call->id, call->vessel, stay->reason);
        return;
    }
    qwr_time_text(start, sizeof start, scenario, stay->start_s);
    qwr_time_text(end, sizeof end, scenario, stay->end_s);
    printf("%-6s %-20s %s %5lld m  %s to %s  %lld cranes\n", call->id, call->vessel,
           qwr_scenario_quay(scenario, stay->quay)->id, (long long)(stay->position_mm / 1000),
           start, end, (long long)stay->cranes);
}

static void print_plan(const qwr_scenario *scenario, const qwr_plan *plan)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
    const double gap_pct = qwr_plan_gap_pct(plan);
    char cost[32];

    for (uint32_t i = 0; i < qwr_scenario_call_count(scenario); i++)
        print_stay(scenario, plan, (qwr_call_ix){i});
    qwr_value_text(cost, sizeof cost, quality->cost_mu);
    printf("cost %s, %s", cost, qwr_outcome_name(quality->outcome));
    if (gap_pct >= 0)
        printf(", at most %.1f %% above the best there is", gap_pct);
    printf("\n");
}

int main(int argc, char **argv)
{
    qwr_context *ctx = NULL;
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    qwr_violations *violations = NULL;
    qwr_solve_options options = qwr_solve_options_init();
    qwr_status status;
    int code = EXIT_FAILURE;

    if (argc < 2) {
        fprintf(stderr, "usage: minimal SCENARIO.xml [DEADLINE_S]\n");
        return EXIT_FAILURE;
    }
    if (argc > 2)
        options.deadline_ms = 1000 * strtol(argv[2], NULL, 10);
    if (qwr_context_new(&ctx, NULL) != QWR_OK)
        return EXIT_FAILURE;
    status = qwr_scenario_load(&scenario, ctx, argv[1], QWR_FORMAT_AUTO);
    if (status == QWR_OK)
        status = qwr_solve(&plan, ctx, scenario, &options, NULL);
    if (status == QWR_OK)
        status = qwr_plan_check(&violations, ctx, scenario, plan);
    if (status == QWR_OK) {
        print_plan(scenario, plan);
        printf("%zu rules broken\n", qwr_violations_count(violations));
        code = qwr_violations_count(violations) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    } else {
        code = fail(ctx, status);
    }
    qwr_violations_free(violations);
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    qwr_context_free(ctx);
    return code;
}
