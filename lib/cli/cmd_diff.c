/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright diff: what moved between two plans, or what differs between two scenarios. Judges
 * nothing and writes no file.
 */
#include "cli/cli.h"

#include "cli/plan_json.h"

#include <stdio.h>
#include <string.h>

typedef struct job {
    qwr_scenario *scenario[2]; /* the second may be the first */
    qwr_plan *plan[2];         /* NULL: scenarios are compared */
    qwr_diff *diff;
} job;

/* With two operands, a plan given where a scenario is meant is the likely slip. */
static cli_exit load_scenario(qwr_scenario **out, qwr_context *ctx, const args *a, size_t operand)
{
    cli_exit code = cli_load_scenario(out, ctx, a->operand[operand], NULL);
    if (code != CLI_OK && a->operand_count == 2)
        fprintf(stderr, "  plans are compared with their scenario named first: "
                        "quaywright diff SCENARIO PLAN PLAN\n");
    return code;
}

/* What a plan from a file says of its costs is not believed: it may have been changed by hand. */
static cli_exit load_plan(qwr_plan **out, qwr_context *ctx, const qwr_scenario *scenario,
                          const char *path)
{
    cli_exit code = cli_load_plan(out, ctx, scenario, path);
    qwr_status status = code == CLI_OK ? qwr_plan_price(ctx, *out) : QWR_OK;
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : code;
}

/* The operands by their number: A B; SCENARIO A B; SCENARIO A SCENARIO B. */
static cli_exit load(job *j, qwr_context *ctx, const args *a)
{
    size_t n = a->operand_count;
    cli_exit code = load_scenario(&j->scenario[0], ctx, a, 0);
    if (code == CLI_OK && n != 3)
        code = load_scenario(&j->scenario[1], ctx, a, n - 1 - (n == 4));
    if (code == CLI_OK && n > 2)
        code = load_plan(&j->plan[0], ctx, j->scenario[0], a->operand[1]);
    if (code == CLI_OK && n > 2)
        code = load_plan(&j->plan[1], ctx, j->scenario[n == 4], a->operand[n - 1]);
    return code;
}

static cli_exit compare(job *j, qwr_context *ctx)
{
    qwr_status status = j->plan[0]
                            ? qwr_plan_diff(&j->diff, ctx, j->plan[0], j->plan[1])
                            : qwr_scenario_diff(&j->diff, ctx, j->scenario[0], j->scenario[1]);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

static void plan_sums(textbuf *out, const qwr_diff_summary *s)
{
    char cost[32];
    qwr_value_text(cost, sizeof cost, s->cost_delta_mu);
    textbuf_printf(out,
                   "%lld of %lld stays moved, %lld placed, %lld lost, %lld calls new, %lld gone\n"
                   "Plan stability %.1f %%; moved %lld m and %.1f h in all; cost %s%s\n",
                   (long long)s->moved, (long long)s->common, (long long)s->placed,
                   (long long)s->lost, (long long)s->added, (long long)s->removed,
                   (double)s->stability_milli / 10, (long long)(s->moved_mm / 1000),
                   (double)s->moved_s / 3600, s->cost_delta_mu > 0 ? "+" : "", cost);
}

static cli_exit print_text(const job *j, const qwr_diff_summary *s)
{
    textbuf out = {0};
    for (size_t i = 0; i < qwr_diff_count(j->diff); i++)
        textbuf_printf(&out, "%s\n", qwr_diff_get(j->diff, i)->sentence);
    if (qwr_diff_count(j->diff) > 0)
        textbuf_add(&out, "\n");
    if (j->plan[0])
        plan_sums(&out, s);
    else if (qwr_diff_count(j->diff) == 0)
        textbuf_add(&out, "The scenarios say the same\n");
    else
        textbuf_printf(&out, "%lld attributes differ, %lld entities or rows are new, %lld gone\n",
                       (long long)s->edited, (long long)s->added, (long long)s->removed);
    return cli_print(&out);
}

static void change_json(json_out *json, const job *j, const qwr_change *c)
{
    json_object(json, NULL);
    json_string(json, "kind", qwr_change_kind_name(c->kind));
    json_string(json, "entity", c->entity);
    json_string(json, "id", c->id);
    json_string(json, "vessel", c->vessel);
    if (j->plan[0]) {
        when_where_json(json, "before", j->scenario[0], c->stay_before);
        when_where_json(json, "after", qwr_plan_scenario(j->plan[1]), c->stay_after);
        json_int(json, "start_delta_s", c->start_delta_s);
        json_int(json, "end_delta_s", c->end_delta_s);
        json_milli(json, "position_delta_m", c->position_delta_mm);
        json_int(json, "cranes_delta", c->cranes_delta);
        json_milli(json, "cost_delta", c->cost_delta_mu);
    } else {
        json_string(json, "field", c->field);
        json_string(json, "before", c->before);
        json_string(json, "after", c->after);
    }
    json_string(json, "sentence", c->sentence);
    json_object_end(json);
}

static cli_exit print_json(const job *j, const qwr_diff_summary *s)
{
    json_out json = {0};
    json_object(&json, NULL);
    json_string(&json, "compared", j->plan[0] ? "plans" : "scenarios");
    json_bool(&json, "same", qwr_diff_count(j->diff) == 0);
    json_object(&json, "summary");
    if (j->plan[0]) {
        json_int(&json, "common", s->common);
        json_int(&json, "moved", s->moved);
        json_int(&json, "placed", s->placed);
        json_int(&json, "lost", s->lost);
        json_milli(&json, "stability", s->stability_milli);
        json_double(&json, "moved_h", (double)s->moved_s / 3600, 3);
        json_milli(&json, "moved_m", s->moved_mm);
        json_int(&json, "moved_place", s->moved_place);
        json_int(&json, "moved_cranes", s->moved_cranes);
        json_milli(&json, "cost_delta", s->cost_delta_mu);
    } else {
        json_int(&json, "edited", s->edited);
    }
    json_int(&json, "added", s->added);
    json_int(&json, "removed", s->removed);
    json_object_end(&json);
    json_list(&json, "changes");
    for (size_t i = 0; i < qwr_diff_count(j->diff); i++)
        change_json(&json, j, qwr_diff_get(j->diff, i));
    json_list_end(&json);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    job j = {0};
    qwr_diff_summary sums = qwr_diff_summary_init();
    cli_exit code = load(&j, ctx, a);
    if (code == CLI_OK)
        code = compare(&j, ctx);
    if (code == CLI_OK && qwr_diff_summarise(&sums, j.diff) != QWR_OK)
        code = cli_fail_own(CLI_INTERNAL, "the differences cannot be summed up");
    if (code == CLI_OK)
        code = args_given(a, "json") ? print_json(&j, &sums) : print_text(&j, &sums);
    qwr_diff_free(j.diff);
    for (size_t i = 0; i < 2; i++)
        qwr_plan_free(j.plan[i]);
    for (size_t i = 0; i < 2; i++)
        qwr_scenario_free(j.scenario[i]);
    return code;
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print the differences as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_diff = {
    .name = "diff",
    .synopsis = "SCENARIO SCENARIO [--json]\n"
                "SCENARIO PLAN PLAN [--json]\n"
                "SCENARIO PLAN SCENARIO PLAN [--json]",
    .sentence = "tell what moved between two plans or scenarios",
    .operands_min = 2,
    .operands_max = 4,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright plan week.xml --seed 2 --out other\n"
               "quaywright diff week.xml plan/plan.csv other/plan.csv",
    .details =
        "The earlier side comes first. Calls are matched by id and times by their date, so the "
        "two\n"
        "plans may belong to different scenarios; name both then. Exit code 0 whether or not\n"
        "anything differs; with --json the member \"same\" tells.\n"
        "'quaywright report' draws two plans in one diagram.\n",
    .schemas = "diff",
    .run = run,
};
