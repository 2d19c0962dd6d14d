/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of calls in the text: as many columns as the window takes, then as much of the names.
 * Must never list more than a screenful or two.
 */
#include "report/text.h"

#include "model/sort.h"

enum { MOST_ROWS = 60, MOST_WORST = 40 };

enum { VESSEL, CALL, PLACE, METRES, START, END, CRANES, WAIT, LATE, COLUMN_COUNT };

typedef struct layout {
    size_t width[COLUMN_COUNT]; /* 0: left out */
} layout;

static const char *const HEADINGS[] = {"Vessel",  "Call", "Place", "Metres", "Alongside",
                                       "Departs", "QC",   "Waits", "Late"};

static bool is_right(size_t column)
{
    return column == METRES || column >= CRANES;
}

static void put_cell(qwr__text *out, const qwr__sheet *s, const qwr__visit *v, size_t column)
{
    char counts[QWR__COUNTS_MAX];
    switch (column) {
    case VESSEL:
        qwr__text_add(out, "%s", qwr__vessel_name(v->call));
        break;
    case CALL:
        qwr__text_add(out, "%s", v->call->id);
        break;
    case PLACE:
        qwr__text_add(out, "%s", qwr__place_name(v));
        break;
    case METRES:
        if (v->hull_to_mm > v->hull_from_mm)
            qwr__text_add(out, "%lld-%lld", (long long)qwr__ratio(v->hull_from_mm, 1, 1000),
                          (long long)qwr__ratio(v->hull_to_mm, 1, 1000));
        break;
    case START:
        qwr__word_time(out, s, v->start_s);
        break;
    case END:
        qwr__word_time(out, s, v->end_s);
        break;
    case CRANES:
        qwr__text_add(out, "%s", qwr__crane_counts(counts, v->stay));
        break;
    case WAIT:
        if (v->wait_s > 0)
            qwr__word_span(out, s, v->wait_s);
        break;
    default:
        if (v->late_s > 0)
            qwr__word_span(out, s, v->late_s);
        break;
    }
}

/** Widest first, then columns are dropped, then the vessel's name is cut, until a row fits. */
static layout make_layout(const qwr__page *p)
{
    layout l = {{10, 4, 5, 9, 16, 16, 2, 5, 4}};
    static const size_t drop[] = {CALL, METRES, WAIT, CRANES, END, LATE};
    const qwr__sheet *s = p->sheet;
    size_t next = 0;
    if (s->published)
        l.width[START] = l.width[END] = 9;
    l.width[CALL] = s->any.names ? l.width[CALL] : 0;
    l.width[METRES] = s->any.metres ? l.width[METRES] : 0;
    l.width[CRANES] = s->any.cranes ? l.width[CRANES] : 0;
    if (!s->published)
        l.width[WAIT] = l.width[LATE] = 6; /* "59 min" */
    l.width[WAIT] = s->any.waits ? l.width[WAIT] : 0;
    l.width[LATE] = s->any.lateness ? l.width[LATE] : 0;
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[i];
        const char *names[] = {qwr__vessel_name(v->call), v->call->id, qwr__place_name(v)};
        const size_t most[] = {24, 12, 10};
        for (size_t k = 0; k < 3; k++) {
            size_t width = qwr__shown_width(names[k]);
            width = width > most[k] ? most[k] : width;
            l.width[k] = l.width[k] > 0 && width > l.width[k] ? width : l.width[k];
        }
        char counts[QWR__COUNTS_MAX];
        size_t wide = qwr__shown_width(qwr__crane_counts(counts, v->stay));
        if (v->stay->placed && l.width[CRANES] > 0 && wide > l.width[CRANES])
            l.width[CRANES] = wide;
        l.width[WAIT] = v->wait_s >= 3600 && !s->published ? 11 : l.width[WAIT];
        l.width[LATE] = v->late_s >= 3600 && !s->published ? 11 : l.width[LATE];
    }
    for (;;) {
        size_t sum = 0;
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            sum += l.width[k] > 0 ? l.width[k] + 2 : 0;
        if (sum <= p->columns + 2)
            return l;
        size_t over = sum - p->columns - 2;
        if (l.width[VESSEL] >= over + 12)
            l.width[VESSEL] -= over;
        else if (next < sizeof drop / sizeof drop[0])
            l.width[drop[next++]] = 0;
        else
            l.width[VESSEL] = l.width[VESSEL] > over + 3 ? l.width[VESSEL] - over : 3;
        if (next == sizeof drop / sizeof drop[0] && l.width[VESSEL] == 3)
            return l;
    }
}

static void put_row(const qwr__page *p, const layout *l, const qwr__visit *v)
{
    const char *gap = "";
    size_t spaces = 0;
    for (size_t k = 0; k < COLUMN_COUNT; k++) {
        if (l->width[k] == 0)
            continue;
        qwr__text cell;
        qwr__text_init(&cell, p->sheet->ctx);
        if (v != NULL)
            put_cell(&cell, p->sheet, v, k);
        else
            qwr__text_add(&cell, "%s", HEADINGS[k]);
        qwr__text_add(p->out, "%s", gap);
        qwr__put_column(p->out, cell.data != NULL ? cell.data : "", l->width[k], is_right(k));
        if (cell.status != QWR_OK)
            p->out->status = cell.status;
        qwr__text_free(&cell);
        gap = "  ";
    }
    while (p->out->status == QWR_OK && spaces < p->out->length &&
           p->out->data[p->out->length - 1] == ' ') {
        p->out->data[--p->out->length] = '\0';
        spaces++;
    }
    qwr__text_put(p->out, "\n", 1);
}

static void put_in_order(const qwr__page *p, const layout *l)
{
    const qwr__sheet *s = p->sheet;
    put_row(p, l, NULL);
    for (uint32_t i = 0; i < s->calls; i++)
        if (s->visit[s->order[i]].timely != QWR__UNPLACED)
            put_row(p, l, &s->visit[s->order[i]]);
}

/** Of a long plan only what needs a look: the latest, then those that wait longest. */
static void put_worst(const qwr__page *p, const layout *l)
{
    const qwr__sheet *s = p->sheet;
    qwr__key *keys = qwr__alloc(s->ctx, (size_t)s->calls + 1, sizeof *keys);
    size_t count = 0;
    if (keys == NULL) {
        p->out->status = QWR_ENOMEM;
        return;
    }
    for (uint32_t i = 0; i < s->calls; i++)
        if (s->visit[i].timely != QWR__UNPLACED)
            keys[count++] = (qwr__key){-s->visit[i].late_s, -s->visit[i].wait_s, i};
    qwr__sort_keys(keys, count);
    qwr__text_add(p->out, "The latest and longest waiting:\n");
    put_row(p, l, NULL);
    for (size_t i = 0; i < count && i < MOST_WORST; i++)
        put_row(p, l, &s->visit[keys[i].row]);
    if (count > MOST_WORST)
        qwr__text_add(p->out, "and %zu more calls.\n", count - MOST_WORST);
    qwr__free(s->ctx, keys);
}

void qwr__put_calls(const qwr__page *p)
{
    layout l = make_layout(p);
    if (p->sheet->kpi.placed == 0)
        return;
    qwr__text_add(p->out, "\n");
    if (p->sheet->calls <= MOST_ROWS)
        put_in_order(p, &l);
    else
        put_worst(p, &l);
}
