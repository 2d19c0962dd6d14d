/* SPDX-License-Identifier: Apache-2.0 */
/* Column generation with smoothed prizes. */
#include "continuous/cover.h"

#include "discrete/lp.h"

#include <math.h>
#include <string.h>

static const char WHERE[] = "continuous.cover";

enum {
    FIRST_BEAM = 300,
    MOST_BEAM = 4000000,
    BEST_SETS = 6, /* of a section that come in at a time */
    FIRST_STEPS = 200,
    LATER_STEPS = 40,
    PIVOTS = 20000,
    TURNS_MOST = 2000
};

/* How far prizes stay with those of the best bound. */
#define SMOOTH      0.8
#define SMOOTH_LESS 0.2
#define SMOOTH_MORE 0.1

/* The cheapest sets of a section, by what they cost beyond their prizes. */
typedef struct basket {
    uint32_t count;
    struct {
        qwr__calls calls;
        int64_t cost;
    } at[BEST_SETS];
} basket;

typedef struct climb {
    qwr__cover *c;
    qwr__lp lp;
    uint32_t *section_row; /* [sections] of the programme */
    int64_t raw[QWR__PACKED_CALLS], prize[QWR__PACKED_CALLS];
    size_t in_lp; /* columns handed over */
    double smooth;
    int64_t total;
    bool complete; /* no label was cut off in this turn */
    bool added;
} climb;

qwr_status qwr__cover_init(qwr__cover *c, const qwr__packing *p)
{
    *c = (qwr__cover){.p = p, .total = INT64_MIN, .beam = FIRST_BEAM};
    c->price = qwr__alloc(p->ctx, p->section_count, sizeof *c->price);
    if (!c->price)
        return qwr__no_memory(p->ctx, WHERE);
    for (uint32_t s = 0; s < p->section_count; s++)
        if (p->section[s].first_option < p->section[s].end_option)
            QWR_TRY(qwr__price_init(&c->price[s], p, s));
    return QWR_OK;
}

void qwr__cover_free(qwr__cover *c)
{
    if (!c->p)
        return;
    for (uint32_t s = 0; c->price && s < c->p->section_count; s++)
        qwr__price_free(&c->price[s]);
    qwr__free(c->p->ctx, c->price);
    qwr__free(c->p->ctx, c->column);
    *c = (qwr__cover){.p = NULL};
}

void qwr__cover_add(void *cover, uint32_t section, qwr__calls calls, int64_t cost)
{
    qwr__cover *c = cover;
    for (size_t k = 0; k < c->count; k++)
        if (c->column[k].section == section && c->column[k].calls == calls &&
            c->column[k].cost <= cost)
            return;
    if (c->count == c->capacity) {
        size_t wanted = c->capacity ? c->capacity * 2 : 256;
        qwr__column *fresh = qwr__alloc(c->p->ctx, wanted, sizeof *fresh);
        c->failed = c->failed || !fresh;
        if (!fresh)
            return;
        if (c->count)
            memcpy(fresh, c->column, c->count * sizeof *fresh);
        qwr__free(c->p->ctx, c->column);
        c->column = fresh;
        c->capacity = wanted;
    }
    c->column[c->count++] = (qwr__column){section, calls, cost};
}

static bool put_into_basket(void *payload, qwr__calls calls, int64_t cost)
{
    basket *b = payload;
    uint32_t k = b->count < BEST_SETS ? b->count++ : BEST_SETS;
    if (k == BEST_SETS && b->at[--k].cost <= cost)
        return true;
    for (; k > 0 && b->at[k - 1].cost > cost; k--)
        b->at[k] = b->at[k - 1];
    b->at[k].calls = calls;
    b->at[k].cost = cost;
    return true;
}

static qwr_status new_column(climb *x, double cost, qwr__calls calls, uint32_t section,
                             double entry)
{
    uint16_t row[QWR__PACKED_CALLS + 1];
    double value[QWR__PACKED_CALLS + 1];
    uint32_t count = 0;
    for (uint32_t j = 0; j < x->c->p->calls; j++)
        if (calls >> j & 1) {
            row[count] = (uint16_t)j;
            value[count++] = entry;
        }
    if (section != UINT32_MAX) {
        row[count] = (uint16_t)x->section_row[section];
        value[count++] = entry;
    }
    return qwr__lp_add(&x->lp, cost, count, row, value) == UINT32_MAX
               ? qwr__no_memory(x->c->p->ctx, WHERE)
               : QWR_OK;
}

/* Columns that stand for a call left out, an idle section and a call served twice: so every row
 * holds with "=", and prizes are not negative. */
static qwr_status begin(climb *x)
{
    const qwr__packing *p = x->c->p;
    uint32_t rows = p->calls;
    x->section_row = qwr__alloc(p->ctx, p->section_count, sizeof *x->section_row);
    if (!x->section_row)
        return qwr__no_memory(p->ctx, WHERE);
    for (uint32_t s = 0; s < p->section_count; s++)
        if (x->c->price[s].p)
            x->section_row[s] = rows++;
    if (qwr__lp_init(&x->lp, &p->b->host, rows) != QWR_PLUGIN_OK)
        return qwr__no_memory(p->ctx, WHERE);
    qwr__lp_clear(&x->lp);
    double dear = 2.0 * (double)p->b->value + 1;
    for (uint32_t j = 0; j < p->calls; j++)
        QWR_TRY(new_column(x, dear, qwr__call_bit(j), UINT32_MAX, 1));
    for (uint32_t s = 0; s < p->section_count; s++)
        if (x->c->price[s].p)
            QWR_TRY(new_column(x, 0, 0, s, 1));
    for (uint32_t j = 0; j < p->calls; j++)
        QWR_TRY(new_column(x, 0, qwr__call_bit(j), UINT32_MAX, -1));
    return QWR_OK;
}

static qwr_status solve(climb *x)
{
    qwr__cover *c = x->c;
    for (; x->in_lp < c->count; x->in_lp++) {
        const qwr__column *k = &c->column[x->in_lp];
        QWR_TRY(new_column(x, (double)k->cost, k->calls, k->section, 1));
    }
    (void)qwr__lp_solve(&x->lp, PIVOTS);
    for (uint32_t j = 0; j < c->p->calls; j++) {
        x->raw[j] = llround(x->lp.dual[j] * (double)QWR__PACKING_SCALE);
        x->raw[j] = x->raw[j] < 0 ? 0 : x->raw[j];
        x->prize[j] = x->raw[j];
        if (c->total != INT64_MIN)
            x->prize[j] += (int64_t)(x->smooth * (double)(c->prize[j] - x->raw[j]));
    }
    return QWR_OK;
}

/* What the cheapest known set of a section costs beyond its prizes; 0: none is worth it. */
static int64_t known_least(const climb *x, uint32_t s)
{
    const qwr__cover *c = x->c;
    int64_t least = 0;
    for (size_t k = 0; k < c->count; k++) {
        if (c->column[k].section != s)
            continue;
        int64_t cost = c->column[k].cost * QWR__PACKING_SCALE;
        for (uint32_t j = 0; j < c->p->calls; j++)
            if (c->column[k].calls >> j & 1)
                cost -= x->prize[j];
        least = cost < least ? cost : least;
    }
    return least;
}

/* The cheapest sets of a section at the prizes: they raise the bound's total and bring columns. */
static qwr_status price_section(climb *x, uint32_t s, bool *over)
{
    qwr__cover *c = x->c;
    qwr__price *price = &c->price[s];
    basket best = {0};
    int64_t known = known_least(x, s);
    QWR_TRY(qwr__price_raise(price, QWR__ALL_CALLS, x->prize, known,
                             price->settled ? LATER_STEPS : FIRST_STEPS));
    qwr__labelling run = {.price = price,
                          .calls = price->member,
                          .prize = x->prize,
                          .cut = known,
                          .beam = c->beam,
                          .found = put_into_basket,
                          .payload = &best};
    QWR_TRY(qwr__labels_run(&run));
    *over = run.over;
    if (run.over)
        return QWR_OK;
    x->total += run.least < run.unknown ? run.least : run.unknown;
    x->complete = x->complete && run.unknown >= run.least;
    double idle = x->lp.dual[x->section_row[s]] * (double)QWR__PACKING_SCALE;
    for (uint32_t k = 0; k < best.count; k++) {
        int64_t cost = best.at[k].cost;
        double reduced = -idle;
        for (uint32_t j = 0; j < c->p->calls; j++)
            if (best.at[k].calls >> j & 1)
                cost += x->prize[j];
        reduced += (double)cost;
        for (uint32_t j = 0; j < c->p->calls; j++)
            if (best.at[k].calls >> j & 1)
                reduced -= (double)x->raw[j];
        size_t before = c->count;
        if (reduced < -(double)QWR__PACKING_SCALE / 1024)
            qwr__cover_add(c, s, best.at[k].calls, cost / QWR__PACKING_SCALE);
        x->added = x->added || c->count > before;
    }
    return QWR_OK;
}

/* What the turn tells about beam and smoothing; false: there is nothing more to gain. */
static bool learn(climb *x)
{
    qwr__cover *c = x->c;
    bool risen = x->total >= c->total, same = !memcmp(x->prize, x->raw, sizeof x->raw);
    if (risen) {
        c->total = x->total;
        memcpy(c->prize, x->prize, sizeof c->prize);
        int64_t bound = x->total / QWR__PACKING_SCALE + (x->total % QWR__PACKING_SCALE > 0);
        (void)qwr__berth_offer_bound(c->p->b, bound + qwr__packing_hopeless(c->p),
                                     "column-generation");
    }
    if (x->added) {
        x->smooth = x->smooth + SMOOTH_MORE > SMOOTH ? SMOOTH : x->smooth + SMOOTH_MORE;
    } else if (!risen && !x->complete && c->beam < MOST_BEAM) {
        c->beam *= 4;
    } else if (!same) {
        x->smooth = x->smooth > SMOOTH_LESS + 0.05 ? x->smooth - SMOOTH_LESS : 0;
    } else if (!x->complete && c->beam < MOST_BEAM) {
        c->beam *= 4;
    } else {
        return false;
    }
    return true;
}

static qwr_status climb_on(climb *x)
{
    qwr__cover *c = x->c;
    const qwr__packing *p = c->p;
    bool over = false;
    QWR_TRY(begin(x));
    for (int turn = 0; turn < TURNS_MOST && !qwr__berth_over(p->b); turn++) {
        QWR_TRY(solve(x));
        x->total = 0;
        x->complete = true;
        x->added = false;
        for (uint32_t j = 0; j < p->calls; j++)
            x->total += x->prize[j];
        for (uint32_t s = 0; s < p->section_count && !over; s++)
            if (c->price[s].p)
                QWR_TRY(price_section(x, s, &over));
        if (c->failed)
            return qwr__no_memory(p->ctx, WHERE);
        if (over || !learn(x) || qwr__berth_closed(p->b))
            break;
    }
    return QWR_OK;
}

qwr_status qwr__cover_climb(qwr__cover *c)
{
    climb x = {.c = c, .smooth = SMOOTH};
    qwr_status status = climb_on(&x);
    if (x.lp.host)
        qwr__lp_free(&x.lp);
    qwr__free(c->p->ctx, x.section_row);
    return status;
}
