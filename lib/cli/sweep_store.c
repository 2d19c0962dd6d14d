/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store of a sweep: one SQLite file, its lock, one transaction a batch of results. Schema and
 * meaning of every column stand in `quaywright help sweep-store`. Must never leave a torn store:
 * what is committed stays, whatever ends the process.
 */
#include "cli/sweep.h"

#include "cli/files.h"
#include "cli/number.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x51575253 /* "QWRS" */, BUSY_MS = 5000, FIRST_FIELD = 9 };

struct sweep_store {
    sqlite3 *db;
    sqlite3_stmt *put, *timing;
    char *path;  /* of the file, for messages */
    char *fresh; /* of the temporary; NULL: none */
    folder made;
    int lock;
    int is_new;
};

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

/* --- messages ------------------------------------------------------------------------------------
 */

static cli_exit no_memory(void)
{
    return cli_fail_own(CLI_INTERNAL, "out of memory");
}

/* What SQLite says, as a sentence with the next step. */
static cli_exit fail(const sweep_store *s, const char *doing)
{
    const int code = s->db ? sqlite3_errcode(s->db) & 0xFF : SQLITE_NOMEM;
    const char *what = s->db ? sqlite3_errmsg(s->db) : "out of memory";
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
        return cli_fail_own(
            CLI_BAD_INPUT,
            "%s is no store of a sweep, or it is damaged (%s); give another --store "
            "DIR",
            s->path, what);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return cli_fail_own(CLI_OUTPUT,
                            "%s is in use by another program; try again when it is done", s->path);
    return cli_fail_own(CLI_OUTPUT,
                        "%s cannot be %s: %s; what was done before is kept, make room or choose "
                        "another folder and run the same command again",
                        s->path, doing, what);
}

/* --- SQL, a statement at a time
 * -------------------------------------------------------------------- */

static cli_exit exec(sweep_store *s, const char *sql)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? CLI_OK : fail(s, "written");
}

static cli_exit prepare(sweep_store *s, sqlite3_stmt **out, const char *sql)
{
    return sqlite3_prepare_v2(s->db, sql, -1, out, NULL) == SQLITE_OK ? CLI_OK : fail(s, "read");
}

static cli_exit pragma_value(sweep_store *s, const char *sql, int64_t *value)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, sql);
    *value = 0;
    if (code == CLI_OK) {
        int step = sqlite3_step(q);
        if (step == SQLITE_ROW)
            *value = sqlite3_column_int64(q, 0);
        else if (step != SQLITE_DONE)
            code = fail(s, "read");
    }
    sqlite3_finalize(q);
    return code;
}

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

/* Runs a bound statement that gives no rows, and makes it ready for the next. */
static cli_exit step_done(sweep_store *s, sqlite3_stmt *q)
{
    int step = sqlite3_step(q);
    cli_exit code = step == SQLITE_DONE ? CLI_OK : fail(s, "written");
    sqlite3_reset(q);
    return code;
}

/* --- opening
 * ----------------------------------------------------------------------------------------- */

const char *sweep_store_path(const sweep_store *s)
{
    return s->path;
}

int sweep_store_is_new(const sweep_store *s)
{
    return s->is_new;
}

int sweep_store_lock(const sweep_store *s)
{
    return s->lock;
}

/* A folder holds sweep.sqlite; a name that ends so is the file itself. */
static int names_file(const char *path)
{
    return path_is_folder(path) != 1 && strcmp(path_extension(path), ".sqlite") == 0;
}

static cli_exit make_folder(sweep_store *s, const char *path)
{
    int error = names_file(path) ? 0 : folder_make(&s->made, path);
    if (error)
        return cli_fail_own(CLI_OUTPUT, "the folder %s cannot be made or written: %s", path,
                            strerror(error));
    return CLI_OK;
}

/* Two sweeps on one store would run every task twice. */
static cli_exit take_lock(sweep_store *s)
{
    textbuf name = {0};
    textbuf_printf(&name, "%s.lock", s->path);
    if (name.failed)
        return no_memory();
    s->lock = open(name.data, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    cli_exit code = CLI_OK;
    if (s->lock < 0)
        code =
            cli_fail_own(CLI_OUTPUT, "%s cannot be made: %s; choose a folder that may be written",
                         name.data, strerror(errno));
    else if (flock(s->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        code = cli_fail_own(CLI_OUTPUT,
                            "another sweep works on %s; wait for it, or give this one another "
                            "--store and merge them",
                            s->path);
    textbuf_free(&name);
    return code;
}

static cli_exit check_schema(sweep_store *s)
{
    int64_t application, version, tables;
    cli_exit code = pragma_value(s, "PRAGMA application_id", &application);
    if (code == CLI_OK)
        code = pragma_value(s, "PRAGMA user_version", &version);
    if (code == CLI_OK)
        code = pragma_value(s, "SELECT count(*) FROM sqlite_master", &tables);
    if (code != CLI_OK)
        return code;
    s->is_new = tables == 0 && application == 0;
    if (s->is_new)
        return CLI_OK;
    if (application != APPLICATION_ID)
        return cli_fail_own(CLI_BAD_INPUT, "%s is an SQLite file, but no store of a sweep",
                            s->path);
    if (version > SWEEP_SCHEMA)
        return cli_fail_own(CLI_BAD_INPUT,
                            "%s was written by a newer version (schema %lld, this one knows %d); "
                            "use that version, or give another --store",
                            s->path, (long long)version, SWEEP_SCHEMA);
    return CLI_OK;
}

static cli_exit open_db(sweep_store *s, const char *file, int flags)
{
    if (sqlite3_open_v2(file, &s->db, flags, NULL) != SQLITE_OK)
        return fail(s, "opened");
    sqlite3_busy_timeout(s->db, BUSY_MS);
    return check_schema(s);
}

static cli_exit open_read(sweep_store *s)
{
    if (access(s->path, R_OK) != 0)
        return cli_fail_own(CLI_BAD_INPUT,
                            "%s: there is no store to read (%s); 'quaywright sweep BASE --vary ... "
                            "--store DIR' makes one",
                            s->path, strerror(errno));
    cli_exit code = open_db(s, s->path, SQLITE_OPEN_READONLY);
    if (code == CLI_OK && s->is_new)
        return cli_fail_own(CLI_BAD_INPUT, "%s is an empty store", s->path);
    return code;
}

static cli_exit open_fresh(sweep_store *s)
{
    textbuf name = {0};
    textbuf_printf(&name, "%s.%ld.tmp", s->path, (long)getpid());
    if (name.failed)
        return no_memory();
    s->fresh = name.data;
    unlink(s->fresh);
    cli_exit code = open_db(s, s->fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (code == CLI_OK)
        code = exec(s, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    return code;
}

cli_exit sweep_store_open(sweep_store **out, const char *path, sweep_access access)
{
    sweep_store *s = calloc(1, sizeof *s);
    cli_exit code = CLI_OK;
    *out = NULL;
    if (!s)
        return no_memory();
    s->lock = -1;
    s->path = names_file(path) ? text_copy(path) : path_join(path, "sweep", ".sqlite");
    if (!s->path)
        code = no_memory();
    if (code == CLI_OK && access != SWEEP_READ)
        code = make_folder(s, path);
    if (code == CLI_OK && access == SWEEP_WRITE)
        code = take_lock(s);
    if (code == CLI_OK && access == SWEEP_READ)
        code = open_read(s);
    else if (code == CLI_OK && access == SWEEP_FRESH)
        code = open_fresh(s);
    else if (code == CLI_OK)
        code = open_db(s, s->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (code != CLI_OK) {
        sweep_store_close(s);
        return code;
    }
    *out = s;
    return CLI_OK;
}

static int close_db(sweep_store *s)
{
    sqlite3_finalize(s->put);
    sqlite3_finalize(s->timing);
    s->put = NULL;
    s->timing = NULL;
    int result = sqlite3_close(s->db);
    s->db = NULL;
    return result;
}

void sweep_store_close(sweep_store *s)
{
    if (!s)
        return;
    close_db(s);
    if (s->fresh)
        unlink(s->fresh);
    if (s->lock >= 0)
        close(s->lock);
    folder_free(&s->made);
    free(s->fresh);
    free(s->path);
    free(s);
}

static int sync_file(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int result = file >= 0 ? fsync(file) : -1;
    if (file >= 0)
        close(file);
    return result;
}

cli_exit sweep_store_publish(sweep_store *s)
{
    if (close_db(s) != SQLITE_OK || sync_file(s->fresh) != 0 || rename(s->fresh, s->path) != 0)
        return cli_fail_own(CLI_OUTPUT, "%s cannot be written: %s", s->path, strerror(errno));
    free(s->fresh);
    s->fresh = NULL;
    return CLI_OK;
}

/* --- design
 * -------------------------------------------------------------------------------------------- */

static cli_exit put_meta(sweep_store *s, const char *key, const char *value)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, "INSERT INTO meta VALUES(?1, ?2)");
    if (code == CLI_OK) {
        sqlite3_bind_text(q, 1, key, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(q, 2, value, -1, SQLITE_TRANSIENT);
        code = step_done(s, q);
    }
    sqlite3_finalize(q);
    return code;
}

/* Value of a key, to be freed with free(); NULL if there is none. */
static char *get_meta(sweep_store *s, const char *key)
{
    sqlite3_stmt *q = NULL;
    char *value = NULL;
    if (prepare(s, &q, "SELECT value FROM meta WHERE key = ?1") == CLI_OK) {
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
    cli_exit code = prepare(s, &q, "INSERT INTO base VALUES(?1)");
    if (code == CLI_OK) {
        sqlite3_bind_text64(q, 1, text, length, SQLITE_STATIC, SQLITE_UTF8);
        code = step_done(s, q);
    }
    sqlite3_finalize(q);
    qwr_text_free(d->ctx, text);
    return code;
}

static cli_exit put_levels(sweep_store *s, const sweep_design *d, size_t i)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, "INSERT INTO levels VALUES(?1, ?2, ?3, ?4)");
    for (size_t l = 0; code == CLI_OK && l < qwr_variation_levels(d->variation[i]); l++) {
        double value;
        sqlite3_bind_int64(q, 1, (sqlite3_int64)i);
        sqlite3_bind_int64(q, 2, (sqlite3_int64)l);
        sqlite3_bind_text(q, 3, qwr_variation_level_text(d->variation[i], l), -1, SQLITE_TRANSIENT);
        if (qwr_variation_level_value(d->variation[i], l, &value))
            sqlite3_bind_double(q, 4, value);
        else
            sqlite3_bind_null(q, 4);
        code = step_done(s, q);
    }
    sqlite3_finalize(q);
    return code;
}

static cli_exit put_variations(sweep_store *s, const sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, "INSERT INTO variations VALUES(?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; code == CLI_OK && i < d->count; i++) {
        const char *words[] = {d->text[i], qwr_variation_name(d->variation[i]),
                               qwr_variation_operator(d->variation[i]),
                               qwr_variation_unit(d->variation[i])};
        sqlite3_bind_int64(q, 1, (sqlite3_int64)i);
        for (int k = 0; k < 4; k++)
            sqlite3_bind_text(q, k + 2, words[k], -1, SQLITE_TRANSIENT);
        code = step_done(s, q);
        if (code == CLI_OK)
            code = put_levels(s, d, i);
    }
    sqlite3_finalize(q);
    return code;
}

static cli_exit put_points(sweep_store *s, const sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, "INSERT INTO points VALUES(?1, ?2, ?3)");
    for (size_t p = 0; code == CLI_OK && p < d->points; p++)
        for (size_t i = 0; code == CLI_OK && i < d->count; i++) {
            sqlite3_bind_int64(q, 1, (sqlite3_int64)p);
            sqlite3_bind_int64(q, 2, (sqlite3_int64)i);
            sqlite3_bind_int64(q, 3, d->level[p * d->count + i]);
            code = step_done(s, q);
        }
    sqlite3_finalize(q);
    return code;
}

/* All in the caller's transaction, or in one of its own: a store has its design or is empty. */
cli_exit sweep_store_put_design(sweep_store *s, const sweep_design *d)
{
    char sql[96], text[4096];
    cli_exit code = exec(s, schema);
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION_ID, SWEEP_SCHEMA);
    if (code == CLI_OK)
        code = exec(s, sql);
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
    cli_exit code = prepare(s, &q, "SELECT scenario FROM base");
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
    cli_exit code = prepare(s, &q, "SELECT text FROM variations ORDER BY variation");
    while (code == CLI_OK && sqlite3_step(q) == SQLITE_ROW)
        code = sweep_design_add(d, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return code;
}

static cli_exit get_points(sweep_store *s, sweep_design *d)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, "SELECT point, variation, level FROM points");
    d->level = calloc(d->points * d->count + 1, sizeof *d->level);
    if (!d->level)
        code = no_memory();
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
    if (prepare(s, &q, "SELECT text FROM variations ORDER BY variation") == CLI_OK)
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
    cli_exit code = prepare(s, &q, "SELECT point, variation, level FROM points");
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

/* --- runs
 * ------------------------------------------------------------------------------------------------
 */

cli_exit sweep_store_begin(sweep_store *s)
{
    return exec(s, "BEGIN IMMEDIATE");
}

cli_exit sweep_store_commit(sweep_store *s)
{
    return exec(s, "COMMIT");
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
    cli_exit code = sql.failed ? no_memory() : prepare(s, &s->put, sql.data);
    textbuf_free(&sql);
    if (code == CLI_OK)
        code = prepare(s, &s->timing, "INSERT INTO timings VALUES(?1, ?2)");
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
    code = step_done(s, s->put);
    if (code != CLI_OK || !with_timing)
        return code;
    sqlite3_bind_int64(s->timing, 1, run->task);
    sqlite3_bind_int64(s->timing, 2, run->elapsed_us);
    return step_done(s, s->timing);
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
    cli_exit code = prepare(s, &q, "SELECT * FROM runs ORDER BY task");
    while (code == CLI_OK && (step = sqlite3_step(q)) == SQLITE_ROW) {
        read_run(&run, q);
        code = each(&run, payload);
    }
    if (code == CLI_OK && step != SQLITE_DONE)
        code = fail(s, "read");
    sqlite3_finalize(q);
    return code;
}

cli_exit sweep_store_get(sweep_store *s, int64_t task, sweep_run *run)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = prepare(s, &q, "SELECT * FROM runs WHERE task = ?1");
    if (code == CLI_OK) {
        sqlite3_bind_int64(q, 1, task);
        if (sqlite3_step(q) == SQLITE_ROW)
            read_run(run, q);
        else
            code = cli_fail_own(CLI_BAD_INPUT,
                                "%s has no run of task %lld; 'quaywright sweep list "
                                "%s' shows those there are",
                                s->path, (long long)task, s->path);
    }
    sqlite3_finalize(q);
    return code;
}

cli_exit sweep_store_forget_failed(sweep_store *s)
{
    return exec(s, "BEGIN IMMEDIATE;"
                   "DELETE FROM timings WHERE task IN (SELECT task FROM runs WHERE status <> "
                   "'QWR_OK'); DELETE FROM runs WHERE status <> 'QWR_OK'; COMMIT");
}
