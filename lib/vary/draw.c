/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Draws. Each is a pure function of (seed, name of the variation, replication, id of the owner), by
 * inversion of one uniform number, so that a wider distribution moves the same luck further. The
 * results are rounded to base units (a second, a millimetre), which hides the last bit of log().
 */
#include "vary/vary.h"

#include <math.h>
#include <string.h>

enum { DEGREE = 8 };

/* Coefficients of PPND16 in M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988): for the
 * middle, for the tails, for the far tails; numerator and denominator, constant term first. */
static const double wichura[3][2][DEGREE] = {
    {{3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
      1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
      3.3430575583588128105e+4, 2.5090809287301226727e+3},
     {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
      2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
      5.2264952788528545610e+3}},
    {{1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
      3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4},
     {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9}},
    {{6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7},
     {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15}},
};

static double polynomial(const double *coefficient, double x)
{
    double sum = coefficient[DEGREE - 1];

    for (int i = DEGREE - 2; i >= 0; i--)
        sum = sum * x + coefficient[i];
    return sum;
}

double qwr__normal_quantile(double p)
{
    const double q = p - 0.5;

    if (fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(wichura[0][0], r) / polynomial(wichura[0][1], r);
    }
    const double r = sqrt(-log(q < 0 ? p : 1.0 - p));
    const int far = r > 5.0;
    const double x = far ? r - 5.0 : r - 1.6;
    const double z = polynomial(wichura[1 + far][0], x) / polynomial(wichura[1 + far][1], x);
    return q < 0 ? -z : z;
}

double qwr__vary_unit(const qwr__varying *varying, const char *owner, uint64_t index)
{
    const char *name = varying->variation->name;
    const uint64_t luck =
        qwr__random(varying->seed, qwr__hash(0, name, strlen(name)), varying->replication);
    const uint64_t bits = qwr__random(luck, qwr__hash(0, owner, strlen(owner)), index);

    return ((double)(bits >> 11) + 0.5) * 0x1p-53;
}

static double triangular(const int64_t *p, double u)
{
    const double low = (double)p[0], mode = (double)p[1], high = (double)p[2];
    const double width = high - low;

    if (width <= 0)
        return low;
    if (u * width < mode - low)
        return low + sqrt(u * width * (mode - low));
    return high - sqrt((1.0 - u) * width * (high - mode));
}

/* One of the known ETA errors of the past. */
static qwr_status draw_history(double *value, const qwr__varying *varying, double u)
{
    const qwr_scenario_builder *builder = varying->builder;
    const size_t rows = qwr_scenario_builder_history_count(builder);
    size_t known = 0;

    for (size_t i = 0; i < rows; i++)
        known += qwr_scenario_builder_history(builder, i)->eta_error_s != QWR_UNSET;
    if (known == 0)
        return qwr__vary_nothing(varying, "the scenario has no past call with an ETA error; give "
                                          "its history, or use a distribution such as "
                                          "normal(0,3h)");
    size_t wanted = (size_t)(u * (double)known);
    for (size_t i = 0; i < rows; i++) {
        const int64_t error_s = qwr_scenario_builder_history(builder, i)->eta_error_s;
        if (error_s == QWR_UNSET || wanted-- > 0)
            continue;
        *value = (double)error_s;
        return QWR_OK;
    }
    return QWR_OK; /* not reached: u < 1 */
}

/* Rounds half up and stays where every further sum is safe. */
static int64_t whole(double value)
{
    const double limit = 1e15;

    if (!(value > -limit))
        return -(int64_t)limit;
    return value < limit ? (int64_t)floor(value + 0.5) : (int64_t)limit;
}

qwr_status qwr__vary_draw(int64_t *value, const qwr__varying *varying, const char *owner,
                          int64_t sd_s)
{
    const qwr__level *level = varying->level;
    const int64_t *p = level->p;
    const double u = level->shape == QWR__FIXED ? 0.5 : qwr__vary_unit(varying, owner, 0);
    double x = 0;

    switch (level->shape) {
    case QWR__FIXED:
        *value = p[0];
        return QWR_OK;
    case QWR__NORMAL:
        x = (double)p[0] + (double)p[1] * qwr__normal_quantile(u);
        break;
    case QWR__UNIFORM:
        x = (double)p[0] + ((double)p[1] - (double)p[0]) * u;
        break;
    case QWR__TRIANGULAR:
        x = triangular(p, u);
        break;
    case QWR__EXPONENTIAL:
        x = -log(1.0 - u) * (double)p[0];
        break;
    case QWR__LOGNORMAL:
        x = QWR__PPM * exp(((double)p[0] + (double)p[1] * qwr__normal_quantile(u)) / QWR__PPM);
        break;
    case QWR__HISTORY:
        QWR_TRY(draw_history(&x, varying, u));
        break;
    case QWR__SPREAD:
        x = (double)p[0] / QWR__PPM * (double)(sd_s == QWR_UNSET ? 0 : sd_s) *
            qwr__normal_quantile(u);
        break;
    }
    *value = whole(x);
    return QWR_OK;
}
