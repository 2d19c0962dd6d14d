/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chart of stepped curves as a standalone SVG: axes, ticks, legend, light and dark. The same
 * chart is the same bytes. Knows numbers and texts, nothing of benchmarks.
 */
#ifndef QWR_CLI_CHART_H
#define QWR_CLI_CHART_H

#include "cli/textbuf.h"

enum { CHART_SERIES_MAX = 16 };

typedef enum chart_scale {
    CHART_LINEAR = 0,
    CHART_LOG, /* `from` and `to` above 0 */
    CHART_LOG0 /* as LOG, with a line for 0 below `from` */
} chart_scale;

typedef struct chart_axis {
    chart_scale scale;
    double from, to;
    const char *label; /* with its unit */
    const char *unit;  /* behind each tick, e.g. " %"; NULL: none */
    int doubling;      /* 1: ticks at powers of two */
} chart_axis;

/* A curve keeps its value until the next point. */
typedef struct chart_point {
    double x, y;
    double low, high; /* of the band */
} chart_point;

typedef struct chart_series {
    const char *name;
    const char *note; /* under the name in the legend; NULL: none */
    const chart_point *point;
    size_t count;
    int band; /* 1: draw it */
} chart_series;

typedef struct chart {
    const char *title, *subtitle;
    const char *legend; /* its heading */
    const char *about;  /* a sentence for those who cannot see the picture */
    chart_axis x, y;
    chart_series series[CHART_SERIES_MAX];
    size_t count;
} chart;

void chart_svg(textbuf *out, const chart *c);

/** The power of `base` at or below (`up` 0), or at or above (1), a number above 0. */
double chart_round(double value, double base, int up);

#endif
