/* SPDX-License-Identifier: Apache-2.0 */
#include "model/profile.h"

#include <stdio.h>

enum { SHOWN = 4 };

int64_t qwr__least_cranes(const qwr_stay *stay)
{
    int64_t least = stay->cranes;
    for (uint32_t k = 0; k < stay->step_count; k++)
        least = stay->steps[k].cranes < least ? stay->steps[k].cranes : least;
    return least;
}

const char *qwr__crane_counts(char text[QWR__COUNTS_MAX], const qwr_stay *stay)
{
    size_t used = 0;
    if (stay->step_count == 0)
        (void)snprintf(text, QWR__COUNTS_MAX, "%lld", (long long)stay->cranes);
    else if (stay->step_count > SHOWN)
        (void)snprintf(text, QWR__COUNTS_MAX, "%lld to %lld", (long long)qwr__least_cranes(stay),
                       (long long)stay->cranes);
    for (uint32_t k = 0; k < stay->step_count && stay->step_count <= SHOWN; k++) {
        int added = snprintf(text + used, QWR__COUNTS_MAX - used, "%s%lld", k ? "-" : "",
                             (long long)stay->steps[k].cranes);
        used += added > 0 && (size_t)added < QWR__COUNTS_MAX - used ? (size_t)added : 0;
    }
    return text;
}

bool qwr__same_cranes(const qwr_stay *a, const qwr_stay *b, int64_t shift_s)
{
    if (a->cranes != b->cranes || a->step_count != b->step_count)
        return false;
    for (uint32_t k = 0; k < a->step_count; k++) {
        int64_t at;
        if (a->steps[k].cranes != b->steps[k].cranes ||
            !qwr__add64(&at, a->steps[k].from_s, shift_s) || at != b->steps[k].from_s)
            return false;
    }
    return true;
}
