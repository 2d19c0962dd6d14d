/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Means, spreads and Student's t. Knows numbers alone.
 */
#include "cli/sweep_stats.h"

#include <math.h>

enum { CONTINUED_MAX = 300, BISECTIONS = 200 };

/* Continued fraction of the incomplete beta function, by Lentz's method; see Press et al.,
 * Numerical Recipes, section 6.4. */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m <= CONTINUED_MAX; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        if (fabs(d * c - 1) < 1e-15)
            break;
    }
    return h;
}

/* The regularised incomplete beta function I_x(a, b). */
static double beta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    const double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x));
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* P(|T| <= t) */
static double inside(double t, double freedom)
{
    return 1 - beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

double student_t(double confidence, double freedom)
{
    double low = 0, high = 1;
    while (inside(high, freedom) < confidence && high < 1e12)
        high *= 2;
    for (int i = 0; i < BISECTIONS && high - low > 1e-12 * high; i++) {
        const double middle = (low + high) / 2;
        if (inside(middle, freedom) < confidence)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

sample sample_of(const double *value, size_t n, double confidence)
{
    sample s = {.n = n, .mean = NAN, .sd = NAN, .half = NAN, .low = NAN, .high = NAN};
    double sum = 0, squares = 0;
    if (n == 0)
        return s;
    s.low = s.high = value[0];
    for (size_t i = 0; i < n; i++) {
        sum += value[i];
        s.low = value[i] < s.low ? value[i] : s.low;
        s.high = value[i] > s.high ? value[i] : s.high;
    }
    s.mean = sum / (double)n;
    if (n < 2)
        return s;
    for (size_t i = 0; i < n; i++)
        squares += (value[i] - s.mean) * (value[i] - s.mean);
    s.sd = sqrt(squares / (double)(n - 1));
    s.half = student_t(confidence, (double)(n - 1)) * s.sd / sqrt((double)n);
    return s;
}
