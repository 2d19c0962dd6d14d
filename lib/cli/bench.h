/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of `bench`: which instances there are, what a run found or a solution is worth, how it
 * is shown. The options are declared in cmd_bench.c.
 */
#ifndef QWR_CLI_BENCH_H
#define QWR_CLI_BENCH_H

#include "cli/best_known.h"
#include "cli/cli.h"
#include "cli/files.h"

/* --- instances --- */

/* An instance file. */
typedef struct bench_instance {
    char *path;
    char *name;        /* below the operand, without extension: "a", with --recursive "sub/a" */
    qwr_format format; /* QWR_FORMAT_AUTO: it cannot be opened, which loading it will say */
} bench_instance;

typedef struct bench_list {
    bench_instance *item;
    size_t count, capacity;
} bench_list;

/**
 * Every instance under the operands: files as named, folders by name, without SOURCE.md, *.csv and
 * hidden files. Files of no known format are named on standard error and passed over.
 */
cli_exit bench_list_make(bench_list *out, qwr_context *ctx, const args *a);
void bench_list_free(bench_list *list);

/** Fails if two instances would write to, or read from, the same file of `folder_option`. */
cli_exit bench_list_distinct(const bench_list *list, const char *folder_option);

/** dbap, bap-hybrid, bap-continuous, berth; "" for an unreadable file. Static. */
const char *bench_problem_name(qwr_format format);

/* --- best_known.csv beside the instances --- */

typedef struct bench_known {
    best_known values; /* of the folder below */
    char *base;
} bench_known;

/** Row of an instance in b->values, whose rows are counted by b->values.csv.rows; reads the file of
    its folder once. A file without the columns is named on standard error. @return 0: no memory. */
int bench_known_find(bench_known *b, const bench_instance *instance, size_t *row);
void bench_known_free(bench_known *b);

/* --- runs --- */

/* What one run found: a row of the CSV. */
typedef struct bench_row {
    char *instance;
    qwr_format format;
    const char *status;        /* static: optimal, feasible, infeasible, none, error */
    int64_t cost_mu, bound_mu; /* QWR_UNSET: none */
    char best_known[32];
    char best_known_proven[8];
    int64_t cpu_us, wall_us;
    int64_t value_us; /* when the value was found; -1: never */
    int64_t work;
    uint64_t seed;
    int checked;
    char hash[20]; /* "" if the instance could not be read */
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

/** 100 (value - bound) / value; 0 if both are equal, also where both are 0. @return 0: no gap. */
int bench_row_gap(double *gap_pct, const bench_row *row);

/** A table of the groups of instances; nothing if each has one run. */
void bench_rows_groups(textbuf *out, const bench_rows *rows);
/** A line for each value better than the best known, and for what contradicts it. */
void bench_rows_news(textbuf *out, const bench_rows *rows);

/* --- what all modes share --- */

/** Content hash of a scenario in hexadecimal. @param text at least 20 bytes. */
void bench_hash_text(char *text, size_t capacity, const qwr_scenario *scenario);

/** "BASE/INSTANCE" + suffix, with the folders that an instance name with slashes needs. */
cli_exit bench_output_path(char **path, const char *base, const bench_instance *instance,
                           const char *suffix);

/** Fails now, not after hours of work, if a file cannot be written there; NULL is fine. */
cli_exit bench_writable(const char *path);

/** Writes a text to `path` in one step and frees it; `path` NULL: does nothing else. */
cli_exit bench_save(qwr_context *ctx, const char *path, textbuf *text);

/** One line on standard error that is no failure; nothing with --quiet. */
void bench_note(const args *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- modes --- */

cli_exit bench_run(qwr_context *ctx, const args *a);
cli_exit bench_kernel(qwr_context *ctx, const args *a);
cli_exit bench_verify(qwr_context *ctx, const args *a);
cli_exit bench_profile(qwr_context *ctx, const args *a);
cli_exit bench_gap(qwr_context *ctx, const args *a);

#endif
