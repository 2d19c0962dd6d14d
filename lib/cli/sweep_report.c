/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright sweep report: the comparison as a table, CSV, JSON, and a page. Computes nothing of it
 * itself.
 */
#include "cli/sweep_compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *number(char *text, size_t capacity, double value, int decimals)
{
    if (isnan(value))
        return "";
    snprintf(text, capacity, "%.*f", decimals, value);
    return text;
}

/* "12.50 ± 0.31" */
static void cell_mean(table *t, const sample *s, int decimals)
{
    char text[96] = "-";
    if (s->n > 0 && isnan(s->half))
        snprintf(text, sizeof text, "%.*f", decimals, s->mean);
    else if (s->n > 0)
        snprintf(text, sizeof text, "%.*f \302\261 %.*f", decimals, s->mean, decimals, s->half);
    table_cell(t, text);
}

static void cell_difference(table *t, const sample *s, int decimals)
{
    char text[96] = "-";
    if (s->n > 0 && isnan(s->half))
        snprintf(text, sizeof text, "%+.*f", decimals, s->mean);
    else if (s->n > 0)
        snprintf(text, sizeof text, "%+.*f \302\261 %.*f%s", decimals, s->mean, decimals, s->half,
                 sample_tells(s) ? " *" : "");
    table_cell(t, text);
}

static void print_kpi(textbuf *out, const sweep_compare *c, size_t k)
{
    static const char *const heading[] = {"point", "levels", "runs", "mean", "sd", "difference"};
    const sweep_kpi *kpi = sweep_kpi_at(c->kpi[k]);
    table t;
    textbuf_printf(out, "\n%s%s%s%s: %s\n", kpi->name, kpi->unit[0] ? " [" : "", kpi->unit,
                   kpi->unit[0] ? "]" : "", kpi->sentence);
    table_begin(&t, "rlrrrr", heading);
    for (size_t p = 0; p < c->design.points; p++) {
        const sample mean = sweep_compare_mean(c, k, p);
        const sample difference = sweep_compare_difference(c, k, p);
        table_int(&t, (int64_t)p);
        table_cell(&t, c->label[p]);
        table_int(&t, (int64_t)mean.n);
        cell_mean(&t, &mean, kpi->decimals);
        char sd[48];
        table_cell(&t, number(sd, sizeof sd, mean.sd, kpi->decimals));
        if (p == c->baseline)
            table_cell(&t, "baseline");
        else
            cell_difference(&t, &difference, kpi->decimals);
    }
    table_print(out, &t, 2);
    table_free(&t);
}

static void totals(const sweep_compare *c, int64_t *missing, int64_t *failed, int64_t *left)
{
    *missing = *failed = *left = 0;
    for (size_t p = 0; p < c->design.points; p++) {
        *missing += c->missing[p];
        *failed += c->failed[p];
        *left += c->left[p];
    }
}

static void print_failures(textbuf *out, const sweep_compare *c, const char *store)
{
    int64_t missing, failed, left;
    totals(c, &missing, &failed, &left);
    if (missing > 0)
        textbuf_printf(out, "\n%lld of %lld runs are missing; run the sweep to its end\n",
                       (long long)missing, (long long)sweep_tasks(&c->design));
    if (failed > 0)
        textbuf_printf(out,
                       "\n%lld runs failed and count nowhere: quaywright sweep list %s "
                       "--failed\n",
                       (long long)failed, store);
    if (left > 0)
        textbuf_printf(
            out,
            "\n%lld runs leave calls out; costs, hours and makespan count only runs with "
            "a place for every call\n",
            (long long)left);
    for (size_t p = 0; p < c->design.points; p++)
        if (c->failed[p] > 0 || c->left[p] > 0)
            textbuf_printf(out, "  %s: %lld failed, %lld with calls left out\n", c->label[p],
                           (long long)c->failed[p], (long long)c->left[p]);
}

static cli_exit print_text(const sweep_compare *c, const args *a)
{
    textbuf out = {0};
    textbuf_printf(&out, "%s: %zu points, %lld replications, planned with %s, seed %llu\n",
                   qwr_scenario_get_info(c->design.base)->id, c->design.points,
                   (long long)c->design.replications, c->design.options,
                   (unsigned long long)c->design.seed);
    textbuf_printf(&out, "Baseline: %s\n", c->label[c->baseline]);
    for (size_t k = 0; k < c->kpis; k++)
        print_kpi(&out, c, k);
    textbuf_printf(&out,
                   "\n\302\261: %g %% confidence, Student's t. Differences are paired: replication "
                   "by replication,\nwith the same luck at every point. *: told from 0.\n",
                   100 * c->confidence);
    print_failures(&out, c, a->operand[1]);
    if (args_given(a, "html"))
        textbuf_printf(&out, "\nPage: %s\n", args_text(a, "html"));
    return cli_print(&out);
}

/* --- CSV and JSON ---------------------------------------------------------------------------- */

static void csv_number(textbuf *out, double value)
{
    if (isnan(value))
        textbuf_add(out, ",");
    else
        textbuf_printf(out, ",%.6f", value);
}

static void csv_rows(textbuf *out, const sweep_compare *c, size_t k)
{
    const sweep_kpi *kpi = sweep_kpi_at(c->kpi[k]);
    for (size_t p = 0; p < c->design.points; p++) {
        const sample mean = sweep_compare_mean(c, k, p);
        const sample d = sweep_compare_difference(c, k, p);
        textbuf_printf(out, "%s,%s,%zu,", kpi->name, kpi->unit, p);
        textbuf_csv(out, c->label[p]);
        for (size_t i = 0; i < c->design.count; i++) {
            textbuf_add(out, ",");
            textbuf_csv(out, qwr_variation_level_text(c->design.variation[i],
                                                      c->design.level[p * c->design.count + i]));
        }
        textbuf_printf(out, ",%zu", mean.n);
        csv_number(out, mean.mean);
        csv_number(out, mean.sd);
        csv_number(out, mean.half);
        textbuf_printf(out, ",%zu", d.n);
        csv_number(out, d.mean);
        csv_number(out, d.half);
        textbuf_printf(out, ",%d,%lld,%lld,%lld\n", p != c->baseline && sample_tells(&d),
                       (long long)c->failed[p], (long long)c->left[p], (long long)c->missing[p]);
    }
}

static cli_exit write_csv(const sweep_compare *c, qwr_context *ctx, const char *path)
{
    textbuf out = {0};
    textbuf_add(&out, "kpi,unit,point,levels");
    for (size_t i = 0; i < c->design.count; i++) {
        textbuf_add(&out, ",");
        textbuf_csv(&out, qwr_variation_name(c->design.variation[i]));
    }
    textbuf_add(&out, ",runs,mean,sd,half_width,pairs,difference,difference_half_width,significant,"
                      "failed,left_out,missing\n");
    for (size_t k = 0; k < c->kpis; k++)
        csv_rows(&out, c, k);
    cli_exit code = out.failed ? cli_fail_own(CLI_INTERNAL, "out of memory") : CLI_OK;
    if (code == CLI_OK) {
        qwr_status status = qwr_file_write(ctx, path, out.data, out.length);
        code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    }
    textbuf_free(&out);
    return code;
}

static void json_real(json_out *json, const char *key, double value)
{
    if (isnan(value))
        json_null(json, key);
    else
        json_double(json, key, value, 6);
}

static void json_point(json_out *json, const sweep_compare *c, size_t k, size_t p)
{
    const sample mean = sweep_compare_mean(c, k, p);
    const sample d = sweep_compare_difference(c, k, p);
    json_object(json, NULL);
    json_int(json, "point", (int64_t)p);
    json_string(json, "levels", c->label[p]);
    json_int(json, "runs", (int64_t)mean.n);
    json_real(json, "mean", mean.mean);
    json_real(json, "sd", mean.sd);
    json_real(json, "half_width", mean.half);
    json_int(json, "pairs", (int64_t)d.n);
    json_real(json, "difference", d.mean);
    json_real(json, "difference_half_width", d.half);
    json_bool(json, "significant", p != c->baseline && sample_tells(&d));
    json_int(json, "failed", c->failed[p]);
    json_int(json, "left_out", c->left[p]);
    json_int(json, "missing", c->missing[p]);
    json_object_end(json);
}

static cli_exit print_json(const sweep_compare *c)
{
    json_out json = {0};
    json_object(&json, NULL);
    json_string(&json, "scenario", qwr_scenario_get_info(c->design.base)->id);
    json_int(&json, "points", (int64_t)c->design.points);
    json_int(&json, "replications", c->design.replications);
    json_string(&json, "options", c->design.options);
    json_int(&json, "baseline", (int64_t)c->baseline);
    json_double(&json, "confidence", c->confidence, 4);
    json_list(&json, "kpis");
    for (size_t k = 0; k < c->kpis; k++) {
        const sweep_kpi *kpi = sweep_kpi_at(c->kpi[k]);
        json_object(&json, NULL);
        json_string(&json, "name", kpi->name);
        json_string(&json, "unit", kpi->unit);
        json_list(&json, "points");
        for (size_t p = 0; p < c->design.points; p++)
            json_point(&json, c, k, p);
        json_list_end(&json);
        json_object_end(&json);
    }
    json_list_end(&json);
    json_object_end(&json);
    return cli_print(&json.text);
}

static cli_exit write_html(const sweep_compare *c, qwr_context *ctx, const char *path)
{
    textbuf out = {0};
    sweep_html(&out, c);
    cli_exit code = out.failed ? cli_fail_own(CLI_INTERNAL, "out of memory") : CLI_OK;
    if (code == CLI_OK) {
        qwr_status status = qwr_file_write(ctx, path, out.data, out.length);
        code = status ? cli_fail(ctx, status, CLI_WRITING, path) : CLI_OK;
    }
    textbuf_free(&out);
    return code;
}

cli_exit sweep_do_report(qwr_context *ctx, const args *a)
{
    sweep_compare c = {0};
    cli_exit code = sweep_compare_load(&c, ctx, a);
    if (code == CLI_OK && args_given(a, "csv"))
        code = write_csv(&c, ctx, args_text(a, "csv"));
    if (code == CLI_OK && args_given(a, "html"))
        code = write_html(&c, ctx, args_text(a, "html"));
    if (code == CLI_OK)
        code = args_given(a, "json") ? print_json(&c) : print_text(&c, a);
    sweep_compare_free(&c);
    return code;
}
