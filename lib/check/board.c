/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The board: every stay of a plan with what follows from it (hull, work interval, whether its
 * indices point at anything), and the crane events in rising time. Takes any numbers without
 * overflowing. Must never know which rules there are.
 */
#include "check/check.h"

#include <string.h>

static const qwr_stay *stay_or_empty(const qwr_stay *stay, qwr_stay *room)
{
    if (stay->size >= sizeof *stay)
        return stay;
    *room = qwr_stay_init();
    memcpy(room, stay, stay->size);
    return room;
}

const qwr_quay *qwr__quay_of(const qwr__site *site, const qwr__alongside *a)
{
    return qwr_scenario_quay(site->scenario, a->stay.quay);
}

const qwr_berth *qwr__berth_of(const qwr__site *site, const qwr__alongside *a)
{
    return a->has_berth ? qwr_scenario_berth(site->scenario, a->stay.berth) : NULL;
}

/** Published sets may know no length of the vessel: then it takes its berth, at the least 1 mm. */
static int64_t hull_length(const qwr_call *call, const qwr_berth *berth)
{
    int64_t length = call->loa_mm;
    if (length == QWR_UNSET && berth != NULL)
        length = berth->length_mm;
    return length == QWR_UNSET || length < 1 ? 1 : length;
}

/** The work interval by its crane counts. A profile that is out of order is somebody else's finding
 * (rule "crane-profile"); here every step just ends where the next begins. */
static void set_steps(qwr__alongside *a, bool allowed)
{
    const qwr_stay *s = &a->stay;
    a->steps = 1;
    a->step[0] = (qwr__step){a->work_from_s, a->work_to_s, a->cranes};
    a->varies = allowed && s->step_count > 0 && s->step_count <= QWR_CRANE_STEPS_MAX && s->steps;
    for (uint32_t k = 0; a->varies && k < s->step_count; k++) {
        int64_t cranes = qwr__smaller(qwr__larger(s->steps[k].cranes, 0), INT32_MAX);
        a->step[k] = (qwr__step){s->steps[k].from_s, a->work_to_s, cranes};
        if (k > 0)
            a->step[k - 1].to_s = s->steps[k].from_s;
        a->steps = k + 1;
    }
}

void qwr__alongside_set(qwr__alongside *along, const qwr__site *site, uint32_t call,
                        const qwr_stay *stay)
{
    qwr_stay room;
    const qwr_call *c = site->call[call];
    *along = (qwr__alongside){.stay = *stay_or_empty(stay, &room)};
    const qwr_stay *s = &along->stay;
    along->placed = s->placed != 0;
    if (!along->placed)
        return;
    const qwr_quay *quay = qwr_scenario_quay(site->scenario, s->quay);
    const qwr_berth *berth = qwr_scenario_berth(site->scenario, s->berth);
    along->has_quay = quay != NULL;
    along->has_berth = quay != NULL && quay->layout == QWR_LAYOUT_DISCRETE && berth != NULL &&
                       berth->quay.v == s->quay.v;
    along->has_time = s->start_s < s->end_s;
    along->hull_from_mm = qwr__smaller(s->position_mm, INT64_MAX - 1);
    along->hull_to_mm =
        qwr__sat_add(along->hull_from_mm, hull_length(c, along->has_berth ? berth : NULL));
    along->work_from_s = qwr__sat_add(s->start_s, c->mooring_s);
    along->work_to_s = qwr__sat_sub(s->end_s, c->unmooring_s);
    along->cranes = qwr__smaller(qwr__larger(s->cranes, 0), INT32_MAX);
    set_steps(along, site->info->profile == QWR_PROFILE_VARYING);
}

static bool holds_cranes(const qwr__alongside *a)
{
    return qwr__has_place(a) && a->cranes > 0 && a->work_from_s < a->work_to_s;
}

qwr_status qwr__check_board_init(qwr__board *board, qwr_context *ctx, const qwr__site *site,
                                 const qwr_plan *plan)
{
    /* Each step takes its cranes and gives them back; one more stay than there are calls fits in.
     */
    size_t calls = site->calls,
           steps = site->info->profile == QWR_PROFILE_VARYING ? QWR_CRANE_STEPS_MAX : 1;
    *board = (qwr__board){.site = site};
    board->along = qwr__alloc(ctx, calls + 1, sizeof *board->along);
    board->work = qwr__alloc(ctx, 2 * steps * (calls + 1), sizeof *board->work);
    board->scratch = qwr__alloc(ctx, 2 * steps * (calls + 1), sizeof *board->scratch);
    board->active = qwr__alloc(ctx, calls + 1, sizeof *board->active);
    if (board->along == NULL || board->work == NULL || board->scratch == NULL ||
        board->active == NULL)
        return qwr__no_memory(ctx, "check");
    for (uint32_t c = 0; c < site->calls; c++) {
        qwr__alongside *a = &board->along[c];
        qwr__alongside_set(a, site, c, qwr_plan_stay(plan, (qwr_call_ix){c}));
        if (!holds_cranes(a))
            continue;
        for (uint32_t k = 0; k < a->steps; k++) {
            const qwr__step *step = &a->step[k];
            if (step->from_s >= step->to_s)
                continue;
            board->work[board->works++] =
                (qwr__event){step->from_s, qwr__work_what(c, true, step->cranes)};
            board->work[board->works++] =
                (qwr__event){step->to_s, qwr__work_what(c, false, step->cranes)};
        }
    }
    qwr__sort_events(board->work, board->works);
    return QWR_OK;
}

void qwr__check_board_free(qwr__board *board, qwr_context *ctx)
{
    qwr__free(ctx, board->along);
    qwr__free(ctx, board->work);
    qwr__free(ctx, board->scratch);
    qwr__free(ctx, board->active);
}

size_t qwr__board_quay_work(qwr__board *board, uint32_t quay)
{
    size_t count = 0;
    for (size_t i = 0; i < board->works; i++)
        if (board->along[qwr__work_call(&board->work[i])].stay.quay.v == quay)
            board->scratch[count++] = board->work[i];
    return count;
}

static void insert_event(qwr__board *board, qwr__event event)
{
    size_t i = board->works++;
    for (; i > 0 && board->work[i - 1].at > event.at; i--)
        board->work[i] = board->work[i - 1];
    board->work[i] = event;
}

void qwr__check_board_put(qwr__board *board, uint32_t call, const qwr__alongside *along)
{
    size_t kept = 0;
    for (size_t i = 0; i < board->works; i++)
        if (qwr__work_call(&board->work[i]) != call)
            board->work[kept++] = board->work[i];
    board->works = kept;
    board->along[call] = *along;
    if (!holds_cranes(along))
        return;
    for (uint32_t k = 0; k < along->steps; k++) {
        const qwr__step *step = &along->step[k];
        if (step->from_s >= step->to_s)
            continue;
        insert_event(board, (qwr__event){step->from_s, qwr__work_what(call, true, step->cranes)});
        insert_event(board, (qwr__event){step->to_s, qwr__work_what(call, false, step->cranes)});
    }
}
