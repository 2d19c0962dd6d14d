/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The site: what the rules need of the scenario, gathered once: rows by quay or call, weather and
 * crane outages as merged spans in rising time, the tide as an array.
 * Must never know what a stay is.
 */
#include "check/check.h"
#include "check/check_sort.h"

static bool event_before(const qwr__event *a, const qwr__event *b)
{
    return a->at != b->at ? a->at < b->at : a->what < b->what;
}

QWR__DEFINE_SORT(heap_sort_events, qwr__event, event_before)

void qwr__sort_events(qwr__event *events, size_t count)
{
    if (count > 1)
        heap_sort_events(events, count);
}

/* --- rows by key ----------------------------------------------------------------------------- */

/** Key of a row, or QWR_NONE if the row does not belong to the group. */
typedef uint32_t (*row_key)(const qwr_scenario *scenario, size_t row);

static uint32_t break_key(const qwr_scenario *s, size_t row)
{
    return qwr_scenario_quay_break(s, row)->quay.v;
}

static uint32_t depth_key(const qwr_scenario *s, size_t row)
{
    return qwr_scenario_quay_depth(s, row)->quay.v;
}

static uint32_t position_key(const qwr_scenario *s, size_t row)
{
    return qwr_scenario_quay_position(s, row)->quay.v;
}

static uint32_t place_key(const qwr_scenario *s, size_t row)
{
    return qwr_scenario_place(s, row)->call.v;
}

static uint32_t crane_key(const qwr_scenario *s, size_t row)
{
    return qwr_scenario_crane(s, (qwr_crane_ix){(uint32_t)row})->quay.v;
}

static uint32_t closure_key(const qwr_scenario *s, size_t row)
{
    const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){(uint32_t)row});
    if (w->kind != QWR_WINDOW_CLOSURE)
        return QWR_NONE;
    const qwr_berth *berth = qwr_scenario_berth(s, w->berth);
    return berth != NULL ? berth->quay.v : w->quay.v;
}

static uint32_t storm_key(const qwr_scenario *s, size_t row)
{
    const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){(uint32_t)row});
    return w->kind == QWR_WINDOW_WEATHER ? w->quay.v : QWR_NONE;
}

static uint32_t outage_key(const qwr_scenario *s, size_t row)
{
    const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){(uint32_t)row});
    return w->kind == QWR_WINDOW_MAINTENANCE ? w->crane.v : QWR_NONE;
}

static qwr_status group_rows(qwr__group *group, qwr_context *ctx, const qwr_scenario *scenario,
                             row_key key, size_t rows, uint32_t keys)
{
    group->start = qwr__alloc(ctx, (size_t)keys + 2, sizeof *group->start);
    group->rows = qwr__alloc(ctx, rows + 1, sizeof *group->rows);
    if (group->start == NULL || group->rows == NULL)
        return qwr__no_memory(ctx, "check");
    /* Counting sort: start[k + 2] counts, then start[k + 1] is where key k is written next. */
    uint32_t *next = group->start + 1;
    for (size_t row = 0; row < rows; row++) {
        uint32_t k = key(scenario, row);
        if (k < keys && k + 1 < keys)
            next[k + 1]++;
    }
    for (uint32_t k = 1; k < keys; k++)
        next[k] += next[k - 1];
    for (size_t row = 0; row < rows; row++) {
        uint32_t k = key(scenario, row);
        if (k < keys)
            group->rows[next[k]++] = (uint32_t)row;
    }
    return QWR_OK;
}

static void group_free(qwr__group *group, qwr_context *ctx)
{
    qwr__free(ctx, group->start);
    qwr__free(ctx, group->rows);
}

/* --- spans ----------------------------------------------------------------------------------- */

/** Sorts spans [at, what) and joins those that touch; returns how many are left. */
static uint32_t merge_spans(qwr__event *spans, uint32_t count)
{
    qwr__sort_events(spans, count);
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (left > 0 && spans[i].at <= spans[left - 1].what)
            spans[left - 1].what = qwr__larger(spans[left - 1].what, spans[i].what);
        else
            spans[left++] = spans[i];
    }
    return left;
}

static qwr__event window_span(const qwr_scenario *s, uint32_t row)
{
    const qwr_window *w = qwr_scenario_window(s, (qwr_window_ix){row});
    return (qwr__event){w->from_s, w->to_s};
}

static qwr_status gather_storms(qwr__site *site, qwr_context *ctx)
{
    size_t rows = qwr_scenario_window_count(site->scenario);
    QWR_TRY(group_rows(&site->storms, ctx, site->scenario, storm_key, rows, site->quays));
    site->storm = qwr__alloc(ctx, rows + 1, sizeof *site->storm);
    site->storm_count = qwr__alloc(ctx, (size_t)site->quays + 1, sizeof *site->storm_count);
    if (site->storm == NULL || site->storm_count == NULL)
        return qwr__no_memory(ctx, "check");
    for (uint32_t q = 0; q < site->quays; q++) {
        uint32_t from = site->storms.start[q], to = site->storms.start[q + 1];
        for (uint32_t i = from; i < to; i++)
            site->storm[i] = window_span(site->scenario, site->storms.rows[i]);
        site->storm_count[q] = merge_spans(site->storm + from, to - from);
    }
    return QWR_OK;
}

/** Appends the outages of one crane, merged, to `events`; returns the new number of events. */
static uint32_t add_crane_outages(const qwr__site *site, const qwr__group *by_crane, uint32_t crane,
                                  qwr__event *spans, qwr__event *events, uint32_t count)
{
    uint32_t from = by_crane->start[crane], to = by_crane->start[crane + 1];
    for (uint32_t i = from; i < to; i++)
        spans[i - from] = window_span(site->scenario, by_crane->rows[i]);
    uint32_t left = merge_spans(spans, to - from);
    for (uint32_t i = 0; i < left; i++) {
        events[count++] = (qwr__event){spans[i].at, (int64_t)crane * 2 + 1};
        events[count++] = (qwr__event){spans[i].what, (int64_t)crane * 2};
    }
    return count;
}

static qwr_status gather_outages(qwr__site *site, qwr_context *ctx)
{
    qwr_status status;
    qwr__group by_crane = {NULL, NULL};
    qwr__event *spans = NULL;
    size_t rows = qwr_scenario_window_count(site->scenario);
    QWR_TRY_DONE(group_rows(&by_crane, ctx, site->scenario, outage_key, rows, site->cranes));
    spans = qwr__alloc(ctx, rows + 1, sizeof *spans);
    site->outage = qwr__alloc(ctx, 2 * rows + 1, sizeof *site->outage);
    site->outage_start = qwr__alloc(ctx, (size_t)site->quays + 1, sizeof *site->outage_start);
    if (spans == NULL || site->outage == NULL || site->outage_start == NULL) {
        status = qwr__no_memory(ctx, "check");
        goto done;
    }
    uint32_t count = 0;
    for (uint32_t q = 0; q < site->quays; q++) {
        site->outage_start[q] = count;
        for (uint32_t i = site->quay_cranes.start[q]; i < site->quay_cranes.start[q + 1]; i++)
            count = add_crane_outages(site, &by_crane, site->quay_cranes.rows[i], spans,
                                      site->outage, count);
        qwr__sort_events(site->outage + site->outage_start[q], count - site->outage_start[q]);
    }
    site->outage_start[site->quays] = count;
done:
    qwr__free(ctx, spans);
    group_free(&by_crane, ctx);
    return status;
}

/* --- the rest -------------------------------------------------------------------------------- */

static qwr_status gather_positions(qwr__site *site, qwr_context *ctx)
{
    size_t rows = qwr_scenario_quay_position_count(site->scenario);
    QWR_TRY(group_rows(&site->positions, ctx, site->scenario, position_key, rows, site->quays));
    site->position = qwr__alloc(ctx, rows + 1, sizeof *site->position);
    if (site->position == NULL)
        return qwr__no_memory(ctx, "check");
    for (uint32_t q = 0; q < site->quays; q++) {
        uint32_t from = site->positions.start[q], to = site->positions.start[q + 1];
        for (uint32_t i = from; i < to; i++) {
            uint32_t row = site->positions.rows[i];
            site->position[i].at = qwr_scenario_quay_position(site->scenario, row)->at_mm;
        }
        qwr__sort_events(site->position + from, to - from);
    }
    return QWR_OK;
}

static qwr_status gather_tide(qwr__site *site, qwr_context *ctx)
{
    site->tides = qwr_scenario_tide_count(site->scenario);
    site->tide = qwr__alloc(ctx, site->tides + 1, sizeof *site->tide);
    if (site->tide == NULL)
        return qwr__no_memory(ctx, "check");
    site->lowest_tide_mm = site->tides == 0 ? 0 : INT64_MAX;
    for (size_t i = 0; i < site->tides; i++) {
        const qwr_tide *row = qwr_scenario_tide(site->scenario, i);
        site->tide[i] = (qwr__event){row->at_s, row->level_mm};
        site->lowest_tide_mm = qwr__smaller(site->lowest_tide_mm, row->level_mm);
    }
    return QWR_OK;
}

/**
 * Shortest handling time of each call over all berths: its rows that allow the berth, `handling_s`
 * where there is no row; 0 where neither says anything.
 */
static qwr_status gather_shortest(qwr__site *site, qwr_context *ctx)
{
    if (site->info->objective != QWR_OBJECTIVE_FLOW_TIME ||
        site->info->offset != QWR_OFFSET_MIN_HANDLING)
        return QWR_OK;
    site->shortest_s = qwr__alloc(ctx, (size_t)site->calls + 1, sizeof *site->shortest_s);
    if (site->shortest_s == NULL)
        return qwr__no_memory(ctx, "check");
    for (uint32_t c = 0; c < site->calls; c++) {
        int64_t fixed = site->call[c]->handling_s, least = QWR_FORBIDDEN;
        if (site->berths == 0 && fixed != QWR_UNSET)
            least = fixed;
        for (uint32_t b = 0; b < site->berths; b++) {
            int64_t row =
                qwr_scenario_handling_s(site->scenario, (qwr_call_ix){c}, (qwr_berth_ix){b});
            row = row == QWR_UNSET ? fixed : row;
            if (row != QWR_UNSET)
                least = qwr__smaller(least, row);
        }
        site->shortest_s[c] = least == QWR_FORBIDDEN ? 0 : least;
    }
    return QWR_OK;
}

static qwr_status gather_entities(qwr__site *site, qwr_context *ctx)
{
    const qwr_scenario *s = site->scenario;
    site->call = qwr__alloc(ctx, (size_t)site->calls + 1, sizeof *site->call);
    site->crane = qwr__alloc(ctx, (size_t)site->cranes + 1, sizeof *site->crane);
    if (site->call == NULL || site->crane == NULL)
        return qwr__no_memory(ctx, "check");
    for (uint32_t c = 0; c < site->calls; c++)
        site->call[c] = qwr_scenario_call(s, (qwr_call_ix){c});
    for (uint32_t k = 0; k < site->cranes; k++)
        site->crane[k] = qwr_scenario_crane(s, (qwr_crane_ix){k});
    for (uint32_t b = 0; b < site->berths; b++) {
        int64_t turnaround = qwr_scenario_berth(s, (qwr_berth_ix){b})->turnaround_s;
        site->longest_turnaround_s = qwr__larger(site->longest_turnaround_s, turnaround);
    }
    return QWR_OK;
}

static qwr_status gather_groups(qwr__site *site, qwr_context *ctx)
{
    const qwr_scenario *s = site->scenario;
    QWR_TRY(group_rows(&site->breaks, ctx, s, break_key, qwr_scenario_quay_break_count(s),
                       site->quays));
    QWR_TRY(group_rows(&site->depths, ctx, s, depth_key, qwr_scenario_quay_depth_count(s),
                       site->quays));
    QWR_TRY(group_rows(&site->closures, ctx, s, closure_key, qwr_scenario_window_count(s),
                       site->quays));
    QWR_TRY(group_rows(&site->quay_cranes, ctx, s, crane_key, site->cranes, site->quays));
    return group_rows(&site->places, ctx, s, place_key, qwr_scenario_place_count(s), site->calls);
}

qwr_status qwr__site_init(qwr__site *site, qwr_context *ctx, const qwr_scenario *scenario)
{
    *site = (qwr__site){.scenario = scenario};
    site->info = qwr_scenario_get_info(scenario);
    site->calls = (uint32_t)qwr_scenario_call_count(scenario);
    site->quays = (uint32_t)qwr_scenario_quay_count(scenario);
    site->berths = (uint32_t)qwr_scenario_berth_count(scenario);
    site->cranes = (uint32_t)qwr_scenario_crane_count(scenario);
    if (site->info->epoch == NULL || !qwr__parse_time(&site->epoch_unix_s, site->info->epoch))
        site->epoch_unix_s = 0;
    QWR_TRY(gather_entities(site, ctx));
    QWR_TRY(gather_groups(site, ctx));
    QWR_TRY(gather_positions(site, ctx));
    QWR_TRY(gather_storms(site, ctx));
    QWR_TRY(gather_outages(site, ctx));
    QWR_TRY(gather_tide(site, ctx));
    return gather_shortest(site, ctx);
}

void qwr__site_free(qwr__site *site, qwr_context *ctx)
{
    group_free(&site->breaks, ctx);
    group_free(&site->depths, ctx);
    group_free(&site->closures, ctx);
    group_free(&site->quay_cranes, ctx);
    group_free(&site->places, ctx);
    group_free(&site->positions, ctx);
    group_free(&site->storms, ctx);
    void *blocks[] = {site->call,  site->crane,       site->position,
                      site->storm, site->storm_count, site->outage,
                      site->tide,  site->shortest_s,  site->outage_start};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        qwr__free(ctx, blocks[i]);
}
