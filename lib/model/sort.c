/* SPDX-License-Identifier: Apache-2.0 */
/* Heap sort of keys: in place, n log n whatever the input. Must never allocate. */
#include "model/sort.h"

#include <stdbool.h>

static bool below(const qwr__key *a, const qwr__key *b)
{
    if (a->first != b->first)
        return a->first < b->first;
    if (a->second != b->second)
        return a->second < b->second;
    return a->row < b->row;
}

static void sift_down(qwr__key *keys, size_t i, size_t count)
{
    qwr__key moving = keys[i];

    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= count)
            break;
        if (child + 1 < count && below(&keys[child], &keys[child + 1]))
            child++;
        if (!below(&moving, &keys[child]))
            break;
        keys[i] = keys[child];
        i = child;
    }
    keys[i] = moving;
}

void qwr__sort_keys(qwr__key *keys, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(keys, i, count);
    for (size_t last = count; last-- > 1;) {
        qwr__key top = keys[0];
        keys[0] = keys[last];
        keys[last] = top;
        sift_down(keys, 0, last);
    }
}
