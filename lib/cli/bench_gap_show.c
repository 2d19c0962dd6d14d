/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gap over time as a picture, as CSV, and as a table or JSON of a few moments. Computes
 * nothing.
 */
#include "cli/bench.h"
#include "cli/bench_gap.h"

#include <stdio.h>
#include <string.h>

/* Gaps below this are drawn on the line for 0. */
#define LEAST_GAP_PCT 0.01

static cli_exit save_svg(gap *g, qwr_context *ctx)
{
    const int best = g->measure == MEASURE_BEST;
    const int work = strcmp(args_text(g->a, "clock"), "work") == 0;
    textbuf svg = {0};
    chart c = {.title = work ? "Gap over work" : "Gap over time",
               .subtitle = best
                               ? "value against the best value that any of the runs found; median, "
                                 "and band between the quartiles"
                               : "value against the run's own bound; median, and band between the "
                                 "quartiles",
               .legend = "folder, median at the end",
               .about = "Median gap of the runs of each folder, with the band between the "
                        "quartiles.",
               .x = {.scale = CHART_LOG,
                     .from = g->from,
                     .to = g->to,
                     .label = work ? "work (units, log)" : "time (seconds, log)"},
               .y = {.scale = CHART_LOG0,
                     .from = LEAST_GAP_PCT,
                     .to = 100,
                     .label = best ? "gap to the best value (log)" : "gap to the bound (log)",
                     .unit = " %"},
               .count = g->folders};
    for (size_t f = 0; f < g->folders; f++) {
        gap_folder *k = &g->folder[f];
        snprintf(k->note, sizeof k->note, "%.2f %%, %zu run%s", k->point[GAP_SAMPLES - 1].y,
                 k->runs, k->runs == 1 ? "" : "s");
        c.series[f] = (chart_series){.name = k->name,
                                     .note = k->note,
                                     .point = k->point,
                                     .count = GAP_SAMPLES,
                                     .band = k->runs > 1};
    }
    chart_svg(&svg, &c);
    return bench_save(ctx, args_text(g->a, "gap-over-time"), &svg);
}

static cli_exit save_csv(const gap *g, qwr_context *ctx)
{
    textbuf csv = {0};
    if (!args_given(g->a, "csv"))
        return CLI_OK;
    textbuf_printf(&csv, "folder,%s,runs,median_pct,quartile1_pct,quartile3_pct,mean_pct\n",
                   strcmp(args_text(g->a, "clock"), "work") == 0 ? "work" : "time_s");
    for (size_t f = 0; f < g->folders; f++)
        for (size_t k = 0; k < GAP_SAMPLES; k++) {
            const gap_folder *l = &g->folder[f];
            textbuf_csv(&csv, l->name);
            textbuf_printf(&csv, ",%.6f,%zu,%.4f,%.4f,%.4f,%.4f\n", l->point[k].x, l->runs,
                           l->point[k].y, l->point[k].low, l->point[k].high, l->mean[k]);
        }
    return bench_save(ctx, args_text(g->a, "csv"), &csv);
}

/* The sample at a quarter of the axis, at half of it, and so on: what a table has room for. */
static size_t row_sample(size_t row)
{
    return (GAP_SAMPLES - 1) * row / 6;
}

static void print_table(textbuf *out, const gap *g)
{
    static const char *const heading[] = {"folder",       "runs",         "clock", "median %",
                                          "quartile 1 %", "quartile 3 %", "mean %"};
    table t;
    table_begin(&t, "lrrrrrr", heading);
    for (size_t f = 0; f < g->folders; f++)
        for (size_t row = 1; row <= 6; row++) {
            const gap_folder *l = &g->folder[f];
            const size_t k = row_sample(row);
            char clock[32];
            snprintf(clock, sizeof clock, "%.4g", l->point[k].x);
            table_cell(&t, l->name);
            table_int(&t, (int64_t)l->runs);
            table_cell(&t, clock);
            table_double(&t, l->point[k].y, 4);
            table_double(&t, l->point[k].low, 4);
            table_double(&t, l->point[k].high, 4);
            table_double(&t, l->mean[k], 4);
        }
    table_print(out, &t, 0);
    table_free(&t);
    textbuf_printf(out, "\nclock: %s; the gap over it: %s\n", bench_clock_label(g->a),
                   args_text(g->a, "gap-over-time"));
}

static void print_json(json_out *json, const gap *g)
{
    json_list(json, NULL);
    for (size_t f = 0; f < g->folders; f++) {
        const gap_folder *l = &g->folder[f];
        json_object(json, NULL);
        json_string(json, "folder", l->name);
        json_int(json, "runs", (int64_t)l->runs);
        json_list(json, "curve");
        for (size_t row = 0; row <= 6; row++) {
            const size_t k = row_sample(row);
            json_object(json, NULL);
            json_double(json, "at", l->point[k].x, 6);
            json_double(json, "median_pct", l->point[k].y, 4);
            json_double(json, "quartile1_pct", l->point[k].low, 4);
            json_double(json, "quartile3_pct", l->point[k].high, 4);
            json_double(json, "mean_pct", l->mean[k], 4);
            json_object_end(json);
        }
        json_list_end(json);
        json_object_end(json);
    }
    json_list_end(json);
}

static cli_exit print(const gap *g)
{
    textbuf out = {0};
    json_out json = {0};
    if (args_given(g->a, "json")) {
        print_json(&json, g);
        return cli_print(&json.text);
    }
    if (args_given(g->a, "quiet"))
        return CLI_OK;
    print_table(&out, g);
    return cli_print(&out);
}

cli_exit bench_gap_show(gap *g, qwr_context *ctx)
{
    cli_exit code = save_svg(g, ctx);
    if (code == CLI_OK)
        code = save_csv(g, ctx);
    return code == CLI_OK ? print(g) : code;
}
