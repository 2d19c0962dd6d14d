/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The models that solver backends are tried on. The optimum of each was found by hand.
 */
#include "registry/conformance_models.h"

#include <math.h>
#include <string.h>

#define INF QWR_MILP_INFINITY

#define ONES                                                                                       \
    {                                                                                              \
        1, 1, 1, 1, 1, 1, 1, 1, 1                                                                  \
    }

const qwr__tiny qwr__tiny_knapsack = {"a knapsack",
                                      4,
                                      1,
                                      0.0,
                                      {-10, -13, -7, -8},
                                      {0},
                                      {1, 1, 1, 1},
                                      {{5, 7, 4, 3}},
                                      {-INF},
                                      {10},
                                      QWR_MILP_OPTIMAL,
                                      -21};

const qwr__tiny qwr__tiny_models[] = {
    {"an equality row",
     3,
     1,
     0,
     {1, 1, 3},
     {0},
     {10, 10, 10},
     {{2, 3, 5}},
     {12},
     {12},
     QWR_MILP_OPTIMAL,
     4},
    {"an infeasible equality with a feasible relaxation",
     2,
     1,
     0,
     {1, 1},
     {0},
     {10, 10},
     {{2, 4}},
     {7},
     {7},
     QWR_MILP_INFEASIBLE,
     0},
    {"a row out of reach", 1, 1, 0, {1}, {0}, {3}, {{1}}, {5}, {INF}, QWR_MILP_INFEASIBLE, 0},
    {"negative lower bounds",
     2,
     1,
     0,
     {1, -1},
     {-5, -3},
     {5, 4},
     {{1, 1}},
     {0},
     {INF},
     QWR_MILP_OPTIMAL,
     -8},
    {"an offset and a row with two bounds",
     2,
     1,
     100,
     {3, 2},
     {0},
     {5, 5},
     {{1, 1}},
     {4},
     {6},
     QWR_MILP_OPTIMAL,
     108},
    {"a model without rows",
     2,
     0,
     0,
     {-1, 1},
     {0, 2},
     {3, 2},
     {{0}},
     {0},
     {0},
     QWR_MILP_OPTIMAL,
     -1},
    {"a model without columns", 0, 0, 5, {0}, {0}, {0}, {{0}}, {0}, {0}, QWR_MILP_OPTIMAL, 5},
    {"an assignment",
     9,
     6,
     0,
     {4, 2, 8, 4, 3, 7, 3, 1, 6},
     {0},
     ONES,
     {{1, 1, 1, 0, 0, 0, 0, 0, 0},
      {0, 0, 0, 1, 1, 1, 0, 0, 0},
      {0, 0, 0, 0, 0, 0, 1, 1, 1},
      {1, 0, 0, 1, 0, 0, 1, 0, 0},
      {0, 1, 0, 0, 1, 0, 0, 1, 0},
      {0, 0, 1, 0, 0, 1, 0, 0, 1}},
     {1, 1, 1, 1, 1, 1},
     {1, 1, 1, 1, 1, 1},
     QWR_MILP_OPTIMAL,
     12}};

void qwr__make_sparse(qwr__sparse *s, const qwr__tiny *t)
{
    uint64_t k = 0;
    memset(s, 0, sizeof *s);
    for (uint32_t j = 0; j < t->columns; j++) {
        s->integer[j] = 1;
        s->begin[j] = k;
        for (uint32_t i = 0; i < t->rows; i++) {
            if (t->a[i][j] == 0.0)
                continue;
            s->row[k] = i;
            s->value[k++] = t->a[i][j];
        }
    }
    s->begin[t->columns] = k;
    s->view = (qwr_milp_view){.size = sizeof s->view,
                              .column_count = t->columns,
                              .row_count = t->rows,
                              .entry_count = k,
                              .offset = t->offset,
                              .cost = t->cost,
                              .lower = t->lower,
                              .upper = t->upper,
                              .integer = s->integer,
                              .row_lower = t->row_lower,
                              .row_upper = t->row_upper,
                              .column_begin = s->begin,
                              .row_index = s->row,
                              .value = s->value,
                              .name = t->name};
}

const size_t qwr__tiny_model_count = sizeof qwr__tiny_models / sizeof qwr__tiny_models[0];

const qwr__tiny qwr__tiny_relaxation = {"a linear program",
                                        2,
                                        3,
                                        0,
                                        {-3, -5},
                                        {0},
                                        {INF, INF},
                                        {{1, 0}, {0, 2}, {3, 2}},
                                        {-INF, -INF, -INF},
                                        {4, 12, 18},
                                        QWR_MILP_OPTIMAL,
                                        -36};

void qwr__make_hard(qwr__hard *h)
{
    qwr__rng rng = {.seed = 7, .stage = 1};
    double sum[QWR__HARD_ROWS] = {0};
    uint64_t k = 0;
    memset(h, 0, sizeof *h);
    for (uint32_t j = 0; j < QWR__HARD_COLUMNS; j++) {
        h->upper[j] = 1.0;
        h->integer[j] = 1;
        h->cost[j] = (double)qwr__rng_below(&rng, 50);
        h->begin[j] = k;
        for (uint32_t i = 0; i < QWR__HARD_ROWS; i++) {
            h->row[k] = i;
            h->value[k] = (double)qwr__rng_below(&rng, 100);
            sum[i] += h->value[k++];
        }
    }
    h->begin[QWR__HARD_COLUMNS] = k;
    for (uint32_t i = 0; i < QWR__HARD_ROWS; i++)
        h->bound[i] = floor(sum[i] / 2.0);
    h->view = (qwr_milp_view){.size = sizeof h->view,
                              .column_count = QWR__HARD_COLUMNS,
                              .row_count = QWR__HARD_ROWS,
                              .entry_count = k,
                              .cost = h->cost,
                              .lower = h->lower,
                              .upper = h->upper,
                              .integer = h->integer,
                              .row_lower = h->bound,
                              .row_upper = h->bound,
                              .column_begin = h->begin,
                              .row_index = h->row,
                              .value = h->value,
                              .name = "equal sums"};
}
