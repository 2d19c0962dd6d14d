/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of `bench`: which instances there are, what a run found, how it is shown. Solving
 * itself is in cmd_bench.c.
 */
#ifndef QWR_CLI_BENCH_H
#define QWR_CLI_BENCH_H

#include "cli/cli.h"

/* An instance file. */
typedef struct bench_instance {
    char *path;
    char *name; /* file name without extension */
    qwr_format format;
} bench_instance;

typedef struct bench_list {
    bench_instance *item;
    size_t count, capacity;
} bench_list;

/**
 * Every instance under the operands: files as named, folders by name, without SOURCE.md, *.csv and
 * files of no known format. `match` (NULL: all) filters names; `limit` < 0: none.
 */
cli_exit bench_list_make(bench_list *out, qwr_context *ctx, const args *a);
void bench_list_free(bench_list *list);

/* What one run found: a row of the CSV. */
typedef struct bench_row {
    char *instance;
    qwr_format format;
    const char *status;        /* static: optimal, feasible, infeasible, none, error */
    int64_t cost_mu, bound_mu; /* QWR_UNSET: none */
    char best_known[32];
    char best_known_proven[8];
    int64_t cpu_us, wall_us;
    int64_t work;
    uint64_t seed;
    int checked;
} bench_row;

typedef struct bench_rows {
    bench_row *item;
    size_t count, capacity;
    int threads;
    char machine[160];
} bench_rows;

/** Adds a row, takes over `row->instance`; 0 when out of memory. */
int bench_rows_add(bench_rows *rows, const bench_row *row);
void bench_rows_free(bench_rows *rows);

void bench_rows_csv(textbuf *out, const bench_rows *rows);
void bench_rows_table(textbuf *out, const bench_rows *rows);
void bench_rows_json(json_out *out, const bench_rows *rows);

/** Solved, proven, mean gap, matches of the best known. */
void bench_rows_summary(textbuf *out, const bench_rows *rows);

/** quaywright bench --kernel */
cli_exit bench_kernel(qwr_context *ctx, const args *a);

#endif
