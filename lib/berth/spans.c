/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted lists of disjoint tick intervals. See spans.h. */
#include "berth/spans.h"

static qwr_status reserve(qwr__spans *s, size_t needed)
{
    void *block = s->at;
    QWR_TRY(qwr__reserve(s->ctx, &block, &s->capacity, needed, sizeof *s->at));
    s->at = block;
    return QWR_OK;
}

qwr_status qwr__spans_set(qwr__spans *s, int32_t first, int32_t last)
{
    s->count = 0;
    if (first > last)
        return QWR_OK;
    QWR_TRY(reserve(s, 1));
    s->at[0] = (qwr__span){first, last};
    s->count = 1;
    return QWR_OK;
}

qwr_status qwr__spans_push(qwr__spans *s, int32_t first, int32_t last)
{
    if (first > last)
        return QWR_OK;
    if (s->count && s->at[s->count - 1].last + 1 >= first) {
        if (last > s->at[s->count - 1].last)
            s->at[s->count - 1].last = last;
        return QWR_OK;
    }
    QWR_TRY(reserve(s, s->count + 1));
    s->at[s->count++] = (qwr__span){first, last};
    return QWR_OK;
}

qwr_status qwr__spans_cut(qwr__spans *s, int32_t first, int32_t last)
{
    if (first > last)
        return QWR_OK;
    QWR_TRY(reserve(s, s->count + 1));
    size_t n = s->count, out = 0;
    /* At most one span is split, so writing in place needs one spare slot: shift it in at the end.
     */
    qwr__span tail = {1, 0};
    size_t tail_at = 0;
    for (size_t k = 0; k < n; k++) {
        qwr__span v = s->at[k];
        if (v.last < first || v.first > last) {
            s->at[out++] = v;
            continue;
        }
        bool left = v.first<first, right = v.last> last;
        if (left)
            s->at[out++] = (qwr__span){v.first, first - 1};
        if (right && left) {
            tail = (qwr__span){last + 1, v.last};
            tail_at = out;
        } else if (right) {
            s->at[out++] = (qwr__span){last + 1, v.last};
        }
    }
    if (tail.first <= tail.last) {
        for (size_t k = out; k > tail_at; k--)
            s->at[k] = s->at[k - 1];
        s->at[tail_at] = tail;
        out++;
    }
    s->count = out;
    return QWR_OK;
}

qwr_status qwr__spans_and(qwr__spans *s, const qwr__spans *keep, int32_t offset,
                          qwr__spans *scratch)
{
    scratch->count = 0;
    size_t i = 0, j = 0;
    while (i < s->count && j < keep->count) {
        int32_t first = keep->at[j].first - offset, last = keep->at[j].last - offset;
        int32_t low = s->at[i].first > first ? s->at[i].first : first;
        int32_t high = s->at[i].last < last ? s->at[i].last : last;
        QWR_TRY(qwr__spans_push(scratch, low, high));
        if (s->at[i].last < last)
            i++;
        else
            j++;
    }
    qwr__spans swap = *s;
    *s = *scratch;
    *scratch = swap;
    return QWR_OK;
}

void qwr__spans_free(qwr__spans *s)
{
    if (s->ctx)
        qwr__free(s->ctx, s->at);
    s->at = NULL;
    s->count = s->capacity = 0;
}
