/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the store share: its struct, a few SQL helpers, messages. Nobody else includes
 * it.
 */
#ifndef QWR_CLI_SWEEP_STORE_PRIVATE_H
#define QWR_CLI_SWEEP_STORE_PRIVATE_H

#include "cli/files.h"
#include "cli/sweep.h"

#include <sqlite3.h>

enum { SWEEP_APPLICATION_ID = 0x51575253 /* "QWRS" */ };

struct sweep_store {
    sqlite3 *db;
    sqlite3_stmt *put, *timing, *get;
    char *path;  /* of the file, for messages */
    char *fresh; /* of the temporary; NULL: none */
    folder made;
    int lock;
    int is_new;
};

cli_exit sweep_store_no_memory(void);
/** What SQLite says, as a sentence with the next step. `doing`: "written", "read", "opened". */
cli_exit sweep_store_fail(const sweep_store *s, const char *doing);
cli_exit sweep_store_exec(sweep_store *s, const char *sql);
cli_exit sweep_store_prepare(sweep_store *s, sqlite3_stmt **out, const char *sql);
/** Runs a bound statement that gives no rows, and makes it ready for the next. */
cli_exit sweep_store_step(sweep_store *s, sqlite3_stmt *q);

#endif
