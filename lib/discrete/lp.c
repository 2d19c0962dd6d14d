/* SPDX-License-Identifier: Apache-2.0 */
/* The small linear programme: primal simplex with a dense inverse. */
#include "discrete/lp.h"
#include "discrete/lanes.h"

#include <math.h>
#include <string.h>

static const double COST_TOLERANCE = 1e-7, PIVOT_TOLERANCE = 1e-9;

/** Pivots between two looks at how far rounding has carried the inverse. */
enum { LOOK_EVERY = 128 };

void qwr__lp_free(qwr__lp *p)
{
    if (!p->host)
        return;
    void *blocks[] = {p->cost,    p->begin,      p->row,          p->coefficient,
                      p->place,   p->live,       p->plain,        p->basis,
                      p->inverse, p->value,      p->dual,         p->direction,
                      p->demand,  p->kept_basis, p->kept_inverse, p->kept_value};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            p->host->release(p->host->payload, blocks[k]);
    memset(p, 0, sizeof *p);
}

int32_t qwr__lp_init(qwr__lp *p, const qwr_host *host, uint32_t rows)
{
    memset(p, 0, sizeof *p);
    p->host = host;
    p->kernel = qwr__discrete_kernel_for(host);
    p->rows = rows;
    p->basis = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->basis);
    p->inverse = qwr__lanes_alloc(host, (size_t)rows * rows + 1, sizeof *p->inverse);
    p->value = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->value);
    p->kept_basis = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->kept_basis);
    p->kept_inverse = qwr__lanes_alloc(host, (size_t)rows * rows + 1, sizeof *p->kept_inverse);
    p->kept_value = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->kept_value);
    p->demand = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->demand);
    p->dual = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->dual);
    p->direction = qwr__lanes_alloc(host, (size_t)rows + 1, sizeof *p->direction);
    if (rows > UINT16_MAX || !p->basis || !p->inverse || !p->value || !p->demand ||
        !p->kept_basis || !p->kept_inverse || !p->kept_value || !p->dual || !p->direction) {
        qwr__lp_free(p);
        return QWR_PLUGIN_ENOMEM;
    }
    for (uint32_t r = 0; r < rows; r++)
        qwr__lp_set_demand(p, r, 1);
    return QWR_PLUGIN_OK;
}

void qwr__lp_set_demand(qwr__lp *p, uint32_t row, double demand)
{
    p->demand[row] = demand + 1e-6 * (1 + (double)(row * 7919 % 101) / 101);
}

void qwr__lp_clear(qwr__lp *p)
{
    size_t rows = p->rows;
    p->columns = 0;
    p->entries = 0;
    p->listed = p->lives = 0;
    p->stale = true;
    memset(p->inverse, 0, rows * rows * sizeof *p->inverse);
    for (uint32_t r = 0; r < p->rows; r++) {
        p->inverse[r * rows + r] = 1;
        p->value[r] = p->demand[r];
        p->basis[r] = r;
    }
}

static bool make_room(qwr__lp *p, uint32_t count)
{
    if (p->columns + 1 >= p->capacity) {
        size_t wide = p->capacity ? 2 * (size_t)p->capacity : 1024;
        void *cost = p->cost, *begin = p->begin, *place = p->place;
        bool ok = qwr__lanes_widen(p->host, &cost, p->columns, wide, sizeof *p->cost);
        p->cost = cost;
        ok = ok &&
             qwr__lanes_widen(p->host, &begin, (size_t)p->columns + 1, wide + 1, sizeof *p->begin);
        p->begin = begin;
        ok = ok && qwr__lanes_widen(p->host, &place, p->columns, wide, sizeof *p->place);
        p->place = place;
        void *live = p->live, *plain = p->plain;
        ok = ok && qwr__lanes_widen(p->host, &live, p->lives, wide, sizeof *p->live);
        p->live = live;
        ok = ok && qwr__lanes_widen(p->host, &plain, p->columns, wide, sizeof *p->plain);
        p->plain = plain;
        if (!ok)
            return false;
        p->capacity = (uint32_t)wide;
    }
    if (p->entries + count > p->entry_capacity) {
        size_t wide = p->entry_capacity ? 2 * p->entry_capacity : 16384;
        void *row = p->row, *coefficient = p->coefficient;
        bool ok = qwr__lanes_widen(p->host, &row, p->entries, wide + count, sizeof *p->row);
        p->row = row;
        ok = ok && qwr__lanes_widen(p->host, &coefficient, p->entries, wide + count,
                                    sizeof *p->coefficient);
        p->coefficient = coefficient;
        if (!ok)
            return false;
        p->entry_capacity = wide;
    }
    return true;
}

uint32_t qwr__lp_add(qwr__lp *p, double cost, uint32_t count, const uint16_t *row,
                     const double *coefficient)
{
    if (!make_room(p, count))
        return UINT32_MAX;
    uint32_t j = p->columns++;
    p->cost[j] = cost;
    p->live[p->lives++] = j;
    p->plain[j] = true;
    for (uint32_t e = 0; e < count; e++)
        p->plain[j] = p->plain[j] && coefficient[e] == 1;
    p->begin[j] = p->entries;
    p->place[j] = j < p->rows ? (int32_t)j : -1;
    memcpy(p->row + p->entries, row, count * sizeof *row);
    memcpy(p->coefficient + p->entries, coefficient, count * sizeof *coefficient);
    p->entries += count;
    p->begin[p->columns] = p->entries;
    return j;
}

void qwr__lp_allow_none(qwr__lp *p)
{
    p->lives = p->listed = p->looked = 0;
}

void qwr__lp_allow(qwr__lp *p, uint32_t column)
{
    p->live[p->lives++] = column;
}

void qwr__lp_set_cost(qwr__lp *p, uint32_t column, double cost)
{
    p->cost[column] = cost;
    p->stale = true;
}

void qwr__lp_drop(qwr__lp *p, const bool *drop)
{
    uint32_t kept = 0;
    size_t at = 0;
    for (uint32_t j = 0; j < p->columns; j++) {
        size_t from = p->begin[j], count = p->begin[j + 1] - from;
        if (drop[j])
            continue;
        memmove(p->row + at, p->row + from, count * sizeof *p->row);
        memmove(p->coefficient + at, p->coefficient + from, count * sizeof *p->coefficient);
        p->cost[kept] = p->cost[j];
        p->plain[kept] = p->plain[j];
        p->begin[kept] = at;
        p->place[kept] = p->place[j];
        if (p->place[j] >= 0)
            p->basis[p->place[j]] = kept;
        at += count;
        kept++;
    }
    p->begin[kept] = p->entries = at;
    p->columns = kept;
    p->listed = p->lives = 0;
}

void qwr__lp_keep(qwr__lp *p)
{
    size_t rows = p->rows;
    memcpy(p->kept_basis, p->basis, rows * sizeof *p->basis);
    memcpy(p->kept_value, p->value, rows * sizeof *p->value);
    memcpy(p->kept_inverse, p->inverse, rows * rows * sizeof *p->inverse);
}

void qwr__lp_return(qwr__lp *p)
{
    size_t rows = p->rows;
    for (size_t r = 0; r < rows; r++)
        p->place[p->basis[r]] = -1;
    memcpy(p->basis, p->kept_basis, rows * sizeof *p->basis);
    memcpy(p->value, p->kept_value, rows * sizeof *p->value);
    memcpy(p->inverse, p->kept_inverse, rows * rows * sizeof *p->inverse);
    for (size_t r = 0; r < rows; r++)
        p->place[p->basis[r]] = (int32_t)r;
    p->stale = true;
}

static void make_dual(qwr__lp *p)
{
    size_t rows = p->rows;
    for (size_t k = 0; k < rows; k++) {
        const double *column = p->inverse + k * rows;
        double sum = 0;
        for (size_t r = 0; r < rows; r++)
            sum += p->cost[p->basis[r]] * column[r];
        p->dual[k] = sum;
    }
    p->stale = false;
}

static double reduced(const qwr__lp *p, uint32_t j)
{
    double cost = p->cost[j];
    if (p->plain[j]) {
        for (size_t e = p->begin[j]; e < p->begin[j + 1]; e++)
            cost -= p->dual[p->row[e]];
        return cost;
    }
    for (size_t e = p->begin[j]; e < p->begin[j + 1]; e++)
        cost -= p->dual[p->row[e]] * p->coefficient[e];
    return cost;
}

/* Lists columns worth entering, from where the last look ended on, until the list is full or all
 * have been priced. */
static void list_columns(qwr__lp *p)
{
    enum { MOST = sizeof p->list / sizeof *p->list };
    uint32_t at = p->looked < p->lives ? p->looked : 0;
    p->listed = 0;
    for (uint32_t k = 0; k < p->lives && p->listed < MOST; k++) {
        uint32_t j = p->live[at];
        at = at + 1 < p->lives ? at + 1 : 0;
        if (p->place[j] < 0 && reduced(p, j) < -COST_TOLERANCE)
            p->list[p->listed++] = j;
    }
    p->looked = at;
}

/* The column of the list that is cheapest by now; UINT32_MAX: none is worth entering. */
static uint32_t best_listed(qwr__lp *p, double *least)
{
    uint32_t best = UINT32_MAX, left = 0;
    *least = -COST_TOLERANCE;
    for (uint32_t k = 0; k < p->listed; k++) {
        uint32_t j = p->list[k];
        double cost = p->place[j] >= 0 ? 0 : reduced(p, j);
        if (cost >= -COST_TOLERANCE)
            continue;
        p->list[left++] = j;
        if (cost < *least) {
            *least = cost;
            best = j;
        }
    }
    p->listed = left;
    return best;
}

/* The row that leaves when column j enters; UINT32_MAX: none. */
static uint32_t ratio_test(qwr__lp *p, uint32_t j)
{
    size_t rows = p->rows;
    uint32_t leaves = UINT32_MAX;
    double least = 0;
    memset(p->direction, 0, rows * sizeof *p->direction);
    for (size_t e = p->begin[j]; e < p->begin[j + 1]; e++) {
        const double *column = p->inverse + p->row[e] * rows;
        p->kernel->subtract(p->direction, column, -p->coefficient[e], rows);
    }
    for (uint32_t r = 0; r < p->rows; r++) {
        double d = p->direction[r];
        if (d <= PIVOT_TOLERANCE)
            continue;
        double ratio = (p->value[r] > 0 ? p->value[r] : 0) / d;
        bool tie = leaves != UINT32_MAX && fabs(ratio - least) < 1e-12;
        if (leaves == UINT32_MAX || (tie ? d > p->direction[leaves] : ratio < least)) {
            least = tie && least < ratio ? least : ratio;
            leaves = r;
        }
    }
    return leaves;
}

static void pivot(qwr__lp *p, uint32_t j, uint32_t leaves, double cost)
{
    size_t rows = p->rows;
    double d = p->direction[leaves];
    double step = (p->value[leaves] > 0 ? p->value[leaves] : 0) / d;
    p->direction[leaves] = 0;
    for (size_t k = 0; k < rows; k++) {
        double *column = p->inverse + k * rows, factor = column[leaves] / d;
        if (factor == 0)
            continue;
        p->kernel->subtract(column, p->direction, factor, rows);
        column[leaves] = factor;
        p->dual[k] += cost * factor;
    }
    for (size_t r = 0; r < rows; r++) {
        p->value[r] -= step * p->direction[r];
        if (p->value[r] < 0 && p->value[r] > -1e-9)
            p->value[r] = 0;
    }
    p->value[leaves] = step;
    p->place[p->basis[leaves]] = -1;
    p->basis[leaves] = j;
    p->place[j] = (int32_t)leaves;
}

/* Largest error of the basic solution in any row. */
static double error_of(qwr__lp *p)
{
    double worst = 0;
    for (uint32_t r = 0; r < p->rows; r++)
        p->direction[r] = -p->demand[r];
    for (uint32_t r = 0; r < p->rows; r++)
        for (size_t e = p->begin[p->basis[r]]; e < p->begin[p->basis[r] + 1]; e++)
            p->direction[p->row[e]] += p->coefficient[e] * p->value[r];
    for (uint32_t r = 0; r < p->rows; r++)
        worst = fabs(p->direction[r]) > worst ? fabs(p->direction[r]) : worst;
    return worst;
}

qwr__lp_end qwr__lp_solve(qwr__lp *p, int64_t most)
{
    if (p->stale)
        make_dual(p);
    for (int64_t k = 1; k <= most; k++) {
        double least;
        uint32_t enters = best_listed(p, &least);
        if (enters == UINT32_MAX) {
            list_columns(p);
            enters = best_listed(p, &least);
        }
        if (enters == UINT32_MAX)
            return QWR__LP_OPTIMAL;
        uint32_t leaves = ratio_test(p, enters);
        if (leaves == UINT32_MAX)
            return QWR__LP_TROUBLE;
        pivot(p, enters, leaves, least);
        if (k % LOOK_EVERY == 0) {
            if (qwr__lanes_over(p->host))
                return QWR__LP_LIMIT;
            if (error_of(p) > 1e-6)
                return QWR__LP_TROUBLE;
            make_dual(p);
        }
    }
    return QWR__LP_LIMIT;
}

double qwr__lp_objective(const qwr__lp *p)
{
    double sum = 0;
    for (uint32_t r = 0; r < p->rows; r++)
        sum += p->cost[p->basis[r]] * p->value[r];
    return sum;
}
