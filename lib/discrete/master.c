/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Column generation on one graph. Around the multipliers at hand lies a box: unit columns pay for
 * leaving it, and it moves with the best multipliers (du Merle et al. 1999); pricing takes place
 * between the best multipliers and the programme's (Wentges 1997).
 */
#include "discrete/master.h"

#include <math.h>
#include <string.h>

/** Half-width of the box in cost units: at least, at most, how it shrinks when it moves,
 * and how it widens once the dual has come as far as it can. */
static const double LEAST_BOX = 0.5, MOST_BOX = 16, SHRINK = 0.7, WIDEN_BY = 4;

/** Weight of the programme's prices. */
static const double WEIGHT = 0.3;

enum {
    RECENTRE_EVERY = 8,
    MOST_PATHS = 6000,
    KEPT_PATHS = 2500,
    MOST_PIVOTS = 4000,
    MOST_ROWS = 2500
};

void qwr__master_free(qwr__master *m)
{
    if (!m->l)
        return;
    const qwr_host *h = m->l->host;
    void *blocks[] = {m->pool.lane,   m->pool.length, m->pool.begin, m->pool.cost, m->pool.used,
                      m->pool.choice, m->row,         m->row_call,   m->bit,       m->alive,
                      m->trial,       m->path,        m->entry_row,  m->entry};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    qwr__lp_free(&m->lp);
    memset(m, 0, sizeof *m);
}

static uint32_t longest_path(const qwr__lanes *l)
{
    int32_t least = INT32_MAX;
    for (uint32_t j = 0; j < l->jobs; j++)
        least = l->occupied[j] < least ? l->occupied[j] : least;
    return (uint32_t)(l->ticks / (least < 1 ? 1 : least)) + 1;
}

int32_t qwr__master_init(qwr__master *m, const qwr__lanes *l)
{
    const qwr_host *h = l->host;
    size_t bits = 0, calls = (size_t)l->calls + 1;
    memset(m, 0, sizeof *m);
    m->l = l;
    m->longest = longest_path(l);
    m->row = qwr__lanes_alloc(h, calls, sizeof *m->row);
    m->row_call = qwr__lanes_alloc(h, calls, sizeof *m->row_call);
    m->bit = qwr__lanes_alloc(h, (size_t)l->jobs + 1, sizeof *m->bit);
    m->trial = qwr__lanes_alloc(h, calls, sizeof *m->trial);
    m->path = qwr__lanes_alloc(h, (size_t)m->longest + 1, sizeof *m->path);
    m->entry_row = qwr__lanes_alloc(h, (size_t)m->longest + 2, sizeof *m->entry_row);
    m->entry = qwr__lanes_alloc(h, (size_t)m->longest + 2, sizeof *m->entry);
    if (!m->row || !m->row_call || !m->bit || !m->trial || !m->path || !m->entry_row || !m->entry)
        goto failed;
    for (uint32_t i = 0; i < l->calls; i++) {
        m->row[i] = l->served[i] ? m->call_rows : UINT32_MAX;
        if (l->served[i])
            m->row_call[m->call_rows++] = i;
    }
    for (uint32_t j = 0; j < l->jobs; j++) {
        m->bit[j] = bits;
        bits += l->last[j] >= l->first[j] ? (size_t)(l->last[j] - l->first[j] + 1) : 0;
    }
    m->alive_words = bits / 64 + 1;
    m->alive = qwr__lanes_alloc(h, m->alive_words, sizeof *m->alive);
    if (m->call_rows + l->lanes > MOST_ROWS) {
        qwr__master_free(m);
        return QWR_PLUGIN_EUNSUPPORTED;
    }
    if (!m->alive || qwr__lp_init(&m->lp, h, m->call_rows + l->lanes) != QWR_PLUGIN_OK)
        goto failed;
    for (uint32_t x = 0; x < l->lanes; x++)
        qwr__lp_set_demand(&m->lp, m->call_rows + x, l->many[x]);
    return QWR_PLUGIN_OK;
failed:
    qwr__master_free(m);
    return QWR_PLUGIN_ENOMEM;
}

/* --- the pool --- */

#define WIDEN(array, kept, count)                                                                  \
    (block = (void *)(array),                                                                      \
     ok = ok && qwr__lanes_widen(h, &block, (kept), (count), sizeof *(array)), (array) = block)

static bool pool_room(qwr__master *m, uint32_t length)
{
    qwr__pool *p = &m->pool;
    const qwr_host *h = m->l->host;
    void *block;
    bool ok = true;
    if (p->count == p->capacity) {
        size_t wide = p->capacity ? 2 * (size_t)p->capacity : 1024;
        WIDEN(p->lane, p->count, wide);
        WIDEN(p->length, p->count, wide);
        WIDEN(p->begin, p->count, wide);
        WIDEN(p->cost, p->count, wide);
        WIDEN(p->used, p->count, wide);
        if (!ok)
            return false;
        p->capacity = (uint32_t)wide;
    }
    if (p->choices + length > p->choice_capacity) {
        size_t wide = 2 * p->choice_capacity + 16384 + length;
        WIDEN(p->choice, p->choices, wide);
        if (!ok)
            return false;
        p->choice_capacity = wide;
    }
    return true;
}

/* Keeps the paths used last, in the pool and in the programme. */
static bool trim(qwr__master *m)
{
    qwr__pool *p = &m->pool;
    uint32_t kept = 0, low = 0, high = m->nodes;
    if (p->count < MOST_PATHS || m->held || m->lp.columns == 0)
        return true;
    bool *drop = qwr__lanes_alloc(m->l->host, m->lp.columns, sizeof *drop);
    if (!drop)
        return false;
    while (low < high) { /* the node that the most recently used ones reach back to */
        uint32_t mid = low + (high - low) / 2, later = 0;
        for (uint32_t k = 0; k < p->count; k++)
            later += p->used[k] > mid;
        if (later > KEPT_PATHS)
            low = mid + 1;
        else
            high = mid;
    }
    size_t at = 0;
    for (uint32_t k = 0; k < p->count; k++) {
        drop[m->first_path + k] = p->used[k] <= low && m->lp.place[m->first_path + k] < 0;
        if (drop[m->first_path + k])
            continue;
        memmove(p->choice + at, p->choice + p->begin[k], p->length[k] * sizeof *p->choice);
        p->lane[kept] = p->lane[k];
        p->length[kept] = p->length[k];
        p->cost[kept] = p->cost[k];
        p->used[kept] = p->used[k];
        p->begin[kept++] = at;
        at += p->length[k];
    }
    p->count = kept;
    p->choices = at;
    qwr__lp_drop(&m->lp, drop);
    m->l->host->release(m->l->host->payload, drop);
    return true;
}

/* Puts the path in m->path of this lane into the pool; UINT32_MAX: no memory. */
static uint32_t pool_add(qwr__master *m, const qwr__graph *g, uint32_t lane, uint32_t length)
{
    qwr__pool *p = &m->pool;
    if (!pool_room(m, length))
        return UINT32_MAX;
    uint32_t k = p->count++;
    p->lane[k] = lane;
    p->length[k] = length;
    p->begin[k] = p->choices;
    p->cost[k] = 0;
    p->used[k] = m->nodes;
    for (uint32_t e = 0; e < length; e++) {
        qwr__choice c = g->choice[m->path[e]];
        p->cost[k] += qwr__lane_cost(m->l, c.job, c.start);
        p->choice[p->choices++] = c;
    }
    return k;
}

/* --- the programme --- */

/* The path as a column: a row for each call with how often it is met, and the lane's. */
static uint32_t entries_of(qwr__master *m, uint32_t path)
{
    const qwr__pool *p = &m->pool;
    uint32_t count = 0;
    for (uint32_t e = 0; e < p->length[path]; e++) {
        uint32_t row = m->row[m->l->call[p->choice[p->begin[path] + e].job]], at = 0;
        while (at < count && m->entry_row[at] != row)
            at++;
        if (at == count) {
            m->entry_row[count] = (uint16_t)row;
            m->entry[count++] = 0;
        }
        m->entry[at] += 1;
    }
    m->entry_row[count] = (uint16_t)(m->call_rows + p->lane[path]);
    m->entry[count++] = 1;
    return count;
}

static bool add_path(qwr__master *m, uint32_t path)
{
    uint32_t count = entries_of(m, path);
    return qwr__lp_add(&m->lp, (double)m->pool.cost[path], count, m->entry_row, m->entry) !=
           UINT32_MAX;
}

/* Two unit columns a call row: the first kind comes first, for it is the first basis. */
static void set_box(qwr__master *m, const int64_t *pi, double width)
{
    for (uint32_t r = 0; r < m->call_rows; r++) {
        /* A width that differs from row to row keeps ties apart. */
        double centre = (double)pi[m->row_call[r]] / QWR__DUAL_SCALE,
               box = width * (1 + (double)(r % 61) / 610);
        qwr__lp_set_cost(&m->lp, r, centre + box);
        qwr__lp_set_cost(&m->lp, m->lp.rows + r, box - centre);
    }
}

/* Units only: the first basis. */
static bool begin_programme(qwr__master *m)
{
    const double plus = 1, minus = -1;
    bool ok = true;
    qwr__lp_clear(&m->lp);
    m->held = false; /* what was kept is of columns that are gone */
    for (uint32_t r = 0; r < m->lp.rows; r++) {
        uint16_t row = (uint16_t)r;
        ok = ok && qwr__lp_add(&m->lp, 0, 1, &row, &plus) != UINT32_MAX;
    }
    for (uint32_t r = 0; r < m->call_rows; r++) {
        uint16_t row = (uint16_t)r;
        ok = ok && qwr__lp_add(&m->lp, 0, 1, &row, &minus) != UINT32_MAX;
    }
    m->first_path = m->lp.columns;
    m->pool.count = 0;
    m->pool.choices = 0;
    return ok;
}

/* Prices out the paths that the node has no candidates for; the basis stays what it was. */
static void fit_to_node(qwr__master *m, const qwr__graph *g, const int64_t *pi, int64_t room)
{
    m->ban = 1000; /* more than leaving the box for all calls of a path */
    for (uint32_t r = 0; r < m->call_rows; r++)
        m->ban += fabs((double)pi[m->row_call[r]]) / QWR__DUAL_SCALE;
    qwr__lp_allow_none(&m->lp);
    for (uint32_t j = 0; j < m->first_path; j++)
        qwr__lp_allow(&m->lp, j);
    memset(m->alive, 0, m->alive_words * sizeof *m->alive);
    for (uint32_t c = 0; c < g->count; c++) {
        uint32_t j = g->choice[c].job;
        size_t bit = m->bit[j] + (size_t)(g->choice[c].start - m->l->first[j]);
        m->alive[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    for (uint32_t k = 0; k < m->pool.count; k++) {
        int64_t reduced = m->pool.cost[k] * QWR__DUAL_SCALE - g->lane_cost[m->pool.lane[k]];
        bool possible = true;
        const qwr__choice *c = m->pool.choice + m->pool.begin[k];
        for (uint32_t e = 0; e < m->pool.length[k] && possible; e++) {
            size_t bit = m->bit[c[e].job] + (size_t)(c[e].start - m->l->first[c[e].job]);
            possible = m->alive[bit / 64] >> bit % 64 & 1;
            reduced -= pi[m->l->call[c[e].job]];
        }
        /* Paths dearer than the room to the target are in no solution that is looked for. */
        possible = possible && reduced <= room;
        if (possible)
            qwr__lp_allow(&m->lp, m->first_path + k);
        qwr__lp_set_cost(&m->lp, m->first_path + k,
                         (double)m->pool.cost[k] + (possible ? 0 : m->ban));
    }
}

bool qwr__master_settled(const qwr__master *m, uint32_t j)
{
    if (j < m->first_path)
        return j >= m->call_rows && j < m->lp.rows; /* a lane's own unit: its path is empty */
    return m->lp.cost[j] < (double)m->pool.cost[j - m->first_path] + m->ban / 2;
}

/* Does the solution rest on units of call rows, or on paths the node cannot use? */
static bool box_binds(const qwr__master *m)
{
    for (uint32_t r = 0; r < m->lp.rows; r++)
        if (m->lp.value[r] > QWR__SMALL_SHARE && !qwr__master_settled(m, m->lp.basis[r]))
            return true;
    return false;
}

static double path_reduced(const qwr__master *m, uint32_t path, uint32_t entries)
{
    double cost = (double)m->pool.cost[path];
    for (uint32_t e = 0; e < entries; e++)
        cost -= m->lp.dual[m->entry_row[e]] * m->entry[e];
    return cost;
}

/* Dual value at `trial`; adds the cheapest paths that the programme lacks. */
static int32_t price(int64_t *dual, bool *added, qwr__master *m, qwr__graph *g,
                     const int64_t *trial)
{
    *dual = qwr__graph_dual(g, trial);
    for (uint32_t x = 0; x < m->l->lanes; x++) {
        if (g->lane_cost[x] >= 0)
            continue;
        uint32_t length = qwr__graph_path(g, x, trial, m->path, m->longest);
        if (!length)
            continue;
        uint32_t path = pool_add(m, g, x, length);
        if (path == UINT32_MAX)
            return QWR_PLUGIN_ENOMEM;
        if (path_reduced(m, path, entries_of(m, path)) < -1e-6) {
            if (!add_path(m, path))
                return QWR_PLUGIN_ENOMEM;
            *added = true;
        } else {
            m->pool.count--;
            m->pool.choices = m->pool.begin[path];
        }
    }
    return QWR_PLUGIN_OK;
}

static void mark_used(qwr__master *m)
{
    for (uint32_t r = 0; r < m->lp.rows; r++)
        if (m->lp.basis[r] >= m->first_path)
            m->pool.used[m->lp.basis[r] - m->first_path] = m->nodes;
}

/* Multipliers between the best ones and the programme's prices. */
static void mix(qwr__master *m, const int64_t *best, double weight)
{
    for (uint32_t r = 0; r < m->call_rows; r++) {
        uint32_t i = m->row_call[r];
        double value = weight * m->lp.dual[r] * QWR__DUAL_SCALE + (1 - weight) * (double)best[i];
        /* Not a number, or out of all reach: the programme has lost its way. */
        bool sane = fabs(value) < (double)QWR__MOST_PRICE;
        m->trial[i] = sane ? (int64_t)floor(value + 0.5) : best[i];
    }
}

/* The farther the dual is from the target, the farther its multipliers may have to go. */
static double first_width(const qwr__master *m, int64_t room)
{
    double width = 4 * (double)room / QWR__DUAL_SCALE / (1 + m->call_rows);
    return width < LEAST_BOX ? LEAST_BOX : width > MOST_BOX ? MOST_BOX : width;
}

void qwr__master_keep(qwr__master *m)
{
    m->held = m->lp.columns > 0;
    if (m->held)
        qwr__lp_keep(&m->lp);
}

void qwr__master_return(qwr__master *m)
{
    if (m->held && m->lp.columns > 0)
        qwr__lp_return(&m->lp);
}

int32_t qwr__master_solve(qwr__master_end *end, qwr__master *m, qwr__graph *g, int64_t *pi,
                          int64_t target, uint32_t rounds)
{
    const qwr_host *h = m->l->host;
    *end = (qwr__master_end){.dual = INT64_MIN};
    m->nodes++;
    if (!trim(m) || (m->lp.columns == 0 && !begin_programme(m)))
        return QWR_PLUGIN_ENOMEM;
    int64_t room = target * QWR__DUAL_SCALE - qwr__graph_dual(g, pi);
    double width = first_width(m, room);
    fit_to_node(m, g, pi, room);
    set_box(m, pi, width);
    for (uint32_t round = 0; round < rounds; round++) {
        bool added = false;
        if (qwr__lp_solve(&m->lp, MOST_PIVOTS) == QWR__LP_TROUBLE) {
            m->lp.columns = 0; /* rounding got the better of it: the next node begins anew */
            break;
        }
        end->objective = qwr__lp_objective(&m->lp);
        for (int pass = 0; pass < 2 && !added; pass++) {
            int64_t dual;
            mix(m, pi, pass ? 1 : round ? WEIGHT : 0);
            int32_t status = price(&dual, &added, m, g, m->trial);
            if (status != QWR_PLUGIN_OK)
                return status;
            h->work_done(h->payload, 1 + g->count / 64);
            if (dual > end->dual) {
                end->dual = dual;
                for (uint32_t r = 0; r < m->call_rows; r++)
                    pi[m->row_call[r]] = m->trial[m->row_call[r]];
            }
        }
        if (end->dual > target * QWR__DUAL_SCALE || qwr__lanes_over(h))
            break;
        double dual = (double)end->dual / QWR__DUAL_SCALE;
        if (!added || end->objective - dual < 0.02 ||
            (end->objective - dual < 0.2 && ceil(end->objective - 1e-6) <= ceil(dual))) {
            end->converged = !box_binds(m);
            if (end->converged)
                break;
            /* The dual is where it can be; only the programme is held back by the box. */
            width *= WIDEN_BY;
            set_box(m, pi, width);
        } else if (round % RECENTRE_EVERY == RECENTRE_EVERY - 1) {
            width = width * SHRINK > LEAST_BOX ? width * SHRINK : LEAST_BOX;
            set_box(m, pi, width);
        }
    }
    mark_used(m);
    return QWR_PLUGIN_OK;
}
