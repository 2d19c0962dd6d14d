/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a benchmark as CSV, table, JSON and summary. The columns of the CSV are a promise, see
 * `help bench`. Solves nothing.
 */
#include "cli/bench.h"

#include "cli/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The columns that are text, shared by CSV, table and JSON. */
typedef struct row_text {
    const char *problem;
    char value[32], bound[32], gap_pct[32], value_s[32];
} row_text;

int bench_rows_add(bench_rows *rows, const bench_row *row)
{
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? 2 * rows->capacity : 64;
        bench_row *item = realloc(rows->item, capacity * sizeof *item);
        if (!item)
            return 0;
        rows->item = item;
        rows->capacity = capacity;
    }
    rows->item[rows->count++] = *row;
    return 1;
}

void bench_rows_free(bench_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->item[i].instance);
    free(rows->item);
    rows->item = NULL;
    rows->count = rows->capacity = 0;
}

const char *bench_problem_name(qwr_format format)
{
    switch (format) {
    case QWR_FORMAT_DBAP_TEXT:
        return "dbap";
    case QWR_FORMAT_HYBRID_JSON:
        return "bap-hybrid";
    case QWR_FORMAT_CSBAP_TEXT:
        return "bap-continuous";
    case QWR_FORMAT_TIDAL_CSV:
        return "bap-tidal";
    case QWR_FORMAT_XML:
        return "berth";
    default:
        return "";
    }
}

int bench_row_gap(double *gap_pct, const bench_row *row)
{
    if (row->cost_mu == QWR_UNSET || row->bound_mu == QWR_UNSET)
        return 0;
    if (row->cost_mu == row->bound_mu) {
        *gap_pct = 0;
        return 1;
    }
    if (row->cost_mu == 0)
        return 0;
    *gap_pct = 100 * ((double)row->cost_mu - (double)row->bound_mu) / (double)row->cost_mu;
    return 1;
}

static row_text text_of(const bench_row *row)
{
    row_text text = {.problem = bench_problem_name(row->format)};
    double gap_pct = 0;
    if (row->cost_mu != QWR_UNSET)
        qwr_value_text(text.value, sizeof text.value, row->cost_mu);
    if (row->bound_mu != QWR_UNSET)
        qwr_value_text(text.bound, sizeof text.bound, row->bound_mu);
    if (bench_row_gap(&gap_pct, row))
        snprintf(text.gap_pct, sizeof text.gap_pct, "%.4f", gap_pct);
    if (row->value_us >= 0)
        snprintf(text.value_s, sizeof text.value_s, "%.4f", (double)row->value_us / 1e6);
    return text;
}

void bench_rows_csv(textbuf *out, const bench_rows *rows)
{
    textbuf_add(out, "instance,problem,value,bound,gap_pct,status,best_known,best_known_proven,"
                     "cpu_s,wall_s,threads,seed,work,checked,version,machine,instance_hash,"
                     "value_s\n");
    for (size_t i = 0; i < rows->count; i++) {
        const bench_row *row = &rows->item[i];
        row_text text = text_of(row);
        textbuf_csv(out, row->instance);
        textbuf_printf(out, ",%s,%s,%s,%s,%s,", text.problem, text.value, text.bound, text.gap_pct,
                       row->status);
        textbuf_csv(out, row->best_known);
        textbuf_add(out, ",");
        textbuf_csv(out, row->best_known_proven);
        textbuf_printf(out, ",%.4f,%.4f,%d,%llu,%lld,%d,%s,", (double)row->cpu_us / 1e6,
                       (double)row->wall_us / 1e6, rows->threads, (unsigned long long)row->seed,
                       (long long)row->work, row->checked, qwr_version());
        textbuf_csv(out, rows->machine);
        textbuf_printf(out, ",%s,%s\n", row->hash, text.value_s);
    }
}

void bench_rows_table(textbuf *out, const bench_rows *rows)
{
    static const char *const heading[] = {
        "instance", "problem", "value",  "bound", "gap %", "status",  "best",
        "proven",   "cpu s",   "wall s", "seed",  "work",  "checked", "instance hash"};
    table t;
    table_begin(&t, "llrrrlrrrrrrrl", heading);
    for (size_t i = 0; i < rows->count; i++) {
        const bench_row *row = &rows->item[i];
        row_text text = text_of(row);
        table_cell(&t, row->instance);
        table_cell(&t, text.problem);
        table_cell(&t, text.value);
        table_cell(&t, text.bound);
        table_cell(&t, text.gap_pct);
        table_cell(&t, row->status);
        table_cell(&t, row->best_known);
        table_cell(&t, row->best_known_proven);
        table_double(&t, (double)row->cpu_us / 1e6, 4);
        table_double(&t, (double)row->wall_us / 1e6, 4);
        table_int(&t, (int64_t)row->seed);
        table_int(&t, row->work);
        table_cell(&t, row->checked ? "yes" : "NO");
        table_cell(&t, row->hash);
    }
    table_print(out, &t, 0);
    table_free(&t);
}

static void number_or_null(json_out *json, const char *key, const char *digits)
{
    int64_t milli;
    if (number_milli(&milli, digits))
        json_milli(json, key, milli);
    else
        json_null(json, key);
}

void bench_rows_json(json_out *json, const bench_rows *rows)
{
    json_list(json, NULL);
    for (size_t i = 0; i < rows->count; i++) {
        const bench_row *row = &rows->item[i];
        row_text text = text_of(row);
        double gap_pct = 0;
        json_object(json, NULL);
        json_string(json, "instance", row->instance);
        json_string(json, "problem", text.problem);
        number_or_null(json, "value", text.value);
        number_or_null(json, "bound", text.bound);
        if (bench_row_gap(&gap_pct, row))
            json_double(json, "gap_pct", gap_pct, 4);
        else
            json_null(json, "gap_pct");
        json_string(json, "status", row->status);
        number_or_null(json, "best_known", row->best_known);
        number_or_null(json, "best_known_proven", row->best_known_proven);
        json_double(json, "cpu_s", (double)row->cpu_us / 1e6, 4);
        json_double(json, "wall_s", (double)row->wall_us / 1e6, 4);
        json_int(json, "threads", rows->threads);
        json_int(json, "seed", (int64_t)row->seed);
        json_int(json, "work", row->work);
        json_int(json, "checked", row->checked);
        json_string(json, "version", qwr_version());
        json_string(json, "machine", rows->machine);
        json_string(json, "instance_hash", *row->hash ? row->hash : NULL);
        number_or_null(json, "value_s", text.value_s);
        json_object_end(json);
    }
    json_list_end(json);
}

void bench_rows_summary(textbuf *out, const bench_rows *rows)
{
    size_t solved = 0, proven = 0, gaps = 0, known = 0, matched = 0, better = 0, unchecked = 0;
    double gap_sum = 0, gap_pct = 0;
    int64_t best_mu;
    for (size_t i = 0; i < rows->count; i++) {
        const bench_row *row = &rows->item[i];
        size_t has_value = row->cost_mu != QWR_UNSET;
        solved += has_value;
        unchecked += has_value && !row->checked ? 1 : 0;
        proven += strcmp(row->status, "optimal") == 0;
        if (bench_row_gap(&gap_pct, row)) {
            gaps++;
            gap_sum += gap_pct;
        }
        if (number_milli(&best_mu, row->best_known)) {
            known++;
            matched += has_value && row->cost_mu == best_mu ? 1 : 0;
            better += has_value && row->cost_mu < best_mu ? 1 : 0;
        }
    }
    textbuf_printf(out, "\n%zu runs: %zu solved, %zu proven optimal", rows->count, solved, proven);
    if (gaps > 0)
        textbuf_printf(out, ", mean gap %.4f %% over %zu", gap_sum / (double)gaps, gaps);
    if (known > 0)
        textbuf_printf(out, "; best known: %zu of %zu matched, %zu better", matched, known, better);
    textbuf_add(out, "\n");
    if (unchecked > 0)
        textbuf_printf(out, "THE CHECKER REJECTS %zu PLANS\n", unchecked);
    textbuf_printf(out, "%s, %d threads, version %s\n", rows->machine, rows->threads,
                   qwr_version());
}
