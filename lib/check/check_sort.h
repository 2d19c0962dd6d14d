/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Heap sort, made for the type at hand by the compiler. Exists because qsort() of the C library may
 * allocate behind the context's back. Knows nothing of what it sorts.
 */
#ifndef QWR_CHECK_SORT_H
#define QWR_CHECK_SORT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Defines static `name(type *items, size_t count)`. `before(const type *, const type *)` must be a
 * strict total order, then the result does not depend on the input's order.
 */
#define QWR__DEFINE_SORT(name, type, before)                                                       \
    static void name##_sift(type *items, size_t root, size_t count)                                \
    {                                                                                              \
        type moving = items[root];                                                                 \
        for (size_t child; (child = 2 * root + 1) < count; root = child) {                         \
            if (child + 1 < count && before(&items[child], &items[child + 1]))                     \
                child++;                                                                           \
            if (!before(&moving, &items[child]))                                                   \
                break;                                                                             \
            items[root] = items[child];                                                            \
        }                                                                                          \
        items[root] = moving;                                                                      \
    }                                                                                              \
    static void name(type *items, size_t count)                                                    \
    {                                                                                              \
        for (size_t root = count / 2; root-- > 0;)                                                 \
            name##_sift(items, root, count);                                                       \
        for (size_t last = count; last-- > 1;) {                                                   \
            type top = items[0];                                                                   \
            items[0] = items[last];                                                                \
            items[last] = top;                                                                     \
            name##_sift(items, 0, last);                                                           \
        }                                                                                          \
    }

#endif
