/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright bench --gap-over-time: for each folder of logs the median gap of its runs over time,
 * with the band between the quartiles. How it is shown is in bench_gap_show.c. Solves nothing.
 */
#include "cli/bench_gap.h"

#include "cli/bench.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static gap_run *new_run(gap_folder *f)
{
    if (f->runs == f->capacity) {
        size_t capacity = f->capacity ? 2 * f->capacity : 64;
        gap_run *run = realloc(f->run, capacity * sizeof *run);
        if (!run)
            return NULL;
        f->run = run;
        f->capacity = capacity;
    }
    f->run[f->runs] = (gap_run){.target = (double)NAN};
    return &f->run[f->runs++];
}

static cli_exit add_run(const gap *g, gap_folder *f, const char *path, const csv_in *csv)
{
    const char *clock = strcmp(args_text(g->a, "clock"), "work") == 0 ? "work" : "time_s";
    const size_t at = csv_in_column(csv, clock), value = csv_in_column(csv, "value");
    const size_t bound = csv_in_column(csv, "bound");
    const double least = bench_clock_least(g->a);
    gap_run *run = new_run(f);
    if (!run)
        return no_memory();
    run->instance = instance_of(path_name(path));
    run->event = calloc(csv->rows + 1, sizeof *run->event);
    if (!run->instance || !run->event)
        return no_memory();
    for (size_t row = 0; row < csv->rows; row++) {
        gap_event *e = &run->event[run->events++];
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
static cli_exit read_log(const gap *g, gap_folder *f, const char *base, const char *file)
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
    gap_folder *f = &g->folder[g->folders];
    f->name = g->name[g->folders++];
    struct dirent **entries = NULL;
    cli_exit code = CLI_OK;
    f->point = calloc(GAP_SAMPLES, sizeof *f->point);
    f->mean = calloc(GAP_SAMPLES, sizeof *f->mean);
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
            gap_run *run = &g->folder[f].run[i];
            for (size_t k = 0; k < g->folders; k++)
                for (size_t m = 0; m < g->folder[k].runs; m++) {
                    const gap_run *other = &g->folder[k].run[m];
                    const double value = other->event[other->events - 1].value;
                    if (strcmp(other->instance, run->instance) == 0 && !isnan(value) &&
                        (isnan(run->target) || value < run->target))
                        run->target = value;
                }
        }
}

/* In %, 100 while there is no value or nothing to measure it by. */
static double gap_at(const gap *g, const gap_run *run, const gap_event *e)
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
            const gap_run *run = &g->folder[f].run[i];
            first = run->event[0].at < first ? run->event[0].at : first;
            last = run->event[run->events - 1].at > last ? run->event[run->events - 1].at : last;
        }
    g->from = chart_round(first, 10, 0);
    g->to = last > 2 * g->from ? last : 2 * g->from;
}

static double sample_at(const gap *g, size_t k)
{
    return g->from * pow(g->to / g->from, (double)k / (GAP_SAMPLES - 1));
}

/* Every run keeps its last gap after its end: it would not have got worse. */
static int sample(const gap *g, gap_folder *f)
{
    double *now = calloc(f->runs, sizeof *now);
    size_t *next = calloc(f->runs, sizeof *next);
    for (size_t k = 0; now && next && k < GAP_SAMPLES; k++) {
        const double at = sample_at(g, k) * (1 + 1e-9);
        double sum = 0;
        for (size_t i = 0; i < f->runs; i++) {
            const gap_run *run = &f->run[i];
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
        gap_folder *l = &g->folder[f];
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
        code = bench_gap_show(&g, ctx);
    gap_free(&g);
    return code;
}
