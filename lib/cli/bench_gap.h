/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Logs of runs, folder by folder, and the gap over time that follows from them. Knows no picture.
 */
#ifndef QWR_CLI_BENCH_GAP_H
#define QWR_CLI_BENCH_GAP_H

#include "cli/bench_results.h"

enum { GAP_SAMPLES = 600 };

typedef struct gap_event {
    double at;           /* time or work */
    double value, bound; /* NAN: none yet */
} gap_event;

typedef struct gap_run {
    char *instance; /* file name without extension and "-seedN" */
    gap_event *event;
    size_t events;
    double target; /* value that the gap is measured to, for --measure best */
} gap_run;

typedef struct gap_folder {
    const char *name;
    gap_run *run;
    size_t runs, capacity;
    chart_point *point; /* [GAP_SAMPLES] */
    double *mean;       /* [GAP_SAMPLES] */
    char note[64];
} gap_folder;

typedef struct gap {
    const args *a;
    bench_measure measure; /* GAP: to the bound of the run; BEST: to the best value */
    char *name[CHART_SERIES_MAX];
    gap_folder folder[CHART_SERIES_MAX];
    size_t folders;
    double from, to;
} gap;

/** Picture, CSV, table or JSON. */
cli_exit bench_gap_show(gap *g, qwr_context *ctx);

#endif
