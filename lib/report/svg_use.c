/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Use of a quay over time, as steps: metres taken (berths, where there are berths) against the
 * quay, cranes held against those fit for work; what maintenance takes is hatched, what is held
 * beyond is red. Must never know where along the quay.
 */
#include "report/report.h"

#include "model/sort.h"

enum { HEIGHT_PX = 58 };

/** What a strip counts. */
typedef enum counted { CRANES, METRES, BERTHS } counted;

/** Cranes from an instant on. */
typedef struct level {
    int64_t at_s, held, fit;
} level;

typedef struct chart {
    counted what;
    level *levels;
    size_t count;
    int64_t most, all;
    int64_t held; /* the most held at once */
    int64_t top, height;
} chart;

/* --- the steps ------------------------------------------------------------------------------- */

typedef struct changes {
    qwr__key *keys; /* first: when; second: index into `by` */
    int64_t *held, *fit;
    size_t count;
} changes;

static void add_change(changes *ch, int64_t at_s, int64_t held, int64_t fit)
{
    ch->keys[ch->count] = (qwr__key){at_s, 0, ch->count};
    ch->held[ch->count] = held;
    ch->fit[ch->count++] = fit;
}

static bool takes_crane_out(const qwr_scenario *s, const qwr_window *w, uint32_t quay)
{
    const qwr_crane *crane = qwr_scenario_crane(s, w->crane);
    return w->kind == QWR_WINDOW_MAINTENANCE && crane != NULL && crane->quay.v == quay;
}

/** The part of a maintenance window that no earlier row of the same crane covers already. */
static void add_outage(changes *ch, const qwr_scenario *s, uint32_t ix)
{
    const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){ix});
    int64_t from_s = w->from_s, to_s = w->to_s;
    for (bool cut = true; cut;) {
        cut = false;
        for (uint32_t i = 0; i < ix && from_s < to_s; i++) {
            const qwr_window *o = qwr_scenario_window(s, (qwr_window_ix){i});
            if (o->kind != QWR_WINDOW_MAINTENANCE || o->crane.v != w->crane.v)
                continue;
            if (o->from_s <= from_s && o->to_s > from_s) {
                from_s = o->to_s;
                cut = true;
            } else if (o->to_s >= to_s && o->from_s < to_s) {
                to_s = o->from_s;
                cut = true;
            }
        }
    }
    if (from_s >= to_s)
        return;
    add_change(ch, from_s, 0, -1);
    add_change(ch, to_s, 0, 1);
}

static void collect_cranes(changes *ch, const qwr__sheet *s, uint32_t quay)
{
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[i];
        if (v->timely == QWR__UNPLACED || v->stay->quay.v != quay || v->cranes == 0 ||
            v->work_from_s >= v->work_to_s)
            continue;
        int64_t held = v->stay->step_count ? v->stay->steps[0].cranes : v->cranes;
        add_change(ch, v->work_from_s, held, 0);
        for (uint32_t k = 1; k < v->stay->step_count; k++) {
            add_change(ch, qwr__tame(v->stay->steps[k].from_s), v->stay->steps[k].cranes - held, 0);
            held = v->stay->steps[k].cranes;
        }
        add_change(ch, v->work_to_s, -held, 0);
    }
    for (uint32_t i = 0; i < qwr_scenario_window_count(s->scenario); i++)
        if (takes_crane_out(s->scenario, qwr_scenario_window(s->scenario, (qwr_window_ix){i}),
                            quay))
            add_outage(ch, s->scenario, i);
}

static void collect_hulls(changes *ch, const qwr__sheet *s, uint32_t quay, counted what)
{
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[i];
        int64_t taken = what == BERTHS ? 1 : v->hull_to_mm - v->hull_from_mm;
        if (v->timely == QWR__UNPLACED || v->stay->quay.v != quay || taken <= 0 ||
            v->start_s >= v->end_s)
            continue;
        add_change(ch, v->start_s, taken, 0);
        add_change(ch, v->end_s, -taken, 0);
    }
}

static int64_t count_all(const qwr_scenario *s, uint32_t quay, counted what)
{
    int64_t all = 0;
    if (what == METRES)
        return qwr_scenario_quay(s, (qwr_quay_ix){quay})->length_mm;
    for (uint32_t i = 0; what == BERTHS && i < qwr_scenario_berth_count(s); i++)
        all += qwr_scenario_berth(s, (qwr_berth_ix){i})->quay.v == quay;
    for (uint32_t i = 0; what == CRANES && i < qwr_scenario_crane_count(s); i++)
        all += qwr_scenario_crane(s, (qwr_crane_ix){i})->quay.v == quay;
    return all;
}

static void add_up(chart *k, const changes *ch, int64_t from_s)
{
    level now = {from_s, 0, k->all};
    for (size_t i = 0; i < ch->count;) {
        int64_t at_s = ch->keys[i].first;
        if (at_s > now.at_s)
            k->levels[k->count++] = now;
        for (; i < ch->count && ch->keys[i].first == at_s; i++) {
            now.held += ch->held[ch->keys[i].row];
            now.fit += ch->fit[ch->keys[i].row];
        }
        now.at_s = at_s > from_s ? at_s : from_s;
        k->held = now.held > k->held ? now.held : k->held;
    }
    k->levels[k->count++] = now;
}

static qwr_status make_chart(chart *k, const qwr__sheet *s, uint32_t quay)
{
    qwr_status status = QWR_OK;
    size_t room = 2 * ((size_t)s->calls + qwr_scenario_window_count(s->scenario)) + 2;
    for (uint32_t i = 0; i < s->calls; i++)
        room += s->visit[i].stay->step_count;
    changes ch = {.keys = qwr__alloc(s->ctx, room, sizeof *ch.keys),
                  .held = qwr__alloc(s->ctx, room, sizeof *ch.held),
                  .fit = qwr__alloc(s->ctx, room, sizeof *ch.fit)};
    k->levels = qwr__alloc(s->ctx, room, sizeof *k->levels);
    if (ch.keys == NULL || ch.held == NULL || ch.fit == NULL || k->levels == NULL) {
        status = qwr__no_memory(s->ctx, "report");
        goto done;
    }
    k->all = count_all(s->scenario, quay, k->what);
    if (k->what == CRANES)
        collect_cranes(&ch, s, quay);
    else
        collect_hulls(&ch, s, quay, k->what);
    qwr__sort_keys(ch.keys, ch.count);
    add_up(k, &ch, s->from_s);
    k->most = k->all > k->held ? k->all : k->held;
done:
    qwr__free(s->ctx, ch.keys);
    qwr__free(s->ctx, ch.held);
    qwr__free(s->ctx, ch.fit);
    return status;
}

/* --- drawing --------------------------------------------------------------------------------- */

static int64_t y_of(const chart *k, int64_t cranes)
{
    return k->top + k->height - qwr__ratio(cranes, k->height - 6 * QWR__PX, k->most);
}

static int64_t level_end(const qwr__canvas *c, const chart *k, size_t i)
{
    return i + 1 < k->count ? k->levels[i + 1].at_s : c->sheet->to_s;
}

/** Path of a step line; `area`: closed along the bottom. */
static void draw_steps(const qwr__canvas *c, const chart *k, const char *kind, bool held)
{
    qwr__text_add(c->out, "<path class=\"%s\" d=\"M", kind);
    qwr__text_fixed(c->out, c->left, 1);
    qwr__text_add(c->out, " ");
    qwr__text_fixed(c->out, held ? k->top + k->height : y_of(k, k->levels[0].fit), 1);
    for (size_t i = 0; i < k->count; i++) {
        if (!qwr__canvas_shows(c, k->levels[i].at_s, level_end(c, k, i)))
            continue;
        qwr__text_add(c->out, "V");
        qwr__text_fixed(c->out, y_of(k, held ? k->levels[i].held : k->levels[i].fit), 1);
        qwr__text_add(c->out, "H");
        qwr__text_fixed(c->out, qwr__canvas_x(c, level_end(c, k, i)), 1);
    }
    if (held) {
        qwr__text_add(c->out, "V");
        qwr__text_fixed(c->out, k->top + k->height, 1);
        qwr__text_add(c->out, "Z");
    }
    qwr__text_add(c->out, "\"/>");
}

static void draw_differences(const qwr__canvas *c, const chart *k)
{
    for (size_t i = 0; i < k->count; i++) {
        const level *l = &k->levels[i];
        int64_t x = qwr__canvas_x(c, l->at_s), width = qwr__canvas_x(c, level_end(c, k, i)) - x;
        if (width <= 0)
            continue;
        if (l->fit < k->all)
            qwr__draw_rect(c, "mt", x, y_of(k, k->all), width, y_of(k, l->fit) - y_of(k, k->all));
        if (l->held > l->fit)
            qwr__draw_rect(c, "ex", x, y_of(k, l->held), width, y_of(k, l->fit) - y_of(k, l->held));
    }
}

static void draw_outage_titles(const qwr__canvas *c, const chart *k, uint32_t quay)
{
    const qwr_scenario *s = c->sheet->scenario;
    for (uint32_t i = 0; i < qwr_scenario_window_count(s); i++) {
        const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){i});
        if (!takes_crane_out(s, w, quay) || !qwr__canvas_shows(c, w->from_s, w->to_s))
            continue;
        int64_t x = qwr__canvas_x(c, w->from_s);
        qwr__text_add(c->out, "<g class=\"t\">");
        qwr__draw_window_title(c, w);
        qwr__draw_rect(c, "no", x, k->top, qwr__canvas_x(c, w->to_s) - x, k->height);
        qwr__text_add(c->out, "</g>");
    }
}

static void draw_axis(const qwr__canvas *c, const chart *k)
{
    static const char *const names[] = {"cranes", "quay", "berths"};
    qwr__draw_words(c, "ax", c->left - 22 * QWR__PX, k->top + k->height / 2 + 35, names[k->what]);
    qwr__draw_words(c, "ax", c->left - 8 * QWR__PX, k->top + k->height + 2, "0");
    qwr__draw_text(c, "ax", c->left - 8 * QWR__PX, y_of(k, k->most) + 50);
    if (k->what == METRES) {
        qwr__word_metres(c->words, k->most);
        qwr__text_add(c->words, " m");
    } else {
        qwr__word_count(c->words, k->most);
    }
    qwr__draw_text_end(c);
}

static qwr_status draw_strip(qwr__canvas *c, uint32_t quay, counted what)
{
    chart k = {.what = what, .top = c->y, .height = HEIGHT_PX * QWR__PX};
    qwr_status status = make_chart(&k, c->sheet, quay);
    if (status == QWR_OK && k.most > 0 && (what == CRANES || k.held > 0)) {
        qwr__plot_open(c, k.top, k.height, 0);
        qwr__draw_weather(c, quay, k.top, k.top + k.height);
        draw_steps(c, &k, "hd", true);
        draw_differences(c, &k);
        draw_steps(c, &k, "av", false);
        if (what == CRANES)
            draw_outage_titles(c, &k, quay);
        qwr__plot_close(c);
        draw_axis(c, &k);
        c->y = k.top + k.height + 10 * QWR__PX;
    }
    qwr__free(c->sheet->ctx, k.levels);
    return status;
}

qwr_status qwr__draw_cranes(qwr__canvas *c, uint32_t quay)
{
    return draw_strip(c, quay, CRANES);
}

qwr_status qwr__draw_metres_taken(qwr__canvas *c, uint32_t quay)
{
    const qwr_quay *q = qwr_scenario_quay(c->sheet->scenario, (qwr_quay_ix){quay});
    return draw_strip(c, quay, q->layout == QWR_LAYOUT_DISCRETE ? BERTHS : METRES);
}
