/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The design of a sweep: variations parsed and tried, points laid out as a grid or drawn, and the
 * scenario of a task. Knows neither store nor process.
 */
#include "cli/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SplitMix64 (Steele, Lea, Flood 2014) over a key of all three. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t sweep_random(uint64_t seed, uint64_t stream, uint64_t index)
{
    uint64_t key = mix(seed + UINT64_C(0x9E3779B97F4A7C15));
    key = mix(key ^ (stream + 1) * UINT64_C(0xD1342543DE82EF95));
    return mix(key + (index + 1) * UINT64_C(0x9E3779B97F4A7C15));
}

int64_t sweep_tasks(const sweep_design *d)
{
    return (int64_t)d->points * d->replications;
}

uint64_t sweep_plan_seed(const sweep_design *d, int64_t task)
{
    return (d->seed + (uint64_t)(task % d->replications)) & (uint64_t)INT64_MAX;
}

char *sweep_point_label(const sweep_design *d, size_t point, int varied_only)
{
    textbuf text = {0};
    for (size_t i = 0; i < d->count; i++) {
        const qwr_variation *v = d->variation[i];
        if (varied_only && d->points > 1 && qwr_variation_levels(v) == 1)
            continue;
        textbuf_printf(&text, "%s%s%s%s", text.length > 0 ? " " : "", qwr_variation_name(v),
                       qwr_variation_operator(v),
                       qwr_variation_level_text(v, d->level[point * d->count + i]));
    }
    if (text.length == 0)
        textbuf_add(&text, "base");
    if (text.failed)
        textbuf_free(&text);
    return text.data;
}

qwr_status sweep_scenario(qwr_scenario **out, qwr_context *ctx, const sweep_design *d, int64_t task)
{
    const qwr_variation *variations[SWEEP_VARIATIONS_MAX];
    size_t levels[SWEEP_VARIATIONS_MAX];
    const size_t point = (size_t)(task / d->replications);
    for (size_t i = 0; i < d->count; i++) {
        variations[i] = d->variation[i];
        levels[i] = d->level[point * d->count + i];
    }
    return qwr_scenario_vary(out, ctx, d->base, variations, levels, d->count, d->seed,
                             (uint64_t)(task % d->replications));
}

cli_exit sweep_design_add(sweep_design *d, const char *text)
{
    if (d->count == SWEEP_VARIATIONS_MAX)
        return cli_usage("sweep", "more than %d variations", SWEEP_VARIATIONS_MAX);
    qwr_status status = qwr_variation_parse(&d->variation[d->count], d->ctx, text);
    if (status == QWR_EINVAL) {
        const qwr_cause *cause = qwr_context_cause(d->ctx, 0);
        return cli_usage("sweep", "--vary '%s': %s", text,
                         cause ? cause->message : "is no variation");
    }
    if (status)
        return cli_fail(d->ctx, status, CLI_WORKING, NULL);
    d->text[d->count] = text_copy(text);
    if (!d->text[d->count++])
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    for (size_t i = 0; i + 1 < d->count; i++)
        if (strcmp(qwr_variation_name(d->variation[i]),
                   qwr_variation_name(d->variation[d->count - 1])) == 0)
            return cli_usage("sweep", "%s is varied twice; put all its levels into one --vary",
                             qwr_variation_name(d->variation[i]));
    return CLI_OK;
}

/* A variation that names nothing fails before the first run; one that makes an impossible scenario
 * is a result. What a variation names does not depend on its number, so one number stands for all.
 */
static cli_exit try_variation(const sweep_design *d, size_t i)
{
    const qwr_variation *one = d->variation[i];
    for (size_t level = 0; level < qwr_variation_levels(one); level++) {
        qwr_scenario *scenario = NULL;
        double number;
        if (level > 0 && qwr_variation_level_value(one, level, &number))
            continue;
        qwr_status status =
            qwr_scenario_vary(&scenario, d->ctx, d->base, &one, &level, 1, d->seed, 0);
        qwr_scenario_free(scenario);
        if (status == QWR_ENOTFOUND) {
            const qwr_cause *cause = qwr_context_cause(d->ctx, 0);
            return cli_usage("sweep", "--vary '%s' names nothing in this scenario: %s", d->text[i],
                             cause ? cause->message : "");
        }
        if (status == QWR_ENOMEM)
            return cli_fail(d->ctx, status, CLI_WORKING, NULL);
    }
    return CLI_OK;
}

static cli_exit lay_grid(sweep_design *d)
{
    d->points = 1;
    for (size_t i = 0; i < d->count; i++) {
        d->points *= qwr_variation_levels(d->variation[i]);
        if (d->points > SWEEP_POINTS_MAX)
            return cli_usage("sweep",
                             "the grid has more than %d points; use fewer levels, or --design "
                             "random --points N",
                             SWEEP_POINTS_MAX);
    }
    d->level = calloc(d->points * d->count + 1, sizeof *d->level);
    if (!d->level)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    for (size_t p = 0; p < d->points; p++) {
        size_t rest = p;
        for (size_t i = d->count; i-- > 0;) {
            const size_t levels = qwr_variation_levels(d->variation[i]);
            d->level[p * d->count + i] = (uint32_t)(rest % levels);
            rest /= levels;
        }
    }
    return CLI_OK;
}

/* A Latin hypercube: each variation goes through its levels evenly, in an order of its own. */
static cli_exit lay_random(sweep_design *d, size_t points)
{
    size_t *order = calloc(points, sizeof *order);
    d->points = points;
    d->level = calloc(points * d->count + 1, sizeof *d->level);
    for (size_t i = 0; order && d->level && i < d->count; i++) {
        const size_t levels = qwr_variation_levels(d->variation[i]);
        for (size_t p = 0; p < points; p++)
            order[p] = p;
        for (size_t p = points; p-- > 1;) {
            const size_t other = (size_t)(sweep_random(d->seed, i, p) % (p + 1));
            const size_t held = order[p];
            order[p] = order[other];
            order[other] = held;
        }
        for (size_t p = 0; p < points; p++)
            d->level[p * d->count + i] = (uint32_t)(order[p] * levels / points);
    }
    int failed = !order || !d->level;
    free(order);
    return failed ? cli_fail_own(CLI_INTERNAL, "out of memory") : CLI_OK;
}

char *sweep_options_text(const args *a)
{
    static const char *const words[] = {"solver", "optimiser", "forecast"};
    textbuf text = {0};
    if (args_given(a, "deadline"))
        textbuf_printf(&text, "--deadline %s", args_text(a, "deadline"));
    if (!args_given(a, "deadline") || args_given(a, "work-limit"))
        textbuf_printf(&text, "%s--work-limit %lld", text.length > 0 ? " " : "",
                       (long long)args_int(a, "work-limit"));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (args_given(a, words[i]))
            textbuf_printf(&text, " --%s %s", words[i], args_text(a, words[i]));
    for (size_t i = 0; i < a->pair_count; i++)
        textbuf_printf(&text, " --option %s", a->pair[i]);
    if (text.failed)
        textbuf_free(&text);
    return text.data;
}

static cli_exit lay_points(sweep_design *d, const args *a)
{
    int random = strcmp(args_text(a, "design"), "random") == 0;
    if (!random && args_given(a, "points"))
        return cli_usage("sweep", "--points goes with --design random; a grid has the points that "
                                  "its levels make");
    if (random && !args_given(a, "points"))
        return cli_usage("sweep", "--design random needs --points N");
    cli_exit code = random ? lay_random(d, (size_t)args_int(a, "points")) : lay_grid(d);
    if (code == CLI_OK && (int64_t)d->points > SWEEP_TASKS_MAX / d->replications)
        return cli_usage("sweep", "%zu points with %lld replications are more than %d runs",
                         d->points, (long long)d->replications, SWEEP_TASKS_MAX);
    return code;
}

cli_exit sweep_design_make(sweep_design *d, qwr_context *ctx, qwr_scenario *base, const args *a)
{
    cli_exit code = CLI_OK;
    d->ctx = ctx;
    d->base = base;
    d->seed = (uint64_t)args_int(a, "seed");
    d->replications = args_int(a, "replications");
    d->options = sweep_options_text(a);
    if (!d->options)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    if (a->many_count == 0)
        return cli_usage("sweep", "nothing is varied; give --vary VARIABLE=LEVELS");
    for (size_t i = 0; i < a->many_count && code == CLI_OK; i++)
        code = sweep_design_add(d, a->many[i]);
    for (size_t i = 0; i < d->count && code == CLI_OK; i++)
        code = try_variation(d, i);
    return code == CLI_OK ? lay_points(d, a) : code;
}

void sweep_design_free(sweep_design *d)
{
    for (size_t i = 0; i < d->count; i++) {
        free(d->text[i]);
        qwr_variation_free(d->variation[i]);
    }
    free(d->level);
    free(d->options);
    qwr_scenario_free(d->base);
    *d = (sweep_design){0};
}
