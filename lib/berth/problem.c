/* SPDX-License-Identifier: Apache-2.0 */
/* The berth problem: making it, and going back and forth between stays and candidates. */
#include "berth/problem.h"

#include <string.h>

static const char WHERE[] = "berth.problem";

/* Ids are copied: a plugin left behind may read them after the scenario is gone. */
static qwr_status copy_ids(qwr__problem *p)
{
    uint32_t calls = p->cand.view.call_count;
    size_t bytes = 0, at = 0;
    for (uint32_t i = 0; i < calls; i++)
        bytes += strlen(qwr_scenario_call(p->scenario, (qwr_call_ix){i})->id) + 1;
    p->id_text = qwr__alloc(p->ctx, bytes + 1, 1);
    if (!p->id_text)
        return qwr__no_memory(p->ctx, WHERE);
    for (uint32_t i = 0; i < calls; i++) {
        const char *id = qwr_scenario_call(p->scenario, (qwr_call_ix){i})->id;
        size_t length = strlen(id) + 1;
        memcpy(p->id_text + at, id, length);
        p->cand.call_id[i] = p->id_text + at;
        at += length;
    }
    return QWR_OK;
}

/* One call left out must outweigh anything that changes for it elsewhere, and any makespan. Costs
 * below zero (vessels that leave before they were due) widen what can change. */
static void set_unplaced_cost(qwr__problem *p)
{
    qwr_problem_view *v = &p->cand.view;
    int64_t sum = 1;
    for (uint32_t i = 0; i < v->call_count; i++) {
        int64_t start = 0, end = 0, row = 0, gain = 0;
        if (v->call_class_begin[i] == v->call_class_begin[i + 1])
            continue;
        for (uint64_t k = v->call_start_offset[i]; k < v->call_start_offset[i + 1]; k++)
            start = v->start_cost[k] > start ? v->start_cost[k] : start;
        for (uint64_t k = v->call_end_offset[i]; k < v->call_end_offset[i + 1]; k++) {
            end = v->end_cost[k] > end ? v->end_cost[k] : end;
            gain = v->end_cost[k] < gain ? v->end_cost[k] : gain;
        }
        uint32_t last = v->class_row_begin[v->call_class_begin[i + 1]];
        for (uint32_t r = v->class_row_begin[v->call_class_begin[i]]; r < last; r++)
            row = v->row_cost[r] > row ? v->row_cost[r] : row;
        sum += start + end + row - gain;
    }
    if (v->makespan)
        sum += ((int64_t)v->call_count * v->tick_count + 1) * v->tick_count;
    v->unplaced_cost = sum;
}

qwr_status qwr__problem_new(qwr__problem **out, qwr_context *ctx, const qwr_scenario *scenario,
                            bool thin, int64_t deadline_us)
{
    *out = NULL;
    qwr__problem *p = qwr__alloc(ctx, 1, sizeof *p);
    if (!p)
        return qwr__no_memory(ctx, WHERE);
    p->ctx = ctx;
    p->scenario = scenario;
    p->thin = thin;
    p->deadline_us = deadline_us;
    p->info = qwr_scenario_get_info(scenario);
    qwr_status status = qwr__axis_build(p);
    if (status != QWR_OK)
        goto done;
    qwr_problem_view *v = &p->cand.view;
    /* A row costs 16 bytes here and about as much again in the passes over it; 0 MB: 4 GB. */
    int64_t memory_mb = qwr__option_int(ctx, "max_memory_mb");
    p->cand.row_limit = (size_t)(memory_mb > 0 ? memory_mb : 4096) * (1024 * 1024 / 32);
    if (p->cand.row_limit > UINT32_MAX / 2)
        p->cand.row_limit = UINT32_MAX / 2;
    v->origin_s = p->origin_s;
    v->step_s = p->step_s;
    v->makespan = p->info->objective == QWR_OBJECTIVE_MAKESPAN;
    QWR_TRY_DONE(copy_ids(p));
    QWR_TRY_DONE(qwr__terms_fill(p));
    QWR_TRY_DONE(qwr__generate_rows(p));
    set_unplaced_cost(p);
done:
    if (status != QWR_OK) {
        qwr__problem_free(p);
        return status;
    }
    *out = p;
    return QWR_OK;
}

void qwr__problem_free(qwr__problem *p)
{
    if (!p)
        return;
    qwr__candidates_free(&p->cand);
    void *plain[] = {p->id_text, p->constant_mu, p->quay,       p->cell_quay, p->cell_berth,
                     p->cell_mm, p->shift_s,     p->ready_tick, p->due_tick,  p->bars};
    for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
        qwr__free(p->ctx, plain[k]);
    qwr__free(p->ctx, p);
}

int64_t qwr__tick_s(const qwr__problem *p, int64_t t)
{
    return p->origin_s + t * p->step_s;
}

void qwr__problem_stay(qwr_stay *stay, const qwr__problem *p, uint32_t row, int32_t start)
{
    const qwr_problem_view *v = &p->cand.view;
    uint32_t k = qwr__row_class(v, row), i = v->class_call[k];
    int32_t cell = v->row_cell[row];
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){i});
    *stay = qwr_stay_init();
    stay->placed = 1;
    stay->quay = (qwr_quay_ix){p->cell_quay[cell]};
    stay->berth = (qwr_berth_ix){p->cell_berth[cell]};
    stay->position_mm = p->cell_mm[cell];
    if (c->pin_position_mm != QWR_UNSET && stay->berth.v == QWR_NONE)
        stay->position_mm = c->pin_position_mm;
    stay->start_s = qwr__tick_s(p, start) + p->shift_s[i];
    stay->end_s = qwr__tick_s(p, start + v->class_duration[k]);
    stay->cranes = v->class_cranes[k];
}

bool qwr__problem_candidate(uint32_t *row, int32_t *start, const qwr__problem *p, uint32_t call,
                            const qwr_stay *stay)
{
    const qwr_problem_view *v = &p->cand.view;
    int64_t since_s;
    if (!stay->placed || !qwr__add64(&since_s, stay->start_s, -p->shift_s[call]) ||
        !qwr__add64(&since_s, since_s, -p->origin_s))
        return false;
    int64_t tick = since_s / p->step_s;
    if (tick < 0 || tick > p->ticks)
        return false;
    for (uint32_t k = v->call_class_begin[call]; k < v->call_class_begin[call + 1]; k++) {
        if (v->class_group[k] != stay->quay.v || v->class_cranes[k] != stay->cranes)
            continue;
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            qwr_stay other;
            if (tick < v->row_first[r] || tick > v->row_last[r])
                continue;
            qwr__problem_stay(&other, p, r, (int32_t)tick);
            if (other.berth.v == stay->berth.v && other.position_mm == stay->position_mm &&
                other.start_s == stay->start_s && other.end_s <= stay->end_s) {
                *row = r;
                *start = (int32_t)tick;
                return true;
            }
        }
    }
    return false;
}

static const char *const BAR_TEXT[QWR__BAR_COUNT] = {
    [QWR__BAR_LENGTH] = "length (the vessel does not fit)",
    [QWR__BAR_BREAK] = "break (the hull would straddle a quay break)",
    [QWR__BAR_PLACE] = "place (not among the places allowed to this call)",
    [QWR__BAR_FORBIDDEN] = "forbidden (the handling table excludes this berth)",
    [QWR__BAR_PIN] = "pin (the pinned decision is somewhere or some time else, or cannot be kept)",
    [QWR__BAR_DRAUGHT] = "draught (too little water alongside for the whole stay)",
    [QWR__BAR_CHANNEL] = "channel (too little water to berth or to leave)",
    [QWR__BAR_CLOSURE] = "closure (closed at every possible time)",
    [QWR__BAR_WINDOW] = "berth-window (the stay does not fit the opening hours)",
    [QWR__BAR_CRANES] = "cranes (too few able cranes in service)",
    [QWR__BAR_DEPARTURE] = "departure (work cannot end by the latest departure or the horizon)"};

char *qwr__problem_reason(const qwr__problem *p, uint32_t call)
{
    qwr__text text;
    qwr__text_init(&text, p->ctx);
    qwr__text_add(&text, "no place at any time:");
    const char *separator = " ";
    for (int rule = 0; rule < QWR__BAR_COUNT; rule++) {
        if (p->bars[call][rule] == 0)
            continue;
        qwr__text_add(&text, "%s%s rules out %lld of its options", separator, BAR_TEXT[rule],
                      (long long)p->bars[call][rule]);
        separator = "; ";
    }
    if (*separator == ' ')
        qwr__text_add(&text, " no quay offers it a position");
    return text.data;
}
