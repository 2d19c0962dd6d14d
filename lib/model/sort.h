/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting rows by two numbers. Must never allocate: qsort() of the C library may. */
#ifndef QWR_SORT_H
#define QWR_SORT_H

#include <stddef.h>
#include <stdint.h>

/** A row and what it is sorted by: first, then second, then row. */
typedef struct qwr__key {
    int64_t first, second;
    size_t row;
} qwr__key;

void qwr__sort_keys(qwr__key *keys, size_t count);

#endif
