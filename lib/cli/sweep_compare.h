/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The comparison behind `sweep report`: key figures of every run, their means at every point, and
 * paired differences from a baseline. Knows no output format.
 */
#ifndef QWR_CLI_SWEEP_COMPARE_H
#define QWR_CLI_SWEEP_COMPARE_H

#include "cli/sweep.h"
#include "cli/sweep_stats.h"

typedef struct sweep_kpi {
    const char *name;
    const char *unit;     /* "" when it has none */
    int decimals;         /* worth showing */
    int better;           /* -1: less is better, 1: more is, 0: neither */
    int complete;         /* 1: means something only where every call has a place */
    const char *sentence; /* what it is */
} sweep_kpi;

/** The k-th key figure; NULL past the end. */
const sweep_kpi *sweep_kpi_at(size_t k);
/** Its value in a run; NAN if the run has none. */
double sweep_kpi_value(size_t k, const sweep_run *run);

typedef struct sweep_compare {
    sweep_design design;
    double confidence; /* 0 to 1 */
    size_t kpi[32];    /* chosen key figures */
    size_t kpis;
    size_t baseline;  /* point */
    double *value;    /* kpis x tasks; NAN: none */
    char *state;      /* per task: 0 no run, 1 a plan for all calls, 2 calls left out, 3 failed */
    int64_t *failed;  /* per point */
    int64_t *left;    /* per point: runs with calls left out */
    int64_t *missing; /* per point */
    char **label;     /* per point */
} sweep_compare;

/** Reads the store and chooses by the options of `report`. */
cli_exit sweep_compare_load(sweep_compare *c, qwr_context *ctx, const args *a);
void sweep_compare_free(sweep_compare *c);
/** The chosen key figure k (an index into `kpi`) at a point. */
sample sweep_compare_mean(const sweep_compare *c, size_t k, size_t point);
/** Its difference from the baseline, over the replications both have. */
sample sweep_compare_difference(const sweep_compare *c, size_t k, size_t point);
/** At a level of one variation: in each replication the mean over the points with that level. */
sample sweep_compare_level(const sweep_compare *c, size_t k, size_t variation, uint32_t level);
/** 1 if a difference is told from 0 at the confidence. */
int sample_tells(const sample *difference);

/** The page, to be freed with textbuf_free(). */
void sweep_html(textbuf *out, const sweep_compare *c);

#endif
