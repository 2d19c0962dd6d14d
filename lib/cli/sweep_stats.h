/* SPDX-License-Identifier: Apache-2.0 */
/* Means, spreads and confidence intervals of small samples. Knows numbers alone. */
#ifndef QWR_CLI_SWEEP_STATS_H
#define QWR_CLI_SWEEP_STATS_H

#include <stddef.h>

/** Of a sample; `half` is half the width of the confidence interval of the mean. */
typedef struct sample {
    size_t n;
    double mean, sd, half; /* sd and half: NAN below two values */
    double low, high;      /* least and largest value */
} sample;

/** Sums in the order given, so that equal input gives equal bits. */
sample sample_of(const double *value, size_t n, double confidence);

/** Quantile of Student's t with `freedom` degrees: P(|T| <= result) = confidence. */
double student_t(double confidence, double freedom);

#endif
