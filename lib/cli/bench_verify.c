/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench --verify: solutions made by anyone against the checker, the value they claim,
 * and the best known. A file that is missing or broken is a row, not the end. Solves nothing.
 */
#include "cli/bench_verify.h"

#include "cli/bench.h"
#include "cli/number.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct verify {
    qwr_context *ctx;
    const args *a;
    const char *base; /* folder of the solutions */
    best_known claims;
    bench_known known;
    verify_rows rows;
} verify;

static const char *const extensions[] = {".csv", ".xml", ".json"};

enum { EXTENSIONS = sizeof extensions / sizeof *extensions };

static void message(verify_row *row, textbuf *text)
{
    if (!row->message) {
        row->message = text->data;
        *text = (textbuf){0};
    }
    textbuf_free(text);
}

/* The innermost cause of the last failure, with its line. */
static void message_of_failure(verify *v, verify_row *row, qwr_status status)
{
    const qwr_cause *cause = qwr_context_cause(v->ctx, 0);
    textbuf text = {0};
    if (cause && cause->line > 0)
        textbuf_printf(&text, "line %lld: ", (long long)cause->line);
    textbuf_add(&text, cause ? cause->message : qwr_status_name(status));
    message(row, &text);
}

/* --- claims --- */

/* What the claims say of an instance; of several rows the one that is right, else the first. */
static void listed_claim(const verify *v, verify_row *row)
{
    const best_known *claims = &v->claims;
    int64_t claimed_mu;
    for (size_t i = best_known_find(claims, row->instance, 0); i < claims->csv.rows;
         i = best_known_find(claims, row->instance, i + 1)) {
        if (!number_milli(&claimed_mu, best_known_value(claims, i)))
            continue;
        if (row->claimed_mu == QWR_UNSET || claimed_mu == row->value_mu)
            row->claimed_mu = claimed_mu;
    }
}

/* The file's own word goes before the list. Only plans of ours state a cost of 0 on purpose. */
static void compare_claim(const verify *v, verify_row *row, const qwr_plan *plan)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
    char claimed[32], value[32] = "none";
    textbuf text = {0};
    if (quality->cost_mu != 0 || quality->scenario_hash != 0)
        row->claimed_mu = quality->cost_mu;
    else
        listed_claim(v, row);
    if (row->claimed_mu == QWR_UNSET)
        return;
    row->claim_holds = row->claimed_mu == row->value_mu;
    if (row->claim_holds || row->value_mu == QWR_UNSET)
        return;
    qwr_value_text(claimed, sizeof claimed, row->claimed_mu);
    qwr_value_text(value, sizeof value, row->value_mu);
    textbuf_printf(&text, "it claims %s; its value is %s", claimed, value);
    message(row, &text);
}

/* A value below a proven optimum means that something is not as it is thought to be. */
static void compare_known(verify_row *row)
{
    int64_t best_mu;
    textbuf text = {0};
    if (row->value_mu == QWR_UNSET || strcmp(row->best_known_proven, "1") != 0 ||
        !number_milli(&best_mu, row->best_known) || row->value_mu >= best_mu)
        return;
    textbuf_printf(&text,
                   "it is legal and below the value listed as proven optimal, %s: the list, or the "
                   "instance, is another",
                   row->best_known);
    message(row, &text);
}

/* --- one solution --- */

static qwr_status judge(verify *v, verify_row *row, const qwr_scenario *scenario,
                        const qwr_plan *plan)
{
    const qwr_plan_quality *quality = qwr_plan_get_quality(plan);
    qwr_violations *violations = NULL;
    qwr_status status = qwr_plan_check(&violations, v->ctx, scenario, plan);
    if (status)
        return status;
    row->violations = qwr_violations_count(violations);
    row->status = row->violations > 0 ? "broken" : "legal";
    if (quality->unplaced == 0)
        row->value_mu = qwr_violations_cost_mu(violations);
    if (row->violations > 0) {
        const qwr_violation *first = qwr_violations_get(violations, 0);
        textbuf text = {0};
        snprintf(row->rule, sizeof row->rule, "%s", first->rule);
        textbuf_add(&text, first->sentence);
        message(row, &text);
    }
    if (quality->scenario_hash && quality->scenario_hash != qwr_scenario_hash(scenario)) {
        textbuf text = {0};
        textbuf_add(&text, "it was made for another instance of this name");
        message(row, &text);
    }
    qwr_violations_free(violations);
    return QWR_OK;
}

/* Whether what the row says is a fault of its solution. */
static cli_exit verdict(const verify_row *row)
{
    if (strcmp(row->status, "broken") == 0 || row->claim_holds == 0)
        return CLI_BROKEN;
    return strcmp(row->status, "legal") == 0 ? CLI_OK : CLI_BAD_INPUT;
}

static cli_exit add_row(verify *v, verify_row *row)
{
    cli_exit code = verdict(row);
    if (verify_rows_add(&v->rows, row))
        return code;
    verify_row_free(row);
    return cli_fail_own(CLI_INTERNAL, "out of memory");
}

/* A row with what is known before the solution is read; 0 when out of memory. */
static int begin(verify *v, verify_row *row, const bench_instance *instance, const char *file)
{
    size_t known;
    *row = (verify_row){.instance = text_copy(instance->name),
                        .solution = file ? text_copy(file) : NULL,
                        .problem = bench_problem_name(instance->format),
                        .status = file ? "unreadable" : "missing",
                        .value_mu = QWR_UNSET,
                        .claimed_mu = QWR_UNSET,
                        .claim_holds = -1};
    if (!row->instance || (file && !row->solution) ||
        !bench_known_find(&v->known, instance, &known)) {
        verify_row_free(row);
        return 0;
    }
    if (known < v->known.values.csv.rows) {
        snprintf(row->best_known, sizeof row->best_known, "%s",
                 best_known_value(&v->known.values, known));
        snprintf(row->best_known_proven, sizeof row->best_known_proven, "%s",
                 best_known_proven(&v->known.values, known));
    }
    return 1;
}

static cli_exit verify_file(verify *v, const bench_instance *instance, const qwr_scenario *scenario,
                            const char *file)
{
    verify_row row;
    qwr_plan *plan = NULL;
    if (!begin(v, &row, instance, file))
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    bench_hash_text(row.hash, sizeof row.hash, scenario);
    qwr_status status = qwr_plan_load(&plan, v->ctx, scenario, file, QWR_PLAN_AUTO);
    if (status == QWR_OK)
        status = judge(v, &row, scenario, plan);
    if (status == QWR_ENOMEM) {
        verify_row_free(&row);
        return cli_fail(v->ctx, status, CLI_READING, file);
    }
    if (status) {
        message_of_failure(v, &row, status);
    } else {
        compare_claim(v, &row, plan);
        compare_known(&row);
    }
    qwr_plan_free(plan);
    return add_row(v, &row);
}

/* --- one instance --- */

static cli_exit verify_missing(verify *v, const bench_instance *instance,
                               const qwr_scenario *scenario)
{
    verify_row row;
    textbuf text = {0};
    if (!begin(v, &row, instance, NULL))
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    bench_hash_text(row.hash, sizeof row.hash, scenario);
    textbuf_printf(&text, "there is no %s.csv, .xml or .json in %s", instance->name, v->base);
    message(&row, &text);
    return add_row(v, &row);
}

static cli_exit verify_unread(verify *v, const bench_instance *instance, qwr_status status)
{
    verify_row row;
    if (status == QWR_ENOMEM)
        return cli_fail(v->ctx, status, CLI_READING, instance->path);
    if (!begin(v, &row, instance, NULL))
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    row.status = "unreadable";
    message_of_failure(v, &row, status);
    return add_row(v, &row);
}

static cli_exit verify_instance(verify *v, const bench_instance *instance)
{
    qwr_scenario *scenario = NULL;
    cli_exit worst = CLI_OK;
    int found = 0;
    qwr_status status = qwr_scenario_load(&scenario, v->ctx, instance->path, QWR_FORMAT_AUTO);
    if (status)
        return verify_unread(v, instance, status);
    for (size_t i = 0; i < EXTENSIONS; i++) {
        char *file = path_join(v->base, instance->name, extensions[i]);
        cli_exit code = CLI_OK;
        if (!file) {
            code = cli_fail_own(CLI_INTERNAL, "out of memory");
        } else if (path_is_folder(file) == 0) {
            code = verify_file(v, instance, scenario, file);
            found = 1;
        }
        free(file);
        worst = code > worst ? code : worst;
    }
    if (!found && worst == CLI_OK)
        worst = verify_missing(v, instance, scenario);
    qwr_scenario_free(scenario);
    return worst;
}

static cli_exit verify_all(verify *v, const bench_list *list)
{
    cli_exit worst = CLI_OK;
    for (size_t i = 0; i < list->count && worst < CLI_OUTPUT; i++) {
        cli_exit code = verify_instance(v, &list->item[i]);
        worst = code > worst ? code : worst;
        if (cli_interrupted())
            return CLI_CANCELLED;
    }
    return worst;
}

/* --- the folder --- */

static int belongs(const verify *v, const bench_list *list, const char *name)
{
    const size_t stem = strlen(name) - strlen(path_extension(name));
    for (size_t i = 0; i < list->count; i++)
        if (strncmp(list->item[i].name, name, stem) == 0 && list->item[i].name[stem] == '\0')
            return 1;
    return strcmp(name, "claims.csv") == 0 || args_given(v->a, "match") ||
           args_given(v->a, "limit-instances") || args_given(v->a, "recursive");
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* A solution whose instance is not there is likely to be misspelt. */
static void name_strays(const verify *v, const bench_list *list)
{
    struct dirent **entries = NULL;
    int count = scandir(v->base, &entries, NULL, by_name);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        int is_solution = 0;
        for (size_t k = 0; k < EXTENSIONS; k++)
            is_solution = is_solution || strcmp(path_extension(name), extensions[k]) == 0;
        if (is_solution && !belongs(v, list, name))
            bench_note(v->a, "%s%s%s: there is no instance of this name, skipped", v->base,
                       v->base[strlen(v->base) - 1] == '/' ? "" : "/", name);
        free(entries[i]);
    }
    free(entries);
}

/* A list of claims that was asked for must be readable; the one in the folder may be missing. */
static cli_exit load_claims(verify *v)
{
    const char *given = args_text(v->a, "claims");
    textbuf problem = {0};
    char *path = given ? text_copy(given) : path_join(v->base, "claims.csv", "");
    cli_exit code = CLI_OK;
    if (!path)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    csv_in_result result = best_known_load(&v->claims, path, "value", &problem);
    if (result == CSV_IN_MEMORY)
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    else if (result == CSV_IN_BROKEN || (result == CSV_IN_MISSING && given))
        code = cli_fail_own(CLI_BAD_INPUT,
                            "%s\n  hint: claims are a CSV with the columns instance and value",
                            problem.data);
    textbuf_free(&problem);
    free(path);
    return code;
}

static cli_exit prepare(verify *v, bench_list *list)
{
    if (v->a->operand_count == 0)
        return cli_usage("bench", "a folder or file of instances is missing");
    int kind = path_is_folder(v->base);
    if (kind < 0)
        return cli_fail_missing(v->base);
    if (kind == 0)
        return cli_fail_own(CLI_BAD_INPUT, "%s: this is a file, not a folder of solutions",
                            v->base);
    cli_exit code = bench_list_make(list, v->ctx, v->a);
    if (code == CLI_OK)
        code = load_claims(v);
    return code == CLI_OK ? bench_writable(args_text(v->a, "csv")) : code;
}

static cli_exit finish(verify *v)
{
    textbuf csv = {0}, out = {0};
    json_out json = {0};
    const char *path = args_text(v->a, "csv");
    cli_exit code = CLI_OK;
    if (path) {
        verify_rows_csv(&csv, &v->rows);
        code = bench_save(v->ctx, path, &csv);
    }
    cli_exit printed = CLI_OK;
    if (args_given(v->a, "json")) {
        verify_rows_json(&json, &v->rows);
        printed = cli_print(&json.text);
    } else if (!args_given(v->a, "quiet")) {
        verify_rows_table(&out, &v->rows);
        printed = cli_print(&out);
    }
    return code == CLI_OK ? printed : code;
}

cli_exit bench_verify(qwr_context *ctx, const args *a)
{
    verify v = {.ctx = ctx, .a = a, .base = args_text(a, "verify")};
    bench_list list = {0};
    cli_exit code = prepare(&v, &list);
    if (code == CLI_OK) {
        name_strays(&v, &list);
        cli_cancel_on_interrupt(ctx);
        code = verify_all(&v, &list);
        cli_exit finished = finish(&v);
        code = finished == CLI_OK ? code : finished;
    }
    bench_list_free(&list);
    verify_rows_free(&v.rows);
    best_known_free(&v.claims);
    bench_known_free(&v.known);
    return code;
}
