/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of calls on the page, one row a call, sortable by what each cell holds.
 * Must never show a call that is not in the scenario twice or not at all.
 */
#include "report/report.h"

#include <string.h>

static void open_cell(qwr__text *out, int64_t sort_by)
{
    qwr__text_add(out, "<td class=\"n\" data-v=\"%lld\">", (long long)sort_by);
}

static void vessel_cell(qwr__text *out, const qwr__visit *v)
{
    const char *name = qwr__vessel_name(v->call), *service = v->call->service;
    bool other = strcmp(name, v->call->id) != 0;
    qwr__text_add(out, "<td>");
    qwr__text_xml(out, name);
    qwr__text_add(out, other || service != NULL ? "<small>" : "");
    if (other)
        qwr__text_xml(out, v->call->id);
    if (service != NULL) {
        qwr__text_add(out, other ? " \xC2\xB7 " : "");
        qwr__text_xml(out, service);
    }
    qwr__text_add(out, other || service != NULL ? "</small></td>" : "</td>");
}

static void status_cell(qwr__text *out, qwr__timeliness timely)
{
    static const char *const kinds[] = {"ok", "ti", "la", "un"};
    qwr__text_add(out, "<td><span class=\"st %s\">%s</span></td>", kinds[timely],
                  qwr__word_timeliness(timely));
}

static void metres_cell(qwr__text *out, const qwr__visit *v)
{
    open_cell(out, v->hull_from_mm);
    if (v->hull_to_mm > v->hull_from_mm) {
        qwr__word_metres(out, v->hull_from_mm);
        qwr__text_add(out, " \xE2\x80\x93 ");
        qwr__word_metres(out, v->hull_to_mm);
    }
    qwr__text_add(out, "</td>");
}

static void time_cell(qwr__text *out, const qwr__sheet *s, int64_t at_s)
{
    if (at_s == QWR_UNSET) {
        qwr__text_add(out, "<td data-v=\"9e15\"></td>");
        return;
    }
    open_cell(out, qwr__tame(at_s));
    qwr__word_moment(out, s, at_s);
    qwr__text_add(out, "</td>");
}

static void span_cell(qwr__text *out, const qwr__sheet *s, int64_t seconds)
{
    open_cell(out, seconds);
    if (seconds > 0)
        qwr__word_span(out, s, seconds);
    qwr__text_add(out, "</td>");
}

static void count_cell(qwr__text *out, int64_t n)
{
    open_cell(out, n);
    if (n > 0)
        qwr__word_count(out, n);
    qwr__text_add(out, "</td>");
}

static void cost_cell(qwr__text *out, int64_t mu)
{
    open_cell(out, mu);
    if (mu != 0)
        qwr__word_number(out, qwr__ratio(mu, 1, 10), 2);
    qwr__text_add(out, "</td>");
}

/* --- columns --------------------------------------------------------------------------------- */

enum {
    VESSEL,
    STATUS,
    PLACE,
    METRES,
    ETA,
    START,
    END,
    DUE,
    CRANES,
    MOVES,
    WAIT,
    LATE,
    COST,
    COLUMN_COUNT
};

static bool is_shown(const qwr__sheet *s, size_t column)
{
    switch (column) {
    case METRES:
        return s->any.metres;
    case DUE:
        return s->any.due;
    case CRANES:
        return s->any.cranes;
    case MOVES:
        return s->any.moves;
    case WAIT:
        return s->any.waits;
    case LATE:
        return s->any.lateness;
    case COST:
        return s->any.costs;
    case STATUS:
        return s->any.due || s->kpi.placed < s->kpi.calls;
    default:
        return true;
    }
}

static void put_cell(qwr__text *out, const qwr__sheet *s, uint32_t call, size_t column)
{
    const qwr__visit *v = &s->visit[call];
    bool out_of_plan = v->timely == QWR__UNPLACED;
    if (out_of_plan && column != VESSEL && column != STATUS && column != ETA) {
        /* Sorted behind all that have something there. */
        qwr__text_add(out, column == PLACE ? "<td></td>" : "<td data-v=\"9e15\"></td>");
        return;
    }
    switch (column) {
    case VESSEL:
        vessel_cell(out, v);
        break;
    case STATUS:
        status_cell(out, v->timely);
        break;
    case PLACE:
        qwr__text_add(out, "<td class=\"w\">");
        qwr__text_xml(out, qwr__place_name(v));
        qwr__text_add(out, "</td>");
        break;
    case METRES:
        metres_cell(out, v);
        break;
    case ETA:
        time_cell(out, s, v->eta_s);
        break;
    case START:
        time_cell(out, s, v->start_s);
        break;
    case END:
        time_cell(out, s, v->end_s);
        break;
    case DUE:
        time_cell(out, s, v->due_s);
        break;
    case CRANES:
        count_cell(out, v->cranes);
        break;
    case MOVES:
        count_cell(out, qwr_scenario_call_moves(s->scenario, (qwr_call_ix){call}));
        break;
    case WAIT:
        span_cell(out, s, v->wait_s);
        break;
    case LATE:
        span_cell(out, s, v->late_s);
        break;
    default:
        cost_cell(out, v->stay->cost_mu);
        break;
    }
}

void qwr__page_calls(qwr__text *out, const qwr__sheet *s)
{
    static const char *const names[COLUMN_COUNT] = {
        "Vessel",  "Status", "Place", "Metres", "ETA",  "Alongside", "Departs",
        "Desired", "Cranes", "Moves", "Waits",  "Late", "Cost"};
    qwr__text_add(out,
                  "<section><h2>Calls<small>%s</small></h2><div class=\"card table\"><table>"
                  "<thead><tr>",
                  s->published ? "times in units of the published set" : "times in UTC");
    for (size_t k = 0; k < COLUMN_COUNT; k++)
        if (is_shown(s, k))
            qwr__text_add(out, "<th scope=\"col\"%s><button type=\"button\">%s</button></th>",
                          k >= METRES ? " class=\"n\"" : "", names[k]);
    qwr__text_add(out, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < s->calls; i++) {
        qwr__text_add(out, "<tr id=\"r%u\">", (unsigned)s->order[i]);
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            if (is_shown(s, k))
                put_cell(out, s, s->order[i], k);
        qwr__text_add(out, "</tr>\n");
    }
    qwr__text_add(out, "</tbody></table></div></section>\n");
}
