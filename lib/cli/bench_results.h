/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Result files of several solvers or versions, brought together: a row a problem, a column a file.
 * A problem is an instance with a seed. Knows no picture.
 */
#ifndef QWR_CLI_BENCH_RESULTS_H
#define QWR_CLI_BENCH_RESULTS_H

#include "cli/chart.h"
#include "cli/cli.h"

typedef enum bench_measure { MEASURE_PROOF = 0, MEASURE_BEST, MEASURE_GAP } bench_measure;

/* What a file says of a problem. */
typedef struct bench_result {
    int given;   /* 0: the file has no such row */
    double cost; /* time, work or gap in %; -1: not solved */
} bench_result;

typedef struct bench_results {
    char *file[CHART_SERIES_MAX]; /* names without folder and extension */
    size_t files;
    bench_result *cell; /* [problems * files] */
    size_t problems;
} bench_results;

/**
 * Reads the files that are the operands. Columns by name: instance; seed if there is one; and what
 * the measure needs of value, status, wall_s, cpu_s, work, value_s, best_known, instance_hash.
 */
cli_exit bench_results_load(bench_results *out, const args *a, bench_measure measure);
void bench_results_free(bench_results *r);

/** The measure and its default; the word of --clock. */
bench_measure bench_measure_of(const args *a, bench_measure otherwise);

/** Least value that counts for this clock: a millisecond, or one unit of work. */
double bench_clock_least(const args *a);
/** "time in seconds", "processor time in seconds", "work in units". Static. */
const char *bench_clock_label(const args *a);

/**
 * Names of the operands in a legend, to be freed one by one: files without extension, and without
 * the folders above them where that leaves them distinct. @return 0 when out of memory.
 */
int bench_series_names(char **name, const args *a);

/** A plain decimal, also with an exponent; NAN for an empty text. @return 0 if it is neither. */
int bench_number(double *out, const char *text);

#endif
