/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fit and prediction of the plugin "handling". GSL errors inside are recorded by the caller's
 * qwr_gsl_enter(). Must never know the host.
 */
#include "handling.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this the pooled scatter is too thin for its own tails: a log-normal one is used. */
enum { ENOUGH_ROWS = 24 };

static int compare_keys(const char *class_a, const char *service_a, const char *class_b,
                        const char *service_b)
{
    const int by_class = strcmp(class_a, class_b);

    return by_class != 0 ? by_class : strcmp(service_a, service_b);
}

static int compare_rows(const void *a, const void *b)
{
    const handling_row *x = a, *y = b;
    const int by_key = compare_keys(x->vessel_class, x->service, y->vessel_class, y->service);

    if (by_key != 0)
        return by_key;
    /* A total order, so that sums do not depend on how the rows came in. */
    return (x->log_rate > y->log_rate) - (x->log_rate < y->log_rate);
}

static double mean_of(const handling_model *m, size_t begin, size_t end)
{
    return gsl_stats_mean(&m->scatter[begin], 1, end - begin);
}

/* Until fit_scatter() has taken off the levels, `scatter` holds the logarithms of the rates. */
static void find_groups(handling_model *m)
{
    m->class_count = m->service_count = 0;
    for (size_t i = 0; i < m->row_count; i++) {
        const handling_row *row = &m->rows[i];
        const int new_class = i == 0 || strcmp(row->vessel_class, row[-1].vessel_class) != 0;

        m->scatter[i] = row->log_rate;
        if (new_class)
            m->classes[m->class_count++] =
                (handling_group){.vessel_class = row->vessel_class, .begin = i};
        if (new_class || strcmp(row->service, row[-1].service) != 0)
            m->services[m->service_count++] = (handling_group){
                .vessel_class = row->vessel_class, .service = row->service, .begin = i};
        m->classes[m->class_count - 1].end = i + 1;
        m->services[m->service_count - 1].end = i + 1;
    }
}

/* Scatter within services, with the prior's rows mixed in. */
static double within_variance(const handling_model *m)
{
    double sum = HANDLING_PRIOR_ROWS * HANDLING_PRIOR_SPREAD * HANDLING_PRIOR_SPREAD;
    double freedom = HANDLING_PRIOR_ROWS;

    for (size_t g = 0; g < m->service_count; g++) {
        const handling_group *s = &m->services[g];
        const double mean = mean_of(m, s->begin, s->end);

        if (s->end - s->begin > 1) {
            sum += gsl_stats_tss_m(&m->scatter[s->begin], 1, s->end - s->begin, mean);
            freedom += (double)(s->end - s->begin - 1);
        }
    }
    return sum / freedom;
}

/*
 * Variance between groups beyond what scatter explains: method of moments (DerSimonian & Laird
 * 1986) over groups [begin, end) around their weighted mean. Never negative.
 */
static double between_variance(const handling_model *m, const handling_group *groups, size_t begin,
                               size_t end, double within)
{
    double weights = 0.0, squares = 0.0, centre = 0.0, spread = 0.0;

    for (size_t g = begin; g < end; g++) {
        const double w = (double)(groups[g].end - groups[g].begin) / within;
        weights += w;
        squares += w * w;
        centre += w * mean_of(m, groups[g].begin, groups[g].end);
    }
    if (end - begin < 2 || weights <= squares / weights)
        return 0.0;
    centre /= weights;
    for (size_t g = begin; g < end; g++) {
        const double w = (double)(groups[g].end - groups[g].begin) / within;
        const double off = mean_of(m, groups[g].begin, groups[g].end) - centre;
        spread += w * off * off;
    }
    spread = (spread - (double)(end - begin - 1)) / (weights - squares / weights);
    return spread > 0.0 ? spread : 0.0;
}

/* Draws a group's mean towards `above`; with no variance between groups it becomes `above`. */
static void shrink(const handling_model *m, handling_group *g, double above, double above_doubt,
                   double between, double within)
{
    const double n = (double)(g->end - g->begin);
    const double keep = between / (between + within / n);

    g->level = above + keep * (mean_of(m, g->begin, g->end) - above);
    g->doubt = keep * within / n + (1.0 - keep) * (1.0 - keep) * above_doubt;
}

static void fit_levels(handling_model *m, double within)
{
    const double n = (double)m->row_count;
    double between = between_variance(m, m->classes, 0, m->class_count, within);
    size_t s = 0;

    m->level = (n * mean_of(m, 0, m->row_count) + HANDLING_PRIOR_ROWS * log(HANDLING_PRIOR_RATE)) /
               (n + HANDLING_PRIOR_ROWS);
    m->doubt = within / (n + HANDLING_PRIOR_ROWS) + between / (double)m->class_count;
    for (size_t c = 0; c < m->class_count; c++)
        shrink(m, &m->classes[c], m->level, m->doubt, between, within);
    for (size_t c = 0; c < m->class_count; c++) {
        const handling_group *k = &m->classes[c];
        const size_t first = s;

        while (s < m->service_count && m->services[s].begin < k->end)
            s++;
        between = between_variance(m, m->services, first, s, within);
        for (size_t g = first; g < s; g++)
            shrink(m, &m->services[g], k->level, k->doubt, between, within);
    }
}

static void fit_scatter(handling_model *m, double within)
{
    double sum = 0.0;

    for (size_t g = 0; g < m->service_count; g++)
        for (size_t i = m->services[g].begin; i < m->services[g].end; i++)
            m->scatter[i] -= m->services[g].level;
    gsl_sort(m->scatter, 1, m->row_count);
    for (size_t i = 0; i < m->row_count; i++)
        sum += exp(m->scatter[i]);
    m->scatter_variance = within;
    m->smear = m->row_count >= ENOUGH_ROWS ? sum / (double)m->row_count : exp(within / 2.0);
}

void handling_fit(handling_model *m)
{
    double within;

    m->level = log(HANDLING_PRIOR_RATE);
    m->scatter_variance = HANDLING_PRIOR_SPREAD * HANDLING_PRIOR_SPREAD;
    m->doubt = m->scatter_variance / HANDLING_PRIOR_ROWS;
    m->smear = exp(m->scatter_variance / 2.0);
    m->class_count = m->service_count = 0;
    if (m->row_count == 0)
        return;
    qsort(m->rows, m->row_count, sizeof *m->rows, compare_rows);
    find_groups(m);
    within = within_variance(m);
    fit_levels(m, within);
    fit_scatter(m, within);
}

static const handling_group *find_group(const handling_group *groups, size_t count,
                                        const char *vessel_class, const char *service)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const handling_group *g = &groups[middle];
        const int order = compare_keys(g->vessel_class, g->service != NULL ? g->service : "",
                                       vessel_class, service);
        if (order == 0)
            return g;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Scatter around the level at a probability, widened by the doubt about the level itself. */
static double scatter_at(const handling_model *m, double probability, double doubt)
{
    const double widen = sqrt(1.0 + doubt / m->scatter_variance);

    if (m->row_count < ENOUGH_ROWS)
        return widen * sqrt(m->scatter_variance) * gsl_cdf_ugaussian_Pinv(probability);
    return widen * gsl_stats_quantile_from_sorted_data(m->scatter, 1, m->row_count, probability);
}

static double believable(double rate)
{
    return rate < HANDLING_RATE_LEAST  ? HANDLING_RATE_LEAST
           : rate > HANDLING_RATE_MOST ? HANDLING_RATE_MOST
                                       : rate;
}

int handling_predict(const handling_model *m, const char *vessel_class, const char *service,
                     double *mean, double quantile[QWR_QUANTILE_COUNT], int64_t *evidence)
{
    const handling_group *group = NULL;
    double level = m->level, doubt = m->doubt;

    *evidence = (int64_t)m->row_count;
    if (service[0] != '\0')
        group = find_group(m->services, m->service_count, vessel_class, service);
    if (group == NULL)
        group = find_group(m->classes, m->class_count, vessel_class, "");
    if (group != NULL) {
        level = group->level;
        doubt = group->doubt;
        *evidence = (int64_t)(group->end - group->begin);
    }
    *mean = believable(exp(level) * m->smear);
    for (size_t k = 0; k < QWR_QUANTILE_COUNT; k++)
        quantile[k] = believable(exp(level + scatter_at(m, qwr_quantile_milli[k] / 1000.0, doubt)));
    return isfinite(level) && isfinite(doubt) ? 0 : GSL_ERANGE;
}
