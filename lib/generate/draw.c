/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random draws. Whole numbers wherever possible; where a logarithm or exponential is needed the
 * result is rounded to coarse units, so that every machine gives the same bytes. Knows no terminal.
 */
#include "generate/generate.h"

#include <math.h>

qwr__rng qwr__draw(const qwr__making *m, qwr__purpose purpose, uint64_t index)
{
    return (qwr__rng){.seed = m->seed, .stage = (uint64_t)purpose << 40 | index};
}

int64_t qwr__draw_between(qwr__rng *rng, int64_t low, int64_t high)
{
    if (high <= low)
        return low;
    return low + (int64_t)qwr__rng_below(rng, (uint64_t)(high - low) + 1);
}

int qwr__draw_chance(qwr__rng *rng, int64_t milli)
{
    return (int64_t)qwr__rng_below(rng, 1000) < milli;
}

int64_t qwr__draw_normal_milli(qwr__rng *rng)
{
    /* A sum of 12 uniform numbers has variance 1. */
    int64_t sum = 0;

    for (int i = 0; i < 12; i++)
        sum += (int64_t)qwr__rng_below(rng, 1001);
    return sum - 6000;
}

int64_t qwr__draw_lognormal(qwr__rng *rng, int64_t mu_milli, int64_t sigma_milli)
{
    const int64_t exponent = mu_milli * 1000 + sigma_milli * qwr__draw_normal_milli(rng);

    return (int64_t)floor(exp((double)exponent / 1e6) + 0.5);
}

int64_t qwr__draw_erlang2_min(qwr__rng *rng, int64_t mean_min)
{
    const double u = (1.0 - qwr__rng_unit(rng)) * (1.0 - qwr__rng_unit(rng));

    return (int64_t)floor(-log(u) * (double)mean_min / 2.0 + 0.5);
}

int64_t qwr__round_up(int64_t value, int64_t step)
{
    return -qwr__round_down(-value, step);
}

int64_t qwr__round_down(int64_t value, int64_t step)
{
    const int64_t rest = value % step;

    return rest < 0 ? value - rest - step : value - rest;
}
