/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page: one HTML file that needs nothing else, neither network nor fonts, and says so to the
 * browser. Everything that comes from a scenario is escaped, in words and in attributes.
 * Must never hold anything that differs from run to run of the same plan.
 */
#include "report/delta.h"

static void put_title(qwr__text *out, const qwr__sheet *s)
{
    qwr__text_xml(out, s->info->name != NULL ? s->info->name : s->info->id);
}

static void page_head(qwr__text *out, const qwr__sheet *s)
{
    qwr__text_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>Berth plan: ");
    put_title(out, s);
    qwr__text_add(out, "</title>\n<style>\n%s%s%s</style>\n</head>\n", qwr__asset_colours,
                  qwr__asset_diagram, qwr__asset_page);
}

static void badge(qwr__text *out, const char *kind, const char *words)
{
    qwr__text_add(out, "<span class=\"badge %s\">%s</span>", kind, words);
}

static void badges(qwr__text *out, const qwr__sheet *s)
{
    size_t broken = qwr__sheet_broken(s);
    qwr__text_add(out, "<div class=\"badges\">");
    if (s->quality->outcome == QWR_OUTCOME_OPTIMAL)
        badge(out, "good", "proven optimal");
    if (s->violations == NULL)
        badge(out, "", "not checked");
    else if (broken == 0)
        badge(out, "good",
              s->kpi.placed == s->kpi.calls ? "checked: breaks no rule"
                                            : "checked: every stay keeps the rules");
    else
        qwr__text_add(out, "<span class=\"badge bad\">breaks %zu rule%s</span>", broken,
                      broken == 1 ? "" : "s");
    if (s->kpi.placed < s->kpi.calls)
        qwr__text_add(out, "<span class=\"badge warn\">%lld without a place</span>",
                      (long long)(s->kpi.calls - s->kpi.placed));
    if (s->kpi.late > 0)
        qwr__text_add(out, "<span class=\"badge warn\">%lld late</span>", (long long)s->kpi.late);
    qwr__text_add(out, "</div>\n");
}

static void page_header(qwr__text *out, const qwr__picture *p)
{
    const qwr__sheet *s = p->sheet;
    qwr__text_add(out, "<header><button id=\"theme\" type=\"button\" aria-label=\"Light or "
                       "dark\">Light / dark</button>"
                       "<p class=\"over\">Berth plan</p><h1>");
    put_title(out, s);
    qwr__text_add(out, "</h1>\n<p>");
    qwr__word_full_date(out, s, s->from_s);
    qwr__text_add(out, " to ");
    qwr__word_full_date(out, s, s->to_s);
    qwr__text_add(out, s->published ? ", in units of the published set" : ", times in UTC");
    qwr__text_add(out, "</p>\n");
    badges(out, s);
    qwr__text_add(out, "</header>\n");
}

static qwr_status page_body(qwr__text *out, const qwr__picture *p)
{
    const qwr__sheet *s = p->sheet;
    qwr__text_add(out, "<body>\n<main>\n");
    page_header(out, p);
    qwr__page_tiles(out, s);
    qwr__page_troubles(out, s);
    if (p->delta != NULL)
        qwr__page_changes(out, p);
    QWR_TRY(qwr__page_stage(out, p));
    qwr__page_calls(out, p);
    qwr__page_cranes(out, p);
    qwr__text_add(out, "<div class=\"two\">\n");
    qwr__page_figures(out, s, p->delta != NULL ? p->delta->before : NULL);
    qwr__page_provenance(out, s);
    qwr__text_add(out,
                  "</div>\n<footer>\"Within x %% of the best possible\" compares with a bound: no "
                  "plan on this scenario's steps of time and quay that places as many calls "
                  "costs less. Made by Quaywright %s.</footer>\n</main>\n<div id=\"tip\" "
                  "role=\"status\"></div>\n<script>\n%s%s</script>\n</body>\n</html>\n",
                  qwr_version(), qwr__asset_paint, qwr__asset_script);
    return QWR_OK;
}

static qwr_status put_page(qwr__text *out, const qwr__picture *p)
{
    page_head(out, p->sheet);
    return page_body(out, p);
}

qwr_status qwr_report_html(char **html, qwr_context *ctx, const qwr_plan *plan,
                           const qwr_violations *violations)
{
    qwr_status status;
    qwr__sheet sheet;
    qwr__crews crews = {.ctx = ctx};
    qwr__text out;
    if (html == NULL || ctx == NULL || plan == NULL)
        return QWR_EINVAL;
    *html = NULL;
    qwr__causes_clear(ctx);
    qwr__text_init(&out, ctx);
    QWR_TRY_DONE(qwr__sheet_init(&sheet, ctx, plan, violations));
    QWR_TRY_DONE(qwr__crews_init(&crews, &sheet));
    qwr__picture p = {.sheet = &sheet, .crews = &crews};
    QWR_TRY_DONE(put_page(&out, &p));
    status = qwr__text_give(html, &out, "report.html");
done:
    qwr__text_free(&out);
    qwr__crews_free(&crews);
    qwr__sheet_free(&sheet);
    return status;
}

qwr_status qwr_report_diff_html(char **html, qwr_context *ctx, const qwr_plan *before,
                                const qwr_plan *after, const qwr_violations *violations)
{
    qwr_status status;
    qwr__sheet old = {.ctx = ctx}, sheet = {.ctx = ctx};
    qwr__crews crews = {.ctx = ctx};
    qwr__delta delta = {.ctx = ctx};
    qwr__text out;
    if (html == NULL || ctx == NULL || before == NULL || after == NULL)
        return QWR_EINVAL;
    *html = NULL;
    qwr__causes_clear(ctx);
    qwr__text_init(&out, ctx);
    QWR_TRY_DONE(qwr__sheet_init(&old, ctx, before, NULL));
    QWR_TRY_DONE(qwr__sheet_init(&sheet, ctx, after, violations));
    QWR_TRY_DONE(qwr__crews_init(&crews, &sheet));
    QWR_TRY_DONE(qwr__delta_init(&delta, &old, &sheet));
    qwr__picture p = {.sheet = &sheet, .crews = &crews, .delta = &delta};
    QWR_TRY_DONE(put_page(&out, &p));
    status = qwr__text_give(html, &out, "report.html");
done:
    qwr__text_free(&out);
    qwr__delta_free(&delta);
    qwr__crews_free(&crews);
    qwr__sheet_free(&sheet);
    qwr__sheet_free(&old);
    return status;
}
