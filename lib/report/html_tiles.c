/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of the page that need no diagram: the tiles at the top, what is wrong, key figures, and
 * where plan and proof come from. Must never hold run times, thread counts or paths.
 */
#include "report/report.h"

#include <stddef.h>
#include <string.h>

/* --- tiles ----------------------------------------------------------------------------------- */

static void open_tile(qwr__text *out, const char *label, bool wide)
{
    qwr__text_add(out, "<div class=\"tile%s\"><span>%s</span><b>", wide ? " wide" : "", label);
}

static void close_tile(qwr__text *out)
{
    qwr__text_add(out, "</span></div>\n");
}

/** A value as XML: words write plain text. */
static void put_value(qwr__text *out, const qwr__sheet *s, int64_t mu)
{
    qwr__text plain;
    qwr__text_init(&plain, s->ctx);
    qwr__word_value(&plain, s, mu);
    qwr__text_xml(out, plain.data);
    if (plain.status != QWR_OK)
        out->status = plain.status;
    qwr__text_free(&plain);
}

static void cost_tile(qwr__text *out, const qwr__sheet *s)
{
    const qwr_plan_quality *q = s->quality;
    open_tile(out, qwr__word_objective(s), true);
    put_value(out, s, q->cost_mu);
    qwr__text_add(out, "</b><span>");
    qwr__word_gap(out, s);
    if (q->bound_mu != QWR_UNSET && q->bound_mu < q->cost_mu) {
        qwr__text_add(out, " (no plan can cost less than ");
        put_value(out, s, q->bound_mu);
        qwr__text_add(out, ")");
    }
    close_tile(out);
}

static void on_time_tile(qwr__text *out, const qwr__sheet *s)
{
    const qwr_kpi *k = &s->kpi;
    open_tile(out, "On time", false);
    qwr__word_count(out, k->on_time);
    qwr__text_add(out, " <small>of ");
    qwr__word_count(out, k->placed);
    qwr__text_add(out, "</small></b><span>");
    if (k->late > 0) {
        qwr__word_count(out, k->late);
        qwr__text_add(out, " late, together ");
        qwr__word_span(out, s, k->late_s);
    } else {
        qwr__text_add(out, "nobody is late");
    }
    close_tile(out);
}

static void call_tiles(qwr__text *out, const qwr__sheet *s)
{
    const qwr_kpi *k = &s->kpi;
    open_tile(out, "Calls with a place", false);
    qwr__word_count(out, k->placed);
    qwr__text_add(out, " <small>of ");
    qwr__word_count(out, k->calls);
    qwr__text_add(out, "</small></b><span>%s", k->placed == k->calls ? "every call" : "see below");
    close_tile(out);
    if (s->any.due)
        on_time_tile(out, s);
    open_tile(out, "Waiting for a berth", false);
    qwr__word_span(out, s, k->placed > 0 ? k->wait_s / k->placed : 0);
    qwr__text_add(out, "</b><span>on average, together ");
    qwr__word_span(out, s, k->wait_s);
    close_tile(out);
}

static void meter_tile(qwr__text *out, const char *label, int64_t milli, const char *note)
{
    open_tile(out, label, false);
    qwr__word_percent(out, milli);
    qwr__text_add(
        out, " <small>%%</small></b><span>%s</span><span class=\"meter\"><i style=\"width:", note);
    qwr__word_percent(out, milli < 0 ? 0 : milli > 1000 ? 1000 : milli);
    qwr__text_add(out, "%%\"></i>");
    close_tile(out);
}

void qwr__page_tiles(qwr__text *out, const qwr__sheet *s)
{
    qwr__text_add(out, "<section class=\"tiles\" aria-label=\"Summary\">\n");
    cost_tile(out, s);
    call_tiles(out, s);
    if (s->kpi.berth_use_milli > 0)
        meter_tile(out, "Berth use", s->kpi.berth_use_milli, "quay metres over time");
    if (s->kpi.crane_use_milli > 0)
        meter_tile(out, "Crane use", s->kpi.crane_use_milli, "held, of those fit for work");
    qwr__text_add(out, "</section>\n");
}

/* --- what is wrong --------------------------------------------------------------------------- */

/** A list that begins closed when it would push the diagram off the screen. */
static void open_trouble(qwr__text *out, const char *kind, size_t count, const char *words)
{
    enum { SHORT = 5 };
    qwr__text_add(out,
                  "<section class=\"card trouble %s\"><details%s><summary>%zu %s</summary><ul>\n",
                  kind, count <= SHORT ? " open" : "", count, words);
}

static void unplaced(qwr__text *out, const qwr__sheet *s)
{
    int64_t count = s->kpi.calls - s->kpi.placed;
    if (count == 0)
        return;
    open_trouble(out, "warn", (size_t)count,
                 count == 1 ? "call without a place" : "calls without a place");
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[s->order[i]];
        if (v->timely != QWR__UNPLACED)
            continue;
        const char *name = qwr__vessel_name(v->call);
        qwr__text_add(out, "<li><b>");
        qwr__text_xml(out, name);
        qwr__text_add(out, "</b> <code>");
        qwr__text_xml(out, strcmp(name, v->call->id) != 0 ? v->call->id : "");
        qwr__text_add(out, "</code>");
        qwr__text_xml(out, v->stay->reason != NULL ? v->stay->reason : "no reason is given");
        qwr__text_add(out, "</li>\n");
    }
    qwr__text_add(out, "</ul></details></section>\n");
}

static void violations(qwr__text *out, const qwr__sheet *s)
{
    enum { MOST = 200 };
    size_t count = qwr__sheet_broken(s);
    if (count == 0)
        return;
    open_trouble(out, "bad", count, count == 1 ? "broken rule" : "broken rules");
    for (size_t i = 0; i < count && i < MOST; i++) {
        const qwr_violation *v = qwr__sheet_violation(s, i);
        qwr__text_add(out, "<li><code>%s</code>", v->rule);
        qwr__text_xml(out, v->sentence);
        qwr__text_add(out, "</li>\n");
    }
    if (count > MOST)
        qwr__text_add(out, "<li>and %zu more</li>\n", count - MOST);
    qwr__text_add(out, "</ul></details></section>\n");
}

void qwr__page_troubles(qwr__text *out, const qwr__sheet *s)
{
    unplaced(out, s);
    violations(out, s);
}

/* --- key figures ----------------------------------------------------------------------------- */

typedef void (*put_fn)(qwr__text *out, const qwr__sheet *s, int64_t value);

static void put_count(qwr__text *out, const qwr__sheet *s, int64_t value)
{
    (void)s;
    qwr__word_count(out, value);
}

static void put_hours(qwr__text *out, const qwr__sheet *s, int64_t value)
{
    if (s->published) {
        qwr__word_span(out, s, value);
        return;
    }
    qwr__word_hours(out, value);
    qwr__text_add(out, " h");
}

static void put_percent(qwr__text *out, const qwr__sheet *s, int64_t value)
{
    (void)s;
    qwr__word_percent(out, value);
    qwr__text_add(out, " %%");
}

static void put_milli(qwr__text *out, const qwr__sheet *s, int64_t value)
{
    (void)s;
    qwr__word_number(out, qwr__ratio(value, 1, 10), 2);
}

static void put_metres(qwr__text *out, const qwr__sheet *s, int64_t value)
{
    (void)s;
    qwr__word_metres(out, value);
    qwr__text_add(out, " m");
}

/** Where a figure stands in qwr_kpi, and how it is told. */
static const struct figure {
    const char *name, *meaning;
    size_t at;
    put_fn put;
} FIGURES[] = {
    {"Gross Berth Hours", "time alongside, all vessels", offsetof(qwr_kpi, gross_berth_s),
     put_hours},
    {"Waiting time", "from ETA to alongside", offsetof(qwr_kpi, wait_s), put_hours},
    {"Departure delay", "after desired, else latest departure", offsetof(qwr_kpi, late_s),
     put_hours},
    {"Quay Container Moves (QCM)", "moves of the calls with a place", offsetof(qwr_kpi, moves),
     put_count},
    {"Crane hours", "cranes held x time", offsetof(qwr_kpi, crane_work_s), put_hours},
    {"QCM per crane hour", "moves over crane hours held", offsetof(qwr_kpi, qcm_milli), put_milli},
    {"Crane Density (CD)", "mean cranes on a vessel at work",
     offsetof(qwr_kpi, crane_density_milli), put_milli},
    {"Berth use", "hull metres x time over quay metres x span", offsetof(qwr_kpi, berth_use_milli),
     put_percent},
    {"Crane use", "cranes held over cranes fit for work", offsetof(qwr_kpi, crane_use_milli),
     put_percent},
    {"Deviation", "from preferred positions, all vessels", offsetof(qwr_kpi, deviation_mm),
     put_metres},
};

static void put_figure(qwr__text *out, const qwr__sheet *s, const struct figure *f)
{
    int64_t value;
    memcpy(&value, (const char *)&s->kpi + f->at, sizeof value);
    qwr__text_add(out, "<td class=\"n\">");
    f->put(out, s, value);
    qwr__text_add(out, "</td>");
}

void qwr__page_figures(qwr__text *out, const qwr__sheet *s, const qwr__sheet *before)
{
    qwr__text_add(out,
                  "<section><h2>Key figures<small>names of TIC 4.0 where it has one</small></h2>"
                  "<div class=\"card table\"><table>%s<tbody>\n",
                  before == NULL ? ""
                                 : "<thead><tr><th scope=\"col\"></th><th scope=\"col\" "
                                   "class=\"n\">First plan</th><th scope=\"col\" "
                                   "class=\"n\">Second plan</th></tr></thead>");
    for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0]; i++) {
        qwr__text_add(out, "<tr><td>%s<small>%s</small></td>", FIGURES[i].name, FIGURES[i].meaning);
        if (before != NULL)
            put_figure(out, before, &FIGURES[i]);
        put_figure(out, s, &FIGURES[i]);
        qwr__text_add(out, "</tr>\n");
    }
    qwr__text_add(out, "</tbody></table></div></section>\n");
}

/* --- provenance ------------------------------------------------------------------------------ */

static void term(qwr__text *out, const char *label, const char *words)
{
    if (words == NULL || words[0] == '\0')
        return;
    qwr__text_add(out, "<dt>%s</dt><dd>", label);
    qwr__text_xml(out, words);
    qwr__text_add(out, "</dd>\n");
}

static void hash_term(qwr__text *out, const char *label, uint64_t hash)
{
    qwr__text_add(out, "<dt>%s</dt><dd><code>%016llx</code></dd>\n", label,
                  (unsigned long long)hash);
}

void qwr__page_provenance(qwr__text *out, const qwr__sheet *s)
{
    const qwr_plan_quality *q = s->quality;
    qwr__text_add(out, "<section><h2>Where this comes from</h2><div class=\"card\"><dl>\n");
    term(out, "Scenario", s->info->id);
    term(out, "Origin", s->info->origin);
    hash_term(out, "Scenario hash", qwr_scenario_hash(s->scenario));
    hash_term(out, "Plan hash", qwr_plan_hash(s->plan));
    term(out, "Objective", qwr__word_objective(s));
    term(out, "Outcome", qwr_outcome_name(q->outcome));
    term(out, "Search ended", qwr_stop_name(q->stop));
    term(out, "Bound made by", q->proof);
    term(out, "Forecast", q->forecast);
    qwr__text_add(out, "<dt>Seed</dt><dd>%llu</dd>\n<dt>Work</dt><dd>",
                  (unsigned long long)q->seed);
    qwr__word_count(out, q->work);
    qwr__text_add(out, " units</dd>\n");
    term(out, "Library", qwr_version());
    qwr__text_add(out, "</dl></div></section>\n");
}
