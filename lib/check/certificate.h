/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the replay of certificates: every legal stay of a scenario with its cost (stays), which
 * calls and berths are like others (likes), the cheapest chains of stays at a berth (chains), which
 * of them are left aside (order), and the set of stays that are left at a node (set). What a
 * certificate is stands in <quaywright/certificate.h>. Knows no optimiser.
 */
#ifndef QWR_CHECK_CERTIFICATE_H
#define QWR_CHECK_CERTIFICATE_H

#include "check/check.h"

#include <quaywright/certificate.h>

/** All legal stays of a call at a berth, as cells by rising start; some cells may be no stay. */
typedef struct qwr__stay_row {
    uint32_t call, berth;
    int32_t first;    /**< step of cell 0 */
    uint32_t count;   /**< cells; the first and the last are stays */
    size_t base;      /**< number of cell 0 */
    int64_t shift_s;  /**< start = origin + step + this; not 0 only for pinned starts */
    bool plain;       /**< every cell is a stay, equally long; the cost is a straight line */
    int32_t occupied; /**< if plain: steps the berth is held, turnaround included */
    int64_t slope_mu; /**< if plain: cost of one step later */
} qwr__stay_row;

typedef struct qwr__stays {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    int64_t origin_s, step_s; /**< steps are counted from here */
    uint32_t calls, berths;
    uint32_t *begin; /**< [berths + 1] rows of a berth, by rising call */
    qwr__stay_row *row;
    size_t rows, row_capacity;
    uint32_t *row_of;    /**< [rows] rows by call, of each by rising berth ... */
    uint32_t *row_begin; /**< [calls + 1] ... from here */
    int64_t *cost_mu;    /**< [cells] */
    int32_t *free_at;    /**< [cells] step from which the berth is free again; QWR__NO_STAY */
    size_t cells, cost_capacity, free_capacity;
    size_t *of_call;    /**< [calls] stays; 0: the call takes no part */
    size_t count;       /**< stays */
    uint32_t placeable; /**< calls with a stay */
    int64_t gcd_mu;     /**< of the differences between costs of one call's stays; 0: none */
    int64_t base_mu;    /**< cost of some plan, modulo gcd_mu; the only one if that is 0 */
    int64_t most_mu;    /**< largest cost of a stay, without its sign */
    int32_t shortest;   /**< least steps a stay holds its berth */
    bool cut;           /**< cancelled: some stays are missing */
    int32_t last_free;  /**< no berth is held past this step */
} qwr__stays;

enum { QWR__NO_STAY = INT32_MIN };

/**
 * Enumerates the legal stays: those no rule about one call alone objects to.
 * @return QWR_OK (look at `cut`), QWR_EUNSUPPORTED, QWR_ETOOBIG, QWR_EOVERFLOW, QWR_ENOMEM.
 */
qwr_status qwr__stays_init(qwr__stays *stays, qwr_context *ctx, const qwr_scenario *scenario);
void qwr__stays_free(qwr__stays *stays);

/** Cell of the row at a step; SIZE_MAX if there is no stay. */
static inline size_t qwr__cell_at(const qwr__stays *stays, const qwr__stay_row *row, int32_t at)
{
    if (at < row->first || at - row->first >= (int64_t)row->count)
        return SIZE_MAX;
    size_t cell = row->base + (size_t)(at - row->first);
    return stays->free_at[cell] == QWR__NO_STAY ? SIZE_MAX : cell;
}

static inline int64_t qwr__cell_start_s(const qwr__stays *stays, const qwr__stay_row *row,
                                        size_t cell)
{
    return stays->origin_s + (row->first + (int64_t)(cell - row->base)) * stays->step_s +
           row->shift_s;
}

/* --- likes: calls and berths that are like others -------------------------------------------- */

/** As <quaywright/certificate.h> defines copies, classes and groups. */
typedef struct qwr__likes {
    const qwr__stays *stays;
    uint32_t *class_of;  /**< [calls] */
    uint32_t *next_copy; /**< [calls] the next copy of a call; QWR_NONE */
    uint32_t *group_of;  /**< [berths] */
} qwr__likes;

qwr_status qwr__likes_init(qwr__likes *likes, const qwr__stays *stays);
void qwr__likes_free(qwr__likes *likes);

/* --- the set of stays that are left --------------------------------------------------------- */

typedef struct qwr__stay_set {
    const qwr__stays *stays;
    const qwr__likes *likes; /**< NULL: copies have no order */
    uint64_t *alive;         /**< a bit a cell */
    size_t *of_call;         /**< [calls] stays left */
    uint32_t bare;           /**< calls with legal stays of which none is left */
    uint64_t *trail;         /**< row << 32 | cell within it, of what was taken out */
    size_t trail_count;
} qwr__stay_set;

/** All stays; `likes` may be NULL. */
qwr_status qwr__stay_set_init(qwr__stay_set *set, const qwr__stays *stays, const qwr__likes *likes);
void qwr__stay_set_free(qwr__stay_set *set);

void qwr__stay_set_take_out(qwr__stay_set *set, uint32_t row, size_t cell);
/** Puts back all that was taken out since the trail was that long. */
void qwr__stay_set_put_back(qwr__stay_set *set, size_t trail);
/** Leaves a call only the stays a split names, or only the others. */
void qwr__stay_set_split(qwr__stay_set *set, const qwr_certificate_step *split, bool others);
/** Takes out what the order of copies leaves aside. Stops early if a call is bare. */
void qwr__stay_set_tighten(qwr__stay_set *set);

/* --- order: which chains are left aside ----------------------------------------------------- */

/** A stay in a chain. */
typedef struct qwr__link {
    uint32_t row;
    int32_t at, free_at; /**< steps */
} qwr__link;

static inline size_t qwr__link_cell(const qwr__stays *stays, const qwr__link *link)
{
    const qwr__stay_row *row = &stays->row[link->row];
    return row->base + (size_t)(link->at - row->first);
}

/** What the rule of exchange looks like where all is straight: see certificate_order.c. */
typedef struct qwr__chain_order {
    const qwr__stays *stays;
    const qwr__likes *likes;
    bool pairwise;      /**< look at every pair, whatever the costs: slow, for comparison */
    bool all_plain;     /**< every row is */
    uint32_t *rank;     /**< [rows] place among the plain rows of its berth; QWR_NONE */
    uint32_t *place[3]; /**< [rows] place by rising arrival, length, latest end */
    int64_t *key[3];    /**< [rows] those, sorted, from begin[berth] on */
    uint32_t berth;     /**< at hand */
    uint32_t *below[3]; /**< [last_free + 2] of that berth: keys below a step */
    uint32_t *plain;    /**< [berths] plain rows */
    int64_t *least[4];  /**< [plain rows of a berth] running minima by rank and the three */
} qwr__chain_order;

qwr_status qwr__chain_order_init(qwr__chain_order *order, const qwr__likes *likes);
void qwr__chain_order_free(qwr__chain_order *order);

/** No chain: larger than any price of one. */
#define QWR__NO_CHAIN (INT64_C(1) << 62)

/** May `next` follow `link` without a pause? False: exchanged they are as good. */
bool qwr__may_follow(const qwr__likes *likes, const qwr__link *link, const qwr__link *next);
/** May `link` begin after a pause? False: one step earlier it is as good. */
bool qwr__may_pause(const qwr__stays *stays, const qwr__link *link);

/** Links that all end or begin at one step, with a value each. */
typedef struct qwr__bundle {
    const qwr__link *link;
    const uint32_t *pick; /**< link numbers; NULL: 0, 1, 2 ... */
    size_t count;
    int64_t *value; /**< by link number */
} qwr__bundle;

static inline size_t qwr__bundle_at(const qwr__bundle *bundle, size_t k)
{
    return bundle->pick != NULL ? bundle->pick[k] : k;
}

/**
 * For each link of `next`, lowers its value to the least value of the links of `before` it may
 * follow. All links of `before` end where those of `next` begin.
 */
void qwr__chain_order_forward(qwr__chain_order *order, uint32_t berth, const qwr__bundle *before,
                              const qwr__bundle *next);
/** For each link of `before`, lowers its value to the least value of those that may follow it. */
void qwr__chain_order_backward(qwr__chain_order *order, uint32_t berth, const qwr__bundle *before,
                               const qwr__bundle *next);

/* --- chains --------------------------------------------------------------------------------- */

/** The stays that are left, by berth and start, and the cheapest chains of them. */
typedef struct qwr__chains {
    const qwr__stays *stays;
    qwr__chain_order *order; /**< NULL: every chain counts */
    int64_t price_unit;
    qwr__link *link, *sorted; /**< [stays]; the second is room for sorting */
    uint32_t *by_end;         /**< [stays] link numbers within the berth, by rising end */
    int64_t *cost;            /**< [stays] reduced cost */
    int64_t *before, *after;  /**< [stays] cheapest chain up to and with, and past, the link */
    int64_t *through;         /**< [stays] cost + after; of no use outside */
    uint32_t *tally;          /**< [last_free + 2] */
    size_t *begin;            /**< [berths + 1] links of a berth */
    int64_t *cheapest;        /**< [berths] at most 0 */
} qwr__chains;

qwr_status qwr__chains_init(qwr__chains *chains, const qwr__stays *stays, qwr__chain_order *order,
                            int64_t price_unit);
void qwr__chains_free(qwr__chains *chains, qwr_context *ctx);

/**
 * Prices all chains of the stays in `alive` (a bit a cell): fills link, begin, before, cheapest.
 * @return QWR_OK; QWR_EOVERFLOW if some chain could leave 62 bits.
 */
qwr_status qwr__chains_forward(qwr__chains *chains, const uint64_t *alive, const int64_t *price);
/** Fills `after`: before + after is the cheapest chain with the link. After a forward pass. */
void qwr__chains_backward(qwr__chains *chains);

#endif
