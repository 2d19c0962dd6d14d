/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Brings result files together by instance and seed. A row without a seed stands for every seed of
 * its instance, so that a solver without random choices can be compared. Draws nothing.
 */
#include "cli/bench_results.h"

#include "cli/csv_in.h"
#include "cli/files.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A row of a file; texts are borrowed from it. */
typedef struct entry {
    const char *instance, *seed, *hash;
    size_t file, line;
    double value, best_known; /* NAN: none */
    double clock, value_s;    /* NAN: none */
    int optimal;
} entry;

typedef struct source {
    csv_in csv;
    const char *path;
    size_t instance, seed, hash, value, best_known, clock, value_s, status; /* columns */
} source;

typedef struct gathering {
    const args *a;
    bench_measure measure;
    source source[CHART_SERIES_MAX];
    size_t sources;
    entry *entry;
    size_t entries;
} gathering;

bench_measure bench_measure_of(const args *a, bench_measure otherwise)
{
    static const char *const words[] = {"proof", "best", "gap"};
    const char *word = args_text(a, "measure");
    for (int i = 0; word && i < 3; i++)
        if (strcmp(word, words[i]) == 0)
            return (bench_measure)i;
    return otherwise;
}

double bench_clock_least(const args *a)
{
    return strcmp(args_text(a, "clock"), "work") == 0 ? 1 : 0.001;
}

const char *bench_clock_label(const args *a)
{
    const char *clock = args_text(a, "clock");
    if (strcmp(clock, "work") == 0)
        return "work in units";
    return strcmp(clock, "cpu") == 0 ? "processor time in seconds" : "time in seconds";
}

/* `whole` 1: with the folders above it. */
static char *series_name(const char *path, int whole)
{
    char *copy = text_copy(path);
    if (!copy)
        return NULL;
    for (size_t length = strlen(copy); length > 1 && copy[length - 1] == '/';)
        copy[--length] = '\0';
    char *name = text_copy(whole ? copy : path_name(copy));
    if (name && path_is_folder(path) != 1)
        name[strlen(name) - strlen(path_extension(copy))] = '\0';
    free(copy);
    return name;
}

int bench_series_names(char **name, const args *a)
{
    int whole = 0;
    for (size_t i = 0; i < a->operand_count; i++) {
        name[i] = series_name(a->operand[i], 0);
        if (!name[i])
            return 0;
        for (size_t k = 0; k < i; k++)
            whole = whole || strcmp(name[k], name[i]) == 0;
    }
    for (size_t i = 0; whole && i < a->operand_count; i++) {
        free(name[i]);
        name[i] = series_name(a->operand[i], 1);
        if (!name[i])
            return 0;
    }
    return 1;
}

/* --- reading --- */

int bench_number(double *out, const char *text)
{
    char *end;
    *out = (double)NAN;
    if (!*text)
        return 1;
    if (text[strspn(text, "0123456789+-.eE")] != '\0')
        return 0;
    *out = strtod(text, &end);
    return *end == '\0' && isfinite(*out);
}

static const char *clock_column(const args *a)
{
    const char *clock = args_text(a, "clock");
    return strcmp(clock, "work") == 0 ? "work" : strcmp(clock, "cpu") == 0 ? "cpu_s" : "wall_s";
}

/* The columns that the measure needs must be there; the others may be. */
static int find_columns(source *s, const gathering *g, textbuf *problem)
{
    const csv_in *csv = &s->csv;
    if (!csv_in_need(&s->instance, csv, s->path, "instance", problem))
        return 0;
    if (g->measure == MEASURE_PROOF ? !csv_in_need(&s->status, csv, s->path, "status", problem)
                                    : !csv_in_need(&s->value, csv, s->path, "value", problem))
        return 0;
    s->clock = csv_in_column(csv, clock_column(g->a));
    if (g->measure != MEASURE_GAP &&
        !csv_in_need(&s->clock, csv, s->path, clock_column(g->a), problem))
        return 0;
    s->seed = csv_in_column(csv, "seed");
    s->hash = csv_in_column(csv, "instance_hash");
    s->value = csv_in_column(csv, "value");
    s->status = csv_in_column(csv, "status");
    s->best_known = csv_in_column(csv, "best_known");
    s->value_s = csv_in_column(csv, "value_s");
    return 1;
}

static int read_entry(entry *e, const source *s, size_t row, textbuf *problem)
{
    const csv_in *csv = &s->csv;
    const size_t columns[] = {s->value, s->best_known, s->clock, s->value_s};
    double *const numbers[] = {&e->value, &e->best_known, &e->clock, &e->value_s};
    e->instance = csv_in_cell(csv, row, s->instance);
    e->seed = csv_in_cell(csv, row, s->seed);
    e->hash = csv_in_cell(csv, row, s->hash);
    e->line = csv->line[row];
    e->optimal = strcasecmp(csv_in_cell(csv, row, s->status), "optimal") == 0;
    for (size_t i = 0; i < 4; i++)
        if (!bench_number(numbers[i], csv_in_cell(csv, row, columns[i]))) {
            textbuf_printf(problem, "%s:%zu: %s \"%s\" is no number", s->path, e->line,
                           csv->column[columns[i]], csv_in_cell(csv, row, columns[i]));
            return 0;
        }
    return 1;
}

static cli_exit load_source(gathering *g, const char *path)
{
    textbuf problem = {0};
    source *s = &g->source[g->sources++];
    cli_exit code = CLI_BAD_INPUT;
    s->path = path;
    csv_in_result result = csv_in_load(&s->csv, path, 1, &problem);
    if (result == CSV_IN_OK && find_columns(s, g, &problem)) {
        const size_t most = g->entries + s->csv.rows + 1;
        entry *more = realloc(g->entry, most * sizeof *more);
        if (more) {
            g->entry = more;
            code = CLI_OK;
        } else {
            result = CSV_IN_MEMORY;
        }
    }
    for (size_t row = 0; code == CLI_OK && row < s->csv.rows; row++) {
        entry *e = &g->entry[g->entries++];
        *e = (entry){.file = g->sources - 1};
        if (!read_entry(e, s, row, &problem))
            code = CLI_BAD_INPUT;
    }
    if (result == CSV_IN_MEMORY)
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    else if (code != CLI_OK)
        cli_fail_own(code,
                     "%s\n  hint: expected a result of 'quaywright bench --csv', or a CSV "
                     "with such columns, see 'quaywright help bench'",
                     problem.data);
    textbuf_free(&problem);
    return code;
}

/* --- bringing together --- */

static int by_problem(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = strcmp(x->instance, y->instance);
    if (order == 0)
        order = strcmp(x->seed, y->seed);
    if (order == 0)
        order = (x->file > y->file) - (x->file < y->file);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* One row a file and problem; one instance a name. */
static cli_exit check_entries(const gathering *g)
{
    const entry *hashed = NULL;
    for (size_t i = 0; i < g->entries; i++) {
        const entry *e = &g->entry[i], *before = i > 0 ? e - 1 : NULL;
        if (before && strcmp(before->instance, e->instance) != 0)
            hashed = NULL;
        if (before && before->file == e->file && strcmp(before->seed, e->seed) == 0 &&
            strcmp(before->instance, e->instance) == 0)
            return cli_fail_own(CLI_BAD_INPUT,
                                "%s:%zu: instance %s with seed %s stands in line %zu already",
                                g->source[e->file].path, e->line, e->instance,
                                *e->seed ? e->seed : "(none)", before->line);
        if (*e->hash && hashed && strcmp(e->hash, hashed->hash) != 0)
            return cli_fail_own(CLI_BAD_INPUT,
                                "%s:%zu: instance %s is not the one of %s:%zu (instance_hash %s "
                                "there, %s here)",
                                g->source[e->file].path, e->line, e->instance,
                                g->source[hashed->file].path, hashed->line, hashed->hash, e->hash);
        if (*e->hash)
            hashed = e;
    }
    return CLI_OK;
}

/* The least value that anybody has of an instance, listed ones included; NAN if nobody has one. */
static double target_of(const entry *first, const entry *end)
{
    double target = (double)NAN;
    for (const entry *e = first; e < end; e++) {
        if (!isnan(e->value) && (isnan(target) || e->value < target))
            target = e->value;
        if (!isnan(e->best_known) && (isnan(target) || e->best_known < target))
            target = e->best_known;
    }
    return target;
}

/* Values are compared with six digits more than anybody publishes. */
static int reaches(double value, double target)
{
    return value <= target + 1e-9 * (fabs(target) > 1 ? fabs(target) : 1);
}

static double gap_pct(double value, double target)
{
    if (reaches(value, target))
        return 0;
    return target == 0 ? -1 : 100 * (value - target) / fabs(target);
}

static double cost_of(const gathering *g, const entry *e, double target)
{
    const double least = bench_clock_least(g->a);
    double cost = e->clock;
    if (g->measure == MEASURE_GAP)
        return isnan(e->value) ? -1 : gap_pct(e->value, target);
    if (g->measure == MEASURE_PROOF && !e->optimal)
        return -1;
    if (g->measure == MEASURE_BEST) {
        if (isnan(e->value) || !reaches(e->value, target))
            return -1;
        if (!isnan(e->value_s) && e->value_s >= 0)
            cost = e->value_s;
    }
    return isnan(cost) || cost < 0 ? -1 : cost < least ? least : cost;
}

/* The entries of one instance: a problem for each of their seeds. */
static void add_instance(bench_results *r, const gathering *g, const entry *first, const entry *end)
{
    const double target = target_of(first, end);
    int seeded = 0;
    for (const entry *e = first; e < end; e++)
        seeded = seeded || *e->seed;
    for (const entry *e = first; e < end; e++) {
        if (seeded && !*e->seed)
            continue; /* stands for every seed, below */
        if (e == first || strcmp(e->seed, e[-1].seed) != 0)
            r->problems++;
        bench_result *row = r->cell + (r->problems - 1) * r->files;
        row[e->file] = (bench_result){1, cost_of(g, e, target)};
        for (const entry *o = first; seeded && o < end && !*o->seed; o++)
            if (!row[o->file].given)
                row[o->file] = (bench_result){1, cost_of(g, o, target)};
    }
}

static cli_exit join(bench_results *r, gathering *g)
{
    qsort(g->entry, g->entries, sizeof *g->entry, by_problem);
    cli_exit code = check_entries(g);
    if (code != CLI_OK)
        return code;
    r->cell = calloc(g->entries * r->files + 1, sizeof *r->cell);
    if (!r->cell)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    for (size_t i = 0, end; i < g->entries; i = end) {
        for (end = i;
             end < g->entries && strcmp(g->entry[end].instance, g->entry[i].instance) == 0;)
            end++;
        add_instance(r, g, &g->entry[i], &g->entry[end]);
    }
    if (r->problems == 0)
        return cli_fail_own(CLI_BAD_INPUT, "the result files hold no row");
    return CLI_OK;
}

cli_exit bench_results_load(bench_results *out, const args *a, bench_measure measure)
{
    gathering g = {.a = a, .measure = measure};
    cli_exit code = CLI_OK;
    *out = (bench_results){.files = a->operand_count};
    if (!bench_series_names(out->file, a))
        code = cli_fail_own(CLI_INTERNAL, "out of memory");
    for (size_t i = 0; i < a->operand_count && code == CLI_OK; i++)
        code = load_source(&g, a->operand[i]);
    if (code == CLI_OK)
        code = join(out, &g);
    for (size_t i = 0; i < g.sources; i++)
        csv_in_free(&g.source[i].csv);
    free(g.entry);
    if (code != CLI_OK)
        bench_results_free(out);
    return code;
}

void bench_results_free(bench_results *r)
{
    for (size_t i = 0; i < CHART_SERIES_MAX; i++)
        free(r->file[i]);
    free(r->cell);
    *r = (bench_results){0};
}
