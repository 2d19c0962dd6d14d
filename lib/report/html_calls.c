/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of calls on the page, one row a call, sortable by what each cell holds.
 * Must never show a call that is not in the scenario twice or not at all.
 */
#include "report/delta.h"

#include <string.h>

static void open_cell(qwr__text *out, int64_t sort_by)
{
    qwr__text_add(out, "<td class=\"n\" data-v=\"%lld\">", (long long)sort_by);
}

/** The name leads to the vessel in the diagram. */
static void vessel_cell(qwr__text *out, const qwr__visit *v, uint32_t call)
{
    const char *name = qwr__vessel_name(v->call);
    bool drawn = v->timely != QWR__UNPLACED;
    qwr__text_add(out, "<td>");
    if (drawn)
        qwr__text_add(out, "<a href=\"#v%u\">", (unsigned)call);
    qwr__text_xml(out, name);
    qwr__text_add(out, drawn ? "</a>" : "");
    if (strcmp(name, v->call->id) != 0) {
        qwr__text_add(out, "<small>");
        qwr__text_xml(out, v->call->id);
        qwr__text_add(out, "</small>");
    }
    qwr__text_add(out, "</td>");
}

static void words_cell(qwr__text *out, const char *words)
{
    qwr__text_add(out, "<td class=\"w\">");
    qwr__text_xml(out, words != NULL ? words : "");
    qwr__text_add(out, "</td>");
}

static void change_cell(qwr__text *out, const qwr__delta *d, uint32_t call)
{
    static const char *const words[] = {"same", "moved", "new", "lost", ""};
    const char *word = words[d->fate[call]];
    qwr__text_add(out, "<td>");
    if (word[0] != '\0')
        qwr__text_add(out, "<span class=\"kind %s\">%s</span>", word, word);
    qwr__text_add(out, "</td>");
}

static void crew_cell(qwr__text *out, const qwr__picture *p, uint32_t call)
{
    qwr__text_add(out, "<td class=\"w\">");
    if (p->crews != NULL)
        qwr__word_crew(out, p->sheet, p->crews, call);
    qwr__text_add(out, "</td>");
}

static void draught_cell(qwr__text *out, const qwr_call *c)
{
    open_cell(out, c->draught_mm);
    if (c->draught_mm != QWR_UNSET) {
        qwr__word_metres(out, c->draught_mm);
        qwr__text_add(out, " m");
    }
    qwr__text_add(out, "</td>");
}

static void pins_cell(qwr__text *out, const qwr_call *c)
{
    qwr__text_add(out, "<td class=\"w\">");
    qwr__word_pins(out, c);
    qwr__text_add(out, "</td>");
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

/* Sorted by the most, shown as they change. */
static void cranes_cell(qwr__text *out, const qwr__visit *v)
{
    char counts[QWR__COUNTS_MAX];
    open_cell(out, v->cranes);
    if (v->cranes > 0)
        qwr__text_add(out, "%s", qwr__crane_counts(counts, v->stay));
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
    SERVICE,
    CHANGE,
    STATUS,
    PLACE,
    METRES,
    ETA,
    START,
    END,
    DUE,
    CRANES,
    CREW,
    MOVES,
    DRAUGHT,
    WAIT,
    LATE,
    PINS,
    COST,
    COLUMN_COUNT
};

static const struct column {
    const char *key; /* how the page's script asks for it */
    const char *name;
    bool number;
} COLUMNS[COLUMN_COUNT] = {
    [VESSEL] = {"vessel", "Vessel", false}, [SERVICE] = {"service", "Service", false},
    [CHANGE] = {"change", "Change", false}, [STATUS] = {"status", "Status", false},
    [PLACE] = {"place", "Place", false},    [METRES] = {"metres", "Metres", true},
    [ETA] = {"eta", "ETA", true},           [START] = {"start", "Alongside", true},
    [END] = {"end", "Departs", true},       [DUE] = {"due", "Desired", true},
    [CRANES] = {"cranes", "Cranes", true},  [CREW] = {"crew", "Suggested cranes", false},
    [MOVES] = {"moves", "Moves", true},     [DRAUGHT] = {"draught", "Draught", true},
    [WAIT] = {"wait", "Waits", true},       [LATE] = {"late", "Late", true},
    [PINS] = {"pins", "Pinned", false},     [COST] = {"cost", "Cost", true},
};

static bool is_shown(const qwr__picture *p, size_t column)
{
    const qwr__sheet *s = p->sheet;
    switch (column) {
    case SERVICE:
        return s->any.services;
    case CHANGE:
        return p->delta != NULL;
    case METRES:
        return s->any.metres;
    case DUE:
        return s->any.due;
    case CRANES:
        return s->any.cranes;
    case CREW:
        return p->crews != NULL && p->crews->count > 0;
    case MOVES:
        return s->any.moves;
    case DRAUGHT:
        return s->any.draughts;
    case WAIT:
        return s->any.waits;
    case LATE:
        return s->any.lateness;
    case PINS:
        return s->any.pins;
    case COST:
        return s->any.costs;
    case STATUS:
        return s->any.due || s->kpi.placed < s->kpi.calls;
    default:
        return true;
    }
}

/** What is known of a call whether it has a place or not; false: nothing of this column. */
static bool put_plain_cell(qwr__text *out, const qwr__picture *p, uint32_t call, size_t column)
{
    const qwr__visit *v = &p->sheet->visit[call];
    switch (column) {
    case VESSEL:
        vessel_cell(out, v, call);
        return true;
    case SERVICE:
        words_cell(out, v->call->service);
        return true;
    case CHANGE:
        change_cell(out, p->delta, call);
        return true;
    case STATUS:
        status_cell(out, v->timely);
        return true;
    case ETA:
        time_cell(out, p->sheet, v->eta_s);
        return true;
    case DRAUGHT:
        draught_cell(out, v->call);
        return true;
    case PINS:
        pins_cell(out, v->call);
        return true;
    default:
        return false;
    }
}

static void put_cell(qwr__text *out, const qwr__picture *p, uint32_t call, size_t column)
{
    const qwr__sheet *s = p->sheet;
    const qwr__visit *v = &s->visit[call];
    if (put_plain_cell(out, p, call, column))
        return;
    if (v->timely == QWR__UNPLACED) {
        /* Sorted behind all that have something there. */
        qwr__text_add(out, COLUMNS[column].number ? "<td data-v=\"9e15\"></td>" : "<td></td>");
        return;
    }
    switch (column) {
    case PLACE:
        words_cell(out, qwr__place_name(v));
        break;
    case METRES:
        metres_cell(out, v);
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
        cranes_cell(out, v);
        break;
    case CREW:
        crew_cell(out, p, call);
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

/** Rows that are laid out before somebody asks for more: the rest would hold up the page. */
enum { AT_FIRST = 200 };

void qwr__page_calls(qwr__text *out, const qwr__picture *p)
{
    const qwr__sheet *s = p->sheet;
    qwr__text_add(out,
                  "<section><h2>Calls<small>%s</small></h2><div class=\"card table calls\">"
                  "<table id=\"calls\"><thead><tr>",
                  s->published ? "times in units of the published set" : "times in UTC");
    for (size_t k = 0; k < COLUMN_COUNT; k++)
        if (is_shown(p, k))
            qwr__text_add(out,
                          "<th scope=\"col\" data-k=\"%s\"%s><button "
                          "type=\"button\">%s</button></th>",
                          COLUMNS[k].key, COLUMNS[k].number ? " class=\"n\"" : "", COLUMNS[k].name);
    qwr__text_add(out, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < s->calls; i++) {
        qwr__text_add(out, "<tr id=\"r%u\"%s>", (unsigned)s->order[i],
                      i < AT_FIRST ? "" : " hidden=\"hidden\"");
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            if (is_shown(p, k))
                put_cell(out, p, s->order[i], k);
        qwr__text_add(out, "</tr>\n");
    }
    qwr__text_add(out, "</tbody></table></div>");
    if (s->calls > AT_FIRST)
        qwr__text_add(
            out,
            "<noscript><style>tr[hidden]{display:table-row}#more{display:none}</style></noscript>"
            "<button id=\"more\" type=\"button\">Show all calls</button>");
    qwr__text_add(out, "</section>\n");
}
