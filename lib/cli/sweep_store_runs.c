/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs in the store: rows written and read. Knows no design.
 */
#include "cli/sweep_store_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_FIELD = 9 };

static void bind_text(sqlite3_stmt *q, int at, const char *text)
{
    if (text && text[0] != '\0')
        sqlite3_bind_text(q, at, text, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(q, at);
}

static void bind_hash(sqlite3_stmt *q, int at, uint64_t hash)
{
    char text[24];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    bind_text(q, at, hash ? text : NULL);
}

static uint64_t column_hash(sqlite3_stmt *q, int at)
{
    const char *text = (const char *)sqlite3_column_text(q, at);
    return text ? strtoull(text, NULL, 16) : 0;
}

static void column_text(char *out, size_t capacity, sqlite3_stmt *q, int at)
{
    const char *text = (const char *)sqlite3_column_text(q, at);
    snprintf(out, capacity, "%s", text ? text : "");
}

cli_exit sweep_store_begin(sweep_store *s)
{
    return sweep_store_exec(s, "BEGIN IMMEDIATE");
}

cli_exit sweep_store_commit(sweep_store *s)
{
    return sweep_store_exec(s, "COMMIT");
}

static cli_exit prepare_put(sweep_store *s)
{
    textbuf sql = {0};
    if (s->put)
        return CLI_OK;
    textbuf_add(&sql, "INSERT INTO runs VALUES(?1");
    for (int i = 2; i <= FIRST_FIELD + SWEEP_FIELDS + 2; i++)
        textbuf_printf(&sql, ", ?%d", i);
    textbuf_add(&sql, ")");
    cli_exit code =
        sql.failed ? sweep_store_no_memory() : sweep_store_prepare(s, &s->put, sql.data);
    textbuf_free(&sql);
    if (code == CLI_OK)
        code = sweep_store_prepare(s, &s->timing, "INSERT INTO timings VALUES(?1, ?2)");
    return code;
}

cli_exit sweep_store_put(sweep_store *s, const sweep_run *run, int with_timing)
{
    cli_exit code = prepare_put(s);
    if (code != CLI_OK)
        return code;
    sqlite3_bind_int64(s->put, 1, run->task);
    sqlite3_bind_int64(s->put, 2, run->point);
    sqlite3_bind_int64(s->put, 3, run->replication);
    sqlite3_bind_int64(s->put, 4, (sqlite3_int64)run->seed);
    bind_hash(s->put, 5, run->scenario_hash);
    bind_text(s->put, 6, run->version);
    bind_text(s->put, 7, run->status);
    bind_text(s->put, 8, run->outcome);
    bind_text(s->put, 9, run->stop);
    for (int i = 0; i < SWEEP_FIELDS; i++)
        if (run->field[i] != QWR_UNSET)
            sqlite3_bind_int64(s->put, FIRST_FIELD + 1 + i, run->field[i]);
        else
            sqlite3_bind_null(s->put, FIRST_FIELD + 1 + i);
    bind_hash(s->put, FIRST_FIELD + SWEEP_FIELDS + 1, run->plan_hash);
    bind_text(s->put, FIRST_FIELD + SWEEP_FIELDS + 2, run->message);
    code = sweep_store_step(s, s->put);
    if (code != CLI_OK || !with_timing)
        return code;
    sqlite3_bind_int64(s->timing, 1, run->task);
    sqlite3_bind_int64(s->timing, 2, run->elapsed_us);
    return sweep_store_step(s, s->timing);
}

static void read_run(sweep_run *run, sqlite3_stmt *q)
{
    memset(run, 0, sizeof *run);
    run->task = sqlite3_column_int64(q, 0);
    run->point = sqlite3_column_int64(q, 1);
    run->replication = sqlite3_column_int64(q, 2);
    run->seed = (uint64_t)sqlite3_column_int64(q, 3);
    run->scenario_hash = column_hash(q, 4);
    column_text(run->version, sizeof run->version, q, 5);
    column_text(run->status, sizeof run->status, q, 6);
    column_text(run->outcome, sizeof run->outcome, q, 7);
    column_text(run->stop, sizeof run->stop, q, 8);
    for (int i = 0; i < SWEEP_FIELDS; i++)
        run->field[i] = sqlite3_column_type(q, FIRST_FIELD + i) == SQLITE_NULL
                            ? QWR_UNSET
                            : sqlite3_column_int64(q, FIRST_FIELD + i);
    run->plan_hash = column_hash(q, FIRST_FIELD + SWEEP_FIELDS);
    column_text(run->message, sizeof run->message, q, FIRST_FIELD + SWEEP_FIELDS + 1);
}

cli_exit sweep_store_each(sweep_store *s, sweep_run_fn each, void *payload)
{
    sqlite3_stmt *q = NULL;
    sweep_run run;
    int step = SQLITE_DONE;
    cli_exit code = sweep_store_prepare(s, &q, "SELECT * FROM runs ORDER BY task");
    while (code == CLI_OK && (step = sqlite3_step(q)) == SQLITE_ROW) {
        read_run(&run, q);
        code = each(&run, payload);
    }
    if (code == CLI_OK && step != SQLITE_DONE)
        code = sweep_store_fail(s, "read");
    sqlite3_finalize(q);
    return code;
}

cli_exit sweep_store_get(sweep_store *s, int64_t task, sweep_run *run)
{
    cli_exit code = CLI_OK;
    if (!s->get)
        code = sweep_store_prepare(s, &s->get, "SELECT * FROM runs WHERE task = ?1");
    if (code != CLI_OK)
        return code;
    sqlite3_bind_int64(s->get, 1, task);
    if (sqlite3_step(s->get) == SQLITE_ROW)
        read_run(run, s->get);
    else
        code = cli_fail_own(CLI_BAD_INPUT,
                            "%s has no run of task %lld; 'quaywright sweep list %s' shows those "
                            "there are",
                            s->path, (long long)task, s->path);
    sqlite3_reset(s->get);
    return code;
}

cli_exit sweep_store_forget_failed(sweep_store *s)
{
    return sweep_store_exec(
        s, "BEGIN IMMEDIATE;"
           "DELETE FROM timings WHERE task IN (SELECT task FROM runs WHERE status <> "
           "'QWR_OK'); DELETE FROM runs WHERE status <> 'QWR_OK'; COMMIT");
}
