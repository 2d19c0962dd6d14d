/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables and graphs of the discrete room for the tests, and what they ought to say by definition:
 * which candidate may follow which, cheapest paths by trying all pairs, solutions by trying all.
 */
#ifndef QWR_TEST_DISCRETE_TABLE_H
#define QWR_TEST_DISCRETE_TABLE_H

#include "discrete_world.h"

#include "discrete/dense.h"
#include "discrete/graph.h"

typedef struct table {
    world *w;
    qwr__lanes whole, folded;
    const qwr__lanes *l; /**< one of the two */
    qwr__rules rules;
    qwr__choice *all; /**< every candidate, in the order of a graph */
    uint32_t count;
    qwr__rng rng;
    int64_t pi[CALLS];
} table;

/** Combinations of features: KINDS[] and those with like lanes, copies, ties. */
const features *kind_of(size_t k);
size_t kind_count(void);

/** The table of the world's problem, whole or folded. */
void table_open(table *t, world *w, bool fold, uint64_t seed);
void table_close(table *t);
/** Fills pi[] with something near what calls cost. */
void table_draw(table *t);

/** By definition: may b begin after a pause; may b follow a right away (b begins as a ends)? With
 * `by_index` ties go to the lower call, as in a certificate, else to the lower class of copies. */
bool defined_fresh(const qwr__rules *r, const qwr__choice *b);
bool defined_follow(const qwr__rules *r, const qwr__choice *a, const qwr__choice *b, bool by_index);
/** Dual value over these candidates, by trying all pairs; `rules`: with exchange, shift, repeat. */
int64_t defined_dual(const table *t, const qwr__choice *choice, uint32_t count, bool rules);
/** Is there a solution of cost `limit` or less, all calls placed, within these candidates? */
bool solution_within(const qwr__lanes *l, const qwr__choice *choice, uint32_t count, int64_t limit);
/**
 * Replays a proof as <quaywright/certificate.h> defines it, on the lanes before folding.
 * @param target without the cost of calls left out. @return it holds.
 */
bool replay_holds(const qwr__lanes *whole, const qwr_bound_certificate *c, int64_t target);

#endif
