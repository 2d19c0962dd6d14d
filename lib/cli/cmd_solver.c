/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright solver: the MILP backends that are loaded, and a small model whose answer is known to
 * try them on. Knows nothing of berths.
 */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

/*
 * A knapsack: maximise 10a + 13b + 7c + 4d with 5a + 7b + 4c + 3d <= 12, a + b <= 1, at most one
 * of each. The relaxation takes parts; the best whole choice is a, c, d with 21.
 */
enum { COLUMNS = 4, ROWS = 2, ENTRIES = 6 };

static const double knapsack_value = -21;

static qwr_milp_view knapsack(void)
{
    static const double cost[COLUMNS] = {-10, -13, -7, -4};
    static const double lower[COLUMNS] = {0}, upper[COLUMNS] = {1, 1, 1, 1};
    static const uint8_t integer[COLUMNS] = {1, 1, 1, 1};
    static const double row_lower[ROWS] = {-QWR_MILP_INFINITY, -QWR_MILP_INFINITY};
    static const double row_upper[ROWS] = {12, 1};
    static const uint64_t begin[COLUMNS + 1] = {0, 2, 4, 5, 6};
    static const uint32_t row[ENTRIES] = {0, 1, 0, 1, 0, 0};
    static const double value[ENTRIES] = {5, 1, 7, 1, 4, 3};
    return (qwr_milp_view){.size = sizeof(qwr_milp_view),
                           .column_count = COLUMNS,
                           .row_count = ROWS,
                           .entry_count = ENTRIES,
                           .cost = cost,
                           .lower = lower,
                           .upper = upper,
                           .integer = integer,
                           .row_lower = row_lower,
                           .row_upper = row_upper,
                           .column_begin = begin,
                           .row_index = row,
                           .value = value,
                           .name = "knapsack"};
}

static const char *state_name(qwr_milp_state state)
{
    static const char *const names[] = {"no answer", "feasible", "optimal", "infeasible",
                                        "unbounded"};
    return names[state <= QWR_MILP_UNBOUNDED ? state : QWR_MILP_UNKNOWN];
}

/* A backend may say nothing (null does); what it says must be true. */
static int is_right(const qwr_milp_answer *answer)
{
    if (answer->state == QWR_MILP_UNKNOWN)
        return 1;
    return answer->state == QWR_MILP_OPTIMAL && fabs(answer->objective - knapsack_value) < 1e-6;
}

/* One backend's answer to the knapsack. */
typedef struct trial {
    qwr_status status; /* of the call */
    qwr_milp_answer answer;
    double point[COLUMNS];
} trial;

static cli_exit try_one(trial *t, qwr_context *ctx, const qwr_plugin_info *info)
{
    qwr_milp_view model = knapsack();
    qwr_milp_limits limits = {.size = sizeof limits,
                              .deadline_us = 10000000,
                              .node_limit = -1,
                              .cutoff = QWR_MILP_INFINITY};
    *t = (trial){.answer = {.size = sizeof t->answer}};
    t->answer.point = t->point;
    t->status = qwr_milp_solve(&t->answer, ctx, info->id, &model, &limits);
    if (t->status) {
        cli_fail(ctx, t->status, CLI_WORKING, NULL);
        return CLI_INTERNAL;
    }
    return is_right(&t->answer) ? CLI_OK : CLI_INTERNAL;
}

static int has_value(const trial *t)
{
    return !t->status &&
           (t->answer.state == QWR_MILP_OPTIMAL || t->answer.state == QWR_MILP_FEASIBLE);
}

static void trial_row(table *t, const char *id, const trial *tried, cli_exit code)
{
    table_cell(t, id);
    table_cell(t, tried->status ? qwr_status_name(tried->status) : state_name(tried->answer.state));
    if (has_value(tried))
        table_double(t, -tried->answer.objective, 0);
    else
        table_cell(t, "");
    table_cell(t, code == CLI_OK ? "ok" : "FAILED");
}

static void trial_json(json_out *json, const char *id, const trial *tried, cli_exit code)
{
    json_object(json, NULL);
    json_string(json, "id", id);
    json_string(json, "answer",
                tried->status ? qwr_status_name(tried->status) : state_name(tried->answer.state));
    if (has_value(tried))
        json_double(json, "value", -tried->answer.objective, 6);
    else
        json_null(json, "value");
    json_bool(json, "passed", code == CLI_OK);
    json_object_end(json);
}

static cli_exit test(qwr_context *ctx, int as_json)
{
    static const char *const heading[] = {"solver", "answer", "value (21 is right)", "verdict"};
    qwr_plugin_info info = {.size = sizeof info};
    textbuf out = {0};
    json_out json = {0};
    cli_exit worst = CLI_OK;
    table t;
    table_begin(&t, "llrl", heading);
    json_list(&json, NULL);
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        trial tried;
        if (info.kind != QWR_PLUGIN_SOLVER)
            continue;
        cli_exit code = try_one(&tried, ctx, &info);
        worst = code > worst ? code : worst;
        trial_row(&t, info.id, &tried, code);
        trial_json(&json, info.id, &tried, code);
    }
    json_list_end(&json);
    table_print(&out, &t, 0);
    table_free(&t);
    cli_exit code = cli_print_then(as_json ? &json.text : &out, worst);
    textbuf_free(&json.text);
    textbuf_free(&out);
    return code;
}

static void list_table(textbuf *out, qwr_context *ctx)
{
    static const char *const heading[] = {"solver", "version", "integers", "duals",
                                          "start",  "licence", "about"};
    qwr_plugin_info info = {.size = sizeof info};
    table t;
    table_begin(&t, "lllllll", heading);
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        if (info.kind != QWR_PLUGIN_SOLVER)
            continue;
        table_cell(&t, info.id);
        table_cell(&t, info.version);
        table_cell(&t, info.capabilities & QWR_CAP_MIP ? "yes" : "no");
        table_cell(&t, info.capabilities & QWR_CAP_DUALS ? "yes" : "no");
        table_cell(&t, info.capabilities & QWR_CAP_START ? "yes" : "no");
        table_cell(&t, info.licence);
        table_cell(&t, info.disabled && info.reason ? info.reason : info.summary);
    }
    table_print(out, &t, 0);
    table_free(&t);
}

static void list_json(json_out *json, qwr_context *ctx)
{
    qwr_plugin_info info = {.size = sizeof info};
    json_list(json, NULL);
    for (size_t i = 0; qwr_plugin_get(&info, ctx, i) == QWR_OK; i++) {
        if (info.kind != QWR_PLUGIN_SOLVER)
            continue;
        json_object(json, NULL);
        json_string(json, "id", info.id);
        json_string(json, "version", info.version);
        json_string(json, "licence", info.licence);
        json_bool(json, "integers", (info.capabilities & QWR_CAP_MIP) != 0);
        json_bool(json, "duals", (info.capabilities & QWR_CAP_DUALS) != 0);
        json_bool(json, "start", (info.capabilities & QWR_CAP_START) != 0);
        json_string(json, "summary", info.summary);
        json_object_end(json);
    }
    json_list_end(json);
}

static cli_exit list(qwr_context *ctx, int as_json)
{
    textbuf out = {0};
    json_out json = {0};
    if (as_json) {
        list_json(&json, ctx);
        return cli_print(&json.text);
    }
    list_table(&out, ctx);
    return cli_print(&out);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    static const char *const actions[] = {"list", "test"};
    const char *action = a->operand[0];
    qwr_status status = qwr_plugin_load_all(ctx);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    if (strcmp(action, "list") == 0)
        return list(ctx, args_given(a, "json"));
    if (strcmp(action, "test") == 0)
        return test(ctx, args_given(a, "json"));
    return cli_unknown_action(&cmd_solver, action, actions, sizeof actions / sizeof *actions);
}

static const arg_decl options[] = {
    {.name = "json", .type = ARG_FLAG, .sentence = "Print JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_solver = {
    .name = "solver",
    .synopsis = "list [--json]\ntest [--json]",
    .sentence = "list MILP backends, try them on a small model",
    .operands_min = 1,
    .operands_max = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright solver test\nquaywright solver list",
    .details = "'test' gives each backend a knapsack whose answer is known. A backend that finds\n"
               "nothing, like null, is right; one that says something false is not: exit code 5.\n",
    .schemas = "list=solver-list test=solver-test",
    .run = run,
};
