/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The comparison of a sweep: key figures read from the store, summed up by point and by level, and
 * compared with a baseline replication by replication. Knows no output format.
 */
#include "cli/sweep_compare.h"

#include "cli/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KPI_MAX = 32, NAME = 48 };

static const char default_kpis[] = "value,unplaced,late,wait_hours,berth_use_pct,crane_use_pct";

/* --- what was asked for ---------------------------------------------------------------------- */

static cli_exit choose_kpi(sweep_compare *c, const char *name)
{
    const char *names[KPI_MAX];
    size_t count = 0;
    for (; sweep_kpi_at(count); count++) {
        names[count] = sweep_kpi_at(count)->name;
        if (strcmp(names[count], name) != 0)
            continue;
        for (size_t i = 0; i < c->kpis; i++)
            if (c->kpi[i] == count)
                return CLI_OK;
        c->kpi[c->kpis++] = count;
        return CLI_OK;
    }
    const size_t near = word_nearest(name, names, count);
    if (near < count)
        return cli_usage("sweep", "there is no key figure \"%s\"; did you mean \"%s\"?", name,
                         names[near]);
    return cli_usage("sweep", "there is no key figure \"%s\"; see 'quaywright help sweep-store'",
                     name);
}

static cli_exit choose_kpis(sweep_compare *c, const char *list)
{
    char name[NAME];
    cli_exit code = CLI_OK;
    if (list && strcmp(list, "all") == 0) {
        for (; sweep_kpi_at(c->kpis); c->kpis++)
            c->kpi[c->kpis] = c->kpis;
        return CLI_OK;
    }
    for (const char *p = list ? list : default_kpis; code == CLI_OK;) {
        const size_t length = strcspn(p, ",");
        snprintf(name, sizeof name, "%.*s", (int)(length < NAME - 1 ? length : NAME - 1), p);
        code = choose_kpi(c, name);
        if (p[length] == '\0')
            break;
        p += length + 1;
    }
    return code;
}

/* `part` names a level: NAME OPERATOR LEVEL, as in the labels. */
static int names_level(const qwr_variation *v, size_t level, const char *part, size_t length)
{
    textbuf text = {0};
    textbuf_printf(&text, "%s%s%s", qwr_variation_name(v), qwr_variation_operator(v),
                   qwr_variation_level_text(v, level));
    const int same = text.data && text.length == length && strncmp(text.data, part, length) == 0;
    textbuf_free(&text);
    return same;
}

/* Levels that the text names; those it leaves open are the first. */
static cli_exit read_levels(const sweep_compare *c, const char *text, uint32_t *wanted)
{
    for (const char *p = text; *p;) {
        const size_t length = strcspn(p, " ;");
        size_t found = 0;
        for (size_t i = 0; i < c->design.count; i++)
            for (size_t l = 0; l < qwr_variation_levels(c->design.variation[i]); l++)
                if (names_level(c->design.variation[i], l, p, length)) {
                    wanted[i] = (uint32_t)l;
                    found++;
                }
        if (length > 0 && found == 0)
            return cli_usage("sweep",
                             "--baseline: there is no level \"%.*s\"; the first point is "
                             "\"%s\"",
                             (int)length, p, c->label[0]);
        p += p[length] ? length + 1 : length;
    }
    return CLI_OK;
}

static cli_exit choose_baseline(sweep_compare *c, const char *text)
{
    const sweep_design *d = &c->design;
    uint32_t wanted[SWEEP_VARIATIONS_MAX] = {0};
    int64_t number;
    if (!text)
        return CLI_OK;
    if (number_int(&number, text)) {
        if (number < 0 || number >= (int64_t)d->points)
            return cli_usage("sweep", "--baseline %s is no point; there are 0 to %zu", text,
                             d->points - 1);
        c->baseline = (size_t)number;
        return CLI_OK;
    }
    cli_exit code = read_levels(c, text, wanted);
    for (size_t p = 0; code == CLI_OK && p < d->points; p++)
        if (memcmp(&d->level[p * d->count], wanted, d->count * sizeof *wanted) == 0) {
            c->baseline = p;
            return CLI_OK;
        }
    return code == CLI_OK
               ? cli_usage("sweep", "no point of this design has the levels \"%s\"", text)
               : code;
}

/* --- runs ------------------------------------------------------------------------------------ */

static cli_exit take(const sweep_run *run, void *payload)
{
    sweep_compare *c = payload;
    const int64_t tasks = sweep_tasks(&c->design);
    if (run->task < 0 || run->task >= tasks)
        return cli_fail_own(CLI_BAD_INPUT, "task %lld is none of this sweep; the store is damaged",
                            (long long)run->task);
    const size_t point = (size_t)(run->task / c->design.replications);
    const int ok = sweep_run_ok(run);
    const int left = ok && run->field[SWEEP_UNPLACED] > 0;
    c->state[run->task] = (char)(!ok ? 3 : left ? 2 : 1);
    c->missing[point]--;
    c->failed[point] += !ok;
    c->left[point] += left;
    for (size_t k = 0; k < c->kpis; k++)
        c->value[k * (size_t)tasks + (size_t)run->task] = sweep_kpi_value(c->kpi[k], run);
    return CLI_OK;
}

static cli_exit make_room(sweep_compare *c)
{
    const size_t tasks = (size_t)sweep_tasks(&c->design), points = c->design.points;
    c->value = calloc(c->kpis * tasks, sizeof *c->value);
    c->state = calloc(tasks, 1);
    c->failed = calloc(points, sizeof *c->failed);
    c->left = calloc(points, sizeof *c->left);
    c->missing = calloc(points, sizeof *c->missing);
    c->label = calloc(points, sizeof(char *));
    if (!c->value || !c->state || !c->failed || !c->left || !c->missing || !c->label)
        return cli_fail_own(CLI_INTERNAL, "out of memory");
    for (size_t i = 0; i < c->kpis * tasks; i++)
        c->value[i] = NAN;
    for (size_t p = 0; p < points; p++) {
        c->missing[p] = c->design.replications;
        c->label[p] = sweep_point_label(&c->design, p, 1);
        if (!c->label[p])
            return cli_fail_own(CLI_INTERNAL, "out of memory");
    }
    return CLI_OK;
}

cli_exit sweep_compare_load(sweep_compare *c, qwr_context *ctx, const args *a)
{
    sweep_store *store = NULL;
    cli_exit code;
    c->confidence = (double)args_int(a, "confidence") / 1e5;
    if (a->operand_count < 2)
        return cli_usage("sweep", "the store is missing: quaywright sweep report STORE");
    code = choose_kpis(c, args_text(a, "kpi"));
    if (code == CLI_OK)
        code = sweep_store_open(&store, a->operand[1], SWEEP_READ);
    if (code == CLI_OK)
        code = sweep_store_get_design(store, ctx, &c->design);
    if (code == CLI_OK)
        code = make_room(c);
    if (code == CLI_OK)
        code = choose_baseline(c, args_text(a, "baseline"));
    if (code == CLI_OK)
        code = sweep_store_each(store, take, c);
    sweep_store_close(store);
    return code;
}

void sweep_compare_free(sweep_compare *c)
{
    for (size_t p = 0; c->label && p < c->design.points; p++)
        free(c->label[p]);
    free(c->label);
    free(c->value);
    free(c->state);
    free(c->failed);
    free(c->left);
    free(c->missing);
    sweep_design_free(&c->design);
}

/* --- figures --------------------------------------------------------------------------------- */

static const double *values_at(const sweep_compare *c, size_t k, size_t point)
{
    return c->value + k * (size_t)sweep_tasks(&c->design) + point * (size_t)c->design.replications;
}

static double *room(const sweep_compare *c)
{
    return calloc((size_t)c->design.replications, sizeof(double));
}

sample sweep_compare_mean(const sweep_compare *c, size_t k, size_t point)
{
    const double *value = values_at(c, k, point);
    double *list = room(c);
    size_t n = 0;
    for (int64_t r = 0; list && r < c->design.replications; r++)
        if (!isnan(value[r]))
            list[n++] = value[r];
    const sample s = sample_of(list, n, c->confidence);
    free(list);
    return s;
}

sample sweep_compare_difference(const sweep_compare *c, size_t k, size_t point)
{
    const double *here = values_at(c, k, point), *there = values_at(c, k, c->baseline);
    double *list = room(c);
    size_t n = 0;
    for (int64_t r = 0; list && r < c->design.replications; r++)
        if (!isnan(here[r]) && !isnan(there[r]))
            list[n++] = here[r] - there[r];
    const sample s = sample_of(list, n, c->confidence);
    free(list);
    return s;
}

/* A replication counts where each point of the level has a value, so that all levels mix the same
 * points. */
sample sweep_compare_level(const sweep_compare *c, size_t k, size_t variation, uint32_t level)
{
    const sweep_design *d = &c->design;
    double *list = room(c);
    size_t n = 0;
    for (int64_t r = 0; list && r < d->replications; r++) {
        double sum = 0;
        size_t points = 0;
        for (size_t p = 0; p < d->points; p++)
            if (d->level[p * d->count + variation] == level) {
                sum += values_at(c, k, p)[r];
                points++;
            }
        if (points > 0 && !isnan(sum))
            list[n++] = sum / (double)points;
    }
    const sample s = sample_of(list, n, c->confidence);
    free(list);
    return s;
}

int sample_tells(const sample *difference)
{
    return difference->n > 1 && fabs(difference->mean) > difference->half;
}
