/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the checker says about a solution made by anyone, as rows. Knows no scenario.
 */
#ifndef QWR_CLI_BENCH_VERIFY_H
#define QWR_CLI_BENCH_VERIFY_H

#include "cli/json_out.h"
#include "cli/table.h"

typedef struct verify_row {
    char *instance;
    char *solution;      /* the file; NULL: there is none */
    char *message;       /* what is wrong, or worth knowing; NULL: nothing */
    const char *problem; /* static */
    const char *status;  /* static: legal, broken, missing, unreadable */
    int64_t value_mu;    /* of the complete solution, recomputed; QWR_UNSET: none */
    int64_t claimed_mu;  /* QWR_UNSET: no claim */
    int claim_holds;     /* -1: no claim */
    char best_known[32];
    char best_known_proven[8];
    size_t violations;
    char rule[32]; /* the first rule that is broken */
    char hash[20];
} verify_row;

typedef struct verify_rows {
    verify_row *item;
    size_t count, capacity;
} verify_rows;

/** Adds a row, takes over its texts; 0 when out of memory. */
int verify_rows_add(verify_rows *rows, const verify_row *row);
void verify_rows_free(verify_rows *rows);
void verify_row_free(verify_row *row);

void verify_rows_csv(textbuf *out, const verify_rows *rows);
void verify_rows_table(textbuf *out, const verify_rows *rows);
void verify_rows_json(json_out *json, const verify_rows *rows);

#endif
