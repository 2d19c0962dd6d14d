/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench --profile: for each result file the share of problems solved within a multiple
 * of the fastest file's time (Dolan and More 2002), within a time, or within a gap. Solves nothing.
 */
#include "cli/bench.h"
#include "cli/bench_results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Gaps below this are drawn at the left edge. */
#define LEAST_GAP_PCT 0.01

typedef struct curve {
    double *cost; /* [solved], ascending: ratio, time or gap */
    size_t solved, fastest, missing;
    chart_point *point;
    size_t points;
    char note[64];
} curve;

typedef struct profile {
    const args *a;
    bench_results results;
    bench_measure measure;
    int ratio; /* 1: against the fastest; 0: as it is */
    curve curve[CHART_SERIES_MAX];
} profile;

/* --- the numbers --- */

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The least cost of a problem over all files; -1: nobody solved it. */
static double least_of(const profile *p, size_t problem)
{
    double least = -1;
    for (size_t f = 0; f < p->results.files; f++) {
        const bench_result *r = &p->results.cell[problem * p->results.files + f];
        if (r->given && r->cost >= 0 && (least < 0 || r->cost < least))
            least = r->cost;
    }
    return least;
}

static void gather(profile *p, size_t f)
{
    curve *c = &p->curve[f];
    for (size_t i = 0; i < p->results.problems; i++) {
        const bench_result *r = &p->results.cell[i * p->results.files + f];
        const double least = least_of(p, i);
        c->missing += !r->given;
        if (!r->given || r->cost < 0)
            continue;
        c->fastest += r->cost <= least * (1 + 1e-12) ? 1 : 0;
        c->cost[c->solved++] = p->ratio ? r->cost / least : r->cost;
    }
    qsort(c->cost, c->solved, sizeof *c->cost, ascending);
}

/* Share of all problems that a file solves at this cost or less. */
static double share_at(const profile *p, const curve *c, double cost)
{
    size_t count = 0;
    while (count < c->solved && c->cost[count] <= cost * (1 + 1e-12))
        count++;
    return 100 * (double)count / (double)p->results.problems;
}

/* A step at each cost, from the left edge to the right one. */
static void make_points(const profile *p, curve *c, double from, double to)
{
    c->point[c->points++] = (chart_point){.x = from, .y = share_at(p, c, from)};
    for (size_t i = 0; i < c->solved; i++) {
        const int more = i + 1 < c->solved && c->cost[i + 1] <= c->cost[i];
        if (c->cost[i] > from && !more)
            c->point[c->points++] = (chart_point){
                .x = c->cost[i], .y = 100 * (double)(i + 1) / (double)p->results.problems};
    }
    c->point[c->points++] = (chart_point){.x = to, .y = share_at(p, c, to)};
}

static int make_curves(profile *p)
{
    for (size_t f = 0; f < p->results.files; f++) {
        curve *c = &p->curve[f];
        c->cost = calloc(p->results.problems + 1, sizeof *c->cost);
        c->point = calloc(p->results.problems + 2, sizeof *c->point);
        if (!c->cost || !c->point)
            return 0;
        gather(p, f);
    }
    return 1;
}

/* --- the axis --- */

static void span(const profile *p, double *from, double *to)
{
    double least = INFINITY, most = 0;
    for (size_t f = 0; f < p->results.files; f++) {
        const curve *c = &p->curve[f];
        if (c->solved > 0 && c->cost[0] < least)
            least = c->cost[0];
        if (c->solved > 0 && c->cost[c->solved - 1] > most)
            most = c->cost[c->solved - 1];
    }
    if (p->measure == MEASURE_GAP)
        least = LEAST_GAP_PCT;
    else if (p->ratio || isinf(least))
        least = 1;
    *from = p->ratio ? 1 : chart_round(least, 10, 0);
    *to = most <= *from * 2 ? *from * 2 : most;
    *to *= 1.05; /* the last step is to be seen */
}

static chart_axis x_axis_of(const profile *p, double from, double to)
{
    chart_axis axis = {.scale = CHART_LOG, .from = from, .to = to, .doubling = p->ratio};
    if (p->measure == MEASURE_GAP)
        axis.label = "gap to the best value known, at most (%, log)";
    else if (p->ratio)
        axis.label = "time, as a multiple of the fastest (log)";
    else
        axis.label = strcmp(args_text(p->a, "clock"), "work") == 0 ? "work, at most (units, log)"
                     : strcmp(args_text(p->a, "clock"), "cpu") == 0
                         ? "processor time, at most (seconds, log)"
                         : "time, at most (seconds, log)";
    if (p->ratio && strcmp(args_text(p->a, "clock"), "work") == 0)
        axis.label = "work, as a multiple of the least (log)";
    if (p->ratio && strcmp(args_text(p->a, "clock"), "cpu") == 0)
        axis.label = "processor time, as a multiple of the least (log)";
    return axis;
}

/* --- output --- */

static const char *title_of(const profile *p)
{
    static const char *const titles[] = {"Performance profile: proof of optimality",
                                         "Performance profile: best value reached",
                                         "Quality profile: gap to the best value known"};
    static const char *const plain[] = {"Proven optimal over time", "Best value reached over time"};
    return p->ratio || p->measure == MEASURE_GAP ? titles[p->measure] : plain[p->measure];
}

static cli_exit save_svg(profile *p, qwr_context *ctx, double from, double to)
{
    char subtitle[128], about[160];
    textbuf svg = {0};
    snprintf(subtitle, sizeof subtitle,
             "%zu problems (instances with their seeds), %zu result file%s", p->results.problems,
             p->results.files, p->results.files == 1 ? "" : "s");
    snprintf(about, sizeof about, "Share of %zu problems solved by each of %zu result files.",
             p->results.problems, p->results.files);
    chart c = {.title = title_of(p),
               .subtitle = subtitle,
               .legend = "result file, share at the right edge",
               .about = about,
               .x = x_axis_of(p, from, to),
               .y = {.scale = CHART_LINEAR,
                     .from = 0,
                     .to = 100,
                     .label = "share of problems",
                     .unit = " %"},
               .count = p->results.files};
    for (size_t f = 0; f < c.count; f++) {
        curve *k = &p->curve[f];
        snprintf(k->note, sizeof k->note, "%zu of %zu", k->solved, p->results.problems);
        c.series[f] = (chart_series){
            .name = p->results.file[f], .note = k->note, .point = k->point, .count = k->points};
    }
    chart_svg(&svg, &c);
    return bench_save(ctx, args_text(p->a, "profile"), &svg);
}

static cli_exit save_csv(const profile *p, qwr_context *ctx)
{
    textbuf csv = {0};
    if (!args_given(p->a, "csv"))
        return CLI_OK;
    textbuf_printf(&csv, "result,%s,share_pct\n",
                   p->measure == MEASURE_GAP                       ? "gap_pct"
                   : p->ratio                                      ? "ratio"
                   : strcmp(args_text(p->a, "clock"), "work") == 0 ? "work"
                                                                   : "time_s");
    for (size_t f = 0; f < p->results.files; f++)
        for (size_t i = 0; i < p->curve[f].points; i++) {
            textbuf_csv(&csv, p->results.file[f]);
            textbuf_printf(&csv, ",%.6f,%.4f\n", p->curve[f].point[i].x, p->curve[f].point[i].y);
        }
    return bench_save(ctx, args_text(p->a, "csv"), &csv);
}

/* Costs of the columns "within" of table and JSON: multiples, or gaps in %. */
static const double within[] = {1, 2, 10};

static void print_table(textbuf *out, const profile *p)
{
    static const char *const ratios[] = {"result",   "problems",  "solved", "fastest",
                                         "within 2", "within 10", "missing"};
    static const char *const gaps[] = {"result",     "problems",    "with a value", "best",
                                       "within 1 %", "within 10 %", "missing"};
    const int gap = p->measure == MEASURE_GAP;
    table t;
    table_begin(&t, "lrrrrrr", gap ? gaps : ratios);
    for (size_t f = 0; f < p->results.files; f++) {
        const curve *c = &p->curve[f];
        table_cell(&t, p->results.file[f]);
        table_int(&t, (int64_t)p->results.problems);
        table_int(&t, (int64_t)c->solved);
        table_int(&t, (int64_t)c->fastest);
        for (size_t k = 1; k < 3; k++) {
            char text[32] = "";
            if (gap || p->ratio)
                snprintf(text, sizeof text, "%.1f %%",
                         share_at(p, c, gap && k == 1 ? within[0] : within[k]));
            table_cell(&t, text);
        }
        table_int(&t, (int64_t)c->missing);
    }
    table_print(out, &t, 0);
    table_free(&t);
    textbuf_printf(out, "\n%s: %s\n", title_of(p), args_text(p->a, "profile"));
    for (size_t f = 0; f < p->results.files; f++)
        if (p->curve[f].missing > 0)
            textbuf_printf(out, "%s lacks %zu of the problems; they count as not solved\n",
                           p->results.file[f], p->curve[f].missing);
}

static void print_json(json_out *json, const profile *p)
{
    json_list(json, NULL);
    for (size_t f = 0; f < p->results.files; f++) {
        const curve *c = &p->curve[f];
        json_object(json, NULL);
        json_string(json, "result", p->results.file[f]);
        json_int(json, "problems", (int64_t)p->results.problems);
        json_int(json, "solved", (int64_t)c->solved);
        json_int(json, "fastest", (int64_t)c->fastest);
        json_int(json, "missing", (int64_t)c->missing);
        json_list(json, "curve");
        for (size_t i = 0; i < c->points; i++) {
            json_object(json, NULL);
            json_double(json, "at", c->point[i].x, 6);
            json_double(json, "share_pct", c->point[i].y, 4);
            json_object_end(json);
        }
        json_list_end(json);
        json_object_end(json);
    }
    json_list_end(json);
}

static cli_exit print(const profile *p)
{
    textbuf out = {0};
    json_out json = {0};
    if (args_given(p->a, "json")) {
        print_json(&json, p);
        return cli_print(&json.text);
    }
    if (args_given(p->a, "quiet"))
        return CLI_OK;
    print_table(&out, p);
    return cli_print(&out);
}

static cli_exit check(const profile *p)
{
    if (p->a->operand_count == 0)
        return cli_usage("bench", "a result file is missing, as 'bench --csv' writes it");
    if (p->a->operand_count > CHART_SERIES_MAX)
        return cli_usage("bench", "--profile draws at most %d result files", CHART_SERIES_MAX);
    if (p->measure == MEASURE_BEST && strcmp(args_text(p->a, "clock"), "wall") != 0)
        return cli_usage("bench", "--measure best needs --clock wall: when a value was found is "
                                  "known on the clock alone");
    return CLI_OK;
}

cli_exit bench_profile(qwr_context *ctx, const args *a)
{
    profile p = {.a = a, .measure = bench_measure_of(a, MEASURE_PROOF)};
    double from, to;
    p.ratio = p.measure != MEASURE_GAP && a->operand_count > 1 && !args_given(a, "absolute");
    cli_exit code = check(&p);
    if (code == CLI_OK)
        code = bench_results_load(&p.results, a, p.measure);
    if (code == CLI_OK && !make_curves(&p))
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    if (code == CLI_OK) {
        span(&p, &from, &to);
        for (size_t f = 0; f < p.results.files; f++)
            make_points(&p, &p.curve[f], from, to);
        code = save_svg(&p, ctx, from, to);
    }
    if (code == CLI_OK)
        code = save_csv(&p, ctx);
    if (code == CLI_OK)
        code = print(&p);
    for (size_t f = 0; f < CHART_SERIES_MAX; f++) {
        free(p.curve[f].cost);
        free(p.curve[f].point);
    }
    bench_results_free(&p.results);
    return code;
}
