/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store of a sweep: one SQLite file and its lock, opened, closed, moved to its name. Schema and
 * meaning of every column stand in `quaywright help sweep-store`. Must never leave a torn store:
 * what is committed stays, whatever ends the process.
 */
#include "cli/sweep_store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

/* --- messages --------------------------------------------------------------------------------- */

cli_exit sweep_store_no_memory(void)
{
    return cli_fail_own(CLI_INTERNAL, "out of memory");
}

/* What SQLite says, as a sentence with the next step. */
cli_exit sweep_store_fail(const sweep_store *s, const char *doing)
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

/* --- SQL, a statement at a time -------------------------------------------------------------- */

cli_exit sweep_store_exec(sweep_store *s, const char *sql)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? CLI_OK
                                                                   : sweep_store_fail(s, "written");
}

cli_exit sweep_store_prepare(sweep_store *s, sqlite3_stmt **out, const char *sql)
{
    return sqlite3_prepare_v2(s->db, sql, -1, out, NULL) == SQLITE_OK ? CLI_OK
                                                                      : sweep_store_fail(s, "read");
}

/* Runs a bound statement that gives no rows, and makes it ready for the next. */
cli_exit sweep_store_step(sweep_store *s, sqlite3_stmt *q)
{
    int step = sqlite3_step(q);
    cli_exit code = step == SQLITE_DONE ? CLI_OK : sweep_store_fail(s, "written");
    sqlite3_reset(q);
    return code;
}

static cli_exit pragma_value(sweep_store *s, const char *sql, int64_t *value)
{
    sqlite3_stmt *q = NULL;
    cli_exit code = sweep_store_prepare(s, &q, sql);
    *value = 0;
    if (code == CLI_OK) {
        int step = sqlite3_step(q);
        if (step == SQLITE_ROW)
            *value = sqlite3_column_int64(q, 0);
        else if (step != SQLITE_DONE)
            code = sweep_store_fail(s, "read");
    }
    sqlite3_finalize(q);
    return code;
}

/* --- opening --------------------------------------------------------------------------------- */

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

static char *file_of(const char *path)
{
    return names_file(path) ? text_copy(path) : path_join(path, "sweep", ".sqlite");
}

int sweep_store_exists(const char *path)
{
    char *file = file_of(path);
    const int there = file && access(file, F_OK) == 0;
    free(file);
    return there;
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
        return sweep_store_no_memory();
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
    if (application != SWEEP_APPLICATION_ID)
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
        return sweep_store_fail(s, "opened");
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
        return sweep_store_no_memory();
    s->fresh = name.data;
    unlink(s->fresh);
    cli_exit code = open_db(s, s->fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (code == CLI_OK)
        code = sweep_store_exec(s, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    return code;
}

cli_exit sweep_store_open(sweep_store **out, const char *path, sweep_access mode)
{
    sweep_store *s = calloc(1, sizeof *s);
    cli_exit code = CLI_OK;
    *out = NULL;
    if (!s)
        return sweep_store_no_memory();
    s->lock = -1;
    s->path = file_of(path);
    if (!s->path)
        code = sweep_store_no_memory();
    if (code == CLI_OK && mode != SWEEP_READ)
        code = make_folder(s, path);
    if (code == CLI_OK && mode != SWEEP_READ)
        code = take_lock(s);
    if (code == CLI_OK && mode == SWEEP_READ)
        code = open_read(s);
    else if (code == CLI_OK && mode == SWEEP_FRESH)
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
    sqlite3_finalize(s->get);
    s->put = s->timing = s->get = NULL;
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
