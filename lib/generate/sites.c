/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a hull fits on a quay and how deep the water is there. Must never know calls or time.
 */
#include "generate/generate.h"

int64_t qwr__site_step_mm(const qwr__made_quay *q)
{
    switch (q->layout) {
    case QWR_LAYOUT_DISCRETE:
        return q->berth_mm;
    case QWR_LAYOUT_HYBRID:
        return 30000; /* the pitch of terminal.c */
    default:
        return q->grid_mm;
    }
}

int qwr__site_fits(const qwr__made_quay *q, int64_t position_mm, int64_t loa_mm)
{
    const int64_t end_mm = position_mm + loa_mm;

    if (position_mm < 0 || end_mm > q->length_mm)
        return 0;
    if (q->layout == QWR_LAYOUT_DISCRETE)
        return position_mm / q->berth_mm < q->berth_count && loa_mm <= q->berth_mm;
    if (q->segment_mm == 0)
        return 1;
    for (int64_t at = q->segment_mm; at + q->segment_mm <= q->length_mm; at += q->segment_mm)
        if (position_mm < at && at < end_mm)
            return 0;
    return 1;
}

int64_t qwr__site_depth_mm(const qwr__made_quay *q, int64_t position_mm, int64_t loa_mm)
{
    const int64_t from_mm[3] = {0, q->depth_at_mm[0], q->depth_at_mm[1]};
    const int64_t to_mm[3] = {q->depth_at_mm[0], q->depth_at_mm[1], q->length_mm};
    int64_t least_mm = INT64_MAX;

    for (int i = 0; i < 3; i++)
        if (position_mm < to_mm[i] && from_mm[i] < position_mm + loa_mm &&
            q->depth_mm[i] < least_mm)
            least_mm = q->depth_mm[i];
    return least_mm == INT64_MAX ? 0 : least_mm;
}

int64_t qwr__site_deepest_mm(const qwr__made_quay *q, int64_t loa_mm)
{
    const int64_t step_mm = qwr__site_step_mm(q);
    int64_t deepest_mm = 0;

    for (int64_t at = 0; at + loa_mm <= q->length_mm; at += step_mm) {
        const int64_t depth_mm = qwr__site_depth_mm(q, at, loa_mm);
        if (depth_mm > deepest_mm && qwr__site_fits(q, at, loa_mm))
            deepest_mm = depth_mm;
    }
    return deepest_mm;
}
