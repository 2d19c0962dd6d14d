/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The design in the store: schema, base scenario, variations, points; written, read back, compared.
 * Knows no run.
 */
#include "cli/number.h"
#include "cli/sweep_store_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE base(scenario TEXT NOT NULL);"
    "CREATE TABLE variations(variation INTEGER PRIMARY KEY, text TEXT NOT NULL, name TEXT NOT "
    "NULL, operator TEXT NOT NULL, unit TEXT NOT NULL);"
    "CREATE TABLE levels(variation INTEGER NOT NULL, level INTEGER NOT NULL, text TEXT NOT NULL, "
    "value REAL, PRIMARY KEY(variation, level)) WITHOUT ROWID;"
    "CREATE TABLE points(point INTEGER NOT NULL, variation INTEGER NOT NULL, level INTEGER NOT "
    "NULL, PRIMARY KEY(point, variation)) WITHOUT ROWID;"
    "CREATE TABLE runs(task INTEGER PRIMARY KEY, point INTEGER NOT NULL, replication INTEGER NOT "
    "NULL, seed INTEGER NOT NULL, scenario_hash TEXT, version TEXT NOT NULL, status TEXT NOT NULL, "
    "outcome TEXT, stop TEXT, value_mu INTEGER, bound_mu INTEGER, unplaced INTEGER, work INTEGER, "
    "calls INTEGER, placed INTEGER, on_time INTEGER, late INTEGER, berth_s INTEGER, wait_s "
    "INTEGER, "
    "late_s INTEGER, crane_work_s INTEGER, moves INTEGER, berth_use_milli INTEGER, crane_use_milli "
    "INTEGER, crane_density_milli INTEGER, qcm_milli INTEGER, deviation_mm INTEGER, makespan_s "
    "INTEGER, plan_hash TEXT, message TEXT);"
    "CREATE TABLE timings(task INTEGER PRIMARY KEY, elapsed_us INTEGER NOT NULL);"
    "CREATE VIEW results AS SELECT r.*, 100.0 * (r.value_mu - r.bound_mu) / nullif(r.value_mu, 0) "
    "AS gap_pct, (SELECT group_concat(v.name || v.operator || l.text, ' ') FROM points p JOIN "
    "variations v USING(variation) JOIN levels l USING(variation, level) WHERE p.point = r.point) "
    "AS levels, (SELECT value FROM meta WHERE key = 'options') AS options FROM runs r;";

/* --- writing --------------------------------------------------------------------------------- */

static cli_exit put_meta(sweep_store *s, const char *key, const char *value)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "INSERT INTO meta VALUES(?1, ?2)");
    if (code == CLI_OK) {
        sqlite3_bind_text(q, 1, key, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(q, 2, value, -1, SQLITE_TRANSIENT);
        code = sweep_store_step(s, q);
    }
    sqlite3_finalize(q);
    return code;
}

/* Value of a key, to be freed with free(); NULL if there is none. */
static char *get_meta(sweep_store *s, const char *key)
{
    sqlite3_stmt *q = NULL;
    char *value = NULL;
    if (sweep_store_prepare(s, &q, "SELECT value FROM meta WHERE key = ?1") == CLI_OK) {
        sqlite3_bind_text(q, 1, key, -1, SQLITE_TRANSIENT);
        if (sqlite3_step(q) == SQLITE_ROW)
            value = text_copy((const char *)sqlite3_column_text(q, 0));
    }
    sqlite3_finalize(q);
    return value;
}

static const char *const meta_keys[] = {"base_hash", "base_id",      "options",
                                        "points",    "replications", "seed"};

enum { META_KEYS = sizeof meta_keys / sizeof *meta_keys };

static void meta_text(char *text, size_t capacity, const sweep_design *d, size_t key)
{
    switch (key) {
    case 0:
        snprintf(text, capacity, "%016llx", (unsigned long long)qwr_scenario_hash(d->base));
        break;
    case 1:
        snprintf(text, capacity, "%s", qwr_scenario_get_info(d->base)->id);
        break;
    case 2:
        snprintf(text, capacity, "%s", d->options);
        break;
    case 3:
        snprintf(text, capacity, "%zu", d->points);
        break;
    case 4:
        snprintf(text, capacity, "%lld", (long long)d->replications);
        break;
    default:
        snprintf(text, capacity, "%llu", (unsigned long long)d->seed);
        break;
    }
}

static cli_exit put_base(sweep_store *s, const sweep_design *d)
{
    char *text = NULL;
    size_t length = 0;
    sqlite3_stmt *q = NULL;
    qwr_status status = qwr_scenario_text(&text, &length, d->ctx, d->base);
    if (status)
        return cli_fail(d->ctx, status, CLI_WORKING, NULL);
    cli_exit code = sweep_store_prepare(s, &q, "INSERT INTO base VALUES(?1)");
    if (code == CLI_OK) {
        sqlite3_bind_text64(q, 1, text, length, SQLITE_STATIC, SQLITE_UTF8);
        code = sweep_store_step(s, q);
    }
    sqlite3_finalize(q);
    qwr_text_free(d->ctx, text);
    return code;
}

static cli_exit put_levels(sweep_store *s, const sweep_design *d, size_t i)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "INSERT INTO levels VALUES(?1, ?2, ?3, ?4)");
    for (size_t l = 0; code == CLI_OK && l < qwr_variation_levels(d->variation[i]); l++) {
        double value;
        sqlite3_bind_int64(q, 1, (sqlite3_int64)i);
        sqlite3_bind_int64(q, 2, (sqlite3_int64)l);
        sqlite3_bind_text(q, 3, qwr_variation_level_text(d->variation[i], l), -1, SQLITE_TRANSIENT);
        if (qwr_variation_level_value(d->variation[i], l, &value))
            sqlite3_bind_double(q, 4, value);
        else
            sqlite3_bind_null(q, 4);
        code = sweep_store_step(s, q);
    }
    sqlite3_finalize(q);
    return code;
}

static cli_exit put_variations(sweep_store *s, const sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "INSERT INTO variations VALUES(?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; code == CLI_OK && i < d->count; i++) {
        const char *words[] = {d->text[i], qwr_variation_name(d->variation[i]),
                               qwr_variation_operator(d->variation[i]),
                               qwr_variation_unit(d->variation[i])};
        sqlite3_bind_int64(q, 1, (sqlite3_int64)i);
        for (int k = 0; k < 4; k++)
            sqlite3_bind_text(q, k + 2, words[k], -1, SQLITE_TRANSIENT);
        code = sweep_store_step(s, q);
        if (code == CLI_OK)
            code = put_levels(s, d, i);
    }
    sqlite3_finalize(q);
    return code;
}

static cli_exit put_points(sweep_store *s, const sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "INSERT INTO points VALUES(?1, ?2, ?3)");
    for (size_t p = 0; code == CLI_OK && p < d->points; p++)
        for (size_t i = 0; code == CLI_OK && i < d->count; i++) {
            sqlite3_bind_int64(q, 1, (sqlite3_int64)p);
            sqlite3_bind_int64(q, 2, (sqlite3_int64)i);
            sqlite3_bind_int64(q, 3, d->level[p * d->count + i]);
            code = sweep_store_step(s, q);
        }
    sqlite3_finalize(q);
    return code;
}

/* All in the caller's transaction, or in one of its own: a store has its design or is empty. */
cli_exit sweep_store_put_design(sweep_store *s, const sweep_design *d)
{
    char sql[96], text[4096];
    cli_exit code = sweep_store_exec(s, schema);
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             SWEEP_APPLICATION_ID, SWEEP_SCHEMA);
    if (code == CLI_OK)
        code = sweep_store_exec(s, sql);
    for (size_t i = 0; code == CLI_OK && i < META_KEYS; i++) {
        meta_text(text, sizeof text, d, i);
        code = put_meta(s, meta_keys[i], text);
    }
    if (code == CLI_OK)
        code = put_base(s, d);
    if (code == CLI_OK)
        code = put_variations(s, d);
    return code == CLI_OK ? put_points(s, d) : code;
}

static cli_exit get_base(sweep_store *s, qwr_context *ctx, sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    qwr_scenario_builder *builder = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "SELECT scenario FROM base");
    if (code == CLI_OK && sqlite3_step(q) == SQLITE_ROW) {
        qwr_status status =
            qwr_scenario_parse(&builder, ctx, (const char *)sqlite3_column_text(q, 0),
                               (size_t)sqlite3_column_bytes(q, 0), s->path, QWR_FORMAT_XML);
        if (status == QWR_OK)
            status = qwr_scenario_freeze(&d->base, builder);
        if (status)
            code = cli_fail(ctx, status, CLI_READING, s->path);
    } else if (code == CLI_OK) {
        code = cli_fail_own(CLI_BAD_INPUT, "%s holds no base scenario; it is damaged", s->path);
    }
    qwr_scenario_builder_free(builder);
    sqlite3_finalize(q);
    return code;
}

static cli_exit get_variations(sweep_store *s, sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "SELECT text FROM variations ORDER BY variation");
    while (code == CLI_OK && sqlite3_step(q) == SQLITE_ROW)
        code = sweep_design_add(d, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return code;
}

static cli_exit get_points(sweep_store *s, sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "SELECT point, variation, level FROM points");
    d->level = calloc(d->points * d->count + 1, sizeof *d->level);
    if (!d->level)
        code = sweep_store_no_memory();
    while (code == CLI_OK && sqlite3_step(q) == SQLITE_ROW) {
        const int64_t p = sqlite3_column_int64(q, 0), i = sqlite3_column_int64(q, 1);
        const int64_t level = sqlite3_column_int64(q, 2);
        if (p < 0 || p >= (int64_t)d->points || i < 0 || i >= (int64_t)d->count || level < 0 ||
            level >= (int64_t)qwr_variation_levels(d->variation[i]))
            code = cli_fail_own(CLI_BAD_INPUT,
                                "%s: point %lld does not fit its variations; the "
                                "store is damaged",
                                s->path, (long long)p);
        else
            d->level[(size_t)p * d->count + (size_t)i] = (uint32_t)level;
    }
    sqlite3_finalize(q);
    return code;
}

static cli_exit get_numbers(sweep_store *s, sweep_design *d)
{
    char *points = get_meta(s, "points"), *replications = get_meta(s, "replications");
    char *seed = get_meta(s, "seed");
    int64_t count = 0, value = 0;
    cli_exit code = CLI_OK;
    d->options = get_meta(s, "options");
    if (!points || !number_int(&count, points) || count < 1 || count > SWEEP_POINTS_MAX ||
        !replications || !number_int(&d->replications, replications) || d->replications < 1 ||
        count > SWEEP_TASKS_MAX / d->replications || !seed || !number_int(&value, seed) ||
        !d->options)
        code = cli_fail_own(CLI_BAD_INPUT, "%s: its table meta is damaged", s->path);
    d->points = (size_t)count;
    d->seed = (uint64_t)value;
    free(points);
    free(replications);
    free(seed);
    return code;
}

cli_exit sweep_store_get_design(sweep_store *s, qwr_context *ctx, sweep_design *d)
{
    d->ctx = ctx;
    cli_exit code = get_numbers(s, d);
    if (code == CLI_OK)
        code = get_base(s, ctx, d);
    if (code == CLI_OK)
        code = get_variations(s, d);
    return code == CLI_OK ? get_points(s, d) : code;
}

/* The variations as one text, for comparison. */
static char *variations_text(sweep_store *s)
{
    sqlite3_stmt *q = NULL;
    textbuf text = {0};
    if (sweep_store_prepare(s, &q, "SELECT text FROM variations ORDER BY variation") == CLI_OK)
        while (sqlite3_step(q) == SQLITE_ROW)
            textbuf_printf(&text, "%s--vary %s", text.length > 0 ? " " : "",
                           (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return text.data;
}

static cli_exit differs(const sweep_store *s, const char *what, const char *theirs,
                        const char *ours)
{
    return cli_fail_own(
        CLI_BAD_INPUT,
        "%s holds another sweep: its %s is \"%s\", here it is \"%s\"; give the same "
        "command as before, or another --store",
        s->path, what, theirs ? theirs : "", ours ? ours : "");
}

static cli_exit same_points(sweep_store *s, const sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, "SELECT point, variation, level FROM points");
    while (code == CLI_OK && sqlite3_step(q) == SQLITE_ROW) {
        const size_t p = (size_t)sqlite3_column_int64(q, 0), i = (size_t)sqlite3_column_int64(q, 1);
        if (p >= d->points || i >= d->count ||
            d->level[p * d->count + i] != (uint32_t)sqlite3_column_int64(q, 2))
            code = differs(s, "design", "other points", "these");
    }
    sqlite3_finalize(q);
    return code;
}

cli_exit sweep_store_same_design(sweep_store *s, const sweep_design *d)
{
    static const char *const names[META_KEYS] = {
        "base scenario (by its hash)", "base scenario", "options", "number of points",
        "number of replications",      "seed"};
    char ours[4096];
    textbuf given = {0};
    cli_exit code = CLI_OK;
    char *theirs = variations_text(s);
    for (size_t i = 0; i < d->count; i++)
        textbuf_printf(&given, "%s--vary %s", i > 0 ? " " : "", d->text[i]);
    if (!theirs || !given.data || strcmp(theirs, given.data) != 0)
        code = differs(s, "variation", theirs, given.data);
    free(theirs);
    textbuf_free(&given);
    for (size_t i = 0; code == CLI_OK && i < META_KEYS; i++) {
        theirs = get_meta(s, meta_keys[i]);
        meta_text(ours, sizeof ours, d, i);
        if (!theirs || strcmp(theirs, ours) != 0)
            code = differs(s, names[i], theirs, ours);
        free(theirs);
    }
    return code == CLI_OK ? same_points(s, d) : code;
}
