/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted lists of disjoint tick intervals, both ends inclusive. Knows nothing of what they mean. */
#ifndef QWR_BERTH_SPANS_H
#define QWR_BERTH_SPANS_H

#include "base/base.h"

typedef struct qwr__span {
    int32_t first, last;
} qwr__span;

typedef struct qwr__spans {
    qwr_context *ctx;
    qwr__span *at;
    size_t count, capacity;
} qwr__spans;

/** Makes the list hold [first, last] alone, or nothing if first > last. */
qwr_status qwr__spans_set(qwr__spans *s, int32_t first, int32_t last);
/** Appends [first, last], which must begin after the last one ends; adjacent ones are joined. */
qwr_status qwr__spans_push(qwr__spans *s, int32_t first, int32_t last);
/** Removes [first, last]. */
qwr_status qwr__spans_cut(qwr__spans *s, int32_t first, int32_t last);
/** Keeps of `s` what lies in `keep` moved by `-offset`: t stays iff t + offset is in `keep`. */
qwr_status qwr__spans_and(qwr__spans *s, const qwr__spans *keep, int32_t offset,
                          qwr__spans *scratch);
void qwr__spans_free(qwr__spans *s);

#endif
