/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench --gap-over-time: for each folder of logs the median gap of its runs over time,
 * with the band between the quartiles. Solves nothing.
 */
#include "cli/bench.h"
#include "cli/bench_results.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 600 };

/* Gaps below this are drawn on the line for 0. */
#define LEAST_GAP_PCT 0.01

typedef struct event {
    double at;           /* time or work */
    double value, bound; /* NAN: none yet */
} event;

typedef struct log_run {
    char *instance; /* file name without extension and "-seedN" */
    event *event;
    size_t events;
    double target; /* value that the gap is measured to, for --measure best */
} log_run;

typedef struct log_folder {
    const char *name;
    log_run *run;
    size_t runs, capacity;
    chart_point *point; /* [SAMPLES] */
    double *mean;       /* [SAMPLES] */
    char note[64];
} log_folder;

typedef struct gap {
    const args *a;
    bench_measure
        measure; /* MEASURE_GAP: to the bound of the run; MEASURE_BEST: to the best value */
    char *name[CHART_SERIES_MAX];
    log_folder folder[CHART_SERIES_MAX];
    size_t folders;
    double from, to;
} gap;

static cli_exit no_memory(void)
{
    return cli_fail_own(CLI_INTERNAL, "out of memory");
}

/* --- reading --- */

/* "a" of "a-seed12.csv" and of "a.csv". */
static char *instance_of(const char *file)
{
    char *name = text_copy(file);
    if (!name)
        return NULL;
    name[strlen(name) - strlen(path_extension(file))] = '\0';
    char *dash = strrchr(name, '-');
    if (dash && strncmp(dash, "-seed", 5) == 0 && dash[5] &&
        dash[5 + strspn(dash + 5, "0123456789")] == '\0')
        *dash = '\0';
    return name;
}

static log_run *new_run(log_folder *f)
{
    if (f->runs == f->capacity) {
        size_t capacity = f->capacity ? 2 * f->capacity : 64;
        log_run *run = realloc(f->run, capacity * sizeof *run);
        if (!run)
            return NULL;
        f->run = run;
        f->capacity = capacity;
    }
    f->run[f->runs] = (log_run){.target = (double)NAN};
    return &f->run[f->runs++];
}

static cli_exit add_run(const gap *g, log_folder *f, const char *path, const csv_in *csv)
{
    const char *clock = strcmp(args_text(g->a, "clock"), "work") == 0 ? "work" : "time_s";
    const size_t at = csv_in_column(csv, clock), value = csv_in_column(csv, "value");
    const size_t bound = csv_in_column(csv, "bound");
    const double least = bench_clock_least(g->a);
    log_run *run = new_run(f);
    if (!run)
        return no_memory();
    run->instance = instance_of(path_name(path));
    run->event = calloc(csv->rows + 1, sizeof *run->event);
    if (!run->instance || !run->event)
        return no_memory();
    for (size_t row = 0; row < csv->rows; row++) {
        event *e = &run->event[run->events++];
        if (!bench_number(&e->at, csv_in_cell(csv, row, at)) ||
            !bench_number(&e->value, csv_in_cell(csv, row, value)) ||
            !bench_number(&e->bound, csv_in_cell(csv, row, bound)))
            return cli_fail_own(CLI_BAD_INPUT, "%s:%zu: %s, value and bound must be numbers", path,
                                csv->line[row], clock);
        if (!(e->at >= least)) /* also an empty cell */
            e->at = least;
    }
    return CLI_OK;
}

/* A CSV that is no log is named and passed over. */
static cli_exit read_log(const gap *g, log_folder *f, const char *base, const char *file)
{
    static const char *const needed[] = {"time_s", "work", "value", "bound"};
    textbuf problem = {0};
    csv_in csv = {0};
    size_t column;
    char *path = path_join(base, file, "");
    cli_exit code = CLI_OK;
    if (!path)
        return no_memory();
    csv_in_result result = csv_in_load(&csv, path, 1, &problem);
    int is_log = result == CSV_IN_OK;
    for (size_t i = 0; i < sizeof needed / sizeof *needed && is_log; i++)
        is_log = csv_in_need(&column, &csv, path, needed[i], &problem);
    if (result == CSV_IN_MEMORY)
        code = no_memory();
    else if (!is_log)
        bench_note(g->a, "%s; it is no log, skipped", problem.data ? problem.data : path);
    else if (csv.rows > 0)
        code = add_run(g, f, path, &csv);
    csv_in_free(&csv);
    textbuf_free(&problem);
    free(path);
    return code;
}

static int is_csv(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(path_extension(entry->d_name), ".csv") == 0;
}

/* Names in byte order, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static cli_exit read_folder(gap *g, const char *base)
{
    log_folder *f = &g->folder[g->folders];
    f->name = g->name[g->folders++];
    struct dirent **entries = NULL;
    cli_exit code = CLI_OK;
    f->point = calloc(SAMPLES, sizeof *f->point);
    f->mean = calloc(SAMPLES, sizeof *f->mean);
    if (!f->point || !f->mean)
        return no_memory();
    int count = scandir(base, &entries, is_csv, by_name);
    if (count < 0)
        return cli_fail_missing(base);
    for (int i = 0; i < count; i++) {
        if (code == CLI_OK)
            code = read_log(g, f, base, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (code == CLI_OK && f->runs == 0)
        code = cli_fail_own(CLI_BAD_INPUT,
                            "%s: there is no log in it\n  hint: 'quaywright bench DIR --log %s' "
                            "writes them",
                            base, base);
    return code;
}

/* --- gaps --- */

/* The best value that any run of any folder ends with, by instance. */
static void find_targets(gap *g)
{
    for (size_t f = 0; f < g->folders; f++)
        for (size_t i = 0; i < g->folder[f].runs; i++) {
            log_run *run = &g->folder[f].run[i];
            for (size_t k = 0; k < g->folders; k++)
                for (size_t m = 0; m < g->folder[k].runs; m++) {
                    const log_run *other = &g->folder[k].run[m];
                    const double value = other->event[other->events - 1].value;
                    if (strcmp(other->instance, run->instance) == 0 && !isnan(value) &&
                        (isnan(run->target) || value < run->target))
                        run->target = value;
                }
        }
}

/* In %, 100 while there is no value or nothing to measure it by. */
static double gap_at(const gap *g, const log_run *run, const event *e)
{
    const double least = g->measure == MEASURE_BEST ? run->target : e->bound;
    if (isnan(e->value) || isnan(least))
        return 100;
    if (e->value <= least)
        return 0;
    const double pct = 100 * (e->value - least) / fabs(e->value);
    return pct < 100 ? pct : 100;
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Between two neighbours in proportion. */
static double quantile(const double *sorted, size_t count, double q)
{
    const double at = q * (double)(count - 1);
    const size_t below = (size_t)at;
    if (below + 1 >= count)
        return sorted[count - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static void find_span(gap *g)
{
    double first = INFINITY, last = 0;
    for (size_t f = 0; f < g->folders; f++)
        for (size_t i = 0; i < g->folder[f].runs; i++) {
            const log_run *run = &g->folder[f].run[i];
            first = run->event[0].at < first ? run->event[0].at : first;
            last = run->event[run->events - 1].at > last ? run->event[run->events - 1].at : last;
        }
    g->from = chart_round(first, 10, 0);
    g->to = last > 2 * g->from ? last : 2 * g->from;
}

static double sample_at(const gap *g, size_t k)
{
    return g->from * pow(g->to / g->from, (double)k / (SAMPLES - 1));
}

/* Every run keeps its last gap after its end: it would not have got worse. */
static int sample(const gap *g, log_folder *f)
{
    double *now = calloc(f->runs, sizeof *now);
    size_t *next = calloc(f->runs, sizeof *next);
    for (size_t k = 0; now && next && k < SAMPLES; k++) {
        const double at = sample_at(g, k) * (1 + 1e-9);
        double sum = 0;
        for (size_t i = 0; i < f->runs; i++) {
            const log_run *run = &f->run[i];
            while (next[i] < run->events && run->event[next[i]].at <= at)
                next[i]++;
            now[i] = next[i] > 0 ? gap_at(g, run, &run->event[next[i] - 1]) : 100;
            sum += now[i];
        }
        qsort(now, f->runs, sizeof *now, ascending);
        f->point[k] = (chart_point){.x = sample_at(g, k),
                                    .y = quantile(now, f->runs, 0.5),
                                    .low = quantile(now, f->runs, 0.25),
                                    .high = quantile(now, f->runs, 0.75)};
        f->mean[k] = sum / (double)f->runs;
    }
    int fine = now && next;
    free(now);
    free(next);
    return fine;
}

/* --- output --- */

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
        log_folder *k = &g->folder[f];
        snprintf(k->note, sizeof k->note, "%.2f %%, %zu run%s", k->point[SAMPLES - 1].y, k->runs,
                 k->runs == 1 ? "" : "s");
        c.series[f] = (chart_series){.name = k->name,
                                     .note = k->note,
                                     .point = k->point,
                                     .count = SAMPLES,
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
        for (size_t k = 0; k < SAMPLES; k++) {
            const log_folder *l = &g->folder[f];
            textbuf_csv(&csv, l->name);
            textbuf_printf(&csv, ",%.6f,%zu,%.4f,%.4f,%.4f,%.4f\n", l->point[k].x, l->runs,
                           l->point[k].y, l->point[k].low, l->point[k].high, l->mean[k]);
        }
    return bench_save(ctx, args_text(g->a, "csv"), &csv);
}

/* The sample at a quarter of the axis, at half of it, and so on: what a table has room for. */
static size_t row_sample(size_t row)
{
    return (SAMPLES - 1) * row / 6;
}

static void print_table(textbuf *out, const gap *g)
{
    static const char *const heading[] = {"folder",       "runs",         "clock", "median %",
                                          "quartile 1 %", "quartile 3 %", "mean %"};
    table t;
    table_begin(&t, "lrrrrrr", heading);
    for (size_t f = 0; f < g->folders; f++)
        for (size_t row = 1; row <= 6; row++) {
            const log_folder *l = &g->folder[f];
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
        const log_folder *l = &g->folder[f];
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

static cli_exit check(const gap *g)
{
    if (g->a->operand_count == 0)
        return cli_usage("bench", "a folder of logs is missing, as 'bench --log' writes it");
    if (g->a->operand_count > CHART_SERIES_MAX)
        return cli_usage("bench", "--gap-over-time draws at most %d folders", CHART_SERIES_MAX);
    if (g->measure == MEASURE_PROOF)
        return cli_usage("bench", "--measure proof has no meaning with --gap-over-time; expected "
                                  "gap or best");
    if (strcmp(args_text(g->a, "clock"), "cpu") == 0)
        return cli_usage("bench", "--clock cpu has no meaning with --gap-over-time: a log holds "
                                  "time and work");
    return CLI_OK;
}

static void gap_free(gap *g)
{
    for (size_t i = 0; i < CHART_SERIES_MAX; i++)
        free(g->name[i]);
    for (size_t f = 0; f < g->folders; f++) {
        log_folder *l = &g->folder[f];
        for (size_t i = 0; i < l->runs; i++) {
            free(l->run[i].instance);
            free(l->run[i].event);
        }
        free(l->run);
        free(l->point);
        free(l->mean);
    }
}

cli_exit bench_gap(qwr_context *ctx, const args *a)
{
    gap g = {.a = a, .measure = bench_measure_of(a, MEASURE_GAP)};
    cli_exit code = check(&g);
    if (code == CLI_OK && !bench_series_names(g.name, a))
        code = no_memory();
    for (size_t i = 0; i < a->operand_count && code == CLI_OK; i++)
        code = read_folder(&g, a->operand[i]);
    if (code == CLI_OK) {
        find_span(&g);
        if (g.measure == MEASURE_BEST)
            find_targets(&g);
    }
    for (size_t f = 0; f < g.folders && code == CLI_OK; f++)
        if (!sample(&g, &g.folder[f]))
            code = no_memory();
    if (code == CLI_OK)
        code = save_svg(&g, ctx);
    if (code == CLI_OK)
        code = save_csv(&g, ctx);
    if (code == CLI_OK)
        code = print(&g);
    gap_free(&g);
    return code;
}
