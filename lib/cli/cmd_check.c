/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright check: a plan made by anyone against a scenario; every broken rule in the planner's
 * words. Knows nothing of solving.
 */
#include "cli/cli.h"

#include "cli/plan_json.h"

#include <stdio.h>

static void amount_text(char *text, size_t capacity, const qwr_violation *v)
{
    const char *unit = v->unit ? v->unit : "";
    if (unit[0] == 'm' && unit[1] == 'm' && unit[2] == '\0')
        snprintf(text, capacity, "%.3f m", (double)v->amount / 1000);
    else
        snprintf(text, capacity, "%lld%s%s", (long long)v->amount, *unit ? " " : "", unit);
}

static void violation_table(textbuf *out, const qwr_scenario *scenario,
                            const qwr_violations *violations)
{
    static const char *const heading[] = {"rule", "call",   "resource",     "from",
                                          "to",   "amount", "what is wrong"};
    table t;
    table_begin(&t, "lllllrl", heading);
    for (size_t i = 0; i < qwr_violations_count(violations); i++) {
        const qwr_violation *v = qwr_violations_get(violations, i);
        const qwr_call *call = qwr_scenario_call(scenario, v->call);
        char from[32], to[32], amount[64];
        qwr_time_text(from, sizeof from, scenario, v->from_s);
        qwr_time_text(to, sizeof to, scenario, v->to_s);
        amount_text(amount, sizeof amount, v);
        table_cell(&t, v->rule);
        table_cell(&t, call ? call->id : "");
        table_cell(&t, v->resource);
        table_cell(&t, from);
        table_cell(&t, to);
        table_cell(&t, amount);
        table_cell(&t, v->sentence);
    }
    table_print(out, &t, 0);
    table_free(&t);
}

static cli_exit print_text(const qwr_scenario *scenario, const qwr_violations *violations)
{
    textbuf out = {0};
    char cost[32];
    size_t count = qwr_violations_count(violations);
    qwr_value_text(cost, sizeof cost, qwr_violations_cost_mu(violations));
    if (count > 0) {
        violation_table(&out, scenario, violations);
        textbuf_printf(&out, "\n%zu violation%s; cost of the placed calls %s\n", count,
                       count == 1 ? "" : "s", cost);
    } else {
        textbuf_printf(&out, "The plan is legal: %zu calls, cost %s\n",
                       qwr_scenario_call_count(scenario), cost);
    }
    return cli_print(&out);
}

static cli_exit print_json(const qwr_scenario *scenario, const qwr_violations *violations)
{
    json_out json = {0};
    char cost[32];
    qwr_value_text(cost, sizeof cost, qwr_violations_cost_mu(violations));
    json_object(&json, NULL);
    json_string(&json, "scenario", qwr_scenario_get_info(scenario)->id);
    json_bool(&json, "legal", qwr_violations_count(violations) == 0);
    json_number(&json, "value", cost);
    violations_json(&json, scenario, violations);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    qwr_violations *violations = NULL;
    cli_exit code = cli_load_scenario(&scenario, ctx, a->operand[0], NULL);
    if (code != CLI_OK)
        return code;
    code = cli_load_plan(&plan, ctx, scenario, a->operand[1]);
    if (code != CLI_OK)
        goto done;
    qwr_status status = qwr_plan_check(&violations, ctx, scenario, plan);
    if (status) {
        code = cli_fail(ctx, status, CLI_WORKING, NULL);
        goto done;
    }
    code =
        args_given(a, "json") ? print_json(scenario, violations) : print_text(scenario, violations);
    if (code == CLI_OK && qwr_violations_count(violations) > 0)
        code = CLI_BROKEN;
done:
    qwr_violations_free(violations);
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print the violations as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_check = {
    .name = "check",
    .synopsis = "SCENARIO PLAN [--json]",
    .sentence = "check a plan made by anyone: every rule, and the cost",
    .operands_min = 2,
    .operands_max = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright check week.xml plan/plan.csv",
    .details =
        "The plan may be XML, JSON or CSV. Exit code 0: legal; 3: a rule is broken.\n"
        "The rules are listed by 'quaywright help rules'. One of the two may be '-', standard\n"
        "input.\n",
    .schemas = "check",
    .run = run,
};
