/* SPDX-License-Identifier: Apache-2.0 */
/* First plans of berth sequences: made by arrival, or taken from a solution; and handed back. */
#include "discrete/sequence_state.h"
#include "discrete/sequence_walk.h"

#include <string.h>

/* How far from the end of a lane: a call rarely belongs before others that came earlier. */
enum { PLACES = 4 };

void qwr__sequence_insert(qwr__sequence *s, uint32_t call, uint32_t places)
{
    int64_t best = s->table->view->unplaced_cost;
    uint32_t best_lane = QWR__NOWHERE, best_place = 0;
    for (uint32_t x = 0; x < s->lanes; x++) {
        if (qwr__sequence_model(s, x, call)->job == QWR__NOWHERE)
            continue;
        for (uint32_t k = 0; k <= places && k <= s->length[x]; k++) {
            uint32_t place = s->length[x] - k;
            int64_t delta = s->plain ? qwr__walk_insert(s, x, place, call, 0, best - 1, true)
                                     : qwr__walk_insert(s, x, place, call, 0, best - 1, false);
            if (delta < best) {
                best = delta;
                best_lane = x;
                best_place = place;
            }
        }
    }
    if (best_lane == QWR__NOWHERE)
        return;
    qwr__sequence_let_in(s, call);
    qwr__sequence_splice(s, best_lane, best_place, 0, &call, 1);
}

void qwr__sequence_sort(uint32_t *order, uint32_t count, const int32_t *key)
{
    for (uint32_t gap = count / 2; gap > 0; gap /= 2)
        for (uint32_t k = gap; k < count; k++) {
            uint32_t i = order[k], p = k;
            for (; p >= gap && (key[order[p - gap]] > key[i] ||
                                (key[order[p - gap]] == key[i] && order[p - gap] > i));
                 p -= gap)
                order[p] = order[p - gap];
            order[p] = i;
        }
}

void qwr__sequence_arrivals(const qwr__sequence *s, int32_t *first)
{
    for (uint32_t i = 0; i < s->calls; i++) {
        first[i] = INT32_MAX;
        for (uint32_t x = 0; x < s->lanes; x++) {
            const qwr__model *m = qwr__sequence_model(s, x, i);
            first[i] = m->first < first[i] ? m->first : first[i];
        }
    }
}

void qwr__sequence_construct(qwr__sequence *s, uint32_t *order, int32_t *key)
{
    qwr__sequence_clear(s);
    uint32_t count = s->out_count;
    memcpy(order, s->out, count * sizeof *order);
    qwr__sequence_arrivals(s, key);
    qwr__sequence_sort(order, count, key);
    for (uint32_t k = 0; k < count; k++)
        qwr__sequence_insert(s, order[k], PLACES);
}

void qwr__sequence_load(qwr__sequence *s, const uint32_t *row, const int32_t *start,
                        uint32_t *order, int32_t *key)
{
    const qwr_problem_view *v = s->table->view;
    qwr__sequence_clear(s);
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->calls; i++) {
        key[i] = start[i];
        if (row[i] != QWR__NOWHERE)
            order[count++] = i;
    }
    qwr__sequence_sort(order, count, key);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = order[k], lane = (uint32_t)v->row_cell[row[i]], end = s->length[lane];
        int64_t most = QWR__TOO_DEAR - 1;
        int64_t delta = s->plain ? qwr__walk_insert(s, lane, end, i, 0, most, true)
                                 : qwr__walk_insert(s, lane, end, i, 0, most, false);
        if (delta == QWR__TOO_DEAR)
            continue;
        qwr__sequence_let_in(s, i);
        qwr__sequence_splice(s, lane, end, 0, &i, 1);
    }
    while (s->out_count > 0) {
        uint32_t before = s->out_count;
        for (uint32_t k = 0; k < s->out_count; k++)
            qwr__sequence_insert(s, s->out[k], UINT32_MAX);
        if (s->out_count == before)
            break;
    }
}

void qwr__sequence_store(const qwr__sequence *s, uint32_t *row, int32_t *start)
{
    for (uint32_t i = 0; i < s->calls; i++) {
        row[i] = QWR__NOWHERE;
        start[i] = 0;
        if (s->lane_of[i] == QWR__NOWHERE)
            continue;
        const qwr__item *item = qwr__sequence_lane(s, s->lane_of[i]) + s->place_of[i];
        row[i] = s->table->row[item->job];
        start[i] = item->start;
    }
}
