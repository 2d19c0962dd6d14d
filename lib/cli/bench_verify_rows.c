/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of `bench --verify` as CSV, table with summary, and JSON. The columns of the CSV are a
 * promise, see `help bench`. Checks nothing.
 */
#include "cli/bench_verify.h"

#include "cli/number.h"

#include <quaywright/quaywright.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct row_text {
    char value[32], claimed[32], over_best_pct[32];
    const char *claim;
} row_text;

int verify_rows_add(verify_rows *rows, const verify_row *row)
{
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? 2 * rows->capacity : 64;
        verify_row *item = realloc(rows->item, capacity * sizeof *item);
        if (!item)
            return 0;
        rows->item = item;
        rows->capacity = capacity;
    }
    rows->item[rows->count++] = *row;
    return 1;
}

void verify_row_free(verify_row *row)
{
    free(row->instance);
    free(row->solution);
    free(row->message);
}

void verify_rows_free(verify_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        verify_row_free(&rows->item[i]);
    free(rows->item);
    *rows = (verify_rows){0};
}

/* 100 (value - best) / best: negative where the solution is better. */
static int over_best(double *pct, const verify_row *row)
{
    int64_t best_mu;
    if (row->value_mu == QWR_UNSET || !number_milli(&best_mu, row->best_known))
        return 0;
    if (row->value_mu != best_mu && best_mu == 0)
        return 0;
    *pct = row->value_mu == best_mu
               ? 0
               : 100 * ((double)row->value_mu - (double)best_mu) / (double)best_mu;
    return 1;
}

static row_text text_of(const verify_row *row)
{
    row_text text = {.claim = row->claim_holds < 0 ? "" : row->claim_holds ? "1" : "0"};
    double pct;
    if (row->value_mu != QWR_UNSET)
        qwr_value_text(text.value, sizeof text.value, row->value_mu);
    if (row->claimed_mu != QWR_UNSET)
        qwr_value_text(text.claimed, sizeof text.claimed, row->claimed_mu);
    if (over_best(&pct, row))
        snprintf(text.over_best_pct, sizeof text.over_best_pct, "%.4f", pct);
    return text;
}

void verify_rows_csv(textbuf *out, const verify_rows *rows)
{
    textbuf_add(out, "instance,problem,solution,status,value,claimed,claim_holds,best_known,"
                     "best_known_proven,over_best_pct,violations,rule,message,version,"
                     "instance_hash\n");
    for (size_t i = 0; i < rows->count; i++) {
        const verify_row *row = &rows->item[i];
        row_text text = text_of(row);
        textbuf_csv(out, row->instance);
        textbuf_printf(out, ",%s,", row->problem);
        textbuf_csv(out, row->solution ? row->solution : "");
        textbuf_printf(out, ",%s,%s,%s,%s,", row->status, text.value, text.claimed, text.claim);
        textbuf_csv(out, row->best_known);
        textbuf_add(out, ",");
        textbuf_csv(out, row->best_known_proven);
        textbuf_printf(out, ",%s,%zu,%s,", text.over_best_pct, row->violations, row->rule);
        textbuf_csv(out, row->message ? row->message : "");
        textbuf_printf(out, ",%s,%s\n", qwr_version(), row->hash);
    }
}

static void summary(textbuf *out, const verify_rows *rows)
{
    size_t legal = 0, broken = 0, unread = 0, claims = 0, hold = 0, known = 0, matched = 0;
    size_t better = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const verify_row *row = &rows->item[i];
        double pct;
        int is_legal = strcmp(row->status, "legal") == 0;
        legal += is_legal ? 1 : 0;
        broken += strcmp(row->status, "broken") == 0;
        claims += row->claim_holds >= 0;
        hold += row->claim_holds == 1;
        if (is_legal && over_best(&pct, row)) {
            known++;
            matched += pct == 0;
            better += pct < 0;
        }
    }
    unread = rows->count - legal - broken;
    textbuf_printf(out, "\n%zu solutions: %zu legal, %zu broken, %zu missing or unreadable",
                   rows->count, legal, broken, unread);
    if (claims > 0)
        textbuf_printf(out, "; %zu of %zu claims hold", hold, claims);
    if (known > 0)
        textbuf_printf(out, "; best known: %zu of %zu matched, %zu better", matched, known, better);
    textbuf_printf(out, "\nChecked by version %s\n", qwr_version());
}

void verify_rows_table(textbuf *out, const verify_rows *rows)
{
    static const char *const heading[] = {"instance", "problem",      "status", "value",
                                          "claimed",  "best",         "proven", "over %",
                                          "broken",   "what is wrong"};
    table t;
    table_begin(&t, "lllrrrrrrl", heading);
    for (size_t i = 0; i < rows->count; i++) {
        const verify_row *row = &rows->item[i];
        row_text text = text_of(row);
        table_cell(&t, row->instance);
        table_cell(&t, row->problem);
        table_cell(&t, row->status);
        table_cell(&t, text.value);
        table_cell(&t, text.claimed);
        table_cell(&t, row->best_known);
        table_cell(&t, row->best_known_proven);
        table_cell(&t, text.over_best_pct);
        table_int(&t, (int64_t)row->violations);
        table_cell(&t, row->message);
    }
    table_print(out, &t, 0);
    table_free(&t);
    summary(out, rows);
}

static void number_or_null(json_out *json, const char *key, const char *digits)
{
    int64_t milli;
    if (number_milli(&milli, digits))
        json_milli(json, key, milli);
    else
        json_null(json, key);
}

void verify_rows_json(json_out *json, const verify_rows *rows)
{
    json_list(json, NULL);
    for (size_t i = 0; i < rows->count; i++) {
        const verify_row *row = &rows->item[i];
        row_text text = text_of(row);
        double pct;
        json_object(json, NULL);
        json_string(json, "instance", row->instance);
        json_string(json, "problem", row->problem);
        json_string(json, "solution", row->solution);
        json_string(json, "status", row->status);
        number_or_null(json, "value", text.value);
        number_or_null(json, "claimed", text.claimed);
        if (row->claim_holds < 0)
            json_null(json, "claim_holds");
        else
            json_bool(json, "claim_holds", row->claim_holds);
        number_or_null(json, "best_known", row->best_known);
        number_or_null(json, "best_known_proven", row->best_known_proven);
        if (over_best(&pct, row))
            json_double(json, "over_best_pct", pct, 4);
        else
            json_null(json, "over_best_pct");
        json_int(json, "violations", (int64_t)row->violations);
        json_string(json, "rule", *row->rule ? row->rule : NULL);
        json_string(json, "message", row->message);
        json_string(json, "version", qwr_version());
        json_string(json, "instance_hash", *row->hash ? row->hash : NULL);
        json_object_end(json);
    }
    json_list_end(json);
}
