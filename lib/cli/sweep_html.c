/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of a sweep: a row of small charts for each key figure, one for each variation, and the
 * table of paired differences. One file, no script, no network; light, dark and print. Holds no
 * path and no run time.
 */
#include "cli/sweep_chart.h"

#include <math.h>
#include <stdio.h>

/* A page that opens at once; a table of thousands is for programs. */
enum { ROWS_MAX = 500 };

#define LIGHT                                                                                      \
    "--paper:#fff;--page:#f4f6f8;--ink:#14202b;--soft:#566573;--line:#d5dce3;--faint:#eaeef2;"     \
    "--mean:#0b5c8a;--band:#0b5c8a26;--thin:#8fa3b3;--good:#1d7a4c;--bad:#b3123f;--warn:#8a5a00;"
#define DARK                                                                                       \
    "--paper:#161d24;--page:#0e1318;--ink:#e6edf3;--soft:#9aa8b5;--line:#313c47;--faint:#222b34;"  \
    "--mean:#6cb8e6;--band:#6cb8e62e;--thin:#55687a;--good:#5fd39a;--bad:#ff7d9c;--warn:#e8b13a;"

static const char style[] =
    ":root{color-scheme:light dark;" LIGHT "}\n"
    "@media (prefers-color-scheme:dark){:root{" DARK "}}\n"
    "@media print{:root{color-scheme:light;" LIGHT "}body{background:none}"
    "section,tr{break-inside:avoid}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--page);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"
    "\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif}\n"
    "main{max-width:1240px;margin:0 auto;padding:28px 24px 48px}\n"
    "h1{font-size:26px;line-height:1.2;margin:0 0 6px}\n"
    "header p{margin:2px 0;color:var(--soft)}header code{font-size:12.5px}\n"
    "section{background:var(--paper);border:1px solid var(--line);border-radius:10px;"
    "padding:14px 18px;margin:18px 0}\n"
    "h2{font-size:16px;margin:0 0 2px}h2 small{font-weight:400;color:var(--soft);font-size:13px}\n"
    ".charts{display:flex;flex-wrap:wrap;gap:10px 22px;margin-top:8px}\n"
    ".charts svg{width:340px;max-width:100%;height:auto;font-size:10.5px;fill:var(--ink)}\n"
    "svg .gd{stroke:var(--faint)}svg .tk{stroke:var(--line)}\n"
    "svg .ax{text-anchor:end;fill:var(--soft)}svg .tx{text-anchor:middle;fill:var(--soft)}\n"
    "svg .xn{text-anchor:middle;font-weight:600}\n"
    "svg .ci{fill:var(--band)}svg .mn{fill:none;stroke:var(--mean);stroke-width:2}\n"
    "svg .th{fill:none;stroke:var(--thin);stroke-width:.8;opacity:.7}\n"
    "svg .pt circle{fill:var(--mean)}svg .wh{stroke:var(--mean);stroke-width:1.2}\n"
    "svg .bs circle{fill:var(--paper);stroke:var(--mean);stroke-width:2}\n"
    ".table{overflow-x:auto}table{border-collapse:collapse;font-size:13px;width:100%;"
    "font-variant-numeric:tabular-nums}\n"
    "th,td{padding:4px 12px;border-bottom:1px solid var(--faint);text-align:right;"
    "white-space:nowrap}\n"
    "th{color:var(--soft);font-weight:600;font-size:12px}\n"
    "th:first-child,td:first-child{text-align:left}\n"
    "tr.base td{background:var(--faint);font-weight:600}\n"
    ".good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}\n"
    ".tell{font-weight:600}.warn{color:var(--warn)}\n"
    "details summary{cursor:pointer;color:var(--soft);margin-top:8px}\n"
    "footer{color:var(--soft);font-size:12.5px}\n";

static void head(textbuf *out, const sweep_compare *c)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(c->design.base);
    textbuf_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width="
                     "device-width, initial-scale=1\">\n<title>What if: ");
    sweep_escape(out, info->name ? info->name : info->id);
    textbuf_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<header>\n<h1>",
                   style);
    sweep_escape(out, info->name ? info->name : info->id);
    textbuf_printf(out, "</h1>\n<p>%zu points, %lld replications; planned with <code>",
                   c->design.points, (long long)c->design.replications);
    sweep_escape(out, c->design.options);
    textbuf_printf(out, "</code>, seed %llu</p>\n", (unsigned long long)c->design.seed);
    for (size_t i = 0; i < c->design.count; i++) {
        textbuf_add(out, "<p><code>--vary ");
        sweep_escape(out, c->design.text[i]);
        textbuf_add(out, "</code></p>\n");
    }
    textbuf_add(out, "<p>Baseline: <b>");
    sweep_escape(out, c->label[c->baseline]);
    textbuf_add(out, "</b></p>\n</header>\n");
}

static void warnings(textbuf *out, const sweep_compare *c)
{
    int64_t failed = 0, left = 0, missing = 0;
    for (size_t p = 0; p < c->design.points; p++) {
        failed += c->failed[p];
        left += c->left[p];
        missing += c->missing[p];
    }
    if (missing > 0)
        textbuf_printf(out, "<p class=\"warn\">%lld runs are missing.</p>\n", (long long)missing);
    if (failed > 0)
        textbuf_printf(out, "<p class=\"warn\">%lld runs failed and count nowhere.</p>\n",
                       (long long)failed);
    if (left > 0)
        textbuf_printf(out,
                       "<p class=\"warn\">%lld runs leave calls out; costs, hours and makespan "
                       "count only runs with a place for every call.</p>\n",
                       (long long)left);
}

static void number_cell(textbuf *out, double value, int decimals)
{
    if (isnan(value))
        textbuf_add(out, "<td></td>");
    else
        textbuf_printf(out, "<td>%.*f</td>", decimals, value);
}

static void difference_cell(textbuf *out, const sample *d, const sweep_kpi *kpi)
{
    const char *mark = "";
    if (d->n == 0) {
        textbuf_add(out, "<td></td>");
        return;
    }
    if (sample_tells(d))
        mark = kpi->better == 0 ? "tell" : (d->mean > 0) == (kpi->better > 0) ? "good" : "bad";
    textbuf_printf(out, "<td class=\"%s\">%+.*f", mark, kpi->decimals, d->mean);
    if (!isnan(d->half))
        textbuf_printf(out, " \302\261 %.*f%s", kpi->decimals, d->half, mark[0] ? " *" : "");
    textbuf_add(out, "</td>");
}

static void rows(textbuf *out, const sweep_compare *c, size_t k)
{
    const sweep_kpi *kpi = sweep_kpi_at(c->kpi[k]);
    for (size_t p = 0; p < c->design.points && p < ROWS_MAX; p++) {
        const sample mean = sweep_compare_mean(c, k, p);
        const sample d = sweep_compare_difference(c, k, p);
        textbuf_printf(out, "<tr%s><td>", p == c->baseline ? " class=\"base\"" : "");
        sweep_escape(out, c->label[p]);
        textbuf_printf(out, "</td><td>%zu</td>", mean.n);
        number_cell(out, mean.mean, kpi->decimals);
        number_cell(out, mean.half, kpi->decimals);
        number_cell(out, mean.sd, kpi->decimals);
        if (p == c->baseline)
            textbuf_add(out, "<td>baseline</td>");
        else
            difference_cell(out, &d, kpi);
        textbuf_add(out, "</tr>\n");
    }
}

static void figure(textbuf *out, const sweep_compare *c, size_t k)
{
    const sweep_range range = sweep_chart_range(c, k);
    const sweep_kpi *kpi = sweep_kpi_at(c->kpi[k]);
    textbuf_printf(out, "<section>\n<h2>%s <small>%s%s%s</small></h2>\n<div class=\"charts\">\n",
                   kpi->name, kpi->sentence, kpi->unit[0] ? ", in " : "", kpi->unit);
    for (size_t i = 0; i < c->design.count; i++)
        if (qwr_variation_levels(c->design.variation[i]) > 1 || c->design.points == 1)
            sweep_chart(out, c, k, i, range);
    textbuf_printf(out,
                   "</div>\n<details%s><summary>%zu points, compared with the baseline</summary>\n"
                   "<div class=\"table\"><table>\n<thead><tr><th>levels</th><th>runs</th><th>mean"
                   "</th><th>\302\261</th><th>sd</th><th>difference, paired</th></tr></thead>\n"
                   "<tbody>\n",
                   c->design.points <= 24 ? " open" : "", c->design.points);
    rows(out, c, k);
    textbuf_add(out, "</tbody>\n</table></div>");
    if (c->design.points > ROWS_MAX)
        textbuf_printf(out, "<p class=\"warn\">The first %d of %zu points; --csv writes all.</p>",
                       ROWS_MAX, c->design.points);
    textbuf_add(out, "</details>\n</section>\n");
}

void sweep_html(textbuf *out, const sweep_compare *c)
{
    head(out, c);
    warnings(out, c);
    for (size_t k = 0; k < c->kpis; k++)
        figure(out, c, k);
    textbuf_printf(
        out,
        "<footer>\n<p>Charts: mean over the replications with its %g %% confidence band (Student's "
        "t); the ring is the level of the baseline. With several variations a chart averages over "
        "the others; thin lines are their combinations, where they are few. Differences are paired "
        "replication by replication, with the same luck at every point; * and colour: told from "
        "0, green for better.</p>\n</footer>\n</main>\n</body>\n</html>\n",
        100 * c->confidence);
}
