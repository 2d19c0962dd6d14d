/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The board: which cells and cranes are taken when, and the cheapest place left for a call. Sees
 * nothing but the problem view, as any optimiser plugin does.
 */
#ifndef QWR_BERTH_BOARD_H
#define QWR_BERTH_BOARD_H

#include "base/base.h"

#include <quaywright/plugin.h>

/** Facts about the view that every board shares; read only once made. */
typedef struct qwr__board_facts {
    const qwr_problem_view *view;
    const qwr_host *host;
    int32_t *class_first, *class_last; /**< [classes] least first and greatest last start */
    int64_t *class_least;              /**< [classes] cheapest candidate */
    uint32_t *class_order;             /**< [classes] each call's classes, cheapest first */
    int32_t longest;                   /**< most ticks a stay holds its cells */
    int32_t *start_rest, *end_rest;    /**< least start_cost / end_cost from this tick on */
    int32_t *group_first_word, *group_end_word; /**< [groups] words of the cells its rows use */
    int32_t words;                              /**< 64-bit words per tick */
} qwr__board_facts;

/** Where a call lies; row == UINT32_MAX: nowhere. */
typedef struct qwr__spot {
    uint32_t row, klass;
    int32_t start;
    int64_t cost;
} qwr__spot;

typedef struct qwr__board {
    const qwr__board_facts *facts;
    uint64_t *busy;  /**< [ticks * words] */
    int32_t *used;   /**< [groups * ticks] cranes held */
    qwr__spot *spot; /**< [calls] */
    int64_t cost;    /**< sum of spots, unplaced_cost for each call left out */
    uint32_t unplaced;
    int32_t end_cap; /**< no stay may end later */
    uint64_t *mask;  /**< [words] scratch: starts that are blocked */
    uint64_t
        *window; /**< [(longest + 1) * words] scratch: busy cells from a tick to a window's end */
} qwr__board;

int32_t qwr__board_facts_init(qwr__board_facts *f, const qwr_host *host,
                              const qwr_problem_view *view);
void qwr__board_facts_free(qwr__board_facts *f);

int32_t qwr__board_init(qwr__board *b, const qwr__board_facts *facts);
void qwr__board_free(qwr__board *b);
void qwr__board_clear(qwr__board *b);
/** Makes `to` equal to `from`; both of the same facts. */
void qwr__board_copy(qwr__board *to, const qwr__board *from);

/** What a look for the cheapest place leaves out, so that a search is not bound to the cheapest. */
typedef struct qwr__focus {
    int32_t first, last; /**< starts outside are overlooked */
    uint64_t blink;      /**< random bits: about every eighth class is overlooked; 0: none */
} qwr__focus;

/**
 * Cheapest free candidate of the call, cheaper than `limit`; ties to the first found in class, row,
 * start order. @param focus NULL: everything.
 */
qwr__spot qwr__board_best(const qwr__board *b, uint32_t call, int64_t limit,
                          const qwr__focus *focus);
/** Is the candidate free? */
bool qwr__board_free_at(const qwr__board *b, uint32_t klass, uint32_t row, int32_t start);
void qwr__board_put(qwr__board *b, uint32_t call, const qwr__spot *spot);
void qwr__board_lift(qwr__board *b, uint32_t call);
/** Latest end over placed calls, 0 if none. */
int32_t qwr__board_makespan(const qwr__board *b);
/** Takes over a solution as far as it is legal; the rest stays out. */
void qwr__board_load(qwr__board *b, const qwr_solution_view *solution);
/** Writes the board into row[] and start[] (call_count each). */
void qwr__board_store(const qwr__board *b, uint32_t *row, int32_t *start);
/** Cost as the host counts it: with `makespan` the latest end comes first. */
int64_t qwr__board_value(const qwr__board *b);
/** Weight of one tick of latest end in that value. */
int64_t qwr__makespan_weight(const qwr_problem_view *view);

#endif
