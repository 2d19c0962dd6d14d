/* SPDX-License-Identifier: Apache-2.0 */
/* What the stages of bound and proof for discrete berths share: see discrete.c. */
#ifndef QWR_DISCRETE_ENGINE_H
#define QWR_DISCRETE_ENGINE_H

#include "discrete/dense.h"
#include "discrete/tree.h"

/** With as many calls a problem is large: the first climb is longer, and parts of the plan are
 * planned anew before anything is hunted. */
enum { QWR__MANY_CALLS = 100 };

typedef struct qwr__engine {
    const qwr_host *host;
    const qwr_problem_view *view;
    qwr__lanes whole; /**< lanes as the view has them */
    qwr__lanes lanes; /**< folded */
    qwr__rules rules;
    qwr__dense dense;
    bool has_dense;
    qwr__master master;
    qwr__ledger ledger;
    qwr__rises rises;
    int64_t *pi;       /**< [calls] */
    int64_t *first_pi; /**< [calls] multipliers that chose `choice` from the whole table */
    int32_t *visits;
    qwr__choice *choice; /**< what solutions up to `choice_target` may use */
    uint32_t count;
    int64_t choice_target;
    int64_t span;      /**< of choice_target beyond the bound; 0: nothing was chosen yet */
    int64_t left_out;  /**< cost of the calls without jobs */
    bool ready;        /**< tables are made */
    bool stuck;        /**< nothing is left that would raise the bound */
    qwr__tree tree;    /**< of the hunt under way; tree.rules NULL: none is */
    int64_t nodes;     /**< of the tree before something else has its turn */
    int64_t hunted;    /**< nodes of the last hunt that came to its end */
    int64_t mends;     /**< parts planned anew so far */
    int64_t reach;     /**< of a hunt's target beyond the bound */
    int64_t short_one; /**< what leaving out a call that has jobs costs at least */
    int64_t value;     /**< best solution without left_out; INT64_MAX: none */
    int64_t bound;     /**< no solution costs less; without left_out */
    enum { QWR__TO_CLIMB, QWR__TO_CHOOSE, QWR__TO_HUNT } stage;
} qwr__engine;

/** Takes over what the host's incumbent costs. */
void qwr__engine_look(qwr__engine *e);
/** The highest cost worth looking for: below the incumbent, and nobody left out. */
int64_t qwr__engine_highest(const qwr__engine *e);

/** The climb on the whole table; offers its bound. climb.c */
int32_t qwr__engine_climb(qwr__engine *e);
/** Chooses what solutions near the bound may use. @return as qwr_optimiser_functions.improve */
int32_t qwr__engine_choose(qwr__engine *e);
/** The bound of the choice, by column generation. */
int32_t qwr__engine_climb_choice(qwr__engine *e);

/** Targets from the bound upwards, until all that was chosen has been searched. hunt.c */
int32_t qwr__engine_prove(qwr__engine *e);
/** Plans parts of a large solution anew until that has long brought nothing. */
int32_t qwr__engine_mend(qwr__engine *e);

#endif
