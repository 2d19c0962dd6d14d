/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a benchmark found by groups of instances, as papers report it: how many are proven, the gap,
 * the distance to the best known value, processor time; and by name what is new, or cannot be. A
 * group is all instances whose names differ in the number behind the last '-' or '_'. Solves
 * nothing.
 */
#include "cli/bench.h"

#include "cli/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sum with its largest member. */
typedef struct spread {
    size_t count;
    double sum, most;
} spread;

typedef struct group {
    size_t runs, solved, proven, better;
    spread gap_pct, over_pct;
    double *cpu_s; /* [runs] */
} group;

/* Length of the name without "-07"; all of it if it does not end so. */
static size_t stem(const char *name)
{
    size_t length = strlen(name), digits = length;
    while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9')
        digits--;
    if (digits < length && digits > 1 && (name[digits - 1] == '-' || name[digits - 1] == '_'))
        return digits - 1;
    return length;
}

static int same_group(const char *a, const char *b)
{
    const size_t length = stem(a);
    return stem(b) == length && strncmp(a, b, length) == 0;
}

static void spread_add(spread *s, double value)
{
    s->most = s->count == 0 || value > s->most ? value : s->most;
    s->sum += value;
    s->count++;
}

/* --- one row --- */

static int best_of(int64_t *best_mu, const bench_row *row)
{
    return row->cost_mu != QWR_UNSET && number_milli(best_mu, row->best_known);
}

static int is_better(const bench_row *row)
{
    int64_t best_mu;
    return best_of(&best_mu, row) && row->checked && row->cost_mu < best_mu;
}

static void group_add(group *g, const bench_row *row)
{
    double gap_pct;
    int64_t best_mu;
    g->cpu_s[g->runs++] = (double)row->cpu_us / 1e6;
    g->solved += row->cost_mu != QWR_UNSET;
    g->proven += strcmp(row->status, "optimal") == 0;
    g->better += is_better(row) ? 1 : 0;
    if (bench_row_gap(&gap_pct, row))
        spread_add(&g->gap_pct, gap_pct);
    if (best_of(&best_mu, row) && (best_mu != 0 || row->cost_mu == 0))
        spread_add(&g->over_pct,
                   best_mu == 0 ? 0
                                : 100 * ((double)row->cost_mu - (double)best_mu) / (double)best_mu);
}

/* --- the table --- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void spread_cells(table *t, const spread *s)
{
    if (s->count == 0) {
        table_cell(t, NULL);
        table_cell(t, NULL);
        return;
    }
    table_double(t, s->sum / (double)s->count, 4);
    table_double(t, s->most, 4);
}

static void group_row(table *t, const char *name, group *g)
{
    const size_t n = g->runs;
    table_cell(t, name);
    table_int(t, (int64_t)n);
    table_int(t, (int64_t)g->solved);
    table_int(t, (int64_t)g->proven);
    spread_cells(t, &g->gap_pct);
    spread_cells(t, &g->over_pct);
    table_int(t, (int64_t)g->better);
    qsort(g->cpu_s, n, sizeof *g->cpu_s, by_size);
    table_double(t, n % 2 ? g->cpu_s[n / 2] : (g->cpu_s[n / 2 - 1] + g->cpu_s[n / 2]) / 2, 4);
    table_double(t, g->cpu_s[n - 1], 4);
}

/* The rows from `first` on that belong to its group, or all. */
static int add_group(table *t, const bench_rows *rows, size_t first, int all)
{
    char name[256];
    group g = {.cpu_s = malloc(rows->count * sizeof *g.cpu_s)};
    if (!g.cpu_s)
        return 0;
    for (size_t i = first; i < rows->count; i++)
        if (all || same_group(rows->item[first].instance, rows->item[i].instance))
            group_add(&g, &rows->item[i]);
    snprintf(name, sizeof name, "%.*s", (int)stem(rows->item[first].instance),
             rows->item[first].instance);
    group_row(t, all ? "all" : name, &g);
    free(g.cpu_s);
    return 1;
}

/* Is this row the first of its group? */
static int begins(const bench_rows *rows, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_group(rows->item[i].instance, rows->item[at].instance))
            return 0;
    return 1;
}

static void add_table(textbuf *out, const bench_rows *rows, size_t groups)
{
    static const char *const heading[] = {"group",      "runs",         "solved",      "proven",
                                          "mean gap %", "max gap %",    "mean over %", "max over %",
                                          "better",     "median cpu s", "max cpu s"};
    table t;
    int fine = 1;
    table_begin(&t, "lrrrrrrrrrr", heading);
    for (size_t i = 0; i < rows->count && fine; i++)
        if (begins(rows, i))
            fine = add_group(&t, rows, i, 0);
    if (groups > 1 && fine)
        fine = add_group(&t, rows, 0, 1);
    textbuf_add(out, "\n");
    if (fine)
        table_print(out, &t, 0);
    table_free(&t);
}

void bench_rows_groups(textbuf *out, const bench_rows *rows)
{
    size_t groups = 0;
    for (size_t i = 0; i < rows->count; i++)
        groups += begins(rows, i) ? 1 : 0;
    if (groups < rows->count) /* else the table of rows says it all */
        add_table(out, rows, groups);
}

/* --- by name --- */

/* Is this the best run of its instance, the first of those? */
static int is_best_run(const bench_rows *rows, size_t at)
{
    const bench_row *row = &rows->item[at];
    for (size_t i = 0; i < rows->count; i++) {
        const bench_row *other = &rows->item[i];
        if (strcmp(other->instance, row->instance) == 0 && strcmp(other->hash, row->hash) == 0 &&
            other->cost_mu != QWR_UNSET &&
            (other->cost_mu < row->cost_mu || (other->cost_mu == row->cost_mu && i < at)))
            return 0;
    }
    return 1;
}

void bench_rows_news(textbuf *out, const bench_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const bench_row *row = &rows->item[i];
        char value[32], bound[32];
        int64_t best_mu;
        if (!best_of(&best_mu, row))
            continue;
        qwr_value_text(value, sizeof value, row->cost_mu);
        if (is_better(row) && is_best_run(rows, i))
            textbuf_printf(
                out, "%s: %s is below the best known %s%s\n", row->instance, value, row->best_known,
                strcmp(row->best_known_proven, "1") == 0 ? ", WHICH IS SAID TO BE PROVEN OPTIMAL"
                                                         : "");
        if (row->bound_mu == QWR_UNSET || row->bound_mu <= best_mu)
            continue;
        qwr_value_text(bound, sizeof bound, row->bound_mu);
        textbuf_printf(out, "%s: THE BOUND %s IS ABOVE THE BEST KNOWN %s\n", row->instance, bound,
                       row->best_known);
    }
}
