/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright sweep merge: one store from several, written afresh in the order of tasks and without
 * run times, so that its bytes do not tell how many workers there were. Names what is missing,
 * double, or contradicts itself.
 */
#include "cli/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STORES_MAX = 10000, NAMED_MAX = 12 };

typedef struct merging {
    sweep_design design;
    sweep_store **store;
    const char **name;
    size_t stores, open; /* `open`: the one whose runs come */
    size_t given;        /* stores of the command line; one more is what OUT held before */
    int32_t *from;       /* per task: number of its store from 1, 0: none */
    int64_t doubles;
} merging;

static cli_exit contradiction(const merging *m, int64_t task, const sweep_run *a,
                              const sweep_run *b)
{
    const char *what = "result";
    if (strcmp(a->version, b->version) != 0)
        what = "version";
    else if (a->scenario_hash != b->scenario_hash)
        what = "scenario";
    else if (strcmp(a->status, b->status) != 0)
        what = "status";
    else if (a->plan_hash != b->plan_hash)
        what = "plan";
    return cli_fail_own(CLI_BAD_INPUT,
                        "task %lld contradicts itself: %s and %s differ in its %s; run it again "
                        "with one version and with --work-limit instead of --deadline",
                        (long long)task, sweep_store_path(m->store[m->from[task] - 1]),
                        sweep_store_path(m->store[m->open]), what);
}

static cli_exit note(const sweep_run *run, void *payload)
{
    merging *m = payload;
    sweep_run other;
    if (run->task < 0 || run->task >= sweep_tasks(&m->design))
        return cli_fail_own(CLI_BAD_INPUT, "%s has a run of task %lld, which is none of this sweep",
                            sweep_store_path(m->store[m->open]), (long long)run->task);
    if (m->from[run->task] == 0) {
        m->from[run->task] = (int32_t)m->open + 1;
        return CLI_OK;
    }
    cli_exit code = sweep_store_get(m->store[m->from[run->task] - 1], run->task, &other);
    if (code == CLI_OK && memcmp(&other, run, sizeof other) != 0)
        return contradiction(m, run->task, &other, run);
    m->doubles += m->open < m->given;
    return code;
}

static cli_exit read_stores(merging *m, qwr_context *ctx)
{
    cli_exit code = CLI_OK;
    for (size_t i = 0; i < m->stores && code == CLI_OK; i++) {
        m->open = i;
        code = sweep_store_open(&m->store[i], m->name[i], SWEEP_READ);
        if (code == CLI_OK && i == 0)
            code = sweep_store_get_design(m->store[0], ctx, &m->design);
        else if (code == CLI_OK)
            code = sweep_store_same_design(m->store[i], &m->design);
        if (code == CLI_OK && i == 0) {
            m->from = calloc((size_t)sweep_tasks(&m->design), sizeof *m->from);
            if (!m->from)
                code = cli_fail_own(CLI_INTERNAL, "out of memory");
        }
        if (code == CLI_OK)
            code = sweep_store_each(m->store[i], note, m);
    }
    return code;
}

static cli_exit write_runs(merging *m, sweep_store *out)
{
    cli_exit code = sweep_store_begin(out);
    if (code == CLI_OK)
        code = sweep_store_put_design(out, &m->design);
    for (int64_t task = 0; code == CLI_OK && task < sweep_tasks(&m->design); task++) {
        sweep_run run;
        if (m->from[task] == 0)
            continue;
        code = sweep_store_get(m->store[m->from[task] - 1], task, &run);
        if (code == CLI_OK)
            code = sweep_store_put(out, &run, 0);
    }
    if (code == CLI_OK)
        code = sweep_store_commit(out);
    return code == CLI_OK ? sweep_store_publish(out) : code;
}

/* "3, 7, 9-12 and more" */
static int64_t list_missing(textbuf *out, const merging *m)
{
    const int64_t tasks = sweep_tasks(&m->design);
    int64_t missing = 0;
    int named = 0;
    for (int64_t task = 0; task < tasks; task++) {
        int64_t last = task;
        if (m->from[task] != 0)
            continue;
        while (last + 1 < tasks && m->from[last + 1] == 0)
            last++;
        missing += last - task + 1;
        if (++named <= NAMED_MAX)
            textbuf_printf(out, "%s%lld", named > 1 ? ", " : "", (long long)task);
        if (named <= NAMED_MAX && last > task)
            textbuf_printf(out, "-%lld", (long long)last);
        task = last;
    }
    if (named > NAMED_MAX)
        textbuf_add(out, " and more");
    return missing;
}

static cli_exit print(const merging *m, const char *path, int as_json)
{
    const int64_t tasks = sweep_tasks(&m->design);
    textbuf missing = {0};
    const int64_t count = list_missing(&missing, m);
    if (m->doubles > 0)
        fprintf(stderr, "quaywright: %lld runs are there twice, equal to the byte\n",
                (long long)m->doubles);
    if (count > 0)
        fprintf(stderr,
                "quaywright: %lld tasks have no run: %s\n  hint: run their shards again, then "
                "merge again\n",
                (long long)count, missing.data ? missing.data : "");
    textbuf_free(&missing);
    if (as_json) {
        json_out json = {0};
        json_object(&json, NULL);
        json_string(&json, "store", path);
        json_int(&json, "tasks", tasks);
        json_int(&json, "done", tasks - count);
        json_int(&json, "missing", count);
        json_int(&json, "doubles", m->doubles);
        json_object_end(&json);
        return cli_print_then(&json.text, count > 0 ? CLI_BROKEN : CLI_OK);
    }
    textbuf out = {0};
    textbuf_printf(&out, "%lld of %lld runs from %zu %s are in %s\n", (long long)(tasks - count),
                   (long long)tasks, m->given, m->given == 1 ? "store" : "stores", path);
    return cli_print_then(&out, count > 0 ? CLI_BROKEN : CLI_OK);
}

/* The stores of the command line. A store that OUT held before counts too, so that merging never
 * loses a run. */
static cli_exit name_stores(merging *m, const args *a)
{
    if (a->operand_count < 3)
        return cli_usage("sweep", "stores are missing: quaywright sweep merge OUT STORE...");
    m->given = a->operand_count - 2;
    if (m->given > STORES_MAX)
        return cli_usage("sweep", "more than %d stores", STORES_MAX);
    m->store = calloc(m->given + 1, sizeof(sweep_store *));
    m->name = calloc(m->given + 1, sizeof *m->name);
    if (!m->store || !m->name)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    for (; m->stores < m->given; m->stores++)
        m->name[m->stores] = a->operand[2 + m->stores];
    if (sweep_store_exists(a->operand[1]))
        m->name[m->stores++] = a->operand[1];
    return CLI_OK;
}

cli_exit sweep_do_merge(qwr_context *ctx, const args *a)
{
    merging m = {0};
    sweep_store *out = NULL;
    cli_exit code = name_stores(&m, a);
    if (code == CLI_OK)
        code = read_stores(&m, ctx);
    if (code == CLI_OK)
        code = sweep_store_open(&out, a->operand[1], SWEEP_FRESH);
    if (code == CLI_OK)
        code = write_runs(&m, out);
    if (code == CLI_OK)
        code = print(&m, a->operand[1], args_given(a, "json"));
    sweep_store_close(out);
    for (size_t i = 0; m.store && i < m.stores; i++)
        sweep_store_close(m.store[i]);
    free(m.store);
    free(m.name);
    free(m.from);
    sweep_design_free(&m.design);
    return code;
}
