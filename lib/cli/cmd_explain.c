/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright explain: why a call lies where it does: what else it could do at what cost, and who or
 * what stands in the way. Knows nothing of solving.
 */
#include "cli/cli.h"

#include "cli/number.h"
#include "cli/plan_json.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct job {
    qwr_scenario *scenario;
    qwr_plan *plan;
    qwr_call_ix call;
    qwr_explanation *explanation;
    size_t limit; /* alternatives of each kind to tell of */
} job;

static cli_exit find_call(job *j, const char *id)
{
    size_t count = qwr_scenario_call_count(j->scenario), near;
    const char **ids;

    j->call = qwr_scenario_find_call(j->scenario, id);
    if (j->call.v != QWR_NONE)
        return CLI_OK;
    ids = calloc(count + 1, sizeof *ids);
    if (ids == NULL)
        return cli_fail_own(CLI_INTERNAL, "not enough memory");
    for (size_t i = 0; i < count; i++)
        ids[i] = qwr_scenario_call(j->scenario, (qwr_call_ix){(uint32_t)i})->id;
    near = word_nearest(id, ids, count);
    cli_exit code =
        near < count
            ? cli_usage("explain", "no call has the id '%s'; did you mean '%s'?", id, ids[near])
            : cli_usage("explain", "no call has the id '%s'", id);
    free(ids);
    return code;
}

static cli_exit load(job *j, qwr_context *ctx, const args *a)
{
    cli_exit code = cli_load_scenario(&j->scenario, ctx, a->operand[0], NULL);
    if (code == CLI_OK)
        code = find_call(j, a->operand[2]);
    if (code == CLI_OK)
        code = cli_load_plan(&j->plan, ctx, j->scenario, a->operand[1]);
    if (code != CLI_OK)
        return code;
    qwr_status status = qwr_plan_price(ctx, j->plan);
    if (!status)
        status = qwr_plan_explain(&j->explanation, ctx, j->plan, j->call);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

static void print_kind(textbuf *out, const job *j, qwr_alternative_kind kind, const char *heading)
{
    size_t told = 0, all = 0;

    for (size_t i = 0; i < qwr_explanation_count(j->explanation); i++) {
        const qwr_alternative *a = qwr_explanation_get(j->explanation, i);
        if (a->kind != kind || ++all > j->limit)
            continue;
        if (told++ == 0)
            textbuf_printf(out, "\n%s\n", heading);
        textbuf_printf(out, "  %s\n", a->sentence);
    }
    if (all > told)
        textbuf_printf(out, "  and %zu more (--limit)\n", all - told);
}

static void print_conflicts(textbuf *out, const qwr_explanation *e)
{
    uint32_t set = UINT32_MAX;

    for (size_t i = 0; i < qwr_explanation_conflict_count(e); i++) {
        const qwr_conflict *c = qwr_explanation_conflict(e, i);
        if (c->set != set)
            textbuf_printf(out, "\n%s\n",
                           c->set == 0 ? "Even alone on the quay, one of these has to give:"
                                       : "And one of these:");
        set = c->set;
        textbuf_printf(out, "  %s\n", c->sentence);
    }
}

/* The stay that is asked about, as the plan has it. */
static void print_now(textbuf *out, const job *j, const qwr_stay *now)
{
    const char *id = qwr_scenario_call(j->scenario, j->call)->id;
    const qwr_quay *quay = qwr_scenario_quay(j->scenario, now->quay);
    const qwr_berth *berth = qwr_scenario_berth(j->scenario, now->berth);
    char cost[32], from[32], to[32];

    if (!now->placed) {
        textbuf_printf(out, "%s has no place%s%s\n", id, now->reason ? ": " : "",
                       now->reason ? now->reason : "");
        return;
    }
    qwr_value_text(cost, sizeof cost, now->cost_mu);
    qwr_time_text(from, sizeof from, j->scenario, now->start_s);
    qwr_time_text(to, sizeof to, j->scenario, now->end_s);
    textbuf_printf(out, "%s lies at %s", id, berth ? berth->id : quay ? quay->id : "no quay");
    if (!berth && now->position_mm != QWR_UNSET)
        textbuf_printf(out, ", %.10g m,", (double)now->position_mm / 1000);
    textbuf_printf(out, " from %s to %s with %lld crane%s, cost %s\n", from, to,
                   (long long)now->cranes, now->cranes == 1 ? "" : "s", cost);
}

static cli_exit print_text(const job *j)
{
    textbuf out = {0};
    const qwr_stay *now = qwr_plan_stay(j->plan, j->call);

    print_now(&out, j, now);
    print_kind(&out, j, QWR_ALTERNATIVE_FREE, "Free, all other calls as they are:");
    print_kind(&out, j, QWR_ALTERNATIVE_BLOCKED,
               now->placed ? "Cheaper, were it not for others:"
                           : "Possible, were it not for others:");
    print_conflicts(&out, j->explanation);
    if (qwr_explanation_count(j->explanation) + qwr_explanation_conflict_count(j->explanation) == 0)
        textbuf_add(&out, "\nNo other berth, start or number of cranes is possible\n");
    return cli_print(&out);
}

static cli_exit print_json(const job *j)
{
    json_out json = {0};
    char cost[32];
    const qwr_stay *now = qwr_plan_stay(j->plan, j->call);

    json_object(&json, NULL);
    json_string(&json, "scenario", qwr_scenario_get_info(j->scenario)->id);
    json_string(&json, "call", qwr_scenario_call(j->scenario, j->call)->id);
    when_where_json(&json, "now", j->scenario, now);
    qwr_value_text(cost, sizeof cost, now->cost_mu);
    if (now->placed)
        json_number(&json, "value", cost);
    else
        json_null(&json, "value");
    json_list(&json, "alternatives");
    for (size_t i = 0; i < qwr_explanation_count(j->explanation); i++) {
        const qwr_alternative *a = qwr_explanation_get(j->explanation, i);
        json_object(&json, NULL);
        json_string(&json, "kind", qwr_alternative_kind_name(a->kind));
        when_where_json(&json, "stay", j->scenario, a->stay);
        qwr_value_text(cost, sizeof cost, a->stay->cost_mu);
        json_number(&json, "value", cost);
        qwr_value_text(cost, sizeof cost, a->cost_delta_mu);
        json_number(&json, "delta", cost);
        json_list(&json, "violations");
        for (uint32_t k = 0; k < a->obstacle_count; k++)
            violation_json(&json, j->scenario, &a->obstacle[k]);
        json_list_end(&json);
        json_string(&json, "sentence", a->sentence);
        json_object_end(&json);
    }
    json_list_end(&json);
    json_list(&json, "conflicts");
    for (size_t i = 0; i < qwr_explanation_conflict_count(j->explanation); i++) {
        const qwr_conflict *c = qwr_explanation_conflict(j->explanation, i);
        json_object(&json, NULL);
        json_string(&json, "rule", c->rule);
        json_int(&json, "set", c->set);
        json_bool(&json, "suffices", c->suffices != 0);
        json_int(&json, "amount", c->amount);
        json_string(&json, "unit", c->unit);
        json_string(&json, "sentence", c->sentence);
        json_object_end(&json);
    }
    json_list_end(&json);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    job j = {.limit = (size_t)args_int(a, "limit")};
    cli_exit code = load(&j, ctx, a);

    if (code == CLI_OK)
        code = args_given(a, "json") ? print_json(&j) : print_text(&j);
    qwr_explanation_free(j.explanation);
    qwr_plan_free(j.plan);
    qwr_scenario_free(j.scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "limit",
     .type = ARG_INT,
     .value = "N",
     .min = 1,
     .max = 100000,
     .fallback = "10",
     .sentence = "Tell of N alternatives of each kind at most; JSON has all"},
    {.name = "json", .type = ARG_FLAG, .sentence = "Print the alternatives as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_explain = {
    .name = "explain",
    .synopsis = "SCENARIO PLAN CALL [--limit N] [--json]",
    .sentence = "tell what else a call could do, at what cost, and who is in the way",
    .operands_min = 3,
    .operands_max = 3,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright explain week.xml plan/plan.csv C001",
    .details =
        "CALL is the id of a call. For each berth (or quay) and number of cranes, two stays are\n"
        "told: the cheapest one that breaks no rule while all other calls stay where they are; "
        "and\n"
        "a cheaper one, if there is any, with the rules it would break and the calls that stand "
        "in\n"
        "its way. Of a call that could not have a place were it the only one, a smallest set of "
        "its\n"
        "demands is told that cannot hold together, and what each would have to give. The plan is\n"
        "not changed.\n",
    .schemas = "explain",
    .run = run,
};
