/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which chains an ordered certificate leaves aside: exchange, shift and repeat, as
 * <quaywright/certificate.h> defines them, for any costs by looking at both stays of a pair. Where
 * all costs are straight lines and no stay gets longer by beginning later, the same rule without
 * looking at pairs: "i, then j" costs less the other way round if slope(j) / occupied(j) > slope(i)
 * / occupied(i) (Smith 1956), so jobs have a rank, and j may follow i if its rank is higher, or
 * if j cannot begin where i does (j arrives later), or i cannot begin after j (past its latest
 * end). Each of the three asks for the least value of a bundle up to, or from, some place in a
 * fixed order.
 */
#include "check/certificate.h"
#include "check/check_sort.h"

#define WHERE "check.certificate"

enum { ARRIVAL, LENGTH, LATEST, KEYS, RANK = KEYS };

/* --- pair by pair ------------------------------------------------------------------------------
 */

/** Does call a come before call b where it makes no difference? */
static bool goes_first(const qwr__likes *likes, uint32_t a, uint32_t b)
{
    uint32_t x = likes->class_of[a], y = likes->class_of[b];
    return x != y ? x < y : a < b;
}

bool qwr__may_follow(const qwr__likes *likes, const qwr__link *link, const qwr__link *next)
{
    const qwr__stays *stays = likes->stays;
    const qwr__stay_row *i = &stays->row[link->row], *j = &stays->row[next->row];
    if (i == j)
        return false; /* no plan has a call twice */
    size_t j_first = qwr__cell_at(stays, j, link->at);
    if (j_first == SIZE_MAX)
        return true;
    size_t i_then = qwr__cell_at(stays, i, stays->free_at[j_first]);
    /* Weather may make the pair end later the other way round, into the next vessel. */
    if (i_then == SIZE_MAX || stays->free_at[i_then] > next->free_at)
        return true;
    int64_t now =
        stays->cost_mu[qwr__link_cell(stays, link)] + stays->cost_mu[qwr__link_cell(stays, next)];
    int64_t exchanged = stays->cost_mu[j_first] + stays->cost_mu[i_then];
    return exchanged > now || (exchanged == now && goes_first(likes, i->call, j->call));
}

bool qwr__may_pause(const qwr__stays *stays, const qwr__link *link)
{
    const qwr__stay_row *row = &stays->row[link->row];
    if (row->plain)
        return link->at == row->first || row->slope_mu < 0;
    size_t sooner = qwr__cell_at(stays, row, link->at - 1);
    return sooner == SIZE_MAX ||
           stays->cost_mu[sooner] > stays->cost_mu[qwr__link_cell(stays, link)];
}

static void lower(int64_t *value, int64_t to)
{
    if (to < *value)
        *value = to;
}

/** Lowers the one value of a pair to the other, if the pair counts. */
static void try_pair(const qwr__chain_order *order, const qwr__bundle *before, size_t i,
                     const qwr__bundle *next, size_t j, bool forward)
{
    if (!qwr__may_follow(order->likes, &before->link[i], &next->link[j]))
        return;
    if (forward)
        lower(&next->value[j], before->value[i]);
    else
        lower(&before->value[i], next->value[j]);
}

static bool is_plain(const qwr__chain_order *order, const qwr__bundle *bundle, size_t at)
{
    return order->rank[bundle->link[at].row] != QWR_NONE;
}

static void all_pairs(const qwr__chain_order *order, const qwr__bundle *before,
                      const qwr__bundle *next, bool forward)
{
    for (size_t a = 0; a < before->count; a++)
        for (size_t b = 0; b < next->count; b++)
            try_pair(order, before, qwr__bundle_at(before, a), next, qwr__bundle_at(next, b),
                     forward);
}

/** Pairs of which one at least is not plain. */
static void other_pairs(const qwr__chain_order *order, const qwr__bundle *before,
                        const qwr__bundle *next, bool forward)
{
    if (order->all_plain)
        return;
    for (size_t a = 0; a < before->count; a++) {
        size_t i = qwr__bundle_at(before, a);
        for (size_t b = 0; b < next->count; b++) {
            size_t j = qwr__bundle_at(next, b);
            if (!is_plain(order, before, i) || !is_plain(order, next, j))
                try_pair(order, before, i, next, j, forward);
        }
    }
}

/* --- where all is straight ----------------------------------------------------------------------
 */

typedef struct ranked {
    const qwr__stay_row *row;
    uint32_t class;
    int64_t key;
} ranked;

static bool slope_before(const ranked *a, const ranked *b)
{
    qwr__wide x = (qwr__wide)a->row->slope_mu * b->row->occupied;
    qwr__wide y = (qwr__wide)b->row->slope_mu * a->row->occupied;
    if (x != y)
        return x > y;
    return a->class != b->class ? a->class < b->class : a->row->call < b->row->call;
}

static bool key_before(const ranked *a, const ranked *b)
{
    return a->key != b->key ? a->key < b->key : a->row->call < b->row->call;
}

QWR__DEFINE_SORT(sort_by_slope, ranked, slope_before)
QWR__DEFINE_SORT(sort_by_key, ranked, key_before)

static int64_t key_of(const qwr__stay_row *row, int which)
{
    int64_t last = row->first + (int64_t)row->count - 1;
    return which == ARRIVAL ? row->first : which == LENGTH ? row->occupied : last + row->occupied;
}

static void rank_berth(qwr__chain_order *order, uint32_t berth, ranked *room)
{
    const qwr__stays *t = order->stays;
    uint32_t n = 0;
    for (uint32_t r = t->begin[berth]; r < t->begin[berth + 1]; r++) {
        order->rank[r] = QWR_NONE;
        if (t->row[r].plain)
            room[n++] = (ranked){&t->row[r], order->likes->class_of[t->row[r].call], 0};
    }
    order->plain[berth] = n;
    order->all_plain = order->all_plain && n == t->begin[berth + 1] - t->begin[berth];
    sort_by_slope(room, n);
    for (uint32_t k = 0; k < n; k++)
        order->rank[room[k].row - t->row] = k;
    for (int which = 0; which < KEYS; which++) {
        for (uint32_t k = 0; k < n; k++)
            room[k].key = key_of(room[k].row, which);
        sort_by_key(room, n);
        for (uint32_t k = 0; k < n; k++) {
            order->place[which][room[k].row - t->row] = k;
            order->key[which][t->begin[berth] + k] = room[k].key;
        }
    }
}

/** Tells the tables of the berth at hand: for each step how many keys lie below it. */
static void look_up_berth(qwr__chain_order *order, uint32_t berth)
{
    int32_t end = order->stays->last_free + 1;
    if (order->berth == berth)
        return;
    order->berth = berth;
    for (int which = 0; which < KEYS; which++) {
        const int64_t *key = order->key[which] + order->stays->begin[berth];
        uint32_t n = order->plain[berth], k = 0;
        for (int32_t at = 0; at <= end; at++) {
            while (k < n && key[k] < at)
                k++;
            order->below[which][at] = k;
        }
    }
}

/** Places in one of the orders of the berth at hand below which keys are less than `bound`. */
static uint32_t places_below(const qwr__chain_order *order, int which, int64_t bound)
{
    int64_t end = order->stays->last_free + 1;
    return order->below[which][bound < 0 ? 0 : bound > end ? end : bound];
}

/** Running minima of a bundle's values over one of the orders, from its front or from its back. */
static void run_minima(const qwr__chain_order *order, uint32_t berth, int which, bool from_front,
                       const qwr__bundle *bundle)
{
    uint32_t n = order->plain[berth];
    int64_t *least = order->least[which];
    const uint32_t *place = which == RANK ? order->rank : order->place[which];
    for (uint32_t k = 0; k < n; k++)
        least[k] = QWR__NO_CHAIN;
    for (size_t k = 0; k < bundle->count; k++) {
        size_t at = qwr__bundle_at(bundle, k);
        uint32_t row = bundle->link[at].row;
        if (order->rank[row] != QWR_NONE)
            lower(&least[place[row]], bundle->value[at]);
    }
    if (from_front)
        for (uint32_t k = 1; k < n; k++)
            lower(&least[k], least[k - 1]);
    else
        for (uint32_t k = n; k-- > 1;)
            lower(&least[k - 1], least[k]);
}

/** So few that running minima would cost more. */
static bool few_pairs(const qwr__chain_order *order, uint32_t berth, const qwr__bundle *before,
                      const qwr__bundle *next)
{
    return order->pairwise || before->count * next->count <= (size_t)order->plain[berth] * 2;
}

void qwr__chain_order_forward(qwr__chain_order *order, uint32_t berth, const qwr__bundle *before,
                              const qwr__bundle *next)
{
    uint32_t n = order->plain[berth];
    if (n == 0 || few_pairs(order, berth, before, next)) {
        all_pairs(order, before, next, true);
        return;
    }
    other_pairs(order, before, next, true);
    look_up_berth(order, berth);
    run_minima(order, berth, RANK, true, before);
    run_minima(order, berth, LENGTH, false, before);
    run_minima(order, berth, LATEST, true, before);
    for (size_t k = 0; k < next->count; k++) {
        size_t at = qwr__bundle_at(next, k);
        const qwr__link *j = &next->link[at];
        const qwr__stay_row *row = &order->stays->row[j->row];
        if (order->rank[j->row] == QWR_NONE)
            continue;
        if (order->rank[j->row] > 0)
            lower(&next->value[at], order->least[RANK][order->rank[j->row] - 1]);
        /* j arrives after i began: occupied(i) > j - arrival(j) */
        uint32_t longer = places_below(order, LENGTH, (int64_t)j->at - row->first + 1);
        if (longer < n)
            lower(&next->value[at], order->least[LENGTH][longer]);
        /* i would end too late: latest end of i < j + occupied(j) */
        uint32_t tight = places_below(order, LATEST, (int64_t)j->at + row->occupied);
        if (tight > 0)
            lower(&next->value[at], order->least[LATEST][tight - 1]);
    }
}

void qwr__chain_order_backward(qwr__chain_order *order, uint32_t berth, const qwr__bundle *before,
                               const qwr__bundle *next)
{
    uint32_t n = order->plain[berth];
    if (n == 0 || few_pairs(order, berth, before, next)) {
        all_pairs(order, before, next, false);
        return;
    }
    other_pairs(order, before, next, false);
    look_up_berth(order, berth);
    run_minima(order, berth, RANK, false, next);
    run_minima(order, berth, ARRIVAL, false, next);
    run_minima(order, berth, LENGTH, false, next);
    for (size_t k = 0; k < before->count; k++) {
        size_t at = qwr__bundle_at(before, k);
        const qwr__link *i = &before->link[at];
        const qwr__stay_row *row = &order->stays->row[i->row];
        if (order->rank[i->row] == QWR_NONE)
            continue;
        if (order->rank[i->row] + 1 < n)
            lower(&before->value[at], order->least[RANK][order->rank[i->row] + 1]);
        /* j arrives after i began */
        uint32_t later = places_below(order, ARRIVAL, (int64_t)i->at + 1);
        if (later < n)
            lower(&before->value[at], order->least[ARRIVAL][later]);
        /* i would end too late: occupied(j) > latest end of i - its end now */
        int64_t room = key_of(row, LATEST) - i->free_at;
        uint32_t longer = places_below(order, LENGTH, room + 1);
        if (longer < n)
            lower(&before->value[at], order->least[LENGTH][longer]);
    }
}

/* --- making it ----------------------------------------------------------------------------------
 */

static qwr_status make_arrays(qwr__chain_order *order, uint32_t most)
{
    const qwr__stays *t = order->stays;
    order->rank = qwr__alloc(t->ctx, t->rows + 1, sizeof *order->rank);
    order->plain = qwr__alloc(t->ctx, (size_t)t->berths + 1, sizeof *order->plain);
    bool good = order->rank != NULL && order->plain != NULL;
    for (int which = 0; which < KEYS; which++) {
        order->place[which] = qwr__alloc(t->ctx, t->rows + 1, sizeof *order->place[which]);
        order->key[which] = qwr__alloc(t->ctx, t->rows + 1, sizeof *order->key[which]);
        order->below[which] =
            qwr__alloc(t->ctx, (size_t)t->last_free + 3, sizeof *order->below[which]);
        good = good && order->place[which] != NULL && order->key[which] != NULL &&
               order->below[which] != NULL;
    }
    for (int which = 0; which <= KEYS; which++) {
        order->least[which] = qwr__alloc(t->ctx, (size_t)most + 1, sizeof *order->least[which]);
        good = good && order->least[which] != NULL;
    }
    return good ? QWR_OK : qwr__no_memory(t->ctx, WHERE);
}

qwr_status qwr__chain_order_init(qwr__chain_order *order, const qwr__likes *likes)
{
    const qwr__stays *stays = likes->stays;
    qwr_status status;
    ranked *room = NULL;
    uint32_t most = 0;
    *order =
        (qwr__chain_order){.stays = stays, .likes = likes, .all_plain = true, .berth = QWR_NONE};
    for (uint32_t b = 0; b < stays->berths; b++)
        if (stays->begin[b + 1] - stays->begin[b] > most)
            most = stays->begin[b + 1] - stays->begin[b];
    QWR_TRY_DONE(make_arrays(order, most));
    room = qwr__alloc(stays->ctx, (size_t)most + 1, sizeof *room);
    if (room == NULL) {
        status = qwr__no_memory(stays->ctx, WHERE);
        goto done;
    }
    for (uint32_t b = 0; b < stays->berths; b++)
        rank_berth(order, b, room);
done:
    qwr__free(stays->ctx, room);
    if (status != QWR_OK)
        qwr__chain_order_free(order);
    return status;
}

void qwr__chain_order_free(qwr__chain_order *order)
{
    if (order->stays == NULL)
        return;
    qwr_context *ctx = order->stays->ctx;
    qwr__free(ctx, order->rank);
    qwr__free(ctx, order->plain);
    for (int which = 0; which < KEYS; which++) {
        qwr__free(ctx, order->place[which]);
        qwr__free(ctx, order->key[which]);
        qwr__free(ctx, order->below[which]);
    }
    for (int which = 0; which <= KEYS; which++)
        qwr__free(ctx, order->least[which]);
    *order = (qwr__chain_order){.stays = NULL};
}
