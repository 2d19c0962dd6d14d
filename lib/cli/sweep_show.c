/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright sweep list, show, scenario: the runs of a store, one run with the commands that repeat
 * it, and the scenario that it planned.
 */
#include "cli/sweep.h"

#include "cli/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct showing {
    sweep_store *store;
    sweep_design design;
    const args *a;
    table t;
    json_out json;
    int64_t shown;
} showing;

static cli_exit open_store(showing *s, qwr_context *ctx, const args *a)
{
    s->a = a;
    if (a->operand_count < 2)
        return cli_usage("sweep", "the store is missing: quaywright sweep %s STORE", a->operand[0]);
    cli_exit code = sweep_store_open(&s->store, a->operand[1], SWEEP_READ);
    return code == CLI_OK ? sweep_store_get_design(s->store, ctx, &s->design) : code;
}

static void close_store(showing *s)
{
    sweep_store_close(s->store);
    sweep_design_free(&s->design);
}

/* --- list ------------------------------------------------------------------------------------ */

static void list_json(showing *s, const sweep_run *run, const char *label)
{
    json_object(&s->json, NULL);
    json_int(&s->json, "task", run->task);
    json_int(&s->json, "point", run->point);
    json_string(&s->json, "levels", label);
    json_int(&s->json, "replication", run->replication);
    json_string(&s->json, "status", run->status);
    json_string(&s->json, "outcome", run->outcome[0] ? run->outcome : NULL);
    for (size_t i = 0; i < SWEEP_FIELDS; i++)
        if (run->field[i] == QWR_UNSET)
            json_null(&s->json, sweep_field_names[i]);
        else
            json_int(&s->json, sweep_field_names[i], run->field[i]);
    json_string(&s->json, "message", run->message[0] ? run->message : NULL);
    json_object_end(&s->json);
}

static void list_row(showing *s, const sweep_run *run, const char *label)
{
    char value[32] = "";
    if (run->field[SWEEP_VALUE] != QWR_UNSET)
        qwr_value_text(value, sizeof value, run->field[SWEEP_VALUE]);
    table_int(&s->t, run->task);
    table_cell(&s->t, label);
    table_int(&s->t, run->replication);
    table_cell(&s->t, sweep_run_ok(run) ? run->outcome : run->status);
    table_cell(&s->t, value);
    if (run->field[SWEEP_UNPLACED] != QWR_UNSET)
        table_int(&s->t, run->field[SWEEP_UNPLACED]);
    else
        table_cell(&s->t, "");
    table_cell(&s->t, run->message);
}

static cli_exit list_one(const sweep_run *run, void *payload)
{
    showing *s = payload;
    if (args_given(s->a, "failed") && sweep_run_ok(run))
        return CLI_OK;
    char *label = sweep_point_label(&s->design, (size_t)run->point, 0);
    if (!label)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    if (args_given(s->a, "json"))
        list_json(s, run, label);
    else
        list_row(s, run, label);
    s->shown++;
    free(label);
    return CLI_OK;
}

cli_exit sweep_do_list(qwr_context *ctx, const args *a)
{
    static const char *const heading[] = {"task",  "levels",   "replication", "outcome",
                                          "value", "unplaced", "message"};
    showing s = {0};
    textbuf out = {0};
    const int as_json = args_given(a, "json");
    cli_exit code = open_store(&s, ctx, a);
    table_begin(&s.t, "rlrlrrl", heading);
    if (as_json)
        json_list(&s.json, NULL);
    if (code == CLI_OK)
        code = sweep_store_each(s.store, list_one, &s);
    if (as_json)
        json_list_end(&s.json);
    if (code == CLI_OK && as_json) {
        code = cli_print(&s.json.text);
    } else if (code == CLI_OK) {
        if (s.shown > 0)
            table_print(&out, &s.t, 0);
        else
            textbuf_printf(&out, "no run%s\n", args_given(a, "failed") ? " failed" : " yet");
        code = cli_print(&out);
    }
    textbuf_free(&s.json.text);
    textbuf_free(&out);
    table_free(&s.t);
    close_store(&s);
    return code;
}

/* --- one run --------------------------------------------------------------------------------- */

static cli_exit read_task(showing *s, int64_t *task)
{
    const char *text = s->a->operand_count > 2 ? s->a->operand[2] : NULL;
    const int64_t tasks = sweep_tasks(&s->design);
    if (!text)
        return cli_usage("sweep", "the task is missing: quaywright sweep %s STORE TASK",
                         s->a->operand[0]);
    if (!number_int(task, text) || *task < 0 || *task >= tasks)
        return cli_usage("sweep", "\"%s\" is no task; this sweep has tasks 0 to %lld", text,
                         (long long)(tasks - 1));
    return CLI_OK;
}

static void describe(textbuf *out, const showing *s, const sweep_run *run, const char *label)
{
    char value[32] = "none";
    if (run->field[SWEEP_VALUE] != QWR_UNSET)
        qwr_value_text(value, sizeof value, run->field[SWEEP_VALUE]);
    textbuf_printf(out, "task         %lld\nlevels       %s\nreplication  %lld\n",
                   (long long)run->task, label, (long long)run->replication);
    textbuf_printf(out, "status       %s\noutcome      %s\nvalue        %s\n", run->status,
                   run->outcome[0] ? run->outcome : "none", value);
    textbuf_printf(out, "version      %s\n", run->version);
    if (run->scenario_hash)
        textbuf_printf(out, "scenario     %016llx\n", (unsigned long long)run->scenario_hash);
    if (run->plan_hash)
        textbuf_printf(out, "plan         %016llx\n", (unsigned long long)run->plan_hash);
    if (run->message[0])
        textbuf_printf(out, "message      %s\n", run->message);
    textbuf_printf(out,
                   "\nTo repeat it:\n  quaywright sweep scenario %s %lld --out run-%lld.xml\n  "
                   "quaywright plan run-%lld.xml --seed %llu %s --threads 1\n",
                   s->a->operand[1], (long long)run->task, (long long)run->task,
                   (long long)run->task, (unsigned long long)run->seed, s->design.options);
}

static cli_exit print_run(showing *s, const sweep_run *run)
{
    textbuf out = {0};
    char *label = sweep_point_label(&s->design, (size_t)run->point, 0);
    if (!label)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    if (args_given(s->a, "json")) {
        list_json(s, run, label);
        out = s->json.text;
        s->json = (json_out){0};
    } else {
        describe(&out, s, run, label);
    }
    free(label);
    return cli_print(&out);
}

cli_exit sweep_do_show(qwr_context *ctx, const args *a)
{
    showing s = {0};
    sweep_run run;
    int64_t task = 0;
    cli_exit code = open_store(&s, ctx, a);
    if (code == CLI_OK)
        code = read_task(&s, &task);
    if (code == CLI_OK)
        code = sweep_store_get(s.store, task, &run);
    if (code == CLI_OK)
        code = print_run(&s, &run);
    close_store(&s);
    return code;
}

static cli_exit write_scenario(const showing *s, qwr_context *ctx, int64_t task)
{
    const char *path = args_text(s->a, "out");
    qwr_scenario *scenario = NULL;
    char *text = NULL;
    size_t length = 0;
    textbuf out = {0};
    qwr_status status = sweep_scenario(&scenario, ctx, &s->design, task);
    if (status)
        return cli_fail(ctx, status, CLI_READING, NULL);
    cli_exit code = CLI_OK;
    status = qwr_scenario_text(&text, &length, ctx, scenario);
    if (status == QWR_OK && path)
        status = qwr_file_write(ctx, path, text, length);
    if (status)
        code = cli_fail(ctx, status, CLI_WRITING, path);
    else if (!path)
        textbuf_bytes(&out, text, length);
    qwr_text_free(ctx, text);
    qwr_scenario_free(scenario);
    return code == CLI_OK ? cli_print(&out) : code;
}

cli_exit sweep_do_scenario(qwr_context *ctx, const args *a)
{
    showing s = {0};
    int64_t task = 0;
    cli_exit code = open_store(&s, ctx, a);
    if (code == CLI_OK)
        code = read_task(&s, &task);
    if (code == CLI_OK)
        code = write_scenario(&s, ctx, task);
    close_store(&s);
    return code;
}
