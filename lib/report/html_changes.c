/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes from one plan to another on the page: how many of each kind, what they cost, and each in
 * a sentence that leads to the vessel. Must never say which plan is to be preferred.
 */
#include "report/delta.h"

#include <string.h>

static const char *const WORDS[] = {
    [QWR_CHANGE_MOVED] = "moved", [QWR_CHANGE_PLACED] = "placed", [QWR_CHANGE_LOST] = "lost",
    [QWR_CHANGE_ADDED] = "new",   [QWR_CHANGE_REMOVED] = "gone",  [QWR_CHANGE_EDITED] = "edited"};
static const char *const KINDS[] = {
    [QWR_CHANGE_MOVED] = "moved", [QWR_CHANGE_PLACED] = "new",   [QWR_CHANGE_LOST] = "lost",
    [QWR_CHANGE_ADDED] = "new",   [QWR_CHANGE_REMOVED] = "lost", [QWR_CHANGE_EDITED] = "moved"};

static void put_words(qwr__text *out, qwr__text *words)
{
    if (words->status != QWR_OK)
        out->status = words->status;
    qwr__text_xml(out, words->data != NULL ? words->data : "");
    qwr__text_free(words);
}

static void open_tile(qwr__text *out, const char *label)
{
    qwr__text_add(out, "<div class=\"tile\"><span>%s</span><b>", label);
}

static void count_tile(qwr__text *out, const char *label, int64_t value, int64_t of,
                       const char *note)
{
    open_tile(out, label);
    qwr__word_count(out, value);
    if (of >= 0) {
        qwr__text_add(out, " <small>of ");
        qwr__word_count(out, of);
        qwr__text_add(out, "</small>");
    }
    qwr__text_add(out, "</b><span>%s</span></div>\n", note);
}

static void cost_tile(qwr__text *out, const qwr__sheet *s, int64_t cost_mu)
{
    qwr__text words;
    qwr__text_init(&words, s->ctx);
    qwr__text_add(&words, cost_mu > 0 ? "+" : "");
    qwr__word_value(&words, s, cost_mu);
    open_tile(out, qwr__word_objective(s));
    put_words(out, &words);
    qwr__text_add(out, "</b><span>second plan less the first</span></div>\n");
}

static void put_tiles(qwr__text *out, const qwr__picture *p, const qwr_diff_summary *sum)
{
    qwr__text_add(out, "<section class=\"tiles\" aria-label=\"Changes\">\n");
    open_tile(out, "Plan stability");
    qwr__word_percent(out, sum->stability_milli);
    qwr__text_add(out, " <small>%%</small></b><span>of the calls both plans place are where they "
                       "were</span></div>\n");
    count_tile(out, "Changed", sum->moved, sum->common, "another place, time or cranes");
    count_tile(out, "Have a place now", sum->placed + sum->added, -1, "and had none, or are new");
    count_tile(out, "Have lost their place", sum->lost + sum->removed, -1, "or are gone");
    cost_tile(out, p->sheet, sum->cost_delta_mu);
    qwr__text_add(out, "</section>\n");
}

static void put_change(qwr__text *out, const qwr__delta *d, const qwr_change *c)
{
    qwr_call_ix call = qwr_scenario_find_call(d->after->scenario, c->id);
    bool drawn = call.v != QWR_NONE && d->after->visit[call.v].timely != QWR__UNPLACED;
    qwr__text_add(out, "<li><span class=\"kind %s\">%s</span>", KINDS[c->kind], WORDS[c->kind]);
    if (drawn)
        qwr__text_add(out, "<a href=\"#v%u\">", (unsigned)call.v);
    qwr__text_xml(out, c->sentence);
    qwr__text_add(out, drawn ? "</a></li>\n" : "</li>\n");
}

void qwr__page_changes(qwr__text *out, const qwr__picture *p)
{
    const qwr__delta *d = p->delta;
    qwr_diff_summary sum = qwr_diff_summary_init();
    size_t count = qwr_diff_count(d->diff);
    qwr_status status = qwr_diff_summarise(&sum, d->diff);
    if (status != QWR_OK) {
        out->status = status;
        return;
    }
    put_tiles(out, p, &sum);
    qwr__text_add(out,
                  "<section class=\"card trouble note\"><details open=\"open\"><summary>%zu "
                  "change%s from the first plan to the second</summary><ul>\n",
                  count, count == 1 ? "" : "s");
    for (size_t i = 0; i < count; i++)
        put_change(out, d, qwr_diff_get(d->diff, i));
    if (count == 0)
        qwr__text_add(out, "<li>Both plans place every call alike.</li>\n");
    qwr__text_add(out, "</ul></details></section>\n");
}
