/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inside the plugin "handling": the model fitted to past calls. Knows neither host nor scenario.
 *
 * The logarithm of a call's crane rate is taken as overall level + class + service + scatter.
 * Levels of classes and services are empirical-Bayes estimates: a mean is drawn towards the level
 * above it, the more so the fewer rows it rests on. Quantiles come from the pooled scatter.
 */
#ifndef QWR_PLUGINS_HANDLING_H
#define QWR_PLUGINS_HANDLING_H

#include <quaywright/plugin.h>

/** One past call. Texts are never NULL; "" means not known. */
typedef struct handling_row {
    const char *vessel_class, *service;
    double log_rate;
} handling_row;

/** Rows of one class, or of one service within it: [begin, end) of the sorted rows. */
typedef struct handling_group {
    const char *vessel_class, *service; /* service NULL: the class as a whole */
    size_t begin, end;
    double level; /* log rate after shrinkage */
    double doubt; /* variance of the level */
} handling_group;

/** The model. Arrays are owned by whoever made them. */
typedef struct handling_model {
    size_t row_count, class_count, service_count;
    handling_row *rows;       /* sorted by class, then service */
    handling_group *classes;  /* sorted */
    handling_group *services; /* sorted by class, then service */
    double *scatter;          /* [row_count] sorted residuals */
    double scatter_variance;
    double smear;        /* mean of exp(residual): log levels to mean rates (Duan 1983) */
    double level, doubt; /* of all */
} handling_model;

/** What is assumed before any row is seen: 27 moves an hour, give or take 20 %. */
#define HANDLING_PRIOR_RATE   27.0
#define HANDLING_PRIOR_SPREAD 0.2
/** Rows the assumption is worth. */
#define HANDLING_PRIOR_ROWS 4.0

/** Rates outside are typing errors, not ships; nor are they forecast. */
#define HANDLING_RATE_LEAST 2.0
#define HANDLING_RATE_MOST  150.0

/** Fits a model whose arrays have room for `row_count` entries each; rows get sorted. */
void handling_fit(handling_model *model);

/** Forecast of one call: mean, quantiles, evidence. @return 0, or GSL's number of an error. */
int handling_predict(const handling_model *model, const char *vessel_class, const char *service,
                     double *mean, double quantile[QWR_QUANTILE_COUNT], int64_t *evidence);

#endif
