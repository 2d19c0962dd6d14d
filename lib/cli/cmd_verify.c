/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright verify: replays a certificate against its scenario and says in a planner's words what
 * it proves, and what that means for a plan. Knows nothing of how proofs are found.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/** What there is to say. */
typedef struct finding {
    const qwr_scenario *scenario;
    qwr_verdict verdict;
    const qwr_plan *plan; /* NULL: none given */
    size_t broken;        /* rules it breaks, calls without a place apart */
    int64_t unplaced;     /* of the calls that have a legal stay, so many at least */
    int64_t cost_mu;
} finding;

static cli_exit look_at_plan(finding *f, qwr_context *ctx)
{
    qwr_violations *found = NULL;
    qwr_status status = qwr_plan_check(&found, ctx, f->scenario, f->plan);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    int64_t placed = 0, calls = (int64_t)qwr_scenario_call_count(f->scenario);
    for (uint32_t i = 0; i < calls; i++)
        placed += qwr_plan_stay(f->plan, (qwr_call_ix){i})->placed != 0;
    for (size_t i = 0; i < qwr_violations_count(found); i++) {
        const char *rule = qwr_violations_get(found, i)->rule;
        f->broken += strcmp(rule, "placed") != 0 && strcmp(rule, "cost") != 0;
    }
    f->unplaced = f->verdict.calls > placed ? f->verdict.calls - placed : 0;
    f->cost_mu = qwr_violations_cost_mu(found);
    qwr_violations_free(found);
    return CLI_OK;
}

static int is_comparable(const finding *f)
{
    return f->broken == 0 && f->unplaced == 0;
}

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static void say_proof(textbuf *out, const finding *f)
{
    const qwr_verdict *v = &f->verdict;
    char bound[32];
    if (!v->proved) {
        textbuf_printf(out, "Not proved: %s.\n", v->sentence);
        return;
    }
    int64_t calls = (int64_t)qwr_scenario_call_count(f->scenario), out_of = calls - v->calls;
    qwr_value_text(bound, sizeof bound, v->bound_mu);
    textbuf_printf(out, "Proved: no plan of %lld call%s costs less than %s", (long long)v->calls,
                   plural(v->calls), bound);
    if (out_of > 0)
        textbuf_printf(out, " (%lld more can lie nowhere)", (long long)out_of);
    textbuf_printf(out, ".\n");
}

/* The plan is legal and places what can be placed. */
static void compare(textbuf *out, const finding *f)
{
    int64_t bound_mu = f->verdict.bound_mu;
    char cost[32], above[32];
    qwr_value_text(cost, sizeof cost, f->cost_mu);
    if (f->cost_mu == bound_mu) {
        textbuf_printf(out, "The plan costs %s: it is optimal.\n", cost);
    } else if (f->cost_mu > bound_mu) {
        qwr_value_text(above, sizeof above, f->cost_mu - bound_mu);
        textbuf_printf(out, "The plan costs %s, at most %s more than the best.\n", cost, above);
    } else {
        textbuf_printf(out,
                       "The plan costs %s: it is none of those the proof is about, whose stays\n"
                       "begin on the scenario's step and are no longer than their work.\n",
                       cost);
    }
}

static void say_plan(textbuf *out, const finding *f)
{
    char cost[32];
    qwr_value_text(cost, sizeof cost, f->cost_mu);
    if (f->broken > 0)
        textbuf_printf(out, "The plan breaks %zu rule%s: see 'quaywright check'.\n", f->broken,
                       plural((int64_t)f->broken));
    else if (f->unplaced > 0)
        textbuf_printf(out,
                       "The plan costs %s, but leaves out %lld call%s that can lie "
                       "somewhere.\n",
                       cost, (long long)f->unplaced, plural(f->unplaced));
    else if (f->verdict.proved)
        compare(out, f);
    else
        textbuf_printf(out, "The plan costs %s.\n", cost);
}

static void print_text(textbuf *out, const finding *f)
{
    const qwr_verdict *v = &f->verdict;
    say_proof(out, f);
    if (f->plan)
        say_plan(out, f);
    textbuf_printf(out, "Replayed %lld step%s on %lld stays; %lld node%s closed.\n",
                   (long long)v->steps, plural(v->steps), (long long)v->stays, (long long)v->nodes,
                   plural(v->nodes));
}

static void value_json(json_out *json, const char *key, int64_t cost_mu)
{
    char text[32];
    if (cost_mu == QWR_UNSET) {
        json_null(json, key);
        return;
    }
    qwr_value_text(text, sizeof text, cost_mu);
    json_number(json, key, text);
}

static void plan_json_of(json_out *json, const finding *f)
{
    if (!f->plan) {
        json_null(json, "plan");
        return;
    }
    int compared = f->verdict.proved && is_comparable(f) && f->cost_mu >= f->verdict.bound_mu;
    json_object(json, "plan");
    value_json(json, "value", f->cost_mu);
    json_int(json, "rules_broken", (int64_t)f->broken);
    json_int(json, "left_out", f->unplaced);
    json_bool(json, "optimal", compared && f->cost_mu == f->verdict.bound_mu);
    value_json(json, "above_bound", compared ? f->cost_mu - f->verdict.bound_mu : QWR_UNSET);
    json_object_end(json);
}

static void print_json(json_out *json, const finding *f)
{
    const qwr_verdict *v = &f->verdict;
    json_object(json, NULL);
    json_string(json, "scenario", qwr_scenario_get_info(f->scenario)->id);
    json_bool(json, "proved", v->proved != 0);
    value_json(json, "bound", v->bound_mu);
    json_string(json, "reason", v->proved ? NULL : v->sentence);
    json_int(json, "calls", v->calls);
    json_int(json, "steps", v->steps);
    json_int(json, "nodes", v->nodes);
    json_int(json, "stays", v->stays);
    plan_json_of(json, f);
    json_object_end(json);
}

static cli_exit print(const finding *f, const args *a)
{
    textbuf out = {0};
    json_out json = {0};
    if (args_given(a, "json")) {
        print_json(&json, f);
        return cli_print(&json.text);
    }
    print_text(&out, f);
    return cli_print(&out);
}

static cli_exit verdict(const finding *f)
{
    if (cli_interrupted())
        return CLI_CANCELLED;
    return f->verdict.proved && is_comparable(f) ? CLI_OK : CLI_BROKEN;
}

/* A scenario of another kind is no fault of this build. */
static cli_exit replay(finding *f, qwr_context *ctx, const qwr_scenario *scenario,
                       const qwr_certificate *certificate)
{
    cli_cancel_on_interrupt(ctx);
    qwr_status status = qwr_certificate_verify(&f->verdict, ctx, scenario, certificate);
    const qwr_cause *cause = status ? qwr_context_cause(ctx, 0) : NULL;
    if (status == QWR_EUNSUPPORTED && cause)
        return cli_fail_own(CLI_BAD_INPUT,
                            "%s\n  hint: 'quaywright check' takes any plan of any scenario",
                            cause->message);
    return status ? cli_fail(ctx, status, CLI_WORKING, NULL) : CLI_OK;
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    qwr_scenario *scenario = NULL;
    qwr_certificate *certificate = NULL;
    qwr_plan *plan = NULL;
    finding f = {.verdict = qwr_verdict_init()};
    cli_exit code = cli_load_scenario(&scenario, ctx, a->operand[0], NULL);
    if (code == CLI_OK)
        code = cli_load_certificate(&certificate, ctx, scenario, a->operand[1]);
    if (code == CLI_OK && a->operand_count > 2)
        code = cli_load_plan(&plan, ctx, scenario, a->operand[2]);
    if (code == CLI_OK)
        code = replay(&f, ctx, scenario, certificate);
    f.scenario = scenario;
    f.plan = plan;
    if (code == CLI_OK && plan)
        code = look_at_plan(&f, ctx);
    if (code == CLI_OK)
        code = print(&f, a);
    if (code == CLI_OK)
        code = verdict(&f);
    qwr_plan_free(plan);
    qwr_certificate_free(certificate);
    qwr_scenario_free(scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print what was found as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_verify = {
    .name = "verify",
    .synopsis = "SCENARIO CERTIFICATE [PLAN] [--json]",
    .sentence = "replay a proof that no plan costs less, step by step",
    .operands_min = 2,
    .operands_max = 3,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright help dbap-text --sample >four.txt\n"
               "quaywright help certificate-xml --sample >proof.xml\n"
               "quaywright help solution-csv --sample >four.csv\n"
               "quaywright verify four.txt proof.xml\n"
               "quaywright verify four.txt proof.xml four.csv",
    .details =
        "A certificate is written by 'plan --certificate' and 'bench --certificates', or by\n"
        "anyone: see 'quaywright help certificate-xml'. It is replayed with the checker's own\n"
        "arithmetic, which shares nothing with the planner, for calls without cranes at discrete\n"
        "berths. With a plan: what the proof says about it.\n"
        "Exit code 0: proved; 3: not proved, or the plan breaks a rule or leaves calls out.\n"
        "One of the files may be '-', standard input.\n",
    .schemas = "verify",
    .files = "xml,txt,json,dat,csv",
    .run = run,
};
