/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The large move: one call is lifted at each of many lanes, other lanes open a gap, and the calls
 * go back to the places by the cheapest assignment. Lanes do not touch each other, so the price of
 * a call at a place is exact. At a temperature the prices are blurred by it.
 */
#include "discrete/sequence_anneal.h"
#include "discrete/sequence_walk.h"

/* Lanes of one move, and a price that is never paid. */
enum { LANES = 24 };
#define NO_WAY (INT64_MAX / 1024)

typedef struct match {
    uint32_t rows, places;
    uint32_t call[LANES];               /**< [rows] */
    uint32_t lane[LANES], place[LANES]; /**< [places] */
    bool gap[LANES];                    /**< nobody lay there */
    int64_t price[LANES][LANES + 1];    /**< of row r at place k; column 0 unused */
    int32_t row_of[LANES + 1];          /**< 1 + row at a place (from 1), 0: none */
} match;

/* Shortest augmenting paths (Jonker and Volgenant 1987, in the form without column reduction). */
static void assign(match *m)
{
    int64_t u[LANES + 1] = {0}, v[LANES + 1] = {0};
    int32_t way[LANES + 1] = {0};
    uint32_t n = m->places;
    for (uint32_t k = 0; k <= n; k++)
        m->row_of[k] = 0;
    for (uint32_t r = 1; r <= m->rows; r++) {
        int64_t least[LANES + 1];
        bool used[LANES + 1] = {false};
        uint32_t at = 0;
        m->row_of[0] = (int32_t)r;
        for (uint32_t k = 0; k <= n; k++)
            least[k] = INT64_MAX;
        do {
            used[at] = true;
            int32_t row = m->row_of[at];
            int64_t delta = INT64_MAX;
            uint32_t to = 0;
            for (uint32_t k = 1; k <= n; k++) {
                if (used[k])
                    continue;
                int64_t reduced = m->price[row - 1][k] - u[row] - v[k];
                if (reduced < least[k]) {
                    least[k] = reduced;
                    way[k] = (int32_t)at;
                }
                if (least[k] < delta) {
                    delta = least[k];
                    to = k;
                }
            }
            for (uint32_t k = 0; k <= n; k++)
                if (used[k]) {
                    u[m->row_of[k]] += delta;
                    v[k] -= delta;
                } else {
                    least[k] -= delta;
                }
            at = to;
        } while (m->row_of[at] != 0);
        for (; at != 0; at = (uint32_t)way[at])
            m->row_of[at] = m->row_of[way[at]];
    }
}

static void choose_lanes(match *m, const qwr__sequence *s, qwr__anneal *a)
{
    uint64_t bits = qwr__anneal_next(a);
    uint32_t i = a->by_time[(uint32_t)((bits & UINT32_MAX) * a->count >> 32)];
    uint32_t first = (uint32_t)((bits >> 32) * s->lanes >> 32);
    int32_t about = a->key[i];
    m->rows = m->places = 0;
    for (uint32_t x = 0; x < s->lanes && m->places < LANES; x++) {
        uint32_t lane = first + x < s->lanes ? first + x : first + x - s->lanes;
        const qwr__item *at = qwr__sequence_lane(s, lane);
        bits = qwr__anneal_next(a);
        uint32_t place = 0, length = s->length[lane];
        if (bits & 8) {
            while (place < length && at[place].start < about)
                place++;
            place += (uint32_t)(bits & 3) - 1;
            if (place > length)
                place = place > UINT32_MAX - 8 ? 0 : length;
        } else {
            place = (uint32_t)((bits >> 32) * (length + 1) >> 32);
        }
        bool gap = place == length || (bits >> 8 & 7) == 0;
        m->lane[m->places] = lane;
        m->place[m->places] = place;
        m->gap[m->places++] = gap;
        if (!gap)
            m->call[m->rows++] = at[place].call;
    }
}

QWR__WALK void fill_prices(match *m, qwr__sequence *s, qwr__anneal *a, bool plain)
{
    for (uint32_t k = 0; k < m->places; k++) {
        uint32_t lane = m->lane[k], place = m->place[k];
        int64_t empty = 0;
        if (!m->gap[k]) {
            const qwr__item *at = qwr__sequence_lane(s, lane) + place;
            empty = -qwr__walk_saving(s, lane, at, plain);
        }
        for (uint32_t r = 0; r < m->rows; r++) {
            m->price[r][k + 1] = NO_WAY;
            if (qwr__sequence_model(s, lane, m->call[r])->job == QWR__NOWHERE)
                continue;
            int64_t delta = qwr__walk_replace(s, lane, place, m->gap[k] ? 0 : 1, &m->call[r], 1, 0,
                                              QWR__TOO_DEAR - 1, plain);
            if (delta == QWR__TOO_DEAR)
                continue;
            m->price[r][k + 1] =
                delta - empty +
                a->heat * a->log[qwr__anneal_next(a) & (QWR__LOGS - 1)] / (QWR__HEAT * QWR__HEAT);
        }
    }
}

void qwr__anneal_match(qwr__anneal *a)
{
    qwr__sequence *s = &a->now;
    match m;
    choose_lanes(&m, s, a);
    if (m.rows < 2)
        return;
    if (s->plain)
        fill_prices(&m, s, a, true);
    else
        fill_prices(&m, s, a, false);
    assign(&m);
    bool same = true;
    for (uint32_t k = 0, r = 0; k < m.places; k++) {
        int32_t old = m.gap[k] ? 0 : (int32_t)++r;
        same = same && m.row_of[k + 1] == old;
        if (m.row_of[k + 1] != 0 && m.price[m.row_of[k + 1] - 1][k + 1] >= NO_WAY)
            return;
    }
    if (same)
        return;
    qwr__anneal_keep(a);
    for (uint32_t k = 0, r = 0; k < m.places; k++) {
        uint32_t gone = m.gap[k] ? 0 : 1;
        int32_t old = m.gap[k] ? 0 : (int32_t)++r;
        if (m.row_of[k + 1] == old)
            continue;
        uint32_t *with = m.row_of[k + 1] ? &m.call[m.row_of[k + 1] - 1] : NULL;
        qwr__sequence_splice(s, m.lane[k], m.place[k], gone, with, with ? 1 : 0);
    }
    a->taken++;
}
